"""What the record answers where a procedure asks it instead of the user."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.account import Account, State
from planner.domain.position import Position

# Up to how many days late a delay is slight unless the user says otherwise: one source says that Baitiao is
# frozen after 15 days (53761.com.cn).
SLIGHT_DAYS = 15


def record_answers(account: Account, position: Position, slight_days: int = SLIGHT_DAYS) -> Mapping[str, str]:
    """What the record says of an account on a day, by the question that a step may ask of it.

    A restriction says more than the stage of life it lies over, and a freeze more than a lock.

    Args:
        account: The account a procedure is for.
        position: What is open on it on that day.
        slight_days: Up to how many days late a delay counts as slight.
    """
    on = position.on
    restrictions = account.restrictions_on(on)
    state = next((each for each in (State.FROZEN, State.LOCKED) if each in restrictions), account.life_on(on))
    days_late = max(((on - due.due_on).days for due in position.late if due.due_on is not None), default=0)
    return {
        "record.product": account.product,
        "record.country": account.law,
        "record.state": state.value,
        "record.late": "some" if position.late else "none",
        "record.days_late": "many" if days_late > slight_days else "few",
        "record.automatic": "yes" if account.automatic else "no",
    }
