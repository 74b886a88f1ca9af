"""What the record says of the account of a case, as far as the rules of its steps ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.due import Due
from planner.domain.money import Money
from planner.domain.position import Position
from planner.domain.procedures.published import Document
from planner.domain.procedures.verification import Verification
from planner.domain.procedures.waiting import Wait
from planner.domain.purchase import Purchase


@dataclass(frozen=True, slots=True)
class ShortDebit:
    """A day on which the money for automatic debits is not there.

    Attributes:
        on: The day.
        missing: How much is missing.
        place: The name of the account that pays; empty if it is not recorded.
    """

    on: date
    missing: Money
    place: str = ""


@dataclass(frozen=True, slots=True)
class LeftToPay:
    """What a payment has to come to on a day, and what of it is recorded as paid.

    Attributes:
        least: What is still missing at least; nothing once the low end of the sources is reached.
        most: What is still missing at most.
        since: The day from which payments are counted.
        is_known: Whether what being late costs is known; otherwise only the lender can say what is missing.
    """

    least: Money
    most: Money
    since: date
    is_known: bool = True

    @property
    def is_reached(self) -> bool:
        """Whether enough is paid by every source."""
        return self.is_known and not self.most


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record says of the account of a case on a day, as far as its procedure asks for it.

    Attributes:
        account: The account.
        position: What is open on that day.
        orders: The account's purchases that may still be under way.
        coming_back: The account's purchases with refunds whose day is still to come.
        verifying: The lender's verification, if it runs and the user has not called it over.
        documents: What the lender may want to see, as the user's answers have it.
        is_agreed: Whether an agreement with the lender is recorded that this case led to.
        first_instalment: The id of the first instalment of that agreement; empty if nobody asks.
        left_to_pay: What is still to be paid exactly; None if nothing is.
        paid_on: The day on which what had to be paid exactly was reached; None if it was not, or nobody asks.
        waits: The waits that the answers lead to, as they stand.
        short_debits: The days on which the money for debits is not there.
        unconfirmed: What was to be debited, and neither a payment nor a failure is recorded.
    """

    account: Account
    position: Position
    orders: Sequence[Purchase] = ()
    coming_back: Sequence[Purchase] = ()
    verifying: Verification | None = None
    documents: Sequence[Document] = ()
    is_agreed: bool = False
    first_instalment: str = ""
    left_to_pay: LeftToPay | None = None
    paid_on: date | None = None
    waits: Sequence[Wait] = ()
    short_debits: Sequence[ShortDebit] = ()
    unconfirmed: Sequence[Due] = ()
