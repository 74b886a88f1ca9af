"""What a report says of lateness beside its cost: how often it was, and what it may lead to."""

from __future__ import annotations

from planner.domain.consequences.card import Cards
from planner.domain.late.counts import THREE_SIX_SOURCE, LateCounts
from planner.i18n import _, explain, source_names
from planner.reports.blocks import Block, Column, bullets, cell, heading, paragraph, table


def late_so_far(counts: LateCounts | None) -> list[Block]:
    """How often an account was late, and what many lenders look at; nothing where it never was."""
    if counts is None or not counts.times:
        return []
    blocks = [heading(_("Late so far"), 2), paragraph(explain(counts.words))]
    if counts.notes:
        source = _("Source: {source}").format(source=_(THREE_SIX_SOURCE))
        blocks.append(bullets([*map(explain, counts.notes), source]))
    return blocks


def what_may_follow(cards: Cards) -> list[Block]:
    """What being late may lead to, as far as it concerns the user now."""
    if not cards.first:
        return []
    rows = [
        (
            cell(_(card.title), is_bold=True),
            cell(_(card.text), _("Source: {source}").format(source=source_names(card.sources))),
        )
        for card in cards.first
    ]
    columns = (Column(_("Fact"), share=1), Column(_("What there is to say"), share=2))
    return [heading(_("What being late may lead to"), 2), table(columns, rows)]
