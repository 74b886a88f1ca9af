from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.plans.extra_payment import ExtraNotPositiveError, ExtraTooLargeError, ExtraUse
from planner.domain.sourced import Origin, Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.errors import PlannerError
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay
from planner.services.plans import save_plan
from planner.services.settling import (
    NothingLeftError,
    PaidInPastError,
    plans_to_settle,
    savings,
    settling_of,
    try_extra,
)
from planner.store.catalogue import product
from planner.store.store import Store

OWN = Source("the app", date(2026, 11, 22), origin=Origin.APP_SCREEN)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def account(store: Store, name: str, *policies: str, currency: str = "CNY") -> Account:
    claims = tuple(
        TermClaim(Term.EARLY_SETTLEMENT, "", text, Source(f"page {number}"))
        for number, text in enumerate(policies)
    )
    found = Account(name, "a lender", currency, terms=Terms(claims))
    with store.transaction():
        save_account(store, found)
    return found


def plan(
    store: Store,
    owner: Account,
    name: str,
    first: date,
    rows: tuple[tuple[str, str, str], ...],
) -> InstalmentPlan:
    """A plan with rows of a principal, a fee and an interest each."""
    parts = tuple(
        Instalment(
            number,
            date(
                first.year + (first.month + number - 2) // 12, (first.month + number - 2) % 12 + 1, first.day
            ),
            Money.of(principal, owner.currency),
            Money.of(fee, owner.currency),
            Money.of(interest, owner.currency),
        )
        for number, (principal, fee, interest) in enumerate(rows, 1)
    )
    whole = Money(sum(row.principal.minor for row in parts), owner.currency)
    found = InstalmentPlan(owner.id, name, whole, parts, len(parts))
    with store.transaction():
        save_plan(store, found)
    return found


SMALL = (("100", "6", "0"),) * 3
LARGE = (("100", "9", "0"),) * 6


def test_with_nothing_recorded_there_is_nothing_to_save(store: Store, today: date) -> None:
    found = savings(store, today)

    assert (found.on, found.plans, dict(found.totals)) == (today, (), {})


def test_each_plan_and_all_of_them_by_currency_the_greatest_saving_first(store: Store, today: date) -> None:
    waived = account(store, "Waived", "waive_remaining")
    disputed = account(store, "Disputed", "waive_remaining", "remaining_fees_due")
    french = account(store, "Alma", currency="EUR")
    small = plan(store, waived, "Lamp", date(2026, 12, 10), SMALL)
    large = plan(store, disputed, "Phone", date(2026, 12, 10), LARGE)
    other = plan(store, french, "Shoes", today, (("50", "1", "0"),) * 3)

    found = savings(store, today)

    assert [each.plan.id for each in found.plans] == [large.id, small.id, other.id]
    first, second, third = found.plans
    assert (first.account.id, first.scheduled.value) == (disputed.id, yuan("654"))
    assert first.cost.value.amount == first.amount.value == Span(yuan("600"), yuan("654"))
    assert first.saved.value == Span(yuan("0"), yuan("54"))
    assert second.saved.value == Span.exactly(yuan("18"))
    # The row of today is to be paid anyway. By days, nothing is owed for the period that begins today.
    assert third.rest.scheduled == Money.of("102", "EUR")
    assert third.saved.value == Span.exactly(Money.of("2", "EUR"))
    assert str(first.label) == "Disputed: Phone"

    total = found.totals["CNY"]
    assert total.scheduled.value == yuan("972")
    assert total.amount.value == Span(yuan("900"), yuan("954"))
    assert total.saved.value == Span(yuan("18"), yuan("72"))
    assert [(str(each.label), each.plain) for each in total.saved.derivation.given] == [
        ("Disputed: Phone", Span(yuan("0"), yuan("54"))),
        ("Waived: Lamp", Span.exactly(yuan("18"))),
    ]
    assert [str(each.label) for each in total.amount.derivation.given] == ["Disputed: Phone", "Waived: Lamp"]
    assert list(found.totals) == ["CNY", "EUR"]


def test_of_two_equal_best_cases_the_surer_one_comes_first(store: Store, today: date) -> None:
    unsure = account(store, "A", "waive_remaining", "remaining_fees_due")
    sure = account(store, "B", "waive_remaining")
    for owner in (unsure, sure):
        plan(store, owner, owner.name, date(2026, 12, 10), SMALL)

    assert [each.plan.name for each in savings(store, today).plans] == ["B", "A"]


def test_the_four_sources_on_baitiao_make_a_range_and_the_app_ends_it(store: Store, today: date) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None
    owner = account_from(sheet, "白条")
    with store.transaction():
        save_account(store, owner)
    plan(store, owner, "Phone", date(2026, 12, 10), (("100", "6", "0"),) * 9)

    (found,) = savings(store, today).plans
    assert found.saved.value == Span(yuan("0"), yuan("54"))
    assert not found.cost.value.known

    own = owner.terms.overridden(TermClaim(Term.EARLY_SETTLEMENT, "", "billed_plus_next", OWN))
    with store.transaction():
        save_account(store, Account(owner.name, owner.lender, "CNY", terms=own, id=owner.id))
    (found,) = savings(store, today).plans
    assert found.saved.value == Span.exactly(yuan("48"))
    assert found.cost.value.known


def test_what_is_paid_already_is_in_neither_side(store: Store, today: date) -> None:
    owner = account(store, "Waived", "waive_remaining")
    plan(store, owner, "Lamp", date(2026, 12, 10), SMALL)
    with store.transaction():
        pay(store, Payment(owner.id, yuan("106"), today))

    (found,) = savings(store, today).plans
    assert (found.rest.scheduled, found.saved.value.low) == (yuan("212"), yuan("12"))


def test_plans_are_offered_by_account_and_name(store: Store, today: date) -> None:
    later, sooner = account(store, "Z", "waive_remaining"), account(store, "A", "waive_remaining")
    plan(store, later, "Lamp", date(2026, 12, 10), LARGE)
    plan(store, sooner, "Phone", date(2026, 12, 10), SMALL)
    plan(store, sooner, "Camera", date(2026, 12, 10), SMALL)
    plan(store, sooner, "Over", date(2026, 8, 10), SMALL)

    assert [each.name for each in plans_to_settle(store, today)] == ["Camera", "Phone", "Lamp"]


LOAN = (("99.01", "0", "3.00"), ("100.00", "0", "2.01"), ("100.99", "0", "1.01"))


def test_an_extra_payment_is_tried_in_both_ways_and_nothing_is_recorded(store: Store, today: date) -> None:
    owner = account(store, "Loan")
    found_plan = plan(store, owner, "Car", date(2026, 12, 22), LOAN)

    found = try_extra(store, found_plan.id, yuan("120"), today, today)

    # As by hand: 102.01 a month, 3.42 and 2.40 less of interest.
    assert found.ways[ExtraUse.SHORTER].saved.value == Span.exactly(yuan("3.42"))
    assert found.ways[ExtraUse.LOWER].saved.value == Span.exactly(yuan("2.40"))
    assert (found.account.id, found.plan.id, found.rest.principal) == (owner.id, found_plan.id, yuan("300"))
    assert store.payments.all() == []


def test_until_its_day_the_plan_runs_as_it_is(store: Store, today: date) -> None:
    owner = account(store, "Loan")
    found_plan = plan(store, owner, "Car", date(2026, 12, 22), LOAN)

    found = try_extra(store, found_plan.id, yuan("100"), date(2026, 12, 22), today)

    assert found.rest.principal == yuan("200.99")
    assert found.rest.on == date(2026, 12, 22)


def test_in_france_the_indemnity_comes_off(store: Store, today: date) -> None:
    owner = account(store, "Loan", currency="EUR")
    rows = tuple(("1000", "0", str(30 - number)) for number in range(24))
    found_plan = plan(store, owner, "Car", date(2026, 12, 22), rows)

    found = try_extra(store, found_plan.id, Money.of("12000", "EUR"), today, today)

    assert found.ways[ExtraUse.LOWER].indemnity.value.high == Money.of("120", "EUR")


@pytest.mark.parametrize(
    ("amount", "on", "error"),
    [
        ("10", date(2026, 11, 21), PaidInPastError),
        ("10", date(2027, 2, 22), NothingLeftError),
        ("0", date(2026, 11, 22), ExtraNotPositiveError),
        ("300", date(2026, 11, 22), ExtraTooLargeError),
    ],
)
def test_what_cannot_be_tried_is_said(
    store: Store, today: date, amount: str, on: date, error: type[PlannerError]
) -> None:
    found_plan = plan(store, account(store, "Loan"), "Car", date(2026, 12, 22), LOAN)

    with pytest.raises(error):
        try_extra(store, found_plan.id, yuan(amount), on, today)


def test_settling_one_plan_on_a_later_day(store: Store, today: date) -> None:
    owner = account(store, "Waived", "waive_remaining")
    found_plan = plan(store, owner, "Lamp", date(2026, 12, 10), SMALL)

    assert settling_of(store, found_plan.id, date(2026, 12, 10), today).saved.value == Span.exactly(
        yuan("12")
    )
    with pytest.raises(NothingLeftError):
        settling_of(store, found_plan.id, date(2027, 2, 10), today)
