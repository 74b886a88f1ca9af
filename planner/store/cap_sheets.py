"""Legal lines as a sheet lays them down: rows by day and amount, and the reference rates they follow."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from planner.domain.law.caps import Basis, Cap, CapTable, Observation, quarter_of
from planner.domain.sourced import Span
from planner.store.sheet_fields import code_of, figure_of, fraction_of, key_of, source_of
from planner.store.toml_part import Part, as_day

_FORMULA = re.compile(r"(\d+(?:\.\d+)?)\s*[×x*]\s*([A-Z][A-Z0-9]*)")
_MOST_TIMES = 1000  # own choice: more is a typing error
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def caps_of(part: Part, country: str, checked: date) -> CapTable:
    """The rows and reference rates of a sheet.

    Args:
        part: The sheet.
        country: ISO 3166 code of whose law it is.
        checked: When somebody looked at it, where a row does not say.
    """
    return CapTable(
        tuple(_cap(cap, country, checked) for cap in part.parts("cap")),
        tuple(_observation(rate, checked) for rate in part.parts("rate")),
    )


def _cap(part: Part, country: str, checked: date) -> Cap:
    since, until = _time(part)
    formula = part.maybe("formula", _formula)
    value = part.read("value", fraction_of) if formula is None else None
    times, of = formula or (Decimal(0), "")
    above = part.maybe("above", figure_of)

    def up_to_of(value: object) -> Decimal:
        if figure_of(value) <= (above or 0):
            raise ValueError(value)
        return figure_of(value)

    up_to = part.maybe("up_to", up_to_of)
    has_band = above is not None or up_to is not None
    cap = Cap(
        line=part.read("line", key_of),
        country=country,
        title=part.text("title"),
        scope=part.text("text", ""),
        since=since,
        until=until,
        source=source_of(part, checked),
        basis=part.choice("basis", Basis, Basis.EFFECTIVE),
        value=value,
        times=times,
        of=of,
        above=above,
        up_to=up_to,
        currency=code_of(part, "currency") if has_band else code_of(part, "currency", may_be_empty=True),
        after=part.read("after", key_of, ""),
        is_history=part.flag("history"),
    )
    part.done()
    return cap


def _time(part: Part) -> tuple[date, date | None]:
    """From when to when a line is that high: a quarter, or from one day on."""
    quarter = part.maybe("quarter", _quarter)
    if quarter is not None:
        return quarter.low, quarter.high
    since = part.day("from")

    def until(value: object) -> date:
        if as_day(value) < since:
            raise ValueError(value)
        return as_day(value)

    return since, part.maybe("until", until)


def _observation(part: Part, checked: date) -> Observation:
    source = source_of(part, checked)
    seen = Observation(part.text("name"), part.day("on"), part.read("value", fraction_of), source)
    part.done()
    return seen


def _formula(value: object) -> tuple[Decimal, str]:
    found = _FORMULA.fullmatch(value) if isinstance(value, str) else None
    if found is None or not 0 < Decimal(found[1]) <= _MOST_TIMES:
        raise ValueError(value)
    return Decimal(found[1]), found[2]


def _quarter(value: object) -> Span[date]:
    found = _QUARTER.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(value)
    return quarter_of(date(int(found[1]), int(found[2]) * 3, 1))
