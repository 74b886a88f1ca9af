"""The wait after a payment or another step: since when, and when it may be over by each source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.domain.business_days import BusinessCalendar
from planner.domain.derivation import Derivation, Given, Working
from planner.domain.procedures.case import Case, CaseStep, StepState
from planner.domain.procedures.counting import Counted, Moment, Told, calendars, counted, days_counted
from planner.domain.procedures.kinds import StepKind, Unit
from planner.domain.procedures.published import Procedure, Step
from planner.phrases import Phrase

_MINUTES_AN_HOUR = 60
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait as it stands.

    Attributes:
        step: The step that waits.
        began: When it began; None as long as it has not.
        counted: When it may be over, over all sources; None as long as it has not begun.
        is_settled: Whether the user has called it over, or not needed.
        derivation: How that was counted; None as long as it has not begun.
    """

    step: Step
    began: Moment | None
    counted: Counted | None
    is_settled: bool = False
    derivation: Derivation | None = None

    @property
    def earliest(self) -> Moment | None:
        """When it may be over at the earliest; None if that is not known."""
        return self.counted.earliest if self.counted is not None else None

    @property
    def latest(self) -> Moment | None:
        """When it is over at the latest, by the last source; None if that is not known."""
        return self.counted.latest if self.counted is not None else None

    @property
    def is_running(self) -> bool:
        """Whether it has begun, and the user has not called it over."""
        return self.began is not None and not self.is_settled

    def is_over(self, now: datetime) -> bool:
        """Whether the latest that any source names has passed; never if that is not known."""
        return self.latest is not None and is_past(self.latest, now)

    @property
    def window(self) -> Phrase | None:
        """When it may be over, in words; None before it began."""
        found = self.counted
        if found is None:
            return None
        if found.earliest is None and found.latest is None:
            return found.unknown
        if found.latest is None and found.earliest is not None:
            return Phrase(
                "Not before {moment}; the end cannot be worked out. {reason}",
                moment=found.earliest.words,
                reason=found.unknown,
            )
        if found.latest is not None and found.earliest is None:
            return Phrase("By {moment}", moment=found.latest.words)
        if found.earliest == found.latest and found.latest is not None:
            return Phrase("By {moment}", moment=found.latest.words)
        return Phrase(
            "Between {earliest} and {latest}",
            earliest=found.earliest.words if found.earliest is not None else None,
            latest=found.latest.words if found.latest is not None else None,
        )


def wait_of(
    step: Step,
    case: Case,
    procedure: Procedure,
    on_the_way: Sequence[Step],
    kept: Callable[[str], CaseStep],
    calendar: BusinessCalendar,
) -> Wait:
    """A wait as it stands.

    It counts from the end of the step it names, else from the payment, else from the request.

    Args:
        step: The step that waits.
        case: The run it belongs to.
        procedure: Its procedure.
        on_the_way: The steps that the answers lead to.
        kept: How far a step is, as the record has it.
        calendar: The business days of the lender's country.
    """
    is_settled = kept(step.id).state.is_settled
    began = _began(step, case, on_the_way, kept)
    durations = procedure.durations_of(step.duration)
    if began is None:
        return Wait(step, None, None, is_settled)
    found = counted(durations, began, calendar)
    return Wait(step, began, found, is_settled, _derivation(found, began, calendar))


def told_words(told: Told) -> Phrase:
    """When something may be over by one source, which stands beside it."""
    if told.latest is not None:
        return Phrase("By {moment} ({time})", moment=told.latest.words, time=span_words(told))
    if told.unknown is not None:
        return Phrase("{time}. {reason}", time=span_words(told), reason=told.unknown)
    if told.earliest is not None:
        return Phrase("Not before {moment} ({time})", moment=told.earliest.words, time=span_words(told))
    return Phrase("This source names no number.")


def span_words(told: Told) -> Phrase:
    """How long something takes by one source, such as 1 to 3 business days."""
    least, most, unit = told.duration.least, told.duration.most, told.duration.unit
    if most is None and least is None:
        return Phrase("no number is named")
    if most is None:
        return Phrase("at least {time}", time=_AMOUNTS[unit](least or 0))
    if not least:
        return Phrase("up to {time}", time=_AMOUNTS[unit](most))
    if least == most:
        return _AMOUNTS[unit](most)
    return Phrase("{least} to {time}", least=least, time=_AMOUNTS[unit](most))


def left_words(moment: Moment, now: datetime) -> Phrase:
    """How long it is until a moment; whole minutes where it has a time, else days.

    Args:
        moment: The moment.
        now: The local time.
    """
    if is_past(moment, now):
        return Phrase("that has passed")
    days = (moment.on - now.date()).days
    if moment.at is None or days > 1:
        if not days:
            return Phrase("today")
        return Phrase.counted("in {count} day", "in {count} days", days)
    # A begun minute counts, so that nothing is over before its time.
    minutes = -((now - moment.first) // _A_MINUTE)
    hours, rest = divmod(minutes, _MINUTES_AN_HOUR)
    if not hours:
        return Phrase.counted("in {count} minute", "in {count} minutes", rest)
    return Phrase("in {hours} h {minutes} min", hours=hours, minutes=rest)


def remaining(wait: Wait, now: datetime) -> Phrase | None:
    """How long a running wait may still be; None if it does not run, or nothing is known of its end.

    Args:
        wait: The wait.
        now: The local time.
    """
    if not wait.is_running:
        return None
    earliest, latest = wait.earliest, wait.latest
    if latest is not None and is_past(latest, now):
        return Phrase("The latest time has passed. See in the app, and ask the lender if it is not done.")
    may_be_over = earliest is None or is_past(earliest, now)
    if latest is None:
        return (
            None
            if may_be_over or earliest is None
            else Phrase("At the earliest {when}.", when=left_words(earliest, now))
        )
    if may_be_over or earliest is None:
        return Phrase("It may be over at any time; at the latest {when}.", when=left_words(latest, now))
    return Phrase(
        "At the earliest {earliest}, at the latest {latest}.",
        earliest=left_words(earliest, now),
        latest=left_words(latest, now),
    )


def is_past(moment: Moment, now: datetime) -> bool:
    """Whether a moment is over: what has only a day is over once the day is."""
    return now >= moment.first if moment.at is not None else now.date() > moment.on


_AMOUNTS: dict[Unit, Callable[[int], Phrase]] = {
    Unit.HOURS: lambda count: Phrase.counted("{count} hour", "{count} hours", count),
    Unit.DAYS: lambda count: Phrase.counted("{count} day", "{count} days", count),
    Unit.BUSINESS_DAYS: lambda count: Phrase.counted("{count} business day", "{count} business days", count),
    Unit.MONTHS: lambda count: Phrase.counted("{count} month", "{count} months", count),
    Unit.YEARS: lambda count: Phrase.counted("{count} year", "{count} years", count),
}


def _began(
    step: Step, case: Case, on_the_way: Sequence[Step], kept: Callable[[str], CaseStep]
) -> Moment | None:
    pays = next((each.id for each in on_the_way if each.kind is StepKind.PAY), "")
    named = step.after or pays
    if named:
        done = kept(named)
        if done.state is not StepState.DONE or done.done_on is None:
            return None
        return Moment(done.done_on, done.done_at)
    return Moment(case.submitted_on, case.submitted_at) if case.submitted_on is not None else None


def _derivation(found: Counted, began: Moment, calendar: BusinessCalendar) -> Derivation:
    given = [Given(Phrase("The wait began"), began.words), *found.given]
    workings: list[Working] = []
    if found.uses_calendar:
        last = found.business_until(began.on)
        given += calendars(calendar, began.on, last)
        workings += days_counted(calendar, began.on, last)
    for each in found.told:
        if each.latest is not None:
            name = Phrase(each.duration.source.name)
            workings.append(Working(Phrase("By {source}", source=name), each.latest.words))
    if found.unknown is not None:
        workings.append(Working(found.unknown))
    rule = Phrase(
        "Hours count from the time of the payment or step, as the clock shows it; days, business days, "
        "months and years count from the day after"
    )
    return Derivation(rule, tuple(given), tuple(workings))
