from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QDate, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.gui.fields import (
    AmountField,
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    Field,
    NoteField,
    PercentField,
    TextField,
    check_all,
)
from planner.gui.session import Session

LEFT = Qt.MouseButton.LeftButton
Typed = AmountField | CountField | DateField | PercentField | TextField


class Sheet(QWidget):
    """Fields below one another, and something else that can have the keyboard."""

    def __init__(self, *fields: Field) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        for number, field in enumerate(fields, 1):
            field.say(f"Field {number}")
            column.addWidget(field)
        self.elsewhere = QPushButton("elsewhere")
        column.addWidget(self.elsewhere)


@pytest.fixture
def shown(qtbot: QtBot, session: Session) -> Callable[..., Sheet]:
    kept = []

    def make(*fields: Field) -> Sheet:
        assert session.has_store
        sheet = Sheet(*fields)
        kept.append(sheet)
        qtbot.addWidget(sheet)
        sheet.show()
        sheet.activateWindow()
        QApplication.processEvents()
        return sheet

    return make


def type_into(field: Typed, text: str) -> None:
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClick(field.edit, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(field.edit, text)
    else:  # as an input method for Chinese does
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(field.edit, event)


def type_and_leave(sheet: Sheet, field: Typed, text: str) -> None:
    type_into(field, text)
    sheet.elsewhere.setFocus()


def refused(field: Field) -> str:
    with pytest.raises(PlannerError) as refusal:
        field.value()
    return i18n.explain(refusal.value)


# --- amounts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number_format", "typed", "echoed"),
    [
        ("en_GB", "1234,5", "1,234.50"),
        ("en_GB", "1200/3", "400.00"),
        ("en_GB", "¥1234", "1,234.00"),
        ("fr_FR", "1234.5", "1\u202f234,50"),
        ("zh_CN", "１２３４", "1,234.00"),
    ],
)
def test_an_amount_is_echoed_as_it_was_understood_when_its_field_is_left(
    shown: Callable[..., Sheet], number_format: str, typed: str, echoed: str
) -> None:
    i18n.use("en", number_format)
    field = AmountField("CNY")
    sheet = shown(field)

    type_into(field, typed)
    assert field.edit.text() == typed
    understood = field.money()
    sheet.elsewhere.setFocus()

    assert field.edit.text() == echoed
    assert field.value() == understood
    assert not field.message.isVisible()


def test_what_cannot_be_read_stays_as_it_was_typed_with_the_message_beside_it(
    shown: Callable[..., Sheet],
) -> None:
    field, other = AmountField("CNY"), AmountField("CNY")
    sheet = shown(field, other)

    type_and_leave(sheet, field, "a lot")

    assert field.edit.text() == "a lot"
    assert field.message.text() == "“a lot” is not an amount. Write it like 1,234.00."
    assert field.message.isVisible()
    assert not other.message.isVisible()
    assert field.input.property("bad") == "true"
    assert field.input.accessibleDescription() == field.message.text()
    assert field.money() is None


def test_the_message_goes_when_the_user_types_on(shown: Callable[..., Sheet]) -> None:
    field = AmountField("CNY")
    sheet = shown(field)
    type_and_leave(sheet, field, "12.345")
    assert field.message.isVisible()

    field.edit.setFocus()
    QTest.keyClick(field.edit, Qt.Key.Key_End)
    QTest.keyClick(field.edit, Qt.Key.Key_Backspace)

    assert not field.message.isVisible()
    assert field.input.property("bad") == "false"
    assert field.input.accessibleDescription() == ""
    assert field.value() == Money(1234, "CNY")


def test_leaving_an_empty_or_untouched_field_complains_about_nothing(shown: Callable[..., Sheet]) -> None:
    empty, emptied = AmountField("CNY"), AmountField("CNY")
    emptied.set_money(Money(500, "CNY"))
    sheet = shown(empty, emptied)

    empty.edit.setFocus()
    sheet.elsewhere.setFocus()
    type_and_leave(sheet, emptied, "")

    assert not empty.message.isVisible()
    assert not emptied.message.isVisible()
    assert refused(emptied) == "Please fill this in."


def test_an_amount_that_was_put_in_is_not_the_users_change(shown: Callable[..., Sheet], qtbot: QtBot) -> None:
    field = AmountField("CNY")
    shown(field)

    with qtbot.assertNotEmitted(field.changed):
        field.set_money(Money(123_456, "EUR"))

    assert field.currency == "EUR"
    assert field.edit.text() == "1,234.56"
    assert field.value() == Money(123_456, "EUR")
    field.set_money(None)
    assert field.edit.text() == ""


def test_each_key_tells_that_something_was_changed(shown: Callable[..., Sheet]) -> None:
    field = AmountField("CNY")
    shown(field)
    told: list[Money | None] = []
    field.changed.connect(lambda: told.append(field.money()))

    QTest.keyClicks(field.edit, "1x")

    assert told == [Money(100, "CNY"), None]


def test_an_optional_field_may_be_empty_and_says_so(shown: Callable[..., Sheet]) -> None:
    field = AmountField("CNY", is_required=False)
    shown(field)

    assert field.label.text() == "Field 1 (optional)"
    assert field.value() is None
    assert field.check()
    assert field.input.accessibleName() == "Field 1"
    assert field.label.buddy() is field.input


# --- rates and counts --------------------------------------------------------------------------------


def test_a_rate_is_typed_in_per_cent_and_put_in_as_it_is_written() -> None:
    field = PercentField()
    field.edit.setText("0,05 %")
    assert field.value() == Decimal("0.0005")

    for fraction, text in (("0.0005", "0.05"), ("0.2", "20"), ("0", "0"), ("1", "100")):
        field.set_fraction(Decimal(fraction))
        assert field.edit.text() == text
        assert field.value() == Decimal(fraction)
    field.set_fraction(None)
    assert field.edit.text() == ""


@pytest.mark.parametrize("text", ["0", "61", "3.5", "-3", "three", "²", "1e1"])
def test_a_count_has_bounds_and_names_them(text: str) -> None:
    field = CountField(1, 60)
    field.edit.setText(text)

    assert refused(field) == "Enter a whole number from 1 to 60."


def test_a_count_within_its_bounds_is_read() -> None:
    field = CountField(1, 60)
    field.set_count(60)
    assert field.value() == 60
    field.edit.setText("１２")
    assert field.value() == 12


# --- dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "echoed", "weekday"),
    [
        ("30/11", "30 Nov 2026", "Mon 30 Nov"),
        ("+7", "29 Nov 2026", "Sun 29 Nov"),
        ("下月10日", "10 Dec 2026", "Thu 10 Dec"),
        ("29/02", "29 Feb 2028", "Tue 29 Feb"),
    ],
)
def test_a_date_is_echoed_in_full_with_its_weekday_below(
    shown: Callable[..., Sheet], today: date, typed: str, echoed: str, weekday: str
) -> None:
    field = DateField(today)
    sheet = shown(field)

    type_and_leave(sheet, field, typed)

    assert field.edit.text() == echoed
    assert (field.hint.text(), field.hint.isVisible()) == (weekday, True)
    assert field.input.accessibleDescription() == weekday


def test_the_weekday_of_an_earlier_date_does_not_stay_beside_what_is_typed_now(
    shown: Callable[..., Sheet], today: date
) -> None:
    field = DateField(today)
    sheet = shown(field)
    field.set_day(date(2026, 11, 30))
    assert field.hint.text() == "Mon 30 Nov"

    type_and_leave(sheet, field, "soon")
    assert field.edit.text() == "soon"
    assert not field.hint.isVisible()
    assert field.message.text() == "“soon” is not a date. Write it like 22 Nov 2026."

    type_and_leave(sheet, field, "")
    assert not field.hint.isVisible()


def test_a_new_label_keeps_the_weekday(shown: Callable[..., Sheet], today: date) -> None:
    field = DateField(today)
    shown(field)
    field.set_day(date(2026, 11, 30))

    field.say("Due date")

    assert field.hint.text() == "Mon 30 Nov"


def test_a_date_put_in_under_one_format_can_be_read_under_another(today: date) -> None:
    for number_format in i18n.FORMATS:
        i18n.use("en", number_format)
        field = DateField(today)
        field.set_day(date(2026, 9, 5))
        for other in i18n.FORMATS:
            i18n.use("en", other)
            assert field.value() == date(2026, 9, 5)


def test_a_date_can_be_picked_from_a_calendar(shown: Callable[..., Sheet], today: date, qtbot: QtBot) -> None:
    field = DateField(today)
    shown(field)
    field.say("Due date")
    button = field.findChild(QToolButton)
    assert button is not None
    assert button.accessibleName() == "Choose a date: Due date"

    QTest.mouseClick(button, LEFT)
    calendar = next(widget for widget in QApplication.allWidgets() if isinstance(widget, QCalendarWidget))
    assert calendar.selectedDate() == QDate(2026, 11, 22)
    with qtbot.waitSignal(field.changed):
        calendar.activated.emit(QDate(2026, 12, 25))

    assert field.value() == date(2026, 12, 25)
    assert field.hint.text() == "Fri 25 Dec"


# --- choices, checks, notes --------------------------------------------------------------------------


def test_a_choice_stays_when_the_choices_are_said_in_another_language() -> None:
    field = ChoiceField()
    field.set_choices([("a", "One"), ("b", "Two")])
    assert field.value() == "a"

    field.set_key("b")
    field.set_choices([("a", "Un"), ("b", "Deux"), ("c", "Trois")])
    assert (field.value(), field.box.currentText()) == ("b", "Deux")

    field.set_choices([("c", "Trois")])
    assert field.value() == "c"


def test_a_choice_by_the_keyboard_tells_that_something_was_changed(
    shown: Callable[..., Sheet], qtbot: QtBot
) -> None:
    field = ChoiceField()
    field.set_choices([("a", "One"), ("b", "Two")])
    shown(field)
    field.box.setFocus()

    with qtbot.waitSignal(field.changed):
        QTest.keyClick(field.box, Qt.Key.Key_Down)

    assert field.value() == "b"


def test_a_box_is_checked_by_the_keyboard(shown: Callable[..., Sheet], qtbot: QtBot) -> None:
    field = CheckField()
    shown(field)
    field.box.setFocus()

    with qtbot.waitSignal(field.changed):
        QTest.keyClick(field.box, Qt.Key.Key_Space)

    assert field.value() is True
    assert field.box.accessibleName() == "Field 1"


def test_a_note_keeps_its_lines_and_gives_the_tab_key_back(shown: Callable[..., Sheet]) -> None:
    field = NoteField()
    sheet = shown(field)
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "first")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    QTest.keyClicks(field.edit, "second ")

    QTest.keyClick(field.edit, Qt.Key.Key_Tab)

    assert field.value() == "first\nsecond"
    assert sheet.elsewhere.hasFocus()


# --- all of them -------------------------------------------------------------------------------------


def test_every_problem_is_shown_and_the_keyboard_goes_to_the_first(shown: Callable[..., Sheet]) -> None:
    good, bad, empty, hidden = TextField(), AmountField("CNY"), TextField(), TextField()
    sheet = shown(good, bad, empty, hidden)
    hidden.hide()
    good.set_text("fine")
    bad.edit.setText("much")
    sheet.elsewhere.setFocus()

    assert not check_all([good, bad, empty, hidden])

    assert bad.edit.hasFocus()
    assert [field.message.isVisible() for field in (good, bad, empty, hidden)] == [False, True, True, False]
    assert bad.edit.text() == "much"
    bad.set_text("12")
    empty.set_text("x")
    assert check_all([good, bad, empty, hidden])


def test_a_date_that_is_typed_is_not_written_over_when_the_form_asks_for_an_echo(
    qtbot: QtBot, session: Session
) -> None:
    field = DateField(session.today)
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.changed.connect(field.echo)
    field.edit.setFocus()

    QTest.keyClicks(field.edit, "2026-12-15")

    assert field.edit.text() == "2026-12-15"
    assert field.value() == date(2026, 12, 15)
