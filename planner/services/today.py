"""The place Today: what is due, what it comes to, and the one next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from planner.domain.account import Account
from planner.domain.dates import add_months
from planner.domain.derivation import Derived, Given, as_sum
from planner.domain.due import Due
from planner.domain.due_sums import costs_of, least_of, principal_of, together, total_of
from planner.domain.money import Money, by_currency
from planner.domain.payment import Payment
from planner.domain.position import Position
from planner.domain.sourced import recorded_from
from planner.phrases import Phrase
from planner.services.balance import HORIZON, BalancePoint, balance
from planner.services.prompts import Prompt, next_step, warnings
from planner.store.store import Store

_MOST_WARNINGS = 3


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the place Today shows.

    Attributes:
        position: What is recorded today.
        accounts: Each account by its id.
        step: The single most useful act now.
        next_due: The next obligation with a date; None if nothing is.
        next_total: All that is due on that day, by currency.
        month_need: Still to pay this calendar month, late ones carried in, by currency.
        month_paid: Paid this calendar month, by currency.
        owed: Everything still to pay, by currency.
        principal: What of it was bought or borrowed, by currency.
        fees: What of it is fees, interest and penalties, by currency.
        late: What should have been paid by now.
        late_total: What is still to pay of it, by currency.
        late_least: What brings all of it up to date: the minimum where there is one, by currency.
        rests: What is past its date but not late, because the minimum was paid.
        missing: What should be on a bill by now that is not recorded; it may well be paid.
        soon: What is due within seven days.
        later: What is due later, this month and next.
        unknown: What has no date because the account's cycle is unknown.
        unknown_total: What that comes to, by currency.
        warnings: At most three.
        balance: What is owed over the next 90 days, by currency, if each due is paid on its date.
        planned: What the plan that is followed means to pay next of a due, in words, by the id of each that
            it does not simply pay on its date.
    """

    position: Position
    accounts: Mapping[str, Account]
    step: Prompt
    next_due: Due | None
    next_total: Mapping[str, Derived[Money]]
    month_need: Mapping[str, Derived[Money]]
    month_paid: Mapping[str, Derived[Money]]
    owed: Mapping[str, Derived[Money]]
    principal: Mapping[str, Derived[Money]]
    fees: Mapping[str, Derived[Money]]
    late: tuple[Due, ...]
    late_total: Mapping[str, Derived[Money]]
    late_least: Mapping[str, Derived[Money]]
    rests: tuple[Due, ...]
    missing: tuple[Due, ...]
    soon: tuple[Due, ...]
    later: tuple[Due, ...]
    unknown: tuple[Due, ...]
    unknown_total: Mapping[str, Derived[Money]]
    warnings: tuple[Prompt, ...]
    balance: Mapping[str, tuple[BalancePoint, ...]]
    planned: Mapping[str, Phrase]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What a timeline shows in one row: a due, or all of one day that an account has not billed yet.

    Attributes:
        dues: At least one, of one account and one day.
        label: What to call it.
    """

    dues: tuple[Due, ...]
    label: Phrase

    @property
    def open(self) -> Derived[Money]:
        """What is still to pay, and how that was made."""
        return self.first.still_due if len(self.dues) == 1 else together(self.dues, self.first.open.currency)

    @property
    def first(self) -> Due:
        """The due it leads to."""
        return self.dues[0]


def timeline(dues: Sequence[Due]) -> tuple[TimelineRow, ...]:
    """Dues as rows, in their order; what will come on the same bill is one row."""
    groups: dict[tuple[str, ...], list[Due]] = {}
    for due in dues:
        is_billed = not due.projected or due.due_on is None
        key = (due.id,) if is_billed else (due.account_id, str(due.due_on), due.open.currency)
        groups.setdefault(key, []).append(due)
    rows = []
    for group in groups.values():
        label = group[0].label
        if len(group) > 1:
            label = Phrase.counted("{count} item not billed yet", "{count} items not billed yet", len(group))
        rows.append(TimelineRow(tuple(group), label))
    return tuple(rows)


def today_view(store: Store, today: date) -> TodayView:
    """Everything the place Today shows, from one position."""
    position = store.ledgers.position(today)
    accounts = {account.id: account for account in store.accounts.all()}
    month_end = add_months(today.replace(day=1), 1) - timedelta(days=1)
    open_dues, late = position.open_dues, position.late
    dated = [due for due in open_dues if due.due_on is not None]
    this_month = [due for due in dated if due.due_on is not None and due.due_on <= month_end]
    coming = [due for due in dated if due.due_on is not None and due.due_on >= today]
    in_a_week = today + timedelta(days=7)
    month_paid = _paid(
        [
            payment
            for account_id in accounts
            for payment in store.payments.since(account_id, today.replace(day=1))
            if payment.paid_on <= today
        ],
        accounts,
    )
    over = [due for due in dated if due.is_past(today) and not due.is_late(today)]
    rests = tuple(due for due in over if not due.projected)
    missing = tuple(due for due in over if due.projected)
    unknown = tuple(due for due in open_dues if due.due_on is None)

    def name(due: Due) -> Phrase:
        return Phrase("{account}: {what}", account=accounts[due.account_id].name, what=due.label)

    step = next_step(accounts, late, (*coming, *rests), unknown, today)
    found = warnings(store, position, (missing, unknown), accounts)
    return TodayView(
        position=position,
        accounts=accounts,
        step=step,
        next_due=coming[0] if coming else None,
        next_total=total_of((due for due in coming if due.due_on == coming[0].due_on), name),
        month_need=total_of(this_month, name),
        month_paid=month_paid,
        owed=total_of(open_dues, name),
        principal=principal_of(open_dues, name),
        fees=costs_of(open_dues, name),
        late=late,
        late_total=total_of(late, name),
        late_least=least_of(late, name),
        rests=rests,
        missing=missing,
        soon=tuple(due for due in coming if due.due_on is not None and due.due_on <= in_a_week),
        later=tuple(
            due
            for due in coming
            if due.due_on is not None and in_a_week < due.due_on <= today + timedelta(days=HORIZON)
        ),
        unknown=unknown,
        unknown_total=total_of(unknown, name),
        warnings=tuple(each for each in found if each != step)[:_MOST_WARNINGS],
        balance=balance(dated, today, name),
        planned=_planned(store, position),
    )


def _paid(payments: Sequence[Payment], accounts: Mapping[str, Account]) -> dict[str, Derived[Money]]:
    """What some payments come to, by currency, and how that was made."""
    rule = Phrase("Paid this month = every payment since the first of the month, up to today")

    def given(currency: str) -> list[Given]:
        return [
            Given(
                Phrase("{account}, {date}", account=accounts[paid.account_id].name, date=paid.paid_on),
                paid.amount,
                recorded_from(paid.source_key),
            )
            for paid in payments
            if paid.amount.currency == currency
        ]

    sums = by_currency(paid.amount for paid in payments)
    return {currency: as_sum(total, rule, partial(given, currency)) for currency, total in sums.items()}


def _planned(store: Store, position: Position) -> Mapping[str, Phrase]:
    """What the plans that are followed mean to pay otherwise than when it is due."""
    if not store.has_adopted_plan:
        return {}
    from planner.services.plan_progress import planned_words  # noqa: PLC0415 - only for who follows a plan

    return planned_words(store, position.on, position)
