"""What is said on which day: before, on and after, around quiet days, put off, and never twice."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.dates import on_day
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.money import Money
from planner.domain.position import Position
from planner.domain.reminders.planned import newest, reminders_between, reminders_of, to_say
from planner.domain.reminders.reminder import (
    About,
    LeadDaysError,
    OnlyQuietDaysError,
    Remembered,
    Reminder,
    ReminderKind,
    ReminderRules,
    Topic,
)
from planner.domain.reminders.topics import topics_of
from planner.domain.reminders.words import open_of, words_of
from planner.phrases import Phrase

DUE_ON = date(2026, 12, 10)  # a Thursday
SATURDAY, SUNDAY = 5, 6
USUAL = ReminderRules()
WEEKENDS_QUIET = ReminderRules(quiet_weekdays=frozenset({SATURDAY, SUNDAY}))
MANUAL = Account("白条", "JD", "CNY", id="manual")
DEBITED = Account("Card", "Bank", "CNY", automatic=True, id="debited")
ACCOUNTS = {account.id: account for account in (MANUAL, DEBITED)}


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def bill(on: date | None = DUE_ON, account: Account = MANUAL, due_id: str = "bill", **more: Any) -> Due:
    due = Due(DueKind.BILL, due_id, account.id, Phrase("Bill"), on, {LineKind.PURCHASE: cny("500")})
    return replace(due, **more)


def topic(on: date = DUE_ON, about: About = About.DUE, **more: Any) -> Topic:
    made = Topic("bill", about, "manual", Phrase("白条"), on, (bill(on),))
    return replace(made, **more)


def days_of(topic: Topic, rules: ReminderRules, until: date) -> list[tuple[str, ReminderKind]]:
    return [(each.on.strftime("%m-%d"), each.kind) for each in reminders_of(topic, rules, until)]


# --- the days


@pytest.mark.row("C048", "C085", "C099")
def test_it_comes_before_on_and_after_the_day_and_then_once_a_week() -> None:
    assert days_of(topic(), USUAL, date(2027, 1, 1)) == [
        ("12-03", ReminderKind.BEFORE),
        ("12-07", ReminderKind.BEFORE),
        ("12-09", ReminderKind.BEFORE),
        ("12-10", ReminderKind.ON_DAY),
        ("12-11", ReminderKind.AFTER),
        ("12-13", ReminderKind.AFTER),
        ("12-17", ReminderKind.AFTER),
        ("12-24", ReminderKind.AFTER),
        ("12-31", ReminderKind.AFTER),
    ]


@pytest.mark.row("C086")
def test_an_automatic_debit_is_to_be_confirmed_the_day_after() -> None:
    found = days_of(topic(about=About.DEBIT), USUAL, date(2026, 12, 13))

    assert found[-2:] == [("12-11", ReminderKind.CONFIRM), ("12-13", ReminderKind.AFTER)]


def test_what_was_never_billed_is_asked_for_twice_only() -> None:
    found = days_of(topic(about=About.NOT_BILLED), USUAL, date(2027, 12, 1))

    assert found[-2:] == [("12-11", ReminderKind.CONFIRM), ("12-17", ReminderKind.CONFIRM)]


def test_what_is_to_be_looked_at_again_does_not_come_before_its_day() -> None:
    assert days_of(topic(about=About.LOOK_AGAIN), USUAL, DUE_ON) == [("12-10", ReminderKind.ON_DAY)]


@pytest.mark.row("C099")
def test_an_account_may_have_lead_days_of_its_own_or_none() -> None:
    own = ReminderRules(own={"manual": (2, 14, 2)})
    assert days_of(topic(), own, DUE_ON) == [
        ("11-26", ReminderKind.BEFORE),
        ("12-08", ReminderKind.BEFORE),
        ("12-10", ReminderKind.ON_DAY),
    ]
    assert days_of(topic(), ReminderRules(own={"manual": ()}), DUE_ON) == [("12-10", ReminderKind.ON_DAY)]
    assert days_of(topic(), ReminderRules(own={"other": ()}), date(2026, 12, 3)) == [
        ("12-03", ReminderKind.BEFORE)
    ]


def test_quiet_days_move_what_comes_before_forward_and_what_comes_after_back() -> None:
    on_sunday = topic(date(2026, 12, 13))  # 6 Dec is a Sunday too, 12 Dec a Saturday

    assert days_of(on_sunday, WEEKENDS_QUIET, date(2026, 12, 20)) == [
        ("12-04", ReminderKind.BEFORE),
        ("12-10", ReminderKind.BEFORE),
        ("12-11", ReminderKind.BEFORE),
        ("12-11", ReminderKind.ON_DAY),
        ("12-14", ReminderKind.AFTER),
        ("12-16", ReminderKind.AFTER),
    ]
    holiday = ReminderRules(quiet_dates=frozenset({date(2026, 12, 3)}))
    assert days_of(topic(), holiday, date(2026, 12, 6)) == [("12-02", ReminderKind.BEFORE)]


@pytest.mark.parametrize("lead", [0, -1, 61])
def test_a_lead_is_between_a_day_and_two_months(lead: int) -> None:
    with pytest.raises(LeadDaysError):
        ReminderRules((lead,))
    with pytest.raises(LeadDaysError):
        ReminderRules(own={"manual": (lead,)})
    assert ReminderRules((1, 60)).lead_days == (1, 60)


def test_one_day_of_the_week_stays_free() -> None:
    with pytest.raises(OnlyQuietDaysError):
        ReminderRules(quiet_weekdays=frozenset(range(7)))
    assert (
        ReminderRules(quiet_weekdays=frozenset(range(6))).not_before(date(2026, 11, 23)).weekday() == SUNDAY
    )


def test_what_comes_between_two_days_stands_in_its_order() -> None:
    later = topic(date(2026, 12, 12), id="later")

    found = reminders_between([later, topic()], USUAL, date(2026, 12, 9), date(2026, 12, 11))

    assert [(each.on.day, each.uid) for each in found] == [
        (9, "bill/before/1"),
        (9, "later/before/3"),
        (10, "bill/on_day/0"),
        (11, "bill/after/1"),
        (11, "later/before/1"),
    ]


# --- what is to be said


def said(remembered: Mapping[str, Remembered], found: list[Reminder], today: date) -> dict[str, Remembered]:
    kept = {
        each.topic.id: replace(
            remembered.get(each.topic.id, Remembered(each.topic.id)), said=each.mark, said_on=today
        )
        for each in found
    }
    return {**remembered, **kept}


def test_after_a_week_without_the_program_it_is_said_once() -> None:
    today = date(2026, 12, 10)
    found = to_say([topic()], USUAL, {}, today)

    assert [each.kind for each in found] == [ReminderKind.ON_DAY]
    known = said({}, found, today)
    assert to_say([topic()], USUAL, known, today) == []
    assert [each.on.day for each in to_say([topic()], USUAL, known, date(2026, 12, 11))] == [11]


def test_what_is_far_away_is_not_said() -> None:
    assert to_say([topic()], USUAL, {}, date(2026, 12, 2)) == []
    assert newest(topic(), USUAL, date(2026, 12, 2)) is None


def test_a_due_date_that_moves_is_said_anew() -> None:
    today = date(2026, 12, 3)
    known = said({}, to_say([topic()], USUAL, {}, today), today)

    moved = topic(date(2026, 12, 9))

    assert [each.topic.on for each in to_say([moved], USUAL, known, today)] == [date(2026, 12, 9)]


def test_what_is_put_off_comes_again_on_that_day_and_then_as_usual() -> None:
    today = date(2026, 12, 3)
    known = said({}, to_say([topic()], USUAL, {}, today), today)
    known["bill"] = replace(known["bill"], snoozed_until=date(2026, 12, 8))

    assert to_say([topic()], USUAL, known, date(2026, 12, 7)) == []
    (again,) = to_say([topic()], USUAL, known, date(2026, 12, 8))
    assert (again.kind, again.on) == (ReminderKind.SNOOZED, date(2026, 12, 8))
    known = said(known, [again], date(2026, 12, 8))
    assert to_say([topic()], USUAL, known, date(2026, 12, 8)) == []
    assert [each.kind for each in to_say([topic()], USUAL, known, date(2026, 12, 9))] == [ReminderKind.BEFORE]


def test_what_is_put_off_twice_comes_twice() -> None:
    known = {"bill": Remembered("bill", snoozed_until=date(2026, 12, 4))}
    known = said(known, to_say([topic()], USUAL, known, date(2026, 12, 4)), date(2026, 12, 4))
    known["bill"] = replace(known["bill"], snoozed_until=date(2026, 12, 5))

    assert [each.on.day for each in to_say([topic()], USUAL, known, date(2026, 12, 5))] == [5]


def test_a_quiet_day_is_quiet_unless_it_would_be_too_late() -> None:
    saturday = date(2026, 12, 12)
    on_monday, on_sunday = topic(date(2026, 12, 14), id="monday"), topic(date(2026, 12, 13), id="sunday")
    late = topic(id="late")

    found = to_say([on_monday, on_sunday, late], WEEKENDS_QUIET, {}, saturday)

    assert [each.topic.id for each in found] == ["sunday"]
    on_the_monday = to_say([on_monday, on_sunday, late], WEEKENDS_QUIET, {}, date(2026, 12, 14))
    assert [each.topic.id for each in on_the_monday] == ["late", "sunday", "monday"]


# --- what there is to remind of


def test_what_is_paid_or_has_its_minimum_is_no_topic() -> None:
    paid = bill(due_id="paid", paid=(Allocation("p", DUE_ON, cny("500")),))
    least = bill(due_id="least", minimum=cny("50"), paid=(Allocation("p", DUE_ON, cny("50")),))
    undated = bill(on=None, due_id="undated")
    position = Position(DUE_ON, (paid, least, undated, bill()))

    assert [each.id for each in topics_of(position, ACCOUNTS)] == ["bill"]


def test_what_is_not_billed_yet_is_one_topic_for_all_of_an_account_and_day() -> None:
    dues = (
        bill(due_id="a", projected=True),
        bill(due_id="b", projected=True),
        bill(due_id="c", projected=True, account=DEBITED),
        bill(due_id="d", account=DEBITED),
    )

    found = list(topics_of(Position(DUE_ON, dues), ACCOUNTS))

    assert [(each.id, each.about, open_of(each)) for each in found] == [
        ("d", About.DEBIT, cny("500")),
        ("manual/2026-12-10/CNY", About.NOT_BILLED, cny("1000")),
        ("debited/2026-12-10/CNY", About.NOT_BILLED, cny("500")),
    ]


# --- the words


@pytest.mark.parametrize(
    ("about", "minimum", "today", "words"),
    [
        (About.DUE, None, 7, "白条: {} is due on 2026-12-10, in 3 days."),
        (About.DUE, None, 9, "白条: {} is due on 2026-12-10, tomorrow."),
        (About.DUE, "50", 10, "白条: {} is due on 2026-12-10, today; at least {least}."),
        (About.DUE, "50", 12, "白条: {} was due on 2026-12-10, 2 days late."),
        (About.DEBIT, None, 9, "白条: {} is debited on 2026-12-10, tomorrow."),
        (
            About.DEBIT,
            None,
            11,
            (
                "白条: {} was to be debited on 2026-12-10, and no payment is recorded. "
                "Look whether it was debited, and record it or pay it."
            ),
        ),
        (
            About.NOT_BILLED,
            None,
            9,
            "白条: {} will be due on 2026-12-10, tomorrow; its bill is not recorded yet.",
        ),
        (
            About.NOT_BILLED,
            None,
            11,
            (
                "白条: a bill was due on 2026-12-10, and none is recorded. "
                "It may well be paid: record the bill and the payment."
            ),
        ),
    ],
)
def test_the_words_are_true_on_the_day_on_which_they_are_said(
    about: About, minimum: str | None, today: int, words: str
) -> None:
    due = bill(minimum=cny(minimum) if minimum else None)
    reminder = Reminder(topic(about=about, dues=(due,)), ReminderKind.BEFORE, 7, date(2026, 12, 3))

    assert str(words_of(reminder, date(2026, 12, today))) == words.format(cny("500"), least=cny("50"))


def test_words_of_its_own_are_said_as_they_are() -> None:
    own = topic(about=About.ASK, dues=(), words=Phrase("Ask."))

    assert words_of(Reminder(own, ReminderKind.AFTER, 1, DUE_ON), DUE_ON) == Phrase("Ask.")


# --- a simulated year

START = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
SUMMER = (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC))
MONTHS = 12


def paris_day(instant: datetime) -> date:
    """The local day: an hour ahead of UTC, two from the last Sunday of March to that of October."""
    hours = 2 if SUMMER[0] <= instant < SUMMER[1] else 1
    return (instant + timedelta(hours=hours)).date()


def expected_days(on: date, leads: tuple[int, ...], last: date) -> list[date]:
    before = [on - timedelta(days=lead) for lead in leads]
    after = [on + timedelta(days=days) for days in (1, 3, *range(7, 800, 7))]
    return sorted(day for day in {*before, on, *after} if day <= last)


@pytest.mark.row("C099")
@settings(max_examples=int(os.environ.get("PLANNER_EXAMPLES", "60")), deadline=None)
@given(
    due_day=st.sampled_from([1, 10, 28, 29, 30, 31]),
    leads=st.sets(st.integers(1, 20), max_size=4).map(tuple),
    steps=st.lists(st.sampled_from([1, 7, 15, 22, 23, 24, 25, 26, 49, 170, 700]), min_size=60, max_size=200),
    paid_after=st.lists(st.integers(-12, 40), min_size=MONTHS, max_size=MONTHS),
    account=st.sampled_from([MANUAL, DEBITED]),
)
def test_a_year_with_sleep_and_clock_changes_misses_none_and_doubles_none(
    due_day: int,
    leads: tuple[int, ...],
    steps: list[int],
    paid_after: list[int],
    account: Account,
) -> None:
    rules = ReminderRules(leads)
    dues = [on_day(2026, 12 + month, due_day) for month in range(MONTHS)]
    known: dict[str, Remembered] = {}
    visits, instant = [], START
    for hours in steps:
        instant += timedelta(hours=hours)
        visits.append(paris_day(instant))

    heard: list[tuple[date, date]] = []
    for today in visits:
        still_open = tuple(
            bill(on, account, str(on))
            for on, after in zip(dues, paid_after, strict=True)
            if today < on + timedelta(days=after)
        )
        found = to_say(topics_of(Position(today, still_open), ACCOUNTS), rules, known, today)
        known = said(known, found, today)
        heard += [(each.topic.on, today) for each in found]

    # Each day on which something was to be said is answered on the first visit from then on, once for
    # all that fell together, unless it was paid by then.
    wanted = set()
    for on, after in zip(dues, paid_after, strict=True):
        for day in expected_days(on, leads, visits[-1]):
            first = next((visit for visit in visits if visit >= day), None)
            if first is not None and first < on + timedelta(days=after):
                wanted.add((on, first))
    assert len(heard) == len(set(heard))
    assert set(heard) == wanted
