"""What every chart has in common: type, colours, how it is laid out and how it is saved.

Alone among the charts in importing matplotlib, so the others import it when they draw. A chart is set
like a statement: in points from its top left corner, with its words beside what they name.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from threading import RLock
from typing import Any

import planner.charts.font_list  # noqa: F401 - imported for its effect, before matplotlib

# isort: split
import matplotlib as mpl  # noqa: TID253 - who imports this module wants to draw
from matplotlib import font_manager  # noqa: TID253 - as above
from matplotlib.axes import Axes  # noqa: TID253 - as above
from matplotlib.figure import Figure  # noqa: TID253 - as above
from matplotlib.ft2font import FT2Font, LoadFlags  # noqa: TID253 - as above
from matplotlib.patches import Rectangle  # noqa: TID253 - as above

from planner.look import FONT_FAMILIES, SMALL_SIZE, Colours
from planner.paths import resources

# The size of plain text in points, at a text scale of one.
BODY = 9.0

_INCH = 72
_LINE = 1.35  # the height of a line of text, in sizes of its type
_BASELINE = 1.02  # how far below the top of its line a text stands
_BOLD = 700
_FINE = 0.6
_PROOF = 100.0  # the size in which characters are measured

_SETTINGS: dict[str, Any] = {
    "font.family": list(FONT_FAMILIES),
    "pdf.fonttype": 42,  # TrueType, which can be searched and copied; the default draws glyphs as pictures
    "svg.fonttype": "none",  # text stays text; the report sets it in the same fonts
    "svg.hashsalt": "planner",  # without one, the names inside an SVG differ each time
    "text.parse_math": False,  # two dollar signs are two amounts
    "text.hinting": "none",  # else bold letters stand too far apart, and text is wider than measured
    "hatch.linewidth": _FINE,
    "axes.linewidth": _FINE,
}

# matplotlib's settings are one for the whole program, and a report may be made beside a window's chart.
_lock = RLock()

# A part of a chart is told by its hatch as well as by its colour.
HATCHES = ("", "////", "....", "\\\\\\\\")
RANGE_HATCH = "xxx"


@contextmanager
def drawing(width: float | None = None, dpi: float | None = None) -> Iterator[None]:
    """Use our settings while a chart is made or saved.

    Args:
        width: How wide a chart is made, in inches; left as it is without one.
        dpi: How many pixels an inch has on the screen; left as it is without one.
    """
    settings: Any = dict(_SETTINGS)
    if width is not None:
        settings["figure.figsize"] = (width, width)  # each chart is as high as it needs to be
    if dpi is not None:
        settings["figure.dpi"] = dpi
    with _lock, mpl.rc_context(settings):
        _add_fonts()
        yield


def to_pdf(figure: Figure, title: str = "") -> bytes:
    """A figure as a PDF; the same figure gives the same bytes."""
    return _saved(figure, "pdf", {"Title": title or None, "CreationDate": None})


def to_svg(figure: Figure) -> bytes:
    """A figure as an SVG whose text is text; the same figure gives the same bytes."""
    return _saved(figure, "svg", {"Date": None})


def _saved(figure: Figure, kind: str, metadata: dict[str, str | None]) -> bytes:
    target = io.BytesIO()
    with drawing():
        figure.savefig(target, format=kind, facecolor=figure.get_facecolor(), metadata=metadata)
    return target.getvalue()


# --- text ------------------------------------------------------------------------------------------


@cache
def _add_fonts() -> None:
    known = font_manager.fontManager
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        known.addfont(path)
    # The rare characters have one weight, which also stands in bold text; else it would be logged as amiss.
    rare = [font for font in known.ttflist if font.name == FONT_FAMILIES[1]]
    known.ttflist += [replace(font, weight=_BOLD) for font in rare]


@cache
def _face(name: str) -> tuple[FT2Font, frozenset[int]]:
    """One of the bundled fonts, to measure with, and the characters it has."""
    font = font_manager.get_font(str(resources() / "fonts" / f"PlannerSans{name}.ttf"))
    return font, frozenset(font.get_charmap())


def _has(char: str) -> bool:
    return any(ord(char) in _face(name)[1] for name in ("-Regular", "Ext-Regular"))


def printable(words: str) -> str:
    """A text as the bundled fonts can write it, in one line.

    A letter whose accent they lack loses it; what they lack altogether becomes a hollow square.
    """
    line = " ".join(unicodedata.normalize("NFC", words).splitlines()).replace("\t", " ")
    return "".join(_writable(char) for char in line if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})


def _writable(char: str) -> str:
    if _has(char):
        return char
    letter = unicodedata.normalize("NFD", char)[0]
    return letter if _has(letter) else "□"


def text_width(words: str, size: float, *, is_bold: bool = False) -> float:
    """How wide a text is, in points."""
    return size * sum(_advance(char, is_bold=is_bold) for char in words)


@cache
def _advance(char: str, *, is_bold: bool) -> float:
    """How far a character moves on, in sizes of its type; kerning only makes a text narrower."""
    font, characters = _face("-Bold" if is_bold else "-Regular")
    if ord(char) not in characters:
        font, _ = _face("Ext-Regular")
    with _lock:
        font.set_size(_PROOF, _INCH)
        return float(font.load_char(ord(char), LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _PROOF


# Where a line may break: after a space, and around Chinese characters, but not before closing marks or
# after opening ones. The no-break spaces inside amounts are not among the spaces.
_PIECES = re.compile(
    r"[（《「『【]*[\u2e80-\u9fff\uac00-\uffef][，。、；：！？）》」』】…”’%]*[ ]*"
    r"|[^ \u2e80-\u9fff\uac00-\uffef]+[，。、；：！？）》」』】]*[ ]*"
    r"|."
)


def wrapped(words: str, size: float, width: float, *, is_bold: bool = False) -> list[str]:
    """A text as lines that are no wider than so many points, where it has places to break."""
    lines, line = [], ""
    for piece in _PIECES.findall(words):
        if line and text_width((line + piece).rstrip(), size, is_bold=is_bold) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while len(line) > 1 and text_width(line.rstrip(), size, is_bold=is_bold) > width:
            fits = next(
                (
                    n
                    for n in range(len(line) - 1, 1, -1)
                    if text_width(line[:n], size, is_bold=is_bold) <= width
                ),
                1,
            )
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


# --- layout ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Swatch:
    """What a part of a chart looks like.

    Attributes:
        colour: Its fill.
        hatch: Its hatch; may be empty.
        words: What it is.
        is_dashed: Whether its outline is.
    """

    colour: str
    hatch: str
    words: str
    is_dashed: bool = False


class Board:
    """A figure that is filled from the top, as wide as ``drawing`` says; made and used within it.

    Attributes:
        figure: The figure.
        colours: The colours of the theme.
        width: How wide it is, in points, margins included.
        margin: The empty border, in points.
        y: How far down it is filled, in points.
    """

    def __init__(self, colours: Colours, scale: float) -> None:
        """Begin an empty figure.

        Args:
            colours: The colours of the theme.
            scale: The size of the text, 1 being BODY.
        """
        self.colours = colours
        self.figure = Figure(facecolor=colours.surface)
        self.width = float(self.figure.get_figwidth()) * _INCH
        self.body = BODY * scale
        self.small = self.body * SMALL_SIZE
        self.margin = self.body * 0.8
        self.y = self.margin
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._plots: list[tuple[Axes, float, float, float, float]] = []

    @property
    def room(self) -> float:
        """How much of the width there is between the margins."""
        return self.width - 2 * self.margin

    def width_of(self, words: str, *, is_bold: bool = False, is_quiet: bool = False) -> float:
        """How wide a text is as ``text`` writes it, in points."""
        return text_width(printable(words), self.small if is_quiet else self.body, is_bold=is_bold)

    def down(self, sizes: float) -> None:
        """Leave some room, in sizes of the body text."""
        self.y += sizes * self.body

    def text(
        self,
        words: str,
        *,
        is_bold: bool = False,
        is_quiet: bool = False,
        indent: float = 0.0,
        mark: str = "",
    ) -> None:
        """Write a text over the width, in as many lines as it takes.

        Args:
            words: The text.
            is_bold: Whether it is a heading.
            is_quiet: Whether it labels or explains.
            indent: How far in it starts, in points.
            mark: What stands before its first line, within the indent.
        """
        size = self.small if is_quiet else self.body
        if mark:
            self.put(mark, self.margin, self.y, size=size, is_quiet=is_quiet)
        for line in wrapped(printable(words), size, self.room - indent, is_bold=is_bold):
            self.put(line, self.margin + indent, self.y, size=size, is_bold=is_bold, is_quiet=is_quiet)
            self.y += _LINE * size

    def put(
        self,
        words: str,
        x: float,
        top: float,
        *,
        size: float = 0.0,
        is_bold: bool = False,
        is_quiet: bool = False,
        align: str = "left",
    ) -> None:
        """Write one line somewhere.

        Args:
            words: The text; it is not wrapped.
            x: Where it starts, ends or has its middle, in points from the left.
            top: Where its line begins, in points from the top.
            size: Its size; that of the body without one.
            is_bold: Whether it is a heading or a figure.
            is_quiet: Whether it labels or explains.
            align: ``left``, ``right`` or ``center``.
        """
        size = size or self.body
        self._axes.text(
            x,
            top + _BASELINE * size,
            printable(words),
            fontsize=size,
            fontweight="bold" if is_bold else "normal",
            color=self.colours.quiet if is_quiet else self.colours.text,
            ha=align,
            va="baseline",
        )

    def bar(self, x: float, top: float, width: float, height: float, look: Swatch) -> None:
        """Draw a bar somewhere; all in points."""
        self._axes.add_patch(
            Rectangle(
                (x, top),
                width,
                height,
                facecolor=look.colour,
                edgecolor=self.colours.text,
                linewidth=_FINE,
                linestyle="--" if look.is_dashed else "-",
                hatch=look.hatch or None,
            )
        )

    def key(self, swatches: Iterable[Swatch]) -> None:
        """Name the parts in one line, or as many as it takes."""
        box, gap = self.small, self.small * 0.5
        x = self.margin
        line = _LINE * self.small
        for look in swatches:
            words = printable(look.words)
            needed = box * 1.6 + gap + text_width(words, self.small)
            if x > self.margin and x + needed > self.width - self.margin:
                x = self.margin
                self.y += line
            self.bar(x, self.y + 0.25 * self.small, box * 1.6, box * 0.85, look)
            room = self.width - self.margin - x - box * 1.6 - gap
            for number, part in enumerate(wrapped(words, self.small, room)):
                self.y += line if number else 0
                self.put(part, x + box * 1.6 + gap, self.y, size=self.small, is_quiet=True)
            x += needed + 2 * self.small
        self.y += line

    def plot(self, left: float, right: float, height: float) -> Axes:
        """Make room for lines over an axis, and go on below it; all in points.

        Args:
            left: How much room the labels at its left need.
            right: How much room the labels at its right need.
            height: How high it is.
        """
        axes = self.figure.add_axes((0, 0, 1, 1))
        width = max(self.room - left - right, self.body)
        self._plots.append((axes, self.margin + left, self.y, width, height))
        axes.set_facecolor(self.colours.surface)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(self.colours.quiet)
        axes.tick_params(length=0, pad=self.small * 0.5, labelsize=self.small, labelcolor=self.colours.quiet)
        axes.set_axisbelow(True)
        axes.grid(visible=True, axis="y", color=self.colours.line, linewidth=_FINE)
        self.y += height
        return axes

    def done(self) -> Figure:
        """Give the figure the height that its content has, and hand it over."""
        height = self.y + self.margin
        self.figure.set_size_inches(self.width / _INCH, height / _INCH)
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(height, 0)
        for axes, left, top, width, tall in self._plots:
            bottom = height - top - tall
            axes.set_position((left / self.width, bottom / height, width / self.width, tall / height))
        return self.figure
