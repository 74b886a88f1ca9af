"""The form for a cash account: what it is called, and what is on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner import i18n
from planner.compat import override
from planner.domain.cash.account import Balance, CashAccount
from planner.errors import PlannerError
from planner.gui.fields import AmountField, ChoiceField, DateField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.pages.terms_choice import currency_choices
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.cash import save_cash_account


class SeenAheadError(PlannerError):
    """A balance of a day that has not come yet."""

    message = N_("This day has not come yet. Enter the day on which you saw the balance.")


class SeenField(DateField):
    """The day on which a balance was seen: today or earlier."""

    @override
    def read(self, text: str) -> date:
        on = super().read(text)
        if on > self.today:
            raise SeenAheadError
        return on

    @override
    def set_hint(self, hint: str) -> None:
        # Nobody can tell what was paid after the look: whoever pays later on that day looks again.
        about = _("It counts as that of the evening: what is paid on that day is taken off already.")
        super().set_hint("\n".join(filter(None, (hint, about))))


class CashAccountForm(Form):
    """A new cash account with the balance of a day, or the name of one that is to be changed.

    Attributes:
        saved_id: The id of what was saved; empty before.
        name: What the user calls it.
        currency: Its currency; it stays as it is once a balance is recorded.
        amount, seen_on: What is on it, and at the end of which day; only for a new one.
        note: The user's own words.
    """

    def __init__(self, session: Session, account: CashAccount | None = None) -> None:
        """Start empty, or with an account that is to be changed.

        Args:
            session: The open file.
            account: The account to change; None for a new one.
        """
        super().__init__(session)
        self._known = account
        self.saved_id = ""
        currency = account.currency if account is not None else _usual_currency(session)
        self.name, self.currency = TextField(), ChoiceField()
        self.amount, self.seen_on = AmountField(currency), SeenField(session.today)
        self.note = NoteField()
        # Before the form's own slot, so that its preview sees the new currency.
        self.currency.changed.connect(self._on_currency)
        self.add(self.name, self.amount, self.seen_on, self.currency)
        for field in (self.amount, self.seen_on):
            field.setVisible(account is None)
        self.more(self.note)
        self.seen_on.set_day(session.today)
        self.refresh()
        self.currency.set_key(currency)
        if account is not None:
            self.name.set_text(account.name)
            self.note.set_text(account.note)
            self.currency.setEnabled(not account.balances)
            if account.note:
                self.more_button.click()
            self._say_currency()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.name.say(_("What you call the account"), _("For example: current account, payment app, purse"))
        self.amount.say(_("Balance"), _("As your bank or app shows it; with a minus if it is overdrawn."))
        self.seen_on.say(_("Seen on"))
        self._say_currency()
        self.note.say(_("Note"))

    def _say_currency(self) -> None:
        choices = dict(currency_choices())
        code = self._known.currency if self._known is not None else _usual_currency(self.session)
        if code not in choices:
            choices[code] = _("{name} ({code})").format(name=i18n.currency_name(code), code=code)
        is_fixed = not self.currency.isEnabled()
        hint = _("It stays as it is, since a balance is recorded.") if is_fixed else ""
        self.currency.say(_("Currency"), hint)
        self.currency.set_choices(choices.items())

    def _on_currency(self) -> None:
        self.amount.set_currency(str(self.currency.value()))

    @override
    def submit(self) -> bool:
        account = self._account()
        title = N_("Add a cash account") if self._known is None else N_("Change the cash account")
        saved = self.session.do(title, save_cash_account, account)
        if saved is None:
            return False
        self.saved_id = saved.id
        return True

    def _account(self) -> CashAccount:
        name, currency, note = self.name.value(), str(self.currency.value()), self.note.value()
        if self._known is None:
            seen = Balance(self.seen_on.value(), self.amount.value())
            return CashAccount(name, currency, (seen,), note)
        stored = self.session.store.cash_accounts.find(self._known.id) or self._known
        return replace(stored, name=name, currency=currency, note=note)


def _usual_currency(session: Session) -> str:
    usual = "EUR" if i18n.language() == "fr" else "CNY"
    return session.store.settings.get("currency") or usual
