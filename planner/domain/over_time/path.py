"""What following debts month by month comes to: each debt's dated payments, and all of them by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from planner.domain.instalment import Instalment
from planner.domain.minimum.path import Fate
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import Stream
from planner.domain.over_time.running import RunningDebt
from planner.domain.payoff.scenario import Lump


@dataclass(frozen=True, slots=True)
class Budget:
    """What is paid beside the minimums.

    Attributes:
        today: The day of deciding.
        extra: What is paid each month beyond all minimums.
        lumps: Money that comes once; what is before today counts as today.
        rolls_on: Whether what debts no longer ask for of what they usually do goes to the next one.
    """

    today: date
    extra: Money
    lumps: tuple[Lump, ...] = ()
    rolls_on: bool = True

    @property
    def currency(self) -> str:
        """Its currency."""
        return self.extra.currency

    def with_extra(self, extra: Money) -> Budget:
        """The same with other extra money a month."""
        return replace(self, extra=extra)


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment.

    Attributes:
        on: When.
        minimum: What the lender asked for.
        extra: What was paid beyond.
        fee: What of both is fees.
        interest: What of both is interest.
        left: What is owed after it.
        rows: The rows of a plan that it pays; none for what bears interest.
    """

    on: date
    minimum: Money
    extra: Money
    fee: Money
    interest: Money
    left: Money
    rows: tuple[Instalment, ...] = ()

    @property
    def amount(self) -> Money:
        """All of it."""
        return self.minimum + self.extra

    @property
    def principal(self) -> Money:
        """What of it repays."""
        return self.amount - self.fee - self.interest


# Without slots: sums over its payments are asked for again and again, and are worked out once.
@dataclass(frozen=True)
class DebtPath:
    """What becomes of one debt.

    Attributes:
        debt: Which.
        fate: How it ends.
        payments: What is paid when, by date, each above nothing; of what never ends, the first years.
        bought: What is bought anew with it over that time.
        interest: What interest is added over that time; nothing for fixed rows.
        left: What is still to pay at its end.
        cleared_on: The day from which on nothing is owed after a payment; None if that never comes.
        months: How many calendar months after that of today this is; None if it never comes.
    """

    debt: RunningDebt
    fate: Fate
    payments: tuple[Paid, ...] = field(repr=False)
    bought: Money
    interest: Money
    left: Money
    cleared_on: date | None
    months: int | None

    @cached_property
    def total(self) -> Money:
        """All payments together."""
        return sum_of((paid.amount for paid in self.payments), self.debt.currency)

    @cached_property
    def cost(self) -> Money:
        """What the payments, with what is left, are above what is owed and bought: interest and fees."""
        return self.total + self.left - self.debt.owed - self.bought

    @property
    def stream(self) -> Stream | None:
        """Its dated payments as the optimum takes them; None where they do not end."""
        if self.fate is not Fate.CLEARS or not self.payments:
            return None
        payments = tuple((paid.on, paid.amount) for paid in self.payments)
        return Stream(payments, self.cost, self.cost.zero)


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """All debts in one month.

    Attributes:
        until: Its last day.
        minimum: What the lenders asked for.
        extra: What was paid beyond.
        interest: What interest was added.
        bought: What was bought anew.
        open: What is still to pay at its end, fees of rows to come included.
        kept: Extra money that no debt could take yet.
    """

    until: date
    minimum: Money
    extra: Money
    interest: Money
    bought: Money
    open: Money
    kept: Money

    @property
    def paid(self) -> Money:
        """All payments of the month."""
        return self.minimum + self.extra


# Without slots, as above.
@dataclass(frozen=True)
class Run:
    """What becomes of all debts together.

    Attributes:
        budget: What is paid beside the minimums.
        fate: How it ends: as the worst of the debts does.
        paths: Each debt, in the order in which they were handed in.
        months: Each month from that of today on, by date.
    """

    budget: Budget
    fate: Fate
    paths: tuple[DebtPath, ...]
    months: tuple[MonthTotal, ...] = field(repr=False)

    @cached_property
    def open(self) -> Money:
        """What is still to pay today."""
        return sum_of((path.debt.open for path in self.paths), self.budget.currency)

    @cached_property
    def owed(self) -> Money:
        """What is owed today without any cost to come."""
        return sum_of((path.debt.owed for path in self.paths), self.budget.currency)

    @cached_property
    def total(self) -> Money:
        """All payments together; of what never ends, those of the first years."""
        return sum_of((path.total for path in self.paths), self.budget.currency)

    @cached_property
    def cost(self) -> Money:
        """All interest and fees; of what never ends, those of the first years."""
        return sum_of((path.cost for path in self.paths), self.budget.currency)

    @cached_property
    def cleared_on(self) -> date | None:
        """The day on which the last debt is paid; None if that never comes, or nothing is owed."""
        if self.fate is not Fate.CLEARS:
            return None
        return max((path.cleared_on for path in self.paths if path.cleared_on is not None), default=None)

    @property
    def count(self) -> int | None:
        """How many calendar months after that of today this is; None if it never comes."""
        if self.fate is not Fate.CLEARS:
            return None
        return max((path.months for path in self.paths if path.months is not None), default=0)

    def path(self, debt_id: str) -> DebtPath:
        """What becomes of the debt with that id.

        Raises:
            KeyError: There is none.
        """
        for path in self.paths:
            if path.debt.id == debt_id:
                return path
        raise KeyError(debt_id)


def worst(fates: Sequence[Fate]) -> Fate:
    """The worst of some fates; none at all is the best one."""
    order = list(Fate)
    return max(fates, key=order.index, default=Fate.CLEARS)
