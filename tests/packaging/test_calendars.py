from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import make_calendars
from holiday_laws import LAWS, easter, last, nth
from make_calendars import CalendarError, of_law, of_lists

RESOURCES = Path(__file__).parents[2] / "resources" / "calendars"


@pytest.mark.parametrize("country", LAWS)
def test_the_files_are_what_the_laws_give(country: str) -> None:
    written = (RESOURCES / f"{country}.toml").read_text(encoding="utf-8")
    checked = date.fromisoformat(written.partition("checked = ")[2][:10])

    assert of_law(country, LAWS[country], checked) == written


def test_easter_at_its_earliest_its_latest_and_in_the_years_that_the_rule_moves() -> None:
    # Meeus, Astronomical Algorithms, chapter 8.
    assert easter(1818) == date(1818, 3, 22)
    assert easter(2038) == date(2038, 4, 25)
    assert easter(1954) == date(1954, 4, 18)
    assert easter(1981) == date(1981, 4, 19)
    assert easter(2000) == date(2000, 4, 23)


def test_weekdays_are_counted_within_their_month() -> None:
    assert nth(1, 0, 2026, 6) == date(2026, 6, 1)
    assert nth(4, 3, 2026, 11) == date(2026, 11, 26)
    assert last(0, 2026, 8) == date(2026, 8, 31)
    assert last(0, 2026, 12) == date(2026, 12, 28)


def a_list(folder: Path, *days: tuple[str, bool]) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.json"
    listed = [{"name": "春节", "date": day, "isOffDay": is_off} for day, is_off in days]
    path.write_text(json.dumps({"papers": ["a notice"], "days": listed}), encoding="utf-8")
    return path


def test_a_list_of_china_becomes_days_off_and_weekends_worked(tmp_path: Path) -> None:
    path = a_list(tmp_path, ("2026-02-16", True), ("2026-02-14", False), ("2026-02-03", False))

    text = of_lists([path], date(2026, 11, 22))

    assert "off = [\n    2026-02-16,  # 春节\n]\nwork = [\n    2026-02-14,  # 春节\n]" in text
    assert "2026-02-03" not in text  # a Tuesday is worked anyway
    assert 'source = "a notice"\nchecked = 2026-11-22' in text


def test_lists_that_name_a_day_twice_are_refused(tmp_path: Path) -> None:
    twice = [a_list(tmp_path, ("2026-02-16", True)), a_list(tmp_path, ("2026-02-16", False))]
    twice[1].write_text(twice[0].read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(CalendarError, match="2026-02-16 is listed twice"):
        of_lists(twice, date(2026, 11, 22))


def test_without_lists_the_calendar_of_china_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["make", "--checked", "2026-11-22", "--out", str(tmp_path)])

    make_calendars.main()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["FR.toml", "GB.toml", "US.toml"]
    assert "FR.toml: 13 years" in capsys.readouterr().out
