from datetime import date
from decimal import Decimal

import pytest

from planner.domain.interest.day_count import DayCount

ACTUAL, BANK, THIRTY = DayCount.ACTUAL_365, DayCount.ACTUAL_360, DayCount.THIRTY_360


@pytest.mark.parametrize(
    ("start", "end", "actual", "thirty"),
    [
        (date(2026, 1, 15), date(2026, 1, 15), 0, 0),
        (date(2026, 1, 15), date(2026, 1, 16), 1, 1),
        (date(2026, 1, 15), date(2026, 2, 15), 31, 30),
        (date(2024, 2, 1), date(2024, 3, 1), 29, 30),
        (date(2025, 12, 10), date(2027, 1, 5), 391, 385),
        # ISDA 2006, 4.16(f): a first day of 31 is 30; a last day of 31 is 30 only after a 30th or 31st.
        (date(2026, 1, 31), date(2026, 2, 28), 28, 28),
        (date(2026, 1, 30), date(2026, 3, 31), 60, 60),
        (date(2026, 1, 31), date(2026, 3, 31), 59, 60),
        (date(2026, 1, 29), date(2026, 3, 31), 61, 62),
        (date(2026, 1, 30), date(2026, 3, 30), 59, 60),
        (date(2026, 2, 28), date(2026, 3, 31), 31, 33),
    ],
)
def test_days_by_each_rule(start: date, end: date, actual: int, thirty: int) -> None:
    assert (ACTUAL.days(start, end), BANK.days(start, end)) == (actual, actual)
    assert THIRTY.days(start, end) == thirty


def test_a_year_has_365_or_360_days_whatever_the_calendar() -> None:
    leap = (date(2024, 1, 1), date(2025, 1, 1))

    assert ACTUAL.year_fraction(*leap) == Decimal(366) / 365
    assert BANK.year_fraction(*leap) == Decimal(366) / 360
    assert THIRTY.year_fraction(*leap) == 1
