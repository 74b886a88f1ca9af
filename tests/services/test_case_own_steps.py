from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case, Evidence, LogEntry, OwnStep, StepState
from planner.domain.procedures.kinds import Channel, Section
from planner.domain.procedures.own_steps import step_of_case, steps_of
from planner.domain.procedures.step_view import ShownState
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.cases.errors import EmptyTitleError, OwnOrderError
from planner.services.cases.evidence import evidence_view, link_file
from planner.services.cases.own_steps import add_own_step, change_own_step, delete_own_step
from planner.services.procedures import CaseView, case_view
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store
from tests.brought_procedures import head, step, use

FILE = head("plain", "Do a plain thing") + "".join(
    [
        step("look", "Look", section='"before"'),
        step("only-late", "Pay", when='{ "record.late" = ["some"] }'),
        step("act", "Act"),
        step("check", "Check", section='"after"'),
    ]
)


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, FILE)


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    with store.transaction():
        return procedures.start_case(store, "plain", account.id, today)


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def ids(store: Store, case: Case, today: date) -> list[str]:
    return [each.step.id for each in view_of(store, case, today).steps]


def add(store: Store, case: Case, title: str, after: str = "") -> OwnStep:
    with store.transaction():
        return add_own_step(store, case.id, title, "", after)


# --- Where they stand


def test_an_own_step_stands_after_the_step_it_was_put_after(store: Store, case: Case, today: date) -> None:
    first = add(store, case, "Mine, first")
    second = add(store, case, "Mine, second", "look")
    third = add(store, case, "Mine, third", "look")
    inner = add(store, case, "Mine, after the second", second.id)
    last = add(store, case, "Mine, last", "check")

    assert ids(store, case, today) == [
        first.id, "look", second.id, inner.id, third.id, "act", "check", last.id,
    ]  # fmt: skip


def test_an_own_step_keeps_its_place_where_the_step_before_is_left_out(
    store: Store, case: Case, today: date
) -> None:
    own = add(store, case, "Mine", "only-late")

    assert ids(store, case, today) == ["look", own.id, "act", "check"]


def test_an_own_step_whose_step_is_no_longer_published_comes_last(
    store: Store, case: Case, today: date
) -> None:
    own = add(store, case, "Mine", "gone")

    assert ids(store, case, today)[-1] == own.id


def test_an_own_step_belongs_to_the_part_of_the_step_before_it() -> None:
    (procedure,) = catalogue.procedures()
    own = (OwnStep("A", "", "look", "a"), OwnStep("B", "", "check", "b"), OwnStep("C", "", "", "c"))
    made = {each.id: each for each in steps_of(procedure, Case("plain", 1, "x", date.min, own_steps=own), {})}

    assert (made["a"].section, made["b"].section) == (Section.BEFORE, Section.AFTER)
    assert made["c"].section is Section.BEFORE
    assert made["a"].is_own
    assert not made["look"].is_own


def test_a_step_is_found_whether_it_is_published_or_not() -> None:
    (procedure,) = catalogue.procedures()
    case = Case("plain", 1, "x", date.min, own_steps=(OwnStep("A", "B", "look", "a"),))

    assert (step_of_case(procedure, case, "a").title, step_of_case(procedure, case, "a").text) == ("A", "B")
    assert step_of_case(procedure, case, "look").title == "Look"
    with pytest.raises(KeyError):
        step_of_case(procedure, case, "gone")


# --- Marks, notes, changes


def test_an_own_step_is_marked_and_noted_like_any_other(store: Store, case: Case, today: date) -> None:
    own = add(store, case, "Ring {my} brother", "look")
    for state in (StepState.IN_PROGRESS, StepState.DONE):
        with store.transaction():
            procedures.set_step_state(store, case.id, own.id, state, today)
    with store.transaction():
        procedures.write_step_note(store, case.id, own.id, "He agreed")

    view = view_of(store, case, today)
    found = view.step(own.id)
    assert found is not None
    assert (found.state, found.kept.done_on, found.kept.note) == (ShownState.DONE, today, "He agreed")
    assert (found.title.is_own, str(found.title)) == (True, "Ring {my} brother")
    assert view.done == 1


def test_an_own_step_has_files_of_its_own(store: Store, case: Case, today: date, tmp_path: Path) -> None:
    own = add(store, case, "Mine", "look")
    proof = tmp_path / "proof.pdf"
    proof.write_bytes(b"%PDF")
    with store.transaction():
        link_file(store, case.id, own.id, proof, today)

    view = view_of(store, case, today)
    assert [line.evidence.name for line in evidence_view(view, own.id)] == ["proof.pdf"]
    assert evidence_view(view, "look") == ()


def test_an_own_step_can_be_changed_and_moved_with_its_marks(store: Store, case: Case, today: date) -> None:
    own = add(store, case, "Mine", "look")
    with store.transaction():
        procedures.set_step_state(store, case.id, own.id, StepState.DONE, today)
    with store.transaction():
        change_own_step(store, case.id, own.id, " Mine still ", " With words ", "act")

    assert ids(store, case, today) == ["look", "act", own.id, "check"]
    found = view_of(store, case, today).step(own.id)
    assert found is not None
    assert (str(found.title), str(found.text)) == ("Mine still", "With words")
    assert found.state is ShownState.DONE


def test_an_own_step_needs_a_title(store: Store, case: Case) -> None:
    own = add(store, case, "Mine")
    with pytest.raises(EmptyTitleError), store.transaction():
        add_own_step(store, case.id, "  ", "Words", "")
    with pytest.raises(EmptyTitleError), store.transaction():
        change_own_step(store, case.id, own.id, "", "Words", "")

    assert len(store.cases.get(case.id).own_steps) == 1


def test_an_own_step_never_follows_itself_or_what_follows_it(store: Store, case: Case, today: date) -> None:
    first = add(store, case, "First", "look")
    second = add(store, case, "Second", first.id)
    third = add(store, case, "Third", second.id)
    for after in (first.id, second.id, third.id):
        with pytest.raises(OwnOrderError), store.transaction():
            change_own_step(store, case.id, first.id, "First", "", after)

    with store.transaction():
        change_own_step(store, case.id, third.id, "Third", "", first.id)
    assert ids(store, case, today) == ["look", first.id, second.id, third.id, "act", "check"]


def test_what_happened_in_a_deleted_own_step_stays_with_the_case(
    store: Store, case: Case, today: date
) -> None:
    own = add(store, case, "Mine", "look")
    follower = add(store, case, "After mine", own.id)
    kept = store.cases.get(case.id)
    with store.transaction():
        log = (LogEntry(own.id, today, Channel.PHONE, time(9, 30)), LogEntry("act", today, Channel.APP))
        evidence = (Evidence(own.id, "a.pdf", "/a.pdf", today), Evidence("act", "b.pdf", "/b.pdf", today))
        store.cases.save(replace(kept, log=log, evidence=evidence))
        procedures.set_step_state(store, case.id, own.id, StepState.DONE, today)
    with store.transaction() as changes:
        delete_own_step(store, case.id, own.id)

    after = store.cases.get(case.id)
    assert [each.step for each in after.log] == ["", "act"]
    assert [each.step for each in after.evidence] == ["", "act"]
    assert after.steps == ()
    assert ids(store, case, today) == ["look", follower.id, "act", "check"]
    with pytest.raises(KeyError), store.transaction():
        delete_own_step(store, case.id, own.id)

    store.apply(inverse(changes.changes))
    assert ids(store, case, today) == ["look", own.id, follower.id, "act", "check"]
    assert store.cases.get(case.id).step(own.id).state is StepState.DONE
