"""Short messages of banks about their credit cards: sentences, with the bank's name in brackets."""

from __future__ import annotations

import re
from datetime import date

from planner.statements.messages.message import MessageDraft, Sender
from planner.statements.messages.telling import draft_of

_BANK = re.compile(r"[\u4e00-\u9fff]{2,}银行(?!卡)|信用卡|贷记卡")
# Money that comes from or goes to the user's own account is no credit.
_OWN_MONEY = re.compile(r"储蓄卡|借记卡|工资|转入|转账|取现")


def recognises(text: str) -> bool:
    """Whether a message is one of a bank about credit."""
    return bool(_BANK.search(text)) and not _OWN_MONEY.search(text)


def read(text: str, received: date) -> MessageDraft | None:
    """Read one."""
    return draft_of(Sender.BANK, text, received)
