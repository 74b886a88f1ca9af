"""Files that prove something: linked where they lie, copied into the data file only on request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case, Evidence
from planner.services.accounts import delete_account
from planner.services.cases.evidence import (
    EvidenceLine,
    LinkedAlreadyError,
    NameKeptOutError,
    NoCopyError,
    content_of_copy,
    drop_copy,
    evidence_view,
    keep_copy,
    link_file,
    unlink_file,
)
from planner.services.procedures import case_view, delete_case, start_case, write_step_note
from planner.store import evidence_files
from planner.store.backup import copies_of
from planner.store.changes import Changes, inverse
from planner.store.evidence_files import (
    MOST_BYTES,
    CannotReadFileError,
    FileGoneError,
    FileTooLargeError,
    read_evidence,
)
from planner.store.store import Store
from tests.asking_procedure import ASKING, use_small_procedure

# Not text in any encoding, with every byte there is.
BYTES = b"%PDF-1.7\x00" + bytes(range(256))


@pytest.fixture
def case(store: Store, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A run of a procedure to which files can be linked."""
    use_small_procedure(tmp_path, monkeypatch)
    return begun(store, today)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file that lies somewhere on the disk."""
    path = tmp_path / "回信 letter.pdf"
    path.write_bytes(BYTES)
    return path


def begun(store: Store, today: date) -> Case:
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        return start_case(store, ASKING, "account", today)


def do(store: Store, wish: Callable[..., object], *args: object) -> Changes:
    with store.transaction() as journal:
        wish(store, *args)
    return journal.changes


def linked(store: Store, case: Case, path: Path, today: date, step: str = "talk") -> Evidence:
    do(store, link_file, case.id, step, path, today)
    return store.cases.get(case.id).evidence[-1]


def copies(store: Store) -> dict[str, bytes]:
    rows = store.connection.execute("SELECT * FROM evidence_files ORDER BY id")
    return {row["id"]: row["content"] for row in rows}


def lines(store: Store, case: Case, today: date, step: str = "talk") -> tuple[EvidenceLine, ...]:
    return evidence_view(case_view(store, store.cases.get(case.id), today), step)


# --- Linking


def test_a_link_keeps_the_place_and_the_name_and_nothing_of_the_file(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    found = linked(store, case, letter, today)

    assert found == Evidence("talk", "回信 letter.pdf", str(letter), today, None, found.id)
    assert copies(store) == {}
    assert not any(BYTES[:8] in dump.encode() for dump in store.connection.iterdump())


def test_each_step_and_the_whole_case_show_their_own_files_in_the_order_they_were_linked(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    other = letter.with_name("chat.png")
    other.write_bytes(b"x")
    first, second = linked(store, case, letter, today), linked(store, case, other, today)
    whole = linked(store, case, letter, today, "")

    assert [each.evidence for each in lines(store, case, today)] == [first, second]
    assert [each.evidence for each in lines(store, case, today, "")] == [whole]
    assert lines(store, case, today, "send") == ()


def test_a_file_that_is_no_longer_there_is_said_to_be_gone(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    found = linked(store, case, letter, today)
    assert lines(store, case, today) == (EvidenceLine(found, is_there=True, is_viewed=True),)

    letter.unlink()

    assert lines(store, case, today) == (EvidenceLine(found, is_there=False, is_viewed=True),)
    letter.mkdir()  # a folder of that name is not the file
    assert not lines(store, case, today)[0].is_there


@pytest.mark.parametrize(
    ("name", "is_viewed"),
    [
        ("a.PDF", True),
        ("a.jpeg", True),
        ("a.exe", False),
        ("a.pdf.bat", False),
        ("a", False),
        ("a.sh", False),
    ],
)
def test_only_what_a_viewer_shows_may_be_opened(
    store: Store,
    case: Case,
    tmp_path: Path,
    today: date,
    name: str,
    is_viewed: bool,  # noqa: FBT001 - a case of the table
) -> None:
    (tmp_path / name).write_bytes(b"x")
    linked(store, case, tmp_path / name, today)

    assert [each.is_viewed for each in lines(store, case, today)] == [is_viewed]


def test_a_file_that_is_not_there_and_one_that_is_linked_already_are_refused(
    store: Store, case: Case, letter: Path, tmp_path: Path, today: date
) -> None:
    linked(store, case, letter, today)
    for path, refusal in (
        (letter, LinkedAlreadyError),
        (tmp_path / "none.pdf", FileGoneError),
        (tmp_path, FileGoneError),
    ):
        with pytest.raises(refusal):
            linked(store, case, path, today)
    with pytest.raises(FileGoneError):  # a name that no system has
        linked(store, case, tmp_path / ("n" * 5000), today)
    assert len(store.cases.get(case.id).evidence) == 1
    linked(store, case, letter, today, "send")


@pytest.mark.row("C102")
def test_a_file_whose_name_holds_an_identity_number_is_to_be_renamed_first(
    store: Store, case: Case, tmp_path: Path, today: date
) -> None:
    path = tmp_path / "身份证 11010519491231002X.jpg"
    path.write_bytes(b"x")

    with pytest.raises(NameKeptOutError):
        linked(store, case, path, today)
    path = path.rename(tmp_path / "mine.jpg")
    linked(store, case, path, today)
    assert [each.name for each in store.cases.get(case.id).evidence] == ["mine.jpg"]


# --- A copy


def test_a_copy_is_kept_on_request_only_and_outlives_the_file(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    found = linked(store, case, letter, today)
    with pytest.raises(NoCopyError):
        content_of_copy(store, found)

    do(store, keep_copy, case.id, found.id)
    letter.unlink()

    kept = store.cases.get(case.id).evidence[0]
    assert kept == replace(found, size=len(BYTES))
    assert content_of_copy(store, kept) == BYTES
    assert lines(store, case, today)[0].has_copy


def test_a_copy_is_taken_anew_from_the_file_as_it_is_then(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    found = linked(store, case, letter, today)
    do(store, keep_copy, case.id, found.id)
    letter.write_bytes(b"another")

    do(store, keep_copy, case.id, found.id)

    assert copies(store) == {found.id: b"another"}
    assert store.cases.get(case.id).evidence[0].size == len(b"another")


def test_a_file_of_nothing_can_be_copied(store: Store, case: Case, letter: Path, today: date) -> None:
    letter.write_bytes(b"")
    found = linked(store, case, letter, today)
    do(store, keep_copy, case.id, found.id)

    assert content_of_copy(store, store.cases.get(case.id).evidence[0]) == b""


def test_a_file_that_is_too_large_is_refused_and_stays_linked(
    store: Store, case: Case, letter: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_BYTES == 20_000_000
    monkeypatch.setattr(evidence_files, "MOST_BYTES", len(BYTES) - 1)
    found = linked(store, case, letter, today)

    with pytest.raises(FileTooLargeError) as refused:
        do(store, keep_copy, case.id, found.id)

    assert str(refused.value) == (
        "回信 letter.pdf is larger than 20 megabytes, so no copy is kept here. It can be linked all the same."
    )
    assert store.cases.get(case.id).evidence == (found,)
    assert copies(store) == {}
    monkeypatch.setattr(evidence_files, "MOST_BYTES", len(BYTES))
    assert read_evidence(letter) == BYTES


def test_a_file_that_cannot_be_read_or_is_gone_is_refused(
    store: Store, case: Case, letter: Path, tmp_path: Path, today: date
) -> None:
    found = linked(store, case, letter, today)
    letter.unlink()

    with pytest.raises(FileGoneError):
        do(store, keep_copy, case.id, found.id)
    with pytest.raises(CannotReadFileError):
        read_evidence(tmp_path)
    with pytest.raises(KeyError):
        do(store, keep_copy, case.id, "none")


def test_letting_the_copy_go_keeps_the_link_and_unlinking_lets_both_go(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    found, other = linked(store, case, letter, today), linked(store, case, letter, today, "send")
    for each in (found, other):
        do(store, keep_copy, case.id, each.id)

    do(store, drop_copy, case.id, found.id)
    assert copies(store) == {other.id: BYTES}
    assert [each.size for each in store.cases.get(case.id).evidence] == [None, len(BYTES)]

    do(store, unlink_file, case.id, other.id)
    assert copies(store) == {}
    assert store.cases.get(case.id).evidence == (found,)
    assert letter.read_bytes() == BYTES


def test_other_wishes_on_a_case_leave_its_copies_alone(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    found = linked(store, case, letter, today)
    do(store, keep_copy, case.id, found.id)

    changes = do(store, write_step_note, case.id, "talk", "a note, and PIN 1234")

    assert {change.table for change in changes} == {"case_steps"}
    assert copies(store) == {found.id: BYTES}
    assert store.cases.get(case.id).step("talk").note == "a note, and PIN ****"


@pytest.mark.parametrize("with_account", [False, True])
def test_a_case_goes_with_the_copies_of_its_files_and_comes_back_with_them(
    store: Store,
    case: Case,
    letter: Path,
    today: date,
    with_account: bool,  # noqa: FBT001 - a case of the table
) -> None:
    found = linked(store, case, letter, today)
    do(store, keep_copy, case.id, found.id)
    before = store.cases.get(case.id)

    gone = do(store, delete_account, "account") if with_account else do(store, delete_case, case.id)
    assert copies(store) == {}
    assert store.cases.all() == []

    store.apply(inverse(gone))
    assert copies(store) == {found.id: BYTES}
    assert store.cases.get(case.id) == before
    store.apply(gone)
    assert copies(store) == {}


def test_every_wish_on_files_can_be_taken_back_and_done_again(
    store: Store, case: Case, letter: Path, today: date
) -> None:
    def content() -> tuple[Case, dict[str, bytes]]:
        return store.cases.get(case.id), copies(store)

    states, steps = [content()], []
    steps.append(do(store, link_file, case.id, "talk", letter, today))
    states.append(content())
    evidence_id = states[-1][0].evidence[0].id
    for wish in (keep_copy, drop_copy, keep_copy, unlink_file):
        steps.append(do(store, wish, case.id, evidence_id))
        states.append(content())

    for changes, before in zip(reversed(steps), reversed(states[:-1]), strict=True):
        store.apply(inverse(changes))
        assert content() == before
    for changes, after in zip(steps, states[1:], strict=True):
        store.apply(changes)
        assert content() == after


def test_what_is_kept_stays_in_the_file_and_in_every_copy_of_it(
    tmp_path: Path, letter: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_small_procedure(tmp_path, monkeypatch)
    path, aside = tmp_path / "mine.db", tmp_path / "aside" / "copy.db"
    store = Store.create(path)
    case = begun(store, today)
    found = linked(store, case, letter, today)
    do(store, keep_copy, case.id, found.id)
    store.save_copy(aside)
    store.close(datetime(2026, 11, 22, 9))  # noqa: DTZ001 - a local time, as for the names of copies
    letter.unlink()

    for each in (path, aside, *copies_of(path)):
        with closing(Store.open(each)) as again:
            assert content_of_copy(again, again.cases.get(case.id).evidence[0]) == BYTES
    assert len(copies_of(path)) == 1
