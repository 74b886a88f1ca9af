from __future__ import annotations

from datetime import date, datetime, time

import pytest

from planner.domain.grace import CN_CARD_LEAST, Deadline, Grace, Standing
from planner.domain.money import Money

DUE = date(2026, 11, 5)
NOTHING = Money(0, "CNY")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_least_that_banks_let_pass_is_three_whole_days_and_ten_yuan() -> None:
    # China bank card self-discipline convention, art. 14.
    assert (CN_CARD_LEAST.days, CN_CARD_LEAST.cutoff) == (3, None)
    assert CN_CARD_LEAST.tolerance == Money.of("10.00", "CNY")
    assert str(CN_CARD_LEAST.deadline(DUE)) == "2026-11-08T24:00"


@pytest.mark.parametrize(
    ("paid_at", "standing"),
    [
        ("2026-11-01T12:00", Standing.ON_TIME),
        ("2026-11-05T23:59", Standing.ON_TIME),
        ("2026-11-08T00:00", Standing.ON_TIME),
        ("2026-11-08T23:59:59", Standing.ON_TIME),
        ("2026-11-09T00:00", Standing.LATE),
        ("2026-12-08T00:00", Standing.LATE),
    ],
)
def test_the_last_day_of_grace_counts_to_its_end(paid_at: str, standing: Standing) -> None:
    assert CN_CARD_LEAST.standing(DUE, at(paid_at), NOTHING) is standing


@pytest.mark.parametrize(
    ("paid_at", "standing"),
    [
        ("2026-11-07T23:59", Standing.ON_TIME),  # the hour is that of the last day
        ("2026-11-08T16:59", Standing.ON_TIME),
        ("2026-11-08T17:00", Standing.ON_TIME),
        ("2026-11-08T17:00:01", Standing.LATE),
        ("2026-11-08T17:01", Standing.LATE),
        ("2026-11-09T08:00", Standing.LATE),  # earlier in the day, but a day later
    ],
)
def test_a_bank_may_close_the_last_day_at_an_hour_of_its_own(paid_at: str, standing: Standing) -> None:
    assert Grace(3, time(17)).standing(DUE, at(paid_at), NOTHING) is standing


def test_without_grace_the_due_date_itself_is_the_last_day() -> None:
    assert Grace().standing(DUE, at("2026-11-05T23:59"), NOTHING) is Standing.ON_TIME
    assert Grace().standing(DUE, at("2026-11-06T00:00"), NOTHING) is Standing.LATE


@pytest.mark.parametrize(
    ("unpaid", "standing"),
    [
        ("10.01", Standing.NOT_FULL),
        ("10.00", Standing.FULL),
        ("9.99", Standing.FULL),
        ("0.01", Standing.FULL),
        ("0.00", Standing.ON_TIME),
        ("-5.00", Standing.ON_TIME),  # paid too much
    ],
)
def test_a_small_rest_counts_as_paid_in_full(unpaid: str, standing: Standing) -> None:
    rest = Money.of(unpaid, "CNY")

    assert CN_CARD_LEAST.standing(DUE, at("2026-11-05T10:00"), rest) is standing


def test_without_a_tolerance_a_cent_is_a_rest() -> None:
    cent = Money(1, "CNY")

    assert Grace(3).standing(DUE, at("2026-11-05T10:00"), cent) is Standing.NOT_FULL
    assert Grace(3, tolerance=NOTHING).standing(DUE, at("2026-11-05T10:00"), cent) is Standing.NOT_FULL


def test_a_rest_decides_before_the_time_does() -> None:
    late = at("2026-11-20T10:00")

    assert CN_CARD_LEAST.standing(DUE, late, Money.of("10.00", "CNY")) is Standing.FULL
    assert CN_CARD_LEAST.standing(DUE, late, Money.of("10.01", "CNY")) is Standing.NOT_FULL


def test_seven_days_of_grace_end_with_the_seventh() -> None:
    # Klarna UK from 2023-03-16: a fee once seven days have passed (moneysavingexpert.com, 2023-02-27).
    assert Grace(7).deadline(date(2026, 2, 24)) == Deadline(date(2026, 3, 3))
    assert Grace(7).deadline(date(2028, 2, 24)) == Deadline(date(2028, 3, 2))


def test_a_deadline_is_written_with_its_hour() -> None:
    assert str(Deadline(date(2026, 11, 8), time(17, 5))) == "2026-11-08T17:05"
    assert str(Deadline(date(2026, 11, 8), time(0))) == "2026-11-08T00:00"
    assert str(Deadline(date(2026, 11, 8))) == "2026-11-08T24:00"


def test_midnight_at_the_beginning_of_the_last_day_is_an_hour_too() -> None:
    grace = Grace(3, time(0))

    assert grace.standing(DUE, at("2026-11-08T00:00"), NOTHING) is Standing.ON_TIME
    assert grace.standing(DUE, at("2026-11-08T00:01"), NOTHING) is Standing.LATE
