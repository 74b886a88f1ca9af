"""From the record to the problem of the optimum, and its answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product as every_choice
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.adopted.since import ChangeKind
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Cycle, FixedDay, Mode, add_months
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.offers.compared import own_offer
from planner.domain.optimum.check import check
from planner.domain.optimum.options.listed import DebtOptions
from planner.domain.optimum.problem import OptionKind, Problem
from planner.domain.payoff.open_debt import DebtKind
from planner.domain.payoff.question import ObstacleKind, PayoffQuestion
from planner.domain.payoff.scenario import Lump, Scenario, Trial
from planner.domain.payoff.trial import TRIAL_ID
from planner.domain.purchase import Purchase
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase
from planner.services.accounts import account_from, save_account
from planner.services.adopting import adopt
from planner.services.own_offers import keep_offer
from planner.services.payoff import BestPlan, best_plan, currencies, payoff_question
from planner.services.payoff_facts import debts_of
from planner.services.payoff_orders import put_own_order
from planner.store.catalogue import product, products
from planner.store.store import Store
from tests.domain.optimum_cases import hold
from tests.stores import fill_with_example

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)
CYCLE = Cycle(statement_day=1, due=FixedDay(10))
CONTRACT = Source("my contract", date(2026, 11, 22), Reliability.CONTRACT, Origin.CONTRACT)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def contract(*claims: tuple[Term, str, str]) -> Terms:
    return Terms(tuple(TermClaim(term, about, text, CONTRACT) for term, about, text in claims))


def account(store: Store, name: str, found: Terms = Terms(), **more: Any) -> Account:
    values: dict[str, Any] = {"cycle": CYCLE, "id": name.lower()} | more
    whose = Account(name, f"{name} Bank", "CNY", terms=found, **values)
    with store.transaction():
        save_account(store, whose)
    return whose


def bill(store: Store, whose: Account, amount: str, due_on: date = DUE, **more: Any) -> Bill:
    line = BillLine(LineKind.UNITEMISED, yuan(amount))
    found = Bill(whose.id, due_on.replace(day=1), due_on, (line,), id=f"bill of {whose.id}", **more)
    with store.transaction():
        store.bills.save(found)
    return found


def cash(store: Store, balance: str = "1000.00", salary: str = "500.00", reserve: str = "200.00") -> None:
    """What is on the current account, a salary on the 1st of each month, and a reserve."""
    purse = CashAccount("Current", "CNY", (Balance(TODAY, yuan(balance)),), id="current")
    flow = CashFlow(
        "Salary", Category.SALARY, yuan(salary), Recurrence(date(2026, 12, 1)), "current", id="salary"
    )
    with store.transaction():
        store.cash_accounts.save(purse)
        store.cash_flows.save(flow)
        store.cash_rules.save(CashRules("CNY", yuan(reserve)))


def two_bills(store: Store) -> None:
    """The golden instance: 1,200.00 at 0.5 % a month, 600.00 at 2.5 % for all three instalments."""
    bill(store, account(store, "A", contract((Term.FEE_RATE, "3", "0.005"))), "1200.00")
    bill(store, account(store, "B", contract((Term.FEE_WHOLE, "3", "0.025"))), "600.00")
    cash(store)


def asked(store: Store, **more: Any) -> PayoffQuestion:
    return payoff_question(store, TODAY, "CNY", Scenario("CNY", **more) if more else None)


def problem(question: PayoffQuestion) -> Problem:
    assert question.problem is not None
    return question.problem


def cash_of(question: PayoffQuestion, until: date) -> list[tuple[str, str]]:
    return [(on.isoformat(), str(amount.decimal)) for on, amount in problem(question).cash if on <= until]


def feasible(found: Problem) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Late cost, cost and choice of every way through all debts on which the cash holds."""
    for options in every_choice(*(decision.options for decision in found.decisions)):
        chosen = {each.id: option.id for each, option in zip(found.decisions, options, strict=True)}
        if check(found, chosen).holds:
            yield (
                sum(option.high.late_cost.minor for option in options),
                sum(option.high.cost.minor for option in options),
                tuple(option.id for option in options),
            )


# --- what is read ----------------------------------------------------------------------------------


def test_the_currencies_are_those_in_which_something_with_a_date_is_owed(store: Store) -> None:
    assert currencies(store, TODAY) == ()
    two_bills(store)
    euro = Account("Alma", "Alma", "EUR", id="alma")
    with store.transaction():
        save_account(store, euro)
        store.charges.save(Charge("alma", LineKind.FEE, Money.of("5.00", "EUR"), TODAY))
        undated = Account("Klarna", "Klarna", "GBP", id="klarna")
        save_account(store, undated)
        store.purchases.save(Purchase("klarna", Money.of("9.00", "GBP"), TODAY))

    assert currencies(store, TODAY) == ("CNY", "EUR")


def test_every_kind_of_debt_is_read_as_what_it_is(store: Store) -> None:
    found = contract((Term.FEE_RATE, "3", "0.005"), (Term.MINIMUM, "", "0.10"))
    billed, orders = account(store, "Card", found), account(store, "Shop", found, cycle=Cycle(Mode.ORDER))
    bill(store, billed, "1000.00", minimum=yuan("150.00"))
    zero = yuan("0.00")
    row = Instalment(1, DUE, yuan("100.00"), yuan("1.00"), zero, "row")
    with store.transaction():
        store.purchases.save(Purchase(billed.id, yuan("50.00"), date(2026, 12, 5), id="later"))
        store.purchases.save(Purchase(orders.id, yuan("70.00"), date(2026, 11, 20), id="order"))
        store.plans.save(InstalmentPlan(billed.id, "Phone", yuan("100.00"), (row,), 1, id="plan"))
        store.charges.save(Charge(orders.id, LineKind.FEE, yuan("5.00"), TODAY, id="charge"))

    facts = {each.debt.id: each for each in debts_of(store, TODAY, "CNY").facts}
    kinds = {key: each.debt.kind for key, each in facts.items()}
    assert kinds == {
        "bill of card": DebtKind.BILL,
        "card/2027-01-10": DebtKind.COMING_BILL,
        "order": DebtKind.SINGLE,
        "plan": DebtKind.PLAN,
        "charge": DebtKind.SINGLE,
    }
    recorded = facts["bill of card"]
    assert recorded.question is not None
    assert (recorded.question.is_bill, recorded.question.minimum) == (True, yuan("150.00"))
    assert recorded.minimum is not None
    assert recorded.minimum.minimum == yuan("150.00")
    # What else is open on the account, for lenders that charge on all of it.
    assert recorded.case.other == yuan("151.00")
    coming = facts["card/2027-01-10"]
    assert coming.question is not None
    assert (coming.question.statement_on, coming.question.due_on) == (date(2027, 1, 1), date(2027, 1, 10))
    assert coming.question.bought is not None
    assert coming.question.bought.low == date(2026, 12, 5)
    assert coming.minimum is not None
    order = facts["order"]
    assert order.question is not None
    assert not order.question.is_bill
    assert (order.minimum, order.case.items[0].order) == (None, yuan("70.00"))
    assert (facts["charge"].question, facts["charge"].minimum) == (None, None)
    assert facts["plan"].plan is not None
    assert facts["plan"].owed == yuan("100.00")
    assert facts["plan"].case.items[0].order_id == "plan"


def test_what_is_late_has_no_minimum_any_more(store: Store) -> None:
    bill(store, account(store, "Card"), "1000.00", date(2026, 11, 10))

    (facts,) = debts_of(store, TODAY, "CNY").facts
    assert facts.is_late
    assert facts.minimum is None


def test_penalties_that_were_posted_are_taken_off_what_the_delay_costs(store: Store) -> None:
    found = contract(
        (Term.LATE_RATE, "", "0.001"), (Term.LATE_BASE, "", "overdue"), (Term.GRACE_DAYS, "", "0")
    )
    whose = account(store, "Card", found)
    bill(store, whose, "1000.00", date(2026, 11, 12))
    with store.transaction():
        store.charges.save(Charge(whose.id, LineKind.PENALTY, yuan("4.00"), date(2026, 11, 16)))

    debts = {each.debt.kind: each for each in debts_of(store, TODAY, "CNY").facts}
    assert debts[DebtKind.BILL].case.posted == yuan("4.00")


def test_an_offer_of_ones_own_is_among_the_options_of_its_debt_alone(store: Store) -> None:
    two_bills(store)
    offer = own_offer("By phone", 6, yuan("30.00"))
    with store.transaction():
        keep_offer(store, "bill of a", offer, "CNY")

    question = asked(store)
    assert question.debt("bill of a").of(f"own/{offer.id}").option.kind is OptionKind.OWN
    with pytest.raises(KeyError):
        question.debt("bill of b").of(f"own/{offer.id}")
    assert question.why("bill of a", f"own/{offer.id}").value.high == yuan("30.00")


# --- what stands in the way ------------------------------------------------------------------------


def test_without_debts_or_cash_it_is_said_what_is_missing(store: Store) -> None:
    kinds = [each.kind for each in asked(store).obstacles]
    assert kinds == [ObstacleKind.NO_DEBTS, ObstacleKind.NO_CASH]
    assert asked(store).problem is None
    bill(store, account(store, "A"), "100.00")
    assert [each.kind for each in asked(store).obstacles] == [ObstacleKind.NO_CASH]
    with store.transaction():
        store.cash_accounts.save(CashAccount("Purse", "CNY"))
    (obstacle,) = asked(store).obstacles
    assert (obstacle.kind, obstacle.target) == (ObstacleKind.NO_BALANCE, "CNY")
    assert "Purse" in str(obstacle.text)
    # The options are known all the same.
    assert [debt.decision.id for debt in asked(store).debts] == ["bill of a"]


def test_what_nobody_knows_the_date_of_is_left_out_and_named(store: Store) -> None:
    two_bills(store)
    other = account(store, "Shop", cycle=Cycle())
    with store.transaction():
        store.purchases.save(Purchase(other.id, yuan("70.00"), date(2026, 11, 20), id="undated"))

    question = asked(store)
    assert [due.id for due in question.undated] == ["undated"]
    assert len(problem(question).decisions) == 2
    said = "1 entry of 70.00 CNY is left out, because nobody knows when it is due."
    assert said in map(str, question.assumptions)


def test_what_should_be_on_a_bill_by_now_counts_as_to_be_paid_today(store: Store) -> None:
    whose = account(store, "Card")
    cash(store)
    with store.transaction():
        store.purchases.save(Purchase(whose.id, yuan("70.00"), date(2026, 10, 20), id="old"))

    question = asked(store)
    (debt,) = question.debts
    assert debt.of("full").option.high.payments == ((TODAY, yuan("70.00")),)
    assert any("should be on a bill by now" in str(words) for words in question.assumptions)


# --- the problem -----------------------------------------------------------------------------------


def test_the_cash_is_that_of_the_record_without_the_debts(store: Store) -> None:
    two_bills(store)

    question = asked(store)
    assert cash_of(question, date(2027, 1, 31)) == [
        ("2026-11-22", "1000.00"),
        ("2026-12-01", "1500.00"),
        ("2027-01-01", "2000.00"),
    ]
    # 36 months from today: 36 salaries.
    assert problem(question).cash[-1] == (date(2029, 11, 1), yuan("19000.00"))
    assert problem(question).reserve == yuan("200.00")
    assert question.reserve.derivation.given[0].value == yuan("200.00")


@pytest.mark.row("C028")
def test_two_bills_with_income_and_reserve_come_to_the_choice_worked_out_by_hand(store: Store) -> None:
    two_bills(store)

    found = problem(asked(store))
    assert [[option.id for option in decision.options] for decision in found.decisions] == [
        ["full", "flat_fee-3"],
        ["full", "flat_fee-3"],
    ]
    assert sorted(feasible(found)) == [
        (0, 1500, ("full", "flat_fee-3")),
        (0, 1800, ("flat_fee-3", "full")),
        (0, 3300, ("flat_fee-3", "flat_fee-3")),
    ]
    chosen = {"bill of a": "full", "bill of b": "flat_fee-3"}
    wanted = {
        DUE: "300.00",
        date(2027, 1, 10): "595.00",
        date(2027, 2, 10): "890.00",
        date(2027, 3, 10): "1185.00",
    }
    left = dict(check(found, chosen).balances)
    assert {on: str(left[on].decimal) for on in wanted} == wanted


def test_a_what_if_changes_the_cash_the_reserve_and_the_limits_and_nothing_else(store: Store) -> None:
    two_bills(store)
    plain = asked(store)
    question = plain.under(
        Scenario(
            "CNY",
            income=yuan("100.00"),
            reserve=yuan("50.00"),
            lumps=(Lump(date(2026, 12, 5), yuan("900.00")),),
            new_purchases=yuan("10.00"),
            most_plans=1,
            avoided=("A Bank",),
            keeps_reserve=False,
        )
    )

    assert cash_of(question, date(2027, 1, 31)) == [
        ("2026-11-22", "1000.00"),
        ("2026-12-01", "1600.00"),
        ("2026-12-05", "2500.00"),
        ("2026-12-10", "2480.00"),
        ("2027-01-01", "3080.00"),
        ("2027-01-10", "3060.00"),
    ]
    limits = problem(question).limits
    assert (limits.most_plans, limits.no_new_plan_with, limits.keeps_reserve) == (
        1,
        frozenset({"A Bank"}),
        False,
    )
    assert (problem(question).reserve, problem(question).floor) == (yuan("50.00"), yuan("0.00"))
    assert question.worked is plain.worked
    assert [decision.options for decision in problem(question).decisions] == [
        decision.options for decision in problem(plain).decisions
    ]
    said = [str(words) for words in question.assumptions]
    assert said[:4] == [
        "The reserve of 50.00 CNY may be used: the cash must only not fall below zero.",
        "100.00 CNY more comes in each month than is recorded.",
        "900.00 CNY comes in on 2026-12-05.",
        "10.00 CNY is bought anew each month with each of 2 accounts, and paid when due.",
    ]
    assert "At most 1 instalment plan is open." in said
    assert "No new plan with A Bank." in said


def test_without_a_reserve_the_cash_must_only_not_fall_below_zero(store: Store) -> None:
    two_bills(store)
    with store.transaction():
        store.cash_rules.save(CashRules("CNY"))

    question = asked(store)
    assert problem(question).floor == yuan("0.00")
    assert str(question.assumptions[0]) == "No reserve is set: the cash must only not fall below zero."


def test_what_is_bought_anew_without_a_cycle_is_left_out_and_said(store: Store) -> None:
    two_bills(store)
    account(store, "Shop", cycle=Cycle())

    question = asked(store, new_purchases=yuan("10.00"))
    said = "Shop: what is bought anew is left out, because the cycle is not set."
    assert said in map(str, question.assumptions)


@pytest.mark.row("C015")
def test_a_purchase_that_is_thought_of_is_one_more_debt_due_by_the_cycle_of_its_account(store: Store) -> None:
    two_bills(store)
    trial = Trial("a", date(2027, 6, 18), yuan("600.00"))

    question = asked(store, trial=trial)
    assert question.trial is not None
    assert question.trial.due is not None
    assert question.trial.due.value == date(2027, 7, 10)
    at = question.assumptions.index(question.trial.words)
    assert str(question.assumptions[at - 1]) == "A purchase of 600.00 CNY is thought of."
    debt = question.debt(TRIAL_ID)
    assert problem(question).decisions[-1] == debt.decision
    assert debt.decision.due_ids == ()
    assert debt.of("full").option.high.payments == ((date(2027, 7, 10), yuan("600.00")),)
    assert debt.of("flat_fee-3").option.high.cost == yuan("9.00")
    assert TRIAL_ID not in [each.decision.id for each in asked(store).debts]


def test_a_purchase_of_which_nobody_knows_when_it_is_due_is_said_to_be_in_none_of_the_figures(
    store: Store,
) -> None:
    two_bills(store)
    account(store, "C", cycle=Cycle())
    words = "The purchase that is thought of is in none of these figures."

    for where, is_left_out in (("a", False), ("c", True), ("gone", True)):
        plan = best_plan(asked(store, trial=Trial(where, date(2027, 6, 18), yuan("60.00"))))
        assert (words in [str(each) for each in plan.words]) is is_left_out, where
    assert words not in [str(each) for each in best_plan(asked(store)).words]


def test_a_purchase_with_an_account_that_is_gone_is_left_out_and_said(store: Store) -> None:
    two_bills(store)

    question = asked(store, trial=Trial("gone", TODAY, yuan("600.00")))
    assert question.trial is None
    assert "The purchase that is thought of is left out: its account is not there." in map(
        str, question.assumptions
    )
    undated = account(store, "Shop", cycle=Cycle())
    question = asked(store, trial=Trial(undated.id, TODAY, yuan("600.00")))
    assert question.trial is not None
    assert TRIAL_ID not in [each.decision.id for each in question.debts]


def test_a_plan_beyond_36_months_is_looked_at_to_its_end(store: Store) -> None:
    whose = account(store, "Bank")
    zero = yuan("0.00")
    rows = tuple(
        Instalment(n + 1, date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 10), yuan("10.00"), zero, zero)
        for n in range(60)
    )
    cash(store)
    with store.transaction():
        store.plans.save(InstalmentPlan(whose.id, "Car", yuan("600.00"), rows, 60, id="car"))

    question = asked(store)
    assert question.debts[0].of("as_agreed").option.high.last_on == date(2031, 11, 10)
    assert problem(question).cash[-1][0] == date(2031, 11, 1)


def test_what_the_orders_pay_are_candidates(store: Store) -> None:
    found = contract(
        (Term.INTEREST_RATE, "", "0.12"),
        (Term.MINIMUM, "", "0.10"),
        (Term.MINIMUM_RULE, "", "part_or_least"),
        (Term.MINIMUM_LEAST, "", "50"),
    )
    bill(store, account(store, "Card", found), "600.00", minimum=yuan("60.00"))
    bill(store, account(store, "Store", found), "300.00", minimum=yuan("50.00"))
    cash(store)

    question = asked(store, extra=yuan("100.00"))
    assert set(problem(question).orders) == {"snowball", "avalanche"}
    assert problem(question).orders["snowball"] == ("stream-snowball", "stream-snowball")
    small = question.debt("bill of store").of("stream-snowball").option
    large = question.debt("bill of card").of("stream-snowball").option
    # The smallest gets all the extra: its minimum of 50.00 and 100.00 more, from its first day on.
    assert small.high.payments[0] == (DUE, yuan("150.00"))
    assert large.high.payments[0] == (DUE, yuan("60.00"))
    with store.transaction():
        put_own_order(store, ["card"])
    own = asked(store, extra=yuan("100.00"))
    assert own.debt("bill of card").of(problem(own).orders["own"][0]).option.high.payments[0] == (
        DUE,
        yuan("160.00"),
    )


def test_the_options_of_the_example_hold_together(store: Store) -> None:
    fill_with_example(store, TODAY)

    question = asked(store)
    assert len(question.debts) > 3
    for debt in question.debts:
        hold(debt, TODAY)
    for chosen in problem(question).orders.values():
        for decision, option_id in zip(problem(question).decisions, chosen, strict=True):
            assert decision.option(option_id).id == option_id


@pytest.mark.row("C024")
def test_baitiao_is_split_into_3_6_12_or_24_parts_of_nine_tenths_of_a_bill(store: Store) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None
    whose = replace(account_from(sheet, "白条"), id="baitiao")
    with store.transaction():
        save_account(store, whose)
    bill(store, whose, "1200.00")

    debt: DebtOptions = asked(store).debts[0]
    counts = [each.option.id for each in debt.listed if each.option.kind is OptionKind.INSTALMENTS]
    assert counts == ["flat_fee-3", "flat_fee-6", "flat_fee-12", "flat_fee-24"]
    three = debt.of("flat_fee-3")
    # 1,080.00 at 0.5 % to 1.2 % a month, three times; 120.00 stay due.
    assert (three.cost.value.low, three.cost.value.high) == (yuan("16.20"), yuan("38.88"))
    assert three.option.high.payments[0] == (DUE, yuan("120.00"))


@pytest.mark.parametrize("sheet_id", [sheet.id for sheet in products()])
@pytest.mark.parametrize("due_on", [DUE, TODAY, date(2026, 11, 10)])
def test_the_options_of_every_published_product_hold_together(
    store: Store, sheet_id: str, due_on: date
) -> None:
    sheet = product(sheet_id)
    assert sheet is not None
    whose = replace(account_from(sheet, "Account"), id="account", currency=sheet.currency or "EUR")
    zero = Money(0, whose.currency)
    line = BillLine(LineKind.UNITEMISED, Money(123_456, whose.currency))
    rows = tuple(
        Instalment(
            number, add_months(due_on, number), Money(10_001, whose.currency), zero, zero, f"row {number}"
        )
        for number in (0, 1, 2)
    )
    with store.transaction():
        save_account(store, whose)
        store.bills.save(Bill(whose.id, due_on.replace(day=1), due_on, (line,), id="bill"))
        store.plans.save(InstalmentPlan(whose.id, "Plan", Money(30_003, whose.currency), rows, 3, id="plan"))
        store.purchases.save(Purchase(whose.id, Money(999, whose.currency), date(2026, 11, 21)))

    found = payoff_question(store, TODAY, whose.currency)
    assert {"bill", "plan"} <= {debt.decision.id for debt in found.debts}
    for debt in found.debts:
        hold(debt, TODAY)


# --- the best plan ---------------------------------------------------------------------------------


def ends_of(plan: BestPlan) -> tuple[str, str]:
    """What the plan costs, and the least that is left."""
    assert plan.answer is not None
    assert plan.answer.cost is not None
    assert plan.answer.lowest is not None
    return str(plan.answer.cost.value.decimal), str(plan.answer.lowest[1].value.decimal)


@pytest.mark.row("C028")
def test_the_best_plan_is_the_one_worked_out_by_hand_and_proved(store: Store) -> None:
    two_bills(store)

    plan = best_plan(asked(store))
    assert plan.chosen == {"bill of a": "full", "bill of b": "flat_fee-3"}
    assert (plan.is_feasible, plan.is_proved, plan.is_late) == (True, True, False)
    assert ends_of(plan) == ("15.00", "300.00")
    assert [str(words) for words in plan.words] == [
        "Everything is paid by 2027-03-10, for 15.00 CNY above what is owed.",
        "The least that is left is 300.00 CNY on 2026-12-10, 100.00 CNY above what has to be left.",
    ]
    assert str(plan.proof) == "Proved: of the 4 options listed, no other choice is better."
    assert str(plan.margins[0]) == "The next best choice costs 3.00 CNY more."
    # Whatever can be paid in full while the cash holds is paid in full.
    assert [(each.decision_id, each.is_chosen) for each in plan.full] == [("bill of a", True)]
    assert (plan.short, plan.changes) == ((), None)


def test_what_is_to_be_paid_when_and_what_is_left_follows_from_the_choices(store: Store) -> None:
    two_bills(store)

    plan = best_plan(asked(store))
    assert [(each.on.isoformat(), str(each.amount.value.decimal)) for each in plan.payables] == [
        ("2026-12-10", "1200.00"),
        ("2027-01-10", "205.00"),
        ("2027-02-10", "205.00"),
        ("2027-03-10", "205.00"),
    ]
    assert [str(month.total.value.decimal) for month in plan.months] == [
        "1200.00",
        "205.00",
        "205.00",
        "205.00",
    ]
    assert plan.cash is not None
    assert str(plan.cash.balance(date(2027, 3, 10)).decimal) == "1185.00"
    assert plan.cash.until == date(2027, 4, 10)
    assert plan.cash.first_short is None
    assert [choice.option.id for choice in plan.choices] == ["full", "flat_fee-3"]
    assert [source.name for source in plan.sources] == ["my contract"]


def test_each_other_way_says_why_it_is_not_chosen(store: Store) -> None:
    two_bills(store)

    plan = best_plan(asked(store))
    (why,) = plan.why_not("bill of b").values()
    assert "The cash would not hold" in str(why)
    (why,) = plan.why_not("bill of a").values()
    assert str(why) == "It costs 18.00 CNY more."


def test_the_best_plan_stands_beside_the_cheapest_ways_and_the_orders(store: Store) -> None:
    two_bills(store)

    best, cheapest = best_plan(asked(store)).compared
    assert (str(best.name), str(best.words), best.more) == ("This plan", "It holds on every day.", None)
    assert (str(cheapest.name), cheapest.more) == ("The cheapest way of each debt by itself", None)
    # All in full: 1,800.00 of 1,500.00, and 200.00 have to be left.
    assert str(cheapest.words) == "The cash would not hold: on 2026-12-10, 500.00 CNY would be missing."
    with store.transaction():
        store.cash_rules.save(CashRules("CNY", yuan("0.00")))
        store.cash_accounts.save(
            CashAccount("Current", "CNY", (Balance(TODAY, yuan("1300.00")),), id="current")
        )
    best, cheapest = best_plan(asked(store)).compared
    assert cheapest.more is not None
    assert cheapest.more.value == yuan("0.00")


def test_an_order_that_holds_is_never_better_than_the_best_plan(store: Store) -> None:
    found = contract(
        (Term.INTEREST_RATE, "", "0.12"),
        (Term.MINIMUM, "", "0.10"),
        (Term.MINIMUM_RULE, "", "part_or_least"),
        (Term.MINIMUM_LEAST, "", "50"),
    )
    bill(store, account(store, "Card", found), "600.00", minimum=yuan("60.00"))
    bill(store, account(store, "Store", found), "1300.00", minimum=yuan("130.00"))
    cash(store)

    rows = best_plan(asked(store, extra=yuan("100.00"))).compared
    orders = {str(row.name): row for row in rows}
    snowball = orders["Smallest debt first (snowball)"]
    assert snowball.more is not None
    assert snowball.more.value.minor >= 0


def test_limits_change_what_is_best_and_are_kept(store: Store) -> None:
    two_bills(store)

    without_b = best_plan(asked(store, avoided=("B Bank",)))
    assert without_b.chosen == {"bill of a": "flat_fee-3", "bill of b": "full"}
    assert ends_of(without_b)[0] == "18.00"
    no_plans = best_plan(asked(store, most_plans=0))
    assert not no_plans.is_feasible
    assert "500.00 CNY" in str(no_plans.short[0])
    both = best_plan(asked(store, avoided=("A Bank", "B Bank"), reserve=yuan("900.00")))
    assert both.chosen == {}
    assert both.why_not("bill of a") == {}
    assert (both.words, both.margins, both.compared, both.payables, both.cash) == ((), (), (), (), None)
    assert str(both.proof) == "There is no plan yet."


def test_a_what_if_says_what_it_comes_to_beside_others(store: Store) -> None:
    two_bills(store)
    question = asked(store)

    plain = best_plan(question).result("", Phrase("As it is"))
    assert (plain.cost, plain.late_cost, plain.ends_on) == (yuan("15.00"), yuan("0.00"), date(2027, 3, 10))
    assert (plain.lowest, plain.open_plans, plain.is_proved) == (yuan("300.00"), 1, True)
    richer = Scenario("CNY", lumps=(Lump(TODAY, yuan("1000.00")),))
    assert best_plan(question.under(richer)).result("x", Phrase("Gift")).cost == yuan("0.00")
    poorer = best_plan(question.under(Scenario("CNY", most_plans=0))).result("y", Phrase("None"))
    assert poorer.cost is None
    assert "missing" in str(poorer.not_feasible)
    nothing = best_plan(payoff_question(store, TODAY, "EUR")).result("z", Phrase("Euro"))
    assert str(nothing.not_feasible) == "Nothing with a date is owed in EUR."


def test_without_cash_there_is_no_answer_and_nothing_to_show(store: Store) -> None:
    bill(store, account(store, "A"), "100.00")

    plan = best_plan(asked(store))
    assert (plan.answer, plan.chosen, plan.is_feasible, plan.is_proved, plan.is_late) == (
        None,
        {},
        False,
        False,
        False,
    )
    assert (plan.words, plan.reasons, plan.short, plan.choices, plan.compared) == ((), (), (), (), ())


def test_late_is_only_a_plan_where_nothing_else_holds_and_says_what_would_make_it_hold(store: Store) -> None:
    late = contract(
        (Term.LATE_RATE, "", "0.0005"), (Term.LATE_BASE, "", "overdue"), (Term.GRACE_DAYS, "", "0")
    )
    bill(store, account(store, "A", late), "1600.00")
    cash(store)

    plan = best_plan(asked(store))
    # 1,500.00 are there on 10 December, 2,000.00 a month later: 1,600.00 for 31 days at 0.80.
    assert plan.chosen == {"bill of a": "late-1"}
    assert (plan.is_feasible, plan.is_late) == (True, True)
    assert ends_of(plan)[0] == "24.80"
    assert [str(words) for words in plan.short] == [
        (
            "The cash does not hold in any way that is in time. In the one that needs least, 300.00 CNY is "
            "missing on 2026-12-10, the first day that is short."
        ),
        "With 300.00 CNY more from today on, it would hold until 2029-11-01.",
    ]
    assert any("Contact the lender first." in str(words) for words in plan.reasons)
    enough = best_plan(asked(store, lumps=(Lump(TODAY, yuan("300.00")),)))
    assert (enough.chosen, enough.is_late, enough.short) == ({"bill of a": "full"}, False, ())


def test_a_late_debt_paid_today_is_no_plan_of_the_last_resort(store: Store) -> None:
    late = contract(
        (Term.LATE_RATE, "", "0.0005"), (Term.LATE_BASE, "", "overdue"), (Term.GRACE_DAYS, "", "0")
    )
    bill(store, account(store, "A", late), "600.00", date(2026, 11, 12))
    cash(store)

    plan = best_plan(asked(store))
    assert plan.chosen == {"bill of a": "full"}
    assert not plan.is_late
    # Ten days of 0.30.
    assert ends_of(plan) == ("3.00", "397.00")


def test_the_choice_for_a_purchase_that_is_thought_of_is_not_adopted(store: Store) -> None:
    two_bills(store)

    plan = best_plan(asked(store, trial=Trial("a", date(2027, 6, 18), yuan("600.00"))))
    assert plan.chosen["trial"] == "full"
    assert [choice.decision.id for choice in plan.choices] == ["bill of a", "bill of b"]


def test_what_changed_since_a_plan_was_adopted_is_told(store: Store) -> None:
    two_bills(store)
    with store.transaction():
        adopt(store, TODAY, best_plan(asked(store)).choices, is_proved=True)

    same = best_plan(asked(store))
    assert same.changes is not None
    assert same.changes.changes == ()
    bill(store, account(store, "C"), "50.00", date(2027, 1, 10))
    with store.transaction():
        store.cash_accounts.save(
            CashAccount("Current", "CNY", (Balance(TODAY, yuan("2000.00")),), id="current")
        )
    changed = best_plan(asked(store))
    assert changed.changes is not None
    assert [(change.kind, change.decision_id) for change in changed.changes.changes] == [
        (ChangeKind.NEW, "bill of c"),
        (ChangeKind.CHEAPER, "bill of b"),
    ]
    assert "15.00 CNY less" in str(changed.changes.words[1])


def test_stopped_at_once_there_is_no_plan_and_that_is_said(store: Store) -> None:
    two_bills(store)

    plan = best_plan(asked(store), should_end=lambda: True)
    assert not plan.is_feasible
    assert [str(words) for words in plan.short] == ["It was stopped before a plan was found."]


def test_looking_for_the_best_plan_reads_nothing(store: Store) -> None:
    two_bills(store)
    question = asked(store, trial=Trial("a", date(2027, 6, 18), yuan("600.00")))
    store.connection.close()

    assert best_plan(question).is_proved


def test_the_best_plan_of_the_example_is_proved_and_holds(store: Store) -> None:
    fill_with_example(store, TODAY)

    plan = best_plan(asked(store))
    assert plan.is_proved
    assert plan.answer is not None
    assert plan.answer.checked is not None
    assert plan.answer.checked.holds
    # Whatever can be paid in full is paid in full.
    assert all(each.is_chosen for each in plan.full)
