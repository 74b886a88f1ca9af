"""What of a credit limit is taken and what is free, by what is recorded."""

from __future__ import annotations

from decimal import Decimal

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.phrases import Phrase


def free_of(limit: Money, taken: Derived[Money]) -> Derived[Money]:
    """What of a limit the recorded principal leaves, at least nothing.

    Args:
        limit: The limit, as the user entered it.
        taken: The principal that is still to pay.
    """
    left = limit - taken.value
    free = max(left, left.zero)
    rule = Phrase(
        "Free of the limit = the limit − the principal that is still to pay by this record, at least nothing"
    )
    workings = (Working(Phrase("Limit − principal"), left), Working(Phrase("Free"), free))
    return Derived(free, Derivation(rule, _given(limit, taken), workings))


def used_of(limit: Money, taken: Derived[Money]) -> Derived[Rate] | None:
    """How much of a limit the recorded principal takes, as a share; None for a limit of nothing.

    More than all of it is possible: a lender may lower a limit below what is owed.

    Args:
        limit: The limit, as the user entered it.
        taken: The principal that is still to pay.
    """
    if limit.minor <= 0:
        return None
    share = Rate(Decimal(taken.value.minor) / limit.minor)
    rule = Phrase("Used of the limit = the principal that is still to pay by this record ÷ the limit")
    workings = (Working(Phrase("Principal ÷ limit"), share),)
    rounding = Phrase("Shown to a hundredth of a per cent.")
    return Derived(share, Derivation(rule, _given(limit, taken), workings, rounding))


def _given(limit: Money, taken: Derived[Money]) -> tuple[Given, ...]:
    return (Given(Phrase("Limit"), limit), Given(Phrase("Principal still to pay"), taken))
