"""The terms of a credit line, each with its sources: what a product publishes and an account copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Source, Sourced

T = TypeVar("T")


class Term(StrEnum):
    """What a lender may lay down; the value is its key in files and in the store."""

    LATE_RATE = "late_rate"
    LATE_BASE = "late_base"
    LATE_FROM = "late_from"
    LATE_FEE = "late_fee"
    LATE_LEAST_PER_DAY = "late_least_per_day"
    GRACE_DAYS = "grace_days"
    CARRY_RATE = "carry_rate"
    CARRY_FROM = "carry_from"
    MINIMUM = "minimum"
    FREE_DAYS = "free_days"
    FEE_RATE = "fee_rate"
    FEE_WHOLE = "fee_whole"
    PROMOTION = "promotion"
    EARLY_SETTLEMENT = "early_settlement"
    REMAINDER = "remainder"


class LateBase(StrEnum):
    """What the late rate is charged on, from the narrowest to the widest."""

    OVERDUE = "overdue"
    ALL_UNPAID = "all_unpaid"


class ChargedFrom(StrEnum):
    """From when a daily charge runs, from the shorter to the longer time."""

    DUE = "due"
    PURCHASE = "purchase"


class EarlyPolicy(StrEnum):
    """What settling a plan early costs.

    Source: what third parties write of lenders, among them ceihk.net (2023-10-10) and php.cn (2025-03-14) of
    JD Baitiao, and csai.cn (2025) of Douyin.
    """

    REMAINING_FEES_DUE = "remaining_fees_due"
    WAIVE_REMAINING = "waive_remaining"
    SAME_DAY = "same_day"
    BILLED_PLUS_NEXT = "billed_plus_next"
    NEXT_PLUS_ONE = "next_plus_1_period_penalty"


class Remainder(StrEnum):
    """Which row takes what does not divide."""

    FIRST = "first"
    LAST = "last"


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

    def _sourced(self, term: Term, read: Callable[[str], T], about: str = "") -> Sourced[T]:
        return Sourced(
            tuple(
                Claim(read(claim.text), claim.source)
                for claim in self.claims
                if claim.term is term and claim.about == about
            )
        )

    @property
    def late_rate(self) -> Sourced[Rate]:
        """The penalty a day on what is late."""
        return self._sourced(Term.LATE_RATE, _daily)

    @property
    def late_base(self) -> Sourced[LateBase]:
        """What the late rate is charged on."""
        return self._sourced(Term.LATE_BASE, LateBase)

    @property
    def late_from(self) -> Sourced[ChargedFrom]:
        """From when the late rate runs: the due date, or on bank cards the day of each purchase."""
        return self._sourced(Term.LATE_FROM, ChargedFrom)

    @property
    def late_fee(self) -> Sourced[Decimal]:
        """The part of the unpaid minimum that is charged once a cycle, beside the late rate."""
        return self._sourced(Term.LATE_FEE, Decimal)

    @property
    def late_least_per_day(self) -> Sourced[Decimal]:
        """The least penalty a day, in major units of the account's currency."""
        return self._sourced(Term.LATE_LEAST_PER_DAY, Decimal)

    @property
    def grace_days(self) -> Sourced[int]:
        """The days after the due date on which paying still counts as in time."""
        return self._sourced(Term.GRACE_DAYS, int)

    @property
    def carry_rate(self) -> Sourced[Rate]:
        """The charge a day on the rest once the minimum is paid."""
        return self._sourced(Term.CARRY_RATE, _daily)

    @property
    def carry_from(self) -> Sourced[ChargedFrom]:
        """From when the rest is charged; from the purchases means the whole bill is, until it is due."""
        return self._sourced(Term.CARRY_FROM, ChargedFrom)

    @property
    def minimum(self) -> Sourced[Decimal]:
        """The least part of a bill's fresh spending to pay: 0.10 is a tenth."""
        return self._sourced(Term.MINIMUM, Decimal)

    @property
    def free_days(self) -> Sourced[int]:
        """The days between a purchase and its due date that cost nothing, where a lender states them."""
        return self._sourced(Term.FREE_DAYS, int)

    @property
    def early_settlement(self) -> Sourced[EarlyPolicy]:
        """What settling a plan early costs."""
        return self._sourced(Term.EARLY_SETTLEMENT, EarlyPolicy)

    @property
    def remainder(self) -> Sourced[Remainder]:
        """Which row takes what does not divide."""
        return self._sourced(Term.REMAINDER, Remainder)

    def fee_rate(self, months: int) -> Sourced[Rate]:
        """The flat fee a month, on the original amount, for so many instalments."""
        return self._sourced(Term.FEE_RATE, _monthly, str(months))

    def whole_fee(self, months: int) -> Sourced[Decimal]:
        """The fee of a whole plan of so many instalments, as a part of the original amount."""
        return self._sourced(Term.FEE_WHOLE, Decimal, str(months))

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

    def promotion(self, months: int) -> Sourced[Rate]:
        """The fee a month of a promotion for so many instalments; usually nothing."""
        return self._sourced(Term.PROMOTION, _monthly, str(months))

    def counts(self, *terms: Term) -> tuple[int, ...]:
        """The numbers of instalments some terms speak about, ascending."""
        return tuple(sorted({int(claim.about) for claim in self.claims if claim.term in terms}))

    def overridden(self, claim: TermClaim) -> Terms:
        """The terms with the user's own claim added; an earlier own claim on the same thing gives way."""
        kept = (
            known
            for known in self.claims
            if not (known.source.origin.is_own and (known.term, known.about) == (claim.term, claim.about))
        )
        return replace(self, claims=(*kept, claim))

    def published(self, term: Term, about: str = "") -> Terms:
        """The terms with the user's own claim on one thing taken back."""
        kept = (
            known
            for known in self.claims
            if not (known.source.origin.is_own and (known.term, known.about) == (term, about))
        )
        return replace(self, claims=tuple(kept))

    def of(self, *terms: Term) -> tuple[TermClaim, ...]:
        """Every claim on some terms."""
        return tuple(claim for claim in self.claims if claim.term in terms)


def _daily(text: str) -> Rate:
    return Rate(Decimal(text), Per.DAY)


def _monthly(text: str) -> Rate:
    return Rate(Decimal(text), Per.MONTH)
