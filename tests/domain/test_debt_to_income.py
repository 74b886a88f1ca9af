from datetime import date
from decimal import Decimal

import pytest

from planner.domain.cash.debt_to_income import DebtToIncome, debt_to_income
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.i18n import explain
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
RULES = CashRules("CNY")


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def due(on: date, amount: str, kind: MovementKind = MovementKind.DUE) -> Movement:
    return Movement(on, -cny(amount), Phrase("Bill"), kind)


PAY = CashFlow("Pay", Category.SALARY, cny("4000"), Recurrence(date(2026, 1, 25)))
RENT = CashFlow("Rent", Category.HOUSING, cny("1500"), Recurrence(date(2026, 1, 1)))


def found(
    *movements: Movement, flows: tuple[CashFlow, ...] = (PAY, RENT), rules: CashRules = RULES
) -> DebtToIncome:
    told = debt_to_income(movements, flows, rules, TODAY)
    assert told is not None
    return told


@pytest.mark.row("C067", "C101")
def test_what_is_due_in_a_month_is_divided_by_what_comes_in_during_it() -> None:
    # 900.00 + 300.00 of 4,000.00 = 30 %; the rent is no income and no debt.
    told = found(due(date(2026, 12, 10), "900"), due(date(2026, 12, 25), "300"))

    assert (told.first_on, told.last_on) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (told.due.value, told.income.value) == (cny("1200"), cny("4000"))
    assert told.share is not None
    assert told.share.value == Rate(Decimal("0.3"))
    assert (told.beside, told.warning) == (None, None)


def test_the_month_in_which_lenders_get_most_of_the_next_three_is_told() -> None:
    told = found(
        due(date(2026, 11, 28), "3000"),  # this month is half over
        due(date(2026, 12, 10), "400"),
        due(date(2027, 1, 10), "800"),
        due(date(2027, 2, 28), "600"),
        due(date(2027, 3, 1), "3900"),  # beyond
    )

    assert told.first_on == date(2027, 1, 1)
    assert told.due.value == cny("800")


def test_of_equal_months_the_first_is_told() -> None:
    told = found(due(date(2026, 12, 10), "400"), due(date(2027, 1, 10), "400"))

    assert told.first_on == date(2026, 12, 1)


def test_what_was_paid_and_what_comes_and_goes_beside_is_no_debt() -> None:
    paid = due(date(2026, 12, 3), "700", MovementKind.PAYMENT)
    spent = due(date(2026, 12, 3), "700", MovementKind.EXPENSE)
    planned = due(date(2026, 12, 3), "100", MovementKind.PLANNED)

    assert found(paid, spent, planned).due.value == cny("100")


def test_an_income_every_third_month_counts_with_a_third_of_it() -> None:
    # 4,000.00 + 900.00 ÷ 3 = 4,300.00.
    bonus = CashFlow(
        "Bonus", Category.OTHER_INCOME, cny("900"), Recurrence(date(2026, 12, 20), Unit.MONTH, 3)
    )
    told = found(due(date(2027, 1, 10), "430"), flows=(PAY, bonus))

    assert told.income.value == cny("4300")
    assert told.share is not None
    assert told.share.value == Rate(Decimal("0.1"))


def test_a_month_without_income_weighs_most_and_has_no_share() -> None:
    ends = CashFlow(
        "Pay", Category.SALARY, cny("4000"), Recurrence(date(2026, 1, 25), until=date(2026, 12, 31))
    )
    told = found(due(date(2026, 12, 10), "3999"), due(date(2027, 1, 10), "1"), flows=(ends,))

    assert told.first_on == date(2027, 1, 1)
    assert told.share is None
    assert "no income of that month is recorded" in explain(told.words)
    assert (told.is_noticed, told.is_high) == (False, False)


def test_with_nothing_due_or_no_income_recorded_there_is_nothing_to_tell() -> None:
    assert debt_to_income((), (PAY,), RULES, TODAY) is None
    assert debt_to_income((due(date(2026, 12, 10), "100"),), (RENT,), RULES, TODAY) is None


def test_other_currencies_do_not_count() -> None:
    other = Movement(date(2026, 12, 10), Money.of("-900", "EUR"), Phrase("Bill"), MovementKind.DUE)

    assert debt_to_income((other,), (PAY,), RULES, TODAY) is None


@pytest.mark.row("C101")
@pytest.mark.parametrize(
    ("amount", "is_noticed", "is_high"),
    [
        ("1399.99", False, False),
        ("1400.00", True, False),  # 35 % of 4,000.00
        ("2199.99", True, False),
        ("2200.00", True, True),  # 55 %
        ("5000.00", True, True),
    ],
)
def test_the_usual_shares_are_35_and_55_per_cent(amount: str, is_noticed: bool, is_high: bool) -> None:  # noqa: FBT001 - two facts of a case
    told = found(due(date(2026, 12, 10), amount))

    assert (told.is_noticed, told.is_high) == (is_noticed, is_high)
    assert (told.beside is not None) == (is_noticed and not is_high)
    assert (told.warning is not None) == is_high


def test_the_usual_shares_say_that_they_are_of_home_loans_and_not_verified() -> None:
    told = found(due(date(2026, 12, 10), "100"))

    for limit in (told.notice, told.high):
        (given,) = limit.derivation.given
        assert given.source is not None
        assert "on home loans" in given.source.name
        assert "unverified" in given.source.name


@pytest.mark.row("C101")
def test_ones_own_shares_hold_in_their_place() -> None:
    own = CashRules("CNY", notice_share=Decimal("0.1"), high_share=Decimal("0.2"))
    told = found(due(date(2026, 12, 10), "800"), rules=own)

    assert told.is_high
    assert told.warning is not None
    words = explain(told.warning)
    assert "20.00% of what comes in is due to lenders, not less than the 20.00%" in words
    (given,) = told.high.derivation.given
    assert given.source is None  # recorded by the user


def test_why_names_the_dues_the_incomes_and_the_step() -> None:
    told = found(due(date(2026, 12, 10), "900"), due(date(2026, 12, 25), "300"))

    assert told.share is not None
    made = told.share.derivation
    assert [explain(given.label) for given in made.given] == ["Due to lenders", "Income of the month"]
    assert [explain(given.label) for given in told.due.derivation.given] == [
        "10 Dec 2026, Bill",
        "25 Dec 2026, Bill",
    ]
    assert [given.plain for given in told.income.derivation.given] == [cny("4000")]
    assert [step.result for step in made.workings] == [Rate(Decimal("0.3"))]
