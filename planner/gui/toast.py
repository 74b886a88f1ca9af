"""A sentence that stands below the page for a while, with a way to take back what it reports."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner.i18n import _
from planner.look import GRID

_SHOWN_MS = 6_000
_WITH_UNDO_MS = 10_000


class Toast(QWidget):
    """A strip that takes its room from the page while it is shown, so that it never covers a button.

    Attributes:
        undo_button: Takes back what is reported.
        close_button: Hides it at once.
        timer: Hides it in a while.
    """

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        frame = QFrame()
        frame.setObjectName("toast")
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.undo_button, self.close_button = QPushButton(), QPushButton()
        row = QHBoxLayout(frame)
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        row.addWidget(self._text, 1)
        for button in (self.undo_button, self.close_button):
            button.setProperty("role", "link")
            button.clicked.connect(self.hide)
            row.addWidget(button)
        around = QVBoxLayout(self)
        around.setContentsMargins(GRID, 0, GRID, GRID)
        around.addWidget(frame)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._on_time)
        self.hide()

    def say(self, text: str, *, can_undo: bool = False) -> None:
        """Show a sentence, and read it aloud where a screen reader listens."""
        from PySide6.QtGui import (  # noqa: PLC0415 - 3 ms of a start, at which nothing is said
            QAccessible,
            QAccessibleAnnouncementEvent,
        )

        self._text.setText(text)
        self.undo_button.setText(_("Undo"))
        self.undo_button.setVisible(can_undo)
        self.close_button.setText(_("Close"))
        self.show()
        self.timer.start(_WITH_UNDO_MS if can_undo else _SHOWN_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def _on_time(self) -> None:
        """Hide it, but not from under the hand or the keyboard that is about to use it."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self.timer.start(_SHOWN_MS)
        else:
            self.hide()
