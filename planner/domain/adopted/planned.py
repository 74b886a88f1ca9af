"""From what was chosen for each debt to dated payments, what each is made of, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.adopted.made_of import Handed, row_of_settling, rows_from, total_of_row
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.due import Due, DueKind
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import Decision, Option, OptionKind, PlanRow

# What the lender has to agree to: a yes turns it into the rows of a plan.
ASKED_FOR = frozenset(
    {
        OptionKind.INSTALMENTS,
        OptionKind.PROMOTION,
        OptionKind.DEFERRAL,
        OptionKind.REINSTALMENT,
        OptionKind.SETTLEMENT,
        OptionKind.OWN,
        OptionKind.AGREEMENT,
        OptionKind.LATE,
    }
)

# What is charged on a rest that is carried on is interest; what a plan or a delay costs is a fee.
_BEARS_INTEREST = frozenset({OptionKind.MINIMUM, OptionKind.STREAM})


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one debt.

    Attributes:
        decision: The debt.
        option: One of its options.
    """

    decision: Decision
    option: Option


@dataclass(frozen=True, slots=True)
class Part:
    """A payment that is meant, where no option of a lender stands behind it: a share, or an order of debts.

    Attributes:
        account_id: To whom.
        on: When.
        amount: How much; above nothing.
        due_id: The due it goes to; empty for the open ones of the account, by date.
        is_asked: Whether the lender has to agree first.
    """

    account_id: str
    on: date
    amount: Money
    due_id: str = ""
    is_asked: bool = False


def plan_of_choices(
    choices: Sequence[Choice], dues: Mapping[str, Due], today: date, method: Method, *, is_proved: bool
) -> AdoptedPlan:
    """The plan that some choices come to, each at the dear end of its band.

    Args:
        choices: At least one, all of one currency.
        dues: The open dues, by id; those of every choice are among them.
        today: The day.
        method: How they were found.
        is_proved: Whether nothing better among the options listed is possible.
    """
    payments: list[PlannedPayment] = []
    todos: list[Todo] = []
    for choice in choices:
        own = sorted((dues[due_id] for due_id in choice.decision.due_ids), key=_by_date)
        todo = _todo(choice, own, today)
        if todo is not None:
            todos.append(todo)
        payments += _payments(choice, own, todo)
    currency = choices[0].decision.owed.currency
    streams = [choice.option.high for choice in choices]
    return AdoptedPlan(
        currency,
        method,
        today,
        sum_of((stream.cost for stream in streams), currency),
        sum_of((stream.late_cost for stream in streams), currency),
        is_proved,
        _in_order(payments),
        tuple(todos),
    )


def plan_of_parts(
    parts: Sequence[Part], dues: Mapping[str, Due], today: date, method: Method, currency: str
) -> AdoptedPlan:
    """The plan that some payments come to; what goes beyond the dues is a cost to come.

    Args:
        parts: The payments.
        dues: The open dues, by id.
        today: The day.
        method: How they were found.
        currency: ISO 4217.
    """
    by_account: dict[str, list[Due]] = {}
    for due in sorted(dues.values(), key=_by_date):
        by_account.setdefault(due.account_id, []).append(due)
    handed: dict[tuple[str, bool], Handed] = {}
    payments: list[PlannedPayment] = []
    todos: dict[str, Todo] = {}
    for part in sorted(parts, key=lambda part: part.on):
        key = (part.account_id, part.is_asked)
        if key not in handed:
            own = by_account.get(part.account_id, [])
            handed[key] = Handed(part.account_id, own, moves=part.is_asked, bears_interest=True)
        todo_id = ""
        if part.is_asked:
            first = handed[key].first
            known = todos.get(part.account_id) or Todo(
                part.account_id, first, OptionKind.AGREEMENT, 0, part.on
            )
            todos[part.account_id] = replace(known, count=known.count + 1)
            todo_id = known.id
        payments += handed[key].pay(part.on, part.amount, todo_id, part.due_id, in_advance=True)
    payments = [*_with_spared(payments, dues)]
    cost = sum_of((cost_of(each, dues.get(each.due_id)) for each in payments), currency)
    return AdoptedPlan(
        currency,
        method,
        today,
        cost,
        cost.zero,
        is_proved=False,
        payments=_in_order(payments),
        todos=tuple(todos.values()),
    )


def cost_of(payment: PlannedPayment, due: Due | None) -> Money:
    """What of a payment is above what is owed; of a running plan only its principal is owed.

    Args:
        payment: The payment.
        due: The due it settles; None if it is none of the record.
    """
    to_come = payment.amount - payment.on_record
    if due is None or due.kind is not DueKind.INSTALMENT:
        return to_come
    return to_come + payment.fee + payment.interest - max(to_come, to_come.zero)


def _with_spared(payments: Sequence[PlannedPayment], dues: Mapping[str, Due]) -> Iterator[PlannedPayment]:
    """Payments on rows of a plan that settle them before their time, for less than they would come to."""
    left = {due.id: due.open for due in dues.values() if due.kind is DueKind.INSTALMENT}
    last = {payment.due_id: payment.id for payment in payments if not payment.todo_id}
    for payment in payments:
        if payment.due_id in left:
            left[payment.due_id] -= payment.on_record
    for payment in payments:
        spared = left.get(payment.due_id)
        if spared and last.get(payment.due_id) == payment.id:
            # Nothing of a row is left open, so no cost can have been added to it.
            yield replace(payment, to_come=-spared)
        else:
            yield payment


def rows_asked_for(plan: AdoptedPlan, todo_id: str) -> tuple[PlanRow, ...]:
    """The instalments that a lender was, or is to be, asked for; one for each day.

    Args:
        plan: The adopted plan.
        todo_id: What has to be asked for.
    """
    by_day: dict[date, list[PlannedPayment]] = {}
    for payment in plan.payments:
        if payment.todo_id == todo_id:
            by_day.setdefault(payment.on, []).append(payment)
    return tuple(
        PlanRow(
            on,
            sum_of((payment.principal for payment in payments), plan.currency),
            sum_of((payment.fee for payment in payments), plan.currency),
            sum_of((payment.interest for payment in payments), plan.currency),
        )
        for on, payments in sorted(by_day.items())
    )


def with_states_of(plan: AdoptedPlan, before: AdoptedPlan) -> AdoptedPlan:
    """A new plan that remembers what was asked for already under the one before it, and what was done.

    Args:
        plan: The new plan.
        before: The plan it takes the place of.
    """
    asked = {
        (todo.due_id, todo.kind, todo.count): todo for todo in before.todos if todo.state is TodoState.ASKED
    }

    # The automatic debit is one of the account, whatever bill it was changed for first.
    changed = {todo.account_id: todo for todo in before.todos if todo.is_debit and todo.state.is_agreed}

    def remembered(todo: Todo) -> Todo:
        known = asked.get((todo.due_id, todo.kind, todo.count), todo)
        if todo.is_debit:
            known = changed.get(todo.account_id, known)
        return replace(todo, state=known.state, done_on=known.done_on, note=known.note)

    return replace(plan, todos=tuple(map(remembered, plan.todos)))


def _todo(choice: Choice, dues: Sequence[Due], today: date) -> Todo | None:
    option = choice.option
    if option.kind not in ASKED_FOR and option.apply_by is None:
        return None
    by = option.apply_by
    if by is None and option.kind is OptionKind.LATE:
        # Whoever speaks up before the day is better off than whoever is found late.
        by = max([today, *(due.due_on for due in dues[:1] if due.due_on is not None)])
    # A fee that is paid at the beginning is no instalment.
    count = len([row for row in _rows(option, dues) if row.principal])
    first = dues[0].id if dues else ""
    return Todo(choice.decision.account_id, first, option.kind, count, by)


def _payments(choice: Choice, dues: Sequence[Due], todo: Todo | None) -> Iterator[PlannedPayment]:
    option = choice.option
    handed = Handed(choice.decision.account_id, dues, bears_interest=option.kind in _BEARS_INTEREST)
    todo_id = todo.id if todo is not None else ""
    if option.kind not in ASKED_FOR:
        if option.high.total < handed.open(option.high.cost.currency):
            # Rows of a plan that are paid before their time, for less than they would have come to.
            rows = rows_from(option.high.payments, dues, option.high.cost)
            yield from handed.put_into_rows(rows, todo_id)
            return
        for on, amount in option.high.payments:
            yield from handed.pay(on, amount, todo_id, in_advance=option.kind is OptionKind.STREAM)
        return
    rows = _rows(option, dues)
    in_rows: dict[date, Money] = {}
    for row in rows:
        in_rows[row.on] = in_rows.get(row.on, row.fee.zero) + total_of_row(row)
    # What is in no row is paid on the debt as it stands, and takes the oldest of it first.
    for on, amount in option.high.payments:
        rest = amount - in_rows.get(on, amount.zero)
        if rest.minor > 0:
            yield from handed.pay(on, rest)
    yield from handed.put_into_rows(rows, todo_id)


def _rows(option: Option, dues: Sequence[Due]) -> tuple[PlanRow, ...]:
    """The rows of the plan that an option opens, by date; where they are not known, they are worked out."""
    stream = option.high
    if stream.rows:
        return tuple(sorted(stream.rows, key=lambda row: row.on))
    if option.kind is OptionKind.SETTLEMENT and option.apply_by is not None:
        first = min(on for on, _amount in stream.payments)
        late = stream.late_cost if option.apply_by == first else stream.late_cost.zero
        return (row_of_settling(dict(stream.payments), dues, option.apply_by, late),)
    return rows_from(stream.payments, dues, stream.cost)


def _by_date(due: Due) -> tuple[date, str]:
    return (due.due_on or date.max, due.id)


def _in_order(payments: Iterable[PlannedPayment]) -> tuple[PlannedPayment, ...]:
    """By date; of one day as they were found."""
    return tuple(sorted(payments, key=lambda payment: payment.on))
