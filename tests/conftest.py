"""What tests share: an empty store, a fixed day, and a terminal for the commands."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from datetime import date

# Before anything imports Qt: tests need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from planner import i18n
from planner.cli import main
from planner.store.store import Store
from tests.stores import empty_store
from tests.terminal import Run, Said

TODAY = date(2026, 11, 22)


@pytest.fixture
def today() -> date:
    """The day on which tests happen: a Sunday."""
    return TODAY


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    store = empty_store()
    yield store
    store.connection.close()


@pytest.fixture(autouse=True, scope="module")
def _forget_what_stays() -> None:
    """Keep out of the collector what is there already: thousands of tests, and what modules have kept.

    Once a window asked for work, each full collection would go through all of it (see ``planner.gui.tasks``).
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _speak_english() -> Iterator[None]:
    """Start and end every test in English with British formats."""
    i18n.use("en", "en_GB")
    yield
    i18n.use("en", "en_GB")


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    """Delete the windows of a test: pytest-qt only asks for it, and a new theme polishes all that is left."""
    yield
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as the terminal would, on an English system without a display."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def run(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
