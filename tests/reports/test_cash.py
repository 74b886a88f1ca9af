"""The pages of a report on cash."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.reports.pack import Part, ReportPack, WorkedOut, compose
from planner.services.cash_view import cash_view
from planner.store.store import Store

Extract = Callable[[bytes], str]


@pytest.fixture
def with_cash(store: Store, today: date) -> Store:
    account = CashAccount("Purse", "CNY", (Balance(today, Money(50_000, "CNY")),))
    salary = CashFlow("Pay", Category.SALARY, Money(300_000, "CNY"), Recurrence(date(2026, 12, 5)))
    with store.transaction():
        for credit in store.accounts.all():
            store.accounts.save(replace(credit, automatic=True))
        store.cash_accounts.save(account)
        store.cash_flows.save(salary)
        store.cash_rules.save(CashRules("CNY", Money(20_000, "CNY"), Money(100_000, "CNY")))
    return store


def text_of_cash(pack: ReportPack, store: Store, today: date) -> bytes:
    parts = replace(pack.parts, parts=frozenset({Part.CASH, Part.WORKINGS}))
    return compose(replace(pack, parts=parts, worked=WorkedOut(cash=cash_view(store, today))), "en")


def test_a_report_shows_the_cash_month_by_month_as_the_window_does(
    pack: ReportPack, with_cash: Store, today: date, text_of: Extract
) -> None:
    found = cash_view(with_cash, today).currencies[0]
    assert found.forecast is not None

    text = text_of(text_of_cash(pack, with_cash, today))

    assert "Cash until 22 Feb 2027" in text
    assert "Cash now: CN¥500.00" in text
    assert "1 Dec 2026 to 31 Dec 2026 CN¥3,000.00" in text
    assert f"CN¥{found.forecast.balance(date(2027, 1, 31)).decimal:,}".replace("CN¥-", "-CN¥") in text
    assert "The first day below the reserve of CN¥200.00 is" in text
    assert "Balance needed for what is debited" in text
    assert "Buying on credit" in text
    assert "Cash at the end of a month = what was there before" in text


def test_without_a_balance_it_says_what_is_missing(
    pack: ReportPack, store: Store, today: date, text_of: Extract
) -> None:
    with store.transaction():
        store.cash_accounts.save(CashAccount("Purse", "CNY"))
    (unknown,) = cash_view(store, today).currencies[0].unknown

    text = text_of(text_of_cash(pack, store, today))

    assert str(unknown) in text
    assert "Comes in" not in text


def test_without_a_cash_account_there_is_nothing_of_it(
    pack: ReportPack, store: Store, today: date, text_of: Extract
) -> None:
    assert "Cash until" not in text_of(text_of_cash(pack, store, today))
