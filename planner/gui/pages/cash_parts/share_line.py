"""How much of what comes in goes to lenders, in the month in which that is most."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.cash.debt_to_income import DebtToIncome
from planner.gui.labels import quiet_label, text_label
from planner.look import GRID


class ShareLine(QWidget):
    """The share in a sentence, and that it is as much as the user wants to know of.

    Attributes:
        words: The share, with how it was made.
        beside: That it is as much as the user wants to know of; what is more is a warning above.
    """

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.words, self.beside = text_label(), quiet_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.words)
        column.addWidget(self.beside)
        self.hide()

    def show_share(self, found: DebtToIncome | None) -> None:
        """Show the share; nothing hides it."""
        self.setVisible(found is not None)
        if found is None:
            return
        self.words.say(found.words)
        self.beside.setVisible(found.beside is not None)
        if found.beside is not None:
            self.beside.say(found.beside)
