"""Paying only the minimums: what every order is measured by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.domain.minimum.path import FURTHEST
from planner.domain.money import Money
from planner.domain.over_time.path import Budget, Run
from planner.domain.over_time.run import least_extra, run
from planner.domain.over_time.running import RunningDebt


def minimum_only(debts: Sequence[RunningDebt], today: date, currency: str) -> Run:
    """Pay each debt what is asked for and nothing more; what a debt no longer asks for goes to none.

    Args:
        debts: The debts.
        today: The day of deciding.
        currency: ISO 4217.
    """
    return run(debts, _nothing_beside(today, currency))


def least_extra_of(debt: RunningDebt, today: date, within: int = FURTHEST) -> Money | None:
    """The least to pay each month on one debt beyond its minimum so that it ends.

    Args:
        debt: The debt.
        today: The day of deciding.
        within: Within how many months.

    Returns:
        None if no amount does it.
    """
    return least_extra((debt,), _nothing_beside(today, debt.currency), within=within)


def _nothing_beside(today: date, currency: str) -> Budget:
    return Budget(today, Money(0, currency), rolls_on=False)
