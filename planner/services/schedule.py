"""Lines to copy that have the reminders run every day: for cron, and for the Task Scheduler of Windows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from shlex import join
from subprocess import list2cmdline  # only to quote as Windows reads it; nothing is started

from planner.paths import APP

_HOUR = 9
_TITLE = "Repayment Planner"


def program(store: Path | None) -> list[str]:
    """The words that start this program from anywhere, for the file that it was told.

    Args:
        store: The file; None for the user's own.
    """
    started = Path(sys.argv[0])
    is_installed = started.stem == APP
    words = [str(started.resolve())] if is_installed else [sys.executable, "-m", "planner"]
    return [*words, "remind", *(["--store", str(store.resolve())] if store is not None else [])]


def cron_lines(command: Sequence[str]) -> tuple[str, str]:
    r"""A line that mails what there is to say, and one that shows it on the desktop.

    cron reads a bare % as the end of the line, so it is written as \%. It runs without a session: the
    notification finds the desktop of the user by itself where that has the usual place, and what could
    not be shown is mailed.

    Args:
        command: The words of the command, as ``program`` gives them.
    """
    said = join(command).replace("%", r"\%")
    when = f"0 {_HOUR} * * *"
    shown = (
        f'said=$({said}); [ -z "$said" ] || XDG_RUNTIME_DIR=/run/user/$(id -u) '
        f'notify-send \'{_TITLE}\' "$said" || echo "$said"'
    )
    return f"{when} {said}", f"{when} {shown}"


def task_scheduler_line(command: Sequence[str]) -> str:
    """A line that has Windows run it every day and leave its window open where there is something to say.

    Args:
        command: The words of the command, as ``program`` gives them.
    """
    words = list2cmdline([*command, "--wait"])
    return list2cmdline(
        ["schtasks", "/Create", "/F", "/SC", "DAILY", "/ST", f"{_HOUR:02}:00", "/TN", _TITLE, "/TR", words]
    )
