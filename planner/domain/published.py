"""What is published and the user brought into their file: products, legal lines, calendars, free help."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.ids import new_id


class PublishedKind(StrEnum):
    """What a sheet is about."""

    PRODUCT = "product"
    CAPS = "caps"
    CALENDAR = "calendar"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Published:
    """A sheet that the user loaded from a file or typed.

    Attributes:
        kind: What it is about.
        name: The key of what it is about: of a product, of a table of lines, of a country, of a
            list of help.
        dated: The day on which somebody last looked at what it says.
        loaded_on: The day on which it came into the file.
        text: The sheet itself, as TOML.
        by_hand: Whether it was typed.
        id: Its identity.
    """

    kind: PublishedKind
    name: str
    dated: date
    loaded_on: date
    text: str
    by_hand: bool = False
    id: str = field(default_factory=new_id)
