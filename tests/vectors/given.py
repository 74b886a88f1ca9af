"""What a vector gives, read so that nothing is passed over in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from tests.vectors.vector import Vector

_CODE = 3  # letters of ISO 4217


class UnusableError(Exception):
    """A vector asks in a way that is not understood."""


class Given:
    """The inputs of a vector; it remembers which were read."""

    def __init__(self, vector: Vector) -> None:
        self._inputs = vector.inputs
        self._unread = set(vector.inputs)
        self.folder: Path = vector.folder

    @property
    def unread(self) -> list[str]:
        """The inputs that nobody has looked at."""
        return sorted(self._unread)

    def get(self, name: str) -> object:
        """An input as it is written; None if it is not given or null."""
        self._unread.discard(name)
        return self._inputs.get(name)

    def need(self, name: str) -> object:
        """An input as it is written.

        Raises:
            UnusableError: It is not given.
        """
        value = self.get(name)
        if value is None:
            raise UnusableError(f"{name} is not given")
        return value

    def text(self, name: str) -> str:
        """A text."""
        value = self.need(name)
        if not isinstance(value, str):
            raise UnusableError(f"{name} is {value!r}, which is no text")
        return value

    def maybe_text(self, name: str) -> str | None:
        """A text, or None."""
        return None if self.get(name) is None else self.text(name)

    def several(self, name: str) -> list[object]:
        """A list that is not empty."""
        value = self.need(name)
        if not isinstance(value, list) or not value:
            raise UnusableError(f"{name} is {value!r}, which is no list")
        return value

    def one_of(self, *names: str) -> str:
        """Which of some inputs is given.

        Raises:
            UnusableError: None or several of them are.
        """
        given = [name for name in names if self.get(name) is not None]
        if len(given) != 1:
            raise UnusableError(f"one of {names} has to be given, not {given}")
        return given[0]

    def decimal(self, name: str) -> Decimal:
        """A figure."""
        return as_decimal(self.need(name), name)

    def maybe_decimal(self, name: str) -> Decimal | None:
        """A figure, or None."""
        return None if self.get(name) is None else self.decimal(name)

    def count(self, name: str, usual: int | None = None) -> int:
        """A whole number, at least nothing."""
        value = self.decimal(name) if usual is None or self.get(name) is not None else Decimal(usual)
        if value != value.to_integral_value() or value < 0:
            raise UnusableError(f"{name} is {value}, which counts nothing")
        return int(value)

    def day(self, name: str) -> date:
        """A day."""
        return date.fromisoformat(self.text(name))

    def maybe_day(self, name: str) -> date | None:
        """A day, or None."""
        return None if self.get(name) is None else self.day(name)

    @property
    def currency(self) -> str:
        """The currency; the yuan where nothing is said."""
        return self.currency_or("CNY")

    def currency_or(self, usual: str) -> str:
        """The currency, or the usual one where nothing is said."""
        code = self.maybe_text("currency") or usual
        if not (len(code) == _CODE and code.isalpha() and code.isupper()):
            raise UnusableError(f"{code!r} is no currency")
        return code

    def money(self, name: str) -> Money:
        """An amount in the currency of the vector."""
        return Money.of(self.decimal(name), self.currency)

    def rate(self, name: str, per: Per) -> Rate:
        """A fraction for each period."""
        return Rate(self.decimal(name), per)


def as_decimal(value: object, name: str) -> Decimal:
    """A figure as JSON has it: a text or a number.

    Raises:
        UnusableError: It is something else.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise UnusableError(f"{name} is {value!r}, which is no figure")
    try:
        return Decimal(value)
    except InvalidOperation as error:
        raise UnusableError(f"{name} is {value!r}, which is no figure") from error
