"""Lets Babel find the texts in TOML files, so that they share the catalogues with the code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

Extracted = tuple[int, str, str, list[str]]

_NOT_AN_ASSIGNMENT = re.compile(r"\s*(#|\[|$)")


def extract_toml(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Extracted]:
    """Yield the texts of a TOML file: every string under one of the keys in the option ``keys``.

    A list of strings under such a key counts as that many texts. Each comes with the line on which its
    assignment begins, and with the ``# i18n:`` comments right above that line.

    Args:
        fileobj: The TOML file.
        keywords: The names of gettext functions; a TOML file has none.
        comment_tags: What a comment for translators starts with.
        options: ``keys``, separated by spaces, as in ``[tool.babel]`` of pyproject.toml.
    """
    del keywords  # Babel passes it to every extractor
    keys = frozenset(options.get("keys", "").split())
    comments: list[str] = []
    lines = fileobj.read().decode("utf-8").replace("\r\n", "\n").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        if _NOT_AN_ASSIGNMENT.match(line):
            comment = line.strip().removeprefix("#").strip()
            tagged = line.lstrip().startswith("#") and comment.startswith(tuple(comment_tags))
            comments = [*comments, comment] if tagged else []
            number += 1
            continue
        values, length = _assignment(lines[number:])
        for text in _texts(values, keys):
            yield number + 1, "", text, comments
        comments = []
        number += length


def _assignment(lines: list[str]) -> tuple[dict[str, Any], int]:
    """The assignment that starts on the first line, and over how many lines it goes.

    tomllib tells no line numbers, but a statement of TOML is read whole or not at all: the first lines
    that it accepts are the assignment.

    Raises:
        tomllib.TOMLDecodeError: The file is not TOML.
    """
    for length in range(1, len(lines)):
        try:
            return tomllib.loads("\n".join(lines[:length])), length
        except tomllib.TOMLDecodeError:
            continue
    return tomllib.loads("\n".join(lines)), len(lines)


def _texts(value: object, keys: Collection[str], key: str = "") -> Iterator[str]:
    """The strings in a value that stand under one of the keys, in their order."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, keys, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, keys, key)
    elif isinstance(value, str) and value and key in keys:
        yield value
