"""A debt in fixed rows, while it is followed month by month."""

from __future__ import annotations

from datetime import date

from planner.compat import override
from planner.domain.dates import months_between
from planner.domain.over_time.early import settling_cost
from planner.domain.over_time.live import Live, Step
from planner.domain.over_time.running import Rows, RunningDebt


class LiveRows(Live):
    """A debt in fixed rows, of which each is paid when it is due."""

    def __init__(self, debt: RunningDebt, way: Rows, today: date) -> None:
        """Begin before the first row; what is late is paid today."""
        super().__init__(debt, today)
        self.way = way
        self._left = list(way.rows)
        self._open = sum(row.total.minor for row in way.rows)
        self._since = self.today

    @property
    @override
    def open(self) -> int:
        return self._open

    @override
    def month(self, number: int) -> None:
        self.asked, self.on = 0, None
        while self._left:
            row = self._left[0]
            on = max(row.due_on, self.today)
            if months_between(self.today, on) > number:
                return
            del self._left[0]
            self._open -= row.total.minor
            self.on, self._since = on, row.due_on
            self.asked += row.total.minor
            step = Step(on, row.total.minor, 0, row.fee.minor, row.interest.minor, self._open, (row,))
            self._pay(step)

    @override
    def takes(self, most: int) -> int:
        if self.way.settle is None or self.on is None or not self._left:
            return 0
        cost = settling_cost(self.way.settle, self._left, self.on, self._since)
        return cost if cost is not None and cost <= most else 0

    @override
    def take(self, amount: int) -> None:
        if self.on is None:
            return
        principal = sum(row.principal.minor for row in self._left)
        has_fees = any(row.fee for row in self._left)
        kept = amount - principal
        fee, interest = (kept, 0) if has_fees else (0, kept)
        rows, self._left, self._open = tuple(self._left), [], 0
        self._pay(Step(self.on, 0, amount, fee, interest, 0, rows))

    @override
    def freed(self, number: int) -> int:
        return 0 if self._left or number < self.start else max(self.regular - self.asked, 0)
