"""Asking why a figure is what it is: the one way to the answer, from any widget that shows one.

A widget that shows figures is ``Answering``: it tells, for a place in it, what the figure there was made
of. Ctrl+click, the entry "Why?" of its menu, the key that asks and every "Why?" link come to ``ask``; the
page around it shows the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from planner.domain.derivation import Derived, figures_in
from planner.i18n import _

if TYPE_CHECKING:
    _Mixin = QWidget
else:
    _Mixin = object

# The role under which a cell or an item answers why it shows what it shows.
WHY = int(Qt.ItemDataRole.UserRole) + 1

Named = tuple[str, Derived[Any]]
"""A figure and what it is called; the name is empty where the heading says it."""


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to why some figures are what they are.

    Attributes:
        heading: What they are, in the reader's language.
        figures: The figures, each with how it was made.
    """

    heading: str
    figures: tuple[Named, ...]


def why(heading: str, *shown: object) -> Why | None:
    """The answer for what is shown; None if nothing in it says how it was made.

    Args:
        heading: What is shown; empty for words that fit anything.
        shown: Figures, phrases with figures in them, mappings and sequences of them.
    """
    return why_named(heading, [("", figure) for figure in figures_in(*shown)])


def why_named(heading: str, figures: Iterable[Named]) -> Why | None:
    """The same for figures that have names."""
    found = tuple(figures)
    return Why(heading or _("How the figures were made"), found) if found else None


class ShowsWhy(_Mixin):
    """Something around figures that can show the answer: a page."""

    def show_why(self, answer: Why, asked: QWidget) -> None:
        """Show why some figures are what they are.

        Args:
            answer: The figures.
            asked: The widget that was asked.
        """
        raise NotImplementedError


class Answering(_Mixin):
    """A widget that shows figures and tells how they were made."""

    def answer(self, at: QPoint | None = None) -> Why | None:  # noqa: ARG002 - for those that have places
        """Why the figure at a place is what it is; without a place, the one that has the keyboard."""
        return None

    # Qt's own names, without @override: what they stand before differs.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's own name
        if is_question(event) and ask(self, event.position().toPoint()):
            event.accept()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802, D102 - Qt's own name
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        found = answer_of(self, None if by_keyboard else event.pos())
        if found is None:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_why(menu, self, found)
        self.fill_menu(menu)
        menu.popup(event.globalPos())

    def fill_menu(self, menu: QMenu) -> None:
        """Add what else its menu has."""


class AnsweringList(Answering, QListWidget):
    """A list whose items answer: under the role ``WHY`` each keeps what tells its answer."""

    def answer(self, at: QPoint | None = None) -> Why | None:
        """Why the figures of an item are what they are."""
        item: QListWidgetItem | None = self.currentItem() if at is None else self.itemAt(at)
        told = item.data(WHY) if item is not None else None
        return told() if callable(told) else None


def is_question(event: QMouseEvent) -> bool:
    """Whether a press of the mouse asks why: Ctrl+click."""
    is_left = event.button() == Qt.MouseButton.LeftButton
    return is_left and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def answer_of(widget: QWidget | None, at: QPoint | None = None) -> Why | None:
    """Why the figure at a place of a widget is what it is, as the widget or one around it tells.

    Args:
        widget: Where to begin.
        at: The place in it; None for what has the keyboard.
    """
    while widget is not None:
        found = widget.answer(at) if isinstance(widget, Answering) else None
        if found is not None:
            return found
        at = widget.mapToParent(at) if at is not None else None
        widget = widget.parentWidget()
    return None


def ask(widget: QWidget | None, at: QPoint | None = None) -> bool:
    """Show why the figure at a place of a widget is what it is; False if there is none.

    Args:
        widget: Where to begin.
        at: The place in it; None for what has the keyboard.
    """
    found = answer_of(widget, at)
    return found is not None and show_answer(widget, found)


def show_answer(widget: QWidget | None, found: Why) -> bool:
    """Show an answer in the page around a widget; False if it is in none."""
    around = widget
    while around is not None and not isinstance(around, ShowsWhy):
        around = around.parentWidget()
    if widget is None or around is None:
        return False
    around.show_why(found, widget)
    return True


def add_why(menu: QMenu, widget: QWidget, found: Why) -> None:
    """Put the question into the menu of a widget."""
    menu.addAction(_("Why?")).triggered.connect(lambda: show_answer(widget, found))


def hint() -> str:
    """How to ask, for who sees a figure."""
    return _("Why? Ctrl+click, or the key “?”")
