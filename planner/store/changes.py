"""What a transaction did to each row, and how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

RowValues = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after.

    Attributes:
        table: Its table.
        id: Its primary key.
        before: Its columns before; None if it was not there.
        after: Its columns after; None if it is gone.
    """

    table: str
    id: str
    before: RowValues | None
    after: RowValues | None


Changes = tuple[Change, ...]


def inverse(changes: Sequence[Change]) -> Changes:
    """The changes that take some changes back, last first."""
    return tuple(Change(change.table, change.id, change.after, change.before) for change in reversed(changes))


def tables_of(changes: Sequence[Change]) -> frozenset[str]:
    """The tables that were touched."""
    return frozenset(change.table for change in changes)
