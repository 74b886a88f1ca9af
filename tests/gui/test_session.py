from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from planner import i18n
from planner.domain.account import Account
from planner.gui.session import EVERYTHING, Session
from planner.phrases import N_
from planner.services.accounts import NameMissingError, delete_account, save_account
from planner.store.store import Store

ADD, CHANGE, DELETE = N_("Add account"), N_("Change account"), N_("Delete account")


@dataclass
class Heard:
    """What a session told while something happened."""

    changed: list[frozenset[str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@contextmanager
def hearing(session: Session) -> Iterator[Heard]:
    heard = Heard()
    session.changed.connect(heard.changed.append)
    session.done.connect(heard.done.append)
    session.refused.connect(heard.refused.append)
    yield heard
    session.changed.disconnect(heard.changed.append)
    session.done.disconnect(heard.done.append)
    session.refused.disconnect(heard.refused.append)


def names(session: Session) -> list[str]:
    return [account.name for account in session.store.accounts.all()]


@pytest.fixture
def account() -> Account:
    return Account("Baitiao", "JD", "CNY")


class Clock(Session):
    """A session whose day is set by hand instead of by the computer."""

    day = date(2026, 11, 22)

    @property
    def today(self) -> date:
        """The day it is set to."""
        return self.day


# --- wishes ------------------------------------------------------------------------------------------


def test_a_granted_wish_is_saved_and_told_once_with_its_tables_and_its_name(
    session: Session, account: Account
) -> None:
    with hearing(session) as heard:
        result = session.do(ADD, save_account, account)

    assert result == account
    assert session.store.accounts.all() == [account]
    assert heard == Heard([frozenset({"accounts"})], [ADD], [])
    assert session.history.undoText() == ADD


def test_a_refused_wish_changes_nothing_and_says_why_in_the_readers_language(
    session: Session, account: Account
) -> None:
    i18n.use("fr")
    with hearing(session) as heard:
        result = session.do(ADD, save_account, replace(account, name=" "))

    assert result is None
    assert names(session) == []
    assert heard == Heard([], [], [i18n.explain(NameMissingError())])
    assert heard.refused != [str(NameMissingError())]
    assert session.history.count() == 0


def test_a_wish_that_fails_half_way_leaves_nothing_of_its_first_half(
    session: Session, account: Account
) -> None:
    def half(store: Store) -> None:
        save_account(store, account)
        raise NameMissingError

    assert session.do(ADD, half) is None
    assert names(session) == []


def test_a_bug_is_not_taken_for_a_refusal(session: Session, account: Account) -> None:
    def broken(store: Store) -> None:
        save_account(store, account)
        raise KeyError

    with hearing(session) as heard, pytest.raises(KeyError):
        session.do(ADD, broken)

    assert heard == Heard()
    assert names(session) == []
    assert session.do(ADD, save_account, account) == account


def test_a_wish_that_changes_nothing_is_no_step(session: Session, account: Account) -> None:
    session.do(ADD, save_account, account)
    with hearing(session) as heard:
        assert session.do(CHANGE, save_account, account) == account

    assert heard == Heard()
    assert session.history.count() == 1


# --- undo and redo -----------------------------------------------------------------------------------


def test_undo_and_redo_go_back_and_forth_and_tell_the_pages_each_time(
    session: Session, account: Account
) -> None:
    session.do(ADD, save_account, account)
    session.do(CHANGE, save_account, replace(account, name="another"))

    with hearing(session) as heard:
        session.history.undo()
        assert names(session) == ["Baitiao"]
        session.history.undo()
        assert names(session) == []
        session.history.redo()
        session.history.redo()
        assert names(session) == ["another"]

    assert heard.changed == [frozenset({"accounts"})] * 4
    assert heard.done == []
    assert heard.refused == []


def test_a_new_wish_after_an_undo_ends_what_could_be_redone(session: Session, account: Account) -> None:
    session.do(ADD, save_account, account)
    session.history.undo()

    session.do(ADD, save_account, replace(account, id="other", name="other"))

    assert not session.history.canRedo()
    assert names(session) == ["other"]


def test_undo_is_refused_when_the_row_was_changed_since_and_the_step_is_dropped(
    session: Session, account: Account
) -> None:
    session.do(CHANGE, save_account, account)
    with session.store.transaction():  # as an import or another program would, without a step
        save_account(session.store, replace(account, name="changed elsewhere"))

    with hearing(session) as heard:
        session.history.undo()

    assert names(session) == ["changed elsewhere"]
    assert heard.refused == ["This step can no longer be undone: what it changed has been changed since."]
    assert heard.changed == []
    assert session.history.count() == 0


def test_redo_is_refused_when_the_row_was_changed_since(session: Session, account: Account) -> None:
    session.do(ADD, save_account, account)
    session.do(DELETE, delete_account, account.id)
    session.history.undo()
    with session.store.transaction():
        save_account(session.store, replace(account, note="changed elsewhere"))

    with hearing(session) as heard:
        session.history.redo()

    assert session.store.accounts.get(account.id).note == "changed elsewhere"
    assert len(heard.refused) == 1
    assert not session.history.canRedo()


def test_steps_before_a_dropped_one_can_still_be_undone(session: Session, account: Account) -> None:
    other = replace(account, id="other", name="other")
    session.do(ADD, save_account, account)
    session.do(ADD, save_account, other)
    with session.store.transaction():
        save_account(session.store, replace(other, name="changed elsewhere"))

    session.history.undo()
    session.history.undo()

    assert names(session) == ["changed elsewhere"]


# --- the day -----------------------------------------------------------------------------------------


def test_midnight_redraws_everything_once(qapp: QApplication, store: Store) -> None:
    assert qapp is not None
    session = Clock(store)
    with hearing(session) as heard:
        session.check_day()
        assert heard.changed == []
        session.day = date(2026, 11, 23)
        session.check_day()
        session.check_day()

    assert heard.changed == [EVERYTHING]


def test_a_clock_that_was_put_back_redraws_too(qapp: QApplication, store: Store) -> None:
    assert qapp is not None
    session = Clock(store)
    with hearing(session) as heard:
        session.day = date(2026, 11, 21)
        session.check_day()

    assert heard.changed == [EVERYTHING]


def test_a_fixed_day_never_changes(session: Session, today: date) -> None:
    with hearing(session) as heard:
        session.check_day()

    assert session.today == today
    assert heard.changed == []


def test_without_a_fixed_day_it_is_the_local_one(qapp: QApplication, store: Store) -> None:
    assert qapp is not None
    session = Session(store)
    local = datetime.now().date()  # noqa: DTZ005 - the user's local day is what is meant

    assert timedelta() <= session.today - local <= timedelta(days=1)


# --- choices -----------------------------------------------------------------------------------------


def test_a_choice_is_kept_and_told_without_a_step_in_the_history(session: Session) -> None:
    with hearing(session) as heard:
        session.set("theme", "dark")

    assert session.store.settings.get("theme") == "dark"
    assert heard == Heard([frozenset({"settings"})], [], [])
    assert session.history.count() == 0


def test_the_same_choice_again_is_not_told_again(session: Session) -> None:
    session.set("theme", "dark")
    with hearing(session) as heard:
        session.set("theme", "dark")

    assert heard.changed == []


def test_undo_leaves_choices_alone(session: Session, account: Account) -> None:
    session.do(ADD, save_account, account)
    session.set("theme", "dark")

    session.history.undo()

    assert names(session) == []
    assert session.store.settings.get("theme") == "dark"


# --- files -------------------------------------------------------------------------------------------


def test_another_file_has_its_own_rows_history_and_results(
    session: Session, account: Account, tmp_path: Path
) -> None:
    session.do(ADD, save_account, account)
    session.results["comparison"] = object()
    with hearing(session) as heard:
        assert session.open(tmp_path / "other.repayment", create=True)

    assert names(session) == []
    assert session.history.count() == 0
    assert session.results == {}
    assert EVERYTHING in heard.changed
    assert heard.refused == []
    session.close()
    assert not session.has_store


def test_a_file_that_is_not_there_is_refused_and_the_open_one_stays(
    session: Session, account: Account, tmp_path: Path
) -> None:
    session.do(ADD, save_account, account)
    with hearing(session) as heard:
        assert not session.open(tmp_path / "gone.repayment")

    assert len(heard.refused) == 1
    assert names(session) == ["Baitiao"]
    assert session.history.canUndo()


def test_without_a_file_there_is_nothing_to_write_to(qapp: QApplication) -> None:
    assert qapp is not None
    session = Session()

    assert not session.has_store
    assert session.close() is None
    with pytest.raises(RuntimeError, match="no file is open"):
        _ = session.store
