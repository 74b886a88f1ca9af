"""A product as a sheet describes it: how it bills, and its terms with who says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planner.domain.account import Contact, Product
from planner.domain.dates import Cycle, DaysAfter, DueRule, FixedDay, Mode, Shift
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source
from planner.domain.term import FORMS, Term
from planner.domain.terms import TermClaim, Terms
from planner.store.sheet_fields import (
    MOST_COUNT,
    code_of,
    count_of,
    day_of_month,
    digits_of,
    figure_text,
    key_of,
    source_of,
)
from planner.store.toml_part import Part

# What no lender asks for: a typing error, or worse (own choice).
_MOST_RATE = {Per.DAY: Decimal(1), Per.MONTH: Decimal(1), Per.YEAR: Decimal(10)}
_MOST_DAYS = 3660
_MOST_INSTALMENTS = 600
_PARTS = frozenset(
    {
        Term.LATE_FEE,
        Term.LATE_FEE_MOST_PART,
        Term.LATE_INDEMNITY,
        Term.MINIMUM,
        Term.FEE_WHOLE,
        Term.SPLIT_PART,
        Term.DEFERRAL_FEE,
    }
)
_DAYS = frozenset({Term.GRACE_DAYS, Term.FREE_DAYS})


def product_of(part: Part) -> Product:
    """The product that a sheet describes.

    Raises:
        DataFileError: Something in it is wrong.
    """
    checked = part.day("checked")
    cycle_part = part.part("cycle")
    cycle, cycle_source = Cycle(), None
    if cycle_part is not None:
        cycle, cycle_source = _cycle(cycle_part, checked)
    description, description_source = _description(part.part("description"), checked)
    product = Product(
        id=part.read("id", key_of),
        name=part.text("name_text"),
        lender=part.text("lender_text", ""),
        country=code_of(part, "country", may_be_empty=True),
        currency=code_of(part, "currency"),
        cycle=cycle,
        terms=Terms(tuple(_claim(claim, checked) for claim in part.parts("claim"))),
        services=tuple(_service(service) for service in part.parts("service")),
        contacts=tuple(contact_of(contact) for contact in part.parts("contact")),
        revision=checked,
        cycle_source=cycle_source,
        description=description,
        description_source=description_source,
    )
    part.done()
    return product


def _claim(part: Part, checked: date) -> TermClaim:
    term = part.choice("term", Term)
    form = FORMS[term]

    def about(value: object) -> str:
        key = str(value)
        if not form.allows(key) or (key.isdecimal() and int(key) > _MOST_INSTALMENTS):
            raise ValueError(value)
        return key

    def text(value: object) -> str:
        _sane(term, form.read(figure_text(value)))
        return str(value)

    is_whole = form.allows("")
    claim = TermClaim(
        term,
        part.read("about", about, "" if is_whole else None),
        part.read("value", text),
        source_of(part, checked),
    )
    part.done()
    return claim


def _service(part: Part) -> str:
    text = part.text("text")
    part.done()
    return text


def contact_of(part: Part) -> Contact:
    """Whom one reaches, and how."""
    contact = Contact(part.text("text"), part.text("number", ""), part.text("source", ""))
    part.done()
    return contact


def _description(part: Part | None, checked: date) -> tuple[str, Source | None]:
    if part is None:
        return "", None
    text, source = part.text("text"), source_of(part, checked)
    part.done()
    return text, source


def _cycle(part: Part, checked: date) -> tuple[Cycle, Source | None]:
    cycle = Cycle(
        part.choice("mode", Mode, Mode.BILL),
        part.maybe("statement_day", day_of_month),
        _due_rule(part),
        part.flag("closes_after"),
        part.choice("shift", Shift, Shift.NONE),
    )
    source = source_of(part, checked) if "source" in part.table else None
    part.done()
    return cycle, source


def _due_rule(part: Part) -> DueRule | None:
    fixed = part.maybe("due_day", day_of_month)
    if fixed is not None:
        return FixedDay(fixed)
    after = part.maybe("due_days_after", _days)
    return DaysAfter(after) if after is not None else None


def _days(value: object) -> int:
    days = count_of(value)
    if days > _MOST_DAYS:
        raise ValueError(value)
    return days


def _sane(term: Term, value: object) -> None:
    """Refuse figures that no lender has: 1e99999999 is a number too, and would fill the window.

    A rate is at most 1 a day or a month and 10 a year, a part at most the whole, a time at most ten years.

    Raises:
        ValueError: It is one.
    """
    figure = value.fraction if isinstance(value, Rate) else value
    if isinstance(figure, Decimal):
        digits_of(figure)
    is_rate = isinstance(value, Rate) and value.fraction > _MOST_RATE[value.per]
    is_part = term in _PARTS and isinstance(figure, Decimal) and figure > 1
    most = _MOST_DAYS if term in _DAYS else MOST_COUNT
    if is_rate or is_part or (isinstance(figure, int) and figure > most):
        raise ValueError(figure)
