"""What was expected and has passed: did it come?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from planner.domain.cash.flow import Direction
from planner.domain.cash.occurrences import Time
from planner.domain.cash.words import made_time
from planner.gui.arrange import clear, order_tabs
from planner.gui.labels import LinkButton, heading_label, quiet_label, text_label
from planner.gui.layouts import TitleRow
from planner.i18n import _, ngettext
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.cash_view import FlowRow

_MOST = 3  # how many are asked before the rest waits behind a link
_WORDS = {
    Direction.INCOME: (N_("It came"), N_("It did not come")),
    Direction.EXPENSE: (N_("It was paid"), N_("It was not paid")),
}


class CameList(QWidget):
    """Times that have passed since the balance was seen, each with what may have become of it.

    Attributes:
        rows: What is shown, by day.

    Signals:
        confirmed, skipped: A time came as planned; it did not come.
        asked: A time came otherwise: its row and the time.
    """

    confirmed = Signal(object)
    skipped = Signal(object)
    asked = Signal(object, object)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.rows: list[CameRow] = []
        self._heading, self._about = heading_label(), quiet_label()
        self.more_link = LinkButton()
        self.more_link.clicked.connect(self._show_all)
        self._asked: list[tuple[FlowRow, Time]] = []
        self._shows_all = False
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._heading)
        column.addWidget(self._about)
        column.addLayout(self._list)
        column.addWidget(self.more_link)

    def refresh(self, flows: Sequence[FlowRow]) -> None:
        """Show what is not answered yet; nothing where everything is."""
        self._asked = sorted(
            ((row, time) for row in flows for time in row.unconfirmed), key=lambda pair: pair[1].on
        )
        self.setVisible(bool(self._asked))
        self._heading.setText(_("Did it come?"))
        self._about.setText(_("This was expected since you last saw the balance. Say what became of it."))
        focused: QWidget | None = self.window().focusWidget()
        held = [n for n, row in enumerate(self.rows) if focused is not None and row.isAncestorOf(focused)]
        self._show_rows()
        if held and self.rows:
            beside = self.rows[min(held[0], len(self.rows) - 1)]
            beside.yes_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        clear(self._list)
        shown = self._asked if self._shows_all else self._asked[:_MOST]
        self.rows = [CameRow(row, time) for row, time in shown]
        for each in self.rows:
            each.yes_button.clicked.connect(partial(self._confirm, each.time))
            each.no_button.clicked.connect(partial(self._skip, each.time))
            each.other_button.clicked.connect(partial(self._ask, each))
            self._list.addWidget(each)
        left = len(self._asked) - len(shown)
        self.more_link.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        self.more_link.setVisible(left > 0)
        order_tabs(self)

    def _show_all(self) -> None:
        self._shows_all = True
        self._show_rows()
        self.rows[_MOST].yes_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self, time: Time, _checked: object = None) -> None:
        self.confirmed.emit(time)

    def _skip(self, time: Time, _checked: object = None) -> None:
        self.skipped.emit(time)

    def _ask(self, row: CameRow, _checked: object = None) -> None:
        self.asked.emit(row.row, row.time)


class CameRow(QFrame):
    """One time, and what may have become of it.

    Attributes:
        row, time: What it is about.
        yes_button, no_button, other_button: It came as planned, not at all, or otherwise.
    """

    def __init__(self, row: FlowRow, time: Time) -> None:
        """Show a time.

        Args:
            row: The income or expense.
            time: The time.
        """
        super().__init__()
        self.row, self.time = row, time
        self.setObjectName("warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        text = text_label()
        text.say(
            Phrase(
                "{name}: {amount}, expected on {date}",
                name=row.flow.name,
                amount=made_time(time),
                date=time.on,
            )
        )
        self.yes_button, self.no_button, self.other_button = QPushButton(), QPushButton(), LinkButton()
        yes, no = _WORDS[row.flow.direction]
        row_layout = TitleRow()
        row_layout.addWidget(text)
        acts = (
            (self.yes_button, _(yes)),
            (self.no_button, _(no)),
            (self.other_button, _("Otherwise…")),
        )
        for button, words in acts:
            button.setText(words)
            button.setAccessibleDescription(text.text())
            row_layout.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addLayout(row_layout)
