"""Published figures that the user loaded or typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.compat import override
from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.published import Published, PublishedKind
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository

if TYPE_CHECKING:
    from planner.store.sheets import Sheet


class PublishedSheets(Repository[Published]):
    """Sheets that the user loaded or typed, in the order in which they came."""

    table = "published"

    def of_kind(self, kind: PublishedKind) -> list[Published]:
        """The sheets of a kind."""
        return self._select("kind = ?", kind.value)

    def calendar(self, country: str) -> BusinessCalendar:
        """The business days of a country: of each year what was checked last, built in or the user's own."""
        from planner.store.catalogue import calendar_sheet  # noqa: PLC0415 - tomllib, that few starts need

        built_in = calendar_sheet(country)
        sheets = [built_in] if built_in is not None else []
        own = self._select("kind = ? AND name = ?", PublishedKind.CALENDAR.value, country)
        sheets += [sheet for sheet in map(read, own) if sheet is not None]
        years: dict[int, CalendarYear] = {}
        for sheet in sorted(sheets, key=lambda sheet: sheet.dated):
            years |= sheet.calendar.years if sheet.calendar is not None else {}
        return BusinessCalendar(country, years)

    @staticmethod
    @override
    def to_row(value: Published) -> RowValues:
        return {
            "id": value.id,
            "kind": value.kind.value,
            "name": value.name,
            "dated": value.dated.isoformat(),
            "loaded_on": value.loaded_on.isoformat(),
            "by_hand": int(value.by_hand),
            "text": value.text,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Published:
        return Published(
            kind=PublishedKind(row["kind"]),
            name=row["name"],
            dated=date.fromisoformat(row["dated"]),
            loaded_on=date.fromisoformat(row["loaded_on"]),
            text=row["text"],
            by_hand=bool(row["by_hand"]),
            id=row["id"],
        )


def read(published: Published) -> Sheet | None:
    """What a stored sheet says; None if this version cannot read it."""
    from planner.store.sheets import read_sheet  # noqa: PLC0415 - tomllib, that few starts need
    from planner.store.toml_part import DataFileError  # noqa: PLC0415 - the same

    try:
        return read_sheet(published.text)
    except DataFileError:
        return None
