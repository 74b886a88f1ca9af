"""What is handed over to a calendar program: each day once, changed or taken back, with its alarms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.reminders.entry import Handed
from planner.reports.ics_file import ics_bytes
from planner.services.calendar_entries import CalendarEntry, calendar_entries, note_handed
from planner.services.reminders import set_lead_days, set_quiet_days
from planner.store.store import Store

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DUE = date(2026, 12, 10)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def record(store: Store, due_on: date = DUE, *, automatic: bool = False, bill_id: str = "bill") -> Bill:
    account = Account("白条", "JD", "CNY", automatic=automatic, id="account")
    bill = Bill(
        "account", date(2026, 11, 20), due_on, (BillLine(LineKind.UNITEMISED, cny("500")),), id=bill_id
    )
    with store.transaction():
        store.accounts.save(account)
        store.bills.save(bill)
    return bill


def hand_over(
    store: Store, hours: int = 0, today: date = TODAY, months: int = 12
) -> tuple[CalendarEntry, ...]:
    """Hand everything over, some hours later."""
    now = NOW + timedelta(hours=hours)
    found = calendar_entries(store, today, months, now, now.time())
    with store.transaction():
        note_handed(store, found, today)
    return found


@pytest.mark.row("C086", "C119")
def test_a_debit_has_an_alarm_before_on_and_the_day_after(store: Store) -> None:
    record(store, automatic=True)

    (found,) = hand_over(store)

    assert found.entry is not None
    assert str(found.entry.title) == "白条: Bill of 2026-11-20: 500.00 CNY is debited"
    assert [day.isoformat() for day in found.entry.alarms] == [
        *("2026-12-03", "2026-12-07", "2026-12-09", "2026-12-10", "2026-12-11"),
    ]


def test_what_the_user_pays_has_no_alarm_after_its_day_and_none_on_quiet_days(store: Store) -> None:
    record(store)
    with store.transaction():
        set_quiet_days(store, [0], [DUE])  # Mondays, as 7 December

    (found,) = hand_over(store)

    assert found.entry is not None
    assert [day.day for day in found.entry.alarms] == [3, 6, 9]


def test_a_debit_before_a_quiet_day_is_confirmed_after_it(store: Store) -> None:
    record(store, automatic=True)
    with store.transaction():
        set_quiet_days(store, [4, 5], [])  # 11 and 12 December

    (found,) = hand_over(store)

    assert found.entry is not None
    assert [day.day for day in found.entry.alarms] == [3, 7, 9, 10, 13]


def test_what_did_not_change_is_handed_over_as_it_was(store: Store) -> None:
    record(store)

    assert [each.handed for each in hand_over(store)] == [each.handed for each in hand_over(store, 24)]
    assert [(each.sequence, each.changed_at) for each in store.handed.all()] == [(0, NOW)]


def test_a_moved_day_is_the_same_entry_changed(store: Store) -> None:
    bill = record(store)
    hand_over(store)
    with store.transaction():
        store.bills.save(replace(bill, due_on=date(2026, 12, 12)))

    (found,) = hand_over(store, 1)

    later = NOW + timedelta(hours=1)
    assert (found.handed.id, found.handed.on.day) == ("bill", 12)
    assert (found.handed.sequence, found.handed.changed_at) == (1, later)
    assert [each.handed.sequence for each in hand_over(store, 2)] == [1]


def test_what_is_paid_is_taken_back_until_its_day_and_comes_back_where_it_is_not_paid_after_all(
    store: Store,
) -> None:
    record(store)
    hand_over(store)
    with store.transaction():
        store.payments.save(Payment("account", cny("500"), TODAY, id="payment"))

    (found,) = hand_over(store, 1)
    assert (found.entry, found.handed.is_cancelled, found.handed.sequence) == (None, True, 1)
    (again,) = hand_over(store, 2)
    assert again == found
    with store.transaction():
        store.payments.delete("payment")
    (back,) = hand_over(store, 3)
    assert (back.entry is None, back.handed.is_cancelled, back.handed.sequence) == (False, False, 2)


def test_what_has_passed_is_neither_handed_over_nor_kept_in_mind(store: Store) -> None:
    record(store)
    hand_over(store)

    assert len(hand_over(store, today=DUE)) == 1
    with store.transaction():
        store.payments.save(Payment("account", cny("500"), DUE, id="payment"))
    # The next morning an alarm might still ring.
    (gone,) = hand_over(store, today=DUE + timedelta(days=1))
    assert gone.handed.is_cancelled
    assert hand_over(store, today=DUE + timedelta(days=2)) == ()
    assert store.handed.all() == []


@pytest.mark.row("C119")
def test_what_is_late_is_the_same_entry_on_today_with_the_least_to_pay_and_an_alarm(store: Store) -> None:
    bill = record(store)
    with store.transaction():
        store.bills.save(replace(bill, minimum=cny("50")))
    (ahead,) = hand_over(store)
    assert ahead.entry is not None
    assert str(ahead.entry.note) == "At least 50.00 CNY is due by then."

    moved = []
    for days in (3, 4):
        (found,) = hand_over(store, 24 * (18 + days), today=DUE + timedelta(days=days))
        assert found.entry is not None
        assert str(found.entry.title) == "Late since 2026-12-10: 白条: Bill of 2026-11-20, 500.00 CNY"
        assert str(found.entry.note) == "At least 50.00 CNY"
        moved.append((found.handed.id, found.handed.on.day, found.handed.sequence))
        assert [day.day for day in found.entry.alarms] == [10 + days]  # at 8:00 that day, so at 9:00

    assert moved == [("bill", 13, 1), ("bill", 14, 2)]
    assert store.handed.all()[0].sequence == 2
    assert "DESCRIPTION:At least CN¥50.00\r\n" in ics_bytes([found], NOW).decode()


@pytest.mark.row("C086")
def test_a_debit_that_no_payment_is_recorded_of_is_not_called_late(store: Store) -> None:
    record(store, date(2026, 11, 20), automatic=True)

    (found,) = hand_over(store)

    assert found.entry is not None
    assert str(found.entry.title) == (
        "白条: Bill of 2026-11-20: 500.00 CNY was to be debited on 2026-11-20, and no payment is recorded. "
        "Look whether it was debited, and record it or pay it."
    )


def test_an_alarm_for_what_is_late_waits_for_a_day_that_is_not_quiet(store: Store) -> None:
    record(store, date(2026, 11, 20))
    with store.transaction():
        set_quiet_days(store, [0], [])

    # It is Sunday, after nine.
    (found,) = hand_over(store, 8)

    assert found.entry is not None
    assert (found.entry.on, found.entry.alarms) == (TODAY, (date(2026, 11, 24),))


@pytest.mark.parametrize(
    ("hours", "due_on", "quiet", "alarms"),
    [
        (0, date(2026, 11, 27), [6], [23, 25, 27]),  # five days before was a quiet Sunday, so on Saturday
        (0, date(2026, 11, 27), [], [22, 25, 27]),  # it is eight: at nine today it still rings
        (8, date(2026, 11, 27), [], [23, 25, 27]),
        (8, date(2026, 11, 25), [], [23, 25]),  # the missed one falls on another one
        (8, date(2026, 11, 24), [], [23, 24]),  # two were missed, and one is made up for
        (8, date(2026, 11, 24), [0, 1], [23]),  # only quiet days are left: it would be too late otherwise
        (8, TODAY, [], []),
    ],
)
def test_an_alarm_that_is_missed_already_rings_on_the_next_morning_and_once(
    store: Store, hours: int, due_on: date, quiet: list[int], alarms: list[int]
) -> None:
    record(store, due_on)
    with store.transaction():
        set_lead_days(store, [5, 2])
        set_quiet_days(store, quiet, [])

    (found,) = hand_over(store, hours)

    assert found.entry is not None
    assert [day.day for day in found.entry.alarms] == alarms
    # A later file makes up for nothing that has rung, and changes nothing.
    for later in (1, 2):
        today = min(TODAY + timedelta(days=later), due_on)
        assert hand_over(store, hours + 24 * later, today=today) == (found,)


def test_what_is_farther_ahead_is_left_out_unless_it_was_handed_over_before(store: Store) -> None:
    record(store, date(2027, 1, 22), bill_id="near")
    record(store, date(2027, 1, 23), bill_id="far")

    assert [each.handed.id for each in hand_over(store, months=2)] == ["near"]
    hand_over(store)
    assert [each.handed.id for each in hand_over(store, months=2)] == ["near", "far"]


def test_the_file_keeps_what_was_handed_over(store: Store) -> None:
    handed = Handed("a", DUE, "digest", 3, NOW, is_cancelled=True)
    with store.transaction():
        store.handed.save(handed)

    assert store.handed.all() == [handed]


# --- the file


@pytest.mark.row("C119")
def test_the_file_has_whole_days_with_alarms_at_nine_and_the_same_identity_each_time(store: Store) -> None:
    from icalendar import Calendar

    record(store, automatic=True)
    hand_over(store)
    content = ics_bytes(hand_over(store, 5), NOW + timedelta(hours=5))

    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert event["uid"] == "bill@repayment-planner"
    assert event.decoded("dtstart") == DUE
    assert type(event.decoded("dtstart")) is date
    assert (event["sequence"], event["status"], event["transp"]) == (0, "CONFIRMED", "TRANSPARENT")
    assert event.decoded("last-modified") == NOW
    assert event.decoded("dtstamp") == NOW + timedelta(hours=5)
    assert event["summary"] == "白条: Bill of 20 Nov 2026: CN¥500.00 is debited"
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    nine = timedelta(hours=9)
    assert triggers == [timedelta(days=days) + nine for days in (-7, -3, -1, 0, 1)]
    assert {str(alarm["description"]) for alarm in event.walk("VALARM")} == {str(event["summary"])}
    assert b"TZID" not in content
    assert content.count(b"\n") == content.count(b"\r\n")


def test_what_is_taken_back_stands_in_the_file_as_cancelled_without_alarms() -> None:
    from icalendar import Calendar

    gone = CalendarEntry(Handed("bill", DUE, "digest", 4, NOW, is_cancelled=True), None)

    (event,) = Calendar.from_ical(ics_bytes([gone], NOW)).walk("VEVENT")

    assert (event["uid"], event["status"], event["sequence"]) == ("bill@repayment-planner", "CANCELLED", 4)
    assert event.decoded("dtstart") == DUE
    assert event["summary"] == "Nothing is to be paid here any more"
    assert list(event.walk("VALARM")) == []
