from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.settling.policy import (
    POLICY_SOURCES,
    POLICY_WORDS,
    PlanRest,
    early_settlement,
    fr_indemnity,
    kept_cost,
    policies_of,
    settled_by,
)
from planner.domain.sourced import Reliability, Span
from planner.domain.term import EarlyPolicy

DAY = date(2026, 11, 22)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def row(
    number: int, due_on: date, principal: str, fee: str = "0", interest: str = "0", currency: str = "CNY"
) -> Instalment:
    return Instalment(
        number,
        due_on,
        Money.of(principal, currency),
        Money.of(fee, currency),
        Money.of(interest, currency),
        f"row-{number}",
    )


# 1,200 over 12 x (100 + 6), of which nine rows are left.
NINE = tuple(
    row(number, date(2026 + (number + 8) // 12, (number + 8) % 12 + 1, 10), "100", "6")
    for number in range(4, 13)
)
AFTER_THIRD = PlanRest(NINE, date(2026, 12, 10), date(2026, 12, 10))


def test_the_rows_of_the_example_begin_a_month_after_the_third() -> None:
    assert (NINE[0].due_on, NINE[-1].due_on) == (date(2027, 1, 10), date(2027, 9, 10))
    assert (AFTER_THIRD.principal, AFTER_THIRD.cost, AFTER_THIRD.scheduled) == (
        yuan("900"),
        yuan("54"),
        yuan("954"),
    )


# ceihk.net (2023-10-10), m.sboyo.com/1/2129686, php.cn (2025-03-14), csai.cn (2025); by days nothing is
# owed on the day on which a period begins.
@pytest.mark.row("C010")
@pytest.mark.parametrize(
    ("policy", "pays"),
    [
        (EarlyPolicy.REMAINING_FEES_DUE, "954.00"),
        (EarlyPolicy.WAIVE_REMAINING, "900.00"),
        (EarlyPolicy.SAME_DAY, "900.00"),
        (EarlyPolicy.BILLED_PLUS_NEXT, "906.00"),
        (EarlyPolicy.NEXT_PLUS_ONE, "912.00"),
        (EarlyPolicy.ACTUAL_TIME, "900.00"),
        (EarlyPolicy.FR_INDEMNITY, "900.00"),
    ],
)
def test_settling_a_plan_early_by_each_rule(policy: EarlyPolicy, pays: str) -> None:
    assert early_settlement(AFTER_THIRD, policy) == Span.exactly(yuan(pays))


@pytest.mark.parametrize(
    ("policy", "pays"),
    [
        (EarlyPolicy.REMAINING_FEES_DUE, "106"),
        (EarlyPolicy.WAIVE_REMAINING, "100"),
        (EarlyPolicy.BILLED_PLUS_NEXT, "106"),
        # The price of one more period is a penalty: it is asked of who settles the last row, too.
        (EarlyPolicy.NEXT_PLUS_ONE, "112"),
    ],
)
def test_settling_before_the_last_row(policy: EarlyPolicy, pays: str) -> None:
    assert early_settlement(PlanRest(NINE[-1:], DAY), policy).low == yuan(pays)


def test_a_fee_that_is_paid_already_is_not_asked_again_but_the_penalty_is_a_whole_fee() -> None:
    rest = PlanRest((row(12, date(2027, 9, 10), "100", "2"),), DAY, cost_paid=yuan("4"))

    assert early_settlement(rest, EarlyPolicy.NEXT_PLUS_ONE).low == yuan("108")
    assert early_settlement(rest, EarlyPolicy.BILLED_PLUS_NEXT).low == yuan("102")


def test_uneven_fees_the_next_and_the_one_after_it_count() -> None:
    rest = PlanRest(
        (
            row(1, date(2026, 12, 10), "100", "3", "2"),
            row(2, date(2027, 1, 10), "100", "7", "1"),
            row(3, date(2027, 2, 10), "100", "9"),
        ),
        DAY,
    )

    assert kept_cost(rest, EarlyPolicy.BILLED_PLUS_NEXT).low == yuan("5")
    assert kept_cost(rest, EarlyPolicy.NEXT_PLUS_ONE).low == yuan("13")
    assert kept_cost(rest, EarlyPolicy.REMAINING_FEES_DUE).low == yuan("22")


@pytest.mark.parametrize(
    ("on", "kept"),
    [
        (date(2026, 12, 10), "0.00"),
        (date(2026, 12, 9), "0.00"),  # the running period has not begun
        (date(2026, 12, 20), "1.94"),  # 6 x 10 / 31 = 1.935
        (date(2027, 1, 9), "5.81"),  # 6 x 30 / 31 = 5.806
        (date(2027, 1, 10), "6.00"),
        (date(2027, 1, 11), "6.00"),
    ],
)
def test_by_days_the_running_period_counts_and_no_later_one(on: date, kept: str) -> None:
    rest = PlanRest(NINE, on, date(2026, 12, 10))

    assert kept_cost(rest, EarlyPolicy.ACTUAL_TIME) == Span.exactly(yuan(kept))


def test_without_a_beginning_the_running_period_is_a_month() -> None:
    rest = PlanRest(NINE, date(2026, 12, 20))

    assert rest.period == (10, 31)
    assert kept_cost(rest, EarlyPolicy.ACTUAL_TIME).low == yuan("1.94")
    assert any(
        "taken to be a month" in str(each.text)
        for each in settled_by(rest, EarlyPolicy.ACTUAL_TIME).derivation.workings
    )


def test_a_period_of_no_days_is_never_divided_by() -> None:
    assert PlanRest(NINE, date(2027, 1, 10), date(2027, 1, 10)).period == (0, 1)


def test_what_was_paid_of_the_running_period_is_taken_off_and_does_not_come_back() -> None:
    first = row(4, date(2027, 1, 10), "100", "2")
    rest = PlanRest((first,), date(2026, 12, 26), date(2026, 12, 10), yuan("1"))
    # Of 3 the 16 of 31 days are 1.55; 1 is paid.
    assert kept_cost(rest, EarlyPolicy.ACTUAL_TIME).low == yuan("0.55")

    paid_all = PlanRest(
        (row(4, date(2027, 1, 10), "100", "0"),), date(2026, 12, 26), date(2026, 12, 10), yuan("3")
    )
    assert kept_cost(paid_all, EarlyPolicy.ACTUAL_TIME).low == yuan("0")


def test_half_a_cent_is_rounded_up_unless_the_lender_rounds_down() -> None:
    rest = PlanRest((row(1, date(2026, 12, 22), "100", "0.03"),), date(2026, 12, 7), date(2026, 11, 22))

    assert rest.period == (15, 30)
    assert rest.earned() == yuan("0.02")
    assert rest.earned(ROUND_DOWN) == yuan("0.01")
    assert rest.accrued(ROUND_DOWN) == yuan("0.01")
    assert early_settlement(rest, EarlyPolicy.ACTUAL_TIME).low == yuan("100.02")
    assert early_settlement(rest, EarlyPolicy.ACTUAL_TIME, ROUND_DOWN).low == yuan("100.01")


# Settlement quotes of a loan with interest by the day, github.com/simontreanor/FSharp.Finance.Personal,
# tests/QuoteTests.fs at 09d09287 (QuoteTest003, 004, 011, 012, 013, 014); interest is rounded down there.
# A quote says principal + interest; the period is written as one row up to a later day.
@pytest.mark.parametrize(
    ("principal", "interest", "days", "period", "pays"),
    [
        ("1200", "0", 3, 30, "1200.00"),
        ("1200", "288.00", 4, 30, "1238.40"),
        ("400", "159.60", 30, 50, "495.76"),
        ("353", "353.00", 27, 125, "429.24"),
        ("353", "353.00", 28, 125, "432.07"),
        ("353", "353.00", 29, 125, "434.89"),
    ],
    ids=[f"F# QuoteTest{number}" for number in ("003", "004", "011", "012", "013", "014")],
)
def test_published_settlement_figures_by_days(
    principal: str, interest: str, days: int, period: int, pays: str
) -> None:
    # 0.8 % a day is 9.60 on 1,200 and 2.824 on 353; 0.798 % is 3.192 on 400.
    rest = by_days(row(1, DAY + timedelta(period), principal, interest=interest), days)

    assert early_settlement(rest, EarlyPolicy.ACTUAL_TIME, ROUND_DOWN).low == yuan(pays)


# The same source: a fee of 2,273.64 over 155 days of which 45.90 is paid, 1,175.80 of principal and the
# interest of 3,403.54 at 9.95 % a year (QuoteTest000 after 57 days, 001 after 60 days; 005: fee in full);
# a fee of 1,800 over 154 days of which 645.87 is paid, 769.46 of principal (010 after 72 days).
LARGE = row(1, DAY + timedelta(155), "1175.80", "2227.74")
SMALL = row(1, DAY + timedelta(154), "769.46", "1154.13")


@pytest.mark.parametrize(
    ("first", "paid", "days", "policy", "pays"),
    [
        (LARGE, "45.90", 57, EarlyPolicy.ACTUAL_TIME, ("3.71", "1969.72")),
        (LARGE, "45.90", 60, EarlyPolicy.ACTUAL_TIME, ("6.49", "2016.50")),
        (LARGE, "45.90", 60, EarlyPolicy.REMAINING_FEES_DUE, ("6.49", "3410.03")),
        (SMALL, "645.87", 72, EarlyPolicy.ACTUAL_TIME, ("8.39", "973.53")),
    ],
    ids=["F# QuoteTest000", "F# QuoteTest001", "F# QuoteTest005", "F# QuoteTest010"],
)
def test_published_settlement_figures_with_a_fee_by_days(
    first: Instalment, paid: str, days: int, policy: EarlyPolicy, pays: tuple[str, str]
) -> None:
    interest, total = pays

    found = early_settlement(by_days(first, days, yuan(paid)), policy, ROUND_DOWN).low

    assert found + yuan(interest) == yuan(total)


def by_days(first: Instalment, days: int, paid: Money | None = None) -> PlanRest:
    return PlanRest((first,), DAY + timedelta(days), DAY, paid)


def french(principal: str, interest: str, months: int, **more: Money) -> PlanRest:
    rows = tuple(
        row(
            number,
            date(2026 + (10 + number) // 12, (10 + number) % 12 + 1, 22),
            principal,
            "0",
            interest,
            "EUR",
        )
        for number in range(1, months + 1)
    )
    return PlanRest(rows, DAY, DAY, **more)


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def test_the_french_indemnity_makes_a_range_on_top_of_the_cost_by_days() -> None:
    # 18 x 1,000; 18 months are more than a year: up to 1 % of 18,000.
    assert early_settlement(french("1000", "50", 18), EarlyPolicy.FR_INDEMNITY) == Span(
        euros("18000"), euros("18180")
    )
    # 12 months are not: up to 0.5 % of 12,000.
    assert early_settlement(french("1000", "50", 12), EarlyPolicy.FR_INDEMNITY) == Span(
        euros("12000"), euros("12060")
    )
    # Never more than the interest left: 12 x 4.
    assert early_settlement(french("1000", "4", 12), EarlyPolicy.FR_INDEMNITY).high == euros("12048")
    # Not above the threshold, unless something was repaid in the year before.
    assert early_settlement(french("1000", "50", 10), EarlyPolicy.FR_INDEMNITY).is_single
    before = french("1000", "50", 10, repaid_before=euros("0.01"))
    assert early_settlement(before, EarlyPolicy.FR_INDEMNITY).high == euros("10050")


def test_the_cost_by_days_is_no_part_of_the_interest_that_is_left() -> None:
    rest = french("12000", "31", 1)
    late = PlanRest(rest.rows, date(2026, 12, 19), DAY)

    # 31 x 27 / 30 days = 27.90 is due anyway; 3.10 is what may be asked at most.
    assert kept_cost(late, EarlyPolicy.FR_INDEMNITY) == Span(euros("27.90"), euros("31.00"))


@pytest.mark.parametrize(
    ("law", "count", "has_french"),
    [("CN", 5, False), ("FR", 1, True), ("US", 2, False), ("", 6, True), ("GB", 6, True)],
)
def test_the_rules_that_may_hold_in_a_country(law: str, count: int, *, has_french: bool) -> None:
    found = policies_of(law)

    assert len(found) == len(set(found)) == count
    assert (EarlyPolicy.FR_INDEMNITY in found) is has_french
    assert EarlyPolicy.SAME_DAY not in found
    assert EarlyPolicy.ACTUAL_TIME in found or law == "FR"


def test_with_two_rows_left_the_fee_of_the_second_is_the_penalty() -> None:
    rest = PlanRest((row(1, date(2026, 12, 10), "100", "3"), row(2, date(2027, 1, 10), "100", "7")), DAY)

    assert kept_cost(rest, EarlyPolicy.NEXT_PLUS_ONE).low == yuan("10")


def test_half_a_cent_of_the_interest_gone_is_rounded_up() -> None:
    rest = PlanRest((row(1, date(2026, 12, 22), "12000", "0", "0.03", "EUR"),), date(2026, 12, 7), DAY)

    assert fr_indemnity(rest).value.high == euros("0.01")
    assert fr_indemnity(rest, ROUND_DOWN).value.high == euros("0.02")


def test_every_rule_has_words_and_a_source_of_its_own() -> None:
    assert set(POLICY_WORDS) == set(POLICY_SOURCES) == set(EarlyPolicy)
    assert len({str(words) for words in POLICY_WORDS.values()}) == len(EarlyPolicy)
    assert {source.checked for source in POLICY_SOURCES.values()} == {date(2026, 11, 22)}
    assert POLICY_SOURCES[EarlyPolicy.FR_INDEMNITY].reliability is Reliability.HIGH
    assert POLICY_SOURCES[EarlyPolicy.NEXT_PLUS_ONE].reliability is Reliability.LOW


@pytest.mark.parametrize("policy", EarlyPolicy)
def test_each_rule_says_how_its_amount_was_made(policy: EarlyPolicy) -> None:
    rest = PlanRest(NINE, date(2026, 12, 20), date(2026, 12, 10), yuan("1"))
    found = settled_by(rest, policy)
    workings = found.derivation.workings

    assert found.value == early_settlement(rest, policy)
    assert [str(each.label) for each in found.derivation.given][:2] == [
        "Instalment 4, 2027-01-10",
        "Instalment 5, 2027-02-10",
    ]
    assert (str(workings[0].text), workings[0].result) == (
        "Principal of the open instalments",
        yuan("900"),
    )
    assert (str(workings[-1].text), workings[-1].result) == ("Together", found.value)
    assert workings[-2].result == kept_cost(rest, policy)


def test_by_days_each_step_is_said() -> None:
    rest = PlanRest(NINE, date(2026, 12, 20), date(2026, 12, 10), yuan("1"))
    workings = settled_by(rest, EarlyPolicy.ACTUAL_TIME).derivation.workings

    # 7 x 10 / 31 = 2.26, of which 1 is paid.
    assert [(str(each.text), each.result) for each in workings[1:5]] == [
        ("Fee and interest of the running period", yuan("7")),
        ("× 10 of 31 days", yuan("2.26")),
        ("− what is paid of it, at least nothing", yuan("1.26")),
        ("Fee and interest up to the day", Span.exactly(yuan("1.26"))),
    ]
    assert settled_by(rest, EarlyPolicy.ACTUAL_TIME).derivation.rounding is not None
    assert settled_by(rest, EarlyPolicy.WAIVE_REMAINING).derivation.rounding is None
    unpaid = settled_by(PlanRest(NINE, date(2026, 12, 20), date(2026, 12, 10)), EarlyPolicy.ACTUAL_TIME)
    assert len(unpaid.derivation.workings) == 5


def test_the_french_rule_shows_its_indemnity_with_the_law() -> None:
    given = settled_by(french("1000", "50", 18), EarlyPolicy.FR_INDEMNITY).derivation.given[-1]

    assert str(given.label) == "The French indemnity"
    assert given.plain == Span(euros("0"), euros("180"))
    assert given.source == POLICY_SOURCES[EarlyPolicy.FR_INDEMNITY]


@given(
    principal=st.integers(1, 10**9),
    fees=st.lists(st.integers(0, 10**6), min_size=1, max_size=36),
    policy=st.sampled_from([policy for policy in EarlyPolicy if policy is not EarlyPolicy.NEXT_PLUS_ONE]),
    gone=st.integers(-5, 40),
)
def test_settling_costs_at_least_the_principal_and_at_most_the_whole_rest(
    principal: int, fees: list[int], policy: EarlyPolicy, gone: int
) -> None:
    zero = yuan("0")
    open_rows = tuple(
        Instalment(number, DAY, Money(principal, "CNY"), Money(fee, "CNY"), zero)
        for number, fee in enumerate(fees, 1)
    )
    rest = PlanRest(open_rows, date.fromordinal(date(2026, 10, 22).toordinal() + gone))

    pays = early_settlement(rest, policy, ROUND_HALF_UP)

    assert rest.principal <= pays.low <= pays.high <= rest.scheduled
