from datetime import date

import pytest

from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.settling.plan import saving, settlement_range
from planner.domain.settling.policy import POLICY_SOURCES, POLICY_WORDS, PlanRest
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.term import EarlyPolicy

TODAY = date(2026, 12, 10)
WEB = Source("a page", TODAY, Reliability.LOW)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def claims(*policies: EarlyPolicy) -> Sourced[EarlyPolicy]:
    return Sourced(tuple(Claim(policy, WEB) for policy in policies))


# 1,200 over 12 x (100 + 6), right after the third was paid.
REST = PlanRest(
    tuple(
        Instalment(number, date(2027, number - 3, 10), yuan("100"), yuan("6"), yuan("0"))
        for number in range(4, 13)
    ),
    TODAY,
    TODAY,
)


@pytest.mark.row("C010")
def test_sources_that_disagree_make_a_range_and_each_is_named() -> None:
    found = settlement_range(
        REST, claims(EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.WAIVE_REMAINING)
    )

    assert found.value.amount == Span(yuan("900"), yuan("954"))
    assert found.value.policies == (EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.WAIVE_REMAINING)
    assert not found.value.known
    given = found.derivation.given
    assert [(str(each.label), each.plain) for each in given] == [
        ("Principal of the open instalments", yuan("900")),
        ("Fees and interest still to come if it runs on", yuan("54")),
        ("If all remaining fees are still due", Span.exactly(yuan("954"))),
        ("If the remaining fees are waived", Span.exactly(yuan("900"))),
        ("If the remaining fees are waived", Span.exactly(yuan("900"))),
    ]
    assert [each.source for each in given] == [None, None, WEB, WEB, WEB]
    assert [(str(each.text), each.result) for each in found.derivation.workings] == [
        ("The least over the rules that may hold", yuan("900")),
        ("The most over the rules that may hold", yuan("954")),
    ]


def test_one_rule_that_all_sources_give_makes_one_amount() -> None:
    found = settlement_range(REST, claims(*[EarlyPolicy.WAIVE_REMAINING] * 2)).value

    assert found.amount.is_single
    assert found.known


@pytest.mark.parametrize(
    ("law", "amount", "count"),
    [
        ("", Span(yuan("900"), yuan("954")), 6),
        ("CN", Span(yuan("900"), yuan("954")), 5),
        ("US", Span(yuan("900"), yuan("954")), 2),
        ("FR", Span(yuan("900"), yuan("900")), 1),
    ],
)
def test_an_unknown_rule_stands_for_every_rule_of_the_country(
    law: str, amount: Span[Money], count: int
) -> None:
    found = settlement_range(REST, Sourced(), law=law)

    assert found.value.amount == amount
    assert not found.value.known
    said = {str(each.label): each.source for each in found.derivation.given}
    assert "The lender’s rule" in said
    for policy in found.value.policies:
        assert said[f"If {POLICY_WORDS[policy]}"] == POLICY_SOURCES[policy]
    assert len(found.value.policies) == count


def words_of(policy: Sourced[EarlyPolicy], law: str = "") -> str:
    derivation = settlement_range(REST, policy, law=law).derivation
    return " ".join(str(each.text) for each in derivation.workings)


def test_what_is_not_in_the_amounts_is_said_where_it_matters() -> None:
    assert "further settlement fee" in words_of(claims(EarlyPolicy.BILLED_PLUS_NEXT))
    assert "further settlement fee" in words_of(Sourced(), "CN")
    assert "further settlement fee" not in words_of(claims(EarlyPolicy.WAIVE_REMAINING))
    assert "no federal rule" in words_of(Sourced(), "US")
    assert "no federal rule" not in words_of(Sourced(), "CN")
    assert "no federal rule" not in words_of(claims(EarlyPolicy.WAIVE_REMAINING), "US")


@pytest.mark.parametrize(("is_first_day", "amount"), [(True, "900"), (False, "954")])
def test_free_on_the_day_of_the_purchase_says_nothing_about_other_days(
    *, is_first_day: bool, amount: str
) -> None:
    found = settlement_range(REST, claims(EarlyPolicy.SAME_DAY), is_first_day=is_first_day)

    assert found.value.amount == Span(yuan("900"), yuan(amount))
    assert found.value.known is is_first_day


def test_other_days_are_what_is_meant_where_nothing_is_said() -> None:
    assert not settlement_range(REST, claims(EarlyPolicy.SAME_DAY)).value.known


@pytest.mark.row("C010")
def test_the_users_own_contract_ends_the_range() -> None:
    own = Claim(EarlyPolicy.WAIVE_REMAINING, Source("my contract", TODAY, origin=Origin.CONTRACT))
    policy = Sourced((*claims(EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.BILLED_PLUS_NEXT).claims, own))

    found = settlement_range(REST, policy).value

    assert found.amount == Span.exactly(yuan("900"))
    assert found.known


def test_what_settling_saves_is_the_other_way_round() -> None:
    cost = settlement_range(REST, claims(EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.WAIVE_REMAINING))
    saved = saving(REST, cost)

    assert saved.value == Span(yuan("0"), yuan("54"))
    assert [(str(each.label), each.plain) for each in saved.derivation.given] == [
        ("Still to pay if the plan runs on", yuan("954")),
        ("To settle it", Span(yuan("900"), yuan("954"))),
    ]
    assert [each.result for each in saved.derivation.workings] == [saved.value]


def test_settling_the_last_row_may_cost_more_than_waiting() -> None:
    last = PlanRest(REST.rows[-1:], TODAY)
    cost = settlement_range(last, claims(EarlyPolicy.NEXT_PLUS_ONE))

    assert saving(last, cost).value == Span.exactly(yuan("-6"))
