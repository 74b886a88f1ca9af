"""One run of a guided procedure as a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.procedures.kinds import Channel

# The answer that holds the day on which the user wants to look at unfinished orders again.
LOOK_AGAIN = "look_again_on"

# The answer that holds at what time of its day the request was made, as 14:30.
REQUEST_TIME = "request_time"

# The answer that holds how many things were open in the record when the request was recorded all the same.
OPEN_AT_REQUEST = "open_at_request"

# The answer that holds the day on which the user saw in the lender's app that everything late is settled.
SETTLED_IN_APP = "settled_in_app"

# The answer that holds the id of the case from a step of which this one was started.
STARTED_FROM = "started_from"

# The answer that holds which of the results of its procedure the case came to.
RESULT = "result"

# The answers that hold from which day on the account has the state that a step leads to.
STATE_SINCE = "state_since.{step}"


class DocumentState(StrEnum):
    """Whether the user has what a lender may want to see."""

    AT_HAND = "at_hand"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """What the user says of one document; one that is still to be found is not kept.

    Attributes:
        document: Its id in the procedure.
        state: Whether it is at hand, or the lender does not ask for it.
        noted_on: The day the user said so.
    """

    document: str
    state: DocumentState
    noted_on: date


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One contact with the lender.

    Attributes:
        step: The step it was recorded in; empty if in none.
        on: The day.
        channel: How.
        at: The time of that day, if the user says.
        person: Who it was, or the number of the agent.
        said: What was said.
        promise: What was promised; empty if nothing was.
        next_on: The day on which something should happen next.
        is_kept: Whether the promise was kept; None while that is not known.
        id: Its identity.
    """

    step: str
    on: date
    channel: Channel
    at: time | None = None
    person: str = ""
    said: str = ""
    promise: str = ""
    next_on: date | None = None
    is_kept: bool | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves something: where it lies, and whether the store has a copy.

    Attributes:
        step: The step it belongs to; empty for the whole case.
        name: Its name.
        path: Where it lay when it was linked.
        added_on: The day it was linked.
        size: Its size in bytes if the store has a copy of it; None if it is only linked.
        id: Its identity.
    """

    step: str
    name: str
    path: str
    added_on: date
    size: int | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that the user added to a case.

    Attributes:
        title: What it is about, in the user's words.
        text: What to do, in the user's words; may be empty.
        after: The id of the step it follows; empty: it comes first.
        id: Its identity, which is also the id of the step.
    """

    title: str
    text: str = ""
    after: str = ""
    id: str = field(default_factory=new_id)


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
        done_at: At what time of that day, where it counts.
        every: After how many months the user wants it again; None: as published.
    """

    step: str
    state: StepState = StepState.NOT_STARTED
    note: str = ""
    done_on: date | None = None
    own_text: OwnText | None = None
    done_at: time | None = None
    every: int | None = None


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
        documents: What the user says of the documents.
        log: The contacts with the lender, in the order they were recorded.
        evidence: The files that prove something.
        own_steps: The steps that the user added.
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
    documents: tuple[CaseDocument, ...] = ()
    log: tuple[LogEntry, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    own_steps: tuple[OwnStep, ...] = ()
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
    def result(self) -> str:
        """The id of the result it came to; empty while it is under way, or if its procedure names none."""
        return self.answers.get(RESULT, "")

    def state_since(self, step_id: str) -> date | None:
        """From which day on the account has the state of a step that is done; None if it is not."""
        text = self.answers.get(STATE_SINCE.format(step=step_id))
        # Older files have that day as the one on which the step was done.
        return date.fromisoformat(text) if text else self.step(step_id).done_on

    @property
    def open_at_request(self) -> int:
        """How many things were open when the request was recorded all the same; 0 if none were."""
        return int(self.answers.get(OPEN_AT_REQUEST, "0"))

    @property
    def submitted_at(self) -> time | None:
        """At what time of its day the request was made; None if the user has not said."""
        said = self.answers.get(REQUEST_TIME)
        return time.fromisoformat(said) if said else None
