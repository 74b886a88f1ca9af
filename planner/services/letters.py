"""A text for somebody else: a letter, or a script for a call, as phrases to be put into their language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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
    return lender_named(proposal.creditor.lender)


def lender_named(name: str) -> Phrase:
    """Who lends, or room for their name.

    Args:
        name: A catalogue text or the user's own words; empty if the user has not said.
    """
    return Phrase(name) if name else Phrase("[name of the lender]")


def framed(
    to: Phrase, on: date, subject: Phrase, texts: Iterable[Phrase | LetterLine]
) -> tuple[LetterLine, ...]:
    """A letter from its head to its end; what identifies the user is left to them.

    Args:
        to: To whom.
        on: The day.
        subject: What it is about.
        texts: What it says.
    """
    lines = [
        Phrase("[Your name and postal address]"),
        Phrase("To: {lender}", lender=to),
        Phrase("[Place], {date}", date=on),
        Phrase("Subject: {subject}", subject=subject),
        Phrase("Contract: [its number, or the last four digits of the card]"),
        Phrase("Dear Sir or Madam,"),
        *texts,
        Phrase("Yours faithfully,"),
        Phrase("[Your name, and how to reach you]"),
    ]
    return tuple(line if isinstance(line, LetterLine) else LetterLine(line) for line in lines)


def because(words: str, room: Phrase) -> Phrase:
    """The reason in the user's own words, or room for it.

    Args:
        words: Their words; may be empty.
        room: What stands there without any.
    """
    why = reason_of(words)
    return room if why is None else Phrase("The reason: {reason}", reason=why)


def reason_of(words: str) -> Phrase | None:
    """Why the money does not reach, in the user's own words; None without any."""
    return Phrase.own(words.strip()) if words.strip() else None


REASON = Phrase(
    "[Why less comes in or more goes out than before, in one or two sentences. You may leave this out.]"
)
"""Room for the user's own words."""
