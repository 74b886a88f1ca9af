"""The plan that was adopted: what is to be paid when, and what has to be asked for first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import OptionKind


class Method(StrEnum):
    """How the plan was found."""

    OPTIMUM = "optimum"
    SNOWBALL = "snowball"
    AVALANCHE = "avalanche"
    OWN_ORDER = "own_order"
    HARDSHIP = "hardship"


class TodoState(StrEnum):
    """How far something is that the lender has to agree to."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def is_answered(self) -> bool:
        """Whether the lender has said yes or no."""
        return self in {TodoState.ACCEPTED, TodoState.REFUSED}

    @property
    def is_agreed(self) -> bool:
        """Whether the lender has said yes, or what was to be done is done."""
        return self is TodoState.ACCEPTED


@dataclass(frozen=True, slots=True)
class PlannedPayment:
    """One payment of the plan. It is no due and no payment: only what was meant to happen.

    Attributes:
        account_id: To whom.
        due_id: The due it settles, or a part of it; empty if it is none of the record.
        on: When.
        amount: How much.
        principal, fee, interest: What it is made of, where that is known; together the amount.
        todo_id: What has to be asked for before; empty for nothing.
        to_come: What of the amount the record did not know of: a cost that the lender would charge, below
            nothing where the lender would spare one. None for nothing.
        id: Its identity.
    """

    account_id: str
    due_id: str
    on: date
    amount: Money
    principal: Money
    fee: Money
    interest: Money
    todo_id: str = ""
    to_come: Money | None = None
    id: str = field(default_factory=new_id)

    @property
    def on_record(self) -> Money:
        """What of it settles what is recorded."""
        return self.amount if self.to_come is None else self.amount - self.to_come


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to ask the lender for, "apply for 6 instalments by 10 December".

    A minimum of no payments asks for nothing: the automatic debit has to be changed, because the lender
    would debit more than the plan pays.

    Attributes:
        account_id: With whom.
        due_id: The due it is about.
        kind: What kind of way it is.
        count: How many payments it has.
        by: By when; None if any day will do.
        state: How far it is.
        done_on: The day of the answer; None while there is none.
        note: The user's own words.
        id: Its identity.
    """

    account_id: str
    due_id: str
    kind: OptionKind
    count: int
    by: date | None = None
    state: TodoState = TodoState.OPEN
    done_on: date | None = None
    note: str = ""
    id: str = field(default_factory=new_id)

    @property
    def is_debit(self) -> bool:
        """Whether the automatic debit has to be changed, which needs no yes of the lender."""
        return self.kind is OptionKind.MINIMUM and not self.count


@dataclass(frozen=True, slots=True)
class AdoptedPlan:
    """A plan through all debts of one currency that the user means to follow.

    Attributes:
        currency: ISO 4217.
        method: How it was found.
        adopted_on: When.
        cost: What it costs above what is owed, at the dear end.
        late_cost: What of it comes from paying late.
        is_proved: Whether nothing better among the options listed is possible.
        payments: What is to be paid, by date.
        todos: What has to be asked for.
        ended_on: The day another took its place or the user gave it up; None while it holds.
        id: Its identity.
    """

    currency: str
    method: Method
    adopted_on: date
    cost: Money
    late_cost: Money
    is_proved: bool
    payments: tuple[PlannedPayment, ...] = ()
    todos: tuple[Todo, ...] = ()
    ended_on: date | None = None
    id: str = field(default_factory=new_id)

    @property
    def total(self) -> Money:
        """All its payments together."""
        return sum_of((payment.amount for payment in self.payments), self.currency)

    @property
    def still_meant(self) -> tuple[PlannedPayment, ...]:
        """Its payments without those that a lender refused, and without what goes with them.

        What was to be paid beside them on the same debt was a part of the same way: what is due then is
        what the record says.
        """
        refused = {todo.id: todo.due_id for todo in self.todos if todo.state is TodoState.REFUSED}
        if not refused:
            return self.payments
        gone = {*refused.values(), *(each.due_id for each in self.payments if each.todo_id in refused)}
        gone.discard("")
        return tuple(
            each
            for each in self.payments
            if each.todo_id not in refused and (each.todo_id or each.due_id not in gone)
        )

    def todo(self, todo_id: str) -> Todo | None:
        """What has to be asked for, by its id; None if there is nothing of that id."""
        return next((todo for todo in self.todos if todo.id == todo_id), None)
