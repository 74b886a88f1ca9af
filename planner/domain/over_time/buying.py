"""What is bought anew each month with the accounts whose bills are followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.over_time.followed import Followed
from planner.domain.over_time.running import Revolving, RunningDebt


def with_purchases(
    debts: Sequence[Followed], accounts: Iterable[Account], amount: Money
) -> tuple[tuple[Followed, ...], tuple[Account, ...]]:
    """Let something be bought anew each month with some accounts: it joins the newest bill of each.

    Args:
        debts: The debts.
        accounts: The accounts.
        amount: What is bought each month with each of them.

    Returns:
        The debts, and the accounts without a bill that can be followed, of which nothing is in them.
    """
    changed, left_out = {each.debt.id: each for each in debts}, []
    for account in accounts:
        bills = [
            each
            for each in debts
            if each.debt.account_id == account.id and isinstance(each.high.way, Revolving)
        ]
        if not bills:
            left_out.append(account)
            continue
        newest = max(bills, key=lambda each: (each.debt.due_on, each.debt.id))
        changed[newest.debt.id] = replace(
            newest, low=_buying(newest.low, amount), high=_buying(newest.high, amount)
        )
    return tuple(changed.values()), tuple(left_out)


def _buying(debt: RunningDebt, amount: Money) -> RunningDebt:
    if not isinstance(debt.way, Revolving):
        return debt
    return replace(debt, way=replace(debt.way, bought=amount))
