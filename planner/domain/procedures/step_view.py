"""How the steps of a case stand today: what is left in each, and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.procedures.case import CaseStep
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.published import Step
from planner.domain.procedures.rules import Blocker
from planner.phrases import Phrase

# The rule that a step works off itself: what it finds is what is left to do in the step. For any
# other step the same findings are what it has to wait for.
_WORKED_OFF_BY = {
    StepKind.DO: Rule.UNFINISHED_ORDERS,
    StepKind.SETTLE: Rule.OPEN_DUES,
    StepKind.SERVICES: Rule.LINKED_SERVICES,
    StepKind.DOCUMENTS: Rule.DOCUMENTS,
    StepKind.CONTACT: Rule.NO_CONTACT,
    StepKind.AGREEMENT: Rule.NO_AGREEMENT,
    StepKind.PAY: Rule.NOT_PAID,
    StepKind.DEBITS: Rule.UNCONFIRMED_DEBITS,
}


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
    def is_not_needed(self) -> bool:
        """Whether the user decided against it, so that nothing in it counts any more."""
        return self.state is ShownState.NOT_NEEDED

    @property
    def title(self) -> Phrase:
        """What it is about, as published or in the user's words."""
        return Phrase.own(self.step.title) if self.step.is_own else Phrase(self.step.title)

    @property
    def text(self) -> Phrase:
        """What to do, in the user's words where there are some."""
        if self.kept.own_text is not None:
            return Phrase.own(self.kept.own_text.text)
        return Phrase.own(self.step.text) if self.step.is_own else Phrase(self.step.text)

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
