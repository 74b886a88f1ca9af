from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr.periods import anchor_of, days_in, is_month_end, months_back, years_back
from planner.domain.dates import add_months

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "month", "length"),
    [
        (2025, 1, 31),
        (2025, 2, 28),
        (2024, 2, 29),
        (1900, 2, 28),
        (2000, 2, 29),
        (2024, 3, 31),
        (2024, 4, 30),
        (2024, 5, 31),
        (2024, 6, 30),
        (2024, 7, 31),
        (2024, 8, 31),
        (2024, 9, 30),
        (2024, 10, 31),
        (2024, 11, 30),
        (2024, 12, 31),
    ],
)
def test_the_length_of_a_month(year: int, month: int, length: int) -> None:
    assert days_in(year, month) == length
    assert is_month_end(date(year, month, length))
    assert not is_month_end(date(year, month, length - 1))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Measured back from the later date: the days stand at the beginning.
        ("2026-01-10", "2026-01-10", (0, 0)),
        ("2026-01-10", "2026-01-20", (0, 10)),
        ("2026-01-10", "2026-02-09", (0, 30)),
        ("2026-01-10", "2026-02-10", (1, 0)),
        ("2026-01-10", "2026-02-11", (1, 1)),
        ("2026-01-10", "2026-02-15", (1, 5)),
        ("2026-01-10", "2026-03-09", (1, 30)),
        ("2026-02-10", "2026-03-09", (0, 27)),
        ("2025-12-15", "2026-01-14", (0, 30)),
        ("2025-12-15", "2026-02-14", (1, 30)),
        ("2025-12-15", "2026-02-15", (2, 0)),
        ("2026-01-10", "2027-03-15", (14, 5)),
        # A month that is too short ends the count on its last day.
        ("2013-02-26", "2013-03-29", (1, 2)),
        ("2012-02-26", "2012-03-29", (1, 3)),
        ("2026-02-28", "2026-03-30", (1, 0)),
        ("2026-01-31", "2026-03-30", (1, 28)),
        ("2028-01-10", "2028-02-29", (1, 19)),
        # From last day to last day.
        ("2019-01-31", "2019-02-28", (1, 0)),
        ("2019-02-28", "2019-03-31", (1, 0)),
        ("2020-02-29", "2020-03-31", (1, 0)),
        ("2020-02-28", "2020-03-31", (1, 1)),
        ("2019-04-30", "2019-05-31", (1, 0)),
        ("2020-12-31", "2021-02-28", (2, 0)),
        # One of them is not a last day.
        ("2019-01-30", "2019-02-28", (0, 29)),
        ("2019-01-29", "2019-02-28", (0, 30)),
        ("2019-01-31", "2019-03-01", (1, 1)),
    ],
)
def test_whole_months_are_measured_back_from_the_later_date(
    start: str, end: str, expected: tuple[int, int]
) -> None:
    assert months_back(on(start), on(end)) == expected


@pytest.mark.parametrize(
    ("start", "end", "anchor", "expected"),
    [
        # 12 CFR 1026 Appendix J (b)(3)(iv): the 28 February of payments on the 29th or 30th stands for them.
        ("2026-01-15", "2026-02-28", 30, (1, 15)),
        ("2026-01-15", "2026-02-28", 29, (1, 14)),
        ("2026-01-15", "2026-02-28", 31, (1, 16)),
        ("2026-01-15", "2026-02-28", None, (1, 13)),
        ("2026-01-30", "2026-02-28", 30, (1, 0)),
        ("2026-01-29", "2026-02-28", 31, (1, 2)),
        ("2026-02-15", "2026-02-28", 30, (0, 13)),
        ("2026-02-28", "2026-04-30", 31, (2, 0)),
        ("2026-02-28", "2026-04-30", 30, (2, 0)),
        ("2025-12-31", "2026-02-28", 30, (1, 30)),
        # A date that cannot stand for the anchor stands for its own day.
        ("2026-01-12", "2026-01-12", 15, (0, 0)),
        ("2026-01-12", "2026-02-12", 15, (1, 0)),
        ("2026-01-31", "2026-02-27", 31, (0, 27)),
    ],
)
def test_a_date_may_stand_for_a_later_day_of_the_month(
    start: str, end: str, anchor: int | None, expected: tuple[int, int]
) -> None:
    assert months_back(on(start), on(end), anchor) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2012-01-12", "2012-02-15", (0, 34)),
        ("2012-01-12", "2013-02-15", (1, 34)),
        ("2012-01-12", "2014-01-12", (2, 0)),
        ("2012-01-12", "2014-01-11", (1, 365)),
        ("2020-01-01", "2021-03-15", (1, 74)),
        ("2024-02-27", "2025-02-28", (1, 1)),
        ("2024-02-28", "2025-02-27", (0, 365)),
        ("2024-02-29", "2025-02-28", (1, 0)),
        ("2023-02-28", "2024-02-29", (1, 0)),
        ("2024-02-29", "2025-03-31", (1, 31)),
        ("2024-01-31", "2025-02-28", (1, 29)),
    ],
)
def test_whole_years_are_measured_back_from_the_later_date(
    start: str, end: str, expected: tuple[int, int]
) -> None:
    assert years_back(on(start), on(end)) == expected


def test_years_too_may_end_on_a_date_that_stands_for_a_later_day() -> None:
    assert years_back(on("2024-02-20"), on("2025-02-28"), 30) == (1, 9)
    assert years_back(on("2024-02-20"), on("2025-02-28")) == (1, 8)


@given(days, st.integers(0, 500))
def test_months_counted_forward_are_counted_back(start: date, months: int) -> None:
    if start.day <= 28:
        assert months_back(start, add_months(start, months), start.day) == (months, 0)
    assert months_back(add_months(start, 0), add_months(start, months), start.day) == (months, 0)


@given(days, days)
def test_the_days_that_remain_are_fewer_than_a_month_has(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    months, rest = months_back(start, end)

    assert months >= 0
    assert 0 <= rest <= 30


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], None),
        (["2026-01-15"], 15),
        (["2026-02-28"], 28),
        (["2026-01-15", "2026-02-15"], 15),
        (["2026-01-27", "2026-02-27"], 27),
        (["2026-01-28", "2026-02-28"], 28),
        (["2026-01-15", "2026-02-16"], None),
        (["2026-01-31", "2026-02-28", "2026-03-31"], 31),
        (["2026-02-28", "2026-04-30"], 31),
        (["2026-06-30", "2026-09-30"], 31),
        (["2026-02-28", "2027-02-28"], 31),
        (["2026-01-30", "2026-02-28", "2026-03-30"], 30),
        (["2026-01-30", "2026-02-28", "2026-03-29"], None),
        (["2028-01-30", "2028-02-28", "2028-03-30"], None),  # 29 February would have been the last day
        (["2026-01-29", "2026-02-28"], 29),
        (["2026-02-28", "2026-03-01"], None),
    ],
)
def test_a_string_of_dates_aims_at_a_day_of_the_month(dates: list[str], expected: int | None) -> None:
    assert anchor_of([on(text) for text in dates]) == expected
    assert anchor_of([on(text) for text in reversed(dates)]) == expected
