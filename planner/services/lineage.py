"""The chain of a recorded plan: what it was made of, what was made of it, and what one more would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.bill import Bill, LineKind
from planner.domain.due import DueKind
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.offers.bill_split import ORDER_LEAST, Order, SplitLimit, split_limit
from planner.domain.offers.deferral import Deferral, deferral
from planner.domain.plans.eligibility import Eligibility
from planner.domain.plans.lineage import Lineage, Step, lineage, steps
from planner.domain.plans.reinstalment import NewPlan, Reinstalled, reinstalled, same_days
from planner.domain.plans.resplit import Reinstalment, may_reinstal
from planner.domain.plans.schedule import rounding_of
from planner.domain.purchase import Purchase
from planner.domain.rate import Rate
from planner.domain.term import FeeTiming
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.plans import moved_out_of
from planner.services.settling import settling_of
from planner.store.store import Store

# Fees and interest are no orders, and what came back is in what is still to pay.
_SPLIT_KINDS = frozenset({LineKind.PURCHASE, LineKind.INSTALMENT, LineKind.CARRIED, LineKind.UNITEMISED})

# JD's sheet: its rule on small orders holds for its own accounts only.
_JD = "jd-baitiao"


class NoInstalmentsError(PlannerError):
    """A new plan without instalments."""

    message = N_("Enter at least one instalment for the new plan.")


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of a recorded plan.

    Attributes:
        account: Whose.
        lineage: Its plans.
        steps: What changed from each plan to the next.
        began: What the first plan was made of, in words; None for nothing that is recorded.
        allowed: Whether the plan may be put into instalments again, by what that may mean.
    """

    account: Account
    lineage: Lineage
    steps: tuple[Step, ...]
    began: Phrase | None
    allowed: Mapping[Reinstalment, Eligibility]


def chain_of(store: Store, plan_id: str, today: date) -> Chain:
    """The chain that a recorded plan belongs to, and whether it may grow.

    Args:
        store: The open file.
        plan_id: A plan of the chain.
        today: The local day.
    """
    plan = store.plans.get(plan_id)
    account = store.accounts.get(plan.account_id)
    found = lineage(plan_id, store.plans.of_account(account.id), today)
    return Chain(account, found, steps(found), _began(store, found.first), eligibility(store, plan_id, today))


def eligibility(store: Store, plan_id: str, today: date) -> Mapping[Reinstalment, Eligibility]:
    """Whether a recorded plan may be put into instalments again, by each meaning of the word.

    Args:
        store: The open file.
        plan_id: The plan.
        today: The local day.
    """
    plan = store.plans.get(plan_id)
    account = store.accounts.get(plan.account_id)
    dues = [due for due in store.ledgers.position(today).open_dues if due.plan_id == plan_id]
    is_late = any(due.is_late(today) for due in dues)
    return {
        meaning: may_reinstal(meaning, account.terms, is_over=not dues, is_late=is_late)
        for meaning in Reinstalment
    }


def what_if(
    store: Store, plan_id: str, count: int, fee: Rate | Money, today: date, timing: FeeTiming = FeeTiming.EVEN
) -> Reinstalled:
    """What putting the rest of a recorded plan into instalments again today would change.

    The new instalments are due on the same day of the month as the old ones, the first of them when the
    next old one would have been.

    Args:
        store: The open file.
        plan_id: The plan.
        count: How many instalments the new plan has.
        fee: A monthly rate on what is put into it, or the fee of all of it.
        today: The local day.
        timing: When the fee is paid.

    Raises:
        NoInstalmentsError: The new plan has none.
        NothingLeftError: Nothing of the plan falls due later.
    """
    if count < 1:
        raise NoInstalmentsError
    found = settling_of(store, plan_id, today, today)
    plan = NewPlan(same_days(found.plan, found.rest, count), fee, timing, rounding_of(found.account.terms))
    return reinstalled(found.rest, found.cost, plan)


def bill_limit(store: Store, bill_id: str, today: date) -> SplitLimit:
    """Whether, and how much of a recorded bill may be put into instalments.

    Args:
        store: The open file.
        bill_id: The bill.
        today: The local day.
    """
    bill = store.bills.get(bill_id)
    account = store.accounts.get(bill.account_id)
    due = store.ledgers.position(today).due(bill_id)
    is_late = due is not None and due.is_late(today)
    rows = {row.id for plan in store.plans.of_account(account.id) for row in plan.rows}
    orders = tuple(
        Order(
            Phrase.own(line.label) if line.label else _bill_words(bill),
            line.amount,
            is_instalment=line.kind is LineKind.INSTALMENT or line.refers_to in rows,
            is_late=is_late,
        )
        for line in bill.lines
        if line.kind in _SPLIT_KINDS
    )
    least = ORDER_LEAST if account.product == _JD else None
    left = due.open if due is not None else Money(0, account.currency)
    return split_limit(orders, left, account.terms, least, moved_out_of(store, bill))


def bill_deferral(store: Store, due_id: str, today: date) -> Deferral | None:
    """Putting off a recorded bill or instalment by one month; None if it is not open or has no date.

    Args:
        store: The open file.
        due_id: What is due.
        today: The local day.
    """
    due = store.ledgers.position(today).due(due_id)
    if due is None or not due.open or due.due_on is None:
        return None
    terms = store.accounts.get(due.account_id).terms
    return deferral(due.open, due.due_on, today, terms, is_instalment=due.kind is DueKind.INSTALMENT)


def _began(store: Store, plan: InstalmentPlan) -> Phrase | None:
    """What a plan was made of, in words."""
    if plan.origin is OriginKind.BILL and (bill := store.bills.find(plan.origin_id)) is not None:
        return _bill_words(bill)
    if plan.origin is OriginKind.PURCHASE and (purchase := store.purchases.find(plan.origin_id)) is not None:
        return _purchase_words(purchase)
    if plan.origin is OriginKind.AGREEMENT:
        return Phrase("An agreement with the lender")
    return None


def _bill_words(bill: Bill) -> Phrase:
    return Phrase("Bill of {date}", date=bill.statement_on)


def _purchase_words(purchase: Purchase) -> Phrase:
    if purchase.label:
        return Phrase.own(purchase.label)
    return Phrase("Purchase of {date}", date=purchase.bought_on)
