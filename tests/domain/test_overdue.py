import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.late.charges import late_charges
from planner.domain.late.ends import late_ends
from planner.domain.money import Money, sum_of
from planner.domain.overdue import (
    LateCost,
    LateItem,
    Milestone,
    by_source,
    late_case,
    late_cost,
    penalty_span,
    simple_penalty,
)
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Source, Span
from planner.domain.term import LateBase, Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase
from planner.store.catalogue import product

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
TODAY = date(2026, 11, 22)
DUE = date(2026, 11, 10)
NOTHING = Money(0, "CNY")


def vectors(kind: str) -> list[Any]:
    found: list[Any] = json.loads((VECTORS / f"{kind}.json").read_text(encoding="utf-8"))
    return [pytest.param(vector, id=vector["id"]) for vector in found]


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def item(amount: str = "1000.00", due_on: date = DUE, **more: Any) -> LateItem:
    return LateItem(Phrase("Bill"), due_on, yuan(amount), **more)


def terms(**texts: str | tuple[str, ...]) -> Terms:
    listed = {name: (given,) if isinstance(given, str) else given for name, given in texts.items()}
    return Terms(
        tuple(
            TermClaim(Term(name), "", text, Source(f"page of {text}"))
            for name, given in listed.items()
            for text in given
        )
    )


KNOWN = terms(late_rate="0.0005", late_base="overdue", grace_days="0")


def baitiao() -> Terms:
    sheet = product("jd-baitiao")
    assert sheet is not None
    return sheet.terms


def cost_on(day: date, known: Terms, *items: LateItem, other: Money = NOTHING, **more: Any) -> Span[Money]:
    found = late_cost(items or (item(),), other, known, TODAY, day, **more)
    assert found.at is not None
    return found.at.value


# --- the penalty itself ----------------------------------------------------------------------------


@pytest.mark.parametrize("vector", vectors("overdue_simple"))
def test_the_penalty_for_some_days(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    least = Decimal(inputs["min_per_day"]) if "min_per_day" in inputs else None

    found = simple_penalty(
        yuan(inputs["unpaid"]), Rate(Decimal(inputs["daily_rate"]), Per.DAY), inputs["days"], least
    )

    assert found == yuan(vector["expected"]["penalty"])


@pytest.mark.row("C045", "C055")
@pytest.mark.parametrize("vector", vectors("overdue_range"))
def test_disputed_rates_give_a_range_of_penalties(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    rates = [Rate(Decimal(text), Per.DAY) for text in inputs["rates"]]

    found = penalty_span(yuan(inputs["unpaid"]), rates, inputs["days"])

    assert found == Span(yuan(expected["low"]), yuan(expected["high"]))


@pytest.mark.row("C045", "C055")
def test_baitiao_late_by_30_days_is_a_band_from_0_03_to_0_07_per_cent_each_bound_with_its_source() -> None:
    until = DUE + timedelta(days=30)
    found = late_cost([item()], NOTHING, baitiao(), TODAY, until)

    assert found.at is not None
    assert found.at.value == Span(yuan("9.00"), yuan("21.00"))
    assert found.rate == Span(Rate(Decimal("0.0003"), Per.DAY), Rate(Decimal("0.0007"), Per.DAY))
    ends = [given for given in found.at.derivation.given if str(given.label).endswith(": rate")]
    assert [given.value.fraction for given in ends] == [Decimal("0.0003"), Decimal("0.0007")]
    sources = [given.source.name for given in ends if given.source is not None]
    assert "JD.COM's IOUs" in sources[0]
    assert "yunqishi" in sources[1]


@pytest.mark.row("C055")
def test_an_article_that_contradicts_itself_is_one_source_with_a_range() -> None:
    said = {given.source.name: given.rates for given in by_source(baitiao().late_rate)}

    (article,) = (rates for name, rates in said.items() if "JD.COM's IOUs" in name)
    assert article == Span(Rate(Decimal("0.0003"), Per.DAY), Rate(Decimal("0.0005"), Per.DAY))
    assert len(said) == 6


# --- when it starts --------------------------------------------------------------------------------


@pytest.mark.row("C054")
def test_the_cost_starts_on_the_day_after_the_due_date() -> None:
    assert cost_on(TODAY, KNOWN, item(due_on=TODAY)) == Span.exactly(NOTHING)
    assert cost_on(TODAY + timedelta(days=1), KNOWN, item(due_on=TODAY)) == Span.exactly(yuan("0.50"))


@pytest.mark.row("C054")
def test_within_the_days_of_grace_nothing_is_charged_and_after_them_every_day_since_the_due_date() -> None:
    known = terms(late_rate="0.0005", late_base="overdue", grace_days="3")
    due = item(due_on=TODAY)

    assert cost_on(TODAY + timedelta(days=3), known, due) == Span.exactly(NOTHING)
    assert cost_on(TODAY + timedelta(days=4), known, due) == Span.exactly(yuan("2.00"))


def test_unknown_grace_and_base_widen_the_band_and_are_named() -> None:
    known = terms(late_rate="0.0005")
    found = late_cost([item(due_on=TODAY)], yuan("500.00"), known, TODAY, TODAY + timedelta(days=3))

    assert found.at is not None
    assert found.at.value == Span(NOTHING, yuan("2.25"))  # three days of grace; 1,500 × 0.05 % × 3 days
    assert {str(words) for words in found.missing} == {
        "It is unknown what the late rate is charged on.",
        "The grace days are unknown.",
    }
    assert len(found.assumed) == 2
    texts = [str(working.text) for working in found.at.derivation.workings]
    assert sum("taken for granted because nobody says" in text for text in texts) == 6
    assert all(given.source is not None for given in found.at.derivation.given[1:])


def test_without_a_late_rate_there_is_no_figure_but_a_sentence() -> None:
    found = late_cost([item()], NOTHING, Terms(), TODAY, TODAY, [TODAY])

    assert found.at is None
    assert found.days == ()
    assert found.scenarios == ((TODAY, None),)
    assert str(found.missing[0]).startswith("The late rate a day is unknown")


def test_the_users_own_rate_takes_the_place_of_the_range() -> None:
    own = TermClaim(Term.LATE_RATE, "", "0.0004", Source("", origin=Origin.CONTRACT))

    found = cost_on(DUE + timedelta(days=30), baitiao().overridden(own))

    assert found == Span.exactly(yuan("12.00"))


# --- what it is charged on -------------------------------------------------------------------------


def test_the_widest_base_charges_all_that_is_unpaid_from_the_first_missed_date() -> None:
    known = terms(late_rate="0.0005", late_base="all_unpaid", grace_days="0")
    later = item("500.00", DUE + timedelta(days=5))

    assert cost_on(DUE + timedelta(days=10), known, item(), later, other=yuan("500.00")) == Span.exactly(
        yuan("10.00")
    )


def test_what_was_paid_meanwhile_is_charged_until_it_was_paid() -> None:
    # 1,000 due on the 10th, 400 paid on the 14th: 600 × 12 days + 400 × 4 days.
    partly = item(
        "600.00", paid=((DUE - timedelta(days=3), yuan("50.00")), (DUE + timedelta(days=4), yuan("400.00")))
    )

    assert cost_on(DUE + timedelta(days=12), KNOWN, partly) == Span.exactly(yuan("4.40"))


def test_penalties_that_are_due_already_are_charged_again_at_the_high_end_only() -> None:
    bill = item("1100.00", penalties=yuan("100.00"))

    assert cost_on(DUE + timedelta(days=10), KNOWN, bill) == Span(yuan("5.00"), yuan("5.50"))


def test_penalties_are_left_out_of_the_low_end_before_their_bill_is_late_too() -> None:
    """Everything unpaid is charged from the first missed due date, whatever it is due on itself."""
    everything = terms(late_rate="0.0005", late_base="all_unpaid", grace_days="0")
    first = item("100.00")
    coming = item("1100.00", due_on=DUE + timedelta(days=20), penalties=yuan("100.00"))

    assert cost_on(DUE + timedelta(days=10), everything, first, coming) == Span(yuan("5.50"), yuan("6.00"))
    assert cost_on(DUE + timedelta(days=30), everything, first, coming) == Span(yuan("16.50"), yuan("18.00"))


def test_what_the_lender_has_posted_is_not_counted_again() -> None:
    day = DUE + timedelta(days=20)

    assert cost_on(day, KNOWN, posted=yuan("4.00")) == Span.exactly(yuan("6.00"))
    assert cost_on(day, KNOWN, posted=yuan("40.00")) == Span.exactly(NOTHING)


@pytest.mark.row("C046")
def test_a_bill_whose_minimum_is_paid_is_not_late_but_its_rest_is_charged() -> None:
    carried = item("900.00", paid=((DUE, yuan("100.00")),), is_carried=True)
    known = terms(
        late_rate="0.0007", carry_rate="0.0005", carry_from="due", late_base="overdue", grace_days="0"
    )

    found = late_cost([carried], NOTHING, known, TODAY, DUE + timedelta(days=31))

    assert found.at is not None
    assert found.at.value == Span.exactly(yuan("13.95"))
    (only,) = found.milestones
    assert "nothing here is late" in str(only.text)
    assert found.record_leaves(TODAY) is None


@pytest.mark.parametrize("vector", vectors("cc_cn_min_interest"))
def test_a_card_charges_each_purchase_from_its_posting_until_each_payment(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    known = terms(carry_rate=inputs["daily_rate"], carry_from="purchase")
    total = sum_of((yuan(bought["amount"]) for bought in inputs["transactions"]), "CNY")
    paid = tuple((date.fromisoformat(p["date"]), yuan(p["amount"])) for p in inputs["payments"])
    (posted,) = {date.fromisoformat(bought["posted"]) for bought in inputs["transactions"]}
    left = total - sum_of((amount for _, amount in paid), "CNY")
    bill = LateItem(
        Phrase("Bill"), date(2026, 4, 23), left, paid=paid, bought=Span.exactly(posted), is_carried=True
    )

    ends = late_ends(known, "CN")
    day = date.fromisoformat(inputs["next_statement"])
    case = late_case([bill], NOTHING)
    charged = [sum_of((c.amount for c in late_charges(case, end, day)), "CNY") for end in ends]

    assert charged == [yuan(expected["interest"])] * 2
    if "principal_left" in expected:
        assert left == yuan(expected["principal_left"])


@pytest.mark.parametrize("vector", vectors("cc_cn_late_fee"))
def test_a_card_charges_a_part_of_the_unpaid_minimum(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    known = terms(late_rate="0", late_fee=inputs["rate"], late_base="overdue", grace_days="0")
    unpaid = yuan(inputs["minimum"]) - yuan(inputs["paid"])

    found = cost_on(DUE + timedelta(days=5), known, item("8000.00", minimum=unpaid))

    assert found == Span.exactly(yuan(vector["expected"]["fee"]))


def test_the_fee_on_the_minimum_may_come_again_each_month_at_the_high_end() -> None:
    known = terms(late_rate="0", late_fee="0.05", late_base="overdue", grace_days="0")

    assert cost_on(DUE + timedelta(days=40), known, item("8000.00", minimum=yuan("800.00"))) == Span(
        yuan("40.00"), yuan("80.00")
    )


# --- the series ------------------------------------------------------------------------------------

amounts = st.integers(1, 5_000_000).map(lambda minor: Money(minor, "CNY"))
offsets = st.integers(-90, 90)
rates = st.lists(st.sampled_from(("0.0001", "0.0003", "0.0005", "0.0007")), min_size=1, max_size=3)


@given(
    st.lists(st.tuples(amounts, offsets), min_size=1, max_size=4),
    amounts,
    rates,
    st.lists(st.sampled_from(list(LateBase)), max_size=2),
    st.lists(st.integers(0, 10), max_size=2),
)
def test_waiting_never_makes_it_cheaper_and_the_low_end_is_never_above_the_high(
    dues: list[tuple[Money, int]], other: Money, daily: list[str], bases: list[LateBase], graces: list[int]
) -> None:
    items = [LateItem(Phrase("Bill"), TODAY + timedelta(days=days), amount) for amount, days in dues]
    known = terms(
        late_rate=tuple(daily),
        late_base=tuple(base.value for base in bases),
        grace_days=tuple(str(days) for days in graces),
    )
    found = late_cost(items, other, known, TODAY, TODAY + timedelta(days=120))

    assert found.at is not None
    assert found.days[-1].cost == found.at.value
    assert all(day.cost.low <= day.cost.high for day in found.days)
    for earlier, later in zip(found.days, found.days[1:], strict=False):
        assert earlier.cost.low <= later.cost.low
        assert earlier.cost.high <= later.cost.high
        assert later.day - earlier.day == timedelta(days=1)


def test_the_weeks_are_every_seventh_day_and_the_last() -> None:
    found = late_cost([item(due_on=TODAY)], NOTHING, KNOWN, TODAY, TODAY + timedelta(days=16))

    assert [(day.day - TODAY).days for day in found.weeks] == [0, 7, 14, 16]


def test_every_day_of_the_series_says_how_its_cost_was_made() -> None:
    until = DUE + timedelta(days=20)
    found = late_cost([item()], NOTHING, baitiao(), DUE + timedelta(days=10), until)

    assert found.days[0].day == DUE
    made = [found.made(day.day) for day in found.days]
    assert [each.value for each in made if each is not None] == [day.cost for day in found.days]
    assert made[-1] == found.at
    assert late_cost([item()], NOTHING, Terms(), DUE, until).made(until) is None


def test_what_is_to_pay_is_what_is_late_with_its_cost() -> None:
    found = late_cost([item()], NOTHING, baitiao(), TODAY, DUE + timedelta(days=30))

    assert found.at is not None
    assert found.to_pay(found.at.value) == Span(yuan("1009.00"), yuan("1021.00"))


# --- milestones ------------------------------------------------------------------------------------


def milestone(found: LateCost, words: str) -> Milestone:
    return next(mark for mark in found.milestones if words in explain(mark.text))


@pytest.mark.row("C050", "C054")
def test_the_milestones_are_the_day_after_the_due_date_and_ninety_days() -> None:
    found = late_cost([item()], NOTHING, baitiao(), TODAY, TODAY)

    assert milestone(found, "Late from this day on").on == date(2026, 11, 11)
    assert milestone(found, "90 days").on == DUE + timedelta(days=90)
    assert all(mark.source for mark in found.milestones)
    dated = [mark.on for mark in found.milestones if mark.on is not None]
    assert dated == sorted(dated)


@pytest.mark.row("C041")
def test_a_record_leaves_five_years_after_everything_is_paid_and_not_before_that_has_begun() -> None:
    found = late_cost([item()], NOTHING, baitiao(), TODAY, date(2027, 2, 20))

    assert milestone(found, "five years after").on == date(2032, 2, 20)
    assert milestone(found, "the five years have not started").on is None
    assert found.record_leaves(TODAY) == date(2031, 11, 22)


@pytest.mark.row("C041")
def test_what_was_late_in_the_years_of_the_repair_hears_that_it_is_over() -> None:
    old = late_cost([item(due_on=date(2025, 6, 10))], NOTHING, baitiao(), TODAY, TODAY)
    new = late_cost([item()], NOTHING, baitiao(), TODAY, TODAY)

    assert milestone(old, "one-time repair").text.values["date"] == date(2026, 3, 31)
    assert not any("one-time repair" in str(mark.text) for mark in new.milestones)


def test_a_euro_account_hears_of_french_law_and_not_of_chinese() -> None:
    # Two instalments of 120: at most 8 % of them, 19.20 (C. conso. D312-16).
    due = LateItem(Phrase("Two instalments"), DUE, Money.of("240.00", "EUR"))
    found = late_cost([due], Money(0, "EUR"), Terms(), TODAY, TODAY)

    assert milestone(found, "8 %").text.values["amount"] == Money.of("19.20", "EUR")
    assert milestone(found, "FICP").on == DUE + timedelta(days=60)
    assert not any("信" in mark.source for mark in found.milestones)
    assert found.record_leaves(TODAY) is None


def test_the_last_day_of_a_known_grace_is_a_milestone() -> None:
    found = late_cost([item()], NOTHING, terms(late_rate="0.0005", grace_days="3"), TODAY, TODAY)

    assert milestone(found, "days of grace: paid by then").on == DUE + timedelta(days=3)


def test_no_milestone_judges_or_threatens() -> None:
    texts = [
        str(mark.text).lower()
        for found in (
            late_cost([item(due_on=date(2025, 6, 10))], NOTHING, baitiao(), TODAY, TODAY),
            late_cost([replace(item(), unpaid=Money(100, "EUR"))], Money(0, "EUR"), Terms(), TODAY, TODAY),
        )
        for mark in found.milestones
    ]

    assert not any(
        word in text for text in texts for word in ("malicious", "!", "fail", "untrustworthy", "must ")
    )
