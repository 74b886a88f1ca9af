"""Putting a bill off by one month (延期还款): whether it is offered, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.offers.carried import CarriedCharge
from planner.domain.plans.eligibility import Eligibility, Ruling, Verdict
from planner.domain.rate import Rate
from planner.domain.sourced import Source, Span
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase

_LOOKED = date(2026, 11, 22)
DEFERRAL_RULES = Source(N_("3c7t.com/40935, 2024-04-08 (JD)"), _LOOKED)


@dataclass(frozen=True, slots=True)
class Deferral:
    """Putting a bill off by one month.

    Attributes:
        eligibility: Whether it is offered.
        until: The new due date.
        cost: What it costs, over what the sources say; None if nobody says.
    """

    eligibility: Eligibility
    until: date
    cost: Derived[Span[Money]] | None


def deferral(amount: Money, due_on: date, on: date, terms: Terms, *, is_instalment: bool = False) -> Deferral:
    """Putting off what is due by one month.

    It has to be asked for before the due date, covers what is not in instalments, and is not offered to
    everybody. Source: 3c7t.com/40935 (2024-04-08) for JD; csai.cn (2025) for Douyin's charge a day.

    Args:
        amount: What is put off.
        due_on: When it is due.
        on: The day of asking.
        terms: The terms of the account.
        is_instalment: Whether it is a row of an instalment plan.
    """
    until = add_months(due_on, 1)
    return Deferral(
        _eligibility(due_on, on, is_instalment=is_instalment), until, _cost(amount, due_on, until, terms)
    )


def _eligibility(due_on: date, on: date, *, is_instalment: bool) -> Eligibility:
    rulings = []
    if is_instalment:
        text = Phrase("Instalments cannot be put off, only what is not in instalments.")
        rulings.append(Ruling(Verdict.FORBIDDEN, text, DEFERRAL_RULES))
    if on >= due_on:
        text = Phrase("It has to be asked for before the due date, {date}.", date=due_on)
        rulings.append(Ruling(Verdict.FORBIDDEN, text, DEFERRAL_RULES))
    verdict = Verdict.FORBIDDEN if rulings else Verdict.UNCLEAR
    text = Phrase("It is not offered to everybody: the app shows it, or it does not.")
    rulings.append(Ruling(Verdict.UNCLEAR, text, DEFERRAL_RULES))
    return Eligibility(verdict, tuple(rulings))


def _cost(amount: Money, due_on: date, until: date, terms: Terms) -> Derived[Span[Money]] | None:
    days = (until - due_on).days
    rates = [
        (
            Given(Phrase("Charge a day"), claim.value, claim.source),
            CarriedCharge(amount, claim.value, days).amount,
        )
        for claim in terms.deferral_rate.counting
    ]
    fees = [
        (Given(Phrase("Fee for a month"), Rate(claim.value), claim.source), amount.times(claim.value))
        for claim in terms.deferral_fee.counting
    ]
    costs = [*rates, *fees]
    if not costs:
        return None
    span = Span(min(cost for _given, cost in costs), max(cost for _given, cost in costs))

    def derivation() -> Derivation:
        given = (Given(Phrase("Put off"), amount), *(each for each, _cost in costs))
        workings = [Working(Phrase("From {first} to {last}", first=due_on, last=until), _days(days))]
        workings += [
            *(Working(Phrase("Amount × charge a day × days"), cost) for _given, cost in rates),
            *(Working(Phrase("Amount × fee for a month"), cost) for _given, cost in fees),
        ]
        rule = Phrase(
            "What putting off costs = amount × charge a day × days, or amount × the fee for a month"
        )
        return Derivation(rule, given, tuple(workings), Phrase("Rounded to the cent, half up."))

    return Derived(span, derivation)


def _days(days: int) -> Phrase:
    return Phrase.counted("{count} day", "{count} days", days)
