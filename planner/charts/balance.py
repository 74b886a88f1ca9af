"""What is still owed over the next 90 days, if every due is paid on its date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.charts.axes import amount_ticks, date_ticks, tick_labels
from planner.i18n import DateStyle, _, explain, show, show_date
from planner.look import Colours
from planner.phrases import Phrase
from planner.services.balance import BalancePoint
from planner.services.today import TodayView

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.charts.style import Board

_HEIGHT = 11  # of the plot, in sizes of the body text
_LEAST_PLOT = 0.5  # of the width; where the last label would leave less, it stands inside


def describe_balance(view: TodayView, currency: str) -> tuple[Phrase, ...]:
    """The chart in words, for those who do not see it."""
    points = view.balance.get(currency, ())
    if not points:
        return (
            Phrase("Nothing with a due date is owed in {currency}.", currency=currency),
            *_left_out(view, currency),
        )
    first, last = points[0], points[-1]
    steps = tuple(
        Phrase("After {date}: {amount}.", date=point.day, amount=point.made) for point in points[1:-1]
    )
    return (
        Phrase("{amount} is owed on {date}.", amount=first.made, date=first.day),
        *steps,
        Phrase(
            "{amount} is left on {date}, if every due is paid on its date.", amount=last.made, date=last.day
        ),
        *_left_out(view, currency),
    )


def _left_out(view: TodayView, currency: str) -> tuple[Phrase, ...]:
    """What the line takes for granted, and what it leaves out because its date is unknown."""
    notes = []
    if any(due.open.currency == currency for due in (*view.late, *view.rests, *view.missing)):
        notes.append(Phrase("What is late counts as paid today."))
    count = sum(due.open.currency == currency for due in view.unknown)
    if count:
        notes.append(
            Phrase.counted(
                "{count} due without a known date is not in it.",
                "{count} dues without a known date are not in it.",
                count,
            )
        )
    return tuple(notes)


def balance_chart(view: TodayView, currency: str, colours: Colours, scale: float = 1.0) -> Figure:
    """What is owed at the end of each day of the next 90, if every due is paid on its date.

    Dashed, because it has not happened; each step is labelled where there is room.

    Args:
        view: The result.
        currency: Which of its currencies.
        colours: The colours of the theme.
        scale: The size of the text, 1 being that of a report.
    """
    from planner.charts.style import Board, drawing  # noqa: PLC0415 - brings matplotlib

    points = view.balance.get(currency, ())
    with drawing():
        board = Board(colours, scale)
        board.text(_("Still owed, if every due is paid on its date"), is_bold=True)
        if not points:
            for phrase in describe_balance(view, currency):
                board.text(explain(phrase))
            return board.done()
        ticks = amount_ticks(max(point.owed for point in points))
        labels = tick_labels(ticks)
        left = max(board.width_of(label, is_quiet=True) for label in labels) + board.body
        ends = [show(point.owed) for point in points]
        right = board.width_of(ends[-1], is_bold=True) + board.body
        is_beside = board.room - left - right > _LEAST_PLOT * board.room
        last_day = board.width_of(show_date(points[-1].day, DateStyle.SHORT), is_quiet=True)
        right = right if is_beside else last_day / 2
        width = board.room - left - right
        board.down(2.0)
        axes = board.plot(left, right, _HEIGHT * board.body)
        axes.set_yticks([float(tick.decimal) for tick in ticks], labels)
        axes.set_ylim(0, float(ticks[-1].decimal))
        days = [point.day.toordinal() for point in points]
        owed = [float(point.owed.decimal) for point in points]
        axes.set_xlim(days[0], days[-1])
        axes.fill_between(days, owed, step="post", facecolor=colours.band, alpha=0.35, linewidth=0)
        axes.step(days, owed, where="post", color=colours.accent, linewidth=1.8, linestyle=(0, (5, 1.5)))
        axes.plot(
            days[:-1], owed[:-1], linestyle="", marker="o", markersize=4, color=colours.accent, clip_on=False
        )
        _label_steps(board, axes, points, width, 0.0 if is_beside else board.width_of(ends[-1], is_bold=True))
        axes.annotate(
            ends[-1],
            (days[-1], owed[-1]),
            xytext=(0.5 * board.body, 0) if is_beside else (0, 0.5 * board.body),
            textcoords="offset points",
            ha="left" if is_beside else "right",
            va="center" if is_beside else "bottom",
            fontsize=board.body,
            fontweight="bold",
            color=colours.text,
            annotation_clip=False,
        )
        count = int(width / (last_day + 2 * board.small)) + 1
        shown = date_ticks(points[0].day, points[-1].day, count)
        axes.set_xticks(
            [day.toordinal() for day in shown], [show_date(day, DateStyle.SHORT) for day in shown]
        )
        board.down(2.2)
        for phrase in _left_out(view, currency):
            board.text(explain(phrase), is_quiet=True)
        return board.done()


def _label_steps(
    board: Board, axes: Axes, points: Sequence[BalancePoint], width: float, taken: float
) -> None:
    """Write what is owed at each step beside it, where its neighbour leaves room; all are told in words.

    Args:
        board: The figure.
        axes: Its plot.
        points: The steps and the end.
        width: How wide the plot is, in points.
        taken: How much of it the label of the end takes, in points.
    """
    per_day = width / max((points[-1].day - points[0].day).days, 1)
    per_unit = _HEIGHT * board.body / float(axes.get_ylim()[1])
    free, level = 0.0, float("inf")
    for point in points[:-1]:
        x = (point.day - points[0].day).days * per_day
        y = float(point.owed.decimal) * per_unit
        end = x + board.width_of(show(point.owed), is_quiet=True)
        is_crowded = (x < free and level - y < 1.4 * board.small) or end > width - taken
        if point.owed == points[-1].owed or (is_crowded and point is not points[0]):
            continue
        free, level = end + board.small, y
        axes.annotate(
            show(point.owed),
            (point.day.toordinal(), float(point.owed.decimal)),
            xytext=(2, 0.5 * board.small),
            textcoords="offset points",
            fontsize=board.small,
            color=board.colours.text,
            annotation_clip=False,
        )
