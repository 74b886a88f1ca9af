"""A second, plain way to pay debts down month by month, to compare the simulation with."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass
class Plain:
    """A debt in plain numbers: minor units and fractions."""

    name: str
    first: date
    owed: list[int]
    rates: list[Fraction]  # of each balance: a day's where it is charged by days, else a year's
    by_day: bool
    then: list[Fraction | None] = field(default_factory=list)  # the rate after a promotion
    until: list[date | None] = field(default_factory=list)  # the first day of that
    share: Fraction = Fraction(0)
    of_interest: bool = False
    plus_interest: bool = False
    floor: int = 0
    small: int = 0  # below this all is due
    bought: int = 0
    since: date | None = None
    rows: list[tuple[date, int]] = field(default_factory=list)  # instead of all that: fixed rows
    usual: int = 0  # of fixed rows

    def __post_init__(self) -> None:
        self.start_owed = sum(self.owed)
        self.paid: list[tuple[date, int]] = []
        self.asked: list[int] = []
        self.interest = self.purchases = 0
        self.seen = self.since or self.first
        # What it asks for in a usual month.
        self.regular = self.usual or self.minimum(self.start_owed, 0)

    def minimum(self, balance: int, interest: int) -> int:
        """What is asked for of a balance and the interest of the month."""
        whole = balance + interest
        if balance < self.small:
            return whole
        base = whole if self.of_interest else balance
        asked = half_up(base * self.share) + (interest if self.plus_interest else 0)
        return min(whole, max(asked, self.floor))


def half_up(number: Fraction) -> int:
    return math.floor(number + Fraction(1, 2))


def later(day: date, months: int) -> date:
    """So many months later, at the month's end where it is shorter."""
    month = day.year * 12 + day.month - 1 + months
    year, number = month // 12, month % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def period_interest(debt: Plain, place: int, month: int) -> int:
    """The interest of one balance with the payment of a month, 0 for the first."""
    end, before = later(debt.first, month), later(debt.first, month - 1)
    start = debt.seen if debt.by_day else before
    days = range(start.toordinal(), end.toordinal())
    change = debt.until[place] if debt.until else None
    regular = debt.then[place] if debt.then else None
    turn = change.toordinal() if change is not None and regular is not None else end.toordinal()
    usual_days = len(range(days.start, min(turn, days.stop)))
    other_days = len(days) - usual_days
    unit = Fraction(1) if debt.by_day else Fraction(1, 12 * (end - before).days)
    total = unit * (usual_days * debt.rates[place] + other_days * (regular or 0))
    return half_up(debt.owed[place] * total)


def pay(debt: Plain, on: date, amount: int) -> None:
    if not amount:
        return
    if debt.paid and debt.paid[-1][0] == on:
        debt.paid[-1] = (on, debt.paid[-1][1] + amount)
    else:
        debt.paid.append((on, amount))
    for place, owed in enumerate(debt.owed):
        part = min(owed, amount)
        debt.owed[place] -= part
        amount -= part
    assert not amount


def months_from(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


class Loop:
    """The months, one after the other."""

    def __init__(self, debts: Sequence[Plain], ranked: Sequence[str], today: date, *, rolls: bool) -> None:
        """Begin in the month of a day."""
        self.debts, self.ranked, self.today, self.rolls = debts, ranked, today, rolls
        self.begins = {
            debt.name: months_from(today, debt.rows[0][0] if debt.rows else debt.first) for debt in debts
        }
        self.purse = 0
        self.waiting: list[tuple[date, int]] = []
        self.days: dict[str, date] = {}

    def ask(self, month: int) -> None:
        """Each debt gets what it asks for."""
        self.days = {}
        for debt in self.debts:
            number = month - self.begins[debt.name]
            if number >= 0:
                is_in_rows = bool(debt.rows or debt.usual)
                asked = self.ask_rows(debt, month) if is_in_rows else self.ask_minimum(debt, number)
                debt.asked.append(asked)
                if self.rolls and not debt.rows:
                    self.purse += max(debt.regular - asked, 0)

    def ask_rows(self, debt: Plain, month: int) -> int:
        """The rows of a month are paid."""
        asked = 0
        while debt.rows and months_from(self.today, debt.rows[0][0]) <= month:
            day, amount = debt.rows.pop(0)
            debt.paid.append((day, amount))
            debt.owed[0] -= amount
            asked += amount
        return asked

    def ask_minimum(self, debt: Plain, number: int) -> int:
        """Interest and purchases come, and the minimum is paid."""
        if not sum(debt.owed) and not (debt.bought and number):
            return 0
        on = later(debt.first, number)
        added = [period_interest(debt, place, number) for place in range(len(debt.owed))]
        debt.seen = max(debt.seen, on)
        for place, interest in enumerate(added):
            debt.owed[place] += interest
        if number:
            debt.owed[0] += debt.bought
            debt.purchases += debt.bought
        debt.interest += sum(added)
        asked = debt.minimum(sum(debt.owed) - sum(added), sum(added))
        pay(debt, on, asked)
        self.days[debt.name] = on
        return asked

    def hand_out(self) -> None:
        """What is left over goes to one debt after the other: the purse first, then lump sums."""
        by_name = {debt.name: debt for debt in self.debts}
        for name in self.ranked:
            if name not in self.days:
                continue
            debt, on = by_name[name], self.days[name]
            there = self.purse + sum(amount for day, amount in self.waiting if day <= on)
            given = min(there, sum(debt.owed))
            pay(debt, on, given)
            from_purse = min(given, self.purse)
            self.purse -= from_purse
            self.use(given - from_purse, on)

    def use(self, amount: int, on: date) -> None:
        """Lump sums are used up, the earliest first."""
        left = []
        for day, lump in self.waiting:
            used = min(lump, amount) if day <= on else 0
            amount -= used
            left.append((day, lump - used))
        self.waiting = left


def pay_all(
    debts: Sequence[Plain],
    ranked: Sequence[str],
    today: date,
    extra: int,
    lumps: Sequence[tuple[date, int]] = (),
    *,
    rolls: bool = True,
    most: int = 120,
) -> int | None:
    """Pay debts in an order that never changes; after how many months all are paid, None if not by then."""
    loop = Loop(debts, ranked, today, rolls=rolls)
    loop.waiting = sorted(lumps, key=lambda lump: lump[0])
    for month in range(most):
        loop.ask(month)
        if month >= min(loop.begins.values()):
            loop.purse += extra
        loop.hand_out()
        if not any(sum(debt.owed) for debt in debts):
            return month
    return None
