"""What was said of reminders, and lead days of an account, as the file keeps them."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.reminders.reminder import Remembered
from planner.store.db import connect
from planner.store.store import Store

SAID = Remembered("due", "before/7/2026-12-10", date(2026, 12, 3), date(2026, 12, 8), "before/7/2026-12-10")


def test_what_was_said_comes_back_as_it_was_kept_and_can_be_undone(store: Store) -> None:
    with store.transaction() as journal:
        store.remembered.save(SAID)
        store.remembered.save(Remembered("other"))

    assert store.remembered.all() == [SAID, Remembered("other")]
    assert {change.table for change in journal.changes} == {"remembered"}


@pytest.mark.parametrize("days", [None, (), (7,), (14, 3, 1)])
def test_lead_days_of_an_account_come_back_as_they_were_kept(
    store: Store, days: tuple[int, ...] | None
) -> None:
    account = Account("白条", "JD", "CNY", lead_days=days)
    with store.transaction():
        store.accounts.save(account)

    assert store.accounts.get(account.id).lead_days == days


def test_a_file_without_reminders_stays_readable(tmp_path: Path) -> None:
    from sqlite_utils import Database

    from planner.store.migrations import migrations

    path = tmp_path / "old.db"
    with closing(connect(path)) as connection:
        migrations().apply(
            Database(connection, execute_plugins=False), stop_before="m006_procedures_and_reminders"
        )
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 5
        columns = "id, name, lender, currency, product, mode, closes_after, automatic, note"
        connection.execute(
            f"INSERT INTO accounts ({columns}) VALUES ('a', '白条', 'JD', 'CNY', '', 'bill', 0, 1, '')"  # noqa: S608 - constants
        )

    with closing(Store.open(path)) as store:
        assert store.accounts.get("a") == Account("白条", "JD", "CNY", automatic=True, id="a")
        assert store.remembered.all() == []
