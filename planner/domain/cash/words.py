"""Cash in words: what an income or an expense is for, when it comes, and how a movement was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.cash.account import Balance
from planner.domain.cash.flow import CashFlow, Category, Direction
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.dates import Shift
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.recorded import as_recorded
from planner.phrases import N_, Phrase

if TYPE_CHECKING:
    from planner.domain.cash.line import Line
    from planner.domain.cash.occurrences import Time

LAST_DAY = 31
"""The day of the month that stands for its last one, however long it is."""

CATEGORY_WORDS: Mapping[Category, str] = {
    Category.SALARY: N_("Salary"),
    Category.BENEFIT: N_("Benefit or pension"),
    Category.OTHER_INCOME: N_("Other income"),
    Category.HOUSING: N_("Housing"),
    Category.ENERGY: N_("Electricity, heating, water"),
    Category.FOOD: N_("Food"),
    Category.HEALTH: N_("Health"),
    Category.TRANSPORT: N_("Getting about"),
    Category.FAMILY: N_("Family"),
    Category.INSURANCE: N_("Insurance"),
    Category.COMMUNICATION: N_("Telephone and internet"),
    Category.TAX: N_("Taxes"),
    Category.OTHER: N_("Other expense"),
}

_RULES: Mapping[MovementKind, Phrase] = {
    MovementKind.INCOME: Phrase("An income comes in on its day, with the amount that was recorded."),
    MovementKind.EXPENSE: Phrase("An expense goes out on its day, with the amount that was recorded."),
    MovementKind.PAYMENT: Phrase("A payment goes out on the day on which it was recorded."),
    MovementKind.DUE: Phrase("What is still to pay of a due goes out on its due date."),
    MovementKind.OVERDUE: Phrase("What is late is carried into the forecast and goes out at once."),
    MovementKind.PLANNED: Phrase("A payment of the adopted plan goes out on its planned day."),
}


def when_words(recurrence: Recurrence) -> Phrase:
    """When something comes, such as “every month on the last working day”."""
    if recurrence.unit is Unit.ONCE:
        return _moved(Phrase("once on {date}", date=recurrence.first_on), recurrence.shift)
    if recurrence.unit is Unit.WEEK:
        weekly = _every(
            recurrence.every, Phrase("every week"), Phrase("every {count} weeks", count=recurrence.every)
        )
        found = _moved(weekly, recurrence.shift)
    else:
        found = _by_month(recurrence)
    if recurrence.until is not None:
        found = Phrase("{when}, until {date}", when=found, date=recurrence.until)
    return found


def _by_month(recurrence: Recurrence) -> Phrase:
    every, day = recurrence.every, recurrence.day or recurrence.first_on.day
    if day == 1:
        on_first = _every(
            every,
            Phrase("every month on the first"),
            Phrase("every {count} months on the first", count=every),
        )
        return _moved(on_first, recurrence.shift)
    if day < LAST_DAY:
        on_day = _every(
            every,
            Phrase("every month on day {day}", day=day),
            Phrase("every {count} months on day {day}", count=every, day=day),
        )
        return _moved(on_day, recurrence.shift)
    if recurrence.shift is Shift.PREVIOUS:
        return _every(
            every,
            Phrase("every month on the last working day"),
            Phrase("every {count} months on the last working day", count=every),
        )
    last = _every(
        every,
        Phrase("every month on the last day"),
        Phrase("every {count} months on the last day", count=every),
    )
    return _moved(last, recurrence.shift)


def _every(every: int, one: Phrase, several: Phrase) -> Phrase:
    """Texts of their own: a language without plurals still says “every month”, not “every 1 month”."""
    return one if every == 1 else several


def _moved(when: Phrase, shift: Shift) -> Phrase:
    """The same with what becomes of a day on which nobody works."""
    match shift:
        case Shift.PREVIOUS:
            return Phrase("{when}, or the working day before", when=when)
        case Shift.NEXT:
            return Phrase("{when}, or the working day after", when=when)
        case Shift.NONE:
            return when


def made_movement(movement: Movement) -> Derived[Money]:
    """How much a movement brings or takes, and how that was made."""
    day = Given(Phrase("Day"), movement.on)
    return Derived(
        movement.amount,
        Derivation(_RULES[movement.kind], (Given(movement.label, movement.amount), day)),
    )


def made_seen(balance: Balance) -> Derived[Money]:
    """What was seen on a cash account."""
    return as_recorded(Phrase("Balance that you saw on {date}", date=balance.on), balance.amount)


def against_forecast(line: Line, seen: Money, on: date) -> Phrase | None:
    """How a balance that is seen stands to what the forecast says of the same day.

    Args:
        line: The forecast of the account.
        seen: What is there.
        on: On the evening of which day.

    Returns:
        The comparison in words; None for a day outside the forecast.
    """
    if seen.currency != line.currency or not line.start_on <= on <= line.until:
        return None
    # Whether what is still open today was paid already, a balance of today does not tell.
    expected = line.now if on == line.start_on else line.made(on)
    if seen == expected.value:
        return Phrase("That is what the forecast says for {date}.", date=on)
    rule = Phrase("The difference = what is there − what the forecast says")
    given = (Given(Phrase("What is there"), seen), Given(Phrase("What the forecast says"), expected))
    apart = seen - expected.value if seen > expected.value else expected.value - seen
    difference = Derived(apart, Derivation(rule, given, (Working(Phrase("Difference"), apart),)))
    if seen > expected.value:
        return Phrase(
            "The forecast says {expected} for {date}. There is {difference} more.",
            expected=expected,
            date=on,
            difference=difference,
        )
    return Phrase(
        "The forecast says {expected} for {date}. There is {difference} less.",
        expected=expected,
        date=on,
        difference=difference,
    )


def made_time(time: Time) -> Derived[Money]:
    """How much one time of an income or an expense brings or takes, and how that was made."""
    label = Phrase("{name}, {date}", name=time.flow.name, date=time.on)
    return as_recorded(label, time.amount)


def made_flow(flow: CashFlow) -> Derived[Money]:
    """How much an income or an expense is each time; below nothing where it goes out."""
    amount = flow.amount if flow.direction is Direction.INCOME else -flow.amount
    return as_recorded(Phrase.own(flow.name), amount)
