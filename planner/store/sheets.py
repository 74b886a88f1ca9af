"""Sheets: what lenders and regulators publish, as TOML; built in, loaded by the user, or typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from planner.domain.account import Product
from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.hardship.help import HelpEntry
from planner.domain.law.caps import CapTable
from planner.domain.published import PublishedKind
from planner.phrases import N_
from planner.store.cap_sheets import caps_of
from planner.store.help_sheets import help_of
from planner.store.product_sheets import product_of
from planner.store.sheet_fields import code_of, count_of, key_of
from planner.store.toml_part import DataFileError, Part, as_day

# A year counts once its days are official: published, or fixed by a law in force. What is only
# expected may still be changed by a proclamation.
_OFFICIAL = frozenset({"official", "law"})
_EXPECTED = "expected"
_YEARS = range(1990, 2101)


class NoSheetError(DataFileError):
    """A data file of another kind."""

    message = N_("This file holds no product, no legal lines, no calendar and no list of free help.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says.

    Attributes:
        kind: What it is about.
        key: The key of what it is about: of a product, of a table of lines, of a country, of a
            list of help.
        title: Its name; a catalogue text or somebody's own words.
        dated: The day on which somebody last looked at what it says.
        sources: How many values in it name a source.
        product, caps, calendar, help: What it says, by its kind.
    """

    kind: PublishedKind
    key: str
    title: str
    dated: date
    sources: int
    product: Product | None = None
    caps: CapTable | None = None
    calendar: BusinessCalendar | None = None
    help: tuple[HelpEntry, ...] = ()


@lru_cache(maxsize=128)
def read_sheet(text: str) -> Sheet:
    """Read a sheet of any kind; nothing in it is ever run.

    Raises:
        DataFileError: It is no sheet, or something in it is wrong: which line, which field.
    """
    return sheet_of(Part.of(text))


def sheet_of(part: Part) -> Sheet:
    """Read a sheet of any kind.

    Raises:
        DataFileError: It is no sheet, or something in it is wrong: which line, which field.
    """
    if "name_text" in part.table:
        return _product_sheet(part)
    if "cap" in part.table or "rate" in part.table:
        return _caps_sheet(part)
    if "year" in part.table:
        return _calendar_sheet(part)
    if "help" in part.table:
        return _help_sheet(part)
    raise NoSheetError


def _product_sheet(part: Part) -> Sheet:
    product = product_of(part)
    count = len(product.terms.claims) + (product.cycle_source is not None)
    return Sheet(PublishedKind.PRODUCT, product.id, product.name, product.revision, count, product)


def _caps_sheet(part: Part) -> Sheet:
    key, title, checked = part.read("id", key_of), part.text("title"), part.day("checked")
    caps = caps_of(part, code_of(part, "country"), checked)
    part.done()
    count = len(caps.caps) + len(caps.observations)
    if not count:
        raise NoSheetError
    return Sheet(PublishedKind.CAPS, key, title, checked, count, caps=caps)


def _calendar_sheet(part: Part) -> Sheet:
    country, title = code_of(part, "country"), part.text("title")
    years: dict[int, CalendarYear] = {}
    checked: list[date] = []
    for each in part.parts("year"):
        year = each.read("year", _year)
        off, work = each.read("off", _days(year)), each.read("work", _days(year))
        days = CalendarYear(off, work, each.text("source"))
        is_official = each.read("status", _status)
        checked.append(each.day("checked"))
        each.done()
        if is_official:
            years[year] = days
    part.done()
    if not checked:
        raise NoSheetError
    calendar = BusinessCalendar(country, years)
    return Sheet(PublishedKind.CALENDAR, country, title, max(checked), len(checked), calendar=calendar)


def _help_sheet(part: Part) -> Sheet:
    key, title, checked = part.read("id", key_of), part.text("title"), part.day("checked")
    entries = help_of(part, code_of(part, "country"), checked)
    part.done()
    if not entries:
        raise NoSheetError
    return Sheet(PublishedKind.HELP, key, title, checked, len(entries), help=entries)


def _days(year: int) -> Callable[[Any], frozenset[date]]:
    def read(value: object) -> frozenset[date]:
        if not isinstance(value, list):
            raise ValueError(value)  # noqa: TRY004 - Part.read knows one kind of refusal
        days = frozenset(as_day(day) for day in value)
        if any(day.year != year for day in days):
            raise ValueError(value)
        return days

    return read


def _status(value: object) -> bool:
    if value not in {*_OFFICIAL, _EXPECTED}:
        raise ValueError(value)
    return value in _OFFICIAL


def _year(value: object) -> int:
    if count_of(value) not in _YEARS:
        raise ValueError(value)
    return count_of(value)
