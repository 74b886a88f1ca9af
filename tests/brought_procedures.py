"""Procedures that tests bring themselves, in place of those that come with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.procedures.published import Procedure
from planner.store import catalogue

HEAD = """
id = "{id}"
revision = {revision}
title = "{title}"
text = "It is done."
products = []
checked = 2026-11-22
"""


def step(step_id: str, title: str, **more: str) -> str:
    """A step of a file; further keys as they stand in it."""
    lines = [f"{key} = {value}" for key, value in more.items()]
    return "\n".join(
        ["[[step]]", f'id = "{step_id}"', f'title = "{title}"', 'text = "Do it."', 'source = "S"', *lines, ""]
    )


def head(procedure: str, title: str, revision: int = 1, more: str = "") -> str:
    """What stands above the steps of a file."""
    return HEAD.format(id=procedure, title=title, revision=revision) + more


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, *files: str) -> tuple[Procedure, ...]:
    """Let the program know these procedures and no others.

    Args:
        monkeypatch: Undoes it at the end of the test.
        folder: Where the files are written.
        files: What stands in each.
    """
    made = []
    for number, text in enumerate(files):
        path = folder / f"{number}.toml"
        path.write_text(text, encoding="utf-8")
        made.append(catalogue.read_procedure(path))
    found = tuple(made)
    monkeypatch.setattr(catalogue, "procedures", lambda: found)
    return found
