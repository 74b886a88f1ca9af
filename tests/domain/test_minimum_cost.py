from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.minimum.cost import minimum_cost
from planner.domain.minimum.figures import WITHIN, CostEnd, MinimumBill, MinimumCost
from planner.domain.minimum.path import Balance, Debt, Fate
from planner.domain.minimum.rule import BillParts, MinimumReading
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Reliability, Source, Span
from planner.domain.term import ChargedFrom, MinimumRule, Term
from planner.domain.terms import TermClaim, Terms

PAGE = Source("a page", date(2026, 11, 22), Reliability.MEDIUM)
DAILY = Rate(Decimal("0.0005"), Per.DAY)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def terms(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, PAGE) for term, text in claims))


def also(known: Terms, *claims: tuple[Term, str]) -> Terms:
    return Terms((*known.claims, *terms(*claims).claims))


BAITIAO = terms(
    (Term.MINIMUM_RULE, "baitiao"),
    (Term.MINIMUM, "0.10"),
    (Term.CARRY_RATE, "0.0005"),
    (Term.CARRY_FROM, "due"),
)
CARD = terms(
    (Term.MINIMUM_RULE, "cn_card"),
    (Term.MINIMUM, "0.10"),
    (Term.CARRY_RATE, "0.0005"),
    (Term.CARRY_FROM, "purchase"),
)
AMERICAN = terms(
    (Term.MINIMUM_RULE, "part_or_least"),
    (Term.MINIMUM, "0.02"),
    (Term.MINIMUM_LEAST, "15"),
    (Term.INTEREST_RATE, "0.20"),
)
THOUSAND = MinimumBill(BillParts.of_purchases(yuan("1000.00")), yuan("1000.00"))
DOLLARS = MinimumBill(BillParts.of_purchases(usd("10000.00")), usd("10000.00"))


def ends(cost: MinimumCost) -> tuple[CostEnd, CostEnd]:
    assert cost.low is not None
    assert cost.high is not None
    return cost.low, cost.high


def only(cost: MinimumCost) -> CostEnd:
    low, high = ends(cost)
    assert cost.ends == (low,)
    assert low == high
    return low


def words(phrases: tuple[object, ...]) -> list[str]:
    return [str(phrase) for phrase in phrases]


# --- One reading -----------------------------------------------------------------------------------


def test_baitiao_is_free_until_the_first_due_date_and_small_rests_are_due_in_full() -> None:
    found = only(minimum_cost(THOUSAND, BAITIAO))

    # Each month a tenth of the rest and its interest of 365/12 days; 286.97 is due in full.
    assert [row.paid for row in found.path.rows[:3]] == [yuan("100.00"), yuan("103.69"), yuan("93.32")]
    assert (found.path.months, found.path.interest) == (13, yuan("98.22"))
    assert found == CostEnd(
        MinimumReading(MinimumRule.BAITIAO, Decimal("0.10")),
        DAILY,
        ChargedFrom.DUE,
        Debt((Balance(yuan("1000.00"), DAILY),), is_free_at_first=True),
        yuan("100.00"),
        found.path,
        found.faster,
    )


def test_what_the_statement_says_is_paid_first() -> None:
    stated = replace(THOUSAND, minimum=yuan("150.00"))

    found = only(minimum_cost(stated, BAITIAO))

    assert found.first == yuan("150.00")
    assert (found.path.months, found.path.interest) == (12, yuan("88.69"))


@pytest.mark.parametrize(
    ("bill", "first"),
    [
        (replace(THOUSAND, minimum=yuan("5000.00")), "1000.00"),
        (replace(THOUSAND, minimum=yuan("0.00")), "0.00"),
        (replace(THOUSAND, open=yuan("960.00"), paid=yuan("40.00")), "60.00"),
        (replace(THOUSAND, open=yuan("900.00"), paid=yuan("100.00")), "0.00"),
        (replace(THOUSAND, open=yuan("800.00"), paid=yuan("200.00")), "0.00"),
        (replace(THOUSAND, open=yuan("70.00")), "70.00"),
    ],
)
def test_what_was_paid_already_counts_towards_the_minimum(bill: MinimumBill, first: str) -> None:
    assert bill.first(MinimumReading(MinimumRule.BAITIAO, Decimal("0.10"))) == yuan(first)


def test_what_is_not_itemised_is_paid_down_like_purchases() -> None:
    parts = replace(THOUSAND.parts, fresh=yuan("400.00"), unitemised=yuan("600.00"))

    cost = minimum_cost(replace(THOUSAND, parts=parts), BAITIAO)

    assert only(cost).first == yuan("100.00")
    assert "What is not itemised counts as purchases." in words(cost.assumed)
    stated = minimum_cost(replace(THOUSAND, parts=parts, minimum=yuan("150.00")), BAITIAO)
    assert "What is not itemised counts as purchases." not in words(stated.assumed)


def test_a_yearly_rate_is_charged_from_the_beginning() -> None:
    found = only(minimum_cost(DOLLARS, AMERICAN))

    assert found.start is None
    assert found.debt == Debt((Balance(usd("10000.00"), Rate(Decimal("0.20"))),))
    assert (found.path.months, found.path.interest) == (885, usd("47125.72"))


def test_a_daily_charge_counts_before_a_yearly_rate() -> None:
    found = only(minimum_cost(THOUSAND, also(BAITIAO, (Term.INTEREST_RATE, "0.99"))))

    assert found.rate == DAILY


# --- From when the rest is charged -----------------------------------------------------------------

LOST = replace(THOUSAND, free_days=Span(Decimal(20_000), Decimal(50_000)))


def test_where_it_runs_from_the_purchases_the_second_bill_adds_what_is_lost() -> None:
    low, high = ends(minimum_cost(LOST, CARD))

    assert (low.debt.lost, high.debt.lost) == (yuan("10.00"), yuan("25.00"))
    assert (low.start, high.start) == (ChargedFrom.PURCHASE, ChargedFrom.PURCHASE)
    assert [row.interest for row in high.path.rows[:2]] == [yuan("0.00"), yuan("38.69")]
    assert (high.path.months, high.path.interest) == (97, yuan("161.82"))


def test_sources_that_disagree_from_when_give_a_range() -> None:
    low, high = ends(minimum_cost(LOST, also(BAITIAO, (Term.CARRY_FROM, "purchase"))))

    assert (low.start, low.debt.lost) == (ChargedFrom.DUE, None)
    assert (high.start, high.debt.lost) == (ChargedFrom.PURCHASE, yuan("25.00"))
    assert (low.path.interest, high.path.interest) == (yuan("98.22"), yuan("123.22"))


def test_where_nobody_says_from_when_each_end_takes_its_own() -> None:
    known = Terms(tuple(claim for claim in BAITIAO.claims if claim.term is not Term.CARRY_FROM))

    cost = minimum_cost(LOST, known)

    low, high = ends(cost)
    assert (low.start, high.start) == (ChargedFrom.DUE, ChargedFrom.PURCHASE)
    assert words(cost.assumed)[-1] == (
        "It is unknown from when the rest is charged: low end the due date, high end the purchases."
    )


def test_nothing_is_lost_where_nobody_knows_when_the_purchases_were_made() -> None:
    assert only(minimum_cost(THOUSAND, CARD)).debt.lost is None


def test_what_was_carried_is_never_free() -> None:
    carried = replace(LOST, carried_days=Decimal(10_000))

    assert only(minimum_cost(carried, BAITIAO)).debt.lost == yuan("5.00")
    low, high = ends(minimum_cost(carried, CARD))
    assert (low.debt.lost, high.debt.lost) == (yuan("15.00"), yuan("30.00"))


def test_nothing_is_lost_at_a_yearly_rate() -> None:
    found = only(minimum_cost(replace(DOLLARS, free_days=Span.exactly(Decimal(10_000))), AMERICAN))

    assert found.debt.lost is None


def test_what_is_lost_is_rounded_half_up_to_the_cent() -> None:
    odd = replace(THOUSAND, free_days=Span.exactly(Decimal(10)))  # 0.005

    assert only(minimum_cost(odd, CARD)).debt.lost == yuan("0.01")


# --- Where the sources disagree --------------------------------------------------------------------


def test_the_low_end_takes_the_lowest_rate_and_the_largest_part() -> None:
    known = also(CARD, (Term.CARRY_RATE, "0.00035"), (Term.MINIMUM, "0.05"))

    low, high = ends(minimum_cost(LOST, known))

    assert (low.rate.fraction, low.reading.part) == (Decimal("0.00035"), Decimal("0.10"))
    assert (high.rate.fraction, high.reading.part) == (Decimal("0.0005"), Decimal("0.05"))
    assert (low.path.months, low.path.interest) == (97, yuan("102.77"))
    assert (high.path.months, high.path.interest) == (187, yuan("313.92"))


def test_the_low_end_takes_the_largest_least_amount() -> None:
    low, high = ends(minimum_cost(DOLLARS, also(AMERICAN, (Term.MINIMUM_LEAST, "40"))))

    assert (low.reading.least, high.reading.least) == (Decimal(40), Decimal(15))
    assert low.path.months is not None
    assert high.path.months is not None
    assert low.path.months < high.path.months


def test_a_larger_part_with_a_smaller_least_amount_is_still_the_larger_part() -> None:
    known = also(AMERICAN, (Term.MINIMUM, "0.03"), (Term.MINIMUM_LEAST, "40"))

    low, high = ends(minimum_cost(DOLLARS, known))

    assert (low.reading.part, low.reading.least) == (Decimal("0.03"), Decimal(40))
    assert (high.reading.part, high.reading.least) == (Decimal("0.02"), Decimal(15))


def test_rules_that_differ_are_each_followed() -> None:
    known = also(AMERICAN, (Term.MINIMUM_RULE, "part_plus_interest"))

    low, high = ends(minimum_cost(DOLLARS, known))

    assert low.reading.rule is MinimumRule.PART_PLUS_INTEREST
    assert high.reading.rule is MinimumRule.PART_OR_LEAST


def test_the_dearest_end_may_never_be_over() -> None:
    cost = minimum_cost(DOLLARS, also(AMERICAN, (Term.INTEREST_RATE, "0.24")))

    low, high = ends(cost)
    assert (low.path.fate, high.path.fate) == (Fate.CLEARS, Fate.NEVER)
    assert [faster.saved for faster in high.faster] == [None, None]
    assert [str(faster.steady.payment) for faster in high.faster if faster.steady] == [
        "528.72 USD",
        "392.33 USD",
    ]


def test_an_end_that_never_comes_is_worse_than_any_that_does() -> None:
    low, high = ends(minimum_cost(DOLLARS, also(AMERICAN, (Term.INTEREST_RATE, "0.24"))))
    longer = replace(low, path=replace(low.path, fate=Fate.TOO_LONG))

    assert low.rank == (0, 4_712_572)
    assert low.rank < longer.rank < high.rank
    assert longer.rank == (1, 0)


# --- The payments that are over sooner -------------------------------------------------------------


def test_the_payments_for_24_and_36_months_and_what_they_save() -> None:
    found = only(minimum_cost(DOLLARS, AMERICAN))

    assert WITHIN == tuple(faster.within for faster in found.faster) == (24, 36)
    (two_years, three_years) = found.faster
    assert two_years.steady is not None
    assert three_years.steady is not None
    assert (two_years.steady.payment, three_years.steady.payment) == (usd("508.96"), usd("371.64"))
    # 57,125.72 with the minimum; 24 payments of 508.96 and 36 of 371.64 less what the last one is short of.
    assert two_years.steady.path.total == usd("12214.96")
    assert three_years.steady.path.total == usd("13378.87")
    assert (two_years.saved, three_years.saved) == (usd("44910.76"), usd("43746.85"))


def test_none_is_needed_where_the_minimum_is_over_sooner() -> None:
    cost = minimum_cost(THOUSAND, BAITIAO)

    assert [(faster.steady, faster.saved) for faster in only(cost).faster] == [(None, None), (None, None)]
    assert cost.sooner == MinimumCost().sooner == ()


def test_both_ends_together_give_ranges() -> None:
    cost = minimum_cost(DOLLARS, also(AMERICAN, (Term.INTEREST_RATE, "0.18")))

    low, high = ends(cost)
    two_years = cost.sooner[0]
    assert [sooner.within for sooner in cost.sooner] == [24, 36]
    # Annuities of 10,000 at 18 % and at 20 %.
    assert two_years.payment == Span(usd("499.25"), usd("508.96"))
    assert low.faster[0].saved is not None
    assert high.faster[0].saved is not None
    assert two_years.saved == Span(low.faster[0].saved, high.faster[0].saved)
    assert two_years.total == Span(usd("11981.74"), usd("12214.96"))
    assert not two_years.is_maybe_needless
    assert (two_years.first, two_years.below_until) == (None, 0)


def test_a_payment_may_be_needless_by_one_reading_and_save_what_is_known() -> None:
    # 24 % never ends; 10 % of the balance does by itself, in 36 months but not in 24.
    known = also(AMERICAN, (Term.INTEREST_RATE, "0.24"), (Term.MINIMUM, "0.10"), (Term.MINIMUM_LEAST, "300"))

    two_years, three_years = minimum_cost(DOLLARS, known).sooner

    assert not two_years.is_maybe_needless
    assert three_years.is_maybe_needless
    assert three_years.payment == Span.exactly(usd("392.33"))
    assert two_years.saved is not None
    assert two_years.saved.is_single  # that of the end that ends
    assert three_years.saved is None


def test_a_payment_below_the_minimum_of_the_first_months_says_so() -> None:
    sooner = minimum_cost(LOST, CARD).sooner[0]

    # (1000 − 100) over 23 months at 18.25 %, with 10.00 to 25.00 lost on the second bill: 47.18 to 47.94.
    # A tenth and the interest of what is then owed are more than that up to the 15th month.
    assert sooner.first == Span.exactly(yuan("100.00"))
    assert sooner.payment.high < yuan("100.00")
    assert sooner.below_until == 15
    assert sooner.saved is not None
    assert sooner.saved.high < yuan("0.00")


# --- What is not known -----------------------------------------------------------------------------


def test_without_a_rate_nothing_is_followed() -> None:
    known = Terms(tuple(claim for claim in BAITIAO.claims if claim.term is not Term.CARRY_RATE))

    cost = minimum_cost(THOUSAND, known)

    assert (cost.low, cost.high, cost.derivation, cost.ends) == (None, None, None, ())
    assert words(cost.missing) == ["The charge on what is carried on is unknown."]


def test_all_that_is_missing_is_said() -> None:
    assert words(minimum_cost(THOUSAND, Terms()).missing) == [
        "It is unknown how the minimum is made.",
        "It is unknown what part of the bill the minimum is.",
        "The charge on what is carried on is unknown.",
    ]


def test_nothing_is_followed_where_nothing_is_open() -> None:
    cost = minimum_cost(replace(THOUSAND, open=yuan("0.00")), BAITIAO)

    assert (cost.ends, cost.missing) == ((), ())


def test_what_is_taken_for_granted_is_said() -> None:
    assert words(minimum_cost(THOUSAND, BAITIAO).assumed) == [
        "Nothing new is bought, and each month has the same length.",
    ]
    assert words(minimum_cost(THOUSAND, CARD).assumed) == [
        "Nothing new is bought, and each month has the same length.",
        "The least amount of the minimum is unknown: without one, the last small rests take long.",
    ]
    assert words(minimum_cost(DOLLARS, AMERICAN).assumed) == [
        "Nothing new is bought, and each month has the same length.",
    ]


# --- How it was made -------------------------------------------------------------------------------


def test_the_derivation_has_its_inputs_with_their_sources_and_the_first_months() -> None:
    bill = replace(LOST, minimum=yuan("150.00"))

    derivation = minimum_cost(bill, also(BAITIAO, (Term.CARRY_FROM, "purchase"))).derivation

    assert derivation is not None
    assert str(derivation.rule).startswith("Each month the interest is added and the minimum is paid")
    assert [
        (str(given.label), str(given.value), given.source) for given in derivation.given if given.source
    ] == [
        ("How the minimum is made", str(derivation.given[2].value), PAGE),
        ("Its part", "10.00 %/year", PAGE),
        ("Charge a day", "0.0500 %/day", PAGE),
        ("Charged from", "the due date, on the rest", PAGE),
        ("Charged from", "the purchases, on the whole bill", PAGE),
    ]
    assert [(str(given.label), given.value) for given in derivation.given if given.source is None] == [
        ("Amount", yuan("1000.00")),
        ("Minimum, as the statement says", yuan("150.00")),
    ]
    assert [(str(step.text), step.result) for step in derivation.workings] == [
        ("Low end", None),
        ("Month 1: 1000.00 CNY + 0.00 CNY − 150.00 CNY", yuan("850.00")),
        ("Month 2: 850.00 CNY + 12.93 CNY − 97.93 CNY", yuan("765.00")),
        ("Month 3: 765.00 CNY + 11.63 CNY − 88.13 CNY", yuan("688.50")),
        ("Over after 12 months", None),
        ("All payments together", yuan("1088.69")),
        ("Interest of it", yuan("88.69")),
        ("High end", None),
        ("Interest up to the due date, on the second bill", yuan("25.00")),
        ("Month 1: 1000.00 CNY + 0.00 CNY − 150.00 CNY", yuan("850.00")),
        ("Month 2: 850.00 CNY + 37.93 CNY − 122.93 CNY", yuan("765.00")),
        ("Month 3: 765.00 CNY + 11.63 CNY − 88.13 CNY", yuan("688.50")),
        ("Over after 12 months", None),
        ("All payments together", yuan("1113.69")),
        ("Interest of it", yuan("113.69")),
    ]
    assert str(derivation.rounding) == (
        "Interest and minimum of each month are rounded half up to the cent; a month is a twelfth of "
        "365 days."
    )


def test_the_derivation_of_what_never_ends_and_of_what_ends_too_late_says_so() -> None:
    endless = minimum_cost(DOLLARS, also(AMERICAN, (Term.INTEREST_RATE, "0.24"))).derivation
    slow = minimum_cost(
        DOLLARS,
        terms(
            (Term.MINIMUM_RULE, "part_or_least"),
            (Term.MINIMUM, "0.0001"),
            (Term.MINIMUM_LEAST, "1"),
            (Term.INTEREST_RATE, "0"),
        ),
    ).derivation

    assert endless is not None
    assert slow is not None
    told = [str(step.text) for step in endless.workings]
    assert told[-5:] == [
        "The minimum does not lower the debt: it is never over",
        "Steady payment that is over within 24 months",
        "All payments together",
        "Steady payment that is over within 36 months",
        "All payments together",
    ]
    assert ("Nominal yearly rate", "20.00 %/year") in [
        (str(given.label), str(given.value)) for given in endless.given
    ]
    assert "Minimum, as the statement says" not in [str(given.label) for given in endless.given]
    assert [(str(step.text), step.result) for step in slow.workings][3] == (
        "Not over after 2400 months",
        usd("7600.00"),
    )


def test_the_derivation_tells_what_a_steady_payment_saves() -> None:
    derivation = minimum_cost(DOLLARS, AMERICAN).derivation

    assert derivation is not None
    assert [(str(step.text), step.result) for step in derivation.workings][-6:] == [
        ("Steady payment that is over within 24 months", usd("508.96")),
        ("All payments together", usd("12214.96")),
        ("Less than with the minimum", usd("44910.76")),
        ("Steady payment that is over within 36 months", usd("371.64")),
        ("All payments together", usd("13378.87")),
        ("Less than with the minimum", usd("43746.85")),
    ]


def test_each_figure_tells_how_all_of_them_were_made() -> None:
    cost = minimum_cost(THOUSAND, BAITIAO)

    made = cost.made(yuan("98.22"))

    assert (made.value, made.derivation) == (yuan("98.22"), cost.derivation)
    with pytest.raises(ValueError, match="no figure was made"):
        MinimumCost().made(yuan("98.22"))


def test_a_single_reading_names_no_ends() -> None:
    derivation = minimum_cost(THOUSAND, BAITIAO).derivation

    assert derivation is not None
    assert str(derivation.workings[0].text).startswith("Month 1")
    assert "Over after 13 months" in [str(step.text) for step in derivation.workings]
