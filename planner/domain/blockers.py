"""How the steps of a case stand today: what is left in each, and what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.account import Account
from planner.domain.business_days import BusinessCalendar, CalendarNotPublishedError
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.due import Due
from planner.domain.position import Position
from planner.domain.procedure import Case, CaseStep, Procedure, Rule, Step, StepKind
from planner.domain.purchase import Progress, Purchase
from planner.domain.recorded import made_net
from planner.domain.sourced import Reliability, Source
from planner.phrases import Phrase

# The rule that a step works off itself: what it finds is what is left to do in the step. For any
# other step the same findings are what it has to wait for.
_WORKED_OFF_BY = {
    StepKind.DO: Rule.UNFINISHED_ORDERS,
    StepKind.SETTLE: Rule.OPEN_DUES,
    StepKind.SERVICES: Rule.LINKED_SERVICES,
}


@dataclass(frozen=True, slots=True)
class Verification:
    """The lender's verification, as far as the calendar is known.

    Attributes:
        submitted_on: The day of the request.
        earliest: The first day on which it may be over; None if that cannot be worked out.
        latest: The last day it may take; None if that cannot be worked out.
        unknown: Why a day cannot be worked out; None if both are known.
        derivation: How the days were counted.
    """

    submitted_on: date
    earliest: date | None
    latest: date | None
    unknown: Phrase | None
    derivation: Derivation


def verification(procedure: Procedure, submitted_on: date, calendar: BusinessCalendar) -> Verification | None:
    """When the lender's verification may be over; None if the procedure has none.

    Args:
        procedure: The procedure.
        submitted_on: The day of the request, which itself does not count.
        calendar: The business days of the lender's country.
    """
    if procedure.verification_days is None:
        return None
    days: list[date | None] = []
    unknown = None
    for count in procedure.verification_days:
        try:
            days.append(calendar.after(submitted_on, count))
        except CalendarNotPublishedError as error:
            days.append(None)
            unknown = error.phrase
    earliest, latest = days
    least, most = procedure.verification_days
    given = [
        Given(Phrase("Day of the request"), submitted_on),
        Given(Phrase("Business days, at least"), least, _source_of(procedure)),
        Given(Phrase("Business days, at most"), most, _source_of(procedure)),
    ]
    last_known = latest or earliest or submitted_on
    given += [
        Given(
            Phrase("Public holidays of {year}", year=str(year)),
            Phrase("published"),
            Source(calendar.years[year].source, None, Reliability.HIGH),
        )
        for year in range(submitted_on.year, last_known.year + 1)
        if year in calendar.years
    ]
    workings = [
        Working(
            Phrase("A business day") if calendar.is_business_day(day) else Phrase("Not a business day"), day
        )
        for day in (
            submitted_on + timedelta(days=count) for count in range(1, (last_known - submitted_on).days + 1)
        )
    ]
    if unknown is not None:
        workings.append(Working(unknown))
    rule = Phrase("The business days are counted from the day after the request")
    return Verification(
        submitted_on, earliest, latest, unknown, Derivation(rule, tuple(given), tuple(workings))
    )


def _source_of(procedure: Procedure) -> Source | None:
    """Who says how long the verification takes."""
    step = procedure.of_kind(StepKind.VERIFY)
    return step.source if step is not None else None


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of a step.

    Attributes:
        rule: Which rule.
        text: What it is, with its figures.
        place: The place of the program that shows it; empty for the procedure itself.
        target: The id of the bill, row, purchase or service there.
    """

    rule: Rule
    text: Phrase
    place: str = ""
    target: str = ""


def blockers(
    step: Step,
    case: Case,
    account: Account,
    position: Position,
    purchases: Sequence[Purchase],
    verifying: Verification | None = None,
) -> tuple[Blocker, ...]:
    """What stands in the way of a step today, computed from what is recorded.

    Args:
        step: The step.
        case: The run it belongs to.
        account: The account it is about.
        position: What is open on that day.
        purchases: The account's purchases that may still be under way.
        verifying: The lender's verification, if it runs and the user has not called it over.
    """
    found: list[Blocker] = []
    for rule in step.rules:
        match rule:
            case Rule.OPEN_DUES:
                found += [_due_blocker(due) for due in position.open_dues if due.account_id == account.id]
            case Rule.UNFINISHED_ORDERS:
                found += [_order_blocker(purchase) for purchase in purchases if is_unfinished(purchase)]
            case Rule.LINKED_SERVICES:
                found += [
                    Blocker(
                        rule, Phrase("Still linked: {service}", service=Phrase(service.name)), "", service.id
                    )
                    for service in account.services
                    if service.unlinked_on is None
                ]
            case Rule.NOT_SUBMITTED:
                if case.submitted_on is None:
                    found.append(Blocker(rule, Phrase("The request has not been submitted yet")))
            case Rule.WAITING:
                found += _waiting_blockers(verifying, position.on)
    return tuple(found)


def is_unfinished(purchase: Purchase) -> bool:
    """Whether an order is still under way; one that came back in full is not."""
    return purchase.progress is Progress.PENDING and bool(purchase.net)


def _waiting_blockers(verifying: Verification | None, on: date) -> list[Blocker]:
    if verifying is None:
        return []
    if verifying.latest is None:
        text = Phrase(
            "The last day of the verification is not known: {reason} "
            "Mark the wait as done once the lender has finished.",
            reason=verifying.unknown,
        )
        return [Blocker(Rule.WAITING, text)]
    if on < verifying.latest:
        return [
            Blocker(Rule.WAITING, Phrase("The lender may take until {date} to verify", date=verifying.latest))
        ]
    return []


def _order_blocker(purchase: Purchase) -> Blocker:
    name = purchase.label
    text = (
        Phrase(
            "{what}, {amount}, ordered on {date}: not finished",
            what=Phrase.own(name),
            amount=made_net(purchase),
            date=purchase.bought_on,
        )
        if name
        else Phrase(
            "Order of {date} is not finished: {amount}", date=purchase.bought_on, amount=made_net(purchase)
        )
    )
    return Blocker(Rule.UNFINISHED_ORDERS, text, "bills", purchase.id)


def _due_blocker(due: Due) -> Blocker:
    if due.projected:
        text = Phrase("{what}: {amount}, not billed yet", what=due.label, amount=due.still_due)
    elif due.due_on is None:
        text = Phrase("{what}: {amount} open, date unknown", what=due.label, amount=due.still_due)
    else:
        text = Phrase(
            "{what}: {amount} open, due {date}", what=due.label, amount=due.still_due, date=due.due_on
        )
    return Blocker(Rule.OPEN_DUES, text, "bills", due.id)


class ShownState(StrEnum):
    """What the user sees of a step: what is kept, or that it cannot start yet."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    BLOCKED = "blocked"


STATE_WORDS = {
    ShownState.NOT_STARTED: Phrase("Not started"),
    ShownState.IN_PROGRESS: Phrase("In progress"),
    ShownState.DONE: Phrase("Done"),
    ShownState.NOT_NEEDED: Phrase("Not needed"),
    ShownState.BLOCKED: Phrase("Cannot start yet"),
}


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it stands today.

    Attributes:
        step: As published.
        kept: What the user did with it.
        state: What the user sees of it.
        waits_for: What has to go before it can start, or came up since it was done.
        left: What is still to do in it.
    """

    step: Step
    kept: CaseStep
    state: ShownState
    waits_for: tuple[Blocker, ...] = ()
    left: tuple[Blocker, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in {ShownState.DONE, ShownState.NOT_NEEDED}

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot start yet."""
        return self.state is ShownState.BLOCKED

    @property
    def state_words(self) -> Phrase:
        """Its state in words, with the reason why it cannot start yet."""
        if self.state is ShownState.BLOCKED and len(self.waits_for) == 1:
            return Phrase("Cannot start yet, because: {reason}", reason=self.waits_for[0].text)
        if self.state is ShownState.BLOCKED:
            return Phrase.counted(
                "Cannot start yet, because {count} thing stands in the way",
                "Cannot start yet, because {count} things stand in the way",
                len(self.waits_for),
            )
        if self.state is ShownState.DONE and self.kept.done_on is not None:
            return Phrase("Done on {date}", date=self.kept.done_on)
        return STATE_WORDS[self.state]


def step_view(step: Step, kept: CaseStep, found: Sequence[Blocker]) -> StepView:
    """A step as it stands, from what the user did with it and what stands in its way.

    What the record says wins over a mark: a step whose own work is not done in the record is in
    progress even if it was called done. What another step left open does not take a mark back.

    Args:
        step: As published.
        kept: What the user did with it.
        found: Its blockers.
    """
    own_rule = _WORKED_OFF_BY.get(step.kind)
    left = tuple(each for each in found if each.rule is own_rule)
    waits_for = tuple(each for each in found if each.rule is not own_rule)
    state = ShownState(kept.state.value)
    if state is ShownState.DONE and left:
        state = ShownState.IN_PROGRESS
    elif waits_for and not kept.state.is_settled:
        state = ShownState.BLOCKED
    return StepView(step, kept, state, waits_for, left)


def listed(phrases: Sequence[Phrase], most: int = 3) -> Phrase:
    """Several phrases as one, for a sentence that names them; the rest is counted.

    Args:
        phrases: At least one.
        most: How many are named.
    """
    first, *others = phrases
    if not others:
        return first
    if most == 1:
        more = Phrase.counted("{first}; and {count} more", "{first}; and {count} more", len(others))
        more.values["first"] = first
        return more
    return Phrase("{first}; {others}", first=first, others=listed(others, most - 1))
