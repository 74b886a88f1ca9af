from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.derivation import Derived
from planner.domain.payoff.scenario import Lump, Order
from planner.domain.sourced import Span
from planner.gui.asking import ask
from planner.gui.pages.payoff import BEST, FOLLOWED, OVER_TIME, WHAT_IF, PayoffPage
from planner.gui.pages.payoff_parts.choices import DebtView
from planner.gui.pages.payoff_parts.what_if import WhatIfForm
from planner.gui.session import Session
from planner.i18n import explain
from planner.phrases import Phrase
from tests.gui.payoff_cases import cny, two_bills

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> PayoffPage:
    """The page on the golden record, as wide as it is in a window of 1280 pixels."""
    two_bills(session.store)
    page = PayoffPage(session)
    qtbot.addWidget(page)
    page.resize(1090, 770)
    page.show()
    wait(qtbot, page)
    return page


def wait(qtbot: QtBot, page: PayoffPage) -> None:
    tasks = (page.best._latest, page.scenarios._latest, page.over_time._latest)
    qtbot.waitUntil(lambda: not any(task.is_working for task in tasks), timeout=20_000)
    qtbot.wait(30)


def open_form(page: PayoffPage) -> WhatIfForm:
    QTest.mouseClick(page.change_button, LEFT)
    return shown_form(page)


def shown_form(page: PayoffPage) -> WhatIfForm:
    form = page.pane.content
    assert isinstance(form, WhatIfForm)
    return form


def open_debt(page: PayoffPage) -> DebtView:
    page.best.result.choices.select(lambda each: each.name == "B")
    QTest.mouseClick(page.best.result.ways_button, LEFT)
    view = page.pane.content
    assert isinstance(view, DebtView)
    return view


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_money_that_comes_once_opens_where_it_was_asked_for_and_fits(
    qtbot: QtBot, page: PayoffPage, language: str
) -> None:
    with i18n.speaking(language):
        page.tabs.setCurrentIndex(OVER_TIME)
        wait(qtbot, page)

        page.over_time.more_button.click()

        form = shown_form(page)
        first, amount = form.lumps[0]
        assert first.isVisible()
        assert form.new_purchases.isVisible()
        assert form.more_button.isHidden()
        assert page.focusWidget() is first.edit
        qtbot.wait(30)
        assert page.pane._scroll.horizontalScrollBar().maximum() == 0
        assert not first.edit.visibleRegion().isEmpty()
        assert amount.label.heightForWidth(amount.label.width()) <= amount.label.height()


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_limits_fit(qtbot: QtBot, page: PayoffPage, language: str) -> None:
    with i18n.speaking(language):
        QTest.mouseClick(page.best.result.limits_button, LEFT)
        qtbot.wait(30)

        assert page.pane._scroll.horizontalScrollBar().maximum() == 0


def test_the_open_what_if_shows_the_figures_of_the_one_that_is_used(qtbot: QtBot, page: PayoffPage) -> None:
    form = open_form(page)
    QTest.keyClicks(form.income.edit, "2000")
    QTest.keyClicks(form.name.edit, "a second job")
    form.save()
    wait(qtbot, page)
    page.scenarios.table.select(lambda each: not each.result.id)

    QTest.mouseClick(page.scenarios.use_button, LEFT)

    assert shown_form(page) is form
    assert (form.income.value(), form.name.text()) == (None, "")
    wait(qtbot, page)
    page.scenarios.table.select(lambda each: each.result.id not in {"", "now"})
    QTest.mouseClick(page.scenarios.use_button, LEFT)
    assert (form.income.value(), form.name.text()) == (cny("2000"), "a second job")
    assert form.scenario() == page.scenario


def test_what_a_used_what_if_says_of_money_that_comes_once_is_seen(
    page: PayoffPage, session: Session
) -> None:
    form = open_form(page)
    assert not form.lumps[0][0].isVisible()
    used = page.scenario
    lump = Lump(session.today, cny("800"))

    page.scenarios.used.emit(type(used)("CNY", lumps=(lump,)))

    assert form.lumps[0][1].isVisible()
    assert form.scenario().lumps == (lump,)


def test_what_is_typed_over_time_stands_in_the_open_what_if_and_half_typed_things_stay_in_it(
    qtbot: QtBot, page: PayoffPage
) -> None:
    form = open_form(page)
    page.tabs.setCurrentIndex(OVER_TIME)
    QTest.keyClicks(form.name.edit, "half")
    page.refresh()
    assert form.name.text() == "half"

    QTest.keyClicks(page.over_time.extra.edit, "50")

    qtbot.waitUntil(lambda: form.extra.value() == cny("50"))


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_way_its_cost_and_its_end_stand_side_by_side_in_the_pane(
    qtbot: QtBot, page: PayoffPage, language: str
) -> None:
    with i18n.speaking(language):
        view = open_debt(page)
        qtbot.wait(30)

        table = view.table
        assert table.horizontalScrollBar().maximum() == 0
        metrics, listed = table.fontMetrics(), table.current()
        assert table.columnViewportPosition(1) + table.columnWidth(1) <= table.viewport().width()
        # Each name is read in full, on as many lines as it needs.
        for row in range(table.model().rowCount()):
            name = table.model().index(row, 0).data()
            width = table.columnWidth(0) - 24
            needed = metrics.boundingRect(0, 0, width, 999, Qt.TextFlag.TextWordWrap, name)
            assert needed.width() <= width
            assert needed.height() <= table.rowHeight(row)
        costs = table.model().index(0, 1).data().split("\n")
        assert costs[-1] == i18n.show(listed.option.high.last_on)
        assert len(costs) * metrics.lineSpacing() <= table.rowHeight(0)
        assert "\t".join(["", *costs]) in table.as_text().splitlines()[1]
        assert i18n.explain(table.current().option.label) in [
            label.text() for label in view.findChildren(QLabel)
        ]


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_what_to_choose_shows_the_day_to_ask_by_beside_a_way_with_a_long_name(
    qtbot: QtBot, page: PayoffPage, language: str
) -> None:
    with i18n.speaking(language):
        table, chosen = page.best.result.choices, page.best.result.choices.values_model.values[1]
        option = replace(chosen.listed.option, label=Phrase.own("Agreement on equal parts" * 4))
        table.show_choices([replace(chosen, listed=replace(chosen.listed, option=option))])
        qtbot.wait(30)

        assert table.horizontalScrollBar().maximum() == 0


def test_two_amounts_stand_one_below_the_other_where_a_name_would_have_no_room(
    qtbot: QtBot, page: PayoffPage
) -> None:
    table = open_debt(page).table
    costs = Span(cny("185.76"), cny("1445.92"))
    (listed, *_) = table.values_model.values
    dear = replace(listed, cost=Derived(costs, listed.cost.derivation))
    table.values_model.set_values([dear])

    def shown(width: int) -> str:
        table.setFixedWidth(width)
        qtbot.wait(30)
        return str(table.model().index(0, 1).data())

    wide, narrow = shown(600), shown(246)
    assert wide.startswith("185.76 – 1,445.92\n")
    assert narrow.startswith("185.76 –\n1,445.92\n")
    assert table.columnWidth(0) > table.columnWidth(1)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_way_gets_the_room_that_a_short_debt_leaves_and_goes_on_in_the_next_line(
    qtbot: QtBot, page: PayoffPage
) -> None:
    table = page.best.result.choices
    (chosen, *_) = table.values_model.values
    option = replace(chosen.listed.option, label=Phrase.own("Agreement on equal parts, the last one in May"))
    table.show_choices([replace(chosen, listed=replace(chosen.listed, option=option))])
    page.resize(1090, 770)
    qtbot.wait(30)
    low, width = table.rowHeight(0), table.columnWidth(2)
    assert width >= table.columnWidth(1)

    table.setFixedWidth(table.width() - width // 2)
    qtbot.wait(30)

    assert table.horizontalScrollBar().maximum() == 0
    assert table.rowHeight(0) > low
    table.setFixedWidth(300)
    qtbot.wait(30)
    assert table.horizontalScrollBar().maximum() > 0


def test_who_comes_with_the_keyboard_comes_to_the_tabs(qtbot: QtBot, session: Session) -> None:
    two_bills(session.store)
    stack, elsewhere, page = QStackedWidget(), QLineEdit(), PayoffPage(session)
    qtbot.addWidget(stack)
    stack.addWidget(elsewhere)
    stack.addWidget(page)
    stack.show()
    stack.activateWindow()
    qtbot.waitUntil(stack.isActiveWindow)
    elsewhere.setFocus()

    stack.setCurrentWidget(page)

    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.tabs)
    wait(qtbot, page)
    # What had the keyboard has it again.
    page.change_button.setFocus()
    stack.setCurrentWidget(elsewhere)
    stack.setCurrentWidget(page)
    qtbot.wait(10)
    assert QApplication.focusWidget() is page.change_button


def test_the_calendar_says_when_and_how_much_before_anything_else(page: PayoffPage) -> None:
    table = page.best.result.calendar.table
    table.resize(300, table.height())

    titles = [table.model().headerData(number, Qt.Orientation.Horizontal) for number in range(3)]
    assert titles == ["Day", "Amount", "To whom"]
    assert table.columnViewportPosition(1) + table.columnWidth(1) <= 300


def test_the_ways_of_a_debt_close_when_the_plan_is_adopted(qtbot: QtBot, page: PayoffPage) -> None:
    view = open_debt(page)
    ask(view.table)
    assert page.pane.content is not view

    QTest.mouseClick(page.best.result.adopt_button, LEFT)

    assert page.tabs.currentIndex() == FOLLOWED
    assert not page.pane.is_open
    wait(qtbot, page)


def test_the_ways_of_a_debt_close_when_something_else_is_assumed(qtbot: QtBot, page: PayoffPage) -> None:
    open_debt(page)
    page.tabs.setCurrentIndex(WHAT_IF)
    wait(qtbot, page)
    page.tabs.setCurrentIndex(BEST)
    assert isinstance(page.pane.content, DebtView)

    page.scenarios.used.emit(type(page.scenario)("CNY", income=cny("10")))

    assert not page.pane.is_open
    wait(qtbot, page)
    QApplication.processEvents()


def test_an_order_that_was_chosen_is_not_undone_by_the_next_try(qtbot: QtBot, page: PayoffPage) -> None:
    page.tabs.setCurrentIndex(OVER_TIME)
    wait(qtbot, page)
    page.over_time.order_chosen.emit(Order.SNOWBALL)

    form = open_form(page)
    QTest.keyClicks(form.reserve.edit, "250")

    qtbot.waitUntil(lambda: page.scenario.reserve == cny("250"))
    assert page.scenario.order is Order.SNOWBALL


def test_using_what_is_assumed_now_goes_on_assuming_it(qtbot: QtBot, page: PayoffPage) -> None:
    QTest.keyClicks(open_form(page).reserve.edit, "250")
    qtbot.waitUntil(lambda: page.scenario.reserve == cny("250"))
    page.tabs.setCurrentIndex(WHAT_IF)
    wait(qtbot, page)
    table = page.scenarios.table
    assert table.select(lambda row: explain(row.result.name) == "What is assumed now")

    QTest.mouseClick(page.scenarios.use_button, LEFT)

    assert page.scenario.reserve == cny("250")
    assert not page.scenario.is_recorded
