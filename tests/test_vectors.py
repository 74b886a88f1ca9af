"""Every golden number against the program; see ``tests/vectors`` for how each kind is asked.

They are read from ``tests/data/vectors``, from ``../shared/vectors`` beside the project if that is
there, and from each folder that the environment variable PLANNER_VECTORS names.
"""

import json
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from planner.domain.money import Money
from tests.vectors.comparing import Answers, agree, complaints
from tests.vectors.given import Given
from tests.vectors.kinds import HANDLERS, NOT_BUILT_YET
from tests.vectors.plans import rounding_mode
from tests.vectors.vector import COMMITTED, SHARED, VARIABLE, Vector, places, read_folder, without_doubles

FOUND = tuple(vector for folder in places() for vector in read_folder(folder))
CASES = without_doubles(vector for vector in FOUND if vector.kind in HANDLERS)


@pytest.mark.parametrize("vector", CASES.values(), ids=CASES)
def test_the_program_says_what_the_source_says(vector: Vector) -> None:
    assert complaints(vector, HANDLERS[vector.kind]) == []


@pytest.mark.parametrize("kind", sorted({vector.kind for vector in FOUND}))
def test_every_kind_is_answered_or_known_not_to_be(kind: str) -> None:
    assert kind in HANDLERS or kind in NOT_BUILT_YET, "neither a handler nor on the list NOT_BUILT_YET"


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_a_kind_that_is_answered_is_not_on_the_list(kind: str) -> None:
    assert kind not in NOT_BUILT_YET, "it has a handler now, so it leaves the list NOT_BUILT_YET"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared vectors are not here")
def test_the_list_holds_no_kind_that_nobody_asks_for() -> None:
    assert {vector.kind for vector in FOUND} >= NOT_BUILT_YET


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_every_kind_that_is_answered_has_vectors_in_the_project(kind: str) -> None:
    vectors = [vector for vector in read_folder(COMMITTED) if vector.kind == kind]

    assert vectors
    assert all(vector.source for vector in vectors)


def test_sixty_rows_that_others_published_are_among_them_from_more_than_six_sources() -> None:
    published = [vector for vector in read_folder(COMMITTED) if vector.is_published]
    houses = ["European Commission", "12 CFR 1026", "98/7/EC", "SWD(2012)", "support.microsoft.com"]
    houses += ["formulajs", "numpy-financial", "curo", "php-apr-calculator", "double-entry-generator"]

    assert len(published) >= 60
    assert all(any(house in vector.source for vector in published) for house in houses)


@pytest.mark.parametrize("path", sorted(COMMITTED.glob("*.json")), ids=lambda path: path.stem)
def test_the_vectors_of_the_project_name_no_path_outside_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not [word for word in ("../", "..\\", "/work", "/home", "shared/", "samples/") if word in text]


# --- A vector that is not met, or not understood, fails --------------------------------------------


def vector_of(kind: str, inputs: dict[str, Any], expected: dict[str, Any], **more: Any) -> Vector:
    return Vector(kind, "made up", COMMITTED, "a test", inputs, expected, **more)


def judged(kind: str, inputs: dict[str, Any], expected: dict[str, Any], **more: Any) -> list[str]:
    return complaints(vector_of(kind, inputs, expected, **more), HANDLERS[kind])


THOUSAND = {"unpaid": "1000.00", "daily_rate": "0.0003", "days": 30}


def test_a_cent_too_little_is_said() -> None:
    assert judged("overdue_simple", THOUSAND, {"penalty": "9.00"}) == []
    assert judged("overdue_simple", THOUSAND, {"penalty": "8.99"}) != []


def test_an_input_that_nobody_reads_is_said() -> None:
    found = judged("overdue_simple", {**THOUSAND, "grace_days": 3}, {"penalty": "9.00"})

    assert found == ["nobody looks at the input grace_days"]


def test_a_result_that_nobody_works_out_is_said() -> None:
    assert judged("overdue_simple", THOUSAND, {"penalty": "9.00", "days": 30}) == ["nobody works out days"]


def test_words_that_are_not_understood_are_said() -> None:
    inputs = {"principal": "10.00", "n": 3, "total_fee": "1.00", "fee_rounding": "as the lender likes"}

    assert judged("flat_fee_schedule", inputs, {"total": "11.00"}) == [
        "nobody knows how to round 'as the lender likes'"
    ]


def test_a_currency_that_is_no_code_is_said() -> None:
    assert judged("overdue_simple", {**THOUSAND, "currency": "yuan"}, {"penalty": "9.00"}) == [
        "'yuan' is no currency"
    ]


def test_an_order_is_split_in_the_bill_that_is_given_and_a_bill_in_the_next_one() -> None:
    given = {"bill_date": "2026-02-01", "due": "2026-02-10", "applied": "2026-02-05", "n": 2}

    of_order, of_bill = (given | {"instalment_kind": kind} for kind in ("order", "bill"))

    assert judged("due_dates", of_order, {"due": ["2026-02-10", "2026-03-10"]}) == []
    assert judged("due_dates", of_bill, {"due": ["2026-03-10", "2026-04-10"]}) == []


def test_an_amount_in_another_currency_is_rounded_to_its_own_minor_unit() -> None:
    yen: dict[str, Any] = {"currency": "JPY", "unpaid": "1001", "daily_rate": "0.0005", "days": 1}

    assert judged("overdue_simple", yen, {"penalty": "1"}) == []
    assert judged("overdue_simple", yen | {"currency": "KWD"}, {"penalty": "0.501"}) == []


@pytest.mark.parametrize(
    ("words", "currency", "mode"),
    [
        ("ROUND_DOWN to 0.01", "CNY", "ROUND_DOWN"),
        ("ROUND_HALF_UP per period", "CNY", "ROUND_HALF_UP"),
        ("ROUND_HALF_EVEN to 0.01 per period", "CNY", "ROUND_HALF_EVEN"),
        ("round half down", "CNY", "ROUND_HALF_DOWN"),
        ("half-up to the cent", "EUR", "ROUND_HALF_UP"),
        ("ROUND_CEILING to 1", "JPY", "ROUND_CEILING"),
        ("ROUND_FLOOR", "CNY", "ROUND_FLOOR"),
        ("up", "CNY", "ROUND_UP"),
    ],
)
def test_rounding_is_understood_in_words(words: str, currency: str, mode: str) -> None:
    assert rounding_mode(words, currency) == mode


def test_figures_agree_within_the_tolerance_or_to_the_last_digit_that_is_written() -> None:
    rate = Decimal("8.98437")

    assert agree(rate, Decimal("8.98"), None)
    assert not agree(rate, Decimal("8.99"), None)
    assert agree(rate, "8.99", Decimal("0.006"))
    assert not agree(rate, "8.99", Decimal("0.005"))
    assert agree(Money(900, "CNY"), "9.01", Decimal("0.01"))
    assert not agree(Money(900, "CNY"), "9.001", None)
    assert not agree((1, 2), [1, 2, 3], None)
    assert not agree(None, "9.00", None)


def written(folder: Path, *vectors: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "overdue_simple.json").write_text(json.dumps(vectors), encoding="utf-8")
    return folder


GOOD = {
    "id": "a",
    "source": "a test",
    "kind": "overdue_simple",
    "inputs": THOUSAND,
    "expected": {"penalty": "9.00"},
}


@pytest.mark.parametrize(
    "change",
    [
        {"weight": 2},
        {"expected": {}},
        {"inputs": []},
        {"inputs": "nothing"},
        {"basis": "guessed"},
        {"tolerance": {"penality": "1"}},
    ],
)
def test_a_vector_of_another_form_fails(tmp_path: Path, change: dict[str, Any]) -> None:
    good, bad = read_folder(written(tmp_path, GOOD, GOOD | change))

    assert complaints(good, HANDLERS["overdue_simple"]) == []
    assert complaints(bad, HANDLERS["overdue_simple"]) != []


@pytest.mark.parametrize("text", ["[", "{}", "[1]", '[{"id": "a"}]'])
def test_a_file_of_another_form_fails_and_hides_no_other(tmp_path: Path, text: str) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "overdue_range.json").write_text(text, encoding="utf-8")

    bad, good = read_folder(tmp_path)

    assert bad.kind == "overdue_range"
    assert complaints(bad, HANDLERS["overdue_range"]) != []
    assert complaints(good, HANDLERS["overdue_simple"]) == []


def test_the_same_vector_runs_once_and_another_of_its_name_beside_it(tmp_path: Path) -> None:
    folders = (written(tmp_path / "one", GOOD), written(tmp_path / "two", GOOD, GOOD | {"inputs": {}}))

    def both() -> Iterator[Vector]:
        for folder in folders:
            yield from read_folder(folder)

    assert list(without_doubles(both())) == ["overdue_simple:a", "overdue_simple:a (2)"]


def test_the_folders_that_are_named_are_looked_into(tmp_path: Path) -> None:
    one, two = written(tmp_path / "one", GOOD), written(tmp_path / "two", GOOD)

    assert places(f"{one}{os.pathsep}{two}{os.pathsep}")[-2:] == (one, two)
    assert places("")[0] == COMMITTED
    with pytest.raises(NotADirectoryError, match=VARIABLE):
        places(str(tmp_path / "three"))


def test_a_sample_that_is_absent_is_skipped_unless_the_project_should_have_it(tmp_path: Path) -> None:
    def answers(folder: Path) -> Answers:
        vector = Vector("parse_file_totals", "x", folder, inputs={"file": "no/such.csv"})
        return HANDLERS["parse_file_totals"](Given(vector))

    with pytest.raises(pytest.skip.Exception):
        answers(tmp_path)
    with pytest.raises(FileNotFoundError):
        answers(COMMITTED)
