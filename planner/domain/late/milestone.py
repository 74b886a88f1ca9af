"""Something that may happen while a due stays unpaid, with who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.sourced import Reliability
from planner.phrases import Phrase

ARTICLE = (
    "Article “JD.COM's IOUs are overdue. How to communicate with customer service?”, "
    "machine-translated, undated"
)
UNVERIFIED = "General knowledge, unverified"


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that may happen while a due stays unpaid.

    Attributes:
        on: Its day; None where it depends on the lender or on paying.
        text: What.
        source: Who says so.
        reliability: How far that can be trusted.
    """

    on: date | None
    text: Phrase
    source: str
    reliability: Reliability = Reliability.MEDIUM
