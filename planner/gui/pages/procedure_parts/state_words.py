"""What a step says that leads to a state of the account."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.account import State
from planner.phrases import N_


@dataclass(frozen=True, slots=True)
class StateWords:
    """What is said of a state that a step leads to.

    Attributes:
        status: That the account has it.
        since: The label of its day.
        record: The button that records it.
        undo: The button that takes it back.
    """

    status: str
    since: str
    record: str
    undo: str


STATE_WORDS = {
    State.OPEN: StateWords(
        N_("{account} is recorded as open since {date}."),
        N_("Open since"),
        N_("It is open"),
        N_("It is not open after all"),
    ),
    State.CLOSING: StateWords(
        N_("{account} is recorded as closing since {date}."),
        N_("Closing since"),
        N_("It is closing"),
        N_("It is not closing after all"),
    ),
    State.CLOSED: StateWords(
        N_("{account} is recorded as closed since {date}."),
        N_("Closed on"),
        N_("It is closed"),
        N_("It is not closed after all"),
    ),
    State.FROZEN: StateWords(
        N_("{account} is recorded as frozen by the lender since {date}."),
        N_("Frozen since"),
        N_("The lender has frozen it"),
        N_("It is not frozen any more"),
    ),
    State.LOCKED: StateWords(
        N_("{account} is recorded as locked by you since {date}."),
        N_("Locked on"),
        N_("I have locked it"),
        N_("It is unlocked again"),
    ),
    State.REPORTED: StateWords(
        N_("{account} is recorded as reported to the credit register since {date}."),
        N_("Reported on"),
        N_("It was reported"),
        N_("It was not reported after all"),
    ),
}
