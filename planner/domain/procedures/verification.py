"""When the lender's verification may be over, as far as the calendar is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.business_days import BusinessCalendar
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.procedures.counting import Moment, calendars, counted, days_counted
from planner.domain.procedures.kinds import StepKind, Unit
from planner.domain.procedures.published import Procedure
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
    found = counted(durations, Moment(submitted_on), calendar)
    earliest = found.earliest.on if found.earliest is not None else None
    latest = found.latest.on if found.latest is not None else None
    given = [Given(Phrase("Day of the request"), submitted_on), *found.given]
    workings: list[Working] = []
    if found.uses_calendar:
        last_known = found.business_until(submitted_on)
        given += calendars(calendar, submitted_on, last_known)
        workings += days_counted(calendar, submitted_on, last_known)
    if found.unknown is not None:
        workings.append(Working(found.unknown))
    rule = (
        Phrase("The business days are counted from the day after the request")
        if any(each.unit is Unit.BUSINESS_DAYS for each in durations)
        else Phrase("The days are counted from the day after the request")
    )
    return Verification(
        submitted_on, earliest, latest, found.unknown, Derivation(rule, tuple(given), tuple(workings))
    )
