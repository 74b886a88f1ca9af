"""The texts: how they are found in TOML files, and what is wrong with a translation."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

import translations
from planner._babel import extract_toml

PROCEDURE = b'''
id = "cancel"
# i18n: the button in the app
title = "Cancel the account"

[[steps]]
text = """
First line.
id = "not a key"
"""
amount = 12.50
hint = [
    "One",   # title = "not a text"
    "Two",
]
options = [{ label = "Yes", id = "y" }, { "label" = 'No' }]
contact.note = "Call"
'''


def texts(source: bytes, keys: str) -> list[tuple[int, str, list[str]]]:
    found = extract_toml(io.BytesIO(source), (), ("i18n:",), {"keys": keys})
    return [(line, text, comments) for line, _, text, comments in found]


def test_texts_of_a_toml_file_come_with_their_lines_and_notes() -> None:
    assert texts(PROCEDURE, "title text hint label note") == [
        (4, "Cancel the account", ["i18n: the button in the app"]),
        (7, 'First line.\nid = "not a key"\n', []),
        (12, "One", []),
        (12, "Two", []),
        (16, "Yes", []),
        (16, "No", []),
        (17, "Call", []),
    ]


def test_only_the_keys_of_the_configuration_hold_texts() -> None:
    assert texts(PROCEDURE, "note") == [(17, "Call", [])]


def test_an_empty_text_is_not_translated() -> None:
    assert texts(b'title = ""', "title") == []


def test_lines_that_end_as_on_windows_are_lines() -> None:
    assert texts(b'a = 1\r\ntitle = "A"\r\n', "title") == [(2, "A", [])]


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("Pay {amount}", "Payer {amount}", ""),
        ("Pay {amount}", "", "not translated"),
        ("Pay {amount}", "Payer {montant}", "placeholders {montant} instead of {amount}"),
        ("Pay {amount}", "Payer", "placeholders none instead of {amount}"),
        (("one bill", "{n} bills"), ("un relevé", "{n} relevés"), ""),
        (("one bill", "{n} bills"), ("{n} relevé", "{n} relevés"), ""),
        (("one bill", "{n} bills"), ("un relevé", ""), "not translated"),
        (("one bill", "{n} bills"), ("un relevé",), "not translated"),
        (("one bill", "{n} bills"), ("un relevé", "relevés"), "placeholders none instead of {n}"),
    ],
)
def test_what_is_wrong_with_a_translation(
    source: str | tuple[str, str], translation: str | tuple[str, ...], problem: str
) -> None:
    assert translations.message_problem(Message(source, translation), plural_forms=2) == problem


def test_a_language_without_plurals_has_one_form_with_every_placeholder() -> None:
    bills = ("one bill", "{n} bills")

    assert not translations.message_problem(Message(bills, ("{n} 张账单",)), plural_forms=1)
    assert translations.message_problem(Message(bills, ("一张账单",)), plural_forms=1)


def test_braces_that_do_not_match_are_a_problem_and_not_a_crash() -> None:
    problem = translations.message_problem(Message("Pay {amount}", "Payer {amount"), plural_forms=2)

    assert "Payer {amount" in problem


def test_missing_fuzzy_and_unused_messages_are_problems() -> None:
    template = Catalog()
    template.add("New")
    template.add("Guessed")
    catalogue = Catalog(locale="fr")
    catalogue.add("Guessed", "Deviné", flags=["fuzzy"])
    catalogue.add("Old", "Vieux")

    problems = translations.catalogue_problems(template, catalogue)

    assert [problem.partition(";")[0] for problem in problems] == [
        "not there yet: 'New'",
        "fuzzy: 'Guessed'",
        "no longer used: 'Old'",
    ]


def test_a_catalogue_is_written_the_same_every_day() -> None:
    first, second = Catalog(creation_date=datetime(2020, 1, 1, tzinfo=UTC)), Catalog()
    for catalogue in (first, second):
        catalogue.add("Bill", locations=[("planner/gui/a.py", 3)])

    text = translations.rendered(first)

    assert text == translations.rendered(second)
    assert "planner/gui/a.py\n" in text
    assert "Date" not in text


def test_catalogues_are_compiled_beside_their_sources(tmp_path: Path) -> None:
    source = tmp_path / "fr" / "LC_MESSAGES" / "planner.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Bill"\nmsgstr "Relevé"\n', encoding="utf-8")

    assert translations.compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert "Relevé".encode() in source.with_suffix(".mo").read_bytes()


def test_a_text_that_babel_passes_over_is_a_problem(tmp_path: Path) -> None:
    sources = tmp_path / "planner"
    sources.mkdir()
    (sources / "words.py").write_text(
        "def words(found):\n"
        '    kept = Phrase("Kept, at {place}.", place=found)\n'
        '    return kept, Phrase("Outer {inner}", inner=told(Phrase("Passed over"), found))\n'
        '    return Phrase.counted("{count} bill", "{count} bills", 2)\n'
        '    return ngettext("{count} row", "{count} rows", 2)\n'
        "    return Phrase(found), other('not ours')\n",
        encoding="utf-8",
    )
    template = Catalog()
    for text in ("Kept, at {place}.", "Outer {inner}", ("{count} bill", "{count} bills")):
        template.add(text)

    assert list(translations.lost_texts(sources, template)) == [
        "planner/words.py:3: not extracted, give it a name of its own: 'Passed over'",
        "planner/words.py:5: not extracted, give it a name of its own: '{count} row'",
    ]
