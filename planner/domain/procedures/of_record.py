"""What the record answers where a procedure asks it instead of the user."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.domain.account import Account, State


def record_answers(account: Account, on: date) -> Mapping[str, str]:
    """What the record says of an account on a day, by the question that a step may ask of it.

    A restriction says more than the stage of life it lies over, and a freeze more than a lock.

    Args:
        account: The account a procedure is for.
        on: The day.
    """
    restrictions = account.restrictions_on(on)
    state = next((each for each in (State.FROZEN, State.LOCKED) if each in restrictions), account.life_on(on))
    return {"record.product": account.product, "record.country": account.law, "record.state": state.value}
