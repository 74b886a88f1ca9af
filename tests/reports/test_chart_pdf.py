from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pypdf
import pytest

from planner import i18n
from planner.charts.compare import compare_chart
from planner.charts.late import late_chart
from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.offers.compared import own_offer
from planner.i18n import explain, show
from planner.reports.chart_pdf import chart_pdf
from planner.reports.pack import ReportPack
from planner.services.compare import comparison, typed_question

Extract = Callable[[bytes], str]


def fonts_of(pdf: bytes) -> set[tuple[str, str]]:
    """The name and kind of every font on the pages of a PDF."""
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            below = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            assert "/FontFile2" in below["/FontDescriptor"], "embedded, as TrueType"
            found.add((str(font["/BaseFont"]), str(below["/Subtype"])))
    return found


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_the_text_of_a_chart_can_be_copied_out_of_its_pdf(
    language: str, account: Account, today: date, text_of: Extract
) -> None:
    i18n.use(language)
    names = ("镕喆分期", "Crédit « œuvre » 5 €", "Œuvre – l’échéance")
    offers = [own_offer(name, count, Money.of(30, "CNY")) for count, name in enumerate(names, 3)]
    result = comparison(typed_question(Money.of(1200, "CNY"), account, today), offers, today)

    text = text_of(chart_pdf(partial(compare_chart, result)))

    for name in names:
        assert name in text
    for outcome in result.outcomes:
        if outcome.total is not None:
            assert plain(show(outcome.total)) in text
            assert plain(explain(outcome.offer.label)) in text


def plain(words: str) -> str:
    return " ".join(words.split())


def test_the_fonts_of_a_chart_are_ours_and_embedded(pack: ReportPack) -> None:
    assert pack.worked.comparison is not None
    fonts = fonts_of(chart_pdf(partial(compare_chart, pack.worked.comparison)))

    assert fonts
    for name, kind in fonts:
        assert "PlannerSans" in name
        assert kind == "/CIDFontType2"


def test_the_same_result_gives_the_same_bytes(pack: ReportPack) -> None:
    assert pack.worked.late is not None
    make = partial(late_chart, pack.worked.late)

    assert chart_pdf(make, "Title") == chart_pdf(make, "Title")


def test_a_chart_has_lines_and_no_pixels(pack: ReportPack) -> None:
    assert pack.worked.late is not None
    page = pypdf.PdfReader(io.BytesIO(chart_pdf(partial(late_chart, pack.worked.late), "白条"))).pages[0]

    assert not page.images
    content = page.get_contents()
    assert content is not None
    assert b" l\n" in content.get_data()


def test_a_chart_has_its_title_and_no_date(pack: ReportPack) -> None:
    assert pack.worked.late is not None
    made = chart_pdf(partial(late_chart, pack.worked.late), "逾期 é")
    metadata = pypdf.PdfReader(io.BytesIO(made)).metadata
    assert metadata is not None
    assert metadata.title == "逾期 é"
    assert "/CreationDate" not in metadata
