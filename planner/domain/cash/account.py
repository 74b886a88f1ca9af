"""Where cash lies: an account of the user's own, and what was seen on it when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.domain.ids import new_id
from planner.domain.money import Money


@dataclass(frozen=True, slots=True)
class Balance:
    """What was on a cash account at the end of a day, as the user saw it.

    Attributes:
        on: The day.
        amount: How much; negative for an overdraft.
        id: Its identity.
    """

    on: date
    amount: Money
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class CashAccount:
    """Where cash lies: a current account, a payment app, a purse.

    Attributes:
        name: What the user calls it.
        currency: ISO 4217.
        balances: What was seen on it, by day; of one day only the last counts.
        note: The user's own words.
        id: Its identity.
    """

    name: str
    currency: str
    balances: tuple[Balance, ...] = ()
    note: str = ""
    id: str = field(default_factory=new_id)

    def newest(self, on: date) -> Balance | None:
        """The newest balance that was seen by a day; None if none was."""
        return max((seen for seen in self.balances if seen.on <= on), key=lambda seen: seen.on, default=None)


def pays(accounts: Sequence[CashAccount], cash_account_id: str) -> CashAccount:
    """Where something comes in or goes out: the account that is named, or else the first.

    Args:
        accounts: The cash accounts of one currency, at least one, in their order.
        cash_account_id: The account that is named; empty or unknown for none.
    """
    return next((account for account in accounts if account.id == cash_account_id), accounts[0])


def without_balance(accounts: Iterable[CashAccount], on: date) -> tuple[CashAccount, ...]:
    """The accounts on which nothing was seen by a day, so that nobody knows what is there."""
    return tuple(account for account in accounts if account.newest(on) is None)
