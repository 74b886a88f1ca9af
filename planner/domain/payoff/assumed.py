"""What a what-if adds to the cash: other income, money that comes once, new purchases on credit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.account import Account, State
from planner.domain.business_days import BusinessCalendar
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.payoff.scenario import Scenario
from planner.phrases import Phrase

_A_DAY = timedelta(days=1)

Dated = tuple[date, Money]


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are looked at.

    Attributes:
        first: The first day.
        last: The last one.
    """

    first: date
    last: date


def assumed_moves(
    scenario: Scenario,
    known: Iterable[Movement],
    accounts: Mapping[str, Account],
    calendars: Mapping[str, BusinessCalendar | None],
    days: Window,
) -> tuple[Movement, ...]:
    """What a what-if adds to the cash, by date.

    Other income comes with the largest recorded income of each month. In a month without one, more comes
    on its last day and less is missing from its first, so that no month is taken to be better than it is.
    New purchases are made on the same day of each month, from the first day on, and paid in full when due.

    Args:
        scenario: The what-if.
        known: What moves by the record.
        accounts: The accounts that are bought with, by id.
        calendars: The working days by which each moves due dates; None where it moves none.
        days: The days that are looked at.
    """
    found = list(_incomes(scenario, known, days))
    found += [
        Movement(lump.on, lump.amount, Phrase("What comes once"), MovementKind.INCOME)
        for lump in scenario.lumps
        if days.first <= lump.on <= days.last
    ]
    for account in buying(scenario, accounts, days.first):
        found += _purchases(scenario, account, calendars.get(account.id), days)
    return tuple(sorted(found, key=lambda move: (move.on, move.amount.minor < 0)))


def with_moves(line: Sequence[Dated], moves: Iterable[Movement]) -> tuple[Dated, ...]:
    """A line of balances with further movements: each balance holds until the next.

    Args:
        line: The balance from each day on; at least one.
        moves: What moves beside it, none before the first day.
    """
    changes: dict[date, Money] = {}
    before = line[0][1].zero
    for on, balance in line:
        changes[on] = changes.get(on, before.zero) + balance - before
        before = balance
    for move in moves:
        changes[move.on] = changes.get(move.on, before.zero) + move.amount
    balance = before.zero
    found = []
    for on in sorted(changes):
        balance += changes[on]
        found.append((on, balance))
    return tuple(found)


def buying(scenario: Scenario, accounts: Mapping[str, Account], on: date) -> tuple[Account, ...]:
    """The accounts on which something is bought anew each month: those that are open and not locked.

    Args:
        scenario: The what-if.
        accounts: The accounts of its currency, by id.
        on: The day.
    """
    if not scenario.new_purchases:
        return ()
    return tuple(
        account
        for account in accounts.values()
        if account.life_on(on) is State.OPEN
        and not any(each.stops_use for each in account.restrictions_on(on))
    )


def _incomes(scenario: Scenario, known: Iterable[Movement], days: Window) -> Iterator[Movement]:
    change = scenario.income
    if not change:
        return
    kind = MovementKind.INCOME if change.minor > 0 else MovementKind.EXPENSE
    label = Phrase("More income") if change.minor > 0 else Phrase("Less income")
    largest: dict[date, Movement] = {}
    for move in known:
        if move.kind is MovementKind.INCOME and move.on >= days.first:
            month = move.on.replace(day=1)
            if month not in largest or move.amount > largest[month].amount:
                largest[month] = move
    month = days.first.replace(day=1)
    while month <= days.last:
        following = add_months(month, 1)
        if month in largest:
            on = largest[month].on
        elif change.minor > 0:
            on = following - _A_DAY
        else:
            on = max(month, days.first)
        # The income of this month may have come already: only a later one can be another.
        is_over = month < days.first and month not in largest and bool(largest)
        if not is_over and on <= days.last:
            yield Movement(on, change, label, kind)
        month = following


def _purchases(
    scenario: Scenario, account: Account, calendar: BusinessCalendar | None, days: Window
) -> Iterator[Movement]:
    amount = scenario.new_purchases
    if amount is None:
        return
    number = 0
    while (bought_on := add_months(days.first, number)) <= days.last:
        dues = account.cycle.dues_of_purchase(bought_on, 1, calendar)
        if dues is None:
            return
        if dues[0].on <= days.last:
            label = Phrase("{account}: bought anew", account=Phrase.own(account.name))
            yield Movement(dues[0].on, -amount, label, MovementKind.EXPENSE, account_id=account.id)
        number += 1
