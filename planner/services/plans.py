"""Wishes about instalment plans: what they are made of, their rows, and edits of those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.domain.account import Account
from planner.domain.bill import Bill
from planner.domain.dates import DueDay, add_months
from planner.domain.due import DueKind
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money, sum_of
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.bills import AmountNotPositiveError, check_currency
from planner.services.typed import fit_to_keep
from planner.store.store import Store


class RowsMismatchError(PlannerError):
    """The rows of an instalment plan do not add up to its principal."""

    message = N_("The rows add up to {total}, not to the {principal} of the plan.")


class NoRowsError(PlannerError):
    """A plan without rows."""

    message = N_("A plan has at least one instalment.")


class MovesTooMuchError(PlannerError):
    """A plan takes more out of a purchase or bill than is in it."""

    message = N_("Only {left} can be turned into instalments here, not {principal}.")


class NegativeRowError(PlannerError):
    """A row that repays or charges less than nothing."""

    message = N_("Instalment {number}: neither its principal nor its fee can be less than zero.")


class Reach(StrEnum):
    """Which rows of a plan an edit reaches."""

    ONE = "one"
    LATER = "later"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class RowEdit:
    """An edit of a row of a plan, and of the others that follow it; None leaves a part as it is.

    Attributes:
        number: The row that was edited.
        reach: Which rows follow it.
        due_on: Its new due date.
        principal: Its new principal.
        fee: Its new fee.
        interest: Its new interest.
    """

    number: int
    reach: Reach = Reach.ONE
    due_on: date | None = None
    principal: Money | None = None
    fee: Money | None = None
    interest: Money | None = None


@dataclass(frozen=True, slots=True)
class PlanOrigin:
    """A purchase or bill of which a plan can be made.

    Attributes:
        kind: Which of both.
        id: Its id.
        label: What to call it.
        amount: What is still to pay of it, and so can be turned into instalments.
        since: The day it was bought or is due, from which its instalments count.
    """

    kind: OriginKind
    id: str
    label: Phrase
    amount: Money
    since: date


def save_plan(store: Store, plan: InstalmentPlan) -> InstalmentPlan:
    """Add an instalment plan or change it; its principal leaves the purchase or bill it was made of.

    Raises:
        NoRowsError: It has no rows.
        AmountNotPositiveError: It repays nothing.
        AccountCurrencyError: It is in another currency than its account.
        NegativeRowError: A row repays or charges less than nothing.
        RowsMismatchError: The rows do not add up to its principal.
        MovesTooMuchError: It takes more out of its origin than is in it.
    """
    if not plan.rows:
        raise NoRowsError
    if plan.principal.minor <= 0:
        raise AmountNotPositiveError
    check_currency(store, plan.account_id, plan.principal)
    for row in plan.rows:
        if min(row.principal.minor, row.fee.minor, row.interest.minor) < 0:
            raise NegativeRowError(number=row.number)
    total = sum_of((row.principal for row in plan.rows), plan.principal.currency)
    if total != plan.principal:
        raise RowsMismatchError(total=total, principal=plan.principal)
    known = store.plans.find(plan.id)
    # What was recorded may stay as large as it is, also where some of it has come back since.
    is_larger = known is None or known.origin_id != plan.origin_id or plan.principal > known.principal
    left = movable(store, plan) if is_larger else None
    if left is not None and plan.principal > left:
        raise MovesTooMuchError(left=left, principal=plan.principal)
    plan = fit_to_keep(plan, "name")
    store.plans.save(plan)
    return plan


def movable(store: Store, plan: InstalmentPlan) -> Money | None:
    """How much a plan may take out of what it is made of; None if it is made of nothing recorded.

    What a bill holds of a purchase is the bill's to be turned into instalments.
    """
    if not plan.origin_id:
        return None
    origin: Money
    if plan.origin is OriginKind.PURCHASE and (purchase := store.purchases.find(plan.origin_id)) is not None:
        lines = [line for bill in store.bills.holding(purchase.id) for line in bill.lines]
        billed = (line.amount for line in lines if line.refers_to == purchase.id)
        origin = max(purchase.net - sum_of(billed, purchase.net.currency), purchase.net.zero)
    elif plan.origin is OriginKind.BILL and (bill := store.bills.find(plan.origin_id)) is not None:
        origin = bill.amount
    else:
        return None
    others = (
        other
        for other in store.plans.of_account(plan.account_id)
        if other.origin_id == plan.origin_id and other.id != plan.id
    )
    return origin - sum_of((other.principal for other in others), origin.currency)


def moved_out_of(store: Store, bill: Bill) -> Money:
    """How much of a recorded bill is in instalments already."""
    plans = [plan for plan in store.plans.made_of(bill.id) if plan.origin is OriginKind.BILL]
    return sum_of((plan.principal for plan in plans), bill.amount.currency)


def edited_rows(rows: Sequence[Instalment], edit: RowEdit) -> tuple[Instalment, ...]:
    """The rows of a plan after an edit of one, of it and later ones, or of all; each keeps its identity.

    A new date moves the following rows to the same day of their months. A new principal on one row
    leaves the others; the sum is checked on saving, so that a bank's uneven rows can be copied one
    by one.
    """
    number = edit.number
    edited = []
    for row in rows:
        is_reached = row.number == number or (
            edit.reach is Reach.ALL or (edit.reach is Reach.LATER and row.number > number)
        )
        if not is_reached:
            edited.append(row)
            continue
        due_on = edit.due_on
        edited.append(
            replace(
                row,
                due_on=row.due_on if due_on is None else add_months(due_on, row.number - number, due_on.day),
                principal=row.principal if edit.principal is None else edit.principal,
                fee=row.fee if edit.fee is None else edit.fee,
                interest=row.interest if edit.interest is None else edit.interest,
            )
        )
    return tuple(edited)


def rest_in_last(rows: Sequence[Instalment], missing: Money) -> RowEdit | None:
    """The edit that makes the rows repay what they should, by the last of them; None if it is too small.

    Args:
        rows: The rows.
        missing: What they still have to repay; below nothing where they repay too much.
    """
    principal = rows[-1].principal + missing
    return RowEdit(rows[-1].number, principal=principal) if missing and principal.minor >= 0 else None


def origins(store: Store, account_id: str, today: date) -> tuple[PlanOrigin, ...]:
    """The purchases and bills of an account with something left that a plan can be made of, by due date.

    A purchase that a bill holds is not among them: its bill is.
    """
    found = []
    for due in store.ledgers.position(today).open_dues:
        if due.account_id != account_id:
            continue
        if due.kind is DueKind.PURCHASE:
            since = store.purchases.get(due.id).bought_on
            found.append(PlanOrigin(OriginKind.PURCHASE, due.id, due.label, due.open, since))
        elif due.kind is DueKind.BILL:
            since = store.bills.get(due.id).due_on
            found.append(PlanOrigin(OriginKind.BILL, due.id, due.label, due.open, since))
    return tuple(found)


def usual_due(
    store: Store, account: Account, origin: PlanOrigin | None, number: int, today: date
) -> DueDay | None:
    """When a row of a plan is due by the account's cycle; None if the cycle is unknown.

    Args:
        store: The open store.
        account: Whose plan.
        origin: What the plan is made of; None for nothing that is recorded.
        number: Which row. Of a running plan made of nothing, the next due date is meant.
        today: The local day.
    """
    cycle, calendar = account.cycle, store.ledgers.calendar_of(account)
    if origin is not None and origin.kind is OriginKind.BILL:
        return cycle.dues_of_split_bill(origin.since, number, calendar)[-1]
    if origin is not None:
        dues = cycle.dues_of_purchase(origin.since, number, calendar)
        return dues[-1] if dues else None
    # What was bought a month ago is due next, unless that day has passed already.
    bought = (add_months(today, -1), today) if number > 1 else (today,)
    for day in bought:
        dues = cycle.dues_of_purchase(day, 1, calendar)
        if dues and dues[0].on >= today:
            return dues[0]
    return None


def dues_of_plan(
    store: Store, account: Account, origin: PlanOrigin | None, due_on: date, number: int, count: int
) -> tuple[DueDay, ...]:
    """When every row of a plan is due, if one of them is due on a day; that one stays as it is.

    Args:
        store: The open store.
        account: Whose plan.
        origin: What the plan is made of; None for nothing that is recorded.
        due_on: The day.
        number: Which row is due then.
        count: How many rows the plan has.
    """
    calendar = store.ledgers.calendar_of(account)
    bought_on = origin.since if origin is not None and origin.kind is OriginKind.PURCHASE else None
    return tuple(
        account.cycle.following(due_on, row - number, calendar, bought_on) for row in range(1, count + 1)
    )


def billed_numbers(store: Store, plan: InstalmentPlan) -> tuple[int, ...]:
    """The numbers of the rows that a recorded bill holds already."""
    return tuple(row.number for row in plan.rows if store.bills.holding(row.id))
