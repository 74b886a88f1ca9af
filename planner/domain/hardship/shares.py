"""Sharing what is left among the lenders: equally, or in proportion to what each is owed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.derivation import Derived, Given, added
from planner.domain.money import Money
from planner.domain.sourced import Reliability, Source
from planner.phrases import N_, Phrase


class Sharing(StrEnum):
    """How it is shared."""

    EQUAL = "equal"
    IN_PROPORTION = "in_proportion"


SHARING_WORDS: Mapping[Sharing, Phrase] = {
    Sharing.EQUAL: Phrase("The same to each lender"),
    Sharing.IN_PROPORTION: Phrase("In proportion to what is owed"),
}

# Worked example: moneyadvicehub.org.uk, “How to calculate a pro-rata payment”; it is a test.
IN_PROPORTION_SOURCE = Source(
    N_(
        "Business Debtline (Great Britain): offers in proportion to the debts, as a court would share it "
        "(businessdebtline.org)"
    ),
    date(2026, 11, 22),
    Reliability.MEDIUM,
)


@dataclass(frozen=True, slots=True)
class Creditor:
    """An account on which something is owed, and what its lender asks for.

    Attributes:
        account_id: The account.
        name: What the user calls it.
        lender: Who lends; a catalogue text or the user's own words. Empty if the user has not said.
        law: ISO 3166 code of the country whose rules hold.
        product: The id of the product; empty for a blank one.
        owed: Everything still to pay on it.
        asked: What is late and the minimums due in the coming month.
        asked_on: When the first of that is or was due.
        is_first: Whether a court has confirmed it, so that it comes before the others.
        dues: Of what parts that consists, and when each is or was due; empty if it is one.
    """

    account_id: str
    name: str
    lender: str
    law: str
    product: str
    owed: Derived[Money]
    asked: Derived[Money]
    asked_on: date
    is_first: bool = False
    dues: tuple[tuple[date, Given], ...] = ()

    @property
    def asked_by(self) -> date:
        """By when all of what is asked is or was due."""
        return max((on for on, _part in self.dues), default=self.asked_on)

    def due_before(self, day: date) -> Derived[Money] | None:
        """What of it is due before a day; None if nothing is."""
        return self._due(lambda on: on < day)

    def due_from(self, day: date) -> Derived[Money] | None:
        """What of it is due on a day or after it; None if nothing is."""
        return self._due(lambda on: on >= day)

    def last_before(self, day: date) -> date:
        """The last day before another one on which some of it is due; the first one if none is before."""
        return max((on for on, _part in self.dues if on < day), default=self.asked_on)

    def _due(self, is_meant: Callable[[date], bool]) -> Derived[Money] | None:
        if not self.dues:
            return self.asked if is_meant(self.asked_on) else None
        parts = [part for on, part in self.dues if is_meant(on)]
        return added(Phrase("Together"), parts, self.owed.value.currency) if parts else None

    @property
    def most(self) -> Money:
        """The most that makes sense to pay in a month: what is asked, and never more than is owed."""
        return max(min(self.owed.value, self.asked.value), self.owed.value.zero)


def shares(
    creditors: Sequence[Creditor], available: Money, how: Sharing = Sharing.EQUAL
) -> tuple[Money, ...]:
    """What each account gets of what is available.

    What a court has confirmed comes first. Nobody gets more than is asked or owed; what that leaves goes to
    the others. Equally: each lender gets the same, and so does each of its accounts. Cents that do not
    divide go to the first ones. Together never more than is available.

    Source of sharing in proportion: ``IN_PROPORTION_SOURCE``.

    Args:
        creditors: The accounts.
        available: What there is; at least nothing.
        how: How to share it.
    """
    given = [0] * len(creditors)
    left = available.minor
    for is_first in (True, False):
        rank = [index for index, each in enumerate(creditors) if each.is_first is is_first]
        share = _equally if how is Sharing.EQUAL else _in_proportion
        for index, part in zip(rank, share([creditors[index] for index in rank], left), strict=True):
            given[index] = part
            left -= part
    return tuple(Money(part, available.currency) for part in given)


def _equally(creditors: Sequence[Creditor], available: int) -> list[int]:
    """The same to each lender, and within it to each account."""
    groups: dict[str, list[int]] = {}
    for index, each in enumerate(creditors):
        groups.setdefault(each.lender.strip().casefold() or each.account_id, []).append(index)
    most = [each.most.minor for each in creditors]
    members = list(groups.values())
    given = [0] * len(creditors)
    totals = shared(available, [sum(most[index] for index in group) for group in members], [1] * len(members))
    for group, total in zip(members, totals, strict=True):
        for index, part in zip(group, _even(total, [most[index] for index in group]), strict=True):
            given[index] = part
    return given


def _even(available: int, most: Sequence[int]) -> list[int]:
    return shared(available, most, [1] * len(most))


def _in_proportion(creditors: Sequence[Creditor], available: int) -> list[int]:
    most = [each.most.minor for each in creditors]
    return shared(available, most, [max(each.owed.value.minor, 0) for each in creditors])


def shared(available: int, most: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Share minor units by weight, nobody above their most; what that leaves is shared on.

    Whoever's part reaches their most gets exactly that, and the rest is shared anew among the others,
    whose parts only grow by it. Parts are then rounded down, and the units that are left go to the largest
    fractions, to the first of equal ones.

    Args:
        available: How much there is.
        most: The most that each may get; at least nothing.
        weights: How much each counts; at least nothing, and above it where the most is.

    Returns:
        The parts; together what is available, or all of the most if that is less.
    """
    given = [0] * len(most)
    open_ones = [index for index, limit in enumerate(most) if limit > 0]
    while open_ones:
        whole = sum(weights[index] for index in open_ones)
        full = [index for index in open_ones if available * weights[index] >= most[index] * whole]
        if not full:
            break
        for index in full:
            given[index] = most[index]
        available -= sum(most[index] for index in full)
        open_ones = [index for index in open_ones if index not in full]
    if open_ones:
        whole = sum(weights[index] for index in open_ones)
        for index in open_ones:
            given[index] = available * weights[index] // whole
        rest = available - sum(given[index] for index in open_ones)
        by_fraction = sorted(open_ones, key=lambda index: -(available * weights[index] % whole))
        for index in by_fraction[:rest]:
            given[index] += 1
    return given
