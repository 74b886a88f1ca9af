"""What lenders debit by themselves beside what a plan means to pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.adopted.debit import with_debits
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.adopted.planned import with_states_of
from planner.domain.adopted.todo_words import todo_words
from planner.domain.bill import LineKind
from planner.domain.cash.debits import debits_of, debts_as_debited
from planner.domain.cash.forecast import forecast
from planner.domain.cash.needed import needed_days
from planner.domain.due import Due, DueKind
from planner.domain.optimum.problem import OptionKind
from planner.phrases import Phrase
from tests.domain.cash_cases import cny, seen_on

TODAY = date(2026, 11, 22)
DEC, JAN, FEB = date(2026, 12, 10), date(2027, 1, 10), date(2027, 2, 10)
ACCOUNTS: Mapping[str, Account] = {
    "huabei": Account("Huabei", "Ant", "CNY", automatic=True, id="huabei"),
    "card": Account("Card", "Bank", "CNY", id="card"),
}


def due(due_id: str, amount: str, on: date | None = DEC, account: str = "huabei") -> Due:
    return Due(DueKind.BILL, due_id, account, Phrase("Bill"), on, {LineKind.PURCHASE: cny(amount)})


def meant(due_id: str, on: date, amount: str, todo: str = "", account: str = "huabei") -> PlannedPayment:
    money = cny(amount)
    return PlannedPayment(account, due_id, on, money, money, money.zero, money.zero, todo)


def plan(*payments: PlannedPayment, todos: tuple[Todo, ...] = ()) -> AdoptedPlan:
    return AdoptedPlan(
        "CNY", Method.OPTIMUM, TODAY, cny(0), cny(0), is_proved=True, payments=payments, todos=todos
    )


def debited(plan: AdoptedPlan | None, *dues: Due, on: date = TODAY) -> list[tuple[str, str]]:
    return [(str(each.on), str(-each.amount)) for each in debits_of(dues, ACCOUNTS, on, plan)]


BILL = due("bill", "960")
MINIMUM = (meant("bill", DEC, "96"), meant("bill", JAN, "864"))
CHANGE = Todo("huabei", "bill", OptionKind.MINIMUM, 0, date(2026, 12, 9))
DONE = replace(CHANGE, state=TodoState.ACCEPTED, done_on=TODAY)


# --- what is debited ---------------------------------------------------------------------------------


@pytest.mark.row("C100")
def test_without_a_plan_what_is_due_is_debited_where_the_user_has_said_so() -> None:
    dues = (BILL, due("other", "5", account="card"), due("undated", "7", None), due("late", "3", TODAY))

    assert debited(None, *dues) == [("2026-12-10", "960.00 CNY"), ("2026-11-22", "3.00 CNY")]


@pytest.mark.row("C100")
def test_all_that_is_due_is_debited_until_the_debit_is_changed() -> None:
    assert debited(plan(*MINIMUM, todos=(CHANGE,)), BILL) == [("2026-12-10", "960.00 CNY")]
    # Nobody has to have been told: a plan of an earlier version has no such to-do.
    assert debited(plan(*MINIMUM), BILL) == [("2026-12-10", "960.00 CNY")]
    assert debited(plan(*MINIMUM, todos=(DONE,)), BILL) == [
        ("2026-12-10", "96.00 CNY"),
        ("2027-01-10", "864.00 CNY"),
    ]


@pytest.mark.row("C100")
def test_what_a_lender_has_not_agreed_to_yet_lowers_no_debit() -> None:
    todo = Todo("huabei", "bill", OptionKind.PROMOTION, 2, DEC, TodoState.ASKED, TODAY, id="t")
    asked = (meant("bill", DEC, "96"), meant("bill", JAN, "432", "t"), meant("bill", FEB, "432", "t"))

    assert debited(plan(*asked, todos=(todo,)), BILL) == [("2026-12-10", "960.00 CNY")]


def test_what_the_plan_pays_before_the_date_is_not_debited_again() -> None:
    early = (meant("bill", date(2026, 12, 1), "300"), meant("bill", DEC, "660"))

    assert debited(plan(*early), BILL) == [("2026-12-10", "660.00 CNY")]
    assert debited(plan(meant("bill", date(2026, 12, 9), "960")), BILL) == []
    # What was planned for a day that has passed is meant for today, which may be the day of the debit.
    assert debited(plan(*early), BILL, on=date(2026, 12, 9)) == [("2026-12-10", "660.00 CNY")]
    assert debited(plan(*early), BILL, on=DEC) == [("2026-12-10", "960.00 CNY")]


def test_a_change_of_one_account_is_none_of_another() -> None:
    dues = (BILL, due("card bill", "50", account="card"))
    beside = meant("", JAN, "8", account="card")

    assert debited(plan(*MINIMUM, beside, meant("", JAN, "9"), todos=(DONE,)), *dues) == [
        ("2026-12-10", "96.00 CNY"),
        ("2027-01-10", "864.00 CNY"),
        ("2027-01-10", "9.00 CNY"),
    ]


def moved(plan: AdoptedPlan | None, *dues: Due, on: date = TODAY) -> list[tuple[str, str, str, bool]]:
    found = debts_as_debited(dues, ACCOUNTS, on, plan)
    return sorted((str(each.on), each.refers_to, str(-each.amount.decimal), each.automatic) for each in found)


def test_what_is_debited_is_not_paid_as_planned_too() -> None:
    card = due("card bill", "50", account="card")
    later = meant("card bill", JAN, "50", account="card")
    early = (meant("bill", date(2026, 12, 1), "300"), meant("bill", JAN, "660"))

    assert moved(None, BILL, card) == [
        ("2026-12-10", "bill", "960.00", True),
        ("2026-12-10", "card bill", "50.00", False),
    ]
    assert moved(plan(*MINIMUM, later), BILL, card) == [
        ("2026-12-10", "bill", "960.00", True),
        ("2027-01-10", "card bill", "50.00", False),
    ]
    # What is paid by hand before the date is paid then, and only the rest is debited.
    assert moved(plan(*early, later), BILL, card) == [
        ("2026-12-01", "bill", "300.00", False),
        ("2026-12-10", "bill", "660.00", True),
        ("2027-01-10", "card bill", "50.00", False),
    ]
    assert moved(plan(*early, later), BILL, card, on=date(2026, 12, 5))[0] == (
        "2026-12-05",
        "bill",
        "300.00",
        False,
    )
    assert moved(plan(*MINIMUM, todos=(DONE,)), BILL) == [
        ("2026-12-10", "bill", "96.00", True),
        ("2027-01-10", "bill", "864.00", True),
    ]


@pytest.mark.row("C100")
def test_what_is_there_before_a_debit_is_what_the_debits_before_it_have_left() -> None:
    bank, followed = seen_on("bank", (TODAY, "500")), plan(*MINIMUM, todos=(CHANGE,))
    small = due("small", "5", JAN)
    dues = (BILL, small)
    found = forecast([bank], debts_as_debited(dues, ACCOUNTS, TODAY, followed), cny(0), TODAY, FEB)

    first, second = needed_days([bank], debits_of(dues, ACCOUNTS, TODAY, followed), found, TODAY, FEB)

    assert (first.on, first.needed.value) == (DEC, cny(960))
    assert first.there is not None
    assert first.there.value == cny(500)
    assert [each.plain for each in first.there.derivation.given] == [cny(-460), cny(960)]
    assert first.missing is not None
    assert first.missing.value == cny(460)
    # The plan would leave 404 for it.
    assert (second.on, second.needed.value) == (JAN, cny(5))
    assert second.there is not None
    assert second.there.value == cny(-460)
    assert second.missing is not None
    assert second.missing.value == cny(465)


# --- what has to be done about it --------------------------------------------------------------------


def changes(adopted: AdoptedPlan, *dues: Due) -> list[tuple[str, str, date | None]]:
    found = with_debits(adopted, dues, {"huabei"})
    assert found.todos[: len(adopted.todos)] == adopted.todos
    new = found.todos[len(adopted.todos) :]
    assert all(todo.is_debit for todo in new)
    return [(todo.account_id, todo.due_id, todo.by) for todo in new]


def test_a_debit_that_takes_more_than_is_planned_has_to_be_changed_the_day_before() -> None:
    assert changes(plan(*MINIMUM), BILL) == [("huabei", "bill", date(2026, 12, 9))]
    assert changes(plan(meant("bill", DEC, "959.99")), BILL) == [("huabei", "bill", date(2026, 12, 9))]
    assert changes(plan(meant("bill", JAN, "960")), BILL) == [("huabei", "bill", date(2026, 12, 9))]


def test_one_change_before_the_first_debit_does_for_an_account() -> None:
    later = due("later", "100", JAN)
    payments = (*MINIMUM, meant("later", FEB, "100"))

    assert changes(plan(*payments), later, BILL) == [("huabei", "bill", date(2026, 12, 9))]
    today = due("today", "10", TODAY)
    assert changes(plan(*payments, meant("today", JAN, "10")), BILL, today) == [("huabei", "today", TODAY)]


def test_nothing_has_to_be_changed_where_the_debit_takes_what_is_planned() -> None:
    assert changes(plan(meant("bill", DEC, "960")), BILL) == []
    assert changes(plan(meant("bill", TODAY, "60"), meant("bill", DEC, "900")), BILL) == []
    # Nobody debits, the lender is asked for another way, the date has passed, or no plan is made for it.
    by_hand = due("card bill", "50", account="card")
    assert changes(plan(meant("card bill", JAN, "50", account="card")), by_hand) == []
    assert changes(plan(meant("bill", DEC, "96"), meant("bill", JAN, "864", "t")), BILL) == []
    assert changes(plan(meant("old", JAN, "5")), due("old", "5", date(2026, 11, 21))) == []
    assert changes(plan(meant("undated", JAN, "5")), due("undated", "5", None)) == []
    assert changes(plan(), BILL) == []


def test_a_new_plan_remembers_that_the_debit_is_changed_whatever_bill_it_was_for() -> None:
    new = plan(todos=(replace(CHANGE, due_id="next"),))

    (kept,) = with_states_of(new, plan(todos=(replace(DONE, note="minimum"),))).todos

    assert (kept.due_id, kept.state, kept.done_on, kept.note) == (
        "next",
        TodoState.ACCEPTED,
        TODAY,
        "minimum",
    )
    assert with_states_of(new, plan(todos=(CHANGE,))).todos == new.todos
    assert with_states_of(new, plan(todos=(replace(DONE, account_id="card"),))).todos == new.todos


@pytest.mark.parametrize(
    ("todo", "on", "words"),
    [
        (CHANGE, TODAY, "Huabei: change the automatic debit by 2026-12-09."),
        (
            CHANGE,
            DEC,
            (
                "Huabei: change the automatic debit. The day for it was 2026-12-09: change it all the same, "
                "or plan anew."
            ),
        ),
        (DONE, DEC, "Huabei: change the automatic debit. Done on 2026-11-22."),
    ],
)
def test_it_is_told_in_words(todo: Todo, on: date, words: str) -> None:
    assert str(todo_words(todo, "Huabei", on)) == words


def test_only_a_minimum_of_no_payments_is_a_change_of_the_debit() -> None:
    assert CHANGE.is_debit
    assert not replace(CHANGE, count=1).is_debit
    assert not replace(CHANGE, kind=OptionKind.OWN).is_debit
