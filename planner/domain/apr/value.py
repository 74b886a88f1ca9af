"""The true yearly rate of a credit, with the name of the convention that it follows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from planner.domain.rate import Per, Rate

# A second solution beyond this yearly rate is no rate of any credit: 1,000 %, compounded.
# Our own limit; short loans to consumers have reached a few hundred per cent.
FAR = 10.0


class Convention(StrEnum):
    """By which rules a yearly rate is worked out; they are never mixed.

    CHINA: PBoC announcement [2021] No. 3. EU: Directive 2008/48/EC, Annex I; France (Code de la
    consommation, R. 314-1 ff.) and the United Kingdom (FCA Handbook, CONC App 1.2) use the same
    equation. US: 12 CFR 1026 (Regulation Z), Appendix J.
    """

    CHINA = "china"
    EU = "eu"
    US = "us"


@dataclass(frozen=True, slots=True)
class Apr:
    """The true cost of credit as a yearly rate.

    Attributes:
        convention: By which rules.
        nominal: The rate of a period times the periods of a year; None where there are no equal periods.
        effective: The rate compounded over a year.
        monthly: The rate of a month; None where the rate was not worked out for months.
    """

    convention: Convention
    nominal: Rate | None
    effective: Rate
    monthly: Decimal | None = None

    @classmethod
    def of_period(cls, convention: Convention, rate: Decimal, per_year: int | Fraction) -> Apr:
        """A rate found for a period, of which a year has so many."""
        count = Decimal(per_year.numerator) / per_year.denominator
        monthly = rate if per_year == Per.MONTH.value else None
        return cls(convention, Rate(rate * count), Rate((1 + rate) ** count - 1), monthly)

    @property
    def headline(self) -> Rate:
        """The figure that the convention puts first.

        In the EU and the United Kingdom the effective rate (2008/48/EC, Annex I), in the US the nominal
        one (Appendix J (b)(1)). China's announcement leaves it open; twelve times the monthly rate is
        general practice (general knowledge, unverified), with the effective rate beside it.
        """
        return self.effective if self.convention is Convention.EU or self.nominal is None else self.nominal


def far(per_year: float | Fraction) -> float:
    """The rate of a period beyond which a second solution is left out: 1,000 % a year, compounded."""
    return float((1 + FAR) ** (1 / float(per_year)) - 1)


def rounded_percent(found: Rate, places: int = 1) -> Decimal:
    """A yearly rate in per cent as it is stated: rounded half up.

    Source: Directive 2008/48/EC, Annex I, remark (d), to at least one decimal place; two are what 12 CFR
    1026 Appendix J has in its examples.

    Args:
        found: The rate.
        places: How many decimal places.
    """
    return (found.yearly * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
