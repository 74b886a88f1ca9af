"""When instalments are due, and what paying only the minimum costs on the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.dates import Cycle, DueDay, Shift, months_between
from planner.domain.derivation import Working
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.offers.offer import Offer
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.domain.term import ChargedFrom
from planner.phrases import Phrase


def instalment_dues(question: Question, count: int) -> list[date]:
    """The due dates of instalments: of a bill from the next bill on, of a purchase from its own.

    Source: m.tjduoduo.cn/news/show-263115.html. The lender's due day stays, also when it is late.
    """
    return [due.on for due in _due_days(question, count)]


def doubt_of_dues(question: Question, count: int) -> Phrase | None:
    """Why a due date of what is asked, or of its instalments, may still move; None if all are settled."""
    if question.doubt is not None or question.account is None:
        return question.doubt
    if question.account.cycle.shift is Shift.NONE:
        return None
    return next((due.doubt for due in _due_days(question, count) if due.doubt is not None), None)


def _due_days(question: Question, count: int) -> list[DueDay]:
    """When instalments are due."""
    anchor = question.due_on or question.first_due
    cycle = question.account.cycle if question.account is not None else Cycle()
    bought_on = question.bought.high if question.bought is not None and not question.is_bill else None

    def due_in(months: int) -> DueDay:
        return cycle.following(anchor, months, question.calendar, bought_on)

    # What is split after its due date goes into a bill that has not been made yet.
    statement_on, due_on, lead = question.statement_on, question.due_on, timedelta(0)
    if statement_on is not None and due_on is not None and due_on < question.first_due:
        lead = due_on - statement_on
    # A month less, because a shift can move a due date into the next month.
    months = max(months_between(anchor, question.first_due) - 1, 0)
    while (first := due_in(months).on) < question.first_due or (
        question.is_bill and first - lead <= question.first_due
    ):
        months += 1
    return [due_in(months + number) for number in range(count)]


@dataclass(frozen=True, slots=True)
class MinimumEnd:
    """One reading of what paying the minimum costs.

    Attributes:
        least: What is paid on the due date.
        carry: The daily charge.
        start: From when it runs.
        bought: The day of the purchases; the charge may run from there.
    """

    least: Money
    carry: Rate
    start: ChargedFrom
    bought: date


def minimum_ends(question: Question, offer: Offer) -> tuple[MinimumEnd, MinimumEnd]:
    """The cheap and the dear reading of a minimum."""
    amount, due, widths = question.amount, question.first_due, list(ChargedFrom)
    bought = question.bought or Span.exactly(due)
    starts = offer.carry_from
    low_start = ChargedFrom.DUE if starts.is_unknown else starts.lowest(widths.index).value
    high_start = ChargedFrom.PURCHASE if starts.is_unknown else starts.highest(widths.index).value
    if question.minimum is not None:
        most = least = min(question.minimum, amount)
    else:
        most = amount.times(offer.minimum.highest().value)
        least = amount.times(offer.minimum.lowest().value)
    return (
        MinimumEnd(most, offer.carry.lowest().value, low_start, min(bought.high, due)),
        MinimumEnd(least, offer.carry.highest().value, high_start, min(bought.low, due)),
    )


def minimum_lent_on(question: Question, end: MinimumEnd) -> date:
    """From when paying the minimum lends the money: the purchases where those are charged, else the due date.

    The true rate counts over the time that is charged (Directive 2008/48/EC, Annex I: from the drawdown on).
    """
    return end.bought if _is_from_purchases(question, end) else question.first_due


def minimum_then_rest(question: Question, end: MinimumEnd) -> tuple[Instalment, ...]:
    """Paying the minimum on the due date and the rest one month later, with the daily charge.

    On the rest from the due date: (bill - paid) x rate x days (m.yunqishi.net, 2020-12-01). Where
    the charge runs from the purchases, also on the whole bill from then to the due date, because
    the free days are lost (wodefinance.com, hknyusfcud).

    Args:
        question: The bill.
        end: A reading of the terms.
    """
    zero = question.amount.zero
    interest = sum_of((charge.amount for charge in carried_charges(question, end)), zero.currency)
    return (
        Instalment(1, question.first_due, end.least, zero, zero),
        Instalment(2, _rest_due(question), question.amount - end.least, zero, interest),
    )


def _rest_due(question: Question) -> date:
    """One month later, on the lender's due day unless that has been missed."""
    is_missed = question.due_on is not None and question.due_on != question.first_due
    anchored = replace(question, is_bill=True, due_on=None if is_missed else question.due_on)
    return instalment_dues(anchored, 1)[0]


@dataclass(frozen=True, slots=True)
class CarriedCharge:
    """A daily charge over some days.

    Attributes:
        base: What it is on.
        rate: How much a day.
        days: For how many days.
    """

    base: Money
    rate: Rate
    days: int

    @property
    def amount(self) -> Money:
        """What it comes to, rounded half up once; a yearly rate costs a 365th of it a day."""
        return self.base.times(self.rate.yearly * self.days / Per.DAY.value)

    @property
    def working(self) -> Working:
        """The calculation with its numbers."""
        text = Phrase("{amount} × {rate} × {days} days", amount=self.base, rate=self.rate, days=self.days)
        return Working(text, self.amount)


def carried_charges(question: Question, end: MinimumEnd) -> tuple[CarriedCharge, ...]:
    """What the daily charge is on, for how many days, and what it comes to."""
    parts = [(question.amount - end.least, (_rest_due(question) - question.first_due).days)]
    if _is_from_purchases(question, end):
        parts.insert(0, (question.amount, (question.first_due - end.bought).days))
    return tuple(CarriedCharge(base, end.carry, days) for base, days in parts)


def _is_from_purchases(question: Question, end: MinimumEnd) -> bool:
    """Whether the whole bill is charged from the purchases, which paying all of it prevents."""
    return end.start is ChargedFrom.PURCHASE and end.least != question.amount
