"""Where the record has changed so that an adopted plan does not fit it any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.adopted.matching import Group, Record, covered
from planner.domain.adopted.plan import AdoptedPlan, TodoState
from planner.domain.adopted.todo_words import todo_words
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase


class MisfitKind(StrEnum):
    """In which way a plan does not fit."""

    GONE = "gone"
    LESS = "less"
    MORE = "more"
    NEW = "new"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Misfit:
    """One way in which a plan does not fit what is recorded.

    Attributes:
        kind: Which.
        due_id: The due it is about; empty if it is none any more.
        account_id: Whose.
        amount: By how much, or how much it is.
        words: The same in a sentence.
    """

    kind: MisfitKind
    due_id: str
    account_id: str
    amount: Money
    words: Phrase


def misfits(
    plan: AdoptedPlan, record: Record, groups: Sequence[Group], on: date, accounts: Mapping[str, str]
) -> tuple[Misfit, ...]:
    """Where the record has changed so that a plan does not fit it any more.

    What is still to pay may be anything between what the plan has left of what was recorded, and that with
    the costs it expects: those are posted one by one.

    Args:
        plan: The plan.
        record: What is recorded.
        groups: What was paid on each of the places where it is due now.
        on: The day.
        accounts: What the user calls each account, by its id.
    """
    found = [*_refused(plan, on, accounts)]
    for group in groups:
        found += _of_group(group, accounts)
    return (*found, *_new(plan, record, accounts))


def _refused(plan: AdoptedPlan, on: date, accounts: Mapping[str, str]) -> Iterator[Misfit]:
    for todo in plan.todos:
        if todo.state is TodoState.REFUSED:
            own = (payment.amount for payment in plan.payments if payment.todo_id == todo.id)
            words = todo_words(todo, accounts.get(todo.account_id, "–"), on)
            amount = sum_of(own, plan.currency)
            yield Misfit(MisfitKind.REFUSED, todo.due_id, todo.account_id, amount, words)


def _of_group(group: Group, accounts: Mapping[str, str]) -> Iterator[Misfit]:
    first = group.filled[0].payment
    if not first.due_id:
        return
    currency = first.amount.currency
    left = [each for each in group.filled if each.left]
    most = sum_of((each.left for each in left), currency)
    name = accounts.get(first.account_id, "–")
    due = group.due
    if due is None:
        if most:
            words = Phrase(
                "{account}: {amount} of the plan is not recorded any more.", account=name, amount=most
            )
            yield Misfit(MisfitKind.GONE, "", first.account_id, most, words)
        return
    # What was paid counts for the record first, and only then for costs that were expected.
    recorded = sum_of((each.payment.on_record for each in group.filled), currency)
    paid = sum_of((each.paid for each in group.filled), currency)
    least = max(recorded - paid, most.zero)
    values = {"account": name, "what": due.label, "open": due.still_due}
    if due.open > max(most, least):
        text = Phrase(
            "{account}: {what}: {open} is still to pay, and {planned} of it is planned.",
            planned=most,
            **values,
        )
        yield Misfit(MisfitKind.MORE, due.id, due.account_id, due.open - max(most, least), text)
    elif due.open < least:
        text = Phrase(
            "{account}: {what}: {open} is still to pay, less than the {planned} planned.",
            planned=most,
            **values,
        )
        yield Misfit(MisfitKind.LESS, due.id, due.account_id, least - due.open, text)


def _new(plan: AdoptedPlan, record: Record, accounts: Mapping[str, str]) -> Iterator[Misfit]:
    known = covered(plan, record)
    for due in record.dues.values():
        if due.id not in known and due.open.currency == plan.currency and due.open and due.due_on is not None:
            text = Phrase(
                "{account}: {what}, {amount}, due on {date}, is not in the plan.",
                account=accounts.get(due.account_id, "–"),
                what=due.label,
                amount=due.still_due,
                date=due.due_on,
            )
            yield Misfit(MisfitKind.NEW, due.id, due.account_id, due.open, text)
