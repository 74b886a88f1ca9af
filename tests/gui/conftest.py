"""What window tests share: a session on an empty store, and the program's look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.store.store import Store


@pytest.fixture
def session(qapp: QApplication, store: Store, today: date) -> Session:
    """A session on an empty store, on a fixed day."""
    apply_theme(qapp, "light")
    return Session(store, today)


@pytest.fixture(autouse=True)
def _let_go(qapp: QApplication) -> Iterator[None]:  # noqa: ARG001 - there has to be one
    """Delete the windows of a test: pytest-qt only asks for it, and a new theme polishes all that is left."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
