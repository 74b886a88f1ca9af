import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.offers.compared import OfferKind, SortBy
from planner.gui.pages.compare import PROMOTIONS, ComparePage
from planner.gui.pages.compare_forms import AppRatesForm, OwnOfferForm
from planner.gui.pages.compare_why import DifferenceView
from planner.gui.session import Session
from planner.services.accounts import account_from, save_account
from planner.services.app_rates import app_rate
from planner.services.compare import Comparison
from planner.store.catalogue import product
from planner.store.store import Store

LEFT = Qt.MouseButton.LeftButton


def add_account(store: Store, product_id: str = "jd-baitiao", currency: str = "") -> str:
    sheet = product(product_id)
    assert sheet is not None
    account = account_from(sheet, "白条", currency)
    with store.transaction():
        save_account(store, account)
    return account.id


def add_bill(
    store: Store, account_id: str, due_on: date, amount: str = "1200.00", currency: str = "CNY"
) -> str:
    bill = Bill(
        account_id,
        date(due_on.year, due_on.month, 1),
        due_on,
        (BillLine(LineKind.UNITEMISED, Money.of(amount, currency)),),
    )
    with store.transaction():
        store.bills.save(bill)
    return bill.id


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], ComparePage]:
    """Shows the page as it is when it is first visited."""

    def make() -> ComparePage:
        page = ComparePage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        return page

    return make


def cells(page: ComparePage, way: str) -> dict[str, str]:
    """The cells that are shown for a way, by the heading of their column."""
    model = page.table.outcomes
    (row,) = (row for row in range(model.rowCount()) if model.index(row, 0).data() == way)
    return {
        model.headerData(column, Qt.Orientation.Horizontal): model.index(row, column).data()
        for column in range(model.columnCount())
        if not page.table.isColumnHidden(column)
    }


def type_amount(page: ComparePage, text: str) -> None:
    page.ask.amount.edit.clear()
    QTest.keyClicks(page.ask.amount.edit, text)


def switch_language(page: ComparePage, language: str) -> None:
    i18n.use(language)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))


def texts(page: ComparePage) -> str:
    content = page.pane.content
    assert content is not None
    QApplication.processEvents()  # what was added is shown by the next event
    return "\n".join(label.text() for label in content.findChildren(QLabel) if label.isVisibleTo(content))


def test_with_nothing_recorded_one_sentence_and_one_button_lead_to_the_amount(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()

    assert page.empty.isVisible()
    assert not page.views.isVisible()
    QTest.mouseClick(page.empty_button, LEFT)
    QTest.keyClicks(page.ask.amount.edit, "1000")

    assert not page.empty.isVisible()
    assert page.views.isVisible()
    assert cells(page, "Pay in full")["Total"] == "1,000.00"


@pytest.mark.row("C044")
def test_a_typed_rate_of_half_a_per_cent_reads_10_90_and_11_46_beside_6(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    type_amount(page, "10000")
    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    QTest.keyClicks(form.rates[12].edit, "0.5")
    QTest.keyClick(form.rates[12].edit, Qt.Key.Key_Return)

    shown = cells(page, "12 instalments")
    assert shown["Advertised"] == "6.00%"
    assert shown["True rate, 12 × monthly"] == "10.90%"
    assert shown["True rate, compounded"] == "11.46%"
    assert shown["Fees"] == "600.00"
    assert not page.pane.is_open


def test_a_recorded_bill_shows_ranges_and_sorts_them_by_their_high_end(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    due_id = add_bill(session.store, add_account(session.store), date(2026, 12, 10))
    page = page_of()
    page.reveal(due_id)

    shown = cells(page, "12 instalments")
    assert shown["Total"] == "1,264.80 – 1,355.52"
    assert shown["Advertised"] == "6.00% – 14.40%"
    ways = [page.table.outcomes.index(row, 0).data() for row in range(page.table.outcomes.rowCount())]
    assert ways[:2] == ["Pay in full", "3 instalments, promotion"]
    assert ways.index("6 instalments") < ways.index("12 instalments") < ways.index("24 instalments")
    assert not page.ask.amount.isVisible()


def test_sorting_by_the_biggest_month_puts_the_longest_plan_first(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    type_amount(page, "1200")

    page.sort_by.set_key(SortBy.BIGGEST_MONTH)
    page.sort_by.changed.emit()

    assert page.table.outcomes.index(0, 0).data() == "24 instalments"


@pytest.mark.row("C025")
def test_another_product_can_stand_beside(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    type_amount(page, "6000")

    page.beside.set_key("cn-credit-card")
    page.beside.changed.emit()

    assert cells(page, "Chinese credit card: 6 instalments")["True rate, 12 × monthly"] == "15.27%"
    assert cells(page, "6 instalments")["True rate, 12 × monthly"] == "10.21% – 24.28%"


@pytest.mark.row("C040")
def test_a_late_bill_shows_a_late_record_in_every_row_and_is_settled_today(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    due_id = add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    page.reveal(due_id)

    model = page.table.outcomes
    ways = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert {cells(page, way)["Late record"] for way in ways} == {"yes"}
    assert cells(page, "Pay in full")["Last payment"] == "22 Nov 2026"
    assert page.late_note.isVisible()
    assert cells(page, "3 instalments")["To know"] == "Usually not offered after the due date."


def test_a_bill_that_is_not_late_has_no_column_for_it(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    due_id = add_bill(session.store, add_account(session.store), date(2026, 12, 10))
    page = page_of()
    page.reveal(due_id)

    assert "Late record" not in cells(page, "Pay in full")
    assert not page.late_note.isVisible()


def test_a_euro_amount_reads_apr_taeg_and_nothing_else(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    account_id = add_account(session.store, "blank", "EUR")
    due_id = add_bill(session.store, account_id, date(2026, 12, 10), "300.00", "EUR")
    page = page_of()
    page.reveal(due_id)
    QTest.mouseClick(page.add_button, LEFT)
    form = page.pane.content
    assert isinstance(form, OwnOfferForm)
    QTest.keyClicks(form.count.edit, "3")
    form.kind.set_key("fee")
    form.kind.changed.emit()
    QTest.keyClicks(form.fee.edit, "4.71")
    form.timing.set_key("with_first")
    form.timing.changed.emit()
    QTest.mouseClick(form.at_once.box, LEFT)
    QTest.keyClicks(form.name.edit, "Alma 3x")
    QTest.mouseClick(form.save_button, LEFT)

    shown = cells(page, "Alma 3x")
    assert shown["APR (TAEG)"] == "21.03%"
    assert "True rate, 12 × monthly" not in shown


def test_an_own_offer_is_added_changed_and_removed_and_outlives_a_change_of_language(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    type_amount(page, "1000")
    QTest.mouseClick(page.add_button, LEFT)
    form = page.pane.content
    assert isinstance(form, OwnOfferForm)
    QTest.keyClicks(form.count.edit, "5")
    QTest.keyClicks(form.percent.edit, "1")
    assert "1,050.00" in form.preview.text()
    QTest.keyClicks(form.name.edit, "Bank")
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return)
    assert cells(page, "Bank")["Total"] == "1,050.00"
    assert page.change_button.isVisible()  # it is selected

    switch_language(page, "fr")
    assert [offer.name for offer in page.own] == ["Bank"]
    switch_language(page, "en")
    assert cells(page, "Bank")["Total"] == "1,050.00"

    QTest.mouseClick(page.change_button, LEFT)
    form = page.pane.content
    assert isinstance(form, OwnOfferForm)
    assert form.count.text() == "5"
    form.percent.edit.clear()
    QTest.keyClicks(form.percent.edit, "2")
    QTest.mouseClick(form.save_button, LEFT)
    assert cells(page, "Bank")["Total"] == "1,100.00"
    assert len(page.own) == 1

    QTest.mouseClick(page.remove_button, LEFT)
    assert page.own == []
    assert not page.change_button.isVisible()


def test_an_own_offer_without_a_count_is_not_added_and_says_why(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    type_amount(page, "1000")
    QTest.mouseClick(page.add_button, LEFT)
    form = page.pane.content
    assert isinstance(form, OwnOfferForm)
    QTest.mouseClick(form.save_button, LEFT)

    assert form.count.message.isVisible()
    assert page.own == []


def own_form(page: ComparePage, kind: str) -> OwnOfferForm:
    type_amount(page, "1000")
    QTest.mouseClick(page.add_button, LEFT)
    form = page.pane.content
    assert isinstance(form, OwnOfferForm)
    form.kind.set_key(kind)
    form.kind.changed.emit()
    return form


def test_each_kind_of_cost_shows_its_own_fields(page_of: Callable[[], ComparePage]) -> None:
    form = own_form(page_of(), "percent")
    fields = {
        "count": form.count,
        "percent": form.percent,
        "whole": form.whole_percent,
        "rate": form.rate,
        "payment": form.payment,
        "fee": form.fee,
        "timing": form.timing,
        "at_once": form.at_once,
        "opening": form.opening_fee,
        "free": form.free_months,
    }
    wanted = {
        "percent": {"count", "percent", "timing", "at_once", "free"},
        "fee": {"count", "fee", "timing", "at_once", "free"},
        "level": {"count", "rate", "payment", "opening", "free"},
        "equal_principal": {"count", "rate", "opening", "free"},
        "deferral": {"whole"},
    }
    for kind, names in wanted.items():
        form.kind.set_key(kind)
        form.kind.changed.emit()
        assert {name for name, field in fields.items() if not field.isHidden()} == names


def test_a_declining_fee_is_charged_on_what_is_still_owed(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    form = own_form(page, "percent")
    QTest.keyClicks(form.count.edit, "4")
    QTest.keyClicks(form.percent.edit, "1")
    form.timing.set_key("declining")
    form.timing.changed.emit()
    QTest.keyClicks(form.name.edit, "Bank")
    QTest.mouseClick(form.save_button, LEFT)

    assert cells(page, "Bank")["Total"] == "1,025.00"  # 1 % of 1,000, 750, 500 and 250


def test_months_that_cost_nothing_are_left_out_of_the_fee(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    form = own_form(page, "percent")
    QTest.keyClicks(form.count.edit, "4")
    QTest.keyClicks(form.percent.edit, "1")
    QTest.keyClicks(form.free_months.edit, "3")
    QTest.keyClicks(form.name.edit, "Bank")
    QTest.mouseClick(form.save_button, LEFT)

    assert cells(page, "Bank")["Total"] == "1,010.00"
    QTest.mouseClick(page.change_button, LEFT)
    again = page.pane.content
    assert isinstance(again, OwnOfferForm)
    assert again.free_months.text() == "3"


def test_of_level_payments_the_number_follows_from_the_payment(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    form = own_form(page, "level")
    QTest.keyClicks(form.rate.edit, "12")
    assert form.preview.text() == ""
    QTest.keyClicks(form.payment.edit, "100")
    # 1 % a month on 1,000.00: ten payments of 100.00 and the rest
    assert "11 payments, the last one CN¥58.98" in form.preview.text()
    assert form.preview.answer() is not None
    QTest.keyClicks(form.name.edit, "Bank")
    QTest.mouseClick(form.save_button, LEFT)

    assert page.own[0].count == 11
    assert cells(page, "Bank")["Advertised"] == "12.00%"


def test_what_a_loan_costs_is_called_interest(page_of: Callable[[], ComparePage]) -> None:
    form = own_form(page_of(), "level")
    QTest.keyClicks(form.rate.edit, "12")
    QTest.keyClicks(form.count.edit, "12")
    assert "of it interest; " in form.preview.text()
    QTest.keyClicks(form.opening_fee.edit, "5")
    assert "of it interest and fees; " in form.preview.text()

    form = own_form(page_of(), "fee")
    QTest.keyClicks(form.count.edit, "12")
    QTest.keyClicks(form.fee.edit, "5")
    assert "of it fees; " in form.preview.text()


def test_a_fee_at_the_beginning_that_leaves_nothing_of_the_loan_is_refused(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    form = own_form(page, "level")
    QTest.keyClicks(form.rate.edit, "12")
    QTest.keyClicks(form.count.edit, "12")
    QTest.keyClicks(form.opening_fee.edit, "999999")
    QTest.mouseClick(form.save_button, LEFT)

    assert "leaves nothing of" in form.problem.text()
    assert page.own == []


def test_the_way_the_rates_and_the_legal_lines_stand_first_and_the_last_payment_last(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    titles = [column.title for column in page.table.outcomes.columns]

    assert titles[0] == "Way"
    law = titles.index("Legal lines")
    assert law < titles.index("Total") < titles.index("Fees") < titles.index("Last payment")
    assert all("rate" in title.lower() or "APR" in title for title in titles[1:law])
    assert titles[-1] == "Last payment"


def test_of_level_payments_the_amount_follows_from_both(page_of: Callable[[], ComparePage]) -> None:
    form = own_form(page_of(), "level")
    QTest.keyClicks(form.rate.edit, "12")
    QTest.keyClicks(form.payment.edit, "100")
    QTest.keyClicks(form.count.edit, "12")

    assert "CN¥100.00 a month, 12 times, repays CN¥1,125.50 at this rate." in form.preview.text()


def test_a_payment_that_never_repays_it_is_told_and_not_added(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    form = own_form(page, "level")
    QTest.keyClicks(form.rate.edit, "12")
    QTest.keyClicks(form.payment.edit, "10")
    assert form.preview.text() == "CN¥10.00 a month never repays it: it takes CN¥10.01 at least."
    QTest.mouseClick(form.save_button, LEFT)
    assert page.own == []
    assert "never repays it" in form.problem.text()


def test_equal_principal_with_a_fee_at_the_beginning(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    form = own_form(page, "equal_principal")
    QTest.keyClicks(form.rate.edit, "12")
    QTest.keyClicks(form.count.edit, "2")
    QTest.keyClicks(form.opening_fee.edit, "20")
    QTest.keyClicks(form.name.edit, "Bank")
    QTest.mouseClick(form.save_button, LEFT)

    assert cells(page, "Bank")["Fees"] == "35.00"  # 20.00, and 1 % of 1,000.00 and of 500.00
    assert page.change_button.isVisible()


def test_a_bill_may_be_put_off_for_a_fee(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    form = own_form(page, "deferral")
    QTest.keyClicks(form.whole_percent.edit, "1.5")
    QTest.keyClicks(form.name.edit, "Bank")
    QTest.mouseClick(form.save_button, LEFT)

    assert cells(page, "Bank")["Total"] == "1,015.00"


def test_the_rates_of_the_app_are_kept_with_the_account_and_can_be_undone(
    qtbot: QtBot, session: Session, page_of: Callable[[], ComparePage]
) -> None:
    account_id = add_account(session.store)
    due_id = add_bill(session.store, account_id, date(2026, 12, 10))
    page = page_of()
    page.reveal(due_id)
    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    assert "0.5% a month – 1.2% a month" in form.rates[12].hint.text()
    QTest.keyClicks(form.rates[12].edit, "0.6")
    with qtbot.waitSignal(session.changed):
        QTest.mouseClick(form.save_button, LEFT)

    assert app_rate(session.store.accounts.get(account_id).terms, 12) == Decimal("0.006")
    assert cells(page, "12 instalments")["Total"] == "1,277.76"
    assert page.rates_button.isVisible()
    session.history.undo()
    assert cells(page, "12 instalments")["Total"] == "1,264.80 – 1,355.52"


def test_a_fee_that_is_published_for_the_whole_plan_is_shown_as_that(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    due_id = add_bill(session.store, add_account(session.store, "huabei"), date(2026, 12, 10), "1000.00")
    page = page_of()
    page.reveal(due_id)
    three = cells(page, "3 instalments")
    assert (three["Fees"], three["Advertised"], three["True rate, 12 × monthly"]) == (
        "25.00",
        "10.00%",
        "14.94%",
    )

    page.table.select_offers({"flat_fee-3"})
    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    assert form.rates[3].hint.text() == "Published: 2.50% for all instalments together"
    QTest.keyClicks(form.rates[3].edit, "0.6")
    QTest.mouseClick(form.save_button, LEFT)
    assert cells(page, "3 instalments")["Fees"] == "18.00"


def test_without_an_account_the_rates_count_for_this_comparison_only(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    page = page_of()
    page.ask.terms.set_key("")
    page.ask.terms.changed.emit()
    type_amount(page, "1000")
    assert cells(page, "6 instalments")["To know"] == "Not comparable: the fee is unknown"

    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    QTest.keyClicks(form.rates[6].edit, "0.5")
    QTest.mouseClick(form.save_button, LEFT)

    assert cells(page, "6 instalments")["Total"] == "1,030.00"
    assert cells(page, "Minimum, then the rest")["To know"] == "Not comparable: the minimum rule is unknown"
    assert session.history.count() == 0


def test_why_do_they_differ_opens_the_cash_flows_and_the_derivation(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    type_amount(page, "1200")
    page.table.select_offers({"flat_fee-3", "promotion-3"})
    QTest.mouseClick(page.why_button, LEFT)

    view = page.pane.content
    assert isinstance(view, DifferenceView)
    assert len(view.tables) == 3  # the promotion, and both ends of the three instalments
    dear = view.tables[-1]
    flows = [tuple(dear.model().index(row, column).data() for column in range(5)) for row in range(3)]
    assert flows == [
        ("22 Dec 2026", "400.00", "14.40", "414.40", "800.00"),
        ("22 Jan 2027", "400.00", "14.40", "414.40", "400.00"),
        ("22 Feb 2027", "400.00", "14.40", "414.40", "0.00"),
    ]
    words = texts(page)
    assert "Advertised is 6.00% – 14.40% a year" in words
    assert "8.98% – 21.47%" in words
    assert "× 12: nominal yearly rate" in words
    assert "yzgs.net" in words  # every source is named


def test_without_a_selection_the_first_ways_that_cost_something_are_explained(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    type_amount(page, "1200")
    QTest.mouseClick(page.why_button, LEFT)

    assert isinstance(page.pane.content, DifferenceView)
    assert "Advertised is" in texts(page)


@pytest.mark.row("C043")
def test_the_last_free_day_is_shown_with_its_sources(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    type_amount(page, "1200")

    assert "22 Dec 2026 – 1 Jan 2027" in page.free_note.text()
    QTest.mouseClick(page.free_note, LEFT)
    assert "JD.COM's IOUs" in texts(page)
    assert "w.sf024.com" in texts(page)


def test_a_due_date_that_is_typed_counts(page_of: Callable[[], ComparePage]) -> None:
    page = page_of()
    type_amount(page, "1200")
    QTest.keyClicks(page.ask.due.edit, "2026-12-15")

    assert cells(page, "Pay in full")["Last payment"] == "15 Dec 2026"
    assert "15 Dec 2026" in page.free_note.text()


def test_promotions_are_selected_when_the_cancel_procedure_leads_here(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 12, 10))
    page = page_of()
    page.reveal(PROMOTIONS)
    type_amount(page, "500")

    assert {result.offer.kind for result in page.table.selected_outcomes()} == {OfferKind.PROMOTION}
    assert "Not everybody is offered" in page.notes.text()


def test_an_instalment_that_another_place_leads_to_can_be_compared(
    session: Session, page_of: Callable[[], ComparePage]
) -> None:
    account_id = add_account(session.store)
    zero = Money(0, "CNY")
    row = Instalment(1, date(2026, 12, 5), Money.of("100.00", "CNY"), zero, zero)
    with session.store.transaction():
        session.store.plans.save(InstalmentPlan(account_id, "Phone", row.principal, (row,), 1))
    page = page_of()
    page.reveal(row.id)

    assert page.ask.what.value() == row.id
    assert "instalment already" in cells(page, "3 instalments")["To know"]


def test_a_page_that_is_not_shown_yet_keeps_what_it_is_to_reveal(qtbot: QtBot, session: Session) -> None:
    due_id = add_bill(session.store, add_account(session.store), date(2026, 12, 10))
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.reveal(due_id)
    page.show()

    assert page.ask.what.value() == due_id


def test_the_result_goes_into_the_report(
    qtbot: QtBot, session: Session, page_of: Callable[[], ComparePage]
) -> None:
    page = page_of()
    type_amount(page, "500")
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.report_button, LEFT)

    assert wanted.args == ["reports", "compare"]
    kept = session.results["comparison"]
    assert isinstance(kept, Comparison)
    assert kept.question.amount == Money.of("500.00", "CNY")


def test_the_chart_is_drawn_in_its_tab_and_described_before(
    qtbot: QtBot, page_of: Callable[[], ComparePage]
) -> None:
    page = page_of()
    type_amount(page, "500")
    assert "500.00" in page.views.chart.accessibleDescription()
    assert page.views.chart.canvas is None

    page.views.bar.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.views.chart.canvas is not None, timeout=20_000)
    assert not page.table.isVisible()


def test_the_page_is_built_without_matplotlib() -> None:
    modules = "planner.gui.pages.compare, planner.gui.pages.overdue, planner.gui.pages.cash"
    code = f"import sys, {modules}; sys.exit('matplotlib' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own code
    assert found.returncode == 0


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_every_text_follows_the_language(
    session: Session, page_of: Callable[[], ComparePage], language: str
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 12, 10))
    page = page_of()
    type_amount(page, "500")
    QTest.keyClicks(page.ask.due.edit, "+9")
    before = page.comparison
    switch_language(page, language)

    assert before is not None
    assert page.comparison is not None
    assert page.comparison.question == before.question
    assert [found.total for found in page.comparison.outcomes] == [found.total for found in before.outcomes]
    for widget in (page.add_button, page.why_button, page.report_button, page.rates_button):
        assert widget.text()


def test_every_input_has_a_name_and_the_page_can_be_walked_by_keyboard(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    type_amount(page, "500")
    inputs = [page.ask.what, page.ask.amount, page.ask.terms, page.ask.due, page.sort_by, page.beside]

    assert all(field.input.accessibleName() for field in inputs)
    assert page.table.accessibleName()
    seen: set[QWidget] = set()
    widget: QWidget | None = page.ask.what.input
    while widget is not None and widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    seen = {widget for widget in seen if widget.focusPolicy() & Qt.FocusPolicy.TabFocus}
    assert {page.ask.amount.edit, page.add_button, page.why_button, page.table} <= seen


def test_nothing_is_cut_at_the_smallest_window_with_the_largest_text(
    page_of: Callable[[], ComparePage],
) -> None:
    page = page_of()
    type_amount(page, "500")
    from planner.gui.theme import apply_theme

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light", 200)
    try:
        page.resize(824, 600)
        QApplication.processEvents()
        assert page.findChildren(QScrollArea)[0].horizontalScrollBar().maximum() == 0
        assert page.add_button.width() >= page.add_button.sizeHint().width()
    finally:
        apply_theme(app, "light")
