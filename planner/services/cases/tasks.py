"""Steps that come again after some months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.published import Procedure, Step
from planner.domain.procedures.step_view import listed
from planner.domain.procedures.tasks import checked_interval, interval_of, is_due, next_on
from planner.domain.reminders.reminder import About, Topic
from planner.phrases import Phrase
from planner.services.cases.kept import save_case
from planner.services.cases.record import answers_of
from planner.services.cases.view import CaseView
from planner.services.cases.views import procedure_of
from planner.store import catalogue
from planner.store.store import Store

# Who has just begun knows what is to be done; it is reminded of a week later.
_AT_FIRST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as it stands.

    Attributes:
        months: After how many months it comes again.
        is_own: Whether the user chose that number.
        last_on: The day it was done last; None if it never was.
        next_on: The day it comes again; None if it was never done.
        is_due: Whether it is to be done now.
    """

    months: int
    is_own: bool
    last_on: date | None
    next_on: date | None
    is_due: bool

    @property
    def words(self) -> Phrase:
        """When it is to be done, in words."""
        if self.last_on is None or self.next_on is None:
            return Phrase("Due now; not done yet.")
        if self.is_due:
            return Phrase("Due since {next}; last done on {last}.", next=self.next_on, last=self.last_on)
        return Phrase("Next on {next}; last done on {last}.", next=self.next_on, last=self.last_on)


def task_view(case: Case, step: Step, today: date) -> TaskView:
    """A task as it stands today."""
    kept = case.step(step.id)
    return TaskView(
        interval_of(step, kept),
        kept.every is not None,
        kept.done_on,
        next_on(step, kept),
        is_due(step, kept, today),
    )


def set_interval(store: Store, case_id: str, step_id: str, months: int | None) -> Case:
    """Choose after how many months a task comes again; None for as often as published.

    Raises:
        IntervalError: There are none of it, or too many.
    """
    case = store.cases.get(case_id)
    kept = case.step(step_id)
    published = procedure_of(case.procedure).step(step_id).every
    chosen = None if months is None or months == published else checked_interval(months)
    return save_case(store, case.with_step(replace(kept, every=chosen)))


def do_task(store: Store, case_id: str, step_id: str, today: date) -> Case:
    """Note that a task was done today, however early; its next day counts from today."""
    case = store.cases.get(case_id)
    done = replace(case.step(step_id), state=StepState.DONE, done_on=today)
    return save_case(store, case.with_step(done))


def has_tasks(view: CaseView) -> bool:
    """Whether a case has a task that comes again as long as it is under way."""
    return any(
        each.step.kind is StepKind.TASK and each.kept.state is not StepState.NOT_NEEDED for each in view.steps
    )


def task_topics(store: Store, accounts: Mapping[str, Account]) -> Iterator[Topic]:
    """The tasks of the cases under way: those of a case that are due on the same day are one topic."""
    for case in store.cases.all():
        account, procedure = accounts.get(case.account_id), catalogue.procedure(case.procedure)
        if case.ended_on is None and account is not None and procedure is not None:
            yield from _topics_of(store, case, procedure, account)


def _topics_of(store: Store, case: Case, procedure: Procedure, account: Account) -> Iterator[Topic]:
    if procedure.of_kind(StepKind.TASK) is None:
        return
    by_day: dict[date, list[Phrase]] = {}
    for step in procedure.steps_for(answers_of(store, procedure, case, account)):
        kept = case.step(step.id)
        if step.kind is StepKind.TASK and kept.state is not StepState.NOT_NEEDED:
            by_day.setdefault(next_on(step, kept) or case.started_on + _AT_FIRST, []).append(
                Phrase(step.title)
            )
    name = Phrase.own(account.name)
    for on, titles in sorted(by_day.items()):
        tasks, title = listed(titles, len(titles)), Phrase(procedure.title)
        words = Phrase("{account}, “{procedure}”: {task}", account=name, procedure=title, task=tasks)
        # Each day is a thing of its own: what was said of one before says nothing of it.
        yield Topic(f"{case.id}/tasks/{on}", About.TASK, account.id, name, on, words=words)
