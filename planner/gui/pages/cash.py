"""The place Cash: whether the money will be there, day by day, and what comes and goes."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.arrange import order_tabs, scroll_to
from planner.gui.fields import ChoiceField
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.layouts import Columns, Flow
from planner.gui.page import Page
from planner.gui.pages.cash_parts.acts import CashActs
from planner.gui.pages.cash_parts.came import CameList
from planner.gui.pages.cash_parts.currency import CurrencyDays, CurrencyHead
from planner.gui.pages.cash_parts.lists import (
    account_rows,
    accounts_tab,
    flow_rows,
    flows_tab,
    needed_rows,
    needed_tab,
)
from planner.gui.recording.cash_pays import payable_accounts
from planner.gui.session import Session
from planner.i18n import _, ngettext
from planner.look import GRID
from planner.services.cash_view import CashView, cash_view

AHEAD = (3, 6, 12, 24, 36)
_MONTHS = "cash_months"
_CURRENCY = 26  # how narrow the part of a currency may be, in heights of a line


class CashPage(Page):
    """The balance of the days to come against the reserve, and everything it is made of.

    Attributes:
        view: What is shown; None before the first drawing.
        acts: What can be done.
        months: How far ahead to look.
        heads, days: The figures of each currency, and its days to come.
        came: What was expected and is not answered yet.
        needed, accounts, flows: The lists.
        start_button: Adds the first cash account.
        payers_button: Asks which cash account pays which lender.
        add_account_button, income_button, expense_button: Add more.
        report_button: Leads to the report with the cash in it.
    """

    shows = frozenset(
        {"cash_accounts", "cash_balances", "cash_flows", "cash_occurrences", "cash_rules"}
        | {"adopted_plans", "planned_payments", "plan_todos"}
        | {"accounts", "account_terms", "linked_services", "bills", "bill_lines", "plans", "plan_rows"}
        | {"purchases", "refunds", "payments", "charges", "adjustments", "published"}
        | {"agreements", "agreement_dues"}
    )

    def __init__(self, session: Session) -> None:
        """Build the page."""
        super().__init__(session)
        self.view: CashView | None = None
        self.acts = CashActs(session, self.pane)
        self._intro = quiet_label()
        self._empty, self._need, self.start_button = text_label(), text_label(), QPushButton()
        self.months = ChoiceField()
        self.heads: list[CurrencyHead] = []
        self.days: list[CurrencyDays] = []
        self.came = CameList()
        self.needed, self.accounts = needed_tab(), accounts_tab(self.acts, session)
        self.flows = flows_tab(self.acts)
        self._headings = [heading_label() for _number in range(3)]
        self._about_needed = quiet_label()
        self.add_account_button, self.income_button = QPushButton(), QPushButton()
        self.expense_button, self.payers_button = QPushButton(), QPushButton()
        self.report_button = QPushButton()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.start_button.setProperty("role", "primary")
        for button in (self.add_account_button, self.income_button, self.expense_button):
            button.setIcon(icon("plus"))
        start = Flow()
        start.addWidget(self.start_button)
        self._nothing = _holding(start, self._empty, self._need)
        self._nothing.setContentsMargins(0, GRID, 0, 0)
        self.report_button.setIcon(icon("file-text"))
        self.head.addWidget(self.report_button)
        ahead = Flow()
        ahead.addWidget(self.months)
        self._heads, self._days = Columns(_CURRENCY, 2), Columns(_CURRENCY, 2)
        heads, days = QWidget(), QWidget()
        heads.setLayout(self._heads)
        days.setLayout(self._days)
        for heading in self._headings:
            heading.setContentsMargins(0, 2 * GRID, 0, 0)
        needed, accounts, flows = self._headings
        more = Flow()
        more.addWidget(self.add_account_button)
        add = Flow()
        add.addWidget(self.income_button)
        add.addWidget(self.expense_button)
        payers = Flow()
        payers.addWidget(self.payers_button)
        parts = (
            _holding(ahead),
            heads,
            self.came,
            days,
            _holding(payers, needed, self._about_needed, self.needed),
            _holding(more, accounts, self.accounts),
            _holding(add, flows, self.flows),
        )
        self._all = QWidget()
        column = QVBoxLayout(self._all)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for part in parts:
            column.addWidget(part)
        for widget in (self._intro, self._nothing, self._all):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.acts.add_account)
        self.add_account_button.clicked.connect(self.acts.add_account)
        self.income_button.clicked.connect(self.acts.add_income)
        self.expense_button.clicked.connect(self.acts.add_expense)
        self.payers_button.clicked.connect(self.acts.choose_payers)
        self.report_button.clicked.connect(lambda: self.wanted.emit("reports", "cash"))
        self.months.changed.connect(self._look_ahead)
        self.came.confirmed.connect(self.acts.confirm)
        self.came.skipped.connect(self.acts.skip)
        self.came.asked.connect(self.acts.say_time)

    @override
    def refresh(self) -> None:
        store = self.session.store
        self.title.setText(_("Cash"))
        self._intro.setText(
            _("What will be there, day by day, if everything comes and goes as recorded. It is a forecast.")
        )
        has_any = store.has_cash or bool(store.cash_flows.all())
        self._nothing.setHidden(has_any)
        for widget in (self._all, self.report_button):
            widget.setVisible(has_any)
        self.report_button.setText(_("Put into the report"))
        self._empty.setText(
            _("Here you see on which day the money would not suffice, and what has to be where for debits.")
        )
        self._need.setText(_("You need: the balance of your current account."))
        self.start_button.setText(_("Add a cash account"))
        self._say_months()
        if has_any:
            self._show(cash_view(store, self.session.today, int(self.months.value())))
            order_tabs(self._all)  # parts of it are made anew

    def _say_months(self) -> None:
        self.months.say(_("Look ahead"))
        self.months.set_choices(
            (str(count), ngettext("{count} month", "{count} months", count).format(count=count))
            for count in AHEAD
        )
        self.months.set_key(self.session.choice(_MONTHS, str(AHEAD[1])))

    def _look_ahead(self) -> None:
        self.session.set(_MONTHS, str(self.months.value()))
        self.refresh()

    def _show(self, view: CashView) -> None:
        self.view = view
        self._show_currencies(view)
        self.came.refresh([row for each in view.currencies for row in each.flows])
        needed, accounts, flows = self._headings
        needed.setText(_("Balance needed for automatic debits"))
        self._about_needed.setText(_("What has to be on which account on the day on which lenders debit."))
        self.payers_button.setText(_("Which account pays…"))
        self.payers_button.setVisible(bool(payable_accounts(self.session)))
        accounts.setText(_("Cash accounts"))
        flows.setText(_("Income and expenses"))
        self.needed.refresh(needed_rows([one for each in view.currencies for one in each.needed]))
        self.accounts.refresh(account_rows([row for each in view.currencies for row in each.accounts]))
        rows = [row for each in view.currencies for row in each.flows]
        self.flows.refresh(flow_rows(rows))
        self.add_account_button.setText(_("Add a cash account"))
        self.income_button.setText(_("Add an income"))
        self.expense_button.setText(_("Add an expense"))
        # With an account and nothing that comes or goes, that is the next useful act.
        self.income_button.setProperty("role", "" if rows else "primary")
        self.income_button.style().polish(self.income_button)

    def _show_currencies(self, view: CashView) -> None:
        wanted = len(view.currencies)
        while len(self.heads) < wanted:
            head, days = CurrencyHead(), CurrencyDays()
            days.rules_wanted.connect(self.acts.change_rules)
            self.heads.append(head)
            self.days.append(days)
            self._heads.addWidget(head)
            self._days.addWidget(days)
        for layout, parts in ((self._heads, self.heads), (self._days, self.days)):
            for part in parts[wanted:]:
                part.hide()
                layout.removeWidget(part)
                part.deleteLater()
            del parts[wanted:]
        for head, days, cash in zip(self.heads, self.days, view.currencies, strict=True):
            head.refresh(cash, self.session.today, is_alone=wanted == 1)
            days.refresh(cash, is_alone=wanted == 1)

    @override
    def reveal(self, target: str) -> None:
        """Show the part of a currency.

        Args:
            target: Its ISO 4217 code.
        """
        self._refresh_if_shown()
        for head, days in zip(self.heads, self.days, strict=True):
            if days.cash is not None and days.cash.currency == target:
                scroll_to(head)


def _holding(buttons: Flow, *widgets: QWidget) -> QWidget:
    """Widgets one below the other, and buttons below them."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    for widget in widgets:
        column.addWidget(widget)
    column.addLayout(buttons)
    return whole
