"""What a pasted message says: a draft for the user to confirm, never a record by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from planner.domain.money import Money
from planner.errors import PlannerError
from planner.phrases import N_


class Sender(StrEnum):
    """The families of senders whose messages are understood."""

    BAITIAO = "baitiao"
    HUABEI = "huabei"
    MEITUAN = "meituan"
    DOUYIN = "douyin"
    BANK = "bank"


class Event(StrEnum):
    """What a message tells of."""

    PURCHASE = "purchase"
    BILL = "bill"
    REPAYMENT = "repayment"
    DEBIT_DONE = "debit_done"
    DEBIT_FAILED = "debit_failed"
    SETTLED = "settled"
    REFUND = "refund"
    OVERDUE = "overdue"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """What a message says; None or empty for what it does not say.

    Attributes:
        product: Who sent it.
        event: What it tells of.
        amount: How much: after the discount for a purchase, to pay in all for a bill.
        discount: What was taken off a purchase.
        minimum: The least to pay of a bill.
        instalments: In how many parts a purchase is repaid.
        order: The number of the order.
        merchant: Who was paid.
        on: The day on which it happened.
        at: The time of that day.
        due_on: The day on which a bill is due.
        due_day: The day of each month on which bills are due.
        bill_month: The month by which the message names a bill, from 1 to 12.
        is_year_guessed: Whether a date stands without its year, so that the nearest plausible one was taken.
        card: The card, masked but for its last four digits.
        unread: The lines of which nothing was taken.
    """

    product: Sender
    event: Event
    amount: Money | None = None
    discount: Money | None = None
    minimum: Money | None = None
    instalments: int | None = None
    order: str = ""
    merchant: str = ""
    on: date | None = None
    at: time | None = None
    due_on: date | None = None
    due_day: int | None = None
    bill_month: int | None = None
    is_year_guessed: bool = False
    card: str = ""
    unread: tuple[str, ...] = ()


class SecretInMessageError(PlannerError):
    """The message holds a code that nobody else should see."""

    message = N_(
        "This message holds a verification code. It was not read and nothing of it is kept: "
        "give such a code to nobody."
    )


class UnreadableLineError(PlannerError):
    """A line whose meaning is known says something that cannot be read."""

    message = N_("Line {line} reads “{text}”, which cannot be understood with certainty. Nothing was taken.")
