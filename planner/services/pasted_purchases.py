"""What messages on purchases and refunds become, beside the purchases that are recorded already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money, sum_of
from planner.domain.plans.plan_terms import PlanTerms
from planner.domain.plans.schedule import rounding_of
from planner.domain.purchase import Progress, Purchase
from planner.phrases import Phrase
from planner.services.bills import with_refund
from planner.services.pasted import Outcome, Pasted, Said
from planner.services.plans import PlanOrigin, dues_of_plan, usual_due
from planner.statements.messages.message import MessageDraft
from planner.store.store import Store


def purchase_of(
    store: Store, draft: MessageDraft, account: Account, amount: Money, on: date, said: Said
) -> Pasted:
    """What a message on a purchase becomes: it is merged with what is recorded of the order."""
    fresh = Purchase(account.id, amount, on, merchant=draft.merchant, order_number=draft.order)
    known = None if said.is_another else _alike(store.purchases.all(), fresh)
    if known is None:
        plan = _plan(store, draft, account, fresh, said)
        reason = Phrase("A purchase of {date}.", date=on)
        return Pasted(Outcome.PURCHASE, reason, fresh, plan)
    if known.progress is Progress.PENDING and known.refunded <= amount:
        paid = replace(known, amount=amount, progress=Progress.COMPLETED)
        plan = _plan(store, draft, account, paid, said) if known.account_id == account.id else None
        if known.order_number:
            reason = Phrase("Order {number}, pending until now, is paid.", number=known.order_number)
        else:
            reason = Phrase("A purchase of {date}.", date=known.bought_on)
        return Pasted(Outcome.COMPLETED, reason, paid, plan)
    is_split = any(plan.origin is OriginKind.PURCHASE for plan in store.plans.made_of(known.id))
    plan = None if is_split or known.account_id != account.id else _plan(store, draft, account, known, said)
    if plan is not None:
        reason = Phrase("The purchase of {date} is recorded; its instalments are new.", date=known.bought_on)
        return Pasted(Outcome.PLAN, reason, plan=plan)
    if draft.order:
        reason = Phrase("Order {number} is recorded already.", number=draft.order)
    else:
        reason = Phrase("A purchase of the same day and amount is recorded already.")
    return Pasted(Outcome.ALREADY_THERE, reason)


def _alike(purchases: Sequence[Purchase], fresh: Purchase) -> Purchase | None:
    """The recorded purchase that a message is about: by its order number, else by account, day and amount."""
    if not fresh.order_number:
        traits = (fresh.account_id, fresh.bought_on, fresh.amount)
        alike = (one for one in purchases if (one.account_id, one.bought_on, one.amount) == traits)
        return next(alike, None)
    order = [one for one in purchases if one.order_number == fresh.order_number]
    same = next((one for one in order if one.amount == fresh.amount), None)
    pending = next((one for one in order if one.progress is Progress.PENDING), None)
    currency = fresh.amount.currency
    # An order of several things is exported as several rows, and its message names the whole.
    is_whole = sum_of((one.amount for one in order if one.amount.currency == currency), currency)
    return same or pending or (order[0] if order and is_whole == fresh.amount else None)


def _plan(
    store: Store, draft: MessageDraft, account: Account, purchase: Purchase, said: Said
) -> InstalmentPlan | None:
    """The instalments of a purchase; None where it has none, or their fee or their first day is not known."""
    count = draft.instalments or 1
    if count == 1 or said.fee is None or purchase.net != draft.amount:
        return None
    label = Phrase.own(purchase.label)
    origin = PlanOrigin(OriginKind.PURCHASE, purchase.id, label, purchase.net, purchase.bought_on)
    usual = usual_due(store, account, origin, 1, purchase.bought_on)
    first_due = said.first_due or (usual.on if usual else None)
    if first_due is None:
        return None
    dues = tuple(due.on for due in dues_of_plan(store, account, origin, first_due, 1, count))
    rounding = rounding_of(account.terms)
    terms = PlanTerms(purchase.net, count, first_due, said.fee, rounding=rounding, dues=dues)
    return InstalmentPlan(
        account.id,
        purchase.label or account.name,
        purchase.net,
        terms.draft().rows,
        count,
        OriginKind.PURCHASE,
        purchase.id,
        purchase.bought_on,
    )


def refundable(store: Store, draft: MessageDraft, account_id: str) -> tuple[Purchase, ...]:
    """The purchases that a refund may be of, newest first: those of its order, else all that cost enough."""
    if draft.amount is None:
        return ()
    amount = draft.amount
    found = [
        purchase
        for purchase in store.purchases.of_account(account_id)
        if purchase.amount.currency == amount.currency
        and purchase.amount >= amount
        and (not draft.order or purchase.order_number == draft.order)
        and (draft.on is None or purchase.bought_on <= draft.on)
    ]
    return tuple(sorted(found, key=lambda purchase: purchase.bought_on, reverse=True))


def refund_of(
    store: Store, draft: MessageDraft, account: Account, amount: Money, on: date, said: Said
) -> Pasted:
    """What a message on a refund becomes."""
    found = refundable(store, draft, account.id)
    if said.purchase_id:
        found = tuple(purchase for purchase in found if purchase.id == said.purchase_id)
    elif not draft.order:
        found = found if len(found) == 1 else ()
    if len(found) != 1:
        return Pasted(Outcome.UNANSWERED, Phrase("It has to be said which purchase the money came back of."))
    (purchase,) = found
    alike = any((known.amount, known.refunded_on) == (amount, on) for known in purchase.refunds)
    if alike and not said.is_another:
        return Pasted(Outcome.ALREADY_THERE, Phrase("This refund is recorded already."))
    if amount > purchase.net:
        reason = Phrase(
            "More came back than is left of this purchase by your record: {left}.", left=purchase.net
        )
        return Pasted(Outcome.UNANSWERED, reason)
    reason = Phrase("A refund of the purchase of {date}.", date=purchase.bought_on)
    return Pasted(Outcome.REFUND, reason, with_refund(purchase, amount, on))
