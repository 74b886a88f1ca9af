"""What is late, and until when: ticked bills and instalments, or a made-up amount."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from planner.domain.account import Account
from planner.domain.due import Due
from planner.domain.money import Money
from planner.domain.overdue import LateCost
from planner.domain.terms import TermClaim, Terms
from planner.gui.asking import WHY, why
from planner.gui.fields import AmountField, ChoiceField, DateField
from planner.gui.layouts import Columns
from planner.gui.pages.due_list import DueList
from planner.gui.pages.terms_choice import NOBODY, currency_choices, terms_choices
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.services.compare import account_of_terms
from planner.services.late_cases import is_asked_for
from planner.services.overdue import (
    NOTHING_ELSE,
    Asked,
    accounts_with_dues,
    cost_of_delay,
    cost_of_delay_typed,
    may_be_late,
    with_claims,
)

EXAMPLE = ""
_FIELD = 13
_USUAL_DAYS = 90
_ID = Qt.ItemDataRole.UserRole


class LateAsk(QWidget):
    """The fields that say what is late and until when.

    Attributes:
        account: Whose dues, or a made-up amount.
        until: The chosen day of paying.
        dues: What can be late, each with a box.
        amount, due, terms, currency: The made-up amount.
        claims: What the user knows of the terms, by whose terms, where no account keeps it.

    Signals:
        changed: Something else is late, or until another day.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """Build the fields."""
        super().__init__()
        self._session = session
        self._ticked: dict[str, set[str]] = {}
        self._typed: tuple[Money | None, date | None] = (None, None)
        self._until = session.today + timedelta(days=_USUAL_DAYS)
        self.claims: dict[str, tuple[TermClaim, ...]] = {}
        self._asked: dict[str, Asked] = {}
        self.account = ChoiceField()
        self.until = DateField(session.today)
        self.amount = AmountField("CNY")
        self.due = DateField(session.today)
        self.terms, self.currency = ChoiceField(), ChoiceField()
        self._dues_label = QLabel()
        self.dues = DueList()
        self._dues_label.setBuddy(self.dues)
        fields = Columns(_FIELD)
        for field in (self.account, self.terms, self.currency, self.amount, self.due, self.until):
            fields.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(fields)
        column.addWidget(self._dues_label)
        column.addWidget(self.dues)
        self.account.changed.connect(self._on_account)
        self.dues.itemChanged.connect(self._on_ticked)
        for field in (self.until, self.amount, self.due, self.terms, self.currency):
            field.changed.connect(self._on_changed)

    # --- drawing ---

    def refresh(self) -> None:
        """Set every text, and offer what there is now."""
        session = self._session
        self._say_accounts()
        is_first = not self.terms.box.count()
        self.terms.say(_("Whose terms"))
        self.terms.set_choices(terms_choices(session))
        if is_first:
            self.terms.box.setCurrentIndex(0)
        self.currency.say(_("Currency"))
        self.currency.set_choices(currency_choices())
        self.amount.say(_("Amount"))
        self.until.today = self.due.today = session.today
        self.until.say(_("Paid on"))
        self.until.set_day(max(self._until, session.today))
        self.due.say(_("Due on"))
        money, day = self._typed
        if money is not None and not self.amount.edit.hasFocus():
            self.amount.set_money(money)
        if day is not None:
            self.due.set_day(day)
        self._dues_label.setText(_("What is paid late"))
        self.dues.setAccessibleName(_("What is paid late"))
        self._show_fields()

    def _say_accounts(self) -> None:
        session = self._session
        is_first = not self.account.box.count()
        self.account.say(_("Account"))
        accounts = [(found.id, found.name) for found in accounts_with_dues(session.store, session.today)]
        self.account.set_choices([*accounts, (EXAMPLE, _("A made-up amount"))])
        if is_first:
            self.account.box.setCurrentIndex(0)

    def _show_fields(self) -> None:
        is_typed = self.account.value() == EXAMPLE
        for field in (self.amount, self.due, self.terms):
            field.setVisible(is_typed)
        self.currency.setVisible(is_typed and self.terms.value() == NOBODY)
        self._dues_label.setVisible(not is_typed)
        self.dues.setVisible(not is_typed)
        if is_typed:
            account = account_of_terms(self._session.store, self.terms.value())
            self.amount.set_currency(account.currency if account else self.currency.value())
        else:
            self._list_dues(self.account.value())

    def _list_dues(self, account_id: str) -> None:
        today = self._session.today
        found = may_be_late(self._session.store, account_id, today)
        # What is late is ticked; where nothing is, the next one, as a "what if".
        usual = {due.id for due in found if is_asked_for(due, today)} or {due.id for due in found[:1]}
        ticked = self._ticked.get(account_id, usual)
        blocker = QSignalBlocker(self.dues)
        row = self.dues.currentRow()
        self.dues.clear()
        for due in found:
            item = QListWidgetItem(_due_words(due, today))
            item.setData(_ID, due.id)
            item.setData(WHY, partial(why, explain(due.label), due.still_due))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if due.id in ticked else Qt.CheckState.Unchecked)
            self.dues.addItem(item)
        self.dues.setCurrentRow(min(max(row, 0), len(found) - 1))
        blocker.unblock()
        self.dues.fit_height()

    def choose(self, due_id: str) -> bool:
        """Tick one due and nothing else; False if it is not open or has no date."""
        session = self._session
        due = session.store.ledgers.position(session.today).due(due_id)
        if due is None or due.due_on is None or not due.open:
            return False
        self._say_accounts()
        self._ticked[due.account_id] = {due_id}
        self.account.set_key(due.account_id)
        self._show_fields()
        return True

    def choose_account(self, account_id: str) -> bool:
        """Ask about what is late on an account; False if nothing on it could be."""
        self._say_accounts()
        if self.account.box.findData(account_id) < 0:
            return False
        self.account.set_key(account_id)
        self._show_fields()
        return True

    def call_in(self, account_id: str, asked: Asked) -> bool:
        """Ask about everything on an account at once; False if nothing on it has a date."""
        if not self.choose_account(account_id):
            return False
        found = may_be_late(self._session.store, account_id, self._session.today)
        self._ticked[account_id] = {due.id for due in found}
        self._show_fields()
        self.asked = asked
        return True

    # --- what is asked ---

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of what is ticked, in order."""
        items = (self.dues.item(row) for row in range(self.dues.count()))
        return tuple(item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked)

    @property
    def is_made_up(self) -> bool:
        """Whether a made-up amount is asked about."""
        return bool(self.account.value() == EXAMPLE)

    @property
    def lender(self) -> Account | None:
        """The account, or the product made into one, that is asked about."""
        key = self.terms.value() if self.is_made_up else self.account.value()
        account = account_of_terms(self._session.store, key) if key else None
        claims = self.claims.get(key)
        if account is not None and claims is not None and self.kept_account is None:
            return replace(account, terms=with_claims(account.terms, claims))
        return account

    @property
    def kept_account(self) -> Account | None:
        """The recorded account whose terms count; None if no account keeps them."""
        key = self.terms.value() if self.is_made_up else self.account.value()
        return self._session.store.accounts.find(key) if key else None

    @property
    def known_terms(self) -> Terms:
        """The terms that count, with what the user knows."""
        lender = self.lender
        return lender.terms if lender is not None else with_claims(Terms(), self.claims.get(NOBODY, ()))

    @property
    def asked(self) -> Asked:
        """What else is to be compared, for whose debt it was asked."""
        return self._asked.get(self._debt, NOTHING_ELSE)

    @asked.setter
    def asked(self, asked: Asked) -> None:
        self._asked[self._debt] = asked

    @property
    def _debt(self) -> str:
        """An account, or what is typed in one currency."""
        return self.currency_now if self.is_made_up else str(self.account.value())

    @property
    def currency_now(self) -> str:
        """The currency of what is asked about."""
        account = self.lender if self.is_made_up else self.kept_account
        return account.currency if account is not None else str(self.currency.value())

    def try_out(self, asked: Asked) -> None:
        """See whether something else can be compared.

        Raises:
            PlannerError: It cannot.
        """
        kept, self.asked = self.asked, asked
        try:
            self.cost()
        finally:
            self.asked = kept

    def cost(self) -> LateCost | None:
        """What being late costs; None as long as nothing is asked that can be read.

        Raises:
            PlannerError: Nothing is chosen, or a day that cannot be.
        """
        session, until = self._session, self.until.day()
        if until is None:
            return None
        if not self.is_made_up:
            return cost_of_delay(session.store, self.ticked, session.today, until, self.asked)
        amount, due_on = self.amount.money(), self.due.day()
        if amount is None or due_on is None:
            return None
        law, product = (self.lender.law, self.lender.product) if self.lender is not None else ("", "")
        terms, today = self.known_terms, session.today
        return cost_of_delay_typed(amount, due_on, terms, today, until, self.asked, law=law, product=product)

    def _on_account(self) -> None:
        self._show_fields()
        self.changed.emit()

    def _on_ticked(self) -> None:
        self._ticked[self.account.value()] = set(self.ticked)
        self.changed.emit()

    def _on_changed(self) -> None:
        self._typed = (self.amount.money(), self.due.day())
        self._until = self.until.day() or self._until
        if self.is_made_up:
            self._show_fields()
        self.changed.emit()


def _due_words(due: Due, today: date) -> str:
    figures = {"what": explain(due.label), "amount": show(due.open), "date": show(due.due_on)}
    if due.due_on is None:
        return _("{what}, {amount}").format(**figures)
    when = explain(due.standing(today))
    return _("{what}, {amount}, due {date} ({when})").format(**figures, when=when)
