"""The best way through all debts of one currency: what is asked, and the answer that is proved."""

from __future__ import annotations

from datetime import date
from functools import partial

from planner.domain.adopted.plan import TodoState
from planner.domain.adopted.refused import Refusal, refusals
from planner.domain.cash.flow import CashFlow, Direction
from planner.domain.cash.forecast import Forecast, UnknownBalanceError
from planner.domain.offers.offer import Offer
from planner.domain.optimum.options.facts import Debts
from planner.domain.payoff.best import BestPlan, best_plan
from planner.domain.payoff.question import Obstacle, ObstacleKind, PayoffQuestion, Worked
from planner.domain.payoff.scenario import Scenario
from planner.phrases import Phrase
from planner.services.cash_forecast import NoCashAccountError, forecast_of
from planner.services.due_dates import cycle_source
from planner.services.payoff_facts import debts_of
from planner.services.payoff_orders import own_order
from planner.services.plan_progress import progress_of, record_of
from planner.store.store import Store

__all__ = [
    "BestPlan",
    "Obstacle",
    "ObstacleKind",
    "PayoffQuestion",
    "best_plan",
    "currencies",
    "payoff_question",
]


def currencies(store: Store, today: date) -> tuple[str, ...]:
    """The currencies in which something with a date is still to pay, by their codes."""
    dues = store.ledgers.position(today).open_dues
    return tuple(sorted({due.open.currency for due in dues if due.due_on is not None}))


def payoff_question(
    store: Store, today: date, currency: str, scenario: Scenario | None = None
) -> PayoffQuestion:
    """Read what is asked about all debts of one currency. Nothing is worked out yet but the record itself.

    Args:
        store: The open store.
        today: The local day.
        currency: ISO 4217.
        scenario: What is assumed beside the record; None for nothing.
    """
    debts = debts_of(store, today, currency, _own_offers(store, currency))
    forecast, unknown = _cash(store, debts)
    obstacles = [unknown] if unknown is not None else []
    if not debts.facts:
        nothing = Phrase("Nothing with a date is owed in {currency}.", currency=currency)
        obstacles.insert(0, Obstacle(ObstacleKind.NO_DEBTS, nothing))
    followed = store.adopted_plans.followed() if store.has_adopted_plan else []
    adopted = next((plan for plan in followed if plan.currency == currency), None)
    return PayoffQuestion(
        Worked(debts, _refused(store, today, currency)),
        scenario or Scenario(currency),
        store.cash_rules.of(currency),
        forecast,
        tuple(obstacles),
        own_order(store),
        adopted,
        progress_of(store, today, adopted).misfits if adopted is not None else (),
        partial(cycle_source, store),
        tuple(flow for flow in store.cash_flows.all() if _is_income(flow, currency)),
    )


def _is_income(flow: CashFlow, currency: str) -> bool:
    return flow.amount.currency == currency and flow.direction is Direction.INCOME


def _own_offers(store: Store, currency: str) -> dict[str, list[Offer]]:
    """The user's own offers, by the id of their debt."""
    found: dict[str, list[Offer]] = {}
    for kept in store.own_offers.of_currency(currency):
        found.setdefault(kept.debt_id, []).append(kept.offer)
    return found


def _refused(store: Store, today: date, currency: str) -> tuple[Refusal, ...]:
    """What lenders have refused of every plan that was ever followed, so that none is made of it again."""
    plans = [plan for plan in store.adopted_plans.all() if plan.currency == currency]
    refused = [plan for plan in plans if any(todo.state is TodoState.REFUSED for todo in plan.todos)]
    return tuple(found for plan in refused for found in refusals(plan, record_of(store, today, plan)))


def _cash(store: Store, debts: Debts) -> tuple[Forecast | None, Obstacle | None]:
    """The cash of the record as far as the optimum looks, or why it is unknown."""
    try:
        return forecast_of(store, debts.currency, debts.today, debts.furthest), None
    except NoCashAccountError as error:
        return None, Obstacle(ObstacleKind.NO_CASH, error.phrase, debts.currency)
    except UnknownBalanceError as error:
        return None, Obstacle(ObstacleKind.NO_BALANCE, error.phrase, debts.currency)
