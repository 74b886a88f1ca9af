"""Tab goes through everything that can be seen, and does not lose its way when something is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.derivation import Derivation, Derived
from planner.domain.money import Money
from planner.gui.arrange import clear, order_tabs
from planner.gui.fields import DateField, TextField
from planner.gui.forms import Form
from planner.gui.labels import Figure
from planner.gui.main_window import MainWindow
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure
from planner.phrases import Phrase
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.keyboard import Keyboard
from tests.stores import fill_with_example


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    window = MainWindow(session, ("light", 100))
    qtbot.addWidget(window)
    window.open_adopted()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.hide()


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


# --- everything is met


def test_every_procedure_is_gone_through_with_all_its_steps_open(
    window: MainWindow, store: Store, today: date
) -> None:
    with store.transaction():
        accounts = [save_account(store, account_from(sheet, sheet.name)) for sheet in catalogue.products()]
    keys, page = Keyboard(window), window.page("procedures")
    assert isinstance(page, ProceduresPage)
    window.go("procedures")

    for procedure in catalogue.procedures():
        account = next(
            each for each in accounts if not procedure.products or each.product in procedure.products
        )
        with store.transaction():
            case = procedures.start_case(store, procedure.id, account.id, today)
            for question in procedure.questions:
                procedures.answer(store, case.id, question.id, next(iter(question.answers)))
        page.show_case(case.id)
        for row in page.case.rows.values():
            row.set_open(is_open=True)
        QApplication.processEvents()
        assert keys.not_met == [], procedure.id


@pytest.mark.parametrize(
    "target",
    ["new-bill", "new-purchase", "new-plan", "new-payment", "message", "import", "settle", "account:{}"],
)
def test_what_records_something_is_gone_through_also_before_where_it_begins(
    window: MainWindow, store: Store, today: date, target: str
) -> None:
    fill_with_example(store, today)
    window.open_adopted()
    window.go("bills", target.format(store.accounts.all()[0].id))
    QApplication.processEvents()

    assert Keyboard(window).not_met == []


# --- in the order of the eye


def test_a_fold_that_was_made_last_is_met_once_and_where_it_is_shown(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    first, second = QPushButton("First"), QPushButton("Second")
    fold, last = Disclosure(), QPushButton("Last")
    fold.say("The fold")
    for widget in (first, second, fold, last):
        column.addWidget(widget)
    column.insertWidget(1, fold)
    shown(qtbot, window)
    order_tabs(window)

    first.setFocus()
    assert Keyboard(window).round() == [first, fold.chevron, second, last]
    assert fold.focusProxy() is fold.chevron
    assert fold.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_form_begins_at_its_field_and_the_one_before_it_is_met(qtbot: QtBot, session: Session) -> None:
    form, first, second = Form(session), TextField(), TextField()
    first.say("First")
    second.say("Second")
    form.add(first, second)
    form.setFocusProxy(second.input)
    form.refresh()
    shown(qtbot, form)

    form.setFocus()
    assert QApplication.focusWidget() is second.input
    assert Keyboard(form).round() == [second.input, form.save_button, first.input]


# --- drawn anew


def test_why_keeps_the_keyboard_while_its_figure_changes(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    figure = Figure()
    for widget in (figure, QPushButton("Another")):
        column.addWidget(widget)
    made = [Derived(Money.of(amount, "CNY"), Derivation(Phrase("It is so."))) for amount in ("1", "2")]
    figure.show_made("Amount", made[0])
    shown(qtbot, window)
    figure.why_button.setFocus()

    figure.show_made("Amount", made[1])

    assert QApplication.focusWidget() is figure.why_button


def test_a_page_that_is_come_back_to_gives_the_keyboard_to_nothing_that_is_gone(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    pages, buttons = [QWidget(), QWidget()], [QPushButton("One"), QPushButton("Two"), QPushButton("Gone")]
    columns = [QVBoxLayout(page) for page in pages]
    for column, button in zip((*columns, columns[0]), buttons, strict=True):
        column.addWidget(button)
    gone = QVBoxLayout()
    columns[0].addLayout(gone)
    gone.addWidget(buttons[2])
    for page in pages:
        stack.addWidget(page)
    shown(qtbot, stack)
    buttons[2].setFocus()
    stack.setCurrentIndex(1)
    assert QApplication.focusWidget() is buttons[1]

    clear(gone)
    stack.setCurrentIndex(0)

    assert QApplication.focusWidget() is buttons[0]
    QTest.keyClick(buttons[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not None


# --- what opens above the window


def test_a_day_is_picked_from_the_calendar_with_the_arrow_keys(qtbot: QtBot, today: date) -> None:
    window, field = QWidget(), DateField(today)
    QVBoxLayout(window).addWidget(field)
    field.say("Day")
    field.set_day(today)
    shown(qtbot, window)
    field.setFocus()
    keys = Keyboard(window)
    keys.tab_to("Choose a date: Day")
    QTest.keyClick(keys.stop, Qt.Key.Key_Space)

    # Where a calendar is open the window system gives the keys to it, not to the window.
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup.windowHandle(), key)
        QApplication.processEvents()

    assert field.day() == today + timedelta(days=7 + 1)
    assert keys.heard == "Choose a date: Day"
