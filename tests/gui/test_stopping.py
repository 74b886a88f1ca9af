"""A decision to stop, what a finished case still offers, and what a procedure says before it is asked."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, DatedState, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import StepState
from planner.gui.pages.procedure_parts.bodies.choose import ChooseBody
from planner.gui.pages.procedure_parts.bodies.state import StateBody
from planner.gui.pages.procedure_parts.bodies.submit import SubmitBody
from planner.gui.pages.procedure_parts.forms import FinishForm
from planner.gui.pages.procedure_parts.print_form import PrintForm
from planner.gui.pages.procedure_parts.step_details import Details
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.i18n import explain
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.cases.words import faq_of
from planner.store import catalogue
from planner.store.store import Store

FROZEN_ON = date(2026, 11, 17)


@pytest.fixture
def account(store: Store) -> Account:
    """Baitiao with a bill that is 20 days late."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    line = BillLine(LineKind.UNITEMISED, Money.of("860.50", "CNY"))
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        store.bills.save(Bill(account.id, date(2026, 10, 20), date(2026, 11, 2), (line,)))
    return account


def started(qtbot: QtBot, session: Session, procedure: str) -> ProceduresPage:
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.start_buttons[procedure].click()
    assert page.case.view is not None
    return page


@pytest.fixture
def cancelling(qtbot: QtBot, session: Session, account: Account) -> ProceduresPage:
    assert account.services
    return started(qtbot, session, "cancel-jd-baitiao")


@pytest.fixture
def unfreezing(qtbot: QtBot, session: Session, account: Account) -> ProceduresPage:
    assert account.name
    return started(qtbot, session, "unfreeze")


def answer(page: ProceduresPage, question: str, key: str) -> None:
    page.case.questions.asked[question].answers[key].button.click()


def details_of(page: ProceduresPage, step_id: str) -> Details:
    row = page.case.rows[step_id]
    row.set_open(is_open=True)
    assert row.details is not None
    return row.details


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


# --- A decision to stop


@pytest.mark.parametrize(
    ("reason", "step", "result"),
    [("rate", "look-at-promotions", "kept"), ("spending", "decide-lock", "locked")],
)
def test_who_decides_to_stop_can_finish_at_once_with_what_came_of_it(
    cancelling: ProceduresPage, session: Session, reason: str, step: str, result: str
) -> None:
    page = cancelling
    answer(page, "reason", reason)
    assert page.case.finish_link.isHidden()
    body = details_of(page, step).body
    assert isinstance(body, ChooseBody)
    body.stay_button.click()
    if reason == "spending":
        assert page.case.finish_link.isHidden()  # the lock is still to be set
        session.do(
            "Lock",
            procedures.set_step_state,
            page.case.view.case.id if page.case.view else "",
            "lock-baitiao",
            StepState.DONE,
            session.today,
        )

    assert page.case.view is not None
    assert str(page.case.view.banner) == "You can finish it now."
    page.case.finish_link.click()
    form = page.pane.content
    assert isinstance(form, FinishForm)
    assert form.result.value() == result
    form.save_button.click()
    assert page.case.view.case.result == result


def test_steps_that_are_not_needed_say_nothing_came_up_and_offer_nothing(cancelling: ProceduresPage) -> None:
    page = cancelling
    answer(page, "reason", "rate")
    submit = details_of(page, "submit-request")
    assert isinstance(submit.body, SubmitBody)
    submit.body.ask()
    later = details_of(page, "wait-for-review") if "wait-for-review" in page.case.rows else submit
    choice = details_of(page, "look-at-promotions").body
    assert isinstance(choice, ChooseBody)
    choice.stay_button.click()

    assert submit.body.isHidden()
    assert submit.open_links.isHidden()
    assert later.open_links.isHidden()
    assert page.case.view is not None
    assert all(not page.case.view.open_items(each) for each in page.case.view.steps if each.is_not_needed)


def test_the_steps_come_back_in_one_act(cancelling: ProceduresPage) -> None:
    page = cancelling
    answer(page, "reason", "rate")
    body = details_of(page, "look-at-promotions").body
    assert isinstance(body, ChooseBody)
    press(body.stay_button)
    assert body.back_button.hasFocus()  # the keyboard is not lost with the button that had it
    assert page.case.progress.text() == "Steps: 18 of 18 done or not needed"
    press(body.back_button)

    assert page.case.progress.text() == "Steps: 0 of 18 done or not needed"
    assert body.back_button.isHidden()
    assert not body.stay_button.isHidden()
    assert page.case.finish_link.isHidden()


# --- What a finished case offers, and a state that has ended


def test_a_state_that_has_ended_is_not_offered_again_with_its_old_day(
    unfreezing: ProceduresPage, session: Session, store: Store, account: Account
) -> None:
    page = unfreezing
    answer(page, "cause", "fault")
    frozen, opened = details_of(page, "record-frozen").body, details_of(page, "record-open").body
    assert isinstance(frozen, StateBody)
    assert isinstance(opened, StateBody)
    frozen.day.set_day(FROZEN_ON)
    frozen.record_button.click()
    assert page.case.rows["record-frozen"].state.text() == "Done on 22 Nov 2026"
    assert frozen.status.text() == "My Baitiao is recorded as frozen by the lender since 17 Nov 2026."
    opened.record_button.click()

    assert frozen.record_button.isHidden()
    assert frozen.day.isHidden()
    assert opened.record_button.isHidden()
    assert opened.status.text() == "My Baitiao is recorded as open since 22 Nov 2026."
    assert store.accounts.get(account.id).states == (DatedState(State.FROZEN, FROZEN_ON, session.today),)
    opened.undo_button.click()
    assert store.accounts.get(account.id).states == (DatedState(State.FROZEN, FROZEN_ON),)


def test_a_finished_case_offers_no_acts_in_its_steps(unfreezing: ProceduresPage, session: Session) -> None:
    page = unfreezing
    answer(page, "cause", "fault")
    frozen, papers = details_of(page, "record-frozen"), details_of(page, "gather-materials")
    assert isinstance(frozen.body, StateBody)
    assert papers.body is not None
    assert papers.body.isEnabled()
    assert page.case.view is not None
    case_id = page.case.view.case.id
    session.do("Finish", procedures.finish, case_id, session.today, session.today, "left")

    assert frozen.body.record_button.isHidden()
    assert not papers.body.isEnabled()
    assert not page.case.rows["check-state"].box.isEnabled()
    assert all(button.isHidden() for button in frozen.state_buttons.values())
    session.do("Go on", procedures.reopen, case_id, session.today)
    assert not frozen.body.record_button.isHidden()
    assert papers.body.isEnabled()
    assert page.case.rows["check-state"].box.isEnabled()


# --- Before the question, and which words a long delay has


def test_before_the_question_no_count_and_nothing_of_a_delay(unfreezing: ProceduresPage) -> None:
    page = unfreezing
    assert page.case.progress.text() == "Answer the question to see all steps"
    assert page.case.slight.isHidden()

    answer(page, "cause", "late")
    assert page.case.progress.text() == "Steps: 0 of 9 done or not needed"
    assert "longer than 15 days" in page.case.slight.words.text()
    answer(page, "cause", "fault")
    assert page.case.slight.isHidden()


def test_after_a_long_delay_nothing_speaks_of_a_last_day(unfreezing: ProceduresPage) -> None:
    page = unfreezing
    answer(page, "cause", "late")
    assert page.case.view is not None
    assert "wait-for-unfreezing" not in page.case.rows
    assert "last day shown" not in "\n".join(explain(each.text) for each in page.case.view.steps)
    paid = [each.text for each in faq_of(page.case.view) if each.title.startswith("I paid")]
    assert len(paid) == 1
    assert "the range" not in paid[0]
    assert "no source names a day" in paid[0]


# --- The letter of the pack


def test_an_optional_letter_goes_along_only_if_wanted_and_then_in_the_lenders_language(
    cancelling: ProceduresPage,
) -> None:
    cancelling.case.actions_part.print_button.click()
    form = cancelling.pane.content
    assert isinstance(form, PrintForm)
    assert form.letter.value() == ""
    assert form.letter_language.isHidden()
    assert form.pack().letter is None

    form.letter.set_key("write-application")
    form.letter.changed.emit()
    assert form.letter.value() == "write-application"
    assert not form.letter_language.isHidden()
    assert form.language.value() == "en"
    assert form.pack().letter_language == "zh"
