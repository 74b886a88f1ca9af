"""The steps of a case: those of its procedure that the answers lead to, with the user's own among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.domain.procedures.case import Case, OwnStep
from planner.domain.procedures.kinds import Section, StepKind
from planner.domain.procedures.published import Procedure, Step
from planner.domain.sourced import Origin, Reliability, Source

_BY_THE_USER = Source("", reliability=Reliability.CONTRACT, origin=Origin.CONTRACT)


def steps_of(procedure: Procedure, case: Case, answers: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps of a case, in order; each step of the user follows the one it was put after.

    One that was put after a step which the answers leave out keeps its place; one whose step is no longer
    published comes last.

    Args:
        procedure: As published now.
        case: The run.
        answers: What leads through the procedure.
    """
    own: dict[str, list[OwnStep]] = {}
    for each in case.own_steps:
        own.setdefault(each.after, []).append(each)

    def following(after: str, section: Section) -> Iterator[Step]:
        for each in own.pop(after, ()):
            yield as_step(each, section)
            yield from following(each.id, section)

    on_way = {step.id for step in procedure.steps_for(answers)}
    first = procedure.steps[0].section if procedure.steps else Section.DO
    steps = list(following("", first))
    last = first
    for step in procedure.steps:
        if step.id in on_way:
            steps.append(step)
        last = step.section
        steps += following(step.id, last)
    for after in list(own):
        steps += following(after, last)
    return tuple(steps)


def step_of_case(procedure: Procedure, case: Case, step_id: str) -> Step:
    """A step of a case, whether it is published or the user's own.

    Raises:
        KeyError: There is none with that id.
    """
    own = next((each for each in case.own_steps if each.id == step_id), None)
    return procedure.step(step_id) if own is None else as_step(own, Section.DO)


def as_step(own: OwnStep, section: Section) -> Step:
    """A step of the user as one of the procedure; its texts are the user's words."""
    return Step(own.id, own.title, own.text, StepKind.DO, _BY_THE_USER, section=section, is_own=True)
