"""How long a late record stays in the Chinese credit register, and the one-time repair of 2025."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.phrases import N_, Phrase

# 征信业管理条例 art. 16: kept for five years from the end of the event.
RECORD_LAW = N_("征信业管理条例 (credit reporting regulation), art. 16")
_KEPT_MONTHS = 60

# People's Bank of China, notice of 2025-12-22 (hk.crntt.com, 2025-12-23; mip.maxlaw.cn).
REPAIR_NOTICE = N_("People's Bank of China, notice of 2025-12-22 (hk.crntt.com; mip.maxlaw.cn)")
REPAIR_FIRST, REPAIR_LAST = date(2020, 1, 1), date(2025, 12, 31)
REPAIR_REPAID_BY = date(2026, 3, 31)
_REPAIR_EARLY, _REPAIR_EARLY_HIDDEN = date(2025, 11, 30), date(2026, 1, 1)
_REPAIR_MOST = 10_000

NOT_STARTED = Phrase("the five years have not started")


def record_leaves(paid_off: date | None) -> date | None:
    """The day a late record leaves the register; None while something is unpaid: it has not begun to end.

    Source: 征信业管理条例, art. 16: five years from the end of the event; 29 February ends on the 28th.

    Args:
        paid_off: When everything was paid; None while something is unpaid.
    """
    return add_months(paid_off, _KEPT_MONTHS) if paid_off is not None else None


def record_words(paid_off: date | None) -> Phrase:
    """How long a late record stays, in a few words.

    Args:
        paid_off: When everything was paid; None while something is unpaid.
    """
    leaves = record_leaves(paid_off)
    return NOT_STARTED if leaves is None else Phrase("until {date}", date=leaves)


@dataclass(frozen=True, slots=True)
class Repair:
    """Whether the one-time repair hides a late record.

    Attributes:
        hidden_from: The day from which it is hidden; None if it is not, or only by a later day.
        hidden_by: The last day by which it is hidden; None if it is not, or from a day that is known.
        reason: Why it is not: ``period``, ``amount`` or ``repaid_too_late``; empty if it is.
    """

    hidden_from: date | None = None
    hidden_by: date | None = None
    reason: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether it is hidden at all."""
        return not self.reason


def one_time_repair(overdue_on: date, amount: Money, repaid_on: date | None) -> Repair:
    """Whether a late payment of 2020 to 2025 was hidden for having been repaid by the end of March 2026.

    What was repaid by the end of November 2025 is hidden from the first day of 2026 on; what was repaid
    later, by the end of the month after.

    Source: People's Bank of China, notice of 2025-12-22 (hk.crntt.com, 2025-12-23; mip.maxlaw.cn).

    Args:
        overdue_on: When it became late.
        amount: How much was late, in yuan.
        repaid_on: When all of it was repaid; None while it is not.
    """
    if not REPAIR_FIRST <= overdue_on <= REPAIR_LAST:
        return Repair(reason="period")
    if amount.decimal > _REPAIR_MOST:
        return Repair(reason="amount")
    if repaid_on is None or repaid_on > REPAIR_REPAID_BY:
        return Repair(reason="repaid_too_late")
    if repaid_on <= _REPAIR_EARLY:
        return Repair(hidden_from=_REPAIR_EARLY_HIDDEN)
    return Repair(hidden_by=add_months(repaid_on.replace(day=1), 2) - timedelta(days=1))
