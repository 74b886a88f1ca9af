"""Which procedures help an account as it stands: late, frozen or locked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from planner.domain.account import Account, State
from planner.domain.procedures.published import Procedure
from planner.store import catalogue


class Trouble(StrEnum):
    """What a procedure may help with."""

    FROZEN = "frozen"
    LATE = "late"
    LOCKED = "locked"


# Which procedure helps with what, the most urgent first.
HELPS: Mapping[str, frozenset[Trouble]] = {
    "unfreeze": frozenset({Trouble.FROZEN}),
    "negotiate": frozenset({Trouble.FROZEN, Trouble.LATE}),
    "manual-repayment": frozenset({Trouble.FROZEN, Trouble.LATE}),
    "unlock-baitiao": frozenset({Trouble.LOCKED}),
}


def troubles_of(account: Account, today: date, *, is_late: bool) -> frozenset[Trouble]:
    """What an account may need help with.

    Args:
        account: The account.
        today: The local day.
        is_late: Whether something on it is late.
    """
    states = account.restrictions_on(today)
    found = {
        Trouble.FROZEN: State.FROZEN in states,
        Trouble.LATE: is_late,
        Trouble.LOCKED: State.LOCKED in states,
    }
    return frozenset(trouble for trouble, is_there in found.items() if is_there)


def way_out_of(account: Account, today: date) -> Procedure | None:
    """The procedure that lifts what lies over an account; None where nothing does, or none is known."""
    troubles = troubles_of(account, today, is_late=False)
    for procedure_id, helps in HELPS.items():
        procedure = catalogue.procedure(procedure_id)
        if procedure is not None and helps & troubles and account.product in procedure.products:
            return procedure
    return None
