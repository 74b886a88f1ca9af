import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.law.cap_flags import Flag
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, own_loan, own_offer
from planner.domain.offers.cost_card import CostCard
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming
from planner.reports.cost_card import card_pdf
from planner.reports.pack import Part, ReportPack, WorkedOut, compose, report_pack
from planner.services.compare import card_of, comparison, in_full, typed_question
from planner.store.store import Store

Extract = Callable[[bytes], str]
Card = tuple[CostCard, tuple[Flag, ...]]


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type/Page\b", pdf))


@pytest.fixture
def card(store: Store, account: Account, today: date) -> Callable[..., Card]:
    """The cost card of a way to settle 1,000.00 with the terms of Baitiao."""

    def make(offer_id: str, own: Sequence[Offer] = ()) -> Card:
        question = typed_question(Money.of("1000", "CNY"), account, today)
        found = in_full(store, comparison(question, own, today))
        (outcome,) = (each for each in found.outcomes if each.offer.id == offer_id)
        made = card_of(found, outcome)
        assert made is not None
        return made, found.flags_of(outcome)

    return make


def test_a_cost_card_is_one_table_with_who_charges_what(
    card: Callable[..., Card], today: date, text_of: Extract
) -> None:
    text = text_of(card_pdf(*card("flat_fee-12"), today, "en"))

    for words in (
        "Cost card: 12 instalments",
        "counted in whole months from 22 Nov 2026, one month before the first payment",
        "JD Finance",
        "10.90% – 25.59% (12 × monthly), 11.46% – 28.82% compounded",
        "CN¥60.00 – CN¥144.00",
        "CN¥1,060.00 – CN¥1,144.00",
        "If everything is paid in time",
        "On top, if something is not paid in time",
        "0.03% a day",
        "unknown",
        "11 payments of CN¥88.33; 1 payment of CN¥88.37",
        "Supreme People's Court",
        "The lender may charge nothing but what it shows in its own table.",
        "Page 1 of 1",
    ):
        assert words in text


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
@pytest.mark.parametrize("offer", ["flat_fee-24", "minimum", "promotion-3"])
def test_it_has_room_on_one_page(card: Callable[..., Card], today: date, language: str, offer: str) -> None:
    assert pages_of(card_pdf(*card(offer), today, language)) == 1


def test_the_same_card_gives_the_same_bytes(card: Callable[..., Card], today: date) -> None:
    made = card("flat_fee-6")
    assert card_pdf(*made, today, "en") == card_pdf(*made, today, "en")


def test_an_offer_of_ones_own_with_many_payments_and_a_fee_at_the_beginning(
    card: Callable[..., Card], today: date, text_of: Extract
) -> None:
    loan = own_loan(
        "#panic() $1$", 36, Rate(Decimal("0.12")), OfferKind.EQUAL_PRINCIPAL, Money.of("20", "CNY")
    )
    text = text_of(card_pdf(*card(loan.id, [loan]), today, "en"))

    assert "Cost card: #panic() $1$" in text
    assert "Fee at the beginning" in text
    assert "37 payments of CN¥20.00 – CN¥37.77" in text  # 27.77 a month, and 1 % of 1,000.00 at first


def test_payments_of_one_day_stand_alone(card: Callable[..., Card], today: date, text_of: Extract) -> None:
    once = own_offer("Once", 1, Rate(Decimal("0.01"), Per.MONTH), FeeTiming.EVEN)
    text = text_of(card_pdf(*card(once.id, [once]), today, "en"))
    assert "1 payment of CN¥1,010.00; on 22 Dec 2026" in text


def test_a_report_has_it_on_a_page_of_its_own_with_the_workings(
    pack: ReportPack, store: Store, today: date, card: Callable[..., Card], text_of: Extract
) -> None:
    parts = replace(pack.parts, parts=frozenset({Part.COST_CARD, Part.WORKINGS}))
    shown, flags = card("flat_fee-12")
    made = report_pack(store, today, parts, WorkedOut(card=shown, card_flags=tuple(flags)))
    assert (made.worked.card, len(made.worked.card_flags)) == (shown, 2)
    text = text_of(compose(made, "en"))

    assert "Cost card: 12 instalments" in text
    assert "(see A1)" in text
    assert "A1. True rate: 10.90% – 25.59%" in text
    assert "Instalment 2, 22 Jan 2027: CN" not in text  # each payment has no entry of its own
    without = replace(made, parts=replace(parts, parts=frozenset({Part.FACTS})))
    assert "Cost card" not in text_of(compose(without, "en"))


def test_the_comparison_says_the_legal_lines_once_and_what_the_minimum_comes_to(
    pack: ReportPack, store: Store, today: date, text_of: Extract
) -> None:
    comparison_ = pack.worked.comparison
    assert comparison_ is not None
    parts = replace(pack.parts, parts=frozenset({Part.COMPARISON}))
    worked = replace(pack.worked, comparison=in_full(store, comparison_))
    text = text_of(compose(replace(pack, parts=parts, worked=worked), "en"))

    assert text.count("up to which courts protect interest between private lenders") == 1
    assert "legal lines: Perhaps above 12.00%" in text
    assert "If only the minimum is paid" in text
    assert text.count("True rate,") == 2  # the heads of two columns
    assert "Legal line: 12.00%" not in text  # no workings are wanted
    assert today == comparison_.today
