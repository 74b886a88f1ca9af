"""What a plan rests on that is not in the record, and what becomes of it without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.optimum.answer import made_cost
from planner.domain.optimum.check import check
from planner.domain.optimum.left import made_missing
from planner.domain.optimum.problem import Problem
from planner.domain.payoff.assumed_words import assumed_beside
from planner.domain.payoff.best import BestPlan
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.trial import TRIAL_ID
from planner.phrases import Phrase

NOT_KEPT = Phrase("The purchase is only thought of: it is no part of what is followed.")


def resting(plan: BestPlan) -> tuple[Phrase, ...]:
    """What to say before a plan is followed; empty if it rests on nothing but the record.

    Args:
        plan: A plan that holds under what is assumed.
    """
    return tuple(_resting(plan))


def _resting(plan: BestPlan) -> Iterator[Phrase]:
    question, asked = plan.question, plan.question.problem
    if question.scenario.is_recorded or asked is None:
        return
    yield from rests_on(question)
    problem = _recorded(question, asked)
    chosen = {decision.id: plan.chosen[decision.id] for decision in problem.decisions}
    if problem.decisions != asked.decisions:
        yield NOT_KEPT
    yield Phrase("What is followed costs {cost} above what is owed.", cost=made_cost(problem, chosen))
    short = check(problem, chosen).first_short
    yield by_record(None if short is None else (short[0], made_missing(problem, chosen, short[0])))


def rests_on(question: PayoffQuestion) -> tuple[Phrase, ...]:
    """What is assumed beside the record, in sentences."""
    return assumed_beside(question.scenario, question.worked.debts, question.reserve, question.trial)


def by_record(short: tuple[date, Derived[Money]] | None) -> Phrase:
    """Whether the cash holds without what is assumed, in a sentence.

    Args:
        short: The first day that is short, and what is missing on it; None if it holds.
    """
    if short is None:
        return Phrase("By the record alone, the cash holds too.")
    return Phrase(
        "By the record alone, the cash would not hold: on {date}, {missing} would be missing.",
        date=short[0],
        missing=short[1],
    )


def _recorded(question: PayoffQuestion, asked: Problem) -> Problem:
    """The same debts and options, with nothing but the cash and the reserve of the record."""
    plain = question.under(question.scenario.as_recorded)
    forecast = plain.forecast
    return replace(
        asked,
        decisions=tuple(each for each in asked.decisions if each.id != TRIAL_ID),
        cash=forecast.cash_line(with_debts=False) if forecast is not None else asked.cash,
        reserve=plain.reserve.value,
        limits=plain.limits,
        orders={},
    )
