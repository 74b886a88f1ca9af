"""What lenders publish, each value with where it comes from: a value, a range, or unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Reliability(StrEnum):
    """How far a source can be trusted; FICTITIOUS: it says itself that it is invented."""

    CONTRACT = "contract"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    FICTITIOUS = "fictitious"


class Origin(StrEnum):
    """Who says so."""

    PUBLISHED = "published"
    CONTRACT = "contract"
    APP_SCREEN = "app_screen"
    PHONE = "phone"
    GUESS = "guess"
    IMPORTED = "imported"

    @property
    def is_own(self) -> bool:
        """Whether the user brought it as a term, so that it wins over what is published.

        What a statement file says was bought or paid is no claim on the terms.
        """
        return self not in {Origin.PUBLISHED, Origin.IMPORTED}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from.

    Attributes:
        name: A page, a law, "my contract"; what is published is a text of the catalogues.
        checked: The day somebody last looked, if known.
        reliability: How far it can be trusted.
        origin: Who says so.
    """

    name: str
    checked: date | None = None
    reliability: Reliability = Reliability.LOW
    origin: Origin = Origin.PUBLISHED

    def is_stale_on(self, today: date) -> bool:
        """Whether somebody last looked more than a year ago; a contract does not grow old."""
        if self.checked is None or self.origin is Origin.CONTRACT:
            return False
        return is_stale(self.checked, today)


def is_stale(checked: date, today: date) -> bool:
    """Whether a day lies more than a year back; of 29 February that is so from 1 March on."""
    return (checked.year + 1, checked.month, checked.day) < (today.year, today.month, today.day)


IMPORTED = Source("", reliability=Reliability.HIGH, origin=Origin.IMPORTED)
"""A statement file that was imported."""


def recorded_from(source_key: str) -> Source | None:
    """Who says what is recorded: a statement file, or with an empty key nobody but the user."""
    return IMPORTED if source_key else None


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """One value as one source gives it."""

    value: T
    source: Source


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """A closed range; ``low`` equals ``high`` where there is only one answer."""

    low: T
    high: T

    @classmethod
    def exactly(cls, value: T) -> Span[T]:
        """The range of a single answer."""
        return cls(value, value)

    @property
    def is_single(self) -> bool:
        """Whether there is only one answer."""
        return bool(self.low == self.high)

    def map(self, change: Callable[[T], U]) -> Span[U]:
        """Both ends changed by a function that keeps their order."""
        return Span(change(self.low), change(self.high))


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A term as its sources give it: none (unknown), one or agreeing (a value), differing (a range).

    The user's own claims, where there are any, are the only ones that count.

    Attributes:
        claims: Every claim, published and own.
    """

    claims: tuple[Claim[T], ...] = ()

    @property
    def own(self) -> Claim[T] | None:
        """The newest of the user's own claims, if there is one."""
        return next((claim for claim in reversed(self.claims) if claim.source.origin.is_own), None)

    @property
    def counting(self) -> tuple[Claim[T], ...]:
        """The claims that count: the newest of the user's own, else all published ones but invented ones."""
        own = [claim for claim in self.claims if claim.source.origin.is_own]
        return tuple(own[-1:]) or tuple(
            claim for claim in self.claims if claim.source.reliability is not Reliability.FICTITIOUS
        )

    @property
    def is_unknown(self) -> bool:
        """Whether nobody says anything that counts."""
        return not self.counting

    @property
    def is_range(self) -> bool:
        """Whether the sources that count disagree."""
        return len({claim.value for claim in self.counting}) > 1

    @property
    def value(self) -> T | None:
        """The one value all agree on; None if unknown or disputed."""
        return None if self.is_unknown or self.is_range else self.counting[0].value

    def lowest(self, key: Callable[[T], Any] = lambda value: value) -> Claim[T]:
        """The claim with the least value.

        Raises:
            ValueError: The term is unknown.
        """
        return min(self.counting, key=lambda claim: key(claim.value))

    def highest(self, key: Callable[[T], Any] = lambda value: value) -> Claim[T]:
        """The claim with the greatest value.

        Raises:
            ValueError: The term is unknown.
        """
        return max(self.counting, key=lambda claim: key(claim.value))
