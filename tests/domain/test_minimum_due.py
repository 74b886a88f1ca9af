from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.minimum.due import minimum_due, minimum_gaps, readings, rule_given
from planner.domain.minimum.rule import BillParts, MinimumReading
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.domain.term import MinimumRule, Term
from planner.domain.terms import TermClaim, Terms

ZERO = Money(0, "CNY")
PAGE = Source("a page", date(2026, 11, 22), Reliability.MEDIUM)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def terms(*claims: tuple[Term, str], source: Source = PAGE) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, source) for term, text in claims))


BAITIAO = terms((Term.MINIMUM_RULE, "baitiao"), (Term.MINIMUM, "0.10"))
CN_CARD = terms((Term.MINIMUM_RULE, "cn_card"), (Term.MINIMUM, "0.10"))
AMERICAN = terms((Term.MINIMUM_RULE, "part_or_least"), (Term.MINIMUM, "0.02"), (Term.MINIMUM_LEAST, "20"))
BILL = BillParts.of_purchases(yuan("1000.00"))


def words(phrases: tuple[object, ...]) -> list[str]:
    return [str(phrase) for phrase in phrases]


def test_a_known_rule_gives_one_amount_and_says_how() -> None:
    found = minimum_due(BILL, BAITIAO)

    assert found.amount is not None
    assert found.amount.value == Span.exactly(yuan("100.00"))
    assert found.missing == found.assumed == ()
    derivation = found.amount.derivation
    assert str(derivation.rule) == (
        "Minimum = a part of new spending + instalments due + a part of the carried rest (all of it where "
        "it is below 300.00 CNY or the last minimum was not paid) + interest and fees"
    )
    assert [working.result for working in derivation.workings] == [yuan("100.00"), yuan("100.00")]
    assert str(derivation.rounding) == "Each part is rounded half up to the cent."
    assert [(str(given.label), str(given.value), given.source) for given in derivation.given] == [
        ("How the minimum is made", str(derivation.rule), PAGE),
        ("Its part", "10.00 %/year", PAGE),
    ]


def test_sources_that_disagree_about_the_part_give_a_range() -> None:
    found = minimum_due(
        BILL, terms((Term.MINIMUM_RULE, "cn_card"), (Term.MINIMUM, "0.10"), (Term.MINIMUM, "0.05"))
    )

    assert found.amount is not None
    assert found.amount.value == Span(yuan("50.00"), yuan("100.00"))
    assert [(str(step.text), step.result) for step in found.amount.derivation.workings] == [
        ("Low end", None),
        ("5.00 %/year of 1000.00 CNY", yuan("50.00")),
        ("The minimum", yuan("50.00")),
        ("High end", None),
        ("10.00 %/year of 1000.00 CNY", yuan("100.00")),
        ("The minimum", yuan("100.00")),
    ]


def test_sources_that_disagree_about_the_rule_give_a_range_over_both() -> None:
    bill = replace(BILL, instalments=yuan("200.00"))

    found = minimum_due(
        bill,
        terms((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM_RULE, "cn_card"), (Term.MINIMUM, "0.10")),
    )

    assert found.amount is not None
    assert found.amount.value == Span(yuan("120.00"), yuan("300.00"))
    assert str(found.amount.derivation.rule) == (
        "The sources disagree about how the minimum is made, so it is made by each of them."
    )


def test_what_the_user_says_counts_alone() -> None:
    own = Source("", None, Reliability.CONTRACT, Origin.CONTRACT)
    said = CN_CARD.overridden(TermClaim(Term.MINIMUM, "", "0.05", own))

    found = minimum_due(BILL, said)

    assert found.amount is not None
    assert found.amount.value == Span.exactly(yuan("50.00"))
    assert [given.source for given in found.amount.derivation.given] == [PAGE, own]


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        (
            terms(),
            ["It is unknown how the minimum is made.", "It is unknown what part of the bill the minimum is."],
        ),
        (terms((Term.MINIMUM, "0.10")), ["It is unknown how the minimum is made."]),
        (
            terms((Term.MINIMUM_RULE, "cn_card"), (Term.MINIMUM_LEAST, "50")),
            ["It is unknown what part of the bill the minimum is."],
        ),
        (BAITIAO, []),
    ],
)
def test_what_is_unknown_is_said_and_nothing_is_invented(known: Terms, missing: list[str]) -> None:
    found = minimum_due(BILL, known)

    assert words(found.missing) == words(minimum_gaps(known)) == missing
    assert (found.amount is None) == bool(missing)
    assert found.assumed == ()


def test_a_bill_that_is_not_itemised_leaves_a_range_where_it_matters_what_it_holds() -> None:
    bill = replace(BILL, fresh=yuan("400.00"), unitemised=yuan("600.00"))

    for known in (BAITIAO, CN_CARD):
        found = minimum_due(bill, known)
        assert found.amount is not None
        assert found.amount.value == Span(yuan("100.00"), yuan("640.00"))
        assert words(found.assumed) == [
            "Not itemised: purchases at the low end, due in full at the high end."
        ]


def test_it_does_not_matter_what_a_bill_holds_where_only_its_balance_counts() -> None:
    bill = replace(BILL, fresh=yuan("400.00"), unitemised=yuan("600.00"))

    found = minimum_due(bill, AMERICAN)

    assert found.amount is not None
    assert found.amount.value == Span.exactly(yuan("20.00"))
    assert found.assumed == ()


def test_whether_the_last_minimum_was_paid_matters_to_what_is_carried() -> None:
    bill = replace(BILL, carried=yuan("500.00"), last_minimum_paid=None)

    found = minimum_due(bill, BAITIAO)

    assert found.amount is not None
    assert found.amount.value == Span(yuan("150.00"), yuan("600.00"))
    assert words(found.assumed) == [
        "Not recorded whether the last minimum was paid: low end yes, high end no."
    ]


def test_what_is_unpaid_of_the_last_minimum_matters_to_a_chinese_card() -> None:
    bill = replace(BILL, carried=yuan("500.00"), previous_unpaid=None)

    found = minimum_due(bill, CN_CARD)

    assert found.amount is not None
    assert found.amount.value == Span(yuan("150.00"), yuan("600.00"))
    assert words(found.assumed) == [
        "Not recorded whether the last minimum was paid: low end yes, high end no."
    ]


def test_nothing_is_said_of_the_last_minimum_where_nothing_is_carried_or_it_does_not_matter() -> None:
    unknown = replace(BILL, previous_unpaid=None, last_minimum_paid=None)

    assert minimum_due(unknown, BAITIAO).assumed == minimum_due(unknown, CN_CARD).assumed == ()
    carried = replace(unknown, carried=yuan("500.00"))
    assert minimum_due(carried, AMERICAN).assumed == ()
    # Each rule asks for one of the two only.
    assert minimum_due(replace(carried, last_minimum_paid=True), BAITIAO).assumed == ()
    assert minimum_due(replace(carried, previous_unpaid=ZERO), CN_CARD).assumed == ()


@pytest.mark.parametrize("rule", ["part_or_least", "part_plus_interest"])
def test_a_rule_with_a_least_amount_says_if_that_is_unknown(rule: str) -> None:
    known = terms((Term.MINIMUM_RULE, rule), (Term.MINIMUM, "0.02"))

    assert words(minimum_due(BILL, known).assumed) == [
        "The least amount of the minimum is unknown: without one, the last small rests take long."
    ]
    assert minimum_due(BILL, terms(*((claim.term, claim.text) for claim in AMERICAN.claims))).assumed == ()


def test_every_reading_takes_each_rule_and_both_ends_of_its_figures() -> None:
    known = terms(
        (Term.MINIMUM_RULE, "part_or_least"),
        (Term.MINIMUM_RULE, "part_plus_interest"),
        (Term.MINIMUM_RULE, "part_or_least"),
        (Term.MINIMUM, "0.01"),
        (Term.MINIMUM, "0.03"),
        (Term.MINIMUM, "0.02"),
        (Term.MINIMUM_LEAST, "25"),
        (Term.MINIMUM_LEAST, "40"),
    )

    assert readings(known) == tuple(
        MinimumReading(rule, Decimal(part), Decimal(least))
        for rule in (MinimumRule.PART_OR_LEAST, MinimumRule.PART_PLUS_INTEREST)
        for part in ("0.01", "0.03")
        for least in (25, 40)
    )
    assert readings(BAITIAO) == (MinimumReading(MinimumRule.BAITIAO, Decimal("0.10"), None),)
    assert readings(terms((Term.MINIMUM_LEAST, "25"))) == ()


def test_what_the_sources_say_is_told_in_words_and_in_the_currency() -> None:
    given = rule_given(AMERICAN, "USD")

    assert [(str(each.label), each.value, each.source) for each in given][1:] == [
        ("Its part", Rate(Decimal("0.02")), PAGE),
        ("The least it may be", Money(2000, "USD"), PAGE),
    ]
    assert str(given[0].value) == "Minimum = a part of the balance, but at least a fixed amount"
    found = minimum_due(BILL, AMERICAN)
    assert found.amount is not None
    assert found.amount.derivation.given == rule_given(AMERICAN, "CNY")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("part_of_bill", "Minimum = a part of all that the bill asks for"),
        (
            "cn_card",
            (
                "Minimum = a part of purchases + instalments due + what is unpaid of the last minimum + what "
                "is over the limit + interest and fees"
            ),
        ),
        (
            "part_plus_interest",
            "Minimum = a part of the balance + interest and fees, but at least a fixed amount",
        ),
    ],
)
def test_each_rule_has_its_words(rule: str, said: str) -> None:
    found = minimum_due(BILL, terms((Term.MINIMUM_RULE, rule), (Term.MINIMUM, "0.02")))

    assert found.amount is not None
    assert str(found.amount.derivation.rule) == said


# --- interest that nobody itemised -----------------------------------------------------------------

REVOLVING = terms(
    (Term.MINIMUM_RULE, "part_plus_interest"), (Term.MINIMUM, "0.01"), (Term.MINIMUM_LEAST, "15")
)


def test_interest_that_nobody_itemised_is_estimated_by_a_month_of_the_rate() -> None:
    known = Terms((*REVOLVING.claims, *terms((Term.INTEREST_RATE, "0.21")).claims))
    typed = replace(BillParts.of_purchases(yuan("2000.00")), is_interest_unknown=True)
    recorded = replace(
        typed, fresh=ZERO, unitemised=yuan("2000.00"), previous_unpaid=None, last_minimum_paid=None
    )

    for parts in (typed, recorded):
        found = minimum_due(parts, known)
        # 1 % of 2,000; and 21 % ÷ 12 of 2,000 with it.
        assert found.amount is not None
        assert found.amount.value == Span(yuan("20.00"), yuan("55.00"))
        assert found.is_estimated
        assert words(found.assumed)[-1].startswith("Interest and fees are not itemised: low end none")
        assert (
            words(tuple(given.label for given in found.amount.derivation.given))[-1] == "Rate of what is owed"
        )


def test_without_a_rate_the_minimum_is_at_least_its_part() -> None:
    found = minimum_due(replace(BILL, is_interest_unknown=True), REVOLVING)

    assert found.amount is not None
    assert found.amount.value == Span.exactly(yuan("15.00"))
    assert found.is_estimated
    assert "the minimum is at least this" in words(found.assumed)[-1]


def test_nothing_is_estimated_of_an_itemised_bill_or_by_another_rule() -> None:
    known = Terms((*REVOLVING.claims, *terms((Term.INTEREST_RATE, "0.21")).claims))
    unsure = replace(BILL, is_interest_unknown=True)
    charged = Terms((*BAITIAO.claims, *terms((Term.INTEREST_RATE, "0.21")).claims))

    assert not minimum_due(BILL, known).is_estimated
    found = minimum_due(unsure, charged)
    assert not found.is_estimated
    assert found.amount is not None
    assert found.amount.value == Span.exactly(yuan("100.00"))


@pytest.mark.parametrize(
    ("fresh", "unitemised", "interest", "left"),
    [("100", "0", "30", ("70", "0")), ("100", "20", "30", ("100", "0")), ("10", "0", "30", ("0", "0"))],
)
def test_interest_is_taken_from_what_nobody_itemised_first(
    fresh: str, unitemised: str, interest: str, left: tuple[str, str]
) -> None:
    parts = replace(BILL, fresh=yuan(fresh), unitemised=yuan(unitemised))

    found = parts.with_interest(yuan(interest))

    assert (found.fresh, found.unitemised) == (yuan(left[0]), yuan(left[1]))
    assert found.total == parts.total
