"""Writing a finished file: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from planner.errors import PlannerError
from planner.phrases import N_


class CannotWriteError(PlannerError):
    """The chosen place does not take the file."""

    message = N_("“{file}” could not be written: {reason}. What was there before is unchanged.")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that nobody ever finds half of it.

    Args:
        path: The file; what is there is replaced.
        content: All of it.

    Raises:
        CannotWriteError: The folder is missing or read-only, or the disk is full.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise CannotWriteError(file=path.name, reason=error.strerror or str(error)) from error
