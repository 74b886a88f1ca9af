"""The log of contacts with the lender that a case keeps, and what was promised in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.procedures.case import Case, LogEntry, StepState
from planner.domain.procedures.contacts import (
    Awaited,
    PromiseState,
    newest_first,
    promise_state,
    unkept,
)
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.cases.kept import not_after, save_case
from planner.services.cases.view import CaseView
from planner.store.store import Store


class NextBeforeContactError(PlannerError):
    """A day to go on that lies before the contact it follows from."""

    message = N_("The next day, {next}, is before the day of the contact, {date}.")


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """A contact as a step shows it.

    Attributes:
        entry: The contact.
        is_own: Whether it was recorded in that step.
        step: The title of the step it was recorded in; None if that step is none of the case any more.
        promise: What became of what was promised.
    """

    entry: LogEntry
    is_own: bool
    step: Phrase | None
    promise: PromiseState


def log_view(view: CaseView, step_id: str = "") -> tuple[LoggedContact, ...]:
    """The contacts of a case, the newest at the top.

    Args:
        view: The case as it stands.
        step_id: The step whose own ones are marked; empty: of none.
    """
    titles = {each.step.id: _title(each.step.title, is_own=each.step.is_own) for each in view.steps}
    return tuple(
        LoggedContact(entry, entry.step == step_id, titles.get(entry.step), promise_state(entry, view.today))
        for entry in newest_first(view.case.log)
    )


def unkept_promises(view: CaseView) -> tuple[Awaited, ...]:
    """The promises whose day has passed without the user saying that they were kept; none once it ended."""
    return unkept(view.case.log, view.today) if view.case.ended_on is None else ()


def promise_words(view: CaseView) -> tuple[Phrase, ...]:
    """The same in words, for whoever opens the case or sees it in a list."""
    name = Phrase.own(view.account.name)
    return tuple(each.words(name) for each in unkept_promises(view))


def log_contact(store: Store, case_id: str, entry: LogEntry, today: date) -> Case:
    """Record a contact with the lender; the step it was recorded in is done with it.

    Identity numbers, whole card numbers, codes and passwords are masked.

    Raises:
        FutureDateError: Its day is still to come.
        NextBeforeContactError: The next day is before it.
    """
    case = store.cases.get(case_id)
    kept = _checked(entry, today)
    return save_case(store, _with_log(case, (*case.log, kept), kept))


def correct_contact(store: Store, case_id: str, entry: LogEntry, today: date) -> Case:
    """Put a contact in place of the recorded one with its id.

    Raises:
        KeyError: There is none with that id.
        FutureDateError: Its day is still to come.
        NextBeforeContactError: The next day is before it.
    """
    case = store.cases.get(case_id)
    before = _entry(case, entry.id)
    kept = _checked(replace(entry, step=before.step), today)
    log = [kept if each.id == kept.id else each for each in case.log]
    return save_case(store, _with_log(case, log, before))


def delete_contact(store: Store, case_id: str, entry_id: str) -> Case:
    """Delete a contact; a step that was done with it alone is not done any more.

    Raises:
        KeyError: There is none with that id.
    """
    case = store.cases.get(case_id)
    before = _entry(case, entry_id)
    log = [each for each in case.log if each.id != entry_id]
    return save_case(store, _with_log(case, log, before))


def say_kept(store: Store, case_id: str, entry_id: str, *, is_kept: bool | None) -> Case:
    """Say whether what was promised in a contact was kept; None: not known yet.

    Raises:
        KeyError: There is no contact with that id.
    """
    case = store.cases.get(case_id)
    entry = _entry(case, entry_id)
    said = replace(entry, is_kept=is_kept if entry.promise else None)
    log = tuple(said if each.id == entry_id else each for each in case.log)
    return save_case(store, replace(case, log=log))


def _entry(case: Case, entry_id: str) -> LogEntry:
    found = next((each for each in case.log if each.id == entry_id), None)
    if found is None:
        raise KeyError(entry_id)
    return found


def _checked(entry: LogEntry, today: date) -> LogEntry:
    """A contact as it may be kept."""
    not_after(entry.on, today)
    if entry.next_on is not None and entry.next_on < entry.on:
        raise NextBeforeContactError(next=entry.next_on, date=entry.on)
    person, said, promise = (text.strip() for text in (entry.person, entry.said, entry.promise))
    is_kept = entry.is_kept if promise else None
    return replace(entry, person=person, said=said, promise=promise, is_kept=is_kept)


def _with_log(case: Case, log: Sequence[LogEntry], changed: LogEntry) -> Case:
    """A case with other contacts; the step of the one that came, changed or went follows.

    Args:
        case: The case before.
        log: Its contacts now.
        changed: The contact as it was before; one that came, as it is.
    """
    case = replace(case, log=tuple(log))
    if not changed.step:
        return case
    step = case.step(changed.step)
    own = [each.on for each in log if each.step == changed.step]
    is_by_it = step.state is StepState.DONE and step.done_on == changed.on
    if own and (step.state is not StepState.DONE or is_by_it):
        return case.with_step(replace(step, state=StepState.DONE, done_on=min(own)))
    if not own and is_by_it:
        return case.with_step(replace(step, state=StepState.NOT_STARTED, done_on=None))
    return case


def _title(title: str, *, is_own: bool) -> Phrase:
    return Phrase.own(title) if is_own else Phrase(title)
