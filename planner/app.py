"""The composition root: opens the file, joins the parts, runs Qt."""

from __future__ import annotations

import os
import sys
import time
import traceback
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from planner import i18n
from planner.errors import PlannerError
from planner.gui.language import speak
from planner.gui.main_window import MainWindow, last_file
from planner.gui.session import EVERYTHING, Session
from planner.gui.tasks import warm_charts, when_idle
from planner.gui.theme import apply_theme
from planner.paths import default_store, example_store
from planner.store.store import Store

_SUMMARY_IDLE_MS = 1500


def run(store_path: Path | None = None, today: date | None = None, *, demo: bool = False) -> int:
    """Open the program's window and run until it is closed.

    Args:
        store_path: The file to open; the last one, or the usual one, without it.
        today: A fixed day; None follows the clock.
        demo: Open the example, which has a file of its own.

    Returns:
        The exit code for the shell.
    """
    # Fractional screen scales stay what they are instead of being rounded to whole numbers.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        msg = "another kind of Qt application is running"
        raise TypeError(msg)
    app.setApplicationName("Repayment Planner")
    app.setDesktopFileName("repayment-planner")
    i18n.use(i18n.preferred_language(QLocale.system().name()))
    start = _Start(app, store_path, today)
    sys.excepthook = start.on_crash
    return start.run(demo=demo)


class _Start:
    """What happens between the call and the window, and what waits until after the first paint."""

    def __init__(self, app: QApplication, store_path: Path | None, today: date | None) -> None:
        self._app = app
        self._path = store_path
        self._session = Session(None, today)
        self._window: MainWindow | None = None

    def run(self, *, demo: bool) -> int:
        path = self._path or (example_store() if demo else last_file() or default_store())
        store, problem = None, ""
        if demo and not path.exists():
            store = self._example(path)
        elif path.exists():
            try:
                store = Store.open(path)
            except PlannerError as error:
                problem = i18n.explain(error)
        elif self._path is not None or path != default_store():
            # A file that was chosen and is missing is not replaced by an empty one.
            problem = i18n.explain(_missing(path)) if self._path is None else ""
        if problem:
            return self._refuse(problem)
        apply_theme(self._app, *_look(store))
        if store is not None:
            self._session.adopt(store)
            chosen = store.settings.all()
            speak(self._app, chosen.get("language", ""), chosen.get("format", ""))
        self._window = MainWindow(self._session)
        self._window.left_example.connect(self._leave_example)
        if store is not None:
            self._window.open_adopted()
        else:
            self._first_run(path)
        self._window.painted.connect(self._on_painted)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self._window and self._window.apply_choices())
        self._window.show()
        return self._app.exec()

    def _on_painted(self) -> None:
        _trace("first-paint")
        QTimer.singleShot(0, self._on_usable)
        window = self._window
        if window is not None:
            when_idle(window, self._summarise, _SUMMARY_IDLE_MS)
            when_idle(window, warm_charts)

    def _on_usable(self) -> None:
        if _trace("usable"):
            self._app.quit()

    def _summarise(self) -> None:
        """Remember what is settled for good, so that the next start need not read it."""
        if self._session.has_store and not self._session.store.is_read_only:
            self._session.store.ledgers.summarise(self._session.today)

    def _first_run(self, path: Path) -> None:
        from planner.gui.pages.welcome import WelcomePage  # noqa: PLC0415 - only the first start needs it

        window = self._window
        if window is None:
            return
        page = WelcomePage(self._session, path)
        page.finished.connect(lambda: window.end_start(page))
        page.example_wanted.connect(lambda: self._open_example(page))
        window.show_start(page)

    def _open_example(self, page: object) -> None:
        path = example_store()
        language = i18n.language()
        store = Store.open(path) if path.exists() else self._example(path)
        self._session.close()
        self._session.adopt(store)
        self._session.set("language", language)
        if self._window is not None:
            from planner.gui.pages.welcome import WelcomePage  # noqa: PLC0415 - see _first_run

            if isinstance(page, WelcomePage):
                self._window.end_start(page)
            else:
                self._session.changed.emit(EVERYTHING)

    def _example(self, path: Path) -> Store:
        from planner.services.example import write_example  # noqa: PLC0415 - only the example needs it

        store = Store.create(path)
        with store.transaction():
            write_example(store, self._session.today)
            store.settings.put("language", i18n.language())
        return store

    def _leave_example(self) -> None:
        """Back to the user's own file, or to the first run if there is none; the example is thrown away."""
        path = last_file() or default_store()
        example = self._session.store.path
        language = i18n.language()
        window = self._window
        if window is None:
            return
        if path.exists():
            self._session.open(path)
        else:
            self._session.close()
            window.forget_pages()
            i18n.use(language)
            self._first_run(path)
        if example is not None and example == example_store():
            example.unlink(missing_ok=True)

    def _refuse(self, problem: str) -> int:
        apply_theme(self._app, "auto")
        QMessageBox.warning(None, i18n._("Repayment Planner"), problem)  # noqa: SLF001 - gettext's own name
        return 1

    def on_crash(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show a bug instead of losing it; the file is safe, since every change is saved at once."""
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        from planner.gui.dialogs.crash import CrashDialog  # noqa: PLC0415 - never opened, one hopes

        CrashDialog(self._window, text).exec()


def _missing(path: Path) -> PlannerError:
    from planner.store.store import MissingFileError  # noqa: PLC0415 - the rare case

    return MissingFileError(path=str(path))


def _look(store: Store | None) -> tuple[str, int]:
    if store is None:
        return "auto", 100
    return store.settings.get("theme", "auto"), int(store.settings.get("text_size", "100"))


def _trace(event: str) -> bool:
    """Print how long a start took, for ``make bench``; False where nobody measures."""
    if os.environ.get("REPAYMENT_PLANNER_TRACE") != "1":
        return False
    spawned = float(os.environ.get("REPAYMENT_PLANNER_SPAWNED", "0"))
    sys.stderr.write(f"{event} {time.time() - spawned:.3f}\n")
    return True
