from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from planner.domain.account import Account, LinkedService
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.bill import LineKind
from planner.domain.cash.debts import debt_movements, payment_movements
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.optimum.problem import OptionKind
from planner.domain.payment import Payment
from planner.phrases import Phrase
from tests.domain.cash_cases import cny

TODAY = date(2026, 11, 22)
ADOPTED = date(2026, 11, 1)
CARD = Account("Card", "Bank", "CNY", cash_account_id="bank", automatic=True, id="card")
HUABEI = Account("Huabei", "Ant", "CNY", id="huabei")
ACCOUNTS: Mapping[str, Account] = {"card": CARD, "huabei": HUABEI}
NUMBERS = count()


def due(
    due_id: str,
    on: date | None,
    amount: str,
    *,
    account: str = "card",
    paid: tuple[tuple[date, str], ...] = (),
    refunded: tuple[tuple[date, str], ...] = (),
) -> Due:
    parts = [Allocation("p", day, cny(part)) for day, part in paid]
    parts += [Allocation("r", day, cny(part), is_refund=True) for day, part in refunded]
    return Due(
        DueKind.BILL,
        due_id,
        account,
        Phrase("Bill of {date}", date=on),
        on,
        {LineKind.PURCHASE: cny(amount)},
        paid=tuple(parts),
    )


def meant(
    due_id: str, on: date, amount: str, *, cost: str | None = None, todo: str = "", account: str = "card"
) -> PlannedPayment:
    money = cny(amount)
    to_come = cny(cost) if cost is not None else None
    number = f"planned-{next(NUMBERS)}"
    return PlannedPayment(account, due_id, on, money, money, money.zero, money.zero, todo, to_come, id=number)


def plan(*payments: PlannedPayment, todos: tuple[Todo, ...] = ()) -> AdoptedPlan:
    zero = cny(0)
    return AdoptedPlan(
        "CNY", Method.OPTIMUM, ADOPTED, zero, zero, is_proved=True, payments=payments, todos=todos
    )


def told(movements: tuple[Movement, ...]) -> list[str]:
    return [f"{each.on} {each.amount.decimal} {each.kind.value}" for each in movements]


# --- the record ------------------------------------------------------------------------------------


def test_each_due_is_paid_on_its_date_and_what_is_past_counts_as_of_today() -> None:
    found = debt_movements(
        [
            due("late", date(2026, 11, 21), "10"),
            due("today", TODAY, "20"),
            due("coming", date(2026, 12, 10), "30", paid=((date(2026, 11, 5), "12"),)),
            due("undated", None, "40"),
            due("paid", date(2026, 12, 10), "5", paid=((date(2026, 11, 5), "5"),)),
        ],
        ACCOUNTS,
        TODAY,
    )

    assert told(found) == ["2026-11-22 -10.00 overdue", "2026-11-22 -20.00 due", "2026-12-10 -18.00 due"]
    assert [each.refers_to for each in found] == ["late", "today", "coming"]


def test_a_due_moves_on_the_cash_account_that_its_account_is_tied_to() -> None:
    tied, loose = debt_movements(
        [due("a", TODAY, "1"), due("b", TODAY, "1", account="huabei")], ACCOUNTS, TODAY
    )

    assert (tied.cash_account_id, tied.account_id, tied.automatic) == ("bank", "card", True)
    assert (loose.cash_account_id, loose.account_id, loose.automatic) == ("", "huabei", False)
    assert str(tied.label) == "Card: Bill of 2026-11-22"


def test_a_date_that_may_still_move_says_so() -> None:
    doubt = Phrase("The due date may still move.")

    (found,) = debt_movements([replace(due("a", TODAY, "1"), doubt=doubt)], ACCOUNTS, TODAY)

    assert found.doubt == doubt


def test_what_was_paid_left_the_account_on_its_day() -> None:
    (found,) = payment_movements(
        [Payment("card", cny(12), date(2026, 11, 5), automatic=True, id="p")], ACCOUNTS
    )

    assert told((found,)) == ["2026-11-05 -12.00 payment"]
    assert (found.cash_account_id, found.account_id, found.refers_to) == ("bank", "card", "p")
    assert found.automatic
    assert str(found.label) == "Card: payment"
    assert not found.kind.is_open


@pytest.mark.row("C100")
@pytest.mark.parametrize("is_ticked", [True, False])
def test_only_the_users_own_word_makes_an_automatic_debit(*, is_ticked: bool) -> None:
    # What usually hangs on such an account is copied from the catalogue: nobody has said it of this one.
    services = (LinkedService("Automatic repayment"),)
    account = replace(HUABEI, automatic=is_ticked, services=services)

    (found,) = debt_movements([due("a", TODAY, "1", account="huabei")], {"huabei": account}, TODAY)

    assert found.automatic is is_ticked


# --- the plan that is followed ---------------------------------------------------------------------

BILL = due("bill", date(2026, 12, 10), "300")
THREE = (
    meant("bill", date(2026, 12, 10), "100"),
    meant("bill", date(2027, 1, 10), "100"),
    meant("bill", date(2027, 2, 10), "105", cost="5"),
)


def test_what_a_plan_has_payments_for_is_paid_as_planned_and_the_rest_on_its_date() -> None:
    other = due("other", date(2026, 12, 20), "50")

    found = debt_movements([BILL, other], ACCOUNTS, TODAY, plan(*reversed(THREE)))

    assert told(found) == [
        "2026-12-10 -100.00 planned",
        "2027-01-10 -100.00 planned",
        "2027-02-10 -105.00 planned",
        "2026-12-20 -50.00 due",
    ]
    assert {each.refers_to for each in found} == {"bill", "other"}
    assert found[0].cash_account_id == "bank"


def test_what_was_paid_since_settles_the_earliest_planned_payments() -> None:
    paid = due("bill", date(2026, 12, 10), "300", paid=((ADOPTED, "130"), (date(2026, 10, 31), "20")))

    found = debt_movements([paid], ACCOUNTS, TODAY, plan(*THREE))

    # 150 are open. The 20 from before the plan were no part of it.
    assert told(found) == ["2027-01-10 -70.00 planned", "2027-02-10 -85.00 planned"]


def test_what_came_back_lowers_the_last_planned_payments() -> None:
    back = due("bill", date(2026, 12, 10), "300", refunded=((date(2026, 11, 20), "150"),))

    found = debt_movements([back], ACCOUNTS, TODAY, plan(*THREE))

    assert told(found) == ["2026-12-10 -100.00 planned", "2027-01-10 -50.00 planned"]


def test_a_planned_day_that_has_passed_counts_as_of_today() -> None:
    late = (meant("bill", date(2026, 11, 21), "200"), meant("bill", TODAY, "100"))

    found = debt_movements([BILL], ACCOUNTS, TODAY, plan(*late))

    assert told(found) == ["2026-11-22 -200.00 overdue", "2026-11-22 -100.00 planned"]


def test_what_the_planned_payments_do_not_cover_is_paid_on_the_date_of_the_due() -> None:
    found = debt_movements([BILL], ACCOUNTS, TODAY, plan(meant("bill", date(2027, 1, 5), "120")))

    assert told(found) == ["2027-01-05 -120.00 planned", "2026-12-10 -180.00 due"]


def test_a_due_that_is_settled_needs_none_of_its_planned_payments() -> None:
    assert debt_movements([], ACCOUNTS, TODAY, plan(*THREE)) == ()


def test_a_payment_that_the_lender_refused_falls_back_to_the_due() -> None:
    todo = Todo("card", "bill", OptionKind.INSTALMENTS, 3, state=TodoState.REFUSED, id="t")
    # The first part needs no word of the lender, and still is a part of the way that it refused.
    asked = (THREE[0], *(replace(each, todo_id="t") for each in THREE[1:]))

    refused = debt_movements([BILL], ACCOUNTS, TODAY, plan(*asked, todos=(todo,)))
    open_ = debt_movements(
        [BILL], ACCOUNTS, TODAY, plan(*asked, todos=(replace(todo, state=TodoState.ASKED),))
    )

    assert told(refused) == ["2026-12-10 -300.00 due"]
    assert len(open_) == 3


def test_a_payment_that_settles_no_due_counts_until_its_day_has_passed() -> None:
    found = debt_movements(
        [],
        ACCOUNTS,
        TODAY,
        plan(meant("", date(2026, 11, 21), "1"), meant("", TODAY, "2"), meant("", date(2027, 1, 1), "3")),
    )

    assert told(found) == ["2026-11-22 -2.00 planned", "2027-01-01 -3.00 planned"]
    assert {each.kind for each in found} == {MovementKind.PLANNED}
    assert (found[0].cash_account_id, found[0].account_id, found[0].automatic) == ("bank", "card", True)
    assert str(found[0].label) == "Card: planned payment"


def test_a_cost_alone_counts_until_its_day_has_passed() -> None:
    costs = (
        meant("bill", date(2026, 11, 21), "4", cost="4"),
        meant("bill", date(2026, 12, 1), "6", cost="6"),
        meant("bill", date(2026, 12, 1), "300"),
    )

    found = debt_movements([BILL], ACCOUNTS, TODAY, plan(*costs))

    assert told(found) == ["2026-12-01 -6.00 planned", "2026-12-01 -300.00 planned"]
