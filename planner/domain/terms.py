"""The terms of a credit line, each with its sources: what a product publishes and an account copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Source, Sourced
from planner.domain.term import (
    FORMS,
    REPEAT,
    Allocation,
    ChargedFrom,
    Compounding,
    EarlyPolicy,
    FeeTiming,
    FirstPayment,
    Indemnity,
    LateBase,
    MinimumRule,
    Remainder,
    Resplit,
    RoundingRule,
    Term,
)


@dataclass(frozen=True, slots=True)
class TermClaim:
    """One claim as it is written in a file or a table.

    Attributes:
        term: Which term.
        about: What it is about within the term: the number of instalments of a fee; else empty.
        text: The value as text: a decimal fraction, a number of days, a policy's key.
        source: Who says so.
    """

    term: Term
    about: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of a product or an account.

    Attributes:
        claims: Every claim, in the order in which they were made.
    """

    claims: tuple[TermClaim, ...] = ()

    def read(self, term: Term, about: str = "") -> Sourced[Any]:
        """What the sources say about a term; ``term.FORMS`` says what its values are."""
        read = FORMS[term].read
        return Sourced(
            tuple(
                Claim(read(claim.text), claim.source)
                for claim in self.claims
                if claim.term is term and claim.about == about
            )
        )

    # --- late ------------------------------------------------------------------------------------

    @property
    def late_rate(self) -> Sourced[Rate]:
        """The penalty a day on what is late; some lenders state it for a month or a year."""
        return self.read(Term.LATE_RATE)

    @property
    def late_base(self) -> Sourced[LateBase]:
        """What the late rate is charged on."""
        return self.read(Term.LATE_BASE)

    @property
    def late_from(self) -> Sourced[ChargedFrom]:
        """From when the late rate runs: the due date, or on bank cards the day of each purchase."""
        return self.read(Term.LATE_FROM)

    @property
    def late_compounding(self) -> Sourced[Compounding]:
        """Whether unpaid late interest bears interest itself."""
        return self.read(Term.LATE_COMPOUNDING)

    @property
    def late_least_per_day(self) -> Sourced[Decimal]:
        """The least penalty a day, in major units of the account's currency."""
        return self.read(Term.LATE_LEAST_PER_DAY)

    @property
    def late_fee(self) -> Sourced[Decimal]:
        """The part of the unpaid minimum that is charged once a cycle, beside the late rate."""
        return self.read(Term.LATE_FEE)

    @property
    def late_fee_least(self) -> Sourced[Decimal]:
        """The least such fee, in major units."""
        return self.read(Term.LATE_FEE_LEAST)

    def late_fee_fixed(self, *, repeat: bool = False) -> Sourced[Decimal]:
        """The fixed fee for a missed payment in major units, the first time or when it happens again."""
        return self.read(Term.LATE_FEE_FIXED, REPEAT if repeat else "")

    @property
    def late_fee_most_part(self) -> Sourced[Decimal]:
        """The greatest part of the order or of the missed payment that a fixed fee may be."""
        return self.read(Term.LATE_FEE_MOST_PART)

    @property
    def late_fee_most_times(self) -> Sourced[int]:
        """How often a fixed fee may be charged on one order."""
        return self.read(Term.LATE_FEE_MOST_TIMES)

    def late_indemnity(self, of: Indemnity) -> Sourced[Decimal]:
        """The part of the unpaid, postponed or accelerated amount that may be asked as an indemnity."""
        return self.read(Term.LATE_INDEMNITY, of.value)

    @property
    def grace_days(self) -> Sourced[int]:
        """The days after the due date on which paying still counts as in time."""
        return self.read(Term.GRACE_DAYS)

    @property
    def grace_cutoff(self) -> Sourced[time | None]:
        """Until what hour of the last day a payment counts; None is the end of the day."""
        return self.read(Term.GRACE_CUTOFF)

    @property
    def grace_tolerance(self) -> Sourced[Decimal]:
        """The greatest rest that still counts as paid in full, in major units."""
        return self.read(Term.GRACE_TOLERANCE)

    @property
    def acceleration_after(self) -> Sourced[int]:
        """After how many missed instalments the lender may ask for everything at once."""
        return self.read(Term.ACCELERATION_AFTER)

    @property
    def allocation(self) -> Sourced[Allocation]:
        """In which order a payment is taken."""
        return self.read(Term.ALLOCATION)

    # --- the minimum, and the rest -----------------------------------------------------------------

    @property
    def minimum(self) -> Sourced[Decimal]:
        """The least part of a bill's fresh spending to pay: 0.10 is a tenth."""
        return self.read(Term.MINIMUM)

    @property
    def minimum_rule(self) -> Sourced[MinimumRule]:
        """How the minimum is made."""
        return self.read(Term.MINIMUM_RULE)

    @property
    def minimum_least(self) -> Sourced[Decimal]:
        """The least minimum, in major units; a smaller balance is due in full."""
        return self.read(Term.MINIMUM_LEAST)

    @property
    def carry_rate(self) -> Sourced[Rate]:
        """The charge a day on the rest once the minimum is paid."""
        return self.read(Term.CARRY_RATE)

    @property
    def carry_from(self) -> Sourced[ChargedFrom]:
        """From when the rest is charged; from the purchases means the whole bill is, until it is due."""
        return self.read(Term.CARRY_FROM)

    @property
    def interest_rate(self) -> Sourced[Rate]:
        """The nominal yearly rate on what is owed, of a card abroad, a revolving credit or a loan."""
        return self.read(Term.INTEREST_RATE)

    @property
    def promo_rate(self) -> Sourced[Rate]:
        """The nominal yearly rate while a promotion lasts, on what is owed by then."""
        return self.read(Term.PROMO_RATE)

    @property
    def promo_until(self) -> Sourced[date]:
        """The last day of that promotion."""
        return self.read(Term.PROMO_UNTIL)

    # --- instalments -------------------------------------------------------------------------------

    def fee_rate(self, months: int) -> Sourced[Rate]:
        """The flat fee a month, on the original amount, for so many instalments."""
        return self.read(Term.FEE_RATE, str(months))

    def whole_fee(self, months: int) -> Sourced[Decimal]:
        """The fee of a whole plan of so many instalments, as a part of the original amount."""
        return self.read(Term.FEE_WHOLE, str(months))

    def fees(self, months: int) -> tuple[Sourced[Rate], Sourced[Decimal]]:
        """What so many instalments cost: the fee a month and the fee of the whole plan.

        Lenders state one or the other. The newest of the user's own claims on either is the only one
        that counts.
        """
        monthly, whole = self.fee_rate(months), self.whole_fee(months)
        own = [
            claim.term
            for claim in self.claims
            if claim.source.origin.is_own
            and claim.term in {Term.FEE_RATE, Term.FEE_WHOLE}
            and claim.about == str(months)
        ]
        if not own:
            return monthly, whole
        return (monthly, Sourced()) if own[-1] is Term.FEE_RATE else (Sourced(), whole)

    def fee_most(self, months: int) -> Sourced[Decimal]:
        """The greatest fee of a plan of so many instalments in major units, or of any plan."""
        own = self.read(Term.FEE_MOST, str(months))
        return self.read(Term.FEE_MOST) if own.is_unknown else own

    @property
    def fee_timing(self) -> Sourced[FeeTiming]:
        """When the fee of a plan is paid."""
        return self.read(Term.FEE_TIMING)

    @property
    def first_payment(self) -> Sourced[FirstPayment]:
        """When the first instalment is paid."""
        return self.read(Term.FIRST_PAYMENT)

    def promotion(self, months: int) -> Sourced[Rate]:
        """The fee a month of a promotion for so many instalments; usually nothing."""
        return self.read(Term.PROMOTION, str(months))

    def promotion_until(self, months: int) -> Sourced[date]:
        """The last day on which a promotion for so many instalments can be taken."""
        return self.read(Term.PROMOTION_UNTIL, str(months))

    @property
    def remainder(self) -> Sourced[Remainder]:
        """Which row takes what does not divide."""
        return self.read(Term.REMAINDER)

    @property
    def principal_rounding(self) -> Sourced[RoundingRule]:
        """How the principal of a row is rounded."""
        return self.read(Term.PRINCIPAL_ROUNDING)

    @property
    def fee_rounding(self) -> Sourced[RoundingRule]:
        """How the fee of a row is rounded."""
        return self.read(Term.FEE_ROUNDING)

    @property
    def split_part(self) -> Sourced[Decimal]:
        """The greatest part of a bill that may be put into instalments."""
        return self.read(Term.SPLIT_PART)

    @property
    def split_least(self) -> Sourced[Decimal]:
        """The least amount that may be put into instalments, in major units."""
        return self.read(Term.SPLIT_LEAST)

    @property
    def resplit(self) -> Sourced[Resplit]:
        """Whether what is in instalments may be put into instalments again."""
        return self.read(Term.RESPLIT)

    @property
    def deferral_rate(self) -> Sourced[Rate]:
        """The charge a day for putting a bill off."""
        return self.read(Term.DEFERRAL_RATE)

    @property
    def deferral_fee(self) -> Sourced[Decimal]:
        """The fee for putting a bill off by one month, as a part of what is put off."""
        return self.read(Term.DEFERRAL_FEE)

    @property
    def early_settlement(self) -> Sourced[EarlyPolicy]:
        """What settling a plan early costs."""
        return self.read(Term.EARLY_SETTLEMENT)

    # --- in time -----------------------------------------------------------------------------------

    @property
    def free_days(self) -> Sourced[int]:
        """The days between a purchase and its due date that cost nothing, where a lender states them."""
        return self.read(Term.FREE_DAYS)

    # --- whose claims ------------------------------------------------------------------------------

    def counts(self, *terms: Term) -> tuple[int, ...]:
        """The numbers of instalments some terms speak about, ascending."""
        return tuple(
            sorted({int(claim.about) for claim in self.claims if claim.term in terms and claim.about})
        )

    def overridden(self, claim: TermClaim) -> Terms:
        """The terms with the user's own claim added; an earlier own claim on the same thing gives way."""
        return replace(self, claims=(*self._without_own(claim.term, claim.about), claim))

    def published(self, term: Term, about: str = "") -> Terms:
        """The terms with the user's own claim on one thing taken back."""
        return replace(self, claims=self._without_own(term, about))

    def _without_own(self, term: Term, about: str) -> tuple[TermClaim, ...]:
        return tuple(
            known
            for known in self.claims
            if not (known.source.origin.is_own and (known.term, known.about) == (term, about))
        )

    def of(self, *terms: Term) -> tuple[TermClaim, ...]:
        """Every claim on some terms."""
        return tuple(claim for claim in self.claims if claim.term in terms)
