"""What settling an instalment plan early costs, by each lender's rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.sourced import Sourced, Span
from planner.domain.terms import EarlyPolicy
from planner.phrases import Phrase

POLICY_WORDS = {
    EarlyPolicy.REMAINING_FEES_DUE: Phrase("all remaining fees are still due"),
    EarlyPolicy.WAIVE_REMAINING: Phrase("the remaining fees are waived"),
    EarlyPolicy.SAME_DAY: Phrase("free on the day of the purchase"),
    EarlyPolicy.BILLED_PLUS_NEXT: Phrase("the fee of the next instalment is due, the others are waived"),
    EarlyPolicy.NEXT_PLUS_ONE: Phrase("the fees of two more instalments are due, the others are waived"),
}

# For how many of the rows still open the fee is due.
_FEES_DUE = {
    EarlyPolicy.WAIVE_REMAINING: 0,
    EarlyPolicy.SAME_DAY: 0,
    EarlyPolicy.BILLED_PLUS_NEXT: 1,
    EarlyPolicy.NEXT_PLUS_ONE: 2,
}


def early_settlement(open_rows: Sequence[Instalment], policy: EarlyPolicy) -> Money:
    """What to pay to settle the open rows of a plan at once.

    Source: DOMAIN A4 (four JD policies and Douyin's, all from third parties).

    Args:
        open_rows: The rows not paid yet, in order; at least one.
        policy: The lender's rule.
    """
    currency = open_rows[0].principal.currency
    due = open_rows[: _FEES_DUE.get(policy, len(open_rows))]
    return sum_of((row.principal for row in open_rows), currency) + sum_of(
        (row.fee + row.interest for row in due), currency
    )


@dataclass(frozen=True, slots=True)
class SettlementRange:
    """What settling early costs over every rule that may hold.

    Attributes:
        amount: From the least to the most.
        policies: The rules looked at.
        known: Whether the lender's rule is known and undisputed.
    """

    amount: Span[Money]
    policies: tuple[EarlyPolicy, ...]
    known: bool


def settlement_range(
    open_rows: Sequence[Instalment], policy: Sourced[EarlyPolicy], drawn_on: date | None, on: date
) -> Derived[SettlementRange]:
    """What to pay to settle a plan today, over every rule that the sources name.

    An unknown rule stands for all of them; "free on the day of the purchase" counts on that day only.

    Args:
        open_rows: The rows not paid yet, in order; at least one.
        policy: The account's term.
        drawn_on: When the plan was agreed, if known.
        on: The day of settling.
    """
    named = [claim.value for claim in policy.counting] or list(EarlyPolicy)
    policies = tuple(dict.fromkeys(p for p in named if p is not EarlyPolicy.SAME_DAY or drawn_on == on))
    policies = policies or (EarlyPolicy.REMAINING_FEES_DUE,)
    amounts = {p: early_settlement(open_rows, p) for p in policies}
    result = SettlementRange(
        Span(min(amounts.values()), max(amounts.values())), policies, known=policy.value is not None
    )
    sources = {claim.value: claim.source for claim in policy.counting}
    return Derived(
        result,
        Derivation(
            Phrase("Settling early = the principal of the open instalments + the fees that the lender's rule keeps"),
            tuple(Given(row_label(row), row.total) for row in open_rows),
            tuple(
                Working(Phrase("If {rule}", rule=POLICY_WORDS[p]), amount) for p, amount in amounts.items()
            )
            + tuple(
                Working(Phrase("{rule}: {source}", rule=POLICY_WORDS[p], source=sources[p].name))
                for p in policies
                if p in sources
            ),
        ),
    )


def row_label(row: Instalment) -> Phrase:
    """What to call a row of a plan."""
    return Phrase("Instalment {number}, {date}", number=row.number, date=row.due_on)
