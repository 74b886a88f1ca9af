from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.apr import Convention
from planner.domain.dates import add_months
from planner.domain.derivation import Given
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.offers.costing import Costing, costing
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.offers.working import (
    carried_given,
    cost_workings,
    fee_given,
    interest_given,
    opening_given,
    rate_rule,
)
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Source, Sourced, Span
from planner.domain.term import ChargedFrom, FeeTiming, FirstPayment
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)
MONTHLY = Rate(Decimal("0.005"), Per.MONTH)
DAILY = Rate(Decimal("0.0005"), Per.DAY)
YEARLY = Rate(Decimal("0.12"))
BOUGHT = Span(date(2026, 11, 1), date(2026, 11, 9))


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def sourced(*values: Any) -> Sourced[Any]:
    return Sourced(tuple(Claim(value, Source(f"page {number}")) for number, value in enumerate(values)))


def question(**more: Any) -> Question:
    return Question(cny("1200.00"), DUE, None, Phrase("Bill"), due_on=DUE, **more)


def told(given: list[Given]) -> list[tuple[str, object, str]]:
    """Every input with its name and who says so."""
    return [
        (
            str(each.label),
            str(each.plain) if isinstance(each.plain, Phrase) else each.plain,
            each.source.name if each.source else "",
        )
        for each in given
    ]


def test_each_way_of_stating_a_fee_is_an_input_with_its_source() -> None:
    offer = Offer(
        OfferKind.FLAT_FEE,
        12,
        sourced(MONTHLY, Rate(Decimal("0.006"), Per.MONTH)),
        sourced(Decimal("0.06")),
        fee_most=sourced(Decimal("20.005")),
    )

    assert told(fee_given(offer, cny("1200.00"))) == [
        ("Fee a month, on the original amount", MONTHLY, "page 0"),
        ("Fee a month, on the original amount", Rate(Decimal("0.006"), Per.MONTH), "page 1"),
        ("Fee of the whole plan, as a part of the amount", Rate(Decimal("0.06")), "page 0"),
        ("The fee is never more than", cny("20.01"), "page 0"),
    ]


def test_a_whole_fee_that_was_typed_is_an_input_of_nobody_else() -> None:
    offer = Offer(OfferKind.OWN, 12, total_fee=cny("70.00"))

    assert told(fee_given(offer, cny("1200.00"))) == [("Fee of the whole plan", cny("70.00"), "")]


def test_a_yearly_rate_and_a_fee_at_the_beginning_are_inputs() -> None:
    loan = Offer(OfferKind.LEVEL, 12, interest=sourced(YEARLY), opening_fee=cny("30.00"))

    assert told(interest_given(loan)) == [("Yearly rate on what is owed", YEARLY, "page 0")]
    assert told(opening_given(loan)) == [("Fee at the beginning", cny("30.00"), "")]
    assert opening_given(replace(loan, opening_fee=None)) == []


def test_what_a_rest_is_charged_depends_on_the_part_the_rate_the_start_and_the_purchases() -> None:
    offer = Offer(
        OfferKind.MINIMUM,
        0,
        minimum=sourced(Decimal("0.10")),
        carry=sourced(DAILY),
        carry_from=sourced(ChargedFrom.PURCHASE),
    )

    assert told(carried_given(question(bought=BOUGHT), offer)) == [
        ("Part to pay at once", Rate(Decimal("0.10")), "page 0"),
        ("Charge a day", DAILY, "page 0"),
        ("Charged from", "the purchases, on the whole bill", "page 0"),
        ("Purchases made on", BOUGHT, ""),
    ]


def test_a_stated_minimum_stands_for_the_part_and_purchases_do_not_matter_from_the_due_date_on() -> None:
    offer = Offer(OfferKind.MINIMUM, 0, carry=sourced(DAILY), carry_from=sourced(ChargedFrom.DUE))
    asked = question(bought=BOUGHT, minimum=cny("120.00"))

    assert told(carried_given(asked, offer)) == [
        ("Minimum, as the statement says", cny("120.00"), ""),
        ("Charge a day", DAILY, "page 0"),
        ("Charged from", "the due date, on the rest", "page 0"),
    ]
    unknown = replace(offer, carry_from=Sourced())
    assert told(carried_given(asked, unknown))[-1] == ("Purchases made on", BOUGHT, "")


def test_putting_off_depends_on_the_charge_a_day_alone() -> None:
    offer = Offer(OfferKind.DEFERRAL, 1, carry=sourced(DAILY), minimum=sourced(Decimal("0.10")))

    assert told(carried_given(question(), offer)) == [("Charge a day", DAILY, "page 0")]


def test_everything_that_went_into_an_outcome_stands_in_it_in_order() -> None:
    offer = Offer(
        OfferKind.FLAT_FEE,
        3,
        sourced(MONTHLY),
        timings=sourced(FeeTiming.EVEN),
        first=sourced(FirstPayment.NEXT_DUE),
        split_part=sourced(Decimal("0.90")),
        free_months=1,
    )

    found = outcome(question(is_bill=True), offer, TODAY)

    assert found.derivation is not None
    assert told(list(found.derivation.given)) == [
        ("Amount", cny("1200.00"), ""),
        ("Fee a month, on the original amount", MONTHLY, "page 0"),
        ("Months at the beginning that cost nothing", 1, ""),
        ("The fee is paid", "the same with each instalment", "page 0"),
        ("The first instalment is paid", "with the next due date", "page 0"),
        ("Part of a bill that can be put into instalments", Rate(Decimal("0.90")), "page 0"),
    ]
    purchase = outcome(question(is_bill=False), offer, TODAY).derivation
    assert purchase is not None
    assert [str(each.label) for each in purchase.given][-1] == "The first instalment is paid"


# --- the steps ---------------------------------------------------------------------------------------


def end_of(convention: Convention) -> Costing:
    zero = cny("0.00")
    rows = [
        Instalment(number, add_months(DUE, number), cny("600.00"), cny("6.00"), zero) for number in (1, 2)
    ]
    return costing(cny("1200.00"), rows, (1, 2), DUE, convention)


RATES = {
    Convention.CHINA: [
        "The monthly rate at which the payments are worth the amount",
        "× 12: nominal yearly rate",
        "Compounded over twelve months: effective yearly rate",
    ],
    Convention.EU: [
        "The monthly rate at which the payments are worth the amount",
        "The yearly rate at which the payments are worth the amount: APR (TAEG)",
    ],
    Convention.US: [
        "The monthly rate at which the payments are worth the amount",
        "Rate of a unit-period × the periods of a year: APR",
        "Compounded over twelve months: effective yearly rate",
    ],
}


@pytest.mark.parametrize("convention", Convention)
def test_the_steps_end_with_the_rate_in_the_words_of_its_convention(convention: Convention) -> None:
    end = end_of(convention)

    steps = [(str(step.text), step.result) for step in cost_workings(end)]

    assert steps[:4] == [
        ("Payment 1, 2027-01-10", cny("606.00")),
        ("Payment 2, 2027-02-10", cny("606.00")),
        ("All payments together", cny("1212.00")),
        ("Above the amount", cny("12.00")),
    ]
    assert [text for text, _result in steps[4:]] == RATES[convention]
    assert end.apr is not None
    by_name = dict(steps)
    monthly = by_name["The monthly rate at which the payments are worth the amount"]
    assert isinstance(monthly, Rate)
    assert (monthly.per, monthly.fraction) == (Per.MONTH, end.apr.monthly)
    # 1200·x² = 606·x + 606 with x = 1 + i, so x = (606 + √3276036) ÷ 2400.
    assert round(monthly.fraction, 6) == Decimal("0.006659")
    assert steps[-1][1] == end.apr.effective
    if convention is not Convention.EU:
        assert steps[-2][1] == end.apr.nominal


def test_what_stays_due_and_a_fee_at_the_beginning_are_called_so() -> None:
    zero = cny("0.00")
    rows = [
        Instalment(0, DUE, cny("120.00"), zero, zero),
        Instalment(0, DUE, zero, cny("10.00"), zero),
        Instalment(1, add_months(DUE, 1), cny("1080.00"), zero, zero),
    ]

    end = costing(cny("1200.00"), rows, (0, 0, 1), DUE, Convention.CHINA)

    assert [str(step.text) for step in cost_workings(end)][:3] == [
        "What stays due, 2026-12-10",
        "Fee at the beginning, 2026-12-10",
        "Payment 1, 2027-01-10",
    ]


def test_each_convention_has_a_rule_and_the_us_and_the_eu_name_theirs() -> None:
    assert "Annex I" in str(rate_rule(Convention.EU))
    assert "Appendix J" in str(rate_rule(Convention.US))
    assert "(1 + i)^month" in str(rate_rule(Convention.CHINA))


def test_the_rounding_is_said() -> None:
    found = outcome(question(), Offer(OfferKind.FLAT_FEE, 3, sourced(MONTHLY)), TODAY)

    assert found.derivation is not None
    assert "to the cent" in str(found.derivation.rounding)


def test_an_account_is_no_input() -> None:
    account = Account("Card", "Bank", "CNY")
    asked = replace(question(), account=account)

    assert told(carried_given(asked, Offer(OfferKind.FULL))) == []
