"""What was said of what there was to remind of."""

from __future__ import annotations

from planner.compat import override
from planner.domain.reminders.reminder import Remembered
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text
from planner.store.db import Row
from planner.store.repository import Children, Repository


class RememberedTopics(Repository[Remembered]):
    """What was said last of each topic, and what is put off."""

    table = "remembered"

    @staticmethod
    @override
    def to_row(value: Remembered) -> RowValues:
        return {
            "id": value.id,
            "said": value.said,
            "said_on": day_text(value.said_on),
            "snoozed_until": day_text(value.snoozed_until),
            "seen": value.seen,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Remembered:
        return Remembered(
            row["id"], row["said"], day_of(row["said_on"]), day_of(row["snoozed_until"]), row["seen"]
        )
