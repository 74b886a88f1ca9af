"""What a plan rests on that not every lender grants everybody."""

from __future__ import annotations

from planner.domain.optimum.problem import OptionKind
from planner.phrases import Phrase

_CONDITIONS = {
    OptionKind.PROMOTION: Phrase("Not everybody is offered this promotion: look in the app."),
    OptionKind.DEFERRAL: Phrase(
        "Not everybody may put a bill off, and instalments in it stay due: look in the app."
    ),
}


def condition_of(kind: OptionKind) -> Phrase | None:
    """What has to be so for a kind of way to be had at all; None for nothing special."""
    return _CONDITIONS.get(kind)
