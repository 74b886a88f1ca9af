"""Disputing an error in a credit report: from what is wrong to an answer, with the twenty days of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, DocumentState, LogEntry, StepState
from planner.domain.procedures.kinds import Channel, FactKind
from planner.domain.procedures.step_view import ShownState
from planner.domain.reminders.reminder import About
from planner.gui.pages.procedure_parts.bodies.letter import LetterBody
from planner.gui.pages.procedure_parts.bodies.submit import SubmitBody
from planner.gui.pages.today_reminders import place_of_topic
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import explain
from planner.phrases import N_, Phrase
from planner.reports.hardship_letter import letter_text
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.services.calendar_entries import calendar_entries
from planner.services.cases.facts import case_facts
from planner.services.cases.letter import Addressee
from planner.services.cases.letters import say_in_letter, step_letter
from planner.services.cases.log import log_contact
from planner.services.procedures import CaseView, NotDoneYetError, SubmitBlockedError
from planner.services.reminder_topics import topics
from planner.services.reminders import unseen
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, state, texts

DISPUTE = "dispute-report"


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    """A Baitiao whose bill of October was paid on its very day, and which the report calls late."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    lines = (BillLine(LineKind.UNITEMISED, yuan("500")),)
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        save_bill(store, Bill(account.id, date(2026, 10, 1), date(2026, 10, 10), lines))
        pay(store, Payment(account.id, yuan("500"), date(2026, 10, 10), note="No. 4711"))
    return account


def started(store: Store, account: Account, today: date, **answers: str) -> Case:
    with store.transaction():
        case = procedures.start_case(store, DISPUTE, account.id, today)
        for question, chosen in answers.items():
            case = procedures.answer(store, case.id, question, chosen)
    return case


def view_of(store: Store, case: Case, day: date) -> CaseView:
    return procedures.case_view(store, store.cases.get(case.id), day)


def ids_of(store: Store, case: Case, day: date) -> list[str]:
    return [each.step.id for each in view_of(store, case, day).steps]


def state_of(store: Store, case: Case, step: str, day: date) -> ShownState:
    found = view_of(store, case, day).step(step)
    assert found is not None
    return found.state


def have_proof(store: Store, case: Case, day: date) -> None:
    for line in procedures.documents_view(store, view_of(store, case, day)):
        with store.transaction():
            procedures.mark_document(
                store, case.id, "gather-proof", line.document.id, DocumentState.AT_HAND, day
            )


@pytest.mark.row("C058")
def test_the_record_shows_that_it_was_paid_in_time_and_the_proof_comes_before_the_objection(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, report="pboc", error="paid")
    view = view_of(store, case, today)
    facts = {fact.kind: fact.value for fact in case_facts(store, view)}
    counted = facts[FactKind.LATE_COUNTS]
    assert isinstance(counted, Phrase)
    assert explain(counted) == "No payment was ever late, by what is recorded."

    listed = [line.document.id for line in procedures.documents_view(store, view)]
    assert listed == ["report-page", "payment-proof"]
    assert state_of(store, case, "object", today) is ShownState.BLOCKED
    with pytest.raises(SubmitBlockedError), store.transaction():
        procedures.submit(store, case.id, today, today)
    with pytest.raises(NotDoneYetError), store.transaction():
        procedures.set_step_state(store, case.id, "gather-proof", StepState.DONE, today)
    assert state_of(store, case, "wait-for-answer", today) is ShownState.BLOCKED

    have_proof(store, case, today)
    assert state_of(store, case, "object", today) is ShownState.NOT_STARTED


# Twenty days from the day the objection was sent, whatever day of the week they end on: 12 December is a
# Saturday.
@pytest.mark.row("C058")
@pytest.mark.parametrize(
    ("sent_on", "last_day"),
    [
        (date(2026, 11, 22), date(2026, 12, 12)),
        (date(2026, 9, 25), date(2026, 10, 15)),  # over the National Day week, which does not count apart
        (date(2026, 12, 20), date(2027, 1, 9)),
        (date(2028, 2, 20), date(2028, 3, 11)),  # a leap year
    ],
)
def test_the_answer_is_due_within_twenty_days_of_the_objection(
    store: Store, account: Account, sent_on: date, last_day: date
) -> None:
    case = started(store, account, sent_on, report="pboc", error="paid")
    have_proof(store, case, sent_on)
    with store.transaction():
        procedures.submit(store, case.id, sent_on, sent_on)

    def said(day: date) -> str:
        banner = view_of(store, case, day).banner
        return explain(banner) if banner is not None else ""

    view = view_of(store, case, sent_on)
    assert view.verification is not None
    assert view.verification.latest == last_day
    told = f"{last_day.day} {last_day:%b %Y}"
    # The law counts from the day the lender has it, which nobody here can know.
    counts = "the days count from when they have it."
    assert said(last_day) == f"An answer is due about {told}: {counts}"
    over = f"An answer was due about {told}: {counts} If none has come, ask again."
    assert said(last_day + timedelta(days=1)) == over
    # An objection closes nothing: the account is as it was, and may be used.
    assert store.accounts.get(account.id).states == account.states

    with store.transaction():
        procedures.set_step_state(store, case.id, "wait-for-answer", StepState.DONE, last_day)
        entry = LogEntry("note-answer", last_day, Channel.LETTER, said="It was corrected")
        log_contact(store, case.id, entry, last_day)
    assert said(last_day + timedelta(days=1)) == ""
    for step in ("write-objection", "read-again"):
        with store.transaction():
            procedures.set_step_state(store, case.id, step, StepState.DONE, last_day)
    with store.transaction():
        procedures.finish(store, case.id, last_day, last_day, "corrected")
    assert said(last_day) == f"Finished on {told}: The entry was corrected."


@pytest.mark.row("C058")
def test_the_last_day_for_the_answer_and_the_day_after_it_are_reminded_of(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, report="pboc", error="paid")
    have_proof(store, case, today)
    with store.transaction():
        procedures.submit(store, case.id, today, today)
    last = date(2026, 12, 12)
    counts = "about 12 Dec 2026: the days count from when they have it."
    due, over = (
        f"My Baitiao: An answer is due {counts}",
        f"My Baitiao: An answer was due {counts} If none has come, ask again.",
    )

    def reminded(day: date) -> list[str]:
        return [
            explain(each.words)
            for each in unseen(store, day).to_say
            if each.reminder.topic.about is About.ANSWER
        ]

    assert reminded(last - timedelta(days=1)) == []
    assert reminded(last) == [due]
    assert reminded(last + timedelta(days=1)) == [over]
    assert reminded(date(2026, 12, 20)) == [over]
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    entries = {each.handed.on: each.entry for each in calendar_entries(store, today, 3, now)}
    for day, words in ((last, due), (last + timedelta(days=1), over)):
        entry = entries[day]
        assert entry is not None
        assert explain(entry.title) == words
    found = [each for each in topics(store, today) if each.about is About.ANSWER]
    step = f"step:{case.id}/wait-for-answer"
    assert [place_of_topic(each) for each in found] == [("procedures", step), ("procedures", f"{step}/over")]

    with store.transaction():
        procedures.set_step_state(store, case.id, "wait-for-answer", StepState.DONE, last)
    assert [each for each in topics(store, last) if each.about is About.ANSWER] == []


@pytest.mark.row("C058")
def test_an_objection_with_papers_missing_was_accepted_by_nobody(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, report="pboc", error="paid")
    with store.transaction():
        procedures.submit(store, case.id, today, today, is_accepted=True)

    words = view_of(store, case, today).recorded_anyway
    assert words is not None
    assert explain(words) == "It was recorded while 2 things were still open."


@pytest.mark.row("C058")
@pytest.mark.parametrize("report", ["ficp", "other"])
def test_of_another_report_no_twenty_days_are_promised(
    store: Store, account: Account, today: date, report: str
) -> None:
    case = started(store, account, today, report=report, error="amount")

    ids = ids_of(store, case, today)

    assert "object-elsewhere" in ids
    assert not {"object", "wait-for-answer", "get-report", "read-again"} & set(ids)
    assert ("check-ficp" in ids) is (report == "ficp")
    have_proof(store, case, today)
    entry = LogEntry("object-elsewhere", today, Channel.LETTER, next_on=date(2026, 12, 20))
    with store.transaction():
        log_contact(store, case.id, entry, today)
    view = view_of(store, case, today + timedelta(days=21))
    assert (view.verification, view.banner) == (None, None)


@pytest.mark.row("C058")
@pytest.mark.parametrize(
    ("to", "language", "said"),
    [
        (Addressee.LENDER, "en", ("To: JD Finance\n", "article 25", "20 days")),
        (Addressee.REGISTER, "en", ("To: Credit Reference Center of the", "article 25", "20 days")),
        (Addressee.REGISTER, "zh", ("致：中国人民银行征信中心\n", "第二十五条", "20 日内")),
        (Addressee.REGISTER, "fr", ("中国人民银行征信中心", "article 25", "20 jours")),
    ],
)
def test_the_letter_goes_to_the_lender_or_the_centre_and_names_the_law(
    store: Store,
    account: Account,
    today: date,
    to: Addressee,
    language: str,
    said: tuple[str, ...],
) -> None:
    case = started(store, account, today, report="pboc", error="paid")
    step = view_of(store, case, today).step("write-objection")
    assert step is not None
    with store.transaction():
        case = say_in_letter(store, case.id, "write-objection", "4711 / 2026-10-10", to)

    letter = letter_text(step_letter(store, case, step.step, today).letter, language)

    assert "征信业管理条例" in letter
    plain = letter.replace("\u00a0", " ").replace("\u202f", " ")
    assert [words for words in said if words not in plain] == []
    assert "4711 / 2026-10-10" in letter


@pytest.mark.row("C058")
def test_the_objection_is_made_in_the_window_and_its_last_day_is_shown(
    qtbot: QtBot, qapp: QApplication, store: Store, account: Account, today: date
) -> None:
    apply_theme(qapp, "light")
    session = Session(store, today)
    case = started(store, account, today)
    page = open_case(qtbot, session, case)
    give(page, "report", "pboc")
    give(page, "error", "paid")

    letter = opened(page, "write-objection").body
    assert isinstance(letter, LetterBody)
    assert letter.letter is not None
    QTest.keyClicks(letter.letter.reason.edit, "I paid on 10 October, No. 4711.")
    press(page.case.rows["write-objection"].box)
    assert "That is not right: I paid on 10 October, No. 4711." in letter.letter.text.toPlainText()

    assert state(page, "object") == "Cannot start yet, because 2 things stand in the way"
    for document in ("report-page", "payment-proof"):
        done = session.do(
            N_("Mark a document"),
            procedures.mark_document,
            case.id,
            "gather-proof",
            document,
            DocumentState.AT_HAND,
            today,
        )
        assert done is not None
    submit = opened(page, "object").body
    assert isinstance(submit, SubmitBody)
    press(submit.record_button)

    assert state(page, "object") == "Done on 22 Nov 2026"
    assert texts(page.case.banner) == (
        "An answer is due about 12 Dec 2026: the days count from when they have it."
    )
    assert "Between 22 Nov 2026 and 12 Dec 2026" in texts(opened(page, "wait-for-answer"))
    session.history.undo()
    assert texts(page.case.banner) == ""
