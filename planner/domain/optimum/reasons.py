"""Why a choice is the best one, in plain words, and what it rests on."""

from __future__ import annotations

from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.answer import CHEAPEST, Answer, Compared
from planner.domain.optimum.conditions import condition_of
from planner.domain.optimum.left import made_missing
from planner.domain.optimum.made import made_way_cost
from planner.domain.optimum.problem import Decision, Option, OptionKind, Problem
from planner.domain.optimum.ties import only_sooner
from planner.phrases import Phrase


def reasons(found: Answer) -> tuple[Phrase, ...]:
    """Why this choice, in plain words, and what it rests on.

    Args:
        found: The answer.
    """
    told = list(_why(found))
    if told:
        told += only_sooner(found.problem, found.solution.chosen)
    for decision, option in found.chosen:
        condition = condition_of(option.kind)
        if condition is not None:
            told.append(Phrase("{account}: {what}", account=decision.title, what=condition))
    return tuple(told)


def _why(found: Answer) -> tuple[Phrase, ...]:
    cheapest = next((each for each in found.compared if each.key == CHEAPEST), None)
    if found.checked is None or cheapest is None:
        return ()
    if found.is_late:
        late = [decision.title for decision, option in found.chosen if option.kind is OptionKind.LATE]
        return tuple(
            Phrase(
                "{debt}: the cash does not hold in any way that is in time. Contact the lender first.",
                debt=each,
            )
            for each in late
        )
    least_cost = cheapest.checked.late_cost, cheapest.checked.cost
    if (found.checked.late_cost, found.checked.cost) == least_cost:
        return (Phrase("Each debt is settled in the way that costs least, and the cash holds all the same."),)
    first_on = cheapest.checked.first_short[0] if cheapest.checked.first_short is not None else None
    told = []
    if cheapest.missing is not None:
        told.append(
            Phrase(
                "If each debt were settled in the way that costs least by itself, {missing} would be missing "
                "on {date}.",
                missing=cheapest.missing,
                date=first_on,
            )
        )
    if not cheapest.checked.keeps_limits:
        told.append(
            Phrase(
                "If each debt were settled in the way that costs least by itself, more plans would be open "
                "than you want."
            )
        )
    for decision, option in found.chosen:
        least = decision.option(cheapest.chosen[decision.id])
        if option.high.cost > least.high.cost:
            told.append(_dearer(decision, least, option))
    if found.solution.gap == found.checked.cost.zero:
        told.append(Phrase("Of all choices that are in time while the cash holds, this one costs least."))
    else:
        told.append(
            Phrase("Of the choices found so far that are in time while the cash holds, this one costs least.")
        )
    is_cheaper = found.cost is not None and cheapest.cost.value < found.cost.value
    if first_on is not None and found.cost is not None and is_cheaper and cheapest.checked.keeps_limits:
        told.append(_enough(found.problem, found.cost, cheapest, first_on))
    return tuple(told)


def _enough(problem: Problem, best: Derived[Money], cheapest: Compared, first_on: date) -> Phrase:
    """How much more cash each debt would need to take its cheapest way, and what that would save."""
    worst_on, _left = cheapest.checked.lowest
    missing = made_missing(problem, cheapest.chosen, worst_on)
    value = best.value - cheapest.cost.value
    rule = Phrase("Saved = what this choice costs − what it costs if each debt takes its cheapest way")
    given = (Given(Phrase("This choice costs"), best), Given(Phrase("The cheapest ways cost"), cheapest.cost))
    saved = Derived(value, Derivation(rule, given, (Working(Phrase("Saved"), value),)))
    return Phrase(
        "With {needed} more from {date} on, each debt could take its cheapest way. That would save {saved}.",
        needed=missing,
        date=first_on,
        saved=saved,
    )


def _dearer(decision: Decision, least: Option, option: Option) -> Phrase:
    """That a debt takes a way that is not its cheapest, and what that costs."""
    value = option.high.cost - least.high.cost
    rule = Phrase("More = what this way costs − what the cheapest way of this debt costs")
    given = (
        Given(option.label, made_way_cost(option, option.high)),
        Given(least.label, made_way_cost(least, least.high)),
    )
    more = Derived(value, Derivation(rule, given, (Working(Phrase("How much more"), value),)))
    return Phrase(
        "{debt}: {way} instead of {other}, for {more} more.",
        debt=decision.title,
        way=option.label,
        other=least.label,
        more=more,
    )
