"""A debt while it is followed month by month, in whole minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planner.domain.dates import months_between
from planner.domain.instalment import Instalment
from planner.domain.over_time.orders import rate_of
from planner.domain.over_time.running import PayDays, RunningDebt


class Days:
    """The payment days of a debt, each worked out once."""

    def __init__(self, days: PayDays) -> None:
        """Take the rule."""
        self._days = days
        self._known: list[date] = []

    def on(self, number: int) -> date:
        """The day of one payment, 0 for the first."""
        while len(self._known) <= number:
            self._known.append(self._days.on(len(self._known)))
        return self._known[number]


@dataclass(slots=True)
class Step:
    """One payment in minor units.

    Attributes:
        on: When.
        minimum: What was asked for.
        extra: What was paid beyond.
        fee, interest: What of both together is fee and interest; the rest is principal.
        left: What is owed after it.
        rows: The rows that it pays; none for what bears interest.
    """

    on: date
    minimum: int
    extra: int
    fee: int
    interest: int
    left: int
    rows: tuple[Instalment, ...] = ()


class Live:
    """What running debts have in common while they are followed.

    Attributes:
        debt: The debt.
        start: The month of its first payment, 0 for that of today.
        on: The day on which it can take extra money this month; None for none.
        asked: What was asked for this month, and so was paid.
        steps: What was paid so far.
        interest: The interest that was added so far.
        bought: What was bought anew so far.
    """

    def __init__(self, debt: RunningDebt, today: date) -> None:
        """Begin before the first payment."""
        self.debt = debt
        self.today = today
        self.start = months_between(today, debt.days.first_on)
        self.regular = debt.regular.minor
        self.on: date | None = None
        self.asked = 0
        self.steps: list[Step] = []
        self.interest = self.bought = 0

    @property
    def open(self) -> int:
        """What is still to pay."""
        raise NotImplementedError

    def rate(self, _on: date) -> Fraction:
        """What it is charged for a year on a day, by which the dearest is found."""
        return rate_of(self.debt, self.today)

    def month(self, number: int) -> None:
        """Let a month's interest come and pay what is asked for."""
        raise NotImplementedError

    def takes(self, most: int) -> int:
        """How much extra money it takes this month, if there is at most so much."""
        raise NotImplementedError

    def take(self, amount: int) -> None:
        """Pay extra money on this month's day."""
        raise NotImplementedError

    def freed(self, number: int) -> int:
        """What it asked for in a usual month and does not ask for in this one."""
        raise NotImplementedError

    def _pay(self, step: Step) -> None:
        """Keep a payment; what is paid on one day is one payment."""
        if self.steps and self.steps[-1].on == step.on:
            last = self.steps[-1]
            last.minimum += step.minimum
            last.extra += step.extra
            last.fee += step.fee
            last.interest += step.interest
            last.left = step.left
            last.rows += step.rows
        elif step.minimum or step.extra:
            self.steps.append(step)
