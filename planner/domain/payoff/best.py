"""The best way through all debts: what was asked, the answer, and everything that is said and shown of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.domain.adopted.planned import Choice
from planner.domain.adopted.since import PlanChanges, changes_since
from planner.domain.cash.debt_to_income import DebtToIncome, debt_to_income
from planner.domain.cash.forecast import Forecast
from planner.domain.dates import add_months
from planner.domain.optimum.answer import Answer, answer
from planner.domain.optimum.in_full import InFull, in_full
from planner.domain.optimum.infeasible import Shortfall, least_extra
from planner.domain.optimum.problem import Problem
from planner.domain.optimum.reasons import reasons
from planner.domain.optimum.solver import Status
from planner.domain.optimum.stage import LEAST_IN_TIME
from planner.domain.optimum.why_not import why_not
from planner.domain.payoff.beside import Compared, beside
from planner.domain.payoff.calendar import (
    Payable,
    PayableMonth,
    by_month,
    cash_paying,
    payables,
    planned_moves,
)
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.side_by_side import ScenarioResult
from planner.domain.payoff.sources import sources_behind
from planner.domain.payoff.trial import TRIAL_ID
from planner.domain.sourced import Source
from planner.phrases import Phrase

# How many months of cash are shown at least.
_LEAST_SHOWN = 3

_TOO_LARGE = Phrase(
    "These amounts are too large to look for the best plan to the cent. The orders over time work with them."
)


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
        is_too_large: Whether the amounts are too large to be counted exactly, so that nothing was looked for.
    """

    question: PayoffQuestion
    answer: Answer | None = None
    full: tuple[InFull, ...] = ()
    changes: PlanChanges | None = None
    in_time: Shortfall | None = None
    is_too_large: bool = False

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
        if self.question.is_trial_left_out:
            return first, second, Phrase("The purchase that is thought of is in none of these figures.")
        return first, second

    @property
    def proof(self) -> Phrase:
        """How far it is proved, in a sentence."""
        if self.answer is None or not self.is_feasible:
            return Phrase("There is no plan yet.")
        return self.answer.proof

    @property
    def margins(self) -> tuple[Phrase, ...]:
        """How firm it is: what costs the same, the next best, the day that binds, and the low end."""
        found = self.answer
        if found is None or not found.is_feasible:
            return ()
        told = (found.second, found.binding, found.low)
        words = tuple(each.words for each in told if each is not None)
        words = words if found.tie is None else (found.tie, *words)
        return (*words, *self.share.told) if self.share is not None else words

    @cached_property
    def share(self) -> DebtToIncome | None:
        """What lenders get of what comes in, if it is followed; None where something is only assumed."""
        question = self.question
        if not self.is_feasible or question.scenario != question.scenario.as_recorded:
            return None
        return debt_to_income(planned_moves(self.payables), question.incomes, question.rules, question.today)

    @property
    def reasons(self) -> tuple[Phrase, ...]:
        """Why this plan, in plain words."""
        return reasons(self.answer) if self.answer is not None else ()

    @property
    def short(self) -> tuple[Phrase, ...]:
        """Why no plan is in time; empty if one is."""
        if self.is_too_large:
            return (_TOO_LARGE,)
        found = self.answer
        if found is None or (found.is_feasible and not found.is_late):
            return ()
        shortfall = self.in_time or found.shortfall
        if shortfall is not None:
            return shortfall.words
        if found.solution.status is Status.INFEASIBLE:
            return (Phrase("What you ruled out leaves no way for every debt. Allow more, and look again."),)
        return () if found.is_feasible else (Phrase("It was stopped before a plan was found."),)

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
        return (best, *(beside(each, found.cost) for each in found.compared))

    def result(self, scenario_id: str, name: Phrase) -> ScenarioResult:
        """What the plan comes to, to be put beside that of other what-ifs.

        Args:
            scenario_id: The what-if; empty for the one at hand.
            name: What to call it.
        """
        found = self.answer
        if found is None:
            why = _TOO_LARGE if self.is_too_large else self.question.obstacles[0].text
            return ScenarioResult(scenario_id, name, not_feasible=why)
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
        wanted = max(add_months(last, 1), add_months(question.today, _LEAST_SHOWN))
        until = min(wanted, question.forecast.until)
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
    try:
        return _found(question, problem, tell, should_end)
    except OverflowError:
        # The search counts in numbers that are exact up to some 90 billions of a currency with cents.
        return BestPlan(question, is_too_large=True)


def _found(
    question: PayoffQuestion,
    problem: Problem,
    tell: Callable[[object], None] | None,
    should_end: Callable[[], bool] | None,
) -> BestPlan:
    found = answer(problem, tell=tell, should_end=should_end)
    if found.is_late and tell is not None:
        tell(LEAST_IN_TIME)
    in_time = least_extra(problem, is_late_allowed=False, should_end=should_end) if found.is_late else None
    full = in_full(problem, found.solution.chosen) if found.is_feasible else ()
    plan = BestPlan(question, found, full, _changes(question, found), in_time)
    # What is shown is put together here, where nobody waits for it.
    _ = plan.compared, plan.months, plan.cash, plan.choices
    return plan


def _changes(question: PayoffQuestion, found: Answer) -> PlanChanges | None:
    if question.adopted is None or not found.is_feasible:
        return None
    names = {account.id: account.name for account in question.accounts.values()}
    still_open = {due.id: due.open for each in question.worked.debts.facts for due in each.debt.dues}
    return changes_since(question.adopted, question.misfits, found.chosen, question.today, names, still_open)
