"""What the record says of an account that a letter to its lender may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.due_sums import together
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.step_view import listed
from planner.phrases import Phrase
from planner.services.hardship import UNNAMED_LENDER
from planner.store.store import Store

_MOST_PAYMENTS = 3


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the record says of an account.

    Attributes:
        account: The account.
        today: The day.
        open_dues: What is still to pay, by date.
        late: What of it should have been paid by now.
        credit: What was paid beyond all dues; None if nothing was.
        payments: The last payments, the newest first.
    """

    account: Account
    today: date
    open_dues: tuple[Due, ...]
    late: tuple[Due, ...]
    credit: Derived[Money] | None
    payments: tuple[Payment, ...]

    @property
    def lender(self) -> str:
        """Who lends; empty if that is not known."""
        return "" if self.account.lender == UNNAMED_LENDER else self.account.lender

    @property
    def owed_words(self) -> tuple[Phrase, ...]:
        """What is open."""
        values = {"today": self.today, "account": self.account.name}
        if not self.open_dues:
            return (Phrase("By my own record of {today}, nothing is open on {account}.", **values),)
        owed = together(self.open_dues, self.account.currency)
        return (
            Phrase(
                "By my own record of {today}, {owed} is open on {account}. If your figures differ from mine, "
                "please send me a statement.",
                owed=owed,
                **values,
            ),
        )

    @property
    def late_words(self) -> tuple[Phrase, ...]:
        """What is late."""
        if not self.late:
            return (Phrase("By my own record nothing of it is late today."),)
        late = together(self.late, self.account.currency)
        first = self.late[0].due_on
        return (Phrase("By my own record {late} of it is late, since {date}.", late=late, date=first),)

    @property
    def paid_words(self) -> tuple[Phrase, ...]:
        """The last payments."""
        if not self.payments:
            return ()
        newest = self.payments[0]
        if len(self.payments) == 1:
            return (
                Phrase("My last payment was {amount} on {date}.", amount=newest.amount, date=newest.paid_on),
            )
        paid = [
            Phrase("{amount}, paid on {date}", amount=each.amount, date=each.paid_on)
            for each in self.payments
        ]
        return (Phrase("My last payments were {payments}.", payments=listed(paid)),)


def facts_of(store: Store, account_id: str, today: date) -> AccountFacts:
    """What the record says of an account on a day.

    Args:
        store: The open store.
        account_id: The account.
        today: The day.
    """
    account = store.accounts.get(account_id)
    position = store.ledgers.position(today).of_account(account_id)
    paid = [each for each in store.payments.of_account(account_id) if each.paid_on <= today]
    paid.sort(key=lambda each: each.paid_on, reverse=True)
    return AccountFacts(
        account,
        today,
        position.open_dues,
        position.late,
        position.made_credit(account_id),
        tuple(paid[:_MOST_PAYMENTS]),
    )
