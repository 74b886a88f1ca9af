"""Figures of several rows of a plan: what they come to, the highest of them, the last, and what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.recorded import made_row, made_row_costs, row_words
from planner.phrases import Phrase


def payments_of(rows: Sequence[Instalment], currency: str) -> Derived[Money]:
    """What rows come to, principal and all."""
    rule = Phrase("All payments together = the instalments")
    return added(rule, (Given(row_words(row), made_row(row)) for row in rows), currency)


def costs_of_rows(rows: Sequence[Instalment], currency: str) -> Derived[Money]:
    """The fees and interest in rows."""
    rule = Phrase("Fees and interest = those of each instalment together")
    costs = sum_of((row.fee + row.interest for row in rows), currency)
    given = (Given(row_words(row), made_row_costs(row)) for row in rows if row.fee or row.interest)
    kept = tuple(given)
    return Derived(costs, lambda: Derivation(rule, kept, (Working(Phrase("Together"), costs),)))


def highest_payment(rows: Sequence[Instalment]) -> Derived[Money]:
    """The highest payment of rows."""
    highest = max(row.total for row in rows)

    def derivation() -> Derivation:
        given = tuple(Given(row_words(row), made_row(row)) for row in rows)
        rule = Phrase("The highest payment is that of the greatest instalment.")
        return Derivation(rule, given, (Working(Phrase("The highest"), highest),))

    return Derived(highest, derivation)


def last_payment(rows: Sequence[Instalment]) -> Derived[date]:
    """The day of the last payment of rows."""
    last = max(row.due_on for row in rows)

    def derivation() -> Derivation:
        given = tuple(Given(row_words(row), row.due_on) for row in rows)
        rule = Phrase("The end is the day of the last instalment.")
        return Derivation(rule, given, (Working(Phrase("The last"), last),))

    return Derived(last, derivation)


def lower_by(before: Derived[Money], after: Derived[Money]) -> Derived[Money]:
    """By how much a highest payment gets lower; below nothing where it gets higher."""
    lower = before.value - after.value

    def derivation() -> Derivation:
        given = (
            Given(Phrase("The highest payment before"), before),
            Given(Phrase("The highest payment after"), after),
        )
        rule = Phrase(
            "How much lower the month gets = the highest payment before − the highest payment after"
        )
        return Derivation(rule, given, (Working(Phrase("Lower by"), lower),))

    return Derived(lower, derivation)


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """The rows of a plan before and after something that changes them.

    Attributes:
        before: The rows that fall due later, as they are.
        after: Those that fall due instead of them.
    """

    before: tuple[Instalment, ...]
    after: tuple[Instalment, ...]

    @property
    def month_before(self) -> Derived[Money]:
        """The highest payment as it is."""
        return highest_payment(self.before)

    @property
    def month_after(self) -> Derived[Money]:
        """The highest payment after the change."""
        return highest_payment(self.after)

    @property
    def last_before(self) -> Derived[date]:
        """The day of the last payment as it is."""
        return last_payment(self.before)

    @property
    def last_after(self) -> Derived[date]:
        """The day of the last payment after the change."""
        return last_payment(self.after)
