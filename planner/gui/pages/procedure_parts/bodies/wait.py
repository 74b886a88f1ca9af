"""A wait: when it may be over by each source, and how long that still is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.procedures.step_view import StepView
from planner.domain.procedures.waiting import Wait, remaining, told_words
from planner.gui.arrange import clear
from planner.gui.labels import Figure, quiet_label, text_label
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.widgets import Text
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.look import GRID
from planner.services.cases.view import CaseView

_EACH_MS = 60_000


class WaitBody(Body):
    """When a wait may be over.

    Attributes:
        figure: When, over all sources.
        left: How long that still is; looked at anew each minute while it is shown.
    """

    def __init__(self, session: Session) -> None:
        """Build it without a wait."""
        super().__init__(session)
        self._wait: Wait | None = None
        self.figure = Figure()
        self.status = text_label()
        self.left = text_label()
        self.hint = quiet_label()
        self._sources = QVBoxLayout()
        self._sources.setSpacing(GRID)
        self._timer = QTimer(self)
        self._timer.setInterval(_EACH_MS)
        self._timer.timeout.connect(self.look)
        for widget in (self.status, self.figure, self.left, self.hint):
            self.column.addWidget(widget)
        self.column.addLayout(self._sources)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        wait = self._wait = next((each for each in view.waits if each.step.id == step.step.id), None)
        window = wait.window if wait is not None else None
        self.figure.setVisible(window is not None)
        self.status.setText(_("This counts from the payment or the step before it, which is not done yet."))
        self.status.setVisible(window is None)
        if wait is not None and window is not None and wait.derivation is not None:
            self.figure.show_made(_("It should be done"), Derived(window, wait.derivation))
        self.hint.setText(
            _("Only the day of the payment is known. With its time, the hours are counted from it.")
        )
        self.hint.setVisible(wait is not None and wait.is_running and _lacks_time(wait))
        self._show_sources(wait)
        self.look()

    def look(self) -> None:
        """Say how long it still is."""
        words = remaining(self._wait, self._now()) if self._wait is not None else None
        self.left.setText(explain(words) if words is not None else "")
        self.left.setVisible(words is not None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _now(self) -> datetime:
        """The time of the clock, on the day that the program takes for today."""
        return datetime.combine(self.session.today, self.session.now.time())

    def _show_sources(self, wait: Wait | None) -> None:
        clear(self._sources)
        counted = wait.counted if wait is not None else None
        for told in counted.told if counted is not None else ():
            line = Text()
            line.say("", explain(told_words(told)), told.duration.source)
            self._sources.addWidget(line)


def _lacks_time(wait: Wait) -> bool:
    """Whether a source counts in hours, and only the day is known."""
    is_dated = wait.began is not None and wait.began.at is None
    return is_dated and wait.counted is not None and wait.counted.counts_hours
