from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from generate import generate, main
from planner.domain.position import position
from planner.store.store import Store


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "_sqlite_migrations" not in line]


def test_a_large_file_has_about_as_many_rows_as_wanted(tmp_path: Path, today: date) -> None:
    counts = generate(tmp_path / "x.db", rows=6_000, years=3, lenders=5, today=today)

    assert 5_500 < sum(counts.values()) < 7_000
    assert counts["settled"] == counts["accounts"] == 5


def test_its_last_two_months_are_open_and_the_rest_is_settled(tmp_path: Path, today: date) -> None:
    path = tmp_path / "x.db"
    generate(path, rows=3_000, years=2, lenders=3, today=today)

    store = Store.open(path)
    found = store.ledgers.position(today)
    whole = position((store.ledgers.whole(account) for account in store.accounts.all()), today)
    store.close()

    bills = {due.due_on for due in found.open_dues if due.kind == "bill"}
    assert bills == {date(2026, 10, 10), date(2026, 11, 10)}
    assert found.open_dues == whole.open_dues
    assert len(found.dues) < len(whole.dues)
    assert found.credit == {}


def test_the_same_arguments_give_the_same_file(tmp_path: Path, today: date) -> None:
    for name in ("one.db", "other.db"):
        generate(tmp_path / name, rows=500, years=1, lenders=2, seed=3, today=today)

    assert content(tmp_path / "one.db") == content(tmp_path / "other.db")


def test_a_file_that_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"mine")

    assert main([str(path)]) == 1

    assert path.read_bytes() == b"mine"
    assert str(path) in capsys.readouterr().err
