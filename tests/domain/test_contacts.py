"""The log of contacts: its order, what was promised, and what is to be looked after."""

from __future__ import annotations

from datetime import date, time

import pytest

from planner.domain.procedures.case import LogEntry
from planner.domain.procedures.contacts import (
    CHANNEL_WORDS,
    PROMISE_WORDS,
    Awaited,
    PromiseState,
    awaited,
    newest_first,
    promise_state,
    unkept,
)
from planner.domain.procedures.kinds import Channel
from planner.phrases import Phrase

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)
NAME = Phrase.own("白条")


def entry(on: date = MONDAY, *, at: time | None = None, promise: str = "", **more: object) -> LogEntry:
    return LogEntry("talk", on, Channel.PHONE, at, promise=promise, **more)  # type: ignore[arg-type]


def promised(*, is_kept: bool | None = None, next_on: date | None = FRIDAY) -> LogEntry:
    return entry(promise="to answer", is_kept=is_kept, next_on=next_on)


@pytest.mark.row("C047")
def test_every_way_in_which_a_lender_reaches_a_person_has_a_name_of_its_own() -> None:
    assert set(CHANNEL_WORDS) == set(Channel)
    assert len({str(words) for words in CHANNEL_WORDS.values()}) == len(Channel)
    assert {"letter", "message", "email", "phone", "visit", "court"} <= {each.value for each in Channel}
    assert set(PROMISE_WORDS) == set(PromiseState) - {PromiseState.NONE}


def test_the_newest_contact_comes_first_by_day_then_time_then_as_it_was_recorded() -> None:
    noon, morning = entry(TUESDAY, at=time(12)), entry(TUESDAY, at=time(9, 30))
    untimed, again, early = entry(TUESDAY), entry(TUESDAY), entry(MONDAY, at=time(23))

    assert newest_first([noon, untimed, again, early, morning]) == (noon, morning, again, untimed, early)
    assert newest_first([]) == ()


@pytest.mark.parametrize(
    ("made", "today", "state"),
    [
        (entry(next_on=FRIDAY), date(2026, 12, 1), PromiseState.NONE),
        (promised(), FRIDAY, PromiseState.OPEN),
        (promised(), date(2026, 11, 21), PromiseState.OVERDUE),
        (promised(next_on=None), date(2027, 11, 21), PromiseState.OPEN),
        (promised(is_kept=True), date(2026, 12, 1), PromiseState.KEPT),
        (promised(is_kept=False), MONDAY, PromiseState.NOT_KEPT),
    ],
)
def test_a_promise_is_open_until_its_day_has_passed_or_the_user_says_what_became_of_it(
    made: LogEntry, today: date, state: PromiseState
) -> None:
    assert promise_state(made, today) is state


def test_a_promise_is_looked_after_until_the_user_says_that_it_was_kept() -> None:
    made, later = promised(), entry(date(2026, 11, 25))

    assert awaited([made], FRIDAY) == (Awaited(made, FRIDAY, PromiseState.OPEN),)
    assert awaited([made, later], date(2026, 11, 26)) == (Awaited(made, FRIDAY, PromiseState.OVERDUE),)
    assert awaited([promised(is_kept=True)], FRIDAY) == ()
    assert awaited([promised(next_on=None)], FRIDAY) == ()


@pytest.mark.parametrize(
    ("next_on", "contact", "is_left"),
    [
        (FRIDAY, date(2026, 11, 19), True),
        (FRIDAY, FRIDAY, False),
        (FRIDAY, date(2026, 11, 23), False),
        # Without a day of its own, a promise is taken up by any contact that came after it.
        (None, TUESDAY, False),
    ],
)
def test_a_promise_that_was_not_kept_is_looked_after_until_there_was_a_contact_about_it(
    next_on: date | None,
    contact: date,
    is_left: bool,  # noqa: FBT001 - a case of the table
) -> None:
    broken = promised(is_kept=False, next_on=next_on)
    alone = Awaited(broken, next_on or MONDAY, PromiseState.NOT_KEPT)

    assert awaited([broken], TUESDAY) == (alone,)
    assert awaited([broken, entry(contact)], FRIDAY) == ((alone,) if is_left else ())
    assert awaited([entry(date(2026, 11, 2)), broken], TUESDAY) == (alone,)


def test_a_day_to_go_on_is_looked_after_until_a_contact_on_it_or_one_with_a_day_of_its_own() -> None:
    first = entry(next_on=FRIDAY)
    alone = Awaited(first, FRIDAY, PromiseState.NONE)
    on_time, between = entry(FRIDAY), entry(TUESDAY)
    moved = entry(TUESDAY, next_on=date(2026, 11, 27))

    assert awaited([first], date(2026, 12, 24)) == (alone,)
    assert awaited([first, between], FRIDAY) == (alone,)
    assert awaited([first, on_time], FRIDAY) == ()
    assert awaited([first, moved], FRIDAY) == (Awaited(moved, date(2026, 11, 27), PromiseState.NONE),)
    # What came before it takes nothing up, in whichever order they were recorded.
    assert awaited([first, entry(date(2026, 11, 2), next_on=TUESDAY)], FRIDAY)[-1] == alone


def test_what_is_to_be_looked_after_comes_by_its_day_and_only_promises_past_theirs_are_unkept() -> None:
    to_go_on, made = entry(TUESDAY, next_on=date(2026, 11, 25)), promised()
    broken = entry(promise="to call", is_kept=False, next_on=TUESDAY)
    log = [to_go_on, made, broken]

    # The contact of Tuesday took up what was not kept on Tuesday.
    assert [each.entry for each in awaited(log, FRIDAY)] == [made, to_go_on]
    assert [each.entry for each in awaited([made, broken], FRIDAY)] == [broken, made]
    assert [each.entry for each in unkept([made, broken], FRIDAY)] == [broken]
    assert [each.entry for each in unkept([made, broken], date(2026, 11, 21))] == [broken, made]
    assert unkept([to_go_on], date(2026, 12, 1)) == ()


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (
            Awaited(promised(), FRIDAY, PromiseState.OPEN),
            "白条: on 2026-11-16 the lender promised: to answer",
        ),
        (
            Awaited(promised(), FRIDAY, PromiseState.OVERDUE),
            (
                "白条: the lender promised for 2026-11-20: to answer. "
                "Say in the log of contacts whether it was kept."
            ),
        ),
        (
            Awaited(promised(is_kept=False), FRIDAY, PromiseState.NOT_KEPT),
            (
                "白条: the lender did not keep what it promised on 2026-11-16: to answer. "
                "You can ask again, and record what is said."
            ),
        ),
        (
            Awaited(entry(said="send {forms}"), FRIDAY, PromiseState.NONE),
            "白条: you wanted to go on with this on 2026-11-20: send {forms}",
        ),
        (
            Awaited(entry(), FRIDAY, PromiseState.NONE),
            "白条: you wanted to go on with the lender on 2026-11-20",
        ),
    ],
)
def test_what_is_to_be_looked_after_is_told_with_its_days_and_the_words_of_the_user(
    each: Awaited, words: str
) -> None:
    assert str(each.words(NAME)) == words
