"""One obligation on one date: what it comes to, what is still to pay of it, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from planner.domain.bill import LineKind
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase

# The contract's order where nothing else is agreed: penalty, fee, interest, then principal.
ORDER = (LineKind.PENALTY, LineKind.FEE, LineKind.INTEREST, LineKind.PURCHASE)


class DueKind(StrEnum):
    """What an obligation came from."""

    BILL = "bill"
    INSTALMENT = "instalment"
    PURCHASE = "purchase"
    CHARGE = "charge"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a payment or of a refund that went to a due.

    Attributes:
        payment_id: The payment, the refund, or the correction downwards.
        paid_on: When.
        amount: How much of it.
        is_refund: Whether it came back from a seller.
        is_imported: Whether a file told of it.
    """

    payment_id: str
    paid_on: date
    amount: Money
    is_refund: bool = False
    is_imported: bool = False

    @property
    def given(self) -> Given:
        """It as an input of a figure."""
        label = (
            Phrase("Refund of {date}", date=self.paid_on)
            if self.is_refund
            else Phrase("Payment of {date}", date=self.paid_on)
        )
        return Given(label, self.amount, IMPORTED if self.is_imported else None)


# Without slots: what is open of a due is asked for again and again, and is worked out once.
@dataclass(frozen=True)
class Due:
    """One obligation on one date, whatever it came from.

    Attributes:
        kind: What it came from.
        id: The id of the bill, row, purchase, charge or adjustment.
        account_id: Whose.
        label: What to call it.
        due_on: When; None if the account's cycle is unknown.
        parts: What it is made of, by kind; together its amount.
        minimum: The least to pay; None if it is all due or the minimum is unknown.
        projected: Whether its bill is still to be recorded, so that its date only follows from the cycle.
        closed_on: The day a newer bill, or an agreement, took over its rest; None if none did.
        paid: The parts of payments and refunds that went to it, in order.
        plan_id: The plan, for a row.
        known_on: The last day whose payments the lender had counted in when it stated the amount.
        is_imported: Whether a file told of it.
        doubt: Why its date may still move; None if it is settled.
        taken: How much of it an agreement with the lender took over; None if none did.
    """

    kind: DueKind
    id: str
    account_id: str
    label: Phrase
    due_on: date | None
    parts: Mapping[LineKind, Money]
    minimum: Money | None = None
    projected: bool = False
    closed_on: date | None = None
    paid: tuple[Allocation, ...] = ()
    plan_id: str = ""
    known_on: date | None = None
    is_imported: bool = False
    doubt: Phrase | None = None
    taken: Money | None = None

    @cached_property
    def amount(self) -> Money:
        """What it comes to."""
        amounts = list(self.parts.values())
        return sum_of(amounts, amounts[0].currency)

    @cached_property
    def paid_amount(self) -> Money:
        """What has been paid on it or came back."""
        return sum_of((part.amount for part in self.paid), self.amount.currency)

    @cached_property
    def paid_by_user(self) -> Money:
        """The payments that went to it alone: what came back from a seller counts towards no minimum."""
        return sum_of((part.amount for part in self.paid if not part.is_refund), self.amount.currency)

    @cached_property
    def open(self) -> Money:
        """What is still to pay; nothing once a newer bill carries it, or an agreement took it over."""
        rest = self.amount - self.paid_amount
        return rest.zero if self.closed_on else max(rest, rest.zero)

    @cached_property
    def open_minimum(self) -> Money:
        """What is still to pay so that it is not late.

        Lenders differ in whether a refund counts towards the minimum: here it does not, so that
        nobody is told to have paid enough who has not.
        """
        if self.minimum is None:
            return self.open
        return min(self.open, max(self.minimum - self.paid_by_user, self.open.zero))

    @property
    def asks_for_all(self) -> bool:
        """Whether it is a recorded bill without a minimum: who pays less of it by its date is late."""
        return self.kind is DueKind.BILL and not self.projected and self.minimum is None

    @cached_property
    def open_principal(self) -> Money:
        """The principal still to pay, after the contract's order of allocation."""
        left = self.paid_amount
        for kind in ORDER[:-1]:
            left -= min(max(left, left.zero), self.parts.get(kind, left.zero))
        principal = self.parts.get(LineKind.PURCHASE, left.zero)
        # A correction downwards lowers the principal too: never more of it is left than is to pay.
        return min(max(principal - max(left, left.zero), left.zero), self.open)

    def room_on(self, day: date, rest: Money) -> Money:
        """What money of a day may still go to it, once a bill or an agreement may have taken its rest over.

        What is paid on the day of an agreement, beyond what was paid before it, is for the agreement.

        Args:
            day: The day.
            rest: What nothing has gone to yet.
        """
        if self.closed_on is None or day < self.closed_on:
            return rest
        if day > self.closed_on:
            return rest.zero
        return rest if self.taken is None else max(rest - self.taken, rest.zero)

    def takes(self, paid_on: date, *, is_imported: bool) -> bool:
        """Whether money of a day can go to it without being aimed at it.

        Who records a payment before the bill pays in advance; a file of the past tells of payments
        that the lender had taken off when it stated the bill.

        Args:
            paid_on: The day.
            is_imported: Whether a file told of it.
        """
        if self.known_on is None or paid_on > self.known_on:
            return True
        return self.kind is DueKind.BILL and not is_imported

    def is_late(self, on: date) -> bool:
        """Whether less than the minimum was paid by its due date.

        What only follows from the cycle is never late: its bill is what says when it is due, and
        whoever has not recorded that bill may well have paid it.
        """
        return self.is_past(on) and not self.projected and bool(self.open_minimum)

    def is_past(self, on: date) -> bool:
        """Whether its date is over."""
        return self.due_on is not None and self.due_on < on

    def days_late(self, on: date) -> int:
        """Whole days since the due date; 0 if it is not late."""
        return (on - self.due_on).days if self.due_on is not None and self.is_late(on) else 0

    def standing(self, on: date) -> Phrase:
        """How it stands on a day, in a few words that go beside its date."""
        if self.closed_on is not None and self.taken is not None:
            return Phrase("in the agreement of {date}", date=self.closed_on)
        if self.closed_on is not None:
            return Phrase("carried into the bill of {date}", date=self.closed_on)
        if not self.open:
            return Phrase("paid")
        if self.due_on is None:
            return Phrase("date unknown")
        when = days_from(self.due_on, on)
        if self.is_past(on):
            return self._standing_past(when, on)
        if self.doubt is not None:
            when = Phrase("{when} (the date may move)", when=when)
        if self.projected:
            when = Phrase("{when}, not billed yet", when=when)
        return when if self.open_minimum else Phrase("{when}, the minimum is paid", when=when)

    def _standing_past(self, when: Phrase, on: date) -> Phrase:
        if self.projected:
            return Phrase("its bill is not recorded")
        return when if self.is_late(on) else Phrase("the minimum is paid, so it is not late")

    @cached_property
    def still_due(self) -> Derived[Money]:
        """What is still to pay, and how that was made."""
        return Derived(self.open, self._why_open)

    @property
    def given_parts(self) -> tuple[Given, ...]:
        """Its parts as inputs of a figure."""
        source = IMPORTED if self.is_imported else None
        return tuple(Given(PART_WORDS[kind], amount, source) for kind, amount in self.parts.items() if amount)

    def _why_open(self) -> Derivation:
        rule = Phrase("Still to pay = what was recorded as due − the payments and refunds that went to it")
        workings = [Working(Phrase("All parts together"), self.amount)]
        if self.paid:
            workings.append(Working(Phrase("Payments and refunds together"), -self.paid_amount))
        if self.closed_on:
            text = Phrase("A newer bill of {date} carries the rest", date=self.closed_on)
            if self.taken is not None:
                text = Phrase("The agreement of {date} took over the rest", date=self.closed_on)
            workings.append(Working(text, self.open))
        elif self.paid or self.open != self.amount:
            workings.append(Working(Phrase("Still to pay"), self.open))
        return Derivation(rule, (*self.given_parts, *(part.given for part in self.paid)), tuple(workings))


PART_WORDS = {
    LineKind.PURCHASE: Phrase("Purchases and principal"),
    LineKind.FEE: Phrase("Fees"),
    LineKind.INTEREST: Phrase("Interest"),
    LineKind.PENALTY: Phrase("Penalties"),
    LineKind.ADJUSTMENT: Phrase("Corrections, because the app says otherwise"),
}


def days_from(day: date, today: date) -> Phrase:
    """How far away a due date is, in words."""
    days = (day - today).days
    if days < 0:
        return Phrase.counted("{count} day late", "{count} days late", -days)
    if days == 0:
        return Phrase("today")
    if days == 1:
        return Phrase("tomorrow")
    return Phrase.counted("in {count} day", "in {count} days", days)
