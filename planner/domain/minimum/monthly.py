"""What a minimum asks for each month of a rest that is carried on, and when that never lowers it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.minimum.rule import SMALL_CARRIED, MinimumReading
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.term import MinimumRule

_HALF = Fraction(1, 2)


def share_of(amount: int, part: Fraction) -> int:
    """A part of an amount in minor units that is not negative, rounded half up."""
    # In whole numbers: this is asked for thousands of times in a row.
    return (2 * amount * part.numerator + part.denominator) // (2 * part.denominator)


def monthly(rate: Rate) -> Fraction:
    """The rate for a month of a twelfth of 365 days.

    "All months are 30.41667 days long": 12 CFR 1026, appendix M1, (b)(4)(vii).
    """
    return Fraction(rate.fraction) * rate.per.value / 12


@dataclass(frozen=True, slots=True)
class MonthlyRule:
    """What has to be paid each month while nothing new is bought, in minor units.

    Attributes:
        part: The part of what is owed.
        is_of_interest: Whether it is a part of the month's interest too.
        plus_interest: Whether the interest comes on top of the part.
        least: The least it may be.
        all_below: Below which balance all of it is due.
        fixed: What is paid where the minimum is less.
        smallest: The least of any month: one minor unit, so that no rest stays for ever by rounding alone;
            nothing for a debt that asks for nothing by itself.
    """

    part: Fraction
    is_of_interest: bool = False
    plus_interest: bool = False
    least: int = 0
    all_below: int = 0
    fixed: int = 0
    smallest: int = 1

    @property
    def floor(self) -> int:
        """The least of any month."""
        return max(self.least, self.fixed, self.smallest)

    def asked(self, balance: int, interest: int) -> int:
        """What is paid of a balance and the interest of the month."""
        owed = balance + interest
        if balance < self.all_below:
            return owed
        share = share_of(owed if self.is_of_interest else balance, self.part)
        return min(owed, max(share + (interest if self.plus_interest else 0), self.floor))

    def never_falls(self, balance: int, rate: Fraction, count: int = 1) -> bool:
        """Whether no balance of at least this much is ever lowered, proved for every month to come.

        The interest of such a balance is at least what it is now, and has to be at least the floor; and
        the part must not outgrow it. Where several parts are rounded, each may lose half a minor unit.

        Args:
            balance: What is owed.
            rate: The lowest monthly rate on any part of it.
            count: How many parts it has.
        """
        noise = Fraction(count, 2)
        if balance < self.all_below or math.ceil(rate * balance - noise) < self.floor:
            return False
        if self.plus_interest:
            return not self.part
        if not self.is_of_interest:
            # Rounding one balance keeps the order of its interest and its part.
            is_single = count == 1 and rate >= self.part
            return is_single or (rate - self.part) * balance >= noise + _HALF
        spare = (rate - self.part * (1 + rate)) * balance
        return spare >= noise * (1 - self.part) + _HALF


NO_MINIMUM = MonthlyRule(Fraction(0), smallest=0)
"""The rule of a debt that asks for nothing by itself."""


def monthly_rule(reading: MinimumReading, currency: str) -> MonthlyRule:
    """The rule of a minimum for a rest that is carried from month to month.

    With a part of the balance it is the balance before the month's interest, as in 12 CFR 1026,
    appendix M2; with a part and the interest it is the balance on the statement.
    """
    rule = reading.rule
    carried = Money.rounded(SMALL_CARRIED, currency).minor
    return MonthlyRule(
        Fraction(reading.part),
        is_of_interest=rule in {MinimumRule.PART_OF_BILL, MinimumRule.PART_PLUS_INTEREST},
        plus_interest=rule not in {MinimumRule.PART_OF_BILL, MinimumRule.PART_OR_LEAST},
        least=Money.rounded(reading.least, currency).minor if reading.least is not None else 0,
        all_below=carried if rule is MinimumRule.BAITIAO else 0,
    )
