"""What a step says of the record in print, as its part of the window does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.domain.procedures.case import Case
from planner.domain.procedures.debits import debit_words
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.paying import PayState
from planner.domain.procedures.published import Step
from planner.domain.procedures.waiting import Wait, told_words
from planner.phrases import Phrase
from planner.services.cases.cap import cap_view
from planner.services.cases.debits import debits_view
from planner.services.cases.paying import pay_view, pay_words
from planner.services.cases.reconcile import recorded_balance
from planner.services.cases.tasks import task_view
from planner.store.store import Store


def step_words(
    store: Store, case: Case, waits: tuple[Wait, ...], today: date, step: Step
) -> tuple[Phrase, ...]:
    """What a step says of the record besides its words and what is open in it.

    Args:
        store: The open store.
        case: The run.
        waits: Its waits, as they stand.
        today: The day.
        step: The step.
    """
    found: Iterable[Phrase] = ()
    match step.kind:
        case StepKind.PAY:
            found = _of_payment(store, case, step, today)
        case StepKind.WAIT:
            found = _of_wait(next((each for each in waits if each.step.id == step.id), None))
        case StepKind.DEBITS:
            found = map(debit_words, debits_view(store, case, today).debits)
        case StepKind.TASK:
            found = (task_view(case, step, today).words,)
        case StepKind.CAP:
            found = _of_cap(store, case, today)
        case StepKind.RECONCILE:
            ours = recorded_balance(store, case, today)
            found = (Phrase("Still to pay by this record: {amount}", amount=ours),)
    return tuple(found)


def _of_payment(store: Store, case: Case, step: Step, today: date) -> Iterator[Phrase]:
    view = pay_view(store, case, step.id, today)
    is_open = view.exact is not None and view.exact.state is not PayState.REACHED
    if view.exact is not None and is_open and view.settled_on is None:
        yield Phrase("To pay exactly on {date}: {amount}", date=today, amount=view.exact.made_wanted)
    yield pay_words(view)


def _of_wait(wait: Wait | None) -> Iterator[Phrase]:
    if wait is None or wait.is_settled or wait.window is None or wait.counted is None:
        return
    yield wait.window
    for told in wait.counted.told:
        words, source = told_words(told), Phrase(told.duration.source.name)
        yield Phrase("{what}, by {source}", what=words, source=source)


def _of_cap(store: Store, case: Case, today: date) -> Iterator[Phrase]:
    found = cap_view(store, case, today)
    if found.cap is None:
        yield Phrase("Bought on credit this month: {spent}. No cap is set.", spent=found.spent)
    else:
        yield Phrase(
            "Bought on credit this month: {spent} of {cap}; {left} left.",
            spent=found.spent,
            cap=found.cap,
            left=found.left,
        )
