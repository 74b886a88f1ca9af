"""Guided procedures as data, and one run of them as a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from planner.domain.account import Contact
from planner.domain.ids import new_id
from planner.domain.sourced import Source


class StepState(StrEnum):
    """How far a step is. "Cannot start yet" is derived from its blockers, not kept."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_NEEDED = "not_needed"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self in {StepState.DONE, StepState.NOT_NEEDED}


class StepKind(StrEnum):
    """What a step is besides its words."""

    DO = "do"
    CHOOSE = "choose"
    LOCK = "lock"
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


# The answer that holds the day on which the user wants to look at unfinished orders again.
LOOK_AGAIN = "look_again_on"

# The answer that holds at what time of its day the request was made, as 14:30.
REQUEST_TIME = "request_time"

# The answer that holds how many things were open in the record when the request was recorded all the same.
OPEN_AT_REQUEST = "open_at_request"


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

    def step(self, step_id: str) -> Step:
        """The step with that id.

        Raises:
            KeyError: There is none in this revision.
        """
        found = next((step for step in self.steps if step.id == step_id), None)
        if found is None:
            raise KeyError(step_id)
        return found

    def of_kind(self, kind: StepKind) -> Step | None:
        """The first step of a kind, if there is one."""
        return next((step for step in self.steps if step.kind is kind), None)


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
        """The case with one step changed; the others keep their places."""
        steps = tuple(changed if step.step == changed.step else step for step in self.steps)
        return replace(self, steps=steps if changed in steps else (*steps, changed))

    @property
    def look_again_on(self) -> date | None:
        """The day on which the user wants to look at unfinished orders again."""
        text = self.answers.get(LOOK_AGAIN)
        return date.fromisoformat(text) if text else None

    @property
    def open_at_request(self) -> int:
        """How many things were open when the request was recorded all the same; 0 if none were."""
        return int(self.answers.get(OPEN_AT_REQUEST, "0"))

    @property
    def submitted_at(self) -> time | None:
        """At what time of its day the request was made; None if the user has not said."""
        said = self.answers.get(REQUEST_TIME)
        return time.fromisoformat(said) if said else None
