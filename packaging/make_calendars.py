"""Build resources/calendars: China from the lists of NateScarlet/holiday-cn, other countries from their laws.

China publishes the holidays of a year in the autumn before it: the days off, and the
Saturdays and Sundays that become working days in exchange. No rule gives them, so a year that
is not published is absent, and the planner says so instead of guessing.

Each list is a JSON file with the notices of the State Council it was read from::

    python packaging/make_calendars.py --checked 2026-11-22 holiday-cn-20*.json

Without lists only the other countries are written: holiday_laws.py holds their rules. What it gives
for 2020 to 2032 was compared with holidays 0.109 (PyPI) and, for England and Wales up to 2028, with
gov.uk/bank-holidays.json as govuk-bank-holidays 0.19 (PyPI) holds it: each day was the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from holiday_laws import LAWS, SATURDAY, Law

CALENDARS = Path(__file__).parents[1] / "resources" / "calendars"
YEARS = range(2020, 2033)

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

LAW_HEADER = """\
{note}
# Written by packaging/make_calendars.py from the rules in packaging/holiday_laws.py.
#
# off   public holidays; other Saturdays and Sundays are days off too
# work  no weekend is worked in exchange
# status  "law": fixed by a law in force; "official": published; "expected": not certain, so it counts as
#         not published

title = "{title}"
country = "{country}"
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
    if not days:
        return f"{key} = []"
    lines = [f"    {', '.join(dates)},  # {name}" for name, dates in by_holiday.items()]
    return "\n".join([f"{key} = [", *lines, "]"])


def table(year: int, days: list[Day], checked: date, status: str = "official") -> str:
    """The TOML table of one year.

    Args:
        year: the year all the days lie in.
        days: its days, in order. The notice for the next year may name one of its last days.
        checked: when the lists were last compared with the notices.
        status: whether the days are published, fixed by law, or only expected.
    """
    notices = dict.fromkeys(notice for day in days for notice in day.notices)
    return "\n".join(
        [
            "[[year]]",
            f"year = {year}",
            f'status = "{status}"',
            f'source = "{" ".join(notices)}"',
            f"checked = {checked.isoformat()}",
            array("off", [day for day in days if day.off]),
            array("work", [day for day in days if not day.off]),
            "",
        ],
    )


def of_lists(lists: list[Path], checked: date) -> str:
    """The calendar of China.

    Args:
        lists: the JSON files.
        checked: when they were last compared with the notices.

    Raises:
        CalendarError: a day is listed twice.
    """
    days = sorted(day for path in lists for day in read(path))
    check(days)
    by_year: dict[int, list[Day]] = {}
    for day in days:
        by_year.setdefault(day.on.year, []).append(day)
    return "\n".join([HEADER, *(table(year, of_year, checked) for year, of_year in by_year.items())])


def of_law(country: str, law: Law, checked: date) -> str:
    """The calendar of a country whose holidays follow from a law.

    Args:
        country: its ISO 3166 code.
        law: its law.
        checked: when the law, and what is published, was last looked at.
    """
    parts = [LAW_HEADER.format(note=law.note, title=law.title, country=country)]
    for year in YEARS:
        days = sorted(
            Day(on, off=True, name=name, notices=(law.source(year),)) for on, name in law.days(year)
        )
        parts.append(table(year, days, checked, law.status(year)))
    return "\n".join(parts)


def main() -> None:
    """Write the calendars."""
    parser = argparse.ArgumentParser(description="Build resources/calendars/*.toml.")
    parser.add_argument("lists", type=Path, nargs="*", help="JSON files of holiday-cn")
    parser.add_argument("--checked", type=date.fromisoformat, required=True, metavar="DATE")
    parser.add_argument("--out", type=Path, default=CALENDARS, help="the folder to write to")
    arguments = parser.parse_args()

    texts = {country: of_law(country, law, arguments.checked) for country, law in LAWS.items()}
    if arguments.lists:
        texts["CN"] = of_lists(arguments.lists, arguments.checked)
    for country, text in texts.items():
        path = arguments.out / f"{country}.toml"
        path.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path}: {text.count('[[year]]')} years\n")


if __name__ == "__main__":
    main()
