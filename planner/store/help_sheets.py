"""Free help as a sheet lays it down: who, what they do, for whom, and how to reach them."""

from __future__ import annotations

import re
from datetime import date

from planner.domain.hardship.help import HelpEntry
from planner.store.sheet_fields import key_of, source_of
from planner.store.toml_part import Part

_PHONE = re.compile(r"[+(]?\d[\d ()./-]{1,29}")
_WEB = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._/-]*)?")


def help_of(part: Part, country: str, checked: date) -> tuple[HelpEntry, ...]:
    """The entries of a sheet.

    Args:
        part: The sheet.
        country: ISO 3166 code of where it holds.
        checked: When somebody looked at it, where an entry does not say.
    """
    return tuple(_entry(entry, country, checked) for entry in part.parts("help"))


def _entry(part: Part, country: str, checked: date) -> HelpEntry:
    entry = HelpEntry(
        id=part.read("id", key_of),
        country=country,
        title=part.text("title"),
        text=part.text("text"),
        whom=part.text("note", ""),
        phone=part.read("phone", _phone, ""),
        web=part.read("web", _web, ""),
        products=part.read("products", _keys, ()),
        source=source_of(part, checked),
    )
    part.done()
    return entry


def _phone(value: object) -> str:
    if not isinstance(value, str) or not _PHONE.fullmatch(value):
        raise ValueError(value)
    return value


def _web(value: object) -> str:
    # A name alone, as people read it out: nothing that a program would take for a command to open.
    if not isinstance(value, str) or not _WEB.fullmatch(value):
        raise ValueError(value)
    return value


def _keys(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(value)  # noqa: TRY004 - Part.read knows one kind of refusal
    return tuple(key_of(each) for each in value)
