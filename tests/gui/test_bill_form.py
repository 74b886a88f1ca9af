from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.gui.recording.bill import AMOUNT, LINES, RECORD, BillForm
from planner.gui.recording.bill_rows import TypedRow
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.bills import save_bill, save_charge, save_purchase

LEFT, RETURN = Qt.MouseButton.LeftButton, Qt.Key.Key_Return
DOWN, UP, SPACE = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def account(session: Session) -> Account:
    account = Account("白条", "JD", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with session.store.transaction():
        save_account(session.store, account)
    return account


@pytest.fixture
def form_of(qtbot: QtBot, session: Session) -> Callable[..., BillForm]:
    def make(account_id: str, bill: Bill | None = None) -> BillForm:
        form = BillForm(session, account_id, bill)
        qtbot.addWidget(form)
        form.resize(420, 900)
        form.show()
        return form

    return make


def buy(session: Session, account: Account, day: date, minor: int, merchant: str) -> Purchase:
    purchase = Purchase(account.id, cny(minor), day, merchant)
    with session.store.transaction():
        save_purchase(session.store, purchase)
    return purchase


def record_bill(session: Session, account: Account, month: int, *lines: BillLine) -> Bill:
    bill = Bill(account.id, date(2026, month, 1), date(2026, month, 10), lines)
    with session.store.transaction():
        save_bill(session.store, bill)
    return bill


def choose(form: BillForm, how: str) -> None:
    """Choose with the keyboard what is known of the bill."""
    for _ in range(3):
        QTest.keyClick(form.how.box, UP)
    while form.how.value() != how:
        QTest.keyClick(form.how.box, DOWN)


def choose_kind(row: TypedRow, kind: LineKind) -> None:
    for _ in range(len(LineKind)):
        QTest.keyClick(row.kind.box, UP)
    while row.kind.value() != kind:
        QTest.keyClick(row.kind.box, DOWN)


def test_an_amount_is_enough_and_the_dates_are_those_of_the_cycle(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    form = form_of(account.id)
    assert form.how.value() == AMOUNT
    assert (form.statement_on.day(), form.due_on.day()) == (date(2026, 11, 1), date(2026, 11, 10))

    QTest.keyClicks(form.amount.edit, "573.33")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    bill = session.store.bills.get(form.saved_id)
    assert (bill.amount, bill.minimum) == (cny(57_333), None)
    assert [line.kind for line in bill.lines] == [LineKind.UNITEMISED]
    session.history.undo()
    assert session.store.bills.all() == []


def test_the_next_bill_follows_the_newest_one(
    session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    record_bill(session, account, 11, BillLine(LineKind.UNITEMISED, cny(100)))

    form = form_of(account.id)

    assert (form.statement_on.day(), form.due_on.day()) == (date(2026, 12, 1), date(2026, 12, 10))


def test_the_due_date_follows_the_statement_until_it_is_typed(
    account: Account, form_of: Callable[..., BillForm]
) -> None:
    form = form_of(account.id)

    def type_statement(text: str) -> None:
        form.statement_on.edit.clear()
        QTest.keyClicks(form.statement_on.edit, text)

    type_statement("1 Jan 2027")
    assert form.due_on.day() == date(2027, 1, 10)
    form.due_on.edit.clear()
    QTest.keyClicks(form.due_on.edit, "12 Jan 2027")
    type_statement("1 Feb 2027")
    assert form.due_on.day() == date(2027, 1, 12)
    assert "The due date is before the statement date." in form.preview.text()


def test_a_minimum_above_the_amount_is_refused_with_both_figures(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    form = form_of(account.id)
    QTest.keyClicks(form.amount.edit, "100")
    QTest.keyClicks(form.minimum.edit, "101")

    with qtbot.assertNotEmitted(form.saved):
        QTest.keyClick(form.minimum.edit, RETURN)

    assert form.problem.text() == "The minimum of CN¥101.00 is more than the bill of CN¥100.00."
    assert session.store.bills.all() == []


def test_where_purchases_are_recorded_the_bill_begins_with_them(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    bought = buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    form = form_of(account.id)
    assert form.how.value() == RECORD
    assert form.amount.money() == cny(20_000)
    assert "5 Oct 2026: Bookshop, CN¥200.00" in form.preview.text()

    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "212.50")
    assert "The statement asks for CN¥12.50 more." in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    bill = session.store.bills.get(form.saved_id)
    assert [(line.kind, line.amount.minor, line.refers_to) for line in bill.lines] == [
        (LineKind.PURCHASE, 20_000, bought.id),
        (LineKind.UNITEMISED, 1_250, ""),
    ]
    assert sum(due.open.minor for due in session.store.ledgers.position(session.today).open_dues) == 21_250


def test_an_amount_alone_beside_recorded_purchases_is_said(
    session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    form = form_of(account.id)

    choose(form, AMOUNT)

    expected = "1 entry of CN¥200.00 is recorded and on no bill. It stays due beside this one."
    assert form.preview.text() == expected
    assert form.amount.text() == ""


def test_lines_are_ticked_and_typed_and_their_total_is_shown(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    kept = buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    later = buy(session, account, date(2026, 10, 8), 5_000, "Fruit")
    with session.store.transaction():
        charge = save_charge(session.store, Charge(account.id, LineKind.FEE, cny(300), date(2026, 10, 20)))
    form = form_of(account.id)
    choose(form, LINES)
    assert not form.amount.isVisible()
    assert set(form.lines.recorded) == {kept.id, later.id, charge.id}

    QTest.keyClick(form.lines.recorded[later.id].box, SPACE)  # not on this bill
    form.lines.add_link.setFocus()
    QTest.keyClick(form.lines.add_link, RETURN)
    (row,) = form.lines.typed
    choose_kind(row, LineKind.REFUND)
    QTest.keyClicks(row.amount.edit, "20")
    assert form.lines.total() == cny(20_300 - 2_000)
    QTest.keyClicks(row.words.edit, "Coupon")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    lines = session.store.bills.get(form.saved_id).lines
    assert [(line.kind, line.amount.minor, line.refers_to, line.label) for line in lines] == [
        (LineKind.PURCHASE, 20_000, kept.id, "Bookshop"),
        (LineKind.FEE, 300, charge.id, ""),
        (LineKind.REFUND, -2_000, "", "Coupon"),
    ]
    open_ids = {due.id for due in session.store.ledgers.position(session.today).open_dues}
    assert open_ids == {form.saved_id, later.id}


def test_a_typed_line_can_be_taken_off_again(account: Account, form_of: Callable[..., BillForm]) -> None:
    form = form_of(account.id)
    choose(form, LINES)
    QTest.mouseClick(form.lines.add_link, LEFT)
    QTest.mouseClick(form.lines.add_link, LEFT)
    first, second = form.lines.typed
    QTest.keyClicks(second.amount.edit, "30")

    QTest.mouseClick(first.remove_button, LEFT)

    assert form.lines.typed == [second]
    assert form.lines.total() == cny(3_000)


def test_an_empty_line_is_said_beside_it_and_has_the_keyboard(
    qtbot: QtBot, account: Account, form_of: Callable[..., BillForm]
) -> None:
    form = form_of(account.id)
    choose(form, LINES)
    QTest.mouseClick(form.lines.add_link, LEFT)

    with qtbot.assertNotEmitted(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    (row,) = form.lines.typed
    assert row.amount.message.text() == "Please fill this in."
    assert form.focusWidget() is row.amount.edit


def test_the_rest_of_an_earlier_bill_can_be_carried_over(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    earlier = record_bill(session, account, 11, BillLine(LineKind.UNITEMISED, cny(30_000)))
    form = form_of(account.id)
    choose(form, LINES)
    row = form.lines.recorded[earlier.id]
    assert not row.is_ticked

    QTest.keyClick(row.box, SPACE)
    row.amount.edit.clear()
    QTest.keyClicks(row.amount.edit, "301.50")  # with the interest of the lender
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(row.amount.edit, RETURN)

    assert session.store.bills.get(form.saved_id).carries == (earlier.id,)
    (due,) = session.store.ledgers.position(session.today).open_dues
    assert (due.id, due.open) == (form.saved_id, cny(30_150))


def test_other_dates_offer_other_things_and_keep_what_was_ticked(
    session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    early = buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    late = buy(session, account, date(2026, 11, 5), 7_000, "Fruit")
    form = form_of(account.id)
    choose(form, LINES)
    assert set(form.lines.recorded) == {early.id}
    QTest.keyClick(form.lines.recorded[early.id].box, SPACE)

    form.statement_on.edit.clear()
    QTest.keyClicks(form.statement_on.edit, "1 Dec 2026")

    ticked = {key: row.is_ticked for key, row in form.lines.recorded.items()}
    assert ticked == {early.id: False, late.id: True}


def test_what_is_rarely_on_such_a_bill_waits_behind_a_link(
    session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    forgotten = buy(session, account, date(2026, 8, 5), 20_000, "Bookshop")
    usual = buy(session, account, date(2026, 10, 5), 7_000, "Fruit")
    form = form_of(account.id)
    choose(form, LINES)
    assert form.lines.more_link.text() == "Show 1 more that is recorded"
    assert not form.lines.recorded[forgotten.id].isVisible()
    assert form.lines.recorded[usual.id].is_ticked

    QTest.mouseClick(form.lines.more_link, LEFT)

    assert form.lines.recorded[forgotten.id].isVisible()
    assert form.focusWidget() is form.lines.recorded[forgotten.id].box


def test_changing_a_bill_keeps_its_lines_their_ids_and_what_they_hold(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    bought = buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    fee = BillLine(LineKind.FEE, cny(300), label="SMS")
    held = BillLine(LineKind.PURCHASE, cny(19_000), bought.id, "Bookshop")
    bill = record_bill(session, account, 11, fee, held)
    form = form_of(account.id, bill)
    assert not form.how.isVisible()
    assert not form.account.isVisible()
    assert form.lines.total() == cny(19_300)

    (row,) = form.lines.typed
    row.amount.edit.clear()
    QTest.keyClicks(row.amount.edit, "5")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(row.amount.edit, RETURN)

    lines = session.store.bills.get(bill.id).lines
    assert lines == (BillLine(LineKind.FEE, cny(500), "", "SMS", fee.id), held)


def test_unticking_a_purchase_makes_it_due_by_itself_again(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    bought = buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    fee = BillLine(LineKind.FEE, cny(300))
    bill = record_bill(session, account, 11, fee, BillLine(LineKind.PURCHASE, cny(20_000), bought.id))
    form = form_of(account.id, bill)

    QTest.keyClick(form.lines.recorded[bought.id].box, SPACE)
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert session.store.bills.get(bill.id).lines == (fee,)
    assert {due.id for due in session.store.ledgers.position(session.today).open_dues} == {bill.id, bought.id}


def test_a_bill_of_an_amount_can_be_changed_and_keeps_its_line(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    line = BillLine(LineKind.UNITEMISED, cny(30_000))
    bill = record_bill(session, account, 11, line)
    form = form_of(account.id, bill)
    assert form.amount.money() == cny(30_000)

    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "310")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    (kept,) = session.store.bills.get(bill.id).lines
    assert (kept.id, kept.amount) == (line.id, cny(31_000))
    assert session.history.undoText() == "Change the bill"


def test_another_account_brings_its_own_dates_and_currency(
    session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    other = Account("Carte", "Banque", "EUR", cycle=Cycle(Mode.BILL, 15, FixedDay(5)))
    with session.store.transaction():
        save_account(session.store, other)
    buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    form = form_of(account.id)
    assert form.how.value() == RECORD

    QTest.keyClick(form.account.box, DOWN)

    assert form.chosen == other
    assert form.how.value() == AMOUNT
    assert (form.amount.currency, form.amount.text()) == ("EUR", "")
    assert (form.statement_on.day(), form.due_on.day()) == (date(2026, 11, 15), date(2026, 12, 5))


def test_tab_goes_through_the_lines_as_the_eye_does(
    session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    bought = buy(session, account, date(2026, 10, 5), 20_000, "Bookshop")
    form = form_of(account.id)
    choose(form, LINES)
    QTest.mouseClick(form.lines.add_link, LEFT)
    recorded, (typed,) = form.lines.recorded[bought.id], form.lines.typed
    wanted = [recorded.box, recorded.amount.edit, typed.kind.box, typed.amount.edit, form.lines.add_link]

    found: list[QWidget] = []
    widget: QWidget | None = form.how.box
    while widget is not None and widget is not form.save_button:
        widget = widget.nextInFocusChain()
        found += [widget] if widget in wanted else []

    assert found == wanted


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_a_bill_of_lines_goes_on_in_another_language(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm], language: str
) -> None:
    bought = buy(session, account, date(2026, 10, 5), 123_450, "Bookshop")
    form = form_of(account.id)
    choose(form, LINES)
    QTest.mouseClick(form.lines.add_link, LEFT)
    (row,) = form.lines.typed
    choose_kind(row, LineKind.INTEREST)
    QTest.keyClicks(row.amount.edit, "1.50")

    i18n.use(language)
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))

    assert form.how.value() == LINES
    assert form.lines.total() == cny(123_600)
    assert form.statement_on.day() == date(2026, 11, 1)
    assert form.lines.recorded[bought.id].amount.text() == i18n.show_amount(cny(123_450))
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)
    kinds = [line.kind for line in session.store.bills.get(form.saved_id).lines]
    assert kinds == [LineKind.PURCHASE, LineKind.INTEREST]


def test_an_amount_that_was_typed_stands_beside_the_lines(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., BillForm]
) -> None:
    form = form_of(account.id)
    QTest.keyClicks(form.amount.edit, "850")
    choose(form, LINES)
    assert form.lines.stated_note.isVisible()
    assert form.lines.stated_note.text() == "The statement says CN¥850.00; the lines come to CN¥0.00."

    QTest.mouseClick(form.lines.rest_link, LEFT)
    assert form.lines.total() == cny(85_000)
    assert form.lines.stated_note.text() == "That is what the statement says."
    assert not form.lines.rest_link.isVisible()
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)
    assert session.store.bills.get(form.saved_id).amount == cny(85_000)


def test_without_a_typed_amount_nothing_stands_beside_the_lines(
    account: Account, form_of: Callable[..., BillForm]
) -> None:
    form = form_of(account.id)
    choose(form, LINES)
    assert not form.lines.stated_note.isVisible()
    assert not form.lines.rest_link.isVisible()
