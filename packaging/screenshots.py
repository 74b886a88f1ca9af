"""Picture every place of the program, in each language, theme and size, to look at before a release.

    .venv/bin/python packaging/screenshots.py [--place NAME …] [--language zh …] [--theme dark …]

It drives the real window on the example file, without a screen, with the bundled fonts and on a fixed
day, so that two runs differ only where the program does. ``build/screenshots/PLACE/`` then has a picture
per language, theme and size; ``…-whole.png`` beside it has what one scrolls to; and
``build/screenshots/PLACE.png`` shows all of them side by side. What is cut off is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from unittest.mock import patch

# Before anything imports Qt: there need not be a screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontDatabase, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from planner import i18n, paths
from planner.domain.late.agreement import Agreement
from planner.domain.money import Money
from planner.gui.arrange import scroll_to
from planner.gui.dialogs.about import AboutDialog
from planner.gui.dialogs.keys import KeysDialog
from planner.gui.language import speak
from planner.gui.main_window import MainWindow
from planner.gui.page import Page
from planner.gui.pages.bills import BillsPage
from planner.gui.pages.bills_acts import CHAIN, EXTRA, SETTLE
from planner.gui.pages.extra_view import ExtraView
from planner.gui.pages.late_scenarios import ScenarioForm
from planner.gui.pages.overdue import LatePage
from planner.gui.pages.payoff import BEST, OVER_TIME, WHAT_IF, PayoffPage
from planner.gui.pages.procedure_parts.step_row import StepRow
from planner.gui.pages.settings import SettingsPage
from planner.gui.pages.two_views import CHART, TwoViews
from planner.gui.pdf_preview import PdfPreview
from planner.gui.recording.published_view import PublishedView
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.look import FONT_FAMILIES, THEMES
from planner.services import procedures
from planner.services.cases.views import library
from planner.services.example import write_example
from planner.services.overdue import Asked
from planner.store.store import Store

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "screenshots"
STATEMENT = ROOT / "tests" / "data" / "jd" / "baitiao.csv"
SIZES = {"usual": (1280, 800, 100), "small": (1024, 640, 200)}
"""Width, height and size of the text in per cent."""

_BODY = 10.0
_BREATH = 0.005
_PAUSE_MS = 80  # longer than a chart waits before it draws
_PATIENCE = 200
_THUMB = 480
_GAP = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How the window is pictured.

    Attributes:
        language: The language.
        theme: The theme.
        size: A key of SIZES.
    """

    language: str
    theme: str
    size: str

    def __str__(self) -> str:
        """The name of a picture."""
        return f"{self.language}-{self.theme}-{self.size}"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene plays on.

    Attributes:
        app: The application.
        window: The window, on the example.
        folder: A folder of this run's own.
    """

    app: QApplication
    window: MainWindow
    folder: Path

    def page(self, name: str) -> Page:
        """Go to a place."""
        self.window.go(name)
        self.wait()
        return self.window.page(name)

    def wait(self) -> None:
        """Let everything that was asked for be drawn, in this thread and in others."""
        _let_pass()
        for _round in range(_PATIENCE):
            preview = self.window.findChild(PdfPreview)
            page = self.window.stack.currentWidget()
            is_reporting = type(page).__name__ == "ReportsPage" and preview is None
            is_solving = (
                isinstance(page, PayoffPage) and page.tabs.currentIndex() == BEST and page.best.plan is None
            )
            if not is_reporting and not is_solving:
                break
            _let_pass()
        _let_pass()

    def press(self, button: QAbstractButton | None) -> None:
        """Press a button that is there."""
        if button is not None and button.isVisible():
            button.click()
            self.wait()


def _let_pass() -> None:
    """Let time pass so that threads get on: while QTest waits, it lets none of Python's run."""
    end = monotonic() + _PAUSE_MS / 1000
    while monotonic() < end:
        QCoreApplication.processEvents()
        sleep(_BREATH)


Scene = Callable[[Stage], QWidget]


def place(name: str) -> Scene:
    """A place as it opens."""

    def scene(stage: Stage) -> QWidget:
        stage.page(name)
        return stage.window

    return scene


def button_of(name: str, path: str) -> Scene:
    """A place after one of its buttons, an attribute of the page such as ``ask.button``, was pressed."""

    def scene(stage: Stage) -> QWidget:
        if name == "compare":
            compare(stage)
        found: object = stage.page(name)
        for part in path.split("."):
            found = getattr(found, part, None)
        if isinstance(found, QAbstractButton):
            stage.press(found)
        return stage.window

    return scene


def target_of(name: str, target: str) -> Scene:
    """A place that another one led to."""

    def scene(stage: Stage) -> QWidget:
        stage.window.go(name, target)
        stage.wait()
        return stage.window

    return scene


def compare(stage: Stage) -> QWidget:
    """The ways to settle the next due."""
    session = stage.window.session
    dues = session.store.ledgers.position(session.today).open_dues
    stage.window.go("compare", dues[0].id)
    stage.wait()
    return stage.window


def chart_of(name: str) -> Scene:
    """The chart of a place."""

    def scene(stage: Stage) -> QWidget:
        if name == "compare":
            compare(stage)
        views = stage.page(name).findChild(TwoViews)
        if views is not None:
            views.bar.setCurrentIndex(CHART)
            stage.wait()
        return stage.window

    return scene


def payoff(tab: int, path: str = "") -> Scene:
    """The way through all debts: one of its tabs, after one of its buttons was pressed."""

    def scene(stage: Stage) -> QWidget:
        page = stage.page("payoff")
        if isinstance(page, PayoffPage):
            page.tabs.setCurrentIndex(tab)
            stage.wait()
        return button_of("payoff", path)(stage) if path else stage.window

    return scene


def adopted(stage: Stage) -> QWidget:
    """The plan that is followed, right after it was adopted."""
    page = stage.page("payoff")
    if isinstance(page, PayoffPage):
        page.tabs.setCurrentIndex(BEST)
        stage.press(page.best.result.adopt_button)
    return stage.window


def why(stage: Stage) -> QWidget:
    """How a figure of Today was made."""
    page = stage.page("today")
    link = next(
        (w for w in page.findChildren(QPushButton) if w.text() == i18n._("Why?") and w.isVisible()), None
    )
    stage.press(link)
    return stage.window


def case(stage: Stage) -> QWidget:
    """The case of the example."""
    found = stage.window.session.store.cases.all()
    stage.window.go("procedures", found[0].id if found else "")
    stage.wait()
    return stage.window


def procedure(procedure_id: str, **answers: str) -> Scene:
    """A procedure just begun for the first account it is for, with some answers and every step open."""

    def scene(stage: Stage) -> QWidget:
        session = stage.window.session
        card = next(
            each for each in library(session.store, session.today) if each.procedure.id == procedure_id
        )
        case = session.do("Start", procedures.start_case, procedure_id, card.accounts[0].id, session.today)
        if case is None:
            return stage.window
        for question, answer in answers.items():
            session.do("Answer", procedures.answer, case.id, question, answer)
        stage.window.go("procedures", case.id)
        stage.wait()
        for row in stage.window.findChildren(StepRow):
            row.set_open(is_open=True)
        stage.wait()
        return stage.window

    return scene


def step(kind: str) -> Scene:
    """A question about the first plan, in place of the record; an extra payment has its amount typed."""

    def scene(stage: Stage) -> QWidget:
        page = stage.page("bills")
        plans = stage.window.session.store.plans.all()
        if isinstance(page, BillsPage) and plans:
            page.start_step(kind, plans[0].id)
            view = page.step.view if page.step is not None else None
            if isinstance(view, ExtraView):
                QTest.keyClicks(view.amount.edit, "500")
            stage.wait()
        return stage.window

    return scene


def ways_out(stage: Stage) -> QWidget:
    """What paying in two parts, an agreement and a lawsuit would cost."""
    page = stage.page("late")
    if isinstance(page, LatePage):
        stage.press(page.ways_button)
        form = page.pane.content
        if isinstance(form, ScenarioForm):
            today, currency = stage.window.session.today, page.ask.currency_now
            asked = Asked(
                parts=((today, Money.of("100", currency)),),
                agreement=Agreement(3, today, today),
                litigation=Money.of("800", currency),
            )
            form.made.emit(asked)
            page.pane.close_content()
            stage.wait()
        scroll_to(page.ways)
    return stage.window


def terms(stage: Stage) -> QWidget:
    """The terms of the first account."""
    page = stage.page("bills")
    if isinstance(page, BillsPage):
        page.acts.show_terms()
        stage.wait()
    return stage.window


def published(act: Callable[[PublishedView], object] = lambda _view: None) -> Scene:
    """What is published, after an act in it."""

    def scene(stage: Stage) -> QWidget:
        page = stage.page("settings")
        if isinstance(page, SettingsPage):
            stage.press(page.published_button)
            view = page.pane.content
            if isinstance(view, PublishedView):
                act(view)
                stage.wait()
        return stage.window

    return scene


def open_sheet(view: PublishedView) -> None:
    """Show what the first sheet of the list says."""
    view.rows[0].details.chevron.click()
    scroll_to(view.rows[0])


def statement(stage: Stage) -> QWidget:
    """The import of a statement that is not yet recorded."""
    from planner.gui.pages.imports import ImportView  # noqa: PLC0415 - as the program does

    view = ImportView(stage.window.session)
    view.load(STATEMENT)
    stage.window.stack.addWidget(view)
    stage.window.stack.setCurrentWidget(view)
    stage.wait()
    return stage.window


def welcome(stage: Stage) -> QWidget:
    """The first start."""
    from planner.gui.pages.welcome import WelcomePage  # noqa: PLC0415 - as the program does

    session = Session(None, stage.window.session.today)
    window = MainWindow(session)
    window.resize(stage.window.size())
    window.show_start(WelcomePage(session, stage.folder / "repayments.db"))
    window.show()
    stage.wait()
    return window


def about(stage: Stage) -> QWidget:
    """What the program is."""
    return AboutDialog(stage.window)


def keys(stage: Stage) -> QWidget:
    """The list of keys."""
    acts = stage.window.findChildren(QAction)
    return KeysDialog(stage.window, [(act.text(), act.shortcuts()) for act in acts if act.shortcuts()])


SCENES: dict[str, Scene] = {
    "today": place("today"),
    "why": why,
    "bills": place("bills"),
    "bill-form": target_of("bills", "new-bill"),
    "plan-form": target_of("bills", "new-plan"),
    "payment-form": target_of("bills", "new-payment"),
    "account-form": button_of("bills", "accounts.add_button"),
    "terms": terms,
    "settle": step(SETTLE),
    "extra": step(EXTRA),
    "chain": step(CHAIN),
    "compare": compare,
    "compare-empty": place("compare"),
    "compare-chart": chart_of("compare"),
    "compare-form": button_of("compare", "add_button"),
    "compare-why": button_of("compare", "why_button"),
    "compare-rates": button_of("compare", "rates_button"),
    "cost-card": button_of("compare", "card_button"),
    "minimum-rows": button_of("compare", "minimum.rows_button"),
    "payoff": payoff(BEST),
    "payoff-limits": payoff(BEST, "best.result.limits_button"),
    "over-time": payoff(OVER_TIME),
    "what-if": payoff(WHAT_IF),
    "what-if-form": payoff(WHAT_IF, "change_button"),
    "adopted": adopted,
    "cash": place("cash"),
    "cash-account-form": button_of("cash", "add_account_button"),
    "cash-income-form": button_of("cash", "income_button"),
    "cash-debits-form": button_of("cash", "payers_button"),
    "late": place("late"),
    "late-chart": chart_of("late"),
    "late-form": button_of("late", "terms_button"),
    "ways-form": button_of("late", "ways_button"),
    "ways-out": ways_out,
    "procedures": place("procedures"),
    "case": case,
    "negotiate": procedure("negotiate", wanted="reinstalment", lender="jd", reason="less-income"),
    "unfreeze": procedure("unfreeze", cause="late"),
    "unfreeze-lock": procedure("unfreeze", cause="own-lock"),
    "lock": procedure("lock-baitiao"),
    "unlock": procedure("unlock-baitiao", who="me"),
    "activate": procedure("activate-baitiao"),
    "automatic": procedure("auto-repayment", start="running"),
    "by-hand": procedure("manual-repayment", amount="late"),
    "prevention": procedure("prevention", report="cn"),
    "dispute": procedure("dispute-report", report="pboc", error="paid"),
    "reports": place("reports"),
    "settings": place("settings"),
    "published": published(),
    "published-sheet": published(open_sheet),
    "published-cap": published(lambda view: view.cap_button.click()),
    "published-product": published(lambda view: view.product_button.click()),
    "import": statement,
    "welcome": welcome,
    "about": about,
    "keys": keys,
}


def main(arguments: Sequence[str]) -> int:
    """Make the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--place", nargs="+", choices=SCENES, default=list(SCENES))
    parser.add_argument("--language", nargs="+", choices=i18n.LANGUAGES, default=["zh", "en", "fr"])
    parser.add_argument("--theme", nargs="+", choices=THEMES, default=["light", "dark"])
    parser.add_argument("--size", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 22))
    parser.add_argument("--into", type=Path, default=TARGET)
    chosen = parser.parse_args(arguments)
    looks = [
        Look(language, theme, size)
        for size in chosen.size
        for theme in chosen.theme
        for language in chosen.language
    ]
    app = _application()
    for look in looks:
        with TemporaryDirectory() as folder, patch.object(paths, "data_dir", return_value=Path(folder)):
            _picture(app, look, chosen.place, chosen.today, Path(folder), chosen.into)
    for name in chosen.place:
        _contact_sheet(chosen.into / name)
    print(f"See {chosen.into}")
    return 0


def _application() -> QApplication:
    app = QApplication(sys.argv[:1])
    for path in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES[:2]))
    font.setPointSizeF(_BODY)
    app.setFont(font)
    return app


def _picture(
    app: QApplication, look: Look, names: Sequence[str], today: date, folder: Path, into: Path
) -> None:
    """Play the scenes in one look."""
    width, height, percent = SIZES[look.size]
    store = Store.create(paths.example_store())
    speak(app, look.language)
    with store.transaction():
        write_example(store, today, i18n._)
        for name, value in (("language", look.language), ("theme", look.theme), ("text_size", str(percent))):
            store.settings.put(name, value)
    apply_theme(app, look.theme, percent)
    for name in names:
        session = Session(store, today)
        window = MainWindow(session)
        window.open_adopted()
        window.resize(width, height)
        window.show()
        stage = Stage(app, window, folder)
        stage.wait()
        shown = SCENES[name](stage)
        shown.show()
        stage.wait()
        _keep(shown, into / name, str(look))
        if shown.window() is window and window.size() != QSize(width, height):
            print(f"{name} {look}: the window grew to {window.width()} x {window.height()}")
        for problem in _cut(shown):
            print(f"{name} {look}: {problem}")
        for widget in {shown, window}:
            widget.hide()
            widget.deleteLater()
        session.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    store.connection.close()


def _keep(shown: QWidget, folder: Path, look: str) -> None:
    """Save the picture, and one of everything that one scrolls to."""
    folder.mkdir(parents=True, exist_ok=True)
    shown.grab().save(str(folder / f"{look}.png"))
    whole = folder / f"{look}-whole.png"
    whole.unlink(missing_ok=True)
    areas = [
        area
        for area in shown.findChildren(QScrollArea)
        if area.isVisible() and area.verticalScrollBar().maximum()
    ]
    for area in areas[-1:]:
        content = area.widget()
        if content is not None:
            content.grab().save(str(whole))


def _cut(shown: QWidget) -> Iterator[str]:
    """What has less room than its text."""
    for widget in shown.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, (QLabel, QAbstractButton)) and widget.layout() is None:
            wraps = isinstance(widget, QLabel) and widget.wordWrap()
            needed = widget.minimumSizeHint() if wraps else widget.sizeHint()
            high = widget.heightForWidth(widget.width()) if wraps else needed.height()
            if widget.text() and (widget.width() < needed.width() or widget.height() < high):
                room = f"{widget.width()} x {widget.height()} of {needed.width()} x {high}"
                yield f"{type(widget).__name__} has {room} pixels: {widget.text()}"
        elif isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum():
            yield f"scrolls sideways by {widget.horizontalScrollBar().maximum()} pixels"


def _contact_sheet(folder: Path) -> None:
    """All pictures of a place on one: a row per language and theme, a column per size."""
    found = sorted(path for path in folder.glob("*.png") if not path.stem.endswith("-whole"))
    if not found:
        return
    images = [
        QImage(str(path)).scaledToWidth(_THUMB, Qt.TransformationMode.SmoothTransformation) for path in found
    ]
    columns = min(len(images), 4)
    height = max(image.height() for image in images)
    rows = -(-len(images) // columns)
    sheet = QImage(
        columns * (_THUMB + _GAP) + _GAP, rows * (height + _GAP) + _GAP, QImage.Format.Format_RGB32
    )
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    for number, image in enumerate(images):
        row, column = divmod(number, columns)
        painter.drawImage(_GAP + column * (_THUMB + _GAP), _GAP + row * (height + _GAP), image)
    painter.end()
    sheet.save(str(folder.with_suffix(".png")))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
