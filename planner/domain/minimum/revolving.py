"""How long a French revolving credit may take."""

from __future__ import annotations

from planner.domain.money import Money

# The longest time to repay, in months, and up to which credit in euros the shorter one holds.
# Source: franfinance.fr, empruntis.com, solutis.fr (crédit renouvelable).
_SMALL, _MOST_OF_SMALL, _MOST = 300_000, 36, 60


def revolving_most_months(credit: Money) -> int:
    """The longest a crédit renouvelable may take: 36 months up to 3,000 EUR, 60 above.

    Source: franfinance.fr; empruntis.com; solutis.fr.

    Args:
        credit: The credit, in euros.
    """
    return _MOST_OF_SMALL if credit.minor <= _SMALL else _MOST
