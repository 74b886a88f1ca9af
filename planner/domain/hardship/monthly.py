"""An income or an expense as an amount a month, exactly, and rounded so that it never promises too much."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from planner.domain.cash.flow import CashFlow, Direction, Happened
from planner.domain.cash.occurrences import times_of
from planner.domain.cash.recurrence import Unit
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.phrases import Phrase

_WEEKS, _MONTHS = 52, 12  # of a year

# A time of a flow by its rule, and what comes or goes then.
_Dated = tuple[date, Money]


def monthly_parts(flow: CashFlow, month: date) -> Derived[Money] | None:
    """What an income or an expense comes to in a month; None if it does not touch that month.

    Every so many weeks: × 52 ÷ 12 and by the number of weeks. Every so many months: an equal part for each
    of them; an expense is set aside in the months up to its day, an income lasts for the months from its day
    on. Once, and weekly where it begins or ends within the month: what comes in that month alone.

    Args:
        flow: The income or expense.
        month: The first day of the month.
    """
    match flow.recurrence.unit:
        case Unit.ONCE:
            return _own_times(flow, month)
        case Unit.WEEK:
            return _weekly(flow) if _runs_through(flow, month) else _own_times(flow, month)
        case Unit.MONTH:
            return _by_months(flow, month)


def is_cut_off(flow: CashFlow, month: date) -> bool:
    """Whether something weekly begins or ends within a month, so that the month has only a part of it.

    Args:
        flow: The income or expense.
        month: The first day of the month.
    """
    is_weekly = flow.recurrence.unit is Unit.WEEK
    return is_weekly and not _runs_through(flow, month) and _own_times(flow, month) is not None


def _weekly(flow: CashFlow) -> Derived[Money]:
    every = flow.recurrence.every
    exact = Fraction(flow.amount.minor * _WEEKS, _MONTHS * every)
    amount = _rounded(flow, exact)
    rule = Phrase.counted(
        "Every week: the amount × 52 ÷ 12. Single weeks that differ are not counted.",
        "Every {count} weeks: the amount × 52 ÷ 12 ÷ {count}. Single times that differ are not counted.",
        every,
    )
    given = (Given(Phrase("Each time"), flow.amount),)
    return Derived(amount, Derivation(rule, given, (Working(Phrase("A month"), amount),)))


def _runs_through(flow: CashFlow, month: date) -> bool:
    """Whether no time of it is missing in the month because it begins or ends."""
    rule = flow.recurrence
    gap = timedelta(weeks=rule.every)
    return rule.first_on < month + gap and (rule.until is None or rule.until > _last(month) - gap)


def _by_months(flow: CashFlow, month: date) -> Derived[Money] | None:
    """An equal part for each month between two times."""
    every = flow.recurrence.every
    if flow.direction is Direction.INCOME:
        first, last = add_months(month, 1 - every), month
    else:
        first, last = month, add_months(month, every - 1)
    times = [(on, amount) for on, amount in _times(flow, _last(last)) if on >= first]
    if not times:
        return None
    if every == 1:
        return _summed(flow, times)
    amount = _rounded(flow, sum((Fraction(each.minor, every) for _on, each in times), Fraction()))
    rule = (
        Phrase("It lasts for {count} months: the amount ÷ {count}.", count=every)
        if flow.direction is Direction.INCOME
        else Phrase("It is set aside over {count} months: the amount ÷ {count}.", count=every)
    )
    return Derived(amount, Derivation(rule, _given(times), (Working(Phrase("A month"), amount),)))


def _own_times(flow: CashFlow, month: date) -> Derived[Money] | None:
    """What comes in the month alone, on the days on which it comes."""
    times = [
        (time.on, time.amount)
        for time in times_of(flow, None, month, _last(month))
        if time.state is not Happened.SKIPPED
    ]
    return _summed(flow, times) if times else None


def _summed(flow: CashFlow, times: list[_Dated]) -> Derived[Money]:
    amount = Money(sum(each.minor for _on, each in times), flow.amount.currency)
    rule = Phrase("What comes or goes in this month")
    return Derived(amount, Derivation(rule, _given(times), (Working(Phrase("A month"), amount),)))


def _given(times: Iterable[_Dated]) -> tuple[Given, ...]:
    return tuple(Given(Phrase("On {date}", date=on), amount) for on, amount in times)


def _times(flow: CashFlow, last: date) -> Iterable[_Dated]:
    """Every time by the rule up to a day that was not skipped, with what the user said it comes to."""
    for by_rule in flow.recurrence.by_rule(last):
        said = flow.said_of(by_rule)
        if said.state is not Happened.SKIPPED:
            yield by_rule, said.amount or flow.amount


def _rounded(flow: CashFlow, exact: Fraction) -> Money:
    """An income rounded down to the cent, an expense up."""
    down = exact.numerator // exact.denominator
    up = -(-exact.numerator // exact.denominator)
    return Money(down if flow.direction is Direction.INCOME else up, flow.amount.currency)


def _last(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
