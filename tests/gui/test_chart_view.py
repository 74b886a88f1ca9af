from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.charts.compare import compare_chart, describe_compare
from planner.domain.money import Money
from planner.domain.offers.compared import own_offer
from planner.gui.chart_view import ChartView
from planner.gui.theme import apply_theme
from planner.i18n import explain, show
from planner.look import DARK, LIGHT, Colours
from planner.services.compare import Comparison, comparison, typed_question


@pytest.fixture
def compared(today: date) -> Comparison:
    offer = own_offer("镕喆 – crédit", 3, Money.of(30, "CNY"))
    return comparison(typed_question(Money.of(1200, "CNY"), None, today), (offer,), today)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, compared: Comparison) -> ChartView:
    apply_theme(qapp, "light")
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.draw(partial(compare_chart, compared), " ".join(map(explain, describe_compare(compared))), "Ways")
    return view


def shown(qtbot: QtBot, view: ChartView) -> Figure:
    """The figure once it is painted."""
    view.show()
    qtbot.waitUntil(lambda: view.canvas is not None)
    assert view.canvas is not None
    return view.canvas.figure


def words_in(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.findobj(Text))


def test_a_chart_is_drawn_when_it_becomes_visible_and_not_before(qtbot: QtBot, view: ChartView) -> None:
    qtbot.wait(200)
    assert view.canvas is None

    assert "镕喆 – crédit" in words_in(shown(qtbot, view))


def test_a_chart_says_its_data_to_those_who_do_not_see_it(view: ChartView, compared: Comparison) -> None:
    assert view.accessibleName() == "Ways"
    for outcome in compared.outcomes:
        if outcome.total is not None:
            assert show(outcome.total) in view.accessibleDescription()


def test_its_words_can_be_copied_by_keyboard(qtbot: QtBot, view: ChartView) -> None:
    shown(qtbot, view)
    view.setFocus()

    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == view.accessibleDescription()


def test_a_chart_follows_the_width_of_the_window(qtbot: QtBot, view: ChartView) -> None:
    before = shown(qtbot, view)
    assert before.get_figwidth() * before.dpi == pytest.approx(700, abs=4)

    view.resize(420, 500)

    qtbot.waitUntil(lambda: view.canvas is not None and view.canvas.figure is not before)
    assert view.canvas is not None
    after = view.canvas.figure
    assert after.get_figwidth() * after.dpi == pytest.approx(420, abs=4)


def test_a_chart_follows_the_theme_and_the_size_of_the_text(
    qtbot: QtBot, qapp: QApplication, view: ChartView
) -> None:
    before = shown(qtbot, view)
    size = before.findobj(Text)[0].get_fontsize()

    apply_theme(qapp, "dark", 200)

    qtbot.waitUntil(lambda: view.canvas is not None and view.canvas.figure is not before)
    qtbot.wait(200)
    assert view.canvas is not None
    after = view.canvas.figure
    assert {text.get_color() for text in after.findobj(Text) if text.get_text()} <= {DARK.text, DARK.quiet}
    assert after.findobj(Text)[0].get_fontsize() == pytest.approx(2 * size, rel=0.05)
    apply_theme(qapp, "light")


def test_one_click_makes_a_pdf_in_light_colours(
    qtbot: QtBot, view: ChartView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(qtbot, view)
    colours: list[Colours] = []
    made = view._make
    assert made is not None

    def spy(chosen: Colours, scale: float) -> Figure:
        colours.append(chosen)
        return made(chosen, scale)

    view._make = spy
    target = tmp_path / "chart"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    QTest.mouseClick(view.save_button, Qt.MouseButton.LeftButton)

    assert target.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert colours == [LIGHT]
    assert "chart.pdf" in view.note.text()


def test_a_pdf_that_cannot_be_written_is_said_beside_the_button(
    qtbot: QtBot, view: ChartView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(qtbot, view)
    target = tmp_path / "nowhere" / "chart.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    QTest.mouseClick(view.save_button, Qt.MouseButton.LeftButton)

    assert "could not be written" in view.note.text()
    assert view.note.isVisible()


def test_the_language_switches_with_the_page(qtbot: QtBot, view: ChartView, compared: Comparison) -> None:
    before = shown(qtbot, view)
    assert "CN¥1,200.00" in words_in(before)

    i18n.use("fr")
    view.draw(partial(compare_chart, compared), "", "")

    qtbot.waitUntil(lambda: view.canvas is not None and view.canvas.figure is not before)
    assert view.canvas is not None
    assert "1\u202f200,00\xa0CNY" in words_in(view.canvas.figure)


def test_a_chart_view_brings_matplotlib_only_when_it_draws() -> None:
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from planner.gui.chart_view import ChartView\n"
        "view = ChartView()\n"
        "view.draw(lambda colours, scale: None, '')\n"
        "assert 'matplotlib' not in sys.modules and 'numpy' not in sys.modules\n"
        "from planner.gui.tasks import _import_charts\n"
        "from threading import Thread\n"
        "thread = Thread(target=_import_charts); thread.start(); thread.join()\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )

    assert done.returncode == 0, done.stderr
