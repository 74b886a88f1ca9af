"""A report while it is written: what it shows, and what its pages have in common."""

from __future__ import annotations

from planner.charts import Maker
from planner.charts.style import drawing, to_svg
from planner.domain.derivation import figures_in
from planner.i18n import explain
from planner.look import LIGHT
from planner.phrases import Phrase
from planner.reports.blocks import Appendix, Block, chart
from planner.reports.chart_pdf import PAGE_WIDTH
from planner.reports.pack import Part, ReportPack


class Draft:
    """A report while it is written, in the language of the moment.

    Attributes:
        pack: What it shows.
        appendix: How its figures were made; it fills while they are written.
        charts: Its charts so far, as SVG.
    """

    def __init__(self, pack: ReportPack) -> None:
        """Begin with nothing written."""
        self.pack = pack
        self.appendix = Appendix(is_printed=pack.has(Part.WORKINGS))
        self.charts: list[str] = []

    def chart(self, make: Maker, described: tuple[Phrase, ...]) -> list[Block]:
        """Draw a chart.

        Args:
            make: Makes the figure in some colours and at a text scale.
            described: The chart in words, for those who do not see it.
        """
        with drawing(width=PAGE_WIDTH):
            self.charts.append(to_svg(make(LIGHT, 1.0)).decode())
        return [chart(len(self.charts) - 1, " ".join(map(explain, described)))]

    def told(self, phrase: Phrase, of_many: str = "") -> str:
        """A phrase, and where it is told how its figures were made.

        Args:
            phrase: The phrase.
            of_many: What its figures are called there if it has several; else each is called by the phrase.
        """
        told, figures = explain(phrase), figures_in(phrase)
        title = of_many if of_many and len(figures) > 1 else told
        places = dict.fromkeys(self.appendix.place(title, figure) for figure in figures)
        return " ".join(filter(None, (told, *places)))
