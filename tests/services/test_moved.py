"""What was moved out of a bill into instalments: it bears no interest with the bill, nor is split again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Mode
from planner.domain.derivation import Given
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money, sum_of
from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.options.listed import DebtOptions
from planner.domain.payment import Payment
from planner.domain.plans.eligibility import Verdict
from planner.domain.purchase import Purchase
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.services.accounts import account_from, save_account
from planner.services.bill_parts import bearing
from planner.services.compare import comparison, question_of
from planner.services.lineage import bill_limit
from planner.services.minimum import minimum_outlook
from planner.services.overdue import cost_of_delay
from planner.services.payoff_facts import debts_of
from planner.services.plans import save_plan
from planner.store.catalogue import product
from planner.store.store import Store

TODAY, DUE = date(2026, 11, 22), date(2026, 12, 5)
JAN, FEB, MAR = date(2027, 1, 5), date(2027, 2, 5), date(2027, 3, 5)
ALL_MOVED = "Not offered: as much of this bill as can be put into instalments is in them already"


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def baitiao(store: Store) -> Account:
    """JD Baitiao: by bills, late at 0.03 % to 0.07 % a day on what is late; 90 % is split."""
    sheet = product("jd-baitiao")
    assert sheet is not None
    found = account_from(sheet, "白条")
    with store.transaction():
        save_account(store, found)
    return found


@pytest.fixture
def bill(store: Store, baitiao: Account) -> Bill:
    """A bill of 1,720 due on 5 December."""
    line = BillLine(LineKind.UNITEMISED, yuan("1720"))
    found = Bill(baitiao.id, date(2026, 11, 16), DUE, (line,), yuan("172"))
    with store.transaction():
        store.bills.save(found)
    return found


def split(
    store: Store, whose: Account, parts: tuple[str, ...], origin: OriginKind, origin_id: str, **more: Any
) -> InstalmentPlan:
    """A plan without fees, due from January on."""
    rows = tuple(
        Instalment(number, day, yuan(part), yuan("0"), yuan("0"))
        for number, (day, part) in enumerate(zip((JAN, FEB, MAR), parts, strict=False), 1)
    )
    principal = sum_of((row.principal for row in rows), "CNY")
    found = InstalmentPlan(whose.id, "JD", principal, rows, len(rows), origin, origin_id, TODAY, **more)
    with store.transaction():
        save_plan(store, found)
    return found


@pytest.fixture
def moved(store: Store, baitiao: Account, bill: Bill) -> InstalmentPlan:
    """Nine tenths of the bill, 1,548, in three instalments; 172 stay due."""
    return split(store, baitiao, ("516", "516", "516"), OriginKind.BILL, bill.id)


def options(store: Store, bill: Bill) -> DebtOptions:
    return options_of(
        next(facts for facts in debts_of(store, TODAY, "CNY").facts if facts.debt.id == bill.id)
    )


# --- being late ---


@pytest.mark.usefixtures("moved")
def test_being_late_with_what_stays_due_costs_something_on_the_instalments_by_orders_alone(
    store: Store, baitiao: Account, bill: Bill
) -> None:
    def found() -> Span[Money]:
        cost = cost_of_delay(store, (bill.id,), TODAY, JAN, is_daily=False).at
        assert cost is not None
        return cost.value

    # Low: 172 × 0.03 % × 31 days, 1.5996. High: 172 × 0.07 % × 31 days, 3.7324.
    assert found() == Span(yuan("1.60"), yuan("3.73"))
    # By orders, one source charges all that is unpaid on the account: 1,720 × 0.07 % × 31 days.
    with store.transaction():
        save_account(store, replace(baitiao, cycle=replace(baitiao.cycle, mode=Mode.ORDER)))
    assert found() == Span(yuan("1.60"), yuan("37.32"))


# --- the minimum ---


@pytest.mark.usefixtures("moved")
def test_the_minimum_of_the_rest_bears_interest_on_the_rest_alone(store: Store, bill: Bill) -> None:
    due = store.ledgers.position(TODAY).due(bill.id)
    assert due is not None
    facts = next(each for each in debts_of(store, TODAY, "CNY").facts if each.debt.id == bill.id)

    assert facts.minimum is not None
    assert facts.minimum.parts.unitemised == facts.minimum.parts.total == yuan("172")
    # Bought between 16 October and 16 November, due on 5 December: 172 × 19 to 50 days.
    assert facts.minimum.free_days == Span(Decimal(3268), Decimal(8600))
    found = minimum_outlook(store, question_of(store, due, TODAY), TODAY)
    assert found.cost.high is not None
    assert found.cost.high.debt.lost == yuan("4.30")  # 172 × 0.05 % × 50 days
    told = [str(words) for words in options(store, bill).decision.left_out]
    assert told[0].endswith("Part of this bill is in instalments, and what is left of it is due in full.")


def test_what_was_moved_is_taken_off_the_first_purchases_at_one_end_and_off_the_last_at_the_other(
    store: Store, baitiao: Account
) -> None:
    days = (date(2026, 10, 20), date(2026, 11, 10))
    bought = [Purchase(baitiao.id, yuan("1000"), day) for day in days]
    lines = tuple(BillLine(LineKind.PURCHASE, each.amount, each.id) for each in bought)
    stated = Bill(baitiao.id, date(2026, 11, 16), DUE, lines, yuan("200"))
    with store.transaction():
        store.purchases.save_all(bought)
        store.bills.save(stated)
    split(store, baitiao, ("600", "600"), OriginKind.BILL, stated.id)

    found = bearing(store, stated)

    assert [(each.posted, each.amount) for each in found.low] == [(days[1], yuan("800"))]
    assert [(each.posted, each.amount) for each in found.high] == [(days[0], yuan("800"))]


# --- splitting it once more ---


@pytest.mark.usefixtures("moved")
def test_what_cannot_be_split_any_more_is_offered_in_no_instalments(store: Store, bill: Bill) -> None:
    found = options(store, bill)

    assert [each.option.id for each in found.listed] == ["full", "late-1", "late-2", "late-3"]
    told = [str(words) for words in found.decision.left_out]
    ways = ["3 instalments", "6 instalments", "12 instalments", "24 instalments", "3 instalments, promotion"]
    assert told[-5:] == [f"{way}: {ALL_MOVED}" for way in ways]
    limit = bill_limit(store, bill.id, TODAY)
    assert limit.eligibility.verdict is Verdict.FORBIDDEN
    assert limit.most.value == Span.exactly(yuan("0"))


def test_what_was_moved_counts_towards_the_part_that_can_be_split(
    store: Store, baitiao: Account, bill: Bill
) -> None:
    split(store, baitiao, ("500", "500"), OriginKind.BILL, bill.id)

    # 1,720 × 90 % is 1,548, of which 1,000 are moved: 548 of the 720 that are open, and 172 stay due.
    three = options(store, bill).of("flat_fee-3")
    assert three.option.high.payments[0] == (DUE, yuan("172"))
    # 548 at 0.5 % to 1.2 % a month, three times.
    assert three.cost.value == Span(yuan("8.22"), yuan("19.74"))
    limit = bill_limit(store, bill.id, TODAY).most
    assert limit.value == Span.exactly(yuan("548"))
    assert Given(Phrase("Of this bill in instalments already"), yuan("1000")) in limit.derivation.given
    assert [step.result for step in limit.derivation.workings] == [yuan("1720"), Span.exactly(yuan("548"))]


def test_a_rest_below_the_least_that_is_split_says_so(store: Store, baitiao: Account, bill: Bill) -> None:
    split(store, baitiao, ("1500",), OriginKind.BILL, bill.id)

    # 48 of the 220 that are open could be, but only 100 or more are taken.
    told = [str(words) for words in options(store, bill).decision.left_out]
    assert any("only 100.00 CNY or more can be put into instalments" in words for words in told)


def test_what_is_paid_of_the_rest_makes_no_more_of_it_splittable(
    store: Store, baitiao: Account, bill: Bill, moved: InstalmentPlan
) -> None:
    with store.transaction():
        store.payments.save(Payment(baitiao.id, yuan("100"), TODAY))
    question = question_of(store, next(iter(store.ledgers.position(TODAY).open_dues)), TODAY)

    assert (question.amount, question.moved) == (yuan("72"), moved.principal)
    assert ALL_MOVED in {str(each.not_comparable) for each in comparison(question, (), TODAY).outcomes}
    assert bill_limit(store, bill.id, TODAY).most.value == Span.exactly(yuan("0"))


def test_another_lender_has_split_nothing_of_it_yet(store: Store, bill: Bill, moved: InstalmentPlan) -> None:
    beside = product("jd-baitiao")
    question = question_of(store, next(iter(store.ledgers.position(TODAY).open_dues)), TODAY)
    assert (question.moved, bill.amount) == (moved.principal, yuan("1720"))

    found = comparison(question, (), TODAY, beside=beside)

    theirs = [each for each in found.outcomes if each.offer.whose and each.offer.count == 6]
    assert [each.not_comparable for each in theirs] == [None]
