"""The figures that forms show before anything is recorded, and how they are made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.due_sums import together
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.plans.plan_terms import PlanCost
from planner.domain.rate import Rate
from planner.domain.recorded import row_words
from planner.phrases import Phrase
from planner.services.billing import Projection
from planner.services.bills import our_figure
from planner.services.refund_effect import RefundEffect
from planner.store.store import Store

_DRAFT = Phrase(
    "The instalments follow from the amount, their number and the cost, as they stand in the form; one that "
    "was changed by hand stands as it was typed."
)
_RECORDED = Phrase("This stands here as it was recorded; nothing is worked out.")


# --- bills and corrections ---------------------------------------------------------------------------


def made_ours(store: Store, account_id: str, on: date, bill_id: str = "") -> Derived[Money]:
    """What is still to pay by this record on a day, and how that was made.

    Args:
        store: The open store.
        account_id: The account.
        on: The day.
        bill_id: The bill that is meant; empty for the whole account less its credit.
    """
    ours = our_figure(store, account_id, on, bill_id)
    known = store.ledgers.history(account_id, on)
    if bill_id:
        due = known.due(bill_id)
        if due is not None:
            return due.still_due
        rule = Phrase("Nothing of this bill is to pay by itself any more.")
        return Derived(ours, Derivation(rule, (Given(Phrase("Still to pay"), ours),)))
    owed = together(known.open_dues, ours.currency)
    credit = known.made_credit(account_id)
    if credit is None:
        return owed
    rule = Phrase("Still to pay by this record = what is open − what was paid ahead")
    given = (Given(Phrase("Still to pay"), owed), Given(Phrase("Paid ahead"), credit))
    return Derived(ours, lambda: Derivation(rule, given, (Working(Phrase("Open − paid ahead"), ours),)))


def made_projection(found: Projection) -> Derived[Money]:
    """What a bill made of what is recorded comes to, and how that was made."""
    rule = Phrase("What is recorded and on no bill yet, together")
    given = (Given(each.what, each.line.amount) for each in found.entries)
    return added(rule, given, found.total.currency)


def made_rest(found: Projection) -> Derived[Money]:
    """What a statement asks for beyond what is recorded, and how that was made."""
    rule = Phrase("The line that is not itemised = what the statement asks for − what is recorded for it")
    given = (
        Given(Phrase("The statement asks for"), found.total + found.rest),
        Given(Phrase("Recorded"), made_projection(found)),
    )
    return Derived(
        found.rest, lambda: Derivation(rule, given, (Working(Phrase("Not itemised"), found.rest),))
    )


# --- refunds -----------------------------------------------------------------------------------------


def made_effect(found: RefundEffect, amount: Money) -> Derived[Money]:
    """By how much less a bill is open once some money has come back, and how that was made."""
    rule = Phrase(
        "A refund lowers the bill that has the purchase, as far as something of it is open and it is not off "
        "its amount already; the rest counts for what else is due."
    )
    workings = (
        Working(Phrase("Off that bill already"), amount - found.counted),
        Working(Phrase("The bill falls by"), found.fall),
        Working(Phrase("Counts for what else is due"), found.counted - found.fall),
    )
    return Derived(found.fall, Derivation(rule, (Given(Phrase("Came back"), amount),), workings))


# --- instalment plans --------------------------------------------------------------------------------


def made_part(row: Instalment, label: Phrase, amount: Money, given: Sequence[Given] = ()) -> Derived[Money]:
    """A part of a row of a plan, and how it was made.

    Args:
        row: The row.
        label: What the part is.
        amount: How much it is.
        given: What the rows follow from; none for rows that are recorded.
    """
    working = Working(Phrase("{row}: {what}", row=row_words(row), what=label), amount)
    return Derived(amount, Derivation(_DRAFT if given else _RECORDED, tuple(given), (working,)))


def made_cost_lines(rows: Sequence[Instalment], cost: PlanCost) -> tuple[tuple[Phrase, Derived[Money]], ...]:
    """What the rows of a plan come to: principal, fees, interest and all of it, each with how it was made."""
    currency = cost.principal.currency
    principal = added(
        Phrase("Principal = that of each instalment together"),
        [Given(row_words(row), row.principal) for row in rows],
        currency,
    )
    fees = added(
        Phrase("Fees = those of each instalment together"),
        [Given(row_words(row), row.fee) for row in rows if row.fee],
        currency,
    )
    interest = added(
        Phrase("Interest = that of each instalment together"),
        [Given(row_words(row), row.interest) for row in rows if row.interest],
        currency,
    )
    total = added(
        Phrase("To pay in all = principal + fees + interest"),
        [
            Given(Phrase("Principal"), principal),
            Given(Phrase("Fees"), fees),
            *([Given(Phrase("Interest"), interest)] if cost.interest else []),
        ],
        currency,
    )
    lines = [(Phrase("Principal"), principal), (Phrase("Fees"), fees)]
    if cost.interest:
        lines.append((Phrase("Interest"), interest))
    return (*lines, (Phrase("To pay in all"), total))


def made_rates(cost: PlanCost) -> tuple[tuple[Phrase, Derived[Rate]], ...]:
    """The true yearly rates of a plan, each with how it was made; none where there is none."""
    derivation = cost.derivation
    if cost.apr is None or derivation is None:
        return ()
    found = [(Phrase("True yearly rate, effective"), Derived(cost.apr.effective, derivation))]
    if cost.apr.nominal is not None:
        nominal = Derived(cost.apr.nominal, derivation)
        found.insert(0, (Phrase("True yearly rate, nominal (monthly × 12)"), nominal))
    return tuple(found)


def made_missing(rows: Sequence[Instalment], cost: PlanCost) -> Derived[Money]:
    """What the rows of a plan still have to repay, and how that was made."""
    rule = Phrase("Missing = what the plan repays − the principal of its instalments together")
    (_label, principal), *_others = made_cost_lines(rows, cost)
    given = (
        Given(Phrase("Amount of the plan"), cost.principal + cost.missing),
        Given(Phrase("Principal"), principal),
    )
    step = Working(Phrase("Missing, or too much where it is below nothing"), cost.missing)
    return Derived(cost.missing, Derivation(rule, given, (step,)))
