"""Problems for the optimum, random ones of every kind too, and what looking at every choice finds best.

Nothing here asks the code that is tested: what a choice comes to is counted from its payments, day by day.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from random import Random

from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, End, Limits, Option, OptionKind, Problem, Stream
from planner.phrases import Phrase

# How many random problems each test looks at; set it to 500 for a long look.
EXAMPLES = int(os.environ.get("PLANNER_EXAMPLES", "60"))

TODAY = date(2026, 3, 10)

# With these a plan goes on that is open already.
_RUNNING = {OptionKind.AS_AGREED, OptionKind.SETTLEMENT, OptionKind.STREAM, OptionKind.LATE}

Payments = Mapping[int, int]


def seeded(seed: int) -> Random:
    """Chance that is the same every time."""
    return Random(seed)  # noqa: S311 - it hides nothing


# --- by hand -------------------------------------------------------------------------------------------


def day(number: int) -> date:
    """The day so many days after today."""
    return TODAY + timedelta(days=number)


def cny(minor: int) -> Money:
    """So many fen."""
    return Money(minor, "CNY")


def stream(payments: Payments, cost: int = 0, late: int = 0) -> Stream:
    """Payments by the number of their day, in fen."""
    return Stream(tuple((day(on), cny(paid)) for on, paid in sorted(payments.items())), cny(cost), cny(late))


def option(
    key: str,
    payments: Payments,
    cost: int = 0,
    late: int = 0,
    kind: OptionKind = OptionKind.FULL,
    **more: object,
) -> Option:
    """A way to settle a debt, with the same at both ends unless ``low`` is given; all in fen."""
    high = stream(payments, cost, late)
    values: dict[str, object] = {"low": high} | more
    return Option(key, kind, Phrase(key), high, **values)  # type: ignore[arg-type]  # each test knows its own


def plan(key: str, payments: Payments, cost: int = 0, **more: object) -> Option:
    """Instalments, which are a plan that is open over time."""
    return option(key, payments, cost, 0, OptionKind.INSTALMENTS, opens_plan=True, **more)


def late(key: str, payments: Payments, cost: int, **more: object) -> Option:
    """The last resort."""
    return option(key, payments, cost, cost, OptionKind.LATE, **more)


def debt(key: str, *options: Option, lender: str = "Bank", owed: int = 0) -> Decision:
    """A debt and its options."""
    return Decision(key, Phrase(key), f"account of {key}", lender, cny(owed), options)


def problem(
    *debts: Decision,
    cash: Payments,
    reserve: int = 0,
    limits: Limits | None = None,
    orders: Mapping[str, tuple[str, ...]] | None = None,
) -> Problem:
    """Debts and the cash by the number of the day, in fen."""
    known = tuple((day(on), cny(left)) for on, left in sorted(cash.items()))
    return Problem("CNY", TODAY, debts, known, cny(reserve), limits or Limits(), orders or {})


def two_bills(start: int = 1500_00, **more: object) -> Problem:
    """The worked example of two bills: in full costs nothing, three instalments cost 18.00 and 15.00.

    The cash is 1,500.00 and grows by 500.00 every thirty days; 200.00 have to be left. Paying both in full
    leaves −300.00; the best is the first in full and the second in instalments.
    """
    first = debt(
        "A",
        option("full", {0: 1200_00}),
        plan("i3", dict.fromkeys((30, 60, 90), 406_00), 18_00),
        owed=1200_00,
    )
    second = debt(
        "B", option("full", {0: 600_00}), plan("i3", dict.fromkeys((30, 60, 90), 205_00), 15_00), owed=600_00
    )
    cash = {number: start + number // 30 * 500_00 for number in (0, 30, 60, 90)}
    values: dict[str, object] = {"reserve": 200_00} | more
    return problem(first, second, cash=cash, **values)  # type: ignore[arg-type]  # each test knows its own


def hard(debts: int = 40, options: int = 6) -> Problem:
    """So many debts that no search proves the best choice in a minute.

    Each way costs exactly what it pays later than another, so that all cost about the same for what they take
    of the cash; with amounts of millions and six days that bind, only trying tells which fits best.
    """
    random, days = seeded(1), [30 * number for number in range(6)]
    found, sums = [], [0] * len(days)
    for number in range(debts):
        owed = random.randint(10**8, 10**9)
        ways = []
        for key in range(options):
            shares = [random.randint(1, owed) for _day in days]
            parts = [max(1, owed * share // sum(shares)) for share in shares]
            by_then = [sum(parts[: place + 1]) for place in range(len(parts))]
            cost = owed * len(days) - sum(by_then)
            parts[-1] += owed + cost - sum(parts)
            for place in range(len(parts)):
                sums[place] += sum(parts[: place + 1]) // options
            ways.append(option(f"way-{key}", dict(zip(days, parts, strict=True)), cost))
        found.append(debt(f"debt-{number:02}", *ways, owed=owed))
    shares = [97] * (len(days) - 1) + [130]
    cash = {on: total * share // 100 for on, total, share in zip(days, sums, shares, strict=True)}
    return problem(*found, cash=cash)


# --- looking at every choice ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """What one choice of all comes to, in fen and days.

    Attributes:
        chosen: The id of the option of each debt.
        late: The late cost.
        cost: All cost.
        ends: The last day of all, as an ordinal.
        asked: For how many somebody has to be asked.
        ends_in_sum: The last days of all debts together.
        lacks: What is missing on the worst day; below nothing where something is to spare.
        is_wanted: Whether the user's limits are kept.
    """

    chosen: Mapping[str, str]
    late: int
    cost: int
    ends: int
    asked: int
    ends_in_sum: int
    lacks: int
    is_wanted: bool

    @property
    def holds(self) -> bool:
        """Whether the cash holds and the limits are kept."""
        return self.lacks <= 0 and self.is_wanted

    @property
    def costs(self) -> tuple[int, int]:
        """What counts first and second."""
        return self.late, self.cost

    @property
    def rank(self) -> tuple[int, ...]:
        """By what choices are told apart: the least is the best."""
        return self.late, self.cost, self.ends, self.asked, self.ends_in_sum


def way(asked: Problem, chosen: Mapping[str, str], end: End = End.HIGH) -> Way:
    """What one choice comes to."""
    options = [next(each for each in one.options if each.id == chosen[one.id]) for one in asked.decisions]
    streams = [each.high if end is End.HIGH else each.low for each in options]
    last = [each.payments[-1][0].toordinal() for each in streams]
    return Way(
        chosen,
        sum(each.late_cost.minor for each in streams),
        sum(each.cost.minor for each in streams),
        max(last, default=0),
        sum(each.apply_by is not None for each in options),
        sum(last),
        lacking(asked, streams),
        _is_wanted(asked, options),
    )


def every(asked: Problem, end: End = End.HIGH) -> list[Way]:
    """Every choice there is, whether or not it holds."""
    keys = [one.id for one in asked.decisions]
    all_of_them = product(*([each.id for each in one.options] for one in asked.decisions))
    return [way(asked, dict(zip(keys, chosen, strict=True)), end) for chosen in all_of_them]


def lacking(asked: Problem, streams: Iterable[Stream]) -> int:
    """What is missing on the worst day if these are paid; below nothing where something is to spare."""
    paid: Counter[date] = Counter()
    for each in streams:
        for on, amount in each.payments:
            paid[on] += amount.minor
    known = dict(asked.cash)
    floor = asked.reserve.minor if asked.limits.keeps_reserve else 0
    balance, spent, worst = 0, 0, None
    for on in sorted({asked.today, *paid, *known}):
        balance = known[on].minor if on in known else balance
        spent += paid[on]
        if on >= asked.today:
            missing = floor - (balance - spent)
            worst = missing if worst is None else max(worst, missing)
    assert worst is not None
    return worst


def _is_wanted(asked: Problem, options: Sequence[Option]) -> bool:
    limits = asked.limits
    if limits.most_plans is not None and sum(each.opens_plan for each in options) > limits.most_plans:
        return False
    return not any(
        each.opens_plan and each.kind not in _RUNNING and one.lender in limits.no_new_plan_with
        for one, each in zip(asked.decisions, options, strict=True)
    )


# --- at random -----------------------------------------------------------------------------------------


@cache
def drawn(seed: int) -> Problem:
    """A random problem with few choices: in time, late or impossible, often to the fen."""
    random = seeded(seed)
    unit = random.choice([1, 1, 100, 100_00, 10_000_000_01])
    debts = [_drawn_debt(random, f"{letter}-{seed}", unit) for letter in "ecadb"[: random.randint(1, 5)]]
    lenders = random.choice([(), (), (), ("A",), ("A", "B")])
    limits = Limits(
        random.choice([None, None, None, random.randint(0, len(debts))]),
        frozenset(lenders),
        keeps_reserve=random.random() < 0.8,
    )
    cash, balance = {}, 0
    for on in sorted(
        {random.randint(-3, 0), *(random.randint(1, 150) for _step in range(random.randint(0, 8)))}
    ):
        cash[on] = balance
        balance += random.randint(-8, 20) * unit
    found = problem(*debts, cash=cash, reserve=random.randint(0, 9) * unit, limits=limits)
    return _with_cash(random, found, unit)


@cache
def choices(seed: int, end: End = End.HIGH) -> tuple[Way, ...]:
    """Every choice of a random problem."""
    return tuple(every(drawn(seed), end))


def shuffled(asked: Problem, random: Random) -> Problem:
    """The same problem with debts and options listed in another order."""
    debts = [
        replace(each, options=tuple(random.sample(each.options, len(each.options))))
        for each in asked.decisions
    ]
    return replace(asked, decisions=tuple(random.sample(debts, len(debts))))


def _with_cash(random: Random, asked: Problem, unit: int) -> Problem:
    """With so much more or less cash on every day that some choice just holds, or just does not."""
    found = every(asked)
    wanted = [each for each in found if each.is_wanted] or found
    in_time = min(each.late for each in wanted)
    aim = random.choice(["any", "in time", "late", "late", "late", "least", "free"])
    if aim == "in time":
        least = min(each.lacks for each in wanted if each.late == in_time)
    elif aim == "late":
        least = random.choice([each.lacks for each in wanted if each.late > in_time] or [wanted[0].lacks])
        least = min(least, min(each.lacks for each in wanted if each.late == in_time) - 1)
    elif aim == "least":
        least = min(each.lacks for each in wanted)
    elif aim == "free":
        least = max(each.lacks for each in wanted)
    else:
        least = random.choice(wanted).lacks
    # Exactly enough, one too little, or some to spare.
    more = least + random.choice([0, 0, 0, -1, 1, unit, -2 * unit])
    return replace(asked, cash=tuple((on, cny(left.minor + more)) for on, left in asked.cash))


def _drawn_debt(random: Random, key: str, unit: int) -> Decision:
    owed = random.randint(4, 30) * unit + random.randint(0, unit - 1)
    due, so_far = random.randint(0, 60), random.choice([0, 0, 0, random.randint(1, 3) * unit])
    makers = [_in_parts, _in_parts, _later, _late, _late, _running]
    ways = [random.choice([_in_full] * 5 + [_in_parts, _running])(random, owed, due, unit)]
    ways += [random.choice(makers)(random, owed, due, unit) for _way in range(random.randint(0, 3))]
    if random.random() < 0.3:
        ways.append(random.choice(ways))  # the same once more, under another id
    options = []
    for name, (payments, cost, of_it_late, kind) in zip(
        random.sample("pqrstuv", len(ways)), ways, strict=True
    ):
        last = max(payments)
        high = payments | {last: payments[last] + cost + so_far}
        cheap = random.randint(0, cost) if random.random() < 0.4 else cost
        low = payments | {last: payments[last] + cheap + so_far}
        if random.random() < 0.1:
            low = {min(payments): sum(low.values())}
        options.append(
            option(
                name,
                high,
                cost + so_far,
                of_it_late + so_far,
                kind,
                low=stream(low, cheap + so_far, min(of_it_late, cheap) + so_far),
                opens_plan=kind in {OptionKind.INSTALMENTS, OptionKind.AS_AGREED},
                apply_by=day(due) if kind is OptionKind.INSTALMENTS or random.random() < 0.2 else None,
            )
        )
    return debt(key, *options, lender=random.choice("ABC"), owed=owed)


Drawn = tuple[dict[int, int], int, int, OptionKind]


def _parts(random: Random, owed: int, due: int, count: int) -> dict[int, int]:
    days = sorted(random.sample(range(due, due + 90), count))
    parts = dict.fromkeys(days, owed // count)
    parts[days[-1]] += owed % count
    return parts


def _in_full(_random: Random, owed: int, due: int, _unit: int) -> Drawn:
    return {due: owed}, 0, 0, OptionKind.FULL


def _in_parts(random: Random, owed: int, due: int, unit: int) -> Drawn:
    fee = random.choice([0, 1, 1, 2, 3]) * unit
    return _parts(random, owed, due, random.randint(2, 4)), fee, 0, OptionKind.INSTALMENTS


def _later(random: Random, owed: int, due: int, unit: int) -> Drawn:
    return {due + random.randint(1, 60): owed}, random.choice([0, 1, 2]) * unit, 0, OptionKind.DEFERRAL


def _late(random: Random, owed: int, due: int, unit: int) -> Drawn:
    cost = random.randint(1, 4) * unit
    return {due + random.choice([31, 61, 92]): owed}, cost, cost - random.randint(0, 1), OptionKind.LATE


def _running(random: Random, owed: int, due: int, unit: int) -> Drawn:
    return _parts(random, owed, due, 3), random.randint(0, 2) * unit, 0, OptionKind.AS_AGREED


# --- at random, with orders ----------------------------------------------------------------------------


@cache
def drawn_orders(seed: int) -> Problem:
    """A random problem of some debts whose payments by snowball, avalanche and own order are options too."""
    random = seeded(seed)
    owed = [random.randint(200, 6000) * 100 + random.randint(0, 99) for _debt in range(random.randint(2, 6))]
    rates = [random.choice([0, 5, 10, 15, 20]) for _debt in owed]  # thousandths a month
    numbers = range(len(owed))
    budget = sum(owed) // random.randint(3, 12)
    ranks = {
        "snowball": sorted(numbers, key=lambda number: owed[number]),
        "avalanche": sorted(numbers, key=lambda number: -rates[number]),
        "own": random.sample(numbers, len(owed)),
    }
    runs = {name: _run(owed, rates, rank, budget) for name, rank in ranks.items()}
    debts = []
    for number in numbers:
        streams = [
            option(name, run[number], sum(run[number].values()) - owed[number], 0, OptionKind.STREAM)
            for name, run in runs.items()
        ]
        others = [option("full", {random.randint(0, 20): owed[number]})]
        for count in random.sample([2, 3, 6, 12], 2):
            fee = owed[number] * random.choice([0, 4, 6, 9]) * count // 1000
            parts = dict.fromkeys(range(30, 30 * count + 1, 30), (owed[number] + fee) // count)
            parts[30 * count] += (owed[number] + fee) % count
            others.append(plan(f"in-{count}", parts, fee))
        debts.append(debt(f"debt-{number}", *random.sample(others + streams, 6), owed=owed[number]))
    steps = {0: 0} | {30 * month + random.randint(0, 4): month * budget for month in range(1, 13)}
    orders = {name: (name,) * len(debts) for name in runs}
    asked = problem(*debts, cash=steps, reserve=random.randint(0, 500) * 100, orders=orders)
    aim = random.choice([*orders.values(), ("full",) * len(debts)])
    keys = [one.id for one in debts]
    more = way(asked, dict(zip(keys, aim, strict=True))).lacks + random.choice([0, 0, -1, budget // 2])
    return replace(asked, cash=tuple((on, cny(left.minor + more)) for on, left in asked.cash))


def _run(owed: list[int], rates: list[int], rank: Sequence[int], budget: int) -> list[dict[int, int]]:
    """The payments of each debt, month by month: a least for each, and the rest of the budget by rank."""
    left = list(owed)
    paid: list[dict[int, int]] = [{} for _debt in owed]
    for month in range(1, 25):
        left = [amount + amount * rate // 1000 for amount, rate in zip(left, rates, strict=True)]
        now = [amount if month == 24 else min(amount, max(amount // 20, 50_00)) for amount in left]
        for number in rank:
            now[number] += max(0, min(left[number] - now[number], budget - sum(now)))
        for number, amount in enumerate(now):
            left[number] -= amount
            if amount:
                paid[number][30 * month] = amount
    return paid
