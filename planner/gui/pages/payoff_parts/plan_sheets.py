"""The best plan as tables to take away."""

from __future__ import annotations

from planner.domain.payoff.best import BestPlan
from planner.reports.sheet import Sheet


def plan_sheets(plan: BestPlan) -> list[Sheet]:
    """The plan as tables: what to pay when, to whom in each month, every way, the cash."""
    from planner.reports.sheets import (  # noqa: PLC0415 - nobody needs them before they save
        calendar_sheet,
        cash_sheet,
        creditors_sheet,
        options_sheet,
    )

    question = plan.question
    names = {account.id: account.name for account in question.accounts.values()}
    decisions = [debt.decision for debt in question.debts]
    found = [
        calendar_sheet(plan.payables, names, question.currency),
        creditors_sheet(plan.months, names, question.currency),
        options_sheet(decisions, plan.chosen, names, question.currency),
    ]
    return [*found, cash_sheet(plan.cash)] if plan.cash is not None else found
