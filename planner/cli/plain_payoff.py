"""What the command payoff says, for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.cli.printing import Plain, plain_account, plain_money, plain_span
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, Stream
from planner.domain.over_time.course import Course
from planner.domain.payoff.best import BestPlan
from planner.domain.payoff.order_cash import cash_by, first_short
from planner.domain.payoff.question import PayoffQuestion
from planner.i18n import explain
from planner.phrases import Phrase

if TYPE_CHECKING:
    from planner.cli.payoff import Found
    from planner.domain.hardship.hardship import Hardship


def plain_found(found: Found) -> Plain:
    """What was found in one currency.

    Args:
        found: The best way through all debts, the orders, and what to do where the cash does not reach.
    """
    plan, question = found.plan, found.plan.question
    return {
        "currency": found.currency,
        "assumptions": _told(question.assumptions),
        "obstacles": [
            {"kind": each.kind.value, "text": explain(each.text), "target": each.target}
            for each in question.obstacles
        ],
        "is_feasible": plan.is_feasible,
        "is_proved": plan.is_proved,
        "is_late": plan.is_late,
        "answer": _plain_answer(found) if plan.is_feasible else None,
        "short": _plain_short(plan),
        "hardship": _plain_hardship(found.hardship) if found.hardship is not None else None,
        "changes": _told(each.words for each in plan.changes.changes) if plan.changes is not None else [],
        "orders": [
            {"order": key, "label": explain(name), **_plain_course(question, course)}
            for key, name, course in found.courses
        ],
        "unfollowed": [
            {"id": each.id, "account_id": each.account_id, "text": explain(each.words)}
            for each in found.over.unfollowed
        ],
    }


def _plain_answer(found: Found) -> Plain:
    plan = found.plan
    answer = plan.answer
    assert answer is not None  # noqa: S101 - only what is feasible comes here
    assert answer.checked is not None  # noqa: S101
    lowest = answer.lowest
    assert lowest is not None  # noqa: S101
    accounts = plan.question.accounts
    second, binding, low = answer.second, answer.binding, answer.low
    return {
        "words": _told(plan.words),
        "reasons": _told(plan.reasons),
        "cost": plain_money(answer.checked.cost),
        "late_cost": plain_money(answer.checked.late_cost),
        "ends_on": _day(answer.checked.ends_on),
        "lowest": {
            "on": lowest[0].isoformat(),
            "left": plain_money(lowest[1].value),
            "above": plain_money(lowest[2].value),
        },
        "proof": {
            "text": explain(plan.proof),
            "bound": _money(answer.solution.bound),
            "gap": _money(answer.solution.gap),
        },
        "choices": [
            {
                **_plain_debt(decision),
                "account": plain_account(accounts[decision.account_id]),
                "chosen": option.id,
                "options": [_plain_option(each) for each in decision.options],
                "left_out": _told(decision.left_out),
                "why_not": {key: explain(why) for key, why in plan.why_not(decision.id).items()},
            }
            for decision, option in answer.chosen
        ],
        "calendar": [
            {
                "on": each.on.isoformat(),
                "debt": each.decision.id,
                "account": plain_account(accounts[each.decision.account_id]),
                "amount": plain_money(each.amount.value),
            }
            for each in plan.payables
        ],
        "balances": [
            {"on": on.isoformat(), "left": plain_money(left)} for on, left in answer.checked.balances
        ],
        "next_best": None
        if second is None
        else {
            "text": explain(second.words),
            "chosen": dict(second.chosen),
            "cost": plain_money(second.cost),
            "late_cost": plain_money(second.late_cost),
            "gap": plain_money(second.gap.value),
            "is_proved": second.is_proved,
        },
        "binding": None
        if binding is None
        else {
            "text": explain(binding.words),
            "on": binding.on.isoformat(),
            "above": plain_money(binding.above.value),
            "more": plain_money(binding.more),
            "saves": _figure(binding.saves),
        },
        "at_low": None
        if low is None
        else {"text": explain(low.words), "holds": low.holds, "cost": plain_money(low.cost)},
        "compared": [
            {
                "key": each.key,
                "chosen": dict(each.chosen),
                "cost": plain_money(each.cost.value),
                "late_cost": plain_money(each.checked.late_cost),
                "holds": each.checked.holds,
                "first_short": _day(each.checked.first_short[0]) if each.checked.first_short else None,
                "missing": _figure(each.missing),
            }
            for each in answer.compared
        ],
        "in_full": [
            {"debt": each.decision_id, "is_chosen": each.is_chosen, "text": explain(each.words)}
            for each in plan.full
        ],
    }


def _plain_debt(decision: Decision) -> Plain:
    return {
        "id": decision.id,
        "label": explain(decision.label),
        "lender": decision.lender,
        "owed": plain_money(decision.owed),
        "dues": list(decision.due_ids),
    }


def _plain_option(option: Option) -> Plain:
    return {
        "id": option.id,
        "kind": option.kind.value,
        "label": explain(option.label),
        "opens_plan": option.opens_plan,
        "apply_by": _day(option.apply_by),
        "low": _plain_stream(option.low),
        "high": _plain_stream(option.high),
        "notes": _told(option.notes),
    }


def _plain_stream(stream: Stream) -> Plain:
    return {
        "cost": plain_money(stream.cost),
        "late_cost": plain_money(stream.late_cost),
        "payments": [{"on": on.isoformat(), "amount": plain_money(amount)} for on, amount in stream.payments],
    }


def _plain_short(plan: BestPlan) -> Plain | None:
    """Why nothing holds, or nothing that is in time."""
    if not plan.short:
        return None
    found = plan.in_time or (plan.answer.shortfall if plan.answer is not None else None)
    if found is None:
        return {"words": _told(plan.short)}
    return {
        "words": _told(plan.short),
        "on": found.short_on.isoformat(),
        "missing": plain_money(found.missing.value),
        "least_extra": plain_money(found.least_extra.value),
        "is_proved": found.is_proved,
    }


def _plain_hardship(found: Hardship) -> Plain:
    short = found.shortage
    return {
        "shortage": None
        if short is None
        else {
            "first_on": short.first_on.isoformat(),
            "by": plain_money(short.by.value),
            "least_extra": plain_money(short.least_extra.value),
        },
        "available": plain_money(found.budget.available.value),
        "asked": plain_money(found.asked.value),
        "offered": plain_money(found.offered.value),
        "proposals": [
            {
                "account": {"id": each.creditor.account_id, "name": each.creditor.name},
                "monthly": plain_money(each.monthly.value),
                "first_on": _day(each.starts_on),
                "count": each.count,
                "last_on": _day(each.last_on),
            }
            for each in found.proposals
        ],
        "notes": _told(found.notes),
    }


def _plain_course(question: PayoffQuestion, course: Course) -> Plain:
    ends, line = course.cleared_on, cash_by(question, course)
    short = first_short(line)
    return {
        "fate": course.fate.value,
        "cost": plain_span(course.cost.value) if course.cost is not None else None,
        "cleared_on": None
        if ends is None
        else {"low": ends.value.low.isoformat(), "high": ends.value.high.isoformat()},
        "least_extra": plain_span(course.least_extra.value) if course.least_extra is not None else None,
        "cash_holds": None if line is None else short is None,
        "short": None if short is None else {"on": short[0].isoformat(), "by": plain_money(short[1].value)},
    }


def _told(phrases: Iterable[Phrase]) -> list[str]:
    return [explain(phrase) for phrase in phrases]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _money(amount: Money | None) -> Plain | None:
    return plain_money(amount) if amount is not None else None


def _figure(figure: Derived[Money] | None) -> Plain | None:
    return _money(figure.value) if figure is not None else None
