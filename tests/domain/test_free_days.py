from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from planner.domain.dates import Cycle, DaysAfter, DueDay, FixedDay, Mode, Shift
from planner.domain.derivation import Given, Working
from planner.domain.free_days import FreeDays, free_days
from planner.phrases import Phrase
from planner.store.catalogue import calendar

MEITUAN = Cycle(Mode.BILL, 1, FixedDay(8))
BAITIAO = Cycle(Mode.BILL, 1, DaysAfter(9))


@pytest.mark.parametrize(
    ("cycle", "bought_on", "days", "due_on"),
    [
        # gucheng.com 2022, weather.com.cn 2024: billed on the 1st, due on the 8th, up to 38 days.
        (MEITUAN, date(2026, 5, 1), 38, date(2026, 6, 8)),
        (MEITUAN, date(2026, 5, 31), 8, date(2026, 6, 8)),
        (MEITUAN, date(2026, 2, 1), 35, date(2026, 3, 8)),
        (MEITUAN, date(2028, 2, 1), 36, date(2028, 3, 8)),
        # w.sf024.com: bill day + 9 days, up to 39 or 40 days.
        (BAITIAO, date(2026, 5, 1), 40, date(2026, 6, 10)),
        (BAITIAO, date(2026, 4, 1), 39, date(2026, 5, 10)),
        (Cycle(Mode.ORDER), date(2026, 1, 31), 28, date(2026, 2, 28)),
    ],
)
def test_a_purchase_is_free_until_its_bill_is_due(
    cycle: Cycle, bought_on: date, days: int, due_on: date
) -> None:
    found = free_days(cycle, bought_on)

    assert found is not None
    assert (found.value.days, found.value.due) == (days, DueDay(due_on))
    assert found.value.bought_on == bought_on


def test_a_cycle_that_is_not_known_promises_no_free_day() -> None:
    assert free_days(Cycle(), date(2026, 5, 1)) is None
    assert free_days(Cycle(statement_day=1), date(2026, 5, 1)) is None


def test_a_later_purchase_in_a_bill_has_one_day_less_and_the_first_of_the_next_bill_the_most() -> None:
    first = date(2026, 1, 1)
    found = [free_days(MEITUAN, first + timedelta(days=number)) for number in range(365)]
    days = [each.value.days for each in found if each is not None]

    assert (min(days), max(days)) == (8, 38)
    assert all(later - early in {-1, *range(26, 31)} for early, later in pairwise(days))


def test_how_the_free_days_are_counted_is_said() -> None:
    found = free_days(MEITUAN, date(2026, 5, 1))
    assert found is not None

    derivation = found.derivation
    assert derivation.given == (Given(Phrase("Bought on"), date(2026, 5, 1)),)
    assert derivation.workings == (
        Working(Phrase("The statement that takes it up"), date(2026, 6, 1)),
        Working(Phrase("Due date, the last free day"), date(2026, 6, 8)),
        Working(Phrase("Days from the purchase to the due date"), 38),
    )
    assert derivation.rule == Phrase(
        "Free days = the days after the purchase up to its due date, if the bill is paid in full by then"
    )
    order = free_days(Cycle(Mode.ORDER), date(2026, 5, 1))
    assert order is not None
    assert [working.result for working in order.derivation.workings] == [date(2026, 6, 1), 31]


def test_a_due_date_that_moves_gives_a_free_day_more_or_says_that_it_may() -> None:
    cycle = Cycle(Mode.BILL, 1, FixedDay(8), shift=Shift.NEXT)

    # 8 August 2026 is a Saturday.
    france = free_days(cycle, date(2026, 7, 1), calendar("FR"))
    assert france is not None
    assert france.value == FreeDays(date(2026, 7, 1), date(2026, 8, 1), DueDay(date(2026, 8, 10)))
    assert france.value.days == 40
    unknown = free_days(cycle, date(2026, 7, 1))
    assert unknown is not None
    assert (unknown.value.days, unknown.value.due.on) == (38, date(2026, 8, 8))
    assert unknown.value.due.doubt in [working.text for working in unknown.derivation.workings]
