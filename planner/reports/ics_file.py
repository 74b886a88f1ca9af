"""Days to pay on as an iCalendar file, which every calendar program reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from planner.i18n import _, explain
from planner.paths import APP
from planner.services.calendar_entries import ALARM_AT, CalendarEntry

_AT = timedelta(hours=ALARM_AT.hour, minutes=ALARM_AT.minute)


def ics_bytes(entries: Iterable[CalendarEntry], now: datetime) -> bytes:
    """An iCalendar file in the reader's language.

    Every entry is a whole day without a time zone. It keeps its UID, and SEQUENCE rises with each change,
    so that a program which reads a later file changes its entry instead of adding another one.

    Source: RFC 5545, sections 3.6.1, 3.6.6 and 3.8.7.

    Args:
        entries: What to write.
        now: When it is written, in UTC.
    """
    from icalendar import Alarm, Calendar, Event  # only who exports a calendar needs it

    calendar = Calendar()
    calendar.add("prodid", f"-//{APP}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Repayments"))
    for each in entries:
        handed, entry = each.handed, each.entry
        event = Event()
        event.add("uid", f"{handed.id}@{APP}")
        event.add("dtstamp", now)
        event.add("last-modified", handed.changed_at)
        event.add("sequence", handed.sequence)
        event.add("dtstart", handed.on)
        event.add("transp", "TRANSPARENT")
        event.add("status", "CANCELLED" if entry is None else "CONFIRMED")
        title = explain(entry.title) if entry is not None else _("Nothing is to be paid here any more")
        event.add("summary", title)
        if entry is not None and entry.note is not None:
            event.add("description", explain(entry.note))
        for day in entry.alarms if entry is not None else ():
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", _trigger(day, handed.on))
            event.add_component(alarm)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _trigger(day: date, on: date) -> timedelta:
    """When an alarm rings, from the beginning of the day of its entry."""
    return day - on + _AT
