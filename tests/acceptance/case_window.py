"""The place Procedures with one case, as its reader sees it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.procedures.case import Case
from planner.gui.pages.procedure_parts.step_details import Details
from planner.gui.pages.procedure_parts.step_row import StepRow
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session


def open_case(qtbot: QtBot, session: Session, case: Case) -> ProceduresPage:
    """Show a case in a window of its own.

    Args:
        qtbot: Keeps the window until the test is over.
        session: The open file, on the day of the test.
        case: The case.
    """
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    page.show()
    page.show_case(case.id)
    QApplication.processEvents()
    return page


def texts(widget: QWidget) -> str:
    """Everything that can be read in a part of the window now."""
    QApplication.processEvents()  # what was added is shown by the next event
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(widget))


def press(button: QAbstractButton) -> None:
    """Press a button by keyboard."""
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QApplication.processEvents()


def give(page: ProceduresPage, question: str, answer: str) -> None:
    """Answer a question of the case that is shown."""
    press(page.case.questions.asked[question].answers[answer].button)


def titles(page: ProceduresPage) -> list[str]:
    """The steps as they stand below one another, without their numbers."""
    QApplication.processEvents()  # a row that was added has its place by the next event
    rows = sorted((row for row in page.case.rows.values() if row.isVisibleTo(page)), key=StepRow.y)
    return [row.title.text().partition(". ")[2] for row in rows]


def opened(page: ProceduresPage, step: str) -> Details:
    """What belongs to a step, opened by its arrow."""
    row = page.case.rows[step]
    if not row.is_open:
        press(row.chevron)
    assert row.details is not None
    return row.details


def state(page: ProceduresPage, step: str) -> str:
    """How a step stands, in the words below its title."""
    return page.case.rows[step].state.text()


def read_faq(page: ProceduresPage, title: str) -> str:
    """The answer to one of the things that people ask, opened."""
    folds = [fold for fold, _text in page.case.faq.entries if fold.chevron.accessibleName() == title]
    assert len(folds) == 1, [fold.chevron.accessibleName() for fold, _text in page.case.faq.entries]
    press(folds[0].chevron)
    return texts(folds[0])
