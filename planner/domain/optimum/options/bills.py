"""The ways to settle a bill, a bill still to come, or an order with a date of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment
from planner.domain.late.costing import Costing
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome
from planner.domain.offers.costing import Costing as OfferEnd
from planner.domain.offers.deferral import deferral
from planner.domain.offers.listing import offers_from
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.optimum.options.listed import Listed, Way, by_payments, stream
from planner.domain.optimum.problem import Option, OptionKind, PlanRow, Stream
from planner.domain.plans.eligibility import Verdict
from planner.domain.plans.schedule import DEFAULT_ROUNDING, rounding_of
from planner.domain.sourced import Span
from planner.phrases import Phrase

_KINDS = {
    OfferKind.FLAT_FEE: OptionKind.INSTALMENTS,
    OfferKind.PROMOTION: OptionKind.PROMOTION,
    OfferKind.DEFERRAL: OptionKind.DEFERRAL,
}

NO_LATE_COST = Phrase("What being late has cost so far is not known, and may come on top.")
_AFTER_DUE = Phrase("Usually not offered after the due date.")


def reason(way: Phrase, why: Phrase) -> Phrase:
    """Why a way is not among the options, as one line.

    Args:
        way: What it is called.
        why: The reason, a sentence.
    """
    return Phrase("{way}: {reason}", way=way, reason=why)


# --- in full ---------------------------------------------------------------------------------------


def full_ways(facts: DebtFacts, costing: Costing | None) -> Iterator[Way]:
    """Paying in full: on the due date or today, and on the last day that still counts as in time.

    What is past its date has cost something by today: the late cost so far, or the charge on a rest whose
    minimum is paid. Each other way of the same debt begins with that too.

    Args:
        facts: The debt.
        costing: What the late cost is worked out from; None where it is unknown.
    """
    on, owed = facts.first_due, facts.owed
    so_far = cost_so_far(facts, costing)
    ends = so_far.map(lambda cost: stream([(on, owed + cost)], owed, cost if facts.is_late else None))
    is_unknown = facts.is_past and costing is None
    option = Option(
        "full",
        OptionKind.FULL,
        Phrase("In full on {date}", date=on),
        ends.high,
        ends.low,
        notes=(NO_LATE_COST,) if is_unknown else (),
    )
    if costing is not None and (so_far.high or so_far.low):
        yield Listed(option, Derived(so_far, lambda: costing.derived(facts.today).derivation))
    else:
        yield Listed(option, Derived(so_far, partial(_free, owed)))
    yield from _in_grace(facts, costing)


def _free(owed: Money) -> Derivation:
    rule = Phrase("Paid in full when it is due, nothing is charged beyond what is owed.")
    given = (Given(Phrase("What is owed"), owed),)
    return Derivation(rule, given, (Working(Phrase("The cost"), owed.zero),))


def cost_so_far(facts: DebtFacts, costing: Costing | None) -> Span[Money]:
    """What has been charged by today because something is past its date; nothing where that is unknown.

    Args:
        facts: The debt.
        costing: What the late cost is worked out from; None where it is unknown.
    """
    if costing is None or not facts.is_past:
        return Span.exactly(facts.owed.zero)
    return costing.cost(facts.today)


def _in_grace(facts: DebtFacts, costing: Costing | None) -> Iterator[Way]:
    """Paying on the last of the fewest days of grace that the sources name: it counts as in time."""
    terms, due_on, owed = facts.account.terms, facts.debt.due_on, facts.owed
    if terms.grace_days.is_unknown or facts.is_carried:
        return
    shortest = terms.grace_days.lowest()
    last = due_on + timedelta(days=shortest.value)
    if not shortest.value or last <= facts.today:
        return
    if costing is not None and costing.cost(last).high:
        return
    hours = [claim.value for claim in terms.grace_cutoff.counting if claim.value is not None]
    notes = [Phrase("On that day it has to be paid by {hour}.", hour=f"{min(hours):%H:%M}")] if hours else []
    end = stream([(last, owed)], owed)
    label = Phrase("In full on {date}, the last day of grace", date=last)
    option = Option("grace", OptionKind.FULL, label, end, end, notes=tuple(notes))
    rule = Phrase("Paid within the days of grace it counts as in time, and nothing is charged.")
    given = (
        Given(Phrase("Due date"), due_on),
        Given(Phrase("Days of grace"), shortest.value, shortest.source),
    )
    steps = (Working(Phrase("The last day of grace"), last), Working(Phrase("The cost"), owed.zero))
    yield Listed(option, Derived(Span.exactly(owed.zero), Derivation(rule, given, steps)))


# --- offers ----------------------------------------------------------------------------------------


def offer_ways(facts: DebtFacts, question: Question) -> Iterator[Way]:
    """What the terms of the account offer beside paying in full and the minimum.

    Instalments of a bill can be asked for from its statement to its due date, and the first of them falls
    into the next bill (m.tjduoduo.cn/news/show-263115.html); putting it off before its due date.

    Args:
        facts: The debt.
        question: What is to be settled.
    """
    rounding = rounding_of(facts.account.terms)
    is_told = False
    for offer in offers_from(facts.account.terms, has_minimum=question.is_bill):
        if offer.kind not in _KINDS:
            continue
        if offer.kind is OfferKind.FLAT_FEE and offer.is_fee_unknown:
            if not is_told:
                is_told = True
                yield Phrase("Instalments: what this lender charges for them is not known.")
            continue
        refused = _refused(facts, question, offer)
        found = outcome(question, offer, facts.today, rounding) if refused is None else None
        if found is None or found.not_comparable is not None:
            why = refused if found is None else found.not_comparable
            assert why is not None  # noqa: S101 - one of the two is why it is left out
            yield reason(offer.label, why)
            continue
        yield _of_outcome(facts, found, offer.id, _KINDS[offer.kind], _apply_by(facts, question, offer))


def _refused(facts: DebtFacts, question: Question, offer: Offer) -> Phrase | None:
    """Why an offer of the lender cannot be had any more; None if it may."""
    if offer.kind is OfferKind.DEFERRAL:
        due_on = question.due_on or question.first_due
        allowed = deferral(question.amount, due_on, facts.today, facts.account.terms).eligibility
        return allowed.reason if allowed.verdict is Verdict.FORBIDDEN else None
    if question.due_on is not None and question.due_on < facts.today:
        return _AFTER_DUE
    return None


def _apply_by(facts: DebtFacts, question: Question, offer: Offer) -> date:
    """The last day on which the lender takes the application; never in the past.

    Where sources disagree on the last day of a promotion the earliest counts that is not too early to ask.
    """
    before = timedelta(days=1 if offer.kind is OfferKind.DEFERRAL else 0)
    last = facts.debt.due_on - before
    if offer.last_day is not None:
        last = min(last, max(offer.last_day.low, question.may_be_split_from(facts.today)))
    return max(last, facts.today)


def own_ways(facts: DebtFacts, question: Question, costing: Costing | None) -> Iterator[Way]:
    """The user's own offers for the debt.

    Args:
        facts: The debt.
        question: What is to be settled.
        costing: What the late cost is worked out from; None where it is unknown.
    """
    so_far = cost_so_far(facts, costing)
    for offer in facts.own:
        found = outcome(question, offer, facts.today, DEFAULT_ROUNDING)
        if found.not_comparable is not None:
            yield reason(offer.label, found.not_comparable)
            continue
        yield _of_outcome(facts, found, f"own/{offer.id}", OptionKind.OWN, facts.first_due, so_far)


def of_minimum(facts: DebtFacts, question: Question, offer: Offer) -> Way:
    """The minimum on the due date, and the rest a month later.

    Args:
        facts: The debt.
        question: What is to be settled.
        offer: The minimum of its account.
    """
    found = outcome(question, offer, facts.today, rounding_of(facts.account.terms))
    if found.not_comparable is not None:
        return reason(offer.label, found.not_comparable)
    return _of_outcome(facts, found, "minimum-rest", OptionKind.MINIMUM)


def _of_outcome(
    facts: DebtFacts,
    found: Outcome,
    option_id: str,
    kind: OptionKind,
    apply_by: date | None = None,
    so_far: Span[Money] | None = None,
) -> Listed:
    assert found.low is not None  # noqa: S101 - only what can be compared comes here
    assert found.high is not None  # noqa: S101
    is_plan = kind in {OptionKind.INSTALMENTS, OptionKind.PROMOTION} or (
        kind is OptionKind.OWN and found.offer.count > 1
    )
    before = so_far or Span.exactly(facts.owed.zero)
    low = _end(facts, found.low, before.low, is_plan=is_plan)
    high = _end(facts, found.high, before.high, is_plan=is_plan)
    if apply_by is not None:
        # What begins with a payment has to be agreed by then: later, that day would have been missed.
        begins = [row.due_on for end in (found.low, found.high) for row in end.rows if _is_of_it(row)]
        apply_by = max(min([apply_by, *begins]), facts.today)
    option = Option(option_id, kind, found.offer.label, high, low, is_plan, apply_by, found.notes)
    if before.high:
        return Listed(option, by_payments(option, facts.owed), found)
    return Listed(option, by_payments(option, facts.owed, lambda: found.derivation), found)


def _end(facts: DebtFacts, end: OfferEnd, before: Money, *, is_plan: bool) -> Stream:
    rows = [
        PlanRow(row.due_on, row.principal, row.fee, row.interest)
        for row in end.rows
        if is_plan and row.total and _is_of_it(row)
    ]
    payments = [(row.due_on, row.total) for row in end.rows]
    late = before if facts.is_late else None
    return stream([*payments, (facts.today, before)], facts.owed, late, rows)


def _is_of_it(row: Instalment) -> bool:
    """Whether a payment is of the offer; without a number stands what stays due, but for a first fee."""
    return bool(row.number or not row.principal)
