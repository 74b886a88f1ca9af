"""What changed since a plan was adopted: in the record, and in what is best now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.adopted.misfit import Misfit, MisfitKind
from planner.domain.adopted.plan import AdoptedPlan, PlannedPayment
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import Decision, Option
from planner.phrases import Phrase


class ChangeKind(StrEnum):
    """In which way something changed.

    NEW, GONE, LESS, MORE and REFUSED are changes of the record; CHEAPER, DEARER and OTHER of what is best.
    """

    NEW = "new"
    GONE = "gone"
    LESS = "less"
    MORE = "more"
    REFUSED = "refused"
    CHEAPER = "cheaper"
    DEARER = "dearer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change.

    Attributes:
        kind: In which way.
        account_id: Whose debt.
        words: What, in a sentence.
        decision_id: The debt; empty for what is in no decision any more.
    """

    kind: ChangeKind
    account_id: str
    words: Phrase
    decision_id: str = ""


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What changed since a plan was adopted.

    Attributes:
        plan: The plan.
        changes: Each change, those of the record first.
    """

    plan: AdoptedPlan
    changes: tuple[PlanChange, ...]

    def of(self, *kinds: ChangeKind) -> tuple[PlanChange, ...]:
        """The changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def words(self) -> tuple[Phrase, ...]:
        """Everything that changed, in sentences; that nothing did, if so."""
        if not self.changes:
            return (Phrase("Nothing has changed since the plan of {date}.", date=self.plan.adopted_on),)
        return tuple(change.words for change in self.changes)


_OF_MISFIT = {
    MisfitKind.NEW: ChangeKind.NEW,
    MisfitKind.GONE: ChangeKind.GONE,
    MisfitKind.LESS: ChangeKind.LESS,
    MisfitKind.MORE: ChangeKind.MORE,
    MisfitKind.REFUSED: ChangeKind.REFUSED,
}


def changes_since(
    plan: AdoptedPlan,
    misfits: Iterable[Misfit],
    choices: Sequence[tuple[Decision, Option]],
    today: date,
    accounts: Mapping[str, str],
    still_open: Mapping[str, Money],
) -> PlanChanges:
    """What changed since a plan was adopted.

    A debt is compared where the plan has it: what the plan still means to pay for it from today on, with
    what is best now. What was planned before today and is still open counts as meant for today, and what
    was paid ahead is not meant any more.

    Args:
        plan: The plan.
        misfits: Where it does not fit the record any more.
        choices: What is best now.
        today: The day.
        accounts: What the user calls each account, by its id.
        still_open: What is open of each due, by its id.
    """
    found = []
    of_due = {due_id: decision.id for decision, _option in choices for due_id in decision.due_ids}
    for misfit in misfits:
        decision_id = of_due.get(misfit.due_id, "")
        found.append(PlanChange(_OF_MISFIT[misfit.kind], misfit.account_id, misfit.words, decision_id))
    for decision, option in choices:
        ids = set(decision.due_ids)
        meant = [payment for payment in plan.still_meant if payment.due_id in ids]
        if meant:
            left = sum_of((still_open[due_id] for due_id in decision.due_ids), plan.currency)
            planned = _left(meant, left, today)
            found += _of_choice(plan, planned, decision, option, accounts)
    return PlanChanges(plan, tuple(found))


def _of_choice(
    plan: AdoptedPlan,
    planned: tuple[tuple[date, Money], ...],
    decision: Decision,
    option: Option,
    accounts: Mapping[str, str],
) -> list[PlanChange]:
    if planned == option.high.payments:
        return []
    total = sum_of((amount for _on, amount in planned), plan.currency)
    before = max(total - decision.owed, total.zero)
    now = option.high.cost
    values = {
        "account": accounts.get(decision.account_id, "–"),
        "what": decision.label,
        "way": option.label,
        "date": plan.adopted_on,
    }
    difference = now - before
    if not difference:
        text = Phrase(
            "{account}: {what}: {way} is best now, at the same cost as in the plan of {date}.", **values
        )
        return [PlanChange(ChangeKind.OTHER, decision.account_id, text, decision.id)]
    amount = Money(abs(difference.minor), plan.currency)
    made = Derived(amount, lambda: _difference(before, now, amount))
    if difference.minor < 0:
        text = Phrase(
            "{account}: {what}: {way} is best now. It costs {amount} less than going on as in the plan of "
            "{date}.",
            amount=made,
            **values,
        )
        return [PlanChange(ChangeKind.CHEAPER, decision.account_id, text, decision.id)]
    text = Phrase(
        "{account}: {what}: {way} is best now. It costs {amount} more than was planned on {date}.",
        amount=made,
        **values,
    )
    return [PlanChange(ChangeKind.DEARER, decision.account_id, text, decision.id)]


def _left(meant: Iterable[PlannedPayment], still_open: Money, today: date) -> tuple[tuple[date, Money], ...]:
    """What a plan still means to pay: from today on, and today what should have been paid before.

    What was paid ahead settles the earliest payments; the costs that the plan expects stay.
    """
    coming = sorted((payment for payment in meant if payment.on >= today), key=lambda payment: payment.on)
    on_record = sum_of((payment.on_record for payment in coming), still_open.currency)
    ahead = max(on_record - still_open, still_open.zero)
    # A cost that was expected may be recorded by now: it is in the payments already.
    in_all = sum_of((payment.amount for payment in coming), still_open.currency)
    missing = max(still_open - in_all, still_open.zero)
    days = {today: missing}
    for payment in coming:
        made = min(ahead, payment.on_record)
        ahead -= made
        days[payment.on] = days.get(payment.on, missing.zero) + payment.amount - made
    return tuple((on, amount) for on, amount in sorted(days.items()) if amount)


def _difference(before: Money, now: Money, amount: Money) -> Derivation:
    rule = Phrase("The difference = what the debt costs from today on, as planned and as it is best now")
    given = (
        Given(Phrase("Cost from today on, as planned"), before),
        Given(Phrase("Cost of what is best now"), now),
    )
    return Derivation(rule, given, (Working(Phrase("The difference"), amount),))
