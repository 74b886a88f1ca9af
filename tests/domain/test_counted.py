"""From when on a true rate counts: whole months before the first payment, or the dates themselves."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.apr import Convention
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.offers.costing import costing
from planner.domain.offers.counted import counted_words

TODAY = date(2026, 11, 22)


def row(number: int, on: date) -> Instalment:
    return Instalment(number, on, Money.of(600, "CNY"), Money.of(6, "CNY"), Money.of(0, "CNY"))


ROWS = (row(1, date(2026, 12, 10)), row(2, date(2027, 1, 10)))


def told(months: tuple[int, ...], convention: Convention = Convention.CHINA) -> str | None:
    words = counted_words(costing(Money.of(1200, "CNY"), ROWS, months, TODAY, convention))
    return str(words) if words is not None else None


@pytest.mark.parametrize(
    ("months", "said"),
    [
        # However near the first payment is, it is one month away: the day of deciding does not count.
        ((1, 2), "counted in whole months from 2026-11-10, one month before the first payment"),
        ((2, 3), "counted in whole months from 2026-10-10"),
        ((0, 1), "counted in whole months from 2026-12-10"),
        ((0, 0), None),
    ],
)
def test_china_counts_whole_months(months: tuple[int, ...], said: str | None) -> None:
    assert told(months) == said


@pytest.mark.parametrize("convention", [Convention.EU, Convention.US])
def test_elsewhere_the_dates_count(convention: Convention) -> None:
    assert told((1, 2), convention) == "counted by the dates, from 2026-11-22 on"


def test_without_a_beginning_nothing_is_counted() -> None:
    found = costing(Money.of(1200, "CNY"), ROWS, (1, 2), TODAY)

    assert counted_words(replace(found, lent_on=None)) is None
