from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.domain.account import Account, DatedState, State
from planner.domain.adopted.plan import AdoptedPlan, Method
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode, Shift, add_months
from planner.domain.derivation import Derived, figures_in
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.minimum.path import Fate
from planner.domain.money import Money
from planner.domain.over_time.past import owed_on
from planner.domain.over_time.running import Revolving, Rows
from planner.domain.payment import Payment
from planner.domain.payoff.scenario import Lump, Order, Scenario, Trial
from planner.domain.payoff.trial import TRIAL_ID
from planner.domain.purchase import Purchase
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.domain.term import EarlyPolicy, Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.phrases import Phrase
from planner.services.accounts import save_account
from planner.services.payoff_orders import (
    OverTime,
    over_time,
    over_time_of,
    over_time_question,
    own_order,
    parts_of,
    put_own_order,
)
from planner.store.store import Store
from tests.stores import fill_with_example

PAGE = Source("a page", reliability=Reliability.MEDIUM)
CYCLE = Cycle(statement_day=1, due=FixedDay(10))


def yuan(amount: str | int) -> Money:
    return Money.of(amount, "CNY")


def terms(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, PAGE) for term, text in claims))


TENTH = ((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM, "0.10"))
CARD = terms(*TENTH, (Term.CARRY_RATE, "0.0005"), (Term.CARRY_FROM, "due"))
NOTHING_SAID = (
    "It is unknown how the minimum is made. It is unknown what part of the bill the minimum is. The charge "
    "on what is carried on is unknown."
)
LOAN = terms(*TENTH, (Term.INTEREST_RATE, "0.12"))


def account(store: Store, known: Terms = CARD, name: str = "Card", **more: object) -> Account:
    given = {"cycle": CYCLE, **more}
    found = Account(name, "Bank", "CNY", terms=known, **given)  # type: ignore[arg-type]
    with store.transaction():
        return save_account(store, found)


def bill(
    store: Store,
    owner: Account,
    amount: str,
    due_on: date = date(2026, 12, 10),
    minimum: str | None = None,
    kind: LineKind = LineKind.PURCHASE,
) -> Bill:
    statement_on = add_months(due_on, 0).replace(day=1)
    line = BillLine(kind, yuan(amount))
    found = Bill(
        owner.id, statement_on, due_on, (line,), yuan(minimum) if minimum else None, id=f"bill {amount}"
    )
    with store.transaction():
        store.bills.save(found)
    return found


def plan(
    store: Store, owner: Account, parts: Sequence[tuple[str, str]], first_on: date = date(2026, 12, 10)
) -> InstalmentPlan:
    rows = tuple(
        Instalment(number, add_months(first_on, number - 1), yuan(part), yuan(fee), yuan(0), f"row {number}")
        for number, (part, fee) in enumerate(parts, start=1)
    )
    principal = Money(sum(row.principal.minor for row in rows), "CNY")
    found = InstalmentPlan(
        owner.id, "Telephone", principal, rows, len(rows), started_on=add_months(first_on, -1)
    )
    with store.transaction():
        store.plans.save(found)
    return found


def pay(store: Store, owner: Account, amount: str, on: date) -> None:
    with store.transaction():
        store.payments.save(Payment(owner.id, yuan(amount), on))


def look(store: Store, today: date, **assumed: object) -> OverTime:
    return over_time(store, today, Scenario("CNY", **assumed))  # type: ignore[arg-type]


def dated(found: OverTime, order: Order, debt_id: str) -> list[tuple[str, str]]:
    path = found.orders[order].debt(debt_id).high
    return [(paid.on.isoformat(), str(paid.amount.decimal)) for paid in path.payments]


def single(span: Derived[Span[Money]] | None) -> str:
    assert span is not None
    assert span.value.is_single
    return str(span.value.low.decimal)


# --- From the record to what is followed ----------------------------------------------------------


def test_a_bill_is_followed_by_its_account_s_rule_and_daily_rate(store: Store, today: date) -> None:
    owner = account(store)
    found_bill = bill(store, owner, "1000.00")

    found = look(store, today)

    # A tenth, then 0.05 % a day on 900.00 over 31 days: 13.95; a tenth of 913.95.
    (debt,) = found.baseline.debts
    assert [(paid.on.isoformat(), str(paid.amount.decimal)) for paid in debt.high.payments[:2]] == [
        ("2026-12-10", "100.00"),
        ("2027-01-10", "91.40"),
    ]
    assert debt.followed.debt.id == found_bill.id
    assert explain(debt.label) == "Card: Bill of 1 Dec 2026"
    assert found.unfollowed == ()
    assert str(found.open.value.decimal) == "1000.00"


def test_a_yearly_rate_is_charged_by_the_month(store: Store, today: date) -> None:
    bill(store, account(store, LOAN), "1000.00")

    first, second = look(store, today).baseline.debts[0].high.payments[:2]

    # 1 % of 1,000.00 with the first payment, of which a tenth of the bill is asked for, then of 910.00.
    assert (first.interest, first.amount, first.left) == (yuan(10), yuan(100), yuan(910))
    assert (second.interest, second.amount) == (yuan("9.10"), yuan("91.91"))


def test_what_the_statement_says_is_paid_first(store: Store, today: date) -> None:
    bill(store, account(store), "1000.00", minimum="150.00")

    assert look(store, today).baseline.debts[0].high.payments[0].amount == yuan(150)


def test_items_that_are_not_billed_yet_are_a_bill_to_come(store: Store, today: date) -> None:
    owner = account(store)
    with store.transaction():
        store.purchases.save(Purchase(owner.id, yuan(300), date(2026, 11, 20), "Shop", id="one"))
        store.purchases.save(Purchase(owner.id, yuan(200), date(2026, 11, 21), "Shop", id="two"))

    (debt,) = look(store, today).baseline.debts

    assert explain(debt.label) == "Card: 2 items not billed yet"
    assert (debt.high.payments[0].on, debt.high.payments[0].amount) == (date(2026, 12, 10), yuan(50))


def test_a_plan_is_followed_row_by_row(store: Store, today: date) -> None:
    owner = account(store)
    recorded = plan(store, owner, [("100", "3"), ("100", "3"), ("100", "3")])
    pay(store, owner, "50.00", today)

    found = look(store, today)

    (debt,) = found.baseline.debts
    assert debt.followed.debt.id == recorded.id
    assert explain(debt.label) == "Card: Telephone"
    # Fees first: 3.00 of the 50.00 went to the fee.
    first = debt.high.payments[0]
    assert (first.on, first.amount, first.fee) == (date(2026, 12, 10), yuan(53), yuan(0))
    assert [paid.amount for paid in debt.high.payments[1:]] == [yuan(103), yuan(103)]
    assert single(debt.cost) == "6.00"
    assert debt.followed.high.regular == yuan(53)
    assert "Nobody says what settling it early costs" in str(debt.followed.assumed[0])


def test_a_plan_of_which_the_rule_for_settling_is_known_takes_extra_money(store: Store, today: date) -> None:
    known = Terms((*CARD.claims, TermClaim(Term.EARLY_SETTLEMENT, "", EarlyPolicy.WAIVE_REMAINING, PAGE)))
    recorded = plan(store, account(store, known), [("100", "3"), ("100", "3"), ("100", "3")])

    found = look(store, today, extra=yuan(200))

    assert dated(found, Order.AVALANCHE, recorded.id) == [("2026-12-10", "303.00")]
    assert single(found.chosen.cost) == "3.00"
    assert single(found.chosen.saved) == "6.00"


@pytest.mark.parametrize(
    ("claims", "country", "is_known"),
    [
        ((), "CN", False),
        ((EarlyPolicy.SAME_DAY,), "CN", False),
        ((), "FR", True),  # the law leaves one rule
        ((EarlyPolicy.SAME_DAY, EarlyPolicy.WAIVE_REMAINING), "CN", True),
        ((EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.WAIVE_REMAINING), "CN", True),
    ],
)
def test_a_rule_for_settling_is_never_guessed(
    store: Store, today: date, claims: Sequence[EarlyPolicy], country: str, *, is_known: bool
) -> None:
    known = Terms(tuple(TermClaim(Term.EARLY_SETTLEMENT, "", claim.value, PAGE) for claim in claims))
    plan(store, account(store, known, country=country), [("100", "3")] * 3)

    (debt,) = look(store, today).debts

    assert isinstance(debt.high.way, Rows)
    assert (debt.high.way.settle is not None) == is_known
    assert any("Nobody says" in str(each) for each in debt.assumed) != is_known


def test_a_charge_is_due_once_and_all_of_it_is_owed_already(store: Store, today: date) -> None:
    owner = account(store)
    with store.transaction():
        store.charges.save(Charge(owner.id, LineKind.PENALTY, yuan(30), today + timedelta(days=3), id="fee"))

    (debt,) = look(store, today).baseline.debts

    assert [(paid.on, paid.amount) for paid in debt.high.payments] == [(date(2026, 11, 25), yuan(30))]
    assert single(debt.cost) == "0.00"
    assert debt.followed.high.regular == yuan(0)


def test_an_order_that_is_billed_by_itself_is_due_once(store: Store, today: date) -> None:
    owner = account(store, CARD, cycle=Cycle(Mode.ORDER))
    with store.transaction():
        store.purchases.save(Purchase(owner.id, yuan(80), date(2026, 11, 20), "Shop", id="order"))

    assert dated(look(store, today), Order.SNOWBALL, "order") == [("2026-12-20", "80.00")]


# --- Late, carried, and bills that nobody recorded ------------------------------------------------


def test_what_is_late_is_paid_today_as_far_as_it_is_asked_for(store: Store, today: date) -> None:
    late = bill(store, account(store), "1000.00", date(2026, 11, 10), "100.00")

    found = look(store, today)

    first, second = found.baseline.debts[0].high.payments[:2]
    # 12 days from the due date at 0.05 %: 6.00.
    assert (first.on, first.amount, first.interest) == (today, yuan(100), yuan(6))
    # 18 days on 906.00: 8.15; a tenth of 914.15 is 91.42 (as the rule counts the interest in).
    assert (second.on, second.interest, second.amount) == (date(2026, 12, 10), yuan("8.15"), yuan("91.42"))
    assert any("what being late costs comes on top" in str(each) for each in found.assumed)
    assert late.id == found.debts[0].debt.id


def test_a_rest_whose_minimum_is_paid_goes_on_with_the_next_bill(store: Store, today: date) -> None:
    owner = account(store)
    bill(store, owner, "1000.00", date(2026, 11, 10), "100.00")
    pay(store, owner, "100.00", date(2026, 11, 9))

    found = look(store, today)

    first = found.baseline.debts[0].high.payments[0]
    # From 10 November to 10 December: 30 days on 900.00, 13.50.
    assert (first.on, first.interest, first.amount) == (date(2026, 12, 10), yuan("13.50"), yuan("91.35"))
    assert any("Its minimum is paid" in str(each) for each in found.assumed)


def test_items_whose_bill_is_not_recorded_count_as_due_today(store: Store, today: date) -> None:
    owner = account(store)
    with store.transaction():
        store.purchases.save(Purchase(owner.id, yuan(300), date(2026, 10, 20), "Shop", id="one"))

    found = look(store, today)

    paid = [(each.on, str(each.amount.decimal)) for each in found.baseline.debts[0].high.payments[:2]]
    # 270.00 from today to 10 December: 18 days, 2.43.
    assert paid == [(today, "30.00"), (date(2026, 12, 10), "27.24")]
    assert any("Its bill is not recorded" in str(each) for each in found.assumed)


def test_what_is_due_today_is_not_late(store: Store, today: date) -> None:
    owner = account(store, cycle=Cycle(statement_day=2, due=DaysAfter(20)))
    bill(store, owner, "1000.00", today, "100.00")

    first = look(store, today).baseline.debts[0].high.payments[0]

    assert (first.on, first.amount, first.interest) == (today, yuan(100), yuan(0))


# --- What cannot be followed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "wanted", "words"),
    [
        (
            (),
            [Term.MINIMUM_RULE, Term.MINIMUM, Term.CARRY_RATE],
            NOTHING_SAID,
        ),
        (
            TENTH,
            [Term.CARRY_RATE],
            "The charge on what is carried on is unknown.",
        ),
        (
            (TENTH[0], (Term.CARRY_RATE, "0.0005")),
            [Term.MINIMUM],
            "It is unknown what part of the bill the minimum is.",
        ),
    ],
)
def test_t41_a_minimum_is_never_guessed(
    store: Store, today: date, known: tuple[tuple[Term, str], ...], wanted: list[Term], words: str
) -> None:
    owner = account(store, terms(*known))
    bill(store, owner, "1000.00", minimum="100.00")

    found = look(store, today)

    (left_out,) = found.unfollowed
    assert [missing.term for missing in left_out.missing] == wanted
    assert explain(left_out.words) == f"Card: Bill of 1 Dec 2026 cannot be followed. {words}"
    assert (left_out.account_id, left_out.open) == (owner.id, yuan(1000))
    assert found.debts == ()
    assert found.left_out.value == yuan(1000)
    assert found.open.value == yuan(0)


def test_what_has_no_date_cannot_be_followed(store: Store, today: date) -> None:
    owner = account(store, cycle=Cycle())
    with store.transaction():
        store.purchases.save(Purchase(owner.id, yuan(300), date(2026, 11, 20), "Shop", id="one"))

    (left_out,) = look(store, today).unfollowed

    assert (left_out.id, left_out.account_id) == ("one", owner.id)
    assert [missing.term for missing in left_out.missing] == [None]
    assert explain(left_out.words) == "Card: Shop cannot be followed. It is unknown when it is due."


def test_other_currencies_are_left_to_themselves(store: Store, today: date) -> None:
    bill(store, account(store), "1000.00")

    found = over_time(store, today, Scenario("EUR"))

    assert (found.debts, found.unfollowed, found.past) == ((), (), ())
    assert found.baseline.fate is Fate.CLEARS


# --- Bands ----------------------------------------------------------------------------------------


def test_where_sources_disagree_both_ends_are_followed(store: Store, today: date) -> None:
    known = Terms(
        (*CARD.claims, TermClaim(Term.CARRY_RATE, "", "0.0003", replace(PAGE, name="another page")))
    )
    bill(store, account(store, known), "1000.00")

    found = look(store, today)

    (debt,) = found.baseline.debts
    # 31 days on 900.00: 8.37 at 0.03 %, 13.95 at 0.05 %.
    assert [path.payments[1].interest for path in (debt.low, debt.high)] == [yuan("8.37"), yuan("13.95")]
    assert debt.cost is not None
    assert debt.cost.value.low < debt.cost.value.high
    texts = [explain(each.text) for each in debt.cost.derivation.workings]
    assert texts.count("Low end") == texts.count("High end") == 1
    saved = found.orders[Order.SNOWBALL].saved
    assert saved is not None
    assert [explain(each.label) for each in saved.derivation.given] == [
        "Only the minimums",
        "With this order",
    ]


def test_lost_free_time_is_in_the_dear_end_only_where_it_may_run_from_the_purchases(
    store: Store, today: date
) -> None:
    known = terms(*TENTH, (Term.CARRY_RATE, "0.0005"))
    owner = account(store, known)
    bill(store, owner, "1000.00")

    (debt,) = look(store, today).baseline.debts

    assert isinstance(debt.followed.low.way, Revolving)
    assert isinstance(debt.followed.high.way, Revolving)
    assert debt.followed.low.way.lost is None
    # Bought in the month before 1 December, up to 39 days before 10 December: 19.50 at the most.
    assert debt.followed.high.way.lost == yuan("19.50")


# --- Promotions -----------------------------------------------------------------------------------


def promoted(until: str | None, *more: tuple[Term, str]) -> Terms:
    end = () if until is None else ((Term.PROMO_UNTIL, until),)
    return terms(*TENTH, (Term.INTEREST_RATE, "0.24"), (Term.PROMO_RATE, "0"), *end, *more)


def test_a_promotion_bears_its_own_rate_up_to_its_last_day(store: Store, today: date) -> None:
    bill(store, account(store, promoted("2027-01-25")), "1000.00")

    found = look(store, today)

    interest = [paid.interest for paid in found.baseline.debts[0].high.payments[:4]]
    # From 26 January to 10 February 15 of 31 days at 2 % on 810.00, then a whole month on 737.86.
    assert interest == [yuan(0), yuan(0), yuan("7.84"), yuan("14.72")]
    labels = [explain(each.label) for each in found.debts[0].given]
    assert labels[-2:] == ["Yearly rate while a promotion lasts", "Last day of the promotion"]


def test_a_promotion_that_is_over_or_has_no_end_does_not_count(store: Store, today: date) -> None:
    for until in ("2026-11-21", None):
        owner = account(store, promoted(until), name=f"Card {until}")
        bill(store, owner, "1000.00" if until else "2000.00")

    found = look(store, today)

    assert [debt.high.payments[0].interest for debt in found.baseline.debts] == [yuan(20), yuan(40)]
    assert [str(each) for each in found.assumed if "promotion" in str(each)] == [
        "Nobody says when its promotion ends, so it counts as over."
    ]


def test_what_sources_say_of_a_promotion_is_read_at_both_ends(store: Store, today: date) -> None:
    disputed = promoted("2027-01-25", (Term.PROMO_UNTIL, "2027-03-25"), (Term.PROMO_RATE, "0.06"))
    bill(store, account(store, disputed), "1000.00")

    (debt,) = look(store, today).debts

    ends = [way.balances[-1] for way in (debt.low.way, debt.high.way) if isinstance(way, Revolving)]
    assert [(balance.rate.fraction, balance.regular_from) for balance in ends] == [
        (0, date(2027, 3, 26)),
        (Decimal("0.06"), date(2027, 1, 26)),
    ]


def test_what_is_bought_anew_bears_no_promotion(store: Store, today: date) -> None:
    bill(store, account(store, promoted("2027-12-31")), "1000.00")

    path = look(store, today, new_purchases=yuan(100)).baseline.debts[0].high

    # In January 100.00 are bought; 100.00 of minimum pay them first, so nothing of them is left to bear.
    assert [paid.interest for paid in path.payments[:3]] == [yuan(0), yuan(0), yuan(0)]


# --- What is assumed ------------------------------------------------------------------------------


def test_extra_money_and_lump_sums_come_from_the_what_if(store: Store, today: date) -> None:
    found_bill = bill(store, account(store), "1000.00")

    found = look(store, today, extra=yuan(200), lumps=(Lump(date(2027, 1, 5), yuan(400)),))

    assert dated(found, Order.SNOWBALL, found_bill.id)[:2] == [
        ("2026-12-10", "300.00"),
        ("2027-01-10", "700.00"),
    ]
    assert [each.amount for each in found.question.budget.lumps] == [yuan(400)]
    given = found.chosen.cost
    assert given is not None
    labels = [explain(each.label) for each in given.derivation.given]
    assert labels == [
        "Order",
        "Card: Bill of 1 Dec 2026: still to pay",
        "Extra each month",
        "Comes once on 5 Jan 2027",
    ]


def test_new_purchases_join_the_newest_bill_of_each_account_that_is_open(store: Store, today: date) -> None:
    first = account(store, name="First")
    bill(store, first, "1000.00")
    newest = bill(store, first, "500.00", date(2027, 1, 10))
    locked = account(store, name="Locked", states=(DatedState(State.LOCKED, date(2026, 1, 1)),))
    bill(store, locked, "700.00")
    unused = account(store, name="Unused")

    found = look(store, today, new_purchases=yuan(100))

    buying = [each.debt.id for each in found.debts if getattr(each.high.way, "bought", None)]
    assert buying == [newest.id]
    said = [str(each) for each in found.assumed]
    assert said[0].startswith("Bought anew each month with each account: 100.00 CNY")
    assert said[1].startswith(f"{unused.name}: no bill of it can be followed")
    assert not any(each.startswith("Locked") for each in said)
    assert str(look(store, today).assumed[0]) == "Nothing new is bought."


def test_a_purchase_that_is_thought_of_is_one_more_debt(store: Store, today: date) -> None:
    owner = account(store)
    recorded = bill(store, owner, "1000.00")

    found = look(store, today, trial=Trial(owner.id, today, yuan(618)))

    assert [each.debt.id for each in found.debts] == [recorded.id, TRIAL_ID]
    assert dated(found, Order.SNOWBALL, TRIAL_ID)[0] == ("2026-12-10", "61.80")
    assert {due_id for due_id, _on, _amount in parts_of(found.chosen)} == {recorded.id}
    assert [each.debt.id for each in look(store, today, trial=Trial("gone", today, yuan(1))).debts] == [
        recorded.id
    ]


def test_another_what_if_reads_nothing(store: Store, today: date) -> None:
    bill(store, account(store), "1000.00")
    question = over_time_question(store, today, Scenario("CNY"))
    store.connection.close()

    found = over_time_of(question.under(Scenario("CNY", extra=yuan(900))))

    assert found.chosen.high.count == 1
    assert found.question.past is question.past


# --- Side by side ---------------------------------------------------------------------------------


def test_the_orders_stand_beside_only_the_minimums(store: Store, today: date) -> None:
    small = bill(store, account(store, CARD, "Small"), "1000.00")
    dear = bill(store, account(store, terms(*TENTH, (Term.INTEREST_RATE, "0.30")), "Dear"), "2000.00")

    found = look(store, today, extra=yuan(100), order=Order.SNOWBALL)

    assert found.chosen.order is Order.SNOWBALL
    assert [each.followed.debt.id for each in found.chosen.ranked] == [small.id, dear.id]
    assert [each.followed.debt.id for each in found.orders[Order.AVALANCHE].ranked] == [dear.id, small.id]
    for course in found.orders.values():
        assert course.baseline is found.baseline
        assert course.saved is not None
        assert course.sooner is not None
        assert course.cost is not None
        assert found.baseline.cost is not None
        assert course.saved.value.low == found.baseline.cost.value.low - course.cost.value.low
        assert course.sooner.value.low == (found.baseline.high.count or 0) - (course.high.count or 0)
    assert (found.baseline.saved, found.baseline.sooner) == (None, None)
    saved = {order: course.saved for order, course in found.orders.items()}
    assert saved[Order.AVALANCHE].value.low > saved[Order.SNOWBALL].value.low  # type: ignore[union-attr]


def test_the_first_full_month_is_that_after_this_one(store: Store, today: date) -> None:
    bill(store, account(store), "1000.00")

    assert single(look(store, today, extra=yuan(50)).chosen.monthly) == "150.00"
    assert look(store, today, extra=yuan(50)).chosen.monthly.value.low == yuan(150)  # type: ignore[union-attr]
    nothing = over_time(store, today, Scenario("EUR"))
    assert nothing.chosen.monthly is None


def test_t39_what_never_ends_says_so_and_with_how_much_more_it_would(store: Store, today: date) -> None:
    # 2 % a month on 1,000.00, of which 1 % is asked for.
    growing = terms((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM, "0.01"), (Term.INTEREST_RATE, "0.24"))
    bill(store, account(store, growing), "1000.00")

    found = look(store, today)

    assert found.baseline.fate is Fate.NEVER
    whole = found.baseline
    assert (whole.cost, whole.cleared_on, whole.months) == (None, None, None)
    (debt,) = found.baseline.debts
    assert (debt.cost, debt.cleared_on, debt.paid, debt.streams) == (None, None, None, None)
    assert debt.least_extra is not None
    more = debt.least_extra.value.high
    assert debt.soon_extra is not None
    sooner = debt.soon_extra.value.high
    assert explain(debt.never or Phrase("")) == (
        f"Card: Bill of 1 Dec 2026 is never paid off this way. CN¥{more.decimal} more each month would pay "
        f"it off some day; CN¥{sooner.decimal} more would do so within 36 months."
    )
    assert more < sooner
    # As an order, what a falling minimum no longer asks for is paid on top, so it ends no later.
    assert look(store, today, extra=sooner).chosen.months.value.high <= 36  # type: ignore[union-attr]
    assert debt.least_extra.derivation.workings[-1].result == debt.least_extra.value
    # As an order with nothing extra it never ends either; the amount is that beyond what is paid already.
    plain = found.chosen
    assert plain.fate is Fate.NEVER
    assert plain.least_extra is not None
    extra = plain.least_extra.value.high
    assert look(store, today, extra=extra).chosen.fate is Fate.CLEARS
    less = look(store, today, extra=extra - Money(1, "CNY")).chosen
    assert less.fate is Fate.NEVER
    assert less.least_extra is not None
    assert less.least_extra.value.high == Money(1, "CNY")
    assert less.debts[0].least_extra == less.least_extra


def test_with_several_debts_that_never_end_the_amount_is_for_all(store: Store, today: date) -> None:
    growing = terms((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM, "0.01"), (Term.INTEREST_RATE, "0.24"))
    for name, amount in (("One", "1000.00"), ("Two", "2000.00")):
        bill(store, account(store, growing, name), amount)

    course = look(store, today).chosen

    assert course.least_extra is not None
    assert [debt.least_extra for debt in course.debts] == [None, None]
    assert {explain(debt.never or Phrase("")) for debt in course.ranked} == {
        "One: Bill of 1 Dec 2026 is never paid off this way.",
        "Two: Bill of 1 Dec 2026 is never paid off this way.",
    }


def test_what_ends_by_one_source_only_may_never_end(store: Store, today: date) -> None:
    disputed = terms(
        (Term.MINIMUM_RULE, "part_of_bill"),
        (Term.MINIMUM, "0.02"),
        (Term.MINIMUM_LEAST, "10"),
        (Term.INTEREST_RATE, "0.12"),
        (Term.INTEREST_RATE, "0.36"),
    )
    bill(store, account(store, disputed), "1000.00")

    (debt,) = look(store, today).baseline.debts

    assert (debt.low.fate, debt.high.fate, debt.fate) == (Fate.CLEARS, Fate.NEVER, Fate.NEVER)
    assert explain(debt.never or Phrase("")).startswith(
        "Card: Bill of 1 Dec 2026 may never be paid off this way: it depends on what the sources say."
    )
    assert debt.least_extra is not None
    assert debt.least_extra.value.low == yuan(0)


def test_every_figure_says_how_it_was_made(store: Store, today: date) -> None:
    known = Terms((*CARD.claims, TermClaim(Term.EARLY_SETTLEMENT, "", EarlyPolicy.WAIVE_REMAINING, PAGE)))
    owner = account(store, known)
    bill(store, owner, "1000.00")
    plan(store, owner, [("100", "3")] * 3)

    found = look(store, today, extra=yuan(100), new_purchases=yuan(10))

    figures = [found.open, found.left_out]
    for course in (found.baseline, *found.orders.values()):
        figures += [course.cost, course.total, course.cleared_on, course.months, course.saved]  # type: ignore[list-item]
        figures += [each for debt in course.debts for each in (debt.cost, debt.paid, debt.months)]  # type: ignore[misc]
    for figure in figures:
        if figure is not None:
            derivation = figure.derivation
            assert explain(derivation.rule)
            assert all(explain(each.label) for each in derivation.given)
            assert all(explain(each.text) for each in derivation.workings)
    cost = found.chosen.cost
    assert cost is not None
    results = {explain(each.text): each.result for each in cost.derivation.workings}
    assert results["Interest and fees"] == cost.value.low
    assert results["All is paid on"] == found.chosen.high.cleared_on
    assert "Card: Bill of 1 Dec 2026: bought anew each month" in [
        explain(each.label) for each in cost.derivation.given
    ]
    never = [debt.never for debt in found.baseline.debts if debt.never is not None]
    assert all(figure.derivation.given for phrase in never for figure in figures_in(phrase))


# --- What really happened -------------------------------------------------------------------------


def test_the_past_is_what_was_owed_at_the_ends_of_the_last_months(store: Store, today: date) -> None:
    owner = account(store)
    bill(store, owner, "1000.00", date(2026, 9, 10))
    pay(store, owner, "400.00", date(2026, 10, 5))

    past = look(store, today).past

    assert [(seen.on, str(seen.open.decimal)) for seen in past] == [
        (date(2026, 9, 30), "1000.00"),
        (date(2026, 10, 31), "600.00"),
    ]


def test_what_was_settled_long_ago_does_not_matter(store: Store, today: date) -> None:
    owner = account(store)
    bill(store, owner, "800.00", date(2024, 9, 10))
    pay(store, owner, "800.00", date(2024, 9, 10))
    bill(store, owner, "1000.00", date(2026, 9, 10))

    question = over_time_question(store, today, Scenario("CNY"))

    assert [len(ledger.bills) for ledger in question.past.ledgers] == [1]
    assert len(question.past.seen) == 2


def test_what_was_paid_in_advance_long_ago_is_read_as_well(store: Store, today: date) -> None:
    owner = account(store)
    bill(store, owner, "800.00", date(2024, 9, 10))
    pay(store, owner, "900.00", date(2024, 9, 10))
    bill(store, owner, "1000.00", date(2026, 9, 10))

    question = over_time_question(store, today, Scenario("CNY"))

    assert [len(ledger.bills) for ledger in question.past.ledgers] == [2]
    assert question.past.seen[-1].open == yuan(900)


def test_the_past_of_the_example_is_that_of_all_that_is_recorded(store: Store, today: date) -> None:
    fill_with_example(store, today)

    question = over_time_question(store, today, Scenario("CNY"))

    whole = [store.ledgers.whole(each) for each in store.accounts.all()]
    assert question.past.seen == owed_on(whole, question.past.days, "CNY")
    assert len(question.past.seen) > 5


def test_a_plan_that_is_followed_is_looked_back_to(store: Store, today: date) -> None:
    owner = account(store)
    bill(store, owner, "1000.00", date(2025, 9, 10))
    adopted = AdoptedPlan("CNY", Method.SNOWBALL, date(2025, 9, 15), yuan(0), yuan(0), is_proved=False)
    with store.transaction():
        store.adopted_plans.save(adopted)

    found = look(store, today)

    assert found.adopted == adopted
    assert found.past[0].on == date(2025, 9, 15)
    assert found.past[1].on == date(2025, 9, 30)


# --- The user's own order, and an order as a plan -------------------------------------------------


def test_the_user_s_own_order_is_kept(store: Store, today: date) -> None:
    first = bill(store, account(store, CARD, "First"), "1000.00")
    second = bill(store, account(store, CARD, "Second"), "2000.00")
    assert own_order(store) == ()
    with store.transaction():
        put_own_order(store, (second.id, first.id, second.id))
    assert own_order(store) == (second.id, first.id)

    found = look(store, today, extra=yuan(100))
    assert [each.followed.debt.id for each in found.orders[Order.OWN].ranked] == [second.id, first.id]

    with store.transaction():
        put_own_order(store, ("other", first.id))
    assert own_order(store) == ("other", first.id, second.id)


def test_what_was_ranked_long_ago_is_forgotten(store: Store) -> None:
    with store.transaction():
        put_own_order(store, [f"debt {number}" for number in range(600)])

    assert len(own_order(store)) == 500
    assert own_order(store)[0] == "debt 0"


def test_an_order_becomes_the_payments_of_a_plan(store: Store, today: date) -> None:
    owner = account(store)
    one = bill(store, owner, "200.00")
    plan(store, owner, [("100", "3"), ("100", "3")])
    with store.transaction():
        store.purchases.save(Purchase(owner.id, yuan(30), date(2026, 12, 2), "Shop", id="a"))
        store.purchases.save(Purchase(owner.id, yuan(20), date(2026, 12, 3), "Shop", id="b"))

    found = look(store, today, extra=yuan(100))
    parts = [(due_id, on.isoformat(), str(amount.decimal)) for due_id, on, amount in parts_of(found.chosen)]

    assert ("row 1", "2026-12-10", "103.00") in parts
    assert ("row 2", "2027-01-10", "103.00") in parts
    assert ("a", "2027-01-10", "30.00") in parts
    assert ("b", "2027-01-10", "20.00") in parts
    billed = [part for part in parts if part[0] == one.id]
    assert billed[0] == (one.id, "2026-12-10", "120.00")
    assert sum(Money.of(amount, "CNY").minor for _due, _on, amount in parts) == found.chosen.high.total.minor


def test_streams_are_handed_to_the_optimum_at_both_ends(store: Store, today: date) -> None:
    one = bill(store, account(store), "200.00")

    found = look(store, today, extra=yuan(100))

    stream = found.streams[Order.SNOWBALL][one.id]
    assert stream is not None
    assert stream.high.payments[0] == (date(2026, 12, 10), yuan(120))
    assert stream.high.total == yuan(200) + stream.high.cost


# --- How far each debt is paid --------------------------------------------------------------------


def test_how_far_each_debt_is_paid(store: Store, today: date) -> None:
    owner = account(store)
    bill(store, owner, "200.00")
    recorded = plan(store, owner, [("100", "3")] * 3, date(2026, 10, 10))
    pay(store, owner, "103.00", date(2026, 10, 10))

    found = {each.id: each for each in look(store, today).progress}

    assert [str(found["bill 200.00"].paid.value.decimal), str(found["bill 200.00"].left.value.decimal)] == [
        "0.00",
        "200.00",
    ]
    telephone = found[recorded.id]
    assert explain(telephone.label) == "Card: Telephone"
    assert (telephone.whole.value, telephone.paid.value, telephone.left.value) == (
        yuan(309),
        yuan(103),
        yuan(206),
    )
    assert telephone.paid.derivation.workings[0].result == yuan(103)
    assert telephone.left.derivation.given
    assert telephone.whole.derivation.workings[0].result == yuan(309)


def test_an_account_whose_days_move_is_followed_on_working_days(store: Store, today: date) -> None:
    # 10 January 2027 is a Sunday.
    owner = account(store, cycle=replace(CYCLE, shift=Shift.NEXT), country="FR")
    bill(store, owner, "1000.00")

    days = [paid.on for paid in look(store, today).baseline.debts[0].high.payments[:3]]

    assert days == [date(2026, 12, 10), date(2027, 1, 11), date(2027, 2, 10)]


def test_who_says_so_stands_beside_the_terms(store: Store, today: date) -> None:
    mine = Source("my contract", date(2026, 11, 1), Reliability.CONTRACT, Origin.CONTRACT)
    known = Terms((*CARD.claims, TermClaim(Term.CARRY_RATE, "", "0.0004", mine)))
    bill(store, account(store, known), "1000.00")

    (debt,) = look(store, today).debts

    (rate,) = [given for given in debt.given if explain(given.label) == "Charge a day"]
    assert rate.source == mine
