from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.compat import override
from planner.domain.account import Account
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.page import Page
from planner.gui.pages.settle_view import SettleView
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.gui.why import WhyView
from planner.services.accounts import save_account
from planner.services.plans import save_plan

LEFT = Qt.MouseButton.LeftButton


class Around(Page):
    """A page with one widget, as the program's pages are."""

    def __init__(self, session: Session, view: SettleView) -> None:
        super().__init__(session)
        self.view = view
        self.body.addWidget(view)

    @override
    def refresh(self) -> None:
        self.title.setText("Page")
        self.view.refresh()


def plan(session: Session, name: str, fee: str, *policies: str, currency: str = "CNY") -> str:
    claims = (TermClaim(Term.EARLY_SETTLEMENT, "", text, Source("a page")) for text in policies)
    owner = Account(f"{name} card", "a lender", currency, terms=Terms(tuple(claims)))
    rows = tuple(
        Instalment(
            number,
            date(2026 + (11 + number) // 12, (11 + number) % 12 + 1, 22),
            Money.of("100", currency),
            Money.of(fee, currency),
            Money.of("0", currency),
        )
        for number in range(3)
    )
    found = InstalmentPlan(owner.id, name, Money.of("300", currency), rows, 3)
    with session.store.transaction():
        save_account(session.store, owner)
        save_plan(session.store, found)
    return found.id


@pytest.fixture
def page_of(qtbot: QtBot, session: Session) -> Callable[[], Around]:
    def make() -> Around:
        page = Around(session, SettleView(session))
        qtbot.addWidget(page)
        page.resize(1280, 800)
        page.show()
        return page

    return make


def cells(view: SettleView) -> list[list[str]]:
    model = view.table.values_model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def figures(view: SettleView) -> list[str]:
    return [figure.accessibleName() for figure in view.figures]


def test_each_plan_stands_with_its_range_and_all_of_them_with_theirs(
    session: Session, page_of: Callable[[], Around]
) -> None:
    plan(session, "Phone", "9", "waive_remaining", "remaining_fees_due")
    plan(session, "Lamp", "6", "waive_remaining")
    plan(session, "Sofa", "1")
    plan(session, "Shoes", "2", currency="EUR")
    page = page_of()
    view = page.view

    assert cells(view) == [
        [
            "Phone",
            "Phone card",
            "CN¥0.00 – CN¥27.00",
            "CN¥300.00 – CN¥327.00",
            "CN¥327.00",
            "22 Feb 2027",
            "Disputed",
        ],
        ["Lamp", "Lamp card", "CN¥18.00", "CN¥300.00", "CN¥318.00", "22 Feb 2027", "Known"],
        [
            "Sofa",
            "Sofa card",
            "CN¥0.00 – CN¥3.00",
            "CN¥300.00 – CN¥303.00",
            "CN¥303.00",
            "22 Feb 2027",
            "Unknown",
        ],
        ["Shoes", "Shoes card", "€6.00", "€300.00", "€306.00", "22 Feb 2027", "Unknown"],
    ]
    assert figures(view) == [
        "Settling all plans saves: CN¥18.00 – CN¥48.00. 3 plans",
        "To settle all plans today: CN¥900.00 – CN¥930.00. 3 plans",
        "If all plans run on: CN¥948.00. 3 plans",
        "Settling all plans saves: €6.00. 1 plan",
        "To settle all plans today: €300.00. 1 plan",
        "If all plans run on: €306.00. 1 plan",
    ]
    assert not view.empty.isVisible()


def test_with_nothing_to_settle_one_sentence_says_so(page_of: Callable[[], Around]) -> None:
    page = page_of()
    view = page.view

    assert view.empty.isVisible()
    assert view.empty.text() == "No recorded plan has an instalment that falls due later."
    assert not view.table.isVisible()
    assert not view.extra_button.isVisible()


def test_why_leads_from_the_saving_to_each_rule(session: Session, page_of: Callable[[], Around]) -> None:
    plan(session, "Phone", "9", "waive_remaining", "remaining_fees_due")
    page = page_of()

    QTest.mouseClick(page.view.figures[0].why_button, LEFT)

    shown = page.pane.content
    assert isinstance(shown, WhyView)
    assert "CN¥0.00 – CN¥27.00" in shown.as_text()
    assert "Phone card: Phone" in shown.as_text()


def test_a_cell_says_how_it_was_made_and_what_may_lie_below_it(
    session: Session, page_of: Callable[[], Around]
) -> None:
    plan(session, "Phone", "9", "waive_remaining", "remaining_fees_due")
    page = page_of()
    model = page.view.table.values_model

    found = [model.columns[column].why(model.values[0]) for column in range(model.columnCount())]

    assert [why is not None for why in found] == [False, False, True, True, True, True, False]
    page.view.table.select(lambda _each: True)
    told = page.view.table.answer()
    assert told is not None
    assert told.heading == "Saves"


def test_the_buttons_wait_for_a_plan_and_lead_on_with_it(
    qtbot: QtBot, session: Session, page_of: Callable[[], Around]
) -> None:
    plan(session, "Phone", "9", "waive_remaining")
    small = plan(session, "Lamp", "6", "waive_remaining")
    page = page_of()
    view = page.view
    assert not view.extra_button.isEnabled()

    view.table.setFocus()
    view.table.select(lambda each: each.plan.id == small)
    with qtbot.waitSignal(view.extra_wanted) as wanted:
        QTest.mouseClick(view.extra_button, LEFT)
    assert wanted.args == [small]
    with qtbot.waitSignal(view.plan_wanted) as shown:
        QTest.mouseClick(view.plan_button, LEFT)
    assert shown.args == [small]
    with qtbot.waitSignal(view.plan_wanted) as chosen:
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert chosen.args == [small]


def test_what_is_selected_stays_selected_when_the_record_changes(
    session: Session, page_of: Callable[[], Around]
) -> None:
    small = plan(session, "Lamp", "6", "waive_remaining")
    page = page_of()
    page.view.table.select(lambda _each: True)

    plan(session, "Phone", "9", "waive_remaining")
    page.view.refresh()

    assert [row[0] for row in cells(page.view)] == ["Phone", "Lamp"]
    assert page.view.table.current().plan.id == small
    assert page.view.extra_button.isEnabled()


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_it_goes_on_in_another_language(
    session: Session, page_of: Callable[[], Around], language: str
) -> None:
    plan(session, "Lamp", "6", "waive_remaining")
    page = page_of()
    before = figures(page.view)

    i18n.use(language)
    QApplication.sendEvent(page.view, QEvent(QEvent.Type.LanguageChange))

    assert i18n.show(Money.of("18", "CNY")) in figures(page.view)[0]
    assert len(figures(page.view)) == len(before)


def test_large_text_in_a_small_window_stays_within_it(
    qapp: QApplication, session: Session, page_of: Callable[[], Around]
) -> None:
    plan(session, "A washing machine with a rather long name", "9", "waive_remaining", "remaining_fees_due")
    apply_theme(qapp, "light", 200)
    try:
        page = page_of()
        page.resize(1024, 640)
        QApplication.processEvents()
        inside = page.scroller.viewport().width()
        parts = [page.view, page.view.table, *page.view.figures]
        assert all(part.width() <= inside for part in parts)
        assert not page.scroller.horizontalScrollBar().maximum()
    finally:
        apply_theme(qapp, "light", 100)


def test_everything_that_takes_the_keyboard_has_a_name(
    session: Session, page_of: Callable[[], Around]
) -> None:
    plan(session, "Lamp", "6", "waive_remaining")
    page = page_of()

    stops = [
        part
        for part in page.view.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops
    for part in stops:
        assert part.accessibleName() or getattr(part, "text", lambda: "")(), part
