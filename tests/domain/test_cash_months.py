from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.forecast import forecast
from planner.domain.cash.months import cash_months
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.money import Money
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def moves(*said: tuple[date, int]) -> list[Movement]:
    kinds = {True: MovementKind.INCOME, False: MovementKind.EXPENSE}
    return [Movement(on, yuan(minor), Phrase("x"), kinds[minor > 0]) for on, minor in said]


ACCOUNT = CashAccount("Current", "CNY", (Balance(TODAY, yuan(1_000)),))


def test_each_month_begins_where_the_one_before_ended_and_names_its_lowest_day() -> None:
    line = forecast(
        [ACCOUNT],
        moves((date(2026, 11, 25), 500), (date(2026, 12, 1), -1_200), (date(2026, 12, 31), 700)),
        yuan(0),
        TODAY,
        date(2027, 1, 22),
    )

    november, december, january = cash_months(line)

    assert (november.first_on, november.last_on) == (TODAY, date(2026, 11, 30))
    assert (november.comes_in.value, november.goes_out.value) == (yuan(500), yuan(0))
    assert (november.end.value, november.lowest.on) == (yuan(1_500), TODAY)
    assert (december.comes_in.value, december.goes_out.value) == (yuan(700), yuan(1_200))
    assert (december.end.value, december.lowest.balance) == (yuan(1_000), yuan(300))
    assert december.lowest.on == date(2026, 12, 1)
    assert (january.first_on, january.last_on) == (date(2027, 1, 1), date(2027, 1, 22))
    assert (january.comes_in.value, january.goes_out.value, january.end.value) == (
        yuan(0),
        yuan(0),
        yuan(1_000),
    )
    assert (january.lowest.on, january.lowest.balance) == (date(2027, 1, 1), yuan(1_000))
    (before, comes_in, goes_out) = december.end.derivation.given
    assert before.value is november.end
    assert comes_in.value is december.comes_in
    assert goes_out.value is december.goes_out
    (november_start, *_rest) = november.end.derivation.given
    assert november_start.value == yuan(1_000)


def test_a_month_that_starts_low_and_only_rises_is_lowest_on_its_first_day() -> None:
    line = forecast([ACCOUNT], moves((date(2026, 12, 5), 900)), yuan(0), TODAY, date(2026, 12, 31))

    (_november, december) = cash_months(line)

    assert (december.lowest.on, december.lowest.balance) == (date(2026, 12, 1), yuan(1_000))


def test_what_moves_on_the_first_day_of_a_month_is_in_that_month_and_counts_as_its_lowest() -> None:
    line = forecast([ACCOUNT], moves((date(2026, 12, 1), 900)), yuan(0), TODAY, date(2026, 12, 31))

    (november, december) = cash_months(line)

    assert november.comes_in.value == yuan(0)
    assert (december.lowest.on, december.lowest.balance) == (date(2026, 12, 1), yuan(1_900))


@given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(-9_000, 9_000).filter(bool)), max_size=40),
    st.integers(1, 420),
)
def test_the_months_add_up_to_the_forecast(said: list[tuple[int, int]], length: int) -> None:
    until = TODAY + timedelta(days=length)
    line = forecast(
        [ACCOUNT],
        moves(*((TODAY + timedelta(days=day), minor) for day, minor in said)),
        yuan(0),
        TODAY,
        until,
    )

    months = cash_months(line)

    assert months[0].first_on == TODAY
    assert months[-1].last_on == until
    balance = 1_000
    for month in months:
        balance += month.comes_in.value.minor - month.goes_out.value.minor
        assert balance == month.end.value.minor == line.balance(month.last_on).minor
        each = [month.first_on + timedelta(days=n) for n in range((month.last_on - month.first_on).days + 1)]
        assert month.lowest.balance == min(map(line.balance, each))
        assert line.balance(month.lowest.on) == month.lowest.balance
        assert month.first_on <= month.lowest.on <= month.last_on
