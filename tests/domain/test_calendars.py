"""The calendars of each country against lists that others published."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from planner.domain.business_days import BusinessCalendar, CalendarNotPublishedError
from planner.paths import resources
from planner.store.catalogue import calendar

FILES = sorted((resources() / "calendars").glob("*.toml"))

# Easter Sunday. Source: the tables of the Gregorian calendar (US Naval Observatory, "The Date of Easter").
EASTER = {
    2020: (4, 12),
    2021: (4, 4),
    2022: (4, 17),
    2023: (4, 9),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2028: (4, 16),
    2029: (4, 1),
    2030: (4, 21),
    2031: (4, 13),
    2032: (3, 28),
}


def days(year: int, text: str) -> set[date]:
    """Days written as month and day."""
    return {date(year, *(int(part) for part in day.split("-"))) for day in text.split()}


def off(country: str, year: int) -> frozenset[date]:
    return calendar(country).years[year].off


# --- France ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "listed"),
    [
        # service-public.fr, "Jours fériés", for 2025 to 2027.
        (2025, "1-1 4-21 5-1 5-8 5-29 6-9 7-14 8-15 11-1 11-11 12-25"),
        (2026, "1-1 4-6 5-1 5-8 5-14 5-25 7-14 8-15 11-1 11-11 12-25"),
        (2027, "1-1 3-29 5-1 5-6 5-8 5-17 7-14 8-15 11-1 11-11 12-25"),
    ],
)
def test_the_eleven_holidays_of_france(year: int, listed: str) -> None:
    assert off("FR", year) == days(year, listed)


@pytest.mark.parametrize("year", EASTER)
def test_the_moving_feasts_of_france_follow_easter(year: int) -> None:
    sunday = date(year, *EASTER[year]).toordinal()

    moving = {date.fromordinal(sunday + days) for days in (1, 39, 50)}
    assert moving <= off("FR", year)
    assert len(off("FR", year)) == 11


def test_an_armistice_day_is_not_worked_in_france_and_good_friday_is() -> None:
    france = calendar("FR")

    assert not france.is_business_day(date(2026, 11, 11))
    assert france.is_business_day(date(2026, 4, 3))
    assert france.on_or_after(date(2026, 5, 23)) == date(2026, 5, 26)  # Whitsun, its Monday included


# --- England and Wales -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "listed"),
    [
        # gov.uk/bank-holidays, England and Wales.
        (2020, "1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28"),
        (2021, "1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28"),
        (2022, "1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27"),
        (2023, "1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26"),
        (2024, "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26"),
        (2025, "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26"),
        (2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28"),
        (2027, "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28"),
        (2028, "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26"),
    ],
)
def test_the_bank_holidays_of_england_and_wales(year: int, listed: str) -> None:
    assert off("GB", year) == days(year, listed)


@pytest.mark.parametrize("year", range(2029, 2033))
def test_what_is_not_proclaimed_yet_counts_as_not_published(year: int) -> None:
    with pytest.raises(CalendarNotPublishedError) as refusal:
        calendar("GB").is_business_day(date(year, 6, 1))

    assert str(refusal.value) == f"The holiday calendar for {year} has not been published."


# --- United States -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "listed"),
    [
        # opm.gov, "Federal Holidays": the days observed, and beside them those of a weekend.
        (2020, "1-1 1-20 2-17 5-25 7-3 7-4 9-7 10-12 11-11 11-26 12-25"),
        (2021, "1-1 1-18 2-15 5-31 6-18 6-19 7-4 7-5 9-6 10-11 11-11 11-25 12-24 12-25 12-31"),
        (2022, "1-1 1-17 2-21 5-30 6-19 6-20 7-4 9-5 10-10 11-11 11-24 12-25 12-26"),
        (2023, "1-1 1-2 1-16 2-20 5-29 6-19 7-4 9-4 10-9 11-10 11-11 11-23 12-25"),
        (2026, "1-1 1-19 2-16 5-25 6-19 7-3 7-4 9-7 10-12 11-11 11-26 12-25"),
        (2027, "1-1 1-18 2-15 5-31 6-18 6-19 7-4 7-5 9-6 10-11 11-11 11-25 12-24 12-25 12-31"),
    ],
)
def test_the_federal_holidays_of_the_united_states(year: int, listed: str) -> None:
    assert off("US", year) == days(year, listed)


def test_a_new_year_of_the_next_year_is_observed_at_the_end_of_this_one() -> None:
    states = calendar("US")

    assert not states.is_business_day(date(2032, 12, 31))  # 1 January 2033 is a Saturday
    assert states.is_business_day(date(2028, 12, 29))
    assert states.on_or_after(date(2026, 7, 3)) == date(2026, 7, 6)


# --- all of them -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_calendar_says_of_each_year_who_says_so_and_how_certain_it_is(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    years = [year["year"] for year in table["year"]]
    assert years == list(range(2020, 2020 + len(years)))
    for year in table["year"]:
        assert set(year) == {"year", "status", "source", "checked", "off", "work"}
        assert year["status"] in {"official", "law", "expected"}
        assert year["source"]
        listed = [*year["off"], *year["work"]]
        assert {day.year for day in listed} == {year["year"]}
        assert len(set(listed)) == len(listed)
        assert all(day.weekday() >= 5 for day in year["work"])


@pytest.mark.parametrize(("country", "last"), [("CN", 2026), ("FR", 2032), ("GB", 2028), ("US", 2032)])
def test_how_far_each_country_is_known(country: str, last: int) -> None:
    known: BusinessCalendar = calendar(country)

    assert list(known.years) == list(range(2020, last + 1))
    assert all(year.source for year in known.years.values())
