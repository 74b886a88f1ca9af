from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.account import Account, DatedState, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import LOOK_AGAIN, Case
from planner.domain.purchase import Progress, Purchase
from planner.services.balance import BalancePoint
from planner.services.prompts import Act
from planner.services.today import TodayView, timeline, today_view
from planner.store.catalogue import procedures
from planner.store.store import Store


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def account(store: Store, name: str = "Baitiao", currency: str = "CNY") -> Account:
    opened = Account(name, "Lender", currency, cycle=Cycle(Mode.BILL, 16, FixedDay(25)))
    with store.transaction():
        store.accounts.save(opened)
    return opened


def bill(
    store: Store,
    whose: Account,
    due_on: date,
    amount: str = "100",
    minimum: str = "",
    fee: str = "",
) -> Bill:
    lines = [BillLine(LineKind.UNITEMISED, Money.of(amount, whose.currency))]
    if fee:
        lines.append(BillLine(LineKind.FEE, Money.of(fee, whose.currency)))
    least = Money.of(minimum, whose.currency) if minimum else None
    stated = Bill(whose.id, due_on - timedelta(days=9), due_on, tuple(lines), least)
    with store.transaction():
        store.bills.save(stated)
    return stated


def pay(store: Store, whose: Account, amount: str, paid_on: date, aimed_at: str = "") -> None:
    with store.transaction():
        store.payments.save(Payment(whose.id, Money.of(amount, whose.currency), paid_on, aimed_at=aimed_at))


def plain(figures: Mapping[str, Derived[Money]]) -> dict[str, Money]:
    return {currency: figure.value for currency, figure in figures.items()}


def values(view: TodayView) -> dict[str, dict[str, Money]]:
    return {
        "need": plain(view.month_need),
        "owed": plain(view.owed),
        "next": plain(view.next_total),
        "late": plain(view.late_total),
    }


# --- the next step -----------------------------------------------------------------------------------


def test_without_an_account_the_next_step_is_to_record_one(store: Store, today: date) -> None:
    view = today_view(store, today)

    assert view.step.act is Act.RECORD
    assert str(view.step.text) == "Record your first account: a lender, an amount, a date."
    assert view.next_due is None
    assert view.balance == {}
    assert view.warnings == ()


def test_with_nothing_due_the_next_step_is_the_newest_bill(store: Store, today: date) -> None:
    whose = account(store)
    paid = bill(store, whose, today + timedelta(days=3))
    pay(store, whose, "100", today, paid.id)

    view = today_view(store, today)

    assert view.step.act is Act.RECORD
    assert str(view.step.text) == "Nothing is due. Add your newest bill when it comes."


def test_the_rest_of_a_bill_whose_minimum_is_paid_is_not_nothing(store: Store, today: date) -> None:
    whose = account(store)
    rest = bill(store, whose, today - timedelta(days=3), minimum="10")
    pay(store, whose, "10", today - timedelta(days=4), rest.id)

    step = today_view(store, today).step

    assert (step.act, step.target) == (Act.PAY, rest.id)
    assert "90.00 CNY" in str(step.text)


def test_what_has_no_date_asks_for_the_cycle_and_asks_once(store: Store, today: date) -> None:
    strange = Account("Strange", "Lender", "CNY")
    with store.transaction():
        store.accounts.save(strange)
        store.purchases.save(Purchase(strange.id, yuan("12"), today))

    view = today_view(store, today)

    assert (view.step.act, view.step.target) == (Act.CYCLE, strange.id)
    assert view.warnings == ()


def test_what_is_due_next_is_named_with_its_account_amount_and_date(store: Store, today: date) -> None:
    whose = account(store)
    bill(store, whose, date(2026, 12, 25), "300")
    soonest = bill(store, whose, today, "573.33")

    view = today_view(store, today)

    assert (view.step.act, view.step.target) == (Act.PAY, soonest.id)
    assert str(view.step.text) == "Baitiao: 573.33 CNY is due on 2026-11-22."


def test_what_is_late_comes_before_what_is_due_today_and_asks_for_no_more_than_its_minimum(
    store: Store, today: date
) -> None:
    whose = account(store)
    bill(store, whose, today, "900")
    late = bill(store, whose, date(2026, 11, 19), "512.40", minimum="51.24")

    view = today_view(store, today)

    assert (view.step.act, view.step.target) == (Act.PAY, late.id)
    assert (
        str(view.step.text) == "Baitiao: Bill of 2026-11-10 is 3 days late. 51.24 CNY brings it up to date."
    )


def test_the_oldest_late_due_is_the_next_step(store: Store, today: date) -> None:
    whose = account(store)
    bill(store, whose, date(2026, 11, 20))
    oldest = bill(store, whose, date(2026, 10, 20))

    assert today_view(store, today).step.target == oldest.id


# --- the figures -------------------------------------------------------------------------------------


def test_this_months_need_carries_in_what_is_late_and_stops_at_the_months_end(
    store: Store, today: date
) -> None:
    whose = account(store)
    bill(store, whose, date(2026, 9, 10), "7")
    bill(store, whose, date(2026, 11, 10), "20")
    bill(store, whose, date(2026, 11, 30), "300")
    bill(store, whose, date(2026, 12, 1), "4000")

    view = today_view(store, today)

    assert values(view) == {
        "need": {"CNY": yuan("327")},
        "owed": {"CNY": yuan("4327")},
        "next": {"CNY": yuan("300")},
        "late": {"CNY": yuan("27")},
    }
    assert [given.plain for given in view.month_need["CNY"].derivation.given] == [
        yuan("7"),
        yuan("20"),
        yuan("300"),
    ]


def test_in_december_the_month_ends_with_the_year(store: Store) -> None:
    whose = account(store)
    bill(store, whose, date(2026, 12, 31), "10")
    bill(store, whose, date(2027, 1, 1), "500")

    assert values(today_view(store, date(2026, 12, 31)))["need"] == {"CNY": yuan("10")}


def test_what_was_paid_this_month_counts_from_the_first_to_today(store: Store, today: date) -> None:
    whose = account(store)
    bill(store, whose, date(2026, 11, 25), "1000")
    for day, amount in ((31, "1"), (32, "20"), (53, "300"), (54, "4000")):
        pay(store, whose, amount, date(2026, 10, 1) + timedelta(days=day - 1))

    assert plain(today_view(store, today).month_paid) == {"CNY": yuan("320")}


def test_each_currency_has_figures_of_its_own(store: Store, today: date) -> None:
    bill(store, account(store), today, "100", fee="5")
    card = account(store, "Card", "EUR")
    bill(store, card, today, "40")
    bill(store, card, today - timedelta(days=2), "9", minimum="4")
    pay(store, card, "3", today)

    view = today_view(store, today)

    assert values(view) == {
        "need": {"CNY": yuan("105"), "EUR": euros("46")},
        "owed": {"CNY": yuan("105"), "EUR": euros("46")},
        "next": {"CNY": yuan("105"), "EUR": euros("40")},
        "late": {"EUR": euros("6")},
    }
    assert plain(view.principal) == {"CNY": yuan("100"), "EUR": euros("46")}
    assert plain(view.fees) == {"CNY": yuan("5"), "EUR": euros("0")}
    assert plain(view.late_least) == {"EUR": euros("1")}
    assert plain(view.month_paid) == {"EUR": euros("3")}
    assert set(view.balance) == {"CNY", "EUR"}


def test_only_what_is_due_on_the_next_day_is_in_the_next_total(store: Store, today: date) -> None:
    whose, card = account(store), account(store, "Card", "EUR")
    bill(store, whose, date(2026, 11, 25), "100")
    bill(store, whose, date(2026, 11, 25), "50")
    bill(store, card, date(2026, 11, 26), "40")

    view = today_view(store, today)

    assert values(view)["next"] == {"CNY": yuan("150")}
    assert view.next_due is not None
    assert view.next_due.due_on == date(2026, 11, 25)


# --- the timeline ------------------------------------------------------------------------------------


def test_dues_are_late_or_a_rest_or_soon_or_later_or_without_a_date(store: Store, today: date) -> None:
    whose = account(store)
    late = bill(store, whose, today - timedelta(days=1))
    rest = bill(store, whose, today - timedelta(days=30), minimum="10")
    pay(store, whose, "10", today - timedelta(days=31), rest.id)
    soon = [bill(store, whose, today), bill(store, whose, today + timedelta(days=7))]
    later = [bill(store, whose, today + timedelta(days=8)), bill(store, whose, today + timedelta(days=90))]
    bill(store, whose, today + timedelta(days=91))
    strange = Account("Strange", "Lender", "CNY")
    bought = Purchase(strange.id, yuan("12"), today)
    with store.transaction():
        store.accounts.save(strange)
        store.purchases.save(bought)

    view = today_view(store, today)

    assert [due.id for due in view.late] == [late.id]
    assert [due.id for due in view.rests] == [rest.id]
    assert [due.id for due in view.soon] == [known.id for known in soon]
    assert [due.id for due in view.later] == [known.id for known in later]
    assert [due.id for due in view.unknown] == [bought.id]
    assert view.unknown_total["CNY"].value == yuan("12")


def test_what_will_come_on_the_same_bill_is_one_row_and_a_bill_is_always_its_own(
    store: Store, today: date
) -> None:
    whose, other = account(store), account(store, "Other")
    with store.transaction():
        for amount in ("190", "120.50"):
            store.purchases.save(Purchase(whose.id, yuan(amount), date(2026, 11, 17), "Shop"))
        store.purchases.save(Purchase(other.id, yuan("5"), date(2026, 11, 17), "Elsewhere"))
    stated = bill(store, whose, date(2026, 12, 25), "100")

    rows = timeline(today_view(store, today).later)

    assert sorted((str(row.label), str(row.open)) for row in rows) == [
        ("2 items not billed yet", "310.50 CNY"),
        ("Bill of 2026-12-16", "100.00 CNY"),
        ("Elsewhere", "5.00 CNY"),
    ]
    assert stated.id in {row.first.id for row in rows}
    assert timeline(()) == ()


def test_what_has_no_date_is_never_put_together(store: Store, today: date) -> None:
    strange = Account("Strange", "Lender", "CNY")
    with store.transaction():
        store.accounts.save(strange)
        for amount in ("10", "20"):
            store.purchases.save(Purchase(strange.id, yuan(amount), today, "Shop"))

    assert len(timeline(today_view(store, today).unknown)) == 2


# --- warnings ----------------------------------------------------------------------------------------


def test_there_are_at_most_three_warnings_the_most_pressing_first(store: Store, today: date) -> None:
    whose = account(store)
    late = bill(store, whose, date(2026, 9, 1))
    bill(store, whose, date(2026, 9, 2))
    closing = account(store, "Closing")
    stale = account(store, "Stale")
    bill(store, stale, date(2026, 10, 1))
    with store.transaction():
        store.accounts.save(replace(closing, states=(DatedState(State.CLOSING, date(2026, 11, 1)),)))
        strange = Account("Strange", "Lender", "CNY")
        store.accounts.save(strange)
        store.purchases.save(Purchase(strange.id, yuan("12"), today))

    warnings = today_view(store, today).warnings

    assert [(warning.act, warning.target) for warning in warnings] == [
        (Act.LATE, late.id),
        (Act.CASE, closing.id),
        (Act.CYCLE, strange.id),
    ]
    assert str(warnings[0].text).startswith("3 payments are late.")
    assert str(warnings[1].text) == "Closing is being closed: do not pay with it until that is done."


@pytest.mark.parametrize(("days", "is_stale"), [(30, False), (31, True)])
def test_a_record_older_than_thirty_days_asks_to_be_checked(
    store: Store, today: date, days: int, *, is_stale: bool
) -> None:
    whose = account(store)
    with store.transaction():
        store.payments.save(Payment(whose.id, yuan("1"), today - timedelta(days=days)))

    acts = [warning.act for warning in today_view(store, today).warnings]

    assert acts == ([Act.CHECK] if is_stale else [])


def test_a_closed_or_empty_account_is_not_asked_about(store: Store, today: date) -> None:
    whose = account(store)
    account(store, "Empty")
    with store.transaction():
        store.payments.save(Payment(whose.id, yuan("1"), date(2026, 1, 1)))
        store.accounts.save(replace(whose, states=(DatedState(State.CLOSED, date(2026, 2, 1)),)))

    assert today_view(store, today).warnings == ()


@pytest.mark.parametrize(("ahead", "is_reminded"), [(0, True), (1, False)])
def test_a_case_whose_day_has_come_is_a_warning(
    store: Store, today: date, ahead: int, *, is_reminded: bool
) -> None:
    whose = account(store)
    sheet = next(known for known in procedures() if known.id == "cancel-jd-baitiao")
    order = Purchase(whose.id, yuan("50"), today, "Shop", progress=Progress.PENDING)
    answers = {LOOK_AGAIN: (today + timedelta(days=ahead)).isoformat()}
    with store.transaction():
        store.purchases.save(order)
        store.cases.save(Case(sheet.id, sheet.revision, whose.id, today, answers=answers))

    found = [(warning.act, warning.target) for warning in today_view(store, today).warnings]

    assert found == ([(Act.CASE, whose.id)] if is_reminded else [])


# --- the balance line --------------------------------------------------------------------------------


def test_the_line_falls_at_each_due_and_counts_what_is_late_as_paid_today(store: Store, today: date) -> None:
    whose = account(store)
    bill(store, whose, today - timedelta(days=5), "10")
    bill(store, whose, today + timedelta(days=3), "100")
    bill(store, whose, today + timedelta(days=3), "50")
    bill(store, whose, today + timedelta(days=90), "1000")
    bill(store, whose, today + timedelta(days=91), "20000")

    assert today_view(store, today).balance["CNY"] == (
        BalancePoint(today, yuan("21160")),
        BalancePoint(today, yuan("21150")),
        BalancePoint(today + timedelta(days=3), yuan("21000")),
        BalancePoint(today + timedelta(days=90), yuan("20000")),
        BalancePoint(today + timedelta(days=90), yuan("20000")),
    )


def test_what_has_no_date_is_not_on_the_line(store: Store, today: date) -> None:
    strange = Account("Strange", "Lender", "CNY")
    with store.transaction():
        store.accounts.save(strange)
        store.purchases.save(Purchase(strange.id, yuan("12"), today))

    assert today_view(store, today).balance == {}
