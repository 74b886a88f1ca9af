"""Which file was open last: the one thing the program remembers outside of the files themselves."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from planner import paths


def last_file() -> Path | None:
    """The file that was open last; None if it is the usual one, or there is none yet."""
    with suppress(OSError, UnicodeDecodeError):
        text = _note().read_text(encoding="utf-8").strip()
        return Path(text) if text else None
    return None


def remember(path: Path) -> None:
    """Open this file at the next start."""
    # Where it cannot be remembered, the next start opens the usual file: nothing is lost.
    with suppress(OSError):
        note = _note()
        if path == paths.default_store():
            note.unlink(missing_ok=True)
            return
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(str(path.resolve()), encoding="utf-8")


def _note() -> Path:
    return paths.data_dir() / "last-file.txt"
