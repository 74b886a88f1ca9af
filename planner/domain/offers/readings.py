"""Every reading of an offer's terms as dated payments: where sources differ, there is more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from planner.domain.dates import add_months, months_between
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.offers.carried import (
    CarriedCharge,
    MinimumEnd,
    instalment_dues,
    minimum_ends,
    minimum_lent_on,
    minimum_then_rest,
)
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.offers.question import Question
from planner.domain.plans.level import Interest, equal_principal, level
from planner.domain.plans.schedule import Rounding, flat_fee
from planner.domain.rate import Rate
from planner.domain.sourced import Sourced
from planner.domain.term import FeeTiming


@dataclass(frozen=True, slots=True)
class Reading:
    """The payments by one reading.

    Attributes:
        rows: The dated payments; number 0 is what is paid at the beginning, before the first instalment.
        months: The month each is counted in; 0 is the beginning.
        lent_on: The day of the beginning, from which the money is lent.
        by_dates: Whether the true rate counts days everywhere, because the beginning is no whole months away.
    """

    rows: tuple[Instalment, ...]
    months: tuple[int, ...]
    lent_on: date
    by_dates: bool = False


def readings(question: Question, offer: Offer, today: date, rounding: Rounding) -> tuple[Reading, ...]:
    """The payments by each reading of an offer's terms, the cheaper rates first.

    Args:
        question: What is to be settled.
        offer: The offer; what it costs is known.
        today: The day of deciding.
        rounding: How the lender rounds rows.
    """
    amount, zero, first_due = question.amount, question.amount.zero, question.first_due
    match offer.kind:
        case OfferKind.FULL:
            return (Reading((Instalment(1, first_due, amount, zero, zero),), (0,), first_due),)
        case OfferKind.MINIMUM:
            return tuple(_minimum(question, end) for end in minimum_ends(question, offer))
        case OfferKind.DEFERRAL:
            return tuple(_deferred(question, offer))
        case _:
            return tuple(_in_instalments(question, offer, today, rounding))


def split_parts(question: Question, offer: Offer) -> tuple[Money, ...]:
    """How much of an amount an offer can put into instalments, by each source; the rest stays due.

    Only a bill has such a limit. The part is rounded down, so that it is never more than the lender takes;
    what is in instalments already counts towards it.
    Source: m.tjduoduo.cn/news/show-263115.html for Baitiao: at most 90 % of what is not in instalments yet.
    """
    amount = question.amount
    if not question.is_bill or offer.split_part.is_unknown:
        return (amount,)
    parts = dict.fromkeys(min(claim.value, Decimal(1)) for claim in offer.split_part.counting)
    moved = question.moved or amount.zero
    return tuple(max((amount + moved).times(part, ROUND_DOWN) - moved, amount.zero) for part in parts)


def _minimum(question: Question, end: MinimumEnd) -> Reading:
    """The minimum and the rest, counted over the time that is charged."""
    rows, lent_on = minimum_then_rest(question, end), minimum_lent_on(question, end)
    # Days before the due date are seldom whole months.
    lead = months_between(lent_on, question.first_due)
    return Reading(rows, (lead, lead + 1), lent_on, by_dates=lent_on < question.first_due)


def _deferred(question: Question, offer: Offer) -> Iterator[Reading]:
    """All of it one month later, for a fee of a part of it or a charge a day, by each way of stating it.

    Source: 3c7t.com/40935 (2024-04-08) for Baitiao: the whole bill, by one month, for a fee; csai.cn (2025)
    for Douyin: 0.035 % a day.
    """
    amount, zero, start = question.amount, question.amount.zero, question.first_due
    (due_on,) = instalment_dues(replace(question, is_bill=True), 1)
    for fee in offer.fees_on(amount):
        if isinstance(fee, Money):
            yield Reading((Instalment(1, due_on, amount, fee, zero),), (1,), start)
    for rate in _ends(offer.carry):
        interest = CarriedCharge(amount, rate, (due_on - start).days).amount
        yield Reading((Instalment(1, due_on, amount, zero, interest),), (1,), start)


def _in_instalments(question: Question, offer: Offer, today: date, rounding: Rounding) -> Iterator[Reading]:
    for part in split_parts(question, offer):
        if question.moved and not part:
            continue  # by this source nothing more of it can be put into instalments
        for is_at_once in offer.starts_at_once:
            plan = _plan(question, offer, today, is_at_once=is_at_once)
            for rows in _rows(offer, part, plan.dues, rounding):
                yield _reading(question, offer, today, plan, rows)


@dataclass(frozen=True, slots=True)
class _Plan:
    """When the payments of a plan are made and counted."""

    dues: Sequence[date]
    months: tuple[int, ...]
    lent_on: date


def _plan(question: Question, offer: Offer, today: date, *, is_at_once: bool) -> _Plan:
    if is_at_once:
        months = tuple(range(offer.count))
        return _Plan([add_months(today, month) for month in months], months, today)
    start, months = question.first_due, tuple(range(1, offer.count + 1))
    if offer.is_own and offer.kind.bears_interest:
        # A loan from elsewhere pays the amount when it is due, and is paid back from a month later on.
        return _Plan([add_months(start, month) for month in months], months, start)
    dues = instalment_dues(question, offer.count)
    return _Plan(dues, months, _lent_on(question, dues[0]))


def _lent_on(question: Question, first: date) -> date:
    """From when instalments lend the money.

    A bill could be paid at no cost until its due date, so from then on; a purchase from the day it was
    made, or else, as in the lender's own table, from a month before its first instalment.
    """
    if question.is_bill:
        return question.first_due
    bought = question.bought
    return bought.high if bought is not None and bought.high < first else add_months(first, -1)


def _rows(
    offer: Offer, amount: Money, dues: Sequence[date], rounding: Rounding
) -> Iterator[tuple[Instalment, ...]]:
    if offer.kind.bears_interest:
        plan = level if offer.kind is OfferKind.LEVEL else equal_principal
        for rate in _ends(offer.interest):
            yield plan(amount, dues, Interest(rate, offer.free_months), rounding)
        return
    for fee in offer.fees_on(amount):
        for timing in offer.when_paid:
            at = FeeTiming.WITH_FIRST if timing is FeeTiming.UPFRONT else timing
            rows = flat_fee(amount, dues, fee, at, rounding, offer.free_months)
            if timing is FeeTiming.UPFRONT:
                beginning = replace(rows[0], number=0, principal=amount.zero)
                rows = (beginning, replace(rows[0], fee=amount.zero), *rows[1:])
            yield rows


def _reading(
    question: Question, offer: Offer, today: date, plan: _Plan, rows: Sequence[Instalment]
) -> Reading:
    """Rows with what is paid beside them: a fee at the beginning, and what stays due of a bill."""
    zero, decided = question.amount.zero, today
    dated = []
    for row in rows:
        if row.number:
            dated.append((row, plan.months[row.number - 1]))
        else:
            dated.append((replace(row, due_on=decided), 0))
    if offer.opening_fee:
        dated.insert(0, (Instalment(0, decided, zero, offer.opening_fee, zero), 0))
    rest = question.amount - sum_of((row.principal for row in rows), zero.currency)
    if rest:
        dated.append((Instalment(0, question.first_due, rest, zero, zero), 0))
        dated.sort(key=lambda pair: pair[0].due_on)
    return Reading(tuple(row for row, _month in dated), tuple(month for _row, month in dated), plan.lent_on)


def _ends(rates: Sourced[Rate]) -> tuple[Rate, ...]:
    """The lowest and the highest of some rates; one of them where they agree, none where nobody says."""
    if rates.is_unknown:
        return ()
    return tuple(dict.fromkeys((rates.lowest().value, rates.highest().value)))
