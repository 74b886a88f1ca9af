from datetime import date, timedelta

import pytest

from planner.domain.bill import LineKind
from planner.domain.late.charges import Course, Slice
from planner.domain.late.payments import course_of, end_cost, paid_of
from tests.domain.late_cases import DUE, case, high, item, known, low, yuan

PENALTY, FEE, INTEREST, DEBT = LineKind.PENALTY, LineKind.FEE, LineKind.INTEREST, LineKind.PURCHASE


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def told(course: Course) -> list[tuple[int, int, LineKind, str]]:
    return [((part.on - DUE).days, part.index, part.kind, f"{part.amount.decimal}") for part in course]


def test_a_payment_goes_to_what_has_been_charged_by_then_and_the_rest_to_the_debt() -> None:
    course = course_of(case(), low(known()), [(on(10), yuan("200.00"))])

    # 1,000 × 0.05 % × 10 days = 5.00.
    assert told(course) == [(10, 0, INTEREST, "5.00"), (10, 0, DEBT, "195.00")]
    # Then 805.00 × 20 days = 8.05.
    assert end_cost(case(), low(known()), on(30), course) == yuan("13.05")
    assert paid_of(course, "CNY") == yuan("200.00")
    assert paid_of((), "CNY") == yuan("0")


def test_the_debt_comes_first_where_the_lender_says_so() -> None:
    end = low(known(allocation="principal_interest_fee_penalty"))
    course = course_of(case(), end, [(on(10), yuan("200.00")), (on(20), yuan("802.00"))])

    # 5.00 + 800.00 × 10 days = 4.00 by the 20th day; all of the debt is paid then, and 2.00 of the interest.
    assert told(course) == [(10, 0, DEBT, "200.00"), (20, 0, DEBT, "800.00"), (20, 0, INTEREST, "2.00")]
    assert end_cost(case(), end, on(30), course) == yuan("9.00")


def test_payments_count_by_their_dates_and_those_of_one_day_one_after_the_other() -> None:
    planned = [(on(20), yuan("8.00")), (on(10), yuan("3.00")), (on(10), yuan("4.00"))]
    course = course_of(case(), low(known()), planned)

    # 5.00 by the 10th day; 3.00 and 2.00 of it, then 2.00 of the debt; 998.00 × 10 days = 4.99.
    assert told(course) == [
        (10, 0, INTEREST, "3.00"),
        (10, 0, INTEREST, "2.00"),
        (10, 0, DEBT, "2.00"),
        (20, 0, INTEREST, "4.99"),
        (20, 0, DEBT, "3.01"),
    ]


def test_within_the_grace_all_of_it_goes_to_the_debt() -> None:
    course = course_of(case(), low(known(grace_days="10")), [(on(10), yuan("200.00"))])

    assert told(course) == [(10, 0, DEBT, "200.00")]


def test_the_oldest_due_is_paid_first_with_its_cost_and_what_else_is_open_last() -> None:
    found = case(item("100.00"), item("50.00", on(5)), other=yuan("30.00"))
    end = low(known(late_base="all_unpaid"))
    course = course_of(found, end, [(on(20), yuan("1000.00"))])

    # 20 days on 100, 50 and 30: 1.00, 0.50 and 0.30.
    assert told(course) == [
        (20, 0, INTEREST, "1.00"),
        (20, 0, DEBT, "100.00"),
        (20, 1, INTEREST, "0.50"),
        (20, 1, DEBT, "50.00"),
        (20, 2, INTEREST, "0.30"),
        (20, 2, DEBT, "30.00"),
    ]
    assert paid_of(course, "CNY") == yuan("181.80")
    assert end_cost(found, end, on(99), course) == yuan("1.80")


def test_what_is_used_up_by_the_oldest_due_leaves_nothing_for_the_next() -> None:
    found = case(item("100.00"), item("50.00", on(5)))

    assert told(course_of(found, low(known()), [(on(20), yuan("60.00"))])) == [
        (20, 0, INTEREST, "1.00"),
        (20, 0, DEBT, "59.00"),
    ]


def test_the_date_decides_and_not_the_amount() -> None:
    planned = [(on(20), yuan("3.00")), (on(10), yuan("8.00"))]

    assert told(course_of(case(), low(known()), planned))[:2] == [
        (10, 0, INTEREST, "5.00"),
        (10, 0, DEBT, "3.00"),
    ]


def test_fees_and_penalties_have_their_places() -> None:
    found = case(item("1000.00"))
    charged = {"late_fee_fixed": "12", "late_indemnity__unpaid": "0.08"}
    penalty_first = course_of(found, high(known(**charged)), [(on(10), yuan("98.00"))])
    fee_first = known(**charged, allocation="fee_interest_penalty_principal")
    interest_first = known(**charged, allocation="interest_fee_penalty_principal")

    assert told(penalty_first) == [
        (10, 0, PENALTY, "80.00"),
        (10, 0, FEE, "12.00"),
        (10, 0, INTEREST, "5.00"),
        (10, 0, DEBT, "1.00"),
    ]
    assert told(course_of(found, high(fee_first), [(on(10), yuan("20.00"))])) == [
        (10, 0, FEE, "12.00"),
        (10, 0, INTEREST, "5.00"),
        (10, 0, PENALTY, "3.00"),
    ]
    assert told(course_of(found, high(interest_first), [(on(10), yuan("6.00"))])) == [
        (10, 0, INTEREST, "5.00"),
        (10, 0, FEE, "1.00"),
    ]


def test_what_the_lender_has_posted_is_recorded_by_itself_and_not_paid_here_again() -> None:
    found = case(item(), posted=yuan("3.00"))
    course = course_of(found, low(known()), [(on(10), yuan("200.00"))])

    assert told(course) == [(10, 0, INTEREST, "2.00"), (10, 0, DEBT, "198.00")]
    assert end_cost(found, low(known()), on(10)) == yuan("2.00")
    assert end_cost(case(item(), posted=yuan("5.00")), low(known()), on(10)) == yuan("0")
    assert end_cost(case(item(), posted=yuan("5.01")), low(known()), on(10)) == yuan("0")


def test_what_was_posted_is_taken_off_interest_then_fees_then_penalties_of_one_after_the_other() -> None:
    charged = known(late_fee_fixed="12", late_indemnity__unpaid="0.08")
    found = case(item(), item("100.00"), posted=yuan("100.00"))
    course = course_of(found, high(charged), [(on(10), yuan("9999.00"))])

    # 5.00 + 12.00 + 80.00 of the first, 0.50 and 2.50 of the second: 9.50 of its fee and 8.00 are left.
    assert told(course) == [
        (10, 0, DEBT, "1000.00"),
        (10, 1, PENALTY, "8.00"),
        (10, 1, FEE, "9.50"),
        (10, 1, DEBT, "100.00"),
    ]


@pytest.mark.parametrize(
    ("allocation", "cost"),
    [
        # 200.00 of the debt are paid after 10 days: 10,000 × 10 days = 50.00; the interest stays and bears
        # more: 9,800 × 20 days = 98.00; 148.00 added: 9,948.00 × 5 days = 24.87.
        ("principal_interest_fee_penalty", "172.87"),
        # 50.00 of it pay the interest: 9,850 × 20 days = 98.50, added: 9,948.50 × 5 days = 24.87.
        ("penalty_fee_interest_principal", "173.37"),
    ],
)
def test_with_interest_on_interest_the_order_matters(allocation: str, cost: str) -> None:
    found = case(item("10000.00"))
    end = high(known(late_compounding="monthly", allocation=allocation))
    course = course_of(found, end, [(on(10), yuan("200.00"))])

    assert end_cost(found, end, on(35), course) == yuan(cost)


def test_a_course_is_made_of_slices() -> None:
    assert course_of(case(), low(known()), [(on(0), yuan("5.00"))]) == (Slice(DUE, 0, DEBT, yuan("5.00")),)
    assert course_of(case(), low(known()), []) == ()
