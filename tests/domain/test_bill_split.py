from datetime import date
from decimal import Decimal

import pytest

from planner.domain.money import Money
from planner.domain.offers.bill_split import ORDER_LEAST, Order, split_limit
from planner.domain.plans.eligibility import Verdict
from planner.domain.plans.resplit import SPLIT_RULES
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase

WEB = Source("m.tjduoduo.cn/news/show-263115.html", date(2026, 11, 22))
OTHER = Source("another page", date(2026, 11, 22))
ALLOWED, UNCLEAR, FORBIDDEN = Verdict.ALLOWED, Verdict.UNCLEAR, Verdict.FORBIDDEN


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def terms(parts: tuple[str, ...] = ("0.9",), leasts: tuple[str, ...] = ("100",)) -> Terms:
    claims = [TermClaim(Term.SPLIT_PART, "", text, WEB) for text in parts]
    claims += [TermClaim(Term.SPLIT_LEAST, "", text, OTHER) for text in leasts]
    return Terms(tuple(claims))


def order(amount: str, *, is_instalment: bool = False, is_late: bool = False) -> Order:
    return Order(Phrase.own(f"order of {amount}"), yuan(amount), is_instalment, is_late)


def test_nine_tenths_of_what_is_not_in_instalments_may_be_split() -> None:
    orders = (order("1000"), order("9.99"), order("10"), order("300", is_instalment=True))
    found = split_limit(orders, yuan("1319.99"), terms(), ORDER_LEAST)

    assert found.most.value == Span.exactly(yuan("909.00"))
    assert found.eligibility.verdict is ALLOWED
    first, *others = found.eligibility.rulings
    assert first.text == Phrase("Up to {most} can be put into instalments.", most=Span.exactly(yuan("909")))
    assert [str(each.text) for each in others] == [
        "order of 9.99 is below 10.00 CNY and left out.",
        "order of 300 is in instalments already and left out.",
    ]
    assert [each.source for each in found.eligibility.rulings] == [WEB, SPLIT_RULES, SPLIT_RULES]
    assert [(str(each.text), each.result) for each in found.most.derivation.workings] == [
        ("order of 9.99 is below 10.00 CNY and left out.", yuan("-9.99")),
        ("order of 300 is in instalments already and left out.", yuan("-300")),
        ("What is left of it, and no more than is still to pay", yuan("1010")),
        ("The most that may be split", Span.exactly(yuan("909"))),
    ]
    assert [each.source for each in found.most.derivation.given] == [None, None, None, None, WEB]


def test_what_is_overdue_cannot_be_split() -> None:
    found = split_limit((order("1000", is_late=True, is_instalment=True),), yuan("1000"), terms())

    assert found.eligibility.verdict is FORBIDDEN
    assert found.most.value == Span.exactly(yuan("0"))
    assert [str(each.text) for each in found.eligibility.rulings] == [
        "Nothing of it can be put into instalments.",
        "order of 1000 is overdue and left out.",
    ]


def test_small_orders_count_where_there_is_no_such_rule() -> None:
    assert split_limit((order("5"),), yuan("5"), terms(leasts=())).most.value.low == yuan("4.50")


def test_without_a_least_amount_even_a_little_can_be_split() -> None:
    found = split_limit((Order(Phrase.own("tea"), yuan("0.50")),), yuan("0.50"), terms(leasts=()))

    assert found.eligibility.verdict is ALLOWED
    assert found.most.value == Span.exactly(yuan("0.45"))


def test_no_more_than_is_still_to_pay_can_be_split() -> None:
    assert split_limit((order("1000"),), yuan("400"), terms()).most.value.low == yuan("360")


@pytest.mark.parametrize(
    ("amount", "verdict"), [("111.11", FORBIDDEN), ("111.12", ALLOWED), ("112", ALLOWED), ("0.01", FORBIDDEN)]
)
def test_less_than_a_hundred_cannot_be_split(amount: str, verdict: Verdict) -> None:
    # 90 % of 111.11 is 99.99, rounded down; of 111.12 it is 100.00.
    found = split_limit((order(amount),), yuan(amount), terms())

    assert found.eligibility.verdict is verdict


def test_it_says_how_little_is_too_little_and_who_says_so() -> None:
    (ruling,) = split_limit((order("100"),), yuan("100"), terms()).eligibility.rulings

    assert str(ruling.text) == "Less than 100.00 CNY cannot be put into instalments."
    assert ruling.source == OTHER


def test_sources_that_disagree_make_a_range_and_may_leave_it_unclear() -> None:
    disputed = terms(("0.9", "0.5"), ("100", "300"))

    assert split_limit((order("400"),), yuan("400"), disputed).most.value == Span(yuan("200"), yuan("360"))
    assert split_limit((order("400"),), yuan("400"), disputed).eligibility.verdict is UNCLEAR
    assert split_limit((order("600"),), yuan("600"), disputed).eligibility.verdict is ALLOWED
    assert split_limit((order("599.99"),), yuan("599.99"), disputed).eligibility.verdict is UNCLEAR
    assert split_limit((order("111"),), yuan("111"), disputed).eligibility.verdict is FORBIDDEN


@pytest.mark.parametrize(
    ("known", "verdict", "source"),
    [
        (terms((), ()), UNCLEAR, None),
        (terms(("0.9",), ()), ALLOWED, WEB),
        (terms((), ("100",)), ALLOWED, OTHER),
    ],
)
def test_where_nobody_says_it_is_to_be_asked(known: Terms, verdict: Verdict, source: Source | None) -> None:
    found = split_limit((order("1000"),), yuan("1000"), known)

    assert found.eligibility.verdict is verdict
    assert found.eligibility.rulings[0].source == source
    whole = known.split_part.is_unknown
    assert found.most.value == Span.exactly(yuan("1000" if whole else "900"))


def test_jd_leaves_orders_below_ten_yuan_out() -> None:
    assert Decimal(10) == ORDER_LEAST
