"""The names of the places, at the left of the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from planner.gui.icons import icon
from planner.gui.places import ALL, Place
from planner.gui.theme import scaled_font
from planner.i18n import _
from planner.look import GRID

_ICON = 20


class Sidebar(QListWidget):
    """One row per place.

    Signals:
        chosen: The user wants to see a place; its name.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        """Build it without a word of text."""
        super().__init__()
        self.setObjectName("sidebar")
        self.setIconSize(QSize(_ICON, _ICON))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for place in ALL:
            self.addItem(QListWidgetItem(icon(place.icon), ""))
        self.currentRowChanged.connect(self._on_row)

    def refresh(self) -> None:
        """Set every text, and be as wide as the longest needs."""
        self.setAccessibleName(_("Places"))
        self.setFont(scaled_font(1.0))
        for row, place in enumerate(ALL):
            self.item(row).setText(_(place.title))
        widest = max(self.fontMetrics().horizontalAdvance(_(place.title)) for place in ALL)
        self.setFixedWidth(widest + _ICON + 7 * GRID)

    def mark(self, place: Place | None) -> None:
        """Mark the place that is shown, without wishing for it."""
        was_blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.setCurrentRow(ALL.index(place) if place is not None else -1)
        self.blockSignals(was_blocked)

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(ALL[row].name)
