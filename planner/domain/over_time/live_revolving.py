"""A debt that bears interest, while it is followed month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from planner.compat import override
from planner.domain.minimum.monthly import monthly, share_of
from planner.domain.over_time.live import Days, Live, Step
from planner.domain.over_time.never import Steady
from planner.domain.over_time.running import Revolving, RunningBalance, RunningDebt
from planner.domain.rate import Per, Rate

_YEAR = 12
# Every so many years one has a day more.
_LEAP = 4


class LiveRevolving(Live):
    """A debt that bears interest.

    Attributes:
        balances: What is owed of each of its parts.
    """

    def __init__(self, debt: RunningDebt, way: Revolving, days: Days, today: date) -> None:
        """Begin before the first payment."""
        super().__init__(debt, today)
        self.way = way
        self.days = days
        self.balances = [balance.amount.minor for balance in way.balances]
        self._last = way.since or days.on(0)
        self._unpaid = 0
        self._new = way.bought.minor if way.bought is not None else 0

    @property
    @override
    def open(self) -> int:
        return sum(self.balances)

    @override
    def rate(self, on: date) -> Fraction:
        parts = zip(self.way.balances, self.balances, strict=True)
        return max((Fraction(part.rate_on(on).yearly) for part, owed in parts if owed), default=Fraction(0))

    @override
    def month(self, number: int) -> None:
        self.asked, self.on = 0, None
        if not number and self.way.overdue is not None:
            self._catch_up(self.way.overdue.minor)
        number -= self.start
        if number < 0 or (not self.open and not (self._new and number)):
            return
        self.on = self.days.on(number)
        before = self.open
        interest = self._month_of(number)
        if number == self.way.lost_with and before and self.way.lost is not None:
            self.balances[-1] += self.way.lost.minor
            interest += self.way.lost.minor
        if number:
            self.balances[0] += self._new
            self.bought += self._new
            before += self._new
        self._add(interest)
        asked = self.way.rule.asked(before, interest)
        if not number and self.way.first is not None:
            asked = min(max(self.way.first.minor, self.way.rule.fixed), before + interest)
        self._settle(self.on, asked, 0)

    def _catch_up(self, overdue: int) -> None:
        """Pay today what is late already. A rate a day has run until today; a month's comes with its bill."""
        factors = [
            self._factor(balance, (self.today, self.today), self.today) for balance in self.way.balances
        ]
        self._add(self._bear(factors, self.today))
        self._settle(self.today, min(overdue, self.open), 0)

    def _add(self, interest: int) -> None:
        """Count interest that was added."""
        self.interest += interest
        self._unpaid += interest

    def _month_of(self, number: int) -> int:
        """Add the interest up to a payment."""
        on = self.days.on(number)
        before = self.days.on(number - 1) if number else self.debt.days.on(-1)
        return self._bear([self._factor(balance, (before, on), on) for balance in self.way.balances], on)

    def _bear(self, factors: Sequence[Fraction], until: date) -> int:
        """Add interest to each part of the debt, each rounded half up."""
        total = 0
        for place, factor in enumerate(factors):
            bears = share_of(self.balances[place], factor) if self.balances[place] else 0
            self.balances[place] += bears
            total += bears
        self._last = max(self._last, until)
        return total

    def _factor(self, balance: RunningBalance, month: tuple[date, date], until: date) -> Fraction:
        """What a part of the debt is charged up to a day, the end of a promotion counted by days.

        Args:
            balance: The part.
            month: From when to when a month's rate is charged.
            until: The day.
        """
        ends = balance.regular_from
        if balance.regular is None or ends is None or until <= ends:
            return self._charged(balance.rate, month, date.min, until)
        promoted = self._charged(balance.rate, month, date.min, ends)
        return promoted + self._charged(balance.regular, month, ends, until)

    def _charged(self, rate: Rate, month: tuple[date, date], since: date, until: date) -> Fraction:
        """What a rate comes to from one day to another."""
        if rate.per is Per.DAY:
            return Fraction(rate.fraction) * max((until - max(self._last, since)).days, 0)
        begin, end = month
        if begin == end:
            return Fraction(0)
        if since <= begin and until >= end:
            return monthly(rate)
        return monthly(rate) * Fraction(max((until - max(begin, since)).days, 0), (end - begin).days)

    def _settle(self, on: date, minimum: int, extra: int) -> None:
        """Pay: first unpaid interest, as far as it is told apart; to the first part of the debt first."""
        rest = minimum + extra
        self.asked += minimum
        interest = min(self._unpaid, rest)
        self._unpaid -= interest
        for place, balance in enumerate(self.balances):
            part = min(balance, rest)
            self.balances[place] -= part
            rest -= part
        self._pay(Step(on, minimum, extra, 0, interest, self.open))

    def steady(self, number: int) -> Steady | None:
        """It as it is from the end of a month on; None while something of it still changes."""
        number -= self.start
        if number < max(self.way.lost_with, 1):
            return None
        on = self.days.on(number)
        parts = [
            balance
            for place, balance in enumerate(self.way.balances)
            if self.balances[place] or (self._new and not place)
        ]
        ends = [part.regular_from for part in parts if part.regular_from is not None]
        if any(on < end for end in ends) or self.debt.days.may_shift_from(on):
            return None
        rates = [part.rate_on(on) for part in parts]
        shortest = self._shortest(number) if any(rate.per is Per.DAY for rate in rates) else [0] * _YEAR
        lowest = tuple(
            min(
                (Fraction(rate.fraction) * days if rate.per is Per.DAY else monthly(rate) for rate in rates),
                default=Fraction(0),
            )
            for days in shortest
        )
        return Steady(self.open, lowest, max(len(parts), 1), self.way.rule, self.regular, self._new)

    def _shortest(self, number: int) -> list[int]:
        """How many days each of the twelve months to come has at the least, in any year."""
        lengths = [
            (self.days.on(number + month + 1) - self.days.on(number + month)).days
            for month in range(_YEAR * _LEAP)
        ]
        return [min(lengths[month::_YEAR]) for month in range(_YEAR)]

    @override
    def takes(self, most: int) -> int:
        return min(self.open, most)

    @override
    def take(self, amount: int) -> None:
        if self.on is not None:
            self._settle(self.on, 0, amount)

    @override
    def freed(self, number: int) -> int:
        # Of a first minimum nobody knows what of it was paid before.
        is_known = number > self.start or (number == self.start and self.way.first is None)
        return max(self.regular - self.asked, 0) if is_known else 0
