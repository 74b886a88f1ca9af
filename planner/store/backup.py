"""Checked copies of the store: at close, before a migration, and where the user wants one."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from glob import escape
from pathlib import Path

from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.db import DB_ERRORS, FILE_ERRORS, Connection, connect

KEPT = 7


class DamagedFileError(PlannerError):
    """A file does not pass SQLite's own check."""

    message = N_("The file {path} is damaged, so it was not copied. The earlier copies are untouched.")


class CopyFailedError(PlannerError):
    """A copy could not be written."""

    message = N_("The copy {path} could not be written: {reason}")


def copies_folder(path: Path) -> Path:
    """Where the copies of a store lie: in a folder beside it."""
    return path.parent / f"{path.stem} copies"


def copies_of(path: Path) -> list[Path]:
    """The copies made at close, newest first."""
    # By their date: a copy from before a migration is none of them, and is never thinned out.
    return sorted(copies_folder(path).glob(f"{escape(path.stem)} [0-9][0-9][0-9][0-9]-*.db"), reverse=True)


def copy_before(connection: Connection, path: Path, version: int) -> Path:
    """Keep a copy of a store as it is before a migration; an earlier such copy is never written over.

    Raises:
        DamagedFileError: The store does not pass the check.
        CopyFailedError: The copy cannot be written.
    """
    earlier = None
    target = copies_folder(path) / f"{path.stem} before version {version}.db"
    number = 1
    while target.exists():
        number += 1
        earlier, target = target, target.with_name(f"{path.stem} before version {version} ({number}).db")
    copy_to(connection, target)
    # A migration that fails is tried again at the next start: one copy of the same is enough.
    if earlier is not None and earlier.read_bytes() == target.read_bytes():
        target.unlink()
        return earlier
    return target


def copy_to(connection: Connection, target: Path) -> None:
    """Write a checked copy of an open store; an existing file is replaced only by a good one.

    Raises:
        DamagedFileError: The store itself does not pass the check.
        CopyFailedError: The copy cannot be written, or is not the same.
    """
    if not _is_sound(connection):
        raise DamagedFileError(path=str(target))
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(connect(partial)) as copy:
            connection.backup(copy)
            # One file, whatever mode the original is in.
            copy.execute("PRAGMA journal_mode = DELETE")
            if not _is_sound(copy):
                raise DamagedFileError(path=str(partial))
        partial.replace(target)
    except FILE_ERRORS as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise CopyFailedError(path=str(target), reason=str(error)) from error


def back_up(connection: Connection, path: Path, now: datetime) -> Path | None:
    """Write today's copy beside a store and keep the last seven; return it.

    An empty store has nothing to copy: None. So it never pushes out the copies of a fuller one.

    Raises:
        DamagedFileError: The store does not pass the check.
        CopyFailedError: The copy cannot be written.
    """
    if connection.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is None:
        return None
    target = copies_folder(path) / f"{path.stem} {now:%Y-%m-%d %H.%M.%S}.db"
    copy_to(connection, target)
    for old in copies_of(path)[KEPT:]:
        with suppress(OSError):  # the copy is made; an old one that will not go is no failure of it
            old.unlink()
    return target


def _is_sound(connection: Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except DB_ERRORS:
        return False
