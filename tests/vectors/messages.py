"""Messages of lenders, and what they tell of."""

from __future__ import annotations

from datetime import date

from planner.statements.messages.parse import parse_message
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError

# A day on which all messages have come, for vectors that name none.
USUAL_DAY = date(2026, 11, 22)


def message_parsed(given: Given) -> Answers:
    """What a message says."""
    received = given.maybe_day("received") or USUAL_DAY
    draft = parse_message(given.text("text"), received)
    if draft is None:
        raise UnusableError("the message is not understood")
    return {
        "product": draft.product.value,
        "event": draft.event.value,
        "amount": draft.amount,
        "discount": draft.discount,
        "minimum": draft.minimum,
        "instalments": draft.instalments,
        "order": draft.order,
        "merchant": draft.merchant,
        "date": draft.on,
        "time": draft.at.isoformat() if draft.at else None,
        "due": draft.due_on,
        "due_day": draft.due_day,
        "month": draft.on.month if draft.on else None,
        "day": draft.on.day if draft.on else None,
        "year_guessed": draft.is_year_guessed,
        "card": draft.card,
    }
