"""The kinds of value a term can have: each is typed into its own field, kept as text, and written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from planner.compat import override
from planner.domain.money import Money
from planner.domain.procedures.step_view import listed
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Sourced, Span
from planner.gui.fields import AmountField, ChoiceField, CountField, DateField, Field, PercentField
from planner.gui.recording.rate_field import END_OF_DAY, CutoffField, RateField
from planner.i18n import _, explain, show, show_date, show_number, show_percent
from planner.phrases import Phrase

F = TypeVar("F", bound=Field)
V = TypeVar("V")


class Kind(Generic[F, V]):
    """A kind of value: the field it is typed into, its text in the store, and how it is written."""

    def field(self, currency: str, today: date) -> F:
        """A new field for such a value.

        Args:
            currency: That of the account.
            today: The day that a typed date counts from.
        """
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


class PartKind(Kind[PercentField, Decimal]):
    """A part of something, in per cent."""

    @override
    def field(self, currency: str, today: date) -> PercentField:
        return PercentField()

    @override
    def fill(self, field: PercentField, value: Decimal) -> None:
        field.set_fraction(value)

    @override
    def text(self, field: PercentField) -> str:
        typed: Decimal = field.value()
        return f"{typed.normalize():f}"

    @override
    def words(self, value: Decimal, currency: str) -> str:
        return show_percent(value, None)


class RateKind(Kind[RateField, Rate]):
    """A rate for some time; it is kept and shown for the time that it is stated for."""

    def __init__(self, usual: Per) -> None:
        self._usual = usual

    @override
    def field(self, currency: str, today: date) -> RateField:
        return RateField(self._usual)

    @override
    def fill(self, field: RateField, value: Rate) -> None:
        field.set_rate(value)

    @override
    def text(self, field: RateField) -> str:
        rate = field.rate()
        fraction = f"{rate.fraction.normalize():f}"
        return fraction if rate.per is self._usual else f"{fraction}/{rate.per.name.lower()}"

    @override
    def words(self, value: Rate, currency: str) -> str:
        if value.per is Per.YEAR:
            return _("{percent} a year").format(percent=show_percent(value.fraction, None))
        return show(value)

    @override
    def echo(self, field: RateField) -> str:
        rate = field.rate()
        if rate.per is Per.YEAR:
            return ""
        return _("{rate} is {yearly} a year.").format(rate=show(rate), yearly=show_percent(rate.yearly))


class CountKind(Kind[CountField, int]):
    """A whole number of something: days, times, instalments."""

    def __init__(self, say: Callable[[int], str], most: int, least: int = 0) -> None:
        """Take how it is said.

        Args:
            say: The sentence for a number, with ``{count}``, in the reader's language.
            most: The greatest number.
            least: The least number.
        """
        self._say, self._most, self._least = say, most, least

    @override
    def field(self, currency: str, today: date) -> CountField:
        return CountField(self._least, self._most)

    @override
    def fill(self, field: CountField, value: int) -> None:
        field.set_count(value)

    @override
    def text(self, field: CountField) -> str:
        return str(field.value())

    @override
    def words(self, value: int, currency: str) -> str:
        return self._say(value).format(count=show_number(value))


class CutoffKind(Kind[CutoffField, "time | None"]):
    """An hour until which a payment counts; None is the end of the day."""

    @override
    def field(self, currency: str, today: date) -> CutoffField:
        return CutoffField()

    @override
    def fill(self, field: CutoffField, value: time | None) -> None:
        field.set_time(value)

    @override
    def text(self, field: CutoffField) -> str:
        moment: time = field.value()
        return "24:00" if moment == END_OF_DAY else f"{moment:%H:%M}"

    @override
    def words(self, value: time | None, currency: str) -> str:
        return _("24:00, the end of the day") if value is None else f"{value:%H:%M}"

    @override
    def range_words(self, sourced: Sourced[time | None], currency: str) -> str:
        low, high = sourced.lowest(_moment).value, sourced.highest(_moment).value
        return show(Span(self.words(low, currency), self.words(high, currency)))


def _moment(value: time | None) -> time:
    return END_OF_DAY if value is None else value


class DayKind(Kind[DateField, date]):
    """A day."""

    @override
    def field(self, currency: str, today: date) -> DateField:
        return DateField(today)

    @override
    def fill(self, field: DateField, value: date) -> None:
        field.set_day(value)

    @override
    def text(self, field: DateField) -> str:
        day: date = field.value()
        return day.isoformat()

    @override
    def words(self, value: date, currency: str) -> str:
        return show_date(value)


class AmountKind(Kind[AmountField, Decimal]):
    """An amount in major units of the account's currency."""

    @override
    def field(self, currency: str, today: date) -> AmountField:
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
    def field(self, currency: str, today: date) -> ChoiceField:
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
