"""What a French lender may ask on top when a consumer credit is not paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Reliability, Source
from planner.domain.term import Indemnity
from planner.phrases import N_, Phrase

_LOOKED = date(2026, 11, 22)
_D312_16 = Source(
    N_("Code de la consommation, art. L312-39, D312-16 (lexbase.fr L0616K9P; juriblio.fr)"),
    _LOOKED,
    Reliability.HIGH,
)
_D312_17 = Source(
    N_("Code de la consommation, art. L312-38, D312-17 (doctrine.fr; legifrance LEGISCTA000032222063)"),
    _LOOKED,
    Reliability.HIGH,
)

# For contracts signed before 2026-11-20; the values for later ones were not found.
OLD_CONTRACTS_BEFORE = date(2026, 11, 20)
MOST_INDEMNITY: Mapping[Indemnity, Claim[Decimal]] = {
    Indemnity.ACCELERATED: Claim(Decimal("0.08"), _D312_16),
    Indemnity.UNPAID: Claim(Decimal("0.08"), _D312_17),
    Indemnity.POSTPONED: Claim(Decimal("0.04"), _D312_17),
}
_WORDS = {
    Indemnity.ACCELERATED: Phrase("Capital outstanding on the day of the default"),
    Indemnity.UNPAID: Phrase("Unpaid instalment"),
    Indemnity.POSTPONED: Phrase("Postponed instalment"),
}


def most_indemnity(amounts: Sequence[Money], of: Indemnity) -> Derived[Money]:
    """The greatest indemnity that French law allows when a consumer credit is not paid.

    8 % of the capital outstanding if the lender asks for all of it (D312-16); else 8 % of the unpaid
    instalments, or 4 % of those that it postpones (D312-17). Nothing else may be asked (L312-38). They
    hold for contracts signed before 2026-11-20.

    Source: Code de la consommation, art. L312-38, L312-39, D312-16, D312-17 (lexbase.fr L0616K9P;
    juriblio.fr; doctrine.fr LEGIARTI000032226106).

    Args:
        amounts: The instalments, or the capital outstanding; at least one.
        of: What they are.
    """
    part = MOST_INDEMNITY[of]
    together = sum_of(amounts, amounts[0].currency)
    found = together.times(part.value)
    return Derived(
        found,
        Derivation(
            Phrase("The greatest indemnity = the amount × the part that the law allows"),
            (
                *(Given(_WORDS[of], amount) for amount in amounts),
                Given(Phrase("The part that the law allows"), Rate(part.value), part.source),
            ),
            (Working(Phrase("{amount} × {part}", amount=together, part=Rate(part.value)), found),),
            Phrase("Rounded to the cent, half up."),
        ),
    )
