"""The cost card of an offer in words and rows, the same in the window, on paper and on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.offers.cost_card import CostCard, CostItem, Payments
from planner.domain.offers.default_cost import DefaultItem
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.phrases import Phrase

# Payments of so many sizes are told one by one, of more by the least and the most.
_MOST_SIZES = 3


@dataclass(frozen=True, slots=True)
class CardRow:
    """One row of the table of costs.

    Attributes:
        label: What it is.
        charged_by: Who charges it.
        how: How it is charged, or when it arises.
        cost: What it comes to; None if nobody says.
        yearly: The same as a yearly rate; None where it is none.
    """

    label: Phrase
    charged_by: Phrase
    how: tuple[Phrase, ...]
    cost: Derived[Span[Any]] | None
    yearly: Derived[Span[Rate]] | None


def normal_rows(card: CostCard) -> tuple[CardRow, ...]:
    """What is paid if everything is paid in time."""
    return tuple(_normal(item) for item in card.items)


def default_rows(card: CostCard) -> tuple[CardRow, ...]:
    """What comes on top if something is not."""
    return tuple(_default(item) for item in card.default)


def _normal(item: CostItem) -> CardRow:
    return CardRow(item.label, item.charged_by, stated_words(item.stated), item.amount, item.yearly)


def _default(item: DefaultItem) -> CardRow:
    return CardRow(item.label, item.charged_by, (item.when, *item.notes), item.value, item.yearly)


def stated_words(stated: Iterable[Given]) -> tuple[Phrase, ...]:
    """How a cost is charged, a line for each kind of statement; what several sources say is one range."""
    by_label: dict[str, list[Given]] = {}
    for given in stated:
        by_label.setdefault(str(given.label), []).append(given)
    return tuple(
        Phrase("{name}: {value}", name=group[0].label, value=_all_of([each.plain for each in group]))
        for group in by_label.values()
    )


def _all_of(values: list[Any]) -> object:
    different = list(dict.fromkeys(values))
    if all(isinstance(value, Rate) for value in different) and len({value.per for value in different}) == 1:
        return Span(min(different), max(different))
    if all(isinstance(value, Money) for value in different):
        return Span(min(different), max(different))
    joined = different[0]
    for value in different[1:]:
        joined = Phrase("{first}, or {second}", first=joined, second=value)
    return joined


# --- the payments ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment.

    Attributes:
        on: When.
        amount: How much, from the least to the most over the sources.
    """

    on: date
    amount: Derived[Span[Money]]


def payment_rows(card: CostCard) -> tuple[tuple[PaymentRow, ...], ...]:
    """The payments: one list where both ends pay on the same days, else one for each end."""
    by_days = {tuple(day for day, _amount in end.dated) for end in card.payments}
    if len(by_days) == 1:
        (days,) = by_days
        amounts = zip(*([amount for _day, amount in end.dated] for end in card.payments), strict=True)
        spans = [Span(min(each), max(each)) for each in amounts]
        return (tuple(_payment(card, *each) for each in zip(days, spans, strict=True)),)
    return tuple(
        tuple(_payment(card, day, Span.exactly(amount)) for day, amount in end.dated) for end in card.payments
    )


def _payment(card: CostCard, on: date, amount: Span[Money]) -> PaymentRow:
    def made() -> Derivation:
        whole = card.total.derivation
        step = Working(Phrase("The payment of {date}", date=on), amount)
        return Derivation(whole.rule, whole.given, (*whole.workings, step), whole.rounding)

    return PaymentRow(on, Derived(amount, made))


def size_words(payments: Payments) -> tuple[Phrase, ...]:
    """How many payments of which size, and from when to when."""
    days, sizes = [day for day, _amount in payments.dated], payments.sizes
    if len(sizes) <= _MOST_SIZES:
        words = [
            Phrase.counted("{count} payment of {amount}", "{count} payments of {amount}", count, amount=size)
            for size, count in sizes
        ]
    else:
        amounts = [size for size, _count in sizes]
        span = Span(min(amounts), max(amounts))
        words = [
            Phrase.counted(
                "{count} payment of {amount}", "{count} payments of {amount}", len(days), amount=span
            )
        ]
    if len(days) == 1:
        return (*words, Phrase("on {date}", date=days[0]))
    return (*words, Phrase("from {first} to {last}", first=min(days), last=max(days)))


# --- the true rate, and paying back early --------------------------------------------------------------


def no_rate_words(card: CostCard) -> Phrase:
    """Why there is no true rate."""
    return card.no_rate or Phrase("Nothing is lent beyond the due date, so there is no rate.")


def early_words(card: CostCard) -> tuple[Phrase, ...]:
    """What may be done, and what it costs, to pay it back early; nothing where there is one payment."""
    early = card.early
    if early is None:
        return ()
    cost = Phrase(
        "Settled right after the first payment, {cost} of the costs still to come would be asked.",
        cost=early.cost,
    )
    if early.is_known:
        return (early.right, cost)
    return (early.right, cost, Phrase("What the lender asks is not known for sure: look in the contract."))
