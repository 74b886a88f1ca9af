"""How the dates of what is due were made, with who says what the account's cycle is."""

from __future__ import annotations

from datetime import date

from planner.domain.account import Account
from planner.domain.dates import DueDay
from planner.domain.derivation import Derivation, Derived
from planner.domain.due import Due, DueKind
from planner.domain.due_dates import made_due_date, made_statement_date
from planner.domain.sourced import Source
from planner.phrases import Phrase
from planner.store.store import Store


def due_date(store: Store, due: Due) -> Derived[date | None]:
    """When something is due, and how that was made."""

    def made() -> Derivation:
        account = store.accounts.get(due.account_id)
        return made_due_date(due, account.cycle, _since(store, due), cycle_source(store, account)).derivation

    return Derived(due.due_on, made)


def purchase_due(store: Store, account: Account, bought_on: date, day: DueDay) -> Derived[date]:
    """When a purchase that is on no bill would be due, and how that was made.

    Args:
        store: The open store.
        account: Whose.
        bought_on: When it is or would be bought.
        day: When it is due by the cycle of the account.
    """

    def made() -> Derivation:
        due = Due(DueKind.PURCHASE, "", account.id, Phrase("Purchase"), day.on, {}, doubt=day.doubt)
        return made_due_date(due, account.cycle, bought_on, cycle_source(store, account)).derivation

    return Derived(day.on, made)


def statement_date(
    store: Store, account: Account, today: date, statement_on: date | None, due_on: date | None
) -> Derived[date | None]:
    """When the lender makes the next bill that is not recorded yet, and how that was made.

    Args:
        store: The open store.
        account: The account.
        today: The day.
        statement_on: When; None if that is unknown or it makes none.
        due_on: When that bill is due; None if that is unknown.
    """

    def made() -> Derivation:
        source = cycle_source(store, account)
        return made_statement_date(account.cycle, today, statement_on, due_on, source).derivation

    return Derived(statement_on, made)


def cycle_source(store: Store, account: Account) -> Source | None:
    """Who says what the cycle of an account is; None for the user, who may have changed it."""
    from planner.services.catalogue import product  # noqa: PLC0415 - read only when somebody asks

    sheet = product(store, account.product) if account.product else None
    return sheet.cycle_source if sheet is not None and sheet.cycle == account.cycle else None


def _since(store: Store, due: Due) -> date | None:
    """The day that a due date counts from."""
    match due.kind:
        case DueKind.PURCHASE:
            purchase = store.purchases.find(due.id)
            return purchase.bought_on if purchase is not None else None
        case DueKind.BILL:
            bill = store.bills.find(due.id)
            return bill.statement_on if bill is not None else None
        case _:
            return due.known_on if due.kind is DueKind.ADJUSTMENT else None
