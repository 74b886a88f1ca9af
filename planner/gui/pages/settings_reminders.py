"""The part of Settings about reminders: how early, on which days not, and outside of the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from planner.errors import PlannerError
from planner.gui.arrange import scroll_to
from planner.gui.fields import CheckField
from planner.gui.forms import Form
from planner.gui.labels import heading_label
from planner.gui.layouts import Flow
from planner.gui.pages.settings_calendar import CalendarFile, DailyLines
from planner.gui.pages.settings_quiet import QuietDays
from planner.gui.recording.lead_fields import LeadDaysField, days_words
from planner.gui.session import Session
from planner.gui.tray import SHOWN, STAYS, has_tray
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.services.reminders import rules_of, set_lead_days


class ReminderSettings(QWidget):
    """What the user wants of reminders.

    Attributes:
        days: How many days before a due date, for every account without days of its own.
        own_days: Leads to the days of an account.
        quiet: The quiet days.
        tray: Whether there is an icon in the tray that reminds; only where the desktop has a tray.
        stays: Whether closing the window leaves it there.
        calendar: The file for a calendar program.
        lines: The lines to copy.
    """

    def __init__(self, session: Session, ask: Callable[[Form, str], None]) -> None:
        """Build it without a word.

        Args:
            session: The open file.
            ask: Opens a form under a heading.
        """
        super().__init__()
        self._session, self._ask = session, ask
        self._heading = heading_label()
        self._heading.setContentsMargins(0, GRID, 0, 0)
        self.days = LeadDaysField(is_required=False)
        self.days.edit.editingFinished.connect(self._keep_days)
        self.own_days = QPushButton()
        self.own_days.setMenu(QMenu(self.own_days))
        around_own_days = QWidget()
        ways = Flow()
        ways.addWidget(self.own_days)
        around_own_days.setLayout(ways)
        self.quiet = QuietDays(session, ask)
        self.tray, self.stays = CheckField(), CheckField()
        self.tray.changed.connect(self._keep_tray)
        self.stays.changed.connect(self._keep_tray)
        self.calendar, self.lines = CalendarFile(session), DailyLines(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        parts: list[QWidget] = [
            *(self._heading, self.days, around_own_days),
            *(self.quiet, self.tray, self.stays),
        ]
        for widget in (*parts, self.calendar, self.lines):
            column.addWidget(widget)

    def refresh(self) -> None:
        """Set every text, and show what is chosen."""
        self._heading.setText(_("Reminders"))
        self.days.say(
            _("Days before a due date"),
            _("Empty for the day itself only. An account can have days of its own, in its form."),
        )
        if not self.days.edit.hasFocus():
            self.days.set_days(rules_of(self._session.store).lead_days)
        self._show_accounts()
        self.quiet.refresh()
        self._show_tray()
        self.calendar.refresh()
        self.lines.refresh()

    def _show_accounts(self) -> None:
        """Offer each account, with its days where it has some of its own."""
        self.own_days.setText(_("Days of an account"))
        menu = self.own_days.menu()
        menu.clear()
        for account in self._session.store.accounts.all():
            name = account.name
            if account.lead_days:
                name = _("{name}: {value}").format(name=name, value=days_words(account.lead_days))
            menu.addAction(name.replace("&", "&&")).triggered.connect(partial(self._open_days, account.id))
        self.own_days.setVisible(not menu.isEmpty())

    def _open_days(self, account_id: str, _checked: object = None) -> None:
        from planner.gui.recording.account import AccountForm  # noqa: PLC0415 - not before somebody wants it

        account = self._session.store.accounts.find(account_id)
        if account is None:
            return
        form = AccountForm(self._session, account)
        form.show_leads()
        self._ask(form, _("Change the account"))
        scroll_to(form.leads.way)

    def _show_tray(self) -> None:
        is_shown, stays = (
            self._session.choice(name, usual) == "1" for name, usual in ((SHOWN, "1"), (STAYS, ""))
        )
        self.tray.say(
            _("Show in the tray, and remind while the program runs"),
            _("Each thing is said once, and nothing on quiet days."),
        )
        self.stays.say(
            _("Keep running in the tray when the window is closed"),
            _("A click on the icon opens it again; “Quit” in its menu ends the program."),
        )
        self.tray.set_checked(is_checked=is_shown)
        self.stays.set_checked(is_checked=stays)
        self.tray.setVisible(has_tray())
        self.stays.setVisible(has_tray() and is_shown)

    def _keep_tray(self) -> None:
        self._session.set(STAYS, "1" if self.stays.value() else "0")
        self._session.set(SHOWN, "1" if self.tray.value() else "0")

    def _keep_days(self) -> None:
        try:
            days: tuple[int, ...] = self.days.value() or ()
        except PlannerError:
            self.days.check()
            return
        if days != rules_of(self._session.store).lead_days:
            self._session.do(N_("Change the days before a due date"), set_lead_days, days)
        self.days.set_days(days)
