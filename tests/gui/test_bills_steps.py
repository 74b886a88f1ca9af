"""What may be asked about plans and bills beside what is recorded: settling, an extra payment, a chain."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.gui.asking import answer_of
from planner.gui.pages.bills import BillsPage
from planner.gui.pages.bills_step import PlanStep
from planner.gui.pages.bills_tab import RecordTab
from planner.gui.pages.chain_view import ChainView
from planner.gui.pages.extra_view import ExtraView
from planner.gui.pages.settle_view import SettleView
from planner.gui.session import Session
from planner.gui.why import WhyView
from planner.services.accounts import account_from, save_account
from planner.store.catalogue import product

LEFT = Qt.MouseButton.LeftButton
SETTLE_WORDS = "What would I save by settling today?"


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def plan_of(account_id: str, name: str, first: date) -> InstalmentPlan:
    rows = tuple(
        Instalment(number, first.replace(month=first.month + number - 1), yuan("100"), yuan("1"), yuan("0"))
        for number in (1, 2)
    )
    return InstalmentPlan(account_id, name, yuan("200"), rows, 2)


@pytest.fixture
def plans(session: Session) -> tuple[str, str]:
    """Two plans of an account, the second of which is over, and bills that are open, late and paid."""
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "京东白条")
    running, over = (
        plan_of(account.id, "Phone", date(2026, 11, 25)),
        plan_of(account.id, "Lamp", date(2026, 9, 10)),
    )
    with session.store.transaction():
        save_account(session.store, account)
        session.store.plans.save(running)
        session.store.plans.save(over)
        for due_on, amount in ((date(2026, 11, 30), "1000"), (date(2026, 10, 30), "500")):
            line = BillLine(LineKind.UNITEMISED, yuan(amount))
            session.store.bills.save(Bill(account.id, due_on.replace(day=16), due_on, (line,)))
    return running.id, over.id


@pytest.fixture
def page(qtbot: QtBot, session: Session, plans: tuple[str, str]) -> BillsPage:
    """The place, on the plan that runs."""
    page = BillsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.reveal(plans[0])
    return page


def offered(tab: RecordTab) -> list[str]:
    return [button.text() for button in tab.buttons.values() if button.isVisible()]


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def step(page: BillsPage) -> PlanStep:
    assert page.step is not None
    assert page.step.isVisible()
    assert not page.scroller.isVisible()
    return page.step


def test_the_acts_of_a_plan_are_buttons_and_stand_in_its_menu(page: BillsPage) -> None:
    acts = ["Change…", "An extra payment…", "Where this plan comes from", SETTLE_WORDS, "Delete"]
    assert offered(page.lists.plans) == acts

    page.lists.plans.table.customContextMenuRequested.emit(page.lists.plans.table.rect().center())
    (menu,) = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert [action.text() for action in menu.actions() if action.text() in acts] == acts
    menu.close()


def test_a_plan_of_which_nothing_falls_due_later_is_not_settled_early(
    page: BillsPage, plans: tuple[str, str]
) -> None:
    page.reveal(plans[1])

    assert offered(page.lists.plans) == ["Change…", "Where this plan comes from", "Delete"]


def test_what_settling_saves_is_an_act_of_the_account_and_escape_leads_back(page: BillsPage) -> None:
    entry = next(action for action in page.bar.menu.actions() if action.text() == SETTLE_WORDS)
    entry.trigger()
    view = step(page).view
    assert isinstance(view, SettleView)
    assert [each.plan.name for each in view.table.values_model.values] == ["Phone"]
    QTest.mouseClick(view.figures[0].why_button, LEFT)
    assert isinstance(page.pane.content, WhyView)

    QTest.keyClick(page.pane.content, Qt.Key.Key_Escape)
    assert not page.pane.is_open
    QTest.keyClick(view.table, Qt.Key.Key_Escape)

    assert page.step is None
    assert page.scroller.isVisible()


def test_settling_leads_to_an_extra_payment_and_that_back_to_settling(
    page: BillsPage, plans: tuple[str, str]
) -> None:
    QTest.mouseClick(page.lists.plans.buttons[SETTLE_WORDS], LEFT)
    view = step(page).view
    assert isinstance(view, SettleView)
    assert view.table.current().plan.id == plans[0]

    QTest.mouseClick(view.extra_button, LEFT)
    extra = step(page)
    assert isinstance(extra.view, ExtraView)
    assert extra.plan_id == plans[0]
    assert said(extra).startswith("An extra payment")
    QTest.mouseClick(extra.back_button, LEFT)

    back = step(page).view
    assert isinstance(back, SettleView)
    assert back.table.current().plan.id == plans[0]
    QTest.mouseClick(back.plan_button, LEFT)
    assert page.step is None
    assert page.lists.plans.current.id == plans[0]


def test_an_extra_payment_from_a_plan_leads_back_to_it(page: BillsPage, plans: tuple[str, str]) -> None:
    QTest.mouseClick(page.lists.plans.buttons["An extra payment…"], LEFT)
    extra = step(page)
    assert isinstance(extra.view, ExtraView)
    QTest.keyClicks(extra.view.amount.edit, "50")
    extra.view.amount.edit.editingFinished.emit()
    assert extra.view.tried is not None

    QTest.mouseClick(extra.back_button, LEFT)

    assert page.step is None
    assert page.lists.plans.current.id == plans[0]


def test_where_a_plan_comes_from_follows_the_record_and_ends_with_the_plan(
    page: BillsPage, session: Session, plans: tuple[str, str]
) -> None:
    QTest.mouseClick(page.lists.plans.buttons["Where this plan comes from"], LEFT)
    chain = step(page)
    assert isinstance(chain.view, ChainView)
    assert chain.plan_id == plans[0]
    assert "Where this plan comes from" in said(chain)

    session.do("Delete the plan", lambda store: store.plans.delete(plans[0]))

    assert page.step is None
    assert page.scroller.isVisible()


def test_another_place_can_lead_to_what_settling_saves_and_away_from_it(page: BillsPage) -> None:
    page.reveal("settle")
    assert isinstance(step(page).view, SettleView)

    page.reveal("import")
    assert (page.step is None, page.importing is None) == (True, False)
    page.reveal("settle")

    assert page.importing is None
    assert isinstance(step(page).view, SettleView)


def test_where_there_is_no_plan_the_way_back_has_the_keyboard(
    page: BillsPage, session: Session, plans: tuple[str, str]
) -> None:
    with session.store.transaction():
        for plan_id in plans:
            session.store.plans.delete(plan_id)
    page.start_step("settle")

    assert step(page).focusProxy() is step(page).back_button


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_a_question_speaks_another_language(page: BillsPage, language: str) -> None:
    page.start_step("chain", page.lists.plans.current.id)
    shown = step(page)
    with i18n.speaking(language):
        QApplication.sendEvent(shown, QEvent(QEvent.Type.LanguageChange))
        assert shown.back_button.text() == i18n._("Back")
        assert shown.title.text() == i18n._("Where this plan comes from")


# --- a bill -------------------------------------------------------------------------------------------


def open_ways(page: BillsPage, row: int) -> None:
    page.lists.bar.setCurrentIndex(1)
    page.lists.bills.table.selectRow(row)
    for part in (page.lists.ways.split, page.lists.ways.later):
        part.set_open(is_open=True)


def test_an_open_bill_says_how_much_of_it_may_be_split_and_what_putting_it_off_costs(page: BillsPage) -> None:
    open_ways(page, 0)
    ways = page.lists.ways
    assert page.lists.bills.current.bill.due_on == date(2026, 11, 30)

    assert ways.isVisible()
    assert "Into instalments: Allowed" in said(ways)
    assert "The most that may be put into instalments: CN¥900.00" in said(ways)
    assert "A month later: Unclear: ask the lender" in said(ways)
    assert "It would be due on 30 Dec 2026 instead." in said(ways)
    (most,) = [
        label for label in ways.findChildren(QLabel) if "900" in label.text() and "most" in label.text()
    ]
    answer = answer_of(most)
    assert answer is not None
    assert "the part that the lender splits" in WhyView(answer).as_text()


def test_a_late_bill_can_be_neither_split_nor_put_off_and_its_source_is_named_once(page: BillsPage) -> None:
    open_ways(page, 1)
    ways = page.lists.ways

    assert "Into instalments: Not allowed" in said(ways)
    assert "The most that may be" not in said(ways)
    assert "A month later: Not allowed" in said(ways)
    assert "It would be due" not in said(ways)
    assert said(ways.later).count("3c7t.com/40935") == 1


def test_a_bill_that_is_settled_offers_no_other_way(page: BillsPage) -> None:
    open_ways(page, 0)
    assert page.lists.ways.isVisible()

    page.lists.ways.show_bill(None)

    assert not page.lists.ways.isVisible()
