"""What every case has besides kinds of steps: facts, changes, links, own steps, a slight delay, the pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, OwnText, StepState
from planner.gui.asking import why
from planner.gui.forms import Form
from planner.gui.pages.procedure_parts import facts_card
from planner.gui.pages.procedure_parts.bodies.choose import ChooseBody
from planner.gui.pages.procedure_parts.own_step_form import OwnStepForm
from planner.gui.pages.procedure_parts.print_form import PrintForm
from planner.gui.pages.procedure_parts.slight_line import SlightForm
from planner.gui.pages.procedure_parts.step_details import Details
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.recording.purchase import PurchaseForm
from planner.gui.session import Session
from planner.reports.case_pack import pages_of
from planner.services import procedures
from planner.services.accounts import account_from, save_account, set_state
from planner.services.bills import pay
from planner.services.cases.facts import case_facts
from planner.services.cases.own_steps import add_own_step
from planner.services.cases.record import slight_days
from planner.services.cases.slight_delay import set_slight_days
from planner.store import catalogue
from planner.store.store import Store
from tests.brought_procedures import head, step, use

MORE = """
facts = ["owed", "late", "limit_used"]

[[warning]]
title = "Only by phone"
text = "T"
source = "S"
when = { way = ["phone"] }

[[question]]
id = "way"
title = "Which way?"

[[question.answer]]
id = "phone"
text = "By telephone"

[[question.answer]]
id = "app"
text = "In the app"

[[change]]
revision = 2
text = "A step was added, and one says where."
new = ["check"]
steps = ["look"]
"""
PLAIN = head("plain", "Do a plain thing", 2, MORE) + "".join(
    [
        step("look", "Look at it", section='"before"'),
        step("act", "Act on it", procedure='"other"'),
        step("decide", "Decide", kind='"choose"'),
        step("soon", "Wait a little", when='{ "record.days_late" = ["few"] }'),
        step("check", "Check it", section='"after"'),
    ]
)
OTHER = head("other", "Do another thing") + step("only", "The only step")


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, PLAIN, OTHER)


@pytest.fixture
def account(store: Store) -> Account:
    """An account that is ten days late with 100 yuan."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    line = BillLine(LineKind.UNITEMISED, Money.of("100", "CNY"))
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        store.bills.save(Bill(account.id, date(2026, 11, 1), date(2026, 11, 12), (line,)))
    return account


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    with store.transaction():
        return procedures.start_case(store, "plain", account.id, today)


def opened(qtbot: QtBot, session: Session, case: Case, height: int = 900) -> ProceduresPage:
    page = ProceduresPage(session)
    qtbot.addWidget(page)
    page.resize(1060, height)
    page.wanted.connect(lambda place, target: page.reveal(target) if place == "procedures" else None)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_case(case.id)
    QApplication.processEvents()
    return page


@pytest.fixture
def page(qtbot: QtBot, session: Session, case: Case) -> ProceduresPage:
    return opened(qtbot, session, case)


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    """Press a key on a widget, as who has no mouse does."""
    widget.setFocus()
    assert widget.hasFocus()
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def write(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def has_keyboard(page: ProceduresPage) -> bool:
    """Whether something on the page that can be seen has the keyboard."""
    focused = QApplication.focusWidget()
    return focused is not None and focused.isVisible() and page.isAncestorOf(focused)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def details_of(page: ProceduresPage, step_id: str) -> Details:
    row = page.case.rows[step_id]
    row.set_open(is_open=True)
    assert row.details is not None
    return row.details


def form_of(page: ProceduresPage, kind: type[Form]) -> Form:
    form = page.pane.content
    assert isinstance(form, kind)
    return form


# --- Facts


def test_the_facts_stand_at_the_top_with_their_why(page: ProceduresPage) -> None:
    card = page.case.facts

    assert card.fold.is_open
    assert [line.fact.label.msgid for line in card.lines] == ["Still to pay", "Late", "Used of the limit"]
    owed, late, limit = card.lines
    assert "CN¥100.00" in texts(owed)
    assert "CN¥100.00, the oldest since 12 Nov 2026" in texts(late)
    assert owed.why_button.isVisible()
    assert owed.answer() == why("Still to pay", owed.fact.value)
    assert not limit.why_button.isVisible()
    press(owed.why_button)
    assert page.pane.is_open


def test_what_is_not_known_leads_to_where_it_is_recorded(
    page: ProceduresPage, account: Account, qtbot: QtBot
) -> None:
    limit = page.case.facts.lines[2]
    assert "Not known: no limit is recorded." in texts(limit)

    with qtbot.waitSignal(page.wanted) as asked:
        press(limit.act_link)
    assert asked.args == ["bills", account.id]


def test_the_facts_follow_what_is_recorded(page: ProceduresPage, session: Session, account: Account) -> None:
    session.do("Limit", save_account, replace(account, limit=Money.of("400", "CNY")))

    assert "CN¥100.00 of CN¥400.00: 25.00%" in texts(page.case.facts.lines[2])


def test_in_a_low_window_the_facts_wait_in_their_fold_and_are_not_worked_out(
    qtbot: QtBot, session: Session, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(store: Store, view: procedures.CaseView) -> object:
        asked.append(view.case.id)
        return case_facts(store, view)

    monkeypatch.setattr(facts_card, "case_facts", counted)
    page = opened(qtbot, session, case, height=560)

    assert (page.case.facts.fold.is_open, asked, page.case.facts.lines) == (False, [], [])
    press(page.case.facts.fold.chevron)
    assert asked == [case.id]
    assert len(page.case.facts.lines) == 3


def test_a_mark_works_no_fact_out_anew_and_a_payment_does(
    page: ProceduresPage, session: Session, account: Account, today: date
) -> None:
    owed = page.case.facts.lines[0]
    press(page.case.rows["look"].box)
    assert page.case.facts.lines[0] is owed

    session.do("Pay", pay, Payment(account.id, Money.of("40", "CNY"), today))
    assert "CN¥60.00" in texts(page.case.facts.lines[0])


# --- Sections, warnings, decisions


def test_a_procedure_without_a_request_speaks_of_none(page: ProceduresPage) -> None:
    headings = {key: row.section.text() for key, row in page.case.rows.items() if row.section.isVisible()}

    assert headings == {"look": "Before", "act": "What to do", "check": "Afterwards"}


def test_a_warning_comes_with_the_answer_it_is_for(page: ProceduresPage) -> None:
    assert not page.case.warnings.isVisible()
    press(page.case.questions.asked["way"].answers["phone"].button)

    assert page.case.warnings.isVisible()
    assert "Only by phone" in texts(page.case.warnings) or not page.case.warnings.is_open
    press(page.case.questions.asked["way"].answers["app"].button)
    assert not page.case.warnings.isVisible()


def test_a_decision_that_ends_no_contract_speaks_of_no_cancelling(
    page: ProceduresPage, session: Session, store: Store, case: Case
) -> None:
    body = details_of(page, "decide").body
    assert isinstance(body, ChooseBody)
    assert body.stay_button.text() == "I leave it at that"
    assert "cancel" not in texts(body)

    press(body.stay_button)
    assert store.cases.get(case.id).step("look").state is StepState.NOT_NEEDED
    assert session.history.undoText() == "Decide not to go on"


# --- What changed


@pytest.fixture
def earlier(store: Store, case: Case) -> Case:
    """A case of the first revision, with words of the user's own over a step."""
    own = replace(case.step("look"), own_text=OwnText("As I look at it", 1, "en"))
    with store.transaction():
        store.cases.save(replace(case, revision=1).with_step(own))
    return store.cases.get(case.id)


def test_what_changed_is_told_and_leads_to_the_steps_and_marks_them(
    qtbot: QtBot, session: Session, earlier: Case
) -> None:
    page = opened(qtbot, session, earlier)
    changes = page.case.changes
    assert changes.isVisible()
    assert "your marks are kept" in texts(changes)
    assert page.case.rows["check"].state.text().startswith("New: ")
    assert page.case.rows["look"].state.text().startswith("Changed: ")
    assert page.case.rows["act"].state.text() == "Not started"

    press(changes.fold.chevron)
    assert "A step was added, and one says where." in texts(changes)
    assert [link.text() for link in changes.links] == ["5. Check it", "1. Look at it"]
    press(changes.links[0])
    assert page.case.rows["check"].is_open
    assert page.case.rows["check"].chevron.hasFocus()


def test_having_seen_it_takes_the_marks_away_until_undone(
    qtbot: QtBot, session: Session, store: Store, earlier: Case
) -> None:
    page = opened(qtbot, session, earlier)
    press(page.case.changes.seen_button)
    assert not page.case.changes.isVisible()
    assert has_keyboard(page)
    assert page.case.rows["check"].state.text() == "Not started"
    assert store.cases.get(earlier.id).step("look").own_text is not None

    session.history.undo()
    assert page.case.changes.isVisible()
    assert page.case.rows["check"].state.text() == "New: Not started"


def test_the_published_text_stands_beside_the_users_own(
    qtbot: QtBot, session: Session, earlier: Case
) -> None:
    page = opened(qtbot, session, earlier)
    details = details_of(page, "look")
    assert details.text.text() == "As I look at it"
    assert details.published.isVisible()
    press(details.published.chevron)
    assert "Do it." in texts(details.published)
    assert not details_of(page, "act").published.isVisible()


# --- Links between procedures


def test_a_step_starts_another_procedure_and_there_is_a_way_back(
    page: ProceduresPage, session: Session, store: Store, account: Account, case: Case
) -> None:
    details = details_of(page, "act")
    assert details.link_button.accessibleName() == "Start: Do another thing"
    press(details.link_button)

    assert page.title.text() == "Do another thing"
    assert page.case.part_button.text() == "Part of: Do a plain thing"
    press(page.case.part_button)
    assert page.title.text() == "Do a plain thing"
    assert not page.case.part_button.isVisible()
    again = details_of(page, "act").link_button
    assert again.text() == "Open: Do another thing"
    press(again)
    assert page.title.text() == "Do another thing"
    assert len(store.cases.of_account(account.id)) == 2

    session.history.undo()
    assert [each.id for each in store.cases.of_account(account.id)] == [case.id]


# --- Own steps


def test_a_step_of_the_users_own_is_added_changed_moved_and_deleted_by_keyboard(
    page: ProceduresPage, session: Session, store: Store, case: Case
) -> None:
    press(page.case.add_button)
    form = form_of(page, OwnStepForm)
    assert isinstance(form, OwnStepForm)
    assert form.after.box.currentText() == "After: 5. Check it"
    write(form.title.edit, "Ring my brother")
    form.after.set_key("look")
    press(form.save_button)
    (own,) = store.cases.get(case.id).own_steps
    assert (own.title, own.after) == ("Ring my brother", "look")
    row = page.case.rows[own.id]
    assert row.title.text() == "2. Ring my brother"
    assert page.case.rows["act"].title.text() == "3. Act on it"
    press(row.box)
    assert store.cases.get(case.id).step(own.id).state is StepState.DONE

    details = details_of(page, own.id)
    assert "A step of your own." in texts(details)
    assert not details.restore_button.isVisible()
    press(details.edit_button)
    form = form_of(page, OwnStepForm)
    assert isinstance(form, OwnStepForm)
    places = [form.after.box.itemData(index) for index in range(form.after.box.count())]
    assert own.id not in places
    form.after.set_key("act")
    press(form.save_button)
    assert page.case.rows[own.id].title.text() == "3. Ring my brother"
    column = page.case.rows["act"].parentWidget()
    assert column is not None
    assert page.case.rows["act"].y() < page.case.rows[own.id].y() < page.case.rows["decide"].y()

    press(details_of(page, own.id).delete_button)
    assert own.id not in page.case.rows
    assert has_keyboard(page)
    session.history.undo()
    assert page.case.rows[own.id].box.isChecked()


def test_a_step_after_one_that_is_left_out_stays_where_it_is_when_it_is_changed(
    qtbot: QtBot, session: Session, store: Store, case: Case
) -> None:
    with store.transaction():
        own = add_own_step(store, case.id, "Mine", "", "soon")
        set_slight_days(store, 9, case.id)
    page = opened(qtbot, session, case)
    press(details_of(page, own.id).edit_button)
    form = form_of(page, OwnStepForm)
    assert isinstance(form, OwnStepForm)
    assert form.after.box.currentText() == "Where it stands now"
    write(form.title.edit, "Mine still")
    press(form.save_button)

    assert [(each.title, each.after) for each in store.cases.get(case.id).own_steps] == [
        ("Mine still", "soon")
    ]


def test_a_step_without_a_title_is_not_added(page: ProceduresPage, store: Store, case: Case) -> None:
    press(page.case.add_button)
    form = form_of(page, OwnStepForm)
    press(form.save_button)

    assert form.isVisible()
    assert store.cases.get(case.id).own_steps == ()


# --- A slight delay


@pytest.mark.row("C116", "C117")
def test_what_a_slight_delay_is_can_be_changed_where_the_way_depends_on_it(
    page: ProceduresPage, session: Session, store: Store
) -> None:
    line = page.case.slight
    assert "the delay was 15 days at most, so it counts as slight here" in line.words.text()
    assert "soon" in page.case.rows
    press(line.link)
    form = form_of(page, SlightForm)
    assert isinstance(form, SlightForm)
    write(form.days.edit, "9")
    press(form.save_button)

    assert slight_days(store) == 9
    assert "soon" not in page.case.rows
    assert "the delay was longer than 9 days" in line.words.text()
    session.history.undo()
    assert "soon" in page.case.rows
    assert "15 days at most" in line.words.text()


# --- The pack


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], tuple[Path, list[QUrl]]]:
    """Choose a file without a dialog, and note what is opened."""
    path, seen = tmp_path / "pack.pdf", list[QUrl]()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", seen.append)
    return lambda: (path, seen)


def test_a_case_is_printed_in_the_language_that_is_chosen(
    page: ProceduresPage, qtbot: QtBot, saved: Callable[[], tuple[Path, list[QUrl]]]
) -> None:
    press(page.case.actions_part.print_button)
    form = form_of(page, PrintForm)
    assert isinstance(form, PrintForm)
    assert not form.letter.isVisible()
    form.language.set_key("fr")
    press(form.save_button)
    path, seen = saved()
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)

    content = path.read_bytes()
    root = cast("dict[str, Any]", pypdf.PdfReader(path).trailer["/Root"])
    assert root["/Lang"] == "fr-FR"
    assert 1 <= pages_of(content) <= 2
    assert seen == [QUrl.fromLocalFile(str(path))]
    assert form.note.text() == f"Saved: {path}"


# --- The form of a purchase


def test_the_form_of_a_purchase_says_when_the_account_is_not_to_be_paid_with(
    qtbot: QtBot, session: Session, store: Store, account: Account
) -> None:
    with store.transaction():
        set_state(store, account.id, State.FROZEN, date(2026, 11, 10))
    form = PurchaseForm(session, account.id)
    qtbot.addWidget(form)
    form.show()
    assert "frozen by the lender since 10 Nov 2026" in form.caution.text()
    assert form.caution.isVisible()

    write(form.bought_on.edit, "9/11/2026")
    assert not form.caution.isVisible()
