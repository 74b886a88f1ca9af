from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.money import Money
from planner.domain.overdue import LateCost
from planner.domain.payoff.best import best_plan
from planner.domain.procedures.case import Case
from planner.gui.pages.reports import ReportsPage
from planner.gui.session import Session
from planner.i18n import show
from planner.phrases import N_
from planner.reports.pack import Part
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.services.cash import save_cash_account
from planner.services.compare import Comparison, comparison, question_of
from planner.services.overdue import cost_of_delay
from planner.services.payoff import payoff_question
from planner.services.procedures import start_case
from planner.store.catalogue import product


@pytest.fixture
def account(session: Session) -> Account:
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "白条 镕喆 é")
    with session.store.transaction():
        save_account(session.store, account)
        line = BillLine(LineKind.UNITEMISED, Money.of(1200, "CNY"))
        session.store.bills.save(Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), (line,)))
    return account


@pytest.fixture
def compared(session: Session, account: Account, today: date) -> Comparison:
    """What the place Compare worked out last."""
    due = session.store.ledgers.position(today).of_account(account.id).open_dues[0]
    result = comparison(question_of(session.store, due, today), (), today)
    session.results["comparison"] = result
    return result


@pytest.fixture
def late(session: Session, account: Account, today: date) -> LateCost:
    """What the place Late cost worked out last."""
    due = session.store.ledgers.position(today).of_account(account.id).open_dues[0]
    result = cost_of_delay(session.store, [due.id], today, date(2026, 12, 22))
    session.results["late"] = result
    return result


@pytest.fixture
def case(session: Session, account: Account, today: date) -> Case:
    with session.store.transaction():
        return start_case(session.store, "cancel-jd-baitiao", account.id, today)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ReportsPage:
    page = ReportsPage(session)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    return page


def text_of(qtbot: QtBot, page: ReportsPage) -> str:
    """The text of the preview once it shows the report as it stands."""
    page.show()
    qtbot.waitUntil(lambda: not page._is_stale_pdf, timeout=20_000)
    assert page.preview is not None
    pages = (page.preview.page_text(number) for number in range(page.preview.page_count))
    return " ".join(" ".join(pages).split())


def test_the_report_is_previewed_in_the_window(qtbot: QtBot, page: ReportsPage, account: Account) -> None:
    text = text_of(qtbot, page)

    assert account.name in text
    assert "CN¥1,200.00" in text
    assert page.preview is not None
    assert str(page.preview.page_count) in page.status.text()
    assert page.preview.view.accessibleName()


def test_compare_leads_here_with_its_comparison_ticked(
    qtbot: QtBot, page: ReportsPage, compared: Comparison
) -> None:
    page.reveal("compare")

    text = text_of(qtbot, page)

    assert page.chosen() == {Part.FACTS, Part.COMPARISON, Part.WORKINGS}
    for outcome in compared.outcomes:
        if outcome.total is not None:
            assert show(outcome.total) in text


def test_late_cost_leads_here_with_its_result_ticked(qtbot: QtBot, page: ReportsPage, late: LateCost) -> None:
    page.reveal("late")

    text = text_of(qtbot, page)

    assert Part.LATE in page.chosen()
    assert Part.COMPARISON not in page.chosen()
    assert show(late.days[-1].cost) in text


@pytest.mark.usefixtures("account")
def test_today_leads_here_with_accounts_and_bills(page: ReportsPage) -> None:
    page.reveal("today")

    assert page.chosen() == {Part.FACTS, Part.BILLS, Part.WORKINGS}


def test_a_case_leads_here_with_its_steps(qtbot: QtBot, page: ReportsPage, case: Case) -> None:
    page.reveal(f"case:{case.id}")

    text = text_of(qtbot, page)

    assert Part.PROCEDURE in page.chosen()
    assert page.case.value() == case.id
    checklist = page.pack().worked.checklist
    assert checklist is not None
    assert str(checklist.steps[0].title) in text


@pytest.mark.usefixtures("account")
def test_without_a_comparison_the_page_says_so_and_leads_there(qtbot: QtBot, page: ReportsPage) -> None:
    page.show()

    assert page.parts[Part.COMPARISON].hint.text() == "Nothing has been compared yet."
    with qtbot.waitSignal(page.wanted) as signal:
        QTest.mouseClick(page.links[Part.COMPARISON], Qt.MouseButton.LeftButton)
    assert signal.args == ["compare", ""]


@pytest.mark.usefixtures("account")
def test_unticking_a_part_takes_it_out(qtbot: QtBot, page: ReportsPage) -> None:
    assert "Notes from the conversation" in text_of(qtbot, page)

    page.parts[Part.FACTS].box.click()

    assert "Notes from the conversation" not in text_of(qtbot, page)


@pytest.mark.usefixtures("account")
def test_the_report_may_be_in_another_language_than_the_windows(qtbot: QtBot, page: ReportsPage) -> None:
    text_of(qtbot, page)

    page.language.box.setCurrentIndex(page.language.box.findData("zh"))
    page.language.changed.emit()

    assert "2026年11月22日" in text_of(qtbot, page)
    assert i18n.language() == "en"


@pytest.mark.usefixtures("account")
def test_the_report_follows_the_language_of_the_windows_until_one_is_chosen(
    qtbot: QtBot, page: ReportsPage
) -> None:
    text_of(qtbot, page)

    i18n.use("fr")
    QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))

    assert page.language.value() == "fr"
    assert "22 nov. 2026" in text_of(qtbot, page)


def test_a_new_bill_is_in_the_preview_and_undoing_takes_it_out(
    qtbot: QtBot, page: ReportsPage, session: Session, account: Account
) -> None:
    text_of(qtbot, page)
    line = BillLine(LineKind.UNITEMISED, Money.of("77.31", "CNY"))

    session.do(N_("Add bill"), save_bill, Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), (line,)))
    assert "CN¥77.31" in text_of(qtbot, page)

    session.history.undo()
    assert "CN¥77.31" not in text_of(qtbot, page)


@pytest.mark.usefixtures("account")
def test_the_saved_pdf_is_the_previewed_one(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_of(qtbot, page)
    target = tmp_path / "报告 é.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)

    assert target.read_bytes() == page._pdf
    assert str(target) in page.note.text()
    assert page.note.isVisible()


@pytest.mark.usefixtures("account")
def test_saving_does_not_wait_for_the_preview(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.refresh()
    target = tmp_path / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    page.save_pdf()

    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("account")
def test_a_report_that_cannot_be_written_is_said(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_of(qtbot, page)
    target = tmp_path / "nowhere" / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)

    assert "could not be written" in page.note.text()


@pytest.mark.usefixtures("account")
def test_every_page_is_printed(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdf

    text_of(qtbot, page)
    target = tmp_path / "paper.pdf"

    def accept(dialog: QPrintDialog) -> QDialog.DialogCode:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    QTest.mouseClick(page.print_button, Qt.MouseButton.LeftButton)

    assert page.preview is not None
    printed = pypdf.PdfReader(target)
    assert len(printed.pages) == page.preview.page_count
    assert all(sheet.images for sheet in printed.pages)
    assert page.note.text() == "Sent to the printer."


@pytest.mark.usefixtures("account")
def test_a_narrow_page_puts_the_preview_below_the_choices(qtbot: QtBot, page: ReportsPage) -> None:
    page.show()
    assert page._view.x() > page._choices.x() + page._choices.width() / 2

    page.resize(620, 600)

    qtbot.waitUntil(lambda: page._view.y() > page._choices.y() + page._choices.height() / 2)


@pytest.mark.usefixtures("account")
def test_everything_that_takes_the_keyboard_has_a_name(qtbot: QtBot, page: ReportsPage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    text_of(qtbot, page)
    for kind in (QAbstractButton, QComboBox):
        for widget in page.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


@pytest.mark.usefixtures("account")
def test_the_cash_and_the_plan_lead_here_once_they_are_there(qtbot: QtBot, page: ReportsPage) -> None:
    assert not page.links[Part.CASH].isHidden()
    assert not page.links[Part.PAYOFF].isHidden()
    session, today = page.session, page.session.today
    purse = CashAccount("Purse", "CNY", (Balance(today, Money(900_000, "CNY")),))
    session.do("Add", save_cash_account, purse)
    session.results["payoff"] = best_plan(payoff_question(session.store, today, "CNY"))

    page.reveal("payoff")
    page.refresh()

    assert page.chosen() == {Part.FACTS, Part.PAYOFF, Part.WORKINGS}
    assert page.links[Part.CASH].isHidden()
    assert page.links[Part.PAYOFF].isHidden()
    assert "The way through all debts" in text_of(qtbot, page)

    page.reveal("cash")

    assert page.chosen() == {Part.FACTS, Part.PAYOFF, Part.CASH, Part.WORKINGS}
    text = text_of(qtbot, page)
    assert "Cash now: CN¥9,000.00" in text
    assert "The way through all debts" in text


def test_what_is_put_in_joins_what_was_ticked_by_hand(page: ReportsPage) -> None:
    QTest.mouseClick(page.parts[Part.WORKINGS].box, Qt.MouseButton.LeftButton)

    page.reveal("cash")

    assert page.chosen() == {Part.FACTS, Part.BILLS, Part.CASH, Part.WORKINGS}


def test_what_is_printed_from_its_place_is_printed_alone(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "print_report", lambda: None)
    page.reveal("cash")

    page.reveal("payoff:print")

    assert page.chosen() == {Part.FACTS, Part.PAYOFF, Part.WORKINGS}
