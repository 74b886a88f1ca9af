"""All debts followed month by month: each its own minimum, then what is left over to one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.dates import on_day
from planner.domain.minimum.path import FURTHEST, Fate
from planner.domain.money import Money
from planner.domain.over_time.live import Days, Live, Step
from planner.domain.over_time.live_revolving import LiveRevolving
from planner.domain.over_time.live_rows import LiveRows
from planner.domain.over_time.never import never_clear
from planner.domain.over_time.orders import AVALANCHE, Ordering, takes_extra
from planner.domain.over_time.path import Budget, DebtPath, MonthTotal, Paid, Run
from planner.domain.over_time.running import Revolving, RunningDebt
from planner.domain.payoff.scenario import Order

# How much of what never ends is kept, to be looked at.
SHOWN = 240

_LAST_DAY = 31
# After how many months a proof that did not succeed is tried again; each time after twice as many.
_AGAIN = 12
# How many times what is owed is more than enough in any month.
_PLENTY = 100


def run(
    debts: Sequence[RunningDebt], budget: Budget, ordering: Ordering = AVALANCHE, most: int = FURTHEST
) -> Run:
    """Follow debts until all are paid, or until it is proved that some never are.

    Each month every debt first bears its interest, once. Then each gets its own minimum on its own day.
    What debts no longer ask for of what they usually do, the extra money of the month and lump sums that
    have come go to the first debt of the order that is still owed, and on to the next, each on its own day.
    A plan takes extra money only where all that is left of it can be settled and that saves. What nobody
    can take yet is kept for the next month.

    Source: the debt reduction calculator of vertex42.com, with dated payments.

    Args:
        debts: In any order; all in one currency.
        budget: What is paid beside the minimums.
        ordering: Who gets what is left over.
        most: After how many months to stop.
    """
    months = _Months(debts, budget, ordering, [Days(debt.days) for debt in debts])
    fate, never = months.follow(most, SHOWN)
    return months.result(fate, never)


def least_extra(
    debts: Sequence[RunningDebt], budget: Budget, ordering: Ordering = AVALANCHE, within: int = FURTHEST
) -> Money | None:
    """The least extra money a month with which all debts are paid; one minor unit less would not do.

    Found by halving, in whole minor units. None if no amount does it, because rows run longer.

    Args:
        debts: The debts.
        budget: What else is paid beside the minimums; its own extra money is not looked at.
        ordering: Who gets what is left over.
        within: Within how many months.
    """
    days = [Days(debt.days) for debt in debts]

    def clears(extra: int) -> bool:
        tried = budget.with_extra(Money(extra, budget.currency))
        return _Months(debts, tried, ordering, days).follow(within, 0)[0] is Fate.CLEARS

    # Enough by far: it pays all in the first month, with what is charged and bought until then.
    too_little, enough = -1, _PLENTY * (sum(debt.open.minor + _bought(debt) for debt in debts) + 1)
    if not clears(enough):
        return None
    while enough - too_little > 1:
        middle = (too_little + enough) // 2
        if clears(middle):
            enough = middle
        else:
            too_little = middle
    return Money(enough, budget.currency)


@dataclass(slots=True)
class _Lump:
    """A lump sum, and what of it is left."""

    on: date
    left: int


@dataclass(frozen=True, slots=True)
class _Cleared:
    """When nothing was owed of a debt any more."""

    month: int
    on: date


class _Months:
    """The months while they are followed, in whole minor units."""

    def __init__(
        self, debts: Sequence[RunningDebt], budget: Budget, ordering: Ordering, days: Sequence[Days]
    ) -> None:
        self._budget = budget
        self._ordering = ordering
        self._lives = [_live(debt, when, budget.today) for debt, when in zip(debts, days, strict=True)]
        self._able = [live for live in self._lives if takes_extra(live.debt)]
        self._is_resorted = ordering.order is Order.AVALANCHE and any(map(_may_change, self._able))
        self._sort(budget.today)
        self._first = min((live.start for live in self._lives), default=0)
        self._pool = 0
        lumps = sorted(budget.lumps, key=lambda lump: lump.on)
        self._lumps = [_Lump(lump.on, lump.amount.minor) for lump in lumps]
        self._cleared: dict[int, _Cleared] = {}
        self._totals: list[tuple[int, ...]] = []

    def follow(self, most: int, shown: int) -> tuple[Fate, frozenset[str]]:
        """Follow the months to their end.

        Args:
            most: After how many months to stop.
            shown: How many months to go on where it never ends.

        Returns:
            How it ends, and the ids of the debts that are proved never to be paid.
        """
        never: frozenset[str] = frozenset()
        number, again, wait = 0, -1, _AGAIN
        self._mark_cleared(0)
        while any(live.open for live in self._lives):
            if number > most:
                return (Fate.NEVER if never else Fate.TOO_LONG), never
            self._month(number)
            if number >= again and self._is_settled(number):
                never |= self._never(wait)
                again, wait = number + wait, 2 * wait
            if (
                never
                and number + 1 >= shown
                and all(live.debt.id in never for live in self._lives if live.open)
            ):
                return Fate.NEVER, never
            number += 1
        return Fate.CLEARS, never

    def _month(self, number: int) -> None:
        """One month of all debts."""
        until = self._last_day(number)
        interest, bought = self._added()
        for live in self._lives:
            live.month(number)
        asked = sum(live.asked for live in self._lives)
        if number >= self._first:
            self._pool += self._budget.extra.minor
            if self._budget.rolls_on:
                self._pool += sum(live.freed(number) for live in self._lives)
        extra = self._hand_out(until)
        self._mark_cleared(number)
        now = self._added()
        still = sum(live.open for live in self._lives)
        self._totals.append((asked, extra, now[0] - interest, now[1] - bought, still, self._pool))

    def _hand_out(self, until: date) -> int:
        """Give what is left over to the debts in their order; what of it they took."""
        if self._is_resorted:
            self._sort(until)
        given = 0
        for live in self._order:
            if live.on is None:
                continue
            lumps = [lump for lump in self._lumps if lump.on <= live.on]
            amount = live.takes(self._pool + sum(lump.left for lump in lumps))
            if not amount:
                continue
            live.take(amount)
            given += amount
            rest = amount - min(amount, self._pool)
            self._pool -= amount - rest
            for lump in lumps:
                part = min(lump.left, rest)
                lump.left -= part
                rest -= part
        self._lumps = [lump for lump in self._lumps if lump.left]
        return given

    def _sort(self, on: date) -> None:
        """Put the debts into the order of a day."""
        self._order = sorted(self._able, key=lambda live: self._ordering.key(live.debt, live.rate(on)))

    def _added(self) -> tuple[int, int]:
        """The interest that was added and what was bought so far."""
        return sum(live.interest for live in self._lives), sum(live.bought for live in self._lives)

    def _mark_cleared(self, number: int) -> None:
        """Note which debts are paid since when."""
        for place, live in enumerate(self._lives):
            if live.open:
                self._cleared.pop(place, None)
            elif place not in self._cleared:
                on = live.steps[-1].on if live.steps else self._budget.today
                self._cleared[place] = _Cleared(number, on)

    def _last_day(self, number: int) -> date:
        """The last day of a month, 0 for that of today."""
        today = self._budget.today
        return on_day(today.year, today.month + number, _LAST_DAY)

    # --- never ------------------------------------------------------------------------------------

    def _is_settled(self, number: int) -> bool:
        """Whether nothing changes any more from month to month but the amounts."""
        if self._lumps or self._pool:
            return False
        return all(
            live.steady(number) is not None if isinstance(live, LiveRevolving) else not live.open
            for live in self._lives
        )

    def _never(self, most: int) -> frozenset[str]:
        """The debts that are proved never to be paid."""
        number = len(self._totals) - 1
        found = [
            (live.debt.id, steady)
            for live in self._order
            if isinstance(live, LiveRevolving) and (steady := live.steady(number)) is not None
        ]
        extra = self._budget.extra.minor
        if self._budget.rolls_on:
            extra += sum(live.regular for live in self._lives if not isinstance(live, LiveRevolving))
        places = never_clear([steady for _id, steady in found], extra, most, rolls_on=self._budget.rolls_on)
        return frozenset(found[place][0] for place in places)

    # --- the result -------------------------------------------------------------------------------

    def result(self, fate: Fate, never: frozenset[str]) -> Run:
        """What was found, as values."""
        paths = tuple(self._path(place, live, never) for place, live in enumerate(self._lives))
        currency = self._budget.currency
        months = tuple(
            _total(self._last_day(number), each, currency) for number, each in enumerate(self._totals)
        )
        return Run(self._budget, fate, paths, months)

    def _path(self, place: int, live: Live, never: frozenset[str]) -> DebtPath:
        currency = self._budget.currency
        cleared = self._cleared.get(place)
        fate = Fate.CLEARS
        if cleared is None:
            fate = Fate.NEVER if live.debt.id in never else Fate.TOO_LONG
        return DebtPath(
            live.debt,
            fate,
            tuple(_paid(step, currency) for step in live.steps),
            Money(live.bought, currency),
            Money(live.interest, currency),
            Money(live.open, currency),
            cleared.on if cleared is not None else None,
            cleared.month if cleared is not None else None,
        )


def _live(debt: RunningDebt, days: Days, today: date) -> Live:
    """A debt before its first payment."""
    if isinstance(debt.way, Revolving):
        return LiveRevolving(debt, debt.way, days, today)
    return LiveRows(debt, debt.way, today)


def _bought(debt: RunningDebt) -> int:
    """What is bought with a debt each month."""
    bought = debt.way.bought if isinstance(debt.way, Revolving) else None
    return bought.minor if bought is not None else 0


def _may_change(live: Live) -> bool:
    """Whether the rate by which a debt is put in order may change."""
    way = live.debt.way
    if not isinstance(way, Revolving):
        return False
    return len(way.balances) > 1 or way.balances[0].regular is not None


def _total(until: date, amounts: tuple[int, ...], currency: str) -> MonthTotal:
    minimum, extra, interest, bought, still, kept = (Money(amount, currency) for amount in amounts)
    return MonthTotal(until, minimum, extra, interest, bought, still, kept)


def _paid(step: Step, currency: str) -> Paid:
    return Paid(
        step.on,
        Money(step.minimum, currency),
        Money(step.extra, currency),
        Money(step.fee, currency),
        Money(step.interest, currency),
        Money(step.left, currency),
        step.rows,
    )
