"""What was really paid, matched with the payments of an adopted plan.

The dues stay the only truth: a planned payment counts as paid as far as the position has handed money to
the due that it meant, or to the bill that holds or carries that due now. Of one due, what was paid since
the plan was adopted settles the earliest planned payments first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.adopted.plan import AdoptedPlan, PlannedPayment
from planner.domain.due import Allocation, Due
from planner.domain.money import Money, sum_of


@dataclass(frozen=True, slots=True)
class Record:
    """What the record says of the dues that a plan is about.

    Attributes:
        dues: Every due by its id, settled ones included as far as the plan names them.
        holders: For what a bill holds or carries, that bill.
    """

    dues: Mapping[str, Due]
    holders: Mapping[str, str]

    def chain(self, due_id: str) -> tuple[str, ...]:
        """A due, what holds or carries it, and so on; the last is where it is due now."""
        found = [due_id]
        while (holder := self.holders.get(found[-1])) is not None and holder not in found:
            found.append(holder)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Filled:
    """A planned payment, and what was paid of it.

    Attributes:
        payment: The planned payment.
        parts: What was paid of it or came back, by date.
        due: Where it is due now; None if the record has that no more.
    """

    payment: PlannedPayment
    parts: tuple[Allocation, ...]
    due: Due | None

    @property
    def paid(self) -> Money:
        """How much of it was paid or came back."""
        return sum_of((part.amount for part in self.parts), self.payment.amount.currency)

    @property
    def paid_on(self) -> date | None:
        """When the last of that was; None if nothing was."""
        return self.parts[-1].paid_on if self.parts else None

    @property
    def left(self) -> Money:
        """What of it is still to be paid."""
        return self.payment.amount - self.paid

    @property
    def is_done(self) -> bool:
        """Whether nothing more of it is to be paid: all was, or what it meant is settled or gone."""
        if not self.left:
            return True
        if not self.payment.due_id:
            return False  # nothing of the record tells
        return self.due is None or not self.due.open


@dataclass(frozen=True, slots=True)
class Group:
    """The planned payments that are due in one place now.

    Attributes:
        due: That place; None if the record has it no more.
        filled: The payments, by date.
    """

    due: Due | None
    filled: tuple[Filled, ...]


def matched(plan: AdoptedPlan, record: Record) -> tuple[Group, ...]:
    """What was paid since a plan was adopted, on each of the places where its payments are due now.

    What a lender has refused is meant no more: what is due in its place is no part of the plan.

    Args:
        plan: The plan.
        record: What is recorded.
    """
    places: dict[str, list[PlannedPayment]] = {}
    chains: dict[str, dict[str, None]] = {}
    for payment in plan.still_meant:
        chain = record.chain(payment.due_id) if payment.due_id else (payment.id,)
        places.setdefault(chain[-1], []).append(payment)
        chains.setdefault(chain[-1], {}).update(dict.fromkeys(chain))
    return tuple(_group(plan, record, place, payments, chains[place]) for place, payments in places.items())


def covered(plan: AdoptedPlan, record: Record) -> frozenset[str]:
    """The ids of everything that a plan is about: the dues, and the bills that hold or carry them."""
    return frozenset(
        link for payment in plan.payments if payment.due_id for link in record.chain(payment.due_id)
    )


def _group(
    plan: AdoptedPlan,
    record: Record,
    place: str,
    payments: Sequence[PlannedPayment],
    chain: Iterable[str],
) -> Group:
    planned_ids = {payment.due_id for payment in payments}
    since: list[Allocation] = []
    for link in chain:
        due = record.dues.get(link)
        if due is not None:
            planned = (payment.on_record for payment in payments if payment.due_id == link)
            since += _since(
                due, plan.adopted_on, sum_of(planned, plan.currency), is_new=link not in planned_ids
            )
    since.sort(key=lambda part: part.paid_on)
    due = record.dues.get(place)
    ordered = sorted(payments, key=lambda payment: payment.on)
    return Group(due, tuple(_filled(ordered, since, due)))


def _since(due: Due, adopted_on: date, planned: Money, *, is_new: bool) -> list[Allocation]:
    """What was paid on a due since the plan was adopted.

    Of the day itself the record does not tell what came first: what the plan did not count on any more
    had been paid before.
    """
    if is_new:
        return [part for part in due.paid if part.paid_on >= adopted_on]
    known = sum_of((part.amount for part in due.paid if part.paid_on < adopted_on), planned.currency)
    still = due.amount - known
    found = []
    for part in due.paid:
        if part.paid_on == adopted_on and still > planned:
            still -= part.amount
        elif part.paid_on >= adopted_on:
            found.append(part)
    return found


def _filled(payments: Sequence[PlannedPayment], since: Sequence[Allocation], due: Due | None) -> list[Filled]:
    waiting = list(reversed(since))
    found = []
    for payment in payments:
        left, parts = payment.amount, []
        while waiting and left:
            part = waiting.pop()
            taken = min(part.amount, left)
            left -= taken
            parts.append(replace(part, amount=taken))
            if part.amount > taken:
                waiting.append(replace(part, amount=part.amount - taken))
        found.append(Filled(payment, tuple(parts), due))
    return found
