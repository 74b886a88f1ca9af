"""What is published, as the user's file has it: what comes with the program, and what they loaded or typed.

Nothing here changes an account by itself. Of two sheets about the same thing the one that somebody
looked at last is shown; both are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Product
from planner.domain.business_days import BusinessCalendar
from planner.domain.law.cap_flags import Flag, flags
from planner.domain.law.caps import CapTable
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome
from planner.domain.published import Published, PublishedKind
from planner.domain.sourced import is_stale
from planner.errors import PlannerError
from planner.phrases import N_
from planner.store import catalogue
from planner.store.published import read
from planner.store.sheets import Sheet, read_sheet
from planner.store.store import Store
from planner.store.toml_part import MOST_BYTES, DataFileTooLargeError, NoDataFileError, Part

_KILO = 1024
_CHECKED = re.compile(r"""\s*["']?checked["']?\s*=\s*(\d{4}-\d{2}-\d{2})\s*(#.*)?$""")


class AlreadyLoadedError(PlannerError):
    """A sheet that says the same as one that is there."""

    message = N_("{name}: the same figures, checked on {date}, are there already.")


class CheckedTooLateError(PlannerError):
    """A sheet that claims to have been checked on a day that is still to come."""

    message = N_("Line {line}: the file says that it was checked on {date}, which is still to come.")


@dataclass(frozen=True, slots=True)
class Shelved:
    """One sheet, and where it comes from.

    Attributes:
        sheet: What it says; None if this version cannot read it.
        published: What the user brought; None for what comes with the program.
        is_shown: Whether it is the one that is used: no other of its key was checked later.
        is_stale: Whether it was last checked more than a year ago.
        is_same_day: Whether the sheet that is used instead was checked on the same day.
    """

    sheet: Sheet | None
    published: Published | None
    is_shown: bool
    is_stale: bool
    is_same_day: bool = False

    @property
    def dated(self) -> date:
        """The day on which somebody last looked at what it says."""
        if self.published is not None:
            return self.published.dated
        return self.sheet.dated if self.sheet is not None else date.min


def shelf(store: Store, kind: PublishedKind, today: date) -> tuple[Shelved, ...]:
    """Every sheet of a kind: what comes with the program, then what the user brought."""
    entries: list[tuple[Sheet | None, Published | None]] = [(sheet, None) for sheet in catalogue.sheets(kind)]
    entries += [(read(published), published) for published in store.published.of_kind(kind)]
    # Lines and calendars add up row by row and year by year; of a product there is one sheet at a time.
    shown = _newest(sheet for sheet, _own in entries if sheet is not None)
    return tuple(
        Shelved(
            sheet,
            own,
            is_shown=sheet is not None and (kind is not PublishedKind.PRODUCT or shown[sheet.key] is sheet),
            is_stale=is_stale(own.dated if own is not None else sheet.dated if sheet else today, today),
            is_same_day=sheet is not None
            and shown[sheet.key] is not sheet
            and shown[sheet.key].dated == sheet.dated,
        )
        for sheet, own in entries
    )


def _newest(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Of each key the sheet that was checked last; of several on one day the last one."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        known = found.get(sheet.key)
        if known is None or sheet.dated >= known.dated:
            found[sheet.key] = sheet
    return found


def products(store: Store) -> tuple[Product, ...]:
    """Every product, each as it was checked last; the blank one stands last."""
    own = [sheet for sheet in map(read, store.published.of_kind(PublishedKind.PRODUCT)) if sheet is not None]
    if not own:
        return catalogue.products()
    newest = _newest((*catalogue.sheets(PublishedKind.PRODUCT), *own))
    found = [sheet.product for sheet in newest.values() if sheet.product is not None]
    return tuple(sorted(found, key=lambda product: product.id == BLANK))


BLANK = "blank"
"""The product that says nothing."""


def product(store: Store, product_id: str) -> Product | None:
    """The product with that id as it was checked last, if there is one."""
    return next((known for known in products(store) if known.id == product_id), None)


def calendar(store: Store, country: str) -> BusinessCalendar:
    """The business days of a country, for the years that are known."""
    return store.published.calendar(country)


def caps(store: Store) -> CapTable:
    """Every legal line that is known."""
    own = [read(published) for published in store.published.of_kind(PublishedKind.CAPS)]
    tables = [sheet.caps for sheet in own if sheet is not None and sheet.caps is not None]
    return sum(tables, catalogue.caps())


def cap_flags(store: Store, outcome: Outcome, country: str, amount: Money, today: date) -> tuple[Flag, ...]:
    """Where the true rate of a way to settle an amount stands to each legal line of a country.

    Args:
        store: The open file.
        outcome: What the way comes to.
        country: ISO 3166 code of whose law holds.
        amount: What is lent.
        today: The day of deciding.
    """
    rates = [end.apr for end in outcome.ends if end.apr is not None]
    return flags(rates, caps(store), country, amount, today)


def load(store: Store, name: str, data: bytes, today: date) -> Published:
    """Keep a data file: a product, legal lines or a calendar. Nothing in it is ever run.

    Args:
        store: The open file.
        name: What the file is called.
        data: What it holds.
        today: The day.

    Raises:
        DataFileError: It is too large, no text, or not written as a sheet is: which line, which field.
        CheckedTooLateError: It was checked on a day that is still to come.
        AlreadyLoadedError: The same is there already.
    """
    if len(data) > MOST_BYTES:
        raise DataFileTooLargeError(file=name, most=MOST_BYTES // _KILO)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NoDataFileError(file=name) from error
    return keep(store, text, today, by_hand=False)


def keep(store: Store, text: str, today: date, *, by_hand: bool) -> Published:
    """Keep a sheet.

    Args:
        store: The open file.
        text: The sheet, as TOML.
        today: The day.
        by_hand: Whether the user typed it.

    Raises:
        DataFileError: It is not written as a sheet is.
        CheckedTooLateError: It was checked on a day that is still to come.
        AlreadyLoadedError: The same is there already.
    """
    sheet = read_sheet(text)
    if sheet.key == BLANK:
        Part.of(text).read("id", _not_blank)
    if sheet.dated > today:
        raise CheckedTooLateError(line=str(_line_of_day(text, sheet.dated)), date=sheet.dated)
    known = [*catalogue.sheets(sheet.kind), *map(read, store.published.of_kind(sheet.kind))]
    if sheet in known:
        raise AlreadyLoadedError(name=sheet.key, date=sheet.dated)
    published = Published(sheet.kind, sheet.key, sheet.dated, today, text, by_hand)
    store.published.save(published)
    return published


def _not_blank(value: object) -> None:
    if value == BLANK:  # an account of no product has to go on knowing nothing
        raise ValueError(value)


def _line_of_day(text: str, day: date) -> int:
    """The line on which a sheet says that it was checked on a day; the first where none is found."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = _CHECKED.match(line)
        if found is not None and found[1] == day.isoformat():
            return number
    return 1


def forget(store: Store, published_id: str) -> None:
    """Take a sheet that the user brought out of the file; accounts keep what they copied of it."""
    store.published.delete(published_id)
