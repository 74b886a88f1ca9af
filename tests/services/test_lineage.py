from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.plans.eligibility import Verdict
from planner.domain.plans.resplit import Reinstalment
from planner.domain.purchase import Purchase
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import FeeTiming, Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import save_account
from planner.services.bills import pay, save_bill, save_purchase
from planner.services.lineage import (
    NoInstalmentsError,
    bill_deferral,
    bill_limit,
    chain_of,
    eligibility,
    what_if,
)
from planner.services.plans import save_plan
from planner.services.settling import NothingLeftError
from planner.store.store import Store

WEB = Source("a page", date(2026, 11, 22))


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def account(store: Store, *claims: tuple[Term, str], product: str = "") -> Account:
    terms = Terms(tuple(TermClaim(term, "", text, WEB) for term, text in claims))
    found = Account("白条", "JD", "CNY", product=product, terms=terms)
    with store.transaction():
        save_account(store, found)
    return found


def rows(first: date, count: int, principal: str, fee: str) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(
            number,
            date(
                first.year + (first.month + number - 2) // 12, (first.month + number - 2) % 12 + 1, first.day
            ),
            yuan(principal),
            yuan(fee),
            yuan("0"),
        )
        for number in range(1, count + 1)
    )


def plan(
    store: Store,
    owner: Account,
    name: str,
    parts: tuple[Instalment, ...],
    kind: OriginKind = OriginKind.NONE,
    origin: str = "",
) -> InstalmentPlan:
    whole = Money(sum(row.principal.minor for row in parts), "CNY")
    found = InstalmentPlan(owner.id, name, whole, parts, len(parts), kind, origin)
    with store.transaction():
        save_plan(store, found)
    return found


@pytest.mark.row("C083", "C084")
def test_c083_a_chain_is_read_from_the_record_with_what_it_began_with(store: Store, today: date) -> None:
    owner = account(store, (Term.RESPLIT, "allowed"), (Term.RESPLIT, "forbidden"))
    bill = Bill(owner.id, date(2026, 9, 1), date(2026, 9, 10), (BillLine(LineKind.UNITEMISED, yuan("600")),))
    with store.transaction():
        save_bill(store, bill)
    first = plan(store, owner, "Bill", rows(date(2026, 10, 10), 6, "100", "5"), OriginKind.BILL, bill.id)
    again = plan(store, owner, "Again", rows(date(2026, 12, 10), 8, "50", "4"), OriginKind.PLAN, first.id)

    found = chain_of(store, again.id, today)

    assert (found.account.id, str(found.began)) == (owner.id, "Bill of 2026-09-01")
    assert [link.plan.id for link in found.lineage.links] == [first.id, again.id]
    # October and November of the first plan cost 10, the second 32.
    assert found.lineage.cost.value == yuan("42")
    assert found.lineage.cost_by_now == yuan("10")
    (step,) = found.steps
    assert (step.lower.value, step.more.value) == (yuan("51"), yuan("12"))
    assert {meaning: each.verdict for meaning, each in found.allowed.items()} == {
        Reinstalment.AFTER_END: Verdict.NOT_NOW,
        Reinstalment.RUNNING: Verdict.UNCLEAR,
        Reinstalment.OVERDUE: Verdict.NOT_NOW,
    }


def test_a_chain_may_begin_with_a_purchase_an_agreement_or_nothing_recorded(
    store: Store, today: date
) -> None:
    owner = account(store)
    phone = Purchase(owner.id, yuan("100"), date(2026, 11, 1), merchant="Phone shop")
    plain = Purchase(owner.id, yuan("100"), date(2026, 11, 2))
    with store.transaction():
        save_purchase(store, phone)
        save_purchase(store, plain)
    began = [
        chain_of(
            store, plan(store, owner, "x", rows(date(2026, 12, 10), 1, "100", "1"), kind, origin).id, today
        ).began
        for kind, origin in (
            (OriginKind.PURCHASE, phone.id),
            (OriginKind.PURCHASE, plain.id),
            (OriginKind.AGREEMENT, ""),
            (OriginKind.NONE, ""),
        )
    ]

    assert [str(words) for words in began] == [
        "Phone shop",
        "Purchase of 2026-11-02",
        "An agreement with the lender",
        "None",
    ]


@pytest.mark.row("C083")
def test_c083_an_overdue_plan_of_a_bank_has_the_individual_agreement(store: Store, today: date) -> None:
    owner = account(store, (Term.RESPLIT, "agreement_only"))
    late = plan(store, owner, "Late", rows(date(2026, 11, 10), 2, "100", "5"))
    over = plan(store, owner, "Over", rows(date(2026, 12, 10), 1, "100", "5"))
    with store.transaction():
        pay(store, Payment(owner.id, yuan("105"), today, aimed_at=over.rows[0].id))

    assert {meaning: each.verdict for meaning, each in eligibility(store, late.id, today).items()} == {
        Reinstalment.AFTER_END: Verdict.NOT_NOW,
        Reinstalment.RUNNING: Verdict.FORBIDDEN,
        Reinstalment.OVERDUE: Verdict.ALLOWED,
    }
    assert {meaning: each.verdict for meaning, each in eligibility(store, over.id, today).items()} == {
        Reinstalment.AFTER_END: Verdict.ALLOWED,
        Reinstalment.RUNNING: Verdict.FORBIDDEN,
        Reinstalment.OVERDUE: Verdict.NOT_NOW,
    }


@pytest.mark.row("C084")
def test_c084_one_more_plan_is_tried_out_with_the_lower_month_and_all_it_costs(
    store: Store, today: date
) -> None:
    owner = account(
        store, (Term.EARLY_SETTLEMENT, "waive_remaining"), (Term.EARLY_SETTLEMENT, "remaining_fees_due")
    )
    running = plan(store, owner, "Phone", rows(date(2026, 11, 10), 5, "100", "5"))

    found = what_if(store, running.id, 8, Rate(Decimal("0.008"), Per.MONTH), today)

    assert found.lower.value == yuan("51.80")
    assert found.more.value == Span(yuan("5.60"), yuan("25.60"))
    assert [row.due_on for row in found.after][:2] == [date(2026, 12, 10), date(2027, 1, 10)]
    assert found.last_after.value == date(2027, 7, 10)
    assert len(store.plans.all()) == 1
    first = what_if(store, running.id, 8, yuan("25.60"), today, FeeTiming.WITH_FIRST)
    assert first.month_after.value == yuan("75.60")
    assert what_if(store, running.id, 1, yuan("0"), today).last_after.value == date(2026, 12, 10)


def test_the_lenders_rounding_is_followed(store: Store, today: date) -> None:
    owner = account(store, (Term.REMAINDER, "first"))
    running = plan(store, owner, "Phone", rows(date(2026, 12, 10), 1, "100", "5"))

    assert what_if(store, running.id, 3, yuan("0"), today).after[0].principal == yuan("33.34")


@pytest.mark.parametrize(
    ("first", "second", "dues"),
    [
        (date(2027, 2, 28), date(2027, 3, 31), [date(2027, 2, 28), date(2027, 3, 31)]),
        (date(2027, 2, 10), date(2027, 3, 31), [date(2027, 2, 10), date(2027, 3, 10)]),
        (date(2027, 1, 31), date(2027, 2, 28), [date(2027, 1, 31), date(2027, 2, 28)]),
    ],
)
def test_the_new_instalments_are_due_on_the_day_of_the_old_ones(
    store: Store, today: date, first: date, second: date, dues: list[date]
) -> None:
    parts = (*rows(first, 1, "100", "0"), Instalment(2, second, yuan("100"), yuan("0"), yuan("0")))
    running = plan(store, account(store), "Phone", parts)

    assert [row.due_on for row in what_if(store, running.id, 2, yuan("0"), today).after] == dues


def test_what_cannot_be_split_again_is_said(store: Store, today: date) -> None:
    owner = account(store)
    running = plan(store, owner, "Phone", rows(date(2026, 11, 22), 1, "100", "5"))

    with pytest.raises(NothingLeftError):
        what_if(store, running.id, 3, yuan("0"), today)
    with pytest.raises(NoInstalmentsError):
        what_if(store, running.id, 0, yuan("0"), today)


def test_how_much_of_a_bill_can_be_split(store: Store, today: date) -> None:
    owner = account(store, (Term.SPLIT_PART, "0.9"), (Term.SPLIT_LEAST, "100"), product="jd-baitiao")
    running = plan(store, owner, "Phone", rows(date(2026, 12, 10), 2, "100", "5"))
    lines = (
        BillLine(LineKind.PURCHASE, yuan("500"), label="Shoes"),
        BillLine(LineKind.PURCHASE, yuan("9.99")),
        BillLine(LineKind.INSTALMENT, yuan("105"), refers_to=running.rows[0].id),
        BillLine(LineKind.FEE, yuan("20")),
    )
    bill = Bill(owner.id, date(2026, 11, 20), date(2026, 12, 10), lines)
    with store.transaction():
        save_bill(store, bill)

    found = bill_limit(store, bill.id, today)
    assert found.most.value == Span.exactly(yuan("450"))
    assert [each.text.values.get("what") for each in found.eligibility.rulings[1:]] != [None]
    assert found.eligibility.verdict is Verdict.ALLOWED

    with store.transaction():
        pay(store, Payment(owner.id, yuan("334.99"), today, aimed_at=bill.id))
    assert bill_limit(store, bill.id, today).most.value == Span.exactly(yuan("270"))
    # After its due date it is overdue.
    assert bill_limit(store, bill.id, date(2026, 12, 11)).eligibility.verdict is Verdict.FORBIDDEN


def test_small_orders_are_left_out_with_jd_only(store: Store, today: date) -> None:
    owner = account(store, (Term.SPLIT_PART, "0.9"))
    bill = Bill(
        owner.id, date(2026, 11, 20), date(2026, 12, 10), (BillLine(LineKind.PURCHASE, yuan("9.99")),)
    )
    with store.transaction():
        save_bill(store, bill)

    assert bill_limit(store, bill.id, today).most.value == Span.exactly(yuan("8.99"))


def test_putting_a_bill_off_by_a_month(store: Store, today: date) -> None:
    owner = account(store, (Term.DEFERRAL_RATE, "0.00035"))
    bill = Bill(
        owner.id, date(2026, 11, 20), date(2026, 12, 10), (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    )
    running = plan(store, owner, "Phone", rows(date(2027, 1, 10), 1, "100", "5"))
    with store.transaction():
        save_bill(store, bill)

    found = bill_deferral(store, bill.id, today)
    assert found is not None
    assert found.cost is not None
    assert (found.until, found.cost.value) == (date(2027, 1, 10), Span.exactly(yuan("10.85")))
    assert found.eligibility.verdict is Verdict.UNCLEAR
    row = bill_deferral(store, running.rows[0].id, today)
    assert row is not None
    assert row.eligibility.verdict is Verdict.FORBIDDEN
    with store.transaction():
        pay(store, Payment(owner.id, yuan("1000"), today, aimed_at=bill.id))
    assert bill_deferral(store, bill.id, today) is None
    assert bill_deferral(store, "nothing", today) is None


def test_what_has_no_date_cannot_be_put_off(store: Store, today: date) -> None:
    owner = account(store)
    phone = Purchase(owner.id, yuan("100"), date(2026, 11, 1))
    with store.transaction():
        save_purchase(store, phone)

    assert bill_deferral(store, phone.id, today) is None
