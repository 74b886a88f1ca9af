"""What a message in sentences tells of; each family of senders says which of these words are its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from planner.domain.money import Money
from planner.statements.messages.message import Event, MessageDraft, Sender
from planner.statements.messages.reading import (
    AMOUNT,
    DAY,
    amount_in,
    bill_month,
    card_in,
    due_on,
    first_amount,
    happened_on,
    instalments_in,
    monthly_day,
    time_in,
)

_DEBIT = r"(?:自动(?:还款|扣款)|扣款|代扣)"
_FAILED = r"(?:失败|未成功|不成功|余额不足)"
_DONE = r"(?:成功|完成|已(?:从|于|由|扣|还))"
_BOUGHT = r"(?:下单|成功支付|支付成功|支付|付款|消费|交易)"
_OWED = r"(?:应还|待还|账单金额|(?:本期|本月|月)账单|账单已出)"
_REPAID = r"(?:还款成功|成功还款|已还款|成功还|收到[^,。;]{0,12}还款|还款[^,。;]{0,20}已?入账)"
# What a lender says would happen is no freeze and no delay yet.
_NOT_YET = r"(?<![将会免能若如止])"
_FROZEN = rf"{_NOT_YET}(?:已经?被?|被)(?:暂时|临时)?(?:冻结|限制使用|停用)"
_OVERDUE = (
    rf"{_NOT_YET}(?:已经?|发生|产生|出现)逾期|{_NOT_YET}逾期(?:金额|欠款|本金|未还|天数|\s*[0-9]+\s*天)"
)
_OPENED = re.compile(r"(?:已|成功)(?:为您)?(?:解冻|解除冻结|解除限制|恢复)|解冻成功")
_PAID = re.compile(r"还款成功(?!后)|成功还款|已还款|已(?:全部)?(?:还清|结清)")
_AHEAD = re.compile(rf"(?:将|请|即将)[^,。;]{{0,16}}{_DEBIT}")
_DUE_DAY = re.compile(rf"(?:到期还款日|最后还款日|最晚还款日|还款日期?|到期日)[^0-9每,。;]{{0,4}}{DAY}")
_DUE_BEFORE = re.compile(rf"请[^0-9]{{0,6}}{DAY}\s*(?:\d{{1,2}}[:点时]\S{{0,3}})?\s*(?:之?前|24)")

# In this order: the first that fits is what is told. A freeze names its cause, a failure may name what
# should have been paid, and a repayment what is still owed, so bills come after all of them.
_TELLS = (
    (Event.FROZEN, re.compile(_FROZEN)),
    (Event.DEBIT_FAILED, re.compile(rf"{_DEBIT}[^。;\n]{{0,40}}?{_FAILED}")),
    (
        Event.DEBIT_DONE,
        re.compile(rf"{_DEBIT}[^。;\n]{{0,40}}?{_DONE}|成功(?:自动)?(?:扣款|代扣)|已自动(?:还款|扣款)"),
    ),
    (Event.OVERDUE, re.compile(_OVERDUE)),
    (Event.REPAYMENT, re.compile(_REPAID)),
    (Event.SETTLED, re.compile(r"已(?:全部)?(?:还清|结清)")),
    (Event.REFUND, re.compile(r"退款|退货")),
    (Event.BILL, re.compile(_OWED)),
    (Event.PURCHASE, re.compile(rf"{_BOUGHT}[^0-9¥。;\n]{{0,12}}?{AMOUNT}")),
)
_UNLESS = {
    Event.DEBIT_DONE: _AHEAD,  # what is going to be debited is not debited
    Event.DEBIT_FAILED: _AHEAD,
    Event.FROZEN: _OPENED,
    Event.OVERDUE: _PAID,
}
_WITHOUT_AMOUNT = {Event.DEBIT_FAILED, Event.FROZEN, Event.OVERDUE}
_AMOUNTS = {
    Event.FROZEN: (),
    Event.OVERDUE: (r"逾期(?:金额|欠款|本金|未还)", _OWED, r"逾期"),
    Event.DEBIT_FAILED: (_DEBIT, _OWED),
    Event.DEBIT_DONE: (_DEBIT, r"还款|扣"),
    Event.REPAYMENT: (r"还款成功|成功还款|已还款|成功还", r"还款"),
    Event.REFUND: (r"退款|退货",),
    Event.BILL: (_OWED,),
    Event.PURCHASE: (_BOUGHT,),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a message in sentences tells of.

    Attributes:
        event: What.
        amount: How much; None where that is not certain.
    """

    event: Event
    amount: Money | None


def told(text: str) -> Told | None:
    """What a message tells of; None if it is not understood, or no amount is certain where one is needed."""
    for event, words in _TELLS:
        if not words.search(text) or (event in _UNLESS and _UNLESS[event].search(text)):
            continue
        if event is Event.FROZEN:
            return Told(event, None)
        if event is Event.SETTLED:
            return Told(event, first_amount(text, r"还款", r"还清|结清"))
        amount = first_amount(text, *_AMOUNTS[event]) or amount_in(text)
        if amount is None and event not in _WITHOUT_AMOUNT:
            return None
        return Told(event, amount)
    return None


def draft_of(product: Sender, text: str, received: date) -> MessageDraft | None:
    """A draft of a message in sentences.

    Args:
        product: Who sent it.
        text: The message, half-width.
        received: When it came: what the years are guessed from.
    """
    said = told(text)
    if said is None:
        return None
    due = None
    without_due = text
    for pattern in (_DUE_DAY, _DUE_BEFORE):
        match = pattern.search(without_due)
        if match:
            due = due or due_on(match[0], received)
            without_due = without_due.replace(match[0], " ")
    happened = happened_on(without_due, received)
    guessed = any(day is not None and day.is_year_guessed for day in (due, happened))
    is_purchase = said.event is Event.PURCHASE
    return MessageDraft(
        product,
        said.event,
        said.amount,
        minimum=first_amount(text, r"最低(?:还款额?|应还)") if said.event is Event.BILL else None,
        instalments=instalments_in(text) if is_purchase else None,
        on=happened.on if happened else None,
        at=time_in(without_due) if happened else None,
        due_on=due.on if due else None,
        due_day=monthly_day(text),
        bill_month=bill_month(text) if said.event is Event.BILL else None,
        is_year_guessed=guessed,
        card=card_in(text),
    )
