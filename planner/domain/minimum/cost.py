"""What paying only the minimum comes to by the terms of an account, at each end of what the sources say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.domain.derivation import Derivation, Given, Working
from planner.domain.minimum.due import minimum_missing, readings, rule_given
from planner.domain.minimum.figures import WITHIN, CostEnd, Faster, MinimumBill, MinimumCost
from planner.domain.minimum.monthly import monthly_rule
from planner.domain.minimum.path import Balance, Debt, Fate, follow, steady_payment
from planner.domain.minimum.rule import MinimumReading
from planner.domain.money import Money
from planner.domain.offers.working import CHARGED_FROM_WORDS
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Sourced, Span
from planner.domain.term import ChargedFrom, MinimumRule, Term
from planner.domain.terms import Terms
from planner.phrases import Phrase

_ROWS_TOLD = 3


def minimum_cost(bill: MinimumBill, terms: Terms) -> MinimumCost:
    """What paying only the minimum of a bill, and of each bill after it, comes to; nothing new is bought.

    The low end takes the largest part, the lowest rate and the shortest charge that the sources name,
    the high end the opposite, each by every rule that a source names.

    Args:
        bill: The bill.
        terms: The terms of its account.
    """
    ends = cost_ends(bill, terms)
    if ends is None:
        return MinimumCost(missing=tuple(cost_gaps(terms).values()))
    low, high = _with_faster(ends.low), _with_faster(ends.high)
    return MinimumCost(
        low,
        high,
        _derivation(bill, terms, charge_of(terms), low, high),
        assumed=(
            Phrase("Nothing new is bought, and each month has the same length."),
            *assumed_of(bill, terms),
        ),
    )


def cost_ends(bill: MinimumBill, terms: Terms) -> Span[CostEnd] | None:
    """The cheapest and the dearest reading of what paying only the minimum comes to.

    Args:
        bill: The bill.
        terms: The terms of its account.

    Returns:
        None if too little is known, or nothing is owed.
    """
    if cost_gaps(terms) or not bill.open:
        return None
    ends = sorted(_ends(bill, terms, charge_of(terms)), key=lambda end: end.rank)
    return Span(ends[0], ends[-1])


def charge_of(terms: Terms) -> Sourced[Rate]:
    """What is charged on a rest that is carried on: the charge a day, else the yearly rate."""
    return terms.carry_rate if not terms.carry_rate.is_unknown else terms.interest_rate


def cost_gaps(terms: Terms) -> Mapping[Term, Phrase]:
    """What is not known, without which nothing can be said about paying only the minimum; by its term."""
    missing = dict(minimum_missing(terms))
    if charge_of(terms).is_unknown:
        missing[Term.CARRY_RATE] = Phrase("The charge on what is carried on is unknown.")
    return missing


def _ends(bill: MinimumBill, terms: Terms, charge: Sourced[Rate]) -> Iterator[CostEnd]:
    """The cheap and the dear reading by each rule."""
    is_daily = not terms.carry_rate.is_unknown
    widths = list(ChargedFrom)
    starts = terms.carry_from
    from_due = ChargedFrom.DUE if starts.is_unknown else starts.lowest(widths.index).value
    from_bought = ChargedFrom.PURCHASE if starts.is_unknown else starts.highest(widths.index).value
    known = readings(terms)
    for rule in dict.fromkeys(reading.rule for reading in known):
        by_size = sorted(
            (reading for reading in known if reading.rule is rule),
            key=lambda reading: (reading.part, reading.least or 0),
        )
        for reading, rate, start, is_high in (
            (by_size[-1], charge.lowest().value, from_due, False),
            (by_size[0], charge.highest().value, from_bought, True),
        ):
            lost = _lost(bill, rate, start, is_high=is_high) if is_daily else None
            debt = Debt((Balance(bill.open, rate),), is_free_at_first=is_daily, lost=lost)
            rule_of_month = monthly_rule(reading, bill.open.currency)
            first = bill.first(reading)
            if _adds_unknown_interest(bill, reading) and not is_daily:
                # The interest of the first month stands for what nobody itemised.
                first = max(follow(debt, rule_of_month, most=1).rows[0].paid - bill.already, first)
            path = follow(debt, rule_of_month, first)
            yield CostEnd(reading, rate, start if is_daily else None, debt, first, path)


def _adds_unknown_interest(bill: MinimumBill, reading: MinimumReading) -> bool:
    """Whether the first minimum has interest in it that nobody itemised."""
    if bill.minimum is not None or not bill.parts.is_interest_unknown:
        return False
    return reading.rule is MinimumRule.PART_PLUS_INTEREST


def _lost(bill: MinimumBill, rate: Rate, start: ChargedFrom, *, is_high: bool) -> Money | None:
    """The interest up to the due date: on what was carried, and on purchases that lose their free days."""
    days = bill.carried_days
    if start is ChargedFrom.PURCHASE and bill.free_days is not None:
        days += bill.free_days.high if is_high else bill.free_days.low
    return Money.rounded(days * rate.yearly / Per.DAY.value, bill.open.currency) if days else None


def _with_faster(end: CostEnd) -> CostEnd:
    rule = monthly_rule(end.reading, end.first.currency)
    faster = []
    for within in WITHIN:
        steady = steady_payment(end.debt, rule, within, end.first)
        saved = None
        if steady is not None and end.path.total is not None and steady.path.total is not None:
            saved = end.path.total - steady.path.total
        faster.append(Faster(within, steady, saved))
    return replace(end, faster=tuple(faster))


def assumed_of(bill: MinimumBill, terms: Terms) -> Iterator[Phrase]:
    """What is taken for granted because a bill or its terms leave it open.

    Args:
        bill: The bill.
        terms: The terms of its account.
    """
    if bill.minimum is None and bill.parts.unitemised:
        yield Phrase("What is not itemised counts as purchases.")
    rules = {claim.value for claim in terms.minimum_rule.counting}
    if terms.minimum_least.is_unknown and rules != {MinimumRule.BAITIAO}:
        yield Phrase(
            "The least amount of the minimum is unknown: without one, the last small rests take long."
        )
    if not terms.carry_rate.is_unknown and terms.carry_from.is_unknown:
        yield Phrase(
            "It is unknown from when the rest is charged: low end the due date, high end the purchases."
        )


# --- how it was made -------------------------------------------------------------------------------

_RULE = Phrase(
    "Each month the interest is added and the minimum is paid, until nothing is owed. It is never over "
    "where the interest is as much as the minimum, and stays so."
)


def _derivation(
    bill: MinimumBill, terms: Terms, charge: Sourced[Rate], low: CostEnd, high: CostEnd
) -> Derivation:
    given = [Given(Phrase("Amount"), bill.open)]
    if bill.minimum is not None:
        given.append(Given(Phrase("Minimum, as the statement says"), bill.minimum))
    given += rule_given(terms, bill.open.currency)
    is_daily = not terms.carry_rate.is_unknown
    label = Phrase("Charge a day") if is_daily else Phrase("Nominal yearly rate")
    given += [Given(label, claim.value, claim.source) for claim in charge.counting]
    if is_daily:
        given += [
            Given(Phrase("Charged from"), CHARGED_FROM_WORDS[claim.value], claim.source)
            for claim in terms.carry_from.counting
        ]
    workings: list[Working] = []
    names = (Phrase("Low end"), Phrase("High end")) if low != high else (None,)
    for name, end in zip(names, (low, high), strict=False):
        workings += [Working(name)] if name is not None else []
        workings += _workings(end)
    return Derivation(
        _RULE,
        tuple(given),
        tuple(workings),
        Phrase(
            "Interest and minimum of each month are rounded half up to the cent; a month is a twelfth of "
            "365 days."
        ),
    )


def _workings(end: CostEnd) -> Iterator[Working]:
    if end.debt.lost is not None:
        yield Working(Phrase("Interest up to the due date, on the second bill"), end.debt.lost)
    rows = end.path.rows
    for row in rows[:_ROWS_TOLD]:
        text = Phrase(
            "Month {month}: {owed} + {interest} − {paid}",
            month=row.month,
            owed=row.owed,
            interest=row.interest,
            paid=row.paid,
        )
        yield Working(text, row.left)
    match end.path.fate:
        case Fate.CLEARS:
            yield Working(Phrase.counted("Over after {count} month", "Over after {count} months", len(rows)))
            yield Working(Phrase("All payments together"), end.path.total)
            yield Working(Phrase("Interest of it"), end.path.interest)
        case Fate.NEVER:
            yield Working(Phrase("The minimum does not lower the debt: it is never over"))
        case Fate.TOO_LONG:
            yield Working(Phrase("Not over after {months} months", months=len(rows)), rows[-1].left)
    yield from _faster_workings(end)


def _faster_workings(end: CostEnd) -> Iterator[Working]:
    for faster in end.faster:
        if faster.steady is not None:
            text = Phrase("Steady payment that is over within {months} months", months=faster.within)
            yield Working(text, faster.steady.payment)
            if faster.steady.first is not None:
                yield Working(Phrase("Paid before it: the first minimum"), faster.steady.first)
            yield Working(Phrase("All payments together"), faster.steady.path.total)
        if faster.saved is not None:
            if faster.saved < faster.saved.zero:
                yield Working(Phrase("More than with the minimum"), -faster.saved)
            else:
                yield Working(Phrase("Less than with the minimum"), faster.saved)
