"""The yearly rate of any dated payments, by the convention that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from planner.domain.apr import america, china, europe
from planner.domain.apr.value import Apr, Convention
from planner.domain.money import Money, sum_of

_Dated = Sequence[tuple[date, Decimal | int]]
_RATES: Mapping[Convention, Callable[[_Dated, _Dated], Apr]] = {
    Convention.CHINA: china.apr_of_dates,
    Convention.EU: europe.apr_of_dates,
    Convention.US: america.apr_of_dates,
}


def apr_of(
    convention: Convention, advances: Sequence[tuple[date, Money]], payments: Sequence[tuple[date, Money]]
) -> Apr:
    """The true yearly rate of dated flows, before any rounding.

    How time is counted is found from the dates, as each convention has it: China in months, the EU in the
    periods of the payments (``europe.frequency_of``), the US in the unit-period of Appendix J
    (``unit_period.unit_period_of``). Whole months give China and the EU the same effective rate, and China
    and the US the same nominal one.

    Args:
        convention: By which rules.
        advances: What the borrower gets, and when: what is lent or bought, less what is kept back at once.
        payments: What the borrower pays, and when, charges included; all in one currency.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
        ValueError: The amounts are in several currencies.
    """
    return _RATES[convention](_minor(advances, payments), _minor(payments, advances))


def _minor(
    dated: Sequence[tuple[date, Money]], others: Sequence[tuple[date, Money]]
) -> list[tuple[date, Decimal | int]]:
    """The amounts in minor units, which must be those of one currency."""
    amounts = [amount for _, amount in (*dated, *others)]
    sum_of(amounts, amounts[0].currency if amounts else "")
    return [(on, amount.minor) for on, amount in dated]
