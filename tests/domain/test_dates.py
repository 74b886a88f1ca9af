from __future__ import annotations

import ast
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner
from planner.domain.bill import LineKind
from planner.domain.business_days import NO_CALENDAR, BusinessCalendar, CalendarYear
from planner.domain.dates import (
    Cycle,
    DaysAfter,
    DueDay,
    FixedDay,
    Mode,
    Shift,
    add_months,
    months_between,
    on_day,
    shifted,
)
from planner.domain.due import Due, DueKind
from planner.domain.money import Money
from planner.phrases import Phrase
from planner.store.catalogue import calendar

days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
anchors = st.integers(1, 31)
CENT = Money(1, "CNY")


def month_of(day: date) -> int:
    return day.year * 12 + day.month


def last_day(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def on_days(dues: Iterable[DueDay] | None) -> list[date]:
    """The days of due dates that are settled."""
    assert dues is not None
    kept = list(dues)
    assert all(due.doubt is None for due in kept)
    return [due.on for due in kept]


# --- months ------------------------------------------------------------------------------------------


MONTHS = range(1, 1201)


@pytest.mark.parametrize("anchor", range(1, 32))
def test_a_day_of_the_month_survives_twelve_hundred_months(anchor: int) -> None:
    day = first = date(2024, 1, anchor)

    for month in MONTHS:
        day = add_months(day, 1, anchor)
        assert (
            month_of(day) == month_of(first) + month
        )  # the 31st is never skipped (actualbudget/actual#5435)
        assert day.day == min(anchor, last_day(day))  # and never drifts (moneymanagerex#631)
        assert day == add_months(first, month)


@pytest.mark.parametrize("anchor", range(1, 32))
def test_statements_and_due_dates_keep_their_day_for_twelve_hundred_months(anchor: int) -> None:
    cycle = Cycle(Mode.BILL, anchor, DaysAfter(20))
    fixed = Cycle(Mode.BILL, 1, FixedDay(anchor))
    orders = Cycle(Mode.ORDER)
    first = date(2024, 1, anchor)
    dues = on_days(fixed.dues_of_purchase(date(2023, 12, 5), 1201))
    of_order = on_days(orders.dues_of_purchase(first, 1200))
    # A rule that meets the statement day itself means the day a month later.
    assert dues[0] == date(2024, 1 if anchor > 1 else 2, anchor)

    statement_on = first
    for month in MONTHS:
        following = cycle.statement_of(statement_on)
        assert following == add_months(first, month)
        assert cycle.previous_statement(following) == statement_on
        assert cycle.statement_due_on(following + timedelta(days=20)) == following
        assert dues[month] == add_months(dues[0], month)
        assert fixed.following(dues[month - 1], 1) == DueDay(dues[month])
        assert of_order[month - 1] == add_months(first, month)
        statement_on = following


def test_without_its_anchor_a_chain_of_months_would_drift() -> None:
    clamped = add_months(date(2026, 1, 31), 1)

    assert clamped == date(2026, 2, 28)
    assert add_months(clamped, 1) == date(2026, 3, 28)
    assert add_months(clamped, 1, 31) == date(2026, 3, 31)


@given(days, st.integers(-600, 600))
def test_months_are_counted_and_clamped_and_never_skipped(start: date, months: int) -> None:
    found = add_months(start, months)

    assert month_of(found) == month_of(start) + months
    assert found.day == min(start.day, last_day(found))


@given(days, st.integers(-600, 600))
def test_there_and_back_again_is_the_same_day_with_its_anchor(start: date, months: int) -> None:
    assert add_months(add_months(start, months), -months, start.day) == start


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((2026, 2, 31), date(2026, 2, 28)),
        ((2028, 2, 30), date(2028, 2, 29)),
        ((2026, 13, 5), date(2027, 1, 5)),
        ((2026, 0, 5), date(2025, 12, 5)),
        ((2026, -11, 31), date(2025, 1, 31)),
    ],
)
def test_a_day_of_a_month_is_clamped_and_months_run_on_over_the_year(
    asked: tuple[int, int, int], found: date
) -> None:
    assert on_day(*asked) == found


# --- due rules and cycles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "statement_on", "due_on"),
    [
        (25, date(2026, 11, 16), date(2026, 11, 25)),
        (8, date(2026, 11, 16), date(2026, 12, 8)),
        (16, date(2026, 11, 16), date(2026, 12, 16)),
        (31, date(2026, 1, 31), date(2026, 2, 28)),
        (31, date(2026, 2, 10), date(2026, 2, 28)),
        (5, date(2026, 12, 20), date(2027, 1, 5)),
    ],
)
def test_a_fixed_due_day_is_the_first_such_day_after_the_statement(
    day: int, statement_on: date, due_on: date
) -> None:
    assert FixedDay(day).due(statement_on) == due_on


@given(anchors, days)
def test_a_bill_is_due_after_its_statement_and_within_a_month_of_it(day: int, statement_on: date) -> None:
    due_on = FixedDay(day).due(statement_on)

    assert statement_on < due_on <= statement_on + timedelta(days=31)
    assert due_on.day == min(day, last_day(due_on))


def test_some_days_after_the_statement_are_counted_over_the_months_end() -> None:
    assert DaysAfter(20).due(date(2026, 2, 15)) == date(2026, 3, 7)
    assert DaysAfter(20).due(date(2028, 2, 15)) == date(2028, 3, 6)
    assert DaysAfter(0).due(date(2026, 2, 15)) == date(2026, 2, 15)


def test_what_is_bought_on_the_statement_day_is_in_the_next_bill_unless_the_lender_closes_after_it() -> None:
    night_before = Cycle(Mode.BILL, 16, FixedDay(25))
    night_after = Cycle(Mode.BILL, 16, FixedDay(25), closes_after=True)

    assert night_before.statement_of(date(2026, 11, 15)) == date(2026, 11, 16)
    assert night_before.statement_of(date(2026, 11, 16)) == date(2026, 12, 16)
    assert night_after.statement_of(date(2026, 11, 16)) == date(2026, 11, 16)
    assert night_after.statement_of(date(2026, 11, 17)) == date(2026, 12, 16)


@given(statement_day=anchors, bought_on=days, closes_after=st.booleans())
def test_each_purchase_is_in_exactly_one_bill(
    statement_day: int, bought_on: date, *, closes_after: bool
) -> None:
    cycle = Cycle(Mode.BILL, statement_day, DaysAfter(10), closes_after)
    statement_on = cycle.statement_of(bought_on)
    assert statement_on is not None
    before = cycle.previous_statement(statement_on)

    assert statement_on.day == min(statement_day, last_day(statement_on))
    assert month_of(statement_on) - month_of(before) == 1
    if closes_after:
        assert before < bought_on <= statement_on
    else:
        assert before <= bought_on < statement_on


@pytest.mark.parametrize("day", [29, 30, 31])
def test_bills_at_the_end_of_the_month_do_not_drift_through_february(day: int) -> None:
    cycle = Cycle(Mode.BILL, day, FixedDay(day))
    dues = cycle.dues_of_purchase(date(2026, 1, 2), 14)
    assert dues is not None

    statement_on = on_day(2027, 3, day)
    assert cycle.previous_statement(cycle.previous_statement(statement_on)) == on_day(2027, 1, day)
    found = on_days(dues)
    assert [due.day for due in found] == [min(day, last_day(due)) for due in found]
    assert [month_of(due) for due in found] == [month_of(found[0]) + month for month in range(14)]


def test_in_bill_mode_instalments_start_with_the_bill_that_takes_the_purchase_up() -> None:
    cycle = Cycle(Mode.BILL, 16, FixedDay(25))

    assert on_days(cycle.dues_of_purchase(date(2026, 11, 10), 3)) == [
        date(2026, 11, 25),
        date(2026, 12, 25),
        date(2027, 1, 25),
    ]
    assert cycle.dues_of_purchase(date(2026, 11, 16)) == (DueDay(date(2026, 12, 25)),)


def test_days_after_the_statement_are_counted_from_each_statement_and_not_from_the_due_date_before() -> None:
    cycle = Cycle(Mode.BILL, 31, DaysAfter(20))

    assert on_days(cycle.dues_of_purchase(date(2026, 1, 10), 3)) == [
        date(2026, 2, 20),
        date(2026, 3, 20),
        date(2026, 4, 20),
    ]


def test_in_order_mode_months_are_counted_from_the_order_itself() -> None:
    cycle = Cycle(Mode.ORDER, 16, FixedDay(25))

    assert cycle.statement_of(date(2026, 1, 31)) is None
    assert on_days(cycle.dues_of_purchase(date(2026, 1, 31), 3)) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


@pytest.mark.parametrize("cycle", [Cycle(), Cycle(due=FixedDay(5)), Cycle(statement_day=5)])
def test_a_cycle_that_is_not_known_gives_no_date_instead_of_a_guess(cycle: Cycle) -> None:
    assert cycle.dues_of_purchase(date(2026, 11, 10)) is None


def test_a_bill_in_instalments_starts_with_the_next_bill_and_keeps_its_day() -> None:
    assert on_days(Cycle().dues_of_split_bill(date(2026, 1, 31), 3)) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_months_are_counted_between_the_months_of_two_days() -> None:
    assert months_between(date(2026, 11, 30), date(2026, 12, 1)) == 1
    assert months_between(date(2026, 11, 1), date(2026, 11, 30)) == 0
    assert months_between(date(2026, 11, 1), date(2028, 2, 29)) == 15
    assert months_between(date(2027, 1, 31), date(2026, 12, 1)) == -1


# --- from a due date back to its statement -----------------------------------------------------------


@pytest.mark.parametrize(
    ("cycle", "due_on", "statement_on"),
    [
        (Cycle(Mode.BILL, 16, FixedDay(25)), date(2026, 11, 25), date(2026, 11, 16)),
        (Cycle(Mode.BILL, 25, FixedDay(10)), date(2026, 12, 10), date(2026, 11, 25)),
        (Cycle(Mode.BILL, 10, FixedDay(10)), date(2026, 12, 10), date(2026, 11, 10)),
        (Cycle(Mode.BILL, 31, FixedDay(20)), date(2027, 3, 20), date(2027, 2, 28)),
        (Cycle(Mode.BILL, 25, FixedDay(10)), date(2027, 1, 10), date(2026, 12, 25)),
        (Cycle(Mode.BILL, 16, FixedDay(25)), date(2026, 11, 24), None),  # the day before the rule's
        (Cycle(Mode.BILL, None, FixedDay(25)), date(2026, 11, 25), None),
        (Cycle(Mode.BILL, 16), date(2026, 11, 25), None),
        (Cycle(Mode.ORDER, 16, FixedDay(25)), date(2026, 11, 25), None),
        (Cycle(Mode.BILL, 16, DaysAfter(20)), date(2026, 12, 6), date(2026, 11, 16)),
        (Cycle(Mode.BILL, 31, DaysAfter(20)), date(2027, 3, 20), date(2027, 2, 28)),
        # Where the lender made it on another day than usual, the days still say which.
        (Cycle(Mode.BILL, 16, DaysAfter(20)), date(2026, 12, 8), date(2026, 11, 18)),
        (Cycle(Mode.BILL, None, DaysAfter(20)), date(2026, 12, 6), date(2026, 11, 16)),
    ],
)
def test_a_due_date_says_which_statement_it_belongs_to(
    cycle: Cycle, due_on: date, statement_on: date | None
) -> None:
    assert cycle.statement_due_on(due_on) == statement_on


def test_a_bill_is_due_by_the_rule_and_without_one_nobody_knows() -> None:
    assert Cycle(Mode.BILL, 16, FixedDay(25)).due_of(date(2026, 11, 16)) == DueDay(date(2026, 11, 25))
    assert Cycle(Mode.BILL, 16).due_of(date(2026, 11, 16)) is None


# --- what follows a due date -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cycle", "due_on", "months", "found"),
    [
        # By the bills, also where months are of different lengths: 15 February + 20 days is 7 March.
        (Cycle(Mode.BILL, 15, DaysAfter(20)), date(2027, 2, 4), 1, date(2027, 3, 7)),
        (Cycle(Mode.BILL, 15, DaysAfter(20)), date(2027, 3, 7), -1, date(2027, 2, 4)),
        (Cycle(Mode.BILL, 8, FixedDay(31)), date(2027, 2, 28), 1, date(2027, 3, 31)),
        # A rule without a statement day still has its own day.
        (Cycle(Mode.BILL, None, FixedDay(31)), date(2027, 2, 28), 1, date(2027, 3, 31)),
        (Cycle(Mode.BILL, None, FixedDay(30)), date(2027, 1, 30), 1, date(2027, 2, 28)),
        # A date that is not the rule's keeps its own day.
        (Cycle(Mode.BILL, 1, FixedDay(10)), date(2026, 11, 30), 3, date(2027, 2, 28)),
        (Cycle(Mode.BILL, 15, DaysAfter(20)), date(2027, 2, 6), 1, date(2027, 3, 6)),
        (Cycle(), date(2027, 2, 28), 1, date(2027, 3, 28)),
        (Cycle(Mode.BILL, 15), date(2027, 2, 28), 1, date(2027, 3, 28)),
        (Cycle(Mode.ORDER), date(2027, 2, 28), 1, date(2027, 3, 28)),
        (Cycle(Mode.ORDER, 8, FixedDay(31)), date(2027, 2, 28), 1, date(2027, 3, 28)),
        (Cycle(Mode.BILL, 8, FixedDay(31)), date(2027, 2, 20), 0, date(2027, 2, 20)),
    ],
)
def test_what_is_due_some_months_later_follows_the_bills_or_keeps_its_day(
    cycle: Cycle, due_on: date, months: int, found: date
) -> None:
    assert cycle.following(due_on, months) == DueDay(found)


def test_the_parts_of_an_order_follow_the_day_it_was_made_on() -> None:
    orders, bought_on = Cycle(Mode.ORDER), date(2026, 12, 31)

    assert orders.following(date(2027, 2, 28), 1, bought_on=bought_on) == DueDay(date(2027, 3, 31))
    assert orders.following(date(2027, 2, 28), -1, bought_on=bought_on) == DueDay(date(2027, 1, 31))
    # 27 February is no due date of that order.
    assert orders.following(date(2027, 2, 27), 1, bought_on=bought_on) == DueDay(date(2027, 3, 27))


def test_a_split_bill_begins_with_the_next_bill_also_where_that_is_counted_in_days() -> None:
    cycle = Cycle(Mode.BILL, 15, DaysAfter(20))

    assert on_days(cycle.dues_of_split_bill(date(2027, 2, 4), 2)) == [date(2027, 3, 7), date(2027, 4, 4)]


# --- due dates on days off ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def france() -> BusinessCalendar:
    return calendar("FR")


@pytest.mark.parametrize(
    ("by_rule", "following", "preceding"),
    [
        (date(2026, 11, 13), date(2026, 11, 13), date(2026, 11, 13)),  # a Friday
        (date(2026, 11, 14), date(2026, 11, 16), date(2026, 11, 13)),  # a Saturday
        (date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 13)),  # a Sunday
        (date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 10)),  # Armistice Day, a Wednesday
        (date(2026, 4, 5), date(2026, 4, 7), date(2026, 4, 3)),  # Easter Sunday, before a holiday
        (date(2026, 2, 28), date(2026, 3, 2), date(2026, 2, 27)),  # over the month's end
        (date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31)),  # over the year's end
    ],
)
def test_a_due_date_on_a_day_off_moves_as_the_lender_says(
    france: BusinessCalendar, by_rule: date, following: date, preceding: date
) -> None:
    assert shifted(by_rule, Shift.NEXT, france) == DueDay(following)
    assert shifted(by_rule, Shift.PREVIOUS, france) == DueDay(preceding)
    assert shifted(by_rule, Shift.NONE, france) == DueDay(by_rule)
    assert shifted(by_rule, Shift.NONE, None) == DueDay(by_rule)


def test_a_weekend_that_is_worked_in_exchange_moves_nothing() -> None:
    china = calendar("CN")

    assert shifted(date(2026, 10, 10), Shift.NEXT, china) == DueDay(date(2026, 10, 10))  # a Saturday, worked
    assert shifted(date(2026, 10, 1), Shift.NEXT, china) == DueDay(date(2026, 10, 8))
    assert shifted(date(2026, 10, 7), Shift.PREVIOUS, china) == DueDay(date(2026, 9, 30))


@pytest.mark.parametrize("shift", [Shift.NEXT, Shift.PREVIOUS])
def test_a_year_that_is_not_published_moves_nothing_and_says_so(shift: Shift) -> None:
    found = shifted(date(2028, 1, 1), shift, calendar("CN"))

    assert found.on == date(2028, 1, 1)
    assert str(found.doubt) == (
        "The due date may still move. The holiday calendar for 2028 has not been published."
    )


@pytest.mark.parametrize("unknown", [None, NO_CALENDAR])
def test_a_country_without_a_calendar_moves_nothing_and_says_so(unknown: BusinessCalendar | None) -> None:
    found = shifted(date(2026, 11, 14), Shift.NEXT, unknown)

    reason = Phrase("No calendar of public holidays is known for this country.")
    assert found.on == date(2026, 11, 14)
    assert str(found.doubt) == f"The due date may still move. {reason}"


def test_every_due_date_of_a_cycle_moves_by_itself_and_the_rule_stays(france: BusinessCalendar) -> None:
    cycle = Cycle(Mode.BILL, 1, FixedDay(10), shift=Shift.NEXT)
    order = Cycle(Mode.ORDER, shift=Shift.PREVIOUS)

    # 10 October is a Saturday, 10 November a Tuesday, 10 January 2027 a Sunday.
    assert on_days(cycle.dues_of_purchase(date(2026, 9, 5), 4, france)) == [
        date(2026, 10, 12),
        date(2026, 11, 10),
        date(2026, 12, 10),
        date(2027, 1, 11),
    ]
    assert cycle.due_of(date(2026, 10, 1), france) == DueDay(date(2026, 10, 12))
    # The months count from the order, not from the day before: 14 November is a Saturday.
    assert on_days(order.dues_of_purchase(date(2026, 10, 14), 2, france)) == [
        date(2026, 11, 13),
        date(2026, 12, 14),
    ]


def test_without_the_working_days_every_due_date_is_in_doubt_and_none_moves() -> None:
    cycle = Cycle(Mode.BILL, 1, FixedDay(10), shift=Shift.NEXT)
    dues = cycle.dues_of_purchase(date(2026, 9, 5), 2)
    assert dues is not None

    assert [due.on for due in dues] == [date(2026, 10, 10), date(2026, 11, 10)]
    assert all(due.doubt is not None for due in dues)


@pytest.mark.parametrize(
    ("shift", "due_on", "statement_on"),
    [
        (Shift.NEXT, date(2026, 10, 12), date(2026, 10, 1)),  # moved off Saturday the 10th
        (Shift.NEXT, date(2026, 10, 10), date(2026, 10, 1)),  # typed as the rule has it
        (Shift.NEXT, date(2026, 11, 10), date(2026, 11, 1)),
        (Shift.NEXT, date(2026, 10, 13), None),
        (Shift.NEXT, date(2026, 10, 9), None),
        (Shift.PREVIOUS, date(2026, 10, 9), date(2026, 10, 1)),
        (Shift.PREVIOUS, date(2026, 10, 12), None),
        (Shift.NONE, date(2026, 10, 12), None),
    ],
)
def test_a_due_date_that_was_moved_still_belongs_to_its_statement(
    france: BusinessCalendar, shift: Shift, due_on: date, statement_on: date | None
) -> None:
    cycle = Cycle(Mode.BILL, 1, FixedDay(10), shift=shift)

    assert cycle.statement_due_on(due_on, france) == statement_on


def test_each_day_of_a_weekend_belongs_to_its_statement_once_it_has_moved(france: BusinessCalendar) -> None:
    for day in (10, 11):  # Saturday and Sunday
        following = Cycle(Mode.BILL, 1, FixedDay(day), shift=Shift.NEXT)
        preceding = Cycle(Mode.BILL, 1, FixedDay(day), shift=Shift.PREVIOUS)

        assert following.statement_due_on(date(2026, 10, 12), france) == date(2026, 10, 1)
        assert preceding.statement_due_on(date(2026, 10, 9), france) == date(2026, 10, 1)


def test_of_several_days_that_move_to_one_the_statement_day_decides(france: BusinessCalendar) -> None:
    # Monday 16 November stands for the 14th, the 15th and itself: 25 October + 20, 21 and 22 days.
    cycle = Cycle(Mode.BILL, 25, DaysAfter(20), shift=Shift.NEXT)

    assert cycle.statement_due_on(date(2026, 11, 16), france) == date(2026, 10, 25)
    unknown = Cycle(Mode.BILL, None, DaysAfter(20), shift=Shift.NEXT)
    assert unknown.statement_due_on(date(2026, 11, 16), france) == date(2026, 10, 27)


def test_what_follows_a_moved_due_date_goes_by_the_rule_again(france: BusinessCalendar) -> None:
    following = Shift.NEXT
    known = Cycle(Mode.BILL, 1, FixedDay(10), shift=following)
    unknown = Cycle(Mode.BILL, None, FixedDay(10), shift=following)
    order = Cycle(Mode.ORDER, shift=following)
    monday = date(2026, 10, 12)  # moved off Saturday the 10th

    for cycle in (known, unknown):
        assert cycle.following(monday, 1, france) == DueDay(date(2026, 11, 10))
        assert cycle.following(monday, 3, france) == DueDay(date(2027, 1, 11))
    assert order.following(monday, 1, france, date(2026, 8, 10)) == DueDay(date(2026, 11, 10))
    # Without the order nobody knows for which day the Monday stands, so it is its own.
    assert order.following(monday, 1, france) == DueDay(date(2026, 11, 12))
    # What the user typed stays, on whatever day it is.
    assert known.following(date(2026, 10, 10), 0, france) == DueDay(date(2026, 10, 10))
    assert on_days(known.dues_of_split_bill(monday, 2, france)) == [date(2026, 11, 10), date(2026, 12, 10)]


@given(
    by_rule=st.dates(date(2020, 1, 15), date(2032, 12, 1)),
    shift=st.sampled_from(list(Shift)),
    country=st.sampled_from(["CN", "FR", "GB", "US"]),
)
def test_a_moved_due_date_is_the_nearest_working_day_or_nothing_moves(
    by_rule: date, shift: Shift, country: str
) -> None:
    working = calendar(country)
    found = shifted(by_rule, shift, working)
    later = shifted(by_rule + timedelta(days=1), shift, working)

    assert found.on <= later.on  # so that a purchase made later is never due before one made earlier
    if shift is Shift.NONE or found.doubt is not None:
        assert found.on == by_rule
        return
    assert working.is_business_day(found.on)
    assert (found.on >= by_rule) if shift is Shift.NEXT else (found.on <= by_rule)
    low, high = sorted((by_rule, found.on))
    between = [low + timedelta(days=number) for number in range((high - low).days + 1)]
    assert [day for day in between if working.is_business_day(day)] == [found.on]


# --- what went wrong elsewhere -----------------------------------------------------------------------


def test_the_closing_day_belongs_to_the_next_bill_and_the_day_before_to_this_one() -> None:
    # ulsklyc/yuvomi#621: closed on the 5th, due on the 23rd.
    closes_before = Cycle(Mode.BILL, 5, FixedDay(23))
    closes_after = Cycle(Mode.BILL, 5, FixedDay(23), closes_after=True)

    for cycle, day, due_on in (
        (closes_before, date(2026, 11, 4), date(2026, 11, 23)),
        (closes_before, date(2026, 11, 5), date(2026, 12, 23)),
        (closes_before, date(2026, 11, 6), date(2026, 12, 23)),
        (closes_after, date(2026, 11, 4), date(2026, 11, 23)),
        (closes_after, date(2026, 11, 5), date(2026, 11, 23)),
        (closes_after, date(2026, 11, 6), date(2026, 12, 23)),
    ):
        assert cycle.dues_of_purchase(day) == (DueDay(due_on),)


@pytest.mark.parametrize(
    ("day", "closes_after", "statement_on"),
    [
        (date(2027, 2, 27), False, date(2027, 2, 28)),
        (date(2027, 2, 28), False, date(2027, 3, 31)),
        (date(2027, 2, 28), True, date(2027, 2, 28)),
        (date(2027, 3, 1), True, date(2027, 3, 31)),
        (date(2027, 4, 29), False, date(2027, 4, 30)),
        (date(2027, 4, 30), False, date(2027, 5, 31)),
        (date(2027, 4, 30), True, date(2027, 4, 30)),
        (date(2027, 12, 31), False, date(2028, 1, 31)),
        (date(2027, 12, 31), True, date(2027, 12, 31)),
    ],
)
def test_an_account_that_closes_on_the_31st_closes_on_the_last_day_of_every_month(
    day: date, statement_on: date, *, closes_after: bool
) -> None:
    cycle = Cycle(Mode.BILL, 31, FixedDay(20), closes_after)

    assert cycle.statement_of(day) == statement_on


def test_no_month_is_without_a_statement_on_the_31st() -> None:
    # actualbudget/actual#4276 and #2129: the 31st skips months, February vanishes.
    cycle = Cycle(Mode.BILL, 31, FixedDay(20))
    bought = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]

    statements = dict.fromkeys(cycle.statement_of(day) for day in bought)
    assert [day for day in statements if day and day.year == 2027] == [
        on_day(2027, month, 31) for month in range(1, 13)
    ]


def test_nothing_is_late_on_the_evening_of_its_due_date_nor_on_the_morning_after_by_another_clock() -> None:
    # elizaOS/eliza#31062: "overdue" the evening before, because the day was that of UTC.
    due = Due(DueKind.BILL, "bill", "account", Phrase("Bill"), date(2026, 11, 25), {LineKind.PURCHASE: CENT})

    assert not due.is_late(date(2026, 11, 24))
    assert not due.is_late(date(2026, 11, 25))
    assert due.is_late(date(2026, 11, 26))
    assert due.days_late(date(2026, 11, 26)) == 1


# What has a zone is no local day. The one stamp of a PDF has to have one: it is midnight of a plain day.
OTHER_CLOCKS = {
    "utcnow",
    "utcfromtimestamp",
    "gmtime",
    "timezone",
    "UTC",
    "utc",
    "tzinfo",
    "astimezone",
    "ZoneInfo",
}
# The day of a report as a PDF wants it, and when a calendar file was written, which iCalendar wants in UTC:
# no day is worked out from either.
STAMPS = {("calendar_entries.py", "UTC"), ("typeset.py", "UTC")}


def test_no_clock_but_the_users_own_is_read_anywhere() -> None:
    found = set()
    for path in sorted(Path(planner.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = {getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "name", None)}
            found |= {(path.name, name) for name in names & OTHER_CLOCKS}

    assert found == STAMPS


def test_bills_of_the_month_end_do_not_drift_after_a_short_month() -> None:
    # The bill of 28 February stands for the 31st, so the next one is that of 31 March.
    cycle = Cycle(Mode.BILL, 31, DaysAfter(10))

    assert cycle.dues_of_purchase(date(2026, 2, 10), 2) == (
        DueDay(date(2026, 3, 10)),
        DueDay(date(2026, 4, 10)),
    )
    assert cycle.following(date(2026, 3, 10), 1) == DueDay(date(2026, 4, 10))


def test_what_follows_a_moved_due_date_follows_its_bill() -> None:
    # The bill of 16 April would be due on Saturday the 25th, and is on Monday the 27th.
    known = BusinessCalendar("CN", {2026: CalendarYear(frozenset(), frozenset())})
    cycle = Cycle(Mode.BILL, 16, DaysAfter(9), shift=Shift.NEXT)

    assert cycle.following(date(2026, 4, 27), 1, known) == DueDay(date(2026, 5, 25))
