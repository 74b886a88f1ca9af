"""What is owed over time: with only the minimums, in an order, and what really happened until today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.charts.axes import amount_ticks, date_ticks, tick_labels
from planner.charts.payoff_words import course_words, notes_beside, shown_until
from planner.domain.dates import months_between
from planner.domain.minimum.path import Fate
from planner.domain.money import Money
from planner.domain.optimum.problem import End
from planner.domain.over_time.course import Course
from planner.domain.over_time.over_time import OverTime
from planner.domain.over_time.path import Run
from planner.i18n import DateStyle, _, explain, show, show_date, show_month
from planner.look import Colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.charts.style import Board

_HEIGHT = 15  # of the plot, in sizes of the body text
_LEAST_PLOT = 0.5  # of the width; where the labels would leave less, they stand above
_LINE = 1.35  # how far apart two lines of a label stand, in sizes of their text
_DASHES = (0, (5, 1.5))
_A_YEAR = 12  # from so many months on, the axis names months instead of days


def payoff_chart(over: OverTime, course: Course, colours: Colours, scale: float = 1.0) -> Figure:
    """What is owed at the end of each month: with only the minimums, in an order, and really.

    Only the minimums are dashed, the order is a full line, what was really owed are dots; a line marks today.
    Where the sources disagree there is a band between both ends. A line that goes on is cut at the edge and
    says until when, or that it never ends.

    Args:
        over: The result.
        course: The order; only the minimums alone where it is none.
        colours: The colours of the theme.
        scale: The size of the text, 1 being that of a report.
    """
    from planner.charts.style import Board, Swatch, drawing  # noqa: PLC0415 - brings matplotlib

    with drawing():
        board = Board(colours, scale)
        board.text(_("Still to pay, month by month"), is_bold=True)
        if not over.debts:
            board.text(_("There is no debt that can be followed."))
            for note in notes_beside(over, course):
                board.text(explain(note), is_quiet=True)
            return board.done()
        courses = [over.baseline] if course.order is None else [over.baseline, course]
        last = shown_until(over, course)
        top = _most(over, courses, last)
        ticks = amount_ticks(top)
        labels = tick_labels(ticks)
        left = max(board.width_of(label, is_quiet=True) for label in labels) + board.body
        ends = [_end_words(each) for each in courses]
        widest = max(
            board.width_of(words, is_bold=not number) for end in ends for number, words in enumerate(end)
        )
        first = min([over.today, *(seen.on for seen in over.past)])
        is_long = months_between(first, last) > _A_YEAR
        last_day = board.width_of(_tick(last, is_long=is_long), is_quiet=True)
        is_beside = board.room - left - widest - 2 * board.body > _LEAST_PLOT * board.room
        right = widest + 1.5 * board.body if is_beside else last_day / 2
        width = board.room - left - right
        if not is_beside:
            board.down(0.3)
            looks = (Swatch(colours.surface, "", "", is_dashed=True), Swatch(colours.accent, "", ""))
            board.key(
                Swatch(look.colour, "", _("{name}: {what}").format(name=name, what=what), look.is_dashed)
                for look, (name, what) in zip(looks, ends, strict=False)
            )
        board.down(0.3)
        if over.past:
            board.text(_("Dots: what was really owed at the end of each month"), is_quiet=True)
        board.down(1.8)
        axes = board.plot(left, right, _HEIGHT * board.body)
        axes.set_yticks([float(tick.decimal) for tick in ticks], labels)
        axes.set_ylim(0, float(ticks[-1].decimal))
        axes.set_xlim(first.toordinal(), last.toordinal())
        _draw(board, axes, over, courses)
        _mark_today(board, axes, over, width)
        if is_beside:
            _label_ends(board, axes, courses, ends, last)
        count = max(int(width / (last_day + 2 * board.small)) + 1, 2)
        shown = date_ticks(first, last, count)
        axes.set_xticks([day.toordinal() for day in shown], [_tick(day, is_long=is_long) for day in shown])
        board.down(2.2)
        for note in notes_beside(over, course):
            board.text(explain(note), is_quiet=True)
        return board.done()


def _tick(day: date, *, is_long: bool) -> str:
    """A day of the axis; over more than a year its month."""
    return show_month(day) if is_long else show_date(day, DateStyle.SHORT)


def _points(over: OverTime, run: Run) -> tuple[list[int], list[float]]:
    """What is owed today and at the end of each month."""
    days = [over.today.toordinal(), *(month.until.toordinal() for month in run.months)]
    owed = [float(run.open.decimal), *(float(month.open.decimal) for month in run.months)]
    return days, owed


def _most(over: OverTime, courses: list[Course], last: date) -> Money:
    """The highest amount that is shown."""
    amounts = [over.open.value, *(seen.open for seen in over.past)]
    for each in courses:
        for end in End:
            amounts += [month.open for month in each.at(end).months if month.until <= last]
    return max(amounts)


def _end_words(course: Course) -> tuple[str, str]:
    """The name of a line, and how it ends."""
    name = explain(course_words(course))
    if course.cleared_on is not None:
        return name, _("paid on {date}").format(date=show(course.cleared_on.value))
    if course.fate is Fate.NEVER:
        return name, _("never paid this way")
    return name, _("not paid within 200 years")


def _draw(board: Board, axes: Axes, over: OverTime, courses: list[Course]) -> None:
    """Draw bands, lines and dots."""
    colours = board.colours
    for number, each in enumerate(courses):
        days, owed = _points(over, each.high)
        low = _points(over, each.low)[1]
        if owed != low:
            # What is paid at the cheap end stays paid; what never ends is followed as far at both.
            low += [0.0] * (len(owed) - len(low)) if each.low.fate is Fate.CLEARS else []
            axes.fill_between(
                days[: len(low)], low[: len(days)], owed[: len(low)], facecolor=colours.band, alpha=0.45, lw=0
            )
        # What is paid stays paid: the line goes on along nothing.
        if each.fate is Fate.CLEARS:
            days.append(max(int(axes.get_xlim()[1]), days[-1]))
            owed.append(owed[-1])
        axes.plot(
            days,
            owed,
            color=colours.accent if number else colours.quiet,
            linewidth=1.8 if number else 1.4,
            linestyle="-" if number else _DASHES,
        )
        cleared = each.high.cleared_on
        if each.fate is Fate.CLEARS and cleared is not None and number:
            axes.plot(
                [days[-2]], [0], linestyle="", marker="D", markersize=5, color=colours.accent, clip_on=False
            )
    axes.plot(
        [seen.on.toordinal() for seen in over.past],
        [float(seen.open.decimal) for seen in over.past],
        linestyle="",
        marker="o",
        markersize=4,
        color=colours.text,
        clip_on=False,
    )


def _mark_today(board: Board, axes: Axes, over: OverTime, width: float) -> None:
    """A line at today, with what is owed."""
    today = over.today.toordinal()
    axes.axvline(today, color=board.colours.text, linewidth=0.8)
    first, last = axes.get_xlim()
    x = (today - first) / max(last - first, 1) * width
    words = _("Today: {amount}").format(amount=show(over.open.value))
    needed = board.width_of(words)
    # Where there is no room at its right, the label ends at the line, or else at the left edge.
    align = "left" if x + needed <= width else "right"
    offset = 2.0 if align == "left" else -2.0
    if align == "right" and needed > x:
        align, offset = "left", -x
    axes.annotate(
        words,
        (today, 1),
        xycoords=("data", "axes fraction"),
        xytext=(offset, 2),
        textcoords="offset points",
        ha=align,
        va="bottom",
        fontsize=board.body,
        color=board.colours.text,
        annotation_clip=False,
    )


def _label_ends(
    board: Board, axes: Axes, courses: list[Course], ends: list[tuple[str, str]], last: date
) -> None:
    """Name the lines at the right, one above the other where they are close."""
    top = float(axes.get_ylim()[1])
    per_unit = _HEIGHT * board.body / top
    needed = (1 + board.small / board.body) * _LINE * board.body
    wanted = []
    for each, words in zip(courses, ends, strict=True):
        shown = [month.open for month in each.high.months if month.until <= last]
        at = float(shown[-1].decimal) if shown else 0.0
        wanted.append((at * per_unit, words))
    free = 0.0
    for at, (name, what) in sorted(wanted, key=lambda each: each[0]):
        middle = max(at, free + needed / 2)
        middle = min(middle, _HEIGHT * board.body - needed / 2) if not free else middle
        free = middle + needed / 2 + 0.3 * board.body
        for text, up, size, weight in (
            (name, 0.1 * board.body, board.body, "bold"),
            (what, -1.25 * board.small, board.small, "normal"),
        ):
            axes.annotate(
                text,
                (1, 0),
                xycoords="axes fraction",
                xytext=(0.8 * board.body, middle + up),
                textcoords="offset points",
                ha="left",
                va="baseline",
                fontsize=size,
                fontweight=weight,
                color=board.colours.text,
                annotation_clip=False,
            )
