"""The French indemnity for repaying a consumer credit before its time: when it may be asked, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Reliability, Source, Span
from planner.phrases import N_, Phrase

INDEMNITY_SOURCE = Source(
    N_("Code de la consommation, art. L312-34, D312-15"), date(2026, 11, 22), Reliability.HIGH
)

# In euros, over twelve months: an indemnity may be asked above it only (D312-15).
THRESHOLD = Decimal(10_000)
# More than a year left, and not more (L312-34).
LONG_RATE, SHORT_RATE = Rate(Decimal("0.01")), Rate(Decimal("0.005"))
YEAR = 12

_RULE = Phrase(
    "At most 1 % of what is repaid early if more than a year is left, else 0.5 %; never more than the "
    "interest still to come; nothing up to 10,000 euros within twelve months. The indemnity is counted on "
    "what is repaid alone, never on itself."
)
_RATE = Phrase("The rate of the indemnity")


@dataclass(frozen=True, slots=True)
class EarlyRepayment:
    """A repayment of a French consumer credit before its time.

    Attributes:
        repaid: The principal that is repaid now.
        months_left: How many months the contract would still have run, part of one counted as a whole.
        interest_left: The interest that would still have been paid.
        repaid_before: What was repaid early in the twelve months before.
        is_fixed_rate: Whether the borrowing rate is fixed.
        is_open_ended: Whether it is an overdraft or a revolving credit.
        is_insured: Whether a loan insurance pays it.
    """

    repaid: Money
    months_left: int | Decimal
    interest_left: Money
    repaid_before: Money
    is_fixed_rate: bool = True
    is_open_ended: bool = False
    is_insured: bool = False

    @property
    def _free(self) -> Phrase | None:
        """Why nothing may be asked; None if something may be."""
        if self.is_open_ended:
            return Phrase("An overdraft or a revolving credit: no indemnity may be asked")
        if not self.is_fixed_rate:
            return Phrase("The rate is not fixed: no indemnity may be asked")
        if self.is_insured:
            return Phrase("A loan insurance repays it: no indemnity may be asked")
        if (self.repaid + self.repaid_before).decimal <= THRESHOLD:
            return Phrase("Not above the threshold: no indemnity may be asked")
        return None

    @property
    def rate(self) -> Rate:
        """The part of what is repaid that may be asked at most."""
        return LONG_RATE if self.months_left > YEAR else SHORT_RATE

    def indemnity(self) -> Derived[Span[Money]]:
        """From nothing to the most that the lender may ask; what it does ask stands in the contract.

        Source: Code de la consommation, art. L312-34 (rates, exceptions, the interest as a limit) and
        D312-15 (the threshold); Directive 2008/48/EC, art. 16.
        """
        free = self._free
        share = self.repaid.times(self.rate.fraction)
        most = self.repaid.zero if free is not None else min(share, self.interest_left)
        return Derived(Span(most.zero, most), lambda: self._derivation(free, share, most))

    def _derivation(self, free: Phrase | None, share: Money, most: Money) -> Derivation:
        limit = Money.of(THRESHOLD, self.repaid.currency)
        given = (
            Given(Phrase("Principal repaid now"), self.repaid),
            Given(Phrase("Repaid early in the twelve months before"), self.repaid_before),
            Given(Phrase("The threshold over twelve months"), limit, INDEMNITY_SOURCE),
            Given(Phrase("Months the contract would still have run"), str(self.months_left)),
            Given(_RATE, self.rate, INDEMNITY_SOURCE),
            Given(Phrase("Interest still to come"), self.interest_left),
        )
        workings = [Working(Phrase("Repaid within twelve months"), self.repaid + self.repaid_before)]
        if free is None:
            workings.append(Working(Phrase("What is repaid × the rate"), share))
        else:
            workings.append(Working(free))
        workings.append(Working(Phrase("The most that may be asked"), most))
        return Derivation(_RULE, given, tuple(workings), Phrase("Rounded to the cent, half up."))


def months_left(on: date, end: date) -> int:
    """How many months lie between two days, part of one counted as a whole; 12 is not more than a year."""
    months = (end.year - on.year) * YEAR + end.month - on.month
    return max(months + (add_months(on, months) < end), 0)
