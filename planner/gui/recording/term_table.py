"""Every term an account can have, how its value is written, and the field it is typed into.

A new term is a new line here; the list of terms and its form know no term by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.late.ends import ALLOCATION_WORDS, BASE_WORDS, COMPOUNDING_WORDS, START_WORDS
from planner.domain.offers.working import CHARGED_FROM_WORDS, FIRST_WORDS, TIMING_WORDS
from planner.domain.rate import Per
from planner.domain.settling.policy import POLICY_WORDS
from planner.domain.sourced import Sourced
from planner.domain.term import REPEAT, Indemnity, MinimumRule, Remainder, Resplit, RoundingRule, Term
from planner.domain.terms import Terms
from planner.gui.recording.term_kinds import (
    AmountKind,
    ChoiceKind,
    CountKind,
    CutoffKind,
    DayKind,
    Kind,
    PartKind,
    RateKind,
)
from planner.i18n import _, ngettext
from planner.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A term as it is listed and asked for.

    Attributes:
        term: Which.
        kind: The kind of its value.
        titles: Its name for each thing that it is always listed for; msgids.
        counted: Its name for a number of instalments, ``{count}``; a msgid, empty where there is none.
        other: Its name for a number of instalments that is not listed yet; a msgid, empty for terms
            to which none can be added.
        counts_of: A term with each of whose numbers of instalments it is listed too; None for none.
    """

    term: Term
    kind: Kind[Any, Any]
    titles: Mapping[str, str]
    counted: str = ""
    other: str = ""
    counts_of: Term | None = None

    def name(self, about: str) -> str:
        """Its name in the reader's language, with what it is about."""
        if self.asks_count(about):
            return _(self.other)
        title = self.titles.get(about)
        return _(title) if title is not None else _(self.counted).format(count=about)

    def asks_count(self, about: str) -> bool:
        """Whether it is still to be said for which number of instalments."""
        return bool(self.other) and not about

    def abouts(self, terms: Terms) -> list[str]:
        """What it is listed for: always, for each number of instalments, and then for another one."""
        known = (self.term,) if self.counts_of is None else (self.term, self.counts_of)
        counts = map(str, terms.counts(*known)) if self.counted else ()
        return [*self.titles, *counts, *([""] if self.other else [])]

    def read(self, terms: Terms, about: str) -> Sourced[Any]:
        """What the sources say."""
        return terms.read(self.term, about)

    def words(self, terms: Terms, about: str, currency: str) -> str:
        """What counts: a value, a range, or unknown."""
        sourced = self.read(terms, about)
        if sourced.is_unknown:
            return _("unknown")
        if sourced.is_range:
            return self.kind.range_words(sourced, currency)
        return self.kind.words(sourced.value, currency)


def sheet_of(term: Term) -> TermSheet:
    """The line of a term."""
    return next(sheet for sheets in TERM_TABLE.values() for sheet in sheets if sheet.term is term)


def _one(term: Term, title: str, kind: Kind[Any, Any]) -> TermSheet:
    return TermSheet(term, kind, {"": title})


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count)


def _times(count: int) -> str:
    return ngettext("{count} time", "{count} times", count)


def _missed(count: int) -> str:
    return ngettext("{count} missed instalment", "{count} missed instalments", count)


_PART, _AMOUNT, _CUTOFF = PartKind(), AmountKind(), CutoffKind()
_A_DAY, _A_MONTH, _A_YEAR = RateKind(Per.DAY), RateKind(Per.MONTH), RateKind(Per.YEAR)
_DAYS, _TIMES, _MISSED = CountKind(_days, 366), CountKind(_times, 100), CountKind(_missed, 100, 1)

REMAINDER_WORDS = {
    Remainder.FIRST: Phrase("the first instalment"),
    Remainder.LAST: Phrase("the last instalment"),
}
MINIMUM_WORDS = {
    MinimumRule.PART_OF_BILL: Phrase("a part of all of the bill"),
    MinimumRule.BAITIAO: Phrase(
        "as Baitiao does: a part of what is new and of the carried rest, instalments in full"
    ),
    MinimumRule.CN_CARD: Phrase("as Chinese cards do: a part of purchases, all else in full"),
    MinimumRule.PART_OR_LEAST: Phrase("a part of the balance, but at least an amount"),
    MinimumRule.PART_PLUS_INTEREST: Phrase("a part of the balance and the interest, but at least an amount"),
}
ROUNDING_WORDS = {
    RoundingRule.DOWN: Phrase("down"),
    RoundingRule.UP: Phrase("up"),
    RoundingRule.HALF_UP: Phrase("to the nearest, halves up"),
    RoundingRule.HALF_EVEN: Phrase("to the nearest, halves to the even figure"),
    RoundingRule.LIKE_PRINCIPAL: Phrase("the whole fee is spread as the amount is"),
}
RESPLIT_WORDS = {
    Resplit.ALLOWED: Phrase("allowed"),
    Resplit.AGREEMENT_ONLY: Phrase("only by an individual agreement"),
    Resplit.FORBIDDEN: Phrase("not allowed"),
}

# By what they are about, as the list shows them.
TERM_TABLE: Mapping[str, tuple[TermSheet, ...]] = {
    N_("When a payment is late"): (
        _one(Term.LATE_RATE, N_("Late rate"), _A_DAY),
        _one(Term.LATE_BASE, N_("The late rate is charged on"), ChoiceKind(BASE_WORDS)),
        _one(Term.LATE_FROM, N_("The late rate runs from"), ChoiceKind(START_WORDS)),
        _one(Term.LATE_COMPOUNDING, N_("Late interest that is not paid is"), ChoiceKind(COMPOUNDING_WORDS)),
        _one(Term.LATE_LEAST_PER_DAY, N_("Least late charge a day"), _AMOUNT),
        _one(Term.LATE_FEE, N_("Fee on the unpaid part of the minimum"), _PART),
        _one(Term.LATE_FEE_LEAST, N_("Least such fee"), _AMOUNT),
        TermSheet(
            Term.LATE_FEE_FIXED,
            _AMOUNT,
            {"": N_("Fixed fee for a missed payment"), REPEAT: N_("Fixed fee when it happens again")},
        ),
        _one(
            Term.LATE_FEE_MOST_PART, N_("Most of the order or missed payment that a fixed fee may be"), _PART
        ),
        _one(Term.LATE_FEE_MOST_TIMES, N_("How often a fixed fee may be charged on one order"), _TIMES),
        TermSheet(
            Term.LATE_INDEMNITY,
            _PART,
            {
                Indemnity.UNPAID.value: N_("Indemnity on what is unpaid"),
                Indemnity.POSTPONED.value: N_("Indemnity on what is postponed"),
                Indemnity.ACCELERATED.value: N_("Indemnity when all of it is asked for at once"),
            },
        ),
        _one(Term.GRACE_DAYS, N_("Days of grace"), _DAYS),
        _one(Term.GRACE_CUTOFF, N_("On the last day a payment counts until"), _CUTOFF),
        _one(Term.GRACE_TOLERANCE, N_("What may be missing and still count as paid in full"), _AMOUNT),
        _one(Term.ACCELERATION_AFTER, N_("All of it may be asked for after"), _MISSED),
        _one(Term.ALLOCATION, N_("A payment is taken for"), ChoiceKind(ALLOCATION_WORDS)),
    ),
    N_("When only the minimum is paid"): (
        _one(Term.MINIMUM_RULE, N_("How the minimum is made"), ChoiceKind(MINIMUM_WORDS)),
        _one(Term.MINIMUM, N_("Minimum, as a part of the bill"), _PART),
        _one(Term.MINIMUM_LEAST, N_("Least minimum"), _AMOUNT),
        _one(Term.CARRY_RATE, N_("Interest on the rest"), _A_DAY),
        _one(Term.CARRY_FROM, N_("Interest on the rest runs from"), ChoiceKind(CHARGED_FROM_WORDS)),
        _one(Term.INTEREST_RATE, N_("Interest on what is owed"), _A_YEAR),
        _one(Term.PROMO_RATE, N_("Interest while a promotion lasts"), _A_YEAR),
        _one(Term.PROMO_UNTIL, N_("Last day of that promotion"), DayKind()),
    ),
    N_("When it is paid by instalments"): (
        TermSheet(
            Term.FEE_RATE,
            _A_MONTH,
            {},
            N_("Fee on the original amount for {count} instalments"),
            N_("Fee on the original amount for another number of instalments"),
        ),
        TermSheet(
            Term.FEE_WHOLE,
            _PART,
            {},
            N_("Fee for {count} instalments together, as a part of the amount"),
            N_("Fee for another number of instalments together"),
        ),
        TermSheet(
            Term.FEE_MOST,
            _AMOUNT,
            {"": N_("Most that the fee of a plan may be")},
            N_("Most that the fee for {count} instalments may be"),
        ),
        _one(Term.FEE_TIMING, N_("The fee is paid"), ChoiceKind(TIMING_WORDS)),
        _one(Term.FIRST_PAYMENT, N_("The first instalment is paid"), ChoiceKind(FIRST_WORDS)),
        TermSheet(
            Term.PROMOTION,
            _A_MONTH,
            {},
            N_("Promotion: fee for {count} instalments"),
            N_("Promotion: fee for another number of instalments"),
        ),
        TermSheet(
            Term.PROMOTION_UNTIL,
            DayKind(),
            {},
            N_("Last day of the promotion for {count} instalments"),
            counts_of=Term.PROMOTION,
        ),
        _one(Term.REMAINDER, N_("What does not divide goes to"), ChoiceKind(REMAINDER_WORDS)),
        _one(
            Term.PRINCIPAL_ROUNDING, N_("The amount of an instalment is rounded"), ChoiceKind(ROUNDING_WORDS)
        ),
        _one(Term.FEE_ROUNDING, N_("The fee of an instalment is rounded"), ChoiceKind(ROUNDING_WORDS)),
        _one(Term.SPLIT_PART, N_("Most of a bill that may be split"), _PART),
        _one(Term.SPLIT_LEAST, N_("Least amount that may be split"), _AMOUNT),
        _one(Term.RESPLIT, N_("Splitting again what is in instalments"), ChoiceKind(RESPLIT_WORDS)),
        _one(Term.DEFERRAL_RATE, N_("Charge for putting a bill off"), _A_DAY),
        _one(Term.DEFERRAL_FEE, N_("Fee for putting a bill off by a month"), _PART),
        _one(Term.EARLY_SETTLEMENT, N_("Settling early"), ChoiceKind(POLICY_WORDS)),
    ),
    N_("When it is paid in time"): (_one(Term.FREE_DAYS, N_("Days without cost after a purchase"), _DAYS),),
}
