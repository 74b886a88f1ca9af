"""What the articles ask, row by row, and which tests say that they show it.

A test names its rows by ``@pytest.mark.row("C001", …)``, with the ids written out, or, for a table of cases,
as the keys of a dictionary ``ROWS`` of its module. The marks are read from the sources of the tests, so that
the answer is the same whichever tests run.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
USABLE, CONTRADICTORY, DUBIOUS, NOTE = FLAGS = ("✓", "⚠", "✗", "n/a")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of an article, and what follows from it.

    Attributes:
        flag: How far it can be relied on; one of FLAGS.
        asks: What the program does about it, in our own words.
    """

    flag: str
    asks: str


def rows() -> dict[str, Row]:
    """Every row, by its id."""
    found = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))
    return {row_id: Row(**row) for row_id, row in found["rows"].items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """A test, or a table of cases, that names a row.

    Attributes:
        row: The row; empty where it cannot be read from the source.
        where: The module and the line.
    """

    row: str
    where: str


def marks(folder: Path = TESTS) -> list[Mark]:
    """All marks of the tests in a folder."""
    return [
        mark
        for path in sorted(folder.rglob("*.py"))
        for mark in marks_in(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())
    ]


def marks_in(source: str, name: str) -> Iterator[Mark]:
    """The marks of one module.

    Args:
        source: Its text.
        name: What to call it.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.row":
            where = f"{name}:{node.lineno}"
            for argument in node.args:
                if isinstance(argument, ast.Constant):
                    yield Mark(str(argument.value), where)
                else:
                    yield from (Mark(row, where) for row in _table(tree) or [""])


def _table(tree: ast.Module) -> list[str]:
    """The keys of the dictionary ROWS of a module."""
    return [
        str(key.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and [ast.unparse(target) for target in node.targets] == ["ROWS"]
        and isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    ]


def complaints(known: dict[str, Row], found: Iterable[Mark], not_yet: dict[str, str]) -> list[str]:
    """What is wrong with the marks: a row without a test, a mark without a row, an excuse that has ended.

    Args:
        known: Every row.
        found: Every mark.
        not_yet: Why a row has no test yet.
    """
    found = list(found)
    marked = {mark.row for mark in found}
    said = [f"{mark.where}: no row is called {mark.row!r}" for mark in found if mark.row not in known]
    for row_id, row in known.items():
        if row_id in marked and row_id in not_yet:
            said.append(f"{row_id}: a test names it now, so it leaves NOT_YET")
        elif row.flag != NOTE and row_id not in marked and row_id not in not_yet:
            said.append(f"{row_id}: no test shows that {row.asks}")
    said += [f"{row_id}: in NOT_YET, and no row that needs a test" for row_id in _strangers(known, not_yet)]
    return said


def _strangers(known: dict[str, Row], not_yet: Iterable[str]) -> list[str]:
    return [row_id for row_id in not_yet if row_id not in known or known[row_id].flag == NOTE]
