"""Problems for the optimum that look like those of people, and how long they take.

Bills of 300 to 12,000 of a few lenders, due in the coming months; each can be paid in full, by the minimum
and its rest, or in instalments with the fee of its lender. What comes in is so much that the cash binds in
several months, but enough for some choice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from statistics import median

from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, Problem, Stream
from planner.domain.optimum.solver import Status, solve
from planner.phrases import Phrase

_CURRENCY = "CNY"
_COUNTS = (3, 6, 12, 24, 9, 18, 36)
_DUE_IN = (0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 10)


# How many problems of the usual size are solved, and after how many seconds the largest are stopped.
_SEEDS, _PATIENCE = 20, 60
_GROWING = (10, 20, 40, 80, 160)


@dataclass(frozen=True, slots=True)
class _Lender:
    """What a lender asks."""

    name: str
    due_day: int
    minimum: Decimal
    daily: Decimal
    fees: dict[int, Decimal]


def optimum_lines() -> Iterator[str]:
    """How long problems of people take until the answer is proved, a line for each size."""
    seconds = [_solved(instance(seed))[0] for seed in range(_SEEDS)]
    yield (
        f"optimum: {_SEEDS} of 40 bills × 6 ways × 24 months, proved: median {median(seconds):.2f} s, "
        f"least {min(seconds):.2f} s, most {max(seconds):.2f} s"
    )
    for bills in _GROWING:
        # The middle one of three: a single problem may be easy by chance.
        taken, words = sorted(_solved(instance(seed, bills)) for seed in range(3))[1]
        yield f"optimum: {bills} bills × 6 ways × 24 months: {taken:.2f} s, {words}"
    taken, words = _solved(instance(0, 200, 8, 36))
    yield f"optimum: 200 bills × 8 ways × 36 months: {taken:.2f} s, {words}"


def _solved(problem: Problem) -> tuple[float, str]:
    """How many seconds a problem took, and how it ended."""
    began = time.perf_counter()
    found = solve(problem, should_end=lambda: time.perf_counter() - began > _PATIENCE)
    taken = time.perf_counter() - began
    is_proved = found.status is Status.PROVED
    return taken, "proved" if is_proved else f"stopped, at most {found.gap} above the best"


def instance(seed: int, bills: int = 40, options: int = 6, months: int = 24) -> Problem:
    """A problem with a choice that holds.

    Args:
        seed: Which one.
        bills: How many bills there are.
        options: How many ways there are to settle each: in full, by the minimum, and instalments.
        months: For how many months the money is planned.
    """
    random = Random(seed)  # noqa: S311 - the same problems every time, and no secret
    today = date(2026, 11, 22)
    lenders = [_lender(random, number) for number in range(8)]
    counts = [count for count in _COUNTS if count <= months][: options - 2]
    decisions = [_bill(random, number, random.choice(lenders), counts, today) for number in range(bills)]
    found = Problem(
        _CURRENCY, today, tuple(decisions), ((today, Money(0, _CURRENCY)),), Money(1_000_00, _CURRENCY)
    )
    return _with_cash(random, found, months)


def _lender(random: Random, number: int) -> _Lender:
    monthly = Decimal(random.choice(("0.0055", "0.006", "0.0066")))
    less = {3: "1", 6: "1", 9: "0.97", 12: "0.95", 18: "0.93", 24: "0.92", 36: "0.9"}
    return _Lender(
        f"Lender {number}",
        random.randint(1, 28),
        Decimal(random.choice(("0.05", "0.1"))),
        Decimal(random.choice(("0.00035", "0.0004", "0.0005"))),
        {count: monthly * Decimal(share) for count, share in less.items()},
    )


def _bill(random: Random, number: int, lender: _Lender, counts: Sequence[int], today: date) -> Decision:
    owed = Money(round(300_00 * 40 ** random.random()), _CURRENCY)
    due = add_months(today.replace(day=lender.due_day), random.choice(_DUE_IN) + (lender.due_day < today.day))
    ways = [_option("full", OptionKind.FULL, [(due, owed)], owed), _minimum(random, lender, owed, due)]
    for count in counts:
        fee = owed.times(lender.fees[count])
        part = Money(owed.minor // count, _CURRENCY)
        rows = [part + fee] * (count - 1)
        rows.append(owed + fee.times(count) - Money(sum(row.minor for row in rows), _CURRENCY))
        dates = [add_months(due, month) for month in range(1, count + 1)]
        ways.append(
            _option(f"instalments-{count}", OptionKind.INSTALMENTS, list(zip(dates, rows, strict=True)), owed)
        )
    key = f"bill-{number:03}"
    return Decision(key, Phrase.own(key), lender.name, lender.name, owed, tuple(ways))


def _minimum(random: Random, lender: _Lender, owed: Money, due: date) -> Option:
    """The minimum for some months, then the rest."""
    left, payments, day = owed, [], due
    for _month in range(random.randint(1, 4)):
        paid = left.times(lender.minimum)
        payments.append((day, paid))
        following = add_months(day, 1)
        left = (left - paid) + (left - paid).times(lender.daily * (following - day).days)
        day = following
    return _option("minimum", OptionKind.MINIMUM, [*payments, (day, left)], owed)


def _option(key: str, kind: OptionKind, payments: Sequence[tuple[date, Money]], owed: Money) -> Option:
    total = Money(sum(amount.minor for _on, amount in payments), _CURRENCY)
    stream = Stream(tuple(payments), total - owed, owed.zero)
    return Option(key, kind, Phrase.own(key), stream, stream, opens_plan=kind is OptionKind.INSTALMENTS)


def _with_cash(random: Random, found: Problem, months: int) -> Problem:
    """The problem with what comes in: a salary each month, and now and then a large expense."""
    owed = sum(each.owed.minor for each in found.decisions)
    salary = owed / months * random.uniform(1.45, 1.95)
    last = max(option.high.last_on for each in found.decisions for option in each.options)
    pay_day = random.randint(5, 25)
    balance = round(salary * random.uniform(0.5, 1.5)) + found.reserve.minor
    cash, day = [(found.today, balance)], found.today.replace(day=pay_day)
    while day <= last:
        day = add_months(day, 1)
        balance += round(salary * random.uniform(0.85, 1.15))
        cash.append((day, balance))
        if random.random() < 0.12:  # noqa: PLR2004 - one month of eight
            balance -= round(salary * random.uniform(0.3, 0.7))
            cash.append((day + timedelta(days=random.randint(1, 20)), balance))
    return replace(found, cash=tuple((on, Money(left, _CURRENCY)) for on, left in cash))
