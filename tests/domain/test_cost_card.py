from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.apr import Convention
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, own_loan, own_offer
from planner.domain.offers.cost_card import CostCard, cost_card
from planner.domain.offers.listing import offers_from
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import FeeTiming, Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase

TODAY, DUE = date(2026, 11, 22), date(2026, 12, 10)
LENDER = Phrase.own("Lender")


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def bill(currency: str = "CNY", terms: Terms = Terms(), **more: Any) -> Question:
    account = Account("Card", "Lender", currency, terms=terms)
    return Question(Money.of(1200, currency), DUE, account, Phrase("Bill"), due_on=DUE, **more)


def terms_of(*texts: tuple[Term, str, str]) -> Terms:
    return Terms(
        tuple(
            TermClaim(term, about, text, Source(f"page {number}"))
            for number, (term, about, text) in enumerate(texts)
        )
    )


def card(offer: Offer, terms: Terms = Terms(), question: Question | None = None) -> CostCard:
    asked = question or bill(terms=terms)
    found = cost_card(outcome(asked, offer, TODAY), terms, asked, LENDER)
    assert found is not None
    return found


def only(kind: OfferKind, terms: Terms) -> Offer:
    (offer,) = (offer for offer in offers_from(terms) if offer.kind is kind)
    return offer


def percent(span: Span[Rate]) -> tuple[float, float]:
    return round(float(span.low.yearly) * 100, 2), round(float(span.high.yearly) * 100, 2)


ONE = Rate(Decimal("0.01"), Per.MONTH)


def test_a_card_names_the_item_who_charges_it_and_what_it_comes_to_a_year() -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"))
    found = card(only(OfferKind.FLAT_FEE, terms), terms)

    (item,) = found.items
    assert explain(item.label) == "Instalment fee"
    assert item.charged_by == found.lender == LENDER
    assert [(given.value, given.source) for given in item.stated] == [(ONE, Source("page 0"))]
    assert item.amount.value == Span.exactly(cny(36))
    assert item.yearly is not None
    assert percent(item.yearly.value) == (17.91, 17.91)
    assert found.cost.value == Span.exactly(cny(36))
    assert found.total.value == Span.exactly(cny(1236))
    assert found.rate is not None
    assert percent(found.rate.value) == (17.91, 17.91)
    assert found.nominal == found.rate.value
    assert found.effective is not None
    assert percent(found.effective) == (19.46, 19.46)


def test_the_payments_are_listed_with_their_sizes_and_days() -> None:
    found = card(own_offer("", 3, cny("36.01")))

    (payments,) = found.payments
    assert payments.count == 3
    assert payments.dated == (
        (date(2027, 1, 10), cny("412.00")),
        (date(2027, 2, 10), cny("412.00")),
        (date(2027, 3, 10), cny("412.01")),
    )
    assert payments.sizes == ((cny("412.00"), 2), (cny("412.01"), 1))
    assert found.amount == cny(1200)
    assert found.lent_on == DUE
    assert found.offer.is_own


def test_interest_and_the_fee_at_the_beginning_are_two_items_that_add_up() -> None:
    found = card(own_loan("", 3, Rate(Decimal("0.12")), opening_fee=cny(10)))

    interest, opening = found.items
    assert (explain(interest.label), explain(opening.label)) == ("Interest", "Fee at the beginning")
    assert interest.amount.value == Span.exactly(cny("24.08"))
    assert opening.amount.value == Span.exactly(cny(10))
    assert found.cost.value == Span.exactly(cny("34.08"))
    assert interest.yearly is not None
    assert opening.yearly is not None
    assert percent(interest.yearly.value) == (12.0, 12.0)
    # 1,190 against three payments without interest of about 400: pyxirr.irr.
    assert percent(opening.yearly.value) == (5.02, 5.02)
    assert found.rate is not None
    assert percent(found.rate.value) == (17.1, 17.1)
    assert [given.value for given in opening.stated] == [cny(10)]
    plain = card(own_loan("", 3, Rate(Decimal("0.12"))))
    assert [explain(item.label) for item in plain.items] == ["Interest"]


def test_a_flat_fee_at_the_beginning_is_the_instalment_fee() -> None:
    found = card(own_offer("", 3, cny(36), FeeTiming.UPFRONT))

    (item,) = found.items
    assert item.amount.value == Span.exactly(cny(36))
    assert item.amount.derivation.workings[0].text.values["date"] == TODAY
    assert len(item.amount.derivation.workings) == 2
    assert found.payments[0].count == 4


def test_a_promotion_has_an_item_that_costs_nothing() -> None:
    terms = terms_of((Term.PROMOTION, "3", "0"))
    (item,) = card(only(OfferKind.PROMOTION, terms), terms).items

    assert item.amount.value == Span.exactly(cny(0))
    assert item.yearly is not None
    assert percent(item.yearly.value) == (0.0, 0.0)


def test_where_sources_disagree_every_figure_is_a_range() -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"), (Term.FEE_RATE, "3", "0.005"))
    found = card(only(OfferKind.FLAT_FEE, terms), terms)

    assert found.cost.value == Span(cny(18), cny(36))
    assert found.total.value == Span(cny(1218), cny(1236))
    assert found.items[0].amount.value == Span(cny(18), cny(36))
    assert found.items[0].yearly is not None
    assert percent(found.items[0].yearly.value) == (8.98, 17.91)
    assert len(found.payments) == 2
    assert found.payments[0].sizes == ((cny(406), 3),)
    assert found.payments[1].sizes == ((cny(412), 3),)


def test_what_stays_due_of_a_bill_is_not_lent() -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"), (Term.SPLIT_PART, "", "0.9"))
    found = card(only(OfferKind.FLAT_FEE, terms), terms)

    assert found.amount == cny(1080)
    assert found.payments[0].dated[0] == (DUE, cny(120))
    assert found.notes == outcome(bill(terms=terms), only(OfferKind.FLAT_FEE, terms), TODAY).notes


def test_a_minimum_and_putting_off_have_their_own_items() -> None:
    terms = terms_of(
        (Term.MINIMUM, "", "0.1"),
        (Term.CARRY_RATE, "", "0.0005"),
        (Term.CARRY_FROM, "", "due"),
        (Term.DEFERRAL_FEE, "", "0.01"),
        (Term.DEFERRAL_RATE, "", "0.0003"),
    )
    (rest,) = card(only(OfferKind.MINIMUM, terms), terms).items
    fee, daily = card(only(OfferKind.DEFERRAL, terms), terms).items

    assert explain(rest.label) == "Charge on the rest"
    # 1,080 × 0.05 % × 31
    assert rest.amount.value == Span.exactly(cny("16.74"))
    assert (explain(fee.label), explain(daily.label)) == ("Fee for putting it off", "Charge for each day")
    assert fee.amount.value == Span(cny(0), cny(12))
    assert daily.amount.value == Span(cny(0), cny("11.16"))
    assert [given.value for given in daily.stated] == [Rate(Decimal("0.0003"), Per.DAY)]
    only_fee = terms_of((Term.DEFERRAL_FEE, "", "0.01"))
    assert [explain(item.label) for item in card(only(OfferKind.DEFERRAL, only_fee), only_fee).items] == [
        "Fee for putting it off"
    ]


def test_paying_in_full_costs_nothing_and_has_no_rate() -> None:
    found = card(Offer(OfferKind.FULL))

    assert found.items == ()
    assert found.rate is None
    assert found.no_rate is None
    assert found.early is None
    assert found.cost.value == Span.exactly(cny(0))


def test_what_cannot_be_compared_has_no_card() -> None:
    question = bill()

    assert (
        cost_card(outcome(question, Offer(OfferKind.FLAT_FEE, 3), TODAY), Terms(), question, LENDER) is None
    )


def test_costs_in_default_are_those_of_the_terms() -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"), (Term.LATE_RATE, "", "0.0005"))
    found = card(only(OfferKind.FLAT_FEE, terms), terms)

    assert [explain(item.label) for item in found.default] == ["Late rate", "Late fee"]
    assert not found.default[0].is_unknown
    assert found.default[1].is_unknown
    assert found.default[0].charged_by == LENDER


# --- paying back early ------------------------------------------------------------------------------------


def test_paying_back_early_is_a_range_over_every_rule_where_none_is_known() -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"))
    early = card(only(OfferKind.FLAT_FEE, terms), terms).early

    assert early is not None
    # Right after the first payment the fees of two rows are still to come.
    assert early.cost.value == Span(cny(0), cny(24))
    assert not early.is_known
    assert "actual time" in explain(early.right)
    assert early.source is not None
    assert "677" in early.source.name


@pytest.mark.parametrize(
    ("policy", "cost"), [("remaining_fees_due", "24"), ("waive_remaining", "0"), ("billed_plus_next", "12")]
)
def test_paying_back_early_by_the_lender_s_own_rule(policy: str, cost: str) -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"), (Term.EARLY_SETTLEMENT, "", policy))
    early = card(only(OfferKind.FLAT_FEE, terms), terms).early

    assert early is not None
    assert early.cost.value == Span.exactly(cny(cost))
    assert early.is_known
    given = {explain(each.label): each.value for each in early.cost.derivation.given}
    assert given["Settled on"] == date(2027, 1, 10)
    assert given["Principal that is left then"] == cny(800)
    assert early.cost.derivation.workings[-1].result == early.cost.value


def test_both_ends_of_the_terms_are_in_what_paying_early_costs() -> None:
    terms = terms_of(
        (Term.FEE_RATE, "3", "0.01"),
        (Term.FEE_RATE, "3", "0.005"),
        (Term.EARLY_SETTLEMENT, "", "remaining_fees_due"),
    )
    early = card(only(OfferKind.FLAT_FEE, terms), terms).early

    assert early is not None
    assert early.cost.value == Span(cny(12), cny(24))


def test_a_single_payment_has_nothing_to_pay_early_and_each_country_its_right() -> None:
    terms = terms_of((Term.DEFERRAL_FEE, "", "0.01"))
    assert card(only(OfferKind.DEFERRAL, terms), terms).early is None
    words = {}
    for currency in ("CNY", "EUR", "GBP", "USD"):
        early = card(own_offer("", 3, Money.of(36, currency)), question=bill(currency)).early
        assert early is not None
        words[currency] = explain(early.right)
    assert "limited by law" in words["EUR"]
    assert "rebate" in words["GBP"]
    assert words["USD"].startswith("No legal rule is known here")
    assert len(set(words.values())) == 4


# --- by whose rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("currency", "convention"),
    [("CNY", Convention.CHINA), ("EUR", Convention.EU), ("GBP", Convention.EU), ("USD", Convention.US)],
)
def test_the_rate_is_labelled_with_its_convention(currency: str, convention: Convention) -> None:
    found = card(own_offer("", 3, Money.of(36, currency)), question=bill(currency))

    assert found.convention is convention
    assert found.rate is not None
    headline = found.effective if convention is Convention.EU else found.nominal
    assert found.rate.value == headline
    assert explain(found.convention_words)
    assert "nothing but what it shows" in explain(found.closing)


def test_an_amount_without_an_account_is_counted_by_its_currency() -> None:
    question = replace(bill("USD"), account=None)

    assert card(own_offer("", 3, Money.of(36, "USD")), question=question).convention is Convention.US


def test_every_figure_says_how_it_was_made() -> None:
    terms = terms_of((Term.FEE_RATE, "3", "0.01"), (Term.LATE_RATE, "", "0.0005"))
    found = card(only(OfferKind.FLAT_FEE, terms), terms)
    item = found.items[0]

    assert item.yearly is not None
    assert found.rate is not None
    assert found.early is not None
    shown: list[Derived[Any]] = [item.amount, item.yearly, found.cost, found.total, found.rate]
    shown.append(found.early.cost)
    assert all(explain(each.derivation.rule) for each in shown)
    assert [working.result for working in item.amount.derivation.workings] == [
        cny(12),
        cny(12),
        cny(12),
        Span.exactly(cny(36)),
    ]
    assert [working.result for working in item.yearly.derivation.workings] == [
        Span.exactly(cny(36)),
        item.yearly.value,
    ]
    made = outcome(bill(terms=terms), only(OfferKind.FLAT_FEE, terms), TODAY).derivation
    assert found.rate.derivation == made


def test_an_outcome_without_a_working_still_has_a_card() -> None:
    question = bill()
    bare = replace(outcome(question, own_offer("", 3, cny(36)), TODAY), explain=None)
    found = cost_card(bare, Terms(), question, LENDER)

    assert found is not None
    assert explain(found.cost.derivation.rule) == "As the payments have it."


def test_why_there_is_no_rate_is_on_the_card() -> None:
    found = card(own_offer("", 3, cny(5000), FeeTiming.UPFRONT))

    assert found.rate is None
    assert found.no_rate is not None
    assert found.items[0].yearly is None
