"""When the money does not reach: what a month has for debts, and what to offer to whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.cash.forecast import UnknownBalanceError
from planner.domain.dates import add_months
from planner.domain.derivation import Given, added
from planner.domain.due import Due
from planner.domain.hardship.budget import Budget, budget
from planner.domain.hardship.hardship import Hardship, Situation, hardship
from planner.domain.hardship.held import Cash
from planner.domain.hardship.lasting import lasting_budget
from planner.domain.hardship.minimums import Minimum, counts_whole, minimums, unbilled
from planner.domain.hardship.parts import parts_of
from planner.domain.hardship.shares import Creditor, Sharing
from planner.domain.money import Money
from planner.domain.payoff.scenario import Scenario
from planner.domain.position import Position
from planner.phrases import Phrase
from planner.services.cash_forecast import NoCashAccountError, forecast_of
from planner.services.hardship_days import first_payment_on
from planner.store.store import Store

FIRST_SETTING = "hardship_first"
"""The choice that holds the ids of the accounts that a court has confirmed, separated by commas."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the user may set.

    Attributes:
        months: For how many months minimums are looked at.
        month: The month of the budget; None for the one that leaves the least of those looked at.
        first_on: When the first payments are made; None for when the income is there each month.
        first: The accounts that a court has confirmed; None for those the user chose before.
        sharing: How what is left is shared.
        extra_income: What is assumed to come in more each month than recorded; below nothing for less.
    """

    months: int = 3
    month: date | None = None
    first_on: date | None = None
    first: frozenset[str] | None = None
    sharing: Sharing = Sharing.EQUAL
    extra_income: Money | None = None

    @classmethod
    def of(cls, scenario: Scenario) -> Asking:
        """What a what-if assumes of it."""
        return cls(extra_income=scenario.income)


AS_RECORDED = Asking()

# What the sheets of cards of no particular bank say: no name, and not one lender either.
UNNAMED_LENDER = "The bank that issued the card"


def hardship_view(
    store: Store, today: date, currency: str, cash: Cash | None = None, asked: Asking = AS_RECORDED
) -> Hardship | None:
    """What can be done where cash does not reach for the minimums.

    Args:
        store: The open file.
        today: The day.
        currency: ISO 4217.
        cash: The balance from each day on if no debt is paid, as a forecast over all the months has it; None
            to work it out from the record.
        asked: What the user has set.

    Returns:
        None if it reaches, or nothing is owed. Where nobody knows what is there, the budget of the month
        decides, if it has an income.
    """
    found = negotiation_view(store, today, currency, cash, asked)
    if found is None or found.shortage is not None or found.uncovered is not None:
        return found
    is_unknown = not found.knows_cash and bool(found.budget.incomes)
    return found if is_unknown and found.lacking.value else None


def negotiation_view(
    store: Store, today: date, currency: str, cash: Cash | None = None, asked: Asking = AS_RECORDED
) -> Hardship | None:
    """The same for who wants to talk to the lenders in any case; None if nothing is asked of them.

    Args:
        store: The open file.
        today: The day.
        currency: ISO 4217.
        cash: The balance from each day on if no debt is paid; None to work it out from the record.
        asked: What the user has set.
    """
    position = store.ledgers.position(today)
    accounts = [account for account in store.accounts.all() if account.currency == currency]
    until = add_months(today, asked.months)
    needed = tuple(
        each
        for account in accounts
        for each in minimums(account, position.of_account(account.id).open_dues, today, until)
    )
    first = first_accounts(store) if asked.first is None else asked.first
    before = add_months(today, 1)
    creditors = _creditors(accounts, position, needed, before, first)
    if not creditors:
        return None
    first_on = asked.first_on or first_payment_on(store, today, currency)
    known = {each.account_id for each in creditors}
    situation = Situation(
        today,
        until,
        first_on,
        creditors,
        tuple(sorted(needed, key=lambda each: each.on)),
        cash if cash is not None else cash_without_debts(store, today, currency, until),
        tuple(each.name for each in accounts if each.id not in known and _owes(position, each)),
        is_late=any(due.is_late(today) for due in position.open_dues if due.open.currency == currency),
        unrecorded=_having(accounts, position, lambda _account, due: unbilled(due) and due.is_past(today)),
        whole=_having(
            accounts,
            position,
            lambda account, due: (
                due.due_on is not None and due.due_on < before and counts_whole(account, due)
            ),
        ),
        reserve=store.cash_rules.of(currency).floor,
    )
    return hardship(_budget(store, situation, currency, asked), situation, asked.sharing)


def _budget(store: Store, situation: Situation, currency: str, asked: Asking) -> Budget:
    """The budget of the month that was asked for, or of the one from the first payment on that leaves least.

    Of the month of today a part is over, unless it begins today.
    """
    if asked.month is not None:
        return budget_of(store, asked.month, currency, asked.extra_income)
    today, until = situation.today, situation.until
    whole = today if today.day == 1 else add_months(today.replace(day=1), 1)
    first = max(whole, situation.first_on)
    return lasting_budget(store.cash_flows.all(), first, until, currency, asked.extra_income)


def budget_of(store: Store, month: date, currency: str, assumed: Money | None = None) -> Budget:
    """The budget of a month.

    Args:
        store: The open file.
        month: Any day of it.
        currency: ISO 4217.
        assumed: What is assumed to come in beside the record; below nothing for less.
    """
    return budget(store.cash_flows.all(), month, currency, assumed)


def cash_without_debts(store: Store, today: date, currency: str, until: date) -> Cash | None:
    """The balance from each day on if no debt is paid; None if no cash account has a balance.

    Args:
        store: The open file.
        today: The day.
        currency: ISO 4217.
        until: The last day.
    """
    try:
        found = forecast_of(store, currency, today, until)
    except (NoCashAccountError, UnknownBalanceError):
        return None
    return found.cash_line(with_debts=False)


def _creditors(
    accounts: Iterable[Account],
    position: Position,
    needed: Iterable[Minimum],
    before: date,
    first: Collection[str],
) -> tuple[Creditor, ...]:
    """The accounts of which something is asked before a day."""
    asked: dict[str, list[Minimum]] = {}
    for each in needed:
        if each.on < before:
            asked.setdefault(each.account_id, []).append(each)
    rule = Phrase("Asked = what is late, and every minimum due within a month")
    found = []
    for account in accounts:
        own = asked.get(account.id)
        if own is None:
            continue
        dues = tuple(
            (each.due_on, Given(Phrase("{what}, by {date}", what=each.label, date=each.due_on), each.amount))
            for each in own
        )
        found.append(
            Creditor(
                account.id,
                account.name,
                "" if account.lender == UNNAMED_LENDER else account.lender,
                account.law,
                account.product,
                position.of_account(account.id).owed[account.currency],
                added(rule, (given for _on, given in dues), account.currency),
                min(each.due_on for each in own),
                is_first=account.id in first,
                dues=dues,
            )
        )
    return tuple(found)


def _having(
    accounts: Iterable[Account], position: Position, is_such: Callable[[Account, Due], bool]
) -> tuple[str, ...]:
    """The names of the accounts on which something open is such."""
    return tuple(
        account.name
        for account in accounts
        if any(is_such(account, due) for due in position.of_account(account.id).open_dues)
    )


def _owes(position: Position, account: Account) -> bool:
    return account.currency in position.of_account(account.id).owed


# --- what the user chose ----------------------------------------------------------------------------


def first_accounts(store: Store) -> frozenset[str]:
    """The accounts that a court has confirmed, as the user chose them; they come before the others."""
    return frozenset(filter(None, store.settings.get(FIRST_SETTING).split(",")))


def first_text(account_ids: Collection[str]) -> str:
    """Accounts as ``FIRST_SETTING`` keeps them."""
    return ",".join(sorted(account_ids))


def plan_parts(store: Store, found: Hardship, months: int = 12) -> tuple[tuple[str, date, Money], ...]:
    """What is offered as parts of dues, for the plan that is adopted: a due, a day, an amount.

    Args:
        store: The open file.
        found: What is offered.
        months: For how many payments of each lender.
    """
    position = store.ledgers.position(found.today)
    parts = [
        part
        for each in found.proposals
        for part in parts_of(each.payments[:months], position.of_account(each.creditor.account_id).open_dues)
    ]
    return tuple(sorted(parts, key=lambda part: part[1]))
