"""Guided procedures as data: what is published of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.domain.account import Contact, State
from planner.domain.procedures.kinds import Channel, FactKind, LetterKind, Rule, Section, StepKind, Unit
from planner.domain.sourced import Source

# How the questions begin that are not asked, since the record answers them.
OF_RECORD = "record."


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something takes, as one source tells it; several of one id are sources that disagree.

    Attributes:
        id: What takes that long; a step names it.
        title: What it is; a catalogue text.
        least: How many at least; None if the source names no number.
        most: How many at most; None if the source names no number.
        unit: Of what.
        source: Who says so.
    """

    id: str
    title: str
    least: int | None
    most: int | None
    unit: Unit
    source: Source


@dataclass(frozen=True, slots=True)
class Document:
    """Something the lender may want to see, to have at hand.

    Attributes:
        id: Never reused.
        title: What it is; a catalogue text.
        text: What it must show; a catalogue text, may be empty.
        source: Who says that it is asked for.
        answers: Which answers ask for it, by question; empty: always.
    """

    id: str
    title: str
    text: str
    source: Source
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision changed, for those who are under way.

    Attributes:
        revision: Which.
        text: What is different; a catalogue text.
        steps: The ids of the steps that say something else.
        new: The ids of the steps that were not there before.
    """

    revision: int
    text: str
    steps: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """How a procedure may end.

    Attributes:
        id: Never reused.
        title: What came of it; a catalogue text.
        state: The state the account has then; None if it stays as it is.
    """

    id: str
    title: str
    state: State | None = None


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
        section: Which part of the procedure it belongs to.
        state: The state the account has once it is done; only for that kind and for requests.
        duration: The id of the durations it waits for; may be empty.
        after: The id of the step whose end starts the wait; empty: the payment or the request.
        letter: Which letter it helps to write; only for that kind.
        channel: How the lender is mostly reached; only for contacts.
        every: After how many months it comes again; only for tasks.
        procedure: The id of another procedure that shows the whole of it; may be empty.
        result: The id of what the procedure comes to if it ends with this choice; may be empty.
        is_own: Whether the user added it; its texts are the user's words.
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
    section: Section = Section.DO
    state: State | None = None
    duration: str = ""
    after: str = ""
    letter: LetterKind | None = None
    channel: Channel | None = None
    every: int | None = None
    procedure: str = ""
    result: str = ""
    is_own: bool = False

    @property
    def is_of_an_answer(self) -> bool:
        """Whether it belongs to something the user answered; what the record answers is none of it."""
        return any(not question.startswith(OF_RECORD) for question in self.answers)


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
        answers: Which answers it is for, by question; empty: always.
    """

    title: str
    text: str
    source: Source
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Procedure:
    """A guided checklist; texts are catalogue texts.

    Attributes:
        id: Its key, never reused.
        revision: Counts up with every published change.
        title: What it does.
        goal: What is reached at its end.
        products: The products it is for; empty for any account.
        questions: What it asks.
        steps: Its steps, in order.
        faq: What people ask.
        warnings: What to know before.
        contacts: Whom to call.
        durations: How long things take, each as one source tells it.
        calendar: The country whose business days count.
        checked: The day somebody last looked.
        results: How it may end; empty if that follows from what was done.
        documents: What to have at hand.
        facts: What the record says that is worth having before one's eyes, in order.
        changes: What each revision after the first changed.
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
    durations: tuple[Duration, ...]
    calendar: str
    checked: date
    results: tuple[Result, ...] = ()
    documents: tuple[Document, ...] = ()
    facts: tuple[FactKind, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def asked_of_record(self) -> frozenset[str]:
        """What its steps, documents and notes ask of the record."""
        wanted = [part.answers for part in self.steps]
        wanted += [part.answers for part in self.documents]
        wanted += [part.answers for part in (*self.faq, *self.warnings)]
        asked = (question for answers in wanted for question in answers)
        return frozenset(question for question in asked if question.startswith(OF_RECORD))

    def result(self, result_id: str) -> Result | None:
        """The result with that id, if this revision has it."""
        return next((result for result in self.results if result.id == result_id), None)

    def durations_of(self, duration_id: str) -> tuple[Duration, ...]:
        """How long something takes, by each source."""
        return tuple(each for each in self.durations if each.id == duration_id)

    def steps_for(self, answers: Mapping[str, str]) -> tuple[Step, ...]:
        """The steps that some answers lead to."""
        return tuple(step for step in self.steps if is_led_to(step.answers, answers))

    def documents_for(self, answers: Mapping[str, str]) -> tuple[Document, ...]:
        """The documents that some answers ask for."""
        return tuple(each for each in self.documents if is_led_to(each.answers, answers))

    def changes_since(self, revision: int) -> tuple[Change, ...]:
        """What changed after a revision, oldest first."""
        later = (each for each in self.changes if each.revision > revision)
        return tuple(sorted(later, key=lambda each: each.revision))

    def step(self, step_id: str) -> Step:
        """The step with that id.

        Raises:
            KeyError: There is none in this revision.
        """
        found = next((step for step in self.steps if step.id == step_id), None)
        if found is None:
            raise KeyError(step_id)
        return found

    @property
    def is_closing(self) -> bool:
        """Whether its request is to close the account."""
        return any(step.kind is StepKind.SUBMIT and step.state is State.CLOSING for step in self.steps)

    def of_kind(self, kind: StepKind) -> Step | None:
        """The first step of a kind, if there is one."""
        return next((step for step in self.steps if step.kind is kind), None)


def is_led_to(wanted: Mapping[str, tuple[str, ...]], answers: Mapping[str, str]) -> bool:
    """Whether some answers lead to what asks for certain ones; what asks for none is always led to."""
    return all(answers.get(question) in allowed for question, allowed in wanted.items())
