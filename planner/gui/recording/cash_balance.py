"""The form for what is on a cash account, as the user sees it, above what they saw before."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.forecast import AccountLine
from planner.domain.cash.words import against_forecast, made_seen
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.gui.arrange import clear, order_tabs
from planner.gui.fields import AmountField, ChoiceField
from planner.gui.forms import Form
from planner.gui.labels import LinkButton, heading_label, text_label
from planner.gui.recording.cash_account import SeenField
from planner.gui.session import EVERYTHING, Session
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.cash import forget_balance, see_balance
from planner.services.cash_view import cash_view

_MOST_SEEN = 6


class CashBalanceForm(Form):
    """“The balance is…”: the forecast goes on from there.

    Attributes:
        account: Which account; hidden where there is only one.
        amount, seen_on: What is on it, and at the end of which day.
        forget_buttons: Take back what was seen, newest first.
    """

    def __init__(self, session: Session, cash_account_id: str = "") -> None:
        """Start with an account.

        Args:
            session: The open file.
            cash_account_id: The account that is chosen at first; empty for the first one.
        """
        super().__init__(session)
        self.account = ChoiceField()
        accounts = session.store.cash_accounts.all()
        self.account.set_choices((account.id, account.name) for account in accounts)
        self.account.set_key(cash_account_id)
        self.amount, self.seen_on = AmountField(self._chosen.currency), SeenField(session.today)
        self.account.changed.connect(self._on_account)
        self.add(self.account, self.amount, self.seen_on)
        self.account.setHidden(len(accounts) < 2)  # noqa: PLR2004 - one is no choice
        self.seen_on.set_day(session.today)
        if self.account.isHidden() or cash_account_id:
            self.setFocusProxy(self.amount.input)
        self.forget_buttons: list[LinkButton] = []
        self._heading, self._seen = heading_label(), QVBoxLayout()
        self._past = QWidget()
        column = QVBoxLayout(self._past)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._heading)
        column.addLayout(self._seen)
        self.column.insertWidget(self.column.count() - 1, self._past)
        self._line: AccountLine | None = self._forecast()
        session.changed.connect(self._on_stored)
        self.refresh()

    @property
    def _chosen(self) -> CashAccount:
        return self.session.store.cash_accounts.get(self.account.value())

    def _forecast(self) -> AccountLine | None:
        """What the forecast says of the chosen account."""
        view = cash_view(self.session.store, self.session.today)
        rows = (row for each in view.currencies for row in each.accounts)
        return next((row.line for row in rows if row.account.id == self.account.value()), None)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.account.say(_("Account"))
        self.amount.say(_("Balance"), _("As your bank or app shows it; with a minus if it is overdrawn."))
        self.seen_on.say(_("Seen on"))
        self.seen_on.echo()
        self._show_seen()
        self.on_change()

    def _show_seen(self) -> None:
        """Show what was seen before, newest first."""
        account = self.session.store.cash_accounts.find(self.account.value() or "")
        self.setEnabled(account is not None)
        clear(self._seen)
        self.forget_buttons = []
        seen = sorted(account.balances, key=lambda each: each.on, reverse=True) if account else []
        self._past.setVisible(bool(seen))
        self._heading.setText(_("Seen before"))
        for balance in seen[:_MOST_SEEN]:
            self._add_seen(balance)
        order_tabs(self)

    def _add_seen(self, balance: Balance) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        label, button = text_label(), LinkButton()
        text = _("{date}: {what}").format(date=show(balance.on), what=show(balance.amount))
        label.tell(text, made_seen(balance))
        button.setText(_("Delete"))
        button.setAccessibleName(_("Delete: {what}").format(what=text))
        button.clicked.connect(partial(self._forget, balance.id))
        row.addWidget(label, 1)
        row.addWidget(button)
        self._seen.addLayout(row)
        self.forget_buttons.append(button)

    def _forget(self, balance_id: str, _checked: object = None) -> None:
        self.session.do(N_("Delete the balance"), forget_balance, self.account.value(), balance_id)

    def _on_account(self) -> None:
        self.amount.set_currency(self._chosen.currency)
        self._line = self._forecast()
        self._show_seen()

    @override
    def on_change(self) -> None:
        try:
            amount: Money = self.amount.value()
            on = self.seen_on.value()
        except PlannerError:
            self.show_preview("")
            return
        words = against_forecast(self._line, amount, on) if self._line is not None else None
        self.show_preview(explain(words) if words is not None else "", words)

    @override
    def submit(self) -> bool:
        saved = self.session.do(
            N_("Record the balance"),
            see_balance,
            self.account.value(),
            self.amount.value(),
            self.seen_on.value(),
        )
        return saved is not None

    def _on_stored(self, tables: frozenset[str]) -> None:
        if tables == EVERYTHING or tables & {"cash_accounts", "cash_balances"}:
            self._line = self._forecast() if self.session.has_store else None
            self.refresh()
