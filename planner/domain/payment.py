"""What the user has paid back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.domain.ids import new_id
from planner.domain.money import Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid to a lender.

    Attributes:
        account_id: The account it went to.
        amount: How much.
        paid_on: When.
        automatic: Whether the lender debited it.
        aimed_at: The id of the bill, row, purchase or charge the user meant; empty lets the contract's
            order decide.
        note: The user's own words.
        source_key: The imported row it came from; empty if typed.
        id: Its identity.
    """

    account_id: str
    amount: Money
    paid_on: date
    automatic: bool = False
    aimed_at: str = ""
    note: str = ""
    source_key: str = ""
    id: str = field(default_factory=new_id)
