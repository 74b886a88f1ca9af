"""How long a purchase costs nothing, if the bill that takes it up is paid in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import Cycle, DueDay
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The time from a purchase to its due date.

    Attributes:
        bought_on: The day of the purchase, which is not counted.
        statement_on: The statement of the bill that takes it up; None where each order is by itself.
        due: When it is due: the last free day.
    """

    bought_on: date
    statement_on: date | None
    due: DueDay

    @property
    def days(self) -> int:
        """How many days are free."""
        return (self.due.on - self.bought_on).days


def free_days(
    cycle: Cycle, bought_on: date, calendar: BusinessCalendar | None = None
) -> Derived[FreeDays] | None:
    """How long a purchase costs nothing, and how that was made; None if the cycle is unknown.

    From the day after the purchase to the due date of its bill, both counted, so at most from one
    statement to the due date of the next.
    Source: gucheng.com 2022 and weather.com.cn 2024, Meituan: billed on the 1st, due on the 8th, up to
    38 days.

    Args:
        cycle: When the account bills and bills are due.
        bought_on: The day of the purchase.
        calendar: The working days of the lender's country, where it moves due dates off the others.
    """
    dues = cycle.dues_of_purchase(bought_on, calendar=calendar)
    if dues is None:
        return None
    found = FreeDays(bought_on, cycle.statement_of(bought_on), dues[0])
    return Derived(found, lambda: _derivation(found))


def _derivation(found: FreeDays) -> Derivation:
    workings = []
    if found.statement_on is not None:
        workings.append(Working(Phrase("The statement that takes it up"), found.statement_on))
    workings.append(Working(Phrase("Due date, the last free day"), found.due.on))
    if found.due.doubt is not None:
        workings.append(Working(found.due.doubt))
    workings.append(Working(Phrase("Days from the purchase to the due date"), found.days))
    return Derivation(
        Phrase(
            "Free days = the days after the purchase up to its due date, if the bill is paid in full by then"
        ),
        (Given(Phrase("Bought on"), found.bought_on),),
        tuple(workings),
    )
