from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import cache
from typing import Any

import pypdf
import pytest

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case, CaseStep, LogEntry, OwnStep, StepState
from planner.domain.procedures.kinds import Channel, FactKind
from planner.domain.procedures.published import Procedure
from planner.domain.sourced import Reliability, Source
from planner.i18n import explain
from planner.phrases import Phrase
from planner.reports.case_pack import Detail, case_pdf, pages_of, written_case
from planner.reports.document import PREVAIL
from planner.reports.source_lines import each_once
from planner.reports.typeset import Document
from planner.services.accounts import account_from, save_account
from planner.services.cases.letters import case_letter
from planner.services.cases.pack import CasePack, case_pack, letter_steps
from planner.services.letters import Letter, LetterLine
from planner.services.letters import LineKind as LetterLineKind
from planner.services.procedures import case_view, start_case
from planner.store import catalogue
from planner.store.store import Store

LANGUAGES = ("zh", "en", "fr")
SAID = "They asked for a screenshot of the payment and said that the plan needs a review."


def account_for(store: Store, procedure: Procedure) -> Account:
    sheet = catalogue.product(procedure.products[0] if procedure.products else "jd-baitiao")
    assert sheet is not None
    made = replace(account_from(sheet, "My account"), automatic=True, limit=Money.of("8000", sheet.currency))
    with store.transaction():
        save_account(store, made)
        for month, amount in ((10, "400"), (11, "1234.56"), (12, "800")):
            lines = (BillLine(LineKind.PURCHASE, Money.of(amount, made.currency)),)
            store.bills.save(Bill(made.id, date(2026, month, 1), date(2026, month, 12), lines))
    return made


def started(store: Store, procedure: Procedure, today: date) -> Case:
    """A case whose questions are answered as leads to the most steps, with notes and three contacts."""
    account = account_for(store, procedure)
    with store.transaction():
        case = start_case(store, procedure.id, account.id, today)
        answers = dict(case.answers)
        for question in procedure.questions:
            answers[question.id] = max(
                question.answers, key=lambda key: len(procedure.steps_for({**answers, question.id: key}))
            )
        log = tuple(
            LogEntry(
                "", date(2026, 11, day), Channel.PHONE, time(10, 30), "Agent 7", SAID, "A call back", None
            )
            for day in (3, 9, 15)
        )
        case = replace(case, answers=answers, log=log, note="My own note about this case.")
        for step in procedure.steps_for(answers)[:2]:
            case = case.with_step(CaseStep(step.id, StepState.DONE, "As I did it", today))
        store.cases.save(case)
    return case


def packed(store: Store, case: Case, today: date, letter: Letter | None = None) -> CasePack:
    return case_pack(store, case_view(store, store.cases.get(case.id), today), letter)


@cache
def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def told(document: Document) -> list[dict[str, Any]]:
    """The blocks of a document, those in columns among them."""

    def flat(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for block in blocks:
            yield block
            yield from flat(block.get("blocks", []))

    return list(flat(json.loads(document.content)["blocks"]))


def steps(document: Document) -> list[dict[str, Any]]:
    return [block for block in told(document) if block["kind"] == "step"]


@pytest.fixture
def procedure() -> Procedure:
    found = catalogue.procedure("cancel-jd-baitiao")
    assert found is not None
    return found


@pytest.fixture
def case(store: Store, procedure: Procedure, today: date) -> Case:
    return started(store, procedure, today)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("procedure_id", [each.id for each in catalogue.procedures()])
def test_every_procedure_fits_on_two_pages(
    store: Store, procedure_id: str, language: str, today: date
) -> None:
    found = catalogue.procedure(procedure_id)
    assert found is not None
    case = started(store, found, today)
    letters = letter_steps(case_view(store, case, today))
    kind = letters[0].step.letter if letters else None
    letter = case_letter(store, case.id, kind, today).letter if kind is not None else None

    pdf = case_pdf(packed(store, case, today, letter), language)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == pages_of(pdf) <= 2


def test_it_tells_steps_states_notes_contacts_and_documents(store: Store, case: Case, today: date) -> None:
    text = " ".join(text_of(case_pdf(packed(store, case, today), "en")).split())

    for words in ("My account, started on 22 Nov 2026", "As I did it", "My own note about this case.", SAID):
        assert words in text
    assert "15 Nov 2026 10:30; By telephone; Agent 7" in text
    assert "Promised: A call back (Not known yet whether it is kept)" in text
    assert text.index("15 Nov 2026 10:30") < text.index("9 Nov 2026 10:30")


def test_its_facts_are_those_of_the_window(store: Store, case: Case, today: date) -> None:
    view = case_view(store, case, today)
    wanted = (FactKind.OWED, FactKind.LIMIT_USED, FactKind.STATES)
    pack = case_pack(store, replace(view, procedure=replace(view.procedure, facts=wanted)))

    (facts,) = [block["items"] for block in told(written_case(pack, "en")) if block["kind"] == "facts"]

    assert [(item["label"], item["value"]) for item in facts] == [
        ("Still to pay:", "CN¥2,434.56"),
        ("Used of the limit:", "CN¥2,434.56 of CN¥8,000.00: 30.43%"),
        ("State of the account:", "open"),
    ]
    words = " ".join(text_of(case_pdf(pack, "en")).split())
    assert "Still to pay: CN¥2,434.56" in words


def test_what_is_done_takes_a_line_and_what_is_open_has_its_text(
    store: Store, case: Case, today: date
) -> None:
    document = written_case(packed(store, case, today), "en")
    first, _second, third = steps(document)[:3]

    assert (first["done"], first["lines"]) == (True, ["As I did it"])
    assert first["state"] == "Done on 22 Nov 2026"
    assert not third["done"]
    assert len(third["lines"][0]) > 40


def test_less_room_leaves_out_words_and_never_a_step(store: Store, case: Case, today: date) -> None:
    pack = packed(store, case, today)
    written = [written_case(pack, "en", detail=detail) for detail in Detail]

    assert {len(steps(each)) for each in written} == {len(steps(written[0]))}
    lengths = [len(each.content) for each in written]
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == len(lengths)


def test_own_steps_and_own_words_stand_in_it_as_they_were_written(
    store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        kept = store.cases.get(case.id)
        store.cases.save(replace(kept, own_steps=(OwnStep("Ring {my} brother", "He knows #1 $ *way*"),)))

    document = written_case(packed(store, case, today), "fr")

    first = steps(document)[0]
    assert first["title"] == "1. Ring {my} brother"
    assert first["lines"] == ["He knows #1 $ *way*"]


def test_it_speaks_the_language_that_is_asked_for_and_no_other_afterwards(
    store: Store, case: Case, today: date
) -> None:
    pack = packed(store, case, today)
    written = {language: written_case(pack, language).content for language in LANGUAGES}

    assert len(set(written.values())) == 3
    assert json.loads(written["zh"])["title"] == "注销京东白条"
    assert json.loads(written["en"])["title"] == "Cancel JD Baitiao"


def test_a_letter_goes_with_it(store: Store, case: Case, today: date) -> None:
    line = LetterLine(Phrase.own("Please confirm it in writing."), LetterLineKind.TEXT)
    letter = Letter(case.account_id, Phrase.own("Subject of mine"), (line,))

    with_letter = text_of(case_pdf(packed(store, case, today, letter), "en"))
    without = text_of(case_pdf(packed(store, case, today), "en"))

    assert "Please confirm it in writing." in with_letter
    assert "Subject of mine" not in without


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_has_the_second_page_for_itself_as_wide_as_the_paper(
    store: Store, case: Case, today: date, language: str
) -> None:
    view = case_view(store, case, today)
    (kind, *_others) = [each.step.letter for each in letter_steps(view) if each.step.letter is not None]
    letter = case_letter(store, case.id, kind, today).letter
    document = written_case(packed(store, case, today, letter), language)
    kinds = [block["kind"] for block in json.loads(document.content)["blocks"]]
    after = kinds[kinds.index("columns") + 1 :]
    assert after[0] == "page"
    assert after[1] == "heading"

    first, second = pypdf.PdfReader(io.BytesIO(case_pdf(packed(store, case, today, letter), language))).pages

    with i18n.speaking(language):
        titles = [explain(step.title) for step in view.steps]
        subject = explain(letter.title)
        prevail = i18n._(PREVAIL)
    first_words, second_words = ("".join(page.extract_text().split()) for page in (first, second))
    assert "".join(prevail.split()) in first_words
    assert "".join(subject.split()) in second_words
    assert "".join(titles[-1].split()) in first_words
    assert "".join(titles[-1].split()) not in second_words


def test_each_source_stands_on_a_line_once_also_where_a_name_is_that_of_several() -> None:
    sources = [
        Source("Article A, 2024; Article B", reliability=Reliability.LOW),
        Source("article B", reliability=Reliability.LOW),
        Source("Law C", reliability=Reliability.HIGH),
        Source("Article A, 2024, with a list", reliability=Reliability.MEDIUM),
    ]

    assert each_once(sources) == [
        "reliable: Law C",
        "weak source: Article A, 2024",
        "weak source: Article B",
    ]


def test_each_document_is_listed_once(store: Store, case: Case, today: date) -> None:
    pack = packed(store, case, today)
    assert pack.documents

    said = [line for step in steps(written_case(pack, "en")) for line in (step["title"], *step["lines"])]

    for line in pack.documents:
        assert len([words for words in said if line.document.title in words]) == 1


def test_a_pack_names_no_source_twice(store: Store, case: Case, today: date) -> None:
    blocks = told(written_case(packed(store, case, today), "en"))

    place = next(number for number, block in enumerate(blocks) if block.get("text") == "Sources")
    names = [item.partition(": ")[2] for item in blocks[place + 1]["items"]]
    assert len(names) > 3
    assert len(set(names)) == len(names)
    assert not any(one != other and other.startswith(one) for one in names for other in names)


def test_the_same_case_gives_the_same_bytes(store: Store, case: Case, today: date) -> None:
    pack = packed(store, case, today)

    assert case_pdf(pack, "fr") == case_pdf(pack, "fr")


def test_no_type_is_smaller_than_eight_and_a_half_points(store: Store, case: Case, today: date) -> None:
    sizes: set[float] = set()
    reader = pypdf.PdfReader(io.BytesIO(case_pdf(packed(store, case, today), "en")))

    def noted(_text: str, _matrix: list[float], tm: list[float], _font: object, size: float) -> None:
        sizes.add(round(size * abs(tm[3]), 2))

    for page in reader.pages:
        page.extract_text(visitor_text=noted)
    assert min(size for size in sizes if size) >= 8.5
