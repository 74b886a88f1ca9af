"""What a weak source says stands beside its source, called weak, wherever it is shown."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.procedures.case import Case
from planner.domain.procedures.published import Procedure
from planner.domain.sourced import Reliability, Source
from planner.gui.pages.procedure_parts.step_row import StepRow
from planner.gui.pages.procedure_parts.widgets import as_of
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import RELIABILITY_WORDS, _, source_name
from planner.reports.checklist import checklist_of
from planner.reports.pack import PackParts, Part, WorkedOut, compose, report_pack
from planner.reports.source_lines import by_reliability
from planner.services.accounts import account_from, save_account
from planner.services.cases.view import CaseView
from planner.services.cases.views import case_view
from planner.services.cases.words import faq_of, warnings_of
from planner.services.procedures import start_case
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.texts import LANGUAGES, in_one_line

TODAY = date(2026, 11, 22)
WEAK = {Reliability.LOW, Reliability.FICTITIOUS}
_SLOW = "cancel-jd-baitiao"  # told in three languages; the others in one, which is enough for the same code


def started(store: Store, procedure: Procedure) -> Case:
    """A case of a procedure, on an account of a product that it is for."""
    sheet = catalogue.product(procedure.products[0] if procedure.products else "jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, account_from(sheet, "Mine"))
        return start_case(store, procedure.id, account.id, TODAY)


def weak_sources(view: CaseView) -> set[Source]:
    """The weak sources of everything that a case shows."""
    texts = [step.step.source for step in view.steps]
    texts += [variant.source for step in view.steps for variant in step.step.variants]
    texts += [note.source for note in (*warnings_of(view), *faq_of(view))]
    return {source for source in texts if source.name and source.reliability in WEAK}


def cases() -> list[tuple[str, str]]:
    """Each procedure in English, and one of them in every language."""
    found = [(procedure.id, "en") for procedure in catalogue.procedures()]
    return [*found, *((_SLOW, language) for language in LANGUAGES if language != "en")]


@pytest.mark.row("C018", "C060")
@pytest.mark.parametrize(("procedure_id", "language"), cases())
def test_the_window_shows_every_weak_source_beside_what_it_says(
    qtbot: QtBot, qapp: QApplication, store: Store, procedure_id: str, language: str
) -> None:
    apply_theme(qapp, "light")
    case = started(store, next(each for each in catalogue.procedures() if each.id == procedure_id))
    view = case_view(store, case, TODAY)
    i18n.use(language)
    page = ProceduresPage(Session(store, TODAY))
    qtbot.addWidget(page)
    page.resize(1060, 800)
    page.show()
    page.show_case(case.id)
    for row in page.findChildren(StepRow):
        row.set_open(is_open=True)
    shown = in_one_line("\n".join(label.text() for label in page.findChildren(QLabel)))
    missing = [as_of(source) for source in weak_sources(view) if in_one_line(as_of(source)) not in shown]

    assert missing == []
    i18n.use("en", "en_GB")


@pytest.mark.row("C018", "C060")
@pytest.mark.parametrize(("procedure_id", "language"), cases())
def test_the_report_names_every_weak_source_of_a_procedure_and_calls_it_weak(
    store: Store, procedure_id: str, language: str
) -> None:
    case = started(store, next(each for each in catalogue.procedures() if each.id == procedure_id))
    checklist = checklist_of(case_view(store, case, TODAY))
    weak = [source for source in checklist.sources if source.reliability in WEAK]
    pack = report_pack(
        store,
        TODAY,
        PackParts(frozenset({Part.PROCEDURE}), TODAY, date(2027, 2, 22)),
        WorkedOut(checklist=checklist),
    )
    pages = PdfReader(io.BytesIO(compose(pack, language))).pages
    # A reader of PDF parts lines where it likes, so that spaces say nothing.
    text = _bare("\n".join(page.extract_text() for page in pages))

    i18n.use(language)
    for source in weak:
        name, called = _bare(source_name(source)), _bare(_(RELIABILITY_WORDS[source.reliability]))
        # A name may begin on one page and end on the next.
        assert any(part in text for part in (name, name[:12], name[-12:])), source.name
        assert called in text
    i18n.use("en", "en_GB")
    assert weak_sources(case_view(store, case, TODAY)) >= set(weak)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u200b\u202f-]+", "", text)


@pytest.mark.row("C060")
def test_what_declares_itself_fictitious_has_its_badge_and_is_told_last() -> None:
    weak = Source("A page", TODAY, Reliability.LOW)
    invented = Source("Another page", TODAY, Reliability.FICTITIOUS)
    law = Source("A law", TODAY, Reliability.HIGH)

    assert by_reliability([invented, weak, law, weak]) == (
        "reliable: A law; weak source: A page; declares itself fictitious: Another page"
    )
    assert by_reliability([]) == ""
    assert by_reliability([Source("")]) == ""


def numbers_of_others(procedure: Procedure, told: list[tuple[Source, str]]) -> set[str]:
    """The numbers that some other source gives: in the procedure, or in the terms of its products."""
    others = [text for source, text in told if source.reliability is not Reliability.FICTITIOUS]
    others += [contact.number for contact in procedure.contacts]
    for product in catalogue.products():
        if product.id in procedure.products or not procedure.products:
            others += [contact.number for contact in product.contacts]
            for claim in product.terms.claims:
                if claim.source.reliability is not Reliability.FICTITIOUS:
                    others += [claim.about, claim.text]
    return {number for text in others for number in re.findall(r"\d+", text)}


@pytest.mark.row("C060")
def test_no_number_rests_on_a_fictitious_source_alone() -> None:
    looked_at = 0
    for procedure in catalogue.procedures():
        told = [(step.source, step.text) for step in procedure.steps]
        told += [(each.source, each.text) for step in procedure.steps for each in step.variants]
        told += [(note.source, note.text) for note in (*procedure.warnings, *procedure.faq)]
        known = numbers_of_others(procedure, told)
        for source, text in told:
            if source.reliability is Reliability.FICTITIOUS:
                looked_at += 1
                assert set(re.findall(r"\d+", text)) <= known, f"{procedure.id}: {text}"
    for product in catalogue.products():
        for claim in product.terms.claims:
            if claim.source.reliability is Reliability.FICTITIOUS:
                looked_at += 1
                others = [
                    other
                    for other in product.terms.of(claim.term)
                    if other.about == claim.about and other.source.reliability is not Reliability.FICTITIOUS
                ]
                assert claim.text in {other.text for other in others}, claim
    assert looked_at >= 2
