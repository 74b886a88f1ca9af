"""The steps of a negotiation in the window: the worksheet, the letters, the agreement and its alert."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.agreed import Proof
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.procedures.case import Case, LogEntry
from planner.domain.procedures.kinds import Channel
from planner.gui.pages.overdue import LatePage
from planner.gui.pages.procedure_parts.agreement_form import AgreementForm
from planner.gui.pages.procedure_parts.bodies.agreement import AgreementBody
from planner.gui.pages.procedure_parts.bodies.letter import LetterBody
from planner.gui.pages.procedure_parts.bodies.worksheet import WorksheetBody
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.services.cases.letters import Addressee, reason_in, to_in
from planner.services.procedures import case_view, log_contact
from planner.store.store import Store
from tests.negotiating import begin, late_account, use_talks, yuan

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _talks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_talks(monkeypatch, tmp_path)


@pytest.fixture
def account(store: Store) -> Account:
    return late_account(store)


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    return begin(store, account, today)


def record_budget(store: Store, today: date) -> None:
    """400 is left each month."""
    flows = (
        ("Salary", Category.SALARY, "3000"),
        ("Rent", Category.HOUSING, "1800"),
        ("Power", Category.ENERGY, "200"),
        ("Food", Category.FOOD, "600"),
    )
    with store.transaction():
        for name, category, amount in flows:
            store.cash_flows.save(CashFlow(name, category, yuan(amount), Recurrence(date(2026, 1, 1))))
        store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(today, yuan("5000")),)))


Opened = Callable[[], ProceduresPage]


@pytest.fixture
def opened(qtbot: QtBot, session: Session, case: Case) -> Opened:
    def make() -> ProceduresPage:
        page = ProceduresPage(session)
        qtbot.addWidget(page)
        page.resize(1060, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.reveal(case.account_id)
        return page

    return make


def body_of(page: ProceduresPage, step_id: str) -> QWidget:
    row = page.case.rows[step_id]
    if not row.is_open:
        press(row.chevron)
    assert row.details is not None
    assert row.details.body is not None
    return row.details.body


def press(widget: QWidget) -> None:
    """Press it by the keyboard."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Space)
    QApplication.processEvents()


def said(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(labels)


# --- the worksheet -----------------------------------------------------------------------------------


def test_where_the_budget_has_all_that_is_asked_the_figure_is_named_as_that(
    opened: Opened, store: Store, today: date
) -> None:
    record_budget(store, today)
    with store.transaction():
        flow = CashFlow("Other work", Category.OTHER_INCOME, yuan("5000"), Recurrence(date(2026, 1, 1)))
        store.cash_flows.save(flow)
    body = body_of(opened(), "work-out")

    # 1,000 and 12.34 are late, and 302 is due on 10 December; 5,400 is left of the month.
    assert "Asked in the coming month\nCN¥1,314.34" in said(body)
    assert "You can offer each month" not in said(body)


@pytest.mark.row("C038")
def test_the_worksheet_shows_what_can_be_offered_and_why(opened: Opened, store: Store, today: date) -> None:
    record_budget(store, today)
    page = opened()
    body = body_of(page, "work-out")
    assert isinstance(body, WorksheetBody)

    assert "You can offer each month\nCN¥400.00" in said(body)
    assert "For My Baitiao each month: CN¥400.00" in said(body)
    assert body.lacks.isHidden()
    asked: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: asked.append((place, target)))
    press(body.payoff_button)
    press(body.cash_button)
    assert asked == [("payoff", "CNY"), ("cash", "CNY")]


def test_without_a_budget_the_worksheet_leads_to_cash_and_shows_no_amount(opened: Opened) -> None:
    page = opened()
    body = body_of(page, "work-out")
    assert isinstance(body, WorksheetBody)

    assert "You can offer each month\nNot known yet" in said(body)
    assert "CN¥" not in said(body)
    asked: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: asked.append((place, target)))
    press(body.lacks.links[0])
    assert asked == [("cash", "CNY")]


# --- letters -----------------------------------------------------------------------------------------


@pytest.mark.row("C038")
def test_the_proposal_stands_in_the_step_in_the_language_that_is_chosen(
    opened: Opened, store: Store, today: date
) -> None:
    record_budget(store, today)
    body = body_of(opened(), "write")
    assert isinstance(body, LetterBody)
    letter = body.letter
    assert letter is not None
    assert "I offer to pay you CN¥400.00 a month" in letter.text.toPlainText()

    letter.language.set_key("zh")
    letter.language.changed.emit()

    assert "2026年11月22日" in letter.text.toPlainText()
    assert i18n.language() == "en"
    press(letter.copy_button)
    assert QGuiApplication.clipboard().text() == letter.text.toPlainText() or "2026年" in (
        QGuiApplication.clipboard().text()
    )


def test_own_words_go_into_the_letter_at_once_and_are_kept_when_the_field_is_left(
    opened: Opened, store: Store, case: Case
) -> None:
    page = opened()
    body = body_of(page, "write")
    assert isinstance(body, LetterBody)
    letter = body.letter
    assert letter is not None
    letter.reason.edit.setFocus()
    QTest.keyClicks(letter.reason.edit, "My hours were cut.")
    assert "My hours were cut." in letter.text.toPlainText()

    letter.copy_button.setFocus()

    assert reason_in(store.cases.get(case.id), "write") == "My hours were cut."
    page.session.history.undo()
    assert reason_in(store.cases.get(case.id), "write") == ""


def test_an_identity_number_among_own_words_is_not_kept_and_not_in_the_letter(
    opened: Opened, store: Store, case: Case
) -> None:
    body = body_of(opened(), "write")
    assert isinstance(body, LetterBody)
    letter = body.letter
    assert letter is not None
    letter.reason.edit.setFocus()
    QTest.keyClicks(letter.reason.edit, "I am 110101199003078515.")
    letter.copy_button.setFocus()

    assert "110101199003078515" not in letter.text.toPlainText()
    assert reason_in(store.cases.get(case.id), "write") == "I am ****."


@pytest.mark.row("C058")
def test_an_objection_can_be_addressed_to_the_centre(opened: Opened, store: Store, case: Case) -> None:
    body = body_of(opened(), "dispute")
    assert isinstance(body, LetterBody)
    assert body.letter is not None
    assert "To: JD Finance" in body.letter.text.toPlainText()
    assert body.to.isVisible()

    body.to.set_key(Addressee.REGISTER)
    body.to.changed.emit()

    assert "To: Credit Reference Center" in body.letter.text.toPlainText()
    assert to_in(store.cases.get(case.id), "dispute") is Addressee.REGISTER


def test_a_letter_is_saved_as_text_with_what_was_changed_by_hand(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = body_of(opened(), "cancel")
    assert isinstance(body, LetterBody)
    letter = body.letter
    assert letter is not None
    assert not body.to.isVisible()
    letter.text.setFocus()
    QTest.keyClicks(letter.text, "By hand: ")
    offered: list[str] = []

    def choose(*asked: str) -> tuple[str, str]:
        offered.append(asked[2])
        return str(tmp_path / "letter"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press(letter.text_button)

    assert offered == ["Letter to My Baitiao.txt"]
    text = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    assert text.startswith("By hand: [Your name and postal address]")
    assert "Subject: Cancellation of My Baitiao" in text


# --- the agreement -----------------------------------------------------------------------------------


def form_of(page: ProceduresPage) -> AgreementForm:
    body = body_of(page, "agree")
    assert isinstance(body, AgreementBody)
    press(body.record_button)
    assert isinstance(page.pane.content, AgreementForm)
    return page.pane.content


def fill(form: AgreementForm) -> None:
    form.count.edit.setFocus()
    QTest.keyClicks(form.count.edit, "3")
    form.repaid.set_money(yuan("900"))
    form.first_on.set_day(date(2026, 12, 10))
    form.on_change()


@pytest.mark.row("C098", "C039")
def test_the_form_records_an_agreement_and_says_before_what_it_comes_to(
    opened: Opened, store: Store, case: Case, today: date
) -> None:
    page = opened()
    form = form_of(page)
    assert form.repaid.money() == yuan("1012.34")
    fill(form)
    assert form.preview.text() == (
        "CN¥1,012.34 of it is open in the record; the instalments come to CN¥900.00.\n"
        "CN¥112.34 is no longer owed.\n"
        "Instalment 1: CN¥300.00 on 10 Dec 2026\n"
        "Instalment 2: CN¥300.00 on 10 Jan 2027\n"
        "Instalment 3: CN¥300.00 on 10 Feb 2027"
    )
    form.proof.set_key(Proof.WRITTEN)
    form.person.set_text("Agent 7")
    press(form.save_button)

    agreed = store.agreements.of_case(case.id)
    assert agreed is not None
    assert store.plans.get(agreed.plan_id).name == "Agreement of 22 Nov 2026"
    assert (agreed.person, agreed.proof, agreed.waived) == ("Agent 7", Proof.WRITTEN, yuan("112.34"))
    assert page.pane.content is None
    body = body_of(page, "agree")
    assert isinstance(body, AgreementBody)
    assert "CN¥900.00 in 3 instalments, from 10 Dec 2026 to 10 Feb 2027" in body.told.text()
    asked: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: asked.append((place, target)))
    press(body.plan_button)
    assert asked == [("bills", store.plans.get(agreed.plan_id).rows[0].id)]

    page.session.history.undo()
    assert store.agreements.of_case(case.id) is None
    assert store.ledgers.position(today).late != ()


def test_who_was_talked_to_last_stands_in_the_form(
    opened: Opened, session: Session, case: Case, today: date
) -> None:
    entry = LogEntry("talk", today, Channel.APP, person="Ms Li")
    session.do("Record a contact", log_contact, case.id, entry, today)
    form = form_of(opened())

    assert (form.person.text(), form.channel.value()) == ("Ms Li", Channel.APP)


@pytest.mark.row("C098")
def test_what_is_waived_lowers_what_nobody_has_typed_and_is_the_same_in_form_plan_and_letter(
    opened: Opened, store: Store, case: Case
) -> None:
    page = opened()
    form = form_of(page)
    form.count.set_count(3)
    form.first_on.set_day(date(2026, 12, 10))
    form.waived.set_money(yuan("100"))
    form.on_change()
    assert form.repaid.money() == yuan("912.34")
    form.fees.set_money(yuan("50"))
    form.on_change()

    assert form.repaid.money() == yuan("962.34")
    assert form.preview.text() == (
        "CN¥1,012.34 of it is open in the record; the instalments come to CN¥962.34.\n"
        "CN¥100.00 is no longer owed.\n"
        "CN¥50.00 comes on top.\n"
        "Instalment 1: CN¥320.78 on 10 Dec 2026\n"
        "Instalment 2: CN¥320.78 on 10 Jan 2027\n"
        "Instalment 3: CN¥320.78 on 10 Feb 2027"
    )
    press(form.save_button)
    agreed = store.agreements.of_case(case.id)
    assert agreed is not None
    plan = store.plans.get(agreed.plan_id)
    assert (plan.total, plan.fees, agreed.waived) == (yuan("962.34"), yuan("50"), yuan("100"))
    body = body_of(page, "confirm")
    assert isinstance(body, LetterBody)
    assert body.letter is not None
    text = body.letter.text.toPlainText()
    assert "I repay CN¥962.34 in 3 instalments." in text
    assert "Of that CN¥50.00 is a fee or interest." in text
    assert "You waive CN¥100.00." in text


def test_a_total_that_what_is_waived_contradicts_is_refused_at_its_field(
    opened: Opened, store: Store, case: Case
) -> None:
    form = form_of(opened())
    fill(form)
    form.waived.set_money(yuan("100"))
    form.fees.set_money(yuan("50"))
    form.on_change()
    said = (
        "With CN¥100.00 waived and CN¥50.00 added, the instalments come to CN¥962.34, not to CN¥900.00. "
        "Change one of these amounts."
    )
    assert form.preview.text().endswith(said)
    press(form.save_button)

    assert form.waived.message.text() == said
    assert store.agreements.of_case(case.id) is None
    form.repaid.set_money(yuan("962.34"))
    press(form.save_button)
    assert store.agreements.of_case(case.id) is not None


def test_thirty_six_equal_instalments_are_all_recorded_and_told_by_the_first_and_the_last(
    opened: Opened, store: Store, case: Case
) -> None:
    form = form_of(opened())
    fill(form)
    form.count.set_count(36)
    form.repaid.set_money(yuan("1000"))
    form.on_change()
    assert form.preview.text().splitlines()[-3:] == [
        "Instalment 1: CN¥27.77 on 10 Dec 2026",
        "…",
        "Instalment 36: CN¥28.05 on 10 Nov 2029",
    ]
    press(form.save_button)

    agreed = store.agreements.of_case(case.id)
    assert agreed is not None
    assert len(store.plans.get(agreed.plan_id).rows) == 36


def test_own_days_and_amounts_are_typed_one_by_one(opened: Opened, store: Store, case: Case) -> None:
    form = form_of(opened())
    fill(form)
    form.schedule.set_key("own")
    form.schedule.changed.emit()
    assert [(day.day(), amount.money()) for day, amount in form.rows.pairs] == [
        (date(2026, 12, 10), yuan("300")),
        (date(2027, 1, 10), yuan("300")),
        (date(2027, 2, 10), yuan("300")),
    ]
    assert not form.repaid.isVisible()
    form.rows.pairs[1][1].set_money(yuan("400"))
    form.rows.pairs[1][0].set_day(date(2027, 1, 20))
    form.on_change()
    assert "CN¥1,000.00" in form.preview.text()
    form.count.set_count(2)
    form.on_change()
    form.count.set_count(3)
    form.on_change()
    assert form.rows.pairs[1][1].money() == yuan("400")  # what was typed stays
    press(form.save_button)

    agreed = store.agreements.of_case(case.id)
    assert agreed is not None
    assert [(row.due_on, row.total) for row in store.plans.get(agreed.plan_id).rows] == [
        (date(2026, 12, 10), yuan("300")),
        (date(2027, 1, 20), yuan("400")),
        (date(2027, 2, 10), yuan("300")),
    ]


def test_more_instalments_than_can_be_typed_one_by_one_are_refused(
    opened: Opened, store: Store, case: Case
) -> None:
    form = form_of(opened())
    fill(form)
    form.schedule.set_key("own")
    form.count.set_count(25)
    form.on_change()
    assert len(form.rows) == 24
    press(form.save_button)

    assert form.count.message.text() == "Up to 24 can be entered one by one."
    assert store.agreements.of_case(case.id) is None


def test_what_it_covers_can_be_chosen(opened: Opened, store: Store, case: Case) -> None:
    form = form_of(opened())
    assert not any(box.isVisible() for box in form.covers)
    form.about.set_key("some")
    form.about.changed.emit()
    assert [box.value() for box in form.covers] == [True, True, False, False]
    form.covers[1].set_checked(is_checked=False)
    form.covers[2].set_checked(is_checked=True)
    fill(form)
    assert form.preview.text().startswith("CN¥1,302.00 of it is open")
    press(form.save_button)

    agreed = store.agreements.of_case(case.id)
    assert agreed is not None
    assert tuple(agreed.covered) == ("bill", "row1")


def test_nothing_covered_is_refused_in_the_form(opened: Opened, store: Store, case: Case) -> None:
    form = form_of(opened())
    form.about.set_key("some")
    for box in form.covers:
        box.set_checked(is_checked=False)
    fill(form)
    press(form.save_button)

    assert form.problem.text().startswith("Choose what the agreement is about")
    assert store.agreements.of_case(case.id) is None


def test_an_agreement_is_changed_with_what_was_recorded_before(
    opened: Opened, store: Store, case: Case, today: date
) -> None:
    page = opened()
    form = form_of(page)
    fill(form)
    form.pauses.set_checked(is_checked=True)
    press(form.save_button)
    form = form_of(page)

    assert (form.repaid.money(), form.count.value(), form.waived.money()) == (
        yuan("900"),
        3,
        yuan("112.34"),
    )
    assert form.pauses.value()
    assert form.about.value() == "late"
    form.count.set_count(2)
    form.on_change()
    press(form.save_button)

    view = case_view(store, store.cases.get(case.id), today)
    assert view.agreement is not None
    assert [due.open for due in view.agreement.dues] == [yuan("450"), yuan("450")]


def test_taking_it_back_makes_everything_due_as_before(
    opened: Opened, store: Store, case: Case, today: date
) -> None:
    page = opened()
    form = form_of(page)
    fill(form)
    press(form.save_button)
    body = body_of(page, "agree")
    assert isinstance(body, AgreementBody)
    press(body.back_button)

    assert store.agreements.of_case(case.id) is None
    assert [due.id for due in store.ledgers.position(today).late] == ["bill", "charge"]
    assert not body.back_button.isVisible()
    assert body.record_button.hasFocus()


@pytest.mark.row("C039")
def test_a_missed_instalment_stands_above_the_steps(
    opened: Opened, store: Store, session: Session, case: Case
) -> None:
    page = opened()
    form = form_of(page)
    fill(form)
    press(form.save_button)

    session._fixed_today = date(2026, 12, 10) + timedelta(days=1)
    page.refresh()

    assert "CN¥300.00 of your agreement was due on 10 Dec 2026" in said(page.case)
    assert store.agreements.of_case(case.id) is not None


@pytest.mark.row("C021")
def test_late_cost_compares_paying_all_with_an_agreement_where_everything_is_asked_for(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    page = LatePage(session)
    qtbot.addWidget(page)
    page.resize(1060, 800)
    page.show()
    page.reveal(f"called:{account.id}")

    assert page.ask.account.value() == account.id
    assert len(page.ask.ticked) == 4
    assert page.cost is not None
    names = [view.name.text() for view in page.ways.ways]
    assert names[0] == "Everything on 22 Nov 2026"
    assert "Agreement on 12 equal parts, the last on 22 Nov 2027" in names
    assert names[-1] == "The lender asks for everything at once"


def test_a_step_leads_to_late_cost_with_its_account(qtbot: QtBot, session: Session, account: Account) -> None:
    page = LatePage(session)
    qtbot.addWidget(page)
    page.show()
    page.reveal(account.id)

    assert page.ask.account.value() == account.id
    assert set(page.ask.ticked) == {"bill", "charge"}


@pytest.mark.row("C021")
def test_the_step_about_everything_at_once_leads_there(opened: Opened, account: Account) -> None:
    page = opened()
    row = page.case.rows["at-once"]
    press(row.chevron)
    assert row.details is not None
    asked: list[tuple[str, str]] = []
    page.wanted.connect(lambda place, target: asked.append((place, target)))
    press(row.details.place_button)

    assert asked == [("late", f"called:{account.id}")]


def test_the_amount_follows_what_is_covered_until_it_is_typed(opened: Opened) -> None:
    form = form_of(opened())
    form.about.set_key("all")
    form.about.changed.emit()
    assert form.repaid.money() == yuan("1616.34")

    form.repaid.edit.setFocus()
    form.repaid.edit.selectAll()
    QTest.keyClicks(form.repaid.edit, "1500")
    form.about.set_key("late")
    form.about.changed.emit()
    assert form.repaid.money() == yuan("1500")


def test_own_rows_are_reached_by_the_keyboard_in_their_place(opened: Opened) -> None:
    form = form_of(opened())
    fill(form)
    form.schedule.set_key("own")
    form.schedule.changed.emit()
    form.schedule.box.setFocus()
    reached = []
    for _number in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    order = [field.input for row in form.rows.pairs for field in row]
    found = [widget for widget in reached if widget in order]
    assert found == order[: len(found)]
    assert len(found) >= 4


def test_everything_that_takes_the_keyboard_has_a_name(opened: Opened) -> None:
    page = opened()
    for step_id in page.case.rows:
        if page.case.rows[step_id].details is None:
            press(page.case.rows[step_id].chevron)
    form = form_of(page)
    fill(form)
    form.schedule.set_key("own")
    form.about.set_key("some")
    form.on_change()

    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox)
        and widget.isVisibleTo(page)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_another_language_of_the_window_changes_all_but_the_letter(opened: Opened) -> None:
    page = opened()
    body = body_of(page, "write")
    assert isinstance(body, LetterBody)
    letter = body.letter
    assert letter is not None
    english = letter.text.toPlainText()

    i18n.use("fr")
    page.refresh()

    assert letter.language.value() == "en"
    assert letter.text.toPlainText() == english
    assert letter.language.label.text() == "Langue du texte"


def test_the_budget_sheet_that_the_proposal_encloses_is_saved_beside_it(
    qtbot: QtBot,
    opened: Opened,
    store: Store,
    today: date,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    record_budget(store, today)
    body = body_of(opened(), "write")
    assert isinstance(body, LetterBody)
    letter = body.letter
    assert letter is not None
    assert "Enclosed: the budget sheet of my household." in letter.text.toPlainText()
    path = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    press(letter.sheet_button)
    qtbot.waitUntil(lambda: "Saved" in letter.note.text(), timeout=20_000)

    assert path.read_bytes().startswith(b"%PDF")


def test_without_a_budget_no_sheet_is_offered(opened: Opened) -> None:
    page = opened()
    for step_id in ("write", "cancel"):
        body = body_of(page, step_id)
        assert isinstance(body, LetterBody)
        assert body.letter is not None
        assert not body.letter.sheet_button.isVisible()
