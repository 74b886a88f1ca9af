"""A fact at the top of a case: what the record says of its account, and what to do where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from planner.domain.account import Account
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.late.counts import LateCounts
from planner.domain.position import Position
from planner.domain.procedures.kinds import FactKind
from planner.phrases import Phrase
from planner.services.late_history import counts_of
from planner.store.store import Store

LABELS = {
    FactKind.OWED: Phrase("Still to pay"),
    FactKind.LATE: Phrase("Late"),
    FactKind.LATE_COST: Phrase("Late cost by today"),
    FactKind.MINIMUM: Phrase("The least to pay"),
    FactKind.NEXT_DUE: Phrase("Next due"),
    FactKind.LIMIT_USED: Phrase("Used of the limit"),
    FactKind.STATES: Phrase("State of the account"),
    FactKind.LATE_COUNTS: Phrase("Late payments"),
    FactKind.RECORD_EXPIRY: Phrase("A late record is kept"),
    FactKind.AFFORDABLE: Phrase("What can be offered each month"),
    FactKind.CASH_FOR_DEBITS: Phrase("Balance needed for debits"),
}
"""What each is called."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the record says of an account, or that it does not say it.

    Attributes:
        kind: What it is about.
        label: What it is called.
        value: What it comes to, and how that was made; words where there is no figure.
        notes: What to know beside it.
        is_known: Whether the record says it.
        act: What the user can do about what is missing; None if nothing.
        place: The place of the program where that is done.
        target: What to show there.
    """

    kind: FactKind
    label: Phrase
    value: Derived[Any] | Phrase
    notes: tuple[Phrase, ...] = ()
    is_known: bool = True
    act: Phrase | None = None
    place: str = ""
    target: str = ""


# Without slots: how often payments were late is asked for by several facts, and is worked out once.
@dataclass(frozen=True)
class Asked:
    """Of what facts are asked.

    Attributes:
        store: The open store.
        account: The account.
        position: What is open on it.
    """

    store: Store
    account: Account
    position: Position

    @property
    def today(self) -> date:
        """The day."""
        return self.position.on

    @cached_property
    def late_counts(self) -> LateCounts:
        """How often payments were late."""
        return counts_of(self.store, self.account, self.today)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded on the account."""
        return self.store.ledgers.newest_entry(self.account.id) is None

    @property
    def coming(self) -> tuple[Due, ...]:
        """What is to pay on the next due day."""
        ahead = [
            due for due in self.position.open_dues if due.due_on is not None and due.due_on >= self.today
        ]
        return tuple(due for due in ahead if due.due_on == ahead[0].due_on)
