"""What a lender's instalment plan says, and the rows, the cost and the true rate that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import pairwise

from planner.domain.apr import Apr, Convention
from planner.domain.convention import convention_of
from planner.domain.dates import add_months, months_between
from planner.domain.derivation import Derivation, Given
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.offers.costing import Costing, costing
from planner.domain.offers.working import ROUNDING, cost_workings, rate_rule
from planner.domain.plans.level import FirstPeriod, Interest, equal_principal, level
from planner.domain.plans.schedule import DEFAULT_ROUNDING, Rounding, flat_fee, split
from planner.domain.rate import Rate
from planner.domain.sourced import Source
from planner.domain.term import FeeTiming, Remainder
from planner.errors import PlannerError
from planner.phrases import N_, Phrase


class PlanKind(StrEnum):
    """How a plan is repaid: equal parts with a flat fee, or with interest on what is owed."""

    FLAT_FEE = "flat_fee"
    LEVEL = "level"
    EQUAL_PRINCIPAL = "equal_principal"


class LeftTooLargeError(PlannerError):
    """More is said to be left of a plan than the whole plan repays."""

    message = N_("{left} cannot be left of a plan of {amount}.")


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """A plan as the lender states it: equal instalments and a flat fee, or a loan that bears interest.

    Attributes:
        amount: What the whole plan repays.
        count: How many monthly instalments it has in all.
        due_on: When the first of the rows here is due.
        fee: A monthly rate on the whole amount, or the fee of the whole plan; beside interest too.
        timing: When the fee is paid.
        first: The number of the first row here; above 1 for a plan that is already running.
        left: What the rows here repay, where the lender says something else than equal parts come to.
        rounding: How the lender rounds.
        dues: When every instalment is due, where the account's cycle says it; else each keeps the day of the
            month of ``due_on``.
        kind: How it is repaid.
        interest: The nominal yearly rate on what is owed, for the kinds that bear one.
        free_months: For how many of the first months neither fee nor interest is charged.
        first_period: How the first period is counted if it is not one month; None if it is.
    """

    amount: Money
    count: int
    due_on: date
    fee: Rate | Money
    timing: FeeTiming = FeeTiming.EVEN
    first: int = 1
    left: Money | None = None
    rounding: Rounding = DEFAULT_ROUNDING
    dues: tuple[date, ...] = ()
    kind: PlanKind = PlanKind.FLAT_FEE
    interest: Rate | None = None
    free_months: int = 0
    first_period: FirstPeriod | None = None

    def draft(self) -> PlanDraft:
        """The rows that follow from it.

        Raises:
            LeftTooLargeError: More is left than the whole plan repays.
        """
        day = self.due_on.day
        dues = self.dues or tuple(
            add_months(self.due_on, number - self.first, day) for number in range(1, self.count + 1)
        )
        rows = self._rows(dues)
        opening: tuple[Instalment, ...] = ()
        if self.timing is FeeTiming.UPFRONT:
            rows, opening = self._paid_before(rows)
        before, here = rows[: self.first - 1], rows[self.first - 1 :]
        if self.left is not None and before:
            before, here = self._with_left(self.left, before, here)
        start = self.first_period.start if self.first_period is not None else None
        return PlanDraft((*opening, *before), here, start)

    def _paid_before(
        self, rows: Sequence[Instalment]
    ) -> tuple[tuple[Instalment, ...], tuple[Instalment, ...]]:
        """A fee that was paid at the beginning is no row of the record, but it counts in the rate."""
        zero, first = self.amount.zero, self.first_period
        start = first.start if first is not None else add_months(rows[0].due_on, -1)
        opening = Instalment(0, start, zero, rows[0].fee, zero)
        return tuple(replace(row, fee=zero) for row in rows), (opening,)

    def _rows(self, dues: Sequence[date]) -> tuple[Instalment, ...]:
        fees = flat_fee(self.amount, dues, self.fee, self.timing, self.rounding, self.free_months)
        if self.kind is PlanKind.FLAT_FEE or self.interest is None:
            return fees
        plan = level if self.kind is PlanKind.LEVEL else equal_principal
        bears = Interest(self.interest, self.free_months, self.first_period)
        rows = plan(self.amount, dues, bears, self.rounding)
        return tuple(replace(row, fee=other.fee) for row, other in zip(rows, fees, strict=True))

    def _with_left(
        self, left: Money, before: Sequence[Instalment], here: Sequence[Instalment]
    ) -> tuple[tuple[Instalment, ...], tuple[Instalment, ...]]:
        """The rows where the lender says that something else is left than the plan comes to."""
        if left > self.amount:
            raise LeftTooLargeError(left=left, amount=self.amount)
        rounding = self.rounding
        paid = split(self.amount - left, len(before), rounding.principal, rounding.remainder)
        earlier = _with_principals(before, paid)
        if self.kind is PlanKind.FLAT_FEE or self.interest is None:
            # The row that takes the remainder by the lender's rule may be over; then the last one does.
            parts = split(left, len(here), rounding.principal, Remainder.LAST)
            return earlier, _with_principals(here, parts)
        plan = level if self.kind is PlanKind.LEVEL else equal_principal
        bears = Interest(self.interest, max(self.free_months - len(before), 0))
        anew = plan(left, [row.due_on for row in here], bears, rounding)
        rows = zip(here, anew, strict=True)
        return earlier, tuple(
            replace(row, principal=new.principal, interest=new.interest) for row, new in rows
        )


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The rows of a plan as its terms have them.

    Attributes:
        before: Those that were paid before the record begins; number 0 is a fee paid at the beginning.
        rows: Those that are recorded.
        lent_on: The day of the advance, where the first period is not one month; else None.
    """

    before: tuple[Instalment, ...]
    rows: tuple[Instalment, ...]
    lent_on: date | None = None

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
        rest: The true rate of these rows alone, on what they repay, as if it were lent a month before the
            first of them; the same as ``apr`` for a whole plan.
        no_rate: Why there is no true rate of the whole plan, where the payments themselves have none.
        explain: Tells how the rate of the whole plan was made.
    """

    principal: Money
    fees: Money
    interest: Money
    missing: Money
    in_order: bool
    apr: Apr | None = None
    rest: Apr | None = None
    no_rate: Phrase | None = None
    explain: Callable[[], Derivation] | None = field(default=None, compare=False, repr=False)

    @property
    def total(self) -> Money:
        """What is to pay in all."""
        return self.principal + self.fees + self.interest

    @property
    def derivation(self) -> Derivation | None:
        """How the rate was made; None without one."""
        return self.explain() if self.explain is not None else None


def plan_cost(
    rows: Sequence[Instalment],
    to_repay: Money,
    before: Sequence[Instalment] | None = (),
    given: Sequence[Given] = (),
    convention: Convention | None = None,
    lent_on: date | None = None,
) -> PlanCost:
    """What the rows of a plan come to, and the true rate of the plan.

    The rate counts the payments month by month, the first one month after the beginning, as the
    lender's own table does; a month that was left out counts. Outside China it counts by dates.

    Args:
        rows: The rows, in order.
        to_repay: What they are to repay together.
        before: The rows before them, as the terms of the plan have them; None if nobody knows them. Number
            0 is what was paid at the beginning.
        given: What else went in.
        convention: By which rules the rate is worked out; None for those of the currency.
        lent_on: The day of the advance, where the first period is not one month; it then counts by dates.
    """
    currency = to_repay.currency
    principal = sum_of((row.principal for row in rows), currency)
    cost = PlanCost(
        principal,
        sum_of((row.fee for row in rows), currency),
        sum_of((row.interest for row in rows), currency),
        to_repay - principal,
        in_order=all(early.due_on < late.due_on for early, late in pairwise(rows)),
    )
    if cost.missing or to_repay.minor <= 0:
        return cost
    rules = convention or convention_of("", currency)
    here = _costed(rows, rules, None if before is None or before else lent_on)
    cost = replace(cost, rest=here.apr)
    if before is None:
        return cost
    whole = _costed((*before, *rows), rules, lent_on) if before else here
    if whole.apr is None:
        return replace(cost, no_rate=whole.no_rate)
    return replace(cost, apr=whole.apr, explain=partial(_derivation, whole, tuple(given)))


def _costed(rows: Sequence[Instalment], convention: Convention, lent_on: date | None) -> Costing:
    ordered = sorted(rows, key=lambda row: (bool(row.number), row.due_on))
    first = next(row.due_on for row in ordered if row.number)
    months = [months_between(first, row.due_on) + 1 if row.number else 0 for row in ordered]
    amount = sum_of((row.principal for row in ordered), ordered[0].principal.currency)
    start = lent_on or add_months(first, -1)
    return costing(amount, ordered, months, start, convention, by_dates=lent_on is not None)


def _derivation(whole: Costing, given: tuple[Given, ...]) -> Derivation:
    amount = whole.total - whole.fees
    return Derivation(
        rate_rule(whole.convention),
        (Given(Phrase("Amount of the plan"), amount), *given),
        tuple(cost_workings(whole)),
        ROUNDING,
    )


def fee_given(fee: Rate | Money, source: Source | None = None) -> Given:
    """The fee of a plan as an input, with who says so where it is not the user."""
    if isinstance(fee, Rate):
        return Given(Phrase("Fee a month, on the original amount"), fee, source)
    return Given(Phrase("Fee of the whole plan"), fee, source)


def interest_given(rate: Rate, source: Source | None = None) -> Given:
    """The interest of a plan as an input, with who says so where it is not the user."""
    return Given(Phrase("Yearly rate on what is owed"), rate, source)
