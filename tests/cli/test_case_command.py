"""The command case: a procedure under way on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdf
import pytest

from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.store import catalogue
from planner.store.store import Store
from tests.terminal import Run

TODAY = date(2026, 11, 22)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with two accounts, on which nothing is under way."""
    path = tmp_path / "mine.db"
    store = Store.create(path)
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        for name in ("白条", "Other"):
            save_account(store, account_from(sheet, name))
    store.close()
    return path


def start(file: Path, procedure: str, account: str) -> None:
    store = Store.open(file)
    with store.transaction():
        (found,) = [each for each in store.accounts.all() if each.name == account]
        procedures.start_case(store, procedure, found.id, TODAY)
    store.close()


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def test_the_only_case_is_written_in_the_language_that_is_asked_for(
    run: Run, file: Path, tmp_path: Path
) -> None:
    start(file, "cancel-jd-baitiao", "白条")
    out = tmp_path / "case.pdf"

    told = run("case", "--out", out, "--store", file, "--today", TODAY)
    assert (told.code, told.lines) == (0, [f"Saved: {out}"])
    assert "白条, started on 22 Nov 2026" in words(out)

    assert run("case", "--out", out, "--store", file, "--today", TODAY, "--lang", "zh").code == 0
    assert "注销京东白条" in words(out)


def test_without_a_case_nothing_is_written(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.pdf"
    told = run("case", "--out", out, "--store", file, "--today", TODAY)

    assert told.code != 0
    assert "No procedure is under way." in told.err
    assert not out.exists()


def test_one_of_several_has_to_be_named(run: Run, file: Path, tmp_path: Path) -> None:
    start(file, "cancel-jd-baitiao", "白条")
    start(file, "cancel-jd-baitiao", "Other")
    out = tmp_path / "case.pdf"
    common = ("case", "--out", out, "--store", file, "--today", TODAY)

    told = run(*common)
    assert told.code != 0
    assert "cancel-jd-baitiao (白条); cancel-jd-baitiao (Other)" in told.err
    assert run(*common, "--procedure", "cancel-jd-baitiao").code != 0
    assert run(*common, "--account", "Nobody").code != 0
    assert not out.exists()

    assert run(*common, "--account", "Other").code == 0
    assert "Other, started on" in words(out)


def test_the_letter_that_is_to_be_written_next_goes_with_it_unless_it_is_left_out(
    run: Run, file: Path, tmp_path: Path
) -> None:
    start(file, "cancel-jd-baitiao", "白条")
    out = tmp_path / "case.pdf"
    common = ("case", "--out", out, "--store", file, "--today", TODAY)

    assert run(*common).code == 0
    assert "[Your name and postal address]" in words(out)

    assert run(*common, "--no-letter").code == 0
    assert "[Your name and postal address]" not in words(out)
