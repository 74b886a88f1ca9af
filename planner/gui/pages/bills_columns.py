"""What the lists of an account show of each row, and what the rows come to, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.domain.account import Account, State
from planner.domain.bill import Adjustment, Charge, LineKind
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.due_figures import made_amount, made_paid
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import PurchaseState
from planner.domain.purchase_category import category_words
from planner.domain.recorded import (
    as_recorded,
    made_adjustment,
    made_bill,
    made_charge,
    made_minimum,
    made_payment,
    made_plan_costs,
    made_principal,
    made_purchase,
    made_refunds,
    made_row,
    made_row_costs,
    made_row_principal,
)
from planner.gui.session import Session
from planner.gui.tables import Column
from planner.i18n import _, explain, show, show_number
from planner.phrases import N_, Phrase
from planner.services import account_sums as sums
from planner.services.account_states import STATE_WORDS, states_now
from planner.services.account_view import BillRow, InstalmentRow, PaymentRow, PlanRow, PurchaseRow
from planner.services.due_dates import due_date

_PURCHASE_WORDS = {
    PurchaseState.PENDING: N_("still under way"),
    PurchaseState.COMPLETED: N_("finished"),
    PurchaseState.PARTLY_REFUNDED: N_("partly refunded"),
    PurchaseState.REFUNDED: N_("refunded"),
}
_CHARGE_WORDS = {
    LineKind.FEE: N_("Fee"),
    LineKind.INTEREST: N_("Interest"),
    LineKind.PENALTY: N_("Penalty"),
}


def account_state(account: Account, today: date) -> str:
    """The states of an account on a day, in words; nothing if it is simply open."""
    states = [state for state in states_now(account, today) if state is not State.OPEN]
    return " · ".join(explain(STATE_WORDS[state]) for state in states)


def _or_nothing(value: Money | date | None) -> str:
    """A value, or a dash in place of nothing."""
    return show(value) if value else "–"


def due_columns(session: Session) -> tuple[Column[Due], ...]:
    """What is to pay; the day is asked for whenever a row is shown, since midnight passes."""
    return (
        Column(N_("What"), lambda due: due.label, explain, is_wide=True),
        Column(N_("Due date"), lambda due: due.due_on, made=lambda due: due_date(session.store, due)),
        Column(N_("How it stands"), lambda due: due.standing(session.today)),
        Column(N_("Still to pay"), lambda due: due.open, made=lambda due: due.still_due),
        Column(N_("Amount"), lambda due: due.amount, made=made_amount),
        Column(N_("Paid"), lambda due: due.paid_amount, _or_nothing, made=_paid),
    )


def _paid(due: Due) -> Derived[Money] | None:
    """How what was paid was made; nothing is made of nothing."""
    return made_paid(due) if due.paid else None


def bill_columns(session: Session) -> tuple[Column[BillRow], ...]:
    """The bills."""
    moved = Phrase("all of it is in instalments")
    return (
        Column(N_("Statement date"), lambda row: row.bill.statement_on, made=_statement_date),
        Column(N_("Due date"), lambda row: row.bill.due_on, made=_bill_due_date),
        Column(N_("Amount"), lambda row: row.bill.amount, made=lambda row: made_bill(row.bill)),
        Column(N_("Minimum"), lambda row: row.bill.minimum, made=lambda row: made_minimum(row.bill)),
        Column(N_("Still to pay"), lambda row: row.open, made=lambda row: row.still),
        Column(
            N_("How it stands"),
            lambda row: row.due.standing(session.today) if row.due else moved,
            is_wide=True,
        ),
        Column(N_("Category"), lambda row: category_words(row.bill.category)),
    )


def _statement_date(row: BillRow) -> Derived[date]:
    return as_recorded(Phrase("Statement date, as the statement says"), row.bill.statement_on)


def _bill_due_date(row: BillRow) -> Derived[date]:
    return as_recorded(Phrase("Due date, as the statement says"), row.bill.due_on)


def _instalments(row: PlanRow) -> str:
    """How many there are; of a plan that was recorded while it ran, how many of them are kept here."""
    count, kept = row.plan.count, len(row.rows)
    if kept == count:
        return show_number(count)
    return _("{kept} of {count}").format(kept=show_number(kept), count=show_number(count))


def plan_columns(session: Session) -> tuple[Column[PlanRow], ...]:
    """The instalment plans."""

    def next_due(row: PlanRow) -> object:
        return due_date(session.store, row.next_due) if row.next_due is not None else None

    return (
        Column(N_("Plan"), lambda row: row.plan.name, is_wide=True),
        Column(N_("Amount"), lambda row: row.plan.principal, made=lambda row: made_principal(row.plan)),
        Column(N_("Instalments"), _instalments, key=lambda row: row.plan.count, is_number=True),
        Column(N_("Fees and interest"), lambda row: _costs(row).value, made=_costs),
        Column(N_("Next due"), lambda row: row.next_on, _or_nothing, made=next_due),
        Column(N_("Still to pay"), lambda row: row.open, made=lambda row: row.still),
    )


def _costs(row: PlanRow) -> Derived[Money]:
    return made_plan_costs(row.plan)


def instalment_columns(session: Session) -> tuple[Column[InstalmentRow], ...]:
    """The rows of a plan."""
    return (
        Column(N_("No."), lambda row: row.row.number),
        Column(N_("Due date"), lambda row: row.row.due_on, made=_row_due_date),
        Column(N_("Principal"), lambda row: row.row.principal, made=lambda row: made_row_principal(row.row)),
        Column(N_("Fees and interest"), lambda row: _row_costs(row).value, made=_row_costs),
        Column(N_("Total"), lambda row: row.row.total, made=lambda row: made_row(row.row)),
        Column(N_("How it stands"), lambda row: _instalment_state(row, session.today), is_wide=True),
    )


def _row_costs(row: InstalmentRow) -> Derived[Money]:
    return made_row_costs(row.row)


def _row_due_date(row: InstalmentRow) -> Derived[date]:
    return as_recorded(Phrase("Due date, as the plan says"), row.row.due_on)


def _instalment_state(row: InstalmentRow, today: date) -> Phrase:
    if row.bill is not None:
        return Phrase("on the bill of {date}", date=row.bill.statement_on)
    return row.due.standing(today) if row.due is not None else Phrase("replaced by another plan")


def purchase_columns(session: Session) -> tuple[Column[PurchaseRow], ...]:
    """The purchases."""

    def paid_when(row: PurchaseRow) -> object:
        is_due = row.due is not None and row.plan is None and row.bill is None and row.covered is None
        return due_date(session.store, row.due) if is_due and row.due is not None else None

    return (
        Column(N_("Date"), lambda row: row.purchase.bought_on),
        Column(N_("Where"), lambda row: row.purchase.merchant, str),
        Column(N_("What"), lambda row: row.purchase.description, str, is_wide=True),
        Column(N_("Amount"), lambda row: row.purchase.amount, made=lambda row: made_purchase(row.purchase)),
        Column(N_("Came back"), lambda row: row.purchase.refunded, _or_nothing, made=_refunds),
        Column(N_("State"), lambda row: _(_PURCHASE_WORDS[row.purchase.state])),
        Column(N_("Where it is paid"), lambda row: _paid_where(row, session.today), made=paid_when),
        Column(N_("Category"), lambda row: category_words(row.purchase.category)),
    )


def _refunds(row: PurchaseRow) -> Derived[Money] | None:
    return made_refunds(row.purchase) if row.purchase.refunds else None


def _paid_where(row: PurchaseRow, today: date) -> Phrase | None:
    if row.plan is not None:
        return Phrase("in instalments: {plan}", plan=row.plan.name)
    if row.bill is not None:
        return Phrase("on the bill of {date}", date=row.bill.statement_on)
    if row.covered is not None:
        return Phrase("in the amount of the bill of {date}", date=row.covered.statement_on)
    return row.due.standing(today) if row.due is not None else None


def _how_paid(payment: Payment) -> str:
    return _("debited by the lender") if payment.automatic else _("paid by you")


def _paid_what(row: PaymentRow) -> str:
    parts = [
        _("{what}: {amount}").format(what=explain(due.label), amount=show(amount))
        for due, amount in row.parts
    ]
    if row.left:
        parts.append(_("left over: {amount}").format(amount=show(row.left)))
    return " · ".join(parts)


def _other_what(value: Charge | Adjustment) -> str:
    if isinstance(value, Charge):
        return _(_CHARGE_WORDS[value.kind])
    return _("Correction: the app said {amount}").format(amount=show(value.stated))


def _made_other(value: Charge | Adjustment) -> Derived[Money]:
    return made_charge(value) if isinstance(value, Charge) else made_adjustment(value)


PAYMENT_COLUMNS: tuple[Column[PaymentRow], ...] = (
    Column(N_("Date"), lambda row: row.payment.paid_on),
    Column(N_("Amount"), lambda row: row.payment.amount, made=lambda row: made_payment(row.payment)),
    Column(N_("How"), lambda row: _how_paid(row.payment)),
    Column(N_("What it paid"), _paid_what, is_wide=True, made=lambda row: row.shares),
    Column(N_("Note"), lambda row: row.payment.note, str),
)

OTHER_COLUMNS: tuple[Column[Charge | Adjustment], ...] = (
    Column(N_("Date"), lambda value: value.posted_on if isinstance(value, Charge) else value.as_of),
    Column(N_("What"), _other_what, made=_made_other),
    Column(N_("Amount"), lambda value: value.amount, made=_made_other),
    Column(
        N_("Note"), lambda value: value.note if isinstance(value, Charge) else value.reason, str, is_wide=True
    ),
)


def dues_total(rows: Sequence[Due]) -> Phrase:
    """What some dues come to."""
    return Phrase("Still to pay in all: {amount}", amount=sums.dues_still(rows))


def bills_total(rows: Sequence[BillRow]) -> Phrase:
    """What some bills come to."""
    return Phrase.counted(
        "{count} bill, {amount}; still to pay: {left}",
        "{count} bills, {amount} together; still to pay: {left}",
        len(rows),
        amount=sums.bills_amount(rows),
        left=sums.bills_still(rows),
    )


def plans_total(rows: Sequence[PlanRow]) -> Phrase:
    """What some plans come to."""
    return Phrase.counted(
        "{count} plan, {amount}; still to pay beside the bills: {left}",
        "{count} plans, {amount} together; still to pay beside the bills: {left}",
        len(rows),
        amount=sums.plans_principal(rows),
        left=sums.plans_still(rows),
    )


def instalments_total(rows: Sequence[InstalmentRow]) -> Phrase:
    """What some rows of a plan come to."""
    return Phrase.counted(
        "{count} instalment, {amount}",
        "{count} instalments, {amount} together",
        len(rows),
        amount=sums.instalments_amount(rows),
    )


def purchases_total(rows: Sequence[PurchaseRow]) -> Phrase:
    """What some purchases come to."""
    return Phrase.counted(
        "{count} purchase, {amount} after refunds",
        "{count} purchases, {amount} together after refunds",
        len(rows),
        amount=sums.purchases_net(rows),
    )


def payments_total(rows: Sequence[PaymentRow]) -> Phrase:
    """What some payments come to."""
    return Phrase.counted(
        "{count} payment, {amount}",
        "{count} payments, {amount} together",
        len(rows),
        amount=sums.payments_amount(rows),
    )


def others_total(rows: Sequence[Charge | Adjustment]) -> Phrase:
    """What some charges and corrections come to."""
    return Phrase("Together: {amount}", amount=sums.others_amount(rows))
