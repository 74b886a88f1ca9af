"""What was planned beside what was paid: matched by the same dues, whatever became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.adopted.matching import Record, matched
from planner.domain.adopted.misfit import MisfitKind
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.adopted.plan_line import LineState
from planner.domain.adopted.progress import Progress, progress
from planner.domain.adopted.todo_words import ask_words, is_overdue, todo_words
from planner.domain.bill import LineKind
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.money import Money
from planner.domain.optimum.problem import OptionKind
from planner.phrases import Phrase
from tests.domain import telling

ADOPTED = date(2026, 11, 22)
DEC, JAN, FEB = date(2026, 12, 5), date(2027, 1, 5), date(2027, 2, 5)
NAMES = {"jd": "JD", "hb": "Huabei"}


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def a_due(due_id: str, minor: int, on: date = DEC, *paid: tuple[date, int], account: str = "jd") -> Due:
    parts = tuple(Allocation(f"{due_id}-{n}", day, cny(part)) for n, (day, part) in enumerate(paid))
    return Due(DueKind.BILL, due_id, account, Phrase("Bill"), on, {LineKind.PURCHASE: cny(minor)}, paid=parts)


def pay(
    due_id: str, on: date, minor: int, to_come: int = 0, todo: str = "", account: str = "jd"
) -> PlannedPayment:
    return PlannedPayment(
        account, due_id, on, cny(minor), cny(minor), cny(0), cny(0), todo, cny(to_come) if to_come else None
    )


def a_plan(*payments: PlannedPayment, todos: tuple[Todo, ...] = ()) -> AdoptedPlan:
    return AdoptedPlan(
        "CNY", Method.OPTIMUM, ADOPTED, cny(0), cny(0), is_proved=True, payments=payments, todos=todos
    )


def look(
    plan: AdoptedPlan, *dues: Due, on: date = ADOPTED, holders: dict[str, str] | None = None
) -> Progress:
    return progress(plan, Record({due.id: due for due in dues}, holders or {}), on, NAMES)


def states(found: Progress) -> list[tuple[LineState, int]]:
    return [(line.state, line.paid.minor) for line in found.lines]


# --- how each payment stands --------------------------------------------------------------------------


def test_before_anything_happens_everything_is_coming() -> None:
    plan = a_plan(pay("a", DEC, 600), pay("a", JAN, 400))

    found = look(plan, a_due("a", 1_000, FEB), on=DEC)

    assert states(found) == [(LineState.COMING, 0), (LineState.COMING, 0)]
    assert [str(line.standing) for line in found.lines] == ["today", "in 31 days"]
    assert [str(line.label) for line in found.lines] == ["JD: Bill", "JD: Bill"]
    assert found.misfits == ()
    assert not found.needs_new_plan
    assert found.words == ()


def test_what_is_paid_fills_the_earliest_payment_of_its_due_first() -> None:
    plan = a_plan(pay("a", DEC, 600), pay("a", JAN, 300), pay("a", FEB, 100))
    due = a_due("a", 1_000, FEB, (date(2026, 12, 1), 500), (date(2026, 12, 6), 250))

    found = look(plan, due, on=date(2026, 12, 7))

    assert states(found) == [(LineState.PAID_LATER, 600), (LineState.PART, 150), (LineState.COMING, 0)]
    assert [line.paid_on for line in found.lines] == [date(2026, 12, 6), date(2026, 12, 6), None]
    assert [line.left.minor for line in found.lines] == [0, 150, 100]
    assert [str(line.standing) for line in found.lines] == [
        "paid on 2026-12-06, later than planned",
        "1.50 CNY of it is paid",
        "in 60 days",
    ]
    assert found.ahead.value == cny(150)
    assert found.behind.value == cny(0)


def test_paid_on_its_day_is_in_time() -> None:
    found = look(a_plan(pay("a", DEC, 600)), a_due("a", 600, DEC, (DEC, 600)), on=JAN)

    assert states(found) == [(LineState.PAID, 600)]
    assert str(found.lines[0].standing) == "paid on 2026-12-05"


def test_a_missed_day_is_not_late_as_long_as_the_due_is_not() -> None:
    plan = a_plan(pay("a", DEC, 600), pay("b", DEC, 400))
    dues = (a_due("a", 600, JAN), a_due("b", 400, DEC))

    found = look(plan, *dues, on=date(2026, 12, 6))

    assert states(found) == [(LineState.MISSED, 0), (LineState.MISSED, 0)]
    assert [str(line.standing) for line in found.lines] == [
        "not recorded as paid; it is due on 2027-01-05, so it is not late",
        "not recorded as paid",
    ]
    assert found.behind.value == cny(1_000)
    assert found.needs_new_plan
    assert [str(words) for words in found.words] == [
        "Of what was planned by now, 10.00 CNY is not recorded as paid.",
        "Plan anew from today to see the best way on.",
    ]


def test_a_due_that_is_due_on_the_day_itself_is_not_late_yet() -> None:
    found = look(a_plan(pay("a", DEC, 600)), a_due("a", 600, date(2026, 12, 6)), on=date(2026, 12, 6))

    assert "so it is not late" in str(found.lines[0].standing)


def test_what_was_paid_before_the_plan_does_not_count_for_it() -> None:
    # Of 1,000, 300 were paid the day before and 100 on the day itself before the plan was made.
    before, day = ADOPTED - timedelta(days=1), ADOPTED
    plan = a_plan(pay("a", DEC, 600))
    due = a_due("a", 1_000, DEC, (before, 300), (day, 100))

    assert states(look(plan, due)) == [(LineState.COMING, 0)]

    after = replace(due, paid=(*due.paid, Allocation("later", day, cny(250))))
    assert states(look(plan, after)) == [(LineState.PART, 250)]


def test_a_refund_fills_what_was_planned_too() -> None:
    due = a_due("a", 600, DEC)
    due = replace(due, paid=(Allocation("r", date(2026, 12, 1), cny(600), is_refund=True),))

    assert states(look(a_plan(pay("a", DEC, 600)), due)) == [(LineState.PAID, 600)]


def test_costs_that_never_came_are_not_needed_once_all_is_settled() -> None:
    plan = a_plan(pay("a", DEC, 600), pay("a", JAN, 410, 10), pay("a", FEB, 5, 5))
    due = a_due("a", 1_000, DEC, (DEC, 600), (JAN, 400))

    found = look(plan, due, on=FEB + timedelta(days=1))

    assert states(found) == [(LineState.PAID, 600), (LineState.PAID, 400), (LineState.NOT_NEEDED, 0)]
    assert str(found.lines[2].standing) == "not needed any more"
    assert [line.left for line in found.lines] == [cny(0)] * 3
    assert found.behind.value == cny(0)
    assert [str(words) for words in found.words] == ["Everything that was planned by now is done."]
    assert found.misfits == ()


def test_what_is_for_nothing_recorded_cannot_be_checked() -> None:
    plan = a_plan(pay("", DEC, 600))

    assert states(look(plan, on=DEC)) == [(LineState.COMING, 0)]
    found = look(plan, on=JAN)
    assert states(found) == [(LineState.UNKNOWN, 0)]
    assert str(found.lines[0].standing) == "not recorded, so the record cannot tell"
    assert str(found.lines[0].label) == "JD: planned payment"
    assert found.misfits == ()


def test_the_lines_stand_by_date_whatever_they_are_for() -> None:
    plan = a_plan(pay("a", JAN, 1), pay("b", DEC, 2), pay("a", DEC, 3), pay("b", JAN, 4))

    found = look(plan, a_due("a", 4), a_due("b", 6))

    assert [line.payment.amount.minor for line in found.lines] == [2, 3, 1, 4]


def test_a_payment_that_needs_a_yes_says_so_until_it_is_there() -> None:
    todo = Todo("jd", "a", OptionKind.INSTALMENTS, 3, DEC)
    payments = [pay("a", JAN, 600, todo=todo.id)]

    found = look(a_plan(*payments, todos=(todo,)), a_due("a", 600))
    assert str(found.lines[0].standing) == "in 44 days, once the lender agrees"
    assert found.lines[0].todo == todo
    assert not found.lines[0].is_agreed

    accepted = replace(todo, state=TodoState.ACCEPTED)
    found = look(a_plan(*payments, todos=(accepted,)), a_due("a", 600))
    assert str(found.lines[0].standing) == "in 44 days"
    assert found.lines[0].is_agreed
    assert look(a_plan(pay("a", JAN, 600)), a_due("a", 600)).lines[0].is_agreed


# --- what became of a due -----------------------------------------------------------------------------


def test_a_rest_that_a_newer_bill_carries_is_followed_there() -> None:
    # The minimum of 100 is paid on the first bill; the newer one carries 900 and charges 10 for it.
    plan = a_plan(pay("old", DEC, 100), pay("old", JAN, 920, 20))
    old = replace(a_due("old", 1_000, DEC, (DEC, 100)), closed_on=date(2026, 12, 20))
    new = a_due("new", 910, JAN)
    holders = {"old": "new"}

    found = look(plan, old, new, on=date(2026, 12, 25), holders=holders)
    assert states(found) == [(LineState.PAID, 100), (LineState.COMING, 0)]
    assert found.misfits == ()
    assert found.lines[1].filled.due == new

    paid = look(plan, old, replace(new, paid=(Allocation("p", JAN, cny(910)),)), on=FEB, holders=holders)
    assert states(paid) == [(LineState.PAID, 100), (LineState.PAID, 910)]
    assert not paid.needs_new_plan


def test_what_a_newer_bill_holds_besides_is_more_than_was_planned() -> None:
    plan = a_plan(pay("a", JAN, 500), pay("b", JAN, 300))
    bill = a_due("bill", 1_250, JAN)

    found = look(plan, bill, holders={"a": "bill", "b": "bill"})

    (misfit,) = found.misfits
    assert (misfit.kind, misfit.due_id, misfit.account_id, misfit.amount) == (
        MisfitKind.MORE,
        "bill",
        "jd",
        cny(450),
    )
    assert str(misfit.words) == "JD: Bill: 12.50 CNY is still to pay, and 8.00 CNY of it is planned."


def test_a_record_that_leads_in_a_circle_ends() -> None:
    assert Record({}, {"a": "b", "b": "a"}).chain("a") == ("a", "b")


@pytest.mark.parametrize(
    ("still", "kind", "amount"),
    [
        (1_021, MisfitKind.MORE, 1),
        (1_020, None, 0),
        (1_000, None, 0),
        (999, MisfitKind.LESS, 1),
        (0, MisfitKind.LESS, 1_000),
    ],
)
def test_expected_costs_may_be_posted_or_not_but_no_more_and_no_less(
    still: int, kind: MisfitKind | None, amount: int
) -> None:
    plan = a_plan(pay("a", JAN, 1_020, 20))

    found = look(plan, a_due("a", still))

    assert [(each.kind, each.amount.minor) for each in found.misfits] == ([(kind, amount)] if kind else [])
    assert found.needs_new_plan == bool(kind)


def test_what_is_spared_may_still_be_on_record() -> None:
    # Settling early: 418 are recorded and 409 settle them; nothing is amiss until the lender has answered.
    plan = a_plan(pay("a", JAN, 409, -9))

    assert look(plan, a_due("a", 418)).misfits == ()
    assert [each.kind for each in look(plan, a_due("a", 419)).misfits] == [MisfitKind.MORE]
    assert [each.kind for each in look(plan, a_due("a", 417)).misfits] == [MisfitKind.LESS]


def test_less_than_planned_is_told_with_both_amounts() -> None:
    found = look(a_plan(pay("a", JAN, 1_000)), a_due("a", 700))

    assert (
        str(found.misfits[0].words) == "JD: Bill: 7.00 CNY is still to pay, less than the 10.00 CNY planned."
    )
    assert [str(words) for words in found.words] == [
        "What is recorded has changed since the plan was adopted.",
        "Plan anew from today to see the best way on.",
    ]


def test_a_due_that_is_gone_is_named_with_what_was_planned_for_it() -> None:
    found = look(a_plan(pay("a", DEC, 300), pay("a", JAN, 200)))

    assert [(each.kind, each.due_id, each.amount) for each in found.misfits] == [
        (MisfitKind.GONE, "", cny(500))
    ]
    assert str(found.misfits[0].words) == "JD: 5.00 CNY of the plan is not recorded any more."
    assert states(found) == [(LineState.NOT_NEEDED, 0), (LineState.NOT_NEEDED, 0)]
    assert str(found.lines[0].label) == "JD: not recorded any more"


def test_a_new_due_of_the_currency_is_not_in_the_plan() -> None:
    new = a_due("new", 50, JAN, account="hb")
    paid, undated = a_due("paid", 50, JAN, (DEC, 50)), replace(new, id="undated", due_on=None)
    other = replace(new, id="euro", parts={LineKind.PURCHASE: Money(5, "EUR")})

    found = look(a_plan(pay("a", DEC, 300)), a_due("a", 300), new, paid, undated, other)

    assert [(each.kind, each.due_id, each.account_id) for each in found.misfits] == [
        (MisfitKind.NEW, "new", "hb")
    ]
    assert str(found.misfits[0].words) == "Huabei: Bill, 0.50 CNY, due on 2027-01-05, is not in the plan."


def test_a_no_of_the_lender_means_planning_anew() -> None:
    todo = Todo("jd", "a", OptionKind.INSTALMENTS, 3, DEC, TodoState.REFUSED, ADOPTED)
    asked = (pay("a", JAN, 309, 9, todo.id), pay("a", FEB, 300, todo=todo.id))
    # What was to be paid beside the instalments is a part of the same way.
    plan = a_plan(pay("a", DEC, 100), *asked, pay("b", DEC, 50), todos=(todo,))

    found = look(plan, a_due("a", 700), a_due("b", 50), on=JAN)

    assert [(each.kind, each.due_id, each.amount) for each in found.misfits] == [
        (MisfitKind.REFUSED, "a", cny(609))
    ]
    assert str(found.misfits[0].words) == "JD: apply for 3 instalments. The lender refused on 2026-11-22."
    assert found.answers == ()
    assert [line.payment.due_id for line in found.lines] == ["b"]
    assert found.planned.value == found.behind.value == cny(50)


def test_what_was_agreed_to_stays_when_something_else_is_refused() -> None:
    yes = Todo("jd", "a", OptionKind.INSTALMENTS, 1, DEC, TodoState.ACCEPTED, ADOPTED)
    no = Todo("hb", "b", OptionKind.INSTALMENTS, 1, DEC, TodoState.REFUSED, ADOPTED)
    elsewhere = Todo("hb", "", OptionKind.AGREEMENT, 1, DEC, TodoState.REFUSED, ADOPTED)
    kept = (pay("a", DEC, 100), pay("a", JAN, 300, todo=yes.id), pay("", JAN, 20))
    plan = a_plan(
        *kept, pay("b", JAN, 300, todo=no.id), pay("", JAN, 9, todo=elsewhere.id), todos=(yes, no, elsewhere)
    )

    assert plan.still_meant == kept
    assert replace(plan, todos=()).still_meant == plan.payments


# --- answers ------------------------------------------------------------------------------------------


def test_missing_answers_stand_by_their_day() -> None:
    todos = (
        Todo("jd", "a", OptionKind.OWN, 2),
        Todo("jd", "b", OptionKind.DEFERRAL, 1, JAN),
        Todo("hb", "c", OptionKind.PROMOTION, 3, DEC, TodoState.ASKED, ADOPTED),
        Todo("hb", "d", OptionKind.PROMOTION, 3, DEC, TodoState.ACCEPTED, ADOPTED),
    )

    found = look(a_plan(todos=todos), on=DEC + timedelta(days=1))

    assert [answer.todo.due_id for answer in found.answers] == ["c", "b", "a"]
    assert [answer.is_overdue for answer in found.answers] == [True, False, False]
    assert found.needs_new_plan
    assert not look(a_plan(todos=todos), on=DEC).needs_new_plan


def test_a_day_is_over_the_day_after() -> None:
    todo = Todo("jd", "a", OptionKind.OWN, 2, DEC)

    assert [is_overdue(todo, DEC + timedelta(days=days)) for days in (-1, 0, 1)] == [False, False, True]
    assert not is_overdue(replace(todo, state=TodoState.REFUSED), FEB)
    assert not is_overdue(replace(todo, by=None), FEB)


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        (OptionKind.INSTALMENTS, 6, "apply for 6 instalments"),
        (OptionKind.INSTALMENTS, 1, "apply for 1 instalment"),
        (OptionKind.PROMOTION, 3, "apply for the promotion with 3 instalments"),
        (OptionKind.REINSTALMENT, 12, "ask to put the rest of the plan into 12 instalments"),
        (OptionKind.DEFERRAL, 1, "ask to pay one month later"),
        (OptionKind.SETTLEMENT, 1, "settle the plan early"),
        (OptionKind.LATE, 1, "contact the lender first, and agree on paying later"),
        (OptionKind.OWN, 2, "agree on 2 payments"),
        (OptionKind.AGREEMENT, 1, "agree on 1 payment"),
    ],
)
def test_each_thing_to_ask_for_has_its_words(kind: OptionKind, count: int, words: str) -> None:
    assert str(ask_words(Todo("jd", "a", kind, count))) == words


@pytest.mark.parametrize(
    ("state", "by", "words"),
    [
        (TodoState.OPEN, DEC, "JD: settle the plan early by 2026-12-05."),
        (TodoState.OPEN, None, "JD: settle the plan early."),
        (
            TodoState.OPEN,
            ADOPTED,
            "JD: settle the plan early. The day for it was 2026-11-22: ask all the same, or plan anew.",
        ),
        (TodoState.ASKED, DEC, "JD: settle the plan early. Asked on 2026-11-20; note the answer."),
        (TodoState.ASKED, None, "JD: settle the plan early. Asked on 2026-11-20; note the answer."),
        (
            TodoState.ASKED,
            ADOPTED,
            "JD: settle the plan early. Asked on 2026-11-20; the answer was to be there by 2026-11-22.",
        ),
        (TodoState.ACCEPTED, ADOPTED, "JD: settle the plan early. The lender agreed on 2026-11-20."),
        (TodoState.REFUSED, ADOPTED, "JD: settle the plan early. The lender refused on 2026-11-20."),
    ],
)
def test_what_to_do_next_depends_on_how_far_it_is(state: TodoState, by: date | None, words: str) -> None:
    done_on = None if state is TodoState.OPEN else date(2026, 11, 20)
    todo = Todo("jd", "a", OptionKind.SETTLEMENT, 1, by, state, done_on)

    assert str(todo_words(todo, "JD", ADOPTED + timedelta(days=1))) == words


def test_what_not_everybody_is_offered_says_so_until_it_was_asked_for() -> None:
    todo = Todo("jd", "a", OptionKind.PROMOTION, 3, DEC)
    assert str(todo_words(todo, "JD", ADOPTED)) == (
        "JD: apply for the promotion with 3 instalments by 2026-12-05. Not everybody is offered this "
        "promotion: look in the app."
    )
    asked = replace(todo, state=TodoState.ASKED, done_on=ADOPTED)
    assert "everybody" not in str(todo_words(asked, "JD", ADOPTED))


# --- sums ---------------------------------------------------------------------------------------------


def test_the_sums_say_what_they_are_made_of() -> None:
    plan = a_plan(pay("a", DEC, 600), pay("b", DEC, 50), pay("a", JAN, 300), pay("a", FEB, 100))
    dues = (a_due("a", 1_000, FEB, (date(2026, 12, 1), 700)), a_due("b", 50, DEC))

    found = look(plan, *dues, on=JAN)

    assert (found.planned.value, found.planned_by_now.value) == (cny(1_050), cny(650))
    assert (found.paid.value, found.behind.value, found.ahead.value) == (cny(700), cny(50), cny(0))
    assert telling.given(found.paid) == [
        ("JD: Bill, planned for 2026-12-05", cny(600)),
        ("JD: Bill, planned for 2027-01-05", cny(100)),
    ]
    assert telling.given(found.behind) == [("JD: Bill, planned for 2026-12-05", cny(50))]
    for figure in (found.planned, found.planned_by_now, found.paid, found.behind, found.ahead):
        assert figure.derivation.workings[-1].result == figure.value
        assert str(figure.derivation.rule)


def test_month_by_month_the_planned_stands_beside_the_paid() -> None:
    plan = a_plan(pay("a", DEC, 600), pay("a", JAN, 300), pay("a", FEB, 100))
    due = a_due("a", 1_000, FEB, (date(2026, 11, 30), 700), (date(2027, 1, 31), 50))

    months = look(plan, due, on=FEB).months

    assert [(month.first_on, month.planned.value.minor, month.paid.value.minor) for month in months] == [
        (date(2026, 11, 1), 0, 700),
        (date(2026, 12, 1), 600, 0),
        (date(2027, 1, 1), 300, 50),
        (date(2027, 2, 1), 100, 0),
    ]
    assert telling.given(months[0].paid) == [
        ("JD: Bill, paid on 2026-11-30", cny(600)),
        ("JD: Bill, paid on 2026-11-30", cny(100)),
    ]
    assert telling.given(months[2].planned) == [("JD: Bill, planned for 2027-01-05", cny(300))]


def test_paid_ahead_is_said() -> None:
    found = look(a_plan(pay("a", JAN, 600)), a_due("a", 600, JAN, (DEC, 200)), on=DEC)

    assert [str(words) for words in found.words] == ["2.00 CNY was paid ahead of the plan."]
    assert not found.needs_new_plan
    assert look(a_plan(pay("a", JAN, 600)), a_due("a", 600, JAN, (DEC, 200)), on=JAN).ahead.value == cny(0)


pieces = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 500)), min_size=1, max_size=8)


@given(pieces, st.lists(st.tuples(st.integers(1, 120), st.integers(1, 900)), max_size=8))
def test_what_is_paid_is_counted_once_and_never_more_than_planned(
    planned: list[tuple[int, int]], paid: list[tuple[int, int]]
) -> None:
    plan = a_plan(*(pay("a", ADOPTED + timedelta(days=day), minor) for day, minor in planned))
    whole = sum(minor for _day, minor in planned)
    parts, left = [], whole
    for day, minor in sorted(paid):
        part = min(minor, left)
        if part:
            parts.append((ADOPTED + timedelta(days=day), part))
        left -= part
    due = a_due("a", whole, FEB, *parts)

    found = look(plan, due, on=FEB)

    assert found.paid.value == due.paid_amount
    assert sum(month.paid.value.minor for month in found.months) == due.paid_amount.minor
    assert sum(month.planned.value.minor for month in found.months) == whole
    assert sum(line.left.minor for line in found.lines) == due.open.minor
    assert found.misfits == ()
    # The earliest first: behind a payment that lacks something, nothing is paid.
    lacking = [line for line in found.lines if line.left]
    assert all(not line.paid for line in lacking[1:])
    (group,) = matched(plan, Record({"a": due}, {}))
    assert group.due == due
