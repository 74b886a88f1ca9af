"""What is said before something is done that deserves a second look, and the two answers to it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from planner.gui.labels import text_label
from planner.gui.pages.payoff_parts.parts import row_of
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import Phrase


class AskTwice(QFrame):
    """Asks once more; hidden unless it asks.

    Attributes:
        words: What is to be known before.
        yes_button: Does it all the same.
        no_button: Leaves it; has the keyboard at first, so that a key pressed twice does nothing.

    Signals:
        agreed: It is to be done all the same.
    """

    agreed = Signal()

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.setObjectName("warning")
        self._asked: tuple[Phrase, ...] = ()
        self._asker: QWidget | None = None
        self.words = text_label()
        self.yes_button, self.no_button = QPushButton(), QPushButton()
        self.yes_button.clicked.connect(self._agree)
        self.no_button.clicked.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.words)
        column.addWidget(row_of(self.no_button, self.yes_button))
        self.hide()

    def ask(self, phrases: Iterable[Phrase], asker: QWidget) -> None:
        """Ask.

        Args:
            phrases: What is to be known before, in sentences.
            asker: What was pressed; it gets the keyboard back.
        """
        self._asked, self._asker = tuple(phrases), asker
        self.refresh()
        self.show()
        self.no_button.setFocus()

    def refresh(self) -> None:
        """Set every text."""
        text = "\n".join(map(explain, self._asked))
        self.words.tell(text, self._asked)
        self.yes_button.setText(_("Follow it all the same"))
        self.no_button.setText(_("Do not follow it"))
        for button in (self.yes_button, self.no_button):
            button.setAccessibleDescription(text)
        self.setAccessibleName(text)

    def end(self) -> None:
        """Ask no more: what was asked about is another by now."""
        if self.isVisible() and self._asker is not None and self.isAncestorOf(self.focusWidget()):
            self._asker.setFocus()
        self.hide()

    def _agree(self) -> None:
        self.end()
        self.agreed.emit()

    def _leave(self) -> None:
        self.end()
