from __future__ import annotations

import subprocess
import sys

CALLS = """
import planner.gui
from PySide6.QtCore import QObject

thing = QObject()
for _ in range(300_000):
    thing.setObjectName("name")
"""

SIGNALS = """
import planner.gui
from PySide6.QtCore import QObject, Signal

class Thing(QObject):
    said = Signal(str)

thing = Thing()
for _ in range(100_000):
    thing.said.emit("something")
"""


def test_hundreds_of_thousands_of_calls_into_qt_do_not_end_the_program() -> None:
    # Without keep_none, Python 3.11 aborts after some 5,000 of them.
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, check=False)  # noqa: S603 - our own text

    assert done.returncode == 0, done.stderr


def test_a_hundred_thousand_signals_do_not_end_the_program() -> None:
    # Each takes a reference to True away: Python 3.11 has some hundreds.
    done = subprocess.run([sys.executable, "-c", SIGNALS], capture_output=True, text=True, check=False)  # noqa: S603 - our own text

    assert done.returncode == 0, done.stderr


PLAINLY = """
import inspect

read = []
inspect.getsource = lambda thing: read.append(thing.__name__) or ""
import planner.gui.main_window

assert not [name for name in read if name.startswith("planner.gui.")], read
"""


def test_modules_are_imported_without_being_read_for_a_switch_of_pyside() -> None:
    done = subprocess.run([sys.executable, "-c", PLAINLY], capture_output=True, text=True, check=False)  # noqa: S603 - our own text

    assert done.returncode == 0, done.stderr
