"""Instalment plans with their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Plans(Repository[InstalmentPlan]):
    """Instalment plans, oldest first."""

    table = "plans"
    parts: ClassVar[Mapping[str, str]] = {"plan_rows": "plan_id"}

    def with_rows_since(self, account_id: str, day: date) -> list[InstalmentPlan]:
        """Every plan of an account, with its rows due from a day on that no bill due before it holds."""
        return self._select(
            "account_id = ?",
            account_id,
            rows_where={
                "plan_rows": f"AND due_on >= '{day.isoformat()}' AND NOT EXISTS "
                "(SELECT 1 FROM bill_lines JOIN bills ON bills.id = bill_lines.bill_id "
                f"WHERE refers_to = plan_rows.id AND bills.due_on < '{day.isoformat()}')"
            },
        )

    def of_row(self, row_id: str) -> InstalmentPlan | None:
        """The plan that a row belongs to, if there is one."""
        found = self._select("id IN (SELECT plan_id FROM plan_rows WHERE id = ?)", row_id)
        return found[0] if found else None

    def made_of(self, origin_id: str) -> list[InstalmentPlan]:
        """The plans that were made of a purchase, bill or plan."""
        return self._select("origin_id = ?", origin_id)

    @staticmethod
    @override
    def to_row(value: InstalmentPlan) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "name": value.name,
            "principal_minor": value.principal.minor,
            "currency": value.principal.currency,
            "count": value.count,
            "origin": value.origin.value,
            "origin_id": value.origin_id,
            "started_on": day_text(value.started_on),
        }

    @override
    def part_rows(self, value: InstalmentPlan) -> Mapping[str, Sequence[RowValues]]:
        return {
            "plan_rows": [
                {
                    "id": row.id,
                    "number": row.number,
                    "due_on": row.due_on.isoformat(),
                    "principal_minor": row.principal.minor,
                    "fee_minor": row.fee.minor,
                    "interest_minor": row.interest.minor,
                }
                for row in value.rows
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> InstalmentPlan:
        currency = row["currency"]
        return InstalmentPlan(
            id=row["id"],
            account_id=row["account_id"],
            name=row["name"],
            principal=Money(row["principal_minor"], currency),
            count=row["count"],
            origin=OriginKind(row["origin"]),
            origin_id=row["origin_id"],
            started_on=day_of(row["started_on"]),
            rows=tuple(
                Instalment(
                    part["number"],
                    date.fromisoformat(part["due_on"]),
                    Money(part["principal_minor"], currency),
                    Money(part["fee_minor"], currency),
                    Money(part["interest_minor"], currency),
                    part["id"],
                )
                for part in parts["plan_rows"]
            ),
        )
