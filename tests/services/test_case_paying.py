from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.counting import Moment
from planner.domain.procedures.kinds import Rule
from planner.domain.procedures.paying import ExactPayment, PayState
from planner.domain.procedures.step_view import ShownState
from planner.domain.reminders.reminder import About
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import delete_recorded, pay, save_bill
from planner.services.cases.errors import FutureDateError, NotDoneYetError, StepBlockedError
from planner.services.cases.paying import exact_of, pay_view
from planner.services.cases.payments import (
    NothingPaidError,
    PaidError,
    confirm_settled,
    record_exact_payment,
    set_payment_time,
    take_settled_back,
)
from planner.services.procedures import CaseView, case_view
from planner.services.reminder_topics import topics
from planner.store import catalogue
from planner.store.store import Store
from tests.care_procedure import CARE, care

STARTED = date(2026, 11, 20)
DUE = date(2026, 11, 10)
# Baitiao charges 0.03 % to 0.07 % a day by its sources: 10 days on 1,000 are 3.00 to 7.00.


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def bill(account: Account, amount: str, due_on: date) -> Bill:
    return Bill(
        account.id,
        due_on - timedelta(days=9),
        due_on,
        (BillLine(LineKind.UNITEMISED, yuan(amount)),),
    )


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    procedure = care(tmp_path, "pay", "wait", "ask")
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "Baitiao"), automatic=False))


@pytest.fixture
def case(store: Store, account: Account) -> Case:
    """A case started ten days after a bill of 1,000 was due."""
    with store.transaction():
        save_bill(store, bill(account, "1000", DUE))
        return procedures.start_case(store, CARE, account.id, STARTED)


@pytest.fixture
def paid(store: Store, account: Account) -> Callable[..., Payment]:
    def paid(amount: str, on: date = STARTED, aimed_at: str = "") -> Payment:
        with store.transaction():
            return pay(store, Payment(account.id, yuan(amount), on, aimed_at=aimed_at))

    return paid


def exact(store: Store, case: Case, today: date) -> ExactPayment:
    found = exact_of(store, store.accounts.get(case.account_id), case.started_on, today)
    assert found is not None
    return found


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def state_of(store: Store, case: Case, step: str, today: date) -> ShownState:
    found = view_of(store, case, today).step(step)
    assert found is not None
    return found.state


def found_in(store: Store, case: Case, step: str, today: date) -> list[tuple[Rule, str]]:
    found = view_of(store, case, today).step(step)
    assert found is not None
    return [(each.rule, str(each.text)) for each in (*found.left, *found.waits_for)]


# --- what has to be paid


@pytest.mark.row("C112")
def test_what_has_to_be_paid_is_what_is_late_with_its_cost_by_that_day_as_a_range(
    store: Store, case: Case
) -> None:
    found = exact(store, case, STARTED)

    assert found.made_wanted.value == Span(yuan("1003.00"), yuan("1007.00"))
    assert (found.state, found.left.least, found.left.most) == (
        PayState.NOTHING_PAID,
        yuan("1003.00"),
        yuan("1007.00"),
    )
    assert exact(store, case, date(2026, 11, 22)).made_wanted.value == Span(yuan("1003.60"), yuan("1008.40"))
    told = found.made_wanted.derivation
    assert [each.plain for each in told.given] == [yuan("1000"), Span(yuan("3.00"), yuan("7.00"))]
    assert told.workings[-1].result == Span(yuan("1003.00"), yuan("1007.00"))


@pytest.mark.row("C112")
@pytest.mark.parametrize(
    ("amount", "state", "left"),
    [
        ("1002.99", PayState.TOO_LITTLE, ("0.01", "4.01")),
        ("1003.00", PayState.BETWEEN, ("0", "4.00")),
        ("1006.99", PayState.BETWEEN, ("0", "0.01")),
        ("1007.00", PayState.REACHED, ("0", "0")),
        ("2000.00", PayState.REACHED, ("0", "0")),
    ],
)
def test_a_payment_is_enough_from_the_exact_amount_of_each_end_on(
    store: Store, case: Case, amount: str, state: PayState, left: tuple[str, str]
) -> None:
    with store.transaction():
        pay(store, Payment(case.account_id, yuan(amount), STARTED))

    found = exact(store, case, STARTED)

    least, most = map(yuan, left)
    assert (found.state, found.left.least, found.left.most) == (state, least, most)
    assert found.made_left.value == Span(least, most)


def test_what_was_enough_on_its_day_stays_enough(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("1007.00")

    found = exact(store, case, date(2026, 12, 20))

    assert (found.state, found.high_on, found.day.on) == (PayState.REACHED, STARTED, STARTED)


def test_payments_in_parts_lower_what_the_cost_runs_on(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("500")

    # The cost of ten days is paid first: 503.00 and 507.00 are left for two more days.
    found = exact(store, case, date(2026, 11, 22))
    assert (found.left.least, found.left.most) == (yuan("503.30"), yuan("507.71"))

    paid("507.71", date(2026, 11, 22))
    found = exact(store, case, date(2026, 11, 22))
    assert (found.state, found.low_on, found.high_on) == (
        PayState.REACHED,
        date(2026, 11, 22),
        date(2026, 11, 22),
    )


def test_what_was_paid_before_the_start_is_none_of_it_and_what_was_meant_for_something_else_neither(
    store: Store, account: Account, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("100", STARTED - timedelta(days=1))
    other = bill(account, "300", date(2026, 12, 10))
    with store.transaction():
        save_bill(store, other)
    paid("300", STARTED, other.id)

    found = exact(store, case, STARTED)

    assert found.state is PayState.NOTHING_PAID
    assert found.day.late == yuan("900")


def test_what_becomes_late_meanwhile_is_to_be_paid_too(store: Store, account: Account, case: Case) -> None:
    with store.transaction():
        save_bill(store, bill(account, "200", date(2026, 11, 21)))

    assert exact(store, case, date(2026, 11, 21)).day.late == yuan("1000")
    assert exact(store, case, date(2026, 11, 22)).day.late == yuan("1200")


def test_without_anything_late_there_is_nothing_to_pay(store: Store, account: Account) -> None:
    with store.transaction():
        save_bill(store, bill(account, "1000", STARTED))
        case = procedures.start_case(store, CARE, account.id, STARTED)

    assert pay_view(store, case, "pay", STARTED).exact is None
    assert found_in(store, case, "pay", STARTED) == []
    assert state_of(store, case, "pay", STARTED) is ShownState.NOT_STARTED


# --- the step


@pytest.mark.row("C112")
def test_the_step_and_the_wait_after_it_say_what_is_missing_until_it_is_paid(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    said = "1003.00 CNY to 1007.00 CNY is still to be paid, as the sources differ"
    assert found_in(store, case, "pay", STARTED) == [(Rule.NOT_PAID, said)]
    assert found_in(store, case, "wait", STARTED) == [(Rule.NOT_PAID, said)]
    assert state_of(store, case, "wait", STARTED) is ShownState.BLOCKED
    assert view_of(store, case, STARTED).waits[0].began is None
    with pytest.raises(StepBlockedError), store.transaction():
        procedures.set_step_state(store, case.id, "wait", StepState.DONE, STARTED)

    payment = paid("1007")

    assert found_in(store, case, "pay", STARTED) == found_in(store, case, "wait", STARTED) == []
    assert state_of(store, case, "pay", STARTED) is ShownState.DONE
    assert view_of(store, case, STARTED).waits[0].began == Moment(STARTED)
    assert state_of(store, case, "wait", STARTED) is ShownState.IN_PROGRESS

    with store.transaction():
        delete_recorded(store, "payment", payment.id)
    assert state_of(store, case, "pay", STARTED) is ShownState.NOT_STARTED
    assert state_of(store, case, "wait", STARTED) is ShownState.BLOCKED


@pytest.mark.row("C111", "C112")
def test_a_payment_recorded_in_the_step_starts_the_clock_at_its_minute(
    store: Store, account: Account, case: Case
) -> None:
    with store.transaction():
        payment = Payment(account.id, yuan("1007"), STARTED, note="by card")
        record_exact_payment(store, case.id, "pay", payment, STARTED, at=time(14, 30))

    (wait,) = view_of(store, case, STARTED).waits
    assert wait.began == Moment(STARTED, time(14, 30))
    # 20 November is a Friday: the third business day is the Wednesday.
    assert str(wait.window) == "Between 2026-11-20, 14:30 and 2026-11-25"
    shown = pay_view(store, store.cases.get(case.id), "pay", STARTED)
    assert (shown.last, shown.at, shown.may_confirm) == (payment, time(14, 30), False)


def test_a_payment_that_is_still_to_come_is_not_recorded(store: Store, account: Account, case: Case) -> None:
    later = Payment(account.id, yuan("1007"), STARTED + timedelta(days=1))
    with pytest.raises(FutureDateError), store.transaction():
        record_exact_payment(store, case.id, "pay", later, STARTED)
    assert store.payments.all() == []


def test_the_time_of_a_payment_recorded_elsewhere_can_be_said_afterwards(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("1007")
    with store.transaction():
        set_payment_time(store, case.id, "pay", STARTED, time(9, 5))

    assert view_of(store, case, STARTED).waits[0].began == Moment(STARTED, time(9, 5))
    paid("10", STARTED + timedelta(days=1))
    assert pay_view(store, store.cases.get(case.id), "pay", STARTED + timedelta(days=1)).at is None


def test_where_the_sources_differ_the_app_may_settle_it(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    with pytest.raises(NothingPaidError), store.transaction():
        confirm_settled(store, case.id, "pay", STARTED)
    paid("1003")
    assert pay_view(store, case, "pay", STARTED).may_confirm
    assert found_in(store, case, "pay", STARTED) == [
        (Rule.NOT_PAID, "Up to 4.00 CNY may still be to be paid, as the sources differ")
    ]

    with store.transaction():
        confirm_settled(store, case.id, "pay", date(2026, 11, 22))

    assert found_in(store, case, "wait", date(2026, 11, 22)) == []
    # The wait counts from the payment, not from the look at the app.
    assert view_of(store, case, date(2026, 11, 22)).waits[0].began == Moment(STARTED)

    with store.transaction():
        take_settled_back(store, case.id, "pay")
    assert state_of(store, case, "pay", STARTED) is ShownState.IN_PROGRESS
    assert state_of(store, case, "wait", STARTED) is ShownState.BLOCKED


def test_without_a_known_late_cost_only_the_app_can_say_that_enough_is_paid(
    store: Store, account: Account, case: Case, paid: Callable[..., Payment]
) -> None:
    with store.transaction():
        save_account(store, replace(account, terms=Terms()))
    assert found_in(store, case, "pay", STARTED) == [
        (Rule.NOT_PAID, "1000.00 CNY is still to be paid, and what being late costs")
    ]
    paid("1000")

    found = exact(store, case, STARTED)
    assert (found.is_known, found.state, found.left.is_reached) == (False, PayState.BETWEEN, False)
    assert found.missing
    assert found_in(store, case, "pay", STARTED) == [
        (Rule.NOT_PAID, "What being late costs is not known: see that the app shows nothing late as open")
    ]
    with store.transaction():
        confirm_settled(store, case.id, "pay", STARTED)
    assert state_of(store, case, "pay", STARTED) is ShownState.DONE


def test_the_mark_of_a_payment_follows_the_record(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("1003")
    with store.transaction():
        confirm_settled(store, case.id, "pay", STARTED)
        procedures.set_step_state(store, case.id, "pay", StepState.NOT_STARTED, STARTED)
    assert state_of(store, case, "pay", STARTED) is ShownState.NOT_STARTED
    with pytest.raises(NotDoneYetError), store.transaction():
        procedures.set_step_state(store, case.id, "pay", StepState.DONE, STARTED)

    paid("4")
    with pytest.raises(PaidError), store.transaction():
        procedures.set_step_state(store, case.id, "pay", StepState.NOT_STARTED, STARTED)
    assert state_of(store, case, "pay", STARTED) is ShownState.DONE


def test_where_nothing_is_late_the_wait_counts_from_the_last_payment(
    store: Store, account: Account, paid: Callable[..., Payment]
) -> None:
    with store.transaction():
        save_bill(store, bill(account, "1000", DUE))
    paid("1000", date(2026, 11, 18))
    with store.transaction():
        case = procedures.start_case(store, CARE, account.id, STARTED)
        procedures.set_step_state(store, case.id, "pay", StepState.DONE, STARTED)

    assert view_of(store, case, STARTED).waits[0].began == Moment(date(2026, 11, 18))


# --- the wait


def test_a_step_after_the_wait_may_start_on_its_last_day_or_once_it_is_called_over(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    assert found_in(store, case, "ask", STARTED) == [(Rule.WAITING, "This has not begun yet: Step wait")]
    paid("1007")
    last = date(2026, 11, 25)
    assert found_in(store, case, "ask", last - timedelta(days=1)) == [
        (Rule.WAITING, "Step wait: this may take until 2026-11-25")
    ]
    assert found_in(store, case, "ask", last) == []

    with store.transaction():
        procedures.set_step_state(store, case.id, "wait", StepState.DONE, STARTED)
    assert found_in(store, case, "ask", STARTED) == []


def test_once_the_latest_day_has_passed_the_case_says_so_and_a_reminder_does(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("1007")
    last = date(2026, 11, 25)

    def reminded(today: date) -> list[tuple[date, str]]:
        return [(each.on, str(each.words)) for each in topics(store, today) if each.about is About.WAIT]

    assert view_of(store, case, last).banner is None
    after = last + timedelta(days=1)
    assert str(view_of(store, case, after).banner) == (
        "The wait was over on 2026-11-25 at the latest. See in the app whether it is done, and ask the "
        "lender if it is not."
    )
    words = "Baitiao: see in the app whether “Step wait” is over, and ask the lender if it is not."
    assert reminded(STARTED) == reminded(after) == [(after, words)]

    with store.transaction():
        procedures.set_step_state(store, case.id, "wait", StepState.DONE, after)
    assert view_of(store, case, after).banner is None
    assert reminded(after) == []


def test_the_wait_knows_how_long_it_still_is(store: Store, account: Account, case: Case) -> None:
    with store.transaction():
        payment = Payment(account.id, yuan("1007"), STARTED)
        record_exact_payment(store, case.id, "pay", payment, STARTED, at=time(14, 30))

    (wait,) = view_of(store, case, STARTED).waits
    assert not wait.is_over(datetime(2026, 11, 25, 23, 59))  # noqa: DTZ001 - local, as all days are
    assert wait.is_over(datetime(2026, 11, 26, 0, 0))  # noqa: DTZ001 - see above
