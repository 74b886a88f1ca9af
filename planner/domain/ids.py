"""Identities: every value that is kept has one from birth."""

from __future__ import annotations

import os


def new_id() -> str:
    """A fresh identity, unique without asking the store."""
    return os.urandom(16).hex()  # as random as a UUID, without loading a module for it
