"""What tests share: an empty store, a session on it, and a fixed day."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

# Before anything imports Qt: tests need no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from planner import i18n
from planner.store.store import Store

TODAY = date(2026, 11, 22)


@pytest.fixture
def today() -> date:
    """The day on which tests happen: a Sunday."""
    return TODAY


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    store = Store.in_memory()
    yield store
    store.connection.close()


@pytest.fixture(autouse=True)
def _speak_english() -> Iterator[None]:
    """Start and end every test in English with British formats."""
    i18n.use("en", "en_GB")
    yield
    i18n.use("en", "en_GB")
