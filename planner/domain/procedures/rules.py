"""What stands in the way of a step today, computed from what is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.domain.due import Due
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.published import Step
from planner.domain.procedures.recorded import Recorded, ShortDebit
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


def blockers(step: Step, case: Case, recorded: Recorded) -> tuple[Blocker, ...]:
    """What stands in the way of a step today, computed from what is recorded.

    Args:
        step: The step.
        case: The run it belongs to.
        recorded: What the record says.
    """
    return tuple(each for rule in _rules_of(step) for each in _FOUND_BY[rule](case, recorded))


def is_unfinished(purchase: Purchase) -> bool:
    """Whether an order is still under way; one that came back in full is not."""
    return purchase.progress is Progress.PENDING and bool(purchase.net)


def _rules_of(step: Step) -> tuple[Rule, ...]:
    """The rules of a step; one that asks after debits is not done while one is unconfirmed."""
    implied = Rule.UNCONFIRMED_DEBITS
    if step.kind is not StepKind.DEBITS or implied in step.rules:
        return tuple(step.rules)
    return (*step.rules, implied)


def _unconfirmed_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    return [replace(_due_blocker(due), rule=Rule.UNCONFIRMED_DEBITS) for due in recorded.unconfirmed]


def _open_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    dues = recorded.position.open_dues
    return [_due_blocker(due) for due in dues if due.account_id == recorded.account.id]


def _late_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    dues = recorded.position.late
    return [_late_blocker(due) for due in dues if due.account_id == recorded.account.id]


def _order_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    return [_order_blocker(each) for each in recorded.orders if is_unfinished(each)]


def _request_blockers(case: Case, _recorded: Recorded) -> list[Blocker]:
    if case.submitted_on is not None:
        return []
    return [Blocker(Rule.NOT_SUBMITTED, Phrase("The request has not been submitted yet"))]


def _contact_blockers(case: Case, _recorded: Recorded) -> list[Blocker]:
    return (
        [] if case.log else [Blocker(Rule.NO_CONTACT, Phrase("No contact with the lender is recorded yet"))]
    )


def _agreement_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    if recorded.is_agreed:
        return []
    return [Blocker(Rule.NO_AGREEMENT, Phrase("No agreement with the lender is recorded yet"))]


def _missed_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    found = [due for due in recorded.position.late if due.id == recorded.first_instalment]
    return [replace(_late_blocker(due), rule=Rule.FIRST_MISSED) for due in found]


def _short_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    return [_short_blocker(each) for each in recorded.short_debits]


def _waiting_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    return [*_verifying_blockers(recorded), *_wait_blockers(recorded)]


def _wait_blockers(recorded: Recorded) -> Iterator[Blocker]:
    for wait in recorded.waits:
        if wait.is_settled:
            continue
        name = Phrase(wait.step.title)
        if wait.counted is None:
            yield Blocker(Rule.WAITING, Phrase("This has not begun yet: {step}", step=name), "", wait.step.id)
        elif wait.latest is None:
            text = Phrase(
                "The end of the wait is not known: {reason} Mark it as done once it is over.",
                reason=wait.counted.unknown,
            )
            yield Blocker(Rule.WAITING, text, "", wait.step.id)
        elif recorded.position.on < wait.latest.on:
            text = Phrase("{step}: this may take until {moment}", step=name, moment=wait.latest.words)
            yield Blocker(Rule.WAITING, text, "", wait.step.id)


def _verifying_blockers(recorded: Recorded) -> list[Blocker]:
    verifying, on = recorded.verifying, recorded.position.on
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


def _refund_blockers(_case: Case, recorded: Recorded) -> Iterator[Blocker]:
    on = recorded.position.on
    for purchase in recorded.coming_back:
        for refund in purchase.refunds:
            if refund.refunded_on > on:
                text = Phrase(
                    "{amount} is to come back on {date}", amount=refund.amount, date=refund.refunded_on
                )
                yield Blocker(Rule.OPEN_REFUNDS, text, "bills", purchase.id)
    credit = recorded.position.made_credit(recorded.account.id)
    if credit is not None and credit.value:
        text = Phrase("The lender still has {amount} of yours that is not due", amount=credit)
        yield Blocker(Rule.OPEN_REFUNDS, text, "bills", recorded.account.id)


def _document_blockers(case: Case, recorded: Recorded) -> Iterator[Blocker]:
    known = {each.document for each in case.documents}
    for each in recorded.documents:
        if each.id not in known:
            name = Phrase(each.title)
            yield Blocker(Rule.DOCUMENTS, Phrase("Not at hand yet: {document}", document=name), "", each.id)


def _payment_blockers(_case: Case, recorded: Recorded) -> Iterator[Blocker]:
    left = recorded.left_to_pay
    if left is None or left.is_reached:
        return
    if not left.most:
        text = Phrase("What being late costs is not known: see that the app shows nothing late as open")
    elif not left.is_known:
        text = Phrase("{amount} is still to be paid, and what being late costs", amount=left.most)
    elif left.least == left.most:
        text = Phrase("{amount} is still to be paid", amount=left.most)
    elif not left.least:
        text = Phrase("Up to {most} may still be to be paid, as the sources differ", most=left.most)
    else:
        text = Phrase(
            "{least} to {most} is still to be paid, as the sources differ", least=left.least, most=left.most
        )
    yield Blocker(Rule.NOT_PAID, text, "late")


def _short_blocker(short: ShortDebit) -> Blocker:
    if not short.place:
        text = Phrase("On {date}, {missing} is missing for the debits", date=short.on, missing=short.missing)
    else:
        text = Phrase(
            "On {date}, {missing} is missing on {account} for the debits",
            date=short.on,
            missing=short.missing,
            account=Phrase.own(short.place),
        )
    return Blocker(Rule.CASH_SHORT, text, "cash")


def _service_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    return [
        Blocker(
            Rule.LINKED_SERVICES,
            Phrase("Not yet unlinked: {service}", service=Phrase(service.name)),
            "",
            service.id,
        )
        for service in recorded.account.services_in_use
        if service.unlinked_on is None
    ]


def _debit_blockers(_case: Case, recorded: Recorded) -> list[Blocker]:
    account = recorded.account
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


_FOUND_BY: Mapping[Rule, Callable[[Case, Recorded], Iterable[Blocker]]] = {
    Rule.OPEN_DUES: _open_blockers,
    Rule.LATE_DUES: _late_blockers,
    Rule.UNFINISHED_ORDERS: _order_blockers,
    Rule.OPEN_REFUNDS: _refund_blockers,
    Rule.LINKED_SERVICES: _service_blockers,
    Rule.AUTOMATIC_DEBIT: _debit_blockers,
    Rule.NOT_SUBMITTED: _request_blockers,
    Rule.WAITING: _waiting_blockers,
    Rule.DOCUMENTS: _document_blockers,
    Rule.NO_CONTACT: _contact_blockers,
    Rule.NO_AGREEMENT: _agreement_blockers,
    Rule.FIRST_MISSED: _missed_blockers,
    Rule.NOT_PAID: _payment_blockers,
    Rule.CASH_SHORT: _short_blockers,
    Rule.UNCONFIRMED_DEBITS: _unconfirmed_blockers,
}
