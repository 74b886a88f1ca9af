from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.domain.term import LateBase, Term
from planner.services.accounts import account_from, save_account
from planner.services.compare import question_of
from planner.services.overdue import (
    NothingLateError,
    PastDayError,
    TooFarError,
    accounts_with_dues,
    cost_of_delay,
    cost_of_delay_typed,
    late_claims,
    may_be_late,
    set_late_terms,
)
from planner.store.catalogue import product
from planner.store.store import Store

OWN = Source("my contract", date(2026, 11, 22), Reliability.CONTRACT, Origin.CONTRACT)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def account(store: Store, product_id: str = "jd-baitiao", name: str = "白条") -> Account:
    sheet = product(product_id)
    assert sheet is not None
    found = account_from(sheet, name)
    with store.transaction():
        save_account(store, found)
    return found


def bill(
    store: Store, whose: Account, due_on: date, amount: str = "1000.00", minimum: str | None = None
) -> Bill:
    found = Bill(
        whose.id,
        due_on - timedelta(days=9),
        due_on,
        (BillLine(LineKind.UNITEMISED, yuan(amount)),),
        minimum=yuan(minimum) if minimum else None,
    )
    with store.transaction():
        store.bills.save(found)
    return found


@pytest.mark.row("C045", "C055")
def test_a_late_bill_costs_a_band_on_each_day_of_paying(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))

    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 10))

    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("21.00"))
    assert [day for day, _ in cost.scenarios] == [today, date(2026, 12, 10), today + timedelta(days=30)]
    assert cost.days[0].day == date(2026, 11, 10)
    assert cost.days[-1].day == date(2026, 12, 10)


def test_what_was_bought_when_is_the_same_here_and_in_compare(store: Store, today: date) -> None:
    whose = account(store)
    bought = Purchase(whose.id, yuan("500.00"), date(2026, 10, 20))
    loose = Purchase(whose.id, yuan("30.00"), date(2026, 11, 3))
    line = BillLine(LineKind.PURCHASE, bought.amount, bought.id)
    stated = Bill(whose.id, date(2026, 11, 1), date(2026, 11, 10), (line,))
    with store.transaction():
        save_account(store, replace(whose, cycle=Cycle(Mode.BILL, 1, FixedDay(10))))
        store.purchases.save_all((bought, loose))
        store.bills.save(stated)

    cost = cost_of_delay(store, [stated.id, loose.id], today, date(2026, 12, 31))

    assert [item.bought for item in cost.items] == [
        Span.exactly(date(2026, 10, 20)),
        Span.exactly(date(2026, 11, 3)),
    ]
    dues = store.ledgers.position(today).open_dues
    assert [question_of(store, due, today).bought for due in dues] == [item.bought for item in cost.items]


def test_the_widest_base_takes_in_what_else_the_account_has_open(store: Store, today: date) -> None:
    whose = account(store)
    late = bill(store, whose, date(2026, 11, 10))
    bill(store, whose, date(2026, 12, 10), "500.00")
    bill(store, account(store, name="another"), date(2026, 11, 10), "9000.00")

    cost = cost_of_delay(store, [late.id], today, date(2026, 12, 10))

    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("31.50"))  # 1,500 × 0.07 % × 30 days


def test_days_of_paying_that_coincide_are_compared_once(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))

    cost = cost_of_delay(store, [found.id], today, today)

    assert [day for day, _ in cost.scenarios] == [today, today + timedelta(days=30)]


@pytest.mark.row("C046")
def test_paying_the_minimum_in_time_makes_it_a_charge_on_the_rest(store: Store, today: date) -> None:
    whose = account(store)
    found = bill(store, whose, date(2026, 11, 10), minimum="100.00")
    with store.transaction():
        store.payments.save(Payment(whose.id, yuan("100.00"), date(2026, 11, 10)))

    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 11))

    assert cost.items[0].is_carried
    assert cost.at is not None
    assert cost.at.value.low == yuan("13.95")  # 900 × 0.05 % × 31 days (m.yunqishi.net)
    assert cost.at.value.high > cost.at.value.low  # another page counts from the purchases


def test_a_penalty_that_was_posted_is_taken_off_once(store: Store, today: date) -> None:
    whose = account(store)
    found = bill(store, whose, date(2026, 11, 10))
    with store.transaction():
        store.charges.save(Charge(whose.id, LineKind.PENALTY, yuan("3.00"), date(2026, 11, 20)))
        store.charges.save(Charge(whose.id, LineKind.PENALTY, yuan("50.00"), date(2026, 10, 1)))
        store.charges.save(Charge(whose.id, LineKind.FEE, yuan("7.00"), date(2026, 11, 20)))

    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 10))

    assert cost.posted == yuan("3.00")
    assert cost.at is not None
    assert cost.at.value.low == yuan("6.00")


def test_a_card_bill_runs_from_its_purchases_and_adds_the_fee_on_the_minimum(
    store: Store, today: date
) -> None:
    found = bill(store, account(store, "cn-credit-card", "card"), date(2026, 11, 10), "8000.00", "800.00")

    cost = cost_of_delay(store, [found.id], today, today)

    # Statement of 1 November: bought between 1 October and then; 5 % of 800 beside it.
    assert cost.at is not None
    low = yuan("8000.00").times(Decimal("0.00035") * 21) + yuan("40.00")
    high = yuan("8000.00").times(Decimal("0.0005") * 52) + yuan("40.00")
    assert cost.at.value == Span(low, high)


def test_a_made_up_amount_needs_no_account(today: date) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None

    cost = cost_of_delay_typed(yuan("1000.00"), today, sheet.terms, today, today + timedelta(days=30))

    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("21.00"))


def test_refusals_say_what_to_choose(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))

    with pytest.raises(NothingLateError):
        cost_of_delay(store, [], today, today)
    with pytest.raises(PastDayError):
        cost_of_delay(store, [found.id], today, today - timedelta(days=1))
    with pytest.raises(TooFarError):
        cost_of_delay(store, [found.id], today, today + timedelta(days=731))
    with pytest.raises(NothingLateError):
        cost_of_delay_typed(yuan("0"), today, store.accounts.all()[0].terms, today, today)


def test_what_could_be_late_is_listed_by_date_and_late_accounts_stand_first(
    store: Store, today: date
) -> None:
    calm = account(store, name="calm")
    later = bill(store, calm, date(2026, 12, 20))
    sooner = bill(store, calm, date(2026, 12, 10))
    late = account(store, name="late")
    bill(store, late, date(2026, 11, 10))
    account(store, name="empty")

    assert [due.id for due in may_be_late(store, calm.id, today)] == [sooner.id, later.id]
    assert [found.name for found in accounts_with_dues(store, today)] == ["late", "calm"]


def test_what_the_user_knows_of_being_late_replaces_what_is_published(store: Store, today: date) -> None:
    whose = account(store)
    found = bill(store, whose, date(2026, 11, 10))

    with store.transaction():
        set_late_terms(store, whose.id, late_claims(OWN, Decimal("0.0004"), 0, LateBase.OVERDUE))
    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 10))

    assert cost.at is not None
    assert cost.at.value == Span.exactly(yuan("12.00"))
    assert cost.missing == ()
    assert store.accounts.get(whose.id).terms.late_rate.counting[0].source == OWN


def test_only_what_the_user_says_is_claimed() -> None:
    assert [claim.term for claim in late_claims(OWN, grace=3)] == [Term.GRACE_DAYS]


def test_what_the_user_no_longer_knows_goes_back_to_what_is_published(store: Store) -> None:
    whose = account(store)
    with store.transaction():
        set_late_terms(store, whose.id, late_claims(OWN, Decimal("0.0004"), 5))
    with store.transaction():
        set_late_terms(store, whose.id, late_claims(OWN, Decimal("0.0004")))

    terms = store.accounts.get(whose.id).terms
    assert terms.late_rate.value is not None
    assert terms.grace_days.is_unknown
    assert terms.late_base.is_range
