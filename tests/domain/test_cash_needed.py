from __future__ import annotations

from datetime import date

import pytest

from planner.domain.cash.forecast import forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.cash.needed import Needed, needed_days
from tests.domain.cash_cases import cny, moves, seen_on

TODAY = date(2026, 11, 22)
UNTIL = date(2027, 2, 22)
TENTH = date(2026, 12, 10)
BANK = seen_on("bank", (TODAY, "1000"))
PURSE = seen_on("purse", (TODAY, "100"))


def debit(on: date, amount: str, account: str = "", kind: MovementKind = MovementKind.DUE) -> Movement:
    return moves(on, amount, kind, account, automatic=True)


def needed(*movements: Movement, known: bool = True) -> tuple[Needed, ...]:
    accounts = [BANK, PURSE]
    found = forecast(accounts, movements, cny(5000), TODAY, UNTIL) if known else None
    return needed_days(accounts, movements, found, TODAY, UNTIL)


@pytest.mark.row("C100")
def test_all_that_is_debited_from_an_account_on_a_day_is_one_sum() -> None:
    found = needed(
        debit(TENTH, "-300"),
        debit(TENTH, "-120.50", "bank", MovementKind.PLANNED),
        debit(TENTH, "-40", "purse"),
        debit(date(2026, 12, 11), "-10"),
        debit(TODAY, "-9", kind=MovementKind.OVERDUE),
    )

    assert [(each.on.isoformat(), each.account.name, str(each.needed)) for each in found] == [
        ("2026-11-22", "bank", "9.00 CNY"),
        ("2026-12-10", "bank", "420.50 CNY"),
        ("2026-12-10", "purse", "40.00 CNY"),
        ("2026-12-11", "bank", "10.00 CNY"),
    ]
    assert str(found[1].words) == "Balance needed on 2026-12-10 on bank: 420.50 CNY"
    derivation = found[1].needed.derivation
    assert [each.plain for each in derivation.given] == [cny(300), cny("120.50")]
    assert [len(each.debits) for each in found] == [1, 2, 1, 1]


@pytest.mark.row("C100")
def test_it_says_what_will_be_there_before_the_debits_and_what_is_missing() -> None:
    short, first, last = (
        needed(
            debit(TENTH, "-800"),
            debit(TENTH, "-300"),
            moves(TENTH, "50"),
            moves(date(2026, 12, 1), "-100"),
            debit(date(2026, 12, 5), "-900"),
            debit(date(2027, 1, 1), "-1"),
            moves(date(2026, 12, 31), "1200"),
        )[1],
        *needed(debit(TENTH, "-1000"), debit(UNTIL, "-0.01")),
    )

    # 1,000 − 100 − 900 + 50 of the day itself; 1,100 are needed.
    assert short.there is not None
    assert (short.there.value, short.needed.value) == (cny(50), cny(1100))
    assert short.is_short
    assert short.missing is not None
    assert short.missing.value == cny(1050)
    assert str(short.words) == (
        "Balance needed on 2026-12-10 on bank: 1100.00 CNY; by the forecast, 1050.00 CNY is missing"
    )
    assert [each.plain for each in short.missing.derivation.given] == [cny(1100), cny(50)]
    assert short.missing.derivation.workings[0].result == cny(1050)
    assert [each.plain for each in short.there.derivation.given] == [cny(-1050), cny(1100)]
    # Just enough is enough.
    assert not first.is_short
    assert first.there is not None
    assert first.there.value == cny(1000)
    assert last.missing is not None
    assert last.missing.value == cny("0.01")


def test_what_nobody_debits_and_what_is_paid_already_needs_no_balance() -> None:
    paid = moves(TODAY, "-5", MovementKind.PAYMENT, automatic=True)

    assert needed(moves(TENTH, "-300", MovementKind.DUE), paid) == ()


def test_days_before_and_after_the_period_are_left_out() -> None:
    found = needed(debit(date(2026, 11, 21), "-1"), debit(UNTIL, "-2"), debit(date(2027, 2, 23), "-3"))

    assert [each.needed.value for each in found] == [cny(2)]


def test_what_is_needed_is_told_where_the_balance_is_unknown_and_whether_it_will_do_is_not() -> None:
    (found,) = needed(debit(TENTH, "-5000"), known=False)

    assert (found.needed.value, found.there, found.missing) == (cny(5000), None, None)
    assert not found.is_short
