from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.cash.editing import ended_before, is_first, with_all, with_later, with_said
from planner.domain.cash.flow import CashFlow, Happened, Occurrence
from planner.domain.cash.occurrences import times_of
from planner.domain.cash.recurrence import Recurrence, Unit
from tests.domain.cash_cases import cny, flow

MONTH_END = Recurrence(date(2026, 8, 31))
CONFIRMED = Occurrence(date(2026, 9, 30), Happened.CONFIRMED, date(2026, 9, 29), cny("99"))
SKIPPED = Occurrence(date(2026, 10, 31), Happened.SKIPPED)
MOVED = Occurrence(date(2026, 12, 31), amount=cny("120"))
SALARY = flow("100", MONTH_END, occurrences=(CONFIRMED, SKIPPED, MOVED))


def told(one: CashFlow, until: date = date(2027, 1, 31)) -> list[str]:
    return [
        f"{time.on} {time.amount.decimal} {time.state.value}"
        for time in times_of(one, None, date(2026, 1, 1), until)
    ]


def test_a_word_about_a_time_takes_the_place_of_the_one_before_in_the_order_of_the_rule() -> None:
    again = with_said(SALARY, replace(SKIPPED, state=Happened.EXPECTED, amount=cny("7")))
    first = with_said(again, Occurrence(date(2026, 8, 31), Happened.SKIPPED))

    assert [each.by_rule.month for each in first.occurrences] == [8, 9, 10, 12]
    assert first.said_of(date(2026, 10, 31)).amount == cny("7")


def test_a_time_that_is_put_back_needs_no_word() -> None:
    back = with_said(SALARY, Occurrence(SKIPPED.by_rule))

    assert back.occurrences == (CONFIRMED, MOVED)
    kept = with_said(back, Occurrence(SKIPPED.by_rule, on=date(2026, 11, 2)))
    assert len(kept.occurrences) == 3


def test_changing_all_keeps_what_was_said_about_the_times_of_each_month() -> None:
    on_the_15th = replace(SALARY, amount=cny("200"), recurrence=Recurrence(date(2026, 8, 15)), occurrences=())

    changed = with_all(SALARY, on_the_15th)

    assert told(changed) == [
        "2026-08-15 200.00 expected",
        "2026-09-29 99.00 confirmed",
        "2026-10-15 200.00 skipped",
        "2026-11-15 200.00 expected",
        "2026-12-15 120.00 expected",
        "2027-01-15 200.00 expected",
    ]


def test_changing_all_to_a_rule_without_such_times_keeps_only_what_has_happened() -> None:
    later = replace(SALARY, recurrence=Recurrence(date(2027, 1, 31)))

    changed = with_all(SALARY, later)

    assert changed.occurrences == (CONFIRMED,)
    assert told(changed) == ["2026-09-29 99.00 confirmed", "2027-01-31 100.00 expected"]


def test_of_two_words_for_one_new_time_the_exact_one_wins_and_what_has_happened_stays() -> None:
    weekly = flow(
        "10",
        Recurrence(date(2026, 9, 2), Unit.WEEK),
        occurrences=(
            Occurrence(date(2026, 9, 2), Happened.CONFIRMED, date(2026, 9, 2), cny("11")),
            Occurrence(date(2026, 9, 9), Happened.SKIPPED),
            Occurrence(date(2026, 9, 16), Happened.SKIPPED),
        ),
    )

    changed = with_all(weekly, replace(weekly, recurrence=Recurrence(date(2026, 9, 9))))

    assert [(each.by_rule.day, each.state.value) for each in changed.occurrences] == [
        (2, "confirmed"),
        (9, "skipped"),
    ]


def test_changing_this_and_later_leaves_the_times_before_as_they_were() -> None:
    raised = replace(SALARY, amount=cny("150"))

    earlier, later = with_later(SALARY, raised, date(2026, 11, 30))

    assert later is not None
    assert later.id != SALARY.id == earlier.id
    assert told(earlier) == [
        "2026-08-31 100.00 expected",
        "2026-09-29 99.00 confirmed",
        "2026-10-31 100.00 skipped",
    ]
    assert told(later, date(2027, 3, 31)) == [
        "2026-11-30 150.00 expected",
        "2026-12-31 120.00 expected",
        "2027-01-31 150.00 expected",
        "2027-02-28 150.00 expected",
        "2027-03-31 150.00 expected",
    ]
    assert earlier.occurrences == (CONFIRMED, SKIPPED)
    assert {each.id for each in later.occurrences}.isdisjoint({MOVED.id})


def test_another_day_from_one_month_on_takes_the_place_of_that_months_time() -> None:
    on_the_15th = replace(SALARY, recurrence=Recurrence(date(2026, 8, 15)))

    earlier, later = with_later(SALARY, on_the_15th, date(2026, 11, 30))

    assert later is not None
    assert told(earlier)[-1] == "2026-10-31 100.00 skipped"
    assert told(later) == [
        "2026-11-15 100.00 expected",
        "2026-12-15 120.00 expected",
        "2027-01-15 100.00 expected",
    ]


def test_a_rule_that_counts_otherwise_begins_with_its_first_time_from_then_on() -> None:
    weekly = replace(SALARY, recurrence=Recurrence(date(2026, 8, 3), Unit.WEEK, 2))

    _earlier, later = with_later(SALARY, weekly, date(2026, 11, 30))

    assert later is not None
    # Every second Monday from 3 August: 23 November, then 7 December.
    assert told(later, date(2026, 12, 31))[:2] == ["2026-12-07 100.00 expected", "2026-12-21 100.00 expected"]


def test_a_rule_that_is_said_to_begin_later_begins_when_it_is_said() -> None:
    later_on = replace(SALARY, recurrence=Recurrence(date(2027, 1, 5)))

    _earlier, later = with_later(SALARY, later_on, date(2026, 11, 30))

    assert later is not None
    assert told(later) == ["2027-01-05 100.00 expected"]


def test_a_rule_that_has_ended_by_then_leaves_no_later_half() -> None:
    ended = replace(SALARY, recurrence=replace(MONTH_END, until=date(2026, 9, 30)))

    earlier, later = with_later(SALARY, ended, date(2026, 11, 30))

    assert later is None
    assert earlier.recurrence.until == date(2026, 11, 29)


def test_what_is_ended_before_a_time_keeps_what_was_said_until_then() -> None:
    ended = ended_before(SALARY, date(2026, 10, 31))

    assert told(ended) == ["2026-08-31 100.00 expected", "2026-09-29 99.00 confirmed"]
    assert ended.occurrences == (CONFIRMED,)


def test_the_first_time_is_the_one_with_nothing_before_it() -> None:
    assert is_first(SALARY, date(2026, 8, 31))
    assert not is_first(SALARY, date(2026, 9, 30))
    orphan = replace(CONFIRMED, by_rule=date(2026, 7, 15))
    assert not is_first(replace(SALARY, occurrences=(orphan,)), date(2026, 8, 31))
