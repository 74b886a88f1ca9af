"""A person who uses the window by keyboard alone, and hears the name of what has the keyboard.

Nothing is reached but by Tab, nothing pressed but by keys. What a screen reader would say is all there is to
go by, so that each stop needs a name, and the keyboard must never be nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

_NONE = Qt.KeyboardModifier.NoModifier
_MOST_STOPS = 600
_MOST_TOLD = 60


class Keyboard:
    """The keys of one window.

    Attributes:
        window: The window; the keyboard never leaves it.
    """

    def __init__(self, window: QWidget) -> None:
        """Take a window that is active."""
        self.window = window

    # --- where it is

    @property
    def stop(self) -> QWidget:
        """What has the keyboard.

        Raises:
            AssertionError: Nothing has it, or something outside the window.
        """
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        assert self.window.isAncestorOf(found), f"the keyboard left the window for {found}"
        assert found.isVisible(), f"what has the keyboard is hidden: {_heard(found)}"
        assert found.isEnabled(), f"what has the keyboard cannot be used: {_heard(found)}"
        return found

    @property
    def heard(self) -> str:
        """The name of what has the keyboard, as a screen reader says it."""
        name = _heard(self.stop)
        assert name, f"what has the keyboard has no name: {self.stop}, within {self.stop.parentWidget()}"
        return name

    @property
    def said(self) -> str:
        """What a screen reader says after the name."""
        return _heard(self.stop, QAccessible.Text.Description)

    @property
    def value(self) -> str:
        """What is in the field or choice that has the keyboard."""
        stop = self.stop
        if isinstance(stop, QComboBox):
            return stop.currentText()
        if isinstance(stop, QLineEdit):
            return stop.text()
        assert isinstance(stop, QPlainTextEdit), f"nothing is written in {self.heard}"
        return stop.toPlainText()

    @property
    def is_ticked(self) -> bool:
        """Whether the box that has the keyboard is ticked."""
        stop = self.stop
        assert isinstance(stop, QAbstractButton)
        assert stop.isCheckable(), f"{self.heard} cannot be ticked"
        return stop.isChecked()

    # --- keys

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key, and wait for what it does; the keyboard has to be somewhere afterwards."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.processEvents()
        assert self.stop is not None

    def space(self) -> None:
        """Press what has the keyboard."""
        self.press(Qt.Key.Key_Space)

    def undo(self) -> None:
        """Take back what was done last."""
        self.press(Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.press(Qt.Key.Key_Z, CTRL | SHIFT)

    def write(self, text: str) -> None:
        """Write over what is in the field that has the keyboard."""
        stop = self.stop
        assert isinstance(stop, (QLineEdit, QPlainTextEdit)), f"nothing is written in {self.heard}"
        QTest.keyClick(stop, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(stop, text)
        QApplication.processEvents()
        assert self.stop is stop, "what is written in has lost the keyboard"

    # --- finding the way

    def tab_to(self, name: str, *, of: str = "*", back: bool = False) -> None:
        """Go on with Tab until a name is heard.

        Args:
            name: The whole name; an asterisk stands for any words.
            of: What is said after the name, where several have the same one.
            back: Whether to go the other way.

        Raises:
            AssertionError: It is not met in a full round, or a stop has no name; says what was met.
        """
        is_name, is_said = _matcher(name), _matcher(of)
        first, met = self.stop, [self.heard]
        while not (is_name(met[-1]) and is_said(self.said)):
            before = self.stop
            assert len(met) == 1 or before is not first, f"{name!r} ({of}) is not among {_told(met)}"
            assert len(met) < _MOST_STOPS, f"Tab goes round without its start: {_told(met)}"
            QTest.keyClick(before, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
            assert self.stop is not before, f"Tab does not leave {met[-1]!r}"
            met.append(self.heard)

    def round(self) -> list[QWidget]:
        """Everything that Tab meets until it is back where it began; each has a name."""
        met = [self.stop]
        while len(met) < _MOST_STOPS:
            QTest.keyClick(met[-1], Qt.Key.Key_Tab)
            assert self.heard
            if self.stop is met[0]:
                return met
            met.append(self.stop)
        raise AssertionError(f"Tab goes round without its start: {_told([_heard(each) for each in met])}")

    @property
    def not_met(self) -> list[str]:
        """What can be seen and takes the keyboard, but is not met by Tab; of radio buttons one is enough."""
        met = self.round()
        seen = (each for each in self.window.findChildren(QWidget) if each.isVisible() and each.isEnabled())
        takers = (each for each in seen if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return [_heard(each) for each in takers if not (isinstance(each, QRadioButton) or each in met)]

    # --- acts

    def use(self, name: str, *, of: str = "*", back: bool = False) -> None:
        """Go to a button and press it."""
        self.tab_to(name, of=of, back=back)
        self.space()

    def tick(self, name: str, *, back: bool = False) -> None:
        """Go to a box that is not ticked and tick it."""
        self.tab_to(name, back=back)
        assert not self.is_ticked, f"{name!r} is ticked already"
        self.space()

    def fill(self, name: str, text: str, *, back: bool = False) -> None:
        """Go to a field and write in it."""
        self.tab_to(name, back=back)
        self.write(text)

    def choose(self, name: str, wanted: str, *, back: bool = False) -> None:
        """Go to a choice and move through it with the arrow keys."""
        self.tab_to(name, back=back)
        seen: list[str] = []
        self.press(Qt.Key.Key_Home)
        while not _matcher(wanted)(self.value):
            assert self.value not in seen, f"{wanted!r} is not among {seen}"
            seen.append(self.value)
            self.press(Qt.Key.Key_Down)

    def answer(self, first: str, wanted: str = "") -> None:
        """Go to the answers of a question, move to the wanted one with the arrow keys, and give it.

        Args:
            first: The answer that Tab meets.
            wanted: The one to give; the first one if none is named.
        """
        self.tab_to(first)
        met: list[str] = []
        while wanted and self.heard != wanted:
            assert self.heard not in met, f"{wanted!r} is not among {met}"
            met.append(self.heard)
            self.press(Qt.Key.Key_Down)
        if not self.is_ticked:
            self.space()
        assert self.heard == (wanted or first)
        assert self.is_ticked


def _heard(widget: QWidget, kind: QAccessible.Text = QAccessible.Text.Name) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox) and kind is QAccessible.Text.Name:
        # A choice is called by its label; what Qt has for its name is what is chosen.
        labels = [each for each, _how in interface.relations(QAccessible.RelationFlag.Label)]
        if labels:
            return labels[0].text(kind).strip()
    return interface.text(kind).strip()


def _matcher(name: str) -> Callable[[str], bool]:
    pattern = re.compile(".*".join(map(re.escape, name.split("*"))), re.DOTALL)
    return lambda heard: pattern.fullmatch(heard) is not None


def _told(met: list[str]) -> str:
    """What was met, the last of it where it is much."""
    return f"{len(met)} stops: " + " | ".join(met[-_MOST_TOLD:])
