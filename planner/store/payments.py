"""Payments."""

from __future__ import annotations

from datetime import date

from planner.compat import override
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Payments(Repository[Payment]):
    """What the user has paid back, oldest first."""

    table = "payments"
    order = "paid_on, rowid"

    def since(self, account_id: str, day: date) -> list[Payment]:
        """The payments on an account from a day on."""
        return self._select("account_id = ? AND paid_on >= ?", account_id, day.isoformat())

    @staticmethod
    @override
    def to_row(value: Payment) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "amount_minor": value.amount.minor,
            "currency": value.amount.currency,
            "paid_on": value.paid_on.isoformat(),
            "automatic": int(value.automatic),
            "aimed_at": value.aimed_at,
            "note": value.note,
            "source_key": value.source_key,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Payment:
        return Payment(
            id=row["id"],
            account_id=row["account_id"],
            amount=Money(row["amount_minor"], row["currency"]),
            paid_on=date.fromisoformat(row["paid_on"]),
            automatic=bool(row["automatic"]),
            aimed_at=row["aimed_at"],
            note=row["note"],
            source_key=row["source_key"],
        )
