"""Documents and contacts in the window: ticked, recorded, corrected and deleted, with the keyboard alone."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.procedures.case import Case, CaseDocument, DocumentState, LogEntry
from planner.domain.procedures.kinds import Channel
from planner.domain.reminders.reminder import About, Topic
from planner.gui.pages.procedure_parts.bodies.contact import ContactBody
from planner.gui.pages.procedure_parts.bodies.documents import DocumentsBody
from planner.gui.pages.procedure_parts.log_form import LogForm
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.pages.today import TodayPage
from planner.gui.pages.today_reminders import place_of_topic
from planner.gui.session import Session
from planner.phrases import Phrase
from planner.services.cases.log import delete_contact, log_contact, say_kept
from planner.services.procedures import answer, start_case
from planner.store.store import Store
from tests.asking_procedure import ASKING, use_small_procedure

MADE, NEXT = date(2026, 11, 20), date(2026, 11, 24)
CALL = LogEntry(
    "talk", MADE, Channel.PHONE, time(14, 30), "Agent 10086", "Six are possible", "An answer", NEXT, id="call"
)


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key on a widget."""
    widget.setFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def focused() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def texts(widget: QWidget) -> str:
    """Everything a widget shows at the moment."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(labels)


@pytest.fixture
def case(store: Store, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A run of the small procedure."""
    use_small_procedure(tmp_path, monkeypatch)
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        return start_case(store, ASKING, "account", today)


def shown(qtbot: QtBot, session: Session, case: Case) -> ProceduresPage:
    """The page with a case, as a window of its own that has the keyboard."""
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_case(case.id)
    QApplication.processEvents()
    return page


@pytest.fixture
def page(qtbot: QtBot, session: Session, case: Case) -> ProceduresPage:
    """The page with a case without contacts."""
    return shown(qtbot, session, case)


def documents(page: ProceduresPage) -> DocumentsBody:
    row = page.case.rows["gather"]
    row.set_open(is_open=True)
    assert row.details is not None
    assert isinstance(row.details.body, DocumentsBody)
    return row.details.body


def contacts(page: ProceduresPage, step_id: str = "talk") -> ContactBody:
    row = page.case.rows[step_id]
    row.set_open(is_open=True)
    assert row.details is not None
    assert isinstance(row.details.body, ContactBody)
    QApplication.processEvents()
    return row.details.body


def form_of(page: ProceduresPage) -> LogForm:
    assert isinstance(page.pane.content, LogForm)
    return page.pane.content


def log(page: ProceduresPage) -> tuple[LogEntry, ...]:
    assert page.case.view is not None
    return page.case.view.case.log


def said_of(page: ProceduresPage) -> list[CaseDocument]:
    assert page.case.view is not None
    return list(page.case.view.case.documents)


def choose(box: QWidget, key: Qt.Key) -> None:
    """Choose with the arrow keys; the list itself stays closed."""
    press(box, key)


# --- Documents


@pytest.mark.row("C097", "C115")
def test_documents_are_listed_with_what_they_must_show_and_who_asks_for_them(
    page: ProceduresPage, session: Session, case: Case
) -> None:
    body = documents(page)
    assert list(body.rows) == ["income"]
    assert "Proof of income\n" in texts(body)
    assert "What you earn each month.\nAs of 22 Nov 2026, weak source: a page" in texts(body)

    session.do("Answer", answer, case.id, "reason", "illness")
    assert list(body.rows) == ["income", "illness"]
    session.do("Answer", answer, case.id, "reason", "work")

    assert list(body.rows) == ["income"]


@pytest.mark.row("C097")
def test_documents_are_marked_by_keyboard_and_the_step_follows(page: ProceduresPage, today: date) -> None:
    box = documents(page).rows["income"].choice.box
    page.case.rows["gather"].box.click()
    assert page.case.rows["gather"].state.text() == "Not started"

    choose(box, Qt.Key.Key_Down)
    assert said_of(page) == [CaseDocument("income", DocumentState.AT_HAND, today)]
    assert page.case.rows["gather"].state.text() == "Done on 22 Nov 2026"
    assert "Noted on 22 Nov 2026" in texts(documents(page))
    assert box.hasFocus()

    choose(box, Qt.Key.Key_Down)
    assert [each.state for each in said_of(page)] == [DocumentState.NOT_ASKED]
    choose(box, Qt.Key.Key_Home)
    assert said_of(page) == []
    assert "Noted on" not in texts(documents(page))


@pytest.mark.row("C097")
def test_what_waits_for_a_document_leads_to_it(page: ProceduresPage) -> None:
    row = page.case.rows["send"]
    assert row.state.text() == "Cannot start yet, because: Not at hand yet: Proof of income"
    row.set_open(is_open=True)
    assert row.details is not None

    press(row.details.open_links.links[0])

    assert documents(page).rows["income"].choice.box.hasFocus()


def test_what_is_still_to_be_found_is_not_said_a_second_time_above_its_list(page: ProceduresPage) -> None:
    documents(page)
    details = page.case.rows["gather"].details
    assert details is not None
    assert details.open_links.isHidden()


# --- Contacts


@pytest.mark.row("C022", "C019", "C104")
def test_the_number_of_the_lender_is_copied_with_one_press(page: ProceduresPage) -> None:
    body = contacts(page)
    assert "Customer service: 95118" in texts(body)
    assert body.copy_buttons[0].accessibleName() == "Copy the number: Customer service"

    press(body.copy_buttons[0])

    assert QGuiApplication.clipboard().text() == "95118"
    assert body.copy_buttons[0].text() == "Copied"


@pytest.mark.row("C038", "C047")
def test_a_contact_is_recorded_by_keyboard_alone_and_its_step_is_done(page: ProceduresPage) -> None:
    assert "No contact with the lender is recorded yet." in texts(contacts(page))
    press(contacts(page).record_button)
    form = form_of(page)
    assert form.day.edit.hasFocus()
    assert form.channel.value() == "phone"
    offered = [form.channel.box.itemData(place) for place in range(form.channel.box.count())]
    assert offered == [channel.value for channel in Channel]

    typed = ("20/11/2026", "14:30", "", "Agent 10086", "Six are possible", "An answer", "24/11/2026")
    for field, words in zip(form.fields, typed, strict=True):
        while not field.input.hasFocus():
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
        QTest.keyClicks(field.input, words)
    assert "You are reminded on 24 Nov 2026." in texts(form)
    QTest.keyClick(form.next_day.edit, Qt.Key.Key_Return)
    QApplication.processEvents()

    assert not page.pane.is_open
    assert [
        (each.step, each.on, each.at, each.channel, each.person, each.said, each.promise, each.next_on)
        for each in log(page)
    ] == [("talk", MADE, time(14, 30), Channel.PHONE, "Agent 10086", "Six are possible", "An answer", NEXT)]
    assert page.case.rows["talk"].state.text() == "Done on 20 Nov 2026"
    assert contacts(page).record_button.hasFocus()
    row = contacts(page).rows[log(page)[0].id]
    assert texts(row).split("\n")[:4] == [
        "20 Nov 2026 at 14:30",
        "By telephone, with Agent 10086",
        "Six are possible",
        "Promised for 24 Nov 2026: An answer",
    ]


@pytest.mark.row("C102")
def test_what_will_not_be_kept_is_said_below_the_field_while_it_is_typed(page: ProceduresPage) -> None:
    press(contacts(page).record_button)
    form = form_of(page)

    form.said.edit.setPlainText("asked for 11010519491231002X and the verification code 482911")

    assert form.said.hint.text() == (
        "An identity number is not kept here.\nA code or a password is not kept here."
    )
    form.save()
    assert log(page)[0].said == "asked for **** and the verification code ****"


def test_a_contact_of_tomorrow_is_refused_with_a_reason_and_stays_in_the_form(page: ProceduresPage) -> None:
    press(contacts(page).record_button)
    form = form_of(page)
    form.day.set_day(date(2026, 11, 23))
    form.save()

    assert form.problem.text() == "23 Nov 2026 is still to come. Enter the day on which it happened."
    assert log(page) == ()


@pytest.fixture
def called(qtbot: QtBot, session: Session, store: Store, case: Case, today: date) -> ProceduresPage:
    """The page with a case in which the lender has promised something."""
    with store.transaction():
        log_contact(store, case.id, CALL, today)
    return shown(qtbot, session, case)


def test_a_step_shows_the_contacts_of_all_steps_and_says_which_are_of_others(called: ProceduresPage) -> None:
    assert "Recorded in the step" not in texts(contacts(called))
    assert "Recorded in the step “Talk to the lender”" in texts(contacts(called, "send"))
    assert list(contacts(called, "send").rows) == ["call"]


def test_a_contact_is_corrected_in_the_form_it_was_recorded_in(called: ProceduresPage) -> None:
    press(contacts(called).rows["call"].edit_button)
    form = form_of(called)
    assert form.time.value() == time(14, 30)
    form.channel.set_key("visit")
    form.said.edit.setPlainText("Twelve are possible")
    form.save()

    assert [(each.id, each.channel, each.said, each.promise, each.next_on) for each in log(called)] == [
        ("call", Channel.VISIT, "Twelve are possible", "An answer", NEXT)
    ]
    assert "At the door, with Agent 10086" in texts(contacts(called))
    called.session.history.undo()
    assert log(called) == (CALL,)
    assert "Six are possible" in texts(contacts(called))


@pytest.mark.row("C038")
def test_what_became_of_a_promise_is_chosen_in_its_row_and_stays_when_the_contact_is_corrected(
    called: ProceduresPage,
) -> None:
    row = contacts(called).rows["call"]
    choose(row.kept.box, Qt.Key.Key_Down)
    assert log(called)[0].is_kept is True
    choose(row.kept.box, Qt.Key.Key_Down)
    assert log(called)[0].is_kept is False
    assert row.kept.box.hasFocus()

    press(row.edit_button)
    form_of(called).save()
    assert log(called)[0].is_kept is False
    press(row.edit_button)
    form_of(called).promise.edit.setPlainText("Another answer")
    form_of(called).save()
    assert log(called)[0].is_kept is None


def test_deleting_a_contact_can_be_undone_and_keeps_the_keyboard_near(called: ProceduresPage) -> None:
    body = contacts(called)
    press(body.rows["call"].delete_button)

    assert log(called) == ()
    assert body.rows == {}
    assert body.record_button.hasFocus()
    assert called.case.rows["talk"].state.text() == "Not started"
    called.session.history.undo()
    assert list(body.rows) == ["call"]
    assert body.rows["call"].isVisible()


@pytest.mark.row("C038")
def test_a_promise_past_its_day_stands_above_the_steps_and_in_the_list_of_cases(
    qtbot: QtBot, session: Session, store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        log_contact(store, case.id, CALL, today)
    later = Session(store, date(2026, 11, 25))
    page = shown(qtbot, later, case)
    words = "白条: the lender promised for 24 Nov 2026: An answer. "
    words += "Say in the log of contacts whether it was kept."
    assert words in texts(page.case.promises)
    assert "Its day has passed." in texts(contacts(page))

    page.show_case("")
    QApplication.processEvents()
    assert words in texts(page.overview)
    page.show_case(case.id)
    choose(contacts(page).rows["call"].kept.box, Qt.Key.Key_Down)

    assert page.case.promises.isHidden()
    assert session.today == today


def test_of_many_contacts_the_newest_are_listed_and_the_others_wait_in_a_fold(
    qtbot: QtBot, session: Session, store: Store, case: Case, today: date
) -> None:
    def listed() -> list[str]:
        shown = sorted(
            (row.mapTo(page, row.rect().topLeft()).y(), entry_id)
            for entry_id, row in body.rows.items()
            if row.isVisible()
        )
        return [entry_id for _y, entry_id in shown]

    with store.transaction():
        for day in range(1, 8):
            log_contact(
                store, case.id, LogEntry("talk", date(2026, 11, day), Channel.APP, id=str(day)), today
            )
    page = shown(qtbot, session, case)
    body = contacts(page)
    assert listed() == ["7", "6", "5", "4", "3"]
    assert body.earlier.chevron.accessibleName() == "2 earlier contacts"

    session.do("Delete", delete_contact, case.id, "6")
    QApplication.processEvents()
    assert listed() == ["7", "5", "4", "3", "2"]
    session.history.undo()
    QApplication.processEvents()
    assert listed() == ["7", "6", "5", "4", "3"]

    page.reveal("contact:1")
    qtbot.waitUntil(body.rows["1"].edit_button.hasFocus)
    QApplication.processEvents()
    assert listed() == ["7", "6", "5", "4", "3", "2", "1"]


def test_a_reminder_leads_to_the_contact_in_its_step(qtbot: QtBot, called: ProceduresPage) -> None:
    name = Phrase.own("白条")
    promise = Topic("call", About.PROMISE, "account", name, NEXT)
    again = Topic("case", About.LOOK_AGAIN, "account", name, NEXT)
    assert place_of_topic(promise) == ("procedures", "contact:call")
    assert place_of_topic(Topic("call", About.NEXT_CONTACT, "account", name, NEXT))[1] == "contact:call"
    assert place_of_topic(again) == ("procedures", "account")
    called.show_case("")

    called.reveal("contact:call")

    qtbot.waitUntil(contacts(called).rows["call"].edit_button.hasFocus)


@pytest.mark.row("C038")
def test_a_promise_is_said_on_today_from_its_day_on_and_leads_to_the_contact(
    qtbot: QtBot, store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        log_contact(store, case.id, CALL, today)
    page = TodayPage(Session(store, date(2026, 11, 25)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.reminders is not None and bool(page.warnings))
    words = "白条: the lender promised for 24 Nov 2026: An answer. "
    words += "Say in the log of contacts whether it was kept."
    (row,) = [each for each in page.warnings if words in texts(each)]
    with qtbot.waitSignal(page.wanted) as wanted:
        row.button.click()
    assert wanted.args == ["procedures", "contact:call"]

    page.session.do("Kept", say_kept, case.id, "call", is_kept=True)
    QApplication.processEvents()

    assert not any("the lender promised" in texts(each) for each in page.warnings)


def test_everything_follows_the_language(called: ProceduresPage) -> None:
    body = contacts(called)
    i18n.use("fr")
    called.session.changed.emit(frozenset({"*"}))
    QApplication.processEvents()

    assert "Customer service: 95118" not in texts(body)
    assert "20 nov. 2026" in texts(body)
