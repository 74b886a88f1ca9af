"""Reminders from the record: what is to be said, what was said, put off, and how the user wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.adopted.planned import Choice
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, Stream
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.reminders.reminder import (
    LEAD_DAYS,
    LeadDaysError,
    OnlyQuietDaysError,
    ReminderKind,
    ReminderRules,
)
from planner.phrases import Phrase
from planner.services.adopting import adopt
from planner.services.lender_answers import lender_accepted
from planner.services.procedures import look_again, start_case
from planner.services.reminder_topics import topics
from planner.services.reminders import (
    SnoozedToThePastError,
    note_said,
    note_seen,
    reminders_today,
    rules_of,
    set_account_lead_days,
    set_lead_days,
    set_quiet_days,
    snooze,
    snooze_all,
    unseen,
)
from planner.store.store import Store

DUE = date(2026, 12, 10)
A_WEEK_BEFORE = date(2026, 12, 3)
DAY_AFTER = date(2026, 12, 11)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def record(store: Store, *, automatic: bool = False, product: str = "") -> Bill:
    """A bill of 500 due on 10 December."""
    account = Account("白条", "JD", "CNY", automatic=automatic, product=product, id="account")
    bill = Bill(account.id, date(2026, 11, 20), DUE, (BillLine(LineKind.UNITEMISED, cny("500")),), id="bill")
    with store.transaction():
        store.accounts.save(account)
        store.bills.save(bill)
    return bill


def pay(store: Store, on: date = DUE) -> None:
    with store.transaction():
        store.payments.save(Payment("account", cny("500"), on, id="payment"))


def said(store: Store, today: date) -> list[str]:
    """What is said on a day, and from then on counts as said."""
    found = reminders_today(store, today)
    with store.transaction():
        note_said(store, [each.reminder for each in found], today)
    return [str(each.words) for each in found]


@pytest.mark.row("C048", "C099")
def test_a_bill_is_said_once_before_once_on_its_day_and_until_it_is_paid(store: Store) -> None:
    record(store)
    heard = {}
    for day in range(40):
        today = date(2026, 11, 25) + timedelta(days=day)
        if today == date(2026, 12, 14):
            pay(store, today)
        for words in said(store, today):
            assert today not in heard
            heard[today] = words
        assert said(store, today) == []

    bill = "白条: Bill of 2026-11-20: 500.00 CNY"
    assert heard == {
        A_WEEK_BEFORE: f"{bill} is due on 2026-12-10, in 7 days.",
        date(2026, 12, 7): f"{bill} is due on 2026-12-10, in 3 days.",
        date(2026, 12, 9): f"{bill} is due on 2026-12-10, tomorrow.",
        DUE: f"{bill} is due on 2026-12-10, today.",
        DAY_AFTER: f"{bill} was due on 2026-12-10, 1 day late.",
        date(2026, 12, 13): f"{bill} was due on 2026-12-10, 3 days late.",
    }


@pytest.mark.row("C085", "C086")
def test_an_automatic_debit_is_asked_for_the_day_after_unless_it_is_recorded(store: Store) -> None:
    record(store, automatic=True)
    (found,) = reminders_today(store, DAY_AFTER)
    assert found.reminder.kind is ReminderKind.CONFIRM
    assert "was to be debited on 2026-12-10, and no payment is recorded" in str(found.words)

    pay(store)

    assert reminders_today(store, DAY_AFTER) == ()


def test_what_is_put_off_is_quiet_until_its_day_and_only_then(store: Store) -> None:
    record(store)
    assert len(said(store, A_WEEK_BEFORE)) == 1
    with store.transaction():
        snooze(store, "bill", date(2026, 12, 8), A_WEEK_BEFORE)

    assert said(store, date(2026, 12, 7)) == []
    assert len(said(store, date(2026, 12, 8))) == 1
    assert said(store, date(2026, 12, 8)) == []
    with store.transaction(), pytest.raises(SnoozedToThePastError):
        snooze(store, "bill", DUE, DUE)


def test_what_is_put_off_before_it_was_said_is_kept_too(store: Store) -> None:
    record(store)
    with store.transaction():
        snooze(store, "bill", date(2026, 12, 4), A_WEEK_BEFORE)

    assert said(store, A_WEEK_BEFORE) == []
    assert len(said(store, date(2026, 12, 4))) == 1


def test_what_is_long_paid_is_forgotten_and_what_is_open_is_not(store: Store) -> None:
    record(store)
    said(store, DUE)
    pay(store)
    said(store, DUE + timedelta(days=60))
    assert [each.id for each in store.remembered.all()] == ["bill"]

    said(store, DUE + timedelta(days=61))

    assert store.remembered.all() == []


def test_what_is_open_for_months_is_not_forgotten(store: Store) -> None:
    record(store)
    with store.transaction():
        snooze(store, "bill", date(2026, 12, 4), A_WEEK_BEFORE)
    assert len(said(store, date(2026, 12, 4))) == 1
    with store.transaction():
        note_said(store, [], date(2027, 6, 1))

    assert [each.id for each in store.remembered.all()] == ["bill"]


@pytest.mark.row("C099")
def test_lead_days_are_those_of_the_account_or_else_the_usual_ones(store: Store) -> None:
    record(store)
    assert rules_of(store) == ReminderRules(LEAD_DAYS)

    with store.transaction():
        set_lead_days(store, (2, 10, 2))
    assert rules_of(store).leads_of("account") == (10, 2)
    with store.transaction():
        set_account_lead_days(store, "account", (1, 14))
    assert rules_of(store).leads_of("account") == (14, 1)
    assert len(said(store, date(2026, 11, 26))) == 1
    with store.transaction():
        set_account_lead_days(store, "account", ())
    assert said(store, date(2026, 12, 9)) == []
    with store.transaction():
        set_account_lead_days(store, "account", None)
        set_lead_days(store, ())
    assert rules_of(store) == ReminderRules(())
    with store.transaction():
        with pytest.raises(LeadDaysError):
            set_lead_days(store, (0,))
        with pytest.raises(LeadDaysError):
            set_account_lead_days(store, "account", (61,))


def test_quiet_days_are_kept_and_nothing_is_said_on_them(store: Store) -> None:
    record(store)
    with store.transaction():
        set_quiet_days(store, [3], [date(2026, 12, 2), date(2026, 12, 9)])  # Thursdays, as 3 and 10 December

    assert rules_of(store).quiet_weekdays == {3}
    assert rules_of(store).quiet_dates == {date(2026, 12, 2), date(2026, 12, 9)}
    days = [date(2026, 11, 29) + timedelta(days=day) for day in range(17)]
    assert [day.isoformat()[5:] for day in days if said(store, day)] == [
        "12-01",
        "12-07",
        "12-08",
        "12-11",
        "12-13",
    ]
    with store.transaction(), pytest.raises(OnlyQuietDaysError):
        set_quiet_days(store, range(7), [])


def test_what_a_lender_has_to_be_asked_for_is_said_until_its_answer_is_noted(store: Store) -> None:
    bill = record(store)
    days = (DUE, date(2027, 1, 10))
    stream = Stream(tuple((on, cny("250")) for on in days), cny("0"), cny("0"))
    option = Option("one", OptionKind.INSTALMENTS, Phrase("Way"), stream, stream, apply_by=date(2026, 12, 5))
    decision = Decision(bill.id, Phrase("Bill"), "account", "JD", cny("500"), (option,), (bill.id,))
    with store.transaction():
        adopt(store, date(2026, 11, 22), [Choice(decision, option)])
    (plan,) = store.adopted_plans.all()
    todo = plan.todos[0]

    found = [each for each in reminders_today(store, date(2026, 12, 2)) if each.reminder.topic.id == todo.id]
    assert [str(each.words) for each in found] == ["白条: apply for 2 instalments by 2026-12-05."]
    with store.transaction():
        lender_accepted(store, todo.id, date(2026, 12, 2))

    assert todo.id not in {topic.id for topic in topics(store, date(2026, 12, 2))}


@pytest.mark.row("C013")
def test_orders_that_were_to_be_looked_at_again_are_said_on_that_day(store: Store) -> None:
    record(store, product="jd-baitiao")
    with store.transaction():
        case = start_case(store, "cancel-jd-baitiao", "account", date(2026, 11, 22))
        look_again(store, case.id, date(2026, 11, 28))

    ahead = {str(topic.words) for topic in topics(store, date(2026, 11, 27)) if topic.id == case.id}
    assert ahead == {"白条: look at the unfinished orders again"}
    assert said(store, date(2026, 11, 27)) == []
    assert said(store, date(2026, 11, 28)) == [
        "All orders are finished in the record. You can go on with the request."
    ]
    assert said(store, date(2026, 11, 28)) == []
    with store.transaction():
        look_again(store, case.id, None)
    assert [topic.id for topic in topics(store, date(2026, 11, 29))] == ["bill"]


# --- what the window shows


def test_what_was_said_elsewhere_is_unseen_until_it_is_put_aside(store: Store) -> None:
    record(store)
    with store.transaction():
        note_said(store, [each.reminder for each in reminders_today(store, A_WEEK_BEFORE)], A_WEEK_BEFORE)
    assert reminders_today(store, A_WEEK_BEFORE) == ()

    shown = unseen(store, A_WEEK_BEFORE)
    assert [each.reminder.uid for each in shown.to_say] == ["bill/before/7"]
    with store.transaction():
        note_seen(store, [each.reminder for each in shown.to_say], A_WEEK_BEFORE)

    assert unseen(store, A_WEEK_BEFORE).to_say == ()
    # Three days before comes next, and is to be seen again.
    assert [each.reminder.uid for each in unseen(store, date(2026, 12, 7)).to_say] == ["bill/before/3"]


def test_what_is_put_aside_in_the_window_is_not_said_by_anything_else(store: Store) -> None:
    record(store)
    with store.transaction():
        note_seen(store, [each.reminder for each in reminders_today(store, A_WEEK_BEFORE)], A_WEEK_BEFORE)

    assert reminders_today(store, A_WEEK_BEFORE) == ()
    assert [each.reminder.uid for each in reminders_today(store, date(2026, 12, 7))] == ["bill/before/3"]


def test_what_is_put_off_is_named_as_such_until_its_day(store: Store) -> None:
    record(store)
    until = date(2026, 12, 5)
    with store.transaction():
        snooze_all(store, ["bill"], until, A_WEEK_BEFORE)

    (put_off,) = unseen(store, A_WEEK_BEFORE).put_off
    assert (put_off.topic.id, put_off.until) == ("bill", until)
    assert unseen(store, A_WEEK_BEFORE).to_say == ()
    assert unseen(store, until).put_off == ()
    assert [each.reminder.kind for each in unseen(store, until).to_say] == [ReminderKind.SNOOZED]


def test_several_are_put_off_or_none(store: Store) -> None:
    with pytest.raises(SnoozedToThePastError), store.transaction():
        snooze_all(store, ["a", "b"], A_WEEK_BEFORE, A_WEEK_BEFORE)

    assert store.remembered.all() == []


@pytest.mark.parametrize(
    ("automatic", "day", "words"),
    [
        (False, A_WEEK_BEFORE, None),
        (False, DAY_AFTER, None),
        (True, A_WEEK_BEFORE, Phrase("It is to be debited on that day.")),
        (
            True,
            DAY_AFTER,
            Phrase(
                "It was to be debited, and no payment is recorded. "
                "Look whether it was debited, and record it or pay it."
            ),
        ),
    ],
)
def test_beside_a_line_stands_only_what_the_line_does_not_say(
    store: Store,
    automatic: bool,  # noqa: FBT001 - a value of the table above
    day: date,
    words: Phrase | None,
) -> None:
    record(store, automatic=automatic)

    assert unseen(store, day).beside.get("bill") == words


def test_beside_a_line_stands_the_minimum_while_it_can_still_be_paid_in_time(store: Store) -> None:
    bill = record(store)
    with store.transaction():
        store.bills.save(replace(bill, minimum=cny("50")))

    assert unseen(store, A_WEEK_BEFORE).beside["bill"] == Phrase(
        "At least {least} is due by then.", least=cny("50")
    )
    assert unseen(store, DAY_AFTER).beside == {}


def test_a_bill_that_is_not_recorded_yet_is_said_beside_its_line(store: Store) -> None:
    cycle = Cycle(Mode.BILL, 20, FixedDay(10))
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", cycle=cycle, id="account"))
        store.purchases.save(Purchase("account", cny("80"), date(2026, 11, 5), "Shoes", id="purchase"))

    assert list(unseen(store, A_WEEK_BEFORE).beside.values()) == [Phrase("Its bill is not recorded yet.")]
    assert list(unseen(store, DAY_AFTER).beside.values()) == [
        Phrase("No bill of it is recorded. It may well be paid: record the bill and the payment.")
    ]
