from datetime import date
from decimal import Decimal

import pytest

from planner.domain.money import Money
from planner.domain.offers.deferral import DEFERRAL_RULES, deferral
from planner.domain.plans.eligibility import Verdict
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from tests.domain import telling

WEB = Source("csai.cn, 2025", date(2026, 11, 22))
DUE = date(2026, 12, 10)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def terms(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, WEB) for term, text in claims))


# csai.cn (2025): 0.035 % a day; from 10 December to 10 January are 31 days, 10.85 on 1,000.
def test_douyin_charges_by_the_day() -> None:
    found = deferral(yuan("1000"), DUE, date(2026, 11, 22), terms((Term.DEFERRAL_RATE, "0.00035")))

    assert found.until == date(2027, 1, 10)
    assert found.cost is not None
    assert found.cost.value == Span.exactly(yuan("10.85"))
    assert [(str(each.text), str(each.result)) for each in found.cost.derivation.workings] == [
        ("From 2026-12-10 to 2027-01-10", "31 days"),
        ("Amount × charge a day × days", "10.85 CNY"),
    ]
    assert [each.source for each in found.cost.derivation.given] == [None, WEB]
    assert telling.given(found.cost) == [
        ("Put off", yuan("1000")),
        ("Charge a day", Rate(Decimal("0.00035"), Per.DAY)),
    ]
    assert telling.rule(found.cost).startswith("What putting off costs = amount × charge a day × days")


def test_a_rate_for_a_month_or_a_year_is_counted_by_days_too() -> None:
    found = deferral(yuan("1000"), DUE, DUE, terms((Term.DEFERRAL_RATE, "0.365/year")))

    assert found.cost is not None
    assert found.cost.value == Span.exactly(yuan("31.00"))


def test_a_fee_for_the_month_and_several_sources_make_a_range() -> None:
    found = deferral(
        yuan("1000"),
        DUE,
        date(2026, 11, 22),
        terms((Term.DEFERRAL_RATE, "0.0005"), (Term.DEFERRAL_FEE, "0.005"), (Term.DEFERRAL_FEE, "0.012")),
    )

    # 1,000 x 0.05 % x 31 = 15.50; 5.00; 12.00.
    assert found.cost is not None
    assert telling.given(found.cost)[2:] == [
        ("Fee for a month", Rate(Decimal("0.005"))),
        ("Fee for a month", Rate(Decimal("0.012"))),
    ]
    assert [result for _text, result in telling.steps(found.cost)][1:] == [
        yuan("15.50"),
        yuan("5.00"),
        yuan("12.00"),
    ]
    assert found.cost.value == Span(yuan("5.00"), yuan("15.50"))
    assert [str(each.text) for each in found.cost.derivation.workings][1:] == [
        "Amount × charge a day × days",
        "Amount × fee for a month",
        "Amount × fee for a month",
    ]


def test_where_nobody_says_the_cost_is_unknown_and_not_nothing() -> None:
    assert deferral(yuan("1000"), DUE, date(2026, 11, 22), Terms()).cost is None


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (date(2026, 12, 9), Verdict.UNCLEAR),
        (date(2026, 12, 10), Verdict.FORBIDDEN),
        (date(2026, 12, 11), Verdict.FORBIDDEN),
    ],
)
def test_it_has_to_be_asked_for_before_the_due_date_and_even_then_not_everybody_gets_it(
    on: date, verdict: Verdict
) -> None:
    found = deferral(yuan("1000"), DUE, on, Terms()).eligibility

    assert found.verdict is verdict
    assert "not offered to everybody" in str(found.rulings[-1].text)
    assert all(each.source == DEFERRAL_RULES for each in found.rulings)
    if verdict is Verdict.FORBIDDEN:
        assert str(found.reason) == "It has to be asked for before the due date, 2026-12-10."


def test_an_instalment_cannot_be_put_off() -> None:
    found = deferral(yuan("100"), DUE, date(2026, 11, 22), Terms(), is_instalment=True).eligibility

    assert found.verdict is Verdict.FORBIDDEN
    assert str(found.reason) == "Instalments cannot be put off, only what is not in instalments."
    late = deferral(yuan("100"), DUE, DUE, Terms(), is_instalment=True).eligibility
    assert len(late.rulings) == 3
    assert DEFERRAL_RULES.checked == date(2026, 11, 22)


def test_a_month_end_stays_a_month_end() -> None:
    assert deferral(yuan("1"), date(2027, 1, 31), DUE, Terms()).until == date(2027, 2, 28)


def test_each_ruling_says_what_it_decides_and_who_says_so() -> None:
    found = deferral(yuan("1000"), DUE, DUE, Terms(), is_instalment=True)

    assert [(ruling.verdict, ruling.source) for ruling in found.eligibility.rulings] == [
        (Verdict.FORBIDDEN, DEFERRAL_RULES),
        (Verdict.FORBIDDEN, DEFERRAL_RULES),
        (Verdict.UNCLEAR, DEFERRAL_RULES),
    ]
