from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.gui.pages.bills import BillsPage
from planner.gui.pages.bills_tab import RecordTab
from planner.gui.pages.imports import ImportView
from planner.gui.recording.account import AccountForm
from planner.gui.recording.bill import BillForm
from planner.gui.recording.correction import CorrectionForm
from planner.gui.recording.message import MessageForm
from planner.gui.recording.payment import PaymentForm
from planner.gui.recording.plan import PlanForm
from planner.gui.recording.plan_edit import PlanEditForm
from planner.gui.recording.purchase import PurchaseForm, RefundForm
from planner.gui.recording.terms import TermsView
from planner.gui.session import Session
from planner.gui.why import WhyView
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account
from planner.services.billing import next_statement
from planner.store.catalogue import product

LEFT = Qt.MouseButton.LeftButton


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


OURS = Path(__file__).parents[1] / "data/jd/baitiao.csv"


class World:
    """An account with one of everything, put into the store without the window."""

    def __init__(self, session: Session) -> None:
        sheet = product("jd-baitiao")
        assert sheet is not None
        self.store = session.store
        self.account = account_from(sheet, "京东白条")
        line = BillLine(LineKind.UNITEMISED, yuan("1000"))
        self.bill = Bill(self.account.id, date(2026, 11, 16), date(2026, 11, 25), (line,), yuan("100"))
        rows = tuple(
            Instalment(number, date(2026, 12 - 2 + number, 25), yuan("100"), yuan("0.50"), yuan("0"))
            for number in (1, 2)
        )
        self.plan = InstalmentPlan(self.account.id, "Phone", yuan("200"), rows, 2)
        self.purchase = Purchase(self.account.id, yuan("59.90"), date(2026, 11, 20), "京东超市", "Rice")
        self.payment = Payment(self.account.id, yuan("300"), date(2026, 11, 20), aimed_at=self.bill.id)
        with self.store.transaction():
            save_account(self.store, self.account)
            self.store.bills.save(self.bill)
            self.store.plans.save(self.plan)
            self.store.purchases.save(self.purchase)
            self.store.payments.save(self.payment)


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], BillsPage]:
    def make() -> BillsPage:
        page = BillsPage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        return page

    return make


def press(page: QWidget, text: str) -> None:
    shown = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    found = [button for button in shown if button.text() == i18n._(text)]
    assert found, (text, [button.text() for button in shown])
    QTest.mouseClick(found[0], LEFT)


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def shown_in(page: BillsPage, number: int) -> str:
    page.lists.bar.setCurrentIndex(number)
    text: str = next(tab for tab in _tabs(page) if tab.isVisible()).table.as_text()
    return text


def _tabs(page: BillsPage) -> tuple[RecordTab, ...]:
    lists = page.lists
    return (lists.dues, lists.bills, lists.plans, lists.purchases, lists.payments, lists.others)


def test_without_an_account_the_page_says_what_it_is_for_and_opens_the_form_of_one(
    page_of: Callable[[], BillsPage],
) -> None:
    page = page_of()
    assert "last statement" in texts(page)
    QTest.mouseClick(page.start_button, LEFT)
    assert isinstance(page.pane.content, AccountForm)


def test_a_bill_can_be_the_first_wish_and_comes_after_its_account(
    page_of: Callable[[], BillsPage], session: Session
) -> None:
    page = page_of()
    page.reveal("new-bill")
    form = page.pane.content
    assert isinstance(form, AccountForm)
    QTest.mouseClick(form.save_button, LEFT)
    assert session.store.accounts.count() == 1
    assert isinstance(page.pane.content, BillForm)


def test_every_list_shows_what_is_recorded_and_what_became_of_it(
    page_of: Callable[[], BillsPage], world: World
) -> None:
    page = page_of()
    assert page.accounts.list.item(0).text().startswith(world.account.name)
    dues = shown_in(page, 0)
    assert "700.00" in dues
    assert "Phone, instalment 1 of 2" in dues
    assert "京东超市" in dues
    assert "CN¥1,000.00" in shown_in(page, 1) or "1,000.00" in shown_in(page, 1)
    assert "Phone" in shown_in(page, 2)
    assert "100.50" in page.lists.instalments.table.as_text()
    assert "Rice" in shown_in(page, 3)
    assert "Bill of" in shown_in(page, 4)


def test_why_shows_how_what_is_still_to_pay_was_made(page_of: Callable[[], BillsPage], world: World) -> None:
    page = page_of()
    page.reveal(world.bill.id)
    assert page.lists.dues.current.id == world.bill.id
    press(page, "Why?")
    assert isinstance(page.pane.content, WhyView)


def test_deleting_asks_nothing_and_undo_brings_it_back(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    page = page_of()
    page.lists.bar.setCurrentIndex(1)
    page.lists.bills.choose(world.bill.id)
    page.lists.bills.table.setFocus()
    QTest.keyClick(page.lists.bills.table, Qt.Key.Key_Delete)
    assert session.store.bills.find(world.bill.id) is None
    assert session.history.undoText() == "Delete the bill"
    session.history.undo()
    assert session.store.bills.get(world.bill.id) == world.bill
    assert world.bill.id in [row.id for row in page.lists.bills.model.values]


@pytest.mark.parametrize(
    ("number", "kind"), [(2, "plan"), (3, "purchase"), (4, "payment")], ids=["plan", "purchase", "payment"]
)
def test_everything_in_a_list_can_be_deleted_and_brought_back(
    page_of: Callable[[], BillsPage], world: World, session: Session, number: int, kind: str
) -> None:
    page = page_of()
    page.reveal(world.account.id)
    page.lists.bar.setCurrentIndex(number)
    tab = _tabs(page)[number]
    assert tab.current is not None
    QTest.mouseClick(tab.buttons["Delete"], LEFT)
    counts = {
        "plan": session.store.plans.count,
        "purchase": session.store.purchases.count,
        "payment": session.store.payments.count,
    }
    assert counts[kind]() == 0
    session.history.undo()
    assert counts[kind]() == 1


def test_deleting_an_account_takes_all_with_it_and_undo_brings_all_back(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    page = page_of()
    page.acts.delete_account()
    assert session.store.accounts.count() == session.store.bills.count() == 0
    assert page.start_button.isVisible()
    session.history.undo()
    assert session.store.bills.get(world.bill.id) == world.bill
    assert page.account_head.name.text() == world.account.name


@pytest.mark.parametrize(
    ("target", "form"),
    [
        ("new-bill", BillForm),
        ("new-plan", PlanForm),
        ("new-payment", PaymentForm),
        ("message", MessageForm),
        ("pay:{bill}", PaymentForm),
        ("check:{account}", CorrectionForm),
        ("account:{account}", AccountForm),
    ],
)
def test_other_places_lead_to_the_right_form(
    page_of: Callable[[], BillsPage], world: World, target: str, form: type[QWidget]
) -> None:
    page = page_of()
    page.reveal(target.format(bill=world.bill.id, account=world.account.id))
    assert isinstance(page.pane.content, form)


def test_a_due_an_account_and_a_row_of_a_plan_are_found(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    other = account_from(product("huabei"), "花呗")  # type: ignore[arg-type]
    with session.store.transaction():
        save_account(session.store, other)
    page = page_of()
    page.reveal(other.id)
    assert page.view is not None
    assert page.view.account == session.store.accounts.get(other.id)
    page.reveal(world.plan.rows[1].id)
    assert page.view.account.id == world.account.id
    assert page.lists.dues.current.id == world.plan.rows[1].id


def test_the_filter_shows_the_rows_in_which_every_word_stands(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    with session.store.transaction():
        for number in range(9):
            session.store.purchases.save(
                Purchase(world.account.id, yuan("10"), date(2026, 11, 1 + number), f"Shop-{number}", "Tea")
            )
    page = page_of()
    page.lists.bar.setCurrentIndex(3)
    tab = page.lists.purchases
    assert tab.filter.isVisible()
    QTest.keyClicks(tab.filter, "tea shop-4")
    assert [row.purchase.merchant for row in tab.model.values] == ["Shop-4"]
    assert "1 purchase" in tab.total.text()
    QTest.keyClick(tab.filter, Qt.Key.Key_Escape)
    assert len(tab.model.values) == 10


def test_what_is_chosen_stays_chosen_when_something_changes(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    page = page_of()
    page.lists.bar.setCurrentIndex(0)
    page.lists.dues.choose(world.plan.rows[1].id)
    with session.store.transaction():
        session.store.payments.save(Payment(world.account.id, yuan("1"), date(2026, 11, 21)))
    session.changed.emit(frozenset({"payments"}))
    assert page.lists.dues.current.id == world.plan.rows[1].id


def test_money_that_came_back_is_recorded_from_the_purchase(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    page = page_of()
    page.lists.bar.setCurrentIndex(3)
    press(page, "Money came back…")
    form = page.pane.content
    assert isinstance(form, RefundForm)
    line = form.fields[0].input if isinstance(form.fields[0].input, QLineEdit) else form.fields[1].input
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "9.90")
    QTest.mouseClick(form.save_button, LEFT)
    assert session.store.purchases.get(world.purchase.id).refunded == yuan("9.90")


def test_terms_can_be_looked_at_from_the_account(page_of: Callable[[], BillsPage], world: World) -> None:
    page = page_of()
    assert world.account.terms.claims
    page.acts.show_terms()
    assert isinstance(page.pane.content, TermsView)


def test_an_import_fills_the_page_and_gives_it_back(page_of: Callable[[], BillsPage], world: World) -> None:
    page = page_of()
    page.reveal("import")
    assert page.importing is not None
    assert page.importing.isVisible()
    assert not page.lists.isVisible()
    page.importing.back_button.click()
    assert page.lists.isVisible()
    assert not [view for view in page.findChildren(ImportView) if view.isVisible()]
    assert world.account.id == page.acts.account_id


def test_a_dropped_file_starts_an_import(
    page_of: Callable[[], BillsPage], world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = page_of()
    loaded: list[Path] = []
    monkeypatch.setattr("planner.gui.pages.imports.ImportView.load", lambda _self, path: loaded.append(path))
    page.start_import(tmp_path / "jd.csv")
    assert loaded == [tmp_path / "jd.csv"]
    assert world.account.id == page.acts.account_id


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("width", [1080, 640])
def test_the_page_is_drawn_in_every_language_and_width(
    page_of: Callable[[], BillsPage], world: World, language: str, width: int
) -> None:
    i18n.use(language)
    try:
        page = page_of()
        page.resize(width, 640)
        QApplication.processEvents()
        assert page.accounts.list.isVisible() is (width > 1000)
        assert page.accounts.box.isVisible() is (width < 1000)
        assert page.account_head.name.text() == world.account.name
        assert all(page.lists.bar.tabText(number) for number in range(page.lists.bar.count()))
    finally:
        i18n.use("en")


def test_leaving_the_place_ends_an_import_that_has_read_no_good_file(
    page_of: Callable[[], BillsPage],
    world: World,  # noqa: ARG001 - there is something to show
    tmp_path: Path,
) -> None:
    page = page_of()
    bad = tmp_path / "bad.csv"
    bad.write_text("nothing of ours", encoding="utf-8")
    page.start_import(bad)
    begun = page.importing
    assert begun is not None
    assert begun.problem.isVisible()

    page.hide()
    page.show()

    assert page.importing is None
    assert page.accounts.isVisible()


def test_leaving_the_place_keeps_an_import_that_has_read_a_file(
    page_of: Callable[[], BillsPage],
    world: World,  # noqa: ARG001 - there is something to show
) -> None:
    page = page_of()
    page.start_import(OURS)
    kept = page.importing
    assert kept is not None

    page.hide()
    page.show()

    assert page.importing is kept
    assert kept.isVisible()


def test_the_next_bill_is_the_one_that_the_form_proposes(
    page_of: Callable[[], BillsPage], world: World, session: Session
) -> None:
    cycle = replace(world.account.cycle, statement_day=26)
    session.do("Change the account", save_account, replace(world.account, cycle=cycle))
    page = page_of()
    assert page.view is not None

    proposed, _due = next_statement(session.store, world.account.id, session.today)

    # The bill of 16 November is that of this month, although the statement day is still to come.
    assert page.view.statement_on == proposed == date(2026, 12, 26)


def test_the_menu_of_the_rarer_acts_leaves_its_button_as_the_mouse_left_it(
    qtbot: QtBot,
    page_of: Callable[[], BillsPage],
    world: World,  # noqa: ARG001 - there is something to show
) -> None:
    page = page_of()
    more = next(button for button in page.bar.findChildren(QPushButton) if button.menu() is not None)
    QCursor.setPos(page.mapToGlobal(page.rect().bottomRight()))
    more.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as it stays while a menu takes the mouse

    page.bar.menu.popup(more.mapToGlobal(more.rect().bottomLeft()))
    page.bar.menu.close()

    qtbot.waitUntil(lambda: not more.underMouse())


def test_a_row_of_a_plan_opens_its_plan_at_that_row(page_of: Callable[[], BillsPage], world: World) -> None:
    page = page_of()
    shown_in(page, 2)
    rows = page.lists.instalments
    assert rows.choose(world.plan.rows[1].id)
    QTest.keyClick(rows.table, Qt.Key.Key_Return)

    form = page.pane.content
    assert isinstance(form, PlanEditForm)
    assert form.saved_id == world.plan.id
    assert form.rows.fields.number == 2
    assert form.rows.fields.isVisible()


def test_a_plan_that_was_recorded_while_it_ran_says_how_many_rows_it_has(
    page_of: Callable[[], BillsPage], world: World
) -> None:
    running = replace(world.plan, id="running", name="Sofa", count=12)
    running = replace(
        running, rows=tuple(replace(row, number=row.number + 10, id=f"r{row.number}") for row in running.rows)
    )
    with world.store.transaction():
        world.store.plans.save(running)
    assert "2 of 12" in shown_in(page_of(), 2)


def test_another_account_is_shown_only_once_what_was_typed_may_go(
    page_of: Callable[[], BillsPage], world: World
) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None
    other = account_from(sheet, "Other")
    with world.store.transaction():
        save_account(world.store, other)
    page = page_of()
    page.choose_account(world.account.id)
    page.acts.add_purchase()
    form = page.pane.content
    assert isinstance(form, PurchaseForm)
    QTest.keyClicks(form.amount.edit, "12")

    page.choose_account(other.id)
    assert page.acts.account_id == world.account.id
    assert form.unsaved_note.isVisible()
    page.choose_account(other.id)
    assert page.acts.account_id == other.id
    assert not page.pane.is_open


def test_an_unknown_cycle_leads_from_the_purchase_to_the_account_and_back(
    page_of: Callable[[], BillsPage], session: Session
) -> None:
    account = Account("Shop", "Shop", "EUR")
    with session.store.transaction():
        save_account(session.store, account)
    page = page_of()
    page.acts.add_purchase()
    form = page.pane.content
    assert isinstance(form, PurchaseForm)
    form.cycle_link.click()
    asked = page.pane.content
    assert isinstance(asked, AccountForm)
    asked.save()
    assert isinstance(page.pane.content, PurchaseForm)


def test_a_frozen_account_leads_to_the_procedure_that_lifts_it(
    qtbot: QtBot, world: World, page_of: Callable[[], BillsPage]
) -> None:
    page = page_of()
    assert not page.account_head.way_out.isVisible()
    with world.store.transaction():
        note_state(world.store, world.account.id, State.FROZEN, date(2026, 11, 17), date(2026, 11, 22))
    page.refresh()
    assert "Have JD Baitiao unfrozen" in texts(page.account_head)

    page.account_head.way_out.setFocus()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.keyClick(page.account_head.way_out, Qt.Key.Key_Space)

    assert wanted.args == ["procedures", f"procedure:unfreeze/{world.account.id}"]


def test_where_accounts_are_chosen_from_a_box_what_is_late_is_not_cut(
    session: Session, page_of: Callable[[], BillsPage]
) -> None:
    world = World(session)
    late = Bill(
        world.account.id,
        date(2026, 10, 16),
        date(2026, 11, 2),
        (BillLine(LineKind.UNITEMISED, yuan("860.50")),),
    )
    with world.store.transaction():
        world.store.bills.save(late)
    page = page_of()

    assert page.accounts.box.itemText(0) == "京东白条 · CN¥860.50 late"
    assert "to pay" in page.accounts.list.item(0).text()
