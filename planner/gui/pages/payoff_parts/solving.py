"""Looking for the best plan: how far it is, taking what is there, stopping."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from planner.gui.icons import icon
from planner.gui.labels import quiet_label, text_label
from planner.gui.pages.payoff_parts.parts import row_of
from planner.i18n import _
from planner.look import GRID
from planner.phrases import Phrase

_PATIENCE_MS = 150  # an answer that comes sooner needs no word about the waiting


class SolvingStrip(QFrame):
    """What is said while the best plan is looked for; hidden while nobody waits.

    Attributes:
        words: How far it is.
        take_button: Takes what was found so far.
        stop_button: Stops looking.
        again_button: Begins again after a stop.

    Signals:
        taken, stopped, again: What the buttons wish for.
    """

    taken = Signal()
    stopped = Signal()
    again = Signal()

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.setObjectName("card")
        self._phrase: Phrase | None = None
        self._was_stopped = False
        self.words, self._hint = text_label(), quiet_label()
        self.take_button, self.stop_button, self.again_button = QPushButton(), QPushButton(), QPushButton()
        self.take_button.setIcon(icon("check"))
        self.stop_button.setIcon(icon("x"))
        self.again_button.setIcon(icon("refresh-cw"))
        self.take_button.clicked.connect(self.taken)
        self.stop_button.clicked.connect(self.stopped)
        self.again_button.clicked.connect(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self.words, self._hint, row_of(self.take_button, self.stop_button, self.again_button)):
            column.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def begin(self) -> None:
        """Wait for an answer; it is said only if that takes a while."""
        self._phrase, self._was_stopped = None, False
        self.refresh()
        if self.isHidden():
            self._patience.start()

    def tell(self, phrase: Phrase) -> None:
        """Say how far it is."""
        self._phrase = phrase
        self.refresh()

    def end(self) -> None:
        """The answer is there."""
        self._patience.stop()
        self.hide()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._patience.stop()
        self._was_stopped = True
        self.refresh()
        self.show()

    def refresh(self) -> None:
        """Set every text."""
        phrase = Phrase("Looking for the best plan…") if self._phrase is None else self._phrase
        self.words.say(Phrase("Stopped: there is no plan yet.") if self._was_stopped else phrase)
        self._hint.setText(_("You can go on working meanwhile."))
        self._hint.setVisible(not self._was_stopped)
        self.take_button.setText(_("Take what is there"))
        self.take_button.setVisible(self._phrase is not None and not self._was_stopped)
        self.stop_button.setText(_("Stop"))
        self.stop_button.setVisible(not self._was_stopped)
        self.again_button.setText(_("Look again"))
        self.again_button.setVisible(self._was_stopped)
        self.setAccessibleName(self.words.text())
