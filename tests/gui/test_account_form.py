from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import ELSEWHERE, Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode, Shift
from planner.domain.money import Money
from planner.gui.language import speak
from planner.gui.pane import SidePane
from planner.gui.recording.account import AccountForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import account_from, save_account
from planner.store.catalogue import product

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., AccountForm]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[Show]:
    """Shows the form in the pane, as the page does."""
    panes: list[SidePane] = []  # pytest-qt only knows them as long as they live

    def make(account: Account | None = None) -> AccountForm:
        pane = SidePane()
        qtbot.addWidget(pane)
        panes.append(pane)
        form = AccountForm(session, account)
        form.saved.connect(pane.close_content)
        pane.open(form, "Account")
        pane.resize(480, 800)
        pane.show()
        return form

    yield make
    speak(qapp, "en", "en_GB")


def choose(box: QComboBox, key: str) -> None:
    """Go to a choice with the arrow keys."""
    keys = [str(box.itemData(row)) for row in range(box.count())]
    moves = keys.index(key) - box.currentIndex()
    for _move in range(abs(moves)):
        QTest.keyClick(box, Qt.Key.Key_Down if moves > 0 else Qt.Key.Key_Up)


def stored(session: Session) -> Account:
    (account,) = session.store.accounts.all()
    return account


def record(session: Session, name: str = "白条") -> Account:
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, name)
    with session.store.transaction():
        save_account(session.store, account)
    return account


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_product_is_copied_with_its_terms_and_says_whose_they_are_and_how_old(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    form = show()
    assert "published about JD Baitiao, checked on 22 Nov 2026" in texts(form)
    assert form.name.text() == "JD Baitiao"
    assert not form.lender.isVisible()
    assert not form.currency.isVisible()
    form.name.edit.setFocus()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.name.edit, Qt.Key.Key_Return)

    account = stored(session)
    sheet = product("jd-baitiao")
    assert sheet is not None
    assert (account.product, account.currency, account.terms) == ("jd-baitiao", "CNY", sheet.terms)
    assert account.cycle == Cycle(Mode.BILL, None, DaysAfter(9))
    assert form.account_id == account.id
    assert session.history.undoText() == "Add an account"
    session.history.undo()
    assert session.store.accounts.all() == []


def test_the_usual_cycle_of_a_product_is_preset_and_its_dates_are_said(show: Show) -> None:
    form = show()
    assert form.preview.text() == "When a purchase today would be billed and due is not known yet."
    QTest.keyClicks(form.cycle.statement_day.edit, "5")
    assert form.preview.text() == (
        "A purchase today would be billed on 5 Dec 2026 and due on 14 Dec 2026.\n"
        "That leaves 22 days to pay it."
    )

    other = show()
    choose(other.product.box, "huabei")
    assert other.name.text() == "Huabei"
    assert (other.cycle.statement_day.value(), other.cycle.due_day.value()) == (1, 10)
    assert other.preview.text() == (
        "A purchase today would be billed on 1 Dec 2026 and due on 10 Dec 2026.\n"
        "That leaves 18 days to pay it."
    )


def test_what_was_typed_stays_when_another_product_is_chosen(show: Show) -> None:
    form = show()
    form.name.edit.selectAll()
    QTest.keyClicks(form.name.edit, "Mine")
    QTest.keyClicks(form.cycle.statement_day.edit, "17")
    choose(form.product.box, "huabei")

    assert form.name.text() == "Mine"
    assert form.cycle.statement_day.text() == "17"
    assert form.cycle.due_days.text() == "9"


def test_another_lender_gives_its_name_to_the_account_and_has_the_usual_currency(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    session.set("currency", "GBP")
    form = show()
    choose(form.product.box, "blank")
    assert "Every term is unknown until you enter it." in texts(form)
    assert form.currency.value() == "GBP"
    assert form.limit.currency == "GBP"
    choose(form.currency.box, "EUR")
    QTest.keyClicks(form.lender.edit, "Credit de la Loire")
    assert form.name.text() == "Credit de la Loire"
    QTest.keyClicks(form.limit.edit, "1500")
    QTest.mouseClick(form.automatic.box, LEFT)
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    account = stored(session)
    assert (account.name, account.lender) == ("Credit de la Loire", "Credit de la Loire")
    assert (account.currency, account.limit) == ("EUR", Money.of("1500", "EUR"))
    assert account.automatic
    assert account.terms.claims == ()
    assert account.cycle == Cycle()


def test_orders_with_due_dates_of_their_own_ask_for_no_statement_day(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    form = show()
    QTest.keyClicks(form.cycle.statement_day.edit, "not a day")
    choose(form.cycle.mode.box, "order")

    for field in (form.cycle.statement_day, form.cycle.rule, form.cycle.due_days):
        assert not field.isVisible()
    assert form.preview.text() == (
        "A purchase today would be due on 22 Dec 2026.\nThat leaves 30 days to pay it."
    )
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)
    assert stored(session).cycle == Cycle(Mode.ORDER)


def test_a_due_day_and_the_statement_day_itself_make_the_cycle(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    form = show()
    assert not form.cycle.closes_after.isVisible()
    QTest.keyClicks(form.cycle.statement_day.edit, "22")
    choose(form.cycle.rule.box, "fixed")
    QTest.keyClicks(form.cycle.due_day.edit, "10")
    assert "billed on 22 Dec 2026 and due on 10 Jan 2027" in form.preview.text()
    QTest.mouseClick(form.more_button, LEFT)
    QTest.mouseClick(form.cycle.closes_after.box, LEFT)
    assert "billed on 22 Nov 2026 and due on 10 Dec 2026" in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert stored(session).cycle == Cycle(Mode.BILL, 22, FixedDay(10), closes_after=True)


def test_where_the_lender_moves_a_due_date_off_days_off_the_preview_follows_and_it_is_kept(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    form = show()
    assert not form.cycle.shift.isVisible()
    choose(form.product.box, "blank")
    choose(form.country.box, "FR")
    QTest.keyClicks(form.lender.edit, "Banque")
    QTest.keyClicks(form.cycle.statement_day.edit, "1")
    choose(form.cycle.rule.box, "fixed")
    QTest.keyClicks(form.cycle.due_day.edit, "13")
    assert "due on 13 Dec 2026" in form.preview.text()  # a Sunday
    QTest.mouseClick(form.more_button, LEFT)
    assert "Due date on a day off" in texts(form)
    choose(form.cycle.shift.box, "previous")
    assert "due on 11 Dec 2026" in form.preview.text()
    choose(form.cycle.shift.box, "next")
    assert "due on 14 Dec 2026" in form.preview.text()
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    account = stored(session)
    assert account.cycle == Cycle(Mode.BILL, 1, FixedDay(13), shift=Shift.NEXT)
    assert show(account).cycle.shift.value() == Shift.NEXT


def test_a_date_that_may_still_move_is_said_in_the_preview(show: Show) -> None:
    form = show()
    QTest.keyClicks(form.cycle.statement_day.edit, "1")
    choose(form.cycle.rule.box, "after")
    form.cycle.due_days.edit.selectAll()
    QTest.keyClicks(form.cycle.due_days.edit, "40")
    assert "may still move" not in form.preview.text()
    QTest.mouseClick(form.more_button, LEFT)
    choose(form.cycle.shift.box, "next")

    assert form.preview.text() == (
        "A purchase today would be billed on 1 Dec 2026 and due on 10 Jan 2027.\n"
        "That leaves 49 days to pay it.\n"
        "The due date may still move. The holiday calendar for 2027 has not been published."
    )


def test_orders_with_due_dates_of_their_own_move_too(qtbot: QtBot, session: Session, show: Show) -> None:
    form = show()
    choose(form.cycle.mode.box, "order")
    QTest.mouseClick(form.more_button, LEFT)
    assert not form.cycle.closes_after.isVisible()
    choose(form.cycle.shift.box, "next")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert stored(session).cycle == Cycle(Mode.ORDER, shift=Shift.NEXT)


def test_an_unknown_due_rule_says_that_only_the_statement_is_known(show: Show) -> None:
    form = show()
    QTest.keyClicks(form.cycle.statement_day.edit, "5")
    choose(form.cycle.rule.box, "unknown")

    assert "billed on 5 Dec 2026. When it would be due is not known yet." in form.preview.text()


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("name", "", "Please fill this in."),
        ("statement_day", "32", "Enter a whole number from 1 to 31."),
        ("due_days", "soon", "Enter a whole number from 1 to 90."),
        ("limit", "lots", "is not an amount"),
        ("limit", "0", "A credit limit is more than zero."),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays(
    session: Session, show: Show, field: str, typed: str, problem: str
) -> None:
    form = show()
    line = getattr(form, field, None) or getattr(form.cycle, field)
    line.edit.selectAll()
    QTest.keyClick(line.edit, Qt.Key.Key_Delete)
    QTest.keyClicks(line.edit, typed)
    QTest.mouseClick(form.save_button, LEFT)

    assert problem in texts(form)
    assert line.text() in {typed, "0.00"}
    assert session.store.accounts.all() == []


def test_services_are_ticked_and_own_ones_are_added(qtbot: QtBot, session: Session, show: Show) -> None:
    form = show()
    QTest.mouseClick(form.more_button, LEFT)
    first = form.services.boxes[0]
    assert first.accessibleName() == "Automatic repayment"
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClicks(form.services.line, "Petrol card")
    QTest.keyClick(form.services.line, Qt.Key.Key_Return)  # adds it and does not save yet
    assert session.store.accounts.all() == []
    QTest.keyClicks(form.services.line, "Travel pass")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    services = {service.name: service.unlinked_on for service in stored(session).services}
    assert services["Automatic repayment"] == date(2026, 11, 22)
    assert services["Co-branded card"] is None
    assert services["Petrol card"] is None
    assert services["Travel pass"] is None  # typed and not added: it is not lost


def test_an_account_is_changed_and_the_rest_of_it_stays(qtbot: QtBot, session: Session, show: Show) -> None:
    account = record(session)
    form = show(account)
    assert not form.product.isVisible()
    assert form.focusProxy() is form.name.input
    form.name.edit.selectAll()
    QTest.keyClicks(form.name.edit, "My Baitiao")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    assert stored(session) == replace(account, name="My Baitiao")
    assert session.history.undoText() == "Change the account"


def test_whose_rules_hold_follows_the_currency_until_the_user_says(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    form = show()
    assert not form.country.isVisible()
    choose(form.product.box, "blank")

    assert form.country.isVisible()
    for currency, country in (("HKD", ELSEWHERE), ("EUR", "FR"), ("GBP", "GB")):
        choose(form.currency.box, currency)
        assert form.country.value() == country
    choose(form.country.box, ELSEWHERE)
    choose(form.currency.box, "EUR")
    assert form.country.value() == ELSEWHERE
    QTest.keyClicks(form.lender.edit, "Banque de Namur")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)

    account = stored(session)
    assert (account.country, account.law) == (ELSEWHERE, ELSEWHERE)
    assert show(account).country.value() == ELSEWHERE


def test_the_currency_of_an_account_that_holds_something_stays(session: Session, show: Show) -> None:
    account = Account("Card", "Bank", "CHF", "blank")
    line = BillLine(LineKind.UNITEMISED, Money.of("10", "CHF"))
    with session.store.transaction():
        save_account(session.store, account)
    form = show(account)
    assert (form.currency.value(), form.currency.isEnabled()) == ("CHF", True)

    with session.store.transaction():
        session.store.bills.save(Bill(account.id, date(2026, 11, 1), date(2026, 11, 20), (line,)))
    form = show(account)
    assert (form.currency.value(), form.currency.isEnabled()) == ("CHF", False)
    assert "It stays as it is, since something is recorded on the account." in texts(form)


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_another_language_follows_while_typing_and_saves(
    qtbot: QtBot, qapp: QApplication, session: Session, show: Show, language: str
) -> None:
    form = show()
    QTest.keyClicks(form.cycle.statement_day.edit, "5")
    speak(qapp, language)

    assert form.cycle.statement_day.text() == "5"
    dates = {"zh": ("2026年12月5日", "2026年12月14日"), "fr": ("5 déc. 2026", "14 déc. 2026")}
    assert all(day in form.preview.text() for day in dates[language])
    QTest.keyClicks(form.limit.edit, "1500,5")
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)
    assert stored(session).limit == Money.of("1500.50", "CNY")


def test_it_fits_a_narrow_pane_with_large_text(qapp: QApplication, session: Session, show: Show) -> None:
    apply_theme(qapp, "dark", 200)
    try:
        form = show()
        QTest.mouseClick(form.more_button, LEFT)
        QApplication.processEvents()
        room = form.parentWidget()
        assert room is not None
        assert form.width() <= room.width()
    finally:
        apply_theme(qapp, "light")
    assert session.store.accounts.all() == []
