"""What comes with the program: ``resources/*.toml`` as products, procedures, legal lines, calendars, help."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.domain.account import Contact, Product, State
from planner.domain.business_days import BusinessCalendar
from planner.domain.procedures.kinds import Channel, FactKind, LetterKind, Rule, Section, StepKind, Unit
from planner.domain.procedures.published import (
    Change,
    Document,
    Duration,
    Note,
    Procedure,
    Question,
    Result,
    Step,
    Variant,
)
from planner.domain.sourced import Reliability, Source
from planner.paths import resources

if TYPE_CHECKING:
    from planner.domain.law.caps import CapTable
    from planner.domain.published import PublishedKind
    from planner.store.sheets import Sheet

Table = Mapping[str, Any]

# By the values of PublishedKind. What reads sheets is imported where one is read: a reminder of a procedure
# needs none, and it may come with the first paint.
_FOLDERS = {"product": "products", "caps": "caps", "calendar": "calendars", "help": "help"}


@cache
def sheets(kind: PublishedKind) -> tuple[Sheet, ...]:
    """Every sheet of a kind that comes with the program, in the order of the files."""
    folder = resources() / _FOLDERS[kind]
    return tuple(_sheet(path) for path in sorted(folder.glob("*.toml")))


@cache
def products() -> tuple[Product, ...]:
    """Every product that comes with the program, in the order of the files."""
    from planner.domain.published import PublishedKind  # noqa: PLC0415 - see above

    return tuple(sheet.product for sheet in sheets(PublishedKind.PRODUCT) if sheet.product is not None)


def product(product_id: str) -> Product | None:
    """The product with that id, if there is one."""
    return next((known for known in products() if known.id == product_id), None)


@cache
def procedures() -> tuple[Procedure, ...]:
    """Every procedure, in the order of their files."""
    return tuple(read_procedure(path) for path in sorted((resources() / "procedures").glob("*.toml")))


def procedure(procedure_id: str) -> Procedure | None:
    """The procedure with that id, if there is one."""
    return next((known for known in procedures() if known.id == procedure_id), None)


@cache
def calendar_sheet(country: str) -> Sheet | None:
    """The calendar of a country that comes with the program, if there is one."""
    path = resources() / _FOLDERS["calendar"] / f"{country}.toml"
    return _sheet(path) if path.is_file() else None


def calendar(country: str) -> BusinessCalendar:
    """The business days of a country, for the years that are published; none if it has no file."""
    sheet = calendar_sheet(country)
    return (
        sheet.calendar if sheet is not None and sheet.calendar is not None else BusinessCalendar(country, {})
    )


@cache
def caps() -> CapTable:
    """Every legal line that comes with the program."""
    from planner.domain.law.caps import CapTable  # noqa: PLC0415 - see above
    from planner.domain.published import PublishedKind  # noqa: PLC0415 - see above

    return sum((sheet.caps for sheet in sheets(PublishedKind.CAPS) if sheet.caps), CapTable())


def _sheet(path: Path) -> Sheet:
    from planner.store.sheets import sheet_of  # noqa: PLC0415 - see above
    from planner.store.toml_part import Part  # noqa: PLC0415 - see above

    # Without the text no line can be named, but it is faster, and tests read all of them.
    return sheet_of(Part(_load(path)))


def read_procedure(path: Path) -> Procedure:
    """Read one procedure.

    Raises:
        KeyError: A field is missing.
        ValueError: A field has a value that is not known.
    """
    table = _load(path)
    return Procedure(
        id=table["id"],
        revision=table["revision"],
        title=table["title"],
        goal=table["text"],
        products=tuple(table["products"]),
        questions=tuple(
            Question(
                question["id"],
                question["title"],
                {answer["id"]: answer["text"] for answer in question["answer"]},
            )
            for question in table.get("question", ())
        ),
        steps=tuple(_step(step) for step in table["step"]),
        faq=tuple(_note(note) for note in table.get("faq", ())),
        warnings=tuple(_note(note) for note in table.get("warning", ())),
        contacts=_contacts(table),
        durations=tuple(
            Duration(
                each["id"],
                each["title"],
                each.get("least"),
                each.get("most"),
                Unit(each["unit"]),
                _source(each),
            )
            for each in table.get("duration", ())
        ),
        calendar=table.get("calendar", ""),
        checked=table["checked"],
        results=tuple(Result(each["id"], each["title"], _state(each)) for each in table.get("result", ())),
        documents=tuple(
            Document(each["id"], each["title"], each.get("text", ""), _source(each), _when(each))
            for each in table.get("document", ())
        ),
        facts=tuple(FactKind(fact) for fact in table.get("facts", ())),
        changes=tuple(
            Change(each["revision"], each["text"], tuple(each.get("steps", ())), tuple(each.get("new", ())))
            for each in table.get("change", ())
        ),
    )


def _step(table: Table) -> Step:
    return Step(
        id=table["id"],
        title=table["title"],
        text=table["text"],
        kind=StepKind(table.get("kind", "do")),
        source=_source(table),
        rules=tuple(Rule(rule) for rule in table.get("rules", ())),
        answers=_when(table),
        variants=tuple(Variant(variant["text"], _source(variant)) for variant in table.get("variant", ())),
        optional=table.get("optional", False),
        place=table.get("place", ""),
        section=Section(table.get("section", "do")),
        state=_state(table),
        duration=table.get("duration", ""),
        after=table.get("after", ""),
        letter=LetterKind(table["letter"]) if "letter" in table else None,
        channel=Channel(table["channel"]) if "channel" in table else None,
        every=table.get("every"),
        procedure=table.get("procedure", ""),
        result=table.get("result", ""),
    )


def _when(table: Table) -> Mapping[str, tuple[str, ...]]:
    """Which answers lead to something, by question."""
    return {question: tuple(wanted) for question, wanted in table.get("when", {}).items()}


def _state(table: Table) -> State | None:
    return State(table["state"]) if "state" in table else None


def _note(table: Table) -> Note:
    return Note(table["title"], table["text"], _source(table), _when(table))


def _contacts(table: Table) -> tuple[Contact, ...]:
    return tuple(
        Contact(contact["text"], contact["number"], contact.get("source", ""))
        for contact in table.get("contact", ())
    )


def _source(table: Table) -> Source:
    checked: date | None = table.get("checked")
    return Source(table["source"], checked, Reliability(table.get("reliability", "low")))


def _load(path: Path) -> Table:
    # parse_float=str: rates stay the exact decimals they were written as.
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
