"""Being late worked out day by day, slowly and plainly: what the closed form is compared with.

Rounding: interest is rounded half up to the cent whenever what is charged changes, and on the day of paying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

A_DAY = timedelta(days=1)
CENT = Decimal("0.01")
INTEREST, FEE, DEBT = "interest", "fee", "debt"


@dataclass
class Rules:
    """What the lender charges; amounts in major units."""

    daily: Decimal
    grace: int = 0
    is_all_unpaid: bool = False
    is_compound: bool = False
    least: Decimal | None = None
    fixed_fee: Decimal = Decimal(0)
    order: tuple[str, ...] = (FEE, INTEREST, DEBT)


@dataclass
class Debt:
    """Something due on a day."""

    due_on: date
    amount: Decimal
    paid: dict[date, Decimal] = field(default_factory=dict)
    settled: dict[date, Decimal] = field(default_factory=dict)
    fees_paid: Decimal = Decimal(0)

    def open_on(self, day: date) -> Decimal:
        """What is open of it at the end of a day."""
        return self.amount - sum((part for on, part in self.paid.items() if on <= day), Decimal(0))


def is_late(debt: Debt, rules: Rules, day: date) -> bool:
    """Whether it is late if everything is paid on a day."""
    last = debt.due_on + rules.grace * A_DAY
    return day > last and debt.open_on(last) > 0


def interest(debt: Debt, start: date, begun: date, rules: Rules, day: date) -> Decimal:
    """What runs on one debt from a start to a day."""
    base = debt.open_on(start)
    added = pending = exact = total = Decimal(0)
    anchor = debt.due_on.day
    today = start
    while today < day:
        today += A_DAY
        a_day = (base + added) * rules.daily
        if rules.least is not None and base + added:
            a_day = max(a_day, rules.least)
        exact += a_day
        is_added = rules.is_compound and today > begun and today == _in_month(today, anchor)
        paid, settled = debt.paid.get(today, Decimal(0)), debt.settled.get(today, Decimal(0))
        if today in debt.paid or is_added or (rules.is_compound and today in debt.settled) or today == day:
            rounded = exact.quantize(CENT, ROUND_HALF_UP)
            total, pending, exact = total + rounded, pending + rounded, Decimal(0)
        base = max(base - paid, Decimal(0))
        of_added = min(settled, added)
        added, pending = added - of_added, max(pending - (settled - of_added), Decimal(0))
        if is_added and today != day:
            added, pending = added + pending, Decimal(0)
    return total


def _in_month(today: date, anchor: int) -> date:
    """The day of the month that is meant, or the last one of a shorter month."""
    last = (today.replace(day=28) + 4 * A_DAY).replace(day=1) - A_DAY
    return today.replace(day=min(anchor, last.day))


def costs(debts: Sequence[Debt], other: Debt, rules: Rules, day: date) -> list[dict[str, Decimal]]:
    """What each debt has cost by a day, the other things that are open last."""
    late = [debt for debt in debts if is_late(debt, rules, day)]
    first = min((debt.due_on for debt in late), default=day)
    is_all = rules.is_all_unpaid and bool(late)
    found = []
    for debt in (*debts, other):
        parts = {INTEREST: Decimal(0), FEE: Decimal(0)}
        if debt is other:
            if is_all:
                anchored = Debt(first, other.amount, other.paid, other.settled)
                parts[INTEREST] = interest(anchored, first, first, rules, day)
        elif is_all:
            parts[INTEREST] = interest(
                debt, min(first, debt.due_on) if debt in late else first, first, rules, day
            )
        elif any(debt is each for each in late):
            parts[INTEREST] = interest(debt, debt.due_on, debt.due_on, rules, day)
        if any(debt is each for each in late):
            parts[FEE] = rules.fixed_fee
        found.append(parts)
    return found


def total(debts: Sequence[Debt], other: Debt, rules: Rules, day: date) -> Decimal:
    """What everything has cost by a day."""
    found = costs(debts, other, rules, day)
    return sum((part for parts in found for part in parts.values()), Decimal(0))


def pay(debts: Sequence[Debt], other: Debt, rules: Rules, on: date, amount: Decimal) -> None:
    """Take a payment, the oldest debt first and within it in the lender's order."""
    owed = costs(debts, other, rules, on)
    for debt, parts in zip((*debts, other), owed, strict=True):
        parts[DEBT] = debt.open_on(on)
        parts[INTEREST] -= sum(debt.settled.values(), Decimal(0))
        parts[FEE] -= debt.fees_paid
        for kind in rules.order:
            part = min(amount, max(parts[kind], Decimal(0)))
            if not part:
                continue
            amount -= part
            if kind == DEBT:
                debt.paid[on] = debt.paid.get(on, Decimal(0)) + part
            elif kind == INTEREST:
                debt.settled[on] = debt.settled.get(on, Decimal(0)) + part
            else:
                debt.fees_paid += part
