"""The form that puts a reminder off until a day of the user's choice."""

from __future__ import annotations

from datetime import timedelta

from planner.compat import override
from planner.gui.fields import DateField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.reminders import snooze

_A_WEEK = timedelta(days=7)


class SnoozeForm(Form):
    """Until when to say nothing.

    Attributes:
        until: The first day on which it is said again.
    """

    def __init__(self, session: Session, topic_id: str) -> None:
        """Propose a week.

        Args:
            session: The open file.
            topic_id: What is put off.
        """
        super().__init__(session)
        self._topic_id = topic_id
        self.until = DateField(session.today)
        self.add(self.until)
        self.refresh()
        self.until.set_day(session.today + _A_WEEK)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.until.say(_("Remind me again on"))
        self.show_preview(_("What is due stays due on its day; only the reminder waits."))

    @override
    def submit(self) -> bool:
        before = self.session.history.index()
        title, today = N_("Put off a reminder"), self.session.today
        self.session.do(title, snooze, self._topic_id, self.until.value(), today)
        return self.session.history.index() != before
