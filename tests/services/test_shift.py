"""Due dates that a lender moves off days off, from the account to every place that proposes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner import i18n
from planner.domain.account import ELSEWHERE, Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, DaysAfter, DueDay, FixedDay, Mode, Shift
from planner.domain.due import Due
from planner.domain.instalment import OriginKind
from planner.domain.money import Money
from planner.domain.offers.carried import instalment_dues
from planner.domain.payment import Payment
from planner.domain.published import Published, PublishedKind
from planner.domain.purchase import Purchase
from planner.phrases import Phrase
from planner.services.accounts import save_account, start_with_bill
from planner.services.billing import due_of, next_statement, other_due, placing
from planner.services.bills import pay, save_bill, save_purchase
from planner.services.compare import question_of, typed_question
from planner.services.plans import PlanOrigin, dues_of_plan, usual_due
from planner.store.store import Store

TODAY = date(2026, 9, 20)
RULE = Cycle(Mode.BILL, 1, FixedDay(10), shift=Shift.NEXT)
# 10 October 2026 is a Saturday: due on Monday the 12th in France; worked in China, in exchange for a holiday.
OCTOBER, MOVED = date(2026, 10, 1), date(2026, 10, 12)


def opened(store: Store, cycle: Cycle = RULE, country: str = "FR", currency: str = "EUR") -> Account:
    account = Account("Card", "Bank", currency, cycle=cycle, country=country)
    with store.transaction():
        return save_account(store, account)


def bought(store: Store, account: Account, day: date) -> Due:
    purchase = Purchase(account.id, Money.of("90", account.currency), day, "Shop")
    with store.transaction():
        save_purchase(store, purchase)
    return open_due(store, purchase.id)


def billed(store: Store, account: Account, statement_on: date, due_on: date) -> Due:
    line = BillLine(LineKind.UNITEMISED, Money.of("300", account.currency))
    with store.transaction():
        bill = save_bill(store, Bill(account.id, statement_on, due_on, (line,)))
    return open_due(store, bill.id)


def open_due(store: Store, due_id: str) -> Due:
    due = store.ledgers.position(TODAY).due(due_id)
    assert due is not None
    return due


@pytest.mark.parametrize(
    ("shift", "country", "due_on"),
    [
        (Shift.NONE, "FR", date(2026, 10, 10)),
        (Shift.NEXT, "FR", MOVED),
        (Shift.PREVIOUS, "FR", date(2026, 10, 9)),
        (Shift.NEXT, "CN", date(2026, 10, 10)),
        (Shift.NEXT, "US", date(2026, 10, 13)),  # the Monday is Columbus Day
        (Shift.NEXT, "", MOVED),  # the usual country of the euro
    ],
)
def test_a_purchase_on_no_bill_yet_is_due_where_its_lender_moves_the_date(
    store: Store, shift: Shift, country: str, due_on: date
) -> None:
    account = opened(store, replace(RULE, shift=shift), country)

    due = bought(store, account, date(2026, 9, 5))

    assert (due.due_on, due.doubt) == (due_on, None)


def test_the_shift_is_kept_with_the_account(store: Store) -> None:
    account = opened(store)

    kept = store.accounts.get(account.id)
    assert kept.cycle.shift is Shift.NEXT
    calendar = store.ledgers.calendar_of(kept)
    assert calendar is not None
    assert calendar.country == "FR"
    assert store.ledgers.calendar_of(replace(account, cycle=replace(RULE, shift=Shift.NONE))) is None


def test_where_the_year_is_not_published_the_date_stays_and_says_that_it_may_move(store: Store) -> None:
    account = opened(store, country="CN", currency="CNY")

    due = bought(store, account, date(2026, 12, 5))

    reason = Phrase("The holiday calendar for {year} has not been published.", year="2027")
    doubt = Phrase("The due date may still move. {reason}", reason=reason)
    assert (due.due_on, due.doubt) == (date(2027, 1, 10), doubt)
    assert i18n.explain(due.standing(TODAY)) == "in 112 days (the date may move), not billed yet"
    said = i18n.explain(placing(store, account.id, date(2026, 12, 5)))
    assert said == (
        "It will be on the bill of 1 Jan 2027, due on 10 Jan 2027. "
        "The due date may still move. The holiday calendar for 2027 has not been published."
    )


def test_where_the_country_has_no_calendar_nothing_moves_and_that_is_said(store: Store) -> None:
    account = opened(store, Cycle(Mode.ORDER, shift=Shift.NEXT), ELSEWHERE)

    said = i18n.explain(placing(store, account.id, date(2026, 9, 10)))

    assert said == (
        "It has no bill: it is due on 10 Oct 2026. "
        "The due date may still move. No calendar of public holidays is known for this country."
    )


def test_where_a_purchase_will_be_due_is_said_with_the_moved_date(store: Store) -> None:
    account = opened(store)

    said = i18n.explain(placing(store, account.id, date(2026, 9, 5)))

    assert said == "It will be on the bill of 1 Oct 2026, due on 12 Oct 2026."


def test_the_next_bill_is_proposed_with_the_moved_date(store: Store) -> None:
    account = opened(store)
    assert next_statement(store, account.id, date(2026, 10, 2)) == (OCTOBER, MOVED)
    assert due_of(store, account, OCTOBER) == DueDay(MOVED)

    billed(store, account, date(2026, 9, 1), date(2026, 9, 10))
    assert next_statement(store, account.id, TODAY) == (OCTOBER, MOVED)


def test_without_a_rule_the_next_bill_is_due_a_month_later_on_a_working_day(store: Store) -> None:
    account = opened(store, Cycle(shift=Shift.NEXT))
    billed(store, account, date(2026, 9, 1), date(2026, 9, 10))

    assert next_statement(store, account.id, TODAY) == (OCTOBER, MOVED)


def test_a_recorded_bill_keeps_its_own_date_and_the_rules_stands_beside_it(store: Store) -> None:
    account = opened(store)

    due = billed(store, account, OCTOBER, date(2026, 10, 10))

    assert (due.due_on, due.doubt) == (date(2026, 10, 10), None)
    other = Phrase("By the cycle of the account it would be due on {date}.", date=MOVED)
    assert other_due(store, account, OCTOBER, date(2026, 10, 10)) == other
    assert other_due(store, account, OCTOBER, MOVED) is None
    assert other_due(store, account, OCTOBER, None) is None
    assert other_due(store, replace(account, cycle=Cycle()), OCTOBER, MOVED) is None


def test_a_bill_whose_date_may_still_move_says_so(store: Store) -> None:
    account = opened(store, country="CN", currency="CNY")

    doubt = other_due(store, account, date(2027, 1, 1), date(2027, 1, 10))

    assert str(doubt) == (
        "The due date may still move. The holiday calendar for 2027 has not been published."
    )


def test_a_first_bill_finds_its_statement_from_a_date_that_was_moved(store: Store) -> None:
    account = Account("Card", "Bank", "EUR", cycle=RULE)

    with store.transaction():
        bill = start_with_bill(store, account, Money.of("300", "EUR"), date(2026, 10, 5), MOVED)

    assert (bill.statement_on, bill.due_on) == (OCTOBER, MOVED)


# --- instalments -------------------------------------------------------------------------------------


def test_the_rows_of_a_plan_move_one_by_one_and_keep_the_day_of_the_rule(store: Store) -> None:
    account = opened(store)
    of_bill = PlanOrigin(OriginKind.BILL, "bill", Phrase("Bill"), Money.of("300", "EUR"), MOVED)
    of_purchase = PlanOrigin(
        OriginKind.PURCHASE, "order", Phrase("Order"), Money.of("300", "EUR"), date(2026, 9, 5)
    )

    assert usual_due(store, account, of_bill, 1, TODAY) == DueDay(date(2026, 11, 10))
    assert usual_due(store, account, of_bill, 3, TODAY) == DueDay(date(2027, 1, 11))
    assert usual_due(store, account, of_purchase, 1, TODAY) == DueDay(MOVED)
    assert usual_due(store, account, None, 1, date(2026, 9, 5)) == DueDay(MOVED)
    assert dues_of_plan(store, account, of_purchase, MOVED, 1, 4) == tuple(
        DueDay(day)
        for day in (
            MOVED,
            date(2026, 11, 10),
            date(2026, 12, 10),
            date(2027, 1, 11),
        )
    )
    assert dues_of_plan(store, account, None, date(2026, 12, 10), 3, 4) == tuple(
        DueDay(day)
        for day in (
            MOVED,
            date(2026, 11, 10),
            date(2026, 12, 10),
            date(2027, 1, 11),
        )
    )


def test_the_parts_of_an_order_at_the_end_of_a_month_do_not_drift_in_a_plan(store: Store) -> None:
    # w.sf024.com: an order of 31 January in three parts is due on 28 February, 31 March and 30 April.
    account = opened(store, Cycle(Mode.ORDER))
    order = PlanOrigin(
        OriginKind.PURCHASE, "order", Phrase("Order"), Money.of("300", "EUR"), date(2026, 1, 31)
    )

    first = usual_due(store, account, order, 1, TODAY)
    assert first == DueDay(date(2026, 2, 28))
    assert dues_of_plan(store, account, order, first.on, 1, 3) == tuple(
        DueDay(day)
        for day in (
            date(2026, 2, 28),
            date(2026, 3, 31),
            date(2026, 4, 30),
        )
    )


def test_a_bill_that_is_split_is_compared_on_working_days(store: Store) -> None:
    account = opened(store)
    due = billed(store, account, OCTOBER, MOVED)

    question = question_of(store, due, TODAY)

    assert instalment_dues(question, 3) == [date(2026, 11, 10), date(2026, 12, 10), date(2027, 1, 11)]


def test_a_purchase_that_is_split_is_compared_on_working_days_from_its_own(store: Store) -> None:
    account = opened(store, Cycle(Mode.ORDER, shift=Shift.NEXT))
    due = bought(store, account, date(2026, 9, 10))
    assert due.due_on == MOVED

    assert instalment_dues(question_of(store, due, TODAY), 3) == [
        MOVED,
        date(2026, 11, 10),
        date(2026, 12, 10),
    ]


def test_an_order_of_the_31st_that_is_split_does_not_drift(store: Store) -> None:
    account = opened(store, Cycle(Mode.ORDER))
    due = bought(store, account, date(2027, 1, 31))

    assert instalment_dues(question_of(store, due, date(2027, 2, 1)), 3) == [
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_what_is_overdue_is_split_on_the_first_date_that_has_not_passed(store: Store) -> None:
    # 31 October is a Saturday, so that due date is 2 November: on the 1st it is still to come.
    account = opened(store, Cycle(Mode.BILL, 8, FixedDay(31), shift=Shift.NEXT))
    due = billed(store, account, date(2026, 8, 8), date(2026, 8, 31))

    question = replace(question_of(store, due, date(2026, 11, 1)), is_bill=False)

    assert instalment_dues(question, 2) == [date(2026, 11, 2), date(2026, 11, 30)]


def test_a_typed_amount_is_due_when_a_purchase_of_today_would_be(store: Store) -> None:
    account = opened(store)

    question = typed_question(
        Money.of("90", "EUR"), account, date(2026, 9, 5), calendar=store.ledgers.calendar_of(account)
    )

    assert (question.due_on, question.first_due) == (MOVED, MOVED)
    assert question.calendar == store.ledgers.calendar_of(account)
    assert typed_question(Money.of("90", "EUR"), None, date(2026, 9, 5)).calendar is None


# --- what is settled for good ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cycle", "first_read"),
    [
        # Due on 12 October, moved off the 10th: what is bought from 1 October on is due later.
        (RULE, date(2026, 10, 1)),
        # Due on 9 October, moved off the 10th: what is bought from 25 September on is due later.
        (Cycle(Mode.BILL, 25, DaysAfter(15), shift=Shift.PREVIOUS), date(2026, 9, 25)),
    ],
)
def test_a_summary_counts_with_the_moved_dates(store: Store, cycle: Cycle, first_read: date) -> None:
    account = opened(store, cycle)
    due = bought(store, account, date(2026, 9, 5))
    bought(store, account, first_read)
    assert due.due_on is not None
    with store.transaction():
        pay(store, Payment(account.id, due.open, due.due_on))
    today = date(2026, 10, 20)
    whole = store.ledgers.position(today)

    store.ledgers.summarise(today)

    (settled,) = store.connection.execute("SELECT before, bought_before FROM settled").fetchall()
    assert date.fromisoformat(settled["before"]) == due.due_on + timedelta(days=1)
    assert date.fromisoformat(settled["bought_before"]) == first_read
    assert store.ledgers.position(today).open_dues == whole.open_dues
    assert len(whole.open_dues) == 1


def test_a_calendar_that_the_user_loads_moves_due_dates_and_no_summary_hides_it(store: Store) -> None:
    account = opened(store, country="CN", currency="CNY")
    first = bought(store, account, date(2026, 9, 5))
    second = bought(store, account, date(2026, 12, 5))
    assert first.due_on is not None
    with store.transaction():
        pay(store, Payment(account.id, first.open, first.due_on))
    store.ledgers.summarise(date(2026, 10, 20))
    assert (second.due_on, second.doubt is None) == (date(2027, 1, 10), False)  # a Sunday

    text = (
        'title = "China"\ncountry = "CN"\n[[year]]\nyear = 2027\nstatus = "official"\n'
        'source = "a notice"\nchecked = 2026-11-25\noff = [2027-01-11]\nwork = []\n'
    )
    day = date(2026, 11, 25)
    with store.transaction():
        store.published.save(Published(PublishedKind.CALENDAR, "CN", day, day, text))

    due = open_due(store, second.id)
    assert (due.due_on, due.doubt) == (date(2027, 1, 12), None)
    assert store.connection.execute("SELECT count(*) AS n FROM settled").fetchone()["n"] == 0
