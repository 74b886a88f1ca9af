"""Where the true rate of an offer stands to the legal lines of a country, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Protocol

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.law.caps import Basis, Cap, CapTable, Limit, quarter_of
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Source, Span
from planner.phrases import Phrase

# Rates are compared as they are shown, to a hundredth of a per cent.
_SHOWN = Decimal("0.0001")


class YearlyRates(Protocol):
    """A true rate both ways; ``apr.Apr`` is one."""

    @property
    def nominal(self) -> Rate | None:
        """The rate of a period times the periods of a year; None where there are no equal periods."""

    @property
    def effective(self) -> Rate:
        """The rate compounded over a year."""


class Standing(StrEnum):
    """Where a rate stands to a line; being equal is being under it.

    COMPOUNDED_OVER: only the effective rate is above it, and it is the nominal one that is compared.
    MAYBE_OVER: only the dear end of a range is above it. UNKNOWN: nobody says how high the line is.
    """

    UNDER = "under"
    COMPOUNDED_OVER = "compounded_over"
    MAYBE_OVER = "maybe_over"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Flag:
    """Where a rate stands to one line.

    Attributes:
        line: Which line.
        standing: Where it stands.
        words: The same in a sentence.
        scope: For whom the line holds.
        limit: How high it is, and how the rate was compared with it; None if that is not known.
        source: Who says so; of an unknown line, of its newest row.
        dated: Since when it is that high: the first day of its row, or of the reference rate.
        note: What to know of how high it is; None if nothing.
        is_said: Whether it is worth a word: all but what is under the line, or costs nothing at all.
    """

    line: str
    standing: Standing
    words: Phrase
    scope: Phrase
    limit: Derived[Rate] | None
    source: Source
    dated: date
    note: Phrase | None
    is_said: bool


def flags(
    rates: Sequence[YearlyRates], table: CapTable, country: str, amount: Money, day: date
) -> tuple[Flag, ...]:
    """Where the true rates of an offer stand to each line of a country, in the order of the lines.

    Nothing is said of a line that was not drawn yet on that day, nor where there is no rate. China: four
    times the one-year loan prime rate (private-lending rules of the Supreme Court, art. 25), 24 %
    (Jingui [2025] No. 9, from 2025-10-01), and 36 % of the rules of 2015 for what is above 24 %.
    France: the usury threshold of the quarter and the amount (Code de la consommation, art. L314-6).

    Args:
        rates: The true rate at each end of the offer's terms; none where nothing is lent.
        table: The lines.
        country: ISO 3166 code of whose law holds.
        amount: What is lent.
        day: The day of the contract.
    """
    found: list[Flag] = []
    if not rates:
        return ()
    for line in table.lines(country):
        rows = table.rows(country, line, amount.currency)
        if not rows or (rows[0].after and not _is_over(found, rows[0].after)):
            continue
        limit = table.limit(rows, amount, day)
        if limit is not None:
            found.append(_flag(limit, rates, amount, day))
        elif _is_missing(rows, day):
            found.append(_unknown(rows[0], day, is_said=any(each.effective for each in rates)))
    return tuple(found)


def _is_over(found: Sequence[Flag], line: str) -> bool:
    return any(flag.line == line and flag.standing is Standing.OVER for flag in found)


def _is_missing(rows: Sequence[Cap], day: date) -> bool:
    """Whether a line is drawn on a day, though nobody says how high.

    One that holds until further notice began with its first row; one with an end is laid down anew each time.
    """
    return any(cap.holds_on(day) for cap in rows) or all(
        cap.until is not None and not cap.is_history for cap in rows
    )


def _flag(limit: Limit, rates: Sequence[YearlyRates], amount: Money, day: date) -> Flag:
    cap = limit.cap
    effective = [_as_shown(each.effective) for each in rates]
    nominal = [_as_shown(each.effective if each.nominal is None else each.nominal) for each in rates]
    compared = nominal if cap.basis is Basis.NOMINAL else effective
    low, high, most = min(compared), max(compared), max(effective)
    top = limit.rate
    height = Derived(top, lambda: _derivation(limit, Span(low, high), most, amount, day))
    said: dict[str, Any] = {"rate": Span(low, high), "limit": height, "line": Phrase(cap.title)}
    if top < low:
        standing = Standing.OVER
        words = Phrase("The true rate of {rate} is above {limit}: {line}.", **said)
    elif top < high:
        standing = Standing.MAYBE_OVER
        words = Phrase("The true rate, {rate}, may be above {limit}: {line}.", **said)
    elif cap.basis is Basis.NOMINAL and top < most:
        standing = Standing.COMPOUNDED_OVER
        words = Phrase(
            "Compounded over a year the true rate is {compounded}, above {limit}: {line}. The simple yearly "
            "rate, {rate}, is not above it.",
            compounded=most,
            **said,
        )
    else:
        standing = Standing.UNDER
        words = Phrase("The true rate of {rate} is not above {limit}: {line}.", **said)
    seen = limit.observation
    dated = seen.on if seen is not None else cap.since
    is_said = standing is not Standing.UNDER
    scope, note = Phrase(cap.scope), _note(limit)
    return Flag(cap.line, standing, words, scope, height, cap.source, dated, note, is_said)


def _as_shown(rate: Rate) -> Rate:
    return Rate(rate.yearly.quantize(_SHOWN, ROUND_HALF_UP))


def _note(limit: Limit) -> Phrase | None:
    if limit.observation is None or not limit.is_last_known:
        return None
    return Phrase(
        "The last fixing that is known here is {rate} of {date}; there may be a newer one.",
        rate=Rate(limit.observation.value),
        date=limit.observation.on,
    )


def _unknown(cap: Cap, day: date, *, is_said: bool) -> Flag:
    """What is said where the quarter, or the reference rate, is not known: never a guess from another one."""
    line = Phrase(cap.title)
    if cap.is_quarterly:
        first = quarter_of(day).low
        words = Phrase(
            "Not known for quarter {quarter} of {year}: {line}. It can be added by hand.",
            quarter=str((first.month + 2) // 3),
            year=str(first.year),
            line=line,
        )
    else:
        words = Phrase("Not known for {date}: {line}. It can be added by hand.", date=day, line=line)
    scope = Phrase(cap.scope)
    return Flag(cap.line, Standing.UNKNOWN, words, scope, None, cap.source, cap.since, None, is_said)


_RULE = Phrase(
    "The true rate is compared with the line that holds on the day and for the amount; equal is not above it."
)
_ROUNDING = Phrase("Rates are compared as they are shown, to a hundredth of a per cent.")


def _derivation(limit: Limit, rates: Span[Rate], most: Rate, amount: Money, day: date) -> Derivation:
    cap, seen = limit.cap, limit.observation
    given = [Given(Phrase("Amount"), amount), Given(Phrase("Day"), day)]
    workings = []
    if seen is None:
        given.append(Given(Phrase(cap.title), limit.rate, cap.source))
    else:
        fixed = Phrase("{name}, fixed on {date}", name=seen.name, date=seen.on)
        given.append(Given(fixed, Rate(seen.value), seen.source))
        given.append(Given(Phrase("Times"), cap.times, cap.source))
        workings.append(Working(Phrase("{times} × {name}", times=cap.times, name=seen.name), limit.rate))
    if cap.basis is Basis.NOMINAL:
        workings.append(Working(Phrase("True rate, nominal: this one is compared"), rates))
        workings.append(Working(Phrase("True rate, effective, at most"), most))
    else:
        workings.append(Working(Phrase("True rate, effective: this one is compared"), rates))
    return Derivation(_RULE, tuple(given), tuple(workings), _ROUNDING)
