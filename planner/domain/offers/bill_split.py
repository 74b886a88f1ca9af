"""How much of a bill may be put into instalments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.plans.eligibility import Eligibility, Ruling, Verdict
from planner.domain.plans.resplit import SPLIT_RULES
from planner.domain.rate import Rate
from planner.domain.sourced import Sourced, Span
from planner.domain.terms import Terms
from planner.phrases import Phrase

# JD, in yuan: smaller orders of a bill are left out (m.tjduoduo.cn/news/show-263115.html).
ORDER_LEAST = Decimal(10)


@dataclass(frozen=True, slots=True)
class Order:
    """A part of a bill.

    Attributes:
        label: What to call it.
        amount: How much of the bill it is.
        is_instalment: Whether it is in instalments already.
        is_late: Whether it is overdue.
    """

    label: Phrase
    amount: Money
    is_instalment: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class SplitLimit:
    """Whether, and how much of a bill may be put into instalments.

    Attributes:
        eligibility: Whether it may, with the rules.
        most: The most that may be, over what the sources say.
    """

    eligibility: Eligibility
    most: Derived[Span[Money]]


def split_limit(
    orders: Sequence[Order],
    left: Money,
    terms: Terms,
    order_least: Decimal | None = None,
    moved: Money | None = None,
) -> SplitLimit:
    """Whether, and how much of a bill may be put into instalments.

    What is overdue, in instalments already or too small is left out; of the rest a part may be split,
    at least an amount. A plan that was made of the bill counts towards that part.
    Source: for JD m.tjduoduo.cn/news/show-263115.html: at most 90 % of what is not in instalments, at
    least 100 yuan, orders below 10 yuan left out.

    Args:
        orders: The parts of the bill.
        left: What is still to pay of it; no more can be split.
        terms: The terms of the account.
        order_least: The least order that counts, in major units; None where there is no such rule.
        moved: What plans that were made of the bill took out of it, and so is no more in ``left``; None
            for nothing.
    """
    moved = moved or left.zero
    out = [(order, reason) for order in orders if (reason := _why_out(order, order_least)) is not None]
    left_out = {id(order) for order, _reason in out}
    currency = left.currency
    kept = sum_of((order.amount for order in orders if id(order) not in left_out), currency)
    base = min(kept, left + moved)
    parts = _ends(terms.split_part, Decimal(1))
    most = parts.map(lambda part: max(base.times(part, ROUND_DOWN) - moved, left.zero))
    least = _ends(terms.split_least, Decimal(0)).map(lambda amount: Money.rounded(amount, currency))
    rulings = [
        *_amount_rulings(most, least, terms),
        *(Ruling(Verdict.FORBIDDEN, text, SPLIT_RULES) for _o, text in out),
    ]
    verdict = rulings[0].verdict
    return SplitLimit(
        Eligibility(verdict, tuple(rulings)),
        Derived(most, lambda: _derivation(orders, out, base, moved, most, terms)),
    )


def _why_out(order: Order, order_least: Decimal | None) -> Phrase | None:
    if order.is_late:
        return Phrase("{what} is overdue and left out.", what=order.label)
    if order.is_instalment:
        return Phrase("{what} is in instalments already and left out.", what=order.label)
    if order_least is not None and order.amount.decimal < order_least:
        least = Money.rounded(order_least, order.amount.currency)
        return Phrase("{what} is below {least} and left out.", what=order.label, least=least)
    return None


def _ends(term: Sourced[Decimal], usual: Decimal) -> Span[Decimal]:
    return Span.exactly(usual) if term.is_unknown else Span(term.lowest().value, term.highest().value)


def _amount_rulings(most: Span[Money], least: Span[Money], terms: Terms) -> list[Ruling]:
    """What the sources say of the amount; the one that decides first."""
    source = None if terms.split_least.is_unknown else terms.split_least.counting[0].source
    if not most.high:
        return [Ruling(Verdict.FORBIDDEN, Phrase("Nothing of it can be put into instalments."), SPLIT_RULES)]
    if most.high < least.low:
        text = Phrase("Less than {least} cannot be put into instalments.", least=least.low)
        return [Ruling(Verdict.FORBIDDEN, text, source)]
    if terms.split_part.is_unknown and terms.split_least.is_unknown:
        return [Ruling(Verdict.UNCLEAR, Phrase("Nobody says how much of a bill this lender splits."))]
    if most.low < least.high:
        text = Phrase("The sources disagree whether that is enough: at least {least}.", least=least)
        return [Ruling(Verdict.UNCLEAR, text, source)]
    text = Phrase("Up to {most} can be put into instalments.", most=most)
    part = terms.split_part
    return [Ruling(Verdict.ALLOWED, text, source if part.is_unknown else part.counting[0].source)]


def _derivation(
    orders: Sequence[Order],
    out: Sequence[tuple[Order, Phrase]],
    base: Money,
    moved: Money,
    most: Span[Money],
    terms: Terms,
) -> Derivation:
    given = [Given(order.label, order.amount) for order in orders]
    given += [
        Given(Phrase("The part that may be put into instalments"), Rate(claim.value), claim.source)
        for claim in terms.split_part.counting
    ]
    workings = [Working(text, -order.amount) for order, text in out]
    rule = Phrase(
        "The most that may be split = (the bill − what is left out) × the part that the lender splits"
    )
    if moved:
        given.append(Given(Phrase("Of this bill in instalments already"), moved))
        workings.append(Working(Phrase("What is still to pay and what is in instalments already"), base))
        rule = Phrase(
            "The most that may be split = (the bill − what is left out) × the part that the lender splits − "
            "what is in instalments already"
        )
    else:
        workings.append(Working(Phrase("What is left of it, and no more than is still to pay"), base))
    workings.append(Working(Phrase("The most that may be split"), most))
    return Derivation(rule, tuple(given), tuple(workings), Phrase("Rounded down to the cent."))
