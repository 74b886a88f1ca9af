"""Every term an account can have, how its value is written, and the field it is typed into.

A new term is a new line here; the list of terms and its form know no term by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.outcome import CHARGED_FROM_WORDS
from planner.domain.overdue import BASE_WORDS, START_WORDS
from planner.domain.rate import Per
from planner.domain.settlement import POLICY_WORDS
from planner.domain.sourced import Sourced
from planner.domain.term import Remainder, Term
from planner.domain.terms import Terms
from planner.gui.recording.term_kinds import AmountKind, ChoiceKind, DaysKind, Kind, PercentKind
from planner.i18n import _
from planner.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A term as it is listed and asked for.

    Attributes:
        term: Which.
        title: Its name; a msgid, with ``{count}`` where it has one value per number of instalments.
        read: Its value in the terms; takes what it is about within the term.
        kind: The kind of its value.
        other: Its name for a number of instalments that is not listed yet; a msgid, empty for terms
            that have one value.
    """

    term: Term
    title: str
    read: Callable[[Terms, str], Sourced[Any]]
    kind: Kind[Any, Any]
    other: str = ""

    def name(self, about: str) -> str:
        """Its name in the reader's language, with what it is about."""
        return _(self.other) if self.asks_count(about) else _(self.title).format(count=about)

    def asks_count(self, about: str) -> bool:
        """Whether it is still to be said for which number of instalments."""
        return bool(self.other) and not about

    def abouts(self, terms: Terms) -> list[str]:
        """What it is listed for: each number of instalments and then another one, or just the term."""
        return [*map(str, terms.counts(self.term)), ""] if self.other else [""]

    def words(self, terms: Terms, about: str, currency: str) -> str:
        """What counts: a value, a range, or unknown."""
        sourced = self.read(terms, about)
        if sourced.is_unknown:
            return _("unknown")
        if sourced.is_range:
            return self.kind.range_words(sourced, currency)
        return self.kind.words(sourced.value, currency)


_PART, _A_DAY, _A_MONTH = PercentKind(), PercentKind(Per.DAY), PercentKind(Per.MONTH)
_DAYS, _AMOUNT = DaysKind(), AmountKind()
REMAINDER_WORDS = {
    Remainder.FIRST: Phrase("the first instalment"),
    Remainder.LAST: Phrase("the last instalment"),
}

# By what they are about, as the list shows them.
TERM_TABLE: Mapping[str, tuple[TermSheet, ...]] = {
    N_("When a payment is late"): (
        TermSheet(Term.LATE_RATE, N_("Late rate a day"), lambda terms, _about: terms.late_rate, _A_DAY),
        TermSheet(
            Term.LATE_BASE,
            N_("The late rate is charged on"),
            lambda terms, _about: terms.late_base,
            ChoiceKind(BASE_WORDS),
        ),
        TermSheet(
            Term.LATE_FROM,
            N_("The late rate runs from"),
            lambda terms, _about: terms.late_from,
            ChoiceKind(START_WORDS),
        ),
        TermSheet(
            Term.LATE_LEAST_PER_DAY,
            N_("Least late charge a day"),
            lambda terms, _about: terms.late_least_per_day,
            _AMOUNT,
        ),
        TermSheet(
            Term.LATE_FEE,
            N_("Fee on the unpaid part of the minimum"),
            lambda terms, _about: terms.late_fee,
            _PART,
        ),
        TermSheet(Term.GRACE_DAYS, N_("Days of grace"), lambda terms, _about: terms.grace_days, _DAYS),
    ),
    N_("When only the minimum is paid"): (
        TermSheet(
            Term.MINIMUM, N_("Minimum, as a part of the bill"), lambda terms, _about: terms.minimum, _PART
        ),
        TermSheet(
            Term.CARRY_RATE, N_("Interest a day on the rest"), lambda terms, _about: terms.carry_rate, _A_DAY
        ),
        TermSheet(
            Term.CARRY_FROM,
            N_("Interest on the rest runs from"),
            lambda terms, _about: terms.carry_from,
            ChoiceKind(CHARGED_FROM_WORDS),
        ),
    ),
    N_("When it is paid by instalments"): (
        TermSheet(
            Term.FEE_RATE,
            N_("Fee a month for {count} instalments"),
            lambda terms, about: terms.fee_rate(int(about)),
            _A_MONTH,
            N_("Fee a month for another number of instalments"),
        ),
        TermSheet(
            Term.FEE_WHOLE,
            N_("Fee for {count} instalments together, as a part of the amount"),
            lambda terms, about: terms.whole_fee(int(about)),
            _PART,
            N_("Fee for another number of instalments together"),
        ),
        TermSheet(
            Term.PROMOTION,
            N_("Promotion: fee a month for {count} instalments"),
            lambda terms, about: terms.promotion(int(about)),
            _A_MONTH,
            N_("Promotion: fee a month for another number of instalments"),
        ),
        TermSheet(
            Term.EARLY_SETTLEMENT,
            N_("Settling early"),
            lambda terms, _about: terms.early_settlement,
            ChoiceKind(POLICY_WORDS),
        ),
        TermSheet(
            Term.REMAINDER,
            N_("What does not divide goes to"),
            lambda terms, _about: terms.remainder,
            ChoiceKind(REMAINDER_WORDS),
        ),
    ),
    N_("When it is paid in time"): (
        TermSheet(
            Term.FREE_DAYS,
            N_("Days without cost after a purchase"),
            lambda terms, _about: terms.free_days,
            _DAYS,
        ),
    ),
}
