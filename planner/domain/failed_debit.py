"""An automatic debit that the lender made no money of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.domain.ids import new_id


@dataclass(frozen=True, slots=True)
class FailedDebit:
    """That the debit of a due failed; it changes nothing in what is owed.

    Attributes:
        account_id: Whose.
        due_id: The due that was to be debited.
        on: The day on which it failed, or on which the user heard of it.
        note: The user's words, such as what the message said.
        id: Its identity.
    """

    account_id: str
    due_id: str
    on: date
    note: str = ""
    id: str = field(default_factory=new_id)
