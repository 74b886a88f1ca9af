"""By which rules a true rate is worked out, and what it is called there."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.account import ELSEWHERE, usual_country
from planner.domain.apr import Convention
from planner.phrases import Phrase

_BY_COUNTRY = {"CN": Convention.CHINA, "US": Convention.US}

CONVENTION_WORDS: Mapping[Convention, Phrase] = {
    Convention.CHINA: Phrase(
        "China: the monthly rate times twelve, and compounded over a year (PBoC announcement [2021] No. 3)"
    ),
    Convention.EU: Phrase(
        "European Union, France, United Kingdom: effective yearly rate, APR or TAEG "
        "(Directive 2008/48/EC, Annex I)"
    ),
    Convention.US: Phrase(
        "United States: rate of a unit-period times the periods of a year (12 CFR 1026, Appendix J)"
    ),
}


def convention_of(country: str, currency: str) -> Convention:
    """By which rules a lender of a country states the true rate.

    Source: PBoC announcement [2021] No. 3; 12 CFR 1026, Appendix J; Directive 2008/48/EC, Annex I, whose
    equation France (Code de la consommation, R. 314-1 ff.) and the United Kingdom (FCA Handbook, CONC App
    1.2) use too. Elsewhere the same equation is taken (own choice).

    Args:
        country: ISO 3166 code of whose law holds; empty or ELSEWHERE for the usual one of the currency.
        currency: ISO 4217 code.
    """
    law = usual_country(currency) if country in {"", ELSEWHERE} else country
    return _BY_COUNTRY.get(law, Convention.EU)
