"""Wishes about accounts: open one, change it, correct its terms, take it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.account import Account, DatedState, LinkedService, Product, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.term import Term
from planner.domain.terms import TermClaim
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.bills import AmountNotPositiveError, save_bill
from planner.services.typed import fit_to_keep
from planner.store.store import Store


class NameMissingError(PlannerError):
    """An account without a name."""

    message = N_("Give the account a name, such as the lender’s.")


class LimitNotPositiveError(PlannerError):
    """A limit of nothing or less."""

    message = N_("A credit limit is more than zero. Leave the field empty if you do not know it.")


class CurrencyFixedError(PlannerError):
    """The currency of an account that holds something cannot change."""

    message = N_("The currency cannot be changed once something is recorded on the account.")


def account_from(product: Product, name: str, currency: str = "") -> Account:
    """A new account with its own copy of a product's terms, services and contacts; not saved yet.

    Args:
        product: The product; the blank one for any other credit.
        name: What the user calls it.
        currency: ISO 4217; the product's own if empty.
    """
    return Account(
        name=name,
        lender=product.lender,
        currency=currency or product.currency,
        product=product.id,
        cycle=product.cycle,
        terms=product.terms,
        services=tuple(LinkedService(service) for service in product.services),
        contacts=product.contacts,
        country=product.country,
    )


def save_account(store: Store, account: Account) -> Account:
    """Add an account or change it.

    Raises:
        NameMissingError: It has no name.
        LimitNotPositiveError: Its limit is nothing or less.
        CurrencyFixedError: It holds something in another currency.
    """
    if not account.name.strip():
        raise NameMissingError
    if account.limit is not None and account.limit.minor <= 0:
        raise LimitNotPositiveError
    known = store.accounts.find(account.id)
    if known is not None and known.currency != account.currency and holds_anything(store, account.id):
        raise CurrencyFixedError
    account = fit_to_keep(account, "name", "note")
    store.accounts.save(account)
    return account


def holds_anything(store: Store, account_id: str) -> bool:
    """Whether anything is recorded on an account."""
    recorded = (store.purchases, store.bills, store.plans, store.charges, store.payments, store.adjustments)
    return any(repository.of_account(account_id) for repository in recorded)


def delete_account(store: Store, account_id: str) -> None:
    """Delete an account and everything recorded on it, as one step."""
    for repository in (
        store.agreements,
        store.failed_debits,
        store.cases,
        store.payments,
        store.adjustments,
        store.charges,
        store.bills,
        store.plans,
        store.purchases,
    ):
        for value in repository.of_account(account_id):
            repository.delete(value.id)
    store.methods.forget_account(account_id)
    store.accounts.delete(account_id)


def override_term(store: Store, account_id: str, claim: TermClaim) -> Account:
    """Put the user's own contract above what is published; the published claims stay beside it."""
    account = store.accounts.get(account_id)
    claim = replace(claim, source=fit_to_keep(claim.source, "name"))
    account = replace(account, terms=account.terms.overridden(claim))
    store.accounts.save(account)
    return account


def restore_term(store: Store, account_id: str, term: Term, about: str = "") -> None:
    """Take the user's own claim on a term back."""
    account = store.accounts.get(account_id)
    store.accounts.save(replace(account, terms=account.terms.published(term, about)))


def set_service(store: Store, account_id: str, service_id: str, unlinked_on: date | None) -> None:
    """Note that a linked service was taken off the account, or is linked again."""
    account = store.accounts.get(account_id)
    services = tuple(
        replace(service, unlinked_on=unlinked_on) if service.id == service_id else service
        for service in account.services
    )
    store.accounts.save(replace(account, services=services))


def set_state(store: Store, account_id: str, state: State, since: date, note: str = "") -> None:
    """Note that an account entered a state; a stage of its life ends the one before.

    The same restriction never holds twice at a time: one that reached into the new one becomes part of it.
    """
    account = store.accounts.get(account_id)
    if state.is_restriction:
        same = [dated for dated in account.states if dated.state is state and _reaches(dated, since)]
        since = min([since, *(dated.since for dated in same)])
        states = tuple(dated for dated in account.states if dated not in same)
    else:
        states = tuple(
            _until(dated, since) if not dated.state.is_restriction and _reaches(dated, since) else dated
            for dated in account.states
        )
    store.accounts.save(replace(account, states=(*states, DatedState(state, since, None, note))))


def lift_restriction(store: Store, account_id: str, state: State, on: date) -> None:
    """Note that an account is no longer frozen, locked or reported."""
    account = store.accounts.get(account_id)
    states = tuple(
        _until(dated, on) if dated.state is state and dated.until is None else dated
        for dated in account.states
    )
    store.accounts.save(replace(account, states=states))


def _reaches(dated: DatedState, day: date) -> bool:
    """Whether a state still holds on a day, or begins after it."""
    return dated.until is None or dated.until > day


def _until(dated: DatedState, day: date) -> DatedState:
    """A state that ends on a day, and never before it began."""
    return replace(dated, until=max(day, dated.since))


def start_with_bill(store: Store, account: Account, amount: Money, today: date, due_on: date) -> Bill:
    """The first run: an account and its first bill, from a lender, an amount and a date.

    The statement date follows from the due date where the account’s cycle says so; else it is today.

    Raises:
        AmountNotPositiveError: The amount is nothing or less.
    """
    if amount.minor <= 0:
        raise AmountNotPositiveError
    save_account(store, account)
    statement_on = account.cycle.statement_due_on(due_on, store.ledgers.calendar_of(account)) or today
    statement_on = min(statement_on, today, due_on)
    bill = Bill(account.id, statement_on, due_on, (BillLine(LineKind.UNITEMISED, amount),))
    return save_bill(store, bill)
