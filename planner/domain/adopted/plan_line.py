"""One planned payment beside what was really paid, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.account import titled
from planner.domain.adopted.matching import Filled
from planner.domain.adopted.plan import AdoptedPlan, PlannedPayment, Todo, TodoState
from planner.domain.due import Due, days_from
from planner.domain.money import Money
from planner.phrases import Phrase


class LineState(StrEnum):
    """How a planned payment stands.

    PAID_LATER: paid after its planned day, which need not be late. NOT_NEEDED: what it meant is settled
    or gone. UNKNOWN: it is for nothing that is recorded, so the record cannot tell.
    """

    COMING = "coming"
    PAID = "paid"
    PAID_LATER = "paid_later"
    PART = "part"
    MISSED = "missed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """A planned payment beside what was really paid.

    Attributes:
        filled: The payment and what was paid of it.
        state: How it stands.
        label: What it is for.
        standing: How it stands, in a few words that go beside its date.
        todo: What the lender has to agree to before; None for nothing.
    """

    filled: Filled
    state: LineState
    label: Phrase
    standing: Phrase
    todo: Todo | None

    @property
    def payment(self) -> PlannedPayment:
        """The planned payment."""
        return self.filled.payment

    @property
    def on(self) -> date:
        """When it is planned."""
        return self.payment.on

    @property
    def paid(self) -> Money:
        """How much of it was paid."""
        return self.filled.paid

    @property
    def paid_on(self) -> date | None:
        """When the last of that was paid; None if nothing was."""
        return self.filled.paid_on

    @property
    def left(self) -> Money:
        """What of it is still to be paid; nothing where it is not needed any more."""
        return self.payment.amount.zero if self.filled.is_done else self.filled.left

    @property
    def is_agreed(self) -> bool:
        """Whether no lender has still to say yes to it."""
        return self.todo is None or self.todo.state is TodoState.ACCEPTED

    @property
    def given(self) -> Phrase:
        """What to call it as an input of a figure."""
        return Phrase("{what}, planned for {date}", what=self.label, date=self.on)


def line_of(filled: Filled, plan: AdoptedPlan, on: date, accounts: Mapping[str, str]) -> Line:
    """A planned payment beside what was really paid.

    Args:
        filled: The payment and what was paid of it.
        plan: The plan.
        on: The day.
        accounts: What the user calls each account, by its id.
    """
    payment = filled.payment
    todo = plan.todo(payment.todo_id) if payment.todo_id else None
    state = _state(filled, on)
    name = accounts.get(payment.account_id, "–")
    if filled.due is not None:
        label = titled(name, filled.due.label)
    elif payment.due_id:
        label = Phrase("{account}: not recorded any more", account=name)
    else:
        label = Phrase("{account}: planned payment", account=name)
    return Line(filled, state, label, _standing(filled, state, todo, on), todo)


def _state(filled: Filled, on: date) -> LineState:
    payment = filled.payment
    if filled.is_done:
        if filled.paid_on is None:
            return LineState.NOT_NEEDED
        return LineState.PAID if filled.paid_on <= payment.on else LineState.PAID_LATER
    if filled.paid:
        return LineState.PART
    if payment.on >= on:
        return LineState.COMING
    return LineState.MISSED if payment.due_id else LineState.UNKNOWN


def _standing(filled: Filled, state: LineState, todo: Todo | None, on: date) -> Phrase:
    payment = filled.payment
    match state:
        case LineState.PAID:
            return Phrase("paid on {date}", date=filled.paid_on)
        case LineState.PAID_LATER:
            return Phrase("paid on {date}, later than planned", date=filled.paid_on)
        case LineState.PART:
            return Phrase("{paid} of it is paid", paid=filled.paid)
        case LineState.COMING if todo is not None and not todo.state.is_answered:
            return Phrase("{when}, once the lender agrees", when=days_from(payment.on, on))
        case LineState.COMING:
            return days_from(payment.on, on)
        case _:
            return _NO_MORE.get(state) or _missed(filled.due, on)


_NO_MORE = {
    LineState.NOT_NEEDED: Phrase("not needed any more"),
    LineState.UNKNOWN: Phrase("not recorded, so the record cannot tell"),
}


def _missed(due: Due | None, on: date) -> Phrase:
    if due is not None and due.due_on is not None and due.due_on >= on:
        return Phrase("not recorded as paid; it is due on {date}, so it is not late", date=due.due_on)
    return Phrase("not recorded as paid")
