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
from planner.domain.optimum.margins import Binding, NextBest, binding, next_best
from planner.domain.optimum.problem import Decision, End, Option, OptionKind, Problem
from planner.domain.optimum.solver import ShouldEnd, Solution, Status, Tell, solve
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
            Given(Phrase("This choice costs"), self.solution.cost),
            Given(Phrase("No choice costs less than"), self.solution.bound),
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
        missing = least_extra(problem, should_end=should_end) if found.status is Status.INFEASIBLE else None
        return Answer(problem, found, shortfall=missing)
    return Answer(
        problem,
        found,
        check(problem, found.chosen),
        made_cost(problem, found.chosen),
        next_best(problem, found, should_end=should_end),
        binding(problem, found, should_end=should_end),
        at_low(problem, found, should_end=should_end),
        compared(problem),
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
            given.append(Given(label, option.at(end).cost))
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


def reasons(found: Answer) -> tuple[Phrase, ...]:
    """Why this choice, in plain words.

    Args:
        found: The answer.
    """
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
        told.append(Phrase("Of all choices with which the cash holds, this one costs least."))
    else:
        told.append(Phrase("Of the choices found so far with which the cash holds, this one costs least."))
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
    given = (Given(option.label, option.high.cost), Given(least.label, least.high.cost))
    more = Derived(value, Derivation(rule, given, (Working(Phrase("How much more"), value),)))
    return Phrase(
        "{debt}: {way} instead of {other}, for {more} more.",
        debt=decision.title,
        way=option.label,
        other=least.label,
        more=more,
    )
