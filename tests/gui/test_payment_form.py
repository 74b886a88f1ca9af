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
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.gui.recording.payment import PaymentForm
from planner.gui.session import Session
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill, save_purchase
from planner.store import catalogue

LEFT, RETURN = Qt.MouseButton.LeftButton, Qt.Key.Key_Return


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def account(session: Session) -> Account:
    account = Account("白条", "JD", "CNY")
    with session.store.transaction():
        save_account(session.store, account)
    return account


def add_bill(session: Session, account: Account, month: int, minor: int, minimum: int = 0) -> Bill:
    line = BillLine(LineKind.UNITEMISED, cny(minor))
    least = cny(minimum) if minimum else None
    bill = Bill(account.id, date(2026, month, 1), date(2026, month, 10), (line,), least)
    with session.store.transaction():
        save_bill(session.store, bill)
    return bill


@pytest.fixture
def form_of(qtbot: QtBot, session: Session) -> Callable[..., PaymentForm]:
    def make(account_id: str = "", payment: Payment | None = None, due_id: str = "") -> PaymentForm:
        form = PaymentForm(session, account_id, payment, due_id)
        qtbot.addWidget(form)
        form.resize(420, 800)
        form.show()
        return form

    return make


def test_it_begins_with_what_is_to_pay_next_and_says_what_that_settles(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 30_000)
    add_bill(session, account, 12, 20_000)
    form = form_of(account.id)

    assert form.amount.money() == cny(30_000)
    assert form.preview.text().splitlines() == [
        "CN¥300.00 goes to: Bill of 1 Nov 2026. That is then settled.",
        "Open on this account afterwards: CN¥200.00",
    ]
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    (payment,) = session.store.payments.all()
    assert payment == Payment(account.id, cny(30_000), session.today, id=form.saved_id)
    session.history.undo()
    assert session.store.payments.all() == []


def test_a_due_that_was_pointed_at_chooses_the_account_the_aim_and_the_amount(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    other = Account("Card", "Bank", "CNY")
    with session.store.transaction():
        save_account(session.store, other)
    add_bill(session, account, 11, 30_000)
    aimed = add_bill(session, other, 12, 20_000)
    form = form_of(due_id=aimed.id)

    assert form.chosen == other
    assert form.aim.value() == aimed.id
    assert form.amount.money() == cny(20_000)


def test_what_a_bill_holds_is_paid_with_that_bill(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    purchase = Purchase(account.id, cny(5_000), date(2026, 10, 5))
    bill = Bill(
        account.id, date(2026, 11, 1), date(2026, 11, 10),
        (BillLine(LineKind.PURCHASE, purchase.amount, purchase.id),),
    )  # fmt: skip
    with session.store.transaction():
        save_purchase(session.store, purchase)
        save_bill(session.store, bill)

    assert form_of(account.id, due_id=purchase.id).aim.value() == bill.id


def test_the_links_fill_in_all_of_it_or_the_minimum(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 30_000, minimum=3_000)
    form = form_of(account.id)

    assert form.minimum_link.text() == "The minimum: CN¥30.00"
    QTest.mouseClick(form.minimum_link, LEFT)
    assert form.amount.money() == cny(3_000)
    assert "CN¥270.00 of that stays open." in form.preview.text()
    form.all_link.setFocus()
    QTest.keyClick(form.all_link, RETURN)  # presses the link; it does not save
    assert form.amount.money() == cny(30_000)
    assert session.store.payments.all() == []


def test_less_than_the_minimum_says_what_of_it_is_missing(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 183_400, minimum=18_340)
    form = form_of(account.id)
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "100")
    assert "Of its minimum CN¥83.40 is still to pay." in form.preview.text()
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "183.40")
    assert "minimum" not in form.preview.text()


def test_without_a_minimum_there_is_no_link_to_it(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 30_000)

    form = form_of(account.id)

    assert form.all_link.isVisible()
    assert not form.minimum_link.isVisible()


def test_what_it_is_for_can_be_chosen_and_the_amount_follows_until_another_is_typed(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 30_000)
    add_bill(session, account, 12, 20_000)
    form = form_of(account.id)

    QTest.keyClick(form.aim.box, Qt.Key.Key_Down)
    QTest.keyClick(form.aim.box, Qt.Key.Key_Down)
    assert form.amount.money() == cny(20_000)
    assert form.aim.hint.text() == "Due on 10 Dec 2026"
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "50")
    assert "CN¥50.00 goes to: Bill of 1 Dec 2026. CN¥150.00 of that stays open." in form.preview.text()
    QTest.keyClick(form.aim.box, Qt.Key.Key_Up)
    assert form.amount.money() == cny(5_000)


def test_more_than_is_due_is_said_and_never_refused(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 30_000)
    form = form_of(account.id)
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "350")

    assert "CN¥50.00 is more than is due. It stays as a credit for what comes next." in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert session.store.ledgers.position(session.today).credit == {account.id: cny(5_000)}


def test_nothing_open_leaves_the_amount_to_the_user(
    account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    form = form_of(account.id)

    assert form.amount.text() == ""
    assert not form.all_link.isVisible()
    assert not form.preview.isVisible()


def test_changing_a_payment_shows_what_is_open_without_it(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    bill = add_bill(session, account, 11, 30_000)
    known = Payment(account.id, cny(30_000), date(2026, 11, 9), True, bill.id, "from savings", "row 7")  # noqa: FBT003
    with session.store.transaction():
        pay(session.store, known)
    form = form_of(account.id, payment=known)

    assert form.aim.value() == bill.id
    assert form.note.isVisible()
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "250")
    assert "CN¥50.00 of that stays open." in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    assert session.store.payments.all() == [replace(known, amount=cny(25_000))]


def test_another_account_brings_its_own_dues(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    other = Account("Carte", "Banque", "EUR", automatic=True)
    with session.store.transaction():
        save_account(session.store, other)
    add_bill(session, account, 11, 30_000)
    form = form_of(account.id)

    QTest.keyClick(form.account.box, Qt.Key.Key_Down)

    assert form.chosen == other
    assert form.amount.currency == "EUR"
    assert form.amount.text() == ""
    assert form.is_automatic.value()


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_a_payment_is_previewed_and_saved_in_another_language(
    qtbot: QtBot, session: Session, account: Account, form_of: Callable[..., PaymentForm], language: str
) -> None:
    add_bill(session, account, 11, 123_450)
    form = form_of(account.id)

    i18n.use(language)
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))

    assert form.amount.money() == cny(123_450)
    assert i18n.show(cny(123_450)) in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)
    assert session.store.payments.get(form.saved_id).paid_on == session.today


def test_the_link_names_what_it_fills_in(
    session: Session, account: Account, form_of: Callable[..., PaymentForm]
) -> None:
    add_bill(session, account, 11, 30_000)
    assert form_of(account.id).all_link.text() == "All of it: CN¥300.00"

    add_bill(session, account, 12, 20_000)
    form = form_of(account.id)
    assert form.all_link.text() == "What is due first: CN¥300.00"
    QTest.keyClick(form.aim.box, Qt.Key.Key_End)
    assert form.all_link.text() == "This bill: CN¥200.00"


def test_what_is_beyond_what_is_late_may_be_recorded_as_late_cost(
    session: Session, form_of: Callable[..., PaymentForm]
) -> None:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "白条")
    with session.store.transaction():
        save_account(session.store, account)
    add_bill(session, account, 11, 100_000)
    add_bill(session, account, 12, 20_000)
    form = form_of(account.id)
    assert not form.as_cost.isVisible()

    # Twelve days at 0.03 % to 0.07 % are 3.60 to 8.40.
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "1005")
    assert form.as_cost.isVisible()
    assert form.as_cost.box.accessibleName() == "Record CN¥5.00 of it as late cost"
    assert "CN¥5.00 goes to: Bill of 1 Dec 2026. CN¥195.00 of that stays open." in form.preview.text()

    form.as_cost.box.setFocus()
    QTest.keyClick(form.as_cost.box, Qt.Key.Key_Space)
    assert "CN¥5.00 goes to: Charge of 22 Nov 2026. That is then settled." in form.preview.text()
    assert form.submit()
    (charge,) = session.store.charges.all()
    assert (charge.kind, charge.amount) == (LineKind.PENALTY, cny(500))
    assert sum(due.open.minor for due in session.store.ledgers.position(session.today).open_dues) == 20_000
    session.history.undo()
    assert (session.store.charges.all(), session.store.payments.all()) == ([], [])
