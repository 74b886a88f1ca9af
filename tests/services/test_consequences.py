"""Cards and days chosen by what is recorded: the account, its product, what is late and for how long."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.account import ELSEWHERE, Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.consequences.card import NO_CARDS, Cards, Standing
from planner.domain.dates import add_months
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.late.counts import late_counts
from planner.domain.money import Money
from planner.domain.overdue import LateCost, Milestone
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.i18n import explain
from planner.phrases import Phrase
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account
from planner.services.consequences import cards_for, cards_of_account, cards_of_case, marks_for
from planner.services.late_history import CountsAhead, counts_ahead
from planner.services.overdue import cost_of_delay, cost_of_delay_typed
from planner.store.catalogue import product
from planner.store.store import Store

YUAN = Money.of("100.00", "CNY")


def account(store: Store, product_id: str = "jd-baitiao") -> Account:
    sheet = product(product_id)
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, product_id))


def bill(store: Store, whose: Account, due_on: date) -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, Money.of("100.00", whose.currency)),)
    found = Bill(whose.id, due_on - timedelta(days=9), due_on, lines)
    with store.transaction():
        store.bills.save(found)
    return found


def ids(cards: Cards) -> set[str]:
    return {card.id for card in cards.first}


def marked(cost: LateCost, words: str) -> Milestone:
    (found,) = (mark for mark in cost.milestones if words in explain(mark.text))
    return found


# --- which cards


@pytest.mark.row("C095")
def test_who_is_in_time_is_told_first_of_the_messages_only(store: Store, today: date) -> None:
    whose = account(store)
    bill(store, whose, today)

    found = cards_of_account(store, whose, today)

    assert ids(found) == {"messages"}
    assert {"court", "enforcement", "five-years"} <= {card.id for card in found.others}


@pytest.mark.row("C031", "C056", "C079", "C106")
def test_who_is_late_for_a_day_is_told_of_the_record_the_report_and_a_plan_but_not_of_courts(
    store: Store, today: date
) -> None:
    whose = account(store)
    bill(store, whose, today - timedelta(days=1))

    found = cards_of_account(store, whose, today)

    usual = {"messages", "credit-record", "when-reported", "agree-early", "five-years", "free-report"}
    assert ids(found) == usual | {"frozen"}
    assert {card.id for card in found.others} == {
        *("object", "criteria-differ", "court", "after-judgement", "enforcement"),
    }


@pytest.mark.parametrize(("days", "is_told"), [(60, False), (61, True), (400, True)])
@pytest.mark.row("C030", "C032", "C033")
def test_courts_stand_first_only_after_two_months(
    store: Store, today: date, days: int, *, is_told: bool
) -> None:
    whose = account(store)
    bill(store, whose, today - timedelta(days=days))

    found = cards_of_account(store, whose, today)

    assert ({"court", "after-judgement", "enforcement"} <= ids(found)) is is_told


def test_who_was_late_and_has_paid_is_told_of_the_record_only(store: Store, today: date) -> None:
    whose = account(store)
    due = bill(store, whose, today - timedelta(days=20))
    with store.transaction():
        store.payments.save(Payment(whose.id, YUAN, due.due_on + timedelta(days=3)))

    found = cards_of_account(store, whose, today)

    assert ids(found) == {"messages", "credit-record", "five-years", "free-report", "object"}


@pytest.mark.row("C053", "C106")
def test_a_frozen_account_and_a_reported_one_are_told_of_that(store: Store, today: date) -> None:
    whose = account(store)
    with store.transaction():
        note_state(store, whose.id, State.FROZEN, today, today)
    frozen = cards_of_account(store, store.accounts.get(whose.id), today)
    with store.transaction():
        note_state(store, whose.id, State.REPORTED, today, today)
    reported = cards_of_account(store, store.accounts.get(whose.id), today)

    assert ids(frozen) == {"messages", "frozen"}
    assert ids(reported) == {"messages", "frozen", "five-years", "free-report", "object"}
    assert ids(cards_of_account(store, store.accounts.get(whose.id), today - timedelta(days=1))) == {
        "messages"
    }


@pytest.mark.row("C051", "C052")
def test_three_late_months_in_a_row_bring_the_card_that_criteria_differ(store: Store, today: date) -> None:
    whose = account(store)
    for months in (1, 2, 3):
        due = bill(store, whose, add_months(today, -months))
        with store.transaction():
            store.payments.save(Payment(whose.id, YUAN, due.due_on + timedelta(days=5)))

    assert "criteria-differ" in ids(cards_of_account(store, whose, today))


def test_freezing_is_told_of_the_product_whose_sources_tell_of_it(store: Store, today: date) -> None:
    baitiao, huabei = account(store), account(store, "huabei")
    for whose in (baitiao, huabei):
        bill(store, whose, today - timedelta(days=40))

    told = cards_of_account(store, huabei, today)

    assert "frozen" in ids(cards_of_account(store, baitiao, today))
    assert "frozen" not in {card.id for card in (*told.first, *told.others)}
    card = account(store, "cn-credit-card")
    assert "card-fraud" in {each.id for each in cards_of_account(store, card, today).others}
    assert "card-fraud" not in {each.id for each in told.others}


@pytest.mark.parametrize(
    ("country", "named"),
    [
        ("CN", "征信业管理条例"),
        ("FR", "F17608"),
        ("GB", "General knowledge"),
        ("US", "General knowledge"),
        (ELSEWHERE, "General knowledge"),
    ],
)
def test_every_country_has_calm_cards_with_somebody_who_says_so(country: str, named: str) -> None:
    found = cards_for(Standing(country, days_late=100))

    assert len(found.first) >= 4
    assert {card.country for card in found.first} <= {country, ELSEWHERE}
    assert any(named in source.name for card in found.first for source in card.sources)
    assert len({card.id for card in (*found.first, *found.others)}) == len((*found.first, *found.others))


def test_only_in_china_is_a_record_said_to_stay_five_years() -> None:
    for country in ("FR", "GB", "US", ELSEWHERE):
        found = cards_for(Standing(country, days_late=100))
        everything = json.dumps([(card.title, card.text) for card in (*found.first, *found.others)])
        assert "People's Bank" not in everything
        assert "flights" not in everything


def test_procedures_about_being_late_have_cards_and_others_have_none(store: Store, today: date) -> None:
    whose = account(store)
    bill(store, whose, today - timedelta(days=10))

    negotiate = Case("negotiate", 1, whose.id, today)

    assert cards_of_case(store, negotiate, today) == cards_of_account(store, whose, today)
    assert cards_of_case(store, replace(negotiate, procedure="unfreeze"), today).first
    assert cards_of_case(store, replace(negotiate, procedure="cancel-card"), today) == NO_CARDS
    assert cards_of_case(store, replace(negotiate, account_id="gone"), today) == NO_CARDS


# --- which days


@pytest.mark.row("C030", "C050", "C053", "C095", "C106")
def test_the_way_of_a_late_bill_of_baitiao_has_every_day_with_who_says_so(store: Store, today: date) -> None:
    whose = account(store)
    due = bill(store, whose, date(2026, 11, 10))

    cost = cost_of_delay(store, [due.id], today, today + timedelta(days=90))

    messages = marked(cost, "Messages of the lender")
    assert messages.when == Span(date(2026, 11, 10), date(2026, 11, 11))
    assert "2024-11-17" in messages.source
    reported = marked(cost, "may be reported to the credit register")
    assert reported.when == Span(date(2026, 11, 11), date(2027, 2, 8))
    assert explain(reported.text).endswith("Ask the lender from which day it reports.")
    frozen = marked(cost, "may be frozen")
    assert frozen.when == date(2026, 11, 25)
    assert "53761.com.cn" in frozen.source
    assert "Not every source names a day." in explain(frozen.text)
    assert marked(cost, "90 days").on == date(2027, 2, 8)
    assert marked(cost, "3 late months in a row.").on == date(2027, 1, 11)
    assert marked(cost, "6 late months in all.").on == date(2027, 4, 11)
    assert marked(cost, "can sue ends").on == date(2029, 11, 10)
    assert marked(cost, "would leave the credit report").on == date(2032, 2, 20)
    assert marked(cost, "the five years have not started").on is None
    dated = [mark.on for mark in cost.milestones if mark.on is not None]
    assert dated == sorted(dated)
    assert all(source.name for mark in cost.milestones for source in mark.sources)
    assert ids(cost.cards) >= {"messages", "frozen"}


@pytest.mark.row("C053")
def test_what_was_recorded_of_the_account_stands_on_its_way(store: Store, today: date) -> None:
    whose = account(store)
    due = bill(store, whose, date(2026, 11, 1))
    with store.transaction():
        note_state(store, whose.id, State.FROZEN, date(2026, 11, 16), today)
        note_state(store, whose.id, State.REPORTED, date(2026, 11, 20), today)

    cost = cost_of_delay(store, [due.id], today, today)

    assert marked(cost, "the lender froze the account").on == date(2026, 11, 16)
    assert marked(cost, "the lender reported it").on == date(2026, 11, 20)


def test_a_made_up_amount_has_the_days_and_cards_of_its_country_and_product(today: date) -> None:
    due_on = today - timedelta(days=2)
    amount = Money.of("100.00", "CNY")

    plain = cost_of_delay_typed(amount, due_on, Terms(), today, today)
    baitiao = cost_of_delay_typed(amount, due_on, Terms(), today, today, product="jd-baitiao")
    french = cost_of_delay_typed(Money.of("100.00", "EUR"), due_on, Terms(), today, today)

    assert marked(plain, "Messages of the lender").on == due_on
    assert not any("frozen" in explain(mark.text) for mark in plain.milestones)
    assert marked(baitiao, "may be frozen").on == due_on + timedelta(days=15)
    assert "frozen" in ids(baitiao.cards) - ids(plain.cards)
    assert {card.country for card in french.cards.first} == {"FR", ELSEWHERE}
    assert "warning" in ids(french.cards)


def test_a_made_up_amount_that_is_not_late_yet_concerns_nobody_but_for_messages(today: date) -> None:
    amount, due_on = Money.of("100.00", "CNY"), today + timedelta(days=5)

    cost = cost_of_delay_typed(amount, due_on, Terms(), today, due_on)

    assert ids(cost.cards) == {"messages"}


def test_marks_are_those_of_the_country_and_the_product() -> None:
    assert {mark.id for mark in marks_for("CN", "jd-baitiao")} - {
        mark.id for mark in marks_for("CN", "huabei")
    } == {"frozen"}
    assert {mark.country for mark in marks_for("US", "")} == {"US"}
    assert marks_for(ELSEWHERE, "") == ()


# --- when the counts would get so far


def due(due_on: date, *paid_on: date) -> Due:
    parts = tuple(Allocation(str(number), day, YUAN) for number, day in enumerate(paid_on))
    return Due(
        due_on=due_on,
        kind=DueKind.BILL,
        id=str(due_on),
        account_id="a",
        paid=parts,
        label=Phrase("Bill"),
        parts={LineKind.PURCHASE: YUAN},
    )


TODAY = date(2026, 11, 22)


@pytest.mark.row("C051")
@pytest.mark.parametrize(
    ("dues", "grace", "three", "six"),
    [
        ((), 0, None, None),
        # A due on the 10th counts on the 11th, and again after the 10th of each month.
        ((due(date(2026, 11, 10)),), 0, date(2027, 1, 11), date(2027, 4, 11)),
        # In time so far: the same from its own date on; with grace the first counts later.
        ((due(date(2026, 12, 10)),), 0, date(2027, 2, 11), date(2027, 5, 11)),
        ((due(date(2026, 12, 10)),), 5, date(2027, 2, 11), date(2027, 5, 11)),
        # The month of a due that was paid late counts with the next.
        (
            (due(date(2026, 10, 10), date(2026, 10, 12)), due(date(2026, 11, 10))),
            0,
            date(2026, 12, 11),
            date(2027, 3, 11),
        ),
        # What was reached has no day ahead.
        ((due(date(2026, 8, 10)),), 0, None, date(2027, 1, 11)),
        ((due(date(2026, 5, 10)),), 0, None, None),
        # Eight months ahead is as far as anybody looks.
        ((due(date(2027, 2, 21)),), 0, date(2027, 4, 22), date(2027, 7, 22)),
        ((due(date(2027, 2, 22)),), 0, date(2027, 4, 23), None),
        # Month ends: 31 December, then 31 January, 28 February.
        ((due(date(2026, 12, 31)),), 0, date(2027, 3, 1), date(2027, 6, 1)),
        # A leap year: 29 February 2028 is further ahead than anybody looks.
        ((due(date(2027, 12, 31)),), 0, None, None),
        # Paid in advance.
        ((due(date(2026, 12, 10), date(2026, 11, 20)),), 0, None, None),
    ],
)
def test_when_three_in_a_row_and_six_in_all_would_be_reached(
    dues: tuple[Due, ...], grace: int, three: date | None, six: date | None
) -> None:
    assert counts_ahead(dues, TODAY, grace) == CountsAhead(three, six)


def test_in_a_leap_year_the_third_month_is_reached_on_the_first_of_march() -> None:
    found = counts_ahead((due(date(2027, 12, 31)),), date(2027, 12, 31))

    # 31 December, 31 January, 29 February: the day after that one.
    assert found.three_in_row_on == date(2028, 3, 1)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Due, ...]:
    """Some months of bills: paid in time, late, or not at all."""
    found = []
    for months in draw(st.sets(st.integers(-8, 4), max_size=6)):
        due_on = add_months(TODAY, months) + timedelta(days=draw(st.integers(-9, 9)))
        is_paid = draw(st.booleans()) and due_on <= TODAY
        late_by = draw(st.integers(-5, 70))
        paid = [min(due_on + timedelta(days=late_by), TODAY)] if is_paid else []
        found.append(due(due_on, *paid))
    return tuple({each.due_on: each for each in found}.values())


@given(histories(), st.integers(0, 5))
def test_those_days_are_the_ones_that_counting_every_day_finds(dues: tuple[Due, ...], grace: int) -> None:
    days = [TODAY + timedelta(days=number) for number in range((add_months(TODAY, 8) - TODAY).days + 1)]
    counted = [late_counts(dues, day, grace) for day in days]
    three = next((day for day, each in zip(days, counted, strict=True) if each.longest_row >= 3), None)
    six = next((day for day, each in zip(days, counted, strict=True) if each.in_all >= 6), None)

    found = counts_ahead(dues, TODAY, grace)

    assert found.three_in_row_on == (None if three == TODAY else three)
    assert found.six_in_all_on == (None if six == TODAY else six)
