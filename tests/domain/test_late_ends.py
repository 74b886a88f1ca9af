from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.late.ends import (
    ALLOCATION_WORDS,
    BASE_WORDS,
    COMPOUNDING_WORDS,
    START_WORDS,
    LateEnd,
    Taken,
    assumed_grace,
    late_ends,
)
from planner.domain.late.gaps import has_known_cost, late_gaps
from planner.domain.late.item import LateCase
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Origin, Source
from planner.domain.term import Allocation, ChargedFrom, Compounding, LateBase, Term
from planner.domain.terms import TermClaim, Terms
from tests.domain.late_cases import case, euro, high, item, low, own, terms, yuan


def said(claim: Claim[Any] | None) -> object:
    return claim.value if claim is not None else None


EVERYTHING = terms(
    late_rate=("0.0005", "0.19/year", "0.0003"),
    carry_rate=("0.0004", "0.0006"),
    late_base=("all_unpaid", "overdue"),
    late_from=("purchase", "due"),
    carry_from=("due", "purchase"),
    late_compounding=("none", "monthly"),
    grace_days=("2", "7"),
    grace_tolerance=("10", "5"),
    late_least_per_day=("0.01", "0.02"),
    late_fee=("0.05", "0.04"),
    late_fee_least=("5", "10"),
    minimum=("0.10", "0.05"),
    late_fee_fixed=("12", "10"),
    late_fee_fixed__repeat=("15", "13"),
    late_fee_most_part=("0.25", "0.5"),
    late_fee_most_times=("3", "2"),
    late_indemnity__unpaid=("0.08", "0.05"),
    late_indemnity__postponed=("0.04", "0.02"),
    late_indemnity__accelerated=("0.08", "0.06"),
    allocation=("penalty_fee_interest_principal", "principal_interest_fee_penalty"),
)


def figures(end: LateEnd) -> list[object]:
    return [
        said(end.rate),
        said(end.carry),
        end.base.value,
        end.start.value,
        end.carry_start.value,
        end.compounding.value,
        end.grace.value,
        end.tolerance,
        end.least,
        said(end.fee),
        end.fee_least,
        end.minimum,
        said(end.fixed),
        said(end.fixed_again),
        said(end.fixed_part),
        said(end.fixed_times),
        said(end.unpaid),
        said(end.postponed),
        said(end.accelerated),
        end.allocation.value,
    ]


def test_the_low_end_takes_what_costs_least_of_all_that_is_said_and_the_high_end_most() -> None:
    assert figures(low(EVERYTHING)) == [
        Rate(Decimal("0.0003"), Per.DAY),
        Rate(Decimal("0.0004"), Per.DAY),
        LateBase.OVERDUE,
        ChargedFrom.DUE,
        ChargedFrom.DUE,
        Compounding.NONE,
        7,
        Decimal(10),
        Decimal("0.01"),
        Decimal("0.04"),
        Decimal(5),
        Decimal("0.05"),
        Decimal(10),
        Decimal(13),
        Decimal("0.25"),
        2,
        None,
        None,
        None,
        Allocation.PRINCIPAL_FIRST,
    ]
    assert figures(high(EVERYTHING)) == [
        Rate(Decimal("0.19"), Per.YEAR),  # 0.05 % a day is 18.25 % a year
        Rate(Decimal("0.0006"), Per.DAY),
        LateBase.ALL_UNPAID,
        ChargedFrom.PURCHASE,
        ChargedFrom.PURCHASE,
        Compounding.MONTHLY,
        2,
        Decimal(5),
        Decimal("0.02"),
        Decimal("0.05"),
        Decimal(10),
        Decimal("0.10"),
        Decimal(12),
        Decimal(15),
        Decimal("0.5"),
        3,
        Decimal("0.08"),
        Decimal("0.04"),
        Decimal("0.08"),
        Allocation.PENALTY_FIRST,
    ]


def test_where_nobody_says_each_end_takes_its_own_extreme_and_names_no_source() -> None:
    cheap, dear = late_ends(Terms(), "CN")

    assert (cheap.base, dear.base) == (Taken(LateBase.OVERDUE), Taken(LateBase.ALL_UNPAID))
    assert (cheap.start, dear.start) == (Taken(ChargedFrom.DUE), Taken(ChargedFrom.DUE))
    assert (cheap.carry_start, dear.carry_start) == (Taken(ChargedFrom.DUE), Taken(ChargedFrom.PURCHASE))
    assert (cheap.grace, dear.grace) == (Taken(3), Taken(0))
    assert (cheap.compounding, dear.compounding) == (Taken(Compounding.NONE), Taken(Compounding.NONE))
    assert cheap.allocation == Taken(Allocation.PRINCIPAL_FIRST)
    assert dear.allocation == Taken(Allocation.PENALTY_FIRST)
    for end in (cheap, dear):
        charged = figures(end)[0:2] + figures(end)[7:19]
        assert charged == [None] * 14
        assert end.grace.source is None


def test_what_somebody_says_is_taken_with_its_source() -> None:
    cheap, dear = late_ends(terms(grace_days=("2", "7"), late_base="overdue"), "CN")

    assert (cheap.grace, dear.grace) == (Taken(7, Source("page of 7")), Taken(2, Source("page of 2")))
    assert cheap.base == dear.base == Taken(LateBase.OVERDUE, Source("page of overdue"))
    assert [cheap.is_high, dear.is_high] == [False, True]
    assert [str(cheap.name), str(dear.name)] == ["Low end", "High end"]


def test_the_orders_of_a_payment_stand_from_the_cheapest_to_the_dearest() -> None:
    def both(*texts: str) -> list[Allocation]:
        found = terms(allocation=texts)
        return [low(found).allocation.value, high(found).allocation.value]

    interest, fee = "interest_fee_penalty_principal", "fee_interest_penalty_principal"
    penalty, principal = "penalty_fee_interest_principal", "principal_interest_fee_penalty"
    assert both(interest, fee) == [Allocation.INTEREST_FIRST, Allocation.FEE_FIRST]
    assert both(penalty, fee) == [Allocation.FEE_FIRST, Allocation.PENALTY_FIRST]
    assert both(interest, principal) == [Allocation.PRINCIPAL_FIRST, Allocation.INTEREST_FIRST]


@pytest.mark.parametrize(("country", "days"), [("CN", 3), ("FR", 0), ("GB", 0), ("US", 0), ("", 0)])
def test_three_days_of_grace_are_taken_for_granted_in_china_only(country: str, days: int) -> None:
    assert assumed_grace(country) == days
    assert low(Terms(), country).grace == Taken(days)
    assert high(Terms(), country).grace == Taken(0)


def test_everything_has_words() -> None:
    assert set(BASE_WORDS) == set(LateBase)
    assert set(START_WORDS) == set(ChargedFrom)
    assert set(COMPOUNDING_WORDS) == set(Compounding)
    assert set(ALLOCATION_WORDS) == set(Allocation)
    everything = (BASE_WORDS, START_WORDS, COMPOUNDING_WORDS, ALLOCATION_WORDS)
    words = [str(phrase) for group in everything for phrase in group.values()]
    assert len(set(words)) == len(words)


# --- what is missing ---

RATE = "The late rate a day is unknown, so no cost can be worked out."
BASE = "It is unknown what the late rate is charged on."
GRACE = "The grace days are unknown."
CARRY = "The charge a day on a rest after the minimum is unknown."
BESIDE = "Whether a late rate a day is charged beside the fee is unknown. It is not in this."
NO_GRACE = "No days of grace are taken for granted."
ENDS = "Low end: only what is late. High end: everything unpaid on the account."
CARD = "Low end: 3 days of grace, the least that Chinese bank cards grant. High end: none."
NOT_ASKED = {
    "late_indemnity__unpaid": ["Low end: the lender asks for no indemnity, which it may but need not."]
}
ADDED = "Banks add unpaid interest to the debt each month; that is not in this."


def gaps(
    found: Terms, *, is_carried: bool = False, is_late: bool = True, country: str = "CN"
) -> list[list[str]]:
    items = [item()] if is_late else []
    items += [item(is_carried=True)] if is_carried else []
    return [[str(phrase) for phrase in part] for part in late_gaps(case(*items, law=country), found)]


def is_known(found: Terms, *, is_carried: bool = False, is_late: bool = True) -> bool:
    items = [item()] if is_late else []
    items += [item(is_carried=True)] if is_carried else []
    return has_known_cost(case(*items), found)


def test_what_is_not_known_is_named_with_what_is_taken_for_granted() -> None:
    assert gaps(Terms()) == [[RATE, BASE, GRACE], [ENDS, CARD]]
    assert gaps(Terms(), country="FR") == [[RATE, BASE, GRACE], [ENDS, NO_GRACE]]
    assert gaps(terms(late_rate="0.0005")) == [[BASE, GRACE], [ENDS, CARD]]
    assert gaps(terms(late_rate="0.0005", late_base="overdue", grace_days="0")) == [[], []]


def test_a_rest_after_the_minimum_misses_its_own_charge_only() -> None:
    assert gaps(Terms(), is_carried=True, is_late=False) == [[CARRY], []]
    assert gaps(terms(carry_rate="0.0005"), is_carried=True, is_late=False) == [[], []]
    assert gaps(Terms(), is_carried=True)[0] == [CARRY, RATE, BASE, GRACE]


def test_adding_interest_each_month_is_left_out_only_where_nobody_speaks_of_it() -> None:
    from_purchases = {
        "late_rate": "0.0005",
        "late_base": "overdue",
        "grace_days": "0",
        "late_from": "purchase",
    }

    assert gaps(terms(**from_purchases)) == [[], [ADDED]]
    assert gaps(terms(**from_purchases, late_compounding="monthly")) == [[], []]
    assert gaps(terms(**{**from_purchases, "late_from": "due"})) == [[], []]


@pytest.mark.parametrize("charge", ["late_fee_fixed", "late_indemnity__unpaid"])
def test_a_fee_can_be_worked_out_without_a_rate_and_says_that_it_is_no_more(charge: str) -> None:
    found = terms(**{charge: "0.08"})

    assert gaps(found, country="GB") == [[BESIDE, GRACE], [NO_GRACE, *NOT_ASKED.get(charge, [])]]
    assert gaps(own(found), country="GB") == [[BESIDE, GRACE], [NO_GRACE]]
    assert is_known(found)
    assert gaps(terms(**{charge: "0.08"}, late_rate="0"))[0] == [BASE, GRACE]


def test_in_france_none_may_be_charged_beside_the_indemnity() -> None:
    found = terms(late_indemnity__unpaid="0.08")
    none = (
        "In France no late rate a day may be charged beside the indemnity unless the lender ends the "
        "contract (Code de la consommation, art. L312-38)."
    )

    assert gaps(own(found), country="FR") == [[GRACE], [none, NO_GRACE]]
    assert gaps(own(terms(late_fee_fixed="5")), country="FR") == [[BESIDE, GRACE], [NO_GRACE]]
    both = own(terms(late_indemnity__unpaid="0.08", late_rate="0.0005", late_base="overdue"))
    assert gaps(both, country="FR") == [[GRACE], [NO_GRACE]]


WORKED_OUT = "The minimum is not stated: it is worked out by the terms of the account."


def test_a_minimum_that_is_worked_out_says_so() -> None:
    rule = {"minimum_rule": "part_or_least", "minimum": "0.05"}
    fee = {"late_fee_fixed": "5", "late_fee_most_part": "1"}

    def says(found: LateCase, **by: str) -> bool:
        return WORKED_OUT in [str(phrase) for phrase in late_gaps(found, terms(**by))[1]]

    assert says(case(), **rule, **fee)
    assert not says(case(), **fee)
    assert not says(case(), **rule)
    assert not says(case(), **rule, late_fee_fixed="5")
    assert not says(case(item(minimum=yuan("5.00"))), **rule, **fee)
    assert not says(case(item(order=yuan("5.00"))), **rule, **fee)
    assert not says(case(item(minimum=yuan("5.00")), item(is_carried=True)), **rule, **fee)


def test_what_has_to_be_known_depends_on_what_is_there() -> None:
    assert not is_known(Terms())
    assert not is_known(terms(carry_rate="0.0005"))
    assert not is_known(terms(late_fee="0.05"))  # it comes beside a rate
    assert not is_known(terms(late_indemnity__postponed="0.04"))
    assert is_known(terms(late_rate="0.0005"))
    assert is_known(terms(carry_rate="0.0005"), is_carried=True, is_late=False)
    assert not is_known(terms(late_rate="0.0005"), is_carried=True, is_late=False)
    assert not is_known(terms(late_rate="0.0005"), is_carried=True)
    assert not is_known(terms(carry_rate="0.0005"), is_carried=True)
    assert is_known(terms(carry_rate="0.0005", late_rate="0.0005"), is_carried=True)


def test_the_case_takes_the_law_of_its_currency_unless_another_is_said() -> None:
    assert case(item()).country == "CN"
    assert case(item(euro("1.00"))).country == "FR"
    assert case(item(), law="GB").country == "GB"
    first, last = case(item(due_on=date(2026, 5, 1)), item(due_on=date(2026, 4, 1))).items
    assert first.due_on < last.due_on
    assert case(item(), item("500.00")).unpaid.decimal == 1500
    bare = LateCase((item(),), item().unpaid)
    assert (bare.missed_before, bare.posted, bare.law) == (0, None, "")
    assert case().missed_before == 0


def test_an_own_claim_stands_alone() -> None:
    own = TermClaim(Term.GRACE_CUTOFF, "", "20:00", Source("", origin=Origin.CONTRACT))
    found = terms(grace_cutoff="17:00", late_rate="0.0005").overridden(own)

    assert found.grace_cutoff.value == time(20)


def test_an_indemnity_that_may_be_asked_is_asked_at_the_high_end_or_where_the_contract_says_so() -> None:
    found = terms(late_indemnity__unpaid="0.08", late_indemnity__postponed="0.04")

    assert [said(end.unpaid) for end in late_ends(found, "FR")] == [None, Decimal("0.08")]
    assert [said(end.postponed) for end in late_ends(found, "FR")] == [None, Decimal("0.04")]
    assert [said(end.unpaid) for end in late_ends(own(found), "FR")] == [Decimal("0.08")] * 2
    accelerated = own(terms(late_indemnity__accelerated="0.05"))
    assert [said(end.accelerated) for end in late_ends(accelerated, "FR")] == [Decimal("0.05")] * 2
