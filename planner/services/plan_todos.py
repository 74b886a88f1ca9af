"""What the plans that are followed want to remind of: the next thing that a lender has to agree to."""

from __future__ import annotations

from datetime import date

from planner.domain.adopted.plan import Todo
from planner.domain.adopted.todo_words import todo_words
from planner.phrases import Phrase
from planner.store.store import Store


def next_todo(store: Store, today: date) -> tuple[Todo, Phrase] | None:
    """What has to be asked for next, and what to do about it in words; None if nothing has to.

    What has a day comes before what has none, and the nearest day first.

    Args:
        store: The open store.
        today: The local day.
    """
    if not store.has_adopted_plan:
        return None
    waiting = [
        todo for plan in store.adopted_plans.followed() for todo in plan.todos if not todo.state.is_answered
    ]
    if not waiting:
        return None
    # The order in which they stand in the plan decides between those of one day.
    todo = min(waiting, key=lambda todo: todo.by or date.max)
    account = store.accounts.find(todo.account_id)
    return todo, todo_words(todo, account.name if account is not None else "–", today)
