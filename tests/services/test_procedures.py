from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from planner.domain.account import Account, Contact, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.step_view import ShownState
from planner.domain.purchase import Progress, Purchase
from planner.domain.reminders.reminder import About
from planner.domain.sourced import Span
from planner.services import procedures
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account, set_service, set_state
from planner.services.bills import correct, pay, save_bill, save_purchase
from planner.services.plans import save_plan
from planner.services.procedures import CaseView, case_view
from planner.services.reminder_topics import topics
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store

CANCEL = "cancel-jd-baitiao"


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def record_account(store: Store, product: str = "jd-baitiao", name: str = "My Baitiao") -> Account:
    sheet = catalogue.product(product)
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, name))


def card_of(store: Store, procedure: str, today: date) -> procedures.Card:
    return next(card for card in procedures.library(store, today) if card.procedure.id == procedure)


def start(store: Store, account: Account, today: date) -> Case:
    with store.transaction():
        return procedures.start_case(store, CANCEL, account.id, today)


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def state_of(store: Store, case: Case, step: str, today: date) -> ShownState:
    view = view_of(store, case, today).step(step)
    assert view is not None
    return view.state


def unlink_all(store: Store, account: Account, today: date) -> None:
    with store.transaction():
        for service in store.accounts.get(account.id).services:
            set_service(store, account.id, service.id, today)


@pytest.fixture
def account(store: Store) -> Account:
    return record_account(store)


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    return start(store, account, today)


@pytest.fixture
def ready(store: Store, account: Account, case: Case, today: date) -> Case:
    """A case with nothing in the way of the request."""
    unlink_all(store, account, today)
    return case


# --- The library and starting


def test_the_library_offers_the_accounts_of_its_products_that_are_not_closed(
    store: Store, account: Account, today: date
) -> None:
    record_account(store, "huabei", "Huabei")
    card = card_of(store, CANCEL, today)
    assert [each.id for each in card.accounts] == [account.id]

    with store.transaction():
        set_state(store, account.id, State.CLOSED, today)
    assert card_of(store, CANCEL, today).accounts == ()


def test_a_procedure_runs_once_at_a_time_for_an_account(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with pytest.raises(procedures.UnderWayError) as refused, store.transaction():
        procedures.start_case(store, CANCEL, account.id, today)

    assert "My Baitiao" in str(refused.value)
    assert [known.id for known in store.cases.all()] == [case.id]


def test_a_procedure_that_this_version_does_not_have_is_left_out_and_refused(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        store.cases.save(Case("from-the-future", 1, account.id, today))

    assert [view.case.id for view in procedures.case_views(store, today)] == [case.id]
    with pytest.raises(procedures.UnknownProcedureError), store.transaction():
        procedures.start_case(store, "from-the-future", account.id, today)


# --- The reason


@pytest.mark.row("C002", "C016", "C017")
def test_the_answer_chooses_the_way_and_another_answer_keeps_what_was_marked(
    store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.answer(store, case.id, "reason", "rate")
    with store.transaction():
        procedures.set_step_state(store, case.id, "look-at-promotions", StepState.DONE, today)
    assert view_of(store, case, today).steps[0].step.id == "look-at-promotions"

    with store.transaction():
        procedures.answer(store, case.id, "reason", "spending")
    view = view_of(store, case, today)
    assert [step.step.id for step in view.steps[:2]] == ["decide-lock", "lock-baitiao"]

    with store.transaction():
        procedures.answer(store, case.id, "reason", "rate")
    assert state_of(store, case, "look-at-promotions", today) is ShownState.DONE


@pytest.mark.row("C016")
def test_staying_marks_the_rest_as_not_needed_and_the_case_ends_without_closing_the_account(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.answer(store, case.id, "reason", "rate")
    with store.transaction():
        procedures.stay(store, case.id, "look-at-promotions", today)
    view = view_of(store, case, today)
    assert view.done == len(view.steps)
    assert view.next_step is None

    with store.transaction():
        procedures.finish(store, case.id, today, today, "kept")
    assert store.accounts.get(account.id).life_on(today) is State.OPEN
    assert str(view_of(store, case, today).banner) == "Finished on 2026-11-22: You decided to keep Baitiao."


@pytest.mark.row("C017", "C123")
def test_a_lock_is_recorded_with_its_day_and_is_neither_a_freeze_nor_a_closing(
    store: Store, account: Account, case: Case, today: date
) -> None:
    locked_on = date(2026, 11, 20)
    with store.transaction():
        procedures.answer(store, case.id, "reason", "spending")
    with store.transaction() as journal:
        procedures.enter_state(store, case.id, "lock-baitiao", locked_on, today)

    found = store.accounts.get(account.id)
    assert found.restrictions_on(today) == {State.LOCKED}
    assert found.restrictions_on(date(2026, 11, 19)) == frozenset()
    assert found.life_on(today) is State.OPEN
    assert state_of(store, case, "lock-baitiao", today) is ShownState.DONE

    store.apply(inverse(journal.changes))
    assert store.accounts.get(account.id).restrictions_on(today) == frozenset()
    assert state_of(store, case, "lock-baitiao", today) is ShownState.NOT_STARTED


@pytest.mark.row("C017")
def test_marking_the_lock_as_done_locks_and_taking_the_mark_back_unlocks(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.answer(store, case.id, "reason", "spending")
    with store.transaction():
        procedures.set_step_state(store, case.id, "lock-baitiao", StepState.DONE, today)
    assert State.LOCKED in store.accounts.get(account.id).restrictions_on(today)

    with store.transaction():
        procedures.set_step_state(store, case.id, "lock-baitiao", StepState.NOT_STARTED, today)
    assert store.accounts.get(account.id).restrictions_on(today) == frozenset()


# --- Steps


@pytest.mark.row("C018")
def test_own_words_stand_over_a_step_with_their_revision_and_language_until_taken_back(
    store: Store, case: Case
) -> None:
    with store.transaction():
        procedures.edit_step_text(store, case.id, "log-in", "  Open the app.\n", "fr")
    own = store.cases.get(case.id).step("log-in").own_text
    assert own is not None
    assert (own.text, own.revision, own.language) == ("Open the app.", 2, "fr")

    with store.transaction():
        procedures.restore_step_text(store, case.id, "log-in")
    assert store.cases.get(case.id).step("log-in").own_text is None


@pytest.mark.row("C018")
def test_empty_words_over_a_step_are_refused(store: Store, case: Case) -> None:
    with pytest.raises(procedures.EmptyTextError), store.transaction():
        procedures.edit_step_text(store, case.id, "log-in", " \n", "en")


def test_a_note_and_a_mark_do_not_disturb_one_another(store: Store, case: Case, today: date) -> None:
    with store.transaction():
        procedures.write_step_note(store, case.id, "log-in", " on the phone ")
    with store.transaction():
        procedures.set_step_state(store, case.id, "log-in", StepState.DONE, today)

    kept = store.cases.get(case.id).step("log-in")
    assert (kept.note, kept.state, kept.done_on) == ("on the phone", StepState.DONE, today)


@pytest.mark.row("C009")
def test_a_step_whose_turn_has_not_come_cannot_be_marked(store: Store, case: Case, today: date) -> None:
    with pytest.raises(procedures.StepBlockedError) as refused, store.transaction():
        procedures.set_step_state(store, case.id, "check-closed", StepState.DONE, today)

    assert str(refused.value) == ("This step cannot start yet: The request has not been submitted yet.")


@pytest.mark.row("C008")
def test_settling_is_not_done_while_the_record_shows_something_open(
    store: Store, account: Account, case: Case, today: date
) -> None:
    bill = Bill(account.id, today, date(2026, 12, 1), (BillLine(LineKind.UNITEMISED, yuan("300")),))
    with store.transaction():
        save_bill(store, bill)
    with pytest.raises(procedures.NotDoneYetError) as refused, store.transaction():
        procedures.set_step_state(store, case.id, "settle-everything", StepState.DONE, today)
    assert "300.00 CNY" in str(refused.value)

    with store.transaction():
        pay(store, Payment(account.id, yuan("300"), today))
    with store.transaction():
        procedures.set_step_state(store, case.id, "settle-everything", StepState.DONE, today)
    assert state_of(store, case, "settle-everything", today) is ShownState.DONE


@pytest.mark.row("C011")
def test_the_services_step_follows_its_boxes(store: Store, account: Account, case: Case, today: date) -> None:
    first, *others = account.services_in_use
    with store.transaction():
        procedures.tick_service(store, case.id, "unlink-services", first.id, today)
    assert state_of(store, case, "unlink-services", today) is ShownState.IN_PROGRESS

    with store.transaction():
        for service in others:
            procedures.tick_service(store, case.id, "unlink-services", service.id, today)
    assert state_of(store, case, "unlink-services", today) is ShownState.DONE

    with store.transaction():
        procedures.tick_service(store, case.id, "unlink-services", first.id, None)
    assert state_of(store, case, "unlink-services", today) is ShownState.IN_PROGRESS
    with pytest.raises(procedures.NotDoneYetError), store.transaction():
        procedures.set_step_state(store, case.id, "unlink-services", StepState.DONE, today)


@pytest.mark.row("C013")
def test_a_reminder_comes_on_its_day_names_the_orders_and_says_when_they_are_finished(
    store: Store, account: Account, case: Case, today: date
) -> None:
    order = Purchase(account.id, yuan("80"), today, merchant="Books", progress=Progress.PENDING)
    day = date(2026, 11, 30)
    with store.transaction():
        save_purchase(store, order)
        procedures.look_again(store, case.id, day)

    assert procedures.reminders(store, today) == {}
    assert "Books" in str(procedures.reminders(store, day)[case.id])

    with store.transaction():
        save_purchase(store, Purchase(account.id, yuan("80"), today, merchant="Books", id=order.id))
    assert "You can go on" in str(procedures.reminders(store, day)[case.id])

    with store.transaction():
        procedures.look_again(store, case.id, None)
    assert procedures.reminders(store, day) == {}


# --- The request


@pytest.mark.row("C008", "C011", "C072")
def test_the_request_is_refused_and_everything_in_its_way_is_named(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        save_purchase(
            store, Purchase(account.id, yuan("80"), today, merchant="Books", progress=Progress.PENDING)
        )

    with pytest.raises(procedures.SubmitBlockedError) as refused, store.transaction():
        procedures.submit(store, case.id, today, today)

    # The purchase is owed and its order is under way; of the three services one is named, two are counted.
    text = str(refused.value)
    assert "Books: 80.00 CNY" in text
    assert "Not yet unlinked: Co-branded card" in text
    assert "and 2 more" in text
    assert "Automatic repayment" not in text  # nothing is debited by itself
    assert store.cases.get(case.id).submitted_on is None
    assert store.accounts.get(account.id).life_on(today) is State.OPEN


@pytest.mark.row("C007", "C009")
def test_the_request_starts_the_clock_and_the_account_is_closing_as_one_step(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    submitted_on = date(2026, 11, 20)
    with store.transaction() as journal:
        procedures.submit(store, ready.id, submitted_on, today)

    view = view_of(store, ready, today)
    assert str(view.window) == "Between 2026-11-23 and 2026-11-25"
    assert str(view.banner) == "Do not pay with My Baitiao until 2026-11-25: the lender is verifying."
    assert store.accounts.get(account.id).life_on(today) is State.CLOSING
    assert state_of(store, ready, "submit-request", today) is ShownState.DONE
    assert state_of(store, ready, "check-closed", today) is ShownState.BLOCKED

    store.apply(inverse(journal.changes))
    assert view_of(store, ready, today).banner is None
    assert store.accounts.get(account.id).life_on(today) is State.OPEN


@pytest.mark.row("C009")
def test_the_end_of_the_verification_is_reminded_of_until_it_is_called_over(
    store: Store, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, today, today)

    def told(day: date) -> list[tuple[date, str]]:
        return [(each.on, str(each.words)) for each in topics(store, day) if each.about is About.ANSWER]

    last, after = date(2026, 11, 25), date(2026, 11, 26)
    over = (
        after,
        "The lender’s time was over on 2026-11-25. See whether My Baitiao is closed, and call if it is not.",
    )
    verifying = (last, "Do not pay with My Baitiao until 2026-11-25: the lender is verifying.")
    assert told(today) == told(last) == [verifying, over]
    assert told(after) == [over]
    with store.transaction():
        procedures.set_step_state(store, ready.id, "wait-for-verification", StepState.DONE, after)
    assert told(after) == []


def test_the_request_leaves_the_steps_on_the_way_to_it_as_the_user_left_them(
    store: Store, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.set_step_state(store, ready.id, "verify-identity", StepState.NOT_NEEDED, today)
    with store.transaction():
        procedures.submit(store, ready.id, today, today)

    assert state_of(store, ready, "settle-everything", today) is ShownState.NOT_STARTED
    assert state_of(store, ready, "log-in", today) is ShownState.NOT_STARTED
    assert state_of(store, ready, "verify-identity", today) is ShownState.NOT_NEEDED
    assert state_of(store, ready, "write-application", today) is ShownState.NOT_STARTED
    following = view_of(store, ready, today).next_step
    assert following is not None
    assert following.step.id == "wait-for-verification"


@pytest.mark.row("C007", "C008")
def test_a_request_that_the_lender_accepted_is_recorded_whatever_is_open_and_the_case_keeps_that(
    store: Store, account: Account, case: Case, today: date
) -> None:
    bill = Bill(account.id, today, date(2026, 12, 1), (BillLine(LineKind.UNITEMISED, yuan("300")),))
    with store.transaction():
        save_bill(store, bill)
    with store.transaction() as journal:
        procedures.submit(store, case.id, date(2026, 11, 16), today, is_accepted=True)

    view = view_of(store, case, today)
    assert store.accounts.get(account.id).life_on(today) is State.CLOSING
    assert str(view.recorded_anyway) == (
        "The lender had accepted it while 4 things were still open in the record."
    )
    # Changing the day does not make it forget.
    with store.transaction():
        procedures.submit(store, case.id, date(2026, 11, 17), today)
    assert view_of(store, case, today).case.open_at_request == 4

    with store.transaction():
        procedures.finish(store, case.id, today, today, "closed")
    assert store.accounts.get(account.id).life_on(today) is State.CLOSED

    with store.transaction():
        procedures.reopen(store, case.id, today)
        procedures.withdraw(store, case.id, today)
    assert view_of(store, case, today).recorded_anyway is None

    with store.transaction() as journal:
        procedures.submit(store, case.id, today, today, is_accepted=True)
    store.apply(inverse(journal.changes))
    assert store.cases.get(case.id).open_at_request == 0
    assert store.accounts.get(account.id).life_on(today) is State.OPEN


def test_a_request_with_nothing_open_keeps_no_reason(store: Store, ready: Case, today: date) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, today, today, is_accepted=True)

    assert view_of(store, ready, today).recorded_anyway is None


@pytest.mark.row("C008")
def test_what_another_step_lists_is_counted_in_the_request_and_leads_there(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    bought = [Purchase(account.id, yuan(amount), today, merchant="Books") for amount in ("20", "30")]
    with store.transaction():
        for purchase in bought:
            save_purchase(store, purchase)
    view = view_of(store, ready, today)
    settle, request = view.step("settle-everything"), view.step("submit-request")
    assert settle is not None
    assert request is not None

    assert {str(item.text) for item in view.open_items(settle)} == {
        "Books: 20.00 CNY, not billed yet",
        "Books: 30.00 CNY, not billed yet",
    }
    (item,) = view.open_items(request)
    assert str(item.text) == "See step 3: 2 things are still open."
    assert item.step_id == "settle-everything"
    assert view.steps[2] == settle

    with store.transaction():
        pay(store, Payment(account.id, yuan("20"), today, aimed_at=bought[0].id))
    view = view_of(store, ready, today)
    request = view.step("submit-request")
    assert request is not None
    assert [str(item.text) for item in view.open_items(request)] == ["Books: 30.00 CNY, not billed yet"]


def test_finishing_says_how_many_steps_were_left_open_where_no_result_is_named(
    store: Store, ready: Case, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tuple(replace(each, results=()) for each in catalogue.procedures())
    monkeypatch.setattr(catalogue, "procedures", lambda: without)
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 16), today)
        procedures.set_step_state(store, ready.id, "log-in", StepState.NOT_NEEDED, today)
        procedures.finish(store, ready.id, today, today)

    # Seventeen, without the request, the one not needed, and five that are optional.
    assert str(view_of(store, ready, today).banner) == "Finished on 2026-11-22. 10 steps were left open."


@pytest.mark.row("C007")
def test_a_request_on_a_day_to_come_is_refused(store: Store, ready: Case, today: date) -> None:
    with pytest.raises(procedures.FutureDateError), store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 23), today)


@pytest.mark.row("C007")
def test_a_wrong_day_of_the_request_can_be_corrected(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, today, today)
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 19), today)

    assert str(view_of(store, ready, today).window) == "Between 2026-11-20 and 2026-11-24"
    closing = [each for each in store.accounts.get(account.id).states if each.state is State.CLOSING]
    assert [(each.since, each.until) for each in closing] == [(date(2026, 11, 19), None)]


def test_a_request_that_did_not_go_through_opens_the_account_again(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.set_step_state(store, ready.id, "submit-request", StepState.DONE, today)
    with store.transaction():
        procedures.set_step_state(store, ready.id, "submit-request", StepState.NOT_STARTED, today)

    assert store.accounts.get(account.id).life_on(today) is State.OPEN
    assert view_of(store, ready, today).verification is None
    assert state_of(store, ready, "submit-request", today) is ShownState.NOT_STARTED


@pytest.mark.row("C009")
def test_another_request_has_a_verification_of_its_own(store: Store, ready: Case, today: date) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, today, today)
    sheet = catalogue.procedure(CANCEL)
    verify = sheet.of_kind(StepKind.VERIFY) if sheet is not None else None
    assert verify is not None
    with store.transaction():
        procedures.set_step_state(store, ready.id, verify.id, StepState.DONE, today)
        procedures.withdraw(store, ready.id, today)
        procedures.submit(store, ready.id, today, today)

    assert not view_of(store, ready, today).is_verified
    with pytest.raises(procedures.FinishBlockedError), store.transaction():
        procedures.finish(store, ready.id, today, today, "closed")


def test_a_year_without_a_published_calendar_is_said_instead_of_a_day(store: Store, ready: Case) -> None:
    day = date(2026, 12, 31)
    with store.transaction():
        procedures.submit(store, ready.id, day, day)

    view = view_of(store, ready, day)
    assert str(view.window) == "The holiday calendar for 2027 has not been published."
    assert str(view.banner) == "Do not pay with My Baitiao any more."
    assert state_of(store, ready, "check-closed", day) is ShownState.BLOCKED


@pytest.mark.row("C009")
def test_the_day_that_is_known_is_shown_where_the_other_is_not(store: Store, ready: Case) -> None:
    day = date(2026, 12, 30)
    with store.transaction():
        procedures.submit(store, ready.id, day, day)

    assert str(view_of(store, ready, day).window) == (
        "Not before 2026-12-31; the last day cannot be worked out. "
        "The holiday calendar for 2027 has not been published."
    )


# --- The end


@pytest.mark.row("C009", "C075")
def test_the_account_is_closed_when_the_lender_has_finished_and_not_before(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 20), today)
    with pytest.raises(procedures.FinishBlockedError), store.transaction():
        procedures.finish(store, ready.id, today, today, "closed")

    later = date(2026, 11, 25)
    assert state_of(store, ready, "check-closed", later) is ShownState.NOT_STARTED
    with store.transaction():
        procedures.finish(store, ready.id, later, later, "closed")
    found = store.accounts.get(account.id)
    assert found.life_on(date(2026, 11, 24)) is State.CLOSING
    assert found.life_on(later) is State.CLOSED


def test_a_lender_that_is_quicker_than_its_longest_time_need_not_be_waited_for(
    store: Store, account: Account, ready: Case
) -> None:
    day = date(2026, 11, 23)
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 20), day)
    with store.transaction():
        procedures.set_step_state(store, ready.id, "wait-for-verification", StepState.DONE, day)
    assert state_of(store, ready, "check-closed", day) is ShownState.NOT_STARTED

    with store.transaction():
        procedures.finish(store, ready.id, day, day, "closed")
    assert store.accounts.get(account.id).life_on(day) is State.CLOSED


@pytest.mark.row("C009")
def test_once_the_lenders_time_is_over_the_banner_says_what_to_do(
    store: Store, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 20), today)

    assert "was over on 2026-11-25" in str(view_of(store, ready, date(2026, 11, 26)).banner)


def test_an_account_with_something_open_after_all_is_not_called_closed(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 16), today)
    with store.transaction():
        save_bill(store, Bill(account.id, today, today, (BillLine(LineKind.UNITEMISED, yuan("1.20")),)))

    with pytest.raises(procedures.FinishBlockedError) as refused, store.transaction():
        procedures.finish(store, ready.id, today, today, "closed")
    assert "1.20 CNY" in str(refused.value)


def test_a_finished_case_can_be_gone_on_with_and_deleted(
    store: Store, account: Account, ready: Case, today: date
) -> None:
    with store.transaction():
        procedures.submit(store, ready.id, date(2026, 11, 16), today)
    with store.transaction():
        procedures.finish(store, ready.id, today, today, "closed")
    with store.transaction():
        procedures.reopen(store, ready.id, today)
    assert store.accounts.get(account.id).life_on(today) is State.CLOSING
    assert store.cases.get(ready.id).ended_on is None

    with store.transaction():
        procedures.delete_case(store, ready.id)
    assert store.cases.all() == []


def test_a_finished_case_stays_finished_while_a_new_one_runs(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.finish(store, case.id, today, today, "kept")
    start(store, account, today)

    with pytest.raises(procedures.UnderWayError), store.transaction():
        procedures.reopen(store, case.id, today)
    assert [view.case.ended_on is None for view in procedures.case_views(store, today)] == [True, False]


# --- What settling comes to


@pytest.mark.row("C010")
def test_the_amount_to_settle_is_a_range_and_follows_the_record(
    store: Store, account: Account, case: Case, today: date
) -> None:
    rows = tuple(
        Instalment(
            number, date(2026 + (month > 12), (month - 1) % 12 + 1, 10), yuan("100"), yuan("6"), yuan("0")
        )
        for number, month in enumerate(range(12, 21), 4)
    )
    with store.transaction():
        save_plan(store, InstalmentPlan(account.id, "Phone", yuan("900"), rows, 12))

    found = view_of(store, case, today).settlement
    assert found.total.value == Span(yuan("900"), yuan("954"))

    # Paid off with the fees waived: the record still shows them until the lender's own figure is entered.
    with store.transaction():
        pay(store, Payment(account.id, yuan("900"), today))
    assert view_of(store, case, today).settlement.total.value.high == yuan("54")
    with store.transaction():
        correct(store, account.id, yuan("0"), today, "settled early")
    view = view_of(store, case, today)
    assert view.settlement.total.value == Span.exactly(yuan("0"))
    settle = view.step("settle-everything")
    assert settle is not None
    assert settle.left == ()


def test_what_was_paid_too_much_is_shown_so_that_it_can_be_asked_back(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        pay(store, Payment(account.id, yuan("25"), today))

    credit = view_of(store, case, today).credit
    assert credit is not None
    assert credit.value == yuan("25")


# --- Contacts, and the next start of the program


@pytest.mark.row("C019")
def test_the_hotline_is_the_published_one_until_the_user_has_a_better_one(
    store: Store, case: Case, today: date
) -> None:
    assert [each.number for each in view_of(store, case, today).contacts] == ["95118"]

    with store.transaction():
        procedures.change_contact(store, case.id, 0, Contact("Service", "400 000 0000"))
    assert [each.number for each in view_of(store, case, today).contacts] == ["400 000 0000"]


def test_everything_is_there_again_after_closing_the_program(tmp_path: Path, today: date) -> None:
    path = tmp_path / "my.db"
    store = Store.create(path)
    account = record_account(store)
    unlink_all(store, account, today)
    case = start(store, account, today)
    with store.transaction():
        procedures.answer(store, case.id, "reason", "security")
        procedures.set_step_state(store, case.id, "log-in", StepState.DONE, today)
        procedures.set_step_state(store, case.id, "write-application", StepState.NOT_NEEDED, today)
        procedures.write_step_note(store, case.id, "freeze-by-phone", "called, agent 12")
        procedures.edit_step_text(store, case.id, "find-cancellation", "Settings, last entry", "en")
        procedures.submit(store, case.id, date(2026, 11, 20), today)
    before = view_of(store, case, today)
    store.close()

    reopened = Store.open(path)
    assert view_of(reopened, case, today) == before
    reopened.close()


@pytest.mark.row("C007")
def test_the_time_of_a_request_is_kept_with_its_day_and_goes_with_it(
    store: Store, today: date, ready: Case
) -> None:
    with store.transaction():
        case = procedures.submit(store, ready.id, today, today, at=time(14, 30))
    assert (case.submitted_on, store.cases.get(case.id).submitted_at) == (today, time(14, 30))

    with store.transaction():
        case = procedures.withdraw(store, case.id, today)
    assert case.submitted_at is None


def order_of(store: Store, today: date) -> list[str]:
    return [card.procedure.id for card in procedures.library(store, today)]


def test_the_library_begins_with_what_can_be_started(store: Store, today: date) -> None:
    record_account(store, "huabei")

    cards = procedures.library(store, today)

    startable = [bool(card.accounts) for card in cards]
    assert startable == sorted(startable, reverse=True)
    assert {True, False} == set(startable)
    assert len(cards) == len(catalogue.procedures())
    assert not any(card.is_needed for card in cards)


def test_a_frozen_account_brings_unfreezing_to_the_top(store: Store, today: date) -> None:
    account = record_account(store)
    with store.transaction():
        note_state(store, account.id, State.FROZEN, date(2026, 11, 17), today)

    assert order_of(store, today)[:3] == ["unfreeze", "negotiate", "manual-repayment"]


def test_something_late_brings_what_helps_with_it_to_the_top(store: Store, today: date) -> None:
    account = record_account(store)
    lines = (BillLine(LineKind.UNITEMISED, yuan("860.50")),)
    bill = Bill(account.id, date(2026, 11, 10), date(2026, 11, 22), lines)
    with store.transaction():
        store.bills.save(bill)
    assert order_of(store, today)[0] not in {"negotiate", "manual-repayment"}

    with store.transaction():
        store.bills.save(replace(bill, due_on=date(2026, 11, 21)))

    assert order_of(store, today)[:2] == ["negotiate", "manual-repayment"]


def test_a_locked_account_brings_unlocking_to_the_top(store: Store, today: date) -> None:
    account = record_account(store)
    with store.transaction():
        note_state(store, account.id, State.LOCKED, date(2026, 11, 17), today)

    assert order_of(store, today)[0] == "unlock-baitiao"
