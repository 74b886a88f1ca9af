from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.compat import override
from planner.domain.account import Account
from planner.domain.minimum.figures import MinimumCost
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.asking import ShowsWhy, Why
from planner.gui.pages.minimum_card import MinimumCard, MonthTables
from planner.gui.pages.minimum_chart import MinimumChart, MinimumLine, lines_of
from planner.gui.session import Session
from planner.gui.theme import apply_theme, colours
from planner.services.compare import typed_question
from planner.services.minimum import MinimumOutlook, minimum_outlook
from tests.stores import empty_store

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 22)
AMERICAN = (
    (Term.MINIMUM_RULE, "part_or_least"),
    (Term.MINIMUM, "0.02"),
    (Term.MINIMUM_LEAST, "15"),
)
BAITIAO = (
    (Term.MINIMUM_RULE, "baitiao"),
    (Term.MINIMUM, "0.10"),
    (Term.CARRY_RATE, "0.0005"),
    (Term.CARRY_FROM, "due"),
)


@cache
def outlook(*claims: tuple[Term, str], amount: str = "10000", currency: str = "USD") -> MinimumOutlook:
    terms = Terms(tuple(TermClaim(term, "", text, Source("a page")) for term, text in claims))
    account = Account("Card", "Bank", currency, terms=terms)
    question = typed_question(Money.of(amount, currency), account, TODAY)
    store = empty_store()
    found = minimum_outlook(store, question, TODAY)
    store.connection.close()
    return found


def american(*rates: str) -> MinimumOutlook:
    return outlook(*AMERICAN, *((Term.INTEREST_RATE, rate) for rate in rates))


class Host(ShowsWhy, QWidget):
    """Stands for the page around the card."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Why] = []

    @override
    def show_why(self, answer: Why, asked: QWidget) -> None:
        self.answers.append(answer)


@pytest.fixture
def card_of(qtbot: QtBot, session: Session) -> Callable[[MinimumOutlook | None], MinimumCard]:  # noqa: ARG001 - its look
    """Shows the card in a page."""
    kept: list[Host] = []  # qtbot alone does not keep it

    def make(found: MinimumOutlook | None) -> MinimumCard:
        host = Host()
        kept.append(host)
        qtbot.addWidget(host)
        card = MinimumCard()
        column = QVBoxLayout(host)
        column.addWidget(card)
        column.addStretch(1)
        host.resize(900, 700)
        host.show()
        card.show_outlook(found)
        QApplication.processEvents()
        return card

    return make


def texts(card: QWidget) -> list[str]:
    """What is shown, from the top down."""
    shown = [label for label in card.findChildren(QLabel) if label.isVisible() and label.text()]
    return [label.text() for label in sorted(shown, key=lambda label: label.mapTo(card, QPoint()).y())]


def test_it_says_how_long_it_takes_what_it_costs_and_what_is_over_sooner(
    card_of: Callable[[MinimumOutlook | None], MinimumCard],
) -> None:
    card = card_of(american("0.20"))

    said = texts(card)
    assert said[:2] == ["If only the minimum is paid", "Minimum by the rule: US$200.00"]
    assert card.months.accessibleName() == "Until nothing is owed: 885 months. about 74 years\nuntil Aug 2100"
    assert card.interest.accessibleName() == "Interest: US$47,125.72. beside the US$10,000.00 owed now"
    assert card.total.accessibleName() == "Paid in all: US$57,125.72. "
    assert "Paid steadily instead" in said
    assert "With US$371.64 a month: over within 36 months, US$13,378.87 in all, US$43,746.85 less." in said
    assert "Nothing new is bought, and each month has the same length." in said


def test_a_debt_that_is_never_over_says_so_in_amber_with_the_amounts_that_would_be(
    card_of: Callable[[MinimumOutlook | None], MinimumCard],
) -> None:
    card = card_of(american("0.30"))

    assert card.months.accessibleName() == "Until nothing is owed: never over. "
    assert card.total.accessibleName() == "Paid in all: no end to it. "
    never = "The interest takes up all of the minimum: after 60 months US$13,488.46 would still be owed."
    (label,) = (label for label in card.findChildren(QLabel) if label.text() == never)
    assert label.property("role") == "amber"
    assert label.isVisible()
    assert "With US$559.13 a month: over within 24 months, US$13,419.05 in all." in texts(card)


def test_what_is_over_soon_needs_no_steady_payment(
    card_of: Callable[[MinimumOutlook | None], MinimumCard],
) -> None:
    card = card_of(outlook(*BAITIAO, amount="1000", currency="CNY"))

    assert card.months.accessibleName() == "Until nothing is owed: 13 months. until Dec 2027"
    said = texts(card)
    assert "Paid steadily instead" not in said
    assert "What is owed by month, with the minimum." in said


def test_it_is_not_there_where_nobody_knows_how_the_minimum_is_made(
    card_of: Callable[[MinimumOutlook | None], MinimumCard],
) -> None:
    card = card_of(american("0.20"))
    assert card.isVisible()

    card.show_outlook(outlook())
    assert not card.isVisible()
    card.show_outlook(american("0.20"))
    assert card.isVisible()
    card.show_outlook(None)
    assert not card.isVisible()


def test_a_rule_without_a_rate_shows_the_minimum_and_what_is_missing(
    card_of: Callable[[MinimumOutlook | None], MinimumCard],
) -> None:
    card = card_of(outlook(*AMERICAN))

    assert texts(card) == [
        "If only the minimum is paid",
        "Minimum by the rule: US$200.00",
        "The charge on what is carried on is unknown.",
    ]
    assert not card.chart.isVisible()
    assert not card.rows_button.isVisible()
    QTest.mouseClick(card.rows_button, LEFT)  # hidden, and leads nowhere


def test_another_result_takes_the_place_of_the_one_before(
    card_of: Callable[[MinimumOutlook | None], MinimumCard],
) -> None:
    card = card_of(american("0.30"))
    card.show_outlook(outlook(*BAITIAO, amount="1000", currency="CNY"))
    QApplication.processEvents()

    said = texts(card)
    assert not any("US$" in text for text in said)
    assert len(said) == len(set(said))


def test_every_figure_can_be_asked_why(card_of: Callable[[MinimumOutlook | None], MinimumCard]) -> None:
    found = american("0.20")
    card = card_of(found)
    host = card.parentWidget()
    assert isinstance(host, Host)

    for figure in (card.months, card.interest, card.total):
        QTest.mouseClick(figure.why_button, LEFT)
    QTest.mouseClick(card.chart, LEFT, Qt.KeyboardModifier.ControlModifier)

    assert len(host.answers) == 4
    assert all(answer.figures[0][1].derivation == found.cost.derivation for answer in host.answers)
    by_rule = next(
        label for label in card.findChildren(QLabel) if label.text().startswith("Minimum by the rule")
    )
    QTest.mouseClick(by_rule, LEFT, Qt.KeyboardModifier.ControlModifier)
    assert host.answers[-1].figures[0][1] == found.by_rule.amount


def test_tab_goes_from_the_top_down(card_of: Callable[[MinimumOutlook | None], MinimumCard]) -> None:
    card = card_of(american("0.20"))
    stops: list[QWidget] = []
    widget: QWidget | None = card.nextInFocusChain()
    while widget is not None and widget is not card:
        if (
            card.isAncestorOf(widget)
            and widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            stops.append(widget)
        widget = widget.nextInFocusChain()

    tops = [stop.mapTo(card, QPoint()).y() for stop in stops]
    assert stops[-1] is card.rows_button
    assert len(stops) == 7  # the minimum, three figures, two steady payments, every month
    assert tops == sorted(tops)


def test_every_month_is_a_click_away(
    qtbot: QtBot, card_of: Callable[[MinimumOutlook | None], MinimumCard]
) -> None:
    card = card_of(american("0.20", "0.30"))
    opened: list[tuple[QWidget, str]] = []
    card.opened.connect(lambda widget, heading: opened.append((widget, heading)))

    card.rows_button.setFocus()
    QTest.keyClick(card.rows_button, Qt.Key.Key_Space)

    ((tables, heading),) = opened
    assert isinstance(tables, MonthTables)
    qtbot.addWidget(tables)
    assert heading == "Month by month"
    assert [table.values_model.rowCount() for table in tables.tables] == [885, 60]
    assert [table.accessibleName() for table in tables.tables] == [
        "Month by month: Low end",
        "Month by month: High end",
    ]
    cells = [tables.tables[0].values_model.index(0, column).data() for column in range(4)]
    assert cells == ["1", "166.67", "200.00", "9,966.67"]
    headings = [
        tables.tables[0].values_model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)
    ]
    assert headings == ["Month", "Interest", "Paid", "Left"]


def test_the_months_follow_the_language(qtbot: QtBot, session: Session) -> None:  # noqa: ARG001 - its look
    tables = MonthTables(outlook(*BAITIAO, amount="1000", currency="CNY").cost)
    qtbot.addWidget(tables)
    tables.show()
    (before,) = tables.tables

    i18n.use("fr")
    QApplication.sendEvent(tables, QEvent(QEvent.Type.LanguageChange))

    (after,) = tables.tables
    assert after is not before
    assert after.values_model.index(1, 1).data() == "13,69"


# --- The chart -------------------------------------------------------------------------------------


def test_the_chart_has_a_line_for_each_end_and_for_each_steady_payment() -> None:
    cost = american("0.18", "0.20").cost

    lines = lines_of(cost)

    assert [line.is_steady for line in lines] == [False, False, True, True]
    assert [line.months for line in lines][1:] == [885, 24, 36]
    assert lines[0].owed[:2] == (1_000_000, 995_000)  # 1.5 % more, 2 % less
    assert lines[-1].owed[-1] == 0
    assert lines_of(MinimumCost()) == ()


def test_beside_a_line_that_never_ends_the_others_are_as_long_as_it_is_known() -> None:
    lines = lines_of(american("0.20", "0.30").cost)

    assert [line.months for line in lines] == [60, 60, 24, 36]
    assert lines[1].owed[-1] == 1_348_846


def test_the_chart_draws_from_the_whole_amount_down_to_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    chart = MinimumChart()
    qtbot.addWidget(chart)
    chart.resize(600, chart.sizeHint().height())
    chart.grab()  # nothing to draw yet
    assert chart.answer() is None

    chart.show_cost(american("0.20").cost, "What is owed by month", "in words")

    assert (chart.accessibleName(), chart.accessibleDescription()) == ("What is owed by month", "in words")
    plot = chart.plot()
    assert (chart.place(0, 1_000_000).x(), chart.place(0, 1_000_000).y()) == (plot.left(), plot.top())
    assert (chart.place(885, 0).x(), chart.place(885, 0).y()) == (plot.right(), plot.bottom())
    image = chart.grab().toImage()
    accent = QColor(colours().accent)
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert accent.name() in found


def test_a_line_begins_with_what_is_owed_and_has_a_point_for_each_month() -> None:
    low = american("0.20").cost.low
    assert low is not None

    line = MinimumLine.of(replace(low.path, rows=low.path.rows[:2]))

    assert line == MinimumLine((1_000_000, 996_667, 993_345))
    assert line.months == 2


@pytest.mark.parametrize(("theme", "percent", "width"), [("dark", 100, 900), ("contrast", 200, 480)])
def test_nothing_is_cut_off_in_any_look(
    qtbot: QtBot, qapp: QApplication, theme: str, percent: int, width: int
) -> None:
    apply_theme(qapp, theme, percent)
    card = MinimumCard()
    qtbot.addWidget(card)
    card.show_outlook(american("0.20", "0.30"))
    card.resize(width, card.heightForWidth(width))
    card.show()
    QApplication.processEvents()

    for label in card.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
    apply_theme(qapp, "light")
