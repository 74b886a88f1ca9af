"""The command remind: what it says once, what it notes, and the lines that have it run every day."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.services.reminders import snooze
from planner.services.schedule import cron_lines, program, task_scheduler_line
from planner.store.backup import copies_of
from planner.store.store import VERSION, Store
from tests.terminal import Run

A_WEEK_BEFORE = date(2026, 12, 3)
WORDS = "白条: Bill of 20 Nov 2026: CN¥500.00 is due on 10 Dec 2026, in 7 days."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a bill of 500 due on 10 December."""
    path = tmp_path / "mine.db"
    store = Store.create(path)
    account = Account("白条", "JD", "CNY", id="account")
    line = BillLine(LineKind.UNITEMISED, Money.of("500", "CNY"))
    with store.transaction():
        store.accounts.save(account)
        store.bills.save(Bill(account.id, date(2026, 11, 20), date(2026, 12, 10), (line,), id="bill"))
    store.close()
    return path


@pytest.mark.row("C048", "C099")
def test_it_is_said_once_and_where_there_is_nothing_nothing_is_printed(run: Run, path: Path) -> None:
    first = run("remind", "--store", path, "--today", A_WEEK_BEFORE)
    second = run("remind", "--store", path, "--today", A_WEEK_BEFORE)

    assert (first.code, first.lines, first.err) == (0, [WORDS], "")
    assert (second.code, second.out, second.err) == (0, "", "")
    assert run("remind", "--store", path, "--today", date(2026, 12, 7)).lines != []


def test_due_reminds_as_well_and_shares_the_marks(run: Run, path: Path) -> None:
    first = run("due", "--remind", "--store", path, "--today", A_WEEK_BEFORE)
    assert (first.code, first.lines) == (0, [WORDS])
    assert run("due", "--remind", "--store", path, "--today", A_WEEK_BEFORE).out == ""
    assert run("remind", "--store", path, "--today", A_WEEK_BEFORE).out == ""
    told = run("due", "--remind", "--json", "--store", path, "--today", date(2026, 12, 7))
    assert [each["uid"] for each in told.json["reminders"]] == ["bill/before/3"]
    assert "Together" in run("due", "--store", path, "--today", A_WEEK_BEFORE).out


def test_a_refusal_has_another_code_than_nothing_to_say(run: Run, tmp_path: Path) -> None:
    for command in (("remind",), ("due", "--remind")):
        told = run(*command, "--store", tmp_path / "none.db")
        assert (told.code, told.out) == (1, "")
        assert "none.db" in told.err


def test_again_says_it_and_notes_nothing(run: Run, path: Path) -> None:
    for _time in range(2):
        assert run("remind", "--again", "--store", path, "--today", A_WEEK_BEFORE).lines == [WORDS]
    assert run("remind", "--store", path, "--today", A_WEEK_BEFORE).lines == [WORDS]
    assert run("remind", "--again", "--store", path, "--today", A_WEEK_BEFORE).lines == [WORDS]


def test_what_is_put_off_is_not_said_again_either(run: Run, path: Path) -> None:
    store = Store.open(path)
    with store.transaction():
        snooze(store, "bill", date(2026, 12, 5), A_WEEK_BEFORE)
    store.close()

    assert run("remind", "--again", "--store", path, "--today", A_WEEK_BEFORE).out == ""


def test_programs_read_the_same(run: Run, path: Path) -> None:
    told = run("remind", "--json", "--store", path, "--today", A_WEEK_BEFORE)

    assert told.code == 0
    assert told.json == {
        "today": "2026-12-03",
        "reminders": [
            {
                "about": "due",
                "account": "account",
                "id": "bill",
                "kind": "before",
                "on": "2026-12-10",
                "uid": "bill/before/7",
                "words": WORDS,
            }
        ],
    }
    assert run("remind", "--json", "--store", path, "--today", A_WEEK_BEFORE).json["reminders"] == []


def test_what_was_said_takes_no_place_among_the_copies(run: Run, path: Path) -> None:
    run("remind", "--store", path, "--today", A_WEEK_BEFORE)

    assert copies_of(path) == []


def test_a_file_of_a_newer_version_is_only_read(run: Run, path: Path) -> None:
    store = Store.open(path)
    store.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    store.close()

    for _time in range(2):
        assert run("remind", "--store", path, "--today", A_WEEK_BEFORE).lines == [WORDS]


def test_it_waits_only_where_something_was_said(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[str] = []
    monkeypatch.setattr("click.pause", waited.append)

    run("remind", "--again", "--store", path, "--today", A_WEEK_BEFORE)
    run("remind", "--wait", "--store", path, "--today", date(2026, 12, 1))
    assert waited == []
    run("remind", "--wait", "--store", path, "--today", A_WEEK_BEFORE)

    assert waited == ["Press any key to close."]
    refused = run("remind", "--wait", "--store", path.with_name("none.db"))
    assert refused.code == 1
    assert "none.db" in refused.err
    assert waited == ["Press any key to close."] * 2


# --- the lines to copy

COMMAND = ["/opt/my tools/repayment-planner", "remind", "--store", "/home/me/50% off.db"]


def test_the_lines_for_cron_quote_blanks_and_percent_signs() -> None:
    mailed, shown = cron_lines(COMMAND)

    quoted = r"'/opt/my tools/repayment-planner' remind --store '/home/me/50\% off.db'"
    assert mailed == f"0 9 * * * {quoted}"
    assert shown == (
        f'0 9 * * * said=$({quoted}); [ -z "$said" ] || XDG_RUNTIME_DIR=/run/user/$(id -u) '
        'notify-send \'Repayment Planner\' "$said" || echo "$said"'
    )
    # What cron hands to the shell, once it has taken its own marks away.
    assert shlex.split(mailed.replace(r"\%", "%"))[5:] == COMMAND


@pytest.mark.skipif(sys.platform == "win32", reason="cron is not of Windows")
def test_the_line_for_the_desktop_shows_what_there_is_mails_it_where_it_cannot_and_is_else_silent(
    tmp_path: Path,
) -> None:
    shell = shutil.which("sh")
    assert shell is not None
    shown = tmp_path / "shown"
    notify = tmp_path / "notify-send"
    notify.write_text(f'#!{shell}\nprintf "%s|" "$@" > {shown}\n')
    notify.chmod(0o755)

    def run_by_cron(words: list[str], path: str) -> str:
        line = cron_lines(words)[1].removeprefix("0 9 * * * ").replace(r"\%", "%")
        done = subprocess.run(  # noqa: S603 - our own line
            [shell, "-c", line], capture_output=True, text=True, check=True, env={"PATH": path}
        )
        return done.stdout

    usual = "/usr/bin:/bin"
    assert run_by_cron(["echo", "100 % due"], f"{tmp_path}:{usual}") == ""
    assert shown.read_text() == "Repayment Planner|100 % due|"
    shown.unlink()
    assert run_by_cron(["true"], f"{tmp_path}:{usual}") == ""
    assert not shown.exists()
    notify.write_text(f"#!{shell}\nexit 1\n")
    assert run_by_cron(["echo", "due"], f"{tmp_path}:{usual}") == "due\n"


def test_the_line_for_windows_keeps_the_quotes_of_the_path() -> None:
    line = task_scheduler_line([r"C:\My tools\repayment-planner.exe", "remind"])

    assert line == (
        'schtasks /Create /F /SC DAILY /ST 09:00 /TN "Repayment Planner" '
        r'/TR "\"C:\My tools\repayment-planner.exe\" remind --wait"'
    )


def test_the_lines_start_the_program_as_it_was_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "repayment-planner"), "remind"])
    assert program(None) == [str((tmp_path / "repayment-planner").resolve()), "remind"]
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "planner" / "__main__.py")])
    monkeypatch.chdir(tmp_path)
    assert program(Path("mine.db")) == [
        *(sys.executable, "-m", "planner", "remind"),
        *("--store", str((tmp_path / "mine.db").resolve())),
    ]


def test_the_lines_are_printed_and_nothing_is_said_or_opened(run: Run, tmp_path: Path) -> None:
    told = run("remind", "--schedule", "--store", tmp_path / "none.db")

    assert told.code == 0
    assert [line.split()[0] for line in told.lines] == [
        *("With", "It", "0", "Or", "0", "On", "schtasks", "If"),
    ]
    assert str(tmp_path / "none.db") in told.out
