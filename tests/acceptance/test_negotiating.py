"""Agreeing with a lender: from the figures to the plan, and what is said if an instalment is missed."""

import re
from datetime import date, time, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.agreed import Proof, equal_rows
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.late.way import WayKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, DocumentState, LogEntry, StepState
from planner.domain.procedures.kinds import Channel
from planner.domain.procedures.step_view import ShownState
from planner.i18n import explain
from planner.reports.hardship_letter import letter_text
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.agreements import Terms, agree
from planner.services.bills import pay, save_bill
from planner.services.called import asked_at_once
from planner.services.cases.documents import documents_view, mark_document
from planner.services.cases.letters import step_letter
from planner.services.cases.log import log_contact
from planner.services.cases.stopping import result_so_far
from planner.services.cases.worksheet import worksheet_of
from planner.services.late_history import counts_of
from planner.services.overdue import cost_of_delay
from planner.services.procedures import CaseView, NotDoneYetError, StepBlockedError
from planner.services.reminders import reminders_today
from planner.services.today import today_view
from planner.store import catalogue
from planner.store.store import Store

NEGOTIATE = "negotiate"
FIRST = date(2026, 12, 20)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    """1,200 is late since 10 November; 3,000 comes in each month, and 2,600 of it is needed."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    flows = (
        ("Salary", Category.SALARY, "3000"),
        ("Rent", Category.HOUSING, "1800"),
        ("Power", Category.ENERGY, "200"),
        ("Food", Category.FOOD, "600"),
    )
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        lines = (BillLine(LineKind.UNITEMISED, yuan("1200")),)
        save_bill(store, Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), lines))
        for name, category, amount in flows:
            store.cash_flows.save(CashFlow(name, category, yuan(amount), Recurrence(date(2026, 1, 1))))
        store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(date(2026, 11, 22), yuan("900")),)))
    return account


def started(store: Store, account: Account, today: date, **answers: str) -> Case:
    with store.transaction():
        case = procedures.start_case(store, NEGOTIATE, account.id, today)
        for question, chosen in answers.items():
            case = procedures.answer(store, case.id, question, chosen)
    return case


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    return started(store, account, today, wanted="reinstalment", lender="jd", reason="less-income")


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return procedures.case_view(store, store.cases.get(case.id), today)


def state_of(store: Store, case: Case, step_id: str, today: date) -> ShownState:
    step = view_of(store, case, today).step(step_id)
    assert step is not None
    return step.state


def talked(store: Store, case: Case, today: date) -> None:
    entry = LogEntry(
        "talk", today, Channel.PHONE, time(10, 30), "Agent 7", "Heard me", "A plan by Friday", today
    )
    with store.transaction():
        log_contact(store, case.id, entry, today)


def agreed(store: Store, case: Case, today: date, proof: Proof = Proof.RECORDED) -> None:
    due = view_of(store, case, today).step("record-agreement")
    assert due is not None
    ids = [due.id for due in store.ledgers.position(today).open_dues]
    terms = Terms(
        ids,
        equal_rows(FIRST, 3, yuan("1150")),
        today,
        waived=yuan("50"),
        person="Agent 7",
        proof=proof,
        pauses_collection=True,
    )
    with store.transaction():
        agree(store, case.id, "record-agreement", terms, today)


@pytest.mark.row("C034", "C035", "C036", "C037", "C038")
def test_the_way_to_a_person_at_jd_is_shown_in_its_order_and_only_for_jd(
    store: Store, case: Case, today: date
) -> None:
    steps = [each.step.id for each in view_of(store, case, today).steps]
    way = ["open-app", "my-service", "online-service", "choose-agent", "talk"]
    assert [step for step in steps if step in way] == way
    text = {each.step.id: each.step.text for each in view_of(store, case, today).steps}
    assert "我的 (My) → 客服 (Customer service)" in text["my-service"]
    assert "在线客服 (Online customer service)" in text["online-service"]

    with store.transaction():
        procedures.answer(store, case.id, "lender", "cn-card")
    steps = [each.step.id for each in view_of(store, case, today).steps]
    assert not set(way[:4]) & set(steps)
    assert "card-rule" in steps


@pytest.mark.row("C021")
def test_where_everything_is_asked_for_all_at_once_and_parts_are_compared_with_their_cost(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, wanted="accelerated", lender="jd", reason="other")
    step = view_of(store, case, today).step("compare-at-once")
    assert step is not None
    assert step.step.place == "called"

    asked = asked_at_once(store, account.id, today)
    # 400 a month are left, so 1,200 take three parts.
    assert asked.agreement is not None
    assert asked.agreement.count == 3
    ids = [due.id for due in store.ledgers.position(today).open_dues]
    ways = cost_of_delay(store, ids, today, today + timedelta(days=90), asked).ways
    assert {WayKind.WHOLE, WayKind.AGREEMENT, WayKind.ACCELERATION} <= {way.kind for way in ways}
    assert all(way.total is not None for way in ways)


@pytest.mark.row("C038")
def test_what_can_be_offered_is_in_the_worksheet_and_in_the_letter_in_three_languages(
    store: Store, account: Account, case: Case, today: date
) -> None:
    sheet = worksheet_of(store, account.id, today)
    assert sheet.monthly is not None
    assert sheet.monthly.value == yuan("400")
    step = view_of(store, case, today).step("write-proposal")
    assert step is not None
    letter = step_letter(store, case, step.step, today).letter
    for language, amount in (("en", "CN¥400.00"), ("zh", "¥400.00"), ("fr", "400,00")):
        assert amount in letter_text(letter, language)


@pytest.mark.row("C097")
def test_the_proof_of_the_reason_is_listed_and_ticked(store: Store, case: Case, today: date) -> None:
    listed = [line.document.id for line in documents_view(store, view_of(store, case, today))]
    assert listed == ["income-proof", "work-proof", "payments-so-far"]
    with pytest.raises(NotDoneYetError), store.transaction():
        procedures.set_step_state(store, case.id, "gather-documents", StepState.DONE, today)
    for document in listed:
        with store.transaction():
            mark_document(store, case.id, "gather-documents", document, DocumentState.AT_HAND, today)

    assert state_of(store, case, "gather-documents", today) is ShownState.DONE


@pytest.mark.row("C098", "C039")
def test_what_was_agreed_becomes_the_schedule_once_somebody_was_talked_to(
    store: Store, case: Case, today: date
) -> None:
    with pytest.raises(StepBlockedError):
        agreed(store, case, today)
    with pytest.raises(StepBlockedError), store.transaction():
        procedures.set_step_state(store, case.id, "record-agreement", StepState.DONE, today)
    talked(store, case, today)
    with pytest.raises(NotDoneYetError), store.transaction():
        procedures.set_step_state(store, case.id, "record-agreement", StepState.DONE, today)
    assert state_of(store, case, "ask-confirmation", today) is ShownState.BLOCKED

    agreed(store, case, today)

    assert state_of(store, case, "record-agreement", today) is ShownState.DONE
    assert state_of(store, case, "ask-confirmation", today) is ShownState.NOT_STARTED
    dues = store.ledgers.position(today).open_dues
    assert [(due.due_on, due.open) for due in dues] == [
        (FIRST, yuan("383.33")),
        (date(2027, 1, 20), yuan("383.33")),
        (date(2027, 2, 20), yuan("383.34")),
    ]
    found = view_of(store, case, today).agreement
    assert found is not None
    assert found.pause is not None
    assert explain(found.pause).startswith("Collection is paused as agreed on 22 Nov 2026, as long as")
    step = view_of(store, case, today).step("ask-confirmation")
    assert step is not None
    letter = letter_text(step_letter(store, case, step.step, today).letter, "en", "en_GB")
    assert "You waive CN¥50.00." in letter
    assert re.search(r"Instalment 3: CN¥383\.34 on 20 Feb(ruary)? 2027", letter)


@pytest.mark.row("C040", "C041")
def test_an_agreement_leaves_the_late_record_as_it_is(
    store: Store, account: Account, case: Case, today: date
) -> None:
    before = counts_of(store, account, today)
    assert len(before.times) == 1
    talked(store, case, today)
    agreed(store, case, today)

    after = counts_of(store, account, today)
    assert [time.due_on for time in after.times] == [time.due_on for time in before.times]
    found = view_of(store, case, today).agreement
    assert found is not None
    assert any("stays recorded as late" in explain(note) for note in found.notes)


@pytest.mark.row("C039")
def test_an_instalment_that_was_missed_is_told_wherever_one_looks(
    store: Store, case: Case, today: date
) -> None:
    talked(store, case, today)
    agreed(store, case, today)
    before, after = FIRST - timedelta(days=1), FIRST + timedelta(days=1)

    assert any(
        "call the lender before that day" in explain(each.words) for each in reminders_today(store, before)
    )
    assert any("call the lender today" in explain(each.words) for each in reminders_today(store, after))
    banner = view_of(store, case, after).banner
    assert banner is not None
    assert "CN¥383.33 of your agreement was due on 20 Dec 2026" in explain(banner)
    assert any(
        "of your agreement was due" in explain(each.text) for each in today_view(store, after).warnings
    )


def test_the_first_instalment_cannot_be_called_checked_while_it_is_missed(
    store: Store, account: Account, case: Case, today: date
) -> None:
    talked(store, case, today)
    agreed(store, case, today)
    after = FIRST + timedelta(days=1)
    assert state_of(store, case, "check-first-instalment", FIRST) is ShownState.NOT_STARTED

    step = view_of(store, case, after).step("check-first-instalment")
    assert step is not None
    (waits_for,) = step.waits_for
    assert "CN¥383.33 late, was due 20 Dec 2026" in explain(waits_for.text)
    with pytest.raises(StepBlockedError), store.transaction():
        procedures.set_step_state(store, case.id, "check-first-instalment", StepState.DONE, after)
    with store.transaction():
        pay(store, Payment(account.id, yuan("383.33"), after))
        procedures.set_step_state(store, case.id, "check-first-instalment", StepState.DONE, after)
    # A later one that is missed is told elsewhere, and does not open this step again.
    later = date(2027, 1, 21)
    assert state_of(store, case, "check-first-instalment", later) is ShownState.DONE


@pytest.mark.parametrize(
    ("proof", "result"),
    [
        (Proof.NONE, "agreed-spoken"),
        (Proof.RECORDED, "agreed-spoken"),
        (Proof.WRITTEN, "agreed"),
    ],
)
def test_what_the_end_starts_with_is_what_is_recorded_of_the_agreement(
    store: Store, case: Case, today: date, proof: Proof, result: str
) -> None:
    talked(store, case, today)
    assert result_so_far(view_of(store, case, today)) == ""
    agreed(store, case, today, proof)
    assert result_so_far(view_of(store, case, today)) == result
