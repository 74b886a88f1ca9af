from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.apr import Convention
from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, Outcome, SortBy, compare, own_loan, own_offer
from planner.domain.offers.listing import offers_from
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.offers.words import in_words, why_rate
from planner.domain.plans.schedule import Rounding
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.term import FeeTiming, FirstPayment, Remainder, Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)
YEARLY = Rate(Decimal("0.12"))


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def bill(amount: str = "1200.00", currency: str = "CNY", due_on: date = DUE, **more: Any) -> Question:
    return Question(
        Money.of(amount, currency),
        max(due_on, TODAY),
        more.pop("account", None),
        Phrase("Bill"),
        due_on=due_on,
        statement_on=date(2026, 11, 20),
        is_late=due_on < TODAY,
        **more,
    )


def terms_of(*texts: tuple[Term, str, str], origin: Origin = Origin.PUBLISHED) -> Terms:
    return Terms(
        tuple(
            TermClaim(term, about, text, Source(f"page {number}", origin=origin))
            for number, (term, about, text) in enumerate(texts)
        )
    )


def sourced(*values: Any) -> Sourced[Any]:
    return Sourced(tuple(Claim(value, Source(f"page {number}")) for number, value in enumerate(values)))


def only(kind: OfferKind, *texts: tuple[Term, str, str]) -> Offer:
    (offer,) = (offer for offer in offers_from(terms_of(*texts)) if offer.kind is kind)
    return offer


def paid(result: Outcome) -> list[tuple[date, str]]:
    assert result.low is not None
    return [(row.due_on, str(row.total.decimal)) for row in result.low.rows]


def percent(span: Span[Rate] | None) -> tuple[float, float]:
    assert span is not None
    return round(float(span.low.yearly) * 100, 2), round(float(span.high.yearly) * 100, 2)


# --- interest on what is owed ------------------------------------------------------------------------


def test_a_loan_with_level_payments_begins_when_the_bill_is_due() -> None:
    result = outcome(bill(), own_loan("Bank", 3, YEARLY), TODAY)

    assert paid(result) == [
        (date(2027, 1, 10), "408.03"),
        (date(2027, 2, 10), "408.03"),
        (date(2027, 3, 10), "408.02"),
    ]
    assert result.fees == Span.exactly(cny("24.08"))
    assert result.advertised == Span.exactly(YEARLY)
    assert percent(result.nominal) == (12.00, 12.00)
    assert percent(result.effective) == (12.68, 12.68)
    assert result.low is not None
    assert result.low.months == (1, 2, 3)
    assert result.low.lent_on == DUE
    assert not result.notes
    assert explain(result.offer.label) == "Bank"


def test_a_loan_from_elsewhere_does_not_follow_the_due_days_of_the_bill() -> None:
    purchase = replace(bill(), is_bill=False)

    assert paid(outcome(purchase, own_loan("", 2, YEARLY), TODAY))[0][0] == date(2027, 1, 10)


def test_equal_principal_bears_the_interest_of_the_whole_amount_first() -> None:
    result = outcome(bill(), own_loan("", 3, YEARLY, OfferKind.EQUAL_PRINCIPAL), TODAY)

    assert [amount for _on, amount in paid(result)] == ["412.00", "408.00", "404.00"]
    assert result.fees == Span.exactly(cny(24))
    assert percent(result.nominal) == (12.00, 12.00)
    assert explain(result.offer.label) == "3 payments of equal principal"


def test_a_fee_at_the_beginning_is_paid_on_the_day_of_deciding_and_raises_the_rate() -> None:
    result = outcome(bill(), own_loan("", 3, YEARLY, opening_fee=cny(10)), TODAY)

    assert paid(result)[0] == (TODAY, "10.00")
    assert result.low is not None
    assert result.low.months == (0, 1, 2, 3)
    assert result.fees == Span.exactly(cny("34.08"))
    # 1,190 against 408.03, 408.03, 408.02: pyxirr.irr gives 17.1026 % a year.
    assert percent(result.nominal) == (17.10, 17.10)


def test_free_months_lower_the_rate() -> None:
    result = outcome(bill(), own_loan("", 6, YEARLY, free_months=3), TODAY)

    amounts = [amount for _on, amount in paid(result)]
    assert amounts == ["200.00", "200.00", "200.00", "204.01", "204.01", "204.02"]
    assert result.nominal is not None
    assert result.nominal.high < YEARLY


def test_a_lender_that_states_a_yearly_rate_is_paid_down_by_level_payments() -> None:
    terms = terms_of((Term.INTEREST_RATE, "", "0.12"), (Term.INTEREST_RATE, "", "0.24"))
    offers = offers_from(terms)

    assert [(offer.kind, offer.count) for offer in offers] == [
        (OfferKind.FULL, 1),
        *((OfferKind.LEVEL, count) for count in (3, 6, 12, 24)),
        (OfferKind.MINIMUM, 0),
    ]
    result = outcome(bill(), offers[1], TODAY)
    # 24 %: 1,200 × 0.02 ÷ (1 - 1.02^-3) is 416.11.
    assert result.total == Span(cny("1224.08"), cny("1248.32"))
    assert result.advertised == Span(YEARLY, Rate(Decimal("0.24")))
    assert [explain(note) for note in result.notes] == [
        "Paid down at the lender’s yearly rate: the lender itself asks for the minimum only."
    ]
    assert [offer.id for offer in offers][1] == "level-3"
    assert explain(offers[1].label) == "3 level payments"


def test_a_yearly_rate_is_a_365th_of_it_a_day_on_the_rest_of_a_minimum() -> None:
    minimum = only(
        OfferKind.MINIMUM,
        (Term.INTEREST_RATE, "", "0.1825"),
        (Term.MINIMUM, "", "0.10"),
        (Term.CARRY_FROM, "", "due"),
    )
    result = outcome(bill("1000.00"), minimum, TODAY)

    # 900 × 18.25 % × 31 ÷ 365
    assert result.fees == Span.exactly(cny("13.95"))
    assert result.advertised == Span.exactly(Rate(Decimal("0.1825")))


def test_a_carry_rate_for_a_year_is_not_taken_for_one_a_day() -> None:
    minimum = only(
        OfferKind.MINIMUM,
        (Term.CARRY_RATE, "", "0.1825/year"),
        (Term.INTEREST_RATE, "", "0.30"),
        (Term.MINIMUM, "", "0.10"),
        (Term.CARRY_FROM, "", "due"),
    )

    assert outcome(bill("1000.00"), minimum, TODAY).fees == Span.exactly(cny("13.95"))


def test_fees_of_instalments_stand_before_a_yearly_rate() -> None:
    terms = terms_of((Term.INTEREST_RATE, "", "0.12"), (Term.FEE_RATE, "6", "0.005"))

    assert [offer.kind for offer in offers_from(terms)] == [OfferKind.FULL, OfferKind.FLAT_FEE]


def test_an_unknown_yearly_rate_is_not_comparable_and_says_so() -> None:
    for kind in (OfferKind.LEVEL, OfferKind.EQUAL_PRINCIPAL):
        result = outcome(bill(), Offer(kind, 6), TODAY)
        assert result.not_comparable == Phrase("Not comparable: the yearly rate is unknown")


# --- putting a bill off --------------------------------------------------------------------------------


def test_a_bill_put_off_is_paid_a_month_later_with_a_fee_of_a_part_of_it() -> None:
    result = outcome(bill(), only(OfferKind.DEFERRAL, (Term.DEFERRAL_FEE, "", "0.01")), TODAY)

    assert paid(result) == [(date(2027, 1, 10), "1212.00")]
    assert result.low is not None
    assert (result.low.rows[0].fee, result.low.rows[0].interest) == (cny(12), cny(0))
    assert percent(result.nominal) == (12.0, 12.0)
    assert result.advertised == Span.exactly(Rate(Decimal("0.12")))
    assert [explain(note) for note in result.notes] == [
        "Not everybody may put a bill off, and instalments in it stay due: look in the app."
    ]
    assert explain(result.offer.label) == "Put off by one month"


def test_a_bill_put_off_may_cost_a_charge_for_each_day() -> None:
    result = outcome(bill(), only(OfferKind.DEFERRAL, (Term.DEFERRAL_RATE, "", "0.00035")), TODAY)

    # 1,200 × 0.035 % × 31 days from 10 December to 10 January.
    assert paid(result) == [(date(2027, 1, 10), "1213.02")]
    assert result.low is not None
    assert result.low.rows[0].interest == cny("13.02")
    assert result.advertised == Span.exactly(Rate(Decimal("0.12775")))


def test_two_ways_of_stating_what_putting_off_costs_are_a_range() -> None:
    offer = only(
        OfferKind.DEFERRAL,
        (Term.DEFERRAL_FEE, "", "0.01"),
        (Term.DEFERRAL_FEE, "", "0.02"),
        (Term.DEFERRAL_RATE, "", "0.00035"),
    )
    result = outcome(bill(), offer, TODAY)

    assert result.total == Span(cny(1212), cny(1224))
    assert len(result.readings) == 3


def test_an_instalment_is_not_put_off_and_a_late_bill_seldom_is() -> None:
    terms = terms_of((Term.DEFERRAL_FEE, "", "0.01"))

    assert OfferKind.DEFERRAL not in {offer.kind for offer in offers_from(terms, has_minimum=False)}
    assert OfferKind.DEFERRAL not in {offer.kind for offer in offers_from(terms_of())}
    passed = replace(bill(due_on=date(2026, 11, 10)), statement_on=date(2026, 10, 20))
    late = outcome(passed, only(OfferKind.DEFERRAL, *_pair(terms)), TODAY)
    assert "Usually not offered after the due date." in [explain(note) for note in late.notes]
    assert paid(late)[0][0] == date(2027, 1, 10)
    early = replace(bill(), statement_on=date(2026, 11, 25))
    notes = outcome(early, only(OfferKind.DEFERRAL, *_pair(terms)), TODAY).notes
    assert notes[0].values["date"] == date(2026, 11, 25)


def _pair(terms: Terms) -> list[tuple[Term, str, str]]:
    return [(claim.term, claim.about, claim.text) for claim in terms.claims]


def test_an_unknown_price_of_putting_off_is_not_comparable() -> None:
    result = outcome(bill(), Offer(OfferKind.DEFERRAL), TODAY)

    assert result.not_comparable == Phrase("Not comparable: the fee is unknown")


# --- the terms of a fee --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "fee", "each"),
    [("499.00", "10.48", "127.37"), ("1329.00", "20.00", "337.25"), ("952.38", "20.00", "243.09")],
)
def test_paypal_in_four_costs_2_1_per_cent_and_never_more_than_20_euros(
    amount: str, fee: str, each: str
) -> None:
    # presse-citron.net, next.ink, phonandroid (2020-06): 1,329 is paid by 4 × 337.25.
    offer = only(
        OfferKind.FLAT_FEE,
        (Term.FEE_WHOLE, "4", "0.021"),
        (Term.FEE_MOST, "", "20"),
        (Term.FIRST_PAYMENT, "", "at_once"),
    )
    result = outcome(replace(bill(amount, "EUR"), is_bill=False), offer, TODAY)

    assert result.fees == Span.exactly(Money.of(fee, "EUR"))
    assert paid(result)[0] == (TODAY, each)
    assert [on for on, _amount in paid(result)] == [add_months(TODAY, month) for month in range(4)]


def test_paypal_s_rate_is_the_published_one_as_the_eu_counts() -> None:
    offer = only(OfferKind.FLAT_FEE, (Term.FEE_WHOLE, "4", "0.021"), (Term.FIRST_PAYMENT, "", "at_once"))
    result = outcome(replace(bill("499.00", "EUR"), is_bill=False), offer, TODAY)

    assert percent(result.effective) == (18.2, 18.2)
    assert result.rate == result.effective
    assert result.low is not None
    assert result.low.convention is Convention.EU
    assert result.low.lent_on == TODAY


@pytest.mark.parametrize(
    ("fee", "cap", "expected"),
    [
        (Rate(Decimal("0.01"), Per.MONTH), "35.99", "35.99"),
        (Rate(Decimal("0.01"), Per.MONTH), "36", "36.00"),
        (Rate(Decimal("0.01"), Per.MONTH), "36.01", "36.00"),
        (Decimal("0.03"), "35.99", "35.99"),
        (Decimal("0.03"), "36", "36.00"),
    ],
)
def test_a_fee_is_never_more_than_the_lender_s_greatest(fee: Rate | Decimal, cap: str, expected: str) -> None:
    offer = Offer(OfferKind.FLAT_FEE, 3, fee_most=sourced(Decimal(cap)))
    offer = (
        replace(offer, fee=sourced(fee)) if isinstance(fee, Rate) else replace(offer, whole_fee=sourced(fee))
    )

    assert outcome(bill(), offer, TODAY).fees == Span.exactly(cny(expected))


def test_a_greatest_fee_that_is_invented_does_not_count() -> None:
    invented = Source("an example", reliability=Reliability.FICTITIOUS)
    most = Sourced((Claim(Decimal(20), invented),))
    offer = Offer(OfferKind.FLAT_FEE, 3, whole_fee=sourced(Decimal("0.03")), fee_most=most)

    assert outcome(bill(), offer, TODAY).fees == Span.exactly(cny(36))


def test_where_sources_differ_about_the_greatest_fee_it_is_a_range() -> None:
    offer = Offer(
        OfferKind.FLAT_FEE, 3, whole_fee=sourced(Decimal("0.03")), fee_most=sourced(Decimal(20), Decimal(30))
    )

    assert outcome(bill(), offer, TODAY).fees == Span(cny(20), cny(30))
    free = replace(offer, whole_fee=Sourced(), fee=sourced(Rate(Decimal("0.01"), Per.MONTH)), free_months=2)
    # Only one of three months is charged: 12.00, below both.
    assert outcome(bill(), free, TODAY).fees == Span.exactly(cny(12))


def test_the_terms_say_when_the_fee_and_the_first_instalment_are_paid() -> None:
    offer = only(
        OfferKind.FLAT_FEE,
        (Term.FEE_RATE, "3", "0.01"),
        (Term.FEE_TIMING, "", "upfront"),
        (Term.FIRST_PAYMENT, "", "at_once"),
    )
    result = outcome(bill(), offer, TODAY)

    assert paid(result) == [
        (TODAY, "36.00"),
        (TODAY, "400.00"),
        (date(2026, 12, 22), "400.00"),
        (date(2027, 1, 22), "400.00"),
    ]
    assert offer.when_paid == (FeeTiming.UPFRONT,)
    assert offer.starts_at_once == (True,)


def test_what_nobody_says_is_as_usual_and_what_is_disputed_is_a_range_of_rates() -> None:
    plain = Offer(OfferKind.FLAT_FEE, 3, sourced(Rate(Decimal("0.01"), Per.MONTH)))
    disputed = replace(plain, timings=sourced(FeeTiming.EVEN, FeeTiming.UPFRONT, FeeTiming.EVEN))
    result = outcome(bill(), disputed, TODAY)

    assert plain.when_paid == (FeeTiming.EVEN,)
    assert plain.starts_at_once == (False,)
    assert replace(plain, at_once=True).starts_at_once == (True,)
    assert result.total is not None
    assert result.total.is_single
    even, upfront = (
        outcome(bill(), replace(plain, timing=timing), TODAY)
        for timing in (FeeTiming.EVEN, FeeTiming.UPFRONT)
    )
    assert (
        result.nominal == Span(even.nominal.low, upfront.nominal.high)
        if even.nominal and upfront.nominal
        else None
    )
    assert result.low == replace(even.low, rows=result.low.rows) if even.low and result.low else None
    first = replace(plain, first=sourced(FirstPayment.NEXT_DUE, FirstPayment.AT_ONCE))
    assert first.starts_at_once == (False, True)
    found = outcome(bill(), first, TODAY)
    assert found.nominal is not None
    assert not found.nominal.is_single
    assert found.last_on == date(2027, 3, 10)


def test_a_declining_fee_is_cheaper_than_the_same_fee_on_the_whole_amount() -> None:
    offer = Offer(
        OfferKind.FLAT_FEE, 3, sourced(Rate(Decimal("0.01"), Per.MONTH)), timing=FeeTiming.DECLINING
    )
    result = outcome(bill(), offer, TODAY)

    assert [amount for _on, amount in paid(result)] == ["412.00", "408.00", "404.00"]
    assert percent(result.nominal) == (12.0, 12.0)


def test_the_row_that_takes_the_rest_is_a_term_of_the_lender() -> None:
    result = outcome(bill("100.00"), own_offer("", 3, cny(0)), TODAY, Rounding(Remainder.FIRST))

    assert [amount for _on, amount in paid(result)] == ["33.34", "33.33", "33.33"]


# --- how much may be put into instalments ----------------------------------------------------------------

SPLIT = ((Term.FEE_RATE, "3", "0.01"), (Term.SPLIT_PART, "", "0.9"), (Term.SPLIT_LEAST, "", "100"))


def test_a_tenth_of_a_bill_stays_due_where_only_nine_tenths_may_be_split() -> None:
    # m.tjduoduo.cn/news/show-263115.html for Baitiao.
    result = outcome(bill(), only(OfferKind.FLAT_FEE, *SPLIT), TODAY)

    assert paid(result) == [
        (DUE, "120.00"),
        (date(2027, 1, 10), "370.80"),
        (date(2027, 2, 10), "370.80"),
        (date(2027, 3, 10), "370.80"),
    ]
    assert result.low is not None
    assert result.low.months == (0, 1, 2, 3)
    assert result.fees == Span.exactly(cny("32.40"))
    # Only 1,080 is lent, so the rate is that of three instalments of any amount.
    whole = outcome(bill(), own_offer("", 3, Rate(Decimal("0.01"), Per.MONTH)), TODAY)
    assert percent(result.nominal) == percent(whole.nominal) == (17.91, 17.91)
    assert [explain(note) for note in result.notes] == [
        "Not all of a bill can be put into instalments: CN¥120.00 of it stays due."
    ]


def test_a_purchase_may_be_split_as_a_whole() -> None:
    result = outcome(replace(bill(), is_bill=False), only(OfferKind.FLAT_FEE, *SPLIT), TODAY)

    assert len(paid(result)) == 3
    assert result.fees == Span.exactly(cny(36))
    assert not result.notes


@pytest.mark.parametrize(("amount", "is_offered"), [("111.11", False), ("111.12", True)])
def test_less_than_the_least_is_not_offered(amount: str, *, is_offered: bool) -> None:
    # 90 % of 111.11 is 99.99, of 111.12 it is 100.00: rounded down.
    result = outcome(bill(amount), only(OfferKind.FLAT_FEE, *SPLIT), TODAY)

    assert (result.not_comparable is None) is is_offered
    if not is_offered:
        assert result.not_comparable == Phrase(
            "Not offered: only {amount} or more can be put into instalments", amount=cny(100)
        )


def test_limits_that_sources_differ_about_are_said_and_are_a_range() -> None:
    texts = (*SPLIT, (Term.SPLIT_PART, "", "1.0"), (Term.SPLIT_LEAST, "", "2000"))
    result = outcome(bill(), only(OfferKind.FLAT_FEE, *texts), TODAY)

    assert result.fees == Span(cny("32.40"), cny(36))
    assert [explain(note) for note in result.notes] == [
        "Not all of a bill can be put into instalments: CN¥0.00 – CN¥120.00 of it stays due.",
        "By some sources only CN¥2,000.00 or more can be put into instalments.",
    ]
    enough = outcome(bill("2000.00"), only(OfferKind.FLAT_FEE, *SPLIT[:1], texts[-1]), TODAY)
    assert not enough.notes
    assert enough.not_comparable is None


def test_a_part_above_the_whole_is_the_whole() -> None:
    offer = only(OfferKind.FLAT_FEE, (Term.FEE_RATE, "3", "0.01"), (Term.SPLIT_PART, "", "1.5"))

    assert outcome(bill(), offer, TODAY).fees == Span.exactly(cny(36))


def test_a_promotion_has_the_same_limits() -> None:
    offer = only(OfferKind.PROMOTION, (Term.PROMOTION, "3", "0"), *SPLIT[1:])
    result = outcome(bill(), offer, TODAY)

    assert paid(result)[0] == (DUE, "120.00")
    assert len(result.notes) == 3


# --- until when a promotion can be taken -------------------------------------------------------------------


def promoted(*until: str) -> Offer:
    texts = [(Term.PROMOTION_UNTIL, "3", day) for day in until]
    return only(OfferKind.PROMOTION, (Term.PROMOTION, "3", "0"), *texts)


def why_not(question: Question, *until: str) -> str | None:
    why = outcome(question, promoted(*until), TODAY).not_comparable
    return explain(why) if why is not None else None


def test_a_promotion_is_offered_on_its_last_day_and_not_on_the_next() -> None:
    assert why_not(bill(), "2026-11-22") is None
    assert why_not(bill(), "2026-11-21") == "Not offered: the last day of this promotion is 21 Nov 2026"


def test_a_promotion_has_to_last_until_the_bill_may_be_split_which_is_its_statement() -> None:
    coming = replace(bill(), statement_on=date(2026, 12, 1))

    assert why_not(coming, "2026-12-01") is None
    assert why_not(coming, "2026-11-30") == "Not offered: the last day of this promotion is 30 Nov 2026"
    # A purchase is split at once, and so is a bill of which nobody knows the statement date.
    assert why_not(replace(coming, is_bill=False), "2026-11-22") is None
    assert why_not(replace(coming, statement_on=None), "2026-11-22") is None
    assert why_not(replace(coming, statement_on=None), "2026-11-21") is not None


def test_a_promotion_is_over_when_every_source_says_so() -> None:
    assert why_not(bill(), "2026-11-20", "2026-11-22") is None
    assert why_not(bill(), "2026-11-20", "2026-11-21") is not None
    label = explain(promoted("2026-11-30", "2026-11-20").label)
    assert label == "3 instalments, promotion until 20 Nov 2026 – 30 Nov 2026"


def test_a_promotion_says_its_last_day_or_that_nobody_knows_it() -> None:
    unknown = "End not known: nobody says how long this promotion lasts."
    known = promoted("2026-11-30")

    assert explain(known.label) == "3 instalments, promotion until 30 Nov 2026"
    assert unknown not in [explain(note) for note in outcome(bill(), known, TODAY).notes]
    assert explain(promoted().label) == "3 instalments, promotion"
    assert unknown in [explain(note) for note in outcome(bill(), promoted(), TODAY).notes]
    derivation = outcome(bill(), known, TODAY).derivation
    assert derivation is not None
    (last,) = [each for each in derivation.given if each.label == Phrase("Last day of the promotion")]
    assert (last.value, last.source) == (date(2026, 11, 30), Source("page 1"))


# --- by the rules of which country -------------------------------------------------------------------------


def account(currency: str, country: str = "") -> Account:
    return Account("Card", "Lender", currency, country=country)


def test_a_euro_bill_has_one_rate_and_counts_by_dates() -> None:
    result = outcome(bill(currency="EUR"), own_offer("", 3, Rate(Decimal("0.01"), Per.MONTH)), TODAY)

    assert result.low is not None
    assert result.low.convention is Convention.EU
    assert result.rate == result.effective
    assert percent(result.effective) == (19.46, 19.46)


def test_a_purchase_is_lent_from_its_day_and_the_first_period_may_be_odd() -> None:
    bought = Span.exactly(date(2026, 11, 20))
    question = replace(bill(currency="EUR"), is_bill=False, bought=bought)
    result = outcome(question, own_offer("", 2, Rate(Decimal("0.01"), Per.MONTH)), TODAY)

    assert result.low is not None
    assert result.low.lent_on == date(2026, 11, 20)
    assert paid(result)[0][0] == DUE
    # 20 days to the first payment, a month and 20 days to the second: no whole months, so no nominal rate.
    assert result.nominal is None
    assert result.rate is not None
    growth = 1 + float(result.rate.low.fraction)
    assert 612 / growth ** (20 / 365) + 612 / growth ** (1 / 12 + 20 / 365) == pytest.approx(1200, abs=1e-6)


def test_a_purchase_of_which_no_day_is_known_is_lent_a_month_before_its_first_instalment() -> None:
    question = replace(bill(currency="EUR"), is_bill=False)
    for bought in (None, Span.exactly(DUE), Span.exactly(date(2026, 12, 20))):
        result = outcome(replace(question, bought=bought), own_offer("", 2, Money.of(24, "EUR")), TODAY)
        assert result.low is not None
        assert result.low.lent_on == date(2026, 11, 10)
    early = replace(question, bought=Span(date(2026, 11, 1), date(2026, 12, 9)))
    result = outcome(early, own_offer("", 2, Money.of(24, "EUR")), TODAY)
    assert result.low is not None
    assert result.low.lent_on == date(2026, 12, 9)


def test_a_dollar_bill_has_the_nominal_rate_first() -> None:
    result = outcome(bill(currency="USD"), own_offer("", 3, Rate(Decimal("0.01"), Per.MONTH)), TODAY)

    assert result.low is not None
    assert result.low.convention is Convention.US
    assert result.rate == result.nominal
    assert percent(result.nominal) == (17.91, 17.91)


def test_the_country_of_the_account_decides() -> None:
    offer = own_offer("", 3, Rate(Decimal("0.01"), Per.MONTH))
    for country, convention in (("US", Convention.US), ("GB", Convention.EU), ("CN", Convention.CHINA)):
        result = outcome(bill(account=account("CNY", country)), offer, TODAY)
        assert result.low is not None
        assert result.low.convention is convention


def test_a_fee_paid_before_the_money_is_lent_counts_with_the_advance() -> None:
    # On 22 November for a bill that is lent from 10 December on.
    china, europe = (
        outcome(bill(currency=currency), own_offer("", 3, Money.of(36, currency), FeeTiming.UPFRONT), TODAY)
        for currency in ("CNY", "EUR")
    )

    assert china.effective is not None
    assert europe.effective is not None
    assert abs(china.effective.low.fraction - europe.effective.low.fraction) < Decimal("1e-12")


# --- order, and words ------------------------------------------------------------------------------------


def test_offers_of_any_country_sort_by_their_headline_rate() -> None:
    cheap, dear = (
        outcome(bill(currency="EUR"), replace(own_loan(name, 3, Rate(Decimal(rate))), id=name), TODAY)
        for name, rate in (("cheap", "0.05"), ("dear", "0.20"))
    )

    assert [found.offer.id for found in compare([dear, cheap], SortBy.RATE)] == ["cheap", "dear"]


def words(question: Question, offer: Offer) -> str:
    return explain(why_rate(outcome(question, offer, TODAY), question.amount))


def test_why_a_rate_is_not_the_advertised_one_is_said_for_each_kind() -> None:
    flat = own_offer("", 3, Rate(Decimal("0.01"), Per.MONTH))
    put_off = only(OfferKind.DEFERRAL, (Term.DEFERRAL_FEE, "", "0.01"))
    minimum = only(
        OfferKind.MINIMUM,
        (Term.MINIMUM, "", "0.1"),
        (Term.CARRY_RATE, "", "0.0005"),
        (Term.CARRY_FROM, "", "due"),
    )

    assert "the fee of each month is counted on the whole CN¥1,200.00" in words(bill(), flat)
    assert words(bill(), flat).endswith("it is 17.91% a year, or 19.46% compounded.")
    assert words(bill(currency="EUR"), flat).endswith("the APR (TAEG) is 19.46%.")
    declining = replace(flat, timing=FeeTiming.DECLINING)
    assert words(bill(), declining).startswith("Advertised is 12.00% a year on what is still owed.")
    loan = own_loan("", 3, YEARLY)
    assert words(bill(), loan).endswith("it is 12.00% a year, or 12.68% compounded.")
    assert words(bill(currency="EUR"), loan).endswith("interest on interest, the APR (TAEG) is 12.68%.")
    assert "what is put off, for as long as it is, it is 12.00%" in words(bill(), put_off)
    assert "for as long as it is, the APR (TAEG) is 12.68%." in words(bill(currency="EUR"), put_off)
    assert "which is the daily charge times 365" in words(bill(), minimum)
    assert "over the days that are charged, the APR (TAEG) is " in words(bill(currency="EUR"), minimum)


def test_why_there_is_no_rate_is_said() -> None:
    full = Offer(OfferKind.FULL)
    assert words(bill(), full) == "Nothing is lent beyond the due date, so there is no rate."
    assert words(bill(), own_offer("", 3, cny(0))) == "Nothing is charged: advertised 0.00%, and truly 0.00%."
    assert words(bill(), Offer(OfferKind.FLAT_FEE, 3)) == "Not comparable: the fee is unknown"
    # A fee at the beginning of more than is lent: nothing is lent at all, and the reason is said.
    nonsense = own_offer("", 3, cny(5000), FeeTiming.UPFRONT)
    assert words(bill(), nonsense).startswith("These payments have ")
    free = own_loan("", 3, Rate(Decimal(0)), opening_fee=cny(10))
    assert not words(bill(), free).startswith("Nothing is charged")


def test_an_outcome_in_one_line() -> None:
    flat = own_offer("", 3, Rate(Decimal("0.01"), Per.MONTH))

    def line(question: Question, offer: Offer) -> str:
        return explain(in_words(outcome(question, offer, TODAY)))

    assert line(bill(), flat) == (
        "CN¥1,236.00 in all, CN¥36.00 of it fees; true rate 17.91% nominal, 19.46% effective"
    )
    assert line(bill(currency="EUR"), flat) == "€1,236.00 in all, €36.00 of it fees; APR (TAEG) 19.46%"
    assert line(bill(), Offer(OfferKind.FULL)) == "CN¥1,200.00 in all, CN¥0.00 of it fees"
    assert line(bill(), Offer(OfferKind.FLAT_FEE, 3)) == "Not comparable: the fee is unknown"


# --- what holds for every offer --------------------------------------------------------------------------

kinds = st.sampled_from((OfferKind.LEVEL, OfferKind.EQUAL_PRINCIPAL))


@given(
    st.integers(100, 10**8),
    st.integers(1, 36),
    st.integers(0, 3600),
    kinds,
    st.tuples(st.integers(0, 40), st.integers(0, 10**4), st.sampled_from(("CNY", "EUR", "USD"))),
)
def test_a_loan_repays_exactly_the_amount_and_its_flows_end_with_nothing_left(
    minor: int, count: int, points: int, kind: OfferKind, more: tuple[int, int, str]
) -> None:
    free, opening, currency = more
    question = replace(bill(currency=currency), amount=Money(minor, currency))
    offer = own_loan("", count, Rate(Decimal(points) / 10_000), kind, Money(opening, currency), free)
    result = outcome(question, offer, TODAY)

    assert result.low is not None
    assert sum(row.principal.minor for row in result.low.rows) == minor
    assert result.low.flows[-1].left.minor == 0
    assert result.low.fees.minor >= opening
    assert min(row.due_on for row in result.low.rows) >= TODAY


@given(st.integers(10**5, 10**8), st.integers(2, 36), st.integers(0, 200), st.integers(1, 200))
def test_a_higher_fee_never_lowers_the_rate(minor: int, count: int, points: int, more: int) -> None:
    question = replace(bill(), amount=Money(minor, "CNY"))
    low, high = (
        outcome(question, own_offer("", count, Rate(Decimal(fee) / 10_000, Per.MONTH)), TODAY).rate
        for fee in (points, points + more)
    )

    assert low is not None
    assert high is not None
    assert low.high.fraction - high.low.fraction < Decimal("1e-12")


@given(st.integers(1000, 10**6), st.integers(2, 24), st.integers(0, 200))
def test_the_rate_does_not_depend_on_the_size_of_the_currency(minor: int, count: int, points: int) -> None:
    fee = Rate(Decimal(points) / 10_000, Per.MONTH)
    # A hundred thousand times as much: what rounding does to a row can no longer be seen.
    one, many = (
        outcome(
            replace(bill(), amount=Money(minor * count * size, "CNY")), own_offer("", count, fee), TODAY
        ).rate
        for size in (10**5, 10**7)
    )

    assert one is not None
    assert many is not None
    assert abs(one.low.fraction - many.low.fraction) < Decimal("1e-6")


# --- the minimum, charged from the purchases ------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "currency", "minimum", "charge", "rates", "fees"),
    [
        # FR: (1,974.60 ÷ 1,940)^12; 2,000 = 60 ÷ (1+X)^(2/12) + 2,044.79 ÷ (1+X)^(3/12).
        ("FR", "EUR", 60, (Term.INTEREST_RATE, "", "0.21"), (22.91, 23.63), ("34.60", "104.79")),
        ("US", "USD", 40, (Term.INTEREST_RATE, "", "0.20"), (19.83, 20.38), ("33.29", "100.14")),
        ("CN", "CNY", 200, (Term.CARRY_RATE, "", "0.0005"), (18.11, 18.60), ("27.90", "88.90")),
    ],
)
def test_the_true_rate_of_a_minimum_counts_the_time_that_is_charged(
    law: str,
    currency: str,
    minimum: int,
    charge: tuple[Term, str, str],
    rates: tuple[float, float],
    fees: tuple[str, str],
) -> None:
    offer = only(OfferKind.MINIMUM, charge)
    question = bill(
        "2000.00",
        currency,
        date(2026, 12, 5),
        account=Account("Card", "Lender", currency, country=law),
        minimum=Money.of(minimum, currency),
        bought=Span(date(2026, 10, 5), date(2026, 11, 4)),
    )

    result = outcome(question, offer, TODAY)

    assert percent(result.rate) == rates
    assert result.fees == Span(*(Money.of(fee, currency) for fee in fees))
    assert result.low is not None
    assert result.high is not None
    assert (result.low.lent_on, result.low.months) == (date(2026, 12, 5), (0, 1))
    assert (result.high.lent_on, result.high.months) == (date(2026, 10, 5), (2, 3))
    # The equation itself by days of 365, which differ from months by less than half a point: xirr.
    flows = [*zip(*[(row.due_on, float(row.total.decimal)) for row in result.high.rows], strict=True)]
    by_days = pyxirr.xirr((date(2026, 10, 5), *flows[0]), (-2000.0, *flows[1]))
    assert result.effective is not None
    assert result.high.apr is not None
    assert float(result.high.apr.effective.fraction) == pytest.approx(by_days, abs=0.011)
    steps = [explain(step.text) for step in result.derivation.workings] if result.derivation else []
    assert steps.count("The true rate counts the whole bill from") == 1


def test_a_minimum_that_is_all_of_the_bill_is_lent_from_no_day_before() -> None:
    offer = only(OfferKind.MINIMUM, (Term.CARRY_RATE, "", "0.0005"), (Term.CARRY_FROM, "", "purchase"))
    bought = Span(date(2026, 10, 5), date(2026, 11, 4))

    result = outcome(bill(minimum=cny(1200), bought=bought), offer, TODAY)

    assert result.low is not None
    assert (result.low.lent_on, result.fees, result.rate) == (DUE, Span.exactly(cny(0)), None)
