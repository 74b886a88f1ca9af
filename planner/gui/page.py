"""A place of the program: built once without a word of text, drawn by ``refresh``."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.asking import ShowsWhy, Why
from planner.gui.labels import title_label
from planner.gui.layouts import TitleRow
from planner.gui.pane import SidePane
from planner.gui.session import EVERYTHING, Session
from planner.look import GRID


class Page(ShowsWhy, QWidget):
    """A place of the program.

    ``refresh`` runs on first show, when a table in ``shows`` changed and when the language did; a
    hidden page waits until it is shown. So switching languages, undo and reloading are one mechanism.

    Attributes:
        shows: The tables whose changes it must show.
        session: The open file.
        title: The heading; set by ``refresh``.
        head: The heading, and beside it what a page puts there.
        body: Where a page puts its widgets, top to bottom.
        scroller: What it scrolls in.
        pane: The pane at the right for forms and explanations.

    Signals:
        wanted: The name of another place, and the id of what to show there.
    """

    shows: ClassVar[frozenset[str]] = EVERYTHING
    wanted = Signal(str, str)

    def __init__(self, session: Session) -> None:
        """Build the frame of the page."""
        super().__init__()
        self.session = session
        self._is_stale = True
        self.title = title_label()
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        self.body.setSpacing(2 * GRID)
        self.head = TitleRow()
        self.head.addWidget(self.title)
        self.body.addLayout(self.head)
        self.scroller = QScrollArea(widgetResizable=True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setWidget(content)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pane = SidePane()
        self._filling: QWidget | None = None
        row = self._page_row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.scroller, 1)
        row.addWidget(self.pane)
        self.pane.opened.connect(self._make_room)
        self.pane.closed.connect(self._make_room)
        session.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Set every text and every value; each page has its own."""
        raise NotImplementedError

    def reveal(self, target: str) -> None:
        """Show one thing: a bill, a row, an account. Pages that can, do."""

    @override
    def show_why(self, answer: Why, asked: QWidget) -> None:
        if not self.pane.isAncestorOf(asked):
            self.pane.end_explanations()
        from planner.gui.why import WhyView  # noqa: PLC0415 - not before somebody asks

        self.pane.explain(WhyView(answer), answer.heading)

    def fill(self, widget: QWidget | None) -> None:
        """Show a widget in place of everything else, such as a step with several screens; None ends it.

        Args:
            widget: The widget; the page owns it until the next call.
        """
        if self._filling is not None:
            self._page_row.removeWidget(self._filling)
            self._filling.hide()
            self._filling.deleteLater()
        self._filling = widget
        if widget is not None:
            self._page_row.insertWidget(0, widget, 1)
            widget.show()
        self._make_room()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if EVERYTHING in {tables, self.shows} or tables & self.shows:
            self.pane.end_explanations()
            self._is_stale = True
            self._refresh_if_shown()

    def _refresh_if_shown(self) -> None:
        if self._is_stale and self.isVisible() and self.session.has_store:
            self._is_stale = False
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_shown()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._is_stale = True
            self._refresh_if_shown()
        elif event.type() == QEvent.Type.FontChange:
            self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Give the pane the whole page where both would be cramped side by side."""
        is_narrow = self.width() < self.pane.width_wanted + 56 * GRID * self.fontMetrics().height() / 18
        is_covered = self.pane.is_open and is_narrow
        self.scroller.setVisible(self._filling is None and not is_covered)
        if self._filling is not None:
            self._filling.setVisible(not is_covered)
        self.pane.take_all(is_wide=self.pane.is_open and is_narrow)
