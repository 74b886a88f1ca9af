"""The budget sheet for lenders, letters and scripts as PDF, and the same in a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.cash.flow import Category
from planner.domain.hardship.budget import budget
from planner.domain.hardship.hardship import Hardship, Situation, hardship
from planner.domain.hardship.shares import Creditor, Sharing
from planner.domain.money import Money
from planner.i18n import LANGUAGES, explain, show
from planner.phrases import Phrase
from planner.reports.blocks import Appendix
from planner.reports.budget_sheet import budget_pdf, budget_sheet, help_blocks
from planner.reports.hardship_letter import letter_pdf, letter_text
from planner.services.free_help import help_for
from planner.services.hardship_letter import letter, phone_script
from planner.store.store import Store
from tests.domain.hardship_cases import MONTH, creditor, flow, yuan

Extract = Callable[[bytes], str]

FIRST = date(2026, 12, 10)
SPENT = {
    Category.HOUSING: "2300.50",
    Category.ENERGY: "130.20",
    Category.FOOD: "1430",
    Category.TAX: "98.50",
    Category.OTHER: "180",
}


def view(
    today: date,
    *debts: Creditor,
    spent: dict[Category, str] = SPENT,
    how: Sharing = Sharing.EQUAL,
    assumed: Money | None = None,
    then: str = "20000",
) -> Hardship:
    """5,200.00 come in, 4,139.20 go out: 1,060.80 is left."""
    flows = [flow(Category.SALARY, "5200"), *(flow(category, amount) for category, amount in spent.items())]
    usual = (
        creditor("招行卡", "18250.40", "1825.04", product="cn-credit-card", lender=""),
        creditor("白条 镕 #panic() $1$", "4200", "798", lender="JD Finance"),
    )
    cash = [(today, yuan("0")), (FIRST, yuan(then))]
    situation = Situation(today, date(2027, 2, 22), FIRST, debts or usual, (), cash)
    return hardship(budget(flows, MONTH, "CNY", assumed), situation, how)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type/Page\b", pdf))


def close(text: str) -> str:
    """A text without its white space: Chinese breaks its lines anywhere."""
    return re.sub(r"\s", "", text)


def words_of(blocks: list[dict[str, object]]) -> str:
    """Every text of some blocks."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            collect(list(value.values()))
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(blocks)
    return "\n".join(found)


@pytest.mark.row("C038")
def test_the_budget_sheet_has_the_month_and_what_each_lender_is_offered(
    today: date, text_of: Extract
) -> None:
    text = text_of(budget_pdf(view(today), today, "en"))

    for words in (
        "Budget sheet, Dec 2026",
        "Made on 22 Nov 2026. Name: ____",
        "Salary CN¥5,200.00 Income together CN¥5,200.00",
        "Housing CN¥2,300.50 Electricity, heating, water CN¥130.20 Food CN¥1,430.00 Taxes CN¥98.50",
        "Essentials together CN¥3,959.20",
        "Other expenses together CN¥180.00 Left for all debts CN¥1,060.80",
        "招行卡 CN¥18,250.40 CN¥1,825.04 CN¥530.40 35 Oct 2029",
        "CN¥4,200.00 CN¥798.00 CN¥530.40 8 Jul 2027",
        "白条 镕 #panic() $1$",
        "JD Finance",
        "CN¥22,450.40 CN¥2,623.04 CN¥1,060.80",
        "The same to each lender",
        "The first payments are made on 10 Dec 2026, then one each month.",
        "Together never more is offered than the month has left.",
        "Page 1 of 1",
    ):
        assert words in text, words


def test_what_the_user_could_do_otherwise_is_not_told_to_the_lender(today: date, text_of: Extract) -> None:
    text = text_of(budget_pdf(view(today, spent={Category.HOUSING: "4139.20"}), today, "en"))

    assert "Left for all debts CN¥1,060.80" in text
    for words in ("In proportion", "Business Debtline", "nothing is recorded", "Other expenses together"):
        assert words not in text, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_in_it_in_each_language_on_one_page(
    language: str, today: date, text_of: Extract
) -> None:
    debts = [
        creditor(f"card {number}", "18250.40", "1825.04", lender=f"bank {number}") for number in range(8)
    ]
    found = view(today, *debts, spent={each: "10.07" for each in Category if each.is_essential} | SPENT)
    pdf = budget_pdf(found, today, language)
    text = text_of(pdf)

    assert pages_of(pdf) == 1
    from planner.i18n import speaking

    with speaking(language):
        figures = [found.budget.income, found.budget.essential, found.budget.left, found.owed, found.asked]
        figures += [each.monthly for each in found.proposals]
        for figure in figures:
            assert " ".join(show(figure).split()) in text


def test_the_same_sheet_gives_the_same_bytes(today: date) -> None:
    assert budget_pdf(view(today), today, "fr") == budget_pdf(view(today), today, "fr")


def test_where_nothing_is_left_the_sheet_says_so_without_an_offer(today: date, text_of: Extract) -> None:
    text = text_of(budget_pdf(view(today, spent={Category.HOUSING: "5300"}), today, "en"))

    assert "Left for all debts -CN¥100.00" in text
    assert "CN¥18,250.40 CN¥1,825.04 CN¥0.00 – –" in text
    assert "The first payments are made on" not in text


def test_what_takes_for_ever_has_no_end_in_sight_and_what_is_assumed_is_told(
    today: date, text_of: Extract
) -> None:
    one = creditor("card", "18250.40", "1825.04")
    text = text_of(budget_pdf(view(today, one, assumed=yuan("-1060.79")), today, "en"))

    assert "Assumed beside what is recorded -CN¥1,060.79" in text
    assert "CN¥0.01 1,825,040 no end in sight" in text


# --- in a report -------------------------------------------------------------------------------------


def test_where_not_every_day_holds_what_the_month_leaves_that_is_told(today: date) -> None:
    assert "A month leaves" not in words_of(budget_sheet(Appendix(is_printed=False), view(today)))
    words = words_of(budget_sheet(Appendix(is_printed=False), view(today, then="600")))

    # Three payments by 22 February, and 600.00 there.
    assert "with more than CN¥200.00 a month for lenders the cash would fall below nothing on 10 Feb" in words
    assert "CN¥100.00" in words


def test_in_a_report_the_other_way_of_sharing_stands_beside_it_with_its_source(today: date) -> None:
    words = words_of(budget_sheet(Appendix(is_printed=False), view(today)))

    assert "In proportion" in words
    assert "CN¥862.35" in words  # 1060.80 × 18250.40 ÷ 22450.40
    assert "Business Debtline (Great Britain)" in words
    for other in (view(today, creditor("card", "900", "90")), view(today, how=Sharing.IN_PROPORTION)):
        assert "Business Debtline" not in words_of(budget_sheet(Appendix(is_printed=False), other))


def test_in_a_report_it_says_why_it_is_of_a_later_month_and_to_the_lender_not(today: date) -> None:
    found = view(today)
    later = replace(found, budget=replace(found.budget, why=Phrase("This month leaves the least.")))

    assert "This month leaves the least." in words_of(budget_sheet(Appendix(is_printed=False), later))
    for_lender = budget_sheet(Appendix(is_printed=False), later, is_for_lender=True)
    assert "This month leaves the least." not in words_of(for_lender)


def test_in_a_report_each_figure_leads_to_how_it_was_made(today: date) -> None:
    appendix = Appendix(is_printed=True)
    words = words_of(budget_sheet(appendix, view(today, spent={Category.HOUSING: "4139.20"})))
    titles = [title for title, _figure in appendix.entries]

    assert "(see A1)" in words
    assert {"Left for all debts", "Offered to all lenders together", "Owed in all"} <= set(titles)
    assert "招行卡: Offered a month" in titles
    assert "Food: nothing is recorded." in words
    assert "Left for all debts = income − essentials − other expenses" in words_of(appendix.blocks())


def test_help_is_listed_with_its_source_and_each_entry_asks_to_be_checked(store: Store) -> None:
    entries = help_for(store, "FR")
    words = words_of(help_blocks(entries))

    for entry in entries:
        assert entry.title in words
        assert entry.text in words
        assert all(reach in words for reach in entry.reach)
        assert entry.source.name in words
    assert words.count("Check before relying on it: last looked at on 22 Nov 2026.") == len(entries)


# --- letters and scripts -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_has_its_whole_text_on_one_page_in_each_language(
    language: str, today: date, text_of: Extract
) -> None:
    made = letter(view(today), "招行卡", "Illness since October.")
    pdf = letter_pdf(made, today, language)
    text = text_of(pdf)

    assert pages_of(pdf) == 1
    for line in letter_text(made, language).splitlines():
        assert close(line) in close(text), line
    assert pdf == letter_pdf(made, today, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_has_its_whole_text_on_one_page_in_each_language(
    language: str, today: date, text_of: Extract
) -> None:
    made = phone_script(view(today), "招行卡")
    pdf = letter_pdf(made, today, language)
    text = text_of(pdf)

    assert pages_of(pdf) == 1
    for line in letter_text(made, language).splitlines():
        assert close(line.removeprefix("– ")) in close(text), line


def test_a_letter_speaks_the_language_of_the_lender_and_the_window_keeps_its_own(today: date) -> None:
    from planner import i18n

    i18n.use("zh")
    made = letter(replace(view(today)), "招行卡")
    french = letter_text(made, "fr")

    assert "18\u202f250,40\xa0CNY" in french
    assert i18n.language() == "zh"
    assert "CN¥18,250.40" in letter_text(made, "en", "en_GB")
    assert "18\u202f250,40" in letter_text(made, "en", "fr_FR")
    assert explain(made.title)
