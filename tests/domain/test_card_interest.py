from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.derivation import Given
from planner.domain.minimum.card_interest import (
    CardInterest,
    CardTransaction,
    card_interest,
    daily,
    lost_free_time,
)
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.phrases import Phrase

RATE = Rate(Decimal("0.0005"), Per.DAY)
NEXT = date(2026, 5, 5)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def bought(on: date, amount: str, label: str = "") -> CardTransaction:
    return CardTransaction(on, yuan(amount), Phrase.own(label) if label else None)


def interest(
    transactions: Sequence[CardTransaction],
    payments: Sequence[tuple[date, Money]] = (),
    *statements: date,
    rate: Rate = RATE,
) -> tuple[CardInterest, ...]:
    return card_interest(transactions, payments, statements or (NEXT,), rate)


def told(found: CardInterest) -> list[tuple[str, int, str]]:
    return [(str(part.base.decimal), part.days, str(part.amount.decimal)) for part in found.parts]


MARCH_30 = date(2026, 3, 30)
APRIL_23 = date(2026, 4, 23)


def test_the_example_of_a_bank() -> None:
    """Bill on the 5th, due on the 23rd, 1000 posted on 30 March, 100 paid: 17.40.

    Recalled from the help of China Merchants Bank, unverified.
    """
    (found,) = interest([bought(MARCH_30, "1000.00")], [(APRIL_23, yuan("100.00"))])

    assert told(found) == [("1000.00", 24, "12.00"), ("900.00", 12, "5.40")]
    assert (found.interest, found.left, found.capitalised) == (yuan("17.40"), yuan("900.00"), yuan("0.00"))
    assert found.statement_on == NEXT


def test_without_a_payment_all_of_it_is_charged_from_the_purchase() -> None:
    (found,) = interest([bought(MARCH_30, "1000.00")])

    assert told(found) == [("1000.00", 36, "18.00")]
    assert found.left == yuan("1000.00")


def test_each_payment_counts_from_its_date() -> None:
    payments = [(date(2026, 4, 30), yuan("3000.00")), (APRIL_23, yuan("800.00"))]

    (found,) = interest([bought(date(2026, 3, 8), "8000.00")], payments)

    assert told(found) == [("8000.00", 46, "184.00"), ("7200.00", 7, "25.20"), ("4200.00", 5, "10.50")]
    assert (found.interest, found.left) == (yuan("219.70"), yuan("4200.00"))


def test_each_transaction_is_charged_from_its_own_date_and_the_oldest_is_repaid_first() -> None:
    april_2 = date(2026, 4, 2)

    (found,) = interest(
        [bought(april_2, "500.00"), bought(MARCH_30, "1000.00")], [(APRIL_23, yuan("1100.00"))]
    )

    assert told(found) == [("1000.00", 24, "12.00"), ("500.00", 21, "5.25"), ("400.00", 12, "2.40")]
    assert (found.interest, found.left) == (yuan("19.65"), yuan("400.00"))


def test_the_oldest_stays_the_oldest_when_a_part_of_it_is_repaid() -> None:
    april_2, april_25 = date(2026, 4, 2), date(2026, 4, 25)
    payments = [(APRIL_23, yuan("100.00")), (april_25, yuan("200.00"))]

    (found,) = interest([bought(MARCH_30, "1000.00"), bought(april_2, "500.00")], payments)

    assert told(found) == [
        ("1000.00", 24, "12.00"),
        ("900.00", 2, "0.90"),
        ("700.00", 10, "3.50"),
        ("500.00", 33, "8.25"),
    ]


def test_what_is_repaid_in_full_costs_until_then() -> None:
    (found,) = interest([bought(MARCH_30, "1000.00")], [(APRIL_23, yuan("1000.00"))])

    assert told(found) == [("1000.00", 24, "12.00")]
    assert (found.interest, found.left) == (yuan("12.00"), yuan("0.00"))
    (more,) = interest([bought(MARCH_30, "1000.00")], [(APRIL_23, yuan("1500.00"))])
    assert (more.interest, more.left) == (yuan("12.00"), yuan("0.00"))


def test_a_payment_on_the_day_of_the_statement_lowers_what_is_left_and_one_after_it_does_not() -> None:
    (on_it,) = interest([bought(MARCH_30, "1000.00")], [(NEXT, yuan("100.00"))])
    (after,) = interest([bought(MARCH_30, "1000.00")], [(date(2026, 5, 6), yuan("100.00"))])

    assert (on_it.interest, on_it.left) == (yuan("18.00"), yuan("900.00"))
    assert (after.interest, after.left) == (yuan("18.00"), yuan("1000.00"))


def test_a_purchase_after_the_statement_costs_nothing_yet() -> None:
    (found,) = interest([bought(MARCH_30, "1000.00"), bought(date(2026, 5, 6), "70.00")])

    assert told(found) == [("1000.00", 36, "18.00")]


def test_a_payment_before_a_purchase_leaves_less_of_it_from_the_beginning() -> None:
    payments = [(APRIL_23, yuan("1200.00"))]

    (found,) = interest([bought(MARCH_30, "1000.00"), bought(date(2026, 4, 25), "500.00")], payments)

    assert told(found) == [("1000.00", 24, "12.00"), ("300.00", 10, "1.50")]


def test_what_comes_back_is_like_a_payment() -> None:
    (found,) = interest([bought(MARCH_30, "1000.00"), bought(APRIL_23, "-100.00")])

    assert found.interest == yuan("17.40")
    assert found.left == yuan("900.00")


def test_the_sum_is_rounded_half_up_once() -> None:
    # 0.2375 + 0.2375: each is 0.24, both together 0.475.
    two = [bought(date(2026, 4, 16), "25.00"), bought(date(2026, 4, 16), "25.00")]

    (found,) = interest(two)

    assert told(found) == [("25.00", 19, "0.24"), ("25.00", 19, "0.24")]
    assert found.interest == yuan("0.48")
    (single,) = interest([bought(date(2026, 4, 16), "25.00")] * 4)
    assert single.interest == yuan("0.95")


def test_with_each_statement_the_interest_joins_the_debt_and_is_repaid_first() -> None:
    first, second, third = interest(
        [bought(MARCH_30, "1000.00")],
        [(APRIL_23, yuan("100.00")), (date(2026, 5, 23), yuan("10.00"))],
        NEXT,
        date(2026, 6, 5),
        date(2026, 7, 5),
    )

    assert (first.interest, first.capitalised) == (yuan("17.40"), yuan("0.00"))
    # 900 for 31 days, 17.40 for 18 and 7.40 for 13.
    assert told(second) == [("900.00", 31, "13.95"), ("17.40", 18, "0.16"), ("7.40", 13, "0.05")]
    assert (second.interest, second.left, second.capitalised) == (
        yuan("14.15"),
        yuan("900.00"),
        yuan("7.40"),
    )
    # 900, 7.40 and 14.15 for 30 days: 13.5 + 0.111 + 0.21225.
    assert (third.interest, third.capitalised) == (yuan("13.82"), yuan("21.55"))


def test_compounded_every_month_5_in_10_000_a_day_is_about_19_86_percent_a_year() -> None:
    statements = [date(2026 + (month // 12), month % 12 + 1, 1) for month in range(1, 13)]

    found = interest([bought(date(2026, 1, 1), "100000.00")], [], *statements)

    last = found[-1]
    assert last.capitalised + last.interest == yuan("19856.50")


def test_a_rate_for_a_longer_time_is_spread_over_the_days_of_a_year() -> None:
    assert daily(RATE) is RATE
    assert daily(Rate(Decimal("0.1825"))) == RATE
    (found,) = interest([bought(MARCH_30, "1000.00")], rate=Rate(Decimal("0.1825")))
    assert found.interest == yuan("18.00")


@given(
    amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=5),
    paid=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10**7)), max_size=4),
)
def test_later_is_never_cheaper_and_nothing_is_repaid_twice(
    amounts: list[int], paid: list[tuple[int, int]]
) -> None:
    days = [date.fromordinal(date(2026, 3, 6).toordinal() + number) for number in range(61)]
    transactions = [
        CardTransaction(days[number], Money(minor, "CNY")) for number, minor in enumerate(amounts)
    ]
    payments = [(days[day], Money(minor, "CNY")) for day, minor in paid]

    (early,) = interest(transactions, payments, days[58])
    (late,) = interest(transactions, payments, days[59])

    assert early.interest <= late.interest
    repaid = sum(minor for day, minor in paid if day <= 59)
    assert late.left.minor == max(sum(amounts) - repaid, 0)


# --- How it was made -------------------------------------------------------------------------------


def test_each_step_names_what_it_charges() -> None:
    (found,) = interest(
        [bought(MARCH_30, "1000.00", "A shop"), bought(date(2026, 4, 2), "500.00")],
        [(APRIL_23, yuan("100.00"))],
    )

    assert [(str(step.text), step.result) for step in found.workings] == [
        ("A shop: 1000.00 CNY × 0.0500 %/day × 24 days from 2026-03-30", yuan("12.00")),
        ("A shop: 900.00 CNY × 0.0500 %/day × 12 days from 2026-04-23", yuan("5.40")),
        ("Purchase of 2026-04-02: 500.00 CNY × 0.0500 %/day × 33 days from 2026-04-02", yuan("8.25")),
        ("Interest on the statement of 2026-05-05", yuan("25.65")),
    ]


def test_interest_on_interest_is_named() -> None:
    _first, second = interest([bought(MARCH_30, "1000.00")], [], NEXT, date(2026, 6, 5))

    assert (
        str(second.workings[1].text)
        == "Interest of 2026-05-05: 18.00 CNY × 0.0500 %/day × 31 days from 2026-05-05"
    )


def test_the_cost_of_losing_the_free_time_says_why() -> None:
    (low,) = interest([bought(MARCH_30, "1000.00")], rate=Rate(Decimal("0.00035"), Per.DAY))
    (high,) = interest([bought(MARCH_30, "1000.00")])
    told_rate = Given(Phrase("Charge a day"), RATE)

    found = lost_free_time(low, high, [told_rate])

    assert found.value == Span(yuan("12.60"), yuan("18.00"))
    assert found.derivation.given == (told_rate,)
    assert str(found.derivation.rule).startswith(
        "Because the bill is not paid in full, interest runs from each purchase until it is repaid"
    )
    assert [str(step.text) for step in found.derivation.workings] == [
        "Low end",
        *(str(step.text) for step in low.workings),
        "High end",
        *(str(step.text) for step in high.workings),
    ]
    assert str(found.derivation.rounding) == "Rounded half up to the cent, once for the whole statement."
    assert lost_free_time(high, high, []).derivation.workings == high.workings


def test_what_is_posted_after_a_statement_is_owed_from_the_next_one_on() -> None:
    late = bought(date(2026, 5, 6), "700.00")
    same_day = bought(NEXT, "40.00")

    first, second = interest([bought(MARCH_30, "1000.00"), late, same_day], (), NEXT, date(2026, 6, 5))

    # 1000 × 0.05 % × 36 days, then 31 days each of 1000, 40 and 18, and 30 days of 700.
    assert (first.interest, first.left, first.capitalised) == (yuan("18.00"), yuan("1040.00"), yuan("0.00"))
    assert (second.interest, second.left) == (yuan("26.90"), yuan("1740.00"))
    assert second.capitalised == yuan("18.00")
