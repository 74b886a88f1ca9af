"""Cards that concern somebody, and the days of what usually happens."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.account import ELSEWHERE, DatedState, State
from planner.domain.consequences.card import NO_CARDS, Card, Cards, Concerns, Standing, chosen
from planner.domain.consequences.mark import Mark, MarkUnit, SaidOfMark
from planner.domain.late.on_the_way import counts_ahead, published_marks, recorded_states
from planner.domain.late_figures import made_milestone
from planner.domain.law.credit_register import record_leaves
from planner.domain.milestones import milestones
from planner.domain.sourced import Reliability, Source, Span
from planner.domain.terms import Terms
from planner.i18n import explain, show
from tests.domain.late_cases import DUE, case, item, terms

A, B = Source("a page", date(2026, 11, 22)), Source("another page", reliability=Reliability.MEDIUM)
LATE = Standing("CN", "huabei", days_late=31)
FIRSTS = st.dates(date(2019, 1, 1), date(2032, 12, 31))


def card(card_id: str, country: str = "CN", products: tuple[str, ...] = (), **concerns: Any) -> Card:
    return Card(card_id, country, card_id, "Text.", A, Concerns(**concerns), products)


def ids(cards: Cards) -> tuple[list[str], list[str]]:
    return [each.id for each in cards.first], [each.id for each in cards.others]


# --- cards


@pytest.mark.parametrize(
    ("concerns", "standing", "is_first"),
    [
        ({"from_day": 31}, Standing("CN", days_late=31), True),
        ({"from_day": 31}, Standing("CN", days_late=30), False),
        ({"from_day": 1}, Standing("CN"), False),
        ({"from_day": 0}, Standing("CN"), True),
        ({}, Standing("CN", days_late=400, was_late=True, is_three_six=True), False),
        ({"states": frozenset({State.FROZEN})}, Standing("CN", states=frozenset({State.FROZEN})), True),
        ({"states": frozenset({State.FROZEN})}, Standing("CN", states=frozenset({State.LOCKED})), False),
        ({"is_past": True}, Standing("CN", was_late=True), True),
        ({"is_past": True}, Standing("CN", was_late=True, days_late=1), False),
        ({"is_past": True}, Standing("CN"), False),
        ({"is_three_six": True}, Standing("CN", is_three_six=True), True),
        ({"is_three_six": True}, Standing("CN", days_late=90), False),
    ],
)
def test_a_card_stands_first_for_whom_it_concerns(
    concerns: dict[str, Any], standing: Standing, *, is_first: bool
) -> None:
    found = chosen([card("one", **concerns)], standing)

    assert ids(found) == ((["one"], []) if is_first else ([], ["one"]))


def test_cards_of_another_country_or_product_are_left_out_and_the_order_is_kept() -> None:
    cards = [
        card("everywhere", ELSEWHERE, from_day=1),
        card("b", from_day=1),
        card("of-jd", products=("jd-baitiao",), from_day=1),
        card("of-huabei", products=("huabei", "douyin"), from_day=1),
        card("french", "FR", from_day=1),
        card("a", from_day=1),
        card("later", from_day=61),
    ]

    assert ids(chosen(cards, LATE)) == (["b", "of-huabei", "a", "everywhere"], ["later"])


def test_what_a_country_says_stands_for_what_holds_everywhere() -> None:
    cards = [card("court", ELSEWHERE), card("court", "FR"), card("plan", ELSEWHERE)]

    assert [each.country for each in chosen(cards, Standing("FR")).others] == ["FR", ELSEWHERE]
    assert [each.country for each in chosen(cards, Standing("GB")).others] == [ELSEWHERE, ELSEWHERE]


def test_without_cards_there_is_nothing() -> None:
    assert not NO_CARDS
    assert not chosen([card("x", "FR")], LATE)
    assert Cards((), (card("x"),))


# --- the days of a mark


@pytest.mark.parametrize(
    ("first", "months", "day"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 36, date(2031, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_where_a_month_is_shorter(first: date, months: int, day: date) -> None:
    said = SaidOfMark(A, months, months, MarkUnit.MONTHS)

    assert said.days(first) == Span(day, day)


@pytest.mark.parametrize(
    ("first", "days", "day"),
    [
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2027, 2, 28), 1, date(2027, 3, 1)),
        (date(2026, 11, 10), 90, date(2027, 2, 8)),
        (date(2027, 11, 10), 90, date(2028, 2, 8)),
        (date(2027, 12, 10), 90, date(2028, 3, 9)),
        (date(2026, 12, 10), 90, date(2027, 3, 10)),
    ],
)
def test_days_are_counted_through_month_ends_and_leap_years(first: date, days: int, day: date) -> None:
    assert SaidOfMark(A, days, days).days(first) == Span(day, day)


@given(FIRSTS, st.integers(0, 400), st.integers(0, 30), st.integers(0, 10))
def test_a_span_lies_after_the_due_date_and_grace_moves_it_only_where_it_counts(
    first: date, least: int, wider: int, grace: int
) -> None:
    plain = SaidOfMark(A, least, least + wider).days(first, grace)
    moved = SaidOfMark(A, least, least + wider, is_after_grace=True).days(first, grace)

    assert plain is not None
    assert moved is not None
    assert (plain.low - first).days == least
    assert (plain.high - plain.low).days == wider
    assert (moved.low - plain.low).days == (moved.high - plain.high).days == grace


@given(FIRSTS, st.integers(0, 130))
def test_months_keep_the_day_or_take_the_last_of_the_month(first: date, months: int) -> None:
    span = SaidOfMark(A, months, months, MarkUnit.MONTHS).days(first)

    assert span is not None
    day = span.low
    assert (day.year * 12 + day.month) - (first.year * 12 + first.month) == months
    assert day.day == min(first.day, calendar.monthrange(day.year, day.month)[1])


@pytest.mark.row("C041")
@given(FIRSTS)
def test_the_record_leaves_five_years_after_settlement_on_the_same_day_or_the_28th(paid: date) -> None:
    leaves = record_leaves(paid)

    assert leaves is not None
    assert (leaves.year - paid.year, leaves.month) == (5, paid.month)
    assert leaves.day == (28 if (paid.month, paid.day) == (2, 29) else paid.day)
    assert record_leaves(None) is None


# --- marks among the milestones


def mark(*said: SaidOfMark, text: str = "It happens.") -> Mark:
    return Mark("one", "CN", text, said)


def test_where_sources_disagree_the_span_reaches_from_the_first_day_to_the_last() -> None:
    said = (SaidOfMark(A, 1, 1, is_after_grace=True), SaidOfMark(B, 90, 90))
    (found,) = published_marks([mark(*said)], DUE, 3)

    assert (found.on, found.until) == (date(2026, 11, 14), date(2027, 2, 8))
    assert found.when == Span(date(2026, 11, 14), date(2027, 2, 8))
    assert (found.source, found.sources) == ("a page; another page", (A, B))
    assert explain(found.text) == "It happens."


def test_a_source_without_a_day_is_told_beside_the_day_of_another() -> None:
    (found,) = published_marks([mark(SaidOfMark(A, 15, 15), SaidOfMark(B))], DUE, 0)
    (none,) = published_marks([mark(SaidOfMark(B))], DUE, 0)

    assert (found.on, found.when) == (date(2026, 11, 25), date(2026, 11, 25))
    assert explain(found.text) == "It happens. Not every source names a day."
    assert (none.on, none.until, none.when) == (None, None, None)
    assert explain(none.text) == "It happens."


def test_how_a_mark_was_made_names_each_source_with_its_own_day() -> None:
    said = (SaidOfMark(A, 0, 1), SaidOfMark(B))
    (found,) = published_marks([mark(*said)], DUE, 0)

    made = made_milestone(found)

    assert made.value == Span(date(2026, 11, 10), date(2026, 11, 11))
    inputs = made.derivation.given
    assert [each.source for each in inputs] == [A, B]
    assert show(inputs[0].value) == "10 Nov 2026 – 11 Nov 2026"
    assert explain(inputs[1].value) == "no day"


def test_marks_stand_by_date_among_the_others_and_after_the_shortest_grace() -> None:
    said = SaidOfMark(A, 1, 1, is_after_grace=True)
    marked = replace(case(item()), marks=(mark(said, text="Now."),))
    by = terms(grace_days=("5", "3"))

    found = milestones(marked, by, DUE + timedelta(days=90))

    days = [each.on for each in found if each.on is not None]
    assert days == sorted(days)
    assert [each.on for each in found if explain(each.text) == "Now."] == [DUE + timedelta(days=4)]
    plain = milestones(marked, Terms(), DUE)
    assert [each.on for each in plain if explain(each.text) == "Now."] == [DUE + timedelta(days=1)]


@pytest.mark.row("C053", "C106")
def test_what_is_recorded_of_the_account_stands_on_its_day() -> None:
    states = (
        DatedState(State.FROZEN, date(2026, 11, 1), date(2026, 11, 5)),  # before the due date: another story
        DatedState(State.LOCKED, DUE, date(2026, 11, 11)),
        DatedState(State.FROZEN, date(2026, 11, 25), date(2026, 12, 1)),
        DatedState(State.LOCKED, date(2026, 11, 26)),
        DatedState(State.REPORTED, date(2026, 12, 11)),
        DatedState(State.CLOSING, date(2026, 12, 12)),
    )

    found = [(each.on, explain(each.text)) for each in recorded_states(states, DUE)]

    assert found == [
        (DUE, "As you recorded, you locked the account. It ended on 11 Nov 2026."),
        (date(2026, 11, 25), "As you recorded, the lender froze the account. It ended on 1 Dec 2026."),
        (date(2026, 11, 26), "As you recorded, you locked the account."),
        (date(2026, 12, 11), "As you recorded, the lender reported it to the credit register."),
    ]
    assert {each.source for each in recorded_states(states, DUE)} == {"Your own record"}


@pytest.mark.row("C051", "C052")
def test_three_in_a_row_and_six_in_all_have_a_day_only_while_they_lie_ahead() -> None:
    both = list(counts_ahead(date(2027, 1, 11), date(2027, 4, 11)))

    assert [(each.on, explain(each.text)) for each in both] == [
        (date(2027, 1, 11), "If nothing is paid until then, there would be 3 late months in a row."),
        (date(2027, 4, 11), "If nothing is paid until then, there would be 6 late months in all."),
    ]
    assert all(each.reliability is Reliability.LOW and "weak sources" in each.source for each in both)
    assert list(counts_ahead(None, None)) == []
    assert [each.on for each in counts_ahead(None, date(2027, 4, 11))] == [date(2027, 4, 11)]
