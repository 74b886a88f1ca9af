from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from make_marks import marks
from planner.gui.fields import CheckField, ChoiceField, NoteField
from planner.gui.icons import icon
from planner.gui.labels import Figure, figure_label, heading_label, quiet_label, text_label, title_label
from planner.gui.tables import Column, Table, TableModel
from planner.gui.theme import TEXT_SIZES, apply_theme, colours
from planner.look import FIGURE_SIZE, SMALL_SIZE, THEMES, TITLE_SIZE, Colours

READABLE = 4.5  # WCAG 2.2, 1.4.3
SEEN = 3.0  # WCAG 2.2, 1.4.11

GROUNDS = ("window", "surface", "sunken", "hover", "selection")
TEXTS = (
    *((role, ground) for role in ("text", "quiet", "accent") for ground in GROUNDS),
    *(("amber", ground) for ground in ("window", "surface", "sunken", "amber_tint")),
    *(("off", ground) for ground in ("window", "surface")),
    ("text", "amber_tint"),
    ("quiet", "amber_tint"),
    ("on_amber", "amber_tint"),
    ("on_accent", "accent"),
    ("window", "text"),  # a toast
)
PARTS = (
    *((role, ground) for role in ("accent", "quiet") for ground in GROUNDS),
    ("amber", "surface"),
    ("text", "accent"),
)


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def _usual_look(qapp: QApplication) -> None:
    apply_theme(qapp, "light", 100)


def test_contrast_is_worked_out_as_published() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", TEXTS, ids=" on ".join)
def test_every_text_is_readable_in_every_theme(theme: str, pair: tuple[str, str]) -> None:
    ink, ground = (getattr(THEMES[theme], role) for role in pair)

    assert contrast(ink, ground) >= READABLE


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", ["accent", "quiet"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_borders_of_fields_and_of_what_has_the_keyboard_are_seen(theme: str, role: str, ground: str) -> None:
    look: Colours = THEMES[theme]

    assert contrast(getattr(look, role), getattr(look, ground)) >= SEEN


def test_what_cannot_be_used_looks_different_even_in_high_contrast() -> None:
    assert all(look.off not in {look.text, look.quiet} for look in THEMES.values())


def test_the_marks_of_the_style_sheet_have_the_colours_of_each_theme() -> None:
    # Otherwise: .venv/bin/python packaging/make_marks.py
    assert [path.name for path, text in marks() if path.read_text(encoding="utf-8") != text] == []


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (title_label, TITLE_SIZE),
        (figure_label, FIGURE_SIZE),
        (heading_label, 1.0),
        (text_label, 1.0),
        (quiet_label, SMALL_SIZE),
    ],
)
def test_a_label_follows_the_size_of_text_while_it_is_shown(
    qtbot: QtBot, qapp: QApplication, make: type[QLabel], size: float
) -> None:
    label = make()
    qtbot.addWidget(label)
    label.show()
    body = qapp.font().pointSizeF()
    assert label.font().pointSizeF() == pytest.approx(body * size, abs=0.05)

    apply_theme(qapp, "light", 200)

    assert label.font().pointSizeF() == pytest.approx(2 * body * size, abs=0.1)


def test_a_figure_and_its_label_follow_a_change_of_size_and_theme(qtbot: QtBot, qapp: QApplication) -> None:
    figure = Figure()
    qtbot.addWidget(figure)
    figure.say("Owed", "1,234.50", "of which late 20.00", "Why?")
    figure.show()
    small = [label.font().pointSizeF() for label in figure.findChildren(QLabel)]
    high = figure.sizeHint().height()

    apply_theme(qapp, "dark", 200)

    large = [label.font().pointSizeF() for label in figure.findChildren(QLabel)]
    assert large == pytest.approx([2 * size for size in small], abs=0.1)
    assert figure.sizeHint().height() > 1.5 * high
    quiet = figure.findChildren(QLabel)[0]
    assert quiet.palette().color(quiet.foregroundRole()).name() == colours().quiet


def test_the_rows_of_a_table_and_the_lines_of_a_note_grow_with_the_text(
    qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "light", 100)  # whatever a test before this one left
    columns: tuple[Column[str], ...] = (Column("What", lambda text: text, is_wide=True),)
    model: TableModel[str] = TableModel(columns)
    table, note = Table(model), NoteField()
    for widget in (table, note):
        qtbot.addWidget(widget)
        widget.show()
    model.set_values(["one", "two"])
    table.fit_height()
    row, high, lines = table.rowHeight(0), table.height(), note.edit.height()

    apply_theme(qapp, "light", 200)

    assert table.rowHeight(0) >= round(table.fontMetrics().height() * 1.8)
    assert table.rowHeight(0) > 1.7 * row
    assert table.height() > 1.5 * high
    assert note.edit.height() > 1.7 * lines


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("percent", [100, 200])
def test_a_box_to_choose_from_has_an_arrow(
    qtbot: QtBot, qapp: QApplication, theme: str, percent: int
) -> None:
    apply_theme(qapp, theme, percent)
    box = QComboBox()
    box.addItems([""])
    qtbot.addWidget(box)
    box.resize(200, box.sizeHint().height())
    box.show()

    picture = box.grab().toImage()
    line = box.fontMetrics().height()
    inside = range(picture.width() - line - 8, picture.width() - 4)
    inks = {picture.pixelColor(x, y).name() for x in inside for y in range(8, picture.height() - 8)}

    assert THEMES[theme].quiet in inks


def test_boxes_to_tick_and_icons_grow_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    whole = QWidget()
    column = QVBoxLayout(whole)
    box, button = QCheckBox("Late"), QPushButton("Save")
    button.setIcon(icon("save"))
    for widget in (box, button):
        column.addWidget(widget)
    qtbot.addWidget(whole)
    whole.show()
    style = box.style()
    small, drawn = style.pixelMetric(style.PixelMetric.PM_IndicatorHeight, None, box), button.iconSize()

    apply_theme(qapp, "light", 200)

    style = box.style()
    assert style.pixelMetric(style.PixelMetric.PM_IndicatorHeight, None, box) > 1.7 * small
    assert button.iconSize().height() > 1.7 * drawn.height()


def test_a_text_too_long_for_its_box_ends_in_dots_and_is_in_the_tool_tip(qtbot: QtBot) -> None:
    field = ChoiceField()
    field.set_choices([("long", "A name that is much longer than the box is wide"), ("short", "Short")])
    qtbot.addWidget(field)
    field.resize(120, 80)
    field.show()
    field.grab()

    assert field.box.toolTip() == "A name that is much longer than the box is wide"

    field.set_key("short")
    field.grab()
    assert field.box.toolTip() == ""


def test_what_explains_a_box_to_tick_stands_below_its_words(qtbot: QtBot) -> None:
    field = CheckField()
    field.say("Show less detail", "Leaves out what is worked out for the weeks ahead.")
    qtbot.addWidget(field)
    field.resize(400, 100)
    field.show()
    qtbot.waitUntil(lambda: field.hint.contentsMargins().left() > field.box.x() + 10)


@pytest.mark.parametrize("theme", [*THEMES, "auto"])
@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_every_theme_and_size_makes_a_sound_style_sheet(qapp: QApplication, theme: str, percent: int) -> None:
    # Qt warns of a rule that it cannot read, and a warning fails the test.
    apply_theme(qapp, theme, percent)

    assert qapp.styleSheet().count("{") == qapp.styleSheet().count("}")


def test_an_icon_wider_than_high_keeps_the_drawing_at_the_left(qapp: QApplication) -> None:  # noqa: ARG001 - icons need one
    picture = icon("x").pixmap(QSize(40, 20)).toImage()

    columns = [x for x in range(40) if any(picture.pixelColor(x, y).alpha() for y in range(20))]
    assert columns
    assert max(columns) < 20
