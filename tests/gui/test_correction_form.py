from collections.abc import Callable
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
from planner.gui.recording.correction import CorrectionForm
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.bills import pay, save_bill

RETURN = Qt.Key.Key_Return


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def bill(session: Session) -> Bill:
    account = Account("白条", "JD", "CNY")
    line = BillLine(LineKind.UNITEMISED, cny(50_000))
    bill = Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), (line,))
    later = Bill(
        account.id, date(2026, 12, 1), date(2026, 12, 10), (BillLine(LineKind.UNITEMISED, cny(700)),)
    )
    with session.store.transaction():
        save_account(session.store, account)
        save_bill(session.store, bill)
        save_bill(session.store, later)
        pay(session.store, Payment(account.id, cny(10_000), date(2026, 11, 9)))
    return bill


@pytest.fixture
def form_of(qtbot: QtBot, session: Session) -> Callable[[str, str], CorrectionForm]:
    def make(account_id: str, due_id: str) -> CorrectionForm:
        form = CorrectionForm(session, account_id, due_id)
        qtbot.addWidget(form)
        form.resize(420, 800)
        form.show()
        return form

    return make


def test_the_difference_is_shown_before_it_is_recorded(
    qtbot: QtBot, session: Session, bill: Bill, form_of: Callable[[str, str], CorrectionForm]
) -> None:
    form = form_of(bill.account_id, bill.id)
    assert "CN¥400.00" in form.ours.accessibleName()

    QTest.keyClicks(form.stated.edit, "412.30")
    assert form.preview.text() == "The app says CN¥12.30 more. A correction of that amount will be recorded."
    QTest.keyClicks(form.reason.edit, "interest")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.reason.edit, RETURN)

    (found,) = session.store.adjustments.all()
    assert (found.amount, found.stated, found.reason) == (cny(1_230), cny(41_230), "interest")
    assert (found.bill_id, found.as_of, found.id) == (bill.id, session.today, form.saved_id)
    due = session.store.ledgers.position(session.today).due(bill.id)
    assert due is not None
    assert due.open == cny(41_230)


def test_where_both_agree_it_says_so_and_records_nothing(
    qtbot: QtBot, session: Session, bill: Bill, form_of: Callable[[str, str], CorrectionForm]
) -> None:
    form = form_of(bill.account_id, bill.id)
    QTest.keyClicks(form.stated.edit, "400")

    with qtbot.assertNotEmitted(form.saved):
        QTest.keyClick(form.stated.edit, RETURN)

    assert form.preview.text() == "Both say CN¥400.00. Checked: there is nothing to record."
    assert not form.problem.isVisible()
    assert session.store.adjustments.all() == []


def test_without_a_bill_it_is_about_all_that_is_open(
    qtbot: QtBot, session: Session, bill: Bill, form_of: Callable[[str, str], CorrectionForm]
) -> None:
    form = form_of(bill.account_id, "")
    assert "CN¥407.00" in form.ours.accessibleName()

    QTest.keyClicks(form.stated.edit, "0")
    assert form.preview.text() == "The app says CN¥407.00 less. A correction of that amount will be recorded."
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.stated.edit, RETURN)

    assert session.store.ledgers.position(session.today).open_dues == ()


def test_our_figure_is_that_of_the_day_the_app_said_so(
    bill: Bill, form_of: Callable[[str, str], CorrectionForm]
) -> None:
    form = form_of(bill.account_id, bill.id)
    form.on.edit.clear()
    QTest.keyClicks(form.on.edit, "8 Nov 2026")

    assert "CN¥500.00. As of 8 Nov 2026" in form.ours.accessibleName()


def test_what_it_is_about_can_be_chosen(bill: Bill, form_of: Callable[[str, str], CorrectionForm]) -> None:
    form = form_of(bill.account_id, "")
    choices = [form.about.box.itemText(index) for index in range(form.about.box.count())]
    assert choices == ["Everything open on the account", "Bill of 1 Nov 2026", "Bill of 1 Dec 2026"]

    QTest.keyClick(form.about.box, Qt.Key.Key_Down)

    assert "CN¥400.00" in form.ours.accessibleName()


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_it_goes_on_in_another_language(
    bill: Bill, form_of: Callable[[str, str], CorrectionForm], language: str
) -> None:
    form = form_of(bill.account_id, bill.id)
    QTest.keyClicks(form.stated.edit, "1412.30")

    i18n.use(language)
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))

    assert form.stated.money() == cny(141_230)
    assert form.about.value() == bill.id
    assert i18n.show(cny(101_230)) in form.preview.text()
    assert i18n.show(cny(40_000)) in form.ours.accessibleName()
