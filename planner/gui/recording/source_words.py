"""What stands beside a figure: who says so, since when, and whether that is long ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.domain.account import Product
from planner.domain.sourced import Claim, Reliability, Source
from planner.i18n import _, ngettext, show, source_words


def dated_source_words(source: Source, today: date) -> str:
    """Who says so and when somebody looked; where that is more than a year ago, that too."""
    words = source_words(source)
    if source.origin.is_own and source.checked is not None:
        words = _("{source}, noted on {date}").format(source=words, date=show(source.checked))
    if not source.is_stale_on(today):
        return words
    return _("{source} – that is more than a year ago").format(source=words)


def stale_words(checked: date) -> str:
    """What is said of a sheet that nobody has looked at for more than a year."""
    return _("Last checked {date}, more than a year ago.").format(date=show(checked))


def described(product: Product) -> str:
    """What a product is, with who says so; empty where nobody does."""
    if not product.description:
        return ""
    text = _(product.description)
    if product.description_source is None:
        return text
    return _("{text} – {source}").format(text=text, source=source_words(product.description_source))


def fictitious_words(claims: Iterable[Claim[object]]) -> str:
    """What is said where sources declare themselves fictitious; empty if none does."""
    count = sum(claim.source.reliability is Reliability.FICTITIOUS for claim in claims)
    if not count:
        return ""
    return ngettext(
        "{count} source declares itself fictitious: it is named, but does not count.",
        "{count} sources declare themselves fictitious: they are named, but do not count.",
        count,
    ).format(count=show(count))
