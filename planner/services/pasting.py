"""What a pasted message becomes in the record: proposed first, and recorded when the user agrees."""

from __future__ import annotations

from datetime import date

from planner.domain.account import Account, State
from planner.domain.bill import Bill
from planner.domain.dates import on_day
from planner.domain.due import Due, DueKind
from planner.domain.failed_debit import FailedDebit
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.phrases import Phrase
from planner.services.account_states import note_state
from planner.services.billing import candidates, next_statement, project
from planner.services.bills import check_currency, pay, save_bill, save_purchase
from planner.services.failed_debits import due_that_failed, note_failed_debit
from planner.services.pasted import JUST_THE_MESSAGE, NothingToRecordError, Outcome, Pasted, Said
from planner.services.pasted_notices import frozen_of, late_of
from planner.services.pasted_purchases import purchase_of, refund_of
from planner.services.plans import save_plan
from planner.statements.messages.message import Event, MessageDraft, Sender
from planner.store.store import Store

CURRENCY = "CNY"  # of all messages that are understood
_LAST_DAY = 31
_PRODUCTS = {
    Sender.BAITIAO: "jd-baitiao",
    Sender.HUABEI: "huabei",
    Sender.MEITUAN: "meituan",
    Sender.DOUYIN: "douyin",
    Sender.BANK: "cn-credit-card",
}


def accounts_for(store: Store, draft: MessageDraft) -> tuple[Account, ...]:
    """The accounts that a message may be about: of its sender's product, else all in its currency.

    Where there is just one of the product it is the one; of several the user chooses.
    """
    known = [account for account in store.accounts.all() if account.currency == CURRENCY]
    own = [account for account in known if account.product == _PRODUCTS[draft.product]]
    return tuple(own or known)


def account_of(store: Store, draft: MessageDraft) -> Account | None:
    """The only account of the sender's product; None if there is none or several."""
    own = [account for account in accounts_for(store, draft) if account.product == _PRODUCTS[draft.product]]
    return own[0] if len(own) == 1 else None


def propose(
    store: Store, draft: MessageDraft, account_id: str, today: date, said: Said = JUST_THE_MESSAGE
) -> Pasted:
    """What a message becomes on an account; nothing is written.

    Args:
        store: The open store.
        draft: What the message says, as the user has confirmed or changed it.
        account_id: The account it is about.
        today: The day that is taken where the message names none.
        said: What the user says beside it.

    Raises:
        AccountCurrencyError: The account is in another currency.
    """
    account = store.accounts.get(account_id)
    check_currency(store, account_id, Money(0, CURRENCY))
    if draft.event is Event.DEBIT_FAILED:
        return _failed(store, draft, account, today)
    if draft.event is Event.SETTLED:
        return _settled(store, draft, account, today, said)
    if draft.event is Event.FROZEN:
        return frozen_of(account, draft.on or today)
    if draft.event is Event.OVERDUE:
        return late_of(store, draft, account, today)
    if draft.amount is None:
        return Pasted(Outcome.UNANSWERED, Phrase("The amount is missing."))
    return _of_amount(store, draft, account, today, said, draft.amount)


def record_message(
    store: Store, draft: MessageDraft, account_id: str, today: date, said: Said = JUST_THE_MESSAGE
) -> Pasted:
    """Record what a message becomes, within the caller's transaction.

    Raises:
        NothingToRecordError: It changes nothing, or something is still to be said.
        PlannerError: What it becomes cannot be recorded.
    """
    found = propose(store, draft, account_id, today, said)
    if not found.outcome.is_recorded:
        raise NothingToRecordError(reason=found.reason)
    if found.purchase is not None:
        save_purchase(store, found.purchase)
    if found.plan is not None:
        save_plan(store, found.plan)
    if found.bill is not None:
        save_bill(store, found.bill)
    if found.payment is not None:
        pay(store, found.payment)
    if found.failed is not None:
        _keep_failure(store, found.failed, today)
    if found.frozen_on is not None:
        note_state(store, account_id, State.FROZEN, found.frozen_on, today)
    return found


def _keep_failure(store: Store, failed: FailedDebit, today: date) -> None:
    due = store.ledgers.history(failed.account_id, today).due(failed.due_id)
    if due is not None:
        note_failed_debit(store, due, failed.on, failed.note)


def _of_amount(
    store: Store, draft: MessageDraft, account: Account, today: date, said: Said, amount: Money
) -> Pasted:
    on = draft.on or today
    if draft.event is Event.PURCHASE:
        return purchase_of(store, draft, account, amount, on, said)
    if draft.event is Event.BILL:
        return _bill(store, draft, account, amount, today, said)
    if draft.event is Event.REFUND:
        return refund_of(store, draft, account, amount, on, said)
    is_automatic = draft.event is Event.DEBIT_DONE
    return _payment(store, Payment(account.id, amount, on, is_automatic), said)


# --- bills -----------------------------------------------------------------------------------------


def _bill(
    store: Store, draft: MessageDraft, account: Account, amount: Money, today: date, said: Said
) -> Pasted:
    due_on = said.first_due or draft.due_on or _due_from_day(draft, today)
    if due_on is None:
        due_on = next_statement(store, account.id, today)[1]
    if due_on is None:
        return Pasted(Outcome.UNANSWERED, Phrase("It has to be said when this bill is due."))
    known = next((bill for bill in store.bills.of_account(account.id) if bill.due_on == due_on), None)
    if known is not None and known.amount == amount:
        return Pasted(
            Outcome.ALREADY_THERE, Phrase("The bill due on {date} is recorded already.", date=due_on)
        )
    if known is not None:
        reason = Phrase(
            "The bill due on {date} is recorded with {amount}. If the lender says something else "
            "now, correct it there.",
            date=due_on,
            amount=known.amount,
        )
        return Pasted(Outcome.ALREADY_THERE, reason)
    by_rule = account.cycle.statement_due_on(due_on, store.ledgers.calendar_of(account))
    statement_on = said.statement_on or _made_on(draft, by_rule, due_on, today)
    # What is recorded and would stand on this bill goes onto it, so that nothing is due twice.
    found = candidates(store, account.id, max(by_rule or statement_on, statement_on), due_on)
    lines = project(found, amount.currency, amount).lines
    bill = Bill(account.id, statement_on, due_on, lines, draft.minimum)
    return Pasted(Outcome.BILL, Phrase("A bill due on {date}.", date=due_on), bill=bill)


def _made_on(draft: MessageDraft, by_rule: date | None, due_on: date, today: date) -> date:
    """When a bill was made, which no message says: by the rule, else at the end of the month it is named by.

    It is there, so it was not made after today.
    """
    made_on = by_rule or today
    if by_rule is None and draft.bill_month is not None:
        year = due_on.year if draft.bill_month <= due_on.month else due_on.year - 1
        made_on = on_day(year, draft.bill_month, _LAST_DAY)
    return min(made_on, today, due_on)


def _due_from_day(draft: MessageDraft, today: date) -> date | None:
    """The next day with the number of the day of the month that the message names."""
    if draft.due_day is None:
        return None
    due = on_day(today.year, today.month, draft.due_day)
    return due if due >= today else on_day(today.year, today.month + 1, draft.due_day)


# --- payments and automatic debits -----------------------------------------------------------------


def _payment(store: Store, payment: Payment, said: Said) -> Pasted:
    traits = (payment.amount, payment.paid_on)
    known = store.payments.of_account(payment.account_id)
    if not said.is_another and any((one.amount, one.paid_on) == traits for one in known):
        reason = Phrase("A payment of the same day and amount is recorded already.")
        return Pasted(Outcome.ALREADY_THERE, reason)
    if payment.automatic:
        reason = Phrase("An automatic debit of {date}.", date=payment.paid_on)
    else:
        reason = Phrase("A payment of {date}.", date=payment.paid_on)
    return Pasted(Outcome.PAYMENT, reason, payment=payment)


def _failed(store: Store, draft: MessageDraft, account: Account, today: date) -> Pasted:
    """A debit that failed: noted of the due it was for, until that is paid."""
    on = draft.on or today
    due = due_that_failed(store.ledgers.history(account.id, today).dues, on)
    if due is None or due.due_on is None:
        if draft.amount is None:
            reason = Phrase("The automatic debit did not go through, so what is due stays open.")
        else:
            reason = Phrase(
                "The automatic debit of {amount} did not go through, so what is due stays open.",
                amount=draft.amount,
            )
        return Pasted(Outcome.NOTHING, reason)
    known = next((each for each in store.failed_debits.of_account(account.id) if each.due_id == due.id), None)
    if known is not None:
        reason = Phrase("That this debit failed is noted already, on {date}.", date=known.on)
        return Pasted(Outcome.ALREADY_THERE, reason)
    reason = Phrase(
        "The automatic debit of what was due {date} failed: {amount} stays open. It is noted until that is "
        "paid.",
        date=due.due_on,
        amount=due.still_due,
    )
    failed = FailedDebit(account.id, due.id, on)
    return Pasted(Outcome.FAILED, reason, failed=failed, figures=(due.still_due,))


def _settled(store: Store, draft: MessageDraft, account: Account, today: date, said: Said) -> Pasted:
    """A bill that is cleared: where the message says no amount, what is still open of it was paid."""
    on = draft.on or today
    if draft.amount is not None:
        return _payment(store, Payment(account.id, draft.amount, on), said)
    due = _cleared(store, account, on, today)
    if due is None:
        return Pasted(Outcome.ALREADY_THERE, Phrase("No bill of this account is open by this record."))
    reason = Phrase(
        "The bill due on {date} is cleared: a payment of {amount}, which is what is open by this record.",
        date=due.due_on,
        amount=due.open,
    )
    payment = Payment(account.id, due.open, on, aimed_at=due.id)
    return Pasted(Outcome.PAYMENT, reason, payment=payment, figures=(due.still_due,))


def _cleared(store: Store, account: Account, on: date, today: date) -> Due | None:
    """The newest open bill of an account that was there on a day."""
    open_bills = [
        due
        for due in store.ledgers.position(today).open_dues
        if due.account_id == account.id
        and due.kind is DueKind.BILL
        and store.bills.get(due.id).statement_on <= on
    ]
    return max(open_bills, key=lambda due: due.due_on or date.min, default=None)
