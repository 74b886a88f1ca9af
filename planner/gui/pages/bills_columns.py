"""What the lists of an account show of each row, and what the rows come to, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from planner.domain.account import Account, State
from planner.domain.bill import Adjustment, Charge, LineKind
from planner.domain.due import Due
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.purchase import PurchaseState
from planner.gui.tables import Column
from planner.i18n import _, explain, ngettext, show, show_days_from, show_number
from planner.phrases import N_
from planner.services.account_states import STATE_WORDS, states_now
from planner.services.account_view import BillRow, InstalmentRow, PaymentRow, PlanRow, PurchaseRow

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


def due_state(due: Due, today: date) -> str:
    """What a due is on a day, in a few words."""
    if due.closed_on is not None:
        return _("carried into the bill of {date}").format(date=show(due.closed_on))
    if not due.open:
        return _("paid")
    if due.due_on is None:
        return _("date unknown")
    if due.is_past(today) and due.projected:
        return _("its bill is not recorded")
    if due.is_past(today) and not due.is_late(today):
        return _("minimum paid, was due {date}").format(date=show(due.due_on))
    when = show_days_from(due.due_on, today)
    return _("{when}, not billed yet").format(when=when) if due.projected else when


def _or_nothing(value: Money | date | None) -> str:
    """A value, or a dash in place of nothing."""
    return show(value) if value else "–"


def due_columns(today: Callable[[], date]) -> tuple[Column[Due], ...]:
    """What is to pay; the day is asked for whenever a row is shown, since midnight passes."""
    return (
        Column(N_("What"), lambda due: due.label, explain, is_wide=True),
        Column(N_("Due date"), lambda due: due.due_on),
        Column(N_("How it stands"), lambda due: due_state(due, today())),
        Column(N_("Still to pay"), lambda due: due.open),
        Column(N_("Amount"), lambda due: due.amount),
        Column(N_("Paid"), lambda due: due.paid_amount, _or_nothing),
    )


def bill_columns(today: Callable[[], date]) -> tuple[Column[BillRow], ...]:
    """The bills."""
    return (
        Column(N_("Statement date"), lambda row: row.bill.statement_on),
        Column(N_("Due date"), lambda row: row.bill.due_on),
        Column(N_("Amount"), lambda row: row.bill.amount),
        Column(N_("Minimum"), lambda row: row.bill.minimum),
        Column(N_("Still to pay"), lambda row: row.open),
        Column(
            N_("How it stands"),
            lambda row: due_state(row.due, today()) if row.due else _("all of it is in instalments"),
            is_wide=True,
        ),
    )


def _instalments(row: PlanRow) -> str:
    """How many there are; of a plan that was recorded while it ran, how many of them are kept here."""
    count, kept = row.plan.count, len(row.rows)
    if kept == count:
        return show_number(count)
    return _("{kept} of {count}").format(kept=show_number(kept), count=show_number(count))


PLAN_COLUMNS: tuple[Column[PlanRow], ...] = (
    Column(N_("Plan"), lambda row: row.plan.name, is_wide=True),
    Column(N_("Amount"), lambda row: row.plan.principal),
    Column(N_("Instalments"), _instalments, key=lambda row: row.plan.count, is_number=True),
    Column(N_("Fees and interest"), lambda row: row.plan.fees + row.plan.interest),
    Column(N_("Next due"), lambda row: row.next_on, _or_nothing),
    Column(N_("Still to pay"), lambda row: row.open),
)


def instalment_columns(today: Callable[[], date]) -> tuple[Column[InstalmentRow], ...]:
    """The rows of a plan."""
    return (
        Column(N_("No."), lambda row: row.row.number),
        Column(N_("Due date"), lambda row: row.row.due_on),
        Column(N_("Principal"), lambda row: row.row.principal),
        Column(N_("Fees and interest"), lambda row: row.row.fee + row.row.interest),
        Column(N_("Total"), lambda row: row.row.total),
        Column(N_("How it stands"), lambda row: _instalment_state(row, today()), is_wide=True),
    )


def _instalment_state(row: InstalmentRow, today: date) -> str:
    if row.bill is not None:
        return _("on the bill of {date}").format(date=show(row.bill.statement_on))
    return due_state(row.due, today) if row.due is not None else _("replaced by another plan")


def purchase_columns(today: Callable[[], date]) -> tuple[Column[PurchaseRow], ...]:
    """The purchases."""
    return (
        Column(N_("Date"), lambda row: row.purchase.bought_on),
        Column(N_("Where"), lambda row: row.purchase.merchant, str),
        Column(N_("What"), lambda row: row.purchase.description, str, is_wide=True),
        Column(N_("Amount"), lambda row: row.purchase.amount),
        Column(N_("Came back"), lambda row: row.purchase.refunded, _or_nothing),
        Column(N_("State"), lambda row: _(_PURCHASE_WORDS[row.purchase.state])),
        Column(N_("Where it is paid"), lambda row: _paid_where(row, today())),
    )


def _paid_where(row: PurchaseRow, today: date) -> str:
    if row.plan is not None:
        return _("in instalments: {plan}").format(plan=row.plan.name)
    if row.bill is not None:
        return _("on the bill of {date}").format(date=show(row.bill.statement_on))
    if row.covered is not None:
        return _("in the amount of the bill of {date}").format(date=show(row.covered.statement_on))
    return due_state(row.due, today) if row.due is not None else "–"


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


PAYMENT_COLUMNS: tuple[Column[PaymentRow], ...] = (
    Column(N_("Date"), lambda row: row.payment.paid_on),
    Column(N_("Amount"), lambda row: row.payment.amount),
    Column(N_("How"), lambda row: _how_paid(row.payment)),
    Column(N_("What it paid"), _paid_what, is_wide=True),
    Column(N_("Note"), lambda row: row.payment.note, str),
)

OTHER_COLUMNS: tuple[Column[Charge | Adjustment], ...] = (
    Column(N_("Date"), lambda value: value.posted_on if isinstance(value, Charge) else value.as_of),
    Column(N_("What"), _other_what),
    Column(N_("Amount"), lambda value: value.amount),
    Column(
        N_("Note"), lambda value: value.note if isinstance(value, Charge) else value.reason, str, is_wide=True
    ),
)


def _sum(amounts: Iterable[Money]) -> str:
    kept = list(amounts)
    return show(sum_of(kept, kept[0].currency)) if kept else "–"


def dues_total(rows: Sequence[Due]) -> str:
    """What some dues come to."""
    return _("Still to pay in all: {amount}").format(amount=_sum(due.open for due in rows))


def bills_total(rows: Sequence[BillRow]) -> str:
    """What some bills come to."""
    text = ngettext(
        "{count} bill, {amount}; still to pay: {left}",
        "{count} bills, {amount} together; still to pay: {left}",
        len(rows),
    )
    amount = _sum(row.bill.amount for row in rows)
    return text.format(count=len(rows), amount=amount, left=_sum(row.open for row in rows))


def plans_total(rows: Sequence[PlanRow]) -> str:
    """What some plans come to."""
    text = ngettext(
        "{count} plan, {amount}; still to pay beside the bills: {left}",
        "{count} plans, {amount} together; still to pay beside the bills: {left}",
        len(rows),
    )
    amount = _sum(row.plan.principal for row in rows)
    return text.format(count=len(rows), amount=amount, left=_sum(row.open for row in rows))


def instalments_total(rows: Sequence[InstalmentRow]) -> str:
    """What some rows of a plan come to."""
    text = ngettext("{count} instalment, {amount}", "{count} instalments, {amount} together", len(rows))
    return text.format(count=len(rows), amount=_sum(row.row.total for row in rows))


def purchases_total(rows: Sequence[PurchaseRow]) -> str:
    """What some purchases come to."""
    text = ngettext(
        "{count} purchase, {amount} after refunds",
        "{count} purchases, {amount} together after refunds",
        len(rows),
    )
    return text.format(count=len(rows), amount=_sum(row.purchase.net for row in rows))


def payments_total(rows: Sequence[PaymentRow]) -> str:
    """What some payments come to."""
    text = ngettext("{count} payment, {amount}", "{count} payments, {amount} together", len(rows))
    return text.format(count=len(rows), amount=_sum(row.payment.amount for row in rows))


def others_total(rows: Sequence[Charge | Adjustment]) -> str:
    """What some charges and corrections come to."""
    return _("Together: {amount}").format(amount=_sum(value.amount for value in rows))
