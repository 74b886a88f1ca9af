"""Messages of JD Baitiao: sentences, and the cards of its public account with a name before each value."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from planner.domain.money import Money
from planner.statements.messages.message import Event, MessageDraft, Sender, UnreadableLineError
from planner.statements.messages.reading import (
    AMOUNT,
    FoundDay,
    due_on,
    happened_on,
    instalments_in,
    money_of,
    time_in,
)
from planner.statements.messages.telling import draft_of

_NAMED = re.compile(r"\s*([^:\s]{2,8})\s*:\s*(.*?)\s*")
_MERCHANT, _TYPE, _ORDER = "服务商户", "交易类型", "交易订单"
_BOUGHT_AT, _BOUGHT = "交易时间", "消费金额"
_REPAID_AT, _REPAID = "还款时间", "还款金额"
_REFUNDED_AT, _REFUNDED = "退款时间", "退款金额"
_DUE_ON, _OWED, _MINIMUM = "还款日", "应还金额", "最低还款"
_AMOUNTS = {_BOUGHT, _REPAID, _REFUNDED, _OWED, _MINIMUM}
_DAYS = {_BOUGHT_AT, _REPAID_AT, _REFUNDED_AT, _DUE_ON}
_KNOWN = _AMOUNTS | _DAYS | {_MERCHANT, _TYPE, _ORDER}
_OTHER_NAMES = {
    "订单编号": _ORDER,
    "订单号": _ORDER,
    "交易金额": _BOUGHT,
    "消费时间": _BOUGHT_AT,
    "本期应还": _OWED,
    "账单金额": _OWED,
    "待还金额": _OWED,
    "最低还款额": _MINIMUM,
    "最后还款日": _DUE_ON,
    "到期还款日": _DUE_ON,
}
# The amount that a card has makes it what it is; its day has the name beside it.
_EVENTS = (
    (Event.REFUND, _REFUNDED, _REFUNDED_AT),
    (Event.REPAYMENT, _REPAID, _REPAID_AT),
    (Event.BILL, _OWED, ""),
    (Event.PURCHASE, _BOUGHT, _BOUGHT_AT),
)
_AMOUNT = re.compile(rf"{AMOUNT}\s*(?:\(\s*已优惠\s*(?P<off>[0-9.,]+)\s*元?\s*\))?")
_NUMBER = re.compile(r"[0-9A-Za-z-]{4,40}")
_NAME = "白条"
# The lender itself writes without the name too, but it sells other things as well.
_LENDER = re.compile(r"\s*[\[【]?京东(?:金融|科技)[\]】:,\s]|.*【京东(?:金融|科技)】\s*", re.DOTALL)
_OTHER_THINGS = re.compile(r"金条|小金库|理财|基金|保险|企业贷")
_OF_LENDER = {Event.DEBIT_FAILED, Event.OVERDUE, Event.FROZEN}


def recognises(text: str) -> bool:
    """Whether a message is one of Baitiao: by its name, or by the names of its cards."""
    if _NAME in text or (_LENDER.match(text) and not _OTHER_THINGS.search(text)):
        return True
    names = set(_named(text)[0])
    return bool({_MERCHANT, _ORDER} <= names or {_REPAID_AT, _REPAID} <= names)


def read(text: str, received: date) -> MessageDraft | None:
    """Read a message of Baitiao.

    Raises:
        UnreadableLineError: A line whose name is known has a value that cannot be read.
    """
    named, unread = _named(text)
    for event, amount, when in _EVENTS:
        if amount in named:
            return _card(event, named, unread, received, (amount, when))
    draft = draft_of(Sender.BAITIAO, text, received)
    # Without the name it may well be about something else that was bought or paid there.
    return draft if draft is None or _NAME in text or draft.event in _OF_LENDER else None


def _named(text: str) -> tuple[dict[str, tuple[int, str]], list[str]]:
    """Each known name with its line and value, and the lines that have none."""
    named: dict[str, tuple[int, str]] = {}
    unread = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _NAMED.fullmatch(line)
        name = _OTHER_NAMES.get(match[1], match[1]) if match else ""
        if match and name in _KNOWN and name not in named:
            named[name] = (number, match[2])
        elif line.strip():
            unread.append(line.strip())
    return named, unread


def _card(
    event: Event,
    named: dict[str, tuple[int, str]],
    unread: list[str],
    received: date,
    names: tuple[str, str],
) -> MessageDraft:
    amounts = {name: _amount(*value) for name, value in named.items() if name in _AMOUNTS}
    days = {name: _day(name, value, received) for name, value in named.items() if name in _DAYS}
    amount, discount = amounts[names[0]]
    happened, due = days.get(names[1]), days.get(_DUE_ON)
    draft = MessageDraft(
        Sender.BAITIAO,
        event,
        amount,
        discount=discount,
        minimum=amounts[_MINIMUM][0] if _MINIMUM in amounts else None,
        order=_order(named),
        merchant=named.get(_MERCHANT, (0, ""))[1],
        due_on=due.on if due else None,
        is_year_guessed=any(day.is_year_guessed for day in (happened, due) if day),
        unread=tuple(unread),
    )
    if happened:
        draft = replace(draft, on=happened.on, at=time_in(named[names[1]][1]))
    if event is Event.PURCHASE:
        draft = replace(draft, instalments=instalments_in(named.get(_TYPE, (0, ""))[1]))
    return draft


def _amount(line: int, text: str) -> tuple[Money, Money | None]:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise UnreadableLineError(line=line, text=text)
    try:
        off = Money.of(match["off"].replace(",", ""), "CNY") if match["off"] else None
    except (ArithmeticError, ValueError) as error:
        raise UnreadableLineError(line=line, text=text) from error
    return money_of(match), off


def _day(name: str, value: tuple[int, str], received: date) -> FoundDay:
    line, text = value
    found = due_on(text, received) if name == _DUE_ON else happened_on(text, received)
    if found is None:
        raise UnreadableLineError(line=line, text=text)
    return found


def _order(named: dict[str, tuple[int, str]]) -> str:
    line, text = named.get(_ORDER, (0, ""))
    if text and not _NUMBER.fullmatch(text):
        raise UnreadableLineError(line=line, text=text)
    return text
