"""Small widgets that the place Procedures is put together from; each wraps its text where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.sourced import Source
from planner.gui.asking import Answering, Why, ask, why
from planner.gui.labels import LinkButton, heading_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.wrapping import IconLabel
from planner.i18n import RELIABILITY_WORDS, _, explain, show, source_name
from planner.look import GRID
from planner.phrases import Phrase


def as_of(source: Source) -> str:
    """Where a text comes from: its day, how far it can be trusted, its source."""
    reliability = _(RELIABILITY_WORDS[source.reliability])
    if source.checked is None:
        return _("{reliability}: {source}").format(reliability=reliability, source=source_name(source))
    return _("As of {date}, {reliability}: {source}").format(
        date=show(source.checked), reliability=reliability, source=source_name(source)
    )


class Text(QWidget):
    """A piece of text from a source: heading, text, and where it comes from."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._title = heading_label()
        self._text = text_label()
        self._source = quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for label in (self._title, self._text, self._source):
            column.addWidget(label)

    def say(self, title: str, text: str, source: Source | None = None) -> None:
        """Set all of it; without a title or a source there is no line for them."""
        for label, words in (
            (self._title, title),
            (self._text, text),
            (self._source, as_of(source) if source else ""),
        ):
            label.setText(words)
            label.setVisible(bool(words))


class FigureLine(Answering, QWidget):
    """A figure in one line, with the way to how it was made."""

    def __init__(self, name: str, figure: Derived[Any]) -> None:
        """Show a figure.

        Args:
            name: What it is.
            figure: The figure.
        """
        super().__init__()
        self._name, self._figure = name, figure
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        text, self.why_button = text_label(), LinkButton()
        text.setText(_("{name}: {value}").format(name=name, value=show(figure)))
        self.why_button.setText(_("Why?"))
        self.why_button.setAccessibleName(_("Why? {name}").format(name=name))
        self.why_button.clicked.connect(lambda: ask(self))
        line.addWidget(text, 1)
        line.addWidget(self.why_button)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self._name, self._figure)


class Notice(QFrame):
    """A line to keep in mind, set apart by the colour of what needs an act."""

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.setObjectName("warning")
        self._label = text_label()
        self._icon = IconLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.hide()

    def say(self, text: str | Phrase | None, icon_name: str = "info") -> None:
        """Set the text; nothing hides it."""
        words = explain(text) if isinstance(text, Phrase) else text or ""
        self._label.tell(words, text)
        self._icon.show_icon(icon_name, QPalette.ColorRole.BrightText)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class WhenLeft(QWidget):
    """Stands around a field and says when the keyboard has left it, or it is being hidden.

    Signals:
        left: What was typed should be kept now.
    """

    left = Signal()

    def __init__(self, content: QWidget, watched: QWidget) -> None:
        """Stand around a widget and watch the one in it that is typed into."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.left.emit()
        return False


def card_of(title: str, lines: Sequence[str | Phrase], quiet: str, buttons: Sequence[QPushButton]) -> QFrame:
    """A card with a title, some lines, a quieter one, and buttons."""
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    heading = heading_label()
    heading.setText(title)
    column.addWidget(heading)
    for line in lines:
        text = text_label()
        text.tell(explain(line) if isinstance(line, Phrase) else line, line)
        column.addWidget(text)
    if quiet:
        note = quiet_label()
        note.setText(quiet)
        column.addWidget(note)
    flow = Flow()
    for button in buttons:
        flow.addWidget(button)
    column.addLayout(flow)
    return card
