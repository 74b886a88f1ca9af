"""Purchases with their refunds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.money import Money
from planner.domain.purchase import Progress, Purchase, Refund
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Purchases(Repository[Purchase]):
    """What was ordered on credit, oldest first."""

    table = "purchases"
    order = "bought_on, rowid"
    parts: ClassVar[Mapping[str, str]] = {"refunds": "purchase_id"}

    def unheld_since(self, account_id: str, day: date) -> list[Purchase]:
        """The purchases of an account from a day on that no bill holds."""
        return self._select(
            "account_id = ? AND bought_on >= ? AND NOT EXISTS "
            "(SELECT 1 FROM bill_lines WHERE refers_to = purchases.id)",
            account_id,
            day.isoformat(),
        )

    def refunded_on_bills_since(self, account_id: str, day: date) -> list[Purchase]:
        """The purchases on the bills of an account due from a day on, as far as something came back."""
        return self._select(
            "id IN (SELECT purchase_id FROM refunds WHERE purchase_id IN "
            "(SELECT refers_to FROM bill_lines WHERE bill_id IN "
            "(SELECT id FROM bills WHERE account_id = ? AND due_on >= ?)))",
            account_id,
            day.isoformat(),
        )

    def between(self, account_id: str, first: date, last: date) -> list[Purchase]:
        """The purchases of an account from one day to another, both included."""
        return self._select(
            "account_id = ? AND bought_on BETWEEN ? AND ?", account_id, first.isoformat(), last.isoformat()
        )

    def unfinished(self, account_id: str) -> list[Purchase]:
        """The purchases of an account whose order is still under way."""
        return self._select("account_id = ? AND progress = ?", account_id, Progress.PENDING.value)

    def with_refunds_after(self, account_id: str, on: date) -> list[Purchase]:
        """The purchases of an account of which something is to come back after a day."""
        later = "id IN (SELECT purchase_id FROM refunds WHERE refunded_on > ?)"
        return self._select(f"account_id = ? AND {later}", account_id, on.isoformat())

    @staticmethod
    @override
    def to_row(value: Purchase) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "amount_minor": value.amount.minor,
            "currency": value.amount.currency,
            "bought_on": value.bought_on.isoformat(),
            "merchant": value.merchant,
            "description": value.description,
            "order_number": value.order_number,
            "progress": value.progress.value,
            "category": value.category,
            "source_key": value.source_key,
        }

    @override
    def part_rows(self, value: Purchase) -> Mapping[str, Sequence[RowValues]]:
        return {
            "refunds": [
                {
                    "id": refund.id,
                    "amount_minor": refund.amount.minor,
                    "refunded_on": refund.refunded_on.isoformat(),
                    "source_key": refund.source_key,
                }
                for refund in value.refunds
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Purchase:
        currency = row["currency"]
        return Purchase(
            id=row["id"],
            account_id=row["account_id"],
            amount=Money(row["amount_minor"], currency),
            bought_on=date.fromisoformat(row["bought_on"]),
            merchant=row["merchant"],
            description=row["description"],
            order_number=row["order_number"],
            progress=Progress(row["progress"]),
            category=row["category"],
            source_key=row["source_key"],
            refunds=tuple(
                Refund(
                    Money(refund["amount_minor"], currency),
                    date.fromisoformat(refund["refunded_on"]),
                    refund["source_key"],
                    refund["id"],
                )
                for refund in parts["refunds"]
            ),
        )
