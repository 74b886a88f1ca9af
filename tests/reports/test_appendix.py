"""How the figures of a report were made: told once each, at its end, down to what was recorded."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.recorded import as_recorded
from planner.domain.sourced import IMPORTED
from planner.i18n import LANGUAGES, show, speaking
from planner.phrases import Phrase
from planner.reports.blocks import Appendix
from planner.reports.document import written
from planner.reports.pack import ReportPack

AMOUNT = re.compile(r"CN¥-?[\d,]+\.\d\d")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def summed(*given: Given, total: str = "3") -> Derived[Money]:
    together = Working(Phrase("Together"), yuan(total))
    return Derived(yuan(total), Derivation(Phrase("A sum"), given, (together,)))


def tables(appendix: Appendix) -> list[dict[str, Any]]:
    return [block for block in appendix.blocks() if block["kind"] == "table"]


def headings(appendix: Appendix) -> list[str]:
    return [block["text"] for block in appendix.blocks() if block["kind"] == "heading"]


def test_without_an_appendix_nothing_refers_to_it() -> None:
    appendix = Appendix(is_printed=False)

    assert appendix.place("Sum", summed(Given(Phrase("One"), yuan("3")))) == ""
    assert appendix.short("Sum", summed()) == "A sum"
    assert appendix.blocks() == []


def test_what_stands_as_it_was_recorded_needs_no_note() -> None:
    appendix = Appendix(is_printed=True)

    assert appendix.place("Paid", as_recorded(Phrase("Payment"), yuan("5"))) == ""
    assert appendix.place("Nothing", None) == ""
    assert appendix.blocks() == []


def test_an_input_that_is_a_result_has_a_note_of_its_own_and_a_recorded_one_names_who_says_so() -> None:
    part = summed(Given(Phrase("One"), yuan("1")), Given(Phrase("Two"), yuan("1")), total="2")
    told = as_recorded(Phrase("Payment"), yuan("1"), IMPORTED)
    appendix = Appendix(is_printed=True)

    assert (
        appendix.place("All", summed(Given(Phrase("Part"), part), Given(Phrase("Told"), told))) == "(see A1)"
    )

    assert headings(appendix) == ["How the figures were made", "A1. All: CN¥3.00", "A2. Part: CN¥2.00"]
    whole, inner = tables(appendix)
    assert whole["rows"] == [["Part", "CN¥2.00", "see A2"], ["Told", "CN¥1.00", "imported from a file"]]
    assert whole["total"] == ["Together", "CN¥3.00", ""]
    assert [row[2] for row in inner["rows"]] == ["recorded by you", "recorded by you"]


def test_a_figure_is_told_once_and_others_made_of_equal_numbers_are_not_taken_for_it() -> None:
    first, second = (summed(Given(Phrase("One"), yuan("3")), Given(Phrase("None"), yuan("0"))) for _ in "ab")
    appendix = Appendix(is_printed=True)

    places = [appendix.place(title, figure) for title, figure in (("A", first), ("B", second), ("C", first))]

    assert places == ["(see A1)", "(see A2)", "(see A1)"]
    assert appendix.place("B", summed(*second.derivation.given)) == "(see A2)"


def test_sums_of_the_same_results_are_one_figure() -> None:
    part = summed(Given(Phrase("One"), yuan("1")), Given(Phrase("Two"), yuan("2")))
    appendix = Appendix(is_printed=True)

    assert appendix.place("Here", summed(Given(Phrase("Part"), part))) == "(see A1)"
    assert appendix.place("There", summed(Given(Phrase("Part"), part))) == "(see A1)"


def test_many_inputs_are_not_told_twice() -> None:
    given = [Given(Phrase("Number {number}", number=number), number) for number in range(4)]
    few = given[:3]
    appendix = Appendix(is_printed=True)
    for title, inputs in (("A", given), ("B", given), ("C", few), ("D", few)):
        appendix.place(title, summed(*inputs))

    texts = [block["text"] for block in appendix.blocks() if block["kind"] == "text"]
    assert texts.count("What went in is the same as in A1.") == 1
    assert [len(table["rows"]) for table in tables(appendix)] == [4, 1, 3, 3]


def test_many_steps_are_not_told_twice() -> None:
    given = (Given(Phrase("Amount"), yuan("1")), Given(Phrase("Months"), 4))
    steps = tuple(Working(Phrase("Month {number}", number=number), yuan("1")) for number in range(4))
    appendix = Appendix(is_printed=True)
    for title, shown in (("A", steps), ("B", steps), ("C", steps[:3]), ("D", steps[:3])):
        appendix.place(title, Derived(yuan("4"), Derivation(Phrase("A sum"), given, shown)))

    texts = [block["text"] for block in appendix.blocks() if block["kind"] == "text"]
    assert texts.count("The steps are the same as in A1.") == 1
    assert [len(table["rows"]) for table in tables(appendix)] == [2, 4, 2, 2, 3, 2, 3]


def test_a_title_that_says_its_figure_does_not_say_it_twice() -> None:
    appendix = Appendix(is_printed=True)
    appendix.place("CN¥3.00 in all", summed())
    appendix.place("In all", summed())

    assert headings(appendix)[1:] == ["A1. CN¥3.00 in all", "A2. In all: CN¥3.00"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_and_the_rounding_are_told_below_the_inputs(language: str) -> None:
    steps = (Working(Phrase("Low end")), Working(Phrase("Together"), yuan("3")))
    rounding = Phrase("Each product is rounded to the cent, half up.")
    figure = Derived(yuan("3"), Derivation(Phrase("A sum"), (Given(Phrase("Amount"), 1),), steps, rounding))
    appendix = Appendix(is_printed=True)
    with speaking(language):
        appendix.place("Sum", figure)
        blocks = appendix.blocks()

        assert [block["kind"] for block in blocks] == ["heading", "heading", "text", "table", "table", "text"]
        assert [row[1] for row in blocks[4]["rows"]] == ["", show(yuan("3"))]
        assert blocks[3]["small"]
        assert blocks[4]["small"]
        assert blocks[5]["quiet"]


def test_every_amount_of_a_report_is_told_in_the_appendix_or_stands_as_it_was_recorded(
    pack: ReportPack,
) -> None:
    blocks = json.loads(written(pack, "en", "en_GB").content)["blocks"]
    start = next(n for n, block in enumerate(blocks) if block.get("text") == "How the figures were made")
    # A chart shows what the tables beside it show.
    body = [block for block in blocks[:start] if block["kind"] != "chart"]

    told = set(AMOUNT.findall(json.dumps(blocks[start:], ensure_ascii=False)))
    recorded = {show(payment.amount) for sheet in pack.sheets for payment in sheet.payments}
    recorded |= {show(due.amount) for due in pack.view.position.dues}

    shown = set(AMOUNT.findall(json.dumps(body, ensure_ascii=False)))
    assert len(shown) > 10
    assert shown - told - recorded == set()
