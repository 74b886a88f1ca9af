"""How the small types of the domain stand in columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from planner.domain.money import Money


def day_text(day: date | None) -> str | None:
    """A date as ISO text."""
    return day.isoformat() if day is not None else None


def day_of(text: str | None) -> date | None:
    """The date in an ISO text, if there is one."""
    return date.fromisoformat(text) if text else None


def minor_of(money: Money | None) -> int | None:
    """The minor units of an amount that may be unknown."""
    return money.minor if money is not None else None


def money_of(minor: int | None, currency: str) -> Money | None:
    """An amount that may be unknown."""
    return Money(minor, currency) if minor is not None else None


def fraction_text(fraction: Decimal | None) -> str | None:
    """A fraction that may be unknown, digit by digit."""
    return str(fraction) if fraction is not None else None


def fraction_of(text: str | None) -> Decimal | None:
    """The fraction in a text, if there is one."""
    return Decimal(text) if text is not None else None


def days_text(days: Iterable[int]) -> str:
    """Some numbers of days as one text."""
    return ",".join(map(str, days))


def days_in(text: str) -> tuple[int, ...]:
    """The numbers of days in a text."""
    return tuple(int(part) for part in text.split(",") if part)
