"""What is owed over the next 90 days, if every due is paid on its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due
from planner.domain.due_sums import Name, by_label, together
from planner.domain.money import Money, by_currency
from planner.phrases import Phrase

HORIZON = 90


@dataclass(frozen=True, slots=True)
class BalancePoint:
    """What is still owed at the end of a day if every due is paid on its date.

    Attributes:
        day: The day.
        owed: How much.
        dues: All that the line is about, by due date.
        paid: How many of them are due by then, and so are paid.
        name: What to call each of them.
    """

    day: date
    owed: Money
    dues: tuple[Due, ...] = field(default=(), repr=False, compare=False)
    paid: int = field(default=0, repr=False, compare=False)
    name: Name = field(default=by_label, repr=False, compare=False)

    @property
    def made(self) -> Derived[Money]:
        """How much, and how that was made."""
        return Derived(self.owed, self._why)

    def _why(self) -> Derivation:
        currency = self.owed.currency
        rule = Phrase(
            "Owed at the end of a day = everything with a due date that is still to pay − what is due by "
            "then, if every due is paid on its date; what is late counts as paid today"
        )
        given = (
            Given(Phrase("Still to pay, with a due date"), together(self.dues, currency, self.name)),
            Given(
                Phrase("Due by {date}", date=self.day), together(self.dues[: self.paid], currency, self.name)
            ),
        )
        return Derivation(rule, given, (Working(Phrase("Left"), self.owed),))


def balance(dated: Sequence[Due], today: date, name: Name = by_label) -> dict[str, tuple[BalancePoint, ...]]:
    """What is owed day by day; a late due is counted as paid today."""
    lines = {}
    for currency, owed in by_currency(due.open for due in dated).items():
        own = tuple(due for due in dated if due.open.currency == currency)
        left, paid = owed, 0
        points = [BalancePoint(today, owed, own, 0, name)]
        for number, due in enumerate(own, 1):
            day = max(due.due_on or today, today)
            if (day - today).days > HORIZON:
                break
            left, paid = left - due.open, number
            is_last_of_day = number == len(own) or max(own[number].due_on or today, today) > day
            if is_last_of_day:
                points.append(BalancePoint(day, left, own, paid, name))
        end = max(points[-1].day, today + timedelta(days=HORIZON))
        points.append(BalancePoint(end, left, own, paid, name))
        lines[currency] = tuple(points)
    return lines
