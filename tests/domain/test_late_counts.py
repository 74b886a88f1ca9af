from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.bill import LineKind
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.late.counts import LateCounts, LateTime, late_counts, together
from planner.domain.money import Money
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def due(due_on: date | None, *paid: tuple[date, str] | tuple[date, str, bool], **more: Any) -> Due:
    """A bill of 100.00 and what was paid on it, and whether it came back from a seller."""
    parts = tuple(
        Allocation(str(number), part[0], yuan(part[1]), is_refund=len(part) > 2)
        for number, part in enumerate(paid)
    )
    usual: dict[str, Any] = {"kind": DueKind.BILL, "id": str(due_on), "account_id": "a", "paid": parts}
    usual |= {"label": Phrase("Bill of {date}", date=due_on), "parts": {LineKind.PURCHASE: yuan("100.00")}}
    return Due(due_on=due_on, **{**usual, **more})


def day(month: int, number: int = 10, year: int = 2026) -> date:
    return date(year, month, number)


def counts(*dues: Due, on: date = TODAY, grace: int = 0) -> tuple[int, int, int]:
    found = late_counts(dues, on, grace)
    return found.in_all, found.in_row, found.longest_row


@pytest.mark.row("C103")
def test_what_was_paid_in_time_is_never_late() -> None:
    found = late_counts([due(day(10), (day(10), "100.00")), due(day(9), (day(9, 1), "100.00"))], TODAY)

    assert found == LateCounts()
    assert found.in_time == 2
    assert (found.longest_days, found.open_now) == (0, 0)


@pytest.mark.row("C103")
def test_in_time_is_what_was_paid_by_its_last_day_and_nothing_else() -> None:
    def in_time(*parts: tuple[date, str] | tuple[date, str, bool], on: date = TODAY, grace: int = 0) -> int:
        return late_counts([due(day(10), *parts, minimum=yuan("60.00"))], on, grace).in_time

    assert in_time((day(10), "60.00")) == 1
    assert in_time((day(10), "59.99")) == 0
    assert in_time((day(10, 11), "60.00")) == 0
    assert in_time((day(10, 11), "60.00"), grace=1) == 1
    assert in_time((day(10), "60.00"), on=day(10)) == 0  # its day is not over
    assert in_time((day(10), "60.00"), on=day(10, 11)) == 1
    assert in_time((day(9), "100.00", True)) == 0  # a refund, not a payment
    both = [late_counts([due(day(month), (day(month), "100.00"))], TODAY) for month in (8, 9)]
    assert together(both).in_time == 2
    assert late_counts([], TODAY).in_time_words is None
    assert str(both[0].in_time_words) == "1 payment in time"
    assert str(together(both).in_time_words) == "2 payments in time"


def test_what_was_paid_a_day_late_was_late_once_for_a_day() -> None:
    found = late_counts([due(day(10), (day(10, 11), "100.00"))], TODAY)

    time = LateTime(Phrase("Bill of {date}", date=day(10)), day(10), 1, is_open=False)
    assert found == LateCounts((time,), 1, 1, 1)
    assert found.longest_days == 1
    assert found.open_now == 0


def test_what_is_open_is_late_until_now() -> None:
    found = late_counts([due(day(11))], TODAY)

    assert [(time.days, time.is_open) for time in found.times] == [(12, True)]
    assert found.open_now == 1
    assert counts(due(day(11, 22))) == (0, 0, 0)
    assert counts(due(day(11, 21))) == (1, 1, 1)


def test_paying_in_parts_is_late_until_the_minimum_is_reached() -> None:
    parts = ((day(10, 5), "30.00"), (day(10, 15), "30.00"), (day(10, 20), "40.00"))

    assert [time.days for time in late_counts([due(day(10), *parts)], TODAY).times] == [10]
    with_minimum = due(day(10), *parts, minimum=yuan("60.00"))
    assert [time.days for time in late_counts([with_minimum], TODAY).times] == [5]
    assert counts(due(day(10), *parts, minimum=yuan("30.00"))) == (0, 0, 0)
    assert counts(due(day(10), minimum=yuan("0"))) == (0, 0, 0)


def test_a_refund_counts_towards_all_of_it_but_not_towards_the_minimum() -> None:
    assert counts(due(day(10), (day(10, 5), "100.00", True))) == (0, 0, 0)
    part = due(day(10), (day(10, 5), "50.00", True), minimum=yuan("40.00"))
    assert counts(part) == (2, 2, 2)  # open on 10 November too


def test_the_days_of_grace_are_in_time() -> None:
    paid_late = due(day(10), (day(10, 13), "100.00"))

    assert counts(paid_late, grace=3) == (0, 0, 0)
    assert counts(paid_late, grace=2) == (1, 1, 1)
    assert [time.days for time in late_counts([paid_late], TODAY, 2).times] == [3]
    assert counts(due(day(11, 19)), grace=3) == (0, 0, 0)
    assert counts(due(day(11, 18)), grace=3) == (1, 1, 1)


def test_what_was_paid_after_the_day_that_is_asked_about_is_not_known_yet() -> None:
    found = late_counts([due(day(10), (day(11), "100.00"))], day(10, 25))

    assert [(time.days, time.is_open) for time in found.times] == [(15, True)]
    assert [
        time.days for time in late_counts([due(day(10), (day(10, 25), "100.00"))], day(10, 25)).times
    ] == [15]
    paid_that_day = late_counts([due(day(10), (day(10, 25), "100.00"))], day(10, 25))
    assert [time.is_open for time in paid_that_day.times] == [False]
    # What is due today says nothing yet, and ends no row.
    late, today = due(day(10), (day(10, 12), "100.00")), due(day(11, 22))
    assert counts(late, today) == (1, 1, 1)


def test_months_are_counted_in_all_in_a_row_now_and_at_most() -> None:
    late = [due(day(month), (day(month, 20), "100.00")) for month in (1, 2, 3, 5, 8, 9)]
    in_time = [due(day(month), (day(month), "100.00")) for month in (4, 6, 7)]

    assert counts(*late, *in_time) == (6, 2, 3)
    assert counts(*late, *in_time, due(day(10), (day(10), "100.00"))) == (6, 0, 3)
    assert counts(*late[:3]) == (3, 3, 3)
    assert counts(*late[:4]) == (4, 4, 4)  # nothing was due in April
    assert counts() == (0, 0, 0)


@pytest.mark.row("C051")
def test_three_in_a_row_and_six_in_all_are_noticed() -> None:
    def seen(*months: int) -> tuple[bool, bool]:
        dues = [
            due(day(month), (day(month, 20 if month in months else 1), "100.00")) for month in range(1, 12)
        ]
        found = late_counts(dues, TODAY)
        return found.reaches_three_in_a_row, found.reaches_six_in_all

    assert seen(1, 2) == (False, False)
    assert seen(1, 2, 3) == (True, False)
    assert seen(1, 2, 4, 5, 7) == (False, False)
    assert seen(1, 2, 4, 5, 7, 8) == (False, True)


def test_a_bill_that_stays_unpaid_counts_in_each_month_it_is_still_open() -> None:
    paid_on = day(10, 10)

    assert counts(due(day(9), (paid_on, "100.00"))) == (1, 1, 1)  # on the day itself, so not missed again
    assert counts(due(day(9), (paid_on + timedelta(days=1), "100.00"))) == (2, 2, 2)
    assert counts(due(day(8, 31)), on=day(11, 1)) == (3, 3, 3)  # 31 August, 30 September, 31 October
    assert counts(due(day(8, 31)), on=day(10, 31)) == (2, 2, 2)
    assert counts(due(day(11, 10, 2025)), on=day(2, 11, 2026)) == (4, 4, 4)


def test_a_month_counts_once_whatever_was_late_in_it() -> None:
    two = [due(day(10), (day(10, 20), "100.00")), due(day(10, 5), (day(10, 5), "100.00"))]

    assert counts(*two) == (1, 1, 1)
    assert counts(*reversed(two)) == (1, 1, 1)
    assert counts(due(day(8)), due(day(9), (day(9), "100.00")), due(day(10), (day(10), "100.00")))[0] == 4


def test_a_rest_that_a_newer_bill_carries_is_late_with_that_bill_from_then_on() -> None:
    carried = due(day(9), closed_on=day(10, 1))
    found = late_counts([carried, due(day(10), (day(10, 12), "100.00"))], TODAY)

    assert [(time.due_on, time.days, time.is_open) for time in found.times] == [
        (day(9), 21, False),
        (day(10), 2, False),
    ]
    assert (found.in_all, found.in_row) == (2, 2)
    before = late_counts([carried], day(9, 20))
    assert [(time.days, time.is_open) for time in before.times] == [(10, True)]
    paid_before = due(day(9), (day(9, 15), "100.00"), closed_on=day(10, 1))
    assert [time.days for time in late_counts([paid_before], TODAY).times] == [5]
    paid_after = due(day(9), (day(10, 2), "100.00"), closed_on=day(10, 1))
    assert [time.days for time in late_counts([paid_after], TODAY).times] == [21]
    paid_that_day = due(day(9), (day(10, 1), "100.00"), closed_on=day(10, 1))
    assert [time.days for time in late_counts([paid_that_day], TODAY).times] == [21]
    assert late_counts([carried], day(10, 1)).times[0].is_open is False


def test_only_what_a_lender_set_a_date_for_counts() -> None:
    assert counts(due(day(10), kind=DueKind.CHARGE)) == (0, 0, 0)
    assert counts(due(day(10), kind=DueKind.ADJUSTMENT)) == (0, 0, 0)
    assert counts(due(None)) == (0, 0, 0)
    assert counts(due(day(10), projected=True, kind=DueKind.PURCHASE)) == (0, 0, 0)
    assert counts(due(day(10), kind=DueKind.PURCHASE)) == (2, 2, 2)
    assert counts(due(day(10), kind=DueKind.INSTALMENT)) == (2, 2, 2)


def test_dues_may_come_in_any_order() -> None:
    dues = [due(day(10), (day(10), "100.00")), due(day(8), (day(8, 9), "100.00")), due(day(9))]

    found = late_counts(dues, day(10, 5))
    assert [time.due_on for time in found.times] == [day(9)]


@pytest.mark.row("C051")
def test_several_accounts_together_add_their_months_and_keep_the_longest_row() -> None:
    first = late_counts([due(day(9), (day(9, 20), "100.00")), due(day(10), (day(10, 12), "100.00"))], TODAY)
    second = late_counts([due(day(8), (day(8, 9), "100.00")), due(day(11))], TODAY)
    third = late_counts([due(day(6))], day(9, 15))
    total = together([first, second, third])

    assert (total.in_all, total.in_row, total.longest_row) == (2 + 1 + 4, 4, 4)
    assert [time.due_on for time in total.times] == [day(6), day(9), day(10), day(11)]
    assert total.longest_days == 97
    assert total.open_now == 2
    assert together([]) == LateCounts()


@pytest.mark.row("C051", "C103")
def test_the_counts_are_told_in_a_calm_sentence_with_what_many_lenders_look_at() -> None:
    assert str(LateCounts().words) == "No payment was ever late, by what is recorded."
    assert LateCounts().notes == ()
    once = late_counts([due(day(10), (day(10, 11), "100.00"))], TODAY)
    assert str(once.words) == "1 late month in all, 1 in a row now, 1 at most; the longest delay: 1 day"
    often = [due(day(month), (day(month, 12), "100.00")) for month in (1, 2, 3, 5, 6, 8)]
    in_time = [due(day(month), (day(month), "100.00")) for month in (4, 7, 9)]
    found = late_counts([*often, *in_time], TODAY)
    assert str(found.words) == "6 late months in all, 0 in a row now, 3 at most; the longest delay: 2 days"
    assert [str(note) for note in found.notes] == [
        "Many lenders look at 3 late months in a row or more.",
        "Many lenders look at 6 late months in all or more.",
    ]


def test_the_counts_tell_which_dues_they_were_made_of() -> None:
    dues = [due(day(9), (day(9, 11), "100.00")), due(day(10), (day(10, 15), "100.00"))]
    made = late_counts(dues, TODAY).words.values["in_row"]

    assert made.value == 2
    given = [(str(each.label), str(each.value)) for each in made.derivation.given]
    assert given == [
        ("Bill of 2026-09-10, due on 2026-09-10", "1 day late"),
        ("Bill of 2026-10-10, due on 2026-10-10", "5 days late"),
    ]
    steps = [(str(step.text), step.result) for step in made.derivation.workings]
    assert steps == [("Late months in all", 2), ("In a row now", 2), ("Most in a row", 2)]
    assert "does not end a row" in str(made.derivation.rule)
