"""The annual percentage rate of the United States, by the actuarial method.

Source: Regulation Z, 12 CFR 1026, Appendix J, CFPB; the paragraphs named below are its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.domain.apr.periods import months_back
from planner.domain.apr.solver import Flow, rate
from planner.domain.apr.unit_period import Interval, Kind, UnitPeriod, interval, times, unit_period_of
from planner.domain.apr.value import Apr, Convention, far

_MONTHS = 12
_DAYS = 365
_YEAR = UnitPeriod(Kind.YEAR)
_BEGINNING = Interval(0)
_WHOLE_TERM = Interval(1)

# A day and an amount.
Dated = tuple[date, Decimal | int]


def apr_of_dates(
    advances: Sequence[Dated],
    payments: Sequence[Dated],
    unit: UnitPeriod | None = None,
    prepaid: Decimal | int = 0,
) -> Apr:
    """The annual percentage rate of dated flows: the unit-period rate times the unit-periods of a year.

    Solves (b)(8): Σ A / [(1 + e·i)(1 + i)^q] = Σ P / [(1 + f·i)(1 + i)^t]. The effective rate stands
    beside it for comparison; Regulation Z does not ask for it. It is not rounded.

    Args:
        advances: What is lent, and when.
        payments: What is paid, and when; in any order.
        unit: The unit-period; found from the dates if it is not given. It is the term of a single advance
            and a single payment, whatever is given, (b)(4)(ii).
        prepaid: The finance charge that is paid at or before the first advance and taken off it.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    lent, paid = [on for on, _ in advances], [on for on, _ in payments]
    start = min((*lent, *paid), default=date.min)
    later = {on for on in (*lent, *paid) if on > start}
    if len(later) == 1 and later.isdisjoint(lent):
        per_year, term = _term(start, max(later))
        spans = [_BEGINNING] * len(lent), [term if on in later else _BEGINNING for on in paid]
    else:
        unit = unit or unit_period_of(lent, paid)
        per_year = unit.per_year
        spans = times(start, lent, unit), times(start, paid, unit)
    flows = [
        Flow(amount, time.whole, time.part) for (_, amount), time in zip(advances, spans[0], strict=True)
    ]
    if prepaid:
        flows.append(flows[lent.index(min(lent))]._replace(amount=-prepaid))
    flows += [
        Flow(-amount, time.whole, time.part) for (_, amount), time in zip(payments, spans[1], strict=True)
    ]
    return Apr.of_period(Convention.US, rate(flows, far(per_year)), per_year)


def apr_of_single(
    amount: Decimal | int, payment: Decimal | int, per_year: Fraction | int, time: Interval = _WHOLE_TERM
) -> Apr:
    """The annual percentage rate of one advance and one payment: A = P / [(1 + f·i)(1 + i)^t].

    A term of less than a year is one unit-period, of which 12 over its months or 365 over its days make
    a year, (b)(5)(vi) and (vii); a longer one is counted in years.

    Args:
        amount: What is lent.
        payment: What is paid.
        per_year: How many unit-periods make a year.
        time: The term in unit-periods.

    Raises:
        NoRateError: There is none; the subclass says why.
    """
    flows = (Flow(amount, 0), Flow(-payment, time.whole, time.part))
    return Apr.of_period(Convention.US, rate(flows), Fraction(per_year))


def _term(start: date, end: date) -> tuple[Fraction, Interval]:
    """How many unit-periods make a year for a single payment, and how many of them its term has."""
    months, days = months_back(start, end)
    if months >= _MONTHS:
        return _YEAR.per_year, interval(start, end, _YEAR)
    if days:
        return Fraction(_DAYS, (end - start).days), _WHOLE_TERM
    return Fraction(_MONTHS, months), _WHOLE_TERM
