from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode, add_months
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.late.agreement import Agreement
from planner.domain.late.counts import LateCounts
from planner.domain.money import Money
from planner.domain.overdue import LateCost, Way, WayKind
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.domain.term import LateBase, Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import account_from, save_account
from planner.services.compare import question_of
from planner.services.late_history import counts_of, late_history
from planner.services.overdue import (
    Asked,
    LitigationError,
    NothingLateError,
    PartAmountError,
    PartCountError,
    PartOutsideError,
    PastDayError,
    TooFarError,
    accounts_with_dues,
    cost_of_delay,
    cost_of_delay_typed,
    late_claims,
    may_be_late,
    set_late_terms,
)
from planner.store.catalogue import product
from planner.store.store import Store

OWN = Source("my contract", date(2026, 11, 22), Reliability.CONTRACT, Origin.CONTRACT)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def account(store: Store, product_id: str = "jd-baitiao", name: str = "白条") -> Account:
    sheet = product(product_id)
    assert sheet is not None
    found = account_from(sheet, name)
    with store.transaction():
        save_account(store, found)
    return found


def bill(
    store: Store, whose: Account, due_on: date, amount: str = "1000.00", minimum: str | None = None
) -> Bill:
    found = Bill(
        whose.id,
        due_on - timedelta(days=9),
        due_on,
        (BillLine(LineKind.UNITEMISED, yuan(amount)),),
        minimum=yuan(minimum) if minimum else None,
    )
    with store.transaction():
        store.bills.save(found)
    return found


@pytest.mark.row("C045", "C055")
def test_a_late_bill_costs_a_band_on_each_day_of_paying(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))

    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 10))

    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("21.00"))
    assert [day for day, _ in cost.scenarios] == [today, date(2026, 12, 10), today + timedelta(days=30)]
    assert cost.days[0].day == date(2026, 11, 10)
    assert cost.days[-1].day == date(2026, 12, 10)


def test_without_the_cost_of_every_day_all_else_is_the_same(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))
    asked = Asked(parts=((date(2026, 12, 1), yuan("100.00")),), litigation=yuan("50.00"))

    whole = cost_of_delay(store, [found.id], today, date(2026, 12, 10), asked)
    short = cost_of_delay(store, [found.id], today, date(2026, 12, 10), asked, is_daily=False)

    assert whole.days
    assert short == replace(whole, days=())


def test_what_was_bought_when_is_the_same_here_and_in_compare(store: Store, today: date) -> None:
    whose = account(store)
    bought = Purchase(whose.id, yuan("500.00"), date(2026, 10, 20))
    loose = Purchase(whose.id, yuan("30.00"), date(2026, 11, 3))
    line = BillLine(LineKind.PURCHASE, bought.amount, bought.id)
    stated = Bill(whose.id, date(2026, 11, 1), date(2026, 11, 10), (line,))
    with store.transaction():
        save_account(store, replace(whose, cycle=Cycle(Mode.BILL, 1, FixedDay(10))))
        store.purchases.save_all((bought, loose))
        store.bills.save(stated)

    cost = cost_of_delay(store, [stated.id, loose.id], today, date(2026, 12, 31))

    assert [item.bought for item in cost.items] == [
        Span.exactly(date(2026, 10, 20)),
        Span.exactly(date(2026, 11, 3)),
    ]
    dues = store.ledgers.position(today).open_dues
    assert [question_of(store, due, today).bought for due in dues] == [item.bought for item in cost.items]


def test_the_widest_base_takes_in_what_else_the_account_has_open(store: Store, today: date) -> None:
    whose = account(store)
    by_orders = replace(whose, cycle=replace(whose.cycle, mode=Mode.ORDER))
    with store.transaction():
        save_account(store, by_orders)
    late = bill(store, whose, date(2026, 11, 10))
    bill(store, whose, date(2026, 12, 10), "500.00")
    bill(store, account(store, name="another"), date(2026, 11, 10), "9000.00")

    cost = cost_of_delay(store, [late.id], today, date(2026, 12, 10))

    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("31.50"))  # 1,500 × 0.07 % × 30 days

    # The source for everything unpaid speaks of orders: by bills, only the late one is charged.
    with store.transaction():
        save_account(store, whose)
    cost = cost_of_delay(store, [late.id], today, date(2026, 12, 10))
    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("21.00"))  # 1,000 × 0.07 % × 30 days
    assert any("this one is by bills" in str(assumed) for assumed in cost.assumed)


def test_days_of_paying_that_coincide_are_compared_once(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))

    cost = cost_of_delay(store, [found.id], today, today)

    assert [day for day, _ in cost.scenarios] == [today, today + timedelta(days=30)]


@pytest.mark.row("C046")
def test_paying_the_minimum_in_time_makes_it_a_charge_on_the_rest(store: Store, today: date) -> None:
    whose = account(store)
    found = bill(store, whose, date(2026, 11, 10), minimum="100.00")
    with store.transaction():
        store.payments.save(Payment(whose.id, yuan("100.00"), date(2026, 11, 10)))

    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 11))

    assert cost.items[0].is_carried
    assert cost.at is not None
    assert cost.at.value.low == yuan("13.95")  # 900 × 0.05 % × 31 days (m.yunqishi.net)
    assert cost.at.value.high > cost.at.value.low  # another page counts from the purchases


def test_a_penalty_that_was_posted_is_taken_off_once(store: Store, today: date) -> None:
    whose = account(store)
    found = bill(store, whose, date(2026, 11, 10))
    with store.transaction():
        store.charges.save(Charge(whose.id, LineKind.PENALTY, yuan("3.00"), date(2026, 11, 20)))
        store.charges.save(Charge(whose.id, LineKind.PENALTY, yuan("50.00"), date(2026, 10, 1)))
        store.charges.save(Charge(whose.id, LineKind.FEE, yuan("7.00"), date(2026, 11, 20)))

    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 10))

    assert cost.posted == yuan("3.00")
    assert cost.at is not None
    assert cost.at.value.low == yuan("6.00")


def test_a_card_bill_runs_from_its_purchases_and_adds_the_fee_on_the_minimum(
    store: Store, today: date
) -> None:
    found = bill(store, account(store, "cn-credit-card", "card"), date(2026, 11, 10), "8000.00", "800.00")

    cost = cost_of_delay(store, [found.id], today, today)

    # Statement of 1 November: bought between 1 October and then; 5 % of 800 beside it.
    assert cost.at is not None
    low = yuan("8000.00").times(Decimal("0.00035") * 21) + yuan("40.00")
    high = yuan("8000.00").times(Decimal("0.0005") * 52) + yuan("40.00")
    assert cost.at.value == Span(low, high)


def test_a_made_up_amount_needs_no_account(today: date) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None

    cost = cost_of_delay_typed(yuan("1000.00"), today, sheet.terms, today, today + timedelta(days=30))

    assert cost.at is not None
    assert cost.at.value == Span(yuan("9.00"), yuan("21.00"))


def test_refusals_say_what_to_choose(store: Store, today: date) -> None:
    found = bill(store, account(store), date(2026, 11, 10))

    with pytest.raises(NothingLateError):
        cost_of_delay(store, [], today, today)
    with pytest.raises(PastDayError):
        cost_of_delay(store, [found.id], today, today - timedelta(days=1))
    with pytest.raises(TooFarError):
        cost_of_delay(store, [found.id], today, today + timedelta(days=731))
    with pytest.raises(NothingLateError):
        cost_of_delay_typed(yuan("0"), today, store.accounts.all()[0].terms, today, today)


def test_what_could_be_late_is_listed_by_date_and_late_accounts_stand_first(
    store: Store, today: date
) -> None:
    calm = account(store, name="calm")
    later = bill(store, calm, date(2026, 12, 20))
    sooner = bill(store, calm, date(2026, 12, 10))
    late = account(store, name="late")
    bill(store, late, date(2026, 11, 10))
    account(store, name="empty")

    assert [due.id for due in may_be_late(store, calm.id, today)] == [sooner.id, later.id]
    assert [found.name for found in accounts_with_dues(store, today)] == ["late", "calm"]


def test_what_the_user_knows_of_being_late_replaces_what_is_published(store: Store, today: date) -> None:
    whose = account(store)
    found = bill(store, whose, date(2026, 11, 10))

    with store.transaction():
        set_late_terms(store, whose.id, late_claims(OWN, Decimal("0.0004"), 0, LateBase.OVERDUE))
    cost = cost_of_delay(store, [found.id], today, date(2026, 12, 10))

    assert cost.at is not None
    assert cost.at.value == Span.exactly(yuan("12.00"))
    assert cost.missing == ()
    assert store.accounts.get(whose.id).terms.late_rate.counting[0].source == OWN


def test_only_what_the_user_says_is_claimed() -> None:
    assert [claim.term for claim in late_claims(OWN, grace=3)] == [Term.GRACE_DAYS]


def test_what_the_user_no_longer_knows_goes_back_to_what_is_published(store: Store) -> None:
    whose = account(store)
    with store.transaction():
        set_late_terms(store, whose.id, late_claims(OWN, Decimal("0.0004"), 5))
    with store.transaction():
        set_late_terms(store, whose.id, late_claims(OWN, Decimal("0.0004")))

    terms = store.accounts.get(whose.id).terms
    assert terms.late_rate.value is not None
    assert terms.grace_days.is_unknown
    assert terms.late_base.is_range


# --- other ways out ---


def plain(store: Store, name: str = "shop", country: str = "", **texts: str) -> Account:
    """An account whose contract says some terms: a late rate of 0.05 % a day on what is late."""
    usual = {"late_rate": "0.0005", "late_base": "overdue", "grace_days": "0"}
    claims = tuple(
        TermClaim(Term(key.partition("__")[0]), key.partition("__")[2], text, OWN)
        for key, text in {**usual, **texts}.items()
    )
    found = Account(name, "Lender", "CNY", terms=Terms(claims), country=country)
    with store.transaction():
        store.accounts.save(found)
    return found


def plan(store: Store, whose: Account, first_on: date, count: int = 4) -> InstalmentPlan:
    """A plan of rows of 100.00 with a fee of 1.00 each."""
    rows = tuple(
        Instalment(number + 1, add_months(first_on, number), yuan("100.00"), yuan("1.00"), yuan("0"))
        for number in range(count)
    )
    found = InstalmentPlan(whose.id, "Telephone", yuan("100.00").times(count), rows, count)
    with store.transaction():
        store.plans.save(found)
    return found


def way(found: LateCost, kind: WayKind) -> Way:
    (one,) = (each for each in found.ways if each.kind is kind)
    return one


def test_a_part_now_and_the_rest_later_is_a_way_beside_the_days_of_paying(store: Store, today: date) -> None:
    due = bill(store, plain(store), date(2026, 11, 10))
    asked = Asked(parts=((date(2026, 12, 5), yuan("200.00")),))

    found = cost_of_delay(store, [due.id], today, date(2026, 12, 30), asked)

    assert [each.kind for each in found.ways] == [WayKind.WHOLE] * 3 + [WayKind.PARTS]
    parts = way(found, WayKind.PARTS)
    # 25 days: 12.50; 187.50 go to the debt at the high end, all 200.00 at the low; then 25 days.
    assert parts.cost is not None
    assert parts.cost.value == Span(yuan("22.50"), yuan("22.66"))
    assert parts.payments[0] == (date(2026, 12, 5), Span.exactly(yuan("200.00")))
    assert parts.payments[1] == (date(2026, 12, 30), Span(yuan("822.50"), yuan("822.66")))
    assert [each.last_on for each in found.ways[:3]] == [
        today,
        today + timedelta(days=30),
        date(2026, 12, 30),
    ]


def test_an_agreement_is_compared_with_and_without_an_end_to_what_is_charged(
    store: Store, today: date
) -> None:
    due = bill(store, plain(store), date(2026, 11, 10))
    agreement = Agreement(4, date(2026, 12, 10), today)

    found = cost_of_delay(store, [due.id], today, today, Asked(agreement=agreement))

    agreed = way(found, WayKind.AGREEMENT)
    assert agreed.cost is not None
    assert agreed.cost.value.low == yuan("6.00")  # 12 days
    assert agreed.cost.value.high > yuan("6.00")
    assert [on for on, _ in agreed.payments] == [date(2026, 12, 10), *(date(2027, m, 10) for m in (1, 2, 3))]


def test_everything_may_be_asked_for_with_what_is_not_due_yet(store: Store, today: date) -> None:
    whose = plain(store, acceleration_after="2")
    rows = plan(store, whose, date(2026, 10, 10)).rows

    asked = Asked(called_on=date(2026, 12, 2))
    found = cost_of_delay(store, [rows[0].id, rows[1].id], today, date(2026, 12, 12), asked)

    called = way(found, WayKind.ACCELERATION)
    # 202.00 are late; two rows of 101.00 follow: 200.00 of them are principal.
    assert called.total is not None
    assert called.cost is not None
    # 101.00 × 63 days and × 32 days: 3.18 and 1.62; 200.00 × 10 days 1.00, or 202.00 × 10 days 1.01.
    assert called.cost.value == Span(yuan("5.80"), yuan("5.81"))
    assert called.total == Span(yuan("407.80"), yuan("409.81"))


def test_what_is_late_itself_is_not_asked_for_early(store: Store, today: date) -> None:
    whose = plain(store)
    rows = plan(store, whose, date(2026, 10, 10)).rows
    called_on = date(2026, 12, 10)  # the third row is due that day

    found = cost_of_delay(store, [rows[0].id], today, called_on, Asked(called_on=called_on))

    called = way(found, WayKind.ACCELERATION)
    assert called.cost is not None
    given = {str(each.label): each.value for each in called.cost.derivation.given}
    assert given["Principal that was not due yet"] == yuan("100.00")
    assert given["Fees and interest of what was not due yet"] == yuan("1.00")


@pytest.mark.row("C032")
def test_the_costs_of_a_lawsuit_are_in_the_way_that_goes_to_court_only(store: Store, today: date) -> None:
    due = bill(store, plain(store), date(2026, 11, 10))

    found = cost_of_delay(store, [due.id], today, today, Asked(litigation=yuan("350.00")))

    assert found.at is not None
    assert found.at.value == Span.exactly(yuan("6.00"))
    assert found.to_pay(found.at.value) == Span.exactly(yuan("1006.00"))
    assert found.ways[0].total == Span.exactly(yuan("1006.00"))
    court = way(found, WayKind.LAWSUIT)
    assert court.total == Span.exactly(yuan("1356.00"))
    assert any("Paying after a judgement does not erase the record" in str(note) for note in court.notes)


def test_a_made_up_amount_can_be_paid_in_every_way(today: date) -> None:
    claims = (TermClaim(Term.LATE_RATE, "", "0.0005", OWN), TermClaim(Term.GRACE_DAYS, "", "0", OWN))
    asked = Asked(
        ((today + timedelta(days=3), yuan("100.00")),),
        Agreement(2, today + timedelta(days=5), today, stops=True),
        today + timedelta(days=2),
        yuan("9.00"),
    )

    found = cost_of_delay_typed(
        yuan("1000.00"), today, Terms(claims), today, today + timedelta(days=10), asked
    )

    assert [each.kind for each in found.ways[3:]] == list(WayKind)[1:]
    assert way(found, WayKind.ACCELERATION).total == Span.exactly(yuan("1005.00"))
    assert way(found, WayKind.LAWSUIT).total == Span.exactly(yuan("1014.00"))
    assert found.counts is None


def test_the_law_of_a_made_up_amount_may_be_said(today: date) -> None:
    until = today + timedelta(days=1)

    assert cost_of_delay_typed(yuan("1.00"), today, Terms(), today, until).country == "CN"
    assert cost_of_delay_typed(yuan("1.00"), today, Terms(), today, until, law="FR").country == "FR"


def test_wishes_that_cannot_be_are_refused_in_words(store: Store, today: date) -> None:
    due = bill(store, plain(store), date(2026, 11, 10))
    until = today + timedelta(days=30)

    def refused(error: type[Exception], asked: Asked) -> None:
        with pytest.raises(error):
            cost_of_delay(store, [due.id], today, until, asked)
        with pytest.raises(error):
            cost_of_delay_typed(yuan("1.00"), today, Terms(), today, until, asked)

    refused(PartOutsideError, Asked(parts=((until + timedelta(days=1), yuan("1.00")),)))
    refused(PartOutsideError, Asked(parts=((today - timedelta(days=1), yuan("1.00")),)))
    refused(PartAmountError, Asked(parts=((today, yuan("0")),)))
    refused(PartCountError, Asked(agreement=Agreement(0, until, today)))
    refused(PartCountError, Asked(agreement=Agreement(121, until, today)))
    refused(PastDayError, Asked(agreement=Agreement(2, today - timedelta(days=1), today)))
    refused(LitigationError, Asked(litigation=yuan("-0.01")))
    edges = Asked(
        parts=((today, yuan("0.01")), (until, yuan("0.01"))),
        agreement=Agreement(120, today, today),
        litigation=yuan("0"),
    )
    assert cost_of_delay(store, [due.id], today, until, edges).at is not None


# --- whose law, which order, how often ---


def test_the_law_is_that_of_the_account(store: Store, today: date) -> None:
    usual = bill(store, plain(store), date(2026, 11, 10))
    abroad = bill(store, plain(store, country="GB"), date(2026, 11, 10))

    assert cost_of_delay(store, [usual.id], today, today).country == "CN"
    found = cost_of_delay(store, [abroad.id], today, today)
    assert found.country == "GB"
    assert found.record_leaves(today) is None


def test_what_an_item_is_a_part_of_is_known_for_caps_and_statement_days(store: Store, today: date) -> None:
    whose = plain(store)
    row = plan(store, whose, date(2026, 11, 10)).rows[0]
    stated = bill(store, whose, date(2026, 11, 10))
    with store.transaction():
        save_account(store, replace(whose, cycle=Cycle(Mode.ORDER)))
        bought = Purchase(whose.id, yuan("80.00"), date(2026, 10, 12))
        store.purchases.save(bought)
        charge = Charge(whose.id, LineKind.FEE, yuan("3.00"), date(2026, 11, 12))
        store.charges.save(charge)

    found = cost_of_delay(store, [row.id, stated.id, bought.id, charge.id], today, today)

    orders = {str(item.label): (item.order, item.billed_on) for item in found.items}
    assert set(orders.values()) == {
        (yuan("400.00"), None),
        (None, date(2026, 11, 1)),
        (yuan("80.00"), None),
        (None, None),
    }
    ids = {item.order_id for item in found.items}
    assert ids == {store.plans.of_account(whose.id)[0].id, bought.id, ""}


@pytest.mark.row("C051", "C103")
def test_how_often_each_account_was_late_and_all_together(store: Store, today: date) -> None:
    often, never = plain(store), plain(store, "calm")
    for month in (8, 9, 10):
        bill(store, often, date(2026, month, 10), "100.00")
        with store.transaction():
            store.payments.save(Payment(often.id, yuan("100.00"), date(2026, month, 15)))
    open_bill = bill(store, often, date(2026, 11, 10), "100.00")
    bill(store, never, date(2026, 10, 10), "100.00")
    with store.transaction():
        store.payments.save(Payment(never.id, yuan("100.00"), date(2026, 10, 1)))

    found = late_history(store, today)

    assert [each.account.name for each in found.accounts] == ["shop"]
    counts = found.accounts[0].counts
    assert (counts.in_all, counts.in_row, counts.longest_row, counts.longest_days) == (4, 4, 4, 12)
    assert counts.open_now == 1
    assert found.total == counts
    assert counts_of(store, never, today) == LateCounts()
    cost = cost_of_delay(store, [open_bill.id], today, today)
    assert cost.counts == counts
    assert any("4 in a row now, 4 in all" in str(mark.text) for mark in cost.milestones)


def test_the_shortest_grace_that_is_named_counts_as_in_time(store: Store, today: date) -> None:
    kind, strict = plain(store, grace_days="5"), plain(store)
    with store.transaction():
        terms = replace(strict.terms, claims=strict.terms.claims[:2])
        store.accounts.save(replace(strict, terms=terms))
    for whose in (kind, strict):
        bill(store, whose, date(2026, 10, 10), "100.00")
        with store.transaction():
            store.payments.save(Payment(whose.id, yuan("100.00"), date(2026, 10, 15)))

    assert counts_of(store, kind, today).in_all == 0
    assert counts_of(store, store.accounts.get(strict.id), today).in_all == 1


def test_what_was_missed_within_six_months_makes_the_next_fee_a_repeated_one(
    store: Store, today: date
) -> None:
    def fee(missed_on: date) -> Money:
        whose = plain(store, late_rate="0", late_fee_fixed="32", late_fee_fixed__repeat="43")
        bill(store, whose, missed_on, "100.00")
        with store.transaction():
            paid_on = missed_on + timedelta(days=3)
            store.payments.save(Payment(whose.id, yuan("100.00"), paid_on))
        due = bill(store, whose, date(2026, 11, 10), "500.00")
        found = cost_of_delay(store, [due.id], today, today)
        assert found.at is not None
        assert found.at.value.is_single
        return found.at.value.low

    assert fee(date(2026, 10, 10)) == yuan("43.00")
    assert fee(date(2026, 5, 10)) == yuan("43.00")
    assert fee(date(2026, 5, 9)) == yuan("32.00")
