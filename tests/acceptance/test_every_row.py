"""Every row of the articles has a test that shows it, and every test names rows that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acceptance.marks import (
    CONTRADICTORY,
    DUBIOUS,
    FLAGS,
    NOTE,
    TESTS,
    USABLE,
    Mark,
    Row,
    complaints,
    marks,
    marks_in,
    rows,
)

REQUIREMENTS = TESTS.parents[1] / "shared" / "ACCEPTANCE.md"

# What has no test yet, and why. A row leaves the list with its first test.
NOT_YET: dict[str, str] = {}


def test_every_row_has_a_test_and_every_test_names_rows_that_there_are() -> None:
    assert complaints(rows(), marks(), NOT_YET) == []


def test_every_row_is_a_scenario_here_and_not_only_the_test_of_a_part() -> None:
    assert complaints(rows(), marks(TESTS / "acceptance"), NOT_YET) == []


def test_every_excuse_gives_its_reason() -> None:
    assert all(reason.strip() for reason in NOT_YET.values())


def test_there_are_127_rows_each_with_a_flag_and_words_of_its_own() -> None:
    known = rows()

    assert list(known) == [f"C{number:03}" for number in range(1, 128)]
    assert {row.flag for row in known.values()} == set(FLAGS)
    assert len({row.asks for row in known.values()}) == 127
    assert [row_id for row_id, row in known.items() if row.flag == DUBIOUS] == [
        "C026",
        "C049",
        "C057",
        "C060",
        "C073",
        "C125",
    ]


@pytest.mark.skipif(not REQUIREMENTS.is_file(), reason="the list that was given is not here")
def test_the_rows_and_their_flags_are_those_that_were_given() -> None:
    given = re.findall(
        r"^\| (C\d{3}) \|.*\| (\S+) \|$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert [(row_id, row.flag) for row_id, row in rows().items()] == given


# --- What is wrong is found ------------------------------------------------------------------------

TWO = {"C001": Row(USABLE, "this is so"), "C002": Row(CONTRADICTORY, "that is so")}


def test_a_row_without_a_test_is_found() -> None:
    assert complaints(TWO, [Mark("C001", "here")], {}) == ["C002: no test shows that that is so"]


def test_a_note_needs_no_test_and_may_have_one() -> None:
    assert complaints({"C003": Row(NOTE, "a note")}, [], {}) == []
    assert complaints({"C003": Row(NOTE, "a note")}, [Mark("C003", "here")], {}) == []


def test_a_mark_that_no_row_has_is_found() -> None:
    found = [Mark("C001", "a.py:1"), Mark("C002", "a.py:1"), Mark("C999", "b.py:7"), Mark("", "c.py:8")]

    assert complaints(TWO, found, {}) == [
        "b.py:7: no row is called 'C999'",
        "c.py:8: no row is called ''",
    ]


def test_an_excuse_holds_until_there_is_a_test() -> None:
    assert complaints(TWO, [Mark("C001", "here")], {"C002": "later"}) == []
    assert complaints(TWO, [Mark("C001", "here"), Mark("C002", "here")], {"C002": "later"}) == [
        "C002: a test names it now, so it leaves NOT_YET"
    ]


def test_an_excuse_for_what_needs_none_is_found() -> None:
    with_note = {**TWO, "C003": Row(NOTE, "a note")}
    both = [Mark("C001", "here"), Mark("C002", "here")]

    assert complaints(with_note, both, {"C003": "a note", "C999": "?"}) == [
        "C003: in NOT_YET, and no row that needs a test",
        "C999: in NOT_YET, and no row that needs a test",
    ]


def test_marks_are_read_from_decorators_cases_and_tables_and_not_from_comments() -> None:
    source = """
import pytest
ROWS = {"C007": 1, "C008": 2}
# @pytest.mark.row("C099")
@pytest.mark.row("C001", "C002")
@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.row("C003"))])
def test_something(x): ...
@pytest.mark.parametrize("x", [pytest.param(v, marks=pytest.mark.row(k)) for k, v in ROWS.items()])
def test_more(x): ...
"""

    assert {mark.row for mark in marks_in(source, "t.py")} == {"C001", "C002", "C003", "C007", "C008"}


def test_a_mark_that_cannot_be_read_is_no_row() -> None:
    source = "import pytest\n@pytest.mark.row(whatever)\ndef test_something(): ...\n"

    assert list(marks_in(source, "t.py")) == [Mark("", "t.py:2")]


def test_the_marks_of_a_folder_are_found_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "gui").mkdir()
    (tmp_path / "gui" / "test_a.py").write_text(
        '@pytest.mark.row("C001")\ndef test_a(): ...\n', encoding="utf-8"
    )

    assert marks(tmp_path) == [Mark("C001", "gui/test_a.py:1")]
