"""What being late costs, day by day, as a band where the sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from planner.domain.bill import LineKind
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.late_charge import (
    LateEnd,
    LateItem,
    late_charges,
    late_ends,
    late_gaps,
    penalty_span,
    simple_penalty,
)
from planner.domain.milestones import Milestone, milestones
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.record import record_leaves
from planner.domain.sourced import Claim, Source, Sourced, Span
from planner.domain.term import ChargedFrom, LateBase
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase

__all__ = [
    "BASE_WORDS",
    "HINT",
    "LateCost",
    "LateDay",
    "LateItem",
    "Milestone",
    "SourceSpan",
    "by_source",
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
        rates: What each source says about the late rate.
        posted: Penalties that the lender has posted meanwhile; they are not in the cost again.
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

    def to_pay(self, cost: Span[Money]) -> Span[Money]:
        """What is late together with its cost."""
        return cost.map(lambda end: self.unpaid + end)

    def record_leaves(self, paid_on: date) -> date | None:
        """When a late record would leave the Chinese credit register; None where that law does not hold."""
        is_late = any(not item.is_carried and item.due_on < paid_on for item in self.items)
        return record_leaves(paid_on) if is_late and self.unpaid.currency == "CNY" else None

    @property
    def weeks(self) -> tuple[LateDay, ...]:
        """Every seventh of the days, and the last."""
        return tuple(dict.fromkeys((*self.days[::_WEEK], *self.days[-1:])))


def late_items(dues: Sequence[Due]) -> tuple[LateItem, ...]:
    """The dues whose date is known, as things that may be late."""
    return tuple(
        LateItem(
            due.label,
            due.due_on,
            due.open,
            minimum=due.open_minimum if due.minimum is not None or due.kind is not DueKind.BILL else None,
            penalties=_open_penalties(due),
            paid=tuple((part.paid_on, part.amount) for part in due.paid),
            is_carried=due.minimum is not None and not due.open_minimum,
        )
        for due in dues
        if due.due_on and due.open
    )


def _open_penalties(due: Due) -> Money:
    """The penalties in it that payments have not reached; they are paid first."""
    posted = due.parts.get(LineKind.PENALTY, due.open.zero)
    return min(max(posted - due.paid_amount, posted.zero), due.open)


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
    """What it costs to pay late, for every day up to ``until``; ``late_charges`` says how.

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
    items = tuple(sorted(items, key=lambda item: item.due_on))
    missing, assumed = late_gaps(items, terms, other_unpaid.currency)
    marks, said = milestones(items, terms, until), by_source(terms.late_rate)
    needs_rate = any(not item.is_carried for item in items)
    needs_carry = any(item.is_carried for item in items)
    if (needs_rate and terms.late_rate.is_unknown) or (needs_carry and terms.carry_rate.is_unknown):
        nothing = tuple((day, None) for day in scenarios)
        return LateCost(items, (), None, nothing, marks, missing, assumed, said, posted)
    working = _Working(
        items, other_unpaid, late_ends(terms, other_unpaid.currency), posted or other_unpaid.zero
    )
    first = min(items[0].due_on, today)
    days = tuple(
        LateDay(day, working.cost(day))
        for day in (first + timedelta(days=n) for n in range(max((until - first).days, 0) + 1))
    )
    compared = tuple((day, working.derived(day)) for day in scenarios)
    return LateCost(items, days, working.derived(until), compared, marks, missing, assumed, said, posted)


BASE_WORDS = {
    LateBase.OVERDUE: Phrase("what is late"),
    LateBase.ALL_UNPAID: Phrase("everything unpaid on the account"),
}
START_WORDS = {ChargedFrom.DUE: Phrase("the due date"), ChargedFrom.PURCHASE: Phrase("each purchase")}


@dataclass(frozen=True, slots=True)
class _Working:
    """Everything a day's cost is worked out from."""

    items: tuple[LateItem, ...]
    other: Money
    ends: tuple[LateEnd, LateEnd]
    posted: Money

    def cost(self, day: date) -> Span[Money]:
        low, high = (self._end_cost(end, day) for end in self.ends)
        return Span(low, high)

    def _end_cost(self, end: LateEnd, day: date) -> Money:
        charges = late_charges(self.items, self.other, end, day)
        total = sum_of((charge.amount for charge in charges), self.other.currency)
        return max(total - self.posted, total.zero)

    def derived(self, day: date) -> Derived[Span[Money]]:
        """The cost on a day, and how it was made."""
        has_late = any(not item.is_carried for item in self.items)
        given = [Given(item.label, item.unpaid) for item in self.items]
        workings: list[Working] = []
        for end in self.ends:
            for label, value, source in _terms_of(end, has_late=has_late):
                if source is not None:
                    given.append(Given(label, value, source))
                else:
                    text = Phrase(
                        "{term}: {value}, taken for granted because nobody says", term=label, value=value
                    )
                    workings.append(Working(text))
            charges = late_charges(self.items, self.other, end, day)
            workings += [charge.working(end.name) for charge in charges]
            if self.posted and charges:
                text = Phrase("{end}: penalties posted already, recorded by themselves", end=end.name)
                workings.append(Working(text, -self.posted))
            workings.append(Working(Phrase("{end} in all", end=end.name), self._end_cost(end, day)))
        rule = Phrase("Late cost = what is charged × daily rate × days, once the days of grace have passed")
        rounding = Phrase("Each product is rounded to the cent, half up.")
        return Derived(self.cost(day), Derivation(rule, tuple(given), tuple(workings), rounding))


def _terms_of(end: LateEnd, *, has_late: bool) -> list[tuple[Phrase, Any, Source | None]]:
    """What one end takes the terms to be; without a source it is taken for granted."""
    name = end.name
    if not has_late:
        carry = end.carry
        return [(Phrase("{end}: charge on the rest", end=name), carry.value, carry.source)] if carry else []
    terms: list[tuple[Phrase, Any, Source | None]] = []
    if end.rate is not None:
        yearly = Rate(end.rate.value.yearly)
        terms.append((Phrase("{end}: rate", end=name), end.rate.value, end.rate.source))
        terms.append((Phrase("{end}: that rate over a year", end=name), yearly, end.rate.source))
    terms += [
        (Phrase("{end}: charged on", end=name), BASE_WORDS[end.base], end.base_source),
        (Phrase("{end}: charged from", end=name), START_WORDS[end.start], end.start_source),
        (Phrase("{end}: days of grace", end=name), end.grace, end.grace_source),
    ]
    if end.fee is not None:
        label = Phrase("{end}: fee on the unpaid minimum", end=name)
        terms.append((label, Rate(end.fee.value), end.fee.source))
    return terms
