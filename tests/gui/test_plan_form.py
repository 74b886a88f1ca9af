from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.plans.plan_terms import PlanTerms
from planner.domain.purchase import Purchase
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.fields import AmountField, ChoiceField, CountField, DateField, PercentField, TextField
from planner.gui.pages.bills import BillsPage
from planner.gui.pane import SidePane
from planner.gui.recording.plan import PlanForm
from planner.gui.recording.plan_edit import PlanEditForm
from planner.gui.recording.plan_rows import RowsEditor
from planner.gui.session import Session
from planner.gui.why import WhyView
from planner.services.bills import save_bill, save_purchase
from planner.services.plans import save_plan

LEFT = Qt.MouseButton.LeftButton
LineField = AmountField | CountField | DateField | PercentField | TextField
NUMBER, DUE, PRINCIPAL, FEE, INTEREST, TOTAL = range(6)
CHECKED = Source("Terms of the lender", date(2026, 11, 1), Reliability.HIGH)
FEES = Terms(
    (
        TermClaim(Term.FEE_RATE, "12", "0.005", CHECKED),
        TermClaim(Term.FEE_RATE, "6", "0.005", CHECKED),
        TermClaim(Term.FEE_RATE, "6", "0.012", CHECKED),
    )
)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def account(session: Session) -> Account:
    """A credit line that bills on the 1st, is due on the 10th, and charges 0.5 % a month for 12."""
    account = Account("Baitiao", "JD", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)), terms=FEES)
    with session.store.transaction():
        session.store.accounts.save(account)
    return account


@pytest.fixture
def purchase(session: Session, account: Account) -> Purchase:
    """A telephone that no bill holds yet."""
    purchase = Purchase(account.id, yuan("1200"), date(2026, 11, 20), "Phone shop")
    with session.store.transaction():
        return save_purchase(session.store, purchase)


@pytest.fixture
def bill(session: Session, account: Account) -> Bill:
    """A bill of 2,000.00 that is still open."""
    lines = (BillLine(LineKind.UNITEMISED, yuan("2000")),)
    with session.store.transaction():
        return save_bill(session.store, Bill(account.id, date(2026, 11, 1), date(2026, 11, 30), lines))


@pytest.fixture
def plan(session: Session, account: Account) -> InstalmentPlan:
    """A recorded plan of three even instalments."""
    draft = PlanTerms(yuan("300"), 3, date(2026, 12, 10), Rate(Decimal("0.005"), Per.MONTH)).draft()
    with session.store.transaction():
        return save_plan(session.store, InstalmentPlan(account.id, "Telephone", yuan("300"), draft.rows, 3))


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Shows a form in the pane."""
    panes = []  # qtbot keeps none of them alive

    def show(form: QWidget) -> None:
        pane = SidePane()
        panes.append(pane)
        qtbot.addWidget(pane)
        pane.resize(420, 740)
        pane.open(form, "Instalments")

    return show


@pytest.fixture
def new_form(session: Session, account: Account, shown: Callable[[QWidget], None]) -> PlanForm:
    """An empty form."""
    form = PlanForm(session, account.id)
    shown(form)
    return form


def put(field: LineField, text: str) -> None:
    field.edit.clear()
    QTest.keyClicks(field.edit, text)


def choose(field: ChoiceField, key: str) -> None:
    QTest.keyClick(field.box, Qt.Key.Key_Home)
    while field.value() != key:
        QTest.keyClick(field.box, Qt.Key.Key_Down)


def column(rows: RowsEditor, number: int) -> list[str]:
    model = rows.table.values_model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def double_click(rows: RowsEditor, row: int, cell: int) -> None:
    spot = rows.table.visualRect(rows.table.values_model.index(row, cell)).center()
    QTest.mouseClick(rows.table.viewport(), LEFT, pos=spot)
    QTest.mouseDClick(rows.table.viewport(), LEFT, pos=spot)


def fill(form: PlanForm, count: str = "12") -> None:
    put(form.name, "Telephone")
    put(form.amount, "1200")
    put(form.count, count)


def test_1200_in_12_at_half_a_per_cent_previews_10_90_and_11_46(new_form: PlanForm) -> None:
    fill(new_form)

    assert new_form.percent.text() == "0.5"
    assert column(new_form.rows, TOTAL) == ["106.00"] * 12
    assert column(new_form.rows, DUE)[0] == "10 Dec 2026"
    assert column(new_form.rows, DUE)[11] == "10 Nov 2027"
    words = texts(new_form)
    assert "10.90%" in words
    assert "11.46%" in words
    assert "CN¥1,272.00" in words


def test_return_saves_what_was_previewed_and_it_can_be_undone(session: Session, new_form: PlanForm) -> None:
    fill(new_form)
    QTest.keyClick(new_form.count.edit, Qt.Key.Key_Return)

    plan = session.store.plans.get(new_form.saved_id)
    assert (plan.name, plan.principal, plan.count) == ("Telephone", yuan("1200"), 12)
    assert (plan.fees, plan.origin) == (yuan("72"), OriginKind.NONE)
    session.history.undo()
    assert session.store.plans.all() == []


def test_the_published_fee_is_filled_in_with_its_source_and_gives_way_to_what_is_typed(
    new_form: PlanForm,
) -> None:
    put(new_form.count, "12")
    assert "Terms of the lender" in texts(new_form.percent)
    put(new_form.percent, "0.4")
    put(new_form.count, "6")

    assert new_form.percent.text() == "0.4"


def test_an_unknown_or_disputed_fee_stays_empty_and_is_asked_for(
    session: Session, new_form: PlanForm
) -> None:
    fill(new_form, "6")
    assert new_form.percent.text() == ""
    assert "0.5% a month – 1.2% a month" in texts(new_form.percent)
    put(new_form.count, "7")
    assert "Nobody publishes it for 7 instalments" in texts(new_form.percent)
    QTest.mouseClick(new_form.save_button, LEFT)

    assert session.store.plans.all() == []
    assert "Please fill this in." in texts(new_form.percent)


def test_a_plan_may_be_free_or_cost_one_fee_paid_first(new_form: PlanForm) -> None:
    fill(new_form, "3")
    choose(new_form.cost, "nothing")
    assert column(new_form.rows, FEE) == ["0.00"] * 3
    assert "0.00%" in texts(new_form.rows)
    choose(new_form.cost, "whole")
    put(new_form.fee, "30")
    assert column(new_form.rows, FEE) == ["10.00"] * 3
    choose(new_form.timing, "with_first")

    assert column(new_form.rows, FEE) == ["30.00", "0.00", "0.00"]


def test_a_plan_that_is_already_running_starts_with_row_4_of_12(session: Session, new_form: PlanForm) -> None:
    fill(new_form)
    put(new_form.first, "4")

    assert column(new_form.rows, NUMBER) == [str(number) for number in range(4, 13)]
    words = texts(new_form)
    assert "Amount of the whole plan" in words
    assert "Due date of instalment 4" in words
    assert "Leave it empty for CN¥900.00" in words
    assert "10.90%" in words  # of the whole plan, not of what is left
    QTest.mouseClick(new_form.save_button, LEFT)
    plan = session.store.plans.get(new_form.saved_id)
    assert (plan.principal, plan.count, plan.rows[0].number) == (yuan("900"), 12, 4)


def test_what_the_app_says_is_left_replaces_equal_instalments(session: Session, new_form: PlanForm) -> None:
    fill(new_form)
    put(new_form.first, "4")
    put(new_form.left, "912.34")
    assert column(new_form.rows, PRINCIPAL) == ["101.37"] * 8 + ["101.38"]
    put(new_form.left, "1300")
    QTest.mouseClick(new_form.save_button, LEFT)

    assert "CN¥1,300.00 cannot be left of a plan of CN¥1,200.00." in texts(new_form)
    assert session.store.plans.all() == []


def test_a_purchase_becomes_a_plan_with_the_number_of_instalments_alone(
    session: Session, account: Account, purchase: Purchase, shown: Callable[[QWidget], None]
) -> None:
    form = PlanForm(session, account.id, purchase_id=purchase.id)
    shown(form)
    assert (form.name.text(), form.amount.text()) == ("Phone shop", "1,200.00")
    QTest.keyClicks(form.count.edit, "12")
    QTest.keyClick(form.count.edit, Qt.Key.Key_Return)

    plan = session.store.plans.get(form.saved_id)
    assert (plan.origin, plan.origin_id) == (OriginKind.PURCHASE, purchase.id)
    assert (plan.started_on, plan.rows[0].due_on) == (purchase.bought_on, date(2026, 12, 10))
    assert [due.plan_id for due in session.store.ledgers.position(session.today).open_dues] == [plan.id] * 12


def test_part_of_a_bill_becomes_a_plan_and_more_than_the_bill_does_not(
    session: Session, account: Account, bill: Bill, shown: Callable[[QWidget], None]
) -> None:
    form = PlanForm(session, account.id, bill_id=bill.id)
    shown(form)
    QTest.keyClicks(form.count.edit, "12")
    assert form.due_on.day() == date(2026, 12, 30)
    assert "Up to CN¥2,000.00" in texts(form.amount)
    put(form.amount, "2000.01")
    QTest.mouseClick(form.save_button, LEFT)
    assert "Only CN¥2,000.00 can be turned into instalments here" in texts(form)
    put(form.amount, "1500")
    QTest.mouseClick(form.save_button, LEFT)

    assert session.store.plans.get(form.saved_id).origin_id == bill.id
    (due,) = [due for due in session.store.ledgers.position(session.today).open_dues if due.id == bill.id]
    assert due.open == yuan("500")


def test_what_it_is_made_of_can_be_chosen_and_only_open_things_are_there(
    session: Session, account: Account, bill: Bill, purchase: Purchase, shown: Callable[[QWidget], None]
) -> None:
    form = PlanForm(session, account.id)
    shown(form)
    assert [form.origin.box.itemData(index) for index in range(form.origin.box.count())] == [
        "",
        bill.id,
        purchase.id,
    ]
    choose(form.origin, purchase.id)
    assert form.amount.text() == "1,200.00"
    choose(form.origin, bill.id)

    assert form.amount.text() == "2,000.00"


def test_a_row_is_changed_by_a_double_click_and_the_difference_is_said_plainly(
    session: Session, new_form: PlanForm
) -> None:
    fill(new_form, "12")
    double_click(new_form.rows, 1, PRINCIPAL)
    fields = new_form.rows.fields
    assert fields.principal.edit.hasFocus()
    QTest.keyClicks(fields.principal.edit, "60.50")
    QTest.keyClick(fields.principal.edit, Qt.Key.Key_Return)

    assert session.store.plans.all() == []  # Return changed the row and did not save the form
    assert column(new_form.rows, PRINCIPAL)[:3] == ["100.00", "60.50", "100.00"]
    assert "The rows add up to CN¥1,160.50; CN¥39.50 is missing." in texts(new_form)
    assert "10.90%" not in texts(new_form)
    QTest.mouseClick(new_form.save_button, LEFT)
    assert "The rows add up to CN¥1,160.50, not to the CN¥1,200.00 of the plan." in texts(new_form)
    QTest.mouseClick(new_form.rows.even_button, LEFT)
    assert column(new_form.rows, PRINCIPAL)[11] == "139.50"
    QTest.mouseClick(new_form.save_button, LEFT)
    assert session.store.plans.get(new_form.saved_id).rows[1].principal == yuan("60.50")


def test_too_much_is_said_too_and_all_changes_can_be_taken_back(new_form: PlanForm) -> None:
    fill(new_form)
    new_form.rows.open_row(1)
    put(new_form.rows.fields.principal, "150")
    QTest.mouseClick(new_form.rows.fields.change_button, LEFT)
    assert "The rows add up to CN¥1,250.00; that is CN¥50.00 too much." in texts(new_form)
    QTest.mouseClick(new_form.rows.back_button, LEFT)

    assert column(new_form.rows, PRINCIPAL) == ["100.00"] * 12
    assert "10.90%" in texts(new_form)


def test_typing_on_a_row_begins_to_change_it(new_form: PlanForm) -> None:
    fill(new_form)
    table = new_form.rows.table
    table.setCurrentIndex(table.values_model.index(2, FEE))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_7)
    fields = new_form.rows.fields
    assert fields.fee.text() == "7"
    choose(fields.reach, "later")
    QTest.keyClick(fields.fee.edit, Qt.Key.Key_Return)

    assert column(new_form.rows, FEE) == ["6.00"] * 2 + ["7.00"] * 10
    assert table.hasFocus()
    assert table.current().number == 3


def test_esc_leaves_a_row_as_it_is(new_form: PlanForm) -> None:
    fill(new_form)
    new_form.rows.open_row(1)
    put(new_form.rows.fields.fee, "99")
    QTest.keyClick(new_form.rows.fields.fee.edit, Qt.Key.Key_Escape)

    assert column(new_form.rows, FEE)[0] == "6.00"
    assert new_form.rows.fields.isHidden()


def test_a_change_of_rows_outlives_a_change_of_the_fields(new_form: PlanForm) -> None:
    fill(new_form)
    new_form.rows.open_row(1)
    put(new_form.rows.fields.due_on, "5/12")
    QTest.keyClick(new_form.rows.fields.due_on.edit, Qt.Key.Key_Return)
    put(new_form.amount, "2400")

    assert column(new_form.rows, DUE)[:2] == ["5 Dec 2026", "10 Jan 2027"]
    assert column(new_form.rows, PRINCIPAL)[0] == "200.00"


def test_what_cannot_be_read_in_a_row_keeps_the_form_from_saving(
    session: Session, new_form: PlanForm
) -> None:
    fill(new_form)
    new_form.rows.open_row(1)
    put(new_form.rows.fields.fee, "six")
    QTest.mouseClick(new_form.save_button, LEFT)

    assert session.store.plans.all() == []
    assert "“six” is not an amount" in texts(new_form.rows.fields)
    put(new_form.rows.fields.fee, "8")
    QTest.mouseClick(new_form.save_button, LEFT)
    assert session.store.plans.get(new_form.saved_id).rows[0].fee == yuan("8")


def test_each_figure_of_the_rows_says_how_it_was_made(new_form: PlanForm) -> None:
    fill(new_form)
    rows = new_form.rows
    nominal = rows._lines[3][1]
    assert nominal.text() == "10.90%"
    answer = nominal.answer()
    assert answer is not None
    assert answer.heading.startswith("True yearly rate")
    words = WhyView(answer).as_text()
    assert "Terms of the lender" in words
    assert "10.90%" in words

    put(new_form.percent, "0.6")
    answer = nominal.answer()
    assert answer is not None
    assert "Terms of the lender" not in WhyView(answer).as_text()


def test_the_why_of_the_rows_asks_the_page_for_the_rate(
    qtbot: QtBot, session: Session, new_form: PlanForm
) -> None:
    page = BillsPage(session)
    qtbot.addWidget(page)
    page.pane.open(new_form, "A plan")
    fill(new_form)

    new_form.rows.why_button.click()

    assert isinstance(page.pane.content, WhyView)
    assert "Terms of the lender" in page.pane.content.as_text()
    assert page.pane.heading.text() == "The true yearly rate"
    page.pane.step_back()
    below: object = page.pane.content
    assert below is new_form


def test_nothing_of_the_rows_overlaps_in_a_narrow_pane(new_form: PlanForm) -> None:
    fill(new_form)
    put(new_form.first, "4")
    new_form.rows.open_row(5)
    QApplication.processEvents()
    rows = new_form.rows
    tops = [
        widget.mapTo(rows, QPoint(0, 0)).y()
        for widget in (rows.table, rows.fields, rows._lines[0][0], rows.why_button)
    ]

    assert tops[1] >= tops[0] + rows.table.height()
    assert tops[2] >= tops[1] + rows.fields.height()
    assert tops == sorted(tops)


def test_the_fields_of_a_row_come_into_view_and_tab_goes_through_the_form_in_order(
    qtbot: QtBot, new_form: PlanForm
) -> None:
    fill(new_form)
    area = new_form.parentWidget()
    assert area is not None
    fields = new_form.rows.fields
    double_click(new_form.rows, 0, FEE)
    qtbot.waitUntil(lambda: area.rect().contains(fields.mapTo(area, QPoint(10, 10))))
    for wanted in (
        fields.fee.edit,
        fields.reach.box,
        fields.change_button,
        fields.leave_button,
        *(value for _label, value in new_form.rows._lines if value.isVisible()),
        new_form.rows.why_button,
        new_form.save_button,
    ):
        assert wanted.hasFocus()
        QTest.keyClick(wanted, Qt.Key.Key_Tab)


@pytest.mark.parametrize(
    ("language", "due", "rate"), [("zh", "2026年12月10日", "10.90%"), ("fr", "10 déc. 2026", "10,90")]
)
def test_the_language_changes_while_the_form_is_open(
    new_form: PlanForm, language: str, due: str, rate: str
) -> None:
    fill(new_form)
    i18n.use(language)
    QApplication.sendEvent(new_form, QEvent(QEvent.Type.LanguageChange))

    assert column(new_form.rows, DUE)[0] == due
    assert rate in texts(new_form.rows)
    QTest.mouseClick(new_form.save_button, LEFT)
    assert new_form.saved_id


@pytest.mark.parametrize(
    ("reach", "fees"),
    [
        ("one", ["1.50", "2.00", "1.50"]),
        ("later", ["1.50", "2.00", "2.00"]),
        ("all", ["2.00", "2.00", "2.00"]),
    ],
)
def test_a_recorded_plan_changes_one_row_the_later_ones_or_all(
    session: Session, plan: InstalmentPlan, shown: Callable[[QWidget], None], reach: str, fees: list[str]
) -> None:
    form = PlanEditForm(session, plan.id, 2)
    shown(form)
    put(form.rows.fields.fee, "2")
    choose(form.rows.fields.reach, reach)
    QTest.keyClick(form.rows.fields.fee.edit, Qt.Key.Key_Return)
    put(form.name, "Telephone of Mei")
    QTest.mouseClick(form.save_button, LEFT)

    saved = session.store.plans.get(plan.id)
    assert saved.name == "Telephone of Mei"
    assert [row.fee for row in saved.rows] == [yuan(fee) for fee in fees]
    assert [row.id for row in saved.rows] == [row.id for row in plan.rows]
    session.history.undo()
    assert session.store.plans.get(plan.id) == plan


def test_all_dates_move_together(
    session: Session, plan: InstalmentPlan, shown: Callable[[QWidget], None]
) -> None:
    form = PlanEditForm(session, plan.id, 1)
    shown(form)
    put(form.rows.fields.due_on, "31/12/2026")
    choose(form.rows.fields.reach, "all")
    QTest.mouseClick(form.save_button, LEFT)

    dues = [row.due_on for row in session.store.plans.get(plan.id).rows]
    assert dues == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def test_a_recorded_plan_says_which_rows_stand_in_bills_and_when_its_rate_is_not_known(
    session: Session, account: Account, plan: InstalmentPlan, shown: Callable[[QWidget], None]
) -> None:
    lines = (BillLine(LineKind.INSTALMENT, plan.rows[0].total, plan.rows[0].id),)
    with session.store.transaction():
        save_bill(session.store, Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), lines))
    form = PlanEditForm(session, plan.id)
    shown(form)
    assert "1 of them stands in a recorded bill already" in texts(form)
    assert "True yearly rate, nominal" in texts(form)
    with session.store.transaction():
        rows = tuple(replace(row, number=row.number + 3) for row in plan.rows)
        save_plan(session.store, replace(plan, rows=rows, count=6))
    running = PlanEditForm(session, plan.id)
    shown(running)

    assert "The true rate is not known" in texts(running)
    assert "True yearly rate, nominal" not in texts(running)


def test_interest_has_a_column_where_there_is_some(
    session: Session, plan: InstalmentPlan, shown: Callable[[QWidget], None]
) -> None:
    with session.store.transaction():
        rows = (replace(plan.rows[0], interest=yuan("4")), *plan.rows[1:])
        save_plan(session.store, replace(plan, rows=rows))
    form = PlanEditForm(session, plan.id, 1)
    shown(form)
    assert not form.rows.table.isColumnHidden(INTEREST)
    put(form.rows.fields.interest, "5")
    QTest.mouseClick(form.save_button, LEFT)

    assert session.store.plans.get(plan.id).interest == yuan("5")


def test_the_own_rate_of_the_app_counts_before_published_ones(
    session: Session, account: Account, shown: Callable[[QWidget], None]
) -> None:
    own = TermClaim(Term.FEE_RATE, "6", "0.007", Source("", None, Reliability.CONTRACT, Origin.APP_SCREEN))
    with session.store.transaction():
        session.store.accounts.save(replace(account, terms=account.terms.overridden(own)))
    form = PlanForm(session, account.id)
    shown(form)
    put(form.count, "6")

    assert form.percent.text() == "0.7"
    assert "app screen" in texts(form.percent)


def test_another_account_brings_its_currency_its_dates_and_what_is_open_on_it(
    session: Session, account: Account, bill: Bill, shown: Callable[[QWidget], None]
) -> None:
    other = Account("Carte", "Banque", "EUR", cycle=Cycle(Mode.BILL, 1, FixedDay(20)))
    with session.store.transaction():
        session.store.accounts.save(other)
    form = PlanForm(session, account.id)
    shown(form)
    assert form.origin.box.itemData(1) == bill.id
    assert not form.origin.isHidden()
    fill(form)
    form.rows.open_row(1)
    put(form.rows.fields.fee, "9")
    QTest.keyClick(form.rows.fields.fee.edit, Qt.Key.Key_Return)
    choose(form.account, other.id)

    assert form.origin.isHidden()
    assert form.due_on.day() == date(2026, 12, 20)
    assert form.percent.text() == ""
    put(form.percent, "1")
    assert "€1,344.00" in texts(form.rows)
    QTest.mouseClick(form.save_button, LEFT)
    assert session.store.plans.get(form.saved_id).principal == Money.of("1200", "EUR")
