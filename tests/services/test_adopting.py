"""Following a plan: nothing of the record changes until a lender has agreed, and then just what it said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from planner.domain.account import Account
from planner.domain.adopted.misfit import MisfitKind
from planner.domain.adopted.plan import AdoptedPlan, Method, TodoState
from planner.domain.adopted.plan_line import LineState
from planner.domain.adopted.planned import Choice, rows_asked_for
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, PlanRow, Stream
from planner.domain.payment import Payment
from planner.domain.payoff.open_debt import open_debts
from planner.domain.payoff.scenario import Order, Scenario
from planner.domain.purchase import Purchase
from planner.services.accounts import delete_account
from planner.services.adopting import (
    NothingToAdoptError,
    RecordChangedError,
    adopt,
    adopt_offers,
    adopt_payments,
    followed,
    give_up,
)
from planner.services.bills import delete_recorded, pay, save_bill, save_charge, save_purchase
from planner.services.cash import save_cash_account
from planner.services.cash_forecast import forecast_of
from planner.services.cash_view import cash_view
from planner.services.lender_answers import (
    AnsweredAlreadyError,
    BillNotRecordedError,
    CannotMoveError,
    NotOpenError,
    asked,
    lender_accepted,
    lender_refused,
)
from planner.services.payoff import best_plan, payoff_question
from planner.services.payoff_orders import over_time, parts_of
from planner.services.plan_progress import (
    PlannedDate,
    planned_dates,
    planned_otherwise,
    planned_words,
    progress_of,
    still_planned,
)
from planner.services.plan_todos import next_todo
from planner.services.plans import MovesTooMuchError, NegativeRowError, NoRowsError, save_plan
from planner.services.prompts import Act
from planner.services.today import today_view
from planner.store.changes import inverse, tables_of
from planner.store.store import Store
from tests.stores import fill_with_example

TODAY = date(2026, 11, 22)
DUE, JAN, FEB, MAR = date(2026, 12, 10), date(2027, 1, 10), date(2027, 2, 10), date(2027, 3, 10)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    """A credit line that bills on the 1st and is due on the 10th."""
    account = Account("JD Baitiao", "JD", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with store.transaction():
        store.accounts.save(account)
    return account


@pytest.fixture
def bill(store: Store, account: Account) -> Bill:
    """A bill of 1,200 due on 10 December."""
    line = BillLine(LineKind.UNITEMISED, yuan("1200"))
    bill = Bill(account.id, date(2026, 12, 1), DUE, (line,), yuan("120"))
    with store.transaction():
        save_bill(store, bill)
    return bill


@pytest.fixture
def plan(store: Store, account: Account) -> InstalmentPlan:
    """A running plan of four rows, the first of which is paid."""
    days = (date(2026, 11, 10), DUE, JAN, FEB)
    rows = tuple(Instalment(n, on, yuan("200"), yuan("3"), yuan("0")) for n, on in enumerate(days, 1))
    plan = InstalmentPlan(account.id, "Telephone", yuan("800"), rows, 4)
    with store.transaction():
        save_plan(store, plan)
        pay(store, Payment(account.id, yuan("203"), date(2026, 11, 10)))
    return plan


def hashed(store: Store) -> str:
    """A hash of every row of the file."""
    # A row that is put back may lie in another place of its table.
    return sha256("\n".join(sorted(store.connection.iterdump())).encode()).hexdigest()


def open_dues(store: Store) -> list[tuple[str, date | None, Money]]:
    return [(due.id, due.due_on, due.open) for due in store.ledgers.position(TODAY).open_dues]


def choice(
    store: Store,
    kind: OptionKind,
    payments: list[tuple[date, str]],
    rows: tuple[PlanRow, ...] = (),
    *,
    number: int = 0,
    apply_by: date | None = None,
) -> Choice:
    """A choice for one of the open debts, as the optimum would make it."""
    debt = open_debts(store.ledgers.position(TODAY).open_dues, "CNY")[number]
    owed = debt.principal if debt.kind.value == "plan" else debt.open
    paid = tuple((on, yuan(amount)) for on, amount in payments)
    cost = Money(sum(amount.minor for _on, amount in paid) - owed.minor, "CNY")
    stream = Stream(paid, cost, yuan("0"), rows)
    option = Option("one", kind, debt.label, stream, stream, apply_by=apply_by)
    ids = tuple(due.id for due in debt.dues)
    return Choice(Decision(debt.id, debt.label, debt.account_id, "JD", owed, (option,), ids), option)


ROWS = (
    PlanRow(JAN, yuan("400"), yuan("6.01"), yuan("0")),
    PlanRow(FEB, yuan("400"), yuan("6"), yuan("0.50")),
    PlanRow(MAR, yuan("400"), yuan("6"), yuan("0")),
)
PAID = [(JAN, "406.01"), (FEB, "406.50"), (MAR, "406")]


def in_three(store: Store) -> AdoptedPlan:
    """The bill in three instalments, adopted."""
    chosen = choice(store, OptionKind.INSTALMENTS, PAID, ROWS, apply_by=DUE)
    with store.transaction():
        return adopt(store, TODAY, [chosen], is_proved=True)


# --- adopting -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bill")
def test_adopting_changes_nothing_that_is_due(store: Store) -> None:
    before = open_dues(store)
    chosen = choice(store, OptionKind.INSTALMENTS, PAID, ROWS, apply_by=DUE)

    with store.transaction() as journal:
        adopted = adopt(store, TODAY, [chosen], is_proved=True)

    assert open_dues(store) == before
    assert tables_of(journal.changes) == {"adopted_plans", "planned_payments", "plan_todos"}
    assert store.adopted_plans.all() == [adopted]
    assert (adopted.method, adopted.is_proved, adopted.cost) == (Method.OPTIMUM, True, yuan("18.51"))
    assert [(todo.count, todo.by) for todo in adopted.todos] == [(3, DUE)]


@pytest.mark.usefixtures("bill")
def test_undoing_it_leaves_the_file_as_it_was(store: Store) -> None:
    chosen = choice(store, OptionKind.INSTALMENTS, PAID, ROWS, apply_by=DUE)
    before = hashed(store)
    with store.transaction() as journal:
        adopt(store, TODAY, [chosen])
    after = hashed(store)
    assert after != before

    store.apply(inverse(journal.changes))
    assert hashed(store) == before
    store.apply(journal.changes)
    assert hashed(store) == after


@pytest.mark.usefixtures("bill")
def test_a_new_plan_ends_the_one_before_it_and_no_other(store: Store) -> None:
    first = in_three(store)
    euro = AdoptedPlan("EUR", Method.OPTIMUM, TODAY, Money(0, "EUR"), Money(0, "EUR"), is_proved=False)
    with store.transaction():
        store.adopted_plans.save(euro)
        asked(store, first.todos[0].id, TODAY, "by telephone")
    later = date(2026, 11, 25)
    chosen = choice(store, OptionKind.INSTALMENTS, PAID, ROWS, apply_by=DUE)

    with store.transaction():
        second = adopt(store, later, [chosen], method=Method.AVALANCHE)

    assert store.adopted_plans.get(first.id).ended_on == later
    assert followed(store, "CNY") == second
    assert followed(store, "EUR") == euro
    assert followed(store, "GBP") is None
    # The lender was asked already: that stays.
    assert [(todo.state, todo.done_on, todo.note) for todo in second.todos] == [
        (TodoState.ASKED, TODAY, "by telephone")
    ]


@pytest.mark.usefixtures("bill")
def test_a_plan_that_is_given_up_is_followed_no_more(store: Store) -> None:
    adopted = in_three(store)
    with store.transaction():
        ended = give_up(store, adopted.id, date(2026, 12, 1))

    assert ended == replace(adopted, ended_on=date(2026, 12, 1))
    assert followed(store, "CNY") is None
    assert not store.has_adopted_plan
    assert store.adopted_plans.all() == [ended]
    assert planned_dates(store, TODAY) == {}


def test_a_plan_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NothingToAdoptError):
        adopt(store, TODAY, [])
    with pytest.raises(NothingToAdoptError):
        adopt_payments(store, TODAY, "CNY", [], method=Method.SNOWBALL)
    with pytest.raises(NothingToAdoptError):
        adopt_offers(store, TODAY, "CNY", {"jd": [(DUE, yuan("0"))]})


def test_a_plan_worked_out_from_another_record_is_refused(store: Store, account: Account, bill: Bill) -> None:
    chosen = choice(store, OptionKind.FULL, [(DUE, "1200")])
    with store.transaction():
        pay(store, Payment(account.id, yuan("1"), TODAY))
    with pytest.raises(RecordChangedError):
        adopt(store, TODAY, [chosen])

    with store.transaction():
        delete_recorded(store, "bill", bill.id)
    with pytest.raises(RecordChangedError):
        adopt(store, TODAY, [chosen])


@pytest.mark.usefixtures("plan")
def test_of_a_running_plan_the_principal_is_what_is_owed(store: Store) -> None:
    chosen = choice(store, OptionKind.AS_AGREED, [(DUE, "203"), (JAN, "203"), (FEB, "203")])
    assert chosen.decision.owed == yuan("600")

    with store.transaction():
        adopted = adopt(store, TODAY, [chosen])

    assert [payment.amount for payment in adopted.payments] == [yuan("203")] * 3
    assert adopted.cost == yuan("9")
    assert progress_of(store, TODAY, adopted).misfits == ()


def test_the_payments_of_an_order_are_followed_without_asking_anybody(store: Store, bill: Bill) -> None:
    parts = [(bill.id, DUE, yuan("700")), (bill.id, JAN, yuan("510"))]
    with store.transaction():
        adopted = adopt_payments(store, TODAY, "CNY", parts, method=Method.SNOWBALL)

    assert (adopted.method, adopted.todos, adopted.cost) == (Method.SNOWBALL, (), yuan("10"))
    assert [(each.on, each.amount, each.account_id) for each in adopted.payments] == [
        (DUE, yuan("700"), bill.account_id),
        (JAN, yuan("510"), bill.account_id),
    ]
    with pytest.raises(RecordChangedError):
        adopt_payments(store, TODAY, "CNY", [("gone", DUE, yuan("1"))], method=Method.SNOWBALL)


def test_an_offer_to_each_lender_is_something_to_ask_for(store: Store, bill: Bill) -> None:
    offers = {bill.account_id: [(DUE, yuan("600")), (JAN, yuan("600"))]}
    with store.transaction():
        adopted = adopt_offers(store, TODAY, "CNY", offers)

    assert adopted.method is Method.HARDSHIP
    assert [(todo.kind, todo.count, todo.by) for todo in adopted.todos] == [(OptionKind.AGREEMENT, 2, DUE)]
    assert rows_asked_for(adopted, adopted.todos[0].id) == (
        PlanRow(DUE, yuan("600"), yuan("0"), yuan("0")),
        PlanRow(JAN, yuan("600"), yuan("0"), yuan("0")),
    )


# --- a lender's answer --------------------------------------------------------------------------------


def test_asking_and_a_no_leave_what_is_due_as_it_is(store: Store, bill: Bill) -> None:
    adopted = in_three(store)
    todo, before = adopted.todos[0], open_dues(store)
    with store.transaction():
        said = asked(store, todo.id, TODAY, "hotline")
    assert (said.state, said.done_on, said.note) == (TodoState.ASKED, TODAY, "hotline")
    with store.transaction():
        said = lender_refused(store, todo.id, DUE)
    assert (said.state, said.done_on, said.note) == (TodoState.REFUSED, DUE, "hotline")

    assert open_dues(store) == before == [(bill.id, DUE, yuan("1200"))]
    found = progress_of(store, TODAY, store.adopted_plans.get(adopted.id))
    assert [misfit.kind for misfit in found.misfits] == [MisfitKind.REFUSED]
    for answer in (asked, lender_refused, lender_accepted):
        with pytest.raises(AnsweredAlreadyError), store.transaction():
            answer(store, todo.id, DUE)


def test_a_yes_makes_exactly_the_planned_rows_out_of_the_bill(store: Store, bill: Bill) -> None:
    adopted = in_three(store)
    before = hashed(store)
    with store.transaction() as journal:
        (made,) = lender_accepted(store, adopted.todos[0].id, date(2026, 12, 3), note="in the app")

    assert [PlanRow(row.due_on, row.principal, row.fee, row.interest) for row in made.rows] == list(ROWS)
    assert [row.number for row in made.rows] == [1, 2, 3]
    assert (made.origin, made.origin_id, made.principal) == (OriginKind.BILL, bill.id, yuan("1200"))
    assert (made.count, made.started_on, made.name) == (3, date(2026, 12, 3), "JD Baitiao 2026-12-01")
    assert open_dues(store) == [(row.id, row.due_on, row.total) for row in made.rows]

    kept = store.adopted_plans.get(adopted.id)
    assert [(each.due_id, each.amount, each.to_come) for each in kept.payments] == [
        (row.id, row.total, None) for row in made.rows
    ]
    todo = kept.todos[0]
    assert (todo.state, todo.done_on, todo.note) == (TodoState.ACCEPTED, date(2026, 12, 3), "in the app")
    assert {each.todo_id for each in kept.payments} == {todo.id}
    found = progress_of(store, TODAY, kept)
    assert found.misfits == ()
    assert [line.is_agreed for line in found.lines] == [True] * 3

    store.apply(inverse(journal.changes))
    assert hashed(store) == before


@pytest.mark.usefixtures("bill")
def test_what_the_lender_agreed_to_instead_counts(store: Store) -> None:
    adopted = in_three(store)
    rows = (PlanRow(FEB, yuan("700"), yuan("9"), yuan("0")), PlanRow(JAN, yuan("500"), yuan("9"), yuan("1")))
    with store.transaction():
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY, rows, name="Bill of December")

    assert made.name == "Bill of December"
    assert [(row.number, row.due_on, row.total) for row in made.rows] == [
        (1, JAN, yuan("510")),
        (2, FEB, yuan("709")),
    ]
    kept = store.adopted_plans.get(adopted.id)
    assert [(each.on, each.amount) for each in kept.payments] == [(JAN, yuan("510")), (FEB, yuan("709"))]
    assert progress_of(store, TODAY, kept).misfits == ()


def test_rows_that_do_not_fit_are_refused_and_change_nothing(store: Store, account: Account) -> None:
    line = BillLine(LineKind.UNITEMISED, yuan("1200"))
    bill = Bill(account.id, date(2026, 12, 1), DUE, (line,))
    with store.transaction():
        save_bill(store, bill)
    adopted = in_three(store)
    todo_id, before = adopted.todos[0].id, hashed(store)

    too_much = (PlanRow(JAN, yuan("1200.01"), yuan("0"), yuan("0")),)
    with pytest.raises(MovesTooMuchError) as refused, store.transaction():
        lender_accepted(store, todo_id, TODAY, too_much)
    assert refused.value.values == {"left": yuan("1200"), "principal": yuan("1200.01")}
    with pytest.raises(NoRowsError), store.transaction():
        lender_accepted(store, todo_id, TODAY, ())
    below = (PlanRow(JAN, yuan("1200"), yuan("-1"), yuan("0")),)
    with pytest.raises(NegativeRowError), store.transaction():
        lender_accepted(store, todo_id, TODAY, below)
    assert hashed(store) == before

    with store.transaction():
        pay(store, Payment(account.id, yuan("0.01"), TODAY))
    with pytest.raises(MovesTooMuchError), store.transaction():
        lender_accepted(store, todo_id, TODAY)


def test_what_stays_on_the_bill_is_due_with_it(store: Store, bill: Bill) -> None:
    rows = (PlanRow(JAN, yuan("500"), yuan("5"), yuan("0")), PlanRow(FEB, yuan("500"), yuan("5"), yuan("0")))
    payments = [(DUE, "200"), (JAN, "505"), (FEB, "505")]
    chosen = choice(store, OptionKind.PROMOTION, payments, rows, apply_by=DUE)
    with store.transaction():
        adopted = adopt(store, TODAY, [chosen])
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert open_dues(store) == [
        (bill.id, DUE, yuan("200")),
        (made.rows[0].id, JAN, yuan("505")),
        (made.rows[1].id, FEB, yuan("505")),
    ]
    kept = store.adopted_plans.get(adopted.id)
    assert [(each.due_id, each.on, each.amount) for each in kept.payments] == open_dues(store)
    assert progress_of(store, TODAY, kept).misfits == ()


def test_a_bill_that_is_put_off_is_due_a_month_later_and_stays_as_it_was_sent(
    store: Store, bill: Bill
) -> None:
    chosen = choice(store, OptionKind.DEFERRAL, [(JAN, "1212")], apply_by=date(2026, 12, 9))
    with store.transaction():
        adopted = adopt(store, TODAY, [chosen])
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert store.bills.get(bill.id) == bill
    assert [(row.due_on, row.principal, row.fee) for row in made.rows] == [(JAN, yuan("1200"), yuan("12"))]
    assert open_dues(store) == [(made.rows[0].id, JAN, yuan("1212"))]
    assert not store.ledgers.position(date(2026, 12, 20)).late


def test_an_order_can_be_split_before_it_is_billed(store: Store, account: Account) -> None:
    purchase = Purchase(account.id, yuan("1200"), date(2026, 11, 20), "Telephone shop")
    with store.transaction():
        save_purchase(store, purchase)
    adopted = in_three(store)
    with store.transaction():
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert (made.origin, made.origin_id, made.name) == (OriginKind.PURCHASE, purchase.id, "Telephone shop")
    assert [amount for _id, _on, amount in open_dues(store)] == [yuan(text) for _on, text in PAID]


def test_a_purchase_without_a_name_gives_the_plan_its_date(store: Store, account: Account) -> None:
    with store.transaction():
        save_purchase(store, Purchase(account.id, yuan("1200"), date(2026, 11, 20)))
    adopted = in_three(store)
    with store.transaction():
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert made.name == "2026-11-20"


def test_instalments_of_a_bill_to_come_wait_for_the_bill(store: Store, account: Account) -> None:
    bought = [Purchase(account.id, yuan("600"), date(2026, 11, day), f"Shop {day}") for day in (19, 20)]
    with store.transaction():
        for purchase in bought:
            save_purchase(store, purchase)
    adopted = in_three(store)
    todo_id = adopted.todos[0].id
    with pytest.raises(BillNotRecordedError), store.transaction():
        lender_accepted(store, todo_id, TODAY)

    lines = tuple(BillLine(LineKind.PURCHASE, each.amount, each.id) for each in bought)
    bill = Bill(account.id, date(2026, 12, 1), DUE, lines)
    with store.transaction():
        save_bill(store, bill)
    assert progress_of(store, TODAY, adopted).misfits == ()
    with store.transaction():
        (made,) = lender_accepted(store, todo_id, TODAY)
    assert made.origin_id == bill.id
    assert [amount for _id, _on, amount in open_dues(store)] == [yuan(text) for _on, text in PAID]


def test_a_charge_cannot_be_turned_into_instalments(store: Store, account: Account) -> None:
    with store.transaction():
        save_charge(store, Charge(account.id, LineKind.FEE, yuan("1200"), date(2026, 11, 20)))
    adopted = in_three(store)

    with pytest.raises(CannotMoveError), store.transaction():
        lender_accepted(store, adopted.todos[0].id, TODAY)


def test_what_is_settled_by_then_cannot_be_turned_into_instalments(store: Store, bill: Bill) -> None:
    adopted = in_three(store)
    with store.transaction():
        pay(store, Payment(bill.account_id, yuan("1200"), TODAY))
    with pytest.raises(NotOpenError), store.transaction():
        lender_accepted(store, adopted.todos[0].id, TODAY)
    with store.transaction():
        delete_recorded(store, "bill", bill.id)
    with pytest.raises(NotOpenError), store.transaction():
        lender_accepted(store, adopted.todos[0].id, TODAY)


def test_splitting_a_plan_anew_takes_over_its_open_rows(store: Store, plan: InstalmentPlan) -> None:
    rows = tuple(PlanRow(on, yuan("200"), yuan("4"), yuan("0")) for on in (DUE, JAN, FEB))
    payments = [(on, "204") for on in (DUE, JAN, FEB)]
    chosen = choice(store, OptionKind.REINSTALMENT, payments, rows, apply_by=DUE)
    with store.transaction():
        adopted = adopt(store, TODAY, [chosen])
        assert progress_of(store, TODAY, adopted).misfits == ()
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert (made.origin, made.origin_id, made.name) == (OriginKind.PLAN, plan.id, "Telephone")
    assert open_dues(store) == [(row.id, row.due_on, yuan("204")) for row in made.rows]
    assert progress_of(store, TODAY, store.adopted_plans.get(adopted.id)).misfits == ()


def test_settling_early_leaves_one_row(store: Store, plan: InstalmentPlan) -> None:
    chosen = choice(store, OptionKind.SETTLEMENT, [(DUE, "203"), (JAN, "403")], apply_by=JAN)
    with store.transaction():
        adopted = adopt(store, TODAY, [chosen])
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert [(row.due_on, row.principal, row.fee) for row in made.rows] == [(JAN, yuan("200"), yuan("0"))]
    assert open_dues(store) == [
        (plan.rows[1].id, DUE, yuan("203")),
        *sorted(
            [(plan.rows[2].id, JAN, yuan("203")), (made.rows[0].id, JAN, yuan("200"))], key=lambda due: due[0]
        ),
    ]
    assert progress_of(store, TODAY, store.adopted_plans.get(adopted.id)).misfits == ()


def test_an_agreement_about_a_late_row_keeps_those_behind_it(store: Store, account: Account) -> None:
    days = (date(2026, 11, 10), DUE, JAN)
    rows = tuple(Instalment(n, on, yuan("200"), yuan("2"), yuan("1")) for n, on in enumerate(days, 1))
    plan = InstalmentPlan(account.id, "Telephone", yuan("600"), rows, 3)
    with store.transaction():
        save_plan(store, plan)
        # 3 for its costs, and 50 of its principal.
        pay(store, Payment(account.id, yuan("53"), date(2026, 11, 12)))
    parts = (PlanRow(DUE, yuan("75"), yuan("0"), yuan("2")), PlanRow(JAN, yuan("75"), yuan("0"), yuan("0")))
    payments = [(DUE, "280"), (JAN, "278")]
    chosen = choice(store, OptionKind.AGREEMENT, payments, parts, apply_by=TODAY)
    with store.transaction():
        adopted = adopt(store, TODAY, [chosen])
    assert progress_of(store, TODAY, adopted).misfits == ()
    with store.transaction():
        (made,) = lender_accepted(store, adopted.todos[0].id, TODAY)

    # Nothing is late any more, and nothing is due twice.
    assert sorted((row.due_on, row.total, row.fee, row.interest) for row in made.rows) == [
        (DUE, yuan("77"), yuan("0"), yuan("2")),
        (DUE, yuan("203"), yuan("2"), yuan("1")),
        (JAN, yuan("75"), yuan("0"), yuan("0")),
        (JAN, yuan("203"), yuan("2"), yuan("1")),
    ]
    assert [row.number for row in made.rows] == [1, 2, 3, 4]
    assert not store.ledgers.position(TODAY).late
    assert sorted(open_dues(store)) == sorted((row.id, row.due_on, row.total) for row in made.rows)
    kept = store.adopted_plans.get(adopted.id)
    assert {each.due_id for each in kept.payments} == {row.id for row in made.rows}
    assert progress_of(store, TODAY, kept).misfits == ()


def test_what_covers_several_bills_becomes_a_plan_of_each(store: Store, account: Account, bill: Bill) -> None:
    second = Bill(account.id, date(2027, 1, 1), JAN, (BillLine(LineKind.UNITEMISED, yuan("300")),))
    with store.transaction():
        save_bill(store, second)
        adopted = adopt_offers(
            store, TODAY, "CNY", {account.id: [(on, yuan("500")) for on in (DUE, JAN, FEB)]}
        )
        made = lender_accepted(store, adopted.todos[0].id, TODAY)

    assert [(each.origin_id, each.principal) for each in made] == [
        (bill.id, yuan("1200")),
        (second.id, yuan("300")),
    ]
    assert [[row.total for row in each.rows] for each in made] == [
        [yuan("500"), yuan("500"), yuan("200")],
        [yuan("300")],
    ]
    kept = store.adopted_plans.get(adopted.id)
    assert sum(each.amount.minor for each in kept.payments) == 150_000
    assert progress_of(store, TODAY, kept).misfits == ()


# --- following ----------------------------------------------------------------------------------------


def test_payments_are_found_by_the_same_dues_as_everywhere(store: Store, account: Account) -> None:
    adopted = _followed_bill(store, account)
    with store.transaction():
        pay(store, Payment(account.id, yuan("700"), date(2026, 12, 6)))

    found = progress_of(store, date(2026, 12, 20), adopted)

    assert [(line.state, line.paid, line.paid_on) for line in found.lines] == [
        (LineState.PAID_LATER, yuan("600"), date(2026, 12, 6)),
        (LineState.PART, yuan("100"), date(2026, 12, 6)),
    ]


def _followed_bill(store: Store, account: Account) -> AdoptedPlan:
    """A bill of 1,200 that is paid in two halves."""
    line = BillLine(LineKind.UNITEMISED, yuan("1200"))
    bill = Bill(account.id, date(2026, 11, 1), DUE, (line,), yuan("120"))
    parts = [(bill.id, date(2026, 12, 5), yuan("600")), (bill.id, JAN, yuan("600"))]
    with store.transaction():
        save_bill(store, bill)
        return adopt_payments(store, TODAY, "CNY", parts, method=Method.OWN_ORDER)


def test_what_is_settled_for_good_is_still_found(store: Store, account: Account) -> None:
    adopted = _followed_bill(store, account)
    with store.transaction():
        pay(store, Payment(account.id, yuan("600"), date(2026, 12, 5)))
        pay(store, Payment(account.id, yuan("600"), JAN))
    long_after = date(2028, 6, 1)
    store.ledgers.summarise(long_after)
    assert not store.ledgers.position(long_after).dues

    found = progress_of(store, long_after, adopted)

    assert [line.state for line in found.lines] == [LineState.PAID, LineState.PAID]
    assert found.misfits == ()


def test_a_carried_rest_is_found_on_the_newer_bill(store: Store, account: Account) -> None:
    adopted = _followed_bill(store, account)
    (first,) = store.bills.all()
    lines = (BillLine(LineKind.CARRIED, yuan("600"), first.id),)
    with store.transaction():
        pay(store, Payment(account.id, yuan("600"), date(2026, 12, 5)))
        newer = save_bill(store, Bill(account.id, date(2026, 12, 20), date(2027, 1, 15), lines))

    found = progress_of(store, date(2026, 12, 25), adopted)

    assert found.misfits == ()
    assert [line.filled.due.id for line in found.lines if line.filled.due is not None] == [newer.id] * 2
    assert planned_dates(store, date(2026, 12, 25)) == {
        newer.id: (PlannedDate(JAN, yuan("600"), account.id, found.lines[1].label),)
    }


def test_the_forecast_pays_a_carried_rest_when_the_plan_says(store: Store, account: Account) -> None:
    adopted = _followed_bill(store, account)
    (first,) = store.bills.all()
    lines = (BillLine(LineKind.CARRIED, yuan("605"), first.id), BillLine(LineKind.UNITEMISED, yuan("20")))
    on = date(2026, 12, 25)
    with store.transaction():
        pay(store, Payment(account.id, yuan("600"), date(2026, 12, 5)))
        save_bill(store, Bill(account.id, date(2026, 12, 20), date(2027, 1, 15), lines))
        save_cash_account(store, CashAccount("Purse", "CNY", (Balance(on, yuan("1000")),)))

    days = forecast_of(store, "CNY", on, date(2027, 2, 1)).days

    # The plan has 600 for 10 January; what the newer bill asks for beyond that is paid on its own day.
    assert [(day.on, day.balance) for day in days] == [
        (on, yuan("1000")),
        (JAN, yuan("400")),
        (date(2027, 1, 15), yuan("375")),
    ]
    rest = still_planned(store, on, adopted)
    assert [(each.on, each.amount, each.to_come) for each in rest.payments] == [(JAN, yuan("600"), None)]
    assert replace(rest, payments=adopted.payments) == adopted


def test_what_is_left_of_a_plan_keeps_the_costs_that_are_still_to_come(store: Store, bill: Bill) -> None:
    parts = [(bill.id, DUE, yuan("700")), (bill.id, JAN, yuan("510"))]
    with store.transaction():
        adopted = adopt_payments(store, TODAY, "CNY", parts, method=Method.AVALANCHE)
        pay(store, Payment(bill.account_id, yuan("750"), DUE))

    (left,) = still_planned(store, DUE, adopted).payments
    assert (left.on, left.amount, left.to_come, left.on_record) == (JAN, yuan("460"), yuan("10"), yuan("450"))
    assert left.due_id == bill.id


def test_what_a_lender_refused_is_not_left_of_a_plan(store: Store, bill: Bill) -> None:
    adopted = in_three(store)
    with store.transaction():
        lender_refused(store, adopted.todos[0].id, TODAY)

    assert still_planned(store, TODAY, store.adopted_plans.get(adopted.id)).payments == ()
    assert store.bills.get(bill.id) == bill


def test_a_deleted_account_leaves_a_plan_that_can_be_read(store: Store, account: Account) -> None:
    adopted = _followed_bill(store, account)
    with store.transaction():
        delete_account(store, account.id)

    found = progress_of(store, TODAY, adopted)

    assert [misfit.kind for misfit in found.misfits] == [MisfitKind.GONE]
    assert planned_dates(store, TODAY) == {}


def test_a_due_is_paid_when_the_plan_says_and_never_in_the_past(store: Store, account: Account) -> None:
    _followed_bill(store, account)
    (bill,) = store.bills.all()

    (first, second) = planned_dates(store, TODAY)[bill.id]
    assert (first.on, first.amount, first.account_id) == (date(2026, 12, 5), yuan("600"), account.id)
    assert (second.on, second.amount, second.is_agreed, second.is_planned) == (JAN, yuan("600"), True, True)

    missed = planned_dates(store, date(2026, 12, 8), "CNY")[bill.id]
    assert [(part.on, part.missed_on, part.amount) for part in missed] == [
        (date(2026, 12, 8), date(2026, 12, 5), yuan("600")),
        (JAN, None, yuan("600")),
    ]
    assert planned_dates(store, TODAY, "EUR") == {}


def test_what_a_plan_does_not_cover_is_paid_with_the_due(store: Store, account: Account) -> None:
    _followed_bill(store, account)
    (bill,) = store.bills.all()
    grown = replace(bill, lines=(BillLine(LineKind.UNITEMISED, yuan("1250")),))
    with store.transaction():
        save_bill(store, grown)

    parts = planned_dates(store, date(2026, 12, 6))[bill.id]

    assert [(part.on, part.amount, part.is_planned) for part in parts] == [
        (date(2026, 12, 6), yuan("600"), True),
        (DUE, yuan("50"), False),
        (JAN, yuan("600"), True),
    ]
    late = planned_dates(store, date(2026, 12, 15))[bill.id]
    assert [part.on for part in late] == [date(2026, 12, 15), date(2026, 12, 15), JAN]


@pytest.mark.usefixtures("bill")
def test_instalments_that_nobody_agreed_to_are_marked(store: Store) -> None:
    adopted = in_three(store)
    (parts,) = planned_dates(store, TODAY).values()
    assert [(part.on, part.is_agreed) for part in parts] == [(JAN, False), (FEB, False), (MAR, False)]

    with store.transaction():
        lender_accepted(store, adopted.todos[0].id, TODAY)
    assert [part.is_agreed for parts in planned_dates(store, TODAY).values() for part in parts] == [True] * 3


def test_what_a_lender_refused_is_paid_when_it_is_due(store: Store, bill: Bill) -> None:
    adopted = in_three(store)
    with store.transaction():
        lender_refused(store, adopted.todos[0].id, TODAY)

    assert planned_dates(store, TODAY) == {}
    assert open_dues(store) == [(bill.id, DUE, yuan("1200"))]
    assert planned_otherwise(store, TODAY, MAR) == ()


def test_only_what_differs_from_the_due_is_told_beside_it(store: Store, account: Account) -> None:
    assert planned_otherwise(store, TODAY, MAR) == ()
    _followed_bill(store, account)
    line = BillLine(LineKind.UNITEMISED, yuan("10"))
    other = Bill(account.id, date(2026, 11, 2), JAN, (line,))
    (first,) = store.bills.all()
    parts = [(first.id, date(2026, 12, 5), yuan("600")), (first.id, JAN, yuan("600"))]
    with store.transaction():
        save_bill(store, other)
        adopt_payments(store, TODAY, "CNY", [*parts, (other.id, JAN, yuan("10"))], method=Method.OWN_ORDER)

    # The other bill is paid on its own day.
    assert [(part.on, part.amount) for part in planned_otherwise(store, TODAY, JAN)] == [
        (date(2026, 12, 5), yuan("600")),
        (JAN, yuan("600")),
    ]
    assert len(planned_otherwise(store, TODAY, date(2027, 1, 9))) == 1


def test_what_a_plan_moves_beyond_the_days_that_are_asked_for_is_told_with_its_new_day(
    store: Store, account: Account
) -> None:
    _followed_bill(store, account)
    (bill,) = store.bills.all()
    with store.transaction():
        parts = [(bill.id, JAN, yuan("600")), (bill.id, FEB, yuan("600"))]
        adopt_payments(store, TODAY, "CNY", parts, method=Method.OWN_ORDER)

    assert [(part.on, part.amount) for part in planned_otherwise(store, TODAY, DUE)] == [(JAN, yuan("600"))]
    # Before the day on which it is due, nothing of it is paid in any way.
    assert planned_otherwise(store, TODAY, DUE - timedelta(days=1)) == ()


def test_today_says_what_the_plan_pays_next_of_what_is_due(store: Store, account: Account) -> None:
    adopted = _followed_bill(store, account)
    (first,) = store.bills.all()

    def planned(on: date) -> list[str]:
        position = store.ledgers.position(on)
        assert planned_words(store, on, position) == today_view(store, on).planned
        return [str(words) for words in planned_words(store, on, position).values()]

    assert planned(TODAY) == ["By the plan you follow: 600.00 CNY on 2026-12-05."]
    assert list(today_view(store, TODAY).planned) == [first.id]
    assert planned(date(2026, 12, 5)) == ["By the plan you follow: 600.00 CNY on 2026-12-05."]
    missed = "By the plan you follow, 600.00 CNY was to be paid by 2026-12-05."
    assert planned(date(2026, 12, 6)) == [missed]
    with store.transaction():
        pay(store, Payment(account.id, yuan("600"), date(2026, 12, 5)))
    assert planned(date(2026, 12, 6)) == ["By the plan you follow: 600.00 CNY on 2027-01-10."]
    with store.transaction():
        give_up(store, adopted.id, date(2026, 12, 6))
    assert planned(date(2026, 12, 6)) == []


def test_a_settled_due_is_in_no_forecast(store: Store, account: Account) -> None:
    _followed_bill(store, account)
    with store.transaction():
        pay(store, Payment(account.id, yuan("1200"), TODAY))

    assert planned_dates(store, TODAY) == {}


# --- the example --------------------------------------------------------------------------------------


def test_the_best_plan_of_the_example_can_be_followed_and_every_yes_noted(store: Store) -> None:
    fill_with_example(store, TODAY)
    best = best_plan(payoff_question(store, TODAY, "CNY"))
    before = store.ledgers.position(TODAY).dues
    with store.transaction():
        adopted = adopt(store, TODAY, best.choices, is_proved=best.is_proved)

    assert best.answer is not None
    assert best.answer.cost is not None
    assert adopted.cost == best.answer.cost.value == progress_of(store, TODAY, adopted).cost.value
    assert store.ledgers.position(TODAY).dues == before
    assert progress_of(store, TODAY, adopted).misfits == ()
    assert adopted.todos
    for todo in adopted.todos:
        wanted = rows_asked_for(adopted, todo.id)
        with store.transaction():
            made = lender_accepted(store, todo.id, TODAY)
        rows = [
            PlanRow(row.due_on, row.principal, row.fee, row.interest) for each in made for row in each.rows
        ]
        assert set(wanted) <= set(rows)
        assert progress_of(store, TODAY, store.adopted_plans.get(adopted.id)).misfits == ()


def test_every_way_of_every_debt_of_the_example_fits_the_record_before_and_after_a_yes(store: Store) -> None:
    fill_with_example(store, TODAY)
    problem = payoff_question(store, TODAY, "CNY").problem
    assert problem is not None
    accepted = 0
    for decision in problem.decisions:
        for option in decision.options:
            chosen = Choice(decision, option)
            others = [Choice(each, each.options[0]) for each in problem.decisions if each is not decision]
            with store.transaction() as journal:
                adopted = adopt(store, TODAY, [chosen, *others])
            steps = [journal.changes]
            assert progress_of(store, TODAY, adopted).misfits == (), option.id
            own = {each.todo_id for each in adopted.payments if each.due_id in decision.due_ids}
            for todo_id in own - {""}:
                is_coming = len(decision.due_ids) > 1 and "not billed" in str(decision.label)
                try:
                    with store.transaction() as journal:
                        lender_accepted(store, todo_id, TODAY)
                except BillNotRecordedError:
                    assert is_coming
                else:
                    accepted += 1
                    assert not is_coming
                    steps.append(journal.changes)
                    kept = store.adopted_plans.get(adopted.id)
                    assert progress_of(store, TODAY, kept).misfits == (), option.id
            for changes in reversed(steps):
                store.apply(inverse(changes))
    assert accepted > 10


@pytest.mark.parametrize("order", Order)
def test_the_payments_of_every_order_of_the_example_can_be_followed(store: Store, order: Order) -> None:
    fill_with_example(store, TODAY)
    course = over_time(store, TODAY, Scenario("CNY")).orders[order]
    with store.transaction():
        adopted = adopt_payments(store, TODAY, "CNY", parts_of(course), method=Method.OWN_ORDER)

    assert progress_of(store, TODAY, adopted).misfits == ()
    assert adopted.cost == course.high.cost
    assert adopted.total == course.high.total


# --- Today --------------------------------------------------------------------------------------------


def test_today_reminds_of_the_next_thing_to_ask_for(store: Store, bill: Bill) -> None:
    assert next_todo(store, TODAY) is None
    adopted = in_three(store)

    (prompt,) = [each for each in today_view(store, TODAY).warnings if each.act is Act.PAYOFF]

    assert str(prompt.text) == "JD Baitiao: apply for 3 instalments by 2026-12-10."
    assert (str(prompt.button), prompt.target) == ("Open Payoff", adopted.todos[0].id)
    assert prompt.target != bill.id

    with store.transaction():
        lender_accepted(store, adopted.todos[0].id, TODAY)
    assert not [each for each in today_view(store, TODAY).warnings if each.act is Act.PAYOFF]


def test_the_nearest_day_comes_first(store: Store, account: Account) -> None:
    first = Bill(account.id, date(2026, 12, 1), DUE, (BillLine(LineKind.UNITEMISED, yuan("10")),))
    second = Bill(account.id, date(2027, 1, 1), JAN, (BillLine(LineKind.UNITEMISED, yuan("10")),))
    with store.transaction():
        save_bill(store, first)
        save_bill(store, second)
    payments = [(FEB, "10")]
    choices = [
        choice(store, OptionKind.OWN, payments, number=0),
        choice(store, OptionKind.OWN, payments, number=1, apply_by=JAN),
    ]
    with store.transaction():
        adopted = adopt(store, TODAY, choices)

    found = next_todo(store, TODAY)
    assert found is not None
    assert found[0] == adopted.todos[1]

    with store.transaction():
        lender_refused(store, adopted.todos[1].id, TODAY)
    found = next_todo(store, TODAY)
    assert found is not None
    assert found[0] == adopted.todos[0]
    with store.transaction():
        give_up(store, adopted.id, TODAY)
    assert next_todo(store, TODAY) is None


def test_a_debit_that_takes_more_than_the_plan_pays_is_to_be_changed(
    store: Store, account: Account, bill: Bill
) -> None:
    bank = CashAccount("Bank", "CNY", (Balance(TODAY, yuan("2000")),))

    def needed() -> list[tuple[date, Money]]:
        (cash,) = cash_view(store, TODAY).currencies
        return [(each.on, each.needed.value) for each in cash.needed]

    with store.transaction():
        store.accounts.save(replace(account, automatic=True))
        save_cash_account(store, bank)
        adopted = adopt(
            store, TODAY, [choice(store, OptionKind.MINIMUM, [(DUE, "120"), (JAN, "1090")])], is_proved=True
        )
    (todo,) = adopted.todos
    assert (todo.is_debit, todo.due_id, todo.by) == (True, bill.id, date(2026, 12, 9))
    assert all(line.is_agreed for line in progress_of(store, TODAY, adopted).lines)
    found = next_todo(store, TODAY)
    assert found is not None
    assert str(found[1]) == "JD Baitiao: change the automatic debit by 2026-12-09."
    assert needed() == [(DUE, yuan("1200"))]

    with store.transaction():
        assert lender_accepted(store, todo.id, TODAY, note="to the minimum") == ()
    assert needed() == [(DUE, yuan("120")), (JAN, yuan("1090"))]
    assert open_dues(store) == [(bill.id, DUE, yuan("1200"))]
    assert next_todo(store, TODAY) is None
    (told,) = progress_of(store, TODAY, store.adopted_plans.get(adopted.id)).answered
    assert str(told) == (
        "JD Baitiao: change the automatic debit. Done on 2026-11-22. Your note: to the minimum"
    )

    parts = [(bill.id, DUE, yuan("600")), (bill.id, JAN, yuan("600"))]
    with store.transaction():
        again = adopt_payments(store, TODAY, "CNY", parts, method=Method.OWN_ORDER)
    assert [(each.is_debit, each.state) for each in again.todos] == [(True, TodoState.ACCEPTED)]


def test_dearer_rows_that_were_accepted_are_told_with_what_the_plan_costs_now(
    store: Store, bill: Bill
) -> None:
    adopted = in_three(store)
    before = progress_of(store, TODAY, adopted)
    # Principal 1,200 is repaid by 1,218.51.
    assert before.cost.value == adopted.cost == yuan("18.51")
    assert (before.answered, before.words) == ((), ())
    rows = [replace(row, fee=row.fee + yuan("2")) for row in ROWS]
    with store.transaction():
        asked(store, adopted.todos[0].id, TODAY, "Ms Chen")
        lender_accepted(store, adopted.todos[0].id, TODAY, rows)

    found = progress_of(store, TODAY, store.adopted_plans.get(adopted.id))

    assert found.cost.value == yuan("24.51")
    assert [str(words) for words in found.words] == ["With what was agreed to since, it costs 24.51 CNY."]
    assert [str(words) for words in found.answered] == [
        "JD Baitiao: apply for 3 instalments. The lender agreed on 2026-11-22. Your note: Ms Chen"
    ]
    assert len(found.cost.derivation.given) == 3
    assert store.bills.get(bill.id) == bill


def test_a_to_do_of_a_deleted_account_can_still_be_read(store: Store, bill: Bill) -> None:
    in_three(store)
    with store.transaction():
        delete_account(store, bill.account_id)

    found = next_todo(store, TODAY)
    assert found is not None
    assert str(found[1]) == "–: apply for 3 instalments by 2026-12-10."
