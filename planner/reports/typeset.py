"""Words and figures to PDF, by typst."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from planner.paths import resources

if TYPE_CHECKING:
    import typst


@dataclass(frozen=True, slots=True)
class Document:
    """A report in words, ready to be set; nothing in it depends on the reader any more.

    Attributes:
        content: The texts and tables, as the template reads them.
        charts: The charts as SVG.
        on: The day of its data, which also dates the file.
    """

    content: str
    charts: tuple[str, ...]
    on: date


def typeset(document: Document) -> bytes:
    """Set a document as a tagged PDF; it may run in any thread.

    Only the bundled fonts are used. What users wrote travels as data, so no text of theirs is read as a
    command of the template.
    """
    import typst

    return typst.compile(
        (resources() / "reports" / "pack.typ").read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": document.content, "charts": json.dumps(document.charts)},
        pdf_standards="ua-1",  # tagged, so that it can be read aloud, with a title and a language
        timestamp=datetime.combine(document.on, datetime.min.time(), UTC),
    )


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resources() / "fonts")]
    )
