from dataclasses import replace
from datetime import date, datetime, time

import pytest

from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.procedures.case import Case, CaseStep, StepState
from planner.domain.procedures.counting import Moment, counted, moment_after
from planner.domain.procedures.kinds import StepKind, Unit
from planner.domain.procedures.published import Duration, Procedure, Step
from planner.domain.procedures.verification import verification
from planner.domain.procedures.waiting import Wait, is_past, left_words, span_words, told_words, wait_of
from planner.domain.sourced import Source

PAID = date(2026, 11, 22)  # a Sunday
SAID, OTHER = Source("an article"), Source("another page")
CALENDAR = BusinessCalendar(
    "CN", {2026: CalendarYear(frozenset({date(2026, 11, 24)}), frozenset(), "notice")}
)
HOURS = Duration("free", "Unfreezing", 0, 2, Unit.HOURS, SAID)
DAYS = Duration("free", "Unfreezing", 1, 3, Unit.BUSINESS_DAYS, OTHER)
PAY = Step("pay", "Pay", "…", StepKind.PAY, SAID)
WAIT = Step("wait", "Wait", "…", StepKind.WAIT, SAID, duration="free")
UNFREEZE = Procedure(
    "unfreeze", 1, "Unfreeze", "Free", (), (), (PAY, WAIT), (), (), (), (HOURS, DAYS), "CN", PAID
)
CASE = Case("unfreeze", 1, "account", PAID)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def waiting(procedure: Procedure = UNFREEZE, step: Step = WAIT, case: Case = CASE, **kept: CaseStep) -> Wait:
    def kept_of(step_id: str) -> CaseStep:
        return kept.get(step_id, CaseStep(step_id))

    return wait_of(step, case, procedure, procedure.steps, kept_of, CALENDAR)


def paid(at: time | None = time(14, 30), on: date = PAID) -> CaseStep:
    return CaseStep("pay", StepState.DONE, done_on=on, done_at=at)


# --- counting


@pytest.mark.parametrize(
    ("start", "count", "unit", "over"),
    [
        (Moment(PAID, time(14, 30)), 2, Unit.HOURS, Moment(PAID, time(16, 30))),
        (Moment(PAID, time(22, 1)), 2, Unit.HOURS, Moment(date(2026, 11, 23), time(0, 1))),
        (Moment(PAID, time(14, 30)), 0, Unit.HOURS, Moment(PAID, time(14, 30))),
        # The night in which clocks go back: the time on the wall is what is meant.
        (Moment(date(2026, 10, 25), time(1, 30)), 2, Unit.HOURS, Moment(date(2026, 10, 25), time(3, 30))),
        (Moment(PAID, time(14, 30)), 2, Unit.DAYS, Moment(date(2026, 11, 24))),
        # Tuesday the 24th is a holiday.
        (Moment(PAID, time(14, 30)), 3, Unit.BUSINESS_DAYS, Moment(date(2026, 11, 26))),
        (Moment(date(2026, 1, 31)), 1, Unit.MONTHS, Moment(date(2026, 2, 28))),
        (Moment(date(2026, 11, 30)), 3, Unit.MONTHS, Moment(date(2027, 2, 28))),
        (Moment(date(2028, 2, 29)), 5, Unit.YEARS, Moment(date(2033, 2, 28))),
    ],
)
def test_hours_count_from_the_minute_and_everything_longer_from_the_day(
    start: Moment, count: int, unit: Unit, over: Moment
) -> None:
    assert moment_after(start, count, unit, CALENDAR, is_latest=True) == over
    assert moment_after(start, count, unit, CALENDAR, is_latest=False) == over


@pytest.mark.parametrize(
    ("count", "earliest", "latest"),
    [(0, PAID, PAID), (2, PAID, date(2026, 11, 23)), (24, date(2026, 11, 23), date(2026, 11, 23))],
)
def test_without_a_time_hours_count_from_the_first_minute_of_the_day_and_from_its_last(
    count: int, earliest: date, latest: date
) -> None:
    assert moment_after(Moment(PAID), count, Unit.HOURS, CALENDAR, is_latest=False) == Moment(earliest)
    assert moment_after(Moment(PAID), count, Unit.HOURS, CALENDAR, is_latest=True) == Moment(latest)


def test_the_last_day_of_another_source_needs_no_calendar_of_its_year() -> None:
    months = replace(DAYS, least=None, most=3, unit=Unit.MONTHS)
    procedure = replace(UNFREEZE, durations=(DAYS, months))

    found = waiting(procedure, pay=paid())

    assert found.latest == Moment(date(2027, 2, 22))
    assert found.derivation is not None
    # Monday, the holiday, Wednesday, Thursday: no day after the third business day is looked at.
    assert [each.result for each in found.derivation.workings[:-2]] == [
        date(2026, 11, day) for day in (23, 24, 25, 26)
    ]


def test_a_verification_in_hours_or_months_is_counted_too() -> None:
    verify = replace(WAIT, kind=StepKind.VERIFY)
    days = {Unit.HOURS: date(2026, 11, 23), Unit.MONTHS: date(2027, 1, 22), Unit.YEARS: date(2028, 11, 22)}

    for unit, latest in days.items():
        review = replace(HOURS, most=2, unit=unit)
        found = verification(replace(UNFREEZE, steps=(verify,), durations=(review,)), PAID, CALENDAR)
        assert found is not None
        assert (found.earliest, found.latest) == (PAID, latest)


# --- the wait


@pytest.mark.row("C111")
def test_the_wait_lies_between_the_first_hour_of_one_source_and_the_last_day_of_another() -> None:
    found = waiting(pay=paid())

    assert found.began == Moment(PAID, time(14, 30))
    assert (found.earliest, found.latest) == (Moment(PAID, time(14, 30)), Moment(date(2026, 11, 26)))
    assert found.counted is not None
    assert [str(told_words(each)) for each in found.counted.told] == [
        "By 2026-11-22, 16:30 (up to 2 hours)",
        "By 2026-11-26 (1 to 3 business days)",
    ]
    assert str(found.window) == "Between 2026-11-22, 14:30 and 2026-11-26"
    assert found.derivation is not None
    assert [each.source for each in found.derivation.given if each.source in {SAID, OTHER}] == [
        SAID,
        SAID,
        OTHER,
        OTHER,
    ]


@pytest.mark.row("C112")
def test_the_wait_does_not_begin_before_the_payment_is_done() -> None:
    for kept in (CaseStep("pay"), replace(paid(), state=StepState.IN_PROGRESS)):
        found = waiting(pay=kept)
        assert (found.began, found.latest, found.window, found.is_running) == (None, None, None, False)


def test_a_wait_may_count_from_another_step_or_without_a_payment_from_the_request() -> None:
    sent = CaseStep("send", StepState.DONE, done_on=date(2026, 11, 20))
    after = replace(WAIT, after="send")
    assert waiting(step=after, send=sent, pay=paid()).began == Moment(date(2026, 11, 20))

    asked = replace(CASE, submitted_on=PAID, answers={"request_time": "09:15"})
    assert waiting(replace(UNFREEZE, steps=(WAIT,)), case=asked).began == Moment(PAID, time(9, 15))
    assert waiting(case=asked).began is None  # there is a payment to wait for


@pytest.mark.parametrize(
    ("now", "is_over"),
    [
        (at("2026-11-22 16:29"), False),
        (at("2026-11-22 16:30"), True),
        (at("2026-11-23 00:00"), True),
    ],
)
def test_hours_are_over_at_their_minute(now: datetime, *, is_over: bool) -> None:
    assert waiting(replace(UNFREEZE, durations=(HOURS,)), pay=paid()).is_over(now) is is_over


def test_days_are_over_once_the_last_of_them_is() -> None:
    found = waiting(pay=paid())
    assert not found.is_over(at("2026-11-26 23:59"))
    assert found.is_over(at("2026-11-27 00:00"))


def test_a_wait_without_a_number_or_calendar_is_never_over_and_says_why() -> None:
    nothing = replace(HOURS, least=None, most=None)
    unknown = waiting(replace(UNFREEZE, durations=(nothing,)), pay=paid())
    assert str(unknown.window) == "None of the sources says how long it takes."
    assert not unknown.is_over(at("2036-01-01 00:00"))

    late = waiting(pay=paid(on=date(2026, 12, 30)))
    assert late.earliest == Moment(date(2026, 12, 30), time(14, 30))
    assert late.latest is None
    assert str(late.window) == (
        "Not before 2026-12-30, 14:30; the end cannot be worked out. "
        "The holiday calendar for 2027 has not been published."
    )
    assert late.counted is not None
    assert str(told_words(late.counted.told[1])) == (
        "1 to 3 business days. The holiday calendar for 2027 has not been published."
    )

    least = replace(HOURS, least=5, most=None, unit=Unit.DAYS)
    only_least = waiting(replace(UNFREEZE, durations=(least,)), pay=paid())
    assert str(only_least.window) == (
        "Not before 2026-11-27; the end cannot be worked out. None of the sources names a last day."
    )
    only_most = waiting(replace(UNFREEZE, durations=(replace(DAYS, least=None),)), pay=paid())
    assert str(only_most.window) == "By 2026-11-26"


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(0, 2, "up to 2 days"), (1, 1, "1 day"), (1, 3, "1 to 3 days"), (5, None, "at least 5 days")],
)
def test_a_duration_is_said_in_a_few_words(least: int | None, most: int | None, words: str) -> None:
    found = counted((replace(HOURS, least=least, most=most, unit=Unit.DAYS),), Moment(PAID), CALENDAR)
    assert str(span_words(found.told[0])) == words


@pytest.mark.parametrize(
    ("moment", "now", "words"),
    [
        (Moment(PAID, time(16, 30)), at("2026-11-22 14:30"), "in 2 h 0 min"),
        (Moment(PAID, time(16, 30)), at("2026-11-22 15:30:30"), "in 1 h 0 min"),
        (Moment(PAID, time(16, 30)), at("2026-11-22 16:29:01"), "in 1 minute"),
        (Moment(PAID, time(16, 30)), at("2026-11-22 16:30"), "that has passed"),
        (Moment(PAID, time(0, 30)), at("2026-11-21 23:50"), "in 40 minutes"),
        (Moment(PAID), at("2026-11-22 23:59"), "today"),
        (Moment(PAID), at("2026-11-21 00:00"), "in 1 day"),
        (Moment(date(2026, 11, 26), time(9, 0)), at("2026-11-22 14:30"), "in 4 days"),
    ],
)
def test_how_long_it_is_until_a_moment(moment: Moment, now: datetime, words: str) -> None:
    assert str(left_words(moment, now)) == words
    assert is_past(moment, now) == (words == "that has passed")
