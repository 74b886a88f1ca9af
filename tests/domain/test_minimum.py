from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.minimum.rule import BillParts, MinimumReading, baitiao_minimum
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.term import MinimumRule
from planner.phrases import Phrase

ZERO = Money(0, "CNY")
NOTHING = BillParts(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, last_minimum_paid=True)
TENTH = Decimal("0.10")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def parts(**amounts: str) -> BillParts:
    named: dict[str, Any] = {name: yuan(amount) for name, amount in amounts.items()}
    return replace(NOTHING, **named)


def minimum(rule: MinimumRule, bill: BillParts, part: str = "0.10", least: str | None = None) -> Money:
    return MinimumReading(rule, Decimal(part), Decimal(least) if least is not None else None).of(bill)


# --- Baitiao (shkpb.com, JD app 11.2.0) --------------------------------------------------------------


@pytest.mark.parametrize(
    ("carried", "is_paid", "least"),
    [
        ("0.00", True, "0.00"),
        ("250.00", True, "250.00"),
        ("299.99", True, "299.99"),
        ("300.00", True, "30.00"),
        ("300.01", True, "30.00"),
        ("500.00", True, "50.00"),
        ("500.00", False, "500.00"),
        ("250.00", False, "250.00"),
    ],
)
def test_a_carried_rest_is_due_in_full_when_it_is_small_or_the_last_minimum_was_not_paid(
    carried: str,
    is_paid: bool,  # noqa: FBT001 - a parameter of the test
    least: str,
) -> None:
    found = baitiao_minimum(ZERO, ZERO, yuan(carried), ZERO, part=TENTH, last_minimum_paid=is_paid)

    assert found == yuan(least)


def test_baitiao_asks_for_a_tenth_of_new_spending_and_all_else_in_full() -> None:
    found = baitiao_minimum(
        yuan("1000.00"), yuan("200.00"), yuan("500.00"), yuan("3.21"), part=TENTH, last_minimum_paid=True
    )

    assert found == yuan("353.21")


def test_a_bill_of_baitiao_is_made_like_that_from_its_parts() -> None:
    bill = parts(fresh="1000.00", instalments="200.00", carried="500.00", charges="3.00", interest="0.21")

    assert minimum(MinimumRule.BAITIAO, bill) == yuan("353.21")
    assert minimum(MinimumRule.BAITIAO, replace(bill, last_minimum_paid=False)) == yuan("803.21")
    assert minimum(MinimumRule.BAITIAO, bill, part="0.05") == yuan("278.21")


# --- Chinese cards (wodefinance.com, jyfgaijije) ------------------------------------------------------


def test_a_chinese_card_asks_for_a_tenth_of_purchases_and_all_else_in_full() -> None:
    bill = parts(fresh="8000.00", instalments="300.00", interest="17.40")

    assert minimum(MinimumRule.CN_CARD, bill) == yuan("1117.40")


def test_what_is_unpaid_of_the_last_minimum_and_over_the_limit_is_due_in_full() -> None:
    bill = parts(
        fresh="8000.00", carried="1000.00", previous_unpaid="100.00", over_limit="500.00", charges="5.00"
    )

    # 10 % of 8000 + 1000 - 100 - 500, and 100, 500 and 5.
    assert minimum(MinimumRule.CN_CARD, bill) == yuan("1445.00")


def test_no_more_of_the_last_minimum_can_be_unpaid_than_is_carried() -> None:
    bill = parts(fresh="1000.00", carried="50.00", previous_unpaid="80.00")

    assert minimum(MinimumRule.CN_CARD, bill) == yuan("150.00")


def test_no_part_is_asked_of_less_than_nothing() -> None:
    bill = parts(fresh="-200.00", interest="300.00")

    assert minimum(MinimumRule.CN_CARD, bill) == yuan("100.00")  # never more than the bill
    assert minimum(MinimumRule.CN_CARD, parts(fresh="-200.00", instalments="900.00")) == yuan("700.00")


# --- The others ------------------------------------------------------------------------------------

ALL = {"fresh": "600.00", "carried": "380.00", "charges": "8.00", "interest": "12.00"}


@pytest.mark.parametrize(
    ("rule", "part", "least", "asked"),
    [
        (MinimumRule.PART_OF_BILL, "0.10", None, "100.00"),
        (MinimumRule.PART_OR_LEAST, "0.02", "20", "20.00"),
        (MinimumRule.PART_OR_LEAST, "0.02", "20.01", "20.01"),
        (MinimumRule.PART_OR_LEAST, "0.02", "19.99", "20.00"),
        (MinimumRule.PART_OR_LEAST, "0.02", "2000", "1000.00"),
        (MinimumRule.PART_OR_LEAST, "0.02", None, "20.00"),
        (MinimumRule.PART_PLUS_INTEREST, "0.01", "5", "30.00"),
        (MinimumRule.PART_PLUS_INTEREST, "0.01", "40", "40.00"),
        (MinimumRule.PART_PLUS_INTEREST, "0.01", None, "30.00"),
    ],
)
def test_a_part_of_the_balance(rule: MinimumRule, part: str, least: str | None, asked: str) -> None:
    assert minimum(rule, parts(**ALL), part, least) == yuan(asked)


def test_a_least_amount_holds_for_every_rule() -> None:
    assert minimum(MinimumRule.CN_CARD, parts(fresh="100.00"), least="50") == yuan("50.00")
    assert minimum(MinimumRule.BAITIAO, parts(fresh="30.00"), least="50") == yuan("30.00")


def test_a_part_is_rounded_half_up_to_the_cent() -> None:
    assert minimum(MinimumRule.PART_OF_BILL, parts(fresh="0.25")) == yuan("0.03")
    assert minimum(MinimumRule.PART_OF_BILL, parts(fresh="0.24")) == yuan("0.02")
    assert minimum(MinimumRule.CN_CARD, parts(fresh="0.25", instalments="1.00")) == yuan("1.03")


@pytest.mark.parametrize("rule", list(MinimumRule))
def test_nothing_is_asked_of_a_bill_that_asks_for_nothing(rule: MinimumRule) -> None:
    assert minimum(rule, NOTHING, least="20") == ZERO
    assert minimum(rule, parts(fresh="-5.00"), least="20") == ZERO


# --- What a bill is made of ------------------------------------------------------------------------


def test_the_total_is_every_part_once() -> None:
    bill = parts(
        fresh="1.00",
        instalments="2.00",
        carried="4.00",
        charges="8.00",
        interest="16.00",
        unitemised="32.00",
        over_limit="64.00",
        previous_unpaid="128.00",
    )

    assert bill.total == yuan("63.00")


def test_an_amount_alone_is_a_bill_of_purchases() -> None:
    bill = BillParts.of_purchases(yuan("1200.00"))

    assert bill == parts(fresh="1200.00")
    assert minimum(MinimumRule.BAITIAO, bill) == minimum(MinimumRule.CN_CARD, bill) == yuan("120.00")


def test_what_is_unknown_is_read_cheaply_and_dearly() -> None:
    unknown = BillParts(yuan("100.00"), yuan("10.00"), yuan("400.00"), ZERO, ZERO, yuan("50.00"), ZERO)

    assert unknown.read_cheaply == BillParts(
        yuan("150.00"), yuan("10.00"), yuan("400.00"), ZERO, ZERO, ZERO, ZERO, ZERO, last_minimum_paid=True
    )
    assert unknown.read_dearly == BillParts(
        yuan("100.00"),
        yuan("60.00"),
        yuan("400.00"),
        ZERO,
        ZERO,
        ZERO,
        ZERO,
        yuan("400.00"),
        last_minimum_paid=False,
    )


def test_what_is_known_stays_in_both_readings() -> None:
    known = parts(fresh="100.00", carried="400.00", previous_unpaid="40.00")

    assert known.read_cheaply == known.read_dearly == known
    unpaid = replace(known, last_minimum_paid=False)
    assert unpaid.read_cheaply == unpaid.read_dearly == unpaid


# --- How it was made -------------------------------------------------------------------------------


def test_the_steps_name_each_part_that_is_there_and_add_up() -> None:
    reading = MinimumReading(MinimumRule.CN_CARD, TENTH)

    workings = reading.workings(parts(fresh="8000.00", instalments="300.00", interest="17.40"))

    assert [(str(step.text), step.result) for step in workings] == [
        ("10.00 %/year of 8000.00 CNY", yuan("800.00")),
        ("Instalments due", yuan("300.00")),
        ("Interest and fees", yuan("17.40")),
        ("The minimum", yuan("1117.40")),
    ]


def test_the_steps_of_a_chinese_card_name_what_is_unpaid_and_over_the_limit() -> None:
    bill = parts(fresh="8000.00", carried="1000.00", previous_unpaid="100.00", over_limit="500.00")

    workings = MinimumReading(MinimumRule.CN_CARD, TENTH).workings(bill)

    assert [(str(step.text), step.result) for step in workings] == [
        ("10.00 %/year of 8400.00 CNY", yuan("840.00")),
        ("Unpaid of the last minimum", yuan("100.00")),
        ("Over the limit", yuan("500.00")),
        ("The minimum", yuan("1440.00")),
    ]


def test_the_steps_of_baitiao_name_what_is_asked_of_the_carried_rest() -> None:
    bill = parts(fresh="1000.00", instalments="200.00", carried="500.00", charges="1.00")

    workings = MinimumReading(MinimumRule.BAITIAO, TENTH).workings(bill)

    assert [(str(step.text), step.result) for step in workings] == [
        ("10.00 %/year of 1000.00 CNY", yuan("100.00")),
        ("Instalments due", yuan("200.00")),
        ("Of the carried rest of 500.00 CNY", yuan("50.00")),
        ("Interest and fees", yuan("1.00")),
        ("The minimum", yuan("351.00")),
    ]


def test_the_steps_name_the_least_amount_where_there_is_one() -> None:
    workings = MinimumReading(MinimumRule.PART_PLUS_INTEREST, Decimal("0.01"), Decimal(40)).workings(
        parts(**ALL)
    )

    assert [(str(step.text), step.result) for step in workings] == [
        ("1.00 %/year of 1000.00 CNY", yuan("10.00")),
        ("Interest and fees", yuan("20.00")),
        ("But at least", yuan("40.00")),
        ("The minimum", yuan("40.00")),
    ]


def test_a_part_is_told_as_a_rate_and_its_amount() -> None:
    (step, _minimum) = MinimumReading(MinimumRule.PART_OF_BILL, TENTH).workings(parts(fresh="1000.00"))

    assert step.text == Phrase("{part} of {amount}", part=Rate(TENTH), amount=yuan("1000.00"))
