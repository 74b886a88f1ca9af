from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.purchase import Progress, Purchase, Refund
from planner.gui.forms import Form
from planner.gui.recording.charge import ChargeForm
from planner.gui.recording.purchase import PurchaseForm, RefundForm
from planner.gui.session import Session
from planner.i18n import explain
from planner.services.accounts import save_account
from planner.services.bills import save_bill, save_purchase

LEFT, RETURN = Qt.MouseButton.LeftButton, Qt.Key.Key_Return
BOUGHT_ON = date(2026, 11, 5)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def account(session: Session) -> Account:
    account = Account("白条", "JD", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with session.store.transaction():
        save_account(session.store, account)
    return account


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Form], None]:
    def show(form: Form) -> None:
        qtbot.addWidget(form)
        form.resize(420, 800)
        form.show()

    return show


def bought(session: Session, account: Account, *refunds: Refund) -> Purchase:
    purchase = Purchase(account.id, cny(50_000), BOUGHT_ON, "Shop", refunds=refunds)
    with session.store.transaction():
        save_purchase(session.store, purchase)
    return purchase


def test_three_facts_record_a_purchase_and_say_on_which_bill_it_will_be(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = PurchaseForm(session, account.id)
    shown(form)

    QTest.keyClicks(form.amount.edit, "1200/3")
    form.bought_on.edit.clear()
    QTest.keyClicks(form.bought_on.edit, "20 Nov 2026")
    assert form.preview.text() == "It will be on the bill of 1 Dec 2026, due on 10 Dec 2026."
    answer = form.preview.answer()
    assert answer is not None
    assert [figure.value for _name, figure in answer.figures] == [date(2026, 12, 1), date(2026, 12, 10)]
    told = {explain(given.label): given.plain for given in answer.figures[1][1].derivation.given}
    assert (told["Bought on"], told["Statement day of the month"]) == (date(2026, 11, 20), 1)
    QTest.keyClicks(form.merchant.edit, "Bookshop")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.merchant.edit, RETURN)

    (purchase,) = session.store.purchases.all()
    assert form.saved_id == purchase.id
    assert (purchase.amount, purchase.merchant) == (cny(40_000), "Bookshop")
    assert (purchase.bought_on, purchase.progress) == (date(2026, 11, 20), Progress.COMPLETED)
    session.history.undo()
    assert session.store.purchases.all() == []


def test_an_unknown_cycle_is_said_to_be_unknown(session: Session, shown: Callable[[Form], None]) -> None:
    account = Account("Shop", "Shop", "EUR")
    with session.store.transaction():
        save_account(session.store, account)
    form = PurchaseForm(session, account.id)
    shown(form)

    assert form.preview.text() == "When it is due is not known, because the account’s cycle is not set."
    assert form.amount.currency == "EUR"
    assert form.cycle_link.isVisible()
    wanted: list[str] = []
    form.wanted_account.connect(wanted.append)
    QTest.mouseClick(form.cycle_link, LEFT)
    assert wanted == [account.id]


def test_a_known_cycle_needs_no_link(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = PurchaseForm(session, account.id)
    shown(form)
    assert not form.cycle_link.isVisible()


def bill_of(session: Session, purchase: Purchase, minor: int, *, is_itemised: bool = True) -> Bill:
    kind = LineKind.PURCHASE if is_itemised else LineKind.UNITEMISED
    line = BillLine(kind, cny(minor), purchase.id if is_itemised else "")
    bill = Bill(purchase.account_id, date(2026, 12, 1), date(2026, 12, 10), (line,))
    with session.store.transaction():
        save_bill(session.store, bill)
    return bill


def test_a_refund_says_by_how_much_the_bill_falls(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    purchase = bought(session, account)
    bill_of(session, purchase, 50_000)
    form = RefundForm(session, purchase)
    shown(form)
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "200")
    assert "The bill of 1 Dec 2026 falls by CN¥200.00." in form.preview.text()


def test_a_refund_that_the_statement_knows_says_why_the_bill_stays(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    purchase = bought(session, account)
    bill_of(session, purchase, 30_000)
    form = RefundForm(session, purchase)
    shown(form)
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "200")
    assert "The bill of 1 Dec 2026 does not fall" in form.preview.text()
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "250")
    assert "The bill of 1 Dec 2026 falls by CN¥50.00." in form.preview.text()
    assert "CN¥200.00 of it is off that bill already." in form.preview.text()


def test_a_refund_of_a_purchase_on_no_bill_speaks_of_none(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = RefundForm(session, bought(session, account))
    shown(form)
    assert "bill" not in form.preview.text()


def test_the_other_facts_wait_behind_more_and_are_kept(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = PurchaseForm(session, account.id)
    shown(form)
    assert not form.order_number.isVisible()

    QTest.keyClicks(form.amount.edit, "12")
    QTest.mouseClick(form.more_button, LEFT)
    QTest.keyClicks(form.order_number.edit, "123-456")
    QTest.keyClick(form.is_pending.box, Qt.Key.Key_Space)
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    (purchase,) = session.store.purchases.all()
    assert (purchase.order_number, purchase.progress) == ("123-456", Progress.PENDING)


def test_changing_a_purchase_keeps_its_refunds_and_its_row_of_the_file(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    known = replace(bought(session, account, Refund(cny(100), BOUGHT_ON)), source_key="row 1")
    with session.store.transaction():
        save_purchase(session.store, known)
    form = PurchaseForm(session, account.id, known)
    shown(form)

    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "600")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert session.store.purchases.get(known.id) == replace(known, amount=cny(60_000))


def test_a_purchase_on_a_bill_says_which(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    known = bought(session, account)
    line = BillLine(LineKind.PURCHASE, known.amount, known.id)
    with session.store.transaction():
        save_bill(session.store, Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), (line,)))
    form = PurchaseForm(session, account.id, known)
    shown(form)

    assert form.preview.text() == "It is on the bill of 1 Dec 2026, due on 10 Dec 2026."
    answer = form.preview.answer()
    assert answer is not None
    labels = [explain(figure.derivation.given[0].label) for _name, figure in answer.figures]
    assert labels == ["Statement of", "Due date, as the statement says"]


def test_nothing_typed_is_said_beside_the_amount_and_nothing_is_saved(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = PurchaseForm(session, account.id)
    shown(form)

    with qtbot.assertNotEmitted(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert form.amount.message.isVisible()
    assert form.focusWidget() is form.amount.edit
    QTest.keyClicks(form.amount.edit, "0")
    QTest.keyClick(form.amount.edit, RETURN)
    assert form.problem.text() == "The amount has to be more than zero."


def test_a_refund_begins_with_all_that_is_left_and_previews_what_stays(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    purchase = bought(session, account, Refund(cny(10_000), BOUGHT_ON))
    form = RefundForm(session, purchase)
    shown(form)
    assert form.amount.money() == cny(40_000)

    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "150")
    assert form.preview.text() == "After that, CN¥250.00 of CN¥500.00 is left to pay for."
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert session.store.purchases.get(purchase.id).net == cny(25_000)
    assert form.saved_id == purchase.id


def test_more_than_was_paid_cannot_come_back(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = RefundForm(session, bought(session, account))
    shown(form)
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "501")

    with qtbot.assertNotEmitted(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert form.problem.text() == "CN¥501.00 cannot come back from CN¥500.00."
    assert form.amount.text() == "501"


def test_an_earlier_refund_can_be_deleted_and_undo_shows_it_again(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    refund = Refund(cny(10_000), BOUGHT_ON)
    form = RefundForm(session, bought(session, account, refund))
    shown(form)

    QTest.mouseClick(form.delete_buttons[refund.id], LEFT)
    assert form.delete_buttons == {}
    assert form.amount.money() == cny(50_000)

    session.history.undo()
    assert set(form.delete_buttons) == {refund.id}
    assert form.amount.money() == cny(40_000)


def test_return_on_the_link_that_deletes_a_refund_does_not_save_another(
    session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    refund = Refund(cny(10_000), BOUGHT_ON)
    purchase = bought(session, account, refund)
    form = RefundForm(session, purchase)
    shown(form)

    form.delete_buttons[refund.id].setFocus()
    QTest.keyClick(form.delete_buttons[refund.id], RETURN)

    assert session.store.purchases.get(purchase.id).refunds == ()


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_what_was_typed_survives_another_language(
    session: Session, account: Account, shown: Callable[[Form], None], language: str
) -> None:
    form = PurchaseForm(session, account.id)
    shown(form)
    QTest.keyClicks(form.amount.edit, "1234.50")
    QTest.keyClicks(form.merchant.edit, "Bookshop")

    i18n.use(language)
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))

    assert form.amount.money() == cny(123_450)
    assert form.bought_on.day() == session.today
    assert form.bought_on.text() == i18n.show_date(session.today)
    assert form.merchant.text() == "Bookshop"
    assert form.account.label.text() == {"zh": "账户", "fr": "Compte"}[language]


def test_a_charge_is_what_the_lender_has_posted(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = ChargeForm(session, account.id)
    shown(form)
    QTest.keyClick(form.kind.box, Qt.Key.Key_Down)
    QTest.keyClick(form.kind.box, Qt.Key.Key_Down)
    QTest.keyClicks(form.amount.edit, "3.25")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    (charge,) = session.store.charges.all()
    assert (charge.kind, charge.amount, charge.posted_on) == (LineKind.PENALTY, cny(325), session.today)
    assert form.saved_id == charge.id
    assert "Only what the lender has posted" in form.kind.hint.text()


def test_changing_a_charge_keeps_what_it_is(
    qtbot: QtBot, session: Session, account: Account, shown: Callable[[Form], None]
) -> None:
    form = ChargeForm(session, account.id)
    shown(form)
    QTest.keyClicks(form.amount.edit, "3.25")
    QTest.mouseClick(form.save_button, LEFT)
    known = session.store.charges.get(form.saved_id)
    again = ChargeForm(session, account.id, known)
    shown(again)

    QTest.mouseClick(again.more_button, LEFT)
    QTest.keyClicks(again.note.edit, "SMS fee")
    with qtbot.waitSignal(again.saved):
        QTest.mouseClick(again.save_button, LEFT)

    assert session.store.charges.all() == [replace(known, note="SMS fee")]
