"""Who says so, for a report: each source once, under how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain.sourced import Reliability, Source
from planner.i18n import RELIABILITY_WORDS, _, joined, source_name


def by_reliability(sources: Iterable[Source]) -> str:
    """The names of some sources, the most reliable ones first; nothing without any.

    Args:
        sources: Who says so; what the user typed themselves is under their own contract or what they call it.
    """
    groups: dict[Reliability, dict[str, None]] = {}
    for source in sources:
        if source.name:
            groups.setdefault(source.reliability, {})[source_name(source)] = None
    return joined(
        _("{reliability}: {source}").format(reliability=_(words), source=", ".join(groups[reliability]))
        for reliability, words in RELIABILITY_WORDS.items()
        if reliability in groups
    )
