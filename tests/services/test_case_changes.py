from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case, OwnText, StepState
from planner.domain.procedures.kinds import Section
from planner.i18n import explain
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.cases.changes import changes_of, mark_of, see_changes
from planner.services.cases.words import faq_of, section_words, warnings_of
from planner.services.procedures import CaseView, case_view
from planner.store import catalogue
from planner.store.store import Store
from tests.brought_procedures import head, step, use

NOTES = """
[[warning]]
title = "Always"
text = "T"
source = "S"

[[warning]]
title = "Only by phone"
text = "T"
source = "S"
when = { way = ["phone"] }

[[faq]]
title = "Only in the app?"
text = "T"
source = "S"
when = { way = ["app"] }

[[change]]
revision = 2
text = "A step was added."
new = ["check"]
steps = ["look"]

[[change]]
revision = 3
text = "It says where."
steps = ["check", "act"]
"""
STEPS = step("look", "Look") + step("act", "Act") + step("check", "Check")
REQUEST = head("request", "Ask for it") + step("ask", "Ask", kind='"submit"')


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, head("plain", "Do a plain thing", 3, NOTES) + STEPS, REQUEST)


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


def started(store: Store, account: Account, revision: int, today: date) -> Case:
    with store.transaction():
        case = procedures.start_case(store, "plain", account.id, today)
        store.cases.save(replace(case, revision=revision))
    return case


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def marks(view: CaseView) -> dict[str, str]:
    found = {each.step.id: mark_of(view, each.step.id) for each in view.steps}
    return {key: explain(mark) for key, mark in found.items() if mark is not None}


def test_what_changed_is_told_since_the_revision_of_the_case(
    store: Store, account: Account, today: date
) -> None:
    view = view_of(store, started(store, account, 1, today), today)

    assert [change.text for change in changes_of(view)] == ["A step was added.", "It says where."]
    # What was not there before is new, whatever a later revision says of it.
    assert marks(view) == {"look": "Changed", "act": "Changed", "check": "New"}


def test_a_later_case_is_told_only_what_is_later(store: Store, account: Account, today: date) -> None:
    view = view_of(store, started(store, account, 2, today), today)

    assert [change.text for change in changes_of(view)] == ["It says where."]
    assert marks(view) == {"act": "Changed", "check": "Changed"}


def test_having_seen_it_takes_the_marks_away_and_leaves_the_users_words(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, 1, today)
    with store.transaction():
        procedures.set_step_state(store, case.id, "look", StepState.DONE, today)
        kept = store.cases.get(case.id)
        own = replace(kept.step("act"), own_text=OwnText("As I do it", 1, "en"))
        store.cases.save(kept.with_step(own))
    with store.transaction():
        see_changes(store, case.id)

    view = view_of(store, case, today)
    assert (changes_of(view), marks(view), view.is_changed_since) == ((), {}, False)
    assert view.case.step("act").own_text == OwnText("As I do it", 1, "en")
    assert view.case.step("look").state is StepState.DONE


def test_a_finished_case_is_not_asked_to_look_at_changes(store: Store, account: Account, today: date) -> None:
    case = started(store, account, 1, today)
    with store.transaction():
        store.cases.save(replace(store.cases.get(case.id), ended_on=today))

    assert marks(view_of(store, case, today)) == {}


def test_a_case_of_this_revision_has_nothing_to_be_told(store: Store, account: Account, today: date) -> None:
    view = view_of(store, started(store, account, 3, today), today)

    assert (changes_of(view), marks(view)) == ((), {})


def test_warnings_and_questions_are_those_for_the_answers(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, 3, today)
    view = view_of(store, case, today)
    assert ([note.title for note in warnings_of(view)], faq_of(view)) == (["Always"], ())

    with store.transaction():
        procedures.answer(store, case.id, "way", "phone")
    view = view_of(store, case, today)
    assert [note.title for note in warnings_of(view)] == ["Always", "Only by phone"]
    assert faq_of(view) == ()

    with store.transaction():
        procedures.answer(store, case.id, "way", "app")
    assert [note.title for note in faq_of(view_of(store, case, today))] == ["Only in the app?"]


def test_only_a_procedure_with_a_request_calls_its_parts_after_it(
    store: Store, account: Account, today: date
) -> None:
    plain = view_of(store, started(store, account, 3, today), today)
    with store.transaction():
        asking = procedures.start_case(store, "request", account.id, today)

    def words(view: CaseView) -> list[str]:
        return [explain(section_words(view)[part]) for part in Section]

    assert words(plain) == ["Before", "What to do", "Afterwards"]
    assert words(view_of(store, asking, today)) == ["Before the request", "The request", "After the request"]
