"""Messages of Ant's Huabei: sentences."""

from __future__ import annotations

from datetime import date

from planner.statements.messages.message import MessageDraft, Sender
from planner.statements.messages.telling import draft_of

_NAME = "花呗"


def recognises(text: str) -> bool:
    """Whether a message is one of them by its name."""
    return _NAME in text


def read(text: str, received: date) -> MessageDraft | None:
    """Read one."""
    return draft_of(Sender.HUABEI, text, received)
