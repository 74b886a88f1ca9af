"""What is compared where a lender asks for everything on an account at once."""

from __future__ import annotations

from datetime import date

from planner.domain.dates import add_months
from planner.domain.late.agreement import Agreement
from planner.services.cases.worksheet import worksheet_of
from planner.services.overdue import MOST_PARTS, Asked
from planner.store.store import Store

CALLED = "called:"
"""Before the id of an account, where Late cost is to show what is asked for at once."""

# Own choice, where nobody knows what can be paid each month: a year.
_USUAL_PARTS = 12


def asked_at_once(store: Store, account_id: str, today: date) -> Asked:
    """Everything is asked for today; beside paying it, an agreement on as many parts as the budget needs.

    Args:
        store: The open store.
        account_id: The account.
        today: The day.
    """
    sheet = worksheet_of(store, account_id, today)
    count = sheet.proposal.count if sheet.is_ready and sheet.proposal is not None else None
    parts = min(count or _USUAL_PARTS, MOST_PARTS)
    first_on = sheet.proposal.first_on if count and sheet.proposal is not None else add_months(today, 1)
    return Asked(agreement=Agreement(parts, first_on, today), called_on=today)
