from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cash.flow import Category
from planner.domain.hardship.budget import Budget, budget
from planner.domain.hardship.proposal import FURTHEST, Proposal, payments_needed, proposals
from planner.domain.hardship.shares import Creditor, Sharing
from planner.domain.late.agreement import Agreement
from planner.domain.money import Money, sum_of
from tests.domain.hardship_cases import MONTH, TODAY, creditor, flow, plain, yuan

FIRST = date(2026, 12, 10)


def having(left: str) -> Budget:
    """A budget that has so much left."""
    return budget(
        [flow(Category.SALARY, "3000"), flow(Category.HOUSING, str(3000 - float(left)))], MONTH, "CNY"
    )


def offers(left: str, *creditors: Creditor, how: Sharing = Sharing.EQUAL) -> tuple[Proposal, ...]:
    return proposals(creditors, having(left), FIRST, how)


def notes(proposal: Proposal) -> list[str]:
    return [str(note) for note in proposal.notes]


@pytest.mark.parametrize(
    ("owed", "monthly", "count"),
    [("1000", "100", 10), ("1000.01", "100", 11), ("99", "100", 1), ("5", "0", None)],
)
def test_how_many_payments_a_debt_takes_if_nothing_more_is_charged(
    owed: str, monthly: str, count: int | None
) -> None:
    assert payments_needed(yuan(owed), yuan(monthly)) == count


def test_an_offer_says_how_much_from_when_and_how_long() -> None:
    (offer,) = offers("300", creditor("card", "1000", "400"))

    assert offer.monthly.value == yuan("300")
    assert (offer.count, offer.last_on, offer.has_end) == (4, date(2027, 3, 10), True)
    assert offer.payments == (
        (date(2026, 12, 10), yuan("300")),
        (date(2027, 1, 10), yuan("300")),
        (date(2027, 2, 10), yuan("300")),
        (date(2027, 3, 10), yuan("100")),
    )
    assert offer.agreement(TODAY) == Agreement(4, FIRST, TODAY)
    made = offer.made_count
    assert made is not None
    assert made.value == 4
    assert [each.plain for each in made.derivation.given] == [yuan("1000"), yuan("300")]


def test_days_at_the_end_of_a_month_do_not_drift() -> None:
    (offer,) = proposals([creditor("card", "900", "400")], having("300"), date(2026, 12, 31))
    assert [on for on, _amount in offer.payments] == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_where_nothing_is_left_nothing_is_offered_and_it_is_said_calmly() -> None:
    found = budget([flow(Category.SALARY, "1000"), flow(Category.HOUSING, "1200")], MONTH, "CNY")
    (offer,) = proposals([creditor("card", "1000", "400")], found, FIRST)

    assert offer.monthly.value == yuan("0")
    assert (offer.count, offer.made_count, offer.last_on, offer.payments) == (None, None, None, ())
    assert offer.agreement(TODAY) is None
    assert not offer.has_end
    assert not offer.is_full
    assert notes(offer) == [
        "Nothing is left for this lender at present. Tell them so, with the budget sheet, and ask for time."
    ]


def test_what_takes_more_than_a_hundred_years_is_no_plan_and_breaks_nothing() -> None:
    (offer,) = offers("0.01", creditor("card", "12.01", "12.01"))

    assert offer.count == FURTHEST + 1
    assert not offer.has_end
    assert (offer.last_on, offer.agreement(TODAY)) == (None, None)
    assert len(offer.payments) == FURTHEST
    assert {amount for _on, amount in offer.payments} == {yuan("0.01")}
    (edge,) = offers("0.01", creditor("card", "12.00", "12.00"))
    assert (edge.count, edge.has_end, edge.last_on) == (FURTHEST, True, date(2126, 11, 10))


def test_less_than_is_asked_counts_as_late_until_the_lender_agrees() -> None:
    (offer,) = offers("300", creditor("card", "1000", "400", law="GB"))

    assert not offer.is_full
    assert notes(offer) == [
        "400.00 CNY is asked by 2026-12-05. Paying less counts as late until the lender has agreed."
    ]


@pytest.mark.parametrize(
    ("asked_on", "in_time", "said"),
    [
        (FIRST, True, "The budget has all that is asked by 2026-12-10: pay it by then"),
        (date(2026, 12, 9), False, "The budget has all that is asked, but only on 2026-12-10."),
    ],
)
def test_where_all_that_is_asked_is_there_at_most_the_day_does_not_fit(
    asked_on: date, *, in_time: bool, said: str
) -> None:
    (offer,) = offers("500", creditor("card", "1000", "400", asked_on=asked_on))

    assert offer.monthly.value == yuan("400")
    assert (offer.is_full, offer.is_in_time) == (True, in_time)
    assert len(offer.notes) == 1
    assert notes(offer)[0].startswith(said)


@pytest.mark.parametrize(
    ("product", "owed", "said"),
    [
        ("cn-credit-card", "6000", "A bank may agree on at most 60 months for a card ("),
        ("cn-credit-card", "6000", "60 months fit."),
        ("cn-credit-card", "6000.01", "61 months do not fit."),
        ("jd-baitiao", "6000", "60 months would fit. Other lenders may do the same, but need not."),
        ("jd-baitiao", "6000.01", "61 months would not fit."),
    ],
)
def test_in_china_it_is_said_whether_the_five_years_of_article_70_are_enough(
    product: str, owed: str, said: str
) -> None:
    (offer,) = offers("100", creditor("card", owed, "400", product=product))

    assert said in notes(offer)[-1]
    assert "art. 70" in notes(offer)[-1]
    assert len(offer.notes) == 2


@pytest.mark.parametrize(("owed", "is_said"), [("6000", False), ("6000.01", True)])
def test_elsewhere_what_takes_long_leads_to_free_advice(owed: str, *, is_said: bool) -> None:
    (offer,) = offers("100", creditor("card", owed, "400", law="FR"))

    assert any("Free advice may know a shorter way" in note for note in notes(offer)) is is_said
    assert not any("art. 70" in note for note in notes(offer))


def test_the_other_way_of_sharing_stands_beside_the_chosen_one() -> None:
    debts = (creditor("a", "300", "900"), creditor("b", "700", "900"))
    equal = offers("100", *debts)
    by_debt = offers("100", *debts, how=Sharing.IN_PROPORTION)

    assert [str(each.monthly.value.decimal) for each in equal] == ["50.00", "50.00"]
    assert [str(each.in_proportion.value.decimal) for each in equal] == ["30.00", "70.00"]
    assert [each.monthly.value for each in by_debt] == [each.in_proportion.value for each in equal]


def test_an_offer_says_how_it_was_made_and_in_proportion_who_says_so() -> None:
    first, _second = offers("100", creditor("a", "300", "900"), creditor("b", "700", "900"))
    made, beside = first.monthly.derivation, first.in_proportion.derivation

    assert "the same to each lender" in str(made.rule)
    assert "× what is owed here ÷ what is owed in all" in str(beside.rule)
    assert [(str(each.label), str(each.plain)) for each in made.given] == [
        ("To share among the lenders", "100.00 CNY"),
        ("How it is shared", "The same to each lender"),
        ("a: asked of you", "900.00 CNY"),
        ("a: owed", "300.00 CNY"),
        ("b: asked of you", "900.00 CNY"),
        ("b: owed", "700.00 CNY"),
    ]
    assert [working.result for working in made.workings] == [yuan("50")]
    assert made.rounding is not None
    assert made.given[1].source is None
    source = beside.given[1].source
    assert source is not None
    assert "Business Debtline" in source.name


@given(
    st.integers(-5_000, 500_000),
    st.lists(
        st.tuples(st.integers(1, 3_000_000), st.integers(1, 200_000), st.booleans()), min_size=1, max_size=6
    ),
    st.sampled_from(Sharing),
)
def test_never_more_is_offered_than_the_budget_shows(
    left: int, debts: Sequence[tuple[int, int, bool]], how: Sharing
) -> None:
    found = budget(
        [
            flow(Category.SALARY, "10000"),
            flow(Category.FOOD, str(yuan("10000").decimal - Money(left, "CNY").decimal)),
        ],
        MONTH,
        "CNY",
    )
    creditors = [
        Creditor(
            str(n),
            str(n),
            str(n),
            "CN",
            "",
            plain(Money(owed, "CNY")),
            plain(Money(asked, "CNY")),
            FIRST,
            first,
        )
        for n, (owed, asked, first) in enumerate(debts)
    ]
    made = proposals(creditors, found, FIRST, how)

    offered = sum_of((each.monthly.value for each in made), "CNY")
    beside = sum_of((each.in_proportion.value for each in made), "CNY")
    assert found.left.value == Money(left, "CNY")
    assert offered == beside <= found.available.value == Money(max(left, 0), "CNY")
    for each in made:
        assert each.monthly.value <= min(each.creditor.owed.value, each.creditor.asked.value)
        if each.has_end:
            assert sum_of((amount for _on, amount in each.payments), "CNY") == each.creditor.owed.value
            assert all(0 < amount.minor <= each.monthly.value.minor for _on, amount in each.payments)
