"""What a pasted message becomes, and what the user says beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.bill import Bill
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.failed_debit import FailedDebit
from planner.domain.instalment import InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.rate import Rate
from planner.errors import PlannerError
from planner.phrases import N_, Phrase


class NothingToRecordError(PlannerError):
    """A message that changes nothing, or of which something is still to be said."""

    message = N_("Nothing of this message can be recorded: {reason}")


class Outcome(StrEnum):
    """What a message becomes."""

    PURCHASE = "purchase"
    COMPLETED = "completed"
    PLAN = "plan"
    BILL = "bill"
    PAYMENT = "payment"
    REFUND = "refund"
    FAILED = "failed"
    FROZEN = "frozen"
    LATE = "late"
    ALREADY_THERE = "already_there"
    NOTHING = "nothing"
    UNANSWERED = "unanswered"

    @property
    def is_recorded(self) -> bool:
        """Whether it changes the record."""
        return self not in {Outcome.ALREADY_THERE, Outcome.LATE, Outcome.NOTHING, Outcome.UNANSWERED}


@dataclass(frozen=True, slots=True)
class Said:
    """What the user says beside the message.

    Attributes:
        fee: The fee of the instalments, which no message states: a monthly rate or the whole fee; None if
            the user has not said, and then no plan is made.
        first_due: When the first instalment, or the bill, is due; None to follow the account's cycle.
        statement_on: When the bill was made; None to work it out.
        purchase_id: What a refund is of; empty to go by the order number.
        is_another: Whether this is another one than the one alike that is recorded.
    """

    fee: Rate | Money | None = None
    first_due: date | None = None
    statement_on: date | None = None
    purchase_id: str = ""
    is_another: bool = False


JUST_THE_MESSAGE = Said()


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a message becomes.

    Attributes:
        outcome: What.
        reason: Why, or what is to be known about it.
        purchase: The purchase as it would be saved; None if none is.
        plan: The same for its instalment plan.
        bill: The same for a bill.
        payment: The same for a payment.
        failed: The same for a debit that failed.
        frozen_on: Since when the account is frozen.
        late: What is late by the record, of a notice that something is.
        figures: The figures in the reason that are worked out from the record.
    """

    outcome: Outcome
    reason: Phrase
    purchase: Purchase | None = None
    plan: InstalmentPlan | None = None
    bill: Bill | None = None
    payment: Payment | None = None
    failed: FailedDebit | None = None
    frozen_on: date | None = None
    late: tuple[Due, ...] = ()
    figures: tuple[Derived[Money], ...] = ()
