"""Why? Every figure on every page answers, through one mechanism, by mouse, menu and keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QListWidget,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Direction
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.gui.asking import WHY, Why, answer_of, ask
from planner.gui.balance_line import BalanceLine
from planner.gui.chart_view import ChartView
from planner.gui.fields import AmountField, PercentField
from planner.gui.labels import Figure, text_label
from planner.gui.main_window import MainWindow
from planner.gui.page import Page
from planner.gui.pages.bills import BillsPage
from planner.gui.pages.cash import CashPage
from planner.gui.pages.chain_view import ChainView
from planner.gui.pages.compare import ComparePage
from planner.gui.pages.extra_view import ExtraView
from planner.gui.pages.overdue import LatePage
from planner.gui.pages.payoff import BEST, FOLLOWED, OVER_TIME, WHAT_IF, PayoffPage
from planner.gui.pages.payoff_parts.answer import AnswerForm, Said
from planner.gui.pages.payoff_parts.choices import DebtView
from planner.gui.pages.payoff_parts.court import CourtForm
from planner.gui.pages.payoff_parts.letter import LetterView
from planner.gui.pages.payoff_parts.limits import LimitsForm
from planner.gui.pages.payoff_parts.what_if import WhatIfForm
from planner.gui.pages.procedure_parts.step_details import Details
from planner.gui.pages.procedure_parts.widgets import Text
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.pages.settings import SettingsPage
from planner.gui.pages.today import TodayPage
from planner.gui.places import ALL
from planner.gui.recording.bill import BillForm
from planner.gui.recording.cash_account import CashAccountForm
from planner.gui.recording.cash_balance import CashBalanceForm
from planner.gui.recording.cash_flow import CashFlowForm
from planner.gui.recording.cash_pays import CashPaysForm
from planner.gui.recording.cash_rules import CashRulesForm
from planner.gui.recording.cash_time import CashTimeForm
from planner.gui.recording.correction import CorrectionForm
from planner.gui.recording.payment import PaymentForm
from planner.gui.recording.plan import PlanForm
from planner.gui.recording.plan_edit import PlanEditForm
from planner.gui.recording.purchase import PurchaseForm, RefundForm
from planner.gui.session import Session
from planner.gui.tables import Table
from planner.gui.why import WhyView
from planner.i18n import explain, show
from planner.phrases import Phrase
from planner.services.cash import save_cash_account, save_rules
from planner.services.cash_flows import save_flow
from planner.services.imports import apply_import, plan_import, read_file, suggest_mapping
from planner.statements.statement import Statement
from planner.store.store import Store
from tests.stores import fill_with_example

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
STATEMENT = Path(__file__).parents[1] / "data/jd/baitiao.csv"

# An amount or a rate as the reader sees it.
FIGURE = re.compile(r"-?(?:CN¥|HK\$|JP¥|€|£|\$)-?\d[\d,]*(?:\.\d+)?|-?\d[\d,]*(?:\.\d+)?%")

# What quotes the words of a source, which stands below it; what the user types, or chooses a look by; an
# answer itself.
QUOTED = (Text, AmountField, PercentField, SettingsPage, WhyView)


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    """The program on the example."""
    fill_with_example(session.store, session.today)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.go("today")
    return window


def told(answer: Why) -> str:
    """Everything that goes into the figures of an answer, without the figures themselves."""
    return "\n".join(text for _name, figure in answer.figures for text in told_of(figure))


def told_of(figure: Derived[object]) -> Iterator[str]:
    derivation = figure.derivation
    yield explain(derivation.rule)
    for given in derivation.given:
        yield f"{explain(given.label)} {show(given.value)}"
    for working in derivation.workings:
        yield f"{explain(working.text)} {show(working.result)}"


def figures_of(value: object) -> list[str]:
    """The amounts and rates in what is shown."""
    return FIGURE.findall(value if isinstance(value, str) else show(value))


def unexplained(text: str, answer: Why | None) -> list[str]:
    """The figures of a text that an answer does not lead to."""
    found = figures_of(text)
    known = told(answer) if answer is not None else ""
    return [figure for figure in found if figure not in known]


def is_quoted(widget: QWidget | None) -> bool:
    while widget is not None:
        if isinstance(widget, QUOTED):
            return True
        widget = widget.parentWidget()
    return False


def is_text_of_a_step(label: QWidget) -> bool:
    """Whether it is what a procedure says in a step, with its source below."""
    parent = label.parentWidget()
    return isinstance(parent, Details) and label in {parent.text, parent.own, parent.source}


def silent(page: QWidget) -> list[str]:
    """What of a page shows a figure and does not say how it was made."""
    found: list[str] = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page) or is_quoted(widget):
            continue
        for name, text, answer in shown_by(widget):
            missing = unexplained(text, answer)
            if missing:
                found.append(f"{name}: {text!r}: {missing}")
    return found


def shown_by(widget: QWidget) -> Iterator[tuple[str, str, Why | None]]:
    """The texts of a widget, each with its answer."""
    name = type(widget).__name__
    match widget:
        case QLabel() | QAbstractButton() if not is_text_of_a_step(widget):
            yield name, widget.text(), answer_of(widget)
        case QComboBox():
            yield name, widget.currentText(), answer_of(widget)
        case QListWidget():
            for row in range(widget.count()):
                place = widget.visualItemRect(widget.item(row)).center()
                yield name, widget.item(row).text(), answer_of(widget, place)
        case Table():
            yield from cells(widget)
        case BalanceLine():
            yield from points(widget)
        case ChartView():
            yield name, widget.accessibleDescription(), answer_of(widget)
        case _:
            pass


def points(line: BalanceLine) -> Iterator[tuple[str, str, Why | None]]:
    for number, point in enumerate(line.points):
        line.chosen = number
        yield f"point {number}", show(point.owed), answer_of(line)
    line.chosen = 0


def cells(table: Table) -> Iterator[tuple[str, str, Why | None]]:
    columns = table.model_columns
    for row, value in enumerate(table.values_model.values):
        for number, column in enumerate(columns):
            if table.isColumnHidden(number):
                continue
            shown, text = column.value(value), column.words(value)
            ends = (shown.low, shown.high) if isinstance(shown, Span) else (shown,)
            is_figure = isinstance(ends[0], (Money, Rate))
            index = table.values_model.index(row, number)
            # An amount may stand there without its currency, or as a dash where it is nothing.
            words = " ".join(show(end) for end in ends) if is_figure and text != "–" else text
            yield f"{column.title}, row {row}", words, index.data(WHY)


# --- every figure -------------------------------------------------------------------------------------


def test_every_figure_of_today_answers(window: MainWindow) -> None:
    page = window.page("today")
    assert isinstance(page, TodayPage)

    assert figures_of(page.owed.findChildren(QLabel)[1].text())  # there is something to walk over
    assert silent(page) == []


def test_every_figure_of_the_accounts_answers(window: MainWindow) -> None:
    window.go("bills")
    page = window.page("bills")
    assert isinstance(page, BillsPage)
    walked = 0

    for account in window.session.store.accounts.all():
        page.choose_account(account.id)
        for tab in range(page.lists.bar.count()):
            page.lists.bar.setCurrentIndex(tab)
            QApplication.processEvents()
            assert silent(page) == [], account.name
            walked += 1
    assert walked == 18  # three accounts, six lists each


def walk_form(page: BillsPage, form: type[QWidget]) -> None:
    QApplication.processEvents()
    assert isinstance(page.pane.content, form)
    assert silent(page.pane) == [], form.__name__
    page.pane.close_content()


def test_every_figure_of_the_forms_answers(bills: BillsPage) -> None:
    store, acts = bills.session.store, bills.acts
    for account in store.accounts.all():
        bills.choose_account(account.id)
        acts.add_payment()
        form = bills.pane.content
        assert isinstance(form, PaymentForm)
        for amount in ("1", "99999"):
            form.amount.edit.clear()
            QTest.keyClicks(form.amount.edit, amount)
            assert figures_of(form.preview.text())
            assert silent(bills.pane) == [], account.name
        walk_form(bills, PaymentForm)

        acts.add_bill()
        bill_form = bills.pane.content
        assert isinstance(bill_form, BillForm)
        for how in ("record", "lines", "amount"):
            bill_form.how.set_key(how)
            bill_form.on_change()
            QApplication.processEvents()
            assert silent(bills.pane) == [], (account.name, how)
        bill_form.how.set_key("record")
        bill_form.amount.edit.clear()
        QTest.keyClicks(bill_form.amount.edit, "5000")
        assert silent(bills.pane) == [], account.name
        bill_form.how.set_key("lines")
        bill_form.on_change()
        walk_form(bills, BillForm)

        acts.correct()
        correction = bills.pane.content
        assert isinstance(correction, CorrectionForm)
        for amount in ("1", "99999"):
            correction.stated.edit.clear()
            QTest.keyClicks(correction.stated.edit, amount)
            assert figures_of(correction.preview.text())
            assert silent(bills.pane) == [], account.name
        walk_form(bills, CorrectionForm)

        acts.add_purchase()
        walk_form(bills, PurchaseForm)


def test_every_figure_of_the_forms_of_a_plan_and_a_refund_answers(bills: BillsPage) -> None:
    store, acts, lists = bills.session.store, bills.acts, bills.lists
    purchase = next(each for each in store.purchases.all() if not each.refunds and each.net.minor > 0)
    bills.reveal(purchase.id)
    acts.refund(lists.purchases.current)
    form = bills.pane.content
    assert isinstance(form, RefundForm)
    assert figures_of(form.preview.text())
    walk_form(bills, RefundForm)
    for known in store.plans.all():
        bills.reveal(known.id)
        acts.change_plan(lists.plans.current)
        walk_form(bills, PlanEditForm)

    bill = next(due for due in store.ledgers.position(bills.session.today).open_dues if due.kind == "bill")
    bills.reveal(bill.id)
    lists.bar.setCurrentIndex(1)
    acts.split_bill(next(row for row in lists.bills.model.values if row.id == bill.id))
    plan = bills.pane.content
    assert isinstance(plan, PlanForm)
    QTest.keyClicks(plan.count.edit, "12")
    plan.percent.edit.clear()
    QTest.keyClicks(plan.percent.edit, "0.6")
    QApplication.processEvents()
    assert plan.rows.table.isVisible()
    assert "CN¥" in silent_words(plan)
    walk_form(bills, PlanForm)


def silent_words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_every_figure_of_the_questions_about_plans_answers(bills: BillsPage) -> None:
    plan = bills.session.store.plans.all()[0]
    for kind in ("settle", "chain", "extra"):
        bills.start_step(kind, plan.id)
        assert bills.step is not None
        view = bills.step.view
        if isinstance(view, ExtraView):
            QTest.keyClicks(view.amount.edit, "200")
            assert view.tried is not None
        if isinstance(view, ChainView):
            QTest.keyClicks(view.count.edit, "12")
            QTest.keyClicks(view.fee.edit, "0.6")
            assert view.outcome.text()
        QApplication.processEvents()
        assert figures_of(silent_words(bills.step)) or kind == "extra"
        assert silent(bills.step) == [], kind
        bills.step = None
        bills.fill(None)


def test_what_else_may_be_done_with_a_bill_answers(bills: BillsPage) -> None:
    session = bills.session
    for due in session.store.ledgers.position(session.today).open_dues:
        if due.kind == "bill":
            bills.reveal(due.id)
            bills.lists.bar.setCurrentIndex(1)
            bills.lists.bills.choose(due.id)
            for part in (bills.lists.ways.split, bills.lists.ways.later):
                part.set_open(is_open=True)
            QApplication.processEvents()
            assert bills.lists.ways.isVisible()
            assert silent(bills.lists.ways) == []


def test_every_figure_of_a_comparison_answers(window: MainWindow) -> None:
    session = window.session
    due = session.store.ledgers.position(session.today).open_dues[-1]
    window.go("compare", due.id)
    page = window.page("compare")
    assert isinstance(page, ComparePage)
    assert page.comparison is not None

    assert silent(page) == []
    page.why_button.click()
    QApplication.processEvents()
    assert silent(page) == []
    page.views.bar.setCurrentIndex(1)
    assert answer_of(page.views.chart) is not None


def test_every_figure_of_being_late_answers(window: MainWindow) -> None:
    session = window.session
    late = session.store.ledgers.position(session.today).late[0]
    window.go("late", late.id)
    page = window.page("late")
    assert isinstance(page, LatePage)
    assert page.cost is not None
    for step in ("weeks", "days"):
        page.step.set_key(step)
        page.step.changed.emit()
        assert page.model.values[0].day < session.today  # the past is asked about too
        assert silent(page) == []
    page.views.bar.setCurrentIndex(1)
    assert answer_of(page.views.chart) is not None


def test_every_figure_of_the_cash_answers(window: MainWindow) -> None:
    session = window.session
    with session.store.transaction():
        app = CashAccount("App", "EUR", (Balance(date(2026, 11, 18), Money.of("80", "EUR")),))
        save_cash_account(session.store, app)
        bus = Recurrence(date(2026, 11, 20), Unit.WEEK)
        save_flow(session.store, CashFlow("Bus", Category.TRANSPORT, Money.of("30", "EUR"), bus, app.id))
        save_rules(session.store, CashRules("CNY", Money.of("3000", "CNY"), Money.of("5", "CNY")))
    window.go("cash")
    page = window.page("cash")
    assert isinstance(page, CashPage)
    QApplication.processEvents()
    assert page.came.rows  # the bus of 20 November
    assert page.days[0].over.isVisible()

    for tab in (0, 1):
        for days in page.days:
            days.views.bar.setCurrentIndex(tab)
        QApplication.processEvents()
        assert silent(page) == []
    assert figures_of(silent_words(page.heads[0]))
    assert answer_of(page.days[0].views.chart) is not None


def test_every_figure_of_the_forms_of_cash_answers(window: MainWindow) -> None:
    window.go("cash")
    page = window.page("cash")
    assert isinstance(page, CashPage)
    assert page.view is not None
    (cash,) = page.view.currencies

    def walk(form: type[QWidget]) -> None:
        QApplication.processEvents()
        assert isinstance(page.pane.content, form)
        assert silent(page.pane) == [], form.__name__
        page.pane.close_content()

    page.acts.see_balance(cash.accounts[0].account.id)
    balance = page.pane.content
    assert isinstance(balance, CashBalanceForm)
    QTest.keyClicks(balance.amount.edit, "1234.56")
    assert figures_of(balance.preview.text())
    assert figures_of(silent_words(balance))
    walk(CashBalanceForm)
    for row in cash.flows:
        page.acts.change_flow(row)
        walk(CashFlowForm)
        page.acts.say_time(row)
        walk(CashTimeForm)
    page.acts.change_rules(cash.rules)
    walk(CashRulesForm)
    page.acts.choose_payers()
    walk(CashPaysForm)
    page.acts.add_account()
    walk(CashAccountForm)


def test_every_figure_of_a_procedure_answers(window: MainWindow) -> None:
    window.go("procedures")
    page = window.page("procedures")
    assert isinstance(page, ProceduresPage)
    (case,) = window.session.store.cases.all()
    page.show_case("")
    assert silent(page) == []

    page.show_case(case.id)
    for row in page.case.rows.values():
        row.set_open(is_open=True)
    QApplication.processEvents()
    assert silent(page) == []


def test_every_figure_of_an_import_answers(window: MainWindow) -> None:
    window.go("bills", "import")
    page = window.page("bills")
    assert isinstance(page, BillsPage)
    assert page.importing is not None
    page.importing.load(STATEMENT)
    QApplication.processEvents()

    assert page.importing.plan is not None
    assert silent(page) == []
    assert answer_of(page.importing.preview.table, QPoint(1, 1)) is None  # a line number is no figure


def test_every_figure_of_the_reports_answers(window: MainWindow) -> None:
    window.go("compare")
    window.go("late")
    window.go("reports")
    page = window.page("reports")

    assert silent(page) == []


def solved(qtbot: QtBot, window: MainWindow) -> PayoffPage:
    """The place Payoff, once all of it is worked out."""
    window.go("payoff")
    page = window.page("payoff")
    assert isinstance(page, PayoffPage)
    finish(qtbot, page)
    return page


def finish(qtbot: QtBot, page: PayoffPage) -> None:
    tasks = (page.best._latest, page.scenarios._latest, page.over_time._latest)
    qtbot.waitUntil(lambda: not any(task.is_working for task in tasks), timeout=20_000)
    if page.tabs.currentIndex() == OVER_TIME:
        qtbot.waitUntil(lambda: page.over_time.over is not None)
    qtbot.wait(30)  # the lower parts of an answer are drawn a moment later


def test_every_figure_of_the_payoff_answers(qtbot: QtBot, window: MainWindow) -> None:
    page = solved(qtbot, window)
    page._assume(replace(page.scenario, extra=Money.of("150", "CNY"), income=Money.of("-50", "CNY")))
    for tab in (BEST, OVER_TIME, WHAT_IF):
        page.tabs.setCurrentIndex(tab)
        finish(qtbot, page)
        assert silent(page) == [], tab
    for order in range(4):
        page.tabs.setCurrentIndex(OVER_TIME)
        page.over_time.orders.selectRow(order)
        page.over_time.views.bar.setCurrentIndex(1)
        page.over_time.debt_views.bar.setCurrentIndex(order % 2)
        QApplication.processEvents()
        assert silent(page) == [], order

    page.tabs.setCurrentIndex(BEST)
    choices = page.best.result.choices
    assert choices.values_model.rowCount() == 6
    for row in range(choices.values_model.rowCount()):
        choices.selectRow(row)
        page.best.result.ways_button.click()
        view = page.pane.content
        assert isinstance(view, DebtView)
        for way in range(view.table.values_model.rowCount()):
            view.table.selectRow(way)
            QApplication.processEvents()
            assert silent(page.pane) == [], (row, way)
    page.pane.close_content()


def test_every_figure_of_the_plan_that_is_followed_answers(qtbot: QtBot, window: MainWindow) -> None:
    page = solved(qtbot, window)
    page.best.result.adopt_button.click()
    QApplication.processEvents()
    assert page.tabs.currentIndex() == FOLLOWED
    assert figures_of(page.followed._title.text())
    assert silent(page) == []

    assert page.followed.todos
    for number in range(len(page.followed.todos)):
        for said in Said:
            page.followed.todos[number].buttons[said].click()
            QApplication.processEvents()
            assert isinstance(page.pane.content, AnswerForm)
            assert silent(page.pane) == [], (number, said)
            page.pane.close_content()
    page.tabs.setCurrentIndex(BEST)
    finish(qtbot, page)
    assert page.best.result.changes.isVisible()
    assert silent(page) == []


def test_every_figure_of_the_forms_of_the_payoff_answers(qtbot: QtBot, window: MainWindow) -> None:
    page = solved(qtbot, window)
    page.change_button.click()
    form = page.pane.content
    assert isinstance(form, WhatIfForm)
    form.account.set_key(next(iter(page.question.accounts)))  # type: ignore[union-attr]
    form.on_change()
    QTest.keyClicks(form.amount.edit, "618")
    qtbot.waitUntil(form.due_note.isVisible)
    assert silent(page.pane) == []
    page.pane.close_content()

    page.best.result.limits_button.click()
    assert isinstance(page.pane.content, LimitsForm)
    assert silent(page.pane) == []


def test_every_figure_for_talking_to_the_lenders_answers(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session

    def be_short(store: Store) -> None:
        for flow in store.cash_flows.all():
            if flow.direction is Direction.INCOME:
                store.cash_flows.delete(flow.id)
        for account in store.cash_accounts.all():
            seen = Balance(session.today, Money.of("20", account.currency))
            store.cash_accounts.save(replace(account, balances=(seen,)))

    session.do("Be short", be_short)
    page = solved(qtbot, window)

    assert page.best.short.isVisible()
    assert page.best.short.hardship.isVisible()
    assert silent(page) == []
    if page.best.late_button.isVisible():
        page.best.late_button.click()
        assert silent(page) == []
    page.best.short.hardship.letter_button.click()
    assert isinstance(page.pane.content, LetterView)
    assert silent(page.pane) == []
    page.pane.close_content()
    page.best.short.hardship.first_button.click()
    assert isinstance(page.pane.content, CourtForm)
    assert silent(page.pane) == []


def test_every_place_is_walked() -> None:
    walked = {"today", "bills", "compare", "payoff", "late", "cash", "procedures", "reports"}

    assert {place.name for place in ALL} - walked == {"settings"}  # whose amounts are only samples of a look


def test_a_figure_that_says_nothing_is_found_by_the_walk(window: MainWindow) -> None:
    page = window.page("today")
    stray = QLabel("CN¥12.34 and 5%", page)
    stray.show()

    assert silent(page) == ["QLabel: 'CN¥12.34 and 5%': ['CN¥12.34', '5%']"]


def test_what_a_file_told_of_says_so(window: MainWindow) -> None:
    session = window.session
    baitiao = next(account for account in session.store.accounts.all() if account.product == "jd-baitiao")
    statement: Statement = read_file(STATEMENT)
    mapping = {row.method: None for row in statement.rows} | suggest_mapping(session.store, statement)
    mapping["京东白条"] = baitiao.id
    plan = plan_import(session.store, statement, mapping)
    session.do("Import statement", apply_import, plan, plan.mapping)
    window.go("bills")
    page = window.page("bills")
    assert isinstance(page, BillsPage)
    purchase = next(known for known in session.store.purchases.all() if known.source_key)
    page.reveal(purchase.id)
    assert page.lists.purchases.current.id == purchase.id

    answer = page.lists.purchases.table.answer()
    assert answer is not None
    assert "imported from a file" in WhyView(answer).as_text()


# --- the ways to ask ----------------------------------------------------------------------------------


def still_to_pay(page: BillsPage) -> tuple[Table, QModelIndex, QPoint]:
    """The table of dues, its first amount still to pay, and where that stands."""
    table = page.lists.dues.table
    column = [column.title for column in table.model_columns].index("Still to pay")
    index = table.values_model.index(0, column)
    return table, index, table.visualRect(index).center()


@pytest.fixture
def bills(window: MainWindow) -> BillsPage:
    """The accounts, with what is to pay."""
    window.go("bills")
    page = window.page("bills")
    assert isinstance(page, BillsPage)
    QApplication.processEvents()
    return page


def shown(page: Page) -> str:
    assert isinstance(page.pane.content, WhyView)
    return page.pane.content.as_text()


def test_ctrl_click_on_a_cell_asks_and_a_plain_click_does_not(bills: BillsPage) -> None:
    table, index, place = still_to_pay(bills)

    QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert not bills.pane.is_open
    QTest.mouseClick(table.viewport(), LEFT, CTRL, place)
    assert index.data() in shown(bills)
    assert "Still to pay = what was recorded as due" in shown(bills)
    assert bills.pane.heading.text() == "Still to pay"


def test_the_mark_that_appears_under_the_mouse_asks_with_one_click(bills: BillsPage) -> None:
    table, index, _place = still_to_pay(bills)
    mark = table.mark_place(table.visualRect(index), index).center()

    QTest.mouseMove(table.viewport(), mark)
    assert table.hovered == index
    marked = table.viewport().grab(table.visualRect(index)).toImage()
    QTest.mouseMove(table.viewport(), QPoint(2, 2))
    assert table.viewport().grab(table.visualRect(index)).toImage() != marked
    QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, mark)
    assert index.data() in shown(bills)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_the_keyboard_asks_the_cell_it_is_on(
    window: MainWindow, bills: BillsPage, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    table, index, _place = still_to_pay(bills)
    window.activateWindow()
    table.setFocus()
    table.setCurrentIndex(index)

    QTest.keyClick(table, key, modifier)

    assert index.data() in shown(bills)
    assert bills.pane.content is not None
    QTest.keyClick(bills.pane.content, Qt.Key.Key_Escape)
    assert not bills.pane.is_open
    assert table.hasFocus()


def test_a_row_answers_with_its_first_amount_where_the_cell_has_none(bills: BillsPage) -> None:
    table, index, _place = still_to_pay(bills)
    table.setCurrentIndex(index.siblingAtColumn(0))

    answer = table.answer()

    assert answer is not None
    assert answer.heading == "Still to pay"
    assert show(answer.figures[0][1]) == index.data()


def test_the_menu_of_a_cell_asks(bills: BillsPage) -> None:
    table, index, place = still_to_pay(bills)
    table.setCurrentIndex(index)
    table.customContextMenuRequested.emit(place)
    (menu,) = [menu for menu in bills.findChildren(QMenu) if menu.isVisible()]

    entries = [action.text() for action in menu.actions()]
    assert entries.count("Why?") == 1
    menu.actions()[entries.index("Why?")].trigger()

    assert index.data() in shown(bills)


def test_the_menu_of_a_figure_in_a_sentence_asks_and_copies(bills: BillsPage) -> None:
    total = bills.lists.dues.total
    place = total.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, total.mapToGlobal(place))
    QApplication.sendEvent(total, event)
    (menu,) = [menu for menu in total.findChildren(QMenu) if menu.isVisible()]

    assert [action.text() for action in menu.actions()] == ["Why?", "Copy"]
    menu.actions()[1].trigger()
    assert QApplication.clipboard().text() == total.text()
    menu.actions()[0].trigger()
    assert "The sum of what is still to pay" in shown(bills)
    menu.close()


def test_tab_leads_to_a_figure_in_a_sentence_and_the_key_asks_it(
    window: MainWindow, bills: BillsPage
) -> None:
    total = bills.lists.dues.total
    window.activateWindow()

    assert total.focusPolicy() & Qt.FocusPolicy.TabFocus
    total.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(total, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)

    assert "The sum of what is still to pay" in shown(bills)


def test_ctrl_click_on_a_figure_asks_and_its_link_does(window: MainWindow) -> None:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    value = page.owed.findChildren(QLabel)[1]

    QTest.mouseClick(value, LEFT, CTRL)
    assert "The sum of what is still to pay" in shown(page)
    page.pane.step_back()
    assert not page.pane.is_open
    QTest.mouseClick(page.owed.why_button, LEFT)
    assert "The sum of what is still to pay" in shown(page)


def test_ctrl_click_on_a_due_explains_it_instead_of_leading_to_it(qtbot: QtBot, window: MainWindow) -> None:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    row = page.groups[2].rows[0]

    with qtbot.assertNotEmitted(page.wanted):
        QTest.mouseClick(row, LEFT, CTRL)

    assert "Due date" in shown(page)
    assert show(row.due.open) in shown(page)


def test_the_line_of_the_next_days_is_asked_point_by_point(window: MainWindow) -> None:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    line = page.lines[0]
    window.activateWindow()
    line.setFocus()

    QTest.keyClick(line, Qt.Key.Key_Right)
    QTest.keyClick(line, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)

    assert line.chosen == 1
    point = line.points[1]
    assert page.pane.heading.text() == f"Owed on {show(point.day)}"
    assert show(point.owed) in shown(page)
    QTest.keyClick(line, Qt.Key.Key_End)
    assert line.chosen == len(line.points) - 1
    place = line.place_of(line.points[0]).toPoint()
    answer = line.answer(place)
    assert answer is not None
    assert show(answer.figures[0][1]) == show(line.points[0].owed)


def test_an_input_that_is_a_result_is_asked_in_its_turn_and_back_leads_back(window: MainWindow) -> None:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    page.owed.why_button.click()
    first = page.pane.content
    assert isinstance(first, WhyView)
    link = next(link for link in first.findChildren(QAbstractButton) if link.text() in shown(page))

    link.click()

    assert page.pane.content is not first
    assert "Still to pay = what was recorded as due" in shown(page)
    assert page.pane.close_button.accessibleName() == "Back"
    page.pane.step_back()
    assert page.pane.content is first
    assert page.pane.close_button.accessibleName() == "Close"


def test_asking_on_the_page_again_replaces_the_explanation(window: MainWindow) -> None:
    page = window.page("today")
    assert isinstance(page, TodayPage)

    page.owed.why_button.click()
    page.month.why_button.click()

    assert page.pane.heading.text() == "Still to pay this month"
    page.pane.step_back()
    assert not page.pane.is_open


def test_an_explanation_lies_above_a_form_and_keeps_what_was_typed(bills: BillsPage) -> None:
    bills.acts.add_payment()
    form = bills.pane.content
    assert isinstance(form, PaymentForm)
    form.amount.edit.clear()
    QTest.keyClicks(form.amount.edit, "12.34")

    table, _index, place = still_to_pay(bills)
    QTest.mouseClick(table.viewport(), LEFT, CTRL, place)
    assert "Still to pay =" in shown(bills)
    bills.pane.step_back()

    assert bills.pane.content is form
    assert form.isVisible()
    assert form.amount.text() == "12.34"


def test_what_is_typed_and_not_saved_is_not_lost_under_an_explanation(bills: BillsPage) -> None:
    bills.acts.add_payment()
    form = bills.pane.content
    assert isinstance(form, PaymentForm)
    QTest.keyClicks(form.amount.edit, "1")
    table, _index, place = still_to_pay(bills)
    QTest.mouseClick(table.viewport(), LEFT, CTRL, place)

    assert not bills.pane.leave()

    assert bills.pane.content is form
    assert form.unsaved_note.isVisible()


def test_an_explanation_ends_when_what_it_explains_changes(window: MainWindow) -> None:
    page, session = window.page("today"), window.session
    assert isinstance(page, TodayPage)
    page.owed.why_button.click()
    assert page.pane.is_open

    bill = session.store.bills.all()[-1]
    session.do("Delete the bill", lambda store: store.bills.delete(bill.id))

    assert not page.pane.is_open


def test_where_there_is_no_figure_the_window_says_how_to_ask(window: MainWindow) -> None:
    window.places.setFocus()

    window.ask_why()

    assert window.toast.isVisible()
    assert not window.page("today").pane.is_open


def test_the_keys_are_in_the_list_of_keys(window: MainWindow) -> None:
    keys = {
        action.text(): [key.toString() for key in action.shortcuts()]
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
    }

    assert keys["Why this figure?"] == ["Shift+F1", "?"]


def test_a_cell_says_to_screen_readers_and_in_its_tip_that_it_can_be_asked(bills: BillsPage) -> None:
    _table, index, _place = still_to_pay(bills)

    assert "Ctrl+click" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Ctrl+click" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert index.siblingAtColumn(0).data(Qt.ItemDataRole.AccessibleDescriptionRole) is None
    assert "Ctrl+click" in bills.lists.dues.total.accessibleDescription()


def test_a_due_date_says_what_cycle_it_follows_and_who_says_so(bills: BillsPage) -> None:
    table = bills.lists.dues.table
    column = [column.title for column in table.model_columns].index("Due date")
    rows = [row for row, due in enumerate(table.values_model.values) if due.kind == "purchase"]
    answer = table.values_model.index(rows[0], column).data(WHY)
    assert isinstance(answer, Why)
    words = WhyView(answer).as_text()

    assert "Statement day of the month" in words
    assert "on day 10 of the month" in words
    assert "The statement that takes it up" in words


def test_the_view_of_several_figures_names_each(qtbot: QtBot) -> None:
    answer = Why("Both", (("One", Derived(1, made("first"))), ("Two", Derived(2, made("second")))))
    view = WhyView(answer)
    qtbot.addWidget(view)

    lines = view.as_text().split("\n")
    assert [line for line in lines if line in {"One", "1", "first", "Two", "2", "second"}] == [
        "One",
        "1",
        "first",
        "Two",
        "2",
        "second",
    ]


def made(rule: str) -> Derivation:
    return Derivation(Phrase(rule), (Given(Phrase("in"), 5),))


def test_a_question_mark_can_still_be_typed(window: MainWindow, bills: BillsPage) -> None:
    bills.lists.dues.start_filter()
    window.activateWindow()
    edit = bills.lists.dues.filter
    edit.setFocus()

    QTest.keyClicks(edit, "is it due?")

    assert edit.text() == "is it due?"
    assert not bills.pane.is_open


def test_a_label_without_figures_is_no_stop_of_the_keyboard_and_can_still_be_copied(qtbot: QtBot) -> None:
    label = text_label()
    qtbot.addWidget(label)
    plain = label.focusPolicy()

    label.say(Phrase("{amount} to pay", amount=Derived(Money.of("5", "CNY"), made("a rule"))))
    assert label.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert label.toolTip()
    label.say(Phrase("Nothing to pay"))

    assert label.focusPolicy() == plain == Qt.FocusPolicy.ClickFocus
    assert (label.text(), label.toolTip(), label.answer()) == ("Nothing to pay", "", None)
    label.say(None)
    assert label.text() == ""


def test_a_figure_without_a_derivation_has_no_link_to_one(qtbot: QtBot) -> None:
    figure = Figure()
    qtbot.addWidget(figure)

    figure.say("Late now", "Nothing is late")
    assert figure.why_button.isHidden()
    figure.say("Late now", "Not known", "5 so far", Derived(5, made("a rule")))
    assert not figure.why_button.isHidden()
    assert figure.accessibleName() == "Late now: Not known. 5 so far"
    figure.show_made("Owed", {"CNY": Derived(1, made("one")), "EUR": Derived(2, made("two"))})
    answer = figure.answer()
    assert answer is not None
    assert (answer.heading, [each.value for _name, each in answer.figures]) == ("Owed", [1, 2])


def test_what_shows_no_answer_says_so(qtbot: QtBot) -> None:
    label = text_label()
    qtbot.addWidget(label)
    label.tell("5", Derived(5, made("a rule")))

    assert answer_of(label) is not None
    assert not ask(label)  # it stands in no page that could show it
    assert not ask(None)
