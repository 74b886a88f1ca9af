from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from planner.domain.derivation import Derivation, Derived, figures_in
from planner.domain.minimum.cost import minimum_cost
from planner.domain.minimum.due import MinimumDue
from planner.domain.minimum.figures import MinimumBill, MinimumCost
from planner.domain.minimum.path import Fate, Path
from planner.domain.minimum.rule import BillParts
from planner.domain.money import Money
from planner.domain.offers.question import Question
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase
from planner.services.minimum import LostFreeTime, MinimumOutlook
from planner.services.minimum_words import (
    all_words,
    asked_words,
    beside_words,
    interest_words,
    length_words,
    months_words,
    never_over,
    sooner_words,
    total_words,
    years_words,
)


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


TEN_THOUSAND = MinimumBill(BillParts.of_purchases(usd("10000.00")), usd("10000.00"))


@cache
def cost(*rates: str, part: str = "0.02", least: str = "15") -> MinimumCost:
    claims = [(Term.MINIMUM_RULE, "part_or_least"), (Term.MINIMUM, part), (Term.MINIMUM_LEAST, least)]
    claims += [(Term.INTEREST_RATE, rate) for rate in rates]
    known = Terms(tuple(TermClaim(term, "", text, Source("a page")) for term, text in claims))
    return minimum_cost(TEN_THOUSAND, known)


def with_paths(low: Path, high: Path) -> MinimumCost:
    known = cost("0.18", "0.20")
    assert known.low is not None
    assert known.high is not None
    return replace(known, low=replace(known.low, path=low), high=replace(known.high, path=high))


def of_months(count: int) -> Path:
    found = cost("0.20").low
    assert found is not None
    return Path(Fate.CLEARS, found.path.rows[:count])


NEVER, LONG = Path(Fate.NEVER, of_months(60).rows), Path(Fate.TOO_LONG, of_months(60).rows)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (of_months(1), of_months(1), "1 month"),
        (of_months(12), of_months(12), "12 months"),
        (of_months(12), of_months(13), "12 to 13 months"),
        (of_months(13), of_months(12), "12 to 13 months"),
        (of_months(12), LONG, "12 months, or more than 200 years"),
        (of_months(12), NEVER, "12 months, or never over"),
        (LONG, LONG, "more than 200 years"),
        (LONG, NEVER, "more than 200 years, or never over"),
        (NEVER, NEVER, "never over"),
    ],
)
def test_how_long_it_takes_is_a_number_a_range_or_said_to_be_endless(
    low: Path, high: Path, said: str
) -> None:
    assert explain(months_words(with_paths(low, high))) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (of_months(23), of_months(23), None),
        (of_months(24), of_months(24), "about 2 years"),
        (of_months(29), of_months(29), "about 2 years"),
        (of_months(30), of_months(30), "about 3 years"),
        (of_months(94), of_months(130), "about 8 to 11 years"),
        (of_months(130), of_months(94), "about 8 to 11 years"),
        (of_months(12), of_months(130), "about 11 years"),
        (of_months(94), of_months(96), "about 8 years"),
        (of_months(94), NEVER, "about 8 years"),
        (NEVER, NEVER, None),
    ],
)
def test_from_two_years_on_it_is_said_in_years(low: Path, high: Path, said: str | None) -> None:
    found = years_words(with_paths(low, high))

    assert (explain(found) if found is not None else None) == said


def test_both_stand_together() -> None:
    assert explain(length_words(cost("0.20"))) == "885 months (about 74 years)"
    assert explain(length_words(with_paths(of_months(12), of_months(12)))) == "12 months"


def test_what_it_costs_is_an_amount_a_range_or_has_no_end() -> None:
    one, two = cost("0.20"), cost("0.18", "0.20")

    assert explain(interest_words(one)) == "US$47,125.72"
    assert explain(total_words(one)) == "US$57,125.72"
    assert explain(interest_words(two)).endswith(" – US$47,125.72")
    assert explain(interest_words(cost("0.20", "0.24"))) == "US$47,125.72, or no end to it"
    assert explain(total_words(cost("0.24"))) == "no end to it"


def test_what_is_unknown_is_said_to_be() -> None:
    for words in (months_words, length_words, total_words, interest_words):
        assert explain(words(MinimumCost())) == "not known"
    assert years_words(MinimumCost()) is None
    assert never_over(MinimumCost()) is None


def test_a_debt_that_is_never_over_says_what_would_be_owed() -> None:
    endless, dear, over = cost("0.30"), cost("0.20", "0.30"), cost("0.20")

    found = never_over(endless)
    assert found is not None
    # 2.5 % are added each month and 2 % are paid: 10,000 x 1.005^60 is 13,488.50.
    assert explain(found) == (
        "The interest takes up all of the minimum: after 60 months US$13,488.46 would still be owed."
    )
    at_the_high_end = never_over(dear)
    assert at_the_high_end is not None
    assert explain(at_the_high_end) == (
        "At the high end the interest takes up all of the minimum: after 60 months US$13,488.46 would still "
        "be owed."
    )
    assert never_over(over) is None


def test_a_steady_payment_says_what_it_comes_to_and_saves() -> None:
    known, endless = cost("0.20"), cost("0.24")

    assert explain(sooner_words(known, known.sooner[0])) == (
        "With US$508.96 a month: over within 24 months, US$12,214.96 in all, US$44,910.76 less."
    )
    assert explain(sooner_words(endless, endless.sooner[0])) == (
        "With US$528.72 a month: over within 24 months, US$12,689.02 in all."
    )


def test_a_steady_payment_below_the_minimum_says_that_the_minimum_is_paid() -> None:
    known = cost("0.20", part="0.10")

    # 10,166.67 − 1,000.00 over 23 months at 20 % is 483.080 (a spreadsheet’s PMT): a cent less leaves some.
    said = explain(sooner_words(known, known.sooner[0]))
    assert said.startswith(
        "With US$483.09 a month from the second month on, after the first minimum of US$1,000.00: over "
        "within 24 months, US$12,11"
    )
    assert "more than with the minimum. Up to month 13 the lender’s minimum is more: pay that then" in said


def test_a_steady_payment_may_cost_less_or_more_by_the_reading() -> None:
    known = cost("0.20")
    sooner = replace(known.sooner[0], saved=Span(usd("-5.00"), usd("8.00")))
    more = replace(sooner, saved=Span(usd("-5.00"), usd("0.00")))
    less = replace(sooner, saved=Span(usd("0.00"), usd("8.00")))

    assert explain(sooner_words(known, sooner)).endswith(
        "US$8.00 less to US$5.00 more than with the minimum."
    )
    assert explain(sooner_words(known, more)).endswith("US$0.00 – US$5.00 more than with the minimum.")
    assert explain(sooner_words(known, less)).endswith("US$0.00 – US$8.00 less.")


def test_every_amount_tells_how_it_was_made() -> None:
    known, endless = cost("0.20"), cost("0.30")
    never = never_over(endless)
    assert never is not None

    for found, phrases in (
        (known, (total_words(known), interest_words(known), sooner_words(known, known.sooner[0]))),
        (endless, (never,)),
    ):
        for phrase in phrases:
            figures = figures_in(phrase)
            assert figures
            assert all(figure.derivation is found.derivation for figure in figures)
    assert len(figures_in(sooner_words(known, known.sooner[0]))) == 3


# --- All of it -------------------------------------------------------------------------------------


def an_outlook(**more: object) -> MinimumOutlook:
    question = Question(usd("10000.00"), date(2026, 12, 12), None, Phrase("A bill"))
    amount = Derived(Span.exactly(usd("200.00")), Derivation(Phrase("A rule")))
    known: dict[str, object] = {"by_rule": MinimumDue(amount), "stated": None, "cost": cost("0.20")}
    return MinimumOutlook(question, **(known | more))  # type: ignore[arg-type]


def test_what_the_statement_and_the_rule_ask_for_stands_together() -> None:
    by_rule = "Minimum by the rule: US$200.00"

    assert [explain(phrase) for phrase in asked_words(an_outlook())] == [by_rule]
    assert [explain(phrase) for phrase in asked_words(an_outlook(stated=usd("200.00")))] == [
        "Minimum, as the statement says: US$200.00",
        by_rule,
    ]
    assert [explain(phrase) for phrase in asked_words(an_outlook(stated=usd("210.00")))] == [
        "Minimum, as the statement says: US$210.00",
        by_rule,
        "They differ: what the statement says counts, and the rule on record may be out of date.",
    ]
    unknown = an_outlook(by_rule=MinimumDue(None), stated=usd("210.00"))
    assert len(asked_words(unknown)) == 1
    assert figures_in(*asked_words(an_outlook()))
    (stated,) = figures_in(*asked_words(unknown))
    assert stated.value == usd("210.00")
    assert [explain(given.label) for given in stated.derivation.given] == ["Minimum, as the statement says"]


def test_beside_it_stand_the_lost_free_time_and_the_law() -> None:
    interest = Derived(Span(usd("12.60"), usd("18.00")), Derivation(Phrase("A rule")))
    lost = LostFreeTime(date(2026, 12, 5), interest)

    found = beside_words(an_outlook(lost=lost, most_months=36))

    assert [explain(phrase) for phrase in found] == [
        "Interest on the statement of 5 Dec 2026, from each purchase on: US$12.60 – US$18.00",
        "By law it may take 36 months at most.",
    ]
    assert figures_in(*found) == (interest,)
    assert beside_words(an_outlook()) == ()


def test_all_of_it_has_an_order() -> None:
    found = [explain(phrase) for phrase in all_words(an_outlook(stated=usd("200.00"), most_months=36))]

    assert found == [
        "Minimum, as the statement says: US$200.00",
        "Minimum by the rule: US$200.00",
        "If only the minimum is paid: 885 months (about 74 years)",
        "In all: US$57,125.72",
        "Of it interest: US$47,125.72",
        "With US$508.96 a month: over within 24 months, US$12,214.96 in all, US$44,910.76 less.",
        "With US$371.64 a month: over within 36 months, US$13,378.87 in all, US$43,746.85 less.",
        "By law it may take 36 months at most.",
        "Nothing new is bought, and each month has the same length.",
    ]
    endless = [explain(phrase) for phrase in all_words(an_outlook(cost=cost("0.30")))]
    assert endless[4].startswith("The interest takes up all of the minimum")
    unknown = MinimumCost(missing=(Phrase("The rate is unknown."),))
    assert [explain(phrase) for phrase in all_words(an_outlook(cost=unknown))][1:] == ["The rate is unknown."]
