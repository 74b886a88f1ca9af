"""The kinds of value a term can have: each is typed into its own field, kept as text, and written out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from planner.compat import override
from planner.domain.blockers import listed
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Sourced, Span
from planner.gui.fields import AmountField, ChoiceField, CountField, Field, PercentField
from planner.i18n import _, explain, ngettext, show, show_number, show_percent
from planner.phrases import Phrase

F = TypeVar("F", bound=Field)
V = TypeVar("V")

_MOST_DAYS = 366


class Kind(Generic[F, V]):
    """A kind of value: the field it is typed into, its text in the store, and how it is written."""

    def field(self, currency: str) -> F:
        """A new field for such a value."""
        raise NotImplementedError

    def offer(self, field: F) -> None:
        """Set the texts in a field beside its label."""

    def fill(self, field: F, value: V) -> None:
        """Put a value in a field."""
        raise NotImplementedError

    def text(self, field: F) -> str:
        """What is typed in a field, as it is kept.

        Raises:
            PlannerError: It cannot be read.
        """
        raise NotImplementedError

    def words(self, value: V, currency: str) -> str:
        """A value as the reader writes it."""
        raise NotImplementedError

    def range_words(self, sourced: Sourced[V], currency: str) -> str:
        """Values that differ, as the reader writes them."""
        low, high = sourced.lowest().value, sourced.highest().value
        return show(Span(self.words(low, currency), self.words(high, currency)))

    def echo(self, _field: F) -> str:
        """Another way to say what is typed in a field, to check it by.

        Raises:
            PlannerError: It cannot be read.
        """
        return ""


class PercentKind(Kind[PercentField, "Rate | Decimal"]):
    """A part of something; with a period it is a rate."""

    def __init__(self, per: Per | None = None) -> None:
        self._per = per

    @override
    def field(self, currency: str) -> PercentField:
        return PercentField()

    @override
    def fill(self, field: PercentField, value: Rate | Decimal) -> None:
        field.set_fraction(value.fraction if isinstance(value, Rate) else value)

    @override
    def text(self, field: PercentField) -> str:
        typed: Decimal = field.value()
        return f"{typed.normalize():f}"

    @override
    def words(self, value: Rate | Decimal, currency: str) -> str:
        return show(value) if isinstance(value, Rate) else show_percent(value, None)

    @override
    def echo(self, field: PercentField) -> str:
        if self._per is None:
            return ""
        rate = Rate(field.value(), self._per)
        return _("{rate} is {yearly} a year.").format(rate=show(rate), yearly=show_percent(rate.yearly))


class DaysKind(Kind[CountField, int]):
    """A number of days."""

    @override
    def field(self, currency: str) -> CountField:
        return CountField(0, _MOST_DAYS)

    @override
    def fill(self, field: CountField, value: int) -> None:
        field.set_count(value)

    @override
    def text(self, field: CountField) -> str:
        return str(field.value())

    @override
    def words(self, value: int, currency: str) -> str:
        return ngettext("{count} day", "{count} days", value).format(count=show_number(value))


class AmountKind(Kind[AmountField, Decimal]):
    """An amount in major units of the account's currency."""

    @override
    def field(self, currency: str) -> AmountField:
        return AmountField(currency)

    @override
    def fill(self, field: AmountField, value: Decimal) -> None:
        field.set_text(show_number(value))

    @override
    def text(self, field: AmountField) -> str:
        typed: Money = field.value()
        return f"{typed.decimal:f}"

    @override
    def words(self, value: Decimal, currency: str) -> str:
        # As exactly as it is published, which may be finer than the currency.
        return _("{amount} {currency}").format(amount=show_number(value), currency=currency)


class ChoiceKind(Kind[ChoiceField, StrEnum]):
    """One of several rules."""

    def __init__(self, words: Mapping[Any, Phrase]) -> None:
        self._words: Mapping[StrEnum, Phrase] = words

    @override
    def field(self, currency: str) -> ChoiceField:
        return ChoiceField()

    @override
    def offer(self, field: ChoiceField) -> None:
        field.set_choices((value, explain(words)) for value, words in self._words.items())

    @override
    def fill(self, field: ChoiceField, value: StrEnum) -> None:
        field.set_key(value)

    @override
    def text(self, field: ChoiceField) -> str:
        return str(field.value())

    @override
    def words(self, value: StrEnum, currency: str) -> str:
        return explain(self._words[value])

    @override
    def range_words(self, sourced: Sourced[StrEnum], currency: str) -> str:
        values = {claim.value for claim in sourced.counting}
        held = [words for value, words in self._words.items() if value in values]
        return explain(listed(held, len(held)))
