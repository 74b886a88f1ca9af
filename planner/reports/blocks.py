"""What a report is set from: headings, texts, tables, charts, and the appendix of workings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.domain.derivation import Derivation, Working
from planner.i18n import _, explain, show, source_words

Block = dict[str, Any]
Row = Sequence["str | Block"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its heading, in the reader's language.
        is_number: Whether it holds figures, which stand at the right.
        share: How much of the room that is left it takes; 0 for as little as it needs.
    """

    title: str
    is_number: bool = False
    share: float = 0


def heading(text: str, level: int = 1) -> Block:
    """A heading."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str, *, is_quiet: bool = False) -> Block:
    """A paragraph; a quiet one explains what stands above it."""
    return {"kind": "text", "text": text, "quiet": is_quiet}


def bullets(items: Iterable[str]) -> Block:
    """A list of quiet lines."""
    return {"kind": "list", "items": list(items)}


def new_page() -> Block:
    """Go on with a new page."""
    return {"kind": "page"}


def cell(text: str, note: str = "", *, is_bold: bool = False, span: int = 1) -> Block:
    """A cell of a table with more than a text.

    Args:
        text: The text.
        note: A quieter line below it.
        is_bold: Whether it is a figure to be seen first.
        span: How many columns it takes.
    """
    return {"text": text, "note": note, "bold": is_bold, "span": span}


def bold(text: str) -> Block:
    """A cell with a figure to be seen first."""
    return cell(text, is_bold=True)


def chart(number: int, words: str) -> Block:
    """A chart.

    Args:
        number: Its place among the charts.
        words: What it shows, for those who do not see it.
    """
    return {"kind": "chart", "number": number, "alt": words}


def table(columns: Sequence[Column], rows: Iterable[Row], total: Row = ()) -> Block:
    """A table whose header is repeated on every page that it goes on to."""
    titles = [
        {"title": column.title, "number": column.is_number, "share": column.share} for column in columns
    ]
    return {"kind": "table", "columns": titles, "rows": [list(row) for row in rows], "total": list(total)}


def blank_lines(titles: Sequence[str], count: int) -> Block:
    """Lines to write on."""
    return {"kind": "lines", "columns": list(titles), "count": count}


@dataclass
class Appendix:
    """How the figures were made: filled while the figures are written, printed at the end.

    Attributes:
        is_printed: Whether the report has it; figures refer to it only then.
        entries: The name of each figure, and how it was made.
    """

    is_printed: bool
    entries: list[tuple[str, Derivation]] = field(default_factory=list)

    def short(self, title: str, derivation: Derivation) -> str:
        """How a figure was made in one line, with where it is told in full.

        Args:
            title: The name of the figure.
            derivation: How it was made.
        """
        rule = explain(derivation.rule)
        place = self.place(title, derivation)
        return _("{rule} {place}").format(rule=rule, place=place) if place else rule

    def place(self, title: str, derivation: Derivation) -> str:
        """Where it is told in full how a figure was made; empty if it is not."""
        if not self.is_printed:
            return ""
        self.entries.append((title, derivation))
        return _("(see A{number})").format(number=len(self.entries))

    def blocks(self) -> list[Block]:
        """The appendix."""
        if not self.entries:
            return []
        blocks = [heading(_("How the figures were made"))]
        for number, (title, derivation) in enumerate(self.entries, 1):
            blocks += [
                heading(_("A{number}. {title}").format(number=number, title=title), 2),
                paragraph(explain(derivation.rule)),
                *_workings(derivation),
            ]
        return blocks


def _workings(derivation: Derivation) -> list[Block]:
    blocks = []
    if derivation.given:
        given = (Column(_("What went in")), Column(_("Value"), is_number=True), Column(_("Source"), share=1))
        rows = [
            (explain(each.label), show(each.value), source_words(each.source)) for each in derivation.given
        ]
        blocks.append(table(given, rows))
    if derivation.workings:
        steps = (Column(_("Step by step"), share=1), Column(_("Result"), is_number=True))
        blocks.append(table(steps, [(explain(each.text), _result(each)) for each in derivation.workings]))
    if derivation.rounding is not None:
        blocks.append(paragraph(explain(derivation.rounding), is_quiet=True))
    return blocks


def _result(working: Working) -> str:
    return "" if working.result is None else show(working.result)


def sources_of(derivations: Iterable[Derivation | None]) -> list[str]:
    """Who says what went in, each source once."""
    told = [
        source_words(given.source)
        for derivation in derivations
        if derivation is not None
        for given in derivation.given
        if given.source is not None
    ]
    return list(dict.fromkeys(told))
