"""What has to be asked for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.domain.adopted.plan import Todo, TodoState
from planner.domain.optimum.conditions import condition_of
from planner.domain.optimum.problem import OptionKind
from planner.phrases import Phrase

_CHANGE_DEBIT = Phrase("change the automatic debit")
_ONCE = {
    OptionKind.DEFERRAL: Phrase("ask to pay one month later"),
    OptionKind.SETTLEMENT: Phrase("settle the plan early"),
    OptionKind.LATE: Phrase("contact the lender first, and agree on paying later"),
}


def ask_words(todo: Todo) -> Phrase:
    """What to ask the lender for: "apply for 6 instalments"."""
    if todo.is_debit:
        return _CHANGE_DEBIT
    if todo.kind in _ONCE:
        return _ONCE[todo.kind]
    match todo.kind:
        case OptionKind.INSTALMENTS:
            return Phrase.counted("apply for {count} instalment", "apply for {count} instalments", todo.count)
        case OptionKind.PROMOTION:
            return Phrase.counted(
                "apply for the promotion with {count} instalment",
                "apply for the promotion with {count} instalments",
                todo.count,
            )
        case OptionKind.REINSTALMENT:
            return Phrase.counted(
                "ask to put the rest of the plan into {count} instalment",
                "ask to put the rest of the plan into {count} instalments",
                todo.count,
            )
        case _:
            return Phrase.counted("agree on {count} payment", "agree on {count} payments", todo.count)


def todo_words(todo: Todo, account: str, on: date) -> Phrase:
    """What to do next about something that the lender has to agree to.

    Args:
        todo: What has to be asked for.
        account: What the user calls the account.
        on: The day.
    """
    what = {"account": account, "what": ask_words(todo)}
    is_over = is_overdue(todo, on)
    match todo.state:
        case TodoState.ACCEPTED if todo.is_debit:
            return Phrase("{account}: {what}. Done on {date}.", date=todo.done_on, **what)
        case TodoState.ACCEPTED:
            return Phrase("{account}: {what}. The lender agreed on {date}.", date=todo.done_on, **what)
        case TodoState.REFUSED:
            return Phrase("{account}: {what}. The lender refused on {date}.", date=todo.done_on, **what)
        case TodoState.ASKED if is_over:
            return Phrase(
                "{account}: {what}. Asked on {date}; the answer was to be there by {by}.",
                date=todo.done_on,
                by=todo.by,
                **what,
            )
        case TodoState.ASKED:
            return Phrase("{account}: {what}. Asked on {date}; note the answer.", date=todo.done_on, **what)
        case _:
            words, condition = _still_to_ask(todo, what, is_over=is_over), condition_of(todo.kind)
            return words if condition is None else Phrase("{first} {second}", first=words, second=condition)


def _still_to_ask(todo: Todo, what: Mapping[str, object], *, is_over: bool) -> Phrase:
    if todo.by is None:
        return Phrase("{account}: {what}.", **what)
    if is_over and todo.is_debit:
        return Phrase(
            "{account}: {what}. The day for it was {date}: change it all the same, or plan anew.",
            date=todo.by,
            **what,
        )
    if is_over:
        return Phrase(
            "{account}: {what}. The day for it was {date}: ask all the same, or plan anew.",
            date=todo.by,
            **what,
        )
    return Phrase("{account}: {what} by {date}.", date=todo.by, **what)


def is_overdue(todo: Todo, on: date) -> bool:
    """Whether the day is over by which the lender had to have answered, and no answer is noted."""
    return not todo.state.is_answered and todo.by is not None and todo.by < on
