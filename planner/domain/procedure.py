"""Guided procedures as data, one run of them as a case, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from planner.domain.account import Account, Contact
from planner.domain.ids import new_id
from planner.domain.position import Due, DueKind, Position
from planner.domain.purchase import Progress, Purchase
from planner.domain.sourced import Source
from planner.phrases import Phrase


class StepState(StrEnum):
    """How far a step is. "Cannot start yet" is derived from its blockers, not kept."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class StepKind(StrEnum):
    """What a step is besides its words."""

    DO = "do"
    CHOOSE = "choose"
    SETTLE = "settle"
    SERVICES = "services"
    SUBMIT = "submit"
    VERIFY = "verify"


class Rule(StrEnum):
    """What may stand in the way of a step; each is computed from what is recorded."""

    OPEN_DUES = "open_dues"
    UNFINISHED_ORDERS = "unfinished_orders"
    LINKED_SERVICES = "linked_services"
    NOT_SUBMITTED = "not_submitted"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way to do a step, as another source tells it.

    Attributes:
        text: What to do; a catalogue text.
        source: Who says so.
    """

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Step:
    """A step as published; texts are catalogue texts.

    Attributes:
        id: Never reused.
        title: What it is about.
        text: What to do.
        kind: What it is besides its words.
        source: Where it was found.
        rules: What may stand in the way.
        answers: Which answers lead to it, by question; it is left out for others. Empty: always.
        variants: Other ways that other sources tell.
        optional: Whether it may be passed over without a thought.
        place: The place of the program that helps with it ("compare", "bills", …); may be empty.
    """

    id: str
    title: str
    text: str
    kind: StepKind
    source: Source
    rules: tuple[Rule, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    optional: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the procedure asks, since it goes on differently.

    Attributes:
        id: Never reused.
        title: The question.
        answers: The text of each answer, by its id.
    """

    id: str
    title: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """A question that people ask, or a warning, with what there is to say.

    Attributes:
        title: The question, or what it is about.
        text: The answer.
        source: Who says so.
    """

    title: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Procedure:
    """A guided checklist; texts are catalogue texts.

    Attributes:
        id: Its key, never reused.
        revision: Counts up with every published change.
        title: What it does.
        goal: What is reached at its end.
        products: The products it is for.
        questions: What it asks.
        steps: Its steps, in order.
        faq: What people ask.
        warnings: What to know before.
        contacts: Whom to call.
        verification_days: The least and most business days a verification takes; None without one.
        calendar: The country whose business days count.
        checked: The day somebody last looked.
    """

    id: str
    revision: int
    title: str
    goal: str
    products: tuple[str, ...]
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    faq: tuple[Note, ...]
    warnings: tuple[Note, ...]
    contacts: tuple[Contact, ...]
    verification_days: tuple[int, int] | None
    calendar: str
    checked: date

    def steps_for(self, answers: Mapping[str, str]) -> tuple[Step, ...]:
        """The steps that some answers lead to."""
        return tuple(
            step
            for step in self.steps
            if all(answers.get(question) in wanted for question, wanted in step.answers.items())
        )


@dataclass(frozen=True, slots=True)
class OwnText:
    """A step as the user wrote it.

    Attributes:
        text: The user's words.
        revision: The revision of the procedure they were written over.
        language: The language the user had on.
    """

    text: str
    revision: int
    language: str


@dataclass(frozen=True, slots=True)
class CaseStep:
    """How far one step of a case is.

    Attributes:
        step: The step's id.
        state: How far.
        note: The user's words.
        done_on: When it was done.
        own_text: The user's own version of its text; None for the published one.
    """

    step: str
    state: StepState = StepState.NOT_STARTED
    note: str = ""
    done_on: date | None = None
    own_text: OwnText | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One run of a procedure.

    Attributes:
        procedure: The procedure's id.
        revision: The revision it was started with.
        account_id: The account it is about.
        started_on: When it was started.
        steps: The steps that were touched.
        answers: What the user answered, by question.
        submitted_on: When the request went to the lender; starts the clock.
        ended_on: When the user called it finished.
        note: The user's words.
        id: Its identity.
    """

    procedure: str
    revision: int
    account_id: str
    started_on: date
    steps: tuple[CaseStep, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    submitted_on: date | None = None
    ended_on: date | None = None
    note: str = ""
    id: str = field(default_factory=new_id)

    def step(self, step_id: str) -> CaseStep:
        """How far a step is; an untouched one has not been started."""
        return next((step for step in self.steps if step.step == step_id), CaseStep(step_id))

    def with_step(self, changed: CaseStep) -> Case:
        """The case with one step changed."""
        others = tuple(step for step in self.steps if step.step != changed.step)
        return replace(self, steps=(*others, changed))


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of a step.

    Attributes:
        rule: Which rule.
        text: What it is, with its figures.
        place: The place of the program that shows it.
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
    waiting_until: date | None = None,
) -> tuple[Blocker, ...]:
    """What stands in the way of a step today, computed from what is recorded.

    Args:
        step: The step.
        case: The run it belongs to.
        account: The account it is about.
        position: What is open on that day.
        purchases: The account's purchases that may still be under way.
        waiting_until: The last day of the lender's verification, if it runs and can be worked out.
    """
    found: list[Blocker] = []
    for rule in step.rules:
        match rule:
            case Rule.OPEN_DUES:
                found += [_due_blocker(due) for due in position.open_dues if due.account_id == account.id]
            case Rule.UNFINISHED_ORDERS:
                found += [
                    Blocker(
                        rule,
                        Phrase(
                            "Order of {date} is not finished: {amount}",
                            date=purchase.bought_on,
                            amount=purchase.amount,
                        ),
                        "bills",
                        purchase.id,
                    )
                    for purchase in purchases
                    if purchase.progress is Progress.PENDING
                ]
            case Rule.LINKED_SERVICES:
                found += [
                    Blocker(rule, Phrase("Still linked: {service}", service=Phrase(service.name)), "", service.id)
                    for service in account.services
                    if service.unlinked_on is None
                ]
            case Rule.NOT_SUBMITTED:
                if case.submitted_on is None:
                    found.append(Blocker(rule, Phrase("The request has not been submitted yet")))
            case Rule.WAITING:
                if waiting_until is not None and position.on < waiting_until:
                    found.append(
                        Blocker(rule, Phrase("The lender may take until {date} to verify", date=waiting_until))
                    )
    return tuple(found)


def _due_blocker(due: Due) -> Blocker:
    place = "bills"
    if due.due_on is None:
        text = Phrase("{what}: {amount} open, date unknown", what=due.label, amount=due.open)
    elif due.kind is DueKind.PURCHASE:
        text = Phrase("{what}: {amount}, not billed yet", what=due.label, amount=due.open)
    else:
        text = Phrase("{what}: {amount} open, due {date}", what=due.label, amount=due.open, date=due.due_on)
    return Blocker(Rule.OPEN_DUES, text, place, due.id)
