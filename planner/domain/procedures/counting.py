"""How long things take, counted from a moment: by each source, and over all that name a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.domain.business_days import BusinessCalendar, CalendarNotPublishedError
from planner.domain.dates import add_months
from planner.domain.derivation import Given, Working
from planner.domain.procedures.kinds import Unit
from planner.domain.procedures.published import Duration
from planner.domain.sourced import Reliability, Source
from planner.phrases import Phrase

_A_MINUTE = timedelta(minutes=1)
_A_DAY = timedelta(days=1)
_MONTHS_A_YEAR = 12

AT_LEAST = {
    Unit.HOURS: Phrase("Hours, at least"),
    Unit.DAYS: Phrase("Days, at least"),
    Unit.BUSINESS_DAYS: Phrase("Business days, at least"),
    Unit.MONTHS: Phrase("Months, at least"),
    Unit.YEARS: Phrase("Years, at least"),
}
AT_MOST = {
    Unit.HOURS: Phrase("Hours, at most"),
    Unit.DAYS: Phrase("Days, at most"),
    Unit.BUSINESS_DAYS: Phrase("Business days, at most"),
    Unit.MONTHS: Phrase("Months, at most"),
    Unit.YEARS: Phrase("Years, at most"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A local day, and the time of it where that is known.

    Attributes:
        on: The day.
        at: The time, to the minute; None if only the day is known.
    """

    on: date
    at: time | None = None

    @property
    def first(self) -> datetime:
        """The first minute that it may be."""
        return datetime.combine(self.on, self.at or time(0, 0))

    @property
    def last(self) -> datetime:
        """The last minute that it may be."""
        return self.first if self.at is not None else self.first + _A_DAY - _A_MINUTE

    @property
    def words(self) -> Phrase | date:
        """It in words: the day, with the time of what has one."""
        if self.at is None:
            return self.on
        return Phrase("{date}, {time}", date=self.on, time=f"{self.at:%H:%M}")


@dataclass(frozen=True, slots=True)
class Told:
    """When something may be over, as one source tells it.

    Attributes:
        duration: What the source says.
        earliest: When it may be over at the earliest; None if the source names none, or it is unknown.
        latest: When it is over at the latest; None for the same reasons.
        unknown: Why a day cannot be worked out; None if nothing is in the way.
    """

    duration: Duration
    earliest: Moment | None
    latest: Moment | None
    unknown: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """When something may be over, over all sources.

    Attributes:
        told: By each source, in the order of the file.
        earliest: The earliest that any of them names; None if that cannot be worked out.
        latest: The latest that any of them names; None if that cannot be worked out.
        unknown: Why it cannot; None if both are known.
    """

    told: tuple[Told, ...]
    earliest: Moment | None
    latest: Moment | None
    unknown: Phrase | None

    @property
    def uses_calendar(self) -> bool:
        """Whether business days had to be counted."""
        return any(
            each.duration.unit is Unit.BUSINESS_DAYS and each.duration.most is not None for each in self.told
        )

    @property
    def counts_hours(self) -> bool:
        """Whether a source counts in hours."""
        return any(each.duration.unit is Unit.HOURS for each in self.told)

    def business_until(self, start: date) -> date:
        """The last day to which business days were counted; the start if they were not."""
        ends = (
            end.on
            for each in self.told
            if each.duration.unit is Unit.BUSINESS_DAYS
            for end in (each.earliest, each.latest)
            if end is not None
        )
        return max(ends, default=start)

    @property
    def given(self) -> tuple[Given, ...]:
        """The numbers of the sources as inputs."""
        return tuple(given for each in self.told for given in _numbers(each.duration))


def counted(durations: Sequence[Duration], start: Moment, calendar: BusinessCalendar) -> Counted:
    """When something that began at a moment may be over.

    Where sources disagree, that lies between the earliest moment that any of them names and the latest.
    Days, months and years count from the day after, so they are over at the end of a day; hours count
    from the minute, as the clock on the wall shows them. Where only the day is known, hours count from
    its first minute at the earliest and from its last at the latest, and only days are named.

    Args:
        durations: What each source says.
        start: When it began.
        calendar: The business days of the lender's country.
    """
    told = tuple(_told(each, start, calendar) for each in durations)
    earliest = _over_all([each.earliest for each in told if each.duration.least is not None], min, _first)
    latest = _over_all([each.latest for each in told if each.duration.most is not None], max, _last)
    unknown = next((each.unknown for each in reversed(told) if each.unknown is not None), None)
    if latest is None and unknown is None:
        unknown = (
            Phrase("None of the sources says how long it takes.")
            if earliest is None
            else Phrase("None of the sources names a last day.")
        )
    return Counted(told, earliest, latest, unknown)


def moment_after(
    start: Moment, count: int, unit: Unit, calendar: BusinessCalendar, *, is_latest: bool
) -> Moment:
    """The moment so many hours, days, months or years after another.

    Args:
        start: The moment.
        count: How many.
        unit: Of what.
        calendar: The business days of the lender's country.
        is_latest: Which end is meant where only the day of the start is known.

    Raises:
        CalendarNotPublishedError: The business days run into a year that is not published.
    """
    match unit:
        case Unit.HOURS if start.at is not None:
            over = start.first + timedelta(hours=count)
            return Moment(over.date(), over.time())
        case Unit.HOURS:
            began = start.last if is_latest else start.first
            return Moment((began + timedelta(hours=count)).date())
        case Unit.DAYS:
            return Moment(start.on + timedelta(days=count))
        case Unit.BUSINESS_DAYS:
            return Moment(calendar.after(start.on, count))
        case Unit.MONTHS:
            return Moment(add_months(start.on, count))
        case Unit.YEARS:
            return Moment(add_months(start.on, count * _MONTHS_A_YEAR))


def calendars(calendar: BusinessCalendar, first: date, last: date) -> tuple[Given, ...]:
    """The calendars that a count passes through, as inputs."""
    return tuple(
        Given(
            Phrase("Public holidays of {year}", year=str(year)),
            Phrase("published"),
            Source(calendar.years[year].source, None, Reliability.HIGH),
        )
        for year in range(first.year, last.year + 1)
        if year in calendar.years
    )


def days_counted(calendar: BusinessCalendar, first: date, last: date) -> tuple[Working, ...]:
    """Each day after one up to another, and whether it is a business day."""
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    return tuple(
        Working(
            Phrase("A business day") if calendar.is_business_day(day) else Phrase("Not a business day"), day
        )
        for day in days
    )


def _told(duration: Duration, start: Moment, calendar: BusinessCalendar) -> Told:
    found: list[Moment | None] = []
    unknown = None
    for count, is_latest in ((duration.least, False), (duration.most, True)):
        try:
            found.append(
                None
                if count is None
                else moment_after(start, count, duration.unit, calendar, is_latest=is_latest)
            )
        except CalendarNotPublishedError as error:
            found.append(None)
            unknown = error.phrase
    return Told(duration, found[0], found[1], unknown)


def _numbers(duration: Duration) -> Iterator[Given]:
    if duration.least is not None:
        yield Given(AT_LEAST[duration.unit], duration.least, duration.source)
    if duration.most is not None:
        yield Given(AT_MOST[duration.unit], duration.most, duration.source)


def _over_all(
    moments: Sequence[Moment | None],
    choose: Callable[..., Moment],
    key: Callable[[Moment], datetime],
) -> Moment | None:
    """The first or last of some moments; None if there are none or one of them cannot be worked out."""
    known = [each for each in moments if each is not None]
    return choose(known, key=key) if known and len(known) == len(moments) else None


def _first(moment: Moment) -> datetime:
    return moment.first


def _last(moment: Moment) -> datetime:
    return moment.last
