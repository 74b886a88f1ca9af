"""What a pasted notice becomes: that something is late, or that the account is frozen."""

from __future__ import annotations

from datetime import date

from planner.domain.account import Account, State
from planner.domain.money import sum_of
from planner.phrases import Phrase
from planner.services.account_states import STATE_WORDS, held_restriction
from planner.services.pasted import Outcome, Pasted
from planner.statements.messages.message import MessageDraft
from planner.store.store import Store


def frozen_of(account: Account, on: date) -> Pasted:
    """That the lender froze the account: recorded once, from a day on."""
    held = held_restriction(account, State.FROZEN)
    if held is not None:
        reason = Phrase(
            "The account is already recorded as {state}, since {date}.",
            state=STATE_WORDS[State.FROZEN],
            date=held.since,
        )
        return Pasted(Outcome.ALREADY_THERE, reason)
    reason = Phrase("The account is recorded as frozen by the lender from {date} on.", date=on)
    return Pasted(Outcome.FROZEN, reason, frozen_on=on)


def late_of(store: Store, draft: MessageDraft, account: Account, today: date) -> Pasted:
    """That something is late: the record is compared with it, and nothing of it is changed."""
    late = tuple(due for due in store.ledgers.position(today).late if due.account_id == account.id)
    if not late and draft.amount is None:
        reason = Phrase("The lender says that something is late. By this record nothing is.")
    elif not late:
        reason = Phrase(
            "The lender says that {amount} is late. By this record nothing is.", amount=draft.amount
        )
    else:
        reason = Phrase(
            "The lender says that something is late. By this record it is {recorded}.",
            recorded=sum_of((due.open for due in late), account.currency),
        )
        if draft.amount is not None:
            reason = Phrase(
                "The lender says that {amount} is late. By this record it is {recorded}.",
                amount=draft.amount,
                recorded=sum_of((due.open for due in late), account.currency),
            )
    return Pasted(Outcome.LATE, reason, late=late, figures=tuple(due.still_due for due in late))
