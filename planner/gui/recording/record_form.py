"""What every form about something recorded on an account has in common."""

from __future__ import annotations

from planner.domain.account import Account, State
from planner.gui.fields import ChoiceField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _


class RecordForm(Form):
    """A form that begins with the account, where there is a choice.

    Attributes:
        account: Which account; hidden where there is only one or it cannot change.
        saved_id: The id of what was recorded; empty before.
    """

    def __init__(self, session: Session, account_id: str = "", *, is_new: bool = True) -> None:
        """Offer the accounts that are not closed.

        Args:
            session: The open file.
            account_id: The account that is chosen at first.
            is_new: Whether something new is recorded; what is recorded stays on its account.
        """
        super().__init__(session)
        self.saved_id = ""
        accounts = [
            account
            for account in session.store.accounts.all()
            if account.id == account_id or account.life_on(session.today) is not State.CLOSED
        ]
        self.account = ChoiceField()
        self.account.set_choices((account.id, account.name) for account in accounts)
        self.account.set_key(account_id)
        # Before the form's own preview, which is then of the new account and in its currency.
        self.account.changed.connect(self.on_account)
        self.add(self.account)
        self.account.setHidden(not is_new or len(accounts) < 2)  # noqa: PLR2004 - one is no choice

    @property
    def chosen(self) -> Account:
        """The account that is chosen."""
        return self.session.store.accounts.get(self.account.value())

    def refresh(self) -> None:
        """Set every text; each form has its own and calls this one too."""
        super().refresh()
        self.account.say(_("Account"))

    def on_account(self) -> None:
        """Follow another account: its currency, its dates."""
