"""When the lender's verification may be over, as far as the calendar is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.business_days import BusinessCalendar, CalendarNotPublishedError
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.procedures.kinds import StepKind, Unit
from planner.domain.procedures.published import Duration, Procedure
from planner.domain.sourced import Reliability, Source
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Verification:
    """The lender's verification, as far as the calendar is known.

    Attributes:
        submitted_on: The day of the request.
        earliest: The first day on which it may be over; None if that cannot be worked out.
        latest: The last day it may take; None if that cannot be worked out.
        unknown: Why a day cannot be worked out; None if both are known.
        derivation: How the days were counted.
    """

    submitted_on: date
    earliest: date | None
    latest: date | None
    unknown: Phrase | None
    derivation: Derivation


def verification(procedure: Procedure, submitted_on: date, calendar: BusinessCalendar) -> Verification | None:
    """When the lender's verification may be over; None if the procedure has none.

    Where sources disagree, it is over between the first day that any of them names and the last one.

    Args:
        procedure: The procedure.
        submitted_on: The day of the request, which itself does not count.
        calendar: The business days of the lender's country.
    """
    step = procedure.of_kind(StepKind.VERIFY)
    durations = procedure.durations_of(step.duration) if step is not None else ()
    if not durations:
        return None
    given = [Given(Phrase("Day of the request"), submitted_on)]
    firsts: list[date | None] = []
    lasts: list[date | None] = []
    unknown = None
    for each in durations:
        is_business = each.unit is Unit.BUSINESS_DAYS
        for count, days in ((each.least, firsts), (each.most, lasts)):
            if count is None:
                continue
            label = _AT_LEAST[each.unit] if days is firsts else _AT_MOST[each.unit]
            given.append(Given(label, count, each.source))
            try:
                days.append(
                    calendar.after(submitted_on, count)
                    if is_business
                    else submitted_on + timedelta(days=count)
                )
            except CalendarNotPublishedError as error:
                days.append(None)
                unknown = error.phrase
    earliest = _only_if_all_known(firsts, min)
    latest = _only_if_all_known(lasts, max)
    if latest is None and unknown is None:
        unknown = (
            Phrase("None of the sources says how long it takes.")
            if earliest is None
            else Phrase("None of the sources names a last day.")
        )
    last_known = latest or earliest or submitted_on
    workings: list[Working] = []
    if any(_is_counted_in_business_days(each) for each in durations):
        given += _calendars(calendar, submitted_on, last_known)
        workings += _counted(calendar, submitted_on, last_known)
    if unknown is not None:
        workings.append(Working(unknown))
    rule = (
        Phrase("The days are counted from the day after the request")
        if all(each.unit is Unit.DAYS for each in durations)
        else Phrase("The business days are counted from the day after the request")
    )
    return Verification(
        submitted_on, earliest, latest, unknown, Derivation(rule, tuple(given), tuple(workings))
    )


_AT_LEAST = {
    Unit.DAYS: Phrase("Days, at least"),
    Unit.BUSINESS_DAYS: Phrase("Business days, at least"),
}
_AT_MOST = {
    Unit.DAYS: Phrase("Days, at most"),
    Unit.BUSINESS_DAYS: Phrase("Business days, at most"),
}


def _only_if_all_known(days: list[date | None], choose: Callable[[list[date]], date]) -> date | None:
    """The first or last of some days; None if there are none or one of them cannot be worked out."""
    known = [day for day in days if day is not None]
    return choose(known) if known and len(known) == len(days) else None


def _is_counted_in_business_days(duration: Duration) -> bool:
    return duration.unit is Unit.BUSINESS_DAYS and duration.most is not None


def _calendars(calendar: BusinessCalendar, first: date, last: date) -> list[Given]:
    return [
        Given(
            Phrase("Public holidays of {year}", year=str(year)),
            Phrase("published"),
            Source(calendar.years[year].source, None, Reliability.HIGH),
        )
        for year in range(first.year, last.year + 1)
        if year in calendar.years
    ]


def _counted(calendar: BusinessCalendar, first: date, last: date) -> list[Working]:
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    return [
        Working(
            Phrase("A business day") if calendar.is_business_day(day) else Phrase("Not a business day"), day
        )
        for day in days
    ]
