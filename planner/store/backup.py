"""Checked copies of the store: at close, before a migration, and where the user wants one."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.db import DB_ERRORS, Connection, connect

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
    """The automatic copies of a store, newest first."""
    return sorted(copies_folder(path).glob(f"{path.stem} *.db"), reverse=True)


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
    except (OSError, *DB_ERRORS) as error:
        raise CopyFailedError(path=str(target), reason=str(error)) from error


def back_up(connection: Connection, path: Path, now: datetime) -> Path:
    """Write today's copy beside a store and keep the last seven.

    A store that has become empty never pushes out copies of a fuller one.

    Raises:
        DamagedFileError: The store does not pass the check.
        CopyFailedError: The copy cannot be written.
    """
    target = copies_folder(path) / f"{path.stem} {now:%Y-%m-%d %H.%M.%S}.db"
    copy_to(connection, target)
    if connection.execute("SELECT count(*) FROM accounts").fetchone()[0]:
        for old in copies_of(path)[KEPT:]:
            old.unlink(missing_ok=True)
    return target


def _is_sound(connection: Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except DB_ERRORS:
        return False
