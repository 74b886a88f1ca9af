"""What may happen in the United Kingdom and the United States while something stays unpaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.late.fixed_fee import UK_CARD_FEE, UK_CARD_SOURCE, US_AGAIN, US_FIRST, US_SOURCE
from planner.domain.late.milestone import UNVERIFIED, Milestone
from planner.domain.money import Money
from planner.domain.sourced import Reliability
from planner.phrases import Phrase

_REPORTED_AFTER = (30, 60, 90)


def abroad(country: str, first: date, *, is_card: bool) -> Iterator[Milestone]:
    """What may happen there, in no order.

    Args:
        country: ``GB`` or ``US``; nothing is known of others.
        first: The first due date missed.
        is_card: Whether it is a credit card, whose late fees are another matter than a shop's.
    """
    if country not in {"GB", "US"}:
        return
    for days in _REPORTED_AFTER:
        yield Milestone(
            first + timedelta(days=days),
            Phrase("Lenders usually report a payment as late by {days} days from about now on.", days=days),
            UNVERIFIED,
            Reliability.LOW,
        )
    if not is_card:
        return
    if country == "US":
        yield Milestone(
            None,
            Phrase(
                "A card may charge {first} for a late payment and {again} for another within six billing "
                "cycles without proving its costs, and never more than the minimum that was missed.",
                first=Money.of(US_FIRST, "USD"),
                again=Money.of(US_AGAIN, "USD"),
            ),
            US_SOURCE.name,
            US_SOURCE.reliability,
        )
    else:
        text = Phrase("Cards usually charge about {amount} for a late payment.", amount=UK_CARD_FEE)
        yield Milestone(None, text, UK_CARD_SOURCE.name, UK_CARD_SOURCE.reliability)
