from __future__ import annotations

from datetime import date

import pytest

from planner.domain.cash.spending import Spending, spending
from planner.domain.money import Money
from planner.domain.purchase import Progress, Purchase, Refund
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase
from tests.domain.cash_cases import cny

TODAY = date(2026, 11, 22)


def bought(amount: str, on: date, *back: tuple[str, date], key: str = "") -> Purchase:
    refunds = tuple(Refund(cny(part), day) for part, day in back)
    return Purchase("a", cny(amount), on, "Shop", refunds=refunds, source_key=key)


def spent(*purchases: Purchase, cap: str | None = None) -> Spending:
    limit = cny(cap) if cap is not None else None
    return spending(purchases, TODAY, "CNY", limit, lambda each: Phrase.own(each.merchant))


@pytest.mark.row("C120")
def test_the_orders_of_the_calendar_month_count_less_what_came_back_of_them() -> None:
    pending = Purchase("b", cny(5), TODAY, progress=Progress.PENDING)

    found = spent(
        bought("100", date(2026, 11, 1)),
        bought("50", date(2026, 11, 30), ("20", date(2026, 12, 9)), key="file"),
        bought("30", date(2026, 11, 3), ("30", date(2026, 11, 4))),
        pending,
        bought("1000", date(2026, 10, 31), ("999", date(2026, 11, 2))),
        bought("1000", date(2026, 12, 1)),
        bought("1000", date(2025, 11, 22)),
        Purchase("c", Money(1000, "EUR"), TODAY),
    )

    assert found.spent.value == cny(135)
    assert found.month == date(2026, 11, 1)
    assert found.currency == "CNY"
    given = found.spent.derivation.given
    assert [each.plain for each in given] == [cny(100), cny(30), cny(0), cny(5)]
    assert [each.source for each in given] == [None, IMPORTED, None, None]
    assert found.spent.derivation.workings[-1].result == cny(135)


def test_what_came_back_beyond_the_price_makes_nothing_else_cheaper() -> None:
    found = spent(bought("100", TODAY), bought("10", TODAY, ("15", TODAY)))

    assert found.spent.value == cny(100)


@pytest.mark.row("C120")
def test_a_cap_that_is_passed_says_by_how_much() -> None:
    found = spent(bought("100", TODAY), bought("250.50", TODAY), cap="300")

    assert found.over is not None
    assert found.over.value == cny("50.50")
    assert [each.plain for each in found.over.derivation.given] == [cny(300), cny("350.50")]
    assert found.over.derivation.workings[0].result == cny("50.50")
    assert str(found.words) == (
        "350.50 CNY was bought on credit this month, 50.50 CNY more than the 300.00 CNY you set."
    )
    assert found.left is not None
    assert found.left.value == cny(0)


@pytest.mark.row("C120")
@pytest.mark.parametrize(("cap", "left"), [("100", "0"), ("100.01", "0.01")])
def test_a_cap_that_is_reached_but_not_passed_holds(cap: str, left: str) -> None:
    found = spent(bought("100", TODAY), cap=cap)

    assert found.over is None
    assert found.left is not None
    assert found.left.value == cny(left)
    assert [each.plain for each in found.left.derivation.given] == [cny(cap), cny(100)]
    assert found.left.derivation.workings[0].result == cny(left)


@pytest.mark.row("C120")
@pytest.mark.parametrize(
    ("amount", "is_near"), [("79.99", False), ("80", True), ("100", True), ("100.01", False)]
)
def test_a_cap_is_nearly_reached_from_four_fifths_of_it_on(amount: str, *, is_near: bool) -> None:
    found = spent(bought(amount, TODAY), cap="100")

    assert found.is_near is is_near
    assert (found.words is not None) is (amount != "79.99")


@pytest.mark.row("C120")
def test_a_cap_that_is_nearly_reached_says_what_is_left() -> None:
    assert str(spent(bought("85.50", TODAY), cap="100").words) == (
        "85.50 CNY was bought on credit this month, of the 100.00 CNY you set: 14.50 CNY is left."
    )


def test_without_a_cap_nothing_is_left_or_over() -> None:
    found = spent(bought("100", TODAY))

    assert (found.cap, found.left, found.over, found.words) == (None, None, None, None)


def test_a_cap_of_nothing_is_a_cap() -> None:
    assert spent(cap="0").words is None
    assert spent(bought("0.01", TODAY), cap="0").words is not None
