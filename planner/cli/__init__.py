"""The way in: the program with its window, or one of the commands that need none.

Every start of the window passes here, so this module imports next to nothing: click and the
commands are loaded only where a command was given.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

NO_DISPLAY = 2

# What can be taken for today: every command adds months and years to it, up to a hundred years.
FIRST_TODAY, LAST_TODAY = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Window:
    """What the window is to open with.

    Attributes:
        store: The file; None for the user's own.
        today: The day to take for today; None follows the clock.
        demo: Whether to open the example.
    """

    store: Path | None = None
    today: date | None = None
    demo: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says, and return the exit code.

    Args:
        arguments: The words after the program's name; None takes them from the command line.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    window = wanted_window(words)
    if window is not None:
        return open_window(window)
    from planner.cli.line import run  # noqa: PLC0415 - click, which the window does without

    return run(words)


def wanted_window(words: Sequence[str]) -> Window | None:
    """What the window is to open with; None if the words ask for anything else, or are not understood."""
    store: Path | None = None
    today: date | None = None
    demo = False
    rest = list(words)
    while rest:
        name, is_joined, value = rest.pop(0).partition("=")
        if name == "demo" and not is_joined and not demo:
            demo = True
            continue
        if name not in {"--store", "--today"} or not (is_joined or rest):
            return None
        value = value if is_joined else rest.pop(0)
        if name == "--store" and value:
            store = Path(value)
            continue
        try:
            today = date.fromisoformat(value)
        except ValueError:
            return None
        if not FIRST_TODAY <= today <= LAST_TODAY:
            return None
    return Window(store, today, demo)


def open_window(window: Window) -> int:
    """Open the program's window and return its exit code; without a display say what can be done instead."""
    if not has_display():
        from planner.cli.line import say_no_display  # noqa: PLC0415 - see main

        say_no_display(demo=window.demo)
        return NO_DISPLAY
    # Until the first paint nothing is garbage; looking for it would cost ten milliseconds.
    gc.disable()
    from planner.app import run  # noqa: PLC0415 - Qt, which no command without a window may load

    return run(window.store, window.today, demo=window.demo)


def has_display() -> bool:
    """Whether there is anything to open a window on."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def speak_utf8() -> None:
    """Let the terminal take every language, on systems whose own encoding has no room for all of them."""
    for stream in (sys.stdout, sys.stderr):
        # None in a program without a console; without the method where a test listens.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # An encoding that the user asked for stays; what it cannot say becomes a question mark.
            encoding = None if os.environ.get("PYTHONIOENCODING") else "utf-8"
            with suppress(ValueError, OSError):
                reconfigure(encoding=encoding, errors="replace")
