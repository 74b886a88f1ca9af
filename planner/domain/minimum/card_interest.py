"""The lost interest-free time of Chinese cards: interest on each purchase from its posting date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class CardTransaction:
    """Something that bears interest.

    Attributes:
        posted: From when.
        amount: How much; negative for what came back.
        label: What to call it; None for what has no name.
    """

    posted: date
    amount: Money
    label: Phrase | None = None

    @property
    def name(self) -> Phrase:
        """Its label, or what it is called without one."""
        return self.label or Phrase("Purchase of {date}", date=self.posted)


@dataclass(frozen=True, slots=True)
class InterestPart:
    """An amount over some days.

    Attributes:
        base: What bears interest.
        since: From when.
        days: For how many days.
        rate: The charge a day.
        label: What it is.
    """

    base: Money
    since: date
    days: int
    rate: Rate
    label: Phrase

    @property
    def amount(self) -> Money:
        """What it comes to, rounded half up."""
        return self.base.times(self.rate.fraction * self.days)

    @property
    def working(self) -> Working:
        """The calculation with its numbers."""
        text = Phrase(
            "{what}: {amount} × {rate} × {days} days from {date}",
            what=self.label,
            amount=self.base,
            rate=self.rate,
            days=self.days,
            date=self.since,
        )
        return Working(text, self.amount)


@dataclass(frozen=True, slots=True)
class CardInterest:
    """The interest that a statement posts.

    Attributes:
        statement_on: The statement.
        parts: Each amount that bore interest, with its days.
        interest: All of it together, rounded half up once.
        left: What is still owed of the purchases that are posted by then.
        capitalised: Interest of earlier statements that is unpaid, and bears interest itself.
    """

    statement_on: date
    parts: tuple[InterestPart, ...]
    interest: Money
    left: Money
    capitalised: Money

    @property
    def workings(self) -> tuple[Working, ...]:
        """The steps with their numbers."""
        total = Working(Phrase("Interest on the statement of {date}", date=self.statement_on), self.interest)
        return (*(part.working for part in self.parts), total)


def lost_free_time(low: CardInterest, high: CardInterest, given: Iterable[Given]) -> Derived[Span[Money]]:
    """What it costs to lose the interest-free time, and how that was made.

    Args:
        low: The cheapest reading.
        high: The dearest reading; the same where there is only one.
        given: What went in: the rate with its sources, the payments.
    """
    workings = low.workings
    if low != high:
        ends = (Working(Phrase("Low end")), *low.workings), (Working(Phrase("High end")), *high.workings)
        workings = (*ends[0], *ends[1])
    derivation = Derivation(
        Phrase(
            "Because the bill is not paid in full, interest runs from each purchase until it is repaid: "
            "amount × daily rate × days. What is unpaid of it joins the debt with the statement."
        ),
        tuple(given),
        workings,
        Phrase("Rounded half up to the cent, once for the whole statement."),
    )
    return Derived(Span(low.interest, high.interest), derivation)


def daily(rate: Rate) -> Rate:
    """A rate a day; one that is stated for a longer time is spread over the 365 days of a year."""
    return rate if rate.per is Per.DAY else Rate(rate.yearly / Per.DAY.value, Per.DAY)


def card_interest(
    transactions: Sequence[CardTransaction],
    payments: Iterable[tuple[date, Money]],
    statements: Sequence[date],
    rate: Rate,
) -> tuple[CardInterest, ...]:
    """The interest that each of some statements posts, once a bill is not paid in full.

    Each transaction x daily rate from its posting date until it is repaid; a payment counts from its
    date, and goes to unpaid interest and then to the oldest transaction. With each statement the
    interest joins the debt. Source: wodefinance.com, hknyusfcud and jxxowdphxa;
    crsrw.com/falvjiangtang/146835.html.

    Args:
        transactions: What was bought, with dates, at least one; not what bears no interest.
        payments: What is paid on them, with dates.
        statements: The statements that post interest, by date.
        rate: The charge a day.
    """
    zero = transactions[0].amount.zero
    bought = sorted((each for each in transactions if each.amount > zero), key=lambda each: each.posted)
    owed = [_Owed(each.posted, each.amount, each.name) for each in bought]
    back = [(each.posted, -each.amount) for each in transactions if each.amount < zero]
    waiting = sorted([*payments, *back], key=lambda paid: paid[0])
    found: list[CardInterest] = []
    for statement in statements:
        while waiting and waiting[0][0] <= statement:
            _pay(owed, *waiting.pop(0))
        parts = tuple(part for each in owed for part in each.until(statement, daily(rate)))
        exact = sum((part.base.minor * part.rate.fraction * part.days for part in parts), Decimal(0))
        interest = Money(int(exact.to_integral_value(ROUND_HALF_UP)), zero.currency)
        capitalised = sum_of((each.amount for each in owed if each.is_interest), zero.currency)
        posted = (each for each in owed if not each.is_interest and each.posted <= statement)
        left = sum_of((each.amount for each in posted), zero.currency)
        found.append(CardInterest(statement, parts, interest, left, capitalised))
        label = Phrase("Interest of {date}", date=statement)
        owed.append(_Owed(statement, interest, label, is_interest=True))
    return tuple(found)


class _Owed:
    """What is owed of a transaction, and the times over which it was more."""

    def __init__(self, posted: date, amount: Money, label: Phrase, *, is_interest: bool = False) -> None:
        self.posted, self.amount, self.label, self.is_interest = posted, amount, label, is_interest
        self._since = posted
        self._before: list[tuple[Money, date, date]] = []

    def pay(self, on: date, most: Money) -> Money:
        """Take what it needs of a payment, and return the rest."""
        part = min(self.amount, most)
        if part:
            paid_on = max(on, self._since)
            self._before.append((self.amount, self._since, paid_on))
            self._since, self.amount = paid_on, self.amount - part
        return most - part

    def until(self, statement: date, rate: Rate) -> list[InterestPart]:
        """What bore interest up to a statement; from there it starts afresh."""
        end = max(statement, self._since)
        times = [*self._before, (self.amount, self._since, end)]
        self._before, self._since = [], end
        return [
            InterestPart(base, since, (until - since).days, rate, self.label)
            for base, since, until in times
            if base and until > since
        ]


def _pay(owed: Iterable[_Owed], on: date, amount: Money) -> None:
    """Hand a payment to unpaid interest, then to the oldest transaction."""
    for each in sorted(owed, key=lambda each: (not each.is_interest, each.posted)):
        amount = each.pay(on, amount)
