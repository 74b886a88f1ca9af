"""What settling early costs: one instalment plan by each lender's rule, and everything on an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.account import Account
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money, sum_of
from planner.domain.overdue import LateCost
from planner.domain.sourced import Sourced, Span
from planner.domain.term import EarlyPolicy
from planner.phrases import Phrase

POLICY_WORDS = {
    EarlyPolicy.REMAINING_FEES_DUE: Phrase("all remaining fees are still due"),
    EarlyPolicy.WAIVE_REMAINING: Phrase("the remaining fees are waived"),
    EarlyPolicy.SAME_DAY: Phrase("free on the day of the purchase"),
    EarlyPolicy.BILLED_PLUS_NEXT: Phrase("the fee of the next instalment is due, the others are waived"),
    EarlyPolicy.NEXT_PLUS_ONE: Phrase("the fees of two more instalments are due, the others are waived"),
    EarlyPolicy.ACTUAL_TIME: Phrase("interest and fees are due up to the day of settling only"),
    EarlyPolicy.FR_INDEMNITY: Phrase(
        "interest and fees are due up to the day of settling, and an indemnity within the French limits"
    ),
}

# For how many of the rows still open the fee is due.
_FEES_DUE = {
    EarlyPolicy.WAIVE_REMAINING: 0,
    EarlyPolicy.SAME_DAY: 0,
    EarlyPolicy.BILLED_PLUS_NEXT: 1,
    EarlyPolicy.NEXT_PLUS_ONE: 2,
    EarlyPolicy.ACTUAL_TIME: 1,
    EarlyPolicy.FR_INDEMNITY: 1,
}


def early_settlement(open_rows: Sequence[Instalment], policy: EarlyPolicy) -> Money:
    """What to pay to settle the open rows of a plan at once.

    Source: the rules as third parties give them, ceihk.net (2023-10-10), m.sboyo.com/1/2129686 and
    php.cn (2025-03-14) for JD, csai.cn (2025) for Douyin.

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
    """What settling a plan early costs over every rule that may hold.

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

    An unknown rule stands for all of them. "Free on the day of the purchase" counts on that day
    only, and says nothing about any other.

    Args:
        open_rows: The rows not paid yet, in order; at least one.
        policy: The account's term.
        drawn_on: When the plan was agreed, if known.
        on: The day of settling.
    """
    claims = tuple(
        claim for claim in policy.counting if claim.value is not EarlyPolicy.SAME_DAY or drawn_on == on
    )
    policies = tuple(dict.fromkeys(claim.value for claim in claims)) or tuple(
        rule for rule in EarlyPolicy if rule is not EarlyPolicy.SAME_DAY
    )
    amounts = {rule: early_settlement(open_rows, rule) for rule in policies}
    result = SettlementRange(
        Span(min(amounts.values()), max(amounts.values())),
        policies,
        known=bool(claims) and len(policies) == 1,
    )
    rules = tuple(
        Given(Phrase("The lender’s rule, as one source gives it"), POLICY_WORDS[claim.value], claim.source)
        for claim in claims
    ) or (Given(Phrase("The lender’s rule"), Phrase("not known, so each rule in use is looked at")),)
    workings = [Working(Phrase("If {rule}", rule=POLICY_WORDS[rule]), amounts[rule]) for rule in policies]
    if EarlyPolicy.BILLED_PLUS_NEXT in policies:
        # php.cn breaks off in the middle of its formula.
        workings.append(
            Working(
                Phrase(
                    "One source names a further settlement fee without saying fully how it is worked out. "
                    "It is not in these amounts."
                )
            )
        )
    return Derived(
        result,
        Derivation(
            Phrase(
                "Settling early = the principal of the open instalments + the fees the lender’s rule keeps"
            ),
            (*(Given(row_label(row), row.total) for row in open_rows), *rules),
            tuple(workings),
        ),
    )


def row_label(row: Instalment) -> Phrase:
    """What to call a row of a plan."""
    return Phrase("Instalment {number}, {date}", number=row.number, date=row.due_on)


@dataclass(frozen=True, slots=True)
class PlanSettlement:
    """Settling one plan.

    Attributes:
        plan: The plan.
        rows: Its rows that fall due later, with what is open of each.
        cost: What settling them costs.
    """

    plan: InstalmentPlan
    rows: tuple[Instalment, ...]
    cost: Derived[SettlementRange]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settling everything on an account comes to on a day.

    Attributes:
        in_full: What is to be paid as it stands: bills, purchases, charges, instalments due by now.
        plans: Each plan with instalments that fall due later.
        late: What being late has cost by then and is not posted yet; None if nothing is late or the
            rate is unknown.
        total: All of it, from the least to the most.
        missing: What may come on top and is not in the total, in words.
    """

    in_full: tuple[Due, ...]
    plans: tuple[PlanSettlement, ...]
    late: Derived[Span[Money]] | None
    total: Derived[Span[Money]]
    missing: tuple[Phrase, ...]


def settlement(
    account: Account,
    dues: Sequence[Due],
    plans: Mapping[str, InstalmentPlan],
    on: date,
    late: LateCost | None = None,
) -> Settlement:
    """What settling everything on an account comes to on a day.

    Args:
        account: The account.
        dues: Its dues, settled ones may be among them.
        plans: Its plans that have an open row, whole, by id.
        on: The day of settling.
        late: What paying on that day costs because something is late; None if nothing is.
    """
    open_dues = [due for due in dues if due.open]
    later = [due for due in open_dues if _falls_due_later(due, on)]
    later_ids = {due.id for due in later}
    in_full = tuple(due for due in open_dues if due.id not in later_ids)
    settled = tuple(
        _plan_settlement(account, plans[plan_id], [due for due in later if due.plan_id == plan_id], on)
        for plan_id in dict.fromkeys(due.plan_id for due in later)
    )
    late_by_now = late.at if late is not None else None
    missing = (
        (Phrase("The late cost is not in this amount: the lender’s rate is not known."),)
        if late is not None and late_by_now is None
        else ()
    )
    full = sum_of((due.open for due in in_full), account.currency)
    parts = [
        (Phrase("Settling {plan} early", plan=Phrase.own(each.plan.name)), each.cost.value.amount)
        for each in settled
    ]
    if late_by_now is not None:
        parts.append((Phrase("Late cost and daily charges by now, an estimate"), late_by_now.value))
    total = Span(
        sum_of((span.low for _text, span in parts), account.currency) + full,
        sum_of((span.high for _text, span in parts), account.currency) + full,
    )
    derivation = Derivation(
        Phrase(
            "To settle everything = what is open in full + settling each plan early + the late cost "
            "that is not posted yet"
        ),
        tuple(Given(due.label, due.open) for due in in_full),
        (
            Working(Phrase("Open in full"), full),
            *(Working(text, span) for text, span in parts),
            Working(Phrase("Together"), total),
            *(Working(text) for text in missing),
        ),
    )
    return Settlement(in_full, settled, late_by_now, Derived(total, derivation), missing)


def _falls_due_later(due: Due, on: date) -> bool:
    return due.kind is DueKind.INSTALMENT and due.due_on is not None and due.due_on > on


def _plan_settlement(account: Account, plan: InstalmentPlan, dues: Sequence[Due], on: date) -> PlanSettlement:
    open_by_id = {due.id: due for due in dues}
    rows = tuple(
        _open_part(row, open_by_id[row.id])
        for row in sorted(plan.rows, key=lambda row: row.due_on)
        if row.id in open_by_id
    )
    cost = settlement_range(rows, account.terms.early_settlement, plan.started_on, on)
    return PlanSettlement(plan, rows, cost)


def _open_part(row: Instalment, due: Due) -> Instalment:
    """What is left of a row after what was paid on it: fees first, then interest, then principal."""
    paid = due.paid_amount
    fee = max(row.fee - paid, paid.zero)
    paid -= row.fee - fee
    interest = max(row.interest - paid, paid.zero)
    paid -= row.interest - interest
    return replace(row, fee=fee, interest=interest, principal=due.open - fee - interest)
