from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pypdf
import pytest

from planner import i18n
from planner.domain.account import Account, Contact
from planner.domain.due_sums import total_of
from planner.i18n import LANGUAGES, explain, show, speaking
from planner.reports.checklist import checklist_of
from planner.reports.document import PREVAIL, written
from planner.reports.pack import PackParts, Part, ReportPack, WorkedOut, compose, report_pack
from planner.reports.typeset import typeset
from planner.services.accounts import save_account
from planner.services.cases.views import case_view
from planner.services.procedures import start_case
from planner.store.store import Store

# The name of the account in conftest.py.
NAME = "白条 镕喆 « é œ € » #panic() $1$ *b* </text>"
Extract = Callable[[bytes], str]


def plain(words: str) -> str:
    return " ".join(words.split())


def only(pack: ReportPack, *parts: Part) -> ReportPack:
    return replace(pack, parts=replace(pack.parts, parts=frozenset(parts)))


def root_of(pdf: bytes) -> dict[str, Any]:
    """The catalogue of a PDF."""
    return cast("dict[str, Any]", pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"])


def elements(pdf: bytes) -> Iterator[dict[str, Any]]:
    """Every element of the structure of a tagged PDF."""
    todo: list[Any] = [root_of(pdf)["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            yield node
            if "/K" in node:
                todo.append(node["/K"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_in_the_pdf_as_the_windows_show_it(
    language: str, pack: ReportPack, text_of: Extract
) -> None:
    text = text_of(compose(pack, language))

    with speaking(language):
        figures: list[Any] = [derived.value for derived in pack.view.owed.values()]
        figures += [derived.value for derived in total_of(pack.view.position.late).values()]
        figures += [derived.value for derived in pack.view.month_need.values()]
        figures += list(pack.view.month_paid.values())
        figures += [due.open for due in pack.view.position.open_dues if due.due_on != date(2027, 4, 10)]
        assert pack.worked.comparison is not None
        for outcome in pack.worked.comparison.outcomes:
            figures += [outcome.total, outcome.fees, outcome.nominal, outcome.effective]
            figures += [outcome.biggest_month, outcome.last_on]
        assert pack.worked.late is not None
        figures += [derived.value for _day, derived in pack.worked.late.scenarios if derived is not None]
        figures += [milestone.on for milestone in pack.worked.late.milestones]
        shown = [plain(show(figure)) for figure in figures if figure is not None]
    assert len(shown) > 40
    for figure in shown:
        assert figure in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_copied_out_as_they_were_typed(language: str, pack: ReportPack, text_of: Extract) -> None:
    text = text_of(compose(pack, language))

    assert NAME in text


def test_dates_are_copied_out_without_spaces_between_figures_and_characters(
    pack: ReportPack, text_of: Extract
) -> None:
    text = text_of(compose(pack, "zh"))
    assert "2026年11月22日" in text
    assert "征信业管理条例第 16 条" in text
    assert "machine-translated" not in text
    assert "General knowledge" not in text


def test_the_fonts_are_ours_and_embedded(pack: ReportPack) -> None:
    reader = pypdf.PdfReader(io.BytesIO(compose(pack, "zh")))
    fonts = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            below = font["/DescendantFonts"][0]
            fonts[str(font["/BaseFont"])] = (str(below["/Subtype"]), "/FontFile2" in below["/FontDescriptor"])

    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"PlannerSans", "PlannerSansExt"}
    assert set(fonts.values()) == {("/CIDFontType2", True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_as_pdf_ua_1_in_its_language(language: str, pack: ReportPack) -> None:
    pdf = compose(pack, language)

    root = root_of(pdf)
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    kinds = [str(each.get("/S")) for each in elements(pdf)]
    assert {"/Title", "/H1", "/H2", "/Table", "/THead", "/TH", "/TD", "/L"} <= set(kinds)
    assert kinds.count("/Figure") == 3


def test_a_chart_is_described_in_words_from_its_data(pack: ReportPack) -> None:
    described = " ".join(
        str(each["/Alt"]) for each in elements(compose(pack, "en")) if each.get("/S") == "/Figure"
    )

    assert pack.worked.comparison is not None
    for outcome in pack.worked.comparison.outcomes:
        if outcome.total is not None:
            assert show(outcome.total) in described


def test_the_words_of_a_chart_are_text_in_the_pack(pack: ReportPack, text_of: Extract) -> None:
    text = text_of(compose(only(pack, Part.LATE), "en"))

    assert pack.worked.late is not None
    assert f"high: {show(pack.worked.late.days[-1].cost.high)}" in text


def test_the_header_of_a_table_is_repeated_on_every_page(pack: ReportPack, text_of: Extract) -> None:
    long = replace(pack, sheets=tuple(replace(sheet, payments=sheet.payments * 100) for sheet in pack.sheets))

    text = text_of(compose(only(long, Part.BILLS), "en"))

    assert text.count("Paid on") >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_data_give_the_same_bytes(language: str, pack: ReportPack) -> None:
    assert compose(pack, language) == compose(pack, language)


def test_the_date_of_the_file_is_that_of_its_data(pack: ReportPack) -> None:
    metadata = pypdf.PdfReader(io.BytesIO(compose(pack, "en"))).metadata

    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == pack.today
    assert metadata.title == "Repayment report"


def test_only_the_chosen_parts_are_shown(pack: ReportPack, text_of: Extract) -> None:
    headings = {
        Part.FACTS: "Notes from the conversation",
        Part.BILLS: "Accounts and bills",
        Part.COMPARISON: "Ways to settle",
        Part.LATE: "What paying late costs",
        Part.PROCEDURE: "Whom to reach",
    }
    for part, heading in headings.items():
        text = text_of(compose(only(pack, part), "en"))

        assert heading in text
        assert not [other for each, other in headings.items() if each is not part and other in text]


def test_it_says_once_that_the_contract_and_the_lender_prevail(pack: ReportPack, text_of: Extract) -> None:
    assert text_of(compose(pack, "en")).count("The contract and the lender prevail") == 1
    assert PREVAIL.endswith("The contract and the lender prevail.")


def test_the_facts_fit_on_one_page(pack: ReportPack) -> None:
    reader = pypdf.PdfReader(io.BytesIO(compose(only(pack, Part.FACTS), "fr")))

    assert len(reader.pages) == 1


def test_what_is_due_after_the_period_is_one_sum(pack: ReportPack, text_of: Extract) -> None:
    text = text_of(compose(only(pack, Part.BILLS), "en"))

    assert f"1 due after {show(date(2027, 2, 22))}" in text
    assert "Bill of 1 Apr 2027" not in text


def test_figures_refer_to_the_appendix_only_where_it_is_printed(pack: ReportPack, text_of: Extract) -> None:
    with_it = text_of(compose(pack, "en"))
    without = text_of(compose(only(pack, *(set(Part) - {Part.WORKINGS})), "en"))

    assert "(see A1)" in with_it
    assert "How the figures were made" in with_it
    assert "(see A1)" not in without
    assert "How the figures were made" not in without


def test_a_range_names_the_sources_behind_it(pack: ReportPack, text_of: Extract) -> None:
    assert pack.worked.late is not None
    assert pack.worked.late.at is not None
    text = text_of(compose(only(pack, Part.LATE), "en"))

    named = [given.source.name for given in pack.worked.late.at.derivation.given if given.source is not None]
    assert named
    for name in named:
        assert plain(name) in text


def test_the_steps_of_a_procedure_stand_with_their_states_and_what_blocks_them(
    pack: ReportPack, text_of: Extract
) -> None:
    text = text_of(compose(only(pack, Part.PROCEDURE), "en"))

    assert pack.worked.checklist is not None
    assert pack.worked.checklist.steps
    for step in pack.worked.checklist.steps:
        assert plain(explain(step.title)) in text
        assert plain(explain(step.state)) in text
        for blocker in step.blockers:
            assert plain(explain(blocker)) in text


def test_what_the_fonts_cannot_write_is_marked_and_does_no_harm(
    store: Store, account: Account, today: date, text_of: Extract
) -> None:
    with store.transaction():
        save_account(store, replace(account, name='🛒 "\\" {data} \u202e\x00 shop'))
    parts = PackParts(frozenset({Part.FACTS, Part.BILLS}), today, today)

    text = text_of(compose(report_pack(store, today, parts), "en"))

    assert '□ "\\" {data} shop' in text


def test_a_contact_without_a_number_leaves_no_gap(
    store: Store, account: Account, today: date, text_of: Extract
) -> None:
    card = Contact("The issuer", "")
    with store.transaction():
        store.accounts.save(replace(account, lender="", contacts=(card, Contact("Branch", "400 1"), card)))
        case = start_case(store, "cancel-jd-baitiao", account.id, today)
    parts = PackParts(frozenset({Part.FACTS, Part.PROCEDURE}), date(2026, 8, 22), date(2027, 2, 22))
    checklist = checklist_of(case_view(store, case, today))

    text = text_of(compose(report_pack(store, today, parts, WorkedOut(checklist=checklist)), "en", "en_GB"))

    assert "400 1" in text
    assert ", 400 1" not in text
    assert "400 1," not in text
    assert "The issuer –" in text


def test_an_empty_file_makes_a_calm_report(store: Store, today: date, text_of: Extract) -> None:
    parts = PackParts(frozenset(Part), today, today)

    assert "Nothing is recorded yet." in text_of(compose(report_pack(store, today, parts), "en"))


def test_making_a_report_leaves_the_language_of_the_windows_alone(pack: ReportPack) -> None:
    i18n.use("fr", "en_US")

    written(pack, "zh")

    assert (i18n.language(), i18n.number_format()) == ("fr", "en_US")


def test_what_users_wrote_reaches_the_template_as_data_only(pack: ReportPack) -> None:
    document = written(pack, "en")

    assert NAME in document.content
    assert isinstance(json.loads(document.content), dict)
    assert b"%PDF" in typeset(document)[:5]
