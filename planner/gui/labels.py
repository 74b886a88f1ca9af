"""The few kinds of text a page is set from."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner.compat import override
from planner.look import GRID

# The last three Chinese characters of a line of text, and the signs after them.
_LAST = re.compile(r"([\u4e00-\u9fff])([\u4e00-\u9fff])([\u4e00-\u9fff][。，：；？！…”）]*)$", re.MULTILINE)
_TOGETHER = "\N{WORD JOINER}"


class WrappedLabel(QLabel):
    """Text that wraps, but leaves no single Chinese character on its last line."""

    def __init__(self) -> None:
        """Build it without a text."""
        super().__init__()
        self._said = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @override
    def setText(self, text: str, /) -> None:
        self._said = text
        super().setText(_LAST.sub(rf"\1{_TOGETHER}\2{_TOGETHER}\3", text))

    @override
    def text(self) -> str:
        return self._said


def _label(role: str) -> QLabel:
    """A label that wraps. Its role gives it size, weight and colour, now and after a change of the look."""
    label = WrappedLabel()
    label.setProperty("role", role)
    return label


def title_label() -> QLabel:
    """The heading of a page."""
    return _label("title")


def heading_label() -> QLabel:
    """The heading of a part of a page."""
    return _label("heading")


def text_label() -> QLabel:
    """Plain text that can be selected and copied."""
    return _selectable("text")


def strong_label() -> QLabel:
    """A value that stands out from what labels it; it can be copied."""
    return _selectable("strong")


def figure_label() -> QLabel:
    """The one figure or number that a part of a page is about; it can be copied."""
    return _selectable("figure")


def _selectable(role: str) -> QLabel:
    label = _label(role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def quiet_label() -> QLabel:
    """What labels or explains something."""
    return _label("quiet")


def amber_label() -> QLabel:
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


class Figure(QWidget):
    """A figure with its quieter label above, a line below it, and the way to how it was made.

    Signals:
        why: The user asks how it was made.
    """

    why = Signal()

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("figure")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = quiet_label()
        self._value = figure_label()
        self._note = quiet_label()
        self._why = LinkButton()
        self._why.clicked.connect(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID - GRID // 2)
        column.setSpacing(GRID // 2)
        for widget in (self._label, self._value, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._why)

    def say(self, label: str, value: str, note: str = "", why: str = "") -> None:
        """Set all four texts; without ``why`` there is no way to a derivation.

        Args:
            label: What it is.
            value: The figure as the reader writes it.
            note: What to know beside it.
            why: The text of the link.
        """
        self._label.setText(label)
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._why.setAccessibleName(f"{why} {label}")
        self.setAccessibleName(f"{label}: {value}. {note}")


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that columns of amounts line up."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
