"""Messages of Meituan's monthly credit: sentences."""

from __future__ import annotations

from datetime import date

from planner.statements.messages.message import MessageDraft, Sender
from planner.statements.messages.telling import draft_of

_NAME = "美团月付"


def recognises(text: str) -> bool:
    """Whether a message is one of them by its name."""
    return _NAME in text


def read(text: str, received: date) -> MessageDraft | None:
    """Read one."""
    return draft_of(Sender.MEITUAN, text, received)
