from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence
from planner.domain.dates import add_months
from planner.domain.hardship.budget import Budget, budget
from planner.domain.hardship.days import paid_from
from planner.domain.hardship.lasting import lasting_budget
from planner.domain.money import Money
from tests.domain.hardship_cases import MONTH, flow, monthly, once, weekly, yuan

SALARY, RENT, FOOD = Category.SALARY, Category.HOUSING, Category.FOOD
FEBRUARY = date(2027, 2, 22)


def of(*flows: CashFlow, last: date = FEBRUARY, assumed: Money | None = None) -> Budget:
    return lasting_budget(flows, date(2026, 12, 9), last, "CNY", assumed)


# --- the month ---------------------------------------------------------------------------------------


def test_of_equal_months_it_is_the_first_and_needs_no_reason() -> None:
    found = of(flow(SALARY, "3000"), flow(RENT, "1000"))

    assert found == budget([flow(SALARY, "3000"), flow(RENT, "1000")], MONTH, "CNY")
    assert found.why is None


@pytest.mark.parametrize(
    ("more", "month", "left"),
    [
        (flow(FOOD, "500", monthly(date(2027, 1, 31))), date(2027, 1, 1), "1500"),
        (flow(FOOD, "500", monthly(date(2027, 2, 28))), date(2027, 2, 1), "1500"),
        (flow(FOOD, "500", monthly(date(2027, 3, 1))), date(2026, 12, 1), "2000"),
        (flow(FOOD, "500", monthly(until=date(2026, 12, 31))), date(2026, 12, 1), "1500"),
        (flow(SALARY, "500", monthly(until=date(2027, 1, 10))), date(2027, 2, 1), "2000"),
        (flow(SALARY, "500", once(date(2026, 12, 24))), date(2027, 1, 1), "2000"),
        (flow(FOOD, "500", once(date(2027, 1, 24))), date(2027, 1, 1), "1500"),
        (
            flow(SALARY, "500", None, Occurrence(date(2027, 1, 10), Happened.SKIPPED)),
            date(2027, 1, 1),
            "2000",
        ),
    ],
)
def test_it_is_the_month_that_leaves_the_least(more: CashFlow, month: date, left: str) -> None:
    found = of(flow(SALARY, "3000"), flow(RENT, "1000"), more)

    assert (found.month, found.left.value) == (month, yuan(left))
    assert (found.why is None) is (month == MONTH)


def test_a_month_with_only_a_part_of_what_is_weekly_is_left_out_where_there_is_another() -> None:
    wage = flow(SALARY, "100", weekly(date(2026, 12, 15)))

    found = of(wage)
    assert (found.month, found.left.value, found.why) == (date(2027, 1, 1), yuan("433.33"), None)
    assert of(wage, last=date(2026, 12, 31)).left.value == yuan("300")
    # The month after it ends has nothing of it, and is whole.
    ends = of(flow(SALARY, "100", weekly(until=date(2027, 1, 15))))
    assert (ends.month, ends.left.value) == (date(2027, 2, 1), yuan("0"))
    assert ends.why is not None


@pytest.mark.parametrize(
    ("rent", "lacking"), [("2600.01", "100.01"), ("2500.01", "0.01"), ("2500", None), ("2300", None)]
)
def test_what_every_month_lacks_is_what_the_best_of_them_does(rent: str, lacking: str | None) -> None:
    found = of(
        flow(SALARY, "2000"), flow(RENT, rent), flow(Category.BENEFIT, "500", monthly(date(2027, 2, 1)))
    )

    assert (found.month, found.left.value) == (MONTH, yuan("2000") - yuan(rent))
    made = found.always_lacking
    assert (str(made.value.decimal) if made is not None else None) == lacking
    if made is not None:
        assert next(each.plain for each in made.derivation.given) == yuan("2500")


def test_other_currencies_and_what_is_assumed_do_not_choose_the_month() -> None:
    euros = CashFlow("Loyer", RENT, Money.of("700", "EUR"), Recurrence(date(2027, 1, 1)))
    found = of(flow(SALARY, "3000"), euros, assumed=yuan("-500"))

    assert (found.month, found.left.value) == (MONTH, yuan("2500"))
    assert found.assumed == yuan("-500")


def test_a_last_month_before_the_first_leaves_the_first() -> None:
    assert of(flow(SALARY, "3000"), last=date(2026, 11, 1)).month == MONTH


@given(
    st.lists(
        st.builds(
            lambda category, minor, when: CashFlow(category.value, category, Money(minor, "CNY"), when),
            st.sampled_from([SALARY, Category.BENEFIT, RENT, FOOD]),
            st.integers(1, 100_000),
            st.one_of(
                st.builds(monthly, st.dates(date(2026, 10, 1), date(2027, 4, 1)), st.integers(1, 4)),
                st.builds(once, st.dates(date(2026, 11, 1), date(2027, 4, 1))),
            ),
        ),
        max_size=6,
    )
)
def test_what_it_leaves_is_there_in_every_month_looked_at(flows: list[CashFlow]) -> None:
    found = of(*flows)

    months = [add_months(MONTH, ahead) for ahead in range(3)]
    assert found.left.value.minor == min(budget(flows, each, "CNY").left.value.minor for each in months)


# --- the day -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "incomes", "wanted"),
    [
        (date(2026, 11, 30), [], date(2026, 11, 30)),
        (date(2026, 11, 30), [(1, date(2026, 12, 30))], date(2026, 11, 30)),
        (date(2026, 11, 30), [(1, date(2026, 12, 31))], date(2026, 12, 1)),
        (date(2026, 11, 30), [(1, date(2026, 12, 30)), (2, date(2027, 2, 2))], date(2026, 12, 2)),
        (date(2026, 1, 31), [(1, date(2026, 2, 28)), (2, date(2026, 3, 31))], date(2026, 1, 31)),
        (date(2026, 12, 1), [(1, date(2027, 2, 1))], date(2027, 1, 1)),
        (date(2026, 12, 1), [(1, date(2027, 2, 2))], date(2026, 12, 1)),
    ],
)
def test_payments_begin_so_that_none_comes_before_its_income(
    first: date, incomes: list[tuple[int, date]], wanted: date
) -> None:
    assert paid_from(first, incomes) == wanted
