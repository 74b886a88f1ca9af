"""The forms of cash, as a person clicks and types: accounts, balances, incomes and expenses, times, rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Direction, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Shift
from planner.domain.money import Money
from planner.gui.forms import Form
from planner.gui.language import speak
from planner.gui.pane import SidePane
from planner.gui.recording.account import AccountForm
from planner.gui.recording.cash_account import CashAccountForm
from planner.gui.recording.cash_balance import CashBalanceForm
from planner.gui.recording.cash_flow import CashFlowForm
from planner.gui.recording.cash_pays import CashPaysForm
from planner.gui.recording.cash_rules import CashRulesForm
from planner.gui.recording.cash_time import CashTimeForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import save_account
from planner.services.cash import save_cash_account
from planner.services.cash_flows import save_flow, say_occurrence
from planner.services.cash_view import FlowRow, cash_view

LEFT, RETURN, TAB = Qt.MouseButton.LeftButton, Qt.Key.Key_Return, Qt.Key.Key_Tab
F = TypeVar("F", bound=Form)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


class Shown:
    """Shows a form in a pane, with the keyboard on its first field."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._panes: list[SidePane] = []

    def __call__(self, form: F) -> F:
        """Show a form, and leave the earlier ones where they are."""
        pane = SidePane()
        self._panes.append(pane)
        self._qtbot.addWidget(pane)
        pane.resize(480, 900)
        pane.open(form, "Form")
        pane.show()
        pane.activateWindow()
        self._qtbot.waitUntil(pane.isActiveWindow)
        QApplication.processEvents()
        return form


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    yield Shown(qtbot)
    speak(qapp, "en", "en_GB")


@pytest.fixture
def current(session: Session) -> CashAccount:
    """A current account on which 1,000 were seen on 20 November."""
    account = CashAccount("Current", "CNY", (Balance(date(2026, 11, 20), cny("1000")),))
    with session.store.transaction():
        return save_cash_account(session.store, account)


def type_over(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def choose(box: QComboBox, key: str) -> None:
    """Go to a choice with the arrow keys."""
    keys = [str(box.itemData(row)) for row in range(box.count())]
    moves = keys.index(key) - box.currentIndex()
    box.setFocus()
    for _move in range(abs(moves)):
        QTest.keyClick(box, Qt.Key.Key_Down if moves > 0 else Qt.Key.Key_Up)


def saves(qtbot: QtBot, form: Form) -> None:
    with qtbot.waitSignal(form.saved):
        QTest.mouseClick(form.save_button, LEFT)


def keep(session: Session, flow: CashFlow) -> FlowRow:
    with session.store.transaction():
        save_flow(session.store, flow)
    return row_of(session, flow.id)


def row_of(session: Session, flow_id: str) -> FlowRow:
    view = cash_view(session.store, session.today)
    return next(row for each in view.currencies for row in each.flows if row.flow.id == flow_id)


def rent(first_on: date = date(2026, 8, 5), account_id: str = "") -> CashFlow:
    return CashFlow("Rent", Category.HOUSING, cny("1200"), Recurrence(first_on), account_id, note="Flat")


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# --- cash accounts --------------------------------------------------------------------------------


def test_a_cash_account_takes_its_name_and_its_balance_and_no_more(
    qtbot: QtBot, session: Session, show: Shown
) -> None:
    form = show(CashAccountForm(session))
    assert form.name.edit.hasFocus()
    QTest.keyClicks(form.name.edit, "Purse")
    QTest.keyClick(form.name.edit, TAB)
    assert form.amount.edit.hasFocus()
    QTest.keyClicks(form.amount.edit, "-12.40")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)

    (account,) = session.store.cash_accounts.all()
    assert account.id == form.saved_id
    assert (account.name, account.currency, account.note) == ("Purse", "CNY", "")
    assert [(seen.on, seen.amount) for seen in account.balances] == [(session.today, cny("-12.40"))]
    session.history.undo()
    assert session.store.cash_accounts.all() == []


def test_an_account_in_another_currency_has_its_balance_in_it_and_an_earlier_day(
    qtbot: QtBot, session: Session, show: Shown
) -> None:
    form = show(CashAccountForm(session))
    QTest.keyClicks(form.name.edit, "Compte")
    choose(form.currency.box, "EUR")
    QTest.keyClicks(form.amount.edit, "50")
    type_over(form.seen_on.edit, "2026-11-20")
    QTest.mouseClick(form.more_button, LEFT)
    QTest.keyClicks(form.note.edit, "joint")
    saves(qtbot, form)

    (account,) = session.store.cash_accounts.all()
    (seen,) = account.balances
    assert (account.currency, account.note) == ("EUR", "joint")
    assert (seen.on, seen.amount) == (date(2026, 11, 20), Money.of("50", "EUR"))


def test_a_balance_says_that_it_is_the_one_of_the_evening(
    session: Session, show: Shown, current: CashAccount
) -> None:
    words = "It counts as that of the evening: what is paid on that day is taken off already."

    assert words in show(CashBalanceForm(session, current.id)).seen_on.hint.text()
    assert words in show(CashAccountForm(session)).seen_on.hint.text()


@pytest.mark.parametrize("kind", ["account", "balance"])
def test_a_balance_of_a_day_to_come_is_refused_and_nothing_typed_is_lost(
    session: Session, show: Shown, current: CashAccount, kind: str
) -> None:
    form = show(CashAccountForm(session) if kind == "account" else CashBalanceForm(session, current.id))
    if isinstance(form, CashAccountForm):
        QTest.keyClicks(form.name.edit, "Purse")
    type_over(form.amount.edit, "5")
    type_over(form.seen_on.edit, "2026-11-23")
    QTest.mouseClick(form.save_button, LEFT)

    assert form.seen_on.message.text() == (
        "This day has not come yet. Enter the day on which you saw the balance."
    )
    assert form.seen_on.text() == "2026-11-23"
    assert form.seen_on.edit.hasFocus()
    assert form.amount.text() == "5.00"
    assert session.store.cash_accounts.all() == [current]


def test_changing_an_account_leaves_its_balances_and_its_currency(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    form = show(CashAccountForm(session, current))

    assert not form.amount.isVisible()
    assert not form.seen_on.isVisible()
    assert (form.currency.value(), form.currency.isEnabled()) == ("CNY", False)
    assert "It stays as it is, since a balance is recorded." in texts(form)
    type_over(form.name.edit, "Household")
    saves(qtbot, form)
    (account,) = session.store.cash_accounts.all()
    assert (account.id, account.name, account.balances) == (current.id, "Household", current.balances)


def test_an_account_without_a_balance_may_change_its_currency(
    qtbot: QtBot, session: Session, show: Shown
) -> None:
    account = CashAccount("New", "CHF", note="kept")
    with session.store.transaction():
        save_cash_account(session.store, account)
    form = show(CashAccountForm(session, account))

    assert form.currency.value() == "CHF"
    assert form.note.isVisible()
    choose(form.currency.box, "USD")
    saves(qtbot, form)
    assert [each.currency for each in session.store.cash_accounts.all()] == ["USD"]


# --- balances -------------------------------------------------------------------------------------


def test_a_balance_is_compared_with_the_forecast_while_it_is_typed(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    keep(session, CashFlow("Bus", Category.TRANSPORT, cny("10"), Recurrence(date(2026, 11, 21), Unit.WEEK)))
    form = show(CashBalanceForm(session, current.id))
    assert form.amount.edit.hasFocus()
    assert not form.account.isVisible(), "one account is no choice"
    QTest.keyClicks(form.amount.edit, "985")

    assert form.preview.text() == "The forecast says CN¥990.00 for 22 Nov 2026. There is CN¥5.00 less."
    assert form.answer() is not None
    type_over(form.amount.edit, "990")
    assert form.preview.text() == "That is what the forecast says for 22 Nov 2026."
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.amount.edit, RETURN)
    (account,) = session.store.cash_accounts.all()
    assert [(seen.on, seen.amount) for seen in account.balances] == [
        (date(2026, 11, 20), cny("1000")),
        (date(2026, 11, 22), cny("990")),
    ]


def test_one_of_several_accounts_is_chosen_and_the_amount_is_in_its_currency(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    euro = CashAccount("Compte", "EUR")
    with session.store.transaction():
        save_cash_account(session.store, euro)
    form = show(CashBalanceForm(session))
    assert form.account.box.hasFocus()
    assert form.account.value() == current.id
    choose(form.account.box, euro.id)
    QTest.keyClicks(form.amount.edit, "7")
    assert not form.preview.isVisible(), "nothing was forecast of an account without a balance"
    saves(qtbot, form)

    (seen,) = session.store.cash_accounts.get(euro.id).balances
    assert seen.amount == Money.of("7", "EUR")


def test_what_was_seen_before_is_listed_newest_first_and_can_be_taken_back(
    session: Session, show: Shown, current: CashAccount
) -> None:
    older = Balance(date(2026, 10, 1), cny("70"))
    with session.store.transaction():
        save_cash_account(
            session.store, CashAccount("Current", "CNY", (older, *current.balances), id=current.id)
        )
    form = show(CashBalanceForm(session, current.id))
    said = [line for line in texts(form).splitlines() if line.endswith("00")]
    assert said == ["20 Nov 2026: CN¥1,000.00", "1 Oct 2026: CN¥70.00"]
    assert [button.accessibleName() for button in form.forget_buttons] == [
        "Delete: 20 Nov 2026: CN¥1,000.00",
        "Delete: 1 Oct 2026: CN¥70.00",
    ]
    QTest.keyClicks(form.amount.edit, "5")
    QTest.mouseClick(form.forget_buttons[0], LEFT)

    assert session.store.cash_accounts.get(current.id).balances == (older,)
    assert len(form.forget_buttons) == 1
    assert form.amount.text() == "5.00", "what was typed stays"
    assert "There is CN¥65.00 less." in form.preview.text()
    session.history.undo()
    assert len(form.forget_buttons) == 2


def test_an_account_that_goes_while_its_form_is_open_leaves_a_form_that_cannot_be_used(
    session: Session, show: Shown, current: CashAccount
) -> None:
    form = show(CashBalanceForm(session, current.id))
    session.do("Delete", lambda store: store.cash_accounts.delete(current.id))

    assert not form.isEnabled()
    session.history.undo()
    assert form.isEnabled()


# --- incomes and expenses -------------------------------------------------------------------------


def test_a_salary_on_the_last_working_day_takes_three_fields(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    form = show(CashFlowForm(session, Direction.INCOME))
    assert form.category.box.hasFocus()
    assert form.category.box.currentText() == "Salary"
    assert not form.account.isVisible()
    QTest.keyClick(form.category.box, TAB)
    QTest.keyClicks(form.amount.edit, "6800")
    choose(form.when.day.box, "last_working")
    assert form.preview.text() == (
        "The next times: Mon 30 Nov; Thu 31 Dec; Fri 29 Jan\n"
        "The day may still move. The holiday calendar for 2027 has not been published."
    )
    saves(qtbot, form)

    (flow,) = session.store.cash_flows.all()
    assert flow.id == form.saved_id
    assert (flow.name, flow.category, flow.amount) == ("Salary", Category.SALARY, cny("6800"))
    assert flow.recurrence == Recurrence(session.today, Unit.MONTH, 1, 31, shift=Shift.PREVIOUS)
    assert flow.cash_account_id == current.id


def test_the_name_follows_the_category_until_another_is_typed(session: Session, show: Shown) -> None:
    form = show(CashFlowForm(session, Direction.EXPENSE))
    offered = {Category(form.category.box.itemData(row)) for row in range(form.category.box.count())}
    assert offered == {kind for kind in Category if kind.direction is Direction.EXPENSE}
    assert form.name.text() == "Housing"
    choose(form.category.box, Category.FOOD)
    assert form.name.text() == "Food"
    type_over(form.name.edit, "Market")
    choose(form.category.box, Category.TAX)
    assert form.name.text() == "Market"


@pytest.mark.parametrize(
    ("typed", "recurrence", "said"),
    [
        (("once", ""), Recurrence(date(2026, 11, 27), Unit.ONCE), "It comes on Fri 27 Nov."),
        (
            ("week", ""), Recurrence(date(2026, 11, 27), Unit.WEEK),
            "The next times: Fri 27 Nov; Fri 4 Dec; Fri 11 Dec",
        ),
        (
            ("two_weeks", ""), Recurrence(date(2026, 11, 27), Unit.WEEK, 2),
            "The next times: Fri 27 Nov; Fri 11 Dec; Fri 25 Dec",
        ),
        (
            ("weeks", "4"), Recurrence(date(2026, 11, 27), Unit.WEEK, 4),
            "The next times: Fri 27 Nov; Fri 25 Dec; Fri 22 Jan",
        ),
        (
            ("month", ""), Recurrence(date(2026, 11, 27)),
            "The next times: Fri 27 Nov; Sun 27 Dec; Wed 27 Jan",
        ),
        (
            ("quarter", ""), Recurrence(date(2026, 11, 27), every=3),
            "The next times: Fri 27 Nov; Sat 27 Feb; Thu 27 May",
        ),
        (
            ("year", ""), Recurrence(date(2026, 11, 27), every=12),
            "The next times: Fri 27 Nov; 27 Nov 2027; 27 Nov 2028",
        ),
        (
            ("months", "5"), Recurrence(date(2026, 11, 27), every=5),
            "The next times: Fri 27 Nov; Tue 27 Apr; Mon 27 Sept",
        ),
    ],
)  # fmt: skip
def test_how_often_it_comes_is_said_while_typing_and_kept(
    qtbot: QtBot, session: Session, show: Shown, typed: tuple[str, str], recurrence: Recurrence, said: str
) -> None:
    rhythm, count = typed
    form = show(CashFlowForm(session, Direction.EXPENSE))
    QTest.keyClicks(form.amount.edit, "10")
    choose(form.when.rhythm.box, rhythm)
    assert form.when.every.isVisible() is bool(count)
    assert form.when.day.isVisible() is (recurrence.unit is Unit.MONTH)
    if count:
        QTest.keyClicks(form.when.every.edit, count)
    type_over(form.when.first_on.edit, "2026-11-27")

    assert form.preview.text() == said
    saves(qtbot, form)
    (flow,) = session.store.cash_flows.all()
    assert flow.recurrence == recurrence
    again = show(CashFlowForm(session, row=row_of(session, flow.id)))
    assert again.when.rhythm.value() == rhythm
    assert again.when.value() == recurrence


def test_the_count_asks_for_weeks_or_months(session: Session, show: Shown) -> None:
    form = show(CashFlowForm(session))
    choose(form.when.rhythm.box, "weeks")
    assert form.when.every.label.text() == "After how many weeks"
    choose(form.when.rhythm.box, "months")
    assert form.when.every.label.text() == "After how many months"
    QTest.mouseClick(form.save_button, LEFT)
    assert form.amount.message.text() == form.when.every.message.text() == "Please fill this in."
    assert session.store.cash_flows.all() == []


def test_a_day_off_and_an_end_wait_behind_more(qtbot: QtBot, session: Session, show: Shown) -> None:
    form = show(CashFlowForm(session, Direction.EXPENSE))
    QTest.keyClicks(form.amount.edit, "10")
    type_over(form.when.first_on.edit, "2026-12-05")
    assert not form.when.shift.isVisible()
    QTest.mouseClick(form.more_button, LEFT)
    choose(form.when.shift.box, Shift.NEXT)
    type_over(form.when.until.edit, "2027-01-31")
    QTest.keyClicks(form.note.edit, "club")

    assert form.preview.text().startswith("The next times: Mon 7 Dec; Tue 5 Jan\n")
    saves(qtbot, form)
    (flow,) = session.store.cash_flows.all()
    wanted = Recurrence(date(2026, 12, 5), until=date(2027, 1, 31), shift=Shift.NEXT)
    assert (flow.recurrence, flow.note) == (wanted, "club")


def test_the_last_working_day_needs_no_word_about_days_off(session: Session, show: Shown) -> None:
    form = show(CashFlowForm(session))
    QTest.mouseClick(form.more_button, LEFT)
    assert form.when.shift.isVisible()
    choose(form.when.day.box, "last_working")
    assert not form.when.shift.isVisible()
    choose(form.when.rhythm.box, "once")
    assert form.when.shift.isVisible()
    assert not form.when.until.isVisible()


def test_what_never_comes_is_refused_with_what_to_check(session: Session, show: Shown) -> None:
    form = show(CashFlowForm(session))
    QTest.keyClicks(form.amount.edit, "10")
    QTest.mouseClick(form.more_button, LEFT)
    type_over(form.when.until.edit, "2026-01-01")
    assert form.preview.text() == "It does not come again from today on."
    QTest.mouseClick(form.save_button, LEFT)

    assert "By these dates it would never come." in form.problem.text()
    assert form.amount.text() == "10"


def test_where_there_are_several_accounts_the_amount_is_in_the_currency_of_the_chosen_one(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    euro = CashAccount("Compte", "EUR")
    with session.store.transaction():
        save_cash_account(session.store, euro)
    form = show(CashFlowForm(session, Direction.EXPENSE))
    assert form.account.value() == current.id
    choose(form.account.box, euro.id)
    QTest.keyClicks(form.amount.edit, "30")
    saves(qtbot, form)

    (flow,) = session.store.cash_flows.all()
    assert (flow.amount, flow.cash_account_id) == (Money.of("30", "EUR"), euro.id)


# --- this one, later ones, all --------------------------------------------------------------------


def test_all_times_are_changed_at_once(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    row = keep(session, rent(account_id=current.id))
    form = show(CashFlowForm(session, row=row))
    assert form.scope.box.hasFocus()
    assert [form.scope.box.itemText(number) for number in range(3)] == [
        "All of them",
        "One time and all later ones",
        "One time only",
    ]
    assert not form.time.isVisible()
    assert (form.name.text(), form.note.value()) == ("Rent", "Flat")
    type_over(form.amount.edit, "1250")
    saves(qtbot, form)

    (flow,) = session.store.cash_flows.all()
    assert (flow.id, flow.amount, flow.recurrence) == (row.flow.id, cny("1250"), row.flow.recurrence)
    session.history.undo()
    assert session.store.cash_flows.all() == [row.flow]


def test_one_time_only_has_another_day_and_amount(qtbot: QtBot, session: Session, show: Shown) -> None:
    row = keep(session, rent())
    form = show(CashFlowForm(session, row=row))
    choose(form.scope.box, "this")

    assert form.time.box.currentText() == "5 Dec 2026", "the next one is meant first"
    for field in (form.category, form.name, form.when.rhythm, form.when.day, form.more_button, form.preview):
        assert not field.isVisible()
    assert form.when.first_on.label.text() == "Comes on"
    type_over(form.amount.edit, "900")
    type_over(form.when.first_on.edit, "2026-12-07")
    saves(qtbot, form)

    (flow,) = session.store.cash_flows.all()
    assert flow.amount == cny("1200")
    (said,) = flow.occurrences
    assert (said.by_rule, said.state, said.on, said.amount) == (
        date(2026, 12, 5),
        Happened.EXPECTED,
        date(2026, 12, 7),
        cny("900"),
    )


def test_the_day_and_amount_that_stay_as_planned_are_not_fixed(
    qtbot: QtBot, session: Session, show: Shown
) -> None:
    row = keep(session, rent())
    form = show(CashFlowForm(session, row=row))
    choose(form.scope.box, "this")
    choose(form.time.box, "2027-01-05")
    assert form.when.first_on.day() == date(2027, 1, 5)
    type_over(form.amount.edit, "1000")
    saves(qtbot, form)

    (said,) = session.store.cash_flows.get(row.flow.id).occurrences
    assert (said.by_rule, said.on, said.amount) == (date(2027, 1, 5), None, cny("1000"))


def test_from_one_time_on_it_becomes_two(qtbot: QtBot, session: Session, show: Shown) -> None:
    row = keep(session, rent())
    form = show(CashFlowForm(session, row=row))
    choose(form.scope.box, "later")
    choose(form.time.box, "2027-01-05")
    assert form.when.first_on.label.text() == "From"
    type_over(form.amount.edit, "1300")
    type_over(form.when.first_on.edit, "2027-01-10")
    assert form.preview.text() == "The next times: Sun 10 Jan; Wed 10 Feb; Wed 10 Mar"
    saves(qtbot, form)

    earlier, later = session.store.cash_flows.all()
    if earlier.id != row.flow.id:
        earlier, later = later, earlier
    assert (earlier.amount, earlier.recurrence.until) == (cny("1200"), date(2027, 1, 4))
    assert (later.id, later.amount) == (form.saved_id, cny("1300"))
    assert (later.recurrence.first_on, later.recurrence.until) == (date(2027, 1, 10), None)
    session.history.undo()
    assert session.store.cash_flows.all() == [row.flow]


def test_the_31st_does_not_drift_where_a_short_month_begins_the_later_times(
    qtbot: QtBot, session: Session, show: Shown
) -> None:
    flow = CashFlow("Club", Category.OTHER, cny("10"), Recurrence(date(2026, 10, 30)))
    row = keep(session, flow)
    form = show(CashFlowForm(session, row=row))
    choose(form.scope.box, "later")
    choose(form.time.box, "2027-01-30")
    type_over(form.amount.edit, "11")
    saves(qtbot, form)

    later = session.store.cash_flows.get(form.saved_id)
    assert list(later.recurrence.by_rule(date(2027, 3, 31))) == [
        date(2027, 1, 30),
        date(2027, 2, 28),
        date(2027, 3, 30),
    ]


def test_an_amount_that_was_typed_stays_whichever_times_are_meant(session: Session, show: Shown) -> None:
    row = keep(session, rent())
    with session.store.transaction():
        other = Occurrence(date(2027, 1, 5), amount=cny("777"))
        say_occurrence(session.store, row.flow.id, other)
    form = show(CashFlowForm(session, row=row_of(session, row.flow.id)))
    choose(form.scope.box, "this")
    choose(form.time.box, "2027-01-05")
    assert form.amount.money() == cny("777")
    choose(form.scope.box, "all")
    assert form.amount.money() == cny("1200")
    type_over(form.amount.edit, "5")
    choose(form.scope.box, "this")
    assert form.amount.money() == cny("5")


def test_what_comes_once_is_not_asked_which_times(session: Session, show: Shown) -> None:
    once = CashFlow("Gift", Category.OTHER_INCOME, cny("5"), Recurrence(date(2026, 12, 1), Unit.ONCE))
    form = show(CashFlowForm(session, row=keep(session, once)))

    assert not form.scope.isVisible()
    assert not form.time.isVisible()
    assert form.amount.edit.hasFocus()
    assert form.when.first_on.label.text() == "On"


@pytest.mark.parametrize(
    ("recurrence", "day"),
    [
        (Recurrence(date(2026, 11, 30), day=31), "last"),
        (Recurrence(date(2026, 11, 30), day=31, shift=Shift.PREVIOUS), "last_working"),
        (Recurrence(date(2026, 10, 31), shift=Shift.NEXT), "last"),
        (Recurrence(date(2027, 2, 28), day=30), "same"),
        (Recurrence(date(2026, 11, 1), day=15), "same"),
        (Recurrence(date(2026, 12, 1), every=7, until=date(2030, 1, 1), shift=Shift.PREVIOUS), "same"),
    ],
)
def test_a_rule_that_is_only_looked_at_stays_what_it_is(
    session: Session, show: Shown, recurrence: Recurrence, day: str
) -> None:
    flow = CashFlow("Club", Category.OTHER, cny("10"), recurrence)
    form = show(CashFlowForm(session, row=keep(session, flow)))

    assert form.when.day.value() == day
    days = list(form.when.value().by_rule(date(2031, 1, 1)))
    assert days == list(recurrence.by_rule(date(2031, 1, 1)))
    assert form.when.value().shift is recurrence.shift
    assert form.when.value().until == recurrence.until


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_another_language_leaves_what_was_typed_and_chosen(
    qtbot: QtBot, qapp: QApplication, session: Session, show: Shown, language: str
) -> None:
    row = keep(session, rent())
    form = show(CashFlowForm(session, row=row))
    choose(form.scope.box, "later")
    choose(form.time.box, "2027-01-05")
    type_over(form.amount.edit, "1300,5")
    choose(form.when.rhythm.box, "quarter")
    speak(qapp, language)
    QApplication.processEvents()

    assert (form.scope.value(), form.time.value()) == ("later", "2027-01-05")
    assert form.when.rhythm.value() == "quarter"
    assert form.amount.money() == cny("1300.50")
    saves(qtbot, form)
    later = session.store.cash_flows.get(form.saved_id)
    assert (later.recurrence.first_on, later.recurrence.every) == (date(2027, 1, 5), 3)


# --- one time -------------------------------------------------------------------------------------


def test_one_time_is_confirmed_with_its_day_and_amount(qtbot: QtBot, session: Session, show: Shown) -> None:
    row = keep(session, rent())
    form = show(CashTimeForm(session, row))
    assert form.time.box.currentText() == "5 Dec 2026"
    assert form.state.box.currentText() == "It is expected"
    choose(form.time.box, "2026-11-05")
    assert form.on.day() == date(2026, 11, 5)
    choose(form.state.box, "confirmed")
    assert form.state.box.currentText() == "It was paid"
    type_over(form.on.edit, "2026-11-06")
    saves(qtbot, form)

    (said,) = session.store.cash_flows.get(row.flow.id).occurrences
    assert (said.by_rule, said.state, said.on) == (
        date(2026, 11, 5),
        Happened.CONFIRMED,
        date(2026, 11, 6),
    )


def test_one_time_is_left_out_and_put_back(qtbot: QtBot, session: Session, show: Shown) -> None:
    row = keep(session, rent())
    form = show(CashTimeForm(session, row))
    choose(form.state.box, "skipped")
    assert not form.on.isVisible()
    assert not form.amount.isVisible()
    saves(qtbot, form)
    left_out = row_of(session, row.flow.id)
    assert left_out.next is not None
    assert left_out.next.by_rule == date(2027, 1, 5)

    again = show(CashTimeForm(session, left_out))
    choose(again.time.box, "2026-12-05")
    assert again.state.value() == "skipped"
    choose(again.state.box, "expected")
    assert again.on.isVisible()
    saves(qtbot, again)
    assert session.store.cash_flows.get(row.flow.id).occurrences == ()


def test_an_income_came_and_an_expense_was_paid(session: Session, show: Shown) -> None:
    pay = CashFlow("Pay", Category.SALARY, cny("5"), Recurrence(date(2026, 12, 1), Unit.ONCE))
    form = show(CashTimeForm(session, keep(session, pay)))

    assert [form.state.box.itemText(number) for number in range(3)] == [
        "It came",
        "It is expected",
        "It does not come this time",
    ]
    assert not form.time.isVisible()
    assert form.state.box.hasFocus()


# --- rules, ties, the account of a lender ---------------------------------------------------------


def test_reserve_and_cap_are_set_and_taken_away(qtbot: QtBot, session: Session, show: Shown) -> None:
    form = show(CashRulesForm(session, CashRules("EUR")))
    QTest.keyClicks(form.reserve.edit, "1000")
    QTest.keyClick(form.reserve.edit, TAB)
    QTest.keyClicks(form.cap.edit, "250")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.cap.edit, RETURN)
    kept = session.store.cash_rules.of("EUR")
    assert kept == CashRules("EUR", Money.of("1000", "EUR"), Money.of("250", "EUR"))

    form = show(CashRulesForm(session, kept))
    assert (form.reserve.money(), form.cap.money()) == (kept.reserve, kept.spending_cap)
    form.cap.edit.clear()
    saves(qtbot, form)
    assert session.store.cash_rules.of("EUR") == CashRules("EUR", kept.reserve)


def test_a_reserve_below_nothing_is_refused(session: Session, show: Shown) -> None:
    form = show(CashRulesForm(session, CashRules("CNY")))
    QTest.keyClicks(form.reserve.edit, "-5")
    QTest.mouseClick(form.save_button, LEFT)

    assert "cannot be below zero" in form.problem.text()
    assert form.reserve.edit.text() == "-5.00"


def add_credit(session: Session, name: str, currency: str = "CNY", *, automatic: bool = False) -> Account:
    account = Account(name, "Bank", currency, automatic=automatic)
    with session.store.transaction():
        return save_account(session.store, account)


def test_each_lender_of_a_currency_with_cash_has_a_choice(
    qtbot: QtBot, session: Session, show: Shown, current: CashAccount
) -> None:
    card, loan = add_credit(session, "Card", automatic=True), add_credit(session, "Loan")
    add_credit(session, "Abroad", "USD")
    form = show(CashPaysForm(session))

    assert set(form.choices) == {card.id, loan.id}
    assert form.choices[card.id].label.text() == "Card"
    assert form.choices[card.id].hint.text() == "debited automatically"
    assert form.choices[loan.id].hint.text() == ""
    choose(form.choices[loan.id].box, current.id)
    choose(form.choices[card.id].box, current.id)
    saves(qtbot, form)
    assert {each.name: each.cash_account_id for each in session.store.accounts.all()} == {
        "Card": current.id,
        "Loan": current.id,
        "Abroad": "",
    }
    session.history.undo()
    assert {each.cash_account_id for each in session.store.accounts.all()} == {""}, "both are one step"

    form = show(CashPaysForm(session))
    saves(qtbot, form)
    assert not session.history.canUndo(), "nothing was changed"


def test_an_account_with_a_lender_says_which_cash_account_pays_it(
    qtbot: QtBot, session: Session, show: Shown
) -> None:
    card = add_credit(session, "Card")
    form = show(AccountForm(session, card))
    assert not form.paid_from.isVisible(), "there is nothing to choose from"

    cash = CashAccount("Current", "CNY")
    other = CashAccount("Compte", "EUR")
    with session.store.transaction():
        save_cash_account(session.store, cash)
        save_cash_account(session.store, other)
    form = show(AccountForm(session, card))
    assert form.paid_from.isVisible()
    offered = [form.paid_from.box.itemText(number) for number in range(form.paid_from.box.count())]
    assert offered == ["I have not said", "Current"]
    choose(form.paid_from.box, cash.id)
    saves(qtbot, form)
    assert session.store.accounts.get(card.id).cash_account_id == cash.id

    form = show(AccountForm(session, session.store.accounts.get(card.id)))
    assert form.paid_from.value() == cash.id
    type_over(form.name.edit, "Card 2")
    saves(qtbot, form)
    assert session.store.accounts.get(card.id).cash_account_id == cash.id


def test_a_new_account_in_another_currency_is_paid_from_an_account_of_that_currency(
    session: Session, show: Shown, current: CashAccount
) -> None:
    euro = CashAccount("Compte", "EUR")
    with session.store.transaction():
        save_cash_account(session.store, euro)
    form = show(AccountForm(session))
    choose(form.product.box, "blank")
    choose(form.paid_from.box, current.id)
    choose(form.currency.box, "EUR")

    assert [form.paid_from.box.itemText(number) for number in range(2)] == ["I have not said", "Compte"]
    assert form.paid_from.value() == ""
    choose(form.currency.box, "USD")
    assert not form.paid_from.isVisible()


# --- everybody ------------------------------------------------------------------------------------


def every_form(session: Session, current: CashAccount) -> Iterator[Form]:
    add_credit(session, "A card of a bank with a long name")
    row = keep(session, rent())
    yield CashAccountForm(session)
    yield CashAccountForm(session, current)
    yield CashBalanceForm(session, current.id)
    yield CashFlowForm(session)
    yield CashFlowForm(session, row=row)
    yield CashTimeForm(session, row)
    yield CashRulesForm(session, CashRules("CNY"))
    yield CashPaysForm(session)


def test_every_field_has_a_name_and_tab_leads_through_all_to_the_button(
    session: Session, show: Shown, current: CashAccount
) -> None:
    for form in every_form(session, current):
        show(form)
        if form.more_button.isVisible():
            QTest.mouseClick(form.more_button, LEFT)
        QApplication.processEvents()
        wanted = [field.input for field in form.fields if field.isVisible() and field.isEnabled()]
        assert all(widget.accessibleName() for widget in wanted)
        wanted[0].setFocus()
        reached: list[QWidget] = []
        while form.save_button not in reached and len(reached) < 40:
            focus = QApplication.focusWidget()
            assert focus is not None
            reached.append(focus)
            QTest.keyClick(focus, TAB)
        missed = [widget.accessibleName() for widget in wanted if widget not in reached]
        assert not missed, type(form).__name__
        places = [reached.index(widget) for widget in wanted]
        assert places == sorted(places), type(form).__name__


def test_what_was_typed_is_not_left_without_a_word(
    session: Session, show: Shown, current: CashAccount
) -> None:
    for form in every_form(session, current):
        show(form)
        assert form.may_leave()
        edits = [edit for edit in form.findChildren(QLineEdit) if edit.isVisible()]
        if edits:
            type_over(edits[0], "1")
        else:
            QTest.keyClick(form.findChildren(QComboBox)[0], Qt.Key.Key_Down)
        assert not form.may_leave(), type(form).__name__
        assert form.unsaved_note.isVisible()
        assert form.may_leave(), "the second time it may"


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_they_fit_a_narrow_pane_with_large_text(
    qapp: QApplication, session: Session, show: Shown, current: CashAccount, language: str
) -> None:
    speak(qapp, language)
    apply_theme(qapp, "dark", 200)
    try:
        for form in every_form(session, current):
            show(form)
            if form.more_button.isVisible():
                QTest.mouseClick(form.more_button, LEFT)
            QApplication.processEvents()
            room = form.parentWidget()
            assert room is not None
            assert form.width() <= room.width(), type(form).__name__
    finally:
        apply_theme(qapp, "light")
