"""Identities: every value that is kept has one from birth."""

from __future__ import annotations

from uuid import uuid4


def new_id() -> str:
    """A fresh identity, unique without asking the store."""
    return uuid4().hex
