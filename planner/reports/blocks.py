"""What a report is set from: headings, texts, tables, charts, and the appendix of workings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.i18n import _, explain, show, source_words

# Inputs or steps as many as these are not told twice.
_MANY = 4
_SHORT = 24  # of a source, in letters, so that the names of the inputs get more room

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


def bullets(items: Iterable[str], *, is_quiet: bool = True) -> Block:
    """A list of lines; quiet ones explain what stands above them."""
    return {"kind": "list", "items": list(items), "quiet": is_quiet}


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


def table(
    columns: Sequence[Column], rows: Iterable[Row], total: Row = (), *, is_small: bool = False
) -> Block:
    """A table whose header is repeated on every page that it goes on to.

    Args:
        columns: Its columns.
        rows: Its rows.
        total: Its last row.
        is_small: Whether it is to be looked up rather than read.
    """
    titles = [
        {"title": column.title, "number": column.is_number, "share": column.share} for column in columns
    ]
    return {
        "kind": "table",
        "columns": titles,
        "rows": [list(row) for row in rows],
        "total": list(total),
        "small": is_small,
    }


def blank_lines(titles: Sequence[str], count: int) -> Block:
    """Lines to write on."""
    return {"kind": "lines", "columns": list(titles), "count": count}


@dataclass
class Appendix:
    """How the figures were made: filled while the figures are written, printed at the end.

    A figure that is named in several places is told once. An input that is a result itself has an entry of
    its own, unless there is nothing more to tell of it than who says so.

    Attributes:
        is_printed: Whether the report has it; figures refer to it only then.
        entries: The name of each figure, and the figure with how it was made.
    """

    is_printed: bool
    entries: list[tuple[str, Derived[Any]]] = field(default_factory=list)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)
    _inputs: list[tuple[tuple[Given, ...], int]] = field(default_factory=list)
    _steps: list[tuple[tuple[Given, ...], tuple[Working, ...], int]] = field(default_factory=list)

    def short(self, title: str, figure: Derived[Any]) -> str:
        """How a figure was made in one line, with where it is told in full.

        Args:
            title: The name of the figure.
            figure: The figure.
        """
        rule = explain(figure.derivation.rule)
        place = self.place(title, figure)
        return _("{rule} {place}").format(rule=rule, place=place) if place else rule

    def place(self, title: str, figure: Derived[Any] | None) -> str:
        """Where it is told in full how a figure was made; empty if there is nothing more to tell."""
        if not self.is_printed or figure is None or is_as_recorded(figure):
            return ""
        return _("(see A{number})").format(number=self._number(title, figure))

    def _number(self, title: str, figure: Derived[Any]) -> int:
        key = _key(figure)
        if key not in self._numbers:
            same = (n for n, entry in enumerate(self.entries, 1) if entry == (title, figure))
            self._numbers[key] = next(same, len(self.entries) + 1)
            if self._numbers[key] > len(self.entries):
                self.entries.append((title, figure))
        return self._numbers[key]

    def blocks(self) -> list[Block]:
        """The appendix."""
        if not self.entries:
            return []
        blocks = [heading(_("How the figures were made"))]
        # While an entry is written, its inputs may become entries themselves.
        for number, (title, figure) in enumerate(self.entries, 1):
            value = show(figure)
            # A title may be a sentence that says the figure already.
            name = _("A{number}. {title}") if value in title else _("A{number}. {title}: {value}")
            blocks += [
                heading(name.format(number=number, title=title, value=value), 2),
                paragraph(explain(figure.derivation.rule)),
                *self._workings(figure.derivation, number),
            ]
        return blocks

    def _workings(self, derivation: Derivation, number: int) -> list[Block]:
        blocks = []
        known = next((known for given, known in self._inputs if given == derivation.given), number)
        if known != number:
            blocks.append(paragraph(_("What went in is the same as in A{number}.").format(number=known)))
        elif derivation.given:
            blocks.append(self._given(derivation))
            if len(derivation.given) >= _MANY:
                self._inputs.append((derivation.given, number))
        if derivation.workings and not _is_total(derivation, is_told=known == number):
            blocks += self._worked(derivation, number)
        if derivation.rounding is not None:
            blocks.append(paragraph(explain(derivation.rounding), is_quiet=True))
        return blocks

    def _worked(self, derivation: Derivation, number: int) -> list[Block]:
        """Step by step; many steps that several figures come from are told once."""
        made = (derivation.given, derivation.workings)
        known = next((known for *steps, known in self._steps if tuple(steps) == made), number)
        if known != number:
            return [paragraph(_("The steps are the same as in A{number}.").format(number=known))]
        if len(derivation.workings) >= _MANY:
            self._steps.append((*made, number))
        columns = (Column(_("Step by step"), share=1), Column(_("Result"), is_number=True))
        rows = [(explain(each.text), _result(each)) for each in derivation.workings]
        return [table(columns, rows, is_small=True)]

    def _given(self, derivation: Derivation) -> Block:
        """What went in; a single step is the last line of it."""
        rows = [(explain(each.label), show(each.value), self._source(each)) for each in derivation.given]
        is_short = max(len(source) for _label, _value, source in rows) <= _SHORT
        columns = (
            Column(_("What went in"), share=2.2 if is_short else 1.2),
            Column(_("Value"), is_number=True, share=1.1 if is_short else 0.9),
            Column(_("Source"), share=0.8 if is_short else 1.5),
        )
        last: Row = ()
        if _is_total(derivation):
            (step,) = derivation.workings
            last = (explain(step.text), _result(step), "")
        return table(columns, rows, last, is_small=True)

    def _source(self, given: Given) -> str:
        """Who says what went in, or where it is told how it was made."""
        if not isinstance(given.value, Derived):
            return source_words(given.source)
        if is_as_recorded(given.value):
            return source_words(next((each.source for each in given.value.derivation.given), None))
        return _("see A{number}").format(number=self._number(explain(given.label), given.value))


def _key(figure: Derived[Any]) -> tuple[object, ...]:
    """What tells a figure from others: equal numbers may be made of other things."""
    given = figure.derivation.given
    nested = [id(each.value) for each in given if isinstance(each.value, Derived)]
    return (figure.derivation.rule.msgid, *nested) if nested and len(nested) == len(given) else (id(figure),)


def _is_total(derivation: Derivation, *, is_told: bool = True) -> bool:
    """Whether the only step is the last line of what went in."""
    return is_told and bool(derivation.given) and len(derivation.workings) == 1


def is_as_recorded(figure: Derived[Any]) -> bool:
    """Whether a figure is a single input as it was recorded, so that its source is all there is to tell."""
    derivation = figure.derivation
    if len(derivation.given) != 1 or derivation.given[0].value != figure.value:
        return False
    return all(working.result in {None, figure.value} for working in derivation.workings)


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
