"""Money over time: a spreadsheet's functions, rates restated, and payments in three or four."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.domain.apr import Convention
from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.interest import annuity
from planner.domain.interest.compounding import compounded, effective, nominal, yearly_of_360
from planner.domain.interest.discounting import (
    dated_internal_rate,
    dated_present_value,
    internal_rate_near,
    net_present_value,
)
from planner.domain.money import Money, sum_of
from planner.domain.offers.costing import costing
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.plans.schedule import flat_fee
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Source, Sourced
from planner.domain.term import FeeTiming
from tests.vectors.comparing import Answer, Answers
from tests.vectors.given import Given, UnusableError, as_decimal

_START = date(2026, 1, 10)
_TIMINGS = {
    "first instalment": FeeTiming.WITH_FIRST,
    "with first instalment": FeeTiming.WITH_FIRST,
    "even": FeeTiming.EVEN,
    "even, arrears": FeeTiming.EVEN,
    "upfront": FeeTiming.UPFRONT,
    "upfront at drawdown": FeeTiming.UPFRONT,
}


class _Arguments:
    """The arguments of a spreadsheet's function, in its order; those that are left out are nothing."""

    def __init__(self, values: Sequence[object]) -> None:
        self._values = list(values)

    def figure(self, place: int, usual: str = "0") -> Decimal:
        value = self._values[place] if place < len(self._values) else None
        if isinstance(value, bool):
            return Decimal(value)
        return Decimal(usual) if value is None else as_decimal(value, f"argument {place + 1}")

    def count(self, place: int) -> int:
        return int(self.figure(place))

    def at_begin(self, place: int) -> bool:
        return bool(self.figure(place))

    def figures(self, place: int) -> list[Decimal]:
        """A list at a place, or everything from there on."""
        value = self._values[place]
        found = value if isinstance(value, list) else self._values[place:]
        return [as_decimal(each, f"argument {place + 1}") for each in found]

    def days(self, place: int) -> list[date]:
        value = self._values[place]
        if not isinstance(value, list):
            raise UnusableError(f"argument {place + 1} is no list of days")
        return [date.fromisoformat(str(day)) for day in value]


def _number_of_payments(given: _Arguments) -> Decimal | None:
    return annuity.number_of_payments(
        given.figure(0), given.figure(1), given.figure(2), given.figure(3), at_begin=given.at_begin(4)
    )


_FUNCTIONS: Mapping[str, Callable[[_Arguments], Answer]] = {
    "PMT": lambda a: annuity.payment(
        a.figure(0), a.figure(1), a.figure(2), a.figure(3), at_begin=a.at_begin(4)
    ),
    "IPMT": lambda a: annuity.interest_part(
        a.figure(0), a.count(1), a.count(2), a.figure(3), a.figure(4), at_begin=a.at_begin(5)
    ),
    "PPMT": lambda a: annuity.principal_part(
        a.figure(0), a.count(1), a.count(2), a.figure(3), a.figure(4), at_begin=a.at_begin(5)
    ),
    "CUMIPMT": lambda a: annuity.cumulated_interest(
        a.figure(0), a.count(1), a.figure(2), a.count(3), a.count(4), at_begin=a.at_begin(5)
    ),
    "CUMPRINC": lambda a: annuity.cumulated_principal(
        a.figure(0), a.count(1), a.figure(2), a.count(3), a.count(4), at_begin=a.at_begin(5)
    ),
    "RATE": lambda a: annuity.rate_per_period(
        a.figure(0), a.figure(1), a.figure(2), a.figure(3), at_begin=a.at_begin(4), guess=a.figure(5, "0.1")
    ),
    "NPER": _number_of_payments,
    "PV": lambda a: annuity.present_value(
        a.figure(0), a.figure(1), a.figure(2), a.figure(3), at_begin=a.at_begin(4)
    ),
    "FV": lambda a: annuity.future_value(
        a.figure(0), a.figure(1), a.figure(2), a.figure(3), at_begin=a.at_begin(4)
    ),
    "IRR": lambda a: internal_rate_near(a.figures(0), a.figure(1, "0.1")),
    "NPV": lambda a: net_present_value(a.figure(0), a.figures(1)),
    "XIRR": lambda a: dated_internal_rate(a.figures(0), a.days(1), a.figure(2, "0.1")),
    "XNPV": lambda a: dated_present_value(a.figure(0), a.figures(1), a.days(2)),
    "EFFECT": lambda a: effective(a.figure(0), a.count(1)),
    "NOMINAL": lambda a: nominal(a.figure(0), a.count(1)),
}


def spreadsheet_function(given: Given) -> Answers:
    """What a spreadsheet's function comes to."""
    name = given.text("fn").upper()
    if name not in _FUNCTIONS:
        raise UnusableError(f"nobody knows the function {name}")
    return {"value": _FUNCTIONS[name](_Arguments(given.several("args")))}


def rate_restated(given: Given) -> Answers:
    """A rate as a yearly one, with and without interest on interest."""
    periods = {
        "daily_rate": Per.DAY,
        "monthly_rate": Per.MONTH,
        "annual_rate": Per.YEAR,
        "yearly_rate": Per.YEAR,
    }
    name = given.one_of(*periods)
    rate = given.rate(name, periods[name])
    return {
        "simple_365_percent": rate.yearly * 100,
        "simple_360_percent": yearly_of_360(rate).fraction * 100,
        "monthly_compounded_percent": compounded(rate, Per.MONTH).fraction * 100,
        "daily_compounded_percent": compounded(rate, Per.DAY).fraction * 100,
    }


def in_three_or_four(given: Given) -> Answers:
    """The rate of payments of which the first is made at once, with a fee of a part of the amount."""
    amount = Money.of(given.decimal("amount"), given.currency_or("EUR"))
    timing = given.maybe_text("fee_timing") or "first instalment"
    first = given.maybe_text("first_payment") or "day 0"
    if timing not in _TIMINGS:
        raise UnusableError(f"nobody knows when a fee is paid {timing!r}")
    months = {"day 0": 0, "after one period": 1, "after one month": 1}.get(first)
    if months is None:
        raise UnusableError(f"nobody knows when the first payment is made: {first!r}")
    count, step = given.count("n"), given.count("step_months", usual=1)
    counted = tuple(step * number + months for number in range(count))
    offer = _split(count, given.decimal("fee_rate"), given.maybe_decimal("fee_cap"))
    return _answers(amount, offer, counted, _TIMINGS[timing])


def paypal_in_four(given: Given) -> Answers:
    """Four payments with a fee of a part of the amount, but never more than the cap."""
    amount = Money.of(given.decimal("amount"), given.currency_or("EUR"))
    count = given.count("n", usual=4)
    offer = _split(count, given.decimal("fee_rate"), given.maybe_decimal("fee_cap"))
    return _answers(amount, offer, tuple(range(count)), FeeTiming.EVEN)


def _split(count: int, part: Decimal, most: Decimal | None) -> Offer:
    source = Source("a vector")
    return Offer(
        OfferKind.FLAT_FEE,
        count,
        whole_fee=Sourced((Claim(part, source),)),
        fee_most=Sourced((Claim(most, source),)) if most is not None else Sourced(),
    )


def _answers(amount: Money, offer: Offer, months: tuple[int, ...], timing: FeeTiming) -> Answers:
    (fee,) = offer.fees_on(amount)
    if isinstance(fee, Rate):
        raise UnusableError("the fee is no amount")
    at = FeeTiming.WITH_FIRST if timing is FeeTiming.UPFRONT else timing
    rows = flat_fee(amount, [add_months(_START, month) for month in months], fee, at)
    if timing is FeeTiming.UPFRONT:
        zero = amount.zero
        beginning = Instalment(0, _START, zero, rows[0].fee, zero)
        rows, months = (beginning, replace(rows[0], fee=zero), *rows[1:]), (0, *months)
    found = costing(amount, rows, months, _START, Convention.EU)
    return {
        "fee": sum_of((row.fee for row in rows), amount.currency),
        "instalment": rows[0].total,
        "total": found.total,
        "taeg_percent": found.apr.effective.fraction * 100 if found.apr is not None else None,
    }
