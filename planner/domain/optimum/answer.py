"""The answer to a problem: the choice, its proof, how firm it is, and why, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.at_low import AtLow, at_low
from planner.domain.optimum.cheapest import cheapest_of_each
from planner.domain.optimum.check import Checked, check
from planner.domain.optimum.infeasible import Shortfall, least_extra
from planner.domain.optimum.left import made_above, made_left, made_missing
from planner.domain.optimum.made import made_bound, made_way_cost
from planner.domain.optimum.margins import Binding, NextBest, binding, next_best
from planner.domain.optimum.problem import Decision, End, Option, OptionKind, Problem
from planner.domain.optimum.solver import ShouldEnd, Solution, Status, Tell, solve
from planner.domain.optimum.stage import HOW_FIRM, LEAST_MISSING
from planner.domain.optimum.ties import ties
from planner.phrases import Phrase

CHEAPEST = "cheapest"


@dataclass(frozen=True, slots=True)
class Compared:
    """Another choice beside the best.

    Attributes:
        key: "cheapest" for the cheapest way of each debt by itself, else the name of an order.
        chosen: The id of the option of each decision.
        checked: What it comes to.
        cost: What it costs above what is owed.
        missing: How much is missing on the first day that is short; None if the cash holds.
    """

    key: str
    chosen: Mapping[str, str]
    checked: Checked
    cost: Derived[Money]
    missing: Derived[Money] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a problem.

    Attributes:
        problem: What was asked.
        solution: The best choice.
        checked: What it comes to, checked by the payments themselves; None if nothing holds.
        cost: What it costs above what is owed; None if nothing holds.
        second: The next best; None if there is none, or it was not worked out.
        binding: The day that binds; None if nothing holds.
        low: Whether it is the best at the low end too; None if that was not worked out.
        compared: The cheapest way of each debt by itself, and the orders.
        shortfall: What stands in the way; None if something holds.
        tie: What decided where other choices cost the same; None where none is known that does.
    """

    problem: Problem
    solution: Solution
    checked: Checked | None = None
    cost: Derived[Money] | None = None
    second: NextBest | None = None
    binding: Binding | None = None
    low: AtLow | None = None
    compared: tuple[Compared, ...] = ()
    shortfall: Shortfall | None = None
    tie: Phrase | None = None

    @property
    def is_feasible(self) -> bool:
        """Whether a choice holds."""
        return self.checked is not None

    @property
    def is_proved(self) -> bool:
        """Whether nothing better among the options listed is possible."""
        return self.solution.status is Status.PROVED

    @property
    def is_late(self) -> bool:
        """Whether something is paid later than has to be, because nothing else holds."""
        return any(option.kind is OptionKind.LATE for _decision, option in self.chosen)

    @property
    def chosen(self) -> tuple[tuple[Decision, Option], ...]:
        """Each debt and the option that is chosen for it; empty if nothing holds."""
        if self.checked is None:
            return ()
        return tuple(
            (decision, decision.option(self.solution.chosen[decision.id]))
            for decision in self.problem.decisions
        )

    @property
    def lowest(self) -> tuple[date, Derived[Money], Derived[Money]] | None:
        """The day on which least is left, how much, and how much that is above what has to be left."""
        if self.checked is None:
            return None
        on, _left = self.checked.lowest
        chosen = self.solution.chosen
        return on, made_left(self.problem, chosen, on), made_above(self.problem, chosen, on)

    @property
    def proof(self) -> Phrase:
        """How far it is proved, in a sentence."""
        count = sum(len(decision.options) for decision in self.problem.decisions)
        if self.is_proved:
            return Phrase.counted(
                "Proved: of the {count} option listed, no other choice is better.",
                "Proved: of the {count} options listed, no other choice is better.",
                count,
            )
        gap = self.solution.gap
        if gap is None or self.solution.bound is None:
            return Phrase("Not proved yet: how much better another choice could be is not known.")
        rule = Phrase("The gap = what this choice costs − what no choice costs less than")
        given = (
            Given(Phrase("This choice costs"), self.cost or self.solution.cost),
            Given(Phrase("No choice costs less than"), made_bound(self.solution.bound)),
        )
        made = Derived(gap, Derivation(rule, given, (Working(Phrase("The gap"), gap),)))
        if not gap:
            return Phrase(
                "Not proved yet: no other choice costs less, but one that costs the same could end earlier."
            )
        return Phrase("Not proved yet: another choice could cost {gap} less at most.", gap=made)


def answer(problem: Problem, *, tell: Tell | None = None, should_end: ShouldEnd | None = None) -> Answer:
    """Solve a problem at the dear end of its bands, and say how firm the best choice is.

    Args:
        problem: The problem.
        tell: Is told of each better choice while it solves.
        should_end: Whether to stop; asked several times a second. What is known by then is returned.
    """
    found = solve(problem, tell=tell, should_end=should_end)
    if not found.is_feasible:
        if tell is not None and found.status is Status.INFEASIBLE:
            tell(LEAST_MISSING)
        missing = least_extra(problem, should_end=should_end) if found.status is Status.INFEASIBLE else None
        return Answer(problem, found, shortfall=missing)
    if tell is not None:
        tell(HOW_FIRM)
    return Answer(
        problem,
        found,
        check(problem, found.chosen),
        made_cost(problem, found.chosen),
        next_best(problem, found, should_end=should_end),
        binding(problem, found, should_end=should_end),
        at_low(problem, found, should_end=should_end),
        compared(problem),
        tie=ties(problem, found),
    )


def made_cost(problem: Problem, chosen: Mapping[str, str], end: End = End.HIGH) -> Derived[Money]:
    """What a choice costs above what is owed.

    Args:
        problem: The problem.
        chosen: The id of the option of each decision.
        end: The end of the bands that counts.
    """
    value = check(problem, chosen, end).cost

    def told() -> Derivation:
        given = []
        for decision in problem.decisions:
            option = decision.option(chosen[decision.id])
            label = Phrase("{debt}: {way}", debt=decision.title, way=option.label)
            given.append(Given(label, made_way_cost(option, option.at(end))))
        rule = Phrase("What it costs = what each debt costs above what is owed, together")
        return Derivation(rule, tuple(given), (Working(Phrase("Together"), value),))

    return Derived(value, told)


def compared(problem: Problem) -> tuple[Compared, ...]:
    """What the cheapest way of each debt and the orders come to, whether or not the cash holds.

    Args:
        problem: The problem.
    """
    ids = [decision.id for decision in problem.decisions]
    ways = {CHEAPEST: cheapest_of_each(problem)}
    ways |= {name: dict(zip(ids, options, strict=True)) for name, options in problem.orders.items()}
    found = []
    for key, chosen in ways.items():
        if len(chosen) < len(ids):
            continue
        checked = check(problem, chosen)
        missing = None
        if checked.first_short is not None:
            missing = made_missing(problem, chosen, checked.first_short[0])
        found.append(Compared(key, chosen, checked, made_cost(problem, chosen), missing))
    return tuple(found)
