"""Tables as an Excel workbook: dates are dates, amounts are numbers, and text is never a formula."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from planner.domain.money import Money, minor_digits
from planner.i18n import explain
from planner.reports.sheet import Cell, Kind, Sheet, SheetColumn, shown, text_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Every file says that it was made on this day, so that the same tables give the same bytes.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zones
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_WIDEST = 60
_NARROWEST = 8


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Tables as one workbook in the reader's language, a sheet each; the same give the same bytes.

    Args:
        sheets: The tables; at least one.
    """
    import xlsxwriter

    content = io.BytesIO()
    # In memory: nothing of the user's is left behind in a temporary folder.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _MADE})
        styles = _Styles(book)
        names: set[str] = set()
        for sheet in sheets:
            name = _name(explain(sheet.title), names)
            names.add(name.casefold())
            _write(book.add_worksheet(name), sheet, styles)
    return content.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[str, bool], Format] = {}
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.note = book.add_format({"italic": True})

    def of(self, column: SheetColumn, *, is_total: bool) -> Format:
        """The format of a cell by its column."""
        form = _number_form(column)
        key = (form, is_total)
        if key not in self._known:
            look: dict[str, Any] = {"num_format": form} | ({"bold": True, "top": 1} if is_total else {})
            self._known[key] = self._book.add_format(look)
        return self._known[key]


def _number_form(column: SheetColumn) -> str:
    match column.kind:
        case Kind.MONEY:
            digits = minor_digits(column.currency)
            return "#,##0" + ("." + "0" * digits if digits else "")
        case Kind.DATE:
            return "yyyy-mm-dd"
        case Kind.COUNT:
            return "0"
        case Kind.TEXT:
            return "@"


def _write(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    for number, column in enumerate(sheet.columns):
        page.write_string(0, number, explain(column.heading), styles.heading)
        page.set_column(number, number, _wide(sheet, number))
    page.freeze_panes(1, 0)
    for place, row in enumerate(sheet.all_rows, start=1):
        is_total = place > len(sheet.rows)
        for number, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _put(page, place, number, cell, styles.of(column, is_total=is_total))
    below = len(sheet.all_rows) + 2
    for place, note in enumerate(sheet.notes, start=below):
        page.write_string(place, 0, explain(note), styles.note)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _put(page: Worksheet, row: int, column: int, cell: Cell, form: Format) -> None:
    if cell is None:
        page.write_blank(row, column, None, form)
    elif isinstance(cell, Money):
        # Exactly: of a binary number sixteen digits would be written, 0.9399999999999999 for 0.94.
        page.write_number(row, column, cell.decimal, form)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, form)
    elif isinstance(cell, int):
        page.write_number(row, column, cell, form)
    else:
        page.write_string(row, column, text_of(cell), form)


def _wide(sheet: Sheet, number: int) -> int:
    """How many figures wide a column is: as its widest cell, within reason."""
    texts = [shown(row[number]) for row in sheet.all_rows]
    # A heading may break between words.
    texts += explain(sheet.columns[number].heading).split()
    widest = max(map(_width, texts), default=0)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _width(text: str) -> int:
    """How many figures wide a text is: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _name(title: str, taken: set[str]) -> str:
    """A name for a sheet: no sign that Excel forbids, no more than it allows, and none twice."""
    plain = _NO_NAME.sub(" ", title).strip(" '")[:_LONGEST_NAME].strip(" '") or "1"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        mark = f" {number}"
        name = plain[: _LONGEST_NAME - len(mark)] + mark
    return name
