"""The log of contacts of a case: recorded, corrected, deleted; what was promised, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case, LogEntry, StepState
from planner.domain.procedures.contacts import PromiseState
from planner.domain.procedures.kinds import Channel
from planner.domain.procedures.step_view import ShownState
from planner.domain.reminders.reminder import About, ReminderKind
from planner.phrases import Phrase
from planner.services.calendar_entries import calendar_entries
from planner.services.cases.log import (
    NextBeforeContactError,
    correct_contact,
    delete_contact,
    log_contact,
    log_view,
    say_kept,
    unkept_promises,
)
from planner.services.cases.own_steps import add_own_step
from planner.services.procedures import (
    CaseView,
    FutureDateError,
    case_view,
    delete_case,
    edit_step_text,
    finish,
    set_step_state,
    start_case,
    write_step_note,
)
from planner.services.reminder_topics import topics
from planner.services.reminders import note_said, reminders_today
from planner.store.changes import Changes, inverse
from planner.store.store import Store
from tests.asking_procedure import ASKING, use_small_procedure

MADE, NEXT, AFTER = date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 25)
CALL = LogEntry(
    "talk",
    MADE,
    Channel.PHONE,
    time(14, 30),
    "Agent 10086",
    "Six instalments are possible",
    "A written answer",
    NEXT,
    id="call",
)


@pytest.fixture
def case(store: Store, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A run of a procedure with two steps in which contacts are recorded."""
    use_small_procedure(tmp_path, monkeypatch)
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        return start_case(store, ASKING, "account", today)


def do(store: Store, wish: Callable[..., object], *args: object, **more: object) -> Changes:
    with store.transaction() as journal:
        wish(store, *args, **more)
    return journal.changes


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def shown(store: Store, case: Case, today: date, step_id: str = "talk") -> ShownState:
    found = view_of(store, case, today).step(step_id)
    assert found is not None
    return found.state


# --- Recording


@pytest.mark.row("C038", "C047")
def test_a_contact_is_kept_with_all_that_was_said_of_it_and_its_step_is_done(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, CALL, today)

    assert store.cases.get(case.id).log == (CALL,)
    kept = store.cases.get(case.id).step("talk")
    assert (kept.state, kept.done_on) == (StepState.DONE, MADE)
    assert shown(store, case, today, "send") is ShownState.BLOCKED


@pytest.mark.row("C047")
@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_is_kept(store: Store, case: Case, today: date, channel: Channel) -> None:
    do(store, log_contact, case.id, replace(CALL, channel=channel), today)

    assert [each.channel for each in store.cases.get(case.id).log] == [channel]


def test_no_more_than_a_day_and_a_channel_is_needed(store: Store, case: Case, today: date) -> None:
    do(store, log_contact, case.id, LogEntry("send", today, Channel.LETTER, id="letter"), today)

    assert store.cases.get(case.id).log == (LogEntry("send", today, Channel.LETTER, id="letter"),)


def test_several_steps_share_the_log_each_marks_its_own_and_the_newest_comes_first(
    store: Store, case: Case, today: date
) -> None:
    letter = LogEntry("send", today, Channel.LETTER, id="letter")
    loose = LogEntry("", date(2026, 11, 2), Channel.VISIT, id="visit")
    for each in (CALL, letter, loose):
        do(store, log_contact, case.id, each, today)

    found = log_view(view_of(store, case, today), "talk")

    assert [(each.entry, each.is_own, each.step) for each in found] == [
        (letter, False, Phrase("Send the proof")),
        (CALL, True, Phrase("Talk to the lender")),
        (loose, False, None),
    ]
    assert [each.is_own for each in log_view(view_of(store, case, today), "send")] == [True, False, False]


@pytest.mark.row("C102")
def test_what_is_never_kept_is_masked_before_it_is_kept(store: Store, case: Case, today: date) -> None:
    typed = replace(
        CALL,
        person=" Agent 10086 ",
        said="asked for 11010519491231002X and the verification code 482911",
        promise="to send it to card 4111 1111 1111 1111",
    )
    do(store, log_contact, case.id, typed, today)

    kept = store.cases.get(case.id).log[0]
    assert kept.person == "Agent 10086"
    assert kept.said == "asked for **** and the verification code ****"
    assert kept.promise == "to send it to card **** 1111"
    do(store, correct_contact, case.id, replace(kept, said="PIN 1234"), today)
    assert store.cases.get(case.id).log[0].said == "PIN ****"
    assert b"482911" not in b"".join(
        str(tuple(row)).encode() for row in store.connection.execute("SELECT * FROM case_log")
    )


@pytest.mark.row("C102")
def test_nothing_that_is_typed_into_a_case_keeps_what_is_never_kept(
    store: Store, case: Case, today: date
) -> None:
    number = "11010519491231002X"
    do(store, write_step_note, case.id, "talk", f"note {number}")
    do(store, edit_step_text, case.id, "send", f"own words {number}", "en")
    do(store, add_own_step, case.id, f"title {number}", f"text {number}", "talk")
    do(store, log_contact, case.id, replace(CALL, person=number), today)

    assert not any(number in line for line in store.connection.iterdump())
    kept = store.cases.get(case.id)
    assert kept.step("talk").note == "note ****"
    own = kept.step("send").own_text
    assert own is not None
    assert own.text == "own words ****"
    assert [(each.title, each.text) for each in kept.own_steps] == [("title ****", "text ****")]
    assert kept.log[0].person == "****"


def test_a_contact_of_a_day_to_come_is_refused(store: Store, case: Case, today: date) -> None:
    tomorrow = replace(CALL, on=date(2026, 11, 23))
    with pytest.raises(FutureDateError):
        do(store, log_contact, case.id, tomorrow, today)
    do(store, log_contact, case.id, replace(CALL, on=today), today)
    with pytest.raises(FutureDateError):
        do(store, correct_contact, case.id, tomorrow, today)
    assert [each.on for each in store.cases.get(case.id).log] == [today]


def test_a_next_day_before_the_contact_is_refused_and_the_day_itself_is_not(
    store: Store, case: Case, today: date
) -> None:
    with pytest.raises(NextBeforeContactError) as refused:
        do(store, log_contact, case.id, replace(CALL, next_on=date(2026, 11, 19)), today)
    do(store, log_contact, case.id, replace(CALL, next_on=MADE), today)

    assert str(refused.value) == "The next day, 2026-11-19, is before the day of the contact, 2026-11-20."
    assert store.cases.get(case.id).log[0].next_on == MADE


# --- Correcting and deleting


def test_a_contact_is_corrected_in_its_place_and_stays_in_its_step(
    store: Store, case: Case, today: date
) -> None:
    second = replace(CALL, id="second", on=today)
    do(store, log_contact, case.id, CALL, today)
    do(store, log_contact, case.id, second, today)
    corrected = replace(CALL, step="send", on=date(2026, 11, 18), at=None, promise="", is_kept=True)

    do(store, correct_contact, case.id, corrected, today)

    expected = replace(corrected, step="talk", is_kept=None)
    assert store.cases.get(case.id).log == (expected, second)
    assert store.cases.get(case.id).step("talk").done_on == date(2026, 11, 18)
    assert store.cases.get(case.id).step("send").state is StepState.NOT_STARTED


def test_a_step_is_done_by_its_own_contacts_alone_and_not_any_more_without_them(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, CALL, today)
    do(store, log_contact, case.id, replace(CALL, id="second", on=today), today)
    do(store, log_contact, case.id, LogEntry("", MADE, Channel.VISIT, id="visit"), today)
    assert store.cases.get(case.id).step("send").state is StepState.NOT_STARTED

    do(store, delete_contact, case.id, "call")
    assert store.cases.get(case.id).step("talk").done_on == today
    do(store, delete_contact, case.id, "second")

    assert store.cases.get(case.id).step("talk").state is StepState.NOT_STARTED
    assert [each.id for each in store.cases.get(case.id).log] == ["visit"]


def test_a_step_that_the_user_called_done_stays_so_whatever_is_recorded_or_deleted(
    store: Store, case: Case, today: date
) -> None:
    do(store, set_step_state, case.id, "talk", StepState.DONE, today)
    do(store, log_contact, case.id, CALL, today)
    assert store.cases.get(case.id).step("talk").done_on == today

    do(store, delete_contact, case.id, "call")

    assert shown(store, case, today) is ShownState.DONE


def test_a_contact_shows_that_a_step_called_not_needed_was(store: Store, case: Case, today: date) -> None:
    do(store, set_step_state, case.id, "talk", StepState.NOT_NEEDED, today)
    do(store, log_contact, case.id, CALL, today)

    assert shown(store, case, today) is ShownState.DONE


def test_a_contact_that_is_not_there_cannot_be_changed(store: Store, case: Case, today: date) -> None:
    with pytest.raises(KeyError):
        do(store, correct_contact, case.id, CALL, today)
    with pytest.raises(KeyError):
        do(store, delete_contact, case.id, "call")
    with pytest.raises(KeyError):
        do(store, say_kept, case.id, "call", is_kept=True)


def test_all_of_it_can_be_taken_back_and_done_again(store: Store, case: Case, today: date) -> None:
    states = [store.cases.get(case.id)]
    steps = []
    for wish, *args in (
        (log_contact, case.id, CALL, today),
        (correct_contact, case.id, replace(CALL, said="Twelve"), today),
        (delete_contact, case.id, "call"),
    ):
        steps.append(do(store, wish, *args))
        states.append(store.cases.get(case.id))

    for changes, before in zip(reversed(steps), reversed(states[:-1]), strict=True):
        store.apply(inverse(changes))
        assert store.cases.get(case.id) == before
    for changes, after in zip(steps, states[1:], strict=True):
        store.apply(changes)
        assert store.cases.get(case.id) == after


# --- Promises


@pytest.mark.row("C038")
def test_what_became_of_a_promise_is_said_and_can_be_unsaid(store: Store, case: Case, today: date) -> None:
    do(store, log_contact, case.id, CALL, today)
    seen = []
    for said in (True, False, None):
        do(store, say_kept, case.id, "call", is_kept=said)
        seen.append(log_view(view_of(store, case, today))[0].promise)

    assert seen == [PromiseState.KEPT, PromiseState.NOT_KEPT, PromiseState.OPEN]
    assert store.cases.get(case.id).log == (CALL,)


def test_without_a_promise_there_is_nothing_to_keep(store: Store, case: Case, today: date) -> None:
    do(store, log_contact, case.id, replace(CALL, promise="", is_kept=False), today)
    do(store, say_kept, case.id, "call", is_kept=True)

    assert store.cases.get(case.id).log[0].is_kept is None
    assert log_view(view_of(store, case, AFTER))[0].promise is PromiseState.NONE


@pytest.mark.row("C038")
def test_a_promise_past_its_day_shows_on_the_case_until_it_is_kept_or_the_case_has_ended(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, CALL, today)

    assert unkept_promises(view_of(store, case, NEXT)) == ()
    assert [each.entry.id for each in unkept_promises(view_of(store, case, AFTER))] == ["call"]
    changes = do(store, finish, case.id, AFTER, AFTER)
    assert unkept_promises(view_of(store, case, AFTER)) == ()
    store.apply(inverse(changes))
    do(store, say_kept, case.id, "call", is_kept=True)
    assert unkept_promises(view_of(store, case, AFTER)) == ()


# --- Reminders


def words_on(store: Store, day: date) -> list[str]:
    return [str(each.words) for each in reminders_today(store, day)]


@pytest.mark.row("C038")
def test_a_promise_is_reminded_of_on_its_day_and_after_it_until_the_user_says_it_was_kept(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, CALL, today)

    assert words_on(store, date(2026, 11, 23)) == []
    assert words_on(store, NEXT) == ["白条: on 2026-11-20 the lender promised: A written answer"]
    after = (
        "白条: the lender promised for 2026-11-24: A written answer. "
        "Say in the log of contacts whether it was kept."
    )
    assert words_on(store, AFTER) == [after]
    with store.transaction():
        note_said(store, [each.reminder for each in reminders_today(store, AFTER)], AFTER)
    # Said on the day after, then three days and a week after it.
    assert [day for day in range(26, 31) if words_on(store, date(2026, 11, day))] == [27, 28, 29, 30]
    do(store, say_kept, case.id, "call", is_kept=False)
    broken = (
        "白条: the lender did not keep what it promised on 2026-11-20: A written answer. "
        "You can ask again, and record what is said."
    )
    assert words_on(store, date(2026, 11, 27)) == [broken]
    do(store, say_kept, case.id, "call", is_kept=True)
    assert words_on(store, date(2026, 11, 27)) == []


def test_a_day_to_go_on_is_reminded_of_from_that_day_until_there_was_a_contact(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, replace(CALL, promise=""), today)

    assert words_on(store, date(2026, 11, 23)) == []
    assert words_on(store, NEXT) == [
        "白条: you wanted to go on with this on 2026-11-24: Six instalments are possible"
    ]
    do(store, log_contact, case.id, LogEntry("send", NEXT, Channel.LETTER), NEXT)
    assert words_on(store, NEXT) == []


def test_a_topic_says_what_it_is_about_and_whose_it_is(store: Store, case: Case, today: date) -> None:
    do(store, log_contact, case.id, CALL, today)
    do(store, log_contact, case.id, replace(CALL, id="next", promise="", next_on=AFTER), today)

    found = {each.id: each for each in topics(store, today)}

    assert (found["call"].about, found["call"].on, found["call"].account_id) == (
        About.PROMISE,
        NEXT,
        "account",
    )
    assert (found["next"].about, found["next"].on) == (About.NEXT_CONTACT, AFTER)
    assert found["next"].name == Phrase.own("白条")


def test_a_case_that_ended_or_is_gone_reminds_of_nothing(store: Store, case: Case, today: date) -> None:
    do(store, log_contact, case.id, CALL, today)
    changes = do(store, finish, case.id, today, today)
    assert topics(store, NEXT) == []
    store.apply(inverse(changes))
    assert [each.id for each in topics(store, NEXT)] == ["call"]
    do(store, delete_case, case.id)
    assert topics(store, NEXT) == []


def test_a_broken_promise_without_a_day_is_reminded_of_from_the_contact_on(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, replace(CALL, next_on=None), today)
    assert topics(store, AFTER) == []

    do(store, say_kept, case.id, "call", is_kept=False)

    assert [(each.id, each.on) for each in topics(store, AFTER)] == [("call", MADE)]


def test_the_calendar_has_the_day_of_a_promise_with_an_alarm_on_it(
    store: Store, case: Case, today: date
) -> None:
    do(store, log_contact, case.id, CALL, today)
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    found = calendar_entries(store, today, 3, now)

    assert [(each.handed.id, each.handed.on) for each in found] == [("call", NEXT)]
    entry = found[0].entry
    assert entry is not None
    assert (str(entry.title), entry.alarms) == (
        "白条: on 2026-11-20 the lender promised: A written answer",
        (NEXT,),
    )
    assert ReminderKind.BEFORE not in {each.reminder.kind for each in reminders_today(store, NEXT)}
