"""Every option of a debt, by what kind of debt it is; what is left out says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.domain.late.costing import Costing
from planner.domain.optimum.options.bills import full_ways, offer_ways, own_ways, reason
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.optimum.options.late import late_ways
from planner.domain.optimum.options.listed import DebtOptions, Listed, Way
from planner.domain.optimum.options.minimum import minimum_ways, too_long
from planner.domain.optimum.options.plans import plan_ways
from planner.domain.optimum.problem import Decision, OptionKind
from planner.phrases import Phrase

_NO_INSTALMENTS = Phrase("Instalments: what is late is usually not put into instalments.")
_NO_MINIMUM = Phrase("Minimum, then the rest: paying the minimum now does not undo that it is late.")


def options_of(facts: DebtFacts) -> DebtOptions:
    """Every option of a debt; there is always one.

    A bill that is not late: in full, the minimum, what its lender offers, the user's own offers, late. What
    is late: in full today, an agreement, the user's own offers, later. A running plan: as agreed, settled
    early, split anew, late. What takes longer than the optimum looks is left out, but for a plan that runs
    already and simply goes on.

    Args:
        facts: What is known of the debt.
    """
    listed: list[Listed] = []
    left_out: list[Phrase] = []
    for way in _ways(facts, facts.costing):
        if isinstance(way, Phrase):
            left_out.append(way)
        elif _is_too_long(facts, way):
            left_out.append(reason(way.option.label, too_long()))
        else:
            listed.append(way)
    decision = Decision(
        facts.debt.id,
        facts.debt.label if facts.plan is None else Phrase.own(facts.plan.name),
        facts.account.id,
        facts.lender,
        facts.owed,
        tuple(each.option for each in listed),
        tuple(due.id for due in facts.debt.dues) if facts.is_recorded else (),
        tuple(dict.fromkeys(left_out)),
        facts.account.name,
    )
    return DebtOptions(facts.debt, decision, tuple(listed))


def with_ways(debt: DebtOptions, more: Iterable[Listed], left_out: Iterable[Phrase] = ()) -> DebtOptions:
    """The same debt with further options, listed before the last resort.

    Args:
        debt: The debt.
        more: Its further options.
        left_out: Further ways that are left out, each with the reason.
    """
    usual = [each for each in debt.listed if each.option.kind is not OptionKind.LATE]
    late = [each for each in debt.listed if each.option.kind is OptionKind.LATE]
    listed = (*usual, *more, *late)
    decision = replace(
        debt.decision,
        options=tuple(each.option for each in listed),
        left_out=tuple(dict.fromkeys((*debt.decision.left_out, *left_out))),
    )
    return replace(debt, decision=decision, listed=listed)


def _is_too_long(facts: DebtFacts, way: Listed) -> bool:
    option = way.option
    last = facts.furthest
    if facts.plan is not None:
        # What runs already is looked at to its end.
        last = max([last, *(due.due_on for due in facts.debt.dues if due.due_on is not None)])
    return max(option.high.last_on, option.low.last_on) > last


def _ways(facts: DebtFacts, costing: Costing | None) -> Iterator[Way]:
    if facts.plan is not None:
        yield from plan_ways(facts, facts.plan, costing)
        yield from late_ways(facts, costing)
        return
    yield from full_ways(facts, costing)
    question = facts.question
    if question is not None:
        if facts.is_late:
            yield from (_NO_MINIMUM, _NO_INSTALMENTS)
        else:
            yield from minimum_ways(facts, question, costing)
            yield from offer_ways(facts, question)
        yield from own_ways(facts, question, costing)
    yield from late_ways(facts, costing)
