"""What a lender may lay down: each term, the rules it may choose from, and how its value is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import Enum, StrEnum
from typing import Any

from planner.domain.rate import Per, Rate


class Term(StrEnum):
    """A term; the value is its key in files and in the store."""

    # Late
    LATE_RATE = "late_rate"
    LATE_BASE = "late_base"
    LATE_FROM = "late_from"
    LATE_COMPOUNDING = "late_compounding"
    LATE_LEAST_PER_DAY = "late_least_per_day"
    LATE_FEE = "late_fee"
    LATE_FEE_LEAST = "late_fee_least"
    LATE_FEE_FIXED = "late_fee_fixed"
    LATE_FEE_MOST_PART = "late_fee_most_part"
    LATE_FEE_MOST_TIMES = "late_fee_most_times"
    LATE_INDEMNITY = "late_indemnity"
    GRACE_DAYS = "grace_days"
    GRACE_CUTOFF = "grace_cutoff"
    GRACE_TOLERANCE = "grace_tolerance"
    ACCELERATION_AFTER = "acceleration_after"
    ALLOCATION = "allocation"
    # The minimum, and the rest
    MINIMUM = "minimum"
    MINIMUM_RULE = "minimum_rule"
    MINIMUM_LEAST = "minimum_least"
    CARRY_RATE = "carry_rate"
    CARRY_FROM = "carry_from"
    INTEREST_RATE = "interest_rate"
    PROMO_RATE = "promo_rate"
    PROMO_UNTIL = "promo_until"
    # Instalments
    FEE_RATE = "fee_rate"
    FEE_WHOLE = "fee_whole"
    FEE_MOST = "fee_most"
    FEE_TIMING = "fee_timing"
    FIRST_PAYMENT = "first_payment"
    PROMOTION = "promotion"
    PROMOTION_UNTIL = "promotion_until"
    REMAINDER = "remainder"
    PRINCIPAL_ROUNDING = "principal_rounding"
    FEE_ROUNDING = "fee_rounding"
    SPLIT_PART = "split_part"
    SPLIT_LEAST = "split_least"
    RESPLIT = "resplit"
    DEFERRAL_RATE = "deferral_rate"
    DEFERRAL_FEE = "deferral_fee"
    EARLY_SETTLEMENT = "early_settlement"
    # In time
    FREE_DAYS = "free_days"


class LateBase(StrEnum):
    """What the late rate is charged on, from the narrowest to the widest."""

    OVERDUE = "overdue"
    ALL_UNPAID = "all_unpaid"


class ChargedFrom(StrEnum):
    """From when a daily charge runs, from the shorter to the longer time."""

    DUE = "due"
    PURCHASE = "purchase"


class Compounding(StrEnum):
    """Whether unpaid interest bears interest itself, from the cheaper to the dearer."""

    NONE = "none"
    MONTHLY = "monthly"


class Indemnity(StrEnum):
    """What a late indemnity is a part of; what the term LATE_INDEMNITY is about.

    Source: Code de la consommation, art. D312-16 and D312-17.
    """

    UNPAID = "unpaid"
    POSTPONED = "postponed"
    ACCELERATED = "accelerated"


class MinimumRule(StrEnum):
    """How the least to pay of a bill is made.

    PART_OF_BILL: a part of all of it. BAITIAO: a part of what is new, all instalments, the carried rest.
    CN_CARD: a part of purchases, all else in full. PART_OR_LEAST: a part of the balance, but at least an
    amount. PART_PLUS_INTEREST: a part of the balance and the interest and fees, but at least an amount.
    """

    PART_OF_BILL = "part_of_bill"
    BAITIAO = "baitiao"
    CN_CARD = "cn_card"
    PART_OR_LEAST = "part_or_least"
    PART_PLUS_INTEREST = "part_plus_interest"


class FeeTiming(StrEnum):
    """When the fee of a plan is paid; DECLINING charges each month on what is still owed."""

    EVEN = "even"
    WITH_FIRST = "with_first"
    UPFRONT = "upfront"
    DECLINING = "declining"


class FirstPayment(StrEnum):
    """When the first instalment is paid: with the next due date, or on the day of the purchase."""

    NEXT_DUE = "next_due"
    AT_ONCE = "at_once"


class Remainder(StrEnum):
    """Which row takes what does not divide."""

    FIRST = "first"
    LAST = "last"


class RoundingRule(StrEnum):
    """How a row is rounded to the minor unit; LIKE_PRINCIPAL spreads an exact total as the principal is."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    LIKE_PRINCIPAL = "like_principal"

    @property
    def mode(self) -> str | None:
        """The mode of ``decimal``; None for what follows the principal."""
        return _MODES.get(self)


_MODES = {
    RoundingRule.DOWN: ROUND_DOWN,
    RoundingRule.UP: ROUND_UP,
    RoundingRule.HALF_UP: ROUND_HALF_UP,
    RoundingRule.HALF_EVEN: ROUND_HALF_EVEN,
}


class Resplit(StrEnum):
    """Whether what is in instalments already may be put into instalments again.

    Source: Yinbaojiangui [2022] No. 13 for banks: forbidden but for an individual agreement;
    for Baitiao the sources disagree.
    """

    ALLOWED = "allowed"
    AGREEMENT_ONLY = "agreement_only"
    FORBIDDEN = "forbidden"


class EarlyPolicy(StrEnum):
    """What settling a plan early costs.

    REMAINING_FEES_DUE, WAIVE_REMAINING, SAME_DAY, BILLED_PLUS_NEXT, NEXT_PLUS_ONE: what third parties write
    of lenders, among them ceihk.net (2023-10-10) and php.cn (2025-03-14) of JD Baitiao, and csai.cn (2025)
    of Douyin. ACTUAL_TIME: interest up to the day only (Chinese private-lending rules, art. 30).
    FR_INDEMNITY: the remaining cost falls away, an indemnity of at most 1 % or 0.5 % may be asked
    (Code de la consommation, art. L312-34, D312-15).
    """

    REMAINING_FEES_DUE = "remaining_fees_due"
    WAIVE_REMAINING = "waive_remaining"
    SAME_DAY = "same_day"
    BILLED_PLUS_NEXT = "billed_plus_next"
    NEXT_PLUS_ONE = "next_plus_1_period_penalty"
    ACTUAL_TIME = "actual_time"
    FR_INDEMNITY = "fr_indemnity"


class Allocation(StrEnum):
    """In which order a payment is taken, named after what comes first."""

    PENALTY_FIRST = "penalty_fee_interest_principal"
    INTEREST_FIRST = "interest_fee_penalty_principal"
    FEE_FIRST = "fee_interest_penalty_principal"
    PRINCIPAL_FIRST = "principal_interest_fee_penalty"


class About(Enum):
    """What a term may be about within itself."""

    NOTHING = "nothing"
    COUNT = "count"  # a number of instalments
    MAYBE_COUNT = "maybe_count"  # a number of instalments, or nothing for all of them
    INDEMNITY = "indemnity"
    REPEAT = "repeat"  # nothing for the first time, "repeat" for the next ones


REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Form:
    """How a term is written in files and in the store.

    Attributes:
        read: From its text to its value; raises ValueError or ArithmeticError where it is none.
        about: What it may be about.
    """

    read: Callable[[str], Any]
    about: About = About.NOTHING

    def allows(self, about: str) -> bool:
        """Whether the term can be about that."""
        match self.about:
            case About.COUNT:
                return _is_count(about)
            case About.MAYBE_COUNT:
                return not about or _is_count(about)
            case About.INDEMNITY:
                return about in set(Indemnity)
            case About.REPEAT:
                return about in {"", REPEAT}
            case _:
                return not about


def _is_count(about: str) -> bool:
    return about.isascii() and about.isdigit() and not about.startswith("0")


def _rate(usual: Per) -> Callable[[str], Rate]:
    """Read a rate: "0.0005", or "0.18/year" where it is stated for another period than usual."""

    def read(text: str) -> Rate:
        fraction, _slash, per = text.partition("/")
        return Rate(_decimal(fraction), Per[per.upper()] if per else usual)

    return read


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or value < 0:
        msg = f"{text} is no amount or part"
        raise ValueError(msg)
    return value


def _whole(text: str) -> int:
    value = int(text)
    if value < 0:
        msg = f"{text} counts nothing"
        raise ValueError(msg)
    return value


def read_cutoff(text: str) -> time | None:
    """Read an hour of the day; "24:00", the end of the day, is None."""
    return None if text == "24:00" else time.fromisoformat(text)


_A_DAY, _A_MONTH, _A_YEAR = _rate(Per.DAY), _rate(Per.MONTH), _rate(Per.YEAR)

FORMS: Mapping[Term, Form] = {
    Term.LATE_RATE: Form(_A_DAY),
    Term.LATE_BASE: Form(LateBase),
    Term.LATE_FROM: Form(ChargedFrom),
    Term.LATE_COMPOUNDING: Form(Compounding),
    Term.LATE_LEAST_PER_DAY: Form(_decimal),
    Term.LATE_FEE: Form(_decimal),
    Term.LATE_FEE_LEAST: Form(_decimal),
    Term.LATE_FEE_FIXED: Form(_decimal, About.REPEAT),
    Term.LATE_FEE_MOST_PART: Form(_decimal),
    Term.LATE_FEE_MOST_TIMES: Form(_whole),
    Term.LATE_INDEMNITY: Form(_decimal, About.INDEMNITY),
    Term.GRACE_DAYS: Form(_whole),
    Term.GRACE_CUTOFF: Form(read_cutoff),
    Term.GRACE_TOLERANCE: Form(_decimal),
    Term.ACCELERATION_AFTER: Form(_whole),
    Term.ALLOCATION: Form(Allocation),
    Term.MINIMUM: Form(_decimal),
    Term.MINIMUM_RULE: Form(MinimumRule),
    Term.MINIMUM_LEAST: Form(_decimal),
    Term.CARRY_RATE: Form(_A_DAY),
    Term.CARRY_FROM: Form(ChargedFrom),
    Term.INTEREST_RATE: Form(_A_YEAR),
    Term.PROMO_RATE: Form(_A_YEAR),
    Term.PROMO_UNTIL: Form(date.fromisoformat),
    Term.FEE_RATE: Form(_A_MONTH, About.COUNT),
    Term.FEE_WHOLE: Form(_decimal, About.COUNT),
    Term.FEE_MOST: Form(_decimal, About.MAYBE_COUNT),
    Term.FEE_TIMING: Form(FeeTiming),
    Term.FIRST_PAYMENT: Form(FirstPayment),
    Term.PROMOTION: Form(_A_MONTH, About.COUNT),
    Term.PROMOTION_UNTIL: Form(date.fromisoformat, About.COUNT),
    Term.REMAINDER: Form(Remainder),
    Term.PRINCIPAL_ROUNDING: Form(RoundingRule),
    Term.FEE_ROUNDING: Form(RoundingRule),
    Term.SPLIT_PART: Form(_decimal),
    Term.SPLIT_LEAST: Form(_decimal),
    Term.RESPLIT: Form(Resplit),
    Term.DEFERRAL_RATE: Form(_A_DAY),
    Term.DEFERRAL_FEE: Form(_decimal),
    Term.EARLY_SETTLEMENT: Form(EarlyPolicy),
    Term.FREE_DAYS: Form(_whole),
}
