"""What the rows of the lists of an account come to, and how that was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.domain.bill import Adjustment, Charge
from planner.domain.derivation import Derived, Given, added
from planner.domain.due import Due
from planner.domain.due_sums import together
from planner.domain.money import Money
from planner.domain.recorded import (
    LINE_WORDS,
    made_adjustment,
    made_bill,
    made_charge,
    made_net,
    made_payment,
    made_principal,
    made_row,
    row_words,
)
from planner.phrases import Phrase
from planner.services.account_view import BillRow, InstalmentRow, PaymentRow, PlanRow, PurchaseRow

Sum = Derived[Money] | None
"""A sum, and how it was made; None where there is nothing to add up."""

Part = tuple[Phrase, Derived[Money]]


def dues_still(rows: Sequence[Due]) -> Sum:
    """What is still to pay of some dues."""
    return together(rows, rows[0].open.currency) if rows else None


def bills_amount(rows: Sequence[BillRow]) -> Sum:
    """What some bills ask for."""
    rule = Phrase("The amounts of these bills together")
    return _in_all(rule, ((_bill_words(row), made_bill(row.bill)) for row in rows))


def bills_still(rows: Sequence[BillRow]) -> Sum:
    """What is still to pay of some bills."""
    rule = Phrase("What is still to pay of these bills, together")
    return _in_all(rule, ((_bill_words(row), row.still) for row in rows))


def plans_principal(rows: Sequence[PlanRow]) -> Sum:
    """What some plans repay."""
    rule = Phrase("The amounts of these plans together")
    return _in_all(rule, ((Phrase.own(row.plan.name), made_principal(row.plan)) for row in rows))


def plans_still(rows: Sequence[PlanRow]) -> Sum:
    """What is still to pay of some plans beside the bills."""
    rule = Phrase("What is still to pay of these plans and stands on no bill, together")
    return _in_all(rule, ((Phrase.own(row.plan.name), row.still) for row in rows))


def instalments_amount(rows: Sequence[InstalmentRow]) -> Sum:
    """What some rows of a plan come to."""
    rule = Phrase("These instalments together")
    return _in_all(rule, ((row_words(row.row), made_row(row.row)) for row in rows))


def purchases_net(rows: Sequence[PurchaseRow]) -> Sum:
    """What some purchases come to after refunds."""
    rule = Phrase("These purchases together, after refunds")
    return _in_all(rule, ((_purchase_words(row), made_net(row.purchase)) for row in rows))


def payments_amount(rows: Sequence[PaymentRow]) -> Sum:
    """What some payments come to."""
    rule = Phrase("These payments together")
    dated = ((Phrase("Payment of {date}", date=row.payment.paid_on), row.payment) for row in rows)
    return _in_all(rule, ((words, made_payment(payment)) for words, payment in dated))


def others_amount(rows: Sequence[Charge | Adjustment]) -> Sum:
    """What some charges and corrections come to."""
    rule = Phrase("These charges and corrections together")
    return _in_all(rule, map(_other, rows))


def _in_all(rule: Phrase, parts: Iterable[Part]) -> Sum:
    given = [Given(words, figure) for words, figure in parts]
    return added(rule, given, given[0].plain.currency) if given else None


def _bill_words(row: BillRow) -> Phrase:
    return Phrase("Bill of {date}", date=row.bill.statement_on)


def _purchase_words(row: PurchaseRow) -> Phrase:
    label, day = row.purchase.label, row.purchase.bought_on
    return (
        Phrase("{what}, {date}", what=Phrase.own(label), date=day)
        if label
        else Phrase("Purchase of {date}", date=day)
    )


def _other(value: Charge | Adjustment) -> Part:
    if isinstance(value, Charge):
        return Phrase("{what}, {date}", what=LINE_WORDS[value.kind], date=value.posted_on), made_charge(value)
    return Phrase("Correction of {date}", date=value.as_of), made_adjustment(value)
