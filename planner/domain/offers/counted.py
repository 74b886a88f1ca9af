"""How the true rate of payments counts time, in words: by whole months, or by the dates."""

from __future__ import annotations

from planner.domain.apr import Convention
from planner.domain.dates import add_months
from planner.domain.offers.costing import Costing
from planner.phrases import Phrase


def counted_words(end: Costing) -> Phrase | None:
    """From when on the true rate counts, and in what; None where nothing is lent.

    In China whole months are counted as in the lender's own table, so that the beginning is taken to be
    whole months before the first payment, whatever the day of deciding (PBoC announcement [2021] No. 3, by
    the internal rate of return over equal periods); the EU and the US count the dates (Directive
    2008/48/EC, Annex I; 12 CFR 1026, Appendix J).

    Args:
        end: What the payments come to.
    """
    if end.lent_on is None or not any(end.months):
        return None
    if end.convention is not Convention.CHINA:
        return Phrase("counted by the dates, from {date} on", date=end.lent_on)
    month, first = next((month, row) for month, row in zip(end.months, end.rows, strict=True) if month)
    begun = add_months(first.due_on, -month)
    if end.months[0] == 0 or month > 1:
        return Phrase("counted in whole months from {date}", date=begun)
    return Phrase("counted in whole months from {date}, one month before the first payment", date=begun)
