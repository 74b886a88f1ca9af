"""Make the few icons that a style sheet names: one file per theme, in that theme's colours.

    .venv/bin/python packaging/make_marks.py

Qt's style sheets show pictures from files only and cannot recolour them. So what they show, the arrows
of boxes and the tick, is kept once per theme in ``resources/icons/THEME``. Run this after a change of
``planner/look.py``; a test says when that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.look import THEMES
from planner.paths import resources

MARKS = {
    **dict.fromkeys(("chevron-down", "chevron-left", "chevron-right", "chevron-up"), "quiet"),
    "check": "on_accent",
}
"""Each icon, and the role of its colour."""

INK = "currentColor"


def marks() -> Iterator[tuple[Path, str]]:
    """Each file and what is to be in it."""
    icons = resources() / "icons"
    for theme, colours in THEMES.items():
        for name, role in MARKS.items():
            drawn = (icons / f"{name}.svg").read_text(encoding="utf-8")
            yield icons / theme / f"{name}.svg", drawn.replace(INK, str(getattr(colours, role)))


def main() -> None:
    """Write them."""
    for path, text in marks():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    print("Written.")


if __name__ == "__main__":
    main()
