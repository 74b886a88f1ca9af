"""Until when a payment still counts as in time, and how small a rest still counts as paid in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from planner.domain.money import Money


class Standing(StrEnum):
    """How a payment leaves what was due."""

    ON_TIME = "on_time"
    LATE = "late"
    FULL = "full"
    NOT_FULL = "not_full"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last moment at which a payment counts as in time, by the local clock.

    Attributes:
        day: Its day.
        cutoff: Its hour, which itself still counts; None for the end of the day.
    """

    day: date
    cutoff: time | None = None

    def is_kept(self, paid_at: datetime) -> bool:
        """Whether a payment of a moment is in time."""
        if self.cutoff is None or paid_at.date() != self.day:
            return paid_at.date() <= self.day
        return paid_at.time() <= self.cutoff

    def __str__(self) -> str:
        """Write it as ISO 8601 does, with 24:00 for the end of the day."""
        hour = "24:00" if self.cutoff is None else self.cutoff.strftime("%H:%M")
        return f"{self.day.isoformat()}T{hour}"


@dataclass(frozen=True, slots=True)
class Grace:
    """What a lender lets pass.

    Attributes:
        days: The days after the due date on which paying still counts as in time.
        cutoff: Until what hour of the last of them; None for the end of the day.
        tolerance: The greatest rest that still counts as paid in full; None for none.
    """

    days: int = 0
    cutoff: time | None = None
    tolerance: Money | None = None

    def deadline(self, due_on: date) -> Deadline:
        """The last moment for what is due on a day."""
        return Deadline(due_on + timedelta(days=self.days), self.cutoff)

    def standing(self, due_on: date, paid_at: datetime, unpaid: Money) -> Standing:
        """How a payment leaves what was due on a day.

        A rest decides alone: it is small enough to count as nothing, or the bill is not paid in full.
        Source: China bank card self-discipline convention, art. 14, in its two parts, the time and the
        amount that a bank lets pass (wodefinance.com, rclpilkolf).

        Args:
            due_on: The due date.
            paid_at: When the last payment arrived, by the local clock.
            unpaid: What it left to pay.
        """
        if unpaid.minor > 0:
            is_little = self.tolerance is not None and unpaid <= self.tolerance
            return Standing.FULL if is_little else Standing.NOT_FULL
        return Standing.ON_TIME if self.deadline(due_on).is_kept(paid_at) else Standing.LATE


# The least that Chinese banks let pass on credit cards: three days and ten yuan. The hour of the last
# day is each bank's own. Source: China bank card self-discipline convention, art. 14 (wodefinance.com,
# rclpilkolf; uiddlurqxr for the hours).
CN_CARD_LEAST = Grace(3, None, Money(1_000, "CNY"))
