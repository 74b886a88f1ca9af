"""The cash of one currency day by day in words, for those who do not see its chart."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain.cash.forecast import Forecast
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.recorded import as_recorded
from planner.phrases import Phrase


def describe_cash(forecast: Forecast, notes: Iterable[Phrase] = ()) -> tuple[Phrase, ...]:
    """The chart in words, for those who do not see it.

    Args:
        forecast: The result.
        notes: What it takes for granted and leaves out.
    """
    first = Phrase(
        "{amount} is there on {date}.", amount=forecast.made(forecast.start_on), date=forecast.start_on
    )
    last = Phrase("{amount} is there on {date}.", amount=forecast.made(forecast.until), date=forecast.until)
    return (first, lowest_words(forecast), short_words(forecast), last, *notes)


def lowest_words(forecast: Forecast) -> Phrase:
    """The lowest point and its day, and how it stands to the reserve."""
    on = forecast.lowest.on
    amount, missing = forecast.made(on), forecast.missing(on)
    if not missing.value:
        return Phrase("The lowest balance is {amount}, on {date}.", amount=amount, date=on)
    if forecast.floor:
        return Phrase(
            "The lowest balance is {amount}, on {date}; that is {missing} below the reserve of {reserve}.",
            amount=amount,
            date=on,
            missing=missing,
            reserve=made_reserve(forecast),
        )
    return Phrase(
        "The lowest balance is {amount}, on {date}; that is {missing} short.",
        amount=amount,
        date=on,
        missing=missing,
    )


def short_words(forecast: Forecast) -> Phrase:
    """The first day on which it does not suffice; or until when it does."""
    short = forecast.first_short
    if short is None and forecast.floor:
        return Phrase(
            "It stays above the reserve of {reserve} until {date}.",
            reserve=made_reserve(forecast),
            date=forecast.until,
        )
    if short is None:
        return Phrase("It suffices until {date}.", date=forecast.until)
    if forecast.floor:
        return Phrase(
            "The first day below the reserve of {reserve} is {date}: {missing} short.",
            date=short.on,
            missing=forecast.missing(short.on),
            reserve=made_reserve(forecast),
        )
    return Phrase(
        "The first day on which it does not suffice is {date}: {missing} short.",
        date=short.on,
        missing=forecast.missing(short.on),
    )


def made_reserve(forecast: Forecast) -> Derived[Money]:
    """The reserve, as the user has said."""
    return as_recorded(Phrase("Reserve"), forecast.floor)
