"""What is late or would be, as the late charges see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.account import DatedState, usual_country
from planner.domain.bill import LineKind
from planner.domain.consequences.mark import Mark
from planner.domain.due import Due, DueKind
from planner.domain.late.accrual import Dated
from planner.domain.money import Money, sum_of
from planner.domain.sourced import Span
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class LateItem:
    """Something that is, or would be, late.

    Attributes:
        label: What to call it.
        due_on: Its due date.
        unpaid: What is not paid of it.
        minimum: What of it is needed so that it is not late; None if that is not known.
        penalties: Penalties that it holds already; None for none.
        paid: What was paid on it, and when.
        bought: The earliest and the latest day of its purchases; None if unknown.
        is_carried: Whether its minimum is paid: it is not late, but its rest is charged.
        principal: The principal in what is unpaid; None if all of it is.
        order: The whole order that it is a part of, by which some lenders cap their fees; None if
            it is no part of one.
        order_id: The order; empty if it is no part of one.
        billed_on: A statement day of the account; None if unknown.
    """

    label: Phrase
    due_on: date
    unpaid: Money
    minimum: Money | None = None
    penalties: Money | None = None
    paid: tuple[Dated, ...] = ()
    bought: Span[date] | None = None
    is_carried: bool = False
    principal: Money | None = None
    order: Money | None = None
    order_id: str = ""
    billed_on: date | None = None

    @property
    def owed_principal(self) -> Money:
        """The principal in what is unpaid; all of it where nobody says."""
        return self.unpaid if self.principal is None else min(self.principal, self.unpaid)

    def open_on(self, day: date, planned: Sequence[Dated] = ()) -> Money:
        """What was or will be open of it at the end of a day.

        Args:
            day: The day.
            planned: What will be paid of it.
        """
        paid_later = sum_of((amount for on, amount in self.paid if on > day), self.unpaid.currency)
        paid_then = sum_of((amount for on, amount in planned if on <= day), self.unpaid.currency)
        return max(self.unpaid + paid_later - paid_then, self.unpaid.zero)

    def missed_on(self, day: date, planned: Sequence[Dated] = ()) -> Money:
        """What was or will be missing at the end of a day so that it is not late."""
        still = self.open_on(day, planned)
        if self.minimum is None:
            return still
        # What is not needed now was not needed then either.
        spare = self.unpaid - self.minimum
        return min(still, max(still - spare, still.zero))


@dataclass(frozen=True, slots=True)
class LateCase:
    """Everything a late cost starts from, beside the terms.

    Attributes:
        items: What is late or would be, by due date; at least one, of one currency.
        other: What else the account has open, for lenders that charge on all of it.
        law: ISO 3166 code of the country whose rules hold; empty for the usual one of the currency.
        posted: Penalties that the lender has posted since the first due date; they are recorded by
            themselves, so they are taken off. None for none.
        missed_before: How many payments were missed in the six months before.
        is_by_bills: Whether what is not due yet is left out because the account is by bills, though a source
            on accounts by orders says that everything unpaid is charged.
        marks: What is published to happen on the way, for the country and the product.
        states: What is recorded of the account: frozen, locked, reported.
        three_in_row_on: When there would be three late months in a row if nothing is paid until then;
            None if that was reached before, or nobody asked.
        six_in_all_on: The same, of six in all.
    """

    items: tuple[LateItem, ...]
    other: Money
    law: str = ""
    posted: Money | None = None
    missed_before: int = 0
    is_by_bills: bool = False
    marks: tuple[Mark, ...] = ()
    states: tuple[DatedState, ...] = ()
    three_in_row_on: date | None = None
    six_in_all_on: date | None = None

    @property
    def country(self) -> str:
        """The country whose rules hold; empty where none is known."""
        return self.law or usual_country(self.other.currency)

    @property
    def unpaid(self) -> Money:
        """What is late or would be, without its cost."""
        return sum_of((item.unpaid for item in self.items), self.other.currency)


def late_case(
    items: Sequence[LateItem],
    other: Money,
    law: str = "",
    posted: Money | None = None,
    missed_before: int = 0,
) -> LateCase:
    """A case with its items by due date."""
    ordered = tuple(sorted(items, key=lambda item: item.due_on))
    return LateCase(ordered, other, law, posted, missed_before)


def late_items(dues: Sequence[Due]) -> tuple[LateItem, ...]:
    """The dues whose date is known, as things that may be late."""
    return tuple(
        LateItem(
            due.label,
            due.due_on,
            due.open,
            minimum=due.open_minimum if due.minimum is not None or due.kind is not DueKind.BILL else None,
            penalties=_open_penalties(due),
            paid=tuple((part.paid_on, part.amount) for part in due.paid),
            is_carried=due.minimum is not None and not due.open_minimum,
            principal=due.open_principal,
        )
        for due in dues
        if due.due_on and due.open
    )


def _open_penalties(due: Due) -> Money:
    """The penalties in it that payments have not reached; they are paid first."""
    posted = due.parts.get(LineKind.PENALTY, due.open.zero)
    return min(max(posted - due.paid_amount, posted.zero), due.open)
