"""Everything that one reading of the terms charges if the rest is paid on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from planner.domain.bill import LineKind
from planner.domain.late.accrual import Dated, Line, accrued, products
from planner.domain.late.charge import LateCharge
from planner.domain.late.ends import LateEnd
from planner.domain.late.fixed_fee import FixedFee, late_fee
from planner.domain.late.item import LateCase, LateItem
from planner.domain.minimum.rule import BillParts
from planner.domain.money import Money, sum_of
from planner.domain.term import ChargedFrom, Compounding, LateBase
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a planned payment.

    Attributes:
        on: When it is paid.
        index: Which item it goes to; the number of items stands for what else is open.
        kind: Of what of it.
        amount: How much.
    """

    on: date
    index: int
    kind: LineKind
    amount: Money


Course = tuple[Slice, ...]


class _Standing(Enum):
    """How an item stands on the day of paying: in time, with its minimum paid in time, or late."""

    IN_TIME = "in_time"
    CARRIED = "carried"
    LATE = "late"


def late_charges(case: LateCase, end: LateEnd, day: date, course: Course = ()) -> tuple[LateCharge, ...]:
    """What one end charges if everything that is not planned to be paid before is paid on a day.

    Within the grace days nothing is charged; once they have passed, all days count. What was or will
    be paid meanwhile is charged until it is paid. With the widest base, everything unpaid on the
    account is charged from the first due date that was missed.

    Args:
        case: What is late or would be.
        end: The reading.
        day: The day of paying.
        course: What is planned to be paid before.
    """
    by_item, standings = _standings(case, end, day, course)
    found = [
        LateCharge(index, LineKind.INTEREST, part.base, line.rate, part.days, part.amount, part.added)
        for index, line in _lines(case, end, day, course, standings)
        for part in products(line, day)
    ]
    found += _once(case, end, day, by_item, standings)
    return tuple(sorted(found, key=lambda charge: charge.index))


def late_total(case: LateCase, end: LateEnd, day: date, course: Course = ()) -> Money:
    """The sum of what ``late_charges`` lists.

    Args:
        case: What is late or would be.
        end: The reading.
        day: The day of paying.
        course: What is planned to be paid before.
    """
    by_item, standings = _standings(case, end, day, course)
    daily = [accrued(line, day) for _, line in _lines(case, end, day, course, standings)]
    once = [charge.amount for charge in _once(case, end, day, by_item, standings)]
    return sum_of((*daily, *once), case.other.currency)


def _standings(
    case: LateCase, end: LateEnd, day: date, course: Course
) -> tuple[list[tuple[Dated, ...]], list[_Standing]]:
    """What is planned to be paid of each item, and how it stands on a day."""
    by_item = [principal_of(course, index) for index in range(len(case.items))]
    return by_item, [
        _standing(item, end, day, planned) for item, planned in zip(case.items, by_item, strict=True)
    ]


def _once(
    case: LateCase,
    end: LateEnd,
    day: date,
    by_item: Sequence[Sequence[Dated]],
    standings: Sequence[_Standing],
) -> Iterator[LateCharge]:
    """What is not charged by the day."""
    late = [index for index, standing in enumerate(standings) if standing is _Standing.LATE]
    for index in late:
        yield from _fee(case.items[index], index, end, day, by_item[index])
    yield from _fixed(case, end, late, by_item)
    for index in late:
        yield from _indemnity(case.items[index], index, end, by_item[index])


def principal_of(course: Course, index: int) -> tuple[Dated, ...]:
    """What a course pays of an item itself, without its cost.

    Args:
        course: What is planned.
        index: Which item.
    """
    return tuple((part.on, part.amount) for part in course if _is(part, index, LineKind.PURCHASE))


def _is(part: Slice, index: int, kind: LineKind) -> bool:
    return part.index == index and part.kind is kind


def becomes_carried(item: LateItem, end: LateEnd, planned: Sequence[Dated]) -> bool:
    """Whether what is planned pays the minimum in time, so that only the charge on the rest runs."""
    last = last_in_time(item, end)
    return bool(item.open_on(last, planned)) and not item.missed_on(last, planned)


def last_in_time(item: LateItem, end: LateEnd) -> date:
    """The last day on which paying counts as in time."""
    return item.due_on + timedelta(days=end.grace.value)


def _standing(item: LateItem, end: LateEnd, day: date, planned: Sequence[Dated]) -> _Standing:
    if item.is_carried:
        return _Standing.CARRIED
    last = last_in_time(item, end)
    if day <= last:
        return _Standing.IN_TIME
    # Source of the tolerance: bank-card self-discipline convention, art. 14 (wodefinance.com, rclpilkolf).
    if item.open_on(last, planned).decimal <= (end.tolerance or 0):
        return _Standing.IN_TIME
    return _Standing.CARRIED if becomes_carried(item, end, planned) else _Standing.LATE


def _lines(
    case: LateCase, end: LateEnd, day: date, course: Course, standings: Sequence[_Standing]
) -> Iterator[tuple[int, Line]]:
    """What runs by the day."""
    late = [item for item, standing in zip(case.items, standings, strict=True) if standing is _Standing.LATE]
    first = late[0].due_on if late else day
    is_all = bool(late) and end.base.value is LateBase.ALL_UNPAID
    for index, (item, standing) in enumerate(zip(case.items, standings, strict=True)):
        if standing is _Standing.CARRIED:
            if end.carry is not None and day > item.due_on:
                start = _start(item, end.carry_start.value, end)
                line = Line(item.unpaid, start, end.carry.value, added_after=item.due_on)
                yield index, _with_payments(line, item, index, end, course)
        elif end.rate is not None and (standing is _Standing.LATE or is_all):
            start = _start(item, end.start.value, end) if standing is _Standing.LATE else first
            begun = item.due_on
            if is_all:
                start, begun = min(start, first), first
            line = Line(_base(item, end), start, end.rate.value, end.least, added_after=begun)
            yield index, _with_payments(line, item, index, end, course)
    if end.rate is not None and is_all:
        rest = LateItem(Phrase.own(""), first, case.other)
        line = Line(case.other, first, end.rate.value, end.least, added_after=first)
        yield len(case.items), _with_payments(line, rest, len(case.items), end, course)


def _with_payments(line: Line, item: LateItem, index: int, end: LateEnd, course: Course) -> Line:
    """A line whose amount is that of its first day, and what goes off it since."""
    planned = principal_of(course, index)
    drops = tuple(paid for paid in (*item.paid, *planned) if paid[0] > line.start)
    later = sum_of((amount for on, amount in item.paid if on > line.start), line.amount.currency)
    early = sum_of((amount for on, amount in planned if on <= line.start), line.amount.currency)
    return replace(
        line,
        amount=max(line.amount + later - early, line.amount.zero),
        drops=drops,
        settled=tuple((part.on, part.amount) for part in course if _is(part, index, LineKind.INTEREST)),
        added_on=(item.billed_on or item.due_on) if end.compounding.value is Compounding.MONTHLY else None,
    )


def _start(item: LateItem, start: ChargedFrom, end: LateEnd) -> date:
    if start is ChargedFrom.DUE or item.bought is None:
        return item.due_on
    return min(item.bought.low if end.is_high else item.bought.high, item.due_on)


def _base(item: LateItem, end: LateEnd) -> Money:
    """What the rate is charged on: at the low end without the penalties that are in it already."""
    return item.unpaid if end.is_high else item.unpaid - (item.penalties or item.unpaid.zero)


def _fee(
    item: LateItem, index: int, end: LateEnd, day: date, planned: Sequence[Dated]
) -> Iterator[LateCharge]:
    """The fee on the unpaid minimum: once, at the high end once for each month begun."""
    if end.fee is None:
        return
    base = item.missed_on(last_in_time(item, end), planned)
    if item.minimum is None and not end.is_high:
        base = base.times(end.minimum or 0)
    if not base:
        return
    times = 1
    if end.is_high:
        until = _until_paid(item, day, planned)
        whole = (until.year - item.due_on.year) * 12 + until.month - item.due_on.month
        times = max(whole + (until.day > item.due_on.day), 1)
    once = late_fee(base, end.fee.value, end.fee_least)
    yield LateCharge(index, LineKind.FEE, base, end.fee.value, times, once.times(times), base.zero)


def _until_paid(item: LateItem, day: date, planned: Sequence[Dated]) -> date:
    """The day on which nothing is missing of the minimum any more, the day of paying at the latest."""
    return next((on for on, _ in planned if on < day and not item.missed_on(on, planned)), day)


def _fixed(
    case: LateCase, end: LateEnd, late: Sequence[int], by_item: Sequence[Sequence[Dated]]
) -> Iterator[LateCharge]:
    """The fixed fee for each missed payment, capped by the order or by what was missed."""
    if end.fixed is None:
        return
    currency = case.other.currency
    first = Money.rounded(end.fixed.value, currency)
    again = first if end.fixed_again is None else Money.rounded(end.fixed_again.value, currency)
    fee = FixedFee(
        first,
        again,
        end.fixed_part.value if end.fixed_part else None,
        end.fixed_times.value if end.fixed_times else None,
    )
    of_order: dict[str, int] = {}
    for place, index in enumerate(late):
        item = case.items[index]
        # What is a part of no order is one by itself.
        order = item.order_id or str(index)
        number = of_order[order] = of_order.get(order, 0) + 1
        asked = _with_minimum(item, end)
        missed = asked.missed_on(last_in_time(item, end), by_item[index])
        capped_by = item.order if item.order is not None else missed
        charged = fee.fee(capped_by, number, is_repeat=bool(place or case.missed_before))
        if charged:
            is_minimum = asked is not item and item.order is None
            yield LateCharge(
                index, LineKind.FEE, capped_by, None, 1, charged, charged.zero, fee.most_part, is_minimum
            )


def _with_minimum(item: LateItem, end: LateEnd) -> LateItem:
    """An item with its minimum: as stated, else by the rule of the terms; without where neither is known."""
    if item.minimum is not None or not end.minimums:
        return item
    parts = BillParts.of_unknown(item.unpaid)
    made = [rule.of(parts.read_dearly if end.is_high else parts.read_cheaply) for rule in end.minimums]
    return replace(item, minimum=max(made) if end.is_high else min(made))


def _indemnity(item: LateItem, index: int, end: LateEnd, planned: Sequence[Dated]) -> Iterator[LateCharge]:
    """The part of what was unpaid when its time was over, asked once (C. conso., art. D312-17)."""
    if end.unpaid is None:
        return
    base = item.open_on(last_in_time(item, end), planned)
    part = end.unpaid.value
    yield LateCharge(index, LineKind.PENALTY, base, part, 1, base.times(part), base.zero)
