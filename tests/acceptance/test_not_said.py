"""What the program must not say or do, looked for in all of its texts in three languages."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.gui.places import ALL
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.reports.checklist import checklist_of
from planner.reports.pack import PackParts, Part, WorkedOut, compose, report_pack
from planner.services.cases.views import case_view
from planner.services.example import write_example
from planner.services.overdue import cost_of_delay
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.scans import SCANS
from tests.acceptance.texts import LANGUAGES, Scan, Text, all_texts, in_one_line, shown_hits
from tests.terminal import Run

TODAY = date(2026, 11, 22)
_WORK_MS = 100  # for what is worked out off the window's thread

# The rows that a scan shows to hold; the other scans are rules for every text.
ROWS = {
    "C026": ["users"],
    "C049": ["clean_record"],
    "C057": ["data_tools"],
    "C073": ["limit_penalty"],
    "C102": ["shared_secrets", "secrets_typed", "paid_in_advance"],
    "C125": ["cash_out"],
}
BY_ROW = [
    pytest.param(SCANS[name], marks=pytest.mark.row(row), id=name)
    for row, names in ROWS.items()
    for name in names
]
_OF_ROWS = {name for names in ROWS.values() for name in names}
RULES = [pytest.param(scan, id=name) for name, scan in SCANS.items() if name not in _OF_ROWS]
CASH_OUT = SCANS["cash_out"]


def test_the_texts_are_those_of_the_code_of_the_resources_and_of_the_readme_in_three_languages() -> None:
    said = all_texts()
    counts = Counter(text.language for text in said)
    words = {text.words for text in said}

    assert all(counts[language] > 3500 for language in LANGUAGES)
    assert {"# Repayment Planner", "Cancel Huabei", "花呗", "Still to pay in all: {amount}"} <= words
    assert {"{count} purchases, {amount} together after refunds"} <= words  # a second form
    for language in ("fr", "zh"):
        assert any(text.is_warning for text in said if text.language == language)


@pytest.mark.parametrize("scan", [*BY_ROW, *RULES])
def test_nothing_says_it_in_any_language(scan: Scan) -> None:
    assert scan.hits(all_texts()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scan", SCANS.values(), ids=SCANS)
def test_what_is_planted_is_found(scan: Scan, language: str) -> None:
    planted = [Text(language, words, words) for words in scan.planted[language]]

    assert planted
    assert scan.hits((*all_texts()[:200], *planted)) == [f"{language}: {text.words}" for text in planted]


@pytest.mark.parametrize("scan", SCANS.values(), ids=SCANS)
def test_what_is_allowed_is_there_and_looks_like_it(scan: Scan) -> None:
    bare = Scan(scan.name, scan.patterns, scan.planted)
    looks_like_it = {text.english for text in all_texts() if bare.finds(text)}

    for words, reason in scan.allowed.items():
        assert reason
        assert words in looks_like_it


def test_only_a_warning_may_name_the_trick_and_only_to_refuse_it() -> None:
    refused = "Whoever shows you how to cash out is not helping you."
    advised = "Ask for a way to cash out."

    assert not CASH_OUT.finds(Text("en", refused, refused, is_warning=True))
    assert CASH_OUT.finds(Text("en", refused, refused))
    assert CASH_OUT.finds(Text("en", advised, advised, is_warning=True))


@pytest.mark.row("C125")
@pytest.mark.parametrize(
    ("language", "consequences"),
    [
        ("en", ("contract", "freeze", "fraud")),
        ("fr", ("contrat", "bloquer", "fraude")),
        ("zh", ("违约", "冻结", "欺诈")),
    ],
)
def test_the_trick_is_warned_of_with_what_it_leads_to_in_every_language(
    language: str, consequences: tuple[str, ...]
) -> None:
    named = [
        text.words
        for text in all_texts()
        if text.language == language and text.is_warning and not CASH_OUT.finds(text) and _names_it(text)
    ]

    assert named
    for words in named:
        assert all(word in words for word in consequences), words


def _names_it(text: Text) -> bool:
    return CASH_OUT.finds(Text(text.language, text.words, text.words))


@pytest.mark.row("C125")
def test_no_step_of_a_procedure_names_the_trick() -> None:
    for procedure in catalogue.procedures():
        for step in procedure.steps:
            for words in (step.title, step.text, *(each.text for each in step.variants)):
                assert not CASH_OUT.finds(Text("en", words, words)), words


# --- What is shown -------------------------------------------------------------------------------------


@pytest.fixture
def example(qapp: QApplication, store: Store) -> Session:
    """The example, in which something is late and a procedure is under way."""
    apply_theme(qapp, "light")
    with store.transaction():
        write_example(store, TODAY)
    return Session(store, TODAY)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    i18n.use(language)
    yield
    i18n.use("en", "en_GB")


def all_shown(widget: QWidget) -> str:
    """Every text in a window, in view or not."""
    QApplication.processEvents()
    shown = [label.text() for label in widget.findChildren(QLabel)]
    shown += [button.text() for button in widget.findChildren(QAbstractButton)]
    shown += [part.toolTip() + "\n.\n" + part.accessibleName() for part in widget.findChildren(QWidget)]
    return "\n.\n".join(shown)


def window_text(qtbot: QtBot, session: Session) -> str:
    """What all places show, with every step of the procedure under way opened."""
    shown = []
    for place in ALL:
        page = place.build(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        qtbot.wait(_WORK_MS)
        for row in page.findChildren(QWidget):
            if hasattr(row, "set_open"):
                row.set_open(is_open=True)
        shown.append(all_shown(page))
        page.close()
    return "\n.\n".join(shown)


def pdf_text(session: Session) -> str:
    """What the report says of everything, the procedure under way and what is late included."""
    store = session.store
    late = store.ledgers.position(TODAY).late
    assert late
    case = store.cases.all()[0]
    pack = report_pack(
        store,
        TODAY,
        PackParts(frozenset(Part), date(2026, 8, 22), date(2027, 2, 22)),
        WorkedOut(
            None,
            cost_of_delay(store, [due.id for due in late], TODAY, date(2027, 2, 20)),
            checklist_of(case_view(store, case, TODAY)),
        ),
    )
    return "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(compose(pack, i18n.language()))).pages
    )


@pytest.mark.row("C026", "C049", "C057", "C073", "C125")
@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_the_window_nor_the_report_shows_it(qtbot: QtBot, example: Session, language: str) -> None:
    with speaking(language):
        shown = window_text(qtbot, example) + "\n" + pdf_text(example)

    assert len(shown) > 10_000
    assert [hit for scan in SCANS.values() for hit in shown_hits(scan, language, shown)] == []
    for scan in SCANS.values():
        for words in scan.planted[language]:
            assert shown_hits(scan, language, f"{shown}\n.\n{words}") != [], words


@pytest.mark.row("C049", "C057")
@pytest.mark.parametrize(
    ("language", "ask_ahead", "official"),
    [
        ("en", "differs; ask before it matters", "Two reports a year are free"),
        ("fr", "varie ; renseignez-vous à l’avance", "Deux rapports par an sont gratuits"),
        ("zh", "请提前问清", "每年可免费查询两次"),
    ],
)
def test_when_a_lender_reports_is_to_be_asked_and_the_official_report_is_offered(
    qtbot: QtBot, example: Session, language: str, ask_ahead: str, official: str
) -> None:
    from planner.gui.pages.overdue import LatePage

    with speaking(language):
        page = LatePage(example)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()

        def is_told() -> bool:
            shown = in_one_line(all_shown(page))
            return ask_ahead in shown and official in shown

        qtbot.waitUntil(is_told, timeout=10_000)


@pytest.mark.row("C026", "C049", "C057", "C073", "C125")
@pytest.mark.parametrize(("language", "lang"), [("en", "en_GB"), ("fr", "fr_FR"), ("zh", "zh_CN")])
def test_no_command_says_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, language: str, lang: str
) -> None:
    path = tmp_path / "planner.db"
    store = Store.create(path)
    with store.transaction():
        write_example(store, TODAY)
    store.close()
    monkeypatch.setenv("LANG", f"{lang}.UTF-8")

    said = [
        run(*words, "--store", path, "--today", TODAY)
        for words in (["due"], ["late", "--help"], ["cash"], ["payoff"], ["remind"])
    ]
    shown = "\n.\n".join(each.out for each in said)

    assert i18n.language() == language
    assert len(shown) > 2000
    assert [hit for scan in SCANS.values() for hit in shown_hits(scan, language, shown)] == []
    i18n.use("en", "en_GB")
