"""Build the fonts in resources/fonts from Noto Sans SC.

Reports and charts bring their own font, so that a PDF looks the same on every machine and
its Chinese can be copied out of it. The source has 30,000 characters and 10 MB a weight, and
the time to save a PDF grows with the size of the font file, so it is cut in two:

* "Planner Sans", Regular and Bold: Latin, Greek, punctuation, currencies, arrows, and the
  6,763 Chinese characters of GB 2312. It is all that most documents ever load.
* "Planner Sans Ext", Regular: every other character, for rare names such as 镕 and 喆.

Two things that French needs are mended on the way. Noto Sans SC has no thin spaces, which
group the digits of a French amount, and it draws the apostrophe of "l’échéance" and the signs
× · ± § a whole ideograph wide.

Run it again only for a new release of the source; the result is committed, and the same
source gives the same bytes::

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    tar -xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    python packaging/make_fonts.py package

The source is under the SIL Open Font License 1.1. It reserves the name "Source" alone, so a
modified version may have any other name, and stays under the same licence.
"""

from __future__ import annotations

import argparse
import copy
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import subset  # type: ignore[import-untyped]  # it has no annotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS = Path(__file__).parents[1] / "resources" / "fonts"

REGULAR = "400Regular/NotoSansSC_400Regular.ttf"
BOLD = "700Bold/NotoSansSC_700Bold.ttf"
LICENCE = "LICENSE_FONT"

CORE_BLOCKS = (
    range(0x0020, 0x007F),  # Basic Latin
    range(0x00A0, 0x0250),  # Latin-1, Latin Extended-A and -B
    range(0x0370, 0x0400),  # Greek
    range(0x2000, 0x2070),  # punctuation and spaces
    range(0x20A0, 0x20C1),  # currencies
    range(0x2100, 0x2150),  # letter-like signs: №, ™
    range(0x2190, 0x2300),  # arrows, mathematics
    range(0x2460, 0x2500),  # circled numbers
    range(0x25A0, 0x27C0),  # shapes, signs, ticks
    range(0x3000, 0x3040),  # Chinese punctuation, kana marks
    range(0xFF00, 0xFFF0),  # full-width forms
)
GB2312_BYTES = range(0xA1, 0xFF)

SPACES = {
    0x2007: 0.0,  # figure space: as wide as a digit
    0x2008: 0.25,  # punctuation space
    0x2009: 0.20,  # thin space
    0x202F: 0.18,  # narrow no-break space: groups digits in French
}
"""The width in em of each space that the source lacks; 0 stands for that of a digit."""

PROPORTIONAL_QUOTES = "‘’"
"""Drawn a whole em wide for Chinese, which does not use them; “ and ” it does, so they stay."""

TRIMMED = "×÷±§·•≈≠≤≥"
"""Signs that the source centres in a whole em; they get the margins of its Latin signs."""

TRIMMED_MARGIN = 0.04

PROBE_EVERYWHERE = "0123456789\u00a0\u2007\u2009\u202f−€¥£éœÀ«»…≥≤→✓×·–—’%白条花呗账单"
"""What a report may contain in any language: a core font without one of these is refused."""

PROBE_EXT = "镕喆"

COPYRIGHT_NAME, FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 0, 1, 2, 3, 4, 6
DESCRIPTION, LAST_PLAIN_NAME = 10, 14

BOLD_WEIGHT = 700
BOLD_STYLE_BIT, REGULAR_SELECTION_BIT, BOLD_SELECTION_BIT = 0x01, 0x40, 0x20


class FontError(Exception):
    """The font that was built lacks something a report needs."""


@dataclass(frozen=True)
class Face:
    """One font file to build.

    Attributes:
        source: the file in the npm package that it is cut from.
        family: the family name that reports and charts ask for.
        style: ``Regular`` or ``Bold``.
        probe: characters that it must have when done.
    """

    source: str
    family: str
    style: str
    probe: str

    @property
    def postscript(self) -> str:
        """The name without spaces, also that of the file."""
        return f"{self.family.replace(' ', '')}-{self.style}"


CORE_FACES = (
    Face(REGULAR, "Planner Sans", "Regular", PROBE_EVERYWHERE),
    Face(BOLD, "Planner Sans", "Bold", PROBE_EVERYWHERE),
)
EXT_FACE = Face(REGULAR, "Planner Sans Ext", "Regular", PROBE_EXT)


def gb2312() -> Iterator[int]:
    """The code points of GB 2312, the characters of everyday simplified Chinese."""
    for row in GB2312_BYTES:
        for cell in GB2312_BYTES:
            try:
                yield ord(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # an unassigned cell


def core_characters() -> frozenset[int]:
    """The code points of Planner Sans; those the source lacks are simply not there."""
    return frozenset(gb2312()).union(*CORE_BLOCKS)


def options() -> subset.Options:
    """What to keep beside the outlines: kerning and composition, but no hints or vertical layout."""
    chosen = subset.Options()
    chosen.layout_features = ["kern", "locl", "ccmp"]
    chosen.name_IDs = ["*"]
    chosen.notdef_outline = True
    chosen.hinting = False
    chosen.recalc_timestamp = False  # the same source gives the same bytes
    chosen.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT"]
    return chosen


def map_character(font: TTFont, code: int, glyph: str) -> None:
    """Let a character be drawn by a glyph, in every table that says so."""
    variation_sequences = 14
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != variation_sequences:
            table.cmap[code] = glyph


def add_spaces(font: TTFont) -> None:
    """Add the spaces of ``SPACES`` that the font lacks."""
    known = font.getBestCmap()
    em = font["head"].unitsPerEm
    digit_width, _ = font["hmtx"][known[ord("0")]]
    for code, width in SPACES.items():
        if code in known:
            continue
        glyph = f"uni{code:04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), glyph])
        font["glyf"].glyphs[glyph] = copy.deepcopy(font["glyf"][known[ord(" ")]])
        font["hmtx"].metrics[glyph] = (round(width * em) or digit_width, 0)
        map_character(font, code, glyph)


def proportional_forms(font: TTFont) -> dict[str, str]:
    """The glyphs that the font itself offers instead of full-width ones, its feature ``pwid``."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            forms |= getattr(part, "ExtSubTable", part).mapping
    return forms


def narrow(font: TTFont) -> None:
    """Give the apostrophe and the signs of ``TRIMMED`` the width they have in Latin text."""
    known = font.getBestCmap()
    forms = proportional_forms(font)
    for quote in PROPORTIONAL_QUOTES:
        map_character(font, ord(quote), forms[known[ord(quote)]])
    margin = round(TRIMMED_MARGIN * font["head"].unitsPerEm)
    for glyph in {known[ord(sign)] for sign in TRIMMED}:  # · and • share one
        outline = font["glyf"][glyph]
        outline.coordinates.translate((margin - outline.xMin, 0))
        outline.recalcBounds(font["glyf"])
        font["hmtx"].metrics[glyph] = (outline.xMax + margin, margin)


def rename(font: TTFont, face: Face) -> None:
    """Give the font its own name, and leave the copyright, the licence and the credits alone."""
    names = font["name"]
    full = face.family if face.style == "Regular" else f"{face.family} {face.style}"
    own = {
        FAMILY: face.family,
        STYLE: face.style,
        UNIQUE: f"{face.postscript};Repayment Planner",
        FULL: full,
        POSTSCRIPT: face.postscript,
    }
    # Typographic and variation names speak of a family of nine weights that this is no longer.
    names.names = [record for record in names.names if record.nameID <= LAST_PLAIN_NAME]
    for record in names.names:
        if record.nameID in own:
            record.string = own[record.nameID]
        elif record.nameID == DESCRIPTION:
            record.string = f"Cut from Noto Sans SC for Repayment Planner. {record.toUnicode()}"
    if face.style == "Bold":
        font["OS/2"].usWeightClass = BOLD_WEIGHT
        font["OS/2"].fsSelection &= ~REGULAR_SELECTION_BIT
        font["OS/2"].fsSelection |= BOLD_SELECTION_BIT
        font["head"].macStyle |= BOLD_STYLE_BIT


def build(face: Face, package: Path, characters: Iterable[int], target: Path) -> None:
    """Cut one font out of its source and write it.

    Args:
        face: what to build.
        package: the unpacked npm package.
        characters: the code points to keep.
        target: the folder to write into.
    """
    chosen = options()
    font = subset.load_font(str(package / face.source), chosen)
    kept = set(characters)
    if kept & SPACES.keys():  # the core; Ext only has what the core has not
        add_spaces(font)
        narrow(font)
    cutter = subset.Subsetter(chosen)
    cutter.populate(unicodes=kept)
    cutter.subset(font)
    rename(font, face)
    subset.save_font(font, str(target / f"{face.postscript}.ttf"), chosen)


def check(face: Face, folder: Path) -> str:
    """Read a font back and refuse it if a report could not be set in it.

    Args:
        face: what was built.
        folder: where it was written.

    Returns:
        A line on its size, for the person who runs this.

    Raises:
        FontError: a character is missing, or digits do not stand in columns.
    """
    path = folder / f"{face.postscript}.ttf"
    font = subset.load_font(str(path), options())
    known = font.getBestCmap()
    missing = [character for character in face.probe if ord(character) not in known]
    if missing:
        message = f"{path.name} lacks {missing}"
        raise FontError(message)
    digits = [known[ord(digit)] for digit in "0123456789" if ord(digit) in known]
    if len({font["hmtx"][digit][0] for digit in digits}) > 1:
        message = f"{path.name} has digits of different widths"
        raise FontError(message)
    if not font["name"].getDebugName(COPYRIGHT_NAME):
        message = f"{path.name} has lost its copyright notice"
        raise FontError(message)
    return f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(known):,} characters"


def main() -> None:
    """Build the three fonts, check them, and put their licence beside them."""
    parser = argparse.ArgumentParser(description="Build resources/fonts from Noto Sans SC.")
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("--out", type=Path, default=FONTS, help="the folder to write into")
    arguments = parser.parse_args()
    package, out = arguments.package, arguments.out

    out.mkdir(parents=True, exist_ok=True)
    core = core_characters()
    everything = subset.load_font(str(package / REGULAR), options()).getBestCmap().keys()
    for face in CORE_FACES:
        build(face, package, core, out)
        sys.stdout.write(f"{check(face, out)}\n")
    build(EXT_FACE, package, everything - core, out)
    sys.stdout.write(f"{check(EXT_FACE, out)}\n")
    shutil.copyfile(package / LICENCE, out / "OFL.txt")


if __name__ == "__main__":
    main()
