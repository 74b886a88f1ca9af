"""Work off the UI thread: the newest answer only, and what can be loaded in idle moments."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from planner.compat import override

_IDLE_MS = 3000


class Latest(QObject):
    """Runs a pure function on frozen values in another thread; only the newest answer arrives.

    Signals:
        ready: The answer.
        failed: The exception that the function raised.
    """

    ready = Signal(object)
    failed = Signal(object)
    _came = Signal(int, object, object)

    def __init__(self, parent: QObject) -> None:
        """Belong to a widget; answers that come after it is gone are dropped."""
        super().__init__(parent)
        self._asked = 0
        self._came.connect(self._on_came)

    def ask(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Ask for the value of a function; an earlier question's answer no longer matters."""
        self._asked += 1
        QThreadPool.globalInstance().start(_Question(self, self._asked, function, arguments))

    def _on_came(self, number: int, answer: object, error: object) -> None:
        if number != self._asked:
            return
        if error is not None:
            self.failed.emit(error)
        else:
            self.ready.emit(answer)


class _Question(QRunnable):
    """One question and the way its answer comes back."""

    def __init__(
        self, latest: Latest, number: int, function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> None:
        super().__init__()
        self._latest, self._number = latest, number
        self._function, self._arguments = function, arguments

    @override
    def run(self) -> None:
        answer, error = None, None
        try:
            answer = self._function(*self._arguments)
        except Exception as raised:  # noqa: BLE001 - it is handed on, to be raised or shown where it belongs
            error = raised
        try:
            self._latest._came.emit(self._number, answer, error)  # noqa: SLF001 - two halves of one mechanism
        except RuntimeError:
            return  # the widget that asked is gone


def when_idle(parent: QObject, act: Callable[[], None], delay_ms: int = _IDLE_MS) -> QTimer:
    """Do something once, some seconds after the window is there."""
    timer = QTimer(parent, singleShot=True, interval=delay_ms)
    timer.timeout.connect(act)
    timer.start()
    return timer


def warm_charts() -> None:
    """Import what charts need in a worker thread, so that the first chart does not freeze the window."""
    Thread(target=_import_charts, daemon=True, name="charts").start()


def _import_charts() -> None:
    import planner.gui.chart_canvas  # noqa: F401, PLC0415 - imported for its effect: half a second off the UI thread
