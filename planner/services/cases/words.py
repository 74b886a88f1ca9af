"""What a case says beside its steps: warnings, questions, and the headings of its parts."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.procedures.kinds import Section, StepKind
from planner.domain.procedures.published import Note, is_led_to
from planner.phrases import Phrase
from planner.services.cases.view import CaseView


def warnings_of(view: CaseView) -> tuple[Note, ...]:
    """What to know before, as far as it is for the answers of the case."""
    return tuple(note for note in view.procedure.warnings if is_led_to(note.answers, view.answers))


def faq_of(view: CaseView) -> tuple[Note, ...]:
    """What people ask, as far as it is for the answers of the case."""
    return tuple(note for note in view.procedure.faq if is_led_to(note.answers, view.answers))


def section_words(view: CaseView) -> Mapping[Section, Phrase]:
    """What the parts of its procedure are called."""
    return _WITH_REQUEST if view.procedure.of_kind(StepKind.SUBMIT) is not None else _WITHOUT_REQUEST


_WITH_REQUEST = {
    Section.BEFORE: Phrase("Before the request"),
    Section.DO: Phrase("The request"),
    Section.AFTER: Phrase("After the request"),
}
_WITHOUT_REQUEST = {
    Section.BEFORE: Phrase("Before"),
    Section.DO: Phrase("What to do"),
    Section.AFTER: Phrase("Afterwards"),
}
