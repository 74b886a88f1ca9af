"""What being late costs by the day of paying, as a band where the sources disagree."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.charts.axes import amount_ticks, date_ticks, tick_labels
from planner.domain.overdue import LateCost, LateDay, Milestone
from planner.i18n import DateStyle, _, explain, show, show_date
from planner.look import Colours
from planner.phrases import Phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.charts.style import Board

_HEIGHT = 15  # of the plot, in sizes of the body text
_LEAST_PLOT = 0.5  # of the width; where the labels would leave less, they stand above
_CIRCLED_ONE = 0x2460


def describe_late(cost: LateCost) -> tuple[Phrase, ...]:
    """The chart in words, for those who do not see it."""
    if not cost.days:
        unpaid = Phrase("The cost of paying {amount} late is not known.", amount=cost.unpaid)
        return (unpaid, *cost.missing)
    words = [
        Phrase(
            "Paying {amount} on {date} costs {cost} on top, because it is late.",
            amount=cost.unpaid,
            date=day.day,
            cost=day.cost,
        )
        for day in _told(cost)
    ]
    return (*words, *(milestone_words(milestone) for milestone in _on_the_way(cost)), *cost.assumed)


def _told(cost: LateCost) -> tuple[LateDay, ...]:
    """The first day on which it costs something, and the chosen one."""
    chosen = cost.days[-1]
    first = next((day for day in cost.days if day.cost.high), chosen)
    return (first, chosen) if first is not chosen else (chosen,)


def milestone_words(milestone: Milestone) -> Phrase:
    """A milestone with its day, where it has one."""
    if milestone.on is None:
        return milestone.text
    return Phrase("{date}: {what}", date=milestone.when, what=milestone.text)


def _on_the_way(cost: LateCost) -> tuple[Milestone, ...]:
    """The milestones on one of the days that are shown."""
    first, last = cost.days[0].day, cost.days[-1].day
    return tuple(mark for mark in cost.milestones if mark.on is not None and first <= mark.on <= last)


def late_chart(cost: LateCost, colours: Colours, scale: float = 1.0) -> Figure:
    """What being late costs for each day of paying, up to the chosen one.

    A step a day; a band from the lowest to the highest that the sources allow; numbered marks where
    something may happen, told below. Without a late rate it says what is missing instead.

    Args:
        cost: The result.
        colours: The colours of the theme.
        scale: The size of the text, 1 being that of a report.
    """
    from planner.charts.style import Board, Swatch, drawing  # noqa: PLC0415 - brings matplotlib

    with drawing():
        board = Board(colours, scale)
        title = _("What paying {amount} late costs, by the day of paying")
        board.text(title.format(amount=show(cost.unpaid)), is_bold=True)
        board.down(0.5)
        if not cost.days:
            look = Swatch(colours.surface, "//", "", is_dashed=True)
            board.bar(board.margin, board.y, board.room, 4 * board.body, look)
            board.down(4.5)
            board.text(_("Not known"), is_bold=True)
            for missing in cost.missing:
                board.text(explain(missing))
            return board.done()
        chosen = cost.days[-1]
        ends = [show(chosen.cost.high)]
        if not chosen.cost.is_single:
            ends = [
                _("high: {amount}").format(amount=show(chosen.cost.high)),
                _("low: {amount}").format(amount=show(chosen.cost.low)),
            ]
        right = max(board.width_of(words, is_bold=True) for words in ends) + board.body
        ticks = amount_ticks(chosen.cost.high)
        labels = tick_labels(ticks)
        left = max(board.width_of(label, is_quiet=True) for label in labels) + board.body
        are_beside = board.room - left - right > _LEAST_PLOT * board.room
        last_day = board.width_of(show_date(chosen.day, DateStyle.SHORT), is_quiet=True)
        right = right if are_beside else last_day / 2
        width = board.room - left - right
        if are_beside:
            words = _("Paid on {date}").format(date=show(chosen.day))
            board.put(
                words, board.margin + left + width, board.y, size=board.small, is_quiet=True, align="right"
            )
        else:
            words = _("Paid on {date}: {cost}").format(date=show(chosen.day), cost=show(chosen.cost))
            board.text(words, is_bold=True)
        board.down(3.0 if are_beside else 1.6)
        axes = board.plot(left, right, _HEIGHT * board.body)
        axes.set_yticks([float(tick.decimal) for tick in ticks], labels)
        axes.set_ylim(0, float(ticks[-1].decimal))
        marks = _draw(board, axes, cost, width)
        if are_beside:
            _label_ends(board, axes, cost, ends)
        count = int(width / (last_day + 2 * board.small)) + 1
        days = date_ticks(cost.days[0].day, chosen.day, count)
        axes.set_xticks([day.toordinal() for day in days], [show_date(day, DateStyle.SHORT) for day in days])
        board.down(2.2)
        for mark, milestone in marks:
            board.text(explain(milestone_words(milestone)), is_quiet=True, indent=1.6 * board.body, mark=mark)
        for assumed in cost.assumed:
            board.text(explain(assumed), is_quiet=True)
        return board.done()


def _draw(board: Board, axes: Axes, cost: LateCost, width: float) -> list[tuple[str, Milestone]]:
    """Draw band and marks over days; return each mark with what it stands for."""
    colours = board.colours
    first, last = cost.days[0].day.toordinal(), cost.days[-1].day.toordinal()
    edges = [first - 0.5 + number for number in range(len(cost.days) + 1)]
    low = [float(day.cost.low.decimal) for day in cost.days]
    high = [float(day.cost.high.decimal) for day in cost.days]
    if any(not day.cost.is_single for day in cost.days):
        axes.stairs(
            high,
            edges,
            baseline=low,
            fill=True,
            facecolor=(colours.band, 0.5),
            edgecolor=colours.accent,
            hatch="//",
            lw=0,
        )
        axes.stairs(high, edges, baseline=None, color=colours.accent, linewidth=1.2)
    axes.stairs(low, edges, baseline=None, color=colours.accent, linewidth=1.8)
    axes.axvline(last, color=colours.text, linewidth=0.8)
    axes.plot([last, last], [low[-1], high[-1]], linestyle="", marker="o", color=colours.accent, markersize=5)
    axes.set_xlim(edges[0], edges[-1])
    per_day = width / (edges[-1] - edges[0])
    marks, free = [], 0.0
    for number, milestone in enumerate(_on_the_way(cost)):
        mark = chr(_CIRCLED_ONE + number)
        day = (milestone.on or date.min).toordinal()
        axes.axvline(day, color=colours.quiet, linewidth=0.8, linestyle=":")
        x = (day - edges[0]) * per_day
        axes.annotate(
            mark,
            (day, 1),
            xycoords=("data", "axes fraction"),
            xytext=(max(free - x, 0.0), 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=board.body,
            color=colours.text,
        )
        free = max(x, free) + 1.3 * board.body
        marks.append((mark, milestone))
    return marks


def _label_ends(board: Board, axes: Axes, cost: LateCost, words: list[str]) -> None:
    """Write the cost on the chosen day beside the ends of the lines, one above the other if close."""
    span = cost.days[-1].cost
    apart = float((span.high - span.low).decimal) / float(axes.get_ylim()[1]) * _HEIGHT * board.body
    are_close = len(words) > 1 and apart < 1.4 * board.body
    for number, text in enumerate(words):
        amount = span.low if number else span.high
        axes.annotate(
            text,
            (cost.days[-1].day.toordinal(), float(amount.decimal)),
            xytext=(0.7 * board.body, (-0.7 if number else 0.7) * board.body if are_close else 0),
            textcoords="offset points",
            ha="left",
            va="center",
            fontsize=board.body,
            fontweight="bold",
            color=board.colours.text,
            annotation_clip=False,
        )
