"""The documents of a case: which are asked for, what the user says of each, and how the step follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case, CaseDocument, DocumentState, StepState
from planner.domain.procedures.step_view import ShownState, StepView
from planner.services.cases.documents import documents_view, mark_document
from planner.services.procedures import (
    NotDoneYetError,
    StepBlockedError,
    answer,
    case_view,
    set_step_state,
    start_case,
)
from planner.store.changes import Changes, inverse
from planner.store.store import Store
from tests.asking_procedure import ASKING, use_small_procedure

LATER = date(2026, 11, 25)
AT_HAND, NOT_ASKED = DocumentState.AT_HAND, DocumentState.NOT_ASKED


@pytest.fixture
def case(store: Store, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A run of a procedure with a document that is always asked for, and one for an illness."""
    use_small_procedure(tmp_path, monkeypatch)
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        return start_case(store, ASKING, "account", today)


def mark(store: Store, case: Case, document: str, state: DocumentState | None, on: date) -> Changes:
    with store.transaction() as journal:
        mark_document(store, case.id, "gather", document, state, on)
    return journal.changes


def say_ill(store: Store, case: Case) -> None:
    with store.transaction():
        answer(store, case.id, "reason", "illness")


def listed(store: Store, case: Case, today: date) -> list[tuple[str, DocumentState | None, date | None]]:
    view = case_view(store, store.cases.get(case.id), today)
    return [(each.document.id, each.state, each.noted_on) for each in documents_view(store, view)]


def step(store: Store, case: Case, step_id: str, today: date) -> StepView:
    found = case_view(store, store.cases.get(case.id), today).step(step_id)
    assert found is not None
    return found


@pytest.mark.row("C097", "C115")
def test_the_documents_of_the_answers_are_listed_with_what_the_user_says_of_each(
    store: Store, case: Case, today: date
) -> None:
    assert listed(store, case, today) == [("income", None, None)]

    say_ill(store, case)
    mark(store, case, "illness", NOT_ASKED, today)
    mark(store, case, "income", AT_HAND, LATER)

    assert listed(store, case, today) == [
        ("income", AT_HAND, LATER),
        ("illness", NOT_ASKED, today),
    ]


@pytest.mark.row("C097")
def test_the_step_follows_what_is_ticked_and_is_done_when_nothing_is_left_to_find(
    store: Store, case: Case, today: date
) -> None:
    say_ill(store, case)
    seen = [step(store, case, "gather", today).state]
    for document, state in (
        ("income", AT_HAND),
        ("illness", NOT_ASKED),
        ("income", None),
        ("illness", None),
    ):
        mark(store, case, document, state, LATER)
        seen.append(step(store, case, "gather", today).state)

    assert seen == [
        ShownState.NOT_STARTED,
        ShownState.IN_PROGRESS,
        ShownState.DONE,
        ShownState.IN_PROGRESS,
        ShownState.NOT_STARTED,
    ]
    assert store.cases.get(case.id).documents == ()
    assert step(store, case, "gather", today).kept.done_on is None


def test_the_day_on_which_the_last_one_was_found_is_that_of_the_step(
    store: Store, case: Case, today: date
) -> None:
    mark(store, case, "income", AT_HAND, LATER)

    kept = step(store, case, "gather", today).kept
    assert (kept.state, kept.done_on) == (StepState.DONE, LATER)
    mark(store, case, "income", NOT_ASKED, today)
    assert store.cases.get(case.id).documents == (CaseDocument("income", NOT_ASKED, today),)


@pytest.mark.row("C097")
def test_a_step_that_needs_the_documents_waits_until_none_is_left_and_cannot_be_marked_before(
    store: Store, case: Case, today: date
) -> None:
    assert [str(each.text) for each in step(store, case, "send", today).waits_for] == [
        "Not at hand yet: Proof of income"
    ]
    with pytest.raises(StepBlockedError), store.transaction():
        set_step_state(store, case.id, "send", StepState.DONE, today)
    with pytest.raises(NotDoneYetError), store.transaction():
        set_step_state(store, case.id, "gather", StepState.DONE, today)

    mark(store, case, "income", AT_HAND, today)

    assert step(store, case, "send", today).state is ShownState.NOT_STARTED
    assert step(store, case, "gather", today).left == ()


def test_another_answer_that_asks_for_more_opens_a_step_that_was_done(
    store: Store, case: Case, today: date
) -> None:
    mark(store, case, "income", AT_HAND, today)
    say_ill(store, case)

    assert step(store, case, "gather", today).state is ShownState.IN_PROGRESS
    assert [each.target for each in step(store, case, "gather", today).left] == ["illness"]


def test_a_tick_can_be_taken_back_and_given_again(store: Store, case: Case, today: date) -> None:
    before = store.cases.get(case.id)
    changes = mark(store, case, "income", AT_HAND, today)
    after = store.cases.get(case.id)

    store.apply(inverse(changes))
    assert store.cases.get(case.id) == before
    store.apply(changes)
    assert store.cases.get(case.id) == after


def test_a_document_that_the_answers_do_not_ask_for_cannot_be_ticked(
    store: Store, case: Case, today: date
) -> None:
    with pytest.raises(KeyError):
        mark(store, case, "illness", AT_HAND, today)
    assert store.cases.get(case.id).documents == ()
