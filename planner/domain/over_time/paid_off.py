"""How much of each debt is paid, and how much is left."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.over_time.following import named
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class PaidOff:
    """How far a debt is paid.

    Attributes:
        id: Its id.
        label: What to call it.
        whole: What it came to, with its fees.
        left: What is still to pay of it.
    """

    id: str
    label: Phrase
    whole: Derived[Money]
    left: Derived[Money]

    @property
    def paid(self) -> Derived[Money]:
        """What is not to be paid any more: it was paid, came back or moved to a bill."""
        amount = self.whole.value - self.left.value

        def made() -> Derivation:
            given = (Given(Phrase("All of it"), self.whole), Given(Phrase("Still to pay"), self.left))
            return Derivation(
                Phrase("Done = all of it − what is still to pay"), given, (Working(Phrase("Done"), amount),)
            )

        return Derived(amount, made)


def paid_off(facts: DebtFacts) -> PaidOff:
    """How far a debt is paid.

    Args:
        facts: What the record says of it.
    """
    debt, plan = facts.debt, facts.plan
    currency = debt.open.currency
    whole = sum_of((due.amount for due in debt.dues), currency)
    label = debt.label
    if plan is not None:
        whole, label = plan.total, Phrase.own(plan.name)
    # A correction upwards or a charge may make more of it than it came to.
    whole = max(whole, debt.open)
    all_of_it = Phrase("All of a debt = what its dues or its rows come to, with their fees")
    still = Phrase("Still to pay = what is still to pay of each of its dues")
    return PaidOff(
        debt.id,
        named(facts.account, label),
        Derived(whole, lambda: Derivation(all_of_it, (), (Working(Phrase("All of it"), whole),))),
        Derived(
            debt.open,
            lambda: Derivation(still, tuple(Given(due.label, due.still_due) for due in debt.dues)),
        ),
    )
