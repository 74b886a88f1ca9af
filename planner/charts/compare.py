"""Every way to settle an amount, as bars on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.offers.compared import Outcome
from planner.i18n import _, explain, show
from planner.look import Colours
from planner.phrases import Phrase
from planner.services.compare import Comparison
from planner.services.rate_names import rate_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from planner.charts.style import Board

_THICK = 1.5  # a bar, in sizes of the body text
_LEAST_BARS = 0.5  # of the width; where the totals would leave less, they stand above


def describe_compare(comparison: Comparison) -> tuple[Phrase, ...]:
    """The chart in words, for those who do not see it."""
    compared = [outcome for outcome in comparison.outcomes if outcome.low is not None]
    count = Phrase.counted(
        "{amount}: {count} way to settle it.",
        "{amount}: {count} ways to settle it.",
        len(compared),
        amount=comparison.question.amount,
    )
    return (count, *(describe_outcome(outcome) for outcome in comparison.outcomes))


def describe_outcome(outcome: Outcome) -> Phrase:
    """One way in words."""
    if outcome.not_comparable is not None:
        return Phrase("{offer}: {reason}.", offer=outcome.offer.label, reason=outcome.not_comparable)
    if outcome.rate is None:
        return Phrase(
            "{offer}: {total} in all, last payment on {date}.",
            offer=outcome.offer.label,
            total=outcome.total,
            date=outcome.last_on,
        )
    return Phrase(
        "{offer}: {total} in all, {fees} of it above the amount, {rate}, last payment on {date}.",
        offer=outcome.offer.label,
        total=outcome.total,
        fees=outcome.fees,
        rate=rate_words(outcome),
        date=outcome.last_on,
    )


def compare_chart(comparison: Comparison, colours: Colours, scale: float = 1.0) -> Figure:
    """What each way to settle an amount comes to: principal, fee and interest, the total at the end.

    What sources disagree about is a hatched extension from the cheapest to the dearest reading. What cannot
    be compared is left out and named.

    Args:
        comparison: The result.
        colours: The colours of the theme.
        scale: The size of the text, 1 being that of a report.
    """
    from planner.charts.style import HATCHES, RANGE_HATCH, Board, Swatch, drawing  # noqa: PLC0415 - half a second

    words = (_("Principal"), _("Fees"), _("Interest"))
    looks = [Swatch(colours.series[number], HATCHES[number], name) for number, name in enumerate(words)]
    looks.append(
        Swatch(colours.surface, RANGE_HATCH, _("Between the lowest and the highest source"), is_dashed=True)
    )
    drawn = [outcome for outcome in comparison.outcomes if outcome.low is not None]
    left_out = [outcome for outcome in comparison.outcomes if outcome.low is None]
    with drawing():
        board = Board(colours, scale)
        amount = show(comparison.question.amount)
        board.text(_("What {amount} comes to, by the way of settling it").format(amount=amount), is_bold=True)
        board.down(0.3)
        used = [any(_lengths(outcome)[number] > 0 for outcome in drawn) for number in range(len(looks))]
        board.key(look for look, is_used in zip(looks, used, strict=True) if is_used)
        totals = [show(outcome.total) for outcome in drawn]
        gap = board.body * 0.5
        widest = max((board.width_of(total, is_bold=True) + gap for total in totals), default=0.0)
        is_beside = board.room - widest > _LEAST_BARS * board.room
        longest = max((sum(_lengths(outcome)) for outcome in drawn), default=1)
        per_minor = (board.room - (widest if is_beside else 0)) / longest
        for outcome, total in zip(drawn, totals, strict=True):
            _name(board, outcome)
            if not is_beside:
                board.text(total, is_bold=True)
            board.down(0.1)
            x = board.margin
            for length, look in zip(_lengths(outcome), looks, strict=True):
                if length > 0:
                    board.bar(x, board.y, length * per_minor, _THICK * board.body, look)
                    x += length * per_minor
            if is_beside:
                board.put(total, x + gap, board.y + 0.07 * board.body, is_bold=True)
            board.down(_THICK)
        if left_out:
            board.down(0.9)
        for outcome in left_out:
            board.text(explain(describe_outcome(outcome)), is_quiet=True)
        return board.done()


def _name(board: Board, outcome: Outcome) -> None:
    """Name a bar above it, with its rate beside the name or below."""
    board.down(0.7)
    name, rate = explain(outcome.offer.label), _rate_words(outcome)
    beside = board.width_of(name) + board.body
    if rate and beside + board.width_of(rate, is_quiet=True) <= board.room:
        top = board.y + 0.12 * board.body
        board.put(rate, board.margin + beside, top, size=board.small, is_quiet=True)
        rate = ""
    board.text(name)
    if rate:
        board.text(rate, is_quiet=True)


def _lengths(outcome: Outcome) -> tuple[int, int, int, int]:
    """Principal, fees and interest at the low end, and how far the high end is from it; in minor units."""
    if outcome.low is None or outcome.high is None:
        return (0, 0, 0, 0)
    rows = outcome.low.rows
    return (
        sum(row.principal.minor for row in rows),
        sum(row.fee.minor for row in rows),
        sum(row.interest.minor for row in rows),
        (outcome.high.total - outcome.low.total).minor,
    )


def _rate_words(outcome: Outcome) -> str:
    words = rate_words(outcome)
    return explain(words) if words is not None else ""
