"""The cash of the example: a salary that just about reaches, rent, food, and a reserve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Shift, add_months
from planner.domain.money import Money
from planner.phrases import N_
from planner.services.cash import pays_from, save_cash_account, save_rules
from planner.services.cash_flows import save_flow
from planner.services.cash_forecast import forecast_of
from planner.store.store import Store

_CNY = "CNY"
_A_DAY = timedelta(days=1)
_LAST_DAY = 31
_FRIDAY = 4


def write_cash(
    store: Store, today: date, say: Callable[[str], str], new_id: Callable[[], str], account_id: str
) -> None:
    """Add cash to the example, after what was bought and paid.

    Args:
        store: The open store, in a transaction.
        today: The day around which it is told.
        say: Puts names into the reader's language.
        new_id: Gives the next id.
        account_id: The account with a lender that is tied to the current account.
    """
    this_month = today.replace(day=1)
    began = add_months(this_month, -4)
    friday = began + timedelta(days=(_FRIDAY - began.weekday()) % 7)
    last_working_day = Recurrence(
        add_months(began, 0, _LAST_DAY), Unit.MONTH, day=_LAST_DAY, shift=Shift.PREVIOUS
    )
    current = CashAccount(say(N_("Current account")), _CNY, id=new_id())
    # After the rent is paid, the month begins with the same amount.
    first = this_month if today.day > 2 else add_months(this_month, -1)  # noqa: PLR2004 - yesterday is later
    current = replace(current, balances=(Balance(first, _cny("6500.00"), new_id()),))
    save_cash_account(store, current)
    for name, category, amount, recurrence in (
        (N_("Salary"), Category.SALARY, "6800.00", last_working_day),
        (N_("Rent"), Category.HOUSING, "2600.00", Recurrence(began)),
        (N_("Food and household"), Category.FOOD, "320.00", Recurrence(friday, Unit.WEEK)),
        (N_("Electricity and gas"), Category.ENERGY, "180.00", Recurrence(began.replace(day=15))),
    ):
        flow = CashFlow(say(name), category, _cny(amount), recurrence, current.id, id=new_id())
        save_flow(store, flow)
    save_rules(store, CashRules(_CNY, _cny("1500.00"), _cny("3000.00")))
    pays_from(store, account_id, current.id)
    # What was seen yesterday is what must have been left, less some small change.
    yesterday = today - _A_DAY
    left = forecast_of(store, _CNY, yesterday, yesterday).now.value - _cny("23.40")
    save_cash_account(
        store, replace(current, balances=(*current.balances, Balance(yesterday, left, new_id())))
    )


def _cny(text: str) -> Money:
    return Money.of(text, _CNY)
