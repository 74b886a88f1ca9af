"""Due dates off days off, in what the domain makes of a record and of a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Adjustment
from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import Cycle, DueDay, FixedDay, Mode, Shift
from planner.domain.ledger import Ledger, dues_of
from planner.domain.money import Money
from planner.domain.offers.carried import doubt_of_dues, instalment_dues
from planner.domain.offers.compared import Offer, OfferKind
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.settled import settled_before
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.store.catalogue import calendar

FRANCE = calendar("FR")
RULE = Cycle(Mode.BILL, 1, FixedDay(10), shift=Shift.NEXT)
ORDERS = Cycle(Mode.ORDER, shift=Shift.NEXT)
ACCOUNT = Account("Card", "Bank", "EUR", cycle=RULE, id="account")
DOUBT = "The due date may still move. No calendar of public holidays is known for this country."
# 10 October 2026 is a Saturday.
SATURDAY, MONDAY = date(2026, 10, 10), date(2026, 10, 12)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def recorded(cycle: Cycle = RULE, day: date = date(2026, 9, 5)) -> Ledger:
    purchase = Purchase("account", euro(9_000), day, "Shop", id="purchase")
    correction = Adjustment("account", euro(500), euro(9_500), day, "interest", id="correction")
    lower = replace(correction, amount=euro(-100), id="lower")
    return Ledger(
        replace(ACCOUNT, cycle=cycle),
        purchases=[purchase],
        adjustments=[correction, lower],
        calendar=FRANCE,
    )


def asked(due_on: date, cycle: Cycle, **more: Any) -> Question:
    question = Question(
        euro(30_000), due_on, replace(ACCOUNT, cycle=cycle), Phrase("Bill"), due_on=due_on, calendar=FRANCE
    )
    return replace(question, **more)


# --- what is recorded --------------------------------------------------------------------------------


def test_what_is_on_no_bill_is_due_on_the_working_day() -> None:
    ledger = recorded()

    dues = {due.id: (due.due_on, due.doubt) for due in dues_of(ledger)}

    assert dues["purchase"] == (MONDAY, None)
    assert dues["correction"] == (MONDAY, None)
    assert ledger.due_of_purchase(date(2026, 9, 5)) == DueDay(MONDAY)
    assert replace(ledger, account=replace(ACCOUNT, cycle=Cycle())).due_of_purchase(MONDAY) is None


def test_what_lowers_a_debt_counts_from_its_own_day_whatever_day_that_is() -> None:
    ledger = recorded(day=SATURDAY)

    (lower,) = [due for due in dues_of(ledger) if due.id == "lower"]
    assert (lower.due_on, lower.doubt) == (SATURDAY, None)


def test_without_a_calendar_what_is_recorded_is_in_doubt() -> None:
    dues = {due.id: due for due in dues_of(replace(recorded(), calendar=None))}

    assert {str(dues[key].doubt) for key in ("purchase", "correction")} == {DOUBT}
    assert {dues[key].due_on for key in ("purchase", "correction")} == {SATURDAY}


@pytest.mark.parametrize(
    ("cycle", "words"),
    [
        (RULE, "in 5 days (the date may move), not billed yet"),
        (ORDERS, "in 5 days (the date may move)"),
    ],
)
def test_beside_a_date_in_doubt_stands_that_it_may_move(cycle: Cycle, words: str) -> None:
    ledger = replace(recorded(cycle, date(2026, 9, 10)), calendar=None)
    (due,) = [due for due in dues_of(ledger) if due.id == "purchase"]
    assert due.due_on is not None

    assert i18n.explain(due.standing(date.fromordinal(due.due_on.toordinal() - 5))) == words
    settled = replace(due, doubt=None)
    assert "move" not in i18n.explain(settled.standing(date(2026, 9, 20)))


def test_what_is_settled_is_counted_by_the_moved_dates() -> None:
    ledger = recorded()
    paid = replace(ledger, adjustments=[], purchases=[])
    assert settled_before(paid, date(2026, 11, 1)) is None

    done = replace(ledger, adjustments=[], payments=[Payment("account", euro(9_000), date(2026, 10, 5))])
    settled = settled_before(done, date(2026, 11, 1))

    assert settled is not None
    assert settled.before == date(2026, 10, 13)  # the day after Monday the 12th
    assert settled.bought_before == date(2026, 10, 1)


# --- what is split -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cycle", [RULE, Cycle(Mode.BILL, None, FixedDay(10), shift=Shift.NEXT)])
def test_the_parts_of_a_bill_that_was_moved_go_by_the_rule(cycle: Cycle) -> None:
    question = asked(MONDAY, cycle)

    assert instalment_dues(question, 3) == [date(2026, 11, 10), date(2026, 12, 10), date(2027, 1, 11)]
    assert instalment_dues(replace(question, is_bill=False), 2) == [MONDAY, date(2026, 11, 10)]


def test_the_parts_of_an_order_count_from_the_order() -> None:
    order = asked(MONDAY, ORDERS, is_bill=False, bought=Span.exactly(date(2026, 9, 10)))

    assert instalment_dues(order, 3) == [MONDAY, date(2026, 11, 10), date(2026, 12, 10)]
    # Of a bill nobody asks when its purchases were made.
    assert instalment_dues(replace(order, is_bill=True), 1) == [date(2026, 11, 12)]
    of_january = asked(
        date(2027, 2, 28), Cycle(Mode.ORDER), is_bill=False, bought=Span.exactly(date(2027, 1, 31))
    )
    assert instalment_dues(of_january, 3) == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_an_overdue_purchase_is_split_on_the_first_moved_date_that_is_still_to_come() -> None:
    # 31 October 2026 is a Saturday: due on 2 November.
    cycle = Cycle(Mode.BILL, 8, FixedDay(31), shift=Shift.NEXT)
    late = asked(date(2026, 8, 31), cycle, is_bill=False)

    assert instalment_dues(replace(late, first_due=date(2026, 11, 1)), 1) == [date(2026, 11, 2)]
    assert instalment_dues(replace(late, first_due=date(2026, 11, 2)), 1) == [date(2026, 11, 2)]
    assert instalment_dues(replace(late, first_due=date(2026, 11, 3)), 1) == [date(2026, 11, 30)]


def test_an_amount_that_belongs_to_no_account_keeps_its_day() -> None:
    question = replace(asked(MONDAY, RULE), account=None)

    assert instalment_dues(question, 2) == [date(2026, 11, 12), date(2026, 12, 12)]


def test_an_offer_whose_later_instalments_fall_in_an_unpublished_year_says_so() -> None:
    question = replace(asked(MONDAY, RULE), calendar=BusinessCalendar("FR", {2026: FRANCE.years[2026]}))

    assert doubt_of_dues(question, 2) is None  # November and December
    assert str(doubt_of_dues(question, 3)) == (
        "The due date may still move. The holiday calendar for 2027 has not been published."
    )
    assert doubt_of_dues(replace(question, account=None), 3) is None
    plain = replace(ACCOUNT, cycle=replace(RULE, shift=Shift.NONE))
    assert doubt_of_dues(replace(question, account=plain, calendar=None), 3) is None
    assert doubt_of_dues(replace(question, account=None, doubt=Phrase(DOUBT)), 0) == Phrase(DOUBT)
    three, two = (Offer(OfferKind.OWN, count, total_fee=euro(0)) for count in (3, 2))
    assert outcome(question, three, date(2026, 10, 1)).notes == (doubt_of_dues(question, 3),)
    assert outcome(question, two, date(2026, 10, 1)).notes == ()
    assert outcome(question, replace(three, at_once=True), date(2026, 10, 1)).notes == ()


def test_an_offer_on_a_date_in_doubt_says_so_first() -> None:
    doubt = Phrase(DOUBT)

    notes = outcome(asked(MONDAY, RULE, doubt=doubt), Offer(OfferKind.FULL), date(2026, 10, 1)).notes

    assert notes == (doubt,)
    assert outcome(asked(MONDAY, RULE), Offer(OfferKind.FULL), date(2026, 10, 1)).notes == ()
