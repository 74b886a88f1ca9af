"""Taking tables away: as a workbook, or the first of them as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from planner.gui.icons import icon
from planner.gui.labels import quiet_label
from planner.gui.pages.payoff_parts.parts import column_of, row_of
from planner.gui.saving import file_name, saved_words
from planner.i18n import _
from planner.reports.sheet import Sheet

_CSV, _XLSX = ".csv", ".xlsx"


class SaveRow(QWidget):
    """The button that takes tables away, and what came of that.

    Attributes:
        button: Asks for a file.
        note: What came of it.
    """

    def __init__(self, name: Callable[[], str], sheets: Callable[[], Sequence[Sheet]]) -> None:
        """Build it without a word.

        Args:
            name: Tells the name that is offered for the file.
            sheets: Tells the tables when they are wanted; none where there is nothing to save.
        """
        super().__init__()
        self._name, self._sheets = name, sheets
        self.button, self.note = QPushButton(), quiet_label()
        self.button.setIcon(icon("save"))
        self.button.clicked.connect(self._save)
        column = column_of(self)
        column.addWidget(row_of(self.button))
        column.addWidget(self.note)
        self.note.hide()

    def refresh(self) -> None:
        """Set every text."""
        self.button.setText(_("Save as a table…"))

    def _save(self) -> None:
        sheets = self._sheets()
        text = save_sheets(self, self._name(), lambda: sheets) if sheets else ""
        self.note.setText(text)
        self.note.setVisible(bool(text))


def save_sheets(parent: QWidget, name: str, sheets: Callable[[], Sequence[Sheet]]) -> str:
    """Ask for a file and write tables to it.

    Args:
        parent: What asks.
        name: The name that is offered, without an ending.
        sheets: The tables; a CSV file holds the first of them.

    Returns:
        What came of it, in a sentence; empty if no file was chosen.
    """
    workbook = _("Excel workbook ({pattern})").format(pattern=f"*{_XLSX}")
    table = _("CSV table ({pattern})").format(pattern=f"*{_CSV}")
    chosen, kind = QFileDialog.getSaveFileName(
        parent, _("Save as a table"), f"{file_name(name)}{_XLSX}", f"{workbook};;{table}"
    )
    if not chosen:
        return ""
    path = Path(chosen)
    if path.suffix not in {_CSV, _XLSX}:
        path = path.with_name(path.name + (_CSV if kind == table else _XLSX))
    return saved_words(path, lambda: _written(sheets(), path.suffix))


def _written(sheets: Sequence[Sheet], ending: str) -> bytes:
    if ending == _CSV:
        from planner.reports.csv_file import csv_bytes  # noqa: PLC0415 - nobody needs it before they save

        return csv_bytes(sheets[0])
    from planner.reports.xlsx_file import xlsx_bytes  # noqa: PLC0415 - as above

    return xlsx_bytes(sheets)
