"""Rates: exact fractions with the period they are charged for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Per(Enum):
    """The period a rate is charged for; its value is how many of them make a year."""

    DAY = 365
    MONTH = 12
    YEAR = 1


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction of an amount for each period.

    Attributes:
        fraction: 0.005 is half a per cent.
        per: The period.
    """

    fraction: Decimal
    per: Per = Per.YEAR

    @classmethod
    def percent(cls, percent: Decimal | str, per: Per = Per.YEAR) -> Rate:
        """Return a rate given in per cent."""
        return cls(Decimal(percent) / 100, per)

    @property
    def yearly(self) -> Decimal:
        """The simple yearly fraction: periods a year times the fraction, without compounding."""
        return self.fraction * self.per.value

    def __lt__(self, other: Rate) -> bool:
        """Compare by the simple yearly fraction."""
        return self.yearly < other.yearly

    def __bool__(self) -> bool:
        """A rate of nothing is false."""
        return bool(self.fraction)

    def __str__(self) -> str:
        """Write it for logs and tests; windows use ``i18n.show``."""
        return f"{self.fraction * 100:f} %/{self.per.name.lower()}"
