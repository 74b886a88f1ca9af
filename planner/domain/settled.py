"""What of an account is settled for good, so that it need not be read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.due import Due
from planner.domain.ledger import Ledger, covered_by, dues_of, moved_into_plans
from planner.domain.position import allocate, money_in_hand
from planner.domain.refunded import Held


@dataclass(frozen=True, slots=True)
class Settled:
    """What of an account is settled for good, so that it need not be read again.

    Attributes:
        account_id: Whose.
        before: All dues before this day are settled by payments before this day, and by no other.
        bought_before: Purchases and corrections upwards of an earlier day would be due before
            ``before``; the first day of all where the account's cycle does not say when they are due.
    """

    account_id: str
    before: date
    bought_before: date


def settled_before(ledger: Ledger, on: date) -> Settled | None:
    """How much of an account is settled for good, if anything.

    The last clean cut: every due before it is settled by payments before it, and those payments
    went nowhere else.
    """
    dues = dues_of(ledger)
    in_hand = money_in_hand(ledger, dues, on)
    paid_dues, _ = allocate(dues, in_hand, ledger.account.currency)
    paid_on = {part.id: part.on for part in in_hand}
    amounts = {part.id: part.amount for part in in_hand}
    reaches = dict.fromkeys(paid_on, date.min)
    for due in paid_dues:
        for part in due.paid:
            reaches[part.payment_id] = max(reaches[part.payment_id], due.due_on or date.max)
            amounts[part.payment_id] -= part.amount
    # What a payment has left over stays in hand for dues to come.
    reaches |= dict.fromkeys((key for key, left in amounts.items() if left), date.max)
    spans = [(paid_on[key], reaches[key]) for key in paid_on]
    spans += _read_together(ledger)
    cut = _last_clean_cut(paid_dues, sorted(spans), on)
    if cut is None:
        return None
    before = cut + timedelta(days=1)
    return Settled(ledger.account.id, before, first_day_due_from(ledger, before))


def _read_together(ledger: Ledger) -> list[tuple[date, date]]:
    """From when to when things reach of which none may be read without the other."""
    # A bill reaches those whose rest it carries.
    due_on = {bill.id: bill.due_on for bill in ledger.bills}
    spans = [
        (bill.due_on, due_on[known]) for bill in ledger.bills for known in bill.carries if known in due_on
    ]
    # What came back of a purchase depends on the bills that hold it and on the plans that were made of it.
    held, moved = Held(ledger.bills), moved_into_plans(ledger.plans)
    plans: dict[str, list[date]] = {}
    for plan in ledger.plans:
        plans.setdefault(plan.origin_id, []).extend(row.due_on for row in plan.rows)
    for purchase in ledger.purchases:
        days = held.due_days(purchase) if purchase.refunds else []
        if days:
            days += [back.on for back in held.returned(purchase, moved.get(purchase.id))]
            days += plans.get(purchase.id, [])
            if purchase.id not in held.ids:
                days.append(_due_on(ledger, purchase.bought_on) or date.max)
            spans.append((min(days), max(days)))
    covered = covered_by(ledger, held)
    for purchase in ledger.purchases:
        if purchase.id in covered:
            usual = _due_on(ledger, purchase.bought_on) or date.max
            days = [covered[purchase.id].due_on, usual, *(back.refunded_on for back in purchase.refunds)]
            spans.append((min(days), max(days)))
    return spans


def _due_on(ledger: Ledger, bought_on: date) -> date | None:
    due = ledger.due_of_purchase(bought_on)
    return due.on if due is not None else None


def first_day_due_from(ledger: Ledger, day: date) -> date:
    """The first day whose purchases are due on a day or after it; the first of all if that is unknown.

    Args:
        ledger: An account with its working days; what is recorded on it does not matter.
        day: The day.
    """
    bought_on = day
    while True:
        due_on = _due_on(ledger, bought_on - timedelta(days=1))
        if due_on is None:
            return date.min
        if due_on < day:
            return bought_on
        bought_on -= timedelta(days=1)


def _last_clean_cut(dues: Sequence[Due], reaches: Sequence[tuple[date, date]], on: date) -> date | None:
    """The last day up to which dues and payments, each with how far it reaches, settle one another."""
    cut = None
    day = furthest = date.min
    seen = 0
    for index, due in enumerate(dues):
        if due.open or due.due_on is None:
            break
        day = max(day, due.due_on, due.closed_on or date.min, *(part.paid_on for part in due.paid))
        if day >= on:
            break
        while seen < len(reaches) and reaches[seen][0] <= day:
            furthest = max(furthest, reaches[seen][1])
            seen += 1
        following = dues[index + 1].due_on if index + 1 < len(dues) else date.max
        if furthest <= day and (following is None or following > day):
            cut = day
    return cut
