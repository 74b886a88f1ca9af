"""Options of paying a bill down: by its minimum, or by the same amount each month."""

from datetime import date
from functools import partial

import pytest

from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.problem import OptionKind
from planner.domain.terms import Terms
from tests.domain.late_cases import terms, yuan
from tests.domain.optimum_cases import TODAY, bill_facts, costs, hold, ids, left_out, listed, paid

# 1 % a month, half of the balance and at least 10.00.
HALVES = terms(
    interest_rate="0.12", minimum="0.5", minimum_rule="part_or_least", minimum_least="10", fee_rate__3="0.005"
)
# A tenth, and 0.05 % a day on the rest from the due date on.
TENTH = terms(minimum="0.10", minimum_rule="part_of_bill", carry_rate="0.0005", carry_from="due")


# A bill that is not made yet states no minimum: the rule says what it will be.
coming = partial(bill_facts, projected=True)


def test_a_bill_whose_minimum_is_not_recorded_is_not_paid_down_by_a_published_one() -> None:
    facts = bill_facts(TENTH, "2400.00")

    # By the record all of it is due, so that paying a tenth would be late.
    assert not {"minimum-rest", "minimum", "steady-3"} & set(ids(facts))
    assert (
        "Minimum, then the rest: The minimum that the statement asks for is not recorded. Add it to the bill."
        in left_out(facts)
    )


def test_the_minimum_and_then_the_rest_costs_the_charge_of_a_month() -> None:
    found = listed(coming(TENTH, "2400.00"), "minimum-rest")

    # 2,160.00 × 0.05 % × 31 days.
    assert paid(found.option.high) == [("2026-12-10", "240.00"), ("2027-01-10", "2193.48")]
    assert costs(found) == ("33.48", "33.48")
    assert (found.option.kind, found.option.opens_plan) == (OptionKind.MINIMUM, False)
    assert found.option.apply_by is None
    assert not found.option.high.rows


def test_the_stated_minimum_counts_where_there_is_one() -> None:
    found = listed(bill_facts(TENTH, "2400.00", minimum="400.00"), "minimum-rest")

    # 2,000.00 × 0.05 % × 31 days.
    assert paid(found.option.high) == [("2026-12-10", "400.00"), ("2027-01-10", "2031.00")]


def test_only_the_minimum_is_followed_month_by_month_until_it_is_over() -> None:
    found = listed(coming(HALVES, "100.00"), "minimum")

    # 100.00 + 1.00 − 50.00; 51.00 + 0.51 − 25.50; 26.01 + 0.26 − 13.01; 13.26 + 0.13 − 10.00; 3.39 + 0.03.
    assert paid(found.option.high) == [
        ("2026-12-10", "50.00"),
        ("2027-01-10", "25.50"),
        ("2027-02-10", "13.01"),
        ("2027-03-10", "10.00"),
        ("2027-04-10", "3.42"),
    ]
    assert costs(found) == ("1.93", "1.93")
    assert found.option.kind is OptionKind.MINIMUM
    assert found.cost.derivation.given
    assert "Nothing new is bought" in str(found.option.notes[0])


def test_a_minimum_that_does_not_lower_the_debt_is_left_out_because_it_never_ends() -> None:
    found = terms(interest_rate="0.36", minimum="0.03", minimum_rule="part_or_least", minimum_least="1")
    facts = coming(found, "10000.00")

    assert "minimum" not in ids(facts)
    said = "Only the minimum each month: The interest is as much as the minimum, so it is never over."
    assert said in left_out(facts)


def test_a_minimum_that_takes_years_is_left_out_because_it_takes_too_long() -> None:
    facts = coming(TENTH, "10000.00")

    assert "minimum" not in ids(facts)
    assert "Only the minimum each month: It takes longer than 36 months." in left_out(facts)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (terms(fee_rate__3="0.005", minimum="0.1", minimum_rule="part_of_bill"), "charge"),
        (terms(carry_rate="0.0005"), "how the minimum is made"),
    ],
)
def test_an_unknown_rule_or_charge_leaves_the_minimum_out_and_is_named(found: Terms, said: str) -> None:
    facts = coming(found)

    assert not any(option.startswith(("minimum", "steady")) for option in ids(facts))
    about = [why for why in left_out(facts) if why.startswith("Only the minimum")]
    assert about
    assert any(said in why for why in about)


def test_a_lender_without_minimums_is_not_asked_about_them() -> None:
    facts = coming(terms(fee_whole__3="0.0155"))

    assert not any("inimum" in why for why in left_out(facts))


def test_the_same_payment_each_month_is_the_least_that_is_over_in_time() -> None:
    found = listed(
        coming(terms(interest_rate="0.12", minimum="0.05", minimum_rule="part_or_least")), "steady-3"
    )

    # 1,200.00 at 1 % a month in three: 408.026…; 408.02 would leave a cent or more.
    amounts = [amount for _on, amount in paid(found.option.high)]
    assert amounts[:2] == ["408.03", "408.03"]
    assert paid(found.option.high)[-1][0] == "2027-02-10"
    assert costs(found) == ("24.08", "24.08")
    assert str(found.option.label) == "The same payment each month, over within 3 months"
    assert any("408.03" in str(working.result) for working in found.cost.derivation.workings)


def test_a_steady_payment_below_a_minimum_or_slower_than_it_is_no_option() -> None:
    # A tenth of 1,200.00 is more than a twelfth of it: the lender would ask for more in the first months.
    slow = coming(TENTH)
    assert "steady-6" in ids(slow)
    assert "steady-12" not in ids(slow)
    # By halves it is over in five months anyway.
    fast = coming(HALVES, "100.00")
    assert "steady-3" in ids(fast)
    assert not {"steady-6", "steady-12", "steady-24", "steady-36"} & set(ids(fast))


def test_steady_payments_over_24_and_36_months_are_those_of_the_disclosure() -> None:
    found = coming(terms(interest_rate="0.12", minimum="0.01", minimum_rule="part_or_least"))

    usual = ["steady-3", "steady-6", "steady-12", "steady-24"]
    assert [option for option in ids(found) if option.startswith("steady")] == [*usual, "steady-36"]
    # The last of 36 payments from January on comes after the 36 months that are looked at.
    later = coming(
        terms(interest_rate="0.12", minimum="0.01", minimum_rule="part_or_least"), due_on=date(2027, 1, 10)
    )
    assert [option for option in ids(later) if option.startswith("steady")] == usual
    said = "The same payment each month, over within 36 months: It takes longer than 36 months."
    assert said in left_out(later)


def test_where_sources_differ_the_minimum_has_a_cheap_and_a_dear_end() -> None:
    found = terms(
        interest_rate=("0.12", "0.24"), minimum="0.5", minimum_rule="part_or_least", minimum_least="10"
    )
    option = listed(coming(found, "100.00"), "minimum").option

    assert option.low.cost == yuan("1.93")
    assert option.high.cost > option.low.cost


def test_the_rest_of_a_bill_whose_minimum_is_paid_comes_with_the_next_bill() -> None:
    facts = bill_facts(TENTH, "1000.00", date(2026, 11, 12), minimum="100.00", paid="100.00")
    found = listed(facts, "minimum-rest")

    # 900.00 from 12 November to 12 December: 30 days × 0.45.
    assert paid(found.option.high) == [("2026-12-12", "913.50")]
    assert costs(found) == ("13.50", "13.50")
    unknown = coming(
        terms(minimum="0.10", minimum_rule="part_of_bill"),
        "1000.00",
        date(2026, 11, 12),
        minimum="100.00",
        paid="100.00",
    )
    assert any("The charge a day on a rest" in why for why in left_out(unknown))


@pytest.mark.parametrize("amount", ["0.01", "99.99", "300.00", "12345.67"])
@pytest.mark.parametrize(
    "found",
    [
        HALVES,
        TENTH,
        terms(
            minimum=("0.05", "0.10"),
            minimum_rule=("baitiao", "part_of_bill"),
            carry_rate=("0.0003", "0.0007"),
        ),
    ],
)
def test_the_options_of_paying_down_hold_together(amount: str, found: Terms) -> None:
    hold(options_of(coming(found, amount)), TODAY)
    if amount != "0.01":
        hold(options_of(bill_facts(found, amount, date(2026, 11, 12), minimum="0.01", paid="0.01")), TODAY)
