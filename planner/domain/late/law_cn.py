"""What may happen in China while something stays unpaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.domain.late.counts import SIX_IN_ALL, THREE_IN_A_ROW, THREE_SIX_SOURCE, LateCounts
from planner.domain.late.item import LateItem
from planner.domain.late.milestone import Milestone
from planner.domain.law.credit_register import (
    RECORD_LAW,
    REPAIR_FIRST,
    REPAIR_LAST,
    REPAIR_NOTICE,
    REPAIR_REPAID_BY,
    record_leaves,
)
from planner.domain.sourced import Reliability
from planner.phrases import N_, Phrase

_THREE_MONTHS = 90
_REPORTS_LAW = N_("征信业管理条例 (credit reporting regulation, 2013), art. 17")
_OBJECTIONS_LAW = N_("征信业管理条例 (credit reporting regulation, 2013), art. 25")


def in_china(
    late: Sequence[LateItem], first: date, until: date, counts: LateCounts | None
) -> Iterator[Milestone]:
    """What may happen in China, in no order.

    Args:
        late: What is late or would be, at least one.
        first: The first due date missed.
        until: The day of paying everything.
        counts: How often the account was late; None if nobody counted.
    """
    yield Milestone(
        first + timedelta(days=_THREE_MONTHS),
        Phrase("90 days: lenders widely treat three months without a payment as serious default."),
        N_(
            "Article “JD.COM's IOUs are overdue. How to communicate with customer service?”, "
            "machine-translated, undated; criteria differ between institutions"
        ),
        Reliability.LOW,
    )
    yield Milestone(None, _three_six(counts), THREE_SIX_SOURCE, Reliability.LOW)
    yield Milestone(
        record_leaves(until),
        Phrase(
            "A late record would leave the credit report: five years after everything is paid, "
            "here on {date}.",
            date=until,
        ),
        RECORD_LAW,
        Reliability.HIGH,
    )
    yield Milestone(
        None,
        Phrase("While something stays unpaid, the five years have not started."),
        RECORD_LAW,
        Reliability.HIGH,
    )
    yield Milestone(
        None,
        Phrase("Your credit report shows what has been reported. Two reports a year are free."),
        _REPORTS_LAW,
        Reliability.HIGH,
    )
    yield Milestone(
        None,
        Phrase("If the report is wrong, you can object to it; an answer comes within 20 days."),
        _OBJECTIONS_LAW,
        Reliability.HIGH,
    )
    yield from _courts()
    if any(REPAIR_FIRST <= item.due_on <= REPAIR_LAST for item in late):
        text = Phrase(
            "The one-time repair of records of {first} to {last} needed repayment by {date}; "
            "that day has passed.",
            first=REPAIR_FIRST,
            last=REPAIR_LAST,
            date=REPAIR_REPAID_BY,
        )
        yield Milestone(None, text, REPAIR_NOTICE)


def _three_six(counts: LateCounts | None) -> Phrase:
    criterion = Phrase(
        "Lenders widely look for {row} late months in a row or {all} in all within two years.",
        row=THREE_IN_A_ROW,
        all=SIX_IN_ALL,
    )
    if counts is None:
        return criterion
    return Phrase(
        "{criterion} Here: {in_row} in a row now, {in_all} in all as recorded.",
        criterion=criterion,
        in_row=counts.in_row,
        in_all=counts.in_all,
    )


def _courts() -> Iterator[Milestone]:
    yield Milestone(
        None,
        Phrase(
            "A lender may take a debt to court. Only when a judgement is not obeyed may flights and fast "
            "trains be restricted, and that concerns people who could pay or who evade paying."
        ),
        N_("Supreme People's Court, rules of 2010 (consumption limits) and 2013 (judgement debtors, art. 1)"),
        Reliability.HIGH,
    )
    yield Milestone(
        None,
        Phrase("Whoever pays after a judgement pays its costs too, and the late record stays all the same."),
        N_(
            "Article “JD.COM's IOUs are overdue. How to communicate with customer service?”, "
            "machine-translated, undated (a case of November 2015); "
            "征信业管理条例 (credit reporting regulation), art. 16"
        ),
        Reliability.LOW,
    )
