"""Tests of what every result carries."""

from __future__ import annotations

import pytest

from planner.domain.derivation import Derivation, Derived, Given, Working, added, as_sum, figures_in
from planner.domain.money import Money
from planner.domain.sourced import IMPORTED, Origin, Reliability, Source, recorded_from
from planner.phrases import Phrase

RULE = Derivation(Phrase("A rule"))


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def test_how_a_result_was_made_is_put_together_once_and_only_when_somebody_asks() -> None:
    asked: list[int] = []

    def tell() -> Derivation:
        asked.append(1)
        return RULE

    figure = Derived(5, tell)

    assert figure.value == 5
    assert asked == []
    assert figure.derivation is RULE
    assert figure.derivation is RULE
    assert asked == [1]
    assert Derived(5, RULE).derivation is RULE


def test_two_results_are_the_same_if_both_value_and_derivation_are() -> None:
    assert Derived(5, RULE) == Derived(5, lambda: Derivation(Phrase("A rule")))
    assert Derived(5, RULE) != Derived(6, RULE)
    assert Derived(5, RULE) != Derived(5, Derivation(Phrase("Another rule")))
    assert Derived(5, RULE) != 5
    assert Derived(5, RULE).__eq__(5) is NotImplemented
    assert len({Derived(5, RULE), Derived(5, lambda: RULE), Derived(6, RULE)}) == 2


def test_a_result_is_written_as_its_value_and_shown_to_developers_as_what_it_is() -> None:
    assert str(Derived(yuan("5"), RULE)) == "5.00 CNY"
    assert repr(Derived(5, RULE)) == "Derived(5)"
    assert str(Phrase("{amount} is due", amount=Derived(yuan("5"), RULE))) == "5.00 CNY is due"


def test_an_input_that_is_a_result_has_its_value() -> None:
    assert Given(Phrase("One"), 1).plain == 1
    assert Given(Phrase("One"), Derived(2, RULE)).plain == 2


def test_a_sum_names_what_was_added_up() -> None:
    part = Derived(yuan("2"), RULE)
    given = (Given(Phrase("One"), yuan("1")), Given(Phrase("Two"), part))

    figure = added(Phrase("Both together"), iter(given), "CNY")

    assert figure.value == yuan("3")
    assert figure.derivation == Derivation(
        Phrase("Both together"), given, (Working(Phrase("Together"), yuan("3")),)
    )
    assert added(Phrase("Nothing"), (), "EUR").value == Money(0, "EUR")


def test_the_inputs_of_a_sum_are_only_told_when_somebody_asks() -> None:
    told: list[int] = []

    def tell() -> list[Given]:
        told.append(1)
        return [Given(Phrase("One"), yuan("3"))]

    figure = as_sum(yuan("3"), Phrase("A sum"), tell)

    assert figure.value == yuan("3")
    assert told == []
    assert figure.derivation.given == (Given(Phrase("One"), yuan("3")),)
    assert told == [1]


def test_results_are_found_in_whatever_is_shown() -> None:
    one, two, three, four = (Derived(number, RULE) for number in range(4))
    nested = Phrase("{what}: {amount}", what=Phrase("{inner}", inner=two), amount=three)

    found = figures_in(one, "text", None, 5, nested, {"CNY": four}, [one, ("x", two)])

    assert found == (one, two, three, four, one, two)
    assert figures_in() == figures_in("five", 5, None) == ()


@pytest.mark.parametrize(
    ("origin", "is_own"),
    [
        (Origin.PUBLISHED, False),
        (Origin.IMPORTED, False),
        (Origin.CONTRACT, True),
        (Origin.APP_SCREEN, True),
        (Origin.PHONE, True),
        (Origin.GUESS, True),
    ],
)
def test_a_statement_file_makes_no_claim_of_the_users_own_on_the_terms(
    origin: Origin, *, is_own: bool
) -> None:
    assert origin.is_own is is_own


def test_what_a_file_told_of_comes_from_it_and_the_rest_from_the_user() -> None:
    assert recorded_from("2026-01-01|100") is IMPORTED
    assert recorded_from("") is None
    assert Source("", None, Reliability.HIGH, Origin.IMPORTED) == IMPORTED


def test_results_are_hashed_by_what_they_come_to() -> None:
    one, other = (Derived(Money(minor, "CNY"), Derivation(Phrase("So"))) for minor in (1, 2))

    assert hash(one) == hash(Money(1, "CNY"))
    assert hash(one) != hash(other)
