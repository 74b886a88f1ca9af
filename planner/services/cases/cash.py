"""Whether the money is there when an account is debited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.domain.account import Account
from planner.domain.cash.account import without_balance
from planner.domain.cash.forecast import forecast
from planner.domain.position import Position
from planner.domain.procedures.recorded import ShortDebit
from planner.services.balance import HORIZON
from planner.services.cash_forecast import cash_basis
from planner.store.store import Store


def short_debits(store: Store, account: Account, position: Position) -> tuple[ShortDebit, ...]:
    """The days on which an account is debited and not all of the money for it is there, by the forecast.

    The account counts as debited by itself even before that is set up, since this is asked beforehand. All
    debits of a day on one cash account count together. What is unknown is no shortage.

    Args:
        store: The open store.
        account: The account with a lender.
        position: What is recorded on the day it is asked; that of the account or of all.
    """
    today = position.on
    until = today + timedelta(days=HORIZON)
    basis = cash_basis(store, today, until)
    basis = replace(basis, credits={**basis.credits, account.id: replace(account, automatic=True)})
    currency = account.currency
    accounts = basis.accounts_in(currency)
    if not accounts or without_balance(accounts, today):
        return ()
    floor = store.cash_rules.of(currency).floor
    found = forecast(accounts, basis.movements(currency), floor, today, until)
    return tuple(
        ShortDebit(each.on, each.missing.value, each.account.name)
        for each in basis.needed(currency, found)
        if each.missing is not None and any(debit.account_id == account.id for debit in each.debits)
    )
