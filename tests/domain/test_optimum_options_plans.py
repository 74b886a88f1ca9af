"""Options of a running plan: as agreed, settled early, split anew, late."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.problem import OptionKind
from planner.domain.terms import Terms
from tests.domain.late_cases import terms, yuan
from tests.domain.optimum_cases import TODAY, costs, hold, ids, left_out, listed, paid, plan_facts

ROWS = [
    (date(2026, 12, 10), "400.00", "6.00"),
    (date(2027, 1, 10), "400.00", "6.00"),
    (date(2027, 2, 10), "400.00", "6.00"),
]
LATE = [(date(2026, 11, 12), "400.00", "6.00"), *ROWS[:2]]
RATE = {"late_rate": "0.0005", "late_base": "overdue", "grace_days": "0"}


def test_a_running_plan_simply_goes_on_and_costs_its_fees_to_come() -> None:
    facts = plan_facts(Terms(), ROWS)
    found = listed(facts, "as_agreed")
    option = found.option

    assert paid(option.high) == [("2026-12-10", "406.00"), ("2027-01-10", "406.00"), ("2027-02-10", "406.00")]
    assert costs(found) == ("18.00", "18.00")
    assert (option.kind, option.opens_plan, option.apply_by) == (OptionKind.AS_AGREED, True, None)
    assert not option.high.rows
    decision = options_of(facts).decision
    assert (decision.id, decision.owed, str(decision.label)) == ("plan", yuan("1200.00"), "Telephone")
    assert decision.due_ids == ("row-1", "row-2", "row-3")
    assert ids(facts) == ["as_agreed"]


@pytest.mark.parametrize(
    ("policy", "ends"),
    [
        ("waive_remaining", [("0.00", "0.00"), ("6.00", "6.00"), ("12.00", "12.00")]),
        ("remaining_fees_due", [("18.00", "18.00")] * 3),
        ("billed_plus_next", [("6.00", "6.00"), ("12.00", "12.00"), ("18.00", "18.00")]),
    ],
)
def test_a_plan_is_settled_now_or_with_each_later_row_by_the_rule_of_its_lender(
    policy: str, ends: list[tuple[str, str]]
) -> None:
    facts = plan_facts(terms(early_settlement=policy), ROWS)

    settled = [option for option in ids(facts) if option.startswith("settle")]
    assert settled == ["settle-2026-11-22", "settle-2026-12-10", "settle-2027-01-10"]
    assert [costs(listed(facts, option)) for option in settled] == ends


def test_settling_with_a_row_pays_that_row_and_the_rest_on_its_day() -> None:
    facts = plan_facts(terms(early_settlement="waive_remaining"), ROWS)

    now = listed(facts, "settle-2026-11-22").option
    assert paid(now.high) == [("2026-11-22", "1200.00")]
    assert (now.kind, now.opens_plan, now.apply_by) == (OptionKind.SETTLEMENT, False, TODAY)
    later = listed(facts, "settle-2027-01-10").option
    assert paid(later.high) == [("2026-12-10", "406.00"), ("2027-01-10", "806.00")]
    assert (later.opens_plan, later.apply_by) == (True, date(2027, 1, 10))
    assert listed(facts, "settle-2027-01-10").cost.derivation.given


def test_where_the_rules_of_settling_differ_there_is_a_cheap_and_a_dear_end() -> None:
    facts = plan_facts(terms(early_settlement=("waive_remaining", "remaining_fees_due")), ROWS)
    found = listed(facts, "settle-2026-11-22")

    assert costs(found) == ("0.00", "18.00")
    assert paid(found.option.high) == [("2026-11-22", "1218.00")]
    assert paid(found.option.low) == [("2026-11-22", "1200.00")]


@pytest.mark.parametrize("found", [Terms(), terms(early_settlement="same_day")])
def test_without_a_known_rule_there_is_no_settling_and_that_is_said(found: Terms) -> None:
    facts = plan_facts(found, ROWS)

    assert not any(option.startswith("settle") for option in ids(facts))
    assert "Settling early: The rule of this lender is not known." in left_out(facts)


def test_a_law_that_leaves_one_rule_is_a_known_rule() -> None:
    facts = plan_facts(Terms(), ROWS, country="FR")

    assert "settle-2026-11-22" in ids(facts)


def test_a_plan_with_one_row_left_that_is_due_today_is_only_paid() -> None:
    facts = plan_facts(terms(early_settlement="waive_remaining"), [(TODAY, "400.00", "6.00")])

    assert ids(facts) == ["as_agreed"]
    assert left_out(facts)[:1] == ["Paying late: What being late costs is not known."]


def test_a_row_that_is_due_today_is_paid_before_the_rest_is_settled() -> None:
    rows = [(TODAY, "400.00", "6.00"), *ROWS[:2]]
    facts = plan_facts(terms(early_settlement="waive_remaining"), rows)

    assert paid(listed(facts, "settle-2026-11-22").option.high) == [("2026-11-22", "1206.00")]


# --- split anew ------------------------------------------------------------------------------------


def test_a_plan_is_split_anew_where_the_rules_of_the_lender_allow_it() -> None:
    found = terms(early_settlement="waive_remaining", resplit="allowed", fee_rate__6="0.005")
    facts = plan_facts(found, ROWS)
    option = listed(facts, "reinstalment-6").option

    # 1,200.00 in six: 200.00 + 6.00, the first when the next row would have been due.
    assert paid(option.high) == [
        (on, "206.00")
        for on in ("2026-12-10", "2027-01-10", "2027-02-10", "2027-03-10", "2027-04-10", "2027-05-10")
    ]
    assert costs(listed(facts, "reinstalment-6")) == ("36.00", "36.00")
    assert (option.kind, option.opens_plan, option.apply_by) == (
        OptionKind.REINSTALMENT,
        True,
        date(2026, 12, 10),
    )
    assert [row.principal for row in option.high.rows] == [yuan("200.00")] * 6
    assert "helps for a while" in str(option.notes[0])


def test_what_stays_due_of_the_old_fees_is_paid_at_once_when_a_plan_is_split_anew() -> None:
    found = terms(
        early_settlement=("waive_remaining", "remaining_fees_due"), resplit="allowed", fee_rate__6="0.005"
    )
    found_option = listed(plan_facts(found, ROWS), "reinstalment-6")

    assert costs(found_option) == ("36.00", "54.00")
    assert paid(found_option.option.high)[0] == ("2026-11-22", "18.00")
    assert len(found_option.option.high.rows) == 6
    assert found_option.option.apply_by == TODAY


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("forbidden", "What is in instalments already cannot be put into instalments again."),
        (("allowed", "forbidden"), "The sources disagree whether this lender allows it."),
        ((), "Nobody says whether this lender allows it."),
    ],
)
def test_what_is_forbidden_or_unclear_is_left_out_with_the_reason(
    found: str | tuple[str, ...], said: str
) -> None:
    facts = plan_facts(terms(fee_rate__6="0.005", **({"resplit": found} if found else {})), ROWS)

    assert "reinstalment-6" not in ids(facts)
    assert any(why.startswith(f"Splitting it anew: {said}") for why in left_out(facts))


def test_splitting_anew_at_an_unknown_price_is_left_out() -> None:
    facts = plan_facts(terms(resplit="allowed"), ROWS)

    assert "Splitting it anew: What this lender charges for it is not known." in left_out(facts)


# --- late ------------------------------------------------------------------------------------------


def test_nothing_of_a_plan_for_some_months_is_the_last_resort() -> None:
    facts = plan_facts(terms(**RATE), ROWS)
    found = listed(facts, "late-1")
    option = found.option

    assert str(option.label) == "Late: nothing for 1 month, then what is due by then"
    # 406.00 for 31 days at 0.05 % a day: 6.29; the second row is in time that day, the third later.
    assert paid(option.high) == [("2027-01-10", "818.29"), ("2027-02-10", "406.00")]
    assert (option.kind, option.high.late_cost) == (OptionKind.LATE, yuan("6.29"))
    assert costs(found) == ("24.29", "24.29")
    # 406.00 for 62 days and for 31 days: 12.59 + 6.29.
    assert paid(listed(facts, "late-2").option.high) == [("2027-02-10", "1236.88")]
    assert listed(facts, "late-2").option.high.late_cost == yuan("18.88")
    # 90 days, 59 days, 28 days: 18.27 + 11.98 + 5.68.
    assert paid(listed(facts, "late-3").option.high) == [("2027-03-10", "1253.93")]
    assert {str(given.label) for given in found.cost.derivation.given} == {
        "Fees and interest still to come",
        "Late cost",
    }


def test_a_plan_with_a_late_row_pays_it_today_with_what_the_delay_has_cost() -> None:
    facts = plan_facts(terms(**RATE), LATE)
    found = listed(facts, "as_agreed")

    # 406.00 for 10 days at 0.05 % a day: 2.03.
    assert paid(found.option.high) == [
        ("2026-11-22", "408.03"),
        ("2026-12-10", "406.00"),
        ("2027-01-10", "406.00"),
    ]
    assert costs(found) == ("20.03", "20.03")
    assert found.option.high.late_cost == yuan("2.03")
    # From 12 November to 22 December: 40 days, and 12 days of the row due on 10 December.
    later = listed(facts, "late-1").option
    assert paid(later.high) == [("2026-12-22", "822.56"), ("2027-01-10", "406.00")]
    assert later.high.late_cost == yuan("10.56")


def test_what_is_late_of_a_plan_can_be_agreed_on_while_the_rest_goes_on() -> None:
    facts = plan_facts(terms(**RATE), LATE)
    option = listed(facts, "agreement-3").option

    # 406.00 + 2.03 in three parts at the low end, beside the two rows that are not due yet.
    assert paid(option.low) == [
        ("2026-12-10", "406.00"),
        ("2026-12-22", "136.01"),
        ("2027-01-10", "406.00"),
        ("2027-01-22", "136.01"),
        ("2027-02-22", "136.01"),
    ]
    assert option.low.late_cost == yuan("2.03")
    assert option.low.cost == yuan("20.03")
    assert [row.on.isoformat() for row in option.low.rows] == ["2026-12-22", "2027-01-22", "2027-02-22"]


def test_a_late_plan_at_an_unknown_rate_says_so_and_can_still_be_paid() -> None:
    facts = plan_facts(Terms(), LATE)
    option = listed(facts, "as_agreed").option

    assert paid(option.high)[0] == ("2026-11-22", "406.00")
    assert "not known" in str(option.notes[0])


def test_a_plan_that_runs_for_longer_than_the_optimum_looks_still_goes_on() -> None:
    rows = [(date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 10), "100.00", "1.00") for n in range(48)]
    facts = plan_facts(terms(early_settlement="waive_remaining", **RATE), rows)

    assert listed(facts, "as_agreed").option.high.last_on == date(2030, 11, 10)
    settled = [option for option in ids(facts) if option.startswith("settle")]
    assert settled[-1] == "settle-2029-11-10"
    assert "Settling early: Days more than 36 months away are not looked at." in left_out(facts)
    assert not any("longer than" in why for why in left_out(facts))
    assert listed(facts, "late-3").option.high.last_on == date(2030, 11, 10)


@pytest.mark.parametrize("rows", [ROWS, LATE, ROWS[:1], [(TODAY, "0.01", "0.00"), *ROWS]])
@pytest.mark.parametrize(
    "found",
    [
        Terms(),
        terms(**RATE),
        terms(
            early_settlement=("waive_remaining", "actual_time"),
            resplit="allowed",
            fee_rate__3=("0.005", "0.012"),
            fee_rate__12="0.005",
            fee_timing=("even", "upfront"),
            late_rate=("0.0003", "0.0007"),
            late_fee="0.05",
        ),
    ],
)
def test_the_options_of_any_plan_hold_together(rows: list[tuple[date, str, str]], found: Terms) -> None:
    hold(options_of(plan_facts(found, rows)), TODAY)


def test_a_plan_that_runs_is_open_but_no_new_one_whatever_becomes_of_it() -> None:
    found = terms(early_settlement="waive_remaining", resplit="allowed", fee_rate__6="0.005", **RATE)
    decision = options_of(plan_facts(found, ROWS)).decision
    by_id = {option.id: option for option in decision.options}

    assert {key for key, option in by_id.items() if not option.opens_plan} == {"settle-2026-11-22"}
    assert {key for key, option in by_id.items() if option.opens_new_plan} == {"reinstalment-6"}


def test_a_debt_is_told_apart_by_its_account() -> None:
    decision = options_of(plan_facts(Terms(), ROWS)).decision

    assert (str(decision.title), str(decision.label)) == ("白条: Telephone", "Telephone")
    assert replace(decision, account="").title == decision.label
