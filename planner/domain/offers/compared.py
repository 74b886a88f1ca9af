"""What each way to settle an amount comes to, side by side, and offers of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planner.domain.derivation import Derivation
from planner.domain.money import Money
from planner.domain.offers.costing import Costing, Flow
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.term import FeeTiming
from planner.phrases import Phrase

__all__ = ["Costing", "Flow", "Offer", "OfferKind", "Outcome", "SortBy", "compare", "own_loan", "own_offer"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an offer comes to, or why that cannot be said.

    Attributes:
        offer: The offer.
        low: The cheapest reading of its terms; None if it is not comparable.
        high: The dearest; the same where the terms are one value.
        advertised: The yearly rate as it is advertised: twelve times the fee of a month.
        not_comparable: What is missing; None if it can be compared.
        notes: What to know before choosing it.
        is_late: Whether it leaves the amount late, because the due date has passed already.
        readings: Every reading of its terms, where there are more than the two ends.
        explain: Tells how total and rate were made.
    """

    offer: Offer
    low: Costing | None = None
    high: Costing | None = None
    advertised: Span[Rate] | None = None
    not_comparable: Phrase | None = None
    notes: tuple[Phrase, ...] = ()
    is_late: bool = False
    readings: tuple[Costing, ...] = ()
    explain: Callable[[], Derivation] | None = field(default=None, compare=False, repr=False)

    @property
    def derivation(self) -> Derivation | None:
        """How total and rate were made; put together only when somebody asks."""
        return self.explain() if self.explain is not None else None

    @property
    def ends(self) -> tuple[Costing, ...]:
        """The low and the high end; one of them where both are the same, none if it is not comparable."""
        if self.low is None or self.high is None:
            return ()
        return (self.low,) if self.low == self.high else (self.low, self.high)

    @property
    def total(self) -> Span[Money] | None:
        """All payments together."""
        return Span(self.low.total, self.high.total) if self.low and self.high else None

    @property
    def fees(self) -> Span[Money] | None:
        """What they are above the amount."""
        return Span(self.low.fees, self.high.fees) if self.low and self.high else None

    @property
    def nominal(self) -> Span[Rate] | None:
        """The true rate without interest on interest; None too where the EU counts no whole months."""
        return _rates([end.apr.nominal if end.apr else None for end in self._all])

    @property
    def effective(self) -> Span[Rate] | None:
        """The true rate compounded over a year."""
        return _rates([end.apr.effective if end.apr else None for end in self._all])

    @property
    def rate(self) -> Span[Rate] | None:
        """The true rate as its convention puts it first: effective in the EU, nominal in China and the US."""
        return _rates([end.apr.headline if end.apr else None for end in self._all])

    @property
    def biggest_month(self) -> Span[Money] | None:
        """The largest sum due in one calendar month."""
        # The dearest reading need not have the biggest month: a smaller minimum costs more.
        months = [end.biggest_month for end in self._all]
        return Span(min(months), max(months)) if months else None

    @property
    def last_on(self) -> date | None:
        """The last payment."""
        return max((end.last_on for end in self._all), default=None)

    @property
    def _all(self) -> tuple[Costing, ...]:
        return self.readings or self.ends


def _rates(found: list[Rate | None]) -> Span[Rate] | None:
    rates = [rate for rate in found if rate is not None]
    return Span(min(rates), max(rates)) if rates and len(rates) == len(found) else None


class SortBy(StrEnum):
    """What the user cares about most."""

    TOTAL = "total"
    RATE = "rate"
    BIGGEST_MONTH = "biggest_month"
    LAST = "last"


def own_offer(
    name: str, count: int, fee: Rate | Money, timing: FeeTiming = FeeTiming.EVEN, *, at_once: bool = False
) -> Offer:
    """An offer the user typed: a monthly flat fee, or the fee of the whole plan.

    Args:
        name: The user's name for it; may be empty.
        count: How many monthly payments, at least 1.
        fee: A monthly rate on the original amount, or the whole fee.
        timing: When the fee is paid.
        at_once: Whether the first payment is made on the day of deciding.
    """
    return Offer(
        OfferKind.OWN,
        count,
        Sourced() if isinstance(fee, Money) else _typed(fee),
        total_fee=fee if isinstance(fee, Money) else None,
        timing=timing,
        at_once=at_once,
        name=name,
        is_own=True,
    )


def own_loan(
    name: str,
    count: int,
    rate: Rate,
    kind: OfferKind = OfferKind.LEVEL,
    opening_fee: Money | None = None,
    free_months: int = 0,
) -> Offer:
    """A loan the user was offered: a nominal yearly rate on what is owed, and maybe a fee at the beginning.

    Args:
        name: The user's name for it; may be empty.
        count: How many monthly payments, at least 1.
        rate: The nominal yearly rate.
        kind: LEVEL or EQUAL_PRINCIPAL.
        opening_fee: What is paid at the beginning.
        free_months: For how many of the first months it bears nothing.
    """
    return Offer(
        kind,
        count,
        interest=_typed(rate),
        opening_fee=opening_fee,
        free_months=free_months,
        name=name,
        is_own=True,
    )


def _typed(rate: Rate) -> Sourced[Rate]:
    return Sourced((Claim(rate, Source("", reliability=Reliability.CONTRACT, origin=Origin.APP_SCREEN)),))


def compare(outcomes: Iterable[Outcome], by: SortBy = SortBy.TOTAL) -> tuple[Outcome, ...]:
    """Outcomes sorted by what the user cares about; what cannot be compared stands last.

    A range sorts by its high end, so that an unsure offer never looks better than a sure one.
    """

    def key(result: Outcome) -> tuple[object, ...]:
        high, biggest, last_on = result.high, result.biggest_month, result.last_on
        if high is None or biggest is None:
            return (1,)
        rates = result.rate
        first = {
            SortBy.TOTAL: high.total.minor,
            SortBy.RATE: rates.high.fraction if rates else Decimal(0),
            SortBy.BIGGEST_MONTH: biggest.high.minor,
            SortBy.LAST: last_on,
        }[by]
        return (0, first, high.total.minor, last_on)

    return tuple(sorted(outcomes, key=key))
