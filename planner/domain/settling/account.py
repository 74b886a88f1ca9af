"""What settling everything on an account comes to: what is open in full, and each plan early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.account import Account
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money, sum_of
from planner.domain.overdue import LateCost
from planner.domain.settling.plan import SettlementRange, saving, settlement_range
from planner.domain.settling.policy import PlanRest
from planner.domain.sourced import Span
from planner.phrases import Phrase

_LATE = Phrase("Late cost and daily charges by now, an estimate")


@dataclass(frozen=True, slots=True)
class PlanSettlement:
    """Settling one plan.

    Attributes:
        plan: The plan.
        rest: Its rows that fall due later, with what is open of each.
        cost: What settling them costs.
    """

    plan: InstalmentPlan
    rest: PlanRest
    cost: Derived[SettlementRange]

    @property
    def rows(self) -> tuple[Instalment, ...]:
        """Its rows that fall due later, with what is open of each."""
        return self.rest.rows

    @property
    def saving(self) -> Derived[Span[Money]]:
        """What settling them saves."""
        return saving(self.rest, self.cost)


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
    settled = plan_settlements(account, later, plans, on)
    late_by_now = late.at if late is not None else None
    missing = (
        (Phrase("The late cost is not in this amount: the lender’s rate is not known."),)
        if late is not None and late_by_now is None
        else ()
    )
    full = sum_of((due.open for due in in_full), account.currency)
    parts = [(_early(each.plan), each.cost.value.amount) for each in settled]
    if late_by_now is not None:
        parts.append((_LATE, late_by_now.value))
    total = Span(
        sum_of((span.low for _text, span in parts), account.currency) + full,
        sum_of((span.high for _text, span in parts), account.currency) + full,
    )
    given = (
        *(Given(due.label, due.still_due) for due in in_full),
        *(
            Given(_early(each.plan), Derived(each.cost.value.amount, each.cost.derivation))
            for each in settled
        ),
        *((Given(_LATE, late_by_now),) if late_by_now is not None else ()),
    )
    workings = (
        Working(Phrase("Open in full"), full),
        *(Working(text, span) for text, span in parts),
        Working(Phrase("Together"), total),
        *(Working(text) for text in missing),
    )
    rule = Phrase(
        "To settle everything = what is open in full + settling each plan early + the late cost "
        "that is not posted yet"
    )
    derivation = Derivation(rule, given, workings)
    return Settlement(in_full, settled, late_by_now, Derived(total, derivation), missing)


def _early(plan: InstalmentPlan) -> Phrase:
    return Phrase("Settling {plan} early", plan=Phrase.own(plan.name))


def plan_settlements(
    account: Account, dues: Iterable[Due], plans: Mapping[str, InstalmentPlan], on: date
) -> tuple[PlanSettlement, ...]:
    """Settling each plan of an account that has rows which fall due after a day.

    Args:
        account: The account.
        dues: Its dues, settled ones and those of other kinds may be among them.
        plans: Its plans that have an open row, whole, by id.
        on: The day of settling.
    """
    later = [due for due in dues if due.open and _falls_due_later(due, on)]
    return tuple(
        _plan_settlement(account, plans[plan_id], [due for due in later if due.plan_id == plan_id], on)
        for plan_id in dict.fromkeys(due.plan_id for due in later)
    )


def _falls_due_later(due: Due, on: date) -> bool:
    return due.kind is DueKind.INSTALMENT and due.due_on is not None and due.due_on > on


def _plan_settlement(account: Account, plan: InstalmentPlan, dues: Sequence[Due], on: date) -> PlanSettlement:
    rest = rest_of(plan, dues, on)
    is_first_day = plan.started_on == on
    cost = settlement_range(rest, account.terms.early_settlement, is_first_day=is_first_day, law=account.law)
    return PlanSettlement(plan, rest, cost)


def rest_of(plan: InstalmentPlan, dues: Sequence[Due], on: date) -> PlanRest:
    """What is left of a plan on a day.

    Args:
        plan: The plan, whole.
        dues: Those of its rows that are open and fall due later; at least one.
        on: The day.
    """
    open_by_id = {due.id: due for due in dues}
    rows = sorted(plan.rows, key=lambda row: row.due_on)
    left = tuple(_open_part(row, open_by_id[row.id]) for row in rows if row.id in open_by_id)
    first = next(row for row in rows if row.id in open_by_id)
    before = [row.due_on for row in rows if row.due_on < first.due_on]
    paid = first.fee + first.interest - left[0].fee - left[0].interest
    return PlanRest(left, on, before[-1] if before else plan.started_on, paid)


def _open_part(row: Instalment, due: Due) -> Instalment:
    """What is left of a row after what was paid on it: fees first, then interest, then principal."""
    paid = due.paid_amount
    fee = max(row.fee - paid, paid.zero)
    paid -= row.fee - fee
    interest = max(row.interest - paid, paid.zero)
    return replace(row, fee=fee, interest=interest, principal=due.open - fee - interest)
