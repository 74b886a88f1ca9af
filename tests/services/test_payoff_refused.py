"""What a lender has refused is not proposed again when the plan is made anew."""

from __future__ import annotations

from datetime import date, timedelta

from planner.domain.adopted.plan import AdoptedPlan, Method, Todo
from planner.domain.money import Money
from planner.domain.offers.compared import own_offer
from planner.domain.offers.offer import Offer
from planner.domain.optimum.problem import OptionKind
from planner.domain.term import Term
from planner.services.adopting import adopt, adopt_offers, give_up
from planner.services.lender_answers import lender_refused
from planner.services.own_offers import keep_offer
from planner.services.payoff import PayoffQuestion, best_plan, payoff_question
from planner.store.store import Store
from tests.services.test_payoff import DUE, TODAY, account, asked, bill, cash, contract, two_bills, yuan

NEXT = TODAY + timedelta(days=1)


def followed(store: Store, question: PayoffQuestion) -> AdoptedPlan:
    with store.transaction():
        return adopt(store, TODAY, best_plan(question).choices)


def refuse(store: Store, todo: Todo) -> None:
    with store.transaction():
        lender_refused(store, todo.id, NEXT)


def ids(question: PayoffQuestion, debt_id: str) -> list[str]:
    return [option.id for option in question.debt(debt_id).decision.options]


def left_out(question: PayoffQuestion, debt_id: str) -> list[str]:
    return [str(words) for words in question.debt(debt_id).decision.left_out]


def test_what_was_refused_is_left_out_with_the_reason_and_the_plan_takes_another_way(store: Store) -> None:
    two_bills(store)
    plan = followed(store, asked(store))
    (todo,) = plan.todos
    assert todo.kind is OptionKind.INSTALMENTS
    refuse(store, todo)

    question = payoff_question(store, NEXT, "CNY")
    assert ids(question, "bill of b") == ["full"]
    assert "3 instalments: The lender refused it on 2026-11-23." in left_out(question, "bill of b")
    assert ids(question, "bill of a") == ["full", "flat_fee-3"]
    assert best_plan(question).chosen == {"bill of a": "flat_fee-3", "bill of b": "full"}
    listed = question.debt("bill of b")
    assert tuple(each.option for each in listed.listed) == listed.decision.options


def test_it_stays_refused_when_another_plan_is_followed_or_none_any_more(store: Store) -> None:
    two_bills(store)
    plan = followed(store, asked(store))
    refuse(store, plan.todos[0])
    with store.transaction():
        again = adopt(store, NEXT, best_plan(payoff_question(store, NEXT, "CNY")).choices)
    assert ids(payoff_question(store, NEXT, "CNY"), "bill of b") == ["full"]
    with store.transaction():
        give_up(store, again.id, NEXT)

    assert ids(payoff_question(store, NEXT, "CNY"), "bill of b") == ["full"]


def test_what_is_only_open_asked_or_of_another_length_stays_a_way(store: Store) -> None:
    found = contract((Term.FEE_RATE, "3", "0.005"), (Term.FEE_RATE, "6", "0.005"))
    bill(store, account(store, "A", found), "1200.00")
    cash(store, "600.00", "500.00")
    plan = followed(store, asked(store))
    assert [todo.count for todo in plan.todos] == [3]
    assert ids(payoff_question(store, NEXT, "CNY"), "bill of a") == ["full", "flat_fee-3", "flat_fee-6"]

    refuse(store, plan.todos[0])
    assert ids(payoff_question(store, NEXT, "CNY"), "bill of a") == ["full", "flat_fee-6"]


def keep(store: Store, offer: Offer) -> None:
    with store.transaction():
        keep_offer(store, "bill of a", offer, "CNY")


def test_another_offer_of_ones_own_with_as_many_payments_is_not_refused(store: Store) -> None:
    bill(store, account(store, "A"), "1200.00")
    cash(store, "600.00", "500.00")
    first, second = own_offer("Phone", 3, yuan("30.00")), own_offer("Again", 3, yuan("40.00"))
    keep(store, first)
    refuse(store, followed(store, asked(store)).todos[0])
    keep(store, second)

    assert ids(payoff_question(store, NEXT, "CNY"), "bill of a") == ["full", f"own/{second.id}"]


def test_an_offer_made_where_the_money_does_not_reach_is_no_way_that_was_refused(store: Store) -> None:
    bill(store, account(store, "A", contract((Term.LATE_RATE, "", "0.0005"))), "1200.00", date(2026, 11, 10))
    cash(store, "300.00", "100.00")
    with store.transaction():
        plan = adopt_offers(store, TODAY, "CNY", {"a": [(DUE, Money(100, "CNY"))] * 3})
    assert plan.method is Method.HARDSHIP
    before = ids(payoff_question(store, NEXT, "CNY"), "bill of a")
    assert "agreement-3" in before
    refuse(store, plan.todos[0])

    assert ids(payoff_question(store, NEXT, "CNY"), "bill of a") == before
