"""The scenarios of the places Compare and Late cost, from the store to what a person reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, DaysAfter, Mode
from planner.domain.money import Money
from planner.domain.offers.compared import OfferKind
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.gui.pages.compare import ComparePage
from planner.gui.pages.compare_forms import AppRatesForm
from planner.gui.pages.overdue import LatePage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import explain
from planner.services.accounts import account_from, save_account
from planner.store.catalogue import product
from planner.store.store import Store

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 22)


@pytest.fixture
def shop(qapp: QApplication, store: Store) -> Session:
    """A session with one Baitiao account, billed on the 1st and due on the 10th."""
    apply_theme(qapp, "light")
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "京东白条")
    with store.transaction():
        save_account(store, account)
    return Session(store, TODAY)


def bill(session: Session, due_on: date, amount: str = "3000.00", minimum: str = "") -> str:
    account = session.store.accounts.all()[0]
    found = Bill(
        account.id,
        due_on.replace(day=1),
        due_on,
        (BillLine(LineKind.UNITEMISED, Money.of(amount, "CNY")),),
        minimum=Money.of(minimum, "CNY") if minimum else None,
    )
    with session.store.transaction():
        session.store.bills.save(found)
    return found.id


def compare_page(qtbot: QtBot, session: Session, due_id: str = "") -> ComparePage:
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    page.reveal(due_id)
    return page


def late_page(qtbot: QtBot, session: Session) -> LatePage:
    page = LatePage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    return page


def texts(widget: QWidget | None) -> str:
    assert widget is not None
    QApplication.processEvents()  # what was added is shown by the next event
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(widget))


def column(page: ComparePage, heading: str) -> dict[str, str]:
    model = page.table.outcomes
    (number,) = (
        number
        for number in range(model.columnCount())
        if model.headerData(number, Qt.Orientation.Horizontal) == heading
        and not page.table.isColumnHidden(number)
    )
    return {model.index(row, 0).data(): model.index(row, number).data() for row in range(model.rowCount())}


@pytest.mark.row("C024", "C044", "C055")
def test_a_bill_is_compared_by_its_true_rate_and_the_rate_of_the_app_takes_the_place_of_the_range(
    qtbot: QtBot, shop: Session
) -> None:
    page = compare_page(qtbot, shop, bill(shop, date(2026, 12, 10)))

    rates = column(page, "True rate, 12 × monthly")
    assert {way for way in rates if way.endswith("instalments")} == {
        f"{n} instalments" for n in (3, 6, 12, 24)
    }
    assert rates["3 instalments"] == "8.98% – 21.47%"
    assert column(page, "Advertised")["12 instalments"] == "6.00% – 14.40%"

    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    QTest.keyClicks(form.rates[12].edit, "0.5")
    QTest.mouseClick(form.save_button, LEFT)
    assert column(page, "Advertised")["12 instalments"] == "6.00%"
    assert column(page, "True rate, 12 × monthly")["12 instalments"] == "10.90%"
    assert column(page, "True rate, compounded")["12 instalments"] == "11.46%"


@pytest.mark.row("C025")
def test_that_baitiao_is_cheaper_than_a_card_is_worked_out_and_not_said(qtbot: QtBot, shop: Session) -> None:
    page = compare_page(qtbot, shop, bill(shop, date(2026, 12, 10), "6000.00"))
    page.beside.set_key("cn-credit-card")
    page.beside.changed.emit()
    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    QTest.keyClicks(form.rates[6].edit, "0.5")
    QTest.mouseClick(form.save_button, LEFT)

    # Of a Baitiao bill at most 90 % can be put into instalments: 5,400 × 0.5 % × 6.
    fees = column(page, "Fees")
    assert (fees["6 instalments"], fees["Chinese credit card: 6 instalments"]) == ("162.00", "270.00")

    QTest.mouseClick(page.rates_button, LEFT)
    form = page.pane.content
    assert isinstance(form, AppRatesForm)
    form.rates[6].edit.clear()
    QTest.keyClicks(form.rates[6].edit, "1.2")
    QTest.mouseClick(form.save_button, LEFT)
    fees = column(page, "Fees")
    assert (fees["6 instalments"], fees["Chinese credit card: 6 instalments"]) == ("388.80", "270.00")
    assert not any("lower than" in label.text() for label in page.findChildren(QLabel))


@pytest.mark.row("C029")
@pytest.mark.parametrize(
    ("due_on", "note"),
    [
        (date(2026, 11, 23), "Not all of a bill can be put into instalments: CN¥300.00 of it stays due."),
        (date(2026, 12, 10), "Usually offered from the statement of 1 Dec 2026 on."),
        (date(2026, 11, 10), "Usually not offered after the due date."),
    ],
)
def test_a_bill_can_be_split_between_its_statement_and_its_due_date_from_the_next_bill_on(
    qtbot: QtBot, shop: Session, due_on: date, note: str
) -> None:
    page = compare_page(qtbot, shop, bill(shop, due_on))

    assert column(page, "To know")["6 instalments"] == note
    assert page.comparison is not None
    six = next(found for found in page.comparison.outcomes if found.offer.id == "flat_fee-6")
    assert six.low is not None
    first = next(row.due_on for row in six.low.rows if row.number == 1)
    assert first.day == due_on.day
    assert first > max(due_on, TODAY)


@pytest.mark.row("C040")
def test_every_way_to_settle_a_late_bill_shows_the_overdue_record(qtbot: QtBot, shop: Session) -> None:
    page = compare_page(qtbot, shop, bill(shop, date(2026, 11, 10)))

    assert set(column(page, "Late record").values()) == {"yes"}
    assert "each way leaves it late" in page.late_note.text()


@pytest.mark.row("C043")
def test_the_last_free_day_follows_the_mode_and_is_a_range_where_the_sources_differ(
    qtbot: QtBot, shop: Session
) -> None:
    page = compare_page(qtbot, shop)
    QTest.keyClicks(page.ask.amount.edit, "500")
    assert "22 Dec 2026 – 1 Jan 2027" in page.free_note.text()

    store = shop.store
    account = store.accounts.all()[0]
    with store.transaction():
        store.accounts.save(replace(account, cycle=Cycle(Mode.ORDER)))
        store.purchases.save(Purchase(account.id, Money.of("500.00", "CNY"), date(2026, 11, 20), id="order"))
    page = compare_page(qtbot, shop, "order")
    assert "until 20 Dec 2026" in page.free_note.text()

    with store.transaction():
        store.accounts.save(replace(account, cycle=Cycle(Mode.BILL, 1, DaysAfter(9))))
    page = compare_page(qtbot, shop, "order")
    assert "until 10 Dec 2026" in page.free_note.text()


@pytest.mark.row("C045", "C054", "C055")
def test_the_cost_of_being_late_starts_after_the_due_date_and_is_a_band_with_a_source_at_each_bound(
    qtbot: QtBot, shop: Session
) -> None:
    bill(shop, date(2026, 11, 22), "1000.00")
    page = late_page(qtbot, shop)
    page.ask.until.edit.clear()
    QTest.keyClicks(page.ask.until.edit, "+30")

    assert page.cost is not None
    assert not page.cost.days[0].cost.high  # on the due date
    assert page.cost.days[1].cost.high  # the day after it
    assert "CN¥9.00 – CN¥21.00" in texts(page.figures[1])
    sources = texts(page.sources)
    assert "0.03% a day – 0.07% a day" in sources
    assert "0.03% a day – 0.05% a day: Article “JD.COM's IOUs are overdue" in sources
    page.figures[1].why_button.click()
    words = texts(page.pane.content)
    assert "JD.COM's IOUs" in words
    assert "m.yunqishi.net" in words


@pytest.mark.row("C046")
def test_paying_the_minimum_is_not_being_late_but_the_rest_has_a_price(qtbot: QtBot, shop: Session) -> None:
    due_id = bill(shop, date(2026, 11, 10), "1000.00", "100.00")
    account = shop.store.accounts.all()[0]
    with shop.store.transaction():
        shop.store.payments.save(Payment(account.id, Money.of("99.99", "CNY"), date(2026, 11, 9)))
    assert [due.id for due in shop.store.ledgers.position(TODAY).late] == [due_id]

    with shop.store.transaction():
        shop.store.payments.save(Payment(account.id, Money.of("0.01", "CNY"), date(2026, 11, 10)))
    assert shop.store.ledgers.position(TODAY).late == ()
    page = late_page(qtbot, shop)
    assert page.cost is not None
    assert page.cost.items[0].is_carried
    assert page.cost.at is not None
    assert page.cost.at.value.low > Money(0, "CNY")
    assert "nothing here is late" in texts(page.milestones)

    compare = compare_page(qtbot, shop, due_id)
    assert compare.comparison is not None
    assert not compare.comparison.question.is_late


@pytest.mark.row("C041", "C050", "C052")
def test_the_milestones_say_ninety_days_five_years_after_payment_and_that_lenders_differ(
    qtbot: QtBot, shop: Session
) -> None:
    due_on = date(2026, 11, 10)
    bill(shop, due_on)
    page = late_page(qtbot, shop)

    assert page.cost is not None
    marks = {explain(mark.text): mark for mark in page.cost.milestones}
    ninety = next(mark for text, mark in marks.items() if text.startswith("90 days"))
    assert ninety.on == due_on + timedelta(days=90)
    assert "criteria differ" in ninety.source
    words = texts(page.milestones)
    assert "five years after everything is paid" in words
    assert "the five years have not started" in words
    assert "Lenders differ" in words
    # Paid today, five years from today; never from the due date.
    assert "22 Nov 2031" in texts(page.figures[0])


@pytest.mark.row("C049", "C057")
def test_no_sentence_promises_that_the_record_stays_clean_or_sends_to_a_third_party(
    qtbot: QtBot, shop: Session
) -> None:
    bill(shop, date(2026, 11, 10))
    page = late_page(qtbot, shop)

    words = texts(page).lower()
    assert "does not affect" not in words
    assert "sky data" not in words
    assert "mini-program" not in words
    assert "credit report shows what has been reported" in words


def test_a_promotion_and_a_minimum_stand_among_the_ways(qtbot: QtBot, shop: Session) -> None:
    page = compare_page(qtbot, shop, bill(shop, date(2026, 12, 10), minimum="300.00"))

    assert page.comparison is not None
    kinds = {found.offer.kind for found in page.comparison.outcomes}
    assert kinds >= {OfferKind.FULL, OfferKind.FLAT_FEE, OfferKind.PROMOTION, OfferKind.MINIMUM}
