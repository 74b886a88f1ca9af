"""Steps that go on from the record: paid, waited, confirmed, done again, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, StepState
from planner.domain.purchase import Purchase
from planner.domain.reminders.reminder import About
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.bodies.cap import CapBody
from planner.gui.pages.procedure_parts.bodies.debits import DebitsBody
from planner.gui.pages.procedure_parts.bodies.pay import PayBody
from planner.gui.pages.procedure_parts.bodies.reconcile import ReconcileBody
from planner.gui.pages.procedure_parts.bodies.task import TaskBody
from planner.gui.pages.procedure_parts.bodies.wait import WaitBody
from planner.gui.pages.procedure_parts.forms import FinishForm
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.pages.today_reminders import place_of_topic
from planner.gui.session import Session
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.services.procedures import set_step_state, start_case
from planner.services.reminder_topics import topics
from planner.store import catalogue
from planner.store.store import Store
from tests.care_procedure import CARE, care

TODAY = date(2026, 11, 22)
BodyT = TypeVar("BodyT", bound=Body)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key on a widget that can have the keyboard."""
    assert widget.isVisible()
    widget.setFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def write(widget: QWidget, text: str) -> None:
    """Type into a field in place of what is in it."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)


def texts(widget: QWidget) -> str:
    """Everything a widget shows at the moment."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def has_keyboard(page: ProceduresPage) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and page.isAncestorOf(focus) and focus.isVisible()


@pytest.fixture
def account(store: Store) -> Account:
    """Baitiao with a bill of 1,000 that was due on 10 November."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, replace(account_from(sheet, "Baitiao"), automatic=False))
        lines = (BillLine(LineKind.UNITEMISED, yuan("1000")),)
        save_bill(store, Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), lines))
    return account


@pytest.fixture
def shown(
    qtbot: QtBot, session: Session, account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., ProceduresPage]:
    """Show a case with some steps."""

    def shown(*steps: str, started: date = TODAY) -> ProceduresPage:
        procedure = care(tmp_path, *steps)
        monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
        with session.store.transaction():
            case = start_case(session.store, CARE, account.id, started)
        page = ProceduresPage(session)
        qtbot.addWidget(page)
        page.resize(1060, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.show_case(case.id)
        QApplication.processEvents()
        return page

    return shown


def body(page: ProceduresPage, step: str, kind: type[BodyT]) -> BodyT:
    """What a step shows besides its words, opened."""
    row = page.case.rows[step]
    row.set_open(is_open=True)
    QApplication.processEvents()
    assert row.details is not None
    assert isinstance(row.details.body, kind)
    return row.details.body


def state(page: ProceduresPage, step: str) -> str:
    return page.case.rows[step].state.text()


@pytest.mark.row("C112")
def test_the_exact_amount_is_paid_with_its_time_and_the_wait_counts_from_it(
    shown: Callable[..., ProceduresPage], session: Session
) -> None:
    page = shown("pay", "wait", "ask")
    paying, waiting = body(page, "pay", PayBody), body(page, "wait", WaitBody)
    # Twelve days at 0.03 % to 0.07 %.
    assert "CN¥1,003.60" in texts(paying.figure)
    assert "CN¥1,008.40" in texts(paying.figure)
    assert "No payment towards it is recorded since 22 Nov 2026." in texts(paying)
    assert "not done yet" in texts(waiting)
    assert state(page, "wait").startswith("Cannot start yet, because")

    write(paying.amount.edit, "1003.60")
    write(paying.time.edit, "14:30")
    press(paying.record_button)

    (payment,) = session.store.payments.all()
    assert (payment.amount, payment.paid_on) == (yuan("1003.60"), TODAY)
    assert "By one source that is enough, by another CN¥4.80 is missing" in texts(paying)
    assert paying.amount.text() == ""
    assert has_keyboard(page)

    press(paying.confirm_button)
    assert state(page, "pay") == "Done on 22 Nov 2026"
    assert "You saw on 22 Nov 2026 that the app shows it as settled." in texts(paying)
    assert has_keyboard(page)
    assert "22 Nov 2026, 14:30" in texts(waiting.figure)
    assert "By 22 Nov 2026, 16:30 (up to 2 hours)" in texts(waiting)
    assert "By 25 Nov 2026 (1 to 3 business days)" in texts(waiting)
    assert "another page" in texts(waiting)

    press(paying.undo_button)
    assert state(page, "pay") == "In progress"
    session.history.undo()
    assert state(page, "pay") == "Done on 22 Nov 2026"
    for _step in range(2):
        session.history.undo()
    assert session.store.payments.all() == []
    assert state(page, "pay") == "Not started"


def test_what_is_beyond_what_was_late_is_announced_as_late_cost_and_the_figure_is_what_is_missing(
    shown: Callable[..., ProceduresPage], session: Session
) -> None:
    page = shown("pay", "wait")
    paying = body(page, "pay", PayBody)
    write(paying.amount.edit, "1000")
    assert not paying.cost.isVisible()
    write(paying.time.edit, "18:00")
    press(paying.record_button)

    assert session.store.charges.all() == []
    assert "Still to pay" in texts(paying.figure)
    assert "CN¥3.60 – CN¥8.40" in texts(paying.figure)
    assert paying.time.text() == ""

    write(paying.amount.edit, "5")
    assert paying.cost.text() == "Of it, CN¥5.00 is recorded as late cost."
    write(paying.amount.edit, "20")
    assert paying.cost.text() == "Of it, CN¥8.40 is recorded as late cost."
    write(paying.amount.edit, "5")
    press(paying.record_button)
    (charge,) = session.store.charges.all()
    assert (charge.kind, charge.amount, charge.posted_on) == (LineKind.PENALTY, yuan("5.00"), TODAY)
    assert "CN¥0.00 – CN¥3.40" in texts(paying.figure)

    press(paying.confirm_button)
    assert "Settled already" in texts(paying.figure)
    assert "CN¥" not in texts(paying.figure)
    for _step in range(2):
        session.history.undo()
    assert session.store.charges.all() == []


def test_what_the_app_settles_of_a_payment_from_elsewhere_is_announced_and_taken_back(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    with session.store.transaction():
        lines = (BillLine(LineKind.UNITEMISED, yuan("1200")),)
        save_bill(session.store, Bill(account.id, date(2026, 11, 18), date(2026, 11, 27), lines))
    page = shown("pay", "wait")
    with session.store.transaction():
        pay(session.store, Payment(account.id, yuan("1005"), TODAY))
    page.refresh()
    paying = body(page, "pay", PayBody)
    said = "If the app shows it as settled, CN¥5.00 of it is recorded as late cost."
    assert paying.cost.text() == said
    assert paying.cost.isVisible()

    press(paying.confirm_button)
    assert [each.amount for each in session.store.charges.all()] == [yuan("5.00")]
    assert not paying.cost.isVisible()
    press(paying.undo_button)
    assert session.store.charges.all() == []
    assert paying.cost.text() == said


def test_a_bill_with_a_minimum_says_why_it_is_more_than_that(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    page = shown("pay")
    paying = body(page, "pay", PayBody)
    assert not paying.minimum.isVisible()
    (bill,) = session.store.bills.of_account(account.id)
    with session.store.transaction():
        save_bill(session.store, replace(bill, minimum=yuan("100")))
        pay(session.store, Payment(account.id, yuan("100"), TODAY))
    page.refresh()
    assert paying.minimum.isVisible()
    assert "do not say whether that is enough" in paying.minimum.text()
    assert session.store.ledgers.position(TODAY).late == ()
    assert "CN¥903.60 – CN¥908.40" in texts(paying.figure)


def test_the_time_of_a_payment_that_was_recorded_elsewhere_is_asked_for(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    page = shown("pay", "wait")
    with session.store.transaction():
        pay(session.store, Payment(account.id, yuan("1008.40"), TODAY))
    page.refresh()
    paying, waiting = body(page, "pay", PayBody), body(page, "wait", WaitBody)
    assert state(page, "pay") == "Done on 22 Nov 2026"
    assert "Only the day of the payment is known." in texts(waiting)
    assert not paying.record_button.isVisible()

    write(paying.time.edit, "9:05")
    press(paying.time.edit, Qt.Key.Key_Return)

    assert "By 22 Nov 2026, 11:05" in texts(waiting)
    assert "Only the day" not in texts(waiting)
    assert has_keyboard(page)


def test_the_wait_says_how_long_it_still_is_by_the_clock(
    shown: Callable[..., ProceduresPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [datetime(2026, 11, 22, 14, 30)]  # noqa: DTZ001 - the clock on the wall
    monkeypatch.setattr(Session, "now", property(lambda _self: clock[0]))
    page = shown("pay", "wait")
    paying = body(page, "pay", PayBody)
    write(paying.amount.edit, "1008.40")
    write(paying.time.edit, "15:00")
    press(paying.record_button)

    waiting = body(page, "wait", WaitBody)
    assert waiting.left.text() == "At the earliest in 30 minutes, at the latest in 3 days."
    clock[0] += timedelta(minutes=31)
    waiting.look()
    assert waiting.left.text() == "It may be over at any time; at the latest in 3 days."


@pytest.mark.row("C090", "C100")
def test_a_debit_is_confirmed_or_fails_with_the_keyboard(
    shown: Callable[..., ProceduresPage], session: Session
) -> None:
    page = shown("debits", started=date(2026, 11, 9))
    debits = body(page, "debits", DebitsBody)
    (row,) = debits.rows.values()
    assert "CN¥1,000.00 was to be debited on 10 Nov 2026. Was it?" in texts(row)
    assert "1 debit wants a look." in texts(debits)

    press(row.no_button)
    assert "the debit of CN¥1,000.00 failed on 10 Nov 2026" in texts(row)  # its day, not that of the click
    assert "Pay it by hand" in texts(row)
    assert has_keyboard(page)
    asked: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: asked.append((place, target)))
    press(row.pay_button)
    press(debits.paste_button)
    (due_id,) = debits.rows
    assert asked == [("bills", f"pay:{due_id}"), ("bills", "message")]

    press(row.undo_button)
    assert "Was it?" in texts(row)
    press(row.yes_button)
    assert "debited on 10 Nov 2026" in texts(row)
    assert "Nothing has to be confirmed now." in texts(debits)
    assert has_keyboard(page)
    (payment,) = session.store.payments.all()
    assert (payment.automatic, payment.paid_on) == (True, date(2026, 11, 10))

    session.history.undo()
    assert "Was it?" in texts(row)


@pytest.mark.row("C090")
def test_a_debit_that_succeeds_after_it_failed_asks_for_its_day(
    shown: Callable[..., ProceduresPage], session: Session
) -> None:
    page = shown("debits", started=date(2026, 11, 9))
    debits = body(page, "debits", DebitsBody)
    (row,) = debits.rows.values()
    assert not row.day.isVisible()
    press(row.no_button)
    assert row.day.isVisible()
    assert row.day.day() == TODAY

    write(row.day.edit, "2026-11-25")
    press(row.yes_button)
    assert session.store.payments.all() == []  # it is still to come
    write(row.day.edit, "2026-11-15")
    press(row.yes_button)

    (payment,) = session.store.payments.all()
    assert payment.paid_on == date(2026, 11, 15)
    assert "debited on 15 Nov 2026" in texts(row)
    assert not row.day.isVisible()
    assert has_keyboard(page)


@pytest.mark.row("C090")
def test_what_is_not_billed_yet_is_confirmed_at_once_with_its_parts_in_a_fold(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    with session.store.transaction():
        session.store.accounts.save(replace(account, cycle=Cycle(statement_day=12, due=FixedDay(20))))
        for text in ("30", "70"):
            session.store.purchases.save(Purchase(account.id, yuan(text), date(2026, 11, 11), id=text))
    page = shown("debits", started=date(2026, 11, 9))
    debits = body(page, "debits", DebitsBody)
    row = next(each for each in debits.rows.values() if each.fold.isVisible())
    assert "CN¥100.00 was to be debited on" in texts(row)
    assert "CN¥70.00" not in texts(row)
    press(row.fold.chevron)
    assert "CN¥70.00" in texts(row)

    press(row.yes_button)

    assert sorted(paid.amount.minor for paid in session.store.payments.all()) == [3000, 7000]
    assert "debited on" in texts(row)
    assert has_keyboard(page)
    session.history.undo()
    assert session.store.payments.all() == []


@pytest.mark.row("C118")
def test_a_task_is_done_and_its_interval_changed(
    shown: Callable[..., ProceduresPage], session: Session
) -> None:
    page = shown("passwords")
    task = body(page, "passwords", TaskBody)
    assert task.status.text() == "Due now; not done yet."
    assert "Suggested: every 6 months." in texts(task)

    press(task.done_button)
    assert task.status.text() == "Next on 22 May 2027; last done on 22 Nov 2026."
    assert state(page, "passwords") == "Done on 22 Nov 2026"
    assert not task.done_button.isEnabled()
    assert has_keyboard(page)

    write(task.months.edit, "0")
    press(task.keep_button)
    assert "Next on 22 May 2027" in task.status.text()
    write(task.months.edit, "1")
    press(task.keep_button)
    assert task.status.text() == "Next on 22 Dec 2026; last done on 22 Nov 2026."
    session.history.undo()
    assert task.status.text() == "Next on 22 May 2027; last done on 22 Nov 2026."


def test_finishing_says_that_the_tasks_do_not_come_again(
    shown: Callable[..., ProceduresPage], session: Session
) -> None:
    said = "Its tasks do not come again once it is finished."
    page = shown("passwords")
    assert page.case.view is not None
    assert said in texts(FinishForm(session, page.case.view))

    with session.store.transaction():
        case_id = page.case.view.case.id
        set_step_state(session.store, case_id, "passwords", StepState.NOT_NEEDED, TODAY)
    page.refresh()
    assert said not in texts(FinishForm(session, page.case.view))


@pytest.mark.row("C120")
def test_a_cap_is_set_changed_and_taken_away(shown: Callable[..., ProceduresPage], session: Session) -> None:
    page = shown("cap")
    cap = body(page, "cap", CapBody)
    assert "No cap is set." in texts(cap)

    write(cap.cap.edit, "500")
    press(cap.cap.edit, Qt.Key.Key_Return)
    assert "CN¥500.00 is left under the cap." in texts(cap)
    assert state(page, "cap") == "Done on 22 Nov 2026"

    press(cap.none_button)
    assert "No cap is set." in texts(cap)
    assert state(page, "cap") == "Not started"
    assert has_keyboard(page)
    session.history.undo()
    assert "CN¥500.00 is left under the cap." in texts(cap)


@pytest.mark.row("C094", "C121")
def test_the_record_is_compared_with_the_app_and_corrected(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    page = shown("app")
    app = body(page, "app", ReconcileBody)
    assert "CN¥1,000.00" in texts(app.figure)
    assert not app.correct_button.isVisible()

    write(app.stated.edit, "1004.50")
    press(app.compare_button)
    assert "The app shows CN¥4.50 more than the record." in texts(app)
    assert state(page, "app") == "Not started"
    asked: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: asked.append((place, target)))
    press(app.form_button)
    assert asked == [("bills", f"check:{account.id}")]

    press(app.correct_button)
    assert "CN¥1,004.50" in texts(app.figure)
    assert "Both say CN¥1,004.50." in texts(app)
    assert state(page, "app") == "Done on 22 Nov 2026"
    assert has_keyboard(page)

    session.history.undo()
    write(app.stated.edit, "999")
    press(app.compare_button)
    assert "The app shows CN¥1.00 less than the record." in texts(app)
    write(app.stated.edit, "1000")
    assert not app.correct_button.isVisible()
    press(app.stated.edit, Qt.Key.Key_Return)
    assert "Both say CN¥1,000.00." in texts(app)
    assert session.store.cases.all()[0].step("app").state is StepState.DONE


def test_a_reminder_of_a_task_leads_to_its_case_though_another_case_of_the_account_is_newer(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    page = shown("cap", "passwords")
    (topic,) = (each for each in topics(session.store, TODAY) if each.about is About.TASK)
    (case,) = session.store.cases.all()
    with session.store.transaction():
        session.store.cases.save(Case("gone", 1, account.id, TODAY))
    page.show_case("")

    place, target = place_of_topic(topic)
    page.reveal(target)
    QApplication.processEvents()

    assert place == "procedures"
    assert page.case.view is not None
    assert page.case.view.case.id == case.id
    assert has_keyboard(page)


def test_a_reminder_of_a_wait_leads_to_its_step(
    shown: Callable[..., ProceduresPage], session: Session, account: Account
) -> None:
    page = shown("pay", "wait")
    with session.store.transaction():
        pay(session.store, Payment(account.id, yuan("1008.40"), TODAY))
    (topic,) = (each for each in topics(session.store, TODAY) if each.about is About.WAIT)
    page.show_case("")

    page.reveal(place_of_topic(topic)[1])
    QApplication.processEvents()

    assert page.case.rows["wait"].is_open
    assert page.case.rows["wait"].chevron.hasFocus()


def test_what_waits_for_the_wait_leads_to_it(shown: Callable[..., ProceduresPage]) -> None:
    page = shown("pay", "wait", "ask")
    row = page.case.rows["ask"]
    row.set_open(is_open=True)
    QApplication.processEvents()
    assert row.details is not None
    (link,) = row.details.open_links.links

    press(link)

    assert page.case.rows["wait"].is_open
    assert page.case.rows["wait"].chevron.hasFocus()
