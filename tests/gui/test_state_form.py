from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, DatedState, State
from planner.gui.language import speak
from planner.gui.pane import SidePane
from planner.gui.recording.states import StateForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import delete_account, save_account

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., StateForm]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[Show]:
    """Shows the form for a new account with some history."""
    panes: list[SidePane] = []  # pytest-qt only knows them as long as they live

    def make(*states: DatedState) -> StateForm:
        account = Account("Card", "Bank", "CNY", states=states)
        with session.store.transaction():
            save_account(session.store, account)
        pane = SidePane()
        qtbot.addWidget(pane)
        panes.append(pane)
        form = StateForm(session, account.id)
        pane.open(form, "State")
        pane.resize(480, 800)
        pane.show()
        return form

    yield make
    speak(qapp, "en", "en_GB")


def states(session: Session) -> tuple[DatedState, ...]:
    (account,) = session.store.accounts.all()
    return account.states


def choose(form: StateForm, key: str) -> None:
    box = form.what.box
    keys = [box.itemData(row) for row in range(box.count())]
    moves = keys.index(key) - box.currentIndex()
    for _move in range(abs(moves)):
        QTest.keyClick(box, Qt.Key.Key_Down if moves > 0 else Qt.Key.Key_Up)


def type_day(form: StateForm, text: str) -> None:
    form.since.edit.selectAll()
    QTest.keyClicks(form.since.edit, text)


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    QApplication.processEvents()  # a new language comes twice, at once and from Qt; each draws the list anew
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_an_account_is_noted_as_frozen_with_a_day_and_a_note(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    form = show()
    assert "Nothing yet, so the account counts as open." in texts(form)
    choose(form, "frozen")
    type_day(form, "2026-11-03")
    form.note.edit.setFocus()
    QTest.keyClicks(form.note.edit, "a payment was missing")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.note.edit, Qt.Key.Key_Return)

    assert states(session) == (DatedState(State.FROZEN, date(2026, 11, 3), None, "a payment was missing"),)
    said = texts(form)
    assert "Today the account is: open; frozen by the lender" in said
    assert "Since 3 Nov 2026: frozen by the lender" in said
    assert "a payment was missing" in said
    session.history.undo()
    assert states(session) == ()
    assert "Nothing yet" in texts(form)


def test_a_restriction_is_lifted_and_stays_in_the_history(qtbot: QtBot, session: Session, show: Show) -> None:
    form = show(DatedState(State.LOCKED, date(2026, 10, 1), None, "to be safe"))
    keys = [form.what.box.itemData(row) for row in range(form.what.box.count())]
    assert "unlocked" in keys
    assert "unfrozen" not in keys
    choose(form, "unlocked")
    assert not form.note.isVisible()
    type_day(form, "2026-11-20")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert states(session) == (DatedState(State.LOCKED, date(2026, 10, 1), date(2026, 11, 20), "to be safe"),)
    assert "1 Oct 2026 to 20 Nov 2026: locked by you" in texts(form)
    assert session.history.undoText() == "Lift a restriction"
    assert form.what.box.findData("unlocked") == -1


def test_closing_then_closed_then_open_again_follow_one_another(session: Session, show: Show) -> None:
    form = show()
    for key, day in (("closing", "2026-11-01"), ("closed", "2026-11-10"), ("open", "2026-11-15")):
        choose(form, key)
        type_day(form, day)
        QTest.mouseClick(form.save_button, LEFT)

    assert [(dated.state, dated.since, dated.until) for dated in states(session)] == [
        (State.CLOSING, date(2026, 11, 1), date(2026, 11, 10)),
        (State.CLOSED, date(2026, 11, 10), date(2026, 11, 15)),
        (State.OPEN, date(2026, 11, 15), None),
    ]
    said = texts(form)
    assert said.index("open") < said.index("closed") < said.rindex("being closed")


@pytest.mark.parametrize(
    ("key", "day", "problem"),
    [
        ("frozen", "2026-11-20", "already recorded as frozen by the lender, since 3 Nov 2026"),
        ("closing", "2026-11-20", "already recorded as being closed, since 10 Nov 2026"),
        ("closed", "2026-11-05", "recorded from 10 Nov 2026 on. Choose that day or a later one."),
        ("locked", "2026-11-30", "30 Nov 2026 is still to come."),
        ("unfrozen", "2026-11-01", "frozen by the lender since 3 Nov 2026. Choose that day or a later one."),
        ("unfrozen", "some day", "is not a date"),
    ],
)
def test_what_contradicts_the_history_is_refused_with_its_reason(
    session: Session, show: Show, key: str, day: str, problem: str
) -> None:
    known = (DatedState(State.FROZEN, date(2026, 11, 3)), DatedState(State.CLOSING, date(2026, 11, 10)))
    form = show(*known)
    choose(form, key)
    type_day(form, day)
    QTest.mouseClick(form.save_button, LEFT)

    assert problem in texts(form)
    assert states(session) == known


def test_an_account_that_was_never_closed_is_not_open_again(session: Session, show: Show) -> None:
    form = show()
    choose(form, "open")
    QTest.mouseClick(form.save_button, LEFT)

    assert form.problem.text() == "The account is open already."
    assert states(session) == ()


def test_an_account_that_is_gone_can_no_longer_be_noted_on(session: Session, show: Show) -> None:
    form = show()
    (account,) = session.store.accounts.all()
    session.do("Delete", delete_account, account.id)
    assert not form.isEnabled()
    session.history.undo()
    assert form.isEnabled()


@pytest.mark.parametrize(("language", "shown"), [("zh", "2026年11月3日"), ("fr", "3 nov. 2026")])
def test_another_language_shows_the_history_and_reads_dates(
    qapp: QApplication, session: Session, show: Show, language: str, shown: str
) -> None:
    form = show(DatedState(State.FROZEN, date(2026, 11, 3)))
    choose(form, "unfrozen")
    speak(qapp, language)

    assert shown in texts(form)
    assert form.what.value() == "unfrozen"
    type_day(form, "11-20" if language == "zh" else "20/11")
    QTest.mouseClick(form.save_button, LEFT)
    assert states(session)[0].until == date(2026, 11, 20)


def test_it_fits_a_narrow_pane_with_large_text(qapp: QApplication, show: Show) -> None:
    apply_theme(qapp, "dark", 200)
    try:
        form = show(DatedState(State.FROZEN, date(2026, 11, 3), None, "a long note " * 20))
        QApplication.processEvents()
        room = form.parentWidget()
        assert room is not None
        assert form.width() <= room.width()
    finally:
        apply_theme(qapp, "light")
