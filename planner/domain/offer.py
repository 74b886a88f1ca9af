"""Ways to settle an amount, and what each of them comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planner.domain.apr import Apr, apr
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.ids import new_id
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.rate import Per, Rate
from planner.domain.schedule import DEFAULT_ROUNDING, FeeTiming, Rounding, flat_fee
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.terms import Remainder, Term, Terms
from planner.errors import PlannerError
from planner.phrases import Phrase


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
        total_fee: The fee of the whole plan, where the user knows that instead.
        timing: When the fee is paid.
        minimum: The part of the balance to pay each month, for the minimum.
        carry: The daily charge on the rest, for the minimum.
        name: The user's own name for it; empty for the usual one.
        id: Its identity.
    """

    kind: OfferKind
    count: int = 1
    fee: Sourced[Rate] = Sourced()
    total_fee: Money | None = None
    timing: FeeTiming = FeeTiming.EVEN
    minimum: Sourced[Decimal] = Sourced()
    carry: Sourced[Rate] = Sourced()
    name: str = ""
    id: str = field(default_factory=new_id)

    @property
    def label(self) -> Phrase:
        """What to call it."""
        if self.name:
            return Phrase.own(self.name)
        match self.kind:
            case OfferKind.FULL:
                return Phrase("Pay in full")
            case OfferKind.MINIMUM:
                return Phrase("Minimum, then the rest")
            case OfferKind.PROMOTION:
                return Phrase.counted("{count} instalment, promotion", "{count} instalments, promotion", self.count)
            case _:
                return Phrase.counted("{count} instalment", "{count} instalments", self.count)


@dataclass(frozen=True, slots=True)
class Costing:
    """One end of what an offer comes to.

    Attributes:
        rows: The dated payments.
        total: All payments together.
        fees: What they are above the amount.
        apr: The true rate; None where nothing is charged over no time.
        biggest_month: The largest sum due in one calendar month.
        last_on: The last payment.
    """

    rows: tuple[Instalment, ...]
    total: Money
    fees: Money
    apr: Apr | None
    biggest_month: Money
    last_on: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an offer comes to, or why that cannot be said.

    Attributes:
        offer: The offer.
        low: The cheapest reading of its terms; None if it is not comparable.
        high: The dearest; the same where the terms are one value.
        advertised: The yearly rate as it is advertised: twelve times the monthly fee.
        not_comparable: What is missing; None if it can be compared.
        derivation: How total and rate were made.
    """

    offer: Offer
    low: Costing | None = None
    high: Costing | None = None
    advertised: Span[Rate] | None = None
    not_comparable: Phrase | None = None
    derivation: Derivation | None = None

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
        if not (self.low and self.high and self.low.apr and self.high.apr):
            return None
        return Span(self.low.apr.nominal, self.high.apr.nominal)

    @property
    def effective(self) -> Span[Rate] | None:
        """The true rate compounded over a year."""
        if not (self.low and self.high and self.low.apr and self.high.apr):
            return None
        return Span(self.low.apr.effective, self.high.apr.effective)

    @property
    def biggest_month(self) -> Span[Money] | None:
        """The largest sum due in one calendar month."""
        return Span(self.low.biggest_month, self.high.biggest_month) if self.low and self.high else None

    @property
    def last_on(self) -> date | None:
        """The last payment."""
        return self.high.last_on if self.high else None


class SortBy(StrEnum):
    """What the user cares about most."""

    TOTAL = "total"
    RATE = "rate"
    BIGGEST_MONTH = "biggest_month"
    LAST = "last"


def offers_from(terms: Terms, *, bill_has_minimum: bool = True) -> tuple[Offer, ...]:
    """The usual ways that an account's terms know: in full, instalments, promotions, the minimum.

    Args:
        terms: The account's terms.
        bill_has_minimum: Whether the amount may be paid down by minimums at all; a purchase may not.
    """
    offers = [Offer(OfferKind.FULL, id="full")]
    offers += [
        Offer(OfferKind.FLAT_FEE, count, terms.fee_rate(count), id=f"flat_fee-{count}")
        for count in terms.counts(Term.FEE_RATE)
    ]
    offers += [
        Offer(OfferKind.PROMOTION, count, terms.promotion(count), id=f"promotion-{count}")
        for count in terms.counts(Term.PROMOTION)
    ]
    if bill_has_minimum:
        offers.append(
            Offer(OfferKind.MINIMUM, 0, minimum=terms.minimum, carry=terms.carry_rate, id="minimum")
        )
    return tuple(offers)


def own_offer(name: str, count: int, fee: Rate | Money, timing: FeeTiming = FeeTiming.EVEN) -> Offer:
    """An offer the user typed: a monthly flat fee, or the fee of the whole plan.

    Args:
        name: The user's name for it; may be empty.
        count: How many monthly payments, at least 1.
        fee: A monthly rate on the original amount, or the whole fee.
        timing: When the fee is paid.
    """
    if isinstance(fee, Money):
        return Offer(OfferKind.OWN, count, total_fee=fee, timing=timing, name=name)
    source = Source("", reliability=Reliability.CONTRACT, origin=Origin.APP_SCREEN)
    return Offer(OfferKind.OWN, count, Sourced((Claim(fee, source),)), timing=timing, name=name)


def outcome(
    amount: Money, offer: Offer, today: date, first_due: date, rounding: Rounding = DEFAULT_ROUNDING
) -> Outcome:
    """What an offer comes to for an amount.

    The rate counts the payments month by month from today, as the offer's own table would.

    Args:
        amount: What is to be settled.
        offer: The offer.
        today: The day of deciding.
        first_due: When the amount itself is due, and the day of the month of later payments.
        rounding: How the lender rounds rows.
    """
    missing = _missing(offer)
    if missing is not None:
        return Outcome(offer, not_comparable=missing)
    try:
        ends = [_costing(amount, rows) for rows in _ends(amount, offer, today, first_due, rounding)]
    except PlannerError as error:
        return Outcome(offer, not_comparable=error.phrase)
    low, high = min(ends, key=lambda end: end.total), max(ends, key=lambda end: end.total)
    advertised = None
    if not offer.fee.is_unknown:
        advertised = Span(*(Rate(claim.value.yearly) for claim in (offer.fee.lowest(), offer.fee.highest())))
    elif offer.total_fee is not None and amount:
        yearly = Decimal(offer.total_fee.minor) / amount.minor / offer.count * Per.MONTH.value
        advertised = Span.exactly(Rate(yearly))
    elif offer.kind is OfferKind.MINIMUM:
        advertised = Span(*(Rate(c.value.yearly) for c in (offer.carry.lowest(), offer.carry.highest())))
    return Outcome(offer, low, high, advertised, derivation=_derivation(amount, offer, low, high))


def compare(outcomes: Iterable[Outcome], by: SortBy = SortBy.TOTAL) -> tuple[Outcome, ...]:
    """Outcomes sorted by what the user cares about; what cannot be compared stands last.

    A range sorts by its high end, so that an unsure offer never looks better than a sure one.
    """

    def key(result: Outcome) -> tuple[object, ...]:
        high = result.high
        if high is None:
            return (1,)
        rate = high.apr.nominal.fraction if high.apr else Decimal(0)
        first = {
            SortBy.TOTAL: high.total.minor,
            SortBy.RATE: rate,
            SortBy.BIGGEST_MONTH: high.biggest_month.minor,
            SortBy.LAST: high.last_on,
        }[by]
        return (0, first, high.total.minor, high.last_on)

    return tuple(sorted(outcomes, key=key))


def _missing(offer: Offer) -> Phrase | None:
    if offer.kind is OfferKind.MINIMUM:
        if offer.minimum.is_unknown:
            return Phrase("Not comparable: the minimum rule is unknown")
        if offer.carry.is_unknown:
            return Phrase("Not comparable: the charge on the rest is unknown")
        return None
    priced = offer.kind is OfferKind.FULL or not offer.fee.is_unknown or offer.total_fee is not None
    return None if priced else Phrase("Not comparable: the fee is unknown")


def _ends(
    amount: Money, offer: Offer, today: date, first_due: date, rounding: Rounding
) -> list[tuple[Instalment, ...]]:
    """The rows at each end of the offer's terms."""
    if offer.kind is OfferKind.FULL:
        return [(Instalment(1, first_due, amount, amount.zero, amount.zero),)]
    if offer.kind is OfferKind.MINIMUM:
        return [
            minimum_then_rest(amount, part, carry.value, first_due)
            for part, carry in (
                (offer.minimum.highest().value, offer.carry.lowest()),
                (offer.minimum.lowest().value, offer.carry.highest()),
            )
        ]
    dues = [add_months(first_due, month) for month in range(1, offer.count + 1)]
    if offer.total_fee is not None:
        return [flat_fee(amount, dues, offer.total_fee, offer.timing, rounding)]
    fees = (offer.fee.lowest().value, offer.fee.highest().value)
    return [flat_fee(amount, dues, fee, offer.timing, rounding) for fee in fees]


def minimum_then_rest(amount: Money, part: Decimal, carry: Rate, first_due: date) -> tuple[Instalment, ...]:
    """Paying the minimum on the due date and the rest one month later, with the daily charge on it.

    Source of the charge: (bill - paid) x 0.05 % x days (m.yunqishi.net, 2020-12-01).

    Args:
        amount: The bill.
        part: The part to pay on the due date.
        carry: The daily charge on the rest.
        first_due: The bill's due date.
    """
    least = amount.times(part)
    rest = amount - least
    second_due = add_months(first_due, 1)
    interest = rest.times(carry.fraction * (second_due - first_due).days)
    return (
        Instalment(1, first_due, least, amount.zero, amount.zero),
        Instalment(2, second_due, rest, amount.zero, interest),
    )


def _costing(amount: Money, rows: Sequence[Instalment]) -> Costing:
    total = sum_of((row.total for row in rows), amount.currency)
    months: dict[tuple[int, int], Money] = {}
    for row in rows:
        month = (row.due_on.year, row.due_on.month)
        months[month] = months.get(month, amount.zero) + row.total
    fees = total - amount
    rate = apr([amount.minor, *(-row.total.minor for row in rows)]) if len(rows) > 1 or fees else None
    return Costing(tuple(rows), total, fees, rate, max(months.values()), rows[-1].due_on)


def _derivation(amount: Money, offer: Offer, low: Costing, high: Costing) -> Derivation:
    given = [Given(Phrase("Amount"), amount)]
    given += [Given(Phrase("Fee a month, on the original amount"), c.value, c.source) for c in offer.fee.counting]
    if offer.total_fee is not None:
        given.append(Given(Phrase("Fee of the whole plan"), offer.total_fee))
    given += [Given(Phrase("Part to pay at once"), Rate(c.value), c.source) for c in offer.minimum.counting]
    given += [Given(Phrase("Charge a day on the rest"), c.value, c.source) for c in offer.carry.counting]
    workings = []
    ends = [(Phrase("Low end"), low), (Phrase("High end"), high)] if low is not high else [(None, low)]
    for name, end in ends:
        if name is not None:
            workings.append(Working(name))
        workings += [
            Working(Phrase("Instalment {number}, {date}", number=row.number, date=row.due_on), row.total)
            for row in end.rows
        ]
        workings.append(Working(Phrase("All payments together"), end.total))
        workings.append(Working(Phrase("Above the amount"), end.fees))
        if end.apr is not None:
            workings.append(
                Working(Phrase("The monthly rate at which the payments are worth the amount"),
                        Rate(end.apr.monthly, Per.MONTH))
            )
            workings.append(Working(Phrase("× 12: nominal yearly rate"), end.apr.nominal))
            workings.append(Working(Phrase("Compounded over twelve months: effective yearly rate"), end.apr.effective))
    return Derivation(
        Phrase(
            "True rate: the monthly rate i at which amount = Σ payment ÷ (1 + i)^month, "
            "because the fee is charged on the original amount while less and less of it is owed"
        ),
        tuple(given),
        tuple(workings),
        Phrase("Each instalment is rounded to the cent as lenders do; rates are shown to two decimals."),
    )


def rounding_of(terms: Terms) -> Rounding:
    """How the account's lender places the remainder; last where nobody says."""
    place = terms.remainder
    return Rounding(place.counting[-1].value if not place.is_unknown else Remainder.LAST)
