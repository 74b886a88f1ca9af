"""The look as plain data: one home for windows, charts and reports."""

from __future__ import annotations

from dataclasses import dataclass

# Everything is set out on multiples of this, in pixels.
GRID = 8

# Type sizes relative to the body; there are no others.
TITLE_SIZE = 1.7
FIGURE_SIZE = 1.45
SMALL_SIZE = 0.88

# The bundled family, its extension for rare characters, and what any matplotlib brings along.
FONT_FAMILIES = ("Planner Sans", "Planner Sans Ext", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a theme, by role; widgets know roles only.

    Attributes:
        window: Behind everything.
        surface: Behind tables, fields and figures.
        sunken: Behind the sidebar and headers.
        text: What is read.
        quiet: What labels it.
        off: Text of what cannot be used now.
        line: What divides.
        accent: The one colour for what can be done.
        on_accent: Text on the accent.
        amber: What needs an act; never owing as such.
        on_amber: Text on a tint of it.
        amber_tint: Behind a warning.
        selection: Behind what is chosen.
        hover: Behind what the pointer is on.
        series: The parts of a chart: principal, fee, interest, other; told apart by hatch and label as well.
        band: Between the ends of a range.
    """

    window: str
    surface: str
    sunken: str
    text: str
    quiet: str
    off: str
    line: str
    accent: str
    on_accent: str
    amber: str
    on_amber: str
    amber_tint: str
    selection: str
    hover: str
    series: tuple[str, str, str, str]
    band: str


LIGHT = Colours(
    window="#f7f8f8",
    surface="#ffffff",
    sunken="#eef1f1",
    text="#1d2526",
    quiet="#566164",
    off="#667074",
    line="#d9dedf",
    accent="#0f6e78",
    on_accent="#ffffff",
    amber="#9a5500",
    on_amber="#5a3500",
    amber_tint="#fdf1dd",
    selection="#d5eaec",
    hover="#eaf2f3",
    # Okabe-Ito blue, orange, purple, grey: told apart with every common colour vision.
    series=("#0072b2", "#e69f00", "#cc79a7", "#7f8a8c"),
    band="#9cc9ce",
)

DARK = Colours(
    window="#1b2021",
    surface="#23292a",
    sunken="#161a1b",
    text="#e8eced",
    quiet="#aab6b8",
    off="#96a2a4",
    line="#3a4345",
    accent="#5cc0ca",
    on_accent="#08292c",
    amber="#f0b058",
    on_amber="#f8ddb4",
    amber_tint="#3a2e1b",
    selection="#1f4a4f",
    hover="#2a3536",
    series=("#56b4e9", "#e69f00", "#cc79a7", "#98a4a6"),
    band="#3d6a70",
)

HIGH_CONTRAST = Colours(
    window="#000000",
    surface="#000000",
    sunken="#000000",
    text="#ffffff",
    quiet="#ffffff",
    off="#a8a8a8",
    line="#ffffff",
    accent="#7fe9f5",
    on_accent="#000000",
    amber="#ffd700",
    on_amber="#ffffff",
    amber_tint="#2b2400",
    selection="#004a52",
    hover="#1c1c1c",
    series=("#56b4e9", "#ffb000", "#ff9ed2", "#d0d0d0"),
    band="#7fe9f5",
)

THEMES = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}
