"""Money: whole minor units and a currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import total_ordering

# ISO 4217: the currencies in use whose minor unit is not a hundredth.
_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_IN_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {**dict.fromkeys(_WITHOUT.split(), 0), **dict.fromkeys(_IN_THOUSANDTHS.split(), 3)}


def minor_digits(currency: str) -> int:
    """How many decimal places the currency has (ISO 4217)."""
    return _DIGITS.get(currency, 2)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount.

    Attributes:
        minor: Whole minor units (cents, fen); negative for a credit.
        currency: ISO 4217 code.
    """

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Money:
        """Return an amount given in major units.

        Raises:
            ValueError: The amount is finer than the currency's minor unit.
        """
        scaled = Decimal(amount).scaleb(minor_digits(currency))
        if scaled != scaled.to_integral_value():
            msg = f"{amount} is finer than the minor unit of {currency}"
            raise ValueError(msg)
        return cls(int(scaled), currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str, rounding: str = ROUND_HALF_UP) -> Money:
        """Return an amount in major units, rounded to the minor unit (half up unless told otherwise)."""
        return cls(int(amount.scaleb(minor_digits(currency)).to_integral_value(rounding)), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency."""
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Take an amount of the same currency away."""
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        """The same amount the other way."""
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare with an amount of the same currency."""
        return self.minor < self._same(other).minor

    def __bool__(self) -> bool:
        """Zero is false."""
        return self.minor != 0

    def times(self, factor: Decimal | int, rounding: str = ROUND_HALF_UP) -> Money:
        """The amount multiplied, rounded to the minor unit (half up unless told otherwise)."""
        return Money(int((self.minor * Decimal(factor)).to_integral_value(rounding)), self.currency)

    @property
    def zero(self) -> Money:
        """Nothing, in the same currency."""
        return Money(0, self.currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise _two_currencies(self.currency, other.currency)
        return other

    def __str__(self) -> str:
        """Write it for logs and tests; windows use ``i18n.show``."""
        return f"{self.decimal:.{minor_digits(self.currency)}f} {self.currency}"


def sum_of(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency; nothing at all sums to zero."""
    # Whole numbers, not a value for each step: a position adds up tens of thousands of amounts.
    minor = 0
    for amount in amounts:
        if amount.currency != currency:
            raise _two_currencies(currency, amount.currency)
        minor += amount.minor
    return Money(minor, currency)


def by_currency(amounts: Iterable[Money]) -> dict[str, Money]:
    """One total per currency, in the order in which the currencies come."""
    totals: dict[str, Money] = {}
    for amount in amounts:
        totals[amount.currency] = totals.get(amount.currency, amount.zero) + amount
    return totals


def _two_currencies(one: str, other: str) -> ValueError:
    return ValueError(f"{one} and {other} do not add up: there are no exchange rates")
