"""What settling an instalment plan early costs, by each rule that lenders and laws have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.recorded import made_row, row_words
from planner.domain.settling.fr_indemnity import INDEMNITY_SOURCE, EarlyRepayment, months_left
from planner.domain.sourced import Reliability, Source, Span
from planner.domain.term import EarlyPolicy
from planner.phrases import N_, Phrase

_LOOKED = date(2026, 11, 22)

POLICY_WORDS: Mapping[EarlyPolicy, Phrase] = {
    EarlyPolicy.REMAINING_FEES_DUE: Phrase("all remaining fees are still due"),
    EarlyPolicy.WAIVE_REMAINING: Phrase("the remaining fees are waived"),
    EarlyPolicy.SAME_DAY: Phrase("free on the day of the purchase"),
    EarlyPolicy.BILLED_PLUS_NEXT: Phrase("the fee of the next instalment is due, the others are waived"),
    EarlyPolicy.NEXT_PLUS_ONE: Phrase("the fees of two more instalments are due, the others are waived"),
    EarlyPolicy.ACTUAL_TIME: Phrase("fees and interest are due up to the day of settling only"),
    EarlyPolicy.FR_INDEMNITY: Phrase(
        "fees and interest are due up to the day, and the French indemnity if it is asked"
    ),
}

POLICY_SOURCES: Mapping[EarlyPolicy, Source] = {
    EarlyPolicy.REMAINING_FEES_DUE: Source(N_("ceihk.net, 2023-10-10; m.sboyo.com/1/2315118"), _LOOKED),
    EarlyPolicy.WAIVE_REMAINING: Source(N_("11688com.com; m.sboyo.com/1/2129686"), _LOOKED),
    EarlyPolicy.SAME_DAY: Source(N_("php.cn, 2025-03-14 (excerpt)"), _LOOKED),
    EarlyPolicy.BILLED_PLUS_NEXT: Source(N_("php.cn, 2025-03-14 (excerpt)"), _LOOKED),
    EarlyPolicy.NEXT_PLUS_ONE: Source(N_("csai.cn, 2025"), _LOOKED),
    EarlyPolicy.ACTUAL_TIME: Source(
        N_("银保监规〔2022〕13号 (123592.com, 2022-07-07, in part)"), _LOOKED, Reliability.MEDIUM
    ),
    EarlyPolicy.FR_INDEMNITY: INDEMNITY_SOURCE,
}

# The rules that may hold where nobody says which. That a day is free says nothing about any other day.
_CHINA = (
    EarlyPolicy.REMAINING_FEES_DUE,
    EarlyPolicy.WAIVE_REMAINING,
    EarlyPolicy.BILLED_PLUS_NEXT,
    EarlyPolicy.NEXT_PLUS_ONE,
    EarlyPolicy.ACTUAL_TIME,
)
_BY_LAW: Mapping[str, tuple[EarlyPolicy, ...]] = {
    "CN": _CHINA,
    # L312-34: nothing but this indemnity may be asked.
    "FR": (EarlyPolicy.FR_INDEMNITY,),
    "US": (EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.ACTUAL_TIME),
}

US_NOTE = Phrase(
    "There is no federal rule on the price of settling an instalment plan early. For precomputed interest "
    "over more than 61 months, what was paid too much comes back by the actuarial method (15 USC 1615). "
    "This is general knowledge and was not checked."
)


def policies_of(law: str) -> tuple[EarlyPolicy, ...]:
    """The rules that may hold in a country where the lender's own is unknown; all of them elsewhere.

    Source: each rule's own, see ``POLICY_SOURCES``; for the United States general knowledge, unverified.

    Args:
        law: ISO 3166 code; empty where nobody knows it.
    """
    return _BY_LAW.get(law, (*_CHINA, EarlyPolicy.FR_INDEMNITY))


@dataclass(frozen=True, slots=True)
class PlanRest:
    """What is left of a plan on a day.

    Attributes:
        rows: The rows that fall due later, with what is open of each, in order; at least one.
        on: The day.
        since: When the running period began: the due date before, or the day of agreement; None for a
            month before the first row.
        cost_paid: What of the first row's fee and interest is paid already; None for nothing.
        repaid_before: What was repaid early in the twelve months before, as far as is known.
    """

    rows: tuple[Instalment, ...]
    on: date
    since: date | None = None
    cost_paid: Money | None = None
    repaid_before: Money | None = None

    @property
    def currency(self) -> str:
        """The currency of the plan."""
        return self.rows[0].principal.currency

    @property
    def principal(self) -> Money:
        """The principal still open."""
        return sum_of((row.principal for row in self.rows), self.currency)

    @property
    def cost(self) -> Money:
        """The fees and interest still to come if it runs on."""
        return sum_of(map(cost_of, self.rows), self.currency)

    @property
    def scheduled(self) -> Money:
        """What is still to pay if it runs on."""
        return self.principal + self.cost

    @property
    def period(self) -> tuple[int, int]:
        """How many days of the running period are over, and how many it has."""
        due_on = self.rows[0].due_on
        since = self.since or add_months(due_on, -1)
        days = max((due_on - since).days, 1)
        return min(max((self.on - since).days, 0), days), days

    @property
    def paid(self) -> Money:
        """What of the first row's fee and interest is paid already."""
        return self.cost_paid or Money(0, self.currency)

    @property
    def period_cost(self) -> Money:
        """The whole fee and interest of the running period."""
        return cost_of(self.rows[0]) + self.paid

    def earned(self, rounding: str = ROUND_HALF_UP) -> Money:
        """The fee and interest of the running period up to the day: whole cost × days gone ÷ days of it.

        Source: "by the actual amount and time", 银保监规〔2022〕13号 (123592.com, 2022-07-07).

        Args:
            rounding: A rounding mode of ``decimal``.
        """
        gone, days = self.period
        # Multiplied before it is divided: a third of a day's cost must not lose a cent.
        part = Decimal(self.period_cost.minor * gone) / days
        return Money(int(part.to_integral_value(rounding)), self.currency)

    def accrued(self, rounding: str = ROUND_HALF_UP) -> Money:
        """What of that is still to pay; what was paid too much of it does not come back.

        Args:
            rounding: A rounding mode of ``decimal``.
        """
        return max(self.earned(rounding) - self.paid, self.paid.zero)


def cost_of(row: Instalment) -> Money:
    """What a row costs beyond its principal."""
    return row.fee + row.interest


def early_settlement(rest: PlanRest, policy: EarlyPolicy, rounding: str = ROUND_HALF_UP) -> Span[Money]:
    """What to pay to settle the rest of a plan at once, by one rule.

    Source: each rule's own, see ``POLICY_SOURCES``.

    Args:
        rest: What is left of the plan.
        policy: The rule.
        rounding: A rounding mode of ``decimal``, for costs that are counted by days.
    """
    return kept_cost(rest, policy, rounding).map(lambda cost: rest.principal + cost)


def kept_cost(rest: PlanRest, policy: EarlyPolicy, rounding: str = ROUND_HALF_UP) -> Span[Money]:
    """What of the fees and interest is still due when the rest of a plan is settled at once.

    The price of one more period is asked in any case, also of who settles before the last row.
    """
    zero = Money(0, rest.currency)
    match policy:
        case EarlyPolicy.WAIVE_REMAINING | EarlyPolicy.SAME_DAY:
            return Span.exactly(zero)
        case EarlyPolicy.BILLED_PLUS_NEXT:
            return Span.exactly(cost_of(rest.rows[0]))
        case EarlyPolicy.NEXT_PLUS_ONE:
            return Span.exactly(cost_of(rest.rows[0]) + _one_period(rest))
        case EarlyPolicy.ACTUAL_TIME:
            return Span.exactly(rest.accrued(rounding))
        case EarlyPolicy.FR_INDEMNITY:
            accrued = rest.accrued(rounding)
            return fr_indemnity(rest, rounding).value.map(lambda indemnity: accrued + indemnity)
        case _:
            return Span.exactly(rest.cost)


def fr_indemnity(
    rest: PlanRest, rounding: str = ROUND_HALF_UP, repaid: Money | None = None
) -> Derived[Span[Money]]:
    """From nothing to the most that a French lender may ask for repaying a plan early.

    Source: Code de la consommation, art. L312-34, D312-15, see ``EarlyRepayment``.

    Args:
        rest: What is left of the plan.
        rounding: A rounding mode of ``decimal``, for what has accrued by days.
        repaid: What is repaid now; None for all that is left of the principal.
    """
    return EarlyRepayment(
        rest.principal if repaid is None else repaid,
        months_left(rest.on, rest.rows[-1].due_on),
        rest.cost - rest.accrued(rounding),
        rest.repaid_before or Money(0, rest.currency),
    ).indemnity()


def _one_period(rest: PlanRest) -> Money:
    """The fee of one period beyond the next: that of the row after it, else of the last one as a whole."""
    return cost_of(rest.rows[1]) if len(rest.rows) > 1 else rest.period_cost


def settled_by(rest: PlanRest, policy: EarlyPolicy) -> Derived[Span[Money]]:
    """What to pay to settle the rest of a plan at once by one rule, and how that was made."""
    return Derived(early_settlement(rest, policy), lambda: _derivation(rest, policy))


_KEPT_WORDS: Mapping[EarlyPolicy, Phrase] = {
    EarlyPolicy.REMAINING_FEES_DUE: Phrase("All fees and interest still to come"),
    EarlyPolicy.WAIVE_REMAINING: Phrase("No fees and interest any more"),
    EarlyPolicy.SAME_DAY: Phrase("No fees and interest any more"),
    EarlyPolicy.BILLED_PLUS_NEXT: Phrase("The fee and interest of the next instalment"),
    EarlyPolicy.NEXT_PLUS_ONE: Phrase("The fees and interest of two instalments"),
    EarlyPolicy.ACTUAL_TIME: Phrase("Fee and interest up to the day"),
    EarlyPolicy.FR_INDEMNITY: Phrase("Fee and interest up to the day, with the indemnity"),
}


def _derivation(rest: PlanRest, policy: EarlyPolicy) -> Derivation:
    given = [Given(row_words(row), made_row(row)) for row in rest.rows]
    workings = [Working(Phrase("Principal of the open instalments"), rest.principal)]
    rounding = None
    if policy in {EarlyPolicy.ACTUAL_TIME, EarlyPolicy.FR_INDEMNITY}:
        gone, days = rest.period
        workings += [
            Working(Phrase("Fee and interest of the running period"), rest.period_cost),
            Working(Phrase("× {gone} of {days} days", gone=gone, days=days), rest.earned()),
        ]
        if rest.paid:
            workings.append(Working(Phrase("− what is paid of it, at least nothing"), rest.accrued()))
        if rest.since is None:
            workings.append(Working(Phrase("The running period is taken to be a month.")))
        rounding = Phrase("Rounded to the cent, half up.")
    if policy is EarlyPolicy.FR_INDEMNITY:
        given.append(Given(Phrase("The French indemnity"), fr_indemnity(rest), INDEMNITY_SOURCE))
    workings += [
        Working(_KEPT_WORDS[policy], kept_cost(rest, policy)),
        Working(Phrase("Together"), early_settlement(rest, policy)),
    ]
    rule = Phrase("Settling early = the principal of the open instalments + the fees the lender’s rule keeps")
    return Derivation(rule, tuple(given), tuple(workings), rounding)
