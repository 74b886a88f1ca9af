from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.hardship.held import held, uncovered
from planner.domain.money import Money
from tests.domain.hardship_cases import TODAY, yuan

UNTIL = date(2027, 2, 22)
FIRST = date(2026, 12, 10)
OWED = yuan("9000")


def test_the_first_day_below_nothing_is_named_with_what_is_missing() -> None:
    cash = [(TODAY, yuan("0")), (FIRST, yuan("-0.01")), (UNTIL, yuan("-50"))]
    found = uncovered(cash, UNTIL)

    assert found is not None
    assert (found.on, found.by.value) == (FIRST, yuan("0.01"))
    (there,), (step,) = found.by.derivation.given, found.by.derivation.workings
    assert (there.plain, step.result) == (yuan("-0.01"), yuan("0.01"))
    assert uncovered(cash[:1], UNTIL) is None
    assert uncovered(cash, FIRST - timedelta(days=1)) is None


def test_the_tightest_day_is_shared_among_the_payments_made_by_then() -> None:
    cash = [(TODAY, yuan("5")), (FIRST, yuan("900")), (date(2027, 1, 9), yuan("400")), (UNTIL, yuan("1000"))]
    found = held(cash, FIRST, date(2027, 1, 31), OWED)

    # 400 on 9 January after one payment, still 400 on the 10th after two.
    assert found is not None
    assert (found.on, found.monthly.value) == (date(2027, 1, 10), yuan("200"))
    assert [each.plain for each in found.monthly.derivation.given] == [yuan("400"), 2]
    assert [each.result for each in found.monthly.derivation.workings] == [yuan("200")]


def test_what_is_missing_before_the_first_payment_or_after_the_last_day_takes_nothing_off() -> None:
    cash = [(TODAY, yuan("-700")), (FIRST, yuan("300")), (UNTIL + timedelta(days=1), yuan("-1"))]
    found = held(cash, FIRST, UNTIL, OWED)

    assert found is not None
    assert found.monthly.value == yuan("100")  # three payments, the last on 10 February
    assert held(cash, UNTIL + timedelta(days=1), UNTIL, OWED) is None


def test_a_day_below_nothing_leaves_nothing_for_payments_before_it() -> None:
    found = held([(TODAY, yuan("800")), (UNTIL, yuan("-1"))], FIRST, UNTIL, OWED)

    assert found is not None
    assert (found.on, found.monthly.value) == (UNTIL, yuan("0"))


def test_where_all_that_is_owed_is_there_nothing_limits_the_payments() -> None:
    assert held([(TODAY, OWED)], FIRST, UNTIL, OWED) is None
    assert held([(TODAY, OWED - yuan("0.01"))], FIRST, UNTIL, OWED) is not None


@given(st.lists(st.integers(-500, 2_000), min_size=1, max_size=6), st.integers(0, 60), st.integers(1, 4_000))
def test_paying_that_much_each_month_takes_no_day_below_nothing_and_a_cent_more_does(
    balances: list[int], after: int, owed: int
) -> None:
    cash = [(TODAY + timedelta(days=17 * place), Money(minor, "CNY")) for place, minor in enumerate(balances)]
    first = TODAY + timedelta(days=after)
    found = held(cash, first, UNTIL, Money(owed, "CNY"))
    days = [TODAY + timedelta(days=number) for number in range((UNTIL - TODAY).days + 1)]
    there = [next(balance.minor for on, balance in reversed(cash) if on <= day) for day in days]
    counts = [sum(add_months(first, ahead) <= day for ahead in range(4)) for day in days]

    def breaks(monthly: int) -> bool:
        paid = [min(count * monthly, owed) for count in counts]
        return any(balance < each for balance, each in zip(there, paid, strict=True) if each)

    if found is None:
        assert not breaks(owed)
    else:
        assert not breaks(found.monthly.value.minor)
        assert breaks(found.monthly.value.minor + 1)
