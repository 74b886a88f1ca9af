"""What a request that was made asks to keep in mind, until its answer has come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.phrases import Phrase

if TYPE_CHECKING:
    from planner.services.cases.view import CaseView


def request_words(view: CaseView, day: date) -> Phrase | None:
    """What the request of a case asks to keep in mind on a day; None without one.

    Args:
        view: The case.
        day: The day.
    """
    if view.case.submitted_on is None:
        return None
    if not view.procedure.is_closing:
        return _answer_due(view, day)
    if view.is_verified or view.verification is None or view.verification.latest is None:
        return Phrase("Do not pay with {account} any more.", account=view.account.name)
    if day <= view.verification.latest:
        return Phrase(
            "Do not pay with {account} until {date}: the lender is verifying.",
            account=view.account.name,
            date=view.verification.latest,
        )
    return Phrase(
        "The lender’s time was over on {date}. See whether {account} is closed, and call if it is not.",
        account=view.account.name,
        date=view.verification.latest,
    )


def _answer_due(view: CaseView, day: date) -> Phrase | None:
    """About when the lender should have answered a request that closes nothing."""
    latest = view.verification.latest if view.verification is not None else None
    if latest is None or view.is_verified:
        return None
    if day <= latest:
        return Phrase("An answer is due about {date}: the days count from when they have it.", date=latest)
    return Phrase(
        "An answer was due about {date}: the days count from when they have it. If none has come, ask again.",
        date=latest,
    )


def recorded_anyway(view: CaseView) -> Phrase | None:
    """That something was open when the request was recorded, in words; None if nothing was."""
    count = view.case.open_at_request
    if view.case.submitted_on is None or not count:
        return None
    if not view.procedure.is_closing:
        return Phrase.counted(
            "It was recorded while {count} thing was still open.",
            "It was recorded while {count} things were still open.",
            count,
        )
    return Phrase.counted(
        "The lender had accepted it while {count} thing was still open in the record.",
        "The lender had accepted it while {count} things were still open in the record.",
        count,
    )
