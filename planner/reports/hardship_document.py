"""The budget sheet and the letters to lenders put into words, in the language of those who read them."""

from __future__ import annotations

from datetime import date

from planner import i18n
from planner.domain.hardship.hardship import Hardship
from planner.i18n import _, explain, show
from planner.reports.blocks import Appendix, Block, bullets, heading, paragraph
from planner.reports.budget_sheet import budget_sheet, sheet_title, sheet_words
from planner.reports.document import made_document
from planner.reports.typeset import Document
from planner.services.letters import Letter, LineKind


def written_sheet(found: Hardship, today: date, in_language: str, number_format: str = "") -> Document:
    """Put a budget sheet into words.

    It speaks the reader's language while it runs, so only the thread of the windows may call it.

    Args:
        found: What can be offered to whom.
        today: The day of its data.
        in_language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    with i18n.speaking(in_language, number_format):
        blocks = budget_sheet(Appendix(is_printed=False), found, 1, is_for_lender=True)
        blocks += [paragraph(words, is_quiet=True) for words in sheet_words()]
        name = _("Name: ____________________")
        made_on = _("Made on {date}. {name}").format(date=show(today), name=name)
        return made_document(sheet_title(found), made_on, blocks, today, is_dense=True)


def written_letter(letter: Letter, today: date, in_language: str, number_format: str = "") -> Document:
    """Put a letter or a script into words; what holds for ``written_sheet`` holds here too.

    Args:
        letter: The letter.
        today: The day of its data.
        in_language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    with i18n.speaking(in_language, number_format, is_formal=letter.is_letter):
        about = (
            _("A draft: fill in what stands in square brackets before you send it.")
            if letter.is_letter
            else _("To have at hand in the call.")
        )
        title, blocks = explain(letter.title), letter_blocks(letter)
        return made_document(
            title, about, blocks, today, is_dense=not letter.is_letter, is_letter=letter.is_letter
        )


def letter_blocks(letter: Letter) -> list[Block]:
    """What a letter or a script is set from, in the language of the moment."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in letter.lines:
        text = explain(line.text)
        if line.kind is LineKind.ITEM:
            items.append(text)
            continue
        if items:
            blocks.append(bullets(items, is_quiet=False))
            items = []
        blocks.append(heading(text) if line.kind is LineKind.HEADING else paragraph(text))
    return [*blocks, bullets(items, is_quiet=False)] if items else blocks
