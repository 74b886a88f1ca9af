"""What goes to lenders, as movements of cash: what was paid, what is open, what a plan means to pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.account import Account, titled
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.due import Due
from planner.domain.money import sum_of
from planner.domain.payment import Payment
from planner.phrases import Phrase

if TYPE_CHECKING:
    from planner.domain.adopted.plan import AdoptedPlan, PlannedPayment


def payment_movements(payments: Iterable[Payment], accounts: Mapping[str, Account]) -> tuple[Movement, ...]:
    """What was paid to lenders, as movements of cash.

    Args:
        payments: What was paid.
        accounts: Each account by its id.
    """
    return tuple(
        Movement(
            paid.paid_on,
            -paid.amount,
            Phrase("{account}: payment", account=accounts[paid.account_id].name),
            MovementKind.PAYMENT,
            accounts[paid.account_id].cash_account_id,
            paid.id,
            paid.account_id,
            paid.automatic,
        )
        for paid in payments
    )


def debt_movements(
    dues: Iterable[Due],
    accounts: Mapping[str, Account],
    today: date,
    plan: AdoptedPlan | None = None,
    *,
    is_rest: bool = False,
) -> tuple[Movement, ...]:
    """What is still to pay to lenders, as movements of cash.

    Each due is paid on its date, and today if that has passed. What a plan has payments for is paid as
    planned, as long as it is open: what was paid on it since settles the earliest of them, a planned day
    that has passed counts as today, and what they do not cover is paid on the date of the due. A due
    without a date is in none of it.

    Args:
        dues: What is still to pay.
        accounts: Each account by its id.
        today: The day.
        plan: The plan that is followed, of one currency; None for none.
        is_rest: Whether the plan holds only what is left of it, so that nothing is to be taken off.
    """
    planned = _by_due(plan)
    found: list[Movement] = []
    for due in dues:
        if due.due_on is None or not due.open:
            continue
        whole = movement_of(due, accounts[due.account_id], today)
        if plan is None or due.id not in planned:
            found.append(whole)
        else:
            since = None if is_rest else plan.adopted_on
            found += _as_planned(whole, due, planned[due.id], since, today)
    # Whether one of the past was made, the record cannot tell: its dues say what is left.
    found += (_beside_dues(payment, accounts) for payment in planned.get("", ()) if payment.on >= today)
    return tuple(found)


def movement_of(due: Due, account: Account, today: date) -> Movement:
    """What is open of a due that has a date, as one movement on that date, or today if that has passed."""
    on = due.due_on or today
    return Movement(
        max(on, today),
        -due.open,
        titled(account.name, due.label),
        MovementKind.OVERDUE if on < today else MovementKind.DUE,
        account.cash_account_id,
        due.id,
        account.id,
        account.automatic,
        doubt=due.doubt,
    )


def _by_due(plan: AdoptedPlan | None) -> dict[str, list[PlannedPayment]]:
    """The payments that a plan still means, by the due they settle."""
    planned: dict[str, list[PlannedPayment]] = {}
    if plan is not None:
        for payment in sorted(plan.still_meant, key=lambda payment: payment.on):
            planned.setdefault(payment.due_id, []).append(payment)
    return planned


def _as_planned(
    whole: Movement, due: Due, planned: Sequence[PlannedPayment], since: date | None, today: date
) -> Iterator[Movement]:
    """The payments of one due that are left of a plan, and what they do not cover of it.

    What was paid since a day is taken off the earliest of them; nothing is without a day.
    """
    counted = [
        part.amount for part in due.paid if since is not None and part.paid_on >= since and not part.is_refund
    ]
    paid = sum_of(counted, due.open.currency)
    rest = due.open
    for payment in planned:
        made = min(paid, payment.on_record)
        paid -= made
        # It never settles more than is open: something may have come back, or moved into a plan.
        left = min(payment.on_record - made, rest)
        is_only_cost = not payment.on_record and payment.on >= today
        if not left and not is_only_cost:
            continue
        rest -= left
        cost = payment.amount - payment.on_record
        yield replace(
            whole,
            on=max(payment.on, today),
            amount=-(left + cost),
            kind=MovementKind.OVERDUE if payment.on < today else MovementKind.PLANNED,
            doubt=None,
        )
    if rest:
        yield replace(whole, amount=-rest)


def _beside_dues(payment: PlannedPayment, accounts: Mapping[str, Account]) -> Movement:
    """A planned payment that settles no due of the record."""
    account = accounts[payment.account_id]
    return Movement(
        payment.on,
        -payment.amount,
        Phrase("{account}: planned payment", account=account.name),
        MovementKind.PLANNED,
        account.cash_account_id,
        payment.id,
        account.id,
        account.automatic,
    )
