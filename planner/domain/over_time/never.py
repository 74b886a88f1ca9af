"""The proof that debts are never all paid, whatever number of months they are followed for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.minimum.monthly import MonthlyRule, share_of

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Steady:
    """A debt once nothing of it changes any more but the amount.

    Attributes:
        owed: What is owed, in minor units.
        rates: What it is charged at the least in each of the twelve months to come, and in the same months
            of any later year.
        parts: Of how many parts, rounded each by itself, it is made.
        rule: Its minimum.
        regular: What it asks for in a usual month.
        bought: What is bought anew each month.
    """

    owed: int
    rates: tuple[Fraction, ...]
    parts: int
    rule: MonthlyRule
    regular: int
    bought: int

    def is_over(self, owed: int) -> bool:
        """Whether nothing is owed, and never will be: what is bought is paid in full with the next bill."""
        return not owed and (not self.bought or self.bought < self.rule.all_below)

    def interest(self, owed: int, month: int) -> int:
        """What it bears at the least."""
        rate = self.rates[month]
        if self.parts == 1:
            return share_of(owed, rate)
        # Each part may lose half a minor unit by rounding.
        return max(math.ceil(rate * owed - Fraction(self.parts, 2)), 0)


def never_clear(debts: Sequence[Steady], extra: int, most: int, *, rolls_on: bool) -> frozenset[int]:
    """Which debts are never paid, as their places; none where that cannot be proved.

    The debts are followed with the least interest that each month can bring. More owed at the beginning of
    a month is never less owed at its end, for any of the debts: of each further unit that is owed the
    minimum asks for a unit more at the most, and what it asks for more is missing from what is left over.
    So if after twelve months every debt is at least where it was, it is so after every further year, and
    what is really owed is never less. What is owed then is never paid.

    Debts that fall are left out, as if they were paid already: what they ask for then goes to the others,
    who can have no more.

    That more owed is never less owed later fails in two cases, in which nothing is claimed: where a small
    rest that is due in full would stop being small and so leave more for the others, and where payments go to
    parts with different rates.

    Args:
        debts: The debts, in the order in which they get what is left over.
        extra: The extra money a month, with what debts that are paid asked for.
        most: For how many months to try.
        rolls_on: Whether what debts no longer ask for goes to the next one.
    """
    places = list(range(len(debts)))
    more = extra
    while places:
        kept = [debts[place] for place in places]
        grown = _year(kept, [debt.owed for debt in kept], more, rolls_on=rolls_on)
        if grown is None:
            break
        falling = [place for place, debt, now in zip(places, kept, grown, strict=True) if now < debt.owed]
        if not falling:
            return frozenset(place for place in places if debts[place].owed)
        if rolls_on:
            more += sum(debts[place].regular for place in falling)
        places = [place for place in places if place not in falling]
    return _in_time(debts, extra, most, rolls_on=rolls_on)


def _in_time(debts: Sequence[Steady], extra: int, most: int, *, rolls_on: bool) -> frozenset[int]:
    """The same for debts of which some fall for some time yet."""
    owed = [debt.owed for debt in debts]
    for _year_of_them in range(most // _YEAR):
        later = _year(debts, owed, extra, rolls_on=rolls_on)
        if later is None:
            break
        if all(now >= then for now, then in zip(later, owed, strict=True)):
            return frozenset(place for place, amount in enumerate(owed) if amount)
        owed = later
    return frozenset()


def _year(debts: Sequence[Steady], owed: Sequence[int], extra: int, *, rolls_on: bool) -> list[int] | None:
    """What is owed after a year; None if all is paid within it, or if more owed may be less owed later."""
    for month in range(_YEAR):
        if (rolls_on or extra) and not _keep_order(debts, owed):
            return None
        owed = _after(debts, owed, month, extra, rolls_on=rolls_on)
        if not any(owed):
            return None
    return list(owed)


def _keep_order(debts: Sequence[Steady], owed: Sequence[int]) -> bool:
    """Whether more owed of one debt can never make less owed of another."""
    moving = [(debt, amount) for debt, amount in zip(debts, owed, strict=True) if not debt.is_over(amount)]
    if len(moving) == 1:
        return True
    return all(debt.parts == 1 and amount >= debt.rule.all_below for debt, amount in moving)


def _after(
    debts: Sequence[Steady], owed: Sequence[int], month: int, extra: int, *, rolls_on: bool
) -> list[int]:
    """What is owed at the end of a month, with the least interest it can bring."""
    pool, left = extra, []
    for debt, amount in zip(debts, owed, strict=True):
        asked = 0
        before = amount + debt.bought
        if before:
            interest = debt.interest(amount, month)
            asked = debt.rule.asked(before, interest)
            before += interest
        left.append(before - asked)
        if rolls_on:
            pool += max(debt.regular - asked, 0)
    for place, amount in enumerate(left):
        part = min(pool, amount)
        left[place] -= part
        pool -= part
    return left
