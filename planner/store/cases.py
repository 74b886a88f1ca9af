"""Runs of procedures with their steps and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.procedures.case import Case, CaseStep, OwnText, StepState
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Cases(Repository[Case]):
    """Every run of a procedure, oldest first."""

    table = "cases"
    parts: ClassVar[Mapping[str, str]] = {"case_steps": "case_id", "case_answers": "case_id"}

    @staticmethod
    @override
    def to_row(value: Case) -> RowValues:
        return {
            "id": value.id,
            "procedure": value.procedure,
            "revision": value.revision,
            "account_id": value.account_id,
            "started_on": value.started_on.isoformat(),
            "submitted_on": day_text(value.submitted_on),
            "ended_on": day_text(value.ended_on),
            "note": value.note,
        }

    @override
    def part_rows(self, value: Case) -> Mapping[str, Sequence[RowValues]]:
        return {
            "case_steps": [
                {
                    "id": f"{value.id}/{step.step}",
                    "step": step.step,
                    "state": step.state.value,
                    "note": step.note,
                    "done_on": day_text(step.done_on),
                    "own_text": step.own_text.text if step.own_text else None,
                    "own_text_revision": step.own_text.revision if step.own_text else None,
                    "own_text_language": step.own_text.language if step.own_text else None,
                }
                for step in value.steps
            ],
            "case_answers": [
                {"id": f"{value.id}/{question}", "question": question, "answer": answer}
                for question, answer in value.answers.items()
            ],
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Case:
        return Case(
            id=row["id"],
            procedure=row["procedure"],
            revision=row["revision"],
            account_id=row["account_id"],
            started_on=date.fromisoformat(row["started_on"]),
            submitted_on=day_of(row["submitted_on"]),
            ended_on=day_of(row["ended_on"]),
            note=row["note"],
            steps=tuple(_step(step) for step in parts["case_steps"]),
            answers={answer["question"]: answer["answer"] for answer in parts["case_answers"]},
        )


def _step(row: Row) -> CaseStep:
    own = None
    if row["own_text"] is not None:
        own = OwnText(row["own_text"], row["own_text_revision"], row["own_text_language"])
    return CaseStep(row["step"], StepState(row["state"]), row["note"], day_of(row["done_on"]), own)
