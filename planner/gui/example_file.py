"""The file of the example: written anew each time it is looked at, thrown away when it is left."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from planner import i18n
from planner.gui.session import EXAMPLE, Session
from planner.services.example import write_example
from planner.store.store import Store


def make_example(path: Path, session: Session) -> None:
    """Write the example around the session's day, in the language and the look of the moment.

    One that is left from before is not kept: it was told around another day.
    """
    throw_away(path)
    if path.exists():
        return  # another window of the program has it open, on a system that then keeps the file
    store = Store.create(path)
    try:
        with store.transaction():
            write_example(store, session.today, say=i18n._)
            kept = {"language": i18n.language(), **session.choices(), EXAMPLE: "1"}
            for name, value in kept.items():
                store.settings.put(name, value)
    finally:
        store.close()


def throw_away(path: Path) -> None:
    """Remove the file with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)
