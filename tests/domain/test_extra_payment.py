from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.plans.extra_payment import (
    USE_WORDS,
    ExtraNotPositiveError,
    ExtraOutcome,
    ExtraTooLargeError,
    ExtraUse,
    pay_extra,
)
from planner.domain.plans.extra_words import ASK, FEES_STAY, FEES_UNCLEAR, SAVING_UNKNOWN, SOME_FEES_STAY
from planner.domain.plans.level import Interest, equal_principal, level
from planner.domain.plans.schedule import flat_fee
from planner.domain.rate import Per, Rate
from planner.domain.settling.policy import PlanRest
from planner.domain.sourced import Span
from planner.errors import PlannerError

SHORTER, LOWER = ExtraUse.SHORTER, ExtraUse.LOWER


def saving(found: ExtraOutcome) -> Span[Money]:
    """What it saves, where that is known."""
    assert isinstance(found.saved.value, Span)
    return found.saved.value


def money(amount: str, currency: str = "EUR") -> Money:
    return Money.of(amount, currency)


def loan(
    principal: str, percent: str, count: int, first: date, currency: str = "EUR"
) -> tuple[Instalment, ...]:
    dues = [add_months(first, month) for month in range(count)]
    return level(money(principal, currency), dues, Interest(Rate.percent(percent)))


def rest_after(rows: tuple[Instalment, ...], paid: int) -> PlanRest:
    """What is left right after a row was paid."""
    return PlanRest(rows[paid:], rows[paid - 1].due_on, rows[paid - 1].due_on)


def costs(rows: tuple[Instalment, ...]) -> Money:
    return sum_of((row.fee + row.interest for row in rows), rows[0].principal.currency)


# --- published examples ----------------------------------------------------------------------------


# forums.jeuxonline.info/sujet/1143612-8: 165,000 EUR over 20 years from 2010 on, 240 x 1,008.58, 242,060 in
# all; 20,000 with the payment of 1 January 2012: the next one is 455.82 + 552.76 of 133,411.12, then
# 453.93 + 554.65 of 132,858.36 and 452.04 + 556.54 of 132,303.71; it ends with payment 202 on 1 October
# 2026 and costs 223,041 in all.
def test_a_published_french_example_row_by_row() -> None:
    rows = loan("165000", "4.1", 240, date(2010, 1, 1))
    assert (rows[0].total, rows[25].interest) == (money("1008.58"), money("524.15"))
    rest = rest_after(rows, 25)
    assert rest.principal == money("153411.12")

    found = pay_extra(rest, money("20000"), SHORTER)

    assert [(row.interest, row.principal) for row in found.after[:3]] == [
        (money("455.82"), money("552.76")),
        (money("453.93"), money("554.65")),
        (money("452.04"), money("556.54")),
    ]
    assert 25 + len(found.after) == 202
    assert found.after[-1].due_on == date(2026, 10, 1)
    whole = sum_of((row.total for row in (*rows[:25], *found.after)), "EUR") + money("20000")
    assert round(whole.decimal) == 223_041
    assert round(sum_of((row.total for row in rows), "EUR").decimal) == 242_060


# emi.me/learn/how-prepayment-reduces-emi (2026-06-24): 30 lakh at 8.5 % over 240 months, interest about
# 32,48,327; 3 lakh after month 13 ends it in 192 months and saves about 9.5 lakh.
def test_a_published_indian_example() -> None:
    rows = loan("3000000", "8.5", 240, date(2026, 1, 1), "INR")
    assert abs(costs(rows).decimal - 3_248_327) < 1

    found = pay_extra(rest_after(rows, 13), money("300000", "INR"), SHORTER)

    assert 13 + len(found.after) == 192
    assert 945_000 < saving(found).low.decimal < 955_000


# Ratan Chaudhary of Paisabazaar in livemint.com (2021-09-14): 50 lakh at 8 % over 20 years; after five years
# 43.76 lakh are left; 6 lakh save 11.30 lakh and 41 months, or 4.32 lakh with 36,088 a month, not 41,822.
def test_a_published_example_of_both_uses() -> None:
    rest = rest_after(loan("5000000", "8", 240, date(2016, 1, 1), "INR"), 60)
    assert rest.principal.decimal // 1000 == 4376
    assert rest.rows[0].total == money("41822.00", "INR")

    shorter = pay_extra(rest, money("600000", "INR"), SHORTER)
    lower = pay_extra(rest, money("600000", "INR"), LOWER)

    assert len(rest.rows) - len(shorter.after) == 41
    assert round(saving(shorter).low.decimal, -3) == 1_130_000
    assert round(saving(lower).low.decimal, -3) == 432_000
    # They rounded what is left to the lakh and two places.
    assert abs(lower.after[0].total.decimal - 36_088) < 2
    assert len(lower.after) == len(rest.rows)


# calculatorlib.com/loan-tenure-reduction-calculator: 500,000 at 9 % with 10,000 a month is 62.90 months;
# after a prepayment of 100,000 it is 47.73.
def test_a_published_example_of_months_left() -> None:
    rows: list[Instalment] = []
    owed, day = money("500000"), date(2026, 1, 1)
    while owed:
        interest = owed.times(Rate.percent("0.75", Per.MONTH).fraction)
        part = min(money("10000") - interest, owed)
        day = add_months(day, 1)
        rows.append(Instalment(len(rows) + 1, day, part, owed.zero, interest))
        owed -= part
    assert len(rows) == 63

    assert len(pay_extra(PlanRest(tuple(rows), date(2026, 1, 1)), money("100000"), SHORTER).after) == 48


# --- by hand ---------------------------------------------------------------------------------------


def rows_of(*parts: tuple[str, str, str]) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(
            number, date(2026, 1 + number, 10), money(part), money(fee), money(interest), f"row-{number}"
        )
        for number, (part, fee, interest) in enumerate(parts, 1)
    )


def told(rows: tuple[Instalment, ...]) -> list[tuple[str, str, str]]:
    return [tuple(str(part.decimal) for part in (row.principal, row.fee, row.interest)) for row in rows]  # type: ignore[misc]


JANUARY = date(2026, 1, 10)

# 300 at 1 % a month: level payment 102.01 by the annuity formula.
LEVEL = rows_of(("99.01", "0", "3.00"), ("100.00", "0", "2.01"), ("100.99", "0", "1.01"))


def test_shorter_keeps_the_payment_and_ends_sooner() -> None:
    found = pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money("120"), SHORTER)

    # 180: 1.80 and 100.21; 79.79: 0.80 and the rest.
    assert told(found.after) == [("100.21", "0.00", "1.80"), ("79.79", "0.00", "0.80")]
    assert [row.id for row in found.after] == ["row-1", "row-2"]
    assert [row.due_on for row in found.after] == [date(2026, 2, 10), date(2026, 3, 10)]
    assert found.saved.value == Span.exactly(money("3.42"))
    assert (found.month_before.value, found.month_after.value) == (money("102.01"), money("102.01"))
    assert (found.last_before.value, found.last_after.value) == (date(2026, 4, 10), date(2026, 3, 10))
    assert (found.cost_before.value, found.cost_after.value) == (money("6.02"), money("2.60"))


def test_lower_keeps_the_dates_and_lowers_each_payment() -> None:
    found = pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money("120"), LOWER)

    # 180 at 1 % over 3 months: 61.20 a month (180 x 0.340022).
    assert told(found.after) == [
        ("59.40", "0.00", "1.80"),
        ("59.99", "0.00", "1.21"),
        ("60.61", "0.00", "0.61"),
    ]
    assert found.month_after.value == money("61.22")
    assert found.saved.value == Span.exactly(money("2.40"))


def test_within_a_period_its_interest_counts_by_days() -> None:
    # From 10 January to 10 February are 31 days, 21 of which are over on the 31st: 300 until then, 180
    # after it: (300 x 21 + 180 x 10) / 31 = 261.29, of which 1 % is 2.61.
    rest = PlanRest(LEVEL, date(2026, 1, 31), JANUARY)

    shorter, lower = (pay_extra(rest, money("120"), use) for use in (SHORTER, LOWER))

    assert told(shorter.after)[0] == ("99.40", "0.00", "2.61")
    assert told(lower.after)[0] == ("59.40", "0.00", "2.61")
    # On the due date itself the whole period is charged as before.
    assert pay_extra(replace(rest, on=date(2026, 2, 10)), money("120"), LOWER).after[0].interest == money(
        "3.00"
    )


EQUAL = rows_of(("100", "0", "3.00"), ("100", "0", "2.00"), ("100", "0", "1.00"))


def test_equal_parts_stay_equal_when_it_gets_shorter() -> None:
    found = pay_extra(PlanRest(EQUAL, JANUARY, JANUARY), money("120"), SHORTER)

    assert told(found.after) == [("100.00", "0.00", "1.80"), ("80.00", "0.00", "0.80")]


def test_equal_parts_get_smaller_by_the_same_share() -> None:
    found = pay_extra(PlanRest(EQUAL, JANUARY, JANUARY), money("120"), LOWER)

    assert told(found.after) == [
        ("60.00", "0.00", "1.80"),
        ("60.00", "0.00", "1.20"),
        ("60.00", "0.00", "0.60"),
    ]


@pytest.mark.parametrize(
    ("parts", "first"),
    [
        (("100.02", "100", "100"), "100.02"),
        (("100", "100", "100.02"), "100.00"),
        (("100", "100.02", "100"), "101.20"),  # neither equal nor level: each payment stays as it is
    ],
)
def test_what_does_not_divide_is_at_one_end_of_equal_parts(parts: tuple[str, str, str], first: str) -> None:
    rows = rows_of(*zip(parts, ("0", "0", "0"), ("3.01", "2.01", "1.01"), strict=True))
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("120.02"), SHORTER)

    assert found.after[0].principal == money(first)


def test_two_rows_with_different_parts_keep_their_payments() -> None:
    rows = rows_of(("99.50", "0", "2.00"), ("100.50", "0", "1.01"))
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("50"), SHORTER)

    # 150: 1.50 and 100.00 of 101.50.
    assert told(found.after) == [("100.00", "0.00", "1.50"), ("50.00", "0.00", "0.50")]


def test_uneven_rows_keep_their_shape_when_they_get_lower() -> None:
    rows = rows_of(("100", "0", "6.00"), ("200", "0", "5.00"), ("300", "0", "3.00"))
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("300"), LOWER)

    assert told(found.after) == [
        ("50.00", "0.00", "3.00"),
        ("100.00", "0.00", "2.50"),
        ("150.00", "0.00", "1.50"),
    ]


def test_level_payments_with_a_long_first_period_get_lower_by_the_same_share() -> None:
    rows = rows_of(("97.01", "0", "5.00"), ("99.98", "0", "2.03"), ("103.01", "0", "1.03"))
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("120"), LOWER)

    # Six tenths of each part; 5 / 300 of 180, then 1 % of 121.79 and of 61.80.
    assert told(found.after) == [
        ("58.21", "0.00", "3.00"),
        ("59.99", "0.00", "1.22"),
        ("61.80", "0.00", "0.62"),
    ]


def test_half_a_cent_of_a_part_is_rounded_up_and_the_last_part_takes_the_rest() -> None:
    rows = rows_of(("1", "0", "0.06"), ("2", "0", "0.05"), ("3", "0", "0.03"))
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("2.97"), LOWER)

    assert [row.principal for row in found.after] == [money("0.51"), money("1.01"), money("1.51")]


def test_a_long_first_period_and_a_free_month_stay_what_they_are() -> None:
    # DEMAND: the interest of a first row that is not one month long is the lender's own.
    rows = rows_of(("100", "0", "4.50"), ("100", "0", "0"), ("100", "0", "1.00"))
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("150"), LOWER)

    # 1.5 % of 150, nothing, 1 % of 50.
    assert told(found.after) == [
        ("50.00", "0.00", "2.25"),
        ("50.00", "0.00", "0.00"),
        ("50.00", "0.00", "0.50"),
    ]


# --- fees ------------------------------------------------------------------------------------------


def test_a_flat_fee_does_not_fall_and_that_is_said() -> None:
    rows = rows_of(*[("100", "6", "0")] * 3)
    rest = PlanRest(rows, JANUARY, JANUARY)
    shorter, lower = (pay_extra(rest, money("150"), use) for use in (SHORTER, LOWER))

    assert shorter.saved.value == lower.saved.value == Span.exactly(money("0"))
    # The fee of the row that falls away is due with the last one.
    assert told(shorter.after) == [("100.00", "6.00", "0.00"), ("50.00", "12.00", "0.00")]
    assert told(lower.after) == [("50.00", "6.00", "0.00")] * 3
    assert shorter.notes == lower.notes == (FEES_STAY, ASK)


def test_what_a_flat_fee_falls_by_is_not_known_where_the_rule_is_disputed() -> None:
    rest = PlanRest(rows_of(*[("100", "6", "0")] * 3), JANUARY, JANUARY)
    found = pay_extra(rest, money("150"), SHORTER, is_disputed=True)

    assert found.saved.value == SAVING_UNKNOWN
    assert found.notes == (FEES_UNCLEAR, ASK)
    assert told(found.after) == [("100.00", "6.00", "0.00"), ("50.00", "12.00", "0.00")]
    assert FEES_UNCLEAR in [step.text for step in found.saved.derivation.workings]


def test_a_disputed_rule_on_fees_leaves_the_saving_of_interest_known() -> None:
    interest = PlanRest(LEVEL, JANUARY, JANUARY)
    both = PlanRest(tuple(replace(row, fee=money("2")) for row in LEVEL), JANUARY, JANUARY)

    for rest, notes in ((interest, (ASK,)), (both, (SOME_FEES_STAY, ASK))):
        found = pay_extra(rest, money("120"), SHORTER, is_disputed=True)
        assert found.saved.value == Span.exactly(money("3.42"))
        assert found.notes == notes


def test_of_a_plan_with_fees_and_interest_only_the_interest_falls() -> None:
    rows = tuple(replace(row, fee=money("2")) for row in LEVEL)
    found = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("120"), SHORTER)

    assert found.saved.value == Span.exactly(money("3.42"))
    assert told(found.after)[-1] == ("79.79", "4.00", "0.80")
    assert found.notes == (SOME_FEES_STAY, ASK)


def test_without_fees_only_asking_first_is_advised() -> None:
    assert pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money("120"), LOWER).notes == (ASK,)


# --- what cannot be --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        ("0", ExtraNotPositiveError),
        ("-1", ExtraNotPositiveError),
        ("300", ExtraTooLargeError),
        ("301", ExtraTooLargeError),
    ],
)
def test_nothing_and_everything_are_no_extra_payment(amount: str, error: type[PlannerError]) -> None:
    with pytest.raises(error):
        pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money(amount), SHORTER)


@pytest.mark.parametrize("amount", ["0.01", "299.99"])
@pytest.mark.parametrize("use", ExtraUse)
def test_a_cent_more_and_a_cent_less_are(amount: str, use: ExtraUse) -> None:
    found = pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money(amount), use)

    assert sum_of((row.principal for row in found.after), "EUR") == money("300") - money(amount)


def test_everything_says_how_much_is_left() -> None:
    with pytest.raises(ExtraTooLargeError, match=r"300\.00"):
        pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money("300"), SHORTER)


# --- the French indemnity --------------------------------------------------------------------------


def test_in_france_an_indemnity_on_the_extra_payment_alone_may_come_off() -> None:
    rest = rest_after(loan("30000", "6", 36, date(2026, 1, 10)), 6)
    plain = pay_extra(rest, money("12000"), SHORTER)
    french = pay_extra(rest, money("12000"), SHORTER, "FR")

    # 30 months are left: up to 1 % of 12,000, not of what the bank gets with it.
    assert french.indemnity.value == Span(money("0"), money("120.00"))
    assert french.after == plain.after
    saved = saving(plain).low
    assert plain.indemnity.value == Span.exactly(money("0"))
    assert french.saved.value == Span(saved - money("120"), saved)


@pytest.mark.parametrize(
    ("amount", "law", "most"),
    [("10000", "FR", "0"), ("10000.01", "FR", "100.00"), ("12000", "", "0"), ("12000", "CN", "0")],
)
def test_up_to_10_000_euros_and_elsewhere_nothing_is_known_to_be_asked(
    amount: str, law: str, most: str
) -> None:
    rest = rest_after(loan("30000", "6", 36, date(2026, 1, 10)), 6)

    assert pay_extra(rest, money(amount), LOWER, law).indemnity.value.high == money(most)


def test_what_was_repaid_before_counts_towards_the_threshold() -> None:
    rest = replace(rest_after(loan("30000", "6", 36, date(2026, 1, 10)), 6), repaid_before=money("9000"))

    assert pay_extra(rest, money("1000"), LOWER, "FR").indemnity.value.high == money("0")
    assert pay_extra(rest, money("1000.01"), LOWER, "FR").indemnity.value.high == money("10.00")


def test_the_indemnity_is_never_more_than_the_interest_left_after_the_day() -> None:
    rest = PlanRest(
        (Instalment(1, date(2026, 2, 10), money("40000"), money("0"), money("31")),),
        date(2026, 2, 9),
        JANUARY,
    )

    # 31.00 over 31 days, 30 of which are over: 1.00 is left.
    assert pay_extra(rest, money("20000"), LOWER, "FR").indemnity.value.high == money("1.00")


# --- how it was made -------------------------------------------------------------------------------


def test_it_says_how_it_was_made() -> None:
    derivation = pay_extra(PlanRest(LEVEL, JANUARY, JANUARY), money("120"), SHORTER).saved.derivation

    assert [(str(each.label), each.plain) for each in derivation.given] == [
        ("Extra payment on 2026-01-10", money("120")),
        ("Principal before it", money("300")),
        ("Fees and interest still to come before it", money("6.02")),
        ("Yearly rate that the instalments show", Rate.percent("12")),
    ]
    assert [(str(each.text), each.result) for each in derivation.workings] == [
        ("Principal after it", money("180")),
        ("In the running period, 0 of 31 days are over", None),
        ("Instalment 1, 2026-02-10", money("102.01")),
        ("Instalment 2, 2026-03-10", money("80.59")),
        ("Fees and interest after it", money("2.60")),
        ("They get less by", money("3.42")),
        ("What the extra payment saves", Span.exactly(money("3.42"))),
    ]


def test_it_says_where_no_one_rate_fits_and_what_france_allows() -> None:
    rows = rows_of(("10000", "0", "300"), ("10000", "0", "100"), ("10000", "0", "400"))
    derivation = pay_extra(PlanRest(rows, JANUARY, JANUARY), money("15000"), LOWER, "FR").saved.derivation

    assert [str(each.label) for each in derivation.given][3:] == ["Yearly rate", "The French indemnity"]
    flat = rows_of(*[("100", "6", "0")] * 3)
    plain = pay_extra(PlanRest(flat, JANUARY, JANUARY), money("150"), LOWER, "FR").saved.derivation
    assert [str(each.label) for each in plain.given][3:] == []


def test_both_uses_have_words_of_their_own() -> None:
    assert str(USE_WORDS[SHORTER]).startswith("Shorter")
    assert str(USE_WORDS[LOWER]).startswith("Lower")


# --- whatever the plan -----------------------------------------------------------------------------


def _plan(kind: str, principal: int, hundredths: int, count: int) -> tuple[Instalment, ...]:
    dues = [add_months(date(2026, 1, 31), month + 1, 31) for month in range(count)]
    rate = Rate.percent(str(hundredths / 100))
    amount = Money(principal, "EUR")
    if kind == "flat":
        return flat_fee(amount, dues, Rate(rate.fraction / 12, Per.MONTH))
    make = level if kind == "level" else equal_principal
    return make(amount, dues, Interest(rate))


plans = st.builds(
    _plan,
    st.sampled_from(["level", "equal", "flat"]),
    st.integers(10_000, 50_000_000),
    st.integers(0, 3_600),
    st.integers(1, 60),
)


@given(plans, st.floats(0.001, 0.999), st.integers(0, 40), st.sampled_from(ExtraUse))
def test_an_extra_payment_repays_exactly_the_rest_and_never_costs_more(
    rows: tuple[Instalment, ...], share: float, days: int, use: ExtraUse
) -> None:
    rest = PlanRest(rows, date(2026, 1, 31) + timedelta(days), date(2026, 1, 31))
    amount = Money(max(int(rest.principal.minor * share), 1), "EUR")

    found = pay_extra(rest, amount, use)

    assert sum_of((row.principal for row in found.after), "EUR") == rest.principal - amount
    assert all(min(row.principal.minor, row.fee.minor, row.interest.minor) >= 0 for row in found.after)
    assert sum_of((row.fee for row in found.after), "EUR") == sum_of((row.fee for row in rows), "EUR")
    # A cent a row is what rounding can make of it.
    assert saving(found).low.minor >= -len(rows)
    assert [row.due_on for row in found.after] == [row.due_on for row in rows[: len(found.after)]]
    if use is LOWER:
        assert len(found.after) == len(rows)
    if use is SHORTER and not any(row.fee for row in rows):
        assert found.month_after.value.minor <= found.month_before.value.minor + len(rows)
