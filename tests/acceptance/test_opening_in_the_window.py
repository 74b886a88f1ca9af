"""Opening Baitiao, choosing how to repay it, and taking one's own lock off, as it is done in the window."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.procedures.case import DocumentState
from planner.gui.pages.procedure_parts.bodies.documents import DocumentsBody
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services import procedures
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, state, texts, titles


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


@pytest.fixture
def session(qapp: QApplication, store: Store, today: date) -> Session:
    apply_theme(qapp, "light")
    return Session(store, today)


def shown(qtbot: QtBot, session: Session, account: Account, procedure: str) -> ProceduresPage:
    with session.store.transaction():
        case = procedures.start_case(session.store, procedure, account.id, session.today)
    return open_case(qtbot, session, case)


@pytest.mark.row("C062")
def test_what_to_have_at_hand_is_ticked_by_keyboard_and_holds_its_step_open_until_all_is_there(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    page = shown(qtbot, session, account, "activate-baitiao")
    assert "perhaps your face" in texts(opened(page, "log-in"))
    body = opened(page, "gather-documents").body
    assert isinstance(body, DocumentsBody)
    assert list(body.rows) == ["telephone", "bank-card", "address", "identity"]
    seen = []
    for document in body.rows.values():
        seen.append(state(page, "gather-documents"))
        box = document.choice.box
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Down)
        QApplication.processEvents()

    assert seen[0] == "Not started"
    assert len(set(seen[1:])) == 1
    assert seen[1].startswith("In progress")
    assert state(page, "gather-documents") == "Done on 22 Nov 2026"
    (case,) = session.store.cases.of_account(account.id)
    assert {each.state for each in case.documents} == {DocumentState.AT_HAND}
    session.history.undo()
    assert state(page, "gather-documents").startswith("In progress")


@pytest.mark.row("C063")
def test_the_score_of_another_company_is_read_as_doubtful_and_only_by_who_opens_it(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    page = shown(qtbot, session, account, "activate-baitiao")
    details = opened(page, "assessment")
    assert "past purchases" in texts(details)
    assert "Sesame" not in texts(details)

    press(details.variants.chevron)

    doubt = texts(details.variants)
    assert "Doubtful:" in doubt
    assert "belongs to Alipay" in doubt
    assert "declares itself fictitious" in doubt
    order = titles(page)
    places = [order.index(page.case.rows[step].title.text().partition(". ")[2]) for step in WAY]
    assert places == sorted(places)


WAY = ("log-in", "assessment", "first-use")


@pytest.mark.row("C122")
def test_choosing_how_to_repay_starts_the_automatic_way_which_leads_on_to_the_one_by_hand(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    page = shown(qtbot, session, account, "activate-baitiao")
    press(opened(page, "choose-repayment").link_button)
    runs = {case.procedure: case for case in session.store.cases.of_account(account.id)}
    assert set(runs) == {"activate-baitiao", "auto-repayment"}

    automatic = open_case(qtbot, session, runs["auto-repayment"])
    give(automatic, "start", "running")
    press(opened(automatic, "decide-way").link_button)
    runs = {case.procedure: case for case in session.store.cases.of_account(account.id)}
    assert set(runs) == {"activate-baitiao", "auto-repayment", "manual-repayment"}
    by_hand = open_case(qtbot, session, runs["manual-repayment"])
    assert by_hand.case.part_button.text() == "Part of: Set up automatic repayment"


@pytest.mark.row("C123", "C126")
def test_ones_own_lock_and_a_freeze_by_the_lender_go_different_ways(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    with store.transaction():
        note_state(store, account.id, State.LOCKED, date(2026, 11, 1), session.today)
    page = shown(qtbot, session, account, "unlock-baitiao")
    give(page, "who", "lender")
    assert "unlock-in-app" not in page.case.rows
    press(opened(page, "record-freeze").link_button)
    assert "unfreeze" in {case.procedure for case in store.cases.of_account(account.id)}

    give(page, "who", "me")
    assert "record-freeze" not in page.case.rows
    words = texts(opened(page, "unlock-in-app"))
    path = ["可用额度", "设置", "账户安全", "解锁"]
    assert [words.index(menu) for menu in path] == sorted(words.index(menu) for menu in path)
    for step in ("unlock-in-app", "record-unlocked"):
        press(page.case.rows[step].box)
    assert store.accounts.get(account.id).restrictions_on(session.today) == frozenset()
    assert store.accounts.get(account.id).restrictions_on(date(2026, 11, 21)) == {State.LOCKED}
