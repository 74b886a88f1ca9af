"""Due dates that move off days off, in the forms that propose them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.dates import Cycle, FixedDay, Mode, Shift
from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.gui.forms import Form
from planner.gui.pages.bills import BillsPage
from planner.gui.pane import SidePane
from planner.gui.recording.bill import BillForm
from planner.gui.recording.plan import PlanForm
from planner.gui.recording.purchase import PurchaseForm
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.bills import save_purchase

Show = Callable[[Form], None]
UNPUBLISHED = "The due date may still move. The holiday calendar for 2027 has not been published."


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Shows a form in the pane."""
    panes = []  # qtbot keeps none of them alive

    def show(form: Form) -> None:
        pane = SidePane()
        panes.append(pane)
        qtbot.addWidget(pane)
        pane.resize(480, 800)
        pane.open(form, "A form")
        pane.show()

    return show


def opened(session: Session, due_day: int, currency: str) -> Account:
    cycle = Cycle(Mode.BILL, 1, FixedDay(due_day), shift=Shift.NEXT)
    with session.store.transaction():
        return save_account(session.store, Account("Card", "Bank", currency, cycle=cycle))


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def type_day(form: BillForm, text: str) -> None:
    form.due_on.edit.clear()
    QTest.keyClicks(form.due_on.edit, text)


def test_a_bill_is_proposed_on_the_working_day_and_the_rule_stands_beside_another_date(
    session: Session, shown: Show
) -> None:
    account = opened(session, 15, "EUR")  # 15 November 2026 is a Sunday
    form = BillForm(session, account.id)
    shown(form)
    assert (form.statement_on.day(), form.due_on.day()) == (date(2026, 11, 1), date(2026, 11, 16))
    assert "By the cycle" not in form.preview.text()

    type_day(form, "20 Nov 2026")

    assert "By the cycle of the account it would be due on 16 Nov 2026." in form.preview.text()


def test_a_bill_whose_date_may_still_move_says_so(session: Session, shown: Show) -> None:
    form = BillForm(session, opened(session, 10, "CNY").id)
    shown(form)
    assert "may still move" not in form.preview.text()

    form.statement_on.edit.clear()
    QTest.keyClicks(form.statement_on.edit, "1 Jan 2027")

    assert form.due_on.day() == date(2027, 1, 10)
    assert UNPUBLISHED in form.preview.text()


def test_the_rows_of_a_plan_are_proposed_on_working_days(session: Session, shown: Show) -> None:
    account = opened(session, 10, "EUR")  # 10 January 2027 is a Sunday
    with session.store.transaction():
        purchase = save_purchase(
            session.store, Purchase(account.id, Money.of("300", "EUR"), date(2026, 11, 20), "Shop")
        )
    form = PlanForm(session, account.id, purchase_id=purchase.id)
    shown(form)
    QTest.keyClicks(form.count.edit, "3")
    while form.cost.value() != "nothing":
        QTest.keyClick(form.cost.box, Qt.Key.Key_Down)

    assert form.due_on.day() == date(2026, 12, 10)
    model = form.rows.table.values_model
    dates = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert dates == ["10 Dec 2026", "11 Jan 2027", "10 Feb 2027"]


def test_a_plan_whose_first_date_may_still_move_says_so(session: Session, shown: Show) -> None:
    account = opened(session, 10, "CNY")
    with session.store.transaction():
        purchase = save_purchase(
            session.store, Purchase(account.id, Money.of("300", "CNY"), date(2026, 12, 5), "Shop")
        )
    form = PlanForm(session, account.id, purchase_id=purchase.id)
    shown(form)

    assert form.due_on.day() == date(2027, 1, 10)
    assert UNPUBLISHED in texts(form)


def test_a_plan_whose_later_dates_may_still_move_says_so_too(session: Session, shown: Show) -> None:
    account = opened(session, 10, "CNY")
    with session.store.transaction():
        purchase = save_purchase(
            session.store, Purchase(account.id, Money.of("300", "CNY"), date(2026, 11, 20), "Shop")
        )
    form = PlanForm(session, account.id, purchase_id=purchase.id)
    shown(form)
    QTest.keyClicks(form.count.edit, "1")
    while form.cost.value() != "nothing":
        QTest.keyClick(form.cost.box, Qt.Key.Key_Down)
    assert form.due_on.day() == date(2026, 12, 10)
    assert UNPUBLISHED not in texts(form)

    form.count.edit.clear()
    QTest.keyClicks(form.count.edit, "2")

    assert texts(form).count(UNPUBLISHED) == 1


def test_a_purchase_says_when_it_is_due_and_that_this_may_move(session: Session, shown: Show) -> None:
    account = opened(session, 10, "CNY")
    form = PurchaseForm(session, account.id)
    shown(form)
    form.bought_on.edit.clear()
    QTest.keyClicks(form.bought_on.edit, "5 Dec 2026")

    assert f"due on 10 Jan 2027. {UNPUBLISHED}" in form.preview.text()


@pytest.mark.parametrize(
    ("due_day", "currency", "words"),
    [
        (13, "EUR", "next bill 1 Dec 2026, due 14 Dec 2026"),  # the 13th is a Sunday
        (1, "CNY", "next bill 1 Dec 2026, due 1 Jan 2027 (may move)"),
    ],
)
def test_the_head_of_an_account_says_when_its_next_bill_is_due(
    qtbot: QtBot, session: Session, due_day: int, currency: str, words: str
) -> None:
    opened(session, due_day, currency)
    page = BillsPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()

    assert words in texts(page)
