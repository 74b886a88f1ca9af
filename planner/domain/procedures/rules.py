"""What stands in the way of a step today, computed from what is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.due import Due
from planner.domain.position import Position
from planner.domain.procedures.case import Case
from planner.domain.procedures.published import Rule, Step
from planner.domain.procedures.verification import Verification
from planner.domain.purchase import Progress, Purchase
from planner.domain.recorded import made_net
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of a step.

    Attributes:
        rule: Which rule.
        text: What it is, with its figures.
        place: The place of the program that shows it; empty for the procedure itself.
        target: The id of the bill, row, purchase or service there.
    """

    rule: Rule
    text: Phrase
    place: str = ""
    target: str = ""


def blockers(
    step: Step,
    case: Case,
    account: Account,
    position: Position,
    purchases: Sequence[Purchase],
    verifying: Verification | None = None,
) -> tuple[Blocker, ...]:
    """What stands in the way of a step today, computed from what is recorded.

    Args:
        step: The step.
        case: The run it belongs to.
        account: The account it is about.
        position: What is open on that day.
        purchases: The account's purchases that may still be under way.
        verifying: The lender's verification, if it runs and the user has not called it over.
    """
    found: list[Blocker] = []
    for rule in step.rules:
        match rule:
            case Rule.OPEN_DUES:
                found += [_due_blocker(due) for due in position.open_dues if due.account_id == account.id]
            case Rule.LATE_DUES:
                found += [_late_blocker(due) for due in position.late if due.account_id == account.id]
            case Rule.AUTOMATIC_DEBIT:
                found += _debit_blockers(account)
            case Rule.UNFINISHED_ORDERS:
                found += [_order_blocker(purchase) for purchase in purchases if is_unfinished(purchase)]
            case Rule.LINKED_SERVICES:
                found += _service_blockers(account)
            case Rule.NOT_SUBMITTED:
                if case.submitted_on is None:
                    found.append(Blocker(rule, Phrase("The request has not been submitted yet")))
            case Rule.WAITING:
                found += _waiting_blockers(verifying, position.on)
    return tuple(found)


def is_unfinished(purchase: Purchase) -> bool:
    """Whether an order is still under way; one that came back in full is not."""
    return purchase.progress is Progress.PENDING and bool(purchase.net)


def _waiting_blockers(verifying: Verification | None, on: date) -> list[Blocker]:
    if verifying is None:
        return []
    if verifying.latest is None:
        text = Phrase(
            "The last day of the verification is not known: {reason} "
            "Mark the wait as done once the lender has finished.",
            reason=verifying.unknown,
        )
        return [Blocker(Rule.WAITING, text)]
    if on < verifying.latest:
        return [
            Blocker(Rule.WAITING, Phrase("The lender may take until {date} to verify", date=verifying.latest))
        ]
    return []


def _service_blockers(account: Account) -> list[Blocker]:
    return [
        Blocker(
            Rule.LINKED_SERVICES,
            Phrase("Still linked: {service}", service=Phrase(service.name)),
            "",
            service.id,
        )
        for service in account.services
        if service.unlinked_on is None
    ]


def _debit_blockers(account: Account) -> list[Blocker]:
    if not account.automatic:
        return []
    text = Phrase("The lender still debits {account} by itself", account=account.name)
    return [Blocker(Rule.AUTOMATIC_DEBIT, text, "bills", account.id)]


def _order_blocker(purchase: Purchase) -> Blocker:
    name = purchase.label
    text = (
        Phrase(
            "{what}, {amount}, ordered on {date}: not finished",
            what=Phrase.own(name),
            amount=made_net(purchase),
            date=purchase.bought_on,
        )
        if name
        else Phrase(
            "Order of {date} is not finished: {amount}", date=purchase.bought_on, amount=made_net(purchase)
        )
    )
    return Blocker(Rule.UNFINISHED_ORDERS, text, "bills", purchase.id)


def _late_blocker(due: Due) -> Blocker:
    text = Phrase(
        "{what}: {amount} late, was due {date}", what=due.label, amount=due.still_due, date=due.due_on
    )
    return Blocker(Rule.LATE_DUES, text, "bills", due.id)


def _due_blocker(due: Due) -> Blocker:
    if due.projected:
        text = Phrase("{what}: {amount}, not billed yet", what=due.label, amount=due.still_due)
    elif due.due_on is None:
        text = Phrase("{what}: {amount} open, date unknown", what=due.label, amount=due.still_due)
    else:
        text = Phrase(
            "{what}: {amount} open, due {date}", what=due.label, amount=due.still_due, date=due.due_on
        )
    return Blocker(Rule.OPEN_DUES, text, "bills", due.id)
