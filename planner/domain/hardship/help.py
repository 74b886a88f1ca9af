"""Free help: who gives it, for whom, how to reach them, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.sourced import Source
from planner.phrases import Phrase

CHECK_FIRST = Phrase("Check before relying on it.")
"""Numbers change: what stands with whatever says how to reach somebody."""


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """Somebody who helps with debts and takes no money for it.

    Attributes:
        id: Its key within its country.
        country: ISO 3166 code; ELSEWHERE for what holds everywhere.
        title: Who; a catalogue text.
        text: What they do; a catalogue text.
        whom: For whom; a catalogue text, empty for everybody.
        phone: Their number, as text; empty for none.
        web: Their address on the web, as text; it is never opened. Empty for none.
        products: The ids of the products it is about; empty for all.
        source: Who says so, when somebody looked, and how far that can be trusted.
    """

    id: str
    country: str
    title: str
    text: str
    whom: str
    phone: str
    web: str
    products: tuple[str, ...]
    source: Source

    @property
    def check_first(self) -> Phrase:
        """That numbers change, with the day on which somebody looked."""
        if self.source.checked is None:
            return CHECK_FIRST
        return Phrase("Check before relying on it: last looked at on {date}.", date=self.source.checked)

    @property
    def reach(self) -> tuple[str, ...]:
        """The number and the address, those there are."""
        return tuple(each for each in (self.phone, self.web) if each)
