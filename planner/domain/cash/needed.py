"""What has to be on which account on the days on which lenders debit by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.cash.account import CashAccount, pays
from planner.domain.cash.forecast import AccountLine, Forecast
from planner.domain.cash.movement import Movement
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.money import Money
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Needed:
    """What has to be on an account on one day, so that every automatic debit of that day can be made.

    Attributes:
        account: The cash account.
        on: The day.
        debits: What is debited.
        needed: What it comes to.
        there: What the forecast says is there before it; None if that is unknown.
        missing: What is missing; None if nothing is, or if it is unknown.
    """

    account: CashAccount
    on: date
    debits: tuple[Movement, ...]
    needed: Derived[Money]
    there: Derived[Money] | None = None
    missing: Derived[Money] | None = None

    @property
    def is_short(self) -> bool:
        """Whether the forecast says that it is not all there."""
        return self.missing is not None

    @property
    def words(self) -> Phrase:
        """It in a sentence, with what is missing."""
        if self.missing is None:
            return Phrase(
                "Balance needed on {date} on {account}: {amount}",
                date=self.on,
                account=self.account.name,
                amount=self.needed,
            )
        return Phrase(
            "Balance needed on {date} on {account}: {amount}; by the forecast, {missing} is missing",
            date=self.on,
            account=self.account.name,
            amount=self.needed,
            missing=self.missing,
        )


def needed_days(
    accounts: Sequence[CashAccount],
    debits: Iterable[Movement],
    forecast: Forecast | None,
    start: date,
    until: date,
) -> tuple[Needed, ...]:
    """What has to be on each account on each day of automatic debits.

    Args:
        accounts: The cash accounts of one currency, at least one.
        debits: What lenders debit; only what is still open and debited by itself counts.
        forecast: What the forecast says if all of them are made; None if the balances are unknown.
        start: The first day.
        until: The last day.

    Returns:
        Them, by day, on one day in the order of the accounts.
    """
    lines = {line.account.id: line for line in forecast.accounts} if forecast is not None else {}
    groups: dict[tuple[date, int], list[Movement]] = {}
    numbers = {account.id: number for number, account in enumerate(accounts)}
    for movement in debits:
        if movement.automatic and movement.kind.is_open and start <= movement.on <= until:
            number = numbers[pays(accounts, movement.cash_account_id).id]
            groups.setdefault((movement.on, number), []).append(movement)
    return tuple(
        _needed(accounts[number], on, groups[on, number], lines.get(accounts[number].id))
        for on, number in sorted(groups)
    )


def _needed(account: CashAccount, on: date, debits: Sequence[Movement], line: AccountLine | None) -> Needed:
    needed = added(
        Phrase("Balance needed = everything that lenders debit from the account by themselves on that day"),
        (Given(debit.label, -debit.amount) for debit in debits),
        debits[0].amount.currency,
    )
    if line is None:
        return Needed(account, on, tuple(debits), needed)
    there = added(
        Phrase("There before the debits = the account at the end of the day by the forecast + the debits"),
        (
            Given(Phrase("{account} at the end of {date}", account=account.name, date=on), line.made(on)),
            Given(Phrase("Automatic debits"), needed),
        ),
        needed.value.currency,
    )
    short = needed.value - there.value
    if short.minor <= 0:
        return Needed(account, on, tuple(debits), needed, there)

    def told() -> Derivation:
        rule = Phrase("Missing = the balance needed − what is there before the debits")
        given = (Given(Phrase("Balance needed"), needed), Given(Phrase("There before the debits"), there))
        return Derivation(rule, given, (Working(Phrase("Missing"), short),))

    return Needed(account, on, tuple(debits), needed, there, Derived(short, told))
