from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import ELSEWHERE, Account, DatedState, State, titled, usual_country
from planner.domain.ids import new_id
from planner.phrases import Phrase

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 10)


def account(*states: DatedState) -> Account:
    return Account("Card", "Bank", "CNY", states=states)


def test_a_state_holds_from_its_first_day_to_the_day_before_its_end() -> None:
    held = DatedState(State.FROZEN, FIRST, LAST)
    days = [date(2026, 2, 28), FIRST, date(2026, 3, 9), LAST]

    assert [held.holds_on(day) for day in days] == [False, True, True, False]
    assert [replace(held, until=None).holds_on(day) for day in days] == [False, True, True, True]


def test_an_account_is_open_until_its_last_state_says_otherwise() -> None:
    frozen = DatedState(State.FROZEN, FIRST)
    closing, closed = DatedState(State.CLOSING, FIRST, LAST), DatedState(State.CLOSED, LAST)

    assert account().life_on(FIRST) is State.OPEN
    assert account(frozen).life_on(FIRST) is State.OPEN
    assert account(closing, closed).life_on(date(2026, 2, 28)) is State.OPEN
    assert account(closing, closed).life_on(FIRST) is State.CLOSING
    assert account(closing, closed, frozen).life_on(LAST) is State.CLOSED
    both = account(
        DatedState(State.OPEN, FIRST), DatedState(State.OPEN, FIRST), DatedState(State.CLOSING, FIRST)
    )
    assert both.life_on(FIRST) is State.CLOSING
    three = account(
        DatedState(State.OPEN, FIRST), DatedState(State.CLOSING, FIRST), DatedState(State.CLOSED, FIRST)
    )
    assert three.life_on(FIRST) is State.CLOSED


def test_restrictions_lie_over_its_life_while_they_hold() -> None:
    held = account(
        DatedState(State.FROZEN, FIRST, LAST),
        DatedState(State.LOCKED, FIRST),
        DatedState(State.CLOSING, FIRST),
    )

    assert held.restrictions_on(date(2026, 2, 28)) == frozenset()
    assert held.restrictions_on(FIRST) == {State.FROZEN, State.LOCKED}
    assert held.restrictions_on(LAST) == {State.LOCKED}


@pytest.mark.parametrize(
    ("currency", "country"), [("CNY", "CN"), ("EUR", "FR"), ("GBP", "GB"), ("USD", "US"), ("JPY", "")]
)
def test_the_usual_law_is_that_of_the_currency(currency: str, country: str) -> None:
    one = replace(account(), currency=currency)

    assert usual_country(currency) == country
    assert one.law == (country or ELSEWHERE)
    assert replace(one, country="CH").law == "CH"


def test_an_id_is_128_random_bits() -> None:
    made = {new_id() for _ in range(100)}

    assert len(made) == 100
    assert {len(each) for each in made} == {32}
    assert all(int(each, 16) >= 0 for each in made)


def test_what_is_called_after_its_account_does_not_name_it_twice() -> None:
    assert str(titled("JD Baitiao", Phrase.own("JD Baitiao 2026-11-22"))) == "JD Baitiao 2026-11-22"
    row = Phrase("{name}, instalment {number} of {count}", name="JD Baitiao 2026-11-22", number=1, count=3)
    assert titled("JD Baitiao", row) is row
    assert str(titled("JD Baitiao", Phrase.own("Telephone"))) == "JD Baitiao: Telephone"
    # The account's name may be a word of the program.
    assert str(titled("Bill", Phrase("Bill of {date}", date=1))) == "Bill: Bill of 1"
