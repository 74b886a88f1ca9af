from __future__ import annotations

from datetime import date, time
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation
from enum import StrEnum

import pytest

from planner.domain.account import ELSEWHERE, Account, usual_country
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Reliability, Source
from planner.domain.term import FORMS, REPEAT, Indemnity, RoundingRule, Term, _decimal, _rate, _whole
from planner.domain.terms import TermClaim, Terms

PAGE = Source("a page", None, Reliability.MEDIUM)

RATES = {
    Per.DAY: (Term.LATE_RATE, Term.CARRY_RATE, Term.DEFERRAL_RATE),
    Per.MONTH: (Term.FEE_RATE, Term.PROMOTION),
    Per.YEAR: (Term.INTEREST_RATE, Term.PROMO_RATE),
}
PARTS_AND_AMOUNTS = (
    Term.LATE_LEAST_PER_DAY,
    Term.LATE_FEE,
    Term.LATE_FEE_LEAST,
    Term.LATE_FEE_FIXED,
    Term.LATE_FEE_MOST_PART,
    Term.LATE_INDEMNITY,
    Term.GRACE_TOLERANCE,
    Term.MINIMUM,
    Term.MINIMUM_LEAST,
    Term.FEE_WHOLE,
    Term.FEE_MOST,
    Term.SPLIT_PART,
    Term.SPLIT_LEAST,
    Term.DEFERRAL_FEE,
)
DAYS = (Term.PROMO_UNTIL, Term.PROMOTION_UNTIL)
COUNTS = (Term.LATE_FEE_MOST_TIMES, Term.GRACE_DAYS, Term.ACCELERATION_AFTER, Term.FREE_DAYS)


def test_every_term_has_a_form() -> None:
    assert set(FORMS) == set(Term)


@pytest.mark.parametrize(("per", "term"), [(per, term) for per, terms in RATES.items() for term in terms])
def test_a_rate_is_for_its_usual_period_unless_another_is_named(per: Per, term: Term) -> None:
    read = FORMS[term].read

    assert read("0.0005") == Rate(Decimal("0.0005"), per)
    assert read("0.18/year") == Rate(Decimal("0.18"), Per.YEAR)
    assert read("0.015/month") == Rate(Decimal("0.015"), Per.MONTH)
    assert read("0.0005/day") == Rate(Decimal("0.0005"), Per.DAY)
    with pytest.raises(KeyError):
        read("0.18/week")


@pytest.mark.parametrize("term", [*PARTS_AND_AMOUNTS, *RATES[Per.DAY]])
@pytest.mark.parametrize("text", ["-0.01", "NaN", "Infinity", "many", ""])
def test_what_is_no_part_or_amount_is_refused(term: Term, text: str) -> None:
    with pytest.raises((ValueError, InvalidOperation)):
        FORMS[term].read(text)


@pytest.mark.parametrize("term", PARTS_AND_AMOUNTS)
def test_parts_and_amounts_are_exact(term: Term) -> None:
    assert FORMS[term].read("0.10") == Decimal("0.1")
    assert FORMS[term].read("0") == 0


@pytest.mark.parametrize("term", COUNTS)
def test_what_is_counted_is_whole_and_not_below_nothing(term: Term) -> None:
    assert FORMS[term].read("0") == 0
    assert FORMS[term].read("3") == 3
    for text in ("-1", "1.5", ""):
        with pytest.raises(ValueError, match=r"."):
            FORMS[term].read(text)


def test_an_hour_is_read_and_the_end_of_the_day_is_none() -> None:
    read = FORMS[Term.GRACE_CUTOFF].read

    assert read("20:00") == time(20)
    assert read("24:00") is None
    with pytest.raises(ValueError, match=r"."):
        read("25:00")


@pytest.mark.parametrize("term", DAYS)
def test_the_last_day_of_a_promotion_is_a_date(term: Term) -> None:
    read = FORMS[term].read

    assert read("2027-06-30") == date(2027, 6, 30)
    with pytest.raises(ValueError, match=r"."):
        read("June")


@pytest.mark.parametrize(
    "term",
    [
        term
        for term in Term
        if term not in {*PARTS_AND_AMOUNTS, *COUNTS, Term.GRACE_CUTOFF, *DAYS}.union(*RATES.values())
    ],
)
def test_a_rule_is_one_of_those_that_are_known(term: Term) -> None:
    rules = FORMS[term].read

    assert isinstance(rules, type)
    assert issubclass(rules, StrEnum)
    assert [rules(rule.value) for rule in rules] == list(rules)
    with pytest.raises(ValueError, match="as they like"):
        rules("as they like")


@pytest.mark.parametrize("term", [Term.FEE_RATE, Term.FEE_WHOLE, Term.PROMOTION, Term.PROMOTION_UNTIL])
def test_a_fee_is_about_a_number_of_instalments(term: Term) -> None:
    assert FORMS[term].allows("12")
    assert not any(FORMS[term].allows(about) for about in ("", "0", "06", "twelve", "½", "-3"))


def test_the_greatest_fee_may_be_about_a_number_of_instalments() -> None:
    assert all(FORMS[Term.FEE_MOST].allows(about) for about in ("", "4"))
    assert not FORMS[Term.FEE_MOST].allows("four")


def test_a_fixed_fee_may_be_about_the_next_time() -> None:
    assert all(FORMS[Term.LATE_FEE_FIXED].allows(about) for about in ("", REPEAT))
    assert not FORMS[Term.LATE_FEE_FIXED].allows("2")


def test_an_indemnity_is_about_what_it_is_a_part_of() -> None:
    assert all(FORMS[Term.LATE_INDEMNITY].allows(of.value) for of in Indemnity)
    assert not any(FORMS[Term.LATE_INDEMNITY].allows(about) for about in ("", "8"))


def test_the_other_terms_are_about_nothing_else() -> None:
    assert FORMS[Term.LATE_RATE].allows("")
    assert not FORMS[Term.LATE_RATE].allows("3")


def test_rules_of_rounding_are_those_of_decimals() -> None:
    modes = {rule: rule.mode for rule in RoundingRule}

    assert modes == {
        RoundingRule.DOWN: ROUND_DOWN,
        RoundingRule.UP: ROUND_UP,
        RoundingRule.HALF_UP: ROUND_HALF_UP,
        RoundingRule.HALF_EVEN: ROUND_HALF_EVEN,
        RoundingRule.LIKE_PRINCIPAL: None,
    }


# --- terms that are about something ------------------------------------------------------------------


def terms_of(*claims: tuple[Term, str, str]) -> Terms:
    return Terms(tuple(TermClaim(term, about, text, PAGE) for term, about, text in claims))


def test_the_fee_of_the_next_time_is_not_that_of_the_first() -> None:
    terms = terms_of((Term.LATE_FEE_FIXED, "", "32"), (Term.LATE_FEE_FIXED, REPEAT, "43"))

    assert terms.late_fee_fixed().value == 32
    assert terms.late_fee_fixed(repeat=True).value == 43


def test_each_indemnity_is_known_by_what_it_is_a_part_of() -> None:
    terms = terms_of((Term.LATE_INDEMNITY, "unpaid", "0.08"), (Term.LATE_INDEMNITY, "postponed", "0.04"))

    assert terms.late_indemnity(Indemnity.UNPAID).value == Decimal("0.08")
    assert terms.late_indemnity(Indemnity.POSTPONED).value == Decimal("0.04")
    assert terms.late_indemnity(Indemnity.ACCELERATED).is_unknown


def test_the_greatest_fee_of_a_number_of_instalments_comes_before_that_of_any() -> None:
    terms = terms_of((Term.FEE_MOST, "", "20"), (Term.FEE_MOST, "3", "10"))

    assert terms.fee_most(3).value == 10
    assert terms.fee_most(4).value == 20
    assert terms.counts(Term.FEE_MOST) == (3,)


# --- whose law ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("currency", "country"), [("CNY", "CN"), ("EUR", "FR"), ("GBP", "GB"), ("USD", "US"), ("JPY", "")]
)
def test_a_currency_has_a_usual_country_or_none_is_known(currency: str, country: str) -> None:
    assert usual_country(currency) == country
    assert Account("Card", "Bank", currency).law == (country or ELSEWHERE)


def test_the_country_of_an_account_comes_before_the_usual_one() -> None:
    assert Account("Card", "Bank", "EUR", country="BE").law == "BE"


def test_a_rate_is_read_with_the_period_that_it_names() -> None:
    read = _rate(Per.DAY)

    assert read("0.0005") == Rate(Decimal("0.0005"), Per.DAY)
    assert read("0.18/year") == Rate(Decimal("0.18"), Per.YEAR)
    assert _rate(Per.MONTH)("0.01") == Rate(Decimal("0.01"), Per.MONTH)


def test_what_is_refused_is_named() -> None:
    with pytest.raises(ValueError, match=r"^-1 is no amount or part$"):
        _decimal("-1")
    with pytest.raises(ValueError, match=r"^-1 counts nothing$"):
        _whole("-1")
