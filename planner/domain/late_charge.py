"""What lenders charge on what is late: the cheapest and the dearest reading of their terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from planner.domain.derivation import Working
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Source, Sourced, Span
from planner.domain.term import ChargedFrom, LateBase
from planner.domain.terms import Terms
from planner.phrases import Phrase

T = TypeVar("T")

# What the low end takes for granted where nobody says how long the grace is: what bank cards grant at least.
# Source: bank-card self-discipline convention, art. 14 (wodefinance.com, rclpilkolf).
_CARD_GRACE = 3


def simple_penalty(unpaid: Money, daily: Rate, days: int, least_per_day: Decimal | None = None) -> Money:
    """Unpaid x daily rate x days, rounded half up once; a least amount a day where there is one.

    Source: yzgs.net/baike/197519.html (2016-04-10), "less than 0.01 a day is charged as 0.01".
    """
    if least_per_day is not None and unpaid and unpaid.decimal * daily.fraction < least_per_day:
        return Money.rounded(least_per_day * days, unpaid.currency)
    return unpaid.times(daily.fraction * days)


def penalty_span(
    unpaid: Money, rates: Sequence[Rate], days: int, least_per_day: Decimal | None = None
) -> Span[Money]:
    """The penalty at the lowest and at the highest of several rates."""
    return Span(
        simple_penalty(unpaid, min(rates), days, least_per_day),
        simple_penalty(unpaid, max(rates), days, least_per_day),
    )


@dataclass(frozen=True, slots=True)
class LateItem:
    """Something that is, or would be, late.

    Attributes:
        label: What to call it.
        due_on: Its due date.
        unpaid: What is not paid of it.
        minimum: What of it is needed so that it is not late; None if that is not known.
        penalties: Penalties that it holds already; None for none.
        paid: What was paid on it, and when.
        bought: The earliest and the latest day of its purchases; None if unknown.
        is_carried: Whether its minimum is paid: it is not late, but its rest is charged.
    """

    label: Phrase
    due_on: date
    unpaid: Money
    minimum: Money | None = None
    penalties: Money | None = None
    paid: tuple[tuple[date, Money], ...] = ()
    bought: Span[date] | None = None
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class LateEnd:
    """One end of the band: everything that decides its cost.

    Attributes:
        is_high: Whether it is the dearest reading.
        rate: The penalty a day; None if unknown.
        carry: The charge a day on a rest whose minimum is paid; None if unknown.
        base: What the late rate is charged on.
        start: From when it is charged.
        carry_start: From when a rest is charged.
        grace: The days of grace.
        fee: The part of the unpaid minimum that is charged beside; None for none.
        minimum: The part of a bill that its minimum is, where the bill does not say.
        least: The least penalty a day; None for none.
        base_source, start_source, grace_source: Who says so; None where it is taken for granted.
    """

    is_high: bool
    rate: Claim[Rate] | None
    carry: Claim[Rate] | None
    base: LateBase
    start: ChargedFrom
    carry_start: ChargedFrom
    grace: int
    fee: Claim[Decimal] | None
    minimum: Decimal | None
    least: Decimal | None
    base_source: Source | None
    start_source: Source | None
    grace_source: Source | None

    @property
    def name(self) -> Phrase:
        """What to call it."""
        return Phrase("High end") if self.is_high else Phrase("Low end")


def late_ends(terms: Terms, currency: str) -> tuple[LateEnd, LateEnd]:
    """The cheapest and the dearest reading of some terms.

    The low end takes the lowest rate, the narrowest base, the latest start and the longest grace
    that the sources name; the high end the opposite. Where nobody says, each end takes its own
    extreme, and ``late_gaps`` says so.
    """
    return _end(terms, currency, is_high=False), _end(terms, currency, is_high=True)


def _end(terms: Terms, currency: str, *, is_high: bool) -> LateEnd:
    bases, starts = list(LateBase), list(ChargedFrom)
    base = _extreme(terms.late_base, bases.index, is_high=is_high)
    start = _extreme(terms.late_from, starts.index, is_high=is_high)
    carry_start = _extreme(terms.carry_from, starts.index, is_high=is_high)
    grace = _extreme(terms.grace_days, _itself, is_high=not is_high)
    minimum = _extreme(terms.minimum, _itself, is_high=is_high)
    least = _extreme(terms.late_least_per_day, _itself, is_high=is_high)
    return LateEnd(
        is_high=is_high,
        rate=_extreme(terms.late_rate, _yearly, is_high=is_high),
        carry=_extreme(terms.carry_rate, _yearly, is_high=is_high),
        base=base.value if base else bases[-1 if is_high else 0],
        start=start.value if start else ChargedFrom.DUE,
        carry_start=carry_start.value if carry_start else starts[-1 if is_high else 0],
        grace=grace.value if grace else (0 if is_high else _assumed_grace(currency)),
        fee=_extreme(terms.late_fee, _itself, is_high=is_high),
        minimum=minimum.value if minimum else None,
        least=least.value if least else None,
        base_source=base.source if base else None,
        start_source=start.source if start else None,
        grace_source=grace.source if grace else None,
    )


def _extreme(term: Sourced[T], key: Callable[[T], object], *, is_high: bool) -> Claim[T] | None:
    if term.is_unknown:
        return None
    return term.highest(key) if is_high else term.lowest(key)


def _itself(value: T) -> T:
    return value


def _yearly(rate: Rate) -> Decimal:
    return rate.yearly


def _assumed_grace(currency: str) -> int:
    return _CARD_GRACE if currency == "CNY" else 0


def late_gaps(
    items: Sequence[LateItem], terms: Terms, currency: str
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """What is not known, and what an end of the band takes for granted because of it."""
    missing: list[Phrase] = []
    assumed: list[Phrase] = []
    if any(item.is_carried for item in items) and terms.carry_rate.is_unknown:
        missing.append(Phrase("The charge a day on a rest after the minimum is unknown."))
    if all(item.is_carried for item in items):
        return tuple(missing), tuple(assumed)
    if terms.late_rate.is_unknown:
        missing.append(Phrase("The late rate a day is unknown, so no cost can be worked out."))
    if terms.late_base.is_unknown:
        missing.append(Phrase("It is unknown what the late rate is charged on."))
        assumed.append(Phrase("Low end: only what is late. High end: everything unpaid on the account."))
    if terms.grace_days.is_unknown:
        missing.append(Phrase("The grace days are unknown."))
        if grace := _assumed_grace(currency):
            assumed.append(
                Phrase(
                    "Low end: {days} days of grace, the least that Chinese bank cards grant. High end: none.",
                    days=grace,
                )
            )
        else:
            assumed.append(Phrase("No days of grace are taken for granted."))
    if ChargedFrom.PURCHASE in {claim.value for claim in terms.late_from.counting}:
        assumed.append(Phrase("Banks add unpaid interest to the debt each month; that is not in this."))
    return tuple(missing), tuple(assumed)


@dataclass(frozen=True, slots=True)
class LateCharge:
    """One product of a late cost.

    Attributes:
        base: What is charged.
        rate: The rate a day; a plain fraction is the fee on the unpaid minimum.
        days: For how many days; for the fee, how often.
        amount: What it comes to.
    """

    base: Money
    rate: Rate | Decimal
    days: int
    amount: Money

    def working(self, end: Phrase) -> Working:
        """The calculation with its numbers."""
        if isinstance(self.rate, Rate):
            text = Phrase(
                "{end}: {amount} × {rate} × {days} days",
                end=end,
                amount=self.base,
                rate=self.rate,
                days=self.days,
            )
        else:
            text = Phrase.counted(
                "{end}: fee of {rate} on the unpaid minimum of {amount}, once",
                "{end}: fee of {rate} on the unpaid minimum of {amount}, {count} times",
                self.days,
                end=end,
                amount=self.base,
                rate=Rate(self.rate),
            )
        return Working(text, self.amount)


def late_charges(items: Sequence[LateItem], other: Money, end: LateEnd, day: date) -> tuple[LateCharge, ...]:
    """What one end charges if everything is paid on a day.

    Within the grace days nothing is charged; once they have passed, all days count. What was paid
    meanwhile is charged until it was paid. With the widest base, everything unpaid on the account
    is charged from the first due date that was missed.

    Args:
        items: What is late or would be, by due date.
        other: What else the account has open.
        end: The reading.
        day: The day of paying.
    """
    charged: list[LateCharge] = []
    for item in items:
        if item.is_carried and end.carry is not None and day > item.due_on:
            start = _start(item, end.carry_start, end)
            charged += _daily(item, end.carry.value, start, day, None, item.unpaid)
    if end.rate is None:
        return tuple(charged)
    rate, waiting = end.rate.value, [item for item in items if not item.is_carried]
    late = [item for item in waiting if (day - item.due_on).days > end.grace]
    for item in late:
        start = _start(item, end.start, end)
        if end.base is LateBase.ALL_UNPAID:
            start = min(start, late[0].due_on)
        charged += _daily(item, rate, start, day, end.least, _base(item, end))
        charged += _fee(item, end, day)
    if late and end.base is LateBase.ALL_UNPAID:
        days = (day - late[0].due_on).days
        rests = [*(_base(item, end) for item in waiting if item not in late), other]
        charged += [
            LateCharge(rest, rate, days, simple_penalty(rest, rate, days, end.least))
            for rest in rests
            if rest
        ]
    return tuple(charged)


def _start(item: LateItem, start: ChargedFrom, end: LateEnd) -> date:
    if start is ChargedFrom.DUE or item.bought is None:
        return item.due_on
    return min(item.bought.low if end.is_high else item.bought.high, item.due_on)


def _base(item: LateItem, end: LateEnd) -> Money:
    """What the rate is charged on: at the low end without the penalties that are in it already."""
    return item.unpaid if end.is_high else item.unpaid - (item.penalties or item.unpaid.zero)


def _daily(
    item: LateItem, rate: Rate, start: date, day: date, least: Decimal | None, base: Money
) -> list[LateCharge]:
    """The rate on what is unpaid until that day, and on each part paid after the start until it was."""
    parts = [(base, day), *((amount, paid_on) for paid_on, amount in item.paid if paid_on > start)]
    return [
        LateCharge(part, rate, (until - start).days, simple_penalty(part, rate, (until - start).days, least))
        for part, until in parts
    ]


def _fee(item: LateItem, end: LateEnd, day: date) -> list[LateCharge]:
    """The fee on the unpaid minimum: once, at the high end once for each month begun."""
    if end.fee is None:
        return []
    base = item.minimum
    if base is None:
        base = item.unpaid if end.is_high else item.unpaid.times(end.minimum or 0)
    times = 1
    if end.is_high:
        whole = (day.year - item.due_on.year) * 12 + day.month - item.due_on.month
        times = max(whole + (day.day > item.due_on.day), 1)
    return [LateCharge(base, end.fee.value, times, base.times(end.fee.value).times(times))]
