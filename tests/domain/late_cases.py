"""What the tests of being late share: items, terms and readings of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planner.domain.late.charges import Course, late_charges
from planner.domain.late.ends import LateEnd, late_ends
from planner.domain.late.item import LateCase, LateItem, late_case
from planner.domain.money import Money
from planner.domain.sourced import Origin, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
DUE = date(2026, 11, 10)
NOTHING = Money(0, "CNY")


def yuan(text: str) -> Money:
    """An amount in yuan."""
    return Money.of(text, "CNY")


def euro(text: str) -> Money:
    """An amount in euros."""
    return Money.of(text, "EUR")


def item(amount: str | Money = "1000.00", due_on: date = DUE, **more: Any) -> LateItem:
    """A bill due on a day."""
    return LateItem(Phrase("Bill"), due_on, yuan(amount) if isinstance(amount, str) else amount, **more)


def case(*items: LateItem, other: Money | None = None, **more: Any) -> LateCase:
    """A case of some items."""
    items = items or (item(),)
    return late_case(items, other if other is not None else items[0].unpaid.zero, **more)


def terms(**texts: str | tuple[str, ...]) -> Terms:
    """Terms by name; ``late_indemnity__unpaid`` is about unpaid."""
    listed = {name: (given,) if isinstance(given, str) else given for name, given in texts.items()}
    return Terms(
        tuple(
            TermClaim(Term(name.partition("__")[0]), name.partition("__")[2], text, Source(f"page of {text}"))
            for name, given in listed.items()
            for text in given
        )
    )


def own(found: Terms) -> Terms:
    """The same terms as the user's own contract says them."""
    contract = Source("my contract", origin=Origin.CONTRACT)
    return Terms(tuple(replace(claim, source=contract) for claim in found.claims))


def known(**more: str | tuple[str, ...]) -> Terms:
    """Terms that leave nothing open: 0.05 % a day on what is late, without grace."""
    usual: dict[str, str | tuple[str, ...]] = {
        "late_rate": "0.0005",
        "late_base": "overdue",
        "grace_days": "0",
        "allocation": "penalty_fee_interest_principal",
    }
    return terms(**{**usual, **more})


def low(found: Terms, country: str = "CN") -> LateEnd:
    """The cheapest reading."""
    return late_ends(found, country)[0]


def high(found: Terms, country: str = "CN") -> LateEnd:
    """The dearest reading."""
    return late_ends(found, country)[1]


def amounts(found: LateCase, end: LateEnd, day: date, course: Course = ()) -> list[str]:
    """What is charged, one after the other, in major units."""
    return [f"{charge.amount.decimal}" for charge in late_charges(found, end, day, course)]
