"""How often something was paid late: ever, in a row, and for how long at most; and how often in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.phrases import N_, Phrase

# What is due by a date that the lender set: charges and corrections are not.
_COUNTED = frozenset({DueKind.BILL, DueKind.INSTALMENT, DueKind.PURCHASE})

THREE_IN_A_ROW, SIX_IN_ALL = 3, 6
THREE_SIX_SOURCE = N_(
    "A widely used criterion (“连三累六”), in no law that was found; article “JD.COM's IOUs are overdue. How "
    "to communicate with customer service?”, machine-translated, undated: weak sources"
)


@dataclass(frozen=True, slots=True)
class LateTime:
    """One due that was not paid in time.

    Attributes:
        label: What to call it.
        due_on: Its due date.
        days: For how many days it was, or has been, late.
        is_open: Whether it still is.
    """

    label: Phrase
    due_on: date
    days: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class LateCounts:
    """How often payments were late.

    A month counts as late if a payment of it was missed, or if one missed before was still open on the
    same day of that month: a bill that stays unpaid for two months and a day counts three times, as in
    monthly credit reports. A month in which nothing was due neither counts nor ends a row.

    Attributes:
        times: Each due that was late, by date.
        in_all: How many months were late ever.
        in_row: How many in a row up to the last that counts.
        longest_row: The most in a row ever.
        in_time: How many dues were paid in time; counts that differ in it alone are equally late.
    """

    times: tuple[LateTime, ...] = ()
    in_all: int = 0
    in_row: int = 0
    longest_row: int = 0
    in_time: int = field(default=0, compare=False)

    @property
    def longest_days(self) -> int:
        """The longest delay, in days."""
        return max((time.days for time in self.times), default=0)

    @property
    def open_now(self) -> int:
        """How many dues are late now."""
        return sum(time.is_open for time in self.times)

    @property
    def words(self) -> Phrase:
        """The counts in a sentence."""
        if not self.times:
            return Phrase("No payment was ever late, by what is recorded.")
        return Phrase(
            "{months} in all, {in_row} in a row now, {longest} at most; the longest delay: {days}",
            months=Phrase.counted("{count} late month", "{count} late months", self.in_all),
            in_row=self._made(self.in_row),
            longest=self._made(self.longest_row),
            days=Phrase.counted("{count} day", "{count} days", self.longest_days),
        )

    @property
    def in_time_words(self) -> Phrase | None:
        """How many dues were paid in time; None if none was."""
        if not self.in_time:
            return None
        return Phrase.counted("{count} payment in time", "{count} payments in time", self.in_time)

    def _made(self, count: int) -> Derived[int]:
        """A count with every due that it was made of."""

        def made() -> Derivation:
            rule = Phrase(
                "A month is late if a payment of it was missed, or if one missed before was still open on "
                "the same day of that month. A month in which nothing was due does not end a row."
            )
            given = tuple(
                Given(
                    Phrase("{what}, due on {date}", what=time.label, date=time.due_on),
                    Phrase.counted("{count} day late", "{count} days late", time.days),
                )
                for time in self.times
            )
            steps = (
                Working(Phrase("Late months in all"), self.in_all),
                Working(Phrase("In a row now"), self.in_row),
                Working(Phrase("Most in a row"), self.longest_row),
            )
            return Derivation(rule, given, steps)

        return Derived(count, made)

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What many lenders look at and these counts reach; ``THREE_SIX_SOURCE`` says who says so."""
        notes = []
        if self.reaches_three_in_a_row:
            notes.append(
                Phrase("Many lenders look at {count} late months in a row or more.", count=THREE_IN_A_ROW)
            )
        if self.reaches_six_in_all:
            notes.append(Phrase("Many lenders look at {count} late months in all or more.", count=SIX_IN_ALL))
        return tuple(notes)

    @property
    def reaches_three_in_a_row(self) -> bool:
        """Whether three late months in a row have been seen, a criterion that many lenders use."""
        return self.longest_row >= THREE_IN_A_ROW

    @property
    def reaches_six_in_all(self) -> bool:
        """Whether six late months in all have been seen, a criterion that many lenders use."""
        return self.in_all >= SIX_IN_ALL


def late_counts(dues: Iterable[Due], on: date, grace: int = 0) -> LateCounts:
    """How often the dues of one account were paid late, up to a day.

    A due is late if less than its minimum was paid by its due date and the days of grace after it, and was
    paid in time if that much was; one that a refund settled, or a newer bill took over unpaid, is neither.
    What only follows from the cycle counts as little as charges and corrections do. A rest that a newer bill
    carries is late with that bill from then on.

    Source: the months in a row and in all are what lenders look at (“连三累六”, a widely used criterion of
    low reliability); that reports count by months is general knowledge, unverified.

    Args:
        dues: Every due of the account, settled ones included.
        on: The day; what was paid after it does not count.
        grace: The days of grace.
    """
    times: list[LateTime] = []
    months: dict[tuple[int, int], bool] = {}
    in_time = 0
    for due in sorted(_counted(dues), key=lambda due: due.due_on or date.min):
        due_on = due.due_on or date.min
        last = due_on + timedelta(days=grace)
        if last >= on:
            continue
        paid_up = _paid_up_on(due, on)
        until = on if paid_up is None else paid_up
        is_late = until > last
        if is_late:
            times.append(LateTime(due.label, due_on, (until - due_on).days, paid_up is None))
        elif any(not part.is_refund and part.paid_on <= last for part in due.paid):
            in_time += 1
        for month, is_missed in _months(due_on, until, is_late=is_late):
            months[month] = months.get(month, False) or is_missed
    seen = [months[month] for month in sorted(months)]
    rows = _rows(seen)
    return LateCounts(tuple(times), sum(seen), rows[-1], max(rows), in_time)


def _counted(dues: Iterable[Due]) -> list[Due]:
    return [due for due in dues if due.kind in _COUNTED and due.due_on is not None and not due.projected]


def _paid_up_on(due: Due, on: date) -> date | None:
    """The day on which nothing was missing any more, or a newer bill took over; None if that has not come."""
    whole = replace(due, closed_on=None, paid=())
    if not whole.open_minimum:
        return date.min
    closed = due.closed_on if due.closed_on is not None and due.closed_on <= on else None
    for number, part in enumerate(due.paid, 1):
        if part.paid_on > on or (closed is not None and part.paid_on > closed):
            break
        if not replace(whole, paid=due.paid[:number]).open_minimum:
            return part.paid_on
    return closed


def _months(due_on: date, until: date, *, is_late: bool) -> Iterable[tuple[tuple[int, int], bool]]:
    """The months it speaks about: that of its date, and each further one in which it was still open."""
    yield (due_on.year, due_on.month), is_late
    number = 1
    while is_late and (again := add_months(due_on, number)) < until:
        yield (again.year, again.month), True
        number += 1


def _rows(seen: Sequence[bool]) -> list[int]:
    """How many late ones in a row there were after each."""
    rows = [0]
    for is_late in seen:
        rows.append(rows[-1] + 1 if is_late else 0)
    return rows


def together(counts: Sequence[LateCounts]) -> LateCounts:
    """The counts of several accounts: late months and payments in time added, the longest row of any of them.

    Args:
        counts: The counts of each account.
    """
    times = sorted((time for each in counts for time in each.times), key=lambda time: time.due_on)
    return LateCounts(
        tuple(times),
        sum(each.in_all for each in counts),
        max((each.in_row for each in counts), default=0),
        max((each.longest_row for each in counts), default=0),
        sum(each.in_time for each in counts),
    )
