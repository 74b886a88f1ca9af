"""A list of what is recorded: a filter, a table, its total, and what can be done with the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.asking import add_why, answer_of
from planner.gui.labels import quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_, Phrase

_MOST_ROWS, _DETAIL_ROWS = 12, 36
_FILTER_FROM = 8
WHY_TITLE = N_("Why?")
_KEYS = {Qt.Key.Key_F2: "change", Qt.Key.Key_Delete: "delete", Qt.Key.Key_Backspace: "delete"}


@dataclass(frozen=True, slots=True)
class RowAct:
    """What can be done with a row.

    Attributes:
        title: The text of its button, a msgid.
        run: Does it.
        fits: Whether it can be done with a row at all.
        key: ``change`` (F2) or ``delete`` (Del); empty for none.
    """

    title: str
    run: Callable[[Any], None]
    fits: Callable[[Any], bool] = lambda _value: True
    key: str = ""


class RecordTab(QWidget):
    """One list of an account.

    Attributes:
        filter: Shows only the rows in which every typed word stands.
        table: The rows.
        total: What the shown rows come to.
        buttons: What can be done with the chosen row, by msgid.

    Signals:
        selected: Another row is chosen, or None.
    """

    selected = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        acts: Sequence[RowAct],
        *,
        empty: str,
        total: Callable[[Sequence[Any]], Phrase],
        is_detail: bool = False,
    ) -> None:
        """Build it without rows.

        Args:
            columns: What to show of a row.
            acts: What can be done with one; double click and Return do the first that fits.
            empty: What to say where there are no rows, a msgid.
            total: What some rows come to, in words.
            is_detail: Whether it belongs to a row of another list: all of it is shown, without a filter.
        """
        super().__init__()
        self._acts, self._empty_text, self._total_of = tuple(acts), empty, total
        self._rows: tuple[Any, ...] = ()
        self._is_detail, self._most_rows = is_detail, _DETAIL_ROWS if is_detail else _MOST_ROWS
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.filter.textChanged.connect(self._show_rows)
        self.model: TableModel[Any] = TableModel(columns)
        self.table = Table(self.model)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.total, self.empty = text_label(), quiet_label()
        self.buttons: dict[str, QPushButton] = {}
        flow = Flow()
        for act in self._acts:
            button = QPushButton()
            button.clicked.connect(partial(self._run, act))
            self.buttons[act.title] = button
            flow.addWidget(button)
        self._flow = QWidget()
        self._flow.setLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.filter, self.empty, self.table, self.total, self._flow):
            column.addWidget(widget)
        column.addStretch(1)
        self.table.installEventFilter(self)
        self.table.chosen.connect(lambda _value: self._run_first())
        self.table.selected.connect(self._on_selected)
        self.table.customContextMenuRequested.connect(self._show_menu)

    @property
    def current(self) -> Any:  # noqa: ANN401 - the rows of a tab are of one kind, which its maker knows
        """The chosen row, if there is one."""
        return self.table.current()

    def refresh(self, rows: Sequence[Any]) -> None:
        """Set every text, and show other rows; what was chosen stays chosen."""
        self._rows = tuple(rows)
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter"))
        self.empty.setText(_(self._empty_text))
        for act in self._acts:
            self.buttons[act.title].setText(_(act.title))
        self._show_rows()

    def choose(self, value_id: str) -> bool:
        """Make a row current by its id; False if it is not here."""
        if not any(row.id == value_id for row in self._rows):
            return False
        self.filter.clear()
        return self.table.select(lambda row: row.id == value_id)

    def start_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.show()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_rows(self) -> None:
        chosen = self.current.id if self.current is not None else ""
        words = self.filter.text().casefold().split()
        shown = [row for row in self._rows if self._has(row, words)]
        self.model.set_values(shown)
        self.table.setVisible(bool(self._rows))
        self.total.setVisible(bool(self._rows))
        self._flow.setVisible(bool(self._rows and self._acts))
        self.empty.setVisible(not self._rows)
        self.filter.setHidden(self._is_detail or not (words or len(self._rows) >= _FILTER_FROM))
        self.total.say(self._total_of(shown))
        self.table.setAccessibleName(self.total.text())
        self.table.fit_height(self._most_rows)
        if not self.table.select(lambda row: row.id == chosen) and shown:
            self.table.select(lambda _row: True)
        self._on_selected(self.current)

    def _has(self, row: Any, words: Sequence[str]) -> bool:  # noqa: ANN401 - see current
        text = " ".join(column.shown(column.value(row)) for column in self.model.columns).casefold()
        return all(word in text for word in words)

    def _on_selected(self, value: object) -> None:
        for act in self._acts:
            button = self.buttons[act.title]
            button.setVisible(value is None or act.fits(value))
            button.setEnabled(value is not None)
        self.selected.emit(value)

    def _run(self, act: RowAct, _checked: object = None) -> None:
        if self.current is not None and act.fits(self.current):
            act.run(self.current)

    def _run_first(self) -> None:
        act = next((act for act in self._acts if self.current is not None and act.fits(self.current)), None)
        if act is not None:
            act.run(self.current)

    def _run_key(self, key: str) -> None:
        for act in self._acts:
            if act.key == key:
                self._run(act)

    def _show_menu(self, place: QPoint) -> None:
        if self.current is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = answer_of(self.table, place) or answer_of(self.table)
        if found is not None:
            add_why(menu, self.table, found)
        for act in self._acts:
            if act.fits(self.current) and act.title != WHY_TITLE:
                menu.addAction(_(act.title)).triggered.connect(partial(self._run, act))
        menu.popup(self.table.viewport().mapToGlobal(place))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            act = _KEYS.get(Qt.Key(event.key()))
            if act is not None and not event.modifiers():
                self._run_key(act)
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        else:
            super().keyPressEvent(event)
