"""Fees for a missed payment: a part of the minimum, or a fixed one, and what caps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.sourced import Reliability, Source
from planner.phrases import N_, Phrase

# Whose rule it is, and why it is not what the printed text of the regulation says.
US_SOURCE = Source(
    N_(
        "12 CFR 1026.52(b)(1)(ii), (b)(2)(i); the rule of 2024 was vacated on 2025-04-15 "
        "(natlawreview.com; goodwinlaw.com)"
    ),
    date(2026, 11, 22),
    Reliability.MEDIUM,
)
UK_CARD_SOURCE = Source(N_("General knowledge, unverified"), date(2026, 11, 22), Reliability.LOW)
UK_CARD_FEE = Money(12_00, "GBP")


def late_fee(missed: Money, part: Decimal, least: Decimal | None = None) -> Money:
    """The fee on what is missing of the minimum; none where nothing is missing.

    Source: wodefinance.com, jxxowdphxa; crsrw.com: 5 % of the unpaid part of the minimum, once a cycle.
    The floor differs between banks (general knowledge, unverified).

    Args:
        missed: What is missing of the minimum.
        part: The part of it that is charged.
        least: The least fee, in major units; None for none.
    """
    if missed.minor <= 0:
        return missed.zero
    fee = missed.times(part)
    return fee if least is None else max(fee, Money.rounded(least, missed.currency))


@dataclass(frozen=True, slots=True)
class FixedFee:
    """What is charged for each missed payment.

    Attributes:
        first: The fee for the first.
        again: The fee for each further one.
        most_part: The greatest part of the order or of the missed payment that one fee may be; None for
            any.
        most_times: How often it may be charged on one order; None for any number.
    """

    first: Money
    again: Money
    most_part: Decimal | None = None
    most_times: int | None = None

    def fee(self, capped_by: Money, number: int = 1, *, is_repeat: bool = False) -> Money:
        """The fee for one missed payment; a cap is rounded to the minor unit, half up.

        Args:
            capped_by: The order, or the missed payment, that the cap is a part of.
            number: Which missed payment of its order it is, from 1.
            is_repeat: Whether another was missed before it.
        """
        if self.most_times is not None and number > self.most_times:
            return self.first.zero
        fee = self.again if is_repeat else self.first
        return fee if self.most_part is None else min(fee, capped_by.times(self.most_part))

    def fees(self, order: Money, missed: int) -> Money:
        """What so many missed payments of one order come to.

        Args:
            order: The order.
            missed: How many payments were missed.
        """
        fees = [self.fee(order, number, is_repeat=number > 1) for number in range(1, missed + 1)]
        return sum_of(fees, self.first.currency)


# In dollars, 12 CFR 1026.52(b)(1)(ii), as before the vacated rule.
US_FIRST, US_AGAIN = 32, 43


def us_most_late_fee(missed: Money, *, is_repeat: bool) -> Derived[Money]:
    """The greatest late fee that a US card may charge without proving its costs.

    Source: 12 CFR 1026.52(b)(1)(ii) and (b)(2)(i): 32 dollars, 43 when the same happened within the six
    billing cycles before, never more than the missed minimum. The text of the regulation still prints 8
    dollars; that rule of 2024 was vacated on 2025-04-15 (natlawreview.com; goodwinlaw.com).

    Args:
        missed: The minimum payment that was missed.
        is_repeat: Whether another was missed within the six billing cycles before.
    """
    first, again = (Money.of(dollars, missed.currency) for dollars in (US_FIRST, US_AGAIN))
    fee = FixedFee(first, again, most_part=Decimal(1))
    found = fee.fee(missed, is_repeat=is_repeat)
    line = fee.again if is_repeat else fee.first
    return Derived(
        found,
        Derivation(
            Phrase("The greatest late fee = the lesser of the legal amount and the missed minimum"),
            (
                Given(Phrase("The missed minimum"), missed),
                Given(
                    Phrase("The legal amount when it happened within the six cycles before")
                    if is_repeat
                    else Phrase("The legal amount for the first time"),
                    line,
                    US_SOURCE,
                ),
            ),
            (Working(Phrase("The lesser of the two"), found),),
        ),
    )
