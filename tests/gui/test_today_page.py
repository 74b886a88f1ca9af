from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.adopted.plan import Method
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.gui.labels import Figure, LinkButton
from planner.gui.pages.today import TodayPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme, colours
from planner.gui.why import WhyView
from planner.phrases import N_
from planner.services.accounts import account_from, save_account
from planner.services.adopting import adopt_offers, adopt_payments, give_up
from planner.services.cash import save_cash_account, see_balance
from planner.services.prompts import Act
from planner.services.today import timeline
from planner.store.catalogue import product
from tests.stores import fill_with_example

LEFT = Qt.MouseButton.LeftButton


def add_account(session: Session, name: str = "白条", currency: str = "CNY") -> str:
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, name, currency)
    with session.store.transaction():
        save_account(session.store, account)
    return account.id


def add_bill(session: Session, account_id: str, due_on: date, amount: str, minimum: str = "") -> str:
    currency = session.store.accounts.get(account_id).currency
    bill = Bill(
        account_id,
        due_on - timedelta(days=9),
        due_on,
        (BillLine(LineKind.UNITEMISED, Money.of(amount, currency)),),
        minimum=Money.of(minimum, currency) if minimum else None,
    )
    with session.store.transaction():
        session.store.bills.save(bill)
    return bill.id


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], TodayPage]:
    """Shows the page as it is when the program starts."""

    def make() -> TodayPage:
        page = TodayPage(session)
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        return page

    return make


def texts(widget: QWidget | None) -> str:
    assert widget is not None
    QApplication.processEvents()  # what was added is shown by the next event
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press_why(figure: Figure) -> None:
    link = figure.findChild(LinkButton)
    assert link is not None
    assert link.isVisible()
    QTest.mouseClick(link, LEFT)


def test_without_an_account_it_says_how_to_begin_and_shows_no_figures(
    qtbot: QtBot, page_of: Callable[[], TodayPage]
) -> None:
    page = page_of()

    assert "Record your first account" in texts(page.step)
    assert "You need: the last statement" in texts(page.step)
    assert not page.late.isVisible()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.step.button, LEFT)
    assert wanted.args == ["bills", "new-bill"]


def test_the_next_step_leads_to_recording_the_payment_or_to_comparing(
    qtbot: QtBot, session: Session, page_of: Callable[[], TodayPage]
) -> None:
    bill = add_bill(session, add_account(session), date(2026, 11, 25), "573.33")
    page = page_of()

    assert "白条: CN¥573.33 is due on 25 Nov 2026." in texts(page.step)
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.step.button, LEFT)
    assert wanted.args == ["bills", f"pay:{bill}"]
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.step.compare_link, LEFT)
    assert wanted.args == ["compare", bill]


def test_the_four_figures_say_what_is_due_and_late_and_how_each_was_made(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    account = add_account(session)
    late = add_bill(session, account, date(2026, 11, 10), "1000.00", minimum="100.00")
    add_bill(session, account, date(2026, 11, 25), "200.00")
    add_bill(session, account, date(2027, 1, 10), "400.50")
    with session.store.transaction():
        session.store.payments.save(
            Payment(account, Money.of("50.00", "CNY"), date(2026, 11, 9), aimed_at=late)
        )
    page = page_of()

    assert "CN¥200.00" in texts(page.next_due)
    assert "25 Nov 2026, in 3 days: 白条" in texts(page.next_due)
    assert "CN¥1,150.00" in texts(page.month)
    assert "already paid CN¥50.00" in texts(page.month)
    assert "CN¥1,550.50" in texts(page.owed)
    assert "CN¥950.00" in texts(page.late)
    assert "1 payment; CN¥50.00 brings it up to date" in texts(page.late)
    for figure, total in ((page.next_due, 200), (page.month, 1150), (page.owed, "1550.50"), (page.late, 950)):
        press_why(figure)
        why = page.pane.findChild(WhyView)
        assert why is not None
        assert i18n.show(Money.of(Decimal(total), "CNY")) in why.as_text()
        page.pane.close_content()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the closed view is really gone


def test_each_currency_has_a_total_and_a_line_of_its_own(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    add_bill(session, add_account(session), date(2026, 11, 25), "200.00")
    add_bill(session, add_account(session, "Carte", "EUR"), date(2026, 11, 26), "80.00")
    page = page_of()

    assert "CN¥200.00\n€80.00" in texts(page.owed)
    assert len(page.lines) == 2
    assert "€80.00 is owed on 22 Nov 2026." in page.lines[1].accessibleDescription()


def test_the_timeline_has_three_groups_and_a_row_leads_to_its_bill(
    qtbot: QtBot, session: Session, page_of: Callable[[], TodayPage]
) -> None:
    account = add_account(session)
    late = add_bill(session, account, date(2026, 11, 19), "300.00")
    soon = add_bill(session, account, date(2026, 11, 27), "200.00")
    later = add_bill(session, account, date(2026, 12, 27), "100.00")
    page = page_of()

    assert [[row.due.id for row in group.rows] for group in page.groups] == [[late], [soon], [later]]
    assert "3 days late" in page.groups[0].rows[0].accessibleName()
    assert "in 5 days" in texts(page.groups[1])
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.groups[1].rows[0], LEFT)
    assert wanted.args == ["bills", soon]
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.keyClick(page.groups[2].rows[0], Qt.Key.Key_Return)
    assert wanted.args == ["bills", later]


def test_what_will_come_on_the_same_bill_is_one_row(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    fill_with_example(session.store, session.today)
    page = page_of()
    assert page.view is not None

    rows = timeline(page.view.later)
    assert sum(len(row.dues) for row in rows) == len(page.view.later)
    together = [row for row in rows if len(row.dues) > 1]
    assert together
    for row in together:
        assert len({(due.account_id, due.due_on) for due in row.dues}) == 1
        assert row.open.value.minor == sum(due.open.minor for due in row.dues)
    assert "items not billed yet" in texts(page.groups[2])


def test_a_rest_whose_minimum_was_paid_is_not_called_late(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    account = add_account(session)
    bill = add_bill(session, account, date(2026, 11, 10), "1000.00", minimum="100.00")
    with session.store.transaction():
        session.store.payments.save(
            Payment(account, Money.of("100.00", "CNY"), date(2026, 11, 9), aimed_at=bill)
        )
    page = page_of()

    assert "Nothing is late" in texts(page.late)
    assert not page.groups[0].rows
    assert "the minimum is paid" in texts(page.groups[2])


def test_warnings_are_at_most_three_and_each_has_its_own_way_on(
    qtbot: QtBot, session: Session, page_of: Callable[[], TodayPage]
) -> None:
    late = add_bill(session, add_account(session), date(2026, 9, 10), "300.00")
    for name in ("A", "B", "C"):
        add_bill(session, add_account(session, name), date(2026, 9, 11), "30.00")
    page = page_of()

    acts = [row.prompt.act for row in page.warnings]
    assert acts[0] is Act.LATE
    assert Act.CHECK in acts
    assert len(acts) <= 3
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.warnings[0].button, LEFT)
    assert wanted.args == ["late", late]
    check = page.warnings[acts.index(Act.CHECK)]
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(check.button, LEFT)
    assert wanted.args == ["bills", f"check:{check.prompt.target}"]


def test_a_shortfall_is_warned_of_leads_to_cash_and_goes_when_more_is_there(
    qtbot: QtBot, session: Session, page_of: Callable[[], TodayPage]
) -> None:
    add_bill(session, add_account(session), date(2026, 12, 10), "300.00")
    purse = CashAccount("Purse", "CNY", (Balance(session.today, Money.of("120", "CNY")),))
    session.do(N_("Add a cash account"), save_cash_account, purse)
    page = page_of()

    (row,) = [row for row in page.warnings if row.prompt.act is Act.CASH]
    assert "cash does not suffice on 10 Dec 2026: CN¥180.00 is missing" in texts(row)
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(row.button, LEFT)
    assert wanted.args == ["cash", "CNY"]

    session.do(N_("Note a balance"), see_balance, purse.id, Money.of("300", "CNY"), session.today)
    assert Act.CASH not in {row.prompt.act for row in page.warnings}


def test_what_a_lender_has_to_be_asked_for_leads_to_payoff_and_goes_with_the_plan(
    session: Session, page_of: Callable[[], TodayPage], qtbot: QtBot
) -> None:
    account = add_account(session)
    due_on = session.today + timedelta(days=18)
    add_bill(session, account, due_on, "400")
    page = page_of()
    offers = {account: [(due_on, Money.of("200", "CNY")), (due_on, Money.of("200", "CNY"))]}
    session.do(N_("Follow the plan"), adopt_offers, session.today, "CNY", offers)

    (row,) = [each for each in page.warnings if each.prompt.act is Act.PAYOFF]
    assert "白条: agree on 2 payments by 10 Dec 2026." in texts(row)
    (plan,) = session.store.adopted_plans.all()
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(row.button, LEFT)
    assert wanted.args == ["payoff", f"todo:{plan.todos[0].id}"]

    session.do(N_("Give the plan up"), give_up, plan.id, session.today)
    assert not [each for each in page.warnings if each.prompt.act is Act.PAYOFF]


def test_the_line_goes_down_at_each_due_and_ends_at_what_is_left(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    account = add_account(session)
    add_bill(session, account, date(2026, 11, 27), "200.00")
    add_bill(session, account, date(2026, 12, 27), "100.00")
    page = page_of()
    (line,) = page.lines

    places = [line.place_of(point) for point in line.points]
    assert [point.owed.minor for point in line.points] == [30000, 10000, 0, 0]
    assert [place.y() for place in places] == sorted(place.y() for place in places)
    assert places[0].x() < places[1].x() < places[2].x() < places[3].x() <= line.width()
    image = line.grab().toImage()
    middle = image.pixelColor(round((places[0].x() + places[1].x()) / 2), round(places[0].y()))
    assert middle.name() == colours().accent


def test_the_line_can_be_read_in_words_and_put_into_the_report(
    qtbot: QtBot, session: Session, page_of: Callable[[], TodayPage]
) -> None:
    add_bill(session, add_account(session), date(2026, 11, 27), "200.00")
    page = page_of()

    QTest.mouseClick(page.words_link, LEFT)
    assert "CN¥0.00 is left on 20 Feb 2027" in texts(page.pane)
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.mouseClick(page.report_link, LEFT)
    assert wanted.args == ["reports", "today"]


def test_less_detail_leaves_the_line_out(session: Session, page_of: Callable[[], TodayPage]) -> None:
    add_bill(session, add_account(session), date(2026, 11, 27), "200.00")
    page = page_of()
    assert page.lines

    session.set("less_detail", "1")

    assert not page.lines
    assert not page.words_link.isVisible()
    words = texts(page).splitlines()
    hidden = words.index("Still owed over the next 90 days")
    assert words[hidden + 1] == "You chose to see less detail, so this is hidden."


def test_the_line_that_less_detail_hides_is_shown_again_where_it_is_missing(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    add_bill(session, add_account(session), date(2026, 11, 27), "200.00")
    session.set("less_detail", "1")
    page = page_of()
    (again,) = (link for link in page.findChildren(LinkButton) if link.text() == "Show again")
    again.setFocus()

    QTest.keyClick(again, Qt.Key.Key_Space)

    assert page.lines
    assert session.store.settings.get("less_detail") == "0"
    assert "so this is hidden" not in texts(page)
    assert page.window().focusWidget() is page.words_link


def test_the_page_follows_the_record_and_what_is_undone(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    account = add_account(session)
    page = page_of()
    bill = Bill(
        account, date(2026, 11, 20), date(2026, 11, 29), (BillLine(LineKind.UNITEMISED, Money(12300, "CNY")),)
    )

    session.do("Add a bill", lambda store: store.bills.save(bill))
    assert "CN¥123.00" in texts(page.owed)
    session.history.undo()
    assert "Nothing" in texts(page.owed)


@pytest.mark.parametrize(("size", "text"), [((1090, 740), 100), ((690, 600), 200)])
def test_nothing_is_wider_than_the_page(
    qtbot: QtBot, qapp: QApplication, session: Session, size: tuple[int, int], text: int
) -> None:
    apply_theme(qapp, "light", text)
    fill_with_example(session.store, session.today)
    page = TodayPage(session)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    QApplication.processEvents()

    area = page.findChild(QScrollArea)
    assert area is not None
    content, room = area.widget(), area.viewport().width()
    apply_theme(qapp, "light")
    assert content is not None
    assert content.width() <= room


def test_a_start_on_today_loads_no_chart_library() -> None:
    code = (
        "import sys; import planner.gui.pages.today;"
        "heavy = ('matplotlib', 'numpy', 'sqlite_utils', 'babel.messages', 'typst');"
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def test_what_the_plan_means_to_pay_stands_beside_what_is_due(
    session: Session, page_of: Callable[[], TodayPage]
) -> None:
    account_id = add_account(session)
    bill_id = add_bill(session, account_id, date(2026, 12, 5), "1720")
    offers = {account_id: [(date(2026, 12, 5), Money.of("172", "CNY"))]}
    page = page_of()
    assert "By the plan you follow" not in texts(page)

    session.do(N_("Follow the plan"), adopt_offers, session.today, "CNY", offers)

    words = "By the plan you follow: CN¥172.00 on 5 Dec 2026, once the lender agrees."
    assert words in texts(page.step)
    assert "CN¥1,720.00 is due on 5 Dec 2026." in texts(page.step)
    (row,) = page.groups[2].rows
    assert texts(row).splitlines()[1:] == ["5 Dec 2026, in 13 days", words, "CN¥1,720.00"]
    assert words in row.accessibleName()
    answer = page.step.answer()
    assert answer is not None

    parts = [(bill_id, date(2026, 12, 5), Money.of("1720", "CNY"))]
    session.do(
        N_("Follow the plan"), partial(adopt_payments, method=Method.OWN_ORDER), session.today, "CNY", parts
    )
    # What is simply paid on its date needs no second word.
    assert "By the plan you follow" not in texts(page)
