"""The documents of a case: which there are for its answers, and what the user says of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planner.domain.procedures.case import Case, CaseDocument, DocumentState, StepState
from planner.domain.procedures.published import Document
from planner.services.cases.kept import save_case
from planner.services.cases.record import answers_of
from planner.services.cases.view import CaseView
from planner.services.cases.views import procedure_of
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that the lender may want to see, and what the user says of it.

    Attributes:
        document: As published.
        state: Whether it is at hand or not asked for; None while it is still to be found.
        noted_on: The day the user said so; None while it is still to be found.
    """

    document: Document
    state: DocumentState | None
    noted_on: date | None


def documents_view(store: Store, view: CaseView) -> tuple[DocumentLine, ...]:
    """The documents that the answers of a case ask for, in their order.

    Args:
        store: The open store.
        view: The case as it stands.
    """
    return _lines(store, view.case)


def mark_document(
    store: Store, case_id: str, step_id: str, document_id: str, state: DocumentState | None, today: date
) -> Case:
    """Say that a document is at hand or not asked for, or that it is still to be found; the step follows.

    Args:
        store: The open store.
        case_id: The case.
        step_id: The step that lists the documents.
        document_id: The document.
        state: What the user says; None: it is still to be found.
        today: The local day.

    Raises:
        KeyError: The answers of the case ask for no such document.
    """
    case = store.cases.get(case_id)
    if all(each.document.id != document_id for each in _lines(store, case)):
        raise KeyError(document_id)
    others = tuple(each for each in case.documents if each.document != document_id)
    said = () if state is None else (CaseDocument(document_id, state, today),)
    case = replace(case, documents=(*others, *said))
    lines = _lines(store, case)
    left = [each for each in lines if each.state is None]
    if not left:
        kept = replace(case.step(step_id), state=StepState.DONE, done_on=today)
    else:
        begun = StepState.IN_PROGRESS if len(left) < len(lines) else StepState.NOT_STARTED
        kept = replace(case.step(step_id), state=begun, done_on=None)
    return save_case(store, case.with_step(kept))


def _lines(store: Store, case: Case) -> tuple[DocumentLine, ...]:
    procedure = procedure_of(case.procedure)
    answers = answers_of(store, procedure, case, store.accounts.get(case.account_id))
    known = {each.document: each for each in case.documents}
    return tuple(_line(each, known.get(each.id)) for each in procedure.documents_for(answers))


def _line(document: Document, said: CaseDocument | None) -> DocumentLine:
    if said is None:
        return DocumentLine(document, None, None)
    return DocumentLine(document, said.state, said.noted_on)
