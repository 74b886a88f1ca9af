"""What not paying in time may cost by a lender's terms: rates, fees, indemnities, each with its sources.

Source of the list: the costs in default that a lender must show by 个人贷款业务明示综合融资成本规定 (NFRA
and PBoC, in force 2026-08-01; readhub.cn/topic/8rWSOn4A2mD), and section 3 of the Standard European
Consumer Credit Information (Directive 2008/48/EC, Annex II).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.late.ends import BASE_WORDS, COMPOUNDING_WORDS
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Sourced, Span
from planner.domain.term import Indemnity, LateBase
from planner.domain.terms import Terms
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class DefaultItem:
    """One cost that only arises if something is not paid in time.

    Attributes:
        label: What it is.
        charged_by: Who charges it.
        when: When it arises, and on what.
        value: How much, from the least to the most over the sources: a rate, an amount, or a rate of a
            part; None if nobody says.
        yearly: The same as a simple yearly rate, where it is one.
        notes: The limits it has, in words.
    """

    label: Phrase
    charged_by: Phrase
    when: Phrase
    value: Derived[Span[Any]] | None
    yearly: Derived[Span[Rate]] | None = None
    notes: tuple[Phrase, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nobody says how much it is."""
        return self.value is None


_INDEMNITIES = {
    Indemnity.UNPAID: (
        Phrase("Indemnity on what is unpaid"),
        Phrase("If an instalment is not paid and the lender does not ask for everything"),
    ),
    Indemnity.POSTPONED: (
        Phrase("Indemnity on what is postponed"),
        Phrase("If the lender lets unpaid instalments be paid later"),
    ),
    Indemnity.ACCELERATED: (
        Phrase("Indemnity on what is left"),
        Phrase("If the lender asks for everything at once"),
    ),
}


def default_items(terms: Terms, currency: str, lender: Phrase) -> tuple[DefaultItem, ...]:
    """Every cost in default that some terms know; the late rate and a late fee also where nobody says.

    Args:
        terms: The terms of the account or product.
        currency: In which its fixed amounts are.
        lender: Who charges them.
    """
    return tuple(_items(terms, currency, lender))


def _items(terms: Terms, currency: str, lender: Phrase) -> Iterator[DefaultItem]:
    yield _late_rate(terms, currency, lender)
    yield from _late_fees(terms, currency, lender)
    for of, (label, when) in _INDEMNITIES.items():
        term = terms.late_indemnity(of)
        if not term.is_unknown:
            yield DefaultItem(label, lender, when, _span(label, term, Rate))
    after = terms.acceleration_after
    if not after.is_unknown:
        label = Phrase("Everything at once")
        when = Phrase("The lender may ask for all that is left after so many missed instalments")
        yield DefaultItem(label, lender, when, _span(label, after, int))


def _late_rate(terms: Terms, currency: str, lender: Phrase) -> DefaultItem:
    label, rate = Phrase("Late rate"), terms.late_rate
    bases = {claim.value for claim in terms.late_base.counting} or {LateBase.OVERDUE}
    widest = LateBase.ALL_UNPAID if LateBase.ALL_UNPAID in bases else LateBase.OVERDUE
    when = Phrase("For each day that something is late, on {base}", base=BASE_WORDS[widest])
    notes = [
        Phrase.counted("Not within {count} day of grace", "Not within {count} days of grace", days)
        for days in dict.fromkeys(claim.value for claim in terms.grace_days.counting)
    ]
    notes += [
        Phrase("Unpaid late interest: {rule}", rule=COMPOUNDING_WORDS[how])
        for how in dict.fromkeys(claim.value for claim in terms.late_compounding.counting)
    ]
    least = _span(label, terms.late_least_per_day, partial(_money, currency))
    if least is not None:
        notes.append(Phrase("At least {amount} a day", amount=least.value))
    value = _span(label, rate, lambda stated: stated)
    yearly = None
    if value is not None:
        span = value.value.map(lambda stated: Rate(stated.yearly))
        rule = Phrase("Simple yearly rate = rate a day × 365, without interest on interest")
        yearly = Derived(span, partial(_yearly, rule, value, span))
    return DefaultItem(label, lender, when, value, yearly, tuple(notes))


def _yearly(rule: Phrase, value: Derived[Span[Rate]], span: Span[Rate]) -> Derivation:
    return Derivation(rule, value.derivation.given, (Working(Phrase("× 365"), span),))


def _late_fees(terms: Terms, currency: str, lender: Phrase) -> Iterator[DefaultItem]:
    money = partial(_money, currency)
    part, first, again = terms.late_fee, terms.late_fee_fixed(), terms.late_fee_fixed(repeat=True)
    label = Phrase("Late fee")
    once = Phrase("Once a bill, on the part of the minimum that is not paid")
    missed = Phrase("If a payment is missed")
    if not part.is_unknown:
        least = _span(label, terms.late_fee_least, money)
        notes = (Phrase("At least {amount}", amount=least.value),) if least is not None else ()
        yield DefaultItem(label, lender, once, _span(label, part, Rate), None, notes)
    if not first.is_unknown or part.is_unknown:
        yield DefaultItem(label, lender, missed, _span(label, first, money), None, _limits(terms))
    if not again.is_unknown:
        when = Phrase("If it happens again")
        yield DefaultItem(label, lender, when, _span(label, again, money), None, _limits(terms))


def _limits(terms: Terms) -> tuple[Phrase, ...]:
    notes = [
        Phrase("Never more than {part} of the order or the missed payment", part=Rate(claim.value))
        for claim in terms.late_fee_most_part.counting
    ]
    notes += [
        Phrase.counted("At most {count} time an order", "At most {count} times an order", times)
        for times in dict.fromkeys(claim.value for claim in terms.late_fee_most_times.counting)
    ]
    return tuple(notes)


def _money(currency: str, amount: Decimal) -> Money:
    return Money.rounded(amount, currency)


def _span(label: Phrase, term: Sourced[Any], shown: Callable[[Any], Any]) -> Derived[Span[Any]] | None:
    """What the sources say, from the least to the most; None if nobody says."""
    if term.is_unknown:
        return None
    span = Span(shown(term.lowest().value), shown(term.highest().value))
    given = tuple(Given(label, shown(claim.value), claim.source) for claim in term.counting)
    rule = Phrase("As the sources have it; where they disagree, from the least to the most.")
    return Derived(span, Derivation(rule, given))
