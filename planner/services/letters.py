"""A text for somebody else: a letter, or a script for a call, as phrases to be put into their language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.hardship.proposal import Proposal
from planner.phrases import Phrase

# Own choice: what somebody has left a month is looked at again twice a year; without anything, sooner.
REVIEW_MONTHS = 6
SOON_MONTHS = 3


class LineKind(StrEnum):
    """How a line stands in the text."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A paragraph, a heading, or one of several things in a row.

    Attributes:
        text: What it says.
        kind: How it stands.
    """

    text: Phrase
    kind: LineKind = LineKind.TEXT


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, or a script for a call.

    It holds nothing that identifies the user: what only they can fill in stands in square brackets.

    Attributes:
        account_id: The account it is about.
        title: What it is about.
        lines: Its text.
        is_letter: Whether it is sent, and no script to read from.
    """

    account_id: str
    title: Phrase
    lines: tuple[LetterLine, ...]
    is_letter: bool = True


def lender_of(proposal: Proposal) -> Phrase:
    """Who lends, or room for their name."""
    name = proposal.creditor.lender
    return Phrase(name) if name else Phrase("[name of the lender]")


def reason_of(words: str) -> Phrase | None:
    """Why the money does not reach, in the user's own words; None without any."""
    return Phrase.own(words.strip()) if words.strip() else None


REASON = Phrase(
    "[Why less comes in or more goes out than before, in one or two sentences. You may leave this out.]"
)
"""Room for the user's own words."""
