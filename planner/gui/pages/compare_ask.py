"""What is to be compared: a bill, a purchase, or a typed amount with somebody's terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from planner.compat import override
from planner.domain.account import Account
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.money import Money
from planner.domain.offers.question import Question
from planner.domain.recorded import as_recorded
from planner.domain.terms import Terms
from planner.gui.asking import Answering, Why, why
from planner.gui.fields import AmountField, ChoiceField, DateField
from planner.gui.layouts import Columns
from planner.gui.pages.terms_choice import NOBODY, currency_choices, terms_choices
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.services.app_rates import with_rates
from planner.services.compare import (
    account_of_terms,
    may_be_compared,
    question_of,
    typed_question,
)

TYPED = ""


class AskBar(Answering, QWidget):
    """The fields that make a question of what is to be settled.

    Attributes:
        what: A bill, a purchase, or a typed amount.
        amount: The typed amount.
        terms: Whose terms count for it.
        currency: Its currency, where nobody's do.
        due: When it is due, if the user says.
        rates: The monthly fees that the user's app shows, by whose terms, where no account keeps them.

    Signals:
        changed: The question is another one.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """Build the fields."""
        super().__init__()
        self._session = session
        self._dues: dict[str, Due] = {}
        self._also = ""
        self.rates: dict[str, dict[int, Decimal]] = {}
        self._typed: tuple[Money | None, date | None] = (None, None)
        self.what = ChoiceField()
        self.amount = AmountField("CNY")
        self.terms = ChoiceField()
        self.currency = ChoiceField()
        self.due = DateField(session.today, is_required=False)
        row = Columns(13)
        for field in (self.what, self.amount, self.terms, self.currency, self.due):
            row.addWidget(field)
            field.changed.connect(self._on_changed)
        self.setLayout(row)

    def choose(self, due_id: str) -> bool:
        """Ask about a recorded due, of whatever kind; False if it is not open."""
        self._also = due_id
        self._say_dues()
        if due_id not in self._dues:
            return False
        self.what.set_key(due_id)
        self._show_fields()
        return True

    def refresh(self) -> None:
        """Set every text, and offer what there is now."""
        self._say_dues()
        is_first = not self.terms.box.count()
        self.terms.say(_("Whose terms"))
        self.terms.set_choices(terms_choices(self._session))
        self.currency.say(_("Currency"))
        self.currency.set_choices(currency_choices())
        if is_first:
            self.terms.box.setCurrentIndex(0)
        self.due.today = self._session.today
        self.due.say(_("Due on"))
        # What was understood is written again in the language of now.
        money, day = self._typed
        if money is not None and not self.amount.edit.hasFocus():
            self.amount.set_money(money)
        if day is not None:
            self.due.set_day(day)
        self._show_fields()

    def _say_dues(self) -> None:
        session = self._session
        open_dues = {due.id: due for due in session.store.ledgers.position(session.today).open_dues}
        self._dues = {due.id: due for due in may_be_compared(session.store, session.today)}
        if self._also in open_dues:
            self._dues.setdefault(self._also, open_dues[self._also])
        names = {account.id: account.name for account in session.store.accounts.all()}
        self.what.say(_("What is to be paid"))
        typed = (TYPED, _("An amount that I type"))
        self.what.set_choices([typed, *((due.id, _due_words(due, names)) for due in self._dues.values())])

    def _show_fields(self) -> None:
        is_typed = self.what.value() == TYPED
        for field in (self.amount, self.terms, self.due):
            field.setVisible(is_typed)
        self.currency.setVisible(is_typed and self.terms.value() == NOBODY)
        self.amount.say(_("Amount"))
        self.amount.set_currency(self.account.currency if self.account else self.currency.value())

    @property
    def account(self) -> Account | None:
        """The account, or the product made into one, whose terms count for a typed amount."""
        key = self.terms.value()
        return account_of_terms(self._session.store, key) if key else None

    @property
    def kept_account(self) -> Account | None:
        """The recorded account whose terms count; None if no account keeps them."""
        due = self._dues.get(self.what.value())
        return self._session.store.accounts.find(due.account_id if due is not None else self.terms.value())

    @property
    def kept_rates(self) -> dict[int, Decimal]:
        """The rates for this comparison only; none where an account keeps them."""
        return {} if self.kept_account is not None else self.rates.get(self.terms.value(), {})

    @property
    def known_terms(self) -> Terms:
        """The terms that count, without the rates for this comparison only."""
        account = self.kept_account or self.account
        return account.terms if account is not None else Terms()

    def question(self) -> Question | None:
        """What is to be settled; None as long as nothing is chosen or typed that can be read.

        Raises:
            NothingToCompareError: The amount is nothing or less.
        """
        session = self._session
        due = self._dues.get(self.what.value())
        if due is not None:
            return question_of(session.store, due, session.today)
        amount = self.amount.money()
        if amount is None:
            return None
        account = self.account
        if self.kept_rates:
            account = account or Account("", "", amount.currency)
            terms = with_rates(account.terms, self.kept_rates, session.today)
            account = replace(account, terms=terms)
        calendar = session.store.ledgers.calendar_of(account) if account is not None else None
        return typed_question(amount, account, session.today, self.due.day(), calendar=calendar)

    def made_amount(self, question: Question) -> Derived[Money]:
        """The amount that is to be settled, and how it was made."""
        due = self._dues.get(self.what.value())
        if due is not None and due.open == question.amount:
            return due.still_due
        return as_recorded(question.label, question.amount)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        due = self._dues.get(self.what.value())
        return why(explain(due.label), due.still_due) if due is not None else None

    def _on_changed(self) -> None:
        self._show_fields()
        self._typed = (self.amount.money(), self.due.day())
        self.changed.emit()


def _due_words(due: Due, names: dict[str, str]) -> str:
    figures = {"account": names[due.account_id], "what": explain(due.label), "amount": show(due.open)}
    if due.due_on is None:
        return _("{account}: {what}, {amount}").format(**figures)
    return _("{account}: {what}, {amount}, due {date}").format(**figures, date=show(due.due_on))
