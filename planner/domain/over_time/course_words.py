"""How the figures of an order were made, in words and steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.minimum.path import FURTHEST, Fate
from planner.domain.money import Money
from planner.domain.optimum.options.facts import MOST_MONTHS
from planner.domain.over_time.followed import Followed
from planner.domain.over_time.orders import ORDER_WORDS
from planner.domain.over_time.path import DebtPath, Run
from planner.domain.over_time.running import Revolving
from planner.domain.payoff.scenario import Order
from planner.domain.sourced import Span
from planner.phrases import Phrase

ONLY_MINIMUMS = Phrase("Only the minimums")

_MONTHS_TOLD = 3
_YEARS = FURTHEST // 12

_RULE: Mapping[bool, Phrase] = {
    False: Phrase(
        "Each month every debt first bears its interest, once, and then gets its own minimum on its own day. "
        "Nothing more is paid."
    ),
    True: Phrase(
        "Each month every debt first bears its interest, once, and then gets its own minimum on its own day. "
        "What debts no longer ask for, extra money and money that comes once go to the first debt of the "
        "order, then to the next."
    ),
}
_ROUNDING = Phrase("The interest and the minimum of each month are rounded half up to the cent.")


def course_derivation(order: Order | None, debts: Sequence[Followed], low: Run, high: Run) -> Derivation:
    """How the figures of an order were made.

    Args:
        order: The order; None for only the minimums.
        debts: The debts, in the order in which they get what is left over.
        low: The cheap end.
        high: The dear end.
    """
    budget = high.budget
    given = [Given(Phrase("Order"), ORDER_WORDS[order])] if order is not None else []
    given += [Given(Phrase("{debt}: still to pay", debt=each.label), each.debt.open) for each in debts]
    if order is not None:
        given.append(Given(Phrase("Extra each month"), budget.extra))
    given += [Given(Phrase("Comes once on {date}", date=lump.on), lump.amount) for lump in budget.lumps]
    given += _bought(debts)
    workings: list[Working] = []
    for name, run in _both(low, high):
        workings += [Working(name)] if name is not None else []
        workings += _run_workings(run)
    return Derivation(_RULE[order is not None], tuple(given), tuple(workings), _ROUNDING)


def _bought(debts: Sequence[Followed]) -> Iterator[Given]:
    for each in debts:
        way = each.high.way
        if isinstance(way, Revolving) and way.bought is not None:
            yield Given(Phrase("{debt}: bought anew each month", debt=each.label), way.bought)


def _both(low: Run, high: Run) -> tuple[tuple[Phrase | None, Run], ...]:
    if low == high:
        return ((None, high),)
    return (Phrase("Low end"), low), (Phrase("High end"), high)


def _run_workings(run: Run) -> Iterator[Working]:
    for month in run.months[:_MONTHS_TOLD]:
        text = Phrase(
            "Up to {date}: minimums {minimum}, beyond them {extra}, interest {interest}; still to pay",
            date=month.until,
            minimum=month.minimum,
            extra=month.extra,
            interest=month.interest,
        )
        yield Working(text, month.open)
    for path in run.paths:
        yield _path_working(path)
    if run.fate is Fate.CLEARS:
        yield Working(Phrase("All payments together"), run.total)
        yield Working(Phrase("Still to pay today, without any cost to come"), run.owed)
        yield Working(Phrase("Interest and fees"), run.cost)
        yield Working(Phrase("All is paid on"), run.cleared_on)


def _path_working(path: DebtPath) -> Working:
    debt = path.debt.label
    match path.fate:
        case Fate.CLEARS:
            return Working(
                Phrase("{debt}: paid on {date}, interest and fees", debt=debt, date=path.cleared_on),
                path.cost,
            )
        case Fate.NEVER:
            return Working(Phrase("{debt}: what is paid does not lower it, so it is never over", debt=debt))
        case Fate.TOO_LONG:
            text = Phrase("{debt}: not over after {years} years, still to pay", debt=debt, years=_YEARS)
            return Working(text, path.left)


def debt_derivation(followed: Followed, low: DebtPath, high: DebtPath) -> Derivation:
    """How the figures of one debt were made.

    Args:
        followed: The debt.
        low: What becomes of it at the cheap end.
        high: The same at the dear end.
    """
    given = (Given(Phrase("Still to pay"), followed.debt.open), *followed.given)
    names = (None,) if low == high else (Phrase("Low end"), Phrase("High end"))
    workings: list[Working] = []
    for name, path in zip(names, (low, high), strict=False):
        workings += [Working(name)] if name is not None else []
        workings += _debt_workings(path)
    workings += [Working(each) for each in followed.assumed]
    is_revolving = isinstance(followed.high.way, Revolving)
    rule = (
        Phrase(
            "Each month the interest is added and the minimum is paid, and what is left over if it is its "
            "turn, until nothing is owed."
        )
        if is_revolving
        else Phrase(
            "Each row is paid when it is due; the rest is settled at once where that is known to save."
        )
    )
    return Derivation(rule, given, tuple(workings), _ROUNDING if is_revolving else None)


def _debt_workings(path: DebtPath) -> Iterator[Working]:
    for paid in path.payments[:_MONTHS_TOLD]:
        text = Phrase(
            "{date}: minimum {minimum}, beyond it {extra}, of both together fees and interest {cost}; still "
            "to pay",
            date=paid.on,
            minimum=paid.minimum,
            extra=paid.extra,
            cost=paid.fee + paid.interest,
        )
        yield Working(text, paid.left)
    yield Working(Phrase("All payments together"), path.total)
    if path.bought:
        yield Working(Phrase("Bought anew until then"), path.bought)
    yield Working(Phrase("Interest and fees"), path.cost)
    yield Working(Phrase("Paid off on"), path.cleared_on)


def less_derivation(
    text: Phrase, usual: Derived[Span[Any]], now: Derived[Span[Any]], less: Span[Any]
) -> Derivation:
    """How much less something is than with only the minimums.

    Args:
        text: What it is.
        usual: With only the minimums.
        now: With an order.
        less: How much less.
    """
    given = (Given(ONLY_MINIMUMS, usual), Given(Phrase("With this order"), now))
    rule = Phrase("What only the minimums come to − what this order comes to, each end beside the same end")
    return Derivation(rule, given, (Working(text, less),))


def made_extra(
    ends: Sequence[Money | None], debts: Sequence[Followed], now: Money, within: int | None = None
) -> Derived[Span[Money]] | None:
    """How much more each month pays some debts, than what is paid beyond the minimums already.

    Args:
        ends: What pays them at both ends, beyond the minimums; None where no amount does.
        debts: The debts.
        now: What is paid beyond the minimums already.
        within: Within how many months; None for some day.
    """
    known = [max(end - now, now.zero) for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    span = Span(min(known), max(known))
    return Derived(span, lambda: extra_derivation(span, debts, now, within))


def extra_derivation(
    span: Span[Money], debts: Sequence[Followed], now: Money, within: int | None = None
) -> Derivation:
    """How the least amount that pays some debts was found.

    Args:
        span: The amount at both ends.
        debts: The debts.
        now: What is paid beyond the minimums already.
        within: Within how many months; None for some day.
    """
    rule = Phrase(
        "The least amount more each month with which nothing is owed some day, found by halving: one minor "
        "unit less would not do."
    )
    if within is not None:
        rule = Phrase(
            "The least amount more each month with which nothing is owed after {months} months, found by "
            "halving: one minor unit less would not do.",
            months=within,
        )
    given = [Given(Phrase("{debt}: still to pay", debt=each.label), each.debt.open) for each in debts]
    for each in debts:
        given += each.given
    given.append(Given(Phrase("Paid beyond the minimums already"), now))
    return Derivation(rule, tuple(given), (Working(Phrase("More each month"), span),))


def never_words(
    debt: Phrase,
    low: Fate,
    fate: Fate,
    more: Derived[Span[Money]] | None,
    sooner: Derived[Span[Money]] | None = None,
) -> Phrase:
    """That a debt is not paid, and what would pay it.

    Args:
        debt: What to call it.
        low: How it ends at the cheap end.
        fate: How it ends at the worse end.
        more: How much more each month ends it; None if that is not known.
        sooner: How much more each month ends it as far as the optimum looks; None if that is not known.
    """
    if low is Fate.CLEARS:
        text = Phrase("{debt} may never be paid off this way: it depends on what the sources say.", debt=debt)
    elif fate is Fate.NEVER:
        text = Phrase("{debt} is never paid off this way.", debt=debt)
    else:
        text = Phrase("{debt} is not paid off within {years} years this way.", debt=debt, years=_YEARS)
    if more is None:
        return text
    enough = Phrase("{amount} more each month would pay it off some day.", amount=more)
    if sooner is not None:
        enough = Phrase(
            "{amount} more each month would pay it off some day; {sooner} more would do so within {months} "
            "months.",
            amount=more,
            sooner=sooner,
            months=MOST_MONTHS,
        )
    return Phrase("{first} {second}", first=text, second=enough)
