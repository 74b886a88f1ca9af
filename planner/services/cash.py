"""Wishes about cash: where it lies, what was seen there, which account pays, and what should be left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.debt_to_income import high_share, notice_share
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.typed import fit_to_keep
from planner.store.store import Store


class CashNameError(PlannerError):
    """A cash account, an income or an expense without a name."""

    message = N_("Give it a name that you will recognise.")


class CashCurrencyError(PlannerError):
    """An amount in another currency than the cash account that it moves on."""

    message = N_("{name} is in {currency}: an amount in {other} does not belong on it.")


class CashCurrencyFixedError(PlannerError):
    """The currency of something with amounts cannot change."""

    message = N_("The currency cannot be changed once amounts are recorded with it.")


class RulesShareError(PlannerError):
    """Shares of the income that cannot be told apart."""

    message = N_("Give shares above 0 %, of which the first is not above the second.")


class RulesAmountError(PlannerError):
    """A reserve or a cap below nothing."""

    message = N_("A reserve or a limit cannot be below zero. Leave the field empty for none.")


# --- where cash lies -------------------------------------------------------------------------------


def save_cash_account(store: Store, account: CashAccount) -> CashAccount:
    """Add a cash account or change it.

    Raises:
        CashNameError: It has no name.
        CashCurrencyFixedError: Amounts are recorded with it in another currency.
    """
    if not account.name.strip():
        raise CashNameError
    known = store.cash_accounts.find(account.id)
    if known is not None and known.currency != account.currency and _is_used(store, known):
        raise CashCurrencyFixedError
    account = fit_to_keep(account, "name", "note")
    store.cash_accounts.save(account)
    return account


def _is_used(store: Store, account: CashAccount) -> bool:
    return bool(account.balances or store.cash_flows.of_cash_account(account.id)) or any(
        credit.cash_account_id == account.id for credit in store.accounts.all()
    )


def delete_cash_account(store: Store, cash_account_id: str) -> None:
    """Delete a cash account and what was seen on it.

    What was tied to it moves on the first account of its currency from now on.
    """
    for flow in store.cash_flows.of_cash_account(cash_account_id):
        store.cash_flows.save(replace(flow, cash_account_id=""))
    for credit in store.accounts.all():
        if credit.cash_account_id == cash_account_id:
            store.accounts.save(replace(credit, cash_account_id=""))
    store.cash_accounts.delete(cash_account_id)


def see_balance(store: Store, cash_account_id: str, amount: Money, on: date) -> CashAccount:
    """Note what was on a cash account at the end of a day, in the place of what was noted for that day.

    Raises:
        CashCurrencyError: The amount is in another currency.
    """
    account = store.cash_accounts.get(cash_account_id)
    check_currency(account, amount)
    seen = [balance for balance in account.balances if balance.on != on]
    balances = sorted((*seen, Balance(on, amount)), key=lambda balance: balance.on)
    account = replace(account, balances=tuple(balances))
    store.cash_accounts.save(account)
    return account


def forget_balance(store: Store, cash_account_id: str, balance_id: str) -> CashAccount:
    """Take back what was noted for one day."""
    account = store.cash_accounts.get(cash_account_id)
    kept = tuple(balance for balance in account.balances if balance.id != balance_id)
    account = replace(account, balances=kept)
    store.cash_accounts.save(account)
    return account


def pays_from(store: Store, account_id: str, cash_account_id: str) -> Account:
    """Say which cash account pays what a lender asks for.

    Args:
        store: The open store.
        account_id: The account with the lender.
        cash_account_id: The cash account; empty for the first one of the currency.

    Raises:
        CashCurrencyError: They are in different currencies.
    """
    account = store.accounts.get(account_id)
    if cash_account_id:
        check_currency(store.cash_accounts.get(cash_account_id), Money(0, account.currency))
    account = replace(account, cash_account_id=cash_account_id)
    store.accounts.save(account)
    return account


def pay_from(store: Store, ties: Mapping[str, str]) -> tuple[Account, ...]:
    """Say of several accounts with lenders which cash account pays them, as one step.

    Args:
        store: The open store.
        ties: The cash account by the account with the lender; empty for the first one of the currency.

    Raises:
        CashCurrencyError: Two that are tied are in different currencies.
    """
    return tuple(pays_from(store, account_id, chosen) for account_id, chosen in ties.items())


def check_currency(account: CashAccount, amount: Money) -> None:
    """Refuse an amount in another currency than its cash account.

    Raises:
        CashCurrencyError: It is in another one.
    """
    if amount.currency != account.currency:
        raise CashCurrencyError(name=account.name, currency=account.currency, other=amount.currency)


# --- what should be left ---------------------------------------------------------------------------


def save_rules(store: Store, rules: CashRules) -> CashRules:
    """Say what should always be left of the cash of a currency, and what to be told of.

    Raises:
        RulesAmountError: One of them is below nothing.
        RulesShareError: A share is not above nothing, or the first is above the second.
        CashCurrencyError: One of them is in another currency.
    """
    for amount in (rules.reserve, rules.spending_cap):
        if amount is not None and amount.currency != rules.currency:
            raise CashCurrencyError(name=rules.currency, currency=rules.currency, other=amount.currency)
        if amount is not None and amount.minor < 0:
            raise RulesAmountError
    for share in (rules.notice_share, rules.high_share):
        if share is not None and share <= 0:
            raise RulesShareError
    if notice_share(rules).value > high_share(rules).value:
        raise RulesShareError
    if rules.is_empty:
        store.cash_rules.delete(rules.id)
    else:
        store.cash_rules.save(rules)
    return rules
