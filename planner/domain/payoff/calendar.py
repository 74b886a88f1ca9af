"""What to pay to whom when, month by month, and the cash if it is paid like that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.cash.forecast import Forecast, forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import Decision, Option, OptionKind
from planner.domain.sourced import Span
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Payable:
    """One payment of a plan.

    Attributes:
        on: When.
        decision: The debt.
        option: The way that was chosen for it.
        amount: How much, at the dear end, and how that was made.
    """

    on: date
    decision: Decision
    option: Option
    amount: Derived[Money]


@dataclass(frozen=True, slots=True)
class PayableMonth:
    """The payments of one calendar month.

    Attributes:
        first_on: Its first day.
        payables: What is paid in it, by date.
        total: All of it together.
    """

    first_on: date
    payables: tuple[Payable, ...]
    total: Derived[Money]


def payables(chosen: Iterable[tuple[Decision, Option, Derived[Span[Money]]]]) -> tuple[Payable, ...]:
    """Every payment of a plan, by date.

    Args:
        chosen: The debts, each with the way that was chosen for it and what that costs.
    """
    found = [
        Payable(on, decision, option, _made(decision, option, cost, on, amount))
        for decision, option, cost in chosen
        for on, amount in option.high.payments
    ]
    return tuple(sorted(found, key=lambda each: each.on))


def _made(
    decision: Decision, option: Option, cost: Derived[Span[Money]], on: date, amount: Money
) -> Derived[Money]:
    """A payment, and how it was made."""

    def told() -> Derivation:
        rule = Phrase("What is paid on a day follows from the way that was chosen for the debt.")
        given = (
            Given(Phrase("The debt"), decision.label),
            Given(Phrase("What is owed"), decision.owed),
            Given(Phrase("What this way costs"), cost),
        )
        way = Working(Phrase("The way that was chosen: {way}", way=option.label))
        so = Working(Phrase("So on {date}", date=on), amount)
        return Derivation(rule, given, (way, *_steps(option), so))

    return Derived(amount, told)


# With these a part of a bill may have to stay due, beside the instalments.
_MAY_LEAVE_A_REST = frozenset({OptionKind.INSTALMENTS, OptionKind.PROMOTION})


def _steps(option: Option) -> Iterator[Working]:
    """The payments of a way; what of a bill cannot be put into instalments stands by itself."""
    rows = option.high.rows
    in_rows: dict[date, Money] = {}
    for row in rows:
        in_rows[row.on] = in_rows.get(row.on, row.fee.zero) + row.principal + row.fee + row.interest
    is_split = bool(rows) and option.kind in _MAY_LEAVE_A_REST
    if is_split:
        put = sum_of((row.principal for row in rows), option.high.cost.currency)
        yield Working(Phrase("Of what is owed, put into instalments"), put)
    for on, amount in option.high.payments:
        rest = amount - in_rows.get(on, amount.zero) if is_split else amount.zero
        if rest:
            yield Working(Phrase("What stays due, {date}", date=on), rest)
        if amount - rest:
            yield Working(Phrase("Paid on {date}", date=on), amount - rest)


def by_month(paid: Sequence[Payable], currency: str) -> tuple[PayableMonth, ...]:
    """The payments month by month.

    Args:
        paid: The payments, by date.
        currency: ISO 4217.
    """
    months: dict[date, list[Payable]] = {}
    for each in paid:
        months.setdefault(each.on.replace(day=1), []).append(each)
    rule = Phrase("To pay in a month = every payment of the plan in it")
    return tuple(
        PayableMonth(
            first,
            tuple(own),
            added(
                rule,
                [
                    Given(Phrase("{date}, {what}", date=each.on, what=each.decision.label), each.amount)
                    for each in own
                ],
                currency,
            ),
        )
        for first, own in months.items()
    )


def cash_paying(
    line: Forecast, moves: Iterable[Movement], paid: Sequence[Payable], floor: Money, until: date
) -> Forecast:
    """The cash of each day if the debts are paid like that.

    Args:
        line: The cash by the record; what it has still to pay to lenders does not count.
        moves: What is assumed to move beside the record.
        paid: The payments of the plan.
        floor: What should always be left.
        until: The last day.
    """
    known = [move for day in line.days for move in day.movements if not move.kind.is_open]
    accounts = [start.account for start in line.starts]
    return forecast(accounts, [*known, *moves, *planned_moves(paid)], floor, line.start_on, until)


def planned_moves(paid: Iterable[Payable]) -> list[Movement]:
    """The payments of a plan as movements of cash."""
    return [
        Movement(
            each.on,
            -each.amount.value,
            each.decision.label,
            MovementKind.PLANNED,
            refers_to=each.decision.id,
            account_id=each.decision.account_id,
        )
        for each in paid
    ]
