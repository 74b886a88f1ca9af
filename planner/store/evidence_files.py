"""Copies of files that cases keep as evidence: read from the disk, kept in the store, handed out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.phrases import N_

if TYPE_CHECKING:
    from planner.store.store import Store

# Every step that can be undone holds what it wrote, and every copy of the file holds it again.
MOST_MEGABYTES = 20
_MEGABYTE = 1_000_000
MOST_BYTES = MOST_MEGABYTES * _MEGABYTE


class FileGoneError(PlannerError):
    """A file that is not where it was."""

    message = N_("There is no file at {path} any more. It may have been moved or renamed.")


class FileTooLargeError(PlannerError):
    """A file that is too large to be copied into the store."""

    message = N_(
        "{name} is larger than {most} megabytes, so no copy is kept here. It can be linked all the same."
    )


class CannotReadFileError(PlannerError):
    """A file that cannot be read."""

    message = N_("{name} could not be read: {reason}")


def read_evidence(path: Path) -> bytes:
    """What a file holds.

    Raises:
        FileGoneError: There is none.
        FileTooLargeError: It is larger than MOST_BYTES.
        CannotReadFileError: It is a folder, or not to be read by this user.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise FileGoneError(path=str(path)) from error
    except OSError as error:
        raise CannotReadFileError(name=path.name, reason=error.strerror or str(error)) from error
    if len(content) > MOST_BYTES:
        raise FileTooLargeError(name=path.name, most=MOST_MEGABYTES)
    return content


class EvidenceFiles:
    """The copies, by the id of the evidence."""

    table = "evidence_files"

    def __init__(self, store: Store) -> None:
        """Read and write through a store."""
        self._store = store

    def keep(self, evidence_id: str, content: bytes) -> None:
        """Keep a copy, in place of an earlier one."""
        self._store.journal.put(self.table, {"id": evidence_id, "content": content})

    def drop(self, evidence_id: str) -> None:
        """Let a copy go, if there is one."""
        self._store.journal.delete(self.table, evidence_id)

    def content(self, evidence_id: str) -> bytes | None:
        """What a copy holds; None if there is none."""
        sql = f"SELECT content FROM {self.table} WHERE id = ?"
        row = self._store.connection.execute(sql, (evidence_id,)).fetchone()
        return bytes(row["content"]) if row is not None else None
