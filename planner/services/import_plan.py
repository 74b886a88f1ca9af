"""What a statement would change, row by row: decided before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.phrases import Phrase
from planner.statements.statement import Statement, StatementRow


class Becomes(StrEnum):
    """What a row of a statement becomes."""

    PURCHASE = "purchase"
    REFUND = "refund"
    REFUND_ADDED = "refund_added"
    PAYMENT = "payment"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    ALREADY_THERE = "already_there"
    NOT_CREDIT = "not_credit"
    IGNORED = "ignored"
    UNANSWERED = "unanswered"

    @property
    def is_recorded(self) -> bool:
        """Whether the row changes the record; every other row is skipped, with its reason."""
        return self in _RECORDED


_RECORDED = frozenset(
    {
        Becomes.PURCHASE,
        Becomes.REFUND,
        Becomes.REFUND_ADDED,
        Becomes.PAYMENT,
        Becomes.PENDING,
        Becomes.WITHDRAWN,
    }
)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row, and what it becomes.

    Attributes:
        row: The row of the statement.
        becomes: What it becomes.
        reason: Why, or what is to be known about it.
        account_id: The account it is or would be recorded on; empty if none.
        purchase_id: The purchase it makes, changes or already is; empty if none.
    """

    row: StatementRow
    becomes: Becomes
    reason: Phrase
    account_id: str = ""
    purchase_id: str = ""


@dataclass(frozen=True, slots=True)
class MethodUse:
    """A payment method whose rows depend on what it stands for.

    Attributes:
        method: The sender's word for it, or what is repaid.
        rows: How many rows depend on it.
        total: Their sum without what came back.
        is_answered: Whether it is said what it stands for.
        account_id: The account; None for "not credit, ignored" or no answer.
    """

    method: str
    rows: int
    total: Money
    is_answered: bool
    account_id: str | None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a statement would change, row by row.

    Attributes:
        statement: What was read.
        rows: Every row of it, in its order.
        methods: The payment methods that matter, in the order of the rows.
        new_accounts: Accounts that would be made for it.
        purchases: What would be saved, new or changed.
        payments: The same for payments.
        withdrawn: The ids of pending purchases that would go.
        ended: The orders to remember as ended without credit.
        record: What was recorded when it was made.
        mapping: What was answered when it was made.
    """

    statement: Statement
    rows: tuple[PlannedRow, ...]
    methods: tuple[MethodUse, ...]
    new_accounts: tuple[Account, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    payments: tuple[Payment, ...] = ()
    withdrawn: tuple[str, ...] = ()
    ended: tuple[tuple[str, str], ...] = ()
    record: Recorded | None = field(default=None, repr=False, compare=False)
    mapping: Mapping[str, str | None] = field(default_factory=dict, compare=False)

    @property
    def counts(self) -> dict[Becomes, int]:
        """How many rows become what, in the order of the kinds; together all rows."""
        counted = Counter(planned.becomes for planned in self.rows)
        return {kind: counted[kind] for kind in Becomes if counted[kind]}

    @property
    def recorded(self) -> int:
        """How many rows change the record."""
        return sum(count for kind, count in self.counts.items() if kind.is_recorded)

    @property
    def skipped(self) -> int:
        """How many rows do not, each with its reason."""
        return len(self.rows) - self.recorded

    @property
    def unanswered(self) -> tuple[MethodUse, ...]:
        """The methods of which it is not said what they stand for."""
        return tuple(use for use in self.methods if not use.is_answered)

    def as_json(self) -> dict[str, Any]:
        """The plan as plain values: text, whole numbers, lists; amounts as decimal text."""
        period = self.statement.period
        return {
            "format": self.statement.format,
            "encoding": self.statement.encoding,
            "currency": self.statement.currency,
            "period": [day.isoformat() for day in period] if period else None,
            "rows": len(self.rows),
            "recorded": self.recorded,
            "skipped": self.skipped,
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "differences": [
                {"what": str(one.what), "stated": _plain(one.header), "found": _plain(one.ours)}
                for one in self.statement.differences
            ],
            "methods": [
                {
                    "method": use.method,
                    "rows": use.rows,
                    "total": _plain(use.total),
                    "answered": use.is_answered,
                    "account": use.account_id,
                }
                for use in self.methods
            ],
            "entries": [
                {
                    "line": planned.row.line,
                    "at": planned.row.at.isoformat(),
                    "description": planned.row.description,
                    "amount": _plain(planned.row.gross),
                    "refunded": _plain(planned.row.refunded),
                    "becomes": planned.becomes.value,
                    "account": planned.account_id or None,
                    "reason": str(planned.reason),
                }
                for planned in self.rows
            ],
        }


def _plain(value: int | Money) -> int | str:
    return value if isinstance(value, int) else str(value).partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record holds that a plan has to know: frozen, so that planning needs no store.

    Attributes:
        accounts: Each account by its id.
        purchases: Every purchase.
        payments: Every payment.
        billed: The ids of what bills hold.
        ended: The pending orders that ended without credit: the order number, and what was ordered.
        state: The mark of the file when this was read.
    """

    accounts: Mapping[str, Account]
    purchases: Sequence[Purchase]
    payments: Sequence[Payment]
    billed: frozenset[str]
    ended: frozenset[tuple[str, str]] = frozenset()
    state: tuple[str, int, int] | None = field(default=None, compare=False)
