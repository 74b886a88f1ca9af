"""Work off the thread of the windows, and small work for moments when nobody does anything."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from planner.compat import override

if TYPE_CHECKING:
    from planner.gui.talk import Talk

_PAUSE_MS = 3000
_BREATH_MS = 20  # between two pieces of idle work, so that input comes first
_WORKERS = 2
_LAST_WAIT_S = 2.0  # at the end of the program, for long work to end

_INPUT = frozenset(
    {
        QEvent.Type.InputMethod,
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.TabletMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.Wheel,
    }
)


class Latest(QObject):
    """Runs a pure function on frozen values in another thread; only the newest answer arrives.

    Signals:
        ready: The answer.
        failed: The exception that the function raised.
        news: How far a long piece of work is.
    """

    ready = Signal(object)
    failed = Signal(object)
    news = Signal(object)

    def __init__(self, parent: QObject) -> None:
        """Belong to a widget; answers that come after it is gone are dropped."""
        super().__init__(parent)
        self._asked = 0
        self._talks: list[Talk] = []  # at most one; a list, so that it can be ended when this is gone
        self.destroyed.connect(partial(_end, self._talks))

    @property
    def is_working(self) -> bool:
        """Whether the answer to a question of ``ask_long`` is still to come."""
        return bool(self._talks)

    def ask(self, function: Callable[..., object], *arguments: object) -> None:
        """Ask for the value of a function; an earlier question's answer no longer matters."""
        self.stop()
        self._asked = _Desk.of_program().take(self, function, arguments)

    def ask_long(self, function: Callable[..., object], *arguments: object) -> None:
        """The same for what takes long: the function gets a ``Talk`` before its arguments."""
        self.stop()
        self._asked, talk = _Desk.of_program().take_long(self, function, arguments)
        self._talks.append(talk)

    def stop(self) -> None:
        """Wait for no answer any more."""
        _end(self._talks)
        _Desk.of_program().forget(self._asked)

    def take(self) -> None:
        """Let a long piece of work end with what it has found so far."""
        for talk in self._talks:
            talk.has_enough = True

    def tell(self, answer: object, error: Exception | None) -> None:
        """Pass on what came of the newest question."""
        self._talks.clear()
        if error is not None:
            self.failed.emit(error)
        else:
            self.ready.emit(answer)


def _end(talks: list[Talk], _gone: QObject | None = None) -> None:
    for talk in talks:
        talk.is_unwanted = True
    talks.clear()


_Question = tuple[int, Callable[..., object], tuple[object, ...]]


class _Desk(QObject):
    """Hands questions to a few worker threads, and their answers to those who asked.

    A worker never holds what asked: it gets a number, a function and its arguments, and gives all of
    it back, so that nothing of Qt's can lose its last reference in a worker. It tells of an answer
    by a signal that carries nothing, and none is sent any more once the program ends.
    """

    _came = Signal()
    _only: _Desk | None = None

    @classmethod
    def of_program(cls) -> _Desk:
        """The one desk of the program, made on first use by the thread of the windows."""
        if cls._only is None or not isValid(cls._only):
            cls._only = cls()
        return cls._only

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)
        self._askers: dict[int, Latest | None] = {}
        self._questions: SimpleQueue[_Question] = SimpleQueue()
        self._answers: SimpleQueue[tuple[_Question, object, Exception | None]] = SimpleQueue()
        self._talking: dict[int, Talk] = {}  # the long pieces of work that are not over
        self._news: SimpleQueue[tuple[int, object]] = SimpleQueue()
        self._is_open, self._closing = True, Lock()
        self._workers: list[Thread] = []
        self._came.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        collect_in_this_thread()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._close)

    def take(
        self, asker: Latest | None, function: Callable[..., object], arguments: tuple[object, ...]
    ) -> int:
        """Take a question, and return its number."""
        number = next(self._numbers)
        self._put(asker, (number, function, arguments))
        return number

    def take_long(
        self, asker: Latest, function: Callable[..., object], arguments: tuple[object, ...]
    ) -> tuple[int, Talk]:
        """The same for a function that talks while it works: it gets the talk before its arguments."""
        from planner.gui.talk import Talk  # noqa: PLC0415 - nothing at a start takes long

        number = next(self._numbers)
        talk = self._talking[number] = Talk(partial(self._note, number))
        self._put(asker, (number, function, (talk, *arguments)))
        return number, talk

    def _put(self, asker: Latest | None, question: _Question) -> None:
        self._askers[question[0]] = asker
        self._questions.put(question)
        if len(self._workers) < min(_WORKERS, len(self._askers)):
            # Daemons: nobody waits for an answer when the window is closed.
            self._workers.append(Thread(target=self._work, daemon=True, name="worker"))
            self._workers[-1].start()

    def forget(self, number: int) -> None:
        """Nobody waits for that answer any more; a question not yet begun is never begun."""
        self._askers.pop(number, None)

    def _note(self, number: int, news: object) -> None:
        """Take news from a worker."""
        self._news.put((number, news))
        with self._closing:
            if self._is_open:
                self._came.emit()

    def _work(self) -> None:
        while True:
            question = self._questions.get()
            number, function, arguments = question
            answer: object = None
            error: Exception | None = None
            if number in self._askers:
                try:
                    answer = function(*arguments)
                except Exception as raised:  # noqa: BLE001 - it is handed on, to be raised or shown where it belongs
                    error = raised
            self._talking.pop(number, None)
            self._answers.put((question, answer, error))
            del question, function, arguments, answer, error
            with self._closing:
                if not self._is_open:
                    return
                self._came.emit()

    def _hand_over(self) -> None:
        """Hand over what has come, in the thread of the windows."""
        newest: dict[int, object] = {}
        while not self._news.empty():
            number, news = self._news.get()
            newest[number] = news
        for number, news in newest.items():
            asker = self._askers.get(number)
            if asker is not None and isValid(asker):
                asker.news.emit(news)
        while not self._answers.empty():
            (number, _function, _arguments), answer, error = self._answers.get()
            asker = self._askers.pop(number, None)
            if asker is not None and isValid(asker):
                asker.tell(answer, error)

    def _close(self) -> None:
        with self._closing:
            self._is_open = False
        _Desk._only = None
        # A solver that Python ends in the middle of its own code would take the program down with it.
        for talk in list(self._talking.values()):
            talk.is_unwanted = True
        until = monotonic() + _LAST_WAIT_S
        while self._talking and monotonic() < until:
            sleep(_BREATH_MS / 1000)


def collect_in_this_thread() -> None:
    """Let Python's cyclic collector run in the thread of the windows only.

    By itself it runs in whichever thread happens to make an object, and would destroy forgotten
    widgets in a worker, which Qt does not survive. So it is off, and called whenever the program has
    nothing else to do.
    """
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher.property("collects"):
        return
    dispatcher.setProperty("collects", True)  # noqa: FBT003 - Qt's own signature
    dispatcher.aboutToBlock.connect(collect)
    gc.disable()


def collect() -> None:
    """Collect the oldest generation that is due, as Python itself would have."""
    counts, most = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if most[generation] and counts[generation] > most[generation]:
            gc.collect(generation)
            return


class Idle(QObject):
    """Does work in small pieces while nobody types, clicks or moves the mouse."""

    def __init__(self, app: QCoreApplication, pause_ms: int = _PAUSE_MS) -> None:
        """Watch the program's input.

        Args:
            app: The application.
            pause_ms: How long nobody must have done anything.
        """
        super().__init__(app)
        self._app = app
        self._pause = pause_ms
        self._work: deque[Iterator[object]] = deque()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._step)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return not self._work

    def add(self, work: Iterable[object]) -> None:
        """Work through something, one item at a time."""
        if not self._work:
            self._app.installEventFilter(self)
            self._timer.start(self._pause)
        self._work.append(iter(work))

    def _step(self) -> None:
        if not self._work:
            return
        is_over = True
        try:
            next(self._work[0])
            is_over = False
        except StopIteration:
            pass
        finally:
            if is_over:
                self._work.popleft()
            if self._work:
                self._timer.start(_BREATH_MS)
            else:
                # Seeing every event costs; nobody pays for it any longer than needed.
                self._app.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._timer.start(self._pause)
        return False


def warm_charts() -> None:
    """Import what charts need in a worker thread, so that the first chart does not freeze the window."""
    _Desk.of_program().take(None, _import_charts, ())


def _import_charts() -> None:
    import planner.gui.chart_canvas  # noqa: F401, PLC0415 - imported for its effect: half a second off the UI thread
