"""The figures of what paying only the minimum comes to; ``cost`` works them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from planner.domain.derivation import Derivation, Derived
from planner.domain.minimum.path import Debt, Fate, Path, SteadyPayment
from planner.domain.minimum.rule import BillParts, MinimumReading
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.domain.term import ChargedFrom
from planner.phrases import Phrase

T = TypeVar("T")

# Within how many months a steady payment is over: as Australian and American statements have to say.
# Source: National Consumer Credit Protection Regulations 2010, reg. 79B; 12 CFR 1026.7(b)(12)(i)(F).
WITHIN = (24, 36)


@dataclass(frozen=True, slots=True)
class MinimumBill:
    """A bill of which only the minimum is paid.

    Attributes:
        parts: What it is made of.
        open: What is still to pay of it.
        minimum: What is still to pay of its minimum, where the statement says; else the rule makes it.
        paid: What was paid on it already.
        free_days: Its purchases times the days from each to the due date, in major units x days, at the
            least and at the most; None if nobody knows when they were made.
        carried_days: What it carries times the days to the due date, which are never free.
    """

    parts: BillParts
    open: Money
    minimum: Money | None = None
    paid: Money | None = None
    free_days: Span[Decimal] | None = None
    carried_days: Decimal = Decimal(0)

    def first(self, reading: MinimumReading) -> Money:
        """What is to be paid of it first; what nobody itemised counts as purchases."""
        if self.minimum is not None:
            return min(self.minimum, self.open)
        asked = reading.of(self.parts.read_cheaply) - self.already
        return min(max(asked, self.open.zero), self.open)

    @property
    def already(self) -> Money:
        """What was paid on it already."""
        return self.paid if self.paid is not None else self.open.zero


@dataclass(frozen=True, slots=True)
class Faster:
    """A steady payment beside the minimum.

    Attributes:
        within: Within how many months it is over.
        steady: The payment; None if the minimum is over sooner by itself.
        saved: What it saves, below nothing if it costs more; None if the minimum is over sooner, or never.
    """

    within: int
    steady: SteadyPayment | None = None
    saved: Money | None = None


@dataclass(frozen=True, slots=True)
class CostEnd:
    """One reading of the terms, and what it comes to.

    Attributes:
        reading: How the minimum is made.
        rate: What is charged.
        start: From when a daily charge runs; None for a yearly rate, which always runs.
        debt: What is owed.
        first: What is paid first.
        path: The months.
        faster: The payments that are over sooner.
    """

    reading: MinimumReading
    rate: Rate
    start: ChargedFrom | None
    debt: Debt
    first: Money
    path: Path
    faster: tuple[Faster, ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        """How bad it is: how it ends, then what it costs."""
        interest = self.path.interest
        return list(Fate).index(self.path.fate), interest.minor if interest is not None else 0


@dataclass(frozen=True, slots=True)
class Sooner:
    """A steady payment that is over within some months, over both ends of what the sources say.

    Attributes:
        within: Within how many months.
        payment: What is paid each month.
        total: All payments together.
        saved: What that saves, below nothing where it costs more; None beside what is never over.
        is_maybe_needless: Whether by one reading the minimum is over as soon by itself.
        first: The first minimum, which is more and is paid before it; None where it is not more.
        below_until: Up to which month after the first the lender asks for more; 0 where it never does.
    """

    within: int
    payment: Span[Money]
    total: Span[Money]
    saved: Span[Money] | None
    is_maybe_needless: bool = False
    first: Span[Money] | None = None
    below_until: int = 0


@dataclass(frozen=True, slots=True)
class MinimumCost:
    """What paying only the minimum comes to.

    Attributes:
        low: The cheapest reading; None if too little is known.
        high: The dearest; the same where there is only one.
        derivation: How it was made.
        missing: What is not known.
        assumed: What is taken for granted because of it.
    """

    low: CostEnd | None = None
    high: CostEnd | None = None
    derivation: Derivation | None = None
    missing: tuple[Phrase, ...] = ()
    assumed: tuple[Phrase, ...] = ()

    @property
    def ends(self) -> tuple[CostEnd, ...]:
        """The low and the high end; one of them where both are the same, none if too little is known."""
        if self.low is None or self.high is None:
            return ()
        return (self.low,) if self.low == self.high else (self.low, self.high)

    def made(self, value: T) -> Derived[T]:
        """One of its figures, and how all of them were made."""
        if self.derivation is None:
            msg = "nothing was worked out, so no figure was made"
            raise ValueError(msg)
        return Derived(value, self.derivation)

    @property
    def sooner(self) -> tuple[Sooner, ...]:
        """The payments that are over sooner, over both ends; none where the minimum always is by itself."""
        found = []
        for number, within in enumerate(WITHIN):
            each = [end.faster[number] for end in self.ends]
            steady = [faster.steady for faster in each if faster.steady is not None]
            saved = [faster.saved for faster in each if faster.saved is not None]
            firsts = [one.first for one in steady if one.first is not None]
            if steady:
                found.append(
                    Sooner(
                        within,
                        _span([one.payment for one in steady]),
                        _span([one.path.total for one in steady if one.path.total is not None]),
                        _span(saved) if saved else None,
                        is_maybe_needless=len(steady) < len(each),
                        first=_span(firsts) if firsts else None,
                        below_until=max(one.below_until for one in steady),
                    )
                )
        return tuple(found)


def _span(amounts: Sequence[Money]) -> Span[Money]:
    return Span(min(amounts), max(amounts))
