"""The cost card of an offer: every cost item, who charges it, what it costs normally and in default.

Source: the table of all financing costs that Chinese lenders must show, 综合融资成本明示表: the
principal, each item with who charges it, how and by what standard, the yearly cost of normal performance
with every standard stated as a yearly rate too, the costs in default, and that nothing else may be charged
(个人贷款业务明示综合融资成本规定, NFRA and PBoC, in force 2026-08-01; readhub.cn/topic/8rWSOn4A2mD); and
the Standard European Consumer Credit Information (Directive 2008/48/EC, Annex II).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from planner.domain.account import ELSEWHERE
from planner.domain.apr import Convention
from planner.domain.convention import CONVENTION_WORDS
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.offers.compared import Outcome
from planner.domain.offers.costing import Costing, costing
from planner.domain.offers.counted import counted_words
from planner.domain.offers.default_cost import DefaultItem, default_items
from planner.domain.offers.early_right import EarlyRight, early_right
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.offers.question import Question
from planner.domain.offers.working import carried_given, fee_given, interest_given, opening_given
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost that is paid if everything is paid in time.

    Attributes:
        label: What it is.
        charged_by: Who charges it.
        stated: How it is charged, as the sources have it.
        amount: What it comes to.
        yearly: The true yearly rate if only this were charged; None where there is none.
    """

    label: Phrase
    charged_by: Phrase
    stated: tuple[Given, ...]
    amount: Derived[Span[Money]]
    yearly: Derived[Span[Rate]] | None


@dataclass(frozen=True, slots=True)
class Payments:
    """The payments by one reading of the terms.

    Attributes:
        dated: When and how much, in order; a fee at the beginning and what stays due are among them.
        sizes: Each size in the order in which it first occurs, and how often it is paid.
    """

    dated: tuple[tuple[date, Money], ...]
    sizes: tuple[tuple[Money, int], ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.dated)


@dataclass(frozen=True, slots=True)
class CostCard:
    """Everything an offer costs, as a lender would have to show it.

    Attributes:
        offer: The offer.
        lender: Who lends.
        amount: What is lent: the amount without what stays due.
        lent_on: The day from which the money is lent; China's rate counts whole months instead.
        counted: From when on the true rate counts, and in what; None where nothing is lent.
        items: What is paid if everything is paid in time.
        cost: All of that together.
        total: All payments together.
        payments: The payments at the low end and, where it differs, the high end.
        rate: The true yearly rate, as its convention puts it first; None where there is none.
        nominal: The rate without interest on interest, where the convention has it.
        effective: The rate compounded over a year.
        convention: By which rules the rate is worked out.
        no_rate: Why there is no rate; None if there is one, or nothing is lent.
        default: What it costs if something is not paid in time.
        early: What the borrower may do, and what it costs, to pay it back early; None for one payment.
        notes: What to know before choosing it.
    """

    offer: Offer
    lender: Phrase
    amount: Money
    lent_on: date | None
    counted: Phrase | None
    items: tuple[CostItem, ...]
    cost: Derived[Span[Money]]
    total: Derived[Span[Money]]
    payments: tuple[Payments, ...]
    rate: Derived[Span[Rate]] | None
    nominal: Span[Rate] | None
    effective: Span[Rate] | None
    convention: Convention
    no_rate: Phrase | None
    default: tuple[DefaultItem, ...]
    early: EarlyRight | None
    notes: tuple[Phrase, ...]

    @property
    def convention_words(self) -> Phrase:
        """By which rules the rate is worked out, in words."""
        return CONVENTION_WORDS[self.convention]

    @property
    def closing(self) -> Phrase:
        """What a lender has to say below the table.

        Source: 个人贷款业务明示综合融资成本规定: besides the costs shown nothing else may be charged.
        """
        return Phrase("The lender may charge nothing but what it shows in its own table.")


def cost_card(outcome: Outcome, terms: Terms, question: Question, lender: Phrase) -> CostCard | None:
    """The cost card of an offer; None if it cannot be compared.

    Args:
        outcome: What the offer comes to.
        terms: The lender's terms; empty for an offer of the user's own.
        question: What is settled.
        lender: Who lends.
    """
    ends = outcome.ends
    if outcome.total is None or outcome.fees is None or not ends:
        return None
    account = question.account
    law = account.law if account is not None else ELSEWHERE
    explained = outcome.explain or (lambda: Derivation(Phrase("As the payments have it.")))
    rate = outcome.rate
    return CostCard(
        outcome.offer,
        lender,
        _lent(question.amount, ends[0]),
        ends[0].lent_on,
        counted_words(ends[0]),
        tuple(_items(outcome, question, lender)),
        Derived(outcome.fees, explained),
        Derived(outcome.total, explained),
        tuple(_payments(end) for end in ends),
        Derived(rate, explained) if rate is not None else None,
        outcome.nominal,
        outcome.effective,
        ends[0].convention,
        next((end.no_rate for end in ends if end.no_rate is not None), None),
        default_items(terms, question.amount.currency, lender),
        early_right(ends, terms, law),
        outcome.notes,
    )


def _lent(amount: Money, end: Costing) -> Money:
    """What is lent: a part of a bill that stays due is not."""
    stays = (row.principal for row in end.rows if not row.number)
    return amount - sum_of(stays, amount.currency)


def _payments(end: Costing) -> Payments:
    dated = tuple((row.due_on, row.total) for row in end.rows)
    sizes: dict[Money, int] = {}
    for _on, amount in dated:
        sizes[amount] = sizes.get(amount, 0) + 1
    return Payments(dated, tuple(sizes.items()))


# --- the items ---------------------------------------------------------------------------------------

_Part = Callable[[Instalment], Money]


def _opening(row: Instalment) -> Money:
    return row.fee.zero if row.number else row.fee


def _fee(row: Instalment) -> Money:
    return row.fee if row.number else row.fee.zero


def _interest(row: Instalment) -> Money:
    return row.interest


def _any_fee(row: Instalment) -> Money:
    return row.fee


def _items(outcome: Outcome, question: Question, lender: Phrase) -> Iterator[CostItem]:
    """Each cost the payments hold; one that is known to be nothing stands there as nothing."""
    offer = outcome.offer
    if offer.kind.bears_interest:
        kinds = [(_interest, Phrase("Interest"), interest_given(offer))]
        if offer.opening_fee is not None:
            kinds.append((_opening, Phrase("Fee at the beginning"), opening_given(offer)))
    elif offer.kind is OfferKind.MINIMUM:
        kinds = [(_interest, Phrase("Charge on the rest"), carried_given(question, offer))]
    elif offer.kind is OfferKind.DEFERRAL:
        kinds = []
        if not offer.whole_fee.is_unknown:
            kinds.append((_fee, Phrase("Fee for putting it off"), fee_given(offer, question.amount)))
        if not offer.carry.is_unknown:
            kinds.append((_interest, Phrase("Charge for each day"), carried_given(question, offer)))
    elif offer.kind is OfferKind.FULL:
        kinds = []
    else:
        kinds = [(_any_fee, Phrase("Instalment fee"), fee_given(offer, question.amount))]
    ends = outcome.readings or outcome.ends
    for part, label, stated in kinds:
        yield _item(ends, question.amount, part, label, lender, tuple(stated))


def _item(
    ends: Sequence[Costing],
    amount: Money,
    part: _Part,
    label: Phrase,
    lender: Phrase,
    stated: tuple[Given, ...],
) -> CostItem:
    sums = [sum_of(map(part, end.rows), amount.currency) for end in ends]
    only = [_only(end, amount, part) for end in ends]
    span = Span(min(sums), max(sums))
    rates = [each.apr.headline for each in only if each.apr is not None]
    yearly = None
    if len(rates) == len(only):
        found = Span(min(rates), max(rates))
        rule = Phrase("The true yearly rate of the payments if, of all costs, only this one were charged.")
        yearly = Derived(found, partial(_rate_derivation, rule, stated, span, found))
    return CostItem(
        label, lender, stated, Derived(span, partial(_sum_derivation, stated, ends, part, span)), yearly
    )


def _only(end: Costing, amount: Money, part: _Part) -> Costing:
    """The payments with one cost and no other."""
    rows = [replace(row, fee=part(row), interest=row.interest.zero) for row in end.rows]
    start = end.lent_on or rows[0].due_on
    return costing(amount, rows, end.months, start, end.convention, by_dates=end.by_dates)


def _sum_derivation(
    stated: tuple[Given, ...], ends: Sequence[Costing], part: _Part, span: Span[Money]
) -> Derivation:
    workings = [
        Working(Phrase("In the payment of {date}", date=row.due_on), part(row))
        for row in ends[0].rows
        if part(row)
    ]
    workings.append(Working(Phrase("Together, from the least to the most over the sources"), span))
    return Derivation(Phrase("The sum of what each payment holds of it."), stated, tuple(workings))


def _rate_derivation(
    rule: Phrase, stated: tuple[Given, ...], amount: Span[Money], found: Span[Rate]
) -> Derivation:
    workings = (
        Working(Phrase("What it comes to"), amount),
        Working(Phrase("True yearly rate with it alone"), found),
    )
    return Derivation(rule, stated, workings)
