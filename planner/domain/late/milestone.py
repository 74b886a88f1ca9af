"""Something that may happen while a due stays unpaid, with who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.sourced import Reliability, Source
from planner.phrases import N_, Phrase

ARTICLE = N_(
    "Article “JD.COM's IOUs are overdue. How to communicate with customer service?”, "
    "machine-translated, undated"
)
CONTRACT = N_("The contract with the lender")
UNVERIFIED = N_("General knowledge, unverified")


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that may happen while a due stays unpaid.

    Attributes:
        on: Its day; None where it depends on the lender or on paying.
        text: What.
        source: Who says so.
        reliability: How far that can be trusted.
        said: The sources themselves where the terms of the account say so, which may be the user's own.
    """

    on: date | None
    text: Phrase
    source: str
    reliability: Reliability = Reliability.MEDIUM
    said: tuple[Source, ...] = ()

    @classmethod
    def by(cls, on: date | None, text: Phrase, *said: Source) -> Milestone:
        """Return what sources of the terms say, each named once; the first tells how reliable it is."""
        names = dict.fromkeys(source.name for source in said)
        return cls(on, text, "; ".join(names), said[0].reliability, tuple(dict.fromkeys(said)))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says so: those of the terms, else the one that is published."""
        return self.said or (Source(self.source, None, self.reliability),)
