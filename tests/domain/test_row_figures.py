from datetime import date

from planner.domain.derivation import Derived
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.plans.row_figures import (
    costs_of_rows,
    highest_payment,
    last_payment,
    lower_by,
    payments_of,
)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


ROWS = (
    Instalment(1, date(2026, 12, 10), yuan("100"), yuan("6"), yuan("1")),
    Instalment(2, date(2027, 2, 10), yuan("120"), yuan("0"), yuan("0")),
    Instalment(3, date(2027, 1, 10), yuan("80"), yuan("5"), yuan("0")),
)
NAMES = ["Instalment 1, 2026-12-10", "Instalment 2, 2027-02-10", "Instalment 3, 2027-01-10"]


def told(figure: Derived[Money] | Derived[date]) -> list[tuple[str, object]]:
    return [(str(each.label), each.plain) for each in figure.derivation.given]


def test_what_rows_come_to() -> None:
    found = payments_of(ROWS, "CNY")

    assert found.value == yuan("312")
    assert told(found) == list(zip(NAMES, (yuan("107"), yuan("120"), yuan("85")), strict=True))


def test_what_rows_cost_beyond_what_they_repay() -> None:
    found = costs_of_rows(ROWS, "CNY")

    assert found.value == yuan("12")
    assert told(found) == [(NAMES[0], yuan("7")), (NAMES[2], yuan("5"))]
    assert [each.result for each in found.derivation.workings] == [yuan("12")]
    assert costs_of_rows((), "CNY").value == yuan("0")


def test_the_highest_and_the_last() -> None:
    assert highest_payment(ROWS).value == yuan("120")
    assert told(highest_payment(ROWS))[0] == (NAMES[0], yuan("107"))
    assert [each.result for each in highest_payment(ROWS).derivation.workings] == [yuan("120")]
    assert last_payment(ROWS).value == date(2027, 2, 10)
    assert told(last_payment(ROWS))[2] == (NAMES[2], date(2027, 1, 10))
    assert [each.result for each in last_payment(ROWS).derivation.workings] == [date(2027, 2, 10)]


def test_by_how_much_the_month_gets_lower() -> None:
    found = lower_by(highest_payment(ROWS), highest_payment(ROWS[:1]))

    assert found.value == yuan("13")
    assert told(found) == [
        ("The highest payment before", yuan("120")),
        ("The highest payment after", yuan("107")),
    ]
    assert [each.result for each in found.derivation.workings] == [yuan("13")]
    assert lower_by(highest_payment(ROWS[:1]), highest_payment(ROWS)).value == yuan("-13")
