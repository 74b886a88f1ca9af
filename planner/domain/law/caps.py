"""Legal lines on the yearly cost of credit: dated rows, and where a rate stands to them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Source, Span

_MONTHS = 3  # of a quarter


class Basis(StrEnum):
    """Which of the two true rates a line is compared with.

    A French TAEG is effective (Code de la consommation, art. R314-1). China's rules do not say whether the
    monthly rate is compounded (PBoC announcement [2021] No. 3), so the nominal one counts, and what only
    the effective one crosses is said.
    """

    NOMINAL = "nominal"
    EFFECTIVE = "effective"


@dataclass(frozen=True, slots=True)
class Observation:
    """A reference rate as it was fixed on a day.

    Attributes:
        name: Such as LPR1Y, the one-year loan prime rate.
        on: The day.
        value: As a fraction.
        source: Who says so.
    """

    name: str
    on: date
    value: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class Cap:
    """One row of a line: how high it is in some time, for some amounts.

    Attributes:
        line: Which line; rows of one line follow one another in time, or part the amounts among them.
        country: ISO 3166 code.
        title: What the line is; a catalogue text or the user's own words.
        scope: For whom it holds; the same.
        since: The first day.
        until: The last day; None while it holds.
        source: Who says so.
        basis: Which rate is compared with it.
        value: How high it is, as a fraction; None where it follows from a reference rate.
        times, of: How many times which reference rate it is.
        above, up_to: For amounts above the one and up to the other, in major units of ``currency``.
        currency: ISO 4217; empty for any amount.
        after: Looked at only by what is above this other line.
        is_history: No longer in force, and looked at all the same.
    """

    line: str
    country: str
    title: str
    scope: str
    since: date
    until: date | None
    source: Source
    basis: Basis = Basis.EFFECTIVE
    value: Decimal | None = None
    times: Decimal = Decimal(0)
    of: str = ""
    above: Decimal | None = None
    up_to: Decimal | None = None
    currency: str = ""
    after: str = ""
    is_history: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether it is looked at on a day."""
        return self.since <= day and (self.until is None or day <= self.until or self.is_history)

    def holds_for(self, amount: Money) -> bool:
        """Whether it is meant for such an amount."""
        if not self.currency:
            return True
        if self.currency != amount.currency:
            return False
        is_above = self.above is None or amount.decimal > self.above
        return is_above and (self.up_to is None or amount.decimal <= self.up_to)

    @property
    def is_quarterly(self) -> bool:
        """Whether it is laid down quarter by quarter."""
        return self.until is not None and quarter_of(self.since) == Span(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Limit:
    """How high a line is on a day.

    Attributes:
        cap: The row that counts.
        rate: The line.
        observation: The reference rate it follows from, if it does.
        is_last_known: Whether a newer fixing of that should exist and is not known here.
    """

    cap: Cap
    rate: Rate
    observation: Observation | None = None
    is_last_known: bool = False


@dataclass(frozen=True, slots=True)
class CapTable:
    """All lines that are known.

    Attributes:
        caps: The rows; of several that hold the one that began last counts, then the one checked last.
        observations: The reference rates.
    """

    caps: tuple[Cap, ...] = ()
    observations: tuple[Observation, ...] = ()

    def __add__(self, other: CapTable) -> CapTable:
        """Both together; of two that were checked on one day, the other's count."""
        return CapTable(self.caps + other.caps, self.observations + other.observations)

    def lines(self, country: str) -> tuple[str, ...]:
        """The lines of a country, in the order in which they are written."""
        return tuple(dict.fromkeys(cap.line for cap in self.caps if cap.country == country))

    def rows(self, country: str, line: str, currency: str) -> tuple[Cap, ...]:
        """The rows of a line that are about a currency, the newest first."""
        rows = (
            cap
            for cap in self.caps
            if (cap.country, cap.line) == (country, line) and cap.currency in {"", currency}
        )
        return tuple(sorted(rows, key=lambda cap: cap.since, reverse=True))

    def limit(self, rows: Sequence[Cap], amount: Money, day: date) -> Limit | None:
        """How high a line is on a day for an amount, by its rows; None if that is not known."""
        holding = [cap for cap in rows if cap.holds_on(day) and cap.holds_for(amount)]
        if not holding:
            return None
        since = max(cap.since for cap in holding)
        cap = _newest([cap for cap in holding if cap.since == since])
        if cap.value is not None:
            return Limit(cap, Rate(cap.value))
        known = [seen for seen in self.observations if seen.name == cap.of and seen.on <= day]
        if not known:
            return None
        last_on = max(seen.on for seen in known)
        last = _newest([seen for seen in known if seen.on == last_on])
        # The loan prime rate is fixed anew every month.
        return Limit(cap, Rate(cap.times * last.value), last, is_last_known=day >= add_months(last_on, 1))


Row = TypeVar("Row", Cap, Observation)


def _newest(rows: Sequence[Row]) -> Row:
    """The row that was checked last; the later one of two that were on one day."""
    return max(reversed(rows), key=lambda row: row.source.checked or date.min)


def quarter_of(day: date) -> Span[date]:
    """The first and the last day of the calendar quarter that holds a day."""
    first = day.replace(month=(day.month - 1) // _MONTHS * _MONTHS + 1, day=1)
    return Span(first, add_months(first, _MONTHS) - timedelta(days=1))
