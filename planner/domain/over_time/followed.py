"""Debts that can be followed, at both ends of what is known, and those that cannot, with what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.derivation import Given
from planner.domain.money import Money
from planner.domain.optimum.problem import End
from planner.domain.over_time.running import RunningDebt
from planner.domain.payoff.open_debt import OpenDebt
from planner.domain.term import Term
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that nobody says.

    Attributes:
        term: The term; None where it is no term but the cycle, without which nothing has a due date.
        words: What it is.
    """

    term: Term | None
    words: Phrase


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A debt that cannot be followed.

    Attributes:
        id: Its id.
        account_id: Whose.
        label: What to call it.
        open: What is still to pay of it.
        missing: What nobody says; at least one thing.
    """

    id: str
    account_id: str
    label: Phrase
    open: Money
    missing: tuple[Missing, ...]

    @property
    def words(self) -> Phrase:
        """That it cannot be followed, and why."""
        reasons = self.missing[0].words
        for each in self.missing[1:]:
            reasons = Phrase("{first} {second}", first=reasons, second=each.words)
        return Phrase("{debt} cannot be followed. {reasons}", debt=self.label, reasons=reasons)


@dataclass(frozen=True, slots=True)
class Followed:
    """A debt that can be followed, at both ends of what is known.

    Attributes:
        debt: The debt.
        low: As it is at the cheap end.
        high: As it is at the dear end.
        assumed: What is taken for granted.
        given: What went in: the terms with their sources.
    """

    debt: OpenDebt
    low: RunningDebt
    high: RunningDebt
    assumed: tuple[Phrase, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def label(self) -> Phrase:
        """What to call it."""
        return self.high.label

    def at(self, end: End) -> RunningDebt:
        """It at one end."""
        return self.high if end is End.HIGH else self.low
