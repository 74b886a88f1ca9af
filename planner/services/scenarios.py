"""Wishes about saved what-ifs."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.payoff.scenario import Scenario
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.bills import AmountNotPositiveError
from planner.store.store import Store


class ScenarioNameError(PlannerError):
    """A what-if without a name."""

    message = N_("Give this what-if a name, so that it can be found again.")


class ScenarioKnownError(PlannerError):
    """A what-if with the name of another."""

    message = N_("There is a what-if “{name}” already. Choose another name, or change that one.")


class ScenarioBelowNothingError(PlannerError):
    """An amount below nothing where there can be none."""

    message = N_("The reserve, the extra payment and the new purchases cannot be less than zero.")


class ScenarioPlansError(PlannerError):
    """Fewer plans than none."""

    message = N_("The most plans open at once cannot be less than zero.")


def save_scenario(store: Store, scenario: Scenario) -> Scenario:
    """Keep a what-if, or change it.

    Raises:
        ScenarioNameError: It has no name.
        ScenarioKnownError: Another of its currency has that name.
        PlannerError: It cannot be assumed at all, as ``check_scenario`` says.
    """
    name = scenario.name.strip()
    if not name:
        raise ScenarioNameError
    others = scenarios_of(store, scenario.currency)
    if any(other.name == name and other.id != scenario.id for other in others):
        raise ScenarioKnownError(name=name)
    check_scenario(scenario)
    scenario = replace(scenario, name=name)
    store.scenarios.save(scenario)
    return scenario


def check_scenario(scenario: Scenario) -> None:
    """See that a what-if can be assumed at all, whatever its name.

    Raises:
        AmountNotPositiveError: A lump sum or the purchase is nothing or less.
        ScenarioBelowNothingError: The reserve, the extra payment or the new purchases are below nothing.
        ScenarioPlansError: The most plans are below none.
    """
    amounts = [lump.amount for lump in scenario.lumps]
    if scenario.trial is not None:
        amounts.append(scenario.trial.amount)
    if any(amount.minor <= 0 for amount in amounts):
        raise AmountNotPositiveError
    limits = (scenario.reserve, scenario.extra, scenario.new_purchases)
    if any(amount is not None and amount.minor < 0 for amount in limits):
        raise ScenarioBelowNothingError
    if scenario.most_plans is not None and scenario.most_plans < 0:
        raise ScenarioPlansError


def delete_scenario(store: Store, scenario_id: str) -> None:
    """Take a saved what-if away; nothing else changes."""
    store.scenarios.delete(scenario_id)


def scenarios_of(store: Store, currency: str) -> list[Scenario]:
    """The saved what-ifs of a currency, in the order in which they were saved."""
    return store.scenarios.of_currency(currency)
