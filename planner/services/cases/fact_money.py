"""Facts about the money that is there for the account of a case."""

from __future__ import annotations

from planner.domain.cash.account import without_balance
from planner.domain.cash.forecast import forecast
from planner.domain.dates import add_months
from planner.domain.procedures.kinds import FactKind
from planner.phrases import Phrase
from planner.services.cases.fact import LABELS, Asked, Fact
from planner.services.cases.worksheet import worksheet_of
from planner.services.cash_forecast import cash_basis

# Own choice: as far ahead as the shortest forecast of the place Cash.
_MONTHS = 3


def affordable(asked: Asked) -> Fact:
    """What a month has for the account, by the budget that Payoff offers lenders a part of."""
    kind, currency = FactKind.AFFORDABLE, asked.account.currency
    sheet = worksheet_of(asked.store, asked.account.id, asked.today)
    budget = sheet.budget
    if not budget.incomes:
        unknown = Phrase("Not known: no income is recorded.")
        act = Phrase("Record an income")
        return Fact(kind, LABELS[kind], unknown, (), is_known=False, act=act, place="cash", target=currency)
    if sheet.monthly is not None:
        return Fact(kind, LABELS[kind], sheet.monthly, budget.missing)
    return Fact(kind, Phrase("What a month has for all debts"), budget.available, budget.missing)


def cash_for_debits(asked: Asked) -> Fact:
    """What has to be there on the next day on which the lender debits by itself."""
    kind, currency, today = FactKind.CASH_FOR_DEBITS, asked.account.currency, asked.today
    if not asked.account.automatic:
        return Fact(kind, LABELS[kind], Phrase("Nothing: no automatic debit is recorded for this account."))
    basis = cash_basis(asked.store, today, add_months(today, _MONTHS))
    accounts = basis.accounts_in(currency)
    act = Phrase("Open Cash")
    if not accounts:
        unknown = Phrase("Not known: no account with cash is recorded.")
        return Fact(kind, LABELS[kind], unknown, (), is_known=False, act=act, place="cash", target=currency)
    found = None
    if not without_balance(accounts, today):
        floor = asked.store.cash_rules.of(currency).floor
        found = forecast(accounts, basis.movements(currency), floor, today, basis.until)
    own = (
        each
        for each in basis.needed(currency, found)
        if any(debit.account_id == asked.account.id for debit in each.debits)
    )
    needed = next(own, None)
    if needed is None:
        return Fact(kind, LABELS[kind], Phrase("Nothing is debited in the next three months."))
    value = Phrase(
        "{amount} on {date}, on {account}",
        amount=needed.needed,
        date=needed.on,
        account=Phrase.own(needed.account.name),
    )
    if needed.missing is not None:
        note = Phrase("By the forecast, {missing} of it is missing.", missing=needed.missing)
        return Fact(kind, LABELS[kind], value, (note,), act=act, place="cash", target=currency)
    if found is None:
        note = Phrase("Whether it is there is not known: no balance is recorded.")
        return Fact(kind, LABELS[kind], value, (note,), act=act, place="cash", target=currency)
    return Fact(kind, LABELS[kind], value)
