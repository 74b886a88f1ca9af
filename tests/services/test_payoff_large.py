"""Amounts that the search for the best plan cannot count exactly are refused in words, never rounded."""

from __future__ import annotations

from planner.domain.money import Money
from planner.domain.term import Term
from planner.phrases import Phrase
from planner.services.payoff import best_plan
from planner.store.store import Store
from tests.services.test_payoff import account, asked, bill, cash, contract

TOO_LARGE = (
    "These amounts are too large to look for the best plan to the cent. The orders over time work with them."
)


def two_large_bills(store: Store, amount: str, balance: str) -> None:
    bill(store, account(store, "A", contract((Term.FEE_RATE, "3", "0.005"))), amount)
    bill(store, account(store, "B", contract((Term.FEE_RATE, "3", "0.007"))), amount)
    cash(store, balance)


def test_what_cannot_be_counted_exactly_is_said_to_be_too_large(store: Store) -> None:
    two_large_bills(store, "70000000000000.01", "100000000000000.00")

    plan = best_plan(asked(store))
    assert plan.is_too_large
    assert not plan.is_feasible
    assert [str(words) for words in plan.short] == [TOO_LARGE]
    result = plan.result("", Phrase("Now"))
    assert str(result.not_feasible) == TOO_LARGE
    assert plan.choices == ()
    assert plan.compared == ()
    assert plan.payables == ()
    assert plan.cash is None


def test_what_is_just_not_too_large_is_exact_to_the_cent(store: Store) -> None:
    two_large_bills(store, "30000000000000.01", "30000000000499.00")

    plan = best_plan(asked(store))
    assert not plan.is_too_large
    assert plan.answer is not None
    assert plan.answer.shortfall is not None
    # Both in full on 10 December: 60,000,000,000,000.02 + 200.00 − (30,000,000,000,499.00 + 500.00).
    assert plan.answer.shortfall.least_extra.value == Money(29_999_999_999_201_02, "CNY")
