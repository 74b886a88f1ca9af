"""Ways out of being late, each with what is paid when and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.late.accrual import Dated
from planner.domain.late.charges import Course, principal_of
from planner.domain.late.costing import Costing
from planner.domain.late.payments import end_cost, paid_of, towards
from planner.domain.money import Money, sum_of
from planner.domain.sourced import Span
from planner.phrases import Phrase

STAYS_RECORDED = Phrase("That the due date was missed stays on record; paying later does not undo it.")
LITIGATION_NOTE = Phrase(
    "The costs of a lawsuit are the amount you gave. Paying after a judgement does not erase the record."
)


class WayKind(StrEnum):
    """What is done about it."""

    WHOLE = "whole"
    PARTS = "parts"
    AGREEMENT = "agreement"
    ACCELERATION = "acceleration"
    LAWSUIT = "lawsuit"


@dataclass(frozen=True, slots=True)
class Way:
    """One way out.

    Attributes:
        kind: What is done.
        label: What to call it.
        payments: What is paid when; empty where the cost is unknown.
        cost: What it costs beyond what is owed, a lawsuit included; None where that is unknown.
        total: Everything that is paid; None where that is unknown.
        litigation: The costs of a lawsuit in it, only where it goes to court; None for none.
        is_recorded: Whether a due date is missed on the way.
        notes: What to know beside it.
        missing: What is not known.
    """

    kind: WayKind
    label: Phrase
    payments: tuple[tuple[date, Span[Money]], ...]
    cost: Derived[Span[Money]] | None
    total: Span[Money] | None
    litigation: Money | None = None
    is_recorded: bool = True
    notes: tuple[Phrase, ...] = ()
    missing: tuple[Phrase, ...] = ()

    @property
    def made_total(self) -> Derived[Span[Money]] | None:
        """Everything that is paid, and how that was made; None where it is unknown."""
        cost, total = self.cost, self.total
        if cost is None or total is None:
            return None

        def made() -> Derivation:
            owed = Span(total.low - cost.value.low, total.high - cost.value.high)
            given = (Given(Phrase("What is owed"), owed), Given(Phrase("What this way costs"), cost))
            rule = Phrase("To pay in all = what is owed + what this way costs")
            return Derivation(rule, given, (Working(Phrase("To pay in all"), total),))

        return Derived(total, made)

    def made_payment(self, number: int) -> Derived[Span[Money]]:
        """One of the payments, and how it was made.

        Args:
            number: Which of them, from 0.
        """
        on, amount = self.payments[number]
        step = (Working(Phrase("To pay on {date}", date=on), amount),)
        if number < len(self.payments) - 1:
            rule = Phrase("What is planned for that day, and never more than is owed by then.")
            return Derived(amount, Derivation(rule, (), step))
        rule = Phrase("The last payment = everything that is paid − the payments before")
        given = [Given(Phrase("To pay in all"), self.made_total)]
        given += [Given(Phrase("Paid on {date}", date=day), paid) for day, paid in self.payments[:number]]
        return Derived(amount, Derivation(rule, tuple(given), step))

    @property
    def last_on(self) -> date | None:
        """The day of the last payment; None where nothing is known."""
        return self.payments[-1][0] if self.payments else None


def notes_on(*, is_recorded: bool) -> tuple[Phrase, ...]:
    """What is to be known of every way.

    Args:
        is_recorded: Whether a due date is missed.
    """
    return (STAYS_RECORDED,) if is_recorded else ()


def in_all(owed: Span[Money], cost: Span[Money]) -> Span[Money]:
    """What is owed with its cost.

    Args:
        owed: What is owed.
        cost: What it costs beyond.
    """
    return Span(owed.low + cost.low, owed.high + cost.high)


def whole_way(costing: Costing, day: date, cost: Derived[Span[Money]] | None) -> Way:
    """Paying everything on one day.

    Args:
        costing: What it is worked out from.
        day: The day.
        cost: What that costs; None where it is unknown.
    """
    is_recorded = any(not item.is_carried and item.due_on < day for item in costing.case.items)
    total = in_all(Span.exactly(costing.case.unpaid), cost.value) if cost is not None else None
    return Way(
        WayKind.WHOLE,
        Phrase("Everything on {date}", date=day),
        ((day, total),) if total is not None else (),
        cost,
        total,
        is_recorded=is_recorded,
        notes=notes_on(is_recorded=is_recorded),
    )


def parts_way(costing: Costing, parts: Sequence[Dated], last_on: date) -> Way:
    """Paying parts on some days and the rest on the last.

    Args:
        costing: What it is worked out from; its rates are known.
        parts: Days and amounts; what is more than is late or charged by then goes to what else is open, and
            does not count here: every way pays the same debt.
        last_on: The day on which the rest is paid.
    """
    case = costing.case
    planned = by_day(parts)
    courses = costing.courses(planned)
    cost = costing.derived(last_on, planned, courses)
    counted = [towards(case, course) for course in courses]
    payments = [(on, _span(*(_paid_on(course, on, case.unpaid) for course in counted))) for on, _ in planned]
    rests = [
        case.unpaid + end_cost(case, end, last_on, course) - paid_of(paid, case.unpaid.currency)
        for end, course, paid in zip(costing.ends, courses, counted, strict=True)
    ]
    last = _span(*rests)
    if last.high:
        payments.append((last_on, last))
    is_recorded = any(
        not item.is_carried
        and item.due_on < last_on
        and item.missed_on(item.due_on, principal_of(course, index))
        for course in courses
        for index, item in enumerate(case.items)
    )
    return Way(
        WayKind.PARTS,
        Phrase.counted(
            "{count} payment, on {date}",
            "{count} payments, the last on {date}",
            len(payments),
            date=payments[-1][0],
        ),
        tuple(payments),
        cost,
        in_all(Span.exactly(case.unpaid), cost.value),
        is_recorded=is_recorded,
        notes=notes_on(is_recorded=is_recorded),
    )


WAY_WORDS = {
    WayKind.WHOLE: Phrase("Everything on one day"),
    WayKind.PARTS: Phrase("In parts"),
    WayKind.AGREEMENT: Phrase("Agreement on equal parts"),
    WayKind.ACCELERATION: Phrase("The lender asks for everything at once"),
    WayKind.LAWSUIT: Phrase("With a lawsuit"),
}


def unknown_way(kind: WayKind, missing: tuple[Phrase, ...] = (), *, is_recorded: bool = True) -> Way:
    """A way whose cost cannot be worked out.

    Args:
        kind: What is done.
        missing: What is not known.
        is_recorded: Whether a due date is missed on the way.
    """
    notes = notes_on(is_recorded=is_recorded)
    label = WAY_WORDS[kind]
    return Way(kind, label, (), None, None, is_recorded=is_recorded, notes=notes, missing=missing)


def lawsuit_way(before: Way, litigation: Money) -> Way:
    """The same way when it ends in court: its cost with that of the lawsuit.

    Args:
        before: What is paid without a lawsuit, on one day.
        litigation: The costs of the lawsuit, as the user gives them.
    """
    notes = (*before.notes, LITIGATION_NOTE)
    if before.cost is None or before.total is None:
        return replace(
            before,
            kind=WayKind.LAWSUIT,
            label=WAY_WORDS[WayKind.LAWSUIT],
            litigation=litigation,
            notes=notes,
        )
    cost = before.cost.value.map(lambda end: end + litigation)
    total = before.total.map(lambda end: end + litigation)
    made = Derivation(
        Phrase("Cost with a lawsuit = the cost without it + the costs of the lawsuit"),
        (
            Given(Phrase("The cost without a lawsuit"), before.cost),
            Given(Phrase("Costs of a lawsuit, as you gave them"), litigation),
        ),
        (Working(Phrase("Cost with a lawsuit"), cost),),
    )
    days = tuple((on, total) for on, _ in before.payments)
    label = Phrase("With a lawsuit: everything on {date}", date=days[-1][0])
    derived = Derived(cost, made)
    return Way(WayKind.LAWSUIT, label, days, derived, total, litigation, before.is_recorded, notes)


def by_day(parts: Sequence[Dated]) -> tuple[Dated, ...]:
    """Planned payments by date, those of one day together.

    Args:
        parts: Days and amounts.
    """
    days: dict[date, Money] = {}
    for on, amount in sorted(parts, key=lambda part: part[0]):
        days[on] = days.get(on, amount.zero) + amount
    return tuple(days.items())


def _paid_on(course: Course, on: date, like: Money) -> Money:
    return sum_of((part.amount for part in course if part.on == on), like.currency)


def _span(*amounts: Money) -> Span[Money]:
    return Span(min(amounts), max(amounts))
