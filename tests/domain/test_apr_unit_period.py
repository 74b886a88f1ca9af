from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr.unit_period import Interval, Kind, UnitPeriod, interval, times, unit_period_of
from planner.domain.dates import add_months

DAY, WEEK, SEMIMONTH, MONTH, YEAR = (UnitPeriod(kind) for kind in Kind)
CFPB = "12 CFR 1026 Appendix J"
CURO = "curo 65ad93ba, us_appendix_j_test.dart, validated with the FFIEC tool"


def on(text: str) -> date:
    return date.fromisoformat(text)


def several(unit: UnitPeriod, multiple: int) -> UnitPeriod:
    return unit._replace(multiple=multiple)


def string(start: str, count: int, *, months: int = 0, days: int = 0) -> list[date]:
    first = on(start)
    return [add_months(first, months * n, first.day) + timedelta(days=days * n) for n in range(count)]


@pytest.mark.parametrize(
    ("unit", "per_year", "days"),
    [
        (DAY, 365, 1),
        (several(DAY, 45), Fraction(365, 45), 45),
        (WEEK, 52, 7),
        (several(WEEK, 2), 26, 14),
        (several(WEEK, 4), 13, 28),
        (SEMIMONTH, 24, 15),
        (MONTH, 12, 30),
        (several(MONTH, 2), 6, 60),
        (several(MONTH, 5), Fraction(12, 5), 150),
        (several(MONTH, 11), Fraction(12, 11), 330),
        (YEAR, 1, 365),
    ],
)
def test_how_many_unit_periods_make_a_year(unit: UnitPeriod, per_year: Fraction, days: int) -> None:
    assert unit.per_year == per_year
    assert unit.days == days


@pytest.mark.parametrize(
    ("source", "start", "end", "unit", "whole", "part"),
    [
        (CURO, "2026-01-10", "2026-02-15", MONTH, 1, "5/30"),
        (CURO, "2026-01-10", "2026-03-15", MONTH, 2, "5/30"),
        (CURO, "2026-01-10", "2026-01-20", MONTH, 0, "10/30"),
        (CURO, "2026-01-10", "2027-03-15", MONTH, 14, "5/30"),
        (CURO, "2026-01-31", "2026-02-28", MONTH, 1, "0"),
        (CURO, "2028-01-31", "2028-02-29", MONTH, 1, "0"),
        (CURO, "2028-01-10", "2028-02-29", MONTH, 1, "19/30"),
        (CURO, "2026-01-10", "2026-05-01", several(MONTH, 3), 1, "22/90"),
        (CURO, "2026-01-10", "2026-08-01", several(MONTH, 6), 1, "22/180"),
        (CURO, "2026-01-10", "2026-04-10", several(MONTH, 3), 1, "0"),
        (CURO, "2026-01-10", "2026-01-20", WEEK, 1, "3/7"),
        (CURO, "2026-01-20", "2026-02-03", several(WEEK, 2), 1, "0"),
        (CURO, "2026-01-01", "2027-01-01", YEAR, 1, "0"),
        (f"{CFPB} (c)(1)(iv)", "1978-05-23", "1978-10-01", several(MONTH, 3), 1, "39/90"),
        (f"{CFPB} (c)(1)(iii)", "1978-02-23", "1978-03-01", SEMIMONTH, 0, "6/15"),
        (f"{CFPB} (c)(1)(iii)", "1978-02-23", "1978-03-16", SEMIMONTH, 1, "6/15"),
        (f"{CFPB} (c)(1)(iii)", "1978-02-23", "1978-04-01", SEMIMONTH, 2, "6/15"),
        (f"{CFPB} (c)(2)(ii)", "1978-03-18", "1978-04-20", several(WEEK, 4), 1, "5/28"),
        (f"{CFPB} (b)(5)(ii)", "2026-01-02", "2026-02-01", MONTH, 0, "30/30"),
        (f"{CFPB} (b)(5)(iii)", "2026-01-02", "2026-02-01", several(MONTH, 2), 0, "30/60"),
        (f"{CFPB} (b)(5)(iii)", "2026-01-02", "2026-03-01", several(MONTH, 2), 1, "0"),
        (f"{CFPB} (b)(5)(iii)", "2026-01-02", "2026-02-01", SEMIMONTH, 2, "0"),
        (f"{CFPB} (b)(5)(iv)", "2026-01-02", "2026-02-01", DAY, 30, "0"),
        (f"{CFPB} (b)(5)(iv)", "2026-01-02", "2026-03-01", several(DAY, 45), 1, "13/45"),
        (f"{CFPB} (b)(5)(v)(A)", "2026-01-10", "2027-07-10", YEAR, 1, "6/12"),
        (f"{CFPB} (b)(5)(v)(A)", "2026-01-10", "2026-12-10", YEAR, 0, "11/12"),
        (f"{CFPB} (b)(5)(v)(B)", "2026-01-10", "2027-07-11", YEAR, 1, "182/365"),
        (f"{CFPB} (b)(5)(v)(B)", "2026-04-27", "2027-04-30", YEAR, 1, "3/365"),
        (f"{CFPB} (b)(5)(v)(B)", "2026-01-10", "2026-01-11", YEAR, 0, "1/365"),
        (f"{CFPB} (b)(5)(v)", "2026-01-10", "2027-07-10", several(MONTH, 12), 1, "6/12"),
    ],
)
def test_the_unit_periods_between_two_dates(
    source: str, start: str, end: str, unit: UnitPeriod, whole: int, part: str
) -> None:
    found = interval(on(start), on(end), unit)

    assert (found.whole, found.part_text) == (whole, part), source
    assert found.part == Fraction(part)


@pytest.mark.parametrize("unit", [DAY, WEEK, SEMIMONTH, MONTH, several(MONTH, 3), YEAR])
def test_no_time_is_nothing(unit: UnitPeriod) -> None:
    found = interval(on("2026-01-31"), on("2026-01-31"), unit)

    assert (found.whole, found.part, found.part_text) == (0, 0, "0")


def test_an_interval_may_be_said_shortly() -> None:
    assert Interval(2) == Interval(2, 0, 1)
    assert Interval(2).part == 0


def test_a_date_may_stand_for_a_later_day_of_the_month() -> None:
    assert interval(on("2026-01-15"), on("2026-02-28"), MONTH, 30) == Interval(1, 15, 30)
    assert interval(on("2026-01-15"), on("2026-02-28"), MONTH) == Interval(1, 13, 30)
    assert interval(on("2025-02-15"), on("2026-02-28"), YEAR, 30) == Interval(1, 13, 365)
    assert interval(on("2025-02-15"), on("2026-03-30"), YEAR, 30) == Interval(1, 43, 365)


# --- which unit-period -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("advances", "payments", "expected"),
    [
        (["2026-01-10"], string("2026-02-10", 24, months=1), MONTH),
        (["2026-01-10"], string("2026-02-15", 12, months=1), MONTH),
        (["2026-01-31"], string("2026-02-28", 2, days=31), MONTH),
        (["2026-01-15"], [on("2026-01-31"), on("2026-02-28"), on("2026-03-31")], MONTH),
        (["2026-01-15"], [on("2026-01-30"), on("2026-02-28"), on("2026-03-30")], MONTH),
        (["1978-05-23"], string("1978-10-01", 40, months=3), several(MONTH, 3)),
        (["2026-01-10"], string("2026-12-10", 3, months=11), several(MONTH, 11)),
        (["2026-01-10"], string("2027-01-10", 3, months=12), YEAR),
        (["2026-01-10"], string("2026-04-10", 3, months=12), YEAR),
        (["1978-03-18"], [on("1978-04-20"), *string("1978-05-18", 11, days=28)], several(WEEK, 4)),
        (["2026-01-10"], string("2026-01-17", 52, days=7), WEEK),
        (["2025-12-06"], string("2025-12-25", 26, days=14), several(WEEK, 2)),
        (["2026-01-10"], string("2026-01-11", 5, days=1), DAY),
        (["2026-01-10"], string("2026-02-24", 5, days=45), several(DAY, 45)),
        # Advances count too.
        (string("2026-01-10", 4, days=7), [on("2026-02-10"), on("2026-03-10"), on("2026-04-10")], WEEK),
        (["2026-01-10", "2026-02-10"], [on("2026-02-10"), on("2026-06-10")], MONTH),
        # As often: the smaller one.
        (
            ["2026-01-10"],
            [on("2026-02-10"), on("2026-03-10"), on("2026-05-10"), on("2026-07-10")],
            MONTH,
        ),
        # More often: the larger one.
        (
            ["2026-01-10"],
            [on("2026-02-10"), on("2026-03-10"), *string("2026-05-10", 3, months=2)],
            several(MONTH, 2),
        ),
        # As often and as long, in months and in days: months.
        (["2026-04-01"], [on("2026-05-01"), on("2026-05-31"), on("2026-06-30")], several(DAY, 30)),
        (["2026-04-01"], [on("2026-05-01"), on("2026-06-01"), on("2026-07-01")], MONTH),
        (["2026-03-31"], [on("2026-04-30"), on("2026-05-31"), on("2026-06-30")], MONTH),
        (["2025-01-01"], [on("2026-01-01"), on("2027-01-01")], YEAR),
        # Payments every two years: none common up to a year; the average is above.
        (["2026-01-10"], string("2028-01-10", 3, months=24), YEAR),
    ],
)
def test_the_most_frequent_period_is_the_unit_period(
    advances: list[str | date], payments: list[date], expected: UnitPeriod
) -> None:
    lent = [day if isinstance(day, date) else on(day) for day in advances]

    assert unit_period_of(lent, payments) == expected
    assert unit_period_of(lent[::-1], [*payments[::-1], lent[0]]) == expected


@pytest.mark.parametrize(
    ("days", "start"),
    [
        (["2026-03-01", "2026-03-16", "2026-04-01", "2026-04-16"], "2026-02-23"),
        (["2026-03-01", "2026-03-15", "2026-04-01", "2026-04-15"], "2026-02-23"),
        (["2026-02-15", "2026-02-28", "2026-03-15", "2026-03-31"], "2026-02-03"),
        (["2026-01-15", "2026-01-30", "2026-02-15", "2026-02-28", "2026-03-15", "2026-03-30"], "2026-01-03"),
        (["2026-12-05", "2026-12-20", "2027-01-05"], "2026-11-30"),
        (["2026-03-16", "2026-04-01"], "2026-03-01"),
    ],
)
def test_two_days_of_each_month_half_a_month_apart_are_semimonths(days: list[str], start: str) -> None:
    assert unit_period_of([on(start)], [on(day) for day in days]) == SEMIMONTH


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-03-01", "2026-03-12", "2026-04-01", "2026-04-12"], several(DAY, 11)),
        (["2026-03-01", "2026-03-19", "2026-04-01", "2026-04-19"], several(DAY, 18)),
        (["2026-03-01", "2026-03-16", "2026-04-16", "2026-05-16"], MONTH),
        (["2026-03-01", "2026-03-16", "2026-04-02", "2026-04-16"], several(DAY, 17)),
    ],
)
def test_other_days_of_the_month_are_none(days: list[str], expected: UnitPeriod) -> None:
    found = unit_period_of([on("2026-01-20")], [on(day) for day in days])

    assert found.kind is not Kind.SEMIMONTH
    if expected.kind is not Kind.DAY:
        assert found == expected


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # The average of all periods, in months of 30 days, to the nearest standard interval.
        ("2026-01-10", ["2026-02-15", "2026-03-15"], MONTH),  # 35 and 30 days: 32.5, as near to five weeks
        ("2026-01-10", ["2026-01-13", "2026-01-17"], DAY),  # 3 and 4 days: 3.5; a day is nearer than a week
        ("2026-01-10", ["2026-01-14", "2026-01-19"], WEEK),  # 4 and 5: 4.5
        ("2026-01-10", ["2026-01-13", "2026-01-18"], DAY),  # 3 and 5: 4, as near to a day as to a week
        ("2026-01-10", ["2026-01-24", "2026-02-09"], SEMIMONTH),  # 14 and 16
        ("2026-01-10", ["2026-03-11", "2026-05-20"], several(WEEK, 9)),  # 61 and 69: 65
        ("2026-01-10", ["2026-04-10", "2026-09-10"], several(MONTH, 4)),  # 3 and 5 months
        ("2026-01-10", ["2026-04-10", "2026-08-10"], several(MONTH, 3)),  # 3 and 4: as near to both
        ("2026-01-10", ["2026-12-10", "2027-11-11"], several(MONTH, 11)),  # 330 and 331
        ("2026-01-10", ["2026-12-10", "2029-01-10"], YEAR),
        (
            "2026-01-10",
            ["2027-01-09", "2028-01-07"],
            several(WEEK, 51),
        ),  # 359 and 358: 357 is nearer than 364
    ],
)
def test_without_a_common_period_the_average_decides(
    start: str, days: list[str], expected: UnitPeriod
) -> None:
    assert unit_period_of([on(start)], [on(day) for day in days]) == expected


def test_dates_that_are_all_the_same_have_no_period() -> None:
    assert unit_period_of([on("2026-01-10")], [on("2026-01-10")]) == DAY
    assert unit_period_of([], []) == DAY


def test_a_payment_may_come_before_the_first_advance() -> None:
    assert unit_period_of([on("2026-02-10")], string("2026-01-10", 12, months=1)) == MONTH


# --- the times of a string -------------------------------------------------------------------------


def test_a_string_is_measured_by_the_days_it_aims_at() -> None:
    days = [on("2026-01-30"), on("2026-02-28"), on("2026-03-30")]

    assert times(on("2026-01-15"), days, MONTH) == [Interval(n, 15, 30) for n in range(3)]


def test_a_semimonthly_string_is_measured_by_the_two_days_it_aims_at() -> None:
    days = [on(day) for day in ("2026-02-15", "2026-02-28", "2026-03-15", "2026-03-31")]
    found = times(on("2026-01-31"), days, SEMIMONTH)

    # Whole months from last day to last day; 15 days from 31 January to 15 February.
    assert found == [Interval(n, 0, 15) for n in (1, 2, 3, 4)]
    sooner = times(on("2026-02-03"), days, SEMIMONTH)
    assert sooner == [Interval(0, 12, 15), Interval(1, 10, 15), Interval(2, 12, 15), Interval(3, 10, 15)]


def test_what_is_paid_at_the_beginning_is_no_part_of_the_string() -> None:
    days = [on("2026-01-12"), on("2026-02-15"), on("2026-03-15")]

    assert times(on("2026-01-12"), days, MONTH) == [
        Interval(0, 0, 30),
        Interval(1, 3, 30),
        Interval(2, 3, 30),
    ]
    assert times(on("2026-01-12"), [on("2026-01-12")], MONTH) == [Interval(0, 0, 30)]
    assert times(on("2026-01-12"), [], MONTH) == []


@given(
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.integers(0, 4000),
    st.sampled_from([DAY, WEEK, several(WEEK, 4), SEMIMONTH, MONTH, several(MONTH, 3), YEAR]),
)
def test_any_time_is_about_as_long_as_its_days(start: date, days: int, unit: UnitPeriod) -> None:
    found = interval(start, start + timedelta(days=days), unit)

    assert 0 <= found.part <= 1
    assert float((found.whole + found.part) / unit.per_year) == pytest.approx(
        days / 365, abs=0.012 + days / 365 * 0.004
    )
