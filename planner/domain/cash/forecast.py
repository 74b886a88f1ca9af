"""The cash of one currency, day by day, from what was seen to what is to come.

It is worked out anew whenever somebody looks, and never written into the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.cash.account import CashAccount, pays, without_balance
from planner.domain.cash.line import CashDay, Line, Start
from planner.domain.cash.movement import Movement
from planner.domain.money import Money, sum_of
from planner.errors import PlannerError
from planner.phrases import N_


class UnknownBalanceError(PlannerError):
    """Nobody knows what is on a cash account."""

    message = N_("No balance of {accounts} is recorded, so it is not known how much cash is there.")


@dataclass(frozen=True)
class AccountLine(Line):
    """The cash on one account. Its floor is nothing: a reserve is one for all of a currency.

    Attributes:
        account: The account.
    """

    account: CashAccount


@dataclass(frozen=True)
class Forecast(Line):
    """The cash of one currency on all accounts together.

    Attributes:
        accounts: Each account by itself.
    """

    accounts: tuple[AccountLine, ...]

    def cash_line(self, *, with_debts: bool = True) -> tuple[tuple[date, Money], ...]:
        """The balance from each day on on which it changes; each holds until the next.

        Args:
            with_debts: Whether what is still to pay to lenders is taken off.
        """
        if with_debts:
            return tuple((day.on, day.balance) for day in self.days)
        balance = self.now.value
        line = [(self.start_on, balance)]
        for day in self.days[1:]:
            moved = [movement.amount for movement in day.movements if not movement.kind.is_open]
            if moved:
                balance += sum_of(moved, self.currency)
                line.append((day.on, balance))
        return tuple(line)


def forecast(
    accounts: Sequence[CashAccount], movements: Iterable[Movement], floor: Money, start: date, until: date
) -> Forecast:
    """The cash of one currency, day by day.

    It starts from the newest balance seen on each account. That is the balance of the end of its day:
    what is dated on that day or before is in it already. What the record still shows as open is not, and
    counts from the first day on, whatever its date. What names none of the accounts moves on the first.
    On one day, what comes in comes before what goes out.

    Args:
        accounts: The cash accounts of the currency, at least one.
        movements: What moves, in any order.
        floor: What should always be left of all accounts together.
        start: The first day.
        until: The last day.

    Raises:
        UnknownBalanceError: No balance was seen on one of the accounts.
        ValueError: Something is in another currency.
    """
    unknown = without_balance(accounts, start)
    if unknown:
        raise UnknownBalanceError(accounts=", ".join(account.name for account in unknown))
    starts = {
        account.id: Start(account, seen)
        for account in accounts
        if (seen := account.newest(start)) is not None
    }
    own: dict[str, list[tuple[date, Movement]]] = {account.id: [] for account in accounts}
    for movement in movements:
        account_id = pays(accounts, movement.cash_account_id).id
        is_later = movement.kind.is_open or movement.on > starts[account_id].seen.on
        if is_later and movement.on <= until:
            own[account_id].append((max(movement.on, start), movement))
    for dated in own.values():
        dated.sort(key=_in_order)
    every = sorted((pair for dated in own.values() for pair in dated), key=_in_order)
    lines = tuple(
        AccountLine(
            start, until, floor.zero, (first,), _days(start, (first,), own[account_id]), first.account
        )
        for account_id, first in starts.items()
    )
    all_starts = tuple(starts.values())
    return Forecast(start, until, floor, all_starts, _days(start, all_starts, every), lines)


def _in_order(dated: tuple[date, Movement]) -> tuple[date, date, bool]:
    on, movement = dated
    return on, movement.on, movement.amount.minor < 0


def _days(
    start: date, starts: Sequence[Start], dated: Sequence[tuple[date, Movement]]
) -> tuple[CashDay, ...]:
    """The days on which something moves, with what is there at their end."""
    balance = sum_of((first.seen.amount for first in starts), starts[0].seen.amount.currency)
    days: list[CashDay] = []
    for on, moved in _by_day(start, dated):
        balance += sum_of((movement.amount for movement in moved), balance.currency)
        days.append(CashDay(on, balance, tuple(moved)))
    return tuple(days)


def _by_day(start: date, dated: Sequence[tuple[date, Movement]]) -> Iterator[tuple[date, list[Movement]]]:
    day, moved = start, list[Movement]()
    for on, movement in dated:
        if on != day:
            yield day, moved
            day, moved = on, []
        moved.append(movement)
    yield day, moved
