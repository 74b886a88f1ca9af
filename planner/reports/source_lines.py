"""Who says so, for a report: each source once, under how far it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.domain.sourced import Reliability, Source
from planner.i18n import RELIABILITY_WORDS, _, joined, source_name

# Where a name is that of several sources: how each language sets one apart from the next.
_APART = re.compile(r"\s*[;；]\s*")


def each_once(sources: Iterable[Source]) -> list[str]:
    """The names of some sources, the most reliable ones first, each on a line of its own and once.

    A name of several sources is taken apart, and one that only goes on from another's, such as
    with the place within an article, counts as that one.

    Args:
        sources: Who says so.
    """
    order = list(RELIABILITY_WORDS)
    ordered = sorted(sources, key=lambda source: order.index(source.reliability))
    said: dict[str, tuple[str, Reliability]] = {}
    for source in ordered:
        for name in _APART.split(source_name(source)):
            if name:
                said.setdefault(name.casefold(), (name, source.reliability))
    return [
        _("{reliability}: {source}").format(reliability=_(RELIABILITY_WORDS[reliability]), source=name)
        for key, (name, reliability) in said.items()
        if not any(key != other and key.startswith(other) for other in said)
    ]


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
