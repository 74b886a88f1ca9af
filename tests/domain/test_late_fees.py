from datetime import date
from decimal import Decimal

import pytest

from planner.domain.bill import LineKind
from planner.domain.due import ORDER
from planner.domain.late.allocation import order_of, taken
from planner.domain.late.fixed_fee import UK_CARD_FEE, UK_CARD_SOURCE, FixedFee, late_fee, us_most_late_fee
from planner.domain.late.indemnity import most_indemnity
from planner.domain.money import Money
from planner.domain.sourced import Reliability
from planner.domain.term import Allocation, Indemnity


def pounds(text: str) -> Money:
    return Money.of(text, "GBP")


def dollars(text: str) -> Money:
    return Money.of(text, "USD")


def euro(text: str) -> Money:
    return Money.of(text, "EUR")


# --- a part of the minimum: Chinese cards (wodefinance.com, jxxowdphxa; crsrw.com) ---


@pytest.mark.parametrize(
    ("missed", "least", "fee"),
    [
        ("800.00", None, "40.00"),
        ("0.10", None, "0.01"),  # half a cent goes up
        ("0.09", None, "0.00"),
        ("0", None, "0"),
        ("0", "5", "0"),
        ("-1.00", "5", "0"),
        ("0.01", "5", "5.00"),
        ("100.00", "5", "5.00"),
        ("100.20", "5", "5.01"),
    ],
)
def test_the_fee_is_a_part_of_what_is_missing_of_the_minimum(
    missed: str, least: str | None, fee: str
) -> None:
    found = late_fee(euro(missed), Decimal("0.05"), Decimal(least) if least else None)

    assert found == euro(fee)


# --- fixed fees: Klarna UK from 2023-03-16 (moneysavingexpert.com, 2023-02-27; themoneyedit.com) ---

KLARNA = FixedFee(pounds("5.00"), pounds("5.00"), most_part=Decimal("0.25"), most_times=2)


@pytest.mark.parametrize(
    ("order", "missed", "fees"),
    [
        ("80.00", 0, "0"),
        ("80.00", 1, "5.00"),
        ("80.00", 2, "10.00"),
        ("80.00", 3, "10.00"),
        ("20.00", 1, "5.00"),  # a quarter exactly
        ("19.99", 1, "5.00"),  # 4.9975
        ("19.00", 1, "4.75"),
        ("12.00", 2, "6.00"),
        ("12.00", 5, "6.00"),
    ],
)
def test_a_fee_is_at_most_a_quarter_of_the_order_and_comes_twice_at_most(
    order: str, missed: int, fees: str
) -> None:
    assert KLARNA.fees(pounds(order), missed) == pounds(fees)


def test_a_fee_without_caps_comes_each_time_and_the_next_ones_may_be_dearer() -> None:
    fee = FixedFee(dollars("32.00"), dollars("43.00"))

    assert fee.fee(dollars("1.00")) == dollars("32.00")
    assert fee.fee(dollars("1.00"), 7, is_repeat=True) == dollars("43.00")
    assert fee.fees(dollars("1.00"), 3) == dollars("118.00")
    assert FixedFee(dollars("32.00"), dollars("43.00"), most_times=1).fee(dollars("1.00")) == dollars("32.00")


@pytest.mark.parametrize(
    ("missed", "is_repeat", "most"),
    [
        ("20.00", False, "20.00"),
        ("31.99", False, "31.99"),
        ("32.00", False, "32.00"),
        ("32.01", False, "32.00"),
        ("120.00", False, "32.00"),
        ("20.00", True, "20.00"),
        ("43.00", True, "43.00"),
        ("43.01", True, "43.00"),
        ("120.00", True, "43.00"),
        ("0", False, "0"),
    ],
)
def test_a_us_late_fee_is_never_above_the_safe_harbour_or_the_missed_minimum(
    missed: str, most: str, *, is_repeat: bool
) -> None:
    found = us_most_late_fee(dollars(missed), is_repeat=is_repeat)

    assert found.value == dollars(most)
    assert found.derivation.workings[-1].result == dollars(most)


@pytest.mark.parametrize(
    ("is_repeat", "words", "amount"),
    [
        (False, "The legal amount for the first time", "32.00"),
        (True, "The legal amount when it happened within the six cycles before", "43.00"),
    ],
)
def test_the_us_cap_says_where_it_comes_from(words: str, amount: str, *, is_repeat: bool) -> None:
    missed, line = us_most_late_fee(dollars("60.00"), is_repeat=is_repeat).derivation.given

    assert (str(missed.label), missed.value, missed.source) == ("The missed minimum", dollars("60.00"), None)
    assert (str(line.label), line.value) == (words, dollars(amount))
    assert line.source is not None
    assert line.source.name.startswith("12 CFR 1026.52(b)(1)(ii), (b)(2)(i)")
    assert "vacated on 2025-04-15" in line.source.name
    assert line.source.checked == date(2026, 11, 22)


def test_what_is_usual_on_british_cards_is_called_unverified() -> None:
    assert pounds("12.00") == UK_CARD_FEE
    assert UK_CARD_SOURCE.checked == date(2026, 11, 22)
    assert UK_CARD_SOURCE.reliability is Reliability.LOW
    assert UK_CARD_SOURCE.name == "General knowledge, unverified"


# --- French indemnities: C. conso. D312-16, D312-17 ---


@pytest.mark.parametrize(
    ("of", "amounts", "most"),
    [
        (Indemnity.ACCELERATED, ["3450.00"], "276.00"),
        (Indemnity.UNPAID, ["120.00", "120.00"], "19.20"),
        (Indemnity.POSTPONED, ["120.00", "120.00", "120.00"], "14.40"),
        (Indemnity.UNPAID, ["0.06"], "0.00"),  # 0.0048
        (Indemnity.UNPAID, ["0.07"], "0.01"),  # 0.0056
        (Indemnity.POSTPONED, ["0.06", "0.06"], "0.00"),  # 0.0048 together
        (Indemnity.POSTPONED, ["0.07", "0.06"], "0.01"),  # 0.0052 together
    ],
)
def test_a_french_indemnity_is_a_part_of_all_of_it_together(
    of: Indemnity, amounts: list[str], most: str
) -> None:
    found = most_indemnity([euro(text) for text in amounts], of)

    assert found.value == euro(most)
    assert [given.value for given in found.derivation.given[:-1]] == [euro(text) for text in amounts]
    step = found.derivation.workings[-1]
    assert step.result == euro(most)
    together = sum(Decimal(text) for text in amounts)
    assert str(step.text).startswith(f"{together} EUR × ")
    assert step.text.values["part"].fraction in {Decimal("0.08"), Decimal("0.04")}


@pytest.mark.parametrize(
    ("of", "article", "label", "part"),
    [
        (Indemnity.ACCELERATED, "D312-16", "Capital outstanding on the day of the default", "0.08"),
        (Indemnity.UNPAID, "D312-17", "Unpaid instalment", "0.08"),
        (Indemnity.POSTPONED, "D312-17", "Postponed instalment", "0.04"),
    ],
)
def test_each_indemnity_names_its_article(of: Indemnity, article: str, label: str, part: str) -> None:
    amount, law = most_indemnity([euro("100.00")], of).derivation.given

    assert str(amount.label) == label
    assert law.value.fraction == Decimal(part)
    assert law.source is not None
    assert article in law.source.name
    assert law.source.reliability is Reliability.HIGH
    assert law.source.checked == date(2026, 11, 22)


# --- the order in which a payment is taken ---

PENALTY, FEE, INTEREST, PRINCIPAL = (
    LineKind.PENALTY,
    LineKind.FEE,
    LineKind.INTEREST,
    LineKind.PURCHASE,
)


@pytest.mark.parametrize(
    ("allocation", "order"),
    [
        (None, ORDER),
        (Allocation.PENALTY_FIRST, (PENALTY, FEE, INTEREST, PRINCIPAL)),
        (Allocation.INTEREST_FIRST, (INTEREST, FEE, PENALTY, PRINCIPAL)),
        (Allocation.FEE_FIRST, (FEE, INTEREST, PENALTY, PRINCIPAL)),
        (Allocation.PRINCIPAL_FIRST, (PRINCIPAL, INTEREST, FEE, PENALTY)),
    ],
)
def test_the_order_is_what_its_name_says(allocation: Allocation | None, order: tuple[LineKind, ...]) -> None:
    assert order_of(allocation) == order
    assert order_of(Allocation.PENALTY_FIRST) == ORDER


OWED = {PENALTY: euro("3.00"), FEE: euro("5.00"), INTEREST: euro("7.00"), PRINCIPAL: euro("100.00")}


def test_a_payment_is_taken_part_by_part_until_nothing_is_left_of_it() -> None:
    order = order_of(Allocation.PENALTY_FIRST)

    assert taken(euro("2.00"), OWED, order) == {PENALTY: euro("2.00")}
    assert taken(euro("3.00"), OWED, order) == {PENALTY: euro("3.00")}
    assert taken(euro("9.00"), OWED, order) == {
        PENALTY: euro("3.00"),
        FEE: euro("5.00"),
        INTEREST: euro("1.00"),
    }
    assert taken(euro("200.00"), OWED, order) == OWED
    assert taken(euro("0"), OWED, order) == {}


def test_the_principal_comes_first_where_the_lender_says_so() -> None:
    order = order_of(Allocation.PRINCIPAL_FIRST)

    assert taken(euro("102.00"), OWED, order) == {PRINCIPAL: euro("100.00"), INTEREST: euro("2.00")}


def test_what_is_not_owed_or_less_than_nothing_takes_nothing() -> None:
    owed = {FEE: euro("-4.00"), PRINCIPAL: euro("10.00")}

    assert taken(euro("6.00"), owed, ORDER) == {PRINCIPAL: euro("6.00")}
