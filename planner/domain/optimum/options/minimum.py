"""Paying a bill by its minimum, or by the same amount each month, until nothing is owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.late.costing import Costing
from planner.domain.late.gaps import NO_CARRY
from planner.domain.minimum.cost import minimum_cost
from planner.domain.minimum.figures import CostEnd, MinimumCost
from planner.domain.minimum.monthly import monthly_rule
from planner.domain.minimum.path import Fate, Path, PathRow, SteadyPayment, steady_payment
from planner.domain.money import Money
from planner.domain.offers.carried import instalment_dues
from planner.domain.offers.listing import offers_from
from planner.domain.offers.offer import OfferKind
from planner.domain.offers.question import Question
from planner.domain.optimum.options.bills import of_minimum, reason
from planner.domain.optimum.options.facts import MOST_MONTHS, DebtFacts
from planner.domain.optimum.options.listed import Listed, Way, spread, stream
from planner.domain.optimum.problem import Option, OptionKind, Stream
from planner.domain.payoff.open_debt import DebtKind
from planner.domain.sourced import Span
from planner.phrases import Phrase

# Within how many months a steady payment is over.
_STEADY = (3, 6, 12, 24, MOST_MONTHS)

_ONLY = Phrase("Only the minimum each month")
_NOT_UNDONE = Phrase("Paying the minimum now does not undo that it is late.")
_NOT_RECORDED = Phrase("The minimum that the statement asks for is not recorded. Add it to the bill.")
_ALL_DUE = Phrase("Part of this bill is in instalments, and what is left of it is due in full.")
_NEVER = Phrase("The interest is as much as the minimum, so it is never over.")


def minimum_ways(facts: DebtFacts, question: Question, costing: Costing | None) -> Iterator[Way]:
    """The minimum and then the rest, only minimums until it is over, and steady payments above them.

    Nothing of it for a lender that has no minimum.

    Args:
        facts: The debt; it is not late.
        question: What is to be settled.
        costing: What the charge on a rest is worked out from; None where it is unknown.
    """
    terms = facts.account.terms
    offers = [offer for offer in offers_from(terms) if offer.kind is OfferKind.MINIMUM]
    if not offers or facts.minimum is None:
        return
    if facts.debt.kind is DebtKind.BILL and question.minimum is None and not facts.is_carried:
        # By the record all of the bill is due: who paid only a published part of it would be told to be late.
        yield reason(offers[0].label, _ALL_DUE if question.moved else _NOT_RECORDED)
        return
    yield (
        _rest_later(facts, question, costing) if facts.is_carried else of_minimum(facts, question, offers[0])
    )
    cost = minimum_cost(facts.minimum, terms)
    if cost.low is None or cost.high is None:
        yield from (reason(_ONLY, missing) for missing in cost.missing)
        return
    days = _days(facts, question)
    yield _only(facts, cost, cost.low, cost.high, days)
    for within in _STEADY:
        way = _steady(facts, cost, cost.low, cost.high, within, days)
        if way is not None:
            yield way


def _days(facts: DebtFacts, question: Question) -> tuple[date, ...]:
    """When the bills are due that a path pays: this one, then the bills after it.

    They keep the lender's due day, unless that of this bill has been missed.
    """
    is_missed = question.due_on != question.first_due and not facts.is_carried
    anchored = replace(question, statement_on=None, due_on=None if is_missed else question.due_on)
    return (question.first_due, *instalment_dues(anchored, MOST_MONTHS))


def _rest_later(facts: DebtFacts, question: Question, costing: Costing | None) -> Way:
    """The rest of a bill whose minimum is paid, with the next bill."""
    on = _days(facts, question)[1]
    label = Phrase("The rest on {date}, with the next bill", date=on)
    if costing is None:
        return reason(label, NO_CARRY)
    cost, owed = costing.cost(on), facts.owed
    ends = cost.map(lambda charged: stream([(on, owed + charged)], owed))
    option = Option("minimum-rest", OptionKind.MINIMUM, label, ends.high, ends.low)
    return Listed(option, Derived(cost, lambda: costing.derived(on).derivation))


# --- only the minimum ------------------------------------------------------------------------------


def _only(facts: DebtFacts, cost: MinimumCost, low: CostEnd, high: CostEnd, days: Sequence[date]) -> Way:
    for end in (high, low):
        if end.path.fate is Fate.NEVER:
            return reason(_ONLY, _NEVER)
        if end.path.fate is Fate.TOO_LONG or len(end.path.rows) > len(days):
            return reason(_ONLY, too_long())
    ends = Span(low, high).map(lambda end: _paid(end.path, days, facts.owed))
    option = Option("minimum", OptionKind.MINIMUM, _ONLY, ends.high, ends.low, notes=cost.assumed)
    return Listed(option, cost.made(spread(option)))


def too_long() -> Phrase:
    """That a way takes longer than the optimum looks."""
    return Phrase("It takes longer than {months} months.", months=MOST_MONTHS)


def _paid(path: Path, days: Sequence[date], owed: Money) -> Stream:
    rows = path.rows
    return stream([(on, row.paid) for on, row in zip(days, rows, strict=False)], owed)


# --- the same amount each month --------------------------------------------------------------------


def _steady(
    facts: DebtFacts, cost: MinimumCost, low: CostEnd, high: CostEnd, within: int, days: Sequence[date]
) -> Listed | None:
    """The least fixed payment that is over within some months; None where it is below a minimum.

    Where the minimum is over as soon by itself there is no such payment either.
    """
    found = Span(low, high).map(lambda end: _least_steady(end, within, facts.owed.currency))
    cheap, dear = found.low, found.high
    if cheap is None or dear is None:
        return None
    label = Phrase.counted(
        "The same payment each month, over within {count} month",
        "The same payment each month, over within {count} months",
        within,
    )
    option = Option(
        f"steady-{within}",
        OptionKind.MINIMUM,
        label,
        _paid(dear.path, days, facts.owed),
        _paid(cheap.path, days, facts.owed),
        notes=cost.assumed,
    )

    def made() -> Derivation:
        given = cost.derivation.given if cost.derivation is not None else ()
        workings: list[Working] = []
        names = (None,) if found.is_single else (Phrase("High end"), Phrase("Low end"))
        for name, steady in zip(names, (dear, cheap), strict=False):
            workings += [Working(name)] if name is not None else []
            workings.append(Working(Phrase("The payment of each month"), steady.payment))
            workings += [_worked(row) for row in steady.path.rows]
            workings.append(Working(Phrase("Interest in all"), steady.path.interest))
        rule = Phrase(
            "Each month the interest is added and the same payment is made: the least one that is over in "
            "that time. It is never below the minimum."
        )
        rounding = Phrase("Interest of each month is rounded half up to the cent.")
        return Derivation(
            rule, (Given(Phrase("What is owed"), facts.owed), *given), tuple(workings), rounding
        )

    return Listed(option, Derived(spread(option), made))


def _least_steady(end: CostEnd, within: int, currency: str) -> SteadyPayment | None:
    """The least payment of one end; None where the minimum is over sooner, or asks for more."""
    known = next((faster for faster in end.faster if faster.within == within), None)
    if known is not None:
        steady = known.steady
    else:
        steady = steady_payment(end.debt, monthly_rule(end.reading, currency), within, end.first)
    return None if steady is None or steady.below_until else steady


def _worked(row: PathRow) -> Working:
    text = Phrase(
        "Month {month}: {owed} + {interest} − {paid}",
        month=row.month,
        owed=row.owed,
        interest=row.interest,
        paid=row.paid,
    )
    return Working(text, row.left)
