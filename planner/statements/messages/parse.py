"""A pasted message to a draft, by who sent it."""

from __future__ import annotations

import re
from datetime import date

from planner.statements.messages import baitiao, bank, douyin, huabei, meituan
from planner.statements.messages.message import MessageDraft, SecretInMessageError
from planner.statements.messages.reading import plain

# Banks come last: the others may name the bank that a debit was made from.
_FAMILIES = (baitiao, huabei, meituan, douyin, bank)
_LINK = re.compile(r"(?i)https?://|www\.|(?<![a-z0-9@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}/")
_SECRET = re.compile(r"验证码|校验码|动态(?:密)?码|口令")


def has_link(text: str) -> bool:
    """Whether a message holds the address of a page, which may be anybody's."""
    return bool(_LINK.search(plain(text)))


def parse_message(text: str, received: date) -> MessageDraft | None:
    """What a message says, to be confirmed by the user.

    Args:
        text: The message as it was pasted.
        received: The day it came: dates without a year are read as the nearest plausible ones.

    Returns:
        The draft, or None if the message is not understood.

    Raises:
        SecretInMessageError: It holds a verification code.
        UnreadableLineError: A line whose name is known has a value that cannot be read.
    """
    message = plain(text)
    if _SECRET.search(message):
        raise SecretInMessageError
    family = next((known for known in _FAMILIES if known.recognises(message)), None)
    return family.read(message, received) if family else None
