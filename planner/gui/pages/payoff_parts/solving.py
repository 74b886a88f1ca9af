"""Looking for the best plan: how far it is, taking what is there, stopping."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from planner.gui.icons import icon
from planner.gui.labels import quiet_label, text_label
from planner.gui.pages.payoff_parts.parts import row_of
from planner.i18n import _, explain, ngettext
from planner.look import GRID
from planner.phrases import Phrase

_PATIENCE_MS = 150  # an answer that comes sooner needs no word about the waiting
_BEAT_MS = 1000
_SOON_S = 3  # for how long nobody counts the seconds


class SolvingStrip(QFrame):
    """What is said while the best plan is looked for; hidden while nobody waits.

    Attributes:
        words: The best so far, or what is looked for.
        elapsed: For how long, once that is a while; and what may be done meanwhile.
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
        self._plan: Phrase | None = None
        self._stage: Phrase | None = None
        self._was_stopped = self._is_again = self._can_take = False
        self._seconds = 0
        self.words, self.elapsed = text_label(), quiet_label()
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
        for widget in (
            self.words,
            self.elapsed,
            row_of(self.take_button, self.stop_button, self.again_button),
        ):
            column.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._count)
        self.hide()

    def begin(self, *, is_again: bool = False) -> None:
        """Wait for an answer; it is said only if that takes a while.

        Args:
            is_again: Whether an older answer is still shown below.
        """
        self._plan = self._stage = None
        self._was_stopped = self._can_take = False
        self._is_again = is_again
        self._seconds = 0
        self._beat.start()
        self.refresh()
        if self.isHidden():
            self._patience.start()

    def tell(self, phrase: Phrase) -> None:
        """Say what the best plan so far is; it can be taken."""
        self._plan, self._can_take = phrase, True
        self.refresh()

    def tell_stage(self, phrase: Phrase, *, can_take: bool) -> None:
        """Say what is looked for now.

        Args:
            phrase: What.
            can_take: Whether a plan is there already.
        """
        self._stage = phrase
        self._can_take = self._can_take or can_take
        self.refresh()

    def _count(self) -> None:
        self._seconds += 1
        self._say_elapsed()

    def end(self) -> None:
        """The answer is there."""
        self._patience.stop()
        self._beat.stop()
        self.hide()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._patience.stop()
        self._beat.stop()
        self._was_stopped = True
        self.refresh()
        self.show()

    def refresh(self) -> None:
        """Set every text."""
        if self._was_stopped:
            said = [Phrase("Stopped: there is no plan yet.")]
        else:
            known = [phrase for phrase in (self._stage, self._plan) if phrase is not None]
            said = known or [Phrase("Looking for the best plan…")]
        self.words.tell("\n".join(map(explain, said)), said)
        self._say_elapsed()
        self.take_button.setText(_("Take what is there"))
        self.take_button.setVisible(self._can_take and not self._was_stopped)
        self.stop_button.setText(_("Stop"))
        self.stop_button.setVisible(not self._was_stopped)
        self.again_button.setText(_("Look again"))
        self.again_button.setVisible(self._was_stopped)
        self.setAccessibleName(self.words.text())

    def _say_elapsed(self) -> None:
        """Say for how long it has looked; screen readers are not told every second."""
        parts = []
        if self._seconds >= _SOON_S:
            words = ngettext(
                "It has looked for {count} second.", "It has looked for {count} seconds.", self._seconds
            )
            parts.append(words.format(count=self._seconds))
        parts.append(_("You can go on working meanwhile."))
        if self._is_again:
            parts.append(_("The plan below is from before the change."))
        self.elapsed.setText(" ".join(parts))
        self.elapsed.setVisible(not self._was_stopped)
