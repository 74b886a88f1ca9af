"""Everything recorded on one account, and every due that follows from it before payments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, Charge, LineKind
from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import DueDay, Mode, add_months
from planner.domain.due import ORDER, Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.refunded import Held
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything recorded on one account that its position needs.

    Attributes:
        account: The account.
        purchases, bills, plans, payments, charges, adjustments: What was recorded; with
            ``settled``, only what is not covered by it.
        calendar: The working days of the lender's country, where it moves due dates off the others.
        taken_over: The day on which an agreement with the lender took over the rest of a due, and how much
            that was, by the id of the due.
    """

    account: Account
    purchases: Sequence[Purchase] = ()
    bills: Sequence[Bill] = ()
    plans: Sequence[InstalmentPlan] = ()
    payments: Sequence[Payment] = ()
    charges: Sequence[Charge] = ()
    adjustments: Sequence[Adjustment] = ()
    calendar: BusinessCalendar | None = None
    taken_over: Mapping[str, tuple[date, Money]] = field(default_factory=dict)

    def due_of_purchase(self, bought_on: date) -> DueDay | None:
        """When what is bought on a day is due by the account's cycle; None if that is unknown."""
        dues = self.account.cycle.dues_of_purchase(bought_on, calendar=self.calendar)
        return dues[0] if dues else None


def dues_of(ledger: Ledger) -> list[Due]:
    """Every due of an account before payments, by date."""
    held = Held(ledger.bills)
    covered = covered_by(ledger, held)
    moved = moved_into_plans(ledger.plans)
    carried_on = {carried: bill.statement_on for bill in ledger.bills for carried in bill.carries}
    corrections: dict[str, Money] = {}
    for adjustment in ledger.adjustments:
        if adjustment.bill_id:
            known = corrections.get(adjustment.bill_id, adjustment.amount.zero)
            corrections[adjustment.bill_id] = known + adjustment.amount
    dues = [
        _bill_due(bill, moved.get(bill.id), corrections.get(bill.id), carried_on.get(bill.id))
        for bill in ledger.bills
    ]
    dues += [
        Due(
            DueKind.INSTALMENT,
            row.id,
            plan.account_id,
            Phrase(
                "{name}, instalment {number} of {count}", name=plan.name, number=row.number, count=plan.count
            ),
            row.due_on,
            {LineKind.PURCHASE: row.principal, LineKind.FEE: row.fee, LineKind.INTEREST: row.interest},
            plan_id=plan.id,
        )
        for plan in ledger.plans
        for row in rows_left(plan, held, moved.get(plan.id))
    ]
    dues += _loose(ledger, held, moved, covered)
    if ledger.taken_over:
        dues = [_agreed(due, ledger.taken_over.get(due.id)) for due in dues]
    return sorted((due for due in dues if due.amount), key=by_date)


def _agreed(due: Due, agreed: tuple[date, Money] | None) -> Due:
    """A due whose rest an agreement took over, unless a newer bill carried it before."""
    if agreed is None or (due.closed_on is not None and due.closed_on <= agreed[0]):
        return due
    return replace(due, closed_on=agreed[0], taken=agreed[1])


def moved_into_plans(plans: Iterable[InstalmentPlan]) -> dict[str, Money]:
    """The principal that left each purchase, bill or plan for a plan made of it."""
    moved: dict[str, Money] = {}
    for plan in plans:
        if plan.origin in {OriginKind.PURCHASE, OriginKind.BILL, OriginKind.PLAN} and plan.origin_id:
            moved[plan.origin_id] = moved.get(plan.origin_id, plan.principal.zero) + plan.principal
    return moved


def rows_left(plan: InstalmentPlan, held: Held, moved: Money | None) -> tuple[Instalment, ...]:
    """The rows of a plan that no bill holds and that no plan made of it took over.

    A plan made of another takes over the last rows first, each with its fee. So what was paid before
    stays paid, and what was due before stays due.

    Args:
        plan: The plan.
        held: What bills hold.
        moved: The principal that left it for another plan; None if none did.
    """
    if moved is None:
        return tuple(row for row in plan.rows if row.id not in held.ids)
    left = []
    # Rows that bills hold count too: what was taken over before a bill was made stays taken over.
    for row in sorted(plan.rows, key=lambda row: row.due_on, reverse=True):
        part = min(moved, row.principal)
        moved -= part
        if part < row.principal or not part:
            left.append(replace(row, principal=row.principal - part))
    return tuple(row for row in reversed(left) if row.id not in held.ids)


def _bill_due(bill: Bill, moved: Money | None, correction: Money | None, carried_on: date | None) -> Due:
    zero = bill.amount.zero
    parts = dict.fromkeys((*ORDER, LineKind.ADJUSTMENT), zero)
    for line in bill.lines:
        kind = line.kind if line.kind in parts else LineKind.PURCHASE
        parts[kind] += line.amount
    if moved is not None:
        parts[LineKind.PURCHASE] -= moved
    if correction is not None:
        parts[LineKind.ADJUSTMENT] += correction
    return Due(
        DueKind.BILL,
        bill.id,
        bill.account_id,
        Phrase("Bill of {date}", date=bill.statement_on),
        bill.due_on,
        parts,
        # A plan made of (part of) a bill takes the bill's minimum with it: what is left is due.
        minimum=bill.minimum if moved is None else None,
        closed_on=carried_on,
        # A lender that states an amount has taken off what was paid before.
        known_on=bill.statement_on - timedelta(days=1) if _not_itemised(bill) else None,
    )


def covered_by(ledger: Ledger, held: Held) -> dict[str, Bill]:
    """The purchases that no bill holds, but whose bill states only an amount: they are counted in it.

    Whoever records a bill by its amount, and beside it what was bought in its month, owes that once.
    What does not fit into the amount any more is not counted in it.

    Args:
        ledger: What was recorded.
        held: What its bills hold.
    """
    cycle = ledger.account.cycle
    rooms = {bill.id: room for bill in ledger.bills if (room := _not_itemised(bill))}
    if not rooms or cycle.mode is Mode.ORDER:
        return {}
    months = [
        (add_months(bill.statement_on, -1, cycle.statement_day), bill)
        for bill in ledger.bills
        if bill.id in rooms
    ]
    covered = {}
    for purchase in sorted(ledger.purchases, key=lambda purchase: (purchase.bought_on, purchase.id)):
        if purchase.id in held.ids:
            continue
        billed_on = cycle.statement_of(purchase.bought_on)
        for first, bill in months:
            if billed_on is None:
                is_in_month = first <= purchase.bought_on < bill.statement_on
            else:
                is_in_month = first < billed_on <= bill.statement_on
            if is_in_month and purchase.amount <= rooms[bill.id]:
                rooms[bill.id] -= purchase.amount
                covered[purchase.id] = bill
                break
    return covered


def _not_itemised(bill: Bill) -> Money:
    """What a bill asks for without saying for what."""
    lines = (line.amount for line in bill.lines if line.kind is LineKind.UNITEMISED)
    return max(sum_of(lines, bill.amount.currency), bill.amount.zero)


def _loose(ledger: Ledger, held: Held, moved: Mapping[str, Money], covered: Collection[str]) -> list[Due]:
    """Purchases, charges and corrections that no bill holds."""
    dues = []
    for purchase in ledger.purchases:
        left = held.left(purchase) - moved.get(purchase.id, purchase.amount.zero)
        if purchase.id in held.ids or purchase.id in covered or left.minor <= 0:
            continue
        due = ledger.due_of_purchase(purchase.bought_on)
        dues.append(
            Due(
                DueKind.PURCHASE,
                purchase.id,
                purchase.account_id,
                Phrase.own(purchase.label)
                if purchase.label
                else Phrase("Purchase of {date}", date=purchase.bought_on),
                due.on if due is not None else None,
                {LineKind.PURCHASE: left},
                projected=ledger.account.cycle.mode is Mode.BILL,
                doubt=due.doubt if due is not None else None,
                is_imported=bool(purchase.source_key),
            )
        )
    dues += [
        Due(
            DueKind.CHARGE,
            charge.id,
            charge.account_id,
            Phrase.own(charge.note) if charge.note else Phrase("Charge of {date}", date=charge.posted_on),
            charge.posted_on,
            {charge.kind: charge.amount},
        )
        for charge in ledger.charges
        if charge.id not in held.ids
    ]
    for adjustment in ledger.adjustments:
        if adjustment.bill_id or adjustment.id in held.ids:
            continue
        due = _due_of_correction(ledger, adjustment)
        dues.append(
            Due(
                DueKind.ADJUSTMENT,
                adjustment.id,
                adjustment.account_id,
                Phrase("Correction of {date}", date=adjustment.as_of),
                due.on if due is not None else None,
                {LineKind.ADJUSTMENT: adjustment.amount},
                projected=adjustment.amount.minor > 0,
                known_on=adjustment.as_of,
                doubt=due.doubt if due is not None else None,
            )
        )
    return dues


def _due_of_correction(ledger: Ledger, adjustment: Adjustment) -> DueDay | None:
    """When what the app says beyond our figure is due: like a purchase of that day, never at once.

    The app said that it is owed, not that it is late. What it says less counts from that day.
    """
    if adjustment.amount.minor < 0:
        return DueDay(adjustment.as_of)
    return ledger.due_of_purchase(adjustment.as_of)


def by_date(due: Due) -> tuple[date, str]:
    """A key that sorts dues by date; unknown dates last."""
    return (due.due_on or date.max, due.id)
