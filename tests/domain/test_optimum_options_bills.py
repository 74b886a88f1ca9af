from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.dates import Cycle, Mode
from planner.domain.late.way import STAYS_RECORDED
from planner.domain.money import Money
from planner.domain.offers.compared import own_loan, own_offer
from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.options.late import CONTACT_FIRST
from planner.domain.optimum.problem import OptionKind
from planner.domain.payoff.open_debt import open_debts
from planner.domain.rate import Per, Rate
from planner.domain.terms import Terms
from tests.domain.late_cases import terms, yuan
from tests.domain.optimum_cases import (
    DUE,
    TODAY,
    account,
    bill_facts,
    costs,
    hold,
    ids,
    left_out,
    listed,
    paid,
)

HALF = terms(fee_rate__3="0.005", fee_rate__6="0.005")
EVERYTHING = terms(
    fee_rate__3=("0.005", "0.012"),
    fee_rate__12=("0.005", "0.012"),
    promotion__3="0",
    split_part="0.9",
    split_least="100",
    deferral_fee="0.01",
    minimum="0.10",
    minimum_rule="part_of_bill",
    carry_rate="0.0005",
    carry_from="due",
    late_rate=("0.0003", "0.0007"),
    late_base="overdue",
    grace_days="3",
)


# --- in full ---------------------------------------------------------------------------------------


def test_a_bill_can_be_paid_in_full_on_its_due_date_at_no_cost() -> None:
    facts = bill_facts()
    found = listed(facts, "full")

    assert found.option.kind is OptionKind.FULL
    assert paid(found.option.high) == paid(found.option.low) == [("2026-12-10", "1200.00")]
    assert costs(found) == ("0.00", "0.00")
    assert found.option.high.late_cost == yuan("0.00")
    assert (found.option.apply_by, found.option.opens_plan, found.option.notes) == (None, False, ())
    decision = options_of(facts).decision
    assert (decision.id, decision.owed, decision.lender) == ("bill", yuan("1200.00"), "JD Finance")
    assert (decision.due_ids, decision.account_id) == (("bill",), "account")


def test_whoever_records_no_lender_lends_by_the_name_of_the_account() -> None:
    facts = bill_facts(account=Account("My card", "", "CNY", id="account"))

    assert options_of(facts).decision.lender == "My card"


def test_a_bill_due_today_is_paid_today_and_is_not_late() -> None:
    found = listed(bill_facts(EVERYTHING, due_on=TODAY), "full")

    assert paid(found.option.high) == [("2026-11-22", "1200.00")]
    assert costs(found) == ("0.00", "0.00")


def test_what_is_late_is_paid_in_full_today_with_what_the_delay_has_cost() -> None:
    # 1,000.00 due on 12 November: 10 days at 0.03 % to 0.07 % a day.
    facts = bill_facts(
        terms(late_rate=("0.0003", "0.0007"), late_base="overdue", grace_days="0"),
        "1000.00",
        date(2026, 11, 12),
    )
    found = listed(facts, "full")

    assert paid(found.option.high) == [("2026-11-22", "1007.00")]
    assert paid(found.option.low) == [("2026-11-22", "1003.00")]
    assert costs(found) == ("3.00", "7.00")
    assert (found.option.low.late_cost, found.option.high.late_cost) == (yuan("3.00"), yuan("7.00"))
    assert "Late cost" in str(found.cost.derivation.rule)
    assert not found.option.notes


def test_what_is_late_at_an_unknown_rate_can_still_be_paid_and_says_what_is_not_known() -> None:
    facts = bill_facts(due_on=date(2026, 11, 12))
    found = listed(facts, "full")

    assert ids(facts) == ["full"]
    assert costs(found) == ("0.00", "0.00")
    assert [str(note) for note in found.option.notes] == [
        "What being late has cost so far is not known, and may come on top."
    ]
    assert "Paying late: What being late costs is not known." in left_out(facts)


def test_the_last_day_of_known_grace_still_counts_as_in_time() -> None:
    found = listed(bill_facts(terms(grace_days=("3", "5"))), "grace")

    assert paid(found.option.high) == [("2026-12-13", "1200.00")]
    assert costs(found) == ("0.00", "0.00")
    assert found.option.kind is OptionKind.FULL
    assert "grace" not in ids(bill_facts())
    assert "grace" not in ids(bill_facts(terms(grace_days="0")))


def test_the_hour_of_the_last_day_of_grace_is_told() -> None:
    found = listed(bill_facts(terms(grace_days="3", grace_cutoff=("20:00", "17:00"))), "grace")

    assert [str(note) for note in found.option.notes] == ["On that day it has to be paid by 17:00."]


@pytest.mark.parametrize(("due_on", "has_grace"), [(20, True), (19, False), (18, False)])
def test_grace_is_an_option_only_while_its_last_day_is_still_to_come(due_on: int, has_grace: bool) -> None:  # noqa: FBT001
    facts = bill_facts(
        terms(grace_days="3", late_rate="0.0005", late_base="overdue"), due_on=date(2026, 11, due_on)
    )

    assert ("grace" in ids(facts)) is has_grace


# --- what the lender offers ------------------------------------------------------------------------


def test_three_instalments_of_half_a_per_cent_are_406_each() -> None:
    facts = bill_facts(HALF)
    found = listed(facts, "flat_fee-3")
    option = found.option

    rows = [("2027-01-10", "406.00"), ("2027-02-10", "406.00"), ("2027-03-10", "406.00")]
    assert paid(option.high) == paid(option.low) == rows
    assert costs(found) == ("18.00", "18.00")
    assert (option.kind, option.opens_plan, option.apply_by) == (OptionKind.INSTALMENTS, True, DUE)
    assert [(row.principal, row.fee, row.interest) for row in option.high.rows] == [
        (yuan("400.00"), yuan("6.00"), yuan("0.00"))
    ] * 3
    assert [row.on for row in option.high.rows] == [on for on, _amount in option.high.payments]
    assert found.outcome is not None
    assert found.outcome.offer.count == 3
    assert option.high.late_cost == yuan("0.00")


def test_where_sources_differ_an_option_has_a_cheap_and_a_dear_end() -> None:
    found = listed(bill_facts(terms(fee_rate__3=("0.005", "0.012"))), "flat_fee-3")

    assert costs(found) == ("18.00", "43.20")
    assert paid(found.option.high)[0] == ("2027-01-10", "414.40")
    assert paid(found.option.low)[0] == ("2027-01-10", "406.00")


def test_a_tenth_of_a_bill_that_may_not_be_split_stays_due() -> None:
    found = listed(bill_facts(terms(fee_rate__3="0.005", split_part="0.9")), "flat_fee-3")

    # 1,080.00 in three: 360.00 + 5.40; the other 120.00 on the due date.
    assert paid(found.option.high) == [
        ("2026-12-10", "120.00"),
        ("2027-01-10", "365.40"),
        ("2027-02-10", "365.40"),
        ("2027-03-10", "365.40"),
    ]
    assert costs(found) == ("16.20", "16.20")
    assert len(found.option.high.rows) == 3
    assert any("stays due" in str(note) for note in found.option.notes)


def test_a_fee_that_is_paid_at_the_beginning_is_paid_today_and_belongs_to_the_plan() -> None:
    found = listed(bill_facts(terms(fee_rate__3="0.005", fee_timing="upfront")), "flat_fee-3")

    assert paid(found.option.high)[0] == ("2026-11-22", "18.00")
    first = found.option.high.rows[0]
    assert (first.on, first.principal, first.fee) == (TODAY, yuan("0.00"), yuan("18.00"))
    assert len(found.option.high.rows) == 4


def test_a_promotion_is_listed_with_the_word_that_not_everybody_gets_it() -> None:
    found = listed(bill_facts(terms(promotion__3="0")), "promotion-3")

    assert (found.option.kind, costs(found)) == (OptionKind.PROMOTION, ("0.00", "0.00"))
    assert found.option.opens_plan
    assert any("Not everybody" in str(note) for note in found.option.notes)


# A way has to be asked for by the due date, 10 December, or by the last day of the promotion if that is
# sooner; the bill may be split from 1 December on.
@pytest.mark.parametrize(
    ("until", "by"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2026-12-31", DUE),
        (("2026-12-05", "2026-12-07"), date(2026, 12, 5)),
        (("2026-11-01", "2026-12-31"), date(2026, 12, 1)),
    ],
    ids=str,
)
def test_a_promotion_has_to_be_asked_for_by_its_last_day(until: str | tuple[str, ...], by: date) -> None:
    found = listed(bill_facts(terms(promotion__3="0", promotion_until__3=until)), "promotion-3")

    assert found.option.apply_by == by


def test_a_promotion_that_is_over_is_left_out_with_its_last_day() -> None:
    ended = bill_facts(terms(promotion__3="0", promotion_until__3="2026-11-21"))

    assert "promotion-3" not in ids(ended)
    assert [why for why in left_out(ended) if "promotion" in why] == [
        "3 instalments, promotion until 2026-11-21: Not offered: the last day of this promotion is 2026-11-21"
    ]


def test_putting_a_bill_off_has_to_be_asked_for_before_its_due_date() -> None:
    found = listed(bill_facts(terms(deferral_fee="0.01")), "deferral")

    assert paid(found.option.high) == [("2027-01-10", "1212.00")]
    assert (found.option.kind, found.option.opens_plan) == (OptionKind.DEFERRAL, False)
    assert found.option.apply_by == date(2026, 12, 9)
    assert not found.option.high.rows

    tomorrow = bill_facts(terms(deferral_fee="0.01"), due_on=date(2026, 11, 23))
    assert listed(tomorrow, "deferral").option.apply_by == TODAY
    too_late = bill_facts(terms(deferral_fee="0.01"), due_on=TODAY)
    assert "deferral" not in ids(too_late)
    said = "Put off by one month: It has to be asked for before the due date, 2026-11-22."
    assert said in left_out(too_late)


@pytest.mark.row("C029")
@pytest.mark.parametrize(
    ("due_on", "is_offered"), [(date(2026, 12, 10), True), (TODAY, True), (date(2026, 11, 21), False)]
)
def test_a_bill_is_put_into_instalments_up_to_its_due_date_from_the_next_bill_on(
    due_on: date,
    is_offered: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    facts = bill_facts(HALF, due_on=due_on, minimum="120.00", paid="120.00")

    assert ("flat_fee-3" in ids(facts)) is is_offered
    if is_offered:
        option = listed(facts, "flat_fee-3").option
        assert option.apply_by == due_on
        assert option.high.payments[0][0] > due_on
    else:
        assert "3 instalments: Usually not offered after the due date." in left_out(facts)


@pytest.mark.row("C029")
def test_a_bill_still_to_come_can_be_split_from_its_statement_on() -> None:
    facts = bill_facts(HALF, projected=True)
    option = listed(facts, "flat_fee-3").option

    assert facts.debt.id == "account/2026-12-10"
    assert [str(note) for note in option.notes] == ["Usually offered from the statement of 2026-12-01 on."]
    assert (option.apply_by, option.high.payments[0][0]) == (DUE, date(2027, 1, 10))


def test_what_begins_with_a_payment_today_has_to_be_asked_for_today() -> None:
    found = terms(fee_rate__3="0.005", first_payment=("next_due", "at_once"))
    option = listed(bill_facts(found), "flat_fee-3").option
    assert TODAY in {option.high.payments[0][0], option.low.payments[0][0]}
    assert option.apply_by == TODAY

    own = own_offer("Phone", 3, yuan("6.00"), at_once=True)
    assert listed(bill_facts(own=(own,)), f"own/{own.id}").option.apply_by == TODAY
    upfront = terms(fee_rate__3="0.005", fee_timing="upfront")
    assert listed(bill_facts(upfront), "flat_fee-3").option.apply_by == TODAY


@pytest.mark.row("C024")
def test_what_the_terms_know_is_listed_and_nothing_beyond_it() -> None:
    published = terms(**{f"fee_rate__{count}": "0.005" for count in (3, 6, 12, 24)})

    counts = [option for option in ids(bill_facts(published)) if option.startswith("flat_fee")]
    assert counts == ["flat_fee-3", "flat_fee-6", "flat_fee-12", "flat_fee-24"]


def test_instalments_of_which_nobody_knows_the_fee_are_left_out_and_said_once() -> None:
    facts = bill_facts()

    assert ids(facts) == ["full"]
    said = [why for why in left_out(facts) if "Instalments" in why]
    assert said == ["Instalments: what this lender charges for them is not known."]


def test_what_is_too_small_to_be_split_is_left_out_with_the_least_amount() -> None:
    facts = bill_facts(terms(fee_rate__3="0.005", split_part="0.9", split_least="2000"))

    assert "flat_fee-3" not in ids(facts)
    assert "3 instalments: Not offered: only 2000.00 CNY or more can be put into instalments" in left_out(
        facts
    )


def test_what_takes_longer_than_36_months_is_left_out() -> None:
    found = terms(fee_rate__35="0.005", fee_rate__36="0.005")

    # The first of them falls a month after the due date, so that 35 are over in time and 36 are not.
    assert "flat_fee-35" in ids(bill_facts(found, due_on=TODAY))
    assert "36 instalments: It takes longer than 36 months." in left_out(bill_facts(found))


# --- the user's own offers -------------------------------------------------------------------------


def test_an_offer_of_ones_own_is_listed_with_its_plan() -> None:
    offer = own_offer("By phone", 4, yuan("20.00"))
    facts = bill_facts(own=(offer,))
    found = listed(facts, f"own/{offer.id}")

    assert (found.option.kind, found.option.opens_plan) == (OptionKind.OWN, True)
    assert str(found.option.label) == "By phone"
    assert costs(found) == ("20.00", "20.00")
    assert len(found.option.high.rows) == 4
    assert found.option.apply_by == DUE


def test_a_loan_from_elsewhere_pays_the_bill_and_is_paid_back_from_a_month_later_on() -> None:
    offer = own_loan("Bank", 2, Rate(Decimal("0.12")))
    found = listed(bill_facts(own=(offer,)), f"own/{offer.id}")

    # 1 % a month of 1,200.00, level: 609.02 (1200 × 0.01 ÷ (1 − 1.01^-2) = 609.0149), then the rest.
    assert paid(found.option.high) == [("2027-01-10", "609.01"), ("2027-02-10", "609.02")]
    assert costs(found) == ("18.03", "18.03")


def test_an_offer_for_what_is_late_comes_on_top_of_what_the_delay_has_cost() -> None:
    offer = own_offer("By phone", 1, yuan("5.00"))
    found_terms = terms(late_rate="0.0005", late_base="overdue", grace_days="0")
    facts = bill_facts(found_terms, "1000.00", date(2026, 11, 12), own=(offer,))
    found = listed(facts, f"own/{offer.id}")

    assert paid(found.option.high)[0] == ("2026-11-22", "5.00")
    assert costs(found) == ("10.00", "10.00")
    assert found.option.high.late_cost == yuan("5.00")
    assert not found.option.opens_plan
    assert found.option.apply_by == TODAY


# --- late ------------------------------------------------------------------------------------------


def test_late_is_the_last_resort_with_its_cost_and_the_word_to_call_first() -> None:
    # The range of the sources: 1,000.00, 31 days at 0.03 % to 0.07 % a day, without grace.
    found_terms = terms(late_rate=("0.0003", "0.0007"), late_base="overdue", grace_days="0")
    facts = bill_facts(found_terms, "1000.00")
    found = listed(facts, "late-1")

    assert found.option.kind is OptionKind.LATE
    assert paid(found.option.high) == [("2027-01-10", "1021.70")]
    assert paid(found.option.low) == [("2027-01-10", "1009.30")]
    assert costs(found) == ("9.30", "21.70")
    assert (found.option.low.late_cost, found.option.high.late_cost) == (yuan("9.30"), yuan("21.70"))
    assert found.option.notes[0] == CONTACT_FIRST
    assert STAYS_RECORDED in found.option.notes
    assert [option for option in ids(facts) if option.startswith("late")] == ["late-1", "late-2", "late-3"]
    assert str(listed(facts, "late-2").option.label) == "Late: in full after 2 months"
    assert listed(facts, "late-3").option.high.last_on == date(2027, 3, 10)


def test_being_late_at_an_unknown_rate_is_no_option_and_says_so() -> None:
    facts = bill_facts(HALF)

    assert not any(option.startswith("late") for option in ids(facts))
    assert "Paying late: What being late costs is not known." in left_out(facts)


def test_being_late_for_nothing_is_no_option_either() -> None:
    facts = bill_facts(terms(late_rate="0", late_base="overdue", grace_days="0"))

    assert not any(option.startswith("late") for option in ids(facts))
    assert (
        "Late: in full after 1 month: No cost of it is known, and it would be late all the same."
        in left_out(facts)
    )


@pytest.mark.row("C021")
def test_what_is_late_can_be_paid_at_once_agreed_on_in_parts_or_later_each_with_its_cost() -> None:
    found_terms = terms(late_rate="0.0005", late_base="overdue", grace_days="0")
    facts = bill_facts(found_terms, "1200.00", date(2026, 11, 2))

    assert ids(facts) == [
        "full",
        "agreement-3",
        "agreement-6",
        "agreement-12",
        "agreement-24",
        "late-1",
        "late-2",
        "late-3",
    ]
    # 20 days of 0.60 have passed.
    assert costs(listed(facts, "full")) == ("12.00", "12.00")
    found = listed(facts, "agreement-3")
    assert found.option.kind is OptionKind.AGREEMENT
    assert (found.option.opens_plan, found.option.apply_by) == (True, TODAY)
    # At the low end nothing is charged from the agreement on: 1,212.00 in three parts, the first in a month.
    assert paid(found.option.low) == [
        ("2026-12-22", "404.00"),
        ("2027-01-22", "404.00"),
        ("2027-02-22", "404.00"),
    ]
    assert costs(found)[0] == "12.00"
    assert found.cost.value.high > yuan("12.00")
    # What is charged after the agreement is a cost, but no late cost any more.
    assert found.option.high.late_cost == found.option.low.late_cost == yuan("12.00")
    assert [row.principal for row in found.option.low.rows] == [yuan("400.00")] * 3
    assert [row.interest for row in found.option.low.rows] == [yuan("4.00")] * 3
    assert str(listed(facts, "late-1").option.label) == "Still late: in full in 1 month"
    # From 2 November to 22 December: 50 days.
    assert costs(listed(facts, "late-1")) == ("30.00", "30.00")


def test_what_is_late_has_no_minimum_and_no_instalments_any_more() -> None:
    facts = bill_facts(EVERYTHING, due_on=date(2026, 11, 2), minimum="120.00")

    assert "Minimum, then the rest: paying the minimum now does not undo that it is late." in left_out(facts)
    assert "Instalments: what is late is usually not put into instalments." in left_out(facts)
    assert not any(option.startswith(("flat", "minimum", "steady", "promotion")) for option in ids(facts))


def test_a_bill_whose_minimum_is_paid_is_not_late_and_its_rest_is_charged() -> None:
    facts = bill_facts(
        terms(carry_rate="0.0005", carry_from="due", late_rate="0.0005", late_base="overdue"),
        "1000.00",
        date(2026, 11, 12),
        minimum="100.00",
        paid="100.00",
    )
    found = listed(facts, "full")

    # 900.00 for 10 days at 0.05 % a day, and no late cost.
    assert costs(found) == ("4.50", "4.50")
    assert found.option.high.late_cost == yuan("0.00")
    assert not any(option.startswith(("late", "agreement", "grace")) for option in ids(facts))


# --- all together ----------------------------------------------------------------------------------


@given(
    st.integers(1, 5_000_000),
    st.integers(-120, 400),
    st.sampled_from([EVERYTHING, HALF, Terms()]),
    st.one_of(st.none(), st.integers(1, 5_000_000)),
    st.booleans(),
)
@settings(max_examples=60)
def test_the_options_of_any_amount_on_any_day_hold_together(
    minor: int,
    days: int,
    found: Terms,
    minimum: int | None,
    projected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    facts = bill_facts(
        found,
        str(Decimal(minor) / 100),
        TODAY + timedelta(days=days),
        minimum=None if minimum is None else str(Decimal(min(minimum, minor)) / 100),
        projected=projected,
    )

    hold(options_of(facts), TODAY)


@pytest.mark.parametrize("due_on", [DUE, TODAY, date(2026, 11, 21), date(2026, 9, 10), date(2027, 8, 31)])
@pytest.mark.parametrize("found", [EVERYTHING, HALF, Terms()])
@pytest.mark.parametrize(("minimum", "payment"), [(None, None), ("120.00", None), ("120.00", "120.00")])
@pytest.mark.parametrize("projected", [False, True])
def test_the_options_of_any_bill_hold_together(
    due_on: date,
    found: Terms,
    minimum: str | None,
    payment: str | None,
    projected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    offers = (own_offer("", 3, Rate.percent("0.5", Per.MONTH)), own_loan("", 6, Rate(Decimal("0.1"))))
    facts = bill_facts(found, due_on=due_on, minimum=minimum, paid=payment, projected=projected, own=offers)

    hold(options_of(facts), TODAY)


def test_an_order_with_a_date_of_its_own_is_paid_in_full_or_split_from_its_own_date_on() -> None:
    whose = account(HALF, cycle=Cycle(Mode.ORDER))
    facts = bill_facts(account=whose, projected=True)
    (due,) = facts.debt.dues
    assert facts.question is not None
    (debt,) = open_debts([replace(due, projected=False)], "CNY")
    order = replace(facts, debt=debt, question=replace(facts.question, is_bill=False), minimum=None)

    assert ids(order) == ["full", "flat_fee-3", "flat_fee-6"]
    assert listed(order, "flat_fee-3").option.high.payments[0] == (DUE, yuan("406.00"))


def test_a_charge_is_paid_in_full_or_late_and_nothing_else() -> None:
    facts = replace(bill_facts(EVERYTHING), question=None, minimum=None)

    assert ids(facts) == ["full", "grace", "late-1", "late-2", "late-3"]
    assert Money(0, "CNY") == options_of(facts).of("full").option.high.cost
