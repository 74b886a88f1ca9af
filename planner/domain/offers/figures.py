"""How each figure of an outcome was made: totals, rates, the month that costs most, the payments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.money import Money, sum_of
from planner.domain.offers.compared import Costing, Flow, Outcome
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.phrases import Phrase

T = TypeVar("T")


def of_outcome(outcome: Outcome, value: T | None) -> Derived[T] | None:
    """One figure of an outcome with the derivation that the whole outcome has; None if there is none."""
    if value is None or outcome.not_comparable is not None:
        return None
    return Derived(value, lambda: outcome.derivation or Derivation(Phrase("Nothing was worked out.")))


def made_total(outcome: Outcome) -> Derived[Span[Money]] | None:
    """All payments together, and how that was made."""
    return of_outcome(outcome, outcome.total)


def made_fees(outcome: Outcome) -> Derived[Span[Money]] | None:
    """What the payments are above the amount, and how that was made."""
    return of_outcome(outcome, outcome.fees)


def made_nominal(outcome: Outcome) -> Derived[Span[Rate]] | None:
    """The true rate without interest on interest, and how that was made."""
    return of_outcome(outcome, outcome.nominal)


def made_effective(outcome: Outcome) -> Derived[Span[Rate]] | None:
    """The true rate compounded over a year, and how that was made."""
    return of_outcome(outcome, outcome.effective)


def made_advertised(outcome: Outcome) -> Derived[Span[Rate]] | None:
    """The yearly rate as it is advertised, and how that was made."""
    advertised = outcome.advertised
    if advertised is None:
        return None

    def made() -> Derivation:
        whole = outcome.derivation
        rule = Phrase(
            "Advertised = the fee of a month × 12, or the charge of a day × 365, each counted on the whole "
            "amount, as lenders do"
        )
        step = Working(Phrase("Advertised yearly rate"), advertised)
        return Derivation(rule, whole.given if whole is not None else (), (step,))

    return Derived(advertised, made)


def made_biggest_month(outcome: Outcome) -> Derived[Span[Money]] | None:
    """The largest sum due in one calendar month, and how that was made."""
    biggest = outcome.biggest_month
    if biggest is None:
        return None

    def made() -> Derivation:
        rule = Phrase("The biggest month = the largest sum of payments that are due in one calendar month")
        workings: list[Working] = []
        for name, end in _readings(outcome):
            if name is not None:
                workings.append(Working(name))
            workings += _months(end)
        workings.append(Working(Phrase("The biggest month"), biggest))
        return Derivation(rule, (), tuple(workings))

    return Derived(biggest, made)


def made_last_on(outcome: Outcome) -> Derived[date] | None:
    """The day of the last payment, and how that was made."""
    last_on = outcome.last_on
    if last_on is None:
        return None

    def made() -> Derivation:
        rule = Phrase("The last payment is the one with the latest date; of a range, the dearer end counts.")
        flows = [flow for _name, end in _readings(outcome) for flow in end.flows]
        days = dict.fromkeys(flow.on for flow in flows)
        given = [Given(Phrase("Payment {number}", number=number), day) for number, day in enumerate(days, 1)]
        return Derivation(rule, tuple(given), (Working(Phrase("The last payment"), last_on),))

    return Derived(last_on, made)


def made_in_full(outcome: Outcome) -> Derived[Span[Money]] | None:
    """The total with everything that an outcome comes to, for one place where all of it is told."""
    total = outcome.total
    if total is None:
        return None

    def made() -> Derivation:
        whole = outcome.derivation or Derivation(Phrase("Nothing was worked out."))
        advertised = made_advertised(outcome)
        steps = [Working(Phrase("The biggest month"), outcome.biggest_month)]
        steps.append(Working(Phrase("The last payment"), outcome.last_on))
        if advertised is not None:
            steps.append(Working(advertised.derivation.rule, advertised.value))
        return Derivation(whole.rule, whole.given, (*whole.workings, *steps), whole.rounding)

    return Derived(total, made)


def made_payment(flow: Flow) -> Derived[Money]:
    """One payment, and what it is made of."""
    rule = Phrase("A payment = principal + fee + interest")
    parts = (
        Given(Phrase("Principal"), flow.principal),
        Given(Phrase("Fee"), flow.fee),
        Given(Phrase("Interest"), flow.interest),
    )
    return added(rule, (part for part in parts if part.value), flow.total.currency)


def made_part(outcome: Outcome, flow: Flow, name: Phrase, value: Money) -> Derived[Money]:
    """The principal, the fee or the interest of one payment, and what it was worked out from.

    Args:
        outcome: What the payment belongs to.
        flow: The payment.
        name: Which part.
        value: How much.
    """

    def made() -> Derivation:
        whole = outcome.derivation or Derivation(Phrase("Nothing was worked out."))
        step = Working(Phrase("{part} of the payment of {date}", part=name, date=flow.on), value)
        return Derivation(whole.rule, whole.given, (step,), whole.rounding)

    return Derived(value, made)


def made_left(end: Costing, flow: Flow) -> Derived[Money]:
    """The principal still owed after a payment, and how that was made."""

    def made() -> Derivation:
        rule = Phrase("Left = the amount − the principal of every payment up to this one")
        until = end.flows[: end.flows.index(flow) + 1]
        amount = sum_of((each.principal for each in end.flows), flow.left.currency)
        given = (
            Given(Phrase("Amount"), amount),
            *(Given(Phrase("Principal of {date}", date=each.on), each.principal) for each in until),
        )
        return Derivation(rule, given, (Working(Phrase("Left"), flow.left),))

    return Derived(flow.left, made)


def _readings(outcome: Outcome) -> list[tuple[Phrase | None, Costing]]:
    """Every reading of its terms, with a name where there are several."""
    if len(outcome.readings) > len(outcome.ends):
        return [(Phrase("Reading {number}", number=n), end) for n, end in enumerate(outcome.readings, 1)]
    if len(outcome.ends) == 1:
        return [(None, outcome.ends[0])]
    return list(zip((Phrase("Low end"), Phrase("High end")), outcome.ends, strict=False))


def _months(end: Costing) -> Iterable[Working]:
    months: dict[tuple[int, int], list[Flow]] = {}
    for flow in end.flows:
        months.setdefault((flow.on.year, flow.on.month), []).append(flow)
    for flows in months.values():
        total = sum_of((flow.total for flow in flows), end.total.currency)
        text = Phrase("Due on {date}", date=flows[0].on)
        if len(flows) > 1:
            text = Phrase("Due from {first} to {last}", first=flows[0].on, last=flows[-1].on)
        yield Working(text, total)
