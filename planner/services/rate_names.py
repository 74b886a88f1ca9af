"""What a true rate is called, by the convention that it is worked out by; the same name everywhere.

China shows the monthly rate times twelve and the compounded one (PBoC announcement [2021] No. 3). In the
EU and the UK there is one figure, the APR or TAEG (Directive 2008/48/EC, Annex I), in the US another one,
the APR of Regulation Z (12 CFR 1026, Appendix J): there no second figure is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.apr import Convention
from planner.domain.derivation import Derived
from planner.domain.offers.compared import Outcome
from planner.domain.offers.cost_card import CostCard
from planner.domain.offers.figures import made_effective, made_nominal, of_outcome
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class RateColumn:
    """A true rate as a column of a comparison.

    Attributes:
        title: What it is called, a msgid.
        shown: What of an outcome it shows: a range of rates, or words.
        made: How that was made.
        rate: What it is sorted by.
    """

    title: str
    shown: Callable[[Outcome], Any]
    made: Callable[[Outcome], Derived[Span[Rate]] | None]
    rate: Callable[[Outcome], Span[Rate] | None]


def made_rate(outcome: Outcome) -> Derived[Span[Rate]] | None:
    """The true rate as its convention puts it first, and how that was made."""
    return of_outcome(outcome, outcome.rate)


def _of_rate(title: str) -> RateColumn:
    return RateColumn(title, lambda outcome: outcome.rate, made_rate, lambda outcome: outcome.rate)


SIMPLE = RateColumn(
    N_("True rate, 12 × monthly"),
    lambda outcome: outcome.nominal,
    made_nominal,
    lambda outcome: outcome.nominal,
)
COMPOUNDED = RateColumn(
    N_("True rate, compounded"),
    lambda outcome: outcome.effective,
    made_effective,
    lambda outcome: outcome.effective,
)
TAEG = _of_rate(N_("APR (TAEG)"))
REG_Z = _of_rate(N_("APR (Reg Z)"))


def rate_words(told: Outcome | CostCard) -> Phrase | None:
    """The true rate with its name, as its convention has it; None where there is none."""
    if told.rate is None:
        return None
    convention, rate, nominal, effective = _figures(told)
    if convention is Convention.EU:
        return Phrase("APR (TAEG) {rate}", rate=rate)
    if convention is Convention.US:
        return Phrase("APR (Reg Z) {rate}", rate=rate)
    if nominal is None:
        return Phrase("true rate {effective} compounded", effective=effective)
    return Phrase(
        "true rate {nominal} (12 × monthly), {effective} compounded", nominal=nominal, effective=effective
    )


def named_rate(told: Outcome | CostCard) -> tuple[str, Phrase | None]:
    """What the true rate is called, a msgid, and how high it is; None where there is none."""
    convention, rate, nominal, effective = _figures(told)
    titles = {Convention.EU: TAEG.title, Convention.US: REG_Z.title}
    title = titles.get(convention, MIXED.title)
    if rate is None or convention in titles:
        return title, Phrase("{rate}", rate=rate) if rate is not None else None
    if nominal is None:
        return title, Phrase("{effective} compounded", effective=effective)
    return title, Phrase(
        "{nominal} (12 × monthly), {effective} compounded", nominal=nominal, effective=effective
    )


_Figure = Derived[Span[Rate]] | None


def _figures(told: Outcome | CostCard) -> tuple[Convention, _Figure, _Figure, _Figure]:
    if isinstance(told, Outcome):
        return told.ends[0].convention, made_rate(told), made_nominal(told), made_effective(told)
    made = told.rate
    if made is None:
        return told.convention, None, None, None
    nominal, effective = (
        Derived(value, lambda: made.derivation) if value is not None else None
        for value in (told.nominal, told.effective)
    )
    return told.convention, made, nominal, effective


MIXED = RateColumn(N_("True rate"), rate_words, made_rate, lambda outcome: outcome.rate)

RATE_COLUMNS: Mapping[Convention | None, tuple[RateColumn, ...]] = {
    Convention.CHINA: (SIMPLE, COMPOUNDED),
    Convention.EU: (TAEG,),
    Convention.US: (REG_Z,),
    None: (MIXED,),
}
"""The columns of a comparison, by the convention of all its rates; None where they have several."""
