"""What each planned payment is made of, and which dues it settles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.adopted.plan import PlannedPayment
from planner.domain.bill import LineKind
from planner.domain.due import ORDER, Due, DueKind
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import PlanRow


class Handed:
    """The dues of one debt, to which payments are handed one after another.

    It is used up while it works: whoever needs it twice makes it twice.
    """

    def __init__(
        self, account_id: str, dues: Sequence[Due], *, moves: bool = False, bears_interest: bool = False
    ) -> None:
        """Take the open dues of a debt, in the order in which they are paid.

        Args:
            account_id: Whose.
            dues: The dues.
            moves: Whether all of a bill or purchase becomes the principal of a plan, its fees included;
                of a running plan it is only ever the principal.
            bears_interest: Whether costs to come are interest; else they are fees.
        """
        self._bears_interest = bears_interest
        self._account_id = account_id
        self._left = [_Left(due, moves=moves and due.kind is not DueKind.INSTALMENT) for due in dues]
        self._is_plan = bool(dues) and all(due.kind is DueKind.INSTALMENT for due in dues)

    @property
    def first(self) -> str:
        """The due that is paid first; empty if nothing of the debt is recorded."""
        return self._left[0].id if self._left else ""

    def open(self, currency: str) -> Money:
        """What is still to be paid of it."""
        return sum_of((each.open for each in self._left), currency)

    def pay(
        self, on: date, amount: Money, todo_id: str = "", due_id: str = "", *, in_advance: bool = False
    ) -> Iterator[PlannedPayment]:
        """A payment on the dues as they stand: those of its day first, then the oldest.

        What is more than they are is a cost to come: interest of what bears it, else a fee.

        Args:
            on: When.
            amount: How much.
            todo_id: What has to be asked for before; empty for nothing.
            due_id: The one due it goes to; empty for all of them in their order.
            in_advance: Whether it may go to rows of a running plan that are due later.
        """
        places = [each for each in self._left if due_id in {"", each.id}]
        if self._is_plan and not in_advance:
            places = [each for each in places if each.due_on is None or each.due_on <= on]
        places.sort(key=lambda each: each.due_on != on)
        found: list[PlannedPayment] = []
        rest = amount
        for each in places:
            part = min(rest, each.open)
            if part:
                rest -= part
                made_of = each.take(part)
                found.append(PlannedPayment(self._account_id, each.id, on, part, *made_of, todo_id))
        if rest:
            nothing = rest.zero
            fee, interest = (nothing, rest) if self._bears_interest else (rest, nothing)
            if not found:
                last = (places or self._left)[-1].id if self._left else ""
                made_of = (nothing, nothing, nothing)
                found.append(PlannedPayment(self._account_id, last, on, nothing, *made_of, todo_id))
            last_one = found.pop()
            found.append(
                replace(
                    last_one,
                    amount=last_one.amount + rest,
                    fee=last_one.fee + fee,
                    interest=last_one.interest + interest,
                    to_come=rest,
                )
            )
        yield from found

    def put_into_rows(self, rows: Sequence[PlanRow], todo_id: str) -> Iterator[PlannedPayment]:
        """The rows of a plan that takes the place of what is left, as payments on the dues they replace.

        Args:
            rows: The rows, by date; at least one.
            todo_id: What has to be asked for before.
        """
        currency = rows[0].principal.currency
        if self._is_plan:
            rows = _with_principal(rows, sum_of((each.principal for each in self._left), currency))
        weights = [total_of_row(row) for row in rows]
        for row, on_record in zip(rows, apportioned(self.open(currency), weights), strict=True):
            yield from self._row(row, on_record, todo_id)

    def _row(self, row: PlanRow, on_record: Money, todo_id: str) -> Iterator[PlannedPayment]:
        places: list[tuple[str, Money]] = []
        rest = on_record
        for each in self._left:
            part = min(rest, each.open)
            if part:
                each.take(part)
                places.append((each.id, part))
                rest -= part
        if not places:
            places = [(self._left[-1].id if self._left else "", on_record.zero)]
        principal, fee = row.principal, row.fee
        amounts = apportioned(total_of_row(row), [part for _id, part in places])
        for (due_id, part), amount in zip(places, amounts, strict=True):
            own_principal = min(principal, amount)
            own_fee = min(fee, amount - own_principal)
            principal -= own_principal
            fee -= own_fee
            # Without a due on record there is nothing that a cost could come on top of.
            to_come = (amount - part) if due_id else amount.zero
            made_of = (own_principal, own_fee, amount - own_principal - own_fee)
            yield PlannedPayment(self._account_id, due_id, row.on, amount, *made_of, todo_id, to_come or None)


class _Left:
    """What is left of a due while payments are handed to it, by the contract's order."""

    def __init__(self, due: Due, *, moves: bool) -> None:
        self.id, self.due_on = due.id, due.due_on
        zero = due.open.zero
        if moves:
            self.principal, self.fee, self.interest = due.open, zero, zero
            return
        paid = due.paid_amount
        interest = zero
        for kind in ORDER[:-1]:
            amount = due.parts.get(kind, zero)
            taken = min(max(paid, zero), amount)
            paid -= taken
            if kind is LineKind.INTEREST:
                interest = amount - taken
        self.principal = due.open_principal
        # A correction downwards lowers what is left of all parts.
        self.interest = min(interest, due.open - self.principal)
        self.fee = due.open - self.principal - self.interest

    @property
    def open(self) -> Money:
        return self.principal + self.fee + self.interest

    def take(self, amount: Money) -> tuple[Money, Money, Money]:
        """Principal, fee and interest of an amount, which is no more than what is left."""
        fee = min(amount, self.fee)
        interest = min(amount - fee, self.interest)
        principal = amount - fee - interest
        self.fee -= fee
        self.interest -= interest
        self.principal -= principal
        return principal, fee, interest


def total_of_row(row: PlanRow) -> Money:
    """What is to pay with a row."""
    return row.principal + row.fee + row.interest


def _with_principal(rows: Sequence[PlanRow], most: Money) -> Sequence[PlanRow]:
    """Rows that repay no more than the principal of the plan they replace; the rest of them is a fee."""
    principals = [row.principal for row in rows]
    if sum_of(principals, most.currency) <= most:
        return rows
    return [
        replace(row, principal=principal, fee=row.fee + row.principal - principal)
        for row, principal in zip(rows, apportioned(most, principals), strict=True)
    ]


def row_of_settling(payments: Mapping[date, Money], dues: Sequence[Due], on: date, late: Money) -> PlanRow:
    """What settles a plan early: what is paid on its day, without what is due by then anyway.

    Args:
        payments: What is paid when.
        dues: The open rows of the plan.
        on: The day of settling.
        late: What is paid that day because rows are late.
    """
    zero = late.zero
    later = [due for due in dues if due.due_on is not None and due.due_on > on]
    principal = sum_of((due.open_principal for due in later), zero.currency)
    own = (due.open for due in dues if due not in later and (due.due_on == on or on <= min(payments)))
    amount = payments.get(on, zero) - late - sum_of(own, zero.currency)
    principal = min(principal, amount)
    return PlanRow(on, principal, amount - principal, zero)


def rows_from(
    payments: Sequence[tuple[date, Money]], dues: Sequence[Due], cost: Money
) -> tuple[PlanRow, ...]:
    """The rows of a plan of which only the payments are known: what they cost is spread over them as fees.

    Of a running plan only the principal moves: its fees end with it, or are in the new rows.

    Args:
        payments: What is paid when; at least one.
        dues: What the plan takes the place of; none if nothing of it is recorded.
        cost: What the payments are above what is owed.
    """
    total = sum_of((amount for _on, amount in payments), cost.currency)
    repaid = total - cost
    if dues:
        moved = (due.open_principal if due.kind is DueKind.INSTALMENT else due.open for due in dues)
        repaid = sum_of(moved, cost.currency)
    principals = apportioned(min(repaid, total), [amount for _on, amount in payments])
    return tuple(
        PlanRow(on, principal, amount - principal, amount.zero)
        for (on, amount), principal in zip(payments, principals, strict=True)
    )


def apportioned(total: Money, weights: Sequence[Money]) -> list[Money]:
    """An amount in parts as large as their weights: by running sums, so that they add up to it exactly.

    None is more than its weight as long as the amount is no more than all weights together.

    Args:
        total: The amount.
        weights: At least one, none below nothing; if all are nothing, the first part takes all of it.
    """
    whole = sum(weight.minor for weight in weights)
    if not whole:
        return [total, *[total.zero] * (len(weights) - 1)]
    parts: list[Money] = []
    done = seen = 0
    for weight in weights:
        seen += weight.minor
        until = total.minor * seen // whole
        parts.append(Money(until - done, total.currency))
        done = until
    return parts
