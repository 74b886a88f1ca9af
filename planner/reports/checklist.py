"""A procedure as a report prints it: words and states, whatever they came from."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.step_view import StepView
from planner.domain.sourced import Source
from planner.phrases import Phrase
from planner.services.cases.view import CaseView
from planner.services.cases.words import faq_of, section_words, warnings_of


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """One step.

    Attributes:
        state: How far it is, in words.
        title: What it is about.
        text: What to do.
        blockers: What stands in its way, with its figures.
        notes: The user's words, and what was said of it when it was recorded.
        part: The part of the procedure that begins with it; None if none does.
        is_settled: Whether nothing is left to do in it.
    """

    state: Phrase
    title: Phrase
    text: Phrase
    blockers: tuple[Phrase, ...] = ()
    notes: tuple[Phrase, ...] = ()
    part: Phrase | None = None
    is_settled: bool = False


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
        for note in warnings_of(view)
    ]
    if case.note:
        intro.append(Phrase.own(case.note))
    sources = [step.step.source for step in view.steps]
    sources += [note.source for note in (*warnings_of(view), *faq_of(view))]
    return Checklist(
        Phrase(procedure.title),
        tuple(intro),
        tuple(_step(view, step, part) for step, part in zip(view.steps, _parts(view), strict=True)),
        tuple((Phrase(note.title), Phrase(note.text)) for note in faq_of(view)),
        tuple((Phrase(contact.label), contact.number) for contact in view.contacts),
        tuple(dict.fromkeys(source for source in sources if source.name)),
    )


def _parts(view: CaseView) -> list[Phrase | None]:
    """For each step the part of the procedure that begins with it; nothing where there is one part only."""
    words = section_words(view)
    sections = [step.step.section for step in view.steps]
    if len(set(sections)) <= 1:
        return [None] * len(sections)
    befores = [None, *sections]
    return [
        words[section] if section is not before else None
        for section, before in zip(sections, befores, strict=False)
    ]


def _step(case: CaseView, view: StepView, part: Phrase | None) -> ChecklistStep:
    # A single thing to wait for stands in the words of the state already.
    is_said = view.is_blocked and len(view.waits_for) == 1
    said = view.waits_for if is_said else ()
    notes = [Phrase.own(view.kept.note)] if view.kept.note else []
    if view.step.kind is StepKind.SUBMIT:
        # The state names the day already.
        at = case.submitted if case.case.submitted_at is not None else None
        notes = [phrase for phrase in (at, case.recorded_anyway) if phrase is not None] + notes
    if not view.is_not_needed:
        notes = [*case.tell_of(view.step), *notes]
    name = view.title
    title = Phrase("{step} (optional)", step=name) if view.step.optional else name
    return ChecklistStep(
        view.state_words,
        title,
        view.text,
        tuple(item.text for item in case.open_items(view) if item.blocker not in said),
        tuple(notes),
        part,
        view.is_settled,
    )
