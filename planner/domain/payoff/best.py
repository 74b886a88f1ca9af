"""The best way through all debts: what was asked, the answer, and everything that is said and shown of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.adopted.planned import Choice
from planner.domain.adopted.since import PlanChanges, changes_since
from planner.domain.cash.forecast import Forecast
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.answer import CHEAPEST, Answer, answer, reasons
from planner.domain.optimum.answer import Compared as OtherChoice
from planner.domain.optimum.in_full import InFull, in_full
from planner.domain.optimum.infeasible import Shortfall, least_extra
from planner.domain.optimum.solver import Status
from planner.domain.optimum.why_not import why_not
from planner.domain.payoff.calendar import Payable, PayableMonth, by_month, cash_paying, payables
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.scenario import Order
from planner.domain.payoff.side_by_side import ScenarioResult
from planner.domain.payoff.sources import sources_behind
from planner.domain.payoff.trial import TRIAL_ID
from planner.domain.sourced import Source
from planner.phrases import Phrase

# How many months of cash are shown at least.
_LEAST_SHOWN = 3

_NAMES = {
    CHEAPEST: Phrase("The cheapest way of each debt by itself"),
    Order.SNOWBALL.value: Phrase("Smallest debt first (snowball)"),
    Order.AVALANCHE.value: Phrase("Dearest debt first (avalanche)"),
    Order.OWN.value: Phrase("My own order"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A way to choose beside the best, or the best itself.

    Attributes:
        name: What to call it.
        cost: What it costs above what is owed; None if there is nothing to compare.
        more: How much more than the best; None for the best itself, and where it does not hold.
        ends_on: The last payment; None if there is none.
        words: Whether the cash holds.
    """

    name: Phrase
    cost: Derived[Money] | None
    more: Derived[Money] | None
    ends_on: date | None
    words: Phrase


# Without slots: what is shown of it is put together once, in the thread that looked for it.
@dataclass(frozen=True)
class BestPlan:
    """The best way through all debts of one currency.

    Attributes:
        question: What was asked.
        answer: What was found; None if something stands in the way of asking.
        full: The bills that can simply be paid in full.
        changes: What changed since the plan that is followed was adopted; None if none is.
        in_time: What stands in the way of paying everything in time; None if nothing does.
    """

    question: PayoffQuestion
    answer: Answer | None = None
    full: tuple[InFull, ...] = ()
    changes: PlanChanges | None = None
    in_time: Shortfall | None = None

    @property
    def chosen(self) -> Mapping[str, str]:
        """The id of the option of each debt; empty where nothing holds."""
        return self.answer.solution.chosen if self.answer is not None and self.is_feasible else {}

    @property
    def is_feasible(self) -> bool:
        """Whether there is a plan that holds."""
        return self.answer is not None and self.answer.is_feasible

    @property
    def is_proved(self) -> bool:
        """Whether nothing better among the options listed is possible."""
        return self.answer is not None and self.answer.is_proved

    @property
    def is_late(self) -> bool:
        """Whether something has to be paid late, because nothing else holds."""
        return self.answer is not None and self.answer.is_late

    # --- in words

    @property
    def words(self) -> tuple[Phrase, ...]:
        """What the plan comes to, in sentences."""
        found = self.answer
        if found is None or found.cost is None or found.checked is None or found.lowest is None:
            return ()
        on, left, above = found.lowest
        ends_on = found.checked.ends_on
        if found.cost.value:
            first = Phrase(
                "Everything is paid by {date}, for {cost} above what is owed.", date=ends_on, cost=found.cost
            )
        else:
            first = Phrase(
                "Everything is paid by {date}, and nothing is paid above what is owed.", date=ends_on
            )
        values = {"left": left, "date": on, "above": above}
        if found.problem.floor:
            second = Phrase(
                "The least that is left is {left} on {date}, {above} above what has to be left.", **values
            )
        else:
            second = Phrase("The least that is left is {left} on {date}.", left=left, date=on)
        return first, second

    @property
    def proof(self) -> Phrase:
        """How far it is proved, in a sentence."""
        if self.answer is None or not self.is_feasible:
            return Phrase("There is no plan yet.")
        return self.answer.proof

    @property
    def margins(self) -> tuple[Phrase, ...]:
        """How firm it is: the next best, the day that binds, and whether it holds at the low end."""
        found = self.answer
        if found is None or not found.is_feasible:
            return ()
        told = (found.second, found.binding, found.low)
        return tuple(each.words for each in told if each is not None)

    @property
    def reasons(self) -> tuple[Phrase, ...]:
        """Why this plan, in plain words."""
        return reasons(self.answer) if self.answer is not None else ()

    @property
    def short(self) -> tuple[Phrase, ...]:
        """Why no plan is in time; empty if one is."""
        found = self.answer
        if found is None or (found.is_feasible and not found.is_late):
            return ()
        shortfall = self.in_time or found.shortfall
        if shortfall is not None:
            return shortfall.words
        if found.solution.status is Status.INFEASIBLE:
            return (Phrase("What you ruled out leaves no way for every debt. Allow more, and look again."),)
        if found.is_feasible:
            return ()
        return (Phrase("It was stopped before a plan was found."),)

    def why_not(self, decision_id: str) -> Mapping[str, Phrase]:
        """Why each other way of a debt was not chosen, by its id; nothing where nothing holds."""
        problem = self.question.problem
        if problem is None or not self.is_feasible:
            return {}
        return why_not(problem, self.chosen, self.question.debt(decision_id).decision)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Everyone who says what the costs of the chosen ways were made from."""
        return sources_behind(self.question.why(*each) for each in self.chosen.items())

    # --- beside others

    @cached_property
    def compared(self) -> tuple[Compared, ...]:
        """The plan, the cheapest way of each debt by itself, and the orders."""
        found = self.answer
        if found is None or found.cost is None or found.checked is None:
            return ()
        best = Compared(
            Phrase("This plan"), found.cost, None, found.checked.ends_on, Phrase("It holds on every day.")
        )
        return (best, *(_compared(each, found.cost) for each in found.compared))

    def result(self, scenario_id: str, name: Phrase) -> ScenarioResult:
        """What the plan comes to, to be put beside that of other what-ifs.

        Args:
            scenario_id: The what-if; empty for the one at hand.
            name: What to call it.
        """
        found = self.answer
        if found is None:
            return ScenarioResult(scenario_id, name, not_feasible=self.question.obstacles[0].text)
        if found.checked is None or found.lowest is None:
            return ScenarioResult(scenario_id, name, not_feasible=next(iter(self.short), None))
        return ScenarioResult(
            scenario_id,
            name,
            found.checked.cost,
            found.checked.late_cost,
            found.checked.ends_on,
            found.lowest[1].value,
            sum(option.opens_plan for _decision, option in found.chosen),
            found.is_proved,
        )

    # --- what to pay when

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """What was chosen for each debt of the record, to be adopted."""
        if self.answer is None:
            return ()
        return tuple(
            Choice(decision, option) for decision, option in self.answer.chosen if decision.id != TRIAL_ID
        )

    @cached_property
    def payables(self) -> tuple[Payable, ...]:
        """Every payment, by date."""
        chosen = self.answer.chosen if self.answer is not None else ()
        return payables(
            (decision, option, self.question.why(decision.id, option.id)) for decision, option in chosen
        )

    @cached_property
    def months(self) -> tuple[PayableMonth, ...]:
        """Every payment, month by month."""
        return by_month(self.payables, self.question.currency)

    @cached_property
    def cash(self) -> Forecast | None:
        """The cash of each day if it is paid like that, a month beyond the last payment; None if unknown."""
        question = self.question
        if question.forecast is None or question.problem is None or not self.is_feasible:
            return None
        last = max((each.on for each in self.payables), default=question.today)
        until = max(add_months(last, 1), add_months(question.today, _LEAST_SHOWN))
        until = min(until, question.forecast.until)
        return cash_paying(question.forecast, question.moves, self.payables, question.problem.floor, until)


def best_plan(
    question: PayoffQuestion,
    tell: Callable[[object], None] | None = None,
    should_end: Callable[[], bool] | None = None,
) -> BestPlan:
    """Look for the best way through all debts; it reads nothing, so that it may run in another thread.

    Args:
        question: What is asked.
        tell: Is told of each better choice that is found: something with ``words``.
        should_end: Whether to stop with what is known by then; asked several times a second.
    """
    problem = question.problem
    if problem is None:
        return BestPlan(question)
    found = answer(problem, tell=tell, should_end=should_end)
    in_time = None
    if found.is_late:
        in_time = least_extra(problem, is_late_allowed=False, should_end=should_end)
    full = in_full(problem, found.solution.chosen) if found.is_feasible else ()
    plan = BestPlan(question, found, full, _changes(question, found), in_time)
    # What is shown is put together here, where nobody waits for it.
    _ = plan.compared, plan.months, plan.cash, plan.choices
    return plan


def _changes(question: PayoffQuestion, found: Answer) -> PlanChanges | None:
    if question.adopted is None or not found.is_feasible:
        return None
    names = {account.id: account.name for account in question.accounts.values()}
    return changes_since(question.adopted, question.misfits, found.chosen, question.today, names)


def _compared(other: OtherChoice, best: Derived[Money]) -> Compared:
    more = None
    if other.checked.holds:
        value = other.cost.value - best.value
        rule = Phrase("How much more it costs = what it costs − what the best costs")
        given = (Given(Phrase("It costs"), other.cost), Given(Phrase("The best costs"), best))
        more = Derived(value, Derivation(rule, given, (Working(Phrase("How much more"), value),)))
    words = next(iter(_against(other)), Phrase("It holds on every day."))
    return Compared(_NAMES[other.key], other.cost, more, other.checked.ends_on, words)


def _against(other: OtherChoice) -> Iterator[Phrase]:
    if other.missing is not None and other.checked.first_short is not None:
        yield Phrase(
            "The cash would not hold: on {date}, {missing} would be missing.",
            date=other.checked.first_short[0],
            missing=other.missing,
        )
    if not other.checked.keeps_limits:
        yield Phrase("It goes against what you ruled out.")
