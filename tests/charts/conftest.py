"""Results to draw: a comparison, a late cost and what is owed, from terms that disagree on purpose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.offers.compared import own_offer
from planner.domain.overdue import LateCost
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import save_account
from planner.services.compare import Comparison, comparison, typed_question
from planner.services.overdue import cost_of_delay
from planner.services.today import TodayView, today_view
from planner.store.store import Store


def claim(term: Term, text: str, about: str = "", source: str = "A page") -> TermClaim:
    return TermClaim(term, about, text, Source(source))


TERMS = Terms(
    (
        claim(Term.FEE_RATE, "0.005", "3"),
        claim(Term.FEE_RATE, "0.012", "3", "Another page"),
        claim(Term.FEE_RATE, "0.005", "12"),
        claim(Term.CARRY_FROM, "due"),
        claim(Term.LATE_RATE, "0.0003"),
        claim(Term.LATE_RATE, "0.0005", source="Another page"),
    )
)


@pytest.fixture
def account(store: Store) -> Account:
    """An account whose lender’s terms are a range, one value, or unknown (the minimum)."""
    account = Account("白条 镕喆 « é œ € »", "Lender", "CNY", terms=TERMS)
    with store.transaction():
        save_account(store, account)
    return account


@pytest.fixture
def compared(account: Account, today: date) -> Comparison:
    """Ways to settle 1,200: in full, 3 (a range) and 12 instalments, an own offer, an unknown minimum."""
    question = typed_question(Money.of(1200, "CNY"), account, today)
    own = own_offer("Bank « crédit »", 6, Money.of(30, "CNY"))
    return comparison(question, (own,), today)


@pytest.fixture
def recorded(store: Store, account: Account) -> list[Bill]:
    """A late bill of 1,000 and two to come."""
    bills = [
        Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), (_line("1000.00"),)),
        Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), (_line("800.00"),)),
        Bill(account.id, date(2027, 1, 1), date(2027, 1, 10), (_line("420.50"),)),
    ]
    with store.transaction():
        for bill in bills:
            store.bills.save(bill)
    return bills


def _line(amount: str) -> BillLine:
    return BillLine(LineKind.UNITEMISED, Money(int(Decimal(amount) * 100), "CNY"))


@pytest.fixture
def late(store: Store, recorded: list[Bill], today: date) -> LateCost:
    """What paying the late bill on 20 February 2027 costs: a band."""
    return cost_of_delay(store, [recorded[0].id], today, date(2027, 2, 20))


@pytest.fixture
def view(store: Store, recorded: list[Bill], today: date) -> TodayView:
    """What is owed today and from now on."""
    assert recorded
    return today_view(store, today)


@pytest.fixture
def words_in() -> Callable[[Figure], list[str]]:
    """Every text of a figure that is not empty."""

    def words(figure: Figure) -> list[str]:
        return [text.get_text() for text in figure.findobj(Text) if text.get_text()]

    return words
