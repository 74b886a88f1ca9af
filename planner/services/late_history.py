"""How often payments were late, by what is recorded: for each account and for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.dates import add_months
from planner.domain.late.counts import LateCounts, late_counts, together
from planner.store.store import Store

_REPEAT_MONTHS = 6


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """How often one account was paid late."""

    account: Account
    counts: LateCounts


@dataclass(frozen=True, slots=True)
class LateHistory:
    """How often every account was paid late.

    Attributes:
        accounts: Each account that was late at least once.
        total: All accounts together.
    """

    accounts: tuple[AccountCounts, ...]
    total: LateCounts


def counts_of(store: Store, account: Account, today: date) -> LateCounts:
    """How often one account was paid late, by what is recorded.

    The shortest grace that the sources name counts as in time, none where they name none.

    Args:
        store: The open store.
        account: The account.
        today: The day.
    """
    graces = account.terms.grace_days
    grace = 0 if graces.is_unknown else graces.lowest().value
    return late_counts(store.ledgers.history(account.id, today).dues, today, grace)


def late_history(store: Store, today: date) -> LateHistory:
    """How often every account was paid late, by what is recorded.

    Args:
        store: The open store.
        today: The day.
    """
    found = [AccountCounts(account, counts_of(store, account, today)) for account in store.accounts.all()]
    late = tuple(each for each in found if each.counts.times)
    return LateHistory(late, together([each.counts for each in late]))


def missed_before(counts: LateCounts, first: date) -> int:
    """How many payments were missed in the six months before a day: another one is a repeated one.

    Source: 12 CFR 1026.52(b)(1)(ii)(B), within six billing cycles.

    Args:
        counts: How often the account was late.
        first: The day.
    """
    since = add_months(first, -_REPEAT_MONTHS)
    return sum(since <= time.due_on < first for time in counts.times)
