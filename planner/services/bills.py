"""Wishes about what is recorded on an account: purchases, bills, plans, payments, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.domain.bill import Adjustment, Bill, Charge
from planner.domain.due import Due, DueKind
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.billing import candidates, project
from planner.services.paid_cost import follow_payment
from planner.services.typed import fit_to_keep
from planner.store.repository import Repository
from planner.store.store import Store


class AmountNotPositiveError(PlannerError):
    """An amount of nothing or less where there has to be one."""

    message = N_("The amount has to be more than zero.")


class AccountCurrencyError(PlannerError):
    """An amount in another currency than its account."""

    message = N_("This account is in {currency}: an amount in {other} does not belong on it.")


class MinimumTooLargeError(PlannerError):
    """A minimum above the bill."""

    message = N_("The minimum of {minimum} is more than the bill of {amount}.")


class RefundTooLargeError(PlannerError):
    """More came back than was paid."""

    message = N_("{refund} cannot come back from {amount}.")


class CarriesItselfError(PlannerError):
    """A bill that carries its own rest."""

    message = N_("A bill can only carry the rest of an earlier bill.")


class HeldTwiceError(PlannerError):
    """Something that would stand on two bills, and so be due twice."""

    message = N_("“{what}” already stands on the bill of {date}.")


class BillMovedError(PlannerError):
    """A bill that would take its lines to another account, where what they hold is not."""

    message = N_("A bill stays on its account. Delete it, and add it to the other account.")


class NothingToCorrectError(PlannerError):
    """The app and the record agree."""

    message = N_("The app says {stated}, and so does this record: there is nothing to correct.")


def save_purchase(store: Store, purchase: Purchase) -> Purchase:
    """Add a purchase or change it.

    Raises:
        AmountNotPositiveError: It costs nothing.
        RefundTooLargeError: More came back than was paid.
    """
    if not purchase.source_key:  # what a file says is known again by its words
        purchase = fit_to_keep(purchase, "merchant", "description", "category")
    save_purchases(store, (purchase,))
    return purchase


def save_purchases(store: Store, purchases: Sequence[Purchase]) -> None:
    """Add purchases or change them, tens of thousands at once.

    Raises:
        AmountNotPositiveError: One costs nothing.
        AccountCurrencyError: One is in another currency than its account.
        RefundTooLargeError: More came back of one than was paid.
    """
    by_account: dict[str, list[Money]] = {}
    for purchase in purchases:
        by_account.setdefault(purchase.account_id, []).append(purchase.amount)
        _positive(purchase.amount)
        if purchase.refunded > purchase.amount:
            raise RefundTooLargeError(refund=purchase.refunded, amount=purchase.amount)
    for account_id, amounts in by_account.items():
        check_currency(store, account_id, *amounts)
    store.purchases.save_all(purchases)


def refund_purchase(store: Store, purchase_id: str, amount: Money, on: date) -> Purchase:
    """Note that money came back; it lowers what is not in instalments, fees are not refunded.

    Source: m.tjduoduo.cn/news/show-263115.html.
    """
    _positive(amount)
    return save_purchase(store, with_refund(store.purchases.get(purchase_id), amount, on))


def with_refund(purchase: Purchase, amount: Money, on: date) -> Purchase:
    """The purchase as it is when more has come back."""
    return replace(purchase, refunds=(*purchase.refunds, Refund(amount, on)))


def delete_refund(store: Store, purchase_id: str, refund_id: str) -> Purchase:
    """Take back that money came back."""
    purchase = store.purchases.get(purchase_id)
    kept = tuple(refund for refund in purchase.refunds if refund.id != refund_id)
    return save_purchase(store, replace(purchase, refunds=kept))


def save_bill(store: Store, bill: Bill) -> Bill:
    """Add a bill or change it.

    Raises:
        AmountNotPositiveError: It has no lines, or a line of nothing, or a minimum of less than nothing.
        AccountCurrencyError: It is in another currency than its account.
        MinimumTooLargeError: Its minimum is more than the whole.
        CarriesItselfError: It carries itself or a later bill.
        BillMovedError: It was on another account.
        HeldTwiceError: Another bill holds one of the things that it would hold.
    """
    known = store.bills.find(bill.id)
    if known is not None and known.account_id != bill.account_id:
        raise BillMovedError
    if not bill.lines or any(not line.amount for line in bill.lines):
        raise AmountNotPositiveError
    check_currency(store, bill.account_id, bill.amount)
    if bill.minimum is not None and bill.minimum.minor < 0:
        raise AmountNotPositiveError
    if bill.minimum is not None and bill.minimum > max(bill.amount, bill.amount.zero):
        raise MinimumTooLargeError(minimum=bill.minimum, amount=bill.amount)
    for carried_id in bill.carries:
        carried = store.bills.find(carried_id)
        if carried is None and known is not None and carried_id in known.carries:
            continue  # deleted since; what it carries of it is still owed
        if carried_id == bill.id or carried is None or carried.statement_on >= bill.statement_on:
            raise CarriesItselfError
    for line in bill.lines:
        others = store.bills.holding(line.refers_to) if line.refers_to else []
        other = next((other for other in others if other.id != bill.id), None)
        if other is not None:
            raise HeldTwiceError(what=line.label or line.amount, date=other.statement_on)
    lines = tuple(line if line.refers_to else fit_to_keep(line, "label") for line in bill.lines)
    bill = fit_to_keep(replace(bill, lines=lines) if lines != bill.lines else bill, "note", "category")
    store.bills.save(bill)
    return bill


def bill_from_record(store: Store, bill: Bill, *, stated: Money | None = None) -> Bill:
    """The projected bill of an account made real: what is on no bill yet, and rows due by then.

    Args:
        store: The open store.
        bill: Its account, its dates and what else is known of it; lines come from the record.
        stated: What the statement asks for; what is not recorded of it is a line that is not itemised.

    Raises:
        AmountNotPositiveError: There is nothing to bill.
    """
    found = candidates(store, bill.account_id, bill.statement_on, bill.due_on)
    lines = project(found, store.accounts.get(bill.account_id).currency, stated).lines
    return save_bill(store, replace(bill, lines=lines))


def save_charge(store: Store, charge: Charge) -> Charge:
    """Add a charge that the lender has posted, or change it.

    Raises:
        AmountNotPositiveError: It charges nothing.
        AccountCurrencyError: It is in another currency than its account.
    """
    _positive(charge.amount)
    check_currency(store, charge.account_id, charge.amount)
    charge = fit_to_keep(charge, "note")
    store.charges.save(charge)
    return charge


def pay(store: Store, payment: Payment) -> Payment:
    """Record money paid back, or change the record. More than is due is kept as a credit, never refused.

    Raises:
        AmountNotPositiveError: Nothing was paid.
        AccountCurrencyError: It is in another currency than its account.
    """
    _positive(payment.amount)
    check_currency(store, payment.account_id, payment.amount)
    payment = fit_to_keep(payment, "note")
    known = store.payments.find(payment.id)
    store.payments.save(payment)
    if known is not None:
        follow_payment(store, known, payment)
    return payment


def our_figure(store: Store, account_id: str, on: date, bill_id: str = "") -> Money:
    """What is still to pay by this record on a day: of a bill, or on the whole account less its credit."""
    currency = store.accounts.get(account_id).currency
    known = store.ledgers.history(account_id, on)
    if bill_id:
        due = known.due(bill_id)  # None once a plan took all of it, or a correction left nothing
        return due.open if due is not None else Money(0, currency)
    total = sum_of((due.open for due in known.open_dues), currency)
    return total - known.credit.get(account_id, total.zero)


def correctable(store: Store, account_id: str, today: date, bill_id: str = "") -> tuple[Due, ...]:
    """The bills of an account that can be checked by themselves: the open ones, and one that is named."""
    dues = store.ledgers.history(account_id, today).dues
    return tuple(due for due in dues if due.kind is DueKind.BILL and (due.open or due.id == bill_id))


def correction(
    store: Store, account_id: str, stated: Money, on: date, reason: str, bill_id: str = ""
) -> Adjustment | None:
    """The correction that would be recorded; None if the app and the record agree.

    Args:
        store: The open store.
        account_id: The account.
        stated: What the app says.
        on: The day it said so.
        reason: The user's words.
        bill_id: The bill it is about; empty for everything open on the account.
    """
    difference = stated - our_figure(store, account_id, on, bill_id)
    return Adjustment(account_id, difference, stated, on, reason, bill_id) if difference else None


def correct(
    store: Store, account_id: str, stated: Money, on: date, reason: str, bill_id: str = ""
) -> Adjustment:
    """Record what the lender's app says is still to pay, and the difference to our figure.

    Raises:
        NothingToCorrectError: The app and the record agree.
    """
    adjustment = correction(store, account_id, stated, on, reason, bill_id)
    if adjustment is None:
        raise NothingToCorrectError(stated=stated)
    adjustment = fit_to_keep(adjustment, "reason")
    store.adjustments.save(adjustment)
    return adjustment


def delete_recorded(store: Store, kind: DueKind | str, value_id: str) -> None:
    """Delete something recorded; what a bill or a plan held or took over is open again."""
    repositories: dict[str, Repository[Any]] = {
        "bill": store.bills,
        "purchase": store.purchases,
        "charge": store.charges,
        "adjustment": store.adjustments,
        "payment": store.payments,
        "plan": store.plans,
        "instalment": store.plans,
    }
    if kind == "bill":
        for adjustment in store.adjustments.all():
            if adjustment.bill_id == value_id:
                store.adjustments.delete(adjustment.id)
    if kind in {"plan", "instalment"}:
        for agreed in store.agreements.of_plan(value_id):
            from planner.services.agreements import check_not_replaced  # noqa: PLC0415 - it records plans itself

            check_not_replaced(store, agreed)
            store.agreements.delete(agreed.id)
    gone = store.payments.get(value_id) if kind == "payment" else None
    repositories[str(kind)].delete(value_id)
    if gone is not None:
        follow_payment(store, gone, None)


def check_currency(store: Store, account_id: str, *amounts: Money) -> None:
    """See that amounts are in the currency of an account: there are no exchange rates.

    Raises:
        AccountCurrencyError: One is not.
    """
    currency = store.accounts.get(account_id).currency
    for amount in amounts:
        if amount.currency != currency:
            raise AccountCurrencyError(currency=currency, other=amount.currency)


def _positive(amount: Money) -> None:
    if amount.minor <= 0:
        raise AmountNotPositiveError
