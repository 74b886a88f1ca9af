from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.gui.labels import WrappedLabel
from planner.gui.pages.compare import ComparePage
from planner.gui.pages.cost_card_view import CostCardView
from planner.gui.pages.reports import ReportsPage
from planner.gui.pages.terms_choice import NOBODY
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.gui.why import WhyView
from planner.reports.pack import Part
from planner.services.accounts import account_from, save_account
from planner.store.catalogue import product

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ComparePage:
    """1,000.00 with the terms of Baitiao, compared."""
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "白条")
    with session.store.transaction():
        save_account(session.store, account)
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.ask.terms.set_key(account.id)
    page.ask.terms.changed.emit()
    QTest.keyClicks(page.ask.amount.edit, "1000")
    return page


def open_card(page: ComparePage, offer: str = "flat_fee-12") -> CostCardView:
    page.table.select_offers({offer})
    QTest.mouseClick(page.card_button, LEFT)
    view = page.pane.content
    assert isinstance(view, CostCardView)
    QApplication.processEvents()
    return view


def texts(view: CostCardView) -> list[str]:
    QApplication.processEvents()  # what was added is shown by the next event
    return [label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)]


def test_the_button_opens_every_cost_with_who_charges_it_and_how(page: ComparePage) -> None:
    view = open_card(page)

    assert page.pane.heading.text() == "Cost card: 12 instalments"
    said = texts(view)
    # 0.5 % to 1.2 % a month on 1,000.00 for 12 months
    assert "CN¥60.00 – CN¥144.00" in said
    assert "CN¥1,060.00 – CN¥1,144.00" in said
    assert "Charged by: JD Finance\nFee a month, on the original amount: 0.5% a month – 1.2% a month" in said
    assert "True rate 10.90% – 25.59% (12 × monthly), 11.46% – 28.82% compounded" in said
    assert "unknown" in said  # nobody publishes a late fee
    assert "0.03% a day – 0.07% a day" in said
    assert "Low end: 11 payments of CN¥88.33; 1 payment of CN¥88.37; from 22 Dec 2026 to 22 Nov 2027" in said
    assert "The lender may charge nothing but what it shows in its own table." in said


def test_the_card_counts_from_a_month_before_its_first_payment(page: ComparePage) -> None:
    view = open_card(page, "flat_fee-12")
    told = "counted in whole months from 22 Nov 2026, one month before the first payment"
    assert f"JD Finance: CN¥1,000.00, {told}" in texts(view)


def test_the_payments_stand_in_a_table_with_their_days(page: ComparePage) -> None:
    (table,) = open_card(page, "flat_fee-3").tables

    rows = [[table.values_model.index(row, column).data() for column in (0, 1)] for row in range(3)]
    assert [row[0] for row in rows] == ["22 Dec 2026", "22 Jan 2027", "22 Feb 2027"]
    assert rows[0][1] == "338.33 – 345.33"  # 333.33 + 5.00, 333.33 + 12.00


def test_every_figure_answers_why(page: ComparePage) -> None:
    view = open_card(page)

    asked = [label for label in view.findChildren(WrappedLabel) if label.answer() is not None]
    told = "\n".join(label.text() for label in asked)
    for figure in ("CN¥60.00", "CN¥1,060.00", "10.90%", "0.03% a day", "10.95%", "CN¥88.33", "CN¥0.00"):
        assert figure in told
    (table,) = view.tables
    assert table.answer(table.visualRect(table.values_model.index(0, 1)).center()) is not None
    fee = next(label for label in asked if label.text() == "CN¥60.00 – CN¥144.00")
    QTest.mouseClick(fee, LEFT, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(page.pane.content, WhyView)
    assert "The sum of what each payment holds of it." in page.pane.content.as_text()


def test_the_keyboard_opens_it_from_the_table(page: ComparePage) -> None:
    page.table.setFocus()
    page.table.select(lambda result: result.offer.id == "flat_fee-6")
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert isinstance(page.pane.content, CostCardView)
    assert page.pane.content.card.offer.id == "flat_fee-6"


@pytest.mark.parametrize("column", [0, 1])
def test_the_context_menu_opens_it_on_a_name_and_on_a_figure(page: ComparePage, column: int) -> None:
    page.table.select(lambda result: result.offer.id == "flat_fee-6")
    place = page.table.visualRect(page.table.currentIndex().siblingAtColumn(column)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, page.table.mapToGlobal(place))
    page.table.contextMenuEvent(event)
    menu = page.table.findChild(QMenu)
    assert menu is not None
    (action,) = (action for action in menu.actions() if action.text() == "Cost card…")
    action.trigger()
    menu.close()

    assert isinstance(page.pane.content, CostCardView)
    assert page.pane.content.card.offer.id == "flat_fee-6"


def test_paying_in_full_has_none(page: ComparePage) -> None:
    page.table.select_offers({"full"})
    assert not page.card_button.isEnabled()
    page.table.select_offers({"flat_fee-6"})
    assert page.card_button.isEnabled()


def test_nothing_is_opened_outside_the_rows(page: ComparePage) -> None:
    place = QPoint(5, page.table.viewport().height() - 1)
    page.table.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place))
    assert page.table.findChild(QMenu) is None


def test_it_is_saved_as_a_pdf_of_its_own(
    page: ComparePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_card(page)
    asked: list[str] = []

    def chosen(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "card"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    QTest.mouseClick(view.save_button, LEFT)

    assert asked == ["Cost card 12 instalments 2026-11-22.pdf"]
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert "card.pdf" in view.note.text()


def test_a_place_that_takes_no_file_is_told(
    page: ComparePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_card(page)
    name = str(tmp_path / "nowhere" / "card.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (name, ""))
    view.save_pdf()
    assert "could not be written" in view.note.text()


def test_it_goes_into_the_report(qtbot: QtBot, session: Session, page: ComparePage) -> None:
    view = open_card(page)
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(view.report_button, LEFT)
    assert wanted.args == ["reports", "cost_card"]

    reports = ReportsPage(session)
    qtbot.addWidget(reports)
    reports.show()
    reports.reveal("cost_card")

    assert reports.chosen() == {Part.COST_CARD}
    assert reports.parts[Part.COST_CARD].hint.text() == "12 instalments: CN¥1,000.00"
    pack = reports.pack()
    assert pack.worked.card == view.card
    assert [flag.line for flag in pack.worked.card_flags] == ["4lpr", "24"]


def test_it_follows_the_language(page: ComparePage) -> None:
    view = open_card(page)
    i18n.use("fr")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))

    assert any("10,90" in text for text in texts(view))


def test_nothing_is_cut_at_the_smallest_window_with_the_largest_text(page: ComparePage) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light", 200)
    try:
        page.resize(824, 600)
        open_card(page)
        QApplication.processEvents()
        scroller = page.pane.findChildren(QScrollArea)[0]
        assert scroller.horizontalScrollBar().maximum() == 0
    finally:
        apply_theme(app, "light")


def test_an_open_card_follows_the_amount_and_closes_with_its_offer(page: ComparePage) -> None:
    view = open_card(page)
    QTest.keyClicks(page.ask.amount.edit, "0")  # 10,000
    assert page.pane.content is view
    assert "CN¥600.00 – CN¥1,440.00" in texts(view)

    page.ask.terms.set_key(NOBODY)
    page.ask.terms.changed.emit()
    assert not page.pane.is_open


# --- The legal lines -------------------------------------------------------------------------------


def test_the_table_says_where_each_rate_stands_to_the_legal_lines(page: ComparePage) -> None:
    model = page.table.outcomes
    titles = [column.title for column in model.columns]
    said = {
        model.values[row].offer.id: model.index(row, titles.index("Legal lines")).data()
        for row in range(model.rowCount())
    }
    assert said["full"] == ""
    assert said["promotion-3"] == "Not above"
    assert said["flat_fee-3"] == "Perhaps above 12.00%"  # up to 21.47 %
    assert said["minimum"] == "Above 12.00%"  # about 18.25 %, 365 times the charge a day

    page.table.select_offers({"flat_fee-3"})
    note = page.notes.text()
    assert "may be above 12.00%" in note
    assert "Since 20 Jan 2026. Source: Supreme People's Court" in note
    assert "24.00%" not in note  # not above it: nothing to say
    assert page.notes.answer() is not None


def test_a_currency_without_lines_has_no_column(qtbot: QtBot, session: Session) -> None:
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.show()
    page.ask.terms.set_key(NOBODY)
    page.ask.terms.changed.emit()
    page.ask.currency.set_key("USD")
    page.ask.currency.changed.emit()
    QTest.keyClicks(page.ask.amount.edit, "1000")
    titles = [column.title for column in page.table.outcomes.columns]

    assert page.comparison is not None
    assert page.table.isColumnHidden(titles.index("Legal lines"))
    assert not page.table.isColumnHidden(titles.index("APR (Reg Z)"))
    assert page.table.isColumnHidden(titles.index("APR (TAEG)"))
    assert page.table.isColumnHidden(titles.index("True rate, 12 × monthly"))


def test_the_minimum_stands_below_the_table(page: ComparePage) -> None:
    assert page.minimum.isVisible()
    QTest.mouseClick(page.minimum.rows_button, LEFT)
    assert page.pane.heading.text() == "Month by month"

    page.ask.amount.edit.clear()
    page.ask.amount.changed.emit()
    assert not page.minimum.isVisible()
