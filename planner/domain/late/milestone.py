"""Something that may happen while a due stays unpaid, with who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.sourced import Claim, Reliability, Source, Span
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
        until: The latest day, where the sources name a span or different days; None for that one day.
        claims: What day or span each source names, where several may; None in one that names none.
        mark: The key of what is published by day, which a card on the same may share; empty for none.
    """

    on: date | None
    text: Phrase
    source: str
    reliability: Reliability = Reliability.MEDIUM
    said: tuple[Source, ...] = ()
    until: date | None = None
    claims: tuple[Claim[Span[date] | None], ...] = ()
    mark: str = ""

    @classmethod
    def by(cls, on: date | None, text: Phrase, *said: Source) -> Milestone:
        """Return what sources of the terms say, each named once; the first tells how reliable it is."""
        names = dict.fromkeys(source.name for source in said)
        return cls(on, text, "; ".join(names), said[0].reliability, tuple(dict.fromkeys(said)))

    @property
    def when(self) -> date | Span[date] | None:
        """Its day, or the span of days; None where it depends on the lender or on paying."""
        if self.on is None or self.until is None or self.until == self.on:
            return self.on
        return Span(self.on, self.until)

    def is_past(self, today: date) -> bool:
        """Whether its last day is over.

        Args:
            today: The local day.
        """
        last = self.until or self.on
        return last is not None and last < today

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says so: those of the terms, else the one that is published."""
        return self.said or (Source(self.source, None, self.reliability),)
