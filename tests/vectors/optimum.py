"""The best choice through all bills of a small plan, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from math import prod

from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.optimum.check import check
from planner.domain.optimum.margins import next_best
from planner.domain.optimum.problem import Decision, Option, OptionKind, Problem, Stream
from planner.domain.optimum.solver import Status, solve
from planner.phrases import Phrase
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError, as_decimal

_START = date(2026, 1, 1)
_MOST = 20_000  # choices that are all looked at


def best_choice(given: Given) -> Answers:
    """The best choice, whether it is one of those that are right, the next best, and the balances."""
    problem = _problem(given)
    solution = solve(problem)
    in_time = solve(_in_time(problem))
    answers: dict[str, object] = {
        "feasible_without_late": in_time.status is Status.PROVED,
        "late_cost": solution.late_cost,
        "total_cost": solution.cost,
        "is_optimal": None,
        "second_best": None,
        "enumerated": prod(len(decision.options) for decision in problem.decisions),
    }
    if solution.is_feasible:
        right = given.several("all_optimal")
        answers["is_optimal"] = [solution.chosen[each.id] for each in problem.decisions] in right
        second = next_best(problem, solution)
        answers["second_best"] = None if second is None else [second.late_cost, second.cost]
        listed = given.several("choices")
        ids = {each.id: str(key) for each, key in zip(problem.decisions, listed, strict=True)}
        answers["balances"] = [left for _on, left in check(problem, ids).balances]
    if prod(len(decision.options) for decision in problem.decisions) <= _MOST:
        answers["feasible"] = sum(check(problem, each).holds for each in _choices(problem))
    return answers  # type: ignore[return-value]  # each is an answer


def _choices(problem: Problem) -> Sequence[Mapping[str, str]]:
    ids = [decision.id for decision in problem.decisions]
    every = product(*([option.id for option in decision.options] for decision in problem.decisions))
    return [dict(zip(ids, keys, strict=True)) for keys in every]


def _problem(given: Given) -> Problem:
    currency = given.text("currency")
    months = given.count("months")
    days = [add_months(_START, month) for month in range(months)]

    def money(value: object) -> Money:
        return Money.of(as_decimal(value, "an amount"), currency)

    left = money(given.need("start_cash"))
    cash = []
    for day, income in zip(days, given.several("net_income"), strict=True):
        left += money(income)
        cash.append((day, left))
    decisions = []
    for bill in given.several("bills"):
        if not isinstance(bill, dict):
            raise UnusableError("a bill is no object")
        options = []
        for raw in bill["options"]:
            flows = [(day, money(flow)) for day, flow in zip(days, raw["flows"], strict=True)]
            payments = tuple((day, flow) for day, flow in flows if flow)
            stream = Stream(payments, money(raw["cost"]), money(raw["late_cost"]))
            kind = OptionKind.LATE if stream.late_cost else OptionKind.OWN
            options.append(Option(raw["id"], kind, Phrase.own(raw["kind"]), stream, stream))
        label = Phrase.own(bill["id"])
        decisions.append(Decision(bill["id"], label, bill["id"], "", money(bill["owed"]), tuple(options)))
    reserve = money(given.need("reserve"))
    return Problem(currency, _START, tuple(decisions), tuple(cash), reserve)


def _in_time(problem: Problem) -> Problem:
    """The same without anything late."""
    decisions = tuple(
        Decision(
            each.id,
            each.label,
            each.account_id,
            each.lender,
            each.owed,
            tuple(option for option in each.options if not option.high.late_cost),
        )
        for each in problem.decisions
    )
    return Problem(problem.currency, problem.today, decisions, problem.cash, problem.reserve)
