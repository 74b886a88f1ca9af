"""Build resources/calendars/CN.toml from the holiday lists of NateScarlet/holiday-cn.

China publishes the holidays of a year in the autumn before it: the days off, and the
Saturdays and Sundays that become working days in exchange. No rule gives them, so a year that
is not published is absent, and the planner says so instead of guessing.

Each list is a JSON file with the notices of the State Council it was read from::

    python packaging/make_calendars.py --checked 2026-11-22 holiday-cn-20*.json
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

CALENDAR = Path(__file__).parents[1] / "resources" / "calendars" / "CN.toml"
SATURDAY = 5

HEADER = """\
# Public holidays in mainland China, and the weekends worked in exchange.
# Written by packaging/make_calendars.py. Facts of the State Council notices named in "source", as listed by
# https://github.com/NateScarlet/holiday-cn (MIT License, Copyright (c) 2019 NateScarlet).
#
# off   days off, a weekend inside a holiday included
# work  Saturdays and Sundays that are working days
# A year without an entry has not been published; other Saturdays and Sundays are days off.

title = "China"
country = "CN"
"""


class CalendarError(Exception):
    """The lists contradict each other."""


@dataclass(frozen=True, order=True)
class Day:
    """One day that differs from the plain week.

    Attributes:
        on: the day.
        off: whether it is a day off; if not, it is a weekend that is worked.
        name: the holiday it belongs to, in Chinese.
        notices: the addresses of the notices that say so.
    """

    on: date
    off: bool
    name: str
    notices: tuple[str, ...]


def read(path: Path) -> list[Day]:
    """The days of one list that differ from the plain week; none if it is not published yet."""
    listed = json.loads(path.read_text(encoding="utf-8"))
    notices = tuple(listed["papers"])
    days = (
        Day(date.fromisoformat(day["date"]), day["isOffDay"], day["name"], notices) for day in listed["days"]
    )
    # The second notice of 2020 also says that work resumes on a Monday, 3 February.
    return [day for day in days if day.off or day.on.weekday() >= SATURDAY]


def check(days: list[Day]) -> None:
    """Refuse lists that may contradict each other.

    Args:
        days: the days of all lists, in order.

    Raises:
        CalendarError: a day is listed twice.
    """
    for day, following in pairwise(days):
        if day.on == following.on:
            message = f"{day.on} is listed twice"
            raise CalendarError(message)


def array(key: str, days: list[Day]) -> str:
    """A TOML array of dates, one line a holiday."""
    by_holiday: dict[str, list[str]] = {}
    for day in days:
        by_holiday.setdefault(day.name, []).append(day.on.isoformat())
    lines = [f"    {', '.join(dates)},  # {name}" for name, dates in by_holiday.items()]
    return "\n".join([f"{key} = [", *lines, "]"])


def table(year: int, days: list[Day], checked: date) -> str:
    """The TOML table of one year.

    Args:
        year: the year all the days lie in.
        days: its days, in order. The notice for the next year may name one of its last days.
        checked: when the lists were last compared with the notices.
    """
    notices = dict.fromkeys(notice for day in days for notice in day.notices)
    return "\n".join(
        [
            "[[year]]",
            f"year = {year}",
            'status = "official"',
            f'source = "{" ".join(notices)}"',
            f"checked = {checked.isoformat()}",
            array("off", [day for day in days if day.off]),
            array("work", [day for day in days if not day.off]),
            "",
        ],
    )


def main() -> None:
    """Read the lists, check them together, and write the calendar."""
    parser = argparse.ArgumentParser(description="Build resources/calendars/CN.toml.")
    parser.add_argument("lists", type=Path, nargs="+", help="JSON files of holiday-cn")
    parser.add_argument("--checked", type=date.fromisoformat, required=True, metavar="DATE")
    parser.add_argument("--out", type=Path, default=CALENDAR, help="the file to write")
    arguments = parser.parse_args()

    days = sorted(day for path in arguments.lists for day in read(path))
    check(days)
    by_year: dict[int, list[Day]] = {}
    for day in days:
        by_year.setdefault(day.on.year, []).append(day)
    tables = [table(year, of_year, arguments.checked) for year, of_year in by_year.items()]
    arguments.out.write_text("\n".join([HEADER, *tables]), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{arguments.out}: {len(days)} days of {', '.join(map(str, by_year))}\n")


if __name__ == "__main__":
    main()
