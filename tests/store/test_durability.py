"""What is saved stays saved: crashes, full disks, copies, and files that are not ours."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.errors import PlannerError
from planner.services.accounts import delete_account, save_account
from planner.services.bills import pay, save_bill, save_purchase
from planner.services.example import write_example
from planner.store.backup import KEPT, CopyFailedError, DamagedFileError, copies_folder, copies_of, copy_to
from planner.store.changes import inverse
from planner.store.db import connect
from planner.store.store import (
    VERSION,
    CannotOpenError,
    CannotSaveError,
    MissingFileError,
    NewerFileError,
    NotOurFileError,
    Store,
)

# How often the program is killed; the release notes speak of a thousand.
KILLS = int(os.environ.get("PLANNER_KILLS", "40"))

LINES = 12


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file of ours may be made."""
    return tmp_path / "my debts [1].db"


def filled(path: Path, accounts: int = 1) -> Store:
    store = Store.create(path)
    with store.transaction():
        for number in range(accounts):
            save_account(store, Account(f"Lender {number}", "Lender", "CNY"))
    return store


def content(path: Path) -> list[str]:
    """Everything in a file, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


# --- Killed at any moment --------------------------------------------------------------------------


def _session(path: Path, run: str) -> None:
    """What the killed program does: acts of several rows each, and a line once each is saved."""
    store = Store.create(path)
    # The file is there before its first act: that counts as saved too.
    print("0", flush=True)  # noqa: T201 - how the test learns of it
    number = 0
    while True:
        number += 1
        due_on = date(2026, 1, 10) + timedelta(days=number)
        account = Account(f"{run}/{number}", "Lender", "CNY", id=f"account {run}/{number}")
        lines = tuple(
            BillLine(LineKind.UNITEMISED, cny(100 + line), id=f"{account.id}/{line}") for line in range(LINES)
        )
        with store.transaction() as journal:
            save_account(store, account)
            bill = save_bill(store, Bill(account.id, due_on, due_on, lines, id=f"bill {run}/{number}"))
            pay(store, Payment(account.id, bill.amount, due_on, id=f"payment {run}/{number}"))
        if number % 5 == 0:  # now and then something is taken back, done again, and summed up
            store.apply(inverse(journal.changes))
            store.apply(journal.changes)
            store.ledgers.summarise(due_on + timedelta(days=1))
        if number % 7 == 0:
            store.close(datetime(2026, 1, 1) + timedelta(hours=number))  # noqa: DTZ001 - local time is meant
            store = Store.open(path)
        print(number, flush=True)  # noqa: T201 - how the test learns of it


def _run_and_kill(path: Path, run: str, seconds: float) -> int:
    """Let the program work on a file for some time, kill it, and return the last act it called saved."""
    command = [sys.executable, __file__, str(path), run]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:  # noqa: S603 - ourselves
        assert program.stdout is not None
        said = program.stdout.readline() if seconds >= 0 else ""
        time.sleep(abs(seconds))
        program.kill()
        said += program.stdout.read()
    # A line that was cut off was not said.
    return int((said.rsplit("\n", 1)[0].split() or ["-1"])[-1])


def _assert_nothing_lost(path: Path, run: str, saved: int) -> None:
    """Every act that was called saved is there in full, and of the one after it all or nothing."""
    assert integrity(path) == "ok"
    with closing(Store.open(path).connection) as connection:
        execute = connection.execute
        acts = execute("SELECT name, id FROM accounts WHERE name LIKE ?", (f"{run}/%",)).fetchall()
        numbers = sorted(int(row["name"].partition("/")[2]) for row in acts)
        assert numbers in (list(range(1, saved + 1)), list(range(1, saved + 2)))
        for row in acts:
            lines = "SELECT count(*) FROM bill_lines JOIN bills ON bills.id = bill_id WHERE account_id = ?"
            assert execute(lines, (row["id"],)).fetchone()[0] == LINES
            assert (
                execute("SELECT count(*) FROM payments WHERE account_id = ?", (row["id"],)).fetchone()[0] == 1
            )
        assert execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_killed_program_loses_nothing_that_it_called_saved(path: Path) -> None:
    moments = random.Random(20261122)  # noqa: S311 - the same moments in every run, as far as time allows
    saved = 0
    for kill in range(KILLS):
        run = f"run{kill}"
        last = _run_and_kill(path, run, moments.uniform(0, 0.08))
        assert last >= 0
        _assert_nothing_lost(path, run, last)
        saved += last
    assert saved > KILLS  # the moments are spread over the acts, not all before the first
    for copy in copies_of(path):
        assert integrity(copy) == "ok"


@pytest.mark.parametrize("milliseconds", range(0, 200, 25))
def test_a_program_killed_while_it_makes_its_file_can_be_started_again(path: Path, milliseconds: int) -> None:
    _run_and_kill(path, "first", -milliseconds / 1000)

    store = Store.create(path)
    with store.transaction():
        save_account(store, Account("Lender", "Lender", "CNY"))
    store.close()
    assert integrity(path) == "ok"


@pytest.mark.parametrize("left", ["nothing", "a header", "the list of migrations"])
def test_a_file_whose_making_was_interrupted_is_made_after_all(path: Path, left: str) -> None:
    path.touch()
    if left != "nothing":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            if left == "the list of migrations":
                columns = "id INTEGER PRIMARY KEY, migration_set, name, applied_at"
                connection.execute(f"CREATE TABLE _sqlite_migrations ({columns})")

    store = Store.create(path)

    assert store.accounts.count() == 0
    store.close()


# --- A full disk -----------------------------------------------------------------------------------


def _save_much(store: Store) -> None:
    with store.transaction():
        for number in range(400):
            save_account(store, Account(f"Lender {number}", "x" * 500, "CNY"))


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on the size of files is POSIX")
def test_a_full_disk_changes_nothing_and_says_so(path: Path) -> None:
    import resource

    store = filled(path)
    before = list(store.connection.iterdump())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    written = [each.stat().st_size for each in path.parent.iterdir() if each.is_file()]
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        # At every length at which the disk may be full while the change is written.
        for more in range(0, 60_000, 4_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (max(written) + more, hard))
            with pytest.raises(CannotSaveError):
                _save_much(store)
            assert list(store.connection.iterdump()) == before
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, hard))
        with pytest.raises(CopyFailedError):
            store.save_copy(path.with_name("copy.db"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert not path.with_name("copy.db").exists()
    assert not list(path.parent.glob("*.part"))

    # Room again: the same store goes on.
    with store.transaction():
        save_account(store, Account("Later", "Lender", "CNY"))
    store.close()
    with closing(Store.open(path).connection) as connection:
        assert [row["name"] for row in connection.execute("SELECT name FROM accounts")] == [
            "Lender 0",
            "Later",
        ]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on the size of files is POSIX")
def test_a_disk_that_is_full_when_the_program_ends_loses_nothing(path: Path) -> None:
    import resource

    store = filled(path)
    with store.transaction():
        for number in range(200):
            save_purchase(
                store, Purchase(store.accounts.all()[0].id, cny(1 + number), date(2026, 1, 1), "x" * 500)
            )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
        with pytest.raises(PlannerError):
            store.close(datetime(2026, 1, 1, 12))  # noqa: DTZ001 - local time is meant
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)

    again = Store.open(path)
    assert again.purchases.count() == 200
    again.close()


# --- Copies ----------------------------------------------------------------------------------------


def moment(day: int) -> datetime:
    return datetime(2026, 11, 1, 18) + timedelta(days=day)  # noqa: DTZ001 - local time is meant


def change_and_close(path: Path, day: int) -> None:
    store = Store.open(path)
    with store.transaction():
        save_account(store, Account(f"Day {day}", "Lender", "CNY"))
    store.close(moment(day))


def test_a_copy_is_made_at_close_and_the_last_seven_are_kept(path: Path) -> None:
    filled(path).close()

    for day in range(10):
        change_and_close(path, day)

    copies = copies_of(path)
    assert len(copies) == KEPT == 7
    assert copies[0].stem.endswith("2026-11-10 18.00.00")
    assert copies[-1].stem.endswith("2026-11-04 18.00.00")
    assert content(copies[0]) == content(path)
    # One file each, nothing beside it.
    assert sorted(each.suffix for each in copies_folder(path).iterdir()) == [".db"] * 7


def test_a_copy_can_be_opened_and_holds_everything(path: Path, today: date) -> None:
    store = Store.create(path)
    with store.transaction():
        write_example(store, today)
    store.close(moment(0))

    copy = Store.open(copies_of(path)[0])

    assert copy.ledgers.position(today).owed
    assert content(copies_of(path)[0]) == content(path)
    copy.close()


def test_nothing_changed_makes_no_copy(path: Path) -> None:
    filled(path).close(moment(0))
    assert len(copies_of(path)) == 1

    store = Store.open(path)
    store.ledgers.summarise(date(2026, 11, 22))
    store.close(moment(1))

    assert len(copies_of(path)) == 1


def test_an_emptied_file_never_pushes_out_the_copies_of_a_fuller_one(path: Path) -> None:
    store = filled(path, 3)
    ids = [account.id for account in store.accounts.all()]
    store.close(moment(0))
    good = content(copies_of(path)[0])
    store = Store.open(path)
    with store.transaction():
        for account_id in ids:
            delete_account(store, account_id)
    store.close(moment(1))

    for day in range(2, 15):
        store = Store.open(path)
        with store.transaction():
            store.settings.put("language", f"{day}")
        store.close(moment(day))

    assert [content(copy) for copy in copies_of(path)] == [good]


def test_a_damaged_file_is_not_copied_over_a_good_copy(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    store = filled(path, 50)
    store.save_copy(target)
    good = content(target)
    with store.transaction():
        for number in range(2_000):
            save_account(store, Account(f"More {number}", "Lender", "CNY"))
    store.close()
    data = bytearray(path.read_bytes())
    for page in range(4, len(data) // 4096 - 1):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(data)

    with closing(connect(path)) as connection, pytest.raises(DamagedFileError):
        copy_to(connection, target)

    assert content(target) == good


def test_after_close_there_is_one_file(path: Path) -> None:
    store = filled(path)
    assert path.with_name(path.name + "-wal").exists()

    store.close()

    assert [each.name for each in path.parent.iterdir()] == [path.name]


# --- Versions and foreign files --------------------------------------------------------------------


def old_file(path: Path, before_step: str = "m002_import_and_cases") -> None:
    """A file as an older version left it, the first one unless told otherwise, with one account."""
    from sqlite_utils import Database

    from planner.store.migrations import migrations

    with closing(connect(path)) as connection:
        migrations().apply(Database(connection, execute_plugins=False), stop_before=before_step)
        columns = "id, name, lender, currency, product, mode, closes_after, automatic, note"
        connection.execute(
            f"INSERT INTO accounts ({columns}) VALUES ('a', 'Baitiao', 'JD', 'CNY', '', 'bill', 0, 0, '')"  # noqa: S608
        )
        assert connection.execute("PRAGMA user_version").fetchone()[0] < VERSION


def test_an_older_file_is_copied_before_it_is_migrated(path: Path) -> None:
    old_file(path)
    before = content(path)

    store = Store.open(path)

    assert [account.name for account in store.accounts.all()] == ["Baitiao"]
    assert store.connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
    store.close()
    copy = copies_folder(path) / f"{path.stem} before version {VERSION}.db"
    assert content(copy) == before


def test_a_copy_from_before_a_migration_is_never_written_over_nor_thinned_out(path: Path) -> None:
    old_file(path)
    Store.open(path).close()
    first = content(copies_folder(path) / f"{path.stem} before version {VERSION}.db")
    path.unlink()
    old_file(path)
    with closing(connect(path)) as connection:
        connection.execute("UPDATE accounts SET name = 'Another'")

    Store.open(path).close()
    for day in range(9):
        change_and_close(path, day)

    kept = sorted(copy.name for copy in copies_folder(path).iterdir() if "before" in copy.name)
    assert kept == [
        f"{path.stem} before version {VERSION} (2).db",
        f"{path.stem} before version {VERSION}.db",
    ]
    assert content(copies_folder(path) / kept[1]) == first
    assert len(copies_of(path)) == KEPT


def test_a_migration_that_is_cut_off_anywhere_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.store import migrations

    apply = migrations.apply
    old_file(path, "m007_cases")  # one step behind: each step is kept or undone by itself
    before = content(path)
    cut_off = 0
    for ticks in range(1, 4_000, 11):
        left = iter(range(ticks, -1, -1))

        def interrupted(connection: sqlite3.Connection, left: Iterator[int] = left) -> None:
            connection.set_progress_handler(lambda: not next(left, 0), 40)
            apply(connection)
            connection.set_progress_handler(None, 0)

        monkeypatch.setattr(migrations, "apply", interrupted)
        try:
            Store.open(path).close()
        except CannotOpenError:
            cut_off += 1
            # What the library notes for itself may be new; what the user recorded is as it was.
            assert [line for line in content(path) if "_sqlite_migrations" not in line] == [
                line for line in before if "_sqlite_migrations" not in line
            ]
        else:
            break

    assert cut_off > 10
    store = Store.open(path)
    assert store.accounts.count() == 1
    store.close()
    # However often it was tried, one copy of what was there before.
    assert [content(copy) == before for copy in copies_folder(path).iterdir()] == [True]


def test_without_room_for_the_copy_an_older_file_is_not_touched(path: Path) -> None:
    old_file(path)
    before = content(path)
    copies_folder(path).touch()  # a file is in the way of the folder

    with pytest.raises(CopyFailedError):
        Store.open(path)

    assert content(path) == before


def test_a_file_of_a_newer_version_can_be_read_but_not_changed(path: Path) -> None:
    filled(path).close()
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = content(path)

    store = Store.open(path)

    assert store.is_read_only
    assert [account.name for account in store.accounts.all()] == ["Lender 0"]
    with pytest.raises(NewerFileError), store.transaction():
        save_account(store, Account("Lender", "Lender", "CNY"))
    store.close(moment(0))
    assert content(path) == before
    assert copies_of(path) == []


@pytest.mark.parametrize("kind", ["text", "database"])
def test_a_foreign_file_is_refused_and_left_as_it_is(path: Path, kind: str) -> None:
    if kind == "text":
        path.write_text("date,amount\n2026-11-22,12.00\n" * 100, encoding="utf-8")
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE notes (text)")
            connection.execute("CREATE TRIGGER act AFTER INSERT ON notes BEGIN DELETE FROM notes; END")
    before = path.read_bytes()

    for opened in (Store.open, Store.create):
        with pytest.raises(NotOurFileError):
            opened(path)

    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_missing_file_is_refused_and_not_made(path: Path) -> None:
    with pytest.raises(MissingFileError):
        Store.open(path)

    assert list(path.parent.iterdir()) == []


def test_a_folder_in_the_way_is_said(path: Path) -> None:
    path.mkdir()

    with pytest.raises(CannotOpenError):
        Store.create(path)


def test_a_second_program_waits_and_then_says_that_nothing_was_changed(path: Path) -> None:
    first, second = filled(path), Store.open(path)
    second.connection.execute("PRAGMA busy_timeout = 50")
    with first.transaction():
        save_account(first, Account("First", "Lender", "CNY"))
        with pytest.raises(CannotSaveError), second.transaction():
            save_account(second, Account("Second", "Lender", "CNY"))

    with second.transaction():
        save_account(second, Account("Second", "Lender", "CNY"))
    assert [account.name for account in first.accounts.all()] == ["Lender 0", "First", "Second"]
    first.close()
    second.close()


if __name__ == "__main__":
    _session(Path(sys.argv[1]), sys.argv[2])
