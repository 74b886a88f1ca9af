"""The composition root: opens the file, joins the parts, runs Qt."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from planner import i18n, paths
from planner.errors import PlannerError
from planner.gui.crash_hook import CrashHook
from planner.gui.language import begin_to_speak, tell_qt_the_format
from planner.gui.last_file import last_file, remember
from planner.gui.main_window import Look, MainWindow
from planner.gui.session import Session, open_store
from planner.gui.tasks import Idle, collect_in_this_thread, warm_charts
from planner.gui.theme import apply_theme
from planner.gui.window_place import keep_place, place_window, state_of
from planner.store.store import Store

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.gui.dialogs.cannot_open import Way
    from planner.gui.tray import Tray

_TRAY_MS = 500


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
    # The style is named here, and not asked for later: the answer would be 4 ms of wrapping it.
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setProperty("style", "fusion")
    app.setApplicationName("Repayment Planner")
    app.setDesktopFileName("repayment-planner")
    sys.excepthook = CrashHook(app)
    program = Program(app, store_path, today)
    return app.exec() if program.start(demo=demo) else 1


class Program:
    """The parts of the program, and what leads from one file to another.

    Attributes:
        session: The open file.
        window: The window; None until it is built.
    """

    def __init__(self, app: QApplication, given: Path | None = None, today: date | None = None) -> None:
        """Prepare a start.

        Args:
            app: The application.
            given: The file that the command line names.
            today: A fixed day; None follows the clock.
        """
        self._app = app
        self._given = given
        self._idle = Idle(app)
        self._before_example: Path | None = None
        self._placed = ""
        self._tray: Tray | None = None
        self.session = Session(None, today)
        self.session.may_share = self._may_share
        self.window: MainWindow | None = None

    # --- the start -------------------------------------------------------------------------------

    def start(self, *, demo: bool = False) -> bool:
        """Open a file and show the window; False if the user would rather quit."""
        begin_to_speak(self._app, "")
        path = self._given or (paths.example_store() if demo else self._own_file())
        if demo and (self._given is None or not path.exists()):
            self._make_example(path)
        store: Store | None = None
        if not self._is_first_run(path):
            opened = self._opened(path)
            if opened is None:
                return False
            store, path = opened
        look = _look_in(store)
        apply_theme(self._app, *look)
        if store is not None:
            self.session.adopt(store)
            chosen = self.session.choices()
            begin_to_speak(self._app, chosen.get("language", ""), chosen.get("format", ""))
        window = self.window = MainWindow(self.session, look)
        window.painted.connect(self._on_painted)
        window.left_example.connect(self.leave_example)
        window.wanted_example.connect(self.look_at_example)
        window.closed.connect(self._on_closed)
        window.ended.connect(self._app.quit)
        self.session.opened.connect(self._on_opened)
        if store is not None:
            window.open_adopted()
        else:
            self._begin(path)
        place_window(window)
        window.show()
        return True

    @cached_property
    def _usual(self) -> Path:
        return paths.default_store()

    def _own_file(self) -> Path:
        return last_file() or self._usual

    def _is_first_run(self, path: Path) -> bool:
        """Whether there is nothing yet; a file of the user's that is gone is not replaced by an empty one."""
        if path.exists():
            return False
        # The second is not looked up where the first holds.
        return path == self._given or path == self._usual  # noqa: PLR1714 - see above

    def _opened(self, path: Path) -> tuple[Store | None, Path] | None:
        """A file, or the one the user chooses in its place; None if they would rather quit."""
        while True:
            try:
                store = open_store(path)
                if self.session.reserve(store):
                    return store, path
                store.close()
            except PlannerError as error:
                from planner.gui.dialogs.cannot_open import Way  # noqa: PLC0415 - the rare case

                way, other = self._ask(path, error)
            else:
                return None
            if way is Way.QUIT:
                return None
            path = other
            if way is Way.USUAL and self._is_first_run(path):
                return None, path

    def _ask(self, path: Path, error: PlannerError) -> tuple[Way, Path]:
        """Say why a file cannot be opened, and ask for the way on and the file to open instead."""
        from planner.gui.dialogs.cannot_open import CannotOpenDialog, Way  # noqa: PLC0415 - the rare case
        from planner.gui.file_acts import choose_file  # noqa: PLC0415 - the rare case
        from planner.store.backup import copies_folder, copies_of  # noqa: PLC0415 - the rare case

        apply_theme(self._app, "auto")
        usual, folder = self._usual, copies_folder(path)
        copies = str(folder) if copies_of(path) else ""
        way = CannotOpenDialog(i18n.explain(error), copies, has_usual=path != usual).way()
        if way is Way.OTHER:
            return way, choose_file(None, folder if copies else path.parent) or path
        return way, usual if way is Way.USUAL else path

    def _may_share(self, store: Store) -> bool:
        """Whether the user wants a file here that another window has open."""
        from planner.gui.dialogs.already_open import AlreadyOpenDialog  # noqa: PLC0415 - the rare case

        if self.window is None:
            apply_theme(self._app, *_look_in(store))
            chosen = store.settings.all()
            begin_to_speak(self._app, chosen.get("language", ""), chosen.get("format", ""))
        name = store.path.name if store.path is not None else ""
        return AlreadyOpenDialog(self.window, name).is_wanted_here()

    def _begin(self, path: Path) -> None:
        """Show the first run."""
        from planner.gui.pages.welcome import WelcomePage  # noqa: PLC0415 - only the first start needs it

        window = self.window
        if window is None:
            return
        tell_qt_the_format()
        page = WelcomePage(self.session, path)
        page.finished.connect(lambda: window.end_start(page))
        page.example_wanted.connect(lambda: self._look_from_welcome(page, path))
        window.show_start(page)

    # --- the example -----------------------------------------------------------------------------

    def look_at_example(self) -> None:
        """Open the example for a while, in place of the user's own file."""
        own = self.session.store.path
        path = paths.example_store()
        self._make_example(path)
        if self.session.open(path):
            self._before_example = own

    def _look_from_welcome(self, page: QWidget, own: Path) -> None:
        path = paths.example_store()
        self._make_example(path)
        if self.session.open(path) and self.window is not None:
            self._before_example = own
            self.window.end_start(page)

    def _make_example(self, path: Path) -> None:
        from planner.gui.example_file import make_example  # noqa: PLC0415 - only the example needs it

        make_example(path, self.session)

    def leave_example(self) -> None:
        """Back to the user's own file, or to the first run if there is none; the example is thrown away."""
        window, left = self.window, self.session.store.path
        if window is None:
            return
        path = self._before_example or self._own_file()
        if self._is_first_run(path):
            look = {name: self.session.choice(name) for name in ("theme", "text_size")}
            self.session.close()
            for name, value in look.items():
                if value:
                    self.session.set(name, value)
            self._begin(path)
        elif not self.session.open(path):
            return  # the window has said why; the example is still open
        self._before_example = None
        if left == paths.example_store():
            from planner.gui.example_file import throw_away  # noqa: PLC0415 - only the example needs it

            throw_away(left)

    # --- after the first paint -------------------------------------------------------------------

    def _on_painted(self) -> None:
        _trace("first-paint")
        if self.window is not None:
            self._placed = state_of(self.window)
        QTimer.singleShot(0, self._app, self._on_usable)

    def _on_usable(self) -> None:
        tell_qt_the_format()
        # Drawn in every size that the desktop may ask for, which takes as long as the rest of the window.
        self._app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "app.svg")))
        # What is loaded by now stays for good: the collector need not look at it again.
        gc.freeze()
        collect_in_this_thread()
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(self._on_colour_scheme)
        self._idle.add(self._summaries())
        self._idle.add(_charts())
        if self.window is not None:
            QTimer.singleShot(_TRAY_MS, self.window, self._begin_tray)
        if _trace("usable"):
            self._app.quit()

    def _begin_tray(self) -> None:
        """Remind from the tray, where there is one."""
        from planner.gui.tray import Tray  # noqa: PLC0415 - no start waits for it

        if self.window is not None and self.window.isVisible() and self._tray is None:
            self._tray = Tray(self.window)

    def _on_opened(self) -> None:
        path = self.session.store.path
        if path is not None and not self.session.is_example:
            remember(path)
        self._idle.add(self._summaries())

    def _on_closed(self) -> None:
        """Keep where the window was, if the user has moved it or made it of another size."""
        if self.window is not None and self._placed not in {"", state_of(self.window)}:
            keep_place(state_of(self.window))

    def _on_colour_scheme(self) -> None:
        if self.window is not None:
            self.window.follow_system()

    def _summaries(self) -> Iterator[str]:
        """Remember what is settled for good, an account at a time: the next start need not read it."""
        if not self.session.has_store or self.session.store.is_read_only:
            return
        store = self.session.store
        with suppress(PlannerError):  # a disk that is full; it is tried again at the next start
            for account_id in store.ledgers.summaries(self.session.today):
                yield account_id
                if not self.session.has(store):
                    return


def _look_in(store: Store | None) -> Look:
    chosen = store.settings.all() if store is not None else {}
    return chosen.get("theme", "auto"), int(chosen.get("text_size", "100"))


def _charts() -> Iterator[None]:
    warm_charts()
    yield


def _trace(event: str) -> bool:
    """Print how long a start took, for ``make bench``; False where nobody measures."""
    if os.environ.get("REPAYMENT_PLANNER_TRACE") != "1":
        return False
    spawned = float(os.environ.get("REPAYMENT_PLANNER_SPAWNED", "0"))
    sys.stderr.write(f"{event} {time.time() - spawned:.3f}\n")
    return True
