"""The place Accounts & bills: everything recorded on one account, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, Charge
from planner.domain.dates import DueDay
from planner.domain.derivation import Derivation, Derived, Given, Working, as_sum
from planner.domain.due import Due
from planner.domain.due_sums import principal_of, together
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.ledger import Ledger, covered_by, moved_into_plans
from planner.domain.limit_use import free_of, used_of
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.position import Position, position
from planner.domain.purchase import Purchase
from planner.domain.rate import Rate
from planner.domain.recorded import made_bill, made_payment
from planner.domain.refunded import Held
from planner.phrases import Phrase
from planner.services.billing import coming_statement, due_of
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class AccountSum:
    """One account in a list.

    Attributes:
        account: The account.
        owed: What is still to pay on it.
        late: What of it should have been paid by now.
    """

    account: Account
    owed: Derived[Money]
    late: Derived[Money]


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill and what became of it.

    Attributes:
        bill: What the lender stated.
        due: What it asks for now; None if all of it moved into instalments.
        moved: What left it for instalment plans.
    """

    bill: Bill
    due: Due | None
    moved: Money

    @property
    def id(self) -> str:
        """The id of the bill."""
        return self.bill.id

    @property
    def open(self) -> Money:
        """What is still to pay of it."""
        return self.due.open if self.due is not None else self.bill.amount.zero

    @property
    def still(self) -> Derived[Money]:
        """What is still to pay of it, and how that was made."""
        if self.due is not None:
            return self.due.still_due
        rule = Phrase("All of this bill was turned into instalments, which are due by themselves.")
        given = (
            Given(Phrase("Amount of the bill"), made_bill(self.bill)),
            Given(Phrase("Turned into instalments"), self.moved),
        )
        return Derived(self.open, Derivation(rule, given))


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """A row of a plan and what became of it.

    Attributes:
        row: What was agreed.
        due: What it asks for now; None if a bill holds it or another plan replaced it.
        bill: The bill that holds it, if one does.
    """

    row: Instalment
    due: Due | None
    bill: Bill | None

    @property
    def id(self) -> str:
        """The id of the row."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An instalment plan and what became of it.

    Attributes:
        plan: What was agreed.
        rows: Its rows.
    """

    plan: InstalmentPlan
    rows: tuple[InstalmentRow, ...]

    @property
    def id(self) -> str:
        """The id of the plan."""
        return self.plan.id

    @property
    def dues(self) -> tuple[Due, ...]:
        """What the rows ask for that no bill holds."""
        return tuple(row.due for row in self.rows if row.due is not None)

    @property
    def open(self) -> Money:
        """What is still to pay of the rows that no bill holds."""
        return self.still.value

    @property
    def still(self) -> Derived[Money]:
        """What is still to pay of the rows that no bill holds, and how that was made."""
        return together(self.dues, self.plan.principal.currency)

    @property
    def next_due(self) -> Due | None:
        """The next row that no bill holds and that is still to pay."""
        return next((due for due in self.dues if due.open), None)

    @property
    def next_on(self) -> date | None:
        """When the next row that no bill holds is due."""
        return self.next_due.due_on if self.next_due is not None else None


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """A purchase and where it is paid.

    Attributes:
        purchase: What was ordered.
        due: What it asks for by itself; None if it is on a bill, in a plan or refunded.
        bill: The bill that holds it, if one does.
        plan: The plan that was made of it, if one was.
        covered: The bill in whose amount it is counted, if one states only its amount.
    """

    purchase: Purchase
    due: Due | None
    bill: Bill | None
    plan: InstalmentPlan | None
    covered: Bill | None = None

    @property
    def id(self) -> str:
        """The id of the purchase."""
        return self.purchase.id


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment and what it paid.

    Attributes:
        payment: What was paid.
        parts: The dues it went to, each with how much.
        left: What of it no due took.
    """

    payment: Payment
    parts: tuple[tuple[Due, Money], ...]
    left: Money

    @property
    def id(self) -> str:
        """The id of the payment."""
        return self.payment.id

    @property
    def shares(self) -> Derived[Money]:
        """What of it went to dues and what is left over, and how that was made."""
        rule = Phrase(
            "A payment goes first to what it was meant for, then to the oldest open due; what no due takes "
            "is left over"
        )
        given = (Given(Phrase("Payment of {date}", date=self.payment.paid_on), made_payment(self.payment)),)
        workings = [Working(due.label, amount) for due, amount in self.parts]
        workings.append(Working(Phrase("Left over"), self.left))
        return Derived(self.payment.amount, Derivation(rule, given, tuple(workings)))


@dataclass(frozen=True, slots=True)
class AccountView:
    """Everything recorded on one account.

    Attributes:
        account: The account.
        position: All its dues, settled ones included.
        bills, plans, purchases, payments: What was recorded, the newest first.
        others: Charges that the lender posted and corrections, the newest first.
        owed: What is still to pay, and how that was made.
        late: What should have been paid by now, and how that was made.
        credit: What was paid beyond everything due, and how that was made; None if nothing was.
        free: What of the limit no recorded principal takes, and how that was made; None if the limit is
            unknown.
        statement_on: When the lender makes the next bill not recorded yet; None if unknown or it makes none.
        statement_due: When that bill is due; None if unknown.
        used: How much of the limit recorded principal takes, as a share; None if the limit is unknown.
    """

    account: Account
    position: Position
    bills: tuple[BillRow, ...]
    plans: tuple[PlanRow, ...]
    purchases: tuple[PurchaseRow, ...]
    payments: tuple[PaymentRow, ...]
    others: tuple[Charge | Adjustment, ...]
    owed: Derived[Money]
    late: Derived[Money]
    credit: Derived[Money] | None
    free: Derived[Money] | None
    statement_on: date | None
    statement_due: DueDay | None = None
    used: Derived[Rate] | None = None


def account_sums(store: Store, today: date) -> tuple[AccountSum, ...]:
    """Every account with what is still to pay and what is late on it."""
    dues: dict[str, list[Due]] = {}
    for due in store.ledgers.position(today).open_dues:
        dues.setdefault(due.account_id, []).append(due)
    sums = []
    for account in store.accounts.all():
        own = dues.get(account.id, [])
        owed = together(own, account.currency)
        late = together((due for due in own if due.is_late(today)), account.currency)
        sums.append(AccountSum(account, owed, late))
    return tuple(sums)


def account_view(store: Store, account_id: str, today: date) -> AccountView:
    """Everything recorded on one account, with what became of it by a day."""
    account = store.accounts.get(account_id)
    ledger = store.ledgers.whole(account)
    held = position((ledger,), today)
    dues = {due.id: due for due in held.dues}
    bills = {line.refers_to: bill for bill in ledger.bills for line in bill.lines if line.refers_to}
    statement_on = coming_statement(store, account_id, today)
    taken = _taken(account.limit, held) if account.limit is not None else None
    return AccountView(
        account=account,
        position=held,
        bills=_bills(ledger, dues),
        plans=_plans(ledger, dues, bills),
        purchases=_purchases(ledger, dues, bills),
        payments=_payments(ledger, held),
        others=_others(ledger),
        owed=together(held.open_dues, account.currency),
        late=together(held.late, account.currency),
        credit=held.made_credit(account.id),
        free=free_of(account.limit, taken) if account.limit is not None and taken is not None else None,
        statement_on=statement_on,
        statement_due=due_of(store, account, statement_on) if statement_on is not None else None,
        used=used_of(account.limit, taken) if account.limit is not None and taken is not None else None,
    )


def _taken(limit: Money, held: Position) -> Derived[Money]:
    """The recorded principal that takes a part of a limit."""
    nothing = as_sum(limit.zero, Phrase("Nothing is still to pay."), lambda: ())
    return principal_of(held.open_dues).get(limit.currency, nothing)


def account_holding(store: Store, value_id: str) -> str:
    """The id of the account on which something is recorded under an id; empty if nothing is."""
    for repository in (store.bills, store.purchases, store.payments, store.plans, store.charges):
        found = repository.find(value_id)
        if found is not None:
            return str(found.account_id)
    plan = store.plans.of_row(value_id)
    if plan is not None:
        return plan.account_id
    correction = store.adjustments.find(value_id)
    return correction.account_id if correction is not None else ""


def _bills(ledger: Ledger, dues: Mapping[str, Due]) -> tuple[BillRow, ...]:
    moved = moved_into_plans(ledger.plans)
    rows = [BillRow(bill, dues.get(bill.id), moved.get(bill.id, bill.amount.zero)) for bill in ledger.bills]
    return tuple(sorted(rows, key=lambda row: row.bill.due_on, reverse=True))


def _plans(ledger: Ledger, dues: Mapping[str, Due], bills: Mapping[str, Bill]) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            plan,
            tuple(InstalmentRow(row, dues.get(row.id), bills.get(row.id)) for row in plan.rows),
        )
        for plan in reversed(ledger.plans)
    )


def _purchases(ledger: Ledger, dues: Mapping[str, Due], bills: Mapping[str, Bill]) -> tuple[PurchaseRow, ...]:
    plans = {plan.origin_id: plan for plan in ledger.plans if plan.origin_id}
    covered = covered_by(ledger, Held(ledger.bills))
    return tuple(
        PurchaseRow(
            purchase,
            dues.get(purchase.id),
            bills.get(purchase.id),
            plans.get(purchase.id),
            covered.get(purchase.id),
        )
        for purchase in reversed(ledger.purchases)
    )


def _payments(ledger: Ledger, held: Position) -> tuple[PaymentRow, ...]:
    parts: dict[str, list[tuple[Due, Money]]] = {}
    for due in held.dues:
        for part in due.paid:
            parts.setdefault(part.payment_id, []).append((due, part.amount))
    rows = []
    for payment in reversed(ledger.payments):
        own = parts.get(payment.id, [])
        spent = sum_of((amount for _due, amount in own), payment.amount.currency)
        left = payment.amount - spent if payment.paid_on <= held.on else payment.amount.zero
        rows.append(PaymentRow(payment, tuple(own), left))
    return tuple(rows)


def _others(ledger: Ledger) -> tuple[Charge | Adjustment, ...]:
    found: list[Charge | Adjustment] = [*ledger.charges, *ledger.adjustments]
    return tuple(sorted(found, key=_day_of, reverse=True))


def _day_of(value: Charge | Adjustment) -> date:
    return value.posted_on if isinstance(value, Charge) else value.as_of
