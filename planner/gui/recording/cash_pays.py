"""The form that says which cash account pays what each lender debits."""

from __future__ import annotations

from planner.compat import override
from planner.domain.account import Account
from planner.gui.fields import ChoiceField
from planner.gui.forms import Form
from planner.gui.labels import quiet_label
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.cash import pay_from


class CashPaysForm(Form):
    """One choice for each credit account whose currency some cash account has.

    Attributes:
        choices: The field of each credit account, by its id.
    """

    def __init__(self, session: Session) -> None:
        """Start with what the user said before."""
        super().__init__(session)
        self._about = quiet_label()
        self.column.insertWidget(0, self._about)
        self._accounts = payable_accounts(session)
        self.choices = {account.id: ChoiceField() for account in self._accounts}
        self.add(*self.choices.values())
        self.refresh()
        for account in self._accounts:
            self.choices[account.id].set_key(account.cash_account_id)

    @override
    def refresh(self) -> None:
        super().refresh()
        self._about.setText(
            _("What a lender debits by itself leaves this account. Without a choice it is the first one.")
        )
        for account in self._accounts:
            field = self.choices[account.id]
            field.say(account.name, _("debited automatically") if account.automatic else "")
            field.set_choices(paying_choices(self.session, account.currency))

    @override
    def submit(self) -> bool:
        before = {account.id: account.cash_account_id for account in self._accounts}
        ties = {key: str(field.value()) for key, field in self.choices.items()}
        changed = {key: chosen for key, chosen in ties.items() if chosen != before[key]}
        if not changed:
            return True
        done = self.session.do(N_("Choose which account pays"), pay_from, changed)
        return done is not None


def payable_accounts(session: Session) -> list[Account]:
    """The credit accounts in whose currency there is a cash account."""
    store = session.store
    currencies = {account.currency for account in store.cash_accounts.all()}
    return [account for account in store.accounts.all() if account.currency in currencies]


def paying_choices(session: Session, currency: str) -> list[tuple[str, str]]:
    """The cash accounts that can pay a lender in a currency, after that none is chosen."""
    accounts = [each for each in session.store.cash_accounts.all() if each.currency == currency]
    return [("", _("I have not said")), *((account.id, account.name) for account in accounts)]
