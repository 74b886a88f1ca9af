"""All debts over time, by the record: the three orders, only the minimums, and what really happened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from planner.domain.account import Account
from planner.domain.adopted.plan import AdoptedPlan
from planner.domain.dates import add_months
from planner.domain.ledger import Ledger
from planner.domain.money import Money, sum_of
from planner.domain.optimum.options.facts import Debts
from planner.domain.over_time.course import Course, DebtCourse
from planner.domain.over_time.followed import Followed, Missing, Unfollowed
from planner.domain.over_time.over_time import OverTime, OverTimeQuestion, over_time_of
from planner.domain.over_time.past import NO_PAST, Past, Seen, month_ends
from planner.domain.over_time.path import Paid
from planner.domain.payoff.scenario import Scenario
from planner.domain.payoff.trial import TRIAL_ID
from planner.domain.position import Position, position
from planner.domain.settled import first_day_due_from
from planner.services.adopting import followed as plan_followed
from planner.services.payoff_facts import debts_of
from planner.store.store import Store

__all__ = [
    "Course",
    "DebtCourse",
    "Followed",
    "Missing",
    "OverTime",
    "OverTimeQuestion",
    "Seen",
    "Unfollowed",
    "over_time",
    "over_time_of",
    "over_time_question",
    "own_order",
    "parts_of",
    "put_own_order",
]

_ORDER = "payoff_order"

# How many months are looked back to; with a plan that is followed for longer, as many as this at most.
_BACK, _FURTHEST_BACK = 12, 36

# How many debts and accounts the user's own order keeps: those of long ago are forgotten.
_MOST_RANKED = 500


def over_time(store: Store, today: date, scenario: Scenario) -> OverTime:
    """All debts of one currency over time.

    Args:
        store: The open file.
        today: The local day.
        scenario: What is assumed beside the record; it names the currency.
    """
    return over_time_of(over_time_question(store, today, scenario))


def over_time_question(
    store: Store, today: date, scenario: Scenario, debts: Debts | None = None
) -> OverTimeQuestion:
    """Read what is to be followed.

    Args:
        store: The open file.
        today: The local day.
        scenario: What is assumed beside the record; it names the currency.
        debts: The open debts of that currency, where somebody has read them already.
    """
    read = debts or debts_of(store, today, scenario.currency)
    plan = plan_followed(store, scenario.currency)
    return OverTimeQuestion(read, scenario, own_order(store), _past(store, read, plan), plan)


# --- what really happened --------------------------------------------------------------------------


def _past(store: Store, debts: Debts, plan: AdoptedPlan | None) -> Past:
    """What is recorded since the ends of the last months, and since the day on which a plan was adopted."""
    first = add_months(debts.today, -_BACK)
    if plan is not None:
        first = max(min(first, plan.adopted_on), add_months(debts.today, -_FURTHEST_BACK))
    days = set(month_ends(first, debts.today))
    if plan is not None and first <= plan.adopted_on < debts.today:
        days.add(plan.adopted_on)
    if not days:
        return NO_PAST
    position = store.ledgers.position(debts.today)
    ledgers = tuple(
        _since(store, account, min(days), position.of_account(account.id))
        for account in debts.accounts.values()
    )
    return Past(ledgers, tuple(sorted(days)), debts.currency)


def _since(store: Store, account: Account, day: date, now: Position) -> Ledger:
    """What is recorded on an account, without what was settled before a day.

    What is due before that day is left out with the payments before it, if both come to the same: then as
    much is owed now without them as with them. Else all of it is read.
    """
    calendar = store.ledgers.calendar_of(account)
    bought_since = first_day_due_from(Ledger(account, calendar=calendar), day)
    ledger = Ledger(
        account,
        store.purchases.between(account.id, bought_since, date.max),
        store.bills.due_since(account.id, day),
        store.plans.with_rows_since(account.id, day),
        store.payments.since(account.id, day),
        [charge for charge in store.charges.of_account(account.id) if charge.posted_on >= day],
        store.adjustments.since(account.id, day, bought_since),
        calendar,
    )
    is_complete = _net(position((ledger,), now.on), account) == _net(now, account)
    return ledger if is_complete else store.ledgers.whole(account)


def _net(position: Position, account: Account) -> Money:
    """What is owed less what was paid ahead."""
    owed = sum_of((due.open for due in position.open_dues), account.currency)
    return owed - sum_of(position.credit.values(), account.currency)


# --- the user's own order --------------------------------------------------------------------------


def own_order(store: Store) -> tuple[str, ...]:
    """The user's own order: the ids of debts or of accounts, the first one first; empty for none."""
    kept = store.settings.get(_ORDER)
    return tuple(json.loads(kept)) if kept else ()


def put_own_order(store: Store, ids: Sequence[str]) -> None:
    """Keep the user's own order; within a transaction.

    Debts that are not among them, because they are of another currency, keep their place after them.

    Args:
        store: The open file.
        ids: The ids of debts or of accounts, the first one first.
    """
    first = tuple(dict.fromkeys(ids))
    others = [known for known in own_order(store) if known not in first]
    store.settings.put(_ORDER, json.dumps([*first, *others][:_MOST_RANKED]))


# --- an order as a plan to follow ------------------------------------------------------------------


def parts_of(course: Course) -> tuple[tuple[str, date, Money], ...]:
    """The payments of an order as what a followed plan keeps: the due, the day, the amount; by date.

    What is paid on a bill to come goes to what it is made of, the first to be due first; what its charges
    come to later, to the last of it. The dear end counts. A purchase that is only thought of is in none.

    Args:
        course: The order, in which all debts are paid.
    """
    found: list[tuple[str, date, Money]] = []
    for each in course.debts:
        if each.followed.debt.id == TRIAL_ID:
            continue
        left = {due.id: due.open for due in each.followed.debt.dues}
        for paid in each.high.payments:
            found += _parts(paid, left)
    return tuple(sorted(found, key=lambda part: (part[1], part[0])))


def _parts(paid: Paid, left: dict[str, Money]) -> Iterator[tuple[str, date, Money]]:
    """One payment, by the dues it goes to, of which what is left gets less."""
    rest = paid.amount
    ids = [row.id for row in paid.rows] or list(left)
    for number, due_id in enumerate(ids, start=1):
        part = rest if number == len(ids) else min(rest, left[due_id])
        left[due_id] = max(left[due_id] - part, part.zero)
        rest -= part
        if part:
            yield due_id, paid.on, part
