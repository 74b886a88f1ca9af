from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.money import Money
from planner.domain.overdue import LateCost
from planner.domain.payment import Payment
from planner.domain.sourced import Origin
from planner.gui.pages.late_scenarios import ScenarioForm
from planner.gui.pages.overdue import LatePage
from planner.gui.pages.overdue_parts import LateTermsForm
from planner.gui.session import Session
from planner.services.accounts import account_from, save_account
from planner.store.catalogue import product
from planner.store.store import Store

LEFT = Qt.MouseButton.LeftButton


def add_account(store: Store, product_id: str = "jd-baitiao", name: str = "白条") -> str:
    sheet = product(product_id)
    assert sheet is not None
    account = account_from(sheet, name)
    with store.transaction():
        save_account(store, account)
    return account.id


def add_bill(store: Store, account_id: str, due_on: date, amount: str = "1000.00", minimum: str = "") -> str:
    bill = Bill(
        account_id,
        due_on - timedelta(days=9),
        due_on,
        (BillLine(LineKind.UNITEMISED, Money.of(amount, "CNY")),),
        minimum=Money.of(minimum, "CNY") if minimum else None,
    )
    with store.transaction():
        store.bills.save(bill)
    return bill.id


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], LatePage]:
    """Shows the page as it is when it is first visited."""

    def make() -> LatePage:
        page = LatePage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        return page

    return make


def texts(widget: QWidget | None) -> str:
    assert widget is not None
    QApplication.processEvents()  # what was added is shown by the next event
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def set_until(page: LatePage, text: str) -> None:
    page.ask.until.edit.clear()
    QTest.keyClicks(page.ask.until.edit, text)


def unpaid(page: LatePage) -> Money | None:
    return page.cost.unpaid if page.cost is not None else None


def tick(page: LatePage, row: int, *, is_on: bool = True) -> None:
    page.ask.dues.item(row).setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)


@pytest.mark.row("C045", "C055")
def test_a_late_bill_is_ticked_and_three_days_of_paying_stand_side_by_side_as_bands(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    account_id = add_account(session.store)
    late = add_bill(session.store, account_id, date(2026, 11, 10))
    add_bill(session.store, add_account(session.store, name="other"), date(2026, 12, 10))
    page = page_of()
    set_until(page, "2026-12-10")

    assert page.ask.ticked == (late,)
    assert "Paid today" in texts(page.figures[0])
    assert "Paid on 10 Dec 2026" in texts(page.figures[1])
    assert "CN¥9.00 – CN¥21.00" in texts(page.figures[1])
    assert "CN¥1,009.00 – CN¥1,021.00" in texts(page.figures[1])
    assert "Paid in 30 days, on 22 Dec 2026" in texts(page.figures[2])


@pytest.mark.parametrize("posted_on", [date(2026, 11, 21), date(2026, 11, 22)])
def test_a_penalty_posted_today_is_late_with_its_bill_as_one_of_yesterday(
    session: Session, page_of: Callable[[], LatePage], posted_on: date
) -> None:
    account_id = add_account(session.store)
    late = add_bill(session.store, account_id, date(2026, 11, 10))
    add_bill(session.store, account_id, date(2026, 11, 27), "1200")
    posted = Charge(account_id, LineKind.PENALTY, Money.of("9.50", "CNY"), posted_on)
    with session.store.transaction():
        session.store.charges.save(posted)
    page = page_of()

    assert set(page.ask.ticked) == {late, posted.id}
    # 12 days at 0.03 % to 0.07 % on 1,000 are 3.60 to 8.40, less than what is posted already.
    assert "Together with what is late: CN¥1,009.50" in texts(page.figures[0])
    assert "What is not due yet is left out" in texts(page.sources)


@pytest.mark.row("C055")
def test_each_source_of_the_rate_stands_below_with_what_it_says(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()

    words = texts(page.sources)
    assert "over all sources: 0.03% a day – 0.07% a day" in words
    assert "0.03% a day – 0.05% a day: Article “JD.COM's IOUs are overdue" in words
    assert "0.05% a day: yzgs.net" in words
    assert "0.07% a day: m.yunqishi.net" in words
    assert "days of grace, the least that Chinese bank cards grant" in words


def test_why_shows_how_each_end_is_made(session: Session, page_of: Callable[[], LatePage]) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    page.figures[0].why_button.click()

    words = texts(page.pane.content)
    assert "Low end: CN¥1,000.00 × 0.03% a day × 12 days" in words
    assert "High end: CN¥1,000.00 × 0.07% a day × 12 days" in words
    assert "10.95%" in words


def test_ticking_what_is_not_late_yet_asks_what_if(session: Session, page_of: Callable[[], LatePage]) -> None:
    account_id = add_account(session.store)
    add_bill(session.store, account_id, date(2026, 11, 10))
    add_bill(session.store, account_id, date(2026, 12, 10), "500.00")
    page = page_of()
    assert unpaid(page) == Money.of("1000.00", "CNY")

    tick(page, 1)
    assert unpaid(page) == Money.of("1500.00", "CNY")

    tick(page, 0, is_on=False)
    tick(page, 1, is_on=False)
    assert unpaid(page) is None
    assert "Choose at least one bill" in page.empty.text()
    assert not page.figures[0].isVisible()


def test_ticks_survive_a_change_elsewhere(session: Session, page_of: Callable[[], LatePage]) -> None:
    account_id = add_account(session.store)
    add_bill(session.store, account_id, date(2026, 11, 10))
    other = add_bill(session.store, account_id, date(2026, 12, 10))
    page = page_of()
    tick(page, 0, is_on=False)
    tick(page, 1)
    session.changed.emit(frozenset({"bills"}))

    assert page.ask.ticked == (other,)


@pytest.mark.row("C046")
def test_a_bill_whose_minimum_is_paid_says_that_it_is_not_late(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    account_id = add_account(session.store)
    due_id = add_bill(session.store, account_id, date(2026, 11, 10), minimum="100.00")
    with session.store.transaction():
        session.store.payments.save(Payment(account_id, Money.of("100.00", "CNY"), date(2026, 11, 9)))
    page = page_of()
    page.reveal(due_id)

    assert "the minimum is paid, so it is not late" in page.ask.dues.item(0).text()
    assert "nothing here is late" in texts(page.milestones)
    assert "credit report" not in texts(page.figures[0])


@pytest.mark.row("C041", "C050", "C052")
def test_the_milestones_have_dates_sources_and_one_line_that_lenders_differ(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    set_until(page, "2027-03-01")

    words = texts(page.milestones)
    assert "11 Nov 2026: Late from this day on" in words
    assert "8 Feb 2027: 90 days" in words
    assert "1 Mar 2032: A late record would leave the credit report" in words
    assert "the five years have not started" in words
    assert words.count("Lenders differ") == 1
    assert page.cost is not None
    # Messages and freezing have a card above, which names the sources.
    assert words.count("Source:") == len(page.cost.milestones) - 2
    assert {"messages", "frozen"} <= {card.id for card in page.cost.cards.first}


def test_what_is_past_stands_before_today_and_looks_past(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()

    lines = texts(page.milestones).splitlines()
    here = lines.index("Today, 22 Nov 2026")
    before, after = "\n".join(lines[:here]), "\n".join(lines[here:])
    assert "10 Nov 2026 – 11 Nov 2026: Messages of the lender" in before
    assert "11 Nov 2026: Late from this day on" in before
    assert "25 Nov 2026: The account may be frozen" in after
    # It began, and is not over.
    assert "11 Nov 2026 – 8 Feb 2027: The late payment may be reported" in after
    roles = {
        label.text().split(":")[0]: label.property("role") for label in page.milestones.findChildren(QLabel)
    }
    assert (roles["11 Nov 2026"], roles["25 Nov 2026"]) == ("quiet", "text")


def test_where_nothing_is_past_today_is_not_named(session: Session, page_of: Callable[[], LatePage]) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 12, 10))

    assert "Today, " not in texts(page_of().milestones)


def test_what_one_more_day_costs_stands_first_and_can_be_asked(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()

    # 1,000.00 × 0.03 % and × 0.07 %: the days of grace are over at both ends.
    assert texts(page.all_figures.one_day).splitlines() == [
        "One more day costs",
        "CN¥0.30 – CN¥0.70",
        "Paid on 23 Nov 2026 instead of today.",
    ]
    assert page.all_figures.one_day.y() < page.views.y()
    page.all_figures.one_day.why_button.click()
    assert "Late cost if paid tomorrow" in texts(page.pane.content)
    assert page.pane.content is not None
    leads = {button.text() for button in page.pane.content.findChildren(QAbstractButton)}
    # 12 days so far, 13 tomorrow.
    assert {"CN¥3.60 – CN¥8.40", "CN¥3.90 – CN¥9.10"} <= leads


def test_before_anything_is_late_no_day_has_a_cost_of_its_own(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    account = add_account(session.store)
    tomorrow = add_bill(session.store, account, date(2026, 11, 23))
    page = page_of()
    assert page.ask.ticked == (tomorrow,)
    assert not page.all_figures.one_day.isVisible()

    today = add_bill(session.store, account, date(2026, 11, 22))
    page.reveal(today)

    # Days of grace cover tomorrow at the low end; the other end counts it, 1,000.00 × 0.07 %.
    assert "CN¥0.00 – CN¥0.70" in texts(page.all_figures.one_day)


def test_the_number_to_call_stands_above_what_is_looked_up(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    texts(page)

    assert page.call.y() < page.views.y()
    assert page.call.y() < page.gaps.y() or not page.gaps.isVisible()
    assert "leave the credit report on 22 Nov 2031" in texts(page.figures[0])


def test_without_a_late_rate_nothing_is_invented_and_each_gap_leads_to_its_field(
    qtbot: QtBot, session: Session, page_of: Callable[[], LatePage]
) -> None:
    account_id = add_account(session.store, "blank", "shop")
    add_bill(session.store, account_id, date(2026, 11, 10))
    page = page_of()

    assert "Not known" in texts(page.figures[0])
    assert not page.views.isVisible()
    assert len(page.gaps.links) == 3
    QTest.mouseClick(page.gaps.links[0], LEFT)
    form = page.pane.content
    assert isinstance(form, LateTermsForm)
    QTest.keyClicks(form.rate.edit, "0.05")
    QTest.keyClicks(form.grace.edit, "0")
    form.base.box.setCurrentIndex(1)
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    with qtbot.waitSignal(session.changed):
        QTest.mouseClick(form.save_button, LEFT)

    claim = session.store.accounts.get(account_id).terms.late_rate.own
    assert claim is not None
    assert (claim.value.fraction, claim.source.origin) == (Decimal("0.0005"), Origin.CONTRACT)
    assert "CN¥6.00" in texts(page.figures[0])
    assert not page.gaps.isVisible()
    session.history.undo()
    assert "Not known" in texts(page.figures[0])


def test_a_rate_that_cannot_be_read_says_why_and_keeps_what_was_typed(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    QTest.mouseClick(page.terms_button, LEFT)
    form = page.pane.content
    assert isinstance(form, LateTermsForm)
    QTest.keyClicks(form.rate.edit, "five")
    QTest.mouseClick(form.save_button, LEFT)

    assert form.rate.message.isVisible()
    assert form.rate.text() == "five"
    assert page.pane.is_open


def test_a_made_up_amount_works_with_nothing_recorded(page_of: Callable[[], LatePage]) -> None:
    page = page_of()
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty_button, LEFT)
    QTest.keyClicks(page.ask.amount.edit, "1000")
    QTest.keyClicks(page.ask.due.edit, "2026-11-22")
    set_until(page, "+30")

    assert page.cost is not None
    assert "CN¥9.00 – CN¥21.00" in texts(page.figures[1])
    assert not page.figures[2].isVisible()  # the chosen day is in 30 days


@pytest.mark.parametrize("product_id", ["us-credit-card", "klarna-uk"])
def test_terms_in_another_currency_replace_the_rows_that_were_shown(
    product_id: str, page_of: Callable[[], LatePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of()
    QTest.mouseClick(page.empty_button, LEFT)
    QTest.keyClicks(page.ask.amount.edit, "1000")
    QTest.keyClicks(page.ask.due.edit, "2026-11-22")
    set_until(page, "+30")
    assert page.model.rowCount()
    drawn: list[object] = []
    show = page.views.setVisible

    def draw(is_shown: bool) -> None:  # noqa: FBT001 - as Qt calls it
        # What is shown may be drawn at once.
        cells = [(row, column) for row in range(page.model.rowCount()) for column in range(4)]
        drawn.extend(page.model.index(*cell).data() for cell in cells)
        show(is_shown)

    monkeypatch.setattr(page.views, "setVisible", draw)
    page.ask.terms.set_key(product_id)
    page.ask.amount.edit.clear()
    QTest.keyClicks(page.ask.amount.edit, "1000")
    QApplication.processEvents()

    assert page.cost is not None
    assert page.cost.unpaid.currency != "CNY"
    assert page.model.rowCount() == len(page.cost.weeks)


def test_one_value_has_no_band_to_explain(page_of: Callable[[], LatePage]) -> None:
    page = page_of()
    QTest.mouseClick(page.empty_button, LEFT)
    QTest.keyClicks(page.ask.amount.edit, "1000")
    QTest.keyClicks(page.ask.due.edit, "2026-11-22")
    set_until(page, "+30")
    assert page.sources.heading.text() == "Where the band comes from"
    page.ask.terms.set_key("klarna-uk")
    page.ask.amount.edit.clear()
    QTest.keyClicks(page.ask.amount.edit, "1000")

    assert page.cost is not None
    assert all(day.cost.is_single for day in page.cost.days)
    assert page.sources.heading.text() == "What this rests on"


def test_what_one_knows_of_a_made_up_amount_is_kept_nowhere(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    page = page_of()
    page.ask.terms.set_key("")
    page.ask.terms.changed.emit()
    QTest.keyClicks(page.ask.amount.edit, "1000")
    QTest.keyClicks(page.ask.due.edit, "2026-11-22")
    assert "Not known" in texts(page.figures[0])
    QTest.mouseClick(page.terms_button, LEFT)
    form = page.pane.content
    assert isinstance(form, LateTermsForm)
    QTest.keyClicks(form.rate.edit, "0.1")
    QTest.keyClick(form.said.origin.box, Qt.Key.Key_Home)
    QTest.mouseClick(form.save_button, LEFT)

    assert page.cost is not None
    assert page.cost.at is not None
    assert session.history.count() == 0


def test_a_day_in_the_past_is_refused_in_words(session: Session, page_of: Callable[[], LatePage]) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    set_until(page, "2026-11-01")

    assert page.cost is None
    assert "Nothing can be paid in the past" in page.empty.text()


def test_penalties_that_are_posted_are_named_and_not_counted_again(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    account_id = add_account(session.store)
    due_id = add_bill(session.store, account_id, date(2026, 11, 10))
    with session.store.transaction():
        charge = Charge(account_id, LineKind.PENALTY, Money.of("2.00", "CNY"), date(2026, 11, 20))
        session.store.charges.save(charge)
    page = page_of()
    page.reveal(due_id)

    assert "Penalties of CN¥2.00 are posted already" in page.posted.text()


def test_the_table_shows_weeks_or_days(session: Session, page_of: Callable[[], LatePage]) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    assert page.cost is not None
    assert page.model.values == list(page.cost.weeks)

    page.step.set_key("days")
    page.step.changed.emit()
    assert page.model.values == list(page.cost.days)
    assert page.model.index(page.model.rowCount() - 1, 0).data() == "20 Feb 2027"


@pytest.mark.row("C022")
def test_calling_helps_and_the_number_is_one_click_away(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    assert "It costs nothing to ask." in texts(page.call)
    assert "95118" in texts(page.call)

    QTest.mouseClick(page.call.copy_button, LEFT)
    assert QGuiApplication.clipboard().text() == "95118"


def test_a_due_that_another_place_leads_to_is_the_only_one_ticked(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    account_id = add_account(session.store)
    add_bill(session.store, account_id, date(2026, 11, 10))
    later = add_bill(session.store, account_id, date(2026, 12, 10))
    page = page_of()
    page.reveal(later)

    assert page.ask.ticked == (later,)


def test_the_result_goes_into_the_report_and_one_due_to_the_comparison(
    qtbot: QtBot, session: Session, page_of: Callable[[], LatePage]
) -> None:
    due_id = add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.report_button, LEFT)
    assert wanted.args == ["reports", "late"]
    assert isinstance(session.results["late"], LateCost)

    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.compare_button, LEFT)
    assert wanted.args == ["compare", due_id]


def test_the_chart_is_drawn_in_its_tab(
    qtbot: QtBot, session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    assert page.views.chart.canvas is None
    assert "1,000.00" in page.views.chart.accessibleDescription()

    page.views.bar.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.views.chart.canvas is not None, timeout=20_000)
    assert not page.table.isVisible()


@pytest.mark.parametrize("language", ["zh", "fr", "en"])
def test_a_change_of_language_keeps_what_was_asked(
    session: Session, page_of: Callable[[], LatePage], language: str
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    set_until(page, "+40")
    before = page.cost
    i18n.use(language)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))

    assert page.cost == before
    assert page.ask.until.day() == date(2027, 1, 1)


def test_every_input_has_a_name_and_boxes_can_be_ticked_by_keyboard(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    assert page.ask.dues.accessibleName()
    assert page.ask.account.input.accessibleName()
    assert page.table.accessibleName()

    page.ask.dues.setFocus()
    QTest.keyClick(page.ask.dues, Qt.Key.Key_Space)
    assert page.ask.ticked == ()


def test_nothing_is_cut_at_the_smallest_window_with_the_largest_text(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    from planner.gui.theme import apply_theme

    add_bill(session.store, add_account(session.store), date(2026, 11, 10))
    page = page_of()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light", 200)
    try:
        page.resize(824, 600)
        QApplication.processEvents()
        assert page.findChildren(QScrollArea)[0].horizontalScrollBar().maximum() == 0
        assert page.figures[1].y() > page.figures[0].y()
    finally:
        apply_theme(app, "light")


def test_each_gap_leads_to_the_field_that_fills_it(page_of: Callable[[], LatePage], session: Session) -> None:
    account_id = add_account(session.store, "blank")
    add_bill(session.store, account_id, date(2026, 11, 10))
    page = page_of()
    for number in range(3):
        QTest.mouseClick(page.gaps.links[number], LEFT)
        form = page.pane.content
        assert isinstance(form, LateTermsForm)
        expected = (form.rate.input, form.base.input, form.grace.input)[number]
        assert form.focusProxy() is expected


def test_who_says_so_is_asked_only_where_something_is_said(
    page_of: Callable[[], LatePage], session: Session
) -> None:
    account_id = add_account(session.store, "blank")
    add_bill(session.store, account_id, date(2026, 11, 10))
    page = page_of()
    QTest.mouseClick(page.terms_button, LEFT)
    form = page.pane.content
    assert isinstance(form, LateTermsForm)
    assert form.said.origin.value() is None
    QTest.keyClicks(form.rate.edit, "0.05")
    QTest.mouseClick(form.save_button, LEFT)
    assert form.said.origin.message.text() == "Please fill this in."
    assert session.store.accounts.get(account_id).terms.late_rate.own is None


# --- other ways, and how often it was late ---


def ways_form(page: LatePage) -> ScenarioForm:
    QTest.mouseClick(page.ways_button, LEFT)
    form = page.pane.content
    assert isinstance(form, ScenarioForm)
    return form


def test_an_agreement_is_compared_beside_paying_at_once(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), session.today - timedelta(days=12))
    page = page_of()
    assert not page.ways.isVisibleTo(page)

    form = ways_form(page)
    QTest.keyClicks(form.count.edit, "3")
    QTest.mouseClick(form.save_button, LEFT)

    assert page.ways.isVisibleTo(page)
    assert "3 equal parts" in texts(page.ways)
    assert ways_form(page).count.value() == 3
    cost = page.cost
    assert cost is not None
    assert session.results["late"] is cost


def test_a_part_outside_the_days_is_refused_in_the_form_and_changes_nothing(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), session.today - timedelta(days=12))
    page = page_of()
    form = ways_form(page)
    day, amount = form.parts[0]
    QTest.keyClicks(day.edit, "2030-01-01")
    QTest.keyClicks(amount.edit, "100")
    QTest.mouseClick(form.save_button, LEFT)

    assert form.problem.isVisibleTo(form)
    assert page.cost is not None
    assert not page.ways.isVisibleTo(page)


def test_a_part_that_no_longer_fits_the_chosen_day_can_be_taken_out(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), session.today - timedelta(days=12))
    page = page_of()
    set_until(page, "2027-02-20")
    form = ways_form(page)
    day, amount = form.parts[0]
    QTest.keyClicks(day.edit, "2027-02-01")
    QTest.keyClicks(amount.edit, "100")
    QTest.mouseClick(form.save_button, LEFT)
    assert page.ways.isVisibleTo(page)

    set_until(page, "2026-12-01")

    assert page.cost is None
    form = ways_form(page)
    for field in form.parts[0]:
        field.edit.clear()
    QTest.mouseClick(form.save_button, LEFT)
    assert page.cost is not None


def test_how_often_the_account_was_late_is_said_and_a_made_up_amount_has_no_past(
    session: Session, page_of: Callable[[], LatePage]
) -> None:
    add_bill(session.store, add_account(session.store), session.today - timedelta(days=12))
    page = page_of()

    assert "Late so far" in texts(page.counts)
    page.ask.account.set_key("")
    page.ask.account.changed.emit()
    assert not page.counts.isVisibleTo(page)
