"""The lender asks for everything at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.bill import LineKind
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.late.accrual import Line, accrued, products
from planner.domain.late.both_ends import told_once
from planner.domain.late.charge import LateCharge
from planner.domain.late.costing import Costing
from planner.domain.late.ends import LateEnd
from planner.domain.late.indemnity import MOST_INDEMNITY
from planner.domain.late.item import LateCase, LateItem
from planner.domain.late.payments import end_cost
from planner.domain.late.way import WAY_WORDS, Way, WayKind, in_all, notes_on, unknown_way
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Sourced, Span
from planner.domain.term import Compounding, Indemnity, LateBase
from planner.domain.terms import Terms
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Called:
    """What the lender asks for before its time.

    Attributes:
        on: When it does.
        capital: The principal that was not due yet.
        charges: The fees and interest of what was not due yet.
    """

    on: date
    capital: Money
    charges: Money


def callable_from(missed_on: Sequence[date], after: Sourced[int]) -> Span[date] | None:
    """From when the lender may ask for everything, over what the sources say; None where that is not near.

    It is the day after so many due dates have been missed, as the contract says.

    Args:
        missed_on: The due dates that are missed, or will be if nothing more is paid, in order.
        after: The account's term.
    """
    if after.is_unknown:
        return None
    counts = (after.lowest().value, after.highest().value)
    if not 0 < counts[0] <= len(missed_on):
        return None
    first, last = (missed_on[min(count, len(missed_on)) - 1] + timedelta(days=1) for count in counts)
    return Span(first, last)


def asked_at_once(case: LateCase, on: date) -> LateCase:
    """A case in which what was due later is due on the day on which the lender asks for everything.

    In France the interest of what was not due yet is not asked for (Code de la consommation, art. L312-39:
    the capital outstanding and the interest that is due).

    Args:
        case: What is late or would be.
        on: The day.
    """
    items = [_asked_on(item, on, case.country) if item.due_on > on else item for item in case.items]
    return replace(case, items=tuple(sorted(items, key=lambda item: item.due_on)))


def _asked_on(item: LateItem, on: date, country: str) -> LateItem:
    unpaid = item.owed_principal if country == "FR" else item.unpaid
    return replace(item, due_on=on, unpaid=unpaid, minimum=None, is_carried=False)


def acceleration_way(costing: Costing, called: Called, terms: Terms, until: date) -> Way:
    """Everything is asked for on a day and paid on another.

    In France: the capital outstanding and the interest that is due, late interest on both at the rate of
    the loan until they are paid, and an indemnity of at most 8 % of the capital outstanding; nothing
    else (Code de la consommation, art. L312-39, L312-38, D312-16). Elsewhere the late rate runs on what
    is called too; whether the fees of later instalments are asked for is left open.

    Args:
        costing: What it is worked out from.
        called: What was not due yet.
        terms: The account's terms.
        until: The day of paying.
    """
    is_french = costing.case.country == "FR"
    missing = _missing(terms, is_french=is_french)
    if missing is not None:
        return unknown_way(WayKind.ACCELERATION, (missing,))
    owed = Span.exactly(costing.case.unpaid + called.capital)
    if is_french:
        cost = _french(costing, called, terms, until)
    else:
        cost = _elsewhere(costing, called, until)
        owed = Span(owed.low, owed.high + called.charges)
    total = in_all(owed, cost.value)
    return Way(
        WayKind.ACCELERATION,
        WAY_WORDS[WayKind.ACCELERATION],
        ((until, total),),
        cost,
        total,
        notes=notes_on(is_recorded=True),
    )


def _missing(terms: Terms, *, is_french: bool) -> Phrase | None:
    if is_french:
        return Phrase("The rate of the loan is unknown.") if terms.interest_rate.is_unknown else None
    if terms.late_rate.is_unknown:
        return Phrase("The late rate a day is unknown, so no cost can be worked out.")
    return None


def _given(costing: Costing, called: Called) -> list[Given]:
    given = [Given(item.label, item.unpaid) for item in costing.case.items]
    given.append(Given(Phrase("Principal that was not due yet"), called.capital))
    if called.charges:
        given.append(Given(Phrase("Fees and interest of what was not due yet"), called.charges))
    return given


def _french(costing: Costing, called: Called, terms: Terms, until: date) -> Derived[Span[Money]]:
    items = costing.case.items
    unpaid = costing.case.unpaid
    capital = sum_of((item.owed_principal for item in items), unpaid.currency) + called.capital
    interest_due = unpaid + called.capital - capital
    given = [
        *_given(costing, called),
        Given(Phrase("Capital outstanding"), capital),
        Given(Phrase("Interest and fees that are due"), interest_due),
    ]
    days = max((until - called.on).days, 0)
    workings: list[Working] = []
    costs = []
    for end in costing.ends:
        rate = terms.interest_rate.highest() if end.is_high else terms.interest_rate.lowest()
        base = capital + interest_due if end.is_high else capital
        line = Line(base, called.on, rate.value)
        interest = accrued(line, until)
        part = end.accelerated or (MOST_INDEMNITY[Indemnity.ACCELERATED] if end.is_high else None)
        given.append(Given(Phrase("{end}: rate of the loan", end=end.name), rate.value, rate.source))
        text = Phrase(
            "{end}: {amount} × {rate} a year × {days} ÷ 365 days",
            end=end.name,
            amount=base,
            rate=Rate(rate.value.yearly),
            days=days,
        )
        workings.append(Working(text, interest))
        asked = _indemnity(end, part, capital, given, workings)
        workings.append(Working(Phrase("{end} in all", end=end.name), interest + asked))
        costs.append(interest + asked)
    rule = Phrase(
        "Cost = interest at the rate of the loan on what is asked for until it is paid + an indemnity on the "
        "capital outstanding"
    )
    rounding = Phrase("Each product is rounded to the cent, half up.")
    derivation = Derivation(rule, tuple(given), tuple(workings), rounding)
    return told_once(Span(min(costs), max(costs)), derivation)


def _indemnity(
    end: LateEnd, part: Claim[Decimal] | None, capital: Money, given: list[Given], workings: list[Working]
) -> Money:
    if part is None:
        text = Phrase("{end}: no indemnity, which the lender may ask but need not", end=end.name)
        workings.append(Working(text, capital.zero))
        return capital.zero
    asked = capital.times(part.value)
    label = Phrase("{end}: indemnity on the capital outstanding", end=end.name)
    given.append(Given(label, Rate(part.value), part.source))
    text = Phrase("{end}: {amount} × {part}", end=end.name, amount=capital, part=Rate(part.value))
    workings.append(Working(text, asked))
    return asked


def _elsewhere(costing: Costing, called: Called, until: date) -> Derived[Span[Money]]:
    ordinary = costing.derived(until)
    workings = list(ordinary.derivation.workings)
    costs = []
    for end in costing.ends:
        cost = end_cost(costing.case, end, until)
        for charge in _on_called(costing, end, called, until):
            workings.append(charge.working(end.name))
            cost += charge.amount
        workings.append(Working(Phrase("{end}, with what is asked for early", end=end.name), cost))
        costs.append(cost)
    derivation = Derivation(
        Phrase("Cost = the late cost + the late rate on what is asked for early, from that day on"),
        (*_given(costing, called), *ordinary.derivation.given[len(costing.case.items) :]),
        tuple(workings),
        ordinary.derivation.rounding,
    )
    return told_once(Span(min(costs), max(costs)), derivation)


def _on_called(costing: Costing, end: LateEnd, called: Called, until: date) -> Iterator[LateCharge]:
    """The late rate on what is called, unless the reading charges everything unpaid anyway."""
    if end.rate is None or end.base.value is LateBase.ALL_UNPAID:
        return
    base = called.capital + called.charges if end.is_high else called.capital
    added_on = called.on if end.compounding.value is Compounding.MONTHLY else None
    line = Line(base, called.on, end.rate.value, end.least, added_on=added_on)
    for part in products(line, until):
        yield LateCharge(
            len(costing.case.items),
            LineKind.INTEREST,
            part.base,
            line.rate,
            part.days,
            part.amount,
            part.added,
        )
