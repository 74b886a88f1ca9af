"""Keeping repayments on track over a year: tasks that come again, and debits with their amount and result."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.reminders.reminder import About
from planner.gui.pages.procedure_parts.bodies.debits import DebitsBody
from planner.gui.pages.procedure_parts.bodies.task import TaskBody
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import explain
from planner.reports.ics_file import ics_bytes
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.services.calendar_entries import calendar_entries, note_handed
from planner.services.reminders import note_said, reminders_today, set_lead_days
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, state, texts

AUTO, ON_TRACK = "auto-repayment", "prevention"
DUE = date(2026, 12, 10)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


@pytest.fixture
def account(store: Store) -> Account:
    """A Baitiao that is debited automatically."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "My Baitiao"), automatic=True))


def billed(store: Store, account: Account, amount: str = "100") -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        return save_bill(store, Bill(account.id, date(2026, 12, 1), DUE, lines))


def started(store: Store, account: Account, procedure: str, today: date, **answers: str) -> Case:
    with store.transaction():
        case = procedures.start_case(store, procedure, account.id, today)
        for question, answer in answers.items():
            case = procedures.answer(store, case.id, question, answer)
    return case


# --- Tasks that come again -------------------------------------------------------------------------------

TASKS = {
    "keep-account-safe": "Look after your passwords",
    "check-debits-and-dates": "Check the debits and dates ahead",
    "compare-with-lender": "Compare your record with the app",
    "read-credit-report": "Read your credit report",
}
# A week after the beginning, and from then on each time counted from the day it was done: after 29 January,
# which February does not have, on the 28th.
MONTHLY = [
    *(date(2026, 11, 29), date(2026, 12, 29), date(2027, 1, 29)),
    *(date(2027, month, 28) for month in range(2, 11)),
]
HALF_YEARLY = [date(2026, 11, 29), date(2027, 5, 29)]


def said_tasks(store: Store, day: date) -> list[str]:
    """The tasks that one is reminded of on a day, by their words."""
    told = reminders_today(store, day)
    with store.transaction():
        note_said(store, [each.reminder for each in told], day)
    words = [explain(each.words) for each in told if each.reminder.topic.about is About.TASK]
    return [step for step, title in TASKS.items() if any(title in each for each in words)]


@pytest.mark.row("C118", "C119", "C121")
def test_who_does_each_task_when_it_is_said_hears_of_it_again_after_its_months_for_a_year(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, ON_TRACK, today, report="cn")
    with store.transaction():
        set_lead_days(store, ())
    heard: dict[str, list[date]] = {step: [] for step in TASKS}

    for number in range(365):
        day = today + timedelta(days=number)
        for step in said_tasks(store, day):
            heard[step].append(day)
            with store.transaction():
                procedures.do_task(store, case.id, step, day)

    assert heard == {
        "keep-account-safe": HALF_YEARLY,
        "check-debits-and-dates": MONTHLY,
        "compare-with-lender": MONTHLY,
        "read-credit-report": HALF_YEARLY,
    }


@pytest.mark.row("C118")
def test_a_task_is_done_by_a_press_comes_again_by_an_interval_of_ones_own_and_is_undone(
    qtbot: QtBot, store: Store, account: Account, today: date
) -> None:
    case = started(store, account, ON_TRACK, today, report="elsewhere")
    session = Session(store, today)
    page = open_case(qtbot, session, case)
    task = opened(page, "keep-account-safe").body
    assert isinstance(task, TaskBody)
    assert task.status.text() == "Due now; not done yet."

    press(task.done_button)
    assert task.status.text() == "Next on 22 May 2027; last done on 22 Nov 2026."
    task.months.set_count(2)
    press(task.keep_button)
    assert task.status.text() == "Next on 22 Jan 2027; last done on 22 Nov 2026."
    assert state(page, "keep-account-safe") == "Done on 22 Nov 2026"
    on_its_day = open_case(qtbot, Session(store, date(2027, 1, 22)), case)
    assert state(on_its_day, "keep-account-safe") == "Not started"
    session.history.undo()
    session.history.undo()
    assert task.status.text() == "Due now; not done yet."


@pytest.mark.row("C119", "C121")
def test_each_task_leads_to_where_it_is_done(
    qtbot: QtBot, store: Store, account: Account, today: date
) -> None:
    page = open_case(qtbot, Session(store, today), started(store, account, ON_TRACK, today, report="cn"))
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))

    press(opened(page, "check-debits-and-dates").place_button)
    press(opened(page, "compare-with-lender").place_button)
    press(opened(page, "check-debits-and-dates").link_button)
    press(opened(page, "read-credit-report").link_button)

    runs = {case.procedure: case.id for case in store.cases.of_account(account.id)}
    assert wanted == [
        ("cash", "CNY"),
        ("bills", account.id),
        ("procedures", f"case:{runs['auto-repayment']}"),
        ("procedures", f"case:{runs['dispute-report']}"),
    ]


# --- Debits ----------------------------------------------------------------------------------------------


def events(store: Store, today: date, hour: int) -> list[tuple[date, str, int, int]]:
    """What a calendar program reads: the day, the words, how often they changed, and how many alarms."""
    now = datetime(today.year, today.month, today.day, hour, tzinfo=UTC)
    entries = calendar_entries(store, today, 3, now)
    with store.transaction():
        note_handed(store, entries, today)
    calendar = Calendar.from_ical(ics_bytes(entries, now))
    return [
        (
            event.decoded("dtstart"),
            str(event["summary"]),
            int(str(event["sequence"])),
            len(event.subcomponents),
        )
        for event in calendar.walk("VEVENT")
    ]


@pytest.mark.row("C086", "C119")
def test_the_calendar_holds_each_debit_with_what_has_to_be_there_and_follows_what_is_paid(
    store: Store, account: Account, today: date
) -> None:
    billed(store, account)
    bill = "My Baitiao: Bill of 1 Dec 2026"

    # Alarms a week, three days and a day before, on the day, and on the day after.
    assert events(store, today, 8) == [(DUE, f"{bill}: CN¥100.00 is debited", 0, 5)]
    with store.transaction():
        pay(store, Payment(account.id, yuan("40"), today))
    assert events(store, today, 9) == [(DUE, f"{bill}: CN¥60.00 is debited", 1, 5)]
    with store.transaction():
        save_account(store, replace(account, automatic=False))
    ((day, words, changed, alarms),) = events(store, today, 10)
    assert (day, changed, alarms) == (DUE, 2, 4)
    assert "is debited" not in words


@pytest.mark.row("C088", "C089")
def test_the_card_comes_first_and_then_the_one_entry_that_fits(
    qtbot: QtBot, store: Store, account: Account, today: date
) -> None:
    page = open_case(qtbot, Session(store, today), started(store, account, AUTO, today))
    shown = {}
    for answer in ("applying", "running", "already"):
        give(page, "start", answer)
        QApplication.processEvents()
        steps = {"link-card", "tick-at-application", "set-in-order"} & set(page.case.rows)
        shown[answer] = sorted(steps, key=lambda step: page.case.rows[step].y())

    assert shown == {
        "applying": ["link-card", "tick-at-application"],
        "running": ["link-card", "set-in-order"],
        "already": [],
    }


def confirming(qtbot: QtBot, store: Store, case: Case, day: date) -> tuple[ProceduresPage, DebitsBody]:
    page = open_case(qtbot, Session(store, day), case)
    body = opened(page, "confirm-debits").body
    assert isinstance(body, DebitsBody)
    return page, body


@pytest.mark.row("C090")
def test_the_result_of_a_debit_is_asked_for_on_the_day_after_and_said_by_a_press(
    qtbot: QtBot, store: Store, account: Account, today: date
) -> None:
    bill = billed(store, account)
    case = started(store, account, AUTO, today, start="already")
    _page, before = confirming(qtbot, store, case, DUE)
    said = "Bill of 1 Dec 2026: CN¥100.00 is to be debited on 10 Dec 2026."
    assert texts(before.rows[bill.id]) == said

    page, body = confirming(qtbot, store, case, DUE + timedelta(days=1))
    row = body.rows[bill.id]
    assert body.status.text() == "1 debit wants a look."
    assert texts(row).startswith("Bill of 1 Dec 2026: CN¥100.00 was to be debited on 10 Dec 2026. Was it?")
    press(row.no_button)
    assert "the debit of CN¥100.00 failed" in texts(row)
    assert "It stays due. Pay it by hand, or ask the lender early" in texts(row)
    assert store.payments.all() == []

    page.session.history.undo()
    press(row.yes_button)
    assert texts(row) == "Bill of 1 Dec 2026: debited on 10 Dec 2026."
    (paid,) = store.payments.all()
    assert (paid.amount, paid.paid_on) == (yuan("100"), DUE)
    assert store.ledgers.position(DUE + timedelta(days=1)).open_dues == ()
