"""The step that sets the most to buy on credit in a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.cash.spending import Spending
from planner.domain.money import Money
from planner.domain.procedures.case import Case, StepState
from planner.services.bills import check_currency
from planner.services.cases.kept import save_case
from planner.services.cash import save_rules
from planner.services.cash_warnings import spending_of
from planner.store.store import Store


def cap_view(store: Store, case: Case, today: date) -> Spending:
    """What was bought on credit this month in the currency of the account, beside the cap."""
    accounts = {account.id: account for account in store.accounts.all()}
    rules = store.cash_rules.of(accounts[case.account_id].currency)
    return spending_of(store, today, rules, accounts)


def set_cap(store: Store, case_id: str, step_id: str, cap: Money | None, today: date) -> Case:
    """Set the most to buy on credit in a month, or none; the step is done once there is one.

    Args:
        store: The open store.
        case_id: The case.
        step_id: The step.
        cap: The most, in the currency of the account; None for no cap.
        today: The day.

    Raises:
        AccountCurrencyError: It is in another currency.
        PlannerError: It is less than nothing.
    """
    case = store.cases.get(case_id)
    if cap is not None:
        check_currency(store, case.account_id, cap)
    rules = store.cash_rules.of(store.accounts.get(case.account_id).currency)
    save_rules(store, replace(rules, spending_cap=cap))
    kept = case.step(step_id)
    if cap is not None:
        kept = replace(kept, state=StepState.DONE, done_on=today)
    elif kept.state is StepState.DONE:
        kept = replace(kept, state=StepState.NOT_STARTED, done_on=None)
    return save_case(store, case.with_step(kept))
