from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account, Contact, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import StepState
from planner.domain.purchase import Progress, Purchase
from planner.gui.labels import LinkButton
from planner.gui.pages.procedure_parts.bodies.choose import ChooseBody
from planner.gui.pages.procedure_parts.bodies.orders import OrdersBody
from planner.gui.pages.procedure_parts.bodies.services import ServicesBody
from planner.gui.pages.procedure_parts.bodies.settle import SettleBody
from planner.gui.pages.procedure_parts.bodies.state import StateBody
from planner.gui.pages.procedure_parts.bodies.submit import SubmitBody
from planner.gui.pages.procedure_parts.bodies.verify import VerifyBody
from planner.gui.pages.procedure_parts.forms import ContactForm, FinishForm, StartForm, TextForm
from planner.gui.pages.procedure_parts.step_details import Details
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import EVERYTHING, Session
from planner.gui.theme import apply_theme
from planner.gui.why import WhyView
from planner.services import procedures
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account, set_service
from planner.services.bills import pay, save_bill, save_purchase
from planner.services.plans import save_plan
from planner.store import catalogue
from planner.store.store import Store

CANCEL = "cancel-jd-baitiao"


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def click(button: QWidget) -> None:
    """Press a button with the mouse, once it has its place."""
    QApplication.processEvents()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key on a widget."""
    widget.setFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def write(field: QWidget, text: str) -> None:
    """Write over what is in a field."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def texts(widget: QWidget) -> str:
    """Everything a widget shows at the moment."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(labels)


def record_account(store: Store, name: str = "My Baitiao") -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, name))


def unlink_all(store: Store, account: Account, day: date) -> None:
    with store.transaction():
        for service in account.services:
            set_service(store, account.id, service.id, day)


@pytest.fixture
def account(store: Store) -> Account:
    return record_account(store)


def shown(qtbot: QtBot, session: Session) -> ProceduresPage:
    """The page, as a window of its own that has the keyboard."""
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


@pytest.fixture
def page(qtbot: QtBot, session: Session, account: Account) -> ProceduresPage:
    """The page with a case on the only account, which nothing but its services stands in the way of."""
    page = shown(qtbot, session)
    assert account.services
    press(page.start_buttons[CANCEL])
    assert page.case.view is not None
    return page


def answer(page: ProceduresPage, key: str) -> None:
    click(page.case.questions.asked["reason"].answers[key].button)


def details_of(page: ProceduresPage, step_id: str) -> Details:
    row = page.case.rows[step_id]
    if not row.is_open:
        click(row.chevron)
    assert row.details is not None
    return row.details


def case_id(page: ProceduresPage) -> str:
    assert page.case.view is not None
    return page.case.view.case.id


# --- The overview


def test_without_an_account_there_is_a_sentence_and_a_way_to_record_one(
    qtbot: QtBot, session: Session
) -> None:
    page = shown(qtbot, session)

    assert "needs an account of JD Baitiao, and none is recorded yet" in texts(page)
    with qtbot.waitSignal(page.wanted) as wanted:
        click(page.start_buttons[CANCEL])
    assert wanted.args == ["bills", ""]


def test_starting_with_one_account_opens_the_case_and_can_be_undone(
    page: ProceduresPage, session: Session
) -> None:
    assert page.title.text() == "Cancel JD Baitiao"
    assert "My Baitiao, started on 22 Nov 2026" in texts(page)
    assert "Goal: Nothing is left to pay" in texts(page)

    session.history.undo()
    assert page.title.text() == "Procedures"
    assert session.store.cases.all() == []


def test_starting_asks_for_the_account_if_more_than_one_fits(
    qtbot: QtBot, session: Session, store: Store, account: Account
) -> None:
    other = record_account(store, "Father’s Baitiao")
    page = shown(qtbot, session)
    click(page.start_buttons[CANCEL])

    form = page.pane.content
    assert isinstance(form, StartForm)
    press(form.account.box, Qt.Key.Key_Down)
    press(form.save_button)
    assert [case.account_id for case in store.cases.all()] == [other.id]
    assert account.id != other.id
    assert page.title.text() == "Cancel JD Baitiao"


def test_the_overview_lists_what_is_under_way_and_leads_there(page: ProceduresPage) -> None:
    click(page.case.back_button)
    assert page.title.text() == "Procedures"
    assert "Under way" in texts(page)
    assert "Next: See that all orders are finished" in texts(page)

    click(page.open_buttons[case_id(page)])
    assert page.title.text() == "Cancel JD Baitiao"


def test_a_procedure_under_way_is_not_started_twice(
    qtbot: QtBot, page: ProceduresPage, session: Session
) -> None:
    click(page.case.back_button)
    with qtbot.waitSignal(session.refused) as refused:
        click(page.start_buttons[CANCEL])
    assert refused.args == ["This procedure is already under way for My Baitiao, since 22 Nov 2026."]


def test_another_place_can_lead_to_a_case_by_its_account(page: ProceduresPage, account: Account) -> None:
    click(page.case.back_button)
    page.reveal(account.id)
    assert page.title.text() == "Cancel JD Baitiao"
    page.reveal("nothing that is known")
    assert page.title.text() == "Cancel JD Baitiao"


# --- Why


@pytest.mark.row("C002")
def test_the_reason_is_asked_and_brings_its_steps(page: ProceduresPage, session: Session) -> None:
    assert "Why would you like to cancel?" in texts(page)
    assert "decide-lock" not in page.case.rows

    press(page.case.questions.asked["reason"].answers["spending"].button)
    assert list(page.case.rows)[-2:] == ["decide-lock", "lock-baitiao"]  # made last, shown first
    view = page.case.view
    assert view is not None
    assert [step.step.id for step in view.steps[:2]] == ["decide-lock", "lock-baitiao"]

    session.history.undo()
    assert "decide-lock" not in page.case.rows
    assert not page.case.questions.asked["reason"].answers["spending"].button.isChecked()


@pytest.mark.row("C016")
def test_the_branch_of_the_rate_leads_to_the_promotions(qtbot: QtBot, page: ProceduresPage) -> None:
    answer(page, "rate")
    details = details_of(page, "look-at-promotions")

    assert details.place_button.text() == "Compare with promotions"
    with qtbot.waitSignal(page.wanted) as wanted:
        click(details.place_button)
    assert wanted.args == ["compare", "promotions"]


@pytest.mark.row("C016", "C017")
def test_deciding_not_to_cancel_leaves_nothing_to_do(page: ProceduresPage) -> None:
    answer(page, "rate")
    body = details_of(page, "look-at-promotions").body
    assert isinstance(body, ChooseBody)
    click(body.stay_button)

    assert page.case.progress.text() == "Steps: 18 of 18 done or not needed"
    assert page.case.rows["submit-request"].state.text() == "Not needed"


@pytest.mark.row("C017", "C123")
def test_a_lock_is_recorded_with_its_day(
    page: ProceduresPage, store: Store, account: Account, today: date
) -> None:
    answer(page, "spending")
    body = details_of(page, "lock-baitiao").body
    assert isinstance(body, StateBody)
    write(body.day.edit, "20/11")
    click(body.record_button)

    found = store.accounts.get(account.id)
    assert found.restrictions_on(today) == {State.LOCKED}
    assert found.life_on(today) is State.OPEN
    assert body.status.text() == "My Baitiao is recorded as locked by you since 20 Nov 2026."
    assert page.case.rows["lock-baitiao"].state.text() == "Done on 22 Nov 2026"

    click(body.undo_button)
    assert store.accounts.get(account.id).restrictions_on(today) == frozenset()


# --- Steps


@pytest.mark.row("C003", "C004")
def test_a_step_is_ticked_by_keyboard_and_becomes_plain(page: ProceduresPage, session: Session) -> None:
    row = page.case.rows["log-in"]
    assert row.title.font().weight() == row.title.font().Weight.DemiBold
    press(row.box)

    assert row.state.text() == "Done on 22 Nov 2026"
    assert row.title.font().weight() == row.title.font().Weight.Normal
    assert page.case.progress.text() == "Answer the question to see all steps"

    session.history.undo()
    assert row.state.text() == "Not started"
    assert not row.box.isChecked()


def test_a_step_can_be_in_progress_or_not_needed_and_started_anew(page: ProceduresPage) -> None:
    details = details_of(page, "write-application")
    row = page.case.rows["write-application"]
    assert row.title.text() == "12. Apply in writing if it cannot be done online (optional)"

    click(details.state_buttons[StepState.IN_PROGRESS])
    assert row.state.text() == "In progress"
    click(details.state_buttons[StepState.NOT_NEEDED])
    assert row.state.text() == "Not needed"
    click(details.reset_button)
    assert row.state.text() == "Not started"


def test_a_step_that_cannot_start_says_why_and_leads_to_what_it_waits_for(
    qtbot: QtBot, page: ProceduresPage, session: Session
) -> None:
    row = page.case.rows["check-closed"]
    assert row.state.text() == "Cannot start yet, because: The request has not been submitted yet"
    with qtbot.waitSignal(session.refused):
        click(row.box)
    assert not row.box.isChecked()
    assert row.is_open

    assert row.details is not None
    click(row.details.open_links.links[0])
    assert page.case.rows["submit-request"].is_open


@pytest.mark.row("C005", "C018", "C071", "C075")
def test_an_opened_step_shows_its_text_its_source_and_other_ways(page: ProceduresPage) -> None:
    details = details_of(page, "find-cancellation")
    assert "账户管理 (Account management)" in details.text.text()
    assert details.source.text().startswith("As of 22 Nov 2026, weak source: ")

    assert "更多设置" not in texts(details)
    click(details.variants.chevron)
    assert "更多设置 (More settings)" in texts(details)
    assert texts(details).count("As of 22 Nov 2026") == 6


@pytest.mark.row("C018")
def test_a_step_can_be_written_over_and_the_published_text_comes_back(page: ProceduresPage) -> None:
    details = details_of(page, "find-cancellation")
    click(details.edit_button)
    form = page.pane.content
    assert isinstance(form, TextForm)
    assert form.text.edit.toPlainText() == details.text.text()
    write(form.text.edit, "Settings, last entry")
    click(form.save_button)

    assert not page.pane.is_open
    assert details.text.text() == "Settings, last entry"
    assert "your own words" in texts(details)
    click(details.restore_button)
    assert "账户管理" in details.text.text()


def test_empty_words_over_a_step_are_refused_in_the_form(page: ProceduresPage) -> None:
    details = details_of(page, "log-in")
    click(details.edit_button)
    form = page.pane.content
    assert isinstance(form, TextForm)
    form.text.edit.clear()
    click(form.save_button)

    assert page.pane.is_open
    assert "Write the step in your own words" in form.problem.text()


def test_a_note_is_kept_when_the_keyboard_leaves_it(page: ProceduresPage, store: Store) -> None:
    details = details_of(page, "log-in")
    write(details.note.edit, "on the telephone")
    page.case.back_button.setFocus()

    assert store.cases.get(case_id(page)).step("log-in").note == "on the telephone"


def test_a_note_is_kept_when_another_place_is_shown(page: ProceduresPage, store: Store) -> None:
    details = details_of(page, "log-in")
    write(details.note.edit, "half a note")
    page.hide()

    assert store.cases.get(case_id(page)).step("log-in").note == "half a note"


def test_the_text_of_a_step_can_be_copied(page: ProceduresPage) -> None:
    details = details_of(page, "write-application")
    click(details.copy_button)

    assert "Ask 95118 where to send it." in QGuiApplication.clipboard().text()


# --- What stands in the way


@pytest.mark.row("C008")
def test_an_open_bill_is_listed_links_to_itself_and_goes_when_it_is_paid(
    qtbot: QtBot, page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    bill = Bill(
        account.id, date(2026, 11, 13), date(2026, 11, 23), (BillLine(LineKind.UNITEMISED, yuan("512.40")),)
    )
    session.do("Add", save_bill, bill)
    details = details_of(page, "settle-everything")
    assert [link.text() for link in details.open_links.links] == [
        "Bill of 13 Nov 2026: CN¥512.40 open, due 23 Nov 2026"
    ]

    with qtbot.waitSignal(page.wanted) as wanted:
        press(details.open_links.links[0])
    assert wanted.args == ["bills", bill.id]

    session.do("Pay", pay, Payment(account.id, yuan("512.40"), today))
    assert details.open_links.links == []
    assert not details.open_links.reason.isVisible()


@pytest.mark.row("C008", "C010")
def test_many_instalments_are_counted_and_wait_in_a_fold_and_are_not_listed_again_in_the_request(
    page: ProceduresPage, session: Session, account: Account
) -> None:
    rows = tuple(
        Instalment(number, date(2027, number, 10), yuan("100"), yuan("6"), yuan("0"))
        for number in range(1, 10)
    )
    session.do("Add", save_plan, InstalmentPlan(account.id, "Phone", yuan("900"), rows, 9))
    details = details_of(page, "settle-everything")

    assert [link.isVisible() for link in details.open_links.links] == [True] * 6 + [False] * 3
    assert "and 3 more" in texts(details)
    click(details.open_links.more.chevron)
    assert details.open_links.links[-1].isVisible()
    assert details.open_links.links[-1].text() == "Phone, instalment 9 of 9: CN¥106.00 open, due 10 Sept 2027"

    request = details_of(page, "submit-request")
    assert "See step 3: 9 things are still open." in [link.text() for link in request.open_links.links]
    assert not request.open_links.more.isVisible()
    page.case.rows["settle-everything"].set_open(is_open=False)
    click(request.open_links.links[0])
    assert page.case.rows["settle-everything"].is_open
    assert page.case.rows["settle-everything"].chevron.hasFocus()


@pytest.mark.row("C013", "C072")
def test_an_unfinished_order_is_listed_and_a_reminder_can_be_set(
    page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    order = Purchase(account.id, yuan("80"), today, merchant="Books", progress=Progress.PENDING)
    session.do("Add", save_purchase, order)
    details = details_of(page, "finish-orders")
    assert [link.text() for link in details.open_links.links] == [
        "Books, CN¥80.00, ordered on 22 Nov 2026: not finished"
    ]

    body = details.body
    assert isinstance(body, OrdersBody)
    write(body.day.edit, "22/11/2026")
    click(body.remind_button)
    assert "You wanted to look at these orders again" in texts(page.case.reminder)

    session.do(
        "Finish", save_purchase, Purchase(account.id, yuan("80"), today, merchant="Books", id=order.id)
    )
    assert details.open_links.links == []
    assert "All orders are finished" in texts(page.case.reminder)
    click(body.clear_button)
    assert not page.case.reminder.isVisible()


@pytest.mark.row("C011")
def test_services_are_ticked_off_one_by_one(
    page: ProceduresPage, session: Session, store: Store, account: Account, today: date
) -> None:
    body = details_of(page, "unlink-services").body
    assert isinstance(body, ServicesBody)
    for service in account.services_in_use:
        press(body.choices[service.id].button)

    assert all(service.unlinked_on == today for service in store.accounts.get(account.id).services_in_use)
    assert page.case.rows["unlink-services"].state.text() == "Done on 22 Nov 2026"
    assert "Co-branded card, unlinked on 22 Nov 2026" in texts(body)

    session.history.undo()
    assert page.case.rows["unlink-services"].state.text() == "In progress"


@pytest.mark.row("C011")
def test_a_service_that_stands_in_the_way_of_the_request_leads_to_its_box(
    page: ProceduresPage, account: Account
) -> None:
    details = details_of(page, "submit-request")
    assert [link.text() for link in details.open_links.links] == ["See step 4: 3 things are still open."]
    click(details.open_links.links[0])

    body = page.case.rows["unlink-services"].details
    assert body is not None
    assert isinstance(body.body, ServicesBody)
    first, *others = account.services_in_use
    assert body.body.choices[first.id].button.hasFocus()
    for service in others:
        press(body.body.choices[service.id].button)
    assert [link.text() for link in details.open_links.links] == ["Not yet unlinked: Co-branded card"]


@pytest.mark.row("C010")
def test_the_amount_to_settle_is_shown_as_a_range_with_its_making(
    qtbot: QtBot, page: ProceduresPage, session: Session, account: Account
) -> None:
    rows = tuple(
        Instalment(number, date(2027, number, 10), yuan("100"), yuan("6"), yuan("0"))
        for number in range(1, 10)
    )
    session.do("Add", save_plan, InstalmentPlan(account.id, "Phone", yuan("900"), rows, 9))
    body = details_of(page, "settle-everything").body
    assert isinstance(body, SettleBody)
    assert "CN¥900.00 – CN¥954.00" in texts(body.figure)
    assert "Phone, settled early: CN¥900.00 – CN¥954.00" in texts(body)

    body.figure.why_button.click()
    why = page.pane.content
    assert isinstance(why, WhyView)
    assert "To settle everything = " in why.as_text()

    with qtbot.waitSignal(page.wanted) as wanted:
        click(body.correct_button)
    assert wanted.args == ["bills", account.id]


def test_the_pane_can_be_closed_after_what_opened_it_is_gone(
    page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    row = Instalment(1, date(2027, 1, 10), yuan("100"), yuan("6"), yuan("0"))
    session.do("Add", save_plan, InstalmentPlan(account.id, "Phone", yuan("100"), (row,), 1))
    body = details_of(page, "settle-everything").body
    assert isinstance(body, SettleBody)
    (why,) = [button for button in body.findChildren(LinkButton) if "Phone" in button.accessibleName()]
    press(why)
    assert page.pane.is_open

    session.do("Pay", pay, Payment(account.id, yuan("106"), today))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    press(page.pane.close_button)
    assert not page.pane.is_open


# --- The request and after


@pytest.mark.row("C007", "C008")
def test_while_something_is_open_the_request_takes_a_second_deliberate_click_and_can_be_undone(
    page: ProceduresPage, session: Session, store: Store
) -> None:
    body = details_of(page, "submit-request").body
    assert isinstance(body, SubmitBody)
    assert not body.anyway_button.isVisible()
    click(body.record_button)
    assert store.cases.get(case_id(page)).submitted_on is None
    assert "3 things are still open in the record" in texts(body.warning)
    assert body.warning.hasFocus()
    press(body.warning)  # the same key again records nothing
    assert store.cases.get(case_id(page)).submitted_on is None
    assert not body.record_button.isVisible()

    write(body.day.edit, "20/11")
    click(body.anyway_button)
    assert store.cases.get(case_id(page)).submitted_on == date(2026, 11, 20)
    assert body.status.text() == (
        "Submitted on 20 Nov 2026.\nThe lender had accepted it while 3 things were still open in the record."
    )
    assert not body.warning.isVisible()
    assert not body.anyway_button.isVisible()
    assert page.case.rows["log-in"].state.text() == "Not started"

    session.history.undo()
    assert store.cases.get(case_id(page)).submitted_on is None
    assert body.status.text() == ""


@pytest.mark.row("C007", "C008")
def test_ticking_the_request_while_something_is_open_asks_first(page: ProceduresPage, store: Store) -> None:
    row = page.case.rows["submit-request"]
    click(row.box)

    assert not row.box.isChecked()
    assert store.cases.get(case_id(page)).submitted_on is None
    assert row.details is not None
    assert isinstance(row.details.body, SubmitBody)
    assert row.details.body.anyway_button.isVisible()
    assert row.details.body.warning.hasFocus()


def test_the_goal_is_called_a_goal_in_the_library(page: ProceduresPage) -> None:
    click(page.case.back_button)

    assert "Goal: Nothing is left to pay" in texts(page.overview)


@pytest.mark.row("C007", "C009")
def test_the_day_of_the_request_starts_the_clock(
    page: ProceduresPage,
    session: Session,
    account: Account,
    today: date,
) -> None:
    unlink_all(session.store, account, today)
    session.changed.emit(frozenset({"linked_services"}))
    body = details_of(page, "submit-request").body
    assert isinstance(body, SubmitBody)
    write(body.day.edit, "20/11")
    click(body.record_button)

    assert "Do not pay with My Baitiao until 25 Nov 2026" in texts(page.case.banner)
    verify = details_of(page, "wait-for-verification").body
    assert isinstance(verify, VerifyBody)
    assert "Between 23 Nov 2026 and 25 Nov 2026" in texts(verify)
    verify.figure.why_button.click()
    assert isinstance(page.pane.content, WhyView)
    assert "Business days, at most" in page.pane.content.as_text()
    assert page.case.rows["check-closed"].state.text() == (
        "Cannot start yet, because: The lender may take until 25 Nov 2026 to verify"
    )

    click(body.undo_button)
    assert not page.case.banner.isVisible()


def test_finishing_records_the_day_and_can_be_taken_back(
    page: ProceduresPage, session: Session, store: Store, account: Account, today: date
) -> None:
    unlink_all(store, account, today)
    session.do("Submit", procedures.submit, case_id(page), date(2026, 11, 16), today)
    click(page.case.finish_button)
    form = page.pane.content
    assert isinstance(form, FinishForm)
    form.result.set_key("closed")
    form.result.changed.emit()
    assert "My Baitiao will be recorded as closed" in form.preview.text()
    assert "11 steps are left open. They stay as they are" in form.preview.text()
    write(form.day.edit, "21/11")
    press(form.day.edit, Qt.Key.Key_Return)

    assert store.accounts.get(account.id).life_on(date(2026, 11, 21)) is State.CLOSED
    assert "Finished on 21 Nov 2026: Baitiao is closed." in texts(page.case.banner)
    click(page.case.finish_button)
    assert store.accounts.get(account.id).life_on(today) is State.CLOSING


def test_finishing_too_early_is_refused_in_the_form(
    page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    unlink_all(session.store, account, today)
    session.do("Submit", procedures.submit, case_id(page), today, today)
    click(page.case.finish_button)
    form = page.pane.content
    assert isinstance(form, FinishForm)
    form.result.set_key("closed")
    form.result.changed.emit()
    click(form.save_button)

    assert "The lender may take until 25 Nov 2026 to verify" in form.problem.text()


def test_a_case_goes_into_the_report(qtbot: QtBot, page: ProceduresPage) -> None:
    with qtbot.waitSignal(page.wanted) as wanted:
        click(page.case.report_button)
    assert wanted.args == ["reports", "case:" + case_id(page)]


def test_a_deleted_case_comes_back_with_undo(page: ProceduresPage, session: Session) -> None:
    click(page.case.rows["log-in"].box)
    click(page.case.delete_button)
    assert page.title.text() == "Procedures"
    assert page.open_buttons == {}

    session.history.undo()
    (button,) = page.open_buttons.values()
    click(button)
    assert page.case.rows["log-in"].box.isChecked()


# --- Around the steps


@pytest.mark.row("C012", "C013", "C014", "C019", "C125")
def test_warnings_questions_and_the_hotline_are_at_hand(page: ProceduresPage) -> None:
    assert page.case.warnings.is_open
    assert "Your JD credit score may change" in texts(page)
    assert "Nobody has to be paid to cancel or unfreeze Baitiao" in texts(page)
    assert "95118" in texts(page.case.contacts)

    again, text = page.case.faq.entries[1]
    assert "assesses you as if for the first time" not in texts(page)
    click(again.chevron)
    assert "assesses you as if for the first time" in texts(page)
    assert text.isVisible()


@pytest.mark.row("C019")
def test_the_number_is_copied_and_can_be_changed(
    page: ProceduresPage, store: Store, account: Account
) -> None:
    click(page.case.contacts.copy_buttons[0])
    assert QGuiApplication.clipboard().text() == "95118"
    assert page.case.contacts.copy_buttons[0].text() == "Copied"

    click(page.case.contacts.edit_buttons[0])
    form = page.pane.content
    assert isinstance(form, ContactForm)
    write(form.number.edit, "400 606 5500")
    press(form.number.edit, Qt.Key.Key_Return)
    (contact,) = store.accounts.get(account.id).contacts
    assert (contact.label, contact.number, contact.source) == (
        "JD Finance customer service",
        "400 606 5500",
        "",
    )
    assert "400 606 5500" in texts(page.case.contacts)


def test_a_contact_without_a_number_shows_no_empty_line_and_nothing_to_copy(
    page: ProceduresPage, session: Session, account: Account
) -> None:
    without = Contact("The issuer, at the number on the back of the card", "")
    with session.store.transaction():
        session.store.accounts.save(replace(account, contacts=(without,)))
    session.changed.emit(EVERYTHING)
    QApplication.processEvents()

    contacts = page.case.contacts
    assert "on the back of the card" in texts(contacts)
    assert all(label.text() for label in contacts.findChildren(QLabel) if label.isVisible())
    assert [button.isVisible() for button in contacts.copy_buttons] == [False]
    assert contacts.edit_buttons[0].isVisible()


def test_the_case_and_its_marks_are_there_after_closing_the_program(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, today: date
) -> None:
    apply_theme(qapp, "light")
    path = tmp_path / "my.db"
    session = Session(Store.create(path), today)
    record_account(session.store)
    page = shown(qtbot, session)
    click(page.start_buttons[CANCEL])
    answer(page, "security")
    click(page.case.rows["change-password"].box)
    page.hide()
    session.close()

    again = shown(qtbot, Session(Store.open(path), today))
    assert again.title.text() == "Cancel JD Baitiao"
    assert again.case.questions.asked["reason"].answers["security"].button.isChecked()
    assert again.case.rows["change-password"].state.text() == "Done on 22 Nov 2026"
    again.hide()
    again.session.close()


# --- For everybody


@pytest.fixture
def _chinese() -> Iterator[None]:
    i18n.use("zh")
    yield
    i18n.use("en", "en_GB")


@pytest.mark.usefixtures("_chinese")
def test_dates_follow_the_language(
    qtbot: QtBot, session: Session, store: Store, account: Account, today: date
) -> None:
    with store.transaction():
        case = procedures.start_case(store, CANCEL, account.id, today)
    page = shown(qtbot, session)
    page.reveal(case.id)
    assert "2026年11月22日" in page.case.about.text()

    i18n.use("fr")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert "22 nov. 2026" in page.case.about.text()


def test_everything_that_takes_the_keyboard_has_a_name(page: ProceduresPage) -> None:
    answer(page, "spending")
    for step_id in page.case.rows:
        details_of(page, step_id)

    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit)
        and widget.isVisibleTo(page)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_tab_goes_through_the_steps_from_top_to_bottom(page: ProceduresPage) -> None:
    first = page.case.rows["log-in"]
    first.box.setFocus()
    press(first.box, Qt.Key.Key_Tab)
    assert first.chevron.hasFocus()
    press(first.chevron, Qt.Key.Key_Tab)
    assert page.case.rows["open-baitiao"].box.hasFocus()

    # What is made later stands in its place all the same: a branch, an opened step.
    answer(page, "spending")
    press(page.case.warnings.chevron, Qt.Key.Key_Tab)
    assert page.case.rows["decide-lock"].box.hasFocus()
    details = details_of(page, "log-in")
    press(first.chevron, Qt.Key.Key_Tab)
    assert details.state_buttons[StepState.IN_PROGRESS].hasFocus()


@pytest.mark.parametrize(("width", "percent"), [(1060, 100), (804, 200)])
def test_nothing_is_cut_off_at_the_side(
    qtbot: QtBot, qapp: QApplication, session: Session, account: Account, width: int, percent: int
) -> None:
    apply_theme(qapp, "light", percent)
    page = shown(qtbot, session)
    case = session.do("Start", procedures.start_case, CANCEL, account.id, session.today)
    assert case is not None
    session.do("Answer", procedures.answer, case.id, "reason", "spending")
    page.show_case(case.id)
    page.resize(width, 640)
    for step_id in page.case.rows:
        details_of(page, step_id)
    QApplication.processEvents()

    area = page.findChild(QScrollArea)
    assert area is not None
    assert area.horizontalScrollBar().maximum() == 0
    apply_theme(qapp, "light")


# --- what helps comes first


def test_the_library_stands_in_groups_with_what_helps_a_frozen_account_first(
    qtbot: QtBot, session: Session, store: Store, account: Account
) -> None:
    with store.transaction():
        note_state(store, account.id, State.FROZEN, date(2026, 11, 17), session.today)

    page = shown(qtbot, session)

    assert next(iter(page.start_buttons)) == "unfreeze"
    words = texts(page)
    own, others = words.index("For your accounts"), words.index("Others")
    assert own < words.index("Have JD Baitiao unfrozen") < others < words.index("Cancel Huabei")


def test_another_place_leads_to_where_a_procedure_is_started_and_then_to_its_case(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    page = shown(qtbot, session)

    page.reveal(f"procedure:unfreeze/{account.id}")
    QApplication.processEvents()
    assert page.start_buttons["unfreeze"].hasFocus()

    press(page.start_buttons["unfreeze"])
    click(page.case.back_button)
    assert page.title.text() == "Procedures"
    page.reveal(f"procedure:unfreeze/{account.id}")
    assert page.title.text() == "Have JD Baitiao unfrozen"


@pytest.mark.parametrize("width", [640, 900, 1200, 1600])
@pytest.mark.usefixtures("account")
def test_no_card_of_the_library_is_cut(qtbot: QtBot, session: Session, width: int) -> None:
    page = shown(qtbot, session)
    page.resize(width, 800)
    QApplication.processEvents()

    labels = [label for label in page.overview.findChildren(QLabel) if label.isVisible()]
    assert len(labels) > 2 * len(page.start_buttons)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
