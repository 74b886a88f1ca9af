"""Yearly rates by the conventions of the European Union and the United States."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import islice

from planner.domain.apr import america, europe, unit_period
from planner.domain.apr.europe import Frequency
from planner.domain.apr.unit_period import Kind, UnitPeriod
from planner.domain.apr.value import Apr, rounded_percent
from planner.domain.dates import add_months, on_day
from planner.domain.rate import Rate
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError, as_decimal

_STEPS = {"step_months": 12, "step_weeks": 52, "step_days": 365, "step_years": 1}
_MONTHS = {"months": 1, "years": 12}
_DAYS = {"days": 1, "weeks": 7}
_BASES = {"calendar", "standard"}
_PLURALS = {"days": "day", "weeks": "week", "semimonths": "semimonth", "months": "month", "years": "year"}


# --- the United States -----------------------------------------------------------------------------


def us_apr(given: Given) -> Answers:
    """The rate of dated flows by Appendix J."""
    payments = [*_streams(given, "payment_streams"), *_dated(given, "payments")]
    prepaid = given.maybe_decimal("prepaid_finance_charge") or Decimal(0)
    found = america.apr_of_dates(
        _dated(given, "advances"), payments, _unit(given.get("unit_period")), prepaid
    )
    return _american(found)


def us_interval(given: Given) -> Answers:
    """The unit-periods between two dates."""
    unit = _unit(given.need("unit_period"))
    assert unit is not None
    found = unit_period.interval(given.day("start"), given.day("end"), unit)
    return {"t": found.whole, "f": found.part_text}


def us_single(given: Given) -> Answers:
    """The rate of a single advance that is repaid in a single payment."""
    form = given.count("form")
    per_year: Fraction | int
    whole, part = 1, Fraction(0)
    if form == 1:
        per_year = Fraction(365, given.count("days"))
    elif form == 2:
        per_year = Fraction(12, given.count("months"))
    else:
        unit = _unit(given.need("unit"))
        assert unit is not None
        per_year = unit.per_year
        whole, part = given.count("t", usual=0), _time(given.get("f") or 0)
    time = unit_period.Interval(whole, part.numerator, part.denominator)
    return _american(america.apr_of_single(given.decimal("amount"), given.decimal("payment"), per_year, time))


def _american(found: Apr) -> Answers:
    return {
        "apr_percent": rounded_percent(found.headline, 2),
        "apr_percent_unrounded": found.headline.yearly * 100,
    }


def _unit(value: object) -> UnitPeriod | None:
    """A unit-period: its kind, and of how many."""
    if value is None:
        return None
    found: Mapping[str, object] = value if isinstance(value, Mapping) else {"kind": value}
    kind = str(found.get("kind"))
    multiple = as_decimal(found.get("multiple", 1), "multiple")
    return UnitPeriod(Kind(_PLURALS.get(kind, kind)), int(multiple))


# --- the European Union ----------------------------------------------------------------------------


def eu_apr(given: Given) -> Answers:
    """The rate of flows on dates, or at times in years."""
    names = ("drawdowns", "drawdown_streams"), ("payments", "payment_streams")
    drawn, paid = ([part for name in side for part in _flows(given, name)] for side in names)
    frequency = given.maybe_text("frequency")
    lent, repaid = ([(on, amount) for on, amount in side if isinstance(on, date)] for side in (drawn, paid))
    if not lent and not repaid:
        return _european(europe.effective_rate(_timed(drawn), _timed(paid)))
    if (lent, repaid) != (drawn, paid):
        raise UnusableError("some flows have a date, and some a time in years")
    found = europe.apr_of_dates(lent, repaid, None if frequency is None else Frequency[frequency.upper()])
    return _european(found.effective)


def ec98_apr(given: Given) -> Answers:
    """The same by the directive before, whose examples count in calendar days or in equal months."""
    basis = given.maybe_text("basis") or "standard"
    if basis not in _BASES:
        raise UnusableError(f"nobody knows how to count time by {basis!r}")  # the times are given in years
    return eu_apr(given)


def eu_apr_days(given: Given) -> Answers:
    """The rate of a single payment after some days."""
    days = Fraction(given.count("days"), given.count("year_days", usual=365))
    lent, paid = given.decimal("advance"), given.decimal("payment")
    return _european(europe.effective_rate([(0, lent)], [(days, paid)]))


def eu_interval(given: Given) -> Answers:
    """The time between two dates in years."""
    frequency = Frequency[(given.maybe_text("frequency") or "month").upper()]
    found = europe.interval(given.day("start"), given.day("end"), frequency)
    years = found.years
    return {"years": Decimal(years.numerator) / years.denominator, "as_text": str(found)}


def eu_rounding(given: Given) -> Answers:
    """A rate as it is stated."""
    found = Rate.percent(given.decimal("value_percent"))
    return {"dp1": rounded_percent(found, 1), "dp2": rounded_percent(found, 2)}


def _european(found: Rate) -> Answers:
    percent = found.yearly * 100
    one, two = rounded_percent(found, 1), rounded_percent(found, 2)
    return {
        "apr_percent": percent,
        "apr_percent_1dp": one,
        "apr_percent_2dp": two,
        "apr_percent_unrounded": percent,
        "unrounded": percent,
        "dp1": one,
        "dp2": two,
    }


# --- reading flows ---------------------------------------------------------------------------------


def _flows(given: Given, name: str) -> Iterator[tuple[Fraction | date, Decimal]]:
    """Flows as pairs, or with a date or a time in years each, or in streams; none if they are not given."""
    if given.get(name) is None:
        return
    for entry in given.several(name):
        if isinstance(entry, list):
            at, amount = entry
            yield _when(at), as_decimal(amount, "an amount")
            continue
        fields = _fields(entry, {"amount", "date", "start", "t_years", "count", "every", *_STEPS})
        at = _when(next((fields[key] for key in ("date", "start", "t_years") if key in fields), None))
        count = int(as_decimal(fields.get("count", 1), "count"))
        amount = as_decimal(fields["amount"], "an amount")
        step: object = {key.removeprefix("step_"): fields[key] for key in _STEPS if key in fields} or None
        if isinstance(at, date):
            yield from ((day, amount) for day in islice(_every(at, fields.get("every", step)), count))
            continue
        years = sum(
            (Fraction(as_decimal(fields[key], key)) / per for key, per in _STEPS.items() if key in fields)
        )
        yield from ((at + number * years, amount) for number in range(count))


def _timed(flows: list[tuple[Fraction | date, Decimal]]) -> list[tuple[Fraction, Decimal]]:
    return [(at, amount) for at, amount in flows if not isinstance(at, date)]


def _when(value: object) -> Fraction | date:
    """A date, or a number of years."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return _time(value)


def _time(value: object) -> Fraction:
    """A number of years, or a fraction of them as text, such as 546/365 or 1/12+3/366."""
    try:
        if isinstance(value, str):
            return sum((Fraction(part) for part in value.replace(" ", "").split("+")), Fraction(0))
        return Fraction(as_decimal(value, "a time"))
    except (ValueError, ZeroDivisionError, InvalidOperation) as error:
        raise UnusableError(f"{value!r} is no time") from error


def _dated(given: Given, name: str) -> list[tuple[date, Decimal]]:
    """Flows on a day each; none if they are not given."""
    if given.get(name) is None:
        return []
    found = [_fields(entry, {"date", "amount"}) for entry in given.several(name)]
    return [
        (date.fromisoformat(str(entry["date"])), as_decimal(entry["amount"], "an amount")) for entry in found
    ]


def _streams(given: Given, name: str) -> list[tuple[date, Decimal]]:
    """Flows that follow each other; none if they are not given."""
    if given.get(name) is None:
        return []
    found = []
    for entry in given.several(name):
        fields = _fields(entry, {"start", "count", "every", "amount"})
        count = int(as_decimal(fields.get("count", 1), "count"))
        days = islice(_every(date.fromisoformat(str(fields["start"])), fields.get("every")), count)
        found += [(day, as_decimal(fields["amount"], "an amount")) for day in days]
    return found


def _every(start: date, step: object) -> Iterator[date]:
    """A day and those that follow it at a step, such as {"months": 3}; the day alone without one."""
    if step is None:
        yield start
        return
    ((unit, value),) = _fields(step, {*_MONTHS, *_DAYS, "semimonth"}).items()
    if unit == "semimonth":
        yield from _half_months(start, value)
        return
    count = int(as_decimal(value, unit))
    number = 0
    while True:
        if unit in _MONTHS:
            yield add_months(start, number * count * _MONTHS[unit])
        else:
            yield start + timedelta(days=number * count * _DAYS[unit])
        number += 1


def _half_months(start: date, value: object) -> Iterator[date]:
    """A day of each half of a month and those that follow it; the days of the month, or how many halves."""
    days = sorted(int(as_decimal(day, "a day")) for day in value) if isinstance(value, list) else []
    if not days:
        low = start.day if start.day <= 15 else start.day - 15
        days = [low, low + 15]
    month = 0
    while True:
        for aim in days:
            day = on_day(start.year, start.month + month, aim)
            if day >= start:
                yield day
        month += 1


def _fields(entry: object, known: set[str]) -> Mapping[str, object]:
    """The fields of an entry, all of which are understood."""
    if not isinstance(entry, dict):
        raise UnusableError(f"{entry!r} has no fields")
    if set(entry) - known:
        raise UnusableError(f"nobody looks at {sorted(set(entry) - known)}")
    return entry
