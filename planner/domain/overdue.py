"""What being late costs, day by day, as a band where the sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from planner.domain.consequences.card import NO_CARDS, Cards
from planner.domain.derivation import Derived
from planner.domain.late.acceleration import Called, acceleration_way
from planner.domain.late.accrual import Dated
from planner.domain.late.agreement import Agreement, agreement_way
from planner.domain.late.charges import becomes_carried, principal_of
from planner.domain.late.costing import Costing
from planner.domain.late.counts import LateCounts
from planner.domain.late.ends import BASE_WORDS, START_WORDS, late_ends
from planner.domain.late.gaps import NO_CARRY, has_known_cost, late_gaps
from planner.domain.late.item import LateCase, LateItem, late_case, late_items
from planner.domain.late.simple import penalty_span, simple_penalty
from planner.domain.late.way import (
    LITIGATION_NOTE,
    Way,
    WayKind,
    by_day,
    lawsuit_way,
    parts_way,
    unknown_way,
    whole_way,
)
from planner.domain.law.credit_register import record_leaves
from planner.domain.milestones import Milestone, milestones
from planner.domain.minimum.due import rule_given
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Source, Sourced, Span
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase

__all__ = [
    "BASE_WORDS",
    "HINT",
    "LITIGATION_NOTE",
    "START_WORDS",
    "LateCase",
    "LateCost",
    "LateDay",
    "LateItem",
    "Milestone",
    "SourceSpan",
    "Way",
    "WayKind",
    "Wishes",
    "by_source",
    "cost_of_case",
    "late_case",
    "late_cost",
    "late_items",
    "penalty_span",
    "record_leaves",
    "simple_penalty",
]

HINT = N_(
    "Calling the lender before or soon after the due date keeps more ways open. It costs nothing to ask."
)

_WEEK = 7


@dataclass(frozen=True, slots=True)
class LateDay:
    """The late cost if everything is paid on that day."""

    day: date
    cost: Span[Money]


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """What one source says: a value, or a range where it contradicts itself."""

    source: Source
    rates: Span[Rate]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What else is to be worked out beside paying everything on a day.

    Attributes:
        parts: Planned payments; the rest is paid on the chosen day.
        agreement: A plan with the lender.
        called: That the lender asks for everything at once.
        litigation: The costs of a lawsuit, as the user gives them: what paying comes to if it ends in court.
        counts: How often the account was late before.
    """

    parts: tuple[Dated, ...] = ()
    agreement: Agreement | None = None
    called: Called | None = None
    litigation: Money | None = None
    counts: LateCounts | None = None


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class LateCost:
    """What being late costs.

    Attributes:
        items: What is late.
        days: The cost for each day of paying, first to last; empty if nobody wanted it.
        at: The cost on the chosen day; None where the rate is unknown.
        scenarios: Each day of paying compared, with its cost; None where the rate is unknown.
        milestones: What may happen on the way, by date.
        missing: What is not known, in words.
        assumed: What an end of the band takes for granted.
        rates: What each source says about the late rate.
        posted: Penalties that the lender has posted meanwhile; they are not in the cost again.
        ways: Every way compared: each day of paying, and what else was asked for.
        counts: How often the account was late before; None if nobody counted.
        country: The country whose rules hold; empty where none is known.
        costing: What the cost of any day is worked out from; None where the rate is unknown.
        cards: What being late may lead to, with what concerns the user now first.
    """

    items: tuple[LateItem, ...]
    days: tuple[LateDay, ...]
    at: Derived[Span[Money]] | None
    scenarios: tuple[tuple[date, Derived[Span[Money]] | None], ...]
    milestones: tuple[Milestone, ...]
    missing: tuple[Phrase, ...]
    assumed: tuple[Phrase, ...]
    rates: tuple[SourceSpan, ...] = field(default=())
    posted: Money | None = None
    ways: tuple[Way, ...] = ()
    counts: LateCounts | None = None
    country: str = ""
    costing: Costing | None = field(default=None, repr=False, compare=False)
    cards: Cards = NO_CARDS

    @property
    def unpaid(self) -> Money:
        """What is late, without its cost."""
        return sum_of((item.unpaid for item in self.items), self.items[0].unpaid.currency)

    @property
    def rate(self) -> Span[Rate] | None:
        """The late rate over all sources; None if it is unknown."""
        if not self.rates:
            return None
        return Span(min(said.rates.low for said in self.rates), max(said.rates.high for said in self.rates))

    def made(self, day: date) -> Derived[Span[Money]] | None:
        """The cost if everything is paid on a day, and how it was made; None where the rate is unknown."""
        return self.costing.derived(day) if self.costing is not None else None

    def to_pay(self, cost: Span[Money]) -> Span[Money]:
        """What is late together with its cost."""
        return cost.map(lambda end: self.unpaid + end)

    def record_leaves(self, paid_on: date) -> date | None:
        """When a late record would leave the Chinese credit register; None where that law does not hold."""
        is_late = any(not item.is_carried and item.due_on < paid_on for item in self.items)
        return record_leaves(paid_on) if is_late and self.country == "CN" else None

    @property
    def weeks(self) -> tuple[LateDay, ...]:
        """Every seventh of the days, and the last."""
        return tuple(dict.fromkeys((*self.days[::_WEEK], *self.days[-1:])))


def by_source(rates: Sourced[Rate]) -> tuple[SourceSpan, ...]:
    """What each source says, lowest first; a name that goes on from another's is the same article."""
    names = [claim.source.name for claim in rates.counting]

    def article(claim: Claim[Rate]) -> str:
        name = claim.source.name
        return min((known for known in names if known and name.startswith(known)), key=len, default=name)

    groups = groupby(sorted(rates.counting, key=article), key=article)
    found = []
    for _, group in groups:
        claims = sorted(group, key=lambda claim: (claim.value.yearly, len(claim.source.name)))
        source = min((claim.source for claim in claims), key=lambda source: len(source.name))
        found.append(SourceSpan(source, Span(claims[0].value, claims[-1].value)))
    return tuple(sorted(found, key=lambda said: (said.rates.low.yearly, said.rates.high.yearly)))


def late_cost(
    items: Sequence[LateItem],
    other_unpaid: Money,
    terms: Terms,
    today: date,
    until: date,
    scenarios: Sequence[date] = (),
    *,
    posted: Money | None = None,
) -> LateCost:
    """What it costs to pay late by the usual law of the currency; ``cost_of_case`` says how.

    Args:
        items: What is late or would be; at least one, of one currency.
        other_unpaid: What else the account has open, for lenders that charge on all of it.
        terms: The account's terms.
        today: The first day of the series, if nothing was due earlier.
        until: The last day of the series and the chosen day of paying.
        scenarios: Further days of paying to compare.
        posted: Penalties that the lender has posted since the first due date; they are recorded by
            themselves, so they are taken off.
    """
    return cost_of_case(late_case(items, other_unpaid, posted=posted), terms, today, until, scenarios)


def cost_of_case(
    case: LateCase,
    terms: Terms,
    today: date,
    until: date,
    scenarios: Sequence[date] = (),
    wishes: Wishes = NO_WISHES,
    *,
    is_daily: bool = True,
) -> LateCost:
    """What it costs to pay late, for every day up to ``until``; ``late_charges`` says how.

    Args:
        case: What is late or would be.
        terms: The account's terms.
        today: The first day of the series, if nothing was due earlier.
        until: The last day of the series and the chosen day of paying.
        scenarios: Further days of paying to compare.
        wishes: What else is to be worked out.
        is_daily: Whether the series is wanted; over many years it takes far longer than all else.
    """
    missing, assumed = late_gaps(case, terms)
    costing = Costing(case, late_ends(terms, case.country), rule_given(terms, case.other.currency))
    is_known = has_known_cost(case, terms)
    compared = tuple((day, costing.derived(day) if is_known else None) for day in scenarios)
    ways = [whole_way(costing, day, cost) for day, cost in compared]
    ways += _asked_for(costing, terms, until, wishes, is_known=is_known)
    at = costing.derived(until) if is_known else None
    if wishes.litigation:
        # What the lender asks for at once is what it goes to court for.
        paid = ways[-1] if wishes.called is not None else whole_way(costing, until, at)
        ways.append(lawsuit_way(paid, wishes.litigation))
    days: tuple[LateDay, ...] = ()
    if is_known and is_daily:
        first = min(case.items[0].due_on, today)
        count = max((until - first).days, 0) + 1
        days = tuple(
            LateDay(day, costing.cost(day)) for day in (first + timedelta(days=n) for n in range(count))
        )
    return LateCost(
        case.items,
        days,
        at,
        compared,
        milestones(case, terms, until, wishes.counts),
        missing,
        assumed,
        by_source(terms.late_rate),
        case.posted,
        tuple(ways),
        wishes.counts,
        case.country,
        costing if is_known else None,
    )


def _asked_for(costing: Costing, terms: Terms, until: date, wishes: Wishes, *, is_known: bool) -> list[Way]:
    """The ways that were asked for beside paying everything on a day."""
    ways = []
    if wishes.parts:
        gap = _gap(costing, terms, wishes.parts) if is_known else ()
        if is_known and not gap:
            ways.append(parts_way(costing, wishes.parts, until))
        else:
            ways.append(unknown_way(WayKind.PARTS, gap))
    if wishes.agreement is not None:
        if is_known:
            ways.append(agreement_way(costing, wishes.agreement))
        else:
            ways.append(unknown_way(WayKind.AGREEMENT))
    if wishes.called is not None:
        ways.append(acceleration_way(costing, wishes.called, terms, until))
    return ways


def _gap(costing: Costing, terms: Terms, parts: Sequence[Dated]) -> tuple[Phrase, ...]:
    """What is not known of planned parts: the charge on a rest, once they pay the minimum in time."""
    if not terms.carry_rate.is_unknown:
        return ()
    courses = costing.courses(by_day(parts))
    pays_minimum = any(
        becomes_carried(item, end, principal_of(course, index))
        for end, course in zip(costing.ends, courses, strict=True)
        for index, item in enumerate(costing.case.items)
    )
    return (NO_CARRY,) if pays_minimum else ()
