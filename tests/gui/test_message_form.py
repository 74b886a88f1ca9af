from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.gui.recording.message import MessageForm
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.bills import save_bill, save_purchase

BOUGHT = (
    "服务商户：某某小店\n交易类型：分3期\n交易订单：100200300\n交易时间：11月20日 09:05:07\n消费金额：90元"
)


@pytest.fixture
def account(session: Session) -> Account:
    account = Account("白条", "JD", "CNY", "jd-baitiao", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with session.store.transaction():
        save_account(session.store, account)
    return account


@pytest.fixture
def form(qtbot: QtBot, session: Session, account: Account) -> MessageForm:
    form = MessageForm(session, account.id)
    qtbot.addWidget(form)
    form.resize(420, 800)
    form.show()
    return form


@pytest.fixture
def paste(form: MessageForm) -> Callable[[str], None]:
    def paste(text: str) -> None:
        form.message.edit.setFocus()
        clipboard = QApplication.clipboard()
        clipboard.setText(text)
        form.message.edit.selectAll()
        form.message.edit.paste()

    return paste


def test_a_pasted_purchase_is_said_in_words_and_recorded_by_keyboard_alone_in_one_step(
    qtbot: QtBot, session: Session, form: MessageForm, paste: Callable[[str], None]
) -> None:
    paste(BOUGHT)

    assert form.amount.money() == Money(9000, "CNY")
    assert form.day.value() == date(session.today.year, 11, 20)
    assert form.preview.text().splitlines()[1:] == [
        "The message names no year: the nearest day that fits was taken.",
        "To be repaid in 3 instalments.",
    ]
    form.fee.edit.setFocus()
    QTest.keyClicks(form.fee.edit, "0.5")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.fee.edit, Qt.Key.Key_Return)

    (purchase,), (plan,) = session.store.purchases.all(), session.store.plans.all()
    assert (purchase.order_number, plan.origin_id) == ("100200300", purchase.id)
    assert form.saved_id == purchase.id
    assert plan.fees == Money(135, "CNY")
    session.history.undo()
    assert (session.store.purchases.all(), session.store.plans.all()) == ([], [])


def test_what_was_typed_over_the_message_counts(
    session: Session, form: MessageForm, paste: Callable[[str], None]
) -> None:
    paste("还款时间：11月20日\n还款金额：88.80元")
    form.amount.edit.setText("80")
    form.amount.changed.emit()
    form.save()

    assert [one.amount for one in session.store.payments.all()] == [Money(8000, "CNY")]


def test_a_message_that_is_not_understood_is_told_and_nothing_is_recorded(
    session: Session, form: MessageForm, paste: Callable[[str], None]
) -> None:
    paste("你好")

    assert "not understood" in form.message.message.text()
    assert form.amount.isHidden()
    form.save()
    assert form.saved_id == ""
    assert session.store.payments.all() == []
    assert session.store.purchases.all() == []


def test_a_bill_asks_for_its_due_date_and_a_failed_debit_for_nothing(
    session: Session, form: MessageForm, paste: Callable[[str], None]
) -> None:
    paste("白条本月应还66.60元，最后还款日：12月10日")
    assert form.day.label.text() == "Due on"
    assert form.day.value() == date(session.today.year, 12, 10)

    paste("白条自动还款失败，余额不足")
    assert form.amount.isHidden()
    assert form.day.isHidden()
    assert "stays open" in form.preview.text()
    form.save()
    assert "stays open" in form.problem.text()
    assert session.store.payments.all() == []


@pytest.mark.row("C090")
def test_a_failed_debit_of_a_recorded_bill_is_noted_by_keyboard_alone(
    qtbot: QtBot, session: Session, account: Account, form: MessageForm, paste: Callable[[str], None]
) -> None:
    lines = (BillLine(LineKind.UNITEMISED, Money(6660, "CNY")),)
    bill = Bill(account.id, date(2026, 11, 1), date(2026, 11, 20), lines)
    with session.store.transaction():
        save_bill(session.store, bill)

    paste("白条自动还款失败，余额不足")
    assert "was due 20 Nov 2026 failed: CN¥66.60 stays open" in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.save_button, Qt.Key.Key_Space)

    (noted,) = session.store.failed_debits.all()
    assert (noted.due_id, form.saved_id) == (bill.id, bill.id)
    paste("白条自动还款失败，余额不足")
    assert "noted already" in form.preview.text()
    assert form.is_another.isHidden()
    session.history.undo()
    assert not session.store.has_failed_debits


def test_what_is_recorded_already_is_only_recorded_again_if_it_is_another_one(
    session: Session, form: MessageForm, paste: Callable[[str], None]
) -> None:
    text = "您使用白条支付20.00元"
    paste(text)
    assert form.is_another.isHidden()
    form.save()
    paste(text)

    form.save()
    assert len(session.store.purchases.all()) == 1
    form.is_another.box.click()
    form.save()
    assert len(session.store.purchases.all()) == 2


def test_of_several_purchases_the_user_says_what_came_back(
    session: Session, account: Account, form: MessageForm, paste: Callable[[str], None]
) -> None:
    with session.store.transaction():
        for name in ("first", "second"):
            bought = date(session.today.year, 11, 1)
            save_purchase(session.store, Purchase(account.id, Money(9000, "CNY"), bought, id=name))
    paste("白条退款30.00元")

    form.save()
    assert not form.problem.isHidden()
    form.returned.set_key("first")
    form.save()

    assert session.store.purchases.get("first").net == Money(6000, "CNY")


def test_the_day_on_which_a_bill_was_made_is_shown_as_a_guess_and_may_be_changed(
    session: Session, form: MessageForm, paste: Callable[[str], None]
) -> None:
    paste("【京东白条】您12月账单1,530.20元,最后还款日12月27日")

    assert form.made_on.isVisible()
    assert form.made_on.value() == session.today
    guess = "The message does not say the statement date, so it is a guess."
    assert guess in form.preview.text().splitlines()
    form.day.edit.setText("10 Nov 2026")
    form.day.changed.emit()
    assert form.made_on.value() == date(2026, 11, 1)  # by the rule of the account
    form.made_on.edit.setText("3 Nov 2026")
    form.made_on.changed.emit()
    assert guess not in form.preview.text()
    form.save()

    (bill,) = session.store.bills.all()
    assert (bill.statement_on, bill.due_on) == (date(2026, 11, 3), date(2026, 11, 10))


def test_a_message_that_is_not_understood_leads_to_the_forms_and_nothing_stands_in_the_way(
    form: MessageForm, paste: Callable[[str], None]
) -> None:
    wanted: list[tuple[str, str]] = []
    form.ways.wanted.connect(lambda place, target: wanted.append((place, target)))
    assert form.ways.isHidden()

    paste("你好")

    assert [button.text() for button in form.ways.forms if button.isVisible()] == [
        *("Add a bill", "Add a purchase", "Record a payment"),
    ]
    for button in form.ways.forms:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert wanted == [("bills", "new-bill"), ("bills", "new-purchase"), ("bills", "new-payment")]
    assert form.may_leave()
    paste("您使用白条支付20.00元")
    assert form.ways.isHidden()
    assert not form.may_leave()


def test_a_late_notice_leads_to_late_cost_and_the_procedures_and_warns_of_its_link(
    session: Session, account: Account, form: MessageForm, paste: Callable[[str], None]
) -> None:
    lines = (BillLine(LineKind.UNITEMISED, Money(86050, "CNY")),)
    bill = Bill(account.id, date(2026, 10, 24), date(2026, 11, 2), lines)
    with session.store.transaction():
        save_bill(session.store, bill)
    wanted: list[tuple[str, str]] = []
    form.ways.wanted.connect(lambda place, target: wanted.append((place, target)))

    paste("您的白条账单已逾期,逾期金额860.50元,点击 http://example.com/a 处理")

    assert form.preview.text() == ("The lender says that CN¥860.50 is late. By this record it is CN¥860.50.")
    assert form.link_note.text() == "The message holds a link. Do not follow it: open the app yourself."
    assert form.link_note.isVisible()
    assert form.save_button.isHidden()
    assert not any(field.isVisible() for field in (form.amount, form.day, form.made_on))
    QTest.keyClick(form.ways.late_button, Qt.Key.Key_Space)
    QTest.keyClick(form.ways.procedures_button, Qt.Key.Key_Space)
    assert wanted == [("late", bill.id), ("procedures", account.id)]
    assert form.may_leave()
    paste("您使用白条支付20.00元")
    assert form.link_note.isHidden()
    assert form.save_button.isVisible()


def test_a_freeze_notice_records_its_day_and_leads_to_the_procedure(
    session: Session, account: Account, form: MessageForm, paste: Callable[[str], None]
) -> None:
    wanted: list[tuple[str, str]] = []
    form.ways.wanted.connect(lambda place, target: wanted.append((place, target)))

    paste("白条账户因逾期已被冻结")
    assert form.day.label.text() == "From which day on"
    assert form.day.value() == session.today
    form.day.edit.setText("17 Nov 2026")
    form.day.changed.emit()
    assert form.preview.text() == ("The account is recorded as frozen by the lender from 17 Nov 2026 on.")
    QTest.keyClick(form.ways.procedures_button, Qt.Key.Key_Space)
    form.save()

    assert wanted == [("procedures", f"procedure:unfreeze/{account.id}")]
    (state,) = session.store.accounts.get(account.id).states
    assert (state.state, state.since) == (State.FROZEN, date(2026, 11, 17))
