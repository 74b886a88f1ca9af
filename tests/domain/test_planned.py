"""From choices to dated payments: what each is made of, and what to ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.adopted.made_of import apportioned
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, TodoState
from planner.domain.adopted.planned import (
    ASKED_FOR,
    Choice,
    Part,
    plan_of_choices,
    plan_of_parts,
    rows_asked_for,
    with_states_of,
)
from planner.domain.bill import LineKind
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import Decision, Option, OptionKind, PlanRow, Stream
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
DEC, JAN, FEB = date(2026, 12, 10), date(2027, 1, 10), date(2027, 2, 10)
Told = tuple[str, date, int, int, int, int, int]


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def a_due(
    due_id: str, on: date, minor: int, *, kind: DueKind = DueKind.BILL, fee: int = 0, interest: int = 0
) -> Due:
    parts = {LineKind.PURCHASE: cny(minor), LineKind.FEE: cny(fee), LineKind.INTEREST: cny(interest)}
    plan_id = "plan" if kind is DueKind.INSTALMENT else ""
    return Due(kind, due_id, "jd", Phrase("Bill"), on, parts, plan_id=plan_id)


def a_choice(
    kind: OptionKind,
    payments: list[tuple[date, int]],
    dues: list[Due],
    *,
    owed: int,
    rows: tuple[PlanRow, ...] = (),
    late: int = 0,
    apply_by: date | None = None,
) -> Choice:
    paid = tuple((on, cny(minor)) for on, minor in payments)
    cost = cny(sum(minor for _on, minor in payments) - owed)
    stream = Stream(paid, cost, cny(late), rows)
    option = Option("one", kind, Phrase("Way"), stream, stream, apply_by=apply_by)
    ids = tuple(due.id for due in dues)
    return Choice(Decision("debt", Phrase("Debt"), "jd", "JD", cny(owed), (option,), ids), option)


def planned(choice: Choice, *dues: Due) -> AdoptedPlan:
    by_id = {due.id: due for due in dues}
    return plan_of_choices([choice], by_id, TODAY, Method.OPTIMUM, is_proved=True)


def told(payment: PlannedPayment) -> Told:
    parts = (payment.principal, payment.fee, payment.interest, payment.to_come or cny(0))
    return (payment.due_id, payment.on, payment.amount.minor, *(part.minor for part in parts))  # type: ignore[return-value]


# --- paid as the dues stand --------------------------------------------------------------------------


def test_paying_in_full_is_made_of_what_is_open_by_the_contracts_order() -> None:
    # Of 1,000 + 20 fee + 5 interest, 22 are paid: the fee and 2 of the interest.
    due = replace(
        a_due("bill", DEC, 100_000, fee=2_000, interest=500),
        paid=(Allocation("p", date(2026, 11, 20), cny(2_200)),),
    )
    choice = a_choice(OptionKind.FULL, [(DEC, 100_300)], [due], owed=100_300)

    plan = planned(choice, due)

    assert list(map(told, plan.payments)) == [("bill", DEC, 100_300, 100_000, 0, 300, 0)]
    assert plan.todos == ()
    assert (plan.cost, plan.late_cost, plan.is_proved) == (cny(0), cny(0), True)
    assert (plan.currency, plan.method, plan.adopted_on) == ("CNY", Method.OPTIMUM, TODAY)
    assert plan.payments[0].to_come is None
    assert plan.payments[0].account_id == "jd"


def test_a_penalty_counts_among_the_fees_of_a_payment() -> None:
    due = a_due("bill", DEC, 1_000, fee=10)
    due = replace(due, parts={**due.parts, LineKind.PENALTY: cny(30)})
    choice = a_choice(OptionKind.FULL, [(DEC, 1_040)], [due], owed=1_040)

    assert list(map(told, planned(choice, due).payments)) == [("bill", DEC, 1_040, 1_000, 40, 0, 0)]


def test_the_interest_of_a_carried_rest_is_a_cost_to_come() -> None:
    due = a_due("bill", DEC, 100_000)
    payments = [(DEC, 10_000), (JAN, 60_000), (FEB, 31_234)]
    choice = a_choice(OptionKind.MINIMUM, payments, [due], owed=100_000)

    plan = planned(choice, due)

    assert list(map(told, plan.payments)) == [
        ("bill", DEC, 10_000, 10_000, 0, 0, 0),
        ("bill", JAN, 60_000, 60_000, 0, 0, 0),
        ("bill", FEB, 31_234, 30_000, 0, 1_234, 1_234),
    ]
    assert [payment.on_record for payment in plan.payments] == [cny(10_000), cny(60_000), cny(30_000)]
    assert plan.cost == cny(1_234)


def test_a_cost_that_is_paid_after_all_that_is_recorded_stands_by_itself() -> None:
    due = a_due("bill", DEC, 1_000)
    choice = a_choice(OptionKind.STREAM, [(DEC, 1_000), (JAN, 15)], [due], owed=1_000)

    assert list(map(told, planned(choice, due).payments)) == [
        ("bill", DEC, 1_000, 1_000, 0, 0, 0),
        ("bill", JAN, 15, 0, 0, 15, 15),
    ]


def test_each_row_of_a_running_plan_is_paid_on_its_own_day() -> None:
    rows = [a_due(f"row{n}", on, 200, kind=DueKind.INSTALMENT, fee=3) for n, on in enumerate((DEC, JAN, FEB))]
    payments = [(DEC, 203), (JAN, 203), (FEB, 203)]
    choice = a_choice(OptionKind.AS_AGREED, payments, rows, owed=600)

    plan = planned(choice, *rows)

    assert list(map(told, plan.payments)) == [
        ("row0", DEC, 203, 200, 3, 0, 0),
        ("row1", JAN, 203, 200, 3, 0, 0),
        ("row2", FEB, 203, 200, 3, 0, 0),
    ]
    assert plan.cost == cny(9)


def test_one_payment_for_what_is_not_billed_yet_is_one_for_each_purchase() -> None:
    dues = [a_due("b", DEC, 500, kind=DueKind.PURCHASE), a_due("a", DEC, 300, kind=DueKind.PURCHASE)]
    choice = a_choice(OptionKind.FULL, [(DEC, 800)], dues, owed=800)

    # By date, and of one day by id.
    assert [told(each)[:3] for each in planned(choice, *dues).payments] == [("a", DEC, 300), ("b", DEC, 500)]


def test_a_purchase_that_is_only_thought_of_is_none_of_the_record() -> None:
    choice = a_choice(OptionKind.FULL, [(DEC, 800)], [], owed=800)

    assert list(map(told, planned(choice).payments)) == [("", DEC, 800, 0, 800, 0, 800)]


# --- what a lender has to agree to -------------------------------------------------------------------


def test_instalments_are_asked_for_and_carry_the_rows_of_the_option() -> None:
    due = a_due("bill", DEC, 100_000)
    rows = tuple(PlanRow(on, cny(part), cny(500), cny(0)) for on, part in ((JAN, 33_333), (FEB, 66_667)))
    payments = [(JAN, 33_833), (FEB, 67_167)]
    choice = a_choice(
        OptionKind.INSTALMENTS, payments, [due], owed=100_000, rows=rows, apply_by=date(2026, 12, 9)
    )

    plan = planned(choice, due)

    (todo,) = plan.todos
    assert (todo.account_id, todo.due_id, todo.kind) == ("jd", "bill", OptionKind.INSTALMENTS)
    assert (todo.count, todo.by, todo.state) == (2, date(2026, 12, 9), TodoState.OPEN)
    assert list(map(told, plan.payments)) == [
        # 100,000 by 33,833 of 101,000 is 33,498.0…; the rest of the record goes with the second.
        ("bill", JAN, 33_833, 33_333, 500, 0, 335),
        ("bill", FEB, 67_167, 66_667, 500, 0, 665),
    ]
    assert {payment.todo_id for payment in plan.payments} == {todo.id}
    assert rows_asked_for(plan, todo.id) == rows
    assert rows_asked_for(plan, "other") == ()


def test_what_cannot_be_split_is_paid_on_the_bill_as_it_stands() -> None:
    due = a_due("bill", DEC, 100_000)
    rows = (PlanRow(DEC, cny(40_000), cny(400), cny(0)), PlanRow(JAN, cny(40_000), cny(400), cny(0)))
    payments = [(DEC, 60_400), (JAN, 40_400)]
    choice = a_choice(OptionKind.INSTALMENTS, payments, [due], owed=100_000, rows=rows, apply_by=DEC)

    plan = planned(choice, due)

    todo_id = plan.todos[0].id
    assert [(told(each), each.todo_id) for each in plan.payments] == [
        (("bill", DEC, 20_000, 20_000, 0, 0, 0), ""),
        (("bill", DEC, 40_400, 40_000, 400, 0, 400), todo_id),
        (("bill", JAN, 40_400, 40_000, 400, 0, 400), todo_id),
    ]


def test_rows_that_nobody_states_are_worked_out_and_add_up() -> None:
    due = a_due("bill", DEC, 100_000)
    choice = a_choice(OptionKind.OWN, [(DEC, 34_000), (JAN, 34_000), (FEB, 34_001)], [due], owed=100_000)

    plan = planned(choice, due)

    rows = rows_asked_for(plan, plan.todos[0].id)
    assert sum_of((row.principal for row in rows), "CNY") == cny(100_000)
    assert [row.principal.minor + row.fee.minor for row in rows] == [34_000, 34_000, 34_001]
    assert [row.principal.minor for row in rows] == [33_333, 33_333, 33_334]
    assert plan.todos[0].by is None


def test_a_fee_that_is_paid_at_the_beginning_is_no_instalment() -> None:
    due = a_due("bill", DEC, 100)
    rows = (
        PlanRow(TODAY, cny(0), cny(6), cny(0)),
        *(PlanRow(on, cny(50), cny(0), cny(0)) for on in (DEC, JAN)),
    )
    payments = [(TODAY, 6), (DEC, 50), (JAN, 50)]
    choice = a_choice(OptionKind.PROMOTION, payments, [due], owed=100, rows=rows, apply_by=DEC)

    assert planned(choice, due).todos[0].count == 2


def test_splitting_a_running_plan_anew_takes_its_rows_one_after_another() -> None:
    dues = [a_due(f"row{n}", on, 300, kind=DueKind.INSTALMENT, fee=10) for n, on in enumerate((DEC, JAN))]
    rows = tuple(PlanRow(on, cny(200), cny(15), cny(0)) for on in (DEC, JAN, FEB))
    payments = [(on, 215) for on in (DEC, JAN, FEB)]
    choice = a_choice(OptionKind.REINSTALMENT, payments, dues, owed=600, rows=rows, apply_by=DEC)

    plan = planned(choice, *dues)

    # 620 are recorded: 206, 207 and 207 of them are in the three rows, and the second row covers both.
    assert [(each.due_id, each.on, each.on_record.minor) for each in plan.payments] == [
        ("row0", DEC, 206),
        ("row0", JAN, 104),
        ("row1", JAN, 103),
        ("row1", FEB, 207),
    ]
    assert rows_asked_for(plan, plan.todos[0].id) == rows
    assert sum(payment.amount.minor for payment in plan.payments) == 645


def test_settling_early_asks_for_the_last_payment_only() -> None:
    dues = [a_due(f"r{n}", on, 200, kind=DueKind.INSTALMENT, fee=9) for n, on in enumerate((DEC, JAN, FEB))]
    # The first row as agreed, then the principal of the two others with one fee.
    choice = a_choice(OptionKind.SETTLEMENT, [(DEC, 209 + 409)], dues, owed=600, apply_by=DEC)

    plan = planned(choice, *dues)

    (todo,) = plan.todos
    assert (todo.kind, todo.count, todo.by) == (OptionKind.SETTLEMENT, 1, DEC)
    assert rows_asked_for(plan, todo.id) == (PlanRow(DEC, cny(400), cny(9), cny(0)),)
    assert [told(each)[:3] for each in plan.payments if not each.todo_id] == [("r0", DEC, 209)]
    # 418 were recorded, and 409 settle them: 9 less.
    assert sum_of((each.to_come or cny(0) for each in plan.payments), "CNY") == cny(-9)


def test_settling_early_later_on_pays_what_is_due_before_as_agreed() -> None:
    dues = [a_due(f"r{n}", on, 200, kind=DueKind.INSTALMENT) for n, on in enumerate((DEC, JAN, FEB))]
    choice = a_choice(OptionKind.SETTLEMENT, [(DEC, 200), (JAN, 405)], dues, owed=600, apply_by=JAN)

    plan = planned(choice, *dues)

    assert rows_asked_for(plan, plan.todos[0].id) == (PlanRow(JAN, cny(200), cny(5), cny(0)),)
    assert [told(each)[:3] for each in plan.payments if not each.todo_id] == [
        ("r0", DEC, 200),
        ("r1", JAN, 200),
    ]


def test_what_settling_today_costs_for_being_late_is_no_part_of_settling() -> None:
    past = date(2026, 11, 10)
    dues = [a_due(f"r{n}", on, 200, kind=DueKind.INSTALMENT) for n, on in enumerate((past, JAN, FEB))]
    payments = [(TODAY, 200 + 7 + 400)]
    choice = a_choice(OptionKind.SETTLEMENT, payments, dues, owed=600, late=7, apply_by=TODAY)

    plan = planned(choice, *dues)

    assert rows_asked_for(plan, plan.todos[0].id) == (PlanRow(TODAY, cny(400), cny(0), cny(0)),)
    assert plan.late_cost == cny(7)


def test_an_agreement_about_late_rows_leaves_the_others_as_they_are() -> None:
    late_on = date(2026, 11, 10)
    dues = [
        a_due(f"r{n}", on, 200, kind=DueKind.INSTALMENT, fee=2) for n, on in enumerate((late_on, DEC, JAN))
    ]
    rows = (PlanRow(DEC, cny(101), cny(0), cny(3)), PlanRow(JAN, cny(101), cny(0), cny(0)))
    payments = [(DEC, 104 + 202), (JAN, 101 + 202)]
    choice = a_choice(OptionKind.AGREEMENT, payments, dues, owed=600, rows=rows, late=3, apply_by=TODAY)

    plan = planned(choice, *dues)

    assert [told(each)[:3] for each in plan.payments if not each.todo_id] == [
        ("r1", DEC, 202),
        ("r2", JAN, 202),
    ]
    assert {each.due_id for each in plan.payments if each.todo_id} == {"r0"}
    # The fee of the late row is no principal of the plan: 202 in parts, of which 200 are repaid.
    assert rows_asked_for(plan, plan.todos[0].id) == (
        PlanRow(DEC, cny(100), cny(1), cny(3)),
        PlanRow(JAN, cny(100), cny(1), cny(0)),
    )


def test_paying_late_is_something_to_speak_about_before_the_day() -> None:
    due = a_due("bill", DEC, 1_000)
    choice = a_choice(OptionKind.LATE, [(JAN, 1_005)], [due], owed=1_000, late=5)

    plan = planned(choice, due)

    assert (plan.todos[0].kind, plan.todos[0].by) == (OptionKind.LATE, DEC)
    assert list(map(told, plan.payments)) == [("bill", JAN, 1_005, 1_000, 5, 0, 5)]
    past = a_due("bill", date(2026, 11, 1), 1_000)
    assert planned(choice, past).todos[0].by == TODAY


def test_what_needs_no_yes_is_not_asked_for() -> None:
    due = a_due("bill", DEC, 1_000)
    for kind in set(OptionKind) - ASKED_FOR:
        assert planned(a_choice(kind, [(DEC, 1_000)], [due], owed=1_000), due).todos == ()
    for kind in ASKED_FOR:
        assert len(planned(a_choice(kind, [(DEC, 1_000)], [due], owed=1_000), due).todos) == 1


def test_a_way_with_a_day_to_apply_is_asked_for_whatever_it_is() -> None:
    due = a_due("bill", DEC, 1_000)
    choice = a_choice(OptionKind.STREAM, [(DEC, 1_000)], [due], owed=1_000, apply_by=TODAY)

    plan = planned(choice, due)
    assert plan.payments[0].todo_id == plan.todos[0].id


def test_the_payments_of_several_debts_stand_by_date() -> None:
    first, second = a_due("one", JAN, 100), a_due("two", DEC, 200)
    choices = [
        a_choice(OptionKind.FULL, [(JAN, 100)], [first], owed=100),
        a_choice(OptionKind.LATE, [(date(2027, 3, 1), 210)], [second], owed=200, late=10),
        a_choice(OptionKind.MINIMUM, [(DEC, 100)], [second], owed=100),
    ]

    plan = plan_of_choices(choices, {"one": first, "two": second}, TODAY, Method.OWN_ORDER, is_proved=False)

    assert [payment.on for payment in plan.payments] == [DEC, JAN, date(2027, 3, 1)]
    assert (plan.cost, plan.late_cost, plan.is_proved) == (cny(10), cny(10), False)
    assert plan.total == cny(410)


# --- payments without an option ----------------------------------------------------------------------


def test_payments_of_an_order_go_to_their_due_and_then_to_its_interest() -> None:
    dues = {"one": a_due("one", DEC, 100), "two": a_due("two", DEC, 200)}
    parts = [Part("jd", JAN, cny(103), "one"), Part("jd", DEC, cny(200), "two")]

    plan = plan_of_parts(parts, dues, TODAY, Method.SNOWBALL, "CNY")

    assert list(map(told, plan.payments)) == [
        ("two", DEC, 200, 200, 0, 0, 0),
        ("one", JAN, 103, 100, 0, 3, 3),
    ]
    assert (plan.cost, plan.late_cost, plan.is_proved, plan.todos) == (cny(3), cny(0), False, ())


def test_rows_that_an_order_settles_early_are_paid_for_less() -> None:
    rows = [
        a_due(f"row{n}", on, 300, kind=DueKind.INSTALMENT, fee=10) for n, on in enumerate((DEC, JAN, FEB))
    ]
    dues = {row.id: row for row in rows}
    parts = [
        Part("jd", DEC, cny(310), "row0"),
        Part("jd", DEC, cny(100), "row1"),
        Part("jd", JAN, cny(200), "row1"),
    ]
    parts.append(Part("jd", JAN, cny(300), "row2"))

    plan = plan_of_parts(parts, dues, TODAY, Method.SNOWBALL, "CNY")

    assert [(each.due_id, each.amount.minor, each.on_record.minor) for each in plan.payments] == [
        ("row0", 310, 310),
        ("row1", 100, 100),
        ("row1", 200, 210),
        ("row2", 300, 310),
    ]
    # Of what the rows would have cost, 10 are paid and 20 are spared.
    assert plan.cost == cny(10)


def test_the_fees_of_rows_that_are_paid_as_they_are_due_are_a_cost() -> None:
    row = a_due("row", DEC, 300, kind=DueKind.INSTALMENT, fee=10, interest=4)

    plan = plan_of_parts([Part("jd", DEC, cny(320), "row")], {"row": row}, TODAY, Method.SNOWBALL, "CNY")

    assert list(map(told, plan.payments)) == [("row", DEC, 320, 300, 10, 10, 6)]
    assert plan.cost == cny(20)


def test_a_stream_that_settles_a_plan_early_covers_all_its_rows() -> None:
    rows = [a_due(f"row{n}", on, 300, kind=DueKind.INSTALMENT, fee=10) for n, on in enumerate((DEC, JAN))]
    choice = a_choice(OptionKind.STREAM, [(DEC, 605)], rows, owed=600)

    plan = planned(choice, *rows)

    assert [(each.due_id, each.on_record.minor) for each in plan.payments] == [("row0", 310), ("row1", 310)]
    assert sum_of((each.amount for each in plan.payments), "CNY") == cny(605)
    assert plan.todos == ()


def test_what_is_offered_to_a_lender_settles_its_oldest_due_first_and_is_one_thing_to_ask() -> None:
    dues = {"b": a_due("b", JAN, 300, fee=5), "a": a_due("a", DEC, 100)}
    other = {"c": replace(a_due("c", DEC, 50), account_id="hb")}
    parts = [Part("jd", on, cny(200), is_asked=True) for on in (DEC, JAN)]
    parts.append(Part("hb", DEC, cny(50), is_asked=True))

    plan = plan_of_parts(parts, dues | other, TODAY, Method.HARDSHIP, "CNY")

    # All of a bill becomes principal of what is agreed, its fee too.
    assert [(told(each), each.account_id) for each in plan.payments] == [
        (("a", DEC, 100, 100, 0, 0, 0), "jd"),
        (("b", DEC, 100, 100, 0, 0, 0), "jd"),
        (("c", DEC, 50, 50, 0, 0, 0), "hb"),
        (("b", JAN, 200, 200, 0, 0, 0), "jd"),
    ]
    assert [(todo.account_id, todo.due_id, todo.count, todo.by) for todo in plan.todos] == [
        ("jd", "a", 2, DEC),
        ("hb", "c", 1, DEC),
    ]
    assert {todo.kind for todo in plan.todos} == {OptionKind.AGREEMENT}
    assert [each.todo_id for each in plan.payments] == [
        plan.todos[0].id,
        plan.todos[0].id,
        plan.todos[1].id,
        plan.todos[0].id,
    ]


# --- a plan in place of another ----------------------------------------------------------------------


def test_a_new_plan_remembers_what_was_asked_for_already() -> None:
    due = a_due("bill", DEC, 1_000)
    choice = a_choice(OptionKind.INSTALMENTS, [(DEC, 500), (JAN, 500)], [due], owed=1_000, apply_by=DEC)
    before, after = planned(choice, due), planned(choice, due)
    said = replace(before.todos[0], state=TodoState.ASKED, done_on=TODAY, note="by telephone")

    (kept,) = with_states_of(after, replace(before, todos=(said,))).todos
    assert (kept.state, kept.done_on, kept.note) == (TodoState.ASKED, TODAY, "by telephone")
    assert kept.id == after.todos[0].id

    for other in (replace(said, count=3), replace(said, due_id="x"), replace(said, state=TodoState.REFUSED)):
        assert with_states_of(after, replace(before, todos=(other,))) == after


# --- always -------------------------------------------------------------------------------------------


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_parts_of_an_amount_add_up_and_follow_their_weights(total: int, weights: list[int]) -> None:
    parts = [part.minor for part in apportioned(cny(total), [cny(weight) for weight in weights])]

    assert sum(parts) == total
    whole = sum(weights)
    if whole:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / whole) <= 1 + abs(total) / 2**40
            if 0 <= total <= whole:
                assert 0 <= part <= weight


def test_an_amount_without_weights_is_the_first_part() -> None:
    assert apportioned(cny(7), [cny(0), cny(0)]) == [cny(7), cny(0)]


kinds = st.sampled_from([*OptionKind])
spreads = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 5_000)), min_size=1, max_size=8)


@given(
    kinds, spreads, st.lists(st.tuples(st.integers(-30, 300), st.integers(1, 4_000)), min_size=1, max_size=5)
)
def test_a_plan_pays_what_its_options_pay_and_covers_what_is_recorded(
    kind: OptionKind, paid: list[tuple[int, int]], owed: list[tuple[int, int]]
) -> None:
    days = {TODAY.toordinal() + day: minor for day, minor in paid}
    payments = [(date.fromordinal(day), minor) for day, minor in sorted(days.items())]
    dues = [
        a_due(f"d{n}", date.fromordinal(TODAY.toordinal() + day), minor)
        for n, (day, minor) in enumerate(owed)
    ]
    whole = sum(minor for _day, minor in owed)
    choice = a_choice(kind, payments, dues, owed=whole)

    plan = planned(choice, *dues)

    for on, minor in payments:
        assert sum(each.amount.minor for each in plan.payments if each.on == on) == minor
    for each in plan.payments:
        assert each.amount == each.principal + each.fee + each.interest
        assert min(each.principal, each.fee, each.interest) >= cny(0)
    if kind is not OptionKind.SETTLEMENT:
        assert sum(each.on_record.minor for each in plan.payments) == whole


@pytest.mark.parametrize("state", TodoState)
def test_only_a_yes_or_a_no_is_an_answer(state: TodoState) -> None:
    assert state.is_answered == (state in {TodoState.ACCEPTED, TodoState.REFUSED})
