"""Why another way to settle a debt was not chosen, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.check import check
from planner.domain.optimum.left import made_missing
from planner.domain.optimum.made import made_of_payments, made_way_cost
from planner.domain.optimum.problem import Decision, Option, Problem
from planner.phrases import Phrase


def why_not(problem: Problem, chosen: Mapping[str, str], decision: Decision) -> dict[str, Phrase]:
    """Why each other way of a debt was not chosen, by its id: what it would do if all others stay as chosen.

    Args:
        problem: The debts, the cash and the limits.
        chosen: The id of the chosen option for each debt.
        decision: The debt.
    """
    return {
        option.id: _why(problem, chosen, decision, option)
        for option in decision.options
        if option.id != chosen[decision.id]
    }


def _why(problem: Problem, chosen: Mapping[str, str], decision: Decision, option: Option) -> Phrase:
    best, tried = decision.option(chosen[decision.id]), {**chosen, decision.id: option.id}
    return (
        _limited(problem, tried, decision, option)
        or _later(decision, best, option)
        or _short(problem, tried)
        or _dearer(decision, best, option)
    )


def _limited(problem: Problem, tried: Mapping[str, str], decision: Decision, option: Option) -> Phrase | None:
    """That a limit of the user is against it."""
    limits = problem.limits
    if not option.opens_plan:
        return None
    if decision.lender in limits.no_new_plan_with and option.opens_new_plan:
        return Phrase("You want no new plan with {lender}.", lender=Phrase(decision.lender))
    if limits.most_plans is None:
        return None
    count = sum(each.option(tried[each.id]).opens_plan for each in problem.decisions)
    if count > limits.most_plans:
        return Phrase(
            "With it {count} plans would be open, and you want {most} at most.",
            count=count,
            most=limits.most_plans,
        )
    return None


def _later(decision: Decision, best: Option, option: Option) -> Phrase | None:
    """That it costs more for being late, which counts before all other cost."""
    if option.high.late_cost <= best.high.late_cost:
        return None
    more = _more(decision, best, option, best.high.late_cost, option.high.late_cost)
    return Phrase("It is later than has to be, and being late costs {more} more.", more=more)


def _dearer(decision: Decision, best: Option, option: Option) -> Phrase:
    """That it costs more, or the same and is no better."""
    more = _more(decision, best, option, best.high.cost, option.high.cost)
    if more.value.minor > 0:
        return Phrase("It costs {more} more.", more=more)
    if more.value:
        return Phrase("It may be better: the search ended before that was known.")
    if option.high.last_on > best.high.last_on:
        return Phrase("It costs the same, and its last payment is later.")
    return Phrase("It costs the same. Of equal ways the same one is taken every time.")


def _short(problem: Problem, tried: Mapping[str, str]) -> Phrase | None:
    """That the cash would not hold, with all others as chosen."""
    short = check(problem, tried).first_short
    if short is None:
        return None
    on, _missing = short
    return Phrase(
        "The cash would not hold: on {date} it would be {missing} less than has to be left.",
        date=on,
        missing=made_missing(problem, tried, on),
    )


def _more(decision: Decision, best: Option, other: Option, low: Money, high: Money) -> Derived[Money]:
    """How much more another way costs than the chosen one, and how that was made."""
    rule = Phrase("More = what this way costs − what the chosen way costs, both at the high end")
    given = (
        Given(Phrase("The debt"), decision.label),
        Given(other.label, _made(other, high)),
        Given(best.label, _made(best, low)),
    )
    return Derived(
        high - low, lambda: Derivation(rule, given, (Working(Phrase("How much more"), high - low),))
    )


def _made(option: Option, amount: Money) -> Derived[Money]:
    """What a way costs, or what of it comes from being late."""
    return made_way_cost(option, option.high) if amount == option.high.cost else made_of_payments(amount)
