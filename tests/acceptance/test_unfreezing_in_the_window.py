"""Having Baitiao unfrozen, in the window: a way for each cause, a clock after the last cent."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.gui.pages.procedure_parts.bodies.contact import ContactBody
from planner.gui.pages.procedure_parts.bodies.documents import DocumentsBody
from planner.gui.pages.procedure_parts.bodies.pay import PayBody
from planner.gui.pages.procedure_parts.bodies.wait import WaitBody
from planner.gui.pages.procedure_parts.log_form import LogForm
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, state, texts

UNFREEZE = "unfreeze"
SUNDAY = date(2026, 11, 22)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def baitiao(store: Store, days_late: int = 0) -> Account:
    """A Baitiao; with days, a bill of 1,000 is late by so many on 22 November."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    due_on = SUNDAY - timedelta(days=days_late)
    lines = (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        if days_late:
            save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))
    return account


def case_of(store: Store, account: Account, day: date = SUNDAY) -> Case:
    known = store.cases.of_account(account.id)
    if known:
        return known[0]
    with store.transaction():
        return procedures.start_case(store, UNFREEZE, account.id, day)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


def shown(qtbot: QtBot, store: Store, account: Account, day: date, cause: str = "") -> ProceduresPage:
    """The case in the window on a day."""
    session = Session(store, day)
    page = open_case(qtbot, session, case_of(store, account))
    if cause:
        give(page, "cause", cause)
    return page


NOON = (SUNDAY, time(12, 0))


@pytest.mark.row("C107", "C108", "C109", "C110", "C123")
def test_each_cause_has_a_way_of_its_own_and_only_a_late_bill_is_paid(qtbot: QtBot, store: Store) -> None:
    page = shown(qtbot, store, baitiao(store, 12), SUNDAY)
    causes = list(page.case.questions.asked["cause"].answers)
    assert causes[0] == "late"  # the most frequent one is asked for first
    ways = {}
    for cause in causes:
        give(page, "cause", cause)
        ways[cause] = {
            step for step, row in page.case.rows.items() if row.isVisibleTo(page) and step not in COMMON
        }

    assert ways == {
        "late": {"see-what-is-late", "pay-exactly", "wait-for-unfreezing", "ask-in-app"},
        # Nothing to pay, nothing to wait for, and no way round customer service.
        "breach": {"ask-about-rules"},
        "security": {"report-misuse", "change-password", "check-purchases", "ask-in-app"},
        "fault": {"report-fault", "ask-in-app"},
        "own-lock": {"record-locked", "unlock"},
    }
    give(page, "cause", "breach")
    assert isinstance(opened(page, "ask-about-rules").body, ContactBody)
    assert "Only customer service can decide on this" in texts(opened(page, "ask-about-rules"))
    give(page, "cause", "security")
    rows = page.case.rows
    QApplication.processEvents()
    order = ["report-misuse", "change-password", "check-purchases", "ask-in-app"]
    assert sorted(order, key=lambda step: rows[step].y()) == order


# What every freeze by the lender has, before and after.
COMMON = {"record-frozen", "gather-materials", "check-state", "record-open", "start-prevention"}


@pytest.mark.row("C107")
def test_what_is_late_is_one_press_away(qtbot: QtBot, store: Store) -> None:
    account = baitiao(store, 12)
    page = shown(qtbot, store, account, SUNDAY, "late")
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))

    press(opened(page, "see-what-is-late").place_button)

    assert wanted == [("late", account.id)]


def record(page: ProceduresPage, amount: str, at: str) -> None:
    body = opened(page, "pay-exactly").body
    assert isinstance(body, PayBody)
    body.amount.edit.clear()
    QTest.keyClicks(body.amount.edit, amount)
    body.time.edit.clear()
    QTest.keyClicks(body.time.edit, at)
    press(body.record_button)


def left(page: ProceduresPage, now: tuple[date, time], monkeypatch: pytest.MonkeyPatch) -> str:
    """What the wait says at a moment of the clock."""
    body = opened(page, "wait-for-unfreezing").body
    assert isinstance(body, WaitBody)
    monkeypatch.setattr(body, "_now", lambda: datetime.combine(*now))
    body.look()
    return body.left.text()


# 1,000 for 12 days at 0.03 % to 0.07 % a day: 3.60 to 8.40 on top. Two hours after 14:30 is 16:30; three
# business days after a Sunday are Monday, Tuesday and Wednesday.
@pytest.mark.row("C111", "C112", "C116")
def test_the_clock_starts_with_the_last_cent_and_ends_with_a_look_into_the_app(
    qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = baitiao(store, 12)
    page = shown(qtbot, store, account, SUNDAY, "late")
    assert "CN¥1,003.60 – CN¥1,008.40" in texts(opened(page, "pay-exactly"))

    record(page, "1008.39", "14:30")
    assert state(page, "pay-exactly") != "Done on 22 Nov 2026"
    assert state(page, "wait-for-unfreezing").startswith("Cannot start yet")
    assert left(page, NOON, monkeypatch) == ""
    record(page, "0.01", "14:30")
    assert state(page, "pay-exactly") == "Done on 22 Nov 2026"

    said = texts(opened(page, "wait-for-unfreezing"))
    for words in (
        "Between 22 Nov 2026, 14:30 and 25 Nov 2026",
        "By 22 Nov 2026, 16:30 (up to 2 hours)",
        "By 25 Nov 2026 (1 to 3 business days)",
    ):
        assert words in said.split("\n")
    clock = {
        NOON: "At the earliest in 2 h 30 min, at the latest in 3 days.",
        (date(2026, 11, 22), time(17, 0)): "It may be over at any time; at the latest in 3 days.",
        (date(2026, 11, 26), time(9, 0)): (
            "The latest time has passed. See in the app, and ask the lender if it is not done."
        ),
    }
    assert {now: left(page, now, monkeypatch) for now in clock} == clock

    assert texts(page.case.banner) == ""
    assert texts(shown(qtbot, store, account, date(2026, 11, 25)).case.banner) == ""
    later = shown(qtbot, store, account, date(2026, 11, 26))
    assert texts(later.case.banner) == (
        "The wait was over on 25 Nov 2026 at the latest. See in the app whether it is done, and ask the "
        "lender if it is not."
    )


@pytest.mark.row("C116", "C117")
def test_a_delay_of_more_than_the_days_that_are_set_leads_to_asking_and_promises_no_day(
    qtbot: QtBot, store: Store
) -> None:
    account = baitiao(store, 16)
    page = shown(qtbot, store, account, SUNDAY, "late")
    assert "wait-for-unfreezing" not in page.case.rows
    asking = opened(page, "ask-how-it-goes-on")
    assert "No date can be promised." in texts(asking)
    assert asking.link_button.text() == "Start: Agree on a repayment plan"

    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))
    press(asking.link_button)
    (started,) = [case for case in store.cases.of_account(account.id) if case.procedure == "negotiate"]
    assert wanted == [("procedures", f"case:{started.id}")]
    # A month later there still is no day, and nothing says that a wait is over.
    later = shown(qtbot, store, account, date(2026, 12, 22))
    assert texts(later.case.banner) == ""


@pytest.mark.row("C114", "C115")
def test_asking_by_hand_keeps_what_was_said_and_the_materials_stay_with_the_app(
    qtbot: QtBot, store: Store
) -> None:
    account = baitiao(store)
    page = shown(qtbot, store, account, SUNDAY, "fault")
    assert "解锁 (Unlock)" in texts(opened(page, "ask-in-app"))
    contacts = opened(page, "ask-in-app").body
    assert isinstance(contacts, ContactBody)
    press(contacts.record_button)
    form = page.pane.content
    assert isinstance(form, LogForm)
    assert form.channel.value() == "app"
    form.said.edit.setPlainText("They look into it")
    form.next_day.set_day(date(2026, 11, 24))
    press(form.save_button)
    assert "They look into it" in texts(opened(page, "ask-in-app"))
    assert state(page, "ask-in-app") == "Done on 22 Nov 2026"

    materials = opened(page, "gather-materials").body
    assert isinstance(materials, DocumentsBody)
    assert set(materials.rows) == {"identity-photo", "bank-card", "proof-of-payment", "message-of-freeze"}
    assert "only inside the JD Finance app" in texts(page.case.warnings)
    assert "Keep no picture of it here." in texts(materials)


@pytest.mark.row("C106", "C113")
def test_frozen_and_open_again_are_recorded_on_their_days_as_steps(qtbot: QtBot, store: Store) -> None:
    account = baitiao(store)
    page = shown(qtbot, store, account, SUNDAY, "fault")
    press(page.case.rows["record-frozen"].box)
    assert store.accounts.get(account.id).restrictions_on(SUNDAY) == {State.FROZEN}

    later = shown(qtbot, store, account, date(2026, 11, 24))
    press(later.case.rows["check-state"].box)
    press(later.case.rows["record-open"].box)
    assert state(later, "check-state") == "Done on 24 Nov 2026"
    kept = store.accounts.get(account.id)
    assert kept.restrictions_on(date(2026, 11, 23)) == {State.FROZEN}
    assert kept.restrictions_on(date(2026, 11, 24)) == frozenset()
