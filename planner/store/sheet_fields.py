"""Fields that sheets of every kind have, each refused where it is something else."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from planner.domain.sourced import Reliability, Source
from planner.store.toml_part import Part, as_day

MOST_COUNT = 100_000
_MOST_DIGITS = 12  # of any figure, before and after its point: a typing error, or worse, has more
_MOST_KEY = 60
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODES = {"country": re.compile(r"[A-Z]{2}"), "currency": re.compile(r"[A-Z]{3}")}
_DAYS_OF_MONTH = range(1, 32)


def source_of(part: Part, checked: date) -> Source:
    """Who says so.

    Args:
        part: What is said, with its ``source``, ``checked`` and ``reliability``.
        checked: When somebody last looked at the sheet: the latest day a part can have, and the one of
            a part that does not say.
    """

    def looked_at(value: object) -> date:
        if as_day(value) > checked:  # the sheet says when somebody looked last, and a newer one wins
            raise ValueError(value)
        return as_day(value)

    day = part.read("checked", looked_at, checked)
    return Source(part.text("source"), day, part.read("reliability", _reliability, Reliability.LOW))


def _reliability(value: Any) -> Reliability:  # noqa: ANN401 - TOML holds values of any kind
    if value == Reliability.CONTRACT:  # only what the user brings is a contract
        raise ValueError(value)
    return Reliability(value)


def figure_of(value: object) -> Decimal:
    """An exact figure of nothing or more.

    Raises:
        ValueError: It is something else.
    """
    figure = digits_of(Decimal(figure_text(value)))
    if figure < 0:
        raise ValueError(value)
    return figure


def fraction_of(value: object) -> Decimal:
    """A yearly rate as a fraction: 0.24, never 24.

    Raises:
        ValueError: It is something else.
    """
    fraction = figure_of(value)
    if not 0 < fraction < 1:
        raise ValueError(value)
    return fraction


def key_of(value: object) -> str:
    """A key: small letters and figures, with hyphens between.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, str) or len(value) > _MOST_KEY or not _KEY.fullmatch(value):
        raise ValueError(value)
    return value


def code_of(part: Part, field: str, *, may_be_empty: bool = False) -> str:
    """A country (ISO 3166) or a currency (ISO 4217).

    Args:
        part: Where it stands.
        field: ``country`` or ``currency``.
        may_be_empty: Whether it may be left out.
    """

    def read(value: object) -> str:
        if not isinstance(value, str) or not (_CODES[field].fullmatch(value) or (may_be_empty and not value)):
            raise ValueError(value)
        return value

    return part.read(field, read, "" if may_be_empty else None)


def count_of(value: object) -> int:
    """A whole number of nothing or more.

    Raises:
        ValueError: It is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_COUNT:
        raise ValueError(value)
    return value


def day_of_month(value: object) -> int:
    """A day of the month.

    Raises:
        ValueError: It is something else.
    """
    if count_of(value) not in _DAYS_OF_MONTH:
        raise ValueError(value)
    return count_of(value)


def figure_text(value: object) -> str:
    """A figure or a key as text: TOML has figures with and without quotation marks.

    Raises:
        ValueError: It is something else.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(value)  # noqa: TRY004 - Part.read knows one kind of refusal
    return str(value)


def digits_of(value: Decimal) -> Decimal:
    """A figure that is no longer than any lender's.

    Raises:
        ValueError: It is longer, or no number.
    """
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value.adjusted() > _MOST_DIGITS or exponent < -_MOST_DIGITS:
        raise ValueError(value)
    return value
