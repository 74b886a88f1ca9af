"""What a report shows of the place Payoff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.help import HelpEntry
from planner.domain.over_time.over_time import OverTime
from planner.domain.payoff.best import BestPlan
from planner.services.free_help import help_for, likely_country
from planner.services.hardship import Asking, hardship_view
from planner.services.payoff_orders import over_time
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class PayoffSheet:
    """What a report shows of the place Payoff.

    Attributes:
        plan: The best plan, as it was last looked for.
        over: All debts over time, under the same assumptions.
        hardship: The budget and what to offer whom, where no plan is in time; None else.
        help: Where free help is, in that case.
    """

    plan: BestPlan
    over: OverTime
    hardship: Hardship | None = None
    help: tuple[HelpEntry, ...] = ()

    @property
    def accounts(self) -> Mapping[str, str]:
        """What the user calls each account, by its id."""
        return {account.id: account.name for account in self.plan.question.accounts.values()}


def payoff_sheet(store: Store, today: date, plan: BestPlan) -> PayoffSheet:
    """Collect what a report shows of a plan.

    Args:
        store: The open file.
        today: The day.
        plan: The plan.
    """
    question = plan.question
    over = over_time(store, today, question.scenario)
    if plan.is_feasible and not plan.is_late:
        return PayoffSheet(plan, over)
    found = hardship_view(store, today, question.currency, asked=Asking.of(question.scenario))
    products = {account.product for account in question.accounts.values() if account.product}
    entries = help_for(store, likely_country(store, question.currency), products)
    return PayoffSheet(plan, over, found, entries)
