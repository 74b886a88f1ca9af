from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.domain.dates import Cycle, DaysAfter, FixedDay
from planner.domain.interest.borrowing import months_at
from planner.domain.minimum.path import FURTHEST, Balance, Debt, Fate, follow
from planner.domain.money import Money
from planner.domain.optimum.problem import Stream
from planner.domain.over_time.baseline import least_extra_of, minimum_only
from planner.domain.over_time.orders import AVALANCHE, SNOWBALL, Ordering
from planner.domain.over_time.path import Run
from planner.domain.over_time.run import least_extra, run
from planner.domain.over_time.running import PayDays, RunningBalance, RunningDebt
from planner.domain.payoff.scenario import Order
from planner.domain.rate import Rate
from planner.domain.term import EarlyPolicy
from tests.domain.payoff_cases import (
    CENT,
    FIRST,
    TODAY,
    amounts_of,
    budget,
    daily,
    debt,
    fixed,
    part,
    rows,
    usd,
    yearly,
)


def own(*names: str) -> Ordering:
    return Ordering(Order.OWN, names)


def months(found: Run) -> list[int | None]:
    return [path.months for path in found.paths]


# --- Golden: one amount a month, minimums first ---------------------------------------------------


def test_three_debts_of_vertex42_are_paid_after_4_23_and_34_months() -> None:
    # The debt reduction calculator of vertex42.com, highest interest first, as filled in at
    # scribd.com/document/310356742: 5,324.52, 68,162.32 and 78,370.75, together 151,857.59. It pays
    # 25,000 a month, the minimum of the first.
    debts = (debt("Card", 79000, "36", 25000), debt("Loan 1", 410000, "14"), debt("Loan 2", 200000, "14"))

    found = run(debts, budget(), own("Card", "Loan 1", "Loan 2"))

    assert months(found) == [4, 23, 34]
    assert [path.cost for path in found.paths] == [usd("5324.52"), usd("68162.32"), usd("78370.75")]
    assert (found.count, found.cost, found.fate) == (34, usd("151857.59"), Fate.CLEARS)
    assert found.cleared_on == date(2029, 9, 10)
    assert {month.paid for month in found.months[1:34]} == {usd(25000)}


def test_t38_each_debt_gets_its_own_minimum_before_any_gets_more() -> None:
    # T38: FinSight-AI#1486 pooled the minimums and paid them to the first debt, so that B got none.
    found = run((debt("A", 30, "0", 10), debt("B", 100, "0", 20)), budget(5), own("A", "B"))

    assert amounts_of(found.paths[0]) == [("2026-12-10", "15.00"), ("2027-01-10", "15.00")]
    # B: 20, 20, then all 35 and what is left.
    assert [amount for _on, amount in amounts_of(found.paths[1])] == ["20.00", "20.00", "35.00", "25.00"]
    assert [paid.minimum for paid in found.paths[1].payments] == [usd(20)] * 4
    assert [paid.extra for paid in found.paths[1].payments] == [usd(0), usd(0), usd(15), usd(5)]


def test_what_is_left_of_a_month_goes_on_to_the_next_debt() -> None:
    found = run((debt("A", 10, "0"), debt("B", 90, "0")), budget(50), own("A", "B"))

    assert months(found) == [1, 2]
    assert amounts_of(found.paths[1]) == [("2026-12-10", "40.00"), ("2027-01-10", "50.00")]


def test_interest_is_borne_once_and_by_every_debt() -> None:
    # T37. 1,000 at 12 % and 100 at 24 % with 600 a month: 10.00 and 2.00; 410.00 and 102.00 are left ...
    found = run((debt("A", 1000, "12"), debt("B", 100, "24")), budget(600), own("A", "B"))

    # ... then 4.10 and 2.04, and all is paid in the second month.
    assert [path.interest for path in found.paths] == [usd("14.10"), usd("4.04")]
    assert [path.cost for path in found.paths] == [usd("14.10"), usd("4.04")]
    assert (found.count, found.cost, found.total) == (2, usd("18.14"), usd("1118.14"))
    first = found.paths[0].payments[0]
    assert (first.interest, first.principal, first.left) == (usd(10), usd(590), usd(410))


def test_debts_that_only_grow_never_end_and_say_which() -> None:
    found = run((debt("A", 10, "0"), debt("B", 1000, "24")), budget(20), own("A", "B"))

    # A is paid in the first month; B then bears 20.20 a month.
    assert months(found) == [1, None]
    assert [path.fate for path in found.paths] == [Fate.CLEARS, Fate.NEVER]
    assert (found.fate, found.count, found.cleared_on) == (Fate.NEVER, None, None)
    assert found.paths[1].cleared_on is None
    assert found.paths[1].stream is None
    assert found.paths[1].left > usd(1000)


def test_a_growing_debt_waits_for_the_minimum_of_another() -> None:
    # B gets 1.00 and bears 10.00 until A is paid with 100 a month; then it gets 101.00.
    found = run((debt("B", 1000, "12", 1), debt("A", 500, "0", 100)), budget(), own("B", "A"))

    assert found.path("A").months == 5
    assert found.fate is Fate.CLEARS
    assert found.path("B").payments[5].amount == usd(101)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(0, 6000), st.integers(10**4, 10**6))
def test_one_debt_is_paid_as_by_equal_payments(amount: int, points: int, paid: int) -> None:
    rate = Rate(Decimal(points) / 10_000)
    alone = months_at(Money(amount, "USD"), rate, Money(paid, "USD")).value
    one = debt("A", str(amount * CENT), rate)
    found = run((one,), budget(str(paid * CENT)))

    assert found.count == alone.months
    assert alone.months is None or found.cost == alone.interest


CARDS = {
    "ASIC, November 2003: $1000 at 16 %, 2.5 % or $10": ((1000, "16", "0.025", 10), (136, "861.16")),
    "ASIC, November 2003: $10,000 at 16 %, 2.5 % or $10": ((10000, "16", "0.025", 10), (332, "11146.74")),
    "Federal Reserve, 2009-04-16: $3000 at 13 %": ((3000, "13", "0.02", 20), (192, "2811.66")),
    "University of Wisconsin, 2010-10-21: $5000 at 12 %": ((5000, "12", "0.02", 20), (230, "4393.21")),
    "visual.ly: $10,000 at 20 %, 2 % or $15": ((10000, "20", "0.02", 15), (885, "47125.72")),
}


@pytest.mark.parametrize(("card", "wanted"), CARDS.values(), ids=CARDS)
def test_only_the_minimum_takes_as_long_and_costs_as_much_as_is_published(
    card: tuple[int, str, str, int], wanted: tuple[int, str]
) -> None:
    amount, percent, share, least = card

    found = minimum_only((debt("Card", amount, percent, part(share, least)),), TODAY, "USD")

    assert (found.count, found.cost) == (wanted[0], usd(wanted[1]))


@settings(deadline=None, max_examples=30)
@given(st.integers(100, 10**6), st.integers(0, 4000), st.integers(1, 20), st.integers(0, 2500))
@example(7837, 1107, 1, 0)
def test_only_the_minimum_is_the_path_that_compare_shows(
    amount: int, points: int, share: int, least: int
) -> None:
    rate = Rate(Decimal(points) / 10_000)
    rule = part(f"{share}/100", str(least * CENT), is_of_interest=True)
    owed = Debt((Balance(Money(amount, "USD"), rate),))
    path = follow(owed, rule)
    found = minimum_only((debt("A", str(amount * CENT), rate, rule),), TODAY, "USD")

    if found.fate is not path.fate:
        # What ends nowhere is proved here some months before the path gets there.
        assert (found.fate, path.fate) == (Fate.NEVER, Fate.TOO_LONG)
        assert follow(owed, rule, most=2 * FURTHEST).fate is Fate.NEVER
    assert found.count == path.months
    assert path.interest is None or found.cost == path.interest


# --- Dates ----------------------------------------------------------------------------------------


def test_every_payment_is_on_the_debt_s_own_day() -> None:
    early = debt("A", 30, "0", 10, date(2026, 11, 25))
    late = debt("B", 30, "0", 10, days=PayDays(date(2027, 1, 31)))

    found = run((early, late), budget(), SNOWBALL)

    assert [on for on, _amount in amounts_of(found.paths[0])] == ["2026-11-25", "2026-12-25", "2027-01-25"]
    # 31 January, then what A no longer asks for comes on top.
    assert amounts_of(found.paths[1]) == [("2027-01-31", "10.00"), ("2027-02-28", "20.00")]
    assert months(found) == [2, 3]
    assert [month.until for month in found.months] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_days_follow_the_cycle_of_the_account() -> None:
    cycle = Cycle(statement_day=5, due=DaysAfter(20))

    found = run((debt("A", 30, "0", 10, days=PayDays(date(2026, 12, 25), cycle)),), budget())

    assert [on for on, _amount in amounts_of(found.paths[0])] == ["2026-12-25", "2027-01-25", "2027-02-25"]
    clamped = Cycle(statement_day=31, due=FixedDay(31))
    days = PayDays(date(2026, 12, 31), clamped)
    assert [days.on(number) for number in range(-1, 4)] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]


def test_days_go_on_from_a_due_date_that_has_passed() -> None:
    days = PayDays(date(2026, 12, 31), due_on=date(2026, 8, 31), passed=4)

    assert [days.on(number) for number in (-1, 0, 1, 2)] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_a_day_s_rate_is_charged_by_days_and_free_before_the_first_payment() -> None:
    # 0.05 % a day on 900.00 over 31 days of December and January: 13.95.
    found = minimum_only((debt("A", 1000, daily("0.05"), part("0.10")),), TODAY, "USD")

    first, second, third, fourth = found.paths[0].payments[:4]
    assert (first.on, first.amount, first.interest, first.left) == (FIRST, usd(100), usd(0), usd(900))
    assert (second.on, second.interest, second.left) == (date(2027, 1, 10), usd("13.95"), usd("823.95"))
    assert (third.interest, third.left) == (usd("12.77"), usd("754.32"))  # 31 days; 82.40 are paid
    assert fourth.interest == usd("10.56")  # 28 days of February
    assert found.paths[0].interest == found.paths[0].cost


def test_a_day_s_rate_runs_from_the_day_that_is_said() -> None:
    since = date(2026, 11, 10)
    one = debt("A", 1000, daily("0.05"), part("0.10"), since=since)

    first = run((one,), budget()).paths[0].payments[0]

    # 30 days from 10 November to 10 December: 15.00 on top of 1,000.00.
    assert (first.amount, first.interest, first.left) == (usd(100), usd(15), usd(915))


def test_a_month_s_rate_is_a_twelfth_whatever_the_month() -> None:
    found = run((debt("A", 1200, "12", 100),), budget())

    assert [paid.interest for paid in found.paths[0].payments[:3]] == [usd(12), usd("11.12"), usd("10.23")]


def test_what_is_late_is_paid_today_and_its_interest_has_run_since() -> None:
    # Due on 10 November: 12 days at 0.05 % on 1,000.00 are 6.00; the minimum of 100.00 is paid today.
    days = PayDays(FIRST, due_on=date(2026, 11, 10), passed=1)
    one = debt(
        "A",
        1000,
        daily("0.05"),
        part("0.10"),
        days=days,
        overdue=usd(100),
        since=date(2026, 11, 10),
    )

    first, second = run((one,), budget()).paths[0].payments[:2]

    assert (first.on, first.minimum, first.interest, first.left) == (TODAY, usd(100), usd(6), usd(906))
    # 18 days on 906.00: 8.15; a tenth of 906.00 is asked for.
    assert (second.on, second.minimum, second.interest) == (FIRST, usd("90.60"), usd("8.15"))


def test_what_is_late_at_a_month_s_rate_bears_it_with_the_next_bill() -> None:
    days = PayDays(FIRST, due_on=date(2026, 11, 10), passed=1)
    one = debt("A", 1000, "12", part("0.10"), days=days, overdue=usd(100))

    first, second = minimum_only((one,), TODAY, "USD").paths[0].payments[:2]

    assert (first.on, first.amount, first.interest) == (TODAY, usd(100), usd(0))
    assert (second.interest, second.amount) == (usd(9), usd(90))


# --- The first minimum, lost free time ------------------------------------------------------------


def test_the_first_payment_asks_for_what_the_bill_says() -> None:
    one = debt("A", 1000, "0", part("0.10"), first=usd(250))

    only, rolled = minimum_only((one,), TODAY, "USD"), run((one,), budget())

    assert [paid.amount for paid in only.paths[0].payments[:3]] == [usd(250), usd(75), usd("67.50")]
    # A tenth of all of it is what it usually asks for.
    assert [paid.amount for paid in rolled.paths[0].payments[:3]] == [usd(250), usd(100), usd(100)]


def test_a_first_minimum_that_is_paid_in_part_asks_for_no_more_that_month() -> None:
    for first, wanted in ((0, ["100.00", "100.00"]), (40, ["40.00", "100.00"])):
        one = debt("A", 1000, "0", part("0.10"), first=usd(first))
        found = run((one,), budget()).paths[0]
        assert one.regular == usd(100)
        assert [amount for _on, amount in amounts_of(found)[:2]] == wanted


def test_lost_free_time_is_asked_for_once_with_the_second_bill() -> None:
    one = debt("A", 1000, "0", part("0.10"), lost=usd(40))

    found = minimum_only((one,), TODAY, "USD").paths[0]

    assert [paid.interest for paid in found.payments[:4]] == [usd(0), usd(40), usd(0), usd(0)]
    assert found.payments[1].left == usd(850)  # 900 + 40 - 90
    assert found.cost == usd(40)
    at_once = run((debt("A", 1000, "0", part("0.10"), lost=usd(40), lost_with=0),), budget()).paths[0]
    assert at_once.payments[0].interest == usd(40)


def test_no_free_time_is_lost_where_all_is_paid_at_first() -> None:
    one = debt("A", 1000, daily("0.05"), part("0.10"), lost=usd(40))

    found = run((one,), budget(900)).paths[0]

    assert amounts_of(found) == [("2026-12-10", "1000.00")]
    assert found.cost == usd(0)


# --- Orders ---------------------------------------------------------------------------------------


def test_snowball_pays_the_smallest_first_and_avalanche_the_dearest() -> None:
    debts = (debt("Big", 900, "24", 30), debt("Small", 300, "12", 10), debt("Mid", 600, "18", 20))

    small, dear = run(debts, budget(200), SNOWBALL), run(debts, budget(200), AVALANCHE)

    assert [small.path(name).payments[0].extra for name in ("Small", "Mid", "Big")] == [
        usd(200),
        usd(0),
        usd(0),
    ]
    assert [dear.path(name).payments[0].extra for name in ("Small", "Mid", "Big")] == [
        usd(0),
        usd(0),
        usd(200),
    ]
    assert small.path("Small").months == 2
    assert dear.cost < small.cost
    mine = run(debts, budget(200), own("Mid"))
    assert mine.path("Mid").payments[0].extra == usd(200)


def test_what_a_falling_minimum_no_longer_asks_for_goes_to_the_order() -> None:
    # A asks for a tenth: 100.00, then 70.00 of 700.00 because 200.00 extra went to it too.
    found = run((debt("A", 1000, "0", part("0.10")),), budget(200))

    assert [paid.amount for paid in found.paths[0].payments] == [usd(300), usd(300), usd(300), usd(100)]
    assert [paid.minimum for paid in found.paths[0].payments] == [usd(100), usd(70), usd(40), usd(10)]


def test_only_the_minimums_lets_nothing_roll_on() -> None:
    found = minimum_only((debt("A", 20, "0", 10), debt("B", 100, "0", 10)), TODAY, "USD")

    assert months(found) == [2, 10]
    assert all(not month.extra for month in found.months)


def test_the_dearest_changes_where_a_promotion_ends() -> None:
    promoted = RunningBalance(usd(1000), yearly("0"), yearly("30"), date(2027, 2, 1))
    debts = (debt("Promo", 0, "0", 10, balances=(promoted,)), debt("Card", 2000, "18", 20))

    found = run(debts, budget(100))

    extras = {path.debt.id: [paid.extra for paid in path.payments[:4]] for path in found.paths}
    assert extras["Card"] == [usd(100), usd(100), usd(0), usd(0)]
    assert extras["Promo"] == [usd(0), usd(0), usd(100), usd(100)]


def test_a_promotion_ends_on_its_day() -> None:
    promoted = RunningBalance(usd(1200), yearly("0"), yearly("12"), date(2026, 12, 26))
    one = debt("A", 0, "0", fixed(100), balances=(promoted,))

    interest = [paid.interest for paid in run((one,), budget()).paths[0].payments[:3]]

    # From 10 December to 10 January: 15 of 31 days at 1 % of 1,100.00, then a whole month of 1,005.32.
    assert interest == [usd(0), usd("5.32"), usd("10.05")]
    by_day = RunningBalance(usd(1000), daily("0"), daily("0.05"), date(2026, 12, 26))
    found = run((debt("A", 0, "0", fixed(100), balances=(by_day,)),), budget()).paths[0]
    assert found.payments[1].interest == usd("6.75")  # 900.00 x 0.0005 x 15


def test_payments_go_to_the_first_part_of_a_debt_first() -> None:
    parts = (RunningBalance(usd(100), yearly("24")), RunningBalance(usd(100), yearly("12")))
    one = debt("A", 0, "0", fixed(60), balances=parts)

    found = run((one,), budget()).paths[0]

    # 2.00 and 1.00; 42.00 and 101.00 are left; then 0.84 and 1.01; then 0.84 of 84.85 - 0.00 ...
    assert [paid.interest for paid in found.payments[:3]] == [usd(3), usd("1.85"), usd("0.85")]


# --- Extra money: lump sums, what is kept ---------------------------------------------------------


def test_a_lump_sum_is_paid_on_the_first_day_on_or_after_its_own() -> None:
    one = debt("A", 1000, "0", 100)

    for day, wanted in (
        (date(2026, 1, 1), ["600.00", "100.00"]),
        (date(2026, 12, 10), ["600.00", "100.00"]),
        (date(2026, 12, 11), ["100.00", "600.00"]),
    ):
        found = run((one,), budget(0, (day, 500)))
        assert [amount for _on, amount in amounts_of(found.paths[0])[:2]] == wanted


def test_a_lump_sum_goes_to_who_can_take_it_on_its_day() -> None:
    debts = (debt("A", 1000, "0", 0, date(2026, 12, 5)), debt("B", 1000, "0", 0, date(2026, 12, 20)))

    found = run(debts, budget(0, (date(2026, 12, 10), 400), (date(2027, 1, 2), 1600)), own("A", "B"))

    # A asks on the 5th, before the first lump; B on the 20th. In January A takes all that is there.
    assert amounts_of(found.paths[0]) == [("2027-01-05", "1000.00")]
    assert amounts_of(found.paths[1]) == [("2026-12-20", "400.00"), ("2027-01-20", "600.00")]


def test_extra_money_begins_with_the_first_payment_and_is_kept_for_who_comes_later() -> None:
    # Nothing is due in November; in December A takes 30.00 of 50.00, and B begins in January.
    debts = (debt("A", 30, "0"), debt("B", 200, "0", 0, date(2027, 1, 15)))

    found = run(debts, budget(50), own("A", "B"))

    assert [month.kept for month in found.months[:3]] == [usd(0), usd(20), usd(0)]
    assert amounts_of(found.paths[1])[0] == ("2027-01-15", "70.00")
    assert [month.extra for month in found.months[:3]] == [usd(0), usd(30), usd(70)]


# --- New purchases --------------------------------------------------------------------------------


def test_what_is_bought_anew_is_on_the_next_bill_and_free_until_then() -> None:
    found = run((debt("A", 1000, "12", part("0.10"), bought=usd(50)),), budget()).paths[0]

    first, second = found.payments[:2]
    assert (first.interest, first.amount) == (usd(10), usd(100))
    # 910.00 bear 9.10; with 50.00 bought, a tenth of 960.00 is asked for, 4.00 of the first month more.
    assert (second.interest, second.minimum, second.extra) == (usd("9.10"), usd(96), usd(4))
    assert second.left == usd("869.10")


def test_all_is_paid_once_what_is_bought_is_paid_in_full_each_month() -> None:
    found = run((debt("A", 100, "0", 40, bought=usd(10)),), budget())

    # 60, then 70 - 40 = 30, then 40 - 40.
    assert found.count == 3
    assert found.paths[0].bought == usd(20)
    assert found.paths[0].cost == usd(0)
    assert found.total == usd(120)


def test_what_is_bought_with_a_debt_that_is_paid_is_paid_each_month() -> None:
    debts = (debt("A", 10, "0", 0, bought=usd(30)), debt("B", 100, "0", 0))

    found = run(debts, budget(40), own("A", "B"))

    # A: 10; then all that is bought, each month. B: 30, then 10 each month.
    assert [amount for _on, amount in amounts_of(found.paths[1])[:3]] == ["30.00", "10.00", "10.00"]
    assert months(found) == [1, 8]
    assert [amount for _on, amount in amounts_of(found.paths[0])[:3]] == ["10.00", "30.00", "30.00"]


# --- Rows -----------------------------------------------------------------------------------------


def test_rows_are_paid_when_they_are_due_and_bear_nothing_more() -> None:
    plan = rows("Plan", [(100, 3), (100, 3), (100, 3)])

    found = run((plan,), budget()).paths[0]

    assert amounts_of(found) == [("2026-12-10", "103.00"), ("2027-01-10", "103.00"), ("2027-02-10", "103.00")]
    assert (found.debt.open, found.debt.owed, found.cost) == (usd(309), usd(300), usd(9))
    assert [paid.fee for paid in found.payments] == [usd(3)] * 3
    assert [[row.id for row in paid.rows] for paid in found.payments] == [["Plan-1"], ["Plan-2"], ["Plan-3"]]
    assert (found.months, found.interest, found.left) == (3, usd(0), usd(0))


def test_rows_that_are_late_are_paid_today() -> None:
    plan = rows("Plan", [(100, 0), (100, 0), (100, 0)], date(2026, 10, 10))

    found = run((plan,), budget()).paths[0]

    assert amounts_of(found) == [("2026-11-22", "200.00"), ("2026-12-10", "100.00")]
    assert [len(paid.rows) for paid in found.payments] == [2, 1]


def test_nothing_extra_goes_into_a_plan_that_nobody_says_can_be_settled() -> None:
    plan, card = rows("Plan", [(100, 3)] * 3), debt("Card", 150, "12", 10)

    found = run((plan, card), budget(500), SNOWBALL)

    assert found.path("Plan").months == 3
    assert all(not paid.extra for paid in found.path("Plan").payments)
    assert found.path("Card").months == 1
    assert found.months[-1].kept > usd(0)


def test_a_plan_is_settled_as_soon_as_the_money_is_there_and_it_saves() -> None:
    plan = rows("Plan", [(100, 3)] * 4, policies=(EarlyPolicy.WAIVE_REMAINING,))

    found = run((plan,), budget(100)).paths[0]

    # 100.00 in December are not enough for 300.00, nor 200.00 in January for 200.00? They are.
    assert amounts_of(found) == [("2026-12-10", "103.00"), ("2027-01-10", "303.00")]
    last = found.payments[-1]
    assert (last.minimum, last.extra, last.fee, last.principal) == (usd(103), usd(200), usd(3), usd(300))
    assert [row.id for row in last.rows] == ["Plan-2", "Plan-3", "Plan-4"]
    assert found.cost == usd(6)


def test_money_for_a_plan_does_not_wait_while_another_debt_can_take_it() -> None:
    plan = rows("Plan", [(100, 3)] * 4, policies=(EarlyPolicy.WAIVE_REMAINING,))
    card = debt("Card", 250, "12")

    found = run((plan, card), budget(100), own("Plan", "Card"))

    assert found.path("Card").payments[0].extra == usd(100)


def test_a_plan_is_not_settled_where_that_saves_nothing_by_one_of_the_sources() -> None:
    both = (EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.REMAINING_FEES_DUE)
    for is_high in (True, False):
        plan = rows("Plan", [(100, 3)] * 4, policies=both, is_high=is_high)
        assert all(not paid.extra for paid in run((plan,), budget(1000)).paths[0].payments)


def test_each_end_settles_by_its_own_rule() -> None:
    some = (EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.BILLED_PLUS_NEXT)
    costs = [
        run((rows("Plan", [(100, 3)] * 4, policies=some, is_high=is_high),), budget(1000)).cost
        for is_high in (False, True)
    ]

    assert costs == [usd(3), usd(6)]


def test_what_a_plan_asked_for_goes_on_to_the_next_debt() -> None:
    plan, card = rows("Plan", [(100, 0), (90, 0)], regular=90), debt("Card", 500, "0", 10)

    found = run((plan, card), budget(), SNOWBALL)

    # Nothing while rows are left, nor in the month of the last one, which is all that was asked for.
    assert [paid.amount for paid in found.path("Card").payments[:4]] == [usd(10), usd(10), usd(100), usd(100)]


def test_what_is_due_once_leaves_nothing_behind() -> None:
    once, card = rows("Once", [(100, 0)]), debt("Card", 100, "0", 10)

    found = run((once, card), budget(), SNOWBALL)

    assert found.path("Card").months == 10


# --- Never, and the least that ends it ------------------------------------------------------------


def test_one_cent_less_never_ends_and_that_cent_ends_it() -> None:
    one = (debt("B", 1000, "24"),)

    assert least_extra(one, budget()) == usd("20.01")
    assert run(one, budget(20)).fate is Fate.NEVER
    assert run(one, budget("20.00")).months[-1].open == usd(1000)
    assert run(one, budget("20.01")).fate is Fate.CLEARS


def test_the_least_extra_counts_what_others_leave_behind() -> None:
    # B bears 20.00; A asks for 12.00 and leaves that behind.
    debts = (debt("A", 120, "0", 12), debt("B", 1000, "24", 5))

    least = least_extra(debts, budget(), SNOWBALL)

    assert least is not None
    assert run(debts, budget(str(least.decimal)), SNOWBALL).fate is Fate.CLEARS
    fewer = str(least.decimal - CENT)
    assert run(debts, budget(fewer), SNOWBALL).fate is Fate.NEVER


def test_the_least_extra_within_some_months_is_exact() -> None:
    one = (debt("A", 1000, "12", 10),)

    least = least_extra(one, budget(), within=12)

    # 88.85 a month pays 1,000.00 at 1 % in twelve months.
    assert least == usd("78.85")
    assert run(one, budget("78.85")).count == 12
    assert run(one, budget("78.84")).count == 13


def test_no_extra_ends_rows_before_their_time() -> None:
    assert least_extra((rows("Plan", [(100, 3)] * 4),), budget(), within=2) is None
    assert least_extra((rows("Plan", [(100, 3)] * 4),), budget(), within=4) == usd(0)


def test_what_ends_by_itself_needs_nothing_more() -> None:
    assert least_extra_of(debt("A", 100, "0", 10), TODAY) == usd(0)
    assert least_extra_of(debt("A", 1000, "24", 5), TODAY) == usd("15.01")


def test_what_takes_longer_than_anybody_follows_is_too_long() -> None:
    # 1 % a month bears 10.00, 10.01 are paid: it ends, but not within ten months.
    found = run((debt("A", 1000, "12", "10.01"),), budget(), most=10)

    assert (found.fate, found.paths[0].fate, found.count) == (Fate.TOO_LONG, Fate.TOO_LONG, None)
    assert found.paths[0].left == found.months[-1].open


def test_what_never_ends_is_shown_for_twenty_years() -> None:
    found = run((debt("A", 1000, "24", 5),), budget())

    assert len(found.months) == 240
    assert found.months[-1].open == found.paths[0].left


# --- Nothing, and what the optimum takes ----------------------------------------------------------


def test_nothing_owed_is_paid_at_once() -> None:
    found = run((debt("A", 0, "12", 10),), budget())

    assert (found.count, found.cost, found.months, found.fate) == (0, usd(0), (), Fate.CLEARS)
    assert found.paths[0].payments == ()
    assert found.paths[0].cleared_on == TODAY
    assert found.paths[0].stream is None
    none_at_all = run((), budget())
    assert (none_at_all.count, none_at_all.cleared_on) == (0, None)


def test_the_payments_of_a_debt_are_a_stream_of_the_optimum() -> None:
    found = run((debt("A", 100, "12", 60),), budget()).paths[0]

    assert found.stream == Stream(
        ((date(2026, 12, 10), usd(60)), (date(2027, 1, 10), usd("41.41"))), usd("1.41"), usd(0)
    )


def test_a_debt_is_found_by_its_id() -> None:
    found = run((debt("A", 100, "12", 60),), budget())

    assert found.path("A").debt.id == "A"
    with pytest.raises(KeyError):
        found.path("B")


def test_more_a_month_never_takes_longer() -> None:
    debts: tuple[RunningDebt, ...] = (
        debt("A", 3000, "19", part("0.02", 25)),
        debt("B", 900, "29", part("0.03", 10)),
        rows("Plan", [(100, 3)] * 6, regular=103),
    )

    found = [run(debts, budget(extra), AVALANCHE) for extra in range(0, 400, 25)]
    counts = [each.count or 0 for each in found]

    assert counts == sorted(counts, reverse=True)
    assert [each.cost for each in found] == sorted((each.cost for each in found), reverse=True)
