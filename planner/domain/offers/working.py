"""How an outcome was made: rule, inputs with their sources, steps with the actual numbers."""

from __future__ import annotations

from planner.domain.apr import Apr, Convention
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.money import Money
from planner.domain.offers.carried import carried_charges, minimum_ends
from planner.domain.offers.costing import Costing
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Sourced
from planner.domain.term import ChargedFrom, FeeTiming, FirstPayment
from planner.phrases import Phrase

CHARGED_FROM_WORDS = {
    ChargedFrom.DUE: Phrase("the due date, on the rest"),
    ChargedFrom.PURCHASE: Phrase("the purchases, on the whole bill"),
}
TIMING_WORDS = {
    FeeTiming.EVEN: Phrase("the same with each instalment"),
    FeeTiming.WITH_FIRST: Phrase("all of it with the first instalment"),
    FeeTiming.UPFRONT: Phrase("all of it at the beginning"),
    FeeTiming.DECLINING: Phrase("each month on what is still owed"),
}
FIRST_WORDS = {
    FirstPayment.NEXT_DUE: Phrase("with the next due date"),
    FirstPayment.AT_ONCE: Phrase("on the day of the purchase"),
}

FEE_RULE = Phrase(
    "True rate: the monthly rate i at which amount = Σ payment ÷ (1 + i)^month, "
    "because the fee is charged on the original amount while less and less of it is owed"
)
_RATE_RULES = {
    Convention.EU: Phrase(
        "True rate: the yearly rate X at which amount = Σ payment ÷ (1 + X)^years. Whole months count as "
        "twelfths, measured back from each payment; the days that are left, as parts of their year "
        "(Directive 2008/48/EC, Annex I)"
    ),
    Convention.US: Phrase(
        "True rate: the rate i of a unit-period at which amount = Σ payment ÷ [(1 + f·i) × (1 + i)^t], with "
        "t whole unit-periods and the fraction f of one, times the unit-periods of a year "
        "(12 CFR 1026, Appendix J)"
    ),
}
_RULES = {
    OfferKind.FULL: Phrase("Paid in full by the due date, only the amount itself is paid."),
    OfferKind.MINIMUM: Phrase(
        "The rest is charged for each day until it is paid one month later. Where the charge runs from the "
        "purchases, the whole bill is charged until the due date too; where nobody says, the high end takes "
        "that. The true rate counts the time that is charged: from the due date on, the rest alone; from the "
        "purchases on, the whole bill from the day they were made. The minimum repays on the due date, the "
        "rest and all of the charge one month later."
    ),
    OfferKind.LEVEL: Phrase(
        "Level payment = amount × i ÷ (1 - (1 + i)^-n), where i is a twelfth of the yearly rate and n the "
        "number of payments. Each bears the interest on what was owed before it; the rest of it repays. "
        "The true rate counts every fee too."
    ),
    OfferKind.EQUAL_PRINCIPAL: Phrase(
        "Each payment repays the same part and bears a twelfth of the yearly rate on what was owed before "
        "it: the first one on the whole amount. The true rate counts every fee too."
    ),
    OfferKind.DEFERRAL: Phrase(
        "All of it is paid one month later, with a fee of a part of it or a charge for each day. The true "
        "rate is what this comes to on the amount."
    ),
}
ROUNDING = Phrase("Each instalment is rounded to the cent as lenders do; rates are shown to two decimals.")


def derivation(question: Question, offer: Offer, low: Costing, high: Costing) -> Derivation:
    """How an outcome was made.

    Args:
        question: What is to be settled.
        offer: The offer.
        low: What it comes to at the least.
        high: What it comes to at the most.
    """
    workings = []
    readings = minimum_ends(question, offer) if offer.kind is OfferKind.MINIMUM else None
    names = (Phrase("Low end"), Phrase("High end")) if low != high else (None,)
    for number, (name, end) in enumerate(zip(names, (low, high), strict=False)):
        if name is not None:
            workings.append(Working(name))
        if readings is not None:
            workings += [charge.working for charge in carried_charges(question, readings[number])]
            if end.lent_on is not None and end.lent_on < question.first_due:
                workings.append(Working(Phrase("The true rate counts the whole bill from"), end.lent_on))
        workings += cost_workings(end)
    rule = _RULES.get(offer.kind, rate_rule(low.convention))
    return Derivation(rule, tuple(_given(question, offer)), tuple(workings), ROUNDING)


def _given(question: Question, offer: Offer) -> list[Given]:
    """What went in, each with who says so."""
    given = [Given(Phrase("Amount"), question.amount)]
    given += fee_given(offer, question.amount) + interest_given(offer) + opening_given(offer)
    if offer.free_months:
        given.append(Given(Phrase("Months at the beginning that cost nothing"), offer.free_months))
    given += [
        Given(Phrase("The fee is paid"), TIMING_WORDS[c.value], c.source) for c in offer.timings.counting
    ]
    given += [
        Given(Phrase("The first instalment is paid"), FIRST_WORDS[c.value], c.source)
        for c in offer.first.counting
    ]
    if question.is_bill:
        given += [
            Given(Phrase("Part of a bill that can be put into instalments"), Rate(c.value), c.source)
            for c in offer.split_part.counting
        ]
        if question.moved and not offer.split_part.is_unknown:
            given.append(Given(Phrase("Of this bill in instalments already"), question.moved))
    return given + carried_given(question, offer)


def fee_given(offer: Offer, amount: Money) -> list[Given]:
    """How the fee is charged, in each way of stating it."""
    given = _sourced(Phrase("Fee a month, on the original amount"), offer.fee)
    given += [
        Given(Phrase("Fee of the whole plan, as a part of the amount"), Rate(c.value), c.source)
        for c in offer.whole_fee.counting
    ]
    if offer.total_fee is not None:
        given.append(Given(Phrase("Fee of the whole plan"), offer.total_fee))
    most = ((Money.rounded(c.value, amount.currency), c.source) for c in offer.fee_most.counting)
    given += [Given(Phrase("The fee is never more than"), value, source) for value, source in most]
    last = Phrase("Last day of the promotion")
    return given + [Given(last, claim.value, claim.source) for claim in offer.until.counting]


def interest_given(offer: Offer) -> list[Given]:
    """What yearly rate is charged on what is owed."""
    return _sourced(Phrase("Yearly rate on what is owed"), offer.interest)


def opening_given(offer: Offer) -> list[Given]:
    """What is paid at the beginning."""
    if offer.opening_fee is None:
        return []
    return [Given(Phrase("Fee at the beginning"), offer.opening_fee)]


def carried_given(question: Question, offer: Offer) -> list[Given]:
    """What the charge for each day depends on."""
    charge = _sourced(Phrase("Charge a day"), offer.carry)
    if offer.kind is not OfferKind.MINIMUM:
        return charge
    if question.minimum is not None:
        given = [Given(Phrase("Minimum, as the statement says"), question.minimum)]
    else:
        given = [
            Given(Phrase("Part to pay at once"), Rate(c.value), c.source) for c in offer.minimum.counting
        ]
    starts = offer.carry_from
    given += charge
    given += [Given(Phrase("Charged from"), CHARGED_FROM_WORDS[c.value], c.source) for c in starts.counting]
    if question.bought is not None and (
        starts.is_unknown or ChargedFrom.PURCHASE in {c.value for c in starts.counting}
    ):
        given.append(Given(Phrase("Purchases made on"), question.bought))
    return given


def _sourced(label: Phrase, term: Sourced[Rate]) -> list[Given]:
    return [Given(label, claim.value, claim.source) for claim in term.counting]


def cost_workings(end: Costing) -> list[Working]:
    """The steps from payments to their total and their true rate."""
    workings = []
    for row in end.rows:
        if row.number:
            text = Phrase("Payment {number}, {date}", number=row.number, date=row.due_on)
        elif row.principal:
            text = Phrase("What stays due, {date}", date=row.due_on)
        else:
            text = Phrase("Fee at the beginning, {date}", date=row.due_on)
        workings.append(Working(text, row.total))
    workings.append(Working(Phrase("All payments together"), end.total))
    workings.append(Working(Phrase("Above the amount"), end.fees))
    if end.apr is not None:
        workings += _rate_workings(end.apr)
    if end.no_rate is not None:
        workings.append(Working(end.no_rate))
    return workings


def _rate_workings(found: Apr) -> list[Working]:
    """How a true rate stands in the words of its convention."""
    workings = []
    if found.monthly is not None:
        monthly = Rate(found.monthly, Per.MONTH)
        workings.append(
            Working(Phrase("The monthly rate at which the payments are worth the amount"), monthly)
        )
    if found.convention is Convention.EU:
        text = Phrase("The yearly rate at which the payments are worth the amount: APR (TAEG)")
        return [*workings, Working(text, found.effective)]
    if found.nominal is not None:
        text = Phrase("× 12: nominal yearly rate")
        if found.convention is Convention.US:
            text = Phrase("Rate of a unit-period × the periods of a year: APR")
        workings.append(Working(text, found.nominal))
    text = Phrase("Compounded over twelve months: effective yearly rate")
    if found.monthly is None:
        text = Phrase("Compounded over a year: effective yearly rate")
    return [*workings, Working(text, found.effective)]


def rate_rule(convention: Convention) -> Phrase:
    """How the true rate is worked out by a convention, in words."""
    return _RATE_RULES.get(convention, FEE_RULE)
