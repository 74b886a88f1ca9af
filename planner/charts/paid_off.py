"""How much of each debt is paid and how much is left, as bars on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.over_time.over_time import OverTime
from planner.i18n import _, explain, show
from planner.look import Colours
from planner.phrases import Phrase

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_THICK = 1.2  # a bar, in sizes of the body text


def describe_progress(over: OverTime) -> tuple[Phrase, ...]:
    """How far each debt is paid, in words."""
    return tuple(
        Phrase(
            "{debt}: {paid} of {whole} is done, {left} is left.",
            debt=each.label,
            paid=each.paid,
            whole=each.whole,
            left=each.left,
        )
        for each in over.progress
    )


def progress_chart(over: OverTime, colours: Colours, scale: float = 1.0) -> Figure:
    """How much of each debt is paid and how much is left, on one scale.

    Args:
        over: The result.
        colours: The colours of the theme.
        scale: The size of the text, 1 being that of a report.
    """
    from planner.charts.style import HATCHES, Board, Swatch, drawing  # noqa: PLC0415 - brings matplotlib

    with drawing():
        board = Board(colours, scale)
        board.text(_("How far each debt is paid"), is_bold=True)
        if not over.progress:
            board.text(_("There is no open debt with a date."))
            return board.done()
        done = Swatch(colours.accent, "", _("Settled already"))
        left = Swatch(colours.surface, HATCHES[1], _("Still to pay"))
        board.down(0.3)
        board.key((done, left))
        longest = max(each.whole.value.minor for each in over.progress)
        per_minor = board.room / max(longest, 1)
        for each in over.progress:
            board.down(0.6)
            board.text(explain(each.label))
            board.text(
                _("{paid} done, {left} left").format(paid=show(each.paid.value), left=show(each.left.value)),
                is_quiet=True,
            )
            board.down(0.15)
            x = board.margin
            for amount, look in ((each.paid.value, done), (each.left.value, left)):
                if amount:
                    board.bar(x, board.y, amount.minor * per_minor, _THICK * board.body, look)
                    x += amount.minor * per_minor
            board.down(_THICK)
        return board.done()
