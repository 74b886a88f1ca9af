from decimal import Decimal

import pytest

from planner.domain.derivation import Derived, added
from planner.domain.limit_use import free_of, used_of
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.i18n import explain
from planner.phrases import Phrase


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def taken(amount: str) -> Derived[Money]:
    whole = added(Phrase("Principal"), (), "CNY")
    return Derived(cny(amount), whole.derivation)


@pytest.mark.row("C064")
def test_the_use_of_a_limit_is_the_principal_over_the_limit() -> None:
    # 2,025.54 of 12,000.00 = 16.8795 %; 9,974.46 are left.
    used = used_of(cny("12000"), taken("2025.54"))

    assert used is not None
    assert used.value == Rate(Decimal("0.168795"), Per.YEAR)
    assert free_of(cny("12000"), taken("2025.54")).value == cny("9974.46")


def test_more_than_the_limit_may_be_owed_and_nothing_is_free_then() -> None:
    used = used_of(cny("1000"), taken("1250"))

    assert used is not None
    assert used.value.fraction == Decimal("1.25")
    assert free_of(cny("1000"), taken("1250")).value == cny("0")


def test_nothing_owed_uses_nothing() -> None:
    used = used_of(cny("1000"), taken("0"))

    assert used is not None
    assert used.value.fraction == 0


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_of_nothing_has_no_use(limit: str) -> None:
    assert used_of(cny(limit), taken("10")) is None


def test_why_names_the_limit_the_principal_and_what_it_comes_to() -> None:
    used = used_of(cny("1000"), taken("250"))

    assert used is not None
    made = used.derivation
    assert {explain(given.label): given.plain for given in made.given} == {
        "Limit": cny("1000"),
        "Principal still to pay": cny("250"),
    }
    assert [step.result for step in made.workings] == [Rate(Decimal("0.25"))]
