"""Milestones from what is published by day and from what is recorded, beside those of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.domain.account import DatedState, State
from planner.domain.consequences.mark import Mark
from planner.domain.late.counts import SIX_IN_ALL, THREE_IN_A_ROW, THREE_SIX_SOURCE
from planner.domain.late.milestone import Milestone
from planner.domain.sourced import Claim, Reliability
from planner.phrases import N_, Phrase

RECORDED = N_("Your own record")


def published_marks(marks: Iterable[Mark], first: date, grace: int) -> Iterator[Milestone]:
    """What is published to happen, with the earliest and the latest day that sources name.

    Args:
        marks: What is published for the country and the product.
        first: The first due date that was missed.
        grace: The days of grace after it.
    """
    for mark in marks:
        claims = tuple(Claim(said.days(first, grace), said.source) for said in mark.said)
        days = [claim.value for claim in claims if claim.value is not None]
        text = Phrase(mark.text)
        if days and len(days) < len(claims):
            text = Phrase("{what} Not every source names a day.", what=text)
        on = min((span.low for span in days), default=None)
        last = max((span.high for span in days), default=None)
        sources = [claim.source for claim in claims]
        names = "; ".join(dict.fromkeys(source.name for source in sources))
        yield Milestone(on, text, names, sources[0].reliability, tuple(sources), last, claims, mark.id)


def recorded_states(states: Iterable[DatedState], first: date) -> Iterator[Milestone]:
    """What the user recorded of the account since the first due date that was missed.

    Args:
        states: Every state that is recorded.
        first: That date.
    """
    for dated in states:
        if dated.since < first or not dated.state.is_restriction:
            continue
        match dated.state:
            case State.FROZEN:
                text = Phrase("As you recorded, the lender froze the account.")
            case State.LOCKED:
                text = Phrase("As you recorded, you locked the account.")
            case _:
                text = Phrase("As you recorded, the lender reported it to the credit register.")
        if dated.until is not None:
            text = Phrase("{what} It ended on {date}.", what=text, date=dated.until)
        yield Milestone(dated.since, text, RECORDED, Reliability.HIGH)


def counts_ahead(three_in_row_on: date | None, six_in_all_on: date | None) -> Iterator[Milestone]:
    """When three late months in a row and six in all would be reached, if nothing is paid until then.

    Args:
        three_in_row_on: The first day with three in a row; None if there is none ahead.
        six_in_all_on: The first day with six in all; None if there is none ahead.
    """
    if three_in_row_on is not None:
        text = Phrase(
            "If nothing is paid until then, there would be {count} late months in a row.",
            count=THREE_IN_A_ROW,
        )
        yield Milestone(three_in_row_on, text, THREE_SIX_SOURCE, Reliability.LOW)
    if six_in_all_on is not None:
        text = Phrase(
            "If nothing is paid until then, there would be {count} late months in all.", count=SIX_IN_ALL
        )
        yield Milestone(six_in_all_on, text, THREE_SIX_SOURCE, Reliability.LOW)
