"""What putting the rest of a plan into instalments again would change: the month, the end, all it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.plans.row_figures import ChangedRows, costs_of_rows, lower_by
from planner.domain.plans.schedule import DEFAULT_ROUNDING, Rounding, flat_fee
from planner.domain.rate import Rate
from planner.domain.settling.plan import SettlementRange
from planner.domain.settling.policy import PlanRest
from planner.domain.sourced import Span
from planner.domain.term import FeeTiming
from planner.phrases import Phrase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NewPlan:
    """The plan into which the rest of another would be put.

    Attributes:
        dues: The due date of each row.
        fee: A monthly rate on what is put into it, or the fee of all of it.
        timing: When the fee is paid.
        rounding: How the lender rounds.
    """

    dues: tuple[date, ...]
    fee: Rate | Money
    timing: FeeTiming = FeeTiming.EVEN
    rounding: Rounding = DEFAULT_ROUNDING

    def rows(self, principal: Money) -> tuple[Instalment, ...]:
        """Its rows."""
        return flat_fee(principal, self.dues, self.fee, self.timing, self.rounding)


@dataclass(frozen=True, slots=True)
class Reinstalled(ChangedRows):
    """What putting the rest of a plan into instalments again would change.

    Attributes:
        kept: What of the old plan's fees stays due, by the lender's rule for ending it.
        more: How much more all of it costs from now on; below nothing where it gets cheaper.
    """

    kept: Span[Money]
    more: Derived[Span[Money]]

    @property
    def lower(self) -> Derived[Money]:
        """By how much the highest payment gets lower; below nothing where it gets higher."""
        return lower_by(self.month_before, self.month_after)

    @property
    def warning(self) -> Phrase:
        """What to know before doing it, calmly, with the numbers."""
        ends = {"last": self.last_after, "before": self.last_before}
        if self.lower.value.minor <= 0:
            return Phrase(
                "The month does not get lower: the highest payment is {month} instead of {now}. {cost} It "
                "ends on {last} instead of {before}.",
                month=self.month_after,
                now=self.month_before,
                cost=self._cost,
                **ends,
            )
        return Phrase(
            "The month gets lower by {lower}. {cost} It ends on {last} instead of {before}. That helps for a "
            "while; what is owed stays the same.",
            lower=self.lower,
            cost=self._cost,
            **ends,
        )

    @property
    def _cost(self) -> Phrase:
        """What it costs more in all, or less, as a sentence."""
        more = self.more.value
        if more.low.minor >= 0:
            return Phrase("In all it costs {more} more.", more=self.more)
        if more.high.minor <= 0:
            return Phrase("In all it costs {less} less.", less=self._turned(Span(-more.high, -more.low)))
        return Phrase(
            "In all it costs up to {less} less or up to {more} more, depending on the lender’s rule.",
            less=self._turned(-more.low),
            more=self._turned(more.high),
        )

    def _turned(self, value: T) -> Derived[T]:
        """A part of what it costs more, or the same as what it costs less."""
        return Derived(value, lambda: self.more.derivation)


def reinstalled(rest: PlanRest, cost: Derived[SettlementRange], plan: NewPlan) -> Reinstalled:
    """What putting the rest of a plan into instalments again would change.

    The principal still open moves into the new plan. How much of the old fees stays due is taken from
    the lender's rule for settling early, since ending the old plan is that; unknown, it is a range.

    Args:
        rest: What is left of the plan.
        cost: What settling it costs.
        plan: The new plan.
    """
    after = plan.rows(rest.principal)
    kept = cost.value.amount.map(lambda amount: amount - rest.principal)
    new = costs_of_rows(after, rest.currency).value
    more = kept.map(lambda part: new + part - rest.cost)

    def derivation() -> Derivation:
        return _derivation(rest, cost, plan, new, more)

    return Reinstalled(rest.rows, after, kept, Derived(more, derivation))


def _derivation(
    rest: PlanRest, cost: Derived[SettlementRange], plan: NewPlan, new: Money, more: Span[Money]
) -> Derivation:
    kept = cost.value.amount.map(lambda amount: amount - rest.principal)
    label = Phrase("Fee a month, on the original amount")
    given: Sequence[Given] = (
        Given(Phrase("Principal of the open instalments"), rest.principal),
        Given(
            Phrase("Fees and interest still to come if it runs on"), costs_of_rows(rest.rows, rest.currency)
        ),
        Given(Phrase("To settle the old plan"), Derived(cost.value.amount, cost.derivation)),
        Given(Phrase("Instalments of the new plan"), len(plan.dues)),
        Given(label if isinstance(plan.fee, Rate) else Phrase("Fee of the whole plan"), plan.fee),
    )
    workings = (
        Working(Phrase("Fees and interest of the new plan"), new),
        Working(Phrase("Fees of the old plan that stay due: to settle it − its principal"), kept),
        Working(Phrase("More in all"), more),
    )
    rule = Phrase(
        "How much more it costs = the fees of the new plan + the fees of the old one that stay due − the "
        "fees and interest that were still to come"
    )
    return Derivation(rule, tuple(given), workings)


def same_days(plan: InstalmentPlan, rest: PlanRest, count: int) -> tuple[date, ...]:
    """The due dates of a plan made of another: the day of the month stays, the first is the next old one.

    Args:
        plan: The old plan, whole.
        rest: What is left of it.
        count: How many instalments the new one has.
    """
    first = rest.rows[0].due_on
    # A month end that was clamped goes on to the day of the others.
    is_clamped = add_months(first, 0, 31) == first
    anchor = max(row.due_on.day for row in plan.rows) if is_clamped else first.day
    return tuple(add_months(first, month, anchor) for month in range(count))
