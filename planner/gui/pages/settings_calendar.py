"""Reminders outside of the program: a file for a calendar program, and lines that run it every day."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.errors import PlannerError
from planner.gui.fields import CountField, Field
from planner.gui.icons import icon
from planner.gui.labels import quiet_label
from planner.gui.layouts import Flow
from planner.gui.saving import file_name
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure
from planner.i18n import _, explain, ngettext
from planner.look import GRID
from planner.paths import default_store
from planner.services.calendar_entries import calendar_entries, note_handed, stamp
from planner.services.schedule import cron_lines, program, task_scheduler_line

ICS = ".ics"
MOST_MONTHS = 120
_MONTHS = 12


class LineField(Field):
    """A line to copy into another program.

    Attributes:
        button: Copies it.
    """

    def __init__(self) -> None:
        """Build it empty."""
        self.edit = QLineEdit(readOnly=True)
        super().__init__(self.edit)
        self.button = QPushButton()
        self.button.setIcon(icon("copy"))
        self.button.clicked.connect(self._copy)
        self.row.addWidget(self.button)

    def show_line(self, label: str, hint: str, line: str) -> None:
        """Show a line from its beginning."""
        self.say(label, hint)
        self.edit.setText(line)
        self.edit.setToolTip(line)
        self.edit.setCursorPosition(0)
        self.button.setText(_("Copy"))
        self.button.setAccessibleName(_("{act}: {what}").format(act=self.button.text(), what=label))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.edit.text())
        self.button.setText(_("Copied"))

    @override
    def value(self) -> str:
        return self.edit.text()


class CalendarFile(QWidget):
    """The days to pay on, for any calendar program.

    Attributes:
        months: How far ahead.
        button: Asks for a file and writes it.
        note: What came of it.
    """

    def __init__(self, session: Session) -> None:
        """Build it without a word."""
        super().__init__()
        self._session = session
        self.months, self.button, self.note = CountField(1, MOST_MONTHS), QPushButton(), quiet_label()
        self.months.set_count(_MONTHS)
        self.button.setIcon(icon("calendar-days"))
        self.button.clicked.connect(self._save)
        self._about = quiet_label()
        buttons = Flow()
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.months)
        column.addLayout(buttons)
        column.addWidget(self._about)
        column.addWidget(self.note)
        self.note.hide()

    def refresh(self) -> None:
        """Set every text."""
        self.months.say(_("Months ahead for a calendar program"))
        self.button.setText(_("Save for a calendar program…"))
        self._about.setText(
            _(
                "Every day to pay on from today, with its reminders, as a file that any calendar program "
                "reads. What is late stands on today, and what has no due date is not in it. A newer file "
                "changes the entries of an older one and adds none twice."
            )
        )

    def _save(self) -> None:
        if not self.months.check():
            self.months.input.setFocus()
            return
        name = file_name(_("Repayments"))
        title, kind = _("Save for a calendar program"), f"iCalendar (*{ICS})"
        chosen, _kind = QFileDialog.getSaveFileName(self, title, f"{name}{ICS}", kind)
        if chosen:
            path = Path(chosen)
            self.note.setText(self.save(path if path.suffix else path.with_suffix(ICS)))
            self.note.show()

    def save(self, path: Path) -> str:
        """Write the file; what came of it, in a sentence."""
        from planner.reports.files import write_whole  # noqa: PLC0415 - not before somebody saves one
        from planner.reports.ics_file import ics_bytes  # noqa: PLC0415 - see above

        session, now = self._session, stamp()
        store, today = session.store, session.today
        months: int = self.months.value()
        entries = calendar_entries(store, today, months, now, session.now.time())
        try:
            write_whole(path, ics_bytes(entries, now))
            if not store.is_read_only:
                # No step of the history: the file is there, whatever is undone.
                with store.transaction():
                    note_handed(store, entries, today)
        except PlannerError as error:
            return explain(error)
        count = sum(each.entry is not None for each in entries)
        text = ngettext(
            "Saved: {file}, with {count} day to pay on.", "Saved: {file}, with {count} days to pay on.", count
        )
        return text.format(file=path, count=count)


class DailyLines(Disclosure):
    """Lines to copy that have the reminders come while the program is closed.

    Attributes:
        mailed, shown: For cron: by mail, on the desktop.
        windows: For the Task Scheduler of Windows.
    """

    def __init__(self, session: Session) -> None:
        """Build it closed."""
        super().__init__()
        self._session = session
        self.mailed, self.shown, self.windows = LineField(), LineField(), LineField()
        self._end = quiet_label()
        lines = (self.shown, self.mailed, self.windows)
        for widget in reversed(lines) if sys.platform == "win32" else lines:
            self.column.addWidget(widget)
        self.column.addWidget(self._end)

    def refresh(self) -> None:
        """Set every text and every line."""
        path = self._session.store.path
        self.say(_("Reminders while the program is closed"))
        self.setVisible(path is not None)
        command = program(None if path == default_store() else path)
        mailed, shown = cron_lines(command)
        edit = "crontab -e"
        self.shown.show_line(
            _("Every morning, shown on the desktop"),
            _("On Linux, add it after: {command}").format(command=edit),
            shown,
        )
        self.mailed.show_line(
            _("Every morning, by mail"),
            _("On Linux and macOS, add it after: {command}").format(command=edit),
            mailed,
        )
        self.windows.show_line(
            _("Every morning, on Windows"),
            _("Run it once in a command prompt."),
            task_scheduler_line(command),
        )
        self._end.setText(_("If the computer is off at that time, nothing is lost: the next day says it."))
