"""What becomes of an exception that nobody expected."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtWidgets import QApplication

from planner.store.db import DB_ERRORS


class CrashHook:
    """Shows a bug instead of losing it; takes the place of ``sys.excepthook``."""

    def __init__(self, app: QApplication) -> None:
        """Serve an application."""
        self._app = app
        self._is_telling = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of an exception. The file is safe: every change is saved at once, or not at all."""
        import traceback  # noqa: PLC0415 - never needed, one hopes

        text = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:  # as it is in a bundle without a console
            sys.stderr.write(text)
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        # A page that cannot be drawn fails again under the dialog: one is enough.
        if self._is_telling:
            return
        from planner.gui.dialogs.crash import CrashDialog  # noqa: PLC0415 - never opened, one hopes

        self._is_telling = True
        try:
            CrashDialog(self._app.activeWindow(), text, is_file=issubclass(kind, DB_ERRORS)).exec()
        finally:
            self._is_telling = False
