"""How a due date was made: stated by a bill, agreed in a plan, or following from the account's cycle."""

from __future__ import annotations

from datetime import date

from planner.domain.dates import Cycle, DaysAfter, DueRule, FixedDay, Mode
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.sourced import IMPORTED, Source
from planner.phrases import Phrase


def made_due_date(
    due: Due, cycle: Cycle, since: date | None, cycle_source: Source | None = None
) -> Derived[date | None]:
    """When something is due, and how that was made.

    Args:
        due: What is due.
        cycle: The cycle of its account.
        since: The day it counts from: of the purchase, of the correction, of the statement; None if none.
        cycle_source: Who says what the cycle is; None for the user.
    """
    match due.kind:
        case DueKind.BILL:
            rule = Phrase("A bill is due on the day that its statement names.")
            given = [Given(Phrase("Statement of"), since)] if since is not None else []
            given.append(Given(Phrase("Due date, as the statement says"), due.due_on))
        case DueKind.INSTALMENT:
            rule = Phrase("An instalment is due on the day that stands in its plan.")
            given = [Given(Phrase("Due date, as the plan says"), due.due_on)]
        case DueKind.CHARGE:
            rule = Phrase("A charge that stands on no bill is due on the day it was posted.")
            given = [Given(Phrase("Posted on"), due.due_on)]
        case DueKind.PURCHASE | DueKind.ADJUSTMENT:
            return Derived(due.due_on, lambda: _by_cycle(due, cycle, since, cycle_source))
    return Derived(due.due_on, Derivation(rule, tuple(given)))


def made_statement_date(
    cycle: Cycle,
    on: date,
    statement_on: date | None,
    due_on: date | None,
    cycle_source: Source | None = None,
) -> Derived[date | None]:
    """When the lender makes the next bill, and how that was made.

    Args:
        cycle: The cycle of the account.
        on: The day from which on it is the next one.
        statement_on: The day; None if it is unknown or the lender makes no bills.
        due_on: When that bill is due; None if that is unknown.
        cycle_source: Who says what the cycle is; None for the user.
    """
    rule = Phrase("The next bill is made on the first statement day that has no bill recorded yet.")
    given = (Given(Phrase("Counted from"), on), *_cycle_given(cycle, cycle_source))
    workings = [Working(Phrase("Next statement"), statement_on)]
    if due_on is not None:
        workings.append(Working(Phrase("Its due date"), due_on))
    return Derived(statement_on, Derivation(rule, given, tuple(workings)))


def due_rule_words(rule: DueRule | None) -> Phrase:
    """A due rule in words."""
    match rule:
        case FixedDay(day):
            return Phrase("on day {day} of the month", day=day)
        case DaysAfter(days):
            return Phrase.counted("{count} day after the statement", "{count} days after the statement", days)
        case _:
            return Phrase("not known")


def _by_cycle(due: Due, cycle: Cycle, since: date | None, source: Source | None) -> Derivation:
    is_order = cycle.mode is Mode.ORDER
    rule = (
        Phrase("Each order has a due date of its own: one month after it was made.")
        if is_order
        else Phrase(
            "What is on no bill yet is due when the bill will be that takes it up: its statement day is the "
            "next one in the account’s cycle, and its due date follows from that."
        )
    )
    label = Phrase("Bought on") if due.kind is DueKind.PURCHASE else Phrase("Recorded on")
    given = [] if since is None else [Given(label, since, IMPORTED if due.is_imported else None)]
    if is_order:
        return Derivation(rule, tuple(given), (Working(Phrase("Due date"), due.due_on), *_doubt(due)))
    given += _cycle_given(cycle, source)
    statement_on = cycle.statement_of(since) if since is not None else None
    if statement_on is None or cycle.due is None or due.due_on is None:
        return Derivation(rule, tuple(given), (Working(Phrase("The account’s cycle is not known in full")),))
    by_rule = cycle.due.due(statement_on)
    workings = [
        Working(Phrase("The statement that takes it up"), statement_on),
        Working(Phrase("Due date by the rule"), by_rule),
    ]
    if due.due_on != by_rule:
        workings.append(Working(Phrase("Moved off a day on which nobody works"), due.due_on))
    return Derivation(rule, tuple(given), (*workings, *_doubt(due)))


def _doubt(due: Due) -> tuple[Working, ...]:
    """Why the date may still move, if it may."""
    return (Working(due.doubt),) if due.doubt is not None else ()


def _cycle_given(cycle: Cycle, source: Source | None) -> list[Given]:
    given = [Given(Phrase("Statement day of the month"), cycle.statement_day, source)]
    if cycle.closes_after:
        given.append(
            Given(Phrase("A purchase on the statement day"), Phrase("is still in that bill"), source)
        )
    given.append(Given(Phrase("Due date of a bill"), due_rule_words(cycle.due), source))
    return given
