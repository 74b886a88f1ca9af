"""Where golden numbers are found, and what one of them is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "tests" / "data" / "vectors"
SHARED = ROOT.parent / "shared" / "vectors"
VARIABLE = "PLANNER_VECTORS"

NEEDED = frozenset({"id", "source", "kind", "inputs", "expected"})
OPTIONAL = frozenset({"tolerance", "basis", "note"})
BASES = frozenset({"published", "derived"})


@dataclass(frozen=True, slots=True)
class Vector:
    """One golden number: what is given, and what has to come out.

    Attributes:
        kind: What is worked out.
        id: Its name within the kind.
        folder: Where its file lies.
        source: Who says so.
        inputs: What is given.
        expected: What has to come out.
        tolerance: How far each figure may be away; exact where it does not say.
        is_published: Whether its source states the result, and not only the rule it follows from.
        problem: Why it cannot be used; empty if it can.
    """

    kind: str
    id: str
    folder: Path
    source: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    expected: Mapping[str, Any] = field(default_factory=dict)
    tolerance: Mapping[str, Any] = field(default_factory=dict)
    is_published: bool = False
    problem: str = ""

    @property
    def content(self) -> str:
        """All that decides how it is checked."""
        parts = [self.kind, self.id, self.inputs, self.expected, self.tolerance, self.problem]
        return json.dumps(parts, sort_keys=True, default=str)


def places(variable: str | None = None) -> tuple[Path, ...]:
    """The folders to look in: the committed one, the shared one if there is one, and those named.

    Args:
        variable: The folders named; those of the environment if it is None.

    Raises:
        NotADirectoryError: A folder is named that does not exist, or holds no vectors.
    """
    text = os.environ.get(VARIABLE, "") if variable is None else variable
    named = [Path(name).expanduser() for name in text.split(os.pathsep) if name.strip()]
    for folder in named:
        if not any(folder.glob("*.json")):
            raise NotADirectoryError(f"{VARIABLE} names {folder}, where no vectors are")
    return (COMMITTED, *([SHARED] if SHARED.is_dir() else []), *named)


def read_folder(folder: Path) -> Iterator[Vector]:
    """Every vector of a folder, in the order of its files."""
    for path in sorted(folder.glob("*.json")):
        try:
            found = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
        except ValueError as error:
            yield Vector(path.stem, path.name, folder, problem=f"the file cannot be read: {error}")
            continue
        if isinstance(found, dict) and isinstance(found.get("instances"), list):
            found = [_as_vector(raw, path, str(found.get("objective", ""))) for raw in found["instances"]]
        if isinstance(found, list):
            yield from (_vector(raw, path, number) for number, raw in enumerate(found, start=1))
        else:
            yield Vector(path.stem, path.name, folder, problem="the file is not a list of vectors")


def without_doubles(vectors: Iterable[Vector]) -> dict[str, Vector]:
    """Each vector once, by the name of its case; others of the same name are numbered."""
    cases: dict[str, Vector] = {}
    seen: set[str] = set()
    for vector in vectors:
        if vector.content in seen:
            continue
        seen.add(vector.content)
        name = f"{vector.kind}:{vector.id}"
        others = sum(case.kind == vector.kind and case.id == vector.id for case in cases.values())
        cases[f"{name} ({others + 1})" if others else name] = vector
    return cases


def _as_vector(raw: object, path: Path, source: str) -> object:
    """An instance of a problem as a vector: which of the best choices is found, nobody can say beforehand."""
    if not isinstance(raw, dict) or not isinstance(raw.get("expected"), dict):
        return raw
    expected = dict(raw["expected"])
    right = {name: expected.pop(name) for name in ("all_optimal", "choices") if name in expected}
    if right.get("all_optimal"):
        expected["is_optimal"] = True
    inputs = {name: value for name, value in raw.items() if name not in {"id", "expected", "source"}}
    return {
        "id": raw.get("id", ""),
        "source": raw.get("source", source),
        "kind": path.stem,
        "inputs": inputs | right,
        "expected": expected,
    }


def _vector(raw: object, path: Path, number: int) -> Vector:
    if not isinstance(raw, dict):
        return Vector(path.stem, f"{path.name} {number}", path.parent, problem="it is not an object")
    parts = {name: raw.get(name) or {} for name in ("inputs", "expected", "tolerance")}
    return Vector(
        str(raw.get("kind", path.stem)),
        str(raw.get("id", f"{path.name} {number}")),
        path.parent,
        str(raw.get("source", "")),
        **parts,
        is_published=raw.get("basis") == "published",
        problem=_problem(raw, parts),
    )


def _problem(raw: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """What is wrong with the form of a vector; empty if nothing is."""
    odd = sorted(name for name, part in parts.items() if not isinstance(part, dict))
    wrong = {
        "it lacks": sorted(NEEDED - set(raw)),
        "nobody knows its fields": sorted(set(raw) - NEEDED - OPTIONAL),
        "these are no objects:": odd,
        "it expects": [] if parts["expected"] else ["nothing"],
        "its basis is": [] if raw.get("basis", "derived") in BASES else [raw["basis"]],
        "what it allows a tolerance for is not expected:": (
            [] if odd else sorted(set(parts["tolerance"]) - set(parts["expected"]))
        ),
    }
    return "; ".join(f"{words} {names}" for words, names in wrong.items() if names)
