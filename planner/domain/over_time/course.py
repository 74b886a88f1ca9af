"""What an order comes to at both ends of what is known, and how each figure of it was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from planner.domain.derivation import Derivation, Derived
from planner.domain.minimum.path import Fate
from planner.domain.money import Money
from planner.domain.optimum.problem import End, Stream
from planner.domain.over_time.course_words import (
    course_derivation,
    debt_derivation,
    less_derivation,
    never_words,
)
from planner.domain.over_time.followed import Followed
from planner.domain.over_time.path import DebtPath, Run, worst
from planner.domain.payoff.scenario import Order
from planner.domain.sourced import Span
from planner.phrases import Phrase

T = TypeVar("T")
N = TypeVar("N", int, Money)


@dataclass(frozen=True, slots=True)
class DebtCourse:
    """What becomes of one debt in an order.

    Attributes:
        followed: The debt.
        place: Which place it has: 1 for the first that gets what is left over.
        low: What becomes of it at the cheap end.
        high: The same at the dear end.
        least_extra: How much more each month ends it; None where it ends, or where that is not known.
        soon_extra: How much more each month ends it as far as the optimum looks; None as above.
    """

    followed: Followed
    place: int
    low: DebtPath
    high: DebtPath
    least_extra: Derived[Span[Money]] | None = None
    soon_extra: Derived[Span[Money]] | None = None

    @property
    def label(self) -> Phrase:
        """What to call it, with its account."""
        return self.followed.label

    @property
    def fate(self) -> Fate:
        """How it ends, at the worse end."""
        return worst((self.low.fate, self.high.fate))

    @property
    def cleared_on(self) -> Derived[Span[date]] | None:
        """When it is paid; None if it is not at both ends."""
        return self._made(lambda path: path.cleared_on)

    @property
    def months(self) -> Derived[Span[int]] | None:
        """How many calendar months after that of today this is; None if it is not paid at both ends."""
        return self._made(lambda path: path.months)

    @property
    def cost(self) -> Derived[Span[Money]] | None:
        """Its interest and fees; None if it is not paid at both ends."""
        return self._made(lambda path: path.cost)

    @property
    def paid(self) -> Derived[Span[Money]] | None:
        """All its payments; None if it is not paid at both ends."""
        return self._made(lambda path: path.total)

    @property
    def never(self) -> Phrase | None:
        """That it is not paid this way, and what would pay it; None if it is paid."""
        if self.fate is Fate.CLEARS:
            return None
        return never_words(self.label, self.low.fate, self.fate, self.least_extra, self.soon_extra)

    @property
    def streams(self) -> Span[Stream] | None:
        """Its dated payments as the optimum takes them; None if it is not paid at both ends."""
        low, high = self.low.stream, self.high.stream
        return Span(low, high) if low is not None and high is not None else None

    def at(self, end: End) -> DebtPath:
        """What becomes of it at one end."""
        return self.high if end is End.HIGH else self.low

    def _made(self, read: Callable[[DebtPath], T | None]) -> Derived[Span[T]] | None:
        span = _ends(read(self.low), read(self.high)) if self.fate is Fate.CLEARS else None
        if span is None:
            return None
        return Derived(span, lambda: debt_derivation(self.followed, self.low, self.high))


@dataclass(frozen=True, slots=True)
class Course:
    """What an order, or paying only the minimums, comes to.

    Attributes:
        order: The order; None for only the minimums.
        debts: Each debt, in the order in which they were handed in.
        low: All of them at the cheap end.
        high: The same at the dear end.
        baseline: Only the minimums, to measure by; None for itself.
        least_extra: How much more each month pays all debts; None where they are paid, or no amount does it.
    """

    order: Order | None
    debts: tuple[DebtCourse, ...]
    low: Run
    high: Run
    baseline: Course | None = None
    least_extra: Derived[Span[Money]] | None = None

    @property
    def fate(self) -> Fate:
        """How it ends, at the worse end."""
        return worst((self.low.fate, self.high.fate))

    @property
    def ranked(self) -> tuple[DebtCourse, ...]:
        """The debts in the order in which they get what is left over."""
        return tuple(sorted(self.debts, key=lambda debt: debt.place))

    @property
    def cleared_on(self) -> Derived[Span[date]] | None:
        """When the last debt is paid; None if not all are at both ends."""
        return self._made(lambda run: run.cleared_on)

    @property
    def months(self) -> Derived[Span[int]] | None:
        """How many calendar months after that of today this is; None if not all are paid."""
        return self._made(lambda run: run.count)

    @property
    def cost(self) -> Derived[Span[Money]] | None:
        """All interest and fees; None if not all debts are paid at both ends."""
        return self._made(lambda run: run.cost)

    @property
    def total(self) -> Derived[Span[Money]] | None:
        """All payments; None if not all debts are paid at both ends."""
        return self._made(lambda run: run.total)

    @property
    def monthly(self) -> Derived[Span[Money]] | None:
        """What is paid in the first full month; None if all is paid before it, or nothing is owed."""
        first_full = 1
        runs = [run.months[first_full].paid for run in (self.low, self.high) if len(run.months) > first_full]
        if not runs:
            return None
        return Derived(Span(min(runs), max(runs)), self._why)

    @property
    def saved(self) -> Derived[Span[Money]] | None:
        """What it costs less than only the minimums, below nothing for more; None if one never ends."""
        text = Phrase("What it costs less than only the minimums")
        return self._less(text, lambda course: course.cost, lambda run: run.cost)

    @property
    def sooner(self) -> Derived[Span[int]] | None:
        """How many months sooner all is paid than with only the minimums; None if one never ends."""
        text = Phrase("How many months sooner than with only the minimums")
        return self._less(text, lambda course: course.months, lambda run: run.count or 0)

    def at(self, end: End) -> Run:
        """What it comes to at one end."""
        return self.high if end is End.HIGH else self.low

    def debt(self, debt_id: str) -> DebtCourse:
        """What becomes of the debt with that id.

        Raises:
            KeyError: There is none.
        """
        for each in self.debts:
            if each.followed.debt.id == debt_id:
                return each
        raise KeyError(debt_id)

    def _made(self, read: Callable[[Run], T | None]) -> Derived[Span[T]] | None:
        if self.fate is not Fate.CLEARS:
            return None
        span = _ends(read(self.low), read(self.high))
        return Derived(span, self._why) if span is not None else None

    def _less(
        self, text: Phrase, figure: Callable[[Course], Derived[Span[N]] | None], read: Callable[[Run], N]
    ) -> Derived[Span[N]] | None:
        """How much less something is than with only the minimums, each end beside the same end."""
        if self.baseline is None:
            return None
        usual, now = figure(self.baseline), figure(self)
        if usual is None or now is None:
            return None
        ends: list[Any] = [
            read(self.baseline.low) - read(self.low),
            read(self.baseline.high) - read(self.high),
        ]
        span: Span[N] = Span(min(ends), max(ends))
        return Derived(span, lambda: less_derivation(text, usual, now, span))

    def _why(self) -> Derivation:
        return course_derivation(self.order, [debt.followed for debt in self.ranked], self.low, self.high)


def _ends(low: T | None, high: T | None) -> Span[T] | None:
    """Two values as a range, the lesser one first; None if one is missing."""
    if low is None or high is None:
        return None
    both: Sequence[Any] = (low, high)
    return Span(min(both), max(both))
