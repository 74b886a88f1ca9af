"""Running debts for the tests of paying them off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.minimum.monthly import MonthlyRule
from planner.domain.money import Money
from planner.domain.over_time.path import Budget, DebtPath
from planner.domain.over_time.running import (
    EarlySettling,
    PayDays,
    Revolving,
    Rows,
    RunningBalance,
    RunningDebt,
)
from planner.domain.payoff.scenario import Lump
from planner.domain.rate import Per, Rate
from planner.domain.term import EarlyPolicy
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
FIRST = date(2026, 12, 10)


def usd(amount: int | str) -> Money:
    return Money.of(amount, "USD")


def fixed(amount: int | str) -> MonthlyRule:
    """The same amount each month; nothing for a debt that asks for nothing by itself."""
    return MonthlyRule(Fraction(0), fixed=usd(amount).minor, smallest=0)


def part(of: str, least: int | str = 0, **more: Any) -> MonthlyRule:
    return MonthlyRule(Fraction(of), least=usd(least).minor, **more)


def yearly(percent: str) -> Rate:
    return Rate.percent(percent)


def daily(percent: str) -> Rate:
    return Rate.percent(percent, Per.DAY)


def debt(
    name: str,
    amount: int | str,
    rate: Rate | str,
    rule: MonthlyRule | int | str = 0,
    first_on: date = FIRST,
    **more: Any,
) -> RunningDebt:
    """A debt that bears interest."""
    found = rate if isinstance(rate, Rate) else yearly(rate)
    balances = more.pop("balances", (RunningBalance(usd(amount), found),))
    asked = rule if isinstance(rule, MonthlyRule) else fixed(rule)
    days = more.pop("days", PayDays(first_on))
    account_id = more.pop("account_id", f"account of {name}")
    way = Revolving(balances, asked, **more)
    return RunningDebt(name, account_id, Phrase.own(name), days, way)


def rows(
    name: str,
    amounts: Sequence[tuple[int | str, int | str]],
    first_on: date = FIRST,
    policies: tuple[EarlyPolicy, ...] = (),
    *,
    is_high: bool = True,
    regular: int | str | None = None,
) -> RunningDebt:
    """A running plan: the principal and the fee of each row, a month apart."""
    made = tuple(
        Instalment(
            number, add_months(first_on, number - 1), usd(principal), usd(fee), usd(0), f"{name}-{number}"
        )
        for number, (principal, fee) in enumerate(amounts, start=1)
    )
    settle = EarlySettling(policies, is_high) if policies else None
    way = Rows(made, settle, usd(regular) if regular is not None else None)
    return RunningDebt(name, f"account of {name}", Phrase.own(name), PayDays(max(first_on, TODAY)), way)


def budget(
    extra: int | str = 0, *lumps: tuple[date, int | str], rolls_on: bool = True, today: date = TODAY
) -> Budget:
    return Budget(today, usd(extra), tuple(Lump(on, usd(amount)) for on, amount in lumps), rolls_on=rolls_on)


def amounts_of(path: DebtPath) -> list[tuple[str, str]]:
    """The payments of a debt as text."""
    return [(paid.on.isoformat(), str(paid.amount.decimal)) for paid in path.payments]


CENT = Decimal("0.01")
