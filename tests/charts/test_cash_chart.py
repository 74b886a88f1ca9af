"""The chart of cash: what is drawn, what is written where, and the same in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from planner import i18n
from planner.charts import style
from planner.charts.axes import span_ticks
from planner.charts.cash import cash_chart, describe_cash
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.forecast import Forecast, forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.derivation import figures_in
from planner.domain.money import Money
from planner.i18n import explain, show
from planner.look import LIGHT, THEMES
from planner.phrases import Phrase

Words = Callable[[Figure], list[str]]
START = date(2026, 11, 22)
NOTE = Phrase("1 payment whose date has passed counts as of today.")


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def cash(*moves: tuple[int, str], amount: str = "1000", floor: str = "0", days: int = 90) -> Forecast:
    """So much cash on 22 November, and what moves so many days later."""
    account = CashAccount("Account", "CNY", (Balance(START, cny(amount)),))
    movements = [
        Movement(START + timedelta(days=after), cny(moved), Phrase("Something"), MovementKind.EXPENSE)
        for after, moved in moves
    ]
    return forecast([account], movements, cny(floor), START, START + timedelta(days=days))


SHORT = cash((10, "-500"), (20, "-420"), (30, "600"), floor="200")


def numbers(values: Any) -> list[float]:  # noqa: ANN401 - whatever kind of array matplotlib keeps
    return [float(value) for value in values]


def drawn(found: Forecast, width: float, theme: str) -> dict[str, Bbox]:
    """Where each label of a chart stands, in pixels; and the whole figure, under no name."""
    with style.drawing(width=width):
        figure = cash_chart(found, (NOTE,), THEMES[theme])
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib's
        boxes = {text.get_text(): text.get_window_extent(renderer) for text in figure.findobj(Annotation)}
        return {**boxes, "": Bbox(figure.bbox)}


def line_of(figure: Figure) -> tuple[list[float], list[float]]:
    """The dashed line of the balance."""
    line = max(figure.axes[1].lines, key=lambda line: line.get_linewidth())
    return numbers(line.get_xdata()), numbers(line.get_ydata())


def test_the_line_steps_on_the_day_on_which_something_moves_and_goes_on_to_the_end() -> None:
    xs, ys = line_of(cash_chart(SHORT, (), LIGHT))

    first = START.toordinal()
    assert list(zip(xs, ys, strict=True)) == [
        (first, 1000),
        (first + 10, 1000),
        (first + 10, 500),
        (first + 20, 500),
        (first + 20, 80),
        (first + 30, 80),
        (first + 30, 680),
        (first + 90, 680),
        (first + 90, 680),
    ]


def test_a_forecast_is_dashed_and_the_reserve_is_a_line_of_another_kind() -> None:
    lines = cash_chart(SHORT, (), LIGHT).axes[1].lines
    balance = max(lines, key=lambda line: line.get_linewidth())
    (reserve,) = [line for line in lines if numbers(line.get_ydata()) == [200.0, 200.0]]

    assert balance.get_linestyle() == "--"
    assert reserve.get_linestyle() == ":"
    assert balance.get_color() == LIGHT.accent


def test_the_room_below_the_reserve_is_filled_from_the_first_day_short_to_the_last() -> None:
    (filled,) = [each for each in cash_chart(SHORT, (), LIGHT).axes[1].collections if each.get_paths()]
    points = [numbers(point) for path in filled.get_paths() for point in np.asarray(path.vertices)]

    first = START.toordinal()
    assert min(x for x, _y in points) == first + 20
    assert max(x for x, _y in points) == first + 30
    assert {y for _x, y in points} == {80.0, 200.0}
    assert filled.get_hatch() == "////", "it is told by its hatch as well as by its colour"


def test_nothing_is_filled_where_it_suffices(words_in: Words) -> None:
    figure = cash_chart(cash((10, "-500"), floor="200"), (), LIGHT)

    assert [each for each in figure.axes[1].collections if each.get_paths()] == []
    assert not [words for words in words_in(figure) if "below the reserve" in words]


def test_the_first_day_short_and_the_lowest_point_are_written_at_their_places(words_in: Words) -> None:
    figure = cash_chart(SHORT, (), LIGHT)
    words = words_in(figure)

    assert "12 Dec: CN¥120.00 below the reserve" in words
    assert "lowest: CN¥80.00 on 12 Dec" in words
    assert "CN¥680.00" in words
    assert "reserve CN¥200.00" in words
    day = (START + timedelta(days=20)).toordinal()
    places = {text.get_text(): numbers(text.xy) for text in figure.findobj(Annotation)}
    assert places["lowest: CN¥80.00 on 12 Dec"] == [day, 80.0]
    assert places["12 Dec: CN¥120.00 below the reserve"][0] == day


def test_without_a_reserve_it_is_short_below_nothing(words_in: Words) -> None:
    figure = cash_chart(cash((10, "-1100")), (), LIGHT)
    words = words_in(figure)

    assert "2 Dec: CN¥100.00 short" in words
    assert not [each for each in words if "reserve" in each]
    assert [0.0, 0.0] in [numbers(line.get_ydata()) for line in figure.axes[1].lines]
    low, high = figure.axes[1].get_ylim()
    assert low < -100
    assert high >= 1000


def test_what_it_takes_for_granted_stands_below(words_in: Words) -> None:
    assert explain(NOTE) in words_in(cash_chart(SHORT, (NOTE,), LIGHT))


@pytest.mark.parametrize(
    ("days", "label", "on"), [(300, "22 Nov", "12 Dec"), (301, "Nov 2026", "12 Dec 2026")]
)
def test_a_long_time_is_told_by_months_and_its_days_have_their_year(
    words_in: Words, days: int, label: str, on: str
) -> None:
    figure = cash_chart(cash((20, "-1010"), (30, "600"), days=days), (), LIGHT)

    assert figure.axes[1].get_xticklabels()[0].get_text() == label
    assert f"{on}: CN¥10.00 short" in words_in(figure)
    assert f"lowest: -CN¥10.00 on {on}" in words_in(figure)


@pytest.mark.parametrize("width", [3.2, 5.0, 9.0])
@pytest.mark.parametrize(
    "found",
    [
        SHORT,
        cash(floor="200"),
        cash((0, "-900"), floor="200"),
        cash((89, "-1500"), (90, "9"), floor="500"),
        cash(amount="0"),
        cash(amount="-250"),
        cash((10, "1"), amount="0.01", floor="1000000"),
    ],
    ids=["short", "flat", "at once", "at the end", "nothing", "overdrawn", "tiny"],
)
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_nothing_is_cut_whatever_the_width_the_language_and_the_result(
    width: float, found: Forecast, language: str
) -> None:
    i18n.use(language)
    boxes = drawn(found, width, "dark")
    edge = boxes.pop("")

    assert boxes
    for words, box in boxes.items():
        assert box.x0 >= edge.x0 - 1, words
        assert box.x1 <= edge.x1 + 1, words
        assert box.y0 >= edge.y0 - 1, words


@pytest.mark.parametrize("found", [SHORT, cash((20, "-920"), (30, "920"), floor="200")])
def test_the_labels_at_the_end_do_not_cover_each_other(found: Forecast) -> None:
    boxes = drawn(found, 9, "light")
    end = show(found.balance(found.until))

    assert not boxes[end].overlaps(boxes["reserve CN¥200.00"])


# --- in words -------------------------------------------------------------------------------------


def test_the_chart_is_told_in_words_with_the_same_figures() -> None:
    told = [explain(phrase) for phrase in describe_cash(SHORT, (NOTE,))]

    assert told == [
        "CN¥1,000.00 is there on 22 Nov 2026.",
        "The lowest balance is CN¥80.00, on 12 Dec 2026; that is CN¥120.00 below the reserve of CN¥200.00.",
        "The first day below the reserve of CN¥200.00 is 12 Dec 2026: CN¥120.00 short.",
        "CN¥680.00 is there on 20 Feb 2027.",
        explain(NOTE),
    ]


@pytest.mark.parametrize(
    ("found", "lowest", "short"),
    [
        (
            cash(floor="200"),
            "The lowest balance is CN¥1,000.00, on 22 Nov 2026.",
            "It stays above the reserve of CN¥200.00 until 20 Feb 2027.",
        ),
        (
            cash((10, "-1000")),
            "The lowest balance is CN¥0.00, on 2 Dec 2026.",
            "It suffices until 20 Feb 2027.",
        ),
        (
            cash((10, "-1100")),
            "The lowest balance is -CN¥100.00, on 2 Dec 2026; that is CN¥100.00 short.",
            "The first day on which it does not suffice is 2 Dec 2026: CN¥100.00 short.",
        ),
    ],
)
def test_the_words_fit_what_is_there(found: Forecast, lowest: str, short: str) -> None:
    told = [explain(phrase) for phrase in describe_cash(found)]

    assert told[1:3] == [lowest, short]


def test_every_figure_in_the_words_says_how_it_was_made() -> None:
    figures = figures_in(*describe_cash(SHORT))

    assert len(figures) == 7
    assert all(figure.derivation.given for figure in figures)


# --- the axis -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "most", "ticks"),
    [
        (20_000, 100_000, [0, 50_000, 100_000]),
        (-500, 12_345, [-5_000, 0, 5_000, 10_000, 15_000]),
        (-100, -50, [-100, -50, 0]),
        (0, 0, [0, 1]),
        (7, 7, [0, 2, 4, 6, 8]),
    ],
)
def test_the_axis_has_round_amounts_with_nothing_among_them(least: int, most: int, ticks: list[int]) -> None:
    found = span_ticks(Money(least, "CNY"), Money(most, "CNY"))

    assert [tick.minor for tick in found] == ticks
