"""What window tests share: a session on an empty store, and the program's look."""

from __future__ import annotations

from datetime import date

import pytest
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
def _application(qapp: QApplication) -> None:
    """Every test here has an application, whether or not it names it."""
    assert qapp is not None
