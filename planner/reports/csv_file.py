"""A table as a CSV file: for programs, or as a spreadsheet of the reader's country opens it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from enum import StrEnum

from planner.domain.money import Money
from planner.i18n import explain
from planner.i18n.reading import decimal_mark
from planner.phrases import Phrase
from planner.reports.sheet import Cell, Sheet, text_of


class CsvStyle(StrEnum):
    """For whom a CSV file is.

    PLAIN: commas, decimal points, UTF-8 without a mark, and nothing below the rows. EXCEL: a byte order
    mark, so that Excel takes it for UTF-8; the decimal sign of the reader's numbers, and semicolons
    where that is a comma, as Excel expects in such countries; the sums stand below the rows.
    """

    PLAIN = "plain"
    EXCEL = "excel"


# CWE-1236: a spreadsheet takes text for a formula that begins like this, full-width signs included,
# also behind blanks. A quote before it keeps it text; one more goes before quotes, so that it can be undone.
# Source: OWASP, CSV Injection.
_LIKE_A_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|['\s]*[\t\r\n]")


def csv_bytes(sheet: Sheet, style: CsvStyle = CsvStyle.EXCEL) -> bytes:
    """A table as CSV, in the reader's language; the same table gives the same bytes.

    Dates are written as ISO 8601, which every spreadsheet knows.

    Args:
        sheet: The table.
        style: For whom it is.
    """
    is_excel = style is CsvStyle.EXCEL
    mark = decimal_mark() if is_excel else "."
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if mark == "," else ",", lineterminator="\r\n")
    writer.writerow([_guarded(explain(column.heading)) for column in sheet.columns])
    for row in sheet.all_rows if is_excel else sheet.rows:
        writer.writerow([_written(cell, mark) for cell in row])
    return text.getvalue().encode("utf-8-sig" if is_excel else "utf-8")


def _written(cell: Cell, mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return f"{cell.decimal:f}".replace(".", mark)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Phrase | str):
        return _guarded(text_of(cell))
    return str(cell)


def _guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text
