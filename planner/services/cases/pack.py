"""What is taken along of a case on paper: the same as the window shows, at the same moment."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.procedures.case import Evidence, LogEntry
from planner.domain.procedures.contacts import newest_first
from planner.domain.procedures.step_view import StepView
from planner.services.cases.documents import DocumentLine, documents_view
from planner.services.cases.facts import Fact, case_facts
from planner.services.cases.view import CaseView
from planner.services.letters import Letter
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class CasePack:
    """A case on paper.

    Attributes:
        view: How it stands.
        facts: What the record says of its account.
        documents: What the lender may want to see, and whether it is at hand.
        log: The contacts with the lender, the newest first.
        evidence: The files that prove something.
        letter: The letter that goes with it; None without one.
        letter_language: The language of the letter; empty for that of the paper.
    """

    view: CaseView
    facts: tuple[Fact, ...]
    documents: tuple[DocumentLine, ...]
    log: tuple[LogEntry, ...]
    evidence: tuple[Evidence, ...]
    letter: Letter | None = None
    letter_language: str = ""


def letter_steps(view: CaseView) -> tuple[StepView, ...]:
    """The steps of a case that help to write a letter."""
    return tuple(each for each in view.steps if each.step.letter is not None)


def next_letter(view: CaseView) -> StepView | None:
    """The first of them that is still to be done; None if none is."""
    return next((each for each in letter_steps(view) if not each.is_settled), None)


def case_pack(store: Store, view: CaseView, letter: Letter | None = None) -> CasePack:
    """What is taken along of a case.

    Args:
        store: The open store.
        view: How it stands.
        letter: The letter that goes with it; None without one.
    """
    return CasePack(
        view,
        case_facts(store, view),
        documents_view(store, view),
        newest_first(view.case.log),
        view.case.evidence,
        letter,
    )
