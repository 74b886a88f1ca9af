from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.domain.account import Account
from planner.domain.derivation import Given
from planner.domain.money import Money
from planner.domain.offers.compared import own_offer
from planner.domain.offers.cost_card import CostCard, Payments, cost_card
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.phrases import Phrase
from planner.services.cost_card_words import (
    default_rows,
    early_words,
    no_rate_words,
    normal_rows,
    payment_rows,
    size_words,
    stated_words,
)

TODAY = date(2026, 11, 22)
DAYS = (date(2026, 12, 22), date(2027, 1, 22), date(2027, 2, 22), date(2027, 3, 22))


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def card(count: int = 3) -> CostCard:
    question = Question(yuan("1200"), TODAY, Account("Card", "A bank", "CNY"), Phrase("Typed amount"))
    offer = own_offer("Bank", count, Rate(Decimal("0.01"), Per.MONTH))
    made = cost_card(outcome(question, offer, TODAY), Terms(), question, Phrase.own("Bank"))
    assert made is not None
    return made


def payments(*amounts: str) -> Payments:
    dated = tuple(zip(DAYS, map(yuan, amounts), strict=False))
    sizes: dict[Money, int] = {}
    for _day, amount in dated:
        sizes[amount] = sizes.get(amount, 0) + 1
    return Payments(dated, tuple(sizes.items()))


def test_what_several_sources_say_is_one_range() -> None:
    fee, kind = Phrase("Fee"), Phrase("Charged from")
    stated = [
        Given(fee, Rate(Decimal("0.012"), Per.MONTH)),
        Given(kind, Phrase("the due date")),
        Given(fee, Rate(Decimal("0.005"), Per.MONTH)),
        Given(kind, Phrase("the purchases")),
        Given(kind, Phrase("the due date")),
    ]
    first, second = stated_words(stated)
    assert first.values["value"] == Span(Rate(Decimal("0.005"), Per.MONTH), Rate(Decimal("0.012"), Per.MONTH))
    assert str(second) == "Charged from: the due date, or the purchases"


def test_amounts_and_rates_of_different_periods_are_kept_apart() -> None:
    (amounts,) = stated_words([Given(Phrase("Fee"), yuan("5")), Given(Phrase("Fee"), yuan("3"))])
    assert amounts.values["value"] == Span(yuan("3"), yuan("5"))
    daily, yearly = Rate(Decimal("0.0005"), Per.DAY), Rate(Decimal("0.18"))
    (mixed,) = stated_words([Given(Phrase("Rate"), daily), Given(Phrase("Rate"), yearly)])
    assert mixed.values["value"] == Phrase("{first}, or {second}", first=daily, second=yearly)


def test_payments_of_up_to_three_sizes_are_told_one_by_one() -> None:
    words = [str(phrase) for phrase in size_words(payments("10", "10", "12"))]
    assert words == [
        "2 payments of 10.00 CNY",
        "1 payment of 12.00 CNY",
        "from 2026-12-22 to 2027-02-22",
    ]
    assert len(size_words(payments("10", "11", "12"))) == 4


def test_payments_of_more_sizes_are_told_by_the_least_and_the_most() -> None:
    first, days = size_words(payments("13", "12", "11", "10"))
    assert (first.values["count"], first.values["amount"]) == (4, Span(yuan("10"), yuan("13")))
    assert str(days) == "from 2026-12-22 to 2027-03-22"


def test_a_single_payment_has_a_day() -> None:
    assert [str(phrase) for phrase in size_words(payments("10"))] == [
        "1 payment of 10.00 CNY",
        "on 2026-12-22",
    ]


def test_the_rows_are_those_of_the_card() -> None:
    made = card()
    (row,) = normal_rows(made)
    assert (str(row.label), str(row.charged_by)) == ("Instalment fee", "Bank")
    assert row.cost is not None
    assert row.cost.value == Span.exactly(yuan("36"))  # 3 times 1 % of 1,200
    late, fee = default_rows(made)
    assert late.cost is None
    assert fee.cost is None
    assert [str(row.label) for row in default_rows(made)] == ["Late rate", "Late fee"]


def test_each_payment_has_its_day_and_tells_how_it_was_made() -> None:
    ((first, second, third),) = payment_rows(card())
    assert [row.on for row in (first, second, third)] == list(DAYS[:3])
    assert first.amount.value == Span.exactly(yuan("412"))
    assert first.amount.derivation.workings[-1].result == Span.exactly(yuan("412"))


def test_ends_that_pay_on_other_days_have_a_list_each() -> None:
    low, high = payments("10", "10"), payments("11", "11", "11")
    first, second = payment_rows(replace(card(), payments=(low, high)))
    assert [row.amount.value.high for row in first] == [yuan("10")] * 2
    assert [row.on for row in second] == list(DAYS[:3])


def test_ends_that_pay_on_the_same_days_have_one_list_of_ranges() -> None:
    (rows,) = payment_rows(replace(card(), payments=(payments("12", "10"), payments("11", "13"))))
    assert [row.amount.value for row in rows] == [
        Span(yuan("11"), yuan("12")),
        Span(yuan("10"), yuan("13")),
    ]


def test_paying_back_early_is_told_with_its_cost_and_its_doubt() -> None:
    made = card()
    assert made.early is not None
    right, cost, doubt = early_words(replace(made, early=replace(made.early, is_known=False)))
    assert right == made.early.right
    assert cost.values["cost"] == made.early.cost
    assert "look in the contract" in str(doubt)
    assert len(early_words(replace(made, early=replace(made.early, is_known=True)))) == 2
    assert early_words(replace(made, early=None)) == ()


def test_why_there_is_no_rate_is_told() -> None:
    reason = Phrase("Several rates fit.")
    assert no_rate_words(replace(card(), no_rate=reason)) == reason
    assert "Nothing is lent" in str(no_rate_words(card()))
