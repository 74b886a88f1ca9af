"""Leaving what is typed, the wheel, Return on buttons, and lists that open in full."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner.compat import override
from planner.gui.fields import AmountField, CheckField, ChoiceField, DateField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.pane import SidePane
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.gui.theme import apply_theme
from planner.gui.wrapping import Tabs

LEFT = Qt.MouseButton.LeftButton
RETURN, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space


class Sheet(Form):
    """One field of every kind, and a table."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.saves = 0
        self.amount, self.day, self.kind = AmountField("CNY"), DateField(session.today), ChoiceField()
        self.check, self.words = CheckField(), TextField(is_required=False)
        self.note = NoteField()
        self.add(self.amount, self.day, self.kind, self.check, self.words, self.note)
        self.table = Table(TableModel([Column("No.", lambda value: value)]))
        self.table.values_model.set_values([1, 2])
        self.column.insertWidget(self.column.count() - 2, self.table)
        self.amount.set_text("568.80")
        self.day.set_day(session.today)
        self.note.set_text("known")
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        for field in self.fields:
            field.say("field")
        self.kind.set_choices((number, f"choice {number}") for number in range(4))

    @override
    def submit(self) -> bool:
        self.saves += 1
        return True


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> QWidget:
    assert session.has_store
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QPushButton("elsewhere"))
    qtbot.addWidget(window)
    window.resize(500, 900)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


@pytest.fixture
def pane(window: QWidget) -> SidePane:
    pane = SidePane()
    column = window.layout()
    assert column is not None
    column.addWidget(pane)
    return pane


@pytest.fixture
def sheet(pane: SidePane, session: Session) -> Sheet:
    sheet = Sheet(session)
    assert pane.open(sheet, "Sheet")
    return sheet


def wheel_over(widget: QWidget) -> bool:
    """Turn the wheel; True if the widget kept it for itself."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    event.setAccepted(False)
    widget.wheelEvent(event)
    return event.isAccepted()


def test_what_was_not_touched_closes_at_once(pane: SidePane, sheet: Sheet) -> None:
    QTest.keyClick(sheet.amount.edit, ESC)

    assert not pane.is_open


def test_what_was_typed_is_left_only_the_second_time(pane: SidePane, sheet: Sheet) -> None:
    QTest.keyClicks(sheet.amount.edit, "1")
    QTest.keyClick(sheet.amount.edit, ESC)
    assert pane.is_open
    assert sheet.unsaved_note.isVisible()
    assert sheet.unsaved_note.text() == "Not saved yet. Do it again to leave it."

    QTest.keyClicks(sheet.amount.edit, "2")  # another state: it is asked again
    assert not sheet.unsaved_note.isVisible()
    QTest.mouseClick(pane.close_button, LEFT)
    assert pane.is_open
    QTest.mouseClick(pane.close_button, LEFT)
    assert not pane.is_open


def test_another_act_takes_the_place_of_what_was_typed_only_the_second_time(
    pane: SidePane, sheet: Sheet
) -> None:
    QTest.keyClick(sheet.check.box, SPACE)
    assert not pane.open(QLabel("first"), "Other")
    assert pane.content is sheet
    assert pane.open(QLabel("second"), "Other")
    assert isinstance(pane.content, QLabel)
    assert pane.open(QLabel("third"), "Other")


def test_escape_in_a_table_within_a_form_closes_it(pane: SidePane, sheet: Sheet) -> None:
    sheet.table.setFocus()
    QTest.keyClick(sheet.table, ESC)

    assert not pane.is_open


def test_what_was_saved_is_not_asked_about(pane: SidePane, sheet: Sheet) -> None:
    QTest.keyClicks(sheet.amount.edit, "1")
    QTest.mouseClick(sheet.save_button, LEFT)
    assert sheet.saves == 1
    assert pane.leave()


def test_the_keyboard_types_over_what_is_filled_in(sheet: Sheet) -> None:
    assert sheet.amount.edit.hasFocus()
    QTest.keyClicks(sheet.amount.edit, "129.90")
    assert sheet.amount.edit.text() == "129.90"


def test_the_first_click_selects_a_date_and_the_second_goes_into_it(sheet: Sheet) -> None:
    QTest.mouseClick(sheet.day.edit, LEFT)
    assert sheet.day.edit.selectedText() == sheet.day.edit.text()
    QTest.mouseClick(sheet.day.edit, LEFT)
    assert not sheet.day.edit.hasSelectedText()


def test_a_click_into_words_goes_between_them(sheet: Sheet) -> None:
    sheet.words.set_text("some words")
    QTest.mouseClick(sheet.words.edit, LEFT)
    assert not sheet.words.edit.hasSelectedText()


def test_return_does_what_has_the_keyboard_and_saves_only_from_a_line(sheet: Sheet) -> None:
    sheet.check.box.setFocus()
    QTest.keyClick(sheet.check.box, RETURN)
    sheet.kind.box.setFocus()
    QTest.keyClick(sheet.kind.box, RETURN)
    assert sheet.kind.box.view().isVisible()
    sheet.kind.box.hidePopup()
    button = sheet.day._button
    button.setFocus()
    QTest.keyClick(button, RETURN)
    assert any(calendar.isVisible() for calendar in sheet.findChildren(QCalendarWidget))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
    assert sheet.saves == 0

    sheet.amount.edit.setFocus()
    QTest.keyClick(sheet.amount.edit, RETURN)
    assert sheet.saves == 1


def test_return_presses_any_button_as_space_does(qtbot: QtBot, session: Session) -> None:
    assert session.has_store
    button = QPushButton("act")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, RETURN)


def test_the_wheel_is_left_to_what_scrolls(qtbot: QtBot, sheet: Sheet) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for title in ("one", "two"):
        tabs.addTab(title)
    tabs.show()

    assert not wheel_over(sheet.kind.box)
    assert not wheel_over(tabs)
    assert (sheet.kind.value(), tabs.currentIndex()) == (0, 0)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("count", [2, 5, 12])
def test_a_list_opens_as_high_as_its_rows(
    qapp: QApplication, qtbot: QtBot, theme: str, percent: int, count: int
) -> None:
    apply_theme(qapp, theme, percent)
    try:
        field = ChoiceField()
        field.set_choices((number, f"choice {number}") for number in range(count))
        qtbot.addWidget(field)
        field.show()
        field.box.showPopup()
        view = field.box.view()
        last = view.visualRect(view.model().index(count - 1, 0))
        assert last.bottom() < view.viewport().height()
        assert view.verticalScrollBar().maximum() == 0
        field.box.hidePopup()
    finally:
        apply_theme(qapp, "light")
