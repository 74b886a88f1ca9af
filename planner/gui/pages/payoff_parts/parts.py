"""Small parts that the place Payoff is put together from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from planner.gui.arrange import clear, order_tabs
from planner.gui.labels import heading_label, quiet_label, strong_label, text_label
from planner.gui.layouts import Flow
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import Phrase


def holding(layout: QLayout) -> QWidget:
    """A widget around a layout, so that it can be shown and hidden."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def row_of(*widgets: QWidget) -> QWidget:
    """Buttons and the like side by side, going on in the next line where there is no more room."""
    flow = Flow()
    for widget in widgets:
        flow.addWidget(widget)
    return holding(flow)


def primary_button() -> QPushButton:
    """The one button that a part is about."""
    button = QPushButton()
    button.setProperty("role", "primary")
    return button


def column_of(widget: QWidget, spacing: int = GRID) -> QVBoxLayout:
    """The column that a part of the page is laid out in, without margins of its own."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def raise_it(error: Exception) -> None:
    """Raise what another thread handed on: a bug, which the window's crash dialog tells."""
    raise error


class Lines(QWidget):
    """A heading with sentences below it; hidden where there are none.

    All sentences are one text and all notes another, because a widget for each takes long to lay out.

    Attributes:
        text, notes: The sentences, and what is said more quietly below.
    """

    def __init__(self) -> None:
        """Build it empty and hidden."""
        super().__init__()
        self.heading, self.text, self.notes = heading_label(), text_label(), quiet_label()
        column = column_of(self)
        for label in (self.heading, self.text, self.notes):
            column.addWidget(label)
        self.hide()

    def say(self, heading: str, sentences: Iterable[Phrase], notes: Iterable[Phrase] = ()) -> None:
        """Set all of it.

        Args:
            heading: The heading; empty for none.
            sentences: What to say.
            notes: What to say more quietly below.
        """
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        for label, phrases in ((self.text, tuple(sentences)), (self.notes, tuple(notes))):
            label.tell("\n".join(map(explain, phrases)), phrases, heading=heading)
            label.setVisible(bool(phrases))
        self.setVisible(bool(self.text.text() or self.notes.text()))


class Links(QWidget):
    """What is missing, each with the way to where it can be entered; hidden where nothing is.

    Signals:
        wanted: A place, and what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self) -> None:
        """Build it empty and hidden."""
        super().__init__()
        self.heading = heading_label()
        self.links: list[WrappedLink] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column = column_of(self)
        column.addWidget(self.heading)
        column.addLayout(self._lines)
        self.hide()

    def say(self, heading: str, missing: Iterable[tuple[Phrase, str, str]]) -> None:
        """Set all of it.

        Args:
            heading: The heading.
            missing: What is missing, the place where it can be entered, and what to show there.
        """
        clear(self._lines)
        self.links = []
        self.heading.setText(heading)
        for words, place, target in missing:
            link = WrappedLink()
            link.say(_("{missing} Enter it…").format(missing=explain(words)), words)
            link.clicked.connect(lambda _checked=False, to=(place, target): self.wanted.emit(*to))
            self._lines.addWidget(link)
            self.links.append(link)
        self.setVisible(bool(self.links))
        order_tabs(self)


class Empty(QWidget):
    """What a part is for while there is nothing to show in it, and the one button that begins it."""

    def __init__(self) -> None:
        """Build it empty and hidden."""
        super().__init__()
        self.text, self.need = strong_label(), quiet_label()
        self.button = primary_button()
        column = column_of(self)
        column.addWidget(self.text)
        column.addWidget(self.need)
        self._row = row_of(self.button)
        column.addWidget(self._row)
        self.hide()

    def say(self, text: str, need: str, button: str) -> None:
        """Set all of it.

        Args:
            text: What the part is for.
            need: What one needs to begin.
            button: What the button does.
        """
        self.text.setText(text)
        self.need.setText(need)
        self.need.setVisible(bool(need))
        self.button.setText(button)
