"""The place Today: the next step, four figures, what is due when, and what deserves a look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.money import Money
from planner.gui.arrange import order_tabs
from planner.gui.balance_line import BalanceLine, BalanceLines, in_words
from planner.gui.labels import Figure, LinkButton, quiet_label
from planner.gui.layouts import Columns, Flow
from planner.gui.page import Page
from planner.gui.pages.today_parts import DueGroup, DueRow, StepCard, WarningRow
from planner.gui.pages.today_words import late_note, leads_to, listed
from planner.gui.session import Session
from planner.i18n import _, explain, ngettext, show, show_days_from
from planner.look import GRID
from planner.services.prompts import Act, Prompt
from planner.services.today import TimelineRow, TodayView, timeline, today_view

if TYPE_CHECKING:
    from planner.gui.pages.today_reminders import TodayReminders

_FIGURE = 11  # how narrow a figure may be, in heights of a line
_GROUP = 16  # the same for a group of dues
_LESS = "less_detail"
_AFTER_PAINT_MS = 20


class TodayPage(Page):
    """What to do next, what is due, and what it comes to.

    Attributes:
        view: What is shown; None before the first drawing.
        step: The next step.
        next_due, month, owed, late: The four figures.
        groups: What is late, due within a week, and due later.
        warnings: What deserves a look.
        report_link, words_link: To the report; to the lines in words.
        reminders: What is to be said now, once the page was painted; None before.
    """

    shows = frozenset(
        {
            "accounts",
            "account_terms",
            "account_states",
            "bills",
            "bill_lines",
            "plans",
            "plan_rows",
            "purchases",
        }
        | {"refunds", "payments", "charges", "adjustments", "settings"}
        | {"agreements", "agreement_dues"}
        | {"cases", "case_answers", "case_log", "case_steps"}
        | {"cash_accounts", "cash_balances", "cash_flows", "cash_occurrences", "cash_rules"}
        | {"adopted_plans", "planned_payments", "plan_todos", "remembered", "failed_debits"}
    )

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.view: TodayView | None = None
        self.step = StepCard()
        self.next_due, self.month, self.owed, self.late = (Figure() for _number in range(4))
        self.groups = [DueGroup() for _number in range(3)]
        self.unknown = quiet_label()
        self.warnings: list[WarningRow] = []
        self.report_link, self.words_link = LinkButton(), LinkButton()
        self.reminders: TodayReminders | None = None
        self._build()
        self._connect()

    @property
    def lines(self) -> list[BalanceLine]:
        """The lines of the next 90 days, one per currency."""
        return self._balance.lines

    def _build(self) -> None:
        figures, groups = Columns(_FIGURE, 4, is_even=True), Columns(_GROUP, 2)
        for figure in (self.next_due, self.month, self.owed, self.late):
            figures.addWidget(figure)
        # What is late or near is short as a rule, and what comes later is long.
        near = QVBoxLayout()
        near.setSpacing(2 * GRID)
        for group in self.groups[:2]:
            near.addWidget(group)
        near.addStretch(1)
        near.setContentsMargins(0, 0, 0, 0)
        groups.addWidget(_holding(near))
        groups.addWidget(self.groups[2])
        self._figures, self._timeline = _holding(figures), _holding(groups)
        self._warnings, self._balance = QVBoxLayout(), BalanceLines()
        self._warnings.setSpacing(GRID)
        links = Flow()
        links.addWidget(self.words_link)
        links.addWidget(self.report_link)
        self._links = _holding(links)
        self._timeline.setContentsMargins(0, GRID, 0, GRID)
        for widget in (self.step, self._figures, self._timeline, self.unknown):
            self.body.addWidget(widget)
        self.body.addLayout(self._warnings)
        self.body.addLayout(self._balance)
        self.body.addWidget(self._links)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.step.button.clicked.connect(self._take_step)
        self.step.compare_link.clicked.connect(self._compare)
        # What is due is there at once; what is to be said of it follows, so that no start waits for it.
        self.step.painted.connect(lambda: QTimer.singleShot(_AFTER_PAINT_MS, self, self.remind))
        for group in self.groups:
            group.chosen.connect(partial(self.wanted.emit, "bills"))
            group.more.connect(lambda: self.wanted.emit("bills", ""))
        self._balance.again_link.clicked.connect(self._show_again)
        self.report_link.clicked.connect(lambda: self.wanted.emit("reports", "today"))
        self.words_link.clicked.connect(self._in_words)

    # --- drawing -------------------------------------------------------------------------------

    @override
    def refresh(self) -> None:
        view = self.view = today_view(self.session.store, self.session.today)
        if self.reminders is not None:
            self.reminders.refresh(view.position)
        self.title.setText(_("Today"))
        has_accounts = bool(view.accounts)
        is_due = view.step.act is Act.PAY
        planned = view.planned.get(view.step.target) if is_due else None
        need = "" if has_accounts else _("You need: the last statement, or the lender’s app.")
        self.step.say(view.step, need, _("Compare ways to pay") if is_due else "", planned)
        for widget in (self._figures, self._timeline):
            widget.setVisible(has_accounts)
        self._show_figures(view)
        self._show_timeline(view)
        self._show_warnings(view)
        self._show_balance(view)
        if self.reminders is not None:
            self._order_tabs()

    def remind(self) -> None:
        """Show what is to be said now, from here on."""
        if self.reminders is not None or self.view is None or not self.session.has_store:
            return
        from planner.gui.pages.today_reminders import TodayReminders  # noqa: PLC0415 - see _connect

        self.reminders = TodayReminders(self)
        self.reminders.refresh(self.view.position)
        if self.reminders.has_any:
            self._show_timeline(self.view)
            self._show_warnings(self.view)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom: the rows were made after what stands below them."""
        content = self.scroller.widget()
        if content is not None:
            order_tabs(content)

    def put_around_dues(self, above: QWidget, below: QWidget) -> None:
        """Put something above and below what is due when."""
        self.body.insertWidget(self.body.indexOf(self._timeline), above)
        self.body.insertWidget(self.body.indexOf(self._timeline) + 1, below)

    def _bar_of(self, row: TimelineRow) -> QWidget | None:
        return self.reminders.bar_of(row) if self.reminders is not None else None

    def _show_figures(self, view: TodayView) -> None:
        due = view.next_due
        if due is None:
            self.next_due.say(_("Next due"), "–", _("Nothing with a date is due."))
        else:
            words = self._words_of(due)
            note = _("{date}, {days}: {account}").format(**words)
            is_alone = len([each for each in view.position.open_dues if each.due_on == due.due_on]) == 1
            if not is_alone:
                note = _("{date}, {days}: {account}. On that day in all {total}.").format(
                    **words, total=listed(view.next_total)
                )
            self.next_due.show_made(
                _("Next due"), due.still_due, note, *(() if is_alone else (view.next_total,))
            )
        paid = listed(view.month_paid)
        self._show_sums(
            self.month,
            _("Still to pay this month"),
            view.month_need,
            _("already paid {amount}").format(amount=paid) if paid else _("nothing paid yet this month"),
            view.month_paid,
        )
        fees = {currency: figure for currency, figure in view.fees.items() if figure.value}
        principal = {currency: figure for currency, figure in view.principal.items() if currency in fees}
        apart = _("{principal} without fees; fees and interest {fees}")
        self._show_sums(
            self.owed,
            _("Still to pay in all"),
            view.owed,
            apart.format(principal=listed(principal), fees=listed(fees)) if fees else "",
            principal,
            fees,
        )
        count = len(view.late)
        note = late_note(count, listed(view.late_least)) if count else ""
        self._show_sums(
            self.late, _("Late now"), view.late_total, note, view.late_least, empty=_("Nothing is late")
        )

    @staticmethod
    def _show_sums(
        figure: Figure,
        label: str,
        totals: Mapping[str, Derived[Money]],
        note: str,
        *noted: object,
        empty: str = "",
    ) -> None:
        """Show one total per currency, or that there is nothing."""
        shown = {currency: total for currency, total in totals.items() if total.value}
        if shown:
            figure.show_made(label, shown, note, *noted)
        else:
            figure.say(label, empty or _("Nothing"), note, *noted)

    def _show_timeline(self, view: TodayView) -> None:
        late, soon, later = self.groups
        made = (self._due_row, self._bar_of)
        late.say(_("Late"), _("Nothing is late."), timeline(view.late), *made)
        soon.say(_("Next 7 days"), _("Nothing is due in the next 7 days."), timeline(view.soon), *made)
        # A rest whose minimum is paid is not late; it comes with what has time.
        later.say(
            _("Later"),
            _("Nothing more is recorded."),
            timeline((*view.missing, *view.rests, *view.later)),
            *made,
        )
        count = len(view.unknown)
        text = ngettext(
            "{count} due has no known date: {amount}.", "{count} dues have no known date: {amount}.", count
        )
        amount = listed(view.unknown_total)
        self.unknown.tell(text.format(count=count, amount=amount) if count else "", view.unknown_total)
        self.unknown.setVisible(bool(count))

    def _due_row(self, row: TimelineRow) -> DueRow:
        due = row.first
        words = {**self._words_of(due), "what": explain(row.label)}
        view = self.view
        planned = view.planned.get(due.id) if view is not None and len(row.dues) == 1 else None
        return DueRow(
            due,
            _("{account}: {what}").format(**words),
            _("{date}, {days}").format(date=words["date"], days=explain(due.standing(self.session.today))),
            row.open,
            partial(self._due_date, due),
            planned,
        )

    def _due_date(self, due: Due) -> Derived[date | None]:
        """How the date of a due was made."""
        from planner.services.due_dates import due_date  # noqa: PLC0415 - not before somebody asks

        return due_date(self.session.store, due)

    def _words_of(self, due: Due) -> dict[str, str]:
        today = self.session.today
        name = self.view.accounts[due.account_id].name if self.view is not None else ""
        day = due.due_on
        return {
            "account": name,
            "what": explain(due.label),
            "date": show(day),
            "days": show_days_from(day, today) if day is not None else "",
        }

    def _show_warnings(self, view: TodayView) -> None:
        for row in self.warnings:
            self._warnings.removeWidget(row)
            row.hide()
            row.deleteLater()
        prompts: list[tuple[Prompt, QWidget | None]] = [(prompt, None) for prompt in view.warnings]
        if self.reminders is not None:
            prompts = self.reminders.beside(view.warnings)
        self.warnings = [WarningRow(*each) for each in prompts]
        for row in self.warnings:
            row.button.clicked.connect(lambda _checked=False, prompt=row.prompt: self._act(prompt))
            self._warnings.addWidget(row)

    def _show_balance(self, view: TodayView) -> None:
        is_less = self.session.store.settings.get(_LESS) == "1"
        drawn = {code: points for code, points in view.balance.items() if len(points) > 1}
        self._balance.show_view(view, drawn, is_less=is_less)
        self.words_link.setText(_("The line in words"))
        self.report_link.setText(_("Put into the report"))
        self.words_link.setVisible(bool(drawn) and not is_less)
        self._links.setVisible(bool(view.accounts))

    # --- where it leads ------------------------------------------------------------------------

    def _act(self, prompt: Prompt) -> None:
        self.wanted.emit(*leads_to(prompt))

    def _take_step(self) -> None:
        if self.view is not None:
            self._act(self.view.step)

    def _compare(self) -> None:
        if self.view is not None:
            self.wanted.emit("compare", self.view.step.target)

    def _show_again(self) -> None:
        self.session.set(_LESS, "0")
        self.words_link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_words(self) -> None:
        if self.view is not None:
            self.pane.open(in_words(self.view), _("Still owed over the next 90 days"))


def _holding(layout: QLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget
