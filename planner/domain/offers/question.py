"""An amount that is to be settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.business_days import BusinessCalendar
from planner.domain.money import Money
from planner.domain.sourced import Span
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be settled.

    Attributes:
        amount: How much.
        first_due: When it can be paid in full at no cost; never in the past.
        account: The account whose terms count; None for an amount that belongs to none.
        label: What it is.
        is_bill: Whether it is a bill, which is split from the next bill on; a purchase is from its own.
        due_on: When it is, or was, due; None if that is not known.
        statement_on: The statement date of a bill.
        minimum: The least to pay of it, where the statement says.
        bought: The earliest and the latest day on which its purchases can have been made.
        is_late: Whether its due date has passed with less than the minimum paid.
        is_instalment: Whether it is a row of an instalment plan already.
        calendar: The working days of the lender's country, where it moves due dates off the others.
        doubt: Why its due date may still move; None if it is settled.
        moved: What of a bill is in instalments already, and so no more in the amount; None for nothing.
    """

    amount: Money
    first_due: date
    account: Account | None
    label: Phrase
    is_bill: bool = True
    due_on: date | None = None
    statement_on: date | None = None
    minimum: Money | None = None
    bought: Span[date] | None = None
    is_late: bool = False
    is_instalment: bool = False
    calendar: BusinessCalendar | None = None
    doubt: Phrase | None = None
    moved: Money | None = None

    def may_be_split_from(self, today: date) -> date:
        """The first day on which it may be put into instalments: a bill, not before its statement."""
        return max(self.statement_on or today, today) if self.is_bill else today
