"""Cards and marks as files lay them down: every file that comes with the program, and what is refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import ELSEWHERE, KNOWN_COUNTRIES, State
from planner.domain.consequences.mark import MarkUnit
from planner.domain.sourced import Reliability
from planner.errors import PlannerError
from planner.i18n import explain
from planner.paths import resources
from planner.store.catalogue import procedures, products
from planner.store.consequence_sheets import consequence_sheets, consequences_of, read_consequences
from planner.store.toml_part import Part

FILES = sorted((resources() / "consequences").glob("*.toml"))

SHEET = """
country = "CN"
checked = 2026-11-22
procedures = ["negotiate"]

[[card]]
id = "one"
title = "A title"
text = "A text."
source = "A page"
reliability = "medium"
products = ["huabei"]
from_day = 31
states = ["frozen", "reported"]
is_past = true

[[mark]]
id = "two"
text = "It happens."

[[mark.said]]
least = 1
most = 3
unit = "months"
is_after_grace = true
source = "Another page"

[[mark.said]]
source = "A third page"
"""


def read(text: str) -> object:
    return consequences_of(Part.of(text))


def test_a_sheet_is_read_field_by_field() -> None:
    sheet = consequences_of(Part.of(SHEET))
    (card,), (mark,) = sheet.cards, sheet.marks

    assert (sheet.country, sheet.checked, sheet.procedures) == ("CN", date(2026, 11, 22), ("negotiate",))
    assert (card.id, card.country, card.title, card.text) == ("one", "CN", "A title", "A text.")
    assert (card.source.name, card.source.checked) == ("A page", date(2026, 11, 22))
    assert card.source.reliability is Reliability.MEDIUM
    assert card.products == ("huabei",)
    assert card.concerns.from_day == 31
    assert card.concerns.states == {State.FROZEN, State.REPORTED}
    assert (card.concerns.is_past, card.concerns.is_three_six) == (True, False)
    first, second = mark.said
    assert (first.least, first.most, first.unit, first.is_after_grace) == (1, 3, MarkUnit.MONTHS, True)
    assert (second.least, second.most, second.source.name) == (None, None, "A third page")
    assert second.source.reliability is Reliability.LOW


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "A title"\n', "", "“title” is missing"),
        ('source = "A page"\n', "", "“source” is missing"),
        ('"frozen", "reported"', '"melted"', "“states” cannot be"),
        ("from_day = 31", "from_day = -1", "“from_day” cannot be"),
        ("is_past = true", "is_pst = true", "nothing here is called “is_pst”"),
        ("most = 3", "most = 0", "“most” cannot be “0”"),
        ("most = 3\n", "", "“most” is missing"),
        ("least = 1\n", "", "“most” cannot be “3”"),
        ('unit = "months"', 'unit = "moons"', "“unit” cannot be “moons”"),
        ('country = "CN"', 'country = "cn"', "“country” cannot be “cn”"),
        ("checked = 2026-11-22", 'checked = "today"', "“checked” cannot be"),
        ('products = ["huabei"]', 'products = "huabei"', "“products” cannot be"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(old: str, new: str, words: str) -> None:
    assert SHEET.count(old) == 1

    with pytest.raises(PlannerError) as refused:
        read(SHEET.replace(old, new))

    assert words in explain(refused.value)


def test_a_mark_needs_somebody_who_says_it() -> None:
    bare = SHEET[: SHEET.index("[[mark.said]]")]

    with pytest.raises(PlannerError, match="said"):
        read(bare)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_read_and_names_only_products_that_exist(path: Path) -> None:
    sheet = read_consequences(path)
    known = {product.id for product in products()}

    assert sheet.cards
    assert sheet.country == (ELSEWHERE if path.stem == "general" else path.stem)
    assert {key for card in sheet.cards for key in card.products} <= known
    assert {key for mark in sheet.marks for key in mark.products} <= known
    for ids in ([card.id for card in sheet.cards], [mark.id for mark in sheet.marks]):
        assert len(ids) == len(set(ids))


def test_every_country_whose_rules_are_known_has_a_file_and_so_has_everywhere_else() -> None:
    assert {sheet.country for sheet in consequence_sheets()} == {*KNOWN_COUNTRIES, ELSEWHERE}


def test_the_procedures_that_are_named_exist() -> None:
    named = {procedure for sheet in consequence_sheets() for procedure in sheet.procedures}

    assert named == {"negotiate", "unfreeze"}
    assert named <= {each.id for each in procedures()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_card_and_mark_is_short_calm_and_sourced(path: Path) -> None:
    sheet = read_consequences(path)

    for text in (*(card.title for card in sheet.cards), *(card.text for card in sheet.cards)):
        assert "!" not in text
        assert not re.search(r"lao ?lai|shame|prison|malicious|bad payer|you failed", text, re.IGNORECASE)
        assert not re.search(r"stop paying|do(es)? not affect|sky data|big data", text, re.IGNORECASE)
    for card in sheet.cards:
        assert len(card.title) <= 70
        assert len(card.text) <= 330
        assert card.source.checked is not None
    assert all(said.source.checked is not None for mark in sheet.marks for said in mark.said)
