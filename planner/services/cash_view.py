"""The place Cash: what is there, what it comes to day by day, and what has to be where when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.cash.account import Balance, CashAccount, pays, without_balance
from planner.domain.cash.debt_to_income import DebtToIncome, debt_to_income
from planner.domain.cash.flow import CashFlow, Happened
from planner.domain.cash.forecast import AccountLine, Forecast, forecast
from planner.domain.cash.needed import Needed
from planner.domain.cash.occurrences import Time, times_of
from planner.domain.cash.rules import CashRules
from planner.domain.cash.spending import Spending
from planner.domain.dates import add_months
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.cash_forecast import LOOKING_BACK, CashBasis, calendar_of, cash_basis
from planner.services.cash_notes import cash_notes, counts_on
from planner.services.cash_warnings import shortfall, spending_of
from planner.store.store import Store

LEAST_MONTHS, MOST_MONTHS = 3, 36

_STALE = timedelta(days=30)
# No income or expense comes less often than every ten years; nobody plans one in a hundred.
_RARELY = timedelta(days=366 * 11)
_A_CENTURY = 1200


class MonthsError(PlannerError):
    """A forecast that is too short or too long."""

    message = N_("A forecast has {least} to {most} months.")


@dataclass(frozen=True, slots=True)
class CashAccountRow:
    """A cash account.

    Attributes:
        account: The account.
        seen: The newest balance seen on it; None if none was.
        line: Its own forecast; None if it is unknown.
        pays: The accounts with lenders that it pays, those that name no cash account included.
    """

    account: CashAccount
    seen: Balance | None
    line: AccountLine | None
    pays: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """An income or an expense.

    Attributes:
        flow: The income or expense.
        next: The next time from today on that is not skipped; None if there is none.
        times: Its times from a month back to the end of the forecast; skipped ones included.
        unconfirmed: What should have come since the newest balance, and nobody has confirmed yet.
    """

    flow: CashFlow
    next: Time | None
    times: tuple[Time, ...]
    unconfirmed: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class CurrencyCash:
    """The cash of one currency.

    Attributes:
        currency: ISO 4217.
        accounts: Where it lies.
        rules: What the user wants of it.
        now: What is there today, before what is still open is paid; None if it is unknown.
        forecast: What it comes to day by day; None if it is unknown.
        needed: What has to be on which account when, for what lenders debit by themselves.
        spending: What was bought on credit this month.
        flows: What comes and goes.
        unknown: What is missing for a forecast.
        left_out: What is still to pay and has no date, so that no forecast has it.
        notes: What the forecast takes for granted and leaves out.
        warnings: What deserves a look.
        counts_on: That lenders have not agreed yet to all that the forecast counts on, also among the notes;
            None if they have.
        share: What lenders get of what comes in, in the month in which that is most; None if nothing.
    """

    currency: str
    accounts: tuple[CashAccountRow, ...]
    rules: CashRules
    now: Derived[Money] | None
    forecast: Forecast | None
    needed: tuple[Needed, ...]
    spending: Spending
    flows: tuple[FlowRow, ...]
    unknown: tuple[Phrase, ...]
    left_out: tuple[Due, ...]
    notes: tuple[Phrase, ...]
    warnings: tuple[Phrase, ...]
    counts_on: Phrase | None = None
    share: DebtToIncome | None = None


@dataclass(frozen=True, slots=True)
class CashView:
    """Everything the place Cash shows.

    Attributes:
        on: The day.
        until: The last day of the forecasts.
        months: How many months they have.
        currencies: Each currency with cash, then those that only lenders know.
        credits: The accounts with lenders, by id.
    """

    on: date
    until: date
    months: int
    currencies: tuple[CurrencyCash, ...]
    credits: Mapping[str, Account]


def cash_view(store: Store, today: date, months: int = LEAST_MONTHS) -> CashView:
    """Everything the place Cash shows.

    Args:
        store: The open store.
        today: The day.
        months: How many months the forecasts have.

    Raises:
        MonthsError: They have fewer than three months, or more than thirty-six.
    """
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise MonthsError(least=LEAST_MONTHS, most=MOST_MONTHS)
    until = add_months(today, months)
    basis = cash_basis(store, today, until)
    rules = {each.currency: each for each in store.cash_rules.all()}
    currencies = dict.fromkeys(
        (
            *(account.currency for account in basis.accounts),
            *(flow.amount.currency for flow in basis.flows),
            *rules,
            *(account.currency for account in basis.credits.values()),
        )
    )
    return CashView(
        today,
        until,
        months,
        tuple(_of_currency(store, basis, rules.get(each, CashRules(each))) for each in currencies),
        basis.credits,
    )


def next_times(store: Store, flow: CashFlow, today: date, count: int) -> tuple[Time, ...]:
    """The next times of an income or expense from today on, skipped ones left out.

    Args:
        store: The open store.
        flow: The income or expense; it need not be recorded.
        today: The day.
        count: How many at most.
    """
    calendar = calendar_of(store, flow)
    until = max(today, min(flow.recurrence.first_on, add_months(today, _A_CENTURY))) + _RARELY
    times = times_of(flow, calendar, today, until)
    return tuple(time for time in times if time.state is not Happened.SKIPPED)[:count]


def _of_currency(store: Store, basis: CashBasis, rules: CashRules) -> CurrencyCash:
    currency, today = rules.currency, basis.today
    accounts = basis.accounts_in(currency)
    movements = basis.movements(currency)
    unknown = tuple(_unknown(accounts, currency, today))
    found = None if unknown else forecast(accounts, movements, rules.floor, today, basis.until)
    needed = basis.needed(currency, found)
    left_out = tuple(due for due in basis.dues_in(currency) if due.due_on is None)
    spent = spending_of(store, today, rules, basis.credits)
    share = debt_to_income(movements, basis.flows_in(currency), rules, today)
    return CurrencyCash(
        currency,
        tuple(_account_rows(basis, accounts, found)),
        rules,
        found.now if found is not None else None,
        found,
        needed,
        spent,
        tuple(_flow_row(basis, flow, accounts) for flow in basis.flows_in(currency)),
        unknown,
        left_out,
        tuple(cash_notes(basis, currency, movements, left_out)),
        (*_warnings(accounts, found, needed, spent, today), *_share_warning(share)),
        counts_on(basis, currency),
        share,
    )


def _unknown(accounts: tuple[CashAccount, ...], currency: str, today: date) -> Iterator[Phrase]:
    if not accounts:
        yield Phrase("Where your cash in {currency} lies is not recorded yet.", currency=currency)
    for account in without_balance(accounts, today):
        yield Phrase(
            "The balance of {account} is unknown, so there is no forecast. Note what is on it.",
            account=account.name,
        )


def _account_rows(
    basis: CashBasis, accounts: tuple[CashAccount, ...], found: Forecast | None
) -> Iterator[CashAccountRow]:
    lines = {line.account.id: line for line in found.accounts} if found is not None else {}
    for account in accounts:
        paid = tuple(
            credit
            for credit in basis.credits.values()
            if credit.currency == account.currency and pays(accounts, credit.cash_account_id) is account
        )
        yield CashAccountRow(account, account.newest(basis.today), lines.get(account.id), paid)


def _flow_row(basis: CashBasis, flow: CashFlow, accounts: tuple[CashAccount, ...]) -> FlowRow:
    today, times = basis.today, basis.times[flow.id]
    seen = pays(accounts, flow.cash_account_id).newest(today) if accounts else None
    after = seen.on if seen is not None else today - LOOKING_BACK
    return FlowRow(
        flow,
        next((time for time in times if time.on >= today and time.state is not Happened.SKIPPED), None),
        tuple(time for time in times if time.on >= today - LOOKING_BACK),
        tuple(time for time in times if after < time.on <= today and time.state is Happened.EXPECTED),
    )


def _share_warning(share: DebtToIncome | None) -> Iterator[Phrase]:
    words = share.warning if share is not None else None
    if words is not None:
        yield words


def _warnings(
    accounts: tuple[CashAccount, ...],
    found: Forecast | None,
    needed: tuple[Needed, ...],
    spent: Spending,
    today: date,
) -> Iterator[Phrase]:
    for words in (shortfall(found, needed) if found is not None else None, spent.words):
        if words is not None:
            yield words
    for account in accounts:
        seen = account.newest(today)
        if seen is not None and today - seen.on > _STALE:
            yield Phrase(
                "The newest balance of {account} is of {date}. Note what is on it now.",
                account=account.name,
                date=seen.on,
            )
