"""What was handed over to calendar programs."""

from __future__ import annotations

from datetime import date, datetime

from planner.compat import override
from planner.domain.reminders.entry import Handed
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository


class HandedEntries(Repository[Handed]):
    """Each entry of a calendar as it was handed over last."""

    table = "calendar_entries"

    @staticmethod
    @override
    def to_row(value: Handed) -> RowValues:
        return {
            "id": value.id,
            "entry_on": value.on.isoformat(),
            "digest": value.digest,
            "sequence": value.sequence,
            "changed_at": value.changed_at.isoformat(),
            "is_cancelled": int(value.is_cancelled),
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Handed:
        return Handed(
            row["id"],
            date.fromisoformat(row["entry_on"]),
            row["digest"],
            row["sequence"],
            datetime.fromisoformat(row["changed_at"]),
            bool(row["is_cancelled"]),
        )
