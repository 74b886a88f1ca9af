from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.term import EarlyPolicy, LateBase, Remainder, Term
from planner.domain.terms import TermClaim, Terms

CHECKED = date(2026, 11, 1)
PAGE = Source("a page", CHECKED, Reliability.MEDIUM)
OTHER_PAGE = Source("another page", CHECKED, Reliability.LOW)
MINE = Source("my contract", CHECKED, Reliability.CONTRACT, Origin.CONTRACT)
SCREEN = Source("the app", CHECKED, Reliability.HIGH, Origin.APP_SCREEN)


def claim(text: str, source: Source = PAGE, term: Term = Term.LATE_RATE, about: str = "") -> TermClaim:
    return TermClaim(term, about, text, source)


def terms_of(claims: Iterable[TermClaim]) -> Terms:
    return Terms(tuple(claims))


# --- a value, a range, unknown -----------------------------------------------------------------------


def test_a_term_that_nobody_says_anything_about_is_unknown_and_not_nothing() -> None:
    late_rate = Terms().late_rate

    assert late_rate.is_unknown
    assert not late_rate.is_range
    assert late_rate.value is None
    assert late_rate.own is None
    with pytest.raises(ValueError, match="empty"):
        late_rate.lowest()


def test_a_term_of_zero_is_known() -> None:
    grace = terms_of([claim("0", term=Term.GRACE_DAYS)]).grace_days

    assert not grace.is_unknown
    assert grace.value == 0


def test_sources_that_agree_make_a_value_however_they_write_it() -> None:
    late_rate = terms_of([claim("0.0005"), claim("0.00050", OTHER_PAGE)]).late_rate

    assert not late_rate.is_range
    assert late_rate.value == Rate(Decimal("0.0005"), Per.DAY)


def test_sources_that_differ_make_a_range_whose_ends_name_their_source() -> None:
    late_rate = terms_of([claim("0.0007"), claim("0.0003", OTHER_PAGE), claim("0.0005")]).late_rate

    assert late_rate.is_range
    assert late_rate.value is None
    assert late_rate.lowest() == Claim(Rate(Decimal("0.0003"), Per.DAY), OTHER_PAGE)
    assert late_rate.highest() == Claim(Rate(Decimal("0.0007"), Per.DAY), PAGE)


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_the_ends_of_a_range_hold_every_claim_between_them(values: list[int]) -> None:
    sourced = Sourced(tuple(Claim(value, PAGE) for value in values))

    assert all(sourced.lowest().value <= value <= sourced.highest().value for value in values)
    assert sourced.is_range == (sourced.lowest().value != sourced.highest().value)
    assert sourced.value == (None if sourced.is_range else values[0])


def test_a_span_of_one_answer_is_single_and_a_change_keeps_its_ends() -> None:
    assert Span.exactly(3).is_single
    assert not Span(3, 4).is_single
    assert Span(3, 4).map(lambda value: value * 10) == Span(30, 40)


# --- the user's own ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin", [origin for origin in Origin if origin not in {Origin.PUBLISHED, Origin.IMPORTED}]
)
def test_what_the_user_brings_wins_over_everything_published(origin: Origin) -> None:
    own = Source("mine", CHECKED, Reliability.LOW, origin)
    late_rate = terms_of([claim("0.0004", own), claim("0.0007"), claim("0.0003", OTHER_PAGE)]).late_rate

    assert late_rate.value == Rate(Decimal("0.0004"), Per.DAY)
    assert late_rate.own == Claim(Rate(Decimal("0.0004"), Per.DAY), own)
    assert not late_rate.is_range
    assert len(late_rate.claims) == 3


def test_the_newest_of_several_own_claims_is_the_one_that_counts() -> None:
    late_rate = terms_of([claim("0.0004", SCREEN), claim("0.0007"), claim("0.0002", MINE)]).late_rate

    assert late_rate.counting == (Claim(Rate(Decimal("0.0002"), Per.DAY), MINE),)


def test_an_own_claim_replaces_the_one_before_it_and_leaves_what_is_published() -> None:
    published = terms_of([claim("0.0007"), claim("0.0003", OTHER_PAGE)])

    once = published.overridden(claim("0.0004", SCREEN))
    twice = once.overridden(claim("0.0005", MINE))

    assert once.late_rate.value == Rate(Decimal("0.0004"), Per.DAY)
    assert twice.claims == (*published.claims, claim("0.0005", MINE))
    assert published.late_rate.is_range


def test_taking_the_own_claim_back_is_as_if_it_had_never_been() -> None:
    published = terms_of([claim("0.0007"), claim("0.0003", OTHER_PAGE)])

    assert published.overridden(claim("0.0004", MINE)).published(Term.LATE_RATE) == published


def test_taking_an_own_claim_back_on_what_nobody_publishes_makes_it_unknown_again() -> None:
    known = Terms().overridden(claim("3", MINE, Term.GRACE_DAYS))

    assert known.grace_days.value == 3
    assert known.published(Term.GRACE_DAYS).grace_days.is_unknown


def test_an_own_fee_for_twelve_instalments_says_nothing_about_six() -> None:
    terms = terms_of(
        [claim("0.005", PAGE, Term.FEE_RATE, "6"), claim("0.005", PAGE, Term.FEE_RATE, "12")]
    ).overridden(claim("0.004", MINE, Term.FEE_RATE, "12"))

    assert terms.fee_rate(12).value == Rate(Decimal("0.004"), Per.MONTH)
    assert terms.fee_rate(6).value == Rate(Decimal("0.005"), Per.MONTH)
    assert terms.fee_rate(24).is_unknown
    assert terms.published(Term.FEE_RATE, "6") == terms
    assert terms.published(Term.FEE_RATE, "12").fee_rate(12).value == Rate(Decimal("0.005"), Per.MONTH)


def test_an_own_claim_on_one_term_leaves_the_others_alone() -> None:
    terms = terms_of([claim("0.0007"), claim("overdue", PAGE, Term.LATE_BASE)])

    assert terms.overridden(claim("0.0001", MINE)).late_base.value is LateBase.OVERDUE


def test_the_newest_own_claim_on_a_fee_counts_whether_it_is_a_month_or_the_whole_plan() -> None:
    terms = terms_of([claim("0.005", PAGE, Term.FEE_RATE, "12")])
    whole = terms.overridden(claim("0.06", MINE, Term.FEE_WHOLE, "12"))
    monthly = whole.overridden(claim("0.004", MINE, Term.FEE_RATE, "12"))

    assert terms.fees(12)[0].value == Rate(Decimal("0.005"), Per.MONTH)
    assert whole.fees(12)[0].is_unknown
    assert whole.fees(12)[1].value == Decimal("0.06")
    assert monthly.fees(12)[0].value == Rate(Decimal("0.004"), Per.MONTH)
    assert monthly.fees(12)[1].is_unknown


def test_a_claim_written_again_counts_as_the_newest() -> None:
    terms = Terms().overridden(claim("0.004", MINE, Term.FEE_RATE, "3"))
    terms = terms.overridden(claim("0.02", MINE, Term.FEE_WHOLE, "3"))
    terms = terms.overridden(claim("0.004", SCREEN, Term.FEE_RATE, "3"))

    assert terms.fees(3)[0].value == Rate(Decimal("0.004"), Per.MONTH)
    assert terms.fees(3)[1].is_unknown


# --- what a file says --------------------------------------------------------------------------------


def test_each_term_is_read_as_what_it_is() -> None:
    terms = terms_of(
        [
            claim("0.0005", term=Term.CARRY_RATE),
            claim("0.10", term=Term.MINIMUM),
            claim("1", term=Term.LATE_LEAST_PER_DAY),
            claim("same_day", term=Term.EARLY_SETTLEMENT),
            claim("first", term=Term.REMAINDER),
            claim("0", term=Term.PROMOTION, about="3"),
        ]
    )

    assert terms.carry_rate.value == Rate(Decimal("0.0005"), Per.DAY)
    assert terms.minimum.value == Decimal("0.10")
    assert terms.late_least_per_day.value == Decimal(1)
    assert terms.early_settlement.value is EarlyPolicy.SAME_DAY
    assert terms.remainder.value is Remainder.FIRST
    assert terms.promotion(3).value == Rate(Decimal(0), Per.MONTH)
    assert terms.promotion(6).is_unknown


def test_the_numbers_of_instalments_come_in_ascending_order_and_once() -> None:
    terms = terms_of(
        [
            claim("0.005", term=Term.FEE_RATE, about="12"),
            claim("0.005", term=Term.FEE_RATE, about="3"),
            claim("0.0046", OTHER_PAGE, Term.FEE_RATE, "12"),
            claim("0", term=Term.PROMOTION, about="6"),
        ]
    )

    assert terms.counts(Term.FEE_RATE) == (3, 12)
    assert terms.counts(Term.FEE_RATE, Term.PROMOTION) == (3, 6, 12)
    assert [found.about for found in terms.of(Term.FEE_RATE)] == ["12", "3", "12"]
