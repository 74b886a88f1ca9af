"""Up to how many days late a delay is slight, where a procedure goes on differently."""

from __future__ import annotations

from planner.domain.procedures.case import Case
from planner.domain.procedures.published import Step, is_led_to
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.cases.kept import save_case, with_answer
from planner.services.cases.record import SLIGHT_DAYS_SETTING, answers_at_start, slight_days
from planner.services.cases.view import CaseView
from planner.services.cases.views import procedure_of
from planner.store.store import Store

MOST_SLIGHT_DAYS = 365

# What a procedure asks of the record that this decides.
_ASKED = "record.days_late"


class SlightDaysError(PlannerError):
    """A slight delay of no day, or of more than a year."""

    message = N_("A slight delay has 1 to {most} days.")


def set_slight_days(store: Store, days: int, case_id: str = "") -> None:
    """Say up to how many days late a delay is slight.

    Cases under way keep the way they took, but for the one in which it is said.

    Args:
        store: The open store.
        days: How many.
        case_id: The case in which it is said; empty for none.

    Raises:
        SlightDaysError: There are none, or too many.
    """
    if not 1 <= days <= MOST_SLIGHT_DAYS:
        raise SlightDaysError(most=MOST_SLIGHT_DAYS)
    store.settings.put(SLIGHT_DAYS_SETTING, str(days))
    if case_id:
        _ask_again(store, store.cases.get(case_id))


def slight_words(store: Store, view: CaseView) -> Phrase | None:
    """Up to how many days late counts as slight, and which way this case goes; None if it does not ask."""
    if not any(_is_asked_on_the_way(step, view) for step in view.procedure.steps):
        return None
    days = slight_days(store)
    values = {"days": Phrase.counted("{count} day", "{count} days", days), "date": view.case.started_on}
    if view.answers.get(_ASKED) == "many":
        return Phrase(
            "On {date} the delay was longer than {days}, so it does not count as slight here.", **values
        )
    return Phrase("On {date} the delay was {days} at most, so it counts as slight here.", **values)


def _is_asked_on_the_way(step: Step, view: CaseView) -> bool:
    """Whether a step depends on it that the other answers lead to."""
    others = {question: wanted for question, wanted in step.answers.items() if question != _ASKED}
    return _ASKED in step.answers and is_led_to(others, view.answers)


def _ask_again(store: Store, case: Case) -> None:
    """Let the record answer anew for the first day of a case."""
    account = store.accounts.get(case.account_id)
    known = answers_at_start(store, procedure_of(case.procedure), account, case.started_on)
    if _ASKED in known:
        save_case(store, with_answer(case, _ASKED, known[_ASKED]))
