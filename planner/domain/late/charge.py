"""One product, or one fee, of a late cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.domain.bill import LineKind
from planner.domain.derivation import Working
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class LateCharge:
    """One product, or one fee, of a late cost.

    Attributes:
        index: Which item it is for; the number of items stands for what else is open.
        kind: Interest by the day, a fee, or a penalty asked once.
        base: What is charged.
        rate: The rate by the day; a plain fraction is a part that is asked once; None for a fixed fee.
        times: For how many days; for a fee, how often.
        amount: What it comes to.
        added: The unpaid interest in the base.
        part: The greatest part of the base that a fixed fee may be; None for any.
        is_minimum: Whether the base is a minimum worked out by the terms.
    """

    index: int
    kind: LineKind
    base: Money
    rate: Rate | Decimal | None
    times: int
    amount: Money
    added: Money
    part: Decimal | None = None
    is_minimum: bool = False

    def working(self, end: Phrase) -> Working:
        """The calculation with its numbers."""
        return Working(self._words(end), self.amount)

    def _words(self, end: Phrase) -> Phrase:
        if isinstance(self.rate, Rate):
            return self._by_the_day(end, self.rate)
        if self.rate is None:
            return self._fixed(end)
        part = Rate(self.rate)
        if self.kind is LineKind.PENALTY:
            return Phrase(
                "{end}: indemnity of {rate} on the unpaid {amount}", end=end, amount=self.base, rate=part
            )
        return Phrase.counted(
            "{end}: fee of {rate} on the unpaid minimum of {amount}, once",
            "{end}: fee of {rate} on the unpaid minimum of {amount}, {count} times",
            self.times,
            end=end,
            amount=self.base,
            rate=part,
        )

    def _fixed(self, end: Phrase) -> Phrase:
        if self.part is None:
            return Phrase("{end}: fixed fee for a missed payment", end=end)
        values = {"end": end, "part": Rate(self.part), "amount": self.base}
        if self.is_minimum:
            return Phrase(
                "{end}: fixed fee, at most {part} of the minimum of {amount} by the terms", **values
            )
        return Phrase("{end}: fixed fee, at most {part} of {amount}", **values)

    def _by_the_day(self, end: Phrase, rate: Rate) -> Phrase:
        values = {"end": end, "amount": self.base, "rate": rate, "days": self.times}
        if rate.per is Per.DAY:
            if not self.added:
                return Phrase("{end}: {amount} × {rate} × {days} days", **values)
            return Phrase(
                "{end}: {amount} × {rate} × {days} days; {added} of it is interest that was added",
                **values,
                added=self.added,
            )
        values["rate"] = Rate(rate.yearly)
        if not self.added:
            return Phrase("{end}: {amount} × {rate} a year × {days} ÷ 365 days", **values)
        return Phrase(
            "{end}: {amount} × {rate} a year × {days} ÷ 365 days; {added} of it is interest that was added",
            **values,
            added=self.added,
        )
