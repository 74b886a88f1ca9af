"""Runs of procedures with their steps and answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from typing import ClassVar

from planner.compat import override
from planner.domain.procedures.case import (
    Case,
    CaseDocument,
    CaseStep,
    DocumentState,
    Evidence,
    LogEntry,
    OwnStep,
    OwnText,
    StepState,
)
from planner.domain.procedures.kinds import Channel
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Cases(Repository[Case]):
    """Every run of a procedure, oldest first."""

    table = "cases"
    parts: ClassVar[Mapping[str, str]] = {
        "case_steps": "case_id",
        "case_answers": "case_id",
        "case_documents": "case_id",
        "case_log": "case_id",
        "case_evidence": "case_id",
        "case_own_steps": "case_id",
    }

    @override
    def save(self, value: Case) -> None:
        """Insert or update a case and what belongs to it; a copy without its evidence goes."""
        self._drop_copies(value.id, {each.id for each in value.evidence if each.size is not None})
        super().save(value)

    @override
    def delete(self, value_id: str) -> None:
        """Delete a case and what belongs to it, with the copies of its files."""
        self._drop_copies(value_id, set())
        super().delete(value_id)

    def with_open_log(self) -> list[Case]:
        """The cases under way in whose log a day or a promise that was not kept may be to be looked after."""
        return self._select(
            "ended_on IS NULL AND id IN "
            "(SELECT case_id FROM case_log WHERE next_on IS NOT NULL OR (is_kept = 0 AND promise <> ''))"
        )

    def _drop_copies(self, case_id: str, kept: Collection[str]) -> None:
        sql = "SELECT id FROM evidence_files WHERE id IN (SELECT id FROM case_evidence WHERE case_id = ?)"
        for row in self._store.connection.execute(sql, (case_id,)).fetchall():
            if row["id"] not in kept:
                self._store.evidence_files.drop(row["id"])

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
                    "done_at": _time_text(step.done_at),
                    "every": step.every,
                }
                for step in value.steps
            ],
            "case_answers": [
                {"id": f"{value.id}/{question}", "question": question, "answer": answer}
                for question, answer in value.answers.items()
            ],
            "case_documents": [
                {
                    "id": f"{value.id}/{each.document}",
                    "document": each.document,
                    "state": each.state.value,
                    "noted_on": each.noted_on.isoformat(),
                }
                for each in value.documents
            ],
            "case_log": [_log_row(entry) for entry in value.log],
            "case_evidence": [
                {
                    "id": each.id,
                    "step": each.step,
                    "name": each.name,
                    "path": each.path,
                    "added_on": each.added_on.isoformat(),
                    "size": each.size,
                }
                for each in value.evidence
            ],
            "case_own_steps": [
                {"id": each.id, "title": each.title, "text": each.text, "after": each.after}
                for each in value.own_steps
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
            documents=tuple(
                CaseDocument(
                    each["document"], DocumentState(each["state"]), date.fromisoformat(each["noted_on"])
                )
                for each in parts["case_documents"]
            ),
            log=tuple(_log_entry(entry) for entry in parts["case_log"]),
            evidence=tuple(_evidence(each) for each in parts["case_evidence"]),
            own_steps=tuple(
                OwnStep(each["title"], each["text"], each["after"], each["id"])
                for each in parts["case_own_steps"]
            ),
        )


def _step(row: Row) -> CaseStep:
    own = None
    if row["own_text"] is not None:
        own = OwnText(row["own_text"], row["own_text_revision"], row["own_text_language"])
    return CaseStep(
        row["step"],
        StepState(row["state"]),
        row["note"],
        day_of(row["done_on"]),
        own,
        _time_of(row["done_at"]),
        row["every"],
    )


def _log_row(entry: LogEntry) -> RowValues:
    return {
        "id": entry.id,
        "step": entry.step,
        "happened_on": entry.on.isoformat(),
        "happened_at": _time_text(entry.at),
        "channel": entry.channel.value,
        "person": entry.person,
        "said": entry.said,
        "promise": entry.promise,
        "next_on": day_text(entry.next_on),
        "is_kept": None if entry.is_kept is None else int(entry.is_kept),
    }


def _log_entry(row: Row) -> LogEntry:
    return LogEntry(
        row["step"],
        date.fromisoformat(row["happened_on"]),
        Channel(row["channel"]),
        _time_of(row["happened_at"]),
        row["person"],
        row["said"],
        row["promise"],
        day_of(row["next_on"]),
        None if row["is_kept"] is None else bool(row["is_kept"]),
        row["id"],
    )


def _evidence(row: Row) -> Evidence:
    added_on = date.fromisoformat(row["added_on"])
    return Evidence(row["step"], row["name"], row["path"], added_on, row["size"], row["id"])


def _time_text(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at is not None else None


def _time_of(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
