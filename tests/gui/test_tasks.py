from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from planner.compat import override
from planner.gui.tasks import Idle, Latest, collect, collect_in_this_thread


def slowly(value: int, gate: threading.Event) -> int:
    gate.wait(5)
    return value


def test_the_answer_comes_in_the_thread_of_the_windows(qtbot: QtBot, qapp: QApplication) -> None:
    latest = Latest(qapp)
    threads: list[int] = []
    latest.ready.connect(lambda _answer: threads.append(threading.get_ident()))

    with qtbot.waitSignal(latest.ready) as signal:
        latest.ask(threading.get_ident)

    assert signal.args is not None
    assert signal.args[0] != threading.get_ident()
    assert threads == [threading.get_ident()]


def test_only_the_newest_answer_arrives_and_the_superseded_is_never_begun(
    qtbot: QtBot, qapp: QApplication
) -> None:
    latest, others = Latest(qapp), [Latest(qapp), Latest(qapp)]
    gate = threading.Event()
    begun: list[int] = []
    answers: list[int] = []

    def noted(number: int) -> int:
        begun.append(number)
        return number

    for other in others:  # keeps every worker busy
        other.ask(slowly, 0, gate)
    latest.ready.connect(answers.append)
    for number in range(1, 6):
        latest.ask(noted, number)
    with qtbot.waitSignal(latest.ready):
        gate.set()
    qtbot.wait(50)

    assert answers == [5]
    assert begun == [5]


def test_an_exception_is_handed_on(qtbot: QtBot, qapp: QApplication) -> None:
    latest = Latest(qapp)

    with qtbot.waitSignal(latest.failed) as signal:
        latest.ask(int, "no number")

    assert signal.args is not None
    assert isinstance(signal.args[0], ValueError)


@pytest.mark.parametrize("is_collected", [False, True])
def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, *, is_collected: bool) -> None:
    widget, gate = QWidget(), threading.Event()
    latest = Latest(widget)
    answers: list[int] = []
    latest.ready.connect(answers.append)
    latest.ask(slowly, 1, gate)

    if is_collected:
        del widget, latest
        gc.collect()
    else:
        delete(widget)
    gate.set()
    qtbot.wait(100)

    assert answers == []


class Forgotten(QWidget):
    """A widget that only a cycle holds, as pages and their closures do."""

    def __init__(self) -> None:
        super().__init__()
        self.cycle = [self]


def make_garbage(seconds: float) -> int:
    """Enough of it that Python would collect every generation, if it might."""
    made, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        kept: list[list[object]] = []
        for _ in range(5_000):
            cycle: list[object] = []
            cycle.append(cycle)
            kept.append(cycle)
        made += len(kept)
    return made


def test_forgotten_widgets_are_never_destroyed_in_a_worker(qtbot: QtBot, qapp: QApplication) -> None:
    destroyed_in: list[int] = []
    latest = Latest(qapp)
    with qtbot.waitSignal(latest.ready):  # from the first question on, workers may be there
        latest.ask(int)

    for _ in range(50):
        widget = Forgotten()
        weakref.finalize(widget, lambda: destroyed_in.append(threading.get_ident()))
        del widget
    with qtbot.waitSignal(latest.ready, timeout=10_000) as signal:
        latest.ask(make_garbage, 0.3)
    qtbot.wait(50)
    gc.collect()

    assert signal.args is not None
    assert signal.args[0] > 10_000
    assert len(destroyed_in) == 50
    assert set(destroyed_in) == {threading.get_ident()}


def test_garbage_is_collected_when_the_program_has_nothing_to_do(qtbot: QtBot) -> None:
    collect_in_this_thread()
    assert not gc.isenabled()
    collected: list[int] = []

    class Thing:
        def __init__(self) -> None:
            self.cycle = self

    thing = Thing()
    weakref.finalize(thing, lambda: collected.append(1))
    del thing
    make_garbage(0.02)
    qtbot.waitUntil(lambda: bool(collected), timeout=2_000)


def test_collecting_follows_pythons_own_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    for counts in ((5, 0, 0), (701, 10, 0), (701, 11, 10), (701, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        collect()

    assert collected == [0, 1, 2]


# --- idle work ------------------------------------------------------------------------------------


@pytest.fixture
def idle(qapp: QApplication) -> Iterator[Idle]:
    idle = Idle(qapp, pause_ms=150)
    yield idle
    delete(idle)


def test_idle_work_waits_until_nobody_typed_for_a_while(qtbot: QtBot, idle: Idle) -> None:
    widget, done = QWidget(), []
    qtbot.addWidget(widget)
    widget.show()

    def work() -> Iterator[None]:
        done.append(time.monotonic())
        yield

    idle.add(work())
    typed = 0.0
    for _ in range(5):
        qtbot.wait(60)
        QTest.keyClick(widget, Qt.Key.Key_A)
        typed = time.monotonic()
    assert done == [], "nobody is idle who types every 60 milliseconds"

    qtbot.waitUntil(lambda: bool(done), timeout=2_000)
    assert done[0] - typed >= 0.14


def test_idle_work_is_done_a_piece_at_a_time_and_input_comes_between(qtbot: QtBot, idle: Idle) -> None:
    widget, done = QWidget(), []
    qtbot.addWidget(widget)
    widget.show()

    def pieces() -> Iterator[int]:
        for number in range(3):
            done.append((number, time.monotonic()))
            yield number

    idle.add(pieces())
    qtbot.waitUntil(lambda: len(done) == 1, timeout=2_000)
    QTest.keyClick(widget, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: idle.is_done, timeout=2_000)

    assert [number for number, _when in done] == [0, 1, 2]
    assert done[1][1] - done[0][1] >= 0.14, "after input it waits anew"
    assert done[2][1] - done[1][1] < 0.14, "without it, the pieces follow one another"


def test_idle_work_that_fails_does_not_stop_what_comes_after(qtbot: QtBot, idle: Idle) -> None:
    done: list[str] = []

    def broken() -> Iterator[int]:
        yield int("no number")

    def sound() -> Iterator[None]:
        done.append("sound")
        yield

    idle.add(broken())
    idle.add(sound())
    with qtbot.captureExceptions() as exceptions:
        qtbot.waitUntil(lambda: idle.is_done, timeout=2_000)

    assert [kind for kind, _error, _trace in exceptions] == [ValueError]
    assert done == ["sound"]


def test_input_is_watched_only_while_there_is_idle_work(qtbot: QtBot, qapp: QApplication) -> None:
    seen: list[QEvent.Type] = []

    class Watched(Idle):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            seen.append(event.type())
            return super().eventFilter(watched, event)

    widget, idle = QWidget(), Watched(qapp, pause_ms=50)
    qtbot.addWidget(widget)
    widget.show()
    idle.add(iter([1]))
    QTest.keyClick(widget, Qt.Key.Key_A)
    assert QEvent.Type.KeyPress in seen
    qtbot.waitUntil(lambda: idle.is_done, timeout=2_000)
    seen.clear()

    QTest.keyClick(widget, Qt.Key.Key_A)

    assert seen == []
    delete(idle)
