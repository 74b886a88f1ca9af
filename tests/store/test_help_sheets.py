import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from planner.domain.hardship.help import HelpEntry
from planner.domain.published import PublishedKind
from planner.domain.sourced import Reliability, Source
from planner.errors import PlannerError
from planner.paths import resources
from planner.store import catalogue
from planner.store.sheets import read_sheet
from tests.store.test_catalogue import CASH_OUT, SHAMING, load, texts_in

FILES = sorted((resources() / "help").glob("*.toml"))
EVERY = [entry for sheet in catalogue.sheets(PublishedKind.HELP) for entry in sheet.help]

HELP = """
id = "my-help"
title = "Help"
country = "FR"
checked = 2026-11-22

[[help]]
id = "one"
title = "One"
text = "Listens."
note = "Everybody."
phone = "+33 (0)1 23.45-67"
web = "one.example.org/a_b"
products = ["alma", "klarna-fr"]
source = "somebody"
checked = 2026-10-01
reliability = "medium"

[[help]]
id = "two"
title = "Two"
text = "Helps."
source = "somebody else"
"""


def refusal(text: str) -> str:
    with pytest.raises(PlannerError) as refused:
        read_sheet(text)
    return str(refused.value)


def test_a_list_of_help_is_read_with_who_says_so_and_when_somebody_looked() -> None:
    sheet = read_sheet(HELP)

    assert (sheet.kind, sheet.key, sheet.title) == (PublishedKind.HELP, "my-help", "Help")
    assert (sheet.dated, sheet.sources) == (date(2026, 11, 22), 2)
    assert sheet.help == (
        HelpEntry(
            "one",
            "FR",
            "One",
            "Listens.",
            "Everybody.",
            "+33 (0)1 23.45-67",
            "one.example.org/a_b",
            ("alma", "klarna-fr"),
            Source("somebody", date(2026, 10, 1), Reliability.MEDIUM),
        ),
        HelpEntry("two", "FR", "Two", "Helps.", "", "", "", (), Source("somebody else", date(2026, 11, 22))),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('phone = "+33 (0)1 23.45-67"', 'phone = "call me"', "“phone” cannot be “call me”."),
        ('phone = "+33 (0)1 23.45-67"', "phone = 3414", "“phone” cannot be “3414”."),
        ('phone = "+33 (0)1 23.45-67"', 'phone = "tel:3414"', "“phone” cannot be “tel:3414”."),
        ('"one.example.org/a_b"', '"https://one.example.org"', "“web” cannot be “https://one.example.org”."),
        ('"one.example.org/a_b"', '"localhost"', "“web” cannot be “localhost”."),
        ('["alma", "klarna-fr"]', '"alma"', "“products” cannot be “alma”."),
        ('["alma", "klarna-fr"]', '["Alma"]', "“products” cannot be “['Alma']”."),
        ('source = "somebody"\n', "", "“source” is missing."),
        ('text = "Listens."\n', "", "“text” is missing."),
        ('title = "One"\n', "", "“title” is missing."),
        ('note = "Everybody."', 'notes = "Everybody."', "nothing here is called “notes”."),
        ("checked = 2026-10-01", "checked = 2026-11-23", "“checked” cannot be “2026-11-23”."),
        ('country = "FR"', 'country = "France"', "“country” cannot be “France”."),
        ('id = "one"', 'id = "One"', "“id” cannot be “One”."),
        ('country = "FR"', 'country = "FR"\nmore = 1', "nothing here is called “more”."),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(old: str, new: str, said: str) -> None:
    assert HELP.count(old) == 1
    assert said in refusal(HELP.replace(old, new))


def test_a_list_without_an_entry_is_none() -> None:
    empty = 'id = "x"\ntitle = "x"\ncountry = "FR"\nchecked = 2026-05-01\nhelp = []\n'
    assert refusal(empty) == (
        "This file holds no product, no legal lines, no calendar and no list of free help."
    )


# --- what comes with the program ---------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_list_that_comes_with_the_program_could_be_loaded_by_a_user(path: Path) -> None:
    assert read_sheet(path.read_text(encoding="utf-8")) in catalogue.sheets(PublishedKind.HELP)


def test_every_entry_says_who_says_so_and_when_somebody_looked() -> None:
    assert len(EVERY) >= 20
    for entry in EVERY:
        assert entry.source.name, entry
        assert entry.source.checked == date(2026, 11, 22), entry
        assert entry.source.reliability in {Reliability.HIGH, Reliability.MEDIUM, Reliability.LOW}, entry
        assert str(entry.check_first).startswith("Check before relying on it"), entry


def test_what_is_general_knowledge_is_called_a_weak_source() -> None:
    for entry in EVERY:
        if entry.source.name.startswith("General knowledge"):
            assert entry.source.reliability is Reliability.LOW, entry


def test_each_country_has_those_who_are_named_for_it() -> None:
    by_country: dict[str, set[str]] = {}
    for entry in EVERY:
        by_country.setdefault(entry.country, set()).add(entry.id)

    assert by_country["FR"] == {"points-conseil-budget", "banque-de-france", "cresus"}
    assert {"moneyhelper", "stepchange", "national-debtline"} <= by_country["GB"]
    assert {"cfpb", "nfcc"} <= by_country["US"]
    assert "national-debt-helpline" in by_country["AU"]
    assert {"lender", "12378", "12345", "12348"} <= by_country["CN"]
    assert by_country["ZZ"]
    assert len(EVERY) == len({(entry.country, entry.id) for entry in EVERY})


@pytest.mark.parametrize(
    ("country", "entry_id", "phone"),
    [
        ("CN", "12378", "12378"),
        ("CN", "12348", "12348"),
        ("FR", "banque-de-france", "3414"),
        ("GB", "stepchange", "0800 138 1111"),
        ("GB", "national-debtline", "0808 808 4000"),
        ("US", "cfpb", "(855) 411-2372"),
        ("US", "nfcc", "800-388-2227"),
        ("AU", "national-debt-helpline", "1800 007 007"),
    ],
)
def test_the_numbers_are_those_that_were_looked_up(country: str, entry_id: str, phone: str) -> None:
    (found,) = (entry for entry in EVERY if (entry.country, entry.id) == (country, entry_id))
    assert found.phone == phone


def test_products_that_are_named_exist() -> None:
    known = {known.id for known in catalogue.products()}
    assert {name for entry in EVERY for name in entry.products} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_judges_shouts_or_leads_to_those_who_take_money_first(path: Path) -> None:
    for text in texts_in(load(path)):
        assert not re.search(SHAMING, text, re.IGNORECASE), text
        assert not re.search(CASH_OUT, text, re.IGNORECASE), text
    assert not re.search(r"https?://", path.read_text(encoding="utf-8"))
    assert tomllib.loads(path.read_text(encoding="utf-8"))["title"].startswith("Free help")
