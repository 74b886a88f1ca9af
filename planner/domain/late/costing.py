"""The late cost over both ends, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.late.accrual import Dated
from planner.domain.late.both_ends import told_once
from planner.domain.late.charges import Course, late_charges
from planner.domain.late.ends import (
    ALLOCATION_WORDS,
    BASE_WORDS,
    COMPOUNDING_WORDS,
    START_WORDS,
    LateEnd,
    Taken,
)
from planner.domain.late.item import LateCase
from planner.domain.late.payments import course_of, end_cost
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import Compounding
from planner.phrases import Phrase

_Row = tuple[Phrase, Any, Source | None]


@dataclass(frozen=True, slots=True)
class Costing:
    """Everything a day's cost is worked out from.

    Attributes:
        case: What is late or would be.
        ends: The cheapest and the dearest reading of the terms.
        minimum_said: What the sources say about how a minimum is made.
    """

    case: LateCase
    ends: tuple[LateEnd, LateEnd]
    minimum_said: tuple[Given, ...] = ()

    def courses(self, planned: Sequence[Dated]) -> tuple[Course, Course]:
        """What planned payments go to, at each end.

        Args:
            planned: Days and amounts.
        """
        low, high = (course_of(self.case, end, planned) for end in self.ends)
        return low, high

    def cost(self, day: date, courses: tuple[Course, Course] = ((), ())) -> Span[Money]:
        """The cost if the rest is paid on a day.

        Args:
            day: The day of paying the rest.
            courses: What is planned to be paid before, at each end.
        """
        costs = [
            end_cost(self.case, end, day, course) for end, course in zip(self.ends, courses, strict=True)
        ]
        # What is in time by one reading only may cost more than being late by the other.
        return Span(min(costs), max(costs))

    def derived(
        self, day: date, planned: Sequence[Dated] = (), courses: tuple[Course, Course] | None = None
    ) -> Derived[Span[Money]]:
        """The cost if the rest is paid on a day, and how it was made.

        Args:
            day: The day of paying the rest.
            planned: What is planned to be paid before.
            courses: What it goes to, if that is known already.
        """
        courses = courses or self.courses(planned)
        given = [Given(item.label, item.unpaid) for item in self.case.items]
        given += [Given(Phrase("Planned payment of {date}", date=on), amount) for on, amount in planned]
        workings: list[Working] = []
        for end, course in zip(self.ends, courses, strict=True):
            for label, value, source in self._terms(end, has_parts=bool(planned)):
                if source is not None:
                    given.append(Given(label, value, source))
                else:
                    text = Phrase(
                        "{term}: {value}, taken for granted because nobody says", term=label, value=value
                    )
                    workings.append(Working(text))
            workings += self._workings(end, day, course)
        if self._works_out_a_minimum():
            given += self.minimum_said
        return told_once(
            self.cost(day, courses),
            Derivation(
                self._rule(),
                tuple(given),
                tuple(workings),
                Phrase("Each product is rounded to the cent, half up."),
            ),
        )

    def _works_out_a_minimum(self) -> bool:
        """Whether a fee is capped by a minimum that the bill does not state."""
        is_capped = any(end.fixed is not None and end.fixed_part is not None for end in self.ends)
        return is_capped and any(item.minimum is None and item.order is None for item in self.case.items)

    def _workings(self, end: LateEnd, day: date, course: Course) -> Iterator[Working]:
        charges = late_charges(self.case, end, day, course)
        for charge in charges:
            yield charge.working(end.name)
        if self.case.posted and charges:
            text = Phrase("{end}: penalties posted already, recorded by themselves", end=end.name)
            yield Working(text, -self.case.posted)
        yield Working(Phrase("{end} in all", end=end.name), end_cost(self.case, end, day, course))

    def _rule(self) -> Phrase:
        high = self.ends[1]
        asks_once = (high.fee, high.fixed, high.unpaid)
        if any(claim is not None for claim in asks_once):
            return Phrase(
                "Late cost = what is charged × daily rate × days + what is charged once, as soon as the days "
                "of grace have passed"
            )
        return Phrase("Late cost = what is charged × daily rate × days, once the days of grace have passed")

    def _terms(self, end: LateEnd, *, has_parts: bool) -> Iterator[_Row]:
        """What one end takes the terms to be; without a source it is taken for granted."""
        name = end.name
        if all(item.is_carried for item in self.case.items):
            if end.carry is not None:
                yield Phrase("{end}: charge on the rest", end=name), end.carry.value, end.carry.source
            return
        if end.rate is not None:
            source = end.rate.source
            yield Phrase("{end}: rate", end=name), end.rate.value, source
            yield Phrase("{end}: that rate over a year", end=name), Rate(end.rate.value.yearly), source
            yield _said(Phrase("{end}: charged on", end=name), end.base, BASE_WORDS[end.base.value])
            yield _said(Phrase("{end}: charged from", end=name), end.start, START_WORDS[end.start.value])
            if end.compounding.value is not Compounding.NONE or end.compounding.source is not None:
                words = COMPOUNDING_WORDS[end.compounding.value]
                yield _said(Phrase("{end}: unpaid interest is", end=name), end.compounding, words)
        yield _said(Phrase("{end}: days of grace", end=name), end.grace, end.grace.value)
        if has_parts:
            words = ALLOCATION_WORDS[end.allocation.value]
            yield _said(Phrase("{end}: a payment goes to", end=name), end.allocation, words)
        yield from self._asked_once(end)

    def _asked_once(self, end: LateEnd) -> Iterator[_Row]:
        name, currency = end.name, self.case.other.currency
        if end.fee is not None:
            label = Phrase("{end}: fee on the unpaid minimum", end=name)
            yield label, Rate(end.fee.value), end.fee.source
        if end.fixed is not None:
            label = Phrase("{end}: fixed fee for a missed payment", end=name)
            yield label, Money.rounded(end.fixed.value, currency), end.fixed.source
            if end.fixed_part is not None:
                label = Phrase("{end}: such a fee is at most this part", end=name)
                yield label, Rate(end.fixed_part.value), end.fixed_part.source
            if end.fixed_times is not None:
                label = Phrase("{end}: such fees on one order, at most", end=name)
                yield label, end.fixed_times.value, end.fixed_times.source
        if end.unpaid is not None:
            label = Phrase("{end}: indemnity on what is unpaid", end=name)
            yield label, Rate(end.unpaid.value), end.unpaid.source


def _said(label: Phrase, term: Taken[Any], value: object) -> _Row:
    return label, value, term.source
