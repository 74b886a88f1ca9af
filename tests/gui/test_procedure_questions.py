from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.procedures.published import OF_RECORD, Question
from planner.errors import PlannerError
from planner.gui.pages.procedure_parts.question import Asked
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.store import catalogue

CARD = "cancel-card"
LETTER = Question("letter", "Has the lender written to you?", {"yes": "Yes", "no": "No"})
COURT = Question("court", "Has a court written to you?", {"yes": "Yes, a court", "no": "No court"})


@pytest.fixture
def page(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> ProceduresPage:
    """The page with a case that asks two questions, whose answers have the same ids."""
    published = tuple(
        replace(each, questions=(LETTER, COURT)) if each.id == CARD else each
        for each in catalogue.procedures()
    )
    monkeypatch.setattr(catalogue, "procedures", lambda: published)
    sheet = catalogue.product("cn-credit-card")
    assert sheet is not None
    with session.store.transaction():
        account = save_account(session.store, account_from(sheet, "My card"))
        case = procedures.start_case(session.store, CARD, account.id, session.today)
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_case(case.id)
    QApplication.processEvents()
    return page


def press(asked: Asked, key: str) -> None:
    """Choose an answer by keyboard."""
    asked.answers[key].button.setFocus()
    QTest.keyClick(asked.answers[key].button, Qt.Key.Key_Space)


def given(page: ProceduresPage) -> dict[str, list[str]]:
    """The answers that are chosen in the window, by question."""
    return {
        question: [key for key, choice in asked.answers.items() if choice.button.isChecked()]
        for question, asked in page.case.questions.asked.items()
    }


def kept(page: ProceduresPage) -> dict[str, str]:
    """The answers of the user that are stored, by question."""
    assert page.case.view is not None
    answers = page.session.store.cases.get(page.case.view.case.id).answers
    return {question: key for question, key in answers.items() if not question.startswith(OF_RECORD)}


def test_two_questions_are_answered_independently_and_undone_one_by_one(
    page: ProceduresPage, session: Session
) -> None:
    letter, court = page.case.questions.asked["letter"], page.case.questions.asked["court"]
    assert [letter.heading.text(), court.heading.text()] == [LETTER.title, COURT.title]
    assert letter.heading.isVisible()
    assert court.heading.isVisible()
    assert given(page) == {"letter": [], "court": []}

    press(letter, "yes")
    press(court, "no")
    assert given(page) == {"letter": ["yes"], "court": ["no"]}
    assert kept(page) == {"letter": "yes", "court": "no"}

    press(letter, "no")
    assert given(page) == {"letter": ["no"], "court": ["no"]}
    assert kept(page) == {"letter": "no", "court": "no"}

    session.history.undo()
    assert given(page) == {"letter": ["yes"], "court": ["no"]}
    session.history.undo()
    assert given(page) == {"letter": ["yes"], "court": []}
    session.history.undo()
    assert given(page) == {"letter": [], "court": []}
    assert kept(page) == {}

    session.history.redo()
    session.history.redo()
    assert given(page) == {"letter": ["yes"], "court": ["no"]}


def test_an_answer_says_to_which_question_it_belongs(page: ProceduresPage) -> None:
    asked = page.case.questions.asked

    assert asked["letter"].answers["yes"].button.accessibleDescription() == LETTER.title
    assert asked["court"].answers["yes"].button.accessibleDescription() == COURT.title
    assert asked["court"].answers["yes"].button.accessibleName() == "Yes, a court"


def test_the_keyboard_stays_where_a_question_is_answered_and_goes_on_to_the_next(
    page: ProceduresPage,
) -> None:
    letter, court = page.case.questions.asked["letter"], page.case.questions.asked["court"]
    letter.answers["yes"].button.setFocus()
    QTest.keyClick(letter.answers["yes"].button, Qt.Key.Key_Down)
    assert letter.answers["no"].button.hasFocus()
    QTest.keyClick(letter.answers["no"].button, Qt.Key.Key_Down)
    assert not court.answers["yes"].button.hasFocus()

    press(letter, "no")
    assert letter.answers["no"].button.hasFocus()
    QTest.keyClick(letter.answers["no"].button, Qt.Key.Key_Tab)
    assert court.answers["yes"].button.hasFocus()

    QTest.keyClick(court.answers["yes"].button, Qt.Key.Key_Space)
    assert given(page) == {"letter": ["no"], "court": ["yes"]}


def test_a_refused_answer_leaves_the_one_before(
    qtbot: QtBot, page: ProceduresPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = page.case.questions.asked["letter"]
    press(letter, "yes")

    def refuse(*_args: object) -> None:
        raise PlannerError

    monkeypatch.setattr(procedures, "answer", refuse)
    with qtbot.waitSignal(session.refused):
        press(letter, "no")
    assert given(page) == {"letter": ["yes"], "court": []}


def test_another_case_asks_its_own_questions(page: ProceduresPage, session: Session) -> None:
    press(page.case.questions.asked["letter"], "yes")
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with session.store.transaction():
        account = save_account(session.store, account_from(sheet, "My Baitiao"))
        case = procedures.start_case(session.store, "cancel-jd-baitiao", account.id, session.today)
    page.show_case(case.id)

    assert given(page) == {"reason": []}
