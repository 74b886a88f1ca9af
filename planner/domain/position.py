"""What is recorded and open on a day: the one function every figure starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, Charge, LineKind
from planner.domain.dates import Cycle
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money, by_currency, sum_of
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.phrases import Phrase

# The contract's order where nothing else is agreed: penalty, fee, interest, then principal.
ORDER = (LineKind.PENALTY, LineKind.FEE, LineKind.INTEREST, LineKind.PURCHASE)


class DueKind(StrEnum):
    """What an obligation came from."""

    BILL = "bill"
    INSTALMENT = "instalment"
    PURCHASE = "purchase"
    CHARGE = "charge"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a payment that went to a due."""

    payment_id: str
    paid_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation on one date, whatever it came from.

    Attributes:
        kind: What it came from.
        id: The id of the bill, row, purchase, charge or adjustment.
        account_id: Whose.
        label: What to call it.
        due_on: When; None if the account's cycle is unknown.
        parts: What it is made of, by kind; together its amount.
        minimum: The least to pay; None if it is all due or the minimum is unknown.
        projected: Whether no bill has been recorded for it yet.
        closed_on: The day a newer bill took over its rest; None if none did.
        paid: The parts of payments that went to it, in order.
        plan_id: The plan, for a row.
    """

    kind: DueKind
    id: str
    account_id: str
    label: Phrase
    due_on: date | None
    parts: Mapping[LineKind, Money]
    minimum: Money | None = None
    projected: bool = False
    closed_on: date | None = None
    paid: tuple[Allocation, ...] = ()
    plan_id: str = ""

    @property
    def amount(self) -> Money:
        """What it comes to."""
        amounts = list(self.parts.values())
        return sum_of(amounts, amounts[0].currency)

    @property
    def paid_amount(self) -> Money:
        """What has been paid on it."""
        return sum_of((part.amount for part in self.paid), self.amount.currency)

    @property
    def open(self) -> Money:
        """What is still to pay; nothing once a newer bill carries it."""
        rest = self.amount - self.paid_amount
        return rest.zero if self.closed_on else max(rest, rest.zero)

    @property
    def open_minimum(self) -> Money:
        """What is still to pay so that it is not late."""
        if self.minimum is None:
            return self.open
        return min(self.open, max(self.minimum - self.paid_amount, self.open.zero))

    @property
    def open_principal(self) -> Money:
        """The principal still to pay, after the contract's order of allocation."""
        left = self.paid_amount
        for kind in ORDER[:-1]:
            left -= min(max(left, left.zero), self.parts.get(kind, left.zero))
        principal = self.parts.get(LineKind.PURCHASE, left.zero)
        return left.zero if self.closed_on else max(principal - max(left, left.zero), left.zero)

    def is_late(self, on: date) -> bool:
        """Whether less than the minimum was paid by its due date (C046)."""
        return self.due_on is not None and self.due_on < on and bool(self.open_minimum)

    def days_late(self, on: date) -> int:
        """Whole days since the due date; 0 if it is not late."""
        return (on - self.due_on).days if self.due_on is not None and self.is_late(on) else 0

    @property
    def still_due(self) -> Derived[Money]:
        """What is still to pay, and how it was made."""
        names = {
            LineKind.PURCHASE: Phrase("Purchases and principal"),
            LineKind.FEE: Phrase("Fees"),
            LineKind.INTEREST: Phrase("Interest"),
            LineKind.PENALTY: Phrase("Penalties"),
            LineKind.ADJUSTMENT: Phrase("Corrections, because the app says otherwise"),
        }
        given = tuple(Given(names[kind], amount) for kind, amount in self.parts.items() if amount)
        workings = [Working(Phrase("All parts together"), self.amount)]
        workings += [
            Working(Phrase("Payment of {date}", date=part.paid_on), -part.amount) for part in self.paid
        ]
        if self.closed_on:
            workings.append(
                Working(Phrase("A newer bill of {date} carries the rest", date=self.closed_on), self.open)
            )
        rule = Phrase("Still to pay = what was recorded as due − the payments that went to it")
        return Derived(self.open, Derivation(rule, given, tuple(workings)))


@dataclass(frozen=True, slots=True)
class Settled:
    """What of an account is settled for good, so that it need not be read again.

    Attributes:
        account_id: Whose.
        before: All dues before this day are settled by payments before this day, and by no other.
        bought_before: Purchases of an earlier day would be due before ``before``; the first day of
            all where the account's cycle does not say when purchases are due.
    """

    account_id: str
    before: date
    bought_before: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything recorded on one account that its position needs.

    Attributes:
        account: The account.
        purchases, bills, plans, payments, charges, adjustments: What was recorded; with
            ``settled``, only what is not covered by it.
    """

    account: Account
    purchases: Sequence[Purchase] = ()
    bills: Sequence[Bill] = ()
    plans: Sequence[InstalmentPlan] = ()
    payments: Sequence[Payment] = ()
    charges: Sequence[Charge] = ()
    adjustments: Sequence[Adjustment] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What is recorded on a day.

    Attributes:
        on: The day.
        dues: Every obligation, by due date; settled ones included.
        credit: What was paid beyond all dues, by account.
    """

    on: date
    dues: tuple[Due, ...]
    credit: Mapping[str, Money] = field(default_factory=dict)

    @property
    def open_dues(self) -> tuple[Due, ...]:
        """What is still to pay, by due date; unknown dates last."""
        return tuple(due for due in self.dues if due.open)

    @property
    def late(self) -> tuple[Due, ...]:
        """What should have been paid by now."""
        return tuple(due for due in self.dues if due.is_late(self.on))

    def of_account(self, account_id: str) -> Position:
        """The part of one account."""
        return replace(
            self,
            dues=tuple(due for due in self.dues if due.account_id == account_id),
            credit={key: value for key, value in self.credit.items() if key == account_id},
        )

    def due(self, due_id: str) -> Due | None:
        """The obligation with that id, if it is here."""
        return next((due for due in self.dues if due.id == due_id), None)

    def between(self, first: date, last: date) -> tuple[Due, ...]:
        """What is still to pay and due from one day to another, both included."""
        return tuple(due for due in self.open_dues if due.due_on and first <= due.due_on <= last)

    @property
    def owed(self) -> dict[str, Derived[Money]]:
        """Everything still to pay, one total per currency."""
        return total_of(self.open_dues)


def total_of(dues: Iterable[Due]) -> dict[str, Derived[Money]]:
    """The sum still to pay of some obligations, one per currency, and how it was made."""
    kept = tuple(dues)
    rule = Phrase("The sum of what is still to pay, one total per currency")
    totals = {}
    for currency, total in by_currency(due.open for due in kept).items():
        given = tuple(Given(due.label, due.open) for due in kept if due.open.currency == currency)
        totals[currency] = Derived(total, Derivation(rule, given, (Working(Phrase("Together"), total),)))
    return totals


def position(ledgers: Iterable[Ledger], on: date) -> Position:
    """Every due of some accounts, what is open and what is late.

    A due counts once, whatever it came from: what a bill holds is not due beside it, what moved
    into a plan leaves its purchase or bill, and a rest that a newer bill carries leaves the older
    one. Payments up to ``on`` are allocated in the order of their dates: first to what they were
    aimed at, then to the oldest open due; within a due by the contract's order.

    Args:
        ledgers: What was recorded, an account each.
        on: The day.
    """
    dues: list[Due] = []
    credit: dict[str, Money] = {}
    for ledger in ledgers:
        account_dues, excess = _allocate(dues_of(ledger), ledger.payments, on, ledger.account.currency)
        dues += account_dues
        if excess:
            credit[ledger.account.id] = excess
    return Position(on, tuple(sorted(dues, key=_by_date)), credit)


def dues_of(ledger: Ledger) -> list[Due]:
    """Every due of an account before payments, by date."""
    held = {line.refers_to for bill in ledger.bills for line in bill.lines if line.refers_to}
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
        for row in plan.rows
        if row.id not in held and plan.id not in moved
    ]
    dues += _loose(ledger, held, moved)
    return sorted((due for due in dues if due.amount), key=_by_date)


def moved_into_plans(plans: Iterable[InstalmentPlan]) -> dict[str, Money]:
    """The principal that left each purchase, bill or plan for a plan made of it."""
    moved: dict[str, Money] = {}
    for plan in plans:
        if plan.origin in {OriginKind.PURCHASE, OriginKind.BILL, OriginKind.PLAN} and plan.origin_id:
            moved[plan.origin_id] = moved.get(plan.origin_id, plan.principal.zero) + plan.principal
    return moved


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
    )


def _loose(ledger: Ledger, held: set[str], moved: Mapping[str, Money]) -> list[Due]:
    """Purchases, charges and corrections that no bill holds."""
    cycle = ledger.account.cycle
    dues = []
    for purchase in ledger.purchases:
        left = purchase.net - moved.get(purchase.id, purchase.net.zero)
        if purchase.id in held or left.minor <= 0:
            continue
        dates = cycle.dues_of_purchase(purchase.bought_on)
        dues.append(
            Due(
                DueKind.PURCHASE,
                purchase.id,
                purchase.account_id,
                Phrase.own(purchase.merchant or purchase.description or purchase.order_number)
                if purchase.merchant or purchase.description or purchase.order_number
                else Phrase("Purchase of {date}", date=purchase.bought_on),
                dates[0] if dates else None,
                {LineKind.PURCHASE: left},
                projected=True,
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
        if charge.id not in held
    ]
    dues += [
        Due(
            DueKind.ADJUSTMENT,
            adjustment.id,
            adjustment.account_id,
            Phrase("Correction of {date}", date=adjustment.as_of),
            adjustment.as_of,
            {LineKind.ADJUSTMENT: adjustment.amount},
        )
        for adjustment in ledger.adjustments
        if not adjustment.bill_id and adjustment.id not in held
    ]
    return dues


def _allocate(
    dues: list[Due], payments: Sequence[Payment], on: date, currency: str
) -> tuple[list[Due], Money]:
    """Hand every payment up to a day to the dues; return them with what they got, and the excess."""
    zero = Money(0, currency)
    rest = {due.id: due.amount for due in dues if due.amount > zero}
    order = [due for due in dues if due.id in rest]
    got: dict[str, list[Allocation]] = {}
    # A negative due (a correction downwards) is money in hand, as if it had been paid.
    hand = [(due.due_on or date.min, due.id, -due.amount, "") for due in dues if due.amount < zero]
    hand += [(paid.paid_on, paid.id, paid.amount, paid.aimed_at) for paid in payments if paid.paid_on <= on]
    excess = zero
    start = 0
    for paid_on, payment_id, amount, aimed_at in sorted(hand):
        left = amount
        while start < len(order) and not rest[order[start].id]:
            start += 1
        aimed = [due for due in order if aimed_at and due.id == aimed_at]
        for due in (*aimed, *order[start:]):
            if not left:
                break
            if not rest[due.id] or (due.closed_on is not None and paid_on > due.closed_on):
                continue
            part = min(left, rest[due.id])
            rest[due.id] -= part
            left -= part
            got.setdefault(due.id, []).append(Allocation(payment_id, paid_on, part))
        excess += left
    paid_dues = [
        replace(due, paid=tuple(got[due.id])) if due.id in got else due for due in dues if due.id in rest
    ]
    return paid_dues, excess


def _by_date(due: Due) -> tuple[date, str]:
    return (due.due_on or date.max, due.id)


def settled_before(ledger: Ledger, on: date) -> Settled | None:
    """How much of an account is settled for good, if anything.

    The last clean cut: every due before it is settled by payments before it, and those payments
    went nowhere else.
    """
    dues = dues_of(ledger)
    zero = Money(0, ledger.account.currency)
    paid_dues, _ = _allocate(dues, ledger.payments, on, zero.currency)
    paid_on = {payment.id: payment.paid_on for payment in ledger.payments}
    paid_on |= {due.id: due.due_on or date.max for due in dues if due.amount < zero}
    amounts = {payment.id: payment.amount for payment in ledger.payments}
    amounts |= {due.id: -due.amount for due in dues if due.amount < zero}
    reaches = dict.fromkeys(paid_on, date.min)
    for due in paid_dues:
        for part in due.paid:
            reaches[part.payment_id] = max(reaches[part.payment_id], due.due_on or date.max)
            amounts[part.payment_id] -= part.amount
    # What a payment has left over stays in hand for dues to come.
    reaches |= dict.fromkeys((key for key, left in amounts.items() if left), date.max)
    # A bill reaches those whose rest it carries: none of them may be read without it.
    due_on = {bill.id: bill.due_on for bill in ledger.bills}
    spans = [
        (bill.due_on, due_on[known]) for bill in ledger.bills for known in bill.carries if known in due_on
    ]
    spans += [(paid_on[key], reaches[key]) for key in paid_on]
    cut = _last_clean_cut(paid_dues, sorted(spans), on)
    if cut is None:
        return None
    before = cut + timedelta(days=1)
    return Settled(ledger.account.id, before, _first_day_due_from(ledger.account.cycle, before))


def _first_day_due_from(cycle: Cycle, day: date) -> date:
    """The first day whose purchases are due on a day or after it; the first of all if that is unknown."""
    bought_on = day
    while True:
        dues = cycle.dues_of_purchase(bought_on - timedelta(days=1))
        if dues is None:
            return date.min
        if dues[0] < day:
            return bought_on
        bought_on -= timedelta(days=1)


def _last_clean_cut(dues: Sequence[Due], reaches: Sequence[tuple[date, date]], on: date) -> date | None:
    """The last day up to which dues and payments, each with how far it reaches, settle one another."""
    cut = None
    day = furthest = date.min
    seen = 0
    for index, due in enumerate(dues):
        if due.open or due.due_on is None:
            break
        day = max(day, due.due_on, due.closed_on or date.min, *(part.paid_on for part in due.paid))
        if day >= on:
            break
        while seen < len(reaches) and reaches[seen][0] <= day:
            furthest = max(furthest, reaches[seen][1])
            seen += 1
        following = dues[index + 1].due_on if index + 1 < len(dues) else date.max
        if furthest <= day and (following is None or following > day):
            cut = day
    return cut
