"""What a lender has refused: a plan that is made anew does not count on it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.adopted.matching import Record
from planner.domain.adopted.plan import AdoptedPlan, Method, Todo, TodoState
from planner.domain.adopted.planned import Choice, plan_of_choices
from planner.domain.money import Money, sum_of
from planner.domain.optimum.options.bills import reason
from planner.domain.optimum.options.listed import DebtOptions, Listed
from planner.domain.optimum.problem import OptionKind
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a lender has refused.

    Attributes:
        due_ids: The dues that it was about, and the bills that hold or carry them now.
        todo: What was asked for.
        total: All payments of it together.
        on: When it was refused; None if that is not known.
    """

    due_ids: frozenset[str]
    todo: Todo
    total: Money
    on: date | None


def refusals(plan: AdoptedPlan, record: Record) -> tuple[Refusal, ...]:
    """What lenders have refused of a plan, whether or not it is still followed.

    What was offered because the money does not reach is none of the ways that a new plan chooses from.

    Args:
        plan: The plan.
        record: What is recorded of its dues.
    """
    if plan.method is Method.HARDSHIP:
        return ()
    found = []
    for todo in plan.todos:
        if todo.state is TodoState.REFUSED and not todo.is_debit:
            ids = {todo.due_id, *(each.due_id for each in plan.payments if each.todo_id == todo.id)}
            chained = frozenset(link for due_id in ids if due_id for link in record.chain(due_id))
            found.append(Refusal(chained, todo, _asked_for(plan, todo), todo.done_on))
    return tuple(found)


def without_refused(debt: DebtOptions, refused: Iterable[Refusal], today: date) -> DebtOptions:
    """A debt without the ways that its lender has refused; each says so among those that are left out.

    A way is the same if it is of the same kind and has as many payments. The user may have got another
    offer since, so an offer of the user's own has to come to the same amount, too.

    Args:
        debt: The debt.
        refused: What lenders have refused.
        today: The day.
    """
    own = [each for each in refused if not each.due_ids.isdisjoint(debt.decision.due_ids)]
    if not own:
        return debt
    kept, left_out = [], []
    for listed in debt.listed:
        found = _refusal(debt, listed, own, today)
        if found is None:
            kept.append(listed)
        else:
            left_out.append(reason(listed.option.label, _why(found)))
    decision = replace(
        debt.decision,
        options=tuple(each.option for each in kept),
        left_out=tuple(dict.fromkeys((*debt.decision.left_out, *left_out))),
    )
    return replace(debt, decision=decision, listed=tuple(kept))


def _refusal(debt: DebtOptions, listed: Listed, refused: Iterable[Refusal], today: date) -> Refusal | None:
    choice = Choice(debt.decision, listed.option)
    dues = {due.id: due for due in debt.debt.dues}
    plan = plan_of_choices((choice,), dues, today, Method.OPTIMUM, is_proved=False)
    for todo in plan.todos:
        for each in refused:
            is_same = (todo.kind, todo.count) == (each.todo.kind, each.todo.count)
            if is_same and (todo.kind is not OptionKind.OWN or _asked_for(plan, todo) == each.total):
                return each
    return None


def _asked_for(plan: AdoptedPlan, todo: Todo) -> Money:
    return sum_of((each.amount for each in plan.payments if each.todo_id == todo.id), plan.currency)


def _why(refusal: Refusal) -> Phrase:
    if refusal.on is None:
        return Phrase("The lender refused it.")
    return Phrase("The lender refused it on {date}.", date=refusal.on)
