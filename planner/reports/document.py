"""A report pack put into words: the same results as the windows, in the language of its readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from planner import i18n
from planner.charts.style import printable
from planner.domain.law.cap_flags import Flag
from planner.domain.offers.cost_card import CostCard
from planner.i18n import _, language, show
from planner.look import FONT_FAMILIES, LIGHT
from planner.phrases import N_
from planner.reports.blocks import Appendix, Block, heading, new_page, paragraph
from planner.reports.cash import cash
from planner.reports.cost_card import card_title, cost_card
from planner.reports.draft import Draft
from planner.reports.facts import bills, facts
from planner.reports.pack import Part, ReportPack
from planner.reports.payoff import payoff
from planner.reports.results import late, procedure, ways
from planner.reports.typeset import Document

PREVAIL = N_("This report shows what was recorded. The contract and the lender prevail.")

_TYPST_LANGUAGES = {
    "zh": {"lang": "zh", "region": "CN"},
    "en": {"lang": "en", "region": "GB"},
    "fr": {"lang": "fr", "region": "FR"},
}
_COLOURS = {
    "text": LIGHT.text,
    "quiet": LIGHT.quiet,
    "line": LIGHT.line,
    "sunken": LIGHT.sunken,
}


def written(pack: ReportPack, in_language: str, number_format: str = "") -> Document:
    """Put a report into words.

    It speaks the report's language while it runs, so only the thread of the windows may call it.

    Args:
        pack: What to show.
        in_language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    with i18n.speaking(in_language, number_format):
        return _document(Draft(pack))


def _document(draft: Draft) -> Document:
    pack = draft.pack
    blocks = [paragraph(_(PREVAIL), is_quiet=True)]
    if pack.has(Part.FACTS):
        blocks += facts(draft)
    if pack.has(Part.BILLS):
        blocks += bills(draft)
    worked = pack.worked
    if pack.has(Part.COMPARISON) and worked.comparison is not None:
        blocks += ways(draft, worked.comparison)
    if pack.has(Part.COST_CARD) and worked.card is not None:
        card = cost_card(draft.appendix, worked.card, worked.card_flags, 2)
        blocks += [new_page(), heading(card_title(worked.card)), *card, new_page()]
    if pack.has(Part.LATE) and worked.late is not None:
        blocks += late(draft, worked.late)
    if pack.has(Part.CASH) and worked.cash is not None:
        blocks += cash(draft, worked.cash)
    if pack.has(Part.PAYOFF) and worked.payoff is not None:
        blocks += payoff(draft, worked.payoff)
    if pack.has(Part.PROCEDURE) and worked.checklist is not None:
        blocks += procedure(draft, worked.checklist)
    blocks += draft.appendix.blocks()
    since, until = show(pack.parts.since), show(pack.parts.until)
    period = _("As recorded on {date}; payments since {since}, dues until {until}")
    subtitle = period.format(date=show(pack.today), since=since, until=until)
    return made_document(_("Repayment report"), subtitle, blocks, pack.today, draft.charts)


def written_card(
    card: CostCard, flags: Sequence[Flag], today: date, in_language: str, number_format: str = ""
) -> Document:
    """Put a cost card alone into words; what holds for ``written`` holds here too.

    Args:
        card: The card.
        flags: Where its true rate stands to the legal lines.
        today: The day of its data.
        in_language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    with i18n.speaking(in_language, number_format):
        blocks = cost_card(Appendix(is_printed=False), card, flags)
        worked_out = _("Worked out on {date}").format(date=show(today))
        blocks.append(paragraph(_(PREVAIL), is_quiet=True))
        return made_document(card_title(card), worked_out, blocks, today, is_dense=True)


def made_document(
    title: str,
    subtitle: str,
    blocks: list[Block],
    on: date,
    charts: Sequence[str] = (),
    *,
    is_dense: bool = False,
    is_letter: bool = False,
) -> Document:
    """A document of some blocks, in the language of the moment.

    Args:
        title: What stands above it.
        subtitle: The quieter line below the title.
        blocks: What it is set from.
        on: The day of its data.
        charts: Its charts, as SVG.
        is_dense: Whether it is set closer, to find room on one page.
        is_letter: Whether it is set as a letter: with room between its paragraphs, and no title above it.
    """
    content = {
        "title": title,
        "subtitle": subtitle,
        "footer": _("As recorded on {date}").format(date=show(on)),
        "page": _("Page {page} of {count}"),
        "language": _TYPST_LANGUAGES[language()],
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "fonts": [family.lower() for family in FONT_FAMILIES[:2]],
        "colours": _COLOURS,
        "dense": is_dense,  # to find room on one page
        "letter": is_letter,
        # A smaller title, and no type below 8.5 points.
        "compact": any(block["kind"] == "columns" for block in blocks),
        "blocks": blocks,
    }
    text = json.dumps(_cleaned(content), ensure_ascii=False, sort_keys=True)
    return Document(text, tuple(charts), on)


def _cleaned(value: object) -> object:
    """The same with every text as the bundled fonts can write it; PDF/UA allows no missing glyph."""
    if isinstance(value, str):
        return "\n".join(map(printable, value.split("\n")))
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    return value
