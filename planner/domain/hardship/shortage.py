"""Whether the money reaches for every minimum: by how much it does not, when, and the least that would do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working, as_sum
from planner.domain.hardship.held import Cash
from planner.domain.hardship.minimums import Minimum
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Shortage:
    """The money does not reach for the minimums.

    Attributes:
        first_on: The first day on which it does not.
        by: How much is missing on that day.
        worst_on: The day on which the most is missing; the first of several.
        least_extra: That much more by the first day, and every minimum could be paid.
    """

    first_on: date
    by: Derived[Money]
    worst_on: date
    least_extra: Derived[Money]


def shortage(cash: Cash, minimums: Sequence[Minimum], until: date) -> Shortage | None:
    """Whether, when and by how much cash falls short of the minimums; None if it does not.

    What comes in on a day is there for what is due that day.

    Args:
        cash: The balance if no debt is paid; the first step is not after the first minimum.
        minimums: What has to be paid at least.
        until: The last day that counts.
    """
    steps = list(cash)
    days = [on for on, _balance in steps]
    wanted = sorted((each for each in minimums if each.on <= until), key=lambda each: each.on)
    first: tuple[date, Money] | None = None
    worst: tuple[date, Money] | None = None
    # Between two minimums the money may fall by itself; each of its steps counts once something was due.
    looked_at = sorted({each.on for each in wanted} | {on for on in days if wanted and on >= wanted[0].on})
    for on in looked_at:
        if on > until:
            break
        asked = sum_of((each.amount.value for each in wanted if each.on <= on), steps[0][1].currency)
        missing = asked - _on(steps, days, on)
        if missing.minor <= 0:
            continue
        first = first or (on, missing)
        if worst is None or missing > worst[1]:
            worst = (on, missing)
    if first is None or worst is None:
        return None
    return Shortage(first[0], _derived(*first, steps, wanted), worst[0], _least_extra(*worst, steps, wanted))


def _on(steps: Cash, days: Sequence[date], on: date) -> Money:
    """The balance at the end of a day."""
    return steps[max(bisect_right(days, on) - 1, 0)][1]


def _derived(on: date, missing: Money, cash: Cash, wanted: Sequence[Minimum]) -> Derived[Money]:
    rule = Phrase("Missing = all minimums due by then − the cash there would be if no debt was paid")
    step = Working(Phrase("Missing on {date}", date=on), missing)
    return Derived(missing, lambda: Derivation(rule, _given(on, cash, wanted), (step,)))


def _least_extra(on: date, missing: Money, cash: Cash, wanted: Sequence[Minimum]) -> Derived[Money]:
    rule = Phrase(
        "The least that would do = the most that is missing on any day: all minimums due by then − the cash "
        "there would be if no debt was paid"
    )
    step = Working(Phrase("Missing on {date}, the most of any day", date=on), missing)
    return Derived(missing, lambda: Derivation(rule, _given(on, cash, wanted), (step,)))


def _given(on: date, cash: Cash, wanted: Sequence[Minimum]) -> tuple[Given, ...]:
    due = [each for each in wanted if each.on <= on]
    balance = _on(cash, [day for day, _balance in cash], on)
    asked = as_sum(
        sum_of((each.amount.value for each in due), balance.currency),
        Phrase("All minimums due by then together"),
        lambda: tuple(
            Given(Phrase("{what}, by {date}", what=each.label, date=each.on), each.amount) for each in due
        ),
    )
    return (
        Given(Phrase("Cash on {date} if no debt was paid", date=on), balance),
        Given(Phrase("Minimums due by {date}", date=on), asked),
    )
