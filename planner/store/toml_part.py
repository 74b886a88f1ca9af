"""Tables of a TOML file, read field by field; what is wrong is refused with its line and its field."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from planner.errors import PlannerError
from planner.phrases import N_

V = TypeVar("V")
E = TypeVar("E", bound=StrEnum)

MOST_BYTES = 262_144
_MOST_TEXT = 2000
_SHOWN = 60  # characters of a value that is refused
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]")
_LINE = re.compile(r"at line (\d+)")


class DataFileError(PlannerError):
    """A data file that cannot be used."""


class NoDataFileError(DataFileError):
    """A file that is no text, or cannot be opened."""

    message = N_("{file} cannot be read as text.")


class DataFileTooLargeError(DataFileError):
    """A file that is larger than any sheet."""

    message = N_("{file} is too large for a data file: {most} kB at most are read.")


class NotTomlError(DataFileError):
    """A file that is not written as data files are."""

    message = N_("Line {line}: this is not written as a data file is (TOML).")


class MissingFieldError(DataFileError):
    """A field that has to be there."""

    message = N_("Line {line}: “{field}” is missing.")


class UnknownFieldError(DataFileError):
    """A field that nothing reads: it may be a typing error."""

    message = N_("Line {line}: nothing here is called “{field}”. It may be a typing error.")


class WrongFieldError(DataFileError):
    """A field with a value that it cannot have."""

    message = N_("Line {line}: “{field}” cannot be “{value}”.")


class Part:
    """A table of a file, or one of several of a name; it remembers which of its fields were read.

    Attributes:
        table: What it holds.
        line: The line on which it begins.
    """

    def __init__(self, table: Mapping[str, Any], lines: tuple[str, ...] = (), line: int = 1) -> None:
        """Take a table and the text from which it was read.

        Args:
            table: What it holds.
            lines: Every line of the file; none where nobody asks for lines.
            line: The line on which it begins.
        """
        self.table = table
        self.line = line
        self._lines = lines
        self._unread = set(table)

    @classmethod
    def of(cls, text: str) -> Part:
        """The whole of a file.

        Raises:
            NotTomlError: It is not TOML.
        """
        try:
            # parse_float=str: rates stay the exact decimals they were written as.
            table = tomllib.loads(text, parse_float=str)
        except (ValueError, RecursionError) as error:
            found = _LINE.search(str(error))
            raise NotTomlError(line=found[1] if found else "1") from error
        return cls(table, tuple(text.splitlines()))

    def get(self, field: str) -> Any:  # noqa: ANN401 - TOML holds values of any kind
        """A field as it is written; None if it is not there."""
        self._unread.discard(field)
        return self.table.get(field)

    def read(self, field: str, read: Callable[[Any], V], usual: V | None = None) -> V:
        """A field read by a function that raises a ValueError or ArithmeticError for what it cannot be.

        Raises:
            MissingFieldError: It is not there, and nothing is usual.
            WrongFieldError: It has a value that it cannot have.
        """
        value = self.get(field)
        if value is None:
            if usual is None:
                raise MissingFieldError(line=str(self.line), field=field)
            return usual
        try:
            return read(value)
        except (ValueError, ArithmeticError, LookupError, TypeError) as error:
            shown = str(value) if len(str(value)) <= _SHOWN else f"{str(value)[:_SHOWN]}…"
            raise WrongFieldError(line=str(self._line_of(field)), field=field, value=shown) from error

    def maybe(self, field: str, read: Callable[[Any], V]) -> V | None:
        """The same; None if it is not there."""
        return None if self.get(field) is None else self.read(field, read)

    def text(self, field: str, usual: str | None = None) -> str:
        """A text of one line that is not empty, unless nothing is usual."""
        return self.read(field, _text if usual != "" else _maybe_empty, usual)

    def day(self, field: str) -> date:
        """A day."""
        return self.read(field, as_day)

    def flag(self, field: str) -> bool:
        """Yes or no; no if it is not there."""
        return self.read(field, _flag, usual=False)

    def choice(self, field: str, kind: type[E], usual: E | None = None) -> E:
        """One of several keys."""
        return self.read(field, lambda value: kind(_text(value)), usual)

    def parts(self, field: str) -> Iterator[Part]:
        """The tables of a name, ``[[name]]``, in their order."""
        nothing: tuple[Mapping[str, Any], ...] = ()
        tables = self.read(field, _tables, nothing)
        starts = [number for number, line in enumerate(self._lines, start=1) if _opens(line, field)]
        for index, table in enumerate(tables):
            line = starts[index] if index < len(starts) else self.line
            yield Part(table, self._lines, line)

    def part(self, field: str) -> Part | None:
        """The table of a name, ``[name]``, if it is there."""
        if self.table.get(field) is None:
            return None
        self.read(field, _one_table)
        return next(self.parts(field))

    def done(self) -> None:
        """Make sure that every field was read.

        Raises:
            UnknownFieldError: One was not.
        """
        for field in self.table:
            if field in self._unread:
                raise UnknownFieldError(line=str(self._line_of(field)), field=field)

    def _line_of(self, field: str) -> int:
        """The line on which a field is written; that of the table where it is not found."""
        assigned = re.compile(rf"""\s*["']?{re.escape(field)}["']?\s*=""")
        for number, line in enumerate(self._lines[self.line - 1 :], start=self.line):
            if assigned.match(line):
                return number
            if number > self.line and _HEADER.match(line):
                break  # what comes now belongs to another table
        return next((n for n, line in enumerate(self._lines, start=1) if _opens(line, field)), self.line)


def _opens(line: str, field: str) -> bool:
    found = _HEADER.match(line)
    return found is not None and found[2] == field


def _text(value: object) -> str:
    text = _maybe_empty(value)
    if not text:
        raise ValueError(text)
    return text


def _maybe_empty(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT or value != value.strip():
        raise ValueError(value)
    if any(unicodedata.category(sign) == "Cc" for sign in value):  # ends of lines, and what no one can see
        raise ValueError(value)
    return value


def as_day(value: object) -> date:
    """A day as TOML has it; a point in time is none.

    Raises:
        ValueError: It is something else.
    """
    if type(value) is not date:
        raise ValueError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)  # noqa: TRY004 - read() knows one kind of refusal
    return value


def _one_table(value: object) -> None:
    if len(_tables(value)) != 1:
        raise ValueError(value)


def _tables(value: object) -> tuple[Mapping[str, Any], ...]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(table, dict) for table in found):
        raise ValueError(value)
    return tuple(found)
