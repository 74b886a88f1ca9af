"""Whether something is offered: allowed, not now, forbidden or unclear, with the rule that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.sourced import Source
from planner.phrases import Phrase


class Verdict(StrEnum):
    """Whether a rule lets something happen, from the clearest yes to the clearest no.

    NOT_NOW is no ban: what it is meant for has not come yet.
    """

    ALLOWED = "allowed"
    UNCLEAR = "unclear"
    NOT_NOW = "not_now"
    FORBIDDEN = "forbidden"


VERDICT_WORDS = {
    Verdict.ALLOWED: Phrase("Allowed"),
    Verdict.UNCLEAR: Phrase("Unclear: ask the lender"),
    Verdict.NOT_NOW: Phrase("Not now"),
    Verdict.FORBIDDEN: Phrase("Not allowed"),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says.

    Attributes:
        verdict: Whether it allows it.
        text: The rule in words.
        source: Who says so; None for what follows from the record.
    """

    verdict: Verdict
    text: Phrase
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What all rules together say.

    Attributes:
        verdict: Whether it is allowed.
        rulings: What each rule says, the one that decides first.
    """

    verdict: Verdict
    rulings: tuple[Ruling, ...]

    @property
    def reason(self) -> Phrase:
        """The rule that decides, in words."""
        return self.rulings[0].text


def decided(
    conditions: Sequence[Ruling], claims: Sequence[Ruling], unknown: Ruling, differ: Phrase
) -> Eligibility:
    """What rules say together: what the record forbids first, else what the sources say.

    Sources that disagree leave it unclear, and each of them is named.

    Args:
        conditions: What the record or the law says in any case.
        claims: What each source says of the lender.
        unknown: What is said where no source does.
        differ: What is said where the sources disagree.
    """
    against = [ruling for ruling in conditions if ruling.verdict is Verdict.FORBIDDEN]
    others = [ruling for ruling in conditions if ruling.verdict is not Verdict.FORBIDDEN]
    if against:
        return Eligibility(Verdict.FORBIDDEN, (*against, *others, *claims))
    verdicts = {ruling.verdict for ruling in claims}
    if not verdicts:
        return Eligibility(unknown.verdict, (unknown, *others))
    if len(verdicts) > 1:
        return Eligibility(Verdict.UNCLEAR, (Ruling(Verdict.UNCLEAR, differ), *claims, *others))
    return Eligibility(claims[0].verdict, (*claims, *others))
