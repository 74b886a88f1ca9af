"""``resources/consequences/*.toml``: cards on what being late may lead to, and what happens on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from planner.domain.account import State
from planner.domain.consequences.card import Card, Concerns
from planner.domain.consequences.mark import Mark, MarkUnit, SaidOfMark
from planner.domain.sourced import Source
from planner.paths import resources
from planner.store.sheet_fields import code_of, count_of, key_of, source_of
from planner.store.toml_part import Part

K = TypeVar("K")

_NONE: tuple[str, ...] = ()
_NO_STATES: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsequenceSheet:
    """What one file says.

    Attributes:
        country: ISO 3166 code of where it holds; ELSEWHERE for everywhere.
        checked: When somebody last looked at it.
        cards: Its cards, in their order.
        marks: What happens on which day.
        procedures: The ids of the procedures beside whose steps the cards are shown.
    """

    country: str
    checked: date
    cards: tuple[Card, ...]
    marks: tuple[Mark, ...]
    procedures: tuple[str, ...]


@cache
def consequence_sheets() -> tuple[ConsequenceSheet, ...]:
    """Every sheet that comes with the program, in the order of the files."""
    folder = resources() / "consequences"
    return tuple(read_consequences(path) for path in sorted(folder.glob("*.toml")))


def read_consequences(path: Path) -> ConsequenceSheet:
    """Read one sheet.

    Raises:
        DataFileError: Something in it is wrong: which line, which field.
    """
    return consequences_of(Part.of(path.read_text(encoding="utf-8")))


def consequences_of(part: Part) -> ConsequenceSheet:
    """What a sheet says.

    Raises:
        DataFileError: Something in it is wrong: which line, which field.
    """
    country, checked = code_of(part, "country"), part.day("checked")
    cards = tuple(_card(each, country, checked) for each in part.parts("card"))
    marks = tuple(_mark(each, country, checked) for each in part.parts("mark"))
    procedures = part.read("procedures", _keys, _NONE)
    part.done()
    return ConsequenceSheet(country, checked, cards, marks, procedures)


def _card(part: Part, country: str, checked: date) -> Card:
    card = Card(
        id=part.read("id", key_of),
        country=country,
        title=part.text("title"),
        text=part.text("text"),
        source=source_of(part, checked),
        concerns=Concerns(
            from_day=part.maybe("from_day", count_of),
            states=frozenset(part.read("states", _states, _NO_STATES)),
            is_past=part.flag("is_past"),
            is_three_six=part.flag("is_three_six"),
        ),
        products=part.read("products", _keys, _NONE),
        also=tuple(_source(each, checked) for each in part.parts("also")),
        procedure=part.maybe("procedure", key_of) or "",
    )
    part.done()
    return card


def _source(part: Part, checked: date) -> Source:
    source = source_of(part, checked)
    part.done()
    return source


def _mark(part: Part, country: str, checked: date) -> Mark:
    mark = Mark(
        id=part.read("id", key_of),
        country=country,
        text=part.text("text"),
        said=tuple(_said(each, checked) for each in part.parts("said")),
        products=part.read("products", _keys, _NONE),
    )
    part.read("said", _some)
    part.done()
    return mark


def _said(part: Part, checked: date) -> SaidOfMark:
    least = part.maybe("least", count_of)

    def most_of(value: object) -> int:
        if least is None or count_of(value) < least:
            raise ValueError(value)
        return count_of(value)

    most = part.maybe("most", most_of) if least is None else part.read("most", most_of)
    said = SaidOfMark(
        source_of(part, checked),
        least,
        most,
        part.choice("unit", MarkUnit, MarkUnit.DAYS),
        part.flag("is_after_grace"),
    )
    part.done()
    return said


def _some(value: object) -> None:
    if not value:
        raise ValueError(value)


def _keys(value: object) -> tuple[str, ...]:
    return _each(value, key_of)


def _states(value: object) -> tuple[State, ...]:
    return _each(value, lambda each: State(str(each)))


def _each(value: object, read: Callable[[object], K]) -> tuple[K, ...]:
    if not isinstance(value, list):
        raise ValueError(value)  # noqa: TRY004 - Part.read knows one kind of refusal
    return tuple(read(each) for each in value)
