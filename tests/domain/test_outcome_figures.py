"""Tests of how each figure of an outcome was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, Outcome, own_offer
from planner.domain.offers.figures import (
    made_advertised,
    made_biggest_month,
    made_effective,
    made_fees,
    made_in_full,
    made_last_on,
    made_left,
    made_nominal,
    made_part,
    made_payment,
    made_total,
    of_outcome,
)
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Source, Sourced, Span
from planner.phrases import Phrase
from tests.domain.telling import given, rule, steps

TODAY = date(2026, 11, 22)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def three(percent: str = "1") -> Outcome:
    """300.00 in three instalments at 1 % a month: 103.00 each, on the 10th of January to March."""
    question = Question(yuan("300"), date(2026, 12, 10), None, Phrase("Bill"), due_on=date(2026, 12, 10))
    return outcome(question, own_offer("", 3, Rate.percent(percent, Per.MONTH)), TODAY)


@pytest.fixture
def disputed() -> Outcome:
    """The same, of which one source says 1 % and another 2 %."""
    question = Question(yuan("300"), date(2026, 12, 10), None, Phrase("Bill"), due_on=date(2026, 12, 10))
    fees = Sourced(tuple(Claim(Rate.percent(text, Per.MONTH), Source(f"page {text}")) for text in ("1", "2")))
    return outcome(question, Offer(OfferKind.FLAT_FEE, 3, fees), TODAY)


def unknown() -> Outcome:
    question = Question(yuan("300"), date(2026, 12, 10), None, Phrase("Bill"))
    return outcome(question, Offer(OfferKind.FLAT_FEE, 3), TODAY)


def test_totals_and_rates_carry_the_derivation_of_the_whole_outcome() -> None:
    found = three()

    for figure, value in (
        (made_total(found), Span.exactly(yuan("309"))),
        (made_fees(found), Span.exactly(yuan("9"))),
        (made_nominal(found), found.nominal),
        (made_effective(found), found.effective),
    ):
        assert figure is not None
        assert figure.value == value
        assert figure.derivation == found.derivation
        assert ("All payments together", yuan("309")) in steps(figure)


def test_what_says_nothing_of_how_it_was_made_is_told_as_that() -> None:
    silent = replace(three(), explain=None)
    total, advertised, full = made_total(silent), made_advertised(silent), made_in_full(silent)

    assert total is not None
    assert (rule(total), given(total), steps(total)) == ("Nothing was worked out.", [], [])
    assert advertised is not None
    assert given(advertised) == []
    assert full is not None
    assert (rule(full), given(full)) == ("Nothing was worked out.", [])


def test_what_cannot_be_compared_has_no_figures() -> None:
    found = unknown()

    assert found.not_comparable is not None
    for make in (made_total, made_fees, made_nominal, made_effective, made_advertised):
        assert make(found) is None
    assert made_biggest_month(found) is None
    assert made_last_on(found) is None
    assert made_in_full(found) is None
    assert of_outcome(found, 5) is None
    assert of_outcome(three(), None) is None


def test_the_advertised_rate_is_told_with_what_it_is_made_of(disputed: Outcome) -> None:
    figure = made_advertised(disputed)

    assert figure is not None
    assert figure.value == Span(Rate(Decimal("0.12")), Rate(Decimal("0.24")))
    assert rule(figure).startswith("Advertised = the fee of a month × 12, or the charge of a day × 365")
    assert disputed.derivation is not None
    assert figure.derivation.given == disputed.derivation.given
    assert steps(figure) == [("Advertised yearly rate", figure.value)]


def test_the_biggest_month_lists_every_month_at_each_end(disputed: Outcome) -> None:
    single, both = made_biggest_month(three()), made_biggest_month(disputed)

    assert single is not None
    assert single.value == Span.exactly(yuan("103"))
    assert single.derivation.given == ()
    assert steps(single) == [
        ("Due on 2027-01-10", yuan("103")),
        ("Due on 2027-02-10", yuan("103")),
        ("Due on 2027-03-10", yuan("103")),
        ("The biggest month", single.value),
    ]
    assert both is not None
    assert both.value == Span(yuan("103"), yuan("106"))
    texts = [text for text, _result in steps(both)]
    assert [text for text in texts if not text.startswith("Due on")] == [
        "Low end",
        "High end",
        "The biggest month",
    ]
    assert [result for text, result in steps(both) if text == "Due on 2027-02-10"] == [
        yuan("103"),
        yuan("106"),
    ]


def test_readings_beside_the_ends_are_told_too(disputed: Outcome) -> None:
    low, high = disputed.ends
    many = replace(disputed, readings=(low, replace(high, biggest_month=yuan("110")), high))

    figure = made_biggest_month(many)

    assert figure is not None
    assert figure.value == Span(yuan("103"), yuan("110"))
    assert [text for text, _result in steps(figure) if text.startswith("Reading")] == [
        "Reading 1",
        "Reading 2",
        "Reading 3",
    ]


def test_payments_of_one_month_are_added_up() -> None:
    found = three()
    (end,) = found.ends
    rows = (replace(end.rows[0], due_on=date(2027, 2, 1)), *end.rows[1:])
    moved = replace(end, rows=rows, biggest_month=yuan("206"))

    figure = made_biggest_month(replace(found, low=moved, high=moved, readings=()))

    assert figure is not None
    assert steps(figure) == [
        ("Due from 2027-02-01 to 2027-02-10", yuan("206")),
        ("Due on 2027-03-10", yuan("103")),
        ("The biggest month", Span.exactly(yuan("206"))),
    ]


def test_the_last_payment_is_the_latest_of_all() -> None:
    figure = made_last_on(three())

    assert figure is not None
    assert figure.value == date(2027, 3, 10)
    assert given(figure) == [
        ("Payment 1", date(2027, 1, 10)),
        ("Payment 2", date(2027, 2, 10)),
        ("Payment 3", date(2027, 3, 10)),
    ]
    assert steps(figure) == [("The last payment", date(2027, 3, 10))]


def test_a_payment_is_told_by_its_parts_and_by_what_is_left_after_it() -> None:
    found = three()
    (end,) = found.ends
    second = end.flows[1]

    whole, left = made_payment(second), made_left(end, second)
    fee = made_part(found, second, Phrase("Fee"), second.fee)

    assert whole.value == yuan("103")
    assert given(whole) == [("Principal", yuan("100")), ("Fee", yuan("3"))]
    assert left.value == yuan("100")
    assert given(left) == [
        ("Amount", yuan("300")),
        ("Principal of 2027-01-10", yuan("100")),
        ("Principal of 2027-02-10", yuan("100")),
    ]
    assert steps(left) == [("Left", yuan("100"))]
    assert fee.value == yuan("3")
    assert steps(fee) == [("Fee of the payment of 2027-02-10", yuan("3"))]
    assert found.derivation is not None
    assert fee.derivation.given == found.derivation.given
    assert fee.derivation.rounding == found.derivation.rounding


def test_in_one_place_everything_is_told_together() -> None:
    found = three()

    figure = made_in_full(found)

    assert figure is not None
    assert figure.value == Span.exactly(yuan("309"))
    assert found.derivation is not None
    before = [(str(each.text), each.result) for each in found.derivation.workings]
    assert steps(figure)[: len(before)] == before
    more = steps(figure)[len(before) :]
    assert [result for _text, result in more] == [
        found.biggest_month,
        date(2027, 3, 10),
        Span.exactly(Rate(Decimal("0.12"))),
    ]
