from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.derivation import Derived
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.ledger import Ledger
from planner.domain.money import Money, sum_of
from planner.domain.overdue import late_cost, late_items
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.settling.account import Settlement, plan_settlements, rest_of, settlement
from planner.domain.sourced import Reliability, Source, Span
from planner.domain.term import Term
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


def test_what_is_left_of_a_plan_runs_from_the_row_before_and_knows_what_is_paid() -> None:
    owner = account()
    plan = plan_of(owner, rows(4, date(2026, 10, 10)))
    ledger = Ledger(owner, plans=[plan], payments=[Payment(owner.id, yuan("216"), TODAY)])
    dues = [due for due in position((ledger,), TODAY).open_dues if due.due_on and due.due_on > TODAY]

    # 216 pays the rows of October and November, 212, and 4 of the 6 that December charges.
    rest = rest_of(plan, dues, TODAY)

    assert [row.number for row in rest.rows] == [3, 4]
    assert (rest.since, rest.on, rest.cost_paid) == (date(2026, 11, 10), TODAY, yuan("4"))
    assert (rest.rows[0].fee, rest.rows[0].principal) == (yuan("2"), yuan("100"))


@pytest.mark.parametrize("started_on", [None, date(2026, 11, 1)])
def test_what_is_left_from_the_first_row_on_runs_from_the_day_of_agreement(started_on: date | None) -> None:
    owner = account()
    whole = rows(2, date(2026, 12, 10))
    plan = InstalmentPlan(owner.id, "Phone", yuan("200"), whole, 2, started_on=started_on)
    (each,) = plan_settlements(
        owner, position((Ledger(owner, plans=[plan]),), TODAY).dues, {plan.id: plan}, TODAY
    )

    assert (each.rest.since, each.rest.cost_paid) == (started_on, yuan("0"))
    assert each.rows == whole


def test_interest_is_paid_before_principal_and_after_the_fee() -> None:
    owner = account()
    row = Instalment(1, date(2026, 12, 10), yuan("100"), yuan("6"), yuan("5"), "row")
    plan = plan_of(owner, (row,))
    paid = Payment(owner.id, yuan("8"), TODAY)
    found = settled(Ledger(owner, plans=[plan], payments=[paid]))

    (left,) = found.plans[0].rows
    assert (left.fee, left.interest, left.principal) == (yuan("0"), yuan("3"), yuan("100"))
    assert found.plans[0].rest.cost_paid == yuan("8")


@pytest.mark.parametrize(
    ("started_on", "amount"), [(TODAY, "200"), (date(2026, 11, 21), "212"), (None, "212")]
)
def test_free_on_the_day_of_agreement_holds_on_that_day_only(started_on: date | None, amount: str) -> None:
    owner = account((Term.EARLY_SETTLEMENT, "same_day"))
    plan = InstalmentPlan(
        owner.id, "Phone", yuan("200"), rows(2, date(2026, 12, 10)), 2, started_on=started_on
    )

    assert settled_in(owner, plan).value.high == yuan(amount)


def test_a_later_row_that_is_paid_already_is_not_settled_again() -> None:
    owner = account((Term.EARLY_SETTLEMENT, "waive_remaining"))
    plan = plan_of(owner, rows(3, date(2026, 12, 10)))
    paid = Payment(owner.id, yuan("106"), TODAY)
    found = settled(Ledger(owner, plans=[plan], payments=[paid]))

    assert [row.number for row in found.plans[0].rows] == [2, 3]


def test_the_law_of_the_account_decides_where_the_rule_is_unknown() -> None:
    french = Account("Alma", "Alma", "EUR")
    plan = InstalmentPlan(
        french.id,
        "Phone",
        Money.of("200", "EUR"),
        tuple(
            Instalment(
                number,
                day,
                Money.of("100", "EUR"),
                Money.of("3.10", "EUR"),
                Money.of("0", "EUR"),
                str(number),
            )
            for number, day in enumerate((date(2026, 12, 22), date(2027, 1, 22)), 1)
        ),
        2,
        started_on=TODAY,
    )
    found = settled_in(french, plan)

    # On the first day nothing is owed for time, and below 10,000 euros no indemnity may be asked.
    assert found.value == Span.exactly(Money.of("200", "EUR"))


def settled_in(owner: Account, plan: InstalmentPlan) -> Derived[Span[Money]]:
    dues = position((Ledger(owner, plans=[plan]),), TODAY).dues
    return settlement(owner, dues, {plan.id: plan}, TODAY).total


def test_the_total_says_how_each_part_was_made() -> None:
    owner = account(
        (Term.EARLY_SETTLEMENT, "waive_remaining"), (Term.LATE_RATE, "0.0003"), (Term.GRACE_DAYS, "0")
    )
    late_bill = Bill(
        owner.id, date(2026, 10, 13), date(2026, 10, 23), (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    )
    plan = plan_of(owner, rows(2, date(2026, 12, 10)))

    derivation = settled(Ledger(owner, bills=[late_bill], plans=[plan])).total.derivation

    assert [str(each.label) for each in derivation.given] == [
        "Bill of 2026-10-13",
        "Settling Phone early",
        "Late cost and daily charges by now, an estimate",
    ]
    assert [each.plain for each in derivation.given][:2] == [yuan("1000"), Span.exactly(yuan("200"))]
    assert [str(each.text) for each in derivation.workings] == [
        "Open in full",
        "Settling Phone early",
        "Late cost and daily charges by now, an estimate",
        "Together",
    ]
    assert derivation.workings[0].result == yuan("1000")
