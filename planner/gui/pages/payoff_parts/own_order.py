"""The user's own order of debts: rows that are moved up and down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from planner.compat import override
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label
from planner.gui.pages.payoff_parts.parts import column_of, row_of
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import Phrase

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 10


class OwnOrder(QWidget):
    """The debts in the user's own order; the first gets what is left over first.

    Attributes:
        list: The debts.
        up_button, down_button: Move the chosen one.

    Signals:
        ranked: The ids in their new order.
    """

    ranked = Signal(object)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._heading, self._hint = heading_label(), quiet_label()
        self.list = _Rows()
        self.up_button, self.down_button = QPushButton(), QPushButton()
        self.up_button.setIcon(icon("chevron-up"))
        self.down_button.setIcon(icon("chevron-down"))
        column = column_of(self)
        for widget in (self._heading, self._hint, self.list, row_of(self.up_button, self.down_button)):
            column.addWidget(widget)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.list.moved.connect(self._move)
        self.list.currentRowChanged.connect(self._say_buttons)

    def show_debts(self, debts: Sequence[tuple[str, Phrase]]) -> None:
        """Show debts in their order; the one that is current stays so.

        Args:
            debts: The id of each and what it is called.
        """
        self._heading.setText(_("Your own order"))
        self._hint.setText(
            _("The first gets what is left over first. Alt+Up and Alt+Down move the chosen debt too.")
        )
        self.up_button.setText(_("Up"))
        self.down_button.setText(_("Down"))
        self.list.setAccessibleName(_("Your own order"))
        row = self.list.currentRow()
        chosen = self.ids[row] if row >= 0 else ""
        with QSignalBlocker(self.list):
            self.list.clear()
            for debt_id, label in debts:
                item = QListWidgetItem(explain(label))
                item.setData(_ID, debt_id)
                self.list.addItem(item)
            ids = self.ids
            self.list.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self.list.fit_height()
        self._say_buttons()

    @property
    def ids(self) -> list[str]:
        """The debts in their order."""
        return [str(self.list.item(row).data(_ID)) for row in range(self.list.count())]

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if not 0 <= row + step < self.list.count() or row < 0:
            return
        with QSignalBlocker(self.list):
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)
        self._say_buttons()
        self.ranked.emit(self.ids)

    def _say_buttons(self, _row: int = 0) -> None:
        row = self.list.currentRow()
        # What has the keyboard keeps it: a button that is switched off would let it go.
        self.up_button.setEnabled(row > 0 or self.up_button.hasFocus())
        self.down_button.setEnabled(row < self.list.count() - 1 or self.down_button.hasFocus())


class _Rows(QListWidget):
    """Rows that Alt and an arrow move; as high as they are, up to so many.

    Signals:
        moved: The current row is to move by so many rows.
    """

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_height(self) -> None:
        """Follow what is in it."""
        rows = min(self.count(), _MOST_ROWS)
        height = sum(self.sizeHintForRow(row) for row in range(rows))
        self.setFixedHeight(max(height, 3 * GRID) + 2 * self.frameWidth() + GRID)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
