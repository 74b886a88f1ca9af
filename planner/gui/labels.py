"""The few kinds of text a page is set from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.derivation import Derived
from planner.gui.asking import Answering, Why, ask, hint, why
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import Phrase

# The last three Chinese characters of a line of text, and the signs after them.
_LAST = re.compile(r"([\u4e00-\u9fff])([\u4e00-\u9fff])([\u4e00-\u9fff][。，：；？！…”）]*)$", re.MULTILINE)
_EDGE = 2
_TOGETHER = "\N{WORD JOINER}"


class WrappedLabel(Answering, QLabel):
    """Text that wraps, but leaves no single Chinese character on its last line.

    Figures in it can be asked why they are what they are; then Tab leads to it.
    """

    def __init__(self) -> None:
        """Build it without a text."""
        super().__init__()
        self._said = ""
        self._shown: tuple[object, ...] = ()
        self._heading = ""
        self._can_ask = False
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, phrase: Phrase | None) -> None:
        """Set the text to a phrase, whose figures tell how they were made."""
        self.tell(explain(phrase) if phrase is not None else "", phrase)

    def tell(self, text: str, *shown: object, heading: str = "") -> None:
        """Set the text, and what its figures are.

        Args:
            text: The text.
            shown: The figures in it: results, phrases, mappings and sequences of them; none for plain text.
            heading: What the figures are; empty for words that fit anything.
        """
        self.setText(text)
        self._shown, self._heading = shown, heading
        self._can_ask = self.answer() is not None
        by_mouse = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        click = Qt.FocusPolicy.ClickFocus if by_mouse else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus | click if self._can_ask else click)
        edge = _EDGE if self._can_ask else 0  # for the lines that show that it has the keyboard
        self.setContentsMargins(0, edge, 0, edge)
        self.setToolTip(hint() if self._can_ask else "")
        self.setAccessibleDescription(hint() if self._can_ask else "")

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self._heading, *self._shown)

    @override
    def fill_menu(self, menu: QMenu) -> None:
        menu.addAction(_("Copy")).triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text()))

    @override
    def setText(self, text: str, /) -> None:
        self._said = text
        super().setText(_LAST.sub(rf"\1{_TOGETHER}\2{_TOGETHER}\3", text))

    @override
    def text(self) -> str:
        return self._said

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._can_ask and self.hasFocus():
            painter = QPainter(self)
            # Above and below: at the sides a line would run through the letters.
            painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Accent), _EDGE))
            for line in (_EDGE // 2, self.height() - _EDGE // 2):
                painter.drawLine(0, line, self.width(), line)
            painter.end()


def _label(role: str) -> WrappedLabel:
    """A label that wraps. Its role gives it size, weight and colour, now and after a change of the look."""
    label = WrappedLabel()
    label.setProperty("role", role)
    return label


def title_label() -> WrappedLabel:
    """The heading of a page."""
    return _label("title")


def heading_label() -> WrappedLabel:
    """The heading of a part of a page."""
    return _label("heading")


def text_label() -> WrappedLabel:
    """Plain text that can be selected and copied."""
    return _selectable("text")


def strong_label() -> WrappedLabel:
    """A value that stands out from what labels it; it can be copied."""
    return _selectable("strong")


def figure_label() -> WrappedLabel:
    """The one figure or number that a part of a page is about; it can be copied."""
    return _selectable("figure")


def _selectable(role: str) -> WrappedLabel:
    label = _label(role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def quiet_label() -> WrappedLabel:
    """What labels or explains something."""
    return _label("quiet")


def amber_label() -> WrappedLabel:
    """What needs an act."""
    return _label("amber")


class LinkButton(QPushButton):
    """A button that looks like a link, for what leads elsewhere: "Why?", a blocker."""

    def __init__(self) -> None:
        """Build it without a text."""
        super().__init__()
        self.setFlat(True)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Figure(Answering, QWidget):
    """A figure with its quieter label above, a line below it, and the way to how it was made.

    Attributes:
        why_button: Asks how it was made.
        more_button: Leads on from it; hidden unless a page gives it a text.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("figure")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = quiet_label()
        self._value = figure_label()
        self._note = quiet_label()
        self._shown: tuple[object, ...] = ()
        self.why_button, self.more_button = LinkButton(), LinkButton()
        self.why_button.clicked.connect(lambda: ask(self))
        self.more_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID - GRID // 2)
        column.setSpacing(GRID // 2)
        for widget in (self._label, self._value, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.why_button)
        column.addWidget(self.more_button)

    def show_made(
        self,
        label: str,
        value: Derived[Any] | Mapping[str, Derived[Any]],
        note: str | Phrase = "",
        *noted: object,
    ) -> None:
        """Show a figure that says how it was made, or one per currency, one below the other.

        Args:
            label: What it is.
            value: The figure.
            note: What to know beside it.
            noted: The figures in the note, where it is plain text.
        """
        figures = value.values() if isinstance(value, Mapping) else (value,)
        words = explain(note) if isinstance(note, Phrase) else note
        self._put(label, "\n".join(show(figure) for figure in figures), words)
        self._ask_about(value, note, *noted)

    def say(self, label: str, value: str, note: str = "", *noted: object) -> None:
        """Show words where there is no figure.

        Args:
            label: What it is.
            value: What stands in place of the figure.
            note: What to know beside it.
            noted: The figures in the note.
        """
        self._put(label, value, note)
        self._ask_about(*noted)

    def _put(self, label: str, value: str, note: str) -> None:
        self._label.setText(label)
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{label}: {value}. {note}")

    def mark(self, *, needs_act: bool) -> None:
        """Set the figure in amber where it needs an act; its words say why."""
        self._value.setProperty("tone", "amber" if needs_act else "")
        self._value.style().polish(self._value)

    def _ask_about(self, *shown: object) -> None:
        self._shown = shown
        can_ask = self.answer() is not None
        self.why_button.setText(_("Why?"))
        self.why_button.setVisible(can_ask)
        self.why_button.setAccessibleName(_("Why? {name}").format(name=self._label.text()))
        self._value.setToolTip(hint() if can_ask else "")

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self._label.text(), *self._shown)


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that columns of amounts line up."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
