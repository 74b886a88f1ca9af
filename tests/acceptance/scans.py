"""The scans of ``scans.toml``: what the program must not say, with texts planted for each to find."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.acceptance.texts import LANGUAGES, Scan


def _scan(found: Mapping[str, Any]) -> Scan:
    return Scan(
        found["name"],
        {language: _any_of(found[language]) for language in LANGUAGES},
        {language: tuple(found["planted"][language]) for language in LANGUAGES},
        found.get("allowed", {}),
        {language: _any_of(words) for language, words in found.get("unless", {}).items()},
        may_warn=found.get("may_warn", False),
    )


def _any_of(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_FOUND = tomllib.loads((Path(__file__).parent / "scans.toml").read_text(encoding="utf-8"))

SCANS = {name: _scan(found) for name, found in _FOUND.items()}
"""Every scan, by its name in the file."""
