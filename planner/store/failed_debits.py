"""Automatic debits that failed."""

from __future__ import annotations

from datetime import date

from planner.compat import override
from planner.domain.failed_debit import FailedDebit
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository


class FailedDebits(Repository[FailedDebit]):
    """Every debit that failed, oldest first."""

    table = "failed_debits"
    order = "failed_on, rowid"

    @staticmethod
    @override
    def to_row(value: FailedDebit) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "due_id": value.due_id,
            "failed_on": value.on.isoformat(),
            "note": value.note,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> FailedDebit:
        return FailedDebit(
            row["account_id"], row["due_id"], date.fromisoformat(row["failed_on"]), row["note"], row["id"]
        )
