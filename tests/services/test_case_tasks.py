from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.step_view import ShownState
from planner.domain.procedures.tasks import IntervalError
from planner.domain.reminders.reminder import About
from planner.services import procedures
from planner.services.accounts import save_account
from planner.services.calendar_entries import calendar_entries
from planner.services.cases.tasks import TaskView, do_task, set_interval, task_view
from planner.services.procedures import case_view
from planner.services.reminder_topics import topics
from planner.services.reminders import note_said, reminders_today
from planner.store import catalogue
from planner.store.store import Store
from tests.care_procedure import CARE, care

STARTED = date(2026, 8, 31)


@pytest.fixture
def case(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    procedure = care(tmp_path, "passwords", "compare")
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
    with store.transaction():
        account = save_account(store, Account("Card", "Bank", "CNY"))
        return procedures.start_case(store, CARE, account.id, STARTED)


def seen(store: Store, case: Case, today: date, step: str = "passwords") -> TaskView:
    procedure = catalogue.procedure(CARE)
    assert procedure is not None
    return task_view(store.cases.get(case.id), procedure.step(step), today)


def shown(store: Store, case: Case, today: date, step: str = "passwords") -> ShownState:
    found = case_view(store, store.cases.get(case.id), today).step(step)
    assert found is not None
    return found.state


def told(store: Store, today: date) -> list[tuple[date, str]]:
    return [(each.on, str(each.words)) for each in topics(store, today) if each.about is About.TASK]


@pytest.mark.row("C118", "C119", "C121")
def test_a_task_is_due_at_once_and_comes_again_after_its_months(store: Store, case: Case) -> None:
    assert seen(store, case, STARTED) == TaskView(6, is_own=False, last_on=None, next_on=None, is_due=True)
    assert str(seen(store, case, STARTED).words) == "Due now; not done yet."

    with store.transaction():
        procedures.set_step_state(store, case.id, "passwords", StepState.DONE, STARTED)

    # February has no 31st.
    again = date(2027, 2, 28)
    before = date(2027, 2, 27)
    assert seen(store, case, before) == TaskView(
        6, is_own=False, last_on=STARTED, next_on=again, is_due=False
    )
    assert str(seen(store, case, before).words) == "Next on 2027-02-28; last done on 2026-08-31."
    assert shown(store, case, before) is ShownState.DONE
    assert seen(store, case, again).is_due
    assert str(seen(store, case, again).words) == "Due since 2027-02-28; last done on 2026-08-31."
    assert shown(store, case, again) is ShownState.NOT_STARTED

    with store.transaction():
        do_task(store, case.id, "passwords", again)
    assert seen(store, case, again).next_on == date(2027, 8, 28)
    assert shown(store, case, again) is ShownState.DONE


def test_the_user_chooses_how_often_a_task_comes(store: Store, case: Case) -> None:
    with store.transaction():
        do_task(store, case.id, "passwords", STARTED)
        set_interval(store, case.id, "passwords", 1)
    found = seen(store, case, STARTED)
    assert (found.months, found.is_own, found.next_on) == (1, True, date(2026, 9, 30))

    for back in (6, None):
        with store.transaction():
            set_interval(store, case.id, "passwords", 1)
            set_interval(store, case.id, "passwords", back)
        assert (seen(store, case, STARTED).months, seen(store, case, STARTED).is_own) == (6, False)
    for wrong in (0, 121):
        with pytest.raises(IntervalError), store.transaction():
            set_interval(store, case.id, "passwords", wrong)
    with store.transaction():
        set_interval(store, case.id, "passwords", 120)
    assert seen(store, case, STARTED).next_on == date(2036, 8, 31)


def test_a_task_that_is_under_way_keeps_when_it_was_done_last(store: Store, case: Case) -> None:
    again = date(2027, 2, 28)
    with store.transaction():
        do_task(store, case.id, "passwords", STARTED)
        procedures.set_step_state(store, case.id, "passwords", StepState.IN_PROGRESS, again)

    assert shown(store, case, again) is ShownState.IN_PROGRESS
    assert seen(store, case, again).last_on == STARTED
    assert seen(store, case, again).is_due


@pytest.mark.row("C121")
def test_every_task_is_reminded_of_on_its_day_each_time_anew(store: Store, case: Case) -> None:
    # Who has just begun knows what is to be done.
    first = date(2026, 9, 7)
    assert told(store, STARTED) == [(first, "Card, “Take care”: Step passwords; Step compare")]
    assert reminders_today(store, date(2026, 9, 6)) == ()
    with store.transaction():
        note_said(store, [each.reminder for each in reminders_today(store, first)], first)
        for step in ("passwords", "compare"):
            do_task(store, case.id, step, STARTED)

    assert told(store, STARTED) == [
        (date(2026, 9, 30), "Card, “Take care”: Step compare"),
        (date(2027, 2, 28), "Card, “Take care”: Step passwords"),
    ]
    assert reminders_today(store, date(2026, 9, 29)) == ()
    (said,) = reminders_today(store, date(2026, 9, 30))
    assert str(said.words) == "Card, “Take care”: Step compare"


def test_tasks_that_are_not_needed_or_of_a_finished_case_are_not_reminded_of(
    store: Store, case: Case
) -> None:
    with store.transaction():
        procedures.set_step_state(store, case.id, "passwords", StepState.NOT_NEEDED, STARTED)
    assert told(store, STARTED) == [(date(2026, 9, 7), "Card, “Take care”: Step compare")]
    assert not seen(store, case, STARTED).is_due

    with store.transaction():
        procedures.finish(store, case.id, STARTED, STARTED)
    assert told(store, STARTED) == []


def test_the_next_time_of_a_task_goes_into_the_calendar(store: Store, case: Case) -> None:
    with store.transaction():
        procedures.set_step_state(store, case.id, "compare", StepState.NOT_NEEDED, STARTED)
        do_task(store, case.id, "passwords", STARTED)

    (entry,) = calendar_entries(store, STARTED, 12, datetime(2026, 8, 31, tzinfo=UTC))

    assert entry.entry is not None
    assert (entry.entry.on, str(entry.entry.title), entry.entry.alarms) == (
        date(2027, 2, 28),
        "Card, “Take care”: Step passwords",
        (date(2027, 2, 28),),
    )
