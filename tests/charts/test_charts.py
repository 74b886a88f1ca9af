from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from planner import i18n
from planner.charts import style
from planner.charts.axes import amount_ticks, date_ticks
from planner.charts.balance import balance_chart, describe_balance
from planner.charts.compare import compare_chart, describe_compare
from planner.charts.late import describe_late, late_chart
from planner.domain.account import Account
from planner.domain.bill import Bill
from planner.domain.money import Money
from planner.domain.overdue import LateCost
from planner.domain.term import Term
from planner.domain.terms import Terms
from planner.i18n import explain, show
from planner.look import LIGHT, THEMES
from planner.services.accounts import save_account
from planner.services.compare import Comparison
from planner.services.overdue import cost_of_delay
from planner.services.today import TodayView
from planner.store.store import Store

Words = Callable[[Figure], list[str]]


def bars(figure: Figure) -> list[Rectangle]:
    """The bars of a chart without the boxes of its key, which are as high as small text."""
    found = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    tallest = max(bar.get_height() for bar in found)
    return [bar for bar in found if bar.get_height() == pytest.approx(tallest)]


# --- ways to settle ---


def test_every_bar_ends_with_the_total_of_its_way(compared: Comparison, words_in: Words) -> None:
    words = words_in(compare_chart(compared, LIGHT))

    totals = [show(outcome.total) for outcome in compared.outcomes if outcome.total is not None]
    assert len(totals) == 4
    for total in totals:
        assert total in words


def test_bars_are_as_long_as_their_totals_on_one_scale(compared: Comparison) -> None:
    rows: dict[float, float] = {}
    for bar in bars(compare_chart(compared, LIGHT)):
        rows[bar.get_y()] = rows.get(bar.get_y(), 0.0) + bar.get_width()

    highs = [outcome.high.total.minor for outcome in compared.outcomes if outcome.high is not None]
    per_minor = [length / high for length, high in zip(rows.values(), highs, strict=True)]
    assert per_minor == pytest.approx([per_minor[0]] * len(highs))


def test_what_the_sources_disagree_about_is_a_hatched_dashed_extension(compared: Comparison) -> None:
    extensions = [bar for bar in bars(compare_chart(compared, LIGHT)) if bar.get_linestyle() == "--"]

    disputed = [outcome for outcome in compared.outcomes if outcome.total and not outcome.total.is_single]
    assert len(extensions) == len(disputed) == 1
    assert extensions[0].get_hatch() == style.RANGE_HATCH


def test_parts_differ_by_hatch_and_not_by_colour_alone(compared: Comparison) -> None:
    looks = {(bar.get_facecolor(), bar.get_hatch() or "") for bar in bars(compare_chart(compared, LIGHT))}

    assert len({hatch for _colour, hatch in looks}) == len(looks) == 3


def test_the_rate_of_each_way_stands_beside_its_name(compared: Comparison, words_in: Words) -> None:
    words = " ".join(words_in(compare_chart(compared, LIGHT)))

    for outcome in compared.outcomes:
        if outcome.nominal is not None:
            simple, compounded = show(outcome.nominal), show(outcome.effective)
            assert f"true rate {simple} (12 × monthly), {compounded} compounded" in words


def test_what_cannot_be_compared_is_left_out_and_named(compared: Comparison, words_in: Words) -> None:
    figure = compare_chart(compared, LIGHT)

    unknown = [outcome for outcome in compared.outcomes if outcome.not_comparable is not None]
    assert unknown
    words = " ".join(words_in(figure))
    for outcome in unknown:
        assert outcome.not_comparable is not None
        assert explain(outcome.not_comparable) in words
    rows = {bar.get_y() for bar in bars(figure)}
    assert len(rows) == len(compared.outcomes) - len(unknown)


def test_the_ways_are_told_in_words_with_the_same_figures(compared: Comparison) -> None:
    told = [explain(phrase) for phrase in describe_compare(compared)]

    assert len(told) == len(compared.outcomes) + 1
    for outcome, words in zip(compared.outcomes, told[1:], strict=True):
        assert explain(outcome.offer.label) in words
        if outcome.total is not None:
            assert show(outcome.total) in words


# --- late cost ---


def test_both_ends_of_the_late_cost_are_written_at_the_chosen_day(late: LateCost, words_in: Words) -> None:
    words = words_in(late_chart(late, LIGHT))

    cost = late.days[-1].cost
    assert f"high: {show(cost.high)}" in words
    assert f"low: {show(cost.low)}" in words
    assert f"Paid on {show(late.days[-1].day)}" in words


def test_milestones_are_numbered_and_told_below(late: LateCost, words_in: Words) -> None:
    words = words_in(late_chart(late, LIGHT))

    shown = [mark for mark in late.milestones if mark.on and mark.on <= late.days[-1].day]
    assert len(shown) >= 2
    text = " ".join(words)
    for number, milestone in enumerate(shown):
        assert words.count(chr(0x2460 + number)) == 2, "once over its day, once before its words"
        assert explain(milestone.text) in text


def test_an_unknown_late_rate_is_said_instead_of_drawn(
    store: Store, account: Account, recorded: list[Bill], today: date, words_in: Words
) -> None:
    unknown = Terms(tuple(each for each in account.terms.claims if each.term is not Term.LATE_RATE))
    with store.transaction():
        save_account(store, dataclasses.replace(account, terms=unknown))
    cost = cost_of_delay(store, [recorded[0].id], today, today + timedelta(days=30))

    text = " ".join(words_in(late_chart(cost, LIGHT)))

    assert "Not known" in text
    assert cost.missing
    for missing in cost.missing:
        assert explain(missing) in text
    assert "not known" in explain(describe_late(cost)[0])


def test_the_late_cost_is_told_in_words_with_the_same_figures(late: LateCost) -> None:
    told = " ".join(explain(phrase) for phrase in describe_late(late))

    assert show(late.days[-1].cost) in told
    assert show(late.days[-1].day) in told


# --- what is owed ---


def test_what_is_owed_is_labelled_at_its_beginning_steps_and_end(view: TodayView, words_in: Words) -> None:
    words = words_in(balance_chart(view, "CNY", LIGHT))

    for point in view.balance["CNY"]:
        assert show(point.owed) in words


def test_what_is_owed_is_told_in_words_with_every_step(view: TodayView) -> None:
    told = " ".join(explain(phrase) for phrase in describe_balance(view, "CNY"))

    for point in view.balance["CNY"]:
        assert show(point.owed) in told
        assert show(point.day) in told
    assert "counts as paid today" in told


def test_a_currency_without_dues_is_said_in_words(view: TodayView, words_in: Words) -> None:
    assert "Nothing with a due date is owed in EUR." in " ".join(words_in(balance_chart(view, "EUR", LIGHT)))


# --- all of them ---


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
@pytest.mark.parametrize(("width", "scale"), [(6.69, 1.0), (4.5, 1.0), (4.2, 2.0), (12.0, 1.4)])
def test_no_text_leaves_the_chart(
    language: str, width: float, scale: float, compared: Comparison, late: LateCost, view: TodayView
) -> None:
    i18n.use(language)
    with style.drawing(width=width):
        figures = [
            compare_chart(compared, LIGHT, scale),
            late_chart(late, LIGHT, scale),
            balance_chart(view, "CNY", LIGHT, scale),
        ]
    for figure in figures:
        canvas = FigureCanvasAgg(figure)
        with style.drawing():
            canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's
            renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib's
            for text in figure.findobj(Text):
                if text.get_text() and text.get_visible():
                    box = text.get_window_extent(renderer)
                    assert box.x0 >= -1, text.get_text()
                    assert box.x1 <= figure.bbox.width + 1, text.get_text()


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_charts_have_the_colours_of_the_theme(theme: str, compared: Comparison, late: LateCost) -> None:
    colours = THEMES[theme]
    for figure in (compare_chart(compared, colours), late_chart(late, colours)):
        texts = {text.get_color() for text in figure.findobj(Text) if text.get_text()}
        assert texts <= {colours.text, colours.quiet}


def test_a_chart_is_as_high_as_its_content_and_as_wide_as_asked(compared: Comparison) -> None:
    heights = []
    for width in (3.0, 8.0):
        with style.drawing(width=width):
            figure = compare_chart(compared, LIGHT)
        assert figure.get_figwidth() == pytest.approx(width)
        heights.append(figure.get_figheight())

    assert heights[0] > heights[1], "narrow text takes more lines"


def test_amounts_on_an_axis_are_round_and_reach_the_highest() -> None:
    assert [tick.minor for tick in amount_ticks(Money(15854, "CNY"))] == [0, 5000, 10000, 15000, 20000]
    assert [tick.minor for tick in amount_ticks(Money(0, "CNY"))] == [0, 1]
    for most in range(1, 3000, 7):
        ticks = amount_ticks(Money(most, "EUR"))
        assert ticks[-1].minor >= most > ticks[-2].minor
        assert len(ticks) <= 6


def test_days_on_an_axis_begin_with_the_first_and_end_with_the_last(today: date) -> None:
    assert date_ticks(today, today, 5) == (today,)
    days = date_ticks(today, today + timedelta(days=90), 4)
    assert [(day - today).days for day in days] == [0, 30, 60, 90]
