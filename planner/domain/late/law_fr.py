"""What may happen in France while something stays unpaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.domain.dates import add_months
from planner.domain.late.indemnity import MOST_INDEMNITY, OLD_CONTRACTS_BEFORE, most_indemnity
from planner.domain.late.item import LateItem
from planner.domain.late.milestone import Milestone
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate
from planner.domain.sourced import Reliability
from planner.domain.term import Indemnity
from planner.phrases import N_, Phrase

_SIXTY_DAYS = 60
_FORCLUSION_MONTHS = 24
_FICP = N_("service-public, F17608; soccofin.fr")
# Whether an account that is no instalment credit may be registered.
FICP_LEAST = 500


def in_france(late: Sequence[LateItem], first: date) -> Iterator[Milestone]:
    """What may happen in France, in no order.

    Args:
        late: What is late or would be by due date, at least one.
        first: The first due date missed.
    """
    unpaid = [item.unpaid for item in late]
    together = sum_of(unpaid, unpaid[0].currency)
    yield Milestone(
        None,
        Phrase(
            "In France, for a consumer loan signed before {date}, the lender may ask for at most 8 % of "
            "the unpaid instalments, here {amount}, and for nothing else unless it ends the contract.",
            date=OLD_CONTRACTS_BEFORE,
            amount=most_indemnity(unpaid, Indemnity.UNPAID).value,
        ),
        N_("Code de la consommation, art. D312-17, L312-38"),
        Reliability.HIGH,
    )
    yield Milestone(
        None,
        Phrase(
            "If the lender puts instalments off, it may ask for at most {part} of those that it puts off.",
            part=Rate(MOST_INDEMNITY[Indemnity.POSTPONED].value),
        ),
        N_("Code de la consommation, art. D312-17"),
        Reliability.HIGH,
    )
    yield Milestone(
        None,
        Phrase(
            "If the lender ends the contract, it may ask for the capital outstanding and the interest due at "
            "once, with interest at the rate of the loan and at most {part} of that capital.",
            part=Rate(MOST_INDEMNITY[Indemnity.ACCELERATED].value),
        ),
        N_("Code de la consommation, art. L312-39, D312-16"),
        Reliability.HIGH,
    )
    yield Milestone(
        first + timedelta(days=1),
        Phrase("From the first missed instalment on, the lender has to warn you of what may follow."),
        N_("Code de la consommation, art. L312-36"),
        Reliability.HIGH,
    )
    yield from _register(late, first, together)
    yield Milestone(
        add_months(first, _FORCLUSION_MONTHS),
        Phrase(
            "Two years after the first unpaid instalment, a lender that has not gone to court is too late to."
        ),
        N_("Forclusion of consumer credit; General knowledge, unverified"),
        Reliability.LOW,
    )
    yield Milestone(
        None,
        Phrase("A judge may put payments off or spread them, for two years at most."),
        N_("Code civil, art. 1343-5; General knowledge, unverified"),
        Reliability.LOW,
    )


def _register(late: Sequence[LateItem], first: date, together: Money) -> Iterator[Milestone]:
    """The register of payment incidents."""
    days = [first + timedelta(days=_SIXTY_DAYS), *(item.due_on + timedelta(days=1) for item in late[1:2])]
    yield Milestone(
        min(days),
        Phrase(
            "In France a lender may report to the FICP register when two monthly instalments are missed "
            "or 60 days have passed. It has to warn first and leave 30 days to pay."
        ),
        _FICP,
    )
    if together.decimal >= FICP_LEAST:
        yield Milestone(
            None,
            Phrase(
                "Other credit may be reported to the FICP when {amount} or more is unpaid 60 days after a "
                "formal notice, and any when the lender has asked for everything.",
                amount=Money.of(FICP_LEAST, together.currency),
            ),
            _FICP,
        )
    yield Milestone(
        None,
        Phrase(
            "An entry in the FICP goes as soon as everything is paid, and after five years at the latest."
        ),
        _FICP,
    )
