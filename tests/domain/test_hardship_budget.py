from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cash.flow import CashFlow, Category, Direction, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.dates import add_months
from planner.domain.hardship.budget import Budget, budget
from planner.domain.hardship.monthly import monthly_parts
from planner.domain.money import Money
from tests.domain.hardship_cases import MONTH, flow, monthly, once, weekly, yuan

SALARY, RENT, FOOD, OTHER = Category.SALARY, Category.HOUSING, Category.FOOD, Category.OTHER


def of_month(found: CashFlow, month: date = MONTH) -> str | None:
    made = monthly_parts(found, month)
    return None if made is None else str(made.value.decimal)


def amounts(found: Budget) -> list[tuple[str, str]]:
    lines = (*found.incomes, *found.essentials, *found.others)
    return [(line.category.value, str(line.amount.value.decimal)) for line in lines]


# --- an amount a month -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "every", "expense", "income"),
    [
        ("330", 1, "1430.00", "1430.00"),  # 330 × 52 ÷ 12
        ("100", 1, "433.34", "433.33"),  # 433.333…
        ("100", 2, "216.67", "216.66"),  # 216.666…
        ("100", 4, "108.34", "108.33"),
        ("120", 52, "10.00", "10.00"),
    ],
)
def test_what_comes_weekly_is_52_twelfths_a_month_and_never_promises_too_much(
    amount: str, every: int, expense: str, income: str
) -> None:
    assert of_month(flow(FOOD, amount, weekly(every=every))) == expense
    assert of_month(flow(SALARY, amount, weekly(every=every))) == income


@pytest.mark.parametrize(
    ("when", "amount"),
    [
        (weekly(date(2026, 12, 7)), "433.34"),  # the first Monday of the month: none is missing
        (weekly(date(2026, 12, 8)), "400.00"),  # 8, 15, 22 and 29 December
        (weekly(date(2026, 12, 29)), "100.00"),
        (weekly(date(2027, 1, 1)), None),
        (weekly(date(2026, 1, 5), until=date(2026, 12, 25)), "433.34"),
        (weekly(date(2026, 1, 5), until=date(2026, 12, 24)), "300.00"),  # 7, 14 and 21 December
        (weekly(date(2026, 1, 5), until=date(2026, 11, 30)), None),
    ],
)
def test_what_begins_or_ends_within_the_month_counts_with_its_own_times(
    when: Recurrence, amount: str | None
) -> None:
    assert of_month(flow(FOOD, "100", when)) == amount


def test_what_comes_each_month_counts_with_what_the_user_said_of_that_month() -> None:
    day = date(2026, 12, 10)

    assert of_month(flow(SALARY, "5200")) == "5200.00"
    assert of_month(flow(SALARY, "5200", None, Occurrence(day, amount=yuan("4100.50")))) == "4100.50"
    assert of_month(flow(SALARY, "5200", None, Occurrence(day, Happened.SKIPPED))) is None
    assert of_month(flow(SALARY, "5200", None, Occurrence(date(2026, 11, 10), Happened.SKIPPED))) == "5200.00"
    assert of_month(flow(SALARY, "5200", monthly(date(2026, 12, 31)))) == "5200.00"
    assert of_month(flow(SALARY, "5200", monthly(date(2027, 1, 1)))) is None
    assert of_month(flow(SALARY, "5200", monthly(until=date(2026, 12, 9)))) is None


def test_an_expense_of_every_few_months_is_set_aside_in_the_months_up_to_its_day() -> None:
    tax = flow(Category.TAX, "100", monthly(date(2027, 3, 20), 3, date(2027, 6, 30)))

    assert [of_month(tax, add_months(date(2026, 12, 1), ahead)) for ahead in range(8)] == [
        None,
        "33.34",
        "33.34",
        "33.34",  # March: paid, 100.02 set aside
        "33.34",
        "33.34",
        "33.34",  # June: the last time
        None,
    ]


def test_an_income_of_every_few_months_lasts_for_the_months_from_its_day_on() -> None:
    bonus = flow(SALARY, "100", monthly(date(2027, 3, 20), 3, date(2027, 4, 1)))

    assert [of_month(bonus, add_months(date(2027, 2, 1), ahead)) for ahead in range(5)] == [
        None,
        "33.33",
        "33.33",
        "33.33",
        None,
    ]


def test_a_changed_time_of_every_few_months_counts_with_what_it_comes_to() -> None:
    said = Occurrence(date(2027, 3, 20), amount=yuan("90"))
    assert (
        of_month(flow(Category.TAX, "100", monthly(date(2027, 3, 20), 3), said), date(2027, 2, 1)) == "30.00"
    )


def test_what_comes_once_counts_in_its_month_alone() -> None:
    found = flow(Category.HEALTH, "80", once(date(2026, 12, 31)))

    assert of_month(found) == "80.00"
    assert of_month(found, date(2026, 11, 1)) is None
    assert of_month(found, date(2027, 1, 1)) is None
    moved = flow(Category.HEALTH, "80", once(date(2026, 12, 31)), Occurrence(date(2026, 12, 31), on=MONTH))
    assert of_month(moved) == "80.00"
    later = Occurrence(date(2026, 12, 31), on=date(2027, 1, 2))
    assert of_month(flow(Category.HEALTH, "80", once(date(2026, 12, 31)), later)) is None
    skipped = Occurrence(date(2026, 12, 31), Happened.SKIPPED)
    assert of_month(flow(Category.HEALTH, "80", once(date(2026, 12, 31)), skipped)) is None


def test_each_amount_says_how_it_was_made() -> None:
    week = monthly_parts(flow(FOOD, "100", weekly(every=2)), MONTH)
    set_aside = monthly_parts(flow(Category.TAX, "100", monthly(date(2027, 1, 20), 3)), MONTH)
    lasting = monthly_parts(flow(SALARY, "100", monthly(date(2026, 11, 20), 3)), MONTH)
    whole = monthly_parts(flow(SALARY, "100"), MONTH)
    assert week is not None
    assert set_aside is not None
    assert lasting is not None
    assert whole is not None

    rule = "Every 2 weeks: the amount × 52 ÷ 12 ÷ 2. Single times that differ are not counted."
    assert str(week.derivation.rule) == rule
    assert [(str(each.label), each.value) for each in week.derivation.given] == [("Each time", yuan("100"))]
    assert str(set_aside.derivation.rule) == "It is set aside over 3 months: the amount ÷ 3."
    assert [str(each.label) for each in set_aside.derivation.given] == ["On 2027-01-20"]
    assert str(lasting.derivation.rule) == "It lasts for 3 months: the amount ÷ 3."
    assert [str(each.label) for each in lasting.derivation.given] == ["On 2026-11-20"]
    assert str(whole.derivation.rule) == "What comes or goes in this month"
    assert [str(each.label) for each in whole.derivation.given] == ["On 2026-12-10"]
    for made in (week, set_aside, lasting, whole):
        assert [working.result for working in made.derivation.workings] == [made.value]


# --- the sheet ---------------------------------------------------------------------------------------

HOUSEHOLD = (
    flow(OTHER, "120"),
    flow(Category.TAX, "1200", monthly(date(2027, 3, 1), 12)),
    flow(FOOD, "330", weekly()),
    flow(SALARY, "5200"),
    flow(RENT, "2300"),
    flow(Category.ENERGY, "260.40", monthly(date(2026, 1, 15), 2)),
    flow(Category.BENEFIT, "200"),
    flow(FOOD, "70", name="canteen"),
)


def test_essentials_stand_first_housing_energy_and_food_before_the_others() -> None:
    found = budget(HOUSEHOLD, date(2026, 12, 22), "CNY")

    assert found.month == MONTH
    assert amounts(found) == [
        ("salary", "5200.00"),
        ("benefit", "200.00"),
        ("housing", "2300.00"),
        ("energy", "130.20"),
        ("food", "1500.00"),
        ("tax", "100.00"),
        ("other", "120.00"),
    ]
    assert [line.category for line in found.others] == [OTHER]
    assert (found.income.value, found.essential.value, found.other.value) == (
        yuan("5400"),
        yuan("4030.20"),
        yuan("120"),
    )
    assert found.left.value == found.available.value == yuan("1249.80")
    assert found.missing == ()


def test_what_is_left_says_how_it_was_made() -> None:
    found = budget(HOUSEHOLD, MONTH, "CNY")
    left = found.left.derivation

    assert str(left.rule) == "Left for all debts = income − essentials − other expenses"
    assert [each.plain for each in left.given] == [yuan("5400"), yuan("4030.20"), yuan("120")]
    assert [working.result for working in left.workings] == [yuan("1249.80")]
    assert left.rounding is not None
    assert [each.plain for each in found.available.derivation.given] == [yuan("1249.80")]
    assert [working.result for working in found.available.derivation.workings] == [yuan("1249.80")]
    assert [str(each.label) for each in found.essential.derivation.given] == [
        "Housing",
        "Electricity, heating, water",
        "Food",
        "Taxes",
    ]
    (food,) = (line for line in found.essentials if line.category is FOOD)
    assert [str(each.label) for each in food.amount.derivation.given] == ["food", "canteen"]
    assert str(food.amount.derivation.rule) == "Food = everything recorded of it, a month"


def test_where_essentials_are_more_than_the_income_nothing_is_there_to_offer() -> None:
    found = budget([flow(SALARY, "1000"), flow(RENT, "1000.01")], MONTH, "CNY")

    assert found.left.value == yuan("-0.01")
    assert found.available.value == yuan("0")


def test_what_is_assumed_beside_the_record_counts_and_is_told() -> None:
    found = budget(HOUSEHOLD, MONTH, "CNY", yuan("-300"))

    assert found.income.value == yuan("5100")
    assert found.left.value == yuan("949.80")
    last = found.income.derivation.given[-1]
    assert (str(last.label), last.value) == ("Assumed beside what is recorded", yuan("-300"))


def test_what_is_not_recorded_is_said() -> None:
    nothing = budget([], MONTH, "CNY")
    part = budget([flow(SALARY, "1000"), flow(RENT, "600"), flow(FOOD, "5", weekly())], MONTH, "CNY")

    assert [str(phrase).split(":")[0] for phrase in nothing.missing] == [
        "No income of this month is recorded, so nothing is left to offer.",
        "Housing",
        "Electricity, heating, water",
        "Food",
    ]
    assert nothing.available.value == yuan("0")
    (energy,) = map(str, part.missing)
    assert energy == (
        "Electricity, heating, water: nothing is recorded. If you pay for it, record it before you offer "
        "anything: less is left than is shown."
    )


def test_other_currencies_are_on_no_sheet_of_this_one() -> None:
    euros = CashFlow("Loyer", RENT, Money.of("700", "EUR"), monthly())
    assert budget([euros], MONTH, "CNY").essentials == ()
    assert budget([euros], MONTH, "EUR").essential.value == Money.of("700", "EUR")


whens = st.one_of(
    st.builds(weekly, st.dates(date(2026, 1, 1), date(2026, 11, 20)), st.integers(1, 8)),
    st.builds(monthly, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.just(1)),
    st.builds(monthly, st.dates(date(2020, 1, 1), date(2025, 1, 1)), st.integers(1, 12)),
)
flows = st.lists(
    st.builds(
        lambda category, minor, when: CashFlow(category.value, category, Money(minor, "CNY"), when),
        st.sampled_from(list(Category)),
        st.integers(1, 1_000_000),
        whens,
    ),
    max_size=12,
)


def exactly(found: CashFlow) -> Fraction:
    """What a flow that runs through the year comes to in an average month, in minor units."""
    every = found.recurrence.every
    per_month = Fraction(52, 12) if found.recurrence.unit is Unit.WEEK else Fraction(1)
    amount = Fraction(found.amount.minor) * per_month / every
    return amount if found.direction is Direction.INCOME else -amount


@given(flows)
def test_the_sheet_adds_up_and_never_has_more_left_than_there_is(found: list[CashFlow]) -> None:
    made = budget(found, MONTH, "CNY")

    lines = [line.amount.value.minor for line in (*made.essentials, *made.others)]
    assert made.left.value.minor == sum(line.amount.value.minor for line in made.incomes) - sum(lines)
    assert made.available.value.minor == max(made.left.value.minor, 0)
    exact = sum((exactly(each) for each in found if monthly_parts(each, MONTH) is not None), Fraction())
    assert 0 <= exact - made.left.value.minor < max(len(found), 1)
