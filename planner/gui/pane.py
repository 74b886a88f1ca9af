"""The pane at the right of a page, where forms and explanations open instead of in dialogs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from planner.compat import override
from planner.gui.beginning import Begins
from planner.gui.icons import icon
from planner.gui.labels import heading_label
from planner.gui.wrapping import IconButton
from planner.i18n import _
from planner.look import GRID

_QWIDGETSIZE_MAX = 16_777_215


class PaneContent(Begins, QWidget):
    """What may be left in the middle of something."""

    def may_leave(self) -> bool:
        """Whether nothing is lost if it closes now; the first time it says what would be."""
        return True


@dataclass(frozen=True, slots=True)
class _Kept:
    """What waits under an explanation.

    Attributes:
        content: The widget.
        heading: Its heading.
        focus: What had the keyboard in it.
    """

    content: QWidget
    heading: str
    focus: QWidget | None


class SidePane(QFrame):
    """Shows one widget at a time; Esc or its button closes it.

    What was typed and not saved is not lost at once: the first wish to leave it is answered in the form.
    An explanation lies above what was shown, which is there again as it was when that is closed.

    Signals:
        opened: Something is shown.
        closed: Nothing is shown any more.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        """Build it empty and hidden."""
        super().__init__()
        self.setObjectName("pane")
        self.content: QWidget | None = None
        self._below: list[_Kept] = []
        self._explanations: list[QWidget] = []
        self._opener: QWidget | None = None
        self.heading = heading_label()
        self.close_button = IconButton(autoRaise=True)
        self.close_button.setIcon(icon("x"))
        self.close_button.clicked.connect(self.step_back)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it shows something."""
        return self.content is not None

    @property
    def width_wanted(self) -> int:
        """How wide it likes to be, in pixels: as much text as a form needs."""
        return 22 * self.fontMetrics().height()

    def open(self, content: QWidget, heading: str) -> bool:
        """Show a widget in place of what was there; the keyboard follows.

        Args:
            content: The widget; the pane owns it from now on.
            heading: Its heading.

        Returns:
            False if something that was typed would be lost; what is shown says so, once.
        """
        if not self._may_leave():
            content.deleteLater()
            return False
        if self.content is None:
            self._opener = self.window().focusWidget()
        self._drop()
        self._show(content, heading)
        return True

    def explain(self, content: QWidget, heading: str) -> None:
        """Show an explanation above what is shown, which waits as it is.

        Args:
            content: The explanation; the pane owns it from now on.
            heading: Its heading.
        """
        focus: QWidget | None = self.window().focusWidget()
        if self.content is None:
            self._opener = focus
        else:
            inside = focus if focus is not None and self.isAncestorOf(focus) else None
            self._below.append(_Kept(self.content, self.heading.text(), inside))
            self._scroll.takeWidget()
            self.content.setParent(self)
            self.content.hide()
        self._explanations.append(content)
        self._show(content, heading)

    def _show(self, content: QWidget, heading: str, focus: QWidget | None = None) -> None:
        self.content = content
        self.heading.setText(heading)
        self._scroll.setWidget(content)
        self.setAccessibleName(heading)
        self._say_close()
        content.show()
        self.show()
        self.opened.emit()
        (focus or content).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_close(self) -> None:
        words = _("Back") if self._below else _("Close")
        self.close_button.setIcon(icon("arrow-left" if self._below else "x"))
        self.close_button.setToolTip(words)
        self.close_button.setAccessibleName(words)

    def step_back(self) -> None:
        """Go back to what waits below, or close what is shown unless something typed would be lost."""
        if not self._below:
            self.leave()
            return
        self._take()
        if self.content in self._explanations:
            self._explanations.remove(self.content)
        kept = self._below.pop()
        focus = kept.focus if kept.focus is not None and isValid(kept.focus) else None
        self._show(kept.content, kept.heading, focus)

    def end_explanations(self) -> None:
        """Let every explanation go: what they explained may not be so any more."""
        while self._below and self.content in self._explanations:
            self.step_back()
        if self.content in self._explanations:
            focus: QWidget | None = self.window().focusWidget()
            # Who works elsewhere keeps the keyboard there.
            if focus is None or not self.isAncestorOf(focus):
                self._opener = None
            self.close_content()

    def leave(self) -> bool:
        """Close what is shown, unless something that was typed would be lost; that is said once.

        Returns:
            Whether nothing is shown any more.
        """
        if not self._may_leave():
            return False
        self.close_content()
        return True

    def _may_leave(self) -> bool:
        form = self._below[0].content if self._below else self.content
        if not isinstance(form, PaneContent) or form.may_leave():
            return True
        while self._below:
            self.step_back()  # the form says what would be lost
        return False

    def close_content(self) -> None:
        """Close what is shown whatever was typed, and give the keyboard back to where it was."""
        if self.content is None:
            return
        self._drop()
        self.hide()
        self.closed.emit()
        # What opened the pane may be gone: a list that was drawn anew, a row that was deleted.
        if self._opener is not None and isValid(self._opener) and self._opener.isVisible():
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opener = None

    def take_all(self, *, is_wide: bool) -> None:
        """Fill the page, or stand at its right."""
        self.setMinimumWidth(0 if is_wide else self.width_wanted)
        self.setMaximumWidth(_QWIDGETSIZE_MAX if is_wide else self.width_wanted)

    def _drop(self) -> None:
        """Let go of what is shown, and of what waits below it."""
        self._take()
        for kept in self._below:
            kept.content.deleteLater()
        self._below.clear()
        self._explanations.clear()
        self.content = None

    def _take(self) -> None:
        widget = self._scroll.takeWidget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_close()
