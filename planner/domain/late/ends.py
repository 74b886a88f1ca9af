"""The cheapest and the dearest reading of what a lender's terms say about being late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from planner.domain.minimum.due import readings
from planner.domain.minimum.rule import MinimumReading
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Source, Sourced
from planner.domain.term import Allocation, ChargedFrom, Compounding, Indemnity, LateBase
from planner.domain.terms import Terms
from planner.phrases import Phrase

T = TypeVar("T")

LOW_END, HIGH_END, BOTH_ENDS = Phrase("Low end"), Phrase("High end"), Phrase("Both ends")

# What the low end takes for granted where nobody says how long the grace is: what bank cards grant at least.
# Source: bank-card self-discipline convention, art. 14 (wodefinance.com, rclpilkolf).
_CARD_GRACE = 3

BASE_WORDS = {
    LateBase.OVERDUE: Phrase("what is late"),
    LateBase.ALL_UNPAID: Phrase("everything unpaid on the account"),
}
START_WORDS = {ChargedFrom.DUE: Phrase("the due date"), ChargedFrom.PURCHASE: Phrase("each purchase")}
COMPOUNDING_WORDS = {
    Compounding.NONE: Phrase("not added to the debt"),
    Compounding.MONTHLY: Phrase("added to the debt each month"),
}
ALLOCATION_WORDS = {
    Allocation.PENALTY_FIRST: Phrase("penalties, fees, interest, then what was bought"),
    Allocation.INTEREST_FIRST: Phrase("interest, fees, penalties, then what was bought"),
    Allocation.FEE_FIRST: Phrase("fees, interest, penalties, then what was bought"),
    Allocation.PRINCIPAL_FIRST: Phrase("what was bought, then interest, fees, penalties"),
}

# From the cheapest to the dearest: what goes to the charges leaves more of the debt to be charged on.
_ALLOCATIONS = (
    Allocation.PRINCIPAL_FIRST,
    Allocation.INTEREST_FIRST,
    Allocation.FEE_FIRST,
    Allocation.PENALTY_FIRST,
)


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """What one end takes a term to be.

    Attributes:
        value: The value.
        source: Who says so; None where it is taken for granted because nobody does.
    """

    value: T
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class LateEnd:
    """One end of the band: everything that decides its cost.

    Attributes:
        is_high: Whether it is the dearest reading.
        rate: The penalty; None if unknown.
        carry: The charge on a rest whose minimum is paid; None if unknown.
        base: What the late rate is charged on.
        start: From when it is charged.
        carry_start: From when a rest is charged.
        compounding: Whether unpaid interest is added to what is charged.
        grace: The days of grace.
        tolerance: The greatest rest that still counts as paid in full, in major units; None for none.
        least: The least penalty a day; None for none.
        fee: The part of the unpaid minimum that is charged beside; None for none.
        fee_least: The least such fee; None for none.
        minimum: The part of a bill that its minimum is, where the bill does not say.
        minimums: Every reading of how a minimum is made, for a bill that does not say.
        fixed: The fixed fee for a missed payment, in major units; None for none.
        fixed_again: The same when it happens again; None if nothing else is said.
        fixed_part: The greatest part of the order or of the missed payment that a fixed fee may be.
        fixed_times: How often a fixed fee may be charged on one order.
        unpaid, postponed, accelerated: The part of each that is asked as an indemnity; None for none.
        allocation: In which order a payment is taken.
    """

    is_high: bool
    rate: Claim[Rate] | None
    carry: Claim[Rate] | None
    base: Taken[LateBase]
    start: Taken[ChargedFrom]
    carry_start: Taken[ChargedFrom]
    compounding: Taken[Compounding]
    grace: Taken[int]
    tolerance: Decimal | None
    least: Decimal | None
    fee: Claim[Decimal] | None
    fee_least: Decimal | None
    minimum: Decimal | None
    minimums: tuple[MinimumReading, ...]
    fixed: Claim[Decimal] | None
    fixed_again: Claim[Decimal] | None
    fixed_part: Claim[Decimal] | None
    fixed_times: Claim[int] | None
    unpaid: Claim[Decimal] | None
    postponed: Claim[Decimal] | None
    accelerated: Claim[Decimal] | None
    allocation: Taken[Allocation]

    @property
    def name(self) -> Phrase:
        """What to call it."""
        return HIGH_END if self.is_high else LOW_END


def late_ends(terms: Terms, country: str) -> tuple[LateEnd, LateEnd]:
    """The cheapest and the dearest reading of some terms.

    The low end takes the lowest rate and fees, the narrowest base, the latest start, the longest grace
    and the tightest caps that the sources name; the high end the opposite. Where nobody says, each end
    takes its own extreme, and ``late_gaps`` says so; but what nobody says is charged is not. An indemnity
    that may be asked is asked at the high end only, unless the user's own contract names it.

    Args:
        terms: The account's terms.
        country: The country whose rules hold; empty where none is known.
    """
    return _end(terms, country, is_high=False), _end(terms, country, is_high=True)


def _end(terms: Terms, country: str, *, is_high: bool) -> LateEnd:
    bases, starts, compoundings = list(LateBase), list(ChargedFrom), list(Compounding)

    def most(term: Sourced[T], key: Callable[[T], Any] = _itself) -> Claim[T] | None:
        """The claim that costs most at the high end, least at the low end."""
        return _extreme(term, key, is_highest=is_high)

    def asked(term: Sourced[T]) -> Claim[T] | None:
        """What may be asked need not be: only the user's own contract says that it is."""
        claim = most(term)
        return claim if claim is not None and (is_high or claim.source.origin.is_own) else None

    def fewest(term: Sourced[T]) -> Claim[T] | None:
        """The same where more costs less."""
        return _extreme(term, _itself, is_highest=not is_high)

    return LateEnd(
        is_high=is_high,
        rate=most(terms.late_rate, _yearly),
        carry=most(terms.carry_rate, _yearly),
        base=_taken(most(terms.late_base, bases.index), bases[-1 if is_high else 0]),
        start=_taken(most(terms.late_from, starts.index), ChargedFrom.DUE),
        carry_start=_taken(most(terms.carry_from, starts.index), starts[-1 if is_high else 0]),
        compounding=_taken(most(terms.late_compounding, compoundings.index), Compounding.NONE),
        grace=_taken(fewest(terms.grace_days), 0 if is_high else assumed_grace(country)),
        tolerance=_value(fewest(terms.grace_tolerance)),
        least=_value(most(terms.late_least_per_day)),
        fee=most(terms.late_fee),
        fee_least=_value(most(terms.late_fee_least)),
        minimum=_value(most(terms.minimum)),
        minimums=readings(terms),
        fixed=most(terms.late_fee_fixed()),
        fixed_again=most(terms.late_fee_fixed(repeat=True)),
        fixed_part=most(terms.late_fee_most_part),
        fixed_times=most(terms.late_fee_most_times),
        unpaid=asked(terms.late_indemnity(Indemnity.UNPAID)),
        postponed=asked(terms.late_indemnity(Indemnity.POSTPONED)),
        accelerated=asked(terms.late_indemnity(Indemnity.ACCELERATED)),
        allocation=_taken(most(terms.allocation, _ALLOCATIONS.index), _ALLOCATIONS[-1 if is_high else 0]),
    )


def _extreme(term: Sourced[T], key: Callable[[T], Any], *, is_highest: bool) -> Claim[T] | None:
    if term.is_unknown:
        return None
    return term.highest(key) if is_highest else term.lowest(key)


def _taken(claim: Claim[T] | None, usual: T) -> Taken[T]:
    return Taken(claim.value, claim.source) if claim is not None else Taken(usual)


def _value(claim: Claim[T] | None) -> T | None:
    return claim.value if claim is not None else None


def _itself(value: T) -> T:
    return value


def _yearly(rate: Rate) -> Decimal:
    return rate.yearly


def assumed_grace(country: str) -> int:
    """The days of grace that the low end takes for granted where nobody says.

    Source: bank-card self-discipline convention, art. 14 (wodefinance.com, rclpilkolf): at least 3 in China.
    """
    return _CARD_GRACE if country == "CN" else 0
