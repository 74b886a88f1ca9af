"""What every form about something recorded on an account has in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint

from planner.compat import override
from planner.domain.account import Account, State
from planner.domain.derivation import Derived
from planner.gui.asking import Why, why_named
from planner.gui.fields import ChoiceField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _


class RecordForm(Form):
    """A form that begins with the account, where there is a choice.

    What it shows beside the preview, such as an amount in a choice, is asked with the keyboard on it: then
    the figures of the preview and those answer.

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

    def figures(self) -> list[Derived[Any]]:
        """What it shows beside the preview: each form has its own."""
        return []

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        previewed = super().answer(at)
        if at is not None or (not self.figures() and previewed is None):
            return previewed
        named = previewed.figures if previewed is not None else ()
        return why_named("", (*named, *(("", figure) for figure in self.figures())))

    def refresh(self) -> None:
        """Set every text; each form has its own and calls this one too."""
        super().refresh()
        self.account.say(_("Account"))

    def on_account(self) -> None:
        """Follow another account: its currency, its dates."""
