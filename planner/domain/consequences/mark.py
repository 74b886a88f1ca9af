"""What usually happens while something stays unpaid, and on which day by each source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.dates import add_months
from planner.domain.sourced import Source, Span


class MarkUnit(StrEnum):
    """What the time until something happens is counted in."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class SaidOfMark:
    """When something happens, as one source says it.

    Attributes:
        source: Who says so.
        least: How long after the first missed due date at the earliest; None if the source names no day.
        most: How long after it at the latest; None if the source names no day.
        unit: Of what.
        is_after_grace: Whether it counts from the last day of grace instead.
    """

    source: Source
    least: int | None = None
    most: int | None = None
    unit: MarkUnit = MarkUnit.DAYS
    is_after_grace: bool = False

    def days(self, first: date, grace: int = 0) -> Span[date] | None:
        """The first and the last day on which it happens; None if the source names none.

        A month later is the same day of that month, or its last one: 31 January and a month is
        28 or 29 February.

        Args:
            first: The first due date that was missed.
            grace: The days of grace after it.
        """
        if self.least is None or self.most is None:
            return None
        start = first + timedelta(days=grace) if self.is_after_grace else first
        return Span(self._later(start, self.least), self._later(start, self.most))

    def _later(self, start: date, count: int) -> date:
        if self.unit is MarkUnit.MONTHS:
            return add_months(start, count)
        return start + timedelta(days=count)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that usually happens while something stays unpaid.

    Attributes:
        id: Its key within its country.
        country: ISO 3166 code of where it holds.
        text: What happens; a catalogue text.
        said: When, by each source; at least one.
        products: The ids of the products it is about; empty for all.
    """

    id: str
    country: str
    text: str
    said: tuple[SaidOfMark, ...]
    products: tuple[str, ...] = ()

    def holds_for(self, country: str, product: str) -> bool:
        """Whether it is about a country and a product."""
        return self.country == country and (not self.products or product in self.products)
