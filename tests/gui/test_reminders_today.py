"""Reminders on Today: beside what they are about, put off, put aside, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.adopted.plan import AdoptedPlan, Method, Todo
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.optimum.problem import OptionKind
from planner.domain.payment import Payment
from planner.domain.reminders.reminder import Remembered
from planner.gui.pages.snooze_form import SnoozeForm
from planner.gui.pages.today import TodayPage
from planner.gui.pages.today_reminders import ReminderBar
from planner.gui.session import Session
from planner.i18n import explain
from planner.services.reminders import note_said, reminders_today, set_quiet_days
from planner.store.store import Store

DUE = date(2026, 11, 25)  # a Wednesday, three days after today
LEFT = Qt.MouseButton.LeftButton


def record(
    store: Store, due_on: date = DUE, *, name: str = "account", automatic: bool = False, count: int = 1
) -> None:
    """Bills of 500 on an account, due on one day after the other."""
    with store.transaction():
        store.accounts.save(Account(name, "JD", "CNY", automatic=automatic, id=name))
        for place in range(count):
            on = due_on + timedelta(days=place)
            line = BillLine(LineKind.UNITEMISED, Money.of("500", "CNY"))
            store.bills.save(
                Bill(
                    name,
                    on - timedelta(days=20),
                    on,
                    (line,),
                    id=f"{name}-{place}" if place else f"{name}-bill",
                )
            )


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        page = TodayPage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        qtbot.waitUntil(lambda: page.reminders is not None)
        QApplication.processEvents()
        return page

    return make


def bars(page: TodayPage) -> list[ReminderBar]:
    assert page.reminders is not None
    return page.reminders.bars


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def choose(bar: ReminderBar, place: int) -> None:
    """Choose one of the days that the menu offers, as a click on it does."""
    bar.menu().actions()[place].trigger()


@pytest.mark.row("C048", "C099")
def test_a_reminder_stands_below_the_line_that_shows_the_due_and_repeats_nothing_of_it(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store)

    page = page_of()

    (bar,) = bars(page)
    soon = page.groups[1]
    assert soon.bars == [bar]
    assert texts(bar) == ["Reminder"]
    assert bar.snooze_button.accessibleName() == (
        "Snooze: account: Bill of 5 Nov 2026: CN¥500.00 is due on 25 Nov 2026, in 3 days."
    )
    assert bar.seen_button.accessibleName().startswith("Seen: account: Bill")
    assert page.warnings == []


@pytest.mark.row("C048")
def test_what_is_late_leads_to_what_one_more_day_costs_and_what_is_not_does_not(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, date(2026, 11, 21))
    record(session.store, name="other")
    page = page_of()
    late, soon = bars(page)
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))

    assert late.cost_button.isVisible()
    assert late.cost_button.text() == "What one more day costs"
    assert not soon.cost_button.isVisible()
    QTest.keyClick(late.cost_button, Qt.Key.Key_Space)
    assert wanted == [("late", "account-bill")]


def test_nothing_is_said_where_no_day_of_a_reminder_has_come(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, date(2026, 12, 10))

    page = page_of()

    assert bars(page) == []
    assert page.reminders is not None
    assert page.reminders.all_bar.isHidden()


@pytest.mark.row("C090")
def test_the_day_after_an_automatic_debit_it_asks_whether_it_was_made(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, date(2026, 11, 21), automatic=True)

    (bar,) = bars(page_of())

    (text,) = texts(bar)
    assert text == (
        "Reminder: It was to be debited, and no payment is recorded. "
        "Look whether it was debited, and record it or pay it."
    )


def test_seen_puts_it_aside_for_everything_until_its_next_day_and_can_be_taken_back(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store)
    page = page_of()

    QTest.mouseClick(bars(page)[0].seen_button, LEFT)

    assert bars(page) == []
    assert page.groups[1].rows[0].due.id == "account-bill"  # what is due stays
    assert reminders_today(session.store, session.today) == ()
    assert len(reminders_today(session.store, date(2026, 11, 24))) == 1
    session.history.undo()
    assert [bar.topic.id for bar in bars(page)] == ["account-bill"]
    assert len(reminders_today(session.store, session.today)) == 1


@pytest.mark.parametrize(("place", "day"), [(0, 23), (1, 25), (2, 29)])
def test_it_is_put_off_until_a_day_of_the_menu_and_that_can_be_taken_back(
    session: Session, page_of: Callable[[], TodayPage], place: int, day: int
) -> None:
    record(session.store)
    page = page_of()
    assert [action.text() for action in bars(page)[0].menu().actions()] == [
        "Until tomorrow, Mon 23 Nov",
        "For three days, until Wed 25 Nov",
        "For a week, until Sun 29 Nov",
        "Until another day…",
    ]

    choose(bars(page)[0], place)

    assert bars(page) == []
    kept = session.store.remembered.get("account-bill")
    assert kept == Remembered("account-bill", snoozed_until=date(2026, 11, day))
    session.history.undo()
    assert len(bars(page)) == 1
    assert session.store.remembered.all() == []


def test_another_day_is_asked_for_in_the_pane_and_must_be_ahead(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store)
    page = page_of()
    choose(bars(page)[0], 3)
    form = page.pane.content
    assert isinstance(form, SnoozeForm)
    assert form.until.day() == date(2026, 11, 29)

    form.until.set_day(session.today)
    QTest.mouseClick(form.save_button, LEFT)
    assert form.problem.text() == "Choose a later day than 22 Nov 2026."
    form.until.set_day(date(2026, 12, 1))
    QTest.mouseClick(form.save_button, LEFT)

    assert page.pane.content is None
    assert bars(page) == []
    assert session.store.remembered.get("account-bill").snoozed_until == date(2026, 12, 1)


def test_what_was_said_elsewhere_stays_on_today_until_it_is_put_aside(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store)
    store, today = session.store, session.today
    with store.transaction():
        note_said(store, [each.reminder for each in reminders_today(store, today)], today)

    assert len(bars(page_of())) == 1


def test_a_quiet_day_is_quiet_on_today_too(session: Session, page_of: Callable[[], TodayPage]) -> None:
    record(session.store)
    with session.store.transaction():
        set_quiet_days(session.store, [], [session.today])

    assert bars(page_of()) == []


def test_paying_ends_it(session: Session, page_of: Callable[[], TodayPage]) -> None:
    record(session.store)
    page = page_of()

    session.do(
        "Pay", lambda store: store.payments.save(Payment("account", Money.of("500", "CNY"), session.today))
    )

    assert bars(page) == []


def test_it_is_all_done_with_the_keyboard_which_is_never_lost(
    session: Session, page_of: Callable[[], TodayPage], qtbot: QtBot
) -> None:
    record(session.store, count=3)
    page = page_of()
    first, second = bars(page)[:2]
    first.seen_button.setFocus()

    QTest.keyClick(first.seen_button, Qt.Key.Key_Space)
    focused = QApplication.focusWidget()
    assert focused is bars(page)[0].seen_button
    assert bars(page)[0].topic == second.topic

    QTest.keyClick(focused, Qt.Key.Key_Backtab)  # to Snooze, which is before it
    assert QApplication.focusWidget() is bars(page)[0].snooze_button
    QTest.keyClick(bars(page)[0].snooze_button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(bars(page)) == 1)
    assert session.store.remembered.get(second.topic.id).snoozed_until == date(2026, 11, 23)


def test_tab_goes_from_top_to_bottom(session: Session, page_of: Callable[[], TodayPage]) -> None:
    record(session.store, count=2)
    page = page_of()
    first, second = bars(page)
    assert page.reminders is not None
    expected: list[QWidget] = [
        *(page.reminders.all_bar.snooze_button, page.reminders.all_bar.seen_button),
        *(page.groups[1].rows[0], first.snooze_button, first.seen_button),
        *(page.groups[1].rows[1], second.snooze_button, second.seen_button),
        *(page.words_link, page.report_link),
    ]

    expected[0].setFocus()
    reached: list[QWidget | None] = []
    for _stop in range(30):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(page, Qt.Key.Key_Tab)

    assert [stop for stop in reached if stop in expected][: len(expected)] == expected


def test_the_keyboard_goes_to_the_next_step_once_nothing_is_left_to_say(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store)
    page = page_of()
    bars(page)[0].seen_button.setFocus()

    QTest.keyClick(bars(page)[0].seen_button, Qt.Key.Key_Space)

    assert QApplication.focusWidget() is page.step.button


def test_several_are_put_off_or_put_aside_in_one_step(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, count=3)
    page = page_of()
    assert page.reminders is not None
    all_bar = page.reminders.all_bar
    assert texts(all_bar) == ["3 reminders"]

    QTest.mouseClick(all_bar.snooze_button, LEFT)
    assert bars(page) == []
    assert {each.snoozed_until for each in session.store.remembered.all()} == {date(2026, 11, 23)}
    session.history.undo()
    assert len(bars(page)) == 3

    QTest.mouseClick(all_bar.seen_button, LEFT)
    assert bars(page) == []
    session.history.undo()
    assert len(bars(page)) == 3


def test_every_reminder_has_its_line_even_where_the_list_is_long(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, date(2026, 11, 1), count=8)  # all late: each was to be said by now

    page = page_of()

    assert [row.due.id for row in page.groups[0].rows] == [bar.topic.id for bar in bars(page)]
    assert len(bars(page)) == 8
    assert page.groups[0].more_link.isHidden()


@pytest.mark.row("C048")
def test_what_is_put_off_is_told_in_a_line_and_said_again_with_a_key_press(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store)
    page = page_of()
    assert page.reminders is not None
    put_off = page.reminders.put_off
    assert put_off.isHidden()

    choose(bars(page)[0], 0)

    (line,) = texts(put_off)
    assert line == (
        "Put off until 23 Nov 2026: account: Bill of 5 Nov 2026: CN¥500.00 is due on 25 Nov 2026, in 3 days."
    )
    (again,) = put_off.buttons
    assert again.accessibleName().startswith("Remind again now: account: Bill of 5 Nov 2026")
    again.setFocus()
    QTest.keyClick(again, Qt.Key.Key_Space)

    assert put_off.isHidden()
    assert QApplication.focusWidget() is bars(page)[0].snooze_button
    session.history.undo()
    assert (bars(page), len(put_off.buttons)) == ([], 1)


def test_several_that_are_put_off_are_folded_into_one_line(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, count=3)
    page = page_of()
    assert page.reminders is not None
    put_off = page.reminders.put_off
    choose(bars(page)[0], 2)

    for _time in range(2):
        choose(bars(page)[0], 0)

    assert texts(put_off) == ["3 reminders put off"]
    put_off.folded.set_open(is_open=True)
    assert [text[:25] for text in texts(put_off)[1:]] == [
        *("Put off until 23 Nov 2026", "Put off until 23 Nov 2026", "Put off until 29 Nov 2026"),
    ]
    QTest.mouseClick(put_off.buttons[2], LEFT)
    assert [bar.topic.id for bar in bars(page)] == ["account-bill"]
    assert texts(put_off)[0] == "2 reminders put off"


def test_what_is_paid_is_not_told_as_put_off(session: Session, page_of: Callable[[], TodayPage]) -> None:
    record(session.store)
    page = page_of()
    assert page.reminders is not None
    choose(bars(page)[0], 0)

    session.do(
        "Pay", lambda store: store.payments.save(Payment("account", Money.of("500", "CNY"), session.today))
    )

    assert page.reminders.put_off.isHidden()


# --- what is no due


def follow(session: Session) -> str:
    """A plan with something to ask for by Wednesday."""
    none = Money(0, "CNY")
    todo = Todo("account", "", OptionKind.INSTALMENTS, 3, DUE, id="todo")
    plan = AdoptedPlan("CNY", Method.OPTIMUM, session.today, none, none, is_proved=True, todos=(todo,))
    with session.store.transaction():
        session.store.adopted_plans.save(plan)
    return todo.id


def test_a_to_do_is_one_line_with_its_reminder_and_is_silent_once_put_off(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    record(session.store, date(2027, 1, 20))
    todo_id = follow(session)
    page = page_of()

    asked = [row for row in page.warnings if "3 instalments" in explain(row.prompt.text)]
    assert len(asked) == 1
    assert bars(page)[0].topic.id == todo_id
    assert asked[0].isAncestorOf(bars(page)[0])
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: wanted.append((place, target)))
    QTest.mouseClick(asked[0].button, LEFT)
    assert wanted == [("payoff", "todo:todo")]

    choose(bars(page)[0], 0)

    assert [row for row in page.warnings if "3 instalments" in explain(row.prompt.text)] == []
    session.history.undo()
    QTest.mouseClick(bars(page)[0].seen_button, LEFT)
    # It still is to be asked for: only the reminder of it is gone.
    assert len([row for row in page.warnings if "3 instalments" in explain(row.prompt.text)]) == 1
    assert bars(page) == []


def test_lead_days_of_an_account_hold_on_today(session: Session, page_of: Callable[[], TodayPage]) -> None:
    record(session.store)
    page = page_of()
    assert len(bars(page)) == 1

    account = session.store.accounts.get("account")
    session.do("Change", lambda store: store.accounts.save(replace(account, lead_days=(1,))))

    assert bars(page) == []
