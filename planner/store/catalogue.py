"""What lenders and regulators publish: ``resources/*.toml`` as products, procedures and calendars."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from planner.domain.account import Contact, Product
from planner.domain.dates import BusinessCalendar, CalendarYear, Cycle, DaysAfter, DueRule, FixedDay, Mode
from planner.domain.procedure import Note, Procedure, Question, Rule, Step, StepKind, Variant
from planner.domain.sourced import Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.paths import resources

Table = Mapping[str, Any]


@cache
def products() -> tuple[Product, ...]:
    """Every product, in the order of their files."""
    return tuple(read_product(path) for path in sorted((resources() / "products").glob("*.toml")))


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
def calendar(country: str) -> BusinessCalendar:
    """The business days of a country, for the years that are published; none if it has no file."""
    path = resources() / "calendars" / f"{country}.toml"
    table = _load(path) if path.is_file() else {}
    return BusinessCalendar(
        country,
        {
            year["year"]: CalendarYear(
                frozenset(year["off"]), frozenset(year["work"]), year.get("source", "")
            )
            for year in table.get("year", ())
            if year.get("status") == "official"
        },
    )


def read_product(path: Path) -> Product:
    """Read one product sheet.

    Raises:
        KeyError: A field is missing.
        ValueError: A field has a value that is not known.
    """
    table = _load(path)
    cycle = table.get("cycle", {})
    return Product(
        id=table["id"],
        name=table["name_text"],
        lender=table["lender_text"],
        country=table["country"],
        currency=table["currency"],
        cycle=Cycle(
            Mode(cycle.get("mode", "bill")),
            cycle.get("statement_day"),
            _due_rule(cycle),
            cycle.get("closes_after", False),
        ),
        terms=Terms(
            tuple(
                TermClaim(
                    Term(claim["term"]), str(claim.get("about", "")), str(claim["value"]), _source(claim)
                )
                for claim in table.get("claim", ())
            )
        ),
        services=tuple(service["text"] for service in table.get("service", ())),
        contacts=_contacts(table),
        revision=table["checked"],
        cycle_source=_source({"checked": table["checked"], **cycle}) if "source" in cycle else None,
    )


def read_procedure(path: Path) -> Procedure:
    """Read one procedure.

    Raises:
        KeyError: A field is missing.
        ValueError: A field has a value that is not known.
    """
    table = _load(path)
    days = table.get("verification_days")
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
        verification_days=(days[0], days[1]) if days else None,
        calendar=table.get("calendar", ""),
        checked=table["checked"],
    )


def _step(table: Table) -> Step:
    return Step(
        id=table["id"],
        title=table["title"],
        text=table["text"],
        kind=StepKind(table.get("kind", "do")),
        source=_source(table),
        rules=tuple(Rule(rule) for rule in table.get("rules", ())),
        answers={question: tuple(wanted) for question, wanted in table.get("when", {}).items()},
        variants=tuple(Variant(variant["text"], _source(variant)) for variant in table.get("variant", ())),
        optional=table.get("optional", False),
        place=table.get("place", ""),
    )


def _note(table: Table) -> Note:
    return Note(table["title"], table["text"], _source(table))


def _contacts(table: Table) -> tuple[Contact, ...]:
    return tuple(
        Contact(contact["text"], contact["number"], contact.get("source", ""))
        for contact in table.get("contact", ())
    )


def _source(table: Table) -> Source:
    checked: date | None = table.get("checked")
    return Source(table["source"], checked, Reliability(table.get("reliability", "low")))


def _due_rule(cycle: Table) -> DueRule | None:
    if "due_day" in cycle:
        return FixedDay(cycle["due_day"])
    if "due_days_after" in cycle:
        return DaysAfter(cycle["due_days_after"])
    return None


def _load(path: Path) -> Table:
    # parse_float=str: rates stay the exact decimals they were written as.
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
