"""Wishes about what is recorded on an account: purchases, bills, plans, payments, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.dates import add_months
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.position import DueKind, moved_into_plans
from planner.domain.purchase import Purchase, Refund
from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.store import Store


class AmountNotPositiveError(PlannerError):
    """An amount of nothing or less where there has to be one."""

    message = N_("The amount has to be more than zero.")


class MinimumTooLargeError(PlannerError):
    """A minimum above the bill."""

    message = N_("The minimum of {minimum} is more than the bill of {amount}.")


class RowsMismatchError(PlannerError):
    """The rows of an instalment plan do not add up to its principal."""

    message = N_("The rows add up to {total}, not to the {principal} of the plan.")


class NoRowsError(PlannerError):
    """A plan without rows."""

    message = N_("A plan has at least one instalment.")


class MovesTooMuchError(PlannerError):
    """A plan takes more out of a purchase or bill than is in it."""

    message = N_("Only {left} can be turned into instalments here, not {principal}.")


class RefundTooLargeError(PlannerError):
    """More came back than was paid."""

    message = N_("{refund} cannot come back from {amount}.")


class CarriesItselfError(PlannerError):
    """A bill that carries its own rest."""

    message = N_("A bill can only carry the rest of an earlier bill.")


class NothingToCorrectError(PlannerError):
    """The app and the record agree."""

    message = N_("The app says {stated}, and so does this record: there is nothing to correct.")


class Reach(StrEnum):
    """Which rows of a plan an edit reaches."""

    ONE = "one"
    LATER = "later"
    ALL = "all"


def save_purchase(store: Store, purchase: Purchase) -> Purchase:
    """Add a purchase or change it.

    Raises:
        AmountNotPositiveError: It costs nothing.
        RefundTooLargeError: More came back than was paid.
    """
    _positive(purchase.amount)
    if purchase.refunded > purchase.amount:
        raise RefundTooLargeError(refund=purchase.refunded, amount=purchase.amount)
    store.purchases.save(purchase)
    return purchase


def refund_purchase(store: Store, purchase_id: str, amount: Money, on: date) -> Purchase:
    """Note that money came back; it lowers what is not in instalments, fees are not refunded.

    Source: m.tjduoduo.cn/news/show-263115.html.
    """
    _positive(amount)
    purchase = store.purchases.get(purchase_id)
    return save_purchase(store, replace(purchase, refunds=(*purchase.refunds, Refund(amount, on))))


def save_bill(store: Store, bill: Bill) -> Bill:
    """Add a bill or change it.

    Raises:
        AmountNotPositiveError: It has no lines, or a line of nothing.
        MinimumTooLargeError: Its minimum is more than the whole.
        CarriesItselfError: It carries itself or a later bill.
    """
    if not bill.lines or any(not line.amount for line in bill.lines):
        raise AmountNotPositiveError
    if bill.minimum is not None and bill.minimum > max(bill.amount, bill.amount.zero):
        raise MinimumTooLargeError(minimum=bill.minimum, amount=bill.amount)
    for carried_id in bill.carries:
        carried = store.bills.find(carried_id)
        if carried_id == bill.id or carried is None or carried.statement_on >= bill.statement_on:
            raise CarriesItselfError
    store.bills.save(bill)
    return bill


def bill_from_record(
    store: Store, account_id: str, statement_on: date, due_on: date, minimum: Money | None = None
) -> Bill:
    """The projected bill of an account made real: its unbilled purchases and charges, and rows due by then.

    Raises:
        AmountNotPositiveError: There is nothing to bill.
    """
    account = store.accounts.get(account_id)
    ledger = store.ledgers.whole(account)
    held = {line.refers_to for known in ledger.bills for line in known.lines if line.refers_to}
    moved = moved_into_plans(ledger.plans)
    lines = [
        BillLine(LineKind.PURCHASE, left, purchase.id, purchase.merchant or purchase.description)
        for purchase in ledger.purchases
        if purchase.id not in held
        and account.cycle.statement_of(purchase.bought_on) in {None, statement_on}
        and purchase.bought_on <= statement_on
        and (left := purchase.net - moved.get(purchase.id, purchase.net.zero)).minor > 0
    ]
    lines += [
        BillLine(LineKind.INSTALMENT, row.total, row.id, f"{plan.name} {row.number}/{plan.count}")
        for plan in ledger.plans
        for row in plan.rows
        if row.id not in held and statement_on <= row.due_on <= due_on
    ]
    lines += [
        BillLine(charge.kind, charge.amount, charge.id, charge.note)
        for charge in ledger.charges
        if charge.id not in held and charge.posted_on <= statement_on
    ]
    return save_bill(store, Bill(account_id, statement_on, due_on, tuple(lines), minimum))


def save_charge(store: Store, charge: Charge) -> Charge:
    """Add a charge that the lender has posted, or change it.

    Raises:
        AmountNotPositiveError: It charges nothing.
    """
    _positive(charge.amount)
    store.charges.save(charge)
    return charge


def save_plan(store: Store, plan: InstalmentPlan) -> InstalmentPlan:
    """Add an instalment plan or change it; its principal leaves the purchase or bill it was made of.

    Raises:
        NoRowsError: It has no rows.
        RowsMismatchError: The rows do not add up to its principal.
        MovesTooMuchError: It takes more out of its origin than is in it.
    """
    if not plan.rows:
        raise NoRowsError
    _positive(plan.principal)
    total = sum_of((row.principal for row in plan.rows), plan.principal.currency)
    if total != plan.principal:
        raise RowsMismatchError(total=total, principal=plan.principal)
    left = movable(store, plan)
    if left is not None and plan.principal > left:
        raise MovesTooMuchError(left=left, principal=plan.principal)
    store.plans.save(plan)
    return plan


def movable(store: Store, plan: InstalmentPlan) -> Money | None:
    """How much a plan may take out of what it is made of; None if it is made of nothing recorded."""
    if not plan.origin_id:
        return None
    origin: Money
    if plan.origin is OriginKind.PURCHASE:
        origin = store.purchases.get(plan.origin_id).net
    elif plan.origin is OriginKind.BILL:
        origin = store.bills.get(plan.origin_id).amount
    else:
        return None
    others = (
        other
        for other in store.plans.of_account(plan.account_id)
        if other.origin_id == plan.origin_id and other.id != plan.id
    )
    return origin - sum_of((other.principal for other in others), origin.currency)


def change_rows(store: Store, plan_id: str, rows: Sequence[Instalment]) -> InstalmentPlan:
    """Replace the rows of a plan; what is due follows from them and is stored nowhere.

    Raises:
        RowsMismatchError: The rows do not add up to the plan's principal.
    """
    return save_plan(store, replace(store.plans.get(plan_id), rows=tuple(rows)))


def edited_rows(
    rows: Sequence[Instalment],
    number: int,
    reach: Reach,
    *,
    due_on: date | None = None,
    fee: Money | None = None,
    principal: Money | None = None,
) -> tuple[Instalment, ...]:
    """The rows of a plan after an edit of one, of it and later ones, or of all.

    A new date moves the following rows to the same day of their months. A new principal on one row
    leaves the others; the sum is checked on saving, so that a bank's uneven rows can be copied one
    by one.

    Args:
        rows: The rows as they are.
        number: The row that was edited.
        reach: Which rows follow it.
        due_on: Its new due date.
        fee: Its new fee.
        principal: Its new principal.
    """
    edited = []
    for row in rows:
        is_reached = (
            reach is Reach.ALL or row.number == number or (reach is Reach.LATER and row.number > number)
        )
        if not is_reached:
            edited.append(row)
            continue
        new_due = row.due_on if due_on is None else add_months(due_on, row.number - number, due_on.day)
        edited.append(
            replace(
                row,
                due_on=new_due,
                fee=row.fee if fee is None else fee,
                principal=row.principal if principal is None else principal,
            )
        )
    return tuple(edited)


def pay(store: Store, payment: Payment) -> Payment:
    """Record money paid back, or change the record. More than is due is kept as a credit, never refused.

    Raises:
        AmountNotPositiveError: Nothing was paid.
    """
    _positive(payment.amount)
    store.payments.save(payment)
    return payment


def correct(
    store: Store, account_id: str, stated: Money, on: date, reason: str, bill_id: str = ""
) -> Adjustment:
    """Record what the lender's app says is still to pay, and the difference to our figure.

    Args:
        store: The open store.
        account_id: The account.
        stated: What the app says.
        on: The day it said so.
        reason: The user's words.
        bill_id: The bill it is about; empty for everything open on the account.

    Raises:
        NothingToCorrectError: The app and the record agree.
    """
    position = store.ledgers.history(account_id, on)
    due = position.due(bill_id) if bill_id else None
    credit = position.credit.get(account_id, stated.zero)
    ours = (
        due.open
        if due is not None
        else sum_of((d.open for d in position.open_dues), stated.currency) - credit
    )
    if stated == ours:
        raise NothingToCorrectError(stated=stated)
    adjustment = Adjustment(account_id, stated - ours, stated, on, reason, bill_id)
    store.adjustments.save(adjustment)
    return adjustment


def delete_recorded(store: Store, kind: DueKind | str, value_id: str) -> None:
    """Delete a purchase, bill, plan, charge, payment or correction; what it held is open again."""
    repository = {
        "bill": store.bills,
        "purchase": store.purchases,
        "charge": store.charges,
        "adjustment": store.adjustments,
        "payment": store.payments,
        "plan": store.plans,
        "instalment": store.plans,
    }[str(kind)]
    if kind == "bill":
        for adjustment in store.adjustments.all():
            if adjustment.bill_id == value_id:
                store.adjustments.delete(adjustment.id)
    repository.delete(value_id)


def _positive(amount: Money) -> None:
    if amount.minor <= 0:
        raise AmountNotPositiveError
