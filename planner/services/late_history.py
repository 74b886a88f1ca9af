"""How often payments were late, by what is recorded: for each account and for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.late.counts import LateCounts, late_counts, together
from planner.store.store import Store

_REPEAT_MONTHS = 6
_LOOK_AHEAD = 8  # months: six in all are reached by then, from nothing


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
    return late_counts(store.ledgers.history(account.id, today).dues, today, _grace_of(account))


def _grace_of(account: Account) -> int:
    graces = account.terms.grace_days
    return 0 if graces.is_unknown else graces.lowest().value


@dataclass(frozen=True, slots=True)
class CountsAhead:
    """When the counts of late months would get so far, if nothing is paid until then.

    Attributes:
        three_in_row_on: The first day with three late months in a row; None if that was reached before,
            or lies further ahead than anybody looked.
        six_in_all_on: The same, of six in all.
    """

    three_in_row_on: date | None = None
    six_in_all_on: date | None = None


def counts_and_ahead(store: Store, account: Account, today: date) -> tuple[LateCounts, CountsAhead]:
    """How often an account was late, and when it would get as far as many lenders look at.

    Args:
        store: The open store.
        account: The account.
        today: The day.
    """
    dues, grace = store.ledgers.history(account.id, today).dues, _grace_of(account)
    return late_counts(dues, today, grace), counts_ahead(dues, today, grace)


def counts_ahead(dues: Iterable[Due], today: date, grace: int = 0) -> CountsAhead:
    """When some dues would make three late months in a row and six in all, if nothing is paid until then.

    The counts are those of ``late_counts``, asked for the days on which they can grow.

    Args:
        dues: Every due of one account.
        today: The day; what was reached by then has no day ahead.
        grace: The days of grace.
    """
    known = tuple(dues)
    last = add_months(today, _LOOK_AHEAD)
    days = {due.due_on + timedelta(days=grace + 1) for due in known if due.due_on is not None}
    days |= {
        add_months(due.due_on, number) + timedelta(days=1)
        for due in known
        if due.due_on is not None and due.open_minimum
        for number in range(1, 2 * _LOOK_AHEAD + 1)
    }
    ahead = sorted(day for day in days if today < day <= last)

    def first(reaches: Callable[[LateCounts], bool]) -> date | None:
        if not ahead or reaches(late_counts(known, today, grace)):
            return None
        # Nothing is paid meanwhile, so the counts only grow.
        place = bisect_left(ahead, True, key=lambda day: reaches(late_counts(known, day, grace)))  # noqa: FBT003
        return ahead[place] if place < len(ahead) else None

    return CountsAhead(
        first(lambda counts: counts.reaches_three_in_a_row), first(lambda counts: counts.reaches_six_in_all)
    )


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
