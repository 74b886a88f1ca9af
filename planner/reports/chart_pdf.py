"""One chart as a PDF: vector, with its text, in light colours."""

from __future__ import annotations

from planner.charts import Maker
from planner.look import LIGHT

# The width of a page of A4 between its margins, in inches.
PAGE_WIDTH = 6.69


def chart_pdf(make: Maker, title: str = "") -> bytes:
    """A chart as a PDF; the same result in the same language gives the same bytes.

    Args:
        make: Makes the figure in some colours and at a text scale.
        title: The title of the document.
    """
    from planner.charts.style import drawing, printable, to_pdf  # noqa: PLC0415 - brings matplotlib, half a second

    with drawing(width=PAGE_WIDTH):
        return to_pdf(make(LIGHT, 1.0), printable(title))
