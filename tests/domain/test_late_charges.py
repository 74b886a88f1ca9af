from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.domain.bill import LineKind
from planner.domain.late.charge import LateCharge
from planner.domain.late.charges import Slice, becomes_carried, last_in_time, late_charges, principal_of
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.phrases import Phrase
from tests.domain.late_cases import DUE, amounts, case, euro, high, item, known, low, own, terms, yuan

PRINCIPAL, INTEREST, FEE = LineKind.PURCHASE, LineKind.INTEREST, LineKind.FEE


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def paid(days: int, amount: str, index: int = 0, kind: LineKind = PRINCIPAL) -> Slice:
    return Slice(on(days), index, kind, yuan(amount))


# --- when something is late ---


def test_nothing_is_charged_up_to_the_last_day_in_time_and_then_every_day_is() -> None:
    end = low(known(grace_days="3"))

    assert last_in_time(item(), end) == on(3)
    assert amounts(case(), end, on(3)) == []
    assert amounts(case(), end, on(4)) == ["2.00"]


def test_a_rest_within_the_tolerance_counts_as_paid_in_full() -> None:
    end = low(known(grace_tolerance="10"))

    assert amounts(case(item("10.00")), end, on(30)) == []
    assert amounts(case(item("10.01")), end, on(30)) == ["0.15"]
    # It is what was open when the time was over that counts: 600.00 were paid two days late.
    late_paid = item("10.00", paid=((on(2), yuan("600.00")),))
    assert amounts(case(late_paid), end, on(30)) == ["0.61", "0.14"]  # 610.00 × 2 days, 10.00 × 28 days


def test_a_planned_payment_of_all_of_it_in_time_leaves_nothing_to_charge() -> None:
    end = low(known(grace_days="3"))

    assert amounts(case(), end, on(30), (paid(3, "1000.00"),)) == []
    assert amounts(case(), end, on(30), (paid(4, "1000.00"),)) == ["2.00"]
    assert amounts(case(), end, on(30), (paid(3, "999.00"),)) == ["1.50", "0.01"]  # 1.00 × 27 days: 0.0135


def test_a_planned_payment_of_the_minimum_in_time_leaves_the_charge_on_the_rest() -> None:
    found = known(grace_days="3", carry_rate="0.0004", carry_from="due")
    bill = item(minimum=yuan("100.00"))
    in_time, late = (paid(3, "100.00"),), (paid(4, "100.00"),)

    assert becomes_carried(bill, low(found), principal_of(in_time, 0))
    assert not becomes_carried(bill, low(found), principal_of(late, 0))
    assert not becomes_carried(bill, low(found), ())
    # 1,000 × 0.04 % × 3 days, 900 × 27 days; late: 1,000 × 0.05 % × 4 days, 900 × 26 days.
    assert amounts(case(bill), low(found), on(30), in_time) == ["1.20", "9.72"]
    assert amounts(case(bill), low(found), on(30), late) == ["2.00", "11.70"]
    assert amounts(case(bill), low(known(grace_days="3")), on(30), in_time) == []


def test_a_bill_that_is_all_paid_in_time_is_not_carried() -> None:
    bill = item(minimum=yuan("100.00"))

    assert not becomes_carried(bill, low(known()), ((DUE, yuan("1000.00")),))
    assert becomes_carried(bill, low(known()), ((DUE, yuan("999.99")),))


def test_what_is_missing_of_a_minimum_follows_what_was_paid_before_and_after() -> None:
    bill = item("700.00", minimum=yuan("60.00"), paid=((on(-1), yuan("10.00")), (on(5), yuan("30.00"))))

    assert bill.open_on(on(4)) == yuan("730.00")
    assert bill.open_on(on(5)) == yuan("700.00")
    assert bill.missed_on(on(4)) == yuan("90.00")
    assert bill.missed_on(on(5)) == yuan("60.00")
    assert bill.missed_on(on(9), ((on(9), yuan("50.00")), (on(10), yuan("5.00")))) == yuan("10.00")
    assert bill.missed_on(on(9), ((on(9), yuan("80.00")),)) == yuan("0")
    assert bill.open_on(on(9), ((on(9), yuan("800.00")),)) == yuan("0")
    assert item("700.00").missed_on(on(5)) == yuan("700.00")  # an unknown minimum may be all of it


# --- what it is charged on, and from when ---


def test_the_days_run_from_the_purchases_where_the_lender_says_so() -> None:
    bill = item(bought=Span(date(2026, 10, 1), date(2026, 10, 31)))
    found = known(late_from="purchase")

    assert amounts(case(bill), high(found), on(10)) == ["25.00"]  # 1 October to 20 November: 50 days
    assert amounts(case(bill), low(found), on(10)) == ["10.00"]  # 31 October: 20 days
    assert amounts(case(item()), high(found), on(10)) == ["5.00"]  # nobody knows when
    late_bought = item(bought=Span.exactly(on(3)))
    assert amounts(case(late_bought), high(found), on(10)) == ["5.00"]


def test_all_that_is_unpaid_is_charged_from_the_first_date_that_was_missed() -> None:
    found = case(item(), item("500.00", on(20)), item("200.00", on(40)), other=yuan("100.00"))
    end = low(known(late_base="all_unpaid"))

    # On the 30th day: 1,000, 500 and 200 and 100, all for 30 days, though one is not due yet.
    charges = late_charges(found, end, on(30))
    assert [(charge.index, charge.times, str(charge.amount)) for charge in charges] == [
        (0, 30, "15.00 CNY"),
        (1, 30, "7.50 CNY"),
        (2, 30, "3.00 CNY"),
        (3, 30, "1.50 CNY"),
    ]
    assert amounts(found, end, DUE) == []
    assert amounts(found, low(known()), on(30)) == ["15.00", "2.50"]


def test_with_everything_charged_the_days_still_run_from_the_purchases_where_they_do() -> None:
    bill = item(bought=Span.exactly(on(-10)))
    later = item("500.00", on(5), bought=Span.exactly(on(2)))
    end = high(known(late_base="all_unpaid", late_from="purchase"))

    assert [charge.times for charge in late_charges(case(bill, later), end, on(10))] == [20, 10]


def test_a_planned_payment_of_what_else_is_open_lowers_what_is_charged_on_it() -> None:
    found = case(item(), other=yuan("500.00"))
    end = low(known(late_base="all_unpaid"))

    assert amounts(found, end, on(30), (paid(10, "300.00", 1),)) == ["15.00", "2.50", "2.00"]


def test_what_was_planned_before_the_first_day_is_not_charged_at_all() -> None:
    assert amounts(case(), low(known()), on(10), (paid(-1, "400.00"),)) == ["3.00"]
    assert amounts(case(), low(known()), on(10), (paid(0, "400.00"),)) == ["3.00"]
    assert amounts(case(), low(known()), on(10), (paid(1, "400.00"),)) == ["0.50", "2.70"]


def test_penalties_that_it_holds_are_left_out_of_the_low_end() -> None:
    bill = item("1100.00", penalties=yuan("100.00"))

    assert amounts(case(bill), low(known()), on(10)) == ["5.00"]
    assert amounts(case(bill), high(known()), on(10)) == ["5.50"]


def test_a_carried_rest_is_charged_at_its_own_rate_and_knows_no_grace_and_no_least() -> None:
    bill = item("15.00", is_carried=True)
    found = known(carry_rate="0.0005", carry_from="due", grace_days="30", late_least_per_day="0.01")

    assert amounts(case(bill), low(found), DUE) == []
    assert amounts(case(bill), low(found), on(1)) == ["0.01"]  # 0.0075
    assert amounts(case(bill), low(found), on(10)) == ["0.08"]  # 0.075; with the least it would be 0.10
    assert amounts(case(item("15.00")), low(known(late_least_per_day="0.01")), on(10)) == ["0.10"]
    assert amounts(case(bill), low(known()), on(10)) == []


def test_a_carried_rest_costs_nothing_up_to_its_due_date_although_it_runs_from_the_purchases() -> None:
    bill = item(bought=Span.exactly(on(-20)), is_carried=True, billed_on=on(-9))
    found = known(carry_rate="0.0005", carry_from="purchase", late_compounding="monthly")

    assert amounts(case(bill), low(found), DUE) == []
    assert amounts(case(bill), low(found), on(1)) == ["10.50"]
    # It is added on the first statement day after the due date, the 1st of December, not before.
    assert [charge.times for charge in late_charges(case(bill), low(found), on(22))] == [41, 1]


def test_what_was_paid_on_the_due_date_was_in_time_and_is_not_charged() -> None:
    bill = item("600.00", paid=((DUE, yuan("400.00")),))

    assert amounts(case(bill), low(known()), on(10)) == ["3.00"]


def test_a_carried_rest_is_no_part_of_everything_unpaid() -> None:
    found = case(item(), item("500.00", is_carried=True))

    assert amounts(found, low(known(late_base="all_unpaid")), on(10)) == ["5.00"]


# --- added each month ---


def test_unpaid_interest_is_added_on_each_statement_day_after_the_due_date() -> None:
    bill = item("10000.00", billed_on=date(2026, 11, 1))
    end = low(known(late_compounding="monthly"))

    # 21 days to 1 December: 105.00; 10,105.00 × 31 days: 156.6275.
    assert amounts(case(bill), end, date(2027, 1, 1)) == ["105.00", "156.63"]
    # Without a statement day it is added each month after the due date.
    assert amounts(case(item("10000.00")), end, date(2027, 1, 1)) == ["150.00", "111.65"]


def test_interest_from_the_purchases_is_added_only_after_the_due_date() -> None:
    bill = item(bought=Span.exactly(date(2026, 10, 1)), billed_on=date(2026, 11, 1))
    end = low(known(late_compounding="monthly", late_from="purchase"))

    assert [charge.times for charge in late_charges(case(bill), end, date(2026, 12, 2))] == [61, 1]


def test_everything_unpaid_is_added_to_each_month_from_the_first_missed_date_on() -> None:
    found = case(item(), item("500.00", on(20)), other=yuan("300.00"))
    end = low(known(late_compounding="monthly", late_base="all_unpaid"))

    # The first returns on 10 December; the second on its own day, the 30th of November, and so on.
    days = [(charge.index, charge.times) for charge in late_charges(found, end, on(35))]
    assert days == [(0, 30), (0, 5), (1, 20), (1, 15), (2, 30), (2, 5)]


def test_interest_that_is_paid_is_not_added() -> None:
    bill = item("10000.00", billed_on=date(2026, 11, 1))
    end = low(known(late_compounding="monthly"))
    settled = (Slice(date(2026, 11, 20), 0, INTEREST, yuan("50.00")),)

    # 10 days 50.00, paid; 11 days 55.00, added; 10,055.00 × 31 days: 155.8525.
    assert amounts(case(bill), end, date(2027, 1, 1), settled) == ["50.00", "55.00", "155.85"]
    fees = (Slice(date(2026, 11, 20), 0, FEE, yuan("50.00")),)
    assert amounts(case(bill), end, date(2027, 1, 1), fees) == ["105.00", "156.63"]


# --- once ---


def test_the_fee_is_a_part_of_the_minimum_that_was_missing_when_the_time_was_over() -> None:
    found = known(late_rate="0", late_fee="0.05", grace_days="3")
    bill = item(minimum=yuan("300.00"), paid=((on(4), yuan("100.00")),))

    assert amounts(case(bill), low(found), on(10)) == ["0.00", "0.00", "20.00"]
    assert amounts(case(bill), low(found), on(10), (paid(3, "150.00"),))[-1] == "12.50"
    assert amounts(case(bill), low(found), on(10), (paid(4, "150.00"),))[-1] == "20.00"


def test_the_fee_has_a_floor_but_none_where_nothing_is_missing() -> None:
    found = known(late_rate="0", late_fee="0.05", late_fee_least="10")

    assert amounts(case(item(minimum=yuan("199.99"))), low(found), on(10))[-1] == "10.00"
    assert amounts(case(item(minimum=yuan("200.00"))), low(found), on(10))[-1] == "10.00"
    assert amounts(case(item(minimum=yuan("220.00"))), low(found), on(10))[-1] == "11.00"
    assert amounts(case(), low(found), on(10)) == ["0.00"]  # an unknown minimum is nothing at the low end
    assert amounts(case(), high(found), on(10)) == ["0.00", "50.00"]
    assert amounts(case(), low(known(late_rate="0", late_fee="0.05", minimum="0.1")), on(10))[-1] == "5.00"


@pytest.mark.parametrize(
    ("day", "fee"),
    [
        (date(2026, 11, 11), "40.00"),
        (date(2026, 12, 10), "40.00"),
        (date(2026, 12, 11), "80.00"),
        (date(2027, 1, 10), "80.00"),
        (date(2027, 1, 11), "120.00"),
        (date(2027, 11, 11), "520.00"),
    ],
)
def test_the_fee_comes_again_with_each_month_begun_at_the_high_end(day: date, fee: str) -> None:
    found = known(late_rate="0", late_fee="0.05")
    bill = case(item("8000.00", minimum=yuan("800.00")))

    assert amounts(bill, high(found), day)[-1] == fee
    assert amounts(bill, low(found), day)[-1] == "40.00"


def test_the_fee_comes_no_more_once_the_minimum_is_planned_to_be_paid() -> None:
    found = known(late_rate="0", late_fee="0.05")
    bill = case(item("8000.00", minimum=yuan("800.00")))

    assert amounts(bill, high(found), on(100), (paid(40, "799.99"),))[-1] == "160.00"
    assert amounts(bill, high(found), on(100), (paid(40, "800.00"),))[-1] == "80.00"
    assert amounts(bill, high(found), on(100), (paid(20, "400.00"), paid(40, "400.00")))[-1] == "80.00"


def test_each_missed_payment_costs_its_fixed_fee_up_to_so_many_of_one_order() -> None:
    found = terms(late_fee_fixed="5", late_fee_most_part="0.25", late_fee_most_times="2", grace_days="7")
    order = Money.of("80.00", "CNY")
    rows = [item("20.00", on(14 * n), order=order, order_id="a") for n in range(3)]
    other = item("12.00", on(1), order=yuan("12.00"), order_id="b")

    assert amounts(case(*rows), low(found), on(7)) == []
    assert amounts(case(*rows), low(found), on(8)) == ["5.00"]
    assert amounts(case(*rows), low(found), on(22)) == ["5.00", "5.00"]
    assert amounts(case(*rows), low(found), on(99)) == ["5.00", "5.00"]
    assert amounts(case(*rows, other), low(found), on(99)) == ["5.00", "3.00", "5.00"]


def test_a_fixed_fee_is_dearer_when_it_happens_again_and_never_above_what_was_missed() -> None:
    found = terms(late_fee_fixed="32", late_fee_fixed__repeat="43", late_fee_most_part="1", grace_days="0")
    bills = [item("500.00", on(30 * n), minimum=yuan("40.00")) for n in range(2)]

    assert amounts(case(*bills), low(found), on(40)) == ["32.00", "40.00"]
    assert amounts(case(*bills, missed_before=1), low(found), on(40)) == ["40.00", "40.00"]
    assert amounts(case(item()), low(found), on(40)) == ["32.00"]
    assert amounts(case(item(), missed_before=2), low(found), on(40)) == ["43.00"]


def test_without_a_dearer_fee_and_caps_each_payment_costs_the_same() -> None:
    found = terms(late_fee_fixed="12", grace_days="0")
    bills = [item("5.00", on(30 * n)) for n in range(3)]

    assert amounts(case(*bills), low(found), on(90)) == ["12.00", "12.00", "12.00"]
    assert {charge.times for charge in late_charges(case(*bills), low(found), on(90))} == {1}


def test_the_indemnity_is_a_part_of_what_was_unpaid_when_the_time_was_over() -> None:
    found = terms(late_indemnity__unpaid="0.08", grace_days="3")
    rows = case(item(euro("120.00")), item(euro("120.00"), on(30)))
    planned = (Slice(on(3), 0, PRINCIPAL, euro("20.00")), Slice(on(4), 0, PRINCIPAL, euro("50.00")))

    assert amounts(rows, high(found, "FR"), on(3)) == []
    assert amounts(rows, high(found, "FR"), on(33)) == ["9.60"]
    assert amounts(rows, high(found, "FR"), on(34)) == ["9.60", "9.60"]
    assert amounts(rows, high(found, "FR"), on(33), planned) == ["8.00"]
    assert amounts(rows, low(found, "FR"), on(34)) == []
    assert {charge.times for charge in late_charges(rows, high(found, "FR"), on(34))} == {1}
    assert amounts(rows, low(own(found), "FR"), on(34)) == ["9.60", "9.60"]


# --- in words ---


@pytest.mark.parametrize(
    ("rate", "kind", "times", "added", "words"),
    [
        (
            Rate(Decimal("0.0005"), Per.DAY),
            INTEREST,
            30,
            "0",
            "1000.00 CNY × 0.0500 %/day × 30 days",
        ),
        (
            Rate(Decimal("0.0005"), Per.DAY),
            INTEREST,
            30,
            "12.00",
            "1000.00 CNY × 0.0500 %/day × 30 days; 12.00 CNY of it is interest that was added",
        ),
        (
            Rate(Decimal("0.01"), Per.MONTH),
            INTEREST,
            30,
            "0",
            "1000.00 CNY × 12.00 %/year a year × 30 ÷ 365 days",
        ),
        (
            Rate(Decimal(0)),
            INTEREST,
            3,
            "1.00",
            "1000.00 CNY × 0 %/year a year × 3 ÷ 365 days; 1.00 CNY of it is interest that was added",
        ),
        (
            Decimal("0.05"),
            FEE,
            1,
            "0",
            "fee of 5.00 %/year on the unpaid minimum of 1000.00 CNY, once",
        ),
        (
            Decimal("0.05"),
            FEE,
            3,
            "0",
            "fee of 5.00 %/year on the unpaid minimum of 1000.00 CNY, 3 times",
        ),
        (
            Decimal("0.08"),
            LineKind.PENALTY,
            1,
            "0",
            "indemnity of 8.00 %/year on the unpaid 1000.00 CNY",
        ),
        (None, FEE, 1, "0", "fixed fee for a missed payment"),
    ],
)
def test_a_charge_shows_its_calculation(
    rate: Rate | Decimal | None, kind: LineKind, times: int, added: str, words: str
) -> None:
    charge = LateCharge(0, kind, yuan("1000.00"), rate, times, yuan("7.77"), yuan(added))
    end = Phrase("Low end")

    found = charge.working(end)

    assert str(found.text) == f"Low end: {words}"
    assert found.result == yuan("7.77")
