from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from planner import i18n
from planner.charts import style
from planner.charts.paid_off import describe_progress, progress_chart
from planner.charts.payoff import payoff_chart
from planner.charts.payoff_words import course_words, describe_payoff
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.derivation import figures_in
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.payoff.scenario import Order, Scenario
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.i18n import explain
from planner.look import DARK, LIGHT, THEMES
from planner.services.accounts import save_account
from planner.services.payoff_orders import OverTime, over_time
from planner.store.store import Store

Words = Callable[[Figure], list[str]]


def known(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, Source("a page")) for term, text in claims))


TENTH = known((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM, "0.10"), (Term.CARRY_RATE, "0.0005"))
BAND = Terms((*TENTH.claims, *known((Term.CARRY_RATE, "0.0002"), (Term.CARRY_FROM, "due")).claims))
GROWING = known((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM, "0.01"), (Term.INTEREST_RATE, "0.24"))


def record(store: Store, name: str, terms: Terms, amount: str) -> None:
    account = Account(name, "Lender", "CNY", terms=terms)
    line = BillLine(LineKind.PURCHASE, Money.of(amount, "CNY"))
    bill = Bill(account.id, date(2026, 9, 1), date(2026, 12, 10), (line,))
    with store.transaction():
        save_account(store, account)
        store.bills.save(bill)
        store.payments.save(Payment(account.id, Money.of(50, "CNY"), date(2026, 10, 15)))


def look(store: Store, today: date, extra: int = 200, order: Order = Order.AVALANCHE) -> OverTime:
    return over_time(store, today, Scenario("CNY", extra=Money.of(extra, "CNY"), order=order))


@pytest.fixture
def over(store: Store, today: date) -> OverTime:
    """Two debts of 1,000 and 2,000, of one of which the sources disagree, and one without terms."""
    record(store, "白条 镕喆 « é œ € »", BAND, "1000.00")
    record(store, "Card", TENTH, "2000.00")
    record(store, "Unknown", Terms(), "300.00")
    return look(store, today)


@pytest.fixture
def growing(store: Store, today: date) -> OverTime:
    """A debt that never ends with the minimum alone."""
    record(store, "Card", GROWING, "1000.00")
    return look(store, today)


def xs(line: Line2D) -> list[float]:
    found: Any = line.get_xdata()
    return [float(each) for each in found]


def ys(line: Line2D) -> list[float]:
    found: Any = line.get_ydata()
    return [float(each) for each in found]


def lines(figure: Figure) -> list[Line2D]:
    """The lines and dots that are drawn, without the mark of today."""
    axes = figure.axes[1]
    return [line for line in axes.get_lines() if len(xs(line)) != 2 or line.get_linestyle() == "None"]


def test_the_lines_are_what_is_owed_at_the_end_of_each_month(over: OverTime) -> None:
    figure = payoff_chart(over, over.chosen, LIGHT)
    baseline, course, _end, dots = lines(figure)

    assert baseline.get_linestyle() == "--"
    assert course.get_linestyle() == "-"
    months = over.chosen.high.months
    wanted = [float(over.open.value.decimal), *(float(month.open.decimal) for month in months)]
    assert ys(course)[: len(wanted)] == wanted
    days = [over.today.toordinal(), *(month.until.toordinal() for month in months)]
    assert xs(course)[: len(days)] == days
    # What is paid stays paid, up to the edge.
    assert ys(course)[-1] == 0
    assert xs(course)[-1] == figure.axes[1].get_xlim()[1]
    assert [float(seen.open.decimal) for seen in over.past] == ys(dots)
    assert ys(dots) == [3300.0, 3150.0]
    assert baseline.get_color() != course.get_color()


def test_the_lines_say_what_they_are_and_how_they_end(over: OverTime, words_in: Words) -> None:
    with style.drawing(width=9.0):
        words = words_in(payoff_chart(over, over.chosen, LIGHT))

    assert {"Only the minimums", "Dearest first (avalanche)", "Today: CN¥2,900.00"} <= set(words)
    assert any(each.startswith("paid on ") for each in words)
    assert "Dots: what was really owed at the end of each month" in words
    assert any("CN¥250.00 cannot be followed" in each for each in words)
    assert any("goes on beyond the chart" in each for each in words)


def test_a_band_lies_between_the_ends_where_sources_disagree(over: OverTime) -> None:
    figure = payoff_chart(over, over.chosen, LIGHT)

    assert len(figure.axes[1].collections) == 2
    single = payoff_chart(over, over.orders[Order.SNOWBALL], LIGHT)
    assert len(single.axes[1].collections) == 2


def test_what_never_ends_is_cut_at_the_edge_and_says_so(growing: OverTime, words_in: Words) -> None:
    with style.drawing(width=9.0):
        figure = payoff_chart(growing, growing.chosen, LIGHT)
    words = words_in(figure)

    assert "never paid this way" in words
    axes = figure.axes[1]
    baseline = lines(figure)[0]
    assert max(xs(baseline)) > axes.get_xlim()[1]
    shown = [owed for day, owed in zip(xs(baseline), ys(baseline), strict=True) if day <= axes.get_xlim()[1]]
    assert shown == sorted(shown)
    assert max(shown) <= axes.get_ylim()[1]
    # Two years, of which the order takes half a year.
    assert date.fromordinal(int(axes.get_xlim()[1])) == date(2028, 11, 30)
    alone = payoff_chart(growing, growing.baseline, LIGHT)
    assert date.fromordinal(int(alone.axes[1].get_xlim()[1])) == date(2031, 11, 30)
    assert not alone.axes[1].collections


def test_an_order_is_not_lost_at_the_left_of_a_long_baseline(store: Store, today: date) -> None:
    long = known(
        (Term.MINIMUM_RULE, "part_or_least"),
        (Term.MINIMUM, "0.02"),
        (Term.MINIMUM_LEAST, "10"),
        (Term.INTEREST_RATE, "0.12"),
    )
    record(store, "Card", long, "5000.00")

    quick, slow = look(store, today, 5000), look(store, today, 60)

    assert slow.chosen.months is not None
    months = slow.chosen.months.value.high
    assert months > 12
    edges = [
        date.fromordinal(int(payoff_chart(each, each.chosen, LIGHT).axes[1].get_xlim()[1]))
        for each in (quick, slow)
    ]
    assert edges[0] == date(2027, 11, 30)
    assert (edges[1].year - 2026) * 12 + edges[1].month - 11 == 3 * months
    alone = payoff_chart(quick, quick.baseline, LIGHT).axes[1]
    baseline = quick.baseline.months
    assert baseline is not None
    edge = date.fromordinal(int(alone.get_xlim()[1]))
    assert (edge.year - 2026) * 12 + edge.month - 11 == baseline.value.high


def test_without_a_debt_that_can_be_followed_it_says_so(store: Store, today: date, words_in: Words) -> None:
    record(store, "Unknown", Terms(), "300.00")
    over = look(store, today)

    words = words_in(payoff_chart(over, over.chosen, LIGHT))

    assert "There is no debt that can be followed." in words
    assert any("CN¥250.00 cannot be followed" in each for each in words)


def test_the_chart_is_told_in_words_with_the_same_figures(over: OverTime) -> None:
    phrases = describe_payoff(over, over.chosen)
    words = [explain(each) for each in phrases]

    assert words[0] == "CN¥2,900.00 is owed today."
    assert words[1].startswith("Only the minimums: all is paid on ")
    assert words[2].startswith("Dearest first (avalanche): all is paid on ")
    assert words[2].endswith("less than with only the minimums.")
    assert words[3:5] == ["On 30 Sept 2026 CN¥3,300.00 was owed.", "On 31 Oct 2026 CN¥3,150.00 was owed."]
    assert over.chosen.cost in figures_in(*phrases)
    assert over.baseline.cleared_on in figures_in(*phrases)
    only = [explain(each) for each in describe_payoff(over, over.baseline)]
    assert only[1] == words[1]
    assert not any("avalanche" in each for each in only)


def test_what_never_ends_is_told_in_words(growing: OverTime) -> None:
    words = [explain(each) for each in describe_payoff(growing, growing.chosen)]

    assert words[1].startswith("Card: Bill of 1 Sept 2026 is never paid off this way. ")
    assert words[1].endswith(" more would do so within 36 months.")


def test_every_order_has_its_name(over: OverTime) -> None:
    names = [explain(course_words(each)) for each in (over.baseline, *over.orders.values())]

    assert names == [
        "Only the minimums",
        "Smallest first (snowball)",
        "Dearest first (avalanche)",
        "My own order",
    ]


def test_bars_are_as_long_as_what_is_done_and_left(over: OverTime, words_in: Words) -> None:
    with style.drawing(width=8.0):
        figure = progress_chart(over, LIGHT)
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    lengths = [round(bar.get_width(), 6) for bar in bars if bar.get_height() > 10]

    # 50.00 of each was paid; 1,000.00, 2,000.00 and 300.00 in all.
    whole = max(lengths) + min(lengths)
    per_yuan = Decimal(whole) / 2000
    shown = sorted(int((Decimal(length) / per_yuan).to_integral_value()) for length in lengths)
    assert shown == [50, 50, 50, 250, 950, 1950]
    assert len({bar.get_hatch() for bar in bars}) == 2
    words = words_in(figure)
    assert "CN¥50.00 done, CN¥950.00 left" in words
    assert "Card: Bill of 1 Sept 2026" in words
    told = [explain(each) for each in describe_progress(over)]
    assert "Card: Bill of 1 Sept 2026: CN¥50.00 of CN¥2,000.00 is done, CN¥1,950.00 is left." in told
    assert figures_in(*describe_progress(over))


def test_nothing_to_pay_has_no_bars(store: Store, today: date, words_in: Words) -> None:
    assert "There is no open debt with a date." in words_in(progress_chart(look(store, today), LIGHT))


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
@pytest.mark.parametrize(("width", "scale"), [(6.69, 1.0), (4.5, 1.0), (4.2, 2.0), (12.0, 1.4)])
def test_no_text_leaves_the_chart(language: str, width: float, scale: float, over: OverTime) -> None:
    i18n.use(language)
    with style.drawing(width=width):
        figures = [
            payoff_chart(over, over.chosen, LIGHT, scale),
            payoff_chart(over, over.baseline, DARK, scale),
            progress_chart(over, LIGHT, scale),
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
def test_charts_have_the_colours_of_the_theme(theme: str, over: OverTime) -> None:
    colours = THEMES[theme]
    for figure in (payoff_chart(over, over.chosen, colours), progress_chart(over, colours)):
        texts = {text.get_color() for text in figure.findobj(Text) if text.get_text()}
        assert texts <= {colours.text, colours.quiet}
