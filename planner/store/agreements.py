"""Agreements with lenders, and the dues they took over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.agreed import Agreed, Proof
from planner.domain.money import Money
from planner.domain.procedures.kinds import Channel
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Agreements(Repository[Agreed]):
    """What was agreed with lenders, in the order it was recorded."""

    table = "agreements"
    parts: ClassVar[Mapping[str, str]] = {"agreement_dues": "agreement_id"}

    def of_case(self, case_id: str) -> Agreed | None:
        """The newest one that a run of a procedure led to; None if it led to none."""
        found = self._select("case_id = ?", case_id)
        return found[-1] if found else None

    def of_plan(self, plan_id: str) -> list[Agreed]:
        """Those that became a plan: one, or none."""
        return self._select("plan_id = ?", plan_id)

    @staticmethod
    @override
    def to_row(value: Agreed) -> RowValues:
        return {
            "id": value.id,
            "account_id": value.account_id,
            "plan_id": value.plan_id,
            "case_id": value.case_id,
            "agreed_on": value.agreed_on.isoformat(),
            "channel": value.channel.value,
            "person": value.person,
            "waived_minor": value.waived.minor,
            "currency": value.waived.currency,
            "proof": value.proof.value,
            "pauses_collection": int(value.pauses_collection),
            "note": value.note,
        }

    @override
    def part_rows(self, value: Agreed) -> Mapping[str, Sequence[RowValues]]:
        return {
            "agreement_dues": [
                {"id": f"{value.id}/{due_id}", "due_id": due_id, "taken_minor": taken.minor}
                for due_id, taken in value.covered.items()
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Agreed:
        return Agreed(
            id=row["id"],
            account_id=row["account_id"],
            plan_id=row["plan_id"],
            case_id=row["case_id"],
            agreed_on=date.fromisoformat(row["agreed_on"]),
            covered={
                part["due_id"]: Money(part["taken_minor"], row["currency"])
                for part in parts["agreement_dues"]
            },
            channel=Channel(row["channel"]),
            person=row["person"],
            waived=Money(row["waived_minor"], row["currency"]),
            proof=Proof(row["proof"]),
            pauses_collection=bool(row["pauses_collection"]),
            note=row["note"],
        )
