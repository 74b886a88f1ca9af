"""An outcome in words: what it comes to, and why its true rate is not the advertised one."""

from __future__ import annotations

from planner.domain.apr import Convention
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome
from planner.domain.offers.offer import OfferKind
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.domain.term import FeeTiming
from planner.phrases import Phrase


def in_words(outcome: Outcome) -> Phrase:
    """What an offer comes to, in one line."""
    if outcome.not_comparable is not None:
        return outcome.not_comparable
    total, fees, rate = outcome.total, outcome.fees, outcome.rate
    if rate is None:
        return Phrase("{total} in all, {fees} of it fees", total=total, fees=fees)
    if _is_effective_only(outcome):
        return Phrase(
            "{total} in all, {fees} of it fees; APR (TAEG) {rate}", total=total, fees=fees, rate=rate
        )
    return Phrase(
        "{total} in all, {fees} of it fees; true rate {nominal} nominal, {effective} effective",
        total=total,
        fees=fees,
        nominal=outcome.nominal,
        effective=outcome.effective,
    )


def why_rate(outcome: Outcome, amount: Money) -> Phrase:
    """Why the true rate of an outcome is what it is, beside the advertised one.

    Args:
        outcome: What an offer comes to.
        amount: What is settled.
    """
    if outcome.not_comparable is not None:
        return outcome.not_comparable
    rate, advertised = outcome.rate, outcome.advertised
    if rate is None:
        reasons = (end.no_rate for end in outcome.ends if end.no_rate is not None)
        return next(reasons, Phrase("Nothing is lent beyond the due date, so there is no rate."))
    if advertised is None:
        return Phrase("No yearly rate is advertised; the true one is {rate}.", rate=rate)
    if not advertised.high and not any(end.fees for end in outcome.ends):
        return Phrase(
            "Nothing is charged: advertised {advertised}, and truly {nominal}.",
            advertised=advertised,
            nominal=rate,
        )
    if _is_effective_only(outcome):
        return _effective_only(outcome, advertised, rate, amount)
    return _both(outcome, advertised, amount)


def _is_effective_only(outcome: Outcome) -> bool:
    """Whether the convention has one figure, as in the EU, or no nominal rate was found."""
    return outcome.nominal is None or any(end.convention is Convention.EU for end in outcome.ends)


def _both(outcome: Outcome, advertised: Span[Rate], amount: Money) -> Phrase:
    figures = {"advertised": advertised, "nominal": outcome.nominal, "effective": outcome.effective}
    kind = outcome.offer.kind
    if kind is OfferKind.MINIMUM:
        return Phrase(
            "Advertised is {advertised} a year, which is the daily charge times 365. Counted on "
            "what is lent, over the days that are charged, it is {nominal} a year, or {effective} "
            "compounded.",
            **figures,
        )
    if kind is OfferKind.DEFERRAL:
        return Phrase(
            "Advertised is {advertised} a year. Counted on what is put off, for as long as it is, it is "
            "{nominal} a year, or {effective} compounded.",
            **figures,
        )
    if kind.bears_interest or outcome.offer.when_paid == (FeeTiming.DECLINING,):
        return Phrase(
            "Advertised is {advertised} a year on what is still owed. With everything that is paid, and "
            "when, it is {nominal} a year, or {effective} compounded.",
            **figures,
        )
    return Phrase(
        "Advertised is {advertised} a year: the fee of each month is counted on the whole {amount}, although "
        "each payment leaves less of it owed. Counted on what is really still owed, it is {nominal} a year, "
        "or {effective} compounded.",
        amount=amount,
        **figures,
    )


def _effective_only(outcome: Outcome, advertised: Span[Rate], rate: Span[Rate], amount: Money) -> Phrase:
    kind = outcome.offer.kind
    if kind is OfferKind.MINIMUM:
        return Phrase(
            "Advertised is {advertised} a year, which is the daily charge times 365. Counted on "
            "what is lent, over the days that are charged, the APR (TAEG) is {rate}.",
            advertised=advertised,
            rate=rate,
        )
    if kind is OfferKind.DEFERRAL:
        return Phrase(
            "Advertised is {advertised} a year. Counted on what is put off, for as long as it is, the APR "
            "(TAEG) is {rate}.",
            advertised=advertised,
            rate=rate,
        )
    if kind.bears_interest or outcome.offer.when_paid == (FeeTiming.DECLINING,):
        return Phrase(
            "Advertised is {advertised} a year on what is still owed. With everything that is paid, and "
            "when, and with interest on interest, the APR (TAEG) is {rate}.",
            advertised=advertised,
            rate=rate,
        )
    return Phrase(
        "Advertised is {advertised} a year: the fee of each month is counted on the whole {amount}, although "
        "each payment leaves less of it owed. Counted on what is really still owed, the APR (TAEG) is "
        "{rate}.",
        advertised=advertised,
        amount=amount,
        rate=rate,
    )
