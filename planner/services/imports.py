"""Import a statement: what each of its rows becomes, decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.domain.account import Account
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.accounts import save_account
from planner.services.bills import pay, save_purchases
from planner.services.import_plan import Becomes, ImportPlan, MethodUse, PlannedRow, Recorded
from planner.services.import_planner import (
    BAITIAO_REPAID,
    OtherCurrencyError,
    method_of,
    names_baitiao,
    names_credit,
    plan_from,
)
from planner.statements.detect import read_statement
from planner.statements.statement import Statement
from planner.store.store import Store

__all__ = [  # one door for windows and command line, with what lies behind it
    "BAITIAO",
    "BAITIAO_REPAID",
    "Becomes",
    "CannotReadError",
    "FileTooLargeError",
    "ImportPlan",
    "MethodUse",
    "OtherCurrencyError",
    "PlannedRow",
    "RecordChangedError",
    "Recorded",
    "UnansweredError",
    "apply_import",
    "method_of",
    "names_baitiao",
    "names_credit",
    "plan_from",
    "plan_import",
    "read_file",
    "recorded",
    "suggest_mapping",
]

BAITIAO = "jd-baitiao"  # the product whose accounts are meant by methods that name it
_MOST_BYTES = 100_000_000


class CannotReadError(PlannerError):
    """The file is not there, or is no file."""

    message = N_("{name} could not be read: {reason}")


class FileTooLargeError(PlannerError):
    """The file is larger than any export."""

    message = N_("{name} is far larger than an export of a statement. Nothing was imported.")


class UnansweredError(PlannerError):
    """It is not said what some payment methods stand for."""

    message = N_(
        "Choose an account or “Not credit, ignored” for each of these payment methods: {methods}. "
        "Nothing was imported."
    )


class RecordChangedError(PlannerError):
    """The record is not what it was when the plan was made."""

    message = N_("The record has changed since this preview. Please look at what each row becomes once more.")


def read_file(path: Path) -> Statement:
    """Read a file, whole or not at all.

    Raises:
        CannotReadError: It is not there, or may not be read.
        FileTooLargeError: It is larger than any export.
        StatementError: It is not what it seems, or not certain; the refusal names the line.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileTooLargeError(name=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise CannotReadError(name=path.name, reason=error.strerror or str(error)) from error
    return read_statement(data, path.name)


def recorded(store: Store) -> Recorded:
    """What the record holds that a plan has to know."""
    return Recorded(
        {account.id: account for account in store.accounts.all()},
        store.purchases.all(),
        store.payments.all(),
        frozenset(line.refers_to for bill in store.bills.all() for line in bill.lines if line.refers_to),
        store.ended_orders.all(),
        store.state,
    )


def suggest_mapping(store: Store, statement: Statement) -> dict[str, str | None]:
    """What is known about the statement's payment methods; what is not known is left out, never guessed.

    What the user has said before comes first. A method that names Baitiao, and its repayments, are the
    only account of that product, if there is just one.
    """
    accounts = {account.id: account for account in store.accounts.all()}
    remembered = store.methods.all()
    baitiao = [
        account.id
        for account in accounts.values()
        if account.product == BAITIAO and account.currency == statement.currency
    ]
    mapping: dict[str, str | None] = {}
    for method in dict.fromkeys(method_of(row) for row in statement.rows):
        if method in remembered:
            known = remembered[method]
            if known is None or accounts[known].currency == statement.currency:
                mapping[method] = known
        elif names_baitiao(method) and len(baitiao) == 1:
            mapping[method] = baitiao[0]
    return mapping


def plan_import(
    store: Store,
    statement: Statement,
    mapping: Mapping[str, str | None],
    new_accounts: Iterable[Account] = (),
) -> ImportPlan:
    """Decide what every row of a statement becomes; nothing is written.

    Args:
        store: The open store.
        statement: What was read.
        mapping: The account of each payment method; None for "not credit, ignored".
        new_accounts: Accounts of the mapping that are not recorded yet.

    Raises:
        OtherCurrencyError: A method was given an account in another currency.
    """
    return plan_from(recorded(store), statement, mapping, new_accounts)


def apply_import(store: Store, plan: ImportPlan, mapping: Mapping[str, str | None]) -> ImportPlan:
    """Record what a plan says and remember the mapping, within the caller's transaction.

    Returns:
        What was recorded.

    Raises:
        UnansweredError: It is not said what some methods stand for.
        RecordChangedError: Something else was recorded since the plan was made.
        OtherCurrencyError: A method was given an account in another currency.
    """
    if plan.unanswered:
        raise UnansweredError(methods="、".join(use.method for use in plan.unanswered))
    fresh = plan
    if not _still_holds(store, plan, mapping):
        # Made once more: between the preview and the wish, an undo may have changed the record.
        fresh = plan_import(store, plan.statement, mapping, plan.new_accounts)
        if [_outcome(planned) for planned in fresh.rows] != [_outcome(planned) for planned in plan.rows]:
            raise RecordChangedError
    wanted = {use.account_id for use in fresh.methods}
    for account in plan.new_accounts:
        if account.id in wanted:
            save_account(store, account)
    for use in fresh.methods:
        store.methods.put(use.method, use.account_id)
    save_purchases(store, fresh.purchases)
    for payment in fresh.payments:
        pay(store, payment)
    for purchase_id in fresh.withdrawn:
        store.purchases.delete(purchase_id)
    for order in fresh.ended:
        store.ended_orders.add(*order)
    return fresh


def _still_holds(store: Store, plan: ImportPlan, mapping: Mapping[str, str | None]) -> bool:
    """Whether a plan made now would be the same: nothing was recorded or answered since."""
    if plan.record is None or dict(mapping) != plan.mapping:
        return False
    return store.state == plan.record.state or recorded(store) == plan.record


def _outcome(planned: PlannedRow) -> tuple[Becomes, str]:
    return planned.becomes, planned.account_id
