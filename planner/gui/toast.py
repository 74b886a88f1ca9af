"""A sentence that appears over the page for a while, with a way to take back what it reports."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from planner.compat import override
from planner.i18n import _
from planner.look import GRID

_SHOWN_MS = 10_000


class Toast(QFrame):
    """Lies over the bottom of the window.

    Attributes:
        undo_button: Takes back what is reported.
    """

    def __init__(self, parent: QWidget) -> None:
        """Belong to the widget it lies over."""
        super().__init__(parent)
        self.setObjectName("toast")
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.undo_button = QPushButton()
        self.undo_button.setProperty("role", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.undo_button.clicked.connect(self.hide)
        parent.installEventFilter(self)
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
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(parent.width() - 4 * GRID, 40 * self.fontMetrics().height())
        self.resize(
            width, self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        self.move((parent.width() - width) // 2, parent.height() - self.height() - 2 * GRID)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
