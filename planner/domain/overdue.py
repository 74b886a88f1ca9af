"""What being late costs, day by day, as a band where the sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.position import Due
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Source, Span
from planner.domain.terms import LateBase, Terms
from planner.phrases import N_, Phrase

# What the low end assumes where nobody says how long the grace is: the bank-card convention's least.
_ASSUMED_GRACE = 3
_RECORD_YEARS = 5
_THREE_MONTHS = 90


def simple_penalty(unpaid: Money, daily: Rate, days: int, least_per_day: Decimal | None = None) -> Money:
    """Unpaid x daily rate x days, rounded half up once; a least amount a day where there is one.

    Source: yzgs.net/baike/197519.html (2016-04-10), "less than 0.01 a day is charged as 0.01".
    """
    if least_per_day is not None and unpaid and unpaid.decimal * daily.fraction < least_per_day:
        return Money.rounded(least_per_day * days, unpaid.currency)
    return unpaid.times(daily.fraction * days)


def penalty_span(unpaid: Money, rates: Sequence[Rate], days: int) -> Span[Money]:
    """The penalty at the lowest and at the highest of several rates."""
    return Span(simple_penalty(unpaid, min(rates), days), simple_penalty(unpaid, max(rates), days))


@dataclass(frozen=True, slots=True)
class LateItem:
    """Something that is, or would be, late.

    Attributes:
        label: What to call it.
        due_on: Its due date.
        unpaid: What is not paid of it.
    """

    label: Phrase
    due_on: date
    unpaid: Money


@dataclass(frozen=True, slots=True)
class LateDay:
    """The late cost if everything is paid on that day."""

    day: date
    cost: Span[Money]


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that may happen while a due stays unpaid.

    Attributes:
        on: Its day; None where it depends on the lender or on paying.
        text: What.
        source: Who says so.
    """

    on: date | None
    text: Phrase
    source: str


@dataclass(frozen=True, slots=True)
class LateCost:
    """What being late costs.

    Attributes:
        items: What is late.
        days: The cost for each day of paying, first to last.
        at: The cost on the chosen day; None where the rate is unknown.
        scenarios: Each day of paying compared, with its cost; None where the rate is unknown.
        milestones: What may happen on the way, by date.
        missing: What is not known, in words.
        assumed: What an end of the band takes for granted.
    """

    items: tuple[LateItem, ...]
    days: tuple[LateDay, ...]
    at: Derived[Span[Money]] | None
    scenarios: tuple[tuple[date, Derived[Span[Money]] | None], ...]
    milestones: tuple[Milestone, ...]
    missing: tuple[Phrase, ...]
    assumed: tuple[Phrase, ...]

    @property
    def unpaid(self) -> Money:
        """What is late, without its cost."""
        return sum_of((item.unpaid for item in self.items), self.items[0].unpaid.currency)


@dataclass(frozen=True, slots=True)
class _End:
    """One end of the band: everything that decides its cost."""

    rate: Claim[Rate]
    base: LateBase
    base_source: Source | None
    grace: int
    grace_source: Source | None
    least: Decimal | None


def late_items(dues: Sequence[Due]) -> tuple[LateItem, ...]:
    """The dues whose date is known, as things that may be late."""
    return tuple(LateItem(due.label, due.due_on, due.open) for due in dues if due.due_on and due.open)


def late_cost(
    items: Sequence[LateItem],
    other_unpaid: Money,
    terms: Terms,
    today: date,
    until: date,
    scenarios: Sequence[date] = (),
) -> LateCost:
    """What it costs to pay late, for every day up to ``until``.

    Simple interest from the day after the due date. The low end takes the lowest rate, the
    narrowest base and the longest grace that the sources name; the high end the opposite. Within
    the grace days nothing is charged; once they have passed, all days since the due date count.

    Args:
        items: What is late or would be; at least one, of one currency.
        other_unpaid: What else the account has open, for lenders that charge on all of it.
        terms: The account's terms.
        today: The first day of the series, if nothing was due earlier.
        until: The last day of the series and the chosen day of paying.
        scenarios: Further days of paying to compare.
    """
    items = tuple(sorted(items, key=lambda item: item.due_on))
    missing, assumed = _gaps(terms)
    milestones = _milestones(items, until)
    if terms.late_rate.is_unknown:
        nothing = tuple((day, None) for day in scenarios)
        return LateCost(items, (), None, nothing, milestones, missing, assumed)
    low, high = _ends(terms)
    first = min(items[0].due_on, today)
    days = tuple(
        LateDay(day, Span(_cost(items, other_unpaid, low, day), _cost(items, other_unpaid, high, day)))
        for day in (first + timedelta(days=n) for n in range(max((until - first).days, 0) + 1))
    )

    def at(day: date) -> Derived[Span[Money]]:
        return _derived(items, other_unpaid, (low, high), day)

    return LateCost(
        items, days, at(until), tuple((day, at(day)) for day in scenarios), milestones, missing, assumed
    )


def _ends(terms: Terms) -> tuple[_End, _End]:
    bases = terms.late_base
    graces = terms.grace_days
    widths = list(LateBase)
    low_base = bases.lowest(widths.index) if not bases.is_unknown else None
    high_base = bases.highest(widths.index) if not bases.is_unknown else None
    low_grace = graces.highest() if not graces.is_unknown else None
    high_grace = graces.lowest() if not graces.is_unknown else None
    least = terms.late_least_per_day
    low = _End(
        terms.late_rate.lowest(),
        low_base.value if low_base else LateBase.OVERDUE,
        low_base.source if low_base else None,
        low_grace.value if low_grace else _ASSUMED_GRACE,
        low_grace.source if low_grace else None,
        least.value,
    )
    high = _End(
        terms.late_rate.highest(),
        high_base.value if high_base else LateBase.ALL_UNPAID,
        high_base.source if high_base else None,
        high_grace.value if high_grace else 0,
        high_grace.source if high_grace else None,
        least.highest().value if not least.is_unknown else None,
    )
    return low, high


def _gaps(terms: Terms) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    missing, assumed = [], []
    if terms.late_rate.is_unknown:
        missing.append(Phrase("The late rate a day is unknown, so no cost can be worked out."))
    if terms.late_base.is_unknown:
        missing.append(Phrase("It is unknown what the late rate is charged on."))
        assumed.append(Phrase("Low end: only what is late. High end: everything unpaid on the account."))
    if terms.grace_days.is_unknown:
        missing.append(Phrase("The grace days are unknown."))
        assumed.append(
            Phrase(
                "Low end: {days} days of grace, as the Chinese bank-card convention gives. High end: none.",
                days=_ASSUMED_GRACE,
            )
        )
    return tuple(missing), tuple(assumed)


def _charged_on(items: Sequence[LateItem], other: Money, end: _End, day: date) -> list[tuple[Money, int, LateItem]]:
    """What is charged, for how many days: each late item, and for the widest base the rest of the account."""
    late = [item for item in items if (day - item.due_on).days > end.grace]
    charged = [(item.unpaid, (day - item.due_on).days, item) for item in late]
    if late and end.base is LateBase.ALL_UNPAID:
        rest = sum_of((item.unpaid for item in items if item not in late), other.currency) + other
        if rest:
            charged.append((rest, (day - late[0].due_on).days, late[0]))
    return charged


def _cost(items: Sequence[LateItem], other: Money, end: _End, day: date) -> Money:
    parts = (
        simple_penalty(amount, end.rate.value, days, end.least)
        for amount, days, _ in _charged_on(items, other, end, day)
    )
    return sum_of(parts, other.currency)


BASE_WORDS = {
    LateBase.OVERDUE: Phrase("what is late"),
    LateBase.ALL_UNPAID: Phrase("everything unpaid on the account"),
}


def _derived(
    items: Sequence[LateItem], other: Money, ends: tuple[_End, _End], day: date
) -> Derived[Span[Money]]:
    given: list[Given] = [Given(item.label, item.unpaid) for item in items]
    workings: list[Working] = []
    names = (Phrase("Low end"), Phrase("High end"))
    costs = []
    for name, end in zip(names, ends, strict=True):
        given.append(Given(Phrase("{end}: rate", end=name), end.rate.value, end.rate.source))
        given.append(Given(Phrase("{end}: charged on", end=name), BASE_WORDS[end.base], end.base_source))
        given.append(Given(Phrase("{end}: days of grace", end=name), end.grace, end.grace_source))
        for amount, days, _ in _charged_on(items, other, end, day):
            text = Phrase(
                "{end}: {amount} × {rate} × {days} days", end=name, amount=amount, rate=end.rate.value, days=days
            )
            workings.append(Working(text, simple_penalty(amount, end.rate.value, days, end.least)))
        cost = _cost(items, other, end, day)
        costs.append(cost)
        workings.append(Working(Phrase("{end} in all", end=name), cost))
    rule = Phrase("Late cost = what is charged × daily rate × days since the due date")
    rounding = Phrase("Each product is rounded to the cent, half up.")
    return Derived(Span(costs[0], costs[1]), Derivation(rule, tuple(given), tuple(workings), rounding))


def _milestones(items: Sequence[LateItem], until: date) -> tuple[Milestone, ...]:
    first = items[0].due_on
    known = [
        Milestone(
            first + timedelta(days=1),
            Phrase("Late from this day on, unless the lender grants days of grace."),
            "China UnionPay bank-card convention art. 14 (grace of at least 3 days on bank cards)",
        ),
        Milestone(
            first + timedelta(days=_THREE_MONTHS),
            Phrase("90 days: lenders widely treat three months without a payment as serious default."),
            "seed 001 (C050), reliability low; criteria differ between institutions",
        ),
        Milestone(
            add_months(until, 12 * _RECORD_YEARS),
            Phrase(
                "A late record would leave the credit report: five years after everything is paid, here on {date}.",
                date=until,
            ),
            "征信业管理条例 art. 16",
        ),
        Milestone(
            None,
            Phrase("When a lender reports to the credit register differs; ask before it matters."),
            "seed 001 (C052, C053), reliability low",
        ),
    ]
    return tuple(known)


HINT = N_("Calling the lender before or soon after the due date keeps more ways open. It costs nothing to ask.")
