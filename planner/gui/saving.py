"""Saving a file where the user chooses: the name that is offered, its ending, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from planner.errors import PlannerError
from planner.i18n import _, explain
from planner.reports.files import write_whole

PDF, TEXT = ".pdf", ".txt"
_ALLOWED = " -.()"


def file_name(name: str) -> str:
    """A name that every system takes: a dash for what may stand in a name and not in a file's."""
    return "".join(each if each.isalnum() or each in _ALLOWED else "-" for each in name)


def choose_pdf(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the user choose where to save a PDF; None if they would rather not.

    Args:
        parent: The widget that asks.
        title: What stands above the dialog.
        name: The name that is offered, without an ending.
    """
    return _choose(parent, title, name, PDF, f"PDF (*{PDF})")


def choose_text(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the user choose where to save a text; None if they would rather not.

    Args:
        parent: The widget that asks.
        title: What stands above the dialog.
        name: The name that is offered, without an ending.
    """
    kind = _("Text ({ending})").format(ending=f"*{TEXT}")
    return _choose(parent, title, name, TEXT, kind)


def _choose(parent: QWidget, title: str, name: str, ending: str, kind: str) -> Path | None:
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, f"{file_name(name)}{ending}", kind)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(ending)


def saved_words(path: Path, content: Callable[[], bytes]) -> str:
    """Make a file's content and write it; what came of it, in a sentence.

    Args:
        path: The file; what is there is replaced.
        content: Makes all of it; may refuse with a ``PlannerError``.
    """
    try:
        write_whole(path, content())
    except PlannerError as error:
        return explain(error)
    return _("Saved: {file}").format(file=str(path))
