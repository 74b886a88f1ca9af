"""Wishes about incomes and expenses: one time, that one and all later ones, or all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.cash.editing import Scope, ended_before, is_first, with_all, with_later, with_said
from planner.domain.cash.flow import CashFlow, Happened, Occurrence
from planner.domain.cash.occurrences import time_of
from planner.domain.cash.recurrence import Unit
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.bills import AmountNotPositiveError
from planner.services.cash import CashCurrencyError, CashCurrencyFixedError, CashNameError, check_currency
from planner.services.cash_forecast import calendar_of
from planner.services.typed import fit_to_keep
from planner.store.store import Store

# What comes less often than every ten years is not planned with cash of a few months.
_LONGEST = 120
_MOST_DAYS = 31


class RecurrenceError(PlannerError):
    """A rule by which nothing can come."""

    message = N_(
        "By these dates it would never come. Check its first and its last day, and how often it comes."
    )


class NoSuchTimeError(PlannerError):
    """Something said about a day on which nothing comes."""

    message = N_("Nothing of {name} is planned for {date}.")


class OneTimeError(PlannerError):
    """More than the day and the amount changed for a single time."""

    message = N_(
        "A single time can have another day and amount, and nothing else. To change more, choose this and "
        "all later ones, or all."
    )


def save_flow(
    store: Store, flow: CashFlow, scope: Scope = Scope.ALL, by_rule: date | None = None
) -> CashFlow:
    """Add an income or an expense, or change it: all of it, from one time on, or at one time.

    From one time on, it becomes two: the times before stay as they were, and the rest is a new one. At
    one time, only the day and the amount can be others: the day is that on which the rule now begins, if
    that was changed.

    Args:
        store: The open store.
        flow: What it is to be.
        scope: Which times are meant; all of them where it is new or comes once.
        by_rule: The time that is meant, by its day of the rule; None for all.

    Returns:
        It as it is now; the later half where it became two.

    Raises:
        CashNameError: It has no name.
        AmountNotPositiveError: Its amount is nothing or less.
        CashCurrencyError: Its cash account is in another currency.
        CashCurrencyFixedError: Amounts in another currency are recorded with it.
        RecurrenceError: It would never come.
        NoSuchTimeError: It does not come on that day.
        OneTimeError: More than the day and the amount would be others at one time.
    """
    _check(store, flow)
    flow = fit_to_keep(flow, "name", "note")
    known = store.cash_flows.find(flow.id)
    if known is None:
        store.cash_flows.save(flow)
        return flow
    if known.amount.currency != flow.amount.currency and known.occurrences:
        raise CashCurrencyFixedError
    if by_rule is not None and scope is not Scope.ALL and known.recurrence.unit is not Unit.ONCE:
        if not _is_time(known, by_rule):
            raise NoSuchTimeError(name=known.name, date=by_rule)
        if scope is Scope.THIS:
            return say_occurrence(store, known.id, _one_time(known, flow, by_rule))
        if not is_first(known, by_rule):
            earlier, later = with_later(known, flow, by_rule)
            if later is None:
                raise RecurrenceError
            store.cash_flows.save(earlier)
            store.cash_flows.save(later)
            return later
    changed = with_all(known, flow)
    store.cash_flows.save(changed)
    return changed


def _check(store: Store, flow: CashFlow) -> None:
    if not flow.name.strip():
        raise CashNameError
    if flow.amount.minor <= 0:
        raise AmountNotPositiveError
    if flow.cash_account_id:
        check_currency(store.cash_accounts.get(flow.cash_account_id), flow.amount)
    rule = flow.recurrence
    is_possible = 1 <= rule.every <= _LONGEST and (rule.day is None or 1 <= rule.day <= _MOST_DAYS)
    if not is_possible or (rule.until is not None and rule.from_day(rule.first_on) is None):
        raise RecurrenceError


def _one_time(known: CashFlow, flow: CashFlow, by_rule: date) -> Occurrence:
    """What a changed flow says about one of its times."""
    rule = replace(flow.recurrence, first_on=known.recurrence.first_on)
    same = replace(flow, amount=known.amount, recurrence=rule, occurrences=known.occurrences)
    if same != known:
        raise OneTimeError
    on = flow.recurrence.first_on if flow.recurrence != known.recurrence else None
    amount = flow.amount if flow.amount != known.amount else None
    return replace(known.said_of(by_rule), on=on, amount=amount)


def delete_flow(store: Store, flow_id: str, scope: Scope = Scope.ALL, by_rule: date | None = None) -> None:
    """Delete an income or an expense, or its times from one on; a single time is skipped.

    Args:
        store: The open store.
        flow_id: The income or expense.
        scope: Which times are meant; all of them where it comes once.
        by_rule: The time that is meant, by its day of the rule; None for all.

    Raises:
        NoSuchTimeError: It does not come on that day.
    """
    flow = store.cash_flows.get(flow_id)
    if by_rule is not None and scope is not Scope.ALL and flow.recurrence.unit is not Unit.ONCE:
        if not _is_time(flow, by_rule):
            raise NoSuchTimeError(name=flow.name, date=by_rule)
        if scope is Scope.THIS:
            say_occurrence(store, flow_id, replace(flow.said_of(by_rule), state=Happened.SKIPPED))
            return
        if not is_first(flow, by_rule):
            store.cash_flows.save(ended_before(flow, by_rule))
            return
    store.cash_flows.delete(flow_id)


def say_occurrence(store: Store, flow_id: str, occurrence: Occurrence) -> CashFlow:
    """Say what became of one time of an income or an expense, or that it will be otherwise.

    What is confirmed keeps its day and amount, whatever becomes of the rule later.

    Raises:
        NoSuchTimeError: It does not come on that day.
        AmountNotPositiveError: The amount is nothing or less.
        CashCurrencyError: The amount is in another currency.
    """
    flow = store.cash_flows.get(flow_id)
    if not _is_time(flow, occurrence.by_rule):
        raise NoSuchTimeError(name=flow.name, date=occurrence.by_rule)
    if occurrence.amount is not None:
        if occurrence.amount.minor <= 0:
            raise AmountNotPositiveError
        if occurrence.amount.currency != flow.amount.currency:
            raise CashCurrencyError(
                name=flow.name, currency=flow.amount.currency, other=occurrence.amount.currency
            )
    if occurrence.state is Happened.CONFIRMED:
        planned = flow.recurrence.shifted(occurrence.by_rule, calendar_of(store, flow)).on
        occurrence = replace(occurrence, on=occurrence.on or planned, amount=occurrence.amount or flow.amount)
    flow = with_said(flow, occurrence)
    store.cash_flows.save(flow)
    return flow


def _is_time(flow: CashFlow, by_rule: date) -> bool:
    return time_of(flow, None, by_rule) is not None
