"""What is open, grouped into the debts that a plan decides about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.due import Due, DueKind
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase


class DebtKind(StrEnum):
    """What a debt is: a recorded bill, one still to come, a running plan, or a single due."""

    BILL = "bill"
    COMING_BILL = "coming_bill"
    PLAN = "plan"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """One debt with the dues it is made of, by date.

    Attributes:
        kind: What it is.
        id: The id of the bill, plan or due; of a bill still to come, the account and its due date.
        account_id: Whose.
        label: What to call it.
        dues: What is open of it; at least one, each with a date.
    """

    kind: DebtKind
    id: str
    account_id: str
    label: Phrase
    dues: tuple[Due, ...]

    @property
    def open(self) -> Money:
        """What is still to pay, fees of a running plan included."""
        return sum_of((due.open for due in self.dues), self.dues[0].open.currency)

    @property
    def principal(self) -> Money:
        """The principal still to pay."""
        return sum_of((due.open_principal for due in self.dues), self.dues[0].open.currency)

    @property
    def due_on(self) -> date:
        """When the first of it is due."""
        return min(due.due_on for due in self.dues if due.due_on is not None)

    @property
    def minimum(self) -> Money:
        """The least to pay of what is due first, so that it is not late."""
        first = self.due_on
        return sum_of(
            (due.open_minimum for due in self.dues if due.due_on == first), self.dues[0].open.currency
        )

    def is_late(self, on: date) -> bool:
        """Whether something of it is late."""
        return any(due.is_late(on) for due in self.dues)


def open_debts(dues: Iterable[Due], currency: str) -> tuple[OpenDebt, ...]:
    """Group what is open in one currency into debts, by their first date.

    The rows of a plan are one debt; what an account has not billed yet and is due on one day is one. A due
    without a date is in none: nobody can say when it has to be paid.

    Args:
        dues: The open dues of a position.
        currency: ISO 4217.
    """
    groups: dict[tuple[DebtKind, str], list[Due]] = {}
    for due in dues:
        if due.open.currency == currency and due.open and due.due_on is not None:
            groups.setdefault(_key(due), []).append(due)
    found = []
    for (kind, debt_id), group in groups.items():
        group.sort(key=lambda due: (due.due_on or date.max, due.id))
        found.append(OpenDebt(kind, debt_id, group[0].account_id, _label(kind, group), tuple(group)))
    return tuple(sorted(found, key=lambda debt: (debt.due_on, debt.id)))


def _key(due: Due) -> tuple[DebtKind, str]:
    if due.kind is DueKind.BILL:
        return DebtKind.BILL, due.id
    if due.plan_id:
        return DebtKind.PLAN, due.plan_id
    if due.projected:
        return DebtKind.COMING_BILL, f"{due.account_id}/{due.due_on}"
    return DebtKind.SINGLE, due.id


def _label(kind: DebtKind, group: list[Due]) -> Phrase:
    if kind is DebtKind.COMING_BILL and len(group) > 1:
        return Phrase.counted("{count} item not billed yet", "{count} items not billed yet", len(group))
    return group[0].label
