from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta

import pytest

from planner.domain.bill import LineKind
from planner.domain.instalment import OriginKind
from planner.domain.position import position
from planner.domain.procedures.kinds import Rule
from planner.domain.purchase import PurchaseState
from planner.services.cases.views import case_views
from planner.services.cash_view import cash_view
from planner.services.example import write_example
from planner.store.store import Store
from tests.stores import empty_store, fill_with_example

# Every day of a month, and the ends of months of which February is one.
DAYS = [date(2026, 11, 1) + timedelta(days=day) for day in range(30)]
DAYS += [
    date(2027, 2, 28),
    date(2027, 3, 1),
    date(2028, 2, 29),
    date(2027, 3, 31),
    date(2026, 12, 31),
    date(2027, 1, 1),
]


@contextmanager
def example(on: date) -> Iterator[Store]:
    store = empty_store()
    with closing(store.connection):
        fill_with_example(store, on)
        yield store


@contextmanager
def written(on: date) -> Iterator[Store]:
    """The example, written and not copied."""
    store = empty_store()
    with closing(store.connection):
        with store.transaction():
            write_example(store, on)
        yield store


def dump(store: Store) -> list[str]:
    return [row for row in store.connection.iterdump() if "_sqlite_migrations" not in row]


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_on_every_day_the_example_tells_the_same_story(on: date) -> None:
    with example(on) as store:
        found = store.ledgers.position(on)
        accounts = {account.id: account.product for account in store.accounts.all()}
        assert set(accounts.values()) == {"jd-baitiao", "huabei", "cn-credit-card"}
        late = found.late
        assert [(accounts[due.account_id], due.days_late(on)) for due in late] == [("cn-credit-card", 5)]
        assert found.credit == {}
        # What lies in the past is past, and the newest entry is not stale.
        assert all(bought.bought_on <= on for bought in store.purchases.all())
        assert all(refund.refunded_on <= on for bought in store.purchases.all() for refund in bought.refunds)
        assert all(payment.paid_on < on for payment in store.payments.all())
        assert all(bill.statement_on <= on for bill in store.bills.all())
        assert all((on - (store.ledgers.newest_entry(known) or date.min)).days < 30 for known in accounts)
        # Next to what is late, something is due in the weeks to come on each account.
        coming = {due.account_id for due in found.between(on, on + timedelta(days=45))}
        assert coming == set(accounts)
        states = [bought.state for bought in store.purchases.all()]
        assert states.count(PurchaseState.PENDING) == 1
        assert states.count(PurchaseState.PARTLY_REFUNDED) == 1


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_on_every_day_the_cash_of_the_example_nearly_does(on: date) -> None:
    with example(on) as store:
        (found,) = cash_view(store, on).currencies

    assert found.forecast is not None
    assert found.forecast.first_short is not None
    assert (found.forecast.first_short.on - on).days < 60
    assert found.forecast.lowest.balance.minor > 0
    assert [row.seen.on for row in found.accounts if row.seen] == [on - timedelta(days=1)]
    assert found.spending.over is None
    assert found.needed
    assert all(not needed.is_short for needed in found.needed)


def test_the_example_shows_what_can_be_recorded(today: date) -> None:
    with example(today) as store:
        plans = {plan.origin: plan for plan in store.plans.all()}
        later, uneven = plans[OriginKind.NONE], plans[OriginKind.PURCHASE]
        assert (later.rows[0].number, later.rows[-1].number, later.count) == (4, 12, 12)
        assert {row.fee.minor for row in later.rows} == {2394}  # 0.5 % of 4788.00
        assert len({row.total for row in uneven.rows}) > 1
        kinds = {line.kind for bill in store.bills.all() for line in bill.lines}
        assert {LineKind.PURCHASE, LineKind.INSTALMENT, LineKind.CARRIED, LineKind.INTEREST} <= kinds
        assert [adjustment.reason for adjustment in store.adjustments.all()] == ["The app took a coupon off"]
        assert {payment.automatic for payment in store.payments.all()} == {True, False}


def test_the_cancellation_under_way_waits_for_what_is_open(today: date) -> None:
    with example(today) as store:
        (view,) = case_views(store, today)
        rules = {blocker.rule for step in view.steps for blocker in (*step.waits_for, *step.left)}

    assert {Rule.OPEN_DUES, Rule.UNFINISHED_ORDERS, Rule.LINKED_SERVICES} <= rules


def test_every_bill_but_the_late_one_and_those_to_come_was_paid_to_the_cent() -> None:
    on = date(2026, 11, 5)
    with example(on) as store:
        whole = position((store.ledgers.whole(account) for account in store.accounts.all()), on)

    past = [due for due in whole.dues if due.due_on and due.due_on < on]
    assert [due.id for due in past if due.open] == [due.id for due in whole.late]
    assert len(past) > 10


def test_the_same_day_gives_the_same_rows_down_to_their_ids(today: date) -> None:
    with written(today) as one, written(today) as other:
        assert dump(one) == dump(other)


def test_the_example_holds_nothing_that_could_be_somebodys_number(today: date) -> None:
    with example(today) as store:
        texts = [
            text
            for bought in store.purchases.all()
            for text in (bought.merchant, bought.description, bought.order_number)
        ]
        texts += [account.name + account.note for account in store.accounts.all()]
        texts += [payment.note for payment in store.payments.all()]

    assert not [text for text in texts if re.search(r"\d{3}|@", text)]


def test_the_names_in_it_are_in_the_readers_language(today: date) -> None:
    store = empty_store()
    with closing(store.connection), store.transaction():
        write_example(store, today, lambda text: f"«{text}»")
        names = [account.name for account in store.accounts.all()]
        names += [bought.merchant for bought in store.purchases.all()]
        names += [plan.name for plan in store.plans.all()]
        names += [account.name for account in store.cash_accounts.all()]
        names += [flow.name for flow in store.cash_flows.all()]

    assert all(name.startswith("«") for name in names)
