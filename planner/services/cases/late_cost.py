"""What of a payment is late cost: what it comes to beyond what was late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.bill import AT_PAYING, ONCE_SETTLED, Charge, LineKind
from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.procedures.case import Case
from planner.domain.procedures.paying import PayDay
from planner.phrases import Phrase
from planner.services.cases.paying import counting_towards, late_on, pay_day
from planner.store.store import Store


def late_cost_in(store: Store, case: Case, payment: Payment, today: date) -> Charge | None:
    """What of a payment that is not recorded yet is late cost: up to the high end of the sources.

    Args:
        store: The open store.
        case: The case in which it is paid.
        payment: The payment.
        today: The day it is recorded.

    Returns:
        The charge to record with it; None if it is not more than what was late, or the cost is unknown.
    """
    return late_cost_of(store, payment, today, case.started_on)


def late_cost_of(store: Store, payment: Payment, today: date, since: date | None = None) -> Charge | None:
    """What of a payment is late cost, wherever it is recorded.

    Args:
        store: The open store.
        payment: The payment, which is not recorded yet.
        today: The day it is recorded.
        since: The day from which earlier payments belong to it; None if none does.
    """
    if payment.paid_on > today:
        return None
    first = payment.paid_on if since is None else min(since, payment.paid_on)
    found = _paid(store, payment.account_id, first, today, payment)
    if found is None or found[0].cost is None:
        return None
    return _charge(found[0], payment, AT_PAYING)


def made_late_cost(
    store: Store, charge: Charge, since: date, today: date, new: Payment | None = None
) -> Derived[Money]:
    """What is recorded as late cost, and how that was made.

    Args:
        store: The open store.
        charge: What one of the functions here said is late cost.
        since: The day from which payments belong to it.
        today: The day it is recorded.
        new: The payment that is not recorded yet; None if all are.
    """

    def derivation() -> Derivation:
        found = _paid(store, charge.account_id, min(since, charge.posted_on), today, new)
        given = [Given(Phrase("Late cost"), charge.amount)]
        if found is not None:
            day = found[0]
            given = [Given(Phrase("Paid"), day.paid), Given(Phrase("Late by then"), day.late)]
            if day.cost is not None:
                given.append(Given(Phrase("Late cost by then"), day.cost))
        rule = Phrase("Late cost = what is paid − what was late, at most what being late costs by any source")
        return Derivation(rule, tuple(given))

    return Derived(charge.amount, derivation)


def still_late_cost(store: Store, charge: Charge) -> Money:
    """What of a payment is late cost as the record stands now; nothing once the payment is gone.

    Args:
        store: The open store, without the charge.
        charge: What was recorded as its late cost.
    """
    payment = store.payments.find(charge.id.removesuffix(AT_PAYING).removesuffix(ONCE_SETTLED))
    if payment is None:
        return charge.amount.zero
    cases = store.cases.of_account(payment.account_id)
    starts = {payment.paid_on, *(case.started_on for case in cases if case.started_on <= payment.paid_on)}
    most = payment.amount.zero
    for since in starts:
        found = _paid(store, payment.account_id, since, payment.paid_on, payment)
        if found is not None and found[1].id == payment.id:
            now = _charge(found[0], payment, charge.id.removeprefix(payment.id))
            most = max(most, now.amount) if now is not None else most
    return most


def settled_cost(store: Store, case: Case, today: date) -> Charge | None:
    """What of the payments of a case is late cost, once the lender's app shows everything late as settled.

    Where the cost is not known and something else is to be paid, the rest may be for that.
    """
    found = _paid(store, case.account_id, case.started_on, today)
    if found is None:
        return None
    day, last = found
    if day.cost is None and _has_other_dues(store, case, day):
        return None
    return _charge(day, last, ONCE_SETTLED)


def _has_other_dues(store: Store, case: Case, day: PayDay) -> bool:
    """Whether anything but what was late is to be paid, as if nothing had been paid in the case."""
    whole = store.ledgers.whole(store.accounts.get(case.account_id))
    before = replace(whole, payments=[paid for paid in whole.payments if paid.paid_on < case.started_on])
    late = {due.id for due in day.dues}
    return any(due.id not in late for due in position((before,), day.on).open_dues)


def forget_settled_cost(store: Store, case: Case) -> None:
    """Take back what was recorded as late cost because the app showed everything late as settled."""
    for paid in store.payments.of_account(case.account_id):
        charge = store.charges.find(paid.id + ONCE_SETTLED)
        if charge is not None and not store.bills.holding(charge.id):
            store.charges.delete(charge.id)


def _paid(
    store: Store, account_id: str, since: date, today: date, new: Payment | None = None
) -> tuple[PayDay, Payment] | None:
    """What had to be paid by the day of the last payment and what was, and that payment.

    Args:
        store: The open store.
        account_id: The account.
        since: The day from which payments belong to it.
        today: The last day that counts.
        new: A payment to be counted in as it is here, whether it is recorded or not; None for none.
    """
    account = store.accounts.get(account_id)
    whole = store.ledgers.whole(account)
    known = [paid for paid in whole.payments if new is None or paid.id != new.id]
    before = replace(whole, payments=[paid for paid in known if paid.paid_on < since])
    payments = [paid for paid in known if since <= paid.paid_on <= today]
    if new is not None:
        payments.append(new)
    counting = counting_towards(late_on(before, today), payments)
    last = max(counting, key=lambda paid: paid.paid_on, default=None)
    if last is None:
        return None
    late = late_on(before, last.paid_on)
    if not late:
        return None
    return pay_day(store, account, before, late, last.paid_on, counting)[0], last


def _charge(day: PayDay, payment: Payment, ending: str) -> Charge | None:
    most = min(day.paid, day.wanted.high) if day.cost is not None else day.paid
    amount = min(most - day.late, payment.amount)
    if amount.minor <= 0:
        return None
    return Charge(payment.account_id, LineKind.PENALTY, amount, day.on, id=payment.id + ending)
