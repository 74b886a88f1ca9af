"""Having Baitiao unfrozen: from the cause to the day on which it can be used again."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, DocumentState, LogEntry, StepState
from planner.domain.procedures.counting import Moment
from planner.domain.procedures.kinds import Channel, StepKind
from planner.domain.procedures.step_view import ShownState, StepView
from planner.domain.sourced import Span
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.services.cases.documents import documents_view, mark_document
from planner.services.cases.log import log_contact
from planner.services.cases.paying import pay_view
from planner.services.cases.payments import record_exact_payment
from planner.services.cases.record import SLIGHT_DAYS_SETTING
from planner.services.procedures import CaseView, NotDoneYetError, StepBlockedError
from planner.store import catalogue
from planner.store.store import Store

UNFREEZE = "unfreeze"
CAUSES = ("late", "breach", "security", "fault", "own-lock")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "My Baitiao"), automatic=False))


def late_since(store: Store, account: Account, due_on: date) -> None:
    lines = (BillLine(LineKind.UNITEMISED, yuan("1000")),)
    with store.transaction():
        save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


def started(store: Store, account: Account, today: date, cause: str) -> Case:
    with store.transaction():
        case = procedures.start_case(store, UNFREEZE, account.id, today)
        return procedures.answer(store, case.id, "cause", cause)


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return procedures.case_view(store, store.cases.get(case.id), today)


def step_of(store: Store, case: Case, step: str, today: date) -> StepView:
    found = view_of(store, case, today).step(step)
    assert found is not None
    return found


def ids_of(store: Store, case: Case, today: date) -> list[str]:
    return [each.step.id for each in view_of(store, case, today).steps]


def kinds_to_do(store: Store, case: Case, today: date) -> set[StepKind]:
    return {each.step.kind for each in view_of(store, case, today).steps if each.step.section == "do"}


# --- what it is, and why


@pytest.mark.row("C106")
def test_since_when_it_is_frozen_is_recorded_with_its_day(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, "late")
    noticed = today - timedelta(days=3)

    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", noticed, today)

    (frozen,) = store.accounts.get(account.id).states
    assert (frozen.state, frozen.since, frozen.until) == (State.FROZEN, noticed, None)


@pytest.mark.row("C107")
def test_the_first_cause_that_is_asked_for_is_a_late_bill_and_it_leads_to_what_is_late(
    store: Store, account: Account, today: date
) -> None:
    procedure = catalogue.procedure(UNFREEZE)
    assert procedure is not None
    (question,) = procedure.questions
    assert tuple(question.answers) == CAUSES
    case = started(store, account, today, "late")

    to_do = [each.step for each in view_of(store, case, today).steps if each.step.section == "do"]

    assert (to_do[0].id, to_do[0].place) == ("see-what-is-late", "late")


@pytest.mark.row("C108")
def test_a_freeze_for_breaking_the_rules_leads_to_customer_service_and_to_no_trick(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, "breach")

    assert kinds_to_do(store, case, today) == {StepKind.CONTACT, StepKind.DOCUMENTS}
    assert step_of(store, case, "ask-about-rules", today).step.channel is Channel.PHONE
    assert any(contact.number == "95118" for contact in view_of(store, case, today).contacts)


@pytest.mark.row("C109")
def test_where_somebody_else_may_be_at_it_the_account_is_made_safe_before_it_is_unfrozen(
    store: Store, account: Account, today: date
) -> None:
    ids = ids_of(store, started(store, account, today, "security"), today)

    safe = ("report-misuse", "change-password", "check-purchases")
    assert [each for each in ids if each in safe] == list(safe)
    assert max(map(ids.index, safe)) < ids.index("ask-in-app")
    assert "pay-exactly" not in ids


@pytest.mark.row("C110")
def test_a_fault_is_reported_with_proof(store: Store, account: Account, today: date) -> None:
    case = started(store, account, today, "fault")

    found = step_of(store, case, "report-fault", today).step
    assert (found.kind, found.place) == (StepKind.CONTACT, "late")
    documents = {each.document.id for each in documents_view(store, view_of(store, case, today))}
    assert {"proof-of-payment", "message-of-freeze"} <= documents


# --- paying exactly, and the wait


@pytest.mark.row("C111", "C112", "C116")
def test_the_clock_starts_once_the_exact_amount_is_paid_and_shows_what_each_source_says(
    store: Store, account: Account, today: date
) -> None:
    late_since(store, account, date(2026, 11, 10))
    case = started(store, account, today, "late")
    exact = pay_view(store, case, "pay-exactly", today).exact
    assert exact is not None
    # 1,000 for 12 days at 0.03 % to 0.07 % a day.
    assert exact.made_wanted.value == Span(yuan("1003.60"), yuan("1008.40"))
    assert step_of(store, case, "wait-for-unfreezing", today).is_blocked

    for amount, left in (("1003.59", (yuan("0.01"), yuan("4.81"))), ("4.80", (yuan("0"), yuan("0.01")))):
        with store.transaction():
            payment = Payment(account.id, yuan(amount), today)
            record_exact_payment(store, case.id, "pay-exactly", payment, today, at=time(14, 30))
        exact = pay_view(store, store.cases.get(case.id), "pay-exactly", today).exact
        assert exact is not None
        assert (exact.left.least, exact.left.most) == left
        assert step_of(store, case, "wait-for-unfreezing", today).is_blocked
        with pytest.raises(NotDoneYetError), store.transaction():
            procedures.set_step_state(store, case.id, "pay-exactly", StepState.DONE, today)

    with store.transaction():
        payment = Payment(account.id, yuan("0.01"), today)
        record_exact_payment(store, case.id, "pay-exactly", payment, today, at=time(14, 30))

    assert step_of(store, case, "pay-exactly", today).state is ShownState.DONE
    assert step_of(store, case, "wait-for-unfreezing", today).state is ShownState.IN_PROGRESS
    (wait,) = view_of(store, case, today).waits
    assert wait.counted is not None
    # Two hours by one source; three business days from a Sunday by another.
    assert [each.latest for each in wait.counted.told] == [
        Moment(today, time(16, 30)),
        Moment(date(2026, 11, 25)),
    ]
    assert len({each.duration.source.name for each in wait.counted.told}) == 2


@pytest.mark.row("C116", "C117")
@pytest.mark.parametrize(
    ("days", "allowed", "leads_to"),
    [
        (15, None, "wait-for-unfreezing"),
        (16, None, "ask-how-it-goes-on"),
        (16, 20, "wait-for-unfreezing"),
        (15, 10, "ask-how-it-goes-on"),
    ],
)
def test_a_short_delay_waits_and_a_long_one_asks_with_no_date_promised(
    store: Store, account: Account, days: int, allowed: int | None, leads_to: str
) -> None:
    today = date(2026, 11, 22)
    late_since(store, account, today - timedelta(days=days))
    if allowed is not None:
        with store.transaction():
            store.settings.put(SLIGHT_DAYS_SETTING, str(allowed))
    case = started(store, account, today, "late")

    ids = ids_of(store, case, today)

    assert [each for each in ids if each in {"wait-for-unfreezing", "ask-how-it-goes-on"}] == [leads_to]
    if leads_to == "ask-how-it-goes-on":
        assert view_of(store, case, today).waits == ()
        assert step_of(store, case, leads_to, today).step.procedure == "negotiate"


# --- by customer service, and afterwards


@pytest.mark.row("C114")
def test_the_way_through_the_app_names_the_word_to_type_and_keeps_what_was_said(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, "fault")
    assert "解锁" in step_of(store, case, "ask-in-app", today).step.text

    with store.transaction():
        entry = LogEntry("ask-in-app", today, Channel.APP, said="They look into it")
        log_contact(store, case.id, entry, today)

    assert [each.said for each in store.cases.get(case.id).log] == ["They look into it"]


@pytest.mark.row("C115")
def test_what_may_be_asked_for_is_ticked_off_and_goes_only_to_the_app(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, "late")
    found = documents_view(store, view_of(store, case, today))
    assert {"identity-photo", "bank-card"} <= {each.document.id for each in found}
    assert step_of(store, case, "gather-materials", today).left

    with store.transaction():
        for each in found:
            mark_document(store, case.id, "gather-materials", each.document.id, DocumentState.AT_HAND, today)

    assert step_of(store, case, "gather-materials", today).left == ()
    warnings = " ".join(each.text for each in view_of(store, case, today).procedure.warnings)
    assert "only inside the JD Finance app" in warnings


@pytest.mark.row("C113")
def test_it_is_over_once_the_app_shows_that_it_can_be_used_again(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, "fault")
    with store.transaction():
        procedures.enter_state(store, case.id, "record-frozen", today - timedelta(days=2), today)
        procedures.set_step_state(store, case.id, "check-state", StepState.DONE, today)
        procedures.enter_state(store, case.id, "record-open", today, today)

    assert step_of(store, case, "check-state", today).state is ShownState.DONE
    kept = store.accounts.get(account.id)
    assert kept.restrictions_on(today - timedelta(days=1)) == {State.FROZEN}
    assert kept.restrictions_on(today) == frozenset()


def test_what_is_blocked_cannot_be_called_done(store: Store, account: Account, today: date) -> None:
    late_since(store, account, date(2026, 11, 10))
    case = started(store, account, today, "late")
    with pytest.raises(StepBlockedError), store.transaction():
        procedures.set_step_state(store, case.id, "wait-for-unfreezing", StepState.DONE, today)
