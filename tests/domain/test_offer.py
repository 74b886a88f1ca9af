import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.dates import Cycle, FixedDay, add_months
from planner.domain.money import Money, sum_of
from planner.domain.offers.carried import instalment_dues
from planner.domain.offers.compared import (
    Offer,
    OfferKind,
    Outcome,
    SortBy,
    compare,
    own_offer,
)
from planner.domain.offers.listing import most_instalments, offers_from
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Origin, Source, Sourced, Span
from planner.domain.term import ChargedFrom, FeeTiming, Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)


def vectors(kind: str) -> list[Any]:
    found: list[Any] = json.loads((VECTORS / f"{kind}.json").read_text(encoding="utf-8"))
    return [pytest.param(vector, id=vector["id"]) for vector in found]


def bill(amount: str = "1200.00", due_on: date = DUE, **more: Any) -> Question:
    statement = add_months(due_on, -1).replace(day=20)
    return Question(
        Money.of(amount, "CNY"),
        max(due_on, TODAY),
        more.pop("account", None),
        Phrase("Bill"),
        due_on=due_on,
        statement_on=more.pop("statement_on", statement),
        is_late=due_on < TODAY,
        **more,
    )


def claims(*texts: tuple[Term, str, str], origin: Origin = Origin.PUBLISHED) -> Terms:
    return Terms(
        tuple(
            TermClaim(term, about, text, Source(f"page {number}", origin=origin))
            for number, (term, about, text) in enumerate(texts)
        )
    )


def flat(percent: str, count: int, **more: Any) -> Offer:
    return own_offer("", count, Rate.percent(percent, Per.MONTH), **more)


def figures(result: Outcome) -> tuple[float, float]:
    assert result.nominal is not None
    assert result.effective is not None
    assert result.nominal.is_single
    return (
        round(float(result.nominal.low.fraction) * 100, 2),
        round(float(result.effective.low.fraction) * 100, 2),
    )


# --- what an offer comes to ------------------------------------------------------------------------


@pytest.mark.row("C044")
def test_six_per_cent_advertised_is_10_90_nominal_and_11_46_effective() -> None:
    result = outcome(bill("10000.00"), flat("0.5", 12), TODAY)

    assert result.advertised == Span.exactly(Rate(Decimal("0.060")))
    assert figures(result) == (10.90, 11.46)
    assert result.total == Span.exactly(Money.of("10600.00", "CNY"))
    assert result.fees == Span.exactly(Money.of("600.00", "CNY"))


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        (FeeTiming.EVEN, (10.90, 11.46)),
        (FeeTiming.WITH_FIRST, (11.47, 12.09)),
        (FeeTiming.UPFRONT, (11.58, 12.21)),
    ],
)
def test_the_same_fee_costs_more_the_earlier_it_is_paid(
    timing: FeeTiming, expected: tuple[float, float]
) -> None:
    result = outcome(bill("10000.00"), flat("0.5", 12, timing=timing), TODAY)

    assert figures(result) == expected
    assert result.total == Span.exactly(Money.of("10600.00", "CNY"))


def test_a_fee_upfront_is_paid_on_the_day_of_deciding_before_the_first_instalment() -> None:
    result = outcome(bill(), flat("0.5", 3, timing=FeeTiming.UPFRONT), TODAY)

    assert result.low is not None
    first, second, *_ = result.low.rows
    assert (first.due_on, first.total) == (TODAY, Money.of("18.00", "CNY"))
    assert (second.due_on, second.total) == (date(2027, 1, 10), Money.of("400.00", "CNY"))


@pytest.mark.parametrize("vector", vectors("bnpl_taeg"))
def test_the_taeg_of_a_payment_in_three_or_four_of_which_the_first_is_made_at_once(
    vector: dict[str, Any],
) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    amount = Money.of(inputs["amount"], "EUR")
    fee = amount.times(Decimal(inputs["fee_rate"]))
    question = replace(bill(), amount=amount)

    result = outcome(question, own_offer("", inputs["n"], fee, FeeTiming.WITH_FIRST, at_once=True), TODAY)

    assert fee == Money.of(expected["fee"], "EUR")
    assert result.low is not None
    assert result.low.rows[0].due_on == TODAY
    assert result.effective is not None
    tolerance = vector["tolerance"]["taeg_percent"]
    assert float(result.effective.low.fraction) * 100 == pytest.approx(
        expected["taeg_percent"], abs=tolerance
    )


def test_paying_in_full_costs_the_amount_on_its_due_date_and_has_no_rate() -> None:
    result = outcome(bill(), Offer(OfferKind.FULL), TODAY)

    assert result.total == Span.exactly(Money.of("1200.00", "CNY"))
    assert not result.fees or not result.fees.high
    assert result.nominal is None
    assert result.last_on == DUE


@pytest.mark.row("C065")
def test_a_promotion_without_a_fee_costs_nothing_at_a_rate_of_nothing() -> None:
    (promotion,) = (
        o for o in offers_from(claims((Term.PROMOTION, "3", "0"))) if o.kind is OfferKind.PROMOTION
    )

    result = outcome(bill(), promotion, TODAY)

    assert figures(result) == (0.0, 0.0)
    assert result.total == Span.exactly(Money.of("1200.00", "CNY"))


def test_a_fee_that_sources_disagree_about_stays_a_range_in_every_figure() -> None:
    terms = claims((Term.FEE_RATE, "6", "0.005"), (Term.FEE_RATE, "6", "0.012"))
    (offer,) = (o for o in offers_from(terms) if o.kind is OfferKind.FLAT_FEE)

    result = outcome(bill("1200.00"), offer, TODAY)

    assert result.total == Span(Money.of("1236.00", "CNY"), Money.of("1286.40", "CNY"))
    assert result.advertised == Span(Rate(Decimal("0.060")), Rate(Decimal("0.144")))
    assert result.nominal is not None
    assert round(float(result.nominal.low.fraction) * 100, 2) == 10.21
    assert round(float(result.nominal.high.fraction) * 100, 2) == 24.28
    assert result.biggest_month is not None
    assert not result.biggest_month.is_single


def whole(*more: tuple[Term, str, str]) -> Offer:
    (offer,) = (
        o for o in offers_from(claims((Term.FEE_WHOLE, "3", "0.025"), *more)) if o.kind is OfferKind.FLAT_FEE
    )
    return offer


@pytest.mark.parametrize(
    ("amount", "fee", "parts"),
    [
        # Huabei as 572757.com/education/212.html has it: 2.5 % over 3. A rounded third of it a month would
        # come to 0.02 less on 3,000,000.00, and three rounded rows to 25.01 on 1,000.00.
        ("1000.00", "25.00", ("8.33", "8.33", "8.34")),
        ("3000000.00", "75000.00", ("25000.00",) * 3),
        ("999.99", "25.00", ("8.33", "8.33", "8.34")),
        ("0.20", "0.01", ("0.00", "0.00", "0.01")),
    ],
)
def test_a_fee_published_for_the_whole_plan_is_rounded_once_and_spread(
    amount: str, fee: str, parts: tuple[str, ...]
) -> None:
    result = outcome(bill(amount), whole(), TODAY)

    assert result.fees == Span.exactly(Money.of(fee, "CNY"))
    assert result.low is not None
    assert [row.fee for row in result.low.rows] == [Money.of(part, "CNY") for part in parts]
    assert result.advertised == Span.exactly(Rate(Decimal("0.025") / 3 * 12))


def test_the_true_rate_of_a_whole_fee_is_the_published_one() -> None:
    # 14.94 % nominal and 16.00 % effective: derived in tests/data/vectors/flat_fee_apr.json, huabei-3.
    result = outcome(bill("3000.00"), whole(), TODAY)

    assert figures(result) == (14.94, 16.0)
    assert result.derivation is not None
    (given_fee,) = (given for given in result.derivation.given if given.source is not None)
    assert explain(given_fee.label) == "Fee of the whole plan, as a part of the amount"
    assert given_fee.value == Rate(Decimal("0.025"))


def test_a_monthly_and_a_whole_fee_that_differ_are_a_range() -> None:
    result = outcome(bill("1200.00"), whole((Term.FEE_RATE, "3", "0.005")), TODAY)

    assert result.fees == Span(Money.of("18.00", "CNY"), Money.of("30.00", "CNY"))
    assert result.advertised == Span(Rate(Decimal("0.06")), Rate(Decimal("0.1")))


def test_of_a_monthly_and_a_whole_fee_the_newest_that_the_user_brought_counts_alone() -> None:
    published = claims((Term.FEE_WHOLE, "3", "0.025"), (Term.FEE_RATE, "3", "0.008"))
    own = Source("", origin=Origin.CONTRACT)
    monthly = published.overridden(TermClaim(Term.FEE_RATE, "3", "0.006", own))
    both = monthly.overridden(TermClaim(Term.FEE_WHOLE, "3", "0.02", own))

    def fees(terms: Terms) -> Span[Money] | None:
        (offer,) = (o for o in offers_from(terms) if o.kind is OfferKind.FLAT_FEE)
        return outcome(bill("1000.00"), offer, TODAY).fees

    assert fees(monthly) == Span.exactly(Money.of("18.00", "CNY"))
    assert fees(both) == Span.exactly(Money.of("20.00", "CNY"))
    assert fees(both.published(Term.FEE_WHOLE, "3")) == Span.exactly(Money.of("18.00", "CNY"))


def test_an_unknown_fee_is_not_comparable_and_says_so() -> None:
    result = outcome(bill(), Offer(OfferKind.FLAT_FEE, 6), TODAY)

    assert result.not_comparable == Phrase("Not comparable: the fee is unknown")
    assert result.total is None


@given(
    st.integers(100, 10_000_000),
    st.integers(0, 200),
    st.integers(1, 36),
    st.sampled_from(FeeTiming),
    st.sampled_from(("at once", "in a month")),
)
def test_the_cash_flows_repay_exactly_the_amount_and_end_with_nothing_left(
    minor: int, points: int, count: int, timing: FeeTiming, first: str
) -> None:
    question = replace(bill(), amount=Money(minor, "CNY"))
    result = outcome(
        question, flat(str(Decimal(points) / 100), count, timing=timing, at_once=first == "at once"), TODAY
    )

    assert result.low is not None
    flows = result.low.flows
    assert sum_of((flow.principal for flow in flows), "CNY") == question.amount
    assert not flows[-1].left
    assert [flow.left for flow in flows] == sorted((flow.left for flow in flows), reverse=True)
    assert all(flow.on >= TODAY for flow in flows)


# --- the minimum -----------------------------------------------------------------------------------

MINIMUM = ((Term.MINIMUM, "", "0.10"), (Term.CARRY_RATE, "", "0.0005"))


def minimum_of(*more: tuple[Term, str, str]) -> Offer:
    return next(o for o in offers_from(claims(*MINIMUM, *more)) if o.kind is OfferKind.MINIMUM)


@pytest.mark.row("C046")
def test_the_minimum_leaves_a_rest_that_costs_a_charge_a_day_for_a_month() -> None:
    # 900 × 0.05 % × 31 days from 10 December to 10 January.
    result = outcome(bill("1000.00"), minimum_of((Term.CARRY_FROM, "", "due")), TODAY)

    assert result.low is not None
    assert [row.total for row in result.low.rows] == [Money.of("100.00", "CNY"), Money.of("913.95", "CNY")]
    assert result.fees == Span.exactly(Money.of("13.95", "CNY"))
    # On the 900 that are lent, 13.95 a month is 1.55 %: 18.6 % a year.
    assert figures(result)[0] == 18.60


def test_where_the_free_days_are_lost_the_whole_bill_is_charged_from_the_purchases() -> None:
    # The example of a bank's help page: 1,000 bought on 30 March, 100 paid on 23 April: 1,000 × 24 days to
    # the due date; the rest runs for a month here, not to the next statement.
    question = replace(
        bill("1000.00", date(2027, 4, 23)),
        bought=Span.exactly(date(2027, 3, 30)),
        minimum=Money.of(100, "CNY"),
    )
    result = outcome(question, minimum_of((Term.CARRY_FROM, "", "purchase")), TODAY)

    # 1000 × 0.0005 × 24 = 12.00; 900 × 0.0005 × 30 = 13.50
    assert result.fees == Span.exactly(Money.of("25.50", "CNY"))


def test_where_nobody_says_from_when_the_minimum_is_charged_it_is_a_range() -> None:
    question = replace(bill("1000.00"), bought=Span(date(2026, 10, 20), date(2026, 11, 20)))
    result = outcome(question, minimum_of(), TODAY)

    low = outcome(question, minimum_of((Term.CARRY_FROM, "", "due")), TODAY)
    high = outcome(question, minimum_of((Term.CARRY_FROM, "", "purchase")), TODAY)
    assert low.total is not None
    assert high.total is not None
    assert result.total == Span(low.total.low, high.total.high)
    assert high.total.low < high.total.high  # the day of the purchases is not known either


def test_the_minimum_on_the_statement_wins_over_the_usual_part() -> None:
    question = replace(bill("1000.00"), minimum=Money.of("250.00", "CNY"))

    result = outcome(question, minimum_of((Term.CARRY_FROM, "", "due")), TODAY)

    assert result.low is not None
    assert result.low.rows[0].total == Money.of("250.00", "CNY")


def test_without_a_minimum_rule_the_minimum_is_not_comparable() -> None:
    result = outcome(bill(), Offer(OfferKind.MINIMUM, 0), TODAY)

    assert result.not_comparable == Phrase("Not comparable: the minimum rule is unknown")


# --- dates and notes -------------------------------------------------------------------------------


@pytest.mark.row("C029")
def test_a_bill_in_instalments_starts_with_the_next_bill() -> None:
    assert instalment_dues(bill(), 3) == [date(2027, 1, 10), date(2027, 2, 10), date(2027, 3, 10)]


def test_a_purchase_in_instalments_starts_with_its_own_bill() -> None:
    assert instalment_dues(replace(bill(), is_bill=False), 2) == [DUE, date(2027, 1, 10)]


@pytest.mark.parametrize("kind", ["bill", "purchase"])
def test_an_overdue_amount_is_never_paid_in_the_past_and_keeps_the_due_day(kind: str) -> None:
    late = replace(bill(due_on=date(2026, 9, 10)), is_bill=kind == "bill")

    # The bill due on 10 December was made on 20 November: a bill split now is in the one after it.
    first = date(2027, 1, 10) if kind == "bill" else date(2026, 12, 10)
    assert instalment_dues(late, 2) == [first, add_months(first, 1)]
    full = outcome(late, Offer(OfferKind.FULL), TODAY)
    assert full.last_on == TODAY


def test_due_days_at_the_end_of_a_month_do_not_drift() -> None:
    account = Account("Card", "Bank", "CNY", cycle=Cycle(statement_day=8, due=FixedDay(31)))
    question = replace(bill(due_on=date(2027, 2, 28)), account=account)

    assert instalment_dues(question, 2) == [date(2027, 3, 31), date(2027, 4, 30)]


@pytest.mark.row("C029")
@pytest.mark.parametrize(
    ("statement_on", "due_on", "note"),
    [
        (date(2026, 11, 20), date(2026, 11, 22), None),
        (
            date(2026, 11, 25),
            date(2026, 12, 10),
            Phrase("Usually offered from the statement of {date} on.", date=date(2026, 11, 25)),
        ),
        (date(2026, 11, 1), date(2026, 11, 21), Phrase("Usually not offered after the due date.")),
    ],
)
def test_a_bill_is_usually_split_between_its_statement_and_its_due_date(
    statement_on: date, due_on: date, note: Phrase | None
) -> None:
    question = bill(due_on=due_on, statement_on=statement_on)

    notes = outcome(question, replace(flat("0.5", 3), kind=OfferKind.FLAT_FEE), TODAY).notes

    assert notes == (() if note is None else (note,))
    assert not outcome(question, Offer(OfferKind.FULL), TODAY).notes


def test_the_rest_after_a_late_minimum_runs_for_a_month_from_the_day_it_is_paid() -> None:
    late = bill("1000.00", date(2026, 10, 29), statement_on=date(2026, 10, 20))

    result = outcome(late, minimum_of((Term.CARRY_FROM, "", "due")), TODAY)

    assert result.low is not None
    assert [row.due_on for row in result.low.rows] == [TODAY, date(2026, 12, 22)]
    assert figures(result)[0] == 18.0


@pytest.mark.row("C040")
def test_every_way_to_settle_what_is_late_leaves_it_late() -> None:
    late = bill(due_on=date(2026, 11, 10))

    assert outcome(late, Offer(OfferKind.FULL), TODAY).is_late
    assert outcome(late, flat("0.5", 3), TODAY).is_late
    assert not outcome(bill(), flat("0.5", 3), TODAY).is_late


def test_an_instalment_is_seldom_split_again() -> None:
    notes = outcome(replace(bill(), is_instalment=True), Offer(OfferKind.FLAT_FEE, 3), TODAY).notes

    assert any("instalment already" in str(note) for note in notes)


# --- the offers themselves -------------------------------------------------------------------------


@pytest.mark.row("C024")
def test_no_more_instalments_are_offered_than_the_lender_is_known_to_have() -> None:
    published = claims(*((Term.FEE_RATE, str(count), "0.005") for count in (3, 6, 12, 24)))
    source = Source("", origin=Origin.APP_SCREEN)
    terms = published.overridden(TermClaim(Term.FEE_RATE, "36", "0.005", source))

    counts = [offer.count for offer in offers_from(terms) if offer.kind is OfferKind.FLAT_FEE]

    assert counts == [3, 6, 12, 24]
    assert most_instalments(terms) == 24
    account = Account("Baitiao", "JD Finance", "CNY", terms=terms)
    (note,) = outcome(bill(account=account), flat("0.5", 36), TODAY).notes
    assert note.values["most"] == 24
    assert not outcome(bill(account=account), flat("0.5", 24), TODAY).notes


def test_terms_that_say_nothing_ask_about_the_usual_numbers_of_instalments() -> None:
    offers = offers_from(Terms())

    assert [o.count for o in offers if o.kind is OfferKind.FLAT_FEE] == [3, 6, 12, 24]
    assert all(o.fee.is_unknown for o in offers)


@pytest.mark.parametrize(
    ("texts", "has_minimum"),
    [
        ([(Term.FEE_WHOLE, "3", "0.015")], False),
        ([(Term.FEE_RATE, "3", "0.015")], False),
        ([(Term.FEE_WHOLE, "3", "0.015"), (Term.MINIMUM, "", "0.1")], True),
        ([(Term.FEE_WHOLE, "3", "0.015"), (Term.MINIMUM_RULE, "", "baitiao")], True),
        ([(Term.FEE_WHOLE, "3", "0.015"), (Term.MINIMUM_LEAST, "", "50")], True),
        ([(Term.FEE_WHOLE, "3", "0.015"), (Term.CARRY_RATE, "", "0.0005")], True),
        ([], True),
        ([(Term.INTEREST_RATE, "", "0.18")], True),
    ],
)
def test_no_minimum_is_offered_where_there_are_instalments_only(
    texts: list[tuple[Term, str, str]], *, has_minimum: bool
) -> None:
    kinds = {offer.kind for offer in offers_from(claims(*texts))}

    assert (OfferKind.MINIMUM in kinds) is has_minimum


def test_the_ways_of_another_lender_carry_its_name_and_do_not_repeat_paying_in_full() -> None:
    offers = offers_from(claims((Term.FEE_RATE, "3", "0.01")), whose="Huabei")

    assert OfferKind.FULL not in {offer.kind for offer in offers}
    assert explain(offers[0].label) == "Huabei: 3 instalments"


def test_outcomes_sort_by_what_matters_and_a_range_by_its_high_end() -> None:
    unsure = Offer(
        OfferKind.FLAT_FEE,
        6,
        Sourced(tuple(Claim(Rate(Decimal(text), Per.MONTH), Source(text)) for text in ("0.001", "0.02"))),
        id="unsure",
    )
    offers = [
        replace(flat("0.5", 12), id="twelve"),
        unsure,
        replace(flat("1.5", 3), id="three"),
        Offer(OfferKind.FULL, id="full"),
        Offer(OfferKind.MINIMUM, 0, id="unknown"),
    ]
    outcomes = [outcome(bill(), offer, TODAY) for offer in offers]

    def order(by: SortBy) -> list[str]:
        return [result.offer.id for result in compare(outcomes, by)]

    assert order(SortBy.TOTAL) == ["full", "three", "twelve", "unsure", "unknown"]
    assert order(SortBy.RATE) == ["full", "twelve", "three", "unsure", "unknown"]
    assert order(SortBy.BIGGEST_MONTH) == ["twelve", "unsure", "three", "full", "unknown"]
    assert order(SortBy.LAST) == ["full", "three", "unsure", "twelve", "unknown"]


@pytest.mark.row("C025")
def test_whether_baitiao_is_cheaper_than_a_card_depends_on_its_rate() -> None:
    # A card at 0.75 % a month over 6 months is 15.27 % nominal (China Merchants Bank, as an example).
    card = outcome(bill("6000.00"), flat("0.75", 6), TODAY)
    cheap = outcome(bill("6000.00"), flat("0.5", 6), TODAY)
    dear = outcome(bill("6000.00"), flat("1.2", 6), TODAY)

    assert figures(card)[0] == 15.27
    assert compare([card, cheap, dear], SortBy.RATE) == (cheap, card, dear)


def test_how_it_was_made_names_every_source_and_repeats_the_figures() -> None:
    terms = claims((Term.FEE_RATE, "3", "0.005"), (Term.FEE_RATE, "3", "0.012"))
    (offer,) = (o for o in offers_from(terms) if o.kind is OfferKind.FLAT_FEE)
    result = outcome(bill(), offer, TODAY)

    assert result.derivation is not None
    sources = {given.source.name for given in result.derivation.given if given.source is not None}
    assert sources == {"page 0", "page 1"}
    totals = [w.result for w in result.derivation.workings if str(w.text) == "All payments together"]
    assert result.total == Span(*totals)


def test_the_working_of_a_minimum_shows_each_charge() -> None:
    result = outcome(bill("1000.00"), minimum_of((Term.CARRY_FROM, "", "due")), TODAY)

    assert result.derivation is not None
    texts = [str(working.text) for working in result.derivation.workings]
    assert texts[0].endswith("× 31 days")
    assert ChargedFrom.DUE.value not in texts[0]
