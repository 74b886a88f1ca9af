from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Happened
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.gui.language import speak
from planner.gui.main_window import MainWindow
from planner.gui.pages.cash import CashPage
from planner.gui.recording.cash_account import CashAccountForm
from planner.gui.recording.cash_balance import CashBalanceForm
from planner.gui.recording.cash_flow import CashFlowForm
from planner.gui.recording.cash_pays import CashPaysForm
from planner.gui.recording.cash_rules import CashRulesForm
from planner.gui.recording.cash_time import CashTimeForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import save_account
from planner.services.adopting import adopt_offers
from planner.services.cash import save_cash_account, save_rules
from planner.services.cash_flows import save_flow

LEFT, RETURN = Qt.MouseButton.LeftButton, Qt.Key.Key_Return
MONTHLY = Recurrence(date(2026, 12, 5))


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def page_of(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[Callable[[], CashPage]]:
    """Shows the page as it is when it is first visited."""

    def make() -> CashPage:
        page = CashPage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        page.activateWindow()
        QApplication.processEvents()
        return page

    yield make
    speak(qapp, "en", "en_GB")


def add_cash(session: Session, amount: str = "1000", name: str = "Current", on: date | None = None) -> str:
    account = CashAccount(name, "CNY", (Balance(on or session.today, cny(amount)),))
    with session.store.transaction():
        save_cash_account(session.store, account)
    return account.id


def add_flow(
    session: Session,
    name: str,
    category: Category,
    amount: str,
    recurrence: Recurrence = MONTHLY,
    currency: str = "CNY",
) -> CashFlow:
    flow = CashFlow(name, category, Money.of(amount, currency), recurrence)
    with session.store.transaction():
        return save_flow(session.store, flow)


def add_pay_and_rent(session: Session) -> None:
    """500 on the last day of each month, from 30 November on, and 1,200 out on the 5th from December on."""
    add_flow(session, "Pay", Category.SALARY, "500", Recurrence(date(2026, 11, 1), day=31))
    add_flow(session, "Rent", Category.HOUSING, "1200")


def add_credit(session: Session, name: str = "Card", *, automatic: bool = True) -> Account:
    account = Account(name, "Bank", "CNY", automatic=automatic)
    with session.store.transaction():
        return save_account(session.store, account)


def add_bill(session: Session, account: Account, due_on: date, amount: str) -> None:
    line = BillLine(LineKind.UNITEMISED, cny(amount))
    with session.store.transaction():
        session.store.bills.save(Bill(account.id, due_on - timedelta(days=9), due_on, (line,)))


def set_rules(session: Session, reserve: str = "", cap: str = "") -> None:
    rules = CashRules("CNY", cny(reserve) if reserve else None, cny(cap) if cap else None)
    with session.store.transaction():
        save_rules(session.store, rules)


def texts(widget: QWidget) -> str:
    QApplication.processEvents()  # what was added is shown by the next event
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def cells(view: QAbstractItemView) -> list[list[str]]:
    model = view.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


# --- the beginning --------------------------------------------------------------------------------


def test_with_nothing_recorded_it_says_what_it_is_for_what_is_needed_and_has_one_button(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    page = page_of()

    shown = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
    assert shown == [page.start_button]
    assert "on which day the money would not suffice" in texts(page)
    assert "You need: the balance of your current account." in texts(page)

    QTest.mouseClick(page.start_button, LEFT)
    form = page.pane.content
    assert isinstance(form, CashAccountForm)
    QTest.keyClicks(form.name.edit, "Current account")
    QTest.keyClick(form.name.edit, Qt.Key.Key_Tab)
    QTest.keyClicks(form.amount.edit, "812.50")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert not page.pane.is_open
    assert not page.start_button.isVisible()
    (account,) = session.store.cash_accounts.all()
    assert [(seen.on, seen.amount) for seen in account.balances] == [(session.today, cny("812.50"))]
    assert "CN¥812.50" in texts(page.heads[0].now)
    session.history.undo()
    assert page.start_button.isVisible()


def test_with_an_account_and_nothing_that_comes_or_goes_that_is_the_next_act(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()

    assert "such as salary and rent" in texts(page.flows)
    assert page.income_button.property("role") == "primary"
    QTest.mouseClick(page.income_button, LEFT)
    assert isinstance(page.pane.content, CashFlowForm)
    assert page.pane.heading.text() == "Add an income"
    page.pane.close_content()
    QTest.mouseClick(page.expense_button, LEFT)
    assert page.pane.heading.text() == "Add an expense"

    add_pay_and_rent(session)
    page.refresh()
    assert page.income_button.property("role") == ""


def test_incomes_stay_on_the_page_when_the_last_account_goes(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    add_pay_and_rent(session)
    page = page_of()
    QTest.keyClick(page.accounts.table, Qt.Key.Key_Delete)

    assert session.store.cash_accounts.all() == []
    assert [row[0] for row in cells(page.flows.table)] == ["Pay", "Rent"]
    assert "Where your cash in CNY lies is not recorded yet." in texts(page.heads[0])
    assert not page.days[0].views.isVisible()
    session.history.undo()
    assert "CN¥1,000.00" in texts(page.heads[0].now)


# --- the figures ----------------------------------------------------------------------------------


def test_the_four_figures_say_now_the_lowest_point_the_first_day_short_and_the_end_of_the_month(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    add_pay_and_rent(session)
    set_rules(session, reserve="200")
    page = page_of()
    head = page.heads[0]

    # 1,000 + 500 − 1,200 = 300 on 5 December, + 500 − 1,200 = −400 on 5 January; 700 less each month.
    assert texts(head.now).splitlines() == ["Cash now", "CN¥1,000.00", "from the balance seen on 22 Nov 2026"]
    assert texts(head.lowest).splitlines() == ["Lowest", "-CN¥3,200.00", "on 5 May 2027"]
    assert texts(head.short).splitlines() == [
        "First day below the reserve",
        "5 Jan 2027",
        "CN¥600.00 short",
        "reserve CN¥200.00",
    ]
    assert texts(head.month_end).splitlines() == [
        "At the end of Nov 2026",
        "CN¥1,500.00",
        "after all dues of this month",
    ]
    for figure in (head.now, head.lowest, head.short, head.month_end):
        assert figure.why_button.isVisible()


def test_the_first_day_short_is_set_in_amber_and_a_day_that_holds_is_not(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()
    head = page.heads[0]
    value = head.short.findChildren(QLabel)[1]

    assert texts(head.short).splitlines() == ["Suffices", "until 22 May 2027"]
    assert value.property("tone") == ""
    add_pay_and_rent(session)
    page.refresh()
    assert texts(head.short).splitlines() == ["First day that is short", "5 Jan 2027", "CN¥400.00 short"]
    assert value.property("tone") == "amber"
    set_rules(session, reserve="200")
    for flow in session.store.cash_flows.all():
        with session.store.transaction():
            session.store.cash_flows.delete(flow.id)
    page.refresh()
    assert texts(head.short).splitlines() == [
        "Stays above the reserve",
        "until 22 May 2027",
        "reserve CN¥200.00",
    ]
    assert value.property("tone") == ""


def test_what_lenders_have_not_agreed_to_stands_beside_until_when_it_suffices(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    account = Account("Card", "A bank", "CNY")
    line = (BillLine(LineKind.UNITEMISED, cny("300")),)
    bill = Bill(account.id, session.today, session.today + timedelta(days=9), line)
    with session.store.transaction():
        save_account(session.store, account)
        session.store.bills.save(bill)
        offers = {account.id: [(session.today + timedelta(days=30), cny("300"))]}
        adopt_offers(session.store, session.today, "CNY", offers)

    assert texts(page_of().heads[0].short).splitlines() == [
        "Suffices",
        "until 22 May 2027",
        "It counts on what lenders have not agreed to yet: Card.",
    ]


def test_how_far_to_look_is_chosen_by_the_keyboard_and_kept(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()
    offered = [page.months.box.itemText(row) for row in range(page.months.box.count())]
    assert offered == ["3 months", "6 months", "12 months", "24 months", "36 months"]
    assert "until 22 May 2027" in texts(page.heads[0].short)

    QTest.keyClick(page.months.box, Qt.Key.Key_End)
    assert "until 22 Nov 2029" in texts(page.heads[0].short)
    again = page_of()
    assert "until 22 Nov 2029" in texts(again.heads[0].short)
    assert not session.history.canUndo(), "how far one looks is no step of the record"


def test_two_currencies_stand_side_by_side_and_are_never_added(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session, "1000")
    euro = CashAccount("Compte", "EUR", (Balance(session.today, Money.of("50", "EUR")),))
    with session.store.transaction():
        save_cash_account(session.store, euro)
    page = page_of()
    first, second = page.heads

    for parts in (page.heads, page.days):
        assert [part.heading.text() for part in parts] == ["Chinese Yuan (CNY)", "Euro (EUR)"]
        assert all(part.heading.isVisible() for part in parts)
    assert first.y() == second.y()
    assert first.x() + first.width() <= second.x()
    assert ("CN¥1,000.00" in texts(first.now), "€50.00" in texts(second.now)) == (True, True)
    assert "1,050" not in texts(page)
    assert page.accounts.total.text() == "2 cash accounts"
    session.history.clear()
    QTest.mouseClick(page.accounts.table.viewport(), LEFT, pos=page.accounts.table.rect().center())
    with session.store.transaction():
        session.store.cash_accounts.delete(euro.id)
    page.refresh()
    assert len(page.heads) == len(page.days) == 1
    assert not page.heads[0].heading.isVisible()


def test_the_figures_stand_four_or_two_in_a_row_and_never_three_and_one(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()
    head = page.heads[0]
    figures = (head.now, head.lowest, head.short, head.month_end)
    rows = set()
    for width in range(300, 1300, 50):
        page.resize(width, 740)
        QApplication.processEvents()
        tops = [figure.y() for figure in figures]
        rows.add(tuple(tops.count(top) for top in sorted(set(tops))))

    assert rows == {(4,), (2, 2), (1, 1, 1, 1)}


def test_it_can_be_put_into_the_report(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    page = page_of()
    assert not page.report_button.isVisible()
    add_cash(session)
    page.refresh()
    QApplication.processEvents()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.report_button, LEFT)

    assert wanted.args == ["reports", "cash"]


def test_a_place_that_leads_to_a_currency_brings_it_into_view(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    euro = CashAccount("Compte", "EUR", (Balance(session.today, Money.of("50", "EUR")),))
    with session.store.transaction():
        save_cash_account(session.store, euro)
    page = page_of()
    page.resize(600, 300)
    QApplication.processEvents()
    bar = page.scroller.verticalScrollBar()
    before = page.heads[1].mapTo(page.scroller, page.heads[1].rect().topLeft()).y()
    assert before > page.scroller.height()

    page.reveal("EUR")
    qtbot.waitUntil(lambda: bar.value() > 0)
    page.reveal("XXX")  # nothing to show, and nothing goes wrong


# --- day by day -----------------------------------------------------------------------------------


def test_the_chart_is_shown_first_and_the_days_are_behind_a_tab(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    add_pay_and_rent(session)
    set_rules(session, reserve="200")
    page = page_of()
    views = page.days[0].views

    assert [views.bar.tabText(tab) for tab in (0, 1)] == ["Chart", "Table"]
    qtbot.waitUntil(lambda: views.chart.canvas is not None, timeout=20_000)
    assert views.chart.accessibleName() == "Cash in CNY"
    words = views.chart.accessibleDescription()
    assert "The lowest balance is -CN¥3,200.00, on 5 May 2027" in words
    assert "The first day below the reserve of CN¥200.00 is 5 Jan 2027: CN¥600.00 short." in words
    assert not page.days[0].table.isVisible()

    views.bar.setFocus()
    QTest.keyClick(views.bar, Qt.Key.Key_Right)
    assert page.days[0].table.isVisible()
    assert not views.chart.isVisible()
    assert cells(page.days[0].table)[:4] == [
        ["22 Nov 2026", "Nothing moves", "–", "CN¥1,000.00"],
        ["30 Nov 2026", "Pay", "CN¥500.00", "CN¥1,500.00"],
        ["5 Dec 2026", "Rent", "-CN¥1,200.00", "CN¥300.00"],
        ["31 Dec 2026", "Pay", "CN¥500.00", "CN¥800.00"],
    ]


def test_the_days_are_copied_by_the_keyboard(session: Session, page_of: Callable[[], CashPage]) -> None:
    add_cash(session)
    add_pay_and_rent(session)
    page = page_of()
    page.days[0].views.bar.setCurrentIndex(1)
    page.days[0].table.setFocus()
    QTest.keyClick(page.days[0].table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Date\tWhat moves\tAmount\tAt the end of the day"
    assert lines[2] == "30 Nov 2026\tPay\tCN¥500.00\tCN¥1,500.00"


def test_what_moved_since_the_balance_was_seen_stands_before_the_forecast(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session, on=date(2026, 11, 19))
    add_flow(session, "Gift", Category.OTHER_INCOME, "70", Recurrence(date(2026, 11, 20), Unit.ONCE))
    page = page_of()

    assert cells(page.days[0].table) == [["20 Nov 2026", "Gift", "CN¥70.00", "–"]]
    assert "CN¥1,070.00" in texts(page.heads[0].now)


def test_a_day_that_may_still_move_says_so(session: Session, page_of: Callable[[], CashPage]) -> None:
    from planner.domain.dates import Shift

    add_cash(session)
    once = Recurrence(date(2035, 1, 1), Unit.ONCE, shift=Shift.NEXT)
    add_flow(session, "Later", Category.OTHER_INCOME, "70", once)
    far = Recurrence(date(2028, 5, 1), Unit.ONCE, shift=Shift.NEXT)
    add_flow(session, "Sooner", Category.OTHER_INCOME, "70", far)
    session.set("cash_months", "24")
    page = page_of()

    assert ["1 May 2028", "Sooner (the day may move)", "CN¥70.00", "CN¥1,070.00"] in cells(page.days[0].table)


# --- what lenders debit ---------------------------------------------------------------------------


@pytest.mark.row("C100")
def test_the_balance_needed_on_a_day_is_all_that_lenders_debit_on_it(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session, "900")
    for name, amount in (("Card", "600"), ("Loan", "450")):
        add_bill(session, add_credit(session, name), date(2026, 12, 10), amount)
    add_bill(session, add_credit(session, "By hand", automatic=False), date(2026, 12, 10), "100")
    page = page_of()

    (row,) = cells(page.needed.table)
    # The 100 that are paid by hand on that day may go first.
    assert row[:5] == ["10 Dec 2026", "Current", "CN¥1,050.00", "CN¥800.00", "CN¥250.00"]
    assert sorted(row[5].split("; ")) == ["Card: Bill of 1 Dec 2026", "Loan: Bill of 1 Dec 2026"]
    assert page.needed.total.text() == "1 day on which lenders debit"


@pytest.mark.row("C100")
def test_a_lender_is_tied_to_the_account_that_pays_it_and_that_can_be_undone(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session, "900")
    savings = add_cash(session, "2000", "Savings")
    card = add_credit(session)
    add_bill(session, card, date(2026, 12, 10), "600")
    page = page_of()
    assert cells(page.needed.table)[0][1] == "Current"

    QTest.mouseClick(page.payers_button, LEFT)
    form = page.pane.content
    assert isinstance(form, CashPaysForm)
    QTest.keyClick(form.choices[card.id].box, Qt.Key.Key_End)
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert session.store.accounts.get(card.id).cash_account_id == savings
    assert cells(page.needed.table)[0][1:4] == ["Savings", "CN¥600.00", "CN¥2,000.00"]
    assert [row[4] for row in cells(page.accounts.table)] == ["–", "Card"]
    session.history.undo()
    assert cells(page.needed.table)[0][1] == "Current"


def test_without_automatic_debits_the_list_says_so_and_without_lenders_there_is_no_tie(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()
    assert "No lender debits anything by itself in this time." in texts(page.needed)
    assert not page.payers_button.isVisible()

    add_credit(session)
    page.refresh()
    QApplication.processEvents()
    assert page.payers_button.isVisible()


# --- cash accounts --------------------------------------------------------------------------------


def test_a_cash_account_shows_its_newest_balance_and_how_old_it_is_where_that_is_long(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session, "900", on=session.today - timedelta(days=30))
    add_cash(session, "10", "Purse", on=session.today - timedelta(days=31))
    page = page_of()

    assert [row[:4] for row in cells(page.accounts.table)] == [
        ["Current", "CN¥900.00", "23 Oct 2026", "CN¥900.00"],
        ["Purse", "CN¥10.00", "22 Oct 2026, 31 days ago", "CN¥10.00"],
    ]
    (warning,) = page.heads[0].warnings
    assert warning.text() == "The newest balance of Purse is of 22 Oct 2026. Note what is on it now."
    assert "from the balances seen since 22 Oct 2026" in texts(page.heads[0].now)


def test_a_balance_is_entered_from_the_list_and_the_forecast_goes_on_from_it(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session, "900", on=date(2026, 11, 1))
    page = page_of()

    QTest.keyClick(page.accounts.table, RETURN)  # the first act of the list
    form = page.pane.content
    assert isinstance(form, CashBalanceForm)
    QTest.keyClicks(form.amount.edit, "750")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert "CN¥750.00" in texts(page.heads[0].now)
    assert "from the balance seen on 22 Nov 2026" in texts(page.heads[0].now)
    session.history.undo()
    assert "CN¥900.00" in texts(page.heads[0].now)


def test_accounts_are_changed_and_deleted_by_the_keyboard_and_brought_back(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()
    QTest.keyClick(page.accounts.table, Qt.Key.Key_F2)
    form = page.pane.content
    assert isinstance(form, CashAccountForm)
    form.name.edit.selectAll()
    QTest.keyClicks(form.name.edit, "Household")
    QTest.keyClick(form.name.edit, RETURN)
    assert cells(page.accounts.table)[0][0] == "Household"

    QTest.keyClick(page.accounts.table, Qt.Key.Key_Delete)
    assert session.store.cash_accounts.all() == []
    session.history.undo()
    session.history.undo()
    assert cells(page.accounts.table)[0][0] == "Current"


def test_what_is_typed_and_not_saved_is_not_lost_by_a_deletion(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    page = page_of()
    QTest.mouseClick(page.expense_button, LEFT)
    form = page.pane.content
    assert isinstance(form, CashFlowForm)
    QTest.keyClicks(form.amount.edit, "12")

    QTest.keyClick(page.accounts.table, Qt.Key.Key_Delete)

    assert len(session.store.cash_accounts.all()) == 1
    assert page.pane.content is form
    assert form.amount.text() == "12"
    assert form.unsaved_note.isVisible()


def test_the_toast_offers_to_bring_back_what_was_deleted(qtbot: QtBot, session: Session) -> None:
    add_cash(session)
    flow = add_flow(session, "Pay", Category.SALARY, "500")
    window = MainWindow(session, ("light", 100))
    qtbot.addWidget(window)
    window.show()
    window.go("cash")
    page = window.page("cash")
    assert isinstance(page, CashPage)

    QTest.keyClick(page.flows.table, Qt.Key.Key_Delete)
    assert window.toast.text == "Done: Delete the income."
    QTest.mouseClick(window.toast.undo_button, LEFT)
    assert session.store.cash_flows.all() == [flow]


def test_ctrl_6_leads_to_cash_between_late_cost_and_procedures(qtbot: QtBot, session: Session) -> None:
    window = MainWindow(session, ("light", 100))
    qtbot.addWidget(window)
    window.show()
    window.go("today")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)

    assert window.current == "cash"
    names = [window.places.item(row).text() for row in range(window.places.count())]
    place = names.index("Cash")
    assert (names[place - 1], names[place + 1]) == ("Late cost", "Procedures")


# --- incomes and expenses -------------------------------------------------------------------------


def test_what_comes_and_goes_is_listed_with_when_in_words_and_the_next_time(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    from planner.domain.dates import Shift

    add_cash(session)
    working = Recurrence(date(2026, 1, 31), day=31, shift=Shift.PREVIOUS)
    add_flow(session, "Pay", Category.SALARY, "6800", working)
    add_flow(session, "Food", Category.FOOD, "320.50", Recurrence(date(2026, 11, 20), Unit.WEEK, 2))
    add_flow(session, "Prize", Category.OTHER_INCOME, "10", Recurrence(date(2026, 11, 2), Unit.ONCE))
    page = page_of()

    assert cells(page.flows.table) == [
        ["Pay", "Salary", "CN¥6,800.00", "every month on the last working day", "30 Nov 2026"],
        ["Food", "Food", "-CN¥320.50", "every 2 weeks", "4 Dec 2026"],
        ["Prize", "Other income", "CN¥10.00", "once on 2 Nov 2026", "–"],
    ]
    assert page.flows.total.text() == "3 incomes and expenses"


def test_one_time_is_left_out_from_the_list_and_the_next_one_follows(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    flow = add_flow(session, "Rent", Category.HOUSING, "1200")
    page = page_of()
    QTest.mouseClick(page.flows.buttons["One time…"], LEFT)
    form = page.pane.content
    assert isinstance(form, CashTimeForm)
    QTest.keyClick(form.state.box, Qt.Key.Key_End)
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    (said,) = session.store.cash_flows.get(flow.id).occurrences
    assert (said.by_rule, said.state) == (date(2026, 12, 5), Happened.SKIPPED)
    assert cells(page.flows.table)[0][4] == "5 Jan 2027"


def test_the_form_of_an_income_opens_by_double_click(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    add_flow(session, "Pay", Category.SALARY, "500")
    page = page_of()
    table = page.flows.table
    place = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    QTest.mouseDClick(table.viewport(), LEFT, pos=place)

    assert isinstance(page.pane.content, CashFlowForm)
    assert page.pane.heading.text() == "Change the income"


# --- did it come ----------------------------------------------------------------------------------


def add_past(session: Session, days: int) -> CashFlow:
    """An account that was seen so many days ago, and 10 that are spent each week since the next day."""
    add_cash(session, "1000", on=session.today - timedelta(days=days))
    weekly = Recurrence(session.today - timedelta(days=days - 1), Unit.WEEK)
    return add_flow(session, "Bus", Category.TRANSPORT, "10", weekly)


def test_what_was_expected_and_has_passed_is_asked_for_and_confirmed_by_a_click(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    flow = add_past(session, 8)
    page = page_of()

    assert "Did it come?" in texts(page.came)
    assert [texts(row) for row in page.came.rows] == [
        "Bus: CN¥10.00, expected on 15 Nov 2026",
        "Bus: CN¥10.00, expected on 22 Nov 2026",
    ]
    first = page.came.rows[0]
    assert first.yes_button.text() == "It was paid"
    assert first.yes_button.accessibleDescription() == "Bus: CN¥10.00, expected on 15 Nov 2026"
    QTest.mouseClick(first.yes_button, LEFT)
    said = session.store.cash_flows.get(flow.id).said_of(date(2026, 11, 15))
    assert said.state is Happened.CONFIRMED
    assert [texts(row) for row in page.came.rows] == ["Bus: CN¥10.00, expected on 22 Nov 2026"]
    assert "CN¥980.00" in texts(page.heads[0].now)


def test_what_did_not_come_is_left_out_by_the_keyboard_which_stays_in_the_list(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    flow = add_past(session, 8)
    page = page_of()
    page.came.rows[0].no_button.setFocus()
    QTest.keyClick(page.came.rows[0].no_button, RETURN)

    assert session.store.cash_flows.get(flow.id).said_of(date(2026, 11, 15)).state is Happened.SKIPPED
    assert "CN¥990.00" in texts(page.heads[0].now)
    assert page.came.rows[0].yes_button.hasFocus()
    QTest.keyClick(page.came.rows[0].yes_button, Qt.Key.Key_Space)
    assert not page.came.isVisible()
    session.history.undo()
    session.history.undo()
    assert len(page.came.rows) == 2


def test_what_came_otherwise_asks_for_its_day_and_amount(
    qtbot: QtBot, session: Session, page_of: Callable[[], CashPage]
) -> None:
    flow = add_past(session, 8)
    page = page_of()
    QTest.mouseClick(page.came.rows[0].other_button, LEFT)
    form = page.pane.content
    assert isinstance(form, CashTimeForm)
    assert (form.on.day(), form.amount.money()) == (date(2026, 11, 15), cny("10"))
    form.amount.edit.setFocus()
    form.amount.edit.selectAll()
    QTest.keyClicks(form.amount.edit, "12.50")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    said = session.store.cash_flows.get(flow.id).said_of(date(2026, 11, 15))
    assert (said.state, said.amount) == (Happened.CONFIRMED, cny("12.50"))
    assert "CN¥977.50" in texts(page.heads[0].now)


def test_only_the_first_few_are_asked_at_once(session: Session, page_of: Callable[[], CashPage]) -> None:
    add_past(session, 30)
    page = page_of()

    assert len(page.came.rows) == 3
    assert page.came.more_link.text() == "Show 2 more"
    QTest.mouseClick(page.came.more_link, LEFT)
    QApplication.processEvents()
    assert len(page.came.rows) == 5
    assert not page.came.more_link.isVisible()
    assert page.came.rows[3].yes_button.hasFocus()


# --- reserve and cap ------------------------------------------------------------------------------


@pytest.mark.row("C120")
def test_more_bought_on_credit_than_the_cap_is_said_in_amber(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_cash(session)
    card = add_credit(session)
    page = page_of()
    days = page.days[0]
    assert days.rules.text() == "No reserve is set."
    assert days.spending.text() == "Bought on credit this month: CN¥0.00. No cap is set."

    QTest.mouseClick(days.rules_button, LEFT)
    form = page.pane.content
    assert isinstance(form, CashRulesForm)
    QTest.keyClicks(form.reserve.edit, "100")
    QTest.keyClicks(form.cap.edit, "500")
    QTest.keyClick(form.cap.edit, RETURN)
    assert days.rules.text() == "Reserve: CN¥100.00"
    assert days.spending.text() == "Bought on credit this month: CN¥0.00 of CN¥500.00; CN¥500.00 left."
    assert not days.over.isVisible()

    for day, amount in ((date(2026, 11, 3), "350"), (date(2026, 11, 22), "200"), (date(2026, 10, 31), "900")):
        with session.store.transaction():
            session.store.purchases.save(Purchase(card.id, cny(amount), day))
    page.refresh()
    QApplication.processEvents()
    assert days.over.text() == (
        "CN¥550.00 was bought on credit this month, CN¥50.00 more than the CN¥500.00 you set."
    )
    assert days.over.isVisible()
    assert days.over.property("role") == "amber"
    assert not days.spending.isVisible()
    assert page.heads[0].warnings == [], "it is said once"


# --- everybody ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_it_follows_a_change_of_language(
    qapp: QApplication, session: Session, page_of: Callable[[], CashPage], language: str
) -> None:
    add_cash(session)
    add_pay_and_rent(session)
    add_past(session, 8)
    page = page_of()
    before = [cells(tab.table) for tab in (page.flows, page.accounts)]
    speak(qapp, language)
    QApplication.processEvents()

    assert [cells(tab.table) for tab in (page.flows, page.accounts)] != before
    day = {"zh": "2026年11月30日", "fr": "30 nov. 2026"}[language]
    assert day in [row[4] for row in cells(page.flows.table)]


def test_everything_that_takes_the_keyboard_has_a_name(
    session: Session, page_of: Callable[[], CashPage]
) -> None:
    add_past(session, 8)
    add_bill(session, add_credit(session), date(2026, 12, 10), "600")
    page = page_of()
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractItemView)

    for kind in kinds:
        for widget in page.findChildren(kind):
            if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_tab_goes_down_the_page(session: Session, page_of: Callable[[], CashPage]) -> None:
    add_past(session, 8)
    add_bill(session, add_credit(session), date(2026, 12, 10), "600")
    page = page_of()
    page.months.box.setFocus()
    stops: list[QWidget] = []
    for _step in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if stops and focus is stops[0]:
            break
        stops.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    wanted: list[QWidget] = [
        page.months.box,
        page.heads[0].now.why_button,
        page.heads[0].month_end.why_button,
        page.came.rows[0].yes_button,
        page.came.rows[1].other_button,
        page.days[0].views.bar,
        page.days[0].views.chart,
        page.days[0].rules_button,
        page.needed.table,
        page.payers_button,
        page.accounts.table,
        page.add_account_button,
        page.flows.table,
        page.income_button,
        page.expense_button,
    ]
    places = [stops.index(widget) for widget in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_cut_at_the_smallest_window_with_the_largest_text(
    qapp: QApplication, session: Session, page_of: Callable[[], CashPage], language: str
) -> None:
    add_past(session, 8)
    add_bill(session, add_credit(session), date(2026, 12, 10), "600")
    euro = CashAccount("Compte", "EUR", (Balance(session.today, Money.of("50", "EUR")),))
    with session.store.transaction():
        save_cash_account(session.store, euro)
    speak(qapp, language)
    page = page_of()
    apply_theme(qapp, "light", 200)
    try:
        page.resize(824, 600)
        QApplication.processEvents()
        assert page.scroller.horizontalScrollBar().maximum() == 0
        assert page.heads[1].y() > page.heads[0].y()
        for row in page.came.rows:
            assert row.other_button.x() + row.other_button.width() <= row.width()
    finally:
        apply_theme(qapp, "light")
