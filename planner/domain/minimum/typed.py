"""An amount of which nobody knows the bill, as the rules of a minimum see it."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.minimum.figures import MinimumBill
from planner.domain.minimum.rule import BillParts
from planner.domain.offers.question import Question
from planner.domain.sourced import Span


def typed_minimum(question: Question) -> tuple[BillParts, MinimumBill]:
    """An amount, as if it were a bill of purchases alone, with interest in it that nobody itemised.

    Args:
        question: What is asked about.
    """
    parts, days = replace(BillParts.of_purchases(question.amount), is_interest_unknown=True), None
    if question.bought is not None:
        until = question.first_due
        low, high = ((until - day).days for day in (question.bought.high, question.bought.low))
        days = Span(question.amount.decimal * max(low, 0), question.amount.decimal * max(high, 0))
    return parts, MinimumBill(parts, question.amount, question.minimum, free_days=days)
