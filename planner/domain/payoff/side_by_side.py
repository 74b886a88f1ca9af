"""What-ifs side by side: what each comes to, and how it differs from the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.made import made_of_payments
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What one what-if comes to.

    Attributes:
        id: The scenario; empty for the one at hand.
        name: What to call it.
        cost: What its plan costs above what is owed; None if there is none.
        late_cost: What of it comes from paying late; None if there is no plan.
        ends_on: The day of the last payment; None if there is no plan.
        lowest: The lowest cash until then; None if there is no plan or no cash is known.
        open_plans: How many plans are open over time; None if there is no plan.
        is_proved: Whether nothing better among the options listed is possible.
        not_feasible: Why there is no plan; None if there is one.
    """

    id: str
    name: Phrase
    cost: Money | None = None
    late_cost: Money | None = None
    ends_on: date | None = None
    lowest: Money | None = None
    open_plans: int | None = None
    is_proved: bool = False
    not_feasible: Phrase | None = None


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One what-if beside the first.

    Attributes:
        result: What it comes to.
        more: How much more it costs than the first; below nothing for less. None for the first itself, and
            where one of both has no plan.
        later: How many days later it ends than the first; as above.
        is_cheapest: Whether no other has less late cost, and of those none costs less.
        is_first_done: Whether no other ends earlier.
    """

    result: ScenarioResult
    more: Derived[Money] | None
    later: int | None
    is_cheapest: bool
    is_first_done: bool


def compare_scenarios(results: Sequence[ScenarioResult]) -> tuple[ScenarioRow, ...]:
    """What-ifs side by side, in their order; the first is what the others are compared with.

    The order of better and worse is that of the optimum: the late cost first, then the whole cost.

    Args:
        results: What each comes to; all in one currency.
    """
    planned = [each for each in results if each.cost is not None and each.late_cost is not None]
    cheapest = min(map(_cost, planned), default=None)
    ends = min((each.ends_on for each in planned if each.ends_on is not None), default=None)
    return tuple(
        ScenarioRow(
            each,
            _more(results[0], each) if number else None,
            _days(results[0].ends_on, each.ends_on) if number else None,
            is_cheapest=each in planned and _cost(each) == cheapest,
            is_first_done=each in planned and each.ends_on is not None and each.ends_on == ends,
        )
        for number, each in enumerate(results)
    )


def _cost(result: ScenarioResult) -> tuple[int, int]:
    assert result.cost is not None  # noqa: S101 - only those with a plan are compared
    assert result.late_cost is not None  # noqa: S101
    return result.late_cost.minor, result.cost.minor


def _more(first: ScenarioResult, other: ScenarioResult) -> Derived[Money] | None:
    if first.cost is None or other.cost is None:
        return None
    more = other.cost - first.cost
    given = (Given(first.name, made_of_payments(first.cost)), Given(other.name, made_of_payments(other.cost)))
    rule = Phrase("How much more it costs = its cost − the cost of the first one")
    return Derived(more, Derivation(rule, given, (Working(Phrase("How much more"), more),)))


def _days(first: date | None, other: date | None) -> int | None:
    return (other - first).days if first is not None and other is not None else None
