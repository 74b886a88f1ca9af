"""How the figures of one obligation were made: its amount, what was paid, the least to pay, its principal."""

from __future__ import annotations

from planner.domain.bill import LineKind
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.due import ORDER, PART_WORDS, Due
from planner.domain.money import Money
from planner.phrases import Phrase


def made_amount(due: Due) -> Derived[Money]:
    """What a due comes to, and how that was made."""
    rule = Phrase("What is due = all its parts together")
    return added(rule, due.given_parts, due.amount.currency)


def made_paid(due: Due) -> Derived[Money]:
    """What has been paid on a due or came back, and how that was made."""
    rule = Phrase("Paid = the payments and refunds that went to it, in the order of their dates")
    return added(rule, (part.given for part in due.paid), due.amount.currency)


def still_least(due: Due) -> Derived[Money]:
    """What is still to pay so that a due is not late, and how that was made."""
    return Derived(due.open_minimum, lambda: _least(due))


def still_principal(due: Due) -> Derived[Money]:
    """The principal of a due still to pay, and how that was made."""
    return Derived(due.open_principal, lambda: _principal(due))


def still_costs(due: Due) -> Derived[Money]:
    """The fees, interest and penalties of a due still to pay, and how that was made."""
    costs = due.open - due.open_principal
    return Derived(costs, lambda: _costs(due, costs))


def _least(due: Due) -> Derivation:
    whole = Given(Phrase("Still to pay"), due.still_due)
    if due.minimum is None:
        rule = Phrase("No minimum is known, so the least to pay is all that is still to pay.")
        return Derivation(rule, (whole,), (Working(Phrase("The least to pay"), due.open),))
    rule = Phrase(
        "The least to pay = the minimum − the payments that went to it, and never more than is still to "
        "pay; what came back from a seller does not count"
    )
    left = due.minimum - due.paid_by_user
    given = (
        Given(Phrase("Minimum, as the statement says"), due.minimum),
        *(part.given for part in due.paid if not part.is_refund),
        whole,
    )
    workings = (
        Working(Phrase("Minimum − payments, at least nothing"), max(left, left.zero)),
        Working(Phrase("The least to pay"), due.open_minimum),
    )
    return Derivation(rule, given, workings)


def _is_untouched(due: Due) -> bool:
    """Whether nothing was paid on it and nothing corrected, so that its parts are what is still to pay."""
    return not due.paid and not due.closed_on and not due.parts.get(LineKind.ADJUSTMENT)


def _principal(due: Due) -> Derivation:
    if _is_untouched(due):
        name = PART_WORDS[LineKind.PURCHASE]
        given = tuple(part for part in due.given_parts if part.label is name)
        return Derivation(
            Phrase("Nothing was paid on it yet, so all of its principal is still to pay."), given
        )
    rule = Phrase(
        "What was paid goes to penalties first, then to fees, then to interest; what is left of it lowers "
        "the principal. Never more principal is left than is still to pay."
    )
    left = due.paid_amount
    workings = []
    for kind in ORDER[:-1]:
        part = min(max(left, left.zero), due.parts.get(kind, left.zero))
        left -= part
        if part:
            workings.append(Working(Phrase("Paid on: {part}", part=PART_WORDS[kind]), part))
    workings.append(Working(Phrase("Left of it for the principal"), left))
    workings.append(Working(Phrase("Principal still to pay"), due.open_principal))
    return Derivation(rule, (*due.given_parts, *(part.given for part in due.paid)), tuple(workings))


def _costs(due: Due, costs: Money) -> Derivation:
    if _is_untouched(due):
        name = PART_WORDS[LineKind.PURCHASE]
        parts = tuple(part for part in due.given_parts if part.label is not name)
        text = Phrase("Nothing was paid on it yet, so all of its fees, interest and penalties are to pay.")
        return Derivation(text, parts, (Working(Phrase("Together"), costs),))
    rule = Phrase("Fees, interest and penalties still to pay = what is still to pay − its principal")
    given = (
        Given(Phrase("Still to pay"), due.still_due),
        Given(Phrase("Principal still to pay"), still_principal(due)),
    )
    return Derivation(rule, given, (Working(Phrase("Still to pay − principal"), costs),))
