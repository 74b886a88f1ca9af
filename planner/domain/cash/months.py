"""A forecast month by month: what comes in, what goes out, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from planner.domain.cash.line import CashDay, Line
from planner.domain.cash.movement import Movement
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.money import Money
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class CashMonth:
    """A calendar month of a forecast.

    Attributes:
        first_on: Its first day in the forecast.
        last_on: Its last.
        comes_in: What comes in.
        goes_out: What goes out, as an amount above nothing.
        end: What is there at its end.
        lowest: The day of it on which least is there.
    """

    first_on: date
    last_on: date
    comes_in: Derived[Money]
    goes_out: Derived[Money]
    end: Derived[Money]
    lowest: CashDay


def cash_months(line: Line) -> tuple[CashMonth, ...]:
    """The calendar months of a forecast, the first and the last of them maybe cut short.

    The first holds what moved since the balances were seen.

    Args:
        line: The forecast.
    """
    found: list[CashMonth] = []
    rule = Phrase(
        "Cash at the end of a month = what was there before + what comes in − what goes out. "
        "A balance is that of the end of its day."
    )
    starts = tuple(start.given for start in line.starts)
    by_month = {key: list(days) for key, days in groupby(line.days, key=lambda day: day.on.replace(day=1))}
    month = line.start_on.replace(day=1)
    before = line.days[0]
    while month <= line.until:
        first_on = max(month, line.start_on)
        last_on = min(add_months(month, 1) - timedelta(days=1), line.until)
        days = by_month.get(month, [])
        movements = [movement for day in days for movement in day.movements]
        # What is there when a month begins may be less than after anything that moves in it.
        begins = CashDay(first_on, before.balance)
        seen = days if days and days[0].on == first_on else [begins, *days]
        comes_in = _in_all(Phrase("Comes in = everything that comes in that month"), movements, 1, line)
        goes_out = _in_all(Phrase("Goes out = everything that goes out that month"), movements, -1, line)
        given = (*starts, Given(Phrase("Comes in"), comes_in), Given(Phrase("Goes out"), goes_out))
        value = line.balance(last_on)
        step = Working(Phrase("Cash at the end of {date}", date=last_on), value)
        end = Derived(value, Derivation(rule, given, (step,)))
        lowest = min(seen, key=lambda day: day.balance.minor)
        found.append(CashMonth(first_on, last_on, comes_in, goes_out, end, lowest))
        # Told month after month, each from the one before, instead of all again from the beginning.
        starts = (Given(Phrase("Cash at the end of {date}", date=last_on), end),)
        before = days[-1] if days else before
        month = add_months(month, 1)
    return tuple(found)


def _in_all(rule: Phrase, movements: list[Movement], sign: int, line: Line) -> Derived[Money]:
    given = (
        Given(
            Phrase("{date}, {what}", date=each.on, what=each.label),
            Money(sign * each.amount.minor, line.currency),
        )
        for each in movements
        if sign * each.amount.minor > 0
    )
    return added(rule, given, line.currency)
