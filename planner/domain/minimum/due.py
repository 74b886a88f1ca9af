"""The minimum of a bill by the terms of its account, with what the sources leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.minimum.rule import SMALL_CARRIED, BillParts, MinimumReading
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Sourced, Span
from planner.domain.term import MinimumRule, Term
from planner.domain.terms import Terms
from planner.phrases import Phrase

RULE_WORDS = {
    MinimumRule.PART_OF_BILL: Phrase("Minimum = a part of all that the bill asks for"),
    MinimumRule.BAITIAO: Phrase(
        "Minimum = a part of new spending + instalments due + a part of the carried rest (all of it where it "
        "is below {amount} or the last minimum was not paid) + interest and fees",
        amount=Money.of(SMALL_CARRIED, "CNY"),
    ),
    MinimumRule.CN_CARD: Phrase(
        "Minimum = a part of purchases + instalments due + what is unpaid of the last minimum + what is over "
        "the limit + interest and fees"
    ),
    MinimumRule.PART_OR_LEAST: Phrase("Minimum = a part of the balance, but at least a fixed amount"),
    MinimumRule.PART_PLUS_INTEREST: Phrase(
        "Minimum = a part of the balance + interest and fees, but at least a fixed amount"
    ),
}
_DISPUTED = Phrase("The sources disagree about how the minimum is made, so it is made by each of them.")

_ESTIMATED = Phrase(
    "Interest and fees are not itemised: low end none, high end the interest of a month on all of it; fees "
    "may come on top."
)
_LEFT_OUT = Phrase("Interest and fees are not itemised: the minimum is at least this, and they come on top.")

# The rules to which it matters what a bill holds.
_BY_PARTS = frozenset({MinimumRule.BAITIAO, MinimumRule.CN_CARD})
_WITH_LEAST = frozenset({MinimumRule.PART_OR_LEAST, MinimumRule.PART_PLUS_INTEREST})


@dataclass(frozen=True, slots=True)
class MinimumDue:
    """The minimum of a bill by the rule of its account.

    Attributes:
        amount: What it comes to, and how; None if the rule is unknown.
        missing: What is not known.
        assumed: What an end takes for granted because of it.
        is_estimated: Whether it counts interest and fees that nobody itemised, or leaves them out.
    """

    amount: Derived[Span[Money]] | None
    missing: tuple[Phrase, ...] = ()
    assumed: tuple[Phrase, ...] = ()
    is_estimated: bool = False


def readings(terms: Terms) -> tuple[MinimumReading, ...]:
    """Every reading of the terms about a minimum; none if the rule or its part is unknown."""
    rules = dict.fromkeys(claim.value for claim in terms.minimum_rule.counting)
    leasts: list[Decimal | None] = [*_ends(terms.minimum_least)]
    every = product(rules, _ends(terms.minimum), leasts or [None])
    return tuple(MinimumReading(rule, part, least) for rule, part, least in every)


def _ends(term: Sourced[Decimal]) -> tuple[Decimal, ...]:
    if term.is_unknown:
        return ()
    return tuple(dict.fromkeys((term.lowest().value, term.highest().value)))


def minimum_gaps(terms: Terms) -> tuple[Phrase, ...]:
    """What is not known about how a minimum is made."""
    return tuple(minimum_missing(terms).values())


def minimum_missing(terms: Terms) -> Mapping[Term, Phrase]:
    """What is not known about how a minimum is made, by its term."""
    missing = {}
    if terms.minimum_rule.is_unknown:
        missing[Term.MINIMUM_RULE] = Phrase("It is unknown how the minimum is made.")
    if terms.minimum.is_unknown:
        missing[Term.MINIMUM] = Phrase("It is unknown what part of the bill the minimum is.")
    return missing


def minimum_due(parts: BillParts, terms: Terms) -> MinimumDue:
    """The minimum of a bill by the rule of its account: a range where the sources or its parts leave one.

    Args:
        parts: What the bill is made of.
        terms: The terms of the account.
    """
    known = readings(terms)
    if not known:
        return MinimumDue(None, minimum_gaps(terms))
    cheap, dear = parts.read_cheaply, parts.read_dearly
    rules = {reading.rule for reading in known}
    charge = _charge(terms)
    is_estimated = parts.is_interest_unknown and MinimumRule.PART_PLUS_INTEREST in rules
    bearing = dear
    if is_estimated and charge is not None:
        interest = parts.total.times(_month_of(charge.value))
        bearing = parts.with_interest(interest).read_dearly

    def dearly(reading: MinimumReading) -> BillParts:
        return bearing if reading.rule is MinimumRule.PART_PLUS_INTEREST else dear

    low = min(known, key=lambda reading: reading.of(cheap))
    high = max(known, key=lambda reading: reading.of(dearly(reading)))
    span = Span(low.of(cheap), high.of(dearly(high)))
    workings = list(low.workings(cheap))
    if not span.is_single:
        workings = [
            Working(Phrase("Low end")),
            *workings,
            Working(Phrase("High end")),
            *high.workings(dearly(high)),
        ]
    given = rule_given(terms, span.low.currency)
    if is_estimated and charge is not None:
        given = (*given, Given(Phrase("Rate of what is owed"), charge.value, charge.source))
    derivation = Derivation(
        _DISPUTED if len(rules) > 1 else RULE_WORDS[low.rule],
        given,
        tuple(workings),
        Phrase("Each part is rounded half up to the cent."),
    )
    assumed = _assumed(parts, rules, terms)
    if is_estimated:
        assumed = (*assumed, _LEFT_OUT if charge is None else _ESTIMATED)
    return MinimumDue(Derived(span, derivation), assumed=assumed, is_estimated=is_estimated)


def _charge(terms: Terms) -> Claim[Rate] | None:
    """The highest rate on record; None if nobody says one."""
    rates = terms.interest_rate if not terms.interest_rate.is_unknown else terms.carry_rate
    return None if rates.is_unknown else rates.highest()


def _month_of(rate: Rate) -> Decimal:
    """What a month of a twelfth of a year costs of what is owed: 12 CFR 1026, appendix M1, (b)(4)(vii)."""
    return rate.yearly / Per.MONTH.value


def _assumed(parts: BillParts, rules: set[MinimumRule], terms: Terms) -> tuple[Phrase, ...]:
    assumed = []
    if parts.unitemised and rules & _BY_PARTS:
        assumed.append(Phrase("Not itemised: purchases at the low end, due in full at the high end."))
    is_unsure = (
        (MinimumRule.BAITIAO in rules and parts.last_minimum_paid is None)
        or (MinimumRule.CN_CARD in rules and parts.previous_unpaid is None)
    )  # fmt: skip
    if parts.carried and is_unsure:
        assumed.append(Phrase("Not recorded whether the last minimum was paid: low end yes, high end no."))
    if rules & _WITH_LEAST and terms.minimum_least.is_unknown:
        assumed.append(
            Phrase("The least amount of the minimum is unknown: without one, the last small rests take long.")
        )
    return tuple(assumed)


def rule_given(terms: Terms, currency: str) -> tuple[Given, ...]:
    """What the sources say about how a minimum is made."""
    given = [
        Given(Phrase("How the minimum is made"), RULE_WORDS[claim.value], claim.source)
        for claim in terms.minimum_rule.counting
    ]
    given += [Given(Phrase("Its part"), Rate(claim.value), claim.source) for claim in terms.minimum.counting]
    given += [
        Given(Phrase("The least it may be"), Money.rounded(claim.value, currency), claim.source)
        for claim in terms.minimum_least.counting
    ]
    return tuple(given)
