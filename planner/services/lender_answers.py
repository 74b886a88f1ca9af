"""What lenders answer to what an adopted plan asks of them; only a yes changes what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.adopted.matching import Record
from planner.domain.adopted.plan import AdoptedPlan, PlannedPayment, Todo, TodoState
from planner.domain.adopted.planned import rows_asked_for
from planner.domain.due import Due, DueKind
from planner.domain.ids import new_id
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import PlanRow
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.plan_progress import record_of
from planner.services.plans import MovesTooMuchError, NoRowsError, save_plan
from planner.store.store import Store

_ORIGINS = {
    DueKind.BILL: OriginKind.BILL,
    DueKind.PURCHASE: OriginKind.PURCHASE,
    DueKind.INSTALMENT: OriginKind.PLAN,
}


class AnsweredAlreadyError(PlannerError):
    """An answer to something that is answered."""

    message = N_("The lender’s answer to this is noted already. Undo that first.")


class BillNotRecordedError(PlannerError):
    """Instalments of a bill that is not recorded yet."""

    message = N_("Add the bill first: the lender’s instalments are made of it.")


class NotOpenError(PlannerError):
    """Instalments of something that is not open any more."""

    message = N_("What this was about is not open any more. Plan anew from today.")


class CannotMoveError(PlannerError):
    """Instalments of a charge or a correction."""

    message = N_(
        "A charge or a correction cannot be turned into instalments here. Add the plan by itself under "
        "Accounts & bills, and delete the charge."
    )


def asked(store: Store, todo_id: str, on: date, note: str = "") -> Todo:
    """Note that a lender was asked.

    Raises:
        AnsweredAlreadyError: It has answered.
    """
    return _put(store, todo_id, TodoState.ASKED, on, note)


def lender_refused(store: Store, todo_id: str, on: date, note: str = "") -> Todo:
    """Note that a lender said no: what is due stays as it is, and the plan does not fit any more.

    Raises:
        AnsweredAlreadyError: It has answered.
    """
    return _put(store, todo_id, TodoState.REFUSED, on, note)


def lender_accepted(
    store: Store,
    todo_id: str,
    on: date,
    rows: Sequence[PlanRow] | None = None,
    *,
    name: str = "",
    note: str = "",
) -> tuple[InstalmentPlan, ...]:
    """Note that a lender said yes: what it agreed to becomes a plan, and so changes what is due.

    That an automatic debit is changed is noted as well, and changes nothing that is due.

    The plan is made of the bill, purchase or running plan. What is put off is a plan of one row, so that
    the statement stays as it was sent. What covers several debts becomes a plan of each, oldest first.

    Args:
        store: The open store.
        todo_id: What was asked for.
        on: The day of the answer.
        rows: What the lender agreed to; None for exactly what was planned.
        name: What to call the plan; empty for the name of what it is made of.
        note: The user's own words.

    Raises:
        AnsweredAlreadyError: It has answered.
        NotOpenError: What it was about is settled or gone.
        BillNotRecordedError: It is about several purchases that are on no bill yet.
        CannotMoveError: It is about a charge or a correction.
        NoRowsError: Nothing was agreed to.
        MovesTooMuchError: The rows repay more than is open.
        PlannerError: The rows are refused as those of any plan are.
    """
    plan = store.adopted_plans.of_todo(todo_id)
    todo = _unanswered(plan, todo_id)
    if todo.is_debit:
        _put(store, todo_id, TodoState.ACCEPTED, on, note)
        return ()
    wanted = rows_asked_for(plan, todo_id) if rows is None else sorted(rows, key=lambda row: row.on)
    if not wanted:
        raise NoRowsError
    debts = _debts(store, plan, todo_id, on)
    made = []
    payments = [payment for payment in plan.payments if payment.todo_id != todo_id]
    for debt, own in zip(debts, _shared(wanted, debts), strict=True):
        if not own:
            continue
        agreed, kept = [_row(row) for row in own], [copied for _old, copied in debt.kept]
        made.append(save_plan(store, _new_plan(store, debt, (*agreed, *kept), name, on)))
        payments += [_planned(row, debt.account_id, todo_id) for row in agreed]
        moved = {old: copied.id for old, copied in debt.kept}
        payments = [replace(each, due_id=moved.get(each.due_id, each.due_id)) for each in payments]
    answered = replace(todo, state=TodoState.ACCEPTED, done_on=on, note=note or todo.note)
    payments.sort(key=lambda payment: payment.on)
    todos = _with(plan.todos, answered)
    store.adopted_plans.save(replace(plan, payments=tuple(payments), todos=todos))
    return tuple(made)


def _put(store: Store, todo_id: str, state: TodoState, on: date, note: str) -> Todo:
    plan = store.adopted_plans.of_todo(todo_id)
    todo = _unanswered(plan, todo_id)
    changed = replace(todo, state=state, done_on=on, note=note or todo.note)
    store.adopted_plans.save(replace(plan, todos=_with(plan.todos, changed)))
    return changed


def _unanswered(plan: AdoptedPlan, todo_id: str) -> Todo:
    todo = next(todo for todo in plan.todos if todo.id == todo_id)
    if todo.state.is_answered:
        raise AnsweredAlreadyError
    return todo


def _with(todos: Sequence[Todo], changed: Todo) -> tuple[Todo, ...]:
    return tuple(changed if todo.id == changed.id else todo for todo in todos)


# --- what the new plan is made of ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Debt:
    """A bill, purchase or running plan that a lender turns into a new plan.

    Attributes:
        origin: Which of them.
        origin_id: Its id.
        account_id: Whose.
        open: How much of it can become the principal of the new plan.
        kept: Rows of the running plan that stay as they are, by their old ids. A plan made of another
            takes over its last rows first, so those behind the agreed ones have to come along.
    """

    origin: OriginKind
    origin_id: str
    account_id: str
    open: Money
    kept: tuple[tuple[str, Instalment], ...] = ()


def _debts(store: Store, plan: AdoptedPlan, todo_id: str, on: date) -> tuple[_Debt, ...]:
    record = record_of(store, on, plan)
    ids = (record.chain(payment.due_id)[-1] for payment in plan.payments if payment.todo_id == todo_id)
    dues = [record.dues[due_id] for due_id in dict.fromkeys(ids) if due_id in record.dues]
    dues = [due for due in dues if due.open]
    if not dues:
        raise NotOpenError
    if any(due.kind not in _ORIGINS for due in dues):
        raise CannotMoveError
    if len([due for due in dues if due.projected]) > 1:
        raise BillNotRecordedError
    groups: dict[tuple[OriginKind, str], list[Due]] = {}
    for due in dues:
        groups.setdefault((_ORIGINS[due.kind], due.plan_id or due.id), []).append(due)
    return tuple(
        _debt_of_plan(store, record, origin_id, own)
        if origin is OriginKind.PLAN
        else _Debt(origin, origin_id, own[0].account_id, own[0].open)
        for (origin, origin_id), own in groups.items()
    )


def _debt_of_plan(store: Store, record: Record, plan_id: str, dues: Sequence[Due]) -> _Debt:
    covered = {due.id for due in dues}
    first = min(due.due_on for due in dues if due.due_on is not None)
    recorded = {row.id: row for row in store.plans.get(plan_id).rows}
    kept = [
        (due.id, _still(recorded[due.id], due))
        for due in record.dues.values()
        if due.plan_id == plan_id and due.id not in covered and due.open and due.due_on and due.due_on > first
    ]
    currency = dues[0].open.currency
    left = sum_of((due.open_principal for due in dues), currency)
    return _Debt(OriginKind.PLAN, plan_id, dues[0].account_id, left, tuple(kept))


def _still(row: Instalment, due: Due) -> Instalment:
    """What is left of a row, as a row of another plan."""
    principal = due.open_principal
    interest = min(row.interest, due.open - principal)
    fee = due.open - principal - interest
    return replace(row, principal=principal, fee=fee, interest=interest, id=new_id())


def _shared(rows: Sequence[PlanRow], debts: Sequence[_Debt]) -> list[list[PlanRow]]:
    """The rows of each debt: the principal repays the first debt, then the next.

    Raises:
        MovesTooMuchError: The rows repay more than all of them.
    """
    currency = debts[0].open.currency
    repaid = sum_of((row.principal for row in rows), currency)
    left = [debt.open for debt in debts]
    if repaid > (together := sum_of(left, currency)):
        raise MovesTooMuchError(left=together, principal=repaid)
    shares: list[list[PlanRow]] = [[] for _debt in debts]
    place = 0
    for row in rows:
        rest = row
        while rest.principal > left[place]:
            # The costs of a row go with its last part.
            if left[place]:
                shares[place].append(PlanRow(row.on, left[place], row.fee.zero, row.fee.zero))
            rest = replace(rest, principal=rest.principal - left[place])
            left[place] = left[place].zero
            place += 1
        left[place] -= rest.principal
        shares[place].append(rest)
    return shares


def _new_plan(store: Store, debt: _Debt, rows: Sequence[Instalment], name: str, on: date) -> InstalmentPlan:
    ordered = sorted(rows, key=lambda row: row.due_on)
    numbered = tuple(replace(row, number=number) for number, row in enumerate(ordered, start=1))
    return InstalmentPlan(
        debt.account_id,
        name or _name(store, debt),
        sum_of((row.principal for row in rows), debt.open.currency),
        numbered,
        len(numbered),
        debt.origin,
        debt.origin_id,
        on,
    )


def _name(store: Store, debt: _Debt) -> str:
    """What a plan is called whose user has said nothing: no words, which would be of one language."""
    match debt.origin:
        case OriginKind.PLAN:
            return store.plans.get(debt.origin_id).name
        case OriginKind.PURCHASE:
            purchase = store.purchases.get(debt.origin_id)
            return purchase.label or purchase.bought_on.isoformat()
        case _:
            bill = store.bills.get(debt.origin_id)
            return f"{store.accounts.get(debt.account_id).name} {bill.statement_on.isoformat()}"


def _row(row: PlanRow) -> Instalment:
    return Instalment(1, row.on, row.principal, row.fee, row.interest)


def _planned(row: Instalment, account_id: str, todo_id: str) -> PlannedPayment:
    return PlannedPayment(
        account_id, row.id, row.due_on, row.total, row.principal, row.fee, row.interest, todo_id
    )
