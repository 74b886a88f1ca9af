"""A procedure as a report prints it: words and states, whatever they came from."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.step_view import StepView
from planner.domain.sourced import Source
from planner.phrases import Phrase
from planner.services.case_view import CaseView


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """One step.

    Attributes:
        state: How far it is, in words.
        title: What it is about.
        text: What to do.
        blockers: What stands in its way, with its figures.
        notes: The user's words, and what was said of it when it was recorded.
    """

    state: Phrase
    title: Phrase
    text: Phrase
    blockers: tuple[Phrase, ...] = ()
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """A procedure.

    Attributes:
        title: What it does.
        intro: What to know before: the goal, the account, when it was started, warnings.
        steps: Its steps, in order.
        questions: What people ask, each with its answer.
        contacts: Whom to call, each with the number.
        sources: Where it was found.
    """

    title: Phrase
    intro: tuple[Phrase, ...]
    steps: tuple[ChecklistStep, ...]
    questions: tuple[tuple[Phrase, Phrase], ...] = ()
    contacts: tuple[tuple[Phrase, str], ...] = ()
    sources: tuple[Source, ...] = ()


def checklist_of(view: CaseView) -> Checklist:
    """One run of a procedure as a checklist to print."""
    procedure, case = view.procedure, view.case
    about = Phrase("{account}, started on {date}", account=view.account.name, date=case.started_on)
    intro = [Phrase("Goal: {goal}", goal=Phrase(procedure.goal)), about]
    intro += [phrase for phrase in (view.banner, view.window) if phrase is not None]
    intro += [
        Phrase("{what}: {more}", what=Phrase(note.title), more=Phrase(note.text))
        for note in procedure.warnings
    ]
    if case.note:
        intro.append(Phrase.own(case.note))
    sources = [step.step.source for step in view.steps]
    return Checklist(
        Phrase(procedure.title),
        tuple(intro),
        tuple(_step(view, step) for step in view.steps),
        tuple((Phrase(note.title), Phrase(note.text)) for note in procedure.faq),
        tuple((Phrase(contact.label), contact.number) for contact in view.contacts),
        tuple(dict.fromkeys(source for source in sources if source.name)),
    )


def _step(case: CaseView, view: StepView) -> ChecklistStep:
    own = view.kept.own_text
    # A single thing to wait for stands in the words of the state already.
    is_said = view.is_blocked and len(view.waits_for) == 1
    said = view.waits_for if is_said else ()
    notes = [Phrase.own(view.kept.note)] if view.kept.note else []
    if view.step.kind is StepKind.SUBMIT:
        # The state names the day already.
        at = case.submitted if case.case.submitted_at is not None else None
        notes = [phrase for phrase in (at, case.recorded_anyway) if phrase is not None] + notes
    return ChecklistStep(
        view.state_words,
        Phrase(view.step.title),
        Phrase.own(own.text) if own is not None else Phrase(view.step.text),
        tuple(item.text for item in case.open_items(view) if item.blocker not in said),
        tuple(notes),
    )
