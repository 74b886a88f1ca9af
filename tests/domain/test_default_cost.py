from decimal import Decimal
from typing import Any

import pytest

from planner.domain.money import Money
from planner.domain.offers.default_cost import DefaultItem, default_items
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase

LENDER = Phrase.own("Lender")


def items(*texts: tuple[Term, str, str], currency: str = "CNY") -> list[DefaultItem]:
    claims = (
        TermClaim(term, about, text, Source(f"page {number}"))
        for number, (term, about, text) in enumerate(texts)
    )
    return list(default_items(Terms(tuple(claims)), currency, LENDER))


def value(item: DefaultItem) -> Span[Any] | None:
    return item.value.value if item.value is not None else None


def notes(item: DefaultItem) -> list[str]:
    return [explain(note) for note in item.notes]


def daily(text: str) -> Rate:
    return Rate(Decimal(text), Per.DAY)


def test_what_nobody_says_stands_there_as_unknown() -> None:
    rate, fee = items()

    assert (explain(rate.label), explain(fee.label)) == ("Late rate", "Late fee")
    assert rate.is_unknown
    assert fee.is_unknown
    assert rate.yearly is None
    assert rate.charged_by == LENDER
    assert explain(rate.when) == "For each day that something is late, on what is late"
    assert explain(fee.when) == "If a payment is missed"
    assert not rate.notes
    assert not fee.notes


def test_a_late_rate_that_sources_disagree_about_is_a_range_with_its_yearly_rate() -> None:
    rate, _fee = items((Term.LATE_RATE, "", "0.0005"), (Term.LATE_RATE, "", "0.0003"))

    assert value(rate) == Span(daily("0.0003"), daily("0.0005"))
    assert rate.yearly is not None
    assert rate.yearly.value == Span(Rate(Decimal("0.1095")), Rate(Decimal("0.1825")))
    assert rate.value is not None
    sources = [given.source.name for given in rate.value.derivation.given if given.source]
    assert sources == ["page 0", "page 1"]
    assert rate.yearly.derivation.given == rate.value.derivation.given
    assert rate.yearly.derivation.workings[0].result == rate.yearly.value
    assert not rate.is_unknown


def test_a_late_rate_of_a_year_is_not_multiplied() -> None:
    rate, _fee = items((Term.LATE_RATE, "", "0.18/year"))

    assert rate.yearly is not None
    assert rate.yearly.value == Span.exactly(Rate(Decimal("0.18")))


def test_the_widest_base_is_said_and_every_limit() -> None:
    rate, _fee = items(
        (Term.LATE_RATE, "", "0.0005"),
        (Term.LATE_BASE, "", "overdue"),
        (Term.LATE_BASE, "", "all_unpaid"),
        (Term.GRACE_DAYS, "", "3"),
        (Term.GRACE_DAYS, "", "1"),
        (Term.GRACE_DAYS, "", "3"),
        (Term.LATE_COMPOUNDING, "", "monthly"),
        (Term.LATE_LEAST_PER_DAY, "", "0.01"),
    )

    assert explain(rate.when).endswith("on everything unpaid on the account")
    assert notes(rate) == [
        "Not within 3 days of grace",
        "Not within 1 day of grace",
        "Unpaid late interest: added to the debt each month",
        "At least CN¥0.01 a day",
    ]
    (overdue, _none) = items((Term.LATE_BASE, "", "overdue"))
    assert explain(overdue.when).endswith("on what is late")


def test_a_fee_on_the_unpaid_minimum_has_its_least() -> None:
    _rate, fee = items((Term.LATE_FEE, "", "0.05"), (Term.LATE_FEE_LEAST, "", "10"))

    assert value(fee) == Span.exactly(Rate(Decimal("0.05")))
    assert explain(fee.when) == "Once a bill, on the part of the minimum that is not paid"
    assert notes(fee) == ["At least CN¥10.00"]
    (_rate, plain) = items((Term.LATE_FEE, "", "0.05"))
    assert not plain.notes


def test_a_fixed_fee_and_the_one_for_the_next_time_have_their_limits() -> None:
    # 12 CFR 1026.52(b): 32 and 43 dollars; Klarna UK: a quarter of the order, twice.
    _rate, first, again = items(
        (Term.LATE_FEE_FIXED, "", "32"),
        (Term.LATE_FEE_FIXED, "repeat", "43"),
        (Term.LATE_FEE_MOST_PART, "", "0.25"),
        (Term.LATE_FEE_MOST_TIMES, "", "2"),
        currency="USD",
    )

    assert value(first) == Span.exactly(Money.of(32, "USD"))
    assert value(again) == Span.exactly(Money.of(43, "USD"))
    assert (explain(first.when), explain(again.when)) == ("If a payment is missed", "If it happens again")
    assert (
        notes(first)
        == notes(again)
        == ["Never more than 25.00% of the order or the missed payment", "At most 2 times an order"]
    )
    once = items((Term.LATE_FEE_FIXED, "", "5"), (Term.LATE_FEE_MOST_TIMES, "", "1"))[1]
    assert notes(once) == ["At most 1 time an order"]


def test_a_fixed_fee_beside_one_on_the_minimum_are_both_said() -> None:
    found = items((Term.LATE_FEE, "", "0.05"), (Term.LATE_FEE_FIXED, "", "30"))

    assert [explain(item.label) for item in found] == ["Late rate", "Late fee", "Late fee"]


@pytest.mark.parametrize(
    ("about", "label"),
    [
        ("unpaid", "Indemnity on what is unpaid"),
        ("postponed", "Indemnity on what is postponed"),
        ("accelerated", "Indemnity on what is left"),
    ],
)
def test_a_french_indemnity_is_a_part_of_what_it_is_about(about: str, label: str) -> None:
    # Code de la consommation, art. D312-16 and D312-17: 8 %, 4 % of what is postponed.
    found = items((Term.LATE_INDEMNITY, about, "0.08"), currency="EUR")

    assert explain(found[-1].label) == label
    assert value(found[-1]) == Span.exactly(Rate(Decimal("0.08")))
    assert len(found) == 3


def test_after_how_many_missed_instalments_everything_is_due() -> None:
    found = items((Term.ACCELERATION_AFTER, "", "3"), (Term.ACCELERATION_AFTER, "", "2"))

    assert explain(found[-1].label) == "Everything at once"
    assert value(found[-1]) == Span(2, 3)
