"""What may happen while something stays unpaid: usual and legal dates, each with who says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.late.acceleration import callable_from
from planner.domain.late.counts import LateCounts
from planner.domain.late.item import LateCase, LateItem
from planner.domain.late.law_abroad import abroad
from planner.domain.late.law_cn import in_china
from planner.domain.late.law_fr import in_france
from planner.domain.late.milestone import ARTICLE, CONTRACT, Milestone
from planner.domain.late.on_the_way import counts_ahead, published_marks, recorded_states
from planner.domain.sourced import Reliability
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase

__all__ = ["DIFFER", "Milestone", "milestones"]

# Shown under them, once.
DIFFER = N_("Lenders differ: these are usual or legal dates. Your contract and the lender prevail.")


def milestones(
    case: LateCase, terms: Terms, until: date, counts: LateCounts | None = None
) -> tuple[Milestone, ...]:
    """What may happen on the way, by date; what has none stands last.

    Args:
        case: What is or would be late.
        terms: The account's terms.
        until: The chosen day of paying.
        counts: How often the account was late before; None if nobody counted.
    """
    late = [item for item in case.items if not item.is_carried]
    # The article is on a Chinese lender.
    is_chinese = case.country == "CN"
    usual = ARTICLE if is_chinese else CONTRACT
    if not late:
        text = Phrase("The minimum is paid, so nothing here is late. Only the charge on the rest runs on.")
        return (Milestone(None, text, usual, Reliability.LOW),)
    first = min(item.due_on for item in late)
    found = [
        Milestone(
            first + timedelta(days=1),
            Phrase("Late from this day on, unless the lender grants days of grace."),
            N_(
                "Article “JD.COM's IOUs are overdue. How to communicate with customer service?”, "
                "machine-translated, undated; the contract"
            )
            if is_chinese
            else CONTRACT,
        ),
        *_others(late, first),
        *_grace(first, terms),
        *_acceleration([item.due_on for item in late], terms),
        *published_marks(case.marks, first, _shortest_grace(terms)),
        *recorded_states(case.states, first),
    ]
    match case.country:
        case "CN":
            found += in_china(late, first, until, counts)
            found += counts_ahead(case.three_in_row_on, case.six_in_all_on)
        case "FR":
            found += in_france(late, first)
        case country:
            found += abroad(country, first, is_card=_is_card(late, terms))
    reports = Phrase("When a lender reports to the credit register differs; ask before it matters.")
    found.append(Milestone(None, reports, usual, Reliability.LOW))
    return tuple(sorted(found, key=lambda milestone: milestone.on or date.max))


def _others(late: list[LateItem], first: date) -> Iterator[Milestone]:
    """From when on what was due later than the first is late too."""
    days = [item.due_on + timedelta(days=1) for item in late if item.due_on > first]
    if not days:
        return
    text = Phrase.counted(
        "{count} more of what is unpaid is late from this day on.",
        "{count} more of what is unpaid are late, one after another.",
        len(days),
    )
    yield Milestone(min(days), text, CONTRACT, until=max(days))


def _is_card(late: list[LateItem], terms: Terms) -> bool:
    """Whether it is a credit card, as its terms or bills tell: it has a minimum or an interest rate."""
    said = (terms.minimum, terms.minimum_rule, terms.interest_rate)
    is_said = any(not term.is_unknown for term in said)
    return is_said or any(item.minimum is not None and item.minimum < item.unpaid for item in late)


def _shortest_grace(terms: Terms) -> int:
    return 0 if terms.grace_days.is_unknown else terms.grace_days.lowest().value


def _grace(first: date, terms: Terms) -> Iterator[Milestone]:
    if terms.grace_days.is_unknown:
        return
    shortest = terms.grace_days.lowest()
    if not shortest.value:
        return
    last = first + timedelta(days=shortest.value)
    # The end of the day, None, is later than any hour.
    hours = [
        (claim.value, claim.source.name, claim.source)
        for claim in terms.grace_cutoff.counting
        if claim.value is not None
    ]
    if not hours:
        text = Phrase.counted(
            "The last of {count} day of grace: paid by then, it counts as in time.",
            "The last of {count} days of grace: paid by then, it counts as in time.",
            shortest.value,
        )
        yield Milestone.by(last, text, shortest.source)
        return
    earliest, _, said_by = min(hours, key=lambda each: each[:2])
    text = Phrase.counted(
        "The last of {count} day of grace: paid by {hour}, it counts as in time.",
        "The last of {count} days of grace: paid by {hour}, it counts as in time.",
        shortest.value,
        hour=f"{earliest:%H:%M}",
    )
    yield Milestone.by(last, text, shortest.source, said_by)


def _acceleration(missed_on: list[date], terms: Terms) -> Iterator[Milestone]:
    """From when everything may be asked for, as the contract says."""
    after = terms.acceleration_after
    if after.is_unknown:
        return
    fewest = after.lowest()
    days = callable_from(missed_on, after)
    text = Phrase.counted(
        "After {count} missed instalment the contract lets the lender ask for everything at once.",
        "After {count} missed instalments the contract lets the lender ask for everything at once.",
        fewest.value,
    )
    yield Milestone.by(days.low if days else None, text, fewest.source)
