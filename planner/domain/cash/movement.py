"""One dated movement of cash, whatever it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.money import Money
from planner.phrases import Phrase


class MovementKind(StrEnum):
    """What a movement comes from.

    DUE, OVERDUE and PLANNED are still open in the record: nothing of them has left an account yet.
    """

    INCOME = "income"
    EXPENSE = "expense"
    PAYMENT = "payment"
    DUE = "due"
    OVERDUE = "overdue"
    PLANNED = "planned"

    @property
    def is_open(self) -> bool:
        """Whether it is a debt that the record still shows as open."""
        return self in _OPEN


_OPEN = frozenset({MovementKind.DUE, MovementKind.OVERDUE, MovementKind.PLANNED})


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of cash.

    Attributes:
        on: The day.
        amount: How much; negative when it goes out.
        label: What it is.
        kind: What it comes from.
        cash_account_id: The cash account.
        refers_to: The id of the flow, due or payment; empty for none.
        account_id: The credit account it goes to; empty for none.
        automatic: Whether the lender debits it.
        by_rule: The day of the rule, for a time of an income or expense; None for others.
        doubt: Why its day may still move; None if it is settled.
    """

    on: date
    amount: Money
    label: Phrase
    kind: MovementKind
    cash_account_id: str = ""
    refers_to: str = ""
    account_id: str = ""
    automatic: bool = False
    by_rule: date | None = None
    doubt: Phrase | None = None
