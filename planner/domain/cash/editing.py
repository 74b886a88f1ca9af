"""Changing what comes again and again: one time, that one and all later ones, or all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.cash.flow import CashFlow, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence
from planner.domain.ids import new_id


class Scope(StrEnum):
    """Which times of an income or an expense are meant."""

    THIS = "this"
    LATER = "later"
    ALL = "all"


def with_said(flow: CashFlow, said: Occurrence) -> CashFlow:
    """A flow with what the user says about one time, in the place of what they said before.

    What is as planned needs no word.
    """
    others = tuple(each for each in flow.occurrences if each.by_rule != said.by_rule)
    is_as_planned = said.state is Happened.EXPECTED and said.on is None and said.amount is None
    kept = others if is_as_planned else (*others, said)
    return replace(flow, occurrences=tuple(sorted(kept, key=lambda each: each.by_rule)))


def with_all(before: CashFlow, after: CashFlow) -> CashFlow:
    """A flow that is changed as a whole, with what was said about its single times.

    What was said of a time holds for the time of the new rule in the same week or month. Where there is
    none, what is confirmed stays as it was, for it has happened; the rest has lost what it was about.
    """
    return replace(after, id=before.id, occurrences=_carried(before.occurrences, after.recurrence))


def with_later(before: CashFlow, after: CashFlow, by_rule: date) -> tuple[CashFlow, CashFlow | None]:
    """A flow split in two at one of its times: the times before stay as they were.

    Where the new rule is said to begin before that time, it begins with the time of its own in the same
    week or month if it counts as the old one did, else with its first one from that time on.

    Args:
        before: The flow.
        after: What it becomes.
        by_rule: The first time that changes.

    Returns:
        The earlier half, and the later one, which is new; None if its rule has no time left.
    """
    rule: Recurrence | None = after.recurrence
    if after.recurrence.first_on < by_rule:
        own = after.recurrence.beside(by_rule) if _counts_alike(before, after) else None
        rule = after.recurrence.begun(own) if own is not None else after.recurrence.from_day(by_rule)
    earlier = ended_before(before, by_rule)
    if rule is None:
        return earlier, None
    said = tuple(replace(each, id=new_id()) for each in before.occurrences if each.by_rule >= by_rule)
    return earlier, replace(after, id=new_id(), recurrence=rule, occurrences=_carried(said, rule))


def ended_before(flow: CashFlow, by_rule: date) -> CashFlow:
    """A flow without one of its times and all later ones."""
    kept = tuple(each for each in flow.occurrences if each.by_rule < by_rule)
    rule = replace(flow.recurrence, until=by_rule - timedelta(days=1))
    return replace(flow, recurrence=rule, occurrences=kept)


def is_first(flow: CashFlow, by_rule: date) -> bool:
    """Whether nothing comes before one of its times."""
    return next(flow.recurrence.by_rule(by_rule), by_rule) == by_rule and all(
        each.by_rule >= by_rule for each in flow.occurrences
    )


def _counts_alike(before: CashFlow, after: CashFlow) -> bool:
    one, other = before.recurrence, after.recurrence
    return (one.unit, one.every) == (other.unit, other.every)


def _carried(said: tuple[Occurrence, ...], rule: Recurrence) -> tuple[Occurrence, ...]:
    # What falls on a time of the new rule comes before what is only beside one.
    kept = {each.by_rule: each for each in said if rule.comes_on(each.by_rule)}
    for each in said:
        if kept.get(each.by_rule) is each:
            continue
        own = rule.beside(each.by_rule)
        if own is not None and own not in kept:
            kept[own] = replace(each, by_rule=own)
        elif each.state is Happened.CONFIRMED:
            kept[each.by_rule] = each
    return tuple(kept[by_rule] for by_rule in sorted(kept))
