"""The best choice: least late cost, then least cost, then the earliest end; proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.check import Checked, check
from planner.domain.optimum.made import made_bound, made_of_payments
from planner.domain.optimum.problem import End, Problem
from planner.domain.optimum.program import Column, Program, in_order, program
from planner.domain.optimum.pruning import as_kept, pruned
from planner.domain.optimum.rank import Rank
from planner.domain.optimum.search import MOST_NODES, Found, Goal, State, Watch, least
from planner.domain.optimum.stage import LEAST_LATE, Stage
from planner.domain.optimum.starting import cheapest_order
from planner.phrases import Phrase

# So many choices are refuted by their own payments before it is given up that one is found.
_MOST_REFUTED = 100


class Status(StrEnum):
    """How solving ended."""

    PROVED = "proved"
    BEST_SO_FAR = "best_so_far"
    INFEASIBLE = "infeasible"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """The best choice so far, while solving goes on.

    Attributes:
        chosen: The id of the option of each decision.
        cost: What it costs above what is owed.
        bound: What no choice costs less than; None if nothing is known yet.
        late_cost: What of the cost comes from being late.
    """

    chosen: Mapping[str, str]
    cost: Money
    bound: Money | None
    late_cost: Money

    @property
    def gap(self) -> Money | None:
        """How much better another choice could be at most; None if nothing is known yet."""
        return None if self.bound is None else max(self.cost - self.bound, self.cost.zero)

    @property
    def words(self) -> Phrase:
        """The same in a sentence."""
        rule = Phrase("Cost = all payments of the choice − what is owed")
        cost = Derived(self.cost, Derivation(rule, (), (Working(Phrase("Best so far"), self.cost),)))
        if self.gap is None or self.bound is None:
            return Phrase("Best so far: it costs {cost}.", cost=cost)
        rule = Phrase("The gap = what the best so far costs − what no choice costs less than")
        given = (
            Given(Phrase("The best so far costs"), made_of_payments(self.cost)),
            Given(Phrase("No choice costs less than"), made_bound(self.bound)),
        )
        gap = Derived(self.gap, Derivation(rule, given, (Working(Phrase("The gap"), self.gap),)))
        return Phrase("Best so far: it costs {cost}, at most {gap} above the best.", cost=cost, gap=gap)


@dataclass(frozen=True, slots=True)
class Solution:
    """What solving found.

    Attributes:
        status: How it ended.
        chosen: The id of the option of each decision; empty where nothing was found.
        late_cost: What being late costs; None where nothing was found.
        cost: All cost above what is owed; None where nothing was found.
        ends_on: The last payment; None where nothing was found or nothing is paid.
        bound: What no choice with as little late cost costs less than; None if nothing is known.
    """

    status: Status
    chosen: Mapping[str, str] = field(default_factory=dict, hash=False)
    late_cost: Money | None = None
    cost: Money | None = None
    ends_on: date | None = None
    bound: Money | None = None

    @property
    def is_feasible(self) -> bool:
        """Whether a choice was found."""
        return self.cost is not None

    @property
    def gap(self) -> Money | None:
        """How much better another choice could be at most; None if nothing is known."""
        if self.cost is None or self.bound is None:
            return None
        return max(self.cost - self.bound, self.cost.zero)


Tell = Callable[[Progress | Stage], None]
ShouldEnd = Callable[[], bool]


def solve(
    problem: Problem,
    end: End = End.HIGH,
    *,
    tell: Tell | None = None,
    should_end: ShouldEnd | None = None,
    most_nodes: int = MOST_NODES,
) -> Solution:
    """Choose one option for each debt: least late cost, then least cost, then the earliest end.

    Of what is equal in all three, the choice with the fewest things to ask for is taken, then the one whose
    debts end earliest in sum, and then always the same one, in whatever order debts and options were listed.

    Args:
        problem: The debts, the cash and the limits.
        end: The end of the bands that counts.
        tell: Is told of each better choice, and when something else is looked for.
        should_end: Whether to stop; asked several times a second.
        most_nodes: After how many nodes of a search to stop proving.
    """
    return _Solving(problem, end, tell, should_end, most_nodes).checked(program(problem, end))


def _late(column: Column) -> int:
    return column.late


def _cost(column: Column) -> int:
    return column.cost


def _ends(column: Column) -> int:
    return column.ends


def _ending(whole: Program, last: int) -> Program:
    """Only what ends by a day."""
    return whole.only(lambda column: column.ends <= last)


class _Solving:
    """One problem on its way to a solution."""

    def __init__(
        self,
        problem: Problem,
        end: End,
        tell: Tell | None,
        should_end: ShouldEnd | None,
        most_nodes: int,
    ) -> None:
        self._problem, self._end = problem, end
        self._tell, self._should_end = tell, should_end
        self._nodes = most_nodes
        self._ids = [decision.id for decision in in_order(problem)]

    def checked(self, whole: Program) -> Solution:
        """The best choice, checked by the payments themselves; what they refute is looked for no more."""
        for _attempt in range(_MOST_REFUTED):
            found = self._found(whole)
            if found.chosen is None:
                return self._ended(found)
            checked = check(self._problem, self._named(found.chosen), self._end)
            if checked.holds:
                return self._ended(found, checked)
            whole = whole.without(found.chosen)
        return Solution(Status.BEST_SO_FAR)

    def _found(self, whole: Program) -> Found:
        unavoidable = tuple(min(map(_late, group), default=0) for group in whole.groups)
        in_time = Program(
            tuple(
                tuple(column for column in group if column.late == least_late)
                for group, least_late in zip(whole.groups, unavoidable, strict=True)
            ),
            whole.rows,
        )
        allowed, found = in_time, self._best(in_time, cheapest_order(self._problem, in_time), is_told=True)
        if found.state is State.IMPOSSIBLE:
            if self._tell is not None:
                self._tell(LEAST_LATE)
            late = self._least(whole, _late)
            if late.value is None or late.state is not State.PROVED:
                return Found(late.state, late.chosen)
            allowed = whole.with_row(_late, late.value)
            found = self._best(allowed, late.chosen, is_told=True)
            if found.chosen is None:
                # Stopped; but what is least late is a choice already.
                found = Found(State.STOPPED, late.chosen, bound=found.bound)
        if found.state is not State.PROVED or found.chosen is None:
            return found
        return self._sooner(allowed, found)

    def _sooner(self, allowed: Program, found: Found) -> Found:
        """Of the choices that cost the same, one that ends as early as possible."""
        best = found.chosen or ()
        while best:
            ending = _ending(allowed, max(map(_ends, best)) - 1)
            sooner = self._best(ending, most=found.value)
            if sooner.state is State.STOPPED:
                return Found(State.STOPPED, sooner.chosen or best, found.value, found.value)
            if sooner.chosen is None:
                break
            best = sooner.chosen
        return Found(State.PROVED, best, found.value, found.value)

    def _best(
        self,
        program: Program,
        start: Sequence[Column] | None = None,
        most: int | None = None,
        *,
        is_told: bool = False,
    ) -> Found:
        """The choice that costs least, then has the fewest acts and the earliest ends; by its cost.

        Args:
            program: What may be chosen.
            start: A choice to begin with.
            most: Only choices that cost no more.
            is_told: Whether to tell of better choices.
        """
        rank = Rank.of(program)
        if rank.fits(program):
            below = None if most is None else (most + 1) * rank.per_cost
            found = self._least(program, rank, start, below, rank.per_cost if is_told else None)
            bound = None if found.bound is None else found.bound // rank.per_cost
            return _by_cost(found.state, found.chosen, bound)
        found = self._least(program, _cost, start, None if most is None else most + 1, 1 if is_told else None)
        if found.state is not State.PROVED or found.value is None:
            return found
        within = self._least(program.with_row(_cost, found.value), rank.beside_cost, found.chosen)
        return _by_cost(within.state, within.chosen or found.chosen, found.value)

    def _least(
        self,
        found: Program,
        goal: Goal,
        start: Sequence[Column] | None = None,
        below: int | None = None,
        told_per: int | None = None,
    ) -> Found:
        """The choice with the least goal; better ones are told, by so much of the goal for a minor unit."""
        if self._should_end is not None and self._should_end():
            return Found(State.STOPPED)

        def tell(chosen: tuple[Column, ...], _value: int, bound: int | None) -> None:
            self._on_better(chosen, None if bound is None else bound // (told_per or 1))

        watch = Watch(tell if self._tell and told_per else None, self._should_end, self._nodes)
        kept = pruned(found)
        return least(kept, goal, start and as_kept(found, kept, start), watch, below=below)

    def _named(self, chosen: Sequence[Column]) -> dict[str, str]:
        return {name: column.key for name, column in zip(self._ids, chosen, strict=True)}

    def _on_better(self, chosen: tuple[Column, ...], bound: int | None) -> None:
        money = self._money
        late = money(sum(map(_late, chosen)))
        least_cost = None if bound is None else money(bound)
        if self._tell is not None:
            self._tell(Progress(self._named(chosen), money(sum(map(_cost, chosen))), least_cost, late))

    def _money(self, minor: int) -> Money:
        return Money(minor, self._problem.currency)

    def _ended(self, found: Found, checked: Checked | None = None) -> Solution:
        """What was found, and what it comes to."""
        if found.state is State.IMPOSSIBLE:
            return Solution(Status.INFEASIBLE)
        bound = None if found.bound is None else self._money(found.bound)
        is_cancelled = self._should_end is not None and self._should_end()
        if found.chosen is None or checked is None:
            status = Status.CANCELLED if is_cancelled else Status.BEST_SO_FAR
            return Solution(status, bound=bound)
        status = Status.PROVED if found.state is State.PROVED else Status.BEST_SO_FAR
        chosen = self._named(found.chosen)
        return Solution(status, chosen, checked.late_cost, checked.cost, checked.ends_on, bound)


def _by_cost(state: State, chosen: tuple[Column, ...] | None, bound: int | None) -> Found:
    """What was found, with its cost as the value."""
    return Found(state, chosen, None if chosen is None else sum(map(_cost, chosen)), bound)
