"""Where cash lies: an account of the user's own, and what was seen on it when."""

from __future__ import annotations

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
