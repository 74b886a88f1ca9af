"""What tests of hardship are made of: incomes and expenses, and lenders with what they ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planner.domain.cash.flow import CashFlow, Category, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.derivation import Derivation, Derived
from planner.domain.hardship.shares import Creditor
from planner.domain.money import Money
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
MONTH = date(2026, 12, 1)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def plain(amount: Money) -> Derived[Money]:
    return Derived(amount, Derivation(Phrase("as given")))


def monthly(first_on: date = date(2026, 1, 10), every: int = 1, until: date | None = None) -> Recurrence:
    return Recurrence(first_on, Unit.MONTH, every, until=until)


def weekly(first_on: date = date(2026, 1, 5), every: int = 1, until: date | None = None) -> Recurrence:
    return Recurrence(first_on, Unit.WEEK, every, until=until)


def once(on: date) -> Recurrence:
    return Recurrence(on, Unit.ONCE)


def flow(
    category: Category, amount: str, when: Recurrence | None = None, *said: Occurrence, name: str = ""
) -> CashFlow:
    return CashFlow(name or category.value, category, yuan(amount), when or monthly(), occurrences=said)


def creditor(name: str, owed: str, asked: str, **more: Any) -> Creditor:
    """An account at a lender of its own, of a product that is no bank card, in China."""
    found = Creditor(
        name, name, name, "CN", "jd-baitiao", plain(yuan(owed)), plain(yuan(asked)), date(2026, 12, 5)
    )
    return replace(found, **more)
