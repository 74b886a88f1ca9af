from __future__ import annotations

from datetime import date

from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.cash.flow import Category, Happened, Occurrence
from planner.domain.cash.movement import MovementKind
from planner.domain.cash.occurrences import Time, time_of, times_of
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.dates import Shift
from planner.phrases import Phrase
from planner.store.catalogue import calendar
from tests.domain.cash_cases import cny, flow

LAST_WORKING_DAY = Recurrence(date(2022, 1, 31), day=31, shift=Shift.PREVIOUS)
MONTHLY = Recurrence(date(2026, 1, 10))


def days(times: tuple[Time, ...]) -> list[str]:
    return [time.on.isoformat() for time in times]


def test_a_salary_on_the_last_working_day_across_a_year_with_chinese_holidays() -> None:
    # State Council notices: in 2022, Sunday 30 January was worked and Monday 31 January was off; 30 April
    # and 31 December were Saturdays off.
    salary = flow("8000", LAST_WORKING_DAY)

    times = times_of(salary, calendar("CN"), date(2022, 1, 1), date(2022, 12, 31))

    assert days(times) == [
        *("2022-01-30", "2022-02-28", "2022-03-31", "2022-04-29", "2022-05-31", "2022-06-30"),
        *("2022-07-29", "2022-08-31", "2022-09-30", "2022-10-31", "2022-11-30", "2022-12-30"),
    ]
    assert {time.doubt for time in times} == {None}
    assert [time.by_rule for time in times[:2]] == [date(2022, 1, 31), date(2022, 2, 28)]


def test_a_saturday_that_is_worked_in_exchange_is_a_last_working_day() -> None:
    # Saturday 28 February 2026 is worked for the Spring Festival; Sunday 31 May is not.
    salary = flow("8000", LAST_WORKING_DAY)

    times = times_of(salary, calendar("CN"), date(2026, 1, 1), date(2026, 6, 30))

    assert days(times) == [
        *("2026-01-30", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30"),
    ]


def test_a_year_without_a_holiday_calendar_takes_weekdays_for_worked_and_says_why_it_may_move() -> None:
    salary = flow("8000", LAST_WORKING_DAY)

    (time,) = times_of(salary, calendar("CN"), date(2099, 1, 1), date(2099, 1, 31))

    # 31 January 2099 is a Saturday.
    assert (time.on, time.by_rule) == (date(2099, 1, 30), date(2099, 1, 31))
    assert str(time.doubt) == (
        "The day may still move. The holiday calendar for 2099 has not been published."
    )
    assert time.movement.doubt == time.doubt


def test_a_guess_goes_the_way_of_the_rule_and_keeps_what_is_known() -> None:
    # Nothing is known but 2026, of which Friday 2 January and Thursday 31 December are off.
    known = BusinessCalendar(
        "XX", {2026: CalendarYear(frozenset({date(2026, 1, 2), date(2026, 12, 31)}), frozenset())}
    )

    def guessed(on: date, shift: Shift) -> date:
        found = Recurrence(on, shift=shift).shifted(on, known)
        assert found.doubt is not None
        return found.on

    assert guessed(date(2027, 1, 30), Shift.NEXT) == date(2027, 2, 1)
    assert guessed(date(2027, 1, 31), Shift.PREVIOUS) == date(2027, 1, 29)
    assert guessed(date(2027, 1, 29), Shift.PREVIOUS) == date(2027, 1, 29)
    # From Sunday 3 January 2027 back over the weekend and New Year's Day, which is taken for worked.
    assert guessed(date(2027, 1, 3), Shift.PREVIOUS) == date(2027, 1, 1)
    assert guessed(date(2026, 12, 31), Shift.NEXT) == date(2027, 1, 1)
    settled = Recurrence(date(2026, 1, 2), shift=Shift.NEXT).shifted(date(2026, 1, 2), known)
    assert (settled.on, settled.doubt) == (date(2026, 1, 5), None)


def test_without_any_calendar_the_day_may_move_too_but_not_where_nothing_shifts() -> None:
    shifting = flow("8000", LAST_WORKING_DAY)

    doubts = [
        times_of(shifting, known, date(2022, 1, 1), date(2022, 1, 31))[0].doubt for known in (None, NONE)
    ]

    words = "The day may still move. No calendar of public holidays is known for this country."
    assert [str(doubt) for doubt in doubts] == [words, words]
    assert times_of(flow("1", MONTHLY), None, date(2026, 1, 1), date(2026, 1, 31))[0].doubt is None


NONE = BusinessCalendar("ZZ", {})


def test_a_day_that_shifts_into_the_period_or_out_of_it_counts_where_it_comes() -> None:
    # Sunday 1 May 2022 begins a holiday until 4 May; the day before the holiday is Friday 29 April.
    before = flow("1", Recurrence(date(2022, 5, 1), Unit.ONCE, shift=Shift.PREVIOUS))
    after = flow("1", Recurrence(date(2022, 5, 1), Unit.ONCE, shift=Shift.NEXT))
    cn = calendar("CN")

    assert days(times_of(before, cn, date(2022, 4, 1), date(2022, 4, 30))) == ["2022-04-29"]
    assert days(times_of(before, cn, date(2022, 5, 1), date(2022, 5, 31))) == []
    assert days(times_of(after, cn, date(2022, 5, 2), date(2022, 5, 31))) == ["2022-05-05"]
    assert days(times_of(after, cn, date(2022, 5, 1), date(2022, 5, 4))) == []


def test_both_ends_of_the_period_are_in_it() -> None:
    assert days(times_of(flow("1", MONTHLY), None, date(2026, 2, 10), date(2026, 3, 10))) == [
        "2026-02-10",
        "2026-03-10",
    ]


def test_what_was_said_about_a_time_takes_the_place_of_the_plan() -> None:
    said = (
        Occurrence(date(2026, 1, 10), Happened.CONFIRMED, date(2026, 1, 12), cny("95")),
        Occurrence(date(2026, 2, 10), Happened.SKIPPED),
        Occurrence(date(2026, 3, 10), Happened.EXPECTED, on=date(2026, 3, 8)),
        Occurrence(date(2026, 4, 10), Happened.EXPECTED, amount=cny("80")),
    )
    rent = flow("100", MONTHLY, Category.HOUSING, said)

    times = times_of(rent, None, date(2026, 1, 1), date(2026, 5, 31))

    assert [(str(time.on), str(time.signed), time.state.value, time.is_changed) for time in times] == [
        ("2026-01-12", "-95.00 CNY", "confirmed", True),
        ("2026-02-10", "0.00 CNY", "skipped", False),
        ("2026-03-08", "-100.00 CNY", "expected", True),
        ("2026-04-10", "-80.00 CNY", "expected", True),
        ("2026-05-10", "-100.00 CNY", "expected", False),
    ]
    assert [time.planned_on.isoformat() for time in times[:3]] == ["2026-01-10", "2026-02-10", "2026-03-10"]
    assert [time.amount for time in times[:2]] == [cny("95"), cny("100")]


def test_times_stand_in_the_order_in_which_they_come_wherever_they_were_moved_to() -> None:
    far = Occurrence(date(2026, 12, 10), on=date(2026, 1, 5))
    past = Occurrence(date(2026, 1, 10), on=date(2026, 2, 20))

    times = times_of(flow("1", MONTHLY, occurrences=(past, far)), None, date(2026, 1, 1), date(2026, 2, 28))

    assert [(str(time.on), str(time.by_rule)) for time in times] == [
        ("2026-01-05", "2026-12-10"),
        ("2026-02-10", "2026-02-10"),
        ("2026-02-20", "2026-01-10"),
    ]


def test_what_was_confirmed_stays_where_the_rule_has_changed_and_the_rest_goes() -> None:
    said = (
        Occurrence(date(2025, 12, 31), Happened.CONFIRMED, date(2025, 12, 30), cny("7")),
        Occurrence(date(2025, 11, 30), Happened.EXPECTED, date(2025, 12, 29), cny("8")),
        Occurrence(date(2025, 10, 31), Happened.SKIPPED),
    )
    changed = flow("5", MONTHLY, occurrences=said)

    times = times_of(changed, None, date(2025, 1, 1), date(2026, 1, 31))

    assert [(str(time.on), time.amount) for time in times] == [
        ("2025-12-30", cny("7")),
        ("2026-01-10", cny("5")),
    ]


def test_a_day_that_the_user_said_is_in_no_doubt() -> None:
    said = (
        Occurrence(date(2099, 1, 31), Happened.CONFIRMED, date(2099, 1, 29), cny("1")),
        Occurrence(date(2099, 2, 28), amount=cny("1")),
    )
    salary = flow("8000", LAST_WORKING_DAY, occurrences=said)

    times = times_of(salary, calendar("CN"), date(2099, 1, 1), date(2099, 2, 28))

    assert [time.doubt is None for time in times] == [True, False]


def test_one_time_is_found_by_its_day_of_the_rule() -> None:
    kept = Occurrence(date(2025, 12, 31), Happened.CONFIRMED, date(2025, 12, 30), cny("7"))
    lost = Occurrence(date(2025, 11, 30), Happened.SKIPPED)
    changed = flow("5", MONTHLY, occurrences=(kept, lost))

    found = [time_of(changed, None, day) for day in (kept.by_rule, lost.by_rule, date(2026, 2, 10))]

    assert [time.on if time else None for time in found] == [date(2025, 12, 30), None, date(2026, 2, 10)]


def test_a_time_becomes_a_movement_that_names_its_flow() -> None:
    salary = flow("8000", MONTHLY, cash_account_id="bank")
    rent = flow("2600", MONTHLY, Category.HOUSING)

    (came,) = times_of(salary, None, date(2026, 2, 1), date(2026, 2, 28))
    (went,) = times_of(rent, None, date(2026, 2, 1), date(2026, 2, 28))

    assert came.movement.kind is MovementKind.INCOME
    assert came.movement.amount == cny("8000")
    assert came.movement.label == Phrase.own("salary")
    assert (came.movement.cash_account_id, came.movement.refers_to) == ("bank", "flow-salary")
    assert (came.movement.on, came.movement.by_rule) == (date(2026, 2, 10), date(2026, 2, 10))
    assert (went.movement.kind, went.movement.amount) == (MovementKind.EXPENSE, cny("-2600"))
