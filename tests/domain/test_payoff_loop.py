"""The simulation against a second, plain one, over random debts; and what holds of every run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.minimum.monthly import MonthlyRule
from planner.domain.minimum.path import Fate
from planner.domain.money import Money, sum_of
from planner.domain.over_time.baseline import minimum_only
from planner.domain.over_time.orders import AVALANCHE, SNOWBALL, Ordering
from planner.domain.over_time.path import Budget
from planner.domain.over_time.run import least_extra, run
from planner.domain.over_time.running import PayDays, Revolving, Rows, RunningBalance, RunningDebt
from planner.domain.payoff.scenario import Lump, Order
from planner.domain.rate import Per, Rate
from planner.phrases import Phrase
from tests.domain.payoff_cases import TODAY
from tests.domain.payoff_loop import Plain, months_from, pay_all

EXAMPLES = int(os.environ.get("PLANNER_EXAMPLES", "60"))

_DAYS = st.integers(0, 70).map(lambda days: TODAY + timedelta(days=days))


@dataclass(frozen=True)
class Drawn:
    """A debt, for the simulation and for the plain one."""

    debt: RunningDebt
    plain: dict[str, object]


def usd(minor: int) -> Money:
    return Money(minor, "USD")


@st.composite
def revolving(draw: st.DrawFn, name: str, *, may_buy: bool) -> Drawn:
    by_day = draw(st.booleans())
    most = 9 if by_day else 4000
    points = st.integers(0, most)
    first = draw(_DAYS)
    count = draw(st.sampled_from([1, 1, 2]))
    amounts = [draw(st.integers(1, 10**6)) for _ in range(count)]
    rates = [Decimal(draw(points)) / 10_000 for _ in range(count)]
    then: list[Decimal | None] = []
    until: list[date | None] = []
    for _ in range(count):
        is_promoted = draw(st.booleans())
        then.append(Decimal(draw(points)) / 10_000 if is_promoted else None)
        until.append(first + timedelta(days=draw(st.integers(-40, 200))) if is_promoted else None)
    share = Fraction(draw(st.integers(1, 15)), 100)
    of_interest, plus_interest = draw(st.booleans()), draw(st.booleans())
    least = draw(st.sampled_from([0, 0, 500, 2500]))
    small = draw(st.sampled_from([0, 0, 30_000]))
    bought = draw(st.sampled_from([0, 0, 4000])) if may_buy else 0
    since = first - timedelta(days=draw(st.integers(0, 40))) if draw(st.booleans()) else None
    per = Per.DAY if by_day else Per.YEAR
    balances = tuple(
        RunningBalance(usd(amount), Rate(rate, per), Rate(after, per) if after is not None else None, end)
        for amount, rate, after, end in zip(amounts, rates, then, until, strict=True)
    )
    way = Revolving(
        balances,
        MonthlyRule(share, of_interest, plus_interest, least, small),
        since=since,
        bought=usd(bought) if bought else None,
    )
    debt = RunningDebt(name, name, Phrase.own(name), PayDays(first), way)
    plain: dict[str, object] = {
        "name": name,
        "first": first,
        "owed": list(amounts),
        "rates": [Fraction(rate) for rate in rates],
        "by_day": by_day,
        "then": [Fraction(after) if after is not None else None for after in then],
        "until": until,
        "share": share,
        "of_interest": of_interest,
        "plus_interest": plus_interest,
        "floor": max(least, 1),
        "small": small,
        "bought": bought,
        "since": since,
    }
    return Drawn(debt, plain)


@st.composite
def in_rows(draw: st.DrawFn, name: str) -> Drawn:
    first = draw(_DAYS)
    parts = draw(st.lists(st.integers(1, 50_000), min_size=1, max_size=14))
    fee = draw(st.integers(0, 500))
    rows = tuple(
        Instalment(number, add_months(first, number - 1), usd(part), usd(fee), usd(0), f"{name}-{number}")
        for number, part in enumerate(parts, start=1)
    )
    usual = min(row.total.minor for row in rows)
    debt = RunningDebt(name, name, Phrase.own(name), PayDays(first), Rows(rows, None, usd(usual)))
    plain: dict[str, object] = {
        "name": name,
        "first": first,
        "owed": [sum(row.total.minor for row in rows)],
        "rates": [],
        "by_day": False,
        "rows": [(row.due_on, row.total.minor) for row in rows],
        "usual": usual,
    }
    return Drawn(debt, plain)


@st.composite
def several(draw: st.DrawFn, *, may_buy: bool = True, most: int = 4) -> list[Drawn]:
    found: list[Drawn] = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.integers(0, 3))
        name = f"debt {number}"
        found.append(draw(in_rows(name)) if not kind else draw(revolving(name, may_buy=may_buy)))
    return found


lumps = st.lists(
    st.tuples(st.integers(0, 300).map(lambda days: TODAY + timedelta(days=days)), st.integers(1, 200_000)),
    max_size=3,
)


@settings(deadline=None, max_examples=EXAMPLES)
@given(several(), st.integers(0, 100_000), lumps, st.randoms(use_true_random=False))
def test_a_second_implementation_pays_the_same_on_the_same_days(
    drawn: list[Drawn], extra: int, extras: list[tuple[date, int]], random: object
) -> None:
    names = [each.debt.id for each in drawn]
    random.shuffle(names)  # type: ignore[attr-defined]
    plain = {each.debt.id: Plain(**each.plain) for each in drawn}  # type: ignore[arg-type]
    able = [name for name in names if not plain[name].usual]
    ended = pay_all(list(plain.values()), able, TODAY, extra, extras, most=91)

    paid = Budget(TODAY, usd(extra), tuple(Lump(on, usd(amount)) for on, amount in extras))
    found = run([each.debt for each in drawn], paid, Ordering(Order.OWN, tuple(names)), 90)

    assert (found.fate is Fate.CLEARS) == (ended is not None)
    assert ended is None or max((path.months or 0) for path in found.paths) <= ended
    until = found.months[-1].until
    for path in found.paths:
        other = plain[path.debt.id]
        ours = [(each.on, each.amount.minor) for each in path.payments]
        assert ours == [each for each in other.paid if each[0] <= until]
        if isinstance(path.debt.way, Revolving):
            minimums = [each.minimum.minor for each in path.payments if each.minimum]
            assert minimums == [asked for asked in other.asked if asked][: len(minimums)]
            number = len(found.months) - months_from(TODAY, other.first)
            assert len(minimums) == len([asked for asked in other.asked[: max(number, 0)] if asked])
        if ended is not None:
            assert path.left.minor == sum(other.owed) == 0
            assert (path.interest.minor, path.bought.minor) == (other.interest, other.purchases)


@settings(deadline=None, max_examples=EXAMPLES)
@given(several(), st.integers(0, 100_000), lumps, st.sampled_from([SNOWBALL, AVALANCHE]))
def test_every_amount_is_accounted_for_and_every_minimum_is_met(
    drawn: list[Drawn], extra: int, extras: list[tuple[date, int]], ordering: Ordering
) -> None:
    debts = [each.debt for each in drawn]
    budget = Budget(TODAY, usd(extra), tuple(Lump(on, usd(amount)) for on, amount in extras))
    found = run(debts, budget, ordering, 120)

    for path in found.paths:
        # What was owed, bought and charged is what was paid and what is left.
        assert path.total + path.left == path.debt.owed + path.bought + path.cost
        if isinstance(path.debt.way, Revolving):
            assert path.cost == path.interest
            assert sum_of((paid.interest for paid in path.payments), "USD") <= path.interest
        days = [paid.on for paid in path.payments]
        assert days == sorted(set(days))
        assert all(paid.amount.minor > 0 and paid.principal.minor >= 0 for paid in path.payments)
    _minimums_are_met(found.paths)
    whole = sum_of((each.amount for path in found.paths for each in path.payments), "USD")
    assert whole == sum_of((month.paid for month in found.months), "USD") == found.total
    # Nobody pays what is not there: at most the usual minimums, what is asked for beyond, extra and lumps.
    usual = sum(debt.regular.minor for debt in debts)
    there = 0
    for number, month in enumerate(found.months):
        there += extra + usual
        came = sum(amount for on, amount in extras if on <= month.until)
        spent = sum(each.extra.minor for each in found.months[: number + 1])
        assert spent <= there + came


def _minimums_are_met(paths: object) -> None:
    """Each month asks for what the rule makes of what is owed then, whatever the others got."""
    for path in paths:  # type: ignore[attr-defined]
        way = path.debt.way
        if not isinstance(way, Revolving):
            continue
        before = way.owed.minor
        for paid in path.payments:
            charged = paid.left.minor + paid.amount.minor
            least = min(charged, way.rule.floor)
            assert paid.minimum.minor >= min(least, charged)
            assert paid.minimum.minor <= charged
            assert charged >= before
            before = paid.left.minor


@settings(deadline=None, max_examples=EXAMPLES)
@given(several(may_buy=False), st.integers(0, 50_000))
def test_an_order_is_never_dearer_than_only_the_minimums(drawn: list[Drawn], extra: int) -> None:
    debts = [each.debt for each in drawn if not _has_jump(each.debt)]
    usual = minimum_only(debts, TODAY, "USD")
    for ordering in (SNOWBALL, AVALANCHE):
        found = run(debts, Budget(TODAY, usd(extra)), ordering)
        if usual.fate is Fate.CLEARS:
            assert found.fate is Fate.CLEARS
            assert found.cost <= usual.cost + usd(len(found.months))  # rounding
            assert (found.count or 0) <= (usual.count or 0)


def _has_jump(debt: RunningDebt) -> bool:
    """Whether less owed may mean less paid: a small rest that is due in full."""
    return isinstance(debt.way, Revolving) and bool(debt.way.rule.all_below)


@settings(deadline=None, max_examples=EXAMPLES)
@given(several(most=3), st.integers(0, 3000))
def test_what_is_proved_never_to_end_does_not_end_in_fifty_years(drawn: list[Drawn], extra: int) -> None:
    debts = [each.debt for each in drawn]
    names = tuple(debt.id for debt in debts)
    found = run(debts, Budget(TODAY, usd(extra)), Ordering(Order.OWN, names))
    never = {path.debt.id for path in found.paths if path.fate is Fate.NEVER}
    if not never:
        return
    plain = {each.debt.id: Plain(**each.plain) for each in drawn}  # type: ignore[arg-type]
    able = [name for name in names if not plain[name].usual]
    assert pay_all(list(plain.values()), able, TODAY, extra, most=600) is None
    assert all(sum(plain[name].owed) for name in never)


@settings(deadline=None, max_examples=max(EXAMPLES // 6, 5))
@given(several(may_buy=False, most=2))
def test_the_least_extra_ends_it_and_one_minor_unit_less_does_not(drawn: list[Drawn]) -> None:
    debts = [each.debt for each in drawn if not _has_jump(each.debt)]
    start = Budget(TODAY, usd(0))
    least = least_extra(debts, start, AVALANCHE, within=240)

    assert least is not None
    assert run(debts, start.with_extra(least), AVALANCHE, 240).fate is Fate.CLEARS
    if least:
        fewer = start.with_extra(usd(least.minor - 1))
        assert run(debts, fewer, AVALANCHE, 240).fate is not Fate.CLEARS
