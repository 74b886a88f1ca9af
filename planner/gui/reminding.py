"""What is to be said while the program runs: at its start, every hour, and when a new day begins."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from planner.errors import PlannerError
from planner.gui.session import EVERYTHING, Session
from planner.i18n import explain, ngettext
from planner.phrases import N_
from planner.services.reminders import ToSay, note_said, reminders_today, snooze_all, unseen

HOUR_MS = 3_600_000
PUT_ALL_OFF = N_("Put off all reminders")
_MOST_LINES = 3


class Reminding(QObject):
    """Says each thing once, with the marks that the command line keeps too, and nothing on quiet days.

    What it says stays on Today until the user puts it aside there.

    Attributes:
        timer: Looks every hour. The session notices a new day, also after the computer was asleep.
        newest: What was said last.

    Signals:
        said: There is something new to say: it, in words.
    """

    said = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Watch a session; ``check`` looks for the first time."""
        super().__init__(parent)
        self._session = session
        self._said: set[tuple[str, str]] = set()  # in this run: a file that can only be read keeps no marks
        self.newest: tuple[ToSay, ...] = ()
        self.timer = QTimer(self, interval=HOUR_MS)
        self.timer.timeout.connect(self.check)
        self.timer.start()
        session.changed.connect(self._on_changed)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if EVERYTHING & tables:
            # Another day or another file; the pages are drawn first.
            QTimer.singleShot(0, self, self.check)

    def check(self) -> None:
        """Say what was not said yet, and note that it was."""
        session = self._session
        if not session.has_store or session.is_example:  # of what is invented nobody needs to be reminded
            return
        store, today = session.store, session.today
        found = tuple(each for each in reminders_today(store, today) if _key(each) not in self._said)
        if not found:
            return
        self.newest = found
        self.said.emit(words_of(found))
        self._said |= {_key(each) for each in found}
        if store.is_read_only:
            return
        try:
            with store.transaction():
                note_said(store, [each.reminder for each in found], today)
        except PlannerError as error:
            session.refused.emit(explain(error))

    @property
    def has_any(self) -> bool:
        """Whether anything waits to be put aside or put off."""
        session = self._session
        return session.has_store and bool(unseen(session.store, session.today).to_say)

    def snooze_all(self) -> None:
        """Put off everything that waits until tomorrow."""
        session = self._session
        today = session.today
        waiting = [each.reminder.topic.id for each in unseen(session.store, today).to_say]
        if waiting:
            tomorrow = today.fromordinal(today.toordinal() + 1)
            session.do(PUT_ALL_OFF, snooze_all, waiting, tomorrow, today)


def words_of(found: tuple[ToSay, ...]) -> str:
    """The first few, a line each, and how many more there are."""
    lines = [explain(each.words) for each in found[:_MOST_LINES]]
    more = len(found) - len(lines)
    if more:
        lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return "\n".join(lines)


def _key(each: ToSay) -> tuple[str, str]:
    return each.reminder.topic.id, each.reminder.mark
