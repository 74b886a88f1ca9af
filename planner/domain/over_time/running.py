"""A running debt as the simulation sees it: what it bears, what it asks for each month and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import Cycle
from planner.domain.instalment import Instalment
from planner.domain.minimum.monthly import MonthlyRule
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.term import EarlyPolicy
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class RunningBalance:
    """A part of what is owed, at a rate of its own.

    Attributes:
        amount: How much.
        rate: What it is charged: a rate a day by days, any other by a twelfth of a year each month.
        regular: The rate after a promotion; None if its rate stays.
        regular_from: The first day of the regular rate; None if its rate stays.
    """

    amount: Money
    rate: Rate
    regular: Rate | None = None
    regular_from: date | None = None

    @property
    def highest(self) -> Rate:
        """The highest rate it ever has."""
        return self.rate if self.regular is None else max(self.rate, self.regular)

    def rate_on(self, day: date) -> Rate:
        """What it is charged on a day."""
        if self.regular is not None and self.regular_from is not None and day >= self.regular_from:
            return self.regular
        return self.rate


@dataclass(frozen=True, slots=True)
class PayDays:
    """When a debt asks for its payments: once a month, by the cycle of its account.

    Attributes:
        first_on: The first day, today or later.
        cycle: The cycle of the account.
        calendar: The working days by which the lender moves due dates; None where it moves none.
        due_on: The due date that the days follow; None for ``first_on`` itself.
        passed: How many months ``first_on`` comes after ``due_on``.
        bought_on: When the order was made, for a lender that bills each by itself.
    """

    first_on: date
    cycle: Cycle = Cycle()
    calendar: BusinessCalendar | None = None
    due_on: date | None = None
    passed: int = 0
    bought_on: date | None = None

    def on(self, number: int) -> date:
        """The day of one payment: 0 for the first, 1 a month later, -1 a month before it."""
        if not number:
            return self.first_on
        start = self.first_on if self.due_on is None else self.due_on
        return self.cycle.following(start, self.passed + number, self.calendar, self.bought_on).on

    def may_shift_from(self, day: date) -> bool:
        """Whether working days may move a payment after a day: some of its year's holidays are known."""
        return self.calendar is not None and any(day.year <= year + 1 for year in self.calendar.years)


@dataclass(frozen=True, slots=True)
class Revolving:
    """A debt that bears interest, and of which the lender asks for a minimum each month.

    Attributes:
        balances: Its parts, at least one, in the order in which payments go to them.
        rule: What its minimum is, month by month.
        first: What its first payment asks for, where that is known; None for what the rule says.
        overdue: What it asks for already, and so is paid today; None for nothing.
        since: From when a rate a day is counted; None for the first payment: what comes before is free.
        lost: The interest that is added once, because a bill was not paid in full.
        lost_with: With which payment that is asked for, 0 for the first.
        bought: What is bought anew each month; it is on the bill of the payment after, free until then, and
            joins the first of the balances. None for nothing.
    """

    balances: tuple[RunningBalance, ...]
    rule: MonthlyRule
    first: Money | None = None
    overdue: Money | None = None
    since: date | None = None
    lost: Money | None = None
    lost_with: int = 1
    bought: Money | None = None

    @property
    def owed(self) -> Money:
        """What is owed now."""
        return sum_of((balance.amount for balance in self.balances), self.balances[0].amount.currency)

    @property
    def regular(self) -> Money:
        """What it asks for in a usual month: it goes to the next debt once this one does not ask for it.

        By the rule alone: a first minimum may be more, because a bill holds what is due in full, or less,
        because some of it is paid.
        """
        return Money(self.rule.asked(self.owed.minor, 0), self.owed.currency)


@dataclass(frozen=True, slots=True)
class EarlySettling:
    """That what is left of a plan may be settled at once, and by which rules.

    Attributes:
        policies: The rules of the lender that its sources name; at least one.
        is_high: Whether the dearest of them counts, else the cheapest.
    """

    policies: tuple[EarlyPolicy, ...]
    is_high: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """A debt in fixed rows, which bear nothing beyond the fees and interest that stand in them.

    Attributes:
        rows: What is still open of each row, by date; the id of each is that of its due.
        settle: How the rest may be settled at once; None where nobody says that it may be.
        regular: What it asks for in a usual month, which goes to the next debt once all rows are paid;
            None for nothing, as with what is due only once.
        is_recorded: Whether its fees and interest are charged already, so that they are owed and no cost to
            come.
    """

    rows: tuple[Instalment, ...]
    settle: EarlySettling | None = None
    regular: Money | None = None
    is_recorded: bool = False


@dataclass(frozen=True, slots=True)
class RunningDebt:
    """One debt of the simulation.

    Attributes:
        id: The id of the debt.
        account_id: Whose.
        label: What to call it.
        days: When it asks for its payments; of a debt in rows, when the first is due.
        way: What it bears and asks for.
    """

    id: str
    account_id: str
    label: Phrase
    days: PayDays
    way: Revolving | Rows

    @property
    def currency(self) -> str:
        """Its currency."""
        return self.owed.currency

    @property
    def open(self) -> Money:
        """What is still to pay of it as it stands, fees and interest of rows to come included."""
        if isinstance(self.way, Revolving):
            return self.way.owed
        return sum_of((row.total for row in self.way.rows), self.way.rows[0].principal.currency)

    @property
    def owed(self) -> Money:
        """What is owed of it without any cost to come."""
        if isinstance(self.way, Revolving) or self.way.is_recorded:
            return self.open
        return sum_of((row.principal for row in self.way.rows), self.way.rows[0].principal.currency)

    @property
    def regular(self) -> Money:
        """What it asks for in a usual month."""
        if isinstance(self.way, Revolving):
            return self.way.regular
        return self.way.regular or self.owed.zero
