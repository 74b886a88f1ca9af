"""How the wishes on a case look at it, and keep what they changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.kept_out import cleared
from planner.domain.procedures.case import Case, CaseStep
from planner.domain.procedures.step_view import StepView, listed
from planner.services.cases.errors import FutureDateError, StepBlockedError
from planner.services.cases.views import case_view
from planner.store.store import Store


def step_of(store: Store, case: Case, step_id: str, today: date) -> StepView:
    """A step of a case as it stands.

    Raises:
        KeyError: It is not on the way that the answers lead.
    """
    view = case_view(store, case, today).step(step_id)
    if view is None:
        raise KeyError(step_id)
    return view


def startable(store: Store, case: Case, step_id: str, today: date) -> StepView:
    """A step of a case that may be worked on.

    Raises:
        StepBlockedError: It has to wait for something.
    """
    view = step_of(store, case, step_id, today)
    if view.waits_for and not view.kept.state.is_settled:
        raise StepBlockedError(what=listed([each.text for each in view.waits_for]))
    return view


def with_answer(case: Case, question: str, given: str) -> Case:
    """The case with one answer changed; without it if there is nothing to say."""
    others = {known: answer for known, answer in case.answers.items() if known != question}
    return replace(case, answers={**others, question: given} if given else others)


def not_after(day: date, today: date) -> None:
    """Check that a day on which something happened is not still to come.

    Raises:
        FutureDateError: It is.
    """
    if day > today:
        raise FutureDateError(date=day)


def save_case(store: Store, case: Case) -> Case:
    """Keep a case as it is now, whatever was typed into it without what is never kept."""
    case = _cleared(case)
    store.cases.save(case)
    return case


def _cleared(case: Case) -> Case:
    """A case with masks in place of identity numbers, whole card numbers, codes and passwords."""
    return replace(
        case,
        note=cleared(case.note).text,
        answers={question: cleared(given).text for question, given in case.answers.items()},
        steps=tuple(_cleared_step(step) for step in case.steps),
        log=tuple(
            replace(
                entry,
                person=cleared(entry.person).text,
                said=cleared(entry.said).text,
                promise=cleared(entry.promise).text,
            )
            for entry in case.log
        ),
        own_steps=tuple(
            replace(step, title=cleared(step.title).text, text=cleared(step.text).text)
            for step in case.own_steps
        ),
    )


def _cleared_step(step: CaseStep) -> CaseStep:
    own = step.own_text
    if own is not None:
        own = replace(own, text=cleared(own.text).text)
    return replace(step, note=cleared(step.note).text, own_text=own)
