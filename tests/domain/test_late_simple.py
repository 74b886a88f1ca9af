from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.domain.late.accrual import Line, Product, accrued, products
from planner.domain.late.simple import charge_for_days, penalty_span, simple_penalty
from planner.domain.money import Money, sum_of
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def a_day(text: str) -> Rate:
    return Rate(Decimal(text), Per.DAY)


# --- some days ---


@pytest.mark.parametrize(
    ("amount", "rate", "days", "charged"),
    [
        ("1000.00", a_day("0.0003"), 30, "9.00"),
        ("2399.00", a_day("0.0005"), 17, "20.39"),  # 20.3915
        ("10.00", a_day("0.0005"), 1, "0.01"),  # half a cent goes up
        ("9.99", a_day("0.0005"), 1, "0.00"),  # 0.004995
        ("1000.00", Rate(Decimal("0.18"), Per.YEAR), 73, "36.00"),  # a fifth of 18 %
        ("1000.00", Rate(Decimal("0.18"), Per.YEAR), 365, "180.00"),
        ("1000.00", Rate(Decimal("0.18"), Per.YEAR), 366, "180.49"),  # a leap day costs as much: 180.493…
        ("1000.00", Rate(Decimal("0.01"), Per.MONTH), 73, "24.00"),  # a fifth of 12 %
        ("3.65", Rate(Decimal("0.1"), Per.YEAR), 5, "0.01"),  # exactly half a cent, which 28 digits miss
        ("0", a_day("0.0005"), 30, "0"),
        ("1000.00", a_day("0.0005"), 0, "0"),
    ],
)
def test_an_amount_times_its_rate_times_its_days_is_rounded_half_up_once(
    amount: str, rate: Rate, days: int, charged: str
) -> None:
    assert charge_for_days(yuan(amount), rate, days) == yuan(charged)
    assert simple_penalty(yuan(amount), rate, days) == yuan(charged)


@pytest.mark.parametrize(
    ("amount", "penalty"),
    [
        ("10.00", "0.30"),  # 0.005 a day is less than 0.01
        ("19.99", "0.30"),
        ("20.00", "0.30"),  # 0.01 a day exactly
        ("20.01", "0.30"),
        ("21.00", "0.32"),  # 0.315
        ("0", "0"),
    ],
)
def test_less_than_the_least_a_day_is_charged_as_the_least(amount: str, penalty: str) -> None:
    assert simple_penalty(yuan(amount), a_day("0.0005"), 30, Decimal("0.01")) == yuan(penalty)


def test_the_least_a_day_holds_for_yearly_rates_too() -> None:
    yearly = Rate(Decimal("0.1825"), Per.YEAR)  # 0.05 % a day

    assert simple_penalty(yuan("19.00"), yearly, 10, Decimal("0.01")) == yuan("0.10")
    assert simple_penalty(yuan("40.00"), yearly, 10, Decimal("0.01")) == yuan("0.20")


def test_several_rates_give_a_span_whatever_period_they_are_stated_for() -> None:
    rates = [a_day("0.0005"), Rate(Decimal("0.1095")), a_day("0.0007")]  # 10.95 % a year is 0.03 % a day

    assert penalty_span(yuan("1000.00"), rates, 30) == Span(yuan("9.00"), yuan("21.00"))
    assert penalty_span(yuan("10.00"), rates, 30, Decimal("0.01")) == Span.exactly(yuan("0.30"))


# --- what runs by the day ---

START = date(2026, 1, 10)


def test_nothing_is_charged_up_to_the_start_and_a_day_later_one_day_is() -> None:
    line = Line(yuan("1000.00"), START, a_day("0.0005"))

    assert products(line, date(2026, 1, 9)) == ()
    assert products(line, START) == ()
    assert products(line, date(2026, 1, 11)) == (
        Product(yuan("1000.00"), yuan("0"), a_day("0.0005"), 1, yuan("0.50")),
    )


def test_what_is_paid_meanwhile_is_charged_until_that_day() -> None:
    drops = ((date(2026, 1, 20), yuan("400.00")), (date(2026, 1, 20), yuan("100.00")))
    line = Line(yuan("1000.00"), START, a_day("0.0005"), drops=drops)

    found = [(part.base, part.days, part.amount) for part in products(line, date(2026, 2, 9))]

    assert found == [(yuan("1000.00"), 10, yuan("5.00")), (yuan("500.00"), 20, yuan("5.00"))]


def test_what_is_paid_on_the_day_of_paying_or_later_changes_nothing() -> None:
    day = date(2026, 1, 20)
    line = Line(yuan("1000.00"), START, a_day("0.0005"))
    paid = Line(yuan("1000.00"), START, a_day("0.0005"), drops=((day, yuan("400.00")),))

    assert products(paid, day) == products(line, day)
    assert products(paid, date(2026, 1, 15)) == products(line, date(2026, 1, 15))


def test_nothing_is_charged_once_all_of_it_is_paid_or_more() -> None:
    drops = ((date(2026, 1, 20), yuan("1000.01")),)
    line = Line(yuan("1000.00"), START, a_day("0.0005"), drops=drops)

    assert [part.amount for part in products(line, date(2026, 12, 31))] == [yuan("5.00")]


def test_the_least_a_day_is_compared_with_what_is_left() -> None:
    drops = ((date(2026, 1, 20), yuan("990.00")),)
    line = Line(yuan("1000.00"), START, a_day("0.0005"), Decimal("0.01"), drops)

    # 1,000 for 10 days, then 10: 0.005 a day counts as 0.01, for 10 days.
    assert [part.amount for part in products(line, date(2026, 1, 30))] == [yuan("5.00"), yuan("0.10")]


def test_unpaid_interest_is_added_each_month_and_bears_interest_itself() -> None:
    line = Line(yuan("10000.00"), START, a_day("0.0005"), added_on=START, added_after=START)

    found = [(part.base, part.added, part.days, part.amount) for part in products(line, date(2026, 3, 20))]

    # 31 days: 155.00; then 10,155.00 × 28 days: 142.17; then 10,297.17 × 10 days: 51.485…
    assert found == [
        (yuan("10000.00"), yuan("0"), 31, yuan("155.00")),
        (yuan("10155.00"), yuan("155.00"), 28, yuan("142.17")),
        (yuan("10297.17"), yuan("297.17"), 10, yuan("51.49")),
    ]


def adding_days(added_on: date, after: date, day: date, start: date = date(2025, 12, 1)) -> list[date]:
    """The days on which interest is added, from how long each product runs."""
    line = Line(yuan("1000.00"), start, a_day("0.0005"), added_on=added_on, added_after=after)
    days = [start]
    for part in products(line, day):
        days.append(days[-1] + timedelta(days=part.days))
    return days[1:-1]


def test_the_day_of_adding_returns_each_month_after_one_day_and_before_another() -> None:
    first = date(2026, 1, 31)
    months = [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]

    assert adding_days(first, first, date(2026, 5, 1)) == months
    assert adding_days(first, date(2026, 2, 27), date(2026, 3, 31)) == months[:1]
    assert adding_days(first, date(2026, 2, 28), date(2026, 4, 1)) == months[1:2]
    assert adding_days(first, date(2026, 2, 28), date(2026, 2, 28)) == []
    assert adding_days(first, date(2026, 1, 30), date(2026, 2, 1)) == [first]


def test_the_day_of_adding_returns_in_the_months_before_it_too() -> None:
    assert adding_days(date(2026, 3, 5), date(2026, 1, 5), date(2026, 3, 5)) == [date(2026, 2, 5)]
    assert adding_days(date(2026, 3, 5), date(2026, 1, 4), date(2026, 3, 6)) == [
        date(2026, 1, 5),
        date(2026, 2, 5),
        date(2026, 3, 5),
    ]
    assert adding_days(date(2027, 3, 31), date(2025, 12, 31), date(2026, 3, 1)) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
    ]


def test_what_is_charged_in_all_is_the_sum_of_the_products() -> None:
    line = Line(yuan("1000.00"), START, a_day("0.0005"), added_on=START, added_after=START)

    assert accrued(line, START) == yuan("0")
    assert accrued(line, date(2026, 6, 1)) == sum_of(
        (part.amount for part in products(line, date(2026, 6, 1))), "CNY"
    )
    assert accrued(line, date(2026, 2, 10)) == yuan("15.50")


def test_interest_is_added_on_the_statement_day_after_it_became_late() -> None:
    bought, due, statement = date(2026, 3, 30), date(2026, 4, 23), date(2026, 4, 5)
    line = Line(yuan("1000.00"), bought, a_day("0.0005"), added_on=statement, added_after=due)

    found = [(part.days, part.amount) for part in products(line, date(2026, 6, 5))]

    # From 30 March to 5 May: 36 days, 18.00; from there to 5 June: 1,018.00 × 31 days, 15.779.
    assert found == [(36, yuan("18.00")), (31, yuan("15.78"))]


def test_a_line_that_says_not_when_adding_begins_adds_after_its_start() -> None:
    line = Line(yuan("1000.00"), START, a_day("0.0005"), added_on=START)

    assert [part.days for part in products(line, date(2026, 2, 11))] == [31, 1]


def test_interest_that_is_paid_bears_none_and_what_was_added_is_paid_first() -> None:
    line = Line(
        yuan("10000.00"),
        START,
        a_day("0.0005"),
        settled=((date(2026, 1, 20), yuan("20.00")), (date(2026, 2, 20), yuan("100.00"))),
        added_on=START,
        added_after=START,
    )

    found = [(part.base, part.days, part.amount) for part in products(line, date(2026, 3, 11))]

    # 10 days 50.00, of which 20.00 are paid; 21 days 105.00; added 135.00. 10 days on 10,135.00: 50.675;
    # 100.00 of what was added is paid: 18 days on 10,035.00: 90.315; added 35.00 + 50.68 + 90.32 = 176.00.
    assert found == [
        (yuan("10000.00"), 10, yuan("50.00")),
        (yuan("10000.00"), 21, yuan("105.00")),
        (yuan("10135.00"), 10, yuan("50.68")),
        (yuan("10035.00"), 18, yuan("90.32")),
        (yuan("10176.00"), 1, yuan("5.09")),
    ]


def test_more_interest_than_there_is_cannot_be_paid() -> None:
    line = Line(
        yuan("1000.00"),
        START,
        a_day("0.0005"),
        settled=((date(2026, 1, 20), yuan("999.00")),),
        added_on=START,
        added_after=START,
    )

    # 5.00 were charged by the 20th and are paid; 21 days later 10.50 are added.
    assert [part.base for part in products(line, date(2026, 2, 15))] == [
        yuan("1000.00"),
        yuan("1000.00"),
        yuan("1010.50"),
    ]


def test_paid_interest_makes_no_difference_where_interest_bears_none() -> None:
    line = Line(yuan("1000.00"), START, a_day("0.0005"), settled=((date(2026, 1, 20), yuan("5.00")),))

    assert [part.amount for part in products(line, date(2026, 2, 9))] == [yuan("15.00")]
