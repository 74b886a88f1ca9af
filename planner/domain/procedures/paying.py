"""What has to be paid exactly, so that nothing late is left, and what of it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.procedures.recorded import LeftToPay
from planner.domain.sourced import Span
from planner.phrases import Phrase


class PayState(StrEnum):
    """How far an exact payment is."""

    NOTHING_PAID = "nothing_paid"
    TOO_LITTLE = "too_little"
    BETWEEN = "between"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class PayDay:
    """What had to be paid by a day, and what of it was.

    Attributes:
        on: The day.
        dues: What was late by then, as if nothing had been paid since the procedure was started.
        cost: What being late came to by then, at both ends of the sources; None where that is not known.
        paid: What was paid towards it since the procedure was started, that day included.
    """

    on: date
    dues: tuple[Due, ...]
    cost: Derived[Span[Money]] | None
    paid: Money

    @property
    def late(self) -> Money:
        """What was late, without its cost."""
        return sum_of((due.open for due in self.dues), self.paid.currency)

    @property
    def wanted(self) -> Span[Money]:
        """What had to be paid in all, as far as it is known."""
        late = self.late
        return self.cost.value.map(late.__add__) if self.cost is not None else Span.exactly(late)


@dataclass(frozen=True, slots=True)
class ExactPayment:
    """What has to be paid exactly, and what of it is recorded as paid.

    Attributes:
        since: The day from which payments count: that on which the procedure was started.
        day: How it stands: on the day on which enough was paid by every source, else today.
        low_on: The day on which enough was paid by the lowest source; None if it was not.
        high_on: The day on which enough was paid by every source; None if it was not.
        payments: What was paid towards it, oldest first.
        missing: What is not known of the cost, in words.
    """

    since: date
    day: PayDay
    low_on: date | None
    high_on: date | None
    payments: tuple[Payment, ...] = ()
    missing: tuple[Phrase, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether what being late costs is known."""
        return self.day.cost is not None

    @property
    def state(self) -> PayState:
        """How far it is."""
        if not self.payments:
            return PayState.NOTHING_PAID
        if self.low_on is None:
            return PayState.TOO_LITTLE
        return PayState.BETWEEN if self.high_on is None else PayState.REACHED

    @property
    def left(self) -> LeftToPay:
        """What is still to be paid at both ends; an end that was reached once stays reached."""
        wanted, paid = self.day.wanted, self.day.paid
        least = paid.zero if self.low_on is not None else max(wanted.low - paid, paid.zero)
        most = paid.zero if self.high_on is not None else max(wanted.high - paid, paid.zero)
        return LeftToPay(least, most, self.since, self.is_known)

    @property
    def made_wanted(self) -> Derived[Span[Money]]:
        """What has to be paid in all, and how that was made."""
        return Derived(self.day.wanted, self._why_wanted)

    @property
    def made_left(self) -> Derived[Span[Money]]:
        """What is still to be paid, and how that was made."""
        return Derived(Span(self.left.least, self.left.most), self._why_left)

    @property
    def made_paid(self) -> Derived[Money]:
        """What was paid towards it, and how that is made."""
        given = [
            Given(Phrase("Payment of {date}", date=each.paid_on), each.amount)
            for each in self.payments
            if each.paid_on <= self.day.on
        ]
        rule = Phrase(
            "Paid towards it = every payment since the procedure was started that was not for something else"
        )
        return Derived(
            self.day.paid,
            Derivation(rule, tuple(given), (Working(Phrase("Payments together"), self.day.paid),)),
        )

    def _why_wanted(self) -> Derivation:
        given = [Given(due.label, due.still_due) for due in self.day.dues]
        if self.day.cost is not None:
            given.append(Given(Phrase("What being late costs by {date}", date=self.day.on), self.day.cost))
        rule = Phrase(
            "To pay exactly = what is late, without the payments since the procedure was started, "
            "+ what being late costs by that day"
        )
        workings = [Working(Phrase("What is late"), self.day.late)]
        workings += [Working(text) for text in self.missing]
        return Derivation(rule, tuple(given), (*workings, Working(Phrase("To pay exactly"), self.day.wanted)))

    def _why_left(self) -> Derivation:
        given = [Given(Phrase("To pay exactly"), self.made_wanted)]
        given.append(Given(Phrase("Paid towards it"), self.made_paid))
        rule = Phrase("Still to pay = what has to be paid exactly − the payments since, never below nothing")
        left = Span(self.left.least, self.left.most)
        return Derivation(rule, tuple(given), (Working(Phrase("Still to pay"), left),))


def exact_payment(
    since: date, days: Sequence[PayDay], payments: Sequence[Payment], missing: Sequence[Phrase] = ()
) -> ExactPayment | None:
    """What has to be paid exactly; None if nothing is late on the last day.

    What was enough on the day it was paid stays enough, though the cost would have grown since.

    Args:
        since: The day from which payments count.
        days: Each day on which something was paid, and the last one, which is today; by date.
        payments: What was paid towards it.
        missing: What is not known of the cost.
    """
    known = [day for day in days if day.dues]
    if not known:
        return None
    low_on = next((day.on for day in known if day.paid and day.paid >= day.wanted.low), None)
    high = next((day for day in known if day.cost is not None and day.paid >= day.wanted.high), None)
    shown = high or known[-1]
    return ExactPayment(
        since, shown, low_on, high.on if high is not None else None, tuple(payments), tuple(missing)
    )
