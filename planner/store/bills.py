"""Bills with their lines, charges and adjustments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.money import Money
from planner.store.changes import RowValues
from planner.store.columns import minor_of, money_of
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Bills(Repository[Bill]):
    """The statements, by due date."""

    table = "bills"
    order = "due_on, rowid"
    parts: ClassVar[Mapping[str, str]] = {"bill_lines": "bill_id"}

    def due_since(self, account_id: str, day: date) -> list[Bill]:
        """The bills of an account due from a day on."""
        return self._select("account_id = ? AND due_on >= ?", account_id, day.isoformat())

    def carries(self, bill_id: str) -> bool:
        """Whether a bill carries the rest of another."""
        sql = "SELECT 1 FROM bill_lines WHERE bill_id = ? AND kind = ? LIMIT 1"
        row = self._store.connection.execute(sql, (bill_id, LineKind.CARRIED.value)).fetchone()
        return row is not None

    def holding(self, value_id: str) -> list[Bill]:
        """The bills with a line for a purchase, row, charge or earlier bill."""
        return self._select("id IN (SELECT bill_id FROM bill_lines WHERE refers_to = ?)", value_id)

    def holds_before(self, value_ids: Sequence[str], day: date) -> bool:
        """Whether a bill due before a day has a line for any of some things."""
        marks = ", ".join("?" * len(value_ids))
        sql = (
            "SELECT 1 FROM bill_lines JOIN bills ON bills.id = bill_lines.bill_id "
            f"WHERE bill_lines.refers_to IN ({marks}) AND bills.due_on < ? LIMIT 1"
        )
        row = self._store.connection.execute(sql, (*value_ids, day.isoformat())).fetchone()
        return row is not None

    def states_since(self, account_id: str, day: date, before: date) -> bool:
        """Whether a bill of an account, stated on a day or later, is due before another day."""
        sql = "SELECT 1 FROM bills WHERE account_id = ? AND statement_on >= ? AND due_on < ? LIMIT 1"
        values = (account_id, day.isoformat(), before.isoformat())
        return self._store.connection.execute(sql, values).fetchone() is not None

    @staticmethod
    @override
    def to_row(value: Bill) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "currency": value.amount.currency,
            "statement_on": value.statement_on.isoformat(),
            "due_on": value.due_on.isoformat(),
            "minimum_minor": minor_of(value.minimum),
            "note": value.note,
            "category": value.category,
        }

    @override
    def part_rows(self, value: Bill) -> Mapping[str, Sequence[RowValues]]:
        return {
            "bill_lines": [
                {
                    "id": line.id,
                    "kind": line.kind.value,
                    "amount_minor": line.amount.minor,
                    "refers_to": line.refers_to,
                    "label": line.label,
                }
                for line in value.lines
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Bill:
        currency = row["currency"]
        return Bill(
            id=row["id"],
            account_id=row["account_id"],
            statement_on=date.fromisoformat(row["statement_on"]),
            due_on=date.fromisoformat(row["due_on"]),
            minimum=money_of(row["minimum_minor"], currency),
            note=row["note"],
            category=row["category"],
            lines=tuple(
                BillLine(
                    LineKind(line["kind"]),
                    Money(line["amount_minor"], currency),
                    line["refers_to"],
                    line["label"],
                    line["id"],
                )
                for line in parts["bill_lines"]
            ),
        )


class Charges(Repository[Charge]):
    """What lenders posted beside their bills."""

    table = "charges"
    order = "posted_on, rowid"

    def unheld_since(self, account_id: str, day: date) -> list[Charge]:
        """The charges of an account from a day on that no bill holds."""
        return self._select(
            "account_id = ? AND posted_on >= ? AND NOT EXISTS "
            "(SELECT 1 FROM bill_lines WHERE refers_to = charges.id)",
            account_id,
            day.isoformat(),
        )

    @staticmethod
    @override
    def to_row(value: Charge) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "kind": value.kind.value,
            "amount_minor": value.amount.minor,
            "currency": value.amount.currency,
            "posted_on": value.posted_on.isoformat(),
            "note": value.note,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Charge:
        return Charge(
            id=row["id"],
            account_id=row["account_id"],
            kind=LineKind(row["kind"]),
            amount=Money(row["amount_minor"], row["currency"]),
            posted_on=date.fromisoformat(row["posted_on"]),
            note=row["note"],
        )


class Adjustments(Repository[Adjustment]):
    """What the lender's app said instead."""

    table = "adjustments"
    order = "as_of, rowid"

    def since(self, account_id: str, day: date, upwards: date) -> list[Adjustment]:
        """The adjustments of an account that no bill holds, and all that belong to a bill.

        Args:
            account_id: The account.
            day: The first day of those downwards, which count at once.
            upwards: The first day of those upwards, which are due later.
        """
        return self._select(
            "account_id = ? AND (bill_id <> '' OR as_of >= CASE WHEN amount_minor < 0 THEN ? ELSE ? END "
            "AND NOT EXISTS (SELECT 1 FROM bill_lines WHERE refers_to = adjustments.id))",
            account_id,
            day.isoformat(),
            upwards.isoformat(),
        )

    @staticmethod
    @override
    def to_row(value: Adjustment) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "amount_minor": value.amount.minor,
            "stated_minor": value.stated.minor,
            "currency": value.amount.currency,
            "as_of": value.as_of.isoformat(),
            "reason": value.reason,
            "bill_id": value.bill_id,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Adjustment:
        return Adjustment(
            id=row["id"],
            account_id=row["account_id"],
            amount=Money(row["amount_minor"], row["currency"]),
            stated=Money(row["stated_minor"], row["currency"]),
            as_of=date.fromisoformat(row["as_of"]),
            reason=row["reason"],
            bill_id=row["bill_id"],
        )
