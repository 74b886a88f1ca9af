from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.hardship.shares import (
    IN_PROPORTION_SOURCE,
    SHARING_WORDS,
    Creditor,
    Sharing,
    shared,
    shares,
)
from planner.domain.money import Money
from planner.domain.sourced import Reliability
from tests.domain.hardship_cases import TODAY, creditor, plain, yuan


def parts(creditors: Sequence[Creditor], available: str, how: Sharing = Sharing.EQUAL) -> list[str]:
    return [str(part.decimal) for part in shares(creditors, yuan(available), how)]


ASKED = "10000"


def test_sharing_in_proportion_as_advisers_in_great_britain_do() -> None:
    # moneyadvicehub.org.uk, “How to calculate a pro-rata payment”: 100.00 for four debts.
    debts = [creditor(str(number), owed, ASKED) for number, owed in enumerate(("500", "1000", "233", "200"))]

    assert parts(debts, "100", Sharing.IN_PROPORTION) == ["25.87", "51.73", "12.05", "10.35"]
    assert IN_PROPORTION_SOURCE.reliability is Reliability.MEDIUM
    assert IN_PROPORTION_SOURCE.checked == TODAY
    assert set(SHARING_WORDS) == set(Sharing)


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ("100", ["33.34", "33.33", "33.33"]),
        ("100.01", ["33.34", "33.34", "33.33"]),
        ("0.02", ["0.01", "0.01", "0.00"]),
        ("0", ["0.00", "0.00", "0.00"]),
        ("3000", ["1000.00", "1000.00", "1000.00"]),
        ("99999", ["1000.00", "1000.00", "1000.00"]),
    ],
)
def test_each_lender_gets_the_same_and_the_first_ones_the_cents_that_are_left(
    available: str, expected: list[str]
) -> None:
    assert parts([creditor(name, "5000", "1000") for name in "abc"], available) == expected


def test_nobody_gets_more_than_is_asked_or_owed_and_the_rest_goes_to_the_others() -> None:
    debts = [creditor("a", "5000", "10"), creditor("b", "20", "100"), creditor("c", "5000", "600")]

    assert [str(each.most.decimal) for each in debts] == ["10.00", "20.00", "600.00"]
    assert parts(debts, "300") == ["10.00", "20.00", "270.00"]
    assert parts(debts, "45") == ["10.00", "17.50", "17.50"]
    assert parts(debts, "30") == ["10.00", "10.00", "10.00"]
    assert parts(debts, "30", Sharing.IN_PROPORTION) == ["10.00", "0.08", "19.92"]
    assert creditor("a", "-5", "10").most == yuan("0")


def test_two_accounts_of_one_lender_are_one_lender() -> None:
    debts = [
        creditor("card 1", "5000", "1000", lender="Bank"),
        creditor("other", "5000", "1000"),
        creditor("card 2", "5000", "1000", lender=" bank "),
    ]

    assert parts(debts, "400") == ["100.00", "200.00", "100.00"]


def test_accounts_without_the_name_of_a_lender_are_lenders_of_their_own() -> None:
    debts = [creditor(name, "5000", "1000", lender="") for name in ("a", "b")]
    debts.append(creditor("c", "5000", "1000", lender="Bank"))

    assert parts(debts, "300") == ["100.00", "100.00", "100.00"]


@pytest.mark.parametrize("how", list(Sharing))
def test_what_a_court_has_confirmed_comes_first(how: Sharing) -> None:
    debts = [
        creditor("a", "900", "100"),
        creditor("court", "900", "80", is_first=True),
        creditor("b", "900", "100"),
    ]

    assert parts(debts, "60", how) == ["0.00", "60.00", "0.00"]
    assert parts(debts, "180", how) == ["50.00", "80.00", "50.00"]


def test_without_lenders_there_is_nothing_to_share() -> None:
    assert shares([], yuan("100")) == ()


# --- what always holds -------------------------------------------------------------------------------

debts = st.lists(
    st.builds(
        lambda name, owed, asked, is_first: replace(
            creditor(name, "1", "1", lender=name, is_first=is_first),
            owed=plain(Money(owed, "CNY")),
            asked=plain(Money(asked, "CNY")),
        ),
        st.sampled_from("abcdef"),
        st.integers(1, 2000),
        st.integers(0, 400),
        st.booleans(),
    ),
    max_size=7,
)
availables = st.integers(0, 2500).map(lambda minor: Money(minor, "CNY"))


@given(debts, availables, st.sampled_from(Sharing))
def test_together_it_is_all_that_is_there_or_all_that_is_asked_and_nobody_gets_too_much(
    found: list[Creditor], available: Money, how: Sharing
) -> None:
    given_out = shares(found, available, how)

    assert all(0 <= part.minor <= each.most.minor for part, each in zip(given_out, found, strict=True))
    assert sum(part.minor for part in given_out) == min(
        available.minor, sum(each.most.minor for each in found)
    )


@given(debts, availables, st.sampled_from(Sharing))
def test_nobody_else_gets_anything_before_what_a_court_has_confirmed_is_full(
    found: list[Creditor], available: Money, how: Sharing
) -> None:
    given_out = shares(found, available, how)
    pairs = list(zip(given_out, found, strict=True))

    if any(part for part, each in pairs if not each.is_first):
        assert all(part == each.most for part, each in pairs if each.is_first)


def cent_by_cent(most: Sequence[int], available: int) -> list[int]:
    """Equal shares as a child would make them: a cent at a time to whoever has least and may have more."""
    given_out = [0] * len(most)
    for _cent in range(available):
        hungry = [index for index, limit in enumerate(most) if given_out[index] < limit]
        if not hungry:
            break
        given_out[min(hungry, key=lambda index: (given_out[index], index))] += 1
    return given_out


@given(st.lists(st.integers(0, 60), max_size=6), st.integers(0, 250))
def test_equal_shares_are_those_of_handing_out_cent_by_cent(most: list[int], available: int) -> None:
    assert shared(available, most, [1] * len(most)) == cent_by_cent(most, available)


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(1, 9)), min_size=1, max_size=6), st.integers(0, 600)
)
def test_who_is_not_full_gets_their_weight_to_the_cent(pairs: list[tuple[int, int]], available: int) -> None:
    most, weights = [limit for limit, _weight in pairs], [weight for _limit, weight in pairs]
    given_out = shared(available, most, weights)

    open_ones = [index for index, limit in enumerate(most) if given_out[index] < limit]
    rest = available - sum(given_out[index] for index in range(len(most)) if index not in open_ones)
    whole = sum(weights[index] for index in open_ones)
    for index in open_ones:
        assert abs(given_out[index] - Fraction(rest * weights[index], whole)) < 1
