"""The cash of one currency day by day, against its reserve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.charts.axes import date_ticks, span_ticks, tick_labels
from planner.charts.cash_words import describe_cash, lowest_words, short_words
from planner.domain.cash.forecast import Forecast
from planner.domain.money import Money
from planner.i18n import DateStyle, _, explain, show, show_date, show_month
from planner.look import Colours
from planner.phrases import Phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.charts.style import Board

__all__ = ["cash_chart", "describe_cash", "lowest_words", "short_words"]

_HEIGHT = 14  # of the plot, in sizes of the body text
_LEAST_PLOT = 0.55  # of the width; where the labels at the end would leave less, they stand inside
_LINE = 1.4  # how far apart two labels stand at least, in sizes of their text
_LONG = 300  # from so many days on, the axis names months instead of days
_DASHES = (0, (5, 1.5))


def cash_chart(
    forecast: Forecast, notes: Iterable[Phrase], colours: Colours, scale: float = 1.0, *, title: str = ""
) -> Figure:
    """The balance at the end of each day, if everything comes and goes as it is recorded or planned.

    Dashed, because it has not happened. Where it is below the reserve the room between is filled; the
    first such day is marked at the top, and the lowest point is labelled below the line.

    Args:
        forecast: The result.
        notes: What it takes for granted and leaves out.
        colours: The colours of the theme.
        scale: The size of the text, 1 being that of a report.
        title: What stands above it; empty where it is the cash as recorded.
    """
    from planner.charts.style import Board, drawing  # noqa: PLC0415 - brings matplotlib

    with drawing():
        board = Board(colours, scale)
        recorded = _("Cash in {currency}, if everything comes and goes as recorded")
        board.text(title or recorded.format(currency=forecast.currency), is_bold=True)
        days = _days(forecast)
        least, most = min(amount for _day, amount in days), max(amount for _day, amount in days)
        ticks = span_ticks(least, max(most, forecast.floor))
        labels = tick_labels(ticks)
        left = max(board.width_of(label, is_quiet=True) for label in labels) + board.body
        ends = _end_labels(forecast)
        beside = max(board.width_of(words, is_bold=is_bold) for words, _at, is_bold in ends) + board.body
        last_day = board.width_of(_day_words(forecast, forecast.until), is_quiet=True)
        is_beside = board.room - left - beside > _LEAST_PLOT * board.room
        right = beside if is_beside else last_day / 2
        width = board.room - left - right
        if not is_beside:
            words = _("On {date}: {amount}")
            end = forecast.balance(forecast.until)
            board.text(words.format(date=show(forecast.until), amount=show(end)))
            if forecast.floor:
                board.text(_("Reserve: {amount}").format(amount=show(forecast.floor)))
        # What is wider than the plot stands above it.
        for words in (_short_label(forecast), _lowest_label(forecast)):
            if words and board.width_of(words, is_bold=True) > width:
                board.text(words)
        board.down(2.6 if forecast.first_short is not None else 1.2)
        axes = board.plot(left, right, _HEIGHT * board.body)
        axes.set_yticks([float(tick.decimal) for tick in ticks], labels)
        _set_limits(board, axes, ticks, least)
        axes.set_xlim(forecast.start_on.toordinal(), max(forecast.until, days[-1][0]).toordinal())
        _draw(board, axes, forecast, days)
        if is_beside:
            _label_ends(board, axes, ends)
        _label_lowest(board, axes, forecast, width)
        _label_short(board, axes, forecast, width)
        count = int(width / (last_day + 2 * board.small)) + 1
        shown = date_ticks(forecast.start_on, forecast.until, count)
        axes.set_xticks([day.toordinal() for day in shown], [_day_words(forecast, day) for day in shown])
        board.down(2.2)
        for phrase in notes:
            board.text(explain(phrase), is_quiet=True)
        return board.done()


def _days(forecast: Forecast) -> list[tuple[date, Money]]:
    """The balance wherever it changes, and at the end."""
    days = [(day.on, day.balance) for day in forecast.days]
    return [*days, (forecast.until, days[-1][1])] if days[-1][0] < forecast.until else days


def _day_words(forecast: Forecast, day: date) -> str:
    """A day on the axis; its month where the axis is long."""
    return show_month(day) if _is_long(forecast) else show_date(day, DateStyle.SHORT)


def _date_words(forecast: Forecast, day: date) -> str:
    """A day in a label: with its year where that is not clear."""
    return show_date(day, DateStyle.MEDIUM if _is_long(forecast) else DateStyle.SHORT)


def _is_long(forecast: Forecast) -> bool:
    return (forecast.until - forecast.start_on).days > _LONG


def _end_labels(forecast: Forecast) -> list[tuple[str, Money, bool]]:
    """What stands at the end of each line: words, where, and whether they are bold."""
    end = forecast.balance(forecast.until)
    labels = [(show(end), end, True)]
    if forecast.floor:
        words = _("reserve {amount}").format(amount=show(forecast.floor))
        labels.append((words, forecast.floor, False))
    return labels


def _set_limits(board: Board, axes: Axes, ticks: tuple[Money, ...], least: Money) -> None:
    """Leave room below the lowest point for what is written there."""
    bottom, top = float(ticks[0].decimal), float(ticks[-1].decimal)
    share = 1.8 * board.small / (_HEIGHT * board.body)
    room = (top - bottom) * share / (1 - share)
    axes.set_ylim(min(bottom, float(least.decimal) - room), top)


def _draw(board: Board, axes: Axes, forecast: Forecast, days: list[tuple[date, Money]]) -> None:
    """Draw the line of the balance, that of the reserve, and what lies between where it is short."""
    colours = board.colours
    floor = float(forecast.floor.decimal)
    # Two points a day where it moves, so that what is filled has the corners of the steps.
    xs, ys = [float(days[0][0].toordinal())], [float(days[0][1].decimal)]
    for day, amount in days[1:]:
        xs += [float(day.toordinal())] * 2
        ys += [ys[-1], float(amount.decimal)]
    axes.fill_between(
        xs,
        ys,
        floor,
        where=[y < floor for y in ys],
        facecolor=(colours.amber, 0.25),
        edgecolor=colours.amber,
        hatch="////",
        linewidth=0,
    )
    if forecast.floor:
        axes.axhline(floor, color=colours.text, linewidth=1.0, linestyle=":")
    if ys and min(ys) < 0:
        axes.axhline(0, color=colours.quiet, linewidth=0.8)
    axes.plot(xs, ys, color=colours.accent, linewidth=1.8, linestyle=_DASHES)


def _label_ends(board: Board, axes: Axes, ends: list[tuple[str, Money, bool]]) -> None:
    """Write what each line is beside its end, one above the other if they are close."""
    low, high = axes.get_ylim()
    per_unit = _HEIGHT * board.body / (high - low)
    apart = _LINE * board.body
    (_words, end, _bold), *others = ends
    shift = 0.0
    if others:
        gap = float((end - others[0][1]).decimal) * per_unit
        shift = max(apart - abs(gap), 0.0) / 2 * (1 if gap >= 0 else -1)
    for number, (words, amount, is_bold) in enumerate(ends):
        axes.annotate(
            words,
            (axes.get_xlim()[1], float(amount.decimal)),
            xytext=(0.5 * board.body, -shift if number else shift),
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=board.body if is_bold else board.small,
            fontweight="bold" if is_bold else "normal",
            color=board.colours.text,
            annotation_clip=False,
        )


def _lowest_label(forecast: Forecast) -> str:
    lowest = forecast.lowest
    return _("lowest: {amount} on {date}").format(
        amount=show(lowest.balance), date=_date_words(forecast, lowest.on)
    )


def _short_label(forecast: Forecast) -> str:
    short = forecast.first_short
    if short is None:
        return ""
    text = _("{date}: {missing} below the reserve") if forecast.floor else _("{date}: {missing} short")
    return text.format(date=_date_words(forecast, short.on), missing=show(forecast.missing(short.on)))


def _label_lowest(board: Board, axes: Axes, forecast: Forecast, width: float) -> None:
    """Mark the lowest point and write it below, where nothing of the line can be."""
    lowest = forecast.lowest
    at = (lowest.on.toordinal(), float(lowest.balance.decimal))
    axes.plot(*at, marker="o", markersize=5, color=board.colours.accent, clip_on=False)
    _put(board, axes, _lowest_label(forecast), at, width, above=False)


def _label_short(board: Board, axes: Axes, forecast: Forecast, width: float) -> None:
    """Mark the first day below the reserve by a line up to its words."""
    short = forecast.first_short
    if short is None:
        return
    x = short.on.toordinal()
    axes.axvline(x, color=board.colours.amber, linewidth=1.2, linestyle=(0, (1, 1)))
    y = float(short.balance.decimal)
    axes.plot(x, y, marker="D", markersize=5, color=board.colours.amber, clip_on=False)
    _put(board, axes, _short_label(forecast), (x, axes.get_ylim()[1]), width, above=True)


def _put(board: Board, axes: Axes, words: str, at: tuple[float, float], width: float, *, above: bool) -> None:
    """Write something at a point: in its middle, or pushed inwards where the plot ends; not if too wide."""
    from planner.charts.style import printable  # noqa: PLC0415 - brings matplotlib

    text = printable(words)
    if board.width_of(text, is_bold=True) > width:
        return
    first, last = axes.get_xlim()
    per_day = width / max(last - first, 1)
    half = board.width_of(text, is_bold=above) / 2
    x = (at[0] - first) * per_day
    inside = min(max(x, half), max(width - half, half))
    axes.annotate(
        text,
        at,
        xytext=(inside - x, (0.35 if above else -0.5) * board.body),
        textcoords="offset points",
        ha="center",
        va="bottom" if above else "top",
        fontsize=board.body if above else board.small,
        fontweight="bold" if above else "normal",
        color=board.colours.amber if above else board.colours.text,
        annotation_clip=False,
        # The line of the reserve may run through it.
        bbox={"boxstyle": "square,pad=0.1", "facecolor": board.colours.surface, "edgecolor": "none"},
    )
