"""What comes in and goes out beside the debts, and what became of each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.cash.recurrence import Recurrence
from planner.domain.ids import new_id
from planner.domain.money import Money


class Direction(StrEnum):
    """Whether money comes or goes."""

    INCOME = "income"
    EXPENSE = "expense"


class Category(StrEnum):
    """What an income or an expense is for. What the person cannot do without comes first in hardship."""

    SALARY = "salary"
    BENEFIT = "benefit"
    OTHER_INCOME = "other_income"
    HOUSING = "housing"
    ENERGY = "energy"
    FOOD = "food"
    HEALTH = "health"
    TRANSPORT = "transport"
    FAMILY = "family"
    INSURANCE = "insurance"
    COMMUNICATION = "communication"
    TAX = "tax"
    OTHER = "other"

    @property
    def direction(self) -> Direction:
        """Whether it is an income or an expense."""
        return Direction.INCOME if self in _INCOMES else Direction.EXPENSE

    @property
    def is_essential(self) -> bool:
        """Whether a household cannot do without it."""
        return self.direction is Direction.EXPENSE and self is not Category.OTHER


_INCOMES = frozenset({Category.SALARY, Category.BENEFIT, Category.OTHER_INCOME})


class Happened(StrEnum):
    """What became of one time."""

    EXPECTED = "expected"
    CONFIRMED = "confirmed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What the user said about one time, where it is not as planned.

    Attributes:
        by_rule: The day of the rule it is about, before any shift.
        state: What became of it.
        on: The day it comes or came instead; None for the planned one.
        amount: How much instead; None for the planned amount.
        id: Its identity.
    """

    by_rule: date
    state: Happened = Happened.EXPECTED
    on: date | None = None
    amount: Money | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class CashFlow:
    """An income or an expense, once or again and again. Payments to lenders are none: the record has them.

    Attributes:
        name: What the user calls it.
        category: What it is for, and so whether it comes or goes.
        amount: How much each time; above nothing.
        recurrence: When.
        cash_account_id: Where it comes in or goes out; empty for the first account of its currency.
        occurrences: What the user said about single times.
        note: The user's own words.
        id: Its identity.
    """

    name: str
    category: Category
    amount: Money
    recurrence: Recurrence
    cash_account_id: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    note: str = ""
    id: str = field(default_factory=new_id)

    @property
    def direction(self) -> Direction:
        """Whether money comes or goes."""
        return self.category.direction

    def said_of(self, by_rule: date) -> Occurrence:
        """What the user said about one time; as planned if nothing."""
        return next((said for said in self.occurrences if said.by_rule == by_rule), Occurrence(by_rule))
