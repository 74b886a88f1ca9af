"""What deserves a look about the cash: that it will not do, or that more was bought than was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.cash.account import without_balance
from planner.domain.cash.forecast import Forecast, forecast
from planner.domain.cash.line import Line
from planner.domain.cash.needed import Needed
from planner.domain.cash.rules import CashRules
from planner.domain.cash.spending import Spending, spending
from planner.domain.dates import add_months
from planner.domain.position import Position
from planner.domain.purchase import Purchase
from planner.domain.recorded import as_recorded
from planner.phrases import Phrase
from planner.services.balance import HORIZON
from planner.services.cash_forecast import cash_basis
from planner.store.store import Store


def cash_warnings(store: Store, position: Position, today: date) -> Iterator[tuple[str, Phrase]]:
    """What deserves a look today, the most pressing first.

    A currency is passed over where a balance is missing: what is unknown is no shortfall.

    Args:
        store: The open store.
        position: What is recorded today.
        today: The day.

    Yields:
        The currency, and what about it.
    """
    until = today + timedelta(days=HORIZON)
    basis = cash_basis(store, today, until, position)
    rules = {each.currency: each for each in store.cash_rules.all()}
    for currency in dict.fromkeys(account.currency for account in basis.accounts):
        accounts = basis.accounts_in(currency)
        if without_balance(accounts, today):
            continue
        floor = rules.get(currency, CashRules(currency)).floor
        found = forecast(accounts, basis.movements(currency), floor, today, until)
        words = shortfall(found, basis.needed(currency, found))
        if words is not None:
            yield currency, words
    for currency, each in rules.items():
        words = spending_of(store, today, each, basis.credits).words if each.spending_cap else None
        if words is not None:
            yield currency, words


def shortfall(found: Forecast, needed: Sequence[Needed]) -> Phrase | None:
    """When the cash will not do, and by how much; None if it will.

    Where it will do on all accounts together, what is missing on one for an automatic debit is told.

    Args:
        found: The forecast of one currency.
        needed: What lenders debit by themselves.
    """
    words = short_words(found)
    if words is not None:
        return words
    return next((each.words for each in needed if each.is_short), None)


def short_words(line: Line) -> Phrase | None:
    """The first day on which cash is short, and by how much; None if there is none."""
    if line.first_short is None:
        return None
    on = line.first_short.on
    if line.floor:
        return Phrase(
            "By the forecast, cash falls below the reserve of {reserve} on {date}: {missing} is missing.",
            reserve=as_recorded(Phrase("Reserve"), line.floor),
            date=on,
            missing=line.missing(on),
        )
    return Phrase(
        "By the forecast, cash does not suffice on {date}: {missing} is missing.",
        date=on,
        missing=line.missing(on),
    )


def spending_of(store: Store, today: date, rules: CashRules, accounts: Mapping[str, Account]) -> Spending:
    """What was bought on credit in the calendar month of a day, in the currency of some rules.

    Args:
        store: The open store.
        today: The day.
        rules: What the user wants of the cash of the currency.
        accounts: The accounts with lenders, by id.
    """
    first = today.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    own = [account.id for account in accounts.values() if account.currency == rules.currency]
    bought = [each for account_id in own for each in store.purchases.between(account_id, first, last)]

    def name(purchase: Purchase) -> Phrase:
        words = Phrase(
            "{account}, {date}", account=accounts[purchase.account_id].name, date=purchase.bought_on
        )
        return Phrase("{what}: {name}", what=words, name=purchase.label) if purchase.label else words

    return spending(bought, today, rules.currency, rules.spending_cap, name)
