"""The public holidays that a law fixes: France, England and Wales, the United States.

Each rule stands beside the article it is taken from. Easter Sunday is that of the Gregorian
calendar, by the algorithm printed in Nature, 20 April 1876, and in J. Meeus, *Astronomical
Algorithms*, chapter 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6

# Of England and Wales: the last year that gov.uk lists, as of February 2026.
GB_PUBLISHED_TO = 2028


@dataclass(frozen=True)
class Law:
    """The holidays of a country by law.

    Attributes:
        title: the name of the country; a text of the catalogues.
        note: the lines at the top of its file.
        days: the holidays of a year, each with its name.
        source: who says so, for a year.
        official_to: the last year whose days are certain; None if the law alone decides.
    """

    title: str
    note: str
    days: Callable[[int], Iterator[tuple[date, str]]]
    source: Callable[[int], str]
    official_to: int | None = None

    def status(self, year: int) -> str:
        """Whether the days of a year are published, fixed by law, or only expected."""
        if self.official_to is None:
            return "law"
        return "official" if year <= self.official_to else "expected"


def easter(year: int) -> date:
    """Easter Sunday."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth(count: int, weekday: int, year: int, month: int) -> date:
    """The n-th such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def last(weekday: int, year: int, month: int) -> date:
    """The last such weekday of a month."""
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def france(year: int) -> Iterator[tuple[date, str]]:
    """Code du travail, art. L3133-1: eleven days, none of which is moved off a weekend."""
    sunday = easter(year)
    yield date(year, 1, 1), "Jour de l’an"
    yield sunday + timedelta(days=1), "Lundi de Pâques"
    yield date(year, 5, 1), "Fête du travail"
    yield date(year, 5, 8), "Victoire 1945"
    yield sunday + timedelta(days=39), "Ascension"
    yield sunday + timedelta(days=50), "Lundi de Pentecôte"
    yield date(year, 7, 14), "Fête nationale"
    yield date(year, 8, 15), "Assomption"
    yield date(year, 11, 1), "Toussaint"
    yield date(year, 11, 11), "Armistice 1918"
    yield date(year, 12, 25), "Noël"


# What proclamations moved or added. Source: gov.uk/bank-holidays.
_MOVED_IN_GB = {
    (2020, "Early May bank holiday"): date(2020, 5, 8),  # the 75th anniversary of VE Day
    (2022, "Spring bank holiday"): date(2022, 6, 2),  # beside the Platinum Jubilee
}
_ADDED_IN_GB: Mapping[int, tuple[tuple[date, str], ...]] = {
    2022: (
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
    ),
    2023: ((date(2023, 5, 8), "Coronation of King Charles III"),),
}


def england_and_wales(year: int) -> Iterator[tuple[date, str]]:
    """Banking and Financial Dealings Act 1971, s. 1 and sch. 1 para. 1, and what is proclaimed under it.

    Good Friday and Christmas Day are holidays by common law. New Year's Day, the first Monday in
    May and the weekdays for what falls on a weekend are proclaimed.
    """
    sunday = easter(year)
    usual = [
        (sunday - timedelta(days=2), "Good Friday"),
        (sunday + timedelta(days=1), "Easter Monday"),
        (nth(1, MONDAY, year, 5), "Early May bank holiday"),
        (last(MONDAY, year, 5), "Spring bank holiday"),
        (last(MONDAY, year, 8), "Summer bank holiday"),
    ]
    fixed = [(date(year, 1, 1), "New Year’s Day")]
    fixed += [(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")]
    taken = {day for day, _name in fixed}
    for day, name in (*usual, *_ADDED_IN_GB.get(year, ()), *fixed):
        kept = _MOVED_IN_GB.get((year, name), day)
        if kept.weekday() < SATURDAY:
            yield kept, name
            continue
        while kept.weekday() >= SATURDAY or kept in taken:
            kept += timedelta(days=1)
        taken.add(kept)
        yield kept, f"{name} (substitute day)"


_JUNETEENTH_SINCE = 2021  # Public Law 117-17, 17 June 2021


def united_states(year: int) -> Iterator[tuple[date, str]]:
    """5 U.S.C. 6103 (a); (b) for what falls on a Saturday; Executive Order 11582 for a Sunday."""
    yield nth(3, MONDAY, year, 1), "Birthday of Martin Luther King, Jr."
    yield nth(3, MONDAY, year, 2), "Washington’s Birthday"
    yield last(MONDAY, year, 5), "Memorial Day"
    yield nth(1, MONDAY, year, 9), "Labor Day"
    yield nth(2, MONDAY, year, 10), "Columbus Day"
    yield nth(4, THURSDAY, year, 11), "Thanksgiving Day"
    fixed = [
        (date(year, 1, 1), "New Year’s Day"),
        (date(year, 7, 4), "Independence Day"),
        (date(year, 11, 11), "Veterans Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year + 1, 1, 1), "New Year’s Day"),  # on a Saturday, it is observed in this year
    ]
    if year >= _JUNETEENTH_SINCE:
        fixed.append((date(year, 6, 19), "Juneteenth National Independence Day"))
    for day, name in fixed:
        if day.year == year:
            yield day, name
        moved = {SATURDAY: -1, SUNDAY: 1}.get(day.weekday())
        if moved is not None and (observed := day + timedelta(days=moved)).year == year:
            yield observed, f"{name} (observed)"


def _gb_source(year: int) -> str:
    act = "Banking and Financial Dealings Act 1971, s. 1 and sch. 1"
    if year <= GB_PUBLISHED_TO:
        return f"https://www.gov.uk/bank-holidays {act}"
    return f"{act}; generated, since gov.uk has not listed the year: a proclamation may add or move days"


_FR_NOTE = """\
# Public holidays in France, by Code du travail, art. L3133-1; without those that hold only in Alsace and
# Moselle (art. L3134-13) or overseas (art. L3422-2)."""

_GB_NOTE = """\
# Bank holidays in England and Wales, by the Banking and Financial Dealings Act 1971 and what is proclaimed
# under it, as gov.uk lists them (seen as of February 2026). A year that it does not list is only expected:
# the planner reads it as not published."""

_US_NOTE = """\
# Legal public holidays in the United States, by 5 U.S.C. 6103, and the weekdays on which those of a weekend
# are observed: the Friday for a Saturday, by (b); the Monday for a Sunday, by Executive Order 11582.
# The Federal Reserve Banks are open on such a Friday, so a payment through them may arrive on it."""

LAWS: Mapping[str, Law] = {
    "FR": Law(
        "France", _FR_NOTE, france, lambda _year: "Code du travail, art. L3133-1; generated from the article"
    ),
    "GB": Law("England and Wales", _GB_NOTE, england_and_wales, _gb_source, GB_PUBLISHED_TO),
    "US": Law(
        "United States",
        _US_NOTE,
        united_states,
        lambda _year: "5 U.S.C. 6103 (a) and (b); Executive Order 11582; generated from the law",
    ),
}
