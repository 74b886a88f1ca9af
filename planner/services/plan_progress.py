"""Following an adopted plan: what was planned beside what happened, and when dues are meant to be paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.adopted.matching import Record
from planner.domain.adopted.plan import AdoptedPlan
from planner.domain.adopted.plan_line import Line
from planner.domain.adopted.progress import Progress, progress
from planner.domain.money import Money, sum_of
from planner.domain.position import Position
from planner.domain.recorded import as_recorded
from planner.phrases import Phrase
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """When a part of a due is meant to be paid.

    Attributes:
        on: The day; never in the past.
        amount: How much, with the costs that are expected by then.
        account_id: To whom.
        label: What it is for.
        is_agreed: Whether no lender has still to say yes to it.
        is_planned: Whether the plan has it; else it is what the plan does not cover, on the date of the due.
        missed_on: The day that the plan has it for, where that has passed; None where it is still to come.
    """

    on: date
    amount: Money
    account_id: str
    label: Phrase
    is_agreed: bool = True
    is_planned: bool = True
    missed_on: date | None = None


def progress_of(store: Store, today: date, plan: AdoptedPlan, position: Position | None = None) -> Progress:
    """What an adopted plan meant beside what really happened, by the same position as everything else.

    Args:
        store: The open store.
        today: The local day.
        plan: The plan.
        position: What is recorded today, if it is known already.
    """
    names = {account.id: account.name for account in store.accounts.all()}
    return progress(plan, record_of(store, today, plan, position), today, names)


def record_of(store: Store, today: date, plan: AdoptedPlan, position: Position | None = None) -> Record:
    """What is recorded of the dues of a plan, whatever became of them, and everything that is open.

    Args:
        store: The open store.
        today: The local day.
        plan: The plan.
        position: What is recorded today, if it is known already.
    """
    dues = {due.id: due for due in (position or store.ledgers.position(today)).dues}
    holders: dict[str, str] = {}
    waiting = list(dict.fromkeys(payment.due_id for payment in plan.payments if payment.due_id))
    named = set(waiting)
    while waiting:
        due_id = waiting.pop()
        bills = store.bills.holding(due_id)
        if bills:
            holders[due_id] = bills[-1].id
            if bills[-1].id not in named:
                named.add(bills[-1].id)
                waiting.append(bills[-1].id)
    if not named <= dues.keys():
        # What is settled for good is in no position: only the whole history of its account tells of it.
        for account_id in dict.fromkeys(payment.account_id for payment in plan.payments):
            if store.accounts.find(account_id) is not None:
                for due in store.ledgers.history(account_id, today).dues:
                    if due.id in named:
                        dues.setdefault(due.id, due)
    return Record(dues, holders)


def still_planned(
    store: Store, today: date, plan: AdoptedPlan, position: Position | None = None
) -> AdoptedPlan:
    """What is left of a plan: its payments that are still to be made, on the dues as they stand now.

    What was paid is taken off, what a newer bill carries is planned for that bill, and what a lender has
    refused, or what is not needed any more, is not in it. What the payments are made of is not told.

    Args:
        store: The open store.
        today: The local day.
        plan: The plan; it stays as it is.
        position: What is recorded today, if it is known already.
    """
    left = []
    for line in progress_of(store, today, plan, position).lines:
        if line.left:
            zero = line.left.zero
            on_record = max(line.payment.on_record - line.paid, zero)
            due_id = line.filled.due.id if line.filled.due is not None else ""
            left.append(
                replace(
                    line.payment,
                    due_id=due_id,
                    amount=line.left,
                    principal=line.left,
                    fee=zero,
                    interest=zero,
                    to_come=(line.left - on_record) or None,
                )
            )
    return replace(plan, payments=tuple(left))


def planned_dates(
    store: Store, today: date, currency: str = "", position: Position | None = None
) -> Mapping[str, tuple[PlannedDate, ...]]:
    """When the plans that are followed mean to pay each open due, by its id.

    Together the parts of a due are never less than what is open of it: what a plan does not cover is paid
    on the date of the due. A due that is not here is in no plan, or its lender has refused what was
    planned: it is paid when it is due.

    Args:
        store: The open store.
        today: The local day.
        currency: Only this one; empty for all.
        position: What is recorded today, if it is known already.
    """
    if not store.has_adopted_plan:
        return {}
    found: dict[str, tuple[PlannedDate, ...]] = {}
    for plan in store.adopted_plans.followed():
        if currency in {"", plan.currency}:
            lines: dict[str, list[Line]] = {}
            for line in progress_of(store, today, plan, position).lines:
                due = line.filled.due
                if due is not None and due.open and due.due_on is not None:
                    lines.setdefault(due.id, []).append(line)
            found |= {due_id: _dates(own, today) for due_id, own in lines.items()}
    return found


def planned_otherwise(store: Store, today: date, until: date) -> tuple[PlannedDate, ...]:
    """What the plans that are followed mean to pay up to a day, where that is not the due on its own date.

    What is paid next of a due that has its date until then is among them, also where that is later.

    Args:
        store: The open store.
        today: The local day.
        until: The last day.
    """
    position = store.ledgers.position(today)
    found = _otherwise(store, today, position)
    parts: list[PlannedDate] = []
    for due in position.open_dues:
        own = [part for part in found.get(due.id, ()) if part.is_planned]
        within = [part for part in own if part.on <= until]
        is_moved = not within and due.due_on is not None and due.due_on <= until
        parts += own[:1] if is_moved else within
    return tuple(sorted(parts, key=lambda part: part.on))


def planned_words(store: Store, today: date, position: Position) -> Mapping[str, Phrase]:
    """What the plans that are followed mean to pay next of each due, by its id, in a sentence.

    A due that is paid in full on its own date is not among them.

    Args:
        store: The open store.
        today: The local day.
        position: What is recorded today.
    """
    found = {}
    for due_id, parts in _otherwise(store, today, position).items():
        first = next((part for part in parts if part.is_planned), None)
        if first is not None:
            found[due_id] = _words(first)
    return found


def _words(part: PlannedDate) -> Phrase:
    on = part.missed_on or part.on
    values = {"amount": as_recorded(Phrase("Planned for {date}", date=on), part.amount), "date": on}
    if part.missed_on is not None:
        return Phrase("By the plan you follow, {amount} was to be paid by {date}.", **values)
    if not part.is_agreed:
        return Phrase("By the plan you follow: {amount} on {date}, once the lender agrees.", **values)
    return Phrase("By the plan you follow: {amount} on {date}.", **values)


def _otherwise(store: Store, today: date, position: Position) -> dict[str, tuple[PlannedDate, ...]]:
    """The parts of each due that is not simply paid on its own date, by its id."""
    planned = planned_dates(store, today, position=position)
    return {
        due.id: planned[due.id]
        for due in position.open_dues
        if due.id in planned
        and [(part.on, part.amount) for part in planned[due.id]] != [(due.due_on, due.open)]
    }


def _dates(lines: list[Line], today: date) -> tuple[PlannedDate, ...]:
    """The parts of one due that are still to be paid."""
    due = lines[0].filled.due
    assert due is not None  # noqa: S101 - only lines of a due come here
    assert due.due_on is not None  # noqa: S101
    parts = [
        PlannedDate(
            max(line.on, today),
            line.left,
            due.account_id,
            line.label,
            line.is_agreed,
            missed_on=line.on if line.on < today else None,
        )
        for line in lines
        if line.left
    ]
    rest = due.open - sum_of((part.amount for part in parts), due.open.currency)
    if rest.minor > 0:
        label = lines[0].label
        parts.append(PlannedDate(max(due.due_on, today), rest, due.account_id, label, is_planned=False))
    return tuple(sorted(parts, key=lambda part: part.on))
