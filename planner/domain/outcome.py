"""From an offer to its outcome: the dated payments, what they come to, and their true rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.domain.apr import Apr, NoRateError, apr
from planner.domain.carried import carried_charges, instalment_dues, minimum_ends, minimum_then_rest
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.offer import Costing, Offer, OfferKind, Outcome, most_instalments
from planner.domain.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.schedule import DEFAULT_ROUNDING, Rounding, flat_fee
from planner.domain.sourced import Span
from planner.domain.term import ChargedFrom, FeeTiming
from planner.phrases import Phrase


def outcome(question: Question, offer: Offer, today: date, rounding: Rounding = DEFAULT_ROUNDING) -> Outcome:
    """What an offer comes to for an amount.

    The true rate counts the payments month by month, the first one month after the beginning, as
    the lender's own table does: a bill's instalments begin with its due date, when it could still
    be paid at no cost. Payments never lie in the past.

    Args:
        question: What is to be settled.
        offer: The offer.
        today: The day of deciding.
        rounding: How the lender rounds rows.
    """
    notes = _notes(question, offer, today)
    missing = _missing(question, offer)
    if missing is not None:
        return Outcome(offer, not_comparable=missing, notes=notes, is_late=question.is_late)
    ends = [costing(question.amount, *rows) for rows in _ends(question, offer, today, rounding)]
    low, high = min(ends, key=lambda end: end.total), max(ends, key=lambda end: end.total)
    return Outcome(
        offer,
        low,
        high,
        _advertised(question.amount, offer),
        derivation=_derivation(question, offer, low, high),
        notes=notes,
        is_late=question.is_late,
    )


def _missing(question: Question, offer: Offer) -> Phrase | None:
    if offer.kind is OfferKind.MINIMUM:
        if question.minimum is None and offer.minimum.is_unknown:
            return Phrase("Not comparable: the minimum rule is unknown")
        if offer.carry.is_unknown:
            return Phrase("Not comparable: the charge on the rest is unknown")
        return None
    priced = offer.kind is OfferKind.FULL or not offer.is_fee_unknown
    return None if priced else Phrase("Not comparable: the fee is unknown")


def _notes(question: Question, offer: Offer, today: date) -> tuple[Phrase, ...]:
    """What to know before choosing an offer: when it is usually open, and to whom."""
    notes = []
    if offer.kind is OfferKind.MINIMUM and question.is_late:
        notes.append(Phrase("Paying the minimum now does not undo that it is late."))
    if offer.kind in {OfferKind.FLAT_FEE, OfferKind.PROMOTION}:
        # A bill can be split from its statement to its due date.
        if question.due_on is not None and question.due_on < today:
            notes.append(Phrase("Usually not offered after the due date."))
        elif question.is_bill and question.statement_on is not None and today < question.statement_on:
            notes.append(
                Phrase("Usually offered from the statement of {date} on.", date=question.statement_on)
            )
        if question.is_instalment:
            notes.append(
                Phrase("This is an instalment already: lenders seldom split one again, and banks may not.")
            )
    if offer.kind is OfferKind.PROMOTION:
        notes.append(Phrase("Not everybody is offered this promotion: look in the app."))
    if offer.kind is OfferKind.OWN and question.account is not None:
        most = most_instalments(question.account.terms)
        if most is not None and offer.count > most:
            notes.append(
                Phrase(
                    "More instalments than {lender} is known to offer ({most}).",
                    lender=Phrase(question.account.lender or question.account.name),
                    most=most,
                )
            )
    return tuple(notes)


def _ends(
    question: Question, offer: Offer, today: date, rounding: Rounding
) -> list[tuple[tuple[Instalment, ...], tuple[int, ...]]]:
    """The payments at each end of the offer's terms, and the month each is counted in."""
    amount = question.amount
    zero = amount.zero
    if offer.kind is OfferKind.FULL:
        return [((Instalment(1, question.first_due, amount, zero, zero),), (0,))]
    if offer.kind is OfferKind.MINIMUM:
        return [(minimum_then_rest(question, end), (0, 1)) for end in minimum_ends(question, offer)]
    if offer.at_once:
        months = tuple(range(offer.count))
        dues = [add_months(today, month) for month in months]
    else:
        months = tuple(range(1, offer.count + 1))
        dues = instalment_dues(question, offer.count)
    fees = offer.fees_on(amount)
    if offer.timing is not FeeTiming.UPFRONT:
        return [(flat_fee(amount, dues, fee, offer.timing, rounding), months) for fee in fees]
    plans = [flat_fee(amount, dues, fee, FeeTiming.WITH_FIRST, rounding) for fee in fees]
    return [
        ((Instalment(0, today, zero, rows[0].fee, zero), replace(rows[0], fee=zero), *rows[1:]), (0, *months))
        for rows in plans
    ]


def costing(amount: Money, rows: Sequence[Instalment], months: Sequence[int]) -> Costing:
    """What payments come to, each counted in one of the months; 0 is the beginning."""
    total = sum_of((row.total for row in rows), amount.currency)
    by_month: dict[tuple[int, int], Money] = {}
    for row in rows:
        month = (row.due_on.year, row.due_on.month)
        by_month[month] = by_month.get(month, amount.zero) + row.total
    return Costing(
        tuple(rows),
        total,
        total - amount,
        _rate(amount, rows, months),
        max(by_month.values()),
        max(row.due_on for row in rows),
        tuple(months),
    )


def _rate(amount: Money, rows: Sequence[Instalment], months: Sequence[int]) -> Apr | None:
    flows = [0] * (months[-1] + 1)
    flows[0] = amount.minor
    for month, row in zip(months, rows, strict=True):
        flows[month] -= row.total.minor
    try:
        return apr(flows)
    except NoRateError:
        return None  # paid at once: nothing is lent


def _advertised(amount: Money, offer: Offer) -> Span[Rate] | None:
    """The yearly rate as it is advertised: twelve times the monthly fee, 365 times the daily charge."""
    if offer.kind is OfferKind.MINIMUM:
        return Span(Rate(offer.carry.lowest().value.yearly), Rate(offer.carry.highest().value.yearly))
    yearly = [claim.value.yearly for claim in offer.fee.counting]
    yearly += [claim.value / offer.count * Per.MONTH.value for claim in offer.whole_fee.counting]
    if offer.total_fee is not None and amount:
        yearly = [Decimal(offer.total_fee.minor) / amount.minor / offer.count * Per.MONTH.value]
    return Span(Rate(min(yearly)), Rate(max(yearly))) if yearly else None


# --- how it was made -------------------------------------------------------------------------------

CHARGED_FROM_WORDS = {
    ChargedFrom.DUE: Phrase("the due date, on the rest"),
    ChargedFrom.PURCHASE: Phrase("the purchases, on the whole bill"),
}

_RULES = {
    OfferKind.FULL: Phrase("Paid in full by the due date, only the amount itself is paid."),
    OfferKind.MINIMUM: Phrase(
        "The rest is charged for each day until it is paid one month later. Where the charge runs from the "
        "purchases, the whole bill is charged until the due date too; where nobody says, the high end takes "
        "that. The true rate is what this comes to on the rest."
    ),
}
FEE_RULE = Phrase(
    "True rate: the monthly rate i at which amount = Σ payment ÷ (1 + i)^month, "
    "because the fee is charged on the original amount while less and less of it is owed"
)


def _derivation(question: Question, offer: Offer, low: Costing, high: Costing) -> Derivation:
    workings = []
    readings = minimum_ends(question, offer) if offer.kind is OfferKind.MINIMUM else None
    names = (Phrase("Low end"), Phrase("High end")) if low != high else (None,)
    for number, (name, end) in enumerate(zip(names, (low, high), strict=False)):
        if name is not None:
            workings.append(Working(name))
        if readings is not None:
            workings += [charge.working for charge in carried_charges(question, readings[number])]
        workings += cost_workings(end)
    return Derivation(
        _RULES.get(offer.kind, FEE_RULE),
        tuple(_given(question, offer)),
        tuple(workings),
        Phrase("Each instalment is rounded to the cent as lenders do; rates are shown to two decimals."),
    )


def _given(question: Question, offer: Offer) -> list[Given]:
    given = [Given(Phrase("Amount"), question.amount)]
    given += [
        Given(Phrase("Fee a month, on the original amount"), c.value, c.source) for c in offer.fee.counting
    ]
    given += [
        Given(Phrase("Fee of the whole plan, as a part of the amount"), Rate(c.value), c.source)
        for c in offer.whole_fee.counting
    ]
    if offer.total_fee is not None:
        given.append(Given(Phrase("Fee of the whole plan"), offer.total_fee))
    if offer.kind is not OfferKind.MINIMUM:
        return given
    if question.minimum is not None:
        given.append(Given(Phrase("Minimum, as the statement says"), question.minimum))
    else:
        given += [
            Given(Phrase("Part to pay at once"), Rate(c.value), c.source) for c in offer.minimum.counting
        ]
    given += [Given(Phrase("Charge a day"), c.value, c.source) for c in offer.carry.counting]
    starts = offer.carry_from
    given += [Given(Phrase("Charged from"), CHARGED_FROM_WORDS[c.value], c.source) for c in starts.counting]
    if question.bought is not None and (
        starts.is_unknown or ChargedFrom.PURCHASE in {c.value for c in starts.counting}
    ):
        given.append(Given(Phrase("Purchases made on"), question.bought))
    return given


def cost_workings(end: Costing) -> list[Working]:
    """The steps from payments to their total and their true rate."""
    workings = []
    for row in end.rows:
        if not row.number:
            text = Phrase("Fee at the beginning, {date}", date=row.due_on)
        else:
            text = Phrase("Payment {number}, {date}", number=row.number, date=row.due_on)
        workings.append(Working(text, row.total))
    workings.append(Working(Phrase("All payments together"), end.total))
    workings.append(Working(Phrase("Above the amount"), end.fees))
    if end.apr is not None:
        monthly = Rate(end.apr.monthly, Per.MONTH)
        workings += [
            Working(Phrase("The monthly rate at which the payments are worth the amount"), monthly),
            Working(Phrase("× 12: nominal yearly rate"), end.apr.nominal),
            Working(Phrase("Compounded over twelve months: effective yearly rate"), end.apr.effective),
        ]
    return workings
