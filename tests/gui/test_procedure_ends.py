from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.gui.pages.procedure_parts.bodies.state import StateBody
from planner.gui.pages.procedure_parts.forms import FinishForm
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.store import catalogue


@pytest.fixture
def account(session: Session) -> Account:
    sheet = catalogue.product("cn-credit-card")
    assert sheet is not None
    with session.store.transaction():
        blank = replace(account_from(sheet, "My card"), automatic=False, services=())
        return save_account(session.store, blank)


@pytest.fixture
def page(qtbot: QtBot, session: Session, account: Account) -> ProceduresPage:
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.start_buttons["cancel-card"].click()
    assert page.case.view is not None
    assert page.case.view.account.id == account.id
    return page


def submit(page: ProceduresPage, session: Session) -> str:
    assert page.case.view is not None
    case_id = page.case.view.case.id
    session.do("Submit", procedures.submit, case_id, session.today, session.today)
    return case_id


def test_the_first_step_of_each_part_says_which_part_it_begins(page: ProceduresPage) -> None:
    said = {key: row.section.text() for key, row in page.case.rows.items() if not row.section.isHidden()}

    assert said == {
        "finish-orders": "Before the request",
        "ask-issuer": "The request",
        "look-again": "After the request",
    }
    page.case.questions.asked["reason"].answers["rate"].button.click()
    assert page.case.rows["finish-orders"].section.isHidden()
    assert page.case.rows["compare-costs"].section.text() == "Before the request"


def test_a_step_that_closes_offers_its_day_only_once_its_turn_has_come(
    page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    page.case.rows["check-closed"].set_open(is_open=True)
    details = page.case.rows["check-closed"].details
    assert details is not None
    body = details.body
    assert isinstance(body, StateBody)
    assert body.record_button.isHidden()

    submit(page, session)
    assert not body.record_button.isHidden()
    assert body.record_button.text() == "It is closed"
    body.record_button.click()
    assert session.store.accounts.get(account.id).life_on(today) is State.CLOSED
    assert body.status.text() == "My card is recorded as closed since 22 Nov 2026."

    body.undo_button.click()
    assert session.store.accounts.get(account.id).life_on(today) is State.CLOSING
    assert body.status.isHidden()


def test_finishing_asks_what_came_of_it_and_says_what_becomes_of_the_account(
    page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    submit(page, session)
    page.case.finish_button.click()
    form = page.pane.content
    assert isinstance(form, FinishForm)
    assert "My card" not in form.preview.text()
    form.save_button.click()  # what came of it is for the user to say
    assert session.store.accounts.get(account.id).life_on(today) is State.CLOSING

    form.result.set_key("closed")
    form.result.changed.emit()
    assert "My card will be recorded as closed" in form.preview.text()
    form.result.set_key("declined")
    form.result.changed.emit()
    assert "My card stays open, or is open again" in form.preview.text()
    form.save_button.click()

    assert session.store.accounts.get(account.id).life_on(today) is State.OPEN
    assert page.case.view is not None
    assert str(page.case.view.banner) == "Finished on 2026-11-22: The lender did not close it."
