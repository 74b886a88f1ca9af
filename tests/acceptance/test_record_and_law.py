"""Scenarios of recording, comparing and being late, through the services that every window uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome
from planner.domain.overdue import LateCost, Milestone
from planner.domain.payment import Payment
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.i18n import explain
from planner.services.account_states import note_lifted, note_state
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.services.compare import comparison, typed_question
from planner.services.overdue import cost_of_delay, late_claims, set_late_terms
from planner.store import catalogue
from planner.store.store import Store

DUE_ON = date(2026, 11, 10)
CATALOGUES = Path(__file__).parents[2] / "translations"


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def baitiao(store: Store) -> Account:
    """The person's Baitiao, opened from its sheet."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


@pytest.fixture
def bill(store: Store, baitiao: Account) -> Bill:
    """A bill of 1,000.00 of which 100.00 had to be paid by the 10th."""
    lines = (BillLine(LineKind.UNITEMISED, yuan("1000.00")),)
    with store.transaction():
        return save_bill(store, Bill(baitiao.id, date(2026, 11, 1), DUE_ON, lines, yuan("100.00")))


def told(found: LateCost, words: str) -> Milestone:
    """The one milestone that says something."""
    (mark,) = (mark for mark in found.milestones if words in explain(mark.text))
    return mark


# --- Recording


@pytest.mark.row("C001")
def test_an_account_of_baitiao_brings_its_lender_its_currency_and_sourced_terms_of_its_own(
    store: Store, baitiao: Account
) -> None:
    kept = store.accounts.get(baitiao.id)

    assert (kept.product, kept.lender, kept.currency) == ("jd-baitiao", "JD Finance", "CNY")
    assert kept.terms.claims
    assert all(claim.source.name and claim.source.checked for claim in kept.terms.claims)
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    assert sheet.country == "CN"
    assert sheet.cycle_source is not None


@pytest.mark.row("C020", "C059", "C060")
@pytest.mark.parametrize("words", ["Comment annuler Jingdong Baitiao", "JD.COM's IOUs", "fictitious"])
def test_a_weak_article_is_called_weak_and_one_that_calls_itself_fictitious_never_stands_alone(
    baitiao: Account, words: str
) -> None:
    claims = [claim for claim in baitiao.terms.claims if words in claim.source.name]

    assert claims
    called = Reliability.FICTITIOUS if words == "fictitious" else Reliability.LOW
    assert {claim.source.reliability for claim in claims} == {called}
    assert all("undated" in claim.source.name for claim in claims)
    for claim in claims if words == "fictitious" else ():
        others = [
            other
            for other in baitiao.terms.of(claim.term)
            if other.about == claim.about and "fictitious" not in other.source.name
        ]
        assert claim.text in {other.text for other in others}


@pytest.mark.row("C053")
def test_frozen_and_locked_are_dated_may_overlap_and_are_kept_when_they_end(
    store: Store, baitiao: Account, bill: Bill, today: date
) -> None:
    assert bill.id in {due.id for due in store.ledgers.position(today).late}
    assert store.accounts.get(baitiao.id).states == ()  # late follows from the bills: it is no state

    with store.transaction():
        note_state(store, baitiao.id, State.FROZEN, date(2026, 11, 15), today)
    with store.transaction():
        note_state(store, baitiao.id, State.LOCKED, date(2026, 11, 18), today)
    kept = store.accounts.get(baitiao.id)
    assert kept.restrictions_on(date(2026, 11, 16)) == {State.FROZEN}
    assert kept.restrictions_on(today) == {State.FROZEN, State.LOCKED}
    assert kept.life_on(today) is State.OPEN

    with store.transaction():
        note_lifted(store, baitiao.id, State.FROZEN, date(2026, 11, 20), today)
    kept = store.accounts.get(baitiao.id)
    assert kept.restrictions_on(today) == {State.LOCKED}
    assert kept.restrictions_on(date(2026, 11, 19)) == {State.FROZEN, State.LOCKED}


@pytest.mark.row("C046", "C093")
def test_each_part_that_is_paid_lowers_the_rest_and_the_minimum_until_nothing_is_late(
    store: Store, baitiao: Account, bill: Bill, today: date
) -> None:
    seen = []
    for amount in ("60.00", "40.00", "900.00", "5.00"):
        with store.transaction():
            pay(store, Payment(baitiao.id, yuan(amount), DUE_ON))
        due = store.ledgers.history(baitiao.id, today).due(bill.id)
        assert due is not None
        seen.append((due.open, due.open_minimum, due.is_late(today)))

    assert seen == [
        (yuan("940.00"), yuan("40.00"), True),
        (yuan("900.00"), yuan("0"), False),
        (yuan("0"), yuan("0"), False),
        (yuan("0"), yuan("0"), False),
    ]
    # More than is due is kept as a credit, never refused.
    assert store.ledgers.position(today).credit == {baitiao.id: yuan("5.00")}


# --- Comparing


@pytest.mark.row("C015", "C025")
def test_baitiao_and_huabei_stand_side_by_side_by_what_they_really_cost(
    baitiao: Account, today: date
) -> None:
    huabei = catalogue.product("huabei")
    assert huabei is not None
    found = comparison(typed_question(yuan("1000.00"), baitiao, today), (), today, beside=huabei)
    by_name = {explain(each.offer.label): each for each in found.outcomes}

    def figures(outcome: Outcome) -> tuple[Span[Money] | None, str, str]:
        assert outcome.nominal is not None
        ends = (outcome.nominal.low, outcome.nominal.high)
        low, high = (f"{rate.fraction * 100:.2f}" for rate in ends)
        return outcome.total, low, high

    # 0.5 to 1.2 % a month against 2.5 % for all three; 8.98 to 21.47 % and 14.94 % a year.
    ours, theirs = by_name["3 instalments"], by_name["Huabei: 3 instalments"]
    assert figures(ours) == (Span(yuan("1015.00"), yuan("1036.00")), "8.98", "21.47")
    assert figures(theirs) == (Span.exactly(yuan("1025.00")), "14.94", "14.94")
    # A range sorts by its high end: what is not sure never looks better than what is.
    assert found.outcomes.index(theirs) < found.outcomes.index(ours)


def msgids() -> Iterator[str]:
    """Everything that the program can say, from the catalogue that translators work on."""
    text = (CATALOGUES / "planner.pot").read_text(encoding="utf-8")
    for block in re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', text, re.MULTILINE):
        yield "".join(re.findall(r'"(.*)"', block))


@pytest.mark.row("C023", "C026")
def test_no_sentence_advertises_a_product_or_counts_its_users() -> None:
    said = list(msgids())

    assert len(said) > 500
    for text in said:
        assert not re.search(
            r"1[ ,.]?100|\bmillions?\b|\busers\b|first of its kind|popular", text, re.IGNORECASE
        ), text


# --- Being late


@pytest.mark.row("C048")
def test_the_cost_of_waiting_one_more_day_is_known_for_each_day(
    store: Store, baitiao: Account, bill: Bill, today: date
) -> None:
    # By the person's own contract: 0.05 % a day of 1,000.00 that are late is 0.50 a day.
    contract = Source("My contract", today, Reliability.CONTRACT, Origin.CONTRACT)
    with store.transaction():
        set_late_terms(store, baitiao.id, late_claims(contract, Decimal("0.0005"), grace=0))
    with store.transaction():
        store.bills.save(replace(bill, minimum=None))

    found = cost_of_delay(store, [bill.id], today, today + timedelta(days=30))

    assert found.days[0].day == DUE_ON
    costs = [day.cost for day in found.days]
    assert all(cost.is_single for cost in costs)
    assert {later.low - sooner.low for sooner, later in pairwise(costs)} == {yuan("0.50")}
    assert [day for day, _ in found.scenarios] == [today, today + timedelta(days=30)]


@pytest.mark.row("C030", "C031", "C033")
def test_courts_are_told_of_with_their_law_and_only_for_whom_they_concern(
    store: Store, bill: Bill, today: date
) -> None:
    found = cost_of_delay(store, [bill.id], today, today + timedelta(days=90))

    court = told(found, "to court")
    words = explain(court.text)
    assert court.on is None  # no day of it can be foretold
    assert "Only when a judgement is not obeyed may flights and fast trains be restricted" in words
    assert "people who could pay or who evade paying" in words
    assert "Supreme People's Court" in court.source
    assert "2013" in court.source
    everything = " ".join(explain(mark.text) for mark in found.milestones).lower()
    assert not re.search(r"lao ?lai|shame|prison|malicious|!", everything)


@pytest.mark.row("C041")
def test_paying_late_does_not_take_the_record_away_at_once(store: Store, bill: Bill, today: date) -> None:
    found = cost_of_delay(store, [bill.id], today, today)

    assert told(found, "five years after everything is paid").on == date(2031, 11, 22)
    assert found.record_leaves(today) == date(2031, 11, 22)


@pytest.mark.row("C056", "C057")
def test_the_official_report_is_named_with_its_law_and_no_other_service(
    store: Store, bill: Bill, today: date
) -> None:
    found = cost_of_delay(store, [bill.id], today, today)

    report = told(found, "Two reports a year are free")
    assert "征信业管理条例" in report.source
    assert "art. 17" in report.source
    assert not any(re.search(r"sky data|big data|mini.?program", text, re.IGNORECASE) for text in msgids())
