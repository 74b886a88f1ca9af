"""What a lender's instalment plan says, and the rows, the cost and the true rate that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from planner.domain.apr import Apr, SeveralRatesError
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Given
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.outcome import FEE_RULE, cost_workings, costing
from planner.domain.rate import Rate
from planner.domain.schedule import DEFAULT_ROUNDING, Rounding, flat_fee, split
from planner.domain.sourced import Source
from planner.domain.term import FeeTiming, Remainder
from planner.errors import PlannerError
from planner.phrases import N_, Phrase


class LeftTooLargeError(PlannerError):
    """More is said to be left of a plan than the whole plan repays."""

    message = N_("{left} cannot be left of a plan of {amount}.")


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """A plan as the lender states it: equal instalments, and a flat fee.

    Attributes:
        amount: What the whole plan repays.
        count: How many monthly instalments it has in all.
        due_on: When the first of the rows here is due.
        fee: A monthly rate on the whole amount, or the fee of the whole plan.
        timing: When the fee is paid.
        first: The number of the first row here; above 1 for a plan that is already running.
        left: What the rows here repay, where the lender says something else than equal parts come to.
        rounding: How the lender rounds.
    """

    amount: Money
    count: int
    due_on: date
    fee: Rate | Money
    timing: FeeTiming = FeeTiming.EVEN
    first: int = 1
    left: Money | None = None
    rounding: Rounding = DEFAULT_ROUNDING

    def draft(self) -> PlanDraft:
        """The rows that follow from it.

        Raises:
            LeftTooLargeError: More is left than the whole plan repays.
        """
        day = self.due_on.day
        dues = [add_months(self.due_on, number - self.first, day) for number in range(1, self.count + 1)]
        rows = flat_fee(self.amount, dues, self.fee, self.timing, self.rounding)
        before, here = rows[: self.first - 1], rows[self.first - 1 :]
        if self.left is None or not before:
            return PlanDraft(before, here)
        if self.left > self.amount:
            raise LeftTooLargeError(left=self.left, amount=self.amount)
        # The row that takes the remainder by the lender's rule may be over; then the last one does.
        parts = split(self.left, len(here), self.rounding.principal, Remainder.LAST)
        rounding = self.rounding
        paid = split(self.amount - self.left, len(before), rounding.principal, rounding.remainder)
        return PlanDraft(_with_principals(before, paid), _with_principals(here, parts))


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The rows of a plan as its terms have them.

    Attributes:
        before: Those that were paid before the record begins.
        rows: Those that are recorded.
    """

    before: tuple[Instalment, ...]
    rows: tuple[Instalment, ...]

    @property
    def to_repay(self) -> Money:
        """What the recorded rows repay."""
        return sum_of((row.principal for row in self.rows), self.rows[0].principal.currency)


def _with_principals(rows: Sequence[Instalment], parts: Sequence[Money]) -> tuple[Instalment, ...]:
    return tuple(replace(row, principal=part) for row, part in zip(rows, parts, strict=True))


@dataclass(frozen=True, slots=True)
class PlanCost:
    """What the rows of a plan come to.

    Attributes:
        principal: What they repay.
        fees: The fees in them.
        interest: The interest in them.
        missing: What they still have to repay to match the plan; below nothing where they repay too much.
        in_order: Whether each row is due after the one before it.
        apr: The true rate of the whole plan; None if the rows do not match, or none can be said.
        derivation: How the rate was made; None without one.
    """

    principal: Money
    fees: Money
    interest: Money
    missing: Money
    in_order: bool
    apr: Apr | None = None
    derivation: Derivation | None = None

    @property
    def total(self) -> Money:
        """What is to pay in all."""
        return self.principal + self.fees + self.interest


def plan_cost(
    rows: Sequence[Instalment],
    to_repay: Money,
    before: Sequence[Instalment] | None = (),
    given: Sequence[Given] = (),
) -> PlanCost:
    """What the rows of a plan come to, and the true rate of the plan.

    The rate counts the payments month by month, the first one month after the beginning, as the
    lender's own table does; a month that was left out counts.

    Args:
        rows: The rows, in order.
        to_repay: What they are to repay together.
        before: The rows before them, as the terms of the plan have them; None if nobody knows them.
        given: What else went in.
    """
    currency = to_repay.currency
    principal = sum_of((row.principal for row in rows), currency)
    dues = [row.due_on for row in rows]
    cost = PlanCost(
        principal,
        sum_of((row.fee for row in rows), currency),
        sum_of((row.interest for row in rows), currency),
        to_repay - principal,
        in_order=all(early < late for early, late in pairwise(dues)),
    )
    if cost.missing or before is None or to_repay.minor <= 0:
        return cost
    whole = sorted((*before, *rows), key=lambda row: row.due_on)
    amount = sum_of((row.principal for row in whole), currency)
    start = whole[0].due_on
    months = [(row.due_on.year - start.year) * 12 + row.due_on.month - start.month + 1 for row in whole]
    try:
        costed = costing(amount, whole, months)
    except SeveralRatesError:
        return cost
    if costed.apr is None:
        return cost
    derivation = Derivation(
        FEE_RULE,
        (Given(Phrase("Amount of the plan"), amount), *given),
        tuple(cost_workings(costed)),
        Phrase("Each instalment is rounded to the cent as lenders do; rates are shown to two decimals."),
    )
    return replace(cost, apr=costed.apr, derivation=derivation)


def fee_given(fee: Rate | Money, source: Source | None = None) -> Given:
    """The fee of a plan as an input, with who says so where it is not the user."""
    if isinstance(fee, Rate):
        return Given(Phrase("Fee a month, on the original amount"), fee, source)
    return Given(Phrase("Fee of the whole plan"), fee, source)
