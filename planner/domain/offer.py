"""Ways to settle an amount, and what each of them comes to, side by side; ``outcome`` works them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planner.domain.apr import Apr
from planner.domain.derivation import Derivation
from planner.domain.ids import new_id
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.schedule import Rounding
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.term import ChargedFrom, FeeTiming, Remainder, Term
from planner.domain.terms import Terms
from planner.phrases import Phrase

# What is asked about where no terms say which numbers of instalments there are.
USUAL_COUNTS = (3, 6, 12, 24)

_FEES = (Term.FEE_RATE, Term.FEE_WHOLE)


class OfferKind(StrEnum):
    """The ways to settle an amount."""

    FULL = "full"
    FLAT_FEE = "flat_fee"
    PROMOTION = "promotion"
    MINIMUM = "minimum"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to settle an amount.

    Attributes:
        kind: Which.
        count: How many monthly payments; 1 for paying in full, 0 where it follows from the rest.
        fee: The flat fee a month on the original amount, with its sources.
        whole_fee: The fee of the whole plan as a part of the original amount, where that is published.
        total_fee: The fee of the whole plan, where the user knows that instead.
        timing: When the fee is paid.
        at_once: Whether the first payment is made on the day of deciding, as with most "3x" and "4x" offers.
        minimum: The part of the balance to pay each month, for the minimum.
        carry: The daily charge on the rest, for the minimum.
        carry_from: From when that charge runs, for the minimum.
        name: The user's own name for it; empty for the usual one.
        whose: The name of another lender's product, a catalogue text; empty for the account's own ways.
        id: Its identity.
    """

    kind: OfferKind
    count: int = 1
    fee: Sourced[Rate] = Sourced()
    whole_fee: Sourced[Decimal] = Sourced()
    total_fee: Money | None = None
    timing: FeeTiming = FeeTiming.EVEN
    at_once: bool = False
    minimum: Sourced[Decimal] = Sourced()
    carry: Sourced[Rate] = Sourced()
    carry_from: Sourced[ChargedFrom] = Sourced()
    name: str = ""
    whose: str = ""
    id: str = field(default_factory=new_id)

    @property
    def is_fee_unknown(self) -> bool:
        """Whether nobody says what it costs, in no way of saying it."""
        return self.fee.is_unknown and self.whole_fee.is_unknown and self.total_fee is None

    def fees_on(self, amount: Money) -> tuple[Rate | Money, ...]:
        """The least and the most it costs by each way of stating it; a part of the amount is rounded once."""
        if self.total_fee is not None:
            return (self.total_fee,)
        fees: list[Rate | Money] = []
        if not self.fee.is_unknown:
            fees += [self.fee.lowest().value, self.fee.highest().value]
        if not self.whole_fee.is_unknown:
            parts = (self.whole_fee.lowest().value, self.whole_fee.highest().value)
            fees += [amount.times(part) for part in parts]
        return tuple(fees)

    @property
    def label(self) -> Phrase:
        """What to call it."""
        if self.whose:
            return Phrase("{product}: {offer}", product=Phrase(self.whose), offer=self._way)
        return self._way

    @property
    def _way(self) -> Phrase:
        if self.name:
            return Phrase.own(self.name)
        match self.kind:
            case OfferKind.FULL:
                return Phrase("Pay in full")
            case OfferKind.MINIMUM:
                return Phrase("Minimum, then the rest")
            case OfferKind.PROMOTION:
                return Phrase.counted(
                    "{count} instalment, promotion", "{count} instalments, promotion", self.count
                )
            case _:
                return Phrase.counted("{count} instalment", "{count} instalments", self.count)


@dataclass(frozen=True, slots=True)
class Flow:
    """One line of the cash-flow table.

    Attributes:
        month: The month the true rate counts it in; 0 is the beginning.
        on: The day.
        principal, fee, interest: What it is made of.
        total: What is paid.
        left: The principal still owed after it.
    """

    month: int
    on: date
    principal: Money
    fee: Money
    interest: Money
    total: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Costing:
    """One end of what an offer comes to.

    Attributes:
        rows: The dated payments.
        total: All payments together.
        fees: What they are above the amount.
        apr: The true rate; None where nothing is lent, or nothing is charged over no time.
        biggest_month: The largest sum due in one calendar month.
        last_on: The last payment.
        months: The month the true rate counts each payment in; 0 is the beginning.
    """

    rows: tuple[Instalment, ...]
    total: Money
    fees: Money
    apr: Apr | None
    biggest_month: Money
    last_on: date
    months: tuple[int, ...] = ()

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The payments month by month with what is left after each."""
        left = sum_of((row.principal for row in self.rows), self.total.currency)
        lines = []
        for month, row in zip(self.months, self.rows, strict=True):
            left -= row.principal
            lines.append(Flow(month, row.due_on, row.principal, row.fee, row.interest, row.total, left))
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an offer comes to, or why that cannot be said.

    Attributes:
        offer: The offer.
        low: The cheapest reading of its terms; None if it is not comparable.
        high: The dearest; the same where the terms are one value.
        advertised: The yearly rate as it is advertised: twelve times the fee of a month.
        not_comparable: What is missing; None if it can be compared.
        derivation: How total and rate were made.
        notes: What to know before choosing it.
        is_late: Whether it leaves the amount late, because the due date has passed already.
    """

    offer: Offer
    low: Costing | None = None
    high: Costing | None = None
    advertised: Span[Rate] | None = None
    not_comparable: Phrase | None = None
    derivation: Derivation | None = None
    notes: tuple[Phrase, ...] = ()
    is_late: bool = False

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
        """Twelve times the true monthly rate."""
        return _rates([end.apr.nominal if end.apr else None for end in self.ends])

    @property
    def effective(self) -> Span[Rate] | None:
        """The true rate compounded over a year."""
        return _rates([end.apr.effective if end.apr else None for end in self.ends])

    @property
    def biggest_month(self) -> Span[Money] | None:
        """The largest sum due in one calendar month."""
        # The dearest reading need not have the biggest month: a smaller minimum costs more.
        months = [end.biggest_month for end in self.ends]
        return Span(min(months), max(months)) if months else None

    @property
    def last_on(self) -> date | None:
        """The last payment."""
        return self.high.last_on if self.high else None


def _rates(found: list[Rate | None]) -> Span[Rate] | None:
    rates = [rate for rate in found if rate is not None]
    return Span(min(rates), max(rates)) if rates and len(rates) == len(found) else None


class SortBy(StrEnum):
    """What the user cares about most."""

    TOTAL = "total"
    RATE = "rate"
    BIGGEST_MONTH = "biggest_month"
    LAST = "last"


def offers_from(terms: Terms, *, has_minimum: bool = True, whose: str = "") -> tuple[Offer, ...]:
    """The usual ways that some terms know: in full, instalments, promotions, the minimum.

    The numbers of instalments are those that the lender is known to offer, never more (24 for
    Baitiao); where nobody says, the usual ones stand there with an unknown fee.

    Args:
        terms: The terms of an account or a product.
        has_minimum: Whether the amount may be paid down by minimums at all; an instalment may not.
        whose: The name of another lender's product, whose ways stand beside the account's own.
    """
    prefix = f"{whose}/" if whose else ""
    known = _offered(terms, *_FEES)
    offers = [] if whose else [Offer(OfferKind.FULL, id="full")]
    offers += [
        Offer(OfferKind.FLAT_FEE, count, *terms.fees(count), whose=whose, id=f"{prefix}flat_fee-{count}")
        for count in known or USUAL_COUNTS
    ]
    offers += [
        Offer(
            OfferKind.PROMOTION, count, terms.promotion(count), whose=whose, id=f"{prefix}promotion-{count}"
        )
        for count in _offered(terms, Term.PROMOTION)
    ]
    if has_minimum:
        offers.append(
            Offer(
                OfferKind.MINIMUM,
                0,
                minimum=terms.minimum,
                carry=terms.carry_rate,
                carry_from=terms.carry_from,
                whose=whose,
                id=f"{prefix}minimum",
            )
        )
    return tuple(offers)


def most_instalments(terms: Terms) -> int | None:
    """The largest number of instalments that the lender is known to offer; None if nobody says."""
    published = _published(terms, *_FEES)
    return max(published) if published else None


def _offered(terms: Terms, *kinds: Term) -> tuple[int, ...]:
    """The numbers of instalments some terms speak about, up to the largest that is published."""
    published = _published(terms, *kinds)
    return tuple(count for count in terms.counts(*kinds) if not published or count <= max(published))


def _published(terms: Terms, *kinds: Term) -> list[int]:
    return [int(claim.about) for claim in terms.of(*kinds) if not claim.source.origin.is_own]


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
    if isinstance(fee, Money):
        return Offer(OfferKind.OWN, count, total_fee=fee, timing=timing, at_once=at_once, name=name)
    source = Source("", reliability=Reliability.CONTRACT, origin=Origin.APP_SCREEN)
    return Offer(
        OfferKind.OWN, count, Sourced((Claim(fee, source),)), timing=timing, at_once=at_once, name=name
    )


def compare(outcomes: Iterable[Outcome], by: SortBy = SortBy.TOTAL) -> tuple[Outcome, ...]:
    """Outcomes sorted by what the user cares about; what cannot be compared stands last.

    A range sorts by its high end, so that an unsure offer never looks better than a sure one.
    """

    def key(result: Outcome) -> tuple[object, ...]:
        high, biggest = result.high, result.biggest_month
        if high is None or biggest is None:
            return (1,)
        rates = result.nominal
        first = {
            SortBy.TOTAL: high.total.minor,
            SortBy.RATE: rates.high.fraction if rates else Decimal(0),
            SortBy.BIGGEST_MONTH: biggest.high.minor,
            SortBy.LAST: high.last_on,
        }[by]
        return (0, first, high.total.minor, high.last_on)

    return tuple(sorted(outcomes, key=key))


def rounding_of(terms: Terms) -> Rounding:
    """How the account's lender places the remainder; last where nobody says."""
    place = terms.remainder
    return Rounding(place.counting[-1].value if not place.is_unknown else Remainder.LAST)
