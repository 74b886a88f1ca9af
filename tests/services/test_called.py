"""A lender asks for everything on an account at once: paying it, an agreement, and what each costs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.dates import Cycle, Mode
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.late.agreement import Agreement
from planner.domain.late.way import Way, WayKind
from planner.domain.money import Money
from planner.domain.sourced import Source, Span
from planner.domain.term import LateBase
from planner.services.accounts import save_account
from planner.services.called import asked_at_once
from planner.services.overdue import Asked, cost_of_delay, late_claims, with_claims
from planner.services.plans import save_plan
from planner.store.store import Store
from tests.negotiating import late_account, use_talks

UNTIL = date(2027, 2, 22)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture(autouse=True)
def _talks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_talks(monkeypatch, tmp_path)


def account_with_rows(store: Store, country: str = "CN") -> Account:
    """Nothing is late; three instalments of 1,000 and 10 are to come; 0.05 % a day from the first day on."""
    source = Source("The contract", date(2026, 11, 22))
    currency = {"CN": "CNY", "FR": "EUR"}[country]
    account = Account("Loan", "Lender", currency, cycle=Cycle(Mode.ORDER), country=country)
    claims = late_claims(source, Decimal("0.0005"), 0, LateBase.OVERDUE)
    account = replace(account, terms=with_claims(account.terms, claims))
    rows = tuple(
        Instalment(
            number,
            date(2026 + (number > 1), 12 if number == 1 else number - 1, 20),
            Money(100_000, currency),
            Money(1_000, currency),
            Money(0, currency),
            f"row{number}",
        )
        for number in (1, 2, 3)
    )
    with store.transaction():
        save_account(store, account)
        save_plan(store, InstalmentPlan(account.id, "Loan", Money(300_000, currency), rows, 3))
    return account


def way(ways: tuple[Way, ...], kind: WayKind) -> Way:
    return next(each for each in ways if each.kind is kind)


@pytest.mark.row("C021")
def test_paying_all_and_an_agreement_on_all_stand_side_by_side_with_their_cost(
    store: Store, today: date
) -> None:
    account_with_rows(store)
    agreement = Agreement(3, date(2026, 12, 22), today, stops=False)
    asked = Asked(agreement=agreement, called_on=today)
    found = cost_of_delay(store, ["row1", "row2", "row3"], today, UNTIL, asked)

    at_once, *_others = found.ways
    assert at_once.kind is WayKind.WHOLE
    assert at_once.total == Span(cny(303_000), cny(303_000))
    assert at_once.cost is not None
    assert at_once.cost.value == Span(cny(0), cny(0))
    parts = way(found.ways, WayKind.AGREEMENT)
    assert [on for on, _amount in parts.payments] == [
        date(2026, 12, 22),
        date(2027, 1, 22),
        date(2027, 2, 22),
    ]
    # 0.05 % a day over 30, 31 and 31 days. At least 45.45 + 31.31 + 15.66, if every payment repays principal;
    # at most 45.45 + 32.01 + 16.86, if every payment goes to what was charged first.
    assert parts.cost is not None
    assert cny(9_242) <= parts.cost.value.low <= parts.cost.value.high <= cny(9_432)


@pytest.mark.row("C021")
def test_where_charges_stop_an_agreement_on_all_costs_nothing_on_top(store: Store, today: date) -> None:
    account_with_rows(store)
    agreement = Agreement(3, date(2026, 12, 22), today, stops=True)
    asked = Asked(agreement=agreement, called_on=today)
    found = cost_of_delay(store, ["row1", "row2", "row3"], today, UNTIL, asked)

    parts = way(found.ways, WayKind.AGREEMENT)
    assert parts.cost is not None
    assert parts.cost.value == Span(cny(0), cny(0))
    assert [amount.low for _on, amount in parts.payments] == [cny(101_000)] * 3


def test_without_a_call_what_is_due_later_costs_from_its_own_day(store: Store, today: date) -> None:
    account_with_rows(store)
    rows = ["row1", "row2", "row3"]
    called = cost_of_delay(store, rows, today, UNTIL, Asked(called_on=today))
    uncalled = cost_of_delay(store, rows, today, UNTIL)

    assert called.at is not None
    assert uncalled.at is not None
    # 92 days on 3,030 at 0.05 %: 139.38.
    assert called.at.value.low == cny(13_938)
    # 64, 33 and 2 days on 1,010 each: 32.32 + 16.67 + 1.01.
    assert uncalled.at.value.low == cny(5_000)


def test_in_france_the_interest_of_later_instalments_is_not_asked_for(store: Store, today: date) -> None:
    account_with_rows(store, "FR")
    found = cost_of_delay(store, ["row1", "row2", "row3"], today, UNTIL, Asked(called_on=today))

    assert found.unpaid == Money(300_000, "EUR")


def test_without_a_budget_a_year_is_compared(store: Store, today: date) -> None:
    account = late_account(store)
    asked = asked_at_once(store, account.id, today)

    assert asked == Asked(
        agreement=Agreement(12, date(2026, 12, 22), today),
        called_on=today,
    )
