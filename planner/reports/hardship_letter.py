"""A letter or a script to copy or to print, in the language of the lender, whatever the window speaks."""

from __future__ import annotations

from datetime import date

from planner import i18n
from planner.i18n import explain
from planner.services.letters import Letter, LetterLine, LineKind


def letter_text(letter: Letter, language: str, number_format: str = "") -> str:
    """A letter or a script as plain text, to be copied and changed.

    Args:
        letter: The letter.
        language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    with i18n.speaking(language, number_format, is_formal=letter.is_letter):
        lines = [LetterLine(letter.title, LineKind.HEADING)] if not letter.is_letter else []
        return "\n".join(_written([*lines, *letter.lines])) + "\n"


def _written(lines: list[LetterLine]) -> list[str]:
    """Its lines, with an empty one between all but items of one row."""
    written: list[str] = []
    before: LineKind | None = None
    for line in lines:
        is_close = line.kind is LineKind.ITEM and before in {LineKind.ITEM, LineKind.HEADING}
        if before is not None and not is_close:
            written.append("")
        text = explain(line.text)
        written.append(f"– {text}" if line.kind is LineKind.ITEM else text)
        before = line.kind
    return written


def letter_pdf(letter: Letter, today: date, language: str, number_format: str = "") -> bytes:
    """A letter or a script as a PDF; the same in the same language gives the same bytes.

    Args:
        letter: The letter.
        today: The day of its data.
        language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    from planner.reports.hardship_document import (  # noqa: PLC0415 - brings matplotlib, half a second
        written_letter,
    )
    from planner.reports.typeset import typeset  # noqa: PLC0415 - brings typst, a tenth

    return typeset(written_letter(letter, today, language, number_format))
