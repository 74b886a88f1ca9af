"""What paying only the minimum comes to, in the same words everywhere."""

from __future__ import annotations

from planner.domain.minimum.figures import MinimumCost, Sooner
from planner.domain.minimum.path import FURTHEST, Fate, Path
from planner.domain.money import Money
from planner.domain.recorded import as_recorded
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.services.minimum import MinimumOutlook

_YEAR = 12


def months_words(cost: MinimumCost) -> Phrase:
    """How long it takes: a number of months or a range of them, longer than can be told, or never."""
    if cost.low is None or cost.high is None:
        return Phrase("not known")
    low, high, known = cost.low.path, cost.high.path, _months(cost)
    if len(known) > 1 and known[0] != known[1]:
        return Phrase.counted("{low} to {count} month", "{low} to {count} months", known[1], low=known[0])
    if low.fate is high.fate:
        return _length(high)
    return Phrase("{low}, or {high}", low=_length(low), high=_length(high))


def _months(cost: MinimumCost) -> list[int]:
    """The numbers of months of the ends that are over one day; cheaper need not be sooner."""
    return sorted(end.path.months for end in cost.ends if end.path.months is not None)


def _length(path: Path) -> Phrase:
    if path.months is not None:
        return Phrase.counted("{count} month", "{count} months", path.months)
    if path.fate is Fate.TOO_LONG:
        return Phrase("more than {years} years", years=FURTHEST // _YEAR)
    return Phrase("never over")


def years_words(cost: MinimumCost) -> Phrase | None:
    """The same in years, rounded to the nearest as statements have it; None where months say enough.

    Source: 12 CFR 1026.7(b)(12)(i)(B): in months if less than two years, else in years.
    """
    found = _months(cost)
    if not found or found[-1] < 2 * _YEAR:
        return None
    low, high = ((months + _YEAR // 2) // _YEAR for months in (found[0], found[-1]))
    if low == high or found[0] < 2 * _YEAR:
        return Phrase.counted("about {count} year", "about {count} years", high)
    return Phrase.counted("about {low} to {count} year", "about {low} to {count} years", high, low=low)


def length_words(cost: MinimumCost) -> Phrase:
    """How long it takes, in months and in years."""
    months, years = months_words(cost), years_words(cost)
    return Phrase("{months} ({years})", months=months, years=years) if years is not None else months


def total_words(cost: MinimumCost) -> Phrase:
    """All payments together."""
    return _amount(cost, [end.path.total for end in cost.ends])


def interest_words(cost: MinimumCost) -> Phrase:
    """All interest together."""
    return _amount(cost, [end.path.interest for end in cost.ends])


def _amount(cost: MinimumCost, amounts: list[Money | None]) -> Phrase:
    if not cost.ends:
        return Phrase("not known")
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return Phrase("no end to it")
    if len(known) < len(amounts):
        return Phrase("{amount}, or no end to it", amount=cost.made(known[0]))
    return Phrase("{amount}", amount=cost.made(Span(min(known), max(known))))


def never_over(cost: MinimumCost) -> Phrase | None:
    """What to know of a debt that the minimum does not lower; None where it does."""
    if cost.high is None or cost.high.path.fate is not Fate.NEVER:
        return None
    row = cost.high.path.rows[-1]
    figures = {"months": row.month, "amount": cost.made(row.left)}
    if cost.low is not None and cost.low.path.fate is Fate.NEVER:
        return Phrase(
            "The interest takes up all of the minimum: after {months} months {amount} would still be owed.",
            **figures,
        )
    return Phrase(
        "At the high end the interest takes up all of the minimum: after {months} months {amount} would "
        "still be owed.",
        **figures,
    )


def sooner_words(cost: MinimumCost, sooner: Sooner) -> Phrase:
    """What a steady payment comes to instead."""
    payment = cost.made(sooner.payment)
    each = Phrase("{payment} a month", payment=payment)
    if sooner.first is not None:
        each = Phrase(
            "{payment} a month from the second month on, after the first minimum of {first}",
            payment=payment,
            first=cost.made(sooner.first),
        )
    said = _steady_words(cost, sooner, each)
    if not sooner.below_until:
        return said
    return Phrase(
        "{steady} Up to month {month} the lender’s minimum is more: pay that then, and it is over sooner.",
        steady=said,
        month=sooner.below_until,
    )


def _steady_words(cost: MinimumCost, sooner: Sooner, each: Phrase) -> Phrase:
    """What a steady payment comes to, and how much less or more that is than with the minimum."""
    saved = sooner.saved
    figures = {"payment": each, "within": sooner.within, "total": cost.made(sooner.total)}
    if saved is None:
        return Phrase("With {payment}: over within {within} months, {total} in all.", **figures)
    nothing = saved.low.zero
    if saved.low >= nothing:
        return Phrase(
            "With {payment}: over within {within} months, {total} in all, {saved} less.",
            **figures,
            saved=cost.made(saved),
        )
    if saved.high <= nothing:
        return Phrase(
            "With {payment}: over within {within} months, {total} in all, {more} more than with the minimum.",
            **figures,
            more=cost.made(Span(-saved.high, -saved.low)),
        )
    return Phrase(
        "With {payment}: over within {within} months, {total} in all, {less} less to {more} more than with "
        "the minimum.",
        **figures,
        less=cost.made(saved.high),
        more=cost.made(-saved.low),
    )


def asked_words(outlook: MinimumOutlook) -> tuple[Phrase, ...]:
    """What the statement and the rule ask for."""
    found = []
    if outlook.stated is not None:
        stated = as_recorded(Phrase("Minimum, as the statement says"), outlook.stated)
        found.append(Phrase("Minimum, as the statement says: {amount}", amount=stated))
    if outlook.by_rule.amount is not None:
        found.append(Phrase("Minimum by the rule: {amount}", amount=outlook.by_rule.amount))
    if outlook.differs:
        found.append(
            Phrase("They differ: what the statement says counts, and the rule on record may be out of date.")
        )
    return tuple(found)


def beside_words(outlook: MinimumOutlook) -> tuple[Phrase, ...]:
    """What to know beside the path: the lost interest-free time, and the law."""
    found = []
    if outlook.lost is not None:
        found.append(
            Phrase(
                "Interest on the statement of {date}, from each purchase on: {amount}",
                date=outlook.lost.statement_on,
                amount=outlook.lost.interest,
            )
        )
    if outlook.most_months is not None:
        found.append(Phrase("By law it may take {months} months at most.", months=outlook.most_months))
    return tuple(found)


def all_words(outlook: MinimumOutlook) -> tuple[Phrase, ...]:
    """Everything to say about a minimum, in its order."""
    cost, path = outlook.cost, list[Phrase]()
    if cost.ends:
        path += [
            Phrase("If only the minimum is paid: {length}", length=length_words(cost)),
            Phrase("In all: {amount}", amount=total_words(cost)),
            Phrase("Of it interest: {amount}", amount=interest_words(cost)),
        ]
        never = never_over(cost)
        path += [never] if never is not None else []
        path += [sooner_words(cost, sooner) for sooner in cost.sooner]
    return (*asked_words(outlook), *path, *beside_words(outlook), *outlook.missing, *outlook.assumed)
