"""What is left on a day if every debt is paid as chosen, and how that was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.optimum.made import made_total
from planner.domain.optimum.problem import End, Problem
from planner.phrases import Phrase


def made_left(problem: Problem, chosen: Mapping[str, str], on: date, end: End = End.HIGH) -> Derived[Money]:
    """The cash at the end of a day, if every debt is paid as chosen.

    Args:
        problem: The problem.
        chosen: The id of the option of each decision.
        on: The day; not before the cash is known.
        end: The end of the bands that counts.
    """
    given = _given(problem, chosen, on, end)
    value = sum_of((part.value for _label, part in given), problem.currency)
    rule = Phrase("Cash at the end of a day = the cash if no debt is paid − everything paid by that day")
    step = Working(Phrase("Left on {date}", date=on), value)
    return Derived(
        value, lambda: Derivation(rule, tuple(Given(label, part) for label, part in given), (step,))
    )


def made_above(problem: Problem, chosen: Mapping[str, str], on: date, end: End = End.HIGH) -> Derived[Money]:
    """How much more is left on a day than has to be; below nothing where it does not suffice.

    Args:
        problem: The problem.
        chosen: The id of the option of each decision.
        on: The day.
        end: The end of the bands that counts.
    """
    left = made_left(problem, chosen, on, end)
    value = left.value - problem.floor
    rule = Phrase("To spare = what is left at the end of the day − what has to be left")
    given = (
        Given(Phrase("Left on {date}", date=on), left),
        Given(Phrase("Has to be left"), problem.floor),
    )
    return Derived(value, lambda: Derivation(rule, given, (Working(Phrase("To spare"), value),)))


def made_missing(
    problem: Problem, chosen: Mapping[str, str], on: date, end: End = End.HIGH
) -> Derived[Money]:
    """How much is missing on a day so that as much is left as has to be; nothing where it suffices.

    Args:
        problem: The problem.
        chosen: The id of the option of each decision.
        on: The day.
        end: The end of the bands that counts.
    """
    left = made_left(problem, chosen, on, end)
    value = max(problem.floor - left.value, problem.floor.zero)
    rule = Phrase("Missing = what has to be left − what is left at the end of the day, if that is less")
    given = (
        Given(Phrase("Has to be left"), problem.floor),
        Given(Phrase("Left on {date}", date=on), left),
    )
    return Derived(value, lambda: Derivation(rule, given, (Working(Phrase("Missing"), value),)))


def _given(
    problem: Problem, chosen: Mapping[str, str], on: date, end: End
) -> list[tuple[Phrase, Derived[Money]]]:
    cash = [balance for day, balance in problem.cash if day <= on][-1]
    found: list[tuple[Phrase, Derived[Money]]] = []
    found.append((Phrase("Cash on {date} if no debt is paid", date=on), _made_cash(cash)))
    for decision in problem.decisions:
        stream = decision.option(chosen[decision.id]).at(end)
        paid = made_total(stream, on)
        if paid.value:
            label = Phrase("Paid by then: {what}", what=decision.title)
            found.append((label, _taken(paid)))
    return found


def _taken(paid: Derived[Money]) -> Derived[Money]:
    """What was paid by a day, as it is taken off the cash."""

    def told() -> Derivation:
        made = paid.derivation
        return Derivation(made.rule, (), (*made.workings, Working(Phrase("Taken off the cash"), -paid.value)))

    return Derived(-paid.value, told)


def _made_cash(cash: Money) -> Derived[Money]:
    """The cash of a day without the debts, as the place for cash makes it of every single movement."""
    rule = Phrase(
        "Cash if no debt is paid = the newest balances + what comes in − what goes out, by that day"
    )
    return Derived(cash, Derivation(rule, (), (Working(Phrase("Cash if no debt is paid"), cash),)))
