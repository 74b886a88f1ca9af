from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.cash.account import CashAccount
from planner.domain.cash.forecast import Forecast, UnknownBalanceError, forecast
from planner.domain.cash.line import CashDay
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.money import Money
from planner.phrases import Phrase
from tests.domain.cash_cases import cny, moves, seen_on

TODAY = date(2026, 11, 22)
UNTIL = date(2027, 2, 22)
NOTHING = cny(0)


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(days: Sequence[CashDay]) -> list[tuple[str, str]]:
    return [(str(each.on), str(each.balance.decimal)) for each in days]


def made(accounts: Sequence[CashAccount], *movements: Movement, floor: Money = NOTHING) -> Forecast:
    return forecast(accounts, movements, floor, TODAY, UNTIL)


# --- where it starts -------------------------------------------------------------------------------


def test_it_starts_at_the_newest_balance_and_adds_later_items_only() -> None:
    bank = seen_on("bank", (day("2026-10-01"), "9999"), (day("2026-11-10"), "1000"), (day("2026-11-30"), "1"))

    found = made(
        [bank],
        moves(day("2026-10-15"), "500"),
        moves(day("2026-11-10"), "50"),
        moves(day("2026-11-11"), "7"),
        moves(day("2026-11-22"), "-20"),
        moves(day("2026-11-23"), "-100"),
    )

    assert [start.seen.on for start in found.starts] == [day("2026-11-10")]
    assert told(found.days) == [("2026-11-22", "987.00"), ("2026-11-23", "887.00")]
    assert [movement.amount for movement in found.days[0].movements] == [cny(7), cny(-20)]


def test_what_is_dated_on_the_day_of_the_balance_is_in_it_and_what_is_still_open_is_not() -> None:
    bank = seen_on("bank", (TODAY, "1000"))

    found = made(
        [bank],
        moves(TODAY, "500"),
        moves(TODAY, "-30", MovementKind.PAYMENT),
        moves(TODAY, "-100", MovementKind.DUE),
        moves(TODAY, "-10", MovementKind.OVERDUE),
        moves(TODAY, "-1", MovementKind.PLANNED),
    )

    assert told(found.days) == [("2026-11-22", "889.00")]
    assert found.now.value == cny(1000)


def test_what_is_open_of_a_day_before_counts_from_the_first_day_on() -> None:
    bank = seen_on("bank", (day("2026-11-20"), "1000"))

    found = made([bank], moves(day("2026-11-01"), "-300", MovementKind.OVERDUE), moves(TODAY, "5"))

    assert told(found.days) == [("2026-11-22", "705.00")]
    assert found.now.value == cny(1005)


def test_without_a_balance_there_is_no_forecast_but_a_reason() -> None:
    bank, purse = seen_on("bank", (TODAY, "1")), seen_on("purse", (TODAY + timedelta(days=1), "1"))

    with pytest.raises(UnknownBalanceError) as caught:
        made([bank, purse])

    assert str(caught.value) == (
        "No balance of purse is recorded, so it is not known how much cash is there."
    )


def test_each_account_starts_from_its_own_day_and_moves_by_itself() -> None:
    bank = seen_on("bank", (day("2026-11-10"), "1000"))
    purse = seen_on("purse", (day("2026-11-20"), "80"))

    found = made(
        [bank, purse],
        moves(day("2026-11-15"), "-30", cash_account_id="bank"),
        moves(day("2026-11-15"), "-30", cash_account_id="purse"),
        moves(day("2026-11-25"), "-50", cash_account_id="purse"),
        moves(day("2026-11-26"), "-4"),
        moves(day("2026-11-26"), "-5", cash_account_id="gone"),
    )

    assert told(found.days) == [
        ("2026-11-22", "1050.00"),
        ("2026-11-25", "1000.00"),
        ("2026-11-26", "991.00"),
    ]
    assert [(line.account.name, told(line.days)) for line in found.accounts] == [
        ("bank", [("2026-11-22", "970.00"), ("2026-11-26", "961.00")]),
        ("purse", [("2026-11-22", "80.00"), ("2026-11-25", "30.00")]),
    ]


def test_nothing_after_the_last_day_counts_and_that_of_the_last_day_does() -> None:
    found = made([seen_on("bank", (TODAY, "10"))], moves(UNTIL, "1"), moves(UNTIL + timedelta(days=1), "1"))

    assert told(found.days) == [("2026-11-22", "10.00"), ("2027-02-22", "11.00")]


def test_on_one_day_what_comes_in_stands_before_what_goes_out() -> None:
    out, earlier, income = moves(TODAY, "-5"), moves(day("2026-11-21"), "-1"), moves(TODAY, "9")

    found = made([seen_on("bank", (day("2026-11-20"), "0"))], out, earlier, income)

    assert found.days[0].movements == (earlier, income, out)
    assert found.days[0].net == cny(3)


def test_amounts_in_another_currency_are_refused() -> None:
    euros = Movement(TODAY + timedelta(days=1), Money(1, "EUR"), Phrase("x"), MovementKind.INCOME)

    with pytest.raises(ValueError, match="no exchange rates"):
        made([seen_on("bank", (TODAY, "10"))], euros)


# --- what it says ----------------------------------------------------------------------------------

DIPS = (
    moves(day("2026-11-25"), "-500"),
    moves(day("2026-11-30"), "-300"),
    moves(day("2026-12-01"), "800"),
    moves(day("2026-12-24"), "-800"),
)


def test_the_first_day_short_and_the_lowest_point_are_named_with_what_is_missing() -> None:
    found = made([seen_on("bank", (TODAY, "1000"))], *DIPS, floor=cny(400))

    assert found.first_short is not None
    assert (found.first_short.on, found.missing(found.first_short.on).value) == (day("2026-11-30"), cny(200))
    # The same balance twice: the first one is named.
    assert (found.lowest.on, found.lowest.balance) == (day("2026-11-30"), cny(200))
    assert found.floor == cny(400)
    assert found.currency == "CNY"


def test_a_balance_just_at_the_reserve_is_not_short() -> None:
    found = made([seen_on("bank", (TODAY, "1000"))], *DIPS, floor=cny(200))

    assert found.first_short is None
    assert found.missing(found.lowest.on).value == NOTHING


def test_an_account_by_itself_is_short_below_zero_whatever_the_reserve() -> None:
    purse = seen_on("purse", (TODAY, "50"))
    bank = seen_on("bank", (TODAY, "5000"))

    found = made([bank, purse], moves(UNTIL, "-60", cash_account_id="purse"), floor=cny(100))

    (line,) = [each for each in found.accounts if each.account is purse]
    assert found.first_short is None
    assert line.floor == NOTHING
    assert line.first_short is not None
    assert (line.first_short.on, line.missing(UNTIL).value) == (UNTIL, cny(10))


def test_every_day_between_has_the_balance_of_the_day_before_it_on_which_something_moves() -> None:
    found = made([seen_on("bank", (TODAY, "1000"))], *DIPS)

    assert [found.balance(day(on)).decimal for on in ("2026-11-24", "2026-11-25", "2026-11-29")] == [
        1000,
        500,
        500,
    ]
    assert found.balance(UNTIL) == cny(200)
    for outside in (TODAY - timedelta(days=1), UNTIL + timedelta(days=1)):
        with pytest.raises(ValueError, match="is not between"):
            found.balance(outside)


def test_a_balance_says_how_it_was_made() -> None:
    bank = seen_on("bank", (day("2026-11-20"), "1000"))
    found = made([bank], moves(day("2026-11-21"), "9"), *DIPS)

    figure = found.made(day("2026-12-02"))

    assert figure.value == cny("1009")
    derivation = figure.derivation
    assert [str(each.label) for each in derivation.given] == [
        "bank, seen on 2026-11-20",
        "Comes in later",
        "Goes out later",
    ]
    assert [each.plain for each in derivation.given] == [cny(1000), cny(809), cny(-800)]
    assert [str(each.label) for each in derivation.given[1].value.derivation.given] == [
        "2026-11-21, x",
        "2026-12-01, x",
    ]
    assert derivation.workings[-1].result == figure.value
    assert "is in it already" in str(derivation.rule)
    assert "on 2026-11-22 if that has passed" in str(derivation.rule)


def test_cash_now_says_how_it_was_made_and_leaves_out_what_is_open() -> None:
    bank = seen_on("bank", (day("2026-11-20"), "1000"))
    found = made([bank], moves(day("2026-11-21"), "-9"), moves(TODAY, "-5", MovementKind.DUE), *DIPS)

    assert found.now.value == cny(991)
    assert [each.plain for each in found.now.derivation.given] == [cny(1000), cny(-9)]


@pytest.mark.parametrize(
    ("floor", "rule"),
    [("400", "the reserve − the cash"), ("0", "how far the cash at the end of the day is below")],
)
def test_what_is_missing_says_how_it_was_made(floor: str, rule: str) -> None:
    found = made([seen_on("bank", (TODAY, "-100"))], floor=cny(floor))

    missing = found.missing(TODAY)

    assert missing.value == cny(floor) + cny(100)
    assert rule in str(missing.derivation.rule)
    assert [each.plain for each in missing.derivation.given] == [cny(floor), cny(-100)]
    assert missing.derivation.workings[0].result == missing.value


def test_the_line_for_the_optimum_holds_from_each_day_until_the_next() -> None:
    found = made(
        [seen_on("bank", (day("2026-11-20"), "1000"))],
        moves(TODAY, "-5", MovementKind.OVERDUE),
        moves(TODAY, "3"),
        moves(day("2026-12-01"), "-50", MovementKind.DUE),
        moves(day("2026-12-02"), "100"),
        moves(day("2026-12-02"), "-10", MovementKind.PLANNED),
    )

    assert found.cash_line() == (
        (TODAY, cny(998)),
        (day("2026-12-01"), cny(948)),
        (day("2026-12-02"), cny(1038)),
    )
    assert found.cash_line(with_debts=False) == ((TODAY, cny(1003)), (day("2026-12-02"), cny(1103)))


# --- the replay ------------------------------------------------------------------------------------


def replayed(
    accounts: Sequence[CashAccount], movements: Iterable[Movement], start: date, until: date
) -> dict[date, int]:
    """The balance at the end of every day, by walking from the oldest balance on, day after day."""
    first = accounts[0].id
    ids = [account.id for account in accounts]
    newest = {
        account.id: max((seen.on, seen.amount.minor) for seen in account.balances if seen.on <= start)
        for account in accounts
    }
    moved: dict[tuple[str, date], int] = {}
    for each in movements:
        where = each.cash_account_id if each.cash_account_id in ids else first
        is_open = each.kind in {MovementKind.DUE, MovementKind.OVERDUE, MovementKind.PLANNED}
        when = start if is_open and each.on < start else each.on
        if is_open or each.on > newest[where][0]:
            moved[where, when] = moved.get((where, when), 0) + each.amount.minor
    held = dict.fromkeys(ids, 0)
    by_day: dict[date, int] = {}
    on = min(seen_day for seen_day, _minor in newest.values())
    while on <= until:
        for account_id in ids:
            if newest[account_id][0] == on:
                held[account_id] += newest[account_id][1]
            held[account_id] += moved.get((account_id, on), 0)
        if on >= start:
            by_day[on] = sum(held.values())
        on += timedelta(days=1)
    return by_day


def rows(count: int, seed: int) -> tuple[list[CashAccount], list[Movement]]:
    """Three accounts seen on different days, and movements from before that to after the end."""
    chance = random.Random(seed)  # noqa: S311 - rows of a test
    accounts = [
        seen_on(name, (TODAY - timedelta(days=ago + 9), "77"), (TODAY - timedelta(days=ago), amount))
        for name, ago, amount in (("bank", 12, "25000"), ("purse", 0, "310.55"), ("app", 3, "-80.10"))
    ]
    kinds = list(MovementKind)
    movements = []
    for _number in range(count):
        kind = chance.choice(kinds)
        sign = 1 if kind is MovementKind.INCOME else -1
        on = TODAY + timedelta(days=chance.randrange(-40, 1130))
        amount = Money(sign * chance.randrange(1, 60_000), "CNY")
        where = chance.choice(["bank", "purse", "app", "", "unknown"])
        movements.append(Movement(on, amount, Phrase("x"), kind, where))
    return accounts, movements


@pytest.mark.parametrize("seed", [1, 2])
def test_a_forecast_of_60_000_rows_equals_the_day_by_day_replay(seed: int) -> None:
    accounts, movements = rows(60_000, seed)
    until = date(2029, 11, 22)

    began = perf_counter()
    found = forecast(accounts, movements, cny(0), TODAY, until)
    seconds = perf_counter() - began

    expected = replayed(accounts, movements, TODAY, until)
    assert {on: found.balance(on).minor for on in expected} == expected
    assert len(expected) == (until - TODAY).days + 1
    assert sum(line.balance(until).minor for line in found.accounts) == expected[until]
    assert found.lowest.balance.minor == min(expected.values())
    assert found.lowest.on == min(on for on in expected if expected[on] == found.lowest.balance.minor)
    short = [on for on in expected if expected[on] < 0]
    assert found.first_short is not None
    assert found.first_short.on == short[0]
    assert seconds < 5


amounts = st.integers(-90_000, 90_000)
movement_lists = st.lists(
    st.builds(
        Movement,
        st.dates(TODAY - timedelta(days=20), TODAY + timedelta(days=40)),
        st.builds(Money, amounts, st.just("CNY")),
        st.just(Phrase("x")),
        st.sampled_from(MovementKind),
        st.sampled_from(["bank", "purse", ""]),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(movement_lists, st.integers(0, 15), st.integers(0, 15))
def test_every_forecast_equals_the_day_by_day_replay(movements: list[Movement], one: int, other: int) -> None:
    accounts = [
        seen_on("bank", (TODAY - timedelta(days=one), "100")),
        seen_on("purse", (TODAY - timedelta(days=other), "20.5")),
    ]
    until = TODAY + timedelta(days=30)

    found = forecast(accounts, movements, cny(0), TODAY, until)

    expected = replayed(accounts, movements, TODAY, until)
    assert {on: found.balance(on).minor for on in expected} == expected
    for each in expected:
        together = sum(line.balance(each).minor for line in found.accounts)
        assert together == expected[each]
    assert found.made(until).derivation.workings[-1].result == found.balance(until)
    told_sum = sum(given_.plain.minor for given_ in found.made(until).derivation.given)
    assert told_sum == expected[until]
