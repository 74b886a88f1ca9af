"""How the figures of what was recorded were made: bills, plans, purchases, payments, charges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from planner.domain.bill import Adjustment, Bill, Charge, LineKind
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.sourced import Source, recorded_from
from planner.phrases import Phrase

T = TypeVar("T")

LINE_WORDS = {
    LineKind.PURCHASE: Phrase("Purchase"),
    LineKind.INSTALMENT: Phrase("Instalment"),
    LineKind.CARRIED: Phrase("Carried from an earlier bill"),
    LineKind.FEE: Phrase("Fee"),
    LineKind.INTEREST: Phrase("Interest"),
    LineKind.PENALTY: Phrase("Penalty for paying late"),
    LineKind.REFUND: Phrase("Refund"),
    LineKind.ADJUSTMENT: Phrase("Correction"),
    LineKind.UNITEMISED: Phrase("Not itemised"),
}
_AS_RECORDED = Phrase("This stands here as it was recorded; nothing is worked out.")


def as_recorded(label: Phrase, value: T, source: Source | None = None) -> Derived[T]:
    """A figure that is shown as it was recorded.

    Args:
        label: What it is.
        value: The figure.
        source: Who says so; None for the user.
    """
    return Derived(value, Derivation(_AS_RECORDED, (Given(label, value, source),)))


# --- bills -----------------------------------------------------------------------------------------


def made_bill(bill: Bill) -> Derived[Money]:
    """What a statement asks for, and how that was made."""
    rule = Phrase("The amount of a bill = its lines together")
    return added(rule, _lines(bill), bill.amount.currency)


def made_minimum(bill: Bill) -> Derived[Money | None]:
    """The least to pay of a bill, and who says so; nobody works it out here."""
    label = Phrase("Minimum, as the statement says")
    if bill.minimum is None:
        rule = Phrase("The statement was recorded without a minimum.")
        return Derived(None, Derivation(rule, (Given(Phrase("Minimum"), None),)))
    return as_recorded(label, bill.minimum)


def _lines(bill: Bill) -> Iterable[Given]:
    for line in bill.lines:
        kind = LINE_WORDS[line.kind]
        label = Phrase("{what}: {more}", what=kind, more=Phrase.own(line.label)) if line.label else kind
        yield Given(label, line.amount)


# --- instalment plans ------------------------------------------------------------------------------


def made_principal(plan: InstalmentPlan) -> Derived[Money]:
    """What the rows of a plan repay, and how that was made."""
    rule = Phrase("The amount of a plan = the principal of its instalments together")
    given = (Given(row_words(row), row.principal) for row in plan.rows)
    return added(rule, given, plan.principal.currency)


def made_plan_costs(plan: InstalmentPlan) -> Derived[Money]:
    """The fees and interest of a plan, and how they were made."""
    rule = Phrase("The cost of a plan = the fees and interest of its instalments together")
    given = (Given(row_words(row), made_row_costs(row)) for row in plan.rows)
    return added(rule, given, plan.principal.currency)


def made_row(row: Instalment) -> Derived[Money]:
    """What is to pay with one instalment, and how that was made."""
    rule = Phrase("An instalment = principal + fee + interest")
    parts = (
        Given(Phrase("Principal"), row.principal),
        Given(Phrase("Fee"), row.fee),
        Given(Phrase("Interest"), row.interest),
    )
    return added(rule, (part for part in parts if part.value), row.principal.currency)


def made_row_principal(row: Instalment) -> Derived[Money]:
    """What one instalment repays."""
    return as_recorded(Phrase("Principal of {row}", row=row_words(row)), row.principal)


def made_row_costs(row: Instalment) -> Derived[Money]:
    """The fee and the interest of one instalment, and how they were made."""
    rule = Phrase("Fees and interest of an instalment = fee + interest")
    parts = (Given(Phrase("Fee"), row.fee), Given(Phrase("Interest"), row.interest))
    return added(rule, (part for part in parts if part.value), row.principal.currency)


def row_words(row: Instalment) -> Phrase:
    """What to call a row of a plan."""
    return Phrase("Instalment {number}, {date}", number=row.number, date=row.due_on)


# --- purchases, payments, charges, corrections ------------------------------------------------------


def made_purchase(purchase: Purchase) -> Derived[Money]:
    """What was ordered for."""
    label = Phrase("Ordered for, before refunds")
    return as_recorded(label, purchase.amount, recorded_from(purchase.source_key))


def made_refunds(purchase: Purchase) -> Derived[Money]:
    """What came back of a purchase, and how that was made."""
    rule = Phrase("Came back = all refunds of it together")
    given = (
        Given(
            Phrase("Refund of {date}", date=refund.refunded_on),
            refund.amount,
            recorded_from(refund.source_key),
        )
        for refund in purchase.refunds
    )
    return added(rule, given, purchase.amount.currency)


def made_net(purchase: Purchase) -> Derived[Money]:
    """What is left of a purchase after refunds, and how that was made."""
    if not purchase.refunds:
        return made_purchase(purchase)
    rule = Phrase("After refunds = what was ordered for − what came back")
    given = (
        Given(Phrase("Ordered for, before refunds"), purchase.amount, recorded_from(purchase.source_key)),
        Given(Phrase("Came back"), made_refunds(purchase)),
    )
    return Derived(
        purchase.net, lambda: Derivation(rule, given, (Working(Phrase("After refunds"), purchase.net),))
    )


def made_payment(payment: Payment) -> Derived[Money]:
    """What was paid."""
    label = Phrase("Payment of {date}", date=payment.paid_on)
    return as_recorded(label, payment.amount, recorded_from(payment.source_key))


def made_charge(charge: Charge) -> Derived[Money]:
    """What the lender has charged."""
    return as_recorded(LINE_WORDS[charge.kind], charge.amount)


def made_adjustment(adjustment: Adjustment) -> Derived[Money]:
    """The difference between what the lender's app said and our figure, and how it was made."""
    ours = adjustment.stated - adjustment.amount
    rule = Phrase("A correction = what the app said − what was to pay by this record on that day")
    given = (
        Given(Phrase("The app said on {date}", date=adjustment.as_of), adjustment.stated),
        Given(Phrase("To pay by this record"), ours),
    )
    step = Working(Phrase("The app − this record"), adjustment.amount)
    return Derived(adjustment.amount, Derivation(rule, given, (step,)))
