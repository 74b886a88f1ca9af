from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.phrases import N_, Phrase

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass
class Row:
    """A row of a test."""

    name: str
    value: Any = None


NAME: Column[Row] = Column(N_("Name"), lambda row: row.name, is_wide=True)
VALUE: Column[Row] = Column(N_("Amount"), lambda row: row.value)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def sorted_names(values: Sequence[Any], order: Qt.SortOrder = UP) -> list[str]:
    """The places the values had, in the order in which the table puts them."""
    model = TableModel((NAME, VALUE))
    model.set_values([Row(str(number), value) for number, value in enumerate(values)])
    model.sort(1, order)
    return [row.name for row in model.values]


def cell(model: TableModel[Any], row: int, column: int, role: Qt.ItemDataRole) -> Any:  # noqa: ANN401 - as Qt says
    return model.data(model.index(row, column), role)


@pytest.fixture
def table_of(qtbot: QtBot, session: Session) -> Callable[[Sequence[Row]], Table]:
    def make(rows: Sequence[Row]) -> Table:
        assert session.has_store
        model = TableModel((NAME, VALUE))
        table = Table(model)
        model.set_values(rows)
        qtbot.addWidget(table)
        table.resize(600, 300)
        table.show()
        table.activateWindow()
        return table

    return make


# --- sorting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        [yuan("9.90"), yuan("100"), yuan("-5"), yuan("20")],
        [9, 100, -5, 20],
        [Decimal("9.9"), Decimal(100), Decimal(-5), Decimal(20)],
        [date(2026, 9, 30), date(2027, 1, 1), date(2026, 2, 1), date(2026, 11, 1)],
        [Rate.percent("1", Per.MONTH), Rate.percent("1", Per.DAY), Rate.percent("2"), Rate.percent("13")],
        [Span(yuan("1"), yuan("9")), Span.exactly(yuan("100")), yuan("-5"), Span(yuan("0"), yuan("20"))],
        ["banana", "Zebra", "Apple", "cherry"],
        [Phrase("b"), Phrase.own("z"), Phrase("a"), Phrase("c")],
    ],
)
def test_values_are_sorted_by_what_they_are_and_not_by_how_they_are_written(values: Sequence[Any]) -> None:
    assert sorted_names(values) == ["2", "0", "3", "1"]
    assert sorted_names(values, DOWN) == ["1", "3", "0", "2"]


@pytest.mark.parametrize("order", [UP, DOWN])
def test_unknown_values_come_last_whichever_way_the_others_are_sorted(order: Qt.SortOrder) -> None:
    found = sorted_names([None, yuan("2"), None, yuan("1")], order)

    assert found[2:] == ["0", "2"]
    assert found[:2] == (["3", "1"] if order is UP else ["1", "3"])


def test_values_of_different_kinds_stand_in_groups_instead_of_failing() -> None:
    values = ["text", date(2026, 1, 1), None, yuan("1"), 5, Phrase("phrase"), Money.of("0.5", "EUR")]

    assert sorted_names(values) == ["4", "3", "6", "1", "5", "0", "2"]


def test_what_is_sorted_alike_keeps_its_order() -> None:
    assert sorted_names([3, 1, 3, 1, 3]) == ["1", "3", "0", "2", "4"]


def test_a_column_may_be_sorted_by_something_else_than_it_shows() -> None:
    column: Column[Row] = Column(N_("Status"), lambda row: row.name, key=lambda row: row.value)
    model = TableModel((column,))
    model.set_values([Row("late", 0), Row("paid", 2), Row("due", 1)])
    model.sort(0)

    assert [row.name for row in model.values] == ["late", "due", "paid"]


def test_other_values_come_in_the_order_the_user_chose_until_it_is_given_up() -> None:
    model = TableModel((NAME, VALUE))
    model.sort(1, DOWN)
    model.set_values([Row("a", 1), Row("b", 2)])
    assert [row.name for row in model.values] == ["b", "a"]

    model.sort(-1)
    model.set_values([Row("a", 1), Row("b", 2)])
    assert [row.name for row in model.values] == ["a", "b"]


def test_what_is_current_stays_current_when_the_table_is_sorted(
    table_of: Callable[[Sequence[Row]], Table],
) -> None:
    table = table_of([Row("a", 3), Row("b", 1), Row("c", 2)])
    assert table.select(lambda row: row.name == "a")

    table.sortByColumn(1, UP)

    assert [row.name for row in table.values_model.values] == ["b", "c", "a"]
    assert table.current().name == "a"
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]


def test_a_click_on_a_heading_sorts_and_another_one_the_other_way_round(
    table_of: Callable[[Sequence[Row]], Table],
) -> None:
    table = table_of([Row("b", 2), Row("c", 3), Row("a", 1)])
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)

    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.name for row in table.values_model.values] == ["a", "b", "c"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.name for row in table.values_model.values] == ["c", "b", "a"]


# --- copying -----------------------------------------------------------------------------------------


def test_the_table_is_copied_as_it_is_shown_with_its_headings(
    table_of: Callable[[Sequence[Row]], Table],
) -> None:
    table = table_of([Row("Rice", yuan("1234.50")), Row("Oil", None)])

    table.setFocus()
    QTest.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))

    assert QGuiApplication.clipboard().text() == "Name\tAmount\nRice\tCN¥1,234.50\nOil\t–"


def test_a_break_within_a_text_does_not_begin_another_row_or_column(
    table_of: Callable[[Sequence[Row]], Table],
) -> None:
    table = table_of([Row("two\r\nlines\tand a tab", 1)])

    assert table.as_text() == "Name\tAmount\ntwo lines and a tab\t1"


def test_the_copy_follows_the_format_of_the_reader(table_of: Callable[[Sequence[Row]], Table]) -> None:
    i18n.use("en", "fr_FR")
    table = table_of([Row("Riz", Money.of("1234.50", "EUR"))])

    assert table.as_text().endswith("Riz\t1\u202f234,50\xa0€")


# --- what is read aloud, and how it looks ------------------------------------------------------------


def test_a_screen_reader_hears_the_heading_with_each_value() -> None:
    model = TableModel((NAME, VALUE))
    model.set_values([Row("Rice", Span(yuan("1"), yuan("2"))), Row("Oil")])

    heard = [
        cell(model, row, column, Qt.ItemDataRole.AccessibleTextRole)
        for row in range(2)
        for column in range(2)
    ]
    assert heard == ["Name: Rice", "Amount: CN¥1.00 – CN¥2.00", "Name: Oil", "Amount: –"]


def test_no_cell_is_silent_or_cut_without_a_way_to_read_all_of_it() -> None:
    model = TableModel((NAME, VALUE))
    model.set_values([Row("Rice", None)])

    for column in range(2):
        shown = cell(model, 0, column, Qt.ItemDataRole.DisplayRole)
        assert shown
        assert cell(model, 0, column, Qt.ItemDataRole.ToolTipRole) == shown


@pytest.mark.parametrize(
    ("value", "is_right"),
    [(yuan("1"), True), (Span.exactly(yuan("1")), True), (3, True), ("3", False), (date(2026, 1, 1), False)],
)
def test_numbers_stand_at_the_right_with_their_heading(value: object, *, is_right: bool) -> None:
    model = TableModel((NAME, VALUE))
    model.set_values([Row("x", value)])
    alignment = cell(model, 0, 1, Qt.ItemDataRole.TextAlignmentRole)
    heading = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)

    assert bool(alignment & Qt.AlignmentFlag.AlignRight) is is_right
    assert heading == alignment


def test_headings_are_said_in_the_language_of_the_moment() -> None:
    model = TableModel((NAME, VALUE))
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Amount"

    i18n.use("fr")
    assert model.headerData(1, Qt.Orientation.Horizontal) == i18n._("Amount") != "Amount"


def test_an_empty_table_has_columns_and_nothing_current(table_of: Callable[[Sequence[Row]], Table]) -> None:
    table = table_of([])

    assert (table.values_model.rowCount(), table.values_model.columnCount()) == (0, 2)
    assert table.current() is None
    assert not table.select(lambda _row: True)
    QTest.keyClick(table, Qt.Key.Key_Return)


# --- choosing ----------------------------------------------------------------------------------------


def test_return_and_a_double_click_choose_the_value_of_the_row(
    table_of: Callable[[Sequence[Row]], Table],
) -> None:
    rows = [Row("a", 1), Row("b", 2)]
    table = table_of(rows)
    chosen: list[Row] = []
    table.chosen.connect(chosen.append)
    table.setFocus()

    assert table.select(lambda row: row.name == "b")
    QTest.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.values_model.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen == [rows[1], rows[0]]


def test_moving_with_the_arrow_keys_tells_which_value_is_current(
    table_of: Callable[[Sequence[Row]], Table],
) -> None:
    rows = [Row("a", 1), Row("b", 2)]
    table = table_of(rows)
    selected: list[Row | None] = []
    table.selected.connect(selected.append)
    table.setFocus()

    table.select(lambda row: row.name == "a")
    QTest.keyClick(table, Qt.Key.Key_Down)

    assert selected == rows
