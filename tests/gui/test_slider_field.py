from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.money import Money
from planner.gui.slider_field import SlidingAmount


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def field(qtbot: QtBot) -> SlidingAmount:
    field = SlidingAmount("CNY")
    qtbot.addWidget(field)
    field.say("Reserve")
    field.set_range(cny("0"), cny("2000"), cny("500"))
    field.show()
    return field


def test_an_empty_line_has_no_value_and_its_slider_stands_at_the_usual_amount(field: SlidingAmount) -> None:
    assert field.value() is None
    assert field.slider.minimum() == 0
    assert field.slider.maximum() * 2000 == 200_000  # a hundred steps of 20.00
    assert field.slider.value() * 2000 == 50_000


def test_sliding_by_keyboard_types_the_amount_and_says_so(qtbot: QtBot, field: SlidingAmount) -> None:
    with qtbot.waitSignal(field.changed):
        QTest.keyClick(field.slider, Qt.Key.Key_Right)

    assert field.edit.text() == "520.00"
    assert field.value() == cny("520")
    QTest.keyClick(field.slider, Qt.Key.Key_PageUp)
    assert field.value() == cny("720")
    QTest.keyClick(field.slider, Qt.Key.Key_Home)
    assert field.value() == cny("0")


def test_a_step_and_back_leaves_nothing_typed(qtbot: QtBot, field: SlidingAmount) -> None:
    field.set_range(cny("0"), cny("2000"), cny("507"))
    QTest.keyClick(field.slider, Qt.Key.Key_Right)
    assert field.value() == cny("520")

    with qtbot.waitSignal(field.changed):
        QTest.keyClick(field.slider, Qt.Key.Key_Left)

    assert field.value() is None
    assert field.edit.text() == ""
    assert field.slider.value() == 25


def test_a_usual_amount_below_half_a_step_is_not_nothing(field: SlidingAmount) -> None:
    field.set_range(cny("0"), cny("2000"), cny("7"))
    QTest.keyClick(field.slider, Qt.Key.Key_Right)
    assert field.value() == cny("20")

    QTest.keyClick(field.slider, Qt.Key.Key_Home)

    assert field.value() is None


def test_what_is_typed_moves_the_slider_as_far_as_it_goes(qtbot: QtBot, field: SlidingAmount) -> None:
    with qtbot.waitSignal(field.changed):
        QTest.keyClicks(field.edit, "990")
    assert field.slider.value() == round(99_000 / 2000)
    QTest.keyClicks(field.edit, "0")

    assert field.value() == cny("9900")
    assert field.slider.value() == field.slider.maximum()
    assert field.edit.text() == "9900"


def test_nothing_is_an_amount_like_others_and_no_amount_is_too_great(field: SlidingAmount) -> None:
    field.set_money(cny("0"))
    assert field.slider.value() == 0
    assert field.value() == cny("0")

    field.edit.selectAll()
    QTest.keyClicks(field.edit, "99999999999")

    assert field.slider.value() == field.slider.maximum()


def test_an_amount_below_nothing_slides_to_the_left(field: SlidingAmount) -> None:
    field.set_range(cny("-1000"), cny("1000"), cny("0"))
    assert field.slider.value() == 0

    QTest.keyClick(field.slider, Qt.Key.Key_Left)

    assert field.value() == cny("-20")


def test_an_amount_that_is_put_in_moves_the_slider_without_counting_as_a_change(
    qtbot: QtBot, field: SlidingAmount
) -> None:
    with qtbot.assertNotEmitted(field.changed):
        field.set_money(cny("1500"))

    assert field.slider.value() * 2000 == 150_000
    field.set_money(None)
    assert field.slider.value() * 2000 == 50_000


def test_the_slider_has_a_name_and_leaves_the_wheel_to_the_form(field: SlidingAmount) -> None:
    assert field.slider.accessibleName() == "Reserve, as a slider"
    before = field.slider.value()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )

    QApplication.sendEvent(field.slider, event)

    assert not event.isAccepted()
    assert field.slider.value() == before
