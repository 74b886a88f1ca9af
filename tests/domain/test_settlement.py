from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.ledger import Ledger
from planner.domain.money import Money, sum_of
from planner.domain.overdue import late_cost, late_items
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.settlement import Settlement, early_settlement, settlement, settlement_range
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, Span
from planner.domain.term import EarlyPolicy, Term
from planner.domain.terms import TermClaim, Terms

TODAY = date(2026, 11, 22)
WEB = Source("a page", TODAY, Reliability.LOW)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def rows(count: int, first: date, principal: str = "100", fee: str = "6") -> tuple[Instalment, ...]:
    return tuple(
        Instalment(
            number,
            date(
                first.year + (first.month + number - 2) // 12, (first.month + number - 2) % 12 + 1, first.day
            ),
            yuan(principal),
            yuan(fee),
            yuan("0"),
            f"row-{number}",
        )
        for number in range(1, count + 1)
    )


def claims(*policies: EarlyPolicy) -> Sourced[EarlyPolicy]:
    return Sourced(tuple(Claim(policy, WEB) for policy in policies))


def account(*terms: tuple[Term, str]) -> Account:
    return Account(
        "Baitiao", "JD", "CNY", terms=Terms(tuple(TermClaim(term, "", text, WEB) for term, text in terms))
    )


def settled(ledger: Ledger, on: date = TODAY, posted: Money | None = None) -> Settlement:
    plans = {plan.id: plan for plan in ledger.plans}
    found = position((ledger,), on)
    passed = [due for due in found.open_dues if due.due_on is not None and due.due_on < on]
    items, zero = late_items(passed), yuan("0")
    late = late_cost(items, zero, ledger.account.terms, on, on, posted=posted) if items else None
    return settlement(ledger.account, found.dues, plans, on, late)


def plan_of(owner: Account, plan_rows: tuple[Instalment, ...]) -> InstalmentPlan:
    principal = sum_of((row.principal for row in plan_rows), "CNY")
    return InstalmentPlan(owner.id, "Phone", principal, plan_rows, len(plan_rows))


# 1,200 over 12 x (100 + 6), settled right after the third instalment was paid; the rules are those of
# ceihk.net (2023-10-10), m.sboyo.com/1/2129686, php.cn (2025-03-14) and csai.cn (2025).
@pytest.mark.row("C010")
@pytest.mark.parametrize(
    ("policy", "pays"),
    [
        (EarlyPolicy.REMAINING_FEES_DUE, "954.00"),
        (EarlyPolicy.WAIVE_REMAINING, "900.00"),
        (EarlyPolicy.SAME_DAY, "900.00"),
        (EarlyPolicy.BILLED_PLUS_NEXT, "906.00"),
        (EarlyPolicy.NEXT_PLUS_ONE, "912.00"),
    ],
)
def test_settling_a_plan_early_by_each_rule(policy: EarlyPolicy, pays: str) -> None:
    open_rows = rows(12, date(2026, 9, 10))[3:]

    assert early_settlement(open_rows, policy) == yuan(pays)


@pytest.mark.row("C010")
def test_sources_that_disagree_make_a_range_and_each_is_named() -> None:
    found = settlement_range(
        rows(9, date(2026, 12, 10)),
        claims(EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.WAIVE_REMAINING),
        None,
        TODAY,
    )

    assert found.value.amount == Span(yuan("900"), yuan("954"))
    assert not found.value.known
    assert sum(each.source == WEB for each in found.derivation.given) == 2


def test_one_rule_that_all_sources_give_makes_one_amount() -> None:
    found = settlement_range(
        rows(9, date(2026, 12, 10)), claims(*[EarlyPolicy.WAIVE_REMAINING] * 2), None, TODAY
    )

    assert found.value.amount.is_single
    assert found.value.known


def test_an_unknown_rule_stands_for_every_rule_in_use() -> None:
    found = settlement_range(rows(9, date(2026, 12, 10)), Sourced(), None, TODAY)

    assert found.value.amount == Span(yuan("900"), yuan("954"))
    assert not found.value.known


@pytest.mark.parametrize(
    ("drawn_on", "amount", "is_known"),
    [
        (TODAY, Span(yuan("900"), yuan("900")), True),
        (date(2026, 11, 21), Span(yuan("900"), yuan("954")), False),
    ],
)
def test_free_on_the_day_of_the_purchase_says_nothing_about_other_days(
    drawn_on: date, amount: Span[Money], *, is_known: bool
) -> None:
    found = settlement_range(rows(9, date(2026, 12, 10)), claims(EarlyPolicy.SAME_DAY), drawn_on, TODAY)

    assert (found.value.amount, found.value.known) == (amount, is_known)


@pytest.mark.row("C010")
def test_the_users_own_contract_ends_the_range() -> None:
    own = Claim(EarlyPolicy.WAIVE_REMAINING, Source("my contract", TODAY, origin=Origin.CONTRACT))
    policy = Sourced((*claims(EarlyPolicy.REMAINING_FEES_DUE, EarlyPolicy.BILLED_PLUS_NEXT).claims, own))

    found = settlement_range(rows(9, date(2026, 12, 10)), policy, None, TODAY)

    assert found.value.amount == Span.exactly(yuan("900"))
    assert found.value.known


@given(
    principal=st.integers(1, 10**9),
    fees=st.lists(st.integers(0, 10**6), min_size=1, max_size=36),
    policy=st.sampled_from(EarlyPolicy),
)
def test_settling_costs_at_least_the_principal_and_at_most_the_whole_rest(
    principal: int, fees: list[int], policy: EarlyPolicy
) -> None:
    zero = yuan("0")
    open_rows = [
        Instalment(number, TODAY, Money(principal, "CNY"), Money(fee, "CNY"), zero)
        for number, fee in enumerate(fees, 1)
    ]

    pays = early_settlement(open_rows, policy)

    assert sum_of((row.principal for row in open_rows), "CNY") <= pays
    assert pays <= sum_of((row.total for row in open_rows), "CNY")


@pytest.mark.row("C010")
def test_settling_an_account_adds_open_bills_plans_by_every_rule_and_the_late_cost() -> None:
    owner = account(
        (Term.EARLY_SETTLEMENT, "waive_remaining"),
        (Term.EARLY_SETTLEMENT, "remaining_fees_due"),
        (Term.LATE_RATE, "0.0003"),
        (Term.LATE_RATE, "0.0007"),
        (Term.LATE_BASE, "overdue"),
        (Term.GRACE_DAYS, "0"),
    )
    late_bill = Bill(
        owner.id, date(2026, 10, 13), date(2026, 10, 23), (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    )
    found = settled(Ledger(owner, bills=[late_bill], plans=[plan_of(owner, rows(9, date(2026, 12, 10)))]))

    # 1,000 x 30 days x 0.03 % to 0.07 % is 9.00 to 21.00; the plan is 900 to 954.
    assert found.late is not None
    assert found.late.value == Span(yuan("9"), yuan("21"))
    assert found.plans[0].cost.value.amount == Span(yuan("900"), yuan("954"))
    assert found.total.value == Span(yuan("1909"), yuan("1975"))
    assert found.missing == ()


def test_an_instalment_that_is_due_by_now_is_paid_in_full_and_the_later_ones_are_settled_early() -> None:
    owner = account((Term.EARLY_SETTLEMENT, "waive_remaining"), (Term.LATE_RATE, "0"))
    found = settled(Ledger(owner, plans=[plan_of(owner, rows(3, date(2026, 11, 22)))]))

    assert [due.id for due in found.in_full] == ["row-1"]
    assert found.total.value == Span.exactly(yuan("306"))


def test_what_was_paid_on_a_row_counts_against_its_fee_first() -> None:
    owner = account((Term.EARLY_SETTLEMENT, "waive_remaining"))
    plan = plan_of(owner, rows(2, date(2026, 12, 10)))
    paid = Payment(owner.id, yuan("56"), TODAY)
    found = settled(Ledger(owner, plans=[plan], payments=[paid]))

    assert [(row.principal, row.fee) for row in found.plans[0].rows] == [
        (yuan("50"), yuan("0")),
        (yuan("100"), yuan("6")),
    ]
    assert found.total.value == Span.exactly(yuan("150"))


def test_a_penalty_that_the_lender_has_posted_is_not_counted_again_as_an_estimate() -> None:
    owner = account(
        (Term.LATE_RATE, "0.0003"),
        (Term.LATE_RATE, "0.0007"),
        (Term.LATE_BASE, "overdue"),
        (Term.GRACE_DAYS, "0"),
    )
    late_bill = Bill(
        owner.id, date(2026, 10, 13), date(2026, 10, 23), (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    )
    posted = Charge(owner.id, LineKind.PENALTY, yuan("12"), TODAY)
    found = settled(Ledger(owner, bills=[late_bill], charges=[posted]), posted=posted.amount)

    assert found.late is not None
    assert found.late.value == Span(yuan("0"), yuan("9"))
    assert found.total.value == Span(yuan("1012"), yuan("1021"))


def test_an_unknown_late_rate_is_said_and_not_taken_for_nothing() -> None:
    owner = account()
    late_bill = Bill(
        owner.id, date(2026, 10, 13), date(2026, 10, 23), (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    )
    found = settled(Ledger(owner, bills=[late_bill]))

    assert found.late is None
    assert [str(text) for text in found.missing] == [
        "The late cost is not in this amount: the lender’s rate is not known."
    ]


def test_a_rest_after_the_minimum_brings_its_daily_charge() -> None:
    owner = account((Term.LATE_RATE, "0.0007"), (Term.CARRY_RATE, "0.0005"), (Term.CARRY_FROM, "due"))
    bill = Bill(
        owner.id,
        date(2026, 10, 13),
        date(2026, 10, 23),
        (BillLine(LineKind.UNITEMISED, yuan("1000")),),
        minimum=yuan("100"),
    )
    paid = Payment(owner.id, yuan("100"), date(2026, 10, 20))
    found = settled(Ledger(owner, bills=[bill], payments=[paid]))

    # 900 x 0.05 % x 30 days (m.yunqishi.net, 2020-12-01).
    assert found.late is not None
    assert found.late.value == Span.exactly(yuan("13.50"))
    assert found.total.value == Span.exactly(yuan("913.50"))


def test_nothing_open_costs_nothing() -> None:
    found = settled(Ledger(account()))

    assert found.total.value == Span.exactly(yuan("0"))
    assert (found.in_full, found.plans, found.late) == ((), (), None)
