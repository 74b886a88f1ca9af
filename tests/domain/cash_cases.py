"""Cash for tests: short ways to write amounts, accounts, flows and movements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Occurrence
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.cash.recurrence import Recurrence
from planner.domain.money import Money
from planner.phrases import Phrase


def cny(text: str | int) -> Money:
    return Money.of(text, "CNY")


def seen_on(name: str, *balances: tuple[date, str]) -> CashAccount:
    """A cash account with what was seen on it; its name is its id."""
    seen = tuple(Balance(on, cny(amount), f"{name}-{on}") for on, amount in balances)
    return CashAccount(name, "CNY", seen, id=name)


def flow(
    amount: str,
    recurrence: Recurrence,
    category: Category = Category.SALARY,
    occurrences: Sequence[Occurrence] = (),
    cash_account_id: str = "",
) -> CashFlow:
    """An income or expense; its category is its name and id."""
    name = category.value
    return CashFlow(
        name, category, cny(amount), recurrence, cash_account_id, tuple(occurrences), id=f"flow-{name}"
    )


def moves(
    on: date,
    amount: str,
    kind: MovementKind | None = None,
    cash_account_id: str = "",
    *,
    automatic: bool = False,
) -> Movement:
    """A movement; what kind it is follows from its sign if it is not said."""
    money = cny(amount)
    usual = MovementKind.INCOME if money.minor > 0 else MovementKind.EXPENSE
    return Movement(on, money, Phrase.own("x"), kind or usual, cash_account_id, automatic=automatic)
